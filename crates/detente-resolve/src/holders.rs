//! Common nouns that speak of someone named before: "the president", "the ministry", "the rebels", "the country".
//!
//! In goes a draft that needs the document, out comes the draft with whom it stands for: the last person or body called so, else, for an
//! organ of a state, the state that the document is about. Where neither stands out, the sector stays alone.

use detente_core::{Actor, Sector};
use detente_knowledge::EntityKind;

use crate::discourse::Referent;
use crate::draft::{Draft, Need};
use crate::mentions::via;
use crate::names::Names;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::roles::is_office;
use crate::view::View;

/// Sentences that a title looks back over: news names an office holder once and keeps to the title.
const TITLE_REACH: usize = 15;
/// Sentences that a common noun looks back over.
const NOUN_REACH: usize = 4;

impl<'k> Reader<'k> {
    /// Gives a draft what it needs; `None` where it turns out to be no mention.
    pub(crate) fn resolve_need(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        draft: Draft,
        quoted: &[bool],
    ) -> Option<Draft> {
        Some(match draft.need {
            Need::Nothing => draft,
            Need::Holder => self.resolve_holder(view, names, draft),
            Need::Place => self.resolve_place(view, names, draft),
            Need::Pair => self.resolve_pair(view, draft),
            Need::Couple => self.resolve_couple(view, draft),
            Need::Mutual => self.resolve_mutual(view, draft),
            Need::Counterpart => self.resolve_counterpart(view, draft),
            Need::State => return self.resolve_state(view, draft),
            Need::Body => self.resolve_body(view, draft),
            Need::Owner(pronoun) => self.resolve_owner(draft, pronoun),
            Need::Author => self.resolve_author(view, draft),
            Need::Pronoun => return self.resolve_pronoun(view, draft, quoted),
        })
    }

    /// "the foreign minister", "the army", "the Chinese president".
    fn resolve_holder(&self, view: &View<'_>, names: &Names<'k>, mut draft: Draft) -> Draft {
        let code = draft.actors.first().and_then(|actor| actor.code.clone());
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        let office = draft.offices.first().cloned();
        let several = draft.actors.len() > 1;
        let general = draft.category == Category::Organisation
            && code.is_none()
            && self.lexicon.body.has(view.lemma(draft.head));
        if let (Some(office), false) = (&office, draft.plural || several || general) {
            let holder = self.holder(view, &draft, office, code.as_deref());
            if let Some(holder) = holder {
                draft.actors = with_via(&holder.actors, "title");
                return draft;
            }
        }
        if code.is_some() {
            return draft;
        }
        if self.is_home_office(view, &draft) {
            for actor in &mut draft.actors {
                actor.code = self.home.map(str::to_owned);
                actor.via = via("publisher");
            }
            return draft;
        }
        let noun = view.lemma(draft.head);
        if draft.category == Category::Organisation && !draft.plural && self.lexicon.body.has(noun)
        {
            let body = self.last_body(view, &draft, sector);
            if let Some(body) = body {
                draft.actors = with_via(&body.actors, "title");
                return draft;
            }
        }
        // "the rebels", "the troops": the last of that sector.
        let same = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            let kind = matches!(
                referent.category,
                Some(Category::People | Category::Organisation | Category::Nationality)
            );
            kind && referent.actors.len() == 1
                && referent
                    .actors
                    .iter()
                    .all(|actor| actor.code.is_some() && actor.sector == sector)
        });
        let rivals = same
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .filter_map(|r| r.actors.first())
            .map(|actor| &actor.code);
        let mut codes: Vec<_> = rivals.collect();
        codes.dedup();
        if let ([_], Some(known)) =
            (codes.as_slice(), same.first().and_then(|c| self.discourse.referent(c.referent)))
        {
            let name = |actor: &Actor| {
                actor.name.clone().filter(|_| draft.category == Category::Organisation)
            };
            draft.actors = known
                .actors
                .iter()
                .map(|actor| Actor {
                    code: actor.code.clone(),
                    sector: actor.sector,
                    name: name(actor),
                    via: via("title"),
                    ..Actor::default()
                })
                .collect();
            return draft;
        }
        let local =
            sector.is_none_or(|sector| !matches!(sector, Sector::Mil | Sector::Igo | Sector::Ter));
        if local && let Some(code) = self.place_of_clause(view, names, draft.head) {
            draft.actors = vec![Actor {
                code: Some(code.to_owned()),
                sector,
                via: via("place"),
                ..Actor::default()
            }];
            return draft;
        }
        if sector.is_some_and(is_organ)
            && let Some(code) = self.state_in_focus(view)
        {
            draft.actors =
                vec![Actor { code: Some(code), sector, via: via("title"), ..Actor::default() }];
        }
        draft
    }

    /// The last person or body that the document called by this office.
    fn holder(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<&Referent> {
        let noun = office.rsplit(' ').next().unwrap_or(office);
        let found =
            self.discourse.candidates(view.index, draft.head, TITLE_REACH, |referent, _| {
                let same_code = code.is_none()
                    || referent.actors.iter().all(|actor| actor.code.as_deref() == code);
                let named = referent.actors.iter().all(|actor| actor.name.is_some());
                let fits = match (draft.category, referent.category) {
                    (Category::Person, Some(Category::Person)) => {
                        referent.offices.iter().any(|known| is_office(known, office))
                    }
                    (Category::Organisation, Some(Category::Organisation)) => {
                        referent.offices.iter().any(|known| is_office(known, office))
                            || referent.actors.iter().all(|actor| {
                                actor.name.as_ref().is_some_and(|name| {
                                    name.to_lowercase().split(' ').any(|word| word == noun)
                                })
                            })
                    }
                    _ => false,
                };
                same_code && named && fits && !referent.plural && referent.actors.len() == 1
            });
        self.discourse.referent(found.first()?.referent)
    }

    /// The last named body that "the bloc", "the ministry" may mean: of the word's sector, or with the word in its name.
    fn last_body(
        &self,
        view: &View<'_>,
        draft: &Draft,
        sector: Option<Sector>,
    ) -> Option<&Referent> {
        let noun = view.lemma(draft.head);
        let has_noun = |referent: &Referent| {
            referent.offices.iter().any(|office| office.rsplit(' ').next() == Some(noun))
                || referent.actors.iter().any(|actor| {
                    actor
                        .name
                        .as_ref()
                        .is_some_and(|name| name.to_lowercase().split(' ').any(|word| word == noun))
                })
        };
        let bodies = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && !referent.plural
                && matches!(referent.actors.as_slice(), [actor] if actor.sector == sector || has_noun(referent))
        });
        let named =
            bodies.iter().filter_map(|c| self.discourse.referent(c.referent)).find(|r| has_noun(r));
        let only = match bodies.as_slice() {
            [only] => Some(only),
            [best, next, ..] if next.weight < 0.75 * best.weight => Some(best),
            _ => None,
        };
        named.or_else(|| self.discourse.referent(only?.referent))
    }

    /// The state that the document is about at this sentence, if one stands out.
    fn state_in_focus(&self, view: &View<'_>) -> Option<String> {
        let states = self.discourse.codes(view.index, |code| {
            self.actors.entity(code).is_some_and(|entity| entity.kind == EntityKind::Country)
        });
        match states.as_slice() {
            [only] if only.1 > 5.0 => Some(only.0.to_owned()),
            [best, next, ..] if best.1 > 5.0 && best.1 > 1.5 * next.1 => Some(best.0.to_owned()),
            _ => None,
        }
    }

    /// "Police fired tear gas … in Tbilisi": the country of the place that the clause names.
    fn resolve_place(&self, view: &View<'_>, names: &Names<'k>, mut draft: Draft) -> Draft {
        if draft.actors.iter().any(|actor| actor.code.is_some()) {
            return draft;
        }
        if let Some(code) = self.place_of_clause(view, names, draft.head) {
            for actor in &mut draft.actors {
                actor.code = Some(code.to_owned());
                actor.via = via("place");
            }
        }
        draft
    }

    fn place_of_clause(&self, view: &View<'_>, names: &Names<'k>, head: usize) -> Option<&'k str> {
        let verb = view.clause_of(head)?;
        let here = |token: usize| {
            if !matches!(
                view.preposition(token),
                Some("in" | "at" | "near" | "outside" | "across" | "throughout")
            ) {
                return None;
            }
            self.place_code(view, names, token).or_else(|| {
                // "in the city of Kharkiv", "in the Georgian capital".
                let inner =
                    view.children(token).iter().copied().find(|&c| view.relation(c) == "nmod");
                inner
                    .filter(|_| self.lexicon.locality.has(view.lemma(token)))
                    .and_then(|inner| self.place_code(view, names, inner))
            })
        };
        let own = view.children(verb).iter().copied();
        let own = own.clone().filter(|&c| view.relation(c) == "obl").find_map(here);
        own.or_else(|| {
            view.children(verb)
                .iter()
                .copied()
                .filter(|&c| matches!(view.relation(c), "obj" | "obl" | "nsubj"))
                .flat_map(|c| view.children(c).iter().copied())
                .filter(|&c| view.relation(c) == "nmod")
                .find_map(here)
        })
    }

    /// "their foreign ministers": the states of the possessor.
    fn resolve_owner(&self, mut draft: Draft, pronoun: usize) -> Draft {
        let owners = self
            .mention_here(pronoun)
            .and_then(|mention| self.mentions.get(mention))
            .map(|mention| mention.actors.clone())
            .unwrap_or_default();
        let template = draft.actors.first().cloned().unwrap_or_default();
        let codes: Vec<String> = {
            let mut codes: Vec<String> = Vec::new();
            for code in owners.iter().filter_map(|owner| owner.code.clone()) {
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            codes
        };
        if !codes.is_empty() {
            draft.actors = codes
                .into_iter()
                .map(|code| Actor { code: Some(code), ..template.clone() })
                .collect();
            if draft.kind == MentionKind::Nominal {
                for actor in &mut draft.actors {
                    actor.via = via("pronoun");
                }
            }
        }
        draft
    }

    /// "the country": the last state that acted; no mention where none stands out.
    fn resolve_state(&self, view: &View<'_>, mut draft: Draft) -> Option<Draft> {
        let states = self.discourse.candidates(view.index, draft.head, 2, |referent, _| {
            referent.category == Some(Category::Country)
                && !referent.plural
                && referent.actors.iter().all(|actor| actor.via.as_deref() != Some("place"))
        });
        let known = match states.as_slice() {
            [only] => only,
            [best, next, ..] if next.weight < 0.75 * best.weight => best,
            _ => return None,
        };
        draft.actors = with_via(&self.discourse.referent(known.referent)?.actors, "title");
        Some(draft)
    }

    /// "the alliance", "the group": the last organisation, if one stands out.
    fn resolve_body(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        let bodies =
            self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
                referent.category == Some(Category::Organisation) && referent.actors.len() == 1
            });
        let known = match bodies.as_slice() {
            [only] => Some(only),
            [best, next, ..] if next.weight < 0.75 * best.weight => Some(best),
            _ => None,
        };
        if let Some(known) = known.and_then(|c| self.discourse.referent(c.referent)) {
            draft.actors = with_via(&known.actors, "title");
        }
        draft
    }
}

/// Sectors that a state has one of, so that "the army" is the state's that the text is about.
fn is_organ(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Opp)
}

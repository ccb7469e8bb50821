//! What somebody has of his own: "his party", "its planes", "its nurses".
//!
//! In goes a draft with the one whose it is, out comes the sector that it has by that: the party of a president is a party, the planes of a
//! state are its army's, and the nurses of an aid body are the body's.

use detente_core::{Actor, Sector};
use detente_parse::Upos;

use crate::draft::{Draft, Need};
use crate::holders::is_private;
use crate::mentions::{top_of, via};
use crate::names::Names;
use crate::reader::Reader;
use crate::resolution::{Category, Mention, MentionKind};
use crate::view::View;

/// Sentences that "his hosts" looks back over for where he is.
const HOST_REACH: usize = 2;
/// Words behind a court in which the city of courts is named.
const BENCH_WORDS: usize = 3;

impl<'k> Reader<'k> {
    /// Sector that an owner gives to a body, a craft or hired people of its own: "his party", "its planes", "its nurses".
    pub(crate) fn sector_owned(
        &self,
        view: &View<'_>,
        draft: &Draft,
        template: &Actor,
        owner: &Actor,
        body: bool,
    ) -> Option<Sector> {
        let (noun, state) =
            (view.lemma(draft.head), owner.code.as_deref().is_some_and(|code| self.is_state(code)));
        let private = owner.sector.filter(|&sector| is_private(sector));
        if self.lexicon.craft.has(noun) && draft.category == Category::Organisation {
            return match owner.sector {
                None | Some(Sector::Gov | Sector::Igo) => Some(Sector::Mil),
                sector => sector,
            };
        }
        // "A camp of his guard": the one that guards a ruler is of soldiers.
        let plain = !view.children(draft.head).iter().any(|&c| view.relation(c) == "compound");
        if noun == "guard" && plain && !draft.plural && !body && state {
            return Some(Sector::Mil);
        }
        if noun == "party" && state {
            return Some(Sector::Pty);
        }
        if self.lexicon.hired.has(noun) && body && private.is_some() {
            return private;
        }
        let named = draft.category == Category::Organisation && view.is_capital(draft.head);
        let politician = matches!(
            owner.sector,
            Some(Sector::Gov | Sector::Leg | Sector::Pty | Sector::Opp | Sector::Eli)
        );
        let calls = named && politician && !body && state;
        match template.sector {
            // "Her Democratic Unionists": people of her party.
            Some(Sector::Lab | Sector::Cvl)
                if draft.plural
                    && draft.head > 0
                    && view.is_capital(draft.head)
                    && politician
                    && !body
                    && state =>
            {
                Some(Sector::Pty)
            }
            // "Their association", of nurses on strike; "his church", of a bishop.
            None if draft.category == Category::Organisation && private.is_some() => private,
            // "His Movement for Renewal", "her Alliance": what a politician has of his own and calls by a name.
            None | Some(Sector::Igo) if calls => Some(Sector::Pty),
            _ => None,
        }
    }

    /// "His lawyer said", "told his employer": whom a person pays to speak for him is of no side by that, nor is who buys from somebody or
    /// pays him; `body` says that the owner is none.
    pub(crate) fn is_apart(&self, view: &View<'_>, draft: &Draft, body: bool) -> bool {
        let noun = view.lemma(draft.head);
        draft.kind == MentionKind::Nominal
            && (self.lexicon.dealer.has(noun) || (!body && self.lexicon.counsel.has(noun)))
    }

    /// "Its spokesman would not say", where the text leaves open who "it" is: what a state has one of is read as if "the" stood before it.
    pub(crate) fn freed(&self, view: &View<'_>, draft: &Draft, owner: usize) -> Option<Draft> {
        let mention = self.mentions.get(self.mention_here(owner)?)?;
        let open = mention.actors.iter().all(|actor| actor.code.is_none() && actor.name.is_none());
        let [only] = draft.actors.as_slice() else { return None };
        let organ = matches!(only.sector, Some(Sector::Gov | Sector::Mil | Sector::Lab));
        let body = matches!(view.lemma(owner), "it" | "its" | "they" | "their");
        let fits = open && organ && body && only.code.is_none() && only.name.is_none();
        let loose = self.lexicon.is_loose(view.lemma(draft.head));
        (fits && !loose && draft.kind == MentionKind::Nominal)
            .then(|| Draft { need: Need::Holder, ..draft.clone() })
    }

    /// Gives the draft what the noun at `owner` names, be it a place.
    pub(crate) fn resolve_owner_at(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        mut draft: Draft,
        owner: usize,
    ) -> Draft {
        if self.mention_here(owner).is_some() {
            return self.resolve_owner(view, draft, owner);
        }
        if let Some(code) = self.place_code(view, names, owner) {
            for actor in &mut draft.actors {
                actor.code = Some(code.to_owned());
                actor.via = via("pronoun");
            }
        }
        draft
    }

    /// "NATO met at the request of its member": the one state of the story that belongs to the body at `owner`.
    pub(crate) fn member_state(
        &self,
        view: &View<'_>,
        draft: &Draft,
        owner: usize,
    ) -> Option<Draft> {
        if view.lemma(draft.head) != "member" || draft.plural {
            return None;
        }
        let body = self.mentions.get(self.mention_here(owner)?)?;
        let [Actor { code: Some(code), .. }] = body.actors.as_slice() else { return None };
        let members = &self.actors.entity(code)?.members;
        let told = self.discourse.codes(view.index, |code| {
            self.is_state(code) && members.iter().any(|(member, ..)| member == code)
        });
        let state = match told.as_slice() {
            [(only, _)] => *only,
            [(best, weight), (_, next), ..] if *weight > 1.5 * next => *best,
            _ => return None,
        };
        let mut draft = draft.clone();
        draft.category = Category::Country;
        draft.actors = vec![Actor { via: via("title"), ..self.party(state, None) }];
        Some(draft)
    }

    /// "The judge", of a story written where courts of states sit: of none of the land around it, unless the text speaks of that land.
    pub(crate) fn unseat(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        // "A Dutch court": whose it is, the text says.
        let told = |code: &str| {
            self.mentions_of_story().any(|mention| {
                let court = |actor: &Actor| {
                    actor.sector == Some(Sector::Jud)
                        && actor.code.as_deref() == Some(code)
                        && actor.via.is_none()
                };
                mention.actors.iter().any(court)
            })
        };
        let guessed = |actor: &Actor| {
            actor.sector == Some(Sector::Jud)
                && actor.code.as_deref().is_some_and(|code| self.is_state(code) && !told(code))
                && matches!(actor.via.as_deref(), Some("place" | "title"))
        };
        // The story is asked last: few courts are guessed.
        if draft.actors.is_empty()
            || !draft.actors.iter().all(guessed)
            || !(self.bench || self.is_bench_told(view))
        {
            return draft;
        }
        if let Some(court) = self.world_court(view, &draft) {
            for actor in &mut draft.actors {
                actor.code.clone_from(&court.code);
            }
        } else {
            for actor in &mut draft.actors {
                actor.code = None;
            }
        }
        draft
    }

    /// Whether the story has told of a court in a city where courts of states sit, and not of which: "judges in The Hague".
    fn is_bench_told(&self, view: &View<'_>) -> bool {
        let seated = |mention: &Mention| {
            let after = view.text.get(mention.span.end..).unwrap_or_default();
            let place = after.strip_prefix(" in ").or_else(|| after.strip_prefix(" at "));
            place.is_some_and(|place| {
                let words = place.split(|c: char| !c.is_alphanumeric()).take(BENCH_WORDS);
                words.map(str::to_lowercase).any(|word| self.lexicon.benches(&word).is_some())
            })
        };
        let open = |actor: &Actor| actor.sector == Some(Sector::Jud) && actor.code.is_none();
        self.mentions_of_story().any(|mention| mention.actors.iter().any(open) && seated(mention))
    }

    /// "Its ally", where several states may be meant: the one of them with which the text opens.
    pub(crate) fn opening_other(&self, others: &[String]) -> Option<String> {
        let mut opening = others.iter().filter(|code| self.opens_with(code));
        opening.next().filter(|_| opening.next().is_none()).cloned()
    }

    /// The land of those whom one thanks as "his hosts": where the last sentences put him, else where the story plays.
    pub(crate) fn host_land(&self, view: &View<'_>, own: &str) -> Option<String> {
        let last = self.visited.last().filter(|(_, sentence)| sentence + HOST_REACH >= view.index);
        last.map(|(code, _)| code.clone()).or_else(|| self.scene(view)).filter(|code| code != own)
    }
}

/// "Hackers in North Macedonia, whose prosecutors", "a deal with Eritrea, whose soldiers": the name right before it, where nothing else
/// tells whose they are.
pub(crate) fn name_before_whose(view: &View<'_>, draft: &Draft, owner: usize) -> Option<usize> {
    let open = draft.actors.iter().all(|actor| actor.code.is_none());
    if !open || view.lemma(owner) != "whose" {
        return None;
    }
    let before = owner.checked_sub(1)?;
    let last = if view.form(before) == "," { before.checked_sub(1)? } else { before };
    let named = (0..=last).rev().take_while(|&t| view.upos(t) == Upos::Propn);
    named.last().map(|first| top_of(view, &(first..last + 1)))
}

//! What belongs to somebody: "its army", "his party", "their association".
//!
//! In goes a draft with its owner, out comes the draft as the part of the owner that the noun names, with the code and the sector that it has by it.

use detente_core::{Actor, Sector};
use detente_knowledge::EntityKind;

use super::{NOUN_REACH, PERSON_REACH, TITLE_REACH, is_among, is_association, is_organ};
use crate::discourse::Referent;
use crate::draft::Draft;
use crate::mentions::via;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::View;

impl Reader<'_> {
    /// "their foreign ministers": the states of the possessor.
    pub(crate) fn resolve_owner(&self, view: &View<'_>, mut draft: Draft, owner: usize) -> Draft {
        let mention = self.mention_here(owner).and_then(|mention| self.mentions.get(mention));
        let owners = mention.map(|mention| mention.actors.clone()).unwrap_or_default();
        let template = draft.actors.first().cloned().unwrap_or_default();
        // "members of the group", "dozens of them" are what it is.
        if self.lexicon.share.has(view.lemma(draft.head)) && template.sector.is_none() {
            let whole = owners.iter().map(|a| Actor { name: None, role: None, ..a.clone() });
            let people = mention.is_some_and(|m| {
                matches!(m.category, Category::People | Category::Person | Category::Nationality)
            });
            if people && view.lemma(draft.head) == "one" {
                draft.category = Category::Person;
                draft.plural = false;
            }
            draft.actors = with_via(&whole.collect::<Vec<_>>(), "pronoun");
            return draft;
        }
        let body = mention.is_some_and(|m| m.category != Category::Person);
        let folk = mention.is_some_and(|m| {
            matches!(m.category, Category::Person | Category::People | Category::Nationality)
        });
        if mention.is_some() && self.is_apart(view, &draft, !folk) {
            return draft;
        }
        let (owners, body) = match self.association_of(view, &draft, &owners) {
            Some(association) => (vec![association], true),
            None => (owners, body),
        };
        if self.lexicon.kin.has(view.lemma(draft.head)) && !draft.plural {
            // "His sister, Ann Lee,": of his state, and nobody's servant by that.
            if draft.kind == MentionKind::Name {
                let [own] = owners.as_slice() else { return draft };
                for actor in &mut draft.actors {
                    actor.code.clone_from(&own.code);
                    actor.sector = actor.sector.filter(|sector| *sector != Sector::Cvl);
                }
                return draft;
            }
            draft.actors.clear();
            // "His brother, the former premier Ann Lee,": she is named beside it.
            let beside = view.child(draft.head, "appos").and_then(|name| self.mention_here(name));
            let beside = beside.and_then(|mention| self.mentions.get(mention));
            if let Some(named) = beside.filter(|m| m.category == Category::Person) {
                draft.actors = with_via(&named.actors, "title");
                return draft;
            }
            if let Some(relative) = self.relative(view, &draft, owner) {
                draft.actors = with_via(&[relative], "title");
            } else if let [Actor { code: Some(code), .. }] = owners.as_slice()
                && self.is_state(code)
            {
                // "His wife said": of his state at least.
                let own = Actor { code: Some(code.clone()), ..Actor::default() };
                draft.actors = with_via(&[own], "pronoun");
            }
            return draft;
        }
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
            let one = matches!(codes.as_slice(), [_]);
            draft.actors = codes
                .into_iter()
                .map(|code| {
                    let of = owners.iter().find(|o| o.code.as_deref() == Some(code.as_str()));
                    // "his deputy" is of what he is of, and no member of parliament.
                    let deputy = view.lemma(draft.head) == "deputy" && !draft.plural;
                    let sector = match of {
                        Some(of) if deputy => of.sector,
                        // "Her aides", of who is not in government: nor are they.
                        Some(of)
                            if !body
                                && self.serves(view.lemma(draft.head))
                                && of.name.is_some()
                                && of.sector.is_some_and(is_partisan) =>
                        {
                            of.sector
                        }
                        of => self.sector_of_part(view, &draft, &template, of, body),
                    };
                    // "Its supporters", of a band: people of its state.
                    let state = self
                        .actors
                        .entity(&code)
                        .filter(|entity| entity.kind == EntityKind::ArmedGroup)
                        .filter(|_| self.lexicon.follower.has(view.lemma(draft.head)))
                        .and_then(|entity| entity.country.clone());
                    Actor { code: state.or(Some(code)), sector, ..template.clone() }
                })
                .collect();
            let named = draft.actors.iter().any(|actor| actor.name.is_some());
            if let (true, false, Category::Person, false, Some(office), Some(Some(code))) = (
                one,
                draft.plural,
                draft.category,
                named,
                draft.offices.first(),
                draft.actors.first().map(|actor| actor.code.clone()),
            ) {
                let told = self.holder(view, &draft, office, Some(&code));
                let holder = told.and_then(|referent| referent.actors.first().cloned());
                let holder = holder.or_else(|| self.leader_of(view, &draft, office, &code));
                // Of a person's ministers it is not known who they are.
                let holder = holder.or_else(|| self.in_office(&code, office).filter(|_| body));
                if let Some(holder) = holder {
                    draft.actors = vec![holder];
                }
            }
            if draft.kind == MentionKind::Nominal {
                for actor in &mut draft.actors {
                    actor.via = via("pronoun");
                }
            }
        }
        draft
    }

    /// "Their leader", of a group of which the text names one person alone.
    fn leader_of(&self, view: &View<'_>, draft: &Draft, office: &str, code: &str) -> Option<Actor> {
        if self.is_state(code) || !matches!(office, "leader" | "chief" | "head" | "commander") {
            return None;
        }
        let people = self.named_persons(view, draft, TITLE_REACH, Some(code), |_, _| true);
        self.discourse.only_actor(&people)
    }

    /// "Its president, Ann Lee,", where the state that "its" seems to stand for has another president by the files: the union, company or party
    /// of which the last sentences tell.
    fn association_of(&self, view: &View<'_>, draft: &Draft, owners: &[Actor]) -> Option<Actor> {
        let ([owner], [named]) = (owners, draft.actors.as_slice()) else { return None };
        let (Some(code), Some(name)) = (&owner.code, &named.name) else { return None };
        if draft.kind != MentionKind::Name
            || draft.category != Category::Person
            || owner.sector.is_some_and(is_association)
            || !self.is_state(code)
        {
            return None;
        }
        let holder = self.in_office(code, draft.offices.first()?);
        let people = self.actors.entity(code)?.people.clone();
        let known = people
            .filter_map(|index| self.actors.people.get(index))
            .any(|person| person.name.as_str() == name);
        if known || !self.lexicon.official.has(view.lemma(draft.head)) {
            return None;
        }
        // Where the files have no such office, only a body of which the sentence before has told.
        let sure = holder.is_some();
        let bodies =
            self.discourse.candidates(view.index, draft.head, PERSON_REACH, |referent, trace| {
                referent.category == Some(Category::Organisation)
                    && !referent.plural
                    && (sure || (trace.subject && trace.sentence + 1 == view.index))
                    && matches!(referent.actors.as_slice(), [one]
                        if one.code.is_some() && one.sector.is_some_and(is_association))
            });
        let body = self.discourse.referent(bodies.first()?.referent)?.actors.first()?;
        Some(body.clone())
    }

    /// "The council", "the alliance": the one of those mostly called so that the text has named, unless it has named one by that noun
    /// shortly before.
    pub(super) fn body_called(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let noun = view.lemma(draft.head);
        let meant = self.lexicon.called(noun);
        if meant.is_empty() || draft.plural || draft.tokens.len() > 1 {
            return None;
        }
        let is_named = |referent: &Referent| {
            referent.category == Some(Category::Organisation)
                && referent.actors.iter().any(|actor| {
                    actor
                        .name
                        .as_ref()
                        .is_some_and(|name| name.to_lowercase().split(' ').any(|word| word == noun))
                })
        };
        let named = self
            .discourse
            .candidates(view.index, draft.head, NOUN_REACH, |referent, _| is_named(referent));
        if !named.is_empty() {
            return None;
        }
        let told = self.discourse.codes(view.index, |code| is_among(meant, code));
        let code = told.first()?.0;
        let entity = self.actors.entity(code)?;
        // "The administration", in a text that speaks of the United States: a part of a state keeps its own sector.
        if entity.kind == EntityKind::Country {
            let sector = draft.actors.first().and_then(|actor| actor.sector);
            return Some(Actor { code: Some(code.to_owned()), sector, ..Actor::default() });
        }
        Some(Actor {
            code: Some(code.to_owned()),
            sector: entity.sector,
            name: Some(entity.name.clone()),
            ..Actor::default()
        })
    }

    /// "The peacekeepers", "the inspectors": of the one of those who send such people that the text has named.
    pub(super) fn sent_by(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let senders = self.lexicon.called(view.lemma(draft.head));
        if senders.is_empty() || draft.category != Category::People {
            return None;
        }
        let told = self.discourse.codes(view.index, |code| is_among(senders, code));
        let entity = self.actors.entity(told.first()?.0)?;
        Some(Actor { code: Some(entity.code.clone()), sector: entity.sector, ..Actor::default() })
    }

    /// Whether this body may be called so: an army is no organisation, a council of states no movement.
    pub(super) fn may_be(&self, noun: &str, actor: &Actor) -> bool {
        let kind = actor.code.as_deref().and_then(|code| self.actors.entity(code)).map(|e| e.kind);
        let states = actor.sector == Some(Sector::Igo);
        if noun == "party" {
            return actor.sector == Some(Sector::Pty);
        }
        // "The members" of a body that has some.
        if noun == "member" {
            return kind == Some(EntityKind::Organisation);
        }
        if self.lexicon.movement.has(noun) {
            return kind != Some(EntityKind::Country) && !states;
        }
        if self.lexicon.league.has(noun) {
            return kind == Some(EntityKind::Organisation) && actor.sector != Some(Sector::Bus);
        }
        let organ = kind == Some(EntityKind::Country) && actor.sector.is_some_and(is_organ);
        // A people is no organisation.
        !organ && kind != Some(EntityKind::People)
    }

    /// Sector of what belongs to `owner`: the leaders of an armed group are of the group's sector.
    fn sector_of_part(
        &self,
        view: &View<'_>,
        draft: &Draft,
        template: &Actor,
        owner: Option<&Actor>,
        body: bool,
    ) -> Option<Sector> {
        let Some(owner) = owner else { return template.sector };
        if self.lexicon.follower.has(view.lemma(draft.head)) {
            return template.sector;
        }
        // A navy's crews and a ministry's staff are the navy's and the ministry's.
        if self.lexicon.staff.has(view.lemma(draft.head))
            && let Some(sector) = owner.sector.filter(|sector| *sector != Sector::Eli)
        {
            let soldiers = template.sector == Some(Sector::Mil) && sector == Sector::Gov;
            return Some(if soldiers { Sector::Mil } else { sector });
        }
        // "Its men", "his fighters": those who bear arms for whoever has an army, a militia or a state.
        if draft.plural && self.lexicon.men.has(view.lemma(draft.head)) {
            match owner.sector {
                Some(Sector::Gov | Sector::Mil | Sector::Igo) => return Some(Sector::Mil),
                Some(sector @ (Sector::Reb | Sector::Ter | Sector::Par | Sector::Crm)) => {
                    return Some(sector);
                }
                _ => {}
            }
        }
        if let Some(sector) = self.sector_owned(view, draft, template, owner, body) {
            return Some(sector);
        }
        let kind = owner.code.as_deref().and_then(|code| self.actors.entity(code)).map(|e| e.kind);
        let serves = template.sector.map_or(!draft.plural, |sector| sector == Sector::Gov);
        let servant = serves && self.lexicon.official.has(view.lemma(draft.head));
        match kind {
            Some(EntityKind::ArmedGroup) => owner.sector.or(template.sector),
            _ if !body => template.sector,
            Some(EntityKind::Organisation)
                // "The agency's inspectors" are its own, "the bloc's leaders" those of its members.
                if (servant && (!draft.plural || draft.offices.is_empty()))
                    || template.sector.is_none() =>
            {
                owner.sector.or(template.sector)
            }
            // A union's president is of the union's sector.
            Some(EntityKind::Country)
                if servant
                    && (owner.sector.is_some_and(is_organ)
                        || owner.sector == Some(Sector::Spy)
                        || (!draft.plural && owner.sector == Some(Sector::Cvl))
                        || (!draft.plural && owner.sector.is_some_and(is_association))) =>
            {
                owner.sector
            }
            _ => template.sector,
        }
    }
}

/// Whether a politician of the sector acts for no government: a candidate, a lawmaker, who held an office once.
pub(crate) fn is_partisan(sector: Sector) -> bool {
    matches!(sector, Sector::Eli | Sector::Leg | Sector::Pty | Sector::Opp)
}

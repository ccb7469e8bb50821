//! The other one: "his rival", "its ally", "her predecessor", "their hosts".
//!
//! In goes a draft that stands in a relation to its owner, out comes who stands so: whom a name beside it tells, else the only one of the story that fits.

use detente_core::{Actor, Sector};

use super::{LIST_REACH, somebody};
use crate::draft::Draft;
use crate::epithets::is_person;
use crate::groups::is_neighbour;
use crate::mentions::via;
use crate::pronouns::with_via;
use crate::reader::{FOCUS, NOTED, Reader};
use crate::resolution::Category;
use crate::view::{Position, View};

impl Reader<'_> {
    /// "its neighbour": who else the text deals with, if that is one.
    pub(super) fn resolve_other(&self, view: &View<'_>, mut draft: Draft, owner: usize) -> Draft {
        // "He and his allies", "his rivals": a politician's are of parties; whose a state's are, nothing says.
        if draft.plural && self.lexicon.fellow.has(view.lemma(draft.head)) {
            // "Their allies, the Maoist rebels,"
            let beside = view.child(draft.head, "appos").and_then(|at| self.mention_here(at));
            let beside = beside.and_then(|mention| self.mentions.get(mention));
            if let Some([only]) = beside.map(|mention| mention.actors.as_slice())
                && only.code.is_some()
            {
                draft.actors = with_via(std::slice::from_ref(only), "counterpart");
                return draft;
            }
            let owner = self.mention_here(owner).and_then(|mention| self.mentions.get(mention));
            if let Some([only]) = owner.map(|mention| mention.actors.as_slice())
                && let Some(party) = self.fellows_of(only, view.lemma(draft.head))
            {
                draft.actors = with_via(&[party], "pronoun");
            }
            return draft;
        }
        if let Some(actors) = self.named_before(view, draft.head) {
            draft.actors = with_via(&actors, "counterpart");
            return draft;
        }
        let own = if owner == draft.head {
            self.teller(view, draft.head).or_else(|| self.states.first().cloned())
        } else {
            self.mention_here(owner)
                .and_then(|mention| self.mentions.get(mention))
                .and_then(|mention| mention.actors.first())
                .and_then(|actor| actor.code.clone())
        };
        draft.actors = somebody(view, draft.head);
        // "The lender": the fund or bank of states that the text has named.
        if owner == draft.head
            && let Some(body) = self.body_called(view, &draft)
        {
            draft.actors = with_via(&[body], "title");
            draft.category = Category::Organisation;
            return draft;
        }
        // "The host called it a success": of the place where they met.
        if owner == draft.head
            && view.lemma(draft.head) == "host"
            && let Some(code) = self
                .scene(view)
                .or_else(|| self.host_land(view, ""))
                .or_else(|| self.venues.last().cloned())
        {
            draft.actors = with_via(&[self.party(&code, None)], "place");
            return draft;
        }
        // "Ann Lee, his rival,": whose name stands before it.
        if let Some(person) = self.called_beside(view, draft.head) {
            draft.actors = with_via(&[person], "counterpart");
            draft.category = Category::Person;
            return draft;
        }
        let Some(own) = own else { return draft };
        // "Told his hosts": those of the land where he is.
        if view.lemma(draft.head) == "host" && draft.plural {
            if let Some(code) = self.host_land(view, &own) {
                draft.actors = with_via(&[self.party(&code, Some(Sector::Gov))], "place");
            }
            return draft;
        }
        if let Some(other) = self.before_or_after(view, &draft, owner) {
            draft.category = if other.name.is_some() { Category::Person } else { draft.category };
            draft.actors = vec![other];
            return draft;
        }
        if view.lemma(draft.head) == "predecessor"
            && let Some(before) = self.predecessor_told(view, &draft, owner)
        {
            draft.actors = with_via(&[before], "counterpart");
            draft.category = Category::Person;
            return draft;
        }
        // "Ann Lee was sworn in as his successor": she is it.
        if matches!(view.lemma(draft.head), "successor" | "predecessor")
            && let Some(actors) = self.called_so(view, draft.head)
        {
            draft.actors = with_via(&actors, "counterpart");
            draft.category = Category::Person;
            return draft;
        }
        // "The other side": whom it deals with, of whatever sort.
        if self.lexicon.party.has(view.lemma(draft.head))
            && draft.tokens.clone().any(|t| view.lemma(t) == "other")
        {
            if let Some(other) = self.discourse.partner_of(view.index, &own) {
                draft.actors = with_via(&[self.party(other, None)], "counterpart");
            }
            return draft;
        }
        // "His opponent" is a person as he is.
        let person = self
            .mention_here(owner)
            .filter(|&mention| {
                self.mentions.get(mention).is_some_and(|m| m.category == Category::Person)
            })
            .and_then(|mention| self.referents.get(mention).copied().flatten());
        let near = is_neighbour(view.lemma(draft.head));
        if let Some(owner) = person.filter(|_| !near) {
            let other = self
                .person_beside(view, &draft, owner, &own)
                .or_else(|| self.rival_at_home(view, &draft, owner));
            if let Some(other) = other {
                draft.actors = with_via(&[other], "counterpart");
                draft.category = Category::Person;
                return draft;
            }
        }
        // Whoever it is, it is a person of the same state.
        if person.is_some() && self.lexicon.compatriot.has(view.lemma(draft.head)) {
            draft.actors =
                vec![Actor { code: Some(own), via: via("counterpart"), ..Actor::default() }];
            draft.category = Category::Person;
            return draft;
        }
        // "Turkey backed its ally": another than Turkey, whomever "its" was taken for.
        let acts: Vec<String> = self
            .told_by(view, draft.head)
            .first()
            .map(|actors| actors.iter().filter_map(|actor| actor.code.clone()).collect())
            .unwrap_or_default();
        let fits = |code: &str| {
            code != own
                && !acts.iter().any(|act| act == code)
                && self.is_state(code)
                && (!near || self.lexicon.are_beside(&own, code))
        };
        // "Colombia's president said his neighbours would suffer": of the states that the story tells of the two beside it.
        if draft.plural {
            let beside = self.discourse.codes(view.index, fits);
            if let [(a, _), (b, _)] = beside.as_slice() {
                draft.actors = [a, b].into_iter().map(|code| self.party(code, None)).collect();
            }
            return draft;
        }
        let mut others: Vec<(&str, f32)> = self.discourse.codes(view.index, fits);
        others.retain(|(_, weight)| *weight > NOTED);
        // "Its neighbour": of several the one that the text speaks of far more.
        if near
            && let [(_, best), (_, next), ..] = others.as_slice()
            && *best > FOCUS * next
        {
            others.truncate(1);
        }
        // "Its rival": of several the one that is known as such.
        let known = self.lexicon.known_as(view.lemma(draft.head), &own);
        let is_known = |code: &str| known.iter().any(|one| one.eq_ignore_ascii_case(code));
        let some_known = others.iter().any(|(code, _)| is_known(code));
        let fits = |code: &str| fits(code) && (!some_known || is_known(code));
        others.retain(|(code, _)| fits(code));
        let others: Vec<String> = others.into_iter().map(|(code, _)| code.to_owned()).collect();
        // Of several states the one that the last sentences name as one, and not only its people.
        let named = self.discourse.candidates(view.index, draft.head, 1, |referent, _| {
            referent.category == Some(Category::Country)
                && matches!(referent.actors.as_slice(), [one]
                    if one.code.as_deref().is_some_and(fits))
        });
        let named = match named.as_slice() {
            [only] => self.discourse.referent(only.referent),
            _ => None,
        };
        let named = named.and_then(|referent| referent.actors.first()?.code.clone());
        let other = match others.as_slice() {
            [other] => Some(other.clone()),
            // "Its ally", of several: with whom it deals most.
            _ => named
                .or_else(|| {
                    let partner = self.discourse.partner_of(view.index, &own)?;
                    fits(partner).then(|| partner.to_owned())
                })
                .or_else(|| self.opening_other(&others)),
        };
        if let Some(other) = other {
            draft.actors = vec![Actor {
                code: Some(other),
                sector: Some(Sector::Gov),
                via: via("counterpart"),
                ..Actor::default()
            }];
        }
        draft
    }

    /// The allies or rivals at home of a politician who governs nobody, or of a party: people of a party of the same state.
    pub(crate) fn fellows_of(&self, of: &Actor, noun: &str) -> Option<Actor> {
        let sector = match of.sector? {
            // Whom the opposition stands against may govern.
            Sector::Opp if self.lexicon.allied.has(noun) => Sector::Opp,
            Sector::Eli | Sector::Leg | Sector::Pty => Sector::Pty,
            _ => return None,
        };
        let code = of.code.clone().filter(|code| self.is_state(code))?;
        Some(Actor { code: Some(code), sector: Some(sector), ..Actor::default() })
    }

    /// The person with whose name the noun at the token stands in apposition: "Ann Lee, his rival,".
    fn called_beside(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let name = view.head(token).filter(|_| view.relation(token) == "appos")?;
        let mention = self.mentions.get(self.mention_here(name)?)?;
        let [person] = mention.actors.as_slice() else { return None };
        let named = mention.category == Category::Person && person.name.is_some();
        named.then(|| person.clone())
    }

    /// The other person of the story whom "his rival", "her predecessor" means, beside their `owner`, who is of `own`.
    fn person_beside(
        &self,
        view: &View<'_>,
        draft: &Draft,
        owner: usize,
        own: &str,
    ) -> Option<Actor> {
        let state = |code: &str| {
            let entity = self.actors.entity(code);
            entity.and_then(|entity| entity.country.clone()).unwrap_or_else(|| code.to_owned())
        };
        let noun = view.lemma(draft.head);
        // "His defeated foe": whom the text has felled.
        let beaten = self.fallen(view, draft.head, Some(own));
        let beaten = beaten.filter(|one| {
            let owner = self.discourse.referent(owner);
            self.is_out_told(view, draft.head) && !owner.is_some_and(|owner| is_person(one, owner))
        });
        if beaten.is_some() {
            return beaten;
        }
        let apart = self.persons_apart(view, draft.head);
        let people =
            self.discourse.candidates(view.index, draft.head, LIST_REACH, |referent, trace| {
                referent.category == Some(Category::Person)
                    && trace.referent != owner
                    && !self.is_same_person(trace.referent, owner)
                    && !apart.iter().any(|other| is_person(other, referent))
                    && matches!(referent.actors.as_slice(), [one] if one.name.is_some()
                        && (noun != "predecessor" || !self.has_risen(one))
                        && (noun != "successor" || !self.has_fallen(one)))
            });
        let mut named: Vec<&Actor> = people
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent)?.actors.first())
            .collect();
        // One person may have been called in two ways.
        named.dedup_by(|a, b| a.name == b.name && a.code == b.code);
        if let [only] = named.as_slice() {
            return Some((*only).clone());
        }
        let only = |people: &[&Actor]| match people {
            [only] => Some((*only).clone()),
            _ => None,
        };
        // Of several the one of his own state: a rival at home before a guest from abroad.
        let peer = self.lexicon.peer.has(noun);
        let office = matches!(noun, "predecessor" | "successor");
        let home = state(own);
        named.retain(|one| {
            let code = one.code.as_deref();
            code.is_some_and(|code| code == own || (!office && state(code) == home))
        });
        if !peer {
            return None;
        }
        if let Some(only) = only(&named) {
            return Some(only);
        }
        // Then the one to whom the text gives such a turn, or who is no servant of the state as its ministers are.
        let turned: Vec<&Actor> = match noun {
            "predecessor" => named.iter().copied().filter(|one| self.has_fallen(one)).collect(),
            "successor" => named.iter().copied().filter(|one| self.has_risen(one)).collect(),
            _ => named
                .iter()
                .copied()
                .filter(|one| {
                    !matches!(
                        one.sector,
                        Some(Sector::Gov | Sector::Mil | Sector::Jud | Sector::Med)
                    )
                })
                .collect(),
        };
        only(&turned).or_else(|| {
            // Of two rivals the one of whom the text has just told more.
            let weight = |actor: &Actor| {
                people
                    .iter()
                    .find(|c| {
                        self.discourse.referent(c.referent).is_some_and(|r| is_person(actor, r))
                    })
                    .map_or(0.0, |c| c.weight)
            };
            let (first, next) = (turned.first()?, turned.get(1)?);
            (!office && weight(first) >= 1.5 * weight(next)).then(|| (*first).clone())
        })
    }

    /// Whether the words before the noun tell that this one is out of office, or on the way out: "the ousted leader".
    pub(super) fn is_out_told(&self, view: &View<'_>, head: usize) -> bool {
        view.children(head)
            .iter()
            .any(|&c| c < head && self.is_falling(view, c) && !self.lexicon.past.has(view.lemma(c)))
    }

    /// The code of the one who does or says what the token is told of, the nearest that has one.
    pub(crate) fn teller(&self, view: &View<'_>, token: usize) -> Option<String> {
        let mut verb = view.clause_of(token);
        for _ in 0..view.len() {
            let at = verb?;
            let teller = view
                .subject_of(at)
                .filter(|&subject| subject != token && !view.is_below(token, subject))
                .and_then(|subject| self.mentions.get(self.mention_here(subject)?));
            if let Some([only]) = teller.map(|mention| mention.actors.as_slice())
                && only.code.is_some()
            {
                return only.code.clone();
            }
            verb = view.clause_of(at);
        }
        None
    }

    /// Whether two referents are one person, whatever sector each mention gave them.
    pub(crate) fn is_same_person(&self, one: usize, other: usize) -> bool {
        let name = |index: usize| {
            let actor = self.discourse.referent(index)?.actors.first()?;
            Some((actor.code.as_ref(), actor.name.as_ref()?))
        };
        name(one).is_some_and(|own| name(other) == Some(own))
    }

    /// The one person whom the clause calls what this noun says: "Ann Lee was named as his successor", "Ann Lee is his successor".
    fn called_so(&self, view: &View<'_>, token: usize) -> Option<Vec<Actor>> {
        let subject = if view.child(token, "cop").is_some() {
            view.child(token, "nsubj")
        } else if view.position(token) == Position::Oblique("as") {
            view.governor(token).and_then(|verb| view.subject_of(verb))
        } else {
            None
        };
        let mention = self.mentions.get(self.mention_here(subject?)?)?;
        let person = mention.category == Category::Person && mention.actors.len() == 1;
        person.then(|| mention.actors.clone())
    }

    /// "His predecessor", "its successor": who held the office before or after, or the government before.
    fn before_or_after(&self, view: &View<'_>, draft: &Draft, owner: usize) -> Option<Actor> {
        let before = match view.lemma(draft.head) {
            "predecessor" => true,
            "successor" => false,
            _ => return None,
        };
        let owner = self.mentions.get(self.mention_here(owner)?)?;
        let [own] = owner.actors.as_slice() else { return None };
        let code = own.code.clone()?;
        let Some(name) = own.name.as_deref().filter(|_| owner.category == Category::Person) else {
            let body = owner.category != Category::Person;
            return body.then(|| Actor {
                code: Some(code),
                sector: own.sector.or(Some(Sector::Gov)),
                via: via("counterpart"),
                ..Actor::default()
            });
        };
        let (person, title) = self.actors.beside_in_office(&code, name, self.date, before)?;
        let role = person.role_on(self.date);
        Some(Actor {
            code: Some(code),
            sector: Some(role.sector),
            role: Some(title.to_owned()),
            name: Some(person.name.to_string()),
            via: via("counterpart"),
            ..Actor::default()
        })
    }
}

//! Pairs and the other one: "both sides", "the two countries", "each other", "his counterpart".
//!
//! In goes a noun phrase that speaks of two parties without naming them, out come the two that the document last set beside each
//! other: after "Blinken met Xi in Beijing", "both sides" are `USA` and `CHN`. Where two pairs come close, it stays open.

mod pairs;
mod thirds;

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::discourse::{Candidate, Referent};
use crate::draft::{Draft, Need};
use crate::holders::is_private;
use crate::mentions::via;
use crate::names::Names;
use crate::phrases::{Determiner, Part, Phrase};
use crate::pronouns::{later_subject, with_via};
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::{Position, View};

/// Sentences that "the two" looks back over for two who were counted.
const COUNT_REACH: usize = 2;
/// Sentences that "the two men" looks back over.
const COUPLE_REACH: usize = 4;

/// Whether these are two different parties.
fn is_pair(actors: &[Actor]) -> bool {
    matches!(
        actors,
        [a, b] if a.code != b.code
            || a.sector != b.sector
            || (a.name.is_some() && b.name.is_some() && a.name != b.name)
    )
}

impl<'k> Reader<'k> {
    /// "both sides", "the two leaders", "the pair": a draft that needs both.
    pub(crate) fn read_pair(
        &self,
        view: &View<'_>,
        phrase: &Phrase<'k>,
        word: Option<&'k SectorWord>,
    ) -> Option<Draft> {
        let head = phrase.head;
        let lemma = view.lemma(head);
        let two = phrase.core.clone().any(|t| matches!(view.lemma(t), "two" | "2"));
        let number = phrase.core.clone().find_map(|t| number_of(view.lemma(t)));
        let both = phrase.core.start.checked_sub(1).is_some_and(|t| view.lemma(t) == "both")
            || phrase.determiner == Determiner::Both
            || phrase.core.clone().any(|t| t != head && view.lemma(t) == "both");
        let named = phrase.parts.iter().any(|e| matches!(e.part, Part::Hit(_)));
        let definite = phrase.is_definite();
        let duo = matches!(lemma, "pair" | "duo" | "couple")
            && definite
            && view.child(head, "nmod").is_none();
        let only_two = lemma == "two" && definite && view.upos(head) == Upos::Num;
        // "both sides of the aisle" are no two parties.
        let of = view.children(head).iter().any(|&c| {
            c > head
                && view.relation(c) == "nmod"
                && view.preposition(c) == Some("of")
                // "both sides of the war" are.
                && !matches!(view.lemma(c), "conflict" | "dispute" | "quarrel" | "row" | "war")
        });
        // "The remaining two delegates" are others than whom the text has named.
        let remaining = phrase.core.clone().any(|t| view.lemma(t) == "remaining");
        // "the neighbours said", of two that were named.
        let alone = definite
            && view.is_plural(head)
            && phrase.core.clone().all(|t| {
                t == head
                    || matches!(view.relation(t), "amod" | "punct")
                    || view.head(t) != Some(head)
            })
            && self.lexicon.alone.has(lemma);
        // "each side", "neither country".
        let each = !view.is_plural(head)
            && view
                .children(head)
                .iter()
                .any(|&c| c < head && matches!(view.lemma(c), "each" | "either" | "neither"))
            && self.lexicon.pair.has(lemma);
        if let Some(number) = number
            && !named
            && !of
            && phrase.possessor.is_none()
            && (definite || view.lemma(phrase.core.start.saturating_sub(1)) == "all")
            && (word.is_some() || self.lexicon.pair.has(lemma) || number_of(lemma).is_some())
        {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::People);
            draft.plural = true;
            draft.actors = word
                .map(|word| Actor { sector: Some(word.sector), ..Actor::default() })
                .into_iter()
                .collect();
            draft.need = Need::Several(number);
            return Some(draft);
        }
        if named
            || of
            || remaining
            || phrase.possessor.is_some()
            || !(both || each || (two && definite) || duo || only_two || alone)
        {
            return None;
        }
        let person = duo
            || only_two
            || self.lexicon.person.has(lemma)
            || word.is_some_and(|word| word.kind != SectorWordKind::Body);
        let party = self.lexicon.pair.has(lemma)
            || word.is_some_and(|word| word.kind == SectorWordKind::Body);
        if !(person || party) {
            return None;
        }
        let category = if person && !party { Category::People } else { Category::Country };
        let mut draft = Draft::new(head, phrase.core.clone(), MentionKind::Nominal, category);
        draft.plural = true;
        draft.need = if person && !party { Need::Couple } else { Need::Pair };
        // "both armies" keep the sector of the word.
        let sector = word.filter(|word| word.kind == SectorWordKind::Body).map(|word| word.sector);
        draft.actors = sector
            .filter(|_| need_sector(draft.need))
            .map(|sector| Actor { sector: Some(sector), ..Actor::default() })
            .into_iter()
            .collect();
        Some(draft)
    }

    /// "the three ministers": the last list of so many parties, else those of the last sentence that names so many.
    pub(crate) fn resolve_several(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        number: usize,
    ) -> Draft {
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        if number == 0 {
            if let Some(actors) = self.listed(view, &draft, sector) {
                draft.actors = actors;
            }
            return draft;
        }
        // "The three Gulf states", of four that acted: those of them that lie there.
        let lies_there = self.lexicon.part_of_world(view, &draft.tokens);
        let codes_of = |actors: &[Actor]| {
            let mut codes = codes_of(actors.iter());
            codes.retain(|code| lies_there(code));
            codes
        };
        let is_many = |actors: &[Actor]| codes_of(actors).len() == number;
        let lists = self.discourse.candidates(view.index, draft.head, LIST_REACH, |referent, _| {
            referent.plural && is_many(&referent.actors)
        });
        // Long ago, if there was but one such list.
        let early = || {
            let lists =
                self.discourse.candidates(view.index, draft.head, view.index, |referent, _| {
                    referent.plural && is_many(&referent.actors)
                });
            match lists.as_slice() {
                [only] if self.lexicon.pair.has(view.lemma(draft.head)) => {
                    self.discourse.referent(only.referent).map(|l| codes_of(&l.actors))
                }
                _ => None,
            }
        };
        let codes = match lists.first().and_then(|c| self.discourse.referent(c.referent)) {
            Some(list) => codes_of(&list.actors),
            None => (0..=LIST_REACH.min(view.index))
                .map(|back| self.codes_in(view.index - back, draft.head, view.index))
                .find(|codes| codes.len() == number)
                .or_else(early)
                .unwrap_or_default(),
        };
        if !codes.is_empty() {
            draft.actors = codes.iter().map(|code| self.party(code, sector)).collect();
        }
        draft
    }

    /// "the ministers", with no number: the parties of the list that the sentences right before name, if they are of that sector.
    pub(crate) fn listed(
        &self,
        view: &View<'_>,
        draft: &Draft,
        sector: Option<Sector>,
    ) -> Option<Vec<Actor>> {
        let lists = self.discourse.candidates(view.index, draft.head, 1, |referent, _| {
            referent.plural
                && codes_of(referent.actors.iter()).len() > 1
                && referent.actors.iter().all(|a| sector.is_none() || a.sector == sector)
        });
        let list = lists.first().and_then(|c| self.discourse.referent(c.referent));
        let couple = self.couple(view, draft.head, 1).map(|(actors, _, _)| actors);
        let people = match (list, couple) {
            // "Kenya's minister met his Ugandan and Tanzanian counterparts": all three.
            (Some(list), Some(couple))
                if codes_of(list.actors.iter())
                    .iter()
                    .all(|code| couple.iter().any(|actor| actor.code.as_ref() == Some(code))) =>
            {
                couple
            }
            (Some(list), _) => list.actors.clone(),
            (None, couple) => couple?,
        };
        let fit = people.iter().all(|a| sector.is_none() || a.sector == sector);
        fit.then(|| {
            let codes = codes_of(people.iter());
            codes.iter().map(|code| self.party(code, sector)).collect()
        })
    }

    /// "the former", "the latter": of the only two parties of the sentence before, or of this one, or of the last list of two; where more
    /// were named, "the latter" is the last of them.
    pub(crate) fn resolve_ordinal(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        // "The latter" speaks of the same two as "the former" a sentence before.
        let paired =
            self.mentions.iter().rev().take_while(|m| m.sentence + 1 >= view.index).any(|m| {
                m.sentence < view.index && m.actors.iter().any(|a| a.via.as_deref() == Some("pair"))
            });
        let before = view
            .index
            .checked_sub(if paired { 2 } else { 1 })
            .map(|s| self.parties_in(s, usize::MAX, view.index));
        let here = self.parties_in(view.index, draft.head, view.index);
        let told = here.iter().any(|actor| actor.via.as_deref() == Some("pair"));
        let former = view.lemma(draft.head) == "former";
        let listed = self.list_of_two(view, draft.head);
        let before = before.unwrap_or_default();
        let two = if before.len() == 2 && (told || here.len() != 2) {
            before.clone()
        } else if let Some(list) = listed.filter(|_| here.len() != 2 || told) {
            list
        } else {
            here.clone()
        };
        let one = match two.as_slice() {
            [first, second] => Some(if former { first } else { second }),
            // "Its head, Ann Lee, met Jan Roth of the union. The latter": the last of them.
            _ if former || told => None,
            _ if here.len() > 1 => here.last(),
            _ => before.last(),
        };
        if let Some(one) = one {
            draft.actors = with_via(std::slice::from_ref(one), "pair");
            if one.name.is_some() && one.role.is_some() {
                draft.category = Category::Person;
            }
        }
        draft
    }

    /// The two of the last list of two that this sentence, before the token, or the one before it names.
    fn list_of_two(&self, view: &View<'_>, token: usize) -> Option<Vec<Actor>> {
        let lists = self.discourse.candidates(view.index, token, 1, |referent, _| {
            referent.plural && is_pair(&referent.actors)
        });
        let last = lists.iter().max_by_key(|list| list.trace)?;
        Some(self.discourse.referent(last.referent)?.actors.clone())
    }

    /// The parties of a sentence in the order of the text, no code twice, before `token` if it is the sentence being read.
    fn parties_in(&self, sentence: usize, token: usize, current: usize) -> Vec<Actor> {
        let mut mentions: Vec<_> = self
            .mentions
            .iter()
            .rev()
            .take_while(|mention| mention.sentence >= sentence)
            .filter(|mention| {
                mention.sentence == sentence
                    && (sentence != current || mention.head < token)
                    && mention.category != Category::Thing
                    && mention.kind != MentionKind::Modifier
            })
            .collect();
        mentions.sort_by_key(|mention| mention.head);
        let mut parties: Vec<Actor> = Vec::new();
        for actor in mentions.iter().flat_map(|mention| &mention.actors) {
            let place = actor.via.as_deref() == Some("place") && actor.sector.is_none();
            let known = parties.iter().any(|party| {
                party.code == actor.code && (party.name == actor.name || actor.name.is_none())
            });
            if !place && !known && actor.code.is_some() {
                parties.push(actor.clone());
            }
        }
        parties
    }

    fn codes_in(&self, sentence: usize, token: usize, current: usize) -> Vec<String> {
        codes_of(self.parties_in(sentence, token, current).iter())
    }

    /// The two parties that the document set beside each other, none of them of a code in `apart`.
    pub(crate) fn resolve_pair(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        quoted: &[bool],
        apart: &[String],
    ) -> Draft {
        let states_only = self.lexicon.pair_state.has(view.lemma(draft.head));
        let lies_there = self.lexicon.part_of_world(view, &draft.tokens);
        let keep = |code: &str| (!states_only || self.is_state(code)) && lies_there(code);
        // "The warring parties" are whoever they were.
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        let sector = sector.filter(|sector| *sector != Sector::Unk);
        draft.actors.clear();
        // "Oman urged both sides": whoever turns to two is none of them, and so is who speaks of them to others.
        let third = self.third_party(view, draft.head, quoted);
        let keep = |code: &str| keep(code) && !third.iter().chain(apart).any(|third| third == code);
        // "The two parties": of two that were named together, whosever they are.
        if !states_only && let Some(bodies) = self.two_bodies(view, draft.head, sector) {
            draft.actors = with_via(&bodies, "both sides");
            return draft;
        }
        // "Both political parties" are those of the state that the story tells of, and no two of its sides.
        let political =
            view.child(draft.head, "amod").is_some_and(|t| view.lemma(t) == "political");
        if view.lemma(draft.head) == "party" && political {
            let code = self.trade_told(view, Sector::Pty);
            let parties = code.map(|code| Actor {
                code: Some(code),
                sector: Some(Sector::Pty),
                ..Actor::default()
            });
            draft.actors = with_via(parties.as_slice(), "both sides");
            return draft;
        }
        if matches!(view.lemma(draft.head), "party" | "side")
            && let Some(halves) = self.two_halves(view, draft.head, &keep)
        {
            draft.actors = with_via(&halves, "both sides");
            return draft;
        }
        // "The rivals": two of one state who were named together.
        if matches!(view.lemma(draft.head), "rival" | "foe" | "adversary" | "opponent")
            && let Some(list) = self.list_of_two(view, draft.head)
            && matches!(list.as_slice(), [a, b] if a.code == b.code)
        {
            draft.actors = with_via(&list, "both sides");
            return draft;
        }
        let near = is_neighbour(view.lemma(draft.head));
        let alike = |a: &str, b: &str| {
            !near || (self.is_state(a) && self.is_state(b) && self.lexicon.are_beside(a, b))
        };
        let fits = |a: &str, b: &str| keep(a) && keep(b) && alike(a, b);
        let told = self.pair_told(view, &fits);
        let here = self.pair_before(view, draft.head, &keep);
        let here = here.or_else(|| self.pair_after(view, draft.head));
        // "The two quarrelled. The bloc has sent an envoy, but the sides": who mediates is none of the two told of before.
        let here = here.filter(|(a, b)| {
            alike(a, b) && (told.is_none() || (self.is_state(a) && self.is_state(b)))
        });
        let mut pair = here.or(told);
        if pair.is_none()
            && let Some(two) = self.state_and_band(view, draft.head, &keep)
        {
            draft.actors = with_via(&two, "both sides");
            return draft;
        }
        if pair.is_none() && (states_only || near) {
            pair = self.states_listed(view, draft.head, &fits);
        }
        if pair.is_none() {
            // "The two countries": states that the text names before those of which it names somebody alone.
            let named = |code: &str| !states_only || self.is_told_as_state(code);
            let told = self.discourse.pair(view.index, fits, named);
            pair = told.map(|(a, b)| (a.to_owned(), b.to_owned()));
        }
        // "The two neighbours", which the text has not set beside each other yet.
        let sides = matches!(view.lemma(draft.head), "side" | "party");
        if pair.is_none() && (states_only || near || sides) {
            pair = self.only_two_states(view, &fits);
        }
        if let Some((a, b)) = pair {
            let trade = |code: &str| sector.or_else(|| self.trade_of(view, draft.head, code));
            draft.actors = [a, b].into_iter().map(|code| self.party(&code, trade(&code))).collect();
        } else if view.lemma(draft.head) == "party"
            && let Some(code) = self.trade_told(view, Sector::Pty)
        {
            // "The two parties", of the one state whose parties the story tells of.
            let parties = Actor { code: Some(code), sector: Some(Sector::Pty), ..Actor::default() };
            draft.actors = with_via(&[parties], "both sides");
        }
        draft
    }

    /// The two halves of one state with which the text opens as a list, where it sets no two states beside each other there: "the generals
    /// and the opposition".
    fn two_halves(
        &self,
        view: &View<'_>,
        token: usize,
        keep: &impl Fn(&str) -> bool,
    ) -> Option<Vec<Actor>> {
        let lists = self.discourse.candidates(view.index, token, view.index, |referent, trace| {
            let [a, b] = referent.actors.as_slice() else { return false };
            trace.sentence == 0
                && referent.plural
                && a.code == b.code
                && a.sector != b.sector
                && a.code.as_deref().is_some_and(keep)
        });
        let [only] = lists.as_slice() else { return None };
        let rivals = self.discourse.opens_with_pair();
        Some(self.discourse.referent(only.referent)?.actors.clone()).filter(|_| !rivals)
    }

    /// The two bodies of one state that the last sentences name as a list, of this sector if the noun has one.
    fn two_bodies(
        &self,
        view: &View<'_>,
        token: usize,
        sector: Option<Sector>,
    ) -> Option<Vec<Actor>> {
        let noun = view.lemma(token);
        if !(noun == "party" || self.lexicon.body.has(noun)) {
            return None;
        }
        let lists = self.discourse.candidates(view.index, token, COUNT_REACH, |referent, _| {
            let [a, b] = referent.actors.as_slice() else { return false };
            referent.plural
                && referent.category == Some(Category::Organisation)
                && a.code == b.code
                && a.name != b.name
                && (sector.is_none() || a.sector == sector)
                && a.sector == b.sector
                && (noun != "party" || a.sector == Some(Sector::Pty))
        });
        let [only] = lists.as_slice() else { return None };
        Some(self.discourse.referent(only.referent)?.actors.clone())
    }

    /// A party of a pair, by its code.
    pub(crate) fn party(&self, code: &str, sector: Option<Sector>) -> Actor {
        let entity = self.actors.entity(code);
        let own = match entity.map(|entity| entity.kind) {
            Some(EntityKind::Country) | None => Some(Sector::Gov),
            Some(_) => entity.and_then(|entity| entity.sector),
        };
        let name =
            entity.filter(|entity| entity.kind != EntityKind::Country).map(|e| e.name.clone());
        Actor {
            code: Some(code.to_owned()),
            sector: own.filter(|own| is_armed(*own)).or(sector).or(own),
            name,
            via: via("both sides"),
            ..Actor::default()
        }
    }

    /// The only two codes that this sentence names before `token`.
    fn pair_before(
        &self,
        view: &View<'_>,
        token: usize,
        keep: &impl Fn(&str) -> bool,
    ) -> Option<(String, String)> {
        let mut codes: Vec<&str> = Vec::new();
        let mut mentions: Vec<_> = self.mentions.get(self.first..)?.iter().collect();
        mentions.sort_by_key(|mention| mention.head);
        for mention in mentions {
            if mention.head >= token || mention.category == Category::Thing {
                continue;
            }
            let places_only = mention.actors.iter().all(|a| a.via.as_deref() == Some("place"));
            if places_only {
                continue;
            }
            for code in mention.actors.iter().filter_map(|actor| actor.code.as_deref()) {
                if keep(code) && !codes.contains(&code) {
                    codes.push(code);
                }
            }
        }
        let _ = view;
        match codes.as_slice() {
            [a, b] => Some(((*a).to_owned(), (*b).to_owned())),
            _ => None,
        }
    }

    /// "In a statement by both sides, Japan and India said": the two that the clause has as its subject.
    fn pair_after(&self, view: &View<'_>, token: usize) -> Option<(String, String)> {
        let subject = later_subject(view, token)?;
        let codes: Vec<&str> = view
            .conjuncts(subject)
            .into_iter()
            .filter_map(|head| self.mentions.get(self.mention_here(head)?))
            .flat_map(|mention| mention.actors.iter().filter_map(|actor| actor.code.as_deref()))
            .collect();
        match codes.as_slice() {
            [a, b] if a != b => Some(((*a).to_owned(), (*b).to_owned())),
            _ => None,
        }
    }

    /// The two persons that met or are named together.
    pub(crate) fn resolve_couple(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        quoted: &[bool],
    ) -> Draft {
        draft.actors.clear();
        // "Oman urged both": whoever turns to two is none of them.
        let third = self.turned_from(view, draft.head);
        // "Two soldiers … the two": those, whoever they are.
        if let Some(actors) = self.counted_before(view, draft.head) {
            draft.actors = with_via(&actors, "both sides");
            return draft;
        }
        let noun = view.lemma(draft.head);
        if noun == "couple"
            && let Some(actors) = self.spouses(view)
        {
            draft.actors = with_via(&actors, "both sides");
            return draft;
        }
        if !matches!(noun, "both" | "neither") {
            return self.resolve_two(view, draft, quoted, &third);
        }
        // "Rome said both had lied", "the two men said neither knew": whom others speak of, but the two themselves if they are the two.
        let mut apart = third.clone();
        let speaks = view.position(draft.head) == Position::Subject;
        for told in self.told_by(view, draft.head).into_iter().filter(|_| speaks) {
            if is_pair(&told) {
                draft.actors = with_via(&told, "both sides");
                return draft;
            }
            apart.extend(told);
        }
        let other = self.resolve_two(view, draft.clone(), quoted, &apart);
        if other.actors.is_empty() && apart.len() > third.len() {
            return self.resolve_two(view, draft, quoted, &third);
        }
        other
    }

    /// The two of whom the noun speaks, none of them among `third`.
    fn resolve_two(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        quoted: &[bool],
        third: &[Actor],
    ) -> Draft {
        let noun = view.lemma(draft.head);
        if let Some(two) = self.two_here(view, draft.head, third) {
            draft.actors = with_via(&two, "both sides");
            return draft;
        }
        // "The two men" are persons and no states.
        let persons = draft.kind == MentionKind::Nominal && self.lexicon.person.has(noun);
        // "Both", "the two", "the pair" may be of any sort.
        let any = matches!(noun, "both" | "neither" | "each" | "two" | "pair" | "duo");
        let listed = self.discourse.candidates(view.index, draft.head, 3, |referent, _| {
            referent.plural
                && is_pair(&referent.actors)
                && !referent.actors.iter().any(|actor| is_of(actor, third))
                && match referent.category {
                    Some(Category::Person | Category::People) => true,
                    Some(Category::Country) => !persons,
                    Some(Category::Organisation | Category::Nationality) => any,
                    _ => false,
                }
        });
        // "A Western leader had talked to him": of one of whom nothing is known there is no pair.
        let couple = self.couple(view, draft.head, 2).filter(|(actors, ..)| {
            is_pair(actors)
                && !actors.iter().any(|actor| is_of(actor, third))
                && actors.iter().all(|actor| actor.code.is_some() || actor.name.is_some())
        });
        let list =
            listed.first().and_then(|c| Some((c.weight, self.discourse.referent(c.referent)?)));
        let actors = match (list, couple) {
            (Some((weight, list)), Some((_, _, nearer))) if weight >= nearer => list.actors.clone(),
            (_, Some((actors, _, _))) => actors,
            (Some((_, list)), None) => list.actors.clone(),
            (None, None) => self.last_two(view, draft.head, third),
        };
        if is_pair(&actors) {
            draft.actors = with_via(&actors, "both sides");
            return draft;
        }
        // "Both agreed", "the two have been at odds", after two states; "both leaders" are theirs.
        if matches!(noun, "both" | "neither" | "each" | "two") || self.leads(noun) {
            return self.resolve_pair(view, draft, quoted, &codes_of(third.iter()));
        }
        draft
    }

    /// The only two persons whom the sentence names outside of what one of them says: "Lee blamed Roth, and the two"; or the one whom it calls
    /// another's counterpart, with that other.
    fn two_here(&self, view: &View<'_>, token: usize, third: &[Actor]) -> Option<Vec<Actor>> {
        let noun = view.lemma(token);
        if matches!(noun, "both" | "neither" | "each") {
            return None;
        }
        let mut known: Vec<usize> = Vec::new();
        for index in self.discourse.recent(view.index, 0) {
            let Some(trace) = self.discourse.trace(index).filter(|trace| trace.token < token)
            else {
                continue;
            };
            let Some(referent) = self.discourse.referent(trace.referent) else { continue };
            let person = referent.category == Some(Category::Person) && !referent.plural;
            if !person || view.deprel(trace.token) == "nmod:poss" {
                continue;
            }
            if trace.governor.is_some_and(|verb| is_content(view, token, verb)) {
                return None;
            }
            if !known.iter().any(|&k| k == trace.referent || self.is_same_person(k, trace.referent))
            {
                known.push(trace.referent);
            }
        }
        known.reverse();
        let actors: Vec<Actor> = known
            .iter()
            .filter_map(|&index| self.discourse.referent(index))
            .flat_map(|referent| referent.actors.iter().cloned())
            .collect();
        let two = match actors.as_slice() {
            [_, _] => actors,
            [only] => vec![self.counterpart_owner(view, token, only)?, only.clone()],
            _ => return None,
        };
        let sure = is_pair(&two)
            && two.iter().all(|actor| actor.code.is_some() && actor.name.is_some())
            && !two.iter().any(|actor| is_of(actor, third));
        sure.then_some(two)
    }

    /// Whose counterpart the sentence calls this person before the token.
    fn counterpart_owner(&self, view: &View<'_>, token: usize, person: &Actor) -> Option<Actor> {
        let here = self.mentions.get(self.first..)?.iter();
        let mut called = here.filter(|mention| {
            mention.head < token
                && self.lexicon.counterpart.has(view.lemma(mention.head))
                && mention.actors.iter().any(|actor| is_of(actor, std::slice::from_ref(person)))
        });
        let owner = view.child(called.next()?.head, "nmod:poss")?;
        self.mentions.get(self.mention_here(owner)?)?.actors.first().cloned()
    }

    /// Whether the noun is for those who lead: "presidents", "leaders".
    fn leads(&self, noun: &str) -> bool {
        self.lexicon.is_loose(noun) || !self.lexicon.same_office(noun).is_empty()
    }

    /// Whom the last sentences counted as two: "two soldiers".
    fn counted_before(&self, view: &View<'_>, token: usize) -> Option<Vec<Actor>> {
        let definite = !matches!(view.lemma(token), "both" | "neither" | "each");
        let pair = matches!(view.lemma(token), "pair" | "duo" | "couple");
        let (sentence, head, actors) = self.counted.as_ref().filter(|_| definite && !pair)?;
        let near = sentence + COUNT_REACH >= view.index && (*sentence, *head) < (view.index, token);
        near.then(|| actors.clone())
    }

    /// The only two persons of the last sentences, as few of them as name two: a third one leaves it open.
    fn last_two(&self, view: &View<'_>, token: usize, third: &[Actor]) -> Vec<Actor> {
        let noun = view.lemma(token);
        let leaders = self.leads(noun);
        // "The two presidents": of those whom the text or the office they hold calls so.
        let called = |referent: &Referent| {
            referent.category == Some(Category::Person)
                && !referent.plural
                && referent.actors.iter().all(|actor| actor.name.is_some() && !is_of(actor, third))
                && referent.offices.iter().any(|office| self.lexicon.is_called(office, noun))
        };
        for reach in (0..=COUPLE_REACH).filter(|_| leaders) {
            let people =
                self.discourse.candidates(view.index, token, reach, |referent, _| called(referent));
            match people.as_slice() {
                [] | [_] => {}
                [a, b] => {
                    let both = self.both_of(a, b);
                    return self.parties_told(view, &both).unwrap_or(both);
                }
                _ => break,
            }
        }
        // "Both" alone may be two of any sort.
        let far = if matches!(noun, "both" | "neither" | "each") { 1 } else { COUPLE_REACH };
        for reach in 1..=far {
            let people = self.discourse.candidates(view.index, token, reach, |referent, _| {
                // "She will be vice-president": of an office alone it is not known who is meant.
                let told = referent.actors.iter().all(|actor| {
                    actor.name.is_some()
                        && (!leaders || may_lead(actor.sector))
                        && !is_of(actor, third)
                });
                referent.category == Some(Category::Person) && !referent.plural && told
            });
            match people.as_slice() {
                [] | [_] => {}
                [a, b] => return self.both_of(a, b),
                _ => return self.two_of_a_sentence(view, token, far, third),
            }
        }
        Vec::new()
    }

    /// Of more than two persons those two whom the nearest sentence names that tells of two and no more.
    fn two_of_a_sentence(
        &self,
        view: &View<'_>,
        token: usize,
        far: usize,
        third: &[Actor],
    ) -> Vec<Actor> {
        for back in 1..=far.min(view.index) {
            let told = self.discourse.candidates(view.index, token, back, |referent, trace| {
                let fits = referent.actors.iter().all(|actor| {
                    actor.name.is_some()
                        && (!self.leads(view.lemma(token)) || may_lead(actor.sector))
                        && !is_of(actor, third)
                });
                trace.sentence + back == view.index
                    && referent.category == Some(Category::Person)
                    && !referent.plural
                    && fits
            });
            if let [a, b] = told.as_slice() {
                return self.both_of(a, b);
            }
        }
        Vec::new()
    }

    /// The two states that the text sets beside each other, where these two persons are not of them: a host is none of "both leaders".
    fn parties_told(&self, view: &View<'_>, people: &[Actor]) -> Option<Vec<Actor>> {
        let (a, b) = self.discourse.pair(
            view.index,
            |a, b| self.is_state(a) && self.is_state(b),
            |_| true,
        )?;
        let told = |actor: &Actor| actor.code.as_deref().is_some_and(|code| code == a || code == b);
        (!people.iter().any(told))
            .then(|| [a, b].into_iter().map(|code| self.party(code, None)).collect())
    }

    fn both_of(&self, a: &Candidate, b: &Candidate) -> Vec<Actor> {
        [a, b]
            .into_iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .flat_map(|r| r.actors.iter().cloned())
            .collect()
    }

    /// "each other": the parties that the clause has as its subject.
    pub(crate) fn resolve_mutual(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        let mut verb = view.clause_of(draft.head);
        for _ in 0..3 {
            let Some(at) = verb else { break };
            if let Some(subject) = view.subject_of(at) {
                let members: Vec<Actor> = view
                    .conjuncts(subject)
                    .into_iter()
                    .filter_map(|head| self.mention_here(head))
                    .filter_map(|mention| self.mentions.get(mention))
                    .flat_map(|mention| mention.actors.iter().cloned())
                    .collect();
                if members.len() >= 2 {
                    draft.actors = with_via(&members, "each other");
                    return draft;
                }
            }
            verb = view.clause_of(at);
        }
        // "agreed to respect each other's interests", with the subject in an earlier clause.
        let groups = self.discourse.candidates(view.index, draft.head, 0, |referent, _| {
            referent.plural && referent.actors.len() >= 2
        });
        if let Some(group) = groups.first().and_then(|c| self.discourse.referent(c.referent)) {
            draft.actors = with_via(&group.actors, "each other");
        }
        draft
    }

    /// "his Chinese counterpart, Wang Yi,", "its counterparts".
    pub(crate) fn read_counterpart(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Draft {
        if let Some(named) = self.read_apposed(view, names, phrase, depth) {
            return named;
        }
        let plural = view.is_plural(phrase.head);
        let category = if plural { Category::People } else { Category::Person };
        let mut draft =
            Draft::new(phrase.head, phrase.core.clone(), MentionKind::Nominal, category);
        draft.plural = plural;
        let upto = phrase.parts.len().saturating_sub(1);
        for element in phrase.parts.iter().take(upto) {
            let Part::Hit(index) = element.part else { continue };
            if let Some(modifier) = self.read_modifier(view, names, index) {
                draft.actors.extend(
                    modifier
                        .actors
                        .into_iter()
                        .map(|actor| Actor { code: actor.code, ..Actor::default() }),
                );
            }
        }
        // "His colleagues from France and Germany"
        if draft.actors.is_empty() {
            let from = view.children(phrase.head).iter().copied().find(|&c| {
                c > phrase.head && view.relation(c) == "nmod" && view.preposition(c) == Some("from")
            });
            for member in from.map(|from| view.conjuncts(from)).unwrap_or_default() {
                let code = self.place_code(view, names, member).map(str::to_owned);
                draft
                    .actors
                    .extend(code.map(|code| Actor { code: Some(code), ..Actor::default() }));
            }
        }
        draft.need = Need::Counterpart;
        draft
    }

    /// "His rival", of a politician: the only other one of his state whom the story names.
    pub(crate) fn rival_at_home(
        &self,
        view: &View<'_>,
        draft: &Draft,
        owner: usize,
    ) -> Option<Actor> {
        let contest = matches!(view.lemma(draft.head), "rival" | "opponent" | "foe" | "challenger");
        if !contest {
            return None;
        }
        let mut known = self.countrymen(view, draft, owner, may_run)?;
        // Of several the one who is of a party and holds no office.
        if known.len() > 1 {
            known.retain(|actor| matches!(actor.sector, Some(Sector::Pty | Sector::Opp)));
        }
        match known.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// "His predecessor", where no file tells who that is: the only other one of his state whom the story names as having held office.
    pub(crate) fn predecessor_told(
        &self,
        view: &View<'_>,
        draft: &Draft,
        owner: usize,
    ) -> Option<Actor> {
        let owner = self.referents.get(self.mention_here(owner)?).copied().flatten()?;
        let held = |sector| matches!(sector, Sector::Gov | Sector::Eli);
        match self.countrymen(view, draft, owner, held)?.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// The other persons of the state of a person whom the story names, of these sectors or of none known.
    fn countrymen(
        &self,
        view: &View<'_>,
        draft: &Draft,
        owner: usize,
        fits: impl Fn(Sector) -> bool,
    ) -> Option<Vec<Actor>> {
        let own = self.discourse.referent(owner)?.actors.first()?;
        let state = own.code.as_deref().filter(|code| self.is_state(code))?;
        let people =
            self.discourse.candidates(view.index, draft.head, RIVAL_REACH, |referent, trace| {
                referent.category == Some(Category::Person)
                    && !referent.plural
                    && trace.referent != owner
                    && !self.is_same_person(trace.referent, owner)
                    && matches!(referent.actors.as_slice(), [one] if one.name.is_some()
                        && one.code.as_deref() == Some(state)
                        && one.sector.is_none_or(&fits))
            });
        let known =
            people.iter().filter_map(|c| self.discourse.referent(c.referent)?.actors.first());
        Some(known.cloned().collect())
    }

    /// "The prosecution of Jacob Zuma, his rival": whom the name before it names.
    pub(crate) fn named_before(&self, view: &View<'_>, token: usize) -> Option<Vec<Actor>> {
        let name = view.head(token).filter(|&name| name < token)?;
        let mention = self.mentions.get(self.mention_here(name)?)?;
        let fits = view.relation(token) == "appos"
            && mention.kind == MentionKind::Name
            && matches!(mention.category, Category::Person | Category::Country);
        fits.then(|| mention.actors.clone())
    }

    /// Gives a counterpart the sector of the one it is a counterpart of, and its state where the text leaves one choice.
    pub(crate) fn resolve_counterpart(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        let owner = view
            .children(draft.head)
            .iter()
            .copied()
            .find(|&c| view.deprel(c) == "nmod:poss")
            .and_then(|head| self.mention_here(head))
            // "the Chinese counterpart": of whoever the sentence is about.
            .or_else(|| {
                let subject = view.clause_of(draft.head).and_then(|verb| view.subject_of(verb))?;
                self.mention_here(subject)
            });
        let offices: Vec<String> = owner
            .and_then(|mention| self.referents.get(mention).copied().flatten())
            .and_then(|referent| self.discourse.referent(referent))
            .map(|referent| referent.offices.clone())
            .unwrap_or_default();
        let owner = owner
            .and_then(|mention| self.mentions.get(mention))
            .and_then(|mention| mention.actors.first().cloned());
        // The office held comes before what else the text calls them.
        let held = owner.as_ref().and_then(|owner| owner.role.as_ref()).map(|r| r.to_lowercase());
        let offices: Vec<String> = held.into_iter().chain(offices).collect();
        let sector = owner.as_ref().and_then(|owner| owner.sector);
        let own = owner.as_ref().and_then(|owner| owner.code.clone());
        if draft.actors.is_empty() {
            // "Her colleague" may be of her own side; lawmakers, priests and union men have theirs at home.
            if view.lemma(draft.head) == "colleague" {
                let home = sector.is_some_and(|sector| {
                    is_private(sector) || matches!(sector, Sector::Leg | Sector::Pty | Sector::Mil)
                });
                if draft.plural && home && own.is_some() {
                    draft.actors =
                        with_via(&[Actor { code: own, sector, ..Actor::default() }], "counterpart");
                }
                return draft;
            }
            let Some(own) = own else { return draft };
            // Who of another state holds such an office and was named shortly before.
            if let Some(other) = self.peer_of(view, draft.head, &own, &offices) {
                draft.actors = with_via(&[other], "counterpart");
                return draft;
            }
            let Some(other) = self.discourse.partner_of(view.index, &own) else { return draft };
            draft.actors.push(Actor { code: Some(other.to_owned()), ..Actor::default() });
        }
        for actor in &mut draft.actors {
            actor.sector = sector;
            actor.via = via("counterpart");
            // The one of that state who stands opposite in this document, else who holds the same office by the knowledge.
            let told = self.person_of(view, draft.head, actor);
            let person = told.or_else(|| {
                let code = actor.code.as_deref()?;
                offices.iter().find_map(|office| self.in_office(code, office))
            });
            if !draft.plural
                && let Some(person) = person
            {
                actor.name.clone_from(&person.name);
                actor.role.clone_from(&person.role);
                actor.sector = person.sector;
            }
        }
        draft
    }

    /// The only person of another state whom the last sentences name and who may be called by one of the offices.
    fn peer_of(
        &self,
        view: &View<'_>,
        token: usize,
        own: &str,
        offices: &[String],
    ) -> Option<Actor> {
        let peers = self.discourse.candidates(view.index, token, 2, |referent, _| {
            referent.category == Some(Category::Person)
                && matches!(referent.actors.as_slice(), [one] if one.name.is_some()
                    && one.code.as_deref().is_some_and(|code| code != own))
                && referent
                    .offices
                    .iter()
                    .any(|held| offices.iter().any(|office| self.lexicon.is_called(held, office)))
        });
        self.discourse.only_actor(&peers)
    }

    /// The only person of the actor's state and sector that was named shortly before.
    fn person_of(&self, view: &View<'_>, token: usize, actor: &Actor) -> Option<Actor> {
        let people = self.discourse.candidates(view.index, token, 4, |referent, _| {
            referent.category == Some(Category::Person)
                && referent.actors.iter().all(|a| a.code == actor.code && a.sector == actor.sector)
        });
        self.discourse.only_actor(&people)
    }
}

/// Sectors of groups that stay what they are, whatever noun a pair is called by: "the two factions".
fn is_armed(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Par | Sector::Ter | Sector::Crm)
}

/// Whether the token lies in what a verb has as its content: in "Lee said the two had met" below "said".
fn is_content(view: &View<'_>, token: usize, verb: usize) -> bool {
    let mut at = token;
    for _ in 0..view.len() {
        let Some(head) = view.head(at) else { return false };
        if head == verb {
            return matches!(view.relation(at), "ccomp" | "xcomp" | "parataxis");
        }
        at = head;
    }
    false
}

/// Whether somebody is one of these: the same person, or the same side where either is without a name.
fn is_of(actor: &Actor, others: &[Actor]) -> bool {
    others.iter().any(|other| match (&actor.name, &other.name) {
        (Some(a), Some(b)) => a == b,
        _ => actor.code.is_some() && actor.code == other.code && actor.sector == other.sector,
    })
}

/// Whether who has this sector may run against a politician.
fn may_run(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Pty | Sector::Opp | Sector::Leg | Sector::Eli)
}

/// Whether who has this sector may be one of "both leaders".
fn may_lead(sector: Option<Sector>) -> bool {
    !matches!(sector, Some(Sector::Leg | Sector::Jud | Sector::Rel | Sector::Med | Sector::Cvl))
}

/// Sentences that "his rival" looks back over.
const RIVAL_REACH: usize = 8;
/// Sentences that "the three ministers" look back over.
const LIST_REACH: usize = 3;

/// Whether the noun is for a state beside another.
pub(crate) fn is_neighbour(lemma: &str) -> bool {
    matches!(lemma, "neighbor" | "neighbour")
}

/// The number from three on that a word says.
fn number_of(lemma: &str) -> Option<usize> {
    let words = ["three", "four", "five", "six", "seven", "eight"];
    words.iter().position(|word| *word == lemma).map(|at| at + 3)
}

/// The codes of actors, none twice, in their order.
fn codes_of<'a>(actors: impl Iterator<Item = &'a Actor>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in actors.filter_map(|actor| actor.code.clone()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Whether the sector of the noun is the sector of the parties.
fn need_sector(need: Need) -> bool {
    need == Need::Pair
}

//! Where others make peace, and who holds their talks: Luanda, and the Angolan president who mediates.
//!
//! In go the sentences of a story, out come the states that stand in it for those whose affairs it tells. "A truce was signed in Luanda by the
//! government and the rebels": of the land where it is signed is neither, and where Qatar has hosted the talks "the army" is not Qatar's.

use detente_knowledge::EntityKind;
use detente_parse::Upos;

use crate::names::{Hit, Names};
use crate::reader::Reader;
use crate::view::{Position, View};

impl<'k> Reader<'k> {
    /// Whether the verb tells that a truce or talks are made, and the story is of another state than the one where that is done.
    pub(crate) fn is_dealt_at(&self, view: &View<'_>, verb: usize, code: &str) -> bool {
        self.is_beside_story(code) && self.is_made(view, verb)
    }

    /// "A truce was signed", "held talks".
    fn is_made(&self, view: &View<'_>, verb: usize) -> bool {
        view.upos(verb) == Upos::Verb
            && self.lexicon.deal.has(view.lemma(verb))
            && view.children(verb).iter().any(|&c| {
                matches!(view.relation(c), "nsubj" | "obj")
                    && self.lexicon.accord.has(view.lemma(c))
            })
    }

    /// Whether the sentences before speak of other states more than of this one.
    pub(crate) fn is_beside_story(&self, code: &str) -> bool {
        self.states.first().is_some_and(|first| first != code)
    }

    /// Notes the states that hold talks for others: "Qatar hosted the talks", "talks brokered by Qatar", "Qatari mediators".
    pub(crate) fn note_hosts(&mut self, view: &View<'_>, names: &Names<'k>) {
        for verb in 0..view.len() {
            let word = view.lemma(verb);
            let holder = if view.upos(verb) == Upos::Verb && self.lexicon.mediates.has(word) {
                // "Hosted a dinner"
                let object = view.child(verb, "obj").or_else(|| view.child(verb, "nsubj:pass"));
                let noun = view.head(verb).filter(|_| view.relation(verb) == "acl");
                let talks = object.or(noun).map(|noun| view.lemma(noun));
                if talks.is_some_and(|noun| !self.lexicon.accord.has(noun)) {
                    continue;
                }
                let by = view.children(verb).iter().copied().find(|&c| {
                    matches!(view.position(c), Position::Agent | Position::Oblique("by"))
                });
                by.or_else(|| view.subject_of(verb))
            } else if word == "mediator" && view.is_nominal(verb) {
                Some(verb)
            } else {
                None
            };
            // "Signed a truce in Accra"
            if holder.is_none() {
                let at =
                    view.children(verb).iter().copied().filter(|&c| {
                        view.relation(c) == "obl" && view.preposition(c) == Some("in")
                    });
                let venue = at
                    .filter_map(|c| self.place_code(view, names, c))
                    .find(|code| self.is_made(view, verb) && self.is_of_others(code));
                self.note_host(venue.map(str::to_owned), view.index);
            }
            let Some(holder) = holder else { continue };
            let (first, last) = view.edges(holder);
            let state = |hit: &Hit<'k>| {
                let entity = self.actors.entities.get(hit.readings.first()?.entity)?;
                (entity.kind == EntityKind::Country).then(|| entity.code.clone())
            };
            let inside = |hit: &&Hit<'k>| (first..=last).contains(&hit.tokens.start);
            let held: Vec<String> = names.hits.iter().filter(inside).filter_map(state).collect();
            for code in held {
                self.note_host(Some(code), view.index);
            }
        }
    }

    fn note_host(&mut self, code: Option<String>, sentence: usize) {
        if let Some(code) = code.filter(|code| self.hosts.iter().all(|(known, _)| known != code)) {
            self.hosts.push((code, sentence));
        }
    }

    /// Whether the sentence or those before tell of other states and the sentence does not name this one as a party.
    fn is_of_others(&self, code: &str) -> bool {
        let own = |state: &&str| *state == code;
        let here = || self.here.iter().chain(&self.beside);
        !here().any(own) && (here().next().is_some() || self.is_beside_story(code))
    }

    /// States that are in the story to hold the talks of others: not those with which it opens as with any other.
    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        let opening = self.discourse.begins();
        let held = self
            .hosts
            .iter()
            .filter(move |(code, sentence)| *sentence == opening || !self.opens_with(code));
        held.map(|(code, _)| code.as_str())
    }
}

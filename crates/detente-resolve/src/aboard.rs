//! Whose the people on a ship or a plane are: "the captain", "its crew".
//!
//! In go the craft that the text has told of, with the state that an adjective or a name gives them, and a noun for those aboard, out comes
//! that state: after "a Spanish trawler", "the captain" is Spanish, and after "a tanker" of no known flag he is nobody's.

use detente_core::{Actor, Sector};
use detente_knowledge::EntityKind;
use detente_parse::Upos;

use crate::draft::{Draft, Need};
use crate::mentions::via;
use crate::names::{Bond, Names};
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::{Position, View};

/// Sentences that "the captain" looks back over for his ship.
const CRAFT_REACH: usize = 4;

/// A ship or a plane that the text has told of.
#[derive(Debug, Clone)]
pub(crate) struct Craft {
    /// The state whose it is, if the text says so.
    code: Option<String>,
    /// It is an army's.
    armed: bool,
    /// There are people in it.
    manned: bool,
    sentence: usize,
    token: usize,
}

impl<'k> Reader<'k> {
    /// Notes the craft that the sentence names.
    pub(crate) fn note_craft(&mut self, view: &View<'_>, names: &Names<'k>) {
        for token in 0..view.len() {
            let noun = view.lemma(token);
            let warship = self.lexicon.warship.has(noun);
            let manned = self.lexicon.vessel.has(noun) || warship;
            let own = manned || self.lexicon.craft.has(noun) || self.lexicon.unmanned.has(noun);
            if !own || !view.is_nominal(token) || view.relation(token) == "compound" {
                continue;
            }
            // "A Chinese fishing boat": the adjective may hang on the word between.
            let before: Vec<usize> = (view.edges(token).0..token)
                .filter(|&t| matches!(view.relation(t), "det" | "amod" | "compound" | "nmod"))
                .collect();
            let code = before.iter().find_map(|&c| self.flag_of(view, names, c));
            let armed = warship || before.iter().any(|&c| self.lexicon.armed.has(view.lemma(c)));
            let known = before.iter().any(|&c| matches!(view.lemma(c), "the" | "its" | "this"));
            // "The vessel": the one told of before.
            let near =
                |last: &&Craft| last.manned == manned && last.sentence + CRAFT_REACH >= view.index;
            let last = self.craft.last().filter(near).filter(|_| known && code.is_none()).cloned();
            let (code, armed) = last.map_or((code, armed), |last| (last.code, armed || last.armed));
            let code = code.or_else(|| self.sender(view, names, token));
            self.craft.push(Craft { code, armed, manned, sentence: view.index, token });
        }
    }

    /// Whose the craft are that somebody sends or fires: "Russia launched 30 drones", "Syria's jets".
    fn sender(&self, view: &View<'_>, names: &Names<'k>, craft: usize) -> Option<String> {
        let owner = view.children(craft).iter().copied().find(|&c| view.deprel(c) == "nmod:poss");
        let sent = || {
            let verb = view.governor(craft)?;
            let word = view.lemma(verb);
            let sends = self.lexicon.send.has(word) || self.lexicon.bombard.has(word);
            view.subject_of(verb).filter(|_| sends && view.relation(craft) == "obj")
        };
        let (first, last) = view.edges(owner.or_else(sent)?);
        let mut states = names.hits.iter().filter(|hit| (first..=last).contains(&hit.tokens.start));
        states.find_map(|hit| {
            let entity = self.actors.entities.get(hit.readings.first()?.entity)?;
            let side = matches!(entity.kind, EntityKind::Country | EntityKind::ArmedGroup);
            (side && hit.bond == Bond::Free).then(|| entity.code.clone())
        })
    }

    /// "Shot down one of them", "sank them": whose the craft are that the sentence before, or this one, tells of.
    pub(crate) fn craft_downed(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let mut at = draft.head;
        // "Three of them"
        if view.relation(at) == "nmod" && view.preposition(at) == Some("of") {
            at = view.governor(at).filter(|&count| view.upos(count) == Upos::Num)?;
        }
        let verb = view.governor(at)?;
        let hit = matches!(view.position(at), Position::Object | Position::PassiveSubject);
        if !hit || !self.lexicon.downs.has(view.lemma(verb)) {
            return None;
        }
        let doers = self.subject_codes(view, verb);
        let near = self.craft.iter().rev().take_while(|craft| craft.sentence + 1 >= view.index);
        let craft = near.filter(|craft| {
            let here = craft.sentence == view.index;
            (craft.sentence, craft.token) < (view.index, draft.head)
                && !(here && view.subject_of(verb) == Some(craft.token))
        });
        let mut owners = craft.filter_map(|craft| craft.code.as_ref());
        let code = owners.find(|code| !doers.contains(code))?;
        let entity = self.actors.entity(code)?;
        Some(vec![Actor {
            code: Some(code.clone()),
            sector: entity.sector,
            via: via("pronoun"),
            ..Actor::default()
        }])
    }

    /// The state that a word before the noun for a craft names: "Spanish trawler", "U.S. Navy plane".
    fn flag_of(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> Option<String> {
        let fits = matches!(view.relation(token), "amod" | "compound" | "nmod" | "nummod");
        let hit = names.at(token).filter(|hit| fits && hit.bond == Bond::Free)?;
        let entity = self.actors.entities.get(hit.readings.first()?.entity)?;
        (entity.kind == EntityKind::Country).then(|| entity.code.clone())
    }

    /// "The captain", "its crew": of the last craft, and of no state where the text does not say whose that is; `None` where it tells of none.
    pub(crate) fn aboard(&self, view: &View<'_>, draft: &Draft) -> Option<Draft> {
        let noun = view.lemma(draft.head);
        // "The crew of the first of them": whose they are stands behind it.
        let told = view.children(draft.head).iter().any(|&c| {
            c > draft.head
                && view.preposition(c) == Some("of")
                && !self.lexicon.vessel.has(view.lemma(c))
        });
        let bare = draft.kind == MentionKind::Nominal
            && draft.actors.iter().all(|actor| actor.code.is_none() && actor.name.is_none());
        if told || !bare || !self.lexicon.aboard.has(noun) {
            return None;
        }
        let owner = match draft.need {
            Need::Owner(owner)
                if matches!(view.lemma(owner), "it" | "its" | "they" | "their" | "whose") =>
            {
                Some(owner)
            }
            Need::Holder => None,
            _ => return None,
        };
        // "Greenpeace said its crew": a body may have one as well.
        let owner = owner.and_then(|owner| self.mentions.get(self.mention_here(owner)?));
        if owner.is_some_and(|m| {
            m.actors.iter().any(|a| matches!(a.sector, Some(Sector::Ngo | Sector::Bus)))
        }) {
            return None;
        }
        // "The captain", of an officer whom the text has called so.
        let called =
            self.discourse.candidates(view.index, draft.head, view.index, |referent, _| {
                referent.category == Some(Category::Person)
                    && referent.offices.iter().any(|office| office.rsplit(' ').next() == Some(noun))
            });
        if !called.is_empty() {
            return None;
        }
        // The one whom the text has called so before, of whichever ship.
        let near = |sentence: usize| sentence + CRAFT_REACH >= view.index;
        let mut nouns = self.nouns.iter().rev().map_while(|(noun, index)| {
            let mention = self.mentions.get(*index).filter(|m| near(m.sentence))?;
            Some((noun, mention))
        });
        let known = nouns.find(|(noun, _)| self.lexicon.aboard.has(noun));
        let known = known.map(|(_, mention)| mention).filter(|mention| {
            owner.is_none() && matches!(mention.actors.as_slice(), [one] if one.code.is_some())
        });
        if let Some(known) = known {
            let mut draft = draft.clone();
            draft.need = Need::Nothing;
            draft.actors = with_via(&known.actors, "title");
            for actor in &mut draft.actors {
                actor.name = None;
            }
            return Some(draft);
        }
        let captors: Vec<String> = view
            .clause_of(draft.head)
            .filter(|&verb| view.subject_of(verb) != Some(draft.head))
            .map(|verb| self.subject_codes(view, verb))
            .unwrap_or_default();
        let mut crafts = self.craft.iter().rev().take_while(|craft| near(craft.sentence));
        let craft = crafts.find(|craft| {
            craft.manned
                && (craft.sentence, craft.token) < (view.index, draft.head)
                // "The coast guard arrested the captain": of the other ship.
                && craft.code.as_ref().is_none_or(|code| !captors.contains(code))
        })?;
        let sector = if craft.armed { Sector::Mil } else { Sector::Cvl };
        let mut draft = draft.clone();
        draft.need = Need::Nothing;
        draft.actors = vec![Actor {
            code: craft.code.clone(),
            sector: Some(sector),
            via: via("title"),
            ..Actor::default()
        }];
        Some(draft)
    }
}

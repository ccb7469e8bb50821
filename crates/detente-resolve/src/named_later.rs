//! Whom a text calls by a noun or a last name first and names in full later: "The mayor of Derna said … Ann Lee asked for help."
//!
//! In goes a sentence whose subject is a bare full name that the text has not spoken of, out comes who it is: nobody is named so without a word
//! of who they are unless the text has just told of them. The noun, and what refers back to it, then stands for the one with the name.

use std::collections::HashMap;

use detente_core::{Actor, Sector};
use detente_parse::{Sentence, Upos};

use crate::discourse::Gender;
use crate::holders::is_private;
use crate::reader::Reader;
use crate::resolution::{Category, Mention, MentionKind};
use crate::view::{Position, View};

/// A full name, and the sentence that first has it; none where two share its last word.
pub(crate) type FullName = (Option<String>, usize);

/// The full name of each who has one in the text, by the last word of it: "Lee" of "Ann Lee".
pub(crate) fn full_names_in(sentences: &[Sentence]) -> HashMap<String, FullName> {
    let mut named: HashMap<String, FullName> = HashMap::new();
    for (index, sentence) in sentences.iter().enumerate() {
        for at in 1..sentence.tokens.len() {
            let (Some(given), Some(family)) =
                (sentence.tokens.get(at - 1), sentence.tokens.get(at))
            else {
                continue;
            };
            let goes_on = sentence.tokens.get(at + 1).is_some_and(|t| t.upos == Upos::Propn);
            let one = family.relation() == "flat" && family.head == Some(at - 1);
            let word = |form: &str| {
                form.chars().count() > 2 && form.chars().skip(1).any(char::is_lowercase)
            };
            let both = given.upos == Upos::Propn && family.upos == Upos::Propn;
            if goes_on || !one || !both || !word(&given.form) || !word(&family.form) {
                continue;
            }
            let full = format!("{} {}", given.form, family.form);
            named
                .entry(family.form.to_string())
                .and_modify(|(known, _)| {
                    known.take_if(|known| *known != full);
                })
                .or_insert((Some(full), index));
        }
    }
    named
}

/// Sentences between the noun and the name.
const REACH: usize = 3;

impl Reader<'_> {
    /// Joins a bare name of the sentence with the only unnamed person of the sentences before.
    pub(crate) fn name_told_person(&mut self, view: &View<'_>) {
        for index in self.first..self.mentions.len() {
            let Some(name) = self.bare_newcomer(view, index) else { continue };
            let Some(noun) = self.only_unnamed(view, index, &name) else { continue };
            self.join(index, noun);
        }
    }

    /// Whether a sentence after this one is the first to name somebody in full whose last name this is.
    pub(crate) fn is_named_later(&self, family: &str, sentence: usize) -> bool {
        self.full_names.get(family).is_some_and(|(full, first)| full.is_some() && *first > sentence)
    }

    /// "Brandel met officials. Hans Brandel, the Austrian envoy, was …": the last name stands for the one whom the text names in full later.
    pub(crate) fn name_surnames(&mut self) {
        for index in self.first..self.mentions.len() {
            let mention = &self.mentions[index];
            let [actor] = mention.actors.as_slice() else { continue };
            let Some(name) = actor.name.as_deref() else { continue };
            if mention.kind != MentionKind::Name || mention.category != Category::Person {
                continue;
            }
            let Some((_, family)) = name.rsplit_once(' ') else {
                if actor.code.is_none() && self.is_named_later(name, mention.sentence) {
                    self.surnames.push(index);
                }
                continue;
            };
            let is_his = |&at: &usize| {
                let own = self.mentions[at].actors.first().and_then(|a| a.name.as_deref());
                own == Some(family)
            };
            let full = self.full_names.get(family).and_then(|(full, _)| full.as_deref());
            let his: Vec<usize> = self.surnames.iter().copied().filter(is_his).collect();
            // Of whom only the scene tells where he is from, that is no more than a guess.
            let guessed = actor.via.as_deref() == Some("place");
            if full != Some(name) || his.is_empty() {
                continue;
            }
            let family = family.to_owned();
            let (actor, referent) = (actor.clone(), self.referents.get(index).copied().flatten());
            for at in his {
                for own in &mut self.mentions[at].actors {
                    own.name.clone_from(&actor.name);
                    if !guessed {
                        own.code.clone_from(&actor.code);
                        own.sector = actor.sector;
                        own.role.clone_from(&actor.role);
                    }
                }
                // What the last name stood for is nobody beside him.
                if let (Some(slot), Some(_)) = (self.referents.get_mut(at), referent)
                    && let Some(open) = std::mem::replace(slot, referent)
                    && Some(open) != referent
                {
                    self.known.forget(&family, open);
                    if let Some(open) = self.discourse.referent_mut(open) {
                        open.actors = vec![actor.clone()];
                    }
                }
                self.surnames.retain(|&known| known != at);
            }
        }
    }

    /// The actor of a mention that is nothing but a full name, the subject of its clause, and new.
    fn bare_newcomer(&self, view: &View<'_>, index: usize) -> Option<Actor> {
        let mention = self.mentions.get(index)?;
        let [actor] = mention.actors.as_slice() else { return None };
        let name = actor.name.as_deref()?;
        let said = mention.span.of(view.text)?;
        let bare = mention.kind == MentionKind::Name
            && mention.category == Category::Person
            && self.is_first(index)
            && view.index > self.discourse.begins()
            && name.contains(' ')
            && said.split_whitespace().count() > 1
            && mention.tokens.clone().all(|t| view.upos(t) != detente_parse::Upos::Noun)
            && view.child(mention.head, "appos").is_none()
            && view.child(mention.head, "acl").is_none()
            && view.conjuncts(mention.head).len() == 1;
        let subject =
            matches!(view.position(mention.head), Position::Subject | Position::PassiveSubject);
        // Who holds an office by the files needs no word of it.
        let open = actor.role.is_none()
            && matches!(actor.sector, None | Some(Sector::Eli | Sector::Cvl | Sector::Unk));
        let last = name.rsplit(' ').next().unwrap_or_default();
        let known = self.known.get(last).len() > 1;
        (bare && subject && open && !known).then(|| actor.clone())
    }

    /// Whether nothing before the mention stands for the same person.
    fn is_first(&self, index: usize) -> bool {
        let Some(Some(own)) = self.referents.get(index).copied() else { return false };
        let head = self.mentions.get(index).map_or(0, |mention| mention.head);
        self.mentions.iter().zip(&self.referents).enumerate().all(|(at, (mention, referent))| {
            at == index || *referent != Some(own) || (at >= self.first && mention.head > head)
        })
    }

    /// The mention of the only person whom the sentences before tell of and have not named, if it may be the one with the name.
    fn only_unnamed(&self, view: &View<'_>, index: usize, name: &Actor) -> Option<usize> {
        let gender = self.discourse.referent((*self.referents.get(index)?)?)?.gender;
        let first = view.index.saturating_sub(REACH).max(self.discourse.begins());
        let mut found: Option<usize> = None;
        for (at, mention) in self.mentions.iter().enumerate() {
            if mention.sentence < first || mention.sentence >= view.index {
                continue;
            }
            if !self.is_unnamed(at, mention) {
                continue;
            }
            // Two of whom the name may be, unless the headline has called the same one so.
            if found.is_some_and(|other| !self.is_headline_of(other, at)) {
                return None;
            }
            found = Some(at);
        }
        let at = found?;
        let mention = self.mentions.get(at)?;
        let [own] = mention.actors.as_slice() else { return None };
        let state = own.code.is_none() || name.code.is_none() || own.code == name.code;
        // Who held an office by the files is no guest, candidate or shopkeeper that the text has spoken of, though perhaps the mayor.
        let private = own.sector.is_some_and(|sector| {
            is_private(sector) || matches!(sector, Sector::Cvl | Sector::Pty | Sector::Unk)
        });
        if name.sector == Some(Sector::Eli) && private {
            return None;
        }
        let told = self.referents.get(at).copied().flatten();
        let told = told.and_then(|referent| self.discourse.referent(referent));
        let told = told.map_or(Gender::Unknown, |referent| referent.gender);
        let agrees = gender == Gender::Unknown || told == Gender::Unknown || gender == told;
        (state && agrees).then_some(at)
    }

    /// "Hacker admits intrusions. The Romanian hacker …": whether the first words of the text have the same noun for the same person.
    fn is_headline_of(&self, first: usize, later: usize) -> bool {
        let noun =
            |at: usize| self.nouns.iter().find(|(_, index)| *index == at).map(|(word, _)| word);
        let (Some(a), Some(b)) = (self.mentions.get(first), self.mentions.get(later)) else {
            return false;
        };
        a.sentence == self.discourse.begins()
            && b.sentence > a.sentence
            && noun(first).is_some()
            && noun(first) == noun(later)
            && a.actors.iter().all(|actor| actor.code.is_none())
    }

    /// Whether the mention is a common noun for one person whom the text has not named.
    fn is_unnamed(&self, at: usize, mention: &Mention) -> bool {
        let single = mention.kind == MentionKind::Nominal
            && mention.category == Category::Person
            && matches!(mention.actors.as_slice(), [one] if one.name.is_none());
        let Some((noun, _)) = self.nouns.iter().find(|(_, index)| *index == at) else {
            return false;
        };
        // "The head of the bank, Ann Lee,": the name may stand right behind as a mention of its own.
        let named = self.mentions.iter().any(|other| {
            other.sentence == mention.sentence
                && other.kind == MentionKind::Name
                && other.category == Category::Person
                && (mention.tokens.end..mention.tokens.end + 3).contains(&other.tokens.start)
        });
        single
            && !named
            && !self.lexicon.servant.has(noun)
            && !self.lexicon.kin.has(noun)
            && !self.lexicon.anonymous.has(noun)
    }

    /// Makes one person of the name and of the noun.
    fn join(&mut self, index: usize, noun: usize) {
        let (Some(Some(named)), Some(Some(called))) =
            (self.referents.get(index).copied(), self.referents.get(noun).copied())
        else {
            return;
        };
        let told = self.mentions.get(noun).and_then(|mention| mention.actors.first()).cloned();
        let own = self.mentions.get(index).and_then(|mention| mention.actors.first()).cloned();
        let (Some(told), Some(own)) = (told, own) else { return };
        let office = self.nouns.iter().find(|(_, at)| *at == noun).map(|(word, _)| word.clone());
        let code = own.code.clone().or_else(|| told.code.clone());
        let sector = match own.sector {
            Some(Sector::Eli) if told.sector.is_none() => own.sector,
            _ => told.sector.or(own.sector),
        };
        if let Some(known) = self.discourse.referent_mut(named) {
            known.offices.extend(office);
            for actor in &mut known.actors {
                actor.code.clone_from(&code);
                actor.sector = sector;
            }
        }
        let begin = self.mentions.get(noun).map_or(0, |mention| mention.sentence);
        for (mention, referent) in self.mentions.iter_mut().zip(&mut self.referents) {
            let one = mention.actors.len() == 1 && mention.category == Category::Person;
            let same = *referent == Some(called) && mention.sentence >= begin;
            if !one || !(same || *referent == Some(named)) {
                continue;
            }
            for actor in &mut mention.actors {
                actor.code.clone_from(&code);
                actor.sector = sector;
                actor.name.clone_from(&own.name);
            }
            *referent = Some(named);
        }
    }
}

//! Places that have the last name of somebody in the files: "the town of Masisi", "clashes in Lincoln".
//!
//! In go the known names of a sentence, out come those that are persons' and stand here for a place, so that nobody is taken for them: what
//! is "the town of" is one wherever the text names it again, and behind "in" a name is one unless the text has told of the person.

use std::collections::BTreeSet;

use detente_knowledge::{NameKind, SectorWordKind};
use detente_parse::{Sentence, Upos};

use crate::lexicon::Lexicon;
use crate::names::{Hit, Names};
use crate::reader::Reader;
use crate::roles::standing;
use crate::view::{Position, View};

/// Names that a text calls a town, a village, a district: "Masisi" of "the town of Masisi".
pub(crate) fn towns_in(lexicon: &Lexicon, sentences: &[Sentence]) -> BTreeSet<String> {
    let mut towns = BTreeSet::new();
    for sentence in sentences {
        let word = |at: usize| sentence.tokens.get(at);
        for of in (1..sentence.tokens.len()).filter(|&at| word(at).is_some_and(|t| t.form == "of"))
        {
            let (Some(noun), Some(name)) = (word(of - 1), word(of + 1)) else { continue };
            // "The city of Bush's birth", "the town of Lee Heights"
            let goes_on =
                word(of + 2).is_some_and(|t| t.upos == Upos::Propn || t.xpos.as_str() == "POS");
            let capital = name.form.starts_with(char::is_uppercase);
            if capital && !goes_on && lexicon.place_settled.has(&noun.lemma.to_lowercase()) {
                towns.insert(name.form.to_string());
            }
        }
    }
    towns
}

impl<'k> Reader<'k> {
    /// First tokens of the names of persons that stand for a place in this sentence; those that it calls one are learnt.
    pub(crate) fn towns(&mut self, view: &View<'_>, names: &Names<'k>) -> Vec<usize> {
        let mut towns = Vec::new();
        for hit in &names.hits {
            let token = hit.tokens.start;
            let person = hit.readings.iter().all(|name| matches!(name.kind, NameKind::Person(_)));
            if !person || hit.tokens.len() != 1 || is_called(view, names, token) {
                continue;
            }
            let known = self.towns.contains(view.form(token));
            let told = self.is_called_town(view, token) || self.is_stood_in(view, hit);
            if told && !known {
                self.towns.insert(view.form(token).to_owned());
            }
            if told || (known && !self.speaks(view, token)) {
                towns.push(token);
            }
        }
        towns
    }

    /// "Masisi, a town in eastern Congo", "the town, Masisi,", "Masisi territory".
    fn is_called_town(&self, view: &View<'_>, token: usize) -> bool {
        let town = |noun: usize| {
            view.upos(noun) == Upos::Noun && self.lexicon.place_settled.has(view.lemma(noun))
        };
        let head = view.head(token).filter(|&head| town(head));
        view.child(token, "appos").is_some_and(town)
            || head.is_some_and(|noun| match view.relation(token) {
                "appos" => true,
                "compound" => noun == token + 1,
                _ => false,
            })
    }

    /// "Clashes in Masisi", "a base near Lincoln": not "trust in Lee", nor whom the text has told of, nor him who rules.
    fn is_stood_in(&self, view: &View<'_>, hit: &Hit<'k>) -> bool {
        let token = hit.tokens.start;
        let (Position::Oblique(case) | Position::Nominal(case)) = view.position(token) else {
            return false;
        };
        let before = view.child(token, "case").and_then(|case| case.checked_sub(1));
        let meant = |at: usize| {
            self.lexicon.not_in.has(view.lemma(at)) || self.lexicon.seen_in.has(view.lemma(at))
        };
        if view.conjuncts(token).len() > 1
            || !self.known.get(view.form(token)).is_empty()
            || view.governor(token).into_iter().chain(before).any(meant)
        {
            return false;
        }
        let in_office = || {
            hit.readings.iter().any(|name| match name.kind {
                NameKind::Person(index) => {
                    self.actors.people.get(index).is_some_and(|person| {
                        standing(self.actors, person, self.date).role.is_some()
                    })
                }
                _ => false,
            })
        };
        match case {
            "in" => true,
            "near" | "outside" => !in_office(),
            _ => false,
        }
    }
}

/// Whether a title or another name stands right before or behind the name: "President Lee", "Ann Lee".
fn is_called(view: &View<'_>, names: &Names<'_>, token: usize) -> bool {
    let titled = (token.saturating_sub(3)..token).any(|at| {
        names
            .word_at(at)
            .is_some_and(|(len, word)| at + len == token && word.kind != SectorWordKind::Body)
    });
    let beside = |at: usize| view.upos(at) == Upos::Propn;
    titled || token.checked_sub(1).is_some_and(beside) || beside(token + 1)
}

//! Rules ready for matching: word groups expanded, patterns found by the lemma of their head.

use std::collections::{HashMap, HashSet};

use crate::commitments::Promises;
use crate::history::ActNouns;
use crate::issues::StanceWords;
use crate::statements::lexicon::Lexicon;

use detente_knowledge::{Filler, Knowledge, Link, Phrase, PhraseKind, SlotRole, Word};

/// Stands for any word in a compiled pattern; no lemma is written so.
pub(crate) const ANY: &str = "_";

/// One pattern, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// Index into [`Knowledge::rules`].
    pub(crate) rule: usize,
    /// Index into the rule's patterns.
    pub(crate) pattern: usize,
    pub(crate) phrase: CompiledPhrase,
    /// The line names a recipient that must be there.
    pub(crate) needs_recipient: bool,
}

#[derive(Debug)]
pub(crate) struct CompiledPhrase {
    /// Alternatives for the head, each a lemma sequence: `["rule", "out"]`.
    pub(crate) words: Vec<Vec<String>>,
    pub(crate) kind: PhraseKind,
    pub(crate) slots: Vec<CompiledSlot>,
}

#[derive(Debug)]
pub(crate) struct CompiledSlot {
    pub(crate) link: CompiledLink,
    pub(crate) filler: CompiledFiller,
    pub(crate) optional: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CompiledLink {
    Subject,
    Object,
    /// The first of two objects: "give B weapons", and so "give weapons to B".
    IndirectObject,
    Preposition(Vec<String>),
    Infinitive,
    Clause,
    Particle,
    Possessor,
    Modifier,
    Case,
    Auxiliary(Vec<String>),
}

#[derive(Debug)]
pub(crate) enum CompiledFiller {
    Role(SlotRole),
    Any,
    Phrase(Box<CompiledPhrase>),
}

/// All patterns of the knowledge.
#[derive(Debug, Default)]
pub struct RuleBook {
    pub(crate) patterns: Vec<Compiled>,
    by_lemma: HashMap<String, Vec<u32>>,
    operators: HashMap<String, Vec<u32>>,
    light: HashSet<String>,
    pub(crate) acts: ActNouns,
    /// Words that report.
    pub(crate) reporting: Lexicon,
    /// Words that say how parties stand to a topic.
    pub(crate) stances: StanceWords,
    /// Words that promise and bring about.
    pub(crate) promises: Promises,
}

impl RuleBook {
    /// Expands and indexes the rules of `knowledge`. A group that is not known expands to nothing:
    /// the knowledge's own check has reported it.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut book = Self {
            acts: ActNouns::new(knowledge),
            reporting: Lexicon::new(&knowledge.words),
            stances: StanceWords::new(knowledge),
            promises: Promises::new(knowledge),
            ..Self::default()
        };
        for (rule_index, rule) in knowledge.rules.iter().enumerate() {
            for (pattern_index, pattern) in rule.patterns.iter().enumerate() {
                let phrase = compile(knowledge, &pattern.phrase);
                let index = book.patterns.len() as u32;
                let mut firsts: Vec<&String> =
                    phrase.words.iter().filter_map(|w| w.first()).collect();
                firsts.sort();
                firsts.dedup();
                for first in firsts {
                    book.by_lemma.entry(first.clone()).or_default().push(index);
                }
                let needs_recipient = requires(&pattern.phrase, SlotRole::Recipient);
                book.patterns.push(Compiled {
                    rule: rule_index,
                    pattern: pattern_index,
                    phrase,
                    needs_recipient,
                });
            }
        }
        for (index, operator) in knowledge.words.operators.iter().enumerate() {
            for first in operator.words.iter().filter_map(|words| words.first()) {
                let list = book.operators.entry(first.clone()).or_default();
                if list.last() != Some(&(index as u32)) {
                    list.push(index as u32);
                }
            }
        }
        if let Some(light) = knowledge.words.groups.get("light") {
            book.light.extend(light.iter().filter(|w| w.len() == 1).flatten().cloned());
        }
        book
    }

    /// Whether the verb only carries its noun: "pay" in "paid a visit".
    pub(crate) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Patterns whose head may be this lemma.
    pub(crate) fn candidates(&self, lemma: &str) -> impl Iterator<Item = &Compiled> {
        self.by_lemma
            .get(lemma)
            .into_iter()
            .flatten()
            .filter_map(|&i| self.patterns.get(i as usize))
    }

    /// Indices of the operators of which a word begins with this lemma.
    pub(crate) fn operators(&self, lemma: &str) -> &[u32] {
        self.operators.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// Whether a slot that is not optional names `role`.
fn requires(phrase: &Phrase, role: SlotRole) -> bool {
    phrase.slots.iter().filter(|slot| !slot.optional).any(|slot| match &slot.filler {
        Filler::Role(own) => *own == role,
        Filler::Any => false,
        Filler::Phrase(inner) => requires(inner, role),
    })
}

fn compile(knowledge: &Knowledge, phrase: &Phrase) -> CompiledPhrase {
    let mut words = Vec::new();
    for word in &phrase.words {
        match word {
            Word::Any => words.push(vec![ANY.to_owned()]),
            Word::Lemma(lemma) => words.push(lemma.split(' ').map(str::to_owned).collect()),
            Word::Group(name) => {
                if let Some(group) = knowledge.words.groups.get(name) {
                    words.extend(group.iter().cloned());
                }
            }
        }
    }
    let objects = phrase.slots.iter().filter(|slot| slot.link == Link::Object).count();
    let mut seen_object = false;
    let slots = phrase
        .slots
        .iter()
        .map(|slot| {
            let link = match &slot.link {
                Link::Subject => CompiledLink::Subject,
                Link::Object if objects > 1 && !seen_object => {
                    seen_object = true;
                    CompiledLink::IndirectObject
                }
                Link::Object => CompiledLink::Object,
                Link::Preposition(words) => CompiledLink::Preposition(words.clone()),
                Link::Infinitive => CompiledLink::Infinitive,
                Link::Clause => CompiledLink::Clause,
                Link::Particle => CompiledLink::Particle,
                Link::Possessor => CompiledLink::Possessor,
                Link::Modifier => CompiledLink::Modifier,
                Link::Case => CompiledLink::Case,
                Link::Auxiliary(words) => CompiledLink::Auxiliary(words.clone()),
            };
            let filler = match &slot.filler {
                Filler::Role(role) => CompiledFiller::Role(*role),
                Filler::Any => CompiledFiller::Any,
                Filler::Phrase(inner) => {
                    CompiledFiller::Phrase(Box::new(compile(knowledge, inner)))
                }
            };
            CompiledSlot { link, filler, optional: slot.optional }
        })
        .collect();
    CompiledPhrase { words, kind: phrase.kind, slots }
}

//! Tree → who, when, where.
//!
//! In go the sentences of one document, out comes a [`Resolution`]: every mention of an actor with
//! whom it stands for, every expression of time with its date, every place with its country. In "Blinken met his Chinese
//! counterpart, Wang Yi. They agreed …", the mentions are Blinken (`USA GOV`), "his" (Blinken), the counterpart (Wang Yi, `CHN
//! GOV`) and "They" (both).

mod aboard;
mod actors;
pub mod antecedents;
mod asides;
mod bound;
mod clauses;
mod crowds;
mod dates;
mod discourse;
mod draft;
#[cfg(test)]
mod drawn;
mod epithets;
mod fortunes;
mod frames;
mod groups;
mod headlines;
mod holders;
mod home;
mod hosts;
mod hyphens;
mod lexicon;
mod mend;
mod mentions;
mod named_later;
mod names;
mod nominals;
mod origins;
mod owned;
mod partisans;
mod people;
mod phrases;
mod places;
mod position;
mod pronouns;
mod reader;
mod reports;
mod resolution;
mod roles;
mod sides;
mod things;
mod titles;
mod towns;
mod transcripts;
mod tree_words;
mod turns;
mod verbs;
mod view;

pub use dates::dates;
pub use discourse::Gender;
pub use places::places;
pub use resolution::{
    Category, DateMention, Granularity, InnerName, Mention, MentionKind, PlaceMention, Resolution,
    TimeKind, TimeRelation,
};
pub use transcripts::Turn;

use std::cell::RefCell;
use std::sync::LazyLock;

use antecedents::{Antecedents, Choice};
use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Sentence;

/// What reference asks of the knowledge, made ready once for any number of documents.
#[derive(Debug)]
pub struct Resolver {
    lexicon: lexicon::Lexicon,
    dates: dates::Vocabulary,
}

impl Resolver {
    /// A resolver for documents that are read with this knowledge.
    pub fn new(knowledge: &Knowledge) -> Self {
        Self {
            lexicon: lexicon::Lexicon::new(&knowledge.words),
            dates: dates::Vocabulary::new(&knowledge.words.dates),
        }
    }

    /// As [`resolve`]; `knowledge` is what the resolver was made with.
    pub fn resolve(
        &self,
        knowledge: &Knowledge,
        document: &Document,
        sentences: &mut [Sentence],
    ) -> Resolution {
        self.read(knowledge, document, sentences, false).0
    }

    /// The same, and every pronoun of the third person with what it may refer to, for who learns how to choose; [`Resolver::resolve`]
    /// chooses by itself.
    pub fn resolve_with_choices(
        &self,
        knowledge: &Knowledge,
        document: &Document,
        sentences: &mut [Sentence],
    ) -> (Resolution, Vec<Choice>) {
        self.read(knowledge, document, sentences, true)
    }

    /// Puts trees right where names, titles and adjectives show that they are wrong; nothing is resolved.
    ///
    /// For who works on the trees alone: [`Resolver::resolve`] does it by itself. `text` is what the sentences were read from.
    pub fn mend(&self, knowledge: &Knowledge, text: &str, sentences: &mut [Sentence]) {
        for (index, sentence) in sentences.iter_mut().enumerate() {
            let actors = &knowledge.actors;
            mend::mend_sentence(actors, &self.lexicon, text, index, sentence, |_, _| {});
        }
    }

    fn read(
        &self,
        knowledge: &Knowledge,
        document: &Document,
        sentences: &mut [Sentence],
        choices: bool,
    ) -> (Resolution, Vec<Choice>) {
        static ANTECEDENTS: LazyLock<Antecedents> = LazyLock::new(Antecedents::builtin);
        let mut reader = reader::Reader::new(knowledge, &self.lexicon, document, &ANTECEDENTS);
        let namesakes = reader::namesakes_in(&knowledge.actors, &self.lexicon, sentences);
        reader.namesakes.clone_from(&namesakes);
        reader.turns = transcripts::turns(document, &self.lexicon);
        reader.choices = choices.then(RefCell::default);
        let (mentions, names, turns, choices) = reader.read_all(&document.text, sentences);
        let dates = dates::dates_by(knowledge, &self.dates, document, sentences);
        let (places, localities) =
            places::read_places(knowledge, &self.lexicon, &namesakes, document, sentences);
        let mut resolution = Resolution::new(sentences, mentions, dates, places);
        resolution.names = names;
        resolution.localities = localities;
        resolution.turns = turns;
        (resolution, choices)
    }
}

/// Finds and resolves everything that names an actor, a time or a place in one document; for many documents make a [`Resolver`].
///
/// Relative dates are resolved against `document.date` and left open where it is absent. Spans are
/// bytes of `document.text`, which the sentences must have been read from. The trees are mended first, as [`Resolver::mend`] does, so that
/// who reads them next finds one subject in "spokesman Zhao Lijian said" and a mention at it.
pub fn resolve(
    knowledge: &Knowledge,
    document: &Document,
    sentences: &mut [Sentence],
) -> Resolution {
    Resolver::new(knowledge).resolve(knowledge, document, sentences)
}

//! Tree → who, when, where.
//!
//! In go the sentences of one document, out comes a [`Resolution`]: every mention of an actor with
//! whom it stands for, every expression of time with its date, every place with its country. In "Blinken met his Chinese
//! counterpart, Wang Yi. They agreed …", the mentions are Blinken (`USA GOV`), "his" (Blinken), the counterpart (Wang Yi, `CHN
//! GOV`) and "They" (both).

mod actors;
mod dates;
mod discourse;
mod draft;
mod groups;
mod holders;
mod lexicon;
mod mend;
mod mentions;
mod names;
mod origins;
mod people;
mod phrases;
mod places;
mod position;
mod pronouns;
mod reader;
mod resolution;
mod roles;
mod things;
mod view;

pub use dates::dates;
pub use places::places;
pub use resolution::{
    Category, DateMention, Granularity, Mention, MentionKind, PlaceMention, Resolution,
    TimeRelation,
};

use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Sentence;

/// Finds and resolves everything that names an actor, a time or a place in one document.
///
/// Relative dates are resolved against `document.date` and left open where it is absent. Spans are
/// bytes of `document.text`, which the sentences must have been read from.
pub fn resolve(knowledge: &Knowledge, document: &Document, sentences: &[Sentence]) -> Resolution {
    let mentions = reader::Reader::new(knowledge, document).read_all(&document.text, sentences);
    let dates = dates(knowledge, document, sentences);
    let places = places(knowledge, document, sentences);
    Resolution::new(sentences, mentions, dates, places)
}

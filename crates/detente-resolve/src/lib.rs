//! Tree → who, when, where.
//!
//! In go the sentences of one document, out comes a [`Resolution`]: every mention of an actor with
//! whom it stands for, every expression of time with its date, every place with its country.

mod resolution;

pub use resolution::{
    Category, DateMention, Granularity, Mention, MentionKind, PlaceMention, Resolution,
};

use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Sentence;

/// Finds and resolves everything that names an actor, a time or a place in one document.
///
/// Relative dates are resolved against `document.date` and left open where it is absent.
pub fn resolve(_knowledge: &Knowledge, _document: &Document, sentences: &[Sentence]) -> Resolution {
    Resolution::new(sentences, Vec::new(), Vec::new(), Vec::new())
}

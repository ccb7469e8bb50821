//! The record: the words that every part of Détente shares, with no logic beyond them.
//!
//! A [`Document`] comes out of a page; a [`Record`] is a document with the
//! [`Event`]s, [`Statement`]s, [`Commitment`]s and [`Issue`]s read from it. Field
//! names and their order are those of `docs/record.md`; a field that is not known
//! is left out of the JSON.
//!
//! All offsets are UTF-8 **bytes** into [`Document::text`], end exclusive.

mod commitment;
mod document;
mod id;
pub mod notation;
mod record;
mod span;
mod warning;

pub use commitment::{
    Commitment, CommitmentMention, CommitmentStatus, Term, TermKind, subjects_agree,
};
pub use document::{Document, SentenceSpan};
pub use id::{hex, stable_id};
pub use record::{
    Actor, Attribution, CoderInfo, Event, EventStatus, Issue, Place, QuadClass, Record, Sector,
    SpanText, Stance, Statement, StatementKind, Trigger,
};
pub use span::Span;
pub use warning::Warning;

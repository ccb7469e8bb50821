//! Data files → checked tables.
//!
//! In go the files of `knowledge/` (built in, and a user's folder laid over them), out comes one
//! [`Knowledge`] that later stages read and never change. The formats stand in
//! `knowledge/README.md`; every fault is reported with file, line and column.

mod actors;
mod date;
mod ontology;
mod pattern;
mod places;
mod rule_file;
mod topics;
mod words;

pub use actors::{
    Actors, Entity, EntityKind, Name, NameKind, NameMatch, Person, Role, SectorWord, SectorWordKind,
};
pub use date::PartialDate;
pub use ontology::{EventType, Ontology};
pub use pattern::{
    Filler, Link, Need, Pattern, PatternFault, Phrase, PhraseKind, Rule, Slot, SlotRole, Word,
};
pub use places::{PlaceEntry, PlaceKind, Places};
pub use rule_file::{RuleFault, RuleProof};
pub use topics::{CommitmentKind, Topic, Topics};
pub use words::{Cue, CueKind, Operator, Words};

/// Everything Détente knows, checked and indexed.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Who is who.
    pub actors: Actors,
    /// Where is where.
    pub places: Places,
    /// Word groups, cues, operators, date words.
    pub words: Words,
    /// Types, modes, contexts, CAMEO.
    pub ontology: Ontology,
    /// Rules in the order of their names.
    pub rules: Vec<Rule>,
    /// Issues and commitments.
    pub topics: Topics,
    /// `sha256:` and the hash of all files read.
    pub hash: String,
}

//! Data files → checked tables.
//!
//! In go the files of `knowledge/` (built in, and a user's folder laid over them), out comes one
//! [`Knowledge`] that later stages read and never change. The formats stand in
//! `knowledge/README.md`; every fault is reported with file, line and column.

mod actors;
mod check;
mod compiled;
mod date;
mod error;
mod files;
mod fold;
mod lemmas;
mod names;
mod nearest;
mod ontology;
mod pattern;
mod places;
mod proof;
mod rules;
mod sides;
mod table;
mod text;
mod topics;
mod words;

pub use actors::{
    Actors, Body, Candidacy, Entity, EntityKind, Membership, Name, NameKind, NameMatch, Person,
    Role, RoleOn, SectorWord, SectorWordKind,
};
pub use date::PartialDate;
pub use error::{Fault, KnowledgeError};
pub use files::name_of;
pub use fold::plain;
pub use ontology::{CameoLine, EventType, Ontology};
pub use pattern::{
    Filler, Link, Mark, Need, Pattern, PatternFault, Phrase, PhraseKind, Rule, Slot, SlotRole,
    Told, Word,
};
pub use places::{PlaceEntry, PlaceKind, Places};
pub use proof::{ExpectedCode, Proof, ProofKind};
pub use sides::{Side, Sides};
pub use text::Text;
pub use topics::{CommitmentForm, CommitmentKind, Topic, TopicAct, Topics};
pub use words::{Cue, CueKind, Effect, Operator, Words};

use serde::{Deserialize, Serialize};
use std::path::Path;

use files::SourceFile;

/// Everything Détente knows, checked and indexed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
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

impl Knowledge {
    /// The knowledge that is built in.
    ///
    /// # Errors
    /// Every fault that a file shows by itself. Faults across files are left to [`Knowledge::check`],
    /// which the tests of a release run.
    ///
    /// ```
    /// let knowledge = detente_knowledge::Knowledge::builtin()?;
    /// assert!(knowledge.hash.starts_with("sha256:"));
    /// # Ok::<(), detente_knowledge::KnowledgeError>(())
    /// ```
    pub fn builtin() -> Result<Self, KnowledgeError> {
        Self::from_files(&files::builtin(), false)
    }

    /// The built-in knowledge with the files of `folder` laid over it.
    ///
    /// A file replaces the built-in one of the same path below `knowledge/`, any other is added. An actor's file without a
    /// `name` is laid over the built-in one entry by entry: a body or person of the same name takes the place of the
    /// built-in one, and what its `without` names goes. A line of a new file in `places/` takes the place of those with its
    /// name and country, a word of a new list beside `actors/sectors.toml` that of the word there.
    ///
    /// # Errors
    /// Every file that cannot be read, and every fault in the files taken together.
    pub fn with_overlay(folder: &Path) -> Result<Self, KnowledgeError> {
        let files = files::with_overlay(folder).map_err(KnowledgeError::new)?;
        Self::from_files(&files, true)
    }

    /// Knowledge of nothing but these files, given as path below `knowledge/` and text.
    ///
    /// # Errors
    /// Every fault in the files taken together.
    ///
    /// ```
    /// use detente_knowledge::Knowledge;
    /// let files = [("actors/countries/TUR.toml", "name = 'Turkey'\ncapitals = ['Ankara']")];
    /// let knowledge = Knowledge::from_texts(files)?;
    /// assert!(knowledge.actors.name_at("Ankara said", 0).is_some());
    /// assert!(knowledge.actors.name_at("ankara said", 0).is_none());
    /// # Ok::<(), detente_knowledge::KnowledgeError>(())
    /// ```
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, KnowledgeError> {
        let mut files: Vec<SourceFile> = texts
            .into_iter()
            .map(|(path, text)| SourceFile::new(path.into(), path.into(), text.into()))
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self::from_files(&files, true)
    }

    /// Checks every file, each by itself, all together and the form of its proofs.
    ///
    /// The proofs are not run: that takes a parser, and is done by `detente knowledge check`.
    ///
    /// # Errors
    /// Every fault, in order of file and line.
    pub fn check(overlay: Option<&Path>) -> Result<(), KnowledgeError> {
        let files = overlaid(overlay)?;
        let mut faults = match Self::from_files(&files, true) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults().to_vec(),
        };
        proof::read(&files, &mut faults);
        if faults.is_empty() { Ok(()) } else { Err(KnowledgeError::new(faults)) }
    }

    /// The proofs that the files carry, in order of file and line.
    ///
    /// # Errors
    /// Every file that cannot be read and every proof of the wrong form.
    pub fn proofs(overlay: Option<&Path>) -> Result<Vec<Proof>, KnowledgeError> {
        let mut faults = Vec::new();
        let proofs = proof::read(&overlaid(overlay)?, &mut faults);
        if faults.is_empty() { Ok(proofs) } else { Err(KnowledgeError::new(faults)) }
    }

    /// Reads files that are sorted by path; with `across`, checks them against each other too.
    fn from_files(files: &[SourceFile], across: bool) -> Result<Self, KnowledgeError> {
        let mut faults = Vec::new();
        unknown_files(files, &mut faults);
        // The gazetteer is half of the work and needs nothing of the rest.
        let ((places, place_faults), (actors, claims)) =
            beside(|| read_places(files), || actors::read(files, across, &mut faults));
        faults.extend(place_faults);
        let words = words::read(files, &FILES, &mut faults);
        let ontology = ontology::read(files, &mut faults);
        let (topics, topic_codes) = topics::read(files, &ontology, &mut faults);
        let rules = rules::read(files, &words, &ontology, &mut faults);
        faults.extend(words::left_out(files, &words.groups));
        if across {
            faults.extend(check::across(files, &actors, &claims, &topic_codes));
        }
        if faults.is_empty() {
            let hash = files::hash(files);
            Ok(Self { actors, places, words, ontology, rules, topics, hash })
        } else {
            Err(KnowledgeError::new(faults))
        }
    }
}

fn read_places(files: &[SourceFile]) -> (Places, Vec<Fault>) {
    let mut faults = Vec::new();
    let gazetteers = files.iter().filter(|file| places::is_gazetteer(&file.path));
    let places = places::read(gazetteers, &mut faults);
    (places, faults)
}

/// Runs `side` on a thread of its own while `main` runs here; one after the other where the system
/// gives no thread.
fn beside<A: Send, B>(side: impl Fn() -> A + Sync, main: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, &side);
        let here = main();
        let there = match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => side(),
        };
        (there, here)
    })
}

fn overlaid(overlay: Option<&Path>) -> Result<Vec<SourceFile>, KnowledgeError> {
    match overlay {
        None => Ok(files::builtin()),
        Some(folder) => files::with_overlay(folder).map_err(KnowledgeError::new),
    }
}

/// Single files, and folders of files, that `knowledge/README.md` names.
const FILES: [&str; 17] = [
    "words/acts.toml",
    "words/groups.toml",
    "words/cues.toml",
    "words/dates.toml",
    "words/operators.toml",
    "words/places.toml",
    "words/reference.toml",
    "words/reporting.toml",
    words::SIDES,
    "words/stances.toml",
    "words/trees.toml",
    "ontology/types.toml",
    "ontology/modes.toml",
    "ontology/contexts.toml",
    "ontology/cameo.tsv",
    topics::ISSUES,
    topics::COMMITMENTS,
];
const FOLDERS: [&str; 5] = [
    "actors/countries/",
    "actors/organisations/",
    "actors/armed-groups/",
    "actors/peoples/",
    "rules/",
];

fn is_toml(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "toml")
}

/// Notes files that nothing would read, so that a misspelt name is not a silent loss.
fn unknown_files(files: &[SourceFile], faults: &mut Vec<Fault>) {
    for file in files {
        let path = file.path.as_ref();
        let in_folder = FOLDERS.iter().any(|folder| path.strip_prefix(folder).is_some_and(is_toml))
            || actors::is_sector_list(path)
            || places::is_gazetteer(path)
            || words::is_laid_over(file, &FILES)
            || topics::is_laid_over(file);
        if !FILES.contains(&path) && !in_folder {
            let hint = nearest::hint(path, FILES.into_iter().chain(FOLDERS));
            faults.push(file.fault(0, "nothing reads a file of this name", hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_files_are_clean() {
        if let Err(error) = Knowledge::check(None) {
            panic!("{error}");
        }
    }

    #[test]
    fn a_file_that_nothing_reads_is_told() {
        let error = Knowledge::from_texts([("words/group.toml", "")]).unwrap_err();
        let message = error.to_string();
        assert!(message.contains("did you mean `words/groups.toml`?"), "{message}");
    }

    #[test]
    fn every_fault_comes_at_once() {
        let error = Knowledge::from_texts([
            ("actors/countries/aa.toml", "nmae = 'A'\n[[person]]\nname = 'B'"),
            ("words/groups.toml", "a = ['@b']"),
        ])
        .unwrap_err();
        assert!(error.faults().len() >= 5, "{error}");
        assert!(error.faults().is_sorted());
    }
}

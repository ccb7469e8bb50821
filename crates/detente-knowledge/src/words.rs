//! Word groups, cues of speech, operators and date words.

use std::collections::BTreeMap;

/// What a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// Speech that the speaker stands by: say, tell, announce.
    Say,
    /// Thought or belief: think, believe, hope.
    Think,
    /// A request: urge, ask.
    Ask,
    /// Asking for information: ask whether, wonder.
    Question,
    /// A claim against someone: accuse, allege, blame.
    Accuse,
    /// Denial: deny, refute.
    Deny,
    /// A document that says: show, state, report.
    Document,
    /// Not a verb: according to, in the words of.
    Preposition,
    /// A noun: statement, claim, warning.
    Noun,
}

/// One word or phrase that reports speech or thought.
#[derive(Debug, Clone)]
pub struct Cue {
    /// Lemmas in lower case.
    pub lemmas: Vec<String>,
    /// What it reports.
    pub kind: CueKind,
}

/// A word that changes what a governed event is.
#[derive(Debug, Clone)]
pub struct Operator {
    /// Table name in `words/operators.toml`.
    pub name: String,
    /// Lemma sequences in lower case: verbs, nouns and adjectives.
    pub words: Vec<Vec<String>>,
    /// What it does to the event it governs; the names are listed in the file's head.
    pub effect: String,
}

/// The files of `words/`.
#[derive(Debug, Default)]
pub struct Words {
    /// Group name → lemma sequences in lower case, nested groups resolved.
    pub groups: BTreeMap<String, Vec<Vec<String>>>,
    /// Cues of speech and thought.
    pub cues: Vec<Cue>,
    /// Operators in file order.
    pub operators: Vec<Operator>,
    /// `words/dates.toml` as key → list of (phrase, value).
    pub dates: BTreeMap<String, Vec<(String, String)>>,
}

impl Words {
    /// The cue of this lemma sequence's beginning: how many lemmas it takes, and the cue; longest first.
    pub fn cue_at<'k>(&'k self, _lemmas: &[&str]) -> Option<(usize, &'k Cue)> {
        None
    }
}

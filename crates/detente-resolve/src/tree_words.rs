//! The words by which trees are put right.
//!
//! In go the groups of `words/trees.toml`, out come sets of lemmas to ask: a past form of a verb of `passive` that has no object is a passive
//! ("two killed in raid"), and behind a verb of `giving` stand whom one gives and what.

use detente_knowledge::Words;

use crate::lexicon::Group;

/// The groups `tree_*`.
#[derive(Debug, Default)]
pub(crate) struct TreeWords {
    /// Verbs with two objects, whom one gives and what: "grant".
    pub(crate) giving: Group,
    /// Verbs that say what they make of somebody or something: "declare".
    pub(crate) naming: Group,
    /// Verbs by which one speaks to or of others: "accuse".
    pub(crate) speaking: Group,
    /// Plural nouns that do stand before nouns: "arms".
    pub(crate) modifier: Group,
    /// Nouns that are verbs before "to": "vow".
    pub(crate) plan: Group,
    /// Verbs that headlines have and parsers take for nouns or adjectives: "free".
    pub(crate) headline: Group,
    /// Nouns for what parties are in with each other: "talks".
    pub(crate) dealing: Group,
    /// What has befallen somebody to whom something else is done: "kidnap".
    pub(crate) taken: Group,
    /// Verbs that need an object, so that without one a past form is a passive: "kill".
    pub(crate) passive: Group,
    /// Further ones, for what is not told in headlines only: "cancel".
    pub(crate) undergone: Group,
    /// Verbs that go "up to" something: "amount".
    pub(crate) rising: Group,
    /// Nouns for when or how something is said: "statement".
    pub(crate) said_by: Group,
    /// Verbs that govern a clause with "that": "rule".
    pub(crate) saying: Group,
    /// Verbs of those who are somewhere in numbers: "rally".
    pub(crate) gathering: Group,
    /// Nouns that stand without an article as what is fought or cut off: "ties".
    pub(crate) bare: Group,
    /// What people may be doing when something is done to them: "flee".
    pub(crate) doing: Group,
    /// Verbs of giving something a name: "describe".
    pub(crate) describing: Group,
    /// Verbs after which the doer may stand: "come".
    pub(crate) arriving: Group,
    /// Verbs of speech that end a sentence behind whoever speaks: "say".
    pub(crate) ending: Group,
    /// What "working" is a part of the name of: "group".
    pub(crate) worked: Group,
    /// Verbs by which one tells others what to do: "warn".
    pub(crate) urging: Group,
    /// Verbs with a clause without "that": "demand".
    pub(crate) demanding: Group,
    /// Verbs of a call that says with "for" who is to act: "push".
    pub(crate) calling: Group,
    /// Verbs of taking somebody as something: "took him hostage".
    pub(crate) taking: Group,
    /// Behind a hyphen, that somebody is to hold the office: "elect".
    pub(crate) chosen: Group,
}

impl TreeWords {
    /// The groups of the knowledge.
    pub(crate) fn new(words: &Words) -> Self {
        let group = |name: &str| Group::new(words, &[name]);
        Self {
            giving: group("tree_giving"),
            naming: group("tree_naming"),
            speaking: group("tree_speaking"),
            modifier: group("tree_modifier"),
            plan: group("tree_plan"),
            headline: group("tree_headline"),
            dealing: group("tree_dealing"),
            taken: group("tree_taken"),
            passive: group("tree_passive"),
            undergone: group("tree_undergone"),
            rising: group("tree_rising"),
            said_by: group("tree_said_by"),
            saying: group("tree_saying"),
            gathering: group("tree_gathering"),
            bare: group("tree_bare"),
            doing: group("tree_doing"),
            describing: group("tree_describing"),
            arriving: group("tree_arriving"),
            ending: group("tree_ending"),
            worked: group("tree_working"),
            urging: group("tree_urging"),
            demanding: group("tree_demanding"),
            calling: group("tree_calling"),
            taking: group("tree_taking"),
            chosen: group("tree_chosen"),
        }
    }

    /// Those that are built in, for tests.
    #[cfg(test)]
    pub(crate) fn builtin() -> Self {
        Self::new(&detente_knowledge::Knowledge::builtin().unwrap().words)
    }
}

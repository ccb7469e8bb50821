//! Word groups, cues of speech, operators and date words.
//!
//! In go the files of `words/`, out come [`Words`]. At the lemmas "point out that" they give the cue
//! `point out` of the kind [`CueKind::Say`].

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

mod laid_over;

use crate::Fault;
use crate::actors::lower_case;
use crate::files::SourceFile;
use crate::lemmas::{LemmaIndex, phrase};
use crate::nearest::hint;
use crate::table::{At, Fields, Reader, entries};
use laid_over::LaidOver;
pub(crate) use laid_over::{is_laid_over, left_out};

/// What a cue reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// The kinds as `words/cues.toml` names its tables.
const CUE_KINDS: [&str; 9] =
    ["say", "think", "ask", "question", "accuse", "deny", "document", "preposition", "noun"];

impl CueKind {
    /// The kind that a table of `words/cues.toml` names, or `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "say" => Self::Say,
            "think" => Self::Think,
            "ask" => Self::Ask,
            "question" => Self::Question,
            "accuse" => Self::Accuse,
            "deny" => Self::Deny,
            "document" => Self::Document,
            "preposition" => Self::Preposition,
            "noun" => Self::Noun,
            _ => return None,
        })
    }
}

/// One word or phrase that reports speech or thought.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cue {
    /// Lemmas in lower case.
    pub lemmas: Vec<String>,
    /// What it reports.
    pub kind: CueKind,
}

/// A word that changes what a governed event is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Operator {
    /// Table name in `words/operators.toml`.
    pub name: String,
    /// Lemma sequences in lower case: verbs, nouns and adjectives.
    pub words: Vec<Vec<String>>,
    /// What it does to the event it governs.
    pub effect: Effect,
}

/// What a governing word does to the event below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the head of words/operators.toml says what each does")]
pub enum Effect {
    Agree,
    Refuse,
    Cancel,
    Delay,
    Threaten,
    Deny,
    Fail,
    Try,
    Ask,
    Accuse,
    Wish,
    Consider,
    Stop,
    Start,
}

impl Effect {
    /// Every effect by the name that `words/operators.toml` has for it.
    const NAMES: [(&str, Effect); 14] = [
        ("agree", Effect::Agree),
        ("refuse", Effect::Refuse),
        ("cancel", Effect::Cancel),
        ("delay", Effect::Delay),
        ("threaten", Effect::Threaten),
        ("deny", Effect::Deny),
        ("fail", Effect::Fail),
        ("try", Effect::Try),
        ("ask", Effect::Ask),
        ("accuse", Effect::Accuse),
        ("wish", Effect::Wish),
        ("consider", Effect::Consider),
        ("stop", Effect::Stop),
        ("start", Effect::Start),
    ];

    /// The effect of this name, or `None` for any other string.
    pub fn from_name(name: &str) -> Option<Effect> {
        Effect::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, effect)| effect)
    }
}

/// Group name → lemma sequences in lower case.
type Groups = BTreeMap<String, Vec<Vec<String>>>;

/// The files of `words/`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Words {
    /// Group name → lemma sequences in lower case, nested groups resolved and users' words laid over.
    pub groups: Groups,
    /// Cues of speech and thought, in file order.
    pub cues: Vec<Cue>,
    /// Operators in file order.
    pub operators: Vec<Operator>,
    /// `words/dates.toml` as key → list of (phrase, value).
    pub dates: BTreeMap<String, Vec<(String, String)>>,
    cue_index: LemmaIndex,
}

impl Words {
    /// The cue of this lemma sequence's beginning: how many lemmas it takes, and the cue; longest first.
    ///
    /// Of a word that stands under two kinds the first in the file is given.
    pub fn cue_at<'k>(&'k self, lemmas: &[&str]) -> Option<(usize, &'k Cue)> {
        let (taken, number) = self.cue_index.find(lemmas)?;
        Some((taken, self.cues.get(number)?))
    }

    /// Every cue of the phrase that [`Words::cue_at`] finds, in file order: "claim" reports as a verb
    /// and as a noun, "show" with a person and with a document.
    pub fn cues_at<'k>(
        &'k self,
        lemmas: &[&str],
    ) -> Option<(usize, impl Iterator<Item = &'k Cue> + 'k)> {
        let (taken, numbers) = self.cue_index.find_all(lemmas)?;
        Some((taken, numbers.iter().filter_map(|&number| self.cues.get(number))))
    }
}

/// The file of who is at odds with whom.
pub(crate) const SIDES: &str = "words/sides.toml";

/// Files of word groups: those that rules name, words that report, words that say how parties stand to
/// a topic. A group can only name others of its own file.
const GROUP_FILES: [&str; 8] = [
    "words/acts.toml",
    "words/groups.toml",
    "words/places.toml",
    "words/reference.toml",
    "words/reporting.toml",
    SIDES,
    "words/stances.toml",
    "words/trees.toml",
];

/// Reads the files of `words/`, of which `built_in` are the names; faults are added to `faults`.
pub(crate) fn read(files: &[SourceFile], built_in: &[&str], faults: &mut Vec<Fault>) -> Words {
    let mut words = Words::default();
    let laid_over = LaidOver::read(files, built_in, faults);
    let mut with = |path: &str, read: &mut dyn FnMut(&Reader<'_>)| {
        if let Some(file) = files.iter().find(|file| file.path == path) {
            let reader = Reader::new(file);
            read(&reader);
            faults.extend(reader.into_faults());
        }
    };
    for path in GROUP_FILES {
        with(path, &mut |reader| words.groups.extend(groups(reader, &laid_over)));
    }
    with("words/cues.toml", &mut |reader| words.cues = cues(reader));
    with("words/operators.toml", &mut |reader| words.operators = operators(reader));
    with("words/dates.toml", &mut |reader| words.dates = dates(reader));
    faults.extend(laid_over.faults(files, &words.groups));
    words.groups.extend(laid_over.new_groups(&words.groups));
    words.cue_index =
        LemmaIndex::build(words.cues.iter().enumerate().map(|(i, cue)| (cue.lemmas.as_slice(), i)));
    words
}

/// Reads a file of groups, with what is laid over them; groups that name each other in a ring are a fault.
fn groups(reader: &Reader<'_>, laid_over: &LaidOver) -> Groups {
    let table = reader.parse();
    let listed: BTreeMap<&str, Vec<At<&str>>> = entries(&table)
        .into_iter()
        .map(|(name, value)| (name.value, reader.strings(value)))
        .collect();
    for words in listed.values() {
        let mut seen = BTreeSet::new();
        for word in words {
            if let Some(other) = word.value.strip_prefix('@') {
                if !listed.contains_key(other) {
                    let hint = hint(other, listed.keys().copied());
                    reader.fault(word.at, format!("unknown group `@{other}`"), hint);
                }
            } else {
                lower_case(reader, *word);
            }
            if !seen.insert(word.value) {
                reader.fault(word.at, format!("`{}` stands here twice", word.value), None);
            }
        }
    }
    let group = |name: &&str| {
        let words = expand(reader, laid_over, &listed, name, &mut Vec::new());
        ((*name).to_owned(), words)
    };
    listed.keys().map(group).collect()
}

/// The words of a group and of those that it names; `open` are the groups that are being read.
fn expand<'t>(
    reader: &Reader<'_>,
    laid_over: &LaidOver,
    listed: &BTreeMap<&'t str, Vec<At<&'t str>>>,
    name: &'t str,
    open: &mut Vec<&'t str>,
) -> Vec<Vec<String>> {
    open.push(name);
    let mut found: Vec<Vec<String>> = Vec::new();
    for word in listed.get(name).into_iter().flatten() {
        let words = match word.value.strip_prefix('@') {
            Some(other) if open.contains(&other) => {
                let message = format!("`@{other}` holds itself: {}", open.join(" > "));
                reader.fault(word.at, message, None);
                continue;
            }
            Some(other) => expand(reader, laid_over, listed, other, open),
            None => vec![phrase(word.value)],
        };
        for lemmas in words {
            if !found.contains(&lemmas) {
                found.push(lemmas);
            }
        }
    }
    laid_over.apply(name, &mut found);
    open.pop();
    found
}

fn cues(reader: &Reader<'_>) -> Vec<Cue> {
    let table = reader.parse();
    let mut cues = Vec::new();
    let mut seen: BTreeSet<(&str, Option<CueKind>)> = BTreeSet::new();
    for (name, value) in entries(&table) {
        let Some(kind) = CueKind::from_word(name.value) else {
            let message = format!("unknown kind of cue `{}`", name.value);
            reader.fault(name.at, message, hint(name.value, CUE_KINDS));
            continue;
        };
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        for word in fields.strings("words") {
            lower_case(reader, word);
            // Part of speech and subject tell these from the verb of the same form.
            let apart = matches!(kind, CueKind::Document | CueKind::Noun | CueKind::Preposition);
            if !seen.insert((word.value, apart.then_some(kind))) {
                let message = format!("`{}` stands in this file already", word.value);
                reader.fault(word.at, message, Some("a verb has one kind".into()));
            }
            cues.push(Cue { lemmas: phrase(word.value), kind });
        }
        fields.finish();
    }
    cues
}

fn operators(reader: &Reader<'_>) -> Vec<Operator> {
    let table = reader.parse();
    let mut operators = Vec::new();
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        fields.string("why");
        let effect = fields.required("effect").and_then(|word| {
            let effect = Effect::from_name(word.value);
            if effect.is_none() {
                let known = Effect::NAMES.map(|(name, _)| name);
                let message = format!("unknown effect `{}`", word.value);
                reader.fault(word.at, message, hint(word.value, known));
            }
            effect
        });
        let words = fields.strings("words");
        for word in &words {
            lower_case(reader, *word);
        }
        fields.finish();
        if let Some(effect) = effect {
            operators.push(Operator {
                name: name.value.to_owned(),
                words: words.iter().map(|word| phrase(word.value)).collect(),
                effect,
            });
        }
    }
    operators
}

/// Reads `words/dates.toml`: tables of `phrase = "value"`.
fn dates(reader: &Reader<'_>) -> BTreeMap<String, Vec<(String, String)>> {
    let table = reader.parse();
    let mut dates = BTreeMap::new();
    for (name, value) in entries(&table) {
        let Some(lines) = value.get_ref().as_table() else {
            reader.fault(name.at, format!("`{}` must be a table", name.value), None);
            continue;
        };
        let list: Vec<(String, String)> = entries(lines)
            .into_iter()
            .filter_map(|(phrase, value)| {
                lower_case(reader, phrase);
                let value = reader.string(value)?;
                Some((phrase.value.to_owned(), value.value.to_owned()))
            })
            .collect();
        dates.insert(name.value.to_owned(), list);
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(path: &str, text: &str) -> (Words, Vec<String>) {
        let file = SourceFile::new(path.into(), "w.toml".into(), text.into());
        let mut faults = Vec::new();
        let words = read(&[file], &[path], &mut faults);
        (words, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn groups_hold_groups() {
        let (words, faults) =
            words("words/groups.toml", "a = ['refuse', 'turn down']\nb = ['@a', 'refuse', 'deny']");
        assert!(faults.is_empty(), "{faults:?}");
        let b: Vec<String> = words.groups["b"].iter().map(|lemmas| lemmas.join(" ")).collect();
        assert_eq!(b, ["refuse", "turn down", "deny"]);
    }

    #[test]
    fn faults_of_groups() {
        let (_, faults) =
            words("words/groups.toml", "refuse = ['@refus', 'No', 'x', 'x']\nb = ['@b']");
        let expected = [
            "w.toml:1:11: unknown group `@refus`; did you mean `refuse`?",
            "w.toml:1:21: lemmas are in lower case; write `no`",
            "w.toml:1:32: `x` stands here twice",
            "w.toml:2:6: `@b` holds itself: b",
        ];
        for line in expected {
            assert!(faults.iter().any(|fault| fault == line), "{line} in {faults:?}");
        }
    }

    #[test]
    fn the_longest_cue_wins() {
        let (words, faults) = words(
            "words/cues.toml",
            "[say]\nwords = ['ask', 'say']\n[question]\nwords = ['ask whether']\n[document]\nwords = ['say']",
        );
        assert!(faults.is_empty(), "{faults:?}");
        let (taken, cue) = words.cue_at(&["ask", "whether", "it"]).unwrap();
        assert_eq!((taken, cue.kind), (2, CueKind::Question));
        assert_eq!(words.cue_at(&["say"]).unwrap().1.kind, CueKind::Say);
        assert_eq!(words.cues_at(&["say"]).unwrap().1.count(), 2);
        assert!(words.cue_at(&["whether"]).is_none());
    }

    #[test]
    fn operators_keep_file_order() {
        let (words, faults) = words(
            "words/operators.toml",
            "[z]\neffect = 'agree'\nwords = ['agree to']\n[a]\neffect = 'deny'\nwords = ['deny']",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(words.operators[0].name, "z");
        assert_eq!(words.operators[1].words, [["deny"]]);
        assert_eq!(words.operators[1].effect, Effect::Deny);
    }

    #[test]
    fn an_unknown_effect_is_a_fault_at_its_place() {
        let (words, faults) =
            words("words/operators.toml", "[z]\neffect = 'agrree'\nwords = ['agree to']\n");
        assert!(words.operators.is_empty());
        assert_eq!(faults, ["w.toml:2:10: unknown effect `agrree`; did you mean `agree`?"]);
    }
}

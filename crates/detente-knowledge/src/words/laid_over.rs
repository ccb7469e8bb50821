//! What a user's own files in `words/` do to the groups of the built-in ones.
//!
//! In go files of other names than the built-in ones, out come words to add to groups and words to take out. `mine.toml` with
//! `condemn = ["lambast"]` and `without = { praise = ["salute"] }` makes one group longer and one shorter.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::{GROUP_FILES, Groups};
use crate::Fault;
use crate::actors::lower_case;
use crate::files::{self, SourceFile};
use crate::lemmas::phrase;
use crate::nearest::hint;
use crate::table::{At, Reader, Value, entries};

/// A word in a user's file.
struct Laid {
    lemmas: Vec<String>,
    /// Place of its file among all files, and its byte there.
    file: usize,
    at: usize,
    /// A group had it and lost it.
    taken: Cell<bool>,
}

/// The words that users' files add to each group and take out of it.
#[derive(Default)]
pub(super) struct LaidOver {
    added: BTreeMap<String, Vec<Laid>>,
    without: BTreeMap<String, Vec<Laid>>,
}

/// Whether a file is one that is laid over the groups: a user's, in `words/`, of a name that is not built in.
pub(crate) fn is_laid_over(file: &SourceFile, built_in: &[&str]) -> bool {
    let path = file.path.as_ref();
    file.own && files::is_in(path, "words/", "toml") && !built_in.contains(&path)
}

impl LaidOver {
    /// Reads the files that are laid over; faults are added to `faults`.
    pub(super) fn read(files: &[SourceFile], built_in: &[&str], faults: &mut Vec<Fault>) -> Self {
        let mut laid = Self::default();
        for (number, file) in files.iter().enumerate().filter(|(_, f)| is_laid_over(f, built_in)) {
            let reader = Reader::new(file);
            let table = reader.parse();
            for (name, value) in entries(&table) {
                match value.get_ref().as_table() {
                    Some(taken) if name.value == "without" => {
                        for (group, words) in entries(taken) {
                            note(&mut laid.without, &reader, number, group, words);
                        }
                    }
                    _ => note(&mut laid.added, &reader, number, name, value),
                }
            }
            faults.extend(reader.into_faults());
        }
        laid
    }

    /// Adds to a group what is added to it, and takes out what is to go.
    pub(super) fn apply(&self, group: &str, words: &mut Vec<Vec<String>>) {
        for laid in self.added.get(group).into_iter().flatten() {
            if !words.contains(&laid.lemmas) {
                words.push(laid.lemmas.clone());
            }
        }
        for laid in self.without.get(group).into_iter().flatten() {
            let held = words.len();
            words.retain(|word| *word != laid.lemmas);
            laid.taken.set(laid.taken.get() || words.len() < held);
        }
    }

    /// The groups that only these files have.
    pub(super) fn new_groups(&self, known: &Groups) -> Groups {
        let new = self.added.keys().filter(|group| !known.contains_key(*group));
        new.map(|group| {
            let mut words = Vec::new();
            self.apply(group, &mut words);
            (group.clone(), words)
        })
        .collect()
    }

    /// Faults for what was to be taken out of groups that do not have it.
    pub(super) fn faults(&self, files: &[SourceFile], groups: &Groups) -> Vec<Fault> {
        let left = self.without.iter().flat_map(|(group, words)| {
            words.iter().filter(|laid| !laid.taken.get()).map(move |laid| (group, laid))
        });
        left.filter_map(|(group, laid)| {
            let word = laid.lemmas.join(" ");
            let (message, hint) = if let Some(held) = groups.get(group) {
                let held: Vec<String> = held.iter().map(|words| words.join(" ")).collect();
                let near = hint(&word, held.iter().map(String::as_str));
                (format!("`{group}` has no `{word}` to take out"), near)
            } else {
                let near = hint(group, groups.keys().map(String::as_str));
                (format!("there is no group `{group}`"), near)
            };
            Some(files.get(laid.file)?.fault(laid.at, message, hint))
        })
        .collect()
    }
}

fn note(
    list: &mut BTreeMap<String, Vec<Laid>>,
    reader: &Reader<'_>,
    file: usize,
    group: At<&str>,
    words: &Value<'_>,
) {
    let held = list.entry(group.value.to_owned()).or_default();
    for word in reader.strings(words) {
        if word.value.starts_with('@') {
            let hint = "write its words; groups that hold the group get them too".to_owned();
            reader.fault(word.at, "no group can be laid over another", Some(hint));
            continue;
        }
        lower_case(reader, word);
        held.push(Laid { lemmas: phrase(word.value), file, at: word.at, taken: Cell::new(false) });
    }
}

/// Groups that a user's file of a built-in name has left out of those which stand there.
///
/// Rules and the program ask for groups by name, and one that is not there has no words: the loss would show nowhere.
pub(crate) fn left_out(files: &[SourceFile], groups: &Groups) -> Vec<Fault> {
    let own = files.iter().filter(|f| f.own && GROUP_FILES.contains(&f.path.as_ref()));
    let mut faults = Vec::new();
    for file in own {
        let Some(replaced) = files::builtin_at(&file.path) else { continue };
        let reader = Reader::new(&replaced);
        let table = reader.parse();
        let lost = entries(&table).into_iter().filter(|(name, _)| !groups.contains_key(name.value));
        let lost: Vec<String> = lost.map(|(name, _)| format!("`{}`", name.value)).collect();
        if !lost.is_empty() {
            let message =
                format!("the built-in file has groups that this one lacks: {}", lost.join(", "));
            let hint = "write `name = []` for one that is to have no words; to change only some, use a file \
                        of another name in words/, which is laid over the built-in ones";
            faults.push(file.fault(0, message, Some(hint.to_owned())));
        }
    }
    faults
}

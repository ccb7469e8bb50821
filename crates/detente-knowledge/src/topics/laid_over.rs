//! What a user's own files in `topics/` do to the topics and kinds of the built-in ones.
//!
//! In go tables of known names, out come longer or shorter lists: `issues-mine.toml` with `[tariffs]` and `words = ["toll"]` makes one topic
//! longer, with `without = ["levy"]` shorter. A table of another name is a new topic or kind.

use toml::de::DeTable;

use super::{COMMITMENTS, CommitmentKind, ISSUES, Seen, Topic};
use crate::files::{self, SourceFile};
use crate::lemmas::phrase;
use crate::nearest::hint;
use crate::table::{Fields, Reader, entries};

/// Lists of words.
type Words = Vec<Vec<String>>;

/// Whether a file of another name than the built-in ones is laid over them: `topics/issues-mine.toml`.
pub(crate) fn is_laid_over(file: &SourceFile) -> bool {
    file.own && [ISSUES, COMMITMENTS].into_iter().any(|base| adds_to(&file.path, base))
}

/// Whether the path is that of `base` with something more behind a hyphen.
fn adds_to(path: &str, base: &str) -> bool {
    let stem = base.strip_suffix(".toml").unwrap_or(base);
    files::is_in(path, "topics/", "toml")
        && path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('-'))
}

/// The file `base` and those of users that are laid over it, each with its place among all files; `base` comes first.
pub(super) fn in_order<'f>(
    files: &'f [SourceFile],
    base: &'static str,
) -> impl Iterator<Item = (usize, &'f SourceFile)> {
    let numbered = || files.iter().enumerate();
    let laid = numbered().filter(move |(_, file)| file.own && adds_to(&file.path, base));
    numbered().filter(move |(_, file)| file.path == base).chain(laid)
}

/// Tells which keys a table of a known name may have besides.
pub(super) fn asked(fields: &mut Fields<'_, '_>, known: bool) {
    if known {
        fields.value("without");
    }
}

/// An entry whose lists can be added to.
pub(super) trait Entry {
    fn name(&self) -> &str;
    fn lists(&mut self) -> Vec<&mut Words>;
}

impl Entry for Topic {
    fn name(&self) -> &str {
        &self.name
    }

    fn lists(&mut self) -> Vec<&mut Words> {
        vec![&mut self.words, &mut self.as_issue, &mut self.own, &mut self.acts]
    }
}

impl Entry for CommitmentKind {
    fn name(&self) -> &str {
        &self.name
    }

    fn lists(&mut self) -> Vec<&mut Words> {
        vec![
            &mut self.words,
            &mut self.announced,
            &mut self.started,
            &mut self.held,
            &mut self.suspended,
            &mut self.ended,
            &mut self.broken,
            &mut self.acts,
        ]
    }
}

/// Takes what the tables of known names are to be `without` out of all their lists.
pub(super) fn take_out<E: Entry>(
    reader: &Reader<'_>,
    table: &DeTable<'_>,
    entries_known: &mut [E],
    seen: &mut Seen,
) {
    for (name, value) in entries(table) {
        let Some(entry) = entries_known.iter_mut().find(|entry| entry.name() == name.value) else {
            continue;
        };
        let Some(without) = value.get_ref().as_table().and_then(|fields| fields.get("without"))
        else {
            continue;
        };
        for word in reader.strings(without) {
            let lemmas = phrase(word.value);
            let mut gone = false;
            for list in entry.lists() {
                let held = list.len();
                list.retain(|words| *words != lemmas);
                gone |= list.len() < held;
            }
            seen.0.remove(word.value);
            if !gone {
                let held: Vec<String> =
                    entry.lists().into_iter().flatten().map(|words| words.join(" ")).collect();
                let near = hint(word.value, held.iter().map(String::as_str));
                let message = format!("`{}` has no `{}` to take out", name.value, word.value);
                reader.fault(word.at, message, near);
            }
        }
    }
}

/// Puts the words of each of `more` behind those of the list in its place.
fn join(lists: Vec<&mut Words>, more: Vec<&mut Words>) {
    for (list, more) in lists.into_iter().zip(more) {
        let new: Words = more.drain(..).filter(|words| !list.contains(words)).collect();
        list.extend(new);
    }
}

impl Topic {
    /// Adds what another table of its name says.
    pub(super) fn add(&mut self, mut more: Topic) {
        join(self.lists(), more.lists());
        if !more.label.is_empty() {
            self.label = more.label;
        }
        self.context = more.context.or(self.context.take());
        self.told_by.extend(more.told_by);
        self.codes.extend(more.codes);
    }
}

impl CommitmentKind {
    /// Adds what another table of its name says.
    pub(super) fn add(&mut self, mut more: CommitmentKind) {
        join(self.lists(), more.lists());
        self.alone |= more.alone;
        self.passing |= more.passing;
        self.standing |= more.standing;
        self.general |= more.general;
        self.meets |= more.meets;
        self.due |= more.due;
        self.form = more.form.or(self.form);
        self.topic = more.topic.or(self.topic.take());
        self.undoes = more.undoes.or(self.undoes.take());
    }
}

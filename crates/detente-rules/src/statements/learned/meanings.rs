//! What words mean to the networks of the attribution reader, kept from text to text.
//!
//! In goes a word's dictionary form, out comes the number of a row for each network: what its numbers in the parser's vocabulary give to the
//! rows of that network. Most words of a text are among the last few thousand different ones, so that few products are made.

use std::cell::RefCell;
use std::collections::HashMap;

use detente_parse::kernel::{ByteRows, sized};
use foldhash::fast::RandomState;

use super::AttributionReader;
use super::net::{MEANING, WIDTH};

/// Words that a thread keeps.
const KEPT: usize = 4096;

/// Rows of words that a thread has met.
#[derive(Default)]
pub(super) struct Meanings {
    /// The reader by whose weights they were made.
    reader: u64,
    numbers: HashMap<Box<str>, usize, RandomState>,
    /// Rows for the network of cues, and for that of their parts.
    pub(super) cues: Vec<f32>,
    pub(super) roles: Vec<f32>,
}

thread_local! {
    static MEANINGS: RefCell<Meanings> = RefCell::default();
}

impl Meanings {
    /// Calls `work` with the meanings of this thread.
    pub(super) fn with<T>(work: impl FnOnce(&mut Self) -> T) -> T {
        MEANINGS.with_borrow_mut(work)
    }

    /// The numbers of the rows of some words; `vector` has the numbers of a word in the vocabulary.
    pub(super) fn of<'w>(
        &mut self,
        reader: &AttributionReader,
        words: impl ExactSizeIterator<Item = Option<&'w str>>,
        vector: impl Fn(&str) -> Option<&'w [i8]>,
    ) -> Vec<Option<usize>> {
        if self.reader != reader.number || self.numbers.len() + words.len() > KEPT {
            self.reader = reader.number;
            self.numbers.clear();
        }
        let known = self.numbers.len();
        let mut new: Vec<&[i8]> = Vec::new();
        let numbers = words
            .map(|word| {
                let word = word?;
                Some(self.numbers.get(word).copied().unwrap_or_else(|| {
                    let next = known + new.len();
                    new.push(vector(word).unwrap_or_default());
                    self.numbers.insert(word.into(), next);
                    next
                }))
            })
            .collect();
        let rows = of_length_one(new.iter().copied());
        let (from, until) = (known * WIDTH, (known + new.len()) * WIDTH);
        reader.cues.means(&rows, &mut sized(&mut self.cues, until)[from..]);
        reader.roles.means(&rows, &mut sized(&mut self.roles, until)[from..]);
        numbers
    }
}

/// Numbers of the vocabulary as rows of length one.
pub(super) fn of_length_one<'v>(vectors: impl Iterator<Item = &'v [i8]>) -> ByteRows {
    let rows = vectors.map(|numbers| {
        let square: i32 = numbers.iter().map(|&n| i32::from(n) * i32::from(n)).sum();
        (numbers, if square > 0 { 1.0 / (square as f32).sqrt() } else { 0.0 })
    });
    ByteRows::of_signed(rows, MEANING)
}

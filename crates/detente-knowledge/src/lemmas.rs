//! Finding the longest known phrase at the beginning of a row of lemmas.
//!
//! In go phrases such as `prime minister`, out comes an index that answers which of them a sentence's
//! lemmas begin with. Hyphens do not count: `vice president` finds `vice-president` whether the
//! tokeniser kept it whole or made three tokens of it, and a phrase may be written either way.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::compiled::{from_order, in_order};

/// An index over phrases; each leads to the numbers it was added with.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct LemmaIndex {
    /// First word → the words after it and the numbers in order of adding; longest first.
    #[serde(serialize_with = "in_order", deserialize_with = "from_order")]
    by_first: HashMap<String, Vec<Entry>, RandomState>,
}

/// The words of a phrase after its first, and the numbers that it leads to.
type Entry = (Vec<String>, Vec<usize>);

impl LemmaIndex {
    /// An index in which each phrase leads to its number.
    pub(crate) fn build<'p>(phrases: impl IntoIterator<Item = (&'p [String], usize)>) -> Self {
        let mut index = Self::default();
        for (phrase, number) in phrases {
            let mut words = phrase.iter().flat_map(|word| pieces(word)).map(str::to_owned);
            let Some(first) = words.next() else { continue };
            let rest: Vec<String> = words.collect();
            let list = index.by_first.entry(first).or_default();
            match list.iter_mut().find(|(known, _)| *known == rest) {
                Some((_, numbers)) => numbers.push(number),
                None => list.push((rest, vec![number])),
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in index.by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        index
    }

    /// The longest phrase that `lemmas` begin with: how many of them it takes, and the number it was
    /// added with first.
    pub(crate) fn find(&self, lemmas: &[&str]) -> Option<(usize, usize)> {
        let (taken, numbers) = self.find_all(lemmas)?;
        Some((taken, *numbers.first()?))
    }

    /// The same with every number that the phrase was added with.
    pub(crate) fn find_all(&self, lemmas: &[&str]) -> Option<(usize, &[usize])> {
        let whole = *lemmas.first()?;
        let parted = whole.bytes().any(|byte| byte == b'-' || !byte.is_ascii());
        let first = if parted { pieces(whole).next()? } else { whole };
        let list = self.by_first.get(first)?;
        list.iter().find_map(|(words, numbers)| {
            let taken = takes(lemmas, words.iter().map(String::as_str))?;
            Some((taken, numbers.as_slice()))
        })
    }
}

/// How many of `lemmas` the phrase takes whose words after the first are `words`; `None` where it does
/// not fit or would end inside a lemma.
fn takes<'w>(lemmas: &[&str], words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let mut taken = 1;
    let mut rest = pieces(lemmas.first()?);
    rest.next()?;
    for word in words {
        let piece = loop {
            if let Some(piece) = rest.next() {
                break piece;
            }
            rest = pieces(lemmas.get(taken)?);
            taken += 1;
        };
        if piece != word {
            return None;
        }
    }
    rest.next().is_none().then_some(taken)
}

/// The parts of a word between hyphens; none for a hyphen by itself.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '\u{2010}', '\u{2011}']).filter(|piece| !piece.is_empty())
}

/// A phrase of a data file as lemmas: split at white space, with the genitive `'s` by itself, as the
/// tokeniser has it.
pub(crate) fn phrase(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let word = word.replace('\u{2019}', "'");
        match word.strip_suffix("'s") {
            Some(owner) if !owner.is_empty() => {
                words.push(owner.to_owned());
                words.push("'s".to_owned());
            }
            _ => words.push(word),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(phrases: &[&str], lemmas: &[&str]) -> Option<(usize, usize)> {
        let phrases: Vec<Vec<String>> = phrases.iter().map(|text| phrase(text)).collect();
        let index = LemmaIndex::build(phrases.iter().enumerate().map(|(i, p)| (p.as_slice(), i)));
        index.find(lemmas)
    }

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = ["minister", "prime minister", "prime"];
        assert_eq!(find(&phrases, &["prime", "minister", "say"]), Some((2, 1)));
        assert_eq!(find(&phrases, &["prime", "time"]), Some((1, 2)));
        assert_eq!(find(&phrases, &["say"]), None);
        assert_eq!(find(&phrases, &[]), None);
    }

    #[test]
    fn hyphens_do_not_count() {
        for lemmas in [&["vice-president"][..], &["vice", "-", "president"], &["vice", "president"]]
        {
            assert_eq!(find(&["vice president"], lemmas), Some((lemmas.len(), 0)), "{lemmas:?}");
            assert_eq!(find(&["vice-president"], lemmas), Some((lemmas.len(), 0)), "{lemmas:?}");
        }
        assert_eq!(find(&["vice"], &["vice-president"]), None);
        assert_eq!(find(&["vice"], &["-"]), None);
    }

    #[test]
    fn the_genitive_stands_by_itself() {
        assert_eq!(phrase("people’s court"), ["people", "'s", "court"]);
    }
}

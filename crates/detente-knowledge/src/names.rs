//! Finding the longest known name at a place in a text.
//!
//! In go names, out comes an index that answers, for a byte of a text, which of them stands there. Of
//! "North Korea" and "North" in "North Korea's ruler" it gives the former. The work at a word that
//! begins no name is one look into a table.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::compiled::{from_order, in_order};
use crate::fold::{self, Agreement};

/// Keys are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = step(self.0, u32::from(byte));
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Table<V> = HashMap<u64, V, BuildHasherDefault<AsIs>>;

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of FNV-1a.
fn step(hash: u64, c: u32) -> u64 {
    (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads the hash over all bits; tables take them from both ends.
fn spread(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Something that is found by a name.
pub(crate) trait Named {
    /// The name as it is written.
    fn name(&self) -> &str;
}

/// An index over a list of names, which it puts in its own order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct NameIndex {
    /// Hash of a first word → characters of the longest name that begins with it.
    #[serde(serialize_with = "in_order", deserialize_with = "from_order")]
    longest: Table<u16>,
    /// Hash of a whole name → where its entries stand in the list.
    #[serde(serialize_with = "in_order", deserialize_with = "from_order")]
    ranges: Table<(u32, u32)>,
}

/// A name found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Bytes of the text that it covers.
    pub(crate) len: usize,
    /// Entries of the list that have this name.
    pub(crate) entries: Range<usize>,
}

impl NameIndex {
    /// Sorts `list` so that entries of one name stand together, in the order of `among` (which must be
    /// total, for the order to be the same in every run), and indexes it.
    pub(crate) fn build<T: Named>(list: &mut Vec<T>, among: impl Fn(&T, &T) -> Ordering) -> Self {
        let mut keyed: Vec<(Key, T)> =
            list.drain(..).map(|entry| (key(entry.name()), entry)).collect();
        keyed.sort_by(|(a, x), (b, y)| {
            a.whole
                .cmp(&b.whole)
                .then_with(|| fold::compare(x.name(), y.name()))
                .then_with(|| among(x, y))
        });
        let mut index = Self::default();
        index.ranges.reserve(keyed.len());
        index.longest.reserve(keyed.len());
        for (at, (key, _)) in keyed.iter().enumerate() {
            let at = at as u32;
            index.ranges.entry(key.whole).or_insert((at, at)).1 = at + 1;
            let longest = index.longest.entry(key.first).or_insert(0);
            *longest = key.chars.max(*longest);
        }
        list.extend(keyed.into_iter().map(|(_, entry)| entry));
        index
    }

    /// The longest name that starts at byte `at` and ends where a word ends.
    pub(crate) fn find<T: Named>(&self, list: &[T], text: &str, at: usize) -> Option<Found> {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        let mut walk = Walk::new(text, at);
        let first = walk.first_word()?;
        let longest = *self.longest.get(&first)?;
        let mut found = if walk.at_word_end() { self.entries(list, &walk) } else { None };
        while walk.chars < longest && walk.step() {
            if walk.at_word_end() {
                found = self.entries(list, &walk).or(found);
            }
        }
        found
    }

    /// The entries whose name is what `walk` went over, in the same spelling of case.
    fn entries<T: Named>(&self, list: &[T], walk: &Walk<'_>) -> Option<Found> {
        let &(from, to) = self.ranges.get(&spread(walk.hash))?;
        let (from, to) = (from as usize, to as usize);
        let text = walk.text.get(walk.start..walk.at)?;
        let candidates = list.get(from..to)?;
        let agrees = |entry: &T| fold::agreement(entry.name(), text);
        let (best, first, one) = (candidates.iter().zip(0..))
            .map(|(entry, at)| (agrees(entry), at, entry))
            .min_by_key(|found| found.0)?;
        if best == Agreement::No {
            return None;
        }
        let same = |entry: &&T| {
            fold::compare(entry.name(), one.name()) == Ordering::Equal && agrees(entry) == best
        };
        let count = 1 + candidates[first + 1..].iter().take_while(same).count();
        Some(Found { len: text.len(), entries: from + first..from + first + count })
    }
}

/// The hash of a whole name as it is compared, case aside.
pub(crate) fn name_hash(name: &str) -> u64 {
    key(name).whole
}

struct Key {
    first: u64,
    whole: u64,
    chars: u16,
}

fn key(name: &str) -> Key {
    let mut walk = Walk::new(name, 0);
    let first = walk.first_word().unwrap_or(0);
    while walk.step() {}
    Key { first, whole: spread(walk.hash), chars: walk.chars }
}

/// Goes over a text character by character, hashing as it goes.
struct Walk<'t> {
    text: &'t str,
    start: usize,
    at: usize,
    last: char,
    hash: u64,
    chars: u16,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Self { text, start, at: start, last: ' ', hash: SEED, chars: 0 }
    }

    /// Takes one character; false at the end of the paragraph.
    fn step(&mut self) -> bool {
        match fold::next(self.text, self.at) {
            Some((c, after)) if c != fold::BREAK && self.chars < u16::MAX => {
                self.hash = step(self.hash, u32::from(fold::lower(c)));
                self.at = after;
                self.last = c;
                self.chars += 1;
                true
            }
            _ => false,
        }
    }

    /// Takes the first word; its hash, or `None` where no word begins here.
    fn first_word(&mut self) -> Option<u64> {
        // Plain letters are themselves, unless a mark follows, which begins with one of these bytes.
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at)
            && byte.is_ascii_alphanumeric()
            && !matches!(bytes.get(self.at + 1), Some(0xcc | 0xcd))
            && self.chars < u16::MAX
        {
            self.hash = step(self.hash, u32::from(byte.to_ascii_lowercase()));
            self.last = char::from(byte);
            self.at += 1;
            self.chars += 1;
        }
        while fold::next(self.text, self.at).is_some_and(|(c, _)| c.is_alphanumeric()) {
            if !self.step() {
                return None;
            }
        }
        (self.chars > 0).then(|| spread(self.hash))
    }

    /// Whether a name may end here: not inside a word, and not before a sign of money.
    fn at_word_end(&self) -> bool {
        self.last != ' '
            && fold::next(self.text, self.at).is_none_or(|(c, after)| match c {
                '\'' => !self.goes_on(after),
                c => !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥'),
            })
    }

    /// Whether what stands behind an apostrophe is part of the word before it: "Hu'akavameiliku", but not "Hu's" and "Hu'll".
    fn goes_on(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let ending = rest.get(..end).unwrap_or_default();
        !ending.is_empty()
            && !["s", "d", "ll", "ve", "re", "m", "t"]
                .iter()
                .any(|e| ending.eq_ignore_ascii_case(e))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Named for &str {
        fn name(&self) -> &str {
            self
        }
    }

    fn find<'n>(names: &[&'n str], text: &str, at: usize) -> Option<(usize, Vec<&'n str>)> {
        let mut list = names.to_vec();
        let index = NameIndex::build(&mut list, Ord::cmp);
        let found = index.find(&list, text, at)?;
        Some((found.len, list[found.entries].to_vec()))
    }

    #[test]
    fn the_longest_name_wins() {
        let names = ["North", "North Korea", "North Korean army"];
        assert_eq!(find(&names, "North Korea's ruler", 0), Some((11, vec!["North Korea"])));
        assert_eq!(find(&names, "the North Koreans", 4), Some((5, vec!["North"])));
    }

    #[test]
    fn a_name_ends_where_a_word_ends() {
        assert_eq!(find(&["Niger"], "Nigeria", 0), None);
        assert_eq!(find(&["Niger"], "Niger-Chad border", 0), Some((5, vec!["Niger"])));
        assert_eq!(find(&["iger"], "Niger", 1), None);
        assert_eq!(find(&["US"], "US$5", 0), None);
        assert_eq!(find(&["U.S."], "the U.S.", 4), Some((4, vec!["U.S."])));
    }

    #[test]
    fn an_apostrophe_inside_a_word_ends_no_name() {
        assert_eq!(find(&["Hu"], "Hu'akavameiliku", 0), None);
        assert_eq!(find(&["Xi"], "Xi’an", 0), None);
        for text in ["Hu's", "Hu’s plan", "Hu'", "HU'S", "'Hu' "] {
            assert_eq!(find(&["Hu", "HU"], text, text.find(['H']).unwrap()).map(|f| f.0), Some(2));
        }
    }

    #[test]
    fn variants_of_signs_and_space() {
        let names = ["People's Liberation Army", "al-Shabab", "Côte d'Ivoire"];
        assert!(find(&names, "People’s\nLiberation  Army", 0).is_some());
        assert!(find(&names, "Al Shabab", 0).is_some());
        assert!(find(&names, "COTE D'IVOIRE", 0).is_some());
        assert!(find(&names, "al\n\nShabab", 0).is_none());
    }

    #[test]
    fn case_tells_names_apart() {
        assert_eq!(find(&["WHO"], "who said", 0), None);
        assert_eq!(find(&["Who", "WHO"], "WHO said", 0), Some((3, vec!["WHO"])));
        assert_eq!(find(&["Xi"], "XI", 0), None);
    }

    #[test]
    fn no_text_makes_it_fall() {
        for text in ["", "é", "👩‍👩‍👧", "-", " "] {
            for at in 0..6 {
                assert_eq!(find(&["é x"], text, at), None);
            }
        }
    }
}

//! The word lists of the splitter and the tokeniser.
//!
//! In goes `data/abbreviations.txt` and `data/words.txt`, which are built in; out come sets to look up in. `sen` is found among
//! the abbreviations as one that stands before a name.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// How an abbreviation stands to the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// `Sen.`: a name follows.
    BeforeName,
    /// `No.`: a number follows, or else the stop ends the sentence.
    BeforeNumber,
    /// `vs.`: hardly ever ends a sentence.
    Inside,
    /// `Inc.`: may end a sentence.
    Anywhere,
}

pub(crate) struct Words {
    abbreviations: HashMap<&'static str, Abbreviation, RandomState>,
    lists: HashMap<&'static str, HashSet<&'static str, RandomState>, RandomState>,
    pairs: HashMap<String, usize, RandomState>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut abbreviations = HashMap::default();
    for (kind, word) in entries(include_str!("../data/abbreviations.txt")) {
        let kind = match kind {
            "before-name" => Abbreviation::BeforeName,
            "before-number" => Abbreviation::BeforeNumber,
            "inside" => Abbreviation::Inside,
            _ => Abbreviation::Anywhere,
        };
        abbreviations.entry(word).or_insert(kind);
    }
    let mut lists: HashMap<_, HashSet<_, _>, _> = HashMap::default();
    let mut pairs = HashMap::default();
    for (kind, word) in entries(include_str!("../data/words.txt")) {
        match word.split_once('|') {
            Some((first, second)) => {
                pairs.insert(format!("{first}{second}"), first.len());
            }
            None => {
                lists.entry(kind).or_default().insert(word);
            }
        }
    }
    Words { abbreviations, lists, pairs }
});

/// The lists, read once.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// Each word of a file of lists under its kind.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut kind = "";
    file.lines().filter(|line| !line.starts_with('#')).flat_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            kind = name;
            return Vec::new();
        }
        line.split_whitespace().map(|word| (kind, word)).collect()
    })
}

impl Words {
    /// What `word`, without its full stop, is as an abbreviation.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > 12 {
            return None;
        }
        self.abbreviations.get(word.to_lowercase().as_str()).copied()
    }

    /// Whether `word` is in the list of `data/words.txt` that is called `kind`.
    pub(crate) fn is(&self, kind: &str, word: &str) -> bool {
        word.len() <= 16
            && self.lists.get(kind).is_some_and(|list| list.contains(word.to_lowercase().as_str()))
    }

    /// Where `word` divides into two, if it is one of those that do.
    pub(crate) fn division(&self, word: &str) -> Option<usize> {
        let mut letters = [0; 8];
        let letters = letters.get_mut(..word.len()).filter(|_| word.is_ascii())?;
        letters.copy_from_slice(word.as_bytes());
        letters.make_ascii_lowercase();
        self.pairs.get(std::str::from_utf8(letters).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        let words = words();
        assert_eq!(words.abbreviation("Sen"), Some(Abbreviation::BeforeName));
        assert_eq!(words.abbreviation("No"), Some(Abbreviation::BeforeNumber));
        assert_eq!(words.abbreviation("dog"), None);
        for kind in ["prefix", "opener", "speech", "unit", "ending"] {
            assert!(words.lists.contains_key(kind), "{kind}");
        }
        assert_eq!(words.division("Cannot"), Some(3));
    }
}

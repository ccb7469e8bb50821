//! The words of `knowledge/words/dates.toml`, ready for matching, and a text cut into what they match.
//!
//! In goes `Jan. 8`, out come the atoms `Jan`, `.` and `8`; the table of months finds `jan.` at the first
//! of them and takes two.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use jiff::civil::Date;

/// A run of letters, a run of digits, or any other character that is no space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom<'t> {
    /// As it stands.
    pub(super) text: &'t str,
    /// In lower case, with a straight apostrophe.
    pub(super) lower: Cow<'t, str>,
    /// Byte of the text where it begins.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// The tables that have a phrase beginning with it, one bit each; all of them until [`Vocabulary::mark`] has looked.
    tables: u64,
}

/// What an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters; an apostrophe and letters right behind a word make an atom of their own: `'s`.
    Word,
    /// ASCII digits.
    Number,
    /// One other character.
    Sign,
}

impl Atom<'_> {
    /// Whether it is this sign.
    pub(super) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign && self.text.chars().eq([sign])
    }

    /// Its value, for digits.
    pub(super) fn number(&self) -> Option<u32> {
        (self.kind == Kind::Number).then(|| self.text.parse().ok()).flatten()
    }

    /// Whether it begins with a capital.
    pub(super) fn capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Cuts a text into atoms. `offset` is added to their bytes.
pub(super) fn atoms(text: &str, offset: usize) -> Vec<Atom<'_>> {
    pieces(text)
        .map(|(start, slice, kind)| Atom {
            text: slice,
            lower: lower(slice),
            start: offset + start,
            end: offset + start + slice.len(),
            kind,
            tables: u64::MAX,
        })
        .collect()
}

/// In lower case, with a straight apostrophe. Most words are so already.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.to_lowercase().replace('\u{2019}', "'"))
}

/// What atoms are made of: the first byte, the text and its kind.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str, Kind)> {
    let mut rest = text.char_indices().peekable();
    // Where the last word ended.
    let mut word_end = None;
    std::iter::from_fn(move || {
        let (start, c) = rest.by_ref().find(|(_, c)| !c.is_whitespace())?;
        let apostrophe = matches!(c, '\'' | '\u{2019}');
        let letters_next = rest.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let kind = if c.is_alphabetic() || (apostrophe && word_end == Some(start) && letters_next) {
            Kind::Word
        } else if c.is_ascii_digit() {
            Kind::Number
        } else {
            Kind::Sign
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = rest.peek() {
            let goes_on = match kind {
                Kind::Word => next.is_alphabetic(),
                Kind::Number => next.is_ascii_digit(),
                Kind::Sign => false,
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            rest.next();
        }
        word_end = (kind == Kind::Word).then_some(end);
        Some((start, text.get(start..end).unwrap_or(""), kind))
    })
}

/// One table of the file.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Its own bit among those of all tables.
    bit: u64,
    /// First atom of a phrase → the others and the value, longest first.
    by_first: HashMap<Box<str>, Vec<Line>, RandomState>,
}

/// The other atoms of a phrase, and its value.
type Line = (Vec<Box<str>>, Box<str>);

impl Table {
    /// The lines' phrases are in lower case, with straight apostrophes.
    fn new(lines: &[(String, String)], bit: u64) -> Self {
        let mut by_first: HashMap<Box<str>, Vec<Line>, RandomState> = HashMap::default();
        for (phrase, value) in lines {
            let mut words = pieces(phrase).map(|(_, text, _)| Box::from(text));
            if let Some(first) = words.next() {
                by_first.entry(first).or_default().push((words.collect(), value.as_str().into()));
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { bit, by_first }
    }

    /// The longest phrase at atom `at`: the atom after it, and its value. A sign of the phrase, as the
    /// stop of an abbreviation, must stand right behind what is before it.
    pub(super) fn find(&self, atoms: &[Atom<'_>], at: usize) -> Option<(usize, &str)> {
        let first = atoms.get(at).filter(|first| first.tables & self.bit != 0)?;
        let list = self.by_first.get(first.lower.as_ref())?;
        list.iter().find_map(|(words, value)| {
            let mut end = at + 1;
            for word in words {
                let (before, atom) = (atoms.get(end - 1)?, atoms.get(end)?);
                if *atom.lower != **word || (atom.kind == Kind::Sign && before.end != atom.start) {
                    return None;
                }
                end += 1;
            }
            Some((end, &**value))
        })
    }

    /// The phrase that ends just before atom `end`: its first atom, and its value; the longest.
    pub(super) fn find_before(&self, atoms: &[Atom<'_>], end: usize) -> Option<(usize, &str)> {
        (1..=4.min(end)).rev().find_map(|len| {
            let (found, value) = self.find(atoms, end - len)?;
            (found == end).then_some((end - len, value))
        })
    }

    /// The value of a single word.
    pub(super) fn word(&self, lower: &str) -> Option<&str> {
        let list = self.by_first.get(lower)?;
        list.iter().find(|(words, _)| words.is_empty()).map(|(_, value)| &**value)
    }
}

/// Every table of the file; the file's head says what they mean.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(super) months: Table,
    pub(super) weekdays: Table,
    pub(super) units: Table,
    pub(super) numbers: Table,
    pub(super) shifts: Table,
    pub(super) after: Table,
    pub(super) phrases: Table,
    pub(super) days: Table,
    pub(super) parts: Table,
    pub(super) times: Table,
    pub(super) seasons: Table,
    pub(super) roughly: Table,
    pub(super) relations: Table,
    pub(super) future: Table,
    pub(super) quarters: Table,
    pub(super) feasts: Table,
    pub(super) ordinals: Table,
    pub(super) sets: Table,
    pub(super) lengths: Table,
    pub(super) names: Table,
    pub(super) bearers: Table,
    pub(super) happenings: Table,
    pub(super) moved: Table,
    pub(super) clock: Table,
    pub(super) arranging: Table,
    pub(super) lasting: Table,
    pub(super) ahead: Table,
    pub(super) appointed: Table,
    pub(super) binding: Table,
    pub(super) eves: Table,
    pub(super) determiners: Table,
    pub(super) edges: Table,
    pub(super) decades: Table,
    pub(super) movable: Table,
    pub(super) belongs: Table,
    history: Vec<DayOfHistory>,
    /// For the first atom of each phrase the tables that have it.
    firsts: HashMap<Box<str>, u64, RandomState>,
}

/// A day that is known by what happened on it.
#[derive(Debug)]
struct DayOfHistory {
    date: Date,
    /// The nouns that it stands before.
    nouns: Vec<Box<str>>,
}

impl Vocabulary {
    pub(crate) fn new(dates: &BTreeMap<String, Vec<(String, String)>>) -> Self {
        let mut firsts: HashMap<Box<str>, u64, RandomState> = HashMap::default();
        let mut bit = 1;
        let mut table = |name: &str| {
            let lines = dates.get(name).map_or(&[][..], Vec::as_slice);
            for (_, first, _) in lines.iter().filter_map(|(phrase, _)| pieces(phrase).next()) {
                *firsts.entry(first.into()).or_default() |= bit;
            }
            let table = Table::new(lines, bit);
            bit <<= 1;
            table
        };
        Self {
            months: table("months"),
            weekdays: table("weekdays"),
            units: table("units"),
            numbers: table("numbers"),
            shifts: table("shifts"),
            after: table("after"),
            phrases: table("phrases"),
            days: table("days"),
            parts: table("parts"),
            times: table("times"),
            seasons: table("seasons"),
            roughly: table("roughly"),
            relations: table("relations"),
            future: table("future"),
            quarters: table("quarters"),
            feasts: table("feasts"),
            ordinals: table("ordinals"),
            sets: table("sets"),
            lengths: table("lengths"),
            names: table("names"),
            bearers: table("bearers"),
            happenings: table("happenings"),
            moved: table("moved"),
            clock: table("clock"),
            arranging: table("arranging"),
            lasting: table("lasting"),
            ahead: table("ahead"),
            appointed: table("appointed"),
            binding: table("binding"),
            eves: table("eves"),
            determiners: table("determiners"),
            edges: table("edges"),
            decades: table("decades"),
            movable: table("movable"),
            belongs: table("belongs"),
            history: dates
                .get("history")
                .map_or(&[][..], Vec::as_slice)
                .iter()
                .filter_map(day_of_history)
                .collect(),
            firsts,
        }
    }

    /// Notes which tables may have a phrase at each atom: most words begin none, and every table would look them up by itself.
    pub(super) fn mark(&self, atoms: &mut [Atom<'_>]) {
        for atom in atoms {
            atom.tables = self.firsts.get(atom.lower.as_ref()).copied().unwrap_or(0);
        }
    }

    /// The year of the day of history that a day and a noun name: 2001 for "September 11" and "attacks".
    pub(super) fn year_of_history(&self, month: i8, day: i8, noun: &str) -> Option<i16> {
        let found = self.history.iter().find(|known| {
            (known.date.month(), known.date.day()) == (month, day)
                && known.nouns.iter().any(|known| &**known == noun)
        })?;
        Some(found.date.year())
    }
}

fn day_of_history((day, nouns): &(String, String)) -> Option<DayOfHistory> {
    let nouns = nouns.split_whitespace().map(Box::from).collect();
    Some(DayOfHistory { date: day.parse().ok()?, nouns })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_atoms() {
        let texts: Vec<_> =
            atoms("Jan. 8th, 2023’s ‘90s", 5).iter().map(|a| (a.text, a.start)).collect();
        assert_eq!(
            texts,
            [
                ("Jan", 5),
                (".", 8),
                ("8", 10),
                ("th", 11),
                (",", 13),
                ("2023", 15),
                ("’", 19),
                ("s", 22),
                ("‘", 24),
                ("90", 27),
                ("s", 29)
            ]
        );
        assert_eq!(atoms("Monday's", 0)[1].lower, "'s");
    }

    #[test]
    fn the_stop_of_an_abbreviation_is_joined() {
        let lines = [("jan.".into(), "1".into())];
        let table = Table::new(&lines, 1);
        assert_eq!(table.find(&atoms("Jan. 8", 0), 0), Some((2, "1")));
        assert_eq!(table.find(&atoms("Jan . 8", 0), 0), None);
        assert_eq!(table.find_before(&atoms("x Jan. 8", 0), 3), Some((1, "1")));
    }
}

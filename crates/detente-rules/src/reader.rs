//! The second reader: what one party does to the other, by weights instead of rules.
//!
//! "Delhi beseeched Dhaka" holds no pattern, but *beseech* is used as verbs of REQUEST are. In go the features of a pair of parties (`features.rs`), out comes a probability for each type and for none. It speaks only where the rules are silent or
//! unsure. The weights are learnt by `detente train reader`; the file has no words in it, only numbers of features.

mod features;
mod pairs;
mod trust;

pub(crate) use features::{Lexicon, hash, hash_of, pair_of_parties, pair_of_tokens};
pub use features::{MEANING, Pair, WIDTH};
pub use pairs::{PartyPair, party_pairs};
pub(crate) use pairs::{second_events, tokens_of};
pub(crate) use trust::likeliest;
pub use trust::{Say, TRUST, Trust, say};

use std::fmt;

/// What the reader tells apart: the sixteen types, and that nothing is done.
pub const CLASSES: [&str; 17] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    NOTHING,
];

/// The class of pairs between which nothing is done.
pub const NOTHING: &str = "NONE";

/// Number of [`CLASSES`].
pub const COUNT: usize = CLASSES.len();

/// The step in which weights are bytes.
fn step_of<'a>(weights: impl Iterator<Item = &'a f32>) -> f32 {
    let largest = weights.fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    if largest > 0.0 { largest / 127.0 } else { 1.0 }
}

/// The weights that are built in; `models/english/reader-card.md` says what they were made of.
static MODEL: &[u8] = include_bytes!("../../../models/english/reader.bin");

/// The bytes of the reader that is built in, for the record's account of what made it.
pub(crate) fn builtin_bytes() -> &'static [u8] {
    MODEL
}

const MAGIC: &[u8; 8] = b"DTREAD1\n";

/// A linear model over named features, of which only the numbers are kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reader {
    /// Ascending.
    keys: Vec<u32>,
    /// [`COUNT`] a key, in steps of `step`.
    weights: Vec<i8>,
    step: f32,
    /// [`COUNT`] for each of the [`MEANING`] numbers, in steps of `meaning_step`; empty where meaning is not weighed.
    meaning: Vec<i8>,
    meaning_step: f32,
    /// How far the rules are believed against the reader.
    trust: Trust,
    /// Probability from which on it codes by itself.
    sure: f32,
}

/// Bytes that are no reader of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoReader;

impl fmt::Display for NoReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no reader of this version; make one with `detente train reader`")
    }
}

impl std::error::Error for NoReader {}

impl Reader {
    /// The reader that is built in.
    pub fn builtin() -> Self {
        Self::from_bytes(MODEL).unwrap_or_default()
    }

    /// Rounds learnt weights of features and of [`MEANING`] to a byte each; a later weight of one key replaces an earlier one.
    pub fn new(
        weights: impl IntoIterator<Item = (u32, [f32; COUNT])>,
        meaning: &[[f32; COUNT]],
        trust: Trust,
        sure: f32,
    ) -> Self {
        let rows: std::collections::BTreeMap<u32, [f32; COUNT]> = weights.into_iter().collect();
        let step = step_of(rows.values().flatten());
        let meaning_step = step_of(meaning.iter().flatten());
        let round = |weight: f32, step: f32| (weight / step).round() as i8;
        let meaning = meaning.iter().flatten().map(|&weight| round(weight, meaning_step)).collect();
        let mut reader = Self { step, meaning, meaning_step, trust, sure, ..Self::default() };
        for (key, row) in rows {
            let row = row.map(|weight| round(weight, step));
            if row.iter().any(|&weight| weight != 0) {
                reader.keys.push(key);
                reader.weights.extend(row);
            }
        }
        reader
    }

    /// Reads what [`Reader::to_bytes`] wrote.
    ///
    /// # Errors
    /// If the bytes are no reader of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoReader> {
        let mut rest = bytes.strip_prefix(MAGIC).ok_or(NoReader)?;
        let mut word = || {
            let (first, others) = rest.split_first_chunk::<4>().ok_or(NoReader)?;
            rest = others;
            Ok(*first)
        };
        let count = u32::from_le_bytes(word()?) as usize;
        let step = f32::from_le_bytes(word()?);
        let meaning_rows = u32::from_le_bytes(word()?) as usize;
        let meaning_step = f32::from_le_bytes(word()?);
        let sure = f32::from_le_bytes(word()?);
        let mut trust = Trust::default();
        for weight in &mut trust.0 {
            *weight = f32::from_le_bytes(word()?);
        }
        let at = count.checked_mul(4).ok_or(NoReader)?;
        let (keys, weights) = rest.split_at_checked(at).ok_or(NoReader)?;
        if weights.len() != (count + meaning_rows) * COUNT {
            return Err(NoReader);
        }
        let keys = keys.chunks_exact(4).map(|k| u32::from_le_bytes([k[0], k[1], k[2], k[3]]));
        let mut weights: Vec<i8> = weights.iter().map(|&w| w.cast_signed()).collect();
        let meaning = weights.split_off(count * COUNT);
        Ok(Self { keys: keys.collect(), weights, step, meaning, meaning_step, trust, sure })
    }

    /// The model's file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((self.keys.len() as u32).to_le_bytes());
        bytes.extend(self.step.to_le_bytes());
        bytes.extend(((self.meaning.len() / COUNT) as u32).to_le_bytes());
        bytes.extend(self.meaning_step.to_le_bytes());
        bytes.extend(self.sure.to_le_bytes());
        bytes.extend(self.trust.0.iter().flat_map(|w| w.to_le_bytes()));
        bytes.extend(self.keys.iter().flat_map(|k| k.to_le_bytes()));
        bytes.extend(self.weights.iter().chain(&self.meaning).map(|w| w.cast_unsigned()));
        bytes
    }

    /// Whether there are no weights: such a reader never speaks.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// How far the rules are believed against this reader.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Probability from which on it codes what no rule has coded.
    pub fn sure(&self) -> f32 {
        self.sure
    }

    /// The same reader with another trust in the rules.
    #[must_use]
    pub fn with_trust(self, trust: Trust) -> Self {
        Self { trust, ..self }
    }

    /// The same reader, sure from another probability on.
    #[must_use]
    pub fn with_sure(self, sure: f32) -> Self {
        Self { sure, ..self }
    }

    /// The weights of a feature, if it has any.
    fn row(&self, key: u32) -> Option<&[i8]> {
        let at = self.keys.binary_search(&key).ok()?;
        self.weights.get(at * COUNT..(at + 1) * COUNT)
    }

    /// The probability of each class.
    pub fn probabilities(&self, pair: &Pair) -> [f32; COUNT] {
        let mut sums = [0_i32; COUNT];
        for &key in pair.keys() {
            for (sum, &weight) in sums.iter_mut().zip(self.row(key).unwrap_or_default()) {
                *sum += i32::from(weight);
            }
        }
        let mut scores = sums.map(|sum| sum as f32 * self.step);
        for (number, row) in pair.meaning().iter().zip(self.meaning.chunks_exact(COUNT)) {
            let number = number * self.meaning_step;
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += number * f32::from(weight);
            }
        }
        softmax(scores)
    }

    /// What each of the three parts of a pair's meaning adds to a class.
    pub(crate) fn meant(&self, pair: &Pair, class: usize) -> [f32; MEANING / WIDTH] {
        let mut parts = [0.0; MEANING / WIDTH];
        for (at, (number, row)) in
            pair.meaning().iter().zip(self.meaning.chunks_exact(COUNT)).enumerate()
        {
            let weight = row.get(class).map_or(0.0, |&weight| f32::from(weight));
            if let Some(part) = parts.get_mut(at / WIDTH) {
                *part += number * weight * self.meaning_step;
            }
        }
        parts
    }

    /// What a feature adds to a class.
    pub fn weight(&self, key: u32, class: usize) -> f32 {
        let weight = self.row(key).and_then(|row| row.get(class)).copied().unwrap_or(0);
        f32::from(weight) * self.step
    }
}

/// Scores as probabilities.
pub fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let raised = scores.map(|score| (score - top).exp());
    let sum: f32 = raised.iter().sum();
    raised.map(|value| value / sum)
}

/// The class of a type or of [`NOTHING`].
pub fn class_of(kind: &str) -> Option<usize> {
    CLASSES.iter().position(|class| *class == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let row = |at: usize, weight: f32| {
            let mut row = [0.0; COUNT];
            row[at] = weight;
            row
        };
        let trust = Trust([0.5; TRUST]);
        let reader = Reader::new(
            [(7, row(0, 2.0)), (3, row(8, -1.0)), (9, row(1, 0.0))],
            &[row(2, 0.5)],
            trust,
            0.9,
        );
        assert_eq!(reader.keys, [3, 7], "what weighs nothing is not kept");
        assert_eq!(Reader::from_bytes(&reader.to_bytes()), Ok(reader.clone()));
        assert!((reader.weight(7, 0) - 2.0).abs() < 1e-6);
        assert_eq!(Reader::from_bytes(&reader.to_bytes()[..40]), Err(NoReader));
        assert_eq!(Reader::from_bytes(b"another file"), Err(NoReader));
    }

    #[test]
    fn the_built_in_reader_can_be_read() {
        assert!(Reader::from_bytes(MODEL).is_ok_and(|reader| !reader.is_empty()));
    }
}

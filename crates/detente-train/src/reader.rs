//! Labelled pairs of parties → the weights of the second reader, and how good they are.
//!
//! In go [`Example`]s: features of two parties and what the one does to the other. Out comes a `Reader`. The weights are learnt in a
//! fixed order from a fixed seed, so that the same examples give the same file. A feature counts only if it stands in several
//! sentences: what stands in one could give that sentence away, and says nothing of others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_core::Actor;
use detente_core::notation::{EventLine, PartyLine};
use detente_rules::reader::{
    CLASSES, COUNT, MEANING, Pair, PartyPair, Reader, Say, TRUST, Trust, say,
};
use detente_rules::root_of;

use crate::records::codes;

/// Sentences that a feature must stand in.
const SENTENCES: usize = 3;

/// A pair with what is right.
#[derive(Debug, Clone)]
pub struct Example {
    /// The features.
    pub pair: Pair,
    /// Which classes are right, as bits; two for a root that stands for two types.
    pub right: u32,
    /// The same for all pairs of one sentence, so that folds keep sentences whole.
    pub sentence: u64,
    /// How much it counts.
    pub weight: f32,
}

/// A row of two given parties: an example, and what the rules said.
#[derive(Debug, Clone)]
pub struct Row {
    /// For the reader.
    pub example: Example,
    /// What the rules said.
    pub says: Vec<Say>,
}

/// How weights are learnt.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Passes over the examples.
    pub epochs: usize,
    /// Length of a step.
    pub rate: f32,
    /// The same for the weights of meaning; 0 leaves meaning out.
    pub meaning_rate: f32,
    /// Pull of each weight towards nothing.
    pub decay: f32,
    /// Power of a class's frequency by which its examples count less.
    pub balance: f32,
    /// Seed of the order.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { epochs: 8, rate: 0.05, meaning_rate: 0.05, decay: 1e-4, balance: 0.0, seed: 1 }
    }
}

/// The classes of a type or root as bits.
pub fn classes_of(kind: &str) -> u32 {
    let bit = |(i, _): (usize, &&str)| 1 << i;
    CLASSES
        .iter()
        .enumerate()
        .filter(|(_, class)| **class == kind || root_of(class) == kind)
        .map(bit)
        .sum()
}

/// A number for a sentence by its words alone (FNV-1a).
pub fn sentence_number(sentence: &str) -> u64 {
    sentence.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The type that the gold events of its sentence give a pair, by the codes of both sides.
pub fn gold_of<'a>(
    pair: &PartyPair,
    gold: impl IntoIterator<Item = &'a EventLine>,
) -> Option<&'a str> {
    gold.into_iter()
        .find(|line| fits(line, &pair.actors, &pair.recipients))
        .map(|line| line.kind.as_str())
}

fn fits(line: &EventLine, actors: &[Actor], recipients: &[Actor]) -> bool {
    let lines = |actors: &[Actor]| codes(&actors.iter().map(PartyLine::of).collect::<Vec<_>>());
    let (a, r) = (lines(actors), lines(recipients));
    if line.recipients.is_empty() && line.actors.len() > 1 {
        return codes(&line.actors) == a.union(&r).cloned().collect();
    }
    codes(&line.actors) == a && codes(&line.recipients) == r
}

/// A generator of the order of examples (xorshift).
struct Order(u64);

impl Order {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Learns a reader: multinomial logistic regression by AdaGrad.
pub fn train<'a>(examples: impl IntoIterator<Item = &'a Example>, options: &Options) -> Reader {
    let examples: Vec<&Example> = examples.into_iter().collect();
    let mut sentences: HashMap<u32, BTreeSet<u64>> = HashMap::new();
    for example in &examples {
        for &key in example.pair.keys() {
            let seen = sentences.entry(key).or_default();
            if seen.len() < SENTENCES {
                seen.insert(example.sentence);
            }
        }
    }
    let mut keys: Vec<u32> = sentences
        .into_iter()
        .filter(|(_, seen)| seen.len() >= SENTENCES)
        .map(|(key, _)| key)
        .collect();
    keys.sort_unstable();
    let rows: Vec<Vec<usize>> = examples
        .iter()
        .map(|e| e.pair.keys().iter().filter_map(|key| keys.binary_search(key).ok()).collect())
        .collect();
    let weights = balanced(&examples, options.balance);
    let mut learnt = vec![[0.0_f32; COUNT]; keys.len()];
    let mut squares = vec![[1e-6_f32; COUNT]; keys.len()];
    let mut meant = vec![[0.0_f32; COUNT]; MEANING];
    let mut meant_squares = vec![[1e-6_f32; COUNT]; MEANING];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Order(options.seed.max(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for _ in 0..options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for &index in &order {
            let mut scores = [0.0_f32; COUNT];
            for &key in &rows[index] {
                for (score, weight) in scores.iter_mut().zip(&learnt[key]) {
                    *score += weight;
                }
            }
            let meaning = examples[index].pair.meaning();
            for (number, row) in meaning.iter().zip(&meant) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += number * weight;
                }
            }
            let slope = slope(
                &detente_rules::reader::softmax(scores),
                examples[index].right,
                weights[index],
            );
            for &key in &rows[index] {
                let (row, seen) = (&mut learnt[key], &mut squares[key]);
                for class in 0..COUNT {
                    let step = slope[class] + options.decay * row[class];
                    seen[class] += step * step;
                    row[class] -= options.rate * step / seen[class].sqrt();
                }
            }
            for (number, (row, seen)) in
                meaning.iter().zip(meant.iter_mut().zip(&mut meant_squares))
            {
                for class in 0..COUNT {
                    let step = number * slope[class] + options.decay * row[class];
                    seen[class] += step * step;
                    row[class] -= options.meaning_rate * step / seen[class].sqrt();
                }
            }
        }
    }
    Reader::new(keys.into_iter().zip(learnt), &meant, Trust::default(), 1.0)
}

/// How much each example counts.
fn balanced(examples: &[&Example], power: f32) -> Vec<f32> {
    let mut counts: BTreeMap<u32, f32> = BTreeMap::new();
    for example in examples {
        *counts.entry(example.right).or_default() += example.weight;
    }
    let mean = counts.values().sum::<f32>() / counts.len().max(1) as f32;
    examples
        .iter()
        .map(|e| {
            e.weight * (mean / counts.get(&e.right).copied().unwrap_or(mean)).powf(power).min(4.0)
        })
        .collect()
}

/// What the scores are off by; of two right classes each has the share that the reader gives it.
fn slope(given: &[f32; COUNT], right: u32, weight: f32) -> [f32; COUNT] {
    let is_right = |class: usize| right & (1 << class) != 0;
    let whole: f32 = (0..COUNT).filter(|&c| is_right(c)).map(|c| given[c]).sum();
    std::array::from_fn(|class| {
        let wanted = if is_right(class) { given[class] / whole.max(1e-9) } else { 0.0 };
        weight * (given[class] - wanted)
    })
}

/// Learns how far the rules are believed, from rows that the reader was not trained on.
pub fn fit_trust(rows: &[(&Row, &Reader)]) -> Trust {
    let mut trust = Trust::default();
    let read: Vec<[f32; COUNT]> = rows
        .iter()
        .map(|(row, reader)| reader.probabilities(&row.example.pair).map(|p| p.max(1e-6).ln()))
        .collect();
    // A concave function of nine weights: small steps along its slope find the top.
    for _ in 0..400 {
        let mut slopes = [0.0_f32; TRUST];
        for ((row, reader), logs) in rows.iter().zip(&read) {
            let given = say(reader, &trust, &row.example.pair, &row.says);
            let off = slope(&given, row.example.right, 1.0);
            slopes[0] += off.iter().zip(logs).map(|(off, log)| off * log).sum::<f32>();
            for said in &row.says {
                slopes[said.kind] += off[said.class];
            }
        }
        for (at, slope) in slopes.iter().enumerate() {
            // A little pull towards what is known beforehand keeps kinds that hardly occur in place.
            let pull = 0.5 * (trust.0[at] - Trust::default().0[at]);
            let rate = if at == 0 { 0.2 } else { 2.0 };
            trust.0[at] -= rate * (slope + pull) / rows.len().max(1) as f32;
        }
    }
    trust
}

/// A reader with its trust in the rules, which is learnt from readers that have not seen the rows they are asked about.
pub fn train_with_trust(rows: &[&Row], others: &[Example], options: &Options) -> Reader {
    const PARTS: u64 = 4;
    let all = |rows: &[&Row]| -> Vec<Example> {
        rows.iter().map(|row| row.example.clone()).chain(others.iter().cloned()).collect()
    };
    let readers: Vec<Reader> = (0..PARTS)
        .map(|part| {
            let seen: Vec<&Row> = rows
                .iter()
                .copied()
                .filter(|row| fold(row.example.sentence, PARTS, 1) != part)
                .collect();
            train(&all(&seen), options)
        })
        .collect();
    let unseen: Vec<(&Row, &Reader)> = rows
        .iter()
        .filter_map(|row| Some((*row, readers.get(fold(row.example.sentence, PARTS, 1) as usize)?)))
        .collect();
    let trust = fit_trust(&unseen);
    train(&all(rows), options).with_trust(trust)
}

/// The fold of a sentence: the same on every machine, whatever else is in the data.
pub fn fold(sentence: u64, folds: u64, salt: u64) -> u64 {
    let mut mixed = sentence.wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) % folds.max(1)
}

/// For each row the reader that was trained on the other folds' sentences.
pub fn cross_validated(
    rows: &[Row],
    others: &[Example],
    folds: u64,
    options: &Options,
) -> Vec<Reader> {
    (0..folds)
        .map(|part| {
            let seen: Vec<&Row> =
                rows.iter().filter(|row| fold(row.example.sentence, folds, 0) != part).collect();
            train_with_trust(&seen, others, options)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_rules::reader::class_of;

    fn example(keys: &[u32], kind: &str, sentence: u64) -> Example {
        let pair = Pair::of(keys.to_vec(), Vec::new());
        Example { pair, right: classes_of(kind), sentence, weight: 1.0 }
    }

    fn examples() -> Vec<Example> {
        let mut all: Vec<Example> = (0..6).map(|n| example(&[1, 2], "AID", n)).collect();
        all.extend((6..12).map(|n| example(&[1, 3], "YIELD", n)));
        all.push(example(&[1, 4], "ASSAULT", 12));
        all
    }

    #[test]
    fn what_stands_in_few_sentences_is_not_kept() {
        let mut all = examples();
        // Three pairs of one sentence are one sentence.
        all.extend((0..3).map(|_| example(&[5], "ASSAULT", 13)));
        let reader = train(&all, &Options::default());
        let weighs = |key: u32| (0..COUNT).any(|class| reader.weight(key, class) != 0.0);
        assert!(weighs(2) && weighs(3) && !weighs(4) && !weighs(5));
    }

    #[test]
    fn the_same_examples_give_the_same_bytes() {
        let bytes = |all: &[Example]| train(all, &Options::default()).to_bytes();
        assert_eq!(bytes(&examples()), bytes(&examples()));
    }

    #[test]
    fn a_root_of_two_types_is_right_with_either() {
        let reader = train(&examples(), &Options::default());
        let shares = reader.probabilities(&Pair::of(vec![1, 3], Vec::new()));
        let share = |kind: &str| class_of(kind).map_or(0.0, |class| shares[class]);
        assert!(share("CONCEDE") + share("RETREAT") > 0.5, "{shares:?}");
        assert!(share("CONCEDE") > share("AID") && share("RETREAT") > share("AID"));
    }

    #[test]
    fn rules_that_are_always_right_are_trusted_more_than_those_that_never_are() {
        let reader = train(&examples(), &Options::default());
        let row = |kind: &str, said: &str, by: usize| Row {
            example: example(&[1], kind, 0),
            says: vec![Say { class: class_of(said).unwrap(), kind: by }],
        };
        let rows: Vec<Row> =
            (0..20).flat_map(|_| [row("AID", "AID", 1), row("AID", "ASSAULT", 2)]).collect();
        let pairs: Vec<(&Row, &Reader)> = rows.iter().map(|row| (row, &reader)).collect();
        let trust = fit_trust(&pairs);
        assert!(trust.0[1] > trust.0[2] + 1.0, "{trust:?}");
    }

    #[test]
    fn folds_hold_every_sentence_once() {
        let mut sizes = [0; 10];
        (0..1000_u64)
            .for_each(|n| sizes[fold(sentence_number(&n.to_string()), 10, 0) as usize] += 1);
        assert!(sizes.iter().all(|&size| size > 50), "{sizes:?}");
        assert_eq!(sizes.iter().sum::<i32>(), 1000);
    }
}

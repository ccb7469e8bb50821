//! A chain of labels over the words of a sentence: scores → the likeliest labels, and how likely each is.
//!
//! In go for each word the numbers of its features, out comes a label for each: nothing, or one of two marks. A label depends on the
//! word's features and on the label before it (a linear-chain conditional random field). Only numbers of features are kept.

use std::collections::BTreeMap;

/// Labels that a chain tells apart; the first is "nothing".
pub const LABELS: usize = 3;

/// A score for each label.
pub type Scores = [f32; LABELS];

/// Scores of going from one label to the next; the last row is that of a sentence's first word.
pub type Steps = [[f32; LABELS]; LABELS + 1];

/// Where the features of a word go: into a sum, or a list.
pub(crate) trait Sink {
    /// Takes one feature.
    fn add(&mut self, key: u32);

    /// Takes what a word near by means, as the parser's vocabulary has it; `slot` tells which word it is.
    fn meaning(&mut self, slot: usize, numbers: &[i8]);

    /// Whether what came so far speaks for "nothing" so clearly that the rest may be left out.
    fn settled(&self) -> bool {
        false
    }
}

/// The features of one word, kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Numbers of the features.
    pub keys: Vec<u32>,
    /// Meanings of words near by, [`WIDTH`] numbers a slot; a vector of length 1, or nothing.
    pub meaning: Vec<f32>,
}

impl Sink for Features {
    fn add(&mut self, key: u32) {
        self.keys.push(key);
    }

    fn meaning(&mut self, slot: usize, numbers: &[i8]) {
        self.meaning.resize(SLOTS * WIDTH, 0.0);
        let scale = scale(numbers);
        for (at, &number) in numbers.iter().take(WIDTH).enumerate() {
            self.meaning[slot * WIDTH + at] = f32::from(number) * scale;
        }
    }
}

/// What makes a vector's length 1.
fn scale(numbers: &[i8]) -> f32 {
    let square: i32 = numbers.iter().map(|&n| i32::from(n) * i32::from(n)).sum();
    if square > 0 { 1.0 / (square as f32).sqrt() } else { 0.0 }
}

/// Numbers of a word's meaning.
pub const WIDTH: usize = 128;

/// Words whose meaning is weighed.
pub const SLOTS: usize = 2;

/// Weights of one chain: a byte each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chain {
    /// Numbers of features with their weights, spread over a table of a power of two; 0 marks an empty place.
    slots: Vec<(u32, [i8; LABELS])>,
    /// What one step of a weight is worth.
    step: f32,
    steps: Steps,
    /// By label, a weight for each number of meaning.
    meaning: Vec<i8>,
    meaning_step: f32,
}

/// Sums up the weights of a word's features.
pub(crate) struct Sum<'a> {
    chain: &'a Chain,
    sums: [i32; LABELS],
    meant: Scores,
}

impl Sink for Sum<'_> {
    fn add(&mut self, key: u32) {
        if let Some(weights) = self.chain.weights(key) {
            for (sum, weight) in self.sums.iter_mut().zip(weights) {
                *sum += i32::from(weight);
            }
        }
    }

    fn meaning(&mut self, slot: usize, numbers: &[i8]) {
        let scale = scale(numbers) * self.chain.meaning_step;
        for (label, meant) in self.meant.iter_mut().enumerate() {
            let from = (label * SLOTS + slot) * WIDTH;
            let own = self.chain.meaning.get(from..from + WIDTH).unwrap_or_default();
            let product: i32 =
                own.iter().zip(numbers).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum();
            *meant += product as f32 * scale;
        }
    }

    fn settled(&self) -> bool {
        let [nothing, marks @ ..] = self.scores();
        marks.iter().all(|&mark| nothing - mark > SETTLED)
    }
}

/// By how much "nothing" has to be ahead of each mark for a word to be done with.
const SETTLED: f32 = 2.5;

impl Sum<'_> {
    pub(crate) fn scores(&self) -> Scores {
        std::array::from_fn(|label| self.sums[label] as f32 * self.chain.step + self.meant[label])
    }
}

impl Chain {
    /// Rounds learnt weights to a byte each; those of `meaning` are, for each label, [`WIDTH`] a slot.
    pub fn new(weights: &BTreeMap<u32, Scores>, meaning: &[f32], steps: Steps) -> Self {
        let step = step_of(weights.values().flatten());
        let meaning_step = step_of(meaning.iter());
        let rows = weights
            .iter()
            .map(|(&key, row)| (key, row.map(|weight| (weight / step).round() as i8)))
            .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
            .collect();
        let meaning = meaning.iter().map(|&w| (w / meaning_step).round() as i8).collect();
        Self { meaning, meaning_step, ..Self::of(rows, step, steps) }
    }

    fn of(rows: Vec<(u32, [i8; LABELS])>, step: f32, steps: Steps) -> Self {
        // Half of the places stay empty, so that what is not there is soon seen not to be.
        let mut slots = vec![(0, [0; LABELS]); (rows.len() * 2).next_power_of_two()];
        for row in rows.into_iter().filter(|row| row.0 != 0) {
            let mut at = place(row.0, slots.len());
            while slots[at].0 != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = row;
        }
        Self { slots, step, steps, ..Self::default() }
    }

    /// Whether there are no weights.
    pub fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot| slot.0 == 0)
    }

    fn weights(&self, key: u32) -> Option<[i8; LABELS]> {
        if self.slots.is_empty() {
            return None;
        }
        let mut at = place(key, self.slots.len());
        loop {
            match self.slots.get(at) {
                Some(&(own, weights)) if own == key && key != 0 => return Some(weights),
                Some(&(own, _)) if own != 0 => at = (at + 1) & (self.slots.len() - 1),
                _ => return None,
            }
        }
    }

    /// What a feature adds to a label.
    pub fn weight(&self, key: u32, label: usize) -> f32 {
        let weight = self.weights(key).and_then(|row| row.get(label).copied()).unwrap_or(0);
        f32::from(weight) * self.step
    }

    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum { chain: self, sums: [0; LABELS], meant: [0.0; LABELS] }
    }

    /// The scores of a word's labels.
    pub fn scores(&self, features: &Features) -> Scores {
        let mut sum = self.sum();
        features.keys.iter().for_each(|&key| sum.add(key));
        let mut scores = sum.scores();
        for (label, score) in scores.iter_mut().enumerate() {
            let own = self.meaning.iter().skip(label * SLOTS * WIDTH);
            let meant: f32 = own.zip(&features.meaning).map(|(&w, n)| f32::from(w) * n).sum();
            *score += meant * self.meaning_step;
        }
        scores
    }

    /// Scores of going from one label to the next.
    pub fn steps(&self) -> &Steps {
        &self.steps
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let mut rows: Vec<_> = self.slots.iter().filter(|slot| slot.0 != 0).collect();
        rows.sort_unstable();
        bytes.extend((rows.len() as u32).to_le_bytes());
        bytes.extend(self.step.to_le_bytes());
        bytes.extend(self.steps.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend((self.meaning.len() as u32).to_le_bytes());
        bytes.extend(self.meaning_step.to_le_bytes());
        bytes.extend(rows.iter().flat_map(|row| row.0.to_le_bytes()));
        bytes.extend(rows.iter().flat_map(|row| row.1).map(i8::cast_unsigned));
        bytes.extend(self.meaning.iter().map(|weight| weight.cast_unsigned()));
    }

    pub(super) fn read(bytes: &mut &[u8]) -> Option<Self> {
        let mut word = || {
            let (first, rest) = bytes.split_first_chunk::<4>()?;
            *bytes = rest;
            Some(*first)
        };
        let count = u32::from_le_bytes(word()?) as usize;
        let step = f32::from_le_bytes(word()?);
        let mut steps = Steps::default();
        for weight in steps.iter_mut().flatten() {
            *weight = f32::from_le_bytes(word()?);
        }
        let meant = u32::from_le_bytes(word()?) as usize;
        let meaning_step = f32::from_le_bytes(word()?);
        let (keys, rest) = bytes.split_at_checked(count.checked_mul(4)?)?;
        let (weights, rest) = rest.split_at_checked(count.checked_mul(LABELS)?)?;
        let (meaning, rest) = rest.split_at_checked(meant)?;
        *bytes = rest;
        let meaning = meaning.iter().map(|&w| w.cast_signed()).collect();
        let keys = keys.chunks_exact(4).map(|k| u32::from_le_bytes([k[0], k[1], k[2], k[3]]));
        let rows = weights.chunks_exact(LABELS).map(|w| [w[0], w[1], w[2]].map(u8::cast_signed));
        let chain = Self::of(keys.zip(rows).collect(), step, steps);
        Some(Self { meaning, meaning_step, ..chain })
    }
}

fn step_of<'a>(weights: impl Iterator<Item = &'a f32>) -> f32 {
    let largest = weights.fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    if largest > 0.0 { largest / 127.0 } else { 1.0 }
}

fn place(key: u32, places: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9).rotate_right(13) as usize) & (places - 1)
}

/// The likeliest labels of all words together.
pub fn likeliest(scores: &[Scores], steps: &Steps) -> Vec<usize> {
    let mut back: Vec<[usize; LABELS]> = Vec::with_capacity(scores.len());
    let mut best = Scores::default();
    for (at, own) in scores.iter().enumerate() {
        let mut next = Scores::default();
        let mut from = [0; LABELS];
        for label in 0..LABELS {
            if at == 0 {
                next[label] = steps[LABELS][label] + own[label];
                continue;
            }
            let reach = |before: usize| best[before] + steps[before][label];
            let before = (1..LABELS).fold(0, |a, b| if reach(b) > reach(a) { b } else { a });
            from[label] = before;
            next[label] = reach(before) + own[label];
        }
        best = next;
        back.push(from);
    }
    let mut label = (1..LABELS).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut labels = vec![0; scores.len()];
    for (at, from) in back.iter().enumerate().rev() {
        labels[at] = label;
        label = from[label];
    }
    labels
}

/// How likely each label of each word is, the others being open; `pair` is told of each pair of neighbours how likely they are.
pub fn shares(
    scores: &[Scores],
    steps: &Steps,
    mut pair: impl FnMut(usize, usize, f32),
) -> Vec<Scores> {
    let count = scores.len();
    let steps = steps.map(|row| row.map(f32::exp));
    // Each word's powers count from its best label, so that none runs over.
    let powers: Vec<Scores> = scores
        .iter()
        .map(|own| {
            let top = own.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            own.map(|score| (score - top).exp())
        })
        .collect();
    let mut ahead: Vec<Scores> = Vec::with_capacity(count);
    for own in &powers {
        let reached: Scores = std::array::from_fn(|label| match ahead.last() {
            None => steps[LABELS][label] * own[label],
            Some(last) => {
                own[label] * (0..LABELS).map(|from| last[from] * steps[from][label]).sum::<f32>()
            }
        });
        ahead.push(of_one(reached));
    }
    let mut behind = vec![[1.0 / LABELS as f32; LABELS]; count];
    for at in (0..count.saturating_sub(1)).rev() {
        behind[at] = of_one(std::array::from_fn(|label| {
            (0..LABELS).map(|to| steps[label][to] * powers[at + 1][to] * behind[at + 1][to]).sum()
        }));
    }
    for at in 1..count {
        let weight = |from: usize, to: usize| {
            ahead[at - 1][from] * steps[from][to] * powers[at][to] * behind[at][to]
        };
        let all: f32 = (0..LABELS * LABELS).map(|n| weight(n / LABELS, n % LABELS)).sum();
        for from in 0..LABELS {
            for to in 0..LABELS {
                pair(from, to, weight(from, to) / all);
            }
        }
    }
    let both = ahead.iter().zip(&behind);
    both.map(|(a, b)| of_one(std::array::from_fn(|label| a[label] * b[label]))).collect()
}

/// Shares of a whole.
fn of_one(values: Scores) -> Scores {
    let sum: f32 = values.iter().sum();
    values.map(|value| value / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: Steps = [[0.3, 0.1, -9.0], [0.0, -1.0, 0.7], [0.2, 0.0, 0.4], [0.1, 0.0, -9.0]];

    fn scores() -> Vec<Scores> {
        vec![[0.5, 0.2, 0.0], [0.1, 0.9, 0.3], [0.4, 0.0, 0.6], [0.3, 0.1, 0.0]]
    }

    /// Every chain of labels with its score.
    fn chains(scores: &[Scores]) -> Vec<(Vec<usize>, f32)> {
        (0..LABELS.pow(scores.len() as u32))
            .map(|mut number| {
                let labels: Vec<usize> = scores
                    .iter()
                    .map(|_| {
                        let label = number % LABELS;
                        number /= LABELS;
                        label
                    })
                    .collect();
                let mut sum = STEPS[LABELS][labels[0]];
                for (at, &label) in labels.iter().enumerate() {
                    sum += scores[at][label];
                    if at > 0 {
                        sum += STEPS[labels[at - 1]][label];
                    }
                }
                (labels, sum)
            })
            .collect()
    }

    #[test]
    fn the_likeliest_chain_is_the_best_of_all() {
        let best = chains(&scores()).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(likeliest(&scores(), &STEPS), best.0);
        assert_eq!(likeliest(&[], &STEPS), Vec::<usize>::new());
    }

    #[test]
    fn shares_are_those_of_all_chains() {
        let all = chains(&scores());
        let sum: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        let mut pairs = [[0.0; LABELS]; LABELS];
        let shares = shares(&scores(), &STEPS, |a, b, share| pairs[a][b] += share);
        for (at, share) in shares.iter().enumerate() {
            for (label, found) in share.iter().enumerate() {
                let right: f32 =
                    all.iter().filter(|c| c.0[at] == label).map(|c| c.1.exp() / sum).sum();
                assert!((found - right).abs() < 1e-4);
            }
        }
        let right: f32 = all
            .iter()
            .map(|c| c.0.windows(2).filter(|w| w == &[1, 2]).count() as f32 * c.1.exp() / sum)
            .sum();
        assert!((pairs[1][2] - right).abs() < 1e-4);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let rows = [(7, [2.0, -1.0, 0.5]), (9, [0.0, 0.0, 0.0]), (u32::MAX, [0.1, 0.0, 0.0])];
        let chain = Chain::new(&rows.into_iter().collect(), &[0.5, -1.0], STEPS);
        let mut bytes = Vec::new();
        chain.write(&mut bytes);
        assert_eq!(Chain::read(&mut bytes.as_slice()), Some(chain.clone()));
        assert_eq!(Chain::read(&mut &bytes[..bytes.len() - 1]), None);
        assert!((chain.weight(7, 0) - 2.0).abs() < 1e-6);
        assert!(chain.weight(u32::MAX, 0) > 0.05);
        assert_eq!(chain.weights(9), None, "what weighs nothing is not kept");
        assert_eq!(chain.weights(0), None);
    }
}

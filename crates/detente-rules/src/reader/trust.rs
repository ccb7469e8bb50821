//! Rules and reader → one answer: how far each is believed.
//!
//! The rules may join both parties, name only one of them, or give an event that merely lies on the way. Each of these has a
//! weight, learnt on sentences that the reader was not trained on; the answer is the type with the most of both.

use super::{CLASSES, COUNT, NOTHING, Pair, Reader, softmax};
use crate::relate::root_of;

/// Number of weights in a [`Trust`].
pub const TRUST: usize = 9;

/// Weights: of the reader's logarithm of a probability, then of an event of each [`Say::kind`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trust(pub [f32; TRUST]);

impl Default for Trust {
    fn default() -> Self {
        Self([1.0, 6.0, 5.0, 4.0, 3.0, 3.0, 2.0, 1.0, 1.0])
    }
}

/// An event that the rules give between two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Say {
    /// Index into [`CLASSES`].
    pub class: usize,
    /// How well it joins the parties: index into [`Trust`], from 1.
    pub kind: usize,
}

/// What rules and reader together say of a pair: the likelihood of each class but [`NOTHING`], whose is 0.
pub fn say(reader: &Reader, trust: &Trust, pair: &Pair, says: &[Say]) -> [f32; COUNT] {
    weigh(trust, &reader.probabilities(pair), says)
}

/// The same of the reader's probabilities.
pub(crate) fn weigh(trust: &Trust, read: &[f32; COUNT], says: &[Say]) -> [f32; COUNT] {
    let mut scores = read.map(|p| trust.0[0] * p.max(1e-6).ln());
    for said in says {
        if let (Some(score), Some(weight)) = (scores.get_mut(said.class), trust.0.get(said.kind)) {
            *score += weight;
        }
    }
    if let Some(nothing) = super::class_of(NOTHING) {
        scores[nothing] = f32::NEG_INFINITY;
    }
    softmax(scores)
}

/// The class of the likeliest root, and the root's likelihood.
pub(crate) fn likeliest(shares: &[f32; COUNT]) -> (usize, f32) {
    let mut best = (0, -1.0_f32);
    for (class, share) in shares.iter().enumerate() {
        let root = root_of(CLASSES[class]);
        let whole: f32 = CLASSES
            .iter()
            .zip(shares)
            .filter(|(other, _)| root_of(other) == root)
            .map(|(_, share)| share)
            .sum();
        let first = CLASSES[best.0];
        if whole > best.1 || (root == root_of(first) && *share > shares[best.0]) {
            best = (class, whole);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_of_a_root_outweigh_another() {
        let mut shares = [0.0; COUNT];
        shares[super::super::class_of("CONCEDE").unwrap()] = 0.25;
        shares[super::super::class_of("RETREAT").unwrap()] = 0.3;
        shares[super::super::class_of("REJECT").unwrap()] = 0.45;
        let (class, share) = likeliest(&shares);
        assert_eq!(CLASSES[class], "RETREAT");
        assert!((share - 0.55).abs() < 1e-6);
    }

    #[test]
    fn a_rule_that_joins_both_is_believed() {
        let mut read = [0.05; COUNT];
        read[0] = 0.3;
        let says = [Say { class: 9, kind: 1 }];
        assert_eq!(likeliest(&weigh(&Trust::default(), &read, &says)).0, 9);
        assert_eq!(likeliest(&weigh(&Trust::default(), &read, &[])).0, 0);
    }
}

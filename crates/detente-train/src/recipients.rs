//! Gold records → weights of the signs of recipients.
//!
//! In go events as the coder has read them with their candidates, and what a person has coded of the same sentences; out come [`Case`]s
//! and of them the weights, as text. An event whose recipients in the gold are no candidate teaches nothing.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use detente_core::Record;
use detente_core::notation::PartyLine;
use detente_resolve::antecedents::shares_of;
use detente_rules::recipients::Choice;

use crate::records::{GoldRecord, codes};

/// An event with its candidates and which of them are right.
#[derive(Debug, Clone)]
pub struct Case {
    /// The candidates; the first is nobody.
    pub choice: Choice,
    /// Which of them are right.
    pub right: Vec<bool>,
}

/// The events of a coded document that the gold has, too: of the same sentence, type and actors, or else the only one of that type there.
pub fn cases(gold: &GoldRecord, record: &Record, choices: Vec<Option<Choice>>) -> Vec<Case> {
    let mut cases = Vec::new();
    for (event, choice) in record.events.iter().zip(choices) {
        let Some(choice) = choice.filter(|_| !event.reciprocal) else { continue };
        let Some(sentence) = record.document.sentences.get(event.sentence) else { continue };
        let here: Vec<_> = gold
            .events
            .iter()
            .filter(|g| g.sentence.overlaps(sentence.span) && g.line.kind == event.kind)
            .filter(|g| !g.line.reciprocal)
            .collect();
        let lines = |actors: &[detente_core::Actor]| {
            codes(&actors.iter().map(PartyLine::of).collect::<Vec<_>>())
        };
        let actors = lines(&event.actors);
        let own: Vec<_> = here.iter().filter(|g| codes(&g.line.actors) == actors).collect();
        let right: Vec<bool> = choice
            .candidates
            .iter()
            .map(|c| own.iter().any(|g| codes(&g.line.recipients) == lines(&c.parties)))
            .collect();
        if right.contains(&true) {
            cases.push(Case { choice, right });
        }
    }
    cases
}

/// Pull of each weight towards nothing.
const PULL: f32 = 8.0;
/// Cases in which a sign must stand to be weighed.
const SEEN: usize = 3;
const PASSES: usize = 300;
/// Least weight that is written.
const LEAST: f32 = 0.02;

/// Fits the weights: of each case the right candidates together are to be as likely as can be. Lines of a sign, a tab and its weight.
pub fn fit<'a>(cases: impl IntoIterator<Item = &'a Case>) -> String {
    let cases: Vec<&Case> = cases.into_iter().collect();
    let mut names: BTreeMap<&str, u64> = BTreeMap::new();
    let mut seen: HashMap<u64, usize> = HashMap::new();
    for case in &cases {
        names.extend(case.choice.names.iter().map(|(sign, name)| (name.as_str(), *sign)));
        let mut signs: Vec<u64> =
            case.choice.candidates.iter().flat_map(|c| &c.signs).copied().collect();
        signs.sort_unstable();
        signs.dedup();
        for sign in signs {
            *seen.entry(sign).or_default() += 1;
        }
    }
    names.retain(|_, sign| seen.get(sign).is_some_and(|count| *count >= SEEN));
    let places: HashMap<u64, usize> =
        names.values().enumerate().map(|(at, sign)| (*sign, at)).collect();
    let drawn: Vec<Vec<Vec<usize>>> = cases
        .iter()
        .map(|case| {
            let signs = |c: &detente_rules::recipients::Candidate| {
                c.signs.iter().filter_map(|sign| places.get(sign).copied()).collect()
            };
            case.choice.candidates.iter().map(signs).collect()
        })
        .collect();
    let mut weights = vec![0.0_f32; names.len()];
    let mut squares = vec![1e-6_f32; names.len()];
    for _ in 0..PASSES {
        let mut slopes: Vec<f32> = weights.iter().map(|weight| PULL * weight).collect();
        for (case, candidates) in cases.iter().zip(&drawn) {
            let sums = candidates.iter().map(|signs| signs.iter().map(|&at| weights[at]).sum());
            let shares = shares_of(&sums.collect::<Vec<f32>>());
            let good: f32 =
                shares.iter().zip(&case.right).filter(|(_, right)| **right).map(|(s, _)| s).sum();
            for ((signs, share), right) in candidates.iter().zip(&shares).zip(&case.right) {
                let due = if *right { share / good.max(1e-9) } else { 0.0 };
                for &at in signs {
                    slopes[at] += share - due;
                }
            }
        }
        for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(slopes) {
            *square += slope * slope;
            *weight -= 0.3 * slope / square.sqrt();
        }
    }
    let mut text = String::new();
    for (name, weight) in names.keys().zip(weights) {
        if weight.abs() >= LEAST {
            let _ = writeln!(text, "{name}\t{weight:.3}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use detente_core::Actor;
    use detente_rules::recipients::{Candidate, Recipients, best, hash};

    use super::*;

    fn case(signs: [&str; 2], right: usize) -> Case {
        let names = signs.iter().map(|s| (hash(format_args!("{s}")), (*s).to_owned())).collect();
        let candidate = |s: &&str| Candidate {
            parties: vec![Actor::default()],
            signs: vec![hash(format_args!("{s}"))],
        };
        Case {
            choice: Choice { candidates: signs.iter().map(candidate).collect(), names },
            right: (0..2).map(|at| at == right).collect(),
        }
    }

    #[test]
    fn the_right_candidates_come_to_be_likelier() {
        let cases: Vec<Case> = (0..8).map(|_| case(["found", "party"], 1)).collect();
        let model = Recipients::from_text(&fit(&cases));
        assert_eq!(best(&cases[0].choice, &model.probabilities(&cases[0].choice)).0, 1);
        assert_eq!(fit(&[]), "");
    }
}

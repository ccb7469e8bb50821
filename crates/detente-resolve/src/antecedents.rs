//! Whom a pronoun refers to: signs of each candidate → how likely it is the antecedent.
//!
//! "Ankara said it would" has the state and nobody for candidates of "it". Each is told by signs (how far back, as which part of
//! which clause, of which sort, how often named), every sign has a weight for the pronoun's form, and the sums, taken as
//! probabilities over all candidates, say who is meant. The weights are learnt by `detente train antecedents`; a log-linear model over
//! candidates follows Denis and Baldridge, "A Ranking Approach to Pronoun Resolution" (IJCAI 2007), with nobody as a candidate.

mod signs;

use std::fmt;

use detente_core::{Actor, Span};

use crate::resolution::Category;

pub(crate) use signs::{Meant, agrees, clauses, family, is_spoken_by, place};

/// The weights that are built in.
static MODEL: &str = include_str!("../../../models/english/antecedents.tsv");

/// The bytes of the weights that are built in, for the record's account of what made it.
pub fn builtin_bytes() -> &'static [u8] {
    MODEL.as_bytes()
}

/// Forms of pronouns that are weighed apart; the first is what holds for all.
const GROUPS: [&str; 9] = ["any", "he", "him", "his", "it", "its", "they", "them", "their"];

/// Signs by what they tell, with the names of their values.
const BLOCKS: [(&str, &[&str]); 29] = [
    ("by weight", &["this", "another", "nobody", "unclear"]),
    ("by weight, sort", SORTS),
    ("by weight, sentence", &["same", "one before", "two before", "three before"]),
    (
        "nobody",
        &[
            "always",
            "pleonastic",
            "said of a thing",
            "occurs",
            "handled",
            "first sentence",
            "no candidate",
        ],
    ),
    ("nobody, verb", VERBS),
    ("nobody, place", PLACES),
    ("sentence", &["same", "one before", "two before", "three before"]),
    ("place here", PLACES),
    ("place before", PLACES),
    (
        "places",
        &[
            "both subjects",
            "both objects",
            "both possessors",
            "possessors in verbs side by side",
            "same preposition",
            "other",
        ],
    ),
    ("sort", SORTS),
    ("weight", &["first", "second", "third", "later"]),
    ("share", &["all", "over 0.8", "over 0.6", "over 0.4", "less"]),
    ("nearest", &["first", "second", "third", "later"]),
    ("named", &["once", "twice", "oftener"]),
    (
        "clause",
        &[
            "own",
            "above",
            "two above",
            "further above",
            "controls",
            "spoken for",
            "aside",
            "after",
            "beside",
        ],
    ),
    ("gender", &["told", "open", "open, of a state"]),
    ("mentioned by", &["name", "noun", "same pronoun", "other pronoun"]),
    ("opens its sentence", &["yes", "no"]),
    ("code", &["state", "other", "sector alone", "none"]),
    ("party, verb", VERBS),
    ("thing, verb", VERBS),
    ("words between", &["under 4", "under 9", "under 16", "more", "other sentence"]),
    ("speaker of the sentence before", &["yes"]),
    ("in a list", &["yes"]),
    ("only implied", &["yes"]),
    ("turn", TURNS),
    ("opens the text", &["no", "first sentence", "its subject"]),
    ("spoken of", &["once", "twice", "three times", "oftener"]),
];

/// What a sign tells, in the order of [`BLOCKS`].
#[derive(Clone, Copy)]
enum Block {
    ByWeight,
    ByWeightSort,
    ByWeightSentence,
    Nobody,
    NobodyVerb,
    NobodyPlace,
    Sentence,
    PlaceHere,
    PlaceBefore,
    Places,
    Sort,
    Weight,
    Share,
    Nearest,
    Named,
    Clause,
    Gender,
    MentionedBy,
    OpensItsSentence,
    Code,
    PartyVerb,
    ThingVerb,
    WordsBetween,
    SpeakerOfTheSentenceBefore,
    InAList,
    OnlyImplied,
    Turn,
    OpensTheText,
    SpokenOf,
}

const TURNS: &[&str] = &[
    "subject after subject, same",
    "subject after subject, one before",
    "subject after subject, further",
    "subject after object, same",
    "subject after object, one before",
    "subject after object, further",
    "subject after other, same",
    "subject after other, one before",
    "subject after other, further",
    "other after subject, same",
    "other after subject, one before",
    "other after subject, further",
    "other after object, same",
    "other after object, one before",
    "other after object, further",
    "other after other, same",
    "other after other, one before",
    "other after other, further",
];
const SORTS: &[&str] = &[
    "person",
    "people",
    "country",
    "organisation",
    "nationality",
    "thing",
    "noun",
    "persons",
    "countries",
    "nouns",
    "pair",
    "unknown person",
    "unknown people",
    "unknown body",
];
const VERBS: &[&str] = &[
    "speaks",
    "acts",
    "bears",
    "occurs",
    "is a party",
    "is a thing",
    "other",
    "owns a thing",
    "owns people",
    "owns a place",
];
const PLACES: &[&str] = &[
    "subject",
    "passive subject",
    "object",
    "agent",
    "possessor",
    "with or against",
    "oblique",
    "of a noun",
    "apposition",
    "modifier",
    "other",
];

const fn offsets() -> [u16; BLOCKS.len() + 1] {
    let mut offsets = [0; BLOCKS.len() + 1];
    let mut block = 0;
    while block < BLOCKS.len() {
        offsets[block + 1] = offsets[block] + BLOCKS[block].1.len() as u16;
        block += 1;
    }
    offsets
}

static OFFSETS: [u16; BLOCKS.len() + 1] = offsets();

/// Number of signs of one form.
pub const SIGNS: usize = OFFSETS_END as usize;
const OFFSETS_END: u16 = offsets()[BLOCKS.len()];
/// Number of weights: the signs for all forms, then for each.
pub const COUNT: usize = SIGNS * GROUPS.len();

/// What a pronoun may refer to.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// Its signs, each below [`SIGNS`].
    pub signs: Vec<u16>,
    /// Bytes of the words that head its mentions in reach; none for nobody and for a pair.
    pub heads: Vec<Span>,
    /// Whom it stands for; empty for nobody and for what is no actor.
    pub actors: Vec<Actor>,
    /// Its sort; none for nobody and for what is no actor.
    pub category: Option<Category>,
}

impl Candidate {
    /// Whether the weights of Lappin and Leass alone choose it.
    pub fn is_heaviest(&self) -> bool {
        // The first sign of the first block.
        self.signs.contains(&0)
    }
}

/// A pronoun with all that it may refer to.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Bytes of the pronoun.
    pub span: Span,
    /// Its form, below the number of forms; 0 is none.
    pub group: usize,
    /// Candidates; the first is nobody.
    pub candidates: Vec<Candidate>,
}

/// Weights of the signs of antecedents.
#[derive(Debug, Clone, PartialEq)]
pub struct Antecedents {
    weights: Vec<f32>,
}

impl Default for Antecedents {
    fn default() -> Self {
        Self { weights: vec![0.0; COUNT] }
    }
}

/// The name of a weight: "it, sort: country".
pub fn name(weight: usize) -> String {
    let (group, sign) = (weight / SIGNS, weight % SIGNS);
    let block = OFFSETS.partition_point(|&from| usize::from(from) <= sign).saturating_sub(1);
    let (what, values) = BLOCKS.get(block).copied().unwrap_or_default();
    let value = sign - usize::from(OFFSETS[block]);
    format!(
        "{}, {what}: {}",
        GROUPS.get(group).copied().unwrap_or_default(),
        values.get(value).copied().unwrap_or_default()
    )
}

/// The name of a form: "its".
pub fn form(group: usize) -> &'static str {
    GROUPS.get(group).copied().unwrap_or_default()
}

impl Antecedents {
    /// The weights that are built in.
    pub fn builtin() -> Self {
        Self::from_text(MODEL)
    }

    /// Whether nothing has been learnt.
    pub fn is_empty(&self) -> bool {
        self.weights.iter().all(|weight| *weight == 0.0)
    }

    /// Weights in the order of [`name`].
    pub fn new(weights: Vec<f32>) -> Self {
        Self { weights }
    }

    /// Its weights, in the order of [`name`].
    pub fn into_weights(self) -> Vec<f32> {
        self.weights
    }

    /// Reads what its `Display` writes; lines of no known sign are passed over.
    pub fn from_text(text: &str) -> Self {
        let known: std::collections::HashMap<String, usize> =
            (0..COUNT).map(|weight| (name(weight), weight)).collect();
        let mut all = Self::default();
        for line in text.lines() {
            let Some((name, weight)) = line.split_once('\t') else { continue };
            if let (Some(&at), Ok(weight)) = (known.get(name), weight.parse()) {
                all.weights[at] = weight;
            }
        }
        all
    }

    /// Probability of each candidate, in their order.
    pub fn probabilities(&self, choice: &Choice) -> Vec<f32> {
        let own = choice.group * SIGNS;
        let weight = |at: usize| self.weights.get(at).copied().unwrap_or(0.0);
        let sums: Vec<f32> = choice
            .candidates
            .iter()
            .map(|candidate| {
                let signs = candidate.signs.iter().map(|&sign| usize::from(sign));
                signs.map(|sign| weight(sign) + weight(own + sign)).sum()
            })
            .collect();
        shares_of(&sums)
    }
}

/// Sums of weights as probabilities.
pub fn shares_of(sums: &[f32]) -> Vec<f32> {
    let top = sums.iter().copied().fold(f32::MIN, f32::max);
    let grown: Vec<f32> = sums.iter().map(|sum| (sum - top).exp()).collect();
    let whole: f32 = grown.iter().sum();
    grown.into_iter().map(|part| part / whole).collect()
}

impl fmt::Display for Antecedents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, weight) in self.weights.iter().enumerate() {
            if *weight != 0.0 {
                writeln!(f, "{}\t{weight:.3}", name(at))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(signs: &[&[u16]]) -> Choice {
        let candidate =
            |signs: &&[u16]| Candidate { signs: signs.to_vec(), ..Candidate::default() };
        Choice {
            span: Span::default(),
            group: 4,
            candidates: signs.iter().map(candidate).collect(),
        }
    }

    #[test]
    fn every_sign_has_a_name_of_its_own() {
        let mut names: Vec<String> = (0..COUNT).map(name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), COUNT);
        assert_eq!(
            name(usize::from(OFFSETS[Block::OnlyImplied as usize])),
            "any, only implied: yes"
        );
        assert_eq!(name(4 * SIGNS), "it, by weight: this");
    }

    #[test]
    fn weights_survive_being_written_and_make_probabilities() {
        let mut weights = vec![0.0; COUNT];
        (weights[1], weights[4 * SIGNS + 2]) = (1.5, -0.5);
        let model = Antecedents::new(weights);
        let read = Antecedents::from_text(&model.to_string());
        assert_eq!(read, model);
        let shares = read.probabilities(&choice(&[&[2], &[1], &[1, 2]]));
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[1] > shares[2] && shares[2] > shares[0]);
        assert!(Antecedents::from_text("no sign\t1\nit, by weight: this\tx").is_empty());
    }
}

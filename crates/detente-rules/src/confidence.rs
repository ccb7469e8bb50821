//! Signs of how a match was made → the probability that its event is right.
//!
//! "Ankara thanked Oslo." names both parties and its rule leaves nothing open; in "after it had criticised them" two pronouns had to be
//! resolved. Each sign has a weight, learnt by `detente train events` on events that a person has coded; the sum, as a
//! probability, is the event's `confidence`: of events with 0.8, four in five have the right type and the right parties.

use std::fmt;

use detente_core::{Actor, EventStatus, Sector};
use detente_knowledge::Need;
use detente_parse::Upos;

use crate::events::CodedEvent;
use crate::grammar::token;
use crate::reader::{CLASSES, class_of, pair_of_tokens, tokens_of};
use crate::relate::READER;
use crate::scene::Scene;

/// The weights that are built in.
static MODEL: &str = include_str!("../../../models/english/confidence.tsv");

/// The bytes of the weights that are built in.
pub(crate) fn builtin_bytes() -> &'static [u8] {
    MODEL.as_bytes()
}

/// Every sign, with its name in the file of weights. The types follow, in the order of [`CLASSES`].
const SIGNS: [&str; 47] = [
    "always",
    "read by the reader alone",
    "reader agrees",
    "reader doubts",
    "reader disagrees",
    "reader sees no act",
    "one word",
    "three words or more",
    "a phrase out of its place",
    "a noun with its verb",
    "under an operator",
    "another type than the rule's",
    "planned",
    "hypothetical",
    "denied",
    "background",
    "one party alone",
    "no actor",
    "reciprocal",
    "several actors",
    "several recipients",
    "a noun tells it",
    "the rule asks for sectors",
    "actor by pronoun",
    "actor by title",
    "actor by other ways",
    "recipient by pronoun",
    "recipient by title",
    "recipient by other ways",
    "actor by the story",
    "recipient by the story",
    "actor by a place",
    "recipient by a place",
    "recipient by an act",
    "a party without code",
    "a party of whatever side",
    "parties of one code",
    "more than 25 words",
    "more than 40 words",
    "three clauses down or more",
    "recipients by weights",
    "recipients nearly sure",
    "recipients likely",
    "recipients doubtful",
    "recipients unsure",
    "force by whoever it was",
    "without code, nobody else told of",
];

/// An event less likely to be right than this is left out of the record.
pub const SURE: f64 = 0.3;

/// The sign of an event that the second reader has coded alone.
pub const ALONE: usize = 1;

/// Number of signs.
pub const COUNT: usize = SIGNS.len() + CLASSES.len() - 1;

/// The signs of one event, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs(Vec<u8>);

impl Signs {
    /// Numbers of the signs, each below [`COUNT`].
    pub fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|&number| usize::from(number))
    }
}

/// The name of a sign.
pub fn name(sign: usize) -> &'static str {
    SIGNS.get(sign).or_else(|| CLASSES.get(sign.checked_sub(SIGNS.len())?)).copied().unwrap_or("")
}

/// A weight for each sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Confidence {
    weights: Vec<f32>,
}

impl Default for Confidence {
    fn default() -> Self {
        Self { weights: vec![0.0; COUNT] }
    }
}

impl Confidence {
    /// The weights that are built in.
    pub fn builtin() -> Self {
        Self::from_text(MODEL)
    }

    /// Weights in the order of the signs.
    pub fn new(weights: Vec<f32>) -> Self {
        Self { weights }
    }

    /// Reads what its `Display` writes; lines of no known sign are passed over.
    pub fn from_text(text: &str) -> Self {
        let mut confidence = Self::default();
        for line in text.lines() {
            let Some((sign, weight)) = line.split_once('\t') else { continue };
            let known = (0..COUNT).find(|&number| name(number) == sign);
            if let (Some(number), Ok(weight)) = (known, weight.parse()) {
                confidence.weights[number] = weight;
            }
        }
        confidence
    }

    /// The probability that an event with these signs is right.
    pub fn of(&self, signs: &Signs) -> f64 {
        let sum: f32 = signs.numbers().filter_map(|number| self.weights.get(number)).sum();
        1.0 / (1.0 + f64::from(-sum).exp())
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, weight) in self.weights.iter().enumerate() {
            writeln!(f, "{}\t{weight:.3}", name(number))?;
        }
        Ok(())
    }
}

/// The signs of an event with the parties that its record has.
pub(crate) fn signs(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    actors: &[Actor],
    recipients: &[Actor],
) -> Signs {
    let found = &event.found;
    let sentence = scene.sentence;
    let mut signs = Signs(vec![0]);
    let mut note = |sign: &str, holds: bool| {
        if holds && let Some(number) = SIGNS.iter().position(|known| *known == sign) {
            signs.0.push(number as u8);
        }
    };
    let alone = found.rule.name == READER;
    note("read by the reader alone", alone);
    let reader = scene.book.reader();
    if !alone
        && !reader.is_empty()
        && let Some((s, t)) = tokens_of(sentence, &found.binding)
    {
        let pair = pair_of_tokens(scene.book, sentence, Some(s), Some(t), None);
        let read = reader.probabilities(&pair);
        // The type before form has made another of it, or after: the reader may have learnt either.
        let own =
            [&event.kind, &found.rule.kind].map(|kind| class_of(kind).map_or(0.0, |c| read[c]));
        let own = own[0].max(own[1]);
        note("reader agrees", own >= 0.7);
        note("reader doubts", (0.2..0.7).contains(&own));
        note("reader disagrees", own < 0.2);
        note("reader sees no act", read[CLASSES.len() - 1] > own);
    }
    let words = found.binding.triggers.len();
    note("one word", words < 2);
    note("three words or more", words > 2);
    note("a phrase out of its place", found.binding.loose > 0);
    note("a noun with its verb", found.binding.light.is_some());
    note("under an operator", event.by.is_some());
    note("another type than the rule's", event.kind != found.rule.kind);
    note("planned", event.status == EventStatus::Planned);
    note("hypothetical", event.status == EventStatus::Hypothetical);
    note("denied", event.status == EventStatus::Denied);
    note("background", event.form.background);
    note("one party alone", actors.len() + recipients.len() < 2);
    note("no actor", actors.is_empty());
    note("reciprocal", recipients.is_empty() && actors.len() > 1);
    note("several actors", !recipients.is_empty() && actors.len() > 1);
    note("several recipients", recipients.len() > 1);
    note("a noun tells it", token(sentence, found.head).is_some_and(|t| t.upos == Upos::Noun));
    note("the rule asks for sectors", found.rule.need != Need::default());
    for (pronoun, title, other, list) in [
        ("actor by pronoun", "actor by title", "actor by other ways", actors),
        ("recipient by pronoun", "recipient by title", "recipient by other ways", recipients),
    ] {
        let by = |ways: &[&str]| {
            list.iter().any(|a| a.via.as_deref().is_some_and(|via| ways.contains(&via)))
        };
        let known = ["pronoun", "title"];
        note(pronoun, by(&["pronoun"]));
        note(title, by(&["title"]));
        note(other, list.iter().any(|a| a.via.as_deref().is_some_and(|via| !known.contains(&via))));
    }
    let by = |list: &[Actor], way: &str| list.iter().any(|a| a.via.as_deref() == Some(way));
    note("actor by the story", by(actors, "story"));
    note("recipient by the story", by(recipients, "story"));
    note("actor by a place", by(actors, "place"));
    note("recipient by a place", by(recipients, "place"));
    note("recipient by an act", by(recipients, "act"));
    let all = || actors.iter().chain(recipients);
    // Gunmen and refugees may be anybody's; of others the text mostly tells whose they are.
    let anybody = |a: &Actor| {
        matches!(
            a.sector,
            Some(Sector::Unk | Sector::Ter | Sector::Ref | Sector::Mil | Sector::Crm)
        )
    };
    note("a party without code", all().any(|a| a.code.is_none() && !anybody(a)));
    note("a party of whatever side", all().any(|a| a.code.is_none() && anybody(a)));
    let code = |a: &Actor| a.code.clone();
    note(
        "parties of one code",
        actors
            .iter()
            .filter_map(code)
            .any(|c| recipients.iter().any(|r| r.code.as_ref() == Some(&c))),
    );
    note("more than 25 words", sentence.tokens.len() > 25);
    note("more than 40 words", sentence.tokens.len() > 40);
    note("three clauses down or more", clauses_above(scene, found.head) >= 3);
    let unknown = |a: &Actor| a.code.is_none() && anybody(a);
    note("force by whoever it was", event.kind == "ASSAULT" && actors.iter().any(unknown));
    let others = || {
        let until = scene.resolution.mentions.partition_point(|m| m.sentence <= scene.index);
        let told = scene.resolution.mentions[..until].iter().flat_map(|m| &m.actors);
        told.filter_map(|a| a.code.as_ref())
            .any(|code| all().all(|a| a.code.as_ref() != Some(code)))
    };
    note("without code, nobody else told of", all().any(|a| a.code.is_none()) && !others());
    note("recipients by weights", event.weighed.moved);
    if let Some(share) = event.weighed.recipients {
        note("recipients nearly sure", share >= 0.9);
        note("recipients likely", (0.75..0.9).contains(&share));
        note("recipients doubtful", (0.5..0.75).contains(&share));
        note("recipients unsure", share < 0.5);
    }
    if let Some(class) = class_of(&event.kind) {
        signs.0.push((SIGNS.len() + class) as u8);
    }
    signs
}

/// How many clauses an event's word lies deep in.
fn clauses_above(scene: &Scene<'_>, from: usize) -> usize {
    let mut at = from;
    let mut deep = 0;
    for _ in 0..scene.sentence.tokens.len() {
        let Some(word) = token(scene.sentence, at) else { break };
        deep += usize::from(matches!(
            word.relation(),
            "ccomp" | "xcomp" | "advcl" | "acl" | "csubj" | "parataxis"
        ));
        match word.head {
            Some(up) => at = up,
            None => break,
        }
    }
    deep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_they_are_written() {
        let mut weights = vec![0.0; COUNT];
        weights[0] = 1.5;
        weights[COUNT - 1] = -0.25;
        let confidence = Confidence::new(weights);
        assert_eq!(Confidence::from_text(&confidence.to_string()), confidence);
        assert!(confidence.of(&Signs(vec![0])) > 0.8);
        assert!((Confidence::default().of(&Signs(vec![0])) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn every_sign_has_a_name_of_its_own() {
        let mut names: Vec<&str> = (0..COUNT).map(name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COUNT);
        assert!(!names.contains(&""));
        assert_eq!(name(ALONE), "read by the reader alone");
    }

    #[test]
    fn the_built_in_weights_name_every_sign() {
        for number in 0..COUNT {
            assert!(
                MODEL.lines().any(|l| l.split_once('\t').is_some_and(|(n, _)| n == name(number)))
            );
        }
    }
}

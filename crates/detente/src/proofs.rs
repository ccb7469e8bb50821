//! Runs the proofs that the knowledge files carry.
//!
//! In goes one [`Proof`], the `yes` or `no` of an actor or a rule, out comes nothing or a [`Failure`] with the file, line and
//! column of the proof and what was read instead. `["Ankara refused to extradite the suspect to Greece.", "TUR -> GRC REJECT"]`
//! holds where coding the sentence gives that event by that rule.

use std::fmt;

use detente_core::notation::{EventLine, PartyLine};
use detente_core::{Actor, Document};
use detente_knowledge::{ExpectedCode, Proof, ProofKind};

use crate::Coder;

/// A proof that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Path of the file.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// The sentence.
    pub sentence: String,
    /// What should be read there.
    pub wanted: String,
    /// What is read there.
    pub got: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, sentence, wanted, got } = self;
        write!(f, "{file}:{line}:{column}: {sentence}\n    wanted {wanted}\n    got    {got}")
    }
}

/// Runs one proof.
///
/// # Errors
/// When the sentence is not read as the proof says.
pub fn run(coder: &Coder, proof: &Proof) -> Result<(), Failure> {
    let found = match &proof.kind {
        ProofKind::Actor { date, code, sector } => {
            let date = date.map(|date| date.to_string());
            let code = match code {
                ExpectedCode::Is(code) => Some(code.clone()),
                ExpectedCode::Absent => None,
            };
            actor(coder, proof, date, &PartyLine { code, sector: *sector })
        }
        ProofKind::Rule { rule, expect } => act(coder, proof, rule, expect.as_deref()),
    };
    found.map_err(|(wanted, got)| Failure {
        file: proof.file.clone(),
        line: proof.line,
        column: proof.column,
        sentence: proof.sentence.clone(),
        wanted,
        got,
    })
}

/// A document of one sentence.
fn document(sentence: &str, date: Option<String>) -> Document {
    Document { date, language: Some("en".to_owned()), ..Document::of_text(sentence) }
}

type Outcome = Result<(), (String, String)>;

/// The sentence must, or must not, hold an actor with this code and sector.
fn actor(coder: &Coder, proof: &Proof, date: Option<String>, party: &PartyLine) -> Outcome {
    let read = coder.read(&mut document(&proof.sentence, date));
    let actors: Vec<&Actor> =
        read.resolution.mentions.iter().flat_map(|mention| &mention.actors).collect();
    if actors.iter().any(|actor| party.holds_for(actor)) == proof.positive {
        return Ok(());
    }
    let mut got: Vec<String> =
        actors.iter().map(|actor| PartyLine::of(actor).to_string()).collect();
    got.dedup();
    Err((wanted(proof.positive, &party.to_string()), or_nothing(&got)))
}

/// The sentence must give this event by this rule, or no event of the rule's own type by it: "refused to extradite" is a
/// REJECT that the rule for extradition reads, and no extradition.
fn act(coder: &Coder, proof: &Proof, rule: &str, expect: Option<&str>) -> Outcome {
    let record = coder.code_with_reading(document(&proof.sentence, None)).0;
    let got = || {
        let line = |event| format!("{} by {}", EventLine::of(event), event.rule);
        or_nothing(&record.events.iter().map(line).collect::<Vec<_>>())
    };
    let Some(expect) = expect else {
        let kind = coder
            .knowledge()
            .rules
            .iter()
            .find(|known| known.name == rule)
            .map(|known| &known.kind);
        let fired =
            record.events.iter().any(|event| event.rule == rule && kind == Some(&event.kind));
        let wanted = format!("no {} by {rule}", kind.map_or("event", String::as_str));
        return if fired { Err((wanted, got())) } else { Ok(()) };
    };
    let line = EventLine::parse(expect).map_err(|error| (expect.to_owned(), error.to_string()))?;
    let by_rule = record.events.iter().filter(|event| event.rule == rule);
    if by_rule.into_iter().any(|event| line.holds_for(event)) == proof.positive {
        Ok(())
    } else {
        Err((wanted(proof.positive, &format!("{expect} by {rule}")), got()))
    }
}

fn wanted(positive: bool, what: &str) -> String {
    if positive { what.to_owned() } else { format!("no {what}") }
}

fn or_nothing(lines: &[String]) -> String {
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("; ") }
}

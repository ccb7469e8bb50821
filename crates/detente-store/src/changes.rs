//! What two records of one document say otherwise.
//!
//! In go the old record and the new, out come the lines that went and those that came, each with its rule. An event whose recipient a
//! newer rule has found is one line that went, `TUR -> - REJECT`, and one that came, `TUR -> GRC REJECT`.

use std::collections::BTreeMap;

use detente_core::notation::{CommitmentLine, EventLine, IssueLine, StatementLine};
use detente_core::{Record, Sector};

/// One line that went or came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The rule of an event; else what it is: `statements`, `commitments` or `issues`.
    pub rule: String,
    /// The type of an event; else as `rule`.
    pub kind: String,
    /// Whether the new record has it and the old has not.
    pub came: bool,
    /// The sentence that it stands in.
    pub sentence: String,
    /// The line, in the notation of `specs/README.md`.
    pub line: String,
}

/// Every line that one of the records has more often than the other, in a fixed order.
pub fn changes(old: &Record, new: &Record) -> Vec<Change> {
    let mut balance: BTreeMap<Change, i64> = BTreeMap::new();
    for (record, weight) in [(old, -1), (new, 1)] {
        for line in lines(record) {
            *balance.entry(line).or_default() += weight;
        }
    }
    let mut changes = Vec::new();
    for (line, balance) in balance {
        let change = Change { came: balance > 0, ..line };
        changes.extend((0..balance.abs()).map(|_| change.clone()));
    }
    changes
}

fn lines(record: &Record) -> Vec<Change> {
    let sentence = |index: usize| {
        let sentence = record.document.sentences.get(index);
        sentence.map_or(String::new(), |sentence| sentence.text.clone())
    };
    let beside = |kind: &str, index: usize, line: String| Change {
        rule: kind.to_owned(),
        kind: kind.to_owned(),
        came: false,
        sentence: sentence(index),
        line,
    };
    let events = record.events.iter().map(|event| Change {
        rule: event.rule.clone(),
        kind: event.kind.clone(),
        came: false,
        sentence: sentence(event.sentence),
        line: EventLine::of(event).to_string(),
    });
    let statements = record.statements.iter().map(|statement| {
        beside("statements", statement.sentence, StatementLine::of(statement).to_string())
    });
    let commitments = record.commitments.iter().map(|commitment| {
        let first = commitment.mentions.first().map_or(usize::MAX, |mention| mention.sentence);
        beside("commitments", first, CommitmentLine::of(commitment).to_string())
    });
    let issues = record
        .issues
        .iter()
        .map(|issue| beside("issues", issue.sentence, IssueLine::of(issue).to_string()));
    events.chain(statements).chain(commitments).chain(issues).collect()
}

/// A party in one word, as tables for people have it: `USA GOV`, `GOV`, or `-`.
pub fn party_word(code: Option<&str>, sector: Option<&str>) -> String {
    let unknown = Sector::Unk.code();
    let parts: Vec<&str> =
        [code, sector.filter(|sector| *sector != unknown)].into_iter().flatten().collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join(" ") }
}

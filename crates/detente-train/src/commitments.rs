//! What was agreed and what is at issue, against what a person reads.
//!
//! In go JSON lines of texts with their commitments and issues and the records that the coder makes of them, out come precision and
//! recall of both. A line:
//! `{"id": "a", "date": "2024-05-14", "sentences": ["Ankara and Athens set up a hotline.", "In May it was cut."],
//! "commitments": [{"kind": "hotline", "parties": ["GRC", "TUR"], "status": "broken"}], "issues": ["GRC + TUR issue trade contested"]}`;
//! a commitment may have a `subject` and `terms`.
//!
//! A commitment of the coder is right where one of the gold has its kind, its parties and the status that it ends in; an issue where
//! topic, pair and stance are the same. A text that names an issue twice has it once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use detente_core::notation::RecordLine;
use detente_core::{Commitment, CommitmentStatus, Document, Record};
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::relations::RowError;

/// A text and what is agreed and at issue in it.
#[derive(Debug, Clone)]
pub struct GoldText {
    /// The document to code: text and date.
    pub document: Document,
    /// What was agreed.
    pub commitments: Vec<GoldCommitment>,
    /// What is at issue.
    pub issues: BTreeSet<GoldIssue>,
}

/// A commitment of the gold data.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldCommitment {
    /// e.g. `working group`.
    pub kind: String,
    /// Codes of the parties.
    pub parties: BTreeSet<String>,
    /// Where it stands after the last sentence.
    pub status: CommitmentStatus,
    /// Words that its subject holds.
    #[serde(default)]
    pub subject: Option<String>,
    /// What it is bound to, each in the text's words: "by the end of March", "30 billion yen".
    #[serde(default)]
    pub terms: Vec<String>,
}

/// An issue of a text: topic, pair and stance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoldIssue {
    /// Stable name of the topic.
    pub topic: String,
    /// Codes of the actors.
    pub between: BTreeSet<String>,
    /// `contested`, `shared` or `discussed`.
    pub stance: &'static str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawText {
    id: String,
    #[serde(default)]
    date: Option<String>,
    sentences: Vec<String>,
    commitments: Vec<GoldCommitment>,
    issues: Vec<String>,
}

/// Reads one line of gold data; `line` counts from 1 and is for the message alone.
///
/// # Errors
/// When the line is no such object, or an issue is not of the notation's form.
pub fn read_gold(text: &str, line: usize) -> Result<GoldText, RowError> {
    let error = |message: String| RowError { line, message };
    let raw: RawText = serde_json::from_str(text).map_err(|e| {
        error(format!("this is no text with commitments: {e}; gold/README.md shows the form"))
    })?;
    let mut issues = BTreeSet::new();
    for issue in &raw.issues {
        match RecordLine::parse(issue) {
            Ok(RecordLine::Issue(read)) => {
                issues.insert(GoldIssue {
                    topic: read.topic,
                    between: read.between.into_iter().filter_map(|party| party.code).collect(),
                    stance: read.stance.as_str(),
                });
            }
            Ok(_) => return Err(error(format!("`{issue}` is no issue"))),
            Err(fault) => return Err(error(format!("`{issue}`: {fault}"))),
        }
    }
    let document = Document {
        id: raw.id,
        date: raw.date,
        language: Some("en".to_owned()),
        ..Document::of_text(raw.sentences.join(" "))
    };
    Ok(GoldText { document, commitments: raw.commitments, issues })
}

/// How much is found and how much of it is right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CommitmentScores {
    /// Texts.
    pub documents: usize,
    /// Commitments: right in kind, parties and status.
    pub commitments: Counts,
    /// Commitments of the gold with one of the coder's that shares its kind or its parties.
    pub found: usize,
    /// Of the found, those with the right kind.
    pub right_kind: usize,
    /// Of the found, those with the right parties.
    pub right_parties: usize,
    /// Of the found, those with the right status.
    pub right_status: usize,
    /// Of the found whose subject is asked for, how many hold it, and how many ask.
    pub subjects: Counts,
    /// Terms: right where the words of one hold those of the other.
    pub terms: Counts,
    /// Issues: right in topic, pair and stance.
    pub issues: Counts,
    /// Topics named at all, whatever the pair and stance.
    pub topics: Counts,
    /// Every case where coder and gold differ.
    #[serde(skip)]
    pub differences: Vec<Difference>,
}

/// A case where coder and gold differ.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The text's identifier.
    pub id: String,
    /// What the gold has, if anything.
    pub gold: String,
    /// What the coder has, if anything.
    pub coded: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: wanted {}, got {}", self.id, self.gold, self.coded)
    }
}

/// Scores records against the gold.
pub fn score<'t>(
    outcomes: impl IntoIterator<Item = (&'t GoldText, &'t Record)>,
) -> CommitmentScores {
    let mut scores = CommitmentScores::default();
    for (gold, record) in outcomes {
        scores.documents += 1;
        commitments(gold, record, &mut scores);
        issues(gold, record, &mut scores);
    }
    scores
}

/// How alike a commitment of the gold and one of the coder are: kind and parties first, then the status.
fn likeness(gold: &GoldCommitment, coded: &Commitment) -> usize {
    let parties = coded.parties.iter().cloned().collect::<BTreeSet<_>>() == gold.parties;
    4 * usize::from(gold.kind == coded.kind)
        + 3 * usize::from(parties)
        + usize::from(gold.status == coded.status)
}

fn commitments(gold: &GoldText, record: &Record, scores: &mut CommitmentScores) {
    scores.commitments.gold += gold.commitments.len();
    scores.commitments.found += record.commitments.len();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (g, wanted) in gold.commitments.iter().enumerate() {
        for (c, coded) in record.commitments.iter().enumerate() {
            pairs.push((likeness(wanted, coded), g, c));
        }
    }
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_gold, mut used_coded) = (BTreeSet::new(), BTreeSet::new());
    let mut note = |gold_line: String, coded_line: String| {
        scores.differences.push(Difference {
            id: gold.document.id.clone(),
            gold: gold_line,
            coded: coded_line,
        });
    };
    let (mut subjects, mut terms) = (Counts::default(), Counts::default());
    terms.gold = gold.commitments.iter().map(|c| c.terms.len()).sum();
    terms.found = record.commitments.iter().map(|c| c.terms.len()).sum();
    for (alike, g, c) in pairs {
        if alike < 3 || used_gold.contains(&g) || used_coded.contains(&c) {
            continue;
        }
        let (Some(wanted), Some(coded)) = (gold.commitments.get(g), record.commitments.get(c))
        else {
            continue;
        };
        used_gold.insert(g);
        used_coded.insert(c);
        scores.found += 1;
        scores.right_kind += usize::from(wanted.kind == coded.kind);
        let parties = coded.parties.iter().cloned().collect::<BTreeSet<_>>() == wanted.parties;
        scores.right_parties += usize::from(parties);
        scores.right_status += usize::from(wanted.status == coded.status);
        scores.commitments.right += usize::from(alike == 8);
        if let Some(subject) = &wanted.subject {
            subjects.gold += 1;
            let held = coded.subject.as_deref().map(str::to_lowercase);
            subjects.found += usize::from(held.is_some());
            subjects.right += usize::from(held.is_some_and(|s| holds(&s, subject)));
        }
        terms.right += wanted
            .terms
            .iter()
            .filter(|term| coded.terms.iter().any(|t| holds(&t.text, term)))
            .count();
        if alike < 8 {
            note(line(wanted), coded_line(coded));
        }
    }
    for (g, wanted) in gold.commitments.iter().enumerate() {
        if !used_gold.contains(&g) {
            note(line(wanted), "nothing".to_owned());
        }
    }
    for (c, coded) in record.commitments.iter().enumerate() {
        if !used_coded.contains(&c) {
            note("nothing".to_owned(), coded_line(coded));
        }
    }
    scores.subjects.add(subjects);
    scores.terms.add(terms);
}

/// Whether one wording holds the other, whatever the case.
fn holds(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    one.contains(&other) || other.contains(&one)
}

fn line(gold: &GoldCommitment) -> String {
    let parties: Vec<&str> = gold.parties.iter().map(String::as_str).collect();
    format!("{} \"{}\" {}", parties.join(" + "), gold.kind, gold.status.as_str())
}

fn coded_line(coded: &Commitment) -> String {
    let words = coded.mentions.last().map_or("", |mention| mention.text.as_str());
    format!(
        "{} \"{}\" {} at [{words}]",
        coded.parties.join(" + "),
        coded.kind,
        coded.status.as_str()
    )
}

fn issues(gold: &GoldText, record: &Record, scores: &mut CommitmentScores) {
    // Of a pair and a topic the last stance stands.
    let mut last: BTreeMap<(String, BTreeSet<String>), &'static str> = BTreeMap::new();
    for issue in &record.issues {
        let between = issue.between.iter().cloned().collect();
        last.insert((issue.topic.clone(), between), issue.stance.as_str());
    }
    let coded: BTreeSet<GoldIssue> = last
        .into_iter()
        .map(|((topic, between), stance)| GoldIssue { topic, between, stance })
        .collect();
    scores.issues.gold += gold.issues.len();
    scores.issues.found += coded.len();
    scores.issues.right += gold.issues.intersection(&coded).count();
    let topics = |set: &BTreeSet<GoldIssue>| -> BTreeSet<String> {
        set.iter().map(|issue| issue.topic.clone()).collect()
    };
    let (of_gold, of_coded) = (topics(&gold.issues), topics(&coded));
    scores.topics.add(Counts {
        right: of_gold.intersection(&of_coded).count(),
        found: of_coded.len(),
        gold: of_gold.len(),
    });
    let write = |issue: &GoldIssue| {
        let parties: Vec<&str> = issue.between.iter().map(String::as_str).collect();
        format!("{} issue {} {}", parties.join(" + "), issue.topic, issue.stance)
    };
    let id = || gold.document.id.clone();
    for missed in gold.issues.difference(&coded) {
        scores.differences.push(Difference {
            id: id(),
            gold: write(missed),
            coded: "nothing".to_owned(),
        });
    }
    for extra in coded.difference(&gold.issues) {
        scores.differences.push(Difference {
            id: id(),
            gold: "nothing".to_owned(),
            coded: write(extra),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_core::{Issue, Stance};

    const LINE: &str = r#"{"id": "a", "sentences": ["Ankara and Athens set up a hotline.", "In May it was cut."],
        "commitments": [{"kind": "hotline", "parties": ["TUR", "GRC"], "status": "broken", "subject": "ships"}],
        "issues": ["GRC + TUR issue trade contested"]}"#;

    fn record(status: CommitmentStatus, stance: Stance) -> Record {
        let commitment = Commitment {
            kind: "hotline".to_owned(),
            parties: vec!["GRC".to_owned(), "TUR".to_owned()],
            status,
            ..Commitment::default()
        };
        let issue = Issue {
            topic: "trade".to_owned(),
            label: "trade".to_owned(),
            between: vec!["GRC".to_owned(), "TUR".to_owned()],
            stance,
            sentence: 0,
            span: detente_core::Span::new(0, 0),
            text: String::new(),
        };
        Record {
            commitments: vec![
                commitment.clone(),
                Commitment { kind: "treaty".to_owned(), ..commitment },
            ],
            issues: vec![issue.clone(), issue],
            ..Record::default()
        }
    }

    #[test]
    fn kind_parties_and_status_make_a_commitment_right() {
        let gold = read_gold(LINE, 1).unwrap();
        let right = record(CommitmentStatus::Broken, Stance::Contested);
        let scores = score([(&gold, &right)]);
        assert_eq!(scores.commitments, Counts { right: 1, found: 2, gold: 1 });
        assert_eq!((scores.found, scores.subjects.gold, scores.subjects.right), (1, 1, 0));
        // An issue that is told twice is one.
        assert_eq!(scores.issues, Counts { right: 1, found: 1, gold: 1 });
        let wrong = record(CommitmentStatus::Held, Stance::Shared);
        let scores = score([(&gold, &wrong)]);
        assert_eq!((scores.commitments.right, scores.right_kind, scores.right_status), (0, 1, 0));
        assert_eq!((scores.issues.right, scores.topics.right), (0, 1));
        assert_eq!(scores.differences.len(), 4);
    }

    #[test]
    fn a_fault_names_its_line() {
        assert!(read_gold("{}", 3).unwrap_err().to_string().contains("line 3"));
        let line = r#"{"id": "a", "sentences": ["x"], "commitments": [], "issues": ["no events"]}"#;
        assert!(read_gold(line, 1).unwrap_err().to_string().contains("is no issue"));
    }
}

//! Statements, commitments, issues and warnings as lines, and a line of any kind.
//!
//! | line | means |
//! |---|---|
//! | `USA GOV says direct "We will stay"` | a statement, its kind (or none) and its content without outer quotation marks; `…` at an end leaves out what stands there; `- says` where nobody is known to have said it |
//! | `USA + CHN commit "working group" announced` | a commitment, its parties, kind and status |
//! | `USA + CHN issue human_rights contested` | an issue of a pair and its stance |
//! | `warning "not coded: …"` | a warning, whole or with `…` |
//! | `no events`, `no statements`, `no commitments`, `no issues`, `no warnings` | there are none |

use std::fmt;

use crate::{Commitment, CommitmentStatus, Issue, Stance, Statement, StatementKind};

use super::event::{same, write_parties};
use super::read::Reader;
use super::{EventLine, NotationError, PartyLine};

/// What a line says of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Who speaks; empty where nobody is known to.
    pub speakers: Vec<PartyLine>,
    /// How the words are given; `None` leaves it open.
    pub kind: Option<StatementKind>,
    /// The content without outer quotation marks, perhaps cut with `…`.
    pub content: String,
}

/// What a line says of a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentLine {
    /// Codes of the parties.
    pub parties: Vec<PartyLine>,
    /// e.g. `working group`.
    pub kind: String,
    /// Where it stands.
    pub status: CommitmentStatus,
}

/// What a line says of an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLine {
    /// Codes of the pair.
    pub between: Vec<PartyLine>,
    /// Stable name of the topic.
    pub topic: String,
    /// What the text does with it.
    pub stance: Stance,
}

/// A line of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordLine {
    /// An event.
    Event(EventLine),
    /// A statement.
    Statement(StatementLine),
    /// A commitment.
    Commitment(CommitmentLine),
    /// An issue.
    Issue(IssueLine),
    /// A warning's wording, perhaps cut with `…`.
    Warning(String),
    /// There are none of these: `events`, `statements`, `commitments`, `issues` or `warnings`.
    No(String),
}

const LISTS: [&str; 5] = ["events", "statements", "commitments", "issues", "warnings"];

impl RecordLine {
    /// Reads a line of any kind.
    ///
    /// # Errors
    /// When the line is of no kind or its parts cannot be read, with the byte where.
    ///
    /// ```
    /// use detente_core::notation::RecordLine;
    /// assert!(matches!(RecordLine::parse("USA + CHN issue trade contested")?, RecordLine::Issue(_)));
    /// assert!(RecordLine::parse("USA + CHN quarrel").is_err());
    /// # Ok::<(), detente_core::notation::NotationError>(())
    /// ```
    pub fn parse(line: &str) -> Result<Self, NotationError> {
        let mut reader = Reader::new(line)?;
        let line = if reader.take("no") {
            let Some(list) = reader.peek().filter(|piece| LISTS.contains(&piece.text)) else {
                return Err(reader.fault(format!("after `no` stands one of {}", LISTS.join(", "))));
            };
            reader.next();
            RecordLine::No(list.text.to_owned())
        } else if reader.take("warning") {
            RecordLine::Warning(quoted(&mut reader, "the warning")?)
        } else if reader.holds("says") {
            let speakers = reader.parties()?;
            expect(&mut reader, "says")?;
            let kind = choice(
                &mut reader,
                &[
                    StatementKind::Direct,
                    StatementKind::Indirect,
                    StatementKind::Mixed,
                    StatementKind::Scare,
                ],
                StatementKind::as_str,
            );
            RecordLine::Statement(StatementLine {
                speakers,
                kind,
                content: quoted(&mut reader, "the content")?,
            })
        } else if reader.holds("commit") {
            let parties = reader.parties()?;
            expect(&mut reader, "commit")?;
            let kind = quoted(&mut reader, "the kind")?;
            let status = choice(&mut reader, &CommitmentStatus::ALL, CommitmentStatus::as_str)
                .ok_or_else(|| reader.fault("a status is expected here, as `announced`"))?;
            RecordLine::Commitment(CommitmentLine { parties, kind, status })
        } else if reader.holds("issue") {
            let between = reader.parties()?;
            expect(&mut reader, "issue")?;
            let Some(topic) = reader.next() else {
                return Err(reader.fault("a topic is missing after `issue`"));
            };
            let stance = choice(&mut reader, &Stance::ALL, Stance::as_str).ok_or_else(|| {
                reader.fault("`contested`, `shared` or `discussed` is expected here")
            })?;
            RecordLine::Issue(IssueLine { between, topic: topic.text.to_owned(), stance })
        } else {
            RecordLine::Event(EventLine::read(&mut reader)?)
        };
        if let Some(piece) = reader.peek() {
            return Err(
                reader.fault(format!("`{}` stands after the end of the line's sense", piece.text))
            );
        }
        Ok(line)
    }
}

fn expect(reader: &mut Reader, word: &str) -> Result<(), NotationError> {
    if reader.take(word) { Ok(()) } else { Err(reader.fault(format!("`{word}` is expected here"))) }
}

fn quoted(reader: &mut Reader, what: &str) -> Result<String, NotationError> {
    match reader.peek().filter(|piece| piece.quoted) {
        Some(piece) => {
            reader.next();
            Ok(piece.text.to_owned())
        }
        None => Err(reader.fault(format!("{what} is expected here in straight quotation marks"))),
    }
}

/// The value whose word comes next, if any.
fn choice<T: Copy>(
    reader: &mut Reader,
    values: &[T],
    word: impl Fn(T) -> &'static str,
) -> Option<T> {
    values.iter().copied().find(|&value| reader.take(word(value)))
}

impl StatementLine {
    /// Whether `statement` is what the line says.
    pub fn holds_for(&self, statement: &Statement) -> bool {
        let speakers: Vec<_> = if statement.joint.is_empty() {
            statement.speaker.iter().cloned().collect()
        } else {
            statement.joint.clone()
        };
        let known: Vec<_> =
            speakers.into_iter().filter(|s| s.code.is_some() || s.sector.is_some()).collect();
        same(&self.speakers, &known)
            && self.kind.is_none_or(|kind| kind == statement.kind)
            && text_matches(&self.content, bare(&statement.said()))
    }

    /// The line of a statement.
    pub fn of(statement: &Statement) -> Self {
        let speakers = if statement.joint.is_empty() {
            statement.speaker.as_slice()
        } else {
            &statement.joint
        };
        let known = speakers.iter().filter(|s| s.code.is_some() || s.sector.is_some());
        Self {
            speakers: known.map(PartyLine::of).collect(),
            kind: Some(statement.kind),
            content: bare(&statement.said()).to_owned(),
        }
    }
}

impl CommitmentLine {
    /// Whether `commitment` is what the line says.
    pub fn holds_for(&self, commitment: &Commitment) -> bool {
        self.kind == commitment.kind
            && self.status == commitment.status
            && same_codes(&self.parties, &commitment.parties)
    }

    /// The line of a commitment.
    pub fn of(commitment: &Commitment) -> Self {
        Self {
            parties: parties_of(&commitment.parties),
            kind: commitment.kind.clone(),
            status: commitment.status,
        }
    }
}

impl IssueLine {
    /// Whether `issue` is what the line says.
    pub fn holds_for(&self, issue: &Issue) -> bool {
        self.topic == issue.topic
            && self.stance == issue.stance
            && same_codes(&self.between, &issue.between)
    }

    /// The line of an issue.
    pub fn of(issue: &Issue) -> Self {
        Self {
            between: parties_of(&issue.between),
            topic: issue.topic.clone(),
            stance: issue.stance,
        }
    }
}

/// Whether a wording that may leave out its ends with `…` is that of `text`.
///
/// ```
/// use detente_core::notation::text_matches;
/// assert!(text_matches("the talks …", "the talks went on"));
/// assert!(text_matches("… went on", "the talks went on"));
/// assert!(!text_matches("the talks", "the talks went on"));
/// ```
pub fn text_matches(wording: &str, text: &str) -> bool {
    let open_start = wording.strip_prefix('…');
    let inner = open_start.unwrap_or(wording);
    let open_end = inner.strip_suffix('…');
    let inner = open_end.unwrap_or(inner).trim();
    match (open_start.is_some(), open_end.is_some()) {
        (true, true) => text.contains(inner),
        (true, false) => text.ends_with(inner),
        (false, true) => text.starts_with(inner),
        (false, false) => text == inner,
    }
}

/// A content without the quotation marks around all of it and a comma before the closing one.
fn bare(content: &str) -> &str {
    let marks = ['"', '“', '”', '‘', '’', '\''];
    match content.strip_prefix(marks) {
        Some(inner) => inner.strip_suffix(marks).unwrap_or(inner).trim_end_matches(','),
        None => content,
    }
}

fn parties_of(codes: &[String]) -> Vec<PartyLine> {
    codes.iter().map(|code| PartyLine { code: Some(code.clone()), sector: None }).collect()
}

fn same_codes(parties: &[PartyLine], codes: &[String]) -> bool {
    let mut left: Vec<_> = parties.iter().filter_map(|party| party.code.as_deref()).collect();
    let mut right: Vec<_> = codes.iter().map(String::as_str).collect();
    left.sort_unstable();
    right.sort_unstable();
    left == right
}

impl fmt::Display for StatementLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parties(f, &self.speakers)?;
        f.write_str(" says ")?;
        if let Some(kind) = self.kind {
            write!(f, "{} ", kind.as_str())?;
        }
        write!(f, "\"{}\"", self.content)
    }
}

impl fmt::Display for CommitmentLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parties(f, &self.parties)?;
        write!(f, " commit \"{}\" {}", self.kind, self.status.as_str())
    }
}

impl fmt::Display for IssueLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parties(f, &self.between)?;
        write!(f, " issue {} {}", self.topic, self.stance.as_str())
    }
}

impl fmt::Display for RecordLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecordLine::Event(line) => line.fmt(f),
            RecordLine::Statement(line) => line.fmt(f),
            RecordLine::Commitment(line) => line.fmt(f),
            RecordLine::Issue(line) => line.fmt(f),
            RecordLine::Warning(text) => write!(f, "warning \"{text}\""),
            RecordLine::No(list) => write!(f, "no {list}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_back() {
        for line in [
            "USA GOV says direct \"We will stay\"",
            "- says \"the \"red line\" was crossed …\"",
            "USA + CHN commit \"working group\" announced",
            "USA + CHN issue human_rights contested",
            "warning \"not coded: …\"",
            "no events",
            "USA -> CHN ACCUSE",
        ] {
            assert_eq!(RecordLine::parse(line).unwrap().to_string(), line);
        }
    }

    #[test]
    fn faults_are_told() {
        for line in [
            "no cats",
            "USA says we will stay",
            "USA commit \"treaty\"",
            "USA issue",
            "USA issue trade",
            "warning",
            "no events at all",
        ] {
            assert!(RecordLine::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn outer_quotation_marks_are_not_part_of_the_content() {
        assert_eq!(bare("“We will stay,”"), "We will stay");
        assert_eq!(bare("that we “will” stay"), "that we “will” stay");
    }
}

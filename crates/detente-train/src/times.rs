//! A table of expressions of time, and how many of its lines the coder gets right.
//!
//! In go lines of `specs/when.tsv`, whose form `specs/README.md` describes, and the times that the coder reads in the text of each; out
//! come counts by kind of line. `2024-03-06 ⇥ Ghana met Togo on [Monday]. ⇥ 2024-03-04 ⇥ weekday` is right if the time that lies there
//! has that value and no preposition makes it a bound.

use std::collections::BTreeMap;
use std::fmt;

use detente_core::{Document, Span};
use detente_extract::Options;
use detente_resolve::{DateMention, TimeKind, TimeRelation};
use serde::Serialize;

use crate::score::ratio;

/// What an expression means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// That date, as a record writes it, and how the text lies to it.
    Date(TimeRelation, String),
    /// A length of time.
    Duration,
    /// What comes again and again.
    Set,
    /// A time whose date is not known.
    Open,
    /// No time.
    Nothing,
}

impl Answer {
    fn read(text: &str) -> Option<Self> {
        Some(match text {
            "duration" => Self::Duration,
            "set" => Self::Set,
            "open" => Self::Open,
            "none" => Self::Nothing,
            dated => {
                let (relation, date) = match dated.split_once(' ') {
                    Some((word, date)) => (relation(word)?, date),
                    None => (TimeRelation::At, dated),
                };
                let figures = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/');
                let is_date = date.len() >= 4 && date.chars().all(figures);
                is_date.then(|| Self::Date(relation, date.to_owned()))?
            }
        })
    }

    /// What a mention says, as an answer.
    pub fn of(mention: &DateMention) -> Self {
        match (mention.kind, &mention.value) {
            (TimeKind::Duration, _) => Self::Duration,
            (TimeKind::Set, _) => Self::Set,
            (TimeKind::Date, Some(value)) => Self::Date(mention.relation, value.clone()),
            (TimeKind::Date, None) => Self::Open,
        }
    }
}

fn relation(word: &str) -> Option<TimeRelation> {
    Some(match word {
        "since" => TimeRelation::Since,
        "until" => TimeRelation::Until,
        "before" => TimeRelation::Before,
        "after" => TimeRelation::After,
        _ => return None,
    })
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, date) = match self {
            Self::Date(TimeRelation::At, date) => ("", date.as_str()),
            Self::Date(TimeRelation::Since, date) => ("since ", date.as_str()),
            Self::Date(TimeRelation::Until, date) => ("until ", date.as_str()),
            Self::Date(TimeRelation::Before, date) => ("before ", date.as_str()),
            Self::Date(TimeRelation::After, date) => ("after ", date.as_str()),
            Self::Duration => ("duration", ""),
            Self::Set => ("set", ""),
            Self::Open => ("open", ""),
            Self::Nothing => ("none", ""),
        };
        write!(f, "{word}{date}")
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Line of the file, from 1.
    pub line: usize,
    /// Date of the text, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The text without the brackets.
    pub text: String,
    /// Bytes of the expression.
    pub span: Span,
    /// What it means.
    pub answer: Answer,
    /// What the line tries.
    pub kind: String,
}

impl Time {
    fn read(number: usize, line: &str) -> Result<Self, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[date, marked, answer, kind] = columns.as_slice() else {
            return Err(format!("four columns are expected, not {}", columns.len()));
        };
        let unmarked = marked.split_once('[').and_then(|(before, rest)| {
            let (expression, after) = rest.split_once(']')?;
            Some((before, expression, after))
        });
        let Some((before, expression, after)) = unmarked else {
            return Err("the text has no expression in [brackets]".to_owned());
        };
        Ok(Self {
            line: number,
            date: (date != "-").then(|| date.to_owned()),
            text: format!("{before}{expression}{after}"),
            span: Span::new(before.len(), before.len() + expression.len()),
            answer: Answer::read(answer).ok_or_else(|| {
                format!("`{answer}` is neither a date nor `duration`, `set`, `open` or `none`")
            })?,
            kind: kind.to_owned(),
        })
    }

    /// The text as a document: of the date of the line, or else of the one that it bears itself.
    pub fn document(&self) -> Document {
        let options = Options { date: self.date.clone(), ..Options::default() };
        let read = detente_extract::pages("a line", self.text.as_bytes(), &options)
            .find_map(|page| page.ok()?.document(&options).ok());
        Document {
            date: read.and_then(|document| document.date),
            language: Some("en".to_owned()),
            ..Document::of_text(self.text.as_str())
        }
    }

    /// What the coder says of the expression: of several mentions that overlap it, the one that shares most with it.
    pub fn answered(&self, mentions: &[DateMention]) -> Answer {
        let mut best: Option<(f64, &DateMention)> = None;
        for mention in mentions {
            let (start, end) =
                (mention.span.start.max(self.span.start), mention.span.end.min(self.span.end));
            if start >= end {
                continue;
            }
            let all = mention.span.end.max(self.span.end) - mention.span.start.min(self.span.start);
            let shared = ratio(end - start, all);
            if best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, mention));
            }
        }
        best.map_or(Answer::Nothing, |(_, mention)| Answer::of(mention))
    }

    /// Whether `answer` is right. What is open may as well not be read.
    pub fn holds_for(&self, answer: &Answer) -> bool {
        *answer == self.answer || (self.answer == Answer::Open && *answer == Answer::Nothing)
    }
}

/// Reads the table.
///
/// # Errors
/// When a line is not of the table's form; the text names its number.
///
/// ```
/// let times = detente_train::times::read("# heads\n-\tThey met in [2014].\t2014\tyear\n")?;
/// assert_eq!((times[0].line, times[0].text.as_str()), (2, "They met in 2014."));
/// assert!(detente_train::times::read("-\tThey met in 2014.\t2014\tyear").is_err());
/// # Ok::<(), String>(())
/// ```
pub fn read(text: &str) -> Result<Vec<Time>, String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(i, line)| {
            Time::read(i + 1, line).map_err(|fault| format!("line {}: {fault}", i + 1))
        })
        .collect()
}

/// How many lines are right.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Lines.
    pub times: usize,
    /// Lines that are right.
    pub right: usize,
    /// Their share.
    pub share: f64,
    /// Lines that ask for no date and were given one.
    pub invented: usize,
    /// Kind of line → lines, and those that are right.
    pub by_kind: BTreeMap<String, (usize, usize)>,
}

/// Counts the lines by what was answered.
pub fn score<'t>(outcomes: impl IntoIterator<Item = (&'t Time, &'t Answer)>) -> Scores {
    let mut scores = Scores::default();
    let dated = |answer: &Answer| matches!(answer, Answer::Date(..));
    for (time, answer) in outcomes {
        let right = time.holds_for(answer);
        let kind = scores.by_kind.entry(time.kind.clone()).or_default();
        kind.0 += 1;
        kind.1 += usize::from(right);
        scores.times += 1;
        scores.right += usize::from(right);
        scores.invented += usize::from(dated(answer) && !dated(&time.answer));
    }
    scores.share = ratio(scores.right, scores.times);
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_resolve::Granularity;

    fn mention(span: (usize, usize), value: Option<&str>, relation: TimeRelation) -> DateMention {
        DateMention {
            sentence: 0,
            tokens: 0..1,
            span: Span::new(span.0, span.1),
            kind: TimeKind::Date,
            value: value.map(str::to_owned),
            granularity: Granularity::Day,
            relation,
            dateline: false,
        }
    }

    #[test]
    fn the_mention_that_shares_most_answers() {
        let time =
            &read("2024-03-06\tOn Monday and [on Tuesday].\t2024-03-05\tweekday").unwrap()[0];
        let monday = mention((0, 9), Some("2024-03-04"), TimeRelation::At);
        let tuesday = mention((14, 24), Some("2024-03-05"), TimeRelation::At);
        assert!(time.holds_for(&time.answered(&[monday.clone(), tuesday])));
        assert_eq!(time.answered(&[monday]), Answer::Nothing);
        let since = mention((14, 24), Some("2024-03-05"), TimeRelation::Since);
        assert!(!time.holds_for(&time.answered(&[since])));
    }

    #[test]
    fn what_is_open_may_be_left_out_and_what_is_none_must() {
        let times = read("-\t[Monday] x\topen\ta\n-\t[May] x\tnone\tb").unwrap();
        let (open, none) = (&times[0], &times[1]);
        assert!(open.holds_for(&Answer::Nothing) && open.holds_for(&Answer::Open));
        assert!(none.holds_for(&Answer::Nothing) && !none.holds_for(&Answer::Open));
        let invented = Answer::Date(TimeRelation::At, "2024".to_owned());
        let scores = score([(open, &invented), (none, &Answer::Nothing)]);
        assert_eq!((scores.right, scores.invented, scores.by_kind["b"]), (1, 1, (1, 1)));
    }

    #[test]
    fn a_text_may_bear_its_own_date() {
        let line =
            "-\tACCRA, 6 March 2024 (Wire) — Ghana met Togo on [Monday].\t2024-03-04\tdateline";
        assert_eq!(read(line).unwrap()[0].document().date.as_deref(), Some("2024-03-06"));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert!(read("#\n-\ta\tb").unwrap_err().starts_with("line 2: four columns"));
        assert!(read("-\t[a]\tMonday\tk").unwrap_err().contains("`Monday`"));
        assert!(read("-\t[a]\tduring 2014\tk").unwrap_err().contains("during"));
    }
}

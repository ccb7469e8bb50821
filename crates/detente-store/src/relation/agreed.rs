//! What two sides agreed to bring about, and what they are at odds over.
//!
//! A commitment that a later document tells again is one ([`Commitment::may_be`]): "the gas deal" is the contract for gas of last year, and its
//! status is what the latest says that moves it. Issues are gathered by topic, with the stance by quarter of a year. Copies of a text count once.

use std::collections::BTreeMap;

use detente_core::{Commitment, CommitmentStatus, Record, Stance};
use serde::Serialize;

use super::{Asked, Side, sentence};
use crate::db::Store;
use crate::error::StoreError;
use crate::query::{Hit, Sign, Table};

/// A commitment across documents.
#[derive(Debug, Clone, Serialize)]
pub struct Agreed {
    /// e.g. `working group`.
    pub kind: String,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Codes of the parties.
    pub parties: Vec<String>,
    /// Where it stands by the latest document.
    pub status: CommitmentStatus,
    /// The day of the first document that names it.
    pub first: String,
    /// The day of the latest.
    pub latest: String,
    /// Documents that name it.
    pub documents: usize,
    /// Each change of status: the day, and what it was from then on.
    pub history: Vec<(String, CommitmentStatus)>,
    /// The sentence that named it first.
    pub text: String,
}

impl Agreed {
    /// What to call it: its kind, with what it is about.
    pub fn title(&self) -> String {
        match &self.subject {
            Some(subject) => format!("{} on {subject}", self.kind),
            None => self.kind.clone(),
        }
    }

    /// How it went, a step each: the day, where the document has one, and what it was from then on.
    pub fn steps(&self) -> Vec<String> {
        self.history
            .iter()
            .map(|(date, status)| format!("{date} {}", status.as_str()).trim_start().to_owned())
            .collect()
    }
}

/// An issue across documents.
#[derive(Debug, Clone, Serialize)]
pub struct Disputed {
    /// Stable name of the topic.
    pub topic: String,
    /// Its name for people.
    pub label: String,
    /// How often it was contested, worked on together, talked about.
    pub stances: [usize; 3],
    /// The latest stance.
    pub latest_stance: Stance,
    /// The day of the first document that names it.
    pub first: String,
    /// The day of the latest.
    pub latest: String,
    /// The same numbers by quarter: `2023-Q2`.
    pub quarters: BTreeMap<String, [usize; 3]>,
}

impl Store {
    /// Rows between two sides by day, copies of a text left out, each with the record it stands in.
    fn between(
        &self,
        table: Table,
        (a, b): (&Side, &Side),
        asked: &Asked,
        mut take: impl FnMut(&Hit, &Record),
    ) -> Result<(), StoreError> {
        let (a, b) = (a.codes(), b.codes());
        if a.is_empty() || b.is_empty() {
            return Ok(()); // these rows have no sectors
        }
        let query = asked.query().sign(Sign::Party, a).sign(Sign::Party, b);
        let rows = self.rows(table, &query)?;
        let mut record: Option<(i64, Option<Record>)> = None;
        for row in rows.iter().rev() {
            if record.as_ref().is_none_or(|(id, _)| *id != row.document.id) {
                let copied = self.copied(row.document.id, asked.scope)?.is_some();
                let read = if copied { None } else { self.record_of(row.document.id)? };
                record = Some((row.document.id, read));
            }
            if let Some((_, Some(record))) = &record {
                take(row, record);
            }
        }
        Ok(())
    }

    /// Commitments between two sides, the latest first.
    pub(super) fn agreed(
        &self,
        a: &Side,
        b: &Side,
        asked: &Asked,
    ) -> Result<Vec<Agreed>, StoreError> {
        // Each with the commitment as it stands by the documents so far.
        let mut found: Vec<(Commitment, Agreed)> = Vec::new();
        self.between(Table::Commitments, (a, b), asked, |row, record| {
            let Some(commitment) = record.commitments.get(row.position) else { return };
            let date = super::date(row.day);
            let known = found.iter_mut().rev().find(|(known, _)| known.may_be(commitment));
            if let Some((known, agreed)) = known {
                let before = known.status;
                known.follow(commitment);
                agreed.documents += 1;
                agreed.status = known.status;
                agreed.subject.clone_from(&known.subject);
                if known.status != before {
                    agreed.history.push((date.clone(), known.status));
                }
                agreed.latest = date;
                return;
            }
            let first = commitment.mentions.first();
            let agreed = Agreed {
                kind: commitment.kind.clone(),
                subject: commitment.subject.clone(),
                parties: commitment.parties.clone(),
                status: commitment.status,
                first: date.clone(),
                latest: date.clone(),
                documents: 1,
                history: vec![(date, commitment.status)],
                text: first.and_then(|first| sentence(record, first.sentence)).unwrap_or_default(),
            };
            found.push((commitment.clone(), agreed));
        })?;
        let mut agreed: Vec<Agreed> = found.into_iter().map(|(_, agreed)| agreed).collect();
        agreed.sort_by(|x, y| {
            y.latest.cmp(&x.latest).then_with(|| (&x.kind, &x.subject).cmp(&(&y.kind, &y.subject)))
        });
        Ok(agreed)
    }

    /// Issues between two sides, the most often named first.
    pub(super) fn disputed(
        &self,
        a: &Side,
        b: &Side,
        asked: &Asked,
    ) -> Result<Vec<Disputed>, StoreError> {
        let mut found: BTreeMap<String, Disputed> = BTreeMap::new();
        self.between(Table::Issues, (a, b), asked, |row, record| {
            let Some(issue) = record.issues.get(row.position) else { return };
            let date = super::date(row.day);
            let disputed = found.entry(issue.topic.clone()).or_insert_with(|| Disputed {
                topic: issue.topic.clone(),
                label: issue.label.clone(),
                stances: [0; 3],
                latest_stance: issue.stance,
                first: date.clone(),
                latest: date.clone(),
                quarters: BTreeMap::new(),
            });
            let stance = match issue.stance {
                Stance::Contested => 0,
                Stance::Shared => 1,
                Stance::Discussed => 2,
            };
            disputed.stances[stance] += 1;
            disputed.latest_stance = issue.stance;
            if let Some(quarter) = quarter(&date) {
                disputed.quarters.entry(quarter).or_default()[stance] += 1;
            }
            disputed.latest = date;
        })?;
        let mut disputed: Vec<Disputed> = found.into_values().collect();
        let named = |issue: &Disputed| issue.stances.iter().sum::<usize>();
        disputed.sort_by(|x, y| named(y).cmp(&named(x)).then_with(|| x.topic.cmp(&y.topic)));
        Ok(disputed)
    }
}

/// `2023-05-14` → `2023-Q2`.
fn quarter(date: &str) -> Option<String> {
    let month: usize = date.get(5..7)?.parse().ok()?;
    Some(format!("{}-Q{}", date.get(..4)?, month.div_ceil(3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters() {
        assert_eq!(quarter("2023-05-14").as_deref(), Some("2023-Q2"));
        assert_eq!(quarter("2023-12-31").as_deref(), Some("2023-Q4"));
        assert_eq!(quarter(""), None);
    }

    fn told(parties: &[&str], subject: Option<&str>, status: CommitmentStatus) -> Commitment {
        Commitment {
            kind: "energy deal".into(),
            parties: parties.iter().map(|&code| code.to_owned()).collect(),
            subject: subject.map(str::to_owned),
            status,
            ..Commitment::default()
        }
    }

    #[test]
    fn what_a_later_text_suspends_was_agreed_before() {
        use CommitmentStatus::{Announced, Broken, Suspended};
        let signed = told(&["CHN", "RUS"], Some("the Altai pipeline"), Announced);
        assert!(signed.may_be(&told(&["CHN", "RUS"], None, Suspended)));
        assert!(signed.may_be(&told(&["CHN", "KAZ", "RUS"], Some("a pipeline"), Suspended)));
        assert!(!signed.may_be(&told(&["CHN", "KAZ"], None, Suspended)));
        assert!(!signed.may_be(&told(&["CHN", "RUS"], Some("electricity"), Suspended)));
        assert!(!told(&["CHN", "RUS"], None, Broken).may_be(&signed));
    }
}

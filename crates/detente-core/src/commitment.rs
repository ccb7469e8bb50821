//! What parties bound themselves to, and when two texts tell of the same.
//!
//! In one text "Oslo and Ottawa agreed to set up a hotline" begins a [`Commitment`]; in another, of a later day, "Norway and Canada shut
//! their hotline" is the same one, now broken. [`Commitment::key`] finds the candidates, [`Commitment::may_be`] tells whether they
//! are one, and [`Commitment::follow`] moves the first along.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Span;

/// Where a commitment stands.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the meanings stand in docs/coding-guide.md, section 5")]
pub enum CommitmentStatus {
    #[default]
    Announced,
    Started,
    Held,
    Suspended,
    Ended,
    Broken,
}

impl CommitmentStatus {
    /// Every status, in the order in which a commitment goes through them.
    pub const ALL: [CommitmentStatus; 6] = [
        CommitmentStatus::Announced,
        CommitmentStatus::Started,
        CommitmentStatus::Held,
        CommitmentStatus::Suspended,
        CommitmentStatus::Ended,
        CommitmentStatus::Broken,
    ];

    /// The word that records have for it: `announced`.
    pub fn as_str(self) -> &'static str {
        match self {
            CommitmentStatus::Announced => "announced",
            CommitmentStatus::Started => "started",
            CommitmentStatus::Held => "held",
            CommitmentStatus::Suspended => "suspended",
            CommitmentStatus::Ended => "ended",
            CommitmentStatus::Broken => "broken",
        }
    }

    /// Whether nothing more is to come of it.
    pub fn is_over(self) -> bool {
        matches!(self, CommitmentStatus::Ended | CommitmentStatus::Broken)
    }

    /// Where a commitment stands that stood here when a text that is not older says `next` of it; `None` where that is said of another
    /// one, for what is over and announced anew is a new commitment.
    ///
    /// What is under way is not moved back by a text that recalls how it began; what was suspended or broken off may be taken up again.
    ///
    /// ```
    /// use detente_core::CommitmentStatus::{Announced, Broken, Ended, Held, Started, Suspended};
    /// assert_eq!(Announced.then(Held), Some(Held));
    /// assert_eq!(Held.then(Announced), Some(Held));
    /// assert_eq!(Suspended.then(Started), Some(Started));
    /// assert_eq!(Broken.then(Announced), None);
    /// assert_eq!(Ended.then(Held), Some(Ended));
    /// ```
    pub fn then(self, next: Self) -> Option<Self> {
        use CommitmentStatus::{Announced, Broken, Ended, Held, Started, Suspended};
        match (self, next) {
            (Ended | Broken, Announced) => None,
            (Started | Held, Announced) | (Held, Started) => Some(self),
            (Ended, _) | (Broken, Held | Suspended | Ended) => Some(self),
            _ => Some(next),
        }
    }
}

/// What parties agreed to bring about, or one bound itself to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Stable within and across runs.
    pub id: String,
    /// e.g. `working group`, `dialogue`, `ceasefire`.
    pub kind: String,
    /// What it is about, in the text's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Codes of the parties, sorted.
    pub parties: Vec<String>,
    /// Where it stands after the last mention.
    pub status: CommitmentStatus,
    /// What it is bound to: by when, how long, how much, if what.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub terms: Vec<Term>,
    /// The words that moved it, in order.
    pub mentions: Vec<CommitmentMention>,
}

/// One mention of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentMention {
    /// Index into [`crate::Document::sentences`].
    pub sentence: usize,
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: String,
    /// The status this mention gives it.
    pub status: CommitmentStatus,
}

/// One thing that a commitment is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What it says.
    pub kind: TermKind,
    /// Index into [`crate::Document::sentences`].
    pub sentence: usize,
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: String,
    /// The date that the words mean, where it is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<String>,
}

/// What a term says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TermKind {
    /// Until when it is to be done: "by the end of the year", "within two months".
    Deadline,
    /// When it is to be done: "in July".
    Date,
    /// How long it holds: "for 120 days".
    Duration,
    /// How much: "30 billion yen".
    Amount,
    /// On what it hangs: "if elections are held".
    Condition,
}

impl TermKind {
    /// The word that records have for it: `deadline`.
    pub fn as_str(self) -> &'static str {
        match self {
            TermKind::Deadline => "deadline",
            TermKind::Date => "date",
            TermKind::Duration => "duration",
            TermKind::Amount => "amount",
            TermKind::Condition => "condition",
        }
    }
}

impl Commitment {
    /// Whether `later`, from the same or another text that is not older, may be this commitment told again: the kind is the same, and so are the
    /// parties, be it with some more or fewer, the subjects do not speak against it, and this one is not over where `later` only begins.
    ///
    /// ```
    /// use detente_core::{Commitment, CommitmentStatus};
    /// let group = |subject: &str| Commitment {
    ///     kind: "working group".into(), parties: vec!["CAN".into(), "NOR".into()],
    ///     subject: Some(subject.into()), ..Commitment::default()
    /// };
    /// let met = Commitment { subject: None, status: CommitmentStatus::Held, ..group("") };
    /// assert!(group("fishing in the Arctic").may_be(&group("Arctic fishing")));
    /// assert!(group("fishing").may_be(&met));
    /// assert!(!group("fishing").may_be(&group("migration")));
    /// ```
    pub fn may_be(&self, later: &Self) -> bool {
        let holds = |all: &[String], some: &[String]| some.iter().all(|code| all.contains(code));
        self.kind == later.kind
            && (holds(&self.parties, &later.parties) || holds(&later.parties, &self.parties))
            && subjects_agree(self.subject.as_deref(), later.subject.as_deref())
            && self.status.then(later.status).is_some()
    }

    /// Takes over what a later telling of this commitment says: status, and subject and terms that were not known. The mentions stay
    /// those of this one's own text, for spans of another mean nothing in it.
    pub fn follow(&mut self, later: &Self) {
        if let Some(status) = self.status.then(later.status) {
            self.status = status;
        }
        if self.subject.is_none() {
            self.subject.clone_from(&later.subject);
        }
        for term in &later.terms {
            if !self.terms.iter().any(|known| known.text == term.text) {
                self.terms.push(term.clone());
            }
        }
    }
}

/// Whether two subjects may be one: either is missing, or they share a word that says something.
///
/// ```
/// use detente_core::subjects_agree;
/// assert!(subjects_agree(Some("the sharing of water"), Some("water rights")));
/// assert!(subjects_agree(None, Some("trade")));
/// assert!(!subjects_agree(Some("trade in the Gulf"), Some("security in the region")));
/// ```
pub fn subjects_agree(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    let (one, other) = (telling_words(one), telling_words(other));
    one.is_empty() || other.is_empty() || one.intersection(&other).next().is_some()
}

/// The words of a subject without those of three letters or less and the sign of the plural.
fn telling_words(subject: &str) -> BTreeSet<String> {
    subject
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| {
            word.chars().count() > 3
                && !matches!(word.as_str(), "their" | "with" | "from" | "between")
        })
        .map(|word| word.strip_suffix('s').map_or(word.clone(), str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pact(status: CommitmentStatus) -> Commitment {
        Commitment {
            kind: "treaty".to_owned(),
            parties: vec!["RUS".to_owned(), "USA".to_owned()],
            status,
            ..Commitment::default()
        }
    }

    #[test]
    fn a_later_text_moves_a_commitment_along() {
        let mut known = pact(CommitmentStatus::Started);
        let mut later = pact(CommitmentStatus::Suspended);
        later.subject = Some("warheads".to_owned());
        assert!(known.may_be(&later));
        known.follow(&later);
        assert_eq!(
            (known.status, known.subject.as_deref()),
            (CommitmentStatus::Suspended, Some("warheads"))
        );
    }

    #[test]
    fn what_is_over_and_announced_anew_is_another_one() {
        assert!(!pact(CommitmentStatus::Broken).may_be(&pact(CommitmentStatus::Announced)));
        let other = Commitment {
            parties: vec!["CHN".to_owned(), "USA".to_owned()],
            ..pact(CommitmentStatus::Held)
        };
        assert!(!pact(CommitmentStatus::Announced).may_be(&other));
    }

    #[test]
    fn a_record_of_an_older_version_has_no_terms() {
        let text = r#"{"id": "a", "kind": "visit", "parties": ["FRA", "MLI"], "status": "announced", "mentions": []}"#;
        let read: Commitment = serde_json::from_str(text).unwrap();
        assert!(read.terms.is_empty());
    }
}

//! What the engine returns for one document.

use serde::{Deserialize, Serialize};

use crate::{Commitment, Document, Span, Warning};

/// One document and everything coded from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The article.
    pub document: Document,
    /// Event mentions, in order of their triggers.
    pub events: Vec<Event>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// What two or more parties agreed to bring about.
    pub commitments: Vec<Commitment>,
    /// What pairs of actors are at odds over, share, or talked about.
    pub issues: Vec<Issue>,
    /// What a reader should know about how the record was made.
    pub warnings: Vec<Warning>,
    /// Program, knowledge and model that made the record.
    pub coder: CoderInfo,
}

/// Program, knowledge and model that made a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoderInfo {
    /// `detente`.
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// `sha256:` and the hash of the knowledge files.
    pub knowledge: String,
    /// `sha256:` and the hash of the model.
    pub model: String,
}

/// A span and the text that stands there, so that no reader needs to slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanText {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: String,
}

/// The words that an event rests on.
pub type Trigger = SpanText;

/// What kind of body an actor is; the codes are those of the coding guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the meanings stand in docs/coding-guide.md, section 3")]
pub enum Sector {
    Gov,
    Mil,
    Leg,
    Jud,
    Pty,
    Opp,
    Spy,
    Reb,
    Par,
    Ter,
    Crm,
    Cvl,
    Bus,
    Med,
    Edu,
    Rel,
    Lab,
    Ref,
    Igo,
    Ngo,
    Eli,
    Unk,
}

impl Sector {
    /// Every sector, in the guide's order.
    pub const ALL: [Sector; 22] = [
        Sector::Gov,
        Sector::Mil,
        Sector::Leg,
        Sector::Jud,
        Sector::Pty,
        Sector::Opp,
        Sector::Spy,
        Sector::Reb,
        Sector::Par,
        Sector::Ter,
        Sector::Crm,
        Sector::Cvl,
        Sector::Bus,
        Sector::Med,
        Sector::Edu,
        Sector::Rel,
        Sector::Lab,
        Sector::Ref,
        Sector::Igo,
        Sector::Ngo,
        Sector::Eli,
        Sector::Unk,
    ];

    /// The three-letter code, as it is written in records.
    pub fn code(self) -> &'static str {
        match self {
            Sector::Gov => "GOV",
            Sector::Mil => "MIL",
            Sector::Leg => "LEG",
            Sector::Jud => "JUD",
            Sector::Pty => "PTY",
            Sector::Opp => "OPP",
            Sector::Spy => "SPY",
            Sector::Reb => "REB",
            Sector::Par => "PAR",
            Sector::Ter => "TER",
            Sector::Crm => "CRM",
            Sector::Cvl => "CVL",
            Sector::Bus => "BUS",
            Sector::Med => "MED",
            Sector::Edu => "EDU",
            Sector::Rel => "REL",
            Sector::Lab => "LAB",
            Sector::Ref => "REF",
            Sector::Igo => "IGO",
            Sector::Ngo => "NGO",
            Sector::Eli => "ELI",
            Sector::Unk => "UNK",
        }
    }

    /// The sector of a three-letter code, or `None` for any other string.
    pub fn from_code(code: &str) -> Option<Sector> {
        Sector::ALL.into_iter().find(|sector| sector.code() == code)
    }
}

/// Whom a mention stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Actor {
    /// ISO 3166-1 alpha-3, or the registered code of an organisation or armed group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What kind of body it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Full name of the person or body, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Office at the date of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Where the mention stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The mention's text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How it was resolved, where it is not by its own name: `pronoun`, `title`,
    /// `counterpart`, `both sides`, `author`, `place` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

/// Whether an event took place.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EventStatus {
    /// Done, or being done.
    #[default]
    Actual,
    /// Agreed, scheduled or promised.
    Planned,
    /// If, could, might.
    Hypothetical,
    /// It did not happen.
    Denied,
}

impl EventStatus {
    /// Every status.
    pub const ALL: [EventStatus; 4] =
        [EventStatus::Actual, EventStatus::Planned, EventStatus::Hypothetical, EventStatus::Denied];

    /// The status of a word as records have it, or `None` for any other string.
    pub fn from_word(word: &str) -> Option<EventStatus> {
        EventStatus::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// The word that records have for it: `actual`.
    pub fn as_str(self) -> &'static str {
        match self {
            EventStatus::Actual => "actual",
            EventStatus::Planned => "planned",
            EventStatus::Hypothetical => "hypothetical",
            EventStatus::Denied => "denied",
        }
    }
}

/// The four quad classes of the field, 1 to 4.
pub type QuadClass = u8;

/// Where something happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// As the gazetteer spells it.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// How it is known: `tree` (attached to the event), `sentence`, `discourse`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

/// Whose word an event rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// Identifier of the statement that holds the event.
    pub statement: String,
    /// Who said so, where it could be resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Actor>,
}

/// One event mention: in one sentence, actors do one thing to, with or towards recipients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable within and across runs.
    pub id: String,
    /// Index into [`Document::sentences`].
    pub sentence: usize,
    /// One of the sixteen types, e.g. `CONSULT`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Modes of the type, e.g. `visit`.
    pub modes: Vec<String>,
    /// Contexts, e.g. `diplomatic`.
    pub contexts: Vec<String>,
    /// Who acts.
    pub actors: Vec<Actor>,
    /// To, with or towards whom; empty for reciprocal events and where the text names nobody.
    pub recipients: Vec<Actor>,
    /// All parties are actors, nobody is a recipient.
    pub reciprocal: bool,
    /// Whether it took place.
    pub status: EventStatus,
    /// Recalled by the text rather than reported.
    pub background: bool,
    /// When it happened: `YYYY-MM-DD`, or with less precision `YYYY-MM`, `YYYY`, or the first and last of a stretch of time,
    /// `2024-03-04/2024-03-10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The words that say when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_text: Option<String>,
    /// Where it happened, if the text says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// CAMEO code, as a string because of its leading zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: QuadClass,
    /// Cooperation (positive) or conflict (negative), -10 to 10.
    pub score: f64,
    /// The words the event rests on.
    pub trigger: Trigger,
    /// Whose word it is; absent when it is the text's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// The rule that fired, as its path below `knowledge/rules`, e.g. `consult.meet`.
    pub rule: String,
    /// 0 to 1, a first estimate from how the match was made; not calibrated yet.
    pub confidence: f64,
}

/// How a statement's words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatementKind {
    /// In the speaker's own words, in quotation marks.
    Direct,
    /// Reported.
    Indirect,
    /// Reported with some words quoted.
    Mixed,
    /// A term in quotation marks that reports no speech.
    Scare,
}

impl StatementKind {
    /// The word that records have for it: `direct`.
    pub fn as_str(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
            StatementKind::Scare => "scare",
        }
    }
}

/// Who said what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Stable within and across runs.
    pub id: String,
    /// Index of the sentence where the content begins.
    pub sentence: usize,
    /// How the words are given.
    pub kind: StatementKind,
    /// Who said it. `span` and `text` are the words that name the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Actor>,
    /// All of them, where more than one speaks ("both sides", a joint statement).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub joint: Vec<Actor>,
    /// The words that mark the saying.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<SpanText>,
    /// What was said, quotation marks included where the text has them.
    pub content: SpanText,
    /// Further pieces of what was said, where the report parts it: "had failed" of "Talks, he said, had failed".
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub also: Vec<SpanText>,
    /// The text tells that it was *not* said: "has not said whether", "neither side would say".
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unsaid: bool,
    /// What it is said of, where that stands before the cue: "Warsaw" of "Warsaw is expected to sign".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<SpanText>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Actor>,
    /// Spans of the quotations inside the content, quotation marks included.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub quotes: Vec<SpanText>,
}

impl Statement {
    /// What was said as people read it, with what it is said of: `Warsaw … to sign`.
    pub fn words(&self) -> String {
        match &self.about {
            Some(about) => format!("{} … {}", about.text, self.said()),
            None => self.said(),
        }
    }

    /// What was said, its pieces joined: `Talks … had failed`.
    pub fn said(&self) -> String {
        let pieces: Vec<&str> = self.pieces().map(|piece| piece.text.as_str()).collect();
        pieces.join(" … ")
    }

    /// The content and its further pieces, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &SpanText> {
        std::iter::once(&self.content).chain(&self.also)
    }
}

/// What a text does with an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// They are at odds over it.
    Contested,
    /// They work on it together, or say they will.
    Shared,
    /// They talked about it.
    Discussed,
}

impl Stance {
    /// Every stance.
    pub const ALL: [Stance; 3] = [Stance::Contested, Stance::Shared, Stance::Discussed];

    /// The word that records have for it: `contested`.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Contested => "contested",
            Stance::Shared => "shared",
            Stance::Discussed => "discussed",
        }
    }
}

/// What a pair of actors is at odds over, works on together, or talked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Stable name of the topic, e.g. `human_rights`.
    pub topic: String,
    /// Its name for people.
    pub label: String,
    /// Codes of the actors, sorted.
    pub between: Vec<String>,
    /// What the text does with it.
    pub stance: Stance,
    /// Index into [`Document::sentences`].
    pub sentence: usize,
    /// The words that name it.
    pub span: Span,
    /// What stands at `span`.
    pub text: String,
}

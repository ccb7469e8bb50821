//! What the tests of the store share: a folder that goes, and records.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part of it; a test may fail"
)]

use std::path::{Path, PathBuf};

use detente_core::{
    Actor, Attribution, CoderInfo, Commitment, CommitmentMention, CommitmentStatus, Document,
    Event, EventStatus, Issue, Place, Record, Sector, SentenceSpan, Span, SpanText, Stance,
    Statement, StatementKind,
};
use detente_store::{Known, Prepared, Store};

/// A folder that goes when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("detente-store-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn actor(code: &str, sector: Sector) -> Actor {
    Actor { code: Some(code.to_owned()), sector: Some(sector), ..Actor::default() }
}

/// A record of one sentence with one event, one statement, one commitment and one issue of the same two parties.
pub(crate) fn record(id: &str, date: Option<&str>, text: &str) -> Record {
    let whole = Span::new(0, text.len());
    let said = SpanText { span: whole, text: text.to_owned() };
    let mut document =
        Document { id: id.to_owned(), date: date.map(str::to_owned), ..Document::of_text(text) };
    document.language = Some("en".to_owned());
    document.source = format!("{id}.txt");
    document.sentences = vec![SentenceSpan { span: whole, text: text.to_owned() }];
    let parties = vec!["NOR".to_owned(), "TUR".to_owned()];
    Record {
        events: vec![Event {
            id: format!("{id}-e"),
            sentence: 0,
            kind: "SUPPORT".to_owned(),
            modes: vec![],
            contexts: vec!["diplomatic".to_owned()],
            actors: vec![actor("TUR", Sector::Gov)],
            recipients: vec![actor("NOR", Sector::Gov)],
            reciprocal: false,
            status: EventStatus::Actual,
            background: false,
            date: date.map(str::to_owned),
            date_text: None,
            place: Some(Place {
                name: "Oslo".to_owned(),
                country: Some("NOR".to_owned()),
                ..Place::default()
            }),
            cameo: Some("051".to_owned()),
            quad: 1,
            score: 3.4,
            trigger: said.clone(),
            attribution: Some(Attribution { statement: format!("{id}-s"), speaker: None }),
            rule: "support.thank".to_owned(),
            confidence: 0.831_274_650_912_3,
        }],
        statements: vec![Statement {
            id: format!("{id}-s"),
            sentence: 0,
            kind: StatementKind::Indirect,
            speaker: Some(actor("TUR", Sector::Gov)),
            joint: vec![],
            cue: None,
            content: said,
            also: Vec::new(),
            unsaid: false,
            about: None,
            audience: None,
            quotes: vec![],
        }],
        commitments: vec![Commitment {
            id: format!("{id}-c"),
            kind: "dialogue".to_owned(),
            subject: Some("fish".to_owned()),
            parties: parties.clone(),
            terms: vec![],
            status: CommitmentStatus::Announced,
            mentions: vec![CommitmentMention {
                sentence: 0,
                span: whole,
                text: text.to_owned(),
                status: CommitmentStatus::Announced,
            }],
        }],
        issues: vec![Issue {
            topic: "fisheries".to_owned(),
            label: "fisheries".to_owned(),
            between: parties,
            stance: Stance::Shared,
            sentence: 0,
            span: whole,
            text: text.to_owned(),
        }],
        warnings: vec![],
        coder: CoderInfo {
            name: "detente".to_owned(),
            version: "0.1.0".to_owned(),
            knowledge: "sha256:1".to_owned(),
            model: "sha256:2".to_owned(),
        },
        document,
    }
}

/// A store in the folder that holds these records; what is named "private" is so.
pub(crate) fn store<'r>(folder: &Folder, records: impl IntoIterator<Item = &'r Record>) -> Store {
    let mut store = Store::open(&folder.path("a.store")).unwrap();
    let mut writer = store.writer(Known::Keep);
    for record in records {
        writer.put(Prepared::of(record, record.document.id == "private")).unwrap();
    }
    writer.finish().unwrap();
    store
}

//! A record → the rows that stand for it.
//!
//! In goes a [`Record`], out comes everything that is written for it: its own bytes, packed, and rows with what it can be found and
//! joined by. Nothing here asks the store, so that it is done on the threads that code, and the one
//! that writes only writes. "Ankara thanked Oslo.", coded SUPPORT `TUR` → `NOR`, is a document row, the packed record, an event row
//! under the day of the document with two parties, and words to find it by: `ankara thanked oslo type=support= actor=tur= …`.

use std::cell::RefCell;
use std::io::Read;

use detente_core::{Actor, CoderInfo, Event, Record, Statement, hex};
use flate2::read::ZlibDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use sha2::{Digest, Sha256};

use crate::day::days;
use crate::duplicates::Shape;
use crate::link::{Gist, link_of};
use crate::terms::{Terms, host};

/// What makes a document the same one.
pub type Key = [u8; 16];

/// The day of what has no date: before all others.
pub(crate) const NO_DAY: i64 = 0;

/// What is written for one record.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) key: Key,
    pub(crate) id: i64,
    pub(crate) day: i64,
    pub(crate) name: String,
    pub(crate) date: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) source: String,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) coder: CoderInfo,
    pub(crate) private: bool,
    pub(crate) body: i64,
    pub(crate) text: String,
    pub(crate) shape: Shape,
    pub(crate) bytes: Vec<u8>,
    pub(crate) words: String,
    pub(crate) events: Vec<EventRow>,
    pub(crate) statements: Vec<StatementRow>,
    pub(crate) commitments: Vec<CommitmentRow>,
    pub(crate) issues: Vec<IssueRow>,
}

#[derive(Debug)]
pub(crate) struct EventRow {
    pub(crate) id: i64,
    pub(crate) day: i64,
    pub(crate) last: i64,
    pub(crate) dated: bool,
    pub(crate) kind: String,
    pub(crate) status: &'static str,
    pub(crate) quad: u8,
    pub(crate) score: f64,
    pub(crate) cameo: Option<String>,
    pub(crate) background: bool,
    pub(crate) reciprocal: bool,
    pub(crate) place: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) confidence: f64,
    pub(crate) parties: Vec<PartyRow>,
    pub(crate) link: Option<i64>,
    pub(crate) gist: Vec<u8>,
    pub(crate) words: String,
}

#[derive(Debug)]
pub(crate) struct PartyRow {
    pub(crate) recipient: bool,
    pub(crate) code: Option<String>,
    pub(crate) sector: Option<&'static str>,
    pub(crate) name: Option<String>,
}

#[derive(Debug)]
pub(crate) struct StatementRow {
    pub(crate) id: i64,
    pub(crate) kind: &'static str,
    pub(crate) code: Option<String>,
    pub(crate) sector: Option<&'static str>,
    pub(crate) name: Option<String>,
    pub(crate) words: String,
}

#[derive(Debug)]
pub(crate) struct CommitmentRow {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) subject: Option<String>,
    pub(crate) parties: String,
    pub(crate) status: &'static str,
    pub(crate) words: String,
}

#[derive(Debug)]
pub(crate) struct IssueRow {
    pub(crate) id: i64,
    pub(crate) topic: String,
    pub(crate) pair: String,
    pub(crate) stance: &'static str,
    pub(crate) words: String,
}

/// What makes a document the same one: its identifier, address, publisher, title, date and text, but not where the file lay.
pub fn key_of(document: &detente_core::Document) -> Key {
    let of = |part: &Option<String>| part.clone().unwrap_or_default();
    let mut sum = Sha256::new();
    let parts = [
        &document.id,
        &of(&document.url),
        &of(&document.publisher),
        &of(&document.title),
        &of(&document.date),
        &document.text,
    ];
    for part in parts {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part.as_bytes());
    }
    let mut key = Key::default();
    key.copy_from_slice(&sum.finalize()[..16]);
    key
}

impl Prepared {
    /// Makes the rows of a record. What is `private` never leaves in an export.
    pub fn of(record: &Record, private: bool) -> Self {
        let document = &record.document;
        let key = key_of(document);
        let day = document.date.as_deref().and_then(days).map_or(NO_DAY, |(first, _)| first);
        let ids = Ids { key };
        Self {
            key,
            id: ids.of(day, "document", 0),
            day,
            name: document.id.clone(),
            date: document.date.clone(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            source: document.source.clone(),
            url: document.url.clone(),
            language: document.language.clone(),
            coder: record.coder.clone(),
            private,
            body: body_of(&document.text),
            text: document.text.clone(),
            shape: Shape::of(&document.text),
            bytes: pack(record),
            words: document_words(record),
            events: (0..)
                .zip(&record.events)
                .map(|(n, event)| ids.event(record, day, n, event))
                .collect(),
            statements: (0..)
                .zip(&record.statements)
                .map(|(n, statement)| StatementRow {
                    id: ids.of(day, "statement", n),
                    kind: statement.kind.as_str(),
                    code: statement.speaker.as_ref().and_then(|speaker| speaker.code.clone()),
                    sector: statement.speaker.as_ref().and_then(sector),
                    name: statement.speaker.as_ref().and_then(|speaker| speaker.name.clone()),
                    words: statement_words(record, statement),
                })
                .collect(),
            commitments: (0..)
                .zip(&record.commitments)
                .map(|(n, commitment)| {
                    let mut terms = Terms::default();
                    terms.add("kind", &commitment.kind);
                    terms.add("status", commitment.status.as_str());
                    parties(&mut terms, &commitment.parties);
                    source(&mut terms, record);
                    let mut words = commitment.kind.clone();
                    let subject = commitment.subject.as_deref().unwrap_or_default();
                    let mentions = commitment.mentions.iter();
                    let sentences = mentions.map(|mention| sentence(record, mention.sentence));
                    for part in std::iter::once(subject).chain(sentences) {
                        words.push('\n');
                        words.push_str(part);
                    }
                    CommitmentRow {
                        id: ids.of(day, "commitment", n),
                        kind: commitment.kind.clone(),
                        subject: commitment.subject.clone(),
                        parties: commitment.parties.join("+"),
                        status: commitment.status.as_str(),
                        words: terms.with_words(&words),
                    }
                })
                .collect(),
            issues: (0..)
                .zip(&record.issues)
                .map(|(n, issue)| {
                    let mut terms = Terms::default();
                    terms.add("issue", &issue.topic);
                    terms.add("stance", issue.stance.as_str());
                    parties(&mut terms, &issue.between);
                    source(&mut terms, record);
                    let words = format!("{}\n{}", issue.label, sentence(record, issue.sentence));
                    IssueRow {
                        id: ids.of(day, "issue", n),
                        topic: issue.topic.clone(),
                        pair: issue.between.join("+"),
                        stance: issue.stance.as_str(),
                        words: terms.with_words(&words),
                    }
                })
                .collect(),
        }
    }

    /// How much memory it takes, about.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len() + 5 * self.words.len() + 512 * self.events.len()
    }
}

/// Numbers of rows: the day, and below it digits that come of the document alone, so that rows lie by day and their order does not
/// depend on when they came.
struct Ids {
    key: Key,
}

impl Ids {
    fn of(&self, day: i64, table: &str, position: usize) -> i64 {
        let mut sum = Sha256::new();
        sum.update(self.key);
        sum.update(table.as_bytes());
        sum.update((position as u64).to_le_bytes());
        let sum = sum.finalize();
        // One bit is left for numbers that have to give way.
        (day << 32) | i64::from(u32::from_le_bytes([sum[0], sum[1], sum[2], sum[3]]) >> 1)
    }

    fn event(&self, record: &Record, day: i64, position: usize, event: &Event) -> EventRow {
        let own = event.date.as_deref().and_then(days);
        let (first, last) = own.unwrap_or((day, day));
        let mut parties = Vec::with_capacity(event.actors.len() + event.recipients.len());
        for (recipient, actors) in [(false, &event.actors), (true, &event.recipients)] {
            parties.extend(actors.iter().map(|actor| PartyRow {
                recipient,
                code: actor.code.clone(),
                sector: sector(actor),
                name: actor.name.clone(),
            }));
        }
        let place = event.place.as_ref();
        EventRow {
            id: self.of(first, "event", position),
            day: first,
            last,
            dated: own.is_some(),
            kind: event.kind.clone(),
            status: event.status.as_str(),
            quad: event.quad,
            score: event.score,
            cameo: event.cameo.clone(),
            background: event.background,
            reciprocal: event.reciprocal,
            place: place.map(|place| place.name.clone()),
            country: place.and_then(|place| place.country.clone()),
            confidence: event.confidence,
            parties,
            link: link_of(event),
            gist: Gist::of(record, event).bytes(),
            words: event_words(record, event),
        }
    }
}

fn sector(actor: &Actor) -> Option<&'static str> {
    actor.sector.map(detente_core::Sector::code)
}

fn sentence(record: &Record, index: usize) -> &str {
    record.document.sentences.get(index).map_or("", |sentence| &sentence.text)
}

/// The paper, by name and by the host of its address.
fn source(terms: &mut Terms, record: &Record) {
    terms.maybe("source", record.document.publisher.as_deref());
    terms.maybe("source", record.document.url.as_deref().and_then(host));
}

fn parties(terms: &mut Terms, codes: &[String]) {
    for code in codes {
        terms.add("party", code);
    }
}

/// Signs of one party in a role: by code, by code and sector, by sector, by name.
fn party(terms: &mut Terms, role: &str, actor: &Actor) {
    let (code, sector) = (actor.code.as_deref(), sector(actor));
    terms.maybe(role, code);
    if let (Some(code), Some(sector)) = (code, sector) {
        terms.add(role, &format!("{code} {sector}"));
    }
    if let Some(sector) = sector {
        terms.add(role, &format!("any {sector}"));
    }
    if let Some(name) = &actor.name {
        terms.add(role, &format!("name {name}"));
    }
}

fn event_words(record: &Record, event: &Event) -> String {
    let mut terms = Terms::default();
    terms.add("type", &event.kind);
    event.modes.iter().for_each(|mode| terms.add("mode", mode));
    event.contexts.iter().for_each(|context| terms.add("context", context));
    terms.add("status", event.status.as_str());
    terms.add("quad", &event.quad.to_string());
    for actor in &event.actors {
        party(&mut terms, "actor", actor);
        party(&mut terms, "party", actor);
        if event.reciprocal {
            party(&mut terms, "recipient", actor);
        }
    }
    for actor in &event.recipients {
        party(&mut terms, "recipient", actor);
        party(&mut terms, "party", actor);
    }
    if let Some(place) = &event.place {
        terms.add("place", &place.name);
        terms.maybe("country", place.country.as_deref());
    }
    for issue in record.issues.iter().filter(|issue| issue.sentence == event.sentence) {
        terms.add("issue", &issue.topic);
    }
    terms.add("rule", &event.rule);
    terms.maybe("cameo", event.cameo.as_deref());
    terms.add("background", if event.background { "yes" } else { "no" });
    for tenth in tenths(event.confidence) {
        terms.add("sure", &tenth.to_string());
    }
    source(&mut terms, record);
    terms.with_words(sentence(record, event.sentence))
}

/// The tenths from 5 up that a confidence reaches: 0.72 reaches 5, 6 and 7.
pub(crate) fn tenths(confidence: f64) -> impl Iterator<Item = u8> {
    (5..10).take_while(move |tenth| confidence * 10.0 >= f64::from(*tenth))
}

fn statement_words(record: &Record, statement: &Statement) -> String {
    let mut terms = Terms::default();
    terms.add("kind", statement.kind.as_str());
    let alone = statement.joint.is_empty();
    for speaker in statement.speaker.iter().filter(|_| alone).chain(&statement.joint) {
        party(&mut terms, "speaker", speaker);
        party(&mut terms, "party", speaker);
    }
    if let Some(actor) = &statement.audience {
        party(&mut terms, "audience", actor);
    }
    // What it is about: the parties of what it tells, but for who tells it.
    for event in &record.events {
        let told = event.attribution.as_ref().is_some_and(|told| told.statement == statement.id);
        for actor in event.actors.iter().chain(&event.recipients).filter(|_| told) {
            terms.maybe("about", actor.code.as_deref());
        }
    }
    for issue in record.issues.iter().filter(|issue| issue.sentence == statement.sentence) {
        terms.add("issue", &issue.topic);
        issue.between.iter().for_each(|code| terms.add("about", code));
    }
    source(&mut terms, record);
    terms.with_words(&statement.words())
}

fn document_words(record: &Record) -> String {
    let mut terms = Terms::default();
    let document = &record.document;
    source(&mut terms, record);
    terms.maybe("language", document.language.as_deref());
    terms.maybe("section", document.section.as_deref());
    for actor in record.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients))
    {
        terms.maybe("party", actor.code.as_deref());
    }
    record.issues.iter().for_each(|issue| terms.add("issue", &issue.topic));
    terms.with_words(&format!(
        "{}\n{}",
        document.title.as_deref().unwrap_or_default(),
        document.text
    ))
}

/// What two texts with the same words in the same order share.
fn body_of(text: &str) -> i64 {
    let mut sum = Sha256::new();
    let mut letters = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        letters.clear();
        if word.is_ascii() {
            letters.push_str(word);
            letters.make_ascii_lowercase();
        } else {
            letters.push_str(&word.to_lowercase());
        }
        letters.push(' ');
        sum.update(letters.as_bytes());
    }
    let sum = sum.finalize();
    i64::from_le_bytes([sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7]])
}

thread_local! {
    /// Each thread keeps its own: its tables are larger than what it packs, and making them anew takes half as long as packing.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(4), true));
}

/// The record as one line of JSON, packed.
fn pack(record: &Record) -> Vec<u8> {
    // Neither a record nor a vector gives an error here; were it so, reading it back would tell.
    packed(&serde_json::to_vec(record).unwrap_or_default())
}

fn packed(line: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len() / 2 + 64);
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // It packs into what room there is, and tells whether that was enough.
        while let Some(rest) = line.get(packer.total_in() as usize..)
            && let Ok(Status::Ok | Status::BufError) =
                packer.compress_vec(rest, &mut out, FlushCompress::Finish)
        {
            out.reserve(out.len().max(64));
        }
    });
    out
}

/// Undoes [`pack`]: the line of JSON, or `None` where the bytes are not what it made.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut line = Vec::with_capacity(4 * bytes.len());
    ZlibDecoder::new(bytes).read_to_end(&mut line).ok()?;
    Some(line)
}

/// A key as people write it.
pub(crate) fn shown(key: &[u8]) -> String {
    hex(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_unpacked() {
        let mut number = 1_u32;
        let mut noise = || {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (number >> 24) as u8
        };
        // What cannot be packed needs more room than is there at first.
        let noise: Vec<u8> = (0..200_000).map(|_| noise()).collect();
        for line in [&b""[..], b"{}", &noise, &vec![b'a'; 70_000], b"{\"a\":1}"] {
            assert_eq!(unpack(&packed(line)).as_deref(), Some(line));
        }
    }
}

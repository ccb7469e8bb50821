//! Events end to end: gold records and how much of them the coder finds, and how much it invents.
//!
//! In go JSON lines of gold records. A line has a text and its events:
//! `{"id": "a1", "date": "2024-05-14", "text": "Ankara thanked Oslo.", "events": ["TUR -> NOR SUPPORT"]}`.
//! The document may also stand as in a record (`"document": {"text": …, "date": …}`), and an event as an object with
//! `type`, `actors`, `recipients`, `reciprocal`, `status` and `sentence`. An event names its sentence
//! by index into the line's `document.sentences`, or, written `{"sentence": "Ankara thanked Oslo.", "events": […]}`
//! in a list `sentences`, by its words; a line of one sentence needs neither.
//!
//! A text that may not be passed on is named by its `file`, and its sentences by their bytes: `{"at": [289, 396], "events": […]}`. Then only
//! these sentences are known, and what is coded from others counts neither way.
//!
//! An event of the coder is *right* where one of the gold in the same sentence has its type and the same
//! codes on both sides. Every other one is wrong: there is no half a point for an event that is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use detente_core::notation::{EventLine, PartyLine};
use detente_core::{Actor, Document, Event, Record, Sector, Span};
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::relations::RowError;

/// A document and the events that it holds.
#[derive(Debug, Clone)]
pub struct GoldRecord {
    /// The document to code: text, date, title.
    pub document: Document,
    /// The file that has its text, where the line has none.
    pub file: Option<String>,
    /// What it holds.
    pub events: Vec<GoldEvent>,
    /// The sentences whose events are known; `None` if all are.
    known: Option<Vec<Span>>,
}

impl GoldRecord {
    /// Whether it is known what is in the sentence of this event of `record`.
    pub fn knows(&self, record: &Record, event: &Event) -> bool {
        self.known.as_ref().is_none_or(|known| {
            record
                .document
                .sentences
                .get(event.sentence)
                .is_some_and(|own| known.iter().any(|span| span.overlaps(own.span)))
        })
    }
}

/// An event of the gold data.
#[derive(Debug, Clone)]
pub struct GoldEvent {
    /// Bytes of the sentence; the whole text where the line does not say.
    pub sentence: Span,
    /// Who does what to whom.
    pub line: EventLine,
}

#[derive(Deserialize)]
struct RawRecord {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    document: Option<Document>,
    #[serde(default)]
    sentences: Vec<RawSentence>,
    #[serde(default)]
    events: Vec<RawEvent>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawSentence {
    Words { sentence: String, events: Vec<RawEvent> },
    Bytes { at: Span, events: Vec<RawEvent> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawEvent {
    Line(String),
    Object(RawObject),
}

#[derive(Deserialize)]
struct RawObject {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    sentence: Option<usize>,
    #[serde(default)]
    actors: Vec<RawParty>,
    #[serde(default)]
    recipients: Vec<RawParty>,
    #[serde(default)]
    reciprocal: Option<bool>,
    #[serde(default)]
    status: detente_core::EventStatus,
}

/// A party as a record has it, or its code alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawParty {
    Code(String),
    Actor(Box<Actor>),
}

impl RawParty {
    fn line(self) -> PartyLine {
        match self {
            RawParty::Actor(actor) => PartyLine::of(&actor),
            RawParty::Code(text) => {
                let mut words = text.split_whitespace();
                let code = words.next().filter(|code| *code != "-").map(str::to_owned);
                PartyLine { code, sector: words.next().and_then(Sector::from_code) }
            }
        }
    }
}

/// Sentences as one text: a headline, which ends without a stop, is a paragraph of its own.
fn run_on<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for sentence in sentences {
        if !text.is_empty() {
            let stopped = text.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
            text.push_str(if stopped.ends_with(['.', '!', '?', '…', ':', ';', ',', '—']) {
                " "
            } else {
                "\n\n"
            });
        }
        text.push_str(sentence);
    }
    text
}

/// Reads one line of gold data; `line` counts from 1 and is for the message alone.
///
/// # Errors
/// When the line is no JSON object, has no text, or an event cannot be read or placed.
pub fn read_gold(text: &str, line: usize) -> Result<GoldRecord, RowError> {
    let error = |message: String| RowError { line, message };
    let raw: RawRecord = serde_json::from_str(text).map_err(|e| error(e.to_string()))?;
    let mut document = raw.document.unwrap_or_default();
    if let Some(text) = raw.text {
        document.text = text;
    }
    if document.text.is_empty() {
        let words = raw.sentences.iter().filter_map(|sentence| match sentence {
            RawSentence::Words { sentence, .. } => Some(sentence.as_str()),
            RawSentence::Bytes { .. } => None,
        });
        document.text = run_on(words);
    }
    if document.paragraphs.is_empty() {
        document.paragraphs = Document::of_text(document.text.clone()).paragraphs;
    }
    if document.text.trim().is_empty() && raw.file.is_none() {
        return Err(error(
            "no text: write `text`, `document.text`, `sentences` or `file`".to_owned(),
        ));
    }
    document.id = raw.id.unwrap_or(document.id);
    document.date = raw.date.or(document.date);
    document.title = raw.title.or(document.title);
    let whole = Span::new(0, document.text.len());
    let mut events = Vec::new();
    for event in raw.events {
        let (index, event) = gold_line(event).map_err(error)?;
        let sentence = match index {
            Some(index) if !document.sentences.is_empty() => {
                let Some(sentence) = document.sentences.get(index) else {
                    return Err(error(format!(
                        "an event names sentence {index}, but `document.sentences` has {}",
                        document.sentences.len()
                    )));
                };
                sentence.span
            }
            _ => whole,
        };
        events.push(GoldEvent { sentence, line: event });
    }
    let mut known: Option<Vec<Span>> = raw.file.is_some().then(Vec::new);
    let mut from = 0;
    for sentence in raw.sentences {
        let (span, own) = match sentence {
            RawSentence::Words { sentence, events } => {
                let rest = document.text.get(from..).unwrap_or_default();
                let Some(at) = rest.find(&sentence) else {
                    return Err(error(format!("the text does not hold the sentence `{sentence}`")));
                };
                let span = Span::new(from + at, from + at + sentence.len());
                from = span.end;
                (span, events)
            }
            RawSentence::Bytes { at, events } => {
                known.get_or_insert_default().push(at);
                (at, events)
            }
        };
        for event in own {
            let (_, event) = gold_line(event).map_err(error)?;
            events.push(GoldEvent { sentence: span, line: event });
        }
    }
    // The coder makes its own; these were only to place the events.
    document.sentences.clear();
    Ok(GoldRecord { document, file: raw.file, events, known })
}

/// The line of an event and the index of its sentence, if it has one.
fn gold_line(event: RawEvent) -> Result<(Option<usize>, EventLine), String> {
    match event {
        RawEvent::Line(line) => {
            EventLine::parse(&line).map(|event| (None, event)).map_err(|e| format!("`{line}`: {e}"))
        }
        RawEvent::Object(object) => {
            let actors: Vec<_> = object.actors.into_iter().map(RawParty::line).collect();
            let recipients: Vec<_> = object.recipients.into_iter().map(RawParty::line).collect();
            let reciprocal = object.reciprocal.unwrap_or(recipients.is_empty() && actors.len() > 1);
            let event = EventLine {
                actors,
                recipients,
                reciprocal,
                kind: object.kind,
                status: object.status,
                ..EventLine::default()
            };
            Ok((object.sentence, event))
        }
    }
}

/// How much was found, and how much of it is right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecordScores {
    /// Share of the coded events that are right.
    pub precision: f64,
    /// Share of the gold events that were coded right.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Events of the gold data.
    pub gold: usize,
    /// Events that the coder gave.
    pub coded: usize,
    /// Gold events with a coded one in their sentence that shares the type or a side.
    pub found: usize,
    /// Of the found, those with the right type.
    pub right_type: usize,
    /// Of the found, those with the right codes on both sides.
    pub right_parties: usize,
    /// Right in both: what precision, recall and F1 count.
    pub right: usize,
    /// Of the right, those whose status is right too.
    pub right_status: usize,
    /// Of the right, those whose parties have every sector that the gold tells.
    pub right_sectors: usize,
    /// Documents scored.
    pub documents: usize,
    /// Type → events in the gold, coded, and right.
    pub by_type: BTreeMap<String, Counts>,
    /// Type in the gold and type coded, of events that were taken for one, with how often; `-` for none. Most frequent first.
    pub confusions: Vec<Confusion>,
    /// Every gold event that was not coded right, and every coded one that is not in the gold.
    pub differences: Vec<Difference>,
    /// Every event that is right but for a sector.
    pub other_sectors: Vec<Difference>,
}

/// A type that was taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Type in the gold; `-` where the coded event is not there.
    pub gold: String,
    /// Type that was coded; `-` where nothing was.
    pub coded: String,
    /// How often.
    pub count: usize,
}

/// One sentence's gold event and coded event that are not the same; one of them may be missing.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Identifier of the document.
    pub document: String,
    /// The sentence.
    pub sentence: String,
    /// What the gold data has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gold: Option<String>,
    /// What the coder gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coded: Option<String>,
    /// The rule that gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none =
            |line: &Option<String>| line.clone().unwrap_or_else(|| "(nothing)".to_owned());
        writeln!(f, "{}: {}", self.document, self.sentence)?;
        writeln!(f, "    gold  {}", or_none(&self.gold))?;
        write!(f, "    coded {}", or_none(&self.coded))?;
        self.rule.as_ref().map_or(Ok(()), |rule| write!(f, " by {rule}"))
    }
}

/// Scores coded records against the gold of the same documents.
pub fn score<'a>(
    documents: impl IntoIterator<Item = (&'a GoldRecord, &'a Record)>,
) -> RecordScores {
    let mut scores = RecordScores::default();
    let mut confusions = Confusions::new();
    for (gold, record) in documents {
        scores.documents += 1;
        scores.gold += gold.events.len();
        scores.coded += record.events.iter().filter(|event| gold.knows(record, event)).count();
        align(gold, record, &mut scores, &mut confusions);
    }
    scores.confusions = confusions
        .into_iter()
        .map(|((gold, coded), count)| Confusion { gold, coded, count })
        .collect();
    scores.confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
    let counts = Counts { right: scores.right, found: scores.coded, gold: scores.gold };
    (scores.precision, scores.recall, scores.f1) =
        (counts.precision(), counts.recall(), counts.f1());
    scores
}

/// For each coded event whether one of the gold in its sentence has its type and its parties.
pub fn right_events(gold: &GoldRecord, record: &Record) -> Vec<bool> {
    let mut right = vec![false; record.events.len()];
    for (_, c, likes) in pairs(gold, record) {
        right[c] = likes.kind && likes.parties();
    }
    right
}

/// Pairs each gold event with at most one coded event of its sentence, the likest first.
fn pairs(gold: &GoldRecord, record: &Record) -> Vec<(usize, usize, Likeness)> {
    let mut likeness = Vec::new();
    for (g, wanted) in gold.events.iter().enumerate() {
        for (c, coded) in record.events.iter().enumerate() {
            let here = record
                .document
                .sentences
                .get(coded.sentence)
                .is_some_and(|sentence| sentence.span.overlaps(wanted.sentence));
            let likes = Likeness::of(&wanted.line, coded);
            if here && likes.any() {
                likeness.push((likes.weight(), g, c, likes));
            }
        }
    }
    // The most alike first; among equals in the order of the text.
    likeness.sort_by_key(|&(weight, g, c, _)| (std::cmp::Reverse(weight), g, c));
    let mut gold_taken = vec![false; gold.events.len()];
    let mut coded_taken = vec![false; record.events.len()];
    likeness
        .into_iter()
        .filter_map(|(_, g, c, likes)| {
            if gold_taken[g] || coded_taken[c] {
                return None;
            }
            (gold_taken[g], coded_taken[c]) = (true, true);
            Some((g, c, likes))
        })
        .collect()
}

/// Type in the gold and type coded, `-` for none → how often.
type Confusions = BTreeMap<(String, String), usize>;

/// Counts what is alike, and keeps what is not.
fn align(
    gold: &GoldRecord,
    record: &Record,
    scores: &mut RecordScores,
    confusions: &mut Confusions,
) {
    let mut confuse = |gold: &str, coded: &str| {
        *confusions.entry((gold.to_owned(), coded.to_owned())).or_default() += 1;
    };
    for event in &gold.events {
        scores.by_type.entry(event.line.kind.clone()).or_default().gold += 1;
    }
    for event in record.events.iter().filter(|event| gold.knows(record, event)) {
        scores.by_type.entry(event.kind.clone()).or_default().found += 1;
    }
    let mut gold_taken = vec![false; gold.events.len()];
    // What is coded where nothing is known is no difference.
    let mut coded_taken: Vec<bool> =
        record.events.iter().map(|event| !gold.knows(record, event)).collect();
    for (g, c, likes) in pairs(gold, record) {
        (gold_taken[g], coded_taken[c]) = (true, true);
        scores.found += 1;
        scores.right_type += usize::from(likes.kind);
        scores.right_parties += usize::from(likes.parties());
        let kind = &gold.events[g].line.kind;
        if likes.kind && likes.parties() {
            scores.right += 1;
            scores.right_status += usize::from(likes.status);
            if likes.sectors {
                scores.right_sectors += 1;
            } else {
                scores.other_sectors.push(difference(gold, record, Some(g), Some(c)));
            }
            scores.by_type.entry(kind.clone()).or_default().right += 1;
        } else {
            scores.differences.push(difference(gold, record, Some(g), Some(c)));
        }
        if !likes.kind {
            confuse(kind, &record.events[c].kind);
        }
    }
    for g in (0..gold.events.len()).filter(|&g| !gold_taken[g]) {
        scores.differences.push(difference(gold, record, Some(g), None));
        confuse(&gold.events[g].line.kind, "-");
    }
    for c in (0..record.events.len()).filter(|&c| !coded_taken[c]) {
        scores.differences.push(difference(gold, record, None, Some(c)));
        confuse("-", &record.events[c].kind);
    }
}

/// What a gold event and a coded one have in common.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "four independent agreements, each counted on its own"
)]
struct Likeness {
    kind: bool,
    actors: bool,
    recipients: bool,
    status: bool,
    /// Whether each party of the gold is there with the sector that it tells.
    sectors: bool,
}

impl Likeness {
    fn of(wanted: &EventLine, coded: &Event) -> Self {
        Self {
            kind: wanted.kind == coded.kind,
            actors: codes(&wanted.actors) == codes_of(&coded.actors),
            recipients: codes(&wanted.recipients) == codes_of(&coded.recipients),
            status: wanted.status == coded.status,
            sectors: hold(&wanted.actors, &coded.actors)
                && hold(&wanted.recipients, &coded.recipients),
        }
    }

    fn parties(self) -> bool {
        self.actors && self.recipients
    }

    /// Two events that share only the lack of a recipient have nothing in common.
    fn any(self) -> bool {
        self.kind || self.actors
    }

    fn weight(self) -> u8 {
        8 * u8::from(self.kind && self.parties())
            + 4 * u8::from(self.kind)
            + u8::from(self.actors)
            + u8::from(self.recipients)
            + u8::from(self.status)
    }
}

/// Whether each of the parties is among the actors, sector and all.
fn hold(parties: &[PartyLine], actors: &[Actor]) -> bool {
    parties.iter().all(|party| actors.iter().any(|actor| party.holds_for(actor)))
}

/// Codes of one side as a set; a party without code counts by its sector, so that protesters stay apart from nobody.
pub(crate) fn codes(parties: &[PartyLine]) -> BTreeSet<String> {
    parties
        .iter()
        .map(|party| match (&party.code, party.sector) {
            (Some(code), _) => code.clone(),
            (None, sector) => format!("- {}", sector.unwrap_or(Sector::Unk).code()),
        })
        .collect()
}

fn codes_of(actors: &[Actor]) -> BTreeSet<String> {
    codes(&actors.iter().map(PartyLine::of).collect::<Vec<_>>())
}

fn difference(
    gold: &GoldRecord,
    record: &Record,
    g: Option<usize>,
    c: Option<usize>,
) -> Difference {
    let wanted = g.and_then(|g| gold.events.get(g));
    let coded = c.and_then(|c| record.events.get(c));
    let sentence = match (coded, wanted) {
        (Some(event), _) => record.document.sentences.get(event.sentence).map(|s| s.text.clone()),
        (None, Some(event)) => event.sentence.of(&gold.document.text).map(str::to_owned),
        (None, None) => None,
    };
    Difference {
        document: record.document.id.clone(),
        sentence: sentence.unwrap_or_default(),
        gold: wanted.map(|event| event.line.to_string()),
        coded: coded.map(|event| EventLine::of(event).to_string()),
        rule: coded.map(|event| event.rule.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_core::{CoderInfo, SentenceSpan};

    fn coded(text: &str, lines: &[&str]) -> Record {
        let events = lines
            .iter()
            .map(|line| {
                let line = EventLine::parse(line).unwrap();
                let actor = |p: PartyLine| serde_json::json!({"code": p.code, "sector": p.sector});
                let actors: Vec<_> = line.actors.into_iter().map(actor).collect();
                let recipients: Vec<_> = line.recipients.into_iter().map(actor).collect();
                serde_json::from_value(serde_json::json!({
                    "id": "", "sentence": 0, "type": line.kind, "modes": [], "contexts": [], "actors": actors,
                    "recipients": recipients, "reciprocal": line.reciprocal, "status": line.status, "background": false,
                    "quad": 1, "score": 0.0, "trigger": {"span": [0, 0], "text": ""}, "rule": "", "confidence": 1.0
                }))
                .unwrap()
            })
            .collect();
        let span = Span::new(0, text.len());
        Record {
            document: Document {
                text: text.to_owned(),
                sentences: vec![SentenceSpan { span, text: text.to_owned() }],
                ..Document::default()
            },
            events,
            statements: Vec::new(),
            commitments: Vec::new(),
            issues: Vec::new(),
            warnings: Vec::new(),
            coder: CoderInfo::default(),
        }
    }

    #[test]
    fn a_wrong_event_costs_as_much_as_a_missed_one() {
        let gold =
            read_gold(r#"{"text": "Ankara thanked Oslo.", "events": ["TUR -> NOR SUPPORT"]}"#, 1)
                .unwrap();
        let record =
            coded("Ankara thanked Oslo.", &["TUR GOV -> NOR GOV SUPPORT", "NOR -> TUR ACCUSE"]);
        let scores = score([(&gold, &record)]);
        assert_eq!((scores.right, scores.coded, scores.gold), (1, 2, 1));
        assert!((scores.precision - 0.5).abs() < 1e-12 && (scores.recall - 1.0).abs() < 1e-12);
        assert_eq!(scores.differences.len(), 1);
    }

    #[test]
    fn the_wrong_direction_is_found_but_not_right() {
        let gold = read_gold(r#"{"text": "x", "events": ["TUR -> NOR SUPPORT"]}"#, 1).unwrap();
        let scores = score([(&gold, &coded("x", &["NOR -> TUR SUPPORT"]))]);
        assert_eq!(
            (scores.found, scores.right_type, scores.right_parties, scores.right),
            (1, 1, 0, 0)
        );
    }

    #[test]
    fn events_as_records_have_them_and_sentences_by_their_words() {
        let gold = read_gold(
            r#"{"document": {"text": "A. B.", "sentences": [{"span": [0, 2], "text": "A."}, {"span": [3, 5], "text": "B."}]},
                "events": [{"type": "AID", "sentence": 1, "actors": [{"code": "USA", "sector": "GOV"}], "recipients": ["MLI"]}]}"#,
            1,
        )
        .unwrap();
        assert_eq!(gold.events[0].sentence, Span::new(3, 5));
        assert_eq!(gold.events[0].line.to_string(), "USA GOV -> MLI AID");
        let gold = read_gold(r#"{"sentences": [{"sentence": "A.", "events": []}, {"sentence": "B.", "events": ["USA -> MLI AID"]}]}"#, 1)
            .unwrap();
        assert_eq!(gold.events[0].sentence, Span::new(3, 5));
    }

    #[test]
    fn what_is_coded_where_nothing_is_known_counts_neither_way() {
        let line =
            r#"{"file": "a.txt", "sentences": [{"at": [0, 2], "events": ["USA -> MLI AID"]}]}"#;
        let gold = read_gold(line, 1).unwrap();
        assert_eq!(gold.file.as_deref(), Some("a.txt"));
        let mut record = coded("A.", &["USA -> MLI AID", "USA -> MLI ACCUSE"]);
        record.document.sentences.push(SentenceSpan { span: Span::new(3, 5), text: String::new() });
        record.events[1].sentence = 1;
        let scores = score([(&gold, &record)]);
        assert_eq!((scores.right, scores.coded, scores.differences.len()), (1, 1, 0));
        record.events[1].sentence = 0;
        let scores = score([(&gold, &record)]);
        assert_eq!((scores.right, scores.coded, scores.differences.len()), (1, 2, 1));
    }

    #[test]
    fn faults_name_line_and_word() {
        assert!(read_gold("{}", 3).unwrap_err().to_string().starts_with("line 3: no text"));
        let error =
            read_gold(r#"{"text": "x", "events": ["TUR thanks NOR"]}"#, 4).unwrap_err().to_string();
        assert!(error.contains("`TUR thanks NOR`: column 5"), "{error}");
    }
}

//! What always holds, whatever the text.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::sync::OnceLock;

use detente::Coder;
use detente_core::{Document, Record, Span};
use proptest::prelude::*;
use serde_json::Value;

fn coder() -> &'static Coder {
    static CODER: OnceLock<Coder> = OnceLock::new();
    CODER.get_or_init(|| Coder::builtin().unwrap())
}

fn document(text: &str, date: Option<&str>) -> Document {
    Document {
        date: date.map(str::to_owned),
        language: Some("en".to_owned()),
        ..Document::of_text(text)
    }
}

/// Every span with a text beside it holds that text, and every index of a sentence has its sentence.
fn check(value: &Value, text: &str, sentences: usize) {
    match value {
        Value::Object(fields) => {
            if let (Some(Value::Array(span)), Some(Value::String(said))) =
                (fields.get("span"), fields.get("text"))
            {
                let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
                assert_eq!(text.get(at(0)..at(1)), Some(said.as_str()), "{value}");
            }
            if let Some(sentence) = fields.get("sentence").and_then(Value::as_u64) {
                assert!(usize::try_from(sentence).unwrap() < sentences, "{value}");
            }
            fields.values().for_each(|field| check(field, text, sentences));
        }
        Value::Array(items) => items.iter().for_each(|item| check(item, text, sentences)),
        _ => {}
    }
}

fn holds(record: &Record) {
    let text = &record.document.text;
    check(&serde_json::to_value(record).unwrap(), text, record.document.sentences.len());
    let spans: Vec<Span> = record.document.sentences.iter().map(|sentence| sentence.span).collect();
    assert!(
        spans.windows(2).all(|pair| pair[0].end <= pair[1].start),
        "sentences overlap: {spans:?}"
    );
    let triggers: Vec<_> =
        record.events.iter().map(|event| (event.sentence, event.trigger.span)).collect();
    assert!(triggers.is_sorted(), "events are not in the order of the text: {triggers:?}");
    for event in &record.events {
        assert!((0.0..=1.0).contains(&event.confidence), "{}", event.confidence);
        assert!((1..=4).contains(&event.quad));
        assert!(!event.reciprocal || event.recipients.is_empty());
        let known = coder().knowledge().ontology.event_type(&event.kind);
        assert!(known.is_some(), "{}", event.kind);
    }
    let mut ids: Vec<&str> = record.events.iter().map(|event| event.id.as_str()).collect();
    ids.extend(record.statements.iter().map(|statement| statement.id.as_str()));
    ids.extend(record.commitments.iter().map(|commitment| commitment.id.as_str()));
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "two parts of the record have one identifier");
    assert!(ids.iter().all(|id| !id.is_empty()));
    let again: Record = serde_json::from_str(&serde_json::to_string(record).unwrap()).unwrap();
    // Warnings of the extraction live in the record alone.
    assert_eq!(&again, record);
}

/// Pieces of news, put together without sense.
fn news() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Turkish Foreign Minister Selin Arat",
        "Ankara",
        "the Greek government",
        "both sides",
        "they",
        "his counterpart",
        "China and the United States",
        "protesters in Tbilisi",
        "the G7",
        "met",
        "accused",
        "said that",
        "refused to extradite",
        "agreed to set up",
        "urged",
        "has not attacked",
        "will send",
        "a working group on migration",
        "troops",
        "the communique",
        "on Monday",
        "last week",
        "in Oslo",
        "in 2019",
        "if talks fail",
        "with",
        "and",
        "of",
        "to",
        ",",
        ".",
        ";",
        "“",
        "”",
        "\"",
        "’s",
        "(",
        ")",
        "—",
        "\n\n",
        "who",
        "which",
        "by",
        "was",
        "not",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_of_news_hold(text in news(), dated in any::<bool>()) {
        holds(&coder().code(document(&text, dated.then_some("2024-05-14"))));
    }

    #[test]
    fn records_of_any_text_hold(text in "(\\PC| |\\n){0,400}") {
        holds(&coder().code(document(&text, Some("2024-05-14"))));
    }

    #[test]
    fn a_page_of_anything_is_read_or_refused(page in prop::collection::vec(any::<u8>(), 0..600), html in any::<bool>()) {
        let mut bytes = if html { b"<html><body><p>".to_vec() } else { Vec::new() };
        bytes.extend(page);
        let documents = detente::read("page", bytes.as_slice(), &detente::Options::default());
        documents.flatten().for_each(|document| holds(&coder().code(document)));
    }

    #[test]
    fn coding_twice_gives_the_same(text in news()) {
        let document = document(&text, Some("2024-05-14"));
        prop_assert_eq!(coder().code(document.clone()), coder().code(document));
    }

    #[test]
    fn relating_anything_gives_an_answer(text in news(), a in 0usize..80, b in 0usize..80) {
        let relation = coder().relate(&text, &[Span::new(a, a + 6)], &[Span::new(b, b + 6)]);
        prop_assert!((0.0..=1.0).contains(&relation.confidence));
    }
}

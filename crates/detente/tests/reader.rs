//! The second reader: it speaks where rules are silent, and leaves alone what form makes no event.

use detente::Coder;
use detente_core::{Document, EventStatus, Span};
use detente_rules::reader::Reader;

fn coder() -> Coder {
    Coder::builtin().expect("the built-in knowledge can be read")
}

fn document(text: &str) -> Document {
    Document { language: Some("en".to_owned()), ..Document::of_text(text) }
}

/// Sentences of our own with verbs that no rule knows.
const SILENT: [(&str, &str, &str); 4] = [
    ("Delhi beseeched Dhaka.", "Delhi", "Dhaka"),
    ("Oslo eulogised the Finnish premier.", "Oslo", "the Finnish premier"),
    ("Guerrillas ambuscaded the Peruvian patrol.", "Guerrillas", "the Peruvian patrol"),
    ("Seoul wined and dined the Thai envoy.", "Seoul", "the Thai envoy"),
];

fn span(text: &str, part: &str) -> Span {
    let at = text.find(part).expect("the part stands in the text");
    Span::new(at, at + part.len())
}

#[test]
fn it_answers_where_no_rule_does() {
    let coder = coder();
    let mut asked = 0;
    for (text, source, target) in SILENT {
        let evidence = coder.evidence(text, &[span(text, source)], &[span(text, target)]);
        if evidence.by_rules().event_type.is_some() {
            continue;
        }
        asked += 1;
        let relation = evidence.decide(coder.reader());
        assert_eq!(relation.rule.as_deref(), Some(detente_rules::READER), "{text}");
        let kind = relation.event_type.unwrap_or_default();
        assert!(coder.knowledge().ontology.event_type(&kind).is_some(), "{text}: {kind}");
        assert!(evidence.decide(&Reader::default()).event_type.is_none(), "{text}");
    }
    assert!(asked > 1, "the rules read nearly all of these now: write others");
}

#[test]
fn an_empty_reader_leaves_the_rules_alone() {
    let alone = coder().with_reader(Reader::default());
    let text = "Ankara thanked Oslo.";
    let relation = alone.relate(text, &[span(text, "Ankara")], &[span(text, "Oslo")]);
    assert_eq!(relation.event_type.as_deref(), Some("SUPPORT"));
    assert!(alone.relate("Ankara and Oslo.", &[], &[]).event_type.is_none());
}

/// Past and plain forms of verbs that no rule knows.
const VERBS: [(&str, &str); 4] = [
    ("charmed", "charm"),
    ("needled", "needle"),
    ("mesmerised", "mesmerise"),
    ("serenaded", "serenade"),
];

#[test]
fn what_it_codes_has_a_status_of_its_own_and_known_parties() {
    // Sure of everything, so that only the conditions hold it back.
    let eager = coder();
    let reader = eager.reader().clone().with_sure(0.0);
    let eager = eager.with_reader(reader).with_floor(0.0);
    let heard = |verb: &str| {
        let told = eager.explain(&mut document(&format!("France {verb} Belgium.")));
        let told: String = told.iter().map(ToString::to_string).collect();
        told.contains("by the second reader: ") && told.contains("meaning of")
    };
    assert!(VERBS.iter().any(|(past, _)| heard(past)), "the reader is heard at all");
    let mut told = 0;
    let forms = |(past, plain): &(&str, &str)| {
        [
            (*past).to_owned(),
            format!("might {plain}"),
            format!("never {past}"),
            format!("wanted to {plain}"),
        ]
    };
    for verb in VERBS.iter().flat_map(forms) {
        let record = eager.code(document(&format!("France {verb} Belgium.")));
        for event in record.events.iter().filter(|event| event.rule == detente_rules::READER) {
            told += 1;
            assert!(matches!(event.status, EventStatus::Actual | EventStatus::Planned), "{verb}");
            assert!(event.actors.iter().chain(&event.recipients).all(|a| a.code.is_some()));
            assert!(!verb.starts_with("might") && !verb.starts_with("wanted"), "{verb}");
        }
    }
    assert!(told > 0, "the reader is heard at all");
}

//! Given two parties in a sentence: what does the one do to the other?
//!
//! The parties' spans are known, so nothing has to be resolved: a noun phrase is the source or the target if
//! it is, lists, owns or holds the marked words. Where no rule joins the two, the best rule that
//! names one of them speaks, then any rule that fires on the way between them.

use detente_core::{EventStatus, Span};
use detente_knowledge::Knowledge;
use detente_parse::Sentence;
use detente_resolve::Resolution;

use crate::events::{CodedEvent, sentence_events};
use crate::grammar::{is_below, token};
use crate::rulebook::RuleBook;
use crate::scene::{Given, SOURCE, Scene, TARGET};

/// What the source does to the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// One of the sixteen types; `None` where no rule speaks.
    pub event_type: Option<String>,
    /// Whether it took place.
    pub status: EventStatus,
    /// 0 to 1, a first estimate from how well the rule joins the two; not calibrated.
    pub confidence: f64,
    /// The rule that fired; `None` where none did.
    pub rule: Option<String>,
}

impl Relation {
    /// The root as the PLV data names it.
    pub fn root(&self) -> Option<&str> {
        self.event_type.as_deref().map(root_of)
    }
}

/// The root of an event type: the type itself, but `YIELD` for CONCEDE and RETREAT, which PLV (Hu et
/// al., ACL 2024) does not tell apart.
///
/// ```
/// use detente_rules::root_of;
/// assert_eq!(root_of("RETREAT"), "YIELD");
/// assert_eq!(root_of("AID"), "AID");
/// ```
pub fn root_of(kind: &str) -> &str {
    match kind {
        "CONCEDE" | "RETREAT" => "YIELD",
        other => other,
    }
}

/// Says what the source (at the byte spans `source`) does to the target.
///
/// An empty list of spans, or spans outside of the sentences, leave that party open.
pub fn relate(
    knowledge: &Knowledge,
    book: &RuleBook,
    sentences: &[Sentence],
    source: &[Span],
    target: &[Span],
) -> Relation {
    let resolution = Resolution::new(sentences, Vec::new(), Vec::new(), Vec::new());
    let mut best: Option<(i64, String, EventStatus, String)> = None;
    for lenient in [false, true] {
        if best.as_ref().is_some_and(|best| best.0 >= JOINED) {
            break;
        }
        for (index, sentence) in sentences.iter().enumerate() {
            let given =
                Given { lenient, source: flags(sentence, source), target: flags(sentence, target) };
            let scene = Scene {
                given: Some(&given),
                ..Scene::plain(knowledge, book, sentence, index, &resolution)
            };
            let result = sentence_events(&scene, false);
            for event in result.coded {
                let mut rank = rank(&event);
                if lenient && on_the_way(sentence, &given, event.found.head) {
                    rank += 8;
                }
                if best.as_ref().is_none_or(|best| rank > best.0) {
                    best = Some((rank, event.kind, event.status, event.found.rule.name.clone()));
                }
            }
        }
    }
    match best {
        Some((rank, kind, status, rule)) => Relation {
            event_type: Some(kind),
            status,
            confidence: (rank as f64 / 120.0).clamp(0.2, 0.95),
            rule: Some(rule),
        },
        None => {
            Relation { event_type: None, status: EventStatus::Actual, confidence: 0.0, rule: None }
        }
    }
}

/// Rank from which on the rule joins both parties.
const JOINED: i64 = 90;

/// Whether the target hangs, by whatever way, on the trigger.
fn on_the_way(sentence: &Sentence, given: &Given, head: usize) -> bool {
    given.target.iter().enumerate().any(|(i, &flag)| flag && is_below(sentence, i, head))
}

fn rank(event: &CodedEvent<'_>) -> i64 {
    let has = |list: &[detente_core::Actor], code: &str| {
        list.iter().any(|a| a.code.as_deref() == Some(code))
    };
    let found = &event.found;
    let joined = found.rule.reciprocal || found.binding.parties.is_some();
    let roles = if has(&found.actors, SOURCE) && has(&found.recipients, TARGET) {
        100
    } else if joined
        && (has(&found.actors, SOURCE) || has(&found.actors, TARGET))
        && found.actors.len() + found.recipients.len() > 1
    {
        95
    } else if has(&found.actors, SOURCE) {
        60
    } else if has(&found.recipients, TARGET) {
        55
    } else if has(&found.actors, TARGET) && has(&found.recipients, SOURCE) {
        50
    } else {
        30
    };
    let sure = if event.status == EventStatus::Hypothetical { -4 } else { 0 };
    roles + found.score.min(20) + sure
}

/// Which tokens of the sentence lie in the spans.
fn flags(sentence: &Sentence, spans: &[Span]) -> Vec<bool> {
    (0..sentence.tokens.len())
        .map(|i| token(sentence, i).is_some_and(|t| spans.iter().any(|s| s.overlaps(t.span))))
        .collect()
}

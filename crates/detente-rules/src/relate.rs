//! Given two parties in a sentence: what does the one do to the other?
//!
//! The parties' spans are known, so nothing has to be resolved: a noun phrase is the source or the target if
//! it is, lists, owns or holds the marked words. Where no rule joins the two, rules that name one of them or fire on the way
//! between them are weighed against what the second reader says.

use detente_core::{EventStatus, Span};
use detente_knowledge::Knowledge;
use detente_parse::Sentence;
use detente_resolve::Resolution;

use crate::events::{CodedEvent, sentence_events};
use crate::form::{Form, Outcome, form, outcome};
use crate::grammar::{is_below, token};
use crate::reader::{CLASSES, Pair, Reader, Say, class_of, likeliest, pair_of_parties, say};
use crate::rulebook::RuleBook;
use crate::scene::{Given, SOURCE, Scene, TARGET};

/// What the source does to the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// One of the sixteen types; `None` where neither rules nor reader speak.
    pub event_type: Option<String>,
    /// Whether it took place.
    pub status: EventStatus,
    /// 0 to 1: how likely the root is right, as rules and reader weigh it.
    pub confidence: f64,
    /// The rule that fired, or [`READER`].
    pub rule: Option<String>,
}

/// What stands for a rule's name where the second reader has spoken.
pub const READER: &str = "reader";

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

/// What there is to be read between two given parties, before it is decided on.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// For the second reader.
    pub pair: Pair,
    /// Every event that the rules give, the best first.
    pub says: Vec<Say>,
    fired: Vec<Fired>,
    form: Form,
}

/// An event that a rule gives.
#[derive(Debug, Clone)]
struct Fired {
    rank: i64,
    kind: String,
    status: EventStatus,
    rule: String,
    say: Option<Say>,
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
    evidence(knowledge, book, sentences, source, target).decide(book.reader())
}

/// Gathers what rules and words say of the two parties.
pub fn evidence(
    knowledge: &Knowledge,
    book: &RuleBook,
    sentences: &[Sentence],
    source: &[Span],
    target: &[Span],
) -> Evidence {
    let resolution = Resolution::new(sentences, Vec::new(), Vec::new(), Vec::new());
    let mut fired: Vec<Fired> = Vec::new();
    for lenient in [false, true] {
        if fired.iter().any(|fired| fired.rank >= JOINED) {
            break;
        }
        for (index, sentence) in sentences.iter().enumerate() {
            let given =
                Given { lenient, source: flags(sentence, source), target: flags(sentence, target) };
            let scene = Scene {
                given: Some(&given),
                ..Scene::plain(knowledge, book, sentence, index, &resolution)
            };
            for event in sentence_events(&scene, false).coded {
                let roles = roles(&event);
                let on_way = lenient && on_the_way(sentence, &given, event.found.head);
                let sure = if event.status == EventStatus::Hypothetical { -4 } else { 0 };
                let rank = roles + event.found.score.min(20) + sure + if on_way { 8 } else { 0 };
                let kind = match (lenient, roles) {
                    (false, 100..) => 1,
                    (false, JOINED..) => 2,
                    (false, 55..) => 3,
                    (false, _) => 4,
                    (true, 55..) if on_way => 5,
                    (true, _) => 6,
                };
                let say = class_of(&event.kind).map(|class| Say { class, kind });
                let rule = event.found.rule.name.clone();
                fired.push(Fired { rank, kind: event.kind, status: event.status, rule, say });
            }
        }
    }
    // Of equals the first in the text.
    fired.sort_by_key(|fired| std::cmp::Reverse(fired.rank));
    let mut says: Vec<Say> = fired.iter().filter_map(|fired| fired.say).collect();
    let lenient = says.first().is_some_and(|best| best.kind > 4);
    for said in says.iter_mut().skip(1) {
        said.kind = if lenient || said.kind > 4 { 8 } else { 7 };
    }
    let both = |sentence: &&Sentence| {
        flags(sentence, source).contains(&true) && flags(sentence, target).contains(&true)
    };
    let either = |sentence: &&Sentence| {
        flags(sentence, source).contains(&true) || flags(sentence, target).contains(&true)
    };
    let told = sentences.iter().find(both).or_else(|| sentences.iter().find(either));
    let (pair, form) = told.or(sentences.first()).map_or_else(Default::default, |sentence| {
        let (source, target) = (flags(sentence, source), flags(sentence, target));
        let pair = pair_of_parties(book, sentence, &source, &target, None);
        let form = form(book, sentence, pair.top, None);
        (pair, form)
    });
    Evidence { pair, says, fired, form }
}

impl Evidence {
    /// What rules and reader say together; the rules alone where the reader is empty.
    pub fn decide(&self, reader: &Reader) -> Relation {
        if reader.is_empty() || self.pair.keys().is_empty() {
            return self.by_rules();
        }
        let shares = say(reader, reader.trust(), &self.pair, &self.says);
        let (class, share) = likeliest(&shares);
        let root = root_of(CLASSES[class]);
        let confidence = f64::from((share * 100.0).round()) / 100.0;
        if let Some(fired) = self.fired.iter().find(|fired| root_of(&fired.kind) == root) {
            return Relation { confidence, ..fired.relation() };
        }
        let kind = CLASSES[class];
        let status = match outcome(kind, &self.form, None) {
            Outcome::Coded { status, .. } => status,
            Outcome::Not(_) => EventStatus::Hypothetical,
        };
        Relation {
            event_type: Some(kind.to_owned()),
            status,
            confidence,
            rule: Some(READER.to_owned()),
        }
    }

    /// What the rules say by themselves.
    pub fn by_rules(&self) -> Relation {
        self.fired.first().map_or(
            Relation { event_type: None, status: EventStatus::Actual, confidence: 0.0, rule: None },
            Fired::relation,
        )
    }
}

impl Fired {
    fn relation(&self) -> Relation {
        Relation {
            event_type: Some(self.kind.clone()),
            status: self.status,
            confidence: (self.rank as f64 / 120.0).clamp(0.2, 0.95),
            rule: Some(self.rule.clone()),
        }
    }
}

/// Rank from which on the rule joins both parties.
const JOINED: i64 = 90;

/// Whether the target hangs, by whatever way, on the trigger.
fn on_the_way(sentence: &Sentence, given: &Given, head: usize) -> bool {
    given.target.iter().enumerate().any(|(i, &flag)| flag && is_below(sentence, i, head))
}

/// How well the event joins the given parties.
fn roles(event: &CodedEvent<'_>) -> i64 {
    let has = |list: &[detente_core::Actor], code: &str| {
        list.iter().any(|a| a.code.as_deref() == Some(code))
    };
    let found = &event.found;
    let joined = found.rule.reciprocal || found.binding.parties.is_some();
    if has(&found.actors, SOURCE) && has(&found.recipients, TARGET) {
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
    }
}

/// Which tokens of the sentence lie in the spans.
fn flags(sentence: &Sentence, spans: &[Span]) -> Vec<bool> {
    (0..sentence.tokens.len())
        .map(|i| token(sentence, i).is_some_and(|t| spans.iter().any(|s| s.overlaps(t.span))))
        .collect()
}

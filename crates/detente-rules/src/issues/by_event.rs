//! Issues by the events of a sentence.
//!
//! In go a topic and the events of its sentence, out come the stance and the parties where the topic is what an event is about: charges
//! and protests divide, talks discuss, agreements and joint work are shared. The rules of events know many more words than the lists of
//! stances do.

use std::collections::BTreeSet;

use detente_core::{Actor, Commitment, CommitmentStatus, Event, EventStatus, Span, Stance};
use detente_knowledge::SlotRole;
use detente_parse::{Sentence, Upos};

use super::stance::{StanceWords, is_site, is_unreal};
use super::{Named, lemma_of, noun_before};
use crate::event_record::events_in;
use crate::grammar::{has_case, is_below, is_relative, patient, subject, token};
use crate::scene::Scene;

/// Steps that are climbed from a topic to the word that an event rests on.
const MAX_CLIMB: usize = 12;

/// Below this a party is a guess that makes no issue.
const SURE: f64 = 0.5;

/// The same of what two do together.
const SHARED: f64 = 0.6;

/// Prepositions by which an act governs what it is about.
const ABOUT: [&str; 11] = [
    "over",
    "on",
    "about",
    "regarding",
    "concerning",
    "for",
    "of",
    "against",
    "to",
    "towards",
    "toward",
];

/// What an event of the sentence makes of a topic, and between whom.
pub(super) fn told(
    scene: &Scene<'_>,
    words: &StanceWords,
    events: &[Event],
    made: &[Commitment],
    topic: &Named<'_>,
) -> Option<(Stance, Vec<String>)> {
    let sentence = scene.sentence;
    if is_site(words, sentence, topic.head) {
        return None;
    }
    let here = events_in(events, scene.index);
    let mut found: Option<(usize, Stance, Vec<String>)> = None;
    for event in here {
        let Some(trigger) = trigger(sentence, event) else { continue };
        if is_unreal(words, sentence, trigger) {
            continue;
        }
        let stance = stance_of(scene, words, event, trigger)
            .or_else(|| told_off(sentence, event, topic).then_some(Stance::Contested));
        let Some(stance) = stance else { continue };
        // "Resolved a row over airspace", however the tree hangs it, leaves nothing that they share.
        let settled = words.settled.contains(lemma_of(sentence, trigger))
            || noun_before(sentence, topic.head)
                .is_some_and(|noun| words.at(sentence, noun, None) == Some(Stance::Contested));
        if stance == Stance::Shared && settled {
            continue;
        }
        // What the words name only loosely is not shared wherever it stands in what was agreed.
        if stance == Stance::Shared && topic.loose {
            continue;
        }
        let own = event.actors.iter().chain(&event.recipients).any(|actor| {
            let head = sentence.tokens[topic.head].span;
            actor.span.is_some_and(|span| span.start <= head.start && head.end <= span.end)
                // "Tehran's nuclear programme" is no party, though it is somebody's.
                && topic.topic.is_none_or(|topic| topic.context.is_none())
        });
        if own {
            continue;
        }
        let Some(steps) = steps(words, sentence, topic, trigger, stance) else { continue };
        let Some(between) = parties(event) else { continue };
        // What is over at the end of the text is shared no more.
        let over = made.iter().any(|commitment| {
            let stands = matches!(
                commitment.status,
                CommitmentStatus::Announced | CommitmentStatus::Started | CommitmentStatus::Held
            );
            let here = commitment.mentions.iter().any(|m| m.sentence == scene.index);
            !stands && (here || commitment.parties == between)
        });
        if over && stance == Stance::Shared {
            continue;
        }
        // Of several events the nearest tells what the topic is to it.
        if found.as_ref().is_none_or(|(nearest, ..)| steps < *nearest) {
            found = Some((steps, stance, between));
        }
    }
    found.map(|(_, stance, between)| (stance, between))
}

/// "Both claim the rock", "each calls the island its own": two who do the same with one thing.
pub(super) fn claimed(
    scene: &Scene<'_>,
    words: &StanceWords,
    topic: &Named<'_>,
) -> Option<(Stance, Vec<String>)> {
    let sentence = scene.sentence;
    let mut at = topic.head;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        if word.upos == Upos::Verb && words.rivals.contains(word.lemma.as_str()) {
            let doers = subject(sentence, at)?;
            let each = |at: usize| matches!(lemma_of(sentence, at), "both" | "each");
            let apart = each(doers)
                || sentence.children(doers).iter().chain(sentence.children(at)).any(|&c| each(c));
            let codes: BTreeSet<String> = scene
                .actors(doers, SlotRole::Actor)
                .into_iter()
                .filter_map(|actor| actor.code)
                .collect();
            return (apart && codes.len() > 1)
                .then(|| (Stance::Contested, codes.into_iter().collect()));
        }
        let passes = matches!(
            word.relation(),
            "compound" | "amod" | "conj" | "appos" | "obj" | "obl" | "nmod" | "xcomp" | "ccomp"
        );
        at = word.head.filter(|_| passes)?;
    }
    None
}

/// The token that an event rests on.
pub(super) fn trigger(sentence: &Sentence, event: &Event) -> Option<usize> {
    let start = event.trigger.span.start;
    sentence.tokens.iter().position(|t| t.span.start <= start && start < t.span.end)
}

/// What an event says of what it is about.
fn stance_of(
    scene: &Scene<'_>,
    words: &StanceWords,
    event: &Event,
    trigger: usize,
) -> Option<Stance> {
    let sentence = scene.sentence;
    if matches!(event.status, EventStatus::Hypothetical | EventStatus::Denied) {
        return None;
    }
    let actual = event.status == EventStatus::Actual;
    match event.kind.as_str() {
        "ACCUSE" => actual.then_some(Stance::Contested),
        // A refusal alone is no quarrel; an objection is, and an answer to a charge.
        "REJECT" | "PROTEST" => {
            let objects = words.against.contains(lemma_of(sentence, trigger));
            let answers = || {
                patient(sentence, trigger)
                    .is_some_and(|object| words.accusations.contains(lemma_of(sentence, object)))
            };
            (actual && (objects || answers())).then_some(Stance::Contested)
        }
        // "Ever since a defector spoke of": what was before.
        "CONSULT" => (actual && !event.background && !is_time(sentence, trigger))
            .then_some(Stance::Discussed),
        "COOPERATE" | "AGREE" | "SUPPORT" => {
            // "Buys its oil": a trade that is told in passing must be well read.
            let sure = event.kind != "COOPERATE" || event.confidence >= SHARED;
            let made_by_both = (event.reciprocal || event.kind == "COOPERATE") && sure;
            let signed = event.kind == "SUPPORT"
                && patient(sentence, trigger)
                    .is_some_and(|object| words.agreements.contains(lemma_of(sentence, object)));
            // "Will hold an exercise" is only planned, "agreed to fight smugglers" is agreed.
            let agreed =
                event.kind == "AGREE" && scene.book.promises.agrees(lemma_of(sentence, trigger));
            ((made_by_both || signed) && (actual || agreed)).then_some(Stance::Shared)
        }
        _ => None,
    }
}

/// "Told Tehran to mind its own business": what is refused is an act that names the topic itself.
fn told_off(sentence: &Sentence, event: &Event, topic: &Named<'_>) -> bool {
    event.kind == "REJECT"
        && event.status == EventStatus::Actual
        && token(sentence, topic.head).is_some_and(|t| t.upos == Upos::Verb)
}

/// Whether a verb only tells when: "since they spoke".
fn is_time(sentence: &Sentence, verb: usize) -> bool {
    token(sentence, verb).is_some_and(|t| t.relation() == "advcl")
        && ["since", "after", "before", "when", "while", "as", "until"]
            .iter()
            .any(|mark| has_case(sentence, verb, mark))
}

/// Who accuses whom of something about "it" or "the deal", and the bytes of that word.
pub(super) fn of_it(
    scene: &Scene<'_>,
    words: &StanceWords,
    events: &[Event],
) -> Option<(Vec<String>, Span)> {
    let sentence = scene.sentence;
    events_in(events, scene.index).iter().filter(|e| e.kind == "ACCUSE").find_map(|event| {
        let trigger = trigger(sentence, event)?;
        let charged = event.status == EventStatus::Actual;
        let taken_up = |at: usize| {
            let word = lemma_of(sentence, at);
            let definite = sentence.children(at).iter().any(|&c| {
                matches!(lemma_of(sentence, c), "the" | "this" | "that" | "its" | "their")
            });
            let it = word == "it" && token(sentence, at).is_some_and(|t| t.upos == Upos::Pron);
            (it || (definite && (words.agreements.contains(word) || words.texts.contains(word))))
                && at != trigger
                && is_below(sentence, at, trigger)
        };
        let at = (0..sentence.tokens.len()).find(|&at| charged && taken_up(at))?;
        Some((parties(event)?, sentence.tokens[at].span))
    })
}

/// Both sides of an event, sorted.
pub(super) fn parties(event: &Event) -> Option<Vec<String>> {
    let codes = |actors: &[Actor]| -> BTreeSet<String> {
        actors.iter().filter_map(|actor| actor.code.clone()).collect()
    };
    let own = codes(&event.actors);
    let others: BTreeSet<String> = codes(&event.recipients).difference(&own).cloned().collect();
    let both = !own.is_empty()
        && if event.reciprocal { own.len() > 1 } else { !others.is_empty() }
        && event.confidence >= SURE;
    both.then(|| own.union(&others).cloned().collect())
}

/// How many words lie between a topic and the act that is about it; `None` where it is not.
fn steps(
    words: &StanceWords,
    sentence: &Sentence,
    topic: &Named<'_>,
    trigger: usize,
    stance: Stance,
) -> Option<usize> {
    let contested = stance == Stance::Contested;
    let place = topic.is_place();
    // "Met on the border"
    let border = matches!(lemma_of(sentence, topic.head), "border" | "frontier" | "crossing");
    if border
        && ["on", "at", "along", "near", "across"]
            .iter()
            .any(|case| has_case(sentence, topic.head, case))
    {
        return None;
    }
    let mut at = topic.head;
    for step in 0..MAX_CLIMB {
        if at == trigger {
            return Some(step);
        }
        // "Settled their dispute over the island" leaves nothing that they share.
        if stance == Stance::Shared && words.at(sentence, at, None) == Some(Stance::Contested) {
            return None;
        }
        let word = token(sentence, at)?;
        let up = word.head?;
        let direct = up == trigger;
        let by = |cases: &[&str]| cases.iter().any(|case| has_case(sentence, at, case));
        let passes = match word.relation() {
            "compound" | "amod" | "appos" | "flat" | "fixed" => !(place && at == topic.head),
            // "accused Oslo and signed a pact": another act, not what the first is about.
            "conj" => {
                word.upos != Upos::Verb || (!direct && token(sentence, up)?.upos == Upos::Verb)
            }
            "nmod" => {
                word.deprel != "nmod:poss"
                    && (!direct || by(&ABOUT))
                    && !by(&["between", "with", "since", "after", "during", "before"])
                    // "hostilities in Gaza": where it is.
                    && !(place && stance == Stance::Shared && by(&["in", "around", "near", "at"]))
            }
            "obj" | "xcomp" => true,
            "ccomp" | "csubj" => contested,
            "nsubj" => {
                // "Fish was discussed by the two": what is done to it.
                word.deprel == "nsubj:pass" || (contested && !direct)
            }
            "obl" if direct => by(&ABOUT) && (contested || !by(&["to", "for"])),
            "obl" => by(&ABOUT) || (contested && by(&["in", "into"])),
            "advcl" | "acl" => {
                let relative = word.deprel == "acl:relcl"
                    || sentence.children(at).iter().any(|&c| is_relative(sentence, c));
                // "Charged them with holding captives", "accusations that they hold captives"
                let charged = contested
                    && (by(&["with", "in"])
                        || (by(&["that"]) && words.accusations.contains(lemma_of(sentence, up))));
                let marked = charged
                    || by(&["of", "for", "over", "about", "on", "against", "to"])
                    || sentence.children(at).iter().any(|&c| {
                        token(sentence, c)
                            .is_some_and(|t| t.relation() == "mark" && t.lemma == "to")
                    });
                if relative { contested && !topic.loose && !direct } else { marked }
            }
            _ => false,
        };
        if !passes {
            return None;
        }
        at = up;
    }
    None
}

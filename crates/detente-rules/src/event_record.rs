//! An event as it was read → the record's event: trigger, modes, contexts, date, place.
//!
//! In goes a match with its parties, type and status, out comes an [`Event`] with everything that the clause says beside:
//! "Blinken met Xi in Beijing on Monday" gets the place and the date of *met*, and what stands in clauses of its own is left to
//! their events.

use std::borrow::Cow;

use detente_core::{Actor, Document, Event, Place, Span, SpanText, stable_id};
use detente_knowledge::Knowledge;
use detente_parse::Sentence;
use detente_resolve::TimeRelation;

use crate::confidence::{Signs, signs};
use crate::events::{CodedEvent, Found, link_below, same_party};
use crate::grammar::{clause, has_case, is_below, token};
use crate::matcher::lower;
use crate::scene::Scene;

/// Writes one event down with the signs of how it was read; `named` is what [`contexts_named`] found in its sentence.
pub(crate) fn write_event(
    scene: &Scene<'_>,
    document: &Document,
    named: &[(usize, &str)],
    event: &CodedEvent<'_>,
) -> Option<(Event, Signs)> {
    let found = &event.found;
    let mut actors = found.actors.clone();
    let mut recipients = found.recipients.clone();
    let collective = found.binding.parties.is_some();
    let own_type = event.kind == found.rule.kind;
    let mut reciprocal = collective || (found.rule.reciprocal && own_type);
    if reciprocal {
        for recipient in recipients.drain(..) {
            if !actors.iter().any(|a| same_party(a, &recipient)) {
                actors.push(recipient);
            }
        }
        if actors.len() < 2 {
            if !collective {
                return None;
            }
            reciprocal = false;
        }
    }
    let nobody = actors.is_empty() && !recipients.iter().any(|r| r.code.is_some());
    if nobody || !is_of_record(&event.kind, &actors, &recipients) {
        return None;
    }
    let trigger = trigger(scene, document, found)?;
    let kind = scene.knowledge.ontology.event_type(&event.kind);
    let modes = if own_type {
        found.rule.modes.clone()
    } else {
        derived_modes(scene.knowledge, &event.kind, &found.rule.kind)
    };
    let contexts = contexts(scene, named, event, &actors, &recipients);
    let from_table =
        || scene.knowledge.ontology.cameo(&event.kind, &modes, &contexts, event.status.as_str());
    let of_rule = found.rule.cameo.as_deref().filter(|_| own_type);
    let cameo = of_rule.or_else(from_table).map(str::to_owned);
    let (date, date_text) = date(scene, document, event);
    let sentence_number = scene.index.to_string();
    let place_of_trigger = format!("{}-{}", trigger.span.start, trigger.span.end);
    let parties: Vec<&str> =
        actors.iter().chain(&recipients).map(|a| a.code.as_deref().unwrap_or("-")).collect();
    let id = stable_id(&[
        &document.id,
        &sentence_number,
        &event.kind,
        &place_of_trigger,
        &parties.join(" "),
    ]);
    for actor in actors.iter_mut().chain(&mut recipients) {
        if let Some(span) = actor.span {
            actor.text = span.of(&document.text).map(str::to_owned);
        }
    }
    let signs = signs(scene, event, &actors, &recipients);
    let written = Event {
        id,
        sentence: scene.index,
        kind: event.kind.clone(),
        modes,
        contexts,
        actors,
        recipients,
        reciprocal,
        status: event.status,
        background: event.form.background,
        date,
        date_text,
        place: place(scene, event),
        cameo,
        quad: kind.map_or(0, |k| k.quad),
        score: kind.map_or(0.0, |k| k.score),
        trigger,
        attribution: None,
        rule: found.rule.name.clone(),
        confidence: (scene.book.confidence().of(&signs) * 100.0).round() / 100.0,
    };
    Some((written, signs))
}

/// Whether the event concerns states, organisations or armed groups: some party has a code, or, where
/// the text does not say whose they are, forces, officials, rebels or crowds clash.
fn is_of_record(kind: &str, actors: &[Actor], recipients: &[Actor]) -> bool {
    use detente_core::Sector;
    let mut all = actors.iter().chain(recipients);
    let public = |a: &Actor| {
        a.sector.is_some_and(|s| {
            matches!(
                s,
                Sector::Mil
                    | Sector::Gov
                    | Sector::Reb
                    | Sector::Ter
                    | Sector::Par
                    | Sector::Spy
                    | Sector::Igo
            )
        })
    };
    all.clone().any(|a| a.code.is_some())
        || kind == "PROTEST"
        || (matches!(kind, "ASSAULT" | "COERCE" | "MOBILIZE" | "RETREAT" | "CONCEDE")
            && all.any(public))
        || (kind == "ASSAULT" && actors.iter().any(|a| a.sector == Some(Sector::Unk)))
}

/// Modes that a derived type takes from the one it was derived from: a refused meeting is REJECT, meet.
fn derived_modes(knowledge: &Knowledge, kind: &str, from: &str) -> Vec<String> {
    let mode = match (kind, from) {
        ("REJECT" | "REQUEST", "CONSULT") => "meet",
        ("REJECT" | "REQUEST", "AID" | "COOPERATE" | "SUPPORT") => "assist",
        ("REJECT" | "REQUEST", "RETREAT" | "CONCEDE") => "yield",
        ("THREATEN", "ASSAULT" | "MOBILIZE") => "violence",
        ("THREATEN", "SANCTION") => "relations",
        ("THREATEN", "COERCE") => "restrict",
        ("SANCTION", "AID" | "COOPERATE" | "CONSULT") => "discontinue",
        _ => return Vec::new(),
    };
    let known =
        knowledge.ontology.event_type(kind).is_some_and(|t| t.modes.iter().any(|m| m == mode));
    if known { vec![mode.to_owned()] } else { Vec::new() }
}

/// The words that the event rests on: the head with its particles and the verb that carries it.
fn trigger(scene: &Scene<'_>, document: &Document, found: &Found<'_>) -> Option<SpanText> {
    let sentence = scene.sentence;
    let mut tokens = found.binding.triggers.clone();
    tokens.extend(found.binding.light);
    tokens.sort_unstable();
    tokens.dedup();
    let own = tokens.iter().position(|&t| t == found.head)?;
    let (mut low, mut high) = (own, own);
    while low > 0 && tokens[low] - tokens[low - 1] <= 3 {
        low -= 1;
    }
    while high + 1 < tokens.len() && tokens[high + 1] - tokens[high] <= 3 {
        high += 1;
    }
    let span = token(sentence, tokens[low])?.span.cover(token(sentence, tokens[high])?.span);
    Some(SpanText { span, text: span.of(&document.text)?.to_owned() })
}

/// Where the sentence names topics that have a context, and which.
pub(crate) fn contexts_named<'k>(
    knowledge: &'k Knowledge,
    sentence: &Sentence,
) -> Vec<(usize, &'k str)> {
    let lemmas: Vec<Cow<'_, str>> = sentence.tokens.iter().map(|t| lower(&t.lemma)).collect();
    let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lemmas.len() {
        let topic = knowledge.topics.issue_at(&lemmas[at..]);
        found.extend(topic.and_then(|(_, topic)| Some((at, topic.context.as_deref()?))));
        at += topic.map_or(1, |(taken, _)| taken.max(1));
    }
    found
}

/// Contexts of the rule and of the topics named in the event's clause.
fn contexts(
    scene: &Scene<'_>,
    named: &[(usize, &str)],
    event: &CodedEvent<'_>,
    actors: &[Actor],
    recipients: &[Actor],
) -> Vec<String> {
    use detente_core::Sector;
    let mut found: Vec<String> = event.found.rule.contexts.clone();
    let push = |found: &mut Vec<String>, context: &str| {
        if !found.iter().any(|c| c == context) {
            found.push(context.to_owned());
        }
    };
    let top = event.by.map_or(event.found.head, |by| by.at);
    for (at, context) in named {
        if link_below(scene.sentence, *at, top).is_some() {
            push(&mut found, context);
        }
    }
    let all = || actors.iter().chain(recipients);
    let official = |a: &Actor| matches!(a.sector, Some(Sector::Gov | Sector::Igo));
    let mut codes: Vec<&str> =
        all().filter(|a| official(a)).filter_map(|a| a.code.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.len() > 1 && matches!(event.kind.as_str(), "CONSULT" | "SUPPORT" | "AGREE" | "CONCEDE")
    {
        push(&mut found, "diplomatic");
    }
    if all().any(|a| matches!(a.sector, Some(Sector::Mil | Sector::Reb | Sector::Par)))
        && matches!(event.kind.as_str(), "COOPERATE" | "RETREAT" | "MOBILIZE" | "ASSAULT" | "AID")
    {
        push(&mut found, "military");
    }
    found
}

/// The expression of time that hangs on the event's own clause.
fn date(
    scene: &Scene<'_>,
    document: &Document,
    event: &CodedEvent<'_>,
) -> (Option<String>, Option<String>) {
    let sentence = scene.sentence;
    let own = event.found.binding.light.unwrap_or(event.found.head);
    let own_clause = clause(sentence, own);
    let mut best: Option<(usize, Span, Option<&String>)> = None;
    for mention in scene.resolution.dates.iter().filter(|d| d.sentence == scene.index) {
        // The token of the expression that hangs on something outside of it.
        let Some(top) = mention.tokens.clone().find(|&t| {
            token(sentence, t).is_some_and(|w| w.head.is_none_or(|h| !mention.tokens.contains(&h)))
        }) else {
            continue;
        };
        let governor = token(sentence, top).and_then(|w| w.head).unwrap_or(top);
        // "denied a part in the 9/11 attacks": the date is that of the noun, unless the noun itself says
        // when, as in "at Monday's debate".
        let premodifies = token(sentence, top).is_some_and(|w| {
            matches!(w.relation(), "compound" | "amod" | "nummod") || w.deprel == "nmod:poss"
        });
        let tells_when = token(sentence, governor).is_some_and(|w| w.relation() == "obl")
            && ["at", "during", "in", "on"].iter().any(|case| has_case(sentence, governor, case));
        let distance = if governor == own || governor == event.found.head {
            0
        } else if premodifies && !tells_when {
            continue;
        } else if clause(sentence, top) == own_clause {
            1
        } else if event.by.is_some_and(|by| clause(sentence, top) == clause(sentence, by.at)) {
            2
        } else {
            continue;
        };
        if best.is_none_or(|(d, _, _)| distance < d) {
            // "since 2014" and "by June" bound the time of an event, and are not it.
            let at = mention.relation == TimeRelation::At;
            let value = if at { mention.value.as_ref() } else { None };
            best = Some((distance, mention.span, value));
        }
    }
    best.map_or((None, None), |(_, span, value)| {
        (value.cloned(), span.of(&document.text).map(str::to_owned))
    })
}

/// Where the event took place, if the text says so.
fn place(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Place> {
    let sentence = scene.sentence;
    let own = event.found.binding.light.unwrap_or(event.found.head);
    let own_clause = clause(sentence, own);
    let here: Vec<_> = scene
        .resolution
        .places
        .iter()
        .filter(|p| p.sentence == scene.index && !p.dateline)
        .collect();
    // What lies in a clause below tells where something else took place.
    let at_event = here.iter().find(|p| {
        clause(sentence, p.head) == own_clause
            && link_below(sentence, p.head, event.found.head)
                .is_some_and(|link| !has_case(sentence, link, "from"))
    });
    let in_clause = || here.iter().find(|p| clause(sentence, p.head) == own_clause);
    let above = |at: usize| is_below(sentence, own_clause, clause(sentence, at));
    let (found, via) = if let Some(found) = at_event {
        (found, "tree")
    } else if let Some(found) = in_clause() {
        (found, "tree")
    } else if let [only] = here.as_slice()
        && above(only.head)
    {
        (only, "sentence")
    } else {
        return None;
    };
    let mut place = found.place.clone();
    place.via = Some(via.to_owned());
    Some(place)
}

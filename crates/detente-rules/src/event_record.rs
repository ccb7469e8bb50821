//! An event as it was read → the record's event: trigger, modes, contexts, date, place.
//!
//! In goes a match with its parties, type and status, out comes an [`Event`] with everything that the clause says beside:
//! "Blinken met Xi in Beijing on Monday" gets the place and the date of *met*, and what stands in clauses of its own is left to
//! their events.

use std::borrow::Cow;

use detente_core::{Actor, Document, Event, EventStatus, Place, Span, SpanText, stable_id};
use detente_knowledge::{EntityKind, Knowledge};
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::{DateMention, TimeKind, TimeRelation};

use crate::confidence::{Signs, signs};
use crate::events::{CodedEvent, Found, link_below, same_party};
use crate::grammar::{clause, dependent, has_case, is_below, token};
use crate::matcher::lower;
use crate::scene::Scene;
use crate::sectors;
use crate::whereabouts::place;

/// Writes one event down with the signs of how it was read; `named` is what [`contexts_named`] found in its sentence, `fellows` are all
/// events of the sentence, and `named_signs` keeps the names of the signs.
pub(crate) fn write_event(
    scene: &Scene<'_>,
    document: &Document,
    named: &[(usize, &str)],
    event: &CodedEvent<'_>,
    fellows: &[CodedEvent<'_>],
    named_signs: bool,
) -> Option<(Event, Signs)> {
    let (date, date_text) = date(scene, document, event);
    let planned;
    let event = match ahead(scene, document, event, date.as_deref()) {
        Some(moved) => {
            planned = moved;
            &planned
        }
        None => event,
    };
    let found = &event.found;
    let mut actors = found.actors.clone();
    let mut recipients = found.recipients.clone();
    let collective = found.binding.parties.is_some();
    let own_type = event.kind == found.rule.kind;
    // "Will meet the president": a meeting to come is of both, too.
    let to_come = event.kind == "AGREE"
        && found.rule.kind == "CONSULT"
        && found.rule.reciprocal
        && event.by.is_none()
        && !recipients.is_empty();
    let mut reciprocal = collective || (found.rule.reciprocal && own_type) || to_come;
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
    let place = place(scene, event);
    let third_place = own_type
        && reciprocal
        && is_at_third_place(scene, &found.rule.modes, &actors, place.as_ref());
    let modes = if !own_type {
        derived_modes(scene.knowledge, &event.kind, &found.rule.kind)
    } else if let Some(mode) = mode_of_means(scene, found) {
        vec![mode.to_owned()]
    } else if third_place {
        vec!["third-party".to_owned()]
    } else {
        found.rule.modes.clone()
    };
    let contexts = contexts(scene, named, event, &actors, &recipients);
    // The code of a meeting at a third place is that of its mode alone: with a context it is a mediator's.
    let telling = if third_place { &[][..] } else { contexts.as_slice() };
    let from_table =
        || scene.knowledge.ontology.cameo(&event.kind, &modes, telling, event.status.as_str());
    let of_rule = found.rule.cameo.as_deref().filter(|_| own_type);
    let cameo = of_rule.or_else(from_table).map(str::to_owned);
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
    let signs = signs(scene, event, fellows, &actors, &recipients, named_signs);
    sectors::tell(scene, &event.kind, &mut actors, &mut recipients);
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
        place,
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

/// Verbs whose past is as their present, so that the parser may take one for the other.
const ONE_FORM: [&str; 15] = [
    "beat", "bid", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit", "read", "set",
    "shut", "split", "spread",
];

/// "Flies to Rome on Sunday", told on the Tuesday before: an act in the present tense whose day is still to come is a plan.
fn ahead<'k>(
    scene: &Scene<'_>,
    document: &Document,
    event: &CodedEvent<'k>,
    date: Option<&str>,
) -> Option<CodedEvent<'k>> {
    let friendly = matches!(
        event.kind.as_str(),
        "CONSULT" | "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT"
    );
    let verb = clause(scene.sentence, event.found.binding.light.unwrap_or(event.found.head));
    let present = token(scene.sentence, verb).is_some_and(|word| match word.xpos.as_str() {
        "VBZ" | "VBG" => true,
        "VBP" => !ONE_FORM.contains(&word.form.as_str()),
        _ => false,
    });
    let later = date?.get(..10)? > document.date.as_deref()?;
    (friendly && present && later && event.status == EventStatus::Actual && event.by.is_none())
        .then(|| CodedEvent {
            kind: "AGREE".to_owned(),
            status: EventStatus::Planned,
            ..event.clone()
        })
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

/// "Attacked them with clubs", "a drone killed four": how force is used is told by what it is used with, where the rule knows no more than
/// that arms were fired. The words of each mode are those of the group `means_` and its name.
fn mode_of_means<'k>(scene: &Scene<'k>, found: &Found<'_>) -> Option<&'k str> {
    let armed = |mode: &String| matches!(mode.as_str(), "firearms" | "heavy-weapons" | "aerial");
    if found.rule.kind != "ASSAULT" || !found.rule.modes.iter().all(armed) {
        return None;
    }
    let sentence = scene.sentence;
    let with = |&c: &usize| {
        c > found.head
            && token(sentence, c).is_some_and(|t| matches!(t.relation(), "obl" | "nmod"))
            && ["with", "by"].iter().any(|case| has_case(sentence, c, case))
    };
    let object = dependent(sentence, found.head, "obj");
    let mut means: Vec<usize> =
        sentence.children(found.head).iter().copied().filter(with).collect();
    means
        .extend(object.into_iter().flat_map(|o| sentence.children(o).iter().copied().filter(with)));
    let mut listed: Vec<usize> =
        means.iter().flat_map(|&c| sentence.dependents(c, "conj")).collect();
    means.append(&mut listed);
    means.extend(found.binding.thing.or(found.binding.actor));
    // What is shot down or handed over is no means.
    let is_object = |at: usize| Some(at) == object;
    means.extend(found.binding.triggers.iter().copied().filter(|&at| !is_object(at)));
    let of_object = object.filter(|at| found.binding.triggers.contains(at));
    let mut inside: Vec<usize> = means
        .iter()
        .copied()
        .chain(of_object)
        .flat_map(|c| sentence.dependents(c, "compound"))
        .collect();
    means.append(&mut inside);
    let ontology = scene.knowledge.ontology.event_type(&found.rule.kind)?;
    let groups = &scene.knowledge.words.groups;
    let known = !found.rule.modes.is_empty();
    ontology.modes.iter().map(String::as_str).filter(|mode| !known || *mode != "firearms").find(|mode| {
        let group = groups.get(&format!("means_{}", mode.replace('-', "_")));
        group.into_iter().flatten().any(|words| {
            matches!(words.as_slice(), [word] if means.iter().any(|&at| {
                token(sentence, at).is_some_and(|t| t.upos == Upos::Noun && lower(&t.lemma) == *word)
            }))
        })
    })
}

/// "Putin met Biden in Geneva": states that meet in the land of none of them visit nobody.
fn is_at_third_place(
    scene: &Scene<'_>,
    modes: &[String],
    actors: &[Actor],
    place: Option<&Place>,
) -> bool {
    let Some(country) = place.and_then(|p| p.country.as_deref()) else { return false };
    let state = |a: &Actor| {
        a.code.as_deref().is_some_and(|code| {
            let entity = scene.knowledge.actors.entity(code);
            code != country
                && entity.is_some_and(|e| {
                    matches!(e.kind, EntityKind::Country | EntityKind::ArmedGroup)
                        && e.country.as_deref() != Some(country)
                })
        })
    };
    modes.iter().any(|mode| mode == "visit") && actors.len() > 1 && actors.iter().all(state)
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
        let topic = knowledge.topics.context_at(&lemmas[at..]);
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

/// The expression of time that tells when the event was: the one nearest to its own clause, rather a time than a bound of it, and
/// rather a known one.
fn date(
    scene: &Scene<'_>,
    document: &Document,
    event: &CodedEvent<'_>,
) -> (Option<String>, Option<String>) {
    if let Some(mention) = of_when(scene, event) {
        return (mention.value.clone(), mention.span.of(&document.text).map(str::to_owned));
    }
    let mut best: Option<((usize, bool, bool), &DateMention)> = None;
    for mention in scene.resolution.dates_in(scene.index) {
        let Some(distance) = distance(scene, event, mention)
            .filter(|_| !is_of_what_is_asked(scene, document, event, mention))
        else {
            continue;
        };
        let bound = mention.relation != TimeRelation::At;
        let rank = (distance, bound, mention.value.is_none());
        if best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, mention));
        }
    }
    best.map_or((None, None), |(_, mention)| {
        // "since 2014" and "by June" bound the time of an event, and are not it.
        let at = mention.relation == TimeRelation::At;
        let value = mention.value.clone().filter(|_| at);
        (value, words_of_date(scene.sentence, mention).of(&document.text).map(str::to_owned))
    })
}

/// The time that a clause with "when" goes on from: "since 8 September, when they overpowered the guards".
fn of_when<'s>(scene: &Scene<'s>, event: &CodedEvent<'_>) -> Option<&'s DateMention> {
    let sentence = scene.sentence;
    let mut own = clause(sentence, event.found.binding.light.unwrap_or(event.found.head));
    // "When gunmen stopped their convoy, killing the driver".
    if let Some(above) = token(sentence, own)
        .filter(|word| word.relation() == "advcl" && word.xpos == "VBG")
        .and_then(|word| word.head)
    {
        own = above;
    }
    let when = sentence.children(own).iter().copied().find(|&child| {
        child < own && token(sentence, child).is_some_and(|word| word.lemma == "when")
    })?;
    let before = when.checked_sub(1)?;
    let comma = token(sentence, before).is_some_and(|word| word.form == ",");
    let end = when - usize::from(comma);
    scene.resolution.dates_in(scene.index).iter().find(|mention| {
        mention.tokens.end == end
            && mention.kind == TimeKind::Date
            && mention.value.is_some()
            && !mention.dateline
    })
}

/// Whether a time tells when what words ask for, threaten or charge is to be, and not when they were said: "called for a march on Tuesday",
/// "wants the talks to reopen on 15 April", "warned that he would close the border overnight".
fn is_of_what_is_asked(
    scene: &Scene<'_>,
    document: &Document,
    event: &CodedEvent<'_>,
    mention: &DateMention,
) -> bool {
    let words = matches!(event.kind.as_str(), "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN");
    if !words || event.status != EventStatus::Actual {
        return false;
    }
    let to_come = mention.value.as_deref().zip(document.date.as_deref());
    if to_come.is_some_and(|(value, today)| value > today) {
        return true;
    }
    let sentence = scene.sentence;
    let own = clause(sentence, event.found.binding.light.unwrap_or(event.found.head));
    let told = token(sentence, own).is_some_and(|verb| verb.relation() == "ccomp");
    let modal = sentence
        .children(own)
        .iter()
        .any(|&child| token(sentence, child).is_some_and(|word| word.xpos == "MD"));
    let below = mention.tokens.clone().any(|time| is_below(sentence, time, own));
    told && modal && below
}

/// The bytes of an expression with what it counts from: "two days after the coup".
fn words_of_date(sentence: &Sentence, mention: &DateMention) -> Span {
    let after = mention.tokens.clone().last().and_then(|last| token(sentence, last));
    let noun = after.filter(|word| word.relation() == "case").and_then(|word| word.head);
    match noun.filter(|noun| *noun >= mention.tokens.end).and_then(|noun| token(sentence, noun)) {
        Some(noun) => mention.span.cover(noun.span),
        None => mention.span,
    }
}

/// How far an expression of time is from the event; `None` where it does not tell when the event was.
fn distance(scene: &Scene<'_>, event: &CodedEvent<'_>, mention: &DateMention) -> Option<usize> {
    // The date of a dateline is that of the report, and a length of time says how long.
    if mention.dateline || mention.kind == TimeKind::Duration {
        return None;
    }
    let sentence = scene.sentence;
    let own = event.found.binding.light.unwrap_or(event.found.head);
    // "50,000 cars a year", "two million per month".
    let first = token(sentence, mention.tokens.start);
    if mention.kind == TimeKind::Set
        && first.is_some_and(|word| matches!(word.lemma.as_str(), "a" | "an" | "per"))
    {
        return None;
    }
    // "Most recently on Tuesday".
    let mention = before_open(scene, mention);
    // The token of the expression that hangs on something outside of it.
    let hangs = |&t: &usize| {
        token(sentence, t).is_some_and(|w| w.head.is_none_or(|h| !mention.tokens.contains(&h)))
    };
    let heads = |&t: &usize| {
        token(sentence, t).is_some_and(|w| !matches!(w.relation(), "det" | "case" | "punct"))
    };
    let top = mention
        .tokens
        .clone()
        .filter(hangs)
        .find(heads)
        .or_else(|| mention.tokens.clone().find(hangs))?;
    let governor = token(sentence, top).and_then(|w| w.head).unwrap_or(top);
    if is_of_clause_above(sentence, event.found.head, top) {
        return None;
    }
    if governor == own || governor == event.found.head {
        return Some(0);
    }
    if is_of_noun(scene, event, top, governor) || is_bound_of_noun(sentence, mention, governor) {
        return None;
    }
    if event.found.binding.triggers.contains(&governor) {
        return Some(0);
    }
    let own_clause = clause(sentence, own);
    let its_clause = clause(sentence, top);
    if its_clause == own_clause {
        return Some(1);
    }
    if event.by.is_some_and(|by| its_clause == clause(sentence, by.at)) {
        return Some(2);
    }
    let own_verb = token(sentence, own_clause)?;
    let begins = || {
        let groups = &scene.knowledge.words.groups;
        let verb = token(sentence, its_clause).map_or("", |verb| verb.lemma.as_str());
        groups.get("begin").is_some_and(|begin| begin.iter().any(|words| *words == [verb]))
    };
    let shared = match own_verb.relation() {
        // "began on Monday to withdraw", where the tree may take the second verb for a purpose.
        "xcomp" => own_verb.head == Some(its_clause),
        "advcl" => own_verb.head == Some(its_clause) && own_verb.xpos == "VB" && begins(),
        // "On Monday Egypt recalled its envoy and closed the border": what stands before the first verb is said of all.
        "conj" => {
            own_verb.head == Some(its_clause)
                && (top < its_clause || are_told_together(sentence, its_clause, own_clause))
        }
        _ => false,
    } || is_shared_with_next(sentence, own_clause, its_clause, top);
    // "speaking on Monday, he accused": who speaks then says it then.
    let speaking = token(sentence, its_clause).is_some_and(|verb| {
        verb.relation() == "advcl"
            && verb.xpos == "VBG"
            && verb.head == Some(own_clause)
            && scene.knowledge.words.cue_at(&[verb.lemma.as_str()]).is_some()
    });
    (shared || speaking).then_some(3)
}

/// The events of a sentence among those of a document, which are in the order of the text.
pub(crate) fn events_in(events: &[Event], sentence: usize) -> &[Event] {
    let from = events.partition_point(|event| event.sentence < sentence);
    let until = events.partition_point(|event| event.sentence <= sentence);
    &events[from..until]
}

/// The vague time that another follows at once, and whose place in the tree it has: "most recently" before "on Tuesday".
fn before_open<'s>(scene: &'s Scene<'_>, mention: &'s DateMention) -> &'s DateMention {
    let mut others = scene.resolution.dates_in(mention.sentence).iter();
    let open = others.find(|other| {
        other.tokens.end == mention.tokens.start
            && other.kind == TimeKind::Date
            && other.value.is_none()
    });
    open.filter(|_| mention.value.is_some()).unwrap_or(mention)
}

/// Whether a bound is that of a noun: "its thirty-sixth since 2007", "a vote before the end of the year".
fn is_bound_of_noun(sentence: &Sentence, mention: &DateMention, governor: usize) -> bool {
    let noun = token(sentence, governor).is_some_and(|word| {
        matches!(word.upos, Upos::Noun | Upos::Adj | Upos::Num)
            && matches!(word.relation(), "obj" | "nmod" | "obl" | "appos" | "nummod" | "amod")
    });
    mention.relation != TimeRelation::At && noun && dependent(sentence, governor, "cop").is_none()
}

/// Whether the time at token `top` is that of a clause which comes after the act that the noun at `own` names: "announced the deal on Monday
/// after three rounds of talks".
fn is_of_clause_above(sentence: &Sentence, own: usize, top: usize) -> bool {
    let mut at = own;
    while let Some(word) = token(sentence, at).filter(|word| word.upos != Upos::Verb) {
        let aside = ["after", "before", "following", "since", "despite"];
        if top < at && aside.iter().any(|case| has_case(sentence, at, case)) {
            return !is_below(sentence, top, at);
        }
        match word.head {
            Some(up) => at = up,
            None => break,
        }
    }
    false
}

/// Whether the time at token `top`, after the second of two deeds that "and" joins, is said of both: "fired grenades and beat demonstrators
/// on Sunday night".
fn is_shared_with_next(sentence: &Sentence, own: usize, next: usize, top: usize) -> bool {
    next < top && are_told_together(sentence, own, next)
}

/// Whether two acts of one doer are told in one breath: "expelled the envoy on Saturday and withdrew its diplomats".
fn are_told_together(sentence: &Sentence, one: usize, next: usize) -> bool {
    let (Some(first), Some(second)) = (token(sentence, one), token(sentence, next)) else {
        return false;
    };
    let joined = second.relation() == "conj" && second.head == Some(one);
    let alike = first.xpos == second.xpos && matches!(&*first.xpos, "VBD" | "VBN");
    let apart = |word: &Token| matches!(word.form.as_str(), "," | ";" | "but" | "then" | "later");
    let subject = ["nsubj", "nsubj:pass"].iter().any(|is| dependent(sentence, next, is).is_some());
    joined
        && alike
        && !subject
        && !sentence.tokens.get(one..next).is_some_and(|between| between.iter().any(apart))
}

/// Whether the time at token `top` is that of the noun it hangs on, and not of the clause: "denied a part in the 9/11 attacks",
/// "rejected the proposal of 3 March", "praised the operation in 2013".
fn is_of_noun(scene: &Scene<'_>, event: &CodedEvent<'_>, top: usize, governor: usize) -> bool {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, top) else { return false };
    // The noun itself may say when: "at Monday's debate".
    let tells_when = token(sentence, governor).is_some_and(|w| w.relation() == "obl")
        && ["at", "during", "in", "on"].iter().any(|case| has_case(sentence, governor, case));
    let premodifies =
        matches!(word.relation(), "compound" | "amod" | "nummod") || word.deprel == "nmod:poss";
    if premodifies {
        return !tells_when;
    }
    let noun = token(sentence, governor).is_some_and(|w| w.upos == Upos::Noun);
    let words = matches!(event.kind.as_str(), "ACCUSE" | "REJECT" | "REQUEST" | "SUPPORT");
    let of_clause = word.relation() != "nmod" || !noun || tells_when;
    !of_clause && (has_case(sentence, top, "of") || words && has_case(sentence, top, "in"))
}

//! Quarrels whose topic another part of the page tells.
//!
//! In go the events of a sentence, out come what the two sides of each are at odds over where no word of topic hangs on the act itself:
//! "Kigali rejected the charge" is about what it was charged with, "each side charged the other with striking first" about the truce of
//! the sentence before, "the beatings were condemned" about the protest that the beaten took part in. Precision first: an act that has
//! a content of its own without a topic is about that, whatever the page is about.

use std::collections::BTreeSet;

use detente_core::{Event, EventStatus, Issue, Span, Stance};
use detente_knowledge::{SlotRole, Topic};
use detente_parse::{Sentence, Upos};
use detente_resolve::{Category, Resolution};

use super::by_event::{parties, trigger};
use super::parties::Pair;
use super::stance::is_unreal;
use super::{Named, Told, lemma_of};
use crate::event_record::events_in;
use crate::grammar::{governed_by, has_case, is_below, is_relative, patient, subject, token};
use crate::matcher::lower;
use crate::scene::Scene;

/// Sentences in which a charge that is answered is sought, and the topic of an act that tells none, between the main pair of the page
/// and others.
const ANSWERED: usize = 4;
const NEAR: usize = 2;
const NEAR_PAIR: usize = 4;

/// Below this an act is a guess that takes no topic from elsewhere.
const SURE: f64 = 0.58;

/// Prepositions by which an act of words governs what it is about.
const ABOUT: [&str; 9] = ["against", "at", "over", "about", "of", "to", "for", "on", "by"];

/// What is known of the page around a sentence.
pub(super) struct Page<'p> {
    pub(super) sentences: &'p [Sentence],
    /// The topics that each sentence names.
    pub(super) topics: &'p [Vec<Named<'p>>],
    pub(super) told: &'p Told<'p>,
    pub(super) pair: Option<&'p Pair>,
    /// What was found up to here.
    pub(super) found: &'p [Issue],
}

/// What the two sides of an act are at odds over, and the bytes that show it.
pub(super) struct Quarrel<'k> {
    pub(super) topic: &'k Topic,
    pub(super) between: Vec<String>,
    pub(super) span: Span,
}

/// The quarrels that the acts of a sentence tell and that no words in it have told yet.
pub(super) fn quarrels<'p>(page: &Page<'p>, scene: &Scene<'p>) -> Vec<Quarrel<'p>> {
    let sentence = scene.sentence;
    let mut found: Vec<Quarrel<'p>> = Vec::new();
    for event in events_in(page.told.events, scene.index) {
        let Some(trigger) = trigger(sentence, event) else { continue };
        if event.confidence < SURE
            || is_unreal(&scene.book.stances, sentence, trigger)
            || !divides(scene, event, trigger)
        {
            continue;
        }
        let between = parties(event).or_else(|| across(page, scene, event));
        let Some(between) = between else { continue };
        let known = |issue: &Issue| {
            issue.sentence == scene.index
                && issue.between == between
                && issue.stance == Stance::Contested
        };
        if page.found.iter().any(known) || found.iter().any(|quarrel| quarrel.between == between) {
            continue;
        }
        if let Some((topic, span)) = about(page, scene, event, trigger, &between) {
            found.push(Quarrel { topic, between, span });
        }
    }
    if found.is_empty() && page.found.iter().all(|issue| issue.sentence != scene.index) {
        found.extend(each_other(page, scene).or_else(|| at_issue(page, scene)));
    }
    found
}

/// "Each side insists that it keeps the truce and that the other breaks it".
fn each_other<'p>(page: &Page<'p>, scene: &Scene<'p>) -> Option<Quarrel<'p>> {
    let sentence = scene.sentence;
    let words = &scene.book.stances;
    let (sides, verb) = (0..sentence.tokens.len()).find_map(|at| {
        let word = token(sentence, at).filter(|t| t.relation() == "nsubj")?;
        let verb =
            word.head.filter(|&verb| words.recriminates.contains(lemma_of(sentence, verb)))?;
        (is_each(sentence, at) && words.sides.contains(lemma_of(sentence, at)))
            .then_some((at, verb))
    })?;
    let below = |at: usize| is_below(sentence, at, verb);
    (0..sentence.tokens.len()).find(|&at| lemma_of(sentence, at) == "other" && below(at))?;
    let told: BTreeSet<String> =
        scene.actors(sides, SlotRole::Actor).into_iter().filter_map(|actor| actor.code).collect();
    let between: Vec<String> = if told.len() == 2 {
        told.into_iter().collect()
    } else {
        page.pair.filter(|pair| pair.is_sure())?.codes().to_vec()
    };
    let mut here = page.topics.get(scene.index)?.iter();
    let named = here.find(|topic| is_firm(topic) && below(topic.head));
    let topic =
        named.and_then(|topic| Some((topic.between(scene.knowledge, &between)?, topic.span)));
    let near = || {
        let before = scene.index.checked_sub(1).filter(|&before| before >= scene.from)?;
        Some((of_sentence(page, scene, before, &between)?, token(sentence, verb)?.span))
    };
    let (topic, span) = topic.or_else(near)?;
    Some(Quarrel { topic, between, span })
}

/// "At issue are two customs posts": between the two that the sentence names, or the main pair of the page where it names no others.
fn at_issue<'p>(page: &Page<'p>, scene: &Scene<'p>) -> Option<Quarrel<'p>> {
    let sentence = scene.sentence;
    let says = scene.book.stances.at_issue.iter().any(|phrase| {
        (0..sentence.tokens.len())
            .any(|at| (at..).zip(phrase).all(|(at, word)| lemma_of(sentence, at) == word))
    });
    if !says {
        return None;
    }
    let topic = page.topics.get(scene.index)?.iter().find(|topic| !topic.is_place())?;
    let named: BTreeSet<String> = scene
        .resolution
        .mentions_in(scene.index)
        .iter()
        .flat_map(|mention| mention.actors.iter().filter_map(|actor| actor.code.clone()))
        .collect();
    let between: Vec<String> = if named.len() == 2 {
        named.into_iter().collect()
    } else {
        let pair = page.pair.filter(|pair| pair.is_sure())?.codes();
        only_of(scene, pair).then(|| pair.to_vec())?
    };
    Some(Quarrel { topic: topic.between(scene.knowledge, &between)?, between, span: topic.span })
}

/// Whether a sentence names none but these.
fn only_of(scene: &Scene<'_>, pair: &[String; 2]) -> bool {
    scene.resolution.mentions_in(scene.index).iter().all(|mention| {
        mention.actors.iter().filter_map(|a| a.code.as_ref()).all(|code| pair.contains(code))
    })
}

/// Whether an act sets its two sides at odds: a charge, the answer to one, a protest.
fn divides(scene: &Scene<'_>, event: &Event, trigger: usize) -> bool {
    let words = &scene.book.stances;
    let answers = || {
        patient(scene.sentence, trigger)
            .is_some_and(|object| words.accusations.contains(lemma_of(scene.sentence, object)))
    };
    let lemma = lemma_of(scene.sentence, trigger);
    event.status == EventStatus::Actual
        && match event.kind.as_str() {
            // Who regrets a step does not quarrel over it.
            "ACCUSE" => !words.regrets.contains(lemma),
            "REJECT" | "PROTEST" | "REQUEST" => words.against.contains(lemma) || answers(),
            _ => false,
        }
}

/// "Jakarta lodged a protest": with the other of the page's main pair, where the sentence names nobody else.
fn across(page: &Page<'_>, scene: &Scene<'_>, event: &Event) -> Option<Vec<String>> {
    let pair = page.pair.filter(|pair| pair.is_sure())?.codes();
    let [actor] = event.actors.as_slice() else { return None };
    let own = actor.code.as_ref().filter(|code| pair.contains(code))?;
    let words = &scene.book.stances;
    let lodged = event
        .trigger
        .text
        .split_whitespace()
        .any(|word| words.accusations.contains(lower(word).as_ref()));
    let open = event.recipients.iter().all(|r| r.code.as_ref().is_none_or(|code| code == own));
    (lodged && open && only_of(scene, pair)).then(|| pair.to_vec())
}

/// What an act is about that names no topic, and the bytes of the word that stands for it.
fn about<'p>(
    page: &Page<'p>,
    scene: &Scene<'p>,
    event: &Event,
    trigger: usize,
    between: &[String],
) -> Option<(&'p Topic, Span)> {
    let sentence = scene.sentence;
    let words = &scene.book.stances;
    let span = |at: usize| token(sentence, at).map(|t| t.span);
    let objects = objects(scene, event, trigger, between);
    for &at in &objects {
        let lemma = lower(lemma_of(sentence, at));
        if words.accusations.contains(lemma.as_ref()) {
            let below = named_below(page, scene, at, between);
            // "Lodged a protest" tells none before; "a charge that London denied" is that of its own sentence.
            let lodged =
                is_within(sentence, at, event) && at > trigger && !is_definite(sentence, at);
            if below.is_some() || !lodged {
                let again = || Some((answered(page, scene, between)?, span(at)?));
                return below.or_else(|| is_definite(sentence, at).then(again).flatten());
            }
        }
        let acts = &scene.book.acts;
        let speaker = &event.actors;
        if let Some(act) = acts.act(sentence, scene.index, at, scene.acts, speaker, Some(false)) {
            // What others have made together divides them from nobody yet.
            if act.mutual {
                return None;
            }
            return Some((of_act(page, scene, act.sentence, &act.kind, between)?, span(at)?));
        }
        let it = token(sentence, at).is_some_and(|t| t.upos == Upos::Pron)
            && matches!(lemma.as_ref(), "it" | "this" | "that");
        if it {
            let before = scene.index.checked_sub(1).filter(|&before| before >= scene.from)?;
            return Some((of_sentence(page, scene, before, between)?, span(at)?));
        }
    }
    let own = |at: usize| !words.accusations.contains(lower(lemma_of(sentence, at)).as_ref());
    if objects.into_iter().any(own) || has_content(scene, trigger, between) {
        return beside(page, scene, trigger, between);
    }
    let main = page.pair.is_some_and(|pair| pair.is_sure() && between == pair.codes());
    let reach = if main { NEAR_PAIR } else { NEAR };
    // The quarrel goes on that was told right before.
    let goes_on = |issue: &Issue| {
        issue.between == between
            && issue.stance == Stance::Contested
            && issue.sentence + reach >= scene.index
            && issue.sentence < scene.index
    };
    if page.found.iter().any(goes_on) {
        return None;
    }
    let from = scene.index.saturating_sub(reach).max(scene.from);
    let near = (from..scene.index).rev().find_map(|at| of_sentence(page, scene, at, between));
    let opening = || {
        of_sentence(page, scene, scene.from, between)
            .or_else(|| told_in(page, scene, scene.from))
            .filter(|_| scene.index > scene.from)
    };
    Some((near.or_else(opening)?, event.trigger.span))
}

/// "Accused Ottawa of opening a back door and threatened to quit the trade pact": a topic of what the same side goes on to do or say.
fn beside<'p>(
    page: &Page<'p>,
    scene: &Scene<'p>,
    trigger: usize,
    between: &[String],
) -> Option<(&'p Topic, Span)> {
    let sentence = scene.sentence;
    let mut goes_on = sentence.dependents(trigger, "conj").filter(|&at| {
        token(sentence, at).is_some_and(|t| t.upos == Upos::Verb)
            && sentence.dependents(at, "nsubj").next().is_none()
    });
    let here = page.topics.get(scene.index)?;
    goes_on.find_map(|verb| {
        here.iter()
            .filter(|topic| topic.head != verb && !topic.is_place())
            .filter(|topic| !is_person(scene, topic.head))
            .filter(|topic| is_below(sentence, topic.head, verb))
            .find_map(|topic| Some((topic.between(scene.knowledge, between)?, topic.span)))
    })
}

/// Whether a word is one of those that tell an event.
fn is_within(sentence: &Sentence, at: usize, event: &Event) -> bool {
    token(sentence, at).is_some_and(|t| {
        event.trigger.span.start <= t.span.start && t.span.end <= event.trigger.span.end
    })
}

/// Whether a noun names what was told of: "the charge", "such claims", "their complaint".
fn is_definite(sentence: &Sentence, at: usize) -> bool {
    let before = |t: &detente_parse::Token| {
        t.deprel == "nmod:poss"
            || (t.relation() == "det"
                && matches!(t.lemma.as_str(), "the" | "this" | "that" | "these" | "those" | "such"))
            || t.lemma == "such"
    };
    let bare = token(sentence, at).is_some_and(|t| t.xpos == "NNS");
    bare || sentence.children(at).iter().filter_map(|&c| token(sentence, c)).any(before)
}

/// What an act of words is about: its object and what hangs on it by a preposition, but the parties themselves.
fn objects(scene: &Scene<'_>, event: &Event, trigger: usize, between: &[String]) -> Vec<usize> {
    let sentence = scene.sentence;
    let mut found: Vec<usize> = patient(sentence, trigger).into_iter().collect();
    for case in ABOUT {
        found.extend(governed_by(sentence, trigger, case).filter(|&at| {
            token(sentence, at).is_some_and(|t| matches!(t.relation(), "obl" | "nmod"))
        }));
    }
    // "Pinned the blame on Delhi": a noun that only makes up the act.
    let makes_up = |at: usize| {
        let noun = lower(lemma_of(sentence, at));
        is_within(sentence, at, event) && scene.book.stances.light.contains(noun.as_ref())
    };
    // "Voiced concern about the camp": what it is about hangs on the noun.
    let made_of: Vec<usize> = found.iter().copied().filter(|&at| makes_up(at)).collect();
    for noun in made_of {
        found.extend(ABOUT.iter().flat_map(|case| governed_by(sentence, noun, case)));
    }
    found.retain(|&at| !is_party(scene, at, between) && !makes_up(at));
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a word is a party's name or a pronoun for one, and no noun for what it did.
fn is_party(scene: &Scene<'_>, at: usize, between: &[String]) -> bool {
    let noun = lower(lemma_of(scene.sentence, at));
    scene.resolution.mention_at(scene.index, at).is_some_and(|mention| {
        !matches!(mention.category, Category::Thing | Category::People)
            && mention.actors.iter().any(|a| a.code.as_ref().is_some_and(|c| between.contains(c)))
    }) && !scene.book.acts.knows(&noun)
        || matches!(noun.as_ref(), "other" | "each")
}

/// Whether the clauses below an act tell something of their own: "of opening a back door to the market", "of failing to prepare", but not
/// "to release him" or what each side charges the other with.
fn has_content(scene: &Scene<'_>, trigger: usize, between: &[String]) -> bool {
    let sentence = scene.sentence;
    let clauses: Vec<usize> = sentence
        .children(trigger)
        .iter()
        .copied()
        .filter(|&at| {
            token(sentence, at)
                .is_some_and(|t| matches!(t.relation(), "advcl" | "ccomp" | "xcomp" | "acl"))
        })
        .collect();
    let below = |at: usize| clauses.iter().any(|&clause| is_below(sentence, at, clause));
    let is = |at: usize, wanted: Upos| token(sentence, at).is_some_and(|t| t.upos == wanted);
    let words = || (0..sentence.tokens.len()).filter(|&at| below(at));
    let named = words()
        .any(|at| (is(at, Upos::Noun) || is(at, Upos::Propn)) && !is_party(scene, at, between));
    let each = subject(sentence, trigger).is_some_and(|doer| is_each(sentence, doer));
    named || !(clauses.is_empty() || each || words().any(|at| is(at, Upos::Pron)))
}

/// "Each side", "both".
fn is_each(sentence: &Sentence, at: usize) -> bool {
    let each = |at: usize| matches!(lemma_of(sentence, at), "each" | "both");
    each(at) || sentence.children(at).iter().any(|&c| each(c))
}

/// The topic that is named below a word, "accusations that Kigali arms the rebels".
fn named_below<'p>(
    page: &Page<'p>,
    scene: &Scene<'p>,
    head: usize,
    between: &[String],
) -> Option<(&'p Topic, Span)> {
    let here = page.topics.get(scene.index)?;
    here.iter()
        .filter(|topic| topic.head != head && !topic.is_place())
        .filter(|topic| is_below(scene.sentence, topic.head, head))
        .filter(|topic| !in_relative(scene.sentence, topic.head, head))
        .find_map(|topic| Some((topic.between(scene.knowledge, between)?, topic.span)))
}

/// Whether a relative clause lies between a word and one above it.
fn in_relative(sentence: &Sentence, inner: usize, outer: usize) -> bool {
    let mut at = inner;
    for _ in 0..sentence.tokens.len() {
        if at == outer {
            return false;
        }
        let Some(word) = token(sentence, at) else { return true };
        let relative = sentence.children(at).iter().any(|&c| is_relative(sentence, c));
        if word.deprel == "acl:relcl" || (word.relation() == "acl" && relative) {
            return true;
        }
        let Some(up) = word.head else { return true };
        at = up;
    }
    true
}

/// What a charge was about that is answered now: what it was told to be, or what its sentence is about.
fn answered<'p>(page: &Page<'p>, scene: &Scene<'p>, between: &[String]) -> Option<&'p Topic> {
    let from = scene.index.saturating_sub(ANSWERED).max(scene.from);
    let known = page.found.iter().rev().find(|issue| {
        issue.between == between && issue.stance == Stance::Contested && issue.sentence >= from
    });
    if let Some(issue) = known {
        return scene.knowledge.topics.issues.iter().find(|topic| topic.name == issue.topic);
    }
    let charge = page.told.events.iter().rev().find(|event| {
        event.kind == "ACCUSE"
            && (from..scene.index).contains(&event.sentence)
            && parties_of(event).is_some_and(|sides| sides == between)
    })?;
    let tree = page.sentences.get(charge.sentence)?;
    let trigger = trigger(tree, charge)?;
    let told = page.topics.get(charge.sentence)?.iter().find_map(|topic| {
        let below = topic.head != trigger && is_below(tree, topic.head, trigger);
        topic.between(scene.knowledge, between).filter(|_| below && !topic.is_place())
    });
    told.or_else(|| of_sentence(page, scene, charge.sentence, between))
}

/// Both sides of an act, sorted, however sure it is.
fn parties_of(event: &Event) -> Option<Vec<String>> {
    let codes: BTreeSet<String> = event
        .actors
        .iter()
        .chain(&event.recipients)
        .filter_map(|actor| actor.code.clone())
        .collect();
    (codes.len() > 1).then(|| codes.into_iter().collect())
}

/// What an act told before brings up: by what it is, or by the words around it.
fn of_act<'p>(
    page: &Page<'p>,
    scene: &Scene<'p>,
    sentence: usize,
    kind: &str,
    between: &[String],
) -> Option<&'p Topic> {
    let event = events_in(page.told.events, sentence).iter().find(|event| event.kind == kind)?;
    by_kind(scene, event).or_else(|| {
        let tree = page.sentences.get(sentence)?;
        let trigger = trigger(tree, event)?;
        page.topics.get(sentence)?.iter().filter(|topic| is_firm(topic)).find_map(|topic| {
            let told =
                is_below(tree, topic.head, trigger) && !in_relative(tree, topic.head, trigger);
            topic.between(scene.knowledge, between).filter(|_| told)
        })
    })
}

/// The topic that an event brings up whatever words tell it.
fn by_kind<'p>(scene: &Scene<'p>, event: &Event) -> Option<&'p Topic> {
    let mut topics = scene.knowledge.topics.issues.iter();
    topics.find(|topic| topic.told_by.iter().any(|act| act.fits(event)))
}

/// The one topic of a sentence that tells of a party: what they are at odds over in it, what its acts bring up, or what alone it names.
fn of_sentence<'p>(
    page: &Page<'p>,
    scene: &Scene<'p>,
    index: usize,
    between: &[String],
) -> Option<&'p Topic> {
    let topics = &scene.knowledge.topics.issues;
    if let Some(issue) =
        page.found.iter().rev().find(|i| i.sentence == index && i.between == between)
    {
        return topics.iter().find(|topic| topic.name == issue.topic);
    }
    if !names_party(scene.resolution, index, between) {
        return None;
    }
    if let Some(topic) = told_in(page, scene, index) {
        return Some(topic);
    }
    let named: BTreeSet<&str> = page
        .topics
        .get(index)?
        .iter()
        .filter(|topic| is_firm(topic) && !in_name(scene.resolution, index, topic.head))
        .filter_map(|topic| topic.between(scene.knowledge, between))
        .map(|topic| topic.name.as_str())
        .collect();
    let name = named.first().filter(|_| named.len() == 1)?;
    topics.iter().find(|topic| topic.name == **name)
}

/// The one topic that the acts of a sentence bring up.
fn told_in<'p>(page: &Page<'p>, scene: &Scene<'p>, index: usize) -> Option<&'p Topic> {
    let here = events_in(page.told.events, index).iter();
    let mut told = here.filter_map(|event| by_kind(scene, event));
    let first = told.next()?;
    told.all(|topic| topic.name == first.name).then_some(first)
}

/// Whether a sentence speaks of one of the parties.
fn names_party(resolution: &Resolution, index: usize, between: &[String]) -> bool {
    resolution.mentions_in(index).iter().any(|mention| {
        mention.actors.iter().any(|a| a.code.as_ref().is_some_and(|code| between.contains(code)))
    })
}

/// Whether a topic may be what a whole sentence is about: its words are no loose ones, and it is no place.
fn is_firm(topic: &Named<'_>) -> bool {
    !topic.loose && !topic.is_place()
}

/// "The Human Rights Commission": words of a body's name tell of no topic.
fn in_name(resolution: &Resolution, index: usize, at: usize) -> bool {
    resolution
        .mentions_in(index)
        .iter()
        .any(|mention| mention.category == Category::Organisation && mention.tokens.contains(&at))
}

/// Whether a word is one person, or somebody in office.
fn is_person(scene: &Scene<'_>, at: usize) -> bool {
    scene.resolution.mention_at(scene.index, at).is_some_and(|mention| {
        mention.category == Category::Person
            || mention.actors.iter().any(|actor| actor.role.is_some())
    })
}

/// Whether an official is only who is spoken to: "summoned the ambassador".
pub(super) fn is_official(scene: &Scene<'_>, events: &[Event], topic: &Named<'_>) -> bool {
    let sentence = scene.sentence;
    let noun = token(sentence, topic.head).is_some_and(|t| t.upos == Upos::Noun);
    let mut here = events_in(events, scene.index)
        .iter()
        .filter(|event| matches!(event.kind.as_str(), "ACCUSE" | "REQUEST" | "CONSULT" | "REJECT"));
    // "Lodged a protest with the ambassador", "complained to the envoy"
    let heard = |verb: usize| {
        let word = token(sentence, topic.head);
        let up = word.and_then(|t| t.head);
        let above = up.and_then(|up| token(sentence, up)).and_then(|t| t.head);
        word.is_some_and(|t| matches!(t.relation(), "obl" | "nmod"))
            && ["with", "to"].iter().any(|case| has_case(sentence, topic.head, case))
            && (up == Some(verb) || above == Some(verb))
    };
    noun && topic.loose
        && is_person(scene, topic.head)
        && here.any(|event| {
            trigger(sentence, event)
                .is_some_and(|verb| patient(sentence, verb) == Some(topic.head) || heard(verb))
        })
}

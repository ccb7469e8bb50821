//! Acts told by a word that stands for them: "so did Chad", "Ghana followed suit".
//!
//! The act is the one told last, in the same sentence or the one before; its doer is new, and to
//! whom it is done is as it was.

use detente_core::{Actor, EventStatus};
use detente_knowledge::SlotRole;
use detente_parse::{Sentence, Upos};

use crate::events::{CodedEvent, Found, same_party};
use crate::form::Form;
use crate::grammar::{dependent, token};
use crate::matcher::{Binding, lower};
use crate::rulebook::Reach;
use crate::scene::Scene;

/// Adds what is only said to have been done as well.
pub(crate) fn echoes<'k>(scene: &Scene<'k>, coded: &[CodedEvent<'k>]) -> Vec<CodedEvent<'k>> {
    let sentence = scene.sentence;
    if scene.given.is_some() {
        return Vec::new();
    }
    let words = 0..sentence.tokens.len();
    let told = words.filter_map(|at| echo(sentence, at).map(|doer| (at, doer)));
    told.filter_map(|(at, doer)| {
        let doers = scene.actors_for(doer, SlotRole::Actor, Reach::Itself);
        if doers.is_empty() || !doers.iter().all(|a| a.code.is_some()) {
            return None;
        }
        let before = |event: &&CodedEvent<'_>| event.found.head < at;
        let mut event = match coded.iter().rfind(before) {
            Some(event) => event.clone(),
            None => told_before(scene, at)?,
        };
        if matches!(event.status, EventStatus::Denied | EventStatus::Hypothetical)
            || event.found.rule.reciprocal
            || event.found.binding.parties.is_some()
            || event.found.actors.is_empty()
        {
            return None;
        }
        event.choice = None;
        let new = |r: &Actor| !doers.iter().any(|d| same_party(d, r) || d.code == r.code);
        event.found.recipients.retain(new);
        event.found.actors = doers;
        event.found.head = at;
        event.found.binding =
            Binding { actor: Some(doer), triggers: vec![at], ..Binding::default() };
        Some(event)
    })
    .collect()
}

/// The doer of what a word repeats: "as did Chad", "Chad did likewise", "Chad followed suit".
fn echo(sentence: &Sentence, at: usize) -> Option<usize> {
    let word = token(sentence, at)?;
    if !matches!(word.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "VBN") {
        return None;
    }
    let said = |at: usize| token(sentence, at).map(|t| lower(&t.form));
    let has = |words: &[&str]| {
        sentence.children(at).iter().any(|&c| said(c).is_some_and(|w| words.contains(&w.as_ref())))
    };
    if has(&["not", "n't", "never", "if"]) {
        return None;
    }
    let subject = dependent(sentence, at, "nsubj");
    match lower(&word.lemma).as_ref() {
        "do" => {
            // "So did Chad": the doer comes behind.
            let turned =
                at.checked_sub(1).and_then(said).is_some_and(|w| matches!(w.as_ref(), "as" | "so"));
            // A tree may hang whoever stands right behind on the verb before.
            let beside = Some(at + 1).filter(|&next| {
                token(sentence, next).is_some_and(|t| {
                    t.upos == Upos::Propn && t.relation() == "obl" && t.head == word.head
                }) && dependent(sentence, next, "case").is_none()
            });
            let behind =
                subject.or_else(|| dependent(sentence, at, "obj")).filter(|&s| s > at).or(beside);
            let alone = sentence.children(at).iter().all(|&c| {
                token(sentence, c).is_some_and(|t| !matches!(t.relation(), "xcomp" | "ccomp"))
            });
            let likewise = has(&["likewise", "same"]);
            if turned && alone { behind } else { subject.filter(|_| likewise) }
        }
        "follow" => subject.filter(|_| has(&["suit"])),
        _ => None,
    }
    .filter(|&doer| token(sentence, doer).is_some_and(|t| t.upos != Upos::Pron))
}

/// What the sentence before told last, where the word that repeats it is all that its own sentence says.
fn told_before<'k>(scene: &Scene<'k>, at: usize) -> Option<CodedEvent<'k>> {
    let first = token(scene.sentence, at)?;
    if first.head.is_some() && first.relation() != "root" {
        return None;
    }
    let act = scene.acts.iter().rev().find(|act| act.sentence + 1 == scene.index)?;
    let rule = scene.knowledge.rules.iter().find(|rule| rule.name == act.rule)?;
    let found = Found {
        rule,
        pattern: act.pattern,
        head: at,
        binding: Binding::default(),
        actors: act.actors.clone(),
        recipients: act.recipients.clone(),
        score: 0,
    };
    Some(CodedEvent::new(act.kind.clone(), found, act.status, Form::default(), None))
}

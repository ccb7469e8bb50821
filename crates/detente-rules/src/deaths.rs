//! Who killed where the words next to it only tell who died.
//!
//! In "Two Indonesian soldiers were wounded when an Israeli tank fired at their tower" the main clause names nobody who did it, and the clause of
//! time does; in "He died in the raid" a noun stands for an act that was told before. Events of a sentence come in, and those that lack a doer
//! go out with the one that is told.

use detente_knowledge::Mark;
use detente_parse::Sentence;

use crate::events::{CodedEvent, same_party};
use crate::form::has_mark;
use crate::grammar::{has_case, token};
use crate::matcher::lower;
use crate::scene::Scene;

/// Gives deaths that nobody is told to have caused to those who, in the same breath, are told to have attacked.
pub(crate) fn find_doers(scene: &Scene<'_>, coded: &mut Vec<CodedEvent<'_>>) {
    if scene.given.is_some() {
        return;
    }
    let mut told: Vec<(usize, usize)> = Vec::new();
    for (death, event) in coded.iter().enumerate() {
        if is_death(event)
            && let Some(attack) = attack_in_time(scene.sentence, event, coded)
        {
            told.push((death, attack));
        }
    }
    let mut repeated: Vec<usize> = Vec::new();
    for &(death, attack) in &told {
        let Some(attack) = coded.get(attack) else { continue };
        let (actors, hit) = (attack.found.actors.clone(), attack.found.recipients.clone());
        let Some(event) = coded.get_mut(death) else { continue };
        // Whoever was killed is whom they fired on.
        let same = hit.len() == event.found.recipients.len()
            && event.found.recipients.iter().all(|r| hit.iter().any(|h| same_party(h, r)));
        if same {
            repeated.push(death);
        } else {
            event.found.actors = actors;
        }
    }
    let mut at = 0;
    coded.retain(|_| {
        let keep = !repeated.contains(&at);
        at += 1;
        keep
    });
    for event in coded.iter_mut().filter(|event| is_death(event)) {
        if let Some(noun) = act_noun(scene, event.found.head) {
            let doers = scene.book.acts.doers(
                scene.sentence,
                scene.index,
                noun,
                scene.acts,
                &[],
                Some(false),
            );
            // Who was attacked may die in the attack; who attacked does not say that they were hit themselves.
            let own = event.found.recipients.iter().any(|r| {
                doers.iter().any(|d| d.code == r.code && (d.sector == r.sector || d.code.is_none()))
            });
            if !doers.is_empty() && !own {
                event.found.actors = doers;
            }
        }
    }
}

/// Whether an event tells that somebody was killed or hurt, and of nobody who did it.
fn is_death(event: &CodedEvent<'_>) -> bool {
    event.kind == "ASSAULT"
        && event.found.rule.is(Mark::Loss)
        && event.found.actors.is_empty()
        && event.found.binding.actor.is_none()
        && event.found.binding.thing.is_none()
}

/// The event of force, among those of the sentence, in the clause that tells when somebody died: "were killed when jets bombed the camp".
fn attack_in_time(
    sentence: &Sentence,
    event: &CodedEvent<'_>,
    coded: &[CodedEvent<'_>],
) -> Option<usize> {
    let clause = sentence
        .dependents(event.found.head, "advcl")
        .find(|&c| ["when", "as", "after"].iter().any(|mark| has_mark(sentence, c, mark)))?;
    coded.iter().position(|other| {
        let verb = other.found.binding.light.unwrap_or(other.found.head);
        other.kind == "ASSAULT"
            && !other.found.actors.is_empty()
            && other.status == event.status
            && (verb == clause
                || token(sentence, verb)
                    .is_some_and(|t| t.relation() == "conj" && t.head == Some(clause)))
    })
}

/// "In the raid": the definite noun of an act in which somebody died.
fn act_noun(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    let sentence = scene.sentence;
    sentence.dependents(verb, "obl").find(|&noun| {
        let definite = sentence.dependents(noun, "det").any(|d| {
            token(sentence, d)
                .is_some_and(|t| matches!(lower(&t.form).as_ref(), "the" | "this" | "that" | "these"))
        });
        definite
            && ["in", "during", "by"].iter().any(|word| has_case(sentence, noun, word))
            && token(sentence, noun).is_some_and(|t| {
                scene.book.acts.may_be(&lower(&t.lemma), "ASSAULT")
                    // Who fights, clashes or riots is on both sides.
                    && !matches!(lower(&t.lemma).as_ref(), "fighting" | "clash" | "violence" | "hostility" | "crime")
            })
            && sentence.dependents(noun, "nmod").next().is_none()
    })
}

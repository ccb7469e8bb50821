//! What an agreement holds.
//!
//! In go a topic and where parties have agreed, out come the parties where the topic is what the agreement provides for: "under it tariffs
//! will go", "the accord spares both of them quotas", "a treaty that limits warheads".

use detente_core::Stance;
use detente_parse::{Sentence, Upos};

use super::{Named, lemma_of};
use crate::commitments::Agreed;
use crate::grammar::{governed_by, has_case, is_denied, is_passive, is_relative, subject, token};
use crate::scene::Scene;

/// Steps that are climbed from a topic to the verb that tells what an agreement holds.
const MAX_CLIMB: usize = 10;

/// How many sentences behind an agreement may tell of it by "the deal".
const NEAR: usize = 2;

/// That a topic is what an agreement of the sentences before provides for, and between whom.
pub(super) fn told(
    scene: &Scene<'_>,
    agreed: &[Agreed],
    topic: &Named<'_>,
) -> Option<(Stance, Vec<String>)> {
    let of = agreed
        .iter()
        .rev()
        .find(|of| of.sentence < scene.index && of.sentence + NEAR >= scene.index)?;
    if topic.is_place() || of.parties.len() < 2 {
        return None;
    }
    let near = of.sentence + 1 == scene.index;
    let sentence = scene.sentence;
    // "Under it tariffs will fall": whatever the tree hangs "it" on.
    let opens_under = lemma_of(sentence, 0) == "under"
        && (1..5).any(|at| is_agreement(scene, at, near) || is_term(sentence, at));
    // "In return the rebels undertake to free captives": the other half of it.
    let opens_under = opens_under
        || scene.book.stances.returns.iter().any(|phrase| {
            phrase.iter().enumerate().all(|(at, word)| lemma_of(sentence, at) == word)
        });
    let mut at = topic.head;
    let mut as_subject = false;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        if word.upos == Upos::Verb && !is_denied(sentence, at) {
            let under = governed_by(sentence, at, "under")
                .any(|head| is_agreement(scene, head, true) || is_term(sentence, head));
            let by_it = !as_subject
                && scene.book.stances.contents.contains(lemma_of(sentence, at))
                && subject(sentence, at).is_some_and(|head| is_agreement(scene, head, near));
            if under || opens_under || by_it {
                return Some((Stance::Shared, of.parties.clone()));
            }
        }
        let up = word.head?;
        let passes = match word.relation() {
            "compound" | "amod" | "conj" | "appos" | "obj" | "obl" | "nmod" | "xcomp" | "ccomp" => {
                // "submarines driven by nuclear power"
                word.deprel != "nmod:poss" && !has_case(sentence, at, "by")
            }
            "nsubj" => {
                as_subject |= !is_passive(sentence, up);
                true
            }
            "advcl" | "acl" => sentence.children(at).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    t.relation() == "mark" && matches!(t.lemma.as_str(), "to" | "for")
                })
            }),
            _ => false,
        };
        if !passes {
            return None;
        }
        at = up;
    }
    None
}

/// Whether a clause tells what the noun that it hangs on holds: "that limits warheads", "under which ports reopen", "covering fish".
pub(super) fn tells(scene: &Scene<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, verb).filter(|t| t.relation() == "acl") else { return false };
    let holds = scene.book.stances.contents.contains(word.lemma.as_str());
    let relative = (0..sentence.tokens.len()).find(|&at| {
        is_relative(sentence, at) && token(sentence, at).is_some_and(|t| t.head == Some(verb))
    });
    match relative.and_then(|at| token(sentence, at)) {
        Some(pronoun) if pronoun.relation() == "nsubj" => holds,
        Some(pronoun) => {
            pronoun.relation() == "obl"
                && governed_by(sentence, verb, "under")
                    .next()
                    .is_some_and(|at| is_relative(sentence, at))
        }
        None => holds && word.xpos == "VBG",
    }
}

/// "Under its terms".
fn is_term(sentence: &Sentence, head: usize) -> bool {
    matches!(lemma_of(sentence, head), "term" | "provision" | "condition")
}

/// Whether a noun or "it" takes up an agreement.
fn is_agreement(scene: &Scene<'_>, head: usize, may_be_it: bool) -> bool {
    let sentence = scene.sentence;
    let word = lemma_of(sentence, head);
    let definite = sentence.children(head).iter().any(|&c| {
        token(sentence, c).is_some_and(|t| {
            t.deprel == "nmod:poss"
                || (t.relation() == "det" && matches!(t.lemma.as_str(), "the" | "this" | "that"))
        })
    });
    (may_be_it && matches!(word, "it" | "this"))
        || (definite
            && (scene.book.stances.texts.contains(word)
                || scene.book.stances.agreements.contains(word)))
}

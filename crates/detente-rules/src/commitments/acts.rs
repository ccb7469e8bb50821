//! Acts that are a commitment themselves.
//!
//! In goes an act such as *withdraw* in "agreed to withdraw its troops", out comes its stage: announced where it is promised, held where it
//! is done as was agreed ("under the pact it withdrew its troops"), begun or ended where its first or last part is.

use detente_core::CommitmentStatus;
use detente_parse::{Sentence, Upos};

use super::lemma;
use super::named::Named;
use super::promises::Promises;
use super::reality::{Reality, looks_back, reality, refused};
use super::stage::{Stage, is_first};
use crate::grammar::{dependent, has_case, is_denied, is_passive, patient, subject, token};

/// An act that is a commitment itself: promised, or done as was promised.
pub(super) fn act_stage(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    let act = noun.head;
    // "Is due in Ankara on Friday"
    let reality = match token(sentence, act) {
        Some(word) if word.upos == Upos::Adj && !refused(sentence, act) => Reality::Promised(act),
        Some(word) if word.upos == Upos::Adj => Reality::Unreal,
        // "Is expected in Ankara next week"
        Some(_) if is_awaited(verbs, sentence, noun) => Reality::Promised(act),
        _ => reality(verbs, sentence, act),
    };
    // "Exchanged 14 prisoners": what two do to each other at once they have agreed on.
    let swapped =
        reality == Reality::Done && noun.kind.due && verbs.swapping.contains(lemma(sentence, act));
    // "pledged 85 million dollars": the act itself is the promise.
    let gives_word = reality == Reality::Done
        && !swapped
        && (verbs.agrees(lemma(sentence, act)) || verbs.makes_alone(lemma(sentence, act)));
    if gives_word {
        return Some(Stage {
            one_sided: true,
            promised: true,
            by_word: true,
            recalled: looks_back(sentence, act),
            ..Stage::of(CommitmentStatus::Announced, act)
        });
    }
    let as_agreed = reality == Reality::Done && is_as_agreed(verbs, sentence, act);
    let (status, verb, promised) = match reality {
        // "Under the pact the rebels must hand in their guns."
        Reality::Unreal if is_bound(sentence, act) => (CommitmentStatus::Announced, act, true),
        Reality::Unreal => return None,
        Reality::Promised(by) => (CommitmentStatus::Announced, by, true),
        // "Under its terms Bishkek cedes the pasture": the present tells what is agreed.
        Reality::Done if as_agreed && is_present(sentence, act) => {
            (CommitmentStatus::Announced, act, true)
        }
        Reality::Done => (done_status(verbs, sentence, act), act, false),
    };
    Some(Stage {
        verb,
        begins: promised || as_agreed || swapped,
        joint: swapped,
        one_sided: (promised || as_agreed) && !verbs.gets.contains(lemma(sentence, act)),
        promised,
        recalled: looks_back(sentence, verb),
        bound: reality == Reality::Unreal,
        ..Stage::of(status, act)
    })
}

/// A guest who is expected: what is only expected of somebody is a guess.
fn is_awaited(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> bool {
    let act = noun.head;
    let is_now = sentence
        .dependents(act, "aux")
        .any(|aux| token(sentence, aux).is_some_and(|t| matches!(t.form.as_str(), "is" | "are")));
    noun.kind.meets
        && is_now
        && verbs.wishing.contains(lemma(sentence, act))
        && is_passive(sentence, act)
        && dependent(sentence, act, "xcomp").is_none()
        && !refused(sentence, act)
}

/// "Cedes", but not "has ceded" or "is ceding".
fn is_present(sentence: &Sentence, act: usize) -> bool {
    token(sentence, act).is_some_and(|t| matches!(t.xpos.as_str(), "VBZ" | "VBP"))
        && dependent(sentence, act, "aux").is_none()
}

/// How far an act that is done brings what was promised: its first part begins it, its last one ends it.
fn done_status(verbs: &Promises, sentence: &Sentence, act: usize) -> CommitmentStatus {
    let things: Vec<usize> =
        patient(sentence, act).into_iter().chain(subject(sentence, act)).collect();
    let is_last = |at: usize| {
        verbs.last_parts.contains(lemma(sentence, at))
            || sentence
                .dependents(at, "amod")
                .any(|adjective| verbs.last.contains(lemma(sentence, adjective)))
    };
    // "Has begun to pull out its troops"
    let begun = token(sentence, act)
        .filter(|t| t.relation() == "xcomp")
        .and_then(|t| t.head)
        .is_some_and(|up| verbs.begins(lemma(sentence, up)));
    if begun {
        CommitmentStatus::Started
    } else if things.iter().any(|&at| is_last(at)) {
        CommitmentStatus::Ended
    } else if things.iter().any(|&at| is_first(verbs, sentence, at)) {
        CommitmentStatus::Started
    } else {
        CommitmentStatus::Held
    }
}

/// "Under a deal signed in May", "as part of the accord", "as agreed", "keeping a promise": the act is done because it was agreed.
fn is_as_agreed(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
    let is_agreement = |at: usize| verbs.agreements.contains(lemma(sentence, at));
    let by_noun = sentence.dependents(act, "obl").any(|at| is_ground(verbs, sentence, at));
    let by_clause = sentence.dependents(act, "advcl").any(|at| {
        let as_told = has_case(sentence, at, "as") && verbs.agrees(lemma(sentence, at));
        let kept = token(sentence, at).is_some_and(|t| t.xpos == "VBG")
            && verbs.keeping.contains(lemma(sentence, at))
            && dependent(sentence, at, "obj").is_some_and(is_agreement);
        as_told || kept
    });
    by_noun || by_clause
}

/// Whether a phrase names the agreement by which something is done: "under a deal", "as part of the pact", "in line with the accord".
pub(super) fn is_ground(verbs: &Promises, sentence: &Sentence, at: usize) -> bool {
    let is_agreement = |at: usize| verbs.agreements.contains(lemma(sentence, at));
    let cases = |at: usize, words: &[&str]| words.iter().any(|case| has_case(sentence, at, case));
    let part = verbs.grounds.contains(lemma(sentence, at))
        && sentence.dependents(at, "nmod").any(|of| is_agreement(of) && cases(of, &["of", "with"]));
    // "Under its terms", "under the terms of the pact"
    let terms = matches!(lemma(sentence, at), "term" | "condition")
        && cases(at, &["under", "by"])
        && sentence.children(at).iter().any(|&of| {
            token(sentence, of).is_some_and(|t| t.deprel == "nmod:poss") || is_agreement(of)
        });
    if terms {
        return true;
    }
    // "in line with the pact" may be one preposition.
    let own = ["under", "by", "line", "accordance", "keeping", "part"];
    part || (is_agreement(at) && cases(at, &own))
}

/// Whether a verb is what somebody must do, and nothing else speaks against it.
fn is_bound(sentence: &Sentence, act: usize) -> bool {
    let must = |at: usize| {
        sentence
            .children(at)
            .iter()
            .filter_map(|&c| token(sentence, c))
            .any(|t| t.relation() == "aux" && t.lemma == "must")
    };
    let conditional = sentence
        .children(act)
        .iter()
        .any(|&c| matches!(lemma(sentence, c), "if" | "unless" | "whether"));
    must(act)
        && !is_denied(sentence, act)
        && !conditional
        && token(sentence, act).is_some_and(|t| matches!(t.relation(), "root" | "conj"))
}

//! What becomes of a thing that is not gone on with.
//!
//! In goes a named commitment and its verb, out comes the status that the verb leaves it in because it is denied: "will not renew the pact"
//! ends it, "the truce did not hold" tells that it broke.

use detente_core::CommitmentStatus;
use detente_knowledge::CommitmentForm;
use detente_parse::Sentence;

use super::lemma;
use super::named::Named;
use super::promises::Promises;
use super::reality::{future, is_wished, marked_to, refused, reported, said_by_other_side};
use crate::grammar::{is_below, is_denied, is_possible, token};

/// The status of a thing that is not gone on with: "will not renew the pact" ends it, "did not hold", "lasted only a day" tell that it
/// broke.
pub(super) fn undone(
    verbs: &Promises,
    sentence: &Sentence,
    noun: &Named<'_>,
    act: usize,
    own_subject: bool,
) -> Option<CommitmentStatus> {
    // "The truce failed to hold."
    let failed = own_subject && verbs.leaving.contains(lemma(sentence, act)) && {
        let holds =
            |at: usize| verbs.lasting.contains(lemma(sentence, at)) && marked_to(sentence, at);
        sentence.dependents(act, "xcomp").any(holds)
    };
    if failed
        && noun.kind.form == Some(CommitmentForm::Pact)
        && !refused(sentence, act)
        && !future(sentence, act)
    {
        return Some(CommitmentStatus::Broken);
    }
    let word = lemma(sentence, act);
    let renewed = verbs.renewing.contains(word) && !own_subject;
    // "would not pay out the rest of its loan"
    let paid = verbs.paying.contains(word)
        && !own_subject
        && noun.kind.due
        && super::is_definite(sentence, noun.head);
    let lasts =
        verbs.lasting.contains(word) && own_subject && noun.kind.form == Some(CommitmentForm::Pact);
    if !renewed && !lasts && !paid {
        return None;
    }
    let would = reported(verbs, sentence, act);
    let open = |at: usize| {
        is_possible(sentence, at)
            || sentence.children(at).iter().filter_map(|&c| token(sentence, c)).any(|t| {
                (t.relation() == "aux" && t.lemma == "would" && !would)
                    || (t.relation() == "mark"
                        && matches!(t.lemma.as_str(), "if" | "unless" | "whether"))
            })
    };
    let above = token(sentence, act)
        .filter(|t| t.relation() == "xcomp")
        .and_then(|t| t.head)
        .filter(|&up| verbs.leaving.contains(lemma(sentence, up)));
    let left = match above {
        Some(up) => {
            !is_denied(sentence, up)
                && !open(up)
                && !future(sentence, up)
                && marked_to(sentence, act)
        }
        None => is_denied(sentence, act) && !open(act) && !(lasts && future(sentence, act)),
    };
    let left =
        left && !is_wished(verbs, sentence, act) && !said_by_other_side(verbs, sentence, act);
    if left {
        return Some(match (renewed, paid) {
            (true, _) => CommitmentStatus::Ended,
            (_, true) => CommitmentStatus::Suspended,
            _ => CommitmentStatus::Broken,
        });
    }
    let short = lasts
        && word == "last"
        && !future(sentence, act)
        && !open(act)
        && (0..sentence.tokens.len()).any(|at| {
            at > act
                && at <= act + 3
                && verbs.barely.contains(lemma(sentence, at))
                && is_below(sentence, at, act)
        });
    short.then_some(CommitmentStatus::Broken)
}

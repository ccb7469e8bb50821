//! How real the act of a verb is.
//!
//! In goes a verb, out comes whether its act was done, is promised or due, or is neither: "began to deliver" is done, "agreed to
//! deliver" promised by *agreed*, "may deliver", "hopes that they will deliver" and "refused to deliver" are unreal.

use detente_parse::{Sentence, Token, Upos};

use super::promises::Promises;
use super::{is_verb, lemma};
use crate::grammar::{dependent, has_case, is_denied, is_possible, token};

/// Steps that are climbed from the noun to the verb that promises it.
const MAX_CLIMB: usize = 10;

/// How real an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reality {
    /// It was or is being done.
    Done,
    /// It is agreed, promised or due; the verb whose subject bound itself.
    Promised(usize),
    Unreal,
}

/// How real the act of a verb is.
pub(super) fn reality(verbs: &Promises, sentence: &Sentence, act: usize) -> Reality {
    if refused(sentence, act) || is_wished(verbs, sentence, act) {
        return Reality::Unreal;
    }
    if let Some(by) = promise(verbs, sentence, act).or_else(|| agreed_beside(verbs, sentence, act))
    {
        return Reality::Promised(by);
    }
    let aux = |words: &[&str]| {
        sentence
            .children(act)
            .iter()
            .filter_map(|&c| token(sentence, c))
            .any(|t| t.relation() == "aux" && words.contains(&t.lemma.as_str()))
    };
    // "A deal that foresees a withdrawal within a year" says so now.
    let holds = verbs.contents.contains_key(lemma(sentence, act));
    if future(sentence, act) || (!holds && is_timed_ahead(sentence, act)) {
        return Reality::Promised(act);
    }
    // "said a third round would take place in May" is the future of what was said.
    if aux(&["would"]) {
        return if reported(verbs, sentence, act) {
            Reality::Promised(act)
        } else {
            Reality::Unreal
        };
    }
    let Some(word) = token(sentence, act) else { return Reality::Unreal };
    if marked_to(sentence, act) {
        // "Work is to begin in May."
        if aux(&["be"]) || dependent(sentence, act, "cop").is_some() {
            return Reality::Promised(act);
        }
        // "Is to arrive on Friday to sign a treaty"
        let at_last = word
            .head
            .filter(|&up| {
                word.relation() == "advcl"
                    && is_verb(sentence, up)
                    && verbs.ceremony.contains(lemma(sentence, act))
            })
            .map(|up| reality(verbs, sentence, up));
        if let Some(Reality::Promised(by)) = at_last {
            return Reality::Promised(by);
        }
        let Some(up) = word.head.filter(|_| word.relation() == "xcomp") else {
            return Reality::Unreal;
        };
        if verbs.due.contains(lemma(sentence, up)) {
            return if refused(sentence, up) { Reality::Unreal } else { Reality::Promised(up) };
        }
        return if verbs.going.contains(lemma(sentence, up)) {
            reality(verbs, sentence, up)
        } else {
            Reality::Unreal
        };
    }
    match word.relation() {
        "xcomp" | "csubj" => match word.head {
            Some(up)
                if verbs.going.contains(lemma(sentence, up))
                    || verbs.declaring.contains(lemma(sentence, up)) =>
            {
                reality(verbs, sentence, up)
            }
            _ => Reality::Unreal,
        },
        // A bare infinitive or gerund takes its reality from what governs it; only the verb of a list may lend its own.
        "conj" => {
            let Some(up) = word.head.filter(|&up| up != act && is_verb(sentence, up)) else {
                return Reality::Done;
            };
            // "are to gather in camps and hand in their guns", "will come and sign": one aim with the first.
            let own = sentence.children(act).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| t.relation() == "aux" || t.deprel == "nsubj")
            });
            let with_first = word.xpos == "VB" && !own;
            match with_first.then(|| reality(verbs, sentence, up)) {
                Some(Reality::Promised(by)) => Reality::Promised(if by == up { act } else { by }),
                _ if infinitive(sentence, up, 0) => Reality::Unreal,
                _ => Reality::Done,
            }
        }
        // "left the strip, completing the withdrawal": what the clause before it brings about.
        "advcl" if word.xpos == "VBG" && dependent(sentence, act, "mark").is_none() => {
            match word.head {
                Some(up)
                    if up < act
                        && is_verb(sentence, up)
                        && reality(verbs, sentence, up) == Reality::Done =>
                {
                    Reality::Done
                }
                _ => Reality::Unreal,
            }
        }
        _ if matches!(word.xpos.as_str(), "VB" | "VBG")
            && word.relation() != "root"
            && !aux(&["be", "have", "do"]) =>
        {
            Reality::Unreal
        }
        _ => Reality::Done,
    }
}

/// "Modi travels to Dhaka next week", "a panel starts work within a month": the present tells what is to come.
pub(super) fn is_timed_ahead(sentence: &Sentence, act: usize) -> bool {
    let Some(word) = token(sentence, act) else { return false };
    let now = match word.xpos.as_str() {
        "VBZ" | "VBP" => true,
        "VBG" => sentence.dependents(act, "aux").any(|aux| {
            matches!(token(sentence, aux).map_or("", |t| t.form.as_str()), "is" | "are")
        }),
        _ => false,
    };
    now && sentence.children(act).iter().any(|&at| {
        let time = token(sentence, at)
            .is_some_and(|t| matches!(t.relation(), "obl" | "advmod" | "nmod") && at > act);
        time && (lemma(sentence, at) == "tomorrow"
            || (has_case(sentence, at, "within")
                && sentence
                    .dependents(at, "nummod")
                    .chain(sentence.dependents(at, "det"))
                    .next()
                    .is_some())
            || sentence.dependents(at, "amod").any(|next| lemma(sentence, next) == "next"))
    })
}

/// "The water will be shared anew, the two decided": the verb of agreement stands beside what was agreed.
pub(super) fn agreed_beside(verbs: &Promises, sentence: &Sentence, act: usize) -> Option<usize> {
    let coming = future(sentence, act) || marked_to(sentence, act);
    sentence.dependents(act, "parataxis").chain(sentence.dependents(act, "conj")).find(|&by| {
        coming
            && is_verb(sentence, by)
            && verbs.agrees(lemma(sentence, by))
            && dependent(sentence, by, "cc").is_none()
            && dependent(sentence, by, "nsubj").is_some()
            && !["obj", "xcomp", "ccomp"].iter().any(|part| dependent(sentence, by, part).is_some())
            && !refused(sentence, by)
    })
}

/// "Hopes that they will sign": the clause of a wish or a guess.
pub(super) fn is_wished(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
    let mut at = act;
    for _ in 0..3 {
        let Some(word) = token(sentence, at) else { return false };
        let Some(up) = word.head else { return false };
        match word.relation() {
            "ccomp" if verbs.wishing.contains(lemma(sentence, up)) => return true,
            "conj" | "xcomp" => at = up,
            _ => return false,
        }
    }
    false
}

/// The verb of agreement that governs an act by an infinitive, a clause or a list of such.
pub(super) fn promise(verbs: &Promises, sentence: &Sentence, act: usize) -> Option<usize> {
    let mut at = act;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        let up = word.head?;
        let upper = token(sentence, up)?;
        let climbs = matches!(word.relation(), "xcomp" | "ccomp" | "conj" | "advcl" | "acl")
            && word.deprel != "acl:relcl"
            // "agreed a day after the envoy flew in"
            && !(word.relation() == "advcl"
                && ["after", "before", "since", "when", "as", "while", "until", "because"]
                    .iter()
                    .any(|mark| has_case(sentence, at, mark)));
        if !climbs {
            return None;
        }
        // A second infinitive may stand beside the verb of agreement instead of below it.
        let below = word.relation() != "conj" || marked_to(sentence, at);
        if below && verbs.agrees(upper.lemma.as_str()) && upper.upos == Upos::Verb {
            return (!refused(sentence, up)).then_some(up);
        }
        // "signed an agreement to open": a parser may hang the infinitive on the verb.
        let by_agreement = word.relation() == "advcl"
            && marked_to(sentence, at)
            && verbs.make.contains_key(upper.lemma.as_str())
            && sentence
                .dependents(up, "obj")
                .any(|o| verbs.agreements.contains(lemma(sentence, o)));
        if by_agreement {
            return (reality_of_maker(sentence, up)).then_some(up);
        }
        // "reached an agreement to open", "signed a deal to build": the noun of agreement passes on.
        let passes = word.relation() == "conj"
            || (word.relation() == "acl" && verbs.agreements.contains(upper.lemma.as_str()))
            || (upper.upos == Upos::Verb
                && word.relation() != "advcl"
                && verbs.passing.contains(upper.lemma.as_str()));
        if !passes {
            return None;
        }
        if word.relation() == "acl" {
            let verb = upper.head?;
            let makes = is_verb(sentence, verb)
                && (verbs.make.contains_key(lemma(sentence, verb))
                    || verbs.agrees(lemma(sentence, verb)));
            return (makes && reality_of_maker(sentence, verb)).then_some(verb);
        }
        at = up;
    }
    None
}

/// Whether a verb that makes an agreement did so: finite, and neither refused nor to come.
pub(super) fn reality_of_maker(sentence: &Sentence, verb: usize) -> bool {
    !refused(sentence, verb)
        && !future(sentence, verb)
        && !marked_to(sentence, verb)
        && token(sentence, verb)
            .is_some_and(|t| !matches!(t.xpos.as_str(), "VB" | "VBG") || t.relation() == "root")
}

/// Whether the verb is negated or only possible.
pub(super) fn refused(sentence: &Sentence, verb: usize) -> bool {
    let open = sentence.children(verb).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        (t.relation() == "mark" && matches!(t.lemma.as_str(), "if" | "unless" | "whether"))
            // "on whoever breaks the truce"
            || (t.relation() == "nsubj"
                && matches!(t.lemma.as_str(), "whoever" | "anyone" | "nobody" | "whichever"))
    });
    open || is_denied(sentence, verb) || is_possible(sentence, verb)
}

pub(super) fn future(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        t.relation() == "aux"
            && (matches!(t.lemma.as_str(), "will" | "shall")
                || matches!(t.form.to_lowercase().as_str(), "will" | "'ll" | "’ll"))
    })
}

/// Whether a verb stands in what somebody said, with no condition beside it.
pub(super) fn reported(verbs: &Promises, sentence: &Sentence, verb: usize) -> bool {
    let conditional =
        sentence.dependents(verb, "advcl").any(|clause| has_case(sentence, clause, "if"));
    let said = token(sentence, verb)
        .filter(|t| matches!(t.relation(), "ccomp" | "parataxis"))
        .and_then(|t| t.head)
        .is_some_and(|up| is_saying(verbs, sentence, up));
    let quoted = sentence
        .dependents(verb, "parataxis")
        .chain(sentence.dependents(verb, "ccomp"))
        .any(|clause| is_saying(verbs, sentence, clause));
    !conditional && (said || quoted)
}

pub(super) fn is_saying(verbs: &Promises, sentence: &Sentence, verb: usize) -> bool {
    verbs.saying.contains(lemma(sentence, verb))
}

/// "Beirut said that Israel had broken the truce": a side's charge, not the text's word.
pub(super) fn said_by_other(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
    let charged = token(sentence, act)
        .filter(|t| matches!(t.relation(), "ccomp" | "advcl" | "acl" | "xcomp"))
        .and_then(|t| t.head)
        .is_some_and(|up| {
            is_saying(verbs, sentence, up) || verbs.charging.contains(lemma(sentence, up))
        });
    let after = sentence
        .dependents(act, "parataxis")
        .any(|clause| is_saying(verbs, sentence, clause) && clause > act);
    charged || after
}

/// Whether a clause is what one side charges the other with.
pub(super) fn said_by_other_side(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
    token(sentence, act)
        .filter(|t| matches!(t.relation(), "ccomp" | "advcl" | "acl" | "xcomp"))
        .and_then(|t| t.head)
        .is_some_and(|up| verbs.charging.contains(lemma(sentence, up)))
}

/// "Had agreed", "had signed": before what the text tells now.
pub(super) fn looks_back(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .children(verb)
        .iter()
        .filter_map(|&c| token(sentence, c))
        .any(|t| t.relation() == "aux" && t.form.eq_ignore_ascii_case("had"))
}

pub(super) fn marked_to(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .children(verb)
        .iter()
        .filter_map(|&c| token(sentence, c))
        .any(|t: &Token| t.relation() == "mark" && t.lemma == "to")
}

pub(super) fn infinitive(sentence: &Sentence, verb: usize, depth: usize) -> bool {
    marked_to(sentence, verb)
        || (depth < 6
            && token(sentence, verb).is_some_and(|t| t.relation() == "conj")
            && token(sentence, verb)
                .and_then(|t| t.head)
                .is_some_and(|up| up != verb && infinitive(sentence, up, depth + 1)))
}

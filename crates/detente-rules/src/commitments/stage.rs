//! What a verb does to a commitment.
//!
//! In goes a named commitment, out comes the stage that its verb gives it: announced by "agreed to set up a hotline", "will hold a
//! summit"; started by "the truce took effect"; broken by "pulled out of the treaty". A wish, a refusal, a possibility or a
//! bare mention gives none. How real the verb is tells `reality.rs`; of acts that are commitments themselves tells `acts.rs`.

use detente_core::CommitmentStatus;
use detente_knowledge::{CommitmentForm, CommitmentKind};
use detente_parse::{Sentence, Upos};

use super::acts::act_stage;
use super::named::Named;
use super::promises::{Promises, phrase, rests};
use super::reality::{Reality, future, looks_back, marked_to, reality, refused, said_by_other};
use super::undone::undone;
use super::{TRIED, lemma};
use crate::grammar::{antecedent, dependent, governed_by, has_case, is_passive, token};
use crate::issues::noun_before;

/// What a verb does to a commitment.
#[derive(Debug)]
pub(super) struct Stage {
    pub(super) status: CommitmentStatus,
    /// The verb whose subject are the parties.
    pub(super) verb: usize,
    /// The verb that governs the noun.
    pub(super) act: usize,
    /// It may begin here.
    pub(super) begins: bool,
    /// One side's word is enough: it promised, or will.
    pub(super) one_sided: bool,
    /// It is still to be done.
    pub(super) promised: bool,
    /// The noun itself is the subject: "the talks collapsed".
    pub(super) own_subject: bool,
    /// The text looks back: "had agreed in May to withdraw".
    pub(super) recalled: bool,
    /// The act around it is done as it says: "freed three men in a prisoner swap".
    pub(super) carried_out: bool,
    /// An agreement holds it: "the pact provides for a commission".
    pub(super) contained: bool,
    /// The act is the promise itself, so that its day is not that of what is promised: "pledged 85 million dollars on Monday".
    pub(super) by_word: bool,
    /// It is not in force yet: "it will come into force".
    pub(super) to_begin: bool,
    /// It will be, as seen from the text.
    pub(super) ahead: bool,
    /// Both do it by one act, or agreed to go on with it: what it is about is shared although it is being kept.
    pub(super) joint: bool,
    /// It must be done, which makes it one only by an agreement that the text has told of.
    pub(super) bound: bool,
}

impl Stage {
    /// A stage by a verb that governs the noun itself, and which nothing else is known of.
    pub(super) fn of(status: CommitmentStatus, act: usize) -> Self {
        Self {
            status,
            verb: act,
            act,
            begins: true,
            one_sided: false,
            promised: false,
            own_subject: false,
            recalled: false,
            carried_out: false,
            contained: false,
            by_word: false,
            to_begin: false,
            ahead: false,
            joint: false,
            bound: false,
        }
    }
}

/// The stage that the words around a noun give it; `None` for a wish, a refusal or a bare mention.
pub(super) fn stage(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    if noun.act {
        return act_stage(verbs, sentence, noun);
    }
    if let Some(of) = noun.of {
        let whole = Named { head: of, first: of, last: of, of: None, ..*noun };
        return stage(verbs, sentence, &whole);
    }
    let Some(up) = governor(verbs, sentence, noun.head) else {
        return made_before(verbs, sentence, noun);
    };
    let found = match up {
        Governor::Verb { act, at, through } => verb_stage(verbs, sentence, noun, act, at, through),
        Governor::Predicate(predicate) => predicate_stage(verbs, sentence, predicate),
    };
    found.or_else(|| made_before(verbs, sentence, noun))
}

/// What a commitment hangs on.
enum Governor {
    /// A verb, the token by which the noun hangs on it, and what a noun between them says: "the collapse of the talks".
    Verb { act: usize, at: usize, through: Option<CommitmentStatus> },
    /// "The talks are on hold".
    Predicate(usize),
}

fn governor(verbs: &Promises, sentence: &Sentence, noun: usize) -> Option<Governor> {
    let mut at = noun;
    let mut through = None;
    for _ in 0..5 {
        let word = token(sentence, at)?;
        let up = word.head?;
        let upper = token(sentence, up)?;
        let predicate = upper.upos != Upos::Verb && dependent(sentence, up, "cop").is_some();
        if word.relation() == "nsubj" && predicate {
            return Some(Governor::Predicate(up));
        }
        if upper.upos == Upos::Verb && word.relation() != "acl" {
            // "A swap agreed on in May has been put off": a parser may take what was agreed for who agreed.
            let told = clause_after(verbs, sentence, at, up);
            if let Some(act) = told {
                return Some(Governor::Verb { act, at, through });
            }
            // "suspended its participation in the treaty", "pledged 30 billion yen in loans": the noun before the preposition
            // is what the verb governs, whatever the tree hangs the rest on.
            let between = noun_before(sentence, at)
                .filter(|&b| word.relation() == "obl" && joins(verbs, sentence, b));
            if let Some(between) = between {
                through = through.or_else(|| verbs.nouns.get(lemma(sentence, between)).copied());
                return Some(Governor::Verb { act: up, at: between, through });
            }
            return Some(Governor::Verb { act: up, at, through });
        }
        match word.relation() {
            "conj" | "appos" => {}
            "nmod" if joins(verbs, sentence, up) => {
                through = through.or_else(|| verbs.nouns.get(upper.lemma.as_str()).copied());
            }
            _ => return None,
        }
        at = up;
    }
    None
}

/// The verb of what is told of a thing whose participle was taken for its verb: it has no subject of its own.
fn clause_after(verbs: &Promises, sentence: &Sentence, noun: usize, verb: usize) -> Option<usize> {
    let agreed = token(sentence, noun).is_some_and(|t| t.deprel == "nsubj")
        && token(sentence, verb).is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBN"))
        && verbs.agrees(lemma(sentence, verb))
        && dependent(sentence, verb, "aux").is_none();
    let clause = sentence.dependents(verb, "ccomp").find(|&clause| {
        clause > verb
            && dependent(sentence, clause, "nsubj").is_none()
            && dependent(sentence, clause, "mark").is_none()
            && dependent(sentence, clause, "aux").is_some()
    });
    clause.filter(|_| agreed)
}

/// Whether a noun only stands for what hangs on it: a part, a stage, a share, a sum.
fn joins(verbs: &Promises, sentence: &Sentence, noun: usize) -> bool {
    let word = lemma(sentence, noun);
    verbs.parts.contains(word)
        || verbs.nouns.contains_key(word)
        || sentence.dependents(noun, "nummod").next().is_some()
        || token(sentence, noun).is_some_and(|t| matches!(t.upos, Upos::Num | Upos::Sym))
}

fn verb_stage(
    verbs: &Promises,
    sentence: &Sentence,
    noun: &Named<'_>,
    act: usize,
    at: usize,
    through: Option<CommitmentStatus>,
) -> Option<Stage> {
    let kind = noun.kind;
    let relation = token(sentence, at)?;
    // "the first such talks since the summit failed": the verb of a clause that begins after a noun is not the noun's.
    // "The pact that the two signed lasted a month": a parser may hang "that" on the verb behind its own clause.
    let of_clause = |mark: usize| {
        lemma(sentence, mark) == "that"
            && sentence.dependents(at, "acl").any(|clause| clause > mark && clause < act)
    };
    let begins_after = sentence
        .dependents(act, "mark")
        .any(|mark| mark > at && mark < act && lemma(sentence, mark) != "to" && !of_clause(mark));
    if begins_after && relation.relation() == "nsubj" {
        return None;
    }
    let own_subject =
        matches!(relation.deprel.as_str(), "nsubj" | "nsubj:outer") && !is_passive(sentence, act);
    let beside = [
        "after",
        "before",
        "during",
        "since",
        "at",
        "under",
        "by",
        "despite",
        "following",
        "until",
    ]
    .iter()
    .any(|p| has_case(sentence, at, p));
    // "freed three men in a prisoner swap": it is being kept.
    let in_it = ["in", "under"].iter().any(|p| has_case(sentence, at, p));
    let of_one = sentence.dependents(at, "det").any(|d| matches!(lemma(sentence, d), "a" | "an"))
        || (is_body(kind) && sentence.dependents(at, "nummod").next().is_some());
    // "crossed the lines in the largest swap between Oslo and Bern": between whom it is stands beside it.
    let between = sentence
        .dependents(at, "nmod")
        .any(|who| has_case(sentence, who, "between") || has_case(sentence, who, "with"));
    let done_by_it =
        kind.acts.iter().any(|words| words.first().is_some_and(|w| w == lemma(sentence, act)));
    if relation.relation() == "obl"
        && in_it
        && at == noun.head
        && !kind.passing
        && kind.alone
        && reality(verbs, sentence, act) == Reality::Done
        && (between || (of_one && done_by_it))
    {
        return Some(Stage { carried_out: true, ..Stage::of(CommitmentStatus::Held, act) });
    }
    let governs = match relation.relation() {
        "obj" => true,
        "nsubj" => own_subject || relation.deprel == "nsubj:pass" || is_passive(sentence, act),
        "obl" => !beside,
        _ => false,
    };
    let reality = reality(verbs, sentence, act);
    if governs && let Some(status) = undone(verbs, sentence, noun, act, own_subject) {
        return Some(Stage { one_sided: true, own_subject, ..Stage::of(status, act) });
    }
    if !governs || reality == Reality::Unreal {
        return None;
    }
    if reality == Reality::Done && is_rejected(verbs, sentence, act, at) {
        let signed = maker(verbs, sentence, noun.head).is_some();
        return (kind.form == Some(CommitmentForm::Pact))
            .then(|| Stage { begins: signed, ..Stage::of(CommitmentStatus::Broken, act) });
    }
    let own = kind_stage(verbs, kind, sentence, act, at)
        // "The truce ended three days of fighting": what the commitment does to something else.
        .filter(|&(_, length)| {
            length > 0 || !own_subject || dependent(sentence, act, "obj").is_none()
        })
        .map(|(status, _)| status)
        // Where only a first part of what is owed is done, it has begun; a group that meets for the first time meets.
        .map(|status| match status {
            CommitmentStatus::Held
                if kind.alone
                    && (is_first(verbs, sentence, noun.head)
                        || is_first(verbs, sentence, at)
                        || is_share(verbs, sentence, at)) =>
            {
                CommitmentStatus::Started
            }
            other => other,
        });
    let makes = phrase(rests(&verbs.make, sentence, act), sentence, act, at);
    // "pledged up to six billion in aid" governs the sum, whatever the tree makes of it.
    let agrees = verbs.agrees(lemma(sentence, act))
        && (relation.relation() == "obj"
            // "a swap was agreed"
            || (relation.relation() == "nsubj" && is_passive(sentence, act))
            || (relation.relation() == "obl" && at != noun.head));
    // "announced the suspension of the treaty", "the resumption of talks was agreed".
    // "put the ratification on ice" ends what the noun begins.
    let found = own
        .filter(|&status| !moves_on(status) && through.is_some_and(moves_on))
        .or(through)
        .or(own);
    let to_begin = found == Some(CommitmentStatus::Started);
    let stage = |status, verb, begins, one_sided, promised| Stage {
        to_begin: promised && own_subject && to_begin,
        verb,
        begins,
        one_sided,
        promised,
        own_subject,
        recalled: moves_on(status) && looks_back(sentence, verb),
        ..Stage::of(status, act)
    };
    if let Reality::Promised(by) = reality {
        // "The bloc will lift its sanctions": what acts is no commitment.
        let brings = !own_subject
            && ((agrees && relation.relation() != "obl")
                || phrase(rests(&verbs.bring, sentence, act), sentence, act, at)
                // "The two will found a bank": no form of "find".
                || (future(sentence, act)
                    && token(sentence, act).is_some_and(|t| t.form == "found"))
                // "agreed to let food through by a corridor"
                || (by != act && relation.relation() == "obl" && ["through", "via"].iter().any(|p| has_case(sentence, at, p))));
        // "There will be a truce", "a joint commission will draw the line": what is not there yet is to come about.
        let to_be = own_subject
            && of_one
            && (lemma(sentence, act) == "be" || (is_body(kind) && found.is_none()));
        // "Agreed to extend their truce": what goes on by their word is kept by it.
        if by != act
            && !own_subject
            && kind.form == Some(CommitmentForm::Pact)
            && verbs.agrees(lemma(sentence, by))
            && verbs.renewing.contains(lemma(sentence, act))
        {
            let joint = true;
            return Some(Stage { joint, ..stage(CommitmentStatus::Held, by, true, false, true) });
        }
        let status = promised_status(verbs, sentence, found, by, act)
            .or_else(|| {
                (found.is_none() && (brings || makes || to_be))
                    .then_some(CommitmentStatus::Announced)
            })
            .filter(|_| !own_subject || found.is_some() || to_be)?;
        return Some(stage(status, by, true, true, true));
    }
    // "The pact binds both sides to a commission"
    if !own_subject && !makes && !agrees && verbs.holds_by(sentence, act, at) {
        let mut held = stage(CommitmentStatus::Announced, act, true, true, true);
        held.contained = true;
        return Some(held);
    }
    if agrees {
        let status = match through {
            Some(CommitmentStatus::Suspended) => CommitmentStatus::Suspended,
            Some(CommitmentStatus::Ended | CommitmentStatus::Broken) => CommitmentStatus::Ended,
            _ => CommitmentStatus::Announced,
        };
        return Some(stage(status, act, true, true, true));
    }
    // "The union signed a deal": a noun that acts is somebody.
    let makes = makes && !own_subject;
    // "support the start of talks" is a wish; "welcomed the resumption" tells of it.
    let tells = verbs.broker.contains(lemma(sentence, act));
    if through.is_some() && own.is_none() && !makes && !own_subject && !tells {
        return None;
    }
    let status = match found {
        // To propose or plan a thing is a wish of one side.
        Some(CommitmentStatus::Announced) if !makes => return None,
        // "announced the resumption of talks" announces it.
        Some(CommitmentStatus::Started | CommitmentStatus::Held) if through.is_some() && makes => {
            CommitmentStatus::Announced
        }
        Some(status) => status,
        None if makes => CommitmentStatus::Announced,
        None => return None,
    };
    if status == CommitmentStatus::Broken && said_by_other(verbs, sentence, act) {
        return None;
    }
    let begins = match status {
        CommitmentStatus::Announced => makes,
        _ if through.is_some() && !makes && own.is_none_or(moves_on) => false,
        CommitmentStatus::Held => !kind.passing,
        // "Cut its relations with Lima": they stood without an agreement.
        _ if kind.standing && !moves_on(status) => false,
        // A meeting that closed is an event.
        CommitmentStatus::Ended => !is_encounter(kind),
        // Talks that open are to go on; a visit that begins is an event.
        CommitmentStatus::Started => !kind.passing || kind.general || kind.alone,
        _ => true,
    };
    // What one side may promise alone it may also put off or end alone.
    let one_sided = makes || !moves_on(status);
    Some(stage(status, act, begins, one_sided, false))
}

/// The status of what is promised: what is to begin is announced; what is to be stopped is so only by agreement of both.
fn promised_status(
    verbs: &Promises,
    sentence: &Sentence,
    found: Option<CommitmentStatus>,
    by: usize,
    act: usize,
) -> Option<CommitmentStatus> {
    match found {
        Some(status @ (CommitmentStatus::Suspended | CommitmentStatus::Ended)) => {
            (by != act && verbs.agrees(lemma(sentence, by))).then_some(status)
        }
        Some(CommitmentStatus::Broken) | None => None,
        Some(_) => Some(CommitmentStatus::Announced),
    }
}

/// "A truce agreed in May", "under a deal signed by both", "the truce that they agreed": made before, whatever is told of it now.
fn made_before(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    // "From a fund that will be set up"
    let to_come = sentence.dependents(noun.head, "acl").find(|&verb| {
        !noun.again
            && !noun.act
            && verbs.makes(lemma(sentence, verb))
            && is_passive(sentence, verb)
            && !refused(sentence, verb)
            && (future(sentence, verb) || marked_to(sentence, verb))
            && dependent(sentence, verb, "nsubj")
                .is_some_and(|at| antecedent(sentence, at) == noun.head)
    });
    if let Some(act) = to_come {
        return Some(Stage {
            promised: true,
            own_subject: true,
            ..Stage::of(CommitmentStatus::Announced, act)
        });
    }
    let act = maker(verbs, sentence, noun.head)?;
    // A meeting that somebody hosted is an event.
    if noun.kind.passing && verbs.broker.contains(lemma(sentence, act)) {
        return None;
    }
    // "A hotline set up in 2005" is there.
    let there = is_body(noun.kind)
        && token(sentence, act).is_some_and(|t| t.deprel == "acl")
        && kind_stage(verbs, noun.kind, sentence, act, noun.head)
            .is_some_and(|(status, _)| status == CommitmentStatus::Started);
    let status = if there { CommitmentStatus::Started } else { CommitmentStatus::Announced };
    Some(Stage { recalled: true, ..Stage::of(status, act) })
}

/// The verb of making or agreeing in a clause on a noun.
pub(super) fn maker(verbs: &Promises, sentence: &Sentence, noun: usize) -> Option<usize> {
    sentence.dependents(noun, "acl").find(|&verb| {
        let made = verbs.makes(lemma(sentence, verb))
            || verbs.agrees(lemma(sentence, verb))
            || verbs.broker.contains(lemma(sentence, verb));
        let done = token(sentence, verb).is_some_and(|t| {
            (matches!(t.xpos.as_str(), "VBN" | "VBD") && t.deprel == "acl")
                || (t.deprel == "acl:relcl"
                    && matches!(t.xpos.as_str(), "VBD" | "VBN")
                    && (verbs.closing.contains(lemma(sentence, verb))
                        // "the truce that they put their names to"
                        || sentence.dependents(verb, "obj").any(|o| {
                            verbs.signatures.contains(lemma(sentence, o)) && o > verb
                        })))
        });
        made && done && !refused(sentence, verb) && !is_somebody_else(sentence, verb, noun)
    })
}

/// "A deal that ended the war": the noun does it to something else.
fn is_somebody_else(sentence: &Sentence, verb: usize, noun: usize) -> bool {
    // "The truce that both had declared": the relative may hang as a second subject.
    let mut doers = sentence.dependents(verb, "nsubj");
    let own = doers.next().is_some_and(|at| antecedent(sentence, at) == noun)
        && doers.all(|at| antecedent(sentence, at) == noun);
    own && !is_passive(sentence, verb)
}

/// "The talks are on hold", "the truce is in force", "the treaty is dead".
fn predicate_stage(verbs: &Promises, sentence: &Sentence, at: usize) -> Option<Stage> {
    if refused(sentence, at) || future(sentence, at) {
        return None;
    }
    let word = lemma(sentence, at);
    let status = verbs.status.iter().find_map(|(status, phrases)| {
        phrases
            .iter()
            .any(|phrase| match phrase.as_slice() {
                [only] => only == word,
                [case, noun] => noun == word && has_case(sentence, at, case),
                _ => false,
            })
            .then_some(*status)
    })?;
    (status != CommitmentStatus::Announced)
        .then(|| Stage { own_subject: true, ..Stage::of(status, at) })
}

/// The stage whose words the verb and its particle or preposition are, and how many follow the verb: of the kind's own, else of those of
/// all kinds.
fn kind_stage(
    verbs: &Promises,
    kind: &CommitmentKind,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
) -> Option<(CommitmentStatus, usize)> {
    let word = lemma(sentence, verb);
    let own = TRIED.into_iter().map(|status| (status, kind.stage(status)));
    let shared = verbs.status.iter().map(|(status, list)| (*status, list.as_slice()));
    let mut best: Option<(usize, CommitmentStatus)> = None;
    for (status, list) in own.chain(shared) {
        for lemmas in list {
            let Some((first, rest)) = lemmas.split_first() else { continue };
            if first == word
                && best.is_none_or(|(length, _)| rest.len() > length)
                && phrase(std::iter::once(rest), sentence, verb, noun)
            {
                best = Some((rest.len(), status));
            }
        }
    }
    best.map(|(length, status)| (status, length))
}

/// "The first lorries": a first part of what was promised.
pub(super) fn is_first(verbs: &Promises, sentence: &Sentence, noun: usize) -> bool {
    sentence
        .dependents(noun, "amod")
        .any(|adjective| verbs.first.contains(lemma(sentence, adjective)))
}

/// "A third of it", "a second tranche": a part, after which more is to come.
fn is_share(verbs: &Promises, sentence: &Sentence, noun: usize) -> bool {
    verbs.shares.contains(lemma(sentence, noun))
        && !sentence
            .dependents(noun, "amod")
            .any(|adjective| verbs.last.contains(lemma(sentence, adjective)))
}

/// "Parliament threw out the pact", "the deal was rejected by voters": one without whose assent it comes to nothing turned it down.
fn is_rejected(verbs: &Promises, sentence: &Sentence, act: usize, noun: usize) -> bool {
    let rejects = phrase(rests(&verbs.rejecting, sentence, act), sentence, act, noun);
    let passive = is_passive(sentence, act);
    let mut doers: Vec<usize> = if passive {
        governed_by(sentence, act, "by").chain(governed_by(sentence, act, "in")).collect()
    } else {
        sentence.dependents(act, "nsubj").collect()
    };
    doers.retain(|&at| at != noun);
    rejects && doers.iter().any(|&at| verbs.ratifiers.contains(lemma(sentence, at)))
}

/// "Their last meeting, in March, broke up", "they last met in May": one that was before, whatever is to come.
pub(super) fn is_former(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> bool {
    let part = if noun.act { "advmod" } else { "amod" };
    is_encounter(noun.kind)
        && !noun.again
        && sentence
            .dependents(noun.head, part)
            .any(|word| verbs.former.contains(lemma(sentence, word)))
}

/// A group, a commission, a force: a kind that acts itself.
pub(super) fn is_body(kind: &CommitmentKind) -> bool {
    kind.form == Some(CommitmentForm::Body)
}

/// A meeting, a visit, talks: where the sides meet, and which is over once they have met.
pub(super) fn is_encounter(kind: &CommitmentKind) -> bool {
    match kind.form {
        Some(CommitmentForm::Visit) => true,
        Some(CommitmentForm::Talks) => kind.general,
        _ => false,
    }
}

/// Whether a status is one on the way, which a text may look back on; what "had collapsed" is over.
pub(super) fn moves_on(status: CommitmentStatus) -> bool {
    matches!(
        status,
        CommitmentStatus::Announced | CommitmentStatus::Started | CommitmentStatus::Held
    )
}

/// "Fighting resumed", "violence broke out again": what a truce was to stop goes on.
pub(super) fn is_war_resumed(verbs: &Promises, sentence: &Sentence, verb: usize) -> bool {
    let flares = phrase(rests(&verbs.flaring, sentence, verb), sentence, verb, verb);
    flares
        && token(sentence, verb).is_some_and(|t| matches!(t.relation(), "root" | "conj"))
        && !refused(sentence, verb)
        && reality(verbs, sentence, verb) == Reality::Done
        && dependent(sentence, verb, "nsubj")
            .is_some_and(|war| verbs.in_class("war", lemma(sentence, war)))
}

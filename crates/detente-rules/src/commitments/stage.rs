//! What a verb does to a commitment, and how real that is.
//!
//! In goes a named commitment, out comes the stage that its verb gives it: announced by "agreed to set up a hotline", "will hold a
//! summit"; started by "the truce took effect"; broken by "pulled out of the treaty". A wish, a refusal, a possibility or a
//! bare mention gives none.

use std::collections::{BTreeMap, BTreeSet};

use detente_core::CommitmentStatus;
use detente_knowledge::{CommitmentKind, Knowledge};
use detente_parse::{Sentence, Token, Upos};

use super::named::Named;
use super::{TRIED, is_verb, lemma};
use crate::grammar::{antecedent, dependent, has_case, is_passive, patient, subject, token};
use crate::issues::noun_before;

/// Steps that are climbed from the noun to the verb that promises it.
const MAX_CLIMB: usize = 10;

/// Words for the stages of any kind, from the groups `commit_*` of `words/stances.toml`.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    /// They make a promise of what they govern.
    agree: BTreeSet<String>,
    /// They make a promise of what will be done on its day: "is due to".
    due: BTreeSet<String>,
    /// They bring it about at once; by first lemma, what follows it.
    make: BTreeMap<String, Vec<Vec<String>>>,
    /// They bring it about in what is promised: "to resume", "to sit down for"; by first lemma, what follows it.
    bring: BTreeMap<String, Vec<Vec<String>>>,
    /// They help others to it.
    pub(super) broker: BTreeSet<String>,
    /// Verbs and predicates of each status.
    status: Vec<(CommitmentStatus, Vec<Vec<String>>)>,
    /// Nouns of each status: "the collapse of".
    nouns: BTreeMap<String, CommitmentStatus>,
    /// Nouns for a part of it, or for a share in it.
    parts: BTreeSet<String>,
    /// Nouns of agreement, whose infinitive is what was agreed.
    agreements: BTreeSet<String>,
    /// What an agreement does to what it holds: "provides for"; by first lemma, what follows it.
    contents: BTreeMap<String, Vec<Vec<String>>>,
    /// Of these the object is who is bound: "commits them to".
    pub(super) binds: BTreeSet<String>,
    /// What only a thing does: "take effect"; by first lemma, what follows it.
    things: BTreeMap<String, Vec<Vec<String>>>,
    /// The verb below is as real as these: "began to deliver".
    going: BTreeSet<String>,
    /// They leave a wish what their clause says: "hopes that they will sign".
    wishing: BTreeSet<String>,
    /// They make an agreement whole: "the truce that they signed".
    closing: BTreeSet<String>,
    /// They begin again what was before: "resume".
    pub(super) anew: BTreeSet<String>,
    /// They leave a promise what it is: "agreed to go on to".
    passing: BTreeSet<String>,
    saying: BTreeSet<String>,
    /// They make what is said a side's charge.
    charging: BTreeSet<String>,
    /// They make true what they say of a thing: "declared it suspended".
    declaring: BTreeSet<String>,
    /// What goes on by them ends where it is not done: "will not renew".
    renewing: BTreeSet<String>,
    /// By them what was promised is paid, which is put off where they are not done: "will not pay out".
    paying: BTreeSet<String>,
    /// By them a war goes on: "fighting resumed".
    flaring: BTreeMap<String, Vec<Vec<String>>>,
    /// With help, support or the like nobody is a party.
    pub(super) helping: BTreeSet<String>,
    /// They leave undone what they govern: "refused to renew", "failed to hold".
    leaving: BTreeSet<String>,
    /// What a thing does as long as it stands: "lasted only", "did not hold".
    lasting: BTreeSet<String>,
    /// Adverbs by which it did not last: "lasted barely a day".
    barely: BTreeSet<String>,
    /// Nouns of an act and its verb: "the sale of".
    nominal: BTreeMap<String, String>,
    /// Words of a class, by its name: `@money` of an act.
    classes: BTreeMap<String, BTreeSet<String>>,
}

impl Promises {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let group = |name: &str| knowledge.words.groups.get(name).map_or(&[][..], Vec::as_slice);
        let single = |name: &str| -> BTreeSet<String> {
            group(name).iter().filter_map(|lemmas| lemmas.first()).cloned().collect()
        };
        let phrases = |name: &str| {
            let mut all: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
            for lemmas in group(name) {
                if let Some((first, rest)) = lemmas.split_first() {
                    all.entry(first.clone()).or_default().push(rest.to_vec());
                }
            }
            all
        };
        let classes = knowledge
            .words
            .groups
            .keys()
            .filter_map(|name| Some((name.strip_prefix("commit_class_")?.to_owned(), single(name))))
            .collect();
        let mut status = Vec::new();
        let mut nouns = BTreeMap::new();
        for of in TRIED {
            let name = format!("commit_{}", of.as_str());
            status.push((of, group(&name).to_vec()));
            for noun in single(&format!("{name}_noun")) {
                nouns.insert(noun, of);
            }
        }
        Self {
            agree: single("commit_agree"),
            due: single("commit_due"),
            make: phrases("commit_make"),
            bring: phrases("commit_bring"),
            broker: single("commit_broker"),
            status,
            nouns,
            parts: single("commit_part"),
            agreements: single("commit_agreement"),
            contents: phrases("commit_content"),
            binds: single("commit_binds"),
            things: phrases("commit_thing"),
            going: single("commit_going"),
            wishing: single("commit_wishing"),
            closing: single("commit_close"),
            anew: single("commit_anew"),
            passing: single("commit_passing"),
            saying: single("commit_saying"),
            charging: single("commit_charging"),
            declaring: single("commit_declaring"),
            renewing: single("commit_renewing"),
            paying: single("commit_paying"),
            flaring: phrases("commit_flaring"),
            helping: single("commit_helping"),
            leaving: single("commit_leaving"),
            lasting: single("commit_lasting"),
            barely: single("commit_barely"),
            nominal: group("commit_nominal")
                .iter()
                .filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())))
                .collect(),
            classes,
        }
    }

    /// The verb whose act a noun names: "sell" for "sale".
    pub(super) fn verb_of(&self, noun: &str) -> Option<&str> {
        self.nominal.get(noun).map(String::as_str)
    }

    /// Whether a verb makes a promise of what it governs.
    pub(crate) fn agrees(&self, lemma: &str) -> bool {
        self.agree.contains(lemma)
    }

    /// Whether a noun is a part of what it counts: "80 percent of".
    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether a word stands in a class: "million" in `money`.
    pub(super) fn in_class(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|words| {
            // "troops" has no singular.
            words.contains(word) || word.strip_suffix('s').is_some_and(|one| words.contains(one))
        })
    }

    /// Whether an agreement that is the verb's subject holds what the verb governs: "the pact provides for".
    pub(super) fn holds_by(&self, sentence: &Sentence, verb: usize, noun: usize) -> bool {
        phrase(rests(&self.contents, sentence, verb), sentence, verb, noun)
    }

    /// Whether only a thing can be what does this: "it took effect".
    pub(super) fn is_of_thing(&self, sentence: &Sentence, verb: usize, noun: usize) -> bool {
        is_passive(sentence, verb)
            || phrase(rests(&self.things, sentence, verb), sentence, verb, noun)
    }

    /// Whether a verb brings one about by itself, with no other word.
    fn makes_alone(&self, lemma: &str) -> bool {
        self.make.get(lemma).is_some_and(|rests| rests.iter().any(Vec::is_empty))
    }

    /// Whether a verb may bring a commitment about at once.
    pub(crate) fn makes(&self, lemma: &str) -> bool {
        self.make.contains_key(lemma)
    }
}

/// What may follow a verb in phrases that begin with it.
fn rests<'k>(
    phrases: &'k BTreeMap<String, Vec<Vec<String>>>,
    sentence: &Sentence,
    verb: usize,
) -> impl Iterator<Item = &'k [String]> {
    phrases.get(lemma(sentence, verb)).into_iter().flatten().map(Vec::as_slice)
}

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
    /// It must be done, which makes it one only by an agreement that the text has told of.
    pub(super) bound: bool,
}

impl Stage {
    /// A stage by a verb that governs the noun itself, and which nothing else is known of.
    fn of(status: CommitmentStatus, act: usize) -> Self {
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
            bound: false,
        }
    }
}

/// How real an act is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reality {
    /// It was or is being done.
    Done,
    /// It is agreed, promised or due; the verb whose subject bound itself.
    Promised(usize),
    Unreal,
}

/// The stage that the words around a noun give it; `None` for a wish, a refusal or a bare mention.
pub(super) fn stage(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    if noun.act {
        return act_stage(verbs, sentence, noun);
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
    let begins_after = sentence
        .dependents(act, "mark")
        .any(|mark| mark > at && mark < act && lemma(sentence, mark) != "to");
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
    let own = kind_stage(verbs, kind, sentence, act, at)
        // "The truce ended three days of fighting": what the commitment does to something else.
        .filter(|&(_, length)| {
            length > 0 || !own_subject || dependent(sentence, act, "obj").is_none()
        })
        .map(|(status, _)| status)
        // Where only a first part of what is owed is done, it has begun; a group that meets for the first time meets.
        .map(|status| match status {
            CommitmentStatus::Held
                if kind.alone && (is_first(sentence, noun.head) || is_first(sentence, at)) =>
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
    let stage = |status, verb, begins, one_sided, promised| Stage {
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

/// An act that is a commitment itself: promised, or done as was promised.
fn act_stage(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    let act = noun.head;
    let reality = reality(verbs, sentence, act);
    // "pledged 85 million dollars": the act itself is the promise.
    let gives_word = reality == Reality::Done
        && (verbs.agrees(lemma(sentence, act)) || verbs.makes_alone(lemma(sentence, act)));
    if gives_word {
        return Some(Stage {
            one_sided: true,
            promised: true,
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
        Reality::Done => (done_status(sentence, act), act, false),
    };
    Some(Stage {
        verb,
        begins: promised || as_agreed,
        one_sided: promised || as_agreed,
        promised,
        recalled: looks_back(sentence, verb),
        bound: reality == Reality::Unreal,
        ..Stage::of(status, act)
    })
}

/// How far an act that is done brings what was promised: its first part begins it, its last one ends it.
fn done_status(sentence: &Sentence, act: usize) -> CommitmentStatus {
    let things: Vec<usize> =
        patient(sentence, act).into_iter().chain(subject(sentence, act)).collect();
    let is_last = |at: usize| {
        matches!(lemma(sentence, at), "last" | "rest" | "remainder")
            || sentence.dependents(at, "amod").any(|adjective| {
                matches!(lemma(sentence, adjective), "last" | "final" | "remaining")
            })
    };
    if things.iter().any(|&at| is_last(at)) {
        CommitmentStatus::Ended
    } else if things.iter().any(|&at| is_first(sentence, at)) {
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
            && matches!(
                lemma(sentence, at),
                "fulfil" | "fulfill" | "honour" | "honor" | "keep" | "implement"
            )
            && dependent(sentence, at, "obj").is_some_and(is_agreement);
        as_told || kept
    });
    by_noun || by_clause
}

/// Whether a phrase names the agreement by which something is done: "under a deal", "as part of the pact", "in line with the accord".
pub(super) fn is_ground(verbs: &Promises, sentence: &Sentence, at: usize) -> bool {
    let is_agreement = |at: usize| verbs.agreements.contains(lemma(sentence, at));
    let cases = |at: usize, words: &[&str]| words.iter().any(|case| has_case(sentence, at, case));
    let part =
        matches!(lemma(sentence, at), "part" | "line" | "accordance" | "keeping" | "fulfilment")
            && sentence
                .dependents(at, "nmod")
                .any(|of| is_agreement(of) && cases(of, &["of", "with"]));
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
    let negated = sentence.children(act).iter().any(|&c| {
        matches!(lemma(sentence, c), "not" | "never" | "n't" | "if" | "unless" | "whether")
    });
    must(act)
        && !negated
        && token(sentence, act).is_some_and(|t| matches!(t.relation(), "root" | "conj"))
}

/// The status of a thing that is not gone on with: "will not renew the pact" ends it, "did not hold", "lasted only a day" tell that it
/// broke.
fn undone(
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
    if failed && noun.kind.root == "treaty" && !refused(sentence, act) && !future(sentence, act) {
        return Some(CommitmentStatus::Broken);
    }
    let word = lemma(sentence, act);
    let renewed = verbs.renewing.contains(word) && !own_subject;
    // "would not pay out the rest of its loan"
    let paid = verbs.paying.contains(word)
        && !own_subject
        && noun.kind.due
        && super::is_definite(sentence, noun.head);
    let lasts = verbs.lasting.contains(word) && own_subject && noun.kind.root == "treaty";
    if !renewed && !lasts && !paid {
        return None;
    }
    let would = reported(verbs, sentence, act);
    let holds = |at: usize, of: &dyn Fn(&Token) -> bool| {
        sentence.children(at).iter().filter_map(|&c| token(sentence, c)).any(of)
    };
    let negated = |at: usize| holds(at, &|t| matches!(t.lemma.as_str(), "not" | "never" | "n't"));
    let open = |at: usize| {
        holds(at, &|t| {
            (t.relation() == "aux"
                && matches!(
                    t.lemma.as_str(),
                    "could" | "might" | "may" | "should" | "must" | "can"
                ))
                || (t.relation() == "aux" && t.lemma == "would" && !would)
                || (t.relation() == "mark"
                    && matches!(t.lemma.as_str(), "if" | "unless" | "whether"))
        })
    };
    let above = token(sentence, act)
        .filter(|t| t.relation() == "xcomp")
        .and_then(|t| t.head)
        .filter(|&up| verbs.leaving.contains(lemma(sentence, up)));
    let left = match above {
        Some(up) => !negated(up) && !open(up) && !future(sentence, up) && marked_to(sentence, act),
        None => negated(act) && !open(act) && !(lasts && future(sentence, act)),
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
                && crate::grammar::is_below(sentence, at, act)
        });
    short.then_some(CommitmentStatus::Broken)
}

/// Whether a clause is what one side charges the other with.
fn said_by_other_side(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
    token(sentence, act)
        .filter(|t| matches!(t.relation(), "ccomp" | "advcl" | "acl" | "xcomp"))
        .and_then(|t| t.head)
        .is_some_and(|up| verbs.charging.contains(lemma(sentence, up)))
}

/// "A truce agreed in May", "under a deal signed by both", "the truce that they agreed": made before, whatever is told of it now.
fn made_before(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    let act = maker(verbs, sentence, noun.head)?;
    Some(Stage { recalled: true, ..Stage::of(CommitmentStatus::Announced, act) })
}

/// The verb of making or agreeing in a clause on a noun.
pub(super) fn maker(verbs: &Promises, sentence: &Sentence, noun: usize) -> Option<usize> {
    sentence.dependents(noun, "acl").find(|&verb| {
        let made = verbs.makes(lemma(sentence, verb))
            || verbs.agrees(lemma(sentence, verb))
            || verbs.broker.contains(lemma(sentence, verb));
        let done = token(sentence, verb).is_some_and(|t| {
            (t.xpos == "VBN" && t.deprel == "acl")
                || (t.deprel == "acl:relcl"
                    && matches!(t.xpos.as_str(), "VBD" | "VBN")
                    && (verbs.closing.contains(lemma(sentence, verb))
                        // "the truce that they put their names to"
                        || sentence.dependents(verb, "obj").any(|o| {
                            matches!(lemma(sentence, o), "name" | "signature") && o > verb
                        })))
        });
        made && done && !refused(sentence, verb) && !is_somebody_else(sentence, verb, noun)
    })
}

/// "A deal that ended the war": the noun does it to something else.
fn is_somebody_else(sentence: &Sentence, verb: usize, noun: usize) -> bool {
    let own = dependent(sentence, verb, "nsubj").is_some_and(|at| antecedent(sentence, at) == noun);
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

/// Whether one of the phrases (what follows the verb) holds: each word hangs on the verb or introduces the noun.
fn phrase<'k>(
    mut rests: impl Iterator<Item = &'k [String]>,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
) -> bool {
    let bare = token(sentence, noun).is_some_and(|t| t.relation() != "obl");
    rests.any(|rest| {
        if rest.is_empty() {
            return bare;
        }
        rest.iter().all(|part| {
            has_case(sentence, noun, part)
                || sentence.children(verb).iter().any(|&child| {
                    let part_of_verb = child > verb
                        && lemma(sentence, child) == part
                        && token(sentence, child).is_some_and(|t| {
                            matches!(
                                t.relation(),
                                "compound" | "advmod" | "obl" | "xcomp" | "obj" | "case"
                            )
                        });
                    // "come into force", "put on hold"
                    let introduces = child != noun
                        && child > verb
                        && rest.contains(&lemma(sentence, child).to_owned())
                        && has_case(sentence, child, part);
                    part_of_verb || introduces
                })
        })
    })
}

/// How real the act of a verb is.
fn reality(verbs: &Promises, sentence: &Sentence, act: usize) -> Reality {
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
fn is_timed_ahead(sentence: &Sentence, act: usize) -> bool {
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
fn agreed_beside(verbs: &Promises, sentence: &Sentence, act: usize) -> Option<usize> {
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
fn is_wished(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
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

/// "The first lorries": a first part of what was promised.
fn is_first(sentence: &Sentence, noun: usize) -> bool {
    sentence
        .dependents(noun, "amod")
        .any(|adjective| matches!(lemma(sentence, adjective), "first" | "initial"))
}

/// A group, a commission, a force: a kind that acts itself.
pub(super) fn is_body(kind: &CommitmentKind) -> bool {
    kind.root == "working group"
}

/// The verb of agreement that governs an act by an infinitive, a clause or a list of such.
fn promise(verbs: &Promises, sentence: &Sentence, act: usize) -> Option<usize> {
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
fn reality_of_maker(sentence: &Sentence, verb: usize) -> bool {
    !refused(sentence, verb)
        && !future(sentence, verb)
        && !marked_to(sentence, verb)
        && token(sentence, verb)
            .is_some_and(|t| !matches!(t.xpos.as_str(), "VB" | "VBG") || t.relation() == "root")
}

/// Whether the verb is negated or only possible.
fn refused(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        matches!(t.lemma.as_str(), "not" | "never" | "n't")
            || (t.relation() == "aux"
                && matches!(
                    t.lemma.as_str(),
                    "could" | "might" | "may" | "should" | "must" | "can"
                ))
            || (t.relation() == "mark" && matches!(t.lemma.as_str(), "if" | "unless" | "whether"))
            // "on whoever breaks the truce"
            || (t.relation() == "nsubj"
                && matches!(t.lemma.as_str(), "whoever" | "anyone" | "nobody" | "whichever"))
    })
}

pub(super) fn future(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        t.relation() == "aux"
            && (matches!(t.lemma.as_str(), "will" | "shall")
                || matches!(t.form.to_lowercase().as_str(), "will" | "'ll" | "’ll"))
    })
}

/// Whether a verb stands in what somebody said, with no condition beside it.
fn reported(verbs: &Promises, sentence: &Sentence, verb: usize) -> bool {
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
fn said_by_other(verbs: &Promises, sentence: &Sentence, act: usize) -> bool {
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

/// Whether a status is one on the way, which a text may look back on; what "had collapsed" is over.
pub(super) fn moves_on(status: CommitmentStatus) -> bool {
    matches!(
        status,
        CommitmentStatus::Announced | CommitmentStatus::Started | CommitmentStatus::Held
    )
}

/// "Had agreed", "had signed": before what the text tells now.
fn looks_back(sentence: &Sentence, verb: usize) -> bool {
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

fn infinitive(sentence: &Sentence, verb: usize, depth: usize) -> bool {
    marked_to(sentence, verb)
        || (depth < 6
            && token(sentence, verb).is_some_and(|t| t.relation() == "conj")
            && token(sentence, verb)
                .and_then(|t| t.head)
                .is_some_and(|up| up != verb && infinitive(sentence, up, depth + 1)))
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

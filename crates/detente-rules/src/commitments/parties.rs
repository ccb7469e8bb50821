//! Whose a commitment is.
//!
//! In goes a stage, out come the codes of who stands behind its verb: its subject, those "with", "between" and "among" whom it is made,
//! and for what one side may promise alone those to whom it is due. Who only brokers or hosts it is no party.

use std::collections::BTreeSet;

use detente_core::Event;
use detente_knowledge::{CommitmentForm, CommitmentKind, SlotRole};
use detente_parse::{Sentence, Upos};

use super::acts::is_ground;
use super::lemma;
use super::named::Named;
use super::promises::Promises;
use super::reality::{is_saying, marked_to};
use super::stage::{Stage, is_body, maker};
use crate::grammar::{
    governed_by, has_case, indirect, is_passive, members, patient, subject, token,
};
use crate::issues::noun_before;
use crate::rulebook::Reach;
use crate::scene::Scene;

/// Whose a commitment is.
#[derive(Debug, Default)]
pub(super) struct Parties {
    pub(super) codes: BTreeSet<String>,
    /// Two bound themselves, not one to another.
    pub(super) mutual: bool,
}

/// Codes of the parties behind a stage.
pub(super) fn parties(
    scene: &Scene<'_>,
    verbs: &Promises,
    stage: &Stage,
    noun: &Named<'_>,
) -> Parties {
    let sentence = scene.sentence;
    let mut codes = BTreeSet::new();
    let add = |codes: &mut BTreeSet<String>, head: usize, role: SlotRole, reach: Reach| {
        for member in members(sentence, head) {
            codes.extend(scene.actors_for(member, role, reach).into_iter().filter_map(|a| a.code));
        }
    };
    let brokered = verbs.broker.contains(lemma(sentence, stage.verb))
        || verbs.broker.contains(lemma(sentence, stage.act));
    if (!stage.own_subject || stage.verb != stage.act) && !brokered {
        // "The code commits them to": whoever is bound.
        let bound = patient(sentence, stage.verb).filter(|&bound| {
            bound != noun.head && verbs.binds.contains(lemma(sentence, stage.verb))
        });
        let head = bound
            .or_else(|| subject(sentence, stage.verb))
            .or_else(|| promiser(verbs, sentence, stage.verb));
        if let Some(head) = head.filter(|&head| head != noun.head) {
            add(&mut codes, head, SlotRole::Actor, Reach::Owner);
            // "The board of the fund"
            if codes.is_empty() {
                for of in governed_by(sentence, head, "of") {
                    add(&mut codes, of, SlotRole::Actor, Reach::Owner);
                }
            }
            if let Some(fellow) = joined_before(scene, head) {
                add(&mut codes, fellow, SlotRole::Actor, Reach::Owner);
            }
        }
        // "Oslo – Norway and Peru signed": a dateline may be taken for another subject.
        if codes.len() < 2 {
            for head in sentence.dependents(stage.verb, "nsubj").filter(|&head| head != noun.head) {
                add(&mut codes, head, SlotRole::Actor, Reach::Owner);
            }
        }
        if is_passive(sentence, stage.verb) {
            for head in governed_by(sentence, stage.verb, "by") {
                add(&mut codes, head, SlotRole::Actor, Reach::Owner);
            }
        }
        // "They will hold a summit, officials decided": a verb that stands beside it tells nothing of whose it is.
        let own = subject(sentence, stage.act).filter(|&head| head != noun.head);
        if let Some(head) = own.filter(|_| codes.is_empty() && stage.verb != stage.act) {
            add(&mut codes, head, SlotRole::Actor, Reach::Owner);
        }
    }
    let mut holders = vec![noun.head, stage.act, stage.verb];
    holders.dedup();
    // "The truce that the two agreed fell apart": whoever made it.
    let made = maker(verbs, sentence, noun.head)
        .filter(|&made| !noun.act && codes.len() < 2 && made != stage.verb);
    if let Some(made) = made {
        // "An exchange that Ankara had arranged between Oslo and Bern"
        let between = [made, noun.head]
            .iter()
            .any(|&at| governed_by(sentence, at, "between").next().is_some());
        if !between && !verbs.broker.contains(lemma(sentence, made)) {
            let doer = subject(sentence, made).filter(|&head| head != noun.head);
            for head in doer.into_iter().chain(governed_by(sentence, made, "by")) {
                add(&mut codes, head, SlotRole::Actor, Reach::Owner);
            }
        }
        holders.push(made);
    }
    let mut with = holders.clone();
    // "Under the accord with Mali, Niger freed 12 prisoners."
    if noun.act && stage.begins && !stage.promised {
        for at in sentence.dependents(noun.head, "obl").filter(|&at| is_ground(verbs, sentence, at))
        {
            with.push(at);
            with.extend(sentence.dependents(at, "nmod"));
        }
    }
    with.extend(below(sentence, noun.head));
    // "suspended the group on fisheries with Peru": a parser may hang its subject on the verb; "a swap arranged between".
    with.extend(
        sentence
            .dependents(stage.act, "obl")
            .filter(|&at| noun_before(sentence, at) == Some(noun.head) && !noun.act),
    );
    with.extend(sentence.dependents(noun.head, "acl").filter(|_| !noun.act));
    with.dedup();
    for &holder in &with {
        for preposition in ["with", "between", "among"] {
            for head in governed_by(sentence, holder, preposition)
                .filter(|&head| !verbs.helping.contains(lemma(sentence, head)))
            {
                add(&mut codes, head, SlotRole::Parties, Reach::Owner);
            }
        }
        // "a pause in the war against Hamas"
        if holder != stage.verb && verbs.in_class("war", lemma(sentence, holder)) {
            for head in governed_by(sentence, holder, "against") {
                add(&mut codes, head, SlotRole::Parties, Reach::Owner);
            }
        }
        // "a mission of European inspectors"
        let of_people = holder == noun.head
            && !noun.act
            && codes.len() == 1
            && (noun.kind.name == "mission" || is_body(noun.kind));
        for head in governed_by(sentence, holder, "of").filter(|_| of_people) {
            add(&mut codes, head, SlotRole::Parties, Reach::Owner);
        }
        // "the coalition of Fiji and Samoa"
        for head in governed_by(sentence, holder, "of").filter(|_| holder == noun.head && !noun.act)
        {
            if members(sentence, head).len() > 1 {
                add(&mut codes, head, SlotRole::Parties, Reach::Owner);
                // All of it may be one name for both.
                codes.extend(
                    scene
                        .actors_for(holder, SlotRole::Parties, Reach::Owner)
                        .into_iter()
                        .filter_map(|a| a.code),
                );
            }
        }
        // "a joint force of police from both countries"
        for head in sentence.dependents(holder, "nmod").filter(|_| !noun.act) {
            let of_all = sentence
                .children(head)
                .iter()
                .any(|&c| matches!(lemma(sentence, c), "both" | "two" | "three"));
            if of_all && ["of", "from"].iter().any(|p| has_case(sentence, head, p)) {
                add(&mut codes, head, SlotRole::Parties, Reach::Owner);
            }
        }
    }
    for &child in sentence.children(noun.head) {
        if token(sentence, child).is_some_and(|t| t.deprel == "nmod:poss") {
            add(&mut codes, child, SlotRole::Parties, Reach::Owner);
        }
    }
    // "will sell 20 jets to India", "the purchase of Russian gas"
    let trades =
        !noun.kind.alone && noun.kind.form == Some(CommitmentForm::Pact) && !noun.kind.general;
    if trades && codes.len() == 1 && (noun.act || !noun.kind.acts.is_empty()) && !stage.own_subject
    {
        let objects: Vec<usize> = if noun.act {
            patient(sentence, noun.head).into_iter().collect()
        } else {
            governed_by(sentence, noun.head, "of")
                .chain(governed_by(sentence, noun.head, "for"))
                .collect()
        };
        for &holder in holders.iter().chain(&objects) {
            for preposition in ["to", "from"] {
                for head in governed_by(sentence, holder, preposition) {
                    add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
                }
            }
        }
        let things =
            objects.iter().copied().chain(objects.iter().flat_map(|&at| below(sentence, at)));
        for thing in things.collect::<Vec<_>>() {
            if codes.len() == 1 {
                add(&mut codes, thing, SlotRole::Recipient, Reach::Owner);
            }
        }
    }
    // "The prime minister said that talks with the rebels would be held": he is one of the two.
    let passive = stage.own_subject || is_passive(sentence, stage.act);
    if stage.promised && passive && codes.len() == 1 && !noun.kind.alone {
        let said = token(sentence, stage.act)
            .filter(|t| matches!(t.relation(), "ccomp" | "parataxis"))
            .and_then(|t| t.head)
            .filter(|&up| is_saying(verbs, sentence, up));
        if let Some(head) = said.and_then(|up| subject(sentence, up)) {
            add(&mut codes, head, SlotRole::Actor, Reach::Owner);
        }
    }
    let own = codes.clone();
    if noun.kind.alone && stage.one_sided {
        // Somebody must have promised it.
        if codes.is_empty() {
            return Parties::default();
        }
        let mut due = holders.clone();
        // "a credit of 275 million dollars for Lusaka"
        due.extend(below(sentence, noun.head).into_iter().filter(|&at| {
            verbs.in_class("money", lemma(sentence, at))
                || sentence.dependents(at, "nummod").next().is_some()
        }));
        // "announced 500 million pounds' worth of arms for Kyiv"
        if let Some(object) = patient(sentence, stage.act).filter(|_| noun.act) {
            due.push(object);
            due.extend(below(sentence, object));
        }
        // "advance Angola two billion dollars": a parser may take the name for a part of the sum.
        let beside = token(sentence, stage.act + 1)
            .filter(|t| t.upos == Upos::Propn && matches!(t.relation(), "compound" | "nmod"))
            .map(|_| stage.act + 1);
        if let Some(head) = beside.filter(|_| noun.act) {
            add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
        }
        // "send the mission 600 soldiers": a parser may take both for objects.
        let mut objects = sentence.dependents(stage.act, "obj");
        let first = objects.next().filter(|_| objects.next().is_some());
        for head in first.into_iter().chain(holders.iter().filter_map(|&at| indirect(sentence, at)))
        {
            add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
        }
        for &holder in &due {
            for preposition in ["to", "for", "on", "against"] {
                for head in governed_by(sentence, holder, preposition) {
                    add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
                }
            }
        }
    }
    // "pull its troops out of Kosovo", "Rwandan troops are to leave Congo": whose land they leave.
    let leaves = stage.promised
        && noun.kind.alone
        && noun.kind.acts.iter().flatten().any(|part| part == "@troops");
    if leaves && codes.len() < 2 {
        let object = patient(sentence, stage.act).filter(|_| noun.act);
        let mut from: Vec<usize> = object.into_iter().filter(|&at| at > stage.act).collect();
        for holder in holders.iter().copied().chain(object) {
            for preposition in ["from", "of", "in"] {
                from.extend(governed_by(sentence, holder, preposition));
            }
        }
        for head in from {
            add(&mut codes, head, SlotRole::Recipient, Reach::Place);
        }
    }
    // "to visit Seoul", "an invitation to Washington", "to meet the premier of Laos": where or whom to is the other side.
    let whom = patient(sentence, stage.act).filter(|_| noun.act && noun.kind.meets);
    let where_to = governed_by(sentence, noun.head, "to")
        .chain(governed_by(sentence, noun.head, "of").filter(|_| !noun.act))
        .filter(|_| noun.kind.meets);
    let by = governed_by(sentence, noun.head, "by").filter(|_| noun.kind.meets && !noun.act);
    for head in whom.into_iter().chain(where_to).chain(by) {
        add(&mut codes, head, SlotRole::Recipient, Reach::Place);
    }
    // What is due to another binds one side.
    let mutual = codes.len() > 1 && (!noun.kind.alone || own.len() > 1 && codes == own);
    Parties { codes, mutual }
}

/// What hangs on a noun by prepositions: "a dialogue of commanders with the union".
fn below(sentence: &Sentence, noun: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut level = vec![noun];
    for _ in 0..2 {
        level = level
            .iter()
            .flat_map(|&at| sentence.dependents(at, "nmod").collect::<Vec<_>>())
            .collect();
        found.extend(level.iter().copied());
    }
    found
}

/// "Colombia's government and the FARC opened talks": the one before the "and" where the tree has cut the list in two.
fn joined_before(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let here = |at: usize| {
        scene
            .resolution
            .mentions
            .iter()
            .find(move |m| m.sentence == scene.index && m.tokens.contains(&at))
    };
    let first = here(head).map_or(head, |mention| mention.tokens.start);
    let article = |at: usize| token(sentence, at).is_some_and(|t| t.relation() == "det");
    let mut before = first.checked_sub(1)?;
    if article(before) {
        before = before.checked_sub(1)?;
    }
    token(sentence, before).filter(|t| t.lemma == "and")?;
    let fellow = here(before.checked_sub(1)?)?;
    (!fellow.actors.is_empty()).then_some(fellow.head)
}

/// "Mali's junta promised to hold elections": a parser may take the promise for a passive.
fn promiser(verbs: &Promises, sentence: &Sentence, verb: usize) -> Option<usize> {
    let promises = verbs.agrees(lemma(sentence, verb))
        && sentence.dependents(verb, "xcomp").any(|act| marked_to(sentence, act))
        && sentence.dependents(verb, "aux:pass").next().is_none();
    promises.then(|| sentence.dependents(verb, "nsubj:pass").next())?
}

/// Parties of all events of a sentence, for a deal that they carry out: "freed three men in a prisoner swap".
pub(super) fn of_sentence(events: &[Event], sentence: usize) -> BTreeSet<String> {
    events
        .iter()
        .filter(|e| e.sentence == sentence)
        .flat_map(|e| e.actors.iter().chain(&e.recipients))
        .filter_map(|a| a.code.clone())
        .collect()
}

/// Who invited whom in this sentence or the one before.
pub(super) fn of_invitation(events: &[Event], sentence: usize) -> BTreeSet<String> {
    let invites = |e: &&Event| {
        e.sentence <= sentence
            && e.sentence + 1 >= sentence
            && e.trigger.text.to_lowercase().contains("invit")
            && !e.trigger.text.to_lowercase().contains("accept")
    };
    let found = events.iter().rev().find(invites);
    found
        .into_iter()
        .flat_map(|e| e.actors.iter().chain(&e.recipients))
        .filter_map(|a| a.code.clone())
        .collect()
}

/// Parties of an event of cooperation that rests on the same verb.
pub(super) fn of_events(
    events: &[Event],
    sentence: usize,
    verb: usize,
    tokens: &Sentence,
) -> BTreeSet<String> {
    let Some(at) = token(tokens, verb).map(|t| t.span) else { return BTreeSet::new() };
    events
        .iter()
        .filter(|e| e.sentence == sentence && e.trigger.span.overlaps(at))
        .filter(|e| {
            matches!(e.kind.as_str(), "AGREE" | "SUPPORT" | "CONSULT" | "CONCEDE" | "COOPERATE")
        })
        .flat_map(|e| e.actors.iter().chain(&e.recipients))
        .filter_map(|a| a.code.clone())
        .collect()
}

/// The two of whom the sentence before tells that they agreed, or, for what talks lead to, that they met.
pub(super) fn of_pair(
    events: &[Event],
    sentence: usize,
    kind: &CommitmentKind,
) -> BTreeSet<String> {
    if kind.alone {
        return BTreeSet::new();
    }
    let follows_talks =
        is_body(kind) || kind.meets || (kind.general && kind.form == Some(CommitmentForm::Talks));
    events
        .iter()
        .rev()
        .filter(|e| e.sentence + 1 == sentence && !e.background)
        .filter(|e| e.kind == "AGREE" || (follows_talks && e.kind == "CONSULT"))
        .map(|e| {
            let all = e.actors.iter().chain(&e.recipients);
            all.filter_map(|actor| actor.code.clone()).collect::<BTreeSet<String>>()
        })
        .find(|codes| codes.len() == 2)
        .unwrap_or_default()
}

/// With whom a party has just been told to deal, so that what it promises next is due to them: "met the premier of Laos. Hanoi also
/// promised 130 million dollars".
pub(super) fn of_dealings(
    events: &[Event],
    sentence: usize,
    party: &BTreeSet<String>,
) -> BTreeSet<String> {
    events
        .iter()
        .rev()
        .filter(|e| e.sentence <= sentence && e.sentence + 1 >= sentence && !e.background)
        .filter(|e| {
            matches!(
                e.kind.as_str(),
                "AGREE" | "SUPPORT" | "CONSULT" | "CONCEDE" | "COOPERATE" | "AID"
            ) || (e.kind == "RETREAT" && e.sentence == sentence)
        })
        .map(|e| {
            let all = e.actors.iter().chain(&e.recipients);
            all.filter_map(|actor| actor.code.clone()).collect::<BTreeSet<String>>()
        })
        .find(|codes| codes.len() == 2 && party.is_subset(codes))
        .unwrap_or_default()
}

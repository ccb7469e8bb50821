//! Whose a commitment is.
//!
//! In goes a stage, out come the codes of who stands behind its verb: its subject, those "with", "between" and "among" whom it is made,
//! and for what one side may promise alone those to whom it is due. Who only brokers or hosts it is no party.

use std::collections::BTreeSet;

use detente_core::{CommitmentStatus, Event, Sector};
use detente_knowledge::{CommitmentForm, CommitmentKind, SlotRole};
use detente_parse::{Sentence, Upos};
use detente_resolve::MentionKind;

use super::acts::is_ground;
use super::lemma;
use super::named::Named;
use super::promises::Promises;
use super::reality::{is_saying, marked_to};
use super::stage::{Stage, is_body, maker};
use crate::event_record::events_in;
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
    /// To whom one of them promised it.
    pub(super) receivers: BTreeSet<String>,
    /// It says for whom it is, whoever that may be.
    pub(super) addressed: bool,
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
            let mut doers: Vec<usize> = subject(sentence, made).into_iter().collect();
            doers.extend(sentence.dependents(made, "nsubj"));
            doers.retain(|&head| head != noun.head);
            for head in doers.into_iter().chain(governed_by(sentence, made, "by")) {
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
                for head in governed_by(sentence, holder, preposition)
                    .filter(|&head| !verbs.feelings.contains(lemma(sentence, head)))
                {
                    add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
                }
            }
        }
        // "sell Egypt 20 jets"
        if let Some(head) = beside(sentence, stage.act).filter(|_| noun.act && codes.len() == 1) {
            add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
        }
        if let Some(head) = indirect(sentence, stage.act).filter(|_| noun.act && codes.len() == 1) {
            add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
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
    let mut addressed = false;
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
        if let Some(head) = beside(sentence, stage.act).filter(|_| noun.act) {
            add(&mut codes, head, SlotRole::Recipient, Reach::Owner);
        }
        // "send the mission 600 soldiers": a parser may take both for objects.
        let mut objects = sentence.dependents(stage.act, "obj");
        let first = objects.next().filter(|_| objects.next().is_some());
        let mut to: Vec<usize> = first.into_iter().collect();
        to.extend(holders.iter().filter_map(|&at| indirect(sentence, at)));
        for &holder in &due {
            for preposition in ["to", "for", "on", "against"] {
                to.extend(
                    governed_by(sentence, holder, preposition)
                        .filter(|&head| !verbs.feelings.contains(lemma(sentence, head))),
                );
            }
        }
        let mut receivers = BTreeSet::new();
        for &head in &to {
            add(&mut receivers, head, SlotRole::Recipient, Reach::Owner);
        }
        // "The minister granted the students new posts": what one gives its own is between no parties.
        let to_own = || {
            to.iter()
                .filter(|&&head| token(sentence, head).is_some_and(|t| t.relation() == "iobj"))
                .any(|&head| {
                    sentence.children(head).iter().any(|&of| {
                        let mut owner = BTreeSet::new();
                        if token(sentence, of).is_some_and(|t| t.deprel == "nmod:poss") {
                            add(&mut owner, of, SlotRole::Parties, Reach::Owner);
                        }
                        owner == own
                    })
                })
        };
        let home = stage.by_word
            && noun.kind.due
            && own.len() == 1
            && (receivers == own || (receivers.is_empty() && to_own()));
        if home {
            return Parties::default();
        }
        let to_somebody = |&head: &usize| {
            token(sentence, head).is_some_and(|t| {
                matches!(t.upos, Upos::Noun | Upos::Propn)
                    && (t.relation() == "iobj"
                        || has_case(sentence, head, "to")
                        || scene.resolution.mention_at(scene.index, head).is_some())
            })
        };
        addressed = to.iter().any(to_somebody);
        codes.extend(receivers);
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
    let by: Vec<usize> =
        governed_by(sentence, noun.head, "by").filter(|_| noun.kind.meets && !noun.act).collect();
    // "A visit that its minister was to pay to Lima"; "a visit by its minister, Ann Lee, to Lima": a parser may hang the place on who comes.
    let pays = |clause: &usize| {
        let word = lemma(sentence, *clause);
        noun.kind
            .stage(CommitmentStatus::Held)
            .iter()
            .any(|held| matches!(held.as_slice(), [only] if only == word))
    };
    let in_clause = sentence.dependents(noun.head, "acl").filter(pays);
    let where_to = in_clause
        .chain(by.iter().copied())
        .filter(|_| !noun.act)
        .chain(std::iter::once(noun.head))
        .flat_map(|holder| governed_by(sentence, holder, "to"))
        .chain(governed_by(sentence, noun.head, "of").filter(|_| !noun.act))
        .filter(|_| noun.kind.meets)
        .collect::<Vec<_>>();
    // "Is due in Ankara", "will land in Minsk"
    let places =
        ["in", "at"].into_iter().filter(|&at| {
            noun.act
                && noun.kind.meets
                && noun.kind.acts.iter().any(|act| {
                    act.len() == 2 && act[0] == lemma(sentence, noun.head) && act[1] == at
                })
        });
    // "Is expected in Ankara": the guest is the passive's subject.
    let guest = sentence
        .dependents(noun.head, "nsubj")
        .filter(|_| noun.act && noun.kind.meets && is_passive(sentence, noun.head));
    for head in guest.collect::<Vec<_>>() {
        add(&mut codes, head, SlotRole::Actor, Reach::Owner);
    }
    let there: Vec<usize> = places
        .flat_map(|case| governed_by(sentence, noun.head, case).collect::<Vec<_>>())
        .collect();
    for head in whom.into_iter().chain(where_to).chain(by).chain(there) {
        add(&mut codes, head, SlotRole::Recipient, Reach::Place);
    }
    // What is due to another binds one side.
    let mutual = codes.len() > 1 && (!noun.kind.alone || own.len() > 1 && codes == own);
    let receivers = codes.difference(&own).cloned().collect();
    Parties { codes, mutual, receivers, addressed }
}

/// "Advance Angola two billion dollars": a parser may take the name for a part of the sum.
fn beside(sentence: &Sentence, act: usize) -> Option<usize> {
    token(sentence, act + 1)
        .filter(|t| t.upos == Upos::Propn && matches!(t.relation(), "compound" | "nmod"))
        .map(|_| act + 1)
}

/// "Oslo will free two men and Bern will in exchange release funds": for whom one of two clauses does it.
pub(super) fn of_return(scene: &Scene<'_>, verbs: &Promises, stage: &Stage) -> BTreeSet<String> {
    let sentence = scene.sentence;
    let in_return = (1..sentence.tokens.len())
        .any(|at| verbs.returns.contains(lemma(sentence, at)) && lemma(sentence, at - 1) == "in");
    if !in_return {
        return BTreeSet::new();
    }
    let top = |mut at: usize| {
        for _ in 0..4 {
            match token(sentence, at).filter(|t| t.relation() == "conj").and_then(|t| t.head) {
                Some(up) => at = up,
                None => break,
            }
        }
        at
    };
    let of = top(stage.act);
    let mut found = BTreeSet::new();
    let clauses =
        (0..sentence.tokens.len()).filter(|&at| at != stage.act && at != of && top(at) == of);
    for head in clauses.filter_map(|at| sentence.dependents(at, "nsubj").next()) {
        let actors = scene.actors_for(head, SlotRole::Actor, Reach::Owner);
        found.extend(actors.into_iter().filter_map(|actor| actor.code));
    }
    found
}

/// "Djibouti received the minister, but the two only promised to meet again": the two of whom the clause before tells.
pub(super) fn of_clause(
    scene: &Scene<'_>,
    events: &[Event],
    stage: &Stage,
) -> Option<BTreeSet<String>> {
    let sentence = scene.sentence;
    let head = subject(sentence, stage.verb)?;
    let mention = scene.resolution.mention_at(scene.index, head)?;
    let both = mention.actors.len() > 1
        && mention.actors.iter().all(|a| a.via.as_deref() == Some("both sides"));
    let start = token(sentence, head)?.span.start;
    let named = |code: &str| {
        scene.resolution.mentions_in(scene.index).iter().any(|m| {
            m.kind != MentionKind::Pronoun
                && m.head < head
                && m.actors.iter().any(|a| a.code.as_deref() == Some(code))
        })
    };
    let mut here = events_in(events, scene.index).iter().rev();
    let told = here.find(|e| e.trigger.span.end <= start && codes_of(e).len() == 2)?;
    let codes = codes_of(told);
    (both && codes.iter().all(|code| named(code))).then_some(codes)
}

/// Codes of all who take part in an event.
pub(super) fn codes_of(event: &Event) -> BTreeSet<String> {
    let all = event.actors.iter().chain(&event.recipients);
    all.filter_map(|actor| actor.code.clone()).collect()
}

/// "Ministers signed it": people of whom the text does not say whose they are.
pub(super) fn is_unowned(sentence: &Sentence, head: usize) -> bool {
    token(sentence, head).is_some_and(|t| t.xpos == "NNS")
        && sentence.children(head).iter().filter_map(|&c| token(sentence, c)).all(|t| {
            matches!(t.relation(), "det" | "punct" | "cc" | "conj" | "nummod" | "case")
                || (t.relation() == "amod" && t.upos == Upos::Adj)
                || (t.relation() == "compound" && t.upos == Upos::Noun)
        })
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
    events_in(events, sentence)
        .iter()
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
    events_in(events, sentence)
        .iter()
        .filter(|e| e.trigger.span.overlaps(at))
        .filter(|e| {
            matches!(e.kind.as_str(), "AGREE" | "SUPPORT" | "CONSULT" | "CONCEDE" | "COOPERATE")
        })
        .flat_map(|e| e.actors.iter().chain(&e.recipients))
        .filter_map(|a| a.code.clone())
        .collect()
}

/// Whether two bodies of one state, a government and its rebels say, make a pact at this verb: they have one code.
pub(super) fn is_within(events: &[Event], sentence: usize, verb: usize, tokens: &Sentence) -> bool {
    let Some(at) = token(tokens, verb).map(|t| t.span) else { return false };
    let here = events_in(events, sentence).iter().filter(|e| e.trigger.span.overlaps(at));
    let dealing = |e: &&Event| matches!(e.kind.as_str(), "AGREE" | "SUPPORT" | "CONSULT");
    here.filter(dealing).any(|e| {
        let sectors: BTreeSet<Sector> =
            e.actors.iter().chain(&e.recipients).filter_map(|a| a.sector).collect();
        codes_of(e).len() == 1 && sectors.len() > 1
    })
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
        .map(codes_of)
        .find(|codes| codes.len() >= 2)
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
        .map(codes_of)
        .find(|codes| codes.len() == 2 && party.is_subset(codes))
        .unwrap_or_default()
}

//! Matches and their form → events.
//!
//! "Wang accused the U.S. of trying to contain China" holds *accused* and, inside what the
//! accusation is about, *contain*: one event comes out, ACCUSE `CHN` → `USA`. Which match wins where
//! several hold, what lies in another's content, and who is whom is decided here; what form does
//! to type and status is `form.rs`.

use std::fmt::Display;

use detente_core::{Actor, EventStatus, Sector};
use detente_knowledge::{Effect, EntityKind, Need, Rule, SlotRole, Told};
use detente_parse::{Sentence, Upos};
use detente_resolve::{Category, MentionKind};

use crate::dealings;
use crate::deaths::find_doers;
use crate::doers::{agents, banishers, noun_doers};
use crate::echo::echoes;
use crate::facing::{NEAR, faced};
use crate::form::{
    Form, Governor, Modal, Outcome, form, has_mark, is_wanted, negated, no_of, outcome,
};
use crate::grammar::{
    clause, dependent, fellow_subject, governed_by, has_case, is_below, is_owner, is_passive,
    is_relative, members, patient, subject, token,
};
use crate::matcher::{Binding, Kinds, Matcher, Miss, lower};
use crate::reader::second_events;
use crate::recipients::{Choice, Fellow, choose as choose_recipients, is_at_border};
use crate::rulebook::{Compiled, Reach};
use crate::scene::Scene;
use crate::struck::{besieged, by_land, holders, sufferer};
use crate::unmeant::unmeant;
use crate::whose::{mention_of, place_of_force, settle, state_of, threaten};

/// A pattern that holds, with the parties found.
#[derive(Debug, Clone)]
pub(crate) struct Found<'k> {
    pub(crate) rule: &'k Rule,
    pub(crate) pattern: usize,
    pub(crate) head: usize,
    pub(crate) binding: Binding,
    pub(crate) actors: Vec<Actor>,
    pub(crate) recipients: Vec<Actor>,
    pub(crate) score: i64,
}

/// A pattern whose head stood there, and why it gave no event.
#[derive(Debug, Clone)]
pub(crate) struct Silent<'k> {
    pub(crate) rule: &'k Rule,
    pub(crate) pattern: usize,
    pub(crate) head: usize,
    pub(crate) why: String,
}

/// What one sentence gave.
#[derive(Debug)]
pub(crate) struct SentenceEvents<'k> {
    pub(crate) coded: Vec<CodedEvent<'k>>,
    /// Empty unless asked for.
    pub(crate) silent: Vec<Silent<'k>>,
    /// Words on which a rule has fired, whether or not an event came of it.
    pub(crate) taken: Vec<usize>,
}

/// Why patterns gave no event, kept where `explain` asks for it.
struct Notes<'k> {
    asked: bool,
    silent: Vec<Silent<'k>>,
}

impl<'k> Notes<'k> {
    fn note(&mut self, rule: &'k Rule, pattern: usize, head: usize, why: impl Display) {
        if self.asked {
            self.silent.push(Silent { rule, pattern, head, why: why.to_string() });
        }
    }

    fn of(&mut self, found: &Found<'k>, why: impl Display) {
        self.note(found.rule, found.pattern, found.head, why);
    }
}

/// An event before it is written down.
#[derive(Debug, Clone)]
pub(crate) struct CodedEvent<'k> {
    pub(crate) found: Found<'k>,
    pub(crate) kind: String,
    pub(crate) status: EventStatus,
    pub(crate) form: Form,
    pub(crate) by: Option<Governor>,
    pub(crate) weighed: Weighed,
    /// To whom it may have been done, kept to learn from.
    pub(crate) choice: Option<Choice>,
}

impl<'k> CodedEvent<'k> {
    /// An event of this type as rules or the second reader have read it.
    pub(crate) fn new(
        kind: String,
        found: Found<'k>,
        status: EventStatus,
        form: Form,
        by: Option<Governor>,
    ) -> Self {
        Self { found, kind, status, form, by, weighed: Weighed::default(), choice: None }
    }
}

/// How likely weights hold an event to be as it was read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Weighed {
    /// That it is done to its recipients, where rules have found none.
    pub(crate) recipients: Option<f32>,
    /// The story has told them.
    pub(crate) moved: bool,
}

/// Reads the events of one sentence; `explain` keeps what gave none, too.
pub(crate) fn sentence_events<'k>(scene: &Scene<'k>, explain: bool) -> SentenceEvents<'k> {
    let mut notes = Notes { asked: explain, silent: Vec::new() };
    let found = all_matches(scene, &mut notes);
    let chosen = choose(scene, found, &mut notes);
    let mut taken: Vec<usize> =
        chosen.iter().flat_map(|one| &one.binding.triggers).copied().collect();
    taken.extend(chosen.iter().filter_map(|one| one.binding.light));
    // Verbs of those who meet, call on or ring each other.
    let meetings: Vec<usize> = chosen
        .iter()
        .filter(|one| one.rule.kind == "CONSULT")
        .flat_map(|one| std::iter::once(one.head).chain(one.binding.light))
        .collect();
    let rallies: Vec<usize> =
        chosen.iter().filter(|one| one.rule.kind == "PROTEST").map(|one| one.head).collect();
    let mut coded = Vec::new();
    for found in chosen {
        let mut form = form_of(scene, &found);
        if scene.given.is_none() && is_question(scene.sentence) {
            notes.of(&found, "a question");
            continue;
        }
        // "Rang him to thank him": what one calls on somebody to say is said.
        // Who rallies to thank somebody does so; what a rally demands or denounces is what it is about.
        if form.purpose
            && form.serves.is_some_and(|verb| {
                (is_said(&found.rule.kind) && meetings.contains(&verb))
                    || (found.rule.kind == "SUPPORT" && rallies.contains(&verb))
            })
        {
            form.purpose = false;
        }
        // "Drove down to thank Oslo", told as done.
        if form.purpose
            && found.rule.kind == "SUPPORT"
            && form.serves.is_some_and(|verb| is_journey_made(scene, verb))
        {
            form.purpose = false;
        }
        if found.rule.kind == "REQUEST" && is_asking(scene.sentence, found.head) {
            notes.of(&found, "what is asked is a question");
            continue;
        }
        if found.rule.kind == "REQUEST" && is_insisted_so(scene.sentence, found.head) {
            notes.of(&found, "what somebody says is so");
            continue;
        }
        if found.rule.kind == "SUPPORT" && is_share(scene.sentence, found.head) {
            notes.of(&found, "a share of a vote or poll");
            continue;
        }
        if scene.given.is_none()
            && let Some(why) = unmeant(scene, &found)
        {
            notes.of(&found, why);
            continue;
        }
        if found.rule.kind == "REJECT"
            && form.governors.first().is_some_and(|by| is_proposing(scene.sentence, by.at))
        {
            notes.of(&found, "only proposed");
            continue;
        }
        match outcome(&found.rule.kind, &form, found.rule.status) {
            // "May change his mind": a guess, where "may lift the ban" is held out to somebody.
            Outcome::Coded { status: EventStatus::Hypothetical, .. }
                if found.rule.name == "concede.off_the_hook"
                    && form.modal == Modal::Might
                    && form.governors.is_empty()
                    && found.recipients.is_empty() =>
            {
                notes.of(&found, "words that may be said");
            }
            // "Called his remarks on Sunday a wake-up call": what was said is not rung.
            Outcome::Coded { .. }
                if found.rule.kind == "CONSULT"
                    && scene.given.is_none()
                    && found
                        .binding
                        .recipient
                        .and_then(|at| token(scene.sentence, at))
                        .is_some_and(|t| scene.book.is_said_noun(&lower(&t.lemma))) =>
            {
                notes.of(&found, "done to what somebody has said");
            }
            // "Warned of what would come if the offer was spurned": nobody has refused it.
            Outcome::Coded { status: EventStatus::Hypothetical, .. }
                if found.rule.told == Some(Told::Maker) =>
            {
                notes.of(&found, "what may befall a thing, at nobody's hands");
            }
            // "The Literacy Education Fund": no aid, but a name.
            Outcome::Coded { .. } if scene.given.is_none() && is_in_name(scene, found.head) => {
                notes.of(&found, "a word of a name");
            }
            // What one does not do for nobody in particular is no refusal, nor is what an act did not do: "the talks settled no dispute".
            Outcome::Coded { kind: Some("REJECT"), by: None, .. }
                if scene.given.is_none()
                    && (by_act(scene, &found.actors).is_some()
                        || (found.actors.is_empty()
                            && speaker_of(scene, found.head).is_empty())
                        || (found.recipients.is_empty()
                            && found.actors.len() < 2
                            && !is_withheld(&found, &form))) =>
            {
                notes.of(&found, "not done, but refused by nobody or to nobody");
            }
            Outcome::Coded { .. } if scene.given.is_none() && is_term(scene, &found) => {
                notes.of(&found, "a term of what was agreed");
            }
            // "Norway, which hosted the meeting": whom it was with is told elsewhere.
            Outcome::Coded { kind: None, .. }
                if found.rule.kind == "CONSULT"
                    && scene.given.is_none()
                    && !is_third(&found)
                    && found.actors.len() + found.recipients.len() < 2
                    && is_in_passing(scene, &found) =>
            {
                notes.of(&found, "one party alone, named in passing");
            }
            // "Met the ousted president": what befell him is recalled in passing.
            Outcome::Coded { .. }
                if found.actors.is_empty()
                    && scene.given.is_none()
                    && token(scene.sentence, found.head)
                        .is_some_and(|t| t.relation() == "amod") =>
            {
                notes.of(&found, "recalled by a participle");
            }
            // "Any journalist who had spoken against the country"
            Outcome::Coded { .. } if scene.given.is_none() && is_anybody(scene, &found) => {
                notes.of(&found, "done by anybody who may");
            }
            Outcome::Coded { .. } if found.actors.is_empty() && is_accident(scene, &found) => {
                notes.of(&found, "an accident, and nobody's act");
            }
            // "Russia and Belarus held war games": who drill together work together.
            Outcome::Coded { kind: None, status, by }
                if found.rule.kind == "MOBILIZE"
                    && scene.given.is_none()
                    && found.recipients.is_empty()
                    && matches!(
                        found.rule.name.as_str(),
                        "mobilize.exercise" | "mobilize.games"
                    )
                    && are_states(&found.actors) =>
            {
                coded.push(CodedEvent::new("COOPERATE".to_owned(), found, status, form, by));
            }
            // "NATO will send 700 more soldiers to Kosovo": where troops are to go, and neither near nor against anybody, nobody is threatened,
            // nor by those who agree with each other on patrols.
            Outcome::Coded { kind: Some("THREATEN"), status, by }
                if found.rule.kind == "MOBILIZE"
                    && scene.given.is_none()
                    && found.recipients.is_empty()
                    && (is_sent_abroad(scene, &found)
                        || (found.actors.len() > 1
                            && by.is_some_and(|by| by.effect == Effect::Agree))) =>
            {
                coded.push(CodedEvent::new("AGREE".to_owned(), found, status, form, by));
            }
            // "Will send a ship to evacuate its citizens" threatens nobody.
            Outcome::Coded { kind: Some("THREATEN"), status, by }
                if found.rule.kind == "MOBILIZE" && is_helpful(scene, &found) =>
            {
                coded.push(CodedEvent::new("AGREE".to_owned(), found, status, form, by));
            }
            Outcome::Coded { kind, status, by } => {
                let kind = kind.map_or_else(|| found.rule.kind.clone(), str::to_owned);
                coded.push(CodedEvent::new(kind, found, status, form, by));
            }
            Outcome::Not(why) => notes.of(&found, why),
        }
    }
    let around = place_of_force(scene, &coded);
    for event in &mut coded {
        if scene.given.is_none() && event.found.actors.is_empty() {
            event.found.actors = announcer(scene, event);
        }
        if scene.given.is_none()
            && event.kind == "AGREE"
            && event.found.actors.iter().all(|a| a.code.is_none())
            && let Some(makers) = makers_of_terms(scene, event)
        {
            event.found.actors = makers;
        }
        settle(scene, event, around.as_deref());
        if scene.given.is_none()
            && (is_at_own_border(scene, &event.found) || is_at_venue(scene, &event.found))
        {
            event.found.recipients.clear();
        }
        if scene.given.is_none() {
            if sufferer(scene, event) {
                settle(scene, event, around.as_deref());
            }
            aim(scene, event);
            if besieged(scene, event) {
                settle(scene, event, around.as_deref());
            }
            spare(scene, event);
            threaten(scene, event);
        }
    }
    let coded = without_nested(scene, coded, &mut notes);
    let coded = answered(scene, coded);
    let mut coded: Vec<_> = coded.into_iter().flat_map(each_way).collect();
    join_brought_about(scene, &mut coded);
    find_doers(scene, &mut coded);
    let second = second_events(scene, &coded, &taken);
    coded.extend(second);
    let fellows: Vec<Fellow> = coded.iter().map(Fellow::of).collect();
    for event in &mut coded {
        choose_recipients(scene, event, &fellows, explain);
    }
    share(scene, &mut coded);
    let repeated = echoes(scene, &coded);
    coded.extend(repeated);
    // "Qatar, which mediates": between whom, the story tells or nothing does.
    if !scene.book.is_learning() {
        coded.retain(|event| {
            let found = &event.found;
            let passing = event.kind == "CONSULT" && is_third(found) && is_in_passing(scene, found);
            !(passing && found.recipients.is_empty() && found.actors.len() < 2)
        });
    }
    coded.sort_by_key(|event| event.found.head);
    SentenceEvents { coded, silent: notes.silent, taken }
}

/// "Soldiers closed the country's borders": what is done at one's own border is done to nobody at home.
pub(crate) fn is_at_own_border(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let Some(at) = found.binding.recipient else { return false };
    let border = token(scene.sentence, at).and_then(|owner| token(scene.sentence, owner.head?));
    if !border.is_some_and(|t| scene.book.is_border(&lower(&t.lemma))) {
        return false;
    }
    let own = |r: &Actor| r.code.is_some() && found.actors.iter().any(|a| a.code == r.code);
    scene.actors(at, SlotRole::Recipient).iter().all(own)
}

/// Whether a noun is one of several words of a party's name.
fn is_in_name(scene: &Scene<'_>, at: usize) -> bool {
    token(scene.sentence, at).is_some_and(|t| t.upos == Upos::Propn)
        && scene
            .resolution
            .mentions_in(scene.index)
            .iter()
            .any(|m| m.kind == MentionKind::Name && m.tokens.len() > 2 && m.tokens.contains(&at))
}

/// How a match stands in its sentence.
fn form_of(scene: &Scene<'_>, found: &Found<'_>) -> Form {
    let mut form = form(scene.book, scene.sentence, found.head, found.binding.light);
    // "makes no apologies": the noun of the pattern is negated, not its verb.
    // "Wants no part of it": what the pattern itself says is no denial of it.
    let triggers = &found.binding.triggers;
    let denied = |&t: &usize| no_of(scene.sentence, t).is_some_and(|no| !triggers.contains(&no));
    form.negated |= triggers.iter().any(denied);
    // "Accepted his resignation": who resigned has done so.
    if found.rule.name == "retreat.resign" {
        form.governors
            .retain(|by| token(scene.sentence, by.at).is_none_or(|t| t.lemma != "accept"));
    }
    // "Will not hesitate to use force": a rule may be for what is said not to be.
    form.negated ^= found.rule.negated;
    form
}

/// Whether troops go to a place that is no border and no street: "send soldiers to Kosovo".
fn is_sent_abroad(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    scene.sentence.dependents(found.head, "obl").any(|place| {
        ["to", "into"].iter().any(|word| has_case(scene.sentence, place, word))
            && token(scene.sentence, place).is_some_and(|t| {
                !matches!(
                    t.lemma.as_str(),
                    "border"
                        | "frontier"
                        | "front"
                        | "line"
                        | "coast"
                        | "street"
                        | "square"
                        | "barracks"
                )
            })
    })
}

/// "Refused to condemn Russia", "opposed the Iraq war": whom one will do no harm is refused nothing, and a war is no matter of the land where it
/// is fought.
fn spare(scene: &Scene<'_>, event: &mut CodedEvent<'_>) {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|t| lower(&t.lemma)).unwrap_or_default();
    let found = &mut event.found;
    if event.kind == "REJECT" && found.rule.kind == "REJECT" {
        let spared: Vec<Actor> = sentence
            .dependents(found.head, "xcomp")
            .filter(|&verb| {
                has_case(sentence, verb, "to")
                    && (scene.book.is_curbing(&lemma(verb)) || scene.book.is_harming(&lemma(verb)))
            })
            .filter_map(|verb| patient(sentence, verb))
            .flat_map(|np| scene.actors_for(np, SlotRole::Recipient, Reach::Itself))
            .collect();
        found.recipients.retain(|r| !spared.iter().any(|a| same_party(a, r)));
    }
    if matches!(event.kind.as_str(), "ACCUSE" | "SUPPORT" | "REJECT") {
        let fought_over = |r: &Actor| {
            mention_of(scene, r).filter(|_| r.sector.is_none()).is_some_and(|m| {
                token(sentence, m.head).is_some_and(|t| {
                    t.relation() == "compound"
                        && t.upos == Upos::Propn
                        && t.head.is_some_and(|noun| {
                            matches!(lemma(noun).as_ref(), "war" | "invasion" | "occupation")
                        })
                })
            })
        };
        found.recipients.retain(|r| !fought_over(r));
    }
}

/// "Chanted outside a church": where a crowd happens to stand is not whom it stands against.
fn is_at_venue(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let venue = |at: usize| {
        token(sentence, at).is_some_and(|t| scene.book.is_venue(&lower(&t.lemma)))
            && ["outside", "near", "beside"].iter().any(|case| has_case(sentence, at, case))
            && sentence.dependents(at, "det").any(|d| {
                token(sentence, d).is_some_and(|t| matches!(lower(&t.form).as_ref(), "a" | "an"))
            })
    };
    found.rule.kind == "PROTEST" && found.binding.recipient.is_some_and(venue)
}

/// "Chad will not attend the talks": what a known party says that it will not do is refused, to whom ever.
fn is_withheld(found: &Found<'_>, form: &Form) -> bool {
    matches!(found.rule.kind.as_str(), "AGREE" | "CONSULT" | "CONCEDE" | "RETREAT")
        && matches!(form.modal, Modal::Future | Modal::Would)
        && found.actors.iter().all(|a| a.code.is_some())
}

/// Whether an act of a type is done by saying so.
fn is_said(kind: &str) -> bool {
    matches!(kind, "REQUEST" | "ACCUSE" | "SUPPORT" | "REJECT" | "THREATEN" | "CONCEDE")
}

/// Whether a verb tells that somebody came or went, and that it was so.
fn is_journey_made(scene: &Scene<'_>, verb: usize) -> bool {
    token(scene.sentence, verb).is_some_and(|t| t.xpos == "VBD" && scene.book.is_journey(&t.lemma))
        && !negated(scene.sentence, verb)
}

/// Whether a relative clause tells it: "Qatar, which mediates".
fn is_in_passing(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    token(scene.sentence, found.binding.light.unwrap_or(found.head))
        .is_some_and(|t| t.deprel == "acl:relcl")
}

/// Whether a third party is between two others in it.
pub(crate) fn is_third(found: &Found<'_>) -> bool {
    found.rule.modes.iter().any(|mode| mode == "third-party")
}

/// Whether a phrase stands for an act and for nobody: "the coup".
fn is_told_act(scene: &Scene<'_>, np: usize) -> bool {
    token(scene.sentence, np).is_some_and(|t| scene.book.acts.knows(&lower(&t.lemma)))
        && scene.resolution.mention_at(scene.index, np).is_none()
}

/// Whether two or more parties are of as many codes.
fn are_states(actors: &[Actor]) -> bool {
    let codes: Vec<&str> = actors.iter().filter_map(|a| a.code.as_deref()).collect();
    codes.len() > 1 && codes.len() == actors.len() && codes.windows(2).all(|two| two[0] != two[1])
}

/// Whether the doer is whoever does it: "any journalist who".
fn is_anybody(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let doer = found.binding.actor.or(found.binding.parties);
    doer.is_some_and(|np| {
        scene.sentence.dependents(np, "det").any(|d| {
            token(scene.sentence, d).is_some_and(|t| {
                matches!(lower(&t.form).as_ref(), "any" | "whichever" | "whatever")
            })
        })
    })
}

/// "Insisted that the state had enough of them", where "insisted that he be freed" wants something.
fn is_insisted_so(sentence: &Sentence, at: usize) -> bool {
    let so = |c: usize| {
        let told = |at: usize| {
            token(sentence, at).is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP"))
                && !matches!(token(sentence, at + 1), Some(t) if t.form == "to")
        };
        !is_wanted(sentence, c)
            && (told(c)
                || ["aux", "cop", "aux:pass"].iter().any(|r| sentence.dependents(c, r).any(told)))
    };
    token(sentence, at).is_some_and(|t| t.lemma == "insist")
        && dependent(sentence, at, "ccomp").is_some_and(so)
}

/// "Proposed to bar them", "a proposal to keep them out".
fn is_proposing(sentence: &Sentence, at: usize) -> bool {
    token(sentence, at).is_some_and(|t| matches!(lower(&t.lemma).as_ref(), "propose" | "proposal"))
}

/// Whether a sentence only asks: its last word but quotation marks is a question mark.
fn is_question(sentence: &Sentence) -> bool {
    let last = sentence
        .tokens
        .iter()
        .rev()
        .find(|t| !matches!(t.form.as_str(), "\"" | "”" | "'" | "’" | ")"));
    last.is_some_and(|t| t.form.ends_with('?'))
}

/// "Asked him whether he had thoughts on it", "asked about the wall": who asks so wants to know, and wants nothing done.
fn is_asking(sentence: &Sentence, at: usize) -> bool {
    let asks = |at: usize| token(sentence, at).is_some_and(|t| t.lemma == "ask");
    let clause = |c: usize| {
        sentence.children(c).iter().any(|&m| {
            token(sentence, m).is_some_and(|t| {
                t.relation() == "mark" && matches!(t.lemma.as_str(), "whether" | "if")
                    || matches!(t.xpos.as_str(), "WRB" | "WP" | "WDT") && t.relation() != "nsubj"
            })
        })
    };
    let about = |c: usize| has_case(sentence, c, "about");
    asks(at)
        && sentence.children(at).iter().any(|&c| {
            c > at
                && token(sentence, c).is_some_and(|t| match t.relation() {
                    "ccomp" | "acl" => clause(c),
                    // "Asked about sending troops"
                    "advcl" => clause(c) || about(c),
                    "obl" | "nmod" => about(c),
                    _ => false,
                })
        })
        && !sentence.dependents(at, "xcomp").any(|c| c > at)
}

/// "Men backed Lee, 57 percent to 22": what share of those who are asked prefer somebody is no support that is given.
fn is_share(sentence: &Sentence, at: usize) -> bool {
    let counts = |c: usize| {
        c > at
            && token(sentence, c).is_some_and(|t| matches!(t.lemma.as_str(), "percent" | "%"))
            && sentence.dependents(c, "nummod").next().is_some()
    };
    let near = |&c: &usize| {
        token(sentence, c).is_some_and(|t| !matches!(t.relation(), "conj" | "advcl" | "ccomp"))
            && (counts(c) || sentence.children(c).iter().any(|&inner| counts(inner)))
    };
    sentence.children(at).iter().any(near)
}

/// "Warned that the leaders would be arrested", "announced that two would be freed": who says what will be done is who will do it.
fn announcer(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Vec<Actor> {
    let done = matches!(event.kind.as_str(), "THREATEN" | "AGREE" | "REJECT");
    if !done || event.found.rule.kind == event.kind {
        return Vec::new();
    }
    speaker_of(scene, event.found.head)
}

/// "Under the accord that they signed, embassies will reopen": who made it have agreed so.
fn makers_of_terms(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let known = |np: usize, role: SlotRole| {
        let mut actors = scene.actors_for(np, role, Reach::Owner);
        actors.retain(|a| a.code.is_some());
        (!actors.is_empty()).then_some(actors)
    };
    let own = clause(sentence, event.found.head);
    (0..sentence.tokens.len())
        .filter(|&np| {
            has_case(sentence, np, "under")
                && token(sentence, np).is_some_and(|t| {
                    let lemma = lower(&t.lemma);
                    scene.book.acts.is_mutual(&lemma)
                        || matches!(lemma.as_ref(), "declaration" | "protocol" | "plan" | "text")
                })
                && token(sentence, np)
                    .and_then(|t| t.head)
                    .is_some_and(|verb| verb == own || link_below(sentence, own, verb).is_some())
        })
        .find_map(|np| {
            let signed = sentence.dependents(np, "acl").find_map(|verb| subject(sentence, verb));
            known(np, SlotRole::Recipient)
                .or_else(|| known(signed.filter(|&who| who != np)?, SlotRole::Actor))
        })
}

/// Who says what a passive tells, if it is one that may do it.
fn speaker_of(scene: &Scene<'_>, head: usize) -> Vec<Actor> {
    let sentence = scene.sentence;
    if !is_passive(sentence, head) {
        return Vec::new();
    }
    // "Sales would be halted, the minister threatened": a late speaker may hang on what is told.
    let late = || {
        sentence
            .dependents(head, "parataxis")
            .find(|&verb| verb > head && sentence.dependents(verb, "obj").next().is_none())
    };
    let told = token(sentence, head).filter(|t| t.relation() == "ccomp").and_then(|t| t.head);
    let told = told.or_else(late);
    let Some(speaker) = told.and_then(|verb| subject(sentence, verb)) else { return Vec::new() };
    let has_power = |a: &Actor| {
        matches!(
            a.sector,
            None | Some(
                Sector::Gov
                    | Sector::Mil
                    | Sector::Jud
                    | Sector::Reb
                    | Sector::Par
                    | Sector::Spy
                    | Sector::Igo
            )
        )
    };
    let mut speakers = scene.actors_for(speaker, SlotRole::Actor, Reach::Itself);
    if !speakers.iter().all(has_power) {
        speakers.clear();
    }
    speakers
}

/// Finds whom a refusal, promise or threat without a recipient is towards.
fn aim(scene: &Scene<'_>, event: &mut CodedEvent<'_>) {
    let found = &event.found;
    if !found.recipients.is_empty() || found.rule.need.no_recipient || found.actors.is_empty() {
        return;
    }
    let top = event.by.map_or(found.head, |by| by.at);
    let other = |np: usize| {
        let others = scene.actors_for(np, SlotRole::Recipient, Reach::Owner);
        let own = |other: &Actor| {
            found.actors.iter().any(|a| {
                a.code == other.code && (other.sector.is_none() || a.sector == other.sector)
            })
        };
        let known = |o: &Actor| o.code.is_some() || (o.sector == Some(Sector::Ref));
        others.into_iter().filter(|o| known(o) && !own(o)).collect::<Vec<_>>()
    };
    let mut recipients = Vec::new();
    // "Soldiers seized power": from those who had it.
    if found.rule.name == "coerce.coup"
        && let [doer] = found.actors.as_slice()
        && let Some(state) =
            doer.code.as_deref().and_then(|c| scene.knowledge.actors.entity(c)).and_then(state_of)
    {
        recipients.push(Actor {
            code: Some(state.to_owned()),
            sector: Some(Sector::Gov),
            via: Some("counterpart".to_owned()),
            span: doer.span,
            ..Actor::default()
        });
    }
    // "Assured Oslo that it would leave": who is told so.
    if recipients.is_empty()
        && matches!(event.kind.as_str(), "AGREE" | "THREATEN" | "CONCEDE" | "REJECT" | "SUPPORT")
    {
        recipients = told(scene, top).map(other).unwrap_or_default();
        // "Told reporters that he would not go": who only hears it is promised and refused nothing.
        recipients.retain(|r| {
            let house = r.sector == Some(Sector::Leg)
                && found.actors.iter().any(|a| a.code.is_some() && a.code == r.code);
            r.sector != Some(Sector::Med) && !house
        });
    }
    // Whom two agree to let mediate is no party of theirs.
    if recipients.is_empty()
        && matches!(event.kind.as_str(), "REJECT" | "AGREE" | "THREATEN")
        && (event.kind != "AGREE" || found.binding.parties.is_none())
    {
        recipients = inner_parties(scene, found)
            .into_iter()
            .map(other)
            .find(|o| !o.is_empty())
            .unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "THREATEN" {
        recipients = condition(scene.sentence, top).map(other).unwrap_or_default();
    }
    // "Drew back from the hills of Kivu", "will pull its tanks back inside Gaza": whose land they leave.
    let leaves = event.kind == "RETREAT"
        || (event.kind == "AGREE"
            && (found.rule.kind == "RETREAT"
                || found.binding.triggers.iter().any(|&at| {
                    token(scene.sentence, at)
                        .is_some_and(|t| matches!(t.lemma.as_str(), "pull" | "withdraw"))
                })));
    if recipients.is_empty()
        && leaves
        && found.binding.parties.is_none()
        && !found.rule.modes.iter().any(|mode| mode == "release")
    {
        let foreign = |r: &Actor| {
            is_land(scene, r) && found.actors.iter().all(|a| a.code.is_some() && a.code != r.code)
        };
        let back =
            found.binding.triggers.iter().any(|&at| {
                token(scene.sentence, at).is_some_and(|t| lower(&t.form).ends_with("back"))
            }) || scene.sentence.children(found.head).iter().any(|&c| {
                token(scene.sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("back"))
            });
        let left = |np: usize| {
            np > found.head
                && (["from", "inside", "out"].iter().any(|case| has_case(scene.sentence, np, case))
                    || (back && has_case(scene.sentence, np, "to")))
                && is_below(scene.sentence, np, found.head)
        };
        recipients = (0..scene.sentence.tokens.len())
            .filter(|&np| left(np))
            .map(|np| {
                let mut land = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
                land.retain(foreign);
                land
            })
            .find(|land| !land.is_empty())
            .unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "MOBILIZE" {
        recipients = faced(scene, found.head, &found.actors);
    }
    // "Sent advisers to help the police"
    if recipients.is_empty() && matches!(event.kind.as_str(), "AID" | "AGREE") {
        recipients = helped(scene, found.head).map(other).unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == found.rule.kind {
        recipients = by_land(scene, event);
    }
    // What police use on crowds is used on those of their own state.
    if recipients.is_empty()
        && event.kind == "ASSAULT"
        && found.rule.modes.iter().any(|m| m == "crowd-control")
        && let [police] = found.actors.as_slice()
    {
        recipients.push(Actor {
            code: police.code.clone(),
            sector: Some(Sector::Cvl),
            via: Some("counterpart".to_owned()),
            span: police.span,
            ..Actor::default()
        });
    }
    if recipients.is_empty() && event.kind == "PROTEST" {
        recipients = opposed(scene, top).map(other).unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "PROTEST" {
        recipients = (0..scene.sentence.tokens.len())
            .filter(|&np| {
                is_below(scene.sentence, np, top)
                    && (has_case(scene.sentence, np, "against")
                        || (is_told_act(scene, np)
                            && ["at", "over"]
                                .iter()
                                .any(|case| has_case(scene.sentence, np, case))))
            })
            .map(other)
            .find(|o| !o.is_empty())
            .unwrap_or_default();
    }
    event.found.recipients = recipients;
}

/// "Marched to denounce the deal", "to demand that the minister go", "to demand his dismissal": whom a crowd has come out against.
fn opposed(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let purpose = |verb: usize| {
        token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb && t.relation() != "conj")
            && has_case(sentence, verb, "to")
            && is_below(sentence, verb, head)
    };
    let is = |at: usize, test: &dyn Fn(&str) -> bool| {
        token(sentence, at).is_some_and(|t| test(&lower(&t.lemma)))
    };
    for verb in (head..sentence.tokens.len()).filter(|&verb| purpose(verb)) {
        if is(verb, &|lemma| scene.book.is_opposing(lemma)) {
            return patient(sentence, verb);
        }
        if !is(verb, &|lemma| matches!(lemma, "demand" | "insist" | "seek")) {
            continue;
        }
        let goes = |&clause: &usize| {
            is(clause, &|lemma| scene.book.is_leaving(lemma)) && !is_passive(sentence, clause)
        };
        if let Some(clause) = sentence.dependents(verb, "ccomp").find(goes) {
            return subject(sentence, clause);
        }
        let what = patient(sentence, verb);
        if let Some(what) = what.filter(|&np| is(np, &|lemma| scene.book.is_leaving(lemma))) {
            let owner = sentence.dependents(what, "nmod:poss").next();
            return owner.or_else(|| governed_by(sentence, what, "of").next());
        }
    }
    None
}

/// To whom it is said that something will be done: "assured Oslo that".
fn told(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let word = token(sentence, at).filter(|t| t.relation() == "ccomp")?;
    let verb = word.head?;
    let tells = token(sentence, verb).is_some_and(|t| scene.book.is_assuring(&t.lemma));
    let mut heard = sentence.dependents(verb, "obj").chain(sentence.dependents(verb, "iobj"));
    heard.find(|&hearer| tells && hearer != at)
}

/// "Refused to join his government", "offered to mediate between them": the noun phrases of the act that is refused or promised, from
/// the nearest on.
fn inner_parties(scene: &Scene<'_>, found: &Found<'_>) -> Vec<usize> {
    let sentence = scene.sentence;
    let mut verbs: Vec<usize> = sentence
        .children(found.head)
        .iter()
        .copied()
        .filter(|&c| {
            token(sentence, c).is_some_and(|t| {
                t.upos == Upos::Verb && matches!(t.relation(), "xcomp" | "advcl" | "ccomp")
            }) && sentence.children(c).iter().any(|&m| {
                token(sentence, m).is_some_and(|t| t.lemma == "to" && t.relation() == "mark")
            })
        })
        .collect();
    // "Accepted an invitation to visit Seoul"
    verbs.extend(sentence.dependents(found.head, "obj").flat_map(|object| {
        sentence.dependents(object, "acl").filter(|&c| has_case(sentence, c, "to"))
    }));
    // "Refused to let arms cross into Ukraine"
    let deeper: Vec<usize> = verbs
        .iter()
        .filter(|&&v| {
            token(sentence, v)
                .is_some_and(|t| matches!(t.lemma.as_str(), "let" | "allow" | "permit" | "help"))
        })
        .flat_map(|&v| sentence.dependents(v, "ccomp").chain(sentence.dependents(v, "xcomp")))
        .collect();
    verbs.extend(deeper);
    // "Refused to meet envoys or talk to Oslo", "would let foreign troops in"
    let more: Vec<usize> = (verbs.iter())
        .flat_map(|&v| sentence.dependents(v, "conj"))
        .filter(|&c| token(sentence, c).is_some_and(|t| t.upos == Upos::Verb))
        .collect();
    verbs.extend(more);
    if token(sentence, found.head)
        .is_some_and(|t| matches!(t.lemma.as_str(), "let" | "allow" | "permit"))
    {
        let own = sentence.dependents(found.head, "ccomp");
        verbs.extend(own.chain(sentence.dependents(found.head, "xcomp")));
    }
    // "Failed to sign a deal with Oslo"
    let things = verbs.iter().chain([&found.head]).flat_map(|&v| sentence.dependents(v, "obj"));
    // "Agreed to relations with Oslo"
    let agreed = token(sentence, found.head).is_some_and(|t| t.lemma == "agree");
    let to = governed_by(sentence, found.head, "to")
        .filter(|&np| agreed && token(sentence, np).is_some_and(|t| t.relation() == "obl"));
    let things = things.chain(to);
    let with: Vec<usize> = things
        .flat_map(|thing| members(sentence, thing))
        .flat_map(|thing| sentence.dependents(thing, "nmod"))
        .filter(|&np| {
            ["with", "to", "between", "against", "for", "except"]
                .iter()
                .any(|word| has_case(sentence, np, word))
        })
        .collect();
    // "Promised to send 500 men"
    let sends = |verb: usize| {
        token(sentence, verb).is_some_and(|t| scene.book.is_sending(&lower(&t.lemma)))
    };
    // "Promised to disarm the militia": it is promised to somebody else.
    let curbs = |verb: usize| {
        token(sentence, verb).is_some_and(|t| scene.book.is_curbing(&lower(&t.lemma)))
    };
    // "Pledged to expand its army": what is one's own is promised to nobody.
    let is_own_arm = |np: usize| {
        let mention = scene.resolution.mention_at(scene.index, np);
        sentence.children(np).iter().any(|&c| is_owner(sentence, c))
            && mention.is_some_and(|m| {
                m.actors.iter().all(|a| {
                    matches!(a.sector, Some(Sector::Gov | Sector::Mil | Sector::Spy))
                        && found.actors.iter().any(|doer| {
                            doer.code == a.code && matches!(doer.sector, None | Some(Sector::Gov))
                        })
                })
            })
    };
    let phrases = |verb: usize| {
        sentence.children(verb).iter().copied().filter(move |&np| {
            token(sentence, np).is_some_and(|t| match t.relation() {
                "obj" => {
                    !(sends(verb)
                        || (found.rule.kind == "AGREE" && (curbs(verb) || is_own_arm(np))))
                }
                "iobj" => true,
                "obl" => ["with", "to", "into", "for", "between", "against"]
                    .iter()
                    .any(|word| has_case(sentence, np, word)),
                _ => false,
            })
        })
    };
    verbs.into_iter().flat_map(phrases).chain(with).collect()
}

/// "Sent advisers to help the police": whom the act is to help.
fn helped(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let verb = (0..sentence.tokens.len()).find(|&verb| {
        token(sentence, verb).is_some_and(|t| {
            t.upos == Upos::Verb && scene.book.is_help(&lower(&t.lemma)) && t.relation() != "conj"
        }) && has_case(sentence, verb, "to")
            && verb > head
            && is_below(sentence, verb, head)
    })?;
    patient(sentence, verb)
}

/// "Threatened to cut the gas if Poland sends troops": a threat is aimed at whom it is to stop.
fn condition(sentence: &Sentence, top: usize) -> Option<usize> {
    let clause = (0..sentence.tokens.len()).find(|&at| {
        token(sentence, at).is_some_and(|word| word.relation() == "advcl")
            && is_below(sentence, at, top)
            && sentence.children(at).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    t.relation() == "mark"
                        && matches!(lower(&t.form).as_ref(), "if" | "unless" | "should" | "until")
                })
            })
    })?;
    // "Unless its embassy is closed": who undergoes it is not whom it is to stop.
    subject(sentence, clause).filter(|_| !is_passive(sentence, clause))
}

/// "Recalled its envoy from Bogota and halted trade": what is done in one breath with a sanction goes to the same state, and so do troops that
/// are sent to the border.
fn share(scene: &Scene<'_>, coded: &mut [CodedEvent<'_>]) {
    let sentence = scene.sentence;
    if scene.given.is_some() {
        return;
    }
    // The first of the verbs side by side.
    let first = |event: &CodedEvent<'_>| {
        let mut at = event.found.binding.light.unwrap_or(event.found.head);
        for _ in 0..sentence.tokens.len() {
            match token(sentence, at).filter(|t| t.relation() == "conj").and_then(|t| t.head) {
                Some(up) => at = up,
                None => break,
            }
        }
        at
    };
    let takes = |event: &CodedEvent<'_>| {
        let found = &event.found;
        found.recipients.is_empty()
            && !found.rule.need.no_recipient
            && found.binding.parties.is_none()
            && !found.actors.is_empty()
            && (event.kind == "SANCTION"
                || (event.kind == "MOBILIZE" && is_at_border(scene, found.head)))
    };
    for i in 0..coded.len() {
        if !takes(&coded[i]) {
            continue;
        }
        let (own, actors) = (first(&coded[i]), &coded[i].found.actors);
        let foreign = |r: &Actor| r.code.is_some() && actors.iter().all(|a| a.code != r.code);
        let beside = coded.iter().find(|other| {
            other.kind == "SANCTION"
                && !other.found.recipients.is_empty()
                && other.found.recipients.iter().all(foreign)
                && same_parties(&other.found.actors, actors)
                && first(other) == own
        });
        let Some(beside) = beside else { continue };
        let via = || Some("counterpart".to_owned());
        let recipients = beside.found.recipients.iter().map(|r| Actor { via: via(), ..r.clone() });
        coded[i].found.recipients = recipients.collect();
    }
}

/// "China answered with tariffs of its own": what is done in return is done to who did the last hostile act to the actor.
fn answered<'k>(scene: &Scene<'_>, mut coded: Vec<CodedEvent<'k>>) -> Vec<CodedEvent<'k>> {
    if scene.given.is_some() {
        return coded;
    }
    for i in 0..coded.len() {
        let event = &coded[i];
        let doers = event.found.actors.as_slice();
        if doers.is_empty()
            || !event.found.recipients.is_empty()
            || event.found.rule.need.no_recipient
            || !matches!(
                event.kind.as_str(),
                "THREATEN" | "SANCTION" | "ASSAULT" | "COERCE" | "ACCUSE"
            )
            || !(is_answer(scene, event)
                || (event.kind == "SANCTION"
                    && event.found.rule.modes.iter().any(|m| m == "expel")))
        {
            continue;
        }
        let own = |party: &Actor| doers.iter().any(|doer| doer.code == party.code);
        let hit = |recipients: &[Actor]| recipients.iter().any(own);
        let hostile = |kind: &str| {
            is_hostile(kind) || matches!(kind, "THREATEN" | "MOBILIZE" | "REJECT" | "REQUEST")
        };
        let here = coded[..i]
            .iter()
            .rev()
            .find(|e| hostile(&e.kind) && hit(&e.found.recipients) && !e.found.actors.is_empty());
        let before =
            || {
                scene.acts.iter().rev().find(|act| {
                    hostile(&act.kind) && hit(&act.recipients) && !act.actors.is_empty()
                })
            };
        let rivals = match here {
            Some(event) => event.found.actors.clone(),
            None => before().map(|act| act.actors.clone()).unwrap_or_default(),
        };
        let span = token(scene.sentence, event.found.head).map(|t| t.span);
        coded[i].found.recipients = rivals
            .into_iter()
            .filter(|r| r.code.is_some() && !own(r))
            .map(|r| Actor { via: Some("act".to_owned()), span, ..r })
            .collect();
    }
    coded
}

/// Whether the words of an event say that it is done in return.
fn is_answer(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    let top = event.by.map_or(event.found.head, |by| by.at);
    (0..scene.sentence.tokens.len()).any(|at| {
        token(scene.sentence, at).is_some_and(|t| scene.book.is_answering(&lower(&t.lemma)))
            && is_below(scene.sentence, at, top)
    })
}

/// "Armenia and Azerbaijan accused each other": each did it to the others.
fn each_way(event: CodedEvent<'_>) -> Vec<CodedEvent<'_>> {
    let found = &event.found;
    let mutual = !found.rule.reciprocal
        && !found.recipients.is_empty()
        && found.recipients.iter().all(|r| r.via.as_deref() == Some("each other"));
    if !mutual {
        return vec![event];
    }
    // "Pelted each other with stones": they fight with each other.
    if found.rule.kind == "ASSAULT" {
        let mut both = event;
        both.found.recipients.clear();
        both.found.binding.parties = both.found.binding.actor;
        return vec![both];
    }
    found
        .actors
        .iter()
        .map(|actor| {
            let mut one = event.clone();
            one.found.actors = vec![actor.clone()];
            one.found.recipients =
                found.actors.iter().filter(|other| !same_party(other, actor)).cloned().collect();
            one
        })
        .collect()
}

/// Whether troops are sent to help, guard or fetch somebody.
fn is_helpful(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    (0..sentence.tokens.len()).any(|verb| {
        token(sentence, verb)
            .is_some_and(|t| t.upos == Upos::Verb && scene.book.is_help(&lower(&t.lemma)))
            && has_case(sentence, verb, "to")
            && is_below(sentence, verb, found.head)
    })
}

/// "A deal under which Tehran halts enrichment": what is to be done by it.
fn is_term(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let mut at = found.head;
    for _ in 0..sentence.tokens.len() {
        let Some(word) = token(sentence, at) else { return false };
        if word.deprel == "acl:relcl" {
            return sentence.children(at).iter().any(|&c| {
                is_relative(sentence, c)
                    && ["under", "by", "whereby"].iter().any(|case| has_case(sentence, c, case))
            });
        }
        let Some(up) = word.head else { return false };
        at = up;
    }
    false
}

/// "Three climbers were killed in an avalanche", "when a hotel caught fire": force that nobody used.
fn is_accident(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|word| lower(&word.lemma)).unwrap_or_default();
    // Of verbs side by side each may have the clause that says how: "were killed and others hurt when a ferry sank".
    let mut verbs = vec![found.head];
    verbs.extend(sentence.dependents(found.head, "conj"));
    verbs.extend(
        token(sentence, found.head).filter(|t| t.relation() == "conj").and_then(|t| t.head),
    );
    // "Died of a heart attack"
    let is_illness = |cause: usize| {
        sentence.children(cause).iter().any(|&c| {
            c < cause
                && token(sentence, c).is_some_and(|t| matches!(t.relation(), "compound" | "amod"))
                && scene.book.is_ailing(&lemma(c))
        })
    };
    let by_cause = |verb: usize| {
        sentence.dependents(verb, "obl").any(|cause| {
            let by = ["in", "by", "from", "during", "when"];
            by.iter().any(|case| has_case(sentence, cause, case))
                && (scene.book.is_accident(&lemma(cause)) || is_illness(cause))
        })
    };
    let by_mishap = |verb: usize| {
        sentence.dependents(verb, "advcl").any(|clause| {
            ["when", "as", "after"].iter().any(|mark| has_mark(sentence, clause, mark))
                && scene.book.is_mishap(&lemma(clause))
                // "When planes crashed into the towers" tells no accident.
                && !(lemma(clause) == "crash"
                    && sentence.dependents(clause, "obl").any(|at| has_case(sentence, at, "into")))
                && dependent(sentence, clause, "nsubj")
                    .is_some_and(|thing| scene.book.is_wrecked(&lemma(thing)))
        })
    };
    found.rule.kind == "ASSAULT"
        && (by_cause(found.head) || verbs.iter().any(|&verb| by_mishap(verb)))
}

/// Every pattern that holds somewhere in the sentence.
fn all_matches<'k>(scene: &Scene<'k>, notes: &mut Notes<'k>) -> Vec<Found<'k>> {
    let mut found = Vec::new();
    let met = scene.book.wanted.met(scene.sentence);
    for (head, word) in scene.sentence.tokens.iter().enumerate() {
        if word.upos == Upos::Punct {
            continue;
        }
        let mut kinds = None;
        for own in scene.book.candidates(&lower(&word.lemma)) {
            let kinds = *kinds.get_or_insert_with(|| Kinds::of(scene.sentence, head));
            let Some(&first) = own.first().filter(|first| kinds.may_head(first.kind)) else {
                continue;
            };
            // What a pattern lacks is told where it is asked for.
            if !notes.asked && !own.iter().any(|one| met.all(one.wants)) {
                continue;
            }
            let Some(compiled) = scene.book.pattern(first) else { continue };
            let Some(rule) = scene.knowledge.rules.get(compiled.rule) else { continue };
            match (Matcher { scene, compiled }).matches(head, kinds, own) {
                Ok(binding) => match parties(scene, rule, compiled, binding, head) {
                    Ok(one) => found.push(one),
                    Err(why) => notes.note(rule, compiled.pattern, head, why),
                },
                Err(Miss::Head) => {}
                Err(miss) => notes.note(rule, compiled.pattern, head, miss),
            }
        }
    }
    found
}

/// Looks up whom the bound noun phrases stand for, and whether the rule allows them.
fn parties<'k>(
    scene: &Scene<'_>,
    rule: &'k Rule,
    compiled: &Compiled,
    mut binding: Binding,
    head: usize,
) -> Result<Found<'k>, &'static str> {
    let reach = compiled.reach;
    let mut actors = Vec::new();
    let mut recipients = Vec::new();
    if let Some(np) = binding.parties {
        actors = scene.actors_for(np, SlotRole::Parties, reach);
    }
    if let Some(np) = binding.actor {
        actors.extend(scene.actors_for(np, SlotRole::Actor, reach));
    }
    if let Some(np) = binding.actor.or(binding.parties) {
        let fellow = fellow_subject(scene.sentence, np).filter(|_| {
            let verb = token(scene.sentence, np).and_then(|word| word.head);
            verb.is_some_and(|v| v == head || link_below(scene.sentence, head, v).is_some())
        });
        actors
            .extend(fellow.into_iter().flat_map(|np| scene.actors_for(np, SlotRole::Actor, reach)));
    }
    // "Israeli jets", "a Taliban bomb": whose the thing is, did it.
    if let Some(np) = binding.thing {
        actors.extend(scene.actors_for(np, SlotRole::Actor, reach));
    }
    if let Some(np) = binding.recipient {
        let reach = if binding.by_place { Reach::Place } else { reach };
        recipients = scene.actors_for(np, SlotRole::Recipient, reach);
        // "Overran a camp near the Ecuadorean border" is no more in that land than on this side of it.
        let edge = token(scene.sentence, np)
            .is_some_and(|t| scene.book.is_border(&lower(&t.lemma)))
            && patient(scene.sentence, head) != Some(np);
        if rule.kind == "ASSAULT"
            && scene.given.is_none()
            && (edge || recipients.iter().all(|r| is_land(scene, r)))
        {
            let holders = holders(scene, head, np, &actors);
            if edge || !holders.is_empty() {
                recipients = holders;
            }
        }
    }
    // "The talks resumed", "the request was turned down": whose they are, the story tells.
    if let Some(told) = compiled.told {
        let Some((at, whose)) =
            dealings::whose(scene, compiled, &binding, head).filter(|_| scene.given.is_none())
        else {
            return Err("the story does not tell whose it is");
        };
        if told == Told::Parties {
            binding.parties = Some(at);
            actors = whose;
        } else {
            recipients = whose;
        }
    }
    // "Praised the decision" is said of another decision than "condemned the decision".
    if matches!(rule.kind.as_str(), "SUPPORT" | "ACCUSE")
        && let Some(noun) = by_act(scene, &recipients)
    {
        let friendly = Some(rule.kind == "SUPPORT");
        recipients =
            scene.book.acts.doers(scene.sentence, scene.index, noun, scene.acts, &actors, friendly);
    }
    // "Claimed responsibility for the attack": it was done to whom the attack hit.
    if rule.kind == "ASSAULT"
        && recipients.is_empty()
        && binding.recipient.is_none()
        && scene.given.is_none()
    {
        recipients = binding
            .triggers
            .iter()
            .filter(|&&noun| noun != head)
            .find_map(|&noun| {
                scene.book.acts.act(scene.sentence, scene.index, noun, scene.acts, &[], Some(false))
            })
            .map(|act| act.recipients.clone())
            .unwrap_or_default();
        let span = token(scene.sentence, head).map(|t| t.span);
        for recipient in &mut recipients {
            recipient.via = Some("act".to_owned());
            recipient.span = span;
        }
    }
    if actors.is_empty()
        && binding.actor.is_none()
        && scene.given.is_none()
        && compiled.told.is_none()
    {
        actors = match rule.kind.as_str() {
            "ASSAULT" => noun_doers(scene, head, binding.thing),
            _ => Vec::new(),
        };
        if actors.is_empty() {
            actors = agents(scene, rule, head, &binding.triggers);
        }
        if actors.is_empty() {
            (actors, recipients) = banishers(scene, rule, head, recipients);
        }
    }
    // "U.N. sanctions were suspended": whose they were, did it.
    let mut owned = false;
    if matches!(rule.kind.as_str(), "CONCEDE" | "SANCTION")
        && actors.is_empty()
        && binding.actor.is_none()
        && scene.given.is_none()
        && let Some(np) = binding.recipient
        && let Some(thing) = patient(scene.sentence, head)
        && scene.resolution.mention_at(scene.index, thing).is_none()
        && (np == thing
            || (np < thing && token(scene.sentence, np).is_some_and(|t| t.head == Some(thing))))
    {
        actors = std::mem::take(&mut recipients);
        owned = true;
    }
    if compiled.counts_people {
        if actors.is_empty() {
            actors.extend(binding.actor.and_then(|np| scene.people(np)));
        }
        if recipients.is_empty() {
            recipients.extend(binding.recipient.and_then(|np| scene.people(np)));
        }
    }
    // "Riots broke out": whose they are not said to be, they are the people's.
    if rule.kind == "PROTEST" && actors.is_empty() && scene.given.is_none() {
        let told = binding.thing.unwrap_or(head);
        actors.push(Actor {
            sector: Some(Sector::Cvl),
            span: token(scene.sentence, told).map(|t| t.span),
            ..Actor::default()
        });
    }
    // "Complained to the United Nations about the raids": a body of states only hears it, and the story tells who is meant.
    if rule.kind == "ACCUSE"
        && scene.given.is_none()
        && let Some(np) = binding.recipient
        && is_forum(scene, np, &recipients)
    {
        recipients.clear();
        binding.other = Some(np);
    }
    // "Called for the president to be put back": who undergoes it is not asked for it.
    if rule.kind == "REQUEST"
        && scene.given.is_none()
        && binding.recipient.is_some_and(|np| undergoes(scene, np, head))
    {
        recipients.clear();
        if compiled.needs_recipient {
            return Err("who is to undergo it is not asked");
        }
    }
    let unnamed = actors.is_empty() && !compiled.has_actor;
    if !unnamed && !scene.allows(&rule.need.actor, &actors) {
        return Err("the actor's sector is not one that the rule needs");
    }
    let unnamed = recipients.is_empty() && !compiled.has_recipient;
    if !unnamed
        && (!scene.allows(&rule.need.recipient, &recipients)
            || (!rule.need.recipient.is_empty() && recipients.is_empty()))
    {
        return Err("the recipient's sector is not one that the rule needs");
    }
    if rule.need.no_recipient && !recipients.is_empty() {
        return Err("the rule needs that nobody is the recipient");
    }
    if scene.given.is_none() && is_deep_inside(scene, rule, &binding, &actors) {
        return Err("whose the call is, it is done to");
    }
    let mutual = actors.len() > 1
        && !recipients.is_empty()
        && recipients.iter().all(|r| r.via.as_deref() == Some("each other"));
    // Troops are sent to a place, or near or against somebody; whose land it is, is no recipient, nor are they themselves.
    if rule.kind == "MOBILIZE" && scene.given.is_none() && !mutual {
        let near = binding
            .recipient
            .is_some_and(|np| NEAR.iter().any(|word| has_case(scene.sentence, np, word)));
        let there = binding.recipient.is_some_and(|np| {
            LAND.iter().any(|word| has_case(scene.sentence, np, word))
                && scene
                    .resolution
                    .mention_at(scene.index, np)
                    .is_none_or(|m| m.category == Category::Country)
        });
        recipients.retain(|r| {
            (near || !(there || is_land(scene, r))) && !actors.iter().any(|a| a.code == r.code)
        });
    }
    // "Declared a curfew in the capital": one's own land is where it holds.
    let there = binding
        .recipient
        .is_some_and(|np| LAND.iter().any(|word| has_case(scene.sentence, np, word)));
    if there && scene.given.is_none() && !compiled.harms {
        recipients.retain(|r| !is_land(scene, r) || !actors.iter().any(|a| a.code == r.code));
    }
    // "Travelled to Lyon": one's own land is no host, and nobody is there whom one leaves.
    let mut at_home = false;
    if matches!(rule.kind.as_str(), "CONSULT" | "RETREAT" | "COERCE") && scene.given.is_none() {
        let some = !recipients.is_empty();
        recipients.retain(|r| !is_land(scene, r) || !actors.iter().any(|a| a.code == r.code));
        at_home = some && recipients.is_empty() && rule.kind != "CONSULT";
    }
    // Nobody acts on himself: the second mention of the same party is a slip of reference.
    let within = |r: &Actor| match rule.kind.as_str() {
        "SANCTION" | "COERCE" | "ASSAULT" | "REQUEST" => true,
        // "Accused her deputy"
        "ACCUSE" => mention_of(scene, r).is_some_and(|m| {
            m.category == Category::Person
                && token(scene.sentence, m.head).is_some_and(|t| t.xpos == "NN")
        }),
        _ => false,
    };
    if !mutual {
        let some = !recipients.is_empty();
        recipients.retain(|r| !actors.iter().any(|a| same_person(a, r, within(r))));
        // "We must protect America," he said: of his own side he asks nothing.
        if rule.kind == "REQUEST" {
            recipients.retain(|r| {
                !(is_own_voice(r) && actors.iter().any(|a| a.code.is_some() && a.code == r.code))
            });
        }
        // "Xi said that China and the U.S. should": of the states that are named beside each other the own is no other.
        if recipients.len() > 1 {
            let own = |r: &Actor| actors.iter().any(|a| a.code == r.code);
            let state = |r: &Actor| is_state_name(scene, r);
            if recipients.iter().any(|r| !own(r) && state(r)) {
                recipients.retain(|r| !(own(r) && state(r)));
            }
        }
        if some
            && recipients.is_empty()
            && scene.given.is_none()
            && let Some(np) = binding.recipient
            && let Some(others) = somebody_else(scene, rule, np, &actors)
        {
            binding.other = others.is_empty().then_some(np);
            recipients = others;
        }
    }
    // "Brought its soldiers home": who withdraws withdraws from somebody else.
    if rule.kind == "RETREAT" {
        recipients.retain(|r| {
            !(r.sector == Some(Sector::Mil)
                && actors.iter().any(|a| a.code.is_some() && a.code == r.code))
        });
    }
    if is_hostile(&rule.kind) && is_reflexive(scene, head) {
        return Err("done to oneself");
    }
    if rule.kind == "REQUEST" && insists_on_fact(scene, head) {
        return Err("a fact that is insisted on");
    }
    if compiled.needs_recipient
        && recipients.is_empty()
        && !owned
        && !at_home
        && binding.other.is_none()
    {
        return Err("actor and recipient are the same");
    }
    if rule.reciprocal && scene.given.is_none() && actors.len() + recipients.len() < 2 {
        return Err("a reciprocal act needs two parties");
    }
    // "Exchanged fire with Indian forces": both sides shot.
    let exchange = rule.kind == "ASSAULT"
        && scene.given.is_none()
        && binding.parties.is_none()
        && !actors.is_empty()
        && !recipients.is_empty()
        && token(scene.sentence, head)
            .is_some_and(|t| matches!(t.lemma.as_str(), "exchange" | "trade"));
    if exchange {
        binding.parties = binding.actor;
        actors.append(&mut recipients);
    }
    let words = binding.triggers.len() as i64;
    let score = words * 4
        + i64::from(!recipients.is_empty() || owned) * 3
        + i64::from(binding.parties.is_some()) * 3
        + i64::from(binding.actor.is_some()) * 2
        - i64::from(binding.loose) * 2
        - i64::from(binding.light.is_some())
        // Sectors of given parties are not known, so a rule that asks for some speaks last.
        - i64::from(scene.given.is_some() && rule.need != Need::default());
    Ok(Found { rule, pattern: compiled.pattern, head, binding, actors, recipients, score })
}

/// "Rejected U.S. calls for the withdrawal of Syrian troops": the call is refused to whose it is, or to nobody told of here, and not to
/// who is deep inside what is called for.
fn is_deep_inside(scene: &Scene<'_>, rule: &Rule, binding: &Binding, actors: &[Actor]) -> bool {
    let sentence = scene.sentence;
    let Some(np) = binding.recipient.filter(|_| rule.kind == "REJECT") else { return false };
    // The phrase below the call in which the party stands.
    let mut phrase = np;
    let mut call = token(sentence, np).and_then(|t| t.head);
    while let Some(up) = call
        && !binding.triggers.contains(&up)
        && token(sentence, up).is_some_and(|t| t.upos == Upos::Noun && t.relation() == "nmod")
    {
        (phrase, call) = (up, token(sentence, up).and_then(|t| t.head));
    }
    // The phrase may hang on the verb beside the call.
    let beside = || {
        let mut nouns = binding.triggers.iter().copied().filter(|&t| t < phrase);
        nouns.next_back().filter(|&t| token(sentence, t).is_some_and(|t| t.upos == Upos::Noun))
    };
    let noun = call.filter(|&t| token(sentence, t).is_some_and(|t| t.upos == Upos::Noun));
    let Some(call) = noun.or_else(beside) else { return false };
    let called = binding.triggers.contains(&call)
        && token(sentence, call).is_some_and(|t| {
            t.upos == Upos::Noun
                && matches!(t.lemma.as_str(), "call" | "demand" | "appeal" | "plea" | "request")
        });
    if !called || !has_case(sentence, phrase, "for") {
        return false;
    }
    let owner = sentence.children(call).iter().copied().any(|c| {
        c < call
            && token(sentence, c).is_some_and(|t| {
                t.deprel == "nmod:poss" || matches!(t.relation(), "amod" | "compound" | "nmod")
            })
            && scene
                .actors_for(c, SlotRole::Recipient, Reach::Itself)
                .iter()
                .any(|a| a.code.is_some() && actors.iter().all(|doer| doer.code != a.code))
    });
    owner || phrase != np || scene.resolution.mention_at(scene.index, np).is_none()
}

/// Whether a complaint is only brought before those for whom a phrase stands: a body of states, but not one that acts as a state does.
fn is_forum(scene: &Scene<'_>, np: usize, heard: &[Actor]) -> bool {
    let body = |a: &Actor| {
        a.code.as_deref().is_some_and(|code| code != "EUU")
            && matches!(a.sector, Some(Sector::Igo))
            && a.code
                .as_deref()
                .and_then(|code| scene.knowledge.actors.entity(code))
                .is_some_and(|e| e.kind == EntityKind::Organisation)
    };
    ["to", "with", "before"].iter().any(|case| has_case(scene.sentence, np, case))
        && !heard.is_empty()
        && heard.iter().all(body)
}

/// Whether something is to be done to whom a phrase of a request stands for: "called for the army to be brought in", "demanded the release of
/// the nurses".
fn undergoes(scene: &Scene<'_>, np: usize, head: usize) -> bool {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, np) else { return false };
    let Some(mention) = scene.resolution.mention_at(scene.index, np) else { return false };
    // A politician is held by his own state.
    let held = mention.category == Category::Person && word.xpos != "NNS";
    let Some(above) = word.head else { return false };
    let passive = |verb: usize| {
        token(sentence, verb).is_some_and(|t| {
            t.xpos == "VBN" && !(held && matches!(t.lemma.as_str(), "free" | "release"))
        }) && sentence
            .dependents(verb, "aux:pass")
            .any(|c| token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("be")))
    };
    let freed = || {
        !held
            && mention.category != Category::Thing
            && has_case(sentence, np, "of")
            && token(sentence, above)
                .is_some_and(|t| t.upos == Upos::Noun && scene.book.is_undergone(&lower(&t.lemma)))
    };
    // "Wants the bill's authors tried"
    let wanted = || {
        !held
            && token(sentence, head)
                .is_some_and(|t| matches!(t.lemma.as_str(), "want" | "have" | "get"))
            && above == head
            && word.relation() == "obj"
            && sentence.dependents(head, "xcomp").any(|verb| {
                verb > np
                    && token(sentence, verb).is_some_and(|t| t.xpos == "VBN")
                    && !has_case(sentence, verb, "to")
            })
    };
    let mut near = sentence.children(np).iter().chain(sentence.children(head)).copied();
    freed()
        || wanted()
        || (above != head && word.relation() == "nsubj" && passive(above))
        || (has_case(sentence, np, "for")
            && near.any(|verb| verb > np && passive(verb) && has_case(sentence, verb, "to")))
}

/// "Rang her to thank her", "thanked its allies", "broke with Oslo and expelled its envoy": who else is meant where a phrase seems to stand
/// for the doer. Nobody where the story must tell; none where it may well be the doer.
fn somebody_else(
    scene: &Scene<'_>,
    rule: &Rule,
    np: usize,
    actors: &[Actor],
) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let word = token(sentence, np)?;
    let lemma = lower(&word.lemma);
    let pronoun =
        word.xpos == "PRP" && matches!(lower(&word.form).as_ref(), "him" | "her" | "them" | "it");
    let owned = sentence
        .dependents(np, "nmod:poss")
        .any(|c| token(sentence, c).is_some_and(|t| t.upos == Upos::Pron));
    let opposed = owned && scene.book.is_opposed(&lemma);
    let envoy = owned && rule.modes.iter().any(|m| m == "expel");
    if !(pronoun || opposed || envoy) {
        return None;
    }
    // The nearest party named before that has nothing of the doer.
    let mentions = scene.resolution.mentions_in(scene.index);
    let other = |a: &Actor| a.code.is_some() && actors.iter().all(|doer| doer.code != a.code);
    let here = mentions.iter().rev().find(|m| {
        m.head < np
            && m.category != Category::Thing
            && !m.actors.is_empty()
            && m.actors.iter().all(other)
    });
    let meant = |a: &Actor| {
        let via = Some("counterpart".to_owned());
        Actor { via, span: Some(word.span), ..a.clone() }
    };
    Some(here.map(|m| m.actors.iter().map(meant).collect()).unwrap_or_default())
}

/// The noun by whose earlier act all of the parties are known.
fn by_act(scene: &Scene<'_>, parties: &[Actor]) -> Option<usize> {
    let span = parties.first()?.span?;
    parties
        .iter()
        .all(|party| party.via.as_deref() == Some("act") && party.span == Some(span))
        .then(|| scene.sentence.tokens.iter().position(|t| t.span == span))?
}

/// Whether acts of a type are done against somebody.
fn is_hostile(kind: &str) -> bool {
    matches!(kind, "ACCUSE" | "SANCTION" | "COERCE" | "ASSAULT")
}

/// "Killed themselves": whether the verb's object is the doer again.
fn is_reflexive(scene: &Scene<'_>, verb: usize) -> bool {
    scene.sentence.dependents(verb, "obj").any(|object| {
        token(scene.sentence, object).is_some_and(|t| {
            t.upos == Upos::Pron && (t.form.ends_with("self") || t.form.ends_with("selves"))
        })
    })
}

/// Prepositions after which a place is where something happens.
const LAND: [&str; 10] =
    ["in", "at", "into", "across", "throughout", "through", "over", "near", "to", "from"];

/// Whether a party is known by a place alone.
fn is_land(scene: &Scene<'_>, party: &Actor) -> bool {
    if party.sector.is_some_and(|sector| sector != Sector::Gov) {
        return false;
    }
    // "Soldiers in Mali arrested the president": a person whose state the place tells is no land.
    let person = || {
        mention_of(scene, party)
            .is_some_and(|m| matches!(m.category, Category::Person | Category::People))
    };
    (party.via.as_deref() == Some("place") && !person()) || scene.is_place(party)
}

/// Whether a party is told by the name of a state.
fn is_state_name(scene: &Scene<'_>, party: &Actor) -> bool {
    party.code.is_some()
        && scene.is_mentioned(party, |mention| {
            mention.kind == MentionKind::Name && mention.category == Category::Country
        })
}

/// Whether two actors are one party: same code, sector and name.
pub(crate) fn same_party(a: &Actor, b: &Actor) -> bool {
    a.code == b.code
        && a.sector == b.sector
        && a.name == b.name
        && (a.code.is_some() || a.name.is_some() || a.span == b.span)
}

/// Whether a recipient is the actor again: by name, by the same words, or by a pronoun. Two officials of one
/// state are two parties. `within` tells an act that one may do to one's own.
pub(crate) fn same_person(actor: &Actor, recipient: &Actor, within: bool) -> bool {
    // "praised its two allies": what is the actor's own is not the other; but one sacks one's own minister, and thanks one's troops.
    let own = actor.code.is_some()
        && actor.code == recipient.code
        && recipient.via.as_deref() == Some("pronoun")
        && !(recipient.sector.is_some()
            && recipient.span != actor.span
            && (within || recipient.sector != actor.sector));
    // "Supporters of Diop attacked protesters": the place tells whose both are, and not that they are the same.
    let refers = |party: &Actor| {
        party.via.as_deref().is_some_and(|via| !matches!(via, "place" | "story" | "counterpart"))
    };
    own || same_party(actor, recipient)
        && (actor.name.is_some()
            || actor.span == recipient.span
            || actor.sector.is_none()
            || refers(actor)
            || refers(recipient))
}

/// "Insisted that its aircraft had stayed at sea": what was, and not what is to be.
fn insists_on_fact(scene: &Scene<'_>, head: usize) -> bool {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|word| lower(&word.lemma)).unwrap_or_default();
    lemma(head) == "insist"
        && dependent(sentence, head, "ccomp").is_some_and(|clause| {
            !is_wanted(sentence, clause) && !matches!(lemma(clause).as_ref(), "have" | "need")
        })
}

/// Whether the party's words are "we" or "I".
fn is_own_voice(party: &Actor) -> bool {
    let words = ["i", "me", "we", "us", "ourselves"];
    party.text.as_deref().is_some_and(|text| words.contains(&text.to_lowercase().as_str()))
}

/// Whether two lists hold the same parties, in any order.
fn same_parties(a: &[Actor], b: &[Actor]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| same_party(x, y)))
}

/// Of the matches that share words the most specific stays.
fn choose<'k>(
    scene: &Scene<'_>,
    mut found: Vec<Found<'k>>,
    notes: &mut Notes<'k>,
) -> Vec<Found<'k>> {
    // "Will not send soldiers": of two lines that fit as well, the one for what is denied goes first where it is, else last.
    let standing = |one: &Found<'_>| match one.rule.negated {
        true if negated(scene.sentence, one.head) => 0,
        true => 2,
        false => 1,
    };
    found.sort_by(|a, b| {
        b.score
            .cmp(&a.score)
            .then(a.head.cmp(&b.head))
            .then_with(|| standing(a).cmp(&standing(b)))
            .then(a.rule.name.cmp(&b.rule.name))
            .then(a.pattern.cmp(&b.pattern))
    });
    let mut chosen: Vec<Found<'k>> = Vec::new();
    // Heads of what its form drops: "imposed a curfew to end a strike by miners" ends none yet, but tells of one.
    let mut void: Vec<usize> = Vec::new();
    for one in found {
        let rival = chosen.iter().find(|c| {
            c.binding.triggers.iter().any(|t| one.binding.triggers.contains(t))
                && (c.head == one.head || !void.contains(&c.head))
                && (c.head == one.head
                    || !(is_brought_about(scene, c) || is_brought_about(scene, &one)))
        });
        let Some(rival) = rival else {
            if is_void(scene, &one) {
                void.push(one.head);
            }
            chosen.push(one);
            continue;
        };
        notes.of(&one, format_args!("{} fits the same words better", rival.rule.name));
        // "released 24 Israeli hostages": the line with more words won, the other knows whom.
        let twin = chosen.iter_mut().find(|c| {
            c.head == one.head && c.rule.kind == one.rule.kind && c.recipients.is_empty()
        });
        if let Some(twin) = twin
            && !twin.rule.need.no_recipient
            && same_parties(&twin.actors, &one.actors)
        {
            twin.recipients = one.recipients;
            continue;
        }
        // "refused to meet Kosovo": the refusal is towards whom the refused act is with.
        let outer = chosen.iter_mut().find(|c| {
            (matches!(c.rule.kind.as_str(), "REJECT" | "AGREE") || c.rule.kind == one.rule.kind)
                && c.recipients.is_empty()
                && !c.rule.need.no_recipient
                && c.head < one.head
                && c.binding.triggers.contains(&one.head)
        });
        if let Some(outer) = outer {
            outer.recipients = others(&one, &outer.actors);
        }
    }
    chosen
}

/// Whether the form of a match makes no event of it.
fn is_void(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let form = form_of(scene, found);
    let said = is_said(&found.rule.kind) && form.serves.is_some();
    !said && matches!(outcome(&found.rule.kind, &form, found.rule.status), Outcome::Not(_))
}

/// "Signed a truce brokered by Egypt": who brought about what others sign has done something of his own.
fn is_brought_about(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    is_third(found)
        && !found.actors.is_empty()
        && token(scene.sentence, found.head)
            .is_some_and(|t| t.xpos == "VBN" && t.relation() == "acl")
}

/// "Chad and Mali signed a truce brokered by Qatar": it brought those who signed together.
fn join_brought_about(scene: &Scene<'_>, coded: &mut [CodedEvent<'_>]) {
    for i in 0..coded.len() {
        let found = &coded[i].found;
        if scene.given.is_some() || !is_brought_about(scene, found) || !found.recipients.is_empty()
        {
            continue;
        }
        let deal = token(scene.sentence, found.head).and_then(|t| t.head);
        let signed = coded.iter().find(|outer| {
            deal.is_some_and(|deal| outer.found.binding.triggers.contains(&deal))
                && outer.found.binding.parties.is_some()
        });
        let Some(signed) = signed else { continue };
        let own = |party: &&Actor| !found.actors.iter().any(|a| a.code == party.code);
        coded[i].found.recipients = signed.found.actors.iter().filter(own).cloned().collect();
    }
}

/// The parties of a match beside these actors; none where the actors are not its own.
fn others(found: &Found<'_>, actors: &[Actor]) -> Vec<Actor> {
    let own = actors.iter().all(|a| found.actors.iter().any(|b| same_party(a, b)));
    if !own || actors.is_empty() {
        return Vec::new();
    }
    let rest = found.actors.iter().filter(|b| !actors.iter().any(|a| same_party(a, b)));
    found.recipients.iter().chain(rest).cloned().collect()
}

/// Drops what lies in another event's content and what tells the same act twice.
fn without_nested<'k>(
    scene: &Scene<'_>,
    coded: Vec<CodedEvent<'k>>,
    notes: &mut Notes<'k>,
) -> Vec<CodedEvent<'k>> {
    let mut drop: Vec<Option<String>> = vec![None; coded.len()];
    let mut more: Vec<(usize, Vec<Actor>)> = Vec::new();
    for (i, inner) in coded.iter().enumerate() {
        for (j, outer) in coded.iter().enumerate() {
            if i == j || drop[j].is_some() || drop[i].is_some() {
                continue;
            }
            // "agreed to cooperate": told by the operator and by the governed verb.
            let governed = inner.by.is_some_and(|by| by.at == outer.found.head);
            // "agreed to impose sanctions" is no agreement with anybody.
            if governed && inner.kind == "THREATEN" && outer.kind == "AGREE" {
                drop[j] = Some("what was agreed on is a threat".to_owned());
                continue;
            }
            if governed && inner.kind == outer.kind {
                let outer_says_more = !outer.found.recipients.is_empty()
                    || outer.found.actors.len() > 1
                    || inner.found.recipients.is_empty();
                let loser = if outer_says_more { i } else { j };
                drop[loser] = Some("the same act, told by its governing word".to_owned());
                continue;
            }
            // "was tried and convicted": one act in two words.
            let fellows = token(scene.sentence, inner.found.head)
                .is_some_and(|t| t.relation() == "conj" && t.head == Some(outer.found.head));
            let own_object = scene
                .sentence
                .dependents(inner.found.head, "obj")
                .any(|object| token(scene.sentence, object).is_some_and(|t| t.upos != Upos::Pron));
            let two_acts = own_object
                && inner.kind != "PROTEST"
                && scene.sentence.dependents(outer.found.head, "obj").next().is_some();
            let own_subject = scene.sentence.dependents(inner.found.head, "nsubj").next().is_some();
            if fellows
                && !two_acts
                && !own_subject
                && inner.kind == outer.kind
                && inner.status == outer.status
                && same_parties(&inner.found.actors, &outer.found.actors)
                && (inner.found.recipients.is_empty()
                    || same_parties(&inner.found.recipients, &outer.found.recipients))
            {
                drop[i] = Some("the same act, told in a second word".to_owned());
                continue;
            }
            // "Were killed when a bomb went off": what hit them is told twice.
            if inner.kind == "ASSAULT"
                && outer.kind == "ASSAULT"
                && inner.found.actors.is_empty()
                && outer.found.actors.is_empty()
                && token(scene.sentence, inner.found.head)
                    .is_some_and(|t| t.relation() == "advcl" && t.head == Some(outer.found.head))
            {
                drop[i] = Some("the same act, told by its cause".to_owned());
                continue;
            }
            let by_content = outer.found.binding.light.unwrap_or(outer.found.head);
            if let Some(link) = link_below(scene.sentence, inner.found.head, by_content)
                .or_else(|| link_below(scene.sentence, inner.found.head, outer.found.head))
                && is_content(scene.sentence, link, inner, outer)
            {
                drop[i] = Some(format!("inside what {} is about", outer.found.rule.name));
                // "Bombed the town, killing a Dutch reporter": those who die are hit, too.
                if inner.kind == "ASSAULT"
                    && outer.kind == "ASSAULT"
                    && !outer.found.recipients.is_empty()
                {
                    let known = |a: &&Actor| {
                        a.code.is_some()
                            && outer
                                .found
                                .recipients
                                .iter()
                                .chain(&outer.found.actors)
                                .all(|b| b.code != a.code)
                    };
                    more.push((j, inner.found.recipients.iter().filter(known).cloned().collect()));
                }
            }
        }
    }
    let mut coded = coded;
    for (at, recipients) in more {
        let own = &mut coded[at].found.recipients;
        if !recipients.is_empty() {
            own.retain(|r| r.code.is_some());
        }
        own.extend(recipients);
    }
    let mut kept = Vec::new();
    for (event, why) in coded.into_iter().zip(drop) {
        match why {
            None => kept.push(event),
            Some(why) => notes.of(&event.found, why),
        }
    }
    kept
}

/// The token just below `outer` on the way down to `inner`, or `None` where the way leaves the clause.
pub(crate) fn link_below(sentence: &Sentence, inner: usize, outer: usize) -> Option<usize> {
    let mut at = inner;
    for _ in 0..sentence.tokens.len() {
        let word = token(sentence, at)?;
        let up = word.head?;
        if word.deprel == "acl:relcl" || word.relation() == "parataxis" {
            return None;
        }
        if up == outer {
            return Some(at);
        }
        at = up;
    }
    None
}

/// Whether what hangs on `outer` by `link` is what the outer act is about.
pub(crate) fn is_content(
    sentence: &Sentence,
    link: usize,
    inner: &CodedEvent<'_>,
    outer: &CodedEvent<'_>,
) -> bool {
    let Some(word) = token(sentence, link) else { return false };
    let opens = |words: &[&str]| {
        words.iter().any(|w| {
            has_case(sentence, link, w)
                || sentence.children(link).iter().any(|&c| {
                    token(sentence, c).is_some_and(|t| {
                        matches!(t.relation(), "mark" | "advmod") && t.form.eq_ignore_ascii_case(w)
                    })
                })
        })
    };
    match word.relation() {
        // "Signed a truce brokered by Egypt": who brought it about is told, not wanted.
        "acl" | "obj"
            if is_third(&inner.found)
                && !inner.found.actors.is_empty()
                && token(sentence, inner.found.head).is_some_and(|t| t.xpos == "VBN")
                && matches!(
                    outer.kind.as_str(),
                    "SUPPORT" | "AGREE" | "REJECT" | "CONCEDE" | "RETREAT"
                ) =>
        {
            false
        }
        "xcomp" | "ccomp" | "obj" | "acl" => true,
        "obl" | "nmod" => {
            if opens(&[
                "during",
                "after",
                "before",
                "following",
                "amid",
                "since",
                "ahead",
                "despite",
            ]) {
                return inner.kind == outer.kind && inner.found.recipients.is_empty();
            }
            if opens(&["in", "at", "by", "with"]) {
                return inner.kind == outer.kind;
            }
            true
        }
        "advcl" => {
            if outer.found.rule.kind == "CONSULT" && is_said(&inner.kind) {
                return false;
            }
            // "Marched to thank the army"
            if outer.kind == "PROTEST" && inner.kind == "SUPPORT" {
                return false;
            }
            if opens(&[
                "after", "when", "while", "as", "before", "since", "although", "though", "because",
                "if", "until", "unless",
            ]) {
                return false;
            }
            let purpose = opens(&["to", "for", "over", "of", "from", "about", "against"]);
            purpose || (word.xpos == "VBG" && inner.kind == outer.kind)
        }
        _ => false,
    }
}

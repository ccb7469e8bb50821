//! Matches and their form → events.
//!
//! "Wang accused the U.S. of trying to contain China" holds *accused* and, inside what the
//! accusation is about, *contain*: one event comes out, ACCUSE `CHN` → `USA`. Here are the steps in their order: `events/matches.rs` finds
//! where patterns hold and with whom, `events/chosen.rs` which of them stay, `events/telling.rs` whether they tell of an act, `events/aim.rs` who
//! is meant where their own words do not say. What form does to type and status is `form.rs`.

mod aim;
mod chosen;
mod matches;
mod same;
mod telling;

use std::fmt::Display;

use detente_core::{Actor, EventStatus};
use detente_knowledge::{Mark, Rule};

use crate::deaths::find_doers;
use crate::echo::echoes;
use crate::form::{Form, Governor, Outcome, form, no_of, outcome};
use crate::grammar::token;
use crate::matcher::{Binding, Miss};
use crate::reader::second_events;
use crate::recipients::{Choice, Fellow, choose as choose_recipients};
use crate::scene::Scene;
use crate::struck::{besieged, sufferer};
use crate::whose::{place_of_force, settle, threaten};
use aim::{aim, announcer, answered, makers_of_terms, share, spare};
use chosen::{choose, join_brought_about, without_nested};
pub(crate) use chosen::{is_content, link_below};
use matches::all_matches;
pub(crate) use matches::{harm_owners, harm_turned_down};
pub(crate) use same::{same_party, same_person};
pub(crate) use telling::{is_at_own_border, is_third};
use telling::{is_at_venue, is_in_passing, is_journey_made, is_said, not_meant, not_told, type_of};

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
    /// The sentence has not all that the pattern asks for; else it has, and what it tells is no event.
    pub(crate) unmet: bool,
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
            let why = why.to_string();
            self.silent.push(Silent { rule, pattern, head, why, unmet: false });
        }
    }

    fn miss(&mut self, rule: &'k Rule, pattern: usize, head: usize, miss: Miss<'_>) {
        if self.asked {
            let why = miss.to_string();
            self.silent.push(Silent { rule, pattern, head, why, unmet: true });
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
    let mut coded: Vec<CodedEvent<'k>> = chosen
        .into_iter()
        .filter_map(|found| read(scene, found, &meetings, &rallies, &mut notes))
        .collect();
    let around = place_of_force(scene, &coded);
    for event in &mut coded {
        find_parties(scene, event, around.as_deref());
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

/// What a match comes to in its form; `meetings` and `rallies` are the verbs of those who meet and of crowds.
fn read<'k>(
    scene: &Scene<'k>,
    found: Found<'k>,
    meetings: &[usize],
    rallies: &[usize],
    notes: &mut Notes<'k>,
) -> Option<CodedEvent<'k>> {
    let mut form = form_of(scene, &found);
    // "Rang him to thank him": what one calls on somebody to say is said.
    // Who rallies to thank somebody does so; what a rally demands or denounces is what it is about.
    // "Drove down to thank Oslo", told as done.
    let for_itself = form.serves.is_some_and(|verb| {
        (is_said(&found.rule.kind) && meetings.contains(&verb))
            || (found.rule.kind == "SUPPORT"
                && (rallies.contains(&verb) || is_journey_made(scene, verb)))
    });
    form.purpose &= !for_itself;
    if let Some(why) = not_told(scene, &found, &form) {
        notes.of(&found, why);
        return None;
    }
    let (kind, status, by) = match outcome(&found.rule.kind, &form, found.rule.status) {
        Outcome::Coded { kind, status, by } => (kind, status, by),
        Outcome::Not(why) => {
            notes.of(&found, why);
            return None;
        }
    };
    if let Some(why) = not_meant(scene, &found, &form, (kind, status, by)) {
        notes.of(&found, why);
        return None;
    }
    let kind = type_of(scene, &found, kind, by).to_owned();
    Some(CodedEvent::new(kind, found, status, form, by))
}

/// Finds the parties of an event that its rule has not found; `around` is where the other acts of the sentence are done.
fn find_parties(scene: &Scene<'_>, event: &mut CodedEvent<'_>, around: Option<&str>) {
    if scene.given.is_some() {
        settle(scene, event, around);
        return;
    }
    if event.found.actors.is_empty() {
        event.found.actors = announcer(scene, event);
    }
    if event.kind == "AGREE"
        && event.found.actors.iter().all(|a| a.code.is_none())
        && let Some(makers) = makers_of_terms(scene, event)
    {
        event.found.actors = makers;
    }
    settle(scene, event, around);
    if is_at_own_border(scene, &event.found) || is_at_venue(scene, &event.found) {
        event.found.recipients.clear();
    }
    if sufferer(scene, event) {
        settle(scene, event, around);
    }
    aim(scene, event);
    if besieged(scene, event) {
        settle(scene, event, around);
    }
    spare(scene, event);
    threaten(scene, event);
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
    if found.rule.is(Mark::Departure) {
        form.governors
            .retain(|by| token(scene.sentence, by.at).is_none_or(|t| t.lemma != "accept"));
    }
    // "Will not hesitate to use force": a rule may be for what is said not to be.
    form.negated ^= found.rule.negated;
    form
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

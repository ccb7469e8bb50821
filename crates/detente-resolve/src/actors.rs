//! A name and its readings → one actor.
//!
//! In go the readings that the knowledge has for a name, the document's date and what the document has named before; out comes
//! the reading that holds. "Kim" after "Kim Jong Un" is that Kim; "Georgia" beside "Tbilisi" is the country. Where nothing decides
//! between people of one state, the state is kept and the name left out; between states, the first of the knowledge is taken.

use std::collections::HashMap;

use detente_core::{Actor, Sector};
use detente_knowledge::{Actors, Entity, EntityKind, Name, NameKind};
use jiff::civil::Date;

use crate::discourse::Discourse;
use crate::roles::standing;

/// What a name was found to be.
#[derive(Debug, Clone)]
pub(crate) struct Reading<'k> {
    /// The state, organisation or group.
    pub(crate) entity: &'k Entity,
    /// How the name stands for it.
    pub(crate) kind: NameKind,
    /// What the name itself says of the sector.
    pub(crate) sector: Option<Sector>,
    /// The name is shared by people of this entity and it is not known which.
    pub(crate) vague: bool,
}

/// Names of people and bodies that this document has given in full, by the short forms that may follow.
#[derive(Debug, Default)]
pub(crate) struct Known {
    by_form: HashMap<String, Vec<usize>>,
}

impl Known {
    /// Notes that `form` ("Kavala", "TNA") may from now on stand for `referent`; the latest comes last.
    pub(crate) fn learn(&mut self, form: &str, referent: usize) {
        if let Some(list) = self.by_form.get_mut(form) {
            list.retain(|&known| known != referent);
            list.push(referent);
        } else {
            self.by_form.insert(form.to_owned(), vec![referent]);
        }
    }

    /// Notes that `form` stands for `referent` no more.
    pub(crate) fn forget(&mut self, form: &str, referent: usize) {
        if let Some(list) = self.by_form.get_mut(form) {
            list.retain(|&known| known != referent);
        }
    }

    /// The referents that `form` may stand for, latest last.
    pub(crate) fn get(&self, form: &str) -> &[usize] {
        self.by_form.get(form).map_or(&[], Vec::as_slice)
    }
}

/// Where a name stands, as far as that helps to tell its readings apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around<'a> {
    /// A title or form of address stands before the name.
    pub(crate) titled: bool,
    /// Code that the words around give: "Chinese" before the name.
    pub(crate) code: Option<&'a str>,
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// Codes of the states that the sentence names.
    pub(crate) here: &'a [&'a str],
}

/// The reading that holds, or `None` where the name is not to be taken for an actor.
pub(crate) fn choose<'k>(
    actors: &'k Actors,
    readings: &[Name],
    around: Around<'_>,
    date: Option<Date>,
    discourse: &Discourse,
) -> Option<Reading<'k>> {
    let make = |name: &Name, vague: bool| {
        Some(Reading {
            entity: actors.entities.get(name.entity)?,
            kind: name.kind,
            sector: actors.sector_of(name, date),
            vague,
        })
    };
    if let [only] = readings {
        return make(only, false);
    }
    let is_person = |name: &&Name| matches!(name.kind, NameKind::Person(_));
    let others: Vec<&Name> = readings.iter().filter(|name| !is_person(name)).collect();
    let people: Vec<&Name> = readings.iter().filter(is_person).collect();
    // "Jordan said": the state, unless a title says that it is a person.
    if !others.is_empty() && (!around.titled || people.is_empty()) {
        return make(best_entity(actors, &others, around, discourse)?, false);
    }
    let code = |name: &Name| actors.entities.get(name.entity).map(|e| e.code.as_str());
    let mut left = people;
    narrow(&mut left, |name| around.code.is_some() && code(name) == around.code);
    let holds = |name: &Name, lately: bool| match name.kind {
        NameKind::Person(person) => actors.people.get(person).is_some_and(|person| {
            let now = standing(actors, person, date);
            now.role.is_some() && (lately || !now.lately)
        }),
        _ => false,
    };
    narrow(&mut left, |name| holds(name, true));
    narrow(&mut left, |name| holds(name, false));
    // Of a family it is who governs: "Kirchner", whose wife sits in the senate.
    let governs = |name: &Name| match name.kind {
        NameKind::Person(person) => actors
            .people
            .get(person)
            .and_then(|person| person.held_on(date.map(Some)?))
            .is_some_and(|role| role.foremost),
        _ => false,
    };
    narrow(&mut left, governs);
    // Out of office, one who stands in the files of a state and of an organisation that they led is of the state.
    let state = |name: &Name| {
        actors.entities.get(name.entity).is_some_and(|entity| entity.kind == EntityKind::Country)
    };
    let first = left.first().and_then(|name| full_name(actors, name));
    if left.iter().all(|name| full_name(actors, name) == first) {
        narrow(&mut left, |name| state(name));
    }
    if left.len() > 1 {
        let weights = discourse.codes(around.sentence, |_| true);
        if let Some(heaviest) =
            weights.iter().map(|(code, _)| *code).find(|c| left.iter().any(|n| code(n) == Some(c)))
        {
            narrow(&mut left, |name| code(name) == Some(heaviest));
        }
    }
    // Of one who stands in the files of a state and of the one that it became, the later.
    if left.len() > 1 && left.iter().all(|name| full_name(actors, name) == first) {
        let last = |name: &Name| {
            let NameKind::Person(person) = name.kind else { return None };
            let roles = actors.people.get(person)?.roles.iter();
            roles.filter_map(|role| role.from).map(|from| from.first).max()
        };
        let latest = left.iter().map(|name| last(name)).max().flatten();
        narrow(&mut left, |name| latest.is_some() && last(name) == latest);
    }
    // One person may be listed twice under spellings that read alike.
    left.dedup_by_key(|name| name.kind);
    match left.as_slice() {
        [only] => make(only, false),
        [first, rest @ ..] if rest.iter().all(|name| name.entity == first.entity) => {
            // Whichever of them it is, all of one sector are of that sector.
            let sector = |name: &&Name| match name.kind {
                NameKind::Person(person) => {
                    let person = actors.people.get(person)?;
                    standing(actors, person, date).sector
                }
                _ => None,
            };
            let one = sector(first).filter(|_| rest.iter().all(|n| sector(n) == sector(first)));
            make(first, true).map(|reading| Reading { sector: one, ..reading })
        }
        _ => None,
    }
}

/// The full name of the person that a reading is of.
fn full_name<'k>(actors: &'k Actors, name: &Name) -> Option<&'k str> {
    let NameKind::Person(person) = name.kind else { return None };
    actors.people.get(person).map(|person| person.name.as_str())
}

/// Keeps what `test` accepts, if it accepts any.
fn narrow(names: &mut Vec<&Name>, test: impl Fn(&Name) -> bool) {
    if names.iter().any(|name| test(name)) {
        names.retain(|name| test(name));
    }
}

fn best_entity<'a>(
    actors: &Actors,
    names: &[&'a Name],
    around: Around<'_>,
    discourse: &Discourse,
) -> Option<&'a Name> {
    let code = |name: &Name| actors.entities.get(name.entity).map(|e| e.code.as_str());
    if names.len() > 1 {
        let mut here =
            names.iter().filter(|name| code(name).is_some_and(|c| around.here.contains(&c)));
        if let (Some(name), None) = (here.next(), here.next()) {
            return Some(name);
        }
        let weights = discourse.codes(around.sentence, |_| true);
        for (known, _) in weights {
            if let Some(name) = names.iter().find(|name| code(name) == Some(known)) {
                return Some(name);
            }
        }
        // A "Supreme Court" of no state that the text has named may be any.
        let bodies = names.iter().all(|name| matches!(name.kind, NameKind::Body(_)));
        let apart = names.iter().any(|name| Some(name.entity) != names.first().map(|n| n.entity));
        if bodies && apart {
            return None;
        }
    }
    names.first().copied()
}

/// The actor that a reading stands for, without the words of the mention.
pub(crate) fn actor_of(actors: &Actors, reading: &Reading<'_>, date: Option<Date>) -> Actor {
    let entity = reading.entity;
    let part = matches!(reading.kind, NameKind::Person(_) | NameKind::Body(_));
    let code = if part { entity.record_code() } else { entity.code_on(date) };
    let code = Some(code.to_owned());
    let people = entity.kind == EntityKind::People;
    match reading.kind {
        NameKind::Person(index) => {
            let Some(person) = actors.people.get(index) else { return Actor::default() };
            let now = standing(actors, person, date);
            if reading.vague {
                return Actor { code, sector: reading.sector, ..Actor::default() };
            }
            Actor {
                code,
                sector: now.sector,
                role: now.role.map(str::to_owned),
                name: Some(person.name.to_string()),
                ..Actor::default()
            }
        }
        NameKind::Body(index) => Actor {
            code,
            sector: reading.sector.or(entity.sector),
            name: actors.bodies.get(index).filter(|_| !reading.vague).map(|b| b.name.to_string()),
            ..Actor::default()
        },
        // What "Kurdish" belongs to has a sector of its own.
        NameKind::Adjective if people => Actor { code, ..Actor::default() },
        NameKind::Adjective | NameKind::Demonym if !people => {
            Actor { code, sector: entity.sector, ..Actor::default() }
        }
        _ => match entity.kind {
            // A state that acts or is acted upon as one is its government.
            EntityKind::Country => Actor { code, sector: Some(Sector::Gov), ..Actor::default() },
            EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::People => Actor {
                code,
                sector: entity.sector,
                name: Some(entity.name.clone()),
                ..Actor::default()
            },
        },
    }
}

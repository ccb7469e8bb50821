//! Which named person a noun for one person means: "the cleric", "the winner", "the fallen leader".
//!
//! In goes a draft that names nobody, out comes the person of the story whom its words fit: those whom they tell of the same sector before
//! others, private persons before office holders where the noun is a private one, whom the text opens with before whom it brings in
//! later, and the nearer before the farther. Where two come close it stays open, and who stands beside the noun in its clause is another.

use std::cmp::Ordering;

use detente_core::{Actor, Sector};
use detente_knowledge::EntityKind;

use crate::discourse::{Candidate, Gender, Opening, Referent, Trace};
use crate::draft::Draft;
use crate::holders::is_private;
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::View;

/// Sentences that such a noun looks back over.
const REACH: usize = 15;
/// What a person is worth whose sector the noun tells.
const SAME_SECTOR: f32 = 1.5;
/// What a private noun takes from who holds an office.
const IN_OFFICE: f32 = 1.5;
/// What "the fallen leader" gives to who holds no office any more.
const FALLEN: f32 = 1.5;
/// What the subject of the first sentence is worth, and whoever else it names.
const OPENS: [f32; 2] = [1.0, 0.5];
/// What each time is worth that the text has spoken of the person, up to four.
const TIMES: f32 = 0.15;
/// How much more than the next the best must be worth.
const CLEAR: f32 = 0.4;

impl Reader<'_> {
    /// The named person whom "the cleric" means; `sector` is what the noun tells, `fallen` whether it tells of a loss of office.
    pub(crate) fn person_meant(
        &self,
        view: &View<'_>,
        draft: &Draft,
        sector: Option<Sector>,
        fallen: bool,
    ) -> Option<Actor> {
        let code = draft.actors.first().and_then(|actor| actor.code.as_deref());
        let private = sector.is_some_and(|sector| !serves(sector));
        let apart = self.persons_apart(view, draft.head);
        let people = self.discourse.candidates(view.index, draft.head, REACH, |referent, _| {
            is_named(referent)
                && agrees(referent, draft.gender)
                && !apart.iter().any(|other| is_person(other, referent))
                && referent
                    .actors
                    .iter()
                    .all(|actor| code.is_none_or(|code| self.is_from(actor, code)))
        });
        let mut worth: Vec<(f32, &Actor)> = Vec::new();
        for candidate in &people {
            let Some(referent) = self.discourse.referent(candidate.referent) else { continue };
            let Some(actor) = referent.actors.first() else { continue };
            let mut sum = worth_of(candidate, referent, actor, sector, private, fallen);
            if fallen && self.has_fallen(actor) {
                sum += FALLEN;
            }
            // "The gunman" is no head of government.
            let hunted = sector.is_some_and(is_hunted);
            let ruled = actor.sector.is_some_and(|own| serves(own) || own == Sector::Eli);
            // "The killer" of a reporter is not the reporter.
            let prey = sector != Some(Sector::Unk) && actor.sector.is_some_and(is_private);
            if hunted && (ruled || prey) {
                continue;
            }
            // "The general" is no minister who never bore a rank.
            if sector == Some(Sector::Mil)
                && actor.sector != sector
                && !self.bears_rank(candidate.referent)
            {
                sum -= IN_OFFICE;
            }
            match worth
                .iter_mut()
                .find(|(_, known)| known.name == actor.name && known.code == actor.code)
            {
                Some((known, _)) => *known = known.max(sum),
                None => worth.push((sum, actor)),
            }
        }
        worth.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
        match worth.as_slice() {
            [(sum, only)] if *sum > 0.0 => Some((*only).clone()),
            [(best, actor), (next, _), ..] if *best > 0.0 && best - next >= CLEAR => {
                Some((*actor).clone())
            }
            _ => None,
        }
    }

    /// Whether the actor is of the state, or of an armed group of it: "the Congolese warlord" is of a militia.
    pub(crate) fn is_from(&self, actor: &Actor, code: &str) -> bool {
        let Some(own) = actor.code.as_deref() else { return false };
        let group = self.actors.entity(own).filter(|own| own.kind == EntityKind::ArmedGroup);
        own == code || group.is_some_and(|group| group.country.as_deref() == Some(code))
    }

    /// Whether the person is a soldier or a fighter, or was one, by the text or by the files.
    pub(crate) fn bears_rank(&self, referent: usize) -> bool {
        let Some(referent) = self.discourse.referent(referent) else { return false };
        let armed = |sector: Sector| {
            matches!(sector, Sector::Mil | Sector::Reb | Sector::Par | Sector::Ter)
        };
        let rank = |office: &String| {
            let words: Vec<&str> = office.split(' ').collect();
            self.actors.sector_word(&words).is_some_and(|(_, word)| armed(word.sector))
        };
        referent.actors.iter().any(|actor| actor.sector.is_some_and(armed))
            || referent.offices.iter().any(rank)
            || referent.actors.iter().any(|actor| {
                let entity = actor.code.as_deref().and_then(|code| self.actors.entity(code));
                entity.map_or(0..0, |entity| entity.people.clone()).any(|index| {
                    self.actors.people.get(index).is_some_and(|person| {
                        actor.name.as_deref() == Some(person.name.as_str())
                            && person.roles.iter().any(|role| armed(role.sector))
                    })
                })
            })
    }

    /// The actors of persons whom a noun in this clause cannot mean: the subjects of the clauses around it, what stands beside it, and
    /// whom it says more of.
    pub(crate) fn persons_apart(&self, view: &View<'_>, token: usize) -> Vec<Actor> {
        let subjects = subjects_around(view, token);
        let apart = |trace: &&Trace| {
            trace.sentence == view.index
                && trace.token != token
                && (view.is_below(token, trace.token)
                    || subjects.contains(&view.first_conjunct(trace.token))
                    || (trace.governor == view.governor(token) && trace.governor.is_some()))
        };
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(apart)
            .filter_map(|trace| self.discourse.referent(trace.referent))
            .flat_map(|referent| referent.actors.iter().cloned())
            .collect()
    }
}

/// The subjects of the clauses that the token lies in; a clause that only stands beside its own is none of them.
fn subjects_around(view: &View<'_>, token: usize) -> Vec<usize> {
    let mut subjects = Vec::new();
    let mut verb = view.clause_of(token);
    for _ in 0..view.len() {
        let Some(at) = verb else { break };
        // "Ann Lee is the winner" says that they are one.
        if at != token
            && let Some(subject) = view.subject_of(at).filter(|&s| !view.is_below(token, s))
        {
            subjects.push(subject);
        }
        let beside = matches!(view.relation(at), "conj" | "parataxis");
        if beside && view.child(at, "nsubj").is_some() {
            break;
        }
        verb = view.clause_of(at);
    }
    subjects
}

/// Whether the referent is one person with a name.
fn is_named(referent: &Referent) -> bool {
    referent.category == Some(Category::Person)
        && !referent.plural
        && matches!(referent.actors.as_slice(), [one] if one.name.is_some())
}

fn agrees(referent: &Referent, gender: Gender) -> bool {
    referent.gender == Gender::Unknown || gender == Gender::Unknown || referent.gender == gender
}

/// Whether the referent is the person that the actor is, whatever sector each mention gave them.
pub(crate) fn is_person(actor: &Actor, referent: &Referent) -> bool {
    actor.name.is_some()
        && referent.actors.iter().any(|own| own.name == actor.name && own.code == actor.code)
}

/// Whether those of a sector use force or are sought for a crime.
pub(crate) fn is_hunted(sector: Sector) -> bool {
    matches!(sector, Sector::Ter | Sector::Reb | Sector::Crm | Sector::Par | Sector::Unk)
}

/// Whether those of a sector hold an office of a state or of states.
fn serves(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Igo)
}

fn worth_of(
    candidate: &Candidate,
    referent: &Referent,
    actor: &Actor,
    sector: Option<Sector>,
    private: bool,
    fallen: bool,
) -> f32 {
    let organ = actor.sector.is_some_and(serves);
    let mut sum = (candidate.weight / 100.0).min(2.0);
    sum += match referent.opens {
        Opening::Subject => OPENS[0],
        Opening::First => OPENS[1],
        Opening::Later => 0.0,
    };
    sum += TIMES * referent.times.min(4) as f32;
    if fallen {
        let out = actor.sector == Some(Sector::Eli) || (!organ && actor.role.is_none());
        return if out { sum + FALLEN } else { sum };
    }
    if sector.is_some() && actor.sector == sector {
        sum += SAME_SECTOR;
    } else if private && organ {
        sum -= IN_OFFICE;
    }
    sum
}

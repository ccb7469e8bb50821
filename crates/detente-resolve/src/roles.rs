//! Which title names which office.
//!
//! In go an office ("deputy foreign minister") and a title that a text uses ("the minister"), out comes whether the one may be called by
//! the other. Who holds an office on a day is for [`detente_knowledge::Person::role_on`] to say.

use detente_core::Sector;
use detente_knowledge::{Actors, EntityKind, Person, Role, RoleOn};
use jiff::Span;
use jiff::civil::Date;

/// What a person is at a date: Joe Biden is `GOV` in a text of 2022 and `ELI` in one of 2019.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing<'k> {
    /// `None` where nothing is known of the person's offices.
    pub(crate) sector: Option<Sector>,
    /// Office held; `None` out of office.
    pub(crate) role: Option<&'k str>,
    /// The office ended a few days before, and nobody else holds it.
    pub(crate) lately: bool,
}

/// Days for which news of an end of office still speaks of who held it: a text of Monday tells of the fall on Sunday.
const NEWS_DAYS: i64 = 3;

/// The person's standing on `date`, or in their most recent office where there is none.
pub(crate) fn standing<'k>(
    actors: &'k Actors,
    person: &'k Person,
    date: Option<Date>,
) -> Standing<'k> {
    if person.roles.is_empty() {
        return Standing { sector: None, role: None, lately: false };
    }
    let now = person.role_on(date);
    let before = date.filter(|_| now.former).and_then(|date| just_left(actors, person, date));
    let role = before.unwrap_or(now);
    Standing {
        sector: match date.filter(|_| role.former) {
            Some(date) => Some(out_of_office(actors, person, date)),
            None => Some(role.sector),
        },
        role: role.title.filter(|_| !role.former),
        lately: before.is_some(),
    }
}

/// What somebody is who holds no office on `date`: a reporter stays one and a guerrilla too, dead or alive, and anybody else is of the
/// elite of the state.
fn out_of_office(actors: &Actors, person: &Person, date: Date) -> Sector {
    let ended = |role: &&Role| role.until.is_some_and(|until| until.last < date);
    let last = person.roles.iter().filter(ended).max_by_key(|role| role.until.map(|u| u.last));
    let Some(last) = last else { return Sector::Eli };
    let group = actors
        .entities
        .get(person.entity)
        .is_some_and(|entity| entity.kind == EntityKind::ArmedGroup);
    let calling = match last.sector {
        Sector::Med | Sector::Rel | Sector::Edu | Sector::Cvl => true,
        Sector::Reb | Sector::Ter | Sector::Par | Sector::Crm => group,
        _ => false,
    };
    if calling { last.sector } else { Sector::Eli }
}

/// The office that ended days before `date` and that nobody else has taken up: who was toppled or killed, not who handed over.
fn just_left<'k>(actors: &'k Actors, person: &'k Person, date: Date) -> Option<RoleOn<'k>> {
    let last = (1..=NEWS_DAYS)
        .filter_map(|days| date.checked_sub(Span::new().days(days)).ok())
        .map(|day| person.role_on(Some(day)))
        .find(|role| !role.former)?;
    let others = actors.entities.get(person.entity)?.people.clone();
    let succeeded = others.filter_map(|index| actors.people.get(index)).any(|other| {
        let role = other.role_on(Some(date));
        !role.former && role.title == last.title
    });
    (!succeeded).then_some(last)
}

/// The role that bears this title, whatever its dates; the first of the file.
pub(crate) fn ever_held<'k>(person: &'k Person, title: &str) -> Option<&'k Role> {
    person.roles.iter().find(|role| is_office(&role.title.to_lowercase(), title))
}

/// Of several offices held on `date`, the one that the text's title names; the first of the file.
pub(crate) fn held_as<'k>(person: &'k Person, title: &str, date: Option<Date>) -> Option<&'k Role> {
    let date = date?;
    person
        .roles
        .iter()
        .find(|role| role.holds_on(date) && is_office(&role.title.to_lowercase(), title))
}

/// Whether `office` ("deputy foreign minister") may be called `title` ("minister", "foreign minister"): they have one head, what
/// `title` says beside it `office` says too ("defence secretary" is the "secretary of defense"), and nothing in `office` alone makes
/// it another's ("vice president" is no "president").
///
/// Both are in lower case.
pub(crate) fn is_office(office: &str, title: &str) -> bool {
    let (Some((head, own)), Some((called, said))) = (parts(office), parts(title)) else {
        return false;
    };
    let others = ["vice", "deputy", "former", "assistant", "ex"];
    head == called
        && said.iter().all(|word| own.contains(word))
        && !own.iter().any(|word| others.contains(word) && !said.contains(word))
}

/// The head of a title and the words beside it: "secretary of state" and "state secretary" are "secretary" with "state".
fn parts(title: &str) -> Option<(&str, Vec<&str>)> {
    let (bare, of) =
        title.split_once(" of ").or_else(|| title.split_once(" for ")).unwrap_or((title, ""));
    let mut words: Vec<&str> = bare.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let head = same_word(words.pop()?);
    words.extend(
        of.split([' ', '-'])
            .filter(|word| !matches!(*word, "" | "the" | "and" | "of" | "for" | "affairs")),
    );
    Some((head, words.into_iter().map(same_word).collect()))
}

/// One spelling for words of titles that English has two of.
fn same_word(word: &str) -> &str {
    match word {
        "defence" => "defense",
        "labour" => "labor",
        "adviser" => "advisor",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_end_of_an_office_but_not_of_a_deputys() {
        assert!(is_office("foreign minister", "minister"));
        assert!(is_office("secretary of state", "secretary"));
        assert!(is_office("president of the republic", "president"));
        assert!(is_office("secretary of defense", "defence secretary"));
        assert!(is_office("minister for foreign affairs", "foreign minister"));
        assert!(is_office("deputy foreign minister", "deputy foreign minister"));
        assert!(!is_office("deputy foreign minister", "foreign minister"));
        assert!(!is_office("secretary of state", "defense secretary"));
        assert!(!is_office("vice president", "president"));
        assert!(!is_office("subprime minister", "prime minister"));
        assert!(!is_office("minister", ""));
    }
}

//! Faults that no file shows by itself: two files that claim one name, codes that no file has.
//!
//! In go the tables and where each name stands, out come faults. `CHN.toml` and `TWN.toml` that both
//! claim "China" for the same years give one fault that names both places.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::actors::{Actors, Claims};
use crate::files::SourceFile;
use crate::fold::folded;
use crate::nearest::hint;
use crate::table::{Reader, entries};
use crate::topics::Codes;
use crate::words::SIDES;
use crate::{Fault, Name, NameKind, Role};

/// Every fault across files.
pub(crate) fn across(
    files: &[SourceFile],
    actors: &Actors,
    claims: &Claims,
    topic_codes: &Codes,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    twice(files, actors, claims, &mut faults);
    codes(files, actors, claims, topic_codes, &mut faults);
    sides(files, actors, &mut faults);
    names(files, actors, claims, &mut faults);
    faults
}

/// One code in two folders.
fn twice(files: &[SourceFile], actors: &Actors, claims: &Claims, faults: &mut Vec<Fault>) {
    let numbered: Vec<_> = actors.entities.iter().zip(&claims.entities).collect();
    for pair in numbered.windows(2) {
        if let &[(a, _), (b, file)] = pair
            && a.code == b.code
            && let Some(file) = files.get(*file)
        {
            let message = format!("the code `{}` is that of {} already", b.code, a.file);
            faults.push(file.fault(0, message, Some("a code has one file".into())));
        }
    }
}

/// Codes that no actor file has.
fn codes(
    files: &[SourceFile],
    actors: &Actors,
    claims: &Claims,
    topic_codes: &Codes,
    faults: &mut Vec<Fault>,
) {
    let known: BTreeSet<&str> = actors.entities.iter().map(|e| e.code.as_str()).collect();
    if known.is_empty() {
        return;
    }
    let mut check = |code: &str, file: &SourceFile, at: usize| {
        if !known.contains(code) {
            let hint = hint(code, known.iter().copied());
            faults.push(file.fault(at, format!("no actor file has the code `{code}`"), hint));
        }
    };
    for (code, claim) in &claims.codes {
        if let Some(file) = files.get(claim.file) {
            check(code, file, claim.at);
        }
    }
    for (code, file, at) in topic_codes {
        if let Some(file) = files.get(*file) {
            check(code, file, *at);
        }
    }
}

/// Pairs of `words/sides.toml`: two codes that actor files have, in one of the lists and once.
fn sides(files: &[SourceFile], actors: &Actors, faults: &mut Vec<Fault>) {
    let Some(file) = files.iter().find(|file| file.path == SIDES) else { return };
    let known: BTreeSet<String> = actors.entities.iter().map(|e| e.code.to_lowercase()).collect();
    if known.is_empty() {
        return;
    }
    let reader = Reader::new(file);
    let table = reader.parse();
    let mut told: BTreeSet<[&str; 2]> = BTreeSet::new();
    for (group, value) in entries(&table) {
        let Some(list) = group.value.strip_prefix("side_") else { continue };
        if !matches!(list, "foes" | "friends") {
            let hint = hint(group.value, ["side_foes", "side_friends"]);
            reader.fault(group.at, format!("nothing reads `{}`", group.value), hint);
        }
        for pair in reader.strings(value) {
            let codes: Vec<&str> = pair.value.split_whitespace().collect();
            let Some([one, other]) = pair_of(&codes) else {
                let hint = Some("write the codes of two parties, as in \"grc tur\"".to_owned());
                reader.fault(pair.at, format!("`{}` is no pair", pair.value), hint);
                continue;
            };
            for code in codes {
                if !known.contains(code) {
                    let hint = hint(code, known.iter().map(String::as_str));
                    reader.fault(pair.at, format!("no actor file has the code `{code}`"), hint);
                }
            }
            if !told.insert([one.min(other), one.max(other)]) {
                let message = format!("{one} and {other} stand here twice");
                reader.fault(pair.at, message, Some("a pair stands in one list, once".into()));
            }
        }
    }
    faults.extend(reader.into_faults());
}

/// Two codes that differ.
fn pair_of<'t>(codes: &[&'t str]) -> Option<[&'t str; 2]> {
    match codes {
        &[one, other] if one != other => Some([one, other]),
        _ => None,
    }
}

/// Names that two actors claim for the same days.
///
/// Adjectives and nouns for people may be shared ("Korean", "Congolese"), and so may bodies ("Supreme
/// Court"): there the text around decides. All other claims must differ in their days.
fn names(files: &[SourceFile], actors: &Actors, claims: &Claims, faults: &mut Vec<Fault>) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, (name, _)) in claims.names.iter().enumerate() {
        by_name.entry(folded(&name.text)).or_default().push(index);
    }
    for (text, list) in by_name {
        for (nth, &second) in list.iter().enumerate() {
            for &first in list.iter().take(nth) {
                let (Some((a, claim_a)), Some((b, claim_b))) =
                    (claims.names.get(first), claims.names.get(second))
                else {
                    continue;
                };
                let same = a.entity == b.entity;
                let repeated = same && a.kind == b.kind && a.text == b.text;
                let clash = !same && !may_share(a.kind, b.kind) && overlap(actors, a, b);
                if !repeated && !clash {
                    continue;
                }
                let (Some(file_a), Some(file_b)) =
                    (files.get(claim_a.file), files.get(claim_b.file))
                else {
                    continue;
                };
                if repeated {
                    let message = format!("`{text}` stands here twice");
                    faults.push(file_b.fault(claim_b.at, message, None));
                    continue;
                }
                let (line, column) = file_a.line_column(claim_a.at);
                let message = format!(
                    "`{text}` is claimed by {}, and for the same days by {} ({}:{line}:{column})",
                    who(actors, b),
                    who(actors, a),
                    file_a.shown,
                );
                let hint = "take it out of one, or give roles with dates that do not overlap";
                faults.push(file_b.fault(claim_b.at, message, Some(hint.into())));
            }
        }
    }
}

fn may_share(a: NameKind, b: NameKind) -> bool {
    let people = |kind| matches!(kind, NameKind::Adjective | NameKind::Demonym);
    let body = |kind| matches!(kind, NameKind::Body(_));
    (people(a) && people(b)) || (body(a) && body(b))
}

fn who(actors: &Actors, name: &Name) -> String {
    let code = actors.entities.get(name.entity).map_or("", |entity| entity.code.as_str());
    let what = match name.kind {
        NameKind::Entity => "by name",
        NameKind::Adjective => "as an adjective",
        NameKind::Demonym => "as a noun for its people",
        NameKind::Capital => "as a capital",
        NameKind::Seat => "as a seat",
        NameKind::Body(_) => "as a body",
        NameKind::Person(_) => "as a person",
    };
    format!("{code} {what}")
}

/// Whether two names are claimed for one day.
///
/// A person's name is claimed while an office is held, so that someone who leaves one body for another
/// may stand in both files; the day of the change itself is no clash.
fn overlap(actors: &Actors, a: &Name, b: &Name) -> bool {
    let starts_in_time = |from: Option<Date>, until: Option<Date>| match (from, until) {
        (Some(from), Some(until)) => from < until,
        _ => true,
    };
    let others = periods(actors, b);
    periods(actors, a).into_iter().any(|(from_a, until_a)| {
        others.iter().any(|&(from_b, until_b)| {
            starts_in_time(from_a, until_b) && starts_in_time(from_b, until_a)
        })
    })
}

/// First and last days for which a name is claimed: those of each of a person's offices, or open.
fn periods(actors: &Actors, name: &Name) -> Vec<(Option<Date>, Option<Date>)> {
    let person = match name.kind {
        NameKind::Person(index) => actors.people.get(index),
        _ => None,
    };
    person.map_or_else(
        || vec![(None, None)],
        |person| {
            let days = |role: &Role| (role.from.map(|d| d.first), role.until.map(|d| d.last));
            person.roles.iter().map(days).collect()
        },
    )
}

#[cfg(test)]
mod tests {
    use crate::Knowledge;

    fn faults(files: &[(&str, &str)]) -> Vec<String> {
        match Knowledge::from_texts(files.iter().copied()) {
            Ok(_) => Vec::new(),
            Err(error) => error.faults().iter().map(ToString::to_string).collect(),
        }
    }

    fn person(name: &str, also: &str, dates: &str) -> String {
        format!(
            "[[person]]\nname = '{name}'\nalso = ['{also}']\nroles = [{{ title = 'x', sector = 'GOV'{dates} }}]\n"
        )
    }

    #[test]
    fn pairs_are_of_known_codes_and_stand_once() {
        let got = faults(&[
            ("actors/countries/AAA.toml", "name = 'Land'"),
            ("actors/countries/BBB.toml", "name = 'Other'"),
            (
                "words/sides.toml",
                "side_foes = ['aaa bbb', 'aaa bbc', 'aaa']\nside_friends = ['bbb aaa']",
            ),
        ]);
        assert_eq!(
            got,
            [
                "words/sides.toml:1:25: no actor file has the code `bbc`; did you mean `bbb`?",
                "words/sides.toml:1:36: `aaa` is no pair; write the codes of two parties, as in \"grc tur\"",
                "words/sides.toml:2:17: bbb and aaa stand here twice; a pair stands in one list, once",
            ]
        );
    }

    #[test]
    fn a_name_has_one_owner() {
        let got = faults(&[
            ("actors/countries/AAA.toml", "name = 'Land'"),
            ("actors/countries/BBB.toml", "name = 'Other'\nalso = ['Land']"),
        ]);
        assert_eq!(
            got,
            [
                "actors/countries/BBB.toml:2:9: `Land` is claimed by BBB by name, and for the same days \
              by AAA by name (actors/countries/AAA.toml:1:8); take it out of one, or give roles with \
              dates that do not overlap"
            ]
        );
    }

    #[test]
    fn adjectives_may_be_shared() {
        let got = faults(&[
            ("actors/countries/AAA.toml", "name = 'A'\nadjectives = ['Korean']"),
            ("actors/countries/BBB.toml", "name = 'B'\nadjectives = ['Korean']"),
        ]);
        assert!(got.is_empty(), "{got:?}");
    }

    #[test]
    fn people_share_a_name_at_different_times() {
        let first = person("Ann Lee", "Lee", ", from = 2001-01-01, until = 2004-12-31");
        let then = person("Bo Lee", "Lee", ", from = 2005-01-01");
        let files = |then: &str| {
            faults(&[
                ("actors/countries/AAA.toml", &format!("name = 'A'\n{first}")),
                ("actors/countries/BBB.toml", &format!("name = 'B'\n{then}")),
            ])
        };
        assert!(files(&then).is_empty());
        assert_eq!(files(&person("Bo Lee", "Lee", ", from = 2004-06-01")).len(), 1);
        assert_eq!(files(&person("Bo Lee", "Lee", "")).len(), 1);
    }

    #[test]
    fn codes_must_be_known() {
        let got = faults(&[
            ("actors/countries/AAA.toml", "name = 'A'"),
            (
                "actors/organisations/G9.toml",
                "name = 'G9'\nsector = 'IGO'\nmembers = ['AAA', 'AAB']",
            ),
        ]);
        assert_eq!(
            got,
            [
                "actors/organisations/G9.toml:3:19: no actor file has the code `AAB`; did you mean `AAA`?"
            ]
        );
    }

    #[test]
    fn a_code_has_one_file() {
        let got = faults(&[
            ("actors/armed-groups/AAA.toml", "name = 'X'\nsector = 'REB'"),
            ("actors/countries/AAA.toml", "name = 'A'"),
        ]);
        assert_eq!(got.len(), 1, "{got:?}");
    }
}

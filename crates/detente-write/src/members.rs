//! Groups as their members.
//!
//! In goes a record with `G7`, out comes one with the seven states in its place, as they were members on the day of the event, or of
//! the document where the event has none. The coder never does that by itself: a group that is named as one stays one
//! (`docs/coding-guide.md`, section 3), and who counts dyads of states says so.

use detente_core::{Actor, Record, Sector};
use jiff::civil::Date;

use crate::days;

/// The codes of a group's members on a day; none for what is to stay one.
pub type Members<'m> = dyn Fn(&str, Option<Date>) -> Vec<String> + 'm;

/// Puts members in the place of groups among the parties of events, commitments and issues.
///
/// A member has the group's words and place in the text, but not its name; it has no sector where the group is an organisation of states. Nobody stands in
/// a list twice, and who stands on the other side of an event is not added to this one: in "the EU sued Hungary" the other
/// members act. A group that would have nobody left stays. Statements keep their speaker, for it is one who speaks.
pub fn expand(record: &mut Record, members: &Members<'_>) {
    let published = record.document.date.as_deref().and_then(first_day);
    for event in &mut record.events {
        let day = event.date.as_deref().and_then(first_day).or(published);
        event.actors = spread(&event.actors, &event.recipients, day, members);
        event.recipients = spread(&event.recipients, &event.actors, day, members);
    }
    for commitment in &mut record.commitments {
        codes(&mut commitment.parties, published, members);
    }
    for issue in &mut record.issues {
        codes(&mut issue.between, published, members);
    }
}

fn first_day(date: &str) -> Option<Date> {
    days::span(date).map(|(first, _)| first)
}

fn spread(own: &[Actor], other: &[Actor], day: Option<Date>, members: &Members<'_>) -> Vec<Actor> {
    let is = |actor: &Actor, code: &str| actor.code.as_deref() == Some(code);
    let mut all: Vec<Actor> = Vec::with_capacity(own.len());
    for actor in own {
        let codes = actor.code.as_deref().map(|code| members(code, day)).unwrap_or_default();
        let stands = |code: &str| own.iter().chain(other).any(|actor| is(actor, code));
        let added: Vec<Actor> = codes
            .into_iter()
            .filter(|code| !stands(code) && !all.iter().any(|known| is(known, code)))
            .map(|code| Actor {
                code: Some(code),
                sector: actor.sector.filter(|sector| *sector != Sector::Igo),
                name: None,
                role: None,
                via: Some("member".to_owned()),
                ..actor.clone()
            })
            .collect();
        if added.is_empty() {
            all.push(actor.clone());
        } else {
            all.extend(added);
        }
    }
    all
}

/// The same for a sorted list of codes.
fn codes(parties: &mut Vec<String>, day: Option<Date>, members: &Members<'_>) {
    let one = |party: String| {
        let members = members(&party, day);
        if members.is_empty() { vec![party] } else { members }
    };
    *parties = std::mem::take(parties).into_iter().flat_map(one).collect();
    parties.sort_unstable();
    parties.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The club `CLB` of three, of whom `CCC` joined in 2020.
    fn club(code: &str, day: Option<Date>) -> Vec<String> {
        let joined = day.is_none_or(|day| day.year() >= 2020);
        let all: &[&str] = if joined { &["AAA", "BBB", "CCC"] } else { &["AAA", "BBB"] };
        if code == "CLB" { all.iter().map(ToString::to_string).collect() } else { Vec::new() }
    }

    fn sides(actors: &[&str], recipients: &[&str], date: &str) -> (Vec<String>, Vec<String>) {
        let sample = include_str!("../tests/golden/sample.json");
        let mut record: Record = serde_json::from_str(sample).unwrap();
        record.events.truncate(1);
        let party = |code: &&str| Actor { code: Some((*code).to_owned()), ..Actor::default() };
        let event = &mut record.events[0];
        event.actors = actors.iter().map(party).collect();
        event.recipients = recipients.iter().map(party).collect();
        event.date = Some(date.to_owned());
        expand(&mut record, &club);
        let codes =
            |side: &[Actor]| side.iter().filter_map(|party| party.code.clone()).collect::<Vec<_>>();
        (codes(&record.events[0].actors), codes(&record.events[0].recipients))
    }

    #[test]
    fn members_act_as_of_the_day() {
        assert_eq!(sides(&["CLB"], &["XXX"], "2019-05").0, ["AAA", "BBB"]);
        assert_eq!(sides(&["CLB"], &["XXX"], "2020-05-01").0, ["AAA", "BBB", "CCC"]);
        assert_eq!(sides(&["XXX"], &["CLB", "YYY"], "2019").1, ["AAA", "BBB", "YYY"]);
    }

    #[test]
    fn nobody_stands_twice_or_against_himself() {
        assert_eq!(sides(&["AAA", "CLB"], &["XXX"], "2021").0, ["AAA", "BBB", "CCC"]);
        assert_eq!(
            sides(&["CLB"], &["BBB"], "2021"),
            (vec!["AAA".into(), "CCC".into()], vec!["BBB".into()])
        );
        assert_eq!(
            sides(&["CLB"], &["CLB"], "2019"),
            (vec!["AAA".into(), "BBB".into()], vec!["CLB".into()])
        );
    }
}

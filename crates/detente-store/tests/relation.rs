//! How two parties have dealt with each other, on made stories whose truth is known.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Folder, actor, record, store};
use detente_core::{CommitmentStatus, EventStatus, Record, Sector, Stance};
use detente_store::{
    Asked, Level, Period, Query, Relation, Scope, Side, Store, date_of, days, page, picture,
};

/// A document of that day in which Turkey does something to Norway, or the other way round.
fn told(day: i64, number: usize, kind: &str, quad: u8, score: f64, back: bool) -> Record {
    let date = date_of(day).unwrap();
    // Words of its own, so that no two are copies or tell of one happening.
    let word = |at: usize| -> String {
        let letters =
            [number * 31 + at * 7, number * 17 + at, number + at * 3, number / 26 + at, number * 5];
        letters.iter().map(|letter| char::from(b'a' + (letter % 26) as u8)).collect()
    };
    let text = (0..9).map(word).collect::<Vec<_>>().join(" ") + ".";
    let mut record = record(&format!("d{number}"), Some(&date), &text);
    let event = &mut record.events[0];
    (event.kind, event.quad, event.score) = (kind.into(), quad, score);
    if back {
        std::mem::swap(&mut event.actors, &mut event.recipients);
    }
    record.commitments.clear();
    record.issues.clear();
    record.statements.clear();
    record
}

fn relation(store: &Store, a: &str, b: &str, asked: &Asked) -> Relation {
    store.relation(&a.parse().unwrap(), &b.parse().unwrap(), asked).unwrap()
}

/// Forty weeks of thanks, then thirty of threats, from 2022-01-03, a Monday.
fn a_break() -> Vec<Record> {
    let monday = days("2022-01-03").unwrap().0;
    let mut records = Vec::new();
    for week in 0..70 {
        for day in 0..2 + week % 2 {
            let at = monday + 7 * week + 2 * day;
            let number = records.len();
            records.push(if week < 40 {
                told(at, number, "SUPPORT", 1, 5.0, day == 1)
            } else {
                told(at, number, "THREATEN", 3, -3.5, day == 1)
            });
        }
    }
    records
}

#[test]
fn a_break_is_found_with_the_events_behind_it() {
    let folder = Folder::new("break");
    let store = store(&folder, &a_break());
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!((found.period, found.periods.len()), (Period::Week, 70));
    assert_eq!(found.happenings, 175);
    assert_eq!(found.turning_points.len(), 1, "{:?}", found.turning_points);
    let turn = &found.turning_points[0];
    assert_eq!(turn.date, date_of(days("2022-01-03").unwrap().0 + 280).unwrap());
    assert!(turn.before > 10.0 && turn.after < -7.0, "{turn:?}");
    assert_eq!(turn.events.len(), 5);
    assert!(turn.events.iter().all(|event| event.kind == "THREATEN" && !event.text.is_empty()));
    let sums = |way: usize| (found.directions[way].events, found.directions[way].quad);
    assert_eq!(sums(0).0 + sums(1).0, 175);
    assert_eq!(sums(1).1[0], 40);
    assert_eq!(sums(2).0, 0);
    let balance: f64 =
        found.periods.iter().map(|bin| bin.cooperation - bin.conflict - bin.net).sum();
    assert!(balance.abs() < 1e-9);
    // The sides exchanged, the same balance.
    let other = relation(&store, "NOR", "TUR", &Asked::default());
    assert_eq!(other.periods, found.periods);
    assert_eq!(other.directions[0].events, found.directions[1].events);
    // By month, and only the first year.
    let asked = Asked {
        period: Some(Period::Month),
        days: Query::new().until("2022-09").unwrap(),
        ..Asked::default()
    };
    let first = relation(&store, "TUR", "NOR", &asked);
    assert_eq!((first.periods.len(), first.turning_points.len()), (9, 0));
    assert!(!first.method.searched);
}

#[test]
fn one_side_may_be_a_sector_or_a_set() {
    let folder = Folder::new("sides");
    let mut records = a_break();
    records.truncate(10);
    for record in &mut records[..4] {
        record.events[0].actors[0].sector = Some(Sector::Mil);
    }
    records[9].events[0].actors[0].code = Some("GRC".to_owned());
    let store = store(&folder, &records);
    let count = |a: &str, b: &str| relation(&store, a, b, &Asked::default()).happenings;
    assert_eq!(count("TUR+GRC", "NOR"), 10);
    assert_eq!(count("TUR", "SWE"), 0);
    assert_eq!(count("TUR.MIL", "NOR") + count("TUR", "NOR.MIL"), 4);
    assert_eq!(count("MIL", "GOV"), 4);
    assert!("TUR".parse::<Side>().unwrap().overlaps(&"TUR.GOV".parse().unwrap()));
}

#[test]
fn what_does_not_count_is_left_out_and_counted() {
    let folder = Folder::new("left-out");
    let mut records = a_break();
    records.truncate(8);
    records[0].events[0].status = EventStatus::Denied;
    records[1].events[0].status = EventStatus::Hypothetical;
    records[2].events[0].date = Some("1999".to_owned());
    records[3].events[0].date = None;
    records[3].events[0].background = true;
    // Both act upon a third: nothing between them.
    let third = &mut records[4].events[0];
    third.actors = vec![actor("TUR", Sector::Gov), actor("NOR", Sector::Gov)];
    third.recipients = vec![actor("RUS", Sector::Gov)];
    records[5].events[0].status = EventStatus::Planned;
    let store = store(&folder, &records);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!(found.happenings, 3);
    assert_eq!((found.left_out.not_actual, found.left_out.not_dated), (2, 2));
}

/// One text in four papers is one event.
#[test]
fn copies_count_once() {
    let folder = Folder::new("copies");
    let text = "Turkey thanked Norway on Tuesday for the rescue of forty sailors from a tanker that broke in two off the coast of Bergen in a \
                night of heavy snow. Two lifeboats and a helicopter had brought the men ashore before dawn, the coastguard told reporters \
                in the harbour, and a tug now holds the stern while divers look for leaks. The owners, a small family firm from Izmir, \
                promised to pay for what the oil may do to the fishing grounds and the bird cliffs north of the town.";
    let records: Vec<Record> = (0..4)
        .map(|paper| {
            let mut record = record(&format!("p{paper}"), Some("2024-05-14"), text);
            record.document.publisher = Some(format!("Paper {paper}"));
            record
        })
        .collect();
    let store = store(&folder, &records);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!((found.happenings, found.mentions), (1, 4));
    assert_eq!((found.documents, found.texts), (4, 1));
    assert_eq!(found.commitments.len(), 1);
    assert_eq!(found.commitments[0].documents, 1);
    assert_eq!(found.issues[0].stances, [0, 1, 0]);
    assert_eq!(found.sayings[0].statements, 1);
}

#[test]
fn meetings_commitments_issues_and_talk() {
    let folder = Folder::new("rest");
    let mut records = Vec::new();
    for (number, (role, date)) in [
        ("Foreign Minister", "2024-01-10"),
        ("President", "2024-03-10"),
        ("Ambassador", "2024-05-10"),
    ]
    .into_iter()
    .enumerate()
    {
        let day = days(date).unwrap().0;
        let mut record = told(day, number, "CONSULT", 1, 2.5, false);
        let full = common::record("x", Some(date), &record.document.text);
        (record.commitments, record.issues, record.statements) =
            (full.commitments, full.issues, full.statements);
        let event = &mut record.events[0];
        event.reciprocal = true;
        event.modes = vec!["visit".to_owned()];
        event.actors.append(&mut event.recipients);
        for (actor, name) in event.actors.iter_mut().zip(["Selin Arat", "Kari Dahl"]) {
            (actor.role, actor.name) = (Some(role.to_owned()), Some(name.to_owned()));
        }
        records.push(record);
    }
    records[1].commitments[0].status = CommitmentStatus::Started;
    records[2].commitments[0].status = CommitmentStatus::Broken;
    records[2].issues[0].stance = Stance::Contested;
    let store = store(&folder, &records);
    let found = relation(&store, "NOR", "TUR", &Asked::default());
    let levels: Vec<_> = found.meetings.iter().map(|(level, count)| (*level, *count)).collect();
    assert_eq!(levels, [(Level::Leaders, 1), (Level::Ministers, 1), (Level::Officials, 1)]);
    assert_eq!(
        found.latest_meetings[0].who,
        ["Selin Arat, Ambassador (TUR)", "Kari Dahl, Ambassador (NOR)"]
    );
    assert_eq!(found.directions[2].events, 3);
    let agreed = &found.commitments[0];
    assert_eq!((agreed.status, agreed.documents), (CommitmentStatus::Broken, 3));
    assert_eq!(agreed.history.len(), 3);
    assert_eq!((agreed.first.as_str(), agreed.latest.as_str()), ("2024-01-10", "2024-05-10"));
    let issue = &found.issues[0];
    assert_eq!((issue.stances, issue.latest_stance), ([1, 2, 0], Stance::Contested));
    assert_eq!(issue.quarters["2024-Q2"], [1, 0, 0]);
    // Turkey speaks, and tells of Norway.
    assert_eq!((found.sayings[0].statements, found.sayings[1].statements), (0, 3));
    assert_eq!(found.sayings[1].latest[0].date, "2024-05-10");
}

#[test]
fn a_few_events_are_told_one_by_one() {
    let folder = Folder::new("few");
    let monday = days("2024-01-08").unwrap().0;
    let mut dated = told(monday + 1, 0, "SUPPORT", 1, 5.0, false);
    dated.statements = common::record("d0", None, &dated.document.text).statements;
    let statement = &mut dated.statements[0];
    statement.cue = Some(statement.content.clone());
    let mut undated = told(monday + 3, 1, "THREATEN", 3, -3.5, true);
    undated.events[0].date = None;
    // What both say is no talk of one about the other.
    undated.statements = common::record("d1", None, &undated.document.text).statements;
    undated.statements[0].joint = vec![actor("TUR", Sector::Gov), actor("NOR", Sector::Gov)];
    // Nor is what one has not said.
    let mut silent = dated.statements[0].clone();
    silent.unsaid = true;
    dated.statements.push(silent);
    let store = store(&folder, &[dated, undated]);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!((found.first.as_str(), found.last.as_str()), ("2024-01-09", "2024-01-11"));
    let shown: Vec<_> = found.events.iter().map(|e| (e.date.as_str(), e.dated)).collect();
    assert_eq!(shown, [("2024-01-09", true), ("2024-01-11", false)]);
    assert_eq!(found.told(), "2 events told 2 times in 2 documents");
    assert_eq!((found.sayings[0].statements, found.sayings[1].statements), (1, 0));
    assert!(found.sayings[0].latest[0].cue.is_some());
    assert!(page(&found).contains("<h2>Events</h2>"));
}

#[test]
fn a_letter_is_no_meeting_and_two_words_for_one_are_one() {
    let folder = Folder::new("letter");
    let mut record = told(days("2024-01-10").unwrap().0, 0, "CONSULT", 1, 2.5, false);
    record.events[0].trigger.text = "a letter".to_owned();
    let mut meeting = record.events[0].clone();
    meeting.reciprocal = true;
    meeting.actors.append(&mut meeting.recipients);
    for (number, words) in ["rounds", "negotiations"].into_iter().enumerate() {
        let mut event = meeting.clone();
        event.id = format!("m{number}");
        event.trigger.text = words.to_owned();
        event.place = None;
        event.modes = vec![words.to_owned()];
        record.events.push(event);
    }
    let store = store(&folder, &[record]);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!(found.meetings.values().sum::<usize>(), 1);
}

#[test]
fn pictures_and_pages_are_whole_and_hold_no_markup_of_texts() {
    let folder = Folder::new("picture");
    let mut records = a_break();
    for record in &mut records {
        record.document.publisher = Some("<script>Courier & Sons".to_owned());
        record.document.url = Some("javascript:alert(1)".to_owned());
    }
    let store = store(&folder, &records);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    let (svg, html) = (picture(&found), page(&found));
    for text in [&svg, &html] {
        assert!(
            !text.contains("<script") && !text.contains("javascript:"),
            "markup of a text came through"
        );
        assert!(text.contains("&lt;script&gt;Courier &amp; Sons"));
        assert!(!text.contains("src=") && !text.contains("@import"), "something would be loaded");
        let (open, closed) = (text.matches("<svg").count(), text.matches("</svg>").count());
        assert!(open == closed && !text.contains("NaN") && !text.contains("inf"));
    }
    let none = relation(&store, "TUR", "SWE", &Asked::default());
    assert!(picture(&none).contains("No event between them is coded."));
    assert!(page(&none).ends_with("</html>\n"));
}

/// Of two private copies and a public one the public one is the head for who may not see the others.
#[test]
fn a_private_copy_hides_no_public_one() {
    let text = "Turkey thanked Norway on Tuesday for the rescue of forty sailors from a tanker that broke in two off the coast of Bergen in a \
                night of heavy snow. Two lifeboats and a helicopter had brought the men ashore before dawn, the coastguard told reporters.";
    let public = record("public", Some("2024-05-16"), text);
    let earlier = record("private", Some("2024-05-14"), text);
    let (with, without) = (Folder::new("with private"), Folder::new("without private"));
    let told = |store: &Store, scope| {
        let found = relation(store, "TUR", "NOR", &Asked { scope, ..Asked::default() });
        serde_json::to_string(&found).unwrap()
    };
    let (with, without) = (store(&with, [&earlier, &public]), store(&without, [&public]));
    assert_eq!(told(&with, Scope::Export), told(&without, Scope::Export));
    let found = relation(&with, "TUR", "NOR", &Asked { scope: Scope::All, ..Asked::default() });
    assert_eq!((found.documents, found.texts, found.issues[0].stances), (2, 1, [0, 1, 0]));
}

/// "On Tuesday" of a text that is printed anew a year later is no second happening.
#[test]
fn a_reprint_is_no_second_happening() {
    let text = "Turkey thanked Norway on Tuesday for the rescue of forty sailors from a tanker that broke in two off the coast of Bergen in a \
                night of heavy snow. Two lifeboats and a helicopter had brought the men ashore before dawn, the coastguard told reporters.";
    let papers = [("paper", "2024-05-15", "2024-05-14"), ("reprint", "2025-05-17", "2025-05-13")];
    let records = papers.map(|(name, date, tuesday)| {
        let mut record = record(name, Some(date), text);
        record.events[0].date = Some(tuesday.to_owned());
        record
    });
    let folder = Folder::new("reprint");
    let store = store(&folder, &records);
    let found = relation(&store, "TUR", "NOR", &Asked::default());
    assert_eq!((found.happenings, found.mentions, found.documents, found.texts), (1, 2, 2, 1));
    assert_eq!((found.periods.len(), found.periods[0].start.as_str()), (1, "2024-05-13"));
    // Nor is it one where only its own time is asked for.
    let days = Query::new().from("2025").unwrap();
    let found = relation(&store, "TUR", "NOR", &Asked { days, ..Asked::default() });
    assert_eq!((found.happenings, found.mentions, found.documents), (0, 0, 0));
}

/// For an export, what a private document tells first is first told by the next.
#[test]
fn what_is_private_tells_nothing_first() {
    let folder = Folder::new("once");
    let text = "Turkey thanked Norway on Tuesday for the rescue of forty sailors from a tanker that broke in two off the coast of Bergen in a \
                night of heavy snow. Two lifeboats and a helicopter had brought the men ashore before dawn, the coastguard told reporters.";
    let names = ["private", "second", "third"];
    let records: Vec<Record> = names
        .into_iter()
        .zip(["2024-05-14", "2024-05-15", "2024-05-16"])
        .map(|(name, date)| {
            let mut record = record(name, Some(date), text);
            record.events[0].date = Some("2024-05-14".to_owned());
            record
        })
        .collect();
    let store = store(&folder, &records);
    let mut seen = Vec::new();
    store
        .each_record(Scope::All, |document, _| {
            seen.push(document.id);
            true
        })
        .unwrap();
    let first = |place: usize, scope| {
        let telling = store.tellings(seen[place], scope).unwrap()[0];
        (telling.first, telling.told.mentions)
    };
    assert_eq!((first(0, Scope::All), first(1, Scope::All)), ((true, 3), (false, 3)));
    assert_eq!((first(1, Scope::Export), first(2, Scope::Export)), ((true, 2), (false, 2)));
    let copies = |scope| [1, 2].map(|place| store.copied(seen[place], scope).unwrap().is_some());
    assert_eq!((copies(Scope::All), copies(Scope::Export)), ([true, true], [false, true]));
}

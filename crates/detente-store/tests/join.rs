//! Copies are grouped and happenings joined, and the order in which documents come changes nothing.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;

use common::{Folder, actor, record, store};
use detente_core::{Actor, Record, Sector};
use detente_store::{Copied, Query, Scope, Store};
use proptest::prelude::*;

const REPORT: [&str; 4] = [
    "Turkish Foreign Minister Selin Arat met her Greek counterpart Nikos Vallas in Oslo about the collision of two patrol boats off Samos.",
    "The boats had met at night in narrow water, and each side had blamed the other for a lamp that was not lit.",
    "Fishermen of the island say that they keep away from the strait since then and sell their nets to whoever wants them.",
    "A second meeting is to be held in the autumn, when the inquiry of the harbour office will have come to its end.",
];
const RETOLD: &str = "Selin Arat of Turkey and Nikos Vallas of Greece talked in Oslo after their patrol boats had collided off Samos. \
                      Who was to blame for the dark lamp is a matter for the office that looks into it until autumn, both said.";
const OTHER: &str = "Turkey's new envoy met Greek officials in Geneva over grain. Prices had gone up in the spring, and mills in the north \
                     stood idle for want of wheat while ships waited for papers that nobody wanted to sign before the holidays were over.";

/// A record of a text whose first sentence is a meeting of Turkey and Greece.
fn meeting(id: &str, date: &str, text: &str, place: &str, people: bool) -> Record {
    let mut record = record(id, Some(date), text);
    record.document.publisher = Some(format!("Paper {id}"));
    let first = text.split_inclusive('.').next().unwrap().to_owned();
    record.document.sentences[0].text = first;
    let person = |code: &str, name: &str| Actor {
        name: people.then(|| name.to_owned()),
        role: people.then(|| "Foreign Minister".to_owned()),
        ..actor(code, Sector::Gov)
    };
    let event = &mut record.events[0];
    event.kind = "CONSULT".into();
    event.reciprocal = true;
    event.actors = vec![person("TUR", "Selin Arat"), person("GRC", "Nikos Vallas")];
    event.recipients.clear();
    event.place.as_mut().unwrap().name = place.into();
    record
}

/// The report, three copies of it, a retelling and another story.
fn papers() -> Vec<Record> {
    let whole = REPORT.join(" ");
    let cut = REPORT[..2].join(" ");
    let turned = [REPORT[0], REPORT[3], REPORT[2], REPORT[1]].join("\n\n");
    vec![
        meeting("whole", "2024-05-14", &whole, "Oslo", true),
        meeting("cut", "2024-05-15", &cut, "Oslo", true),
        meeting("turned", "2024-05-14", &turned, "Oslo", true),
        meeting("later", "2024-05-20", &format!("OSLO — {whole}"), "Oslo", true),
        meeting("retold", "2024-05-15", RETOLD, "Oslo", true),
        meeting("other", "2024-05-15", OTHER, "Geneva", false),
    ]
}

/// For each document the head of its copies, and with which documents its event is one happening.
fn groups(store: &Store) -> BTreeMap<String, (String, Vec<String>)> {
    let hits = store.events(&Query::new()).unwrap();
    let mut groups = BTreeMap::new();
    for hit in &hits {
        let head = store.document(hit.document.head).unwrap().unwrap().name;
        let with = hits.iter().filter(|other| other.happening == hit.happening);
        let mut with: Vec<String> = with.map(|other| other.document.name.clone()).collect();
        with.sort();
        groups.insert(hit.document.name.clone(), (head, with));
    }
    groups
}

#[test]
fn one_story_in_many_papers_is_one_event() {
    let folder = Folder::new("papers");
    let papers = papers();
    let store = store(&folder, &papers);
    let groups = groups(&store);
    let heads: Vec<&str> = papers.iter().map(|p| groups[&p.document.id].0.as_str()).collect();
    // The earliest of the copies, of two of one day always the same one.
    assert!(heads[..4].iter().all(|head| *head == heads[0]), "{groups:?}");
    assert!(["whole", "turned"].contains(&heads[0]));
    assert_eq!(heads[4..], ["retold", "other"]);
    assert_eq!(groups["retold"].1, ["cut", "later", "retold", "turned", "whole"]);
    assert_eq!(groups["other"].1, ["other"]);
    let hits = store.events(&Query::new().happenings()).unwrap();
    assert_eq!(hits.len(), 2);
    let told = |hit: &detente_store::EventHit| store.told(hit.happening).unwrap();
    let most = hits.iter().map(told).max_by_key(|told| told.documents).unwrap();
    // Four copies of one text and one in its own words: five papers, two sources.
    assert_eq!((most.mentions, most.documents, most.sources), (5, 5, 2));
}

#[test]
fn a_document_that_is_replaced_is_joined_anew() {
    let folder = Folder::new("anew");
    let papers = papers();
    let mut store = store(&folder, &papers);
    let before = groups(&store);
    let mut changed = papers[4].clone();
    changed.events[0].place.as_mut().unwrap().name = "Bergen".into();
    store.put(&changed).unwrap();
    let now = groups(&store);
    assert_eq!(now["retold"].1, ["retold"]);
    assert_eq!(now["whole"].1, ["cut", "later", "turned", "whole"]);
    store.put(&papers[4]).unwrap();
    assert_eq!(groups(&store), before);
    // What joined others goes: they are looked at anew.
    for paper in &papers[..4] {
        let mut none = paper.clone();
        none.events[0].kind = "AGREE".into();
        store.put(&none).unwrap();
    }
    assert_eq!(groups(&store)["retold"].1, ["retold"]);
    for paper in &papers[..4] {
        store.put(paper).unwrap();
    }
    assert_eq!(groups(&store), before);
}

/// The report, printed anew a year later and once without a date; "on Tuesday" is another day there. And a longer one, of which the report is half.
fn reprints() -> Vec<Record> {
    let whole = REPORT.join(" ");
    let longer = format!("{whole} {RETOLD}");
    let mut papers = vec![
        meeting("whole", "2024-05-14", &whole, "Oslo", true),
        meeting("reprint", "2025-05-17", &whole, "Oslo", true),
        meeting("undated", "", &whole, "Oslo", true),
        meeting("longer", "2024-05-16", &longer, "Oslo", true),
        meeting("other", "2025-05-16", OTHER, "Geneva", false),
    ];
    for paper in &mut papers {
        // Twice in the same words, and of nobody who has a code.
        let mut again = paper.events[0].clone();
        again.kind = "PROTEST".into();
        again.actors = vec![Actor { code: None, sector: Some(Sector::Cvl), ..Actor::default() }];
        paper.events.extend([paper.events[0].clone(), again]);
    }
    papers[1].events[0].date = Some("2025-05-13".into());
    (papers[2].document.date, papers[2].events[0].date, papers[2].events[1].date) =
        (None, None, None);
    papers[2].events[2].date = None;
    papers
}

/// With which events of other documents each event is one happening: the document and the place of the event in it.
fn happenings(store: &Store) -> Vec<Vec<(String, usize)>> {
    let mut groups: BTreeMap<i64, Vec<(String, usize)>> = BTreeMap::new();
    for hit in store.events(&Query::new()).unwrap() {
        groups.entry(hit.happening).or_default().push((hit.document.name, hit.position));
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    for group in &mut groups {
        group.sort();
    }
    groups.sort();
    groups
}

#[test]
fn a_copy_tells_the_happenings_of_its_text_whatever_its_day() {
    let folder = Folder::new("reprints");
    let papers = reprints();
    let store = store(&folder, &papers);
    let groups = happenings(&store);
    let of = |document: &str, position: usize| {
        let this = (document.to_owned(), position);
        groups
            .iter()
            .find(|group| group.contains(&this))
            .unwrap()
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>()
    };
    for position in [0, 1] {
        let told = of("reprint", position);
        for name in ["longer", "undated", "whole"] {
            assert!(told.contains(&name), "{name} does not tell {position}: {groups:?}");
        }
    }
    assert_eq!(of("reprint", 2), ["longer", "reprint", "undated", "whole"]);
    assert_eq!(of("other", 0), ["other"]);
    // The head has a date, and the reprint is the same word for word.
    let copied = |name: &str| {
        let row = store
            .documents(&Query::new())
            .unwrap()
            .into_iter()
            .find(|row| row.name == name)
            .unwrap();
        store.copied(row.id, Scope::Export).unwrap()
    };
    assert_eq!(copied("whole"), None);
    assert_eq!(copied("longer"), Some(Copied::Near));
    assert_eq!([copied("reprint"), copied("undated")], [Some(Copied::Exact); 2]);
}

#[test]
fn what_a_text_says_a_thousand_times_is_linked_once() {
    let mut paper = meeting("refrain", "2024-05-14", &REPORT.join(" "), "Oslo", true);
    let mut next = meeting("next", "2024-05-15", RETOLD, "Oslo", true);
    for paper in [&mut paper, &mut next] {
        paper.events = vec![paper.events[0].clone(); 3000];
    }
    let folder = Folder::new("refrain");
    let store = store(&folder, [&paper, &next]);
    // All of the one are all of the other, as two would be.
    assert_eq!(happenings(&store).len(), 1);
    let alone = Folder::new("refrain alone");
    assert_eq!(happenings(&common::store(&alone, [&paper])).len(), 3000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_papers_come_changes_nothing(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let papers = papers();
        let folder = Folder::new("sorted");
        let expected = groups(&store(&folder, &papers));
        drop(folder);
        let folder = Folder::new("shuffled");
        let shuffled: Vec<&Record> = order.iter().map(|n| &papers[*n]).collect();
        prop_assert_eq!(groups(&store(&folder, shuffled)), expected);
    }

    #[test]
    fn nor_does_it_for_reprints(order in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle(), anew in 0..5_usize) {
        let papers = reprints();
        let folder = Folder::new("reprints sorted");
        let expected = happenings(&store(&folder, &papers));
        drop(folder);
        let folder = Folder::new("reprints shuffled");
        let shuffled: Vec<&Record> = order.iter().map(|n| &papers[*n]).collect();
        let mut store = store(&folder, shuffled);
        prop_assert_eq!(&happenings(&store), &expected);
        // Taken apart and put together again.
        store.put(&papers[anew]).unwrap();
        prop_assert_eq!(happenings(&store), expected);
    }
}

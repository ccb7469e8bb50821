//! How long a store of a million events takes to answer.
//!
//! In goes a file, out comes a table of questions with the time of the first asking and the slowest of four more. Where the file is not
//! there yet, it is made: texts as `synthetic` has them, each with five events whose parties, types, places and days are drawn by
//! lot, a few of them often and many seldom, as in news. The records are made without the coder, since what is measured is the
//! store.

use std::path::Path;
use std::time::{Duration, Instant};

use detente::core::{
    Actor, CoderInfo, Document, Event, EventStatus, Issue, Place, Record, Sector, SentenceSpan,
    Span, SpanText, Stance,
};
use detente_store::{Known, Prepared, Query, Sign, Store};

use crate::synthetic::{self, Chance};

const EVENTS: usize = 5;

const CODES: [&str; 60] = [
    "USA", "RUS", "CHN", "UKR", "ISR", "GBR", "FRA", "DEU", "IRN", "TUR", "IND", "PAK", "JPN",
    "KOR", "PRK", "SAU", "EGY", "SYR", "IRQ", "LBN", "PSE", "POL", "ITA", "ESP", "GRC", "ETH",
    "ERI", "KEN", "SOM", "NGA", "ZAF", "BRA", "ARG", "CHL", "COL", "VEN", "MEX", "CAN", "AUS",
    "IDN", "MYS", "PHL", "VNM", "THA", "MMR", "AFG", "ARM", "AZE", "GEO", "BLR", "SRB", "MAR",
    "DZA", "TUN", "LBY", "SDN", "UNO", "EUU", "NAT", "AFU",
];
const TYPES: [(&str, u8, f64); 16] = [
    ("CONSULT", 1, 2.5),
    ("ACCUSE", 3, -4.0),
    ("ASSAULT", 4, -10.0),
    ("REQUEST", 3, -1.0),
    ("SUPPORT", 1, 5.0),
    ("AGREE", 1, 2.5),
    ("REJECT", 3, -4.0),
    ("AID", 2, 10.0),
    ("THREATEN", 3, -6.0),
    ("SANCTION", 4, -7.0),
    ("COOPERATE", 2, 9.5),
    ("COERCE", 4, -8.0),
    ("MOBILIZE", 4, -5.0),
    ("PROTEST", 4, -5.0),
    ("CONCEDE", 1, 4.5),
    ("RETREAT", 2, 7.0),
];
const CONTEXTS: [&str; 8] = [
    "diplomatic",
    "military",
    "economic",
    "legal",
    "human_rights",
    "territory",
    "migration",
    "cyber",
];
const MODES: [&str; 6] = ["visit", "phone", "airstrike", "shelling", "multilateral", "third-party"];
const TOPICS: [&str; 6] =
    ["trade", "human_rights", "migration", "fisheries", "nuclear", "territory"];
const PLACES: [(&str, &str); 8] = [
    ("Geneva", "CHE"),
    ("Kyiv", "UKR"),
    ("Beirut", "LBN"),
    ("Washington", "USA"),
    ("Beijing", "CHN"),
    ("Hong Kong", "CHN"),
    ("Oslo", "NOR"),
    ("Gaza", "PSE"),
];

/// Makes the store where it is missing, asks, and prints a Markdown table.
pub(crate) fn run(path: &Path, events: usize) -> Result<(), String> {
    if !path.exists() {
        make(path, events)?;
    }
    let store = Store::open_read_only(path).map_err(|error| error.to_string())?;
    let counts = store.counts().map_err(|error| error.to_string())?;
    let bytes = std::fs::metadata(path).map_or(0, |meta| meta.len());
    println!(
        "{} events in {} documents, {:.0} MB\n",
        counts.events,
        counts.documents,
        bytes as f64 / 1e6
    );
    println!(
        "| question | found | first, ms | slowest of 4 more, ms | most CPU, ms |\n|---|---|---|---|---|"
    );
    let mut slowest = (Duration::ZERO, Duration::ZERO);
    for (name, query) in questions()? {
        // Another connection for each, so that the first asking finds nothing in the program's own memory.
        let store = Store::open_read_only(path).map_err(|error| error.to_string())?;
        let mut times = Vec::new();
        let mut found = 0;
        for _ in 0..5 {
            let (started, worked) = (Instant::now(), on_cpu());
            found = store.events(&query).map_err(|error| error.to_string())?.len();
            times.push((started.elapsed(), on_cpu().saturating_sub(worked)));
        }
        let plan = store.plan(&query).map_err(|error| error.to_string())?;
        if let Some(line) =
            plan.iter().find(|line| line.contains("TEMP B-TREE") || line.starts_with("SCAN e"))
        {
            return Err(format!("{name}: not answered by an index: {line}"));
        }
        let more = times[1..].iter().map(|(time, _)| *time).max().unwrap_or_default();
        let cpu = times.iter().map(|(_, cpu)| *cpu).max().unwrap_or_default();
        slowest = (slowest.0.max(times[0].0).max(more), slowest.1.max(cpu));
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!("| {name} | {found} | {:.1} | {:.1} | {:.1} |", ms(times[0].0), ms(more), ms(cpu));
    }
    let (time, cpu) = (slowest.0.as_secs_f64() * 1e3, slowest.1.as_secs_f64() * 1e3);
    println!("\nslowest: {time:.1} ms, of CPU {cpu:.1} ms");
    Ok(())
}

/// Time that this thread has worked, as Linux counts it: what others take of the machine is no part of it. Zero elsewhere.
fn on_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|number| number.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// What is asked: each sign alone, often and seldom, and mixtures of them, also such as nothing fulfils.
fn questions() -> Result<Vec<(&'static str, Query)>, String> {
    let new = || Query::new().limit(50).happenings();
    let from = |query: Query, first: &str, last: &str| {
        query.from(first).and_then(|query| query.until(last)).map_err(|error| error.to_string())
    };
    Ok(vec![
        ("everything", new()),
        ("the most frequent party", new().sign(Sign::Party, ["USA"])),
        ("a seldom party", new().sign(Sign::Party, ["AFU"])),
        ("a pair", new().sign(Sign::Party, ["USA"]).sign(Sign::Party, ["CHN"])),
        ("a seldom pair", new().sign(Sign::Party, ["SDN"]).sign(Sign::Party, ["NAT"])),
        (
            "a directed pair by code and sector",
            new().sign(Sign::Actor, ["RUS MIL"]).sign(Sign::Recipient, ["UKR GOV"]),
        ),
        (
            "a set against a set",
            new()
                .sign(Sign::Actor, ["USA", "GBR", "FRA"])
                .sign(Sign::Recipient, ["RUS", "BLR", "IRN"]),
        ),
        ("a person", new().sign(Sign::Party, ["Selin Arat"])),
        ("a sector", new().sign(Sign::Party, ["REB"])),
        ("a type", new().sign(Sign::Type, ["ASSAULT"])),
        ("a mode", new().sign(Sign::Mode, ["airstrike"])),
        ("a context", new().sign(Sign::Context, ["cyber"])),
        ("a status", new().sign(Sign::Status, ["denied"])),
        ("a place", new().sign(Sign::Place, ["Hong Kong"])),
        ("a country", new().sign(Sign::Country, ["UKR"])),
        ("an issue", new().sign(Sign::Issue, ["human_rights"])),
        ("a source", new().sign(Sign::Source, ["The Quay"])),
        ("confidence 0.95", new().confidence(0.95)),
        ("one day", from(new(), "2022-06-15", "2022-06-15")?),
        (
            "half a year and a pair",
            from(
                new().sign(Sign::Party, ["IRN"]).sign(Sign::Party, ["ISR"]),
                "2022-01",
                "2022-06",
            )?,
        ),
        ("a frequent word", new().words("goods")),
        ("a word", new().words("harbour")),
        ("a phrase", new().words("customs post")),
        ("the beginning of a word", new().words("light*")),
        (
            "a word and a pair",
            new().words("harbour").sign(Sign::Party, ["USA"]).sign(Sign::Party, ["RUS"]),
        ),
        (
            "a phrase, a party, a type, half a year",
            from(
                new().words("railway yard").sign(Sign::Actor, ["CHN"]).sign(Sign::Type, ["ACCUSE"]),
                "2022-03",
                "2022-09",
            )?,
        ),
        (
            "ten conditions",
            from(
                new()
                    .sign(Sign::Actor, ["RUS"])
                    .sign(Sign::Recipient, ["UKR"])
                    .sign(Sign::Party, ["MIL"])
                    .sign(Sign::Type, ["ASSAULT", "COERCE"])
                    .sign(Sign::Context, ["military"])
                    .sign(Sign::Status, ["actual"])
                    .sign(Sign::Country, ["UKR"])
                    .sign(Sign::Background, ["no"])
                    .confidence(0.6),
                "2022-02",
                "2022-11",
            )?,
        ),
        (
            "two frequent conditions that exclude each other",
            new().sign(Sign::Quad, ["1"]).sign(Sign::Type, ["ASSAULT"]),
        ),
        (
            "a frequent word that stands with no seldom party",
            new().words("goods").sign(Sign::Party, ["XXX"]),
        ),
        (
            "every mention of a pair, all of them",
            Query::new().sign(Sign::Party, ["USA"]).sign(Sign::Party, ["SRB"]),
        ),
    ])
}

fn make(path: &Path, events: usize) -> Result<(), String> {
    let documents = synthetic::documents(events.div_ceil(EVENTS), 7, 100)?;
    let mut chance = Chance::of(11);
    let items = documents.map(move |line| (line, chance.below(usize::MAX) as u64));
    let mut store = Store::open(path).map_err(|error| error.to_string())?;
    let mut writer = store.writer(Known::Keep);
    let mut fault = Ok(());
    let started = Instant::now();
    let mut done = 0;
    let work = |(line, seed): (serde_json::Value, u64)| {
        Prepared::of(&record(&line, &mut Chance::of(seed)), false)
    };
    detente::ordered(detente::available_threads(), items, work, |prepared| {
        let prepared = prepared.map_err(|fault| fault.0);
        fault = prepared.and_then(|prepared| {
            writer.put(prepared).map(|_| ()).map_err(|error| error.to_string())
        });
        done += 1;
        if done % 20_000 == 0 {
            eprintln!("{done} documents, {:.0} s", started.elapsed().as_secs_f64());
        }
        fault.is_ok()
    });
    fault?;
    writer.finish().map_err(|error| error.to_string())?;
    store.settle().map_err(|error| error.to_string())
}

/// A record of the text with events by lot.
fn record(line: &serde_json::Value, chance: &mut Chance) -> Record {
    let field = |name: &str| line[name].as_str().map(str::to_owned);
    let text = field("text").unwrap_or_default();
    let mut document = Document::of_text(text);
    document.id = field("id").unwrap_or_default();
    document.title = field("title");
    document.date = field("date");
    document.url = field("url");
    document.publisher = field("publisher");
    document.language = Some("en".to_owned());
    let mut start = 0;
    for piece in document.text.split_inclusive(['.', '\n']) {
        let trimmed = piece.trim();
        if trimmed.len() > 2 {
            let at = start + piece.find(trimmed).unwrap_or_default();
            let span = Span::new(at, at + trimmed.len());
            document.sentences.push(SentenceSpan { span, text: trimmed.to_owned() });
        }
        start += piece.len();
    }
    let sentences = document.sentences.len().max(1);
    let events: Vec<Event> =
        (0..EVENTS).map(|n| event(&document, n, n % sentences, chance)).collect();
    let issues = (0..1 + chance.below(2)).map(|n| {
        let topic = seldom(chance, &TOPICS);
        Issue {
            topic: (*topic).to_owned(),
            label: topic.replace('_', " "),
            between: vec!["CHN".to_owned(), "USA".to_owned()],
            stance: Stance::Contested,
            sentence: n % sentences,
            span: Span::default(),
            text: String::new(),
        }
    });
    Record {
        events,
        statements: Vec::new(),
        commitments: Vec::new(),
        issues: issues.collect(),
        warnings: Vec::new(),
        coder: CoderInfo { name: "synthetic".to_owned(), ..CoderInfo::default() },
        document,
    }
}

/// One of a list, the first ones far more often than the last (Zipf's law, about).
fn seldom<'t, T>(chance: &mut Chance, list: &'t [T]) -> &'t T {
    let share = chance.below(1 << 20) as f64 / f64::from(1 << 20);
    let at = (list.len() as f64 + 1.0).powf(share) as usize - 1;
    &list[at.min(list.len() - 1)]
}

fn event(document: &Document, n: usize, sentence: usize, chance: &mut Chance) -> Event {
    let (kind, quad, score) = *seldom(chance, &TYPES);
    let party = |chance: &mut Chance| Actor {
        code: Some((*seldom(chance, &CODES)).to_owned()),
        sector: Some(*seldom(chance, &Sector::ALL)),
        name: (chance.below(400) == 0).then(|| "Selin Arat".to_owned()),
        ..Actor::default()
    };
    let reciprocal = kind == "CONSULT" || kind == "AGREE";
    let (first, second) = (party(chance), party(chance));
    let (place, country) = *seldom(chance, &PLACES);
    let trigger = document.sentences.get(sentence).map_or_else(
        || SpanText { span: Span::default(), text: String::new() },
        |sentence| SpanText { span: sentence.span, text: sentence.text.clone() },
    );
    Event {
        id: format!("{}-{n}", document.id),
        sentence,
        kind: kind.to_owned(),
        modes: (chance.below(3) == 0)
            .then(|| (*seldom(chance, &MODES)).to_owned())
            .into_iter()
            .collect(),
        contexts: vec![(*seldom(chance, &CONTEXTS)).to_owned()],
        actors: if reciprocal { vec![first.clone(), second.clone()] } else { vec![first] },
        recipients: if reciprocal { Vec::new() } else { vec![second] },
        reciprocal,
        status: *seldom(chance, &EventStatus::ALL),
        background: chance.below(10) == 0,
        date: (chance.below(3) > 0).then(|| document.date.clone()).flatten(),
        date_text: None,
        place: (chance.below(2) == 0).then(|| Place {
            name: place.to_owned(),
            country: Some(country.to_owned()),
            ..Place::default()
        }),
        cameo: Some("042".to_owned()),
        quad,
        score,
        trigger: SpanText { text: trigger.text.chars().take(12).collect(), ..trigger },
        attribution: None,
        rule: format!("{}.lot", kind.to_lowercase()),
        confidence: 0.4 + 0.6 * (chance.below(1000) as f64 / 1000.0),
    }
}

//! `detente find`: what a store holds, by words, parties, types, places and days.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente::Coder;
use detente::who::{Found, Known};
use detente_core::{Event, Record, Sector};
use detente_store::{DocumentRow, EventHit, Party, Query, Sign, Store, Table, date_of, party_word};
use serde_json::json;

use crate::exit::{Done, Stop, tell};
use crate::output::Output;
use crate::style::{Ink, Style};
use crate::table::{self, Cell};

/// Find events, statements, commitments, issues or documents in a store, the latest first
///
/// What is given must all hold; of several values after one option, parted by commas, one. A party is a code (USA), a code and
/// a sector (USA:GOV), a sector (MIL) or a name ('Antony Blinken', Turkey).
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente find --store news.store 'working group' --party USA --party CHN\n  \
                  detente find --store news.store --actor RUS:MIL --type ASSAULT --country UKR --since 2023-06 --until 2023-08\n  \
                  detente find --store news.store --show statements --speaker CHN --about USA --json"
)]
pub(super) struct FindArgs {
    /// Words or phrases that must all stand there; the sentence of an event, the whole of a document. negotiat* is any word that
    /// begins so
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// What is found
    #[arg(long, value_enum, default_value_t = Show::Events)]
    show: Show,
    /// Who acts
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    actor: Vec<String>,
    /// To, with or towards whom
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    recipient: Vec<String>,
    /// On either side; given twice, both must be there
    #[arg(long, value_name = "PARTY")]
    party: Vec<String>,
    /// Sector of a party on either side: GOV, MIL, REB …
    #[arg(long, value_name = "SECTOR", value_delimiter = ',')]
    sector: Vec<String>,
    /// Type of event: CONSULT, ACCUSE …
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    kind: Vec<String>,
    /// Mode of event: visit, airstrike …
    #[arg(long, value_delimiter = ',')]
    mode: Vec<String>,
    /// Context of event: diplomatic, military …
    #[arg(long, value_delimiter = ',')]
    context: Vec<String>,
    /// Status of an event (actual, planned, hypothetical, denied) or a commitment (announced, held …)
    #[arg(long, value_delimiter = ',')]
    status: Vec<String>,
    /// Class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    #[arg(long, value_name = "1-4", value_delimiter = ',')]
    quad: Vec<String>,
    /// From this day, month or year on, as 2023-06-19, 2023-06 or 2023
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Until the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Name of the place
    #[arg(long, value_delimiter = ',')]
    place: Vec<String>,
    /// Country of the place: UKR …
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    country: Vec<String>,
    /// Topic at issue: human_rights …
    #[arg(long, value_name = "TOPIC", value_delimiter = ',')]
    issue: Vec<String>,
    /// Publisher, or host of the address
    #[arg(long, value_delimiter = ',')]
    source: Vec<String>,
    /// Who speaks (statements)
    #[arg(long, value_name = "PARTY", value_delimiter = ',')]
    speaker: Vec<String>,
    /// Whom it is about (statements)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    about: Vec<String>,
    /// Stance on an issue: contested, shared, discussed
    #[arg(long, value_delimiter = ',')]
    stance: Vec<String>,
    /// Events with at least this confidence
    #[arg(long, value_name = "P", default_value_t = 0.0)]
    confidence: f64,
    /// Show every mention of a happening, not only the first found
    #[arg(long)]
    mentions: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Show {
    /// Who did what to whom
    Events,
    /// Who said what
    Statements,
    /// What was agreed
    Commitments,
    /// What is contested, shared or discussed
    Issues,
    /// Articles
    Documents,
}

pub(super) fn run(args: &FindArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let store = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let query = query(args, knowledge)?;
    let mut finder = Finder { store: &store, records: BTreeMap::new() };
    let mut output = Output::standard();
    let found = match args.show {
        Show::Events => events(args, &mut finder, &query, &mut output)?,
        Show::Documents => documents(args, &store, &query, &mut output)?,
        Show::Statements => rows(args, &mut finder, Table::Statements, &query, &mut output)?,
        Show::Commitments => rows(args, &mut finder, Table::Commitments, &query, &mut output)?,
        Show::Issues => rows(args, &mut finder, Table::Issues, &query, &mut output)?,
    };
    output.finish()?;
    if found == args.limit {
        tell(format_args!("the first {found}; there may be more: --limit"));
    } else if found == 0 {
        tell("nothing found");
    }
    Ok(Done::All)
}

fn query(args: &FindArgs, knowledge: Option<&Path>) -> Result<Query, Stop> {
    let mut names = Names { knowledge, coder: None };
    let mut query = Query::new().limit(args.limit).confidence(args.confidence);
    for phrase in &args.words {
        query = query.words(phrase);
    }
    for party in &args.party {
        let values: Vec<&str> = party.split(',').collect();
        query = query.sign(Sign::Party, names.parties(&values)?);
    }
    for (sign, values) in [
        (Sign::Actor, &args.actor),
        (Sign::Recipient, &args.recipient),
        (Sign::Speaker, &args.speaker),
    ] {
        query = query.sign(sign, names.parties(values)?);
    }
    let upper = |values: &[String]| values.iter().map(|v| v.to_uppercase()).collect::<Vec<_>>();
    for sector in upper(&args.sector) {
        if Sector::from_code(&sector).is_none() {
            let known = Sector::ALL.map(Sector::code).join(", ");
            return Err(Stop::because(format_args!("{sector}: no such sector; there are {known}")));
        }
    }
    query = query.sign(Sign::Party, upper(&args.sector)).sign(Sign::About, upper(&args.about));
    for (sign, values) in [
        (Sign::Type, &args.kind),
        (Sign::Mode, &args.mode),
        (Sign::Context, &args.context),
        (Sign::Status, &args.status),
        (Sign::Quad, &args.quad),
        (Sign::Place, &args.place),
        (Sign::Country, &args.country),
        (Sign::Issue, &args.issue),
        (Sign::Source, &args.source),
        (Sign::Stance, &args.stance),
    ] {
        query = query.sign(sign, values);
    }
    if let Some(since) = &args.since {
        query = query.from(since).map_err(Stop::because)?;
    }
    if let Some(until) = &args.until {
        query = query.until(until).map_err(Stop::because)?;
    }
    Ok(if args.mentions { query } else { query.happenings() })
}

/// Makes parties of names; the knowledge is read only when a name is no code.
struct Names<'a> {
    knowledge: Option<&'a Path>,
    coder: Option<Coder>,
}

impl Names<'_> {
    fn parties<S: AsRef<str>>(&mut self, values: &[S]) -> Result<Vec<String>, Stop> {
        let mut parties = Vec::new();
        for value in values {
            let value = value.as_ref().trim();
            let plain = |part: &str| {
                (2..=4).contains(&part.len())
                    && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            };
            if value.split([':', ' ']).all(plain) {
                parties.push(value.to_owned());
            } else {
                parties.extend(self.named(value)?);
            }
        }
        Ok(parties)
    }

    /// A state or organisation by its code, a person or body by the full name.
    fn named(&mut self, name: &str) -> Result<Vec<String>, Stop> {
        if self.coder.is_none() {
            self.coder = Some(super::coder(self.knowledge)?);
        }
        let found = self.coder.as_ref().map(|coder| coder.who(name, None));
        let Some(Found::Identities(identities)) = found else { return Ok(vec![name.to_owned()]) };
        let parties =
            identities.into_iter().map(|identity| match (identity.known, identity.code) {
                (Known::Person | Known::Body, _) | (_, None) => identity.name,
                (_, Some(code)) => code,
            });
        Ok(parties.collect())
    }
}

/// Records of the documents that were found, each read once.
struct Finder<'s> {
    store: &'s Store,
    records: BTreeMap<i64, Record>,
}

impl Finder<'_> {
    fn record(&mut self, document: &DocumentRow) -> Result<&Record, Stop> {
        match self.records.entry(document.id) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => {
                let record = self.store.record_of(document.id).map_err(Stop::because)?;
                let lost = || {
                    Stop::because(format_args!(
                        "{}: its record is gone; ingest the document anew into another store",
                        document.name
                    ))
                };
                Ok(place.insert(record.ok_or_else(lost)?))
            }
        }
    }
}

fn about(document: &DocumentRow) -> serde_json::Value {
    json!({
        "id": document.name, "date": document.date, "title": document.title, "publisher": document.publisher,
        "source": document.source, "url": document.url, "private": document.private,
    })
}

/// Date as the record has it; the day of the document in brackets where the text gives none.
fn when(event: &Event, hit: &EventHit) -> String {
    let day = || date_of(hit.day).filter(|_| hit.day > 0).map(|day| format!("({day})"));
    event.date.clone().or_else(day).unwrap_or_default()
}

fn who(parties: &[Party]) -> String {
    let mut words: Vec<String> = Vec::new();
    for party in parties {
        let word = party_word(party.code.as_deref(), party.sector.as_deref());
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" + ")
}

fn events(
    args: &FindArgs,
    finder: &mut Finder<'_>,
    query: &Query,
    output: &mut Output,
) -> Result<usize, Stop> {
    let hits = finder.store.events(query).map_err(Stop::because)?;
    let mut table: Vec<[Cell; 7]> = Vec::new();
    for hit in &hits {
        let told = finder.store.told(hit.happening).map_err(Stop::because)?;
        let record = finder.record(&hit.document)?;
        let Some(event) = record.events.get(hit.position) else { continue };
        if args.json {
            let line = json!({
                "document": about(&hit.document), "event": event,
                "sentence": record.document.sentences.get(event.sentence).map(|s| &s.text),
                "mentions": told.mentions, "documents": told.documents, "sources": told.sources,
            });
            writeln!(output, "{line}")?;
            continue;
        }
        let ink = if event.quad > 2 { Ink::Red } else { Ink::Green };
        let mut what = std::iter::once(event.kind.clone())
            .chain(event.modes.iter().map(|mode| format!("/{mode}")))
            .collect::<Vec<_>>()
            .join(" ");
        if hit.status != "actual" {
            what = format!("{what} ({})", hit.status);
        }
        table.push([
            Cell::plain(when(event, hit)),
            Cell::plain(who(&hit.actors)),
            Cell::inked(ink, what),
            Cell::plain(who(&hit.recipients)),
            Cell::plain(hit.place.clone().unwrap_or_default()),
            Cell::plain(match told.documents {
                1 => String::new(),
                documents => format!("{documents} ({})", told.sources),
            }),
            Cell::inked(
                Ink::Faint,
                hit.document.title.clone().unwrap_or_else(|| hit.document.source.clone()),
            ),
        ]);
    }
    if !table.is_empty() {
        let head = ["when", "who", "what", "to whom", "where", "told in (sources)", "in"];
        for line in table::lines(Style::of_stdout(), head, &table) {
            writeln!(output, "{line}")?;
        }
    }
    Ok(hits.len())
}

fn documents(
    args: &FindArgs,
    store: &Store,
    query: &Query,
    output: &mut Output,
) -> Result<usize, Stop> {
    let found = store.documents(query).map_err(Stop::because)?;
    let mut table: Vec<[Cell; 4]> = Vec::new();
    for document in &found {
        if args.json {
            writeln!(output, "{}", about(document))?;
            continue;
        }
        table.push([
            Cell::plain(document.date.clone().unwrap_or_default()),
            Cell::plain(document.publisher.clone().unwrap_or_default()),
            Cell::plain(document.title.clone().unwrap_or_default()),
            Cell::inked(Ink::Faint, document.source.clone()),
        ]);
    }
    if !table.is_empty() {
        let head = ["date", "publisher", "title", "source"];
        for line in table::lines(Style::of_stdout(), head, &table) {
            writeln!(output, "{line}")?;
        }
    }
    Ok(found.len())
}

fn rows(
    args: &FindArgs,
    finder: &mut Finder<'_>,
    of: Table,
    query: &Query,
    output: &mut Output,
) -> Result<usize, Stop> {
    let hits = finder.store.rows(of, query).map_err(Stop::because)?;
    let mut table: Vec<[Cell; 5]> = Vec::new();
    for hit in &hits {
        let record = finder.record(&hit.document)?;
        let (name, value, cells) = match of {
            Table::Statements => match record.statements.get(hit.position) {
                Some(one) => {
                    let speaker = one.speaker.as_ref();
                    let word = party_word(
                        speaker.and_then(|speaker| speaker.code.as_deref()),
                        speaker.and_then(|speaker| speaker.sector).map(Sector::code),
                    );
                    (
                        "statement",
                        serde_json::to_value(one),
                        [word, one.content.text.clone(), String::new()],
                    )
                }
                None => continue,
            },
            Table::Commitments => match record.commitments.get(hit.position) {
                Some(one) => (
                    "commitment",
                    serde_json::to_value(one),
                    [
                        one.parties.join(" + "),
                        format!("{} {}", one.kind, one.subject.as_deref().unwrap_or_default()),
                        one.status.as_str().to_owned(),
                    ],
                ),
                None => continue,
            },
            Table::Issues => match record.issues.get(hit.position) {
                Some(one) => (
                    "issue",
                    serde_json::to_value(one),
                    [one.between.join(" + "), one.label.clone(), one.stance.as_str().to_owned()],
                ),
                None => continue,
            },
        };
        let value = value.map_err(std::io::Error::from)?;
        if args.json {
            writeln!(output, "{}", json!({ "document": about(&hit.document), name: value }))?;
            continue;
        }
        let [who, what, how] = cells;
        table.push([
            Cell::plain(hit.document.date.clone().unwrap_or_default()),
            Cell::plain(who),
            Cell::plain(what),
            Cell::plain(how),
            Cell::inked(Ink::Faint, hit.document.title.clone().unwrap_or_default()),
        ]);
    }
    if !table.is_empty() {
        let head = match of {
            Table::Statements => ["date", "who", "said", "", "in"],
            Table::Commitments => ["date", "between", "what", "status", "in"],
            Table::Issues => ["date", "between", "over", "stance", "in"],
        };
        for line in table::lines(Style::of_stdout(), head, &table) {
            writeln!(output, "{line}")?;
        }
    }
    Ok(hits.len())
}

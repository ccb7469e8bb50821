//! `detente find`: what a store holds, by words, parties, types, places and days.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_core::{CommitmentStatus, Event, EventStatus, Record, Sector, Stance};
use detente_knowledge::EntityKind;
use detente_store::{DocumentRow, EventHit, Party, Query, Sign, Store, Table, date_of, party_word};
use serde_json::json;

use crate::exit::{Done, Stop, tell};
use crate::output::Output;
use crate::parties::{Named, Parties};
use crate::style::{Ink, Style};
use crate::table::{self, Cell};

/// Find events, statements, commitments, issues or documents in a store, the latest first
///
/// What is given must all hold; of several values after one option, parted by commas, one. A party is a code (USA), a code and
/// a sector (USA:GOV), a sector (MIL) or a name ('Antony Blinken', Turkey). A value that cannot be, and an option that what is
/// shown does not have, is an error.
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
    #[arg(long, value_name = "PARTY")]
    actor: Vec<String>,
    /// To, with or towards whom
    #[arg(long, value_name = "PARTY")]
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
    #[arg(long)]
    place: Vec<String>,
    /// Country of the place, by code or name: UKR …
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    /// Topic at issue: human_rights …
    #[arg(long, value_name = "TOPIC", value_delimiter = ',')]
    issue: Vec<String>,
    /// Publisher, or host of the address
    #[arg(long)]
    source: Vec<String>,
    /// Who speaks (statements)
    #[arg(long, value_name = "PARTY")]
    speaker: Vec<String>,
    /// Whom it is about, by code or name (statements)
    #[arg(long, value_name = "PARTY")]
    about: Vec<String>,
    /// Stance on an issue: contested, shared, discussed
    #[arg(long, value_delimiter = ',')]
    stance: Vec<String>,
    /// Events with at least this confidence
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::code::share)]
    confidence: f64,
    /// Show every mention of a happening, not only the first found
    #[arg(long)]
    mentions: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = at_least_one)]
    limit: usize,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    let number: Option<usize> = text.parse().ok();
    number.filter(|number| *number > 0).ok_or_else(|| "a number from 1 on".to_owned())
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
    let query = Asking { args, store: &store, parties: Parties::new(knowledge) }.query()?;
    let mut finder = Finder { store: &store, records: BTreeMap::new(), failures: 0 };
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
    Ok(Done::with_failures(finder.failures))
}

/// Makes a question of the words of a call.
struct Asking<'a> {
    args: &'a FindArgs,
    store: &'a Store,
    parties: Parties<'a>,
}

impl Asking<'_> {
    fn query(self) -> Result<Query, Stop> {
        let args = self.args;
        self.check_options()?;
        let mut query = Query::new().limit(args.limit).confidence(args.confidence);
        for phrase in &args.words {
            if !phrase.chars().any(char::is_alphanumeric) {
                return Err(Stop::because(format_args!(
                    "{phrase}: there is no word in it; letters and digits are what is searched for"
                )));
            }
            query = query.words(phrase);
        }
        for party in &args.party {
            query =
                query.sign(Sign::Party, self.parties(Sign::Party, std::slice::from_ref(party))?);
        }
        for (sign, values) in [
            (Sign::Actor, &args.actor),
            (Sign::Recipient, &args.recipient),
            (Sign::Speaker, &args.speaker),
            (Sign::About, &args.about),
            (Sign::Country, &args.country),
        ] {
            query = query.sign(sign, self.parties(sign, values)?);
        }
        let sectors: Vec<String> = Sector::ALL.iter().map(|one| one.code().to_owned()).collect();
        query = query.sign(Sign::Party, one_of("sector", &args.sector, &sectors)?);
        for (sign, name, values) in [
            (Sign::Type, "type", &args.kind),
            (Sign::Mode, "mode", &args.mode),
            (Sign::Context, "context", &args.context),
            (Sign::Status, "status", &args.status),
            (Sign::Quad, "quad", &args.quad),
            (Sign::Issue, "issue", &args.issue),
            (Sign::Stance, "stance", &args.stance),
        ] {
            query = query.sign(sign, self.values(sign, name, values)?);
        }
        for (sign, values) in [(Sign::Place, &args.place), (Sign::Source, &args.source)] {
            let mut alternatives = Vec::new();
            for value in values {
                alternatives.extend(pieces(self.store, args.show, sign, value)?);
            }
            query = query.sign(sign, alternatives);
        }
        if let Some(since) = &args.since {
            query = query.from(since).map_err(Stop::because)?;
        }
        if let Some(until) = &args.until {
            query = query.until(until).map_err(Stop::because)?;
        }
        Ok(if args.mentions { query } else { query.happenings() })
    }

    /// What is shown has not every option: nothing could be found by one that it has not.
    fn check_options(&self) -> Result<(), Stop> {
        use Show::{Commitments, Documents, Events, Issues, Statements};
        let args = self.args;
        let options = [
            ("--actor", !args.actor.is_empty(), &[Events][..]),
            ("--recipient", !args.recipient.is_empty(), &[Events]),
            ("--sector", !args.sector.is_empty(), &[Events, Statements]),
            ("--type", !args.kind.is_empty(), &[Events]),
            ("--mode", !args.mode.is_empty(), &[Events]),
            ("--context", !args.context.is_empty(), &[Events]),
            ("--status", !args.status.is_empty(), &[Events, Commitments]),
            ("--quad", !args.quad.is_empty(), &[Events]),
            ("--place", !args.place.is_empty(), &[Events]),
            ("--country", !args.country.is_empty(), &[Events]),
            ("--issue", !args.issue.is_empty(), &[Events, Statements, Issues, Documents]),
            ("--speaker", !args.speaker.is_empty(), &[Statements]),
            ("--about", !args.about.is_empty(), &[Statements]),
            ("--stance", !args.stance.is_empty(), &[Issues]),
            ("--confidence", args.confidence > 0.0, &[Events]),
        ];
        let word = |show: &Show| {
            show.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
        };
        for (option, given, shows) in options {
            if given && !shows.contains(&args.show) {
                let shows: Vec<String> = shows.iter().map(word).collect();
                return Err(Stop::because(format_args!(
                    "{option} is not for {}: it goes with --show {}",
                    word(&args.show),
                    shows.join(", --show ")
                )));
            }
        }
        Ok(())
    }

    /// Parties of events and speakers have sectors and names; all others are known by their codes.
    fn parties(&self, sign: Sign, values: &[String]) -> Result<Vec<String>, Stop> {
        let by_code = match sign {
            Sign::About | Sign::Country => true,
            _ => !matches!(self.args.show, Show::Events | Show::Statements),
        };
        let (store, show) = (self.store, self.args.show);
        let mut parties = Vec::new();
        for value in values {
            for piece in pieces(store, show, sign, value)? {
                for named in
                    self.parties.named(&piece, &|word| is_stored(store, show, sign, word))?
                {
                    if by_code && !matches!(named, Named::Code(_, None)) {
                        return Err(by_codes_alone(&piece, &named));
                    }
                    if sign == Sign::Country && !self.is_country(&named)? {
                        return Err(Stop::because(format_args!(
                            "--country {piece}: no country; a place lies in one, as UKR"
                        )));
                    }
                    parties.push(named.sign());
                }
            }
        }
        Ok(parties)
    }

    /// Whether the knowledge has it as a country; of what only the store knows nobody can say.
    fn is_country(&self, named: &Named) -> Result<bool, Stop> {
        let Named::Code(code, _) = named else { return Ok(false) };
        if is_stored(self.store, self.args.show, Sign::Country, code)? {
            return Ok(true);
        }
        let entity = self.parties.knowledge()?.actors.entity(code);
        Ok(entity.is_none_or(|entity| entity.kind == EntityKind::Country))
    }

    /// The values of an option that has only so many, in the case that records have.
    fn values(&self, sign: Sign, name: &str, values: &[String]) -> Result<Vec<String>, Stop> {
        let mut found = Vec::new();
        for value in values {
            // What the store has needs no knowledge, and the store may have been made with another.
            let is_fixed = matches!(sign, Sign::Status | Sign::Stance | Sign::Quad);
            if !is_fixed && is_stored(self.store, self.args.show, sign, value)? {
                found.push(value.clone());
            } else {
                found.extend(one_of(name, std::slice::from_ref(value), &self.possible(sign)?)?);
            }
        }
        Ok(found)
    }

    /// All values of an option that has only so many.
    fn possible(&self, sign: Sign) -> Result<Vec<String>, Stop> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Ok(match sign {
            Sign::Status if self.args.show == Show::Commitments => {
                CommitmentStatus::ALL.iter().map(|status| status.as_str().to_owned()).collect()
            }
            Sign::Status => {
                EventStatus::ALL.iter().map(|status| status.as_str().to_owned()).collect()
            }
            Sign::Stance => Stance::ALL.iter().map(|stance| stance.as_str().to_owned()).collect(),
            Sign::Quad => words(&["1", "2", "3", "4"]),
            Sign::Type => {
                let types = &self.parties.knowledge()?.ontology.types;
                types.iter().map(|one| one.name.clone()).collect()
            }
            Sign::Mode => {
                let types = &self.parties.knowledge()?.ontology.types;
                types.iter().flat_map(|one| one.modes.iter().cloned()).collect()
            }
            Sign::Context => self.parties.knowledge()?.ontology.contexts.clone(),
            _ => {
                let issues = &self.parties.knowledge()?.topics.issues;
                issues.iter().map(|topic| topic.name.clone()).collect()
            }
        })
    }
}

/// Whether anything of what is shown has this value of a sign.
fn is_stored(store: &Store, show: Show, sign: Sign, value: &str) -> Result<bool, Stop> {
    let query = Query::new().sign(sign, [value]).limit(1);
    let rows = |table| store.rows(table, &query).map(|found| !found.is_empty());
    match show {
        Show::Events => store.events(&query).map(|found| !found.is_empty()),
        Show::Documents => store.documents(&query).map(|found| !found.is_empty()),
        Show::Statements => rows(Table::Statements),
        Show::Commitments => rows(Table::Commitments),
        Show::Issues => rows(Table::Issues),
    }
    .map_err(Stop::because)
}

/// The values after one option: parted by commas, unless the store has a name with a comma in it.
fn pieces(store: &Store, show: Show, sign: Sign, value: &str) -> Result<Vec<String>, Stop> {
    if value.contains(',') && is_stored(store, show, sign, value)? {
        return Ok(vec![value.to_owned()]);
    }
    let pieces = value.split(',').map(str::trim).filter(|piece| !piece.is_empty());
    let pieces: Vec<String> = pieces.map(str::to_owned).collect();
    if pieces.is_empty() {
        return Err(Stop::because("an option has an empty value; leave it out, or give it one"));
    }
    Ok(pieces)
}

/// The values as `known` has them, whatever their case, with `_` or a space in them.
fn one_of(name: &str, values: &[String], known: &[String]) -> Result<Vec<String>, Stop> {
    let plain = |word: &str| word.trim().to_lowercase().replace([' ', '-'], "_");
    let find = |value: &String| {
        let found = known.iter().find(|known| plain(known) == plain(value)).cloned();
        found.ok_or_else(|| {
            let mut known: Vec<&str> = known.iter().map(String::as_str).collect();
            known.sort_unstable();
            known.dedup();
            Stop::because(format_args!(
                "--{name} {value}: no such {name}; there are {}",
                known.join(", ")
            ))
        })
    };
    values.iter().map(find).collect()
}

fn by_codes_alone(word: &str, named: &Named) -> Stop {
    let next = match named {
        Named::Code(code, Some(_)) | Named::Name(_, Some(code)) => format!("write {code}"),
        _ => "write one, as USA".to_owned(),
    };
    Stop::because(format_args!("{word}: parties are known here by their codes alone; {next}"))
}

/// Records of the documents that were found, each read once; those that cannot be read are named and passed over.
struct Finder<'s> {
    store: &'s Store,
    records: BTreeMap<i64, Option<Record>>,
    failures: usize,
}

impl Finder<'_> {
    fn record(&mut self, document: &DocumentRow) -> Option<&Record> {
        let record = match self.records.entry(document.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let record = self.store.record_of(document.id);
                match &record {
                    Ok(Some(_)) => {}
                    Ok(None) => tell(format_args!(
                        "detente: {}: its record is gone; ingest the document anew into another store",
                        document.name
                    )),
                    Err(error) => tell(format_args!("detente: {error}")),
                }
                let record = record.ok().flatten();
                self.failures += usize::from(record.is_none());
                place.insert(record)
            }
        };
        record.as_ref()
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
    let mut table: Vec<[Cell; 6]> = Vec::new();
    let mut sentences: Vec<String> = Vec::new();
    for hit in &hits {
        let told = finder.store.told(hit.happening).map_err(Stop::because)?;
        let Some(record) = finder.record(&hit.document) else { continue };
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
        ]);
        let sentence = record.document.sentences.get(event.sentence).map_or("", |s| &s.text);
        let document = &hit.document;
        let source = document.publisher.as_ref().or(document.title.as_ref());
        sentences.push(format!("{sentence} ({})", source.unwrap_or(&document.source)));
    }
    if !table.is_empty() {
        let head = ["when", "who", "what", "to whom", "where", "told in (sources)"];
        for line in table::noted(Style::of_stdout(), head, &table, &sentences) {
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
        let Some(record) = finder.record(&hit.document) else { continue };
        let (name, value, cells) = match of {
            Table::Statements => match record.statements.get(hit.position) {
                Some(one) => {
                    let speaker = one.speaker.as_ref();
                    let mut word = party_word(
                        speaker.and_then(|speaker| speaker.code.as_deref()),
                        speaker.and_then(|speaker| speaker.sector).map(Sector::code),
                    );
                    if let Some(name) = speaker.and_then(|speaker| speaker.name.as_deref()) {
                        word = format!("{name} ({word})");
                    }
                    let not = if one.unsaid { "not said" } else { "" };
                    let words = without_comma(one.words());
                    ("statement", serde_json::to_value(one), [word, words, not.to_owned()])
                }
                None => continue,
            },
            Table::Commitments => match record.commitments.get(hit.position) {
                Some(one) => (
                    "commitment",
                    serde_json::to_value(one),
                    [
                        one.parties.join(" + "),
                        match &one.subject {
                            Some(subject) => format!("{}: {subject}", one.kind),
                            None => one.kind.clone(),
                        },
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

/// Words that were said without the comma that only leads on to who said them: `"We are ready,"` is `"We are ready"`.
fn without_comma(words: String) -> String {
    let body = words.trim_end_matches(['"', '”', '’', '\'']);
    match body.strip_suffix(',') {
        Some(before) => format!("{before}{}", words.strip_prefix(body).unwrap_or_default()),
        None => words,
    }
}

//! `detente who`: what the knowledge says of a name.

use std::io::Write;
use std::path::Path;

use clap::Args;
use detente::who::{Found, Identity, Known, Office, Run};
use detente_core::Sector;

use crate::exit::{Done, Stop};
use crate::output::Output;

/// Look a name or an office up: whom it stands for at a date, in which offices and from when to when, and in which file
/// that stands
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente who 'Antony Blinken' --date 2019-05-10\n  detente who Ankara\n  detente who 'the French foreign minister' --date 2015-02-01"
)]
pub(super) struct WhoArgs {
    /// The name as a text would have it, in its own case; or an office with its country
    #[arg(value_name = "NAME")]
    name: String,
    /// Day at which it is read, as 2023-06-19; without it, a person's most recent office counts
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    date: Option<String>,
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &WhoArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let coder = super::coder(knowledge)?;
    let date = args.date.as_deref().and_then(|date| date.parse().ok());
    let identities = match coder.who(&args.name, date) {
        Found::Identities(identities) => identities,
        Found::Similar(names) => return Err(unknown(&args.name, &names)),
    };
    let mut output = Output::standard();
    for identity in &identities {
        if args.json {
            writeln!(output, "{}", serde_json::to_string(identity).map_err(Stop::because)?)?;
        } else {
            for line in lines(identity) {
                writeln!(output, "{line}")?;
            }
        }
    }
    output.finish()?;
    Ok(Done::All)
}

fn unknown(name: &str, similar: &[String]) -> Stop {
    let next = if similar.is_empty() {
        "knowledge/README.md tells how to add it".to_owned()
    } else {
        format!("there is {}", similar.join(", "))
    };
    Stop::because(format_args!("`{name}`: no file names such an actor in this spelling; {next}"))
}

/// `USA GOV  Antony Blinken, Secretary of State, Democratic Party  actors/countries/USA.toml:982`, and the offices below it.
fn lines(identity: &Identity) -> Vec<String> {
    let code = identity.code.as_deref().unwrap_or("-");
    let sector = identity.sector.map_or("-", Sector::code);
    let of = identity.of.as_deref().unwrap_or_default();
    let what = match identity.known {
        Known::Name => String::new(),
        Known::Adjective => format!(", adjective of {of}"),
        Known::Demonym => format!(", people of {of}"),
        Known::Capital => format!(", capital of {of}"),
        Known::Seat => format!(", seat of {of}"),
        Known::Body => format!(", body of {of}"),
        Known::Person | Known::Words => match &identity.role {
            Some(role) if identity.former => format!(", former {role}"),
            Some(role) => format!(", {role}"),
            None => String::new(),
        },
    };
    let file = identity.file.as_deref().map(|file| format!("  {file}")).unwrap_or_default();
    let line = identity.line.map(|line| format!(":{line}")).unwrap_or_default();
    let party = identity.party.as_deref().map(|party| format!(", {party}")).unwrap_or_default();
    let end = identity.until.as_deref().map(|day| format!(", until {day}")).unwrap_or_default();
    let first = format!("{code} {sector}  {}{what}{party}{end}{file}{line}", identity.name);
    let members = match identity.members.as_slice() {
        [] => None,
        codes => Some(format!("    members: {}", codes.join(" "))),
    };
    let below =
        identity.offices.iter().map(office).chain(identity.candidacies.iter().map(candidacy));
    std::iter::once(first).chain(members).chain(below).collect()
}

fn candidacy(run: &Run) -> String {
    let (from, until) = period(run.from.as_deref(), run.until.as_deref());
    let nominee = run.nominee.as_deref().map(|day| format!(", nominee from {day}"));
    format!("    -   {from} – {until}  runs for {}{}", run.office, nominee.unwrap_or_default())
}

/// The first and the last day as they are printed.
fn period<'d>(from: Option<&'d str>, until: Option<&'d str>) -> (&'d str, &'d str) {
    (from.unwrap_or("…"), until.unwrap_or("…"))
}

fn office(office: &Office) -> String {
    let (from, until) = period(office.from.as_deref(), office.until.as_deref());
    let mark = if office.counts { '*' } else { ' ' };
    format!("  {mark} {} {from} – {until}  {}", office.sector.code(), office.title)
}

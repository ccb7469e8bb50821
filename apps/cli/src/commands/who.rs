//! `detente who`: what the knowledge says of a name.

use std::io::Write;
use std::path::Path;

use clap::Args;
use detente_core::Sector;
use detente_knowledge::{Knowledge, Name, NameKind, PartialDate};

use crate::exit::{Done, Stop};
use crate::output::Output;

/// Look a name up: whom it stands for, in which offices and from when to when, and in which file that stands
#[derive(Args)]
#[command(after_help = "Examples:\n  detente who 'Antony Blinken'\n  detente who Ankara")]
pub(super) struct WhoArgs {
    /// The name as a text would have it, in its own case
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(args: &WhoArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let coder = super::coder(knowledge)?;
    let knowledge = coder.knowledge();
    let name = args.name.trim();
    let Some(found) = knowledge.actors.name_at(name, 0).filter(|found| found.len == name.len())
    else {
        return Err(Stop::because(format_args!(
            "`{name}`: no actor of this name; names are looked up in their own case, and knowledge/README.md tells how \
             to add one"
        )));
    };
    let mut output = Output::standard();
    for reading in found.readings {
        for line in lines(knowledge, reading) {
            writeln!(output, "{line}")?;
        }
    }
    output.finish()?;
    Ok(Done::All)
}

fn lines(knowledge: &Knowledge, reading: &Name) -> Vec<String> {
    let Some(entity) = knowledge.actors.entities.get(reading.entity) else { return Vec::new() };
    let of = format!("{} ({})", entity.code, entity.name);
    let sector = reading.sector.map_or("", Sector::code);
    let what = match reading.kind {
        NameKind::Entity => format!("{of} {sector}"),
        NameKind::Adjective => format!("{of}, its adjective"),
        NameKind::Demonym => format!("{of}, its people"),
        NameKind::Capital => format!("{of}, its capital"),
        NameKind::Seat => format!("{of}, a seat of its government"),
        NameKind::Body(body) => {
            let name = knowledge.actors.bodies.get(body).map_or("", String::as_str);
            format!("{of} {sector}: {name}")
        }
        NameKind::Person(person) => {
            let Some(person) = knowledge.actors.people.get(person) else { return Vec::new() };
            let file = knowledge.actors.files.get(person.file).map_or("", String::as_str);
            let mut out = vec![format!("{of}: {}, {file}:{}", person.name, person.line)];
            for role in &person.roles {
                let (from, until) = (day(role.from, false), day(role.until, true));
                out.push(format!("    {} {from} – {until}  {}", role.sector.code(), role.title));
            }
            return out;
        }
    };
    vec![format!("{}, {}", what.trim_end(), entity.file)]
}

fn day(date: Option<PartialDate>, last: bool) -> String {
    date.map_or_else(
        || "…".to_owned(),
        |date| if last { date.last } else { date.first }.to_string(),
    )
}

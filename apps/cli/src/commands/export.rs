//! `detente export`: what a store holds, in other people's formats.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_core::Record;
use detente_store::{Copied, DocumentRow, Scope, Store, days};
use detente_write::{Tally, format};

use crate::exit::{Done, Stop, tell};
use crate::output::{files_of_store, keep_apart};
use crate::writing::{self, Writing};

/// Write what a store holds: records, events, statements, commitments and issues, for other programs
///
/// Documents come by day. What is marked private never leaves.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente export --store news.store -o events.parquet\n  detente export --store news.store --format csv,gdelt -o out/\n  \
                  detente export --store news.store --since 2023 --once --format gdelt > events.tsv\n  detente export --store news.store --members G7,NAT -o events.csv"
)]
pub(super) struct ExportArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    #[command(flatten)]
    writing: Writing,
    /// Documents from this day, month or year on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Documents until the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Write what several documents tell once: leave out copies of a text, and events that an earlier document tells
    #[arg(long)]
    once: bool,
}

pub(super) fn run(args: &ExportArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let mut formats = args.writing.formats()?;
    if formats.is_empty() {
        formats.extend(format("jsonl"));
    }
    let bound = |date: &Option<String>| match date {
        None => Ok(None),
        Some(date) => days(date).map(Some).ok_or_else(|| {
            Stop::because(format_args!(
                "{date}: no date; write a day, a month or a year as 2023-06-19, 2023-06 or 2023"
            ))
        }),
    };
    let first = bound(&args.since)?.map(|(first, _)| first);
    let last = bound(&args.until)?.map(|(_, last)| last);
    // The knowledge is read only where it is asked for.
    let spreads = !args.writing.members.is_empty();
    let coder = spreads.then(|| super::coder(knowledge)).transpose()?;
    let actors = coder.as_ref().map(|coder| &coder.knowledge().actors);
    if let Some(actors) = actors {
        args.writing.check_members(actors)?;
    }
    let store = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let targets = args.writing.targets(&formats)?;
    let read = files_of_store(&args.store);
    keep_apart(&writing::files(&targets), read.iter().map(PathBuf::as_path))?;
    let (written, failures) = writing::write_all(&targets, |write| {
        let (mut written, mut failures) = (0, 0);
        let mut fault = None;
        store
            .each_record(Scope::Export, |document, record| {
                let day = document.date.as_deref().and_then(days);
                if first.is_some_and(|first| day.is_none_or(|(_, day)| day < first))
                    || last.is_some_and(|last| day.is_none_or(|(day, _)| day > last))
                {
                    return true;
                }
                let mut record = match record {
                    Ok(record) => record,
                    Err(error) => {
                        failures += 1;
                        tell(format_args!("detente: {error}"));
                        return true;
                    }
                };
                let tally = if args.once {
                    once(&store, document, &mut record)
                } else {
                    Ok(Some(Vec::new()))
                };
                let done = tally.and_then(|tally| {
                    let Some(tally) = tally else { return Ok(()) };
                    if let Some(actors) = actors {
                        args.writing.expand(&mut record, actors);
                    }
                    write(&record, &tally).map(|()| written += 1)
                });
                fault = done.err();
                fault.is_none()
            })
            .map_err(Stop::because)?;
        fault.map_or(Ok((written, failures)), Err)
    })?;
    match failures {
        0 => tell(format_args!("{written} documents written")),
        _ => tell(format_args!("{written} documents written, {failures} could not be read back")),
    }
    Ok(Done::with_failures(failures))
}

/// Takes out of a record the events that an earlier document tells, and counts in how many the others are told. Of the copy of a text
/// nothing else is left, and `None` where no event is. Private documents do not count: what they tell first is told by the next.
fn once(
    store: &Store,
    document: &DocumentRow,
    record: &mut Record,
) -> Result<Option<Vec<Tally>>, Stop> {
    let tellings = store.tellings(document.id, Scope::Export).map_err(Stop::because)?;
    let copied = store.copied(document.id, Scope::Export).map_err(Stop::because)?;
    if copied == Some(Copied::Exact) {
        return Ok(None);
    }
    let first: BTreeSet<usize> =
        tellings.iter().filter(|telling| telling.first).map(|telling| telling.position).collect();
    let tally = tellings.iter().filter(|telling| telling.first).map(|telling| Tally {
        mentions: telling.told.mentions,
        sources: telling.told.sources,
        documents: telling.told.documents,
    });
    let mut place = 0;
    record.events.retain(|_| {
        place += 1;
        first.contains(&(place - 1))
    });
    if copied.is_some() {
        if record.events.is_empty() {
            return Ok(None);
        }
        let events = record.events.iter();
        let told_in: BTreeSet<&str> = events
            .filter_map(|event| Some(event.attribution.as_ref()?.statement.as_str()))
            .collect();
        record.statements.retain(|statement| told_in.contains(statement.id.as_str()));
        record.commitments.clear();
        record.issues.clear();
    }
    Ok(Some(tally.collect()))
}

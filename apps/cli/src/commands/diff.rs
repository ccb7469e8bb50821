//! `detente diff`: what a store says and today's coder says otherwise, or two stores.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_store::{Change, Scope, Store, changes};
use serde_json::json;

use crate::exit::{Done, Stop, tell};
use crate::output::Output;

use super::Threads;
use super::recode::{Changed, each_anew};

/// Show what today's coder would say otherwise of the documents of a store, by type and rule; nothing is written
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente diff --store news.store\n  detente diff --store before.store --with after.store --lines"
)]
pub(super) struct DiffArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// Compare with what another store says of the same documents, not with today's coder
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// Print every line that went (-) or came (+), too
    #[arg(long)]
    lines: bool,
    /// Print one JSON object for each line that went or came
    #[arg(long, conflicts_with = "lines")]
    json: bool,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &DiffArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let store = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let mut output = Output::standard();
    let mut changed = Changed::default();
    let mut written = Ok(());
    let mut take = |name: &str, changes: &[Change]| {
        changed.add(changes);
        written = write(args, &mut output, name, changes);
        written.is_ok()
    };
    let failures = if let Some(with) = &args.with {
        let other = Store::open_read_only(with).map_err(Stop::because)?;
        let mut failures = 0;
        let each = |row: &detente_store::DocumentRow, old| {
            let both = |old| Ok(other.record(&row.name)?.map(|new| changes(&old, &new)));
            match Result::and_then(old, both) {
                Ok(Some(changes)) => take(&row.name, &changes),
                Ok(None) => true,
                Err(error) => {
                    failures += 1;
                    tell(format_args!("detente: {error}"));
                    true
                }
            }
        };
        store.each_record(Scope::All, each).map_err(Stop::because)?;
        failures
    } else {
        let coder = super::coder(knowledge)?;
        let total = store.outdated_count(coder.info()).map_err(Stop::because)?;
        each_anew(&store, &coder, args.threads.number(), total, |anew| {
            take(&anew.name, &anew.changes)
        })?
    };
    written?;
    if !args.json {
        for line in changed.lines() {
            writeln!(output, "{line}")?;
        }
    }
    output.finish()?;
    Ok(Done::with_failures(failures))
}

fn write(args: &DiffArgs, output: &mut Output, name: &str, changes: &[Change]) -> Result<(), Stop> {
    for change in changes {
        if args.json {
            let line = json!({
                "document": name,
                "came": change.came,
                "rule": change.rule,
                "type": change.kind,
                "line": change.line,
                "sentence": change.sentence,
            });
            writeln!(output, "{line}")?;
        } else if args.lines {
            let mark = if change.came { '+' } else { '-' };
            writeln!(output, "{mark} {name}: {} by {}", change.line, change.rule)?;
        }
    }
    Ok(())
}

//! `detente check`: whether a store is whole.

use std::path::PathBuf;

use clap::Args;
use detente_store::Store;

use crate::exit::{Done, Stop, tell};

/// Look through a store for damage: pages and indexes that break their own rules, records that cannot be read back
///
/// Each fault is a line on standard error, and the exit code is then 1. Nothing is changed. It takes longer than reading the whole file.
#[derive(Args)]
#[command(after_help = "Example:\n  detente check --store news.store")]
pub(super) struct CheckArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
}

pub(super) fn run(args: &CheckArgs) -> Result<Done, Stop> {
    let store = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let faults = store.faults().map_err(Stop::because)?;
    let name = args.store.display();
    for fault in &faults {
        tell(format_args!("detente: {name}: {fault}"));
    }
    if faults.is_empty() {
        let counts = store.counts().map_err(Stop::because)?;
        tell(format_args!("{name}: no damage found; all {} records read back", counts.documents));
    } else {
        tell(format_args!(
            "{name}: damaged; put back a copy of it, or ingest anew into another file. \
             detente export writes the records that can still be read"
        ));
    }
    Ok(Done::with_failures(faults.len()))
}

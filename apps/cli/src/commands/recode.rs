//! `detente recode`: what another version has coded, coded anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

use clap::Args;
use detente::Coder;
use detente_store::{Change, Known, Prepared, Store, changes, uncoded};

use crate::exit::{Done, Stop, tell};
use crate::progress::Progress;

use super::Threads;

/// Documents whose numbers are read at once.
const CHUNK: usize = 512;

/// Code the documents of a store anew that another version or other knowledge has coded; each takes the place of the old in one
/// step
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente diff --store news.store       what would change\n  detente recode --store news.store"
)]
pub(super) struct RecodeArgs {
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &RecodeArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    // A store that is missing is a slip of the name, not an empty one to be made.
    let reader = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let mut store = Store::open(&args.store).map_err(Stop::because)?;
    let coder = super::coder(knowledge)?;
    let stop = super::ingest::stop_on_signals().map_err(Stop::because)?;
    let total = reader.outdated_count(coder.info()).map_err(Stop::because)?;
    let mut writer = store.writer(Known::Replace);
    let mut changed = Changed::default();
    let mut recoded = Ok(());
    let failures = each_anew(&reader, &coder, args.threads.number(), total, |anew| {
        changed.add(&anew.changes);
        recoded = writer.put(anew.prepared).map(|_| ());
        recoded.is_ok() && !stop.load(Ordering::Relaxed)
    })?;
    recoded.map_err(Stop::because)?;
    let stored = writer.finish().map_err(Stop::because)?;
    store.settle().map_err(Stop::because)?;
    for line in changed.lines() {
        tell(line);
    }
    tell(format_args!("{}: {} documents coded anew", args.store.display(), stored.replaced));
    if stop.load(Ordering::Relaxed) {
        tell("stopped; the same call goes on from here");
        return Ok(Done::SomeFailed);
    }
    Ok(Done::with_failures(failures))
}

/// A document coded anew.
pub(super) struct Anew {
    /// Its identifier.
    pub(super) name: String,
    /// What the new record says otherwise.
    pub(super) changes: Vec<Change>,
    prepared: Prepared,
}

/// Codes every document of `store` anew that another coder has coded, on several threads, and gives them to `take` in order until it says
/// no. Returns how many could not be read; each was named on standard error.
pub(super) fn each_anew(
    store: &Store,
    coder: &Coder,
    threads: usize,
    total: u64,
    mut take: impl FnMut(Anew) -> bool,
) -> Result<usize, Stop> {
    let mut progress = Progress::over_documents(total);
    let mut failures = 0;
    let mut fault = None;
    let mut after = i64::MIN;
    // One asks the store at a time; coding takes far longer than reading.
    let read = Mutex::new(Store::open_read_only(store.path()).map_err(Stop::because)?);
    let work = |id: i64| -> Result<Option<Anew>, String> {
        let record = read.lock().unwrap_or_else(PoisonError::into_inner).record_of(id);
        let Some(old) = record.map_err(|error| error.to_string())? else { return Ok(None) };
        let new = coder.code(uncoded(&old));
        Ok(Some(Anew {
            changes: changes(&old, &new),
            prepared: Prepared::of(&new, false),
            name: old.document.id,
        }))
    };
    let numbers = std::iter::from_fn(|| {
        let chunk = store.outdated(coder.info(), after, CHUNK);
        match chunk {
            Ok(chunk) => {
                after = *chunk.last()?;
                Some(chunk)
            }
            Err(error) => {
                fault = Some(error);
                None
            }
        }
    })
    .flatten();
    detente::ordered(threads, numbers, work, |result| {
        progress.step();
        match result.unwrap_or_else(|fault| Err(fault.0)) {
            Ok(Some(anew)) => take(anew),
            Ok(None) => true,
            Err(message) => {
                failures += 1;
                progress.tell(format_args!("detente: {message}"));
                true
            }
        }
    });
    drop(progress);
    fault.map_or(Ok(failures), |fault| Err(Stop::because(fault)))
}

/// How many lines went and came, by rule and by type.
#[derive(Default)]
pub(super) struct Changed {
    by_rule: BTreeMap<String, (usize, usize)>,
    by_kind: BTreeMap<String, (usize, usize)>,
    documents: usize,
}

impl Changed {
    /// Counts what one document says otherwise.
    pub(super) fn add(&mut self, changes: &[Change]) {
        self.documents += usize::from(!changes.is_empty());
        for change in changes {
            for (table, name) in
                [(&mut self.by_rule, &change.rule), (&mut self.by_kind, &change.kind)]
            {
                let (gone, came) = table.entry(name.clone()).or_default();
                *if change.came { came } else { gone } += 1;
            }
        }
    }

    /// The counts as two tables.
    pub(super) fn lines(&self) -> Vec<String> {
        if self.documents == 0 {
            return vec!["records: same".to_owned()];
        }
        let mut lines = vec![format!("{} documents say otherwise", self.documents)];
        for (title, table) in [("type", &self.by_kind), ("rule", &self.by_rule)] {
            lines.push(format!("  {title:<40} {:>7} {:>7}", "went", "came"));
            for (name, (gone, came)) in table {
                lines.push(format!("  {name:<40} {gone:>7} {came:>7}"));
            }
        }
        lines
    }
}

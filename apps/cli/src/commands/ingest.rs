//! `detente ingest`: documents in, coded and kept in a store.

use std::cell::RefCell;
use std::mem::{self, ManuallyDrop};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use detente_extract::Page;
use detente_store::{Batch, Key, Known, Prepared, Store, Stored, counted, key_of};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::exit::{Done, Stop, tell};
use crate::progress::Progress;
use crate::{inputs, pages};

use super::{Reading, Threads};

/// Code documents into a store: new ones are added, those that are there are skipped, copies are grouped. Stopped at any moment,
/// the same call goes on where it was
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente ingest pages/ --store news.store\n  detente ingest CC-NEWS-20230619.warc.gz --store news.store\n  \
                  detente find --store news.store --party USA --party CHN --since 2023-06"
)]
pub(super) struct IngestArgs {
    #[command(flatten)]
    reading: Reading,
    /// The store; it is made where there is none
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// Mark these documents private, those too that are there already: they are found here, and never leave in an export
    #[arg(long)]
    private: bool,
    #[command(flatten)]
    threads: Threads,
}

/// What became of one document.
enum Outcome {
    Known,
    Coded(Box<Prepared>),
}

pub(super) fn run(args: &IngestArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let stop = stop_on_signals().map_err(Stop::because)?;
    let inputs = inputs::expand(&args.reading.input)?;
    let options = args.reading.options();
    let mut store = Store::open(&args.store).map_err(Stop::because)?;
    // Whether a document is there is asked beside the one that writes.
    let there = Mutex::new(Store::open_read_only(&args.store).map_err(Stop::because)?);
    // Never taken apart: that takes longer than ten documents, and the program ends after it.
    let coder = ManuallyDrop::new(super::coder(knowledge)?);
    // Those that are there already and are to be private; only the one that writes may mark them.
    let to_hide: Mutex<Vec<Key>> = Mutex::new(Vec::new());
    let started = Instant::now();
    let progress = RefCell::new(Progress::over(&inputs));
    let pages =
        pages::pages(&inputs, &options, &progress).take_while(|_| !stop.load(Ordering::Relaxed));
    let work = |page: Result<Page, String>| -> Result<Outcome, String> {
        let document = page?.document(&options).map_err(|error| error.to_string())?;
        let there = there.lock().unwrap_or_else(PoisonError::into_inner).has(&document);
        if there.map_err(|error| error.to_string())? {
            if args.private {
                to_hide.lock().unwrap_or_else(PoisonError::into_inner).push(key_of(&document));
            }
            return Ok(Outcome::Known);
        }
        Ok(Outcome::Coded(Box::new(Prepared::of(&coder.code(document), args.private))))
    };
    let (mut known, mut failures) = (0, 0);
    let threads = args.threads.number();
    let stored = stored(&mut store, threads, |put| {
        detente::ordered(threads, pages, work, |result| {
            let open = match result.unwrap_or_else(|fault| Err(fault.0)) {
                Ok(Outcome::Known) => {
                    known += 1;
                    true
                }
                Ok(Outcome::Coded(record)) => put(*record),
                Err(message) => {
                    failures += 1;
                    progress.borrow().tell(format_args!("detente: {message}"));
                    true
                }
            };
            progress.borrow_mut().document_done();
            open
        });
    })?;
    drop(progress);
    store.settle().map_err(Stop::because)?;
    let to_hide = to_hide.into_inner().unwrap_or_else(PoisonError::into_inner);
    let hidden =
        if to_hide.is_empty() { 0 } else { store.make_private(&to_hide).map_err(Stop::because)? };
    let hidden = hidden + stored.hidden;
    let seconds = started.elapsed();
    let done = stored.added + stored.kept + known + failures;
    tell(format_args!(
        "{}: {} added, {} were there, {failures} failed; {}, {:.1} documents/s",
        args.store.display(),
        counted(stored.added, "document"),
        stored.kept + known,
        time(seconds),
        done as f64 / seconds.as_secs_f64().max(0.001),
    ));
    if hidden > 0 {
        tell(format_args!("{hidden} of those that were there are private now"));
    }
    let counts = store.counts().map_err(Stop::because)?;
    let bytes = std::fs::metadata(&args.store).map_or(0, |meta| meta.len());
    tell(format_args!(
        "it holds {}, {}, {}, {}, {}; {:.1} MB",
        counted(counts.documents, "document"),
        counted(counts.events, "event"),
        counted(counts.statements, "statement"),
        counted(counts.commitments, "commitment"),
        counted(counts.issues, "issue"),
        bytes as f64 / 1e6,
    ));
    let older = store.outdated_count(coder.info()).map_err(Stop::because)?;
    if older > 0 {
        tell(format_args!(
            "{older} of them were coded by another version; detente recode --store {} codes them anew",
            args.store.display()
        ));
    }
    if stop.load(Ordering::Relaxed) {
        tell("stopped; the same call goes on from here");
        return Ok(Done::SomeFailed);
    }
    Ok(Done::with_failures(failures))
}

/// Stores what `work` puts, until a put says that no more is wanted. With several threads one more writes, so that none that codes waits
/// while a batch is stored.
fn stored(
    store: &mut Store,
    threads: usize,
    work: impl FnOnce(&mut dyn FnMut(Prepared) -> bool),
) -> Result<Stored, Stop> {
    if threads <= 1 {
        let mut writer = store.writer(Known::Keep);
        let mut fault = None;
        work(&mut |record| {
            fault = writer.put(record).err();
            fault.is_none()
        });
        return fault.map_or_else(|| writer.finish(), Err).map_err(Stop::because);
    }
    thread::scope(|scope| {
        // A batch is handed over when the one before it is stored: two are held at most.
        let (to_writer, batches) = mpsc::sync_channel::<Batch>(0);
        let write = || {
            let mut writer = store.writer(Known::Keep);
            for batch in batches {
                writer.store_batch(batch)?;
            }
            writer.finish()
        };
        let writing = thread::Builder::new().spawn_scoped(scope, write).map_err(|error| {
            Stop::because(format_args!("no thread could be started: {error}; try --threads 1"))
        })?;
        let mut batch = Batch::default();
        work(&mut |record| !batch.push(record) || to_writer.send(mem::take(&mut batch)).is_ok());
        // Were the writer gone, its fault would tell.
        let _ = to_writer.send(batch);
        drop(to_writer);
        let fault = |_| {
            Stop::because("the store was not written: a fault of the program, please report it")
        };
        writing.join().map_err(fault)?.map_err(Stop::because)
    })
}

/// A flag that the first Ctrl-C sets; the second ends the program at once, which loses nothing that was stored.
pub(super) fn stop_on_signals() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// `75 s`, `3 min 5 s`, `2 h 4 min`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..120 => format!("{:.1} s", time.as_secs_f64()),
        120..7200 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

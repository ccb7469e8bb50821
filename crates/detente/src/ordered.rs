//! Work on many items at once, results in the order of the items, few of them in memory.
//!
//! In go an iterator and a function, out come the results, one by one, in the iterator's order. Items are drawn
//! only as fast as results leave: with two threads at most eight items are held, so a run over an archive needs no
//! more memory than one over a page. Four pages on two threads give the same results in the same
//! order as on one.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, mpsc};
use std::thread;

/// Items held for each thread: one in work, the others ready, so that no thread waits for the reader.
const HELD: usize = 4;

/// Stack of a worker. Parsing recurses with the depth of trees, which is bounded far below this.
const STACK: usize = 16 << 20;

/// Why an item has no result: the work on it failed in a way that is a fault of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(pub String);

/// How many threads this machine runs at once; 1 where that is not known.
pub fn available_threads() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Calls `work` on every item of `items` on `threads` threads, and `emit` on every result in the order of the items,
/// on the calling thread. `emit` returns whether to go on; once it says no, no further item is drawn.
///
/// A panic in `work` costs its own item alone, which comes out as a [`Fault`] with the panic's message.
/// With one thread everything runs on the calling thread.
///
/// ```
/// let mut squares = Vec::new();
/// detente::ordered(2, 1..=4, |n| n * n, |square| {
///     squares.push(square.unwrap_or(0));
///     true
/// });
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
pub fn ordered<I, O, W, E>(threads: usize, items: impl IntoIterator<Item = I>, work: W, mut emit: E)
where
    I: Send,
    O: Send,
    W: Fn(I) -> O + Sync,
    E: FnMut(Result<O, Fault>) -> bool,
{
    let guarded = |item: I| {
        catch_unwind(AssertUnwindSafe(|| work(item))).map_err(|payload| fault_of(&*payload))
    };
    if threads <= 1 {
        for item in items {
            if !emit(guarded(item)) {
                return;
            }
        }
        return;
    }
    let (to_workers, jobs) = mpsc::channel::<(usize, I)>();
    let (to_caller, results) = mpsc::channel::<(usize, Result<O, Fault>)>();
    let jobs = Mutex::new(jobs);
    thread::scope(|scope| {
        let mut running = 0;
        for _ in 0..threads {
            let (jobs, guarded, to_caller) = (&jobs, &guarded, to_caller.clone());
            let worker = move || {
                loop {
                    // The lock is held only while a job is taken; nothing can panic under it.
                    let job = match jobs.lock() {
                        Ok(jobs) => jobs.recv(),
                        Err(_) => return,
                    };
                    let Ok((index, item)) = job else { return };
                    if to_caller.send((index, guarded(item))).is_err() {
                        return;
                    }
                }
            };
            let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
            running += usize::from(started.is_ok());
        }
        drop(to_caller);
        let mut items = items.into_iter();
        if running == 0 {
            // The system gives no thread at all: go on without.
            for item in items {
                if !emit(guarded(item)) {
                    return;
                }
            }
            return;
        }
        let mut waiting = BTreeMap::new();
        let (mut drawn, mut emitted) = (0, 0);
        let mut more = true;
        loop {
            while more && drawn - emitted < threads * HELD {
                match items.next() {
                    Some(item) => {
                        more = to_workers.send((drawn, item)).is_ok();
                        drawn += 1;
                    }
                    None => more = false,
                }
            }
            if emitted == drawn {
                break;
            }
            let Ok((index, result)) = results.recv() else { break };
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&emitted) {
                emitted += 1;
                if !emit(result) {
                    // Dropping the sender ends the workers; what they still hold is thrown away.
                    drop(to_workers);
                    return;
                }
            }
        }
        drop(to_workers);
    });
}

fn fault_of(payload: &(dyn std::any::Any + Send)) -> Fault {
    let message = payload
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned());
    Fault(message.unwrap_or_else(|| "unknown fault".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn run(threads: usize, items: impl IntoIterator<Item = u64>) -> Vec<Result<u64, Fault>> {
        let mut out = Vec::new();
        let work = |n: u64| {
            // Later items finish earlier, so that order is put to the test.
            thread::sleep(std::time::Duration::from_micros(50 * (7 - n % 7)));
            assert_ne!(n, 13, "unlucky");
            n * 2
        };
        ordered(threads, items, work, |result| {
            out.push(result);
            true
        });
        out
    }

    #[test]
    fn any_number_of_threads_gives_the_same() {
        let alone = run(1, 0..50);
        assert_eq!(alone.len(), 50);
        assert_eq!(alone[49], Ok(98));
        for threads in [2, 3, 8] {
            assert_eq!(run(threads, 0..50), alone);
        }
    }

    #[test]
    fn a_panic_costs_its_own_item() {
        let results = run(2, 10..16);
        assert_eq!(results.iter().filter(|r| r.is_err()).count(), 1);
        assert!(matches!(&results[3], Err(Fault(message)) if message.contains("unlucky")));
    }

    #[test]
    fn few_items_are_held() {
        let (drawn, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..200).inspect(|_| {
            drawn.fetch_add(1, Ordering::SeqCst);
        });
        ordered(
            2,
            items,
            |n| n,
            |_| {
                let held = drawn.load(Ordering::SeqCst) - done.fetch_add(1, Ordering::SeqCst);
                assert!(held <= 2 * HELD + 1);
                true
            },
        );
    }

    #[test]
    fn emit_can_end_the_run() {
        let mut seen = 0;
        ordered(
            2,
            0..,
            |n: u64| n,
            |_| {
                seen += 1;
                seen < 5
            },
        );
        assert_eq!(seen, 5);
    }
}

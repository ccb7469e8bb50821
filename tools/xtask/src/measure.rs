//! Speed and memory of the whole program over a folder of texts.
//!
//! In goes a folder of `.txt` files, out comes a table: documents and tokens a second and the peak of resident memory, on one thread and
//! on two, from start to exit of the released binary. With `--beside PYTHON` the same texts go through spaCy
//! (`tools/xtask/beside_spacy.py`) in the same run, so that the figures are a ratio on one machine.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use detente::Coder;

/// Runs of each kind; the fastest counts, since others only had more of the machine taken by someone else.
const RUNS: usize = 3;

struct Run {
    seconds: f64,
    peak_kib: u64,
}

/// Measures, and prints a Markdown table.
pub(crate) fn run(folder: &Path, python: Option<&str>) -> Result<(), String> {
    let texts = texts(folder)?;
    let bytes: u64 =
        texts.iter().filter_map(|path| fs::metadata(path).ok()).map(|meta| meta.len()).sum();
    let coder = Coder::builtin().map_err(|error| error.to_string())?;
    let tokens: usize = texts
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .map(|text| {
            coder.parse(&text, &[]).iter().map(|sentence| sentence.tokens.len()).sum::<usize>()
        })
        .sum();
    println!("{} texts, {bytes} bytes, {tokens} tokens\n", texts.len());
    println!("| program | seconds | documents/s | tokens/s | peak memory |");
    println!("|---|---|---|---|---|");
    for (name, run) in best_of(programs(folder, python)?)? {
        println!(
            "| {name} | {:.1} | {:.1} | {:.0} | {} MiB |",
            run.seconds,
            texts.len() as f64 / run.seconds,
            tokens as f64 / run.seconds,
            run.peak_kib / 1024
        );
    }
    Ok(())
}

/// What is measured, by name.
fn programs(folder: &Path, python: Option<&str>) -> Result<Vec<(&'static str, Command)>, String> {
    let binary = crate::binary()?;
    let mut programs = Vec::new();
    for (name, threads) in [("`detente code`, 1 thread", "1"), ("`detente code`, 2 threads", "2")] {
        let mut command = Command::new(&binary);
        command.args(["code", "--json", "--threads", threads]).arg(folder.join("**/*.txt"));
        programs.push((name, command));
    }
    if let Some(python) = python {
        let mut command = Command::new(python);
        command.arg(crate::root().join("tools/xtask/beside_spacy.py")).arg(folder);
        programs.push(("spaCy 3.8 en_core_web_sm, 1 thread", command));
    }
    Ok(programs)
}

fn texts(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut texts = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.is_dir() {
            texts.extend(self::texts(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "txt") {
            texts.push(path);
        }
    }
    Ok(texts)
}

/// The fastest run of each. They take turns, so that a busy minute of the machine falls on all alike.
fn best_of(mut programs: Vec<(&'static str, Command)>) -> Result<Vec<(&'static str, Run)>, String> {
    let mut best: Vec<Option<Run>> = programs.iter().map(|_| None).collect();
    for _ in 0..RUNS {
        for ((name, command), best) in programs.iter_mut().zip(&mut best) {
            let run = once(command).map_err(|error| format!("{name}: {error}"))?;
            if best.as_ref().is_none_or(|best| run.seconds < best.seconds) {
                *best = Some(run);
            }
        }
    }
    Ok(programs.into_iter().zip(best).filter_map(|((name, _), run)| Some((name, run?))).collect())
}

/// One run, its output thrown away, its peak memory asked of the system every few milliseconds.
fn once(command: &mut Command) -> std::io::Result<Run> {
    let started = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let (over, peak) = (AtomicBool::new(false), AtomicU64::new(0));
    let outcome = thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                peak.fetch_max(peak_kib(&status).unwrap_or(0), Ordering::Relaxed);
                thread::sleep(Duration::from_millis(5));
            }
        });
        let outcome = child.wait();
        over.store(true, Ordering::Relaxed);
        outcome
    })?;
    if outcome.code().is_none_or(|code| code > 1) {
        return Err(std::io::Error::other(format!("ended with {outcome}")));
    }
    Ok(Run { seconds: started.elapsed().as_secs_f64(), peak_kib: peak.into_inner() })
}

fn peak_kib(status: &str) -> Option<u64> {
    let lines = BufReader::new(fs::File::open(status).ok()?).lines();
    let line = lines.map_while(Result::ok).find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

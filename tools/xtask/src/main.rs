//! Chores of the repository: `cargo xtask paths | diff | accept | figures DATA | measure FOLDER [--beside PYTHON] | synthetic N [SEED] |
//! questions FILE [EVENTS]`.
//!
//! - `paths`: every path that a document names exists;
//! - `diff`: the records of `corpus/` and `examples/` that the engine now codes differently, by rule;
//! - `accept`: rewrites the texts beside those pages with what the engine says today;
//! - `figures`: the README's table, from the folder of development data;
//! - `measure`: speed and memory of the whole program over a folder of texts, beside spaCy where a Python with
//!   it is given;
//! - `synthetic`: so many documents of invented news as JSON lines, for load;
//! - `questions`: how long a store of so many invented events, which is made where it is not there, takes to answer.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for people at a terminal")]

mod corpus;
mod figures;
mod measure;
mod paths;
mod questions;
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match outcome(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn outcome(words: &[&str]) -> Result<(), String> {
    let number = |word: &str| word.parse::<u64>().map_err(|_| format!("{word}: no number"));
    match words {
        ["paths"] => paths::run(&root()),
        ["diff"] => corpus::diff(&root()),
        ["accept"] => corpus::accept(&root()),
        ["figures", data] => figures::run(Path::new(data)),
        ["measure", folder] => measure::run(Path::new(folder), None),
        ["measure", folder, "--beside", python] => measure::run(Path::new(folder), Some(python)),
        ["synthetic", count] => synthetic::run(number(count)? as usize, 1),
        ["synthetic", count, seed] => synthetic::run(number(count)? as usize, number(seed)?),
        ["questions", file] => questions::run(Path::new(file), 1_000_000),
        ["questions", file, events] => questions::run(Path::new(file), number(events)? as usize),
        _ => Err("usage: cargo xtask paths | diff | accept | figures DATA | measure FOLDER [--beside PYTHON] | synthetic N [SEED] | \
                  questions FILE [EVENTS]"
            .to_owned()),
    }
}

/// The `detente` that was built beside this program.
fn binary() -> Result<PathBuf, String> {
    let name = format!("detente{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::current_exe().map_err(|error| error.to_string())?.with_file_name(name);
    if path.exists() {
        Ok(path)
    } else {
        Err(format!(
            "{} is not built; run `cargo build` with the same profile first",
            path.display()
        ))
    }
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

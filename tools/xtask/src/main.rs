//! Chores of the repository: `cargo xtask paths | diff | accept | measure FOLDER [--beside PYTHON]`.
//!
//! - `paths`: every path that a document names exists;
//! - `diff`: the records of `corpus/` and `examples/` that the engine now codes differently, by rule;
//! - `accept`: rewrites the texts beside those pages with what the engine says today;
//! - `measure`: speed and memory of the whole program over a folder of texts, beside spaCy where a Python with
//!   it is given.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for people at a terminal")]

mod corpus;
mod measure;
mod paths;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["paths"] => paths::run(&root()),
        ["diff"] => corpus::diff(&root()),
        ["accept"] => corpus::accept(&root()),
        ["measure", folder] => measure::run(Path::new(folder), None),
        ["measure", folder, "--beside", python] => measure::run(Path::new(folder), Some(python)),
        _ => Err("usage: cargo xtask paths | diff | accept | measure FOLDER [--beside PYTHON]"
            .to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

//! Chores of the repository: `cargo xtask paths | diff | accept | figures DATA | measure FOLDER [--beside PYTHON]`.
//!
//! - `paths`: every path that a document names exists;
//! - `diff`: the records of `corpus/` and `examples/` that the engine now codes differently, by rule;
//! - `accept`: rewrites the texts beside those pages with what the engine says today;
//! - `figures`: the README's table, from the folder of development data;
//! - `measure`: speed and memory of the whole program over a folder of texts, beside spaCy where a Python with
//!   it is given.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for people at a terminal")]

mod corpus;
mod figures;
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
        ["figures", data] => figures::run(Path::new(data)),
        ["measure", folder] => measure::run(Path::new(folder), None),
        ["measure", folder, "--beside", python] => measure::run(Path::new(folder), Some(python)),
        _ => Err("usage: cargo xtask paths | diff | accept | figures DATA | measure FOLDER [--beside PYTHON]"
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

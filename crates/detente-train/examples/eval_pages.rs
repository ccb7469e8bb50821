//! Scores the reading of pages: `cargo run --release -p detente-train --example eval_pages -- DIR`.
//!
//! Prints the score as JSON on standard output and what went wrong, by kind, on standard error.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("give a folder of pages with an expected.json");
        return ExitCode::from(2);
    };
    match detente_train::pages::score_pages(Path::new(&folder)) {
        Ok(score) => {
            for miss in &score.misses {
                eprintln!("{:?}\t{}\t{}", miss.kind, miss.file, miss.snippet);
            }
            println!("{}", serde_json::to_string(&score).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

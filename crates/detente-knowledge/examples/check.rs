//! Checks the knowledge files and tells how long loading takes: `cargo run -p detente-knowledge
//! --release --example check [FOLDER]`.

#![allow(clippy::print_stdout, reason = "this is a program")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use detente_knowledge::{Knowledge, KnowledgeError};

fn load(overlay: Option<&Path>) -> Result<Knowledge, KnowledgeError> {
    overlay.map_or_else(Knowledge::builtin, Knowledge::with_overlay)
}

fn main() -> ExitCode {
    let overlay = std::env::args_os().nth(1).map(PathBuf::from);
    let checked = Knowledge::check(overlay.as_deref());
    if let Err(error) = &checked {
        println!("{error}");
        println!("{} faults", error.faults().len());
    }
    let mut best = None;
    for _ in 0..7 {
        let start = Instant::now();
        let Ok(knowledge) = load(overlay.as_deref()) else { break };
        let took = start.elapsed();
        best = Some(best.map_or(took, |best| took.min(best)));
        std::hint::black_box(&knowledge);
    }
    if let (Some(took), Ok(knowledge)) = (best, load(overlay.as_deref())) {
        println!(
            "loaded in {:.1} ms: {} actors, {} people, {} names, {} places, {} groups, {} cues, {} rules, {} issues",
            took.as_secs_f64() * 1e3,
            knowledge.actors.entities.len(),
            knowledge.actors.people.len(),
            knowledge.actors.names().len(),
            knowledge.places.entries.len(),
            knowledge.words.groups.len(),
            knowledge.words.cues.len(),
            knowledge.rules.len(),
            knowledge.topics.issues.len(),
        );
    }
    if checked.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

//! How far the confidence of events can be believed, against records that people wrote.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use detente_train::calibration::{Reliability, cross_validated, diagram, reliability};

use crate::commands::labelled;
use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(
    task: &Task,
    folds: Option<u64>,
    further: &[PathBuf],
    drawing: Option<&Path>,
) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let mut paths = vec![task.path.to_owned()];
    paths.extend_from_slice(further);
    let mut cases = labelled::cases(&coder, &labelled::records(&paths, task.texts)?, task.threads);
    if let Some(folds) = folds {
        cases = cross_validated(&cases, folds as usize);
    }
    let told = reliability(&cases);
    if let Some(path) = drawing {
        fs::write(path, diagram(&told))?;
    }
    Score::new(&told, table(&told, folds))
}

/// How far probabilities can be believed, as a table.
pub(in crate::commands) fn table(told: &Reliability, folds: Option<u64>) -> String {
    let mut text = folds.map_or_else(String::new, |folds| {
        format!(
            "by {folds}-fold cross-validation, documents kept whole; the shipped weights are not used\n"
        )
    });
    let _ = write!(
        text,
        "{} events, {} right; Brier score {} (the mean for all: {}); calibration error {}; ranking {}\n\n\
         confidence  events  mean   right\n",
        told.events,
        share(told.right),
        share(told.brier),
        share(told.brier_of_mean),
        share(told.calibration_error),
        share(told.ranking)
    );
    for bin in &told.bins {
        let _ = writeln!(
            text,
            "{:.1} to {:.1}  {:>6}  {}  {}",
            bin.from,
            bin.from + 0.1,
            bin.events,
            share(bin.given),
            share(bin.right)
        );
    }
    text
}

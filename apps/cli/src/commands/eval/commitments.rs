//! What was agreed and what is at issue, against what a person reads.

use std::fmt::Write;

use detente_core::Record;
use detente_train::Counts;
use detente_train::commitments::{CommitmentScores, read_gold, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let gold = super::gold_lines(task.path, read_gold)?;
    let mut records: Vec<Record> = Vec::with_capacity(gold.len());
    let mut fault = None;
    detente::ordered(
        task.threads,
        &gold,
        |gold| coder.code(gold.document.clone()),
        |record| {
            match record {
                Ok(record) => records.push(record),
                Err(error) => fault = Some(error.0),
            }
            fault.is_none()
        },
    );
    if let Some(fault) = fault {
        return Err(Stop::because(format_args!("text {}: {fault}", records.len() + 1)));
    }
    let scores = scores_of(gold.iter().zip(&records));
    Score::new(&scores, table(&scores, task.differences))
}

fn table(scores: &CommitmentScores, differences: bool) -> String {
    let line = |name: &str, counts: Counts| {
        format!(
            "{name:<12} {:>4} in the gold, {:>4} coded, {:>4} right: precision {}  recall {}  F1 {}",
            counts.gold,
            counts.found,
            counts.right,
            share(counts.precision()),
            share(counts.recall()),
            share(counts.f1())
        )
    };
    let mut text = format!(
        "{} texts\n{}\n             found {}, right kind {}, right parties {}, right status {}\n{}\n{}\n{}\n{}\n",
        scores.documents,
        line("commitments", scores.commitments),
        scores.found,
        scores.right_kind,
        scores.right_parties,
        scores.right_status,
        line("  subjects", scores.subjects),
        line("  terms", scores.terms),
        line("issues", scores.issues),
        line("  topics", scores.topics),
    );
    if differences {
        for difference in &scores.differences {
            let _ = writeln!(text, "{difference}");
        }
    }
    text
}

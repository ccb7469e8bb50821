//! What was agreed and what is at issue, against what a person reads.

use std::fmt::Write;

use detente_train::Counts;
use detente_train::commitments::{CommitmentScores, read_gold, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let gold = super::gold_lines(task.path, read_gold)?;
    let records = task.code(&coder, gold.iter().map(|gold| gold.document.clone()))?;
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

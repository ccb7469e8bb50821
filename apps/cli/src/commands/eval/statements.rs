//! Who says what, against what a person reads.

use std::fmt::Write;

use detente_train::statements::{StatementScores, read_gold, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let gold = super::gold_lines(task.path, read_gold)?;
    let records = task.code(&coder, gold.iter().map(|gold| gold.document.clone()))?;
    let scores = scores_of(gold.iter().zip(&records));
    Score::new(&scores, table(&scores, task.differences))
}

fn table(scores: &StatementScores, differences: bool) -> String {
    let all = scores.statements;
    let mut text = format!(
        "{} texts\nstatements   {} in the gold, {} coded, {} right: precision {}  recall {}  F1 {}\n             \
         contents found {}, of these right speaker {}, kind {}, cue {}\nscare        {} in the gold, {} coded, {} right\n",
        scores.documents,
        all.gold,
        all.found,
        all.right,
        share(all.precision()),
        share(all.recall()),
        share(all.f1()),
        scores.contents,
        scores.right_speaker,
        scores.right_kind,
        scores.right_cue,
        scores.scare.gold,
        scores.scare.found,
        scores.scare.right,
    );
    if differences {
        for difference in &scores.differences {
            let _ = writeln!(text, "{difference}");
        }
    }
    text
}

//! When: a table of expressions of time.

use std::fmt::Write;

use detente_train::times::{Answer, Time, read, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share, table};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let times = table(task.path, read)?;
    let coder = crate::commands::coder(task.knowledge)?;
    let mut answers = Vec::with_capacity(times.len());
    detente::ordered(
        task.threads,
        &times,
        |time| time.answered(&coder.read(&mut time.document()).resolution.dates),
        |answer| {
            answers.push(answer.unwrap_or(Answer::Nothing));
            true
        },
    );
    let scores = scores_of(times.iter().zip(&answers));
    let mut text = format!(
        "{} expressions, {} right: {}; {} given a date that they do not have\n",
        scores.times,
        scores.right,
        share(scores.share),
        scores.invented
    );
    for (kind, (all, right)) in &scores.by_kind {
        let _ = writeln!(text, "  {kind:<16} {right:>4} of {all:>4}");
    }
    if task.differences {
        for (time, answer) in times.iter().zip(&answers).filter(|(time, a)| !time.holds_for(a)) {
            let _ = writeln!(text, "{}", difference(time, answer));
        }
    }
    Score::new(&scores, text)
}

fn difference(time: &Time, answer: &Answer) -> String {
    format!(
        "{}:{} {}: [{}] in {} — wanted {}, got {answer}",
        time.kind,
        time.line,
        time.date.as_deref().unwrap_or("-"),
        time.span.of(&time.text).unwrap_or_default(),
        time.text,
        time.answer,
    )
}

//! Where: a table of acts with the places where they were done.

use std::fmt::Write;

use detente_train::places::{Answer, Where, read, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share, table};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let lines = table(task.path, read)?;
    let coder = task.coder()?.with_floor(0.0);
    let mut answers = Vec::with_capacity(lines.len());
    detente::ordered(
        task.threads,
        &lines,
        |line| line.answered(&coder.code(line.document())),
        |answer| {
            answers.push(answer.unwrap_or(Answer::NotCoded));
            true
        },
    );
    let scores = scores_of(lines.iter().zip(&answers));
    let mut text = format!(
        "{} acts, {} coded; of these {} right: {}\n\
         {} have a place, {} are given one, {} the right one: precision {}  recall {}  F1 {}\n\
         {} of the places given have coordinates\n",
        scores.lines,
        scores.coded,
        scores.right,
        share(scores.share),
        scores.placed.gold,
        scores.placed.found,
        scores.placed.right,
        share(scores.placed.precision()),
        share(scores.placed.recall()),
        share(scores.placed.f1()),
        scores.with_coordinates,
    );
    for (way, (all, right)) in &scores.by_way {
        let _ = writeln!(text, "  by {way:<13} {right:>4} of {all:>4}");
    }
    for (kind, (all, right)) in &scores.by_kind {
        let _ = writeln!(text, "  {kind:<16} {right:>4} of {all:>4}");
    }
    if task.differences {
        for (line, answer) in lines.iter().zip(&answers).filter(|(l, a)| !l.holds_for(a)) {
            let _ = writeln!(text, "{}", difference(line, answer));
        }
    }
    Score::new(&scores, text)
}

fn difference(line: &Where, answer: &Answer) -> String {
    let wanted = line.answer.as_ref().map_or_else(
        || "none".to_owned(),
        |site| format!("{} {}", site.name, site.country.as_deref().unwrap_or("-")),
    );
    format!(
        "{}:{} [{}] in {} — wanted {wanted}, got {answer}",
        line.kind,
        line.line,
        line.span.of(&line.text).unwrap_or_default(),
        line.text,
    )
}

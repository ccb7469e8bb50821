//! The table of expressions of time, `specs/when.tsv`: at least 95 of 100 lines hold, and no date is invented where the text has
//! none. `detente eval times specs/when.tsv --differences` prints those that do not hold.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use detente::Coder;
use detente_train::times::{Answer, Time, read, score};

#[test]
fn ninety_five_of_a_hundred_expressions_hold() {
    let coder = Coder::builtin().unwrap();
    let times = read(include_str!("../../../specs/when.tsv")).unwrap();
    assert!(times.len() >= 300);
    assert!(times.iter().filter(|time| time.kind == "trap").count() >= 60);
    let answer = |time: &Time| time.answered(&coder.read(&mut time.document()).resolution.dates);
    let answers: Vec<Answer> = times.iter().map(answer).collect();
    let scores = score(times.iter().zip(&answers));
    let wrong: Vec<String> = times
        .iter()
        .zip(&answers)
        .filter(|(time, answer)| !time.holds_for(answer))
        .map(|(time, answer)| format!("line {}: {} not {answer}", time.line, time.text))
        .collect();
    assert!(
        scores.right * 100 >= scores.times * 95,
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let undated = times.iter().zip(&answers).filter(|(time, _)| time.kind == "undated");
    for (time, answer) in undated {
        assert!(
            time.holds_for(answer),
            "line {}: {} has no date, not {answer}",
            time.line,
            time.text
        );
    }
}

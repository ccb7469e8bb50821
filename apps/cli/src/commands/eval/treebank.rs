//! Parsing, against a treebank.

use std::fmt::Write;

use detente_parse::Parser;
use detente_train::gold::read_treebank;
use detente_train::treebank::{score_given_tokens, score_raw_text};
use serde_json::json;

use crate::exit::Stop;

use super::{Score, Task};

/// Scores on the gold tokens, or with `raw` from the text on.
pub(super) fn score(task: &Task, raw: bool) -> Result<Score, Stop> {
    let gold = read_treebank(task.path).map_err(Stop::Because)?;
    let parser = Parser::builtin();
    let scores =
        if raw { score_raw_text(&parser, &gold) } else { score_given_tokens(&parser, &gold) };
    // UAS and LAS count universal relations, subtypes dropped; what is cut wrongly is wrong in all of them.
    let json = json!({
        "upos": scores.upos, "uas": scores.uas, "las": scores.las, "xpos": scores.xpos, "lemmas": scores.lemmas,
        "las_subtypes": scores.las_subtypes, "words": scores.words, "tokens": scores.tokens,
        "sentences": scores.sentences, "gold_words": scores.gold_words, "raw": raw,
    });
    let mut text = format!(
        "{} words, {}\n",
        scores.gold_words,
        if raw { "from raw text" } else { "gold tokens" }
    );
    let rows = [
        ("sentences", scores.sentences),
        ("tokens", scores.tokens),
        ("words", scores.words),
        ("UPOS", scores.upos),
        ("XPOS", scores.xpos),
        ("lemmas", scores.lemmas),
        ("UAS", scores.uas),
        ("LAS", scores.las),
        ("LAS with subtypes", scores.las_subtypes),
    ];
    for (name, value) in rows {
        let _ = writeln!(text, "{name:<18} {value:>6.2}");
    }
    Ok(Score { json, text })
}

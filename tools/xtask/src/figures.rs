//! The table of figures that the README shows.
//!
//! In goes a folder with the development data (`treebank/`, `relations/`, `attribution/`, `entities/`, `pages/`), out comes a Markdown table, each
//! line of it what one `detente eval … --json` prints. Data that is not there gives no line.

use std::path::Path;
use std::process::Command;

/// A line of the table: what is measured, on what, the words of the call, and the figures to show from its answer.
struct Line {
    measure: &'static str,
    data: &'static str,
    kind: &'static str,
    path: &'static str,
    /// What the call says beside.
    options: &'static [&'static str],
    figures: &'static [(&'static str, &'static str)],
}

const LINES: [Line; 20] = [
    Line {
        measure: "events, end to end",
        data: "our own stories, held out",
        kind: "records",
        path: "gold/held.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "events, end to end",
        data: "plain news, coded by three hands, held out",
        kind: "records",
        path: "gold/held-second.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "events, end to end",
        data: "plain news by another hand, held out",
        kind: "records",
        path: "gold/held-plain.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "events, end to end",
        data: "the prose of broadsheets, held out",
        kind: "records",
        path: "gold/held-press.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "events, end to end",
        data: "whole pages of news, two hands, held out",
        kind: "records",
        path: "gold/held-pages.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "events, end to end",
        data: "our own gold stories",
        kind: "records",
        path: "gold/stories.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "relation of two given parties",
        data: "PLV dev, cross-validated",
        kind: "relations",
        path: "relations/plv-dev.jsonl",
        options: &["--folds", "10"],
        figures: &[
            ("macro-F1 over 15 roots", "/macro_f1_root"),
            ("over 4 classes", "/macro_f1_class"),
        ],
    },
    Line {
        measure: "attribution",
        data: "PolNeAR dev",
        kind: "attribution",
        path: "attribution/dev",
        options: &[],
        figures: &[
            ("token F1 of source", "/source/token_f1"),
            ("cue", "/cue/token_f1"),
            ("content", "/content/token_f1"),
            ("exact contents", "/content_exact_f1"),
        ],
    },
    Line {
        measure: "whom a mention stands for",
        data: "946 sentences of our own",
        kind: "facts",
        path: "specs/who.tsv",
        options: &[],
        figures: &[("right", "/share")],
    },
    Line {
        measure: "when an expression of time is",
        data: "796 expressions of our own",
        kind: "times",
        path: "specs/when.tsv",
        options: &[],
        figures: &[("right", "/share")],
    },
    Line {
        measure: "where an act was done",
        data: "100 acts of our own, held out",
        kind: "places",
        path: "gold/where-held.tsv",
        options: &[],
        figures: &[("right of the coded", "/share")],
    },
    Line {
        measure: "who says what",
        data: "60 short texts of our own, plain news",
        kind: "statements",
        path: "gold/statements-held.jsonl",
        options: &[],
        figures: &[("precision", "/precision"), ("recall", "/recall"), ("F1", "/f1")],
    },
    Line {
        measure: "reference across sentences",
        data: "our own passages, held out",
        kind: "references",
        path: "gold/reference.jsonl",
        options: &[],
        figures: &[
            ("right of the asks", "/right_of_asks"),
            ("of the answers", "/right_of_answered"),
        ],
    },
    Line {
        measure: "reference across sentences",
        data: "passages like wire reports, held out",
        kind: "references",
        path: "gold/reference-news.jsonl",
        options: &[],
        figures: &[
            ("right of the asks", "/right_of_asks"),
            ("of the answers", "/right_of_answered"),
        ],
    },
    Line {
        measure: "actors and places",
        data: "re3d",
        kind: "entities",
        path: "entities",
        options: &[],
        figures: &[
            ("precision", "/precision"),
            ("recall", "/recall"),
            ("F1", "/f1"),
            ("F1 of parties alone", "/parties/f1"),
        ],
    },
    Line {
        measure: "page to article",
        data: "60 pages of trafilatura's set",
        kind: "pages",
        path: "pages",
        options: &[],
        figures: &[("kept, in percent", "/kept"), ("left out, in percent", "/left_out")],
    },
    treebank("UD EWT dev, gold tokens", "treebank/ewt-dev.conllu", &[]),
    treebank("UD EWT dev, raw text", "treebank/ewt-dev.conllu", &["--raw"]),
    treebank("UD GUM dev, gold tokens", "treebank/gum-dev.conllu", &[]),
    treebank("UD GUM dev, raw text", "treebank/gum-dev.conllu", &["--raw"]),
];

const fn treebank(
    data: &'static str,
    path: &'static str,
    options: &'static [&'static str],
) -> Line {
    let figures = &[("UPOS", "/upos"), ("UAS", "/uas"), ("LAS", "/las")];
    Line { measure: "parsing", data, kind: "treebank", path, options, figures }
}

/// Prints the table.
pub(crate) fn run(data: &Path) -> Result<(), String> {
    let binary = crate::binary()?;
    println!("| measure | data | figures | command |");
    println!("|---|---|---|---|");
    for line in &LINES {
        let own = crate::root().join(line.path);
        let path = if own.exists() { own } else { data.join(line.path) };
        if !path.exists() {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        }
        let options = line.options.iter().fold(String::new(), |all, option| all + " " + option);
        let mut command = Command::new(&binary);
        command.args(["eval", line.kind]).arg(&path).arg("--json").args(line.options);
        let output = command.output().map_err(|error| format!("{}: {error}", binary.display()))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let scores: serde_json::Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let figures: Vec<String> = line
            .figures
            .iter()
            .map(|(name, at)| format!("{name} {}", shown(scores.pointer(at))))
            .collect();
        println!(
            "| {} | {} | {} | `detente eval {} {}{options}` |",
            line.measure,
            line.data,
            figures.join(", "),
            line.kind,
            line.path
        );
    }
    Ok(())
}

/// Shares with three digits, percentages with one.
fn shown(value: Option<&serde_json::Value>) -> String {
    match value.and_then(serde_json::Value::as_f64) {
        Some(percent) if percent > 1.0 => format!("{percent:.1}"),
        Some(share) => format!("{share:.3}"),
        None => "–".to_owned(),
    }
}

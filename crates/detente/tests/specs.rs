//! The pages of `specs/` and the worked examples of `docs/coding-guide.md`, run.
//!
//! A `text` block and the `record` block after it are one test, named by page, heading and number. How to read
//! and write them stands in `specs/README.md`.

use std::path::Path;
use std::sync::Arc;

use detente::Coder;
use detente_core::notation::{
    CommitmentLine, EventLine, IssueLine, RecordLine, StatementLine, text_matches,
};
use detente_core::{Document, Record};
use libtest_mimic::{Arguments, Failed, Trial};

#[path = "specs/page.rs"]
mod page;

use page::Example;

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let coder = Coder::builtin().expect("the built-in knowledge and model are readable");
    // How sure the coder is of a lone sentence is no matter of the guide.
    let coder = Arc::new(coder.with_floor(0.0));
    let mut paths: Vec<_> = std::fs::read_dir(root.join("specs"))
        .expect("specs/ is there")
        .map(|entry| entry.expect("its entries are readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    paths.push(root.join("docs/coding-guide.md"));
    paths.sort();
    let mut trials = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("the page is readable");
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for example in
            page::examples(&text).unwrap_or_else(|fault| panic!("{}:{fault}", path.display()))
        {
            let coder = Arc::clone(&coder);
            let name = format!("{stem}::{}::{}", example.heading, example.number);
            let place = format!("{}:{}", path.display(), example.line);
            trials.push(Trial::test(name, move || run(&coder, &example, &place)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn run(coder: &Coder, example: &Example, place: &str) -> Result<(), Failed> {
    let record = coder.code(document(example));
    let differences = differences(&record, &example.lines);
    match (example.open, differences.is_empty()) {
        (false, true) | (true, false) => Ok(()),
        (true, true) => Err(format!("{place}: this holds now; take `open` off its block").into()),
        (false, false) => {
            Err(format!("{place}: {}\n{}", example.text, differences.join("\n")).into())
        }
    }
}

fn document(example: &Example) -> Document {
    Document {
        date: example.date.clone(),
        language: Some(example.language.clone()),
        ..Document::of_text(example.text.as_str())
    }
}

/// What the lines ask for and the record has not, and what the record has and the lines do not.
fn differences(record: &Record, lines: &[RecordLine]) -> Vec<String> {
    let mut out = Vec::new();
    let said_none =
        |list: &str| lines.iter().any(|line| matches!(line, RecordLine::No(none) if none == list));
    macro_rules! compare {
        ($kind:path, $line:ty, $list:expr, $name:literal, $always:expr) => {
            let wanted: Vec<&$line> = lines
                .iter()
                .filter_map(|line| if let $kind(line) = line { Some(line) } else { None })
                .collect();
            if $always || !wanted.is_empty() || said_none($name) {
                unmatched(
                    &wanted,
                    $list,
                    |line, item| line.holds_for(item),
                    |item| <$line>::of(item).to_string(),
                    &mut out,
                );
            }
        };
    }
    compare!(RecordLine::Event, EventLine, &record.events, "events", true);
    compare!(RecordLine::Commitment, CommitmentLine, &record.commitments, "commitments", false);
    compare!(RecordLine::Issue, IssueLine, &record.issues, "issues", false);
    // What one party wants of another is a statement too, so that others may stand beside those of the block.
    for line in lines
        .iter()
        .filter_map(|line| if let RecordLine::Statement(line) = line { Some(line) } else { None })
    {
        if !record.statements.iter().any(|statement| line.holds_for(statement)) {
            out.push(format!("  wanted {line}"));
        }
    }
    if said_none("statements") || out.iter().any(|line| line.contains(" says ")) {
        let got = record
            .statements
            .iter()
            .map(|statement| format!("  got    {}", StatementLine::of(statement)));
        out.extend(got);
    }
    let wanted: Vec<&String> = lines
        .iter()
        .filter_map(|line| if let RecordLine::Warning(text) = line { Some(text) } else { None })
        .collect();
    if !wanted.is_empty() || said_none("warnings") {
        let holds = |text: &&String, warning: &detente_core::Warning| {
            text_matches(text, &warning.to_string())
        };
        let quoted: Vec<_> = wanted.iter().collect();
        unmatched(
            &quoted,
            &record.warnings,
            |text, warning| holds(text, warning),
            ToString::to_string,
            &mut out,
        );
    }
    out
}

/// Ties each wanted line to an item of its own; what stays untied on either side is a difference.
fn unmatched<L: std::fmt::Display, T>(
    wanted: &[&L],
    items: &[T],
    holds: impl Fn(&L, &T) -> bool,
    shown: impl Fn(&T) -> String,
    out: &mut Vec<String>,
) {
    let mut taken = vec![false; items.len()];
    for line in wanted {
        match items.iter().enumerate().position(|(i, item)| !taken[i] && holds(line, item)) {
            Some(i) => taken[i] = true,
            None => out.push(format!("  wanted {line}")),
        }
    }
    for (item, _) in items.iter().zip(taken).filter(|(_, taken)| !taken) {
        out.push(format!("  got    {}", shown(item)));
    }
}

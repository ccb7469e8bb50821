//! `detente code`: documents in, records out.

use std::io::{IsTerminal, Write};
use std::mem::ManuallyDrop;
use std::path::Path;

use clap::Args;
use detente_core::Record;
use detente_rules::confidence::SURE;
use detente_write::Format;

use crate::exit::{Done, Stop};
use crate::output::{Output, keep_apart};
use crate::style::Style;
use crate::writing::{self, Writing};
use crate::{inputs, summary};

use super::{Reading, Threads};

/// Code documents: who did what to whom, when and where, who said so, what was agreed and what is at issue
#[derive(Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct CodeArgs {
    #[command(flatten)]
    reading: Reading,
    /// Write records as JSON lines (the default where standard output is no terminal)
    #[arg(long, conflicts_with_all = ["format", "summary"])]
    json: bool,
    /// Write a summary for people (the default on a terminal)
    #[arg(long, conflicts_with = "format")]
    summary: bool,
    /// Write one JSON object for each directed pair of parties; short for --format flat
    #[arg(long, conflicts_with_all = ["json", "summary", "format", "cameo"])]
    flat: bool,
    /// Write the five columns of CAMEO files; short for --format cameo
    #[arg(long, conflicts_with_all = ["json", "summary", "format"])]
    cameo: bool,
    #[command(flatten)]
    writing: Writing,
    /// Leave out events with a lower confidence than this
    #[arg(long, value_name = "P", default_value_t = SURE, value_parser = share)]
    floor: f64,
    #[command(flatten)]
    threads: Threads,
}

/// A number from 0 to 1.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a confidence is a number from 0 to 1".to_owned())
}

const EXAMPLE: &str = "Examples:\n  detente code page.html\n  detente code --json --date 2023-06-19 article.txt\n  \
                       detente code 'pages/*.html' -o events.csv\n  detente code 'pages/*.html' --format parquet,gdelt -o news\n  curl -s https://news.example/a | detente code -";

pub(super) fn run(args: &CodeArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let formats = formats(args)?;
    let targets = args.writing.targets(&formats)?;
    let inputs = inputs::expand(&args.reading.input)?;
    let mut written = writing::files(&targets);
    if targets.is_empty() {
        written.extend(args.writing.output.as_deref());
    }
    keep_apart(&written, inputs.files())?;
    // Never taken apart, as in `ingest`.
    let coder = ManuallyDrop::new(super::coder(knowledge)?.with_floor(args.floor));
    args.writing.check_members(&coder.knowledge().actors)?;
    let options = args.reading.options();
    let threads = args.threads.number();
    let code = |write: &mut dyn FnMut(&Record) -> Result<(), Stop>| {
        let work = |document| {
            let mut record = coder.code(document);
            args.writing.expand(&mut record, &coder.knowledge().actors);
            record
        };
        super::each_document(&inputs, &options, threads, work, |record| write(&record))
    };
    let failures = if targets.is_empty() {
        summaries(args.writing.output.as_deref(), code)?
    } else {
        writing::write_all(&targets, |write| code(&mut |record| write(record, &[])))?
    };
    Ok(Done::with_failures(failures))
}

/// The formats that the call asks for; none where a person is to read a summary.
fn formats(args: &CodeArgs) -> Result<Vec<&'static Format>, Stop> {
    let named = |name: &str| {
        let format = detente_write::format(name);
        format
            .map(|format| vec![format])
            .ok_or_else(|| Stop::because(format_args!("{name}: no such format")))
    };
    if args.json {
        return named("jsonl");
    }
    if args.flat {
        return named("flat");
    }
    if args.cameo {
        return named("cameo");
    }
    if args.summary {
        return Ok(Vec::new());
    }
    let formats = args.writing.formats()?;
    let for_people = args.writing.output.is_none() && std::io::stdout().is_terminal();
    if formats.is_empty() && !for_people { named("jsonl") } else { Ok(formats) }
}

/// Writes what a person reads.
fn summaries(
    path: Option<&Path>,
    code: impl FnOnce(&mut dyn FnMut(&Record) -> Result<(), Stop>) -> Result<usize, Stop>,
) -> Result<usize, Stop> {
    let mut output = path.map_or_else(|| Ok(Output::standard()), Output::file)?;
    let style = Style::of_stdout();
    let failures = code(&mut |record| {
        for line in summary::lines(style, record) {
            writeln!(output, "{line}")?;
        }
        Ok(())
    })?;
    output.finish()?;
    Ok(failures)
}

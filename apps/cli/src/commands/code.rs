//! `detente code`: documents in, records out.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use detente_core::Record;
use detente_rules::confidence::SURE;
use detente_write::{FORMATS, Format};

use crate::exit::{Done, Stop};
use crate::output::Output;
use crate::style::Style;
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
    /// Write this format
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    format: Option<String>,
    /// Write to this file; its ending chooses the format where --format does not
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out events with a lower confidence than this
    #[arg(long, value_name = "P", default_value_t = SURE, value_parser = share)]
    floor: f64,
    #[command(flatten)]
    threads: Threads,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok();
    share
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a confidence is a number from 0 to 1".to_owned())
}

const EXAMPLE: &str = "Examples:\n  detente code page.html\n  detente code --json --date 2023-06-19 article.txt\n  \
                       detente code 'pages/*.html' -o events.csv\n  detente code --cameo story.txt > events.tsv\n  curl -s https://news.example/a | detente code -";

fn format_names() -> clap::builder::PossibleValuesParser {
    let value = |format: &Format| clap::builder::PossibleValue::new(format.name).help(format.about);
    clap::builder::PossibleValuesParser::new(FORMATS.iter().map(value))
}

/// What is written.
#[derive(Clone, Copy)]
enum Shape {
    Summary,
    As(&'static Format),
}

pub(super) fn run(args: &CodeArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let shape = shape(args)?;
    let inputs = inputs::expand(&args.reading.input)?;
    let coder = super::coder(knowledge)?.with_floor(args.floor);
    let mut output = match &args.output {
        Some(path) => Output::file(path)?,
        None => Output::standard(),
    };
    let mut sink = Sink::new(shape, &mut output);
    let options = args.reading.options();
    let threads = args.threads.number();
    let write = |record: Record| sink.record(&record);
    let failures =
        super::each_document(&inputs, &options, threads, |document| coder.code(document), write)?;
    sink.finish()?;
    drop(sink);
    output.finish()?;
    Ok(Done::with_failures(failures))
}

fn shape(args: &CodeArgs) -> Result<Shape, Stop> {
    let named = |name: &str| {
        detente_write::format(name)
            .map(Shape::As)
            .ok_or_else(|| Stop::because(format_args!("{name}: no such format")))
    };
    let ending =
        args.output.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    match (&args.format, ending.and_then(detente_write::format)) {
        _ if args.json => named("jsonl"),
        _ if args.flat => named("flat"),
        _ if args.cameo => named("cameo"),
        _ if args.summary => Ok(Shape::Summary),
        (Some(name), _) => named(name),
        (None, Some(format)) => Ok(Shape::As(format)),
        (None, None) if args.output.is_none() && std::io::stdout().is_terminal() => {
            Ok(Shape::Summary)
        }
        (None, None) => named("jsonl"),
    }
}

/// Where records go, one by one.
enum Sink<'o> {
    Summary { style: Style, output: &'o mut Output },
    Format(Box<dyn detente_write::RecordWriter + 'o>),
}

impl<'o> Sink<'o> {
    fn new(shape: Shape, output: &'o mut Output) -> Self {
        match shape {
            Shape::Summary => Sink::Summary { style: Style::of_stdout(), output },
            Shape::As(format) => Sink::Format(format.writer(output)),
        }
    }

    fn record(&mut self, record: &Record) -> Result<(), Stop> {
        match self {
            Sink::Format(writer) => writer.record(record)?,
            Sink::Summary { style, output } => {
                for line in summary::lines(*style, record) {
                    writeln!(output, "{line}")?;
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Stop> {
        match self {
            Sink::Format(writer) => Ok(writer.finish()?),
            Sink::Summary { .. } => Ok(()),
        }
    }
}

//! The commands, one file each.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use detente::Coder;
use detente_core::Document;
use detente_extract::{Options, Page};

use crate::exit::{Done, Stop};
use crate::inputs::Inputs;
use crate::pages;
use crate::progress::Progress;

mod check;
mod code;
mod diff;
mod eval;
mod explain;
mod export;
mod extract;
mod find;
mod ingest;
mod knowledge;
mod labelled;
mod parse;
mod recode;
mod relate;
mod relation;
mod train;
mod watch;
mod who;

/// Reads news and keeps the record of how states, organisations and armed groups deal with each other.
#[derive(Parser)]
#[command(name = "detente", version, propagate_version = true, after_help = EXAMPLE)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Lay the knowledge files of this folder over those that are built in
    #[arg(long, global = true, value_name = "DIR")]
    knowledge: Option<PathBuf>,
}

const EXAMPLE: &str = "Example:\n  detente code page.html           a summary to read\n  detente code --json pages/ > records.jsonl\n\n\
                       Exit codes: 0 done; 1 done, but some documents failed; 2 the call was wrong or nothing could be done.";

#[derive(Subcommand)]
enum Command {
    Code(code::CodeArgs),
    Extract(extract::ExtractArgs),
    Parse(parse::ParseArgs),
    Relate(relate::RelateArgs),
    Explain(explain::ExplainArgs),
    Ingest(ingest::IngestArgs),
    Find(Box<find::FindArgs>),
    Recode(recode::RecodeArgs),
    Diff(diff::DiffArgs),
    Check(check::CheckArgs),
    Relation(relation::RelationArgs),
    Export(export::ExportArgs),
    Watch(watch::WatchArgs),
    Who(who::WhoArgs),
    Eval(eval::EvalArgs),
    Train(train::TrainArgs),
    Knowledge(knowledge::KnowledgeArgs),
}

/// What every command that reads documents takes.
#[derive(Args)]
struct Reading {
    /// Files, folders, patterns such as 'pages/*.html', http(s) addresses, or - for standard input (the default)
    #[arg(value_name = "INPUT")]
    input: Vec<String>,
    /// Date of documents that have none, as 2023-06-19; without it, relative dates in them stay open
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
}

impl Reading {
    fn options(&self) -> Options {
        Options { date: self.date.clone(), ..Options::default() }
    }
}

/// How many documents are worked on at once.
#[derive(Args)]
struct Threads {
    /// Threads to work on [default: as many as the machine has]; the result is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl Threads {
    fn number(&self) -> usize {
        self.threads.map_or_else(detente::available_threads, usize::from)
    }
}

/// Runs one call.
pub(crate) fn run(cli: Cli) -> Result<Done, Stop> {
    let knowledge = cli.knowledge.as_deref();
    match cli.command {
        Command::Code(args) => code::run(&args, knowledge),
        Command::Extract(args) => extract::run(&args),
        Command::Parse(args) => parse::run(&args),
        Command::Relate(args) => relate::run(&args, knowledge),
        Command::Explain(args) => explain::run(&args, knowledge),
        Command::Ingest(args) => ingest::run(&args, knowledge),
        Command::Find(args) => find::run(&args, knowledge),
        Command::Recode(args) => recode::run(&args, knowledge),
        Command::Diff(args) => diff::run(&args, knowledge),
        Command::Check(args) => check::run(&args),
        Command::Relation(args) => relation::run(&args, knowledge),
        Command::Export(args) => export::run(&args, knowledge),
        Command::Watch(args) => watch::run(&args, knowledge),
        Command::Who(args) => who::run(&args, knowledge),
        Command::Eval(args) => eval::run(&args, knowledge),
        Command::Train(args) => train::run(&args, knowledge),
        Command::Knowledge(args) => knowledge::run(&args, knowledge),
    }
}

/// Makes a document of every page of `inputs` and lets `work` make something of it, on several threads; `write` takes
/// the results in order. Returns how many documents failed; each was named on standard error.
fn each_document<T: Send>(
    inputs: &Inputs,
    options: &Options,
    threads: usize,
    work: impl Fn(Document) -> T + Sync,
    mut write: impl FnMut(T) -> Result<(), Stop>,
) -> Result<usize, Stop> {
    let progress = RefCell::new(Progress::over(inputs));
    let mut failures = 0;
    let mut written = Ok(());
    let work = |page: Result<Page, String>| {
        let document = page?.document(options).map_err(|error| error.to_string())?;
        Ok(work(document))
    };
    detente::ordered(threads, pages::pages(inputs, options, &progress), work, |result| {
        match result.unwrap_or_else(|fault| Err(fault.0)) {
            Ok(result) => written = write(result),
            Err(fault) => {
                failures += 1;
                progress.borrow().tell(format_args!("detente: {fault}"));
            }
        }
        progress.borrow_mut().document_done();
        written.is_ok()
    });
    written.map(|()| failures)
}

/// The coder with the knowledge that the call names.
pub(crate) fn coder(knowledge: Option<&Path>) -> Result<Coder, Stop> {
    match knowledge {
        None => Coder::builtin(),
        Some(folder) => Coder::with_knowledge(folder),
    }
    .map_err(Stop::because)
}

/// A whole day, `YYYY-MM-DD`.
fn date(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(date) if text.len() == 10 => Ok(date.to_string()),
        _ => Err("a day is written 2023-06-19".to_owned()),
    }
}

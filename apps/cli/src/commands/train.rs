//! `detente train`: makes the models from treebanks.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use detente_train::gold::read_treebank;
use detente_train::learn::{EpochReport, TrainOptions, relearn_lemmas, train_parser};

use crate::exit::{Done, Stop, tell};
use crate::output::Output;

/// Train the models from treebanks
#[derive(Args)]
pub(super) struct TrainArgs {
    #[command(subcommand)]
    command: TrainCommand,
}

#[derive(Subcommand)]
enum TrainCommand {
    Parser(ParserArgs),
}

/// Train the parser: tags, lemmas and trees; models/english/card.md has the call that made the shipped model
#[derive(Args)]
#[command(
    after_help = "Example:\n  detente train parser --train en-train.conllu --dev en-dev.conllu -o parser.bin"
)]
struct ParserArgs {
    /// Treebanks to learn from, CoNLL-U
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    train: Vec<PathBuf>,
    /// Treebanks to tell the scores on after each epoch
    #[arg(long, num_args = 1.., value_name = "FILE")]
    dev: Vec<PathBuf>,
    /// Where the model goes
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Passes over the treebanks
    #[arg(long, value_name = "N", default_value_t = TrainOptions::default().epochs)]
    epochs: usize,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = TrainOptions::default().seed)]
    seed: u64,
    /// Word vectors, as tools/word-vectors makes them
    #[arg(long, value_name = "FILE")]
    vectors: Option<PathBuf>,
    /// Keep the state here after each epoch, and go on from it
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Learn only the lemmas anew, for this model
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["dev", "vectors", "checkpoint"])]
    lemmas_of: Option<PathBuf>,
}

pub(super) fn run(args: &TrainArgs) -> Result<Done, Stop> {
    let TrainCommand::Parser(args) = &args.command;
    let mut train = Vec::new();
    for path in &args.train {
        train.extend(read_treebank(path).map_err(Stop::Because)?);
    }
    let model = if let Some(model) = &args.lemmas_of {
        let bytes = fs::read(model).map_err(|error| unreadable(model, &error))?;
        relearn_lemmas(&bytes, &train)
    } else {
        let dev = args.dev.iter().map(|path| read_treebank(path));
        let dev = dev.collect::<Result<Vec<_>, _>>().map_err(Stop::Because)?;
        let options = TrainOptions {
            epochs: args.epochs,
            seed: args.seed,
            vectors: args.vectors.clone(),
            checkpoint: args.checkpoint.clone(),
            ..TrainOptions::default()
        };
        train_parser(&train, &dev, &options, report)
    }
    .map_err(Stop::Because)?;
    let mut output = Output::file(&args.output)?;
    std::io::Write::write_all(&mut output, &model)?;
    output.finish()?;
    Ok(Done::All)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::because(format_args!("{}: cannot be read: {error}", path.display()))
}

fn report(report: &EpochReport) {
    let mut line = format!("epoch {:>3}  loss {:.3?}", report.epoch, report.losses);
    for dev in &report.dev {
        let _ = write!(line, "  UPOS {:.2} UAS {:.2} LAS {:.2}", dev.upos, dev.uas, dev.las);
    }
    tell(line);
}

//! `detente train`: makes the models from annotated data.

mod events;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use detente_train::gold::read_treebank;
use detente_train::learn::{EpochReport, TrainOptions, relearn_lemmas, train_parser};

use detente_rules::reader::{CLASSES, NOTHING, Reader};
use detente_train::antecedents::{self, Case};
use detente_train::attribution::read_folder;
use detente_train::attribution_reader::{self, Lessons};
use detente_train::reader::{Options, Row, train_with_trust};

use crate::exit::{Done, Stop, tell};
use crate::output::Output;

use super::Threads;
use super::labelled::{self, GoldPair};

/// Train the models from annotated data
#[derive(Args)]
pub(super) struct TrainArgs {
    #[command(subcommand)]
    command: TrainCommand,
}

#[derive(Subcommand)]
enum TrainCommand {
    Parser(ParserArgs),
    Reader(ReaderArgs),
    Events(events::EventsArgs),
    Antecedents(AntecedentsArgs),
    Attribution(AttributionArgs),
}

/// Train the attribution reader on articles in which people have marked who says what
#[derive(Args)]
#[command(
    after_help = "Example:\n  detente train attribution --dir articles -o models/english/attribution.bin"
)]
struct AttributionArgs {
    /// A folder of articles with brat annotation of source, cue and content
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// Where the model goes
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Train the second reader on given parties and the proofs of the rules; models/english/reader-card.md has the call
#[derive(Args)]
#[command(after_help = "Example:\n  detente train reader --relations plv-dev.jsonl -o reader.bin")]
struct ReaderArgs {
    /// JSON lines of sentences with two parties and the root between them
    #[arg(long, value_name = "FILE")]
    relations: Option<PathBuf>,
    /// Gold records to tell on how often it is right where no rule has fired; it is not trained on them
    #[arg(long, num_args = 1.., value_name = "FILE")]
    records: Vec<PathBuf>,
    /// Probability from which on it codes where no rule has fired
    #[arg(long, value_name = "P", default_value_t = 0.9)]
    sure: f32,
    /// Where the model goes
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
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
    /// How much is silenced in training, as a factor of the usual
    #[arg(long, value_name = "FACTOR", default_value_t = TrainOptions::default().dropout)]
    dropout: f32,
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

pub(super) fn run(args: &TrainArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    match &args.command {
        TrainCommand::Parser(args) => parser(args),
        TrainCommand::Reader(args) => reader(args, knowledge),
        TrainCommand::Events(args) => events::run(args, knowledge),
        TrainCommand::Antecedents(args) => antecedents(args, knowledge),
        TrainCommand::Attribution(args) => attribution(args, knowledge),
    }
}

/// Learn which mention a pronoun refers to; models/english/antecedents-card.md has the call
#[derive(Args)]
#[command(
    after_help = "Example:\n  detente train antecedents --treebank gum-train.conllu --references gold/reference-dev.jsonl -o antecedents.tsv"
)]
struct AntecedentsArgs {
    /// Treebanks whose last column has the entities, CoNLL-U
    #[arg(long, num_args = 1.., value_name = "FILE")]
    treebank: Vec<PathBuf>,
    /// Passages with whom their mentions stand for, JSON lines
    #[arg(long, num_args = 1.., value_name = "FILE")]
    references: Vec<PathBuf>,
    /// How much a pronoun of the passages counts against one of a treebank
    #[arg(long, value_name = "W", default_value_t = 1.0)]
    weight: f32,
    /// Tell how often the likeliest is right by so many folds, too
    #[arg(long, value_name = "N")]
    folds: Option<usize>,
    /// Where the weights go
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
}

/// Puts a model where the call wants it.
fn write(path: &Path, model: &[u8]) -> Result<Done, Stop> {
    let mut output = Output::file(path)?;
    std::io::Write::write_all(&mut output, model)?;
    output.finish()?;
    Ok(Done::All)
}

fn antecedents(args: &AntecedentsArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let coder = super::coder(knowledge)?;
    let threads = args.threads.number();
    let mut texts = Vec::new();
    for path in &args.treebank {
        texts.extend(antecedents::entity_texts(&read_treebank(path).map_err(Stop::because)?));
    }
    let mut cases: Vec<Case> = Vec::new();
    let mut document = 0;
    detente::ordered(
        threads,
        &texts,
        |text| coder.choices(&text.document),
        |choices| {
            if let (Some(text), Ok(choices)) = (texts.get(document), choices) {
                cases.extend(text.cases(document, choices));
            }
            document += 1;
            true
        },
    );
    let own = cases.len();
    for path in &args.references {
        for gold in labelled::passages(path)? {
            let choices = coder.choices(&gold.document);
            let known = &coder.knowledge().actors;
            cases.extend(antecedents::passage_cases(document, &gold, choices, known, args.weight));
            document += 1;
        }
    }
    tell(format_args!("{own} pronouns of treebanks, {} of passages", cases.len() - own));
    if let Some(folds) = args.folds {
        let told = antecedents::cross_validated(&cases, folds);
        for (of, part) in [("treebanks", 0..own), ("passages", own..cases.len())] {
            let right = antecedents::right_of(&cases[part.clone()], &told[part]);
            tell(format_args!("{of}: {right}"));
        }
    }
    let weights = antecedents::fit(&cases);
    write(&args.output, weights.to_string().as_bytes())
}

fn attribution(args: &AttributionArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let coder = super::coder(knowledge)?;
    let mut lessons = Lessons::default();
    for (_, text, gold) in read_folder(&args.dir).map_err(Stop::because)? {
        let mut document = super::eval::article(&text);
        let (cues, _) = attribution_reader::cues(&gold);
        lessons.add(&gold, coder.attribution_examples(&mut document, &cues));
    }
    tell(format_args!("{} sentences, {} cues", lessons.cues.len(), lessons.roles.len()));
    write(&args.output, &lessons.teach())
}

fn reader(args: &ReaderArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let threads = args.threads.number();
    let coder = super::coder(knowledge)?.with_reader(Reader::default());
    let relations = args.relations.as_deref().map(labelled::relations).transpose()?;
    let rows = labelled::rows(&coder, &relations.unwrap_or_default(), threads);
    let proofs = labelled::proofs(&coder, knowledge, threads)?;
    tell(format_args!("{} rows, {} pairs of proofs", rows.len(), proofs.len()));
    let seen: Vec<&Row> = rows.iter().collect();
    let model = train_with_trust(&seen, &proofs, &Options::default()).with_sure(args.sure);
    let records = labelled::records(&args.records, None)?;
    if !records.is_empty() {
        tell(sureness(&model, &labelled::gold_pairs(&coder, &records, threads)));
    }
    write(&args.output, &model.to_bytes())
}

/// How often the reader is right where no rule has fired, by how sure it is.
fn sureness(reader: &Reader, pairs: &[GoldPair]) -> String {
    let mut sure: Vec<(f32, bool)> = Vec::new();
    for pair in pairs.iter().filter(|pair| pair.open) {
        let shares = reader.probabilities(&pair.pair);
        let best = (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        if let Some(best) = best.filter(|&best| CLASSES[best] != NOTHING) {
            sure.push((shares[best], CLASSES[best] == pair.kind));
        }
    }
    let mut text = "where no rule has fired: probability, pairs, right".to_owned();
    for from in [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98] {
        let (all, right) = sure
            .iter()
            .filter(|(p, _)| *p >= from)
            .fold((0, 0), |(all, right), (_, good)| (all + 1, right + usize::from(*good)));
        let _ = write!(text, "\n  {from:.2}  {all:>4}  {right:>4}");
    }
    text
}

fn parser(args: &ParserArgs) -> Result<Done, Stop> {
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
            dropout: args.dropout,
            vectors: args.vectors.clone(),
            checkpoint: args.checkpoint.clone(),
            ..TrainOptions::default()
        };
        train_parser(&train, &dev, &options, report)
    }
    .map_err(Stop::Because)?;
    write(&args.output, &model)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::because(format_args!(
        "{}: cannot be read: {error}; check the name and the permissions",
        path.display()
    ))
}

fn report(report: &EpochReport) {
    let mut line = format!("epoch {:>3}  loss {:.3?}", report.epoch, report.losses);
    for dev in &report.dev {
        let _ = write!(line, "  UPOS {:.2} UAS {:.2} LAS {:.2}", dev.upos, dev.uas, dev.las);
    }
    tell(line);
}

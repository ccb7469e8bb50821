//! `detente train events`: the weights that read events beside the rules, all learnt from the same gold records.
//!
//! How likely an event is to be right must be learnt from events that the weights have not seen: the records are cut into parts, and each part is
//! coded with what the others teach.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_rules::recipients::Recipients;
use detente_train::calibration::{self, Case};
use detente_train::recipients;
use detente_train::records::GoldRecord;

use crate::commands::eval::confidence;
use crate::commands::{Threads, coder, labelled};
use crate::exit::{Done, Stop, tell};

/// Learn from gold records to whom acts are done, and how likely events are right
#[derive(Args)]
#[command(
    after_help = "Example:\n  detente train events --records gold/stories.jsonl -o models/english"
)]
pub(super) struct EventsArgs {
    /// Gold records, JSON lines, with every event of their sentences
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    records: Vec<PathBuf>,
    /// Folder of the texts that gold records name but do not hold
    #[arg(long, value_name = "DIR")]
    texts: Option<PathBuf>,
    /// Parts into which the records are cut, each coded by what the others teach
    #[arg(long, value_name = "N", default_value_t = 5)]
    folds: usize,
    /// Draw how far the probabilities can be believed, as SVG
    #[arg(long, value_name = "FILE")]
    diagram: Option<PathBuf>,
    /// Folder for `recipients.tsv` and `confidence.tsv`
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &EventsArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let gold = labelled::records(&args.records, args.texts.as_deref())?;
    let folds = args.folds.clamp(2, gold.len().max(2));
    let mut cases: Vec<Case> = Vec::new();
    for part in 0..folds {
        let (own, others): (Vec<_>, Vec<_>) =
            gold.iter().enumerate().partition(|(at, _)| at % folds == part);
        let of = |list: &[(usize, &GoldRecord)]| -> Vec<GoldRecord> {
            list.iter().map(|(_, record)| (*record).clone()).collect()
        };
        let taught = teach(args, knowledge, &of(&others))?;
        let coder = coder(knowledge)?.with_recipients(Recipients::from_text(&taught)).learning();
        let numbers: Vec<usize> = own.iter().map(|(at, _)| *at).collect();
        let found = labelled::cases(&coder, &of(&own), args.threads.number());
        cases.extend(
            found.into_iter().map(|case| Case { document: numbers[case.document], ..case }),
        );
    }
    let wanted = gold.iter().map(|record| record.events.len()).sum();
    let told = calibration::cross_validated(&cases, folds);
    tell(by_floor(&told, wanted));
    let told = calibration::reliability(&told);
    tell(confidence::table(&told, Some(folds as u64)));
    if let Some(path) = &args.diagram {
        std::fs::write(path, calibration::diagram(&told))?;
    }
    let taught = teach(args, knowledge, &gold)?;
    super::write(&args.output.join("recipients.tsv"), taught.as_bytes())?;
    let fitted = calibration::text(&calibration::fit(&cases), &cases);
    super::write(&args.output.join("confidence.tsv"), fitted.as_bytes())
}

/// The weights of recipients that records teach.
fn teach(args: &EventsArgs, knowledge: Option<&Path>, gold: &[GoldRecord]) -> Result<String, Stop> {
    let learner = coder(knowledge)?.with_recipients(Recipients::default()).learning();
    let cases = labelled::recipients(&learner, gold, args.threads.number());
    Ok(recipients::fit(&cases))
}

/// How many events would be coded and right if those below a probability were left out.
fn by_floor(cases: &[Case], wanted: usize) -> String {
    let mut text =
        format!("{wanted} events in the gold\nfloor  coded  right  precision  recall  F1");
    for floor in [0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] {
        let kept: Vec<&Case> = cases.iter().filter(|case| case.given >= floor).collect();
        let counts = detente_train::Counts {
            right: kept.iter().filter(|case| case.right).count(),
            found: kept.len(),
            gold: wanted,
        };
        let _ = write!(
            text,
            "\n{floor:<5.2} {:>6} {:>6}  {:.3}      {:.3}   {:.3}",
            counts.found,
            counts.right,
            counts.precision(),
            counts.recall(),
            counts.f1()
        );
    }
    text
}

//! `detente explain`: why a sentence was coded as it was, and why another was not.

use std::io::Write;
use std::path::Path;

use clap::Args;
use detente_core::Document;
use detente_rules::Explanation;

use crate::exit::{Done, Stop};
use crate::inputs;
use crate::output::Output;

use super::Reading;

/// Show for each sentence the tree, the actors, the rules that fired and those that nearly did
#[derive(Args)]
#[command(
    after_help = "Example:\n  echo 'Wang accused the U.S. of delay.' | detente explain -\n  detente explain --all story.txt"
)]
pub(super) struct ExplainArgs {
    /// Print every pattern in full, also those of which only a word stands there
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(args: &ExplainArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let inputs = inputs::expand(&args.reading.input)?;
    let coder = super::coder(knowledge)?;
    let mut output = Output::standard();
    let work = |mut document: Document| {
        let explanations = coder.explain(&mut document);
        (document, explanations)
    };
    let write = |(document, explanations): (Document, Vec<Explanation>)| {
        for (sentence, explanation) in document.sentences.iter().zip(explanations) {
            if args.all {
                writeln!(output, "{}\n{explanation:#}", sentence.text)?;
            } else {
                writeln!(output, "{}\n{explanation}", sentence.text)?;
            }
        }
        Ok(())
    };
    let failures = super::each_document(&inputs, &args.reading.options(), 1, work, write)?;
    output.finish()?;
    Ok(Done::with_failures(failures))
}

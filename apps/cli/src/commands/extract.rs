//! `detente extract`: the document record alone.

use std::io::Write;

use clap::Args;
use detente_core::Document;

use crate::exit::{Done, Stop};
use crate::inputs;
use crate::output::Output;

use super::{Reading, Threads};

/// Take the article out of a page: title, section, byline, date, language, address and text, as JSON lines
#[derive(Args)]
#[command(after_help = "Example:\n  detente extract page.html | jq -r .text")]
pub(super) struct ExtractArgs {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &ExtractArgs) -> Result<Done, Stop> {
    let inputs = inputs::expand(&args.reading.input)?;
    let mut output = Output::standard();
    let write = |document: Document| {
        let line = serde_json::to_string(&document).map_err(std::io::Error::from)?;
        Ok(writeln!(output, "{line}")?)
    };
    let threads = args.threads.number();
    let failures = super::each_document(
        &inputs,
        &args.reading.options(),
        threads,
        |document| document,
        write,
    )?;
    output.finish()?;
    Ok(Done::with_failures(failures))
}

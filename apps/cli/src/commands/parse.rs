//! `detente parse`: sentences, tokens, tags and trees as CoNLL-U.

use std::io::{Read, Write};

use clap::{Args, ValueEnum};
use detente_core::Document;
use detente_parse::{Parser, conllu};

use crate::exit::{Done, Stop, tell};
use crate::inputs::{self, Input};
use crate::output::Output;

use super::{Reading, Threads};

/// Split, tag and parse: CoNLL-U out
#[derive(Args)]
#[command(after_help = "Examples:\n  echo 'Wang accused the U.S. of delay.' | detente parse -\n  \
                        detente parse --from conllu gold.conllu > predicted.conllu")]
pub(super) struct ParseArgs {
    #[command(flatten)]
    reading: Reading,
    /// What the input is; `conllu` keeps the given sentences and tokens and predicts the rest
    #[arg(long, value_enum, default_value_t = From::Text)]
    from: From,
    #[command(flatten)]
    threads: Threads,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    Text,
    Conllu,
}

pub(super) fn run(args: &ParseArgs) -> Result<Done, Stop> {
    let inputs = inputs::expand(&args.reading.input)?;
    let parser = Parser::builtin();
    let mut output = Output::standard();
    let failures = match args.from {
        From::Text => {
            let work = |document: Document| {
                let sentences = parser.parse(&document.text, &document.paragraphs);
                conllu::write(&document.text, &document.paragraphs, &sentences)
            };
            let write = |text: String| Ok(output.write_all(text.as_bytes())?);
            super::each_document(
                &inputs,
                &args.reading.options(),
                args.threads.number(),
                work,
                write,
            )?
        }
        From::Conllu => {
            let mut failures = inputs.faults.len();
            inputs.faults.iter().for_each(|fault| tell(format_args!("detente: {fault}")));
            for input in &inputs.inputs {
                match blocks(input) {
                    Err(fault) => {
                        failures += 1;
                        tell(format_args!("detente: {fault}"));
                    }
                    Ok(blocks) => {
                        let work = |block: conllu::Block| {
                            let parsed = parser.parse_blocks(std::slice::from_ref(&block));
                            parsed
                                .iter()
                                .map(|sentence| conllu::write_block(&block, sentence))
                                .collect::<String>()
                        };
                        let mut written = Ok(());
                        detente::ordered(args.threads.number(), blocks, work, |text| {
                            match text {
                                Ok(text) => written = output.write_all(text.as_bytes()),
                                Err(fault) => {
                                    failures += 1;
                                    tell(format_args!("detente: {}: {}", input.name(), fault.0));
                                }
                            }
                            written.is_ok()
                        });
                        written?;
                    }
                }
            }
            failures
        }
    };
    output.finish()?;
    Ok(Done::with_failures(failures))
}

/// The sentences of a CoNLL-U input, or a line that says why there are none.
pub(super) fn blocks(input: &Input) -> Result<Vec<conllu::Block>, String> {
    let mut text = String::new();
    input.open()?.read_to_string(&mut text).map_err(|error| {
        format!("{}: cannot be read: {error}; CoNLL-U is UTF-8 text", input.name())
    })?;
    conllu::read(&text).map_err(|error| format!("{}: {error}", input.name()))
}

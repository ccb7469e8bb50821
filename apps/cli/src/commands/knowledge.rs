//! `detente knowledge check`: reads every data file and runs the proofs that they carry.

use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand};
use detente_knowledge::Knowledge;
use detente_store::counted;

use crate::exit::{Done, Stop, tell};
use crate::output::Output;

use super::Threads;

/// Check the knowledge files and run the proofs that they carry
#[derive(Args)]
pub(super) struct KnowledgeArgs {
    #[command(subcommand)]
    command: KnowledgeCommand,
}

#[derive(Subcommand)]
enum KnowledgeCommand {
    Check(CheckArgs),
}

/// Read every file, tell every fault with file, line and column, and run every `yes` and `no`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente knowledge check\n  detente --knowledge mine/ knowledge check"
)]
struct CheckArgs {
    #[command(flatten)]
    threads: Threads,
}

pub(super) fn run(args: &KnowledgeArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let KnowledgeCommand::Check(args) = &args.command;
    if let Err(error) = Knowledge::check(knowledge) {
        for fault in error.faults() {
            tell(fault);
        }
        return Err(Stop::because(format_args!(
            "{} in the knowledge files; the proofs were not run",
            counted(error.faults().len(), "fault")
        )));
    }
    let coder = super::coder(knowledge)?;
    let proofs = Knowledge::proofs(knowledge).map_err(Stop::because)?;
    let count = proofs.len();
    let mut failures = 0;
    detente::ordered(
        args.threads.number(),
        proofs,
        |proof| detente::proofs::run(&coder, &proof),
        |outcome| {
            let failure = match outcome {
                Ok(Ok(())) => None,
                Ok(Err(failure)) => Some(failure.to_string()),
                Err(fault) => Some(fault.0),
            };
            if let Some(failure) = failure {
                failures += 1;
                tell(failure);
            }
            true
        },
    );
    let mut output = Output::standard();
    writeln!(
        output,
        "{} run, {failures} failed; knowledge {}",
        counted(count, "proof"),
        coder.info().knowledge
    )?;
    output.finish()?;
    Ok(Done::with_failures(failures))
}

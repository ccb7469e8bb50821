//! `detente`: the command line.
//!
//! In go the words of a call, out come data on standard output, everything else on standard error, and an
//! exit code. `detente code page.html --json` writes the record of one page as one line of JSON.
//! Each command is one file in `commands/`; what they share stands beside them.

mod commands;
mod exit;
mod fetch;
mod inputs;
mod output;
mod pages;
mod parties;
mod progress;
mod style;
mod summary;
mod table;
mod web;
mod writing;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    exit::survive_limits();
    exit::code(commands::run(commands::Cli::parse()))
}

//! `detente train`: makes the models from treebanks.

use clap::Args;

use crate::exit::{Done, Stop};

/// Train the models from treebanks
#[derive(Args)]
pub(super) struct TrainArgs {}

pub(super) fn run(_args: &TrainArgs) -> Result<Done, Stop> {
    Err(Stop::because("not wired"))
}

//! Inputs → pages, one at a time, with the faults on the way.
//!
//! In go [`Inputs`], out comes an iterator that opens an input only when the one before has been read to its end, so
//! that a folder of a million pages needs no more memory than one. A fault names its input and costs
//! that input, or that record of it, alone. What takes time, [`Page::document`], is left to the threads.

use std::cell::RefCell;

use detente_extract::{Options, Page};

use crate::inputs::{Input, Inputs};
use crate::progress::Progress;

/// The pages of `inputs`, in order. `options` says how they are read, `progress` is told of each input.
pub(crate) fn pages<'a>(
    inputs: &'a Inputs,
    options: &'a Options,
    progress: &'a RefCell<Progress>,
) -> impl Iterator<Item = Result<Page, String>> + 'a {
    let faults = inputs.faults.iter().cloned().map(Err);
    let pages =
        inputs.inputs.iter().flat_map(move |input| of_one(input, options, &progress.borrow()));
    faults.chain(pages)
}

fn of_one(
    input: &Input,
    options: &Options,
    progress: &Progress,
) -> Box<dyn Iterator<Item = Result<Page, String>>> {
    match input.open() {
        Err(fault) => Box::new(std::iter::once(Err(fault))),
        Ok(reader) => {
            let reader = progress.counted(reader);
            let pages = detente_extract::pages(&input.name(), reader, options);
            Box::new(pages.map(|page| page.map_err(|error| error.to_string())))
        }
    }
}

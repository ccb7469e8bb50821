//! Treebanks from disk.
//!
//! In go paths of CoNLL-U files, out come their sentences. `read_treebank("ewt-dev.conllu")` gives a [`Block`] a sentence.

use std::path::Path;

use detente_parse::conllu::{self, Block};

/// Reads one treebank.
///
/// # Errors
/// If the file cannot be read or is not CoNLL-U; the text names file and line.
pub fn read_treebank(path: &Path) -> Result<Vec<Block>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    conllu::read(&text).map_err(|error| format!("{}: {error}", path.display()))
}

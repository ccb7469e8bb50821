//! The state of a training that is under way.
//!
//! In go weights and counters, out comes a file from which the same training goes on as if it had never stopped, and the
//! other way round. The file is a line that tells the training, one with the counters, then each table's weights and moments
//! in single precision, little-endian.

use std::path::Path;

use super::table::Dice;
use super::weights::Weights;

/// How far a training has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Epochs that are done.
    pub(crate) epoch: usize,
    /// Steps that are done.
    pub(crate) step: i32,
}

/// Writes the state beside `path` and then puts it in its place, so that a crash leaves the old state whole.
pub(crate) fn write(
    path: &Path,
    training: &str,
    progress: Progress,
    dice: &Dice,
    weights: &mut Weights,
) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut bytes =
        format!("{training}\n{} {} {}\n", progress.epoch, progress.step, dice.state()).into_bytes();
    for table in weights.tables() {
        for values in table.state() {
            bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        }
    }
    let beside = path.with_extension("new");
    std::fs::write(&beside, bytes).map_err(fault)?;
    std::fs::rename(&beside, path).map_err(fault)
}

/// Takes up the state at `path`; `None` where there is none. A state of another training is an error.
pub(crate) fn read(
    path: &Path,
    training: &str,
    dice: &mut Dice,
    weights: &mut Weights,
) -> Result<Option<Progress>, String> {
    let fault = |what: &str| format!("{}: {what}; move it away to begin anew", path.display());
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(&error.to_string())),
    };
    let mut lines = bytes.splitn(3, |&b| b == b'\n');
    let (first, second, rest) = (lines.next(), lines.next(), lines.next().unwrap_or_default());
    if first != Some(training.as_bytes()) {
        return Err(fault("it belongs to a training with other options"));
    }
    let counters: Vec<u64> = second
        .and_then(|line| std::str::from_utf8(line).ok())
        .map(|line| line.split(' ').filter_map(|field| field.parse().ok()).collect())
        .unwrap_or_default();
    let &[epoch, step, state] = counters.as_slice() else {
        return Err(fault("its second line is not three numbers"));
    };
    let mut numbers = rest.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
    for table in weights.tables() {
        for values in table.state() {
            for value in values {
                *value = numbers.next().ok_or_else(|| fault("it is cut short"))?;
            }
        }
    }
    *dice = Dice::new(state);
    Ok(Some(Progress { epoch: epoch as usize, step: step as i32 }))
}

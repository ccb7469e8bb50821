//! Word vectors made elsewhere.
//!
//! In goes the file that `tools/word-vectors/build.py` writes, out come the words and their vectors: a line `words
//! columns`, the words one a line, then the numbers in single precision, little-endian.

use std::collections::HashMap;
use std::path::Path;

/// Vectors that training does not change.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vectors {
    pub(crate) columns: usize,
    pub(crate) words: Vec<String>,
    pub(crate) values: Vec<f32>,
    pub(crate) index: HashMap<String, usize>,
}

impl Vectors {
    /// Reads a file of vectors.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let fault = |what: &str| {
            format!("{}: {what}; make it with tools/word-vectors/build.py", path.display())
        };
        let bytes = std::fs::read(path).map_err(|error| fault(&error.to_string()))?;
        let mut rest = bytes.as_slice();
        let mut line = || -> Option<String> {
            let end = rest.iter().position(|&b| b == b'\n')?;
            let text = String::from_utf8(rest[..end].to_vec()).ok()?;
            rest = &rest[end + 1..];
            Some(text)
        };
        let head = line().ok_or_else(|| fault("it has no first line"))?;
        let (count, columns) = head
            .split_once(' ')
            .and_then(|(count, columns)| {
                Some((count.parse::<usize>().ok()?, columns.parse::<usize>().ok()?))
            })
            .ok_or_else(|| fault("its first line is not \"words columns\""))?;
        let words: Vec<String> = (0..count).map_while(|_| line()).collect();
        let values: Vec<f32> =
            rest.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
        if words.len() != count || values.len() != count * columns {
            return Err(fault("it is cut short"));
        }
        let index = words.iter().enumerate().map(|(row, word)| (word.clone(), row)).collect();
        Ok(Self { columns, words, values, index })
    }

    /// The vector of a row.
    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..][..self.columns]
    }
}

//! The file of weights.
//!
//! In go bytes, out come named tables, and the other way round for training. The file is a line that tells its kind and
//! version, then one section after the other: a line `name kind rows columns`, then the section's bytes. `text` is UTF-8,
//! `half` holds numbers in IEEE half precision, `byte` holds for each row a scale in single precision and then a signed
//! byte a column. Numbers are little-endian. `hidden half 1 2\n` is followed by four bytes.

use std::collections::BTreeMap;
use std::fmt;

const FIRST_LINE: &[u8] = b"detente parser 1\n";

/// One named part of a model.
#[derive(Debug, Clone, PartialEq)]
pub enum Section {
    /// Names, one a line, or other text.
    Text(String),
    /// Numbers, row after row.
    Numbers {
        /// Rows of the table.
        rows: usize,
        /// Columns of the table.
        columns: usize,
        /// `rows · columns` numbers.
        values: Vec<f32>,
    },
    /// Numbers to be multiplied by the scale of their row.
    Bytes(ByteTable),
}

/// A table of numbers held as one byte each and a scale a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ByteTable {
    columns: usize,
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl ByteTable {
    /// Rounds `values`, rows of `columns` numbers, to bytes.
    pub fn quantise(values: &[f32], columns: usize) -> Self {
        let mut table = Self { columns, ..Self::default() };
        for row in values.chunks_exact(columns.max(1)) {
            let largest = row.iter().fold(0.0_f32, |top, value| top.max(value.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            table.scales.push(scale);
            table.values.extend(row.iter().map(|value| (value / scale).round() as i8));
        }
        table
    }

    /// Numbers in a row.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows in the table.
    pub fn rows(&self) -> usize {
        self.scales.len()
    }

    /// The bytes of a row and their scale; a row past the end is empty.
    pub fn row(&self, row: usize) -> (&[i8], f32) {
        let from = row * self.columns;
        match (self.values.get(from..from + self.columns), self.scales.get(row)) {
            (Some(values), Some(&scale)) => (values, scale),
            _ => (&[], 0.0),
        }
    }
}

/// The sections of a model by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Archive {
    sections: BTreeMap<String, Section>,
}

/// Why a file of weights cannot be used: it is cut short, of another kind or version, or lacks a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError {
    what: String,
}

impl ModelError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into() }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the parser's model cannot be read: {}; train or fetch it again", self.what)
    }
}

impl std::error::Error for ModelError {}

impl Archive {
    /// Adds a section, replacing one of that name.
    pub fn put(&mut self, name: &str, section: Section) {
        self.sections.insert(name.to_owned(), section);
    }

    /// The text of that name.
    ///
    /// # Errors
    /// If there is none.
    pub fn text(&self, name: &str) -> Result<&str, ModelError> {
        match self.sections.get(name) {
            Some(Section::Text(text)) => Ok(text),
            _ => Err(ModelError::new(format!("it has no text \"{name}\""))),
        }
    }

    /// The numbers of that name, which must be `rows · columns`.
    ///
    /// # Errors
    /// If there are none, or others in number.
    pub fn numbers(&self, name: &str, rows: usize, columns: usize) -> Result<&[f32], ModelError> {
        match self.sections.get(name) {
            Some(Section::Numbers { rows: r, columns: c, values })
                if (*r, *c) == (rows, columns) =>
            {
                Ok(values)
            }
            Some(Section::Numbers { rows: r, columns: c, .. }) => Err(ModelError::new(format!(
                "its table \"{name}\" is {r} x {c}, not {rows} x {columns}"
            ))),
            _ => Err(ModelError::new(format!("it has no table \"{name}\""))),
        }
    }

    /// The table of bytes of that name, of `columns` columns.
    ///
    /// # Errors
    /// If there is none, or one of another width.
    pub fn bytes(&self, name: &str, columns: usize) -> Result<&ByteTable, ModelError> {
        match self.sections.get(name) {
            Some(Section::Bytes(table)) if table.columns == columns => Ok(table),
            _ => Err(ModelError::new(format!("it has no table \"{name}\" of {columns} columns"))),
        }
    }

    /// The file that [`Archive::read`] reads back.
    pub fn write(&self) -> Vec<u8> {
        let mut out = FIRST_LINE.to_vec();
        for (name, section) in &self.sections {
            match section {
                Section::Text(text) => {
                    out.extend(format!("{name} text 1 {}\n", text.len()).into_bytes());
                    out.extend(text.as_bytes());
                }
                Section::Numbers { rows, columns, values } => {
                    out.extend(format!("{name} half {rows} {columns}\n").into_bytes());
                    out.extend(values.iter().flat_map(|&value| to_half(value).to_le_bytes()));
                }
                Section::Bytes(table) => {
                    out.extend(
                        format!("{name} byte {} {}\n", table.rows(), table.columns).into_bytes(),
                    );
                    out.extend(table.scales.iter().flat_map(|scale| scale.to_le_bytes()));
                    out.extend(table.values.iter().map(|&value| value as u8));
                }
            }
        }
        out
    }

    /// Reads what [`Archive::write`] wrote.
    ///
    /// # Errors
    /// If the bytes are of another kind, or cut short.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut rest = bytes
            .strip_prefix(FIRST_LINE)
            .ok_or_else(|| ModelError::new("it does not begin \"detente parser 1\""))?;
        let mut archive = Self::default();
        while !rest.is_empty() {
            let end = rest
                .iter()
                .position(|&b| b == b'\n')
                .ok_or_else(|| ModelError::new("its last line has no end"))?;
            let line = std::str::from_utf8(&rest[..end])
                .map_err(|_| ModelError::new("a section's name is not UTF-8"))?;
            rest = &rest[end + 1..];
            let fields: Vec<&str> = line.split(' ').collect();
            let &[name, kind, rows, columns] = fields.as_slice() else {
                return Err(ModelError::new(format!("a section begins \"{line}\"")));
            };
            let short = || ModelError::new(format!("it ends inside \"{name}\""));
            let (Ok(rows), Ok(columns)) = (rows.parse::<usize>(), columns.parse::<usize>()) else {
                return Err(ModelError::new(format!("a section begins \"{line}\"")));
            };
            let count = rows.checked_mul(columns).ok_or_else(short)?;
            let size = match kind {
                "text" => Some(count),
                "half" => count.checked_mul(2),
                "byte" => rows.checked_mul(4).and_then(|scales| scales.checked_add(count)),
                _ => return Err(ModelError::new(format!("a section begins \"{line}\""))),
            };
            let (body, after) =
                size.and_then(|size| rest.split_at_checked(size)).ok_or_else(short)?;
            rest = after;
            let section =
                match kind {
                    "text" => Section::Text(String::from_utf8(body.to_vec()).map_err(|_| {
                        ModelError::new(format!("its text \"{name}\" is not UTF-8"))
                    })?),
                    "half" => Section::Numbers {
                        rows,
                        columns,
                        values: body
                            .as_chunks()
                            .0
                            .iter()
                            .map(|&pair| from_half(u16::from_le_bytes(pair)))
                            .collect(),
                    },
                    _ => {
                        let (scales, values) = body.split_at(rows * 4);
                        Section::Bytes(ByteTable {
                            columns,
                            scales: scales
                                .as_chunks()
                                .0
                                .iter()
                                .map(|&four| f32::from_le_bytes(four))
                                .collect(),
                            values: values.iter().map(|&value| value as i8).collect(),
                        })
                    }
                };
            archive.sections.insert(name.to_owned(), section);
        }
        Ok(archive)
    }
}

/// The nearest half-precision number; what is too large becomes the largest.
fn to_half(value: f32) -> u16 {
    let bits = value.to_bits();
    let sign = (bits >> 16) as u16 & 0x8000;
    let magnitude = f32::from_bits(bits & 0x7fff_ffff).min(65504.0);
    if magnitude < 6.104e-5 {
        // Below the least normal number halves are counted in steps of 2^-24.
        return sign | (magnitude * 16_777_216.0).round() as u16;
    }
    let bits = magnitude.to_bits();
    let even = (bits >> 13) & 1;
    let rounded = bits + 0x0fff + even;
    sign | (((rounded >> 13) - (112 << 10)) as u16).min(0x7bff)
}

fn from_half(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let exponent = u32::from(half >> 10) & 0x1f;
    let fraction = u32::from(half & 0x3ff);
    let magnitude = if exponent == 0 {
        fraction as f32 / 16_777_216.0
    } else {
        f32::from_bits(((exponent + 112) << 23) | (fraction << 13))
    };
    f32::from_bits(magnitude.to_bits() | sign)
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "what is written reads back to the bit")]
mod tests {
    use super::*;

    fn sample() -> Archive {
        let mut archive = Archive::default();
        archive.put("names", Section::Text("NOUN\nVERB".into()));
        archive.put(
            "numbers",
            Section::Numbers { rows: 1, columns: 3, values: vec![0.5, -2.0, 1e-6] },
        );
        archive.put("bytes", Section::Bytes(ByteTable::quantise(&[1.27, -0.5, 0.0, 0.0], 2)));
        archive
    }

    #[test]
    fn what_is_written_reads_back() {
        let bytes = sample().write();
        let archive = Archive::read(&bytes).unwrap();
        assert_eq!(archive.text("names").unwrap(), "NOUN\nVERB");
        let numbers = archive.numbers("numbers", 1, 3).unwrap();
        assert_eq!(numbers[..2], [0.5, -2.0]);
        assert!((numbers[2] - 1e-6).abs() < 1e-7);
        assert_eq!(archive.bytes("bytes", 2).unwrap().row(0).0, [127, -50]);
        assert_eq!(archive.bytes("bytes", 2).unwrap().row(9).0, [0_i8; 0]);
        assert_eq!(archive.write(), bytes);
    }

    #[test]
    fn a_file_cut_short_is_an_error_wherever_it_is_cut() {
        let bytes = sample().write();
        for end in 0..bytes.len() {
            if let Ok(archive) = Archive::read(&bytes[..end]) {
                assert!(
                    archive.text("names").is_err() || archive.numbers("numbers", 1, 3).is_err()
                );
            }
        }
        assert!(Archive::read(b"detente parser 1\nx half 99999999999999 99999999999\n").is_err());
    }

    #[test]
    fn halves_keep_three_digits() {
        for i in -40_000..40_000 {
            let value = i as f32 * 0.0137;
            assert!(
                (from_half(to_half(value)) - value).abs() <= value.abs() * 0.0005 + 1e-7,
                "{value}"
            );
        }
        assert_eq!(from_half(to_half(1e9)), 65504.0);
    }
}

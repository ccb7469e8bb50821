//! Why a document could not be read.
//!
//! In: the place where reading stopped. Out: one line that says what is wrong, where, and what to
//! do next: `dump.warc.gz, record 3: the file ends in the middle of a record; the records before
//! it were read; fetch the file again for the rest`.

use std::fmt;

/// A fault that cost one document, or the rest of one container.
///
/// It is opaque: ask [`is_binary`](Self::is_binary) and the like what it is, and print it for
/// a person. An input that yields an error may still yield further documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractError {
    input: String,
    record: Option<u64>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Empty,
    Binary(&'static str),
    TooLarge(u64),
    Truncated,
    Malformed(String),
    Unsupported(String),
    Io(String),
}

impl ExtractError {
    fn new(input: &str, kind: Kind) -> Self {
        Self { input: input.to_owned(), record: None, kind }
    }

    pub(crate) fn empty(input: &str) -> Self {
        Self::new(input, Kind::Empty)
    }

    pub(crate) fn binary(input: &str, what: &'static str) -> Self {
        Self::new(input, Kind::Binary(what))
    }

    pub(crate) fn too_large(input: &str, limit: usize) -> Self {
        Self::new(input, Kind::TooLarge(limit as u64))
    }

    pub(crate) fn truncated(input: &str) -> Self {
        Self::new(input, Kind::Truncated)
    }

    pub(crate) fn malformed(input: &str, what: impl Into<String>) -> Self {
        Self::new(input, Kind::Malformed(what.into()))
    }

    pub(crate) fn unsupported(input: &str, what: impl Into<String>) -> Self {
        Self::new(input, Kind::Unsupported(what.into()))
    }

    /// Sorts what a reader or a decompressor reports: an early end is a truncated input, data that
    /// breaks the container's rules is malformed, and the rest is the system's fault.
    pub(crate) fn from_io(input: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let kind = match error.kind() {
            ErrorKind::UnexpectedEof => Kind::Truncated,
            ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => {
                Kind::Malformed(error.to_string())
            }
            _ => Kind::Io(error.to_string()),
        };
        Self::new(input, kind)
    }

    #[must_use]
    pub(crate) fn at_record(mut self, record: u64) -> Self {
        self.record.get_or_insert(record);
        self
    }

    /// Path or address of the input, as it was given; a file in an archive is `archive/file`.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// Which record or line of a container, counted from 1.
    pub fn record(&self) -> Option<u64> {
        self.record
    }

    /// There is nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self.kind, Kind::Empty)
    }

    /// It is not text: a picture, a PDF, a program, a damaged file.
    pub fn is_binary(&self) -> bool {
        matches!(self.kind, Kind::Binary(_))
    }

    /// It is longer than [`Options`](crate::Options) allow and cannot be cut.
    pub fn is_too_large(&self) -> bool {
        matches!(self.kind, Kind::TooLarge(_))
    }

    /// It ends before its container says that it ends.
    pub fn is_truncated(&self) -> bool {
        matches!(self.kind, Kind::Truncated)
    }

    /// It breaks the rules of its own format.
    pub fn is_malformed(&self) -> bool {
        matches!(self.kind, Kind::Malformed(_))
    }

    /// It uses a part of its format that is not read here, such as a password.
    pub fn is_unsupported(&self) -> bool {
        matches!(self.kind, Kind::Unsupported(_))
    }

    /// The system could not read it.
    pub fn is_io(&self) -> bool {
        matches!(self.kind, Kind::Io(_))
    }
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.input)?;
        if let Some(record) = self.record {
            write!(f, ", record {record}")?;
        }
        match &self.kind {
            Kind::Empty => write!(f, ": it is empty; nothing to read, leave it out"),
            Kind::Binary(what) => write!(
                f,
                ": it is {what}, not text; save the page as HTML or plain text and give that"
            ),
            Kind::TooLarge(limit) => write!(
                f,
                ": it is longer than {} MiB, the most that is read of one piece; split or unpack it first",
                limit / (1024 * 1024)
            ),
            Kind::Truncated => write!(
                f,
                ": it ends before it is complete; what came before was read; fetch the file again for the rest"
            ),
            Kind::Malformed(what) => write!(f, ": {what}; repair it or leave it out"),
            Kind::Unsupported(what) => write!(f, ": {what}, which is not read; unpack it first"),
            Kind::Io(what) => {
                write!(f, ": it could not be read ({what}); check the file and try again")
            }
        }
    }
}

impl std::error::Error for ExtractError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_where_and_what_next() {
        let error = ExtractError::truncated("dump.warc.gz").at_record(3);
        assert!(error.is_truncated() && !error.is_binary());
        assert_eq!(
            error.to_string(),
            "dump.warc.gz, record 3: it ends before it is complete; what came before was read; \
             fetch the file again for the rest"
        );
    }
}

//! Pieces of a line, and the fault that points at one of them.

use std::fmt;

use crate::Sector;

use super::PartyLine;

/// Why a line could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotationError {
    /// Byte of the line where reading stopped.
    pub offset: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.offset + 1, self.message)
    }
}

impl std::error::Error for NotationError {}

/// A word of the line, or a text in straight quotation marks (without them).
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub quoted: bool,
    pub offset: usize,
}

pub(super) struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    /// Splits at white space. A quotation mark that opens a piece (or follows `@`) closes at the next one that white
    /// space follows; where the line ends in one, the text runs to it and may hold others.
    pub(super) fn new(line: &'a str) -> Result<Self, NotationError> {
        let mut pieces = Vec::new();
        let mut rest = line;
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let offset = line.len() - rest.len();
            if let Some(open) = rest.strip_prefix('"') {
                let close = closing(open).ok_or_else(|| NotationError {
                    offset,
                    message: "a quotation mark opens here and does not close".to_owned(),
                })?;
                pieces.push(Piece { text: &open[..close], quoted: true, offset });
                rest = &open[close + 1..];
            } else if rest.starts_with("@\"") {
                pieces.push(Piece { text: "@", quoted: false, offset });
                rest = &rest[1..];
            } else {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                pieces.push(Piece { text: &rest[..end], quoted: false, offset });
                rest = &rest[end..];
            }
        }
        Ok(Self { pieces, at: 0, end: line.len() })
    }

    pub(super) fn peek(&self) -> Option<Piece<'a>> {
        self.pieces.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<Piece<'a>> {
        let piece = self.peek();
        self.at += usize::from(piece.is_some());
        piece
    }

    /// Takes the next word if it is `word`.
    pub(super) fn take(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|piece| !piece.quoted && piece.text == word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn fault(&self, message: impl Into<String>) -> NotationError {
        NotationError {
            offset: self.peek().map_or(self.end, |piece| piece.offset),
            message: message.into(),
        }
    }

    /// Whether any piece is this bare word.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.pieces.iter().any(|piece| !piece.quoted && piece.text == word)
    }

    /// `USA GOV + - CVL`; a lone `-` is no party at all.
    pub(super) fn parties(&mut self) -> Result<Vec<PartyLine>, NotationError> {
        let mut parties = Vec::new();
        loop {
            let Some(piece) = self.peek().filter(|piece| is_code(piece)) else {
                return Err(self.fault(
                    "an actor's code is expected here, as `USA`, or `-` for none; see knowledge/README.md",
                ));
            };
            self.at += 1;
            let sector = self.peek().filter(|p| !p.quoted).and_then(|p| Sector::from_code(p.text));
            self.at += usize::from(sector.is_some());
            if piece.text != "-" {
                parties.push(PartyLine { code: Some(piece.text.to_owned()), sector });
            } else if sector.is_some() {
                parties.push(PartyLine { code: None, sector });
            }
            if !self.take("+") {
                return Ok(parties);
            }
        }
    }
}

/// Offset of the quotation mark that closes a text.
fn closing(text: &str) -> Option<usize> {
    if let Some(inner) = text.trim_end().strip_suffix('"') {
        return Some(inner.len());
    }
    text.match_indices('"')
        .map(|(at, _)| at)
        .find(|&at| text[at + 1..].chars().next().is_none_or(char::is_whitespace))
}

fn is_code(piece: &Piece) -> bool {
    !piece.quoted
        && (piece.text == "-"
            || piece.text.starts_with(|c: char| c.is_ascii_uppercase())
                && piece
                    .text
                    .chars()
                    .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-' || c == '_'))
}

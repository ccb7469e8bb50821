//! Finding expressions of time in the atoms of a sentence.
//!
//! In go atoms, out come expressions with the bytes they cover: "on Monday, June 19" is one
//! expression, a day without a year, and covers its preposition. What is found depends on nothing but
//! the words; which date it means is `calendar.rs`.

use super::calendar::Expression;
use super::vocabulary::{Atom, Kind, Vocabulary};
use crate::TimeRelation;

/// An expression found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// First byte, preposition included.
    pub(super) start: usize,
    /// First byte of the expression itself.
    pub(super) inner: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// What it says.
    pub(super) expression: Expression,
    /// What its preposition says.
    pub(super) relation: TimeRelation,
    /// It is a bare name of a month or number of a year, which only its preposition shows to be one.
    pub(super) bare: bool,
}

/// Every expression of time, from left to right.
pub(super) fn scan(words: &Vocabulary, atoms: &[Atom<'_>]) -> Vec<Found> {
    let scanner = Scanner { words, atoms };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let previous = found.last();
        match scanner.expression(at).and_then(|piece| scanner.place(piece, at, previous)) {
            Some((one, next)) => {
                found.push(one);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// An expression and the atom after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) end: usize,
    pub(super) expression: Expression,
    /// It needs a preposition or a part of the year before it.
    pub(super) bare: bool,
}

impl Piece {
    pub(super) fn new(end: usize, expression: Expression) -> Self {
        Self { end, expression, bare: false }
    }
}

pub(super) struct Scanner<'v, 't> {
    pub(super) words: &'v Vocabulary,
    pub(super) atoms: &'v [Atom<'t>],
}

impl Scanner<'_, '_> {
    pub(super) fn atom(&self, at: usize) -> Option<&Atom<'_>> {
        self.atoms.get(at)
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.atom(at).is_some_and(|atom| atom.lower == word)
    }

    /// Whether nothing stands between an atom and the next.
    pub(super) fn joined(&self, at: usize) -> bool {
        matches!((self.atom(at), self.atom(at + 1)), (Some(a), Some(b)) if a.end == b.start)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.atom(at).is_some_and(|atom| atom.is('-') || atom.is('–') || atom.is('—'))
    }

    /// An expression with whatever names a part of it: "early on Monday", "the end of June".
    fn expression(&self, at: usize) -> Option<Piece> {
        if let Some(piece) = self.phrase(at) {
            return Some(piece);
        }
        if let Some((mut next, _)) = self.words.parts.find(self.atoms, at) {
            if self.is_dash(next) {
                next += 1;
            }
            if self.atom(next).is_some_and(|a| matches!(a.lower.as_str(), "in" | "on" | "of")) {
                next += 1;
            }
            if self.is_word(next, "the") {
                next += 1;
            }
            let inner = self.phrase(next).or_else(|| self.plain(next));
            if let Some(piece) = inner {
                return Some(Piece { bare: false, ..piece });
            }
            if let Some(piece) = self.unit_of_document(at, next) {
                return Some(piece);
            }
        }
        self.plain(at)
    }

    fn plain(&self, at: usize) -> Option<Piece> {
        self.iso(at)
            .or_else(|| self.slashed(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.shift(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.season(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.bare_year(at))
    }

    /// Puts a piece into the text: its preposition, its bytes; `None` for a bare word that nothing shows
    /// to be a time.
    fn place(&self, piece: Piece, at: usize, previous: Option<&Found>) -> Option<(Found, usize)> {
        let inner = self.atom(at)?.start;
        let the = at.checked_sub(1).filter(|&before| self.is_word(before, "the"));
        let first = the.unwrap_or(at);
        let before = self.words.relations.find_before(self.atoms, first);
        let joins_previous = first.checked_sub(1).is_some_and(|i| {
            let joins = self.is_word(i, "to") || self.is_word(i, "and") || self.is_dash(i);
            let end = i.checked_sub(1).and_then(|i| self.atom(i)).map(|atom| atom.end);
            joins && previous.is_some_and(|previous| Some(previous.end) == end)
        });
        if piece.bare && !joins_previous && !self.shown_by(first, piece.expression) {
            return None;
        }
        // "April Jones" is a person, in whatever month.
        let next = self.atom(piece.end);
        let name_goes_on = next.is_some_and(|a| a.kind == Kind::Word && a.capital())
            && self.weekday_name(piece.end).is_none();
        if piece.bare && name_goes_on && matches!(piece.expression, Expression::Month { .. }) {
            return None;
        }
        let relation = match (before, previous) {
            (Some((_, word)), _) => relation(word),
            (None, Some(previous))
                if joins_previous && previous.relation == TimeRelation::Since =>
            {
                TimeRelation::Until
            }
            _ => TimeRelation::At,
        };
        let start = before.map_or(first, |(start, _)| start);
        let found = Found {
            start: self.atom(start)?.start,
            inner,
            end: self.atom(piece.end.checked_sub(1)?)?.end,
            expression: piece.expression,
            relation,
            bare: piece.bare,
        };
        Some((found, piece.end))
    }

    /// Whether the words before a bare month or year show it to be one.
    fn shown_by(&self, first: usize, expression: Expression) -> bool {
        let Some(before) = first.checked_sub(1).and_then(|i| self.atom(i)) else {
            return false;
        };
        let word = before.lower.as_str();
        // These stand before numbers of other things too.
        let counts = matches!(word, "about" | "around" | "over" | "at" | "on" | "through");
        match expression {
            Expression::Month { .. } | Expression::Within { .. } => {
                word == "of" || (self.words.relations.word(word).is_some() && word != "at")
            }
            _ => {
                before.is('(')
                    || word == "of"
                    || (self.words.relations.word(word).is_some() && !counts)
            }
        }
    }
}

fn relation(word: &str) -> TimeRelation {
    match word {
        "since" => TimeRelation::Since,
        "until" => TimeRelation::Until,
        "before" => TimeRelation::Before,
        "after" => TimeRelation::After,
        _ => TimeRelation::At,
    }
}

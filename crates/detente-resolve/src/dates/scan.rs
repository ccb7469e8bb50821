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
    /// The words before it say that it lies ahead: "effective Monday".
    pub(super) ahead: bool,
    /// The other end of a stretch of time, by itself: "Wednesday" in "from Monday to Wednesday".
    pub(super) to: Option<To>,
    /// Its first atom, preposition included, and the one after its last.
    atoms: (usize, usize),
}

/// The other end of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct To {
    /// First byte of the expression.
    pub(super) inner: usize,
    /// What it says.
    pub(super) expression: Expression,
    /// It is a bare month or year.
    pub(super) bare: bool,
    /// Only the two ends are meant: "Monday and Tuesday".
    pub(super) and: bool,
}

/// Every expression of time, from left to right; what only looks like one is left out.
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
    scanner.join(&mut found);
    found.retain(|one| one.expression != Expression::NoTime);
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
        if let Some(piece) = self.name(at).or_else(|| self.phrase(at)).or_else(|| self.set(at)) {
            return Some(piece);
        }
        if let Some(piece) = self.edge(at).or_else(|| self.part_of_year(at)) {
            return Some(piece);
        }
        if let Some((mut next, _)) = self.words.parts.find(self.atoms, at) {
            if self.is_dash(next) {
                next += 1;
            }
            if self.atom(next).is_some_and(|a| matches!(a.lower.as_ref(), "in" | "on" | "of")) {
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
            .or_else(|| self.nth_weekday(at))
            .or_else(|| self.month_first(at).map(|piece| self.before_noun(piece, at)))
            .or_else(|| self.day_first(at).map(|piece| self.before_noun(piece, at)))
            .or_else(|| self.day_alone(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.weeks_from_day(at))
            .or_else(|| self.weekdays_ago(at))
            .or_else(|| self.weekdays(at))
            .or_else(|| self.shift(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.season(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.decade_in_words(at))
            .or_else(|| self.bare_year(at))
    }

    /// Puts a piece into the text: its preposition, its bytes; `None` for a bare word that nothing shows
    /// to be a time.
    fn place(&self, piece: Piece, at: usize, previous: Option<&Found>) -> Option<(Found, usize)> {
        let inner = self.atom(at)?.start;
        let the = at.checked_sub(1).filter(|&before| self.is_word(before, "the"));
        let first = the.unwrap_or(at);
        let before = self.before(first);
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
            relation: if self.is_spanned(piece.expression, first) {
                TimeRelation::At
            } else {
                relation
            },
            bare: piece.bare,
            ahead: self.words.ahead.find_before(self.atoms, start).is_some(),
            to: None,
            atoms: (start, piece.end),
        };
        Some((found, piece.end))
    }

    /// The preposition before atom `first`. What stands before a time of the day counts for the day after it: "until 8 p.m. on Friday"; but
    /// "after midnight on Friday" is on Friday.
    fn before(&self, first: usize) -> Option<(usize, &str)> {
        // "the run-up to Sunday's vote" is no "up to".
        let near = self.words.relations.find_before(self.atoms, first).filter(|(at, _)| {
            !at.checked_sub(1).is_some_and(|dash| self.is_dash(dash) && self.joined(dash))
        })?;
        let mut at = near.0;
        while let Some(before) = at.checked_sub(1).and_then(|i| self.atom(i))
            && (before.kind == Kind::Number
                || before.is('.')
                || before.is(':')
                || self.words.clock.word(&before.lower).is_some())
        {
            at -= 1;
        }
        let bound = || {
            self.words
                .relations
                .find_before(self.atoms, at)
                .filter(|(_, value)| matches!(*value, "until" | "since"))
        };
        let clock = at < near.0;
        Some(if clock { bound().unwrap_or(near) } else { near })
    }

    /// Whether a year stands after what makes its noun a certain one: "the 2015 deal", "its 2015 deal".
    fn has_determiner(&self, first: usize) -> bool {
        let determines = |at: usize| {
            self.atom(at).is_some_and(|a| {
                matches!(
                    a.lower.as_ref(),
                    "the" | "a" | "its" | "their" | "his" | "her" | "our" | "'s"
                )
            })
        };
        determines(first) || first.checked_sub(1).is_some_and(determines)
    }

    /// Whether "from" and "between" before atom `first` belong to a stretch that ends in the expression itself: "between 3 and 7 May".
    fn is_spanned(&self, expression: Expression, first: usize) -> bool {
        matches!(expression, Expression::Days { .. } | Expression::Years(..))
            && first
                .checked_sub(1)
                .is_some_and(|i| self.is_word(i, "from") || self.is_word(i, "between"))
    }

    /// Joins two expressions that are the ends of a stretch: "from Monday to Wednesday", "between March and May", "May 30 - June 2".
    fn join(&self, found: &mut Vec<Found>) {
        let mut at = 0;
        while at + 1 < found.len() {
            let (Some(first), Some(last)) = (found.get(at), found.get(at + 1)) else { break };
            let joined = self.joined_to(first, last);
            if let Some(joined) = joined {
                found.splice(at..at + 2, [joined]);
            }
            at += 1;
        }
    }

    fn joined_to(&self, first: &Found, last: &Found) -> Option<Found> {
        let single = |one: &Found| {
            one.to.is_none()
                && !matches!(
                    one.expression,
                    Expression::Open(_)
                        | Expression::Duration(_)
                        | Expression::Each(_)
                        | Expression::Set(_)
                        | Expression::NoTime
                )
        };
        let word = self.atom(first.atoms.1)?;
        // The joining word is a preposition of the second, or stands between the two.
        let right = last.atoms.0 == first.atoms.1 + 1
            || (last.atoms.0 == first.atoms.1 && !last.begins_inside(word));
        if !right || !single(first) || !single(last) {
            return None;
        }
        let opened_by = self.atom(first.atoms.0).map(|atom| atom.lower.as_ref());
        let range = matches!(word.lower.as_ref(), "to" | "until" | "till" | "through")
            || self.is_dash(first.atoms.1);
        let joins = match opened_by {
            Some("between") => word.lower == "and",
            Some("from") => range,
            _ => {
                first.relation == TimeRelation::At
                    && (self.is_dash(first.atoms.1)
                        || matches!(word.lower.as_ref(), "to" | "through"))
            }
        };
        // "on Monday and Tuesday", but not "in May and at the end of June".
        let alike = matches!(
            (first.expression, last.expression),
            (Expression::Weekday { turn: None, .. }, Expression::Weekday { turn: None, .. })
                | (Expression::Month { .. }, Expression::Month { .. })
                | (Expression::Year(_), Expression::Year(_))
        );
        let and = !joins
            && alike
            && word.lower == "and"
            && first.relation == TimeRelation::At
            && last.relation == TimeRelation::At
            && self.atom(first.atoms.1 + 1).is_some_and(|atom| last.inner == atom.start);
        (joins || and).then(|| Found {
            end: last.end,
            relation: TimeRelation::At,
            to: Some(To { inner: last.inner, expression: last.expression, bare: last.bare, and }),
            atoms: (first.atoms.0, last.atoms.1),
            ..first.clone()
        })
    }

    /// Whether the words before a bare month or year show it to be one.
    fn shown_by(&self, first: usize, expression: Expression) -> bool {
        let Some(before) = first.checked_sub(1).and_then(|i| self.atom(i)) else {
            let year = matches!(expression, Expression::Year(_) | Expression::Years(..));
            return matches!(expression, Expression::SeasonText { .. })
                || (year && self.has_determiner(first));
        };
        let word = before.lower.as_ref();
        // These stand before numbers of other things too.
        let counts = matches!(word, "about" | "around" | "over" | "at" | "on" | "through");
        match expression {
            Expression::Month { .. } | Expression::Within { .. } => {
                word == "of" || (self.words.relations.word(word).is_some() && word != "at")
            }
            Expression::SeasonText { .. } => true,
            // "in the first quarter", "in the autumn", "on the 30th shells fell".
            Expression::Months { .. }
            | Expression::SeasonNear { .. }
            | Expression::DayOfMonth { .. } => self.words.relations.word(word).is_some(),
            _ => {
                before.is('(')
                    || word == "of"
                    || (self.words.relations.word(word).is_some() && !counts)
                    || self.has_determiner(first)
            }
        }
    }
}

impl Found {
    /// Whether the expression itself begins at the atom.
    fn begins_inside(&self, atom: &Atom<'_>) -> bool {
        self.inner == atom.start
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

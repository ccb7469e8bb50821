//! Expressions that count from another date: "three days ago", "last week", "the day before".

use super::calendar::{Base, Expression, Unit};
use super::scan::{Piece, Scanner};
use super::vocabulary::Kind;

impl Scanner<'_, '_> {
    /// "the end of the year", "later in the week": the unit that the document's date lies in.
    pub(super) fn unit_of_document(&self, at: usize, next: usize) -> Option<Piece> {
        let has_the = next > at && self.is_word(next - 1, "the");
        let (end, unit) = self.unit(next)?;
        has_the.then(|| Piece::new(end, Expression::Shift { unit, by: 0, base: Base::Document }))
    }

    /// A whole phrase of the file: "yesterday", "the day before".
    pub(super) fn phrase(&self, at: usize) -> Option<Piece> {
        let (end, value) = self.words.phrases.find(self.atoms, at)?;
        // "USA Today", "CBS This Morning".
        let before = at.checked_sub(1).and_then(|before| self.atom(before));
        if self.atom(at)?.capital() && before.is_some_and(|a| a.kind == Kind::Word && a.capital()) {
            return None;
        }
        let last = &self.atom(end - 1)?.lower;
        // "the day before the summit" counts from the summit, of which nothing is known here.
        if matches!(last.as_str(), "before" | "after") && !self.stands_alone(end) {
            return None;
        }
        let mut parts = value.split_whitespace();
        let first = parts.next()?;
        let expression = if first == "?" {
            Expression::Open(Unit::from_word(parts.next()?)?.granularity())
        } else {
            let base = if first == "text" { Base::Text } else { Base::Document };
            let unit = if first == "text" { parts.next()? } else { first };
            Expression::Shift {
                unit: Unit::from_word(unit)?,
                by: parts.next()?.parse().ok()?,
                base,
            }
        };
        Some(Piece::new(end, expression))
    }

    /// Whether what ends before atom `at` governs nothing: a sign, a preposition or the end follows.
    pub(super) fn stands_alone(&self, at: usize) -> bool {
        self.atom(at).is_none_or(|atom| {
            atom.kind == Kind::Sign
                || (atom.kind == Kind::Word && self.words.relations.word(&atom.lower).is_some())
        })
    }

    /// "last week", "this June", "next Monday", "the past three years", "the same day".
    pub(super) fn shift(&self, at: usize) -> Option<Piece> {
        let (next, value) = self.words.shifts.find(self.atoms, at)?;
        let (base, by) = match value.strip_prefix("text ") {
            Some(by) => (Base::Text, by.parse::<i32>().ok()?),
            None => (Base::Document, value.parse::<i32>().ok()?),
        };
        if let Some((end, unit)) = self.unit(next) {
            return Some(Piece::new(end, Expression::Shift { unit, by, base }));
        }
        if let Some((counted, _)) = self.count(next)
            && let Some((end, unit)) = self.unit(counted)
        {
            // A length of time: nothing in it tells one date.
            return Some(Piece::new(end, Expression::Open(unit.granularity())));
        }
        if base == Base::Text {
            return None;
        }
        if let Some((mut end, weekday)) = self.weekday_name(next) {
            if let Some((after, _)) = self.words.times.find(self.atoms, end) {
                end = after;
            }
            return Some(Piece::new(end, Expression::Weekday { weekday, shift: Some(by) }));
        }
        // "the coming June 19": the day says more than the distance.
        if let Some(piece) = self.month_first(next)
            && matches!(piece.expression, Expression::Day { .. })
        {
            return Some(piece);
        }
        if let Some((end, month)) = self.month(next) {
            return Some(Piece::new(end, Expression::MonthShift { month, by }));
        }
        let (end, _) = self.words.seasons.find(self.atoms, next)?;
        Some(Piece::new(end, Expression::Season { year: None }))
    }

    /// "three days ago", "two weeks later", "in three days".
    pub(super) fn counted(&self, at: usize) -> Option<Piece> {
        let (next, number) = self.count(at)?;
        let (unit_end, unit) = self.unit(next)?;
        let roughly = self.words.roughly.find_before(self.atoms, at).is_some();
        let many = number.filter(|_| !roughly);
        if let Some((end, value)) = self.words.after.find(self.atoms, unit_end) {
            // "two days before the summit" counts from the summit.
            if self.is_word(end - 1, "before") && !self.stands_alone(end) {
                return None;
            }
            let (base, sign) = match value.strip_prefix("text ") {
                Some(sign) => (Base::Text, sign),
                None => (Base::Document, value),
            };
            let expression = match (many, sign.parse::<i32>().ok()?) {
                (Some(many), sign) => Expression::Shift { unit, by: many.checked_mul(sign)?, base },
                (None, _) => Expression::Open(unit.granularity()),
            };
            return Some(Piece::new(end, expression));
        }
        let before = at.checked_sub(1)?;
        if self.is_word(before, "in") && !self.is_word(unit_end, "of") {
            let expression = Expression::Within { unit, by: many? };
            return Some(Piece { end: unit_end, expression, bare: true });
        }
        None
    }
}

//! Expressions that count from another date: "three days ago", "last week", "the day before".

use super::calendar::{Base, Expression, Turn, Unit};
use super::scan::{Piece, Scanner};
use super::vocabulary::Kind;

/// What a line of `shifts` says.
#[derive(Debug, Clone, Copy)]
struct Shift {
    base: Base,
    by: i32,
    /// The time that runs up to the date or on from it, and not a week or month of the calendar.
    span: bool,
    /// A day that lies so many days from there, and not the week or month that it is in.
    exact: Option<i32>,
}

impl Shift {
    /// Reads `-1`, `span -1`, `text 1`, `text span 1` or `exact 0 1`.
    fn read(value: &str) -> Option<Self> {
        let mut shift = Self { base: Base::Document, by: 0, span: false, exact: None };
        let mut words = value.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "exact" => shift.exact = Some(words.next()?.parse().ok()?),
                "text" => shift.base = Base::Text,
                "span" => shift.span = true,
                number => shift.by = number.parse().ok()?,
            }
        }
        Some(shift)
    }
}

impl Scanner<'_, '_> {
    /// "the end of the year", "later in the week": the unit that the document's date lies in.
    pub(super) fn unit_of_document(&self, at: usize, next: usize) -> Option<Piece> {
        let has_the = next > at && self.is_word(next - 1, "the");
        let (end, unit) = self.unit(next)?;
        has_the.then(|| Piece::new(end, Expression::Shift { unit, by: 0, base: Base::Document }))
    }

    /// A whole phrase of the file: "yesterday", "the day before".
    pub(super) fn phrase(&self, at: usize) -> Option<Piece> {
        let (mut end, value) = self.words.phrases.find(self.atoms, at)?;
        // "USA Today", "CBS This Morning".
        let before = at.checked_sub(1).and_then(|before| self.atom(before));
        if self.atom(at)?.capital() && before.is_some_and(|a| a.kind == Kind::Word && a.capital()) {
            return None;
        }
        let last = &self.atom(end - 1)?.lower;
        // "the day before the summit" counts from the summit, of which nothing is known here.
        if matches!(last.as_ref(), "before" | "after") && !self.stands_alone(end) {
            return None;
        }
        let mut parts = value.split_whitespace();
        let expression = match parts.next()? {
            "?" => Expression::Open(Unit::from_word(parts.next()?)?.granularity()),
            "overnight" => {
                // "overnight on Monday": Monday says more.
                let on = end + usize::from(self.words.relations.find(self.atoms, end).is_some());
                if self.weekday_name(end).or_else(|| self.weekday_name(on)).is_some() {
                    return None;
                }
                Expression::Overnight
            }
            "weekend" => Expression::Weekend { by: parts.next().and_then(|by| by.parse().ok()) },
            first => {
                let text = first == "text";
                let unit = Unit::from_word(if text { parts.next()? } else { first })?;
                let base = if text { Base::Text } else { Base::Document };
                Expression::Shift { unit, by: parts.next()?.parse().ok()?, base }
            }
        };
        if let Some((after, _)) = self.words.times.find(self.atoms, end) {
            end = after;
        }
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
        let Shift { base, by, span, .. } = Shift::read(value)?;
        let of = |end: usize| self.is_word(end, "of");
        if let Some((end, unit)) = self.unit(next) {
            let plural = self.atom(end - 1).is_some_and(|a| a.lower.ends_with('s'));
            // "the last day of the summit", "the coming weeks".
            let expression = if plural || (span && of(end)) {
                Expression::Open(unit.granularity())
            } else if span && base == Base::Document {
                Expression::Stretch { unit, by, base }
            } else {
                Expression::Shift { unit, by, base }
            };
            return Some(Piece::new(end, expression));
        }
        if let Some((counted, number)) = self.count(next)
            && let Some((end, unit)) = self.unit(counted)
        {
            let expression = match number {
                Some(many) if by != 0 && !of(end) && (base == Base::Document || span) => {
                    Expression::Stretch { unit, by: many.checked_mul(by.signum())?, base }
                }
                // "the following three days", "the past few weeks": nothing in it tells a date.
                _ => Expression::Open(unit.granularity()),
            };
            return Some(Piece::new(end, expression));
        }
        if let Some((end, _)) = self.words.times.find(self.atoms, next) {
            // "the next morning"; "this morning" and "last night" are phrases.
            let from_text = base == Base::Text || by > 0;
            let base = if from_text { Base::Text } else { Base::Document };
            return Some(Piece::new(end, Expression::Shift { unit: Unit::Day, by, base }));
        }
        if let Some((mut end, weekday)) = self.weekday_name(next) {
            if let Some((after, _)) = self.words.times.find(self.atoms, end) {
                end = after;
            }
            let turn = match (span, by) {
                _ if base == Base::Text => {
                    // "said that Saturday would be calm".
                    let before = at.checked_sub(1).and_then(|before| self.atom(before));
                    let said = self.is_word(at, "that")
                        && before.is_some_and(|a| a.kind == Kind::Word && a.lower != "on");
                    if said || self.weekday(next)?.end > end {
                        return None;
                    }
                    Turn::Text(by)
                }
                (false, by) if by >= 0 => Turn::Week(by),
                (true, by) if by > 0 => Turn::After,
                _ => Turn::Before,
            };
            return Some(Piece::new(end, Expression::Weekday { weekday, turn: Some(turn) }));
        }
        if base == Base::Text {
            let (end, months) = self.words.seasons.find(self.atoms, next)?;
            let (first, last) = super::elements::months(months)?;
            // "the previous fall of the city".
            let own = !self.atom(next)?.capital() && !self.is_word(end, "of");
            let expression = Expression::SeasonText { by, first, last };
            return own.then_some(Piece { end, expression, bare: true });
        }
        // "the coming June 19": the day says more than the distance.
        if let Some(piece) = self.month_first(next)
            && matches!(piece.expression, Expression::Day { .. } | Expression::Days { .. })
        {
            return Some(piece);
        }
        if let Some((end, month)) = self.month(next) {
            return Some(Piece::new(end, Expression::MonthShift { month, by }));
        }
        let (end, months) = self.words.seasons.find(self.atoms, next)?;
        let (first, last) = super::elements::months(months)?;
        Some(Piece::new(end, Expression::SeasonShift { by, first, last }))
    }

    /// "three days ago", "two weeks later", "in three days", "a week after the vote", and lengths of time: "for ten days".
    pub(super) fn counted(&self, at: usize) -> Option<Piece> {
        let (next, number) = self.count(at)?;
        // "72-hour", "three-day".
        let dash = usize::from(self.is_dash(next) && self.joined(next - 1) && self.joined(next));
        let (unit_end, unit) = self.unit(next + dash)?;
        let granularity = unit.granularity();
        if let Some(end) = self.age(unit_end) {
            return Some(Piece::new(end, Expression::NoTime));
        }
        // "the Six-Day War".
        if self.atom(unit_end - 1)?.capital() {
            return None;
        }
        // "at 2000 hours" is a time of the day.
        let clock = self.atom(at).is_some_and(|a| a.kind == Kind::Number && a.text.len() == 4);
        if clock && unit == Unit::Hour && self.words.relations.find_before(self.atoms, at).is_some()
        {
            return None;
        }
        // "a day and a half ago".
        let half = ["and", "a", "half"].iter().zip(unit_end..).all(|(w, at)| self.is_word(at, w));
        let unit_end = unit_end + if half { 3 } else { 0 };
        let many = number.filter(|_| !half && !self.is_rough(at));
        if dash == 0
            && let Some((end, value)) = self.words.after.find(self.atoms, unit_end)
        {
            // "two days before the summit" counts from the summit.
            let hangs = self.is_word(end - 1, "before") || self.is_word(end - 1, "after");
            if hangs && !self.stands_alone(end) {
                return Some(Piece::new(end, Expression::Open(granularity)));
            }
            let Shift { base, by, exact, .. } = Shift::read(value)?;
            let expression = match (many, exact) {
                (Some(many), Some(days)) => {
                    Expression::Exact { unit, by: many.checked_mul(by)?, days }
                }
                (Some(many), None) => Expression::Shift { unit, by: many.checked_mul(by)?, base },
                (None, _) => Expression::Open(granularity),
            };
            return Some(Piece::new(end, expression));
        }
        let before = at.checked_sub(1);
        if before.is_some_and(|before| self.is_word(before, "in")) && dash == 0 {
            let end = self.times_time(unit_end);
            let expression = Expression::Within { unit, by: many };
            // "in two days of fighting" can only be a length.
            if !self.is_word(end, "of") {
                return Some(Piece::new(end, expression));
            }
        }
        // "a quarter of the voters".
        if unit == Unit::Quarter {
            return None;
        }
        let article = self.is_word(at, "a") || self.is_word(at, "an");
        let preposition = before
            .and_then(|before| self.atom(before))
            .is_some_and(|atom| self.words.lengths.word(&atom.lower).is_some());
        let expression = if self.is_word(at, "one") && unit == Unit::Day && !preposition {
            // "one day", which may be any.
            Expression::Open(granularity)
        } else if article && dash == 0 && !preposition && !self.is_word(unit_end, "of") {
            Expression::Each(granularity)
        } else {
            Expression::Duration(granularity)
        };
        Some(Piece::new(unit_end, expression))
    }

    /// "'s time", "' time" after a unit: "in two weeks' time".
    fn times_time(&self, end: usize) -> usize {
        let mark =
            self.is_word(end, "'s") || self.atom(end).is_some_and(|a| a.is('\'') || a.is('’'));
        if mark && self.is_word(end + 1, "time") { end + 2 } else { end }
    }

    /// Whether the number at `at` is left open: "nearly two", "two or three".
    fn is_rough(&self, at: usize) -> bool {
        let range = at.checked_sub(2).is_some_and(|first| {
            (self.is_word(at - 1, "or") || self.is_word(at - 1, "to") || self.is_dash(at - 1))
                && self.count(first).is_some_and(|(end, _)| end == at - 1)
        });
        // "2.5 years": only the last part of the number was read.
        let part = at.checked_sub(1).is_some_and(|before| {
            self.joined(before) && self.atom(before).is_some_and(|a| a.is('.') || a.is(','))
        });
        range || part || self.words.roughly.find_before(self.atoms, at).is_some()
    }

    /// The end of an age: "-old", "old", "of age" after a unit.
    fn age(&self, at: usize) -> Option<usize> {
        let dash = usize::from(self.is_dash(at) && self.joined(at));
        if self.atom(at + dash).is_some_and(|a| matches!(a.lower.as_ref(), "old" | "olds")) {
            return Some(at + dash + 1);
        }
        (self.is_word(at, "of") && self.is_word(at + 1, "age")).then_some(at + 2)
    }
}

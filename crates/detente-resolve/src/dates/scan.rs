//! Finding expressions of time in the atoms of a sentence.
//!
//! In go atoms, out come expressions with the bytes they cover: "on Monday, June 19" is one
//! expression, a day without a year, and covers its preposition. What is found depends on nothing but
//! the words; which date it means is `calendar.rs`.

use super::calendar::{Base, Expression, Unit, Year};
use super::vocabulary::{Atom, Kind, Table, Vocabulary};
use crate::{Granularity, TimeRelation};

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
struct Piece {
    end: usize,
    expression: Expression,
    /// It needs a preposition or a part of the year before it.
    bare: bool,
}

impl Piece {
    fn new(end: usize, expression: Expression) -> Self {
        Self { end, expression, bare: false }
    }
}

struct Scanner<'v, 't> {
    words: &'v Vocabulary,
    atoms: &'v [Atom<'t>],
}

impl Scanner<'_, '_> {
    fn atom(&self, at: usize) -> Option<&Atom<'_>> {
        self.atoms.get(at)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.atom(at).is_some_and(|atom| atom.lower == word)
    }

    /// Whether nothing stands between an atom and the next.
    fn joined(&self, at: usize) -> bool {
        matches!((self.atom(at), self.atom(at + 1)), (Some(a), Some(b)) if a.end == b.start)
    }

    fn is_dash(&self, at: usize) -> bool {
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

    /// "the end of the year", "later in the week": the unit that the document's date lies in.
    fn unit_of_document(&self, at: usize, next: usize) -> Option<Piece> {
        let has_the = next > at && self.is_word(next - 1, "the");
        let (end, unit) = self.unit(next)?;
        has_the.then(|| Piece::new(end, Expression::Shift { unit, by: 0, base: Base::Document }))
    }

    /// A whole phrase of the file: "yesterday", "the day before".
    fn phrase(&self, at: usize) -> Option<Piece> {
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
    fn stands_alone(&self, at: usize) -> bool {
        self.atom(at).is_none_or(|atom| {
            atom.kind == Kind::Sign
                || (atom.kind == Kind::Word && self.words.relations.word(&atom.lower).is_some())
        })
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

    /// `2023-06-19`.
    fn iso(&self, at: usize) -> Option<Piece> {
        let joined = (at..at + 4).all(|i| self.joined(i));
        if !(joined && self.is_dash(at + 1) && self.is_dash(at + 3)) {
            return None;
        }
        let expression = Expression::Day {
            year: Some(Year::Is(self.year_number(at)?)),
            month: self.small(at + 2, 12)?,
            day: self.small(at + 4, 31)?,
            weekday: None,
        };
        Some(Piece::new(at + 5, expression))
    }

    /// `6/19/2023`, `19.06.2023`: a date where only one order of day and month is possible.
    fn slashed(&self, at: usize) -> Option<Piece> {
        let sign = self.atom(at + 1)?;
        let joined = (at..at + 4).all(|i| self.joined(i));
        let stop = sign.is('.');
        if !joined || !(sign.is('/') || stop) || self.atom(at + 3)?.text != sign.text {
            return None;
        }
        let (first, second) = (self.small(at, 31)?, self.small(at + 2, 31)?);
        let year = Some(Year::Is(self.year_number(at + 4)?));
        let expression = match (first, second) {
            // With full stops the day goes first.
            (day, month) if month <= 12 && (stop || day > 12 || day == month) => {
                Expression::Day { year, month, day, weekday: None }
            }
            (month, day) if !stop && month <= 12 && day > 12 => {
                Expression::Day { year, month, day, weekday: None }
            }
            (a, b) if a <= 12 && b <= 12 => Expression::Open(Granularity::Day),
            _ => return None,
        };
        Some(Piece::new(at + 5, expression))
    }

    /// "New Year's Eve", "9/11".
    fn holiday(&self, at: usize) -> Option<Piece> {
        let (end, value) = self.words.days.find(self.atoms, at)?;
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<i16>().ok());
        let mut parts = value.rsplit('-');
        let (day, month) = (number(parts.next())?, number(parts.next())?);
        let history = number(parts.next());
        if history.is_none() && !self.atom(at)?.capital() {
            return None;
        }
        let (end, year) = match history {
            Some(year) => (end, Some(Year::Is(year))),
            None => self.year_after(end),
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let followed = self.atom(end).is_some_and(|a| a.kind == Kind::Word && a.lower != "'s");
        // "Christmas trees" are no date.
        if history.is_none() && year.is_none() && followed && !self.stands_alone(end) {
            return None;
        }
        Some(Piece::new(end, Expression::Day { year, month, day, weekday: None }))
    }

    /// "June 19, 2023", "June 19-20", "June 2023", "June last year", "June".
    fn month_first(&self, at: usize) -> Option<Piece> {
        let (next, month) = self.month(at)?;
        if let Some((mut end, day)) = self.day_number(next) {
            // Of several days the first counts.
            if let Some((after, _)) = self.range_end(end, day) {
                end = after;
            }
            let (end, year) = self.year_after(end);
            return Some(Piece::new(end, Expression::Day { year, month, day, weekday: None }));
        }
        let (end, year) = self.year_after(next);
        let expression = Expression::Month { year, month };
        let abbreviated = self.atom(at)?.lower.len() <= 3 && self.atom(at)?.lower != "may";
        if year.is_none() && abbreviated {
            return None;
        }
        Some(Piece { end, expression, bare: year.is_none() })
    }

    /// "19 June 2023", "the 19th of June", "19-20 June".
    fn day_first(&self, at: usize) -> Option<Piece> {
        let (mut next, day) = self.day_number(at)?;
        if let Some((after, _)) = self.range_end(next, day) {
            next = after;
        }
        if self.is_word(next, "of") || (self.is_dash(next) && self.joined(next)) {
            next += 1;
        }
        let (mut end, month) = self.month(next)?;
        if self.is_dash(end) && self.joined(end) {
            end += 1;
        }
        let (end, year) = self.year_after(end);
        Some(Piece::new(end, Expression::Day { year, month, day, weekday: None }))
    }

    /// "Monday", "Monday morning", "Monday, June 19".
    fn weekday(&self, at: usize) -> Option<Piece> {
        let (mut end, weekday) = self.weekday_name(at)?;
        if let Some((after, _)) = self.words.times.find(self.atoms, end) {
            end = after;
        }
        let mut next = end;
        if self.atom(next).is_some_and(|atom| atom.is(',') || atom.is('(')) {
            next += 1;
        }
        if self.is_word(next, "the") {
            next += 1;
        }
        let day =
            self.month_first(next).or_else(|| self.day_first(next)).or_else(|| self.iso(next));
        if let Some(Piece { end, expression: Expression::Day { year, month, day, .. }, .. }) = day {
            let expression = Expression::Day { year, month, day, weekday: Some(weekday) };
            return Some(Piece::new(end, expression));
        }
        // "Monday last week", "Monday of this week".
        let of = next + usize::from(self.is_word(next, "of"));
        if next == end
            && let Some((shift_end, by)) = self.shift_of(of, Unit::Week)
        {
            let shift = Some(by);
            return Some(Piece::new(shift_end, Expression::Weekday { weekday, shift }));
        }
        Some(Piece::new(end, Expression::Weekday { weekday, shift: None }))
    }

    /// "last week", "this June", "next Monday", "the past three years", "the same day".
    fn shift(&self, at: usize) -> Option<Piece> {
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
    fn counted(&self, at: usize) -> Option<Piece> {
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

    /// "the summer of 2022", "the second quarter of 2023", "spring 2022".
    fn season(&self, at: usize) -> Option<Piece> {
        let (end, _) = self.words.seasons.find(self.atoms, at)?;
        let (end, Some(year)) = self.year_after(end) else {
            return None;
        };
        Some(Piece::new(end, Expression::Season { year: Some(year) }))
    }

    /// "1990s", "'90s".
    fn decade(&self, at: usize) -> Option<Piece> {
        let digits = self.atom(at)?;
        let plural = self.joined(at) && self.is_word(at + 1, "s");
        let whole = self.year_number(at).is_some_and(|year| year % 10 == 0);
        let quoted = digits.kind == Kind::Number
            && digits.text.len() == 2
            && digits.text.ends_with('0')
            && at > 0
            && self.joined(at - 1)
            && self.atom(at - 1).is_some_and(|a| matches!(a.text, "'" | "’" | "‘"));
        (plural && (whole || quoted))
            .then(|| Piece::new(at + 2, Expression::Open(Granularity::Decade)))
    }

    /// "2021", or "2014-16" as a stretch of years.
    fn bare_year(&self, at: usize) -> Option<Piece> {
        let year = self.year_number(at)?;
        let unit = |i: usize| {
            self.atom(i).is_some_and(|a| matches!(a.text, "%" | "°" | "." | ","))
                && self.joined(i - 1)
                && self.atom(i + 1).is_some_and(|a| a.kind == Kind::Number && self.joined(i))
        };
        if unit(at + 1) || self.atom(at + 1).is_some_and(|a| a.is('%')) {
            return None;
        }
        if at > 0
            && self.joined(at - 1)
            && self
                .atom(at - 1)
                .is_some_and(|a| !a.is('(') && !a.is('–') && !a.is('-') && !a.is('—'))
        {
            return None;
        }
        let dash = self.is_dash(at + 1) && self.joined(at) && self.joined(at + 1);
        let end = self.atom(at + 2).filter(|_| dash).and_then(Atom::number);
        if end.is_some_and(|end| end < 100 || i64::from(end) > i64::from(year)) {
            let expression = Expression::Open(Granularity::Year);
            return Some(Piece { end: at + 3, expression, bare: true });
        }
        Some(Piece { end: at + 1, expression: Expression::Year(year), bare: true })
    }

    /// "2023", ", 2023", "of 2023", "last year" after a day or month.
    fn year_after(&self, at: usize) -> (usize, Option<Year>) {
        let comma = self.atom(at).is_some_and(|atom| atom.is(','));
        let next = at + usize::from(comma || self.is_word(at, "of"));
        if let Some(year) = self.year_number(next)
            && !(self.joined(next) && self.atom(next + 1).is_some_and(|a| a.is('%')))
        {
            return (next + 1, Some(Year::Is(year)));
        }
        match self.shift_of(next, Unit::Year) {
            Some((end, by)) if !comma => (end, Some(Year::Shift(by))),
            _ => (at, None),
        }
    }

    /// "last year", "this week": so many of `unit` from the document's date.
    fn shift_of(&self, at: usize, unit: Unit) -> Option<(usize, i32)> {
        let (next, value) = self.words.shifts.find(self.atoms, at)?;
        let by = value.parse().ok()?;
        let (end, own) = self.unit(next)?;
        (own == unit).then_some((end, by))
    }

    fn month(&self, at: usize) -> Option<(usize, i8)> {
        self.capitalised(&self.words.months, at)
    }

    fn weekday_name(&self, at: usize) -> Option<(usize, i8)> {
        self.capitalised(&self.words.weekdays, at)
    }

    fn capitalised(&self, table: &Table, at: usize) -> Option<(usize, i8)> {
        if !self.atom(at)?.capital() {
            return None;
        }
        let (end, value) = table.find(self.atoms, at)?;
        Some((end, value.parse().ok()?))
    }

    fn unit(&self, at: usize) -> Option<(usize, Unit)> {
        let (end, value) = self.words.units.find(self.atoms, at)?;
        Some((end, Unit::from_word(value)?))
    }

    /// A number in digits or words; `None` inside for one that is left open.
    fn count(&self, at: usize) -> Option<(usize, Option<i32>)> {
        if let Some((end, value)) = self.words.numbers.find(self.atoms, at) {
            let number: Option<i32> = value.parse().ok();
            // "twenty-two".
            let ones = self.words.numbers.find(self.atoms, end + 1);
            if let (Some(tens), Some((after, ones))) = (number, ones)
                && self.is_dash(end)
                && self.joined(end)
                && tens % 10 == 0
                && let Some(ones) = ones.parse::<i32>().ok().filter(|ones| *ones < 10)
            {
                return Some((after, Some(tens + ones)));
            }
            return Some((end, number));
        }
        let number = self.atom(at)?.number()?;
        Some((at + 1, Some(i32::try_from(number).ok()?)))
    }

    /// A day of a month: "19", "19th".
    fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let day = self.small(at, 31)?;
        let ordinal = self.joined(at)
            && self
                .atom(at + 1)
                .is_some_and(|a| matches!(a.lower.as_str(), "st" | "nd" | "rd" | "th"));
        let end = at + 1 + usize::from(ordinal);
        // "19:30" and "19.5" are no days, nor is "19,000".
        let goes_on = self.joined(end - 1)
            && self.atom(end).is_some_and(|a| a.is(':') || a.is('.') || a.is(',') || a.is('%'))
            && self.joined(end)
            && self.atom(end + 1).is_some_and(|a| a.kind == Kind::Number);
        (!goes_on).then_some((end, day))
    }

    /// "-20" or "to 20" after a day.
    fn range_end(&self, at: usize, first: i8) -> Option<(usize, i8)> {
        let joins = self.is_dash(at) || self.is_word(at, "to") || self.is_word(at, "through");
        let (end, last) = self.day_number(at + 1).filter(|_| joins)?;
        (last > first).then_some((end, last))
    }

    fn small(&self, at: usize, most: u32) -> Option<i8> {
        let atom = self.atom(at)?;
        let number = atom.number().filter(|n| (1..=most).contains(n) && atom.text.len() <= 2)?;
        i8::try_from(number).ok()
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        let atom = self.atom(at)?;
        let year = atom.number().filter(|n| (1800..2100).contains(n) && atom.text.len() == 4)?;
        i16::try_from(year).ok()
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

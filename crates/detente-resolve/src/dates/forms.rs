//! The forms of dates that name a day, a month or a year: "June 19, 2023", "Monday", "the summer of 2022".

use super::calendar::{Expression, Unit, Year};
use super::scan::{Piece, Scanner};
use super::vocabulary::{Atom, Kind};
use crate::Granularity;

impl Scanner<'_, '_> {
    /// `2023-06-19`.
    pub(super) fn iso(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn slashed(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn holiday(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn month_first(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn day_first(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn weekday(&self, at: usize) -> Option<Piece> {
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

    /// "the summer of 2022", "the second quarter of 2023", "spring 2022".
    pub(super) fn season(&self, at: usize) -> Option<Piece> {
        let (end, _) = self.words.seasons.find(self.atoms, at)?;
        let (end, Some(year)) = self.year_after(end) else {
            return None;
        };
        Some(Piece::new(end, Expression::Season { year: Some(year) }))
    }

    /// "1990s", "'90s".
    pub(super) fn decade(&self, at: usize) -> Option<Piece> {
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
    pub(super) fn bare_year(&self, at: usize) -> Option<Piece> {
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
}

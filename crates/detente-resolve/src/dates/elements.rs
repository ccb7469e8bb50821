//! What forms of dates are made of: the year after a day, a month's name, the number of a day.

use super::calendar::{Unit, Year};
use super::scan::Scanner;
use super::vocabulary::{Kind, Table};

impl Scanner<'_, '_> {
    /// "2023", ", 2023", "of 2023", "last year" after a day or month.
    pub(super) fn year_after(&self, at: usize) -> (usize, Option<Year>) {
        let comma = self.atom(at).is_some_and(|atom| atom.is(','));
        let next = at + usize::from(comma || self.is_word(at, "of"));
        if let Some((end, year)) = self.short_year(next) {
            return (end, Some(Year::Is(year)));
        }
        if let Some(year) = self.year_number(next)
            && !(self.joined(next) && self.atom(next + 1).is_some_and(|a| a.is('%')))
        {
            return (next + 1, Some(Year::Is(year)));
        }
        // "the end of the year" of the document.
        if self.is_word(at, "of") && self.is_word(at + 1, "the") && self.is_word(at + 2, "year") {
            return (at + 3, Some(Year::Shift(0)));
        }
        match self.shift_of(next, Unit::Year) {
            Some((end, by)) if !comma => (end, Some(Year::Shift(by))),
            _ if comma => (at, None),
            _ => self.year_of_text(next).unwrap_or((at, None)),
        }
    }

    /// "that year", "the following year", "the year before", counted from the last year of the text.
    fn year_of_text(&self, at: usize) -> Option<(usize, Option<Year>)> {
        if let Some((end, value)) = self.words.phrases.find(self.atoms, at) {
            let by = value.strip_prefix("text year ")?.parse().ok()?;
            return self.stands_alone(end).then_some((end, Some(Year::Text(by))));
        }
        let (next, value) = self.words.shifts.find(self.atoms, at)?;
        let by = value.strip_prefix("text ")?.trim_start_matches("span ").parse().ok()?;
        let (end, unit) = self.unit(next)?;
        (unit == Unit::Year && !self.is_word(end, "'s")).then_some((end, Some(Year::Text(by))))
    }

    /// "'91": a year of the century before, or of this one's first thirty.
    pub(super) fn short_year(&self, at: usize) -> Option<(usize, i16)> {
        let mark = self.atom(at)?;
        let digits = self.atom(at + 1).filter(|a| a.kind == Kind::Number && a.text.len() == 2)?;
        let year = i16::try_from(digits.number()?).ok()?;
        // "the '90s", "'30%".
        let alone = !self.joined(at + 1)
            || self
                .atom(at + 2)
                .is_some_and(|a| matches!(a.text, "." | "," | ")" | "?" | ";" | ":"));
        let apart = at == 0 || !self.joined(at - 1) || self.atom(at - 1).is_some_and(|a| a.is('('));
        (matches!(mark.text, "'" | "’" | "‘") && self.joined(at) && alone && apart)
            .then_some((at + 2, if year < 30 { 2000 + year } else { 1900 + year }))
    }

    /// "last year", "this week": so many of `unit` from the document's date.
    pub(super) fn shift_of(&self, at: usize, unit: Unit) -> Option<(usize, i32)> {
        let (next, value) = self.words.shifts.find(self.atoms, at)?;
        let by = value.parse().ok()?;
        let (end, own) = self.unit(next)?;
        // "on Monday of last week's shooting".
        (own == unit && !self.is_word(end, "'s")).then_some((end, by))
    }

    pub(super) fn month(&self, at: usize) -> Option<(usize, i8)> {
        self.capitalised(&self.words.months, at)
    }

    pub(super) fn weekday_name(&self, at: usize) -> Option<(usize, i8)> {
        self.capitalised(&self.words.weekdays, at)
    }

    pub(super) fn capitalised(&self, table: &Table, at: usize) -> Option<(usize, i8)> {
        if !self.atom(at)?.capital() {
            return None;
        }
        let (end, value) = table.find(self.atoms, at)?;
        Some((end, value.parse().ok()?))
    }

    pub(super) fn unit(&self, at: usize) -> Option<(usize, Unit)> {
        let (end, value) = self.words.units.find(self.atoms, at)?;
        Some((end, Unit::from_word(value)?))
    }

    /// A number in digits or words; `None` inside for one that is left open.
    pub(super) fn count(&self, at: usize) -> Option<(usize, Option<i32>)> {
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
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let day = self.small(at, 31)?;
        let ordinal = self.joined(at)
            && self
                .atom(at + 1)
                .is_some_and(|a| matches!(a.lower.as_ref(), "st" | "nd" | "rd" | "th"));
        let end = at + 1 + usize::from(ordinal);
        // "19:30" and "19.5" are no days, nor is "19,000".
        let goes_on = self.joined(end - 1)
            && self.atom(end).is_some_and(|a| a.is(':') || a.is('.') || a.is(',') || a.is('%'))
            && self.joined(end)
            && self.atom(end + 1).is_some_and(|a| a.kind == Kind::Number);
        (!goes_on).then_some((end, day))
    }

    /// "-20", "to 20" or "and 20" after a day.
    pub(super) fn range_end(&self, at: usize, first: i8) -> Option<(usize, i8)> {
        let joins = self.is_dash(at)
            || ["to", "through", "until", "and"].iter().any(|w| self.is_word(at, w));
        // "the 3rd to the 7th".
        let the = usize::from(self.is_word(at + 1, "the") && self.ordinal(at + 2).is_some());
        let (end, last) = self.day_number(at + 1 + the).filter(|_| joins)?;
        (last > first).then_some((end, last))
    }

    /// The number of a day in words or figures that can be nothing else: "the 9th", "the first".
    pub(super) fn ordinal(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((end, value)) = self.words.ordinals.find(self.atoms, at) {
            return Some((end, value.parse().ok()?));
        }
        let (end, day) = self.day_number(at)?;
        (end == at + 2).then_some((end, day))
    }

    pub(super) fn small(&self, at: usize, most: u32) -> Option<i8> {
        let atom = self.atom(at)?;
        let number = atom.number().filter(|n| (1..=most).contains(n) && atom.text.len() <= 2)?;
        i8::try_from(number).ok()
    }

    pub(super) fn year_number(&self, at: usize) -> Option<i16> {
        let atom = self.atom(at)?;
        let year = atom.number().filter(|n| (1800..2100).contains(n) && atom.text.len() == 4)?;
        i16::try_from(year).ok()
    }
}

/// The first and last month of a part of a year: `1-3`.
pub(super) fn months(text: &str) -> Option<(i8, i8)> {
    let (first, last) = text.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}

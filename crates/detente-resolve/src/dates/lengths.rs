//! What comes again and again: "every Friday", "on Saturdays", "twice a month", "daily".

use super::calendar::Expression;
use super::scan::{Piece, Scanner};
use super::vocabulary::Kind;
use crate::Granularity;

impl Scanner<'_, '_> {
    /// An expression of what comes again.
    pub(super) fn set(&self, at: usize) -> Option<Piece> {
        let times = self.count(at).filter(|(next, _)| self.is_word(*next, "times"));
        if let Some((next, _)) = times {
            let end = self.times_in(next + 1)?;
            return Some(Piece::new(end, Expression::Set(Granularity::Day)));
        }
        let (next, value) = self.words.sets.find(self.atoms, at)?;
        let end = match value {
            "each" => self.each(next)?,
            "per" => self.unit(next)?.0,
            "times" => self.times_in(next)?,
            // "The Daily Telegraph".
            _ if self.atom(at)?.capital() => return None,
            _ => next,
        };
        Some(Piece::new(end, Expression::Set(Granularity::Day)))
    }

    /// What stands after "every": a unit, a weekday, a month, a part of the day, and any number before it.
    fn each(&self, at: usize) -> Option<usize> {
        let other =
            self.is_word(at, "other") || self.is_word(at, "second") || self.is_word(at, "third");
        let next = at + usize::from(other);
        let next = self.count(next).map_or(next, |(next, _)| next);
        let unit = || self.unit(next).map(|(end, _)| end);
        let weekday = || {
            let (end, _) = self.weekday_name(next)?;
            Some(self.words.times.find(self.atoms, end).map_or(end, |(end, _)| end))
        };
        let month = || self.month(next).map(|(end, _)| end);
        let part = || self.words.times.find(self.atoms, next).map(|(end, _)| end);
        let season = || self.words.seasons.find(self.atoms, next).map(|(end, _)| end);
        let end = unit().or_else(weekday).or_else(month).or_else(part).or_else(season)?;
        // "every year-old", "each day-long".
        (!(self.is_dash(end) && self.joined(end - 1))).then_some(end)
    }

    /// "a month" after "twice".
    fn times_in(&self, at: usize) -> Option<usize> {
        let each = self
            .atom(at)
            .is_some_and(|a| matches!(a.lower.as_ref(), "a" | "an" | "each" | "every" | "per"));
        each.then(|| self.unit(at + 1))?.map(|(end, _)| end)
    }

    /// "on Saturdays".
    pub(super) fn weekdays(&self, at: usize) -> Option<Piece> {
        let on = at.checked_sub(1).is_some_and(|before| self.is_word(before, "on"));
        let atom = self.atom(at).filter(|atom| on && atom.kind == Kind::Word && atom.capital())?;
        self.words.weekdays.word(atom.lower.strip_suffix('s')?)?;
        Some(Piece::new(at + 1, Expression::Set(Granularity::Day)))
    }
}

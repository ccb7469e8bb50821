//! Dates as knowledge files give them: a day, a month or a year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The days that a date of a knowledge file may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    /// First day it may mean.
    #[serde(with = "day")]
    pub first: Date,
    /// Last day it may mean.
    #[serde(with = "day")]
    pub last: Date,
}

/// A day as the three numbers of its parts, which are read faster than text.
mod day {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        (date.year(), date.month(), date.day()).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(from)?;
        Date::new(year, month, day).map_err(D::Error::custom)
    }
}

impl PartialDate {
    /// One day, or `None` where the calendar has no such day.
    pub(crate) fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        let date =
            Date::new(i16::try_from(year).ok()?, month.try_into().ok()?, day.try_into().ok()?)
                .ok()?;
        Some(Self { first: date, last: date })
    }

    /// Reads `2013-03-14`, `2013-03` or `2013`; `None` for anything else.
    ///
    /// ```
    /// use detente_knowledge::PartialDate;
    /// let month = PartialDate::parse("2013-02").unwrap();
    /// assert_eq!(month.last.to_string(), "2013-02-28");
    /// assert!(PartialDate::parse("2013-02-30").is_none());
    /// assert!(PartialDate::parse("in March").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<u16>().ok())
                .flatten()
        };
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = match parts.next() {
            Some(part) => Some(digits(part, 2)? as u8),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(digits(part, 2)? as u8),
            None => None,
        };
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (Some(month), Some(day)) => Self::day(year, month, day),
            (Some(month), None) => {
                let first = Self::day(year, month, 1)?.first;
                Some(Self { first, last: first.last_of_month() })
            }
            _ => {
                let first = Self::day(year, 1, 1)?.first;
                Some(Self { first, last: first.last_of_year() })
            }
        }
    }
}

impl std::fmt::Display for PartialDate {
    /// As a file writes it: `2013-03-14`, `2013-03` or `2013`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let day = self.first.to_string();
        let kept = match self.first.until(self.last).map(|span| span.get_days()) {
            Ok(0) => day.len(),
            Ok(1..=30) => day.len().saturating_sub(3),
            _ => day.len().saturating_sub(6),
        };
        f.write_str(day.get(..kept).unwrap_or(&day))
    }
}

/// Whether `date` lies from the first day that `from` may mean to the last day that `until` may mean;
/// an absent end is open.
pub(crate) fn holds(date: Date, from: Option<PartialDate>, until: Option<PartialDate>) -> bool {
    from.is_none_or(|from| from.first <= date) && until.is_none_or(|until| date <= until.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_widely() {
        let year = PartialDate::parse("2013");
        let on = |text: &str| PartialDate::parse(text).unwrap().first;
        assert!(holds(on("2013-01-01"), year, year));
        assert!(holds(on("2013-12-31"), year, year));
        assert!(!holds(on("2014-01-01"), year, year));
        assert!(holds(on("1900-01-01"), None, year));
    }

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for text in ["2013-03-14", "2013-02", "2013-12", "2013", "2000"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "13", "2013-3", "2013-13", "2013-03-14-1", "-2013", "2013-", "２０１３"]
        {
            assert!(PartialDate::parse(text).is_none(), "{text}");
        }
    }
}

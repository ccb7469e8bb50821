//! Dates of records ↔ numbers of days.
//!
//! In goes a date as a record writes it, `2024-05-14`, `2024-05`, `2024` or a stretch `2024-05-13/2024-05-19`, out come the
//! numbers of its first and last day. They are Julian days, so that SQLite's own `date(day)` reads them: `2024-05-14` is
//! 2460445.

use jiff::civil::Date;

/// Julian day of 1970-01-01.
const EPOCH: i64 = 2_440_588;

/// First and last day of a date, or `None` for what is no date.
///
/// ```
/// use detente_store::days;
/// assert_eq!(days("2024-05-14"), Some((2_460_445, 2_460_445)));
/// assert_eq!(days("2024-02"), Some((days("2024-02-01").unwrap().0, days("2024-02-29").unwrap().1)));
/// assert_eq!(days("May"), None);
/// ```
pub fn days(date: &str) -> Option<(i64, i64)> {
    let (from, until) = date.split_once('/').unwrap_or((date, date));
    let (first, last) = (first_and_last(from)?.0, first_and_last(until)?.1);
    (first <= last).then_some((number(first), number(last)))
}

/// The date of a day's number, or `None` where no calendar has it.
///
/// ```
/// assert_eq!(detente_store::date_of(2_460_445).as_deref(), Some("2024-05-14"));
/// ```
pub fn date_of(day: i64) -> Option<String> {
    let days = i32::try_from(day - EPOCH).ok()?;
    let date = Date::new(1970, 1, 1).ok()?.checked_add(jiff::Span::new().try_days(days).ok()?);
    date.ok().map(|date| date.to_string())
}

fn number(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    EPOCH + i64::from(date.duration_since(epoch).as_hours() as i32 / 24)
}

fn first_and_last(date: &str) -> Option<(Date, Date)> {
    let mut parts = date.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let part = |part: Option<&str>| match part {
        None => Some(None),
        Some(text) if text.len() == 2 => text.parse::<i8>().ok().map(Some),
        Some(_) => None,
    };
    let (month, day) = (part(parts.next())?, part(parts.next())?);
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok().map(|date| (date, date)),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        for date in ["1945-05-08", "1970-01-01", "2000-02-29", "2024-12-31", "0001-01-01"] {
            let (first, last) = days(date).unwrap();
            assert_eq!(first, last);
            assert_eq!(date_of(first).as_deref(), Some(date));
        }
    }

    #[test]
    fn less_exact_dates_are_stretches() {
        let length = |date: &str| days(date).map(|(first, last)| last - first + 1);
        assert_eq!(length("2024"), Some(366));
        assert_eq!(length("2023-02"), Some(28));
        assert_eq!(length("2024-05-13/2024-05-19"), Some(7));
        assert_eq!(length("1990/1999"), Some(3652));
        for no in [
            "",
            "2024-13",
            "2024-02-30",
            "2024-05-19/2024-05-13",
            "24-05-01",
            "2024-5-1",
            "2024-05-01-1",
        ] {
            assert_eq!(days(no), None, "{no}");
        }
    }
}

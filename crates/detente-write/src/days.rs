//! The days that a record's date covers.
//!
//! `2024-05` goes from 2024-05-01 to 2024-05-31, `2024-03-04/2024-03-10` from its first day to its last.

use jiff::civil::Date;

/// First and last day of a date as records have it; `None` for what is no date.
pub(crate) fn span(date: &str) -> Option<(Date, Date)> {
    match date.split_once('/') {
        Some((from, until)) => Some((one(from)?.0, one(until)?.1)),
        None => one(date),
    }
}

fn one(date: &str) -> Option<(Date, Date)> {
    let part = |range: std::ops::Range<usize>| date.get(range)?.parse::<i16>().ok();
    let first = match date.len() {
        4 => Date::new(part(0..4)?, 1, 1).ok()?,
        7 => Date::new(part(0..4)?, part(5..7)? as i8, 1).ok()?,
        10 => {
            let day: Date = date.parse().ok()?;
            return Some((day, day));
        }
        _ => return None,
    };
    let last =
        if date.len() == 4 { Date::new(first.year(), 12, 31).ok()? } else { first.last_of_month() };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_date_covers() {
        let span = |date| super::span(date).map(|(a, b)| format!("{a} {b}"));
        assert_eq!(span("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(span("1999").as_deref(), Some("1999-01-01 1999-12-31"));
        assert_eq!(span("2024-05-13").as_deref(), Some("2024-05-13 2024-05-13"));
        assert_eq!(span("1990/1999").as_deref(), Some("1990-01-01 1999-12-31"));
        assert_eq!(span("2024-03-04/2024-03-10").as_deref(), Some("2024-03-04 2024-03-10"));
        for wrong in ["", "20240513", "2024-13", "2024-02-30", "2024/", "abcd"] {
            assert_eq!(span(wrong), None, "{wrong}");
        }
    }
}

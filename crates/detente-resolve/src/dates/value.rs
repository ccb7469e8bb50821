//! A time as exactly as it is known: a day, a month, a year, or a stretch from one to another.
//!
//! In go days and months, out comes what a record writes: `2024-03-04`, `2024-03`, `2024`, and
//! `2024-03-04/2024-03-10` for a week, as ISO 8601 writes a stretch of time.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::Unit;

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    Month(i16, i8),
    Year(i16),
}

impl Point {
    fn year(self) -> i16 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Year(year) => year,
        }
    }

    fn month(self) -> Option<(i16, i8)> {
        match self {
            Self::Day(day) => Some((day.year(), day.month())),
            Self::Month(year, month) => Some((year, month)),
            Self::Year(_) => None,
        }
    }

    /// Its first day.
    fn first_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(year, month) => Date::new(year, month, 1).ok(),
            Self::Year(year) => Date::new(year, 1, 1).ok(),
        }
    }

    /// Its last day.
    fn last_day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(..) => self.first_day().map(Date::last_of_month),
            Self::Year(_) => self.first_day().map(Date::last_of_year),
        }
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// A time: one point, or all from a first to a last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    first: Point,
    last: Point,
}

impl Value {
    pub(super) fn day(day: Date) -> Self {
        Self { first: Point::Day(day), last: Point::Day(day) }
    }

    pub(super) fn month(year: i16, month: i8) -> Self {
        Self { first: Point::Month(year, month), last: Point::Month(year, month) }
    }

    pub(super) fn year(year: i16) -> Self {
        Self { first: Point::Year(year), last: Point::Year(year) }
    }

    /// From one point to another; `None` where the last comes before the first.
    pub(super) fn stretch(first: Point, last: Point) -> Option<Self> {
        (first.first_day()? <= last.last_day()?).then_some(Self { first, last })
    }

    /// From the beginning of `self` to the end of `last`.
    pub(super) fn up_to(self, last: Self) -> Option<Self> {
        Self::stretch(self.first, last.last)
    }

    /// The week of `day`, from Monday to Sunday.
    pub(super) fn week_of(day: Date) -> Option<Self> {
        let monday = monday_of(day)?;
        Self::stretch(Point::Day(monday), Point::Day(monday.checked_add(6.days()).ok()?))
    }

    /// The quarter of `day`.
    pub(super) fn quarter_of(day: Date) -> Option<Self> {
        let first = (day.month() - 1) / 3 * 3 + 1;
        Self::months(day.year(), first, first + 2)
    }

    /// From one month of a year to another.
    pub(super) fn months(year: i16, first: i8, last: i8) -> Option<Self> {
        Self::stretch(Point::Month(year, first), Point::Month(year, last))
    }

    /// The day, if it is a single one.
    pub(super) fn single_day(self) -> Option<Date> {
        match (self.first, self.last) {
            (Point::Day(first), Point::Day(last)) if first == last => Some(first),
            _ => None,
        }
    }

    /// The first day, where days are known.
    pub(super) fn day_known(self) -> Option<Date> {
        match self.first {
            Point::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The month that all of it lies in.
    pub(super) fn single_month(self) -> Option<(i16, i8)> {
        self.first.month().filter(|month| self.last.month() == Some(*month))
    }

    /// The year that all of it lies in.
    pub(super) fn single_year(self) -> Option<i16> {
        let year = self.first.year();
        (self.last.year() == year).then_some(year)
    }

    /// Its first day.
    pub(super) fn first_day(self) -> Option<Date> {
        self.first.first_day()
    }

    /// Its last day.
    pub(super) fn last_day(self) -> Option<Date> {
        self.last.last_day()
    }

    /// So many of its first or last days or months; `None` where they are more than it has.
    pub(super) fn edge(self, unit: Unit, many: i8, last: bool) -> Option<Self> {
        let more = i64::from(many.checked_sub(1)?);
        let (first_day, last_day) = (self.first_day()?, self.last_day()?);
        let (from, to) = match (unit, last) {
            (Unit::Day, false) => (first_day, first_day.checked_add(more.days()).ok()?),
            (Unit::Day, true) => (last_day.checked_sub(more.days()).ok()?, last_day),
            (Unit::Month, false) => (first_day, first_day.checked_add(more.months()).ok()?),
            (Unit::Month, true) => {
                (last_day.first_of_month().checked_sub(more.months()).ok()?, last_day)
            }
            _ => return None,
        };
        let point = |day: Date| match unit {
            Unit::Month => Point::Month(day.year(), day.month()),
            _ => Point::Day(day),
        };
        let inside = from >= first_day && to <= last_day;
        inside.then(|| Self::stretch(point(from), point(to))).flatten()
    }

    /// Whether its last day, month or year follows on its first.
    pub(super) fn is_pair(self) -> bool {
        let next = self.first.last_day().and_then(|day| day.tomorrow().ok());
        next.is_some() && next == self.last.first_day()
    }

    /// Whether a record can write it, with four figures for a year.
    pub(super) fn can_be_written(self) -> bool {
        [self.first, self.last].into_iter().all(|point| (1..=9999).contains(&point.year()))
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.first.fmt(f)?;
        if self.first != self.last {
            write!(f, "/{}", self.last)?;
        }
        Ok(())
    }
}

/// The Monday of the week that `day` lies in.
pub(super) fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_written_from_first_to_last() {
        let day: Date = "2021-01-05".parse().unwrap();
        let written = |value: Option<Value>| value.unwrap().to_string();
        assert_eq!(written(Value::week_of(day)), "2021-01-04/2021-01-10");
        assert_eq!(written(Value::quarter_of(day)), "2021-01/2021-03");
        assert_eq!(Value::day(day).to_string(), "2021-01-05");
        assert_eq!(written(Value::stretch(Point::Year(1990), Point::Year(1999))), "1990/1999");
        assert_eq!(Value::stretch(Point::Year(1999), Point::Year(1990)), None);
    }

    #[test]
    fn what_lies_in_two_months_has_no_single_one() {
        let week = |text: &str| Value::week_of(text.parse().unwrap()).unwrap();
        assert_eq!(week("2021-01-05").single_month(), Some((2021, 1)));
        assert_eq!(week("2021-01-30").single_month(), Some((2021, 1)));
        assert_eq!(week("2021-01-02").single_month(), None);
        assert_eq!(week("2021-01-02").single_year(), None);
    }
}

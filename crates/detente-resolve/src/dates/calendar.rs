//! From what an expression says to the day, month or year it means.
//!
//! In go an expression, the document's date, the last date of the text and which way the clause
//! looks; out comes a date, or none. "on Monday" in a text of Wednesday, 21 June 2023, is 2023-06-19,
//! and 2023-06-26 where the clause looks ahead.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use crate::Granularity;

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expression {
    /// A day of a month: "June 19", "Monday, 19 June 2023".
    Day { year: Option<Year>, month: i8, day: i8, weekday: Option<i8> },
    /// A month: "June", "June 2023", "June last year".
    Month { year: Option<Year>, month: i8 },
    /// The month of this name in the year this far off, counted by that month: "last June".
    MonthShift { month: i8, by: i32 },
    /// A year.
    Year(i16),
    /// A quarter or season of a year.
    Season { year: Option<Year> },
    /// A day of the week, by itself or with "last", "this", "next".
    Weekday { weekday: i8, shift: Option<i32> },
    /// So many units from the date of the document or the last date of the text.
    Shift { unit: Unit, by: i32, base: Base },
    /// "in three days": ahead where the clause looks ahead, and else a length of time.
    Within { unit: Unit, by: i32 },
    /// No date follows from the words.
    Open(Granularity),
}

/// The year of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// This one.
    Is(i16),
    /// So far from that of the document.
    Shift(i32),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Unit {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "day" => Self::Day,
            "week" => Self::Week,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            _ => return None,
        })
    }

    pub(super) fn granularity(self) -> Granularity {
        match self {
            Self::Day => Granularity::Day,
            Self::Week => Granularity::Week,
            Self::Month => Granularity::Month,
            Self::Quarter => Granularity::Quarter,
            Self::Year => Granularity::Year,
            Self::Decade => Granularity::Decade,
        }
    }

    fn length(self, by: i32) -> Option<Length> {
        let by = i64::from(by);
        let length = Length::new();
        match self {
            Self::Day => length.try_days(by),
            Self::Week => length.try_weeks(by),
            Self::Month => length.try_months(by),
            Self::Quarter => length.try_months(by * 3),
            Self::Year => length.try_years(by),
            Self::Decade => length.try_years(by * 10),
        }
        .ok()
    }
}

/// What a distance is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The date of the document.
    Document,
    /// The last date of the text.
    Text,
}

/// A date as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Day(Date),
    Month(i16, i8),
    Year(i16),
}

impl Value {
    fn year(self) -> i16 {
        match self {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Year(year) => year,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It reports.
    Back,
    /// It says nothing of that: "the summit on July 11".
    Open,
    /// It announces.
    Ahead,
}

/// What the resolving of one expression can draw on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The document's date.
    pub(super) document: Option<Date>,
    /// The last date that the text gave.
    pub(super) text: Option<Value>,
    /// Which way the clause looks.
    pub(super) outlook: Outlook,
}

/// Farther back than this, a day without a year is rather one to come, where no verb says otherwise:
/// news of June that names the summit of July 11 speaks of three weeks ahead, not of eleven months ago.
const FAR_BACK_DAYS: i32 = 300;

/// The date, or `None` where it cannot be known, and how exact the expression is.
pub(super) fn resolve(expression: Expression, setting: &Setting) -> (Option<Value>, Granularity) {
    let (value, granularity) = reckon(expression, setting);
    (value.filter(|value| (1..=9999).contains(&value.year())), granularity)
}

fn reckon(expression: Expression, setting: &Setting) -> (Option<Value>, Granularity) {
    let document = setting.document;
    match expression {
        Expression::Day { year, month, day, weekday } => {
            (day_of(year, month, day, weekday, setting).map(Value::Day), Granularity::Day)
        }
        Expression::Month { year, month } => {
            let value = match year {
                Some(year) => year.resolve(document).map(|year| (year, month)),
                None => document.map(|today| nearest_month(today, month, setting.outlook)),
            };
            (value.map(|(year, month)| Value::Month(year, month)), Granularity::Month)
        }
        Expression::MonthShift { month, by } => {
            let value = document.map(|today| {
                let year = match by {
                    0 => today.year(),
                    by if by < 0 => today.year() - i16::from(month >= today.month()),
                    _ => today.year() + i16::from(month <= today.month()),
                };
                Value::Month(year, month)
            });
            (value, Granularity::Month)
        }
        Expression::Year(year) => (Some(Value::Year(year)), Granularity::Year),
        Expression::Season { year } => {
            let year = year.and_then(|year| year.resolve(document));
            (year.map(Value::Year), Granularity::Quarter)
        }
        Expression::Weekday { weekday, shift } => {
            let day =
                document.and_then(|today| weekday_near(today, weekday, shift, setting.outlook));
            (day.map(Value::Day), Granularity::Day)
        }
        Expression::Shift { unit, by, base } => {
            let from = match base {
                Base::Document => document.map(Value::Day),
                Base::Text => setting.text,
            };
            (from.and_then(|from| shifted(from, unit, by)), unit.granularity())
        }
        Expression::Within { unit, by } => {
            let ahead = document.filter(|_| setting.outlook == Outlook::Ahead);
            let value = ahead.and_then(|today| shifted(Value::Day(today), unit, by));
            (value, unit.granularity())
        }
        Expression::Open(granularity) => (None, granularity),
    }
}

impl Year {
    fn resolve(self, document: Option<Date>) -> Option<i16> {
        match self {
            Self::Is(year) => Some(year),
            Self::Shift(by) => document?.year().checked_add(i16::try_from(by).ok()?),
        }
    }
}

fn day_of(
    year: Option<Year>,
    month: i8,
    day: i8,
    weekday: Option<i8>,
    setting: &Setting,
) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year.resolve(setting.document)?, month, day).ok();
    }
    let today = setting.document?;
    // Eight years hold a 29th of February wherever the century stands.
    let near = |reach: i16| -> Vec<Date> {
        (-reach..=reach)
            .filter_map(|by| Date::new(today.year().checked_add(by)?, month, day).ok())
            .collect()
    };
    let days = if month == 2 && day == 29 { near(8) } else { near(1) };
    let distance = |date: &Date| days_between(today, *date).abs();
    if let Some(weekday) = weekday {
        // "Monday, June 19" tells the year by itself; a slip of the pen leaves none that fits.
        let fits = |date: &&Date| date.weekday().to_monday_one_offset() == weekday;
        if let Some(date) = days.iter().filter(fits).min_by_key(|date| distance(date)) {
            return Some(*date);
        }
    }
    let past = days.iter().rfind(|date| **date <= today).copied();
    let coming = days.iter().find(|date| **date >= today).copied();
    match (past, coming, setting.outlook) {
        (_, Some(coming), Outlook::Ahead) => Some(coming),
        (Some(past), Some(coming), Outlook::Open) if days_between(past, today) > FAR_BACK_DAYS => {
            Some(coming)
        }
        (past, coming, _) => past.or(coming),
    }
}

fn nearest_month(today: Date, month: i8, outlook: Outlook) -> (i16, i8) {
    let this = today.month();
    let year = today.year();
    let back = (this - month).rem_euclid(12);
    let ahead = outlook == Outlook::Ahead || (outlook == Outlook::Open && back >= 10);
    let year = if ahead { year + i16::from(month < this) } else { year - i16::from(month > this) };
    (year, month)
}

fn weekday_near(today: Date, weekday: i8, shift: Option<i32>, outlook: Outlook) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let monday =
        today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
    let in_week = |weeks: i64| {
        monday.checked_add((weeks * 7 + i64::from(wanted.to_monday_zero_offset())).days()).ok()
    };
    match (shift, outlook) {
        (None, Outlook::Back | Outlook::Open) => {
            today.tomorrow().ok()?.nth_weekday(-1, wanted).ok()
        }
        (None, Outlook::Ahead) => today.yesterday().ok()?.nth_weekday(1, wanted).ok(),
        (Some(0), _) => in_week(0),
        (Some(by), _) if by < 0 => today.nth_weekday(-1, wanted).ok(),
        // "next Friday", said on a Wednesday, is that of the week to come.
        (Some(_), _) => in_week(1),
    }
}

fn shifted(from: Value, unit: Unit, by: i32) -> Option<Value> {
    let length = unit.length(by)?;
    match (unit, from) {
        (Unit::Day, Value::Day(day)) => day.checked_add(length).ok().map(Value::Day),
        (Unit::Week, Value::Day(day)) => week_value(day.checked_add(length).ok()?),
        (Unit::Month, Value::Day(day)) => {
            let day = day.checked_add(length).ok()?;
            Some(Value::Month(day.year(), day.month()))
        }
        (Unit::Month, Value::Month(year, month)) => {
            let day = Date::new(year, month, 1).ok()?.checked_add(length).ok()?;
            Some(Value::Month(day.year(), day.month()))
        }
        (Unit::Year, from) => Some(Value::Year(from.year().checked_add(i16::try_from(by).ok()?)?)),
        _ => None,
    }
}

/// The month, or else the year, that the whole week of this day lies in.
fn week_value(day: Date) -> Option<Value> {
    let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let sunday = monday.checked_add(6.days()).ok()?;
    if monday.month() == sunday.month() {
        Some(Value::Month(monday.year(), monday.month()))
    } else if monday.year() == sunday.year() {
        Some(Value::Year(monday.year()))
    } else {
        None
    }
}

/// Days from `from` to `to`.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |length| length.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(expression: Expression, document: &str, outlook: Outlook) -> String {
        let setting = Setting { document: document.parse().ok(), text: None, outlook };
        resolve(expression, &setting).0.map_or_else(|| "-".to_owned(), |value| value.to_string())
    }

    fn day(month: i8, day: i8) -> Expression {
        Expression::Day { year: None, month, day, weekday: None }
    }

    fn weekday(weekday: i8, shift: Option<i32>) -> Expression {
        Expression::Weekday { weekday, shift }
    }

    // 2023-06-21 is a Wednesday.
    const WEDNESDAY: &str = "2023-06-21";

    #[test]
    fn weekdays() {
        use Outlook::{Ahead, Back};
        assert_eq!(value(weekday(1, None), WEDNESDAY, Back), "2023-06-19");
        assert_eq!(value(weekday(3, None), WEDNESDAY, Back), "2023-06-21");
        assert_eq!(value(weekday(4, None), WEDNESDAY, Back), "2023-06-15");
        assert_eq!(value(weekday(1, None), WEDNESDAY, Ahead), "2023-06-26");
        assert_eq!(value(weekday(3, None), WEDNESDAY, Ahead), "2023-06-21");
        assert_eq!(value(weekday(3, Some(-1)), WEDNESDAY, Back), "2023-06-14");
        assert_eq!(value(weekday(2, Some(-1)), WEDNESDAY, Back), "2023-06-20");
        assert_eq!(value(weekday(5, Some(0)), WEDNESDAY, Back), "2023-06-23");
        assert_eq!(value(weekday(5, Some(1)), WEDNESDAY, Ahead), "2023-06-30");
        assert_eq!(value(weekday(1, None), "", Back), "-");
    }

    #[test]
    fn days_without_a_year() {
        use Outlook::{Ahead, Back};
        assert_eq!(value(day(6, 19), WEDNESDAY, Back), "2023-06-19");
        assert_eq!(value(day(12, 31), WEDNESDAY, Back), "2022-12-31");
        assert_eq!(value(day(12, 31), WEDNESDAY, Ahead), "2023-12-31");
        assert_eq!(value(day(7, 11), WEDNESDAY, Back), "2022-07-11");
        assert_eq!(value(day(7, 11), WEDNESDAY, Outlook::Open), "2023-07-11");
        assert_eq!(value(day(2, 29), WEDNESDAY, Back), "2020-02-29");
        assert_eq!(value(day(2, 29), WEDNESDAY, Ahead), "2024-02-29");
        assert_eq!(value(day(6, 31), WEDNESDAY, Back), "-");
        assert_eq!(value(day(6, 19), "", Back), "-");
    }

    #[test]
    fn a_weekday_beside_a_day_tells_the_year() {
        let monday = Expression::Day { year: None, month: 12, day: 18, weekday: Some(1) };
        assert_eq!(value(monday, WEDNESDAY, Outlook::Back), "2023-12-18");
    }

    #[test]
    fn months_without_a_year() {
        use Outlook::{Ahead, Back};
        let month = |month| Expression::Month { year: None, month };
        assert_eq!(value(month(6), WEDNESDAY, Back), "2023-06");
        assert_eq!(value(month(9), WEDNESDAY, Back), "2022-09");
        assert_eq!(value(month(9), WEDNESDAY, Ahead), "2023-09");
        assert_eq!(value(month(3), WEDNESDAY, Ahead), "2024-03");
        assert_eq!(value(month(7), WEDNESDAY, Back), "2022-07");
        assert_eq!(value(month(7), WEDNESDAY, Outlook::Open), "2023-07");
        let last = Expression::MonthShift { month: 6, by: -1 };
        assert_eq!(value(last, WEDNESDAY, Back), "2022-06");
        let last_year = Expression::Month { year: Some(Year::Shift(-1)), month: 6 };
        assert_eq!(value(last_year, WEDNESDAY, Back), "2022-06");
    }

    #[test]
    fn distances() {
        let shift = |unit, by| Expression::Shift { unit, by, base: Base::Document };
        let back = |expression| value(expression, WEDNESDAY, Outlook::Back);
        assert_eq!(back(shift(Unit::Day, -3)), "2023-06-18");
        assert_eq!(back(shift(Unit::Week, -1)), "2023-06");
        assert_eq!(back(shift(Unit::Week, 1)), "2023");
        assert_eq!(back(shift(Unit::Month, -6)), "2022-12");
        assert_eq!(back(shift(Unit::Year, -1)), "2022");
        assert_eq!(back(shift(Unit::Decade, -1)), "-");
        assert_eq!(back(shift(Unit::Day, i32::MAX)), "-");
        assert_eq!(back(Expression::Within { unit: Unit::Day, by: 3 }), "-");
        let ahead = value(Expression::Within { unit: Unit::Day, by: 3 }, WEDNESDAY, Outlook::Ahead);
        assert_eq!(ahead, "2023-06-24");
    }

    #[test]
    fn the_text_gives_a_base() {
        let next_day = Expression::Shift { unit: Unit::Day, by: 1, base: Base::Text };
        let with = |text| Setting { document: None, text, outlook: Outlook::Back };
        let day = Value::Day("2014-02-28".parse().unwrap());
        assert_eq!(
            resolve(next_day, &with(Some(day))).0.map(|v| v.to_string()).as_deref(),
            Some("2014-03-01")
        );
        assert_eq!(resolve(next_day, &with(None)).0, None);
        assert_eq!(resolve(next_day, &with(Some(Value::Month(2014, 2)))).0, None);
    }
}

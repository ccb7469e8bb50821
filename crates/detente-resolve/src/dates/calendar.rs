//! From what an expression says to the day, month, year or stretch of time it means.
//!
//! In go an expression, the document's date, the last date of the text and which way the clause
//! looks; out comes a date, or none. "on Monday" in a text of Wednesday, 21 June 2023, is 2023-06-19,
//! and 2023-06-26 where the clause looks ahead.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Length, ToSpan};

use super::feasts::easter;
use super::value::{Point, Value, monday_of};
use crate::Granularity;

/// What an expression says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expression {
    /// A day of a month: "June 19", "Monday, 19 June 2023".
    Day { year: Option<Year>, month: i8, day: i8, weekday: Option<i8> },
    /// Days of a month, from one to another: "June 18-20".
    Days { year: Option<Year>, month: i8, first: i8, last: i8 },
    /// A day whose month is not named: "on the 9th", "the 5th of last month".
    DayOfMonth { day: i8, shift: Option<i32> },
    /// "the first Sunday in May"; the last one is 0.
    NthWeekday { nth: i8, weekday: i8, month: i8, year: Option<Year> },
    /// A feast so many days from Easter.
    Easter { days: i16, year: Option<Year> },
    /// A month: "June", "June 2023", "June last year".
    Month { year: Option<Year>, month: i8 },
    /// The month of this name in the year this far off, counted by that month: "last June".
    MonthShift { month: i8, by: i32 },
    /// A year.
    Year(i16),
    /// From one year to another: "the 1990s", "2014-16".
    Years(i16, i16),
    /// Months of a year: "the first quarter", "the second half of 2018".
    Months { year: Option<Year>, first: i8, last: i8 },
    /// A season of a year, whose months differ north and south.
    Season { year: Year },
    /// "last summer", by the months of the north.
    SeasonShift { by: i32, first: i8, last: i8 },
    /// "in the autumn": the one that the clause looks to.
    SeasonNear { first: i8, last: i8 },
    /// The one after the last date of the text, the last before it, or the one that it lies in: "the following spring".
    SeasonText { by: i32, first: i8, last: i8 },
    /// So many first or last days or months of a month or year: "the last day of April", "the first nine months of 2014".
    Edge { whole: Whole, unit: Unit, many: i8, last: bool },
    /// A day of the week, by itself or with "last", "this", "next".
    Weekday { weekday: i8, turn: Option<Turn> },
    /// Saturday and Sunday, by themselves or of the week so far off.
    Weekend { by: Option<i32> },
    /// From one day into the next: "overnight".
    Overnight,
    /// So many units from the date of the document or the last date of the text.
    Shift { unit: Unit, by: i32, base: Base },
    /// The day of the document so many units on and so many days: "a week from tomorrow".
    Exact { unit: Unit, by: i32, days: i32 },
    /// Up to the document's date, or from it on: "the past three days". Counted from the text, "the next three days"
    /// are known only where the clause looks ahead.
    Stretch { unit: Unit, by: i32, base: Base },
    /// "in three days": ahead where the clause looks ahead, and else a length of time.
    Within { unit: Unit, by: Option<i32> },
    /// No date follows from the words.
    Open(Granularity),
    /// A length of time: "for ten days".
    Duration(Granularity),
    /// "a year", a length of time or, after an amount, what comes again and again: "$3 billion a year".
    Each(Granularity),
    /// What comes again and again: "every Friday".
    Set(Granularity),
    /// It only looks like a time: "the 17-year-old", "the Good Friday Agreement".
    NoTime,
}

/// The year of an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// This one.
    Is(i16),
    /// So far from that of the document.
    Shift(i32),
    /// So far from the last year of the text: "June of that year".
    Text(i32),
    /// This one of history, in any text that is not older: "the Sept. 11 attacks".
    Known(i16),
}

/// Which weekday is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// That of the week so far from the document's: "Friday next week".
    Week(i32),
    /// The last before the document's date.
    Before,
    /// The first after it.
    After,
    /// So many weeks on from the next one to come: "Sunday week".
    Later(i32),
    /// So many weeks back from the last: "the Friday before last".
    Earlier(i32),
    /// The first after the last date of the text, the last before it, or the first from it on: "the following Monday".
    Text(i32),
}

/// What the first or last days or months are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Year(Year),
    Month { year: Option<Year>, month: i8 },
    MonthShift(i32),
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Unit {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "hour" => Self::Hour,
            "day" => Self::Day,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            _ => return None,
        })
    }

    pub(super) fn granularity(self) -> Granularity {
        match self {
            Self::Hour | Self::Day => Granularity::Day,
            Self::Week | Self::Fortnight => Granularity::Week,
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
            // Hours are told by whole days: of "four hours ago" no day follows.
            Self::Hour if by % 24 == 0 => length.try_days(by / 24),
            Self::Hour => return None,
            Self::Day => length.try_days(by),
            Self::Week => length.try_weeks(by),
            Self::Fortnight => length.try_weeks(by * 2),
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

/// Which way a clause looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// It reports.
    Back,
    /// It says nothing of that: "the summit on July 11".
    Open,
    /// It tells what somebody is asked to do, or comes before what was set for a day: that lies ahead, unless the day has just been.
    Asked,
    /// It announces.
    Ahead,
}

impl Outlook {
    /// Whether the clause tells of what is to come.
    pub(super) fn is_to_come(self) -> bool {
        matches!(self, Self::Asked | Self::Ahead)
    }
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
/// So many days back a weekday may lie that tells rather when somebody asked than what for.
const JUST_BEEN_DAYS: i32 = 2;

/// The date, or `None` where it cannot be known, and how exact the expression is.
pub(super) fn resolve(expression: Expression, setting: &Setting) -> (Option<Value>, Granularity) {
    let (value, granularity) = reckon(expression, setting);
    (value.filter(|value| value.can_be_written()), granularity)
}

/// The stretch from one expression to another: "from Monday to Wednesday".
///
/// The end that needs no other date, or that the clause looks to, tells the other: from "28 December 2019 to 3 January", from
/// "March to May 2021".
pub(super) fn resolve_stretch(
    first: Expression,
    last: Expression,
    setting: &Setting,
) -> Option<Value> {
    let near = |date: Option<Date>, outlook| Setting { document: date, outlook, ..*setting };
    let alone = |expression| resolve(expression, &near(None, setting.outlook)).0;
    let forward = |first: Value| {
        let from = near(first.first_day(), Outlook::Ahead);
        first.up_to(resolve(last, if last.is_near_any() { &from } else { setting }).0?)
    };
    let backward = |last: Value| {
        let from = near(last.last_day(), Outlook::Back);
        resolve(first, if first.is_near_any() { &from } else { setting }).0?.up_to(last)
    };
    if let Some(first) = alone(first) {
        return forward(first);
    }
    if let Some(last) = alone(last) {
        return backward(last);
    }
    match setting.outlook {
        Outlook::Asked | Outlook::Ahead => forward(resolve(first, setting).0?),
        Outlook::Back | Outlook::Open => backward(resolve(last, setting).0?),
    }
}

impl Expression {
    /// Whether it means the one of its kind that is nearest to a date, whichever date that is.
    pub(super) fn is_near_any(self) -> bool {
        matches!(
            self,
            Self::Day { year: None, .. }
                | Self::Days { year: None, .. }
                | Self::Month { year: None, .. }
                | Self::DayOfMonth { shift: None, .. }
                | Self::Weekday { turn: None, .. }
        )
    }
}

fn reckon(expression: Expression, setting: &Setting) -> (Option<Value>, Granularity) {
    let document = setting.document;
    match expression {
        Expression::Day { year, month, day, weekday } => {
            (day_of(year, month, day, weekday, setting).map(Value::day), Granularity::Day)
        }
        Expression::Days { year, month, first, last } => {
            let value = day_of(year, month, last, None, setting).and_then(|last| {
                Value::stretch(Point::Day(last.with().day(first).build().ok()?), Point::Day(last))
            });
            (value, Granularity::Day)
        }
        Expression::DayOfMonth { day, shift } => {
            let of = |by: i32| {
                let month = document?.first_of_month().checked_add(by.months()).ok()?;
                month.with().day(day).build().ok()
            };
            let value = if let Some(by) = shift {
                of(by)
            } else {
                let days: Vec<Date> = (-2..=2).filter_map(of).collect();
                let other_month =
                    |today: Date, date: Date| today.first_of_month() != date.first_of_month();
                nearest(&days, setting, other_month)
            };
            (value.map(Value::day), Granularity::Day)
        }
        Expression::NthWeekday { nth, weekday, month, year } => {
            let in_year = |year| nth_weekday(year, month, nth, weekday);
            (in_some_year(year, setting, in_year).map(Value::day), Granularity::Day)
        }
        Expression::Easter { days, year } => {
            let in_year = |year| easter(year)?.checked_add(i64::from(days).days()).ok();
            (in_some_year(year, setting, in_year).map(Value::day), Granularity::Day)
        }
        Expression::Month { year, month } => {
            let value = match year {
                Some(year) => year.resolve(setting).map(|year| (year, month)),
                None => document.map(|today| nearest_month(today, month, setting.outlook)),
            };
            (value.map(|(year, month)| Value::month(year, month)), Granularity::Month)
        }
        Expression::MonthShift { month, by } => {
            let value = document.map(|today| {
                let year = match by {
                    0 => today.year(),
                    by if by < 0 => today.year() - i16::from(month >= today.month()),
                    _ => today.year() + i16::from(month <= today.month()),
                };
                Value::month(year, month)
            });
            (value, Granularity::Month)
        }
        Expression::Year(year) => (Some(Value::year(year)), Granularity::Year),
        Expression::Years(first, last) => {
            let decade = first % 10 == 0 && last == first + 9;
            let granularity = if decade { Granularity::Decade } else { Granularity::Year };
            (Value::stretch(Point::Year(first), Point::Year(last)), granularity)
        }
        Expression::Months { year, first, last } => {
            let year = match year {
                Some(year) => year.resolve(setting),
                None => document.map(|today| match setting.outlook {
                    Outlook::Ahead => today.year() + i16::from(last < today.month()),
                    _ => today.year() - i16::from(first > today.month()),
                }),
            };
            (year.and_then(|year| Value::months(year, first, last)), Granularity::Quarter)
        }
        Expression::Season { year } => {
            (year.resolve(setting).map(Value::year), Granularity::Quarter)
        }
        Expression::SeasonNear { first, last } => {
            let year = document.and_then(|today| season_near(today, first, last, setting.outlook));
            (year.map(Value::year), Granularity::Quarter)
        }
        Expression::SeasonText { by, first, last } => {
            let year = setting.text.and_then(|text| season_of_text(text, by, first, last));
            (year.map(Value::year), Granularity::Quarter)
        }
        Expression::Edge { whole, unit, many, last } => {
            let whole = whole.resolve(setting);
            (whole.and_then(|whole| whole.edge(unit, many, last)), unit.granularity())
        }
        Expression::SeasonShift { by, first, last } => {
            let year = document.and_then(|today| season_year(today, by, first, last));
            (year.map(Value::year), Granularity::Quarter)
        }
        Expression::Weekday { weekday, turn } => {
            let day = match turn {
                Some(Turn::Text(by)) => weekday_of_text(setting, weekday, by),
                _ => document.and_then(|today| weekday_near(today, weekday, turn, setting.outlook)),
            };
            (day.map(Value::day), Granularity::Day)
        }
        Expression::Weekend { by } => {
            (document.and_then(|today| weekend(today, by, setting.outlook)), Granularity::Day)
        }
        Expression::Overnight => {
            let value = document.and_then(|today| match setting.outlook {
                Outlook::Ahead => {
                    Value::stretch(Point::Day(today), Point::Day(today.tomorrow().ok()?))
                }
                _ => Value::stretch(Point::Day(today.yesterday().ok()?), Point::Day(today)),
            });
            (value, Granularity::Day)
        }
        Expression::Shift { unit, by, base } => {
            let from = match base {
                Base::Document => document.map(Value::day),
                Base::Text => setting.text,
            };
            (from.and_then(|from| shifted(from, unit, by)), unit.granularity())
        }
        Expression::Exact { unit, by, days } => {
            let day = document.zip(unit.length(by)).and_then(|(today, length)| {
                today.checked_add(length).ok()?.checked_add(i64::from(days).days()).ok()
            });
            (day.map(Value::day), Granularity::Day)
        }
        Expression::Stretch { unit, by, base } => {
            let known = base == Base::Document || setting.outlook.is_to_come();
            let value = document.filter(|_| known).and_then(|today| stretch(today, unit, by));
            (value, unit.granularity())
        }
        Expression::Within { unit, by } => {
            let ahead = document.filter(|_| setting.outlook.is_to_come());
            let value = ahead.zip(by).and_then(|(today, by)| shifted(Value::day(today), unit, by));
            (value, unit.granularity())
        }
        Expression::Open(granularity)
        | Expression::Duration(granularity)
        | Expression::Each(granularity)
        | Expression::Set(granularity) => (None, granularity),
        Expression::NoTime => (None, Granularity::Day),
    }
}

impl Year {
    fn resolve(self, setting: &Setting) -> Option<i16> {
        match self {
            Self::Is(year) | Self::Known(year) => Some(year),
            Self::Shift(by) => setting.document?.year().checked_add(i16::try_from(by).ok()?),
            Self::Text(by) => setting.text?.single_year()?.checked_add(i16::try_from(by).ok()?),
        }
    }
}

impl Whole {
    fn resolve(self, setting: &Setting) -> Option<Value> {
        let expression = match self {
            Self::Year(year) => return year.resolve(setting).map(Value::year),
            Self::Month { year, month } => Expression::Month { year, month },
            Self::MonthShift(by) => {
                Expression::Shift { unit: Unit::Month, by, base: Base::Document }
            }
        };
        reckon(expression, setting).0
    }
}

fn day_of(
    year: Option<Year>,
    month: i8,
    day: i8,
    weekday: Option<i8>,
    setting: &Setting,
) -> Option<Date> {
    // A text of before the day of history speaks of another day.
    let year = year.filter(|year| match year {
        Year::Known(year) => setting.document.is_none_or(|today| today.year() >= *year),
        _ => true,
    });
    if let Some(year) = year {
        return Date::new(year.resolve(setting)?, month, day).ok();
    }
    let today = setting.document?;
    // Eight years hold a 29th of February wherever the century stands.
    let days = around(today, if month == 2 && day == 29 { 8 } else { 1 }, |year| {
        Date::new(year, month, day).ok()
    });
    if let Some(weekday) = weekday {
        // "Monday, June 19" tells the year by itself; a slip of the pen leaves none that fits.
        let fits = |date: &&Date| date.weekday().to_monday_one_offset() == weekday;
        let distance = |date: &&Date| days_between(today, **date).abs();
        if let Some(date) = days.iter().filter(fits).min_by_key(distance) {
            return Some(*date);
        }
    }
    nearest(&days, setting, |today, past| days_between(past, today) > FAR_BACK_DAYS)
}

/// The day that `in_year` gives for the year, or for the one that the clause looks to.
fn in_some_year(
    year: Option<Year>,
    setting: &Setting,
    in_year: impl Fn(i16) -> Option<Date>,
) -> Option<Date> {
    if let Some(year) = year {
        return in_year(year.resolve(setting)?);
    }
    let days = around(setting.document?, 1, in_year);
    nearest(&days, setting, |today, past| days_between(past, today) > FAR_BACK_DAYS)
}

/// The days of the years around `today`, up to `reach` years away.
fn around(today: Date, reach: i16, in_year: impl Fn(i16) -> Option<Date>) -> Vec<Date> {
    (-reach..=reach).filter_map(|by| in_year(today.year().checked_add(by)?)).collect()
}

/// Of `days`, in their order, the last one past or the next one to come, as the clause looks. Where it does not say, a past one
/// gives way if it is `too_far` from today.
fn nearest(days: &[Date], setting: &Setting, too_far: impl Fn(Date, Date) -> bool) -> Option<Date> {
    let today = setting.document?;
    let past = days.iter().rfind(|date| **date <= today).copied();
    let coming = days.iter().find(|date| **date >= today).copied();
    match (past, coming, setting.outlook) {
        (_, Some(coming), Outlook::Ahead) => Some(coming),
        (Some(past), Some(coming), Outlook::Asked)
            if days_between(past, today) > days_between(today, coming) =>
        {
            Some(coming)
        }
        (Some(past), Some(coming), Outlook::Open) if too_far(today, past) => Some(coming),
        (past, coming, _) => past.or(coming),
    }
}

fn nearest_month(today: Date, month: i8, outlook: Outlook) -> (i16, i8) {
    let this = today.month();
    let year = today.year();
    let back = (this - month).rem_euclid(12);
    let ahead = match outlook {
        Outlook::Ahead => true,
        Outlook::Asked => back > 6,
        Outlook::Open => back >= 10,
        Outlook::Back => false,
    };
    let year = if ahead { year + i16::from(month < this) } else { year - i16::from(month > this) };
    (year, month)
}

/// The year of "last summer". Where the season of this year may be meant as well, and for winter, which lies in two years, none.
fn season_year(today: Date, by: i32, first: i8, last: i8) -> Option<i16> {
    let year = today.year();
    match by {
        _ if last < first => None,
        0 => Some(year),
        by if by < 0 => (today.month() <= last).then(|| year - 1),
        _ => (today.month() >= first).then(|| year + 1),
    }
}

/// The year of "in the autumn": of the last that has begun, or of the next that has not ended. None for winter, which lies in two.
fn season_near(today: Date, first: i8, last: i8, outlook: Outlook) -> Option<i16> {
    let (year, month) = (today.year(), today.month());
    match outlook {
        _ if last < first => None,
        outlook if outlook.is_to_come() => Some(year + i16::from(month > last)),
        // Rather the one soon to come than that of a year ago.
        Outlook::Open if month < first => None,
        _ => Some(year - i16::from(month < first)),
    }
}

/// The year of "the following spring", which is another one than that of "that spring".
fn season_of_text(text: Value, by: i32, first: i8, last: i8) -> Option<i16> {
    if last < first {
        return None;
    }
    match by {
        0 => text.single_year(),
        by if by > 0 => {
            let from = text.last_day()?;
            Some(from.year() + i16::from(from.month() >= first))
        }
        _ => {
            let from = text.first_day()?;
            Some(from.year() - i16::from(from.month() <= last))
        }
    }
}

/// The first of its name after the last date of the text, the last before it, or the first from it on.
fn weekday_of_text(setting: &Setting, weekday: i8, by: i32) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let Some(text) = setting.text else {
        let turn = match by {
            0 => None,
            _ if setting.outlook.is_to_come() => Some(Turn::After),
            _ => return None,
        };
        return weekday_near(setting.document?, weekday, turn, setting.outlook);
    };
    let day = text.day_known()?;
    match by {
        0 => day.yesterday().ok()?.nth_weekday(1, wanted).ok(),
        by if by > 0 => text.last_day()?.nth_weekday(1, wanted).ok(),
        _ => day.nth_weekday(-1, wanted).ok(),
    }
}

fn nth_weekday(year: i16, month: i8, nth: i8, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    let nth = if nth == 0 { -1 } else { nth };
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

fn weekday_near(today: Date, weekday: i8, turn: Option<Turn>, outlook: Outlook) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(weekday).ok()?;
    let last = || today.tomorrow().ok()?.nth_weekday(-1, wanted).ok();
    let coming = || today.yesterday().ok()?.nth_weekday(1, wanted).ok();
    let weeks = |day: Date, by: i32| day.checked_add((i64::from(by) * 7).days()).ok();
    match (turn, outlook) {
        (None | Some(Turn::Text(_)), Outlook::Back | Outlook::Open) => last(),
        (None | Some(Turn::Text(_)), Outlook::Asked) => {
            last().filter(|day| days_between(*day, today) <= JUST_BEEN_DAYS).or_else(coming)
        }
        (None | Some(Turn::Text(_)), Outlook::Ahead) => coming(),
        (Some(Turn::Later(by)), _) => weeks(coming()?, by),
        (Some(Turn::Earlier(by)), _) => weeks(today.nth_weekday(-1, wanted).ok()?, -by),
        (Some(Turn::Before), _) => today.nth_weekday(-1, wanted).ok(),
        (Some(Turn::After), _) => today.nth_weekday(1, wanted).ok(),
        (Some(Turn::Week(by)), _) => {
            let days = i64::from(by) * 7 + i64::from(wanted.to_monday_zero_offset());
            monday_of(today)?.checked_add(days.days()).ok()
        }
    }
}

/// The weekend, by itself or of the week so far off. "Next weekend" may be the coming one or the one after it, except at a weekend.
fn weekend(today: Date, by: Option<i32>, outlook: Outlook) -> Option<Value> {
    let saturday = monday_of(today)?.checked_add(5.days()).ok()?;
    let begun = today >= saturday;
    let weeks = match (by, outlook) {
        (Some(by), _) if by < 0 => -1,
        (Some(by), _) if by > 0 => begun.then_some(1)?,
        // At a weekend itself what is announced for it is of the same one.
        (_, Outlook::Ahead | Outlook::Asked) | (Some(_), Outlook::Open) => 0,
        _ => i64::from(begun) - 1,
    };
    let first = saturday.checked_add((weeks * 7).days()).ok()?;
    Value::stretch(Point::Day(first), Point::Day(first.tomorrow().ok()?))
}

fn shifted(from: Value, unit: Unit, by: i32) -> Option<Value> {
    let length = unit.length(by)?;
    match unit {
        Unit::Hour | Unit::Day => from.single_day()?.checked_add(length).ok().map(Value::day),
        Unit::Week | Unit::Fortnight => Value::week_of(from.day_known()?.checked_add(length).ok()?),
        Unit::Month => {
            let (year, month) = from.single_month()?;
            let day = Date::new(year, month, 1).ok()?.checked_add(length).ok()?;
            Some(Value::month(day.year(), day.month()))
        }
        Unit::Quarter => Value::quarter_of(from.day_known()?.checked_add(length).ok()?),
        Unit::Year => Some(Value::year(from.single_year()?.checked_add(i16::try_from(by).ok()?)?)),
        Unit::Decade => None,
    }
}

/// So much time up to today, or from today on; days for hours, days and weeks, else months or years.
fn stretch(today: Date, unit: Unit, by: i32) -> Option<Value> {
    // The past 36 hours reach into the day before yesterday.
    let (unit, by) = match unit {
        Unit::Hour if by < 0 => (Unit::Day, by.div_euclid(24)),
        Unit::Hour => (Unit::Day, -(-by).div_euclid(24)),
        unit => (unit, by),
    };
    let other = today.checked_add(unit.length(by)?).ok()?;
    let (first, last) = if by < 0 { (other, today) } else { (today, other) };
    let point = |day: Date| match unit {
        Unit::Hour | Unit::Day | Unit::Week | Unit::Fortnight => Point::Day(day),
        Unit::Month | Unit::Quarter => Point::Month(day.year(), day.month()),
        Unit::Year | Unit::Decade => Point::Year(day.year()),
    };
    Value::stretch(point(first), point(last))
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

    fn weekday(weekday: i8, turn: Option<Turn>) -> Expression {
        Expression::Weekday { weekday, turn }
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
        assert_eq!(value(weekday(3, Some(Turn::Before)), WEDNESDAY, Back), "2023-06-14");
        assert_eq!(value(weekday(2, Some(Turn::Before)), WEDNESDAY, Back), "2023-06-20");
        assert_eq!(value(weekday(5, Some(Turn::Week(0))), WEDNESDAY, Back), "2023-06-23");
        assert_eq!(value(weekday(5, Some(Turn::Week(1))), WEDNESDAY, Ahead), "2023-06-30");
        assert_eq!(value(weekday(1, None), "", Back), "-");
    }

    #[test]
    fn what_is_asked_for_lies_ahead_unless_its_day_has_just_been() {
        let asked = |expression| value(expression, WEDNESDAY, Outlook::Asked);
        assert_eq!(asked(weekday(1, None)), "2023-06-19");
        assert_eq!(asked(weekday(7, None)), "2023-06-25");
        assert_eq!(asked(day(6, 2)), "2023-06-02");
        assert_eq!(asked(day(7, 2)), "2023-07-02");
    }

    #[test]
    fn weeks_from_a_weekday() {
        let turned = |day, turn| value(weekday(day, Some(turn)), WEDNESDAY, Outlook::Back);
        assert_eq!(turned(7, Turn::Later(1)), "2023-07-02");
        assert_eq!(turned(5, Turn::Earlier(1)), "2023-06-09");
    }

    #[test]
    fn edges_of_months_and_years() {
        let edge = |whole, unit, many, last| {
            value(Expression::Edge { whole, unit, many, last }, WEDNESDAY, Outlook::Back)
        };
        let february = Whole::Month { year: Some(Year::Is(2012)), month: 2 };
        assert_eq!(edge(february, Unit::Day, 1, true), "2012-02-29");
        assert_eq!(edge(february, Unit::Day, 30, true), "-");
        let year = Whole::Year(Year::Is(2014));
        assert_eq!(edge(year, Unit::Month, 9, false), "2014-01/2014-09");
        assert_eq!(edge(year, Unit::Month, 2, true), "2014-11/2014-12");
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
        assert_eq!(back(shift(Unit::Week, -1)), "2023-06-12/2023-06-18");
        assert_eq!(back(shift(Unit::Week, 1)), "2023-06-26/2023-07-02");
        assert_eq!(back(shift(Unit::Month, -6)), "2022-12");
        assert_eq!(back(shift(Unit::Year, -1)), "2022");
        assert_eq!(back(shift(Unit::Decade, -1)), "-");
        assert_eq!(back(shift(Unit::Day, i32::MAX)), "-");
        assert_eq!(back(Expression::Within { unit: Unit::Day, by: Some(3) }), "-");
        let ahead =
            value(Expression::Within { unit: Unit::Day, by: Some(3) }, WEDNESDAY, Outlook::Ahead);
        assert_eq!(ahead, "2023-06-24");
    }

    #[test]
    fn the_text_gives_a_base() {
        let next_day = Expression::Shift { unit: Unit::Day, by: 1, base: Base::Text };
        let with = |text| Setting { document: None, text, outlook: Outlook::Back };
        let day = Value::day("2014-02-28".parse().unwrap());
        assert_eq!(
            resolve(next_day, &with(Some(day))).0.map(|v| v.to_string()).as_deref(),
            Some("2014-03-01")
        );
        assert_eq!(resolve(next_day, &with(None)).0, None);
        assert_eq!(resolve(next_day, &with(Some(Value::month(2014, 2)))).0, None);
    }
}

//! Happenings by week or month.
//!
//! In go happenings with their days, out come [`Bin`]s without gaps: a Monday or the first of a month, how many events of each quad class,
//! the sum of their positive scores, of their negative ones, and of all, and that balance smoothed: a weighted mean with weights that
//! fall evenly to both sides, over four weeks or three months.

use jiff::civil::Date;
use serde::Serialize;

use super::Happening;
use crate::day::{date_of, days};

/// A week from Monday, or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each is the stretch of time of its name")]
pub enum Period {
    Week,
    Month,
}

/// One week or month.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Its first day.
    pub start: String,
    /// The same as a Julian day.
    #[serde(skip)]
    pub day: i64,
    /// Happenings.
    pub events: usize,
    /// Of each quad class: verbal and material cooperation, verbal and material conflict.
    pub quad: [usize; 4],
    /// Sum of the positive scores.
    pub cooperation: f64,
    /// Sum of the negative scores, without their sign.
    pub conflict: f64,
    /// Cooperation less conflict.
    pub net: f64,
    /// `net`, smoothed.
    pub smooth: f64,
}

impl Period {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Week => "week",
            Period::Month => "month",
        }
    }

    /// Bins to each side that count for the smoothed balance.
    fn reach(self) -> usize {
        match self {
            Period::Week => 4,
            Period::Month => 3,
        }
    }

    /// The first day of the period that a day is in.
    fn start(self, day: i64) -> i64 {
        match self {
            // Julian day 0 was a Monday.
            Period::Week => day - day.rem_euclid(7),
            Period::Month => month(day).map_or(day, |date| number(date.first_of_month(), day)),
        }
    }

    fn next(self, start: i64) -> i64 {
        match self {
            Period::Week => start + 7,
            Period::Month => {
                month(start).map_or(start + 30, |date| start + i64::from(date.days_in_month()))
            }
        }
    }
}

fn month(day: i64) -> Option<Date> {
    date_of(day)?.parse().ok()
}

fn number(date: Date, fallback: i64) -> i64 {
    days(&date.to_string()).map_or(fallback, |(day, _)| day)
}

/// The periods from the first happening to the last.
pub(super) fn bins(happenings: &[Happening], period: Period) -> Vec<Bin> {
    let days = || happenings.iter().map(|happening| happening.hit.day);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let mut bins = Vec::new();
    let mut start = period.start(first);
    while start <= last {
        bins.push(Bin { start: date_of(start).unwrap_or_default(), day: start, ..Bin::default() });
        start = period.next(start);
    }
    for happening in happenings {
        let at = bins.partition_point(|bin| bin.day <= happening.hit.day) - 1;
        let (bin, score) = (&mut bins[at], happening.hit.score);
        bin.events += 1;
        if let Some(count) = bin.quad.get_mut(usize::from(happening.hit.quad).wrapping_sub(1)) {
            *count += 1;
        }
        if score > 0.0 {
            bin.cooperation += score;
        } else {
            bin.conflict -= score;
        }
        bin.net += score;
    }
    let balance: Vec<f64> = bins.iter().map(|bin| bin.net).collect();
    for (bin, smooth) in bins.iter_mut().zip(smooth(&balance, period.reach())) {
        bin.smooth = smooth;
    }
    bins
}

/// Each value as the mean of those around it, with weights that fall evenly; near an end, of those that there are.
fn smooth(values: &[f64], reach: usize) -> Vec<f64> {
    let around = |at: usize| {
        let from = at.saturating_sub(reach);
        let until = (at + reach + 1).min(values.len());
        let (mut sum, mut weights) = (0.0, 0.0);
        for (place, value) in values[from..until].iter().enumerate() {
            let weight = (reach + 1 - (from + place).abs_diff(at)) as f64;
            sum += weight * value;
            weights += weight;
        }
        sum / weights
    };
    (0..values.len()).map(around).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_where_the_calendar_has_them() {
        let start =
            |date: &str, period: Period| date_of(period.start(days(date).unwrap().0)).unwrap();
        assert_eq!(start("2023-06-19", Period::Week), "2023-06-19");
        assert_eq!(start("2023-06-25", Period::Week), "2023-06-19");
        assert_eq!(start("2024-02-29", Period::Month), "2024-02-01");
        let next = Period::Month.next(days("2024-02-01").unwrap().0);
        assert_eq!(date_of(next).as_deref(), Some("2024-03-01"));
    }

    #[test]
    fn smoothing_keeps_a_level_and_spreads_a_peak() {
        assert!(smooth(&[3.0; 9], 4).iter().all(|value| (value - 3.0).abs() < 1e-12));
        let peak = smooth(&[0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0], 2);
        assert_eq!(peak, [0.0, 1.125, 2.0, 3.0, 2.0, 1.125, 0.0]);
    }
}

//! Dates as knowledge files give them: a day, a month or a year.

use jiff::civil::Date;

/// The days that a date of a knowledge file may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// First day it may mean.
    pub first: Date,
    /// Last day it may mean.
    pub last: Date,
}

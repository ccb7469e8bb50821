//! Counts of what was found, what is there and what of it is right → precision, recall, F1.
//!
//! Three found, two of them right, four there: precision 2/3, recall 2/4, F1 0.571.

use serde::Serialize;

/// How many were found, how many are there, how many of the found are right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Found and right.
    pub right: usize,
    /// Found by the coder.
    pub found: usize,
    /// There in the gold data.
    pub gold: usize,
}

impl Counts {
    /// Adds the counts of another part of the data.
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// The share of the found that is right; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.found)
    }

    /// The share of what is there that was found; 0 where nothing is there.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    ///
    /// ```
    /// use detente_train::Counts;
    /// let counts = Counts { right: 2, found: 3, gold: 4 };
    /// assert!((counts.f1() - 4.0 / 7.0).abs() < 1e-12);
    /// assert_eq!(Counts::default().f1(), 0.0);
    /// ```
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, self.found + self.gold)
    }
}

/// `part / whole`, or 0 for a whole of 0.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

//! Turning points: where the level of a series of scores changes for good.
//!
//! In goes a series, one value a week or month, out come the places where a new level begins: `0 0 0 0 0 9 9 9 9 9` turns at 5. The
//! method is PELT (R. Killick, P. Fearnhead and I. A. Eckley, *Optimal Detection of Changepoints With a Linear Computational Cost*,
//! Journal of the American Statistical Association 107 (2012), 1590–1598): of all ways to cut the series it finds the one with the
//! smallest squared distance of the values from the means of their stretches, where each cut costs a penalty. It is exact: a test compares
//! it with the search over every way to cut.
//!
//! * Sums of scores have rare high peaks, so the signed root of each value is taken first.
//! * The penalty is `3 ln(n)` times the variance of the noise, for which the mean squared difference of neighbours is taken, halved (the
//!   estimate of Rice): changes of level hardly touch it.
//! * News come in waves, and waves look like levels. So the residuals of a first search tell how much neighbours are alike (their
//!   correlation at one step, `r`); where they are, the penalty grows by `(1 + r) / (1 - r)` and the search runs again.
//! * A level lasts at least [`SHORTEST`] values. A series shorter than [`ENOUGH`] is not searched.

/// A level that lasts less is a peak, not a level.
pub const SHORTEST: usize = 4;

/// With fewer values nothing can be told.
pub const ENOUGH: usize = 3 * SHORTEST;

/// The cost of a cut, in units of `ln(n)` times the variance of the noise.
pub const PENALTY: f64 = 3.0;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cuts {
    /// First places of the levels after the first, in order.
    pub at: Vec<usize>,
    /// What a cut cost, in squared units of the rooted series.
    pub penalty: f64,
}

/// The turning points of a series.
///
/// ```
/// use detente_store::turning_points;
/// let mut series = vec![1.0, -1.0, 0.5, 0.0, 1.5, -0.5, 0.0, 1.0, -1.0, 0.5];
/// assert!(turning_points(&series).at.is_empty());
/// series.extend([30.0, 28.0, 33.0, 31.0, 29.0, 30.0, 27.0]);
/// assert_eq!(turning_points(&series).at, [10]);
/// ```
pub fn turning_points(series: &[f64]) -> Cuts {
    let rooted: Vec<f64> = series.iter().map(|value| value.signum() * value.abs().sqrt()).collect();
    if rooted.len() < ENOUGH {
        return Cuts::default();
    }
    // What sums of squares lose in arithmetic is no noise.
    let least = 1e-9 * rooted.iter().map(|value| value * value).sum::<f64>();
    let noise = noise(&rooted).max(least).max(f64::MIN_POSITIVE);
    let unit = PENALTY * (rooted.len() as f64).ln();
    let first = pelt(&rooted, unit * noise);
    let (spread, alike) = residuals(&rooted, &first);
    let waves = (1.0 + alike) / (1.0 - alike);
    let penalty = unit * noise.max(spread * waves);
    let at = if penalty > unit * noise { pelt(&rooted, penalty) } else { first };
    Cuts { at, penalty }
}

/// The variance of the noise, by the differences of neighbours.
fn noise(series: &[f64]) -> f64 {
    let squares: f64 = series.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
    squares / (2.0 * (series.len() - 1) as f64)
}

/// Variance of the residuals about the levels, and how much neighbours are alike: 0 to 0.8.
fn residuals(series: &[f64], cuts: &[usize]) -> (f64, f64) {
    let mut rest = Vec::with_capacity(series.len());
    for level in stretches(cuts, series.len()) {
        let mean = mean(&series[level.clone()]);
        rest.extend(series[level].iter().map(|value| value - mean));
    }
    let variance = rest.iter().map(|value| value * value).sum::<f64>();
    let together = rest.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>();
    let alike = if variance > 0.0 { (together / variance).clamp(0.0, 0.8) } else { 0.0 };
    (variance / rest.len() as f64, alike)
}

/// The stretches between cuts.
pub(super) fn stretches(cuts: &[usize], length: usize) -> Vec<std::ops::Range<usize>> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(length));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The cheapest way to cut: first places of the stretches after the first.
fn pelt(series: &[f64], penalty: f64) -> Vec<usize> {
    let cost = Cost::new(series);
    let n = series.len();
    let mut best = vec![f64::INFINITY; n + 1];
    let mut before = vec![0; n + 1];
    best[0] = -penalty;
    // Places where the last stretch may begin, each with the end from which on it need not be tried.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for end in SHORTEST..=n {
        let newest = end - SHORTEST;
        if newest == 0 || newest >= SHORTEST {
            starts.push((newest, usize::MAX));
        }
        starts.retain(|&(_, until)| end < until);
        for &(start, _) in &starts {
            let whole = best[start] + cost.of(start, end) + penalty;
            if whole < best[end] {
                best[end] = whole;
                before[end] = start;
            }
        }
        // A start that is dearer than a cut here stays so for every end that leaves room for a stretch behind the cut.
        for (start, until) in &mut starts {
            if best[*start] + cost.of(*start, end) >= best[end] {
                *until = (*until).min(end + SHORTEST);
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = n;
    while before[end] > 0 {
        end = before[end];
        cuts.push(end);
    }
    cuts.reverse();
    cuts
}

/// Squared distances from the mean of any stretch.
struct Cost {
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Cost {
    fn new(series: &[f64]) -> Self {
        let mut cost = Self { sums: vec![0.0], squares: vec![0.0] };
        let (mut sum, mut square) = (0.0, 0.0);
        for value in series {
            sum += value;
            square += value * value;
            cost.sums.push(sum);
            cost.squares.push(square);
        }
        cost
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        let sum = self.sums[end] - self.sums[start];
        let square = self.squares[end] - self.squares[start];
        (square - sum * sum / (end - start) as f64).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator of numbers, the same in each run.
    struct Dice(u64);

    impl Dice {
        fn uniform(&mut self) -> f64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 33) as f64 + 0.5) / (1u64 << 31) as f64
        }

        fn normal(&mut self) -> f64 {
            (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
        }

        /// Weeks of a pair with so many events a week on average, whose scores lie about `level`.
        fn weeks(&mut self, weeks: usize, rate: f64, level: f64) -> Vec<f64> {
            let week = |dice: &mut Self| {
                let mut net = 0.0;
                let mut left = -dice.uniform().ln();
                while left < rate {
                    net += (level + 5.0 * dice.normal()).clamp(-10.0, 10.0);
                    left -= dice.uniform().ln();
                }
                net
            };
            (0..weeks).map(|_| week(self)).collect()
        }
    }

    /// The cheapest of all ways to cut.
    fn every_way(series: &[f64], penalty: f64) -> f64 {
        let cost = Cost::new(series);
        let mut best = vec![f64::INFINITY; series.len() + 1];
        best[0] = -penalty;
        for end in SHORTEST..=series.len() {
            for start in 0..=end - SHORTEST {
                best[end] = best[end].min(best[start] + cost.of(start, end) + penalty);
            }
        }
        best[series.len()]
    }

    fn price(series: &[f64], cuts: &[usize], penalty: f64) -> f64 {
        let cost = Cost::new(series);
        let levels = stretches(cuts, series.len());
        levels.iter().map(|level| cost.of(level.start, level.end) + penalty).sum::<f64>() - penalty
    }

    #[test]
    fn no_way_to_cut_is_cheaper() {
        let mut dice = Dice(7);
        for round in 0..300 {
            let n = 4 + round % 60;
            let mut level = 0.0;
            let series: Vec<f64> = (0..n)
                .map(|_| {
                    if dice.uniform() < 0.1 {
                        level = 3.0 * dice.normal();
                    }
                    level + dice.normal()
                })
                .collect();
            for penalty in [0.5, 3.0, 10.0] {
                let cuts = pelt(&series, penalty);
                let (found, least) = (price(&series, &cuts, penalty), every_way(&series, penalty));
                assert!((found - least).abs() < 1e-9, "round {round}: {found} {least} {cuts:?}");
                let shortest = stretches(&cuts, n).iter().map(std::ops::Range::len).min();
                assert!(shortest.is_none_or(|shortest| shortest >= SHORTEST));
            }
        }
    }

    /// In 200 series of three years in which nothing changes, as few turns as a test at five in a hundred would give.
    #[test]
    fn where_nothing_turns_hardly_any_turn_is_found() {
        for (rate, level) in [(0.3, 0.0), (2.0, -2.0), (10.0, 1.0)] {
            let mut dice = Dice(11);
            let false_ones = (0..200)
                .filter(|_| !turning_points(&dice.weeks(156, rate, level)).at.is_empty())
                .count();
            assert!(false_ones <= 10, "{false_ones} of 200 at {rate} events a week");
        }
        let mut dice = Dice(13);
        let waves = (0..200).filter(|_| {
            let mut last = 0.0;
            let series = (0..156).map(|_| {
                last = 0.4 * last + 8.0 * dice.normal();
                last
            });
            !turning_points(&series.collect::<Vec<_>>()).at.is_empty()
        });
        let false_ones = waves.count();
        assert!(false_ones <= 20, "{false_ones} of 200 in waves");
    }

    #[test]
    fn known_turns_are_found() {
        let mut dice = Dice(17);
        let mut found = 0;
        let mut more = 0;
        for _ in 0..100 {
            let mut series = dice.weeks(60, 3.0, 3.0);
            series.extend(dice.weeks(50, 3.0, -4.0));
            series.extend(dice.weeks(46, 3.0, 2.0));
            let cuts = turning_points(&series).at;
            let near = |turn: usize| cuts.iter().any(|&cut| cut.abs_diff(turn) <= 3);
            found += usize::from(near(60)) + usize::from(near(110));
            more += cuts.len().saturating_sub(2);
        }
        assert!(found >= 185, "{found} of 200 turns");
        assert!(more <= 10, "{more} more than there are");
    }

    #[test]
    fn short_and_flat_series() {
        assert_eq!(turning_points(&[]).at, [0; 0]);
        assert_eq!(turning_points(&[5.0; 8]).at, [0; 0]);
        assert_eq!(turning_points(&[0.0; 100]).at, [0; 0]);
        let mut step = vec![0.0; 20];
        step.extend([4.0; 20]);
        assert_eq!(turning_points(&step).at, [20]);
        assert_eq!(turning_points(&[f64::MAX / 1e10; 30]).at, [0; 0]);
    }
}

//! A chain of labels over the words of a sentence: scores → the likeliest labels, and how likely each is.
//!
//! In go for each word the scores of its labels, and what each step from one label to the next scores; out comes a label for each word,
//! or how likely each label is, the others being open (a linear-chain conditional random field).

/// A score for each label.
pub type Scores<const L: usize> = [f32; L];

/// Scores of going from one label to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Steps<const L: usize> {
    /// To the label of the first word.
    pub first: Scores<L>,
    /// From one label to each other.
    pub next: [Scores<L>; L],
}

impl<const L: usize> Default for Steps<L> {
    fn default() -> Self {
        Self { first: [0.0; L], next: [[0.0; L]; L] }
    }
}

impl<const L: usize> Steps<L> {
    /// All scores, row by row, those of the first word last.
    pub fn rows_mut(&mut self) -> impl Iterator<Item = &mut Scores<L>> {
        self.next.iter_mut().chain(std::iter::once(&mut self.first))
    }
}

/// The likeliest labels of all words together.
pub fn likeliest<const L: usize>(scores: &[Scores<L>], steps: &Steps<L>) -> Vec<usize> {
    let mut back: Vec<[usize; L]> = Vec::with_capacity(scores.len());
    let mut best = [0.0; L];
    for (at, own) in scores.iter().enumerate() {
        let mut next = [0.0; L];
        let mut from = [0; L];
        for label in 0..L {
            if at == 0 {
                next[label] = steps.first[label] + own[label];
                continue;
            }
            let reach = |before: usize| best[before] + steps.next[before][label];
            let before = (1..L).fold(0, |a, b| if reach(b) > reach(a) { b } else { a });
            from[label] = before;
            next[label] = reach(before) + own[label];
        }
        best = next;
        back.push(from);
    }
    let mut label = (1..L).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut labels = vec![0; scores.len()];
    for (at, from) in back.iter().enumerate().rev() {
        labels[at] = label;
        label = from[label];
    }
    labels
}

/// How likely each label of each word is, the others being open; `pair` is told of each pair of neighbours how likely they are.
pub fn shares<const L: usize>(
    scores: &[Scores<L>],
    steps: &Steps<L>,
    mut pair: impl FnMut(usize, usize, f32),
) -> Vec<Scores<L>> {
    let count = scores.len();
    let first = steps.first.map(f32::exp);
    let steps = steps.next.map(|row| row.map(f32::exp));
    // Each word's powers count from its best label, so that none runs over.
    let powers: Vec<Scores<L>> = scores
        .iter()
        .map(|own| {
            let top = own.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            own.map(|score| (score - top).exp())
        })
        .collect();
    let mut ahead: Vec<Scores<L>> = Vec::with_capacity(count);
    for own in &powers {
        let reached: Scores<L> = std::array::from_fn(|label| match ahead.last() {
            None => first[label] * own[label],
            Some(last) => {
                own[label] * (0..L).map(|from| last[from] * steps[from][label]).sum::<f32>()
            }
        });
        ahead.push(of_one(reached));
    }
    let mut behind = vec![[1.0 / L as f32; L]; count];
    for at in (0..count.saturating_sub(1)).rev() {
        behind[at] = of_one(std::array::from_fn(|label| {
            (0..L).map(|to| steps[label][to] * powers[at + 1][to] * behind[at + 1][to]).sum()
        }));
    }
    for at in 1..count {
        let weight = |from: usize, to: usize| {
            ahead[at - 1][from] * steps[from][to] * powers[at][to] * behind[at][to]
        };
        let all: f32 = (0..L * L).map(|n| weight(n / L, n % L)).sum();
        for from in 0..L {
            for to in 0..L {
                pair(from, to, weight(from, to) / all);
            }
        }
    }
    let both = ahead.iter().zip(&behind);
    both.map(|(a, b)| of_one(std::array::from_fn(|label| a[label] * b[label]))).collect()
}

/// Shares of a whole.
fn of_one<const L: usize>(values: Scores<L>) -> Scores<L> {
    let sum: f32 = values.iter().sum();
    values.map(|value| value / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: usize = 3;

    const STEPS: Steps<LABELS> = Steps {
        first: [0.1, 0.0, -9.0],
        next: [[0.3, 0.1, -9.0], [0.0, -1.0, 0.7], [0.2, 0.0, 0.4]],
    };

    fn scores() -> Vec<Scores<LABELS>> {
        vec![[0.5, 0.2, 0.0], [0.1, 0.9, 0.3], [0.4, 0.0, 0.6], [0.3, 0.1, 0.0]]
    }

    /// Every chain of labels with its score.
    fn chains(scores: &[Scores<LABELS>]) -> Vec<(Vec<usize>, f32)> {
        (0..LABELS.pow(scores.len() as u32))
            .map(|mut number| {
                let labels: Vec<usize> = scores
                    .iter()
                    .map(|_| {
                        let label = number % LABELS;
                        number /= LABELS;
                        label
                    })
                    .collect();
                let mut sum = STEPS.first[labels[0]];
                for (at, &label) in labels.iter().enumerate() {
                    sum += scores[at][label];
                    if at > 0 {
                        sum += STEPS.next[labels[at - 1]][label];
                    }
                }
                (labels, sum)
            })
            .collect()
    }

    #[test]
    fn the_likeliest_chain_is_the_best_of_all() {
        let best = chains(&scores()).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        assert_eq!(likeliest(&scores(), &STEPS), best.0);
        assert_eq!(likeliest(&[], &STEPS), Vec::<usize>::new());
    }

    #[test]
    fn shares_are_those_of_all_chains() {
        let all = chains(&scores());
        let sum: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        let mut pairs = [[0.0; LABELS]; LABELS];
        let shares = shares(&scores(), &STEPS, |a, b, share| pairs[a][b] += share);
        for (at, share) in shares.iter().enumerate() {
            for (label, found) in share.iter().enumerate() {
                let right: f32 =
                    all.iter().filter(|c| c.0[at] == label).map(|c| c.1.exp() / sum).sum();
                assert!((found - right).abs() < 1e-4);
            }
        }
        let right: f32 = all
            .iter()
            .map(|c| c.0.windows(2).filter(|w| w == &[1, 2]).count() as f32 * c.1.exp() / sum)
            .sum();
        assert!((pairs[1][2] - right).abs() < 1e-4);
    }
}

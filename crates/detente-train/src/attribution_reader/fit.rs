//! Lessons → the weights of one network.
//!
//! In go words with their right labels, out come the sections of a model from which `detente_rules` lays out a network. The way forth
//! computes what the network computes; the way back is its derivative, checked against differences in the tests. The gold is
//! small and disagrees with itself, so that most of the work is not to learn it by heart: features, states and rows are left
//! out at random, and the weights are averaged over the last half of the passes.

use std::collections::HashMap;

use detente_parse::kernel::{self, Left, Packed};
use detente_parse::model::{ByteTable, Section};
use detente_rules::statements::learned::{MEANING, PLACES, STATE, Scores, Steps, WIDTH, shares};

use super::Lesson;
use crate::learn::pass::{
    add_rows, layer_back, layer_forth, product_back, rectifier_back, sentence_mask,
};
use crate::learn::table::{Dice, Step, Table};
use crate::learn::weights::Layer;

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Passes over the lessons.
    pub epochs: usize,
    /// Largest step.
    pub rate: f32,
    /// A feature counts that stands in so many lessons.
    pub at_least: usize,
    /// Words in one step.
    pub batch: usize,
    /// Share of the features of a word that are left out, anew each time it is seen.
    pub features: f32,
    /// Share of the numbers of states and meanings that are left out, the same for all words of a sentence.
    pub states: f32,
    /// Share of the numbers of rows that are left out.
    pub rows: f32,
}

impl Options {
    /// For cues.
    pub const CUES: Self = Self {
        epochs: 12,
        rate: 0.003,
        at_least: 40,
        batch: 1000,
        features: 0.5,
        states: 0.3,
        rows: 0.2,
    };
    /// For sources and contents.
    pub const ROLES: Self = Self {
        epochs: 12,
        rate: 0.002,
        at_least: 40,
        batch: 1000,
        features: 0.5,
        states: 0.1,
        rows: 0.1,
    };
}

const HIDDEN: usize = WIDTH / 2;

/// A longer gradient is shortened to this.
const LARGEST_GRADIENT: f32 = 1.0;

/// The weights in training.
#[derive(Clone)]
struct Weights<const L: usize> {
    features: Table,
    states: Table,
    meaning: Table,
    bias: Table,
    layer: Layer,
    labels: Table,
    labels_bias: Table,
    steps: Table,
}

impl<const L: usize> Weights<L> {
    fn new(features: usize, dice: &mut Dice) -> Self {
        // Each product keeps the variance of what goes in.
        let even = |inner: usize| (3.0 / inner as f32).sqrt();
        let columns = PLACES * WIDTH;
        Self {
            features: Table::embedding(features.max(1), WIDTH, 0.08, dice),
            states: Table::new(STATE, columns, 0.5 * even(STATE), dice),
            meaning: Table::new(MEANING, WIDTH, 0.5 * even(MEANING), dice),
            bias: Table::new(1, WIDTH, 0.0, dice),
            layer: Layer {
                matrix: Table::new(WIDTH, 6 * HIDDEN, even(WIDTH), dice),
                peek: std::array::from_fn(|_| Table::new(1, WIDTH, 0.0, dice)),
                bias: std::array::from_fn(|_| Table::new(1, WIDTH, 0.0, dice)),
            },
            labels: Table::new(WIDTH, L, 0.5 * even(WIDTH), dice),
            labels_bias: Table::new(1, L, 0.0, dice),
            steps: Table::new(L + 1, L, 0.0, dice),
        }
    }

    /// Every table, in a fixed order.
    fn tables(&mut self) -> Vec<&mut Table> {
        let mut all = vec![
            &mut self.features,
            &mut self.states,
            &mut self.meaning,
            &mut self.bias,
            &mut self.labels,
            &mut self.labels_bias,
            &mut self.steps,
            &mut self.layer.matrix,
        ];
        all.extend(&mut self.layer.peek);
        all.extend(&mut self.layer.bias);
        all
    }

    fn step(&mut self, rate: f32, number: i32) {
        let length = self.tables().iter().map(|table| table.squares()).sum::<f32>().sqrt();
        let scale = (LARGEST_GRADIENT / length.max(1e-12)).min(1.0);
        for table in self.tables() {
            table.step(Step { rate, number, scale });
        }
    }

    fn steps(&self) -> Steps<L> {
        let mut steps = Steps::default();
        for (row, own) in steps.rows_mut().zip(self.steps.values.chunks_exact(L)) {
            row.copy_from_slice(own);
        }
        steps
    }
}

/// The lessons with their features as rows of a table.
struct Class {
    rows: Vec<Vec<Vec<u32>>>,
    keys: Vec<u32>,
}

impl Class {
    fn new(lessons: &[Lesson], at_least: usize) -> Self {
        let keys = counting_keys(lessons, at_least);
        let place: HashMap<u32, u32> =
            keys.iter().enumerate().map(|(at, &key)| (key, at as u32)).collect();
        let of = |keys: &Vec<u32>| keys.iter().filter_map(|key| place.get(key).copied()).collect();
        let rows =
            lessons.iter().map(|lesson| lesson.example.features.iter().map(of).collect()).collect();
        Self { rows, keys }
    }
}

/// The features that stand in enough lessons, ascending.
fn counting_keys(lessons: &[Lesson], at_least: usize) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for lesson in lessons {
        let mut own: Vec<u32> = lesson.example.features.iter().flatten().copied().collect();
        own.sort_unstable();
        own.dedup();
        all.extend(own);
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|run| run.len() >= at_least).map(|run| run[0]).collect()
}

/// Fits one network and gives the sections of its model.
pub(super) fn fit<const L: usize>(lessons: &[Lesson], options: &Options) -> Vec<(String, Section)> {
    let class = Class::new(lessons, options.at_least);
    sections(&train::<L>(lessons, &class, options), &class.keys)
}

fn train<const L: usize>(lessons: &[Lesson], class: &Class, options: &Options) -> Weights<L> {
    let mut dice = Dice::new(1);
    let mut weights = Weights::<L>::new(class.keys.len(), &mut dice);
    let mut mean: Vec<Vec<f32>> =
        weights.tables().iter().map(|table| vec![0.0; table.values.len()]).collect();
    let usable = |nth: &usize| {
        let lesson = &lessons[*nth];
        let words = lesson.labels.len();
        (1..=LONG).contains(&words) && lesson.example.ground.iter().all(|rows| rows.len() == words)
    };
    let mut order: Vec<usize> = (0..lessons.len()).filter(usable).collect();
    let words: usize = order.iter().map(|&nth| lessons[nth].labels.len()).sum();
    let all = (words / options.batch.max(1) + 1) * options.epochs;
    let averaged = options.epochs.div_ceil(2);
    let mut number = 0;
    for epoch in 0..options.epochs {
        dice.shuffle(&mut order);
        let mut from = 0;
        while from < order.len() {
            let mut size = 0;
            let mut until = from;
            while until < order.len() && size < options.batch {
                size += lessons[order[until]].labels.len();
                until += 1;
            }
            number += 1;
            let done = (number as f32 / all as f32).min(1.0);
            let rate = options.rate * (number as f32 / 200.0).min(1.0) * (1.0 - 0.95 * done);
            pass(&mut weights, lessons, class, &order[from..until], options, &mut dice);
            weights.step(rate, number);
            from = until;
        }
        if epoch + averaged >= options.epochs {
            for (sum, table) in mean.iter_mut().zip(weights.tables()) {
                for (sum, value) in sum.iter_mut().zip(&table.values) {
                    *sum += value / averaged as f32;
                }
            }
        }
    }
    for (table, mean) in weights.tables().into_iter().zip(mean) {
        table.values = mean;
    }
    weights
}

/// Words of a lesson at most.
const LONG: usize = 400;

fn sections<const L: usize>(weights: &Weights<L>, keys: &[u32]) -> Vec<(String, Section)> {
    let numbers = |rows: usize, columns: usize, values: &[f32]| Section::Numbers {
        rows,
        columns,
        values: values.to_vec(),
    };
    let turned: Vec<f32> = (0..L)
        .flat_map(|label| weights.labels.values.iter().skip(label).step_by(L).copied())
        .collect();
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:x}")).collect();
    let layer = &weights.layer;
    let mut all = vec![
        ("keys", Section::Text(keys.join("\n"))),
        ("features", Section::Bytes(ByteTable::quantise(&weights.features.values, WIDTH))),
        ("states", numbers(STATE, PLACES * WIDTH, &weights.states.values)),
        ("meaning", numbers(MEANING, WIDTH, &weights.meaning.values)),
        ("bias", numbers(1, WIDTH, &weights.bias.values)),
        ("layer", numbers(WIDTH, 3 * WIDTH, &layer.matrix.values)),
        ("labels", numbers(L, WIDTH, &turned)),
        ("labels.bias", numbers(1, L, &weights.labels_bias.values)),
        ("steps", numbers(1, (L + 1) * L, &weights.steps.values)),
    ];
    for (name, table) in ["peek0", "peek1"].into_iter().zip(&layer.peek) {
        all.push((name, numbers(1, WIDTH, &table.values)));
    }
    for (name, table) in ["gates0", "gates1"].into_iter().zip(&layer.bias) {
        all.push((name, numbers(1, WIDTH, &table.values)));
    }
    all.into_iter().map(|(name, section)| (name.to_owned(), section)).collect()
}

/// Runs some lessons and adds to the gradients; the mean loss of a word is returned.
fn pass<const L: usize>(
    weights: &mut Weights<L>,
    lessons: &[Lesson],
    class: &Class,
    batch: &[usize],
    options: &Options,
    dice: &mut Dice,
) -> f32 {
    let lengths: Vec<usize> = batch.iter().map(|&nth| lessons[nth].labels.len()).collect();
    let tokens: usize = lengths.iter().sum();
    let columns = PLACES * WIDTH;
    let mut silenced = |side: usize, width: usize| {
        let mut values = sentence_mask(&lengths, width, options.states, dice);
        let rows = batch.iter().flat_map(|&nth| {
            let rows = &lessons[nth].example.ground[side];
            (0..rows.len()).map(move |row| rows.row(row))
        });
        for (own, row) in values.chunks_exact_mut(width).zip(rows) {
            own.iter_mut().zip(row).for_each(|(factor, value)| *factor *= value);
        }
        values
    };
    let (states, meanings) = (silenced(0, STATE), silenced(1, MEANING));
    let mut ground = vec![0.0; tokens * columns];
    let matrix = Packed::new(&weights.states.values, STATE, columns);
    kernel::multiply(Left::rows(&states, tokens, STATE), &matrix, &mut ground);
    let mut sums = vec![0.0; tokens * WIDTH];
    let matrix = Packed::new(&weights.meaning.values, MEANING, WIDTH);
    kernel::multiply(Left::rows(&meanings, tokens, MEANING), &matrix, &mut sums);
    for (ground, meant) in ground.chunks_exact_mut(columns).zip(sums.chunks_exact_mut(WIDTH)) {
        add_rows(&mut ground[..WIDTH], meant);
        meant.fill(0.0);
    }
    // By word, the words in its places and the features that are kept.
    let mut kept: Vec<Vec<u32>> = Vec::with_capacity(tokens);
    let mut places: Vec<[Option<usize>; PLACES]> = Vec::with_capacity(tokens);
    let factor = 1.0 / (1.0 - options.features);
    let mut first = 0;
    for (&nth, length) in batch.iter().zip(&lengths) {
        for at in 0..*length {
            let rows = class.rows[nth][at].iter().copied();
            kept.push(rows.filter(|_| dice.unit() >= options.features).collect());
            let within = |word: usize| (word < *length).then_some(first + word);
            places.push(lessons[nth].example.places[at].map(|word| word.and_then(within)));
        }
        first += length;
    }
    for ((sum, kept), places) in sums.chunks_exact_mut(WIDTH).zip(&kept).zip(&places) {
        for &row in kept {
            let row = weights.features.row(row as usize);
            sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value * factor);
        }
        for (place, word) in places.iter().enumerate() {
            if let Some(word) = word {
                add_rows(sum, &ground[(word * PLACES + place) * WIDTH..][..WIDTH]);
            }
        }
    }
    kernel::bias_and_rectify(&mut sums, &weights.bias.values);
    let mask = sentence_mask(&lengths, WIDTH, options.rows, dice);
    let (out, passed) = layer_forth(&weights.layer, HIDDEN, &lengths, &sums, mask);
    let last = sentence_mask(&lengths, WIDTH, options.rows, dice);
    let masked: Vec<f32> = out.iter().zip(&last).map(|(value, factor)| value * factor).collect();
    let mut scores = vec![0.0; tokens * L];
    let matrix = Packed::new(&weights.labels.values, WIDTH, L);
    kernel::multiply(Left::rows(&masked, tokens, WIDTH), &matrix, &mut scores);
    for row in scores.chunks_exact_mut(L) {
        add_rows(row, &weights.labels_bias.values);
    }

    let steps = weights.steps();
    let mut loss = 0.0;
    let weight = 1.0 / tokens as f32;
    let mut first = 0;
    for (&nth, length) in batch.iter().zip(&lengths) {
        let rows = &mut scores[first * L..(first + length) * L];
        loss += chain(&steps, rows, &lessons[nth].labels, weight, &mut weights.steps.gradient);
        first += length;
    }

    // And back.
    add_rows(&mut weights.labels_bias.gradient, &scores);
    let mut back = product_back(&masked, tokens, &mut weights.labels, &scores);
    back.iter_mut().zip(&last).for_each(|(value, factor)| *value *= factor);
    let mut back = layer_back(&mut weights.layer, HIDDEN, &lengths, &sums, &passed, &back);
    rectifier_back(&mut back, &sums);
    add_rows(&mut weights.bias.gradient, &back);
    let mut ground_back = vec![0.0; tokens * columns];
    for ((back, kept), places) in back.chunks_exact(WIDTH).zip(&kept).zip(&places) {
        for &row in kept {
            let row = weights.features.row_gradient(row as usize);
            row.iter_mut().zip(back).for_each(|(sum, value)| *sum += value * factor);
        }
        for (place, word) in places.iter().enumerate() {
            if let Some(word) = word {
                add_rows(&mut ground_back[(word * PLACES + place) * WIDTH..][..WIDTH], back);
            }
        }
    }
    let left = Left::transposed(&states, STATE, STATE);
    let right = Packed::new(&ground_back, tokens, columns);
    kernel::multiply(left, &right, &mut weights.states.gradient);
    let own: Vec<f32> =
        ground_back.chunks_exact(columns).flat_map(|row| row.iter().take(WIDTH).copied()).collect();
    let left = Left::transposed(&meanings, MEANING, MEANING);
    let right = Packed::new(&own, tokens, WIDTH);
    kernel::multiply(left, &right, &mut weights.meaning.gradient);
    loss
}

/// The loss of one sentence's labels as a chain. The scores make way for their gradient.
fn chain<const L: usize>(
    steps: &Steps<L>,
    rows: &mut [f32],
    labels: &[usize],
    weight: f32,
    slopes: &mut [f32],
) -> f32 {
    let scores: Vec<Scores<L>> = rows.as_chunks::<L>().0.to_vec();
    // How likely the right labels of each two neighbours are: the pairs come in order, `L * L` for each two.
    let mut pairs = Vec::with_capacity(labels.len());
    let mut told = 0;
    let shares = shares(&scores, steps, |before, label, share| {
        slopes[before * L + label] += share * weight;
        let at = told / (L * L);
        told += 1;
        if labels[at] == before && labels[at + 1] == label {
            pairs.push(share);
        }
    });
    let mut loss = 0.0;
    for (at, (&label, row)) in labels.iter().zip(rows.chunks_exact_mut(L)).enumerate() {
        row.iter_mut().zip(shares[at]).for_each(|(slope, share)| *slope = share * weight);
        row[label] -= weight;
        let before = at.checked_sub(1);
        slopes[before.map_or(L, |before| labels[before]) * L + label] -= weight;
        let likely = match before {
            Some(before) => pairs[before] / shares[before][labels[before]].max(1e-20),
            None => shares[at][label],
        };
        loss -= likely.max(1e-20).ln() * weight;
    }
    for (slope, share) in slopes[L * L..].iter_mut().zip(shares[0]) {
        *slope += share * weight;
    }
    loss
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use detente_core::Span;
    use detente_parse::kernel::ByteRows;
    use detente_rules::statements::learned::Example;

    use super::*;

    const PLAIN: Options = Options {
        epochs: 30,
        rate: 0.01,
        at_least: 3,
        batch: 8,
        features: 0.0,
        states: 0.0,
        rows: 0.0,
    };

    /// A sentence whose words have one feature each, and states that differ from word to word.
    fn lesson(keys: &[u32], labels: &[usize]) -> Lesson {
        let count = keys.len();
        let signed: Vec<Vec<i8>> = keys
            .iter()
            .map(|&key| (0..40).map(|n| ((key * 7 + n * 5) % 90) as i8).collect())
            .collect();
        let rows = |scale: f32, width: usize| {
            ByteRows::of_signed(signed.iter().map(|row| (row.as_slice(), scale)), width)
        };
        let example = Example {
            spans: (0..count).map(|at| Span::new(at, at + 1)).collect(),
            features: keys.iter().map(|&key| vec![key]).collect(),
            places: (0..count).map(|at| [Some(at), at.checked_sub(1), None]).collect(),
            ground: Arc::new([rows(0.02, STATE), rows(0.01, MEANING)]),
        };
        Lesson { example, labels: labels.to_vec() }
    }

    /// "5" is a cue, and so is "6" behind it, but not elsewhere; "9" stands once.
    fn lessons() -> Vec<Lesson> {
        let mut all = Vec::new();
        for _ in 0..8 {
            all.push(lesson(&[3, 5, 6, 4], &[0, 1, 2, 0]));
            all.push(lesson(&[3, 6, 4], &[0, 0, 0]));
        }
        all.push(lesson(&[9], &[1]));
        all
    }

    fn loss(weights: &mut Weights<3>, lessons: &[Lesson], class: &Class) -> f32 {
        let all: Vec<usize> = (0..lessons.len()).collect();
        pass(weights, lessons, class, &all, &PLAIN, &mut Dice::new(2))
    }

    #[test]
    fn the_gradient_is_the_derivative() {
        let lessons = vec![lesson(&[3, 5, 6, 4], &[0, 1, 2, 0]), lesson(&[5, 6], &[0, 2])];
        let class = Class::new(&lessons, 1);
        let mut weights = Weights::<3>::new(class.keys.len(), &mut Dice::new(1));
        loss(&mut weights, &lessons, &class);
        for number in 0..weights.tables().len() {
            let gradient = weights.tables()[number].gradient.clone();
            let largest = (0..gradient.len())
                .max_by(|&a, &b| gradient[a].abs().total_cmp(&gradient[b].abs()))
                .unwrap();
            let moved = |shift: f32| {
                let mut moved = weights.clone();
                moved.tables()[number].values[largest] += shift;
                loss(&mut moved, &lessons, &class)
            };
            let quotient = (moved(0.003) - moved(-0.003)) / 0.006;
            let gap = (quotient - gradient[largest]).abs();
            assert!(
                gap < 0.001 + 0.03 * quotient.abs(),
                "table {number}: {quotient} is not {}",
                gradient[largest]
            );
        }
    }

    #[test]
    fn a_label_is_learnt_from_its_word_and_from_those_before() {
        let lessons = lessons();
        let class = Class::new(&lessons, PLAIN.at_least);
        assert_eq!(class.keys, [3, 4, 5, 6], "what stands in few lessons is not kept");
        let mut fresh = Weights::<3>::new(class.keys.len(), &mut Dice::new(1));
        let before = loss(&mut fresh, &lessons[..16], &class);
        let after = loss(&mut train(&lessons, &class, &PLAIN), &lessons[..16], &class);
        assert!(before > 0.8 && after < 0.05, "{before} to {after}");
    }

    #[test]
    fn the_same_lessons_give_the_same_weights() {
        let options = Options { epochs: 2, features: 0.4, states: 0.3, rows: 0.3, ..PLAIN };
        let taught = || fit::<3>(&lessons(), &options);
        assert_eq!(taught(), taught());
    }
}

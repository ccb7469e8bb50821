//! A small network over the words of a sentence: states and features → a score for each label.
//!
//! In go for each word the states in which the parser's network left it and two other words, what it means by itself, and a few
//! features as numbers; out come the scores of its labels. All that is known of a word is summed to one row, a layer of simple
//! recurrent units reads the rows in both directions, and one product gives the scores. Only numbers of features are kept: the
//! weights hold no word.

use std::cell::RefCell;

use detente_parse::kernel::{self, ByteRows, Bytes, Cell, sized};
use detente_parse::model::{Archive, ByteTable};

use super::chain::{Scores, Steps};

/// Numbers of a word's row.
pub const WIDTH: usize = 64;

/// Numbers of the parser's state of a word.
pub const STATE: usize = 288;

/// Numbers of what a word means, as the parser's vocabulary has it.
pub const MEANING: usize = 128;

/// Words whose states count for one word, itself among them.
pub const PLACES: usize = 3;

/// Where the features of a word go: into its row, or a list.
pub(crate) trait Sink {
    /// Takes one feature.
    fn add(&mut self, key: u32);
}

impl Sink for Vec<u32> {
    fn add(&mut self, key: u32) {
        self.push(key);
    }
}

/// Weights of one network that tells `L` labels apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Net<const L: usize> {
    /// Numbers of features with the rows of `features`, spread over a table of a power of two; 0 marks an empty place.
    slots: Vec<(u32, u32)>,
    features: ByteTable,
    states: Bytes,
    meaning: Bytes,
    bias: Vec<f32>,
    layer: Bytes,
    peek: [Vec<f32>; 2],
    gates: [Vec<f32>; 2],
    labels: Vec<f32>,
    labels_bias: Vec<f32>,
    steps: Steps<L>,
}

/// Takes the features of one word.
pub(crate) struct Taken<'n> {
    slots: &'n [(u32, u32)],
    rows: &'n mut Vec<u32>,
}

impl Sink for Taken<'_> {
    fn add(&mut self, key: u32) {
        let mut at = place(key, self.slots.len());
        while let Some(&(own, row)) = self.slots.get(at) {
            if own == key {
                self.rows.push(row);
                return;
            }
            if own == 0 {
                return;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// What the states and meanings of a sentence's words give to each [place](PLACES).
pub(crate) struct Ground(Vec<f32>);

impl<const L: usize> Net<L> {
    /// Lays out the weights of that name.
    pub(crate) fn new(archive: &Archive, name: &str) -> Option<Self> {
        let numbers = |part: &str, rows: usize, columns: usize| {
            archive.numbers(&format!("{name}.{part}"), rows, columns).ok()
        };
        let bytes = |part: &str, rows, columns| {
            Some(Bytes::new(numbers(part, rows, columns)?, rows, columns))
        };
        let row = |part: &str, columns| Some(numbers(part, 1, columns)?.to_vec());
        let keys = archive.text(&format!("{name}.keys")).ok()?;
        let features = archive.bytes(&format!("{name}.features"), WIDTH).ok()?.clone();
        // Half of the places stay empty, so that what is not there is soon seen not to be.
        let mut slots = vec![(0, 0); (features.rows() * 2 + 1).next_power_of_two()];
        for (row, key) in keys.lines().take(features.rows()).enumerate() {
            let key = u32::from_str_radix(key, 16).ok().filter(|&key| key != 0)?;
            let mut at = place(key, slots.len());
            while slots[at].0 != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (key, row as u32);
        }
        let mut steps = Steps::default();
        let all = row("steps", (L + 1) * L)?;
        for (step, row) in steps.rows_mut().zip(all.chunks_exact(L)) {
            step.copy_from_slice(row);
        }
        Some(Self {
            slots,
            features,
            states: bytes("states", STATE, PLACES * WIDTH)?,
            meaning: bytes("meaning", MEANING, WIDTH)?,
            bias: row("bias", WIDTH)?,
            layer: bytes("layer", WIDTH, 3 * WIDTH)?,
            peek: [row("peek0", WIDTH)?, row("peek1", WIDTH)?],
            gates: [row("gates0", WIDTH)?, row("gates1", WIDTH)?],
            labels: numbers("labels", L, WIDTH)?.to_vec(),
            labels_bias: row("labels.bias", L)?,
            steps,
        })
    }

    /// Whether there are no weights.
    pub(crate) fn is_empty(&self) -> bool {
        self.bias.is_empty()
    }

    /// Scores of going from one label to the next.
    pub(crate) fn steps(&self) -> &Steps<L> {
        &self.steps
    }

    /// What states give to the places, and meanings to the first; a row of each for each word.
    pub(crate) fn ground(&self, states: &ByteRows, meanings: &ByteRows) -> Ground {
        let count = states.len();
        let mut ground = vec![0.0; count * PLACES * WIDTH];
        states.product(&self.states, &mut ground);
        let mut meant = vec![0.0; count * WIDTH];
        meanings.product(&self.meaning, &mut meant);
        let own = ground.chunks_exact_mut(PLACES * WIDTH).zip(meant.chunks_exact(WIDTH));
        for (sum, meant) in own {
            sum.iter_mut().zip(meant).for_each(|(sum, value)| *sum += value);
        }
        Ground(ground)
    }

    /// The scores of `count` words. `tell` gives the features of a word and names the words in its places.
    pub(crate) fn scores(
        &self,
        ground: &Ground,
        count: usize,
        tell: impl FnMut(usize, &mut Taken<'_>) -> [Option<usize>; PLACES],
    ) -> Vec<Scores<L>> {
        SCRATCH.with_borrow_mut(|scratch| self.scores_with(ground, count, tell, scratch))
    }

    fn scores_with(
        &self,
        ground: &Ground,
        count: usize,
        mut tell: impl FnMut(usize, &mut Taken<'_>) -> [Option<usize>; PLACES],
        scratch: &mut Scratch,
    ) -> Vec<Scores<L>> {
        let Scratch { rows, bytes, projected, out, trace, taken } = scratch;
        let rows = sized(rows, count * WIDTH);
        for (at, sum) in rows.chunks_exact_mut(WIDTH).enumerate() {
            sum.fill(0.0);
            taken.clear();
            let places = tell(at, &mut Taken { slots: &self.slots, rows: taken });
            self.features.add(taken, sum);
            for (place, word) in places.into_iter().enumerate() {
                let Some(word) = word else { continue };
                let from = (word * PLACES + place) * WIDTH;
                let own = ground.0.get(from..from + WIDTH).unwrap_or_default();
                sum.iter_mut().zip(own).for_each(|(sum, value)| *sum += value);
            }
        }
        kernel::bias_and_rectify(rows, &self.bias);
        bytes.fill(rows, count, WIDTH);
        let projected = sized(projected, count * 3 * WIDTH);
        bytes.product(&self.layer, projected);
        let out = sized(out, count * WIDTH);
        let trace = sized(trace, count * 3 * WIDTH / 2);
        for (direction, (peek, bias)) in self.peek.iter().zip(&self.gates).enumerate() {
            kernel::recur(
                (projected, 3 * WIDTH, direction * 3 * WIDTH / 2),
                rows,
                Cell { peek, bias },
                direction == 1,
                (&mut *out, WIDTH, direction * WIDTH / 2),
                &mut *trace,
            );
        }
        out.chunks_exact(WIDTH)
            .map(|row| {
                let mut scores = [0.0; L];
                kernel::dots(&self.labels, row, &mut scores);
                scores.iter_mut().zip(&self.labels_bias).for_each(|(score, bias)| *score += bias);
                scores
            })
            .collect()
    }
}

/// Memory that is used again from sentence to sentence.
#[derive(Default)]
struct Scratch {
    rows: Vec<f32>,
    bytes: ByteRows,
    projected: Vec<f32>,
    out: Vec<f32>,
    trace: Vec<f32>,
    taken: Vec<u32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fn place(key: u32, places: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9).rotate_right(13) as usize) & places.wrapping_sub(1)
}

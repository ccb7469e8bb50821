//! A small network over the words of a sentence: states and features → a score for each label.
//!
//! In go for each word the states in which the parser's network left it and two other words, what it means by itself, and a few
//! features as numbers; out come the scores of its labels. All that is known of a word is summed to one row, a layer of simple
//! recurrent units reads the rows in both directions, and one product gives the scores. Only numbers of features are kept: the
//! weights hold no word.

use std::cell::RefCell;

use detente_parse::kernel::{self, ByteLine, ByteRows, Bytes, Cell, sized};
use detente_parse::model::Archive;

use super::chain::{Scores, Steps};

/// Numbers of a word's row.
pub const WIDTH: usize = ByteLine::WIDTH;

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
    /// Numbers of features with the scales of their rows, spread over a table of a power of two; 0 marks an empty place.
    slots: Vec<(u32, f32)>,
    /// A bit for each feature that there is: most of those that are asked for are none, which is seen here without a look at the slots.
    known: Vec<u64>,
    /// The row of each feature, at the place that it has among the slots: what is looked for is seldom in the processor's cache, and is
    /// found there with two looks.
    lines: Vec<ByteLine>,
    /// By place.
    states: [Bytes; PLACES],
    meaning: Bytes,
    bias: Vec<f32>,
    layer: Bytes,
    peek: [Vec<f32>; 2],
    gates: [Vec<f32>; 2],
    labels: Vec<f32>,
    labels_bias: Vec<f32>,
    steps: Steps<L>,
}

/// Words of sentences, one after another: what a network sees of them before it is asked of each.
#[derive(Default)]
pub(crate) struct Sheet<'a> {
    /// For each word the states of its sentence, and its own among them.
    pub(crate) states: Vec<(&'a ByteRows, usize)>,
    /// For each word which of the kept [meanings](super::meanings) is its own.
    pub(crate) meant: Vec<Option<usize>>,
}

/// The words of a sheet whose states count for a row.
pub(crate) type Places = [Option<usize>; PLACES];

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
        let features = archive.bytes(&format!("{name}.features"), WIDTH).ok()?;
        // Half of the places stay empty, so that what is not there is soon seen not to be.
        let mut slots = vec![(0, 0.0); (features.rows() * 2 + 1).next_power_of_two()];
        let mut lines = vec![ByteLine([0; WIDTH]); slots.len()];
        let mut known = vec![0; slots.len() / 16];
        for (row, key) in keys.lines().take(features.rows()).enumerate() {
            let key = u32::from_str_radix(key, 16).ok().filter(|&key| key != 0)?;
            let mut at = place(key, slots.len());
            while slots[at].0 != 0 && slots[at].0 != key {
                at = (at + 1) & (slots.len() - 1);
            }
            let (values, scale) = features.row(row);
            slots[at] = (key, scale);
            lines[at].0.copy_from_slice(values);
            let (word, bit) = known_at(key, known.len());
            known[word] |= bit;
        }
        let states = numbers("states", STATE, PLACES * WIDTH)?;
        let of_place = |place: usize| {
            let rows = states.chunks_exact(PLACES * WIDTH);
            let own: Vec<f32> =
                rows.flat_map(|row| &row[place * WIDTH..(place + 1) * WIDTH]).copied().collect();
            Bytes::new(&own, STATE, WIDTH)
        };
        let mut steps = Steps::default();
        let all = row("steps", (L + 1) * L)?;
        for (step, row) in steps.rows_mut().zip(all.chunks_exact(L)) {
            step.copy_from_slice(row);
        }
        Some(Self {
            slots,
            known,
            lines,
            states: std::array::from_fn(of_place),
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

    /// What rows of meanings give to a word's row, one behind the other.
    pub(crate) fn means(&self, meanings: &ByteRows, out: &mut [f32]) {
        meanings.product(&self.meaning, out);
    }

    /// The scores of all words of some stretches, each of which is read by itself. Their words follow one another; for each, `places` has
    /// the words of the sheet whose states count for it, `tell` is asked for its features by stretch and word, and `means` holds what
    /// each of the kept meanings gives.
    pub(crate) fn scores(
        &self,
        sheet: &Sheet<'_>,
        means: &[f32],
        lengths: &[usize],
        places: &[Places],
        tell: impl FnMut(usize, usize, &mut Vec<u32>),
    ) -> Vec<Scores<L>> {
        SCRATCH.with_borrow_mut(|scratch| {
            self.sum_features(lengths, places.len(), tell, scratch);
            self.sum_states(sheet, means, places, scratch);
            self.read(lengths, places.len(), scratch)
        })
    }

    /// Makes a row of the features of each word.
    fn sum_features(
        &self,
        lengths: &[usize],
        count: usize,
        mut tell: impl FnMut(usize, usize, &mut Vec<u32>),
        scratch: &mut Scratch,
    ) {
        let Scratch { rows, keys, taken, .. } = scratch;
        let mut sums = sized(rows, count * WIDTH).as_chunks_mut().0.iter_mut();
        for (stretch, &length) in lengths.iter().enumerate() {
            for (at, sum) in (0..length).zip(&mut sums) {
                keys.clear();
                tell(stretch, at, keys);
                self.find(keys, taken);
                sum.fill(0.0);
                kernel::add_lines(sum, &self.lines, taken);
            }
        }
    }

    /// The places and scales of those features that there are.
    fn find(&self, keys: &mut [u32], taken: &mut Vec<(u32, f32)>) {
        // Whether a feature is there, and in which of two slots, cannot be foreseen: nothing is decided but in seldom cases, so that the
        // processor looks for many at once.
        let mut left = 0;
        for at in 0..keys.len() {
            let key = keys[at];
            let (word, bit) = known_at(key, self.known.len());
            keys[left] = key;
            left += usize::from(self.known.get(word).is_some_and(|bits| bits & bit != 0));
        }
        taken.clear();
        taken.resize(left + 1, (0, 0.0));
        let mut found = 0;
        let beyond = self.slots.len().wrapping_sub(1);
        for &key in &keys[..left] {
            let mut at = place(key, self.slots.len());
            let then = (at + 1) & beyond;
            let (one, other) = (self.slots[at], self.slots[then]);
            let (first, second) = (one.0 == key, other.0 == key);
            let (ends, ends_then) = (one.0 == 0, other.0 == 0);
            taken[found] = if first { (at as u32, one.1) } else { (then as u32, other.1) };
            found += usize::from(first | second);
            let decided = first | second | ends | ends_then;
            if !decided {
                at = (at + 2) & beyond;
                while self.slots[at].0 != 0 {
                    if self.slots[at].0 == key {
                        taken[found] = (at as u32, self.slots[at].1);
                        found += 1;
                        break;
                    }
                    at = (at + 1) & beyond;
                }
            }
        }
        taken.truncate(found);
    }

    /// Adds to each row what the states of its places give, and for the first what its word means.
    fn sum_states(
        &self,
        sheet: &Sheet<'_>,
        means: &[f32],
        places: &[Places],
        scratch: &mut Scratch,
    ) {
        let Scratch { rows, bytes, given, asked, of_word, .. } = scratch;
        let rows = &mut rows[..places.len() * WIDTH];
        for (place, matrix) in self.states.iter().enumerate() {
            // Few words are above others, and fewer are a subject: only those that count are multiplied.
            of_word.clear();
            of_word.resize(sheet.states.len(), usize::MAX);
            asked.clear();
            for word in places.iter().filter_map(|places| places[place]) {
                if of_word.get(word) == Some(&usize::MAX) {
                    of_word[word] = asked.len();
                    asked.push(word);
                }
            }
            if asked.is_empty() {
                continue;
            }
            bytes.gather(asked.iter().map(|&word| sheet.states[word]));
            let given = sized(given, asked.len() * WIDTH);
            bytes.product(matrix, given);
            if place == 0 {
                for (&word, sum) in asked.iter().zip(given.chunks_exact_mut(WIDTH)) {
                    let own = sheet.meant[word].and_then(|own| means.get(own * WIDTH..));
                    let own = own.unwrap_or_default();
                    sum.iter_mut().zip(own).for_each(|(sum, value)| *sum += value);
                }
            }
            for (sum, places) in rows.chunks_exact_mut(WIDTH).zip(places) {
                let from = places[place].and_then(|word| of_word.get(word).copied());
                let own = from.and_then(|from| given.get(from * WIDTH..)).unwrap_or_default();
                sum.iter_mut().zip(own).for_each(|(sum, value)| *sum += value);
            }
        }
    }

    /// Reads the rows of each stretch in both directions.
    fn read(&self, lengths: &[usize], count: usize, scratch: &mut Scratch) -> Vec<Scores<L>> {
        let Scratch { rows, bytes, projected, out, last, .. } = scratch;
        let rows = &mut rows[..count * WIDTH];
        kernel::bias_and_rectify(rows, &self.bias);
        bytes.fill(rows, count, WIDTH);
        let projected = sized(projected, count * 3 * WIDTH);
        bytes.product(&self.layer, projected);
        let out = sized(out, count * WIDTH);
        let last = sized(last, 3 * WIDTH / 2);
        let mut first = 0;
        for &length in lengths {
            let here = first..first + length;
            first = here.end;
            for (direction, (peek, bias)) in self.peek.iter().zip(&self.gates).enumerate() {
                kernel::recur(
                    (
                        &projected[here.start * 3 * WIDTH..here.end * 3 * WIDTH],
                        3 * WIDTH,
                        direction * 3 * WIDTH / 2,
                    ),
                    &rows[here.start * WIDTH..here.end * WIDTH],
                    Cell { peek, bias },
                    direction == 1,
                    (&mut out[here.start * WIDTH..here.end * WIDTH], WIDTH, direction * WIDTH / 2),
                    last,
                );
            }
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

/// Memory that is used again from batch to batch.
#[derive(Default)]
struct Scratch {
    rows: Vec<f32>,
    bytes: ByteRows,
    /// What states give to one place.
    given: Vec<f32>,
    /// Words that are asked for at one place, and for each word which of them it is.
    asked: Vec<usize>,
    of_word: Vec<usize>,
    projected: Vec<f32>,
    out: Vec<f32>,
    last: Vec<f32>,
    keys: Vec<u32>,
    taken: Vec<(u32, f32)>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fn place(key: u32, places: usize) -> usize {
    (key.wrapping_mul(0x9e37_79b9).rotate_right(13) as usize) & places.wrapping_sub(1)
}

/// Where the bit of a feature stands in as many words of bits.
fn known_at(key: u32, words: usize) -> (usize, u64) {
    let mixed = key.wrapping_mul(0x85eb_ca6b);
    ((mixed >> 12) as usize & words.wrapping_sub(1), 1 << (mixed >> 6 & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_that_are_there_are_found_in_their_order() {
        let archive = Archive::read(super::super::builtin_bytes()).unwrap();
        let net = Net::<{ super::super::CUE_LABELS }>::new(&archive, "cues").unwrap();
        let there: Vec<(u32, u32, f32)> = (0..)
            .zip(&net.slots)
            .filter(|(_, slot)| slot.0 != 0)
            .map(|(at, &(key, scale))| (key, at, scale))
            .take(5000)
            .collect();
        assert_eq!(there.len(), 5000);
        let is_there = |key: u32| net.slots.iter().any(|slot| slot.0 == key);
        let mut keys = Vec::new();
        for (nth, &(key, ..)) in there.iter().enumerate() {
            keys.push(key);
            let other = (nth as u32).wrapping_mul(0x9e37_79b9) | 1;
            keys.extend((nth % 50 == 0 && !is_there(other)).then_some(other));
        }
        let mut taken = Vec::new();
        net.find(&mut keys, &mut taken);
        let expected: Vec<(u32, f32)> = there.iter().map(|&(_, at, scale)| (at, scale)).collect();
        assert_eq!(taken, expected);
        net.find(&mut [], &mut taken);
        assert_eq!(taken, []);
    }
}

//! Treebanks → the parser's model.
//!
//! In go sentences with their trees, out come the bytes of a model: [`train_parser`] gathers the lists of tags and words,
//! runs the epochs, tells the scores on the development set after each, and returns what `Parser::from_bytes` reads. The
//! same treebanks, vectors, options and seed give the same bytes.

mod checkpoint;
mod examples;
mod lemmas;
pub(crate) mod pass;
pub(crate) mod table;
mod vectors;
pub(crate) mod weights;

use std::path::PathBuf;

use checkpoint::Progress;
use detente_parse::conllu::Block;
use detente_parse::model::{Archive, Section};
use detente_parse::network::{Network, Sizes};

use examples::{Lists, Word};
use pass::{Dropout, Losses};
use table::Dice;
use vectors::Vectors;
use weights::Weights;

/// What is silenced in training.
const DROPOUT: Dropout = Dropout { word: 0.25, vector: 0.05, embed: 0.2, layer: 0.25, role: 0.25 };

/// A longer gradient is shortened to this.
const LARGEST_GRADIENT: f32 = 5.0;

/// How to train.
#[derive(Debug, Clone)]
pub struct TrainOptions {
    /// Passes over the treebanks.
    pub epochs: usize,
    /// Seed of everything random.
    pub seed: u64,
    /// Largest learning rate; it rises in the first half epoch and falls to nothing along a cosine.
    pub rate: f32,
    /// Words in one step.
    pub batch: usize,
    /// How much is silenced in training: a factor of what [`TrainOptions::default`] silences. The more trees, the less of it.
    pub dropout: f32,
    /// Sizes of the network.
    pub sizes: Sizes,
    /// File of word vectors (`tools/word-vectors`), if any.
    pub vectors: Option<PathBuf>,
    /// Where to keep the state after each epoch and to go on from if it is there.
    pub checkpoint: Option<PathBuf>,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            epochs: 24,
            seed: 1,
            rate: 0.003,
            batch: 1000,
            dropout: 1.0,
            sizes: Sizes { embed: 128, hidden: 144, layers: 3, tag_layers: 2, arc: 128, label: 48 },
            vectors: None,
            checkpoint: None,
        }
    }
}

/// Scores on gold tokens, in percent of words; relations without their subtypes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DevScores {
    /// Universal part of speech.
    pub upos: f64,
    /// Penn tag.
    pub xpos: f64,
    /// Head.
    pub uas: f64,
    /// Head and universal relation.
    pub las: f64,
}

/// What [`train_parser`] tells after an epoch.
#[derive(Debug, Clone)]
pub struct EpochReport {
    /// Counted from 1.
    pub epoch: usize,
    /// Mean losses of tags, arcs and relations.
    pub losses: [f32; 3],
    /// Scores on each development set, in order.
    pub dev: Vec<DevScores>,
}

/// Trains a parser on `train`; `dev` is only scored. `report` is called after each epoch.
///
/// # Errors
/// If a file of vectors or a checkpoint is named that cannot be read or written, or `train` holds no usable sentence.
pub fn train_parser(
    train: &[Block],
    dev: &[Vec<Block>],
    options: &TrainOptions,
    mut report: impl FnMut(&EpochReport),
) -> Result<Vec<u8>, String> {
    let vectors = options.vectors.as_deref().map(Vectors::read).transpose()?.unwrap_or_default();
    let lists = Lists::gather(train);
    let examples: Vec<Vec<Word>> =
        train.iter().filter_map(|block| lists.example(block, &vectors)).collect();
    if examples.is_empty() {
        return Err("the treebanks hold no sentence with a tree".into());
    }
    let mut dice = Dice::new(options.seed);
    let mut weights = Weights::new(options.sizes, &lists, &vectors, &mut dice);
    let tokens: usize = examples.iter().map(Vec::len).sum();
    let training = format!(
        "{} words {} {} {} {} {} {}",
        options.sizes.write(),
        tokens,
        options.epochs,
        options.seed,
        options.rate,
        options.batch,
        options.dropout
    );
    let mut progress = Progress::default();
    if let Some(path) = &options.checkpoint {
        progress = checkpoint::read(path, &training, &mut dice, &mut weights)?.unwrap_or_default();
    }
    let schedule = Schedule::new(options, tokens);
    while progress.epoch < options.epochs {
        let dropout = DROPOUT.times(options.dropout);
        let (step, dice) = (&mut progress.step, &mut dice);
        let losses = epoch(&mut weights, &vectors, &examples, &schedule, dropout, step, dice);
        progress.epoch += 1;
        let network =
            Network::new(&weights.export(&lists, &vectors)).map_err(|error| error.to_string())?;
        let dev = dev.iter().map(|blocks| score(&network, blocks)).collect();
        if let Some(path) = &options.checkpoint {
            checkpoint::write(path, &training, progress, dice, &mut weights)?;
        }
        report(&EpochReport { epoch: progress.epoch, losses, dev });
    }
    let mut archive: Archive = weights.export(&lists, &vectors);
    archive.put("lemmas", Section::Text(lemmas::learn(train).write()));
    Ok(archive.write())
}

/// The learning rate from the first step to the last.
struct Schedule {
    rate: f32,
    batch: usize,
    rise: f32,
    steps: f32,
}

impl Schedule {
    fn new(options: &TrainOptions, tokens: usize) -> Self {
        let in_epoch = tokens / options.batch.max(1) + 1;
        let steps = (in_epoch * options.epochs) as f32;
        Self { rate: options.rate, batch: options.batch, rise: (in_epoch / 2).max(1) as f32, steps }
    }

    fn rate(&self, step: i32) -> f32 {
        let done = (step as f32 / self.steps).min(1.0);
        // The cosine is the platform's own; elsewhere its last bit may differ, and with it the model.
        let fall = 0.5 * (1.0 + (std::f32::consts::PI * done).cos());
        self.rate * (step as f32 / self.rise).min(1.0) * fall
    }
}

/// One pass over the examples in a new order; mean losses of tags, arcs and relations.
fn epoch(
    weights: &mut Weights,
    vectors: &Vectors,
    examples: &[Vec<Word>],
    schedule: &Schedule,
    dropout: Dropout,
    step: &mut i32,
    dice: &mut Dice,
) -> [f32; 3] {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    dice.shuffle(&mut order);
    let mut sums = Losses::default();
    let mut steps = 0;
    let mut batch: Vec<&[Word]> = Vec::new();
    let mut size = 0;
    for (place, &index) in order.iter().enumerate() {
        batch.push(&examples[index]);
        size += examples[index].len();
        if size < schedule.batch && place + 1 < order.len() {
            continue;
        }
        *step += 1;
        steps += 1;
        let losses = pass::run(weights, vectors, &batch, dropout, dice);
        weights.step(schedule.rate(*step), *step, LARGEST_GRADIENT);
        sums.tags += losses.tags;
        sums.arcs += losses.arcs;
        sums.labels += losses.labels;
        batch.clear();
        size = 0;
    }
    [sums.tags, sums.arcs, sums.labels].map(|sum| sum / steps as f32)
}

/// The model with its rules for lemmas learnt anew, all else as it is.
///
/// # Errors
/// If the bytes are no model.
pub fn relearn_lemmas(model: &[u8], train: &[Block]) -> Result<Vec<u8>, String> {
    let mut archive = Archive::read(model).map_err(|error| error.to_string())?;
    archive.put("lemmas", Section::Text(lemmas::learn(train).write()));
    Ok(archive.write())
}

/// Scores a network on gold tokens.
fn score(network: &Network, blocks: &[Block]) -> DevScores {
    let sentences: Vec<Vec<&str>> = blocks
        .iter()
        .map(|block| block.rows.iter().map(|row| row.form.as_str()).collect())
        .collect();
    let universal = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
    let (mut words, mut upos, mut xpos, mut uas, mut las) = (0_usize, 0, 0, 0, 0);
    for (block, (readings, _)) in blocks.iter().zip(network.read(&sentences)) {
        for (row, reading) in block.rows.iter().zip(readings) {
            words += 1;
            upos += usize::from(network.uposes[reading.upos] == row.upos);
            xpos += usize::from(network.xposes[reading.xpos] == row.xpos);
            if row.head == Some(reading.head) {
                uas += 1;
                las += usize::from(
                    universal(&network.deprels[reading.deprel]) == universal(&row.deprel),
                );
            }
        }
    }
    let percent = |count: usize| 100.0 * count as f64 / words.max(1) as f64;
    DevScores { upos: percent(upos), xpos: percent(xpos), uas: percent(uas), las: percent(las) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_training_gives_the_same_model_whether_it_was_broken_off_or_not() {
        let sentence = "1\tXi\tXi\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tspoke\tspeak\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
        let blocks = detente_parse::conllu::read(&sentence.repeat(6)).unwrap();
        let mut options = TrainOptions {
            epochs: 4,
            batch: 4,
            sizes: Sizes { embed: 8, hidden: 4, layers: 2, tag_layers: 1, arc: 4, label: 4 },
            ..TrainOptions::default()
        };
        let whole = train_parser(&blocks, &[], &options, |_| {}).unwrap();
        let parser = detente_parse::Parser::from_bytes(&whole).unwrap();
        assert_eq!(parser.parse_blocks(&blocks)[0].tokens[1].lemma, "speak");

        // The checkpoint after two epochs is what a broken-off training leaves.
        let folder = std::env::temp_dir().join(format!("detente-learn-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (path, kept) = (folder.join("state"), folder.join("kept"));
        options.checkpoint = Some(path.clone());
        let keep = |report: &EpochReport| {
            if report.epoch == 2 {
                std::fs::copy(&path, &kept).unwrap();
            }
        };
        assert_eq!(train_parser(&blocks, &[], &options, keep).unwrap(), whole);
        options.checkpoint = Some(kept.clone());
        assert_eq!(
            train_parser(&blocks, &[], &options, |report| assert!(report.epoch > 2)).unwrap(),
            whole
        );
        options.seed = 2;
        assert!(
            train_parser(&blocks, &[], &options, |_| {}).unwrap_err().contains("other options")
        );
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_treebank_without_trees_is_an_error() {
        assert!(train_parser(&[], &[], &TrainOptions::default(), |_| {}).is_err());
    }
}

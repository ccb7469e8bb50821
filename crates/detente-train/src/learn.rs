//! Treebanks → the parser's model.
//!
//! In go sentences with their trees, out come the bytes of a model: [`train_parser`] gathers the lists of tags and words,
//! runs the epochs, tells the scores on the development set after each, and returns what `Parser::from_bytes` reads. The
//! same treebanks, vectors, options and seed give the same bytes.

mod examples;
mod lemmas;
mod pass;
mod table;
mod vectors;
mod weights;

use std::path::PathBuf;

use detente_parse::conllu::Block;
use detente_parse::model::{Archive, Section};
use detente_parse::network::{Network, Sizes};

use examples::{Lists, Word};
use pass::{Dropout, Losses};
use table::Dice;
use vectors::Vectors;
use weights::Weights;

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
            sizes: Sizes { embed: 128, hidden: 176, layers: 4, tag_layers: 2, arc: 160, label: 48 },
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
    let dropout = Dropout { word: 0.25, vector: 0.1, embed: 0.2, layer: 0.3, role: 0.3 };
    let tokens: usize = examples.iter().map(Vec::len).sum();
    let steps_total = (tokens / options.batch + 1) * options.epochs;
    let warm = (steps_total / options.epochs.max(1) / 2).max(1);
    let mut number = 0;
    for epoch in 1..=options.epochs {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        dice.shuffle(&mut order);
        let mut sums = Losses::default();
        let mut steps = 0;
        let mut batch: Vec<&[Word]> = Vec::new();
        let mut size = 0;
        for (place, &index) in order.iter().enumerate() {
            batch.push(&examples[index]);
            size += examples[index].len();
            if size < options.batch && place + 1 < order.len() {
                continue;
            }
            number += 1;
            steps += 1;
            let losses = pass::run(&mut weights, &vectors, &batch, dropout, &mut dice);
            let done = (number as f32 / steps_total as f32).min(1.0);
            let rise = (number as f32 / warm as f32).min(1.0);
            let rate = options.rate * rise * 0.5 * (1.0 + (std::f32::consts::PI * done).cos());
            weights.step(rate, number, 5.0);
            sums.tags += losses.tags;
            sums.arcs += losses.arcs;
            sums.labels += losses.labels;
            batch.clear();
            size = 0;
        }
        let network =
            Network::new(&weights.export(&lists, &vectors)).map_err(|error| error.to_string())?;
        let dev = dev.iter().map(|blocks| score(&network, blocks)).collect();
        let losses = [sums.tags, sums.arcs, sums.labels].map(|sum| sum / steps as f32);
        report(&EpochReport { epoch, losses, dev });
    }
    let mut archive: Archive = weights.export(&lists, &vectors);
    archive.put("lemmas", Section::Text(lemmas::learn(train).write()));
    Ok(archive.write())
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
    let (mut words, mut upos, mut xpos, mut uas, mut las) = (0, 0, 0, 0, 0);
    for (block, readings) in blocks.iter().zip(network.read(&sentences)) {
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

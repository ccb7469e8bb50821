//! Gold attributions → the attribution reader's weights.
//!
//! In go articles in which people have marked who says what, out comes an `AttributionReader`: two chains of labels, one over the words
//! of each sentence for the cues, one over them for each cue for its source and content. Both are fitted by maximum likelihood,
//! in the same order each time, so that the same articles give the same bytes.

use std::collections::{BTreeMap, HashMap};

use detente_core::Span;
use detente_rules::AttributionReader;
use detente_rules::statements::learned::{
    BEGINS, CONTENT, Chain, Example, Features, INSIDE, LABELS, SLOTS, SOURCE, Scores, Steps, WIDTH,
    shares,
};

use crate::attribution::GoldAttribution;

/// How to fit.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Passes over the sentences.
    pub epochs: usize,
    /// Largest step.
    pub rate: f32,
    /// A feature counts that stands in so many sentences.
    pub at_least: usize,
    /// Pull of each weight towards nothing.
    pub decay: f32,
    /// Share of the features of a word that are left out at random, anew each time it is seen: no weight may lean on the others.
    pub dropout: f32,
}

impl Options {
    /// For cues.
    pub const CUES: Self = Self { epochs: 8, rate: 0.03, at_least: 8, decay: 1e-3, dropout: 0.6 };
    /// For sources and contents.
    pub const ROLES: Self = Self { epochs: 8, rate: 0.03, at_least: 8, decay: 1e-3, dropout: 0.5 };
}

/// Probability from which on a word is in a cue.
pub const ENOUGH: f32 = 0.3;

/// The words of a sentence with their right labels.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// Features of each word.
    pub features: Vec<Features>,
    /// Label of each word.
    pub labels: Vec<usize>,
}

/// What articles teach: a lesson for each sentence, and one for each cue.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// Of cues.
    pub cues: Vec<Lesson>,
    /// Of sources and contents.
    pub roles: Vec<Lesson>,
}

/// The bytes of each cue, and the attribution that it is of.
pub fn cues(gold: &[GoldAttribution]) -> (Vec<Span>, Vec<&GoldAttribution>) {
    gold.iter().filter_map(|one| Some((one.cue.iter().copied().reduce(Span::cover)?, one))).unzip()
}

impl Lessons {
    /// Adds what an article teaches, whose examples were made with the cues that [`cues`] gives.
    pub fn add(
        &mut self,
        gold: &[GoldAttribution],
        (of_sentences, of_cues): (Vec<Example>, Vec<(usize, Example)>),
    ) {
        let (cues, owners) = cues(gold);
        for example in of_sentences {
            let labels = cue_labels(&example, &cues);
            self.cues.push(Lesson { features: example.features, labels });
        }
        for (nth, example) in of_cues {
            let Some(owner) = owners.get(nth) else { continue };
            let labels = role_labels(&example, owner);
            self.roles.push(Lesson { features: example.features, labels });
        }
    }

    /// The reader that has learnt all of it.
    pub fn teach(&self) -> AttributionReader {
        let (cues, roles): (Vec<&Lesson>, Vec<&Lesson>) =
            (self.cues.iter().collect(), self.roles.iter().collect());
        let (cues, roles) = std::thread::scope(|scope| {
            let roles = scope.spawn(|| fit(&roles, &Options::ROLES));
            (fit(&cues, &Options::CUES), roles.join().unwrap_or_default())
        });
        AttributionReader::new(cues, roles, ENOUGH)
    }
}

fn cue_labels(example: &Example, cues: &[Span]) -> Vec<usize> {
    let mut labels = vec![0; example.spans.len()];
    for cue in cues {
        let mut label = BEGINS;
        for (own, _) in
            labels.iter_mut().zip(&example.spans).filter(|(_, span)| span.overlaps(*cue))
        {
            *own = label;
            label = INSIDE;
        }
    }
    labels
}

fn role_labels(example: &Example, gold: &GoldAttribution) -> Vec<usize> {
    let in_any = |span: Span, list: &[Span]| list.iter().any(|other| other.overlaps(span));
    let label = |&span: &Span| {
        if in_any(span, &gold.source) {
            SOURCE
        } else if in_any(span, &gold.content) {
            CONTENT
        } else {
            0
        }
    };
    example.spans.iter().map(label).collect()
}

/// Rows of weights in training.
struct Weights {
    rows: Vec<Scores>,
    steps: Steps,
    meaning: Vec<f32>,
}

impl Weights {
    fn new(rows: usize) -> Self {
        Self {
            rows: vec![[0.0; LABELS]; rows],
            steps: Steps::default(),
            meaning: vec![0.0; LABELS * SLOTS * WIDTH],
        }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut f32> {
        let rows = self.rows.iter_mut().flatten();
        rows.chain(self.steps.iter_mut().flatten()).chain(&mut self.meaning)
    }
}

/// The same chances each time.
struct Dice(u64);

impl Dice {
    /// A number from 0 up to, but not, 1.
    fn roll(&mut self) -> f32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }
}

/// Fits one chain.
pub fn fit(lessons: &[&Lesson], options: &Options) -> Chain {
    let keys = counting_keys(lessons, options.at_least);
    let place: HashMap<u32, u32> =
        keys.iter().enumerate().map(|(at, &key)| (key, at as u32)).collect();
    let rows: Vec<Vec<Vec<u32>>> = lessons
        .iter()
        .map(|lesson| {
            let of = |f: &Features| f.keys.iter().filter_map(|k| place.get(k).copied()).collect();
            lesson.features.iter().map(of).collect()
        })
        .collect();
    let mut weights = Weights::new(keys.len());
    let mut seen = Weights::new(keys.len());
    let mut mean = Weights::new(keys.len());
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut dice = Dice(1);
    let averaged = options.epochs.div_ceil(2);
    for epoch in 0..options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (dice.roll() * (at + 1) as f32) as usize);
        }
        for &nth in &order {
            if let (Some(lesson), Some(rows)) = (lessons.get(nth), rows.get(nth)) {
                let rows: Vec<Vec<u32>> = rows
                    .iter()
                    .map(|rows| {
                        rows.iter().copied().filter(|_| dice.roll() >= options.dropout).collect()
                    })
                    .collect();
                step(lesson, &rows, &mut weights, &mut seen, options);
            }
        }
        if epoch + averaged >= options.epochs {
            let share = 1.0 / averaged as f32;
            for (sum, own) in mean.all().zip(weights.all()) {
                *sum += *own * share;
            }
        }
    }
    // In use all features are there.
    mean.rows.iter_mut().flatten().for_each(|weight| *weight *= 1.0 - options.dropout);
    let learnt: BTreeMap<u32, Scores> = keys.into_iter().zip(mean.rows).collect();
    Chain::new(&learnt, &mean.meaning, mean.steps)
}

/// The features that stand in enough sentences, ascending.
fn counting_keys(lessons: &[&Lesson], at_least: usize) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for lesson in lessons {
        let mut own: Vec<u32> =
            lesson.features.iter().flat_map(|f| f.keys.iter().copied()).collect();
        own.sort_unstable();
        own.dedup();
        all.extend(own);
    }
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|run| run.len() >= at_least).map(|run| run[0]).collect()
}

/// One step up the likelihood of a lesson's labels.
fn step(
    lesson: &Lesson,
    rows: &[Vec<u32>],
    weights: &mut Weights,
    seen: &mut Weights,
    options: &Options,
) {
    if lesson.labels.is_empty() {
        return;
    }
    let scores: Vec<Scores> = rows
        .iter()
        .zip(&lesson.features)
        .map(|(rows, features)| {
            let mut scores = Scores::default();
            for &row in rows {
                for (score, weight) in scores.iter_mut().zip(weights.rows[row as usize]) {
                    *score += weight;
                }
            }
            if !features.meaning.is_empty() {
                for (score, own) in
                    scores.iter_mut().zip(weights.meaning.chunks_exact(SLOTS * WIDTH))
                {
                    *score += own.iter().zip(&features.meaning).map(|(a, b)| a * b).sum::<f32>();
                }
            }
            scores
        })
        .collect();
    let mut slopes = Steps::default();
    let shares = shares(&scores, &weights.steps, |before, label, share| {
        slopes[before][label] += share;
    });
    for (label, share) in shares[0].iter().enumerate() {
        slopes[LABELS][label] += share;
    }
    for (at, &label) in lesson.labels.iter().enumerate() {
        let before = if at == 0 { LABELS } else { lesson.labels[at - 1] };
        slopes[before][label] -= 1.0;
    }
    let go = |weight: &mut f32, seen: &mut f32, slope: f32| {
        let slope = slope + options.decay * *weight;
        *seen += slope * slope;
        *weight -= options.rate * slope / (seen.sqrt() + 1e-6);
    };
    for (at, (rows, &right)) in rows.iter().zip(&lesson.labels).enumerate() {
        let mut slope = shares[at];
        slope[right] -= 1.0;
        // What is as good as learnt moves nothing.
        if slope.iter().all(|s| s.abs() < 1e-3) {
            continue;
        }
        for &row in rows {
            let own = weights.rows[row as usize].iter_mut().zip(&mut seen.rows[row as usize]);
            for ((weight, seen), slope) in own.zip(slope) {
                go(weight, seen, slope);
            }
        }
        let meaning = &lesson.features[at].meaning;
        for (label, slope) in slope.into_iter().enumerate().filter(|_| !meaning.is_empty()) {
            for (nth, number) in meaning.iter().enumerate() {
                let place = label * SLOTS * WIDTH + nth;
                go(&mut weights.meaning[place], &mut seen.meaning[place], slope * number);
            }
        }
    }
    for (before, row) in slopes.iter().enumerate() {
        for (label, &slope) in row.iter().enumerate() {
            go(&mut weights.steps[before][label], &mut seen.steps[before][label], slope);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(keys: &[u32]) -> Features {
        Features { keys: keys.to_vec(), meaning: Vec::new() }
    }

    /// "5" is a cue, and so is "6" behind it, but not elsewhere; "9" stands once.
    fn lessons() -> Vec<Lesson> {
        let lesson = |keys: &[u32], labels: &[usize]| Lesson {
            features: keys.iter().map(|&key| features(&[key])).collect(),
            labels: labels.to_vec(),
        };
        let mut all: Vec<Lesson> = Vec::new();
        for _ in 0..30 {
            all.push(lesson(&[3, 5, 6, 4], &[0, BEGINS, INSIDE, 0]));
            all.push(lesson(&[3, 6, 4], &[0, 0, 0]));
        }
        all.push(lesson(&[9], &[BEGINS]));
        all
    }

    const QUICK: Options = Options { epochs: 8, rate: 0.3, at_least: 3, decay: 0.0, dropout: 0.2 };

    fn taught() -> Chain {
        fit(&lessons().iter().collect::<Vec<_>>(), &QUICK)
    }

    #[test]
    fn a_label_is_learnt_from_its_word_and_from_the_one_before() {
        let chain = taught();
        let labels = |keys: &[u32]| {
            let scores: Vec<Scores> = keys.iter().map(|&k| chain.scores(&features(&[k]))).collect();
            detente_rules::statements::learned::likeliest(&scores, chain.steps())
        };
        assert_eq!(labels(&[3, 5, 6, 4]), [0, BEGINS, INSIDE, 0]);
        assert_eq!(labels(&[4, 6, 3]), [0, 0, 0]);
    }

    #[test]
    fn what_stands_in_few_sentences_is_not_kept() {
        let chain = taught();
        assert!(chain.weight(5, BEGINS) > 0.0);
        assert!(chain.weight(9, BEGINS).abs() < f32::EPSILON);
    }

    #[test]
    fn the_same_lessons_give_the_same_bytes() {
        let bytes = || AttributionReader::new(taught(), taught(), ENOUGH).to_bytes();
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn words_are_labelled_by_the_attribution_that_they_are_of() {
        // "Ann said yes", and nothing else.
        let spans = vec![Span::new(0, 3), Span::new(4, 8), Span::new(9, 12), Span::new(12, 13)];
        let example =
            || Example { spans: spans.clone(), features: vec![Features::default(); spans.len()] };
        let gold = vec![GoldAttribution {
            source: vec![spans[0]],
            cue: vec![spans[1]],
            content: vec![spans[2]],
        }];
        let mut lessons = Lessons::default();
        lessons.add(&gold, (vec![example()], vec![(0, example())]));
        assert_eq!(lessons.cues[0].labels, [0, BEGINS, 0, 0]);
        assert_eq!(lessons.roles[0].labels, [SOURCE, 0, CONTENT, 0]);
    }
}

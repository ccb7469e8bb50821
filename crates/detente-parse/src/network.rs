//! Words → tags and a tree: the network at work.
//!
//! In go the forms of sentences, out come for each word its tags, its head and its relation. Each form is looked
//! up (its vocabulary row and the rows of its affixes are summed), each word is joined with its neighbours, layers of
//! simple recurrent units read the sentence in both directions, and two small products score each pair of words as
//! dependent and head (Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing", ICLR 2017).
//! `Xi spoke` gives `PROPN NNP`, head 2, `nsubj` and `VERB VBD`, head 0, `root`.

use std::collections::HashMap;

use crate::features::{self, HASHED};
use crate::kernel::{self, Cell, Left, Packed};
use crate::model::{Archive, ByteTable, ModelError};
use crate::tree;

/// Sizes of the network's parts, in numbers a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Of a word's embedding.
    pub embed: usize,
    /// Of the state of one direction of a layer.
    pub hidden: usize,
    /// Layers of recurrent units.
    pub layers: usize,
    /// Layers below the tags.
    pub tag_layers: usize,
    /// Of a word as dependent or as head when arcs are scored.
    pub arc: usize,
    /// Of a word as dependent or as head when relations are scored.
    pub label: usize,
}

impl Sizes {
    /// Of a word's state between the layers.
    pub fn state(&self) -> usize {
        2 * self.hidden
    }

    /// Of what is made of a word for scoring: as dependent and head of arcs, as dependent and head of relations.
    pub fn roles(&self) -> usize {
        2 * self.arc + 2 * self.label
    }

    /// As the model's file has it.
    pub fn write(&self) -> String {
        let Sizes { embed, hidden, layers, tag_layers, arc, label } = self;
        format!("{embed} {hidden} {layers} {tag_layers} {arc} {label}")
    }

    /// Reads what [`Sizes::write`] wrote.
    ///
    /// # Errors
    /// If it is something else.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        let numbers: Vec<usize> = text.split(' ').filter_map(|field| field.parse().ok()).collect();
        match *numbers.as_slice() {
            [embed, hidden, layers, tag_layers, arc, label]
                if tag_layers <= layers
                    && [embed, hidden, arc, label].iter().all(|&n| (1..=4096).contains(&n)) =>
            {
                Ok(Self { embed, hidden, layers, tag_layers, arc, label })
            }
            _ => Err(ModelError::new(format!("its sizes are \"{text}\""))),
        }
    }
}

/// What the network says of one word; tags and relation as numbers in the model's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Universal part of speech.
    pub upos: usize,
    /// Penn tag.
    pub xpos: usize,
    /// 0 for the root, `j` for the word `j - 1`.
    pub head: usize,
    /// Relation to the head.
    pub deprel: usize,
}

#[derive(Debug, Clone)]
struct Layer {
    matrix: Packed,
    peek: [Vec<f32>; 2],
    bias: [Vec<f32>; 2],
}

/// The weights, laid out for use.
#[derive(Debug, Clone)]
pub struct Network {
    sizes: Sizes,
    vocabulary: HashMap<Box<str>, u32>,
    words: ByteTable,
    affixes: ByteTable,
    join: Packed,
    join_bias: Vec<f32>,
    layers: Vec<Layer>,
    tags: Packed,
    tags_bias: Vec<f32>,
    roles: Packed,
    roles_bias: Vec<f32>,
    root: Vec<f32>,
    arc: Packed,
    label: Packed,
    /// Universal tags, Penn tags, relations.
    pub uposes: Vec<String>,
    /// Penn tags.
    pub xposes: Vec<String>,
    /// Relations with their subtypes.
    pub deprels: Vec<String>,
    root_deprel: usize,
}

/// Tokens that are read at once; a longer sentence is read alone.
const BATCH: usize = 1024;

impl Network {
    /// Lays out the weights of a model.
    ///
    /// # Errors
    /// If a part is missing or of another size.
    pub fn new(archive: &Archive) -> Result<Self, ModelError> {
        let sizes = Sizes::read(archive.text("sizes")?)?;
        let list = |name: &str| -> Result<Vec<String>, ModelError> {
            Ok(archive.text(name)?.lines().map(str::to_owned).collect())
        };
        let (uposes, xposes, deprels) = (list("uposes")?, list("xposes")?, list("deprels")?);
        let vocabulary: HashMap<Box<str>, u32> = archive
            .text("vocabulary")?
            .lines()
            .zip(1..)
            .map(|(word, row)| (word.into(), row))
            .collect();
        let Sizes { embed, hidden, arc, label, .. } = sizes;
        let (state, roles) = (sizes.state(), sizes.roles());
        let packed = |name: &str, rows: usize, columns: usize| -> Result<Packed, ModelError> {
            Ok(Packed::new(archive.numbers(name, rows, columns)?, rows, columns))
        };
        let row = |name: &str, columns: usize| -> Result<Vec<f32>, ModelError> {
            Ok(archive.numbers(name, 1, columns)?.to_vec())
        };
        let layers = (0..sizes.layers)
            .map(|n| {
                Ok(Layer {
                    matrix: packed(&format!("layer{n}"), state, 6 * hidden)?,
                    peek: [
                        row(&format!("layer{n}.peek0"), state)?,
                        row(&format!("layer{n}.peek1"), state)?,
                    ],
                    bias: [
                        row(&format!("layer{n}.bias0"), state)?,
                        row(&format!("layer{n}.bias1"), state)?,
                    ],
                })
            })
            .collect::<Result<Vec<_>, ModelError>>()?;
        let tags = uposes.len() + xposes.len();
        let root_deprel = deprels
            .iter()
            .position(|name| name == "root")
            .ok_or_else(|| ModelError::new("it has no relation \"root\""))?;
        if uposes.is_empty() || xposes.is_empty() || deprels.len() < 2 {
            return Err(ModelError::new("its lists of tags and relations are too short"));
        }
        Ok(Self {
            sizes,
            vocabulary,
            words: archive.bytes("words", embed)?.clone(),
            affixes: archive.bytes("affixes", embed)?.clone(),
            join: packed("join", 3 * embed, state)?,
            join_bias: row("join.bias", state)?,
            layers,
            tags: packed("tags", state, tags)?,
            tags_bias: row("tags.bias", tags)?,
            roles: packed("roles", state, roles)?,
            roles_bias: row("roles.bias", roles)?,
            root: row("root", arc + label)?,
            arc: packed("arc", arc, arc)?,
            label: packed("label", label, deprels.len() * label)?,
            uposes,
            xposes,
            deprels,
            root_deprel,
        })
    }

    /// Reads sentences; each gets the same answer whatever the others are.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Reading>> {
        let mut out = Vec::with_capacity(sentences.len());
        let mut rest = sentences;
        while !rest.is_empty() {
            let mut tokens = 0;
            let mut taken = 0;
            while taken < rest.len() && (taken == 0 || tokens + rest[taken].len() <= BATCH) {
                tokens += rest[taken].len();
                taken += 1;
            }
            let (batch, after) = rest.split_at(taken);
            self.read_batch(batch, tokens, &mut out);
            rest = after;
        }
        out
    }

    fn read_batch(&self, sentences: &[Vec<&str>], tokens: usize, out: &mut Vec<Vec<Reading>>) {
        let (hidden, state_size) = (self.sizes.hidden, self.sizes.state());
        let mut state = self.join(sentences, tokens);
        let mut tag_scores = vec![0.0; tokens * self.tags.columns()];
        let mut next = vec![0.0; tokens * state_size];
        let mut projected = vec![0.0; tokens * 6 * hidden];
        let mut trace = Vec::new();
        for (number, layer) in self.layers.iter().enumerate() {
            if number == self.sizes.tag_layers {
                kernel::multiply(
                    Left::rows(&state, tokens, state_size),
                    &self.tags,
                    &mut tag_scores,
                );
            }
            projected.fill(0.0);
            kernel::multiply(Left::rows(&state, tokens, state_size), &layer.matrix, &mut projected);
            let mut first = 0;
            for sentence in sentences {
                let length = sentence.len();
                let rows = first * state_size..(first + length) * state_size;
                let gates = &projected[first * 6 * hidden..(first + length) * 6 * hidden];
                trace.resize(trace.len().max(length * 3 * hidden), 0.0);
                for direction in 0..2 {
                    let cell = Cell { peek: &layer.peek[direction], bias: &layer.bias[direction] };
                    kernel::recur(
                        (gates, 6 * hidden, direction * 3 * hidden),
                        &state[rows.clone()],
                        cell,
                        direction == 1,
                        (&mut next[rows.clone()], state_size, direction * hidden),
                        &mut trace,
                    );
                }
                first += length;
            }
            std::mem::swap(&mut state, &mut next);
        }
        if self.sizes.tag_layers == self.layers.len() {
            kernel::multiply(Left::rows(&state, tokens, state_size), &self.tags, &mut tag_scores);
        }
        let mut roles = vec![0.0; tokens * self.sizes.roles()];
        kernel::multiply(Left::rows(&state, tokens, state_size), &self.roles, &mut roles);
        kernel::bias_and_rectify(&mut roles, &self.roles_bias);
        let mut first = 0;
        for sentence in sentences {
            let length = sentence.len();
            let mut readings = self.attach(&roles[first * self.sizes.roles()..], length);
            let scores = tag_scores.chunks_exact(self.tags.columns()).skip(first);
            for (reading, scores) in readings.iter_mut().zip(scores) {
                let scores = scores.iter().zip(&self.tags_bias).map(|(score, bias)| score + bias);
                let split = self.uposes.len();
                reading.upos = largest(scores.clone().take(split));
                reading.xpos = largest(scores.skip(split));
            }
            out.push(readings);
            first += length;
        }
    }

    /// Embeds the words of sentences and joins each with its neighbours.
    fn join(&self, sentences: &[Vec<&str>], tokens: usize) -> Vec<f32> {
        let embed = self.sizes.embed;
        let width = 3 * embed;
        let mut joined = vec![0.0; tokens * width];
        let mut word = vec![0.0; embed];
        let mut first = 0;
        for sentence in sentences {
            let rows = &mut joined[first * width..(first + sentence.len()) * width];
            for (index, form) in sentence.iter().enumerate() {
                self.embed(form, &mut word);
                rows[index * width + embed..][..embed].copy_from_slice(&word);
                if index > 0 {
                    rows[(index - 1) * width + 2 * embed..][..embed].copy_from_slice(&word);
                }
                if index + 1 < sentence.len() {
                    rows[(index + 1) * width..][..embed].copy_from_slice(&word);
                }
            }
            first += sentence.len();
        }
        let mut state = vec![0.0; tokens * self.sizes.state()];
        kernel::multiply(Left::rows(&joined, tokens, width), &self.join, &mut state);
        kernel::bias_and_rectify(&mut state, &self.join_bias);
        state
    }

    fn embed(&self, form: &str, out: &mut [f32]) {
        let normal = features::normalise(form);
        let row = self.vocabulary.get(normal.as_str()).copied().unwrap_or(0);
        out.fill(0.0);
        let (values, scale) = self.words.row(row as usize);
        kernel::add_bytes(out, values, scale);
        let rows: [u32; HASHED] = features::hashed(form, &normal);
        for row in rows {
            let (values, scale) = self.affixes.row(row as usize);
            kernel::add_bytes(out, values, scale);
        }
    }

    /// Heads and relations of one sentence from its words' roles.
    fn attach(&self, roles: &[f32], words: usize) -> Vec<Reading> {
        let Sizes { arc, label, .. } = self.sizes;
        let width = self.sizes.roles();
        let part = |word: usize, from: usize, size: usize| &roles[word * width + from..][..size];
        let mut heads = Vec::with_capacity((words + 1) * arc);
        heads.extend_from_slice(&self.root[..arc]);
        let mut dependents = Vec::with_capacity(words * arc);
        let mut labels = Vec::with_capacity(words * label);
        for word in 0..words {
            dependents.extend_from_slice(part(word, 0, arc));
            heads.extend_from_slice(part(word, arc, arc));
            labels.extend_from_slice(part(word, 2 * arc, label));
        }
        // The first number of each is held at one, which gives the products their linear terms.
        for row in dependents.chunks_exact_mut(arc).chain(heads.chunks_exact_mut(arc)) {
            row[0] = 1.0;
        }
        for row in labels.chunks_exact_mut(label) {
            row[0] = 1.0;
        }
        let mut turned = vec![0.0; words * arc];
        kernel::multiply(Left::rows(&dependents, words, arc), &self.arc, &mut turned);
        let mut scores = vec![0.0; words * (words + 1)];
        let heads = Packed::transposed(&heads, arc, words + 1);
        kernel::multiply(Left::rows(&turned, words, arc), &heads, &mut scores);
        let tree = tree::best(&scores, words);

        let relations = self.deprels.len();
        let mut products = vec![0.0; words * relations * label];
        kernel::multiply(Left::rows(&labels, words, label), &self.label, &mut products);
        let mut head_label = vec![0.0; label];
        tree.iter()
            .zip(products.chunks_exact(relations * label))
            .map(|(&head, products)| {
                head_label.copy_from_slice(match head {
                    0 => &self.root[arc..],
                    _ => part(head - 1, 2 * arc + label, label),
                });
                head_label[0] = 1.0;
                let deprel = if head == 0 {
                    self.root_deprel
                } else {
                    largest(products.chunks_exact(label).enumerate().map(|(relation, product)| {
                        if relation == self.root_deprel {
                            return f32::NEG_INFINITY;
                        }
                        kernel::dot(product, &head_label)
                    }))
                };
                Reading { head, deprel, ..Reading::default() }
            })
            .collect()
    }
}

/// Index of the first of the largest scores, or 0 of none.
fn largest(scores: impl Iterator<Item = f32>) -> usize {
    let mut top = f32::NEG_INFINITY;
    let mut at = 0;
    for (index, score) in scores.enumerate() {
        if score > top {
            top = score;
            at = index;
        }
    }
    at
}

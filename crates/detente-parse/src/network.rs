//! Words → tags and a tree: the network at work.
//!
//! In go the forms of sentences, out come for each word its tags, its head and its relation. Each form is looked
//! up (its vocabulary row and the rows of its affixes are summed), each word is joined with its neighbours, layers of
//! simple recurrent units read the sentence in both directions, and two small products score each pair of words as
//! dependent and head (Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing", ICLR 2017).
//! `Xi spoke` gives `PROPN NNP`, head 2, `nsubj` and `VERB VBD`, head 0, `root`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::RandomState;

use crate::features::{self, HASHED};
use crate::kernel::{self, ByteRows, Bytes, Cell, Left, Packed, sized};
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
    matrix: Bytes,
    peek: [Vec<f32>; 2],
    bias: [Vec<f32>; 2],
}

/// The weights, laid out for use.
#[derive(Debug, Clone)]
pub struct Network {
    /// Tells its words' embeddings from those of another network that was read in this thread.
    number: u64,
    sizes: Sizes,
    vocabulary: HashMap<Box<str>, u32, RandomState>,
    words: ByteTable,
    affixes: ByteTable,
    /// The matrices for a word before, itself and the word after, side by side.
    join: Bytes,
    join_bias: Vec<f32>,
    layers: Vec<Layer>,
    tags: Bytes,
    tags_bias: Vec<f32>,
    roles: Bytes,
    roles_bias: Vec<f32>,
    root: Vec<f32>,
    arc: Bytes,
    /// What a head makes of a dependent, for each relation: turned so that one product of a head serves all that hang on it. Relations
    /// stand side by side, those of each number of a dependent.
    label: Bytes,
    /// Universal tags, Penn tags, relations.
    pub uposes: Vec<String>,
    /// Penn tags.
    pub xposes: Vec<String>,
    /// Relations with their subtypes.
    pub deprels: Vec<String>,
    root_deprel: usize,
}

/// Tokens that are read at once, so that what lies between the layers stays in the processor's cache; a longer sentence
/// is read alone.
const BATCH: usize = 320;

/// Heads whose dependents' relations are scored at once: a multiple of the rows that the kernel takes, and what they make stays in the cache.
const RELATED: usize = 24;

/// Networks that were laid out so far.
static NETWORKS: AtomicU64 = AtomicU64::new(1);

/// Forms of which a thread keeps what their embeddings bring: most words of a text are among the last few thousand different ones.
const KEPT: usize = 4096;

/// What forms bring to the words that they stand before, are and stand after: products of their embeddings with the three matrices of
/// the join.
#[derive(Default)]
struct Embedded {
    network: u64,
    numbers: HashMap<Box<str>, usize, RandomState>,
    products: Vec<f32>,
}

/// Memory that is used again from batch to batch.
#[derive(Default)]
struct Scratch {
    embedded: Embedded,
    joined: Vec<f32>,
    state: Vec<f32>,
    next: Vec<f32>,
    projected: Vec<f32>,
    last: Vec<f32>,
    tags: Vec<f32>,
    roles: Vec<f32>,
    heads: Vec<f32>,
    labels: Vec<f32>,
    dependents: Vec<f32>,
    turned: Vec<f32>,
    /// Stands for the neighbour that the first and the last word lack.
    nothing: Vec<f32>,
    /// For each word of a batch the number of its form among those that are kept.
    numbers: Vec<usize>,
    scores: Vec<f32>,
    products: Vec<f32>,
    packed: Packed,
    bytes: ByteRows,
}

thread_local! {
    /// Each thread keeps its own from document to document: what is freshly asked of the system is cleared by it first.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

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
        let vocabulary = archive
            .text("vocabulary")?
            .lines()
            .zip(1..)
            .map(|(word, row)| (word.into(), row))
            .collect();
        let Sizes { embed, hidden, arc, label, .. } = sizes;
        let (state, roles) = (sizes.state(), sizes.roles());
        let bytes = |name: &str, rows: usize, columns: usize| -> Result<Bytes, ModelError> {
            Ok(Bytes::new(archive.numbers(name, rows, columns)?, rows, columns))
        };
        let row = |name: &str, columns: usize| -> Result<Vec<f32>, ModelError> {
            Ok(archive.numbers(name, 1, columns)?.to_vec())
        };
        let layers = (0..sizes.layers)
            .map(|n| {
                Ok(Layer {
                    matrix: bytes(&format!("layer{n}"), state, 6 * hidden)?,
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
        let below = archive.numbers("join", 3 * embed, state)?;
        let mut join = Vec::with_capacity(below.len());
        for row in 0..embed {
            for place in 0..3 {
                join.extend_from_slice(&below[(place * embed + row) * state..][..state]);
            }
        }
        let relations = deprels.len();
        let given = archive.numbers("label", label, relations * label)?;
        let mut turned = Vec::with_capacity(given.len());
        for head in 0..label {
            turned.extend(given.iter().skip(head).step_by(label));
        }
        let tags = uposes.len() + xposes.len();
        let root_deprel = deprels
            .iter()
            .position(|name| name == "root")
            .ok_or_else(|| ModelError::new("it has no relation \"root\""))?;
        if uposes.is_empty() || xposes.is_empty() || deprels.len() < 2 {
            return Err(ModelError::new("its lists of tags and relations are too short"));
        }
        Ok(Self {
            number: NETWORKS.fetch_add(1, Ordering::Relaxed),
            sizes,
            vocabulary,
            words: archive.bytes("words", embed)?.clone(),
            affixes: archive.bytes("affixes", embed)?.clone(),
            join: Bytes::new(&join, embed, 3 * state),
            join_bias: row("join.bias", state)?,
            layers,
            tags: bytes("tags", state, tags)?,
            tags_bias: row("tags.bias", tags)?,
            roles: bytes("roles", state, roles)?,
            roles_bias: row("roles.bias", roles)?,
            root: row("root", arc + label)?,
            arc: bytes("arc", arc, arc)?,
            label: Bytes::new(&turned, label, relations * label),
            uposes,
            xposes,
            deprels,
            root_deprel,
        })
    }

    /// Tells what was made by this network from what was made by another.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Reads sentences; each gets the same answer whatever the others are: the readings of its words, and their states in the last
    /// layer.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<(Vec<Reading>, ByteRows)> {
        SCRATCH.with_borrow_mut(|scratch| self.read_with(sentences, scratch))
    }

    fn read_with(
        &self,
        sentences: &[Vec<&str>],
        scratch: &mut Scratch,
    ) -> Vec<(Vec<Reading>, ByteRows)> {
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
            self.read_batch(batch, tokens, scratch, &mut out);
            rest = after;
        }
        out
    }

    fn read_batch(
        &self,
        sentences: &[Vec<&str>],
        tokens: usize,
        scratch: &mut Scratch,
        out: &mut Vec<(Vec<Reading>, ByteRows)>,
    ) {
        let (hidden, width) = (self.sizes.hidden, self.sizes.state());
        self.join(sentences, tokens, scratch);
        let tag_count = self.tags.columns();
        for (number, layer) in self.layers.iter().enumerate() {
            let state = &scratch.state[..tokens * width];
            scratch.bytes.fill(state, tokens, width);
            if number == self.sizes.tag_layers {
                scratch.bytes.product(&self.tags, sized(&mut scratch.tags, tokens * tag_count));
            }
            let next = sized(&mut scratch.next, tokens * width);
            let projected = sized(&mut scratch.projected, tokens * 6 * hidden);
            scratch.bytes.product(&layer.matrix, projected);
            let last = sized(&mut scratch.last, 3 * hidden);
            let mut first = 0;
            for sentence in sentences {
                let length = sentence.len();
                let rows = first * width..(first + length) * width;
                let gates = &projected[first * 6 * hidden..(first + length) * 6 * hidden];
                for direction in 0..2 {
                    let cell = Cell { peek: &layer.peek[direction], bias: &layer.bias[direction] };
                    kernel::recur(
                        (gates, 6 * hidden, direction * 3 * hidden),
                        &state[rows.clone()],
                        cell,
                        direction == 1,
                        (&mut next[rows.clone()], width, direction * hidden),
                        last,
                    );
                }
                first += length;
            }
            std::mem::swap(&mut scratch.state, &mut scratch.next);
        }
        scratch.bytes.fill(&scratch.state[..tokens * width], tokens, width);
        if self.sizes.tag_layers == self.layers.len() {
            scratch.bytes.product(&self.tags, sized(&mut scratch.tags, tokens * tag_count));
        }
        let role_count = self.sizes.roles();
        let roles = sized(&mut scratch.roles, tokens * role_count);
        scratch.bytes.product(&self.roles, roles);
        kernel::bias_and_rectify(roles, &self.roles_bias);
        let Sizes { arc, label, .. } = self.sizes;
        for role in roles.chunks_exact_mut(role_count) {
            // The first number of each part is held at one, which gives the products their linear terms.
            for first in [0, arc, 2 * arc, 2 * arc + label] {
                role[first] = 1.0;
            }
        }
        let start = out.len();
        let mut first = 0;
        for sentence in sentences {
            let place = first..first + sentence.len();
            first = place.end;
            out.push((Vec::new(), scratch.bytes.part(place)));
        }
        let dependents = sized(&mut scratch.dependents, tokens * arc);
        for (to, role) in dependents.chunks_exact_mut(arc).zip(roles.chunks_exact(role_count)) {
            to.copy_from_slice(&role[..arc]);
        }
        scratch.bytes.fill(dependents, tokens, arc);
        scratch.bytes.product(&self.arc, sized(&mut scratch.turned, tokens * arc));
        let mut first = 0;
        for ((readings, _), sentence) in out[start..].iter_mut().zip(sentences) {
            *readings = self.attach(first..first + sentence.len(), scratch);
            first += sentence.len();
        }
        let readings = out[start..].iter_mut().flat_map(|(readings, _)| readings);
        let split = self.uposes.len();
        for (reading, scores) in readings.zip(scratch.tags.chunks_exact_mut(tag_count)) {
            scores.iter_mut().zip(&self.tags_bias).for_each(|(score, bias)| *score += bias);
            kernel::largest(&scores[..split], &mut reading.upos);
            kernel::largest(&scores[split..], &mut reading.xpos);
        }
        self.relate(&mut out[start..], scratch);
    }

    /// Embeds the words of sentences and joins each with its neighbours.
    fn join(&self, sentences: &[Vec<&str>], tokens: usize, scratch: &mut Scratch) {
        let embed = self.sizes.embed;
        let width = self.sizes.state();
        let kept = &mut scratch.embedded;
        if kept.network != self.number || kept.numbers.len() + tokens > KEPT {
            kept.network = self.number;
            kept.numbers.clear();
        }
        let known = kept.numbers.len();
        scratch.numbers.clear();
        for &form in sentences.iter().flatten() {
            let next = kept.numbers.len();
            let number = kept.numbers.get(form).copied().unwrap_or_else(|| {
                let place = (next - known) * embed;
                sized(&mut scratch.joined, place + embed);
                self.embed(form, &mut scratch.joined[place..place + embed]);
                kept.numbers.insert(form.into(), next);
                next
            });
            scratch.numbers.push(number);
        }
        let new = kept.numbers.len() - known;
        scratch.bytes.fill(sized(&mut scratch.joined, new * embed), new, embed);
        let products = sized(&mut kept.products, (known + new) * 3 * width);
        scratch.bytes.product(&self.join, &mut products[known * 3 * width..]);
        let part = |number: usize, place: usize| &products[(3 * number + place) * width..][..width];
        let nothing = &*sized(&mut scratch.nothing, width);
        let state = sized(&mut scratch.state, tokens * width);
        let mut first = 0;
        for sentence in sentences {
            let numbers = &scratch.numbers[first..first + sentence.len()];
            let rows = state[first * width..].chunks_exact_mut(width);
            for (index, (&own, row)) in numbers.iter().zip(rows).enumerate() {
                let before = index.checked_sub(1).and_then(|before| numbers.get(before));
                let after = numbers.get(index + 1);
                let parts = [
                    before.map_or(nothing, |&before| part(before, 0)),
                    part(own, 1),
                    after.map_or(nothing, |&after| part(after, 2)),
                    &self.join_bias,
                ];
                kernel::sum_and_rectify(parts, row);
            }
            first += sentence.len();
        }
    }

    /// The row of a word in the vocabulary, in steps of its scale.
    pub fn vector(&self, form: &str) -> Option<(&[i8], f32)> {
        let row = self.vocabulary.get(features::normalise(form).as_str())?;
        Some(self.words.row(*row as usize))
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

    /// Heads of the sentence whose words are these of the batch, from its words' roles.
    fn attach(&self, place: Range<usize>, scratch: &mut Scratch) -> Vec<Reading> {
        let arc = self.sizes.arc;
        let words = place.len();
        let width = self.sizes.roles();
        let heads = sized(&mut scratch.heads, (words + 1) * arc);
        heads[..arc].copy_from_slice(&self.root[..arc]);
        heads[0] = 1.0;
        let roles = scratch.roles[place.start * width..place.end * width].chunks_exact(width);
        for (head, role) in heads.chunks_exact_mut(arc).skip(1).zip(roles) {
            head.copy_from_slice(&role[arc..2 * arc]);
        }
        let turned = &scratch.turned[place.start * arc..place.end * arc];
        let scores = sized(&mut scratch.scores, words * (words + 1));
        scratch.packed.fill(heads, arc, words + 1, true);
        kernel::product(Left::rows(turned, words, arc), &scratch.packed, scores);
        tree::best(scores, words)
            .into_iter()
            .map(|head| Reading { head, ..Reading::default() })
            .collect()
    }

    /// Relations of the words of a batch to their heads, [`RELATED`] heads at a time.
    fn relate(&self, sentences: &mut [(Vec<Reading>, ByteRows)], scratch: &mut Scratch) {
        let Sizes { arc, label, .. } = self.sizes;
        let width = self.sizes.roles();
        let relations = self.deprels.len();
        // Which word of the batch each depends on, with those of one head side by side.
        let mut first = 0;
        let mut words: Vec<(usize, usize, &mut Reading)> = Vec::new();
        for (sentence, _) in sentences {
            let length = sentence.len();
            for (word, reading) in (first..).zip(sentence) {
                match reading.head.checked_sub(1) {
                    Some(head) => words.push((first + head, word, reading)),
                    None => reading.deprel = self.root_deprel,
                }
            }
            first += length;
        }
        words.sort_unstable_by_key(|&(head, word, _)| (head, word));
        let role = |word: usize| &scratch.roles[word * width..(word + 1) * width];
        let mut scores = vec![0.0; relations];
        let mut of_heads: Vec<_> = words.chunk_by_mut(|a, b| a.0 == b.0).collect();
        for heads in of_heads.chunks_mut(RELATED) {
            let labels = sized(&mut scratch.labels, heads.len() * label);
            for (to, words) in labels.chunks_exact_mut(label).zip(&*heads) {
                to.copy_from_slice(&role(words[0].0)[2 * arc + label..]);
            }
            let products = sized(&mut scratch.products, heads.len() * relations * label);
            scratch.bytes.fill(labels, heads.len(), label);
            scratch.bytes.product(&self.label, products);
            for (words, products) in heads.iter_mut().zip(products.chunks_exact(relations * label))
            {
                for (_, word, reading) in words.iter_mut() {
                    kernel::weighted(products, &role(*word)[2 * arc..2 * arc + label], &mut scores);
                    scores[self.root_deprel] = f32::NEG_INFINITY;
                    kernel::largest(&scores, &mut reading.deprel);
                }
            }
        }
    }
}

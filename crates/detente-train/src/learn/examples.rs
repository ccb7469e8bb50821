//! Sentences as the network learns from them.
//!
//! In go treebank sentences, out come numbers: for each word the rows of its features and the numbers of its tags, head and
//! relation in the lists made here. `Xi spoke` becomes two words, the second with head 0 and the relation `root`.

use std::collections::{BTreeMap, HashMap};

use detente_parse::Upos;
use detente_parse::conllu::Block;
use detente_parse::features::{self, HASHED};

use super::vectors::Vectors;

/// One word of an example.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Row of the word's own embedding; 0 for the unknown.
    pub(crate) own: usize,
    /// How often the word was seen in training.
    pub(crate) count: u32,
    /// Row of its given vector.
    pub(crate) vector: Option<usize>,
    /// Rows of the hashed table.
    pub(crate) hashed: [u32; HASHED],
    pub(crate) upos: usize,
    pub(crate) xpos: usize,
    /// 0 for the root.
    pub(crate) head: usize,
    pub(crate) deprel: usize,
    /// How much its head and relation count, from 0 to 1.
    pub(crate) sure: f32,
    /// How likely each head is, where a teacher has told; what is left of 1 goes to none. Empty for a tree that is drawn.
    pub(crate) heads: Vec<(usize, f32)>,
}

/// What the `Sure` of a row says, `Sure=0.62`: how likely its head is right. A tree that a person has drawn has none.
pub(crate) fn sure(misc: &str) -> Option<f32> {
    misc.split('|').find_map(|item| item.strip_prefix("Sure=")?.parse().ok())
}

/// What the `Heads` of a row says, `Heads=3:0.71,5:0.24`: how likely each head is, those left out that hardly are.
fn heads(misc: &str, words: usize) -> Vec<(usize, f32)> {
    let told = misc.split('|').find_map(|item| item.strip_prefix("Heads=")).unwrap_or_default();
    told.split(',')
        .filter_map(|item| {
            let (head, share) = item.split_once(':')?;
            Some((head.parse().ok()?, share.parse().ok()?))
        })
        .filter(|&(head, share): &(usize, f32)| head <= words && (0.0..=1.0).contains(&share))
        .collect()
}

/// Everything that is known before training: lists of names and the vocabulary.
#[derive(Debug, Clone)]
pub(crate) struct Lists {
    pub(crate) uposes: Vec<String>,
    pub(crate) xposes: Vec<String>,
    pub(crate) deprels: Vec<String>,
    /// Words with an embedding of their own, in order of their rows from 1.
    pub(crate) words: Vec<String>,
    rows: HashMap<String, (usize, u32)>,
}

impl Lists {
    /// Gathers tags, relations, and words seen at least twice.
    pub(crate) fn gather(blocks: &[Block]) -> Self {
        let (mut xposes, mut deprels) = (BTreeMap::new(), BTreeMap::new());
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for row in blocks.iter().flat_map(|block| &block.rows) {
            *xposes.entry(row.xpos.clone()).or_insert(0_u32) += 1;
            *deprels.entry(row.deprel.clone()).or_insert(0_u32) += 1;
            *counts.entry(features::normalise(&row.form)).or_insert(0) += 1;
        }
        // A name seen once or twice is most likely a slip of the annotation.
        let common = |names: BTreeMap<String, u32>| -> Vec<String> {
            names
                .into_iter()
                .filter(|(name, count)| *count >= 3 && name != "_")
                .map(|(name, _)| name)
                .collect()
        };
        counts.retain(|word, count| *count >= 2 && !word.is_empty() && !word.contains('\n'));
        let words: Vec<String> = counts.keys().cloned().collect();
        let rows =
            counts.into_iter().zip(1..).map(|((word, count), row)| (word, (row, count))).collect();
        let uposes = Upos::ALL.iter().map(|upos| upos.as_str().to_owned()).collect();
        Self { uposes, xposes: common(xposes), deprels: common(deprels), words, rows }
    }

    /// A sentence in numbers; `None` where it lacks a tree or uses a name that is in no list.
    pub(crate) fn example(&self, block: &Block, vectors: &Vectors) -> Option<Vec<Word>> {
        let find = |names: &[String], name: &str| names.iter().position(|known| known == name);
        block
            .rows
            .iter()
            .map(|row| {
                let normal = features::normalise(&row.form);
                let (own, count) = self.rows.get(&normal).copied().unwrap_or((0, 1));
                Some(Word {
                    own,
                    count,
                    vector: vectors.index.get(&normal).copied(),
                    hashed: features::hashed(&row.form, &normal),
                    upos: find(&self.uposes, &row.upos)?,
                    xpos: find(&self.xposes, &row.xpos)?,
                    head: row.head.filter(|&head| head <= block.rows.len())?,
                    deprel: find(&self.deprels, &row.deprel)?,
                    sure: sure(&row.misc).map_or(1.0, |sure| sure.clamp(0.0, 1.0)),
                    heads: heads(&row.misc, block.rows.len()),
                })
            })
            .collect()
    }
}

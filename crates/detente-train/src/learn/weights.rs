//! All weights of the parser, and the model made of them.
//!
//! In go trained tables, out comes the [`Archive`] that the parser reads. A given vector times its matrix is added to the
//! word's own embedding here, once for each word, so that the parser looks up one row: `beijing` is one row of the model,
//! though training kept two.

use detente_parse::features::HASHED_ROWS;
use detente_parse::kernel::{self, Left, Packed};
use detente_parse::model::{Archive, ByteTable, Section};
use detente_parse::network::Sizes;

use super::examples::Lists;
use super::table::{Dice, Step, Table};
use super::vectors::Vectors;

/// One layer of recurrent units, both directions.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) matrix: Table,
    pub(crate) peek: [Table; 2],
    pub(crate) bias: [Table; 2],
}

#[derive(Debug, Clone)]
pub(crate) struct Weights {
    pub(crate) sizes: Sizes,
    pub(crate) words: Table,
    pub(crate) affixes: Table,
    pub(crate) vectors: Table,
    pub(crate) join: Table,
    pub(crate) join_bias: Table,
    pub(crate) layers: Vec<Layer>,
    pub(crate) tags: Table,
    pub(crate) tags_bias: Table,
    pub(crate) roles: Table,
    pub(crate) roles_bias: Table,
    pub(crate) root: Table,
    pub(crate) arc: Table,
    pub(crate) label: Table,
}

impl Weights {
    pub(crate) fn new(sizes: Sizes, lists: &Lists, vectors: &Vectors, dice: &mut Dice) -> Self {
        let Sizes { embed, hidden, arc, label, .. } = sizes;
        let state = sizes.state();
        // Each product keeps the variance of what goes in.
        let even = |inner: usize| (3.0 / inner as f32).sqrt();
        let tags = lists.uposes.len() + lists.xposes.len();
        let layers = (0..sizes.layers)
            .map(|_| Layer {
                matrix: Table::new(state, 6 * hidden, even(state), dice),
                peek: std::array::from_fn(|_| Table::new(1, state, 0.5, dice)),
                bias: std::array::from_fn(|_| Table::new(1, state, 0.0, dice)),
            })
            .collect();
        Self {
            sizes,
            words: Table::embedding(lists.words.len() + 1, embed, 0.1, dice),
            affixes: Table::embedding(HASHED_ROWS, embed, 0.3, dice),
            vectors: Table::new(
                vectors.columns.max(1),
                embed,
                0.5 * even(vectors.columns.max(1)),
                dice,
            ),
            join: Table::new(3 * embed, state, even(3 * embed) * 1.4, dice),
            join_bias: Table::new(1, state, 0.0, dice),
            layers,
            tags: Table::new(state, tags, 0.5 * even(state), dice),
            tags_bias: Table::new(1, tags, 0.0, dice),
            roles: Table::new(state, sizes.roles(), even(state) * 1.2, dice),
            roles_bias: Table::new(1, sizes.roles(), 0.0, dice),
            root: Table::new(1, arc + label, 0.5, dice),
            arc: Table::new(arc, arc, 0.3 * even(arc), dice),
            label: Table::new(label, lists.deprels.len() * label, 0.3 * even(label), dice),
        }
    }

    /// Every table, in a fixed order.
    pub(crate) fn tables(&mut self) -> Vec<&mut Table> {
        let mut all = vec![
            &mut self.words,
            &mut self.affixes,
            &mut self.vectors,
            &mut self.join,
            &mut self.join_bias,
            &mut self.tags,
            &mut self.tags_bias,
            &mut self.roles,
            &mut self.roles_bias,
            &mut self.root,
            &mut self.arc,
            &mut self.label,
        ];
        for layer in &mut self.layers {
            all.push(&mut layer.matrix);
            all.extend(&mut layer.peek);
            all.extend(&mut layer.bias);
        }
        all
    }

    /// Takes one step of Adam with the gradients' common norm held to `limit`.
    pub(crate) fn step(&mut self, rate: f32, number: i32, limit: f32) {
        let norm = self.tables().iter().map(|table| table.squares()).sum::<f32>().sqrt();
        if !norm.is_finite() {
            return;
        }
        let scale = if norm > limit { limit / norm } else { 1.0 };
        for table in self.tables() {
            table.step(Step { rate, number, scale });
        }
    }

    /// The model that the parser reads; `words` of `vectors` and of training have a row each.
    pub(crate) fn export(&self, lists: &Lists, vectors: &Vectors) -> Archive {
        let embed = self.sizes.embed;
        let mut archive = Archive::default();
        let mut text =
            |name: &str, lines: &[String]| archive.put(name, Section::Text(lines.join("\n")));
        text("sizes", &[self.sizes.write()]);
        text("uposes", &lists.uposes);
        text("xposes", &lists.xposes);
        text("deprels", &lists.deprels);

        let mut given = vec![0.0; vectors.words.len() * embed];
        let matrix = Packed::new(&self.vectors.values, self.vectors.rows(), embed);
        if vectors.columns > 0 {
            kernel::multiply(
                Left::rows(&vectors.values, vectors.words.len(), vectors.columns),
                &matrix,
                &mut given,
            );
        }
        let mut vocabulary = lists.words.clone();
        let mut rows = self.words.values.clone();
        for (row, word) in lists.words.iter().enumerate() {
            if let Some(&vector) = vectors.index.get(word) {
                let sum = &mut rows[(row + 1) * embed..][..embed];
                for (value, add) in sum.iter_mut().zip(&given[vector * embed..]) {
                    *value += add;
                }
            }
        }
        let known: std::collections::HashSet<&String> = lists.words.iter().collect();
        for (row, word) in vectors.words.iter().enumerate() {
            if !known.contains(word) {
                vocabulary.push(word.clone());
                rows.extend(
                    self.words.row(0).iter().zip(&given[row * embed..]).map(|(own, add)| own + add),
                );
            }
        }
        text("vocabulary", &vocabulary);
        archive.put("words", Section::Bytes(ByteTable::quantise(&rows, embed)));
        archive.put("affixes", Section::Bytes(ByteTable::quantise(&self.affixes.values, embed)));
        let mut numbers = |name: &str, table: &Table| {
            let (rows, columns, values) = (table.rows(), table.columns, table.values.clone());
            archive.put(name, Section::Numbers { rows, columns, values });
        };
        numbers("join", &self.join);
        numbers("join.bias", &self.join_bias);
        for (n, layer) in self.layers.iter().enumerate() {
            numbers(&format!("layer{n}"), &layer.matrix);
            for direction in 0..2 {
                numbers(&format!("layer{n}.peek{direction}"), &layer.peek[direction]);
                numbers(&format!("layer{n}.bias{direction}"), &layer.bias[direction]);
            }
        }
        numbers("tags", &self.tags);
        numbers("tags.bias", &self.tags_bias);
        numbers("roles", &self.roles);
        numbers("roles.bias", &self.roles_bias);
        numbers("root", &self.root);
        numbers("arc", &self.arc);
        numbers("label", &self.label);
        archive
    }
}

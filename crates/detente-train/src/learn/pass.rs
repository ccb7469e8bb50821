//! One pass over a batch: forward with dropout, losses, and back.
//!
//! In go examples and weights, out come gradients in the weights' tables and the losses. The forward half computes what
//! `detente_parse::network` computes; the backward half is its derivative, worked out by hand and checked against
//! differences in the tests.

use detente_parse::kernel::{self, Cell, Left, Packed};

use super::examples::Word;
use super::table::{Dice, Table};
use super::vectors::Vectors;
use super::weights::{Layer, Weights};

/// Chances that something is silenced while training.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dropout {
    /// A word's own embedding: seen `n` times it is silenced with probability `word / (word + n)`.
    pub(crate) word: f32,
    /// A word's given vector.
    pub(crate) vector: f32,
    /// Each number of an embedding.
    pub(crate) embed: f32,
    /// Each number that goes into a layer, the same for all words of a sentence.
    pub(crate) layer: f32,
    /// Each number of the words' roles, the same for all words of a sentence.
    pub(crate) role: f32,
}

impl Dropout {
    /// All of it by one factor, none above nine in ten.
    pub(crate) fn times(self, factor: f32) -> Self {
        let of = |rate: f32| (rate * factor).clamp(0.0, 0.9);
        Self {
            word: of(self.word),
            vector: of(self.vector),
            embed: of(self.embed),
            layer: of(self.layer),
            role: of(self.role),
        }
    }

    /// Nothing is silenced.
    #[cfg(test)]
    pub(crate) const NONE: Self =
        Self { word: 0.0, vector: 0.0, embed: 0.0, layer: 0.0, role: 0.0 };
}

/// Mean losses of a batch.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Losses {
    pub(crate) tags: f32,
    pub(crate) arcs: f32,
    pub(crate) labels: f32,
}

impl Losses {
    #[cfg(test)]
    pub(crate) fn sum(self) -> f32 {
        self.tags + self.arcs + self.labels
    }
}

/// Runs one batch and adds to the gradients.
pub(crate) fn run(
    weights: &mut Weights,
    vectors: &Vectors,
    batch: &[&[Word]],
    dropout: Dropout,
    dice: &mut Dice,
) -> Losses {
    let sizes = weights.sizes;
    let (state, hidden) = (sizes.state(), sizes.hidden);
    let tokens: usize = batch.iter().map(|sentence| sentence.len()).sum();
    let embedded = Embedded::new(weights, vectors, batch, tokens, dropout, dice);
    let lengths = lengths(batch);
    let mut inputs = vec![embedded.state.clone()];
    let mut passed = Vec::new();
    for layer in &weights.layers {
        let input = &inputs[inputs.len() - 1];
        let mask = sentence_mask(&lengths, state, dropout.layer, dice);
        let (next, through) = layer_forth(layer, hidden, &lengths, input, mask);
        passed.push(through);
        inputs.push(next);
    }

    let mut losses = Losses::default();
    let mut back = roles(weights, &inputs[sizes.layers], batch, tokens, dropout, dice, &mut losses);
    for number in (0..=sizes.layers).rev() {
        if number == sizes.tag_layers {
            tags(weights, &inputs[number], batch, tokens, dropout, dice, (&mut back, &mut losses));
        }
        if number > 0 {
            let layer = &mut weights.layers[number - 1];
            back = layer_back(
                layer,
                hidden,
                &lengths,
                &inputs[number - 1],
                &passed[number - 1],
                &back,
            );
        }
    }
    embedded.back(weights, vectors, batch, back);
    losses
}

fn lengths(batch: &[&[Word]]) -> Vec<usize> {
    batch.iter().map(|sentence| sentence.len()).collect()
}

/// What a layer keeps for the way back.
pub(crate) struct Passed {
    masked: Vec<f32>,
    mask: Vec<f32>,
    trace: [Vec<f32>; 2],
    /// The candidates stand in here.
    projected: Vec<f32>,
}

/// Through one layer, with `mask` over what goes into its product.
pub(crate) fn layer_forth(
    layer: &Layer,
    hidden: usize,
    lengths: &[usize],
    input: &[f32],
    mask: Vec<f32>,
) -> (Vec<f32>, Passed) {
    let state = 2 * hidden;
    let tokens = input.len() / state;
    let masked: Vec<f32> = input.iter().zip(&mask).map(|(value, factor)| value * factor).collect();
    let mut projected = vec![0.0; tokens * 6 * hidden];
    let matrix = Packed::new(&layer.matrix.values, state, 6 * hidden);
    kernel::multiply(Left::rows(&masked, tokens, state), &matrix, &mut projected);
    let mut next = vec![0.0; tokens * state];
    let mut trace = [vec![0.0; tokens * 3 * hidden], vec![0.0; tokens * 3 * hidden]];
    let mut first = 0;
    for length in lengths {
        let rows = first..first + length;
        let of = |width: usize| rows.start * width..rows.end * width;
        for (direction, trace) in trace.iter_mut().enumerate() {
            kernel::recur(
                (&projected[of(6 * hidden)], 6 * hidden, direction * 3 * hidden),
                &input[of(state)],
                Cell { peek: &layer.peek[direction].values, bias: &layer.bias[direction].values },
                direction == 1,
                (&mut next[of(state)], state, direction * hidden),
                &mut trace[of(3 * hidden)],
            );
        }
        first = rows.end;
    }
    (next, Passed { masked, mask, trace, projected })
}

/// One factor for each number of a word, the same for all words of a sentence.
pub(crate) fn sentence_mask(
    lengths: &[usize],
    width: usize,
    rate: f32,
    dice: &mut Dice,
) -> Vec<f32> {
    let mut out = Vec::new();
    for &length in lengths {
        let mask = dice.mask(width, rate);
        for _ in 0..length {
            out.extend_from_slice(&mask);
        }
    }
    out
}

/// `gradient of right += leftᵀ · back`, and the gradient of left is returned.
pub(crate) fn product_back(
    left: &[f32],
    tokens: usize,
    right: &mut Table,
    back: &[f32],
) -> Vec<f32> {
    let (inner, columns) = (right.rows(), right.columns);
    kernel::multiply(
        Left::transposed(left, inner, inner),
        &Packed::new(back, tokens, columns),
        &mut right.gradient,
    );
    let mut out = vec![0.0; tokens * inner];
    let turned = Packed::transposed(&right.values, columns, inner);
    kernel::multiply(Left::rows(back, tokens, columns), &turned, &mut out);
    out
}

pub(crate) fn add_rows(sum: &mut [f32], rows: &[f32]) {
    for row in rows.chunks_exact(sum.len()) {
        for (total, value) in sum.iter_mut().zip(row) {
            *total += value;
        }
    }
}

/// The derivative of the leaky rectifier, told from its result.
pub(crate) fn rectifier_back(back: &mut [f32], result: &[f32]) {
    for (gradient, &value) in back.iter_mut().zip(result) {
        if value <= 0.0 {
            *gradient *= 0.1;
        }
    }
}

/// The words of a batch up to the first layer.
struct Embedded {
    /// Whether each word's own embedding and its vector are kept.
    kept: Vec<(bool, bool)>,
    given: Vec<f32>,
    mask: Vec<f32>,
    joined: Vec<f32>,
    state: Vec<f32>,
}

impl Embedded {
    fn new(
        weights: &Weights,
        vectors: &Vectors,
        batch: &[&[Word]],
        tokens: usize,
        dropout: Dropout,
        dice: &mut Dice,
    ) -> Self {
        let embed = weights.sizes.embed;
        let columns = weights.vectors.rows();
        let mut kept = Vec::with_capacity(tokens);
        let mut given = vec![0.0; tokens * columns];
        for (word, given) in batch.iter().copied().flatten().zip(given.chunks_exact_mut(columns)) {
            let own = dice.unit() >= dropout.word / (dropout.word + word.count as f32);
            let vector = dice.unit() >= dropout.vector;
            kept.push((own, vector));
            if let Some(row) = word.vector.filter(|_| vector) {
                given.copy_from_slice(vectors.row(row));
            }
        }
        let mut words = vec![0.0; tokens * embed];
        let matrix = Packed::new(&weights.vectors.values, columns, embed);
        kernel::multiply(Left::rows(&given, tokens, columns), &matrix, &mut words);
        let rows = words.chunks_exact_mut(embed).zip(&kept);
        for (word, (sum, kept)) in batch.iter().copied().flatten().zip(rows) {
            add_rows(sum, weights.words.row(if kept.0 { word.own } else { 0 }));
            for &row in &word.hashed {
                add_rows(sum, weights.affixes.row(row as usize));
            }
        }
        let mask = dice.mask(tokens * embed, dropout.embed);
        for (value, factor) in words.iter_mut().zip(&mask) {
            *value *= factor;
        }
        let width = 3 * embed;
        let mut joined = vec![0.0; tokens * width];
        let mut first = 0;
        for sentence in batch {
            for index in 0..sentence.len() {
                let token = first + index;
                for (place, neighbour) in
                    [index.wrapping_sub(1), index, index + 1].into_iter().enumerate()
                {
                    if neighbour < sentence.len() {
                        joined[token * width + place * embed..][..embed]
                            .copy_from_slice(&words[(first + neighbour) * embed..][..embed]);
                    }
                }
            }
            first += sentence.len();
        }
        let mut state = vec![0.0; tokens * weights.sizes.state()];
        let matrix = Packed::new(&weights.join.values, width, weights.sizes.state());
        kernel::multiply(Left::rows(&joined, tokens, width), &matrix, &mut state);
        kernel::bias_and_rectify(&mut state, &weights.join_bias.values);
        Self { kept, given, mask, joined, state }
    }

    fn back(
        &self,
        weights: &mut Weights,
        _vectors: &Vectors,
        batch: &[&[Word]],
        mut back: Vec<f32>,
    ) {
        let embed = weights.sizes.embed;
        let tokens = self.kept.len();
        rectifier_back(&mut back, &self.state);
        add_rows(&mut weights.join_bias.gradient, &back);
        let joined = product_back(&self.joined, tokens, &mut weights.join, &back);
        let width = 3 * embed;
        let mut words = vec![0.0; tokens * embed];
        let mut first = 0;
        for sentence in batch {
            for index in 0..sentence.len() {
                for (place, neighbour) in
                    [index.wrapping_sub(1), index, index + 1].into_iter().enumerate()
                {
                    if neighbour < sentence.len() {
                        let sum = &mut words[(first + neighbour) * embed..][..embed];
                        add_rows(sum, &joined[(first + index) * width + place * embed..][..embed]);
                    }
                }
            }
            first += sentence.len();
        }
        for (value, factor) in words.iter_mut().zip(&self.mask) {
            *value *= factor;
        }
        let rows = words.chunks_exact(embed).zip(&self.kept);
        for (word, (gradient, kept)) in batch.iter().copied().flatten().zip(rows) {
            add_rows(weights.words.row_gradient(if kept.0 { word.own } else { 0 }), gradient);
            for &row in &word.hashed {
                add_rows(weights.affixes.row_gradient(row as usize), gradient);
            }
        }
        let columns = weights.vectors.rows();
        let right = Packed::new(&words, tokens, embed);
        kernel::multiply(
            Left::transposed(&self.given, columns, columns),
            &right,
            &mut weights.vectors.gradient,
        );
    }
}

/// Back through one layer: from the gradient of its result to that of its input.
pub(crate) fn layer_back(
    layer: &mut Layer,
    hidden: usize,
    lengths: &[usize],
    input: &[f32],
    passed: &Passed,
    back: &[f32],
) -> Vec<f32> {
    let Passed { masked, mask, trace, projected } = passed;
    let state = 2 * hidden;
    let tokens = input.len() / state;
    let mut to_input = vec![0.0; tokens * state];
    let mut to_projected = vec![0.0; tokens * 6 * hidden];
    let mut first = 0;
    for &length in lengths {
        for direction in 0..2 {
            let peek = &mut layer.peek[direction];
            let bias = &mut layer.bias[direction];
            let (peek_forget, peek_open) = peek.values.split_at(hidden);
            let (peek_forget_back, peek_open_back) = peek.gradient.split_at_mut(hidden);
            let (bias_forget_back, bias_open_back) = bias.gradient.split_at_mut(hidden);
            let mut to_state = vec![0.0_f32; hidden];
            let none = vec![0.0_f32; hidden];
            let mut shown_row = none.clone();
            for step in (0..length).rev() {
                let at =
                    |step: usize| first + if direction == 1 { length - 1 - step } else { step };
                let token = at(step);
                let trace_of = |token: usize| &trace[direction][token * 3 * hidden..][..3 * hidden];
                let now = trace_of(token);
                let before: &[f32] =
                    if step == 0 { &none } else { &trace_of(at(step - 1))[2 * hidden..] };
                let candidate = &projected[token * 6 * hidden + direction * 3 * hidden..][..hidden];
                let passed = &input[token * state + direction * hidden..][..hidden];
                let to_passed = &mut to_input[token * state + direction * hidden..][..hidden];
                let gradient = &back[token * state + direction * hidden..][..hidden];
                let row =
                    &mut to_projected[token * 6 * hidden + direction * 3 * hidden..][..3 * hidden];
                let (to_candidate, gates) = row.split_at_mut(hidden);
                let (to_forget, to_open) = gates.split_at_mut(hidden);
                shown_row.copy_from_slice(&now[2 * hidden..]);
                kernel::tangents(&mut shown_row);
                for j in 0..hidden {
                    let (keep, open) = (now[j], now[hidden + j]);
                    let shown = shown_row[j];
                    let open_back = gradient[j] * (shown - passed[j]) * open * (1.0 - open);
                    to_passed[j] += gradient[j] * (1.0 - open);
                    let value_back = to_state[j] + gradient[j] * open * (1.0 - shown * shown);
                    let keep_back = value_back * (before[j] - candidate[j]) * keep * (1.0 - keep);
                    to_candidate[j] = value_back * (1.0 - keep);
                    to_forget[j] = keep_back;
                    to_open[j] = open_back;
                    to_state[j] =
                        value_back * keep + keep_back * peek_forget[j] + open_back * peek_open[j];
                    peek_forget_back[j] += keep_back * before[j];
                    peek_open_back[j] += open_back * before[j];
                    bias_forget_back[j] += keep_back;
                    bias_open_back[j] += open_back;
                }
            }
        }
        first += length;
    }
    let through = product_back(masked, tokens, &mut layer.matrix, &to_projected);
    for ((sum, value), factor) in to_input.iter_mut().zip(&through).zip(mask) {
        *sum += value * factor;
    }
    to_input
}

/// Scores → their gradient, in place; the loss is returned. `gold` tells what share each answer has to get, `weight` scales both.
///
/// Shares that are less than sure teach what a larger network holds possible (Hinton, Vinyals and Dean 2015).
fn cross_entropy(scores: &mut [f32], gold: &[(usize, f32)], weight: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    kernel::exponentials(scores, top);
    for score in scores.iter() {
        sum += *score;
    }
    let told: f32 = gold.iter().map(|&(_, share)| share).sum();
    let loss: f32 =
        gold.iter().map(|&(at, share)| -(scores[at] / sum).max(1e-20).ln() * share * weight).sum();
    for score in scores.iter_mut() {
        *score *= weight * told / sum;
    }
    for &(at, share) in gold {
        scores[at] -= weight * share;
    }
    loss
}

/// The loss of the tags and its gradient, added to `back`.
fn tags(
    weights: &mut Weights,
    input: &[f32],
    batch: &[&[Word]],
    tokens: usize,
    dropout: Dropout,
    dice: &mut Dice,
    (back, losses): (&mut [f32], &mut Losses),
) {
    let state = weights.sizes.state();
    let mask = sentence_mask(&lengths(batch), state, dropout.layer, dice);
    let masked: Vec<f32> = input.iter().zip(&mask).map(|(value, factor)| value * factor).collect();
    let columns = weights.tags.columns;
    let mut scores = vec![0.0; tokens * columns];
    let matrix = Packed::new(&weights.tags.values, state, columns);
    kernel::multiply(Left::rows(&masked, tokens, state), &matrix, &mut scores);
    let weight = 1.0 / tokens as f32;
    let uposes = detente_parse::Upos::ALL.len();
    for (word, row) in batch.iter().copied().flatten().zip(scores.chunks_exact_mut(columns)) {
        add_rows(row, &weights.tags_bias.values);
        let (upos, xpos) = row.split_at_mut(uposes);
        losses.tags += cross_entropy(upos, &[(word.upos, 1.0)], weight)
            + cross_entropy(xpos, &[(word.xpos, 1.0)], weight);
    }
    add_rows(&mut weights.tags_bias.gradient, &scores);
    let through = product_back(&masked, tokens, &mut weights.tags, &scores);
    for ((sum, value), factor) in back.iter_mut().zip(&through).zip(&mask) {
        *sum += value * factor;
    }
}

/// The losses of arcs and relations; the gradient of the last layer's result is returned.
fn roles(
    weights: &mut Weights,
    input: &[f32],
    batch: &[&[Word]],
    tokens: usize,
    dropout: Dropout,
    dice: &mut Dice,
    losses: &mut Losses,
) -> Vec<f32> {
    let sizes = weights.sizes;
    let (state, width) = (sizes.state(), sizes.roles());
    let input_mask = sentence_mask(&lengths(batch), state, dropout.layer, dice);
    let masked: Vec<f32> =
        input.iter().zip(&input_mask).map(|(value, factor)| value * factor).collect();
    let mut roles = vec![0.0; tokens * width];
    let matrix = Packed::new(&weights.roles.values, state, width);
    kernel::multiply(Left::rows(&masked, tokens, state), &matrix, &mut roles);
    kernel::bias_and_rectify(&mut roles, &weights.roles_bias.values);
    let rectified = roles.clone();
    let mask = sentence_mask(&lengths(batch), width, dropout.role, dice);
    for (value, factor) in roles.iter_mut().zip(&mask) {
        *value *= factor;
    }
    let mut back = vec![0.0; tokens * width];
    let weight = 1.0 / tokens as f32;
    losses.arcs = arcs(weights, &roles, batch, weight, &mut back);
    losses.labels = labels(weights, &roles, batch, weight, &mut back);
    for (value, factor) in back.iter_mut().zip(&mask) {
        *value *= factor;
    }
    rectifier_back(&mut back, &rectified);
    add_rows(&mut weights.roles_bias.gradient, &back);
    let mut through = product_back(&masked, tokens, &mut weights.roles, &back);
    for (value, factor) in through.iter_mut().zip(&input_mask) {
        *value *= factor;
    }
    through
}

/// The part of each word's roles from `from`, with its first number held at one.
fn part(roles: &[f32], width: usize, from: usize, size: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(roles.len() / width * size);
    for row in roles.chunks_exact(width) {
        out.push(1.0);
        out.extend_from_slice(&row[from + 1..from + size]);
    }
    out
}

/// Adds a part's gradient to the roles'; the number held at one has none.
fn part_back(back: &mut [f32], width: usize, from: usize, part: &[f32], size: usize) {
    for (row, part) in back.chunks_exact_mut(width).zip(part.chunks_exact(size)) {
        for (sum, value) in row[from + 1..from + size].iter_mut().zip(&part[1..]) {
            *sum += value;
        }
    }
}

fn arcs(
    weights: &mut Weights,
    roles: &[f32],
    batch: &[&[Word]],
    weight: f32,
    back: &mut [f32],
) -> f32 {
    let (arc, width) = (weights.sizes.arc, weights.sizes.roles());
    let tokens = roles.len() / width;
    let dependents = part(roles, width, 0, arc);
    let heads = part(roles, width, arc, arc);
    let mut turned = vec![0.0; tokens * arc];
    kernel::multiply(
        Left::rows(&dependents, tokens, arc),
        &Packed::new(&weights.arc.values, arc, arc),
        &mut turned,
    );
    let mut turned_back = vec![0.0; tokens * arc];
    let mut heads_back = vec![0.0; tokens * arc];
    let mut loss = 0.0;
    let mut first = 0;
    for sentence in batch {
        let length = sentence.len();
        let rows = first * arc..(first + length) * arc;
        let mut candidates = Vec::with_capacity((length + 1) * arc);
        candidates.push(1.0);
        candidates.extend_from_slice(&weights.root.values[1..arc]);
        candidates.extend_from_slice(&heads[rows.clone()]);
        let mut scores = vec![0.0; length * (length + 1)];
        let packed = Packed::transposed(&candidates, arc, length + 1);
        kernel::multiply(Left::rows(&turned[rows.clone()], length, arc), &packed, &mut scores);
        for (word, row) in sentence.iter().zip(scores.chunks_exact_mut(length + 1)) {
            loss += match word.heads.as_slice() {
                [] => cross_entropy(row, &[(word.head, 1.0)], weight * word.sure),
                heads => cross_entropy(row, heads, weight),
            };
        }
        let packed = Packed::new(&candidates, length + 1, arc);
        kernel::multiply(
            Left::rows(&scores, length, length + 1),
            &packed,
            &mut turned_back[rows.clone()],
        );
        let mut candidates_back = vec![0.0; (length + 1) * arc];
        let packed = Packed::new(&turned[rows.clone()], length, arc);
        kernel::multiply(
            Left::transposed(&scores, length + 1, length + 1),
            &packed,
            &mut candidates_back,
        );
        add_rows(&mut weights.root.gradient[1..arc], &candidates_back[1..arc]);
        heads_back[rows].copy_from_slice(&candidates_back[arc..]);
        first += length;
    }
    let dependents_back = product_back(&dependents, tokens, &mut weights.arc, &turned_back);
    part_back(back, width, 0, &dependents_back, arc);
    part_back(back, width, arc, &heads_back, arc);
    loss
}

fn labels(
    weights: &mut Weights,
    roles: &[f32],
    batch: &[&[Word]],
    weight: f32,
    back: &mut [f32],
) -> f32 {
    let (arc, label, width) = (weights.sizes.arc, weights.sizes.label, weights.sizes.roles());
    let tokens = roles.len() / width;
    let dependents = part(roles, width, 2 * arc, label);
    let heads = part(roles, width, 2 * arc + label, label);
    let mut root = weights.root.values[arc..].to_vec();
    root[0] = 1.0;
    let columns = weights.label.columns;
    let mut products = vec![0.0; tokens * columns];
    let matrix = Packed::new(&weights.label.values, label, columns);
    kernel::multiply(Left::rows(&dependents, tokens, label), &matrix, &mut products);
    let mut heads_back = vec![0.0; tokens * label];
    let mut root_back = vec![0.0; label];
    let mut loss = 0.0;
    let mut scores = vec![0.0; columns / label];
    let mut first = 0;
    for sentence in batch {
        for (index, word) in sentence.iter().enumerate() {
            let products = &mut products[(first + index) * columns..][..columns];
            let (head, head_back) = match word.head {
                0 => (root.as_slice(), &mut root_back),
                head => (&heads[(first + head - 1) * label..][..label], &mut heads_back),
            };
            let head_back = match word.head {
                0 => head_back.as_mut_slice(),
                head => &mut head_back[(first + head - 1) * label..][..label],
            };
            kernel::dots(products, head, &mut scores);
            loss += cross_entropy(&mut scores, &[(word.deprel, 1.0)], weight * word.sure);
            for (&score, product) in scores.iter().zip(products.chunks_exact_mut(label)) {
                for ((sum, value), &at_head) in head_back.iter_mut().zip(product).zip(head) {
                    *sum += score * *value;
                    *value = score * at_head;
                }
            }
        }
        first += sentence.len();
    }
    let dependents_back = product_back(&dependents, tokens, &mut weights.label, &products);
    part_back(back, width, 2 * arc, &dependents_back, label);
    part_back(back, width, 2 * arc + label, &heads_back, label);
    add_rows(&mut weights.root.gradient[arc + 1..], &root_back[1..]);
    loss
}

#[cfg(test)]
mod tests {
    use detente_parse::network::Sizes;

    use super::super::examples::Lists;
    use super::*;

    /// The gradient of every kind of weight is close to the quotient of differences.
    #[test]
    fn the_gradient_is_the_derivative() {
        let text = "1\tXi\tXi\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n\
            3\tBlinken\tBlinken\tPROPN\tNNP\t_\t2\tobj\t_\tSure=0.5|Heads=2:0.5,1:0.4\n\n1\tBlinken\tBlinken\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n\
            2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tXi\tXi\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n";
        let blocks = detente_parse::conllu::read(&text.repeat(3)).unwrap();
        let lists = Lists::gather(&blocks);
        let vectors = Vectors {
            columns: 2,
            words: vec!["xi".into()],
            values: vec![0.5, -0.7],
            index: [("xi".to_owned(), 0)].into(),
        };
        let examples: Vec<_> =
            blocks.iter().take(2).filter_map(|block| lists.example(block, &vectors)).collect();
        let batch: Vec<&[Word]> = examples.iter().map(Vec::as_slice).collect();
        assert_eq!(batch.len(), 2);
        let sizes = Sizes { embed: 5, hidden: 4, layers: 2, tag_layers: 1, arc: 6, label: 4 };
        let mut weights = Weights::new(sizes, &lists, &vectors, &mut Dice::new(1));
        run(&mut weights, &vectors, &batch, Dropout::NONE, &mut Dice::new(2));
        let count = weights.tables().len();
        for number in 0..count {
            let gradient = weights.tables()[number].gradient.clone();
            let largest = (0..gradient.len())
                .max_by(|&a, &b| gradient[a].abs().total_cmp(&gradient[b].abs()))
                .unwrap();
            let loss = |shift: f32| {
                let mut moved = weights.clone();
                moved.tables()[number].values[largest] += shift;
                run(&mut moved, &vectors, &batch, Dropout::NONE, &mut Dice::new(2)).sum()
            };
            let quotient = (loss(0.003) - loss(-0.003)) / 0.006;
            let gap = (quotient - gradient[largest]).abs();
            assert!(
                gap < 0.002 + 0.03 * quotient.abs(),
                "table {number}: {quotient} is not {}",
                gradient[largest]
            );
        }
    }
}

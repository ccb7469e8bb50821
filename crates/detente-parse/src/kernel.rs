//! The arithmetic of the network: matrix product, sigmoid, the recurrences of the encoder.
//!
//! In go rows of numbers, out come rows of numbers, and the same ones on every machine: each output is one
//! chain of fused multiply-adds over the inner dimension, in order, whatever the width of the vectors that the
//! machine has. So a row's result does not depend on the other rows of its batch, on the number of
//! threads, or on whether AVX-512, AVX2 or none was found.
//!
//! `[1 2] · [[3 4] [5 6]]` is computed as `fma(2, 5, fma(1, 3, 0))` and `fma(2, 6, fma(1, 4, 0))`.

use std::f32::consts::LOG2_E;

/// Numbers of the inner dimension that are multiplied at once in bytes.
const GROUP: usize = 4;

/// Columns that one panel of a packed matrix holds.
const PANEL: usize = 32;

/// Defines a function three times over, compiled for AVX-512, for AVX2 and for the machine's baseline, and a
/// front that picks one at run time. The body is the same code, in which only what is written so is fused, and the
/// results are the same bits.
macro_rules! for_each_width {
    ($(#[$meta:meta])* $visible:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $body:block) => {
        $(#[$meta])*
        $visible fn $name($($arg: $ty),*) {
            #[inline(always)]
            #[allow(clippy::inline_always, reason = "takes on the vector width of the function it stands in")]
            fn body($($arg: $ty),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")]
                fn wide($($arg: $ty),*) {
                    body($($arg),*);
                }
                #[target_feature(enable = "avx2,fma")]
                fn middle($($arg: $ty),*) {
                    body($($arg),*);
                }
                match width() {
                    // SAFETY: `width` answers `Wide` only where the processor has every feature that `wide` is
                    // compiled for; the function is otherwise safe code.
                    #[allow(unsafe_code)]
                    Width::Wide => return unsafe { wide($($arg),*) },
                    // SAFETY: as above, for `Middle` and the features of `middle`.
                    #[allow(unsafe_code)]
                    Width::Middle => return unsafe { middle($($arg),*) },
                    Width::Base => {}
                }
            }
            body($($arg),*);
        }
    };
}

mod bytes;

pub use bytes::{ByteRows, Bytes};

#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
enum Width {
    Wide,
    Middle,
    Base,
}

/// The widest vectors this processor has; the standard library caches the answer.
#[cfg(target_arch = "x86_64")]
fn width() -> Width {
    if is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("fma")
    {
        Width::Wide
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        Width::Middle
    } else {
        Width::Base
    }
}

/// A matrix laid out for [`multiply`]: panels of 32 columns, each panel row after row, padded with zeros.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    rows: usize,
    columns: usize,
    data: Vec<f32>,
}

impl Packed {
    /// Packs `rows × columns` numbers, row after row in `values`; missing ones count as zero.
    pub fn new(values: &[f32], rows: usize, columns: usize) -> Self {
        let mut packed = Self::default();
        packed.fill(values, rows, columns, false);
        packed
    }

    /// Packs the transpose: `values` holds `columns × rows` numbers.
    pub fn transposed(values: &[f32], rows: usize, columns: usize) -> Self {
        let mut packed = Self::default();
        packed.fill(values, rows, columns, true);
        packed
    }

    /// Packs anew, keeping the memory; `transposed` as for [`Packed::transposed`].
    pub fn fill(&mut self, values: &[f32], rows: usize, columns: usize, transposed: bool) {
        self.rows = rows;
        self.columns = columns;
        self.data.clear();
        self.data.resize(columns.div_ceil(PANEL) * rows * PANEL, 0.0);
        if rows == 0 || columns == 0 {
            return;
        }
        for (number, panel) in self.data.chunks_exact_mut(rows * PANEL).enumerate() {
            let first = number * PANEL;
            let taken = PANEL.min(columns - first);
            if transposed {
                for (j, source) in values.chunks_exact(rows).skip(first).take(taken).enumerate() {
                    for (line, &value) in panel.chunks_exact_mut(PANEL).zip(source) {
                        line[j] = value;
                    }
                }
            } else {
                for (line, source) in
                    panel.chunks_exact_mut(PANEL).zip(values.chunks_exact(columns))
                {
                    line[..taken].copy_from_slice(&source[first..first + taken]);
                }
            }
        }
    }

    /// Rows of the matrix, the inner dimension of a product with it.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Columns of the matrix.
    pub fn columns(&self) -> usize {
        self.columns
    }
}

/// The left factor of a product: where its numbers lie.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    values: &'a [f32],
    rows: usize,
    row_step: usize,
    column_step: usize,
}

impl<'a> Left<'a> {
    /// Rows that follow one another, each of `stride` numbers of which the first ones are meant.
    pub fn rows(values: &'a [f32], rows: usize, stride: usize) -> Self {
        Self { values, rows, row_step: stride, column_step: 1 }
    }

    /// The transpose of such rows: `columns` of them, each of `stride` numbers, give `rows` rows.
    pub fn transposed(values: &'a [f32], rows: usize, stride: usize) -> Self {
        Self { values, rows, row_step: 1, column_step: stride }
    }
}

/// Where the numbers of one panel go.
struct To<'a> {
    /// The rows of the block.
    out: &'a mut [f32],
    /// Numbers in each row.
    columns: usize,
    /// First column of the panel.
    from: usize,
}

/// One panel's worth of a product: `sums += lines · panel`, where `lines` holds `R` numbers for each inner index.
trait Tile<const R: usize> {
    fn run(lines: &[[f32; R]], panel: &[[f32; PANEL]], sums: &mut [[f32; PANEL]; R]);

    /// The same from zero, written to its place.
    fn fresh(lines: &[[f32; R]], panel: &[[f32; PANEL]], to: To<'_>) {
        let mut sums = [[0.0; PANEL]; R];
        Self::run(lines, panel, &mut sums);
        let To { out, columns, from } = to;
        for (sum, row) in sums.iter().zip(out.chunks_exact_mut(columns)) {
            let row = &mut row[from..];
            let width = PANEL.min(row.len());
            row[..width].copy_from_slice(&sum[..width]);
        }
    }
}

/// The same chain of multiply-adds as the vector forms, one number at a time.
struct PlainTile;

impl<const R: usize> Tile<R> for PlainTile {
    fn run(lines: &[[f32; R]], panel: &[[f32; PANEL]], sums: &mut [[f32; PANEL]; R]) {
        for (line, weights) in lines.iter().zip(panel) {
            for (sum, &value) in sums.iter_mut().zip(line) {
                for (s, &weight) in sum.iter_mut().zip(weights) {
                    *s = value.mul_add(weight, *s);
                }
            }
        }
    }
}

/// Tiles written with the processor's own vector operations: LLVM does not keep the sums of the plain form in
/// registers, which costs a factor of ten.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector loads and stores go through pointers")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_storeu_ps, _mm512_fmadd_ps,
        _mm512_loadu_ps, _mm512_mask_storeu_ps, _mm512_set1_ps, _mm512_storeu_ps,
    };

    use super::{PANEL, To};

    /// 32 columns at once, two vectors of 16 a row.
    #[target_feature(enable = "avx512f")]
    pub(super) fn wide<const R: usize>(
        lines: &[[f32; R]],
        panel: &[[f32; PANEL]],
        sums: &mut [[f32; PANEL]; R],
    ) {
        // SAFETY: each pointer is to the first or the seventeenth number of an array of 32, and 16 are read or written.
        unsafe {
            let mut low = [_mm512_set1_ps(0.0); R];
            let mut high = low;
            for r in 0..R {
                low[r] = _mm512_loadu_ps(sums[r].as_ptr());
                high[r] = _mm512_loadu_ps(sums[r].as_ptr().add(16));
            }
            for (line, weights) in lines.iter().zip(panel) {
                let first = _mm512_loadu_ps(weights.as_ptr());
                let second = _mm512_loadu_ps(weights.as_ptr().add(16));
                for r in 0..R {
                    let value = _mm512_set1_ps(line[r]);
                    low[r] = _mm512_fmadd_ps(value, first, low[r]);
                    high[r] = _mm512_fmadd_ps(value, second, high[r]);
                }
            }
            for r in 0..R {
                _mm512_storeu_ps(sums[r].as_mut_ptr(), low[r]);
                _mm512_storeu_ps(sums[r].as_mut_ptr().add(16), high[r]);
            }
        }
    }

    /// The product of `H` vectors of 16 columns, one or two, from zero, written to its place.
    #[target_feature(enable = "avx512f")]
    fn wide_fresh<const R: usize, const H: usize>(
        lines: &[[f32; R]],
        panel: &[[f32; PANEL]],
        to: To<'_>,
    ) {
        let mut sums = [[_mm512_set1_ps(0.0); H]; R];
        for (line, weights) in lines.iter().zip(panel) {
            let mut vectors = [_mm512_set1_ps(0.0); H];
            for (vector, sixteen) in vectors.iter_mut().zip(weights.as_chunks::<16>().0) {
                // SAFETY: `sixteen` is 16 numbers.
                *vector = unsafe { _mm512_loadu_ps(sixteen.as_ptr()) };
            }
            for r in 0..R {
                let value = _mm512_set1_ps(line[r]);
                for h in 0..H {
                    sums[r][h] = _mm512_fmadd_ps(value, vectors[h], sums[r][h]);
                }
            }
        }
        let To { out, columns, from } = to;
        for (sum, row) in sums.iter().zip(out.chunks_exact_mut(columns)) {
            for (&vector, part) in sum.iter().zip(row[from..].chunks_mut(16)) {
                let mask = u16::MAX >> (16 - part.len());
                // SAFETY: the mask has a bit for each number that `part` has, and no other is written.
                unsafe { _mm512_mask_storeu_ps(part.as_mut_ptr(), mask, vector) };
            }
        }
    }

    /// 32 columns as two halves of 16, each two vectors of 8 a row.
    #[target_feature(enable = "avx2,fma")]
    pub(super) fn middle<const R: usize>(
        lines: &[[f32; R]],
        panel: &[[f32; PANEL]],
        sums: &mut [[f32; PANEL]; R],
    ) {
        for half in [0, 16] {
            // SAFETY: each pointer is to number `half` or `half + 8` of an array of 32, and 8 are read or written.
            unsafe {
                let mut low = [_mm256_set1_ps(0.0); R];
                let mut high = low;
                for r in 0..R {
                    low[r] = _mm256_loadu_ps(sums[r].as_ptr().add(half));
                    high[r] = _mm256_loadu_ps(sums[r].as_ptr().add(half + 8));
                }
                for (line, weights) in lines.iter().zip(panel) {
                    let first = _mm256_loadu_ps(weights.as_ptr().add(half));
                    let second = _mm256_loadu_ps(weights.as_ptr().add(half + 8));
                    for r in 0..R {
                        let value = _mm256_set1_ps(line[r]);
                        low[r] = _mm256_fmadd_ps(value, first, low[r]);
                        high[r] = _mm256_fmadd_ps(value, second, high[r]);
                    }
                }
                for r in 0..R {
                    _mm256_storeu_ps(sums[r].as_mut_ptr().add(half), low[r]);
                    _mm256_storeu_ps(sums[r].as_mut_ptr().add(half + 8), high[r]);
                }
            }
        }
    }

    /// Stands for [`wide`] where the processor has AVX-512.
    pub(super) struct Wide;

    impl<const R: usize> super::Tile<R> for Wide {
        fn run(lines: &[[f32; R]], panel: &[[f32; PANEL]], sums: &mut [[f32; PANEL]; R]) {
            // SAFETY: `multiply` takes this tile only where `width` found the features.
            unsafe { wide(lines, panel, sums) }
        }

        fn fresh(lines: &[[f32; R]], panel: &[[f32; PANEL]], to: To<'_>) {
            // SAFETY: as above.
            unsafe {
                if to.columns - to.from > 16 {
                    wide_fresh::<R, 2>(lines, panel, to);
                } else {
                    wide_fresh::<R, 1>(lines, panel, to);
                }
            }
        }
    }

    /// Stands for [`middle`] where the processor has AVX2 and FMA.
    pub(super) struct Middle;

    impl<const R: usize> super::Tile<R> for Middle {
        fn run(lines: &[[f32; R]], panel: &[[f32; PANEL]], sums: &mut [[f32; PANEL]; R]) {
            // SAFETY: `multiply` takes this tile only where `width` found the features.
            unsafe { middle(lines, panel, sums) }
        }
    }
}

/// `out += left · right`; rows of `out` follow one another, each of `right.columns()` numbers.
///
/// # Panics
/// If `left` or `out` holds fewer numbers than the shapes say.
pub fn multiply(left: Left<'_>, right: &Packed, out: &mut [f32]) {
    dispatch::<false>(left, right, out);
}

/// `out = left · right`, whatever stood in `out`; otherwise as [`multiply`].
///
/// # Panics
/// As [`multiply`].
pub fn product(left: Left<'_>, right: &Packed, out: &mut [f32]) {
    dispatch::<true>(left, right, out);
}

fn dispatch<const FRESH: bool>(left: Left<'_>, right: &Packed, out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    match width() {
        Width::Wide if left.rows == 1 => {
            return multiply_by::<1, FRESH, x86::Wide>(left, right, out);
        }
        Width::Wide => return multiply_by::<12, FRESH, x86::Wide>(left, right, out),
        Width::Middle if left.rows == 1 => {
            return multiply_by::<1, FRESH, x86::Middle>(left, right, out);
        }
        Width::Middle => return multiply_by::<6, FRESH, x86::Middle>(left, right, out),
        Width::Base => {}
    }
    multiply_by::<4, FRESH, PlainTile>(left, right, out);
}

fn multiply_by<const R: usize, const FRESH: bool, T: Tile<R>>(
    left: Left<'_>,
    right: &Packed,
    out: &mut [f32],
) {
    let (inner, columns) = (right.rows, right.columns);
    if inner == 0 || columns == 0 {
        if FRESH {
            out.fill(0.0);
        }
        return;
    }
    let mut lines = vec![[0.0_f32; R]; inner];
    for first in (0..left.rows).step_by(R) {
        let taken = R.min(left.rows - first);
        if left.column_step == 1 {
            for r in 0..taken {
                let from = (first + r) * left.row_step;
                let source = &left.values[from..from + inner];
                for (line, &value) in lines.iter_mut().zip(source) {
                    line[r] = value;
                }
            }
        } else {
            for (t, line) in lines.iter_mut().enumerate() {
                let from = t * left.column_step + first;
                line[..taken].copy_from_slice(&left.values[from..from + taken]);
            }
        }
        let block = &mut out[first * columns..(first + taken) * columns];
        for (number, panel) in right.data.chunks_exact(inner * PANEL).enumerate() {
            let from = number * PANEL;
            let panel = panel.as_chunks::<PANEL>().0;
            if FRESH {
                T::fresh(&lines, panel, To { out: block, columns, from });
                continue;
            }
            let width = PANEL.min(columns - from);
            let mut sums = [[0.0_f32; PANEL]; R];
            for (sum, row) in sums.iter_mut().zip(block.chunks_exact(columns)) {
                match row.get(from..).and_then(|row| row.first_chunk()) {
                    Some(row) => *sum = *row,
                    None => sum[..width].copy_from_slice(&row[from..]),
                }
            }
            T::run(&lines, panel, &mut sums);
            for (sum, row) in sums.iter().zip(block.chunks_exact_mut(columns)) {
                // A whole panel is a copy of known length, which costs far less.
                match row[from..].first_chunk_mut() {
                    Some(row) => *row = *sum,
                    None => row[from..].copy_from_slice(&sum[..width]),
                }
            }
        }
    }
}

for_each_width! {
    /// Rounds a row to signed bytes, shifted by 128 so as to have no sign; `scale` takes what one step is worth.
    pub fn round_row(row: &[f32], out: &mut [[u8; 4]], scale: &mut f32) {
        // Numbers without their sign are in the order of their bits, whose largest is found in any order.
        let size = |value: &f32| value.to_bits() & 0x7fff_ffff;
        let top = f32::from_bits(row.iter().map(size).fold(0, u32::max));
        // What is no number or beyond all numbers must not spoil the row.
        let top = if top > 1e-30 && top < 1e30 { top } else { 1.0 };
        let factor = 127.0 / top;
        *scale = top / 127.0;
        for (four, value) in out.as_flattened_mut().iter_mut().zip(row) {
            let rounded = (value * factor).clamp(-127.0, 127.0) + ROUND;
            *four = (rounded.to_bits() as u8).wrapping_add(128);
        }
    }
}

/// Adding it rounds to a whole number, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0;

/// `e^x`, to about two units in the last place between -30 and 30, and clamped outside.
#[inline(always)]
#[allow(clippy::inline_always, reason = "takes on the vector width of the loop it stands in")]
fn exponential(x: f32) -> f32 {
    power(x, LOG2_E, 30.0)
}

/// `2^(x · by)`, for an `x` that is clamped to `bound` on either side.
#[inline(always)]
#[allow(clippy::inline_always, reason = "takes on the vector width of the loop it stands in")]
fn power(x: f32, by: f32, bound: f32) -> f32 {
    let x = x.clamp(-bound, bound);
    let rounded = x.mul_add(by, ROUND);
    let rest = x.mul_add(by, ROUND - rounded);
    // The polynomial of the fifth degree that is nearest to 2^rest for |rest| <= 0.5: it is off by 7.5e-8 of it at most.
    let mut value = 1.327_647_2e-3_f32;
    value = value.mul_add(rest, 9.675_541e-3);
    value = value.mul_add(rest, 5.550_713_3e-2);
    value = value.mul_add(rest, 0.240_221_2);
    value = value.mul_add(rest, 0.693_146_97);
    value = value.mul_add(rest, 1.0);
    // The whole part of the power goes to the exponent.
    f32::from_bits(value.to_bits().wrapping_add(rounded.to_bits() << 23))
}

#[inline(always)]
#[allow(clippy::inline_always, reason = "takes on the vector width of the loop it stands in")]
fn hyperbolic_tangent(x: f32) -> f32 {
    2.0 / (1.0 + exponential(-2.0 * x)) - 1.0
}

for_each_width! {
    /// Puts `e^(x - shift)` in the place of each number `x`.
    pub fn exponentials(values: &mut [f32], shift: f32) {
        for value in values {
            *value = exponential(*value - shift);
        }
    }
}

for_each_width! {
    /// Puts its hyperbolic tangent in the place of each number.
    pub fn tangents(values: &mut [f32]) {
        for value in values {
            *value = hyperbolic_tangent(*value);
        }
    }
}

for_each_width! {
    /// Adds `bias` to each row of `rows`, then scales what is negative by 0.1 (a leaky rectifier).
    pub fn bias_and_rectify(rows: &mut [f32], bias: &[f32]) {
        for row in rows.chunks_exact_mut(bias.len().max(1)) {
            for (value, &shift) in row.iter_mut().zip(bias) {
                let sum = *value + shift;
                *value = if sum > 0.0 { sum } else { 0.1 * sum };
            }
        }
    }
}

for_each_width! {
    /// The sum of four rows, of which what is negative is scaled by 0.1 as in [`bias_and_rectify`].
    pub fn sum_and_rectify(rows: [&[f32]; 4], out: &mut [f32]) {
        let [a, b, c, d] = rows;
        let count = out.len();
        let (a, b, c, d) = (&a[..count], &b[..count], &c[..count], &d[..count]);
        for (j, value) in out.iter_mut().enumerate() {
            let sum = (a[j] + b[j]) + (c[j] + d[j]);
            *value = if sum > 0.0 { sum } else { 0.1 * sum };
        }
    }
}

for_each_width! {
    /// Adds `scale · row` to `sum`.
    pub fn add_bytes(sum: &mut [f32], row: &[i8], scale: f32) {
        for (value, &byte) in sum.iter_mut().zip(row) {
            *value += f32::from(byte) * scale;
        }
    }
}

/// A row of bytes that lies in one line of the processor's cache, which is all that is fetched of it.
#[derive(Debug, Clone)]
#[repr(align(64))]
pub struct ByteLine(pub [i8; ByteLine::WIDTH]);

impl ByteLine {
    /// Numbers of a line.
    pub const WIDTH: usize = 64;
}

for_each_width! {
    /// Adds some of the lines to `sum`, each by the scale that stands beside its number.
    pub fn add_lines(sum: &mut [f32; ByteLine::WIDTH], lines: &[ByteLine], taken: &[(u32, f32)]) {
        // The sums of a block stay in registers while all lines are added.
        for (block, sum) in sum.as_chunks_mut::<32>().0.iter_mut().enumerate() {
            for &(line, scale) in taken {
                let bytes = lines.get(line as usize).and_then(|l| l.0.as_chunks::<32>().0.get(block));
                if let Some(bytes) = bytes {
                    for j in 0..32 {
                        sum[j] += f32::from(bytes[j]) * scale;
                    }
                }
            }
        }
    }
}

for_each_width! {
    /// The product of each row of `rows`, as long as `by`, with `by`, in eight strands that are added at the end.
    pub fn dots(rows: &[f32], by: &[f32], out: &mut [f32]) {
        let (right, right_rest) = by.as_chunks::<8>();
        for (row, out) in rows.chunks_exact(by.len().max(1)).zip(out) {
            let mut sums = [0.0_f32; 8];
            let (left, left_rest) = row.as_chunks::<8>();
            for (a, b) in left.iter().zip(right) {
                for j in 0..8 {
                    sums[j] += a[j] * b[j];
                }
            }
            let mut rest = 0.0_f32;
            for (a, b) in left_rest.iter().zip(right_rest) {
                rest += a * b;
            }
            // Written out, for what is handed to `map` does not take on the vector width, and is called.
            let left = (sums[0] + sums[1]) + (sums[2] + sums[3]);
            *out = left + ((sums[4] + sums[5]) + (sums[6] + sums[7])) + rest;
        }
    }
}

/// Columns that [`weighted`] sums at once.
const COLUMNS: usize = 32;

for_each_width! {
    /// The sum of the rows of `rows`, each as long as `out` and by its number of `by`, in eight strands that are added at the end: to
    /// the bit what [`dots`] makes of the columns as rows, as long as `by` is whole groups of eight.
    pub fn weighted(rows: &[f32], by: &[f32], out: &mut [f32]) {
        let columns = out.len();
        let mut first = 0;
        while first < columns {
            // The last columns are summed with some of those before them, so that all that is loaded is of one length.
            let from = first.min(columns.saturating_sub(COLUMNS));
            let mut strands = [[0.0_f32; COLUMNS]; 8];
            for (nth, strand) in strands.iter_mut().enumerate() {
                let weights = by.iter().skip(nth).step_by(8);
                let rows = rows.get(nth * columns + from..).unwrap_or_default();
                if columns < COLUMNS {
                    for (row, &weight) in rows.chunks(8 * columns).zip(weights) {
                        strand.iter_mut().zip(&row[..columns]).for_each(|(sum, value)| *sum += value * weight);
                    }
                    continue;
                }
                let mut sum = [0.0_f32; COLUMNS];
                for (row, &weight) in rows.chunks(8 * columns).zip(weights) {
                    let Some(row) = row.first_chunk::<COLUMNS>() else { break };
                    for j in 0..COLUMNS {
                        sum[j] += row[j] * weight;
                    }
                }
                *strand = sum;
            }
            for (j, out) in out[from..].iter_mut().take(COLUMNS).enumerate() {
                let of = |nth: usize| strands[nth][j] + strands[nth + 1][j];
                *out = (of(0) + of(2)) + (of(4) + of(6));
            }
            first += COLUMNS;
        }
    }
}

for_each_width! {
    /// Index of the first of the largest numbers, or 0 of none.
    #[allow(clippy::float_cmp, reason = "the very number is looked for")]
    pub fn largest(values: &[f32], at: &mut usize) {
        // As whole numbers of the same order, for the largest of those is found in any order.
        let rank = |value: &f32| {
            let bits = value.to_bits() as i32;
            bits ^ (bits >> 31) & i32::MAX
        };
        let top = values.iter().map(rank).fold(i32::MIN, i32::max);
        let top = f32::from_bits((top ^ (top >> 31) & i32::MAX) as u32);
        *at = values.iter().position(|value| *value == top).unwrap_or(0);
    }
}

/// What one direction of one encoder layer has learnt beside its matrix.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Weight of the previous state in the forget gate, then in the output gate: `2 · hidden` numbers.
    pub peek: &'a [f32],
    /// Bias of the forget gate, then of the output gate: `2 · hidden` numbers.
    pub bias: &'a [f32],
}

/// Rows of projections or results: the numbers, how many there are in a row, and from which on those of one direction stand.
type Rows<T> = (T, usize, usize);

for_each_width! {
    /// One direction of one layer of simple recurrent units (Lei et al., "Simple Recurrent Units for Highly
    /// Parallelizable Recurrence", EMNLP 2018) over one sentence.
    ///
    /// Of each row of `projected` (of `stride` numbers) the `3 · hidden` from `offset` are this direction's candidate,
    /// forget gate and output gate; of each row of `input` (of `width` numbers) the `hidden` from `place` are passed
    /// by the highway, and the result goes to the same place of `out`. `states` takes, row by row, forget gate,
    /// output gate and state: `3 · hidden` numbers a token. With room for one token alone they are not kept; it is worked in.
    ///
    /// # Panics
    /// If a slice is shorter than that.
    pub fn recur(
        projected: Rows<&[f32]>, input: &[f32], cell: Cell<'_>, backward: bool,
        out: Rows<&mut [f32]>, states: &mut [f32],
    ) {
        let hidden = cell.peek.len() / 2;
        if states.len() >= out.0.len() / out.1 * 3 * hidden {
            pass::<true>(projected, input, cell, backward, out, states);
        } else {
            pass::<false>(projected, input, cell, backward, out, states);
        }
    }
}

/// See [`recur`]; `TRACED` keeps what training asks for.
#[inline(always)]
#[allow(clippy::inline_always, reason = "takes on the vector width of the function it stands in")]
fn pass<const TRACED: bool>(
    projected: Rows<&[f32]>,
    input: &[f32],
    cell: Cell<'_>,
    backward: bool,
    out: Rows<&mut [f32]>,
    states: &mut [f32],
) {
    let (projected, stride, offset) = projected;
    let (out, width, place) = out;
    let hidden = cell.peek.len() / 2;
    let (peek_forget, peek_out) = cell.peek.split_at(hidden);
    let (bias_forget, bias_out) = cell.bias.split_at(hidden);
    let (bias_out, peek_out) = (&bias_out[..hidden], &peek_out[..hidden]);
    let tokens = out.len() / width;
    let mut fresh = Vec::new();
    let (room, traces) = if TRACED {
        fresh.resize(3 * hidden, 0.0);
        (fresh.as_mut_slice(), states)
    } else {
        states.split_at_mut(3 * hidden)
    };
    let (before, gates) = room.split_at_mut(hidden);
    let (keep, open) = gates.split_at_mut(hidden);
    let (before, open) = (&mut before[..hidden], &mut open[..hidden]);
    before.fill(0.0);
    for step in 0..tokens {
        let token = if backward { tokens - 1 - step } else { step };
        let gates = &projected[token * stride + offset..][..3 * hidden];
        let (candidate, gates) = gates.split_at(hidden);
        let (to_forget, to_out) = gates.split_at(hidden);
        let to_out = &to_out[..hidden];
        let passed = &input[token * width + place..][..hidden];
        let result = &mut out[token * width + place..][..hidden];
        // The gates first: a processor looks only so far ahead, and each number's way is shorter so.
        for j in 0..hidden {
            let forget = peek_forget[j].mul_add(before[j], to_forget[j] + bias_forget[j]);
            keep[j] = 1.0 / (1.0 + power(forget, -LOG2_E, 30.0));
            let out = peek_out[j].mul_add(before[j], to_out[j] + bias_out[j]);
            open[j] = 1.0 + power(out, -LOG2_E, 30.0);
        }
        for j in 0..hidden {
            let now = keep[j].mul_add(before[j] - candidate[j], candidate[j]);
            before[j] = now;
            // The gate is one part of `open`, and the hyperbolic tangent of the state one of `1 + shrunk`: they are divided by at once.
            let shrunk = power(now, -2.0 * LOG2_E, 15.0);
            let beyond = 1.0 + shrunk;
            let opened = (-passed[j]).mul_add(beyond, 1.0 - shrunk);
            result[j] = passed[j] + opened / (open[j] * beyond);
        }
        if TRACED {
            let trace = &mut traces[token * 3 * hidden..][..3 * hidden];
            let (forget, rest) = trace.split_at_mut(hidden);
            let (gate, state) = rest.split_at_mut(hidden);
            forget.copy_from_slice(keep);
            state.copy_from_slice(before);
            for (gate, open) in gate.iter_mut().zip(&*open) {
                *gate = 1.0 / open;
            }
        }
    }
}

/// The first `count` numbers of a buffer, whatever stands in them.
pub fn sized(buffer: &mut Vec<f32>, count: usize) -> &mut [f32] {
    if buffer.len() < count {
        buffer.resize(count, 0.0);
    }
    &mut buffer[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, the same in every run.
    pub(super) fn noise(count: usize, mut seed: u32) -> Vec<f32> {
        (0..count)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / 8_388_608.0 - 1.0
            })
            .collect()
    }

    #[test]
    fn the_product_is_one_chain_of_fused_additions() {
        let (rows, inner, columns) = (29, 37, 70);
        let (a, b) = (noise(rows * inner, 1), noise(inner * columns, 2));
        let mut expected = vec![0.5_f32; rows * columns];
        for i in 0..rows {
            for j in 0..columns {
                for t in 0..inner {
                    let sum = &mut expected[i * columns + j];
                    *sum = a[i * inner + t].mul_add(b[t * columns + j], *sum);
                }
            }
        }
        let packed = Packed::new(&b, inner, columns);
        let mut out = vec![0.5_f32; rows * columns];
        multiply(Left::rows(&a, rows, inner), &packed, &mut out);
        assert_eq!(out, expected);
        let mut fresh = vec![f32::NAN; rows * columns];
        product(Left::rows(&a, rows, inner), &packed, &mut fresh);
        let mut from_zero = vec![0.0; rows * columns];
        multiply(Left::rows(&a, rows, inner), &packed, &mut from_zero);
        assert_eq!(fresh, from_zero);
        let mut plain = vec![0.5_f32; rows * columns];
        multiply_by::<4, false, PlainTile>(Left::rows(&a, rows, inner), &packed, &mut plain);
        assert_eq!(plain, expected);

        let mut turned = vec![0.0; rows * inner];
        for i in 0..rows {
            for t in 0..inner {
                turned[t * rows + i] = a[i * inner + t];
            }
        }
        let mut out = vec![0.5_f32; rows * columns];
        multiply(Left::transposed(&turned, rows, rows), &packed, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn lines_are_added_as_rows_one_by_one() {
        let lines: Vec<ByteLine> = (0..5)
            .map(|seed| {
                let numbers = noise(ByteLine::WIDTH, seed);
                ByteLine(std::array::from_fn(|at| (numbers[at] * 120.0) as i8))
            })
            .collect();
        let scales = noise(5, 5);
        let mut sum: [f32; ByteLine::WIDTH] = noise(ByteLine::WIDTH, 6).try_into().unwrap();
        let mut one_by_one = sum;
        for line in [3, 0, 3] {
            add_bytes(&mut one_by_one, &lines[line].0, scales[line]);
        }
        let taken = [(3, scales[3]), (0, scales[0]), (9, 1.0), (3, scales[3])];
        add_lines(&mut sum, &lines, &taken);
        assert_eq!(sum[..], one_by_one[..], "and a line past the end is nothing");
    }

    #[test]
    fn the_first_of_the_largest_is_found() {
        let place = |values: &[f32]| {
            let mut at = usize::MAX;
            largest(values, &mut at);
            at
        };
        assert_eq!(place(&[]), 0);
        assert_eq!(place(&[f32::NEG_INFINITY; 3]), 0);
        assert_eq!(place(&[-2.0, -1.0, -3.0, -1.0]), 1);
        assert_eq!(place(&[f32::NEG_INFINITY, -0.0, 0.0]), 1);
        for count in [5, 16, 51, 200] {
            let mut values = noise(count, 9);
            values[count / 2] = 2.0;
            values[count - 1] = 2.0;
            assert_eq!(place(&values), count / 2);
        }
    }

    #[test]
    fn columns_are_weighted_as_rows_are_multiplied() {
        for columns in [1, 7, 31, 32, 33, 51, 70] {
            let (inner, matrix, by) = (48, noise(48 * columns, 7), noise(48, 8));
            let mut turned = vec![0.0; inner * columns];
            for (i, row) in matrix.chunks_exact(columns).enumerate() {
                for (j, &value) in row.iter().enumerate() {
                    turned[j * inner + i] = value;
                }
            }
            let mut expected = vec![f32::NAN; columns];
            dots(&turned, &by, &mut expected);
            let mut sums = vec![f32::NAN; columns];
            weighted(&matrix, &by, &mut sums);
            assert_eq!(sums, expected, "of {columns} columns");
        }
    }

    #[test]
    fn a_transposed_matrix_is_packed_the_other_way_round() {
        let values = noise(6 * 40, 3);
        let mut turned = vec![0.0; 6 * 40];
        for i in 0..6 {
            for j in 0..40 {
                turned[j * 6 + i] = values[i * 40 + j];
            }
        }
        assert_eq!(Packed::new(&values, 6, 40).data, Packed::transposed(&turned, 6, 40).data);
    }

    #[test]
    fn the_exponential_is_close_to_the_exact_one() {
        for i in -3000..3000 {
            let x = i as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exponential(x)) / exact - 1.0).abs() < 5e-6, "at {x}");
        }
        assert!(exponential(f32::INFINITY).is_finite());
    }
}

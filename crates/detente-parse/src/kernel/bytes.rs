//! The product of large matrices in bytes.
//!
//! In go rows of numbers and a fixed matrix, out come rows of numbers that are close to the product: each row is rounded to
//! signed bytes by its own scale, each column of the matrix by its own, and the sums of products are whole numbers, which are
//! exact in any order and thus the same on every machine. `[1 0.5]` becomes `127 64` with the scale 1/127. Against single
//! precision it is four times as fast where the processor multiplies bytes (AVX-512 VNNI).

use std::ops::Range;

use super::{GROUP, PANEL, To, round_row};
#[cfg(target_arch = "x86_64")]
use super::{Width, width};

/// What the sizes of two bytes of a column that follow one another come to at most, before they are rounded to whole numbers: both
/// may gain a half, and 255 times 128 still fits the 16 bits in which a processor without VNNI adds two products.
const PAIR: f32 = 127.0;

/// A matrix of signed bytes with a scale a column, in panels of 32 columns; in a panel each group of four rows holds four
/// bytes a column.
#[derive(Debug, Clone, Default)]
pub struct Bytes {
    rows: usize,
    columns: usize,
    data: Vec<[[i8; GROUP]; PANEL]>,
    /// Padded to whole panels.
    scales: Vec<f32>,
    /// Where the sums of each column start: minus 128 times the column's own sum, which the shift of the left factor adds.
    starts: Vec<i32>,
}

impl Bytes {
    /// Rounds `rows × columns` numbers, row after row in `values`.
    pub fn new(values: &[f32], rows: usize, columns: usize) -> Self {
        let groups = rows.div_ceil(GROUP);
        let panels = columns.div_ceil(PANEL);
        let mut out = Self {
            rows,
            columns,
            data: vec![[[0; GROUP]; PANEL]; panels * groups],
            scales: vec![1.0; panels * PANEL],
            starts: vec![0; panels * PANEL],
        };
        let mut largest = vec![0.0_f32; columns];
        for pair in values.chunks(2 * columns.max(1)) {
            let (first, second) = pair.split_at(columns.min(pair.len()));
            for (column, top) in largest.iter_mut().enumerate() {
                let size = |row: &[f32]| row.get(column).map_or(0.0, |value| value.abs());
                *top = top.max(size(first) + size(second));
            }
        }
        for (scale, top) in out.scales.iter_mut().zip(largest) {
            *scale = if top > 0.0 { top / PAIR } else { 1.0 };
        }
        for (inner, row) in values.chunks_exact(columns.max(1)).take(rows).enumerate() {
            for (column, value) in row.iter().enumerate() {
                let byte = (value / out.scales[column]).round() as i8;
                let place = column / PANEL * groups + inner / GROUP;
                out.data[place][column % PANEL][inner % GROUP] = byte;
                out.starts[column] -= 128 * i32::from(byte);
            }
        }
        out
    }

    /// Columns of the matrix.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Gives `run` each panel with what makes numbers of its sums, by the scales of a block's `rows`, and where they go.
    fn each_panel(
        &self,
        rows: &[f32],
        out: &mut [f32],
        run: impl Fn(&[[[i8; GROUP]; PANEL]], Scales<'_>, To<'_>),
    ) {
        let groups = self.rows.div_ceil(GROUP).max(1);
        let of_columns = self.scales.as_chunks::<PANEL>().0.iter().zip(self.starts.as_chunks().0);
        let panels = self.data.chunks_exact(groups).zip(of_columns);
        for (number, (panel, (columns, starts))) in panels.enumerate() {
            let to = To { out, columns: self.columns, from: number * PANEL };
            run(panel, Scales { rows, columns, starts }, to);
        }
    }
}

/// Rows of numbers rounded to bytes, each by its own scale and shifted by 128 so as to have no sign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ByteRows {
    groups: usize,
    values: Vec<[u8; GROUP]>,
    scales: Vec<f32>,
}

/// A scale is never "not a number".
impl Eq for ByteRows {}

impl ByteRows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// Rows of signed bytes, each with what one step of it is worth; what is longer than `width` is cut off.
    pub fn of_signed<'r>(rows: impl Iterator<Item = (&'r [i8], f32)>, width: usize) -> Self {
        let mut all = Self { groups: width.div_ceil(GROUP), ..Self::default() };
        for (row, scale) in rows {
            let from = all.values.len();
            all.values.resize(from + all.groups, [128; GROUP]);
            for (byte, &value) in all.values[from..].as_flattened_mut().iter_mut().zip(row) {
                *byte = (i16::from(value) + 128) as u8;
            }
            all.scales.push(scale);
        }
        all
    }

    /// Copies of some of the rows; none where they are not all there.
    #[must_use]
    pub fn part(&self, rows: Range<usize>) -> Self {
        let bytes = rows.start * self.groups..rows.end * self.groups;
        match (self.values.get(bytes), self.scales.get(rows)) {
            (Some(values), Some(scales)) => {
                Self { groups: self.groups, values: values.to_vec(), scales: scales.to_vec() }
            }
            _ => Self::default(),
        }
    }

    /// Takes copies of some rows of others, which are of one width, in place of its own; a row that is not there is left out.
    pub fn gather<'r>(&mut self, rows: impl Iterator<Item = (&'r Self, usize)>) {
        self.values.clear();
        self.scales.clear();
        for (from, row) in rows {
            let groups = row * from.groups..(row + 1) * from.groups;
            if let (Some(values), Some(&scale)) = (from.values.get(groups), from.scales.get(row)) {
                self.groups = from.groups;
                self.values.extend_from_slice(values);
                self.scales.push(scale);
            }
        }
    }

    /// Adds the rows of another, which are of the same width, behind its own.
    pub fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        self.values.extend(other.values);
        self.scales.extend(other.scales);
    }

    /// The numbers of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = f32> {
        let scale = self.scales.get(row).copied().unwrap_or_default();
        let bytes = row * self.groups..(row + 1) * self.groups;
        let values = self.values.get(bytes).unwrap_or_default().as_flattened();
        values.iter().map(move |&byte| f32::from(i16::from(byte) - 128) * scale)
    }

    /// Rounds `count` rows, each of `width` numbers, keeping the memory of what was there.
    pub fn fill(&mut self, values: &[f32], count: usize, width: usize) {
        self.groups = width.div_ceil(GROUP);
        if !width.is_multiple_of(GROUP) {
            // What fills up the last group must be the shifted zero, whatever stood there.
            self.values.clear();
        }
        self.values.resize(count * self.groups, [128; GROUP]);
        self.scales.resize(count, 1.0);
        let rows =
            values.chunks_exact(width.max(1)).zip(self.values.chunks_exact_mut(self.groups.max(1)));
        for ((row, out), scale) in rows.zip(&mut self.scales) {
            round_row(row, out, scale);
        }
    }

    /// `out = rows · matrix`, whatever stood in `out`; its rows follow one another.
    ///
    /// # Panics
    /// If the inner dimensions differ or `out` is too short.
    pub fn product(&self, matrix: &Bytes, out: &mut [f32]) {
        assert_eq!(self.groups, matrix.rows.div_ceil(GROUP), "inner dimensions of a product");
        #[cfg(target_arch = "x86_64")]
        {
            match width() {
                Width::Wide if is_x86_feature_detected!("avx512vnni") => {
                    // Rows of the widths that most products have are read where they lie.
                    let straight = match self.groups {
                        32 => self.straight::<12, 32>(matrix, out),
                        72 => self.straight::<12, 72>(matrix, out),
                        _ => 0,
                    };
                    // What is left after the last whole tile takes smaller ones, which are as fast for each row.
                    let (left, whole) = (self.len() % 12, self.len() / 12 * 12);
                    if (1..=8).contains(&left) {
                        self.by::<12, x86::Wide>(straight..whole, matrix, out);
                        return self.by::<4, x86::Wide>(whole..self.len(), matrix, out);
                    }
                    return self.by::<12, x86::Wide>(straight..self.len(), matrix, out);
                }
                Width::Wide | Width::Middle => {
                    return self.by::<5, x86::Middle>(0..self.len(), matrix, out);
                }
                Width::Base => {}
            }
        }
        self.by::<2, Plain>(0..self.len(), matrix, out);
    }

    /// The product of some of the rows, `R` at once.
    fn by<const R: usize, T: Tile<R>>(&self, rows: Range<usize>, matrix: &Bytes, out: &mut [f32]) {
        if matrix.columns == 0 || self.groups == 0 {
            out.fill(0.0);
            return;
        }
        if rows.is_empty() {
            return;
        }
        let mut lines = vec![[[128_u8; GROUP]; R]; self.groups];
        let values = &self.values[rows.start * self.groups..rows.end * self.groups];
        let blocks = values.chunks(R * self.groups).zip(self.scales[rows.clone()].chunks(R));
        let out = &mut out[rows.start * matrix.columns..];
        for ((rows, scales), out) in blocks.zip(out.chunks_mut(R * matrix.columns)) {
            for (r, row) in rows.chunks_exact(self.groups).enumerate() {
                for (line, &four) in lines.iter_mut().zip(row) {
                    line[r] = four;
                }
            }
            matrix.each_panel(scales, out, |panel, scales, to| T::run(&lines, panel, scales, to));
        }
    }

    /// The product of whole tiles of `R` rows, each of `G` groups; returns how many rows those are.
    #[cfg(target_arch = "x86_64")]
    fn straight<const R: usize, const G: usize>(&self, matrix: &Bytes, out: &mut [f32]) -> usize {
        if matrix.columns == 0 {
            return 0;
        }
        let tiles = self.values.as_chunks::<G>().0.as_chunks::<R>().0;
        let blocks = tiles.iter().zip(self.scales.chunks_exact(R));
        for ((rows, scales), out) in blocks.zip(out.chunks_exact_mut(R * matrix.columns)) {
            matrix.each_panel(scales, out, |panel, scales, to| {
                x86::straight(rows, panel, scales, to);
            });
        }
        tiles.len() * R
    }
}

/// What makes numbers of the sums of one panel.
#[derive(Clone, Copy)]
struct Scales<'a> {
    /// One for each row of the block, which may have fewer than a tile.
    rows: &'a [f32],
    columns: &'a [f32; PANEL],
    /// See [`Bytes`].
    starts: &'a [i32; PANEL],
}

/// One panel's worth of a product, `lines · panel`, as numbers.
trait Tile<const R: usize> {
    fn run(
        lines: &[[[u8; GROUP]; R]],
        panel: &[[[i8; GROUP]; PANEL]],
        scales: Scales<'_>,
        to: To<'_>,
    );
}

/// Writes the sums of one panel as numbers, each by the scales of its row and column. The wide tile does the same without
/// the way through memory.
#[inline(always)]
#[allow(clippy::inline_always, reason = "takes on the vector width of the function it stands in")]
fn scale_back(sums: &[[i32; PANEL]], scales: Scales<'_>, to: To<'_>) {
    let To { out, columns, from } = to;
    let rows = out.chunks_exact_mut(columns);
    for ((sum, &scale), row) in sums.iter().zip(scales.rows).zip(rows) {
        let of_columns = sum.iter().zip(scales.columns);
        for (value, (&sum, &column)) in row[from..].iter_mut().zip(of_columns) {
            *value = sum as f32 * (scale * column);
        }
    }
}

struct Plain;

impl<const R: usize> Tile<R> for Plain {
    fn run(
        lines: &[[[u8; GROUP]; R]],
        panel: &[[[i8; GROUP]; PANEL]],
        scales: Scales<'_>,
        to: To<'_>,
    ) {
        let mut sums = [*scales.starts; R];
        for (line, weights) in lines.iter().zip(panel) {
            for (sum, four) in sums.iter_mut().zip(line) {
                let four = four.map(i32::from);
                for (s, weight) in sum.iter_mut().zip(weights) {
                    for (value, &byte) in four.iter().zip(weight) {
                        *s += value * i32::from(byte);
                    }
                }
            }
        }
        scale_back(&sums, scales, to);
    }
}

/// Tiles written with the processor's own operations on bytes.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector loads and stores go through pointers")]
#[allow(clippy::cast_ptr_alignment, reason = "the loads and stores used ask for no alignment")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16,
        _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_storeu_si256,
        _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512,
        _mm512_mask_storeu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps,
    };

    use super::{GROUP, PANEL, Scales, To, scale_back};

    /// The groups of `R` rows: side by side for each place, or row after row.
    trait Groups<const R: usize> {
        fn get(&self, place: usize, row: usize) -> [u8; GROUP];
    }

    impl<const R: usize> Groups<R> for [[[u8; GROUP]; R]] {
        #[inline(always)]
        #[allow(clippy::inline_always, reason = "a load in the innermost loop")]
        fn get(&self, place: usize, row: usize) -> [u8; GROUP] {
            self[place][row]
        }
    }

    impl<const R: usize, const G: usize> Groups<R> for [[[u8; GROUP]; G]; R] {
        #[inline(always)]
        #[allow(clippy::inline_always, reason = "a load in the innermost loop")]
        fn get(&self, place: usize, row: usize) -> [u8; GROUP] {
            self[row][place]
        }
    }

    /// 32 columns at once, two vectors of 16 sums a row, which stay in registers until they are numbers.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn wide<const R: usize>(
        groups: &(impl Groups<R> + ?Sized),
        panel: &[[[i8; GROUP]; PANEL]],
        scales: Scales<'_>,
        to: To<'_>,
    ) {
        let starts = scales.starts.as_ptr().cast::<__m512i>();
        // SAFETY: `starts` points to 32 numbers of four bytes, two vectors of 64 bytes.
        let (first, second) =
            unsafe { (_mm512_loadu_si512(starts), _mm512_loadu_si512(starts.add(1))) };
        let mut low = [first; R];
        let mut high = [second; R];
        for (place, weights) in panel.iter().enumerate() {
            let weights = weights.as_ptr().cast::<__m512i>();
            // SAFETY: `weights` points to 32 columns of four bytes, two vectors of 64 bytes.
            let (first, second) =
                unsafe { (_mm512_loadu_si512(weights), _mm512_loadu_si512(weights.add(1))) };
            for r in 0..R {
                let four = _mm512_set1_epi32(i32::from_le_bytes(groups.get(place, r)));
                low[r] = _mm512_dpbusd_epi32(low[r], four, first);
                high[r] = _mm512_dpbusd_epi32(high[r], four, second);
            }
        }
        let by_column = scales.columns.as_ptr();
        // SAFETY: `by_column` points to 32 numbers of four bytes, two vectors of 64 bytes.
        let (first, second) =
            unsafe { (_mm512_loadu_ps(by_column), _mm512_loadu_ps(by_column.add(16))) };
        let To { out, columns, from } = to;
        let rows = scales.rows.iter().zip(out.chunks_exact_mut(columns));
        for ((&scale, row), (low, high)) in rows.zip(low.into_iter().zip(high)) {
            let row = &mut row[from..];
            let beyond = PANEL - row.len().min(PANEL);
            let mask = u32::MAX.checked_shr(beyond as u32).unwrap_or(0);
            let scale = _mm512_set1_ps(scale);
            let low = _mm512_mul_ps(_mm512_cvtepi32_ps(low), _mm512_mul_ps(scale, first));
            let high = _mm512_mul_ps(_mm512_cvtepi32_ps(high), _mm512_mul_ps(scale, second));
            let (start, middle) = (row.as_mut_ptr(), row.as_mut_ptr().wrapping_add(16));
            // SAFETY: the mask has a bit for each of the first 32 numbers that `row` has, and no other is written.
            unsafe {
                _mm512_mask_storeu_ps(start, mask as u16, low);
                _mm512_mask_storeu_ps(middle, (mask >> 16) as u16, high);
            }
        }
    }

    /// 16 columns at a time, two vectors of eight sums a row. A column's bytes come in pairs whose products fit 16 bits (see
    /// [`super::PAIR`]), so that no sum of two is cut off.
    #[target_feature(enable = "avx2")]
    fn middle<const R: usize>(
        lines: &[[[u8; GROUP]; R]],
        panel: &[[[i8; GROUP]; PANEL]],
        scales: Scales<'_>,
        to: To<'_>,
    ) {
        let mut sums = [[0; PANEL]; R];
        let ones = _mm256_set1_epi16(1);
        for half in [0, 16] {
            let starts = scales.starts[half..][..16].as_ptr().cast::<__m256i>();
            // SAFETY: `starts` points to 16 numbers of four bytes, two vectors of 32 bytes.
            let starts = unsafe { [_mm256_loadu_si256(starts), _mm256_loadu_si256(starts.add(1))] };
            let mut parts = [starts; R];
            for (line, weights) in lines.iter().zip(panel) {
                let weights = weights[half..][..16].as_ptr().cast::<__m256i>();
                // SAFETY: `weights` points to 16 columns of four bytes, two vectors of 32 bytes.
                let weights =
                    unsafe { [_mm256_loadu_si256(weights), _mm256_loadu_si256(weights.add(1))] };
                for (part, &four) in parts.iter_mut().zip(line) {
                    let values = _mm256_set1_epi32(i32::from_le_bytes(four));
                    for eight in 0..2 {
                        let pairs = _mm256_maddubs_epi16(values, weights[eight]);
                        part[eight] = _mm256_add_epi32(part[eight], _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (sum, part) in sums.iter_mut().zip(parts) {
                let out = sum[half..][..16].as_mut_ptr().cast::<__m256i>();
                // SAFETY: `out` points to 16 numbers of four bytes, two vectors of 32 bytes.
                unsafe {
                    _mm256_storeu_si256(out, part[0]);
                    _mm256_storeu_si256(out.add(1), part[1]);
                }
            }
        }
        scale_back(&sums, scales, to);
    }

    /// Stands for [`wide`] where the processor has AVX-512 with VNNI.
    pub(super) struct Wide;

    impl<const R: usize> super::Tile<R> for Wide {
        fn run(
            lines: &[[[u8; GROUP]; R]],
            panel: &[[[i8; GROUP]; PANEL]],
            scales: Scales<'_>,
            to: To<'_>,
        ) {
            // SAFETY: `ByteRows::product` takes this tile only where the features were found.
            unsafe { wide(lines, panel, scales, to) }
        }
    }

    /// The same for rows of `G` groups that lie one after the other.
    pub(super) fn straight<const R: usize, const G: usize>(
        rows: &[[[u8; GROUP]; G]; R],
        panel: &[[[i8; GROUP]; PANEL]],
        scales: Scales<'_>,
        to: To<'_>,
    ) {
        // SAFETY: as above.
        unsafe { wide(rows, panel, scales, to) }
    }

    /// Stands for [`middle`] where the processor has AVX2.
    pub(super) struct Middle;

    impl<const R: usize> super::Tile<R> for Middle {
        fn run(
            lines: &[[[u8; GROUP]; R]],
            panel: &[[[i8; GROUP]; PANEL]],
            scales: Scales<'_>,
            to: To<'_>,
        ) {
            // SAFETY: `ByteRows::product` takes this tile only where the features were found.
            unsafe { middle(lines, panel, scales, to) }
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the same numbers are asked for, to the bit")]
mod tests {
    use super::*;
    use crate::kernel::tests::noise;

    #[test]
    fn the_product_is_close_and_the_same_by_every_way() {
        for rows in [1, 8, 11, 12, 16, 31, 33] {
            // Rows of the latter two widths are read where they lie.
            for inner in [46, 128, 288] {
                the_product_of(rows, inner);
            }
        }
    }

    fn the_product_of(rows: usize, inner: usize) {
        let columns = 75;
        let (a, b) = (noise(rows * inner, 1), noise(inner * columns, 2));
        let matrix = Bytes::new(&b, inner, columns);
        let mut left = ByteRows::default();
        left.fill(&a, rows, inner);
        let mut out = vec![f32::NAN; rows * columns];
        left.product(&matrix, &mut out);
        let mut plain = vec![f32::NAN; rows * columns];
        left.by::<2, Plain>(0..rows, &matrix, &mut plain);
        assert_eq!(out, plain);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            let mut middle = vec![f32::NAN; rows * columns];
            left.by::<5, x86::Middle>(0..rows, &matrix, &mut middle);
            assert_eq!(middle, plain);
        }
        for i in 0..rows {
            for j in 0..columns {
                let exact: f32 = (0..inner).map(|t| a[i * inner + t] * b[t * columns + j]).sum();
                assert!(
                    (out[i * columns + j] - exact).abs() < 0.02 * (inner as f32).sqrt(),
                    "{} is not {exact}",
                    out[i * columns + j]
                );
            }
        }
    }

    #[test]
    fn the_largest_bytes_fit() {
        let signed = [-128_i8; 8];
        let rows = ByteRows::of_signed([(signed.as_slice(), 1.0)].into_iter(), 8);
        for sign in [1.0, -1.0] {
            let matrix = Bytes::new(&[sign; 24], 8, 3);
            let (mut out, mut plain) = ([f32::NAN; 3], [f32::NAN; 3]);
            rows.product(&matrix, &mut out);
            rows.by::<2, Plain>(0..1, &matrix, &mut plain);
            assert_eq!(out, plain);
        }
    }

    #[test]
    fn rows_are_taken_apart_and_put_together() {
        let signed: [(&[i8], f32); 3] = [(&[1, -2, 3], 0.5), (&[], 1.0), (&[127, -128, 0], 2.0)];
        let rows = ByteRows::of_signed(signed.into_iter(), 3);
        let row = |rows: &ByteRows, at: usize| rows.row(at).take(3).collect::<Vec<f32>>();
        assert_eq!(row(&rows, 0), [0.5, -1.0, 1.5]);
        assert_eq!(row(&rows, 1), [0.0; 3]);
        assert_eq!(row(&rows, 2), [254.0, -256.0, 0.0]);
        assert_eq!(rows.row(3).count(), 0);
        let mut again = rows.part(0..1);
        again.append(rows.part(1..3));
        assert_eq!(again, rows);
        let mut gathered = ByteRows::default();
        gathered.gather([0, 9, 1, 2].into_iter().map(|at| (&rows, at)));
        assert_eq!(gathered, rows, "a row that is not there is left out");
        assert!(rows.part(2..4).is_empty());
    }

    #[test]
    fn rows_of_nothing_and_of_no_numbers_stay_within_bounds() {
        let matrix = Bytes::new(&[1.0, -2.0], 2, 1);
        let mut left = ByteRows::default();
        left.fill(&[0.0, 0.0, f32::NAN, 1.0, f32::INFINITY, 0.0], 3, 2);
        let mut out = [f32::NAN; 3];
        left.product(&matrix, &mut out);
        assert_eq!(out[0], 0.0);
        assert!(out.iter().all(|value| value.is_finite()));
    }
}

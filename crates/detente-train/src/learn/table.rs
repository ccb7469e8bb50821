//! Weights under training: a table, its gradient and its step.
//!
//! In goes a gradient, out come new weights by Adam (Kingma and Ba, ICLR 2015). Of an embedding only the rows that a batch
//! touched take a step: a table of 16,384 rows in which 900 were touched moves 900.

/// A source of numbers that look random and are the same for the same seed (SplitMix64).
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The seed from which the rolls to come would come as well.
    pub(crate) fn state(&self) -> u64 {
        self.state
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.roll() >> 40) as f32 / 16_777_216.0
    }

    /// From `-reach` to `reach`.
    pub(crate) fn around(&mut self, reach: f32) -> f32 {
        (2.0 * self.unit() - 1.0) * reach
    }

    /// Puts `items` in random order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.roll() % (last as u64 + 1)) as usize);
        }
    }

    /// Factors that silence each number with probability `rate` and make up for it in the others.
    pub(crate) fn mask(&mut self, count: usize, rate: f32) -> Vec<f32> {
        let bar = (f64::from(rate) * f64::from(u16::MAX)) as u16;
        let kept = 1.0 / (1.0 - rate);
        let mut out = Vec::with_capacity(count + 3);
        while out.len() < count {
            let roll = self.roll();
            for part in 0..4 {
                out.push(if ((roll >> (16 * part)) as u16) < bar { 0.0 } else { kept });
            }
        }
        out.truncate(count);
        out
    }
}

/// How large a step is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// Learning rate.
    pub(crate) rate: f32,
    /// Steps taken so far, this one included.
    pub(crate) number: i32,
    /// Factor for every gradient, so that their norm stays within bounds.
    pub(crate) scale: f32,
}

const FIRST_DECAY: f32 = 0.9;
const SECOND_DECAY: f32 = 0.98;

/// Weights, gradient, and the running moments of the gradient.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) columns: usize,
    pub(crate) values: Vec<f32>,
    pub(crate) gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    /// Rows with a gradient, for a table of which a batch touches few; `None` where it touches all.
    touched: Option<Vec<u32>>,
    marked: Vec<bool>,
}

impl Table {
    pub(crate) fn new(rows: usize, columns: usize, reach: f32, dice: &mut Dice) -> Self {
        let count = rows * columns;
        Self {
            columns,
            values: (0..count).map(|_| dice.around(reach)).collect(),
            gradient: vec![0.0; count],
            first: vec![0.0; count],
            second: vec![0.0; count],
            touched: None,
            marked: Vec::new(),
        }
    }

    pub(crate) fn embedding(rows: usize, columns: usize, reach: f32, dice: &mut Dice) -> Self {
        Self {
            touched: Some(Vec::new()),
            marked: vec![false; rows],
            ..Self::new(rows, columns, reach, dice)
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..][..self.columns]
    }

    /// The gradient of a row, which counts as touched.
    pub(crate) fn row_gradient(&mut self, row: usize) -> &mut [f32] {
        if let Some(touched) = &mut self.touched
            && !self.marked[row]
        {
            self.marked[row] = true;
            touched.push(row as u32);
        }
        &mut self.gradient[row * self.columns..][..self.columns]
    }

    /// Sum of the squares of the gradient.
    pub(crate) fn squares(&self) -> f32 {
        let sum = |values: &[f32]| values.iter().map(|g| g * g).sum::<f32>();
        match &self.touched {
            None => sum(&self.gradient),
            Some(rows) => rows
                .iter()
                .map(|&row| sum(&self.gradient[row as usize * self.columns..][..self.columns]))
                .sum(),
        }
    }

    /// Moves the weights and clears the gradient.
    pub(crate) fn step(&mut self, step: Step) {
        let rate = step.rate * (1.0 - SECOND_DECAY.powi(step.number)).sqrt()
            / (1.0 - FIRST_DECAY.powi(step.number));
        let (count, columns) = (self.values.len(), self.columns);
        let Self { values, gradient, first, second, touched, marked, .. } = self;
        let mut walk = |range: std::ops::Range<usize>| {
            let values = values[range.clone()].iter_mut().zip(&mut gradient[range.clone()]);
            let moments = first[range.clone()].iter_mut().zip(&mut second[range]);
            for ((value, gradient), (first, second)) in values.zip(moments) {
                let g = *gradient * step.scale;
                *first = FIRST_DECAY * *first + (1.0 - FIRST_DECAY) * g;
                *second = SECOND_DECAY * *second + (1.0 - SECOND_DECAY) * g * g;
                *value -= rate * *first / (second.sqrt() + 1e-8);
                *gradient = 0.0;
            }
        };
        match touched {
            None => walk(0..count),
            Some(rows) => {
                for row in rows.drain(..) {
                    marked[row as usize] = false;
                    walk(row as usize * columns..(row as usize + 1) * columns);
                }
            }
        }
    }

    /// What a checkpoint keeps.
    pub(crate) fn state(&mut self) -> [&mut Vec<f32>; 3] {
        [&mut self.values, &mut self.first, &mut self.second]
    }
}

//! A bar on standard error for work that takes more than a moment, where a person watches.
//!
//! It shows only where standard error is a terminal, and only once a second has gone by: a single page is
//! coded before anyone could read a bar.

use std::fmt::Display;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exit::tell;

const PATIENCE: Duration = Duration::from_secs(1);

/// How far the work has come: inputs read, documents done.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    documents: u64,
}

impl Progress {
    /// Progress over `inputs` inputs, none of them read yet.
    pub(crate) fn over(inputs: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::hidden());
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} inputs, {msg} {elapsed}")
        {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), shown: false, documents: 0 }
    }

    /// So many inputs have been read.
    pub(crate) fn inputs_read(&mut self, inputs: usize) {
        self.show();
        self.bar.set_position(inputs as u64);
    }

    /// One more document is done.
    pub(crate) fn document_done(&mut self) {
        self.documents += 1;
        self.show();
        if self.shown {
            self.bar.set_message(format!("{} documents", self.documents));
        }
    }

    /// A line on standard error that does not tear the bar.
    pub(crate) fn tell(&self, message: impl Display) {
        self.bar.suspend(|| tell(message));
    }

    fn show(&mut self) {
        if !self.shown && self.started.elapsed() > PATIENCE {
            self.shown = true;
            // Draws only where standard error is a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

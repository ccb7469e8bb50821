//! A bar on standard error for work that takes more than a moment, where a person watches.
//!
//! It shows only where standard error is a terminal, and only once a second has gone by: a single page is
//! coded before anyone could read a bar. Where the size of all that is read is known, it tells the time that is left.

use std::fmt::Display;
use std::io::Read;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::exit::tell;
use crate::inputs::Inputs;

const PATIENCE: Duration = Duration::from_secs(1);

/// How far the work has come: bytes read, or steps taken, and documents done.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    documents: u64,
}

impl Progress {
    /// Progress over what `inputs` hold, none of it read yet.
    pub(crate) fn over(inputs: &Inputs) -> Self {
        let bytes: Option<u64> = inputs.inputs.iter().map(crate::inputs::Input::size).sum();
        match bytes {
            Some(bytes) => Self::new(
                Some(bytes),
                "{bar:30} {percent}% of {total_bytes}, {msg}, {elapsed}, {eta} left",
            ),
            None => Self::new(None, "{bytes} read, {msg}, {elapsed}"),
        }
    }

    /// Progress over so many documents.
    pub(crate) fn over_documents(documents: u64) -> Self {
        Self::new(Some(documents), "{bar:30} {percent}%, {msg}, {elapsed}, {eta} left")
    }

    fn new(length: Option<u64>, template: &str) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), shown: false, documents: 0 }
    }

    /// The same reader; what is read of it counts.
    pub(crate) fn counted(&self, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        Box::new(self.bar.wrap_read(reader))
    }

    /// One more document is done.
    pub(crate) fn document_done(&mut self) {
        self.documents += 1;
        if !self.shown && self.started.elapsed() > PATIENCE {
            self.shown = true;
            // Draws only where standard error is a terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
        if self.shown {
            let rate = self.documents as f64 / self.started.elapsed().as_secs_f64();
            self.bar.set_message(format!("{} documents, {rate:.0}/s", self.documents));
        }
    }

    /// One more step of so many is taken.
    pub(crate) fn step(&mut self) {
        self.bar.inc(1);
        self.document_done();
    }

    /// A line on standard error that does not tear the bar.
    pub(crate) fn tell(&self, message: impl Display) {
        self.bar.suspend(|| tell(message));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

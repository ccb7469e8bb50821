//! Records as JSON lines: `{"document":…,"events":…}` and a line feed, the fields in the order of
//! `docs/record.md`.

use std::io;

use detente_core::Record;

use super::{Out, RecordWriter};

pub(super) struct Jsonl<'w> {
    out: Out<'w>,
}

impl<'w> Jsonl<'w> {
    pub(super) fn new(out: Out<'w>) -> Self {
        Self { out }
    }
}

impl RecordWriter for Jsonl<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        // One write a record: a reader at the other end of a pipe never sees half a line.
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        self.out.write_all(&line)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

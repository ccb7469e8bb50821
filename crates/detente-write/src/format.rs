//! The list of formats, and what each must be able to do.

use std::io::{self, Write};

use detente_core::Record;

mod cameo;
mod csv;
mod dyads;
mod flat;
mod jsonl;

/// Every format, in the order in which help texts show them. A new one is named here once; the test
/// `every_format_writes_the_sample` then asks for its golden file.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        about: "the records, one JSON object a line, as docs/record.md has them",
        make: |out| Box::new(jsonl::Jsonl::new(out)),
    },
    Format {
        name: "csv",
        about: "events, one line for each actor and recipient of each",
        make: |out| Box::new(csv::Csv::new(out)),
    },
    Format {
        name: "flat",
        about: "events as JSON lines, one for each directed pair of parties",
        make: |out| Box::new(flat::Flat::new(out)),
    },
    Format {
        name: "cameo",
        about: "events as the five columns of CAMEO files: date, source, target, code, words",
        make: |out| Box::new(cameo::Cameo::new(out)),
    },
];

/// One way of writing records.
pub struct Format {
    /// The name that chooses it, which is also the usual ending of its files: `csv`.
    pub name: &'static str,
    /// What it holds, in one line.
    pub about: &'static str,
    make: for<'w> fn(&'w mut dyn Write) -> Box<dyn RecordWriter + 'w>,
}

impl Format {
    /// A writer of this format onto `out`. Nothing is complete before [`RecordWriter::finish`].
    pub fn writer<'w>(&self, out: &'w mut dyn Write) -> Box<dyn RecordWriter + 'w> {
        (self.make)(out)
    }
}

/// Takes records one by one, so that no run needs all of them in memory.
pub trait RecordWriter {
    /// Writes one record.
    ///
    /// # Errors
    /// Those of the writer below; the output is then incomplete.
    fn record(&mut self, record: &Record) -> io::Result<()>;

    /// Writes what is left and flushes. A table without records still has its head.
    ///
    /// # Errors
    /// Those of the writer below; the output is then incomplete.
    fn finish(&mut self) -> io::Result<()>;
}

/// The format of this name, or `None` where [`FORMATS`] has none.
///
/// ```
/// assert!(detente_write::format("jsonl").is_some());
/// assert!(detente_write::format("xls").is_none());
/// ```
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

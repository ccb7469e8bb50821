//! The list of formats, and what each must be able to do.

use std::io::{self, Write};

use detente_core::Record;

use crate::table::{TABLES, Table};

mod cameo;
mod codes;
mod csv;
pub(crate) mod dyads;
mod flat;
mod gdelt;
mod jsonl;
mod parquet;
mod plover;

/// Where a format writes. Formats that keep a part back for a while do it on other threads, too.
type Out<'w> = &'w mut (dyn Write + Send);

/// Every format, in the order in which help texts show them. A new one is named here once; the test
/// `every_format_writes_the_sample` then asks for its golden files.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        about: "the records, one JSON object a line, as docs/record.md has them",
        ending: "jsonl",
        make: Make::One("records", |out| Box::new(jsonl::Jsonl::new(out))),
    },
    Format {
        name: "csv",
        about: "tables of events, statements, commitments or issues as text",
        ending: "csv",
        make: Make::Tables(|table, out| Box::new(csv::Csv::new(table, out))),
    },
    Format {
        name: "parquet",
        about: "the same tables with typed columns, for DuckDB, pandas, Spark",
        ending: "parquet",
        make: Make::Tables(|table, out| Box::new(parquet::Parquet::new(table, out))),
    },
    Format {
        name: "gdelt",
        about: "events as the event table of GDELT 2.0: 61 columns, parted by tabs",
        ending: "gdelt.tsv",
        make: Make::One("events", |out| Box::new(gdelt::Gdelt::new(out))),
    },
    Format {
        name: "plover",
        about: "events as JSON lines under the column names of POLECAT",
        ending: "plover.jsonl",
        make: Make::One("events", |out| Box::new(plover::Plover::new(out))),
    },
    Format {
        name: "flat",
        about: "events as JSON lines, one for each directed pair of parties",
        ending: "flat.jsonl",
        make: Make::One("events", |out| Box::new(flat::Flat::new(out))),
    },
    Format {
        name: "cameo",
        about: "events as the five columns of CAMEO files: date, source, target, code, words",
        ending: "cameo.tsv",
        make: Make::One("events", |out| Box::new(cameo::Cameo::new(out))),
    },
];

/// One way of writing records.
pub struct Format {
    /// The name that chooses it: `csv`.
    pub name: &'static str,
    /// What it holds, in one line.
    pub about: &'static str,
    /// The usual ending of its files, without the first dot: `gdelt.tsv`.
    pub ending: &'static str,
    make: Make,
}

/// How the writers of a format are made.
enum Make {
    /// It has one file, whose content is named.
    One(&'static str, for<'w> fn(Out<'w>) -> Box<dyn RecordWriter + 'w>),
    /// It has one file for each of [`TABLES`].
    Tables(for<'w> fn(&'static Table, Out<'w>) -> Box<dyn RecordWriter + 'w>),
}

impl Format {
    /// What its files hold, one name a file, that of events or records first: `events`, `statements` …
    pub fn contents(&self) -> Vec<&'static str> {
        match self.make {
            Make::One(content, _) => vec![content],
            Make::Tables(_) => TABLES.iter().map(|table| table.name).collect(),
        }
    }

    /// A writer of its first content, events or whole records, onto `out`. Nothing is complete before
    /// [`RecordWriter::finish`].
    pub fn writer<'w>(&self, out: &'w mut (dyn Write + Send)) -> Box<dyn RecordWriter + 'w> {
        match self.make {
            Make::One(_, make) => make(out),
            Make::Tables(make) => make(&TABLES[0], out),
        }
    }

    /// A writer of one of its [`Format::contents`], or `None` where it has none of that name.
    ///
    /// ```
    /// let csv = detente_write::format("csv").ok_or("no such format")?;
    /// assert!(csv.writer_of("issues", &mut Vec::new()).is_some());
    /// assert!(csv.writer_of("pictures", &mut Vec::new()).is_none());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn writer_of<'w>(
        &self,
        content: &str,
        out: &'w mut (dyn Write + Send),
    ) -> Option<Box<dyn RecordWriter + 'w>> {
        match self.make {
            Make::One(own, make) => (own == content).then(|| make(out)),
            Make::Tables(make) => Some(make(Table::named(content)?, out)),
        }
    }
}

/// How often an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Event mentions.
    pub mentions: usize,
    /// Sources that do not copy each other.
    pub sources: usize,
    /// Documents.
    pub documents: usize,
}

/// Takes records one by one, so that no run needs all of them in memory.
pub trait RecordWriter {
    /// Writes one record.
    ///
    /// # Errors
    /// Those of the writer below; the output is then incomplete.
    fn record(&mut self, record: &Record) -> io::Result<()>;

    /// Says in how many documents each event of the next record is told, where that is known. Most formats have no place for it.
    fn tally(&mut self, _tally: &[Tally]) {}

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

/// The format that the ending of a file's name stands for; of two that fit, the one with the longer ending.
///
/// ```
/// let name = |file| detente_write::format_of_file(file).map(|format| format.name);
/// assert_eq!(name("events.csv"), Some("csv"));
/// assert_eq!(name("events.gdelt.tsv"), Some("gdelt"));
/// assert_eq!(name("events.cameo"), Some("cameo"));
/// assert_eq!(name("events.txt"), None);
/// ```
pub fn format_of_file(file: &str) -> Option<&'static Format> {
    let ends = |ending: &str| file.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.'));
    FORMATS
        .iter()
        .filter(|format| ends(format.ending) || ends(format.name))
        .max_by_key(|format| format.ending.len())
}

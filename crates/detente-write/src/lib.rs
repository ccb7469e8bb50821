//! Records → other people's formats.
//!
//! In go [`Record`](detente_core::Record)s, one at a time, out come the bytes of a file: the records
//! themselves as JSON lines, or a table of events that spreadsheets and statistics packages read.
//! [`FORMATS`] is the one list of formats; whoever offers a choice of them reads it. Formats that are tables have several
//! ([`TABLES`]), one a file.
//!
//! ```
//! let format = detente_write::format("csv").ok_or("no such format")?;
//! let mut bytes = Vec::new();
//! let mut writer = format.writer(&mut bytes);
//! writer.finish()?; // no records: the head of the table alone
//! drop(writer);
//! assert!(bytes.starts_with(b"document,"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod days;
mod format;
mod members;
mod table;

pub use format::{FORMATS, Format, RecordWriter, Tally, format, format_of_file};
pub use members::{Members, expand};
pub use table::{Cell, Column, Kind, TABLES, Table};

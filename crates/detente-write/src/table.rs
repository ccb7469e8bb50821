//! Records as tables: events, statements, commitments and issues, with named columns.
//!
//! In goes a record, out come rows of [`Cell`]s, as many as [`Table::columns`] has. "Washington and Paris accused Moscow" is two
//! rows of the table `events`, `USA → RUS` and `FRA → RUS`, with the same value of `event`. What each column holds stands in
//! `docs/exports.md`, and a test compares that page with the lists below.

use std::borrow::Cow;

use detente_core::Record;
use jiff::civil::Date;

mod commitments;
mod events;
mod issues;
mod statements;

/// Every table, events first.
pub const TABLES: &[Table] = &[events::TABLE, statements::TABLE, commitments::TABLE, issues::TABLE];

/// Rows of one kind with named columns.
pub struct Table {
    /// The name that chooses it: `statements`.
    pub name: &'static str,
    /// What is a row, in one line.
    pub about: &'static str,
    /// In order.
    pub columns: &'static [Column],
    rows: fn(&Record, &mut Rows<'_>),
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// e.g. `document_date`.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What it says, in one line.
    pub about: &'static str,
}

/// What the cells of a column hold; each may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8; lists are joined by `;`.
    Text,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Number,
    /// `true` or `false`.
    Truth,
    /// A whole day, `YYYY-MM-DD`.
    Day,
}

impl Kind {
    /// The word for it in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Truth => "true or false",
            Kind::Day => "day",
        }
    }
}

/// What stands in one row and column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'r> {
    /// Not known.
    Empty,
    /// See [`Kind::Text`].
    Text(Cow<'r, str>),
    /// See [`Kind::Integer`].
    Integer(i64),
    /// See [`Kind::Number`].
    Number(f64),
    /// See [`Kind::Truth`].
    Truth(bool),
    /// See [`Kind::Day`].
    Day(Date),
}

type Rows<'f> = dyn for<'r> FnMut(&[Cell<'r>]) + 'f;

impl Table {
    /// The table of this name.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// Gives each row of a record to `take`.
    pub fn rows(&self, record: &Record, take: &mut dyn for<'r> FnMut(&[Cell<'r>])) {
        (self.rows)(record, take);
    }
}

const fn column(name: &'static str, kind: Kind, about: &'static str) -> Column {
    Column { name, kind, about }
}

/// The cells of the document that each table begins with.
fn document(record: &Record) -> [Cell<'_>; 6] {
    let document = &record.document;
    [
        text(&document.id),
        text(&document.source),
        maybe(document.url.as_deref()),
        maybe(document.publisher.as_deref()),
        maybe(document.title.as_deref()),
        maybe(document.date.as_deref()),
    ]
}

const DOCUMENT: [Column; 6] = [
    column("document", Kind::Text, "identifier of the document"),
    column("source", Kind::Text, "path or address as it was given"),
    column("url", Kind::Text, "canonical address"),
    column("publisher", Kind::Text, "who published it"),
    column("title", Kind::Text, "headline"),
    column("document_date", Kind::Text, "when it was published"),
];

/// The columns of the document, then `own`.
const fn with_document<const N: usize, const M: usize>(own: [Column; N]) -> [Column; M] {
    assert!(M == N + DOCUMENT.len(), "as many columns as both have");
    let mut all = [DOCUMENT[0]; M];
    let mut i = 0;
    while i < M {
        all[i] = if i < DOCUMENT.len() { DOCUMENT[i] } else { own[i - DOCUMENT.len()] };
        i += 1;
    }
    all
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(Cow::Borrowed(text)))
}

/// `a;b`, or empty.
fn list<'r>(words: impl IntoIterator<Item = &'r str>) -> Cell<'r> {
    let words: Vec<&str> = words.into_iter().collect();
    if words.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(words.join(";"))) }
}

fn number(value: Option<f64>) -> Cell<'static> {
    value.map_or(Cell::Empty, Cell::Number)
}

fn count(value: usize) -> Cell<'static> {
    Cell::Integer(i64::try_from(value).unwrap_or(i64::MAX))
}

fn day(day: Option<Date>) -> Cell<'static> {
    day.map_or(Cell::Empty, Cell::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_every_column_of_its_kind() {
        let sample = include_str!("../tests/golden/sample.json");
        let record: Record = serde_json::from_str(sample).unwrap();
        for table in TABLES {
            let mut rows = 0;
            table.rows(&record, &mut |cells| {
                rows += 1;
                assert_eq!(cells.len(), table.columns.len(), "{}", table.name);
                for (cell, column) in cells.iter().zip(table.columns) {
                    let kind = match cell {
                        Cell::Empty => continue,
                        Cell::Text(_) => Kind::Text,
                        Cell::Integer(_) => Kind::Integer,
                        Cell::Number(_) => Kind::Number,
                        Cell::Truth(_) => Kind::Truth,
                        Cell::Day(_) => Kind::Day,
                    };
                    assert_eq!(kind, column.kind, "{} {}", table.name, column.name);
                }
            });
            assert!(rows > 0, "the sample shows no row of {}", table.name);
        }
    }

    /// `docs/exports.md` has a line for each column, as below, under a heading with the table's name.
    #[test]
    fn the_manual_lists_every_column() {
        let manual = include_str!("../../../docs/exports.md");
        for table in TABLES {
            let line = |column: &Column| {
                let (name, kind, about) = (column.name, column.kind.as_str(), column.about);
                format!("| `{name}` | {kind} | {about} |\n")
            };
            let lines: String = table.columns.iter().map(line).collect();
            assert!(
                manual.contains(&lines),
                "docs/exports.md, {}, should have\n{lines}",
                table.name
            );
        }
    }
}

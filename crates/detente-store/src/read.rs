//! Records out of the store, as they went in.
//!
//! In goes a name or nothing, out come records, one by one, in the order of their days: the same bytes that
//! `detente code --json` writes. For an export, what is private is left out here, so that no export can forget it.

use detente_core::Record;
use rusqlite::{OptionalExtension, Row};

use crate::db::Store;
use crate::error::StoreError;
use crate::prepare::{shown, unpack};

/// Which documents are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything, for the user's own eyes.
    All,
    /// What may leave: without what is marked private.
    Export,
}

/// A stored document without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Number of its row, by which other tables name it.
    pub id: i64,
    /// Its identifier in the record.
    pub name: String,
    /// Date of publication.
    pub date: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Publisher or site.
    pub publisher: Option<String>,
    /// Path or address as it was given.
    pub source: String,
    /// Canonical address.
    pub url: Option<String>,
    /// Whether a user marked it private.
    pub private: bool,
    /// The earliest document of which this is a copy; its own number where it is none.
    pub head: i64,
}

/// The columns of a [`DocumentRow`], of a table named `d`.
pub(crate) const DOCUMENT: &str =
    "d.id, d.name, d.date, d.title, d.publisher, d.source, d.url, d.private, d.head";

pub(crate) fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        name: row.get(1)?,
        date: row.get(2)?,
        title: row.get(3)?,
        publisher: row.get(4)?,
        source: row.get(5)?,
        url: row.get(6)?,
        private: row.get(7)?,
        head: row.get(8)?,
    })
}

/// How much a store holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the number of rows of the table of its name")]
pub struct Counts {
    pub documents: u64,
    pub events: u64,
    pub statements: u64,
    pub commitments: u64,
    pub issues: u64,
}

impl Store {
    /// The record of the document with this identifier; of several the earliest. `None` where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn record(&self, name: &str) -> Result<Option<Record>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT id FROM document WHERE name = ?1 ORDER BY id LIMIT 1")
            .and_then(|mut query| query.query_row([name], |row| row.get(0)).optional())
            .map_err(|error| self.fault(&error))?;
        found.map_or(Ok(None), |id| self.record_of(id))
    }

    /// The record of a document by the number of its row.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn record_of(&self, document: i64) -> Result<Option<Record>, StoreError> {
        let Some(line) = self.line_of(document)? else { return Ok(None) };
        match serde_json::from_slice(&line) {
            Ok(record) => Ok(Some(record)),
            Err(_) => Err(self.unreadable(self.name_of(document))),
        }
    }

    /// The identifier of a document, for messages.
    fn name_of(&self, document: i64) -> String {
        let row = self.document(document).ok().flatten();
        row.map_or_else(|| format!("number {document}"), |row| row.name)
    }

    /// The record of a document as one line of JSON, the very bytes that were stored, without a line feed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn line_of(&self, document: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT bytes FROM record WHERE document = ?1")
            .and_then(|mut query| query.query_row([document], |row| row.get(0)).optional())
            .map_err(|error| self.fault(&error))?;
        match packed {
            None => Ok(None),
            Some(packed) => match unpack(&packed) {
                Some(line) => Ok(Some(line)),
                None => Err(self.unreadable(self.name_of(document))),
            },
        }
    }

    /// The row of a document.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document(&self, id: i64) -> Result<Option<DocumentRow>, StoreError> {
        self.connection
            .prepare_cached(&format!("SELECT {DOCUMENT} FROM document d WHERE d.id = ?1"))
            .and_then(|mut query| query.query_row([id], document_row).optional())
            .map_err(|error| self.fault(&error))
    }

    /// Gives every record to `take`, by day, and among those of a day in an order that does not depend on when they came; or the fault of one
    /// that cannot be read back, since the others can. It stops when `take` says no.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn each_record(
        &self,
        scope: Scope,
        mut take: impl FnMut(&DocumentRow, Result<Record, StoreError>) -> bool,
    ) -> Result<(), StoreError> {
        self.each(scope, |document, line| {
            let record = line.and_then(|line| {
                serde_json::from_slice(&line).map_err(|_| self.unreadable(&document.name))
            });
            Ok(take(document, record))
        })
    }

    /// The records as lines of JSON.
    ///
    /// # Errors
    /// When the store or one of them cannot be read, and those of `take`.
    pub fn each_line(
        &self,
        scope: Scope,
        mut take: impl FnMut(&DocumentRow, &[u8]) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        self.each(scope, |document, line| take(document, &line?))
    }

    /// Each record is asked for by itself, so that damage in one costs no other.
    fn each(
        &self,
        scope: Scope,
        mut take: impl FnMut(&DocumentRow, Result<Vec<u8>, StoreError>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT {DOCUMENT} FROM document d WHERE d.private <= ?1 ORDER BY d.id");
        let mut query = self.connection.prepare(&sql).map_err(|error| self.fault(&error))?;
        let mut rows = query.query([scope == Scope::All]).map_err(|error| self.fault(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.fault(&error))? {
            let document = document_row(row).map_err(|error| self.fault(&error))?;
            let line = match self.line_of(document.id) {
                Ok(Some(line)) => Ok(line),
                Ok(None) => Err(self.unreadable(&document.name)),
                // One damaged page may hold the record alone.
                Err(error) if error.is_damaged() => Err(self.unreadable(&document.name)),
                Err(error) => return Err(error),
            };
            if !take(&document, line)? {
                break;
            }
        }
        Ok(())
    }

    /// Marks a document private, or takes the mark away. Returns whether there is such a document.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_private(&mut self, name: &str, private: bool) -> Result<bool, StoreError> {
        let changed = self
            .connection
            .execute("UPDATE document SET private = ?2 WHERE name = ?1", (name, private));
        changed.map(|rows| rows > 0).map_err(|error| self.fault(&error))
    }

    /// How much it holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |table: &str| {
            let sql = format!("SELECT count(*) FROM {table}");
            let count: rusqlite::Result<i64> =
                self.connection.query_row(&sql, [], |row| row.get(0));
            count.map(i64::unsigned_abs).map_err(|error| self.fault(&error))
        };
        Ok(Counts {
            documents: count("document")?,
            events: count("event")?,
            statements: count("statement")?,
            commitments: count("commitment")?,
            issues: count("issue")?,
        })
    }

    /// The keys of all documents with hashes of their records: what two stores share that hold the same.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn fingerprint(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(String, Vec<u8>)>> {
            let mut query = self.connection.prepare(
                "SELECT d.key, r.bytes FROM document d JOIN record r ON r.document = d.id ORDER BY d.key",
            )?;
            let rows = query.query_map([], |row| {
                Ok((shown(row.get_ref(0)?.as_blob()?), row.get::<_, Vec<u8>>(1)?))
            })?;
            rows.collect()
        };
        read().map_err(|error| self.fault(&error))
    }
}

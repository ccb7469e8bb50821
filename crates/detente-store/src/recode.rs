//! Which documents another coder has coded, and what they were before they were coded.
//!
//! In goes today's coder, out come the numbers of documents that another one has coded, and a document as the coder takes it: with what
//! extraction found amiss and without what the old coder made of it.

use detente_core::{CoderInfo, Document, Record, Warning};
use rusqlite::params;

use crate::db::Store;
use crate::error::StoreError;

impl Store {
    /// Numbers of documents after `after` that another coder than `coder` has coded, at most `limit`, in order. Start with [`i64::MIN`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outdated(
        &self,
        coder: &CoderInfo,
        after: i64,
        limit: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut query = self.connection.prepare_cached(
                "SELECT id FROM document WHERE id > ?1 AND coder NOT IN (SELECT id FROM coder WHERE name = ?2 AND version = ?3 \
                 AND knowledge = ?4 AND model = ?5) ORDER BY id LIMIT ?6",
            )?;
            let values = params![
                after,
                coder.name,
                coder.version,
                coder.knowledge,
                coder.model,
                limit as i64
            ];
            query.query_map(values, |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.fault(&error))
    }

    /// How many documents another coder than `coder` has coded.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outdated_count(&self, coder: &CoderInfo) -> Result<u64, StoreError> {
        let count: rusqlite::Result<i64> = self.connection.query_row(
            "SELECT count(*) FROM document WHERE coder NOT IN (SELECT id FROM coder WHERE name = ?1 AND version = ?2 \
             AND knowledge = ?3 AND model = ?4)",
            [&coder.name, &coder.version, &coder.knowledge, &coder.model],
            |row| row.get(0),
        );
        count.map(i64::unsigned_abs).map_err(|error| self.fault(&error))
    }

    /// Numbers of documents after `after`, at most `limit`, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn numbers(&self, after: i64, limit: usize) -> Result<Vec<i64>, StoreError> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut query = self
                .connection
                .prepare_cached("SELECT id FROM document WHERE id > ?1 ORDER BY id LIMIT ?2")?;
            query.query_map(params![after, limit as i64], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.fault(&error))
    }
}

/// The document of a record as it was before it was coded.
pub fn uncoded(record: &Record) -> Document {
    let mut document = record.document.clone();
    document.sentences.clear();
    // Those that the coder gives it gives again.
    let coders =
        |warning: &Warning| matches!(warning, Warning::NoDocumentDate | Warning::LongSentence);
    document.warnings =
        record.warnings.iter().copied().filter(|warning| !coders(warning)).collect();
    document
}

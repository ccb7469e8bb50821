//! What several documents tell, once.
//!
//! In goes a document, out comes for each of its events whether an earlier document tells of the same happening, and in how many it is
//! told. With [`Scope::Export`] private documents do not count: what they tell first is first told by the next.

use rusqlite::params;

use crate::db::Store;
use crate::error::StoreError;
use crate::query::Told;
use crate::read::Scope;

/// How one event of a document stands to the other mentions of its happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Its place in the record's list of events.
    pub position: usize,
    /// No earlier mention tells of it.
    pub first: bool,
    /// In how many documents it is told.
    pub told: Told,
}

impl Store {
    /// The events of a document, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tellings(&self, document: i64, scope: Scope) -> Result<Vec<Telling>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(usize, bool, i64)>> {
            let mut events = self.connection.prepare_cached(
                "SELECT position, happening, NOT EXISTS (SELECT 1 FROM event o CROSS JOIN document d ON d.id = o.document \
                 WHERE o.happening = e.happening AND (o.document, o.id) < (e.document, e.id) AND d.private <= ?2) FROM event e WHERE e.document = ?1 ORDER BY position",
            )?;
            let rows = events.query_map(params![document, scope == Scope::All], |row| {
                Ok((row.get::<_, i64>(0)? as usize, row.get(2)?, row.get(1)?))
            })?;
            rows.collect()
        };
        let events = read().map_err(|error| self.fault(&error))?;
        let telling = |(position, first, happening)| {
            let told = self.told_in(happening, scope)?;
            Ok(Telling { position, first, told })
        };
        events.into_iter().map(telling).collect()
    }

    /// Whether an earlier document has the same text, as far as such copies are found.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_copy(&self, document: i64, scope: Scope) -> Result<bool, StoreError> {
        let read = || {
            let mut earlier = self.connection.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM document o JOIN document d ON o.head = d.head \
                 WHERE d.id = ?1 AND o.id < d.id AND o.private <= ?2)",
            )?;
            earlier.query_row(params![document, scope == Scope::All], |row| row.get(0))
        };
        read().map_err(|error: rusqlite::Error| self.fault(&error))
    }
}

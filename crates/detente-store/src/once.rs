//! What several documents tell, once.
//!
//! In goes a document, out comes whether it is a copy, and for each of its events whether an earlier document tells of the same happening, and in
//! how many it is told. With [`Scope::Export`] private documents do not count: what they tell first is first told by the next, and the
//! head of their copies is the earliest of the others. What has no date comes last.

use std::collections::BTreeMap;

use rusqlite::params;

use crate::db::Store;
use crate::error::StoreError;
use crate::prepare::NO_DAY;
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

/// How a document stands to the copies of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// An earlier document has the same text in part: it may tell more.
    Near,
    /// An earlier document has the same text word for word: it tells nothing of its own.
    Exact,
}

/// By this the earliest document comes first, and what has no date last.
fn rank(document: i64) -> (bool, i64) {
    (document >> 32 == NO_DAY, document)
}

/// For one happening the earliest document of each group of copies that tells of it.
pub(crate) type Tellers = BTreeMap<i64, i64>;

/// Whether an earlier copy tells of the same happening.
pub(crate) fn told_before(tellers: &Tellers, head: i64, document: i64) -> bool {
    tellers.get(&head).is_some_and(|first| rank(*first) < rank(document))
}

impl Store {
    /// The events of a document, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tellings(&self, document: i64, scope: Scope) -> Result<Vec<Telling>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(usize, bool, i64)>> {
            // What an exact copy tells otherwise is a slip of the coder, and stands nowhere else.
            let mut events = self.connection.prepare_cached(
                "SELECT position, happening, NOT EXISTS (SELECT 1 FROM event o CROSS JOIN document d ON d.id = o.document \
                 WHERE o.happening = e.happening AND (d.day = 0, d.id, o.id) < (m.day = 0, m.id, e.id) AND d.private <= ?2 \
                 AND (d.head = d.id OR NOT EXISTS (SELECT 1 FROM document c WHERE c.body = d.body AND c.head = d.head \
                 AND (c.day = 0, c.id) < (d.day = 0, d.id) AND c.private <= ?2))) \
                 FROM event e CROSS JOIN document m ON m.id = e.document WHERE e.document = ?1 ORDER BY position",
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

    /// Whether an earlier document has the same text, as far as such copies are found; `None` where none has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn copied(&self, document: i64, scope: Scope) -> Result<Option<Copied>, StoreError> {
        let read = || {
            let mut earlier = self.connection.prepare_cached(
                "SELECT max(o.body = d.body) FROM document d CROSS JOIN document o ON o.head = d.head \
                 WHERE d.id = ?1 AND d.head <> d.id AND (o.day = 0, o.id) < (d.day = 0, d.id) AND o.private <= ?2",
            )?;
            earlier.query_row(params![document, scope == Scope::All], |row| row.get(0))
        };
        let exact: Option<bool> = read().map_err(|error: rusqlite::Error| self.fault(&error))?;
        Ok(exact.map(|exact| if exact { Copied::Exact } else { Copied::Near }))
    }

    /// Who tells of a happening.
    pub(crate) fn tellers(&self, happening: i64, scope: Scope) -> Result<Tellers, StoreError> {
        let read = || -> rusqlite::Result<Tellers> {
            let mut mentions = self.connection.prepare_cached(
                "SELECT d.head, d.id FROM event e CROSS JOIN document d ON d.id = e.document \
                 WHERE e.happening = ?1 AND d.private <= ?2",
            )?;
            let mut tellers = Tellers::new();
            let mut rows = mentions.query(params![happening, scope == Scope::All])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(1)?;
                let first = tellers.entry(row.get(0)?).or_insert(id);
                if rank(id) < rank(*first) {
                    *first = id;
                }
            }
            Ok(tellers)
        };
        read().map_err(|error| self.fault(&error))
    }
}

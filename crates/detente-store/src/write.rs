//! Records into the store: one writer, many records a transaction.
//!
//! In go [`Prepared`] records, out comes a store that holds them, each once. A record whose document is there already takes its
//! place whole, in one transaction: who reads sees the old or the new, never half of either. A batch that fails
//! leaves what was stored before it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use detente_core::Record;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::db::Store;
use crate::duplicates::{self, Newcomer};
use crate::error::StoreError;
use crate::link;
use crate::prepare::{Key, Prepared, key_of};

/// A batch is stored when it holds so many records …
const BATCH: usize = 256;
/// … or takes so many bytes …
const BATCH_BYTES: usize = 16 << 20;
/// … or so much time has passed since the last one.
const BATCH_TIME: Duration = Duration::from_secs(1);

/// The tables whose rows hang on a document and have an index of words beside them.
const INDEXED: [&str; 4] = ["event", "statement", "commitment", "issue"];

/// Takes records and stores them in batches; what has not been stored when it is dropped is lost, so call [`finish`](Self::finish).
#[derive(Debug)]
pub struct Writer<'s> {
    store: &'s mut Store,
    batch: Batch,
    stored: Stored,
    on_known: Known,
}

/// Records that are stored in one transaction.
#[derive(Debug)]
pub struct Batch {
    records: Vec<Prepared>,
    bytes: usize,
    since: Instant,
}

impl Default for Batch {
    fn default() -> Self {
        Self { records: Vec::new(), bytes: 0, since: Instant::now() }
    }
}

impl Batch {
    /// Takes a record. Returns whether the batch is large or old enough to be stored.
    pub fn push(&mut self, record: Prepared) -> bool {
        self.bytes += record.size();
        self.records.push(record);
        self.records.len() >= BATCH
            || self.bytes >= BATCH_BYTES
            || self.since.elapsed() >= BATCH_TIME
    }
}

/// What a writer has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stored {
    /// Records of documents that were new.
    pub added: usize,
    /// Records that took the place of others.
    pub replaced: usize,
    /// Records of documents that were there already and were left as they are.
    pub kept: usize,
    /// Documents among those that were open and are private now.
    pub hidden: usize,
}

/// What a writer does with a record whose document is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The old one stays.
    Keep,
    /// The new one takes its place.
    Replace,
}

impl Store {
    /// Stores one record; of a document that is there already it takes the place. Many are stored faster by a [`Writer`].
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    pub fn put(&mut self, record: &Record) -> Result<Stored, StoreError> {
        let mut writer = self.writer(Known::Replace);
        writer.put(Prepared::of(record, false))?;
        writer.finish()
    }

    /// A writer of many records.
    pub fn writer(&mut self, on_known: Known) -> Writer<'_> {
        Writer { store: self, batch: Batch::default(), stored: Stored::default(), on_known }
    }

    /// Marks documents private, of those that are there. Returns how many were not so before. Only [`set_private`](Self::set_private) takes
    /// such a mark away.
    ///
    /// # Errors
    /// When the store cannot be written; nothing has changed then.
    pub fn make_private(&mut self, documents: &[Key]) -> Result<usize, StoreError> {
        let make = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut hidden = 0;
            for key in documents {
                if let Some(id) = known(&transaction, key)? {
                    hidden += hide(&transaction, id)?;
                }
            }
            transaction.commit()?;
            Ok(hidden)
        };
        make(&mut self.connection).map_err(|error| self.fault(&error))
    }

    /// Whether a document is stored.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has(&self, document: &detente_core::Document) -> Result<bool, StoreError> {
        let known = known(&self.connection, &key_of(document));
        known.map(|known| known.is_some()).map_err(|error| self.fault(&error))
    }
}

impl Writer<'_> {
    /// Takes a record, and stores the batch when it is large or old enough. Returns whether it was stored.
    ///
    /// # Errors
    /// When the batch cannot be stored; nothing of it is then.
    pub fn put(&mut self, record: Prepared) -> Result<bool, StoreError> {
        let full = self.batch.push(record);
        if full {
            self.store()?;
        }
        Ok(full)
    }

    /// Stores what it holds now.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn store(&mut self) -> Result<(), StoreError> {
        let batch = std::mem::take(&mut self.batch);
        self.store_batch(batch)?;
        self.batch.since = Instant::now();
        Ok(())
    }

    /// Stores records that another thread has gathered meanwhile.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn store_batch(&mut self, batch: Batch) -> Result<(), StoreError> {
        if !batch.records.is_empty() {
            let stored = store_batch(&mut self.store.connection, batch.records, self.on_known)
                .map_err(|error| self.store.fault(&error))?;
            self.stored.added += stored.added;
            self.stored.replaced += stored.replaced;
            self.stored.kept += stored.kept;
            self.stored.hidden += stored.hidden;
        }
        Ok(())
    }

    /// What has been stored so far.
    pub fn stored(&self) -> Stored {
        self.stored
    }

    /// Stores the rest.
    ///
    /// # Errors
    /// As [`put`](Self::put).
    pub fn finish(mut self) -> Result<Stored, StoreError> {
        self.store()?;
        Ok(self.stored)
    }
}

fn store_batch(
    connection: &mut Connection,
    batch: Vec<Prepared>,
    on_known: Known,
) -> rusqlite::Result<Stored> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut stored = Stored::default();
    let mut index = Index::default();
    let mut apart = BTreeSet::new();
    for prepared in batch {
        match known(&transaction, &prepared.key)? {
            Some(id) if on_known == Known::Keep => {
                stored.kept += 1;
                if prepared.private {
                    stored.hidden += hide(&transaction, id)?;
                }
            }
            Some(id) => {
                apart.extend(link::part(&transaction, id)?);
                remove_rows(&transaction, id, &mut index)?;
                stored.replaced += 1;
                replace(&transaction, id, &prepared)?;
                rows(&transaction, id, prepared, &mut index)?;
            }
            None => {
                stored.added += 1;
                let id = add(&transaction, &prepared)?;
                let newcomer = Newcomer {
                    id,
                    day: prepared.day,
                    body: prepared.body,
                    text: &prepared.text,
                    shape: &prepared.shape,
                };
                let grouped = duplicates::group(&transaction, &newcomer)?;
                rows(&transaction, id, prepared, &mut index)?;
                for copy in grouped {
                    link::link(&transaction, copy)?;
                }
            }
        }
    }
    for document in apart {
        link::link(&transaction, document)?;
    }
    index.write(&transaction)?;
    transaction.commit()?;
    Ok(stored)
}

fn known(connection: &Connection, key: &Key) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM document WHERE key = ?1")?
        .query_row([&key[..]], |row| row.get(0))
        .optional()
}

/// Marks a document private; 1 where it was not so before.
fn hide(connection: &Connection, document: i64) -> rusqlite::Result<usize> {
    connection
        .prepare_cached("UPDATE document SET private = 1 WHERE id = ?1 AND private = 0")?
        .execute([document])
}

/// The number of the coder's row.
fn coder(connection: &Connection, prepared: &Prepared) -> rusqlite::Result<i64> {
    let coder = &prepared.coder;
    let values = [&coder.name, &coder.version, &coder.knowledge, &coder.model];
    let known = connection
        .prepare_cached(
            "SELECT id FROM coder WHERE name = ?1 AND version = ?2 AND knowledge = ?3 AND model = ?4",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO coder (name, version, knowledge, model) VALUES (?1, ?2, ?3, ?4)",
        )?
        .insert(values)
}

/// The document's row and its packed record; returns its number.
fn add(connection: &Connection, prepared: &Prepared) -> rusqlite::Result<i64> {
    let coder = coder(connection, prepared)?;
    let id = free(connection, "document", prepared.id)?;
    connection
        .prepare_cached(
            "INSERT INTO document (id, key, name, day, date, title, publisher, source, url, language, coder, private, body, \
             runs, sketch, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?1)",
        )?
        .execute(params![
            id,
            &prepared.key[..],
            prepared.name,
            prepared.day,
            prepared.date,
            prepared.title,
            prepared.publisher,
            prepared.source,
            prepared.url,
            prepared.language,
            coder,
            prepared.private,
            prepared.body,
            prepared.shape.runs as i64,
            prepared.shape.sketch,
        ])?;
    connection
        .prepare_cached("INSERT INTO record (document, bytes) VALUES (?1, ?2)")?
        .execute(params![id, prepared.bytes])?;
    Ok(id)
}

/// What a newer coder may have made anew; what was private stays so.
fn replace(connection: &Connection, id: i64, prepared: &Prepared) -> rusqlite::Result<()> {
    let coder = coder(connection, prepared)?;
    connection
        .prepare_cached(
            "UPDATE document SET coder = ?2, language = ?3, source = ?4, private = max(private, ?5) WHERE id = ?1",
        )?
        .execute(params![id, coder, prepared.language, prepared.source, prepared.private])?;
    connection
        .prepare_cached("UPDATE record SET bytes = ?2 WHERE document = ?1")?
        .execute(params![id, prepared.bytes])?;
    Ok(())
}

/// The first number from `id` on that no row of the table has. Two rows want the same one about once in a million.
fn free(connection: &Connection, table: &str, mut id: i64) -> rusqlite::Result<i64> {
    let mut taken = connection.prepare_cached(&format!("SELECT 1 FROM {table} WHERE id = ?1"))?;
    while taken.exists([id])? {
        id += 1;
    }
    Ok(id)
}

/// Words of rows that came and numbers of rows that went, by table. They are written at the end of a batch, by number, since the
/// index takes rows in their order with far less work.
#[derive(Debug, Default)]
struct Index {
    came: [Vec<(i64, String)>; 5],
    went: [Vec<i64>; 5],
}

impl Index {
    fn write(mut self, connection: &Connection) -> rusqlite::Result<()> {
        for (n, table) in std::iter::once("document").chain(INDEXED).enumerate() {
            let (came, went) = (&mut self.came[n], &mut self.went[n]);
            came.sort_unstable_by_key(|(id, _)| *id);
            went.sort_unstable();
            let mut remove = connection
                .prepare_cached(&format!("DELETE FROM {table}_index WHERE rowid = ?1"))?;
            for id in went.iter() {
                remove.execute([id])?;
            }
            let mut insert = connection.prepare_cached(&format!(
                "INSERT INTO {table}_index (rowid, words) VALUES (?1, ?2)"
            ))?;
            for (id, words) in came.iter() {
                insert.execute(params![id, words])?;
            }
        }
        Ok(())
    }
}

/// Takes out everything that hangs on a document.
fn remove_rows(connection: &Connection, document: i64, index: &mut Index) -> rusqlite::Result<()> {
    // Within one batch the words of its rows may not have been written yet.
    let in_batch = index.came[0].iter().any(|(came, _)| *came == document);
    let mut took = |n: usize, id: i64| {
        if in_batch {
            index.came[n].retain(|(came, _)| *came != id);
        } else {
            index.went[n].push(id);
        }
    };
    took(0, document);
    for (n, table) in (1..).zip(INDEXED) {
        let mut rows =
            connection.prepare_cached(&format!("SELECT id FROM {table} WHERE document = ?1"))?;
        let ids: Vec<i64> =
            rows.query_map([document], |row| row.get(0))?.collect::<Result<_, _>>()?;
        if table == "event" {
            let mut parties = connection.prepare_cached("DELETE FROM party WHERE event = ?1")?;
            for id in &ids {
                parties.execute([id])?;
            }
        }
        connection
            .prepare_cached(&format!("DELETE FROM {table} WHERE document = ?1"))?
            .execute([document])?;
        for id in ids {
            took(n, id);
        }
    }
    Ok(())
}

/// Everything that hangs on a document.
fn rows(
    connection: &Connection,
    document: i64,
    prepared: Prepared,
    index: &mut Index,
) -> rusqlite::Result<()> {
    let day = prepared.day;
    index.came[0].push((document, prepared.words));
    for (position, event) in (0_i64..).zip(prepared.events) {
        let id = free(connection, "event", event.id)?;
        connection
            .prepare_cached(
                "INSERT INTO event (id, document, position, day, last, dated, type, status, quad, score, cameo, background, \
                 reciprocal, place, country, confidence, link, gist, happening) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, \
                 ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?1)",
            )?
            .execute(params![
                id,
                document,
                position,
                event.day,
                event.last,
                event.dated,
                event.kind,
                event.status,
                event.quad,
                event.score,
                event.cameo,
                event.background,
                event.reciprocal,
                event.place,
                event.country,
                event.confidence,
                event.link,
                event.gist,
            ])?;
        let mut insert = connection.prepare_cached(
            "INSERT INTO party (event, side, n, code, sector, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (n, party) in (0_i64..).zip(event.parties) {
            insert.execute(params![
                id,
                party.recipient,
                n,
                party.code,
                party.sector,
                party.name
            ])?;
        }
        index.came[1].push((id, event.words));
    }
    link::link(connection, document)?;
    for (position, statement) in (0_i64..).zip(prepared.statements) {
        let id = free(connection, "statement", statement.id)?;
        connection
            .prepare_cached(
                "INSERT INTO statement (id, document, position, day, kind, code, sector, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                document,
                position,
                day,
                statement.kind,
                statement.code,
                statement.sector,
                statement.name
            ])?;
        index.came[2].push((id, statement.words));
    }
    for (position, commitment) in (0_i64..).zip(prepared.commitments) {
        let id = free(connection, "commitment", commitment.id)?;
        connection
            .prepare_cached(
                "INSERT INTO commitment (id, document, position, day, kind, subject, parties, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                id,
                document,
                position,
                day,
                commitment.kind,
                commitment.subject,
                commitment.parties,
                commitment.status
            ])?;
        index.came[3].push((id, commitment.words));
    }
    for (position, issue) in (0_i64..).zip(prepared.issues) {
        let id = free(connection, "issue", issue.id)?;
        connection
            .prepare_cached(
                "INSERT INTO issue (id, document, position, day, topic, pair, stance) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![id, document, position, day, issue.topic, issue.pair, issue.stance])?;
        index.came[4].push((id, issue.words));
    }
    Ok(())
}

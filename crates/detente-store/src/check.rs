//! Whether a store is whole.
//!
//! In goes a store, out comes a line for each fault: pages, tables and indexes that break the rules of SQLite, records that cannot be read
//! back, and rows that are not those of the record. A page that a failing disk has overwritten may hold a list of the index, and then `find --party USA`
//! misses events without a word, since a list says nothing of what is gone from it; this finds it.

use detente_core::Record;

use crate::db::Store;
use crate::error::StoreError;
use crate::prepare::key_of;
use crate::read::Scope;

/// So many faults of pages are told; where there are more, a few more say nothing new.
const MOST: usize = 20;

impl Store {
    /// Every fault that is found, in the words of SQLite or by the name of the document.
    ///
    /// # Errors
    /// When the store cannot be read at all.
    pub fn faults(&self) -> Result<Vec<String>, StoreError> {
        let of_file = || -> rusqlite::Result<Vec<String>> {
            let mut check = self.connection.prepare(&format!("PRAGMA integrity_check({MOST})"))?;
            check.query_map([], |row| row.get(0))?.collect()
        };
        let mut faults: Vec<String> = match of_file() {
            Ok(told) => {
                let lines = told.iter().flat_map(|told| told.lines());
                let lines = lines.filter(|line| *line != "ok" && !line.starts_with("***"));
                lines.map(str::to_owned).collect()
            }
            Err(error) => vec![error.to_string()],
        };
        let documents = self.each_record(Scope::All, |document, record| {
            let fault = match record {
                Ok(record) => self.rows_differ(document.id, &record),
                Err(_) => {
                    Some(format!("the record of document {} cannot be read back", document.name))
                }
            };
            faults.extend(fault);
            true
        });
        faults.extend(documents.err().map(|error| error.to_string()));
        Ok(faults)
    }

    /// What is wrong with the rows of a document, by what its record says.
    fn rows_differ(&self, document: i64, record: &Record) -> Option<String> {
        let name = &record.document.id;
        let lists = [
            ("event", record.events.len()),
            ("statement", record.statements.len()),
            ("commitment", record.commitments.len()),
            ("issue", record.issues.len()),
        ];
        let count = |table: &str| -> rusqlite::Result<usize> {
            // Each row with the sign that it is found by, where there is one.
            let mut count = self.connection.prepare_cached(&format!(
                "SELECT count(*) FROM {table} t JOIN {table}_index_docsize i ON i.id = t.id WHERE t.document = ?1"
            ))?;
            count.query_row([document], |row| row.get::<_, i64>(0)).map(|rows| rows as usize)
        };
        let key = || -> rusqlite::Result<bool> {
            let mut key =
                self.connection.prepare_cached("SELECT key FROM document WHERE id = ?1")?;
            key.query_row([document], |row| {
                Ok(row.get_ref(0)?.as_blob()? == key_of(&record.document))
            })
        };
        match key() {
            Ok(true) => {}
            Ok(false) => return Some(format!("document {name}: its record is that of another")),
            Err(error) => return Some(format!("document {name}: {error}")),
        }
        for (table, expected) in lists {
            match count(table) {
                Ok(rows) if rows == expected => {}
                Ok(rows) => {
                    return Some(format!(
                        "document {name}: {rows} rows of {table} for {expected} in its record"
                    ));
                }
                Err(error) => return Some(format!("document {name}: {table}: {error}")),
            }
        }
        None
    }
}

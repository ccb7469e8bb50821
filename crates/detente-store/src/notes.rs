//! What users and readers write about documents.
//!
//! In goes a [`Note`], out come notes, for the user's own eyes or for an export. The address of who wrote one is kept so that one can answer; it is
//! given to nobody: an export has none, whatever it asks for.

use rusqlite::params;

use crate::db::Store;
use crate::error::StoreError;
use crate::read::Scope;

/// One note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Identifier of the document.
    pub document: String,
    /// When it was written, as the caller gives it; nothing here asks the clock.
    pub made: String,
    /// Who wrote it, as the person wants to be named.
    pub author: Option<String>,
    /// Address of who wrote it.
    pub address: Option<String>,
    /// What it says.
    pub text: String,
    /// It never leaves in an export.
    pub private: bool,
}

impl Store {
    /// Keeps a note. Returns whether there is such a document.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_note(&mut self, note: &Note) -> Result<bool, StoreError> {
        let added = self.connection.execute(
            "INSERT INTO note (document, made, author, address, text, private) \
             SELECT id, ?2, ?3, ?4, ?5, ?6 FROM document WHERE name = ?1 ORDER BY id LIMIT 1",
            params![note.document, note.made, note.author, note.address, note.text, note.private],
        );
        added.map(|rows| rows > 0).map_err(|error| self.fault(&error))
    }

    /// All notes in the order in which they were kept; for an export without those that are private, those of private documents,
    /// and every address.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn notes(&self, scope: Scope) -> Result<Vec<Note>, StoreError> {
        let all = scope == Scope::All;
        let read = || -> rusqlite::Result<Vec<Note>> {
            let mut query = self.connection.prepare_cached(
                "SELECT d.name, n.made, n.author, n.address, n.text, n.private OR d.private FROM note n \
                 JOIN document d ON d.id = n.document WHERE ?1 OR NOT (n.private OR d.private) ORDER BY n.id",
            )?;
            let notes = query.query_map([all], |row| {
                let address: Option<String> = row.get(3)?;
                Ok(Note {
                    document: row.get(0)?,
                    made: row.get(1)?,
                    author: row.get(2)?,
                    address: address.filter(|_| all),
                    text: row.get(4)?,
                    private: row.get(5)?,
                })
            })?;
            notes.collect()
        };
        read().map_err(|error| self.fault(&error))
    }
}

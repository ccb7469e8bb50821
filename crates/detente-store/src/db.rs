//! The file: opened, made, brought to today's form.
//!
//! In goes a path, out comes a [`Store`], open to write or only to read. While one program writes, others read: they see what was
//! stored when they began to ask (SQLite's write-ahead log). A file that is something else is left as it is.

use std::fmt::Write;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Kind, StoreError};
use crate::upgrade;

/// How long one waits for a program that is writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pages of the file, in bytes: most records fit into one.
const PAGE: i64 = 8192;

/// The log is written back when it is this long, in pages: 32 MiB.
const LOG: i64 = 4096;

/// Memory for pages, in KiB.
const CACHE: i64 = 64 * 1024;

/// A store of records, open.
///
/// ```
/// use detente_core::{Document, Record};
/// use detente_store::Store;
/// let path = std::env::temp_dir().join(format!("detente-doc-{}.store", std::process::id()));
/// assert!(Store::open_read_only(&path).unwrap_err().is_missing());
/// let mut store = Store::open(&path)?;
/// let document = Document { id: "a1".into(), ..Document::of_text("Ankara thanked Oslo.") };
/// let record = Record {
///     document,
///     events: vec![],
///     statements: vec![],
///     commitments: vec![],
///     issues: vec![],
///     warnings: vec![],
///     coder: Default::default(),
/// };
/// store.put(&record)?;
/// assert_eq!(store.record("a1")?, Some(record));
/// assert_eq!(store.record("a2")?, None);
/// # drop(store);
/// # std::fs::remove_file(path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens the store at `path` to read and write; makes it where there is none, and brings one of an older form to today's.
    ///
    /// # Errors
    /// When the file is something else, of a newer form, damaged, in use, or not to be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        check_head(path)?;
        Self::opened(path).map_err(|error| StoreError::of(path, &error))?
    }

    fn opened(path: &Path) -> rusqlite::Result<Result<Self, StoreError>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file_name(path), flags)?;
        connection.busy_timeout(PATIENCE)?;
        if let Err(kind) = ours(&connection)? {
            return Ok(Err(StoreError::new(path, kind)));
        }
        if upgrade::form(&connection)? == 0 {
            // Before anything stands in the file, and before the log: a file that is half made is then rolled back as a whole.
            connection.pragma_update(None, "page_size", PAGE)?;
        }
        upgrade::upgrade(&mut connection, upgrade::STEPS)?;
        // A file system that cannot have a log keeps the old way, which works as well, but readers wait.
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        // A killed program loses nothing that it said was stored; when the whole machine dies the last moments may be missing, and
        // the next run reads them again.
        connection.pragma_update(None, "synchronous", "normal")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
        connection.pragma_update(None, "journal_size_limit", LOG * PAGE)?;
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Ok(Self { connection, path: path.to_owned() }))
    }

    /// A store that is gone when it is dropped.
    ///
    /// # Errors
    /// When there is not the memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(":memory:");
        let made = || -> rusqlite::Result<Connection> {
            let mut connection = Connection::open_in_memory()?;
            upgrade::upgrade(&mut connection, upgrade::STEPS)?;
            connection.set_prepared_statement_cache_capacity(128);
            Ok(connection)
        };
        match made() {
            Ok(connection) => Ok(Self { connection, path }),
            Err(error) => Err(StoreError::of(&path, &error)),
        }
    }

    /// Opens the store at `path` only to read, also while another program writes it.
    ///
    /// # Errors
    /// When there is no such file, or it is something else, of another form, damaged, or not to be read.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::new(path, Kind::Missing));
        }
        check_head(path)?;
        let store = Self::opened_to_read(path)??;
        let form = upgrade::form(&store.connection).map_err(|error| store.fault(&error))?;
        match form {
            0 => Err(StoreError::new(path, Kind::Missing)),
            form if form < upgrade::FORM => {
                // Only who may write it can bring it to today's form.
                drop(store);
                drop(Self::open(path)?);
                Self::opened_to_read(path)?
            }
            _ => Ok(store),
        }
    }

    /// Opens it as one that may change meanwhile, which takes a file beside it; where that cannot be had, nobody writes and nothing is left
    /// to write back, as it is.
    fn opened_to_read(path: &Path) -> Result<Result<Self, StoreError>, StoreError> {
        let error = match Self::opened_read_only(path, false) {
            Ok(opened) => return Ok(opened),
            Err(error) => error,
        };
        let of_folder =
            matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen));
        if !of_folder {
            return Err(StoreError::of(path, &error));
        }
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        match fs::metadata(&log) {
            Ok(meta) if meta.len() > 0 => {
                Err(StoreError::new(path, Kind::LogLeft(PathBuf::from(log).display().to_string())))
            }
            _ => Self::opened_read_only(path, true).map_err(|error| StoreError::of(path, &error)),
        }
    }

    fn opened_read_only(path: &Path, as_it_is: bool) -> rusqlite::Result<Result<Self, StoreError>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = if as_it_is {
            let flags = flags | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(address(&file_name(path)) + "?immutable=1", flags)?
        } else {
            Connection::open_with_flags(file_name(path), flags)?
        };
        connection.busy_timeout(PATIENCE)?;
        if let Err(kind) = ours(&connection)? {
            return Ok(Err(StoreError::new(path, kind)));
        }
        connection.pragma_update(None, "cache_size", -CACHE)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(Ok(Self { connection, path: path.to_owned() }))
    }

    /// The path it was opened with.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for questions of one's own in SQL; docs/store.md has the tables.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Looks through the whole file for damage, which takes longer than reading it.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn check(&self) -> Result<(), StoreError> {
        match self.faults()?.into_iter().next() {
            None => Ok(()),
            Some(fault) => Err(StoreError::new(&self.path, Kind::Damaged(fault))),
        }
    }

    /// Writes the log back into the file, so that it alone is the store; what another program still reads stays in the log.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn settle(&self) -> Result<(), StoreError> {
        let settle = self.connection.pragma(None, "wal_checkpoint", "truncate", |_| Ok(()));
        settle.map_err(|error| self.fault(&error))
    }

    pub(crate) fn fault(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }

    pub(crate) fn unreadable(&self, what: impl Into<String>) -> StoreError {
        StoreError::new(&self.path, Kind::Unreadable(what.into()))
    }
}

/// SQLite takes `file:…` for an address, `:memory:` for no file at all, and no name for one that it makes up; a path is a path.
fn file_name(path: &Path) -> PathBuf {
    let name = path.as_os_str().as_encoded_bytes();
    let is_special = name.is_empty() || name.starts_with(b":") || name.starts_with(b"file:");
    if is_special { Path::new(".").join(path) } else { path.to_owned() }
}

/// The path as SQLite takes it with conditions behind it: `file:%2Fa%2Fb%20c`.
fn address(path: &Path) -> String {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() {
            address.push(char::from(*byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

/// Looks at the first bytes, so that SQLite is never let loose on a file that is something else.
fn check_head(path: &Path) -> Result<(), StoreError> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let fault = |error: std::io::Error| StoreError::new(path, Kind::NotAllowed(error.to_string()));
    match fs::metadata(path) {
        Err(_) => return Ok(()),
        Ok(meta) if meta.is_dir() => {
            return Err(StoreError::new(path, Kind::NotAllowed("it is a folder".to_owned())));
        }
        // A pipe would be waited for without end.
        Ok(meta) if !meta.is_file() => {
            return Err(StoreError::new(path, Kind::NotAllowed("it is no plain file".to_owned())));
        }
        Ok(_) => {}
    }
    let mut head = Vec::new();
    File::open(path)
        .map_err(fault)?
        .take(MAGIC.len() as u64)
        .read_to_end(&mut head)
        .map_err(fault)?;
    if head.is_empty() || head == MAGIC {
        return Ok(());
    }
    Err(StoreError::new(path, Kind::NotAStore))
}

/// Whether the open file is a store of a form that is known, or empty.
fn ours(connection: &Connection) -> rusqlite::Result<Result<(), Kind>> {
    let application: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let form = upgrade::form(connection)?;
    Ok(match (application, tables) {
        (upgrade::APPLICATION, _) if form > upgrade::FORM => Err(Kind::Newer(form)),
        (upgrade::APPLICATION, _) | (0, 0) => Ok(()),
        _ => Err(Kind::NotAStore),
    })
}

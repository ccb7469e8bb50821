//! Why the store could not do something.
//!
//! In: what SQLite or the system reports, and where. Out: one line that says what is wrong, where, and what to do next:
//! `news.store: it is in use by another program; wait until that is done, or end it`.

use std::fmt;
use std::path::Path;

use rusqlite::ErrorCode;

/// A fault of the store. What was stored before it stands as it was.
///
/// It is opaque: ask [`is_locked`](Self::is_locked) and the like what it is, and print it for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    path: String,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Missing,
    NotAStore,
    Newer(i64),
    Locked,
    Full,
    Damaged(String),
    NotAllowed(String),
    LogLeft(String),
    Unreadable(String),
    Other(String),
}

impl StoreError {
    pub(crate) fn new(path: &Path, kind: Kind) -> Self {
        Self { path: path.display().to_string(), kind }
    }

    /// Sorts what SQLite reports by who can do something about it.
    pub(crate) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let text = error.to_string();
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Locked,
            Some(ErrorCode::DiskFull) => Kind::Full,
            // A write beyond what the disk, the quota or the limit on files holds.
            Some(ErrorCode::SystemIoFailure) if is_write(error) => Kind::Full,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged(text),
            Some(ErrorCode::NotADatabase) => Kind::NotAStore,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::CannotOpen
                | ErrorCode::AuthorizationForStatementDenied,
            ) => Kind::NotAllowed(text),
            _ => Kind::Other(text),
        };
        Self::new(path, kind)
    }

    /// There is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self.kind, Kind::Missing)
    }

    /// The file is something else, and was left as it is.
    pub fn is_not_a_store(&self) -> bool {
        matches!(self.kind, Kind::NotAStore)
    }

    /// A newer program has written it.
    pub fn is_newer(&self) -> bool {
        matches!(self.kind, Kind::Newer(_))
    }

    /// Another program is writing it.
    pub fn is_locked(&self) -> bool {
        matches!(self.kind, Kind::Locked)
    }

    /// There is no room for what was to be written.
    pub fn is_full(&self) -> bool {
        matches!(self.kind, Kind::Full)
    }

    /// What stands in the file breaks its own rules.
    pub fn is_damaged(&self) -> bool {
        matches!(self.kind, Kind::Damaged(_) | Kind::Unreadable(_))
    }
}

/// Whether the fault came of writing, not of reading.
fn is_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    let code = error.sqlite_error().map_or(0, |error| error.extended_code);
    [
        ffi::SQLITE_IOERR_WRITE,
        ffi::SQLITE_IOERR_FSYNC,
        ffi::SQLITE_IOERR_TRUNCATE,
        ffi::SQLITE_IOERR_SHMSIZE,
    ]
    .contains(&code)
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path)?;
        match &self.kind {
            Kind::Missing => write!(
                f,
                "no such store; check the name, or make one with detente ingest INPUT --store FILE"
            ),
            Kind::NotAStore => {
                write!(f, "it is no store of this program and was left as it is; name another file")
            }
            Kind::Newer(version) => write!(
                f,
                "a newer program has written it (form {version}); use that one, or a newer one"
            ),
            Kind::Locked => {
                write!(f, "it is in use by another program; wait until that is done, or end it")
            }
            Kind::Full => write!(
                f,
                "it could not be written: no room is left, or no more is allowed; what was stored before stands. \
                 Make room and run the same again"
            ),
            Kind::Damaged(what) => write!(
                f,
                "it is damaged ({what}); nothing was changed. Put back a copy of it, or ingest anew into another file"
            ),
            Kind::Unreadable(what) => write!(
                f,
                "the record of document {what} cannot be read back, for the file is damaged; ingest that document anew into another file, or put back a copy of this one"
            ),
            Kind::NotAllowed(what) => {
                write!(f, "it cannot be opened as asked ({what}); check its folder and permissions")
            }
            Kind::LogLeft(log) => write!(
                f,
                "what was stored last stands in {log} and can only be read where one may write; copy both files into a folder of yours, \
                 or have their owner open the store once"
            ),
            Kind::Other(what) => write!(f, "{what}"),
        }
    }
}

impl std::error::Error for StoreError {}

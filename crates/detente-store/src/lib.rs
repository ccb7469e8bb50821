//! The record kept: a store that grows with the news.
//!
//! In go [`Record`](detente_core::Record)s, out come the same records, and answers to what is asked of all of them: who did what to whom, when, how often, in
//! how many papers. A store is one file (SQLite). `docs/store.md` says what its tables mean; [`Store`] shows how one is opened, written and
//! read.

mod changes;
mod check;
mod day;
mod db;
mod duplicates;
mod error;
mod link;
mod notes;
mod once;
mod prepare;
mod query;
mod read;
mod recode;
mod relation;
mod terms;
mod upgrade;
mod write;

pub use changes::{Change, changes, party_word};
pub use day::{date_of, days};
pub use db::Store;
pub use duplicates::are_copies;
pub use error::StoreError;
pub use notes::Note;
pub use once::{Copied, Telling};
pub use prepare::{Key, Prepared, key_of};
pub use query::{EventHit, Hit, NoDate, Party, Query, Sign, Table, Told};
pub use read::{Counts, DocumentRow, Scope};
pub use recode::uncoded;
pub use relation::{
    Agreed, Asked, Bin, Cuts, Direction, Disputed, ENOUGH, Evidence, LeftOut, Level, Meeting,
    Method, NoSide, PENALTY, Period, Relation, SHORTEST, Saying, Side, Talk, Turn, counted, page,
    picture, told_on, turning_points,
};
pub use write::{Batch, Known, Stored, Writer};

//! The line notation: one event, statement, commitment or issue as a line that a person can write.
//!
//! In goes a line such as `TUR GOV -> GRC GOV REJECT /yield`, out comes an [`EventLine`] that can be
//! asked whether an [`Event`] is what it says; in goes an [`Event`], out comes its line. Proofs in
//! `knowledge/`, pages in `specs/`, gold records and `detente explain` all share it.
//!
//! | line | means |
//! |---|---|
//! | `TUR -> GRC REJECT` | Turkey, of any sector, rejects Greece, of any sector; it happened |
//! | `USA GOV + FRA GOV -> RUS ACCUSE` | two actors, one recipient |
//! | `USA + CHN CONSULT` | a reciprocal act: all are actors, nobody is a recipient |
//! | `TUR -> - MOBILIZE` | no recipient, or none of whom anything is known; `- -> TUR ASSAULT` no known actor |
//! | `GEO GOV -> - CVL ASSAULT` | a recipient of sector CVL and no code |
//! | `… AGREE planned` | status; nothing means `actual` |
//! | `… /visit #diplomatic` | a mode and a context that must be among its own |
//! | `… @Beijing @"Hong Kong"` | the place |
//! | `… 2023-06-19` or `undated` | the date |
//! | `… background` | recalled, not reported |
//! | `… by consult.meet` | the rule |
//!
//! What a line leaves out after the type may be anything; the parties, the type and the status are
//! always compared. Parties are compared as sets of code and sector: two Americans are one `USA`.

mod event;
mod read;
mod rest;

pub use event::{EventLine, PartyLine};
pub use read::NotationError;
pub use rest::{CommitmentLine, IssueLine, RecordLine, StatementLine, text_matches};

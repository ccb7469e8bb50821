//! The front door: a page in, its record out.
//!
//! [`Coder`] is the path from a document to its record; [`ordered`] runs it over many documents on several threads
//! with the results in order; [`proofs`] runs what the knowledge files say of themselves; [`who`] says what is known of a name.
//!
//! ```no_run
//! use detente::{Coder, Options};
//! let coder = Coder::builtin()?;
//! let page = std::fs::File::open("page.html")?;
//! for document in detente::read("page.html", page, &Options::default()) {
//!     let record = coder.code(document?);
//!     assert_eq!(record.coder.name, "detente");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ordered;
mod pipeline;
pub mod proofs;
pub mod snapshot;
pub mod who;

pub use detente_core as core;
pub use detente_extract::{Options, Page, pages, read};
pub use ordered::{Fault, available_threads, ordered};
pub use pipeline::{Coder, CoderError, Read};

//! Tree and actors → events, statements, commitments, issues.

mod statements;
mod yields;

pub use statements::{attribution_of, statements};

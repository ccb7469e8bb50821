//! Gold data → weights and scores.
//!
//! In go files that people have annotated, out come the weights that the engine ships with and the
//! figures that say how good it is. Scoring does no coding of its own: it compares what the coder gave
//! with what is right.

pub mod antecedents;
pub mod attribution;
pub mod attribution_reader;
pub mod calibration;
pub mod commitments;
pub mod entities;
pub mod facts;
pub mod gold;
pub mod learn;
mod names;
pub mod pages;
pub mod places;
pub mod reader;
pub mod recipients;
pub mod records;
pub mod references;
pub mod relations;
mod score;
pub mod statements;
pub mod times;
pub mod treebank;

pub use score::Counts;

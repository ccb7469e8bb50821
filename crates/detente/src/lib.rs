//! The front door: a page in, its record out.
mod ordered;
pub use ordered::{Fault, available_threads, ordered};

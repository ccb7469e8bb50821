//! Document → sentences, tokens, tags, tree.
//!
//! In goes text with its paragraphs, out come [`Sentence`]s of [`Token`]s, each with its
//! byte span, lemma, part of speech and place in a Universal Dependencies tree.

pub mod conllu;
mod dateline;
pub mod features;
pub mod kernel;
mod label;
pub mod lemmas;
pub mod model;
pub mod network;
mod parser;
mod sentence;
mod sentences;
mod text;
mod tokens;
pub mod tree;
mod words;

pub use label::Label;
pub use parser::{GivenToken, Parser};
pub use sentence::{Sentence, Token, Upos};
pub use text::Text;

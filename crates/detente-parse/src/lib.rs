//! Document → sentences, tokens, tags, tree.
//!
//! In goes text with its paragraphs, out come [`Sentence`]s of [`Token`]s, each with its
//! byte span, lemma, part of speech and place in a Universal Dependencies tree.

mod sentence;

pub use sentence::{Sentence, Token, Upos};

//! How far each word's subtree reaches.
//!
//! In goes one parsed sentence, out comes for each token the first and the last token of the words that
//! hang on it. In "Xi said that trade matters" the reach of "matters" is "that trade matters".

use std::ops::{Range, RangeInclusive};

use detente_core::Span;
use detente_parse::{Sentence, Token, Upos};

fn is_quotation_mark(token: &Token) -> bool {
    token.upos == Upos::Punct
        && matches!(
            token.form.as_str(),
            "\"" | "'" | "''" | "``" | "“" | "”" | "‘" | "’" | "«" | "»"
        )
}

/// A sentence with the reach of each of its tokens.
pub(crate) struct Tree<'a> {
    /// The sentence itself.
    pub sentence: &'a Sentence,
    first: Vec<usize>,
    last: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// Measures every subtree of `sentence`.
    pub(crate) fn new(sentence: &'a Sentence) -> Self {
        let count = sentence.tokens.len();
        let mut first: Vec<usize> = (0..count).collect();
        let mut last = first.clone();
        for start in 0..count {
            // Parsers hang quotation marks anywhere; they would stretch a subtree over its neighbours.
            if sentence.tokens.get(start).is_some_and(is_quotation_mark) {
                continue;
            }
            // A tree has no way longer than its number of words; the bound holds for broken input too.
            let mut at = start;
            for _ in 0..count {
                let Some(head) = sentence.tokens.get(at).and_then(|token| token.head) else {
                    break;
                };
                let (Some(low), Some(high)) = (first.get_mut(head), last.get_mut(head)) else {
                    break;
                };
                *low = (*low).min(start);
                *high = (*high).max(start);
                at = head;
            }
        }
        Self { sentence, first, last }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// First token of the subtree of `token`.
    pub(crate) fn first(&self, token: usize) -> usize {
        self.first.get(token).copied().unwrap_or(token)
    }

    /// Last token of the subtree of `token`.
    pub(crate) fn last(&self, token: usize) -> usize {
        self.last.get(token).copied().unwrap_or(token)
    }

    /// Whether `token` is `ancestor` or hangs below it.
    pub(crate) fn below(&self, token: usize, ancestor: usize) -> bool {
        let mut at = token;
        for _ in 0..=self.len() {
            if at == ancestor {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// The token at an index.
    pub(crate) fn token(&self, index: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(index)
    }

    /// Head of a token.
    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.token(token)?.head
    }

    /// Relation of a token to its head, without subtype; empty past the end.
    pub(crate) fn relation(&self, token: usize) -> &'a str {
        self.token(token).map_or("", Token::relation)
    }

    /// Lemma of a token; empty past the end.
    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        self.token(token).map_or("", |t| t.lemma.as_str())
    }

    /// Tag of a token; empty past the end.
    pub(crate) fn xpos(&self, token: usize) -> &'a str {
        self.token(token).map_or("", |t| t.xpos.as_str())
    }

    /// The words of a stretch of text.
    pub(crate) fn words(&self, piece: Span) -> Range<usize> {
        let tokens = &self.sentence.tokens;
        let first = tokens.partition_point(|token| token.span.end <= piece.start);
        first..tokens.partition_point(|token| token.span.start < piece.end).max(first)
    }

    /// Part of speech of a token; `X` past the end.
    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.token(token).map_or(Upos::X, |t| t.upos)
    }

    /// The first dependent with this relation, subtype included or not.
    pub(crate) fn dependent(&self, token: usize, relation: &str) -> Option<usize> {
        self.sentence.children(token).iter().copied().find(|&child| {
            self.token(child).is_some_and(|t| t.deprel == relation || t.relation() == relation)
        })
    }

    /// Dependents of a token, ascending.
    pub(crate) fn children(&self, token: usize) -> &'a [usize] {
        self.sentence.children(token)
    }

    /// Lemma of the preposition or mark that introduces `token`, if it has one.
    pub(crate) fn introduced_by(&self, token: usize, lemma: &str) -> Option<usize> {
        self.children(token).iter().copied().find(|&child| {
            matches!(self.relation(child), "case" | "mark") && self.lemma(child) == lemma
        })
    }

    /// Bytes of the tokens in `range`; `None` for an empty range.
    pub(crate) fn span(&self, range: RangeInclusive<usize>) -> Option<Span> {
        if range.is_empty() {
            return None;
        }
        let first = self.token(*range.start())?;
        let last = self.token(*range.end())?;
        Some(Span::new(first.span.start, last.span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_tree_does_not_hang() {
        let token = |head| Token {
            span: Span::new(0, 1),
            form: "a".into(),
            lemma: "a".into(),
            upos: Upos::X,
            xpos: "FW".into(),
            head: Some(head),
            deprel: "dep".into(),
        };
        let sentence = Sentence::new(Span::new(0, 2), vec![token(1), token(0)]);
        let tree = Tree::new(&sentence);
        assert_eq!((tree.first(0), tree.last(0)), (0, 1));
        assert!(!tree.below(0, 7));
    }
}

//! Trees written down for tests.

use detente_core::Span;
use detente_parse::{Sentence, Token, Upos};

/// One token a line: form, lemma, tag, Penn tag, head from 1 (0 for the root), relation.
pub(crate) fn tree(lines: &str) -> Sentence {
    let read = |line: &str| {
        let f: Vec<&str> = line.split_whitespace().collect();
        let head: usize = f[4].parse().unwrap();
        Token {
            span: Span::new(0, 0),
            form: f[0].into(),
            lemma: f[1].into(),
            upos: Upos::from_conllu(f[2]).unwrap(),
            xpos: f[3].into(),
            head: head.checked_sub(1),
            deprel: f[5].into(),
        }
    };
    let tokens = lines.lines().map(str::trim).filter(|l| !l.is_empty()).map(read).collect();
    Sentence::new(Span::new(0, 0), tokens)
}

/// The head of a token, from 0, and its relation.
pub(crate) fn hangs(sentence: &Sentence, at: usize) -> (Option<usize>, &str) {
    (sentence.tokens[at].head, sentence.tokens[at].deprel.as_str())
}

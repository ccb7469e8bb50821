//! The parsed sentence: what every later stage reads.

use detente_core::Span;

use crate::kernel::ByteRows;
use crate::{Label, Text};

/// Relation of a dateline to the sentence that it opens.
const DATELINE: &str = "parataxis:dateline";

/// Universal part of speech, as Universal Dependencies v2 names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the seventeen universal tags name themselves")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Upos {
    /// Every tag, in alphabetical order.
    pub const ALL: [Upos; 17] = [
        Upos::Adj,
        Upos::Adp,
        Upos::Adv,
        Upos::Aux,
        Upos::Cconj,
        Upos::Det,
        Upos::Intj,
        Upos::Noun,
        Upos::Num,
        Upos::Part,
        Upos::Pron,
        Upos::Propn,
        Upos::Punct,
        Upos::Sconj,
        Upos::Sym,
        Upos::Verb,
        Upos::X,
    ];

    /// The tag as CoNLL-U writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Upos::Adj => "ADJ",
            Upos::Adp => "ADP",
            Upos::Adv => "ADV",
            Upos::Aux => "AUX",
            Upos::Cconj => "CCONJ",
            Upos::Det => "DET",
            Upos::Intj => "INTJ",
            Upos::Noun => "NOUN",
            Upos::Num => "NUM",
            Upos::Part => "PART",
            Upos::Pron => "PRON",
            Upos::Propn => "PROPN",
            Upos::Punct => "PUNCT",
            Upos::Sconj => "SCONJ",
            Upos::Sym => "SYM",
            Upos::Verb => "VERB",
            Upos::X => "X",
        }
    }

    /// The tag that CoNLL-U writes so, or `None` for any other string.
    pub fn from_conllu(tag: &str) -> Option<Upos> {
        Upos::ALL.into_iter().find(|upos| upos.as_str() == tag)
    }
}

/// One syntactic word. `don't` is two tokens, `do` and `n't`, each with its own span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the document's text.
    pub span: Span,
    /// The word as it stands in the text.
    pub form: Text,
    /// Dictionary form; lower case but for proper nouns.
    pub lemma: Text,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank tag, e.g. `VBD`, `NNS`, `NNP`.
    pub xpos: Label,
    /// Index in the sentence of the word it depends on; `None` for the root.
    pub head: Option<usize>,
    /// Universal Dependencies v2 relation with its subtype, e.g. `nsubj:pass`.
    pub deprel: Label,
}

impl Token {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn relation(&self) -> &'static str {
        self.deprel.main()
    }
}

/// One sentence with its tree. Exactly one token has no head, and every token leads to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes in the document's text.
    pub span: Span,
    /// Words in order.
    pub tokens: Vec<Token>,
    /// The dependents of all tokens, those of one side by side and ascending, and where those of each begin.
    children: Vec<usize>,
    begins: Vec<usize>,
    /// For each token the state in which the parser's network left it; no rows where no network has read the sentence.
    pub states: ByteRows,
}

impl Sentence {
    /// A sentence over `tokens`, with the lists of dependents made from their heads.
    pub fn new(span: Span, tokens: Vec<Token>) -> Self {
        let heads = || tokens.iter().map(|token| token.head.filter(|&head| head < tokens.len()));
        // First how many each has, then where the next one of each goes; which is in the end where those of the next token begin.
        let mut begins = vec![0; tokens.len() + 2];
        for head in heads().flatten() {
            begins[head + 2] += 1;
        }
        for at in 2..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut children = vec![0; begins.last().copied().unwrap_or_default()];
        for (index, head) in heads().enumerate() {
            if let Some(head) = head {
                children[begins[head + 1]] = index;
                begins[head + 1] += 1;
            }
        }
        Self { span, tokens, children, begins, states: ByteRows::default() }
    }

    /// The same sentence with these states of its tokens.
    #[must_use]
    pub fn with_states(self, states: ByteRows) -> Self {
        Self { states, ..self }
    }

    /// The sentence with its dateline before it, whose root hangs from that of the sentence.
    pub(crate) fn after_dateline(self, dateline: Self) -> Self {
        let shift = dateline.tokens.len();
        let mut tokens = dateline.tokens;
        let root = self.root().map(|root| root + shift);
        for token in tokens.iter_mut().filter(|token| token.head.is_none()) {
            token.head = root;
            token.deprel = DATELINE.into();
        }
        tokens.extend(
            self.tokens
                .into_iter()
                .map(|token| Token { head: token.head.map(|head| head + shift), ..token }),
        );
        let mut states = dateline.states;
        states.append(self.states);
        Self::new(dateline.span.cover(self.span), tokens).with_states(states)
    }

    /// Whether it ends with the name of who has written what it closes: "The talks go on Friday. -- Ana Ruiz". In a column of briefs
    /// another one follows.
    pub fn is_signed(&self) -> bool {
        let is_end = |token: &Token| token.form == ".";
        let end = self.tokens.len() - usize::from(self.tokens.last().is_some_and(is_end));
        let name = self.tokens[..end]
            .iter()
            .rev()
            .take_while(|t| t.upos == Upos::Propn && t.form.starts_with(char::is_uppercase))
            .count();
        let dash = end.checked_sub(name + 1);
        let closed = dash.and_then(|at| self.tokens[..at].last());
        (2..4).contains(&name)
            && dash.is_some_and(|at| matches!(self.tokens[at].form.as_str(), "--" | "—" | "–"))
            && closed.is_some_and(|t| {
                matches!(t.form.as_str(), "." | "\"" | "”" | "''" | "!" | "?")
                    || t.form.ends_with('.')
            })
    }

    /// How many tokens at its beginning are its dateline: "OSLO, June 19 (Wire) -". None of them belongs to what it says.
    pub fn dateline(&self) -> usize {
        let Some(top) = self.tokens.iter().position(|token| token.deprel == DATELINE) else {
            return 0;
        };
        // The dateline is a tree of its own, and all of it stands before the first token that is not below its root.
        let below = |mut at: usize| {
            for _ in 0..=self.tokens.len() {
                if at == top {
                    return true;
                }
                match self.tokens.get(at).and_then(|token| token.head) {
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        };
        (0..self.tokens.len()).take_while(|&at| below(at)).count()
    }

    /// Index of the root, or `None` in an empty sentence.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.head.is_none())
    }

    /// Indices of the dependents of `token`, ascending; empty for an index past the end.
    pub fn children(&self, token: usize) -> &[usize] {
        match self.begins.get(token..) {
            Some(&[from, until, ..]) => &self.children[from..until],
            _ => &[],
        }
    }

    /// Dependents of `token` whose relation is `relation`, with or without its subtype:
    /// `nsubj` finds `nsubj` and `nsubj:pass`, `nsubj:pass` finds only the latter.
    pub fn dependents<'a>(
        &'a self,
        token: usize,
        relation: &'a str,
    ) -> impl Iterator<Item = usize> + 'a {
        self.children(token).iter().copied().filter(move |&child| {
            self.tokens.get(child).is_some_and(|t| t.deprel == relation || t.relation() == relation)
        })
    }
}

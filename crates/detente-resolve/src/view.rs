//! One sentence as resolving looks at it.
//!
//! In goes a parsed sentence, out come answers about its tokens that never fail: a token past the
//! end has no form, no lemma and no dependents. In "The Chinese government said so", the subtree of
//! "government" runs from token 0 to token 2.

use std::borrow::Cow;
use std::ops::Range;

use detente_core::Span;
use detente_parse::{Label, Sentence, Token, Upos};

/// Lemmas of a sentence in lower case, proper nouns included; plural proper nouns lose their "s".
pub(crate) fn lower_lemmas(sentence: &Sentence) -> Vec<Cow<'_, str>> {
    sentence.tokens.iter().map(lower_lemma).collect()
}

fn lower_lemma(token: &Token) -> Cow<'_, str> {
    let lemma = token.lemma.as_str();
    if !lemma.chars().any(char::is_uppercase) {
        return Cow::Borrowed(lemma);
    }
    let mut lower = lemma.to_lowercase();
    // "Presidents Biden and Xi": models differ on whether a plural title keeps its ending.
    if token.xpos == "NNPS" && lower.len() > 3 && lower.ends_with('s') && !lower.ends_with("ss") {
        lower.pop();
    }
    Cow::Owned(lower)
}

/// How a token hangs in its sentence, coordination and titles looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position<'a> {
    /// Active subject.
    Subject,
    /// Subject of a passive.
    PassiveSubject,
    /// Direct object.
    Object,
    /// Indirect object.
    Indirect,
    /// "by" of a passive.
    Agent,
    /// Possessor: "China's".
    Possessor,
    /// Under a verb, with its preposition.
    Oblique(&'a str),
    /// Under a noun, with its preposition.
    Nominal(&'a str),
    /// Apposition of another noun.
    Apposition,
    /// Modifier before a noun.
    Modifier,
    /// Root, predicate noun, fragment.
    Other,
}

/// A sentence with its text and what is looked up often.
pub(crate) struct View<'a> {
    /// Index of the sentence in the document.
    pub(crate) index: usize,
    /// Text of the document.
    pub(crate) text: &'a str,
    /// The sentence.
    pub(crate) sentence: &'a Sentence,
    /// Lemmas in lower case, one a token.
    pub(crate) lemmas: &'a [&'a str],
    edges: Vec<(usize, usize)>,
    /// The tree after mending; `None` while it is the parser's.
    mended: Option<Tree>,
}

/// A word that was hung anew.
pub(crate) struct Rehung {
    /// Index in the sentence.
    pub(crate) token: usize,
    /// Its new head; `None` for the root.
    pub(crate) head: Option<usize>,
    /// Its new relation.
    pub(crate) relation: Label,
}

/// A tree of its own over the tokens of a sentence.
#[derive(Debug, Clone)]
struct Tree {
    heads: Vec<Option<usize>>,
    relations: Vec<Option<Label>>,
    children: Vec<Vec<usize>>,
}

impl<'a> View<'a> {
    /// A view on `sentence`, whose lower-case lemmas are `lemmas`.
    pub(crate) fn new(
        index: usize,
        text: &'a str,
        sentence: &'a Sentence,
        lemmas: &'a [&'a str],
    ) -> Self {
        let mut view = Self { index, text, sentence, lemmas, edges: Vec::new(), mended: None };
        view.find_edges();
        view
    }

    fn find_edges(&mut self) {
        let len = self.len();
        let mut edges: Vec<(usize, usize)> = (0..len).map(|i| (i, i)).collect();
        for token in 0..len {
            let mut above = self.head(token);
            let mut steps = 0;
            while let Some(edge) = above.and_then(|i| edges.get_mut(i)) {
                // A tree is never deeper than it is long; the count guards against a broken one.
                if (edge.0 <= token && token <= edge.1) || steps > len {
                    break;
                }
                edge.0 = edge.0.min(token);
                edge.1 = edge.1.max(token);
                above = above.and_then(|i| self.head(i));
                steps += 1;
            }
        }
        self.edges = edges;
    }

    /// Hangs `token` on `head`; nothing changes where `head` hangs below `token` or either is past the end.
    pub(crate) fn hang(&mut self, token: usize, head: usize, relation: &str) {
        if token >= self.len() || head >= self.len() || self.is_below(head, token) {
            return;
        }
        self.move_to(token, Some(head), relation);
    }

    /// Takes `token` off its head; the old root, if it is another, hangs on it as before.
    pub(crate) fn uproot(&mut self, token: usize) {
        if token < self.len() {
            self.move_to(token, None, "root");
        }
    }

    fn move_to(&mut self, token: usize, head: Option<usize>, relation: &str) {
        let sentence = self.sentence;
        let tree = self.mended.get_or_insert_with(|| Tree {
            heads: sentence.tokens.iter().map(|t| t.head).collect(),
            relations: vec![None; sentence.tokens.len()],
            children: (0..sentence.tokens.len()).map(|at| sentence.children(at).to_vec()).collect(),
        });
        if let Some(list) = tree.heads[token].and_then(|old| tree.children.get_mut(old)) {
            list.retain(|&child| child != token);
        }
        tree.heads[token] = head;
        tree.relations[token] = Some(Label::new(relation));
        if let Some(list) = head.and_then(|head| tree.children.get_mut(head)) {
            let at = list.partition_point(|&child| child < token);
            list.insert(at, token);
        }
    }

    /// Finds the edges of subtrees anew; needed after words were hung anew and before edges are asked for.
    pub(crate) fn renew(&mut self) {
        if self.mended.is_some() {
            self.find_edges();
        }
    }

    /// What mending changed; `None` where nothing was.
    pub(crate) fn into_changes(self) -> Option<Vec<Rehung>> {
        let tree = self.mended?;
        let changed = tree.relations.into_iter().enumerate();
        Some(
            changed
                .filter_map(|(token, relation)| {
                    let head = tree.heads.get(token).copied().flatten();
                    Some(Rehung { token, head, relation: relation? })
                })
                .collect(),
        )
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The token, or `None` past the end.
    pub(crate) fn token(&self, index: usize) -> Option<&'a Token> {
        self.sentence.tokens.get(index)
    }

    /// Form of the token; empty past the end.
    pub(crate) fn form(&self, index: usize) -> &'a str {
        self.token(index).map_or("", |t| t.form.as_str())
    }

    /// Lemma in lower case; empty past the end.
    pub(crate) fn lemma(&self, index: usize) -> &'a str {
        self.lemmas.get(index).copied().unwrap_or("")
    }

    /// Part of speech; [`Upos::X`] past the end.
    pub(crate) fn upos(&self, index: usize) -> Upos {
        self.token(index).map_or(Upos::X, |t| t.upos)
    }

    /// Penn tag; empty past the end.
    pub(crate) fn xpos(&self, index: usize) -> &'a str {
        self.token(index).map_or("", |t| t.xpos.as_str())
    }

    /// Relation without its subtype.
    pub(crate) fn relation(&self, index: usize) -> &'static str {
        self.label(index).map_or("", Label::main)
    }

    /// Relation with its subtype.
    pub(crate) fn deprel(&self, index: usize) -> &'static str {
        self.label(index).map_or("", Label::as_str)
    }

    /// What a possessor has: "budget" of "his" in "his budget".
    pub(crate) fn owned(&self, possessor: usize) -> Option<usize> {
        self.head(possessor).filter(|_| self.deprel(possessor) == "nmod:poss")
    }

    fn label(&self, index: usize) -> Option<Label> {
        let mended = self.mended.as_ref().and_then(|tree| *tree.relations.get(index)?);
        mended.or_else(|| self.token(index).map(|token| token.deprel))
    }

    /// Index of the word it depends on.
    pub(crate) fn head(&self, index: usize) -> Option<usize> {
        match &self.mended {
            Some(tree) => tree.heads.get(index).copied().flatten(),
            None => self.token(index).and_then(|t| t.head),
        }
    }

    /// Dependents of the token, ascending.
    pub(crate) fn children(&self, index: usize) -> &[usize] {
        match &self.mended {
            Some(tree) => tree.children.get(index).map_or(&[], Vec::as_slice),
            None => self.sentence.children(index),
        }
    }

    /// First dependent with this relation (subtype written or not).
    pub(crate) fn child(&self, index: usize, relation: &str) -> Option<usize> {
        self.children(index)
            .iter()
            .copied()
            .find(|&c| self.label(c).is_some_and(|own| own.main() == relation || own == relation))
    }

    /// The object of a verb, or else its indirect one: "him" of "rang him", "told him that".
    pub(crate) fn whom(&self, verb: usize) -> Option<usize> {
        self.child(verb, "obj").or_else(|| self.child(verb, "iobj"))
    }

    /// First and last token below `index`, itself included.
    pub(crate) fn edges(&self, index: usize) -> (usize, usize) {
        self.edges.get(index).copied().unwrap_or((index, index))
    }

    /// Whether `index` is `above` or hangs below it.
    pub(crate) fn is_below(&self, index: usize, above: usize) -> bool {
        let mut at = Some(index);
        for _ in 0..=self.len() {
            match at {
                Some(i) if i == above => return true,
                Some(i) => at = self.head(i),
                None => return false,
            }
        }
        false
    }

    /// Bytes of a range of tokens; empty at 0 for an empty range.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.token(tokens.start), self.token(tokens.end.saturating_sub(1))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// Whether the word begins with a capital letter.
    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.form(index).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token may head a noun phrase.
    pub(crate) fn is_nominal(&self, index: usize) -> bool {
        matches!(
            self.upos(index),
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::X | Upos::Num | Upos::Sym
        )
    }

    /// Whether the noun is plural by its tag.
    pub(crate) fn is_plural(&self, index: usize) -> bool {
        matches!(self.xpos(index), "NNS" | "NNPS")
    }

    /// The first conjunct of the list that `index` belongs to; itself outside of lists.
    pub(crate) fn first_conjunct(&self, index: usize) -> usize {
        let mut at = index;
        for _ in 0..self.len() {
            match self.head(at) {
                Some(head) if self.relation(at) == "conj" => at = head,
                _ => break,
            }
        }
        at
    }

    /// Its list: first conjunct and all that hang on it, ascending; itself alone outside of lists.
    pub(crate) fn conjuncts(&self, index: usize) -> Vec<usize> {
        let first = self.first_conjunct(index);
        let mut list = vec![first];
        let mut next = 0;
        while let Some(&at) = list.get(next) {
            list.extend(self.children(at).iter().filter(|&&c| self.relation(c) == "conj"));
            next += 1;
        }
        list.sort_unstable();
        list
    }

    /// Its preposition: the first word of `case`, lower case, and "from" for "out of". A conjunct without one has that of its list.
    pub(crate) fn preposition(&self, index: usize) -> Option<&'a str> {
        let own = |i: usize| {
            let case = self
                .children(i)
                .iter()
                .copied()
                .find(|&c| self.relation(c) == "case" && c < i && self.upos(c) != Upos::Part)?;
            let away = matches!(self.lemma(case), "out" | "off") && self.lemma(case + 1) == "of";
            Some(match self.lemma(case) {
                _ if away => "from",
                // "According to Oslo" comes as the verb.
                "accord" => "according",
                lemma => lemma,
            })
        };
        own(index).or_else(|| own(self.first_conjunct(index)))
    }

    /// How the token hangs in the sentence; a conjunct as its list does.
    pub(crate) fn position(&self, index: usize) -> Position<'a> {
        let first = self.first_conjunct(index);
        let case = self.preposition(index);
        match self.deprel(first) {
            "nsubj:pass" | "csubj:pass" => Position::PassiveSubject,
            "obl:agent" => Position::Agent,
            _ => match (self.relation(first), case) {
                ("nsubj" | "csubj", _) => Position::Subject,
                ("obj", _) => Position::Object,
                ("iobj", _) => Position::Indirect,
                ("obl" | "advcl" | "advmod", Some(case)) => Position::Oblique(case),
                ("nmod", _) if self.deprel(first) == "nmod:poss" => Position::Possessor,
                ("nmod" | "acl", Some(case)) => Position::Nominal(case),
                // Models often hang a phrase on a noun that is no noun's complement.
                ("conj" | "dep" | "parataxis" | "xcomp" | "ccomp", Some(case)) => {
                    Position::Oblique(case)
                }
                ("appos", _) => Position::Apposition,
                ("compound" | "amod" | "nummod" | "nmod", _) => Position::Modifier,
                _ => Position::Other,
            },
        }
    }

    /// The verb or noun that the token is an argument of, lists looked through.
    pub(crate) fn governor(&self, index: usize) -> Option<usize> {
        self.head(self.first_conjunct(index))
    }

    /// Subject of the clause that `verb` heads, its own or the one it shares with its list or its controller.
    pub(crate) fn subject_of(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        for _ in 0..8 {
            if let Some(subject) = self.child(at, "nsubj") {
                return Some(subject);
            }
            match self.relation(at) {
                "conj" | "xcomp" | "advcl" | "aux" | "cop" => at = self.head(at)?,
                // "a statement issued by …": the noun is what the participle is said of.
                _ => return None,
            }
        }
        None
    }

    /// The nearest verb, or predicate with a subject, above the token.
    pub(crate) fn clause_of(&self, index: usize) -> Option<usize> {
        let mut at = self.head(index)?;
        for _ in 0..self.len() {
            if self.upos(at) == Upos::Verb || self.child(at, "nsubj").is_some() {
                return Some(at);
            }
            at = self.head(at)?;
        }
        None
    }
}

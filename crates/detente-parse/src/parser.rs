//! Document → parsed sentences: the stages in a row.
//!
//! In go text and its paragraphs, out come sentences with their tokens, tags, lemmas and trees. `Xi spoke.` over one
//! paragraph gives one sentence of three tokens whose root is `spoke`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use detente_core::{Span, hex};
use foldhash::fast::RandomState;
use sha2::{Digest, Sha256};

use crate::conllu::Block;
use crate::dateline;
use crate::kernel::ByteRows;
use crate::lemmas::Lemmas;
use crate::model::{Archive, ModelError};
use crate::network::{Network, Reading};
use crate::sentences::sentences;
use crate::tokens::tokens;
use crate::{Label, Sentence, Text, Token, Upos};

/// The model that is built in; `models/english/card.md` says what it was made of.
static MODEL: &[u8] = include_bytes!("../../../models/english/parser.bin");

static BUILTIN: LazyLock<Parser> = LazyLock::new(|| Parser::from_bytes(MODEL).unwrap_or_default());

/// Tokens that are parsed as one sentence; what is longer is parsed in parts that hang from the first.
const LONGEST: usize = 2500;

/// Reads English. A copy costs nothing, and one parser serves any number of threads.
#[derive(Debug, Clone, Default)]
pub struct Parser {
    /// `None` for a parser without a model.
    inner: Option<Arc<Inner>>,
}

#[derive(Debug)]
struct Inner {
    network: Network,
    lemmas: Lemmas,
    uposes: Vec<Upos>,
    xposes: Vec<Label>,
    deprels: Vec<Label>,
    /// Of the root, and of the root of a later part.
    roots: [Label; 2],
    hash: String,
}

/// Forms that a thread keeps with their lemmas: most words of a text are among the last few thousand different ones.
const KEPT: usize = 8192;

/// The forms that a thread has met, each with its lemmas by tag.
#[derive(Default)]
struct Kept {
    /// The network by whose tags and rules they were made.
    network: u64,
    forms: HashMap<Text, LemmasByTag, RandomState>,
}

/// Lemmas with the numbers of their tags.
type LemmasByTag = Vec<(usize, Text)>;

thread_local! {
    static KEPT_FORMS: RefCell<Kept> = RefCell::default();
}

impl Kept {
    /// A form, and its lemma with the tag of that number.
    fn word(&mut self, inner: &Inner, form: &str, tag: usize) -> (Text, Text) {
        if self.network != inner.network.number() {
            self.network = inner.network.number();
            self.forms.clear();
        }
        let known = self.forms.get_key_value(form);
        if let Some((form, lemmas)) = known
            && let Some((_, lemma)) = lemmas.iter().find(|own| own.0 == tag)
        {
            return (form.clone(), lemma.clone());
        }
        let text = known.map_or_else(|| form.into(), |(form, _)| form.clone());
        if self.forms.len() >= KEPT {
            self.forms.clear();
        }
        let tags = &inner.xposes;
        let lemma = inner.lemmas.lemma(form, &tags.get(tag).copied().unwrap_or_default());
        let lemma = if lemma == form { text.clone() } else { lemma.into() };
        self.forms.entry(text.clone()).or_default().push((tag, lemma.clone()));
        (text, lemma)
    }
}

/// A word and where it stands, when the tokenisation is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenToken {
    /// Bytes in the text.
    pub span: Span,
    /// The word.
    pub form: String,
}

impl Parser {
    /// The parser with the model that is built in; the weights are laid out on the first call.
    ///
    /// ```
    /// use detente_core::Span;
    /// let text = "The ministers met in Oslo.";
    /// let sentences = detente_parse::Parser::builtin().parse(text, &[Span::new(0, text.len())]);
    /// assert_eq!(sentences[0].tokens[2].lemma, "meet");
    /// assert_eq!(sentences[0].root(), Some(2));
    /// ```
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// The parser with another model, as `detente train parser` writes it.
    ///
    /// ```
    /// assert!(detente_parse::Parser::from_bytes(b"not a model").is_err());
    /// ```
    ///
    /// # Errors
    /// If the bytes are no model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let archive = Archive::read(bytes)?;
        let network = Network::new(&archive)?;
        let lemmas = Lemmas::read(archive.text("lemmas")?)?;
        let uposes = network
            .uposes
            .iter()
            .map(|name| {
                Upos::from_conllu(name)
                    .ok_or_else(|| ModelError::new(format!("\"{name}\" is no universal tag")))
            })
            .collect::<Result<_, _>>()?;
        let labels = |names: &[String]| names.iter().map(|name| Label::new(name)).collect();
        let inner = Inner {
            uposes,
            xposes: labels(&network.xposes),
            deprels: labels(&network.deprels),
            roots: ["root", "parataxis"].map(Label::new),
            network,
            lemmas,
            hash: format!("sha256:{}", hex(&Sha256::digest(bytes))),
        };
        Ok(Self { inner: Some(Arc::new(inner)) })
    }

    /// `sha256:` and the digest of the model's file; empty for a parser without a model.
    pub fn model_hash(&self) -> &str {
        self.inner.as_ref().map_or("", |inner| &inner.hash)
    }

    /// What the model holds of a word by itself, as numbers and their scale: words of like use have like numbers. `None` for a word
    /// that is not in its vocabulary.
    ///
    /// ```
    /// let parser = detente_parse::Parser::builtin();
    /// assert!(parser.vector("minister").is_some_and(|(numbers, _)| !numbers.is_empty()));
    /// assert_eq!(parser.vector("mxqzt"), None);
    /// ```
    pub fn vector(&self, word: &str) -> Option<(&[i8], f32)> {
        self.inner.as_ref()?.network.vector(word)
    }

    /// Parses the paragraphs of a document's text. Spans are bytes in `text`; no sentence crosses a paragraph. A paragraph that
    /// does not lie on character borders is left out. A dateline is parsed apart from the sentence that it opens, and hangs from its
    /// root.
    ///
    /// ```
    /// use detente_core::Span;
    /// let text = "OSLO, June 19 (Wire) - Norway recalled its envoy.";
    /// let sentences = detente_parse::Parser::builtin().parse(text, &[Span::new(0, text.len())]);
    /// let dateline = sentences[0].dateline();
    /// assert_eq!(sentences[0].tokens[dateline].form, "Norway");
    /// assert_eq!(sentences[0].tokens[dateline].deprel, "nsubj");
    /// ```
    pub fn parse(&self, text: &str, paragraphs: &[Span]) -> Vec<Sentence> {
        let mut given: Vec<Vec<Span>> = Vec::new();
        for sentence in sentences(text, paragraphs) {
            let spans = tokens(text, sentence);
            for part in spans.chunks(LONGEST) {
                given.push(part.to_vec());
            }
        }
        let mut forms: Vec<Vec<&str>> = given
            .iter()
            .map(|spans| spans.iter().map(|span| span.of(text).unwrap_or_default()).collect())
            .collect();
        let datelines: Vec<usize> = forms
            .iter()
            .zip(&given)
            .map(|(forms, spans)| {
                let length = dateline::length(forms, spans);
                let opens =
                    || spans.first().is_some_and(|first| opens(text, paragraphs, first.start));
                if length > 0 && opens() { length } else { 0 }
            })
            .collect();
        if datelines.iter().all(|&length| length == 0) {
            return self.read(&forms, |sentence, token| given[sentence][token]);
        }
        // A dateline is read as a sentence of its own and put back before the one behind it.
        let mut own: Vec<Vec<&str>> = Vec::new();
        for (forms, &length) in forms.iter_mut().zip(&datelines).filter(|(_, length)| **length > 0)
        {
            own.push(forms.drain(..length).collect());
        }
        let before: Vec<&Vec<Span>> =
            given.iter().zip(&datelines).filter(|(_, l)| **l > 0).map(|(spans, _)| spans).collect();
        let mut read = self.read(&own, |sentence, token| before[sentence][token]).into_iter();
        let sentences =
            self.read(&forms, |sentence, token| given[sentence][datelines[sentence] + token]);
        sentences
            .into_iter()
            .zip(datelines)
            .map(|(sentence, length)| match (length > 0).then(|| read.next()).flatten() {
                Some(dateline) => sentence.after_dateline(dateline),
                None => sentence,
            })
            .collect()
    }

    /// Parses sentences whose tokens are given.
    pub fn parse_tokens(&self, given: &[Vec<GivenToken>]) -> Vec<Sentence> {
        let forms: Vec<Vec<&str>> = given
            .iter()
            .map(|sentence| sentence.iter().map(|token| token.form.as_str()).collect())
            .collect();
        self.read(&forms, |sentence, token| given[sentence][token].span)
    }

    /// Parses sentences read from CoNLL-U; spans are bytes in each sentence's own text, as [`Block::text`] gives it.
    pub fn parse_blocks(&self, blocks: &[Block]) -> Vec<Sentence> {
        let spans: Vec<Vec<Span>> = blocks.iter().map(|block| block.text().1).collect();
        let forms: Vec<Vec<&str>> = blocks
            .iter()
            .map(|block| block.rows.iter().map(|row| row.form.as_str()).collect())
            .collect();
        self.read(&forms, |sentence, token| spans[sentence][token])
    }

    fn read(&self, forms: &[Vec<&str>], span: impl Fn(usize, usize) -> Span) -> Vec<Sentence> {
        let readings = match &self.inner {
            Some(inner) => inner.network.read(&parts(forms)),
            None => Vec::new(),
        };
        KEPT_FORMS.with_borrow_mut(|kept| self.tree(forms, span, readings, kept))
    }

    /// Puts the readings of sentences' parts together.
    fn tree(
        &self,
        forms: &[Vec<&str>],
        span: impl Fn(usize, usize) -> Span,
        readings: Vec<(Vec<Reading>, ByteRows)>,
        kept: &mut Kept,
    ) -> Vec<Sentence> {
        let mut readings = readings.into_iter();
        let mut out = Vec::with_capacity(forms.len());
        for (number, forms) in forms.iter().enumerate() {
            let mut tokens: Vec<Token> = Vec::with_capacity(forms.len());
            let mut root = None;
            let mut states = ByteRows::default();
            for part in forms.chunks(LONGEST) {
                let first = tokens.len();
                let (part_readings, part_states) = readings.next().unwrap_or_default();
                states.append(part_states);
                for (index, &form) in part.iter().enumerate() {
                    let reading = part_readings.get(index).copied();
                    let place = (span(number, first + index), first, index);
                    tokens.push(self.token(form, place, reading, root, kept));
                }
                root = root.or_else(|| tokens.iter().position(|token| token.head.is_none()));
            }
            let whole = match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => first.span.cover(last.span),
                _ => Span::default(),
            };
            out.push(Sentence::new(whole, tokens).with_states(states));
        }
        out
    }

    /// One token; the root of a later part hangs from `root`. Without a reading the first token of the part is its root.
    fn token(
        &self,
        form: &str,
        (span, first, index): (Span, usize, usize),
        reading: Option<Reading>,
        root: Option<usize>,
        kept: &mut Kept,
    ) -> Token {
        let (Some(inner), Some(reading)) = (&self.inner, reading) else {
            let head = if index > 0 { Some(first) } else { root };
            let deprel = if head.is_some() { "dep" } else { "root" };
            return Token {
                span,
                form: form.into(),
                lemma: form.into(),
                upos: Upos::X,
                xpos: "FW".into(),
                head,
                deprel: deprel.into(),
            };
        };
        let [top, later] = inner.roots;
        let (form, lemma) = kept.word(inner, form, reading.xpos);
        let name = |names: &[Label], at: usize| names.get(at).copied().unwrap_or_default();
        let xpos = name(&inner.xposes, reading.xpos);
        let (head, deprel) = match reading.head.checked_sub(1) {
            Some(head) => (Some(first + head), name(&inner.deprels, reading.deprel)),
            None => (root, if root.is_some() { later } else { top }),
        };
        Token {
            span,
            form,
            lemma,
            upos: inner.uposes.get(reading.upos).copied().unwrap_or(Upos::X),
            xpos,
            head,
            deprel,
        }
    }
}

/// Whether a sentence that begins at a byte opens a paragraph, or a line.
fn opens(text: &str, paragraphs: &[Span], start: usize) -> bool {
    paragraphs.binary_search_by_key(&start, |paragraph| paragraph.start).is_ok()
        || text.get(..start).is_some_and(|before| {
            let before = before.trim_end_matches([' ', '\t']);
            before.is_empty() || before.ends_with('\n')
        })
}

/// Sentences cut to the length that is parsed at once.
fn parts<'a>(forms: &[Vec<&'a str>]) -> Vec<Vec<&'a str>> {
    forms.iter().flat_map(|forms| forms.chunks(LONGEST).map(<[&str]>::to_vec)).collect()
}

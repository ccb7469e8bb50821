//! A sentence as the attribution reader sees it: each word as a handful of numbers.
//!
//! Names and numerals lose their letters, so that nothing is learnt of who is who.

use detente_parse::kernel::ByteRows;
use detente_parse::{Parser, Upos};
use detente_resolve::{MentionKind, Resolution};

use crate::yields::Tree;

use super::super::lexicon::Lexicon;
use super::super::quotes::Quotation;
use super::meanings::of_length_one;

/// What is known of one word; texts are numbers made of them.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) lemma: u64,
    pub(super) form: u64,
    pub(super) ending: u64,
    pub(super) upos: u64,
    pub(super) xpos: u64,
    pub(super) relation: u64,
    /// The preposition or mark that its phrase opens with.
    pub(super) opening: u64,
    /// What it may report, as bits.
    pub(super) frames: u16,
    /// What stands there: a person by name, "I", a thing.
    pub(super) kind: u64,
    /// Outside quotation marks, inside, opening or closing mark.
    pub(super) quote: u64,
    /// Words to the next opening mark and from the last closing one, at most [`FAR`].
    pub(super) opens: u64,
    pub(super) closed: u64,
    pub(super) head: Option<usize>,
}

/// Stands for a word outside of the sentence.
static NOTHING: Word = Word {
    lemma: 0,
    form: 0,
    ending: 0,
    upos: 0,
    xpos: 0,
    relation: 0,
    opening: 0,
    frames: 0,
    kind: 0,
    quote: 0,
    opens: 0,
    closed: 0,
    head: None,
};

/// Distances are counted up to here.
pub(super) const FAR: u64 = 7;

/// One sentence.
pub(super) struct Words<'t, 's> {
    pub(super) tree: &'t Tree<'s>,
    /// Each word.
    pub(super) list: Vec<Word>,
    /// By word, the subject of the verb that it stands with.
    pub(super) subjects: Vec<Option<usize>>,
    /// The sentence holds a quotation.
    pub(super) quoted: bool,
}

/// The number of a text (FNV-1a), letters in lower case.
pub(super) fn number(text: &str) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        number = (number ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
    }
    number
}

impl<'t, 's> Words<'t, 's> {
    pub(super) fn new(
        lexicon: &Lexicon,
        tree: &'t Tree<'s>,
        index: usize,
        resolution: &Resolution,
        quotations: &[&Quotation],
    ) -> Self {
        let (name, numeral) = (number("<name>"), number("<number>"));
        let count = tree.len();
        let mut words: Vec<Word> = Vec::with_capacity(count);
        let from = quotations.partition_point(|q| q.span.end <= tree.sentence.span.start);
        let here: Vec<&Quotation> = quotations
            .iter()
            .skip(from)
            .take_while(|q| q.span.start < tree.sentence.span.end)
            .copied()
            .collect();
        for (at, token) in tree.sentence.tokens.iter().enumerate() {
            let hidden = match token.upos {
                Upos::Propn => Some(name),
                Upos::Num => Some(numeral),
                _ => None,
            };
            let form = number(&token.form);
            let ending = token.form.char_indices().rev().nth(2).map_or(0, |(from, _)| from);
            let quote = here.iter().find(|q| q.span.contains(token.span)).map_or(0, |q| {
                if token.span.end <= q.inner.start {
                    2
                } else if token.span.start >= q.inner.end {
                    3
                } else {
                    1
                }
            });
            words.push(Word {
                lemma: hidden.unwrap_or_else(|| number(&token.lemma)),
                form: hidden.unwrap_or(form),
                ending: hidden.unwrap_or_else(|| number(token.form.get(ending..).unwrap_or(""))),
                upos: token.upos as u64 + 1,
                xpos: number(&token.xpos),
                relation: number(&token.deprel),
                opening: 0,
                frames: lexicon.frames(&token.lemma).bits(),
                kind: kind(tree, index, at, resolution),
                quote,
                opens: FAR,
                closed: FAR,
                head: token.head,
            });
        }
        for at in 0..count {
            for &child in tree.children(at) {
                if child < at && matches!(tree.relation(child), "case" | "mark") {
                    words[at].opening = words[child].lemma;
                    break;
                }
            }
        }
        let mut far = FAR;
        for word in &mut words {
            far = if word.quote == 3 { 0 } else { (far + 1).min(FAR) };
            word.closed = far;
        }
        far = FAR;
        for word in words.iter_mut().rev() {
            far = if word.quote == 2 { 0 } else { (far + 1).min(FAR) };
            word.opens = far;
        }
        let subjects = (0..count).map(|at| subject_near(tree, at)).collect();
        Self { tree, list: words, subjects, quoted: !here.is_empty() }
    }

    /// The word at an index that may lie outside.
    pub(super) fn at(&self, index: isize) -> &Word {
        usize::try_from(index).ok().and_then(|i| self.list.get(i)).unwrap_or(&NOTHING)
    }

    /// The words of which the reader knows what they mean: those that are no names and no small words.
    pub(super) fn told(&self) -> impl Iterator<Item = Option<&'s str>> {
        let tells = |upos| matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv);
        self.tree
            .sentence
            .tokens
            .iter()
            .map(move |token| tells(token.upos).then_some(token.lemma.as_str()))
    }

    /// What each word means, as the parser's vocabulary has it: a row for each.
    pub(super) fn meanings(&self, parser: &Parser) -> ByteRows {
        of_length_one(self.told().map(|lemma| {
            lemma.and_then(|lemma| parser.vector(lemma)).map_or(&[][..], |(numbers, _)| numbers)
        }))
    }

    pub(super) fn get(&self, index: Option<usize>) -> &Word {
        index.and_then(|i| self.list.get(i)).unwrap_or(&NOTHING)
    }
}

/// The subject of the nearest verb above a word.
fn subject_near(tree: &Tree<'_>, word: usize) -> Option<usize> {
    let mut at = word;
    for _ in 0..6 {
        if let Some(subject) = tree.dependent(at, "nsubj") {
            return Some(subject);
        }
        at = tree.head(at)?;
    }
    None
}

/// What sort of party a word names.
fn kind(tree: &Tree<'_>, sentence: usize, at: usize, resolution: &Resolution) -> u64 {
    let upos = tree.upos(at);
    if upos == Upos::Pron {
        return match tree.lemma(at) {
            "I" | "i" | "we" | "you" | "my" | "our" | "your" => 2,
            "he" | "she" | "his" | "her" => 3,
            "they" | "their" => 4,
            "it" | "its" => 5,
            "who" | "which" | "that" | "whom" => 6,
            "there" => 7,
            _ => 8,
        };
    }
    match resolution.mention_at(sentence, at) {
        Some(mention) => {
            let name = u64::from(mention.kind == MentionKind::Name);
            10 + mention.category as u64 * 2 + name
        }
        None => match upos {
            Upos::Propn => 30,
            Upos::Noun => 31,
            Upos::Verb => 32,
            _ => 1,
        },
    }
}

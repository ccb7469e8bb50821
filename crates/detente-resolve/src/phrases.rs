//! Noun phrases and the parts they are made of.
//!
//! In goes the head of a noun phrase, out comes its core in parts from left to right. "the former Turkish foreign minister Ann Lee,"
//! is `Former`, a known name "Turkish", the sector word "foreign minister" and the proper nouns "Ann Lee"; the article and what
//! follows the name are outside the core.

use std::ops::Range;

use detente_knowledge::SectorWord;
use detente_parse::Upos;

use crate::lexicon::Lexicon;
use crate::names::Names;
use crate::view::View;

/// What a part of a noun phrase is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'k> {
    /// A known name: index of the hit.
    Hit(usize),
    /// An entry of `sectors.toml`.
    Word(&'k SectorWord),
    /// Proper noun that the knowledge does not have.
    Proper,
    /// Any other word.
    Common,
    /// "former", "then".
    Former,
    /// "Mr.".
    Honorific,
}

/// A part with its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Element<'k> {
    /// Tokens that it covers.
    pub(crate) tokens: Range<usize>,
    /// What it is.
    pub(crate) part: Part<'k>,
}

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase<'k> {
    /// Token that heads it in the tree.
    pub(crate) head: usize,
    /// Tokens from the first modifier to the end of the name, article and possessor left out.
    pub(crate) core: Range<usize>,
    /// The parts of the core.
    pub(crate) parts: Vec<Element<'k>>,
    /// Head of the possessor: "China" in "China's foreign minister".
    pub(crate) possessor: Option<usize>,
    /// What its determiner says.
    pub(crate) determiner: Determiner,
}

/// What a determiner says of its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Determiner {
    /// There is none.
    None,
    /// It is taken to be known: "the", "this".
    Definite,
    /// "both".
    Both,
    /// Anything else: "a", "some", "no".
    Other,
}

impl Phrase<'_> {
    /// Whether the phrase speaks of something that is taken to be known: "the", "this", or a possessor.
    pub(crate) fn is_definite(&self) -> bool {
        matches!(self.determiner, Determiner::Definite | Determiner::Both)
            || self.possessor.is_some()
    }
}

/// Relations of what stands before a head inside its noun phrase.
fn is_modifier(relation: &str, before: bool) -> bool {
    match relation {
        "amod" | "compound" | "nummod" | "flat" | "goeswith" => true,
        // "Minister of Defence Ann Lee": titles hang on the name, with their complements.
        "nmod" => before,
        _ => false,
    }
}

/// The noun phrase that `head` heads.
pub(crate) fn phrase<'k>(
    view: &View<'_>,
    names: &Names<'k>,
    lexicon: &Lexicon,
    head: usize,
) -> Phrase<'k> {
    let mut start = head;
    let mut possessor = None;
    let mut determiner = Determiner::None;
    let mut barrier = 0;
    for &child in view.children(head).iter().filter(|&&c| c < head) {
        let relation = view.relation(child);
        if view.deprel(child) == "nmod:poss" {
            possessor = Some(child);
            barrier = view.edges(child).1 + 1;
            start = head;
        } else if matches!(relation, "det" | "case" | "cc" | "mark" | "cop" | "aux" | "punct")
            && !is_inner_punctuation(view, child)
        {
            if relation == "det" {
                determiner = match view.lemma(child) {
                    "the" | "this" | "that" | "these" | "those" => Determiner::Definite,
                    "both" => Determiner::Both,
                    // "all the officials" stays definite.
                    _ if determiner == Determiner::Definite => determiner,
                    _ => Determiner::Other,
                };
            }
            barrier = child + 1;
            start = head;
        } else if is_modifier(relation, true) {
            start = start.min(view.edges(child).0.max(barrier));
        }
    }
    let start = left_end(view, start.max(barrier), head);
    let mut end = head + 1;
    for &child in view.children(head).iter().filter(|&&c| c > head) {
        let joins = matches!(view.relation(child), "flat" | "goeswith" | "fixed")
            || view.deprel(child) == "compound"
            || (view.relation(child) == "punct" && is_inner_punctuation(view, child));
        // The hyphen of "al-Duraymawi" may hang on what follows it.
        let hyphen = child == end + 1 && is_inner_punctuation(view, end);
        if joins && (child == end || hyphen) {
            end = child + 1;
            // "Young-gil" after "Kwon" may have been made one word.
            while end < view.len()
                && view.is_below(end, child)
                && (view.relation(end) == "flat" || is_inner_punctuation(view, end))
            {
                end += 1;
            }
        } else if child >= end {
            break;
        }
    }
    // A known name is one, whatever the tree makes of it.
    let mut start = start;
    if let Some(hit) = names.at(head) {
        start = start.min(hit.tokens.start);
        end = end.max(hit.tokens.end);
    }
    // "minister of foreign affairs": the title goes past the head.
    for token in start..=head {
        if let Some((len, _)) = names.word_at(token)
            && token + len > head
        {
            end = end.max(token + len);
            break;
        }
    }
    // "de facto" aside, a quotation mark or bracket never belongs to the core.
    while start < head && view.upos(start) == Upos::Punct {
        start += 1;
    }
    let end = end.min(view.len());
    let parts = split(view, names, lexicon, start..end, head);
    Phrase { head, core: start..end, parts, possessor, determiner }
}

/// The first token of the unbroken run of words that may stand in a core, from `head` back to `start` at most.
fn left_end(view: &View<'_>, start: usize, head: usize) -> usize {
    let mut first = head;
    for token in (start..head).rev() {
        let fits = match view.upos(token) {
            Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::X | Upos::Sym | Upos::Adv => {
                true
            }
            Upos::Cconj => token > start,
            // "Minister of Defence Ann Lee" has a preposition inside, and begins with none.
            Upos::Adp => token > start && matches!(view.lemma(token), "of" | "for"),
            Upos::Verb => matches!(view.xpos(token), "VBN" | "VBG" | "NN" | "NNP" | "JJ"),
            Upos::Punct => token > start,
            Upos::Part => view.lemma(token) != "to",
            Upos::Det => {
                matches!(view.relation(token), "det")
                    && view.head(token) != Some(head)
                    && token > start
                    && view.lemma(token - 1) == "of"
            }
            _ => false,
        };
        if !fits {
            break;
        }
        if !matches!(
            view.upos(token),
            Upos::Cconj | Upos::Adp | Upos::Punct | Upos::Det | Upos::Part
        ) {
            first = token;
        }
    }
    first
}

/// A hyphen, slash or dot inside a word.
pub(crate) fn is_inner_punctuation(view: &View<'_>, token: usize) -> bool {
    matches!(view.form(token), "-" | "‐" | "‑" | "–" | "/" | "." | "'" | "’" | "&")
        && match (view.token(token.wrapping_sub(1)), view.token(token), view.token(token + 1)) {
            (Some(a), Some(b), Some(c)) => a.span.end == b.span.start && b.span.end == c.span.start,
            _ => false,
        }
}

fn split<'k>(
    view: &View<'_>,
    names: &Names<'k>,
    lexicon: &Lexicon,
    core: Range<usize>,
    head: usize,
) -> Vec<Element<'k>> {
    let mut parts = Vec::with_capacity(core.len());
    let mut at = core.start;
    while at < core.end {
        let mut push = |tokens: Range<usize>, part| {
            let next = tokens.end;
            parts.push(Element { tokens, part });
            next
        };
        if let Some(index) = names.index_at(at)
            && let Some(hit) = names.hits.get(index)
        {
            // A place in a title ("mayor of Kharkiv") belongs to the title's complement.
            at = push(at..hit.tokens.end.min(core.end).max(at + 1), Part::Hit(index));
            continue;
        }
        if let Some((len, word)) = names.word_at(at)
            && at + len <= core.end
            && (at + 1..at + len).all(|t| names.index_at(t).is_none())
        {
            at = push(at..at + len, Part::Word(word));
            continue;
        }
        let lemma = view.lemma(at);
        let part = if lexicon.former.has(lemma) {
            Part::Former
        } else if lexicon.honorific.has(lemma) || lexicon.honorific.has(lemma.trim_end_matches('.'))
        {
            Part::Honorific
        } else if at + 1 < core.end && lexicon.name_title.has(lemma) && view.is_capital(at + 1) {
            // "CIA Director Ann Lee": of no sector by itself, and no part of the name.
            Part::Honorific
        } else if is_proper(view, at, head) {
            Part::Proper
        } else {
            Part::Common
        };
        at = push(at..at + 1, part);
    }
    parts
}

/// Proper noun, or an adjective or particle inside a proper name ("Supreme Court", "Osama bin Laden").
fn is_proper(view: &View<'_>, token: usize, head: usize) -> bool {
    if view.upos(token) == Upos::Propn {
        return true;
    }
    let named = matches!(view.xpos(token), "NNP" | "NNPS");
    let joins = view.relation(token) == "flat" || view.deprel(token) == "compound";
    // "LIMA - Copper miners": a capital that only opens the sentence.
    let opens = (token == 0 || token == view.sentence.dateline())
        && view.upos(token) == Upos::Noun
        && matches!(view.xpos(token), "NN" | "NNS");
    (named && view.is_capital(token))
        || (token > head && view.relation(token) == "flat")
        || (view.upos(token) == Upos::Punct && token > head)
        || (view.upos(token) == Upos::Punct
            && is_inner_punctuation(view, token)
            && view.is_capital(token - 1)
            && view.upos(token + 1) == Upos::Propn)
        || (joins
            && view.is_capital(token)
            && !opens
            && view.upos(token) != Upos::Num
            && token != head)
}

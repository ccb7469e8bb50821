//! A pair of parties → features: the words that join them, as tree, lemmas, word groups and operators say.
//!
//! "Delhi beseeched the Dhaka government": the way from *Delhi* to *government* goes up a subject and down an object over
//! *beseech*. Names and numbers are never features, so that the reader cannot learn who is who.

use std::collections::HashMap;
use std::fmt::{self, Write};

use detente_knowledge::{Effect, Knowledge};
use detente_parse::{Sentence, Token, Upos};

use crate::form::{Form, Modal, form};
use crate::grammar::{clause, is_passive, token};
use crate::matcher::lower;
use crate::rulebook::RuleBook;

/// Nodes of the way that are looked at on either side.
const LONGEST_WAY: usize = 8;

/// The features of one pair, and where they come from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pair {
    keys: Vec<u32>,
    meaning: Vec<f32>,
    /// The verb or noun that the way between the two goes over.
    pub(crate) top: usize,
}

impl Pair {
    /// A pair of these features, by number, and this meaning.
    pub fn of(mut keys: Vec<u32>, meaning: Vec<f32>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        Self { keys, meaning, top: 0 }
    }

    /// The numbers of the features, ascending, each once.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// What the words mean, as the parser's vocabulary has it: [`WIDTH`] numbers for the word that joins the parties, as many for those
    /// around it, and for all of the sentence.
    pub fn meaning(&self) -> &[f32] {
        &self.meaning
    }
}

/// Numbers of a word's meaning.
pub const WIDTH: usize = 128;

/// Numbers of a pair's meaning.
pub const MEANING: usize = 3 * WIDTH;

/// Adds up the meanings of words, each of length 1.
struct Meaning<'a> {
    book: &'a RuleBook,
    sum: [f32; WIDTH],
}

impl<'a> Meaning<'a> {
    fn new(book: &'a RuleBook) -> Self {
        Self { book, sum: [0.0; WIDTH] }
    }

    fn add(&mut self, lemma: &str) {
        let Some((numbers, _)) = self.book.vectors.vector(lemma) else { return };
        let square: i32 = numbers.iter().map(|&n| i32::from(n) * i32::from(n)).sum();
        if square > 0 {
            let scale = 1.0 / (square as f32).sqrt();
            for (sum, &number) in self.sum.iter_mut().zip(numbers) {
                *sum += f32::from(number) * scale;
            }
        }
    }

    /// The direction of the sum.
    fn direction(mut self) -> [f32; WIDTH] {
        let square: f32 = self.sum.iter().map(|n| n * n).sum();
        if square > 0.0 {
            let scale = 1.0 / square.sqrt();
            self.sum.iter_mut().for_each(|n| *n *= scale);
        }
        self.sum
    }
}

/// What the knowledge says of lemmas: the groups that they stand in and the types of the rules that they head.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    groups: Vec<String>,
    by_lemma: HashMap<String, Vec<u16>>,
    types: HashMap<String, u32>,
}

impl Lexicon {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let mut lexicon = Self::default();
        for (name, words) in &knowledge.words.groups {
            let number = lexicon.groups.len() as u16;
            lexicon.groups.push(name.clone());
            for word in words.iter().filter(|word| word.len() == 1).flatten() {
                lexicon.by_lemma.entry(word.clone()).or_default().push(number);
            }
        }
        lexicon
    }

    /// Notes that a rule of this type may have this word as its head.
    pub(crate) fn heads(&mut self, lemma: &str, kind: &str) {
        let Some(class) = super::class_of(kind) else { return };
        match self.types.get_mut(lemma) {
            Some(types) => *types |= 1 << class,
            None => {
                self.types.insert(lemma.to_owned(), 1 << class);
            }
        }
    }

    fn groups(&self, lemma: &str) -> impl Iterator<Item = &str> {
        let numbers = self.by_lemma.get(lemma).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&n| self.groups.get(usize::from(n)).map(String::as_str))
    }

    fn types(&self, lemma: &str) -> impl Iterator<Item = &'static str> {
        let types = self.types.get(lemma).copied().unwrap_or(0);
        super::CLASSES
            .iter()
            .enumerate()
            .filter(move |(i, _)| types & (1 << i) != 0)
            .map(|(_, t)| *t)
    }
}

/// A number made of a feature's name (FNV-1a), without keeping the name.
struct Number(u64);

impl Write for Number {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Ok(())
    }
}

/// The FNV-1a hash of a name, 64 bits.
pub(crate) fn hash(name: fmt::Arguments<'_>) -> u64 {
    let mut number = Number(0xcbf2_9ce4_8422_2325);
    // Counting bytes cannot fail.
    let _ = number.write_fmt(name);
    number.0
}

/// The same of a name in parts, without putting them together.
pub(crate) fn hash_of(parts: &[&str]) -> u64 {
    let mut number = Number(0xcbf2_9ce4_8422_2325);
    for part in parts {
        let _ = number.write_str(part);
    }
    number.0
}

fn number(name: fmt::Arguments<'_>) -> u32 {
    let hash = hash(name);
    (hash ^ (hash >> 32)) as u32
}

/// Where features go: their numbers always, their names where somebody wants to read them.
struct Sink<'a> {
    keys: Vec<u32>,
    names: Option<&'a mut Vec<(u32, String)>>,
}

impl Sink<'_> {
    fn add(&mut self, name: fmt::Arguments<'_>) {
        let key = number(name);
        self.keys.push(key);
        if let Some(names) = &mut self.names {
            names.push((key, name.to_string()));
        }
    }
}

/// The pair whose parties are the marked tokens; `names` takes the features' names, too.
pub(crate) fn pair_of_parties(
    book: &RuleBook,
    sentence: &Sentence,
    source: &[bool],
    target: &[bool],
    names: Option<&mut Vec<(u32, String)>>,
) -> Pair {
    let (sources, targets) = (tops(sentence, source), tops(sentence, target));
    let mut nearest: Option<(usize, usize, usize)> = None;
    for &s in &sources {
        for &t in &targets {
            let length = way(sentence, s, t).length();
            if nearest.is_none_or(|(best, _, _)| length < best) {
                nearest = Some((length, s, t));
            }
        }
    }
    let (s, t) = match nearest {
        Some((_, s, t)) => (Some(s), Some(t)),
        None => (sources.first().copied(), targets.first().copied()),
    };
    let marked = |at: usize| {
        source.get(at).copied().unwrap_or(false) || target.get(at).copied().unwrap_or(false)
    };
    pair(book, sentence, s, t, &marked, names)
}

/// The pair whose parties are headed by these tokens.
pub(crate) fn pair_of_tokens(
    book: &RuleBook,
    sentence: &Sentence,
    source: Option<usize>,
    target: Option<usize>,
    names: Option<&mut Vec<(u32, String)>>,
) -> Pair {
    let marked = |at: usize| Some(at) == source || Some(at) == target;
    pair(book, sentence, source, target, &marked, names)
}

/// Of the marked tokens those whose head is not marked.
fn tops(sentence: &Sentence, marked: &[bool]) -> Vec<usize> {
    let is_marked = |at: usize| marked.get(at).copied().unwrap_or(false);
    (0..marked.len())
        .filter(|&at| is_marked(at))
        .filter(|&at| {
            token(sentence, at)
                .is_some_and(|t| t.upos != Upos::Punct && !t.head.is_some_and(is_marked))
        })
        .take(4)
        .collect()
}

/// The way in the tree from one token to another.
struct Way {
    /// From the source up, without the top.
    up: Vec<usize>,
    top: usize,
    /// From below the top down to the target.
    down: Vec<usize>,
}

impl Way {
    fn length(&self) -> usize {
        self.up.len() + self.down.len()
    }
}

fn way(sentence: &Sentence, source: usize, target: usize) -> Way {
    let chain = |from: usize| {
        let mut chain = vec![from];
        while let Some(up) = chain.last().and_then(|&at| token(sentence, at)).and_then(|t| t.head) {
            if chain.len() > sentence.tokens.len() {
                break;
            }
            chain.push(up);
        }
        chain
    };
    let (mut up, mut down) = (chain(source), chain(target));
    let mut top = source;
    while let (Some(&a), Some(&b)) = (up.last(), down.last()) {
        if a != b {
            break;
        }
        top = a;
        up.pop();
        down.pop();
    }
    down.reverse();
    Way { up, top, down }
}

fn is_content(word: &Token) -> bool {
    matches!(word.upos, Upos::Verb | Upos::Noun | Upos::Adj)
}

fn relation(word: &Token) -> &str {
    match word.deprel.as_str() {
        whole @ ("nsubj:pass" | "obl:agent" | "acl:relcl" | "nmod:poss") => whole,
        _ => word.relation(),
    }
}

/// The preposition or mark that a phrase opens with.
fn opening(sentence: &Sentence, at: usize) -> Option<std::borrow::Cow<'_, str>> {
    sentence.children(at).iter().find_map(|&c| {
        let word = token(sentence, c)?;
        (matches!(word.relation(), "case" | "mark") && c < at).then(|| lower(&word.lemma))
    })
}

fn pair(
    book: &RuleBook,
    sentence: &Sentence,
    source: Option<usize>,
    target: Option<usize>,
    marked: &dyn Fn(usize) -> bool,
    names: Option<&mut Vec<(u32, String)>>,
) -> Pair {
    let mut sink = Sink { keys: Vec::with_capacity(128), names };
    sink.add(format_args!("bias"));
    let way = match (source, target) {
        (Some(s), Some(t)) => way(sentence, s, t),
        (one, other) => {
            let only = one.or(other).or(sentence.root()).unwrap_or(0);
            let root = clause(sentence, only);
            Way { up: vec![only], top: root, down: Vec::new() }
        }
    };
    let top = top_word(sentence, &way, marked);
    ends(book, sentence, source, target, &mut sink);
    shape(sentence, &way, top, &mut sink);
    let mut on_way: Vec<usize> = way.up.iter().skip(1).take(LONGEST_WAY).copied().collect();
    on_way.push(way.top);
    on_way.extend(way.down.iter().rev().skip(1).take(LONGEST_WAY).copied());
    on_way.push(top);
    if let Some(s) = source {
        on_way.push(clause(sentence, s));
    }
    if let Some(t) = target {
        on_way.push(clause(sentence, t));
    }
    on_way.sort_unstable();
    on_way.dedup();
    on_way.retain(|&at| !marked(at) && token(sentence, at).is_some_and(is_content));
    for &at in &on_way {
        on_the_way(book, sentence, at, at == top, &mut sink);
    }
    below(book, sentence, top, marked, &mut sink);
    let form = form(book, sentence, top, None);
    said(book, sentence, top, &form, &mut sink);
    around(book, sentence, source, target, marked, &on_way, &mut sink);
    let mut keys = sink.keys;
    keys.sort_unstable();
    keys.dedup();
    let meaning = meaning(book, sentence, top, &on_way, marked);
    Pair { keys, meaning, top }
}

/// What the word at the top, those around it and all of the sentence mean.
fn meaning(
    book: &RuleBook,
    sentence: &Sentence,
    top: usize,
    on_way: &[usize],
    marked: &dyn Fn(usize) -> bool,
) -> Vec<f32> {
    let (mut own, mut near, mut all) = (Meaning::new(book), Meaning::new(book), Meaning::new(book));
    for (at, word) in sentence.tokens.iter().enumerate() {
        if !is_content(word) || marked(at) {
            continue;
        }
        let lemma = lower(&word.lemma);
        all.add(&lemma);
        if at == top {
            own.add(&lemma);
        } else if on_way.contains(&at) || word.head == Some(top) {
            near.add(&lemma);
        }
    }
    [own, near, all].into_iter().flat_map(Meaning::direction).collect()
}

/// The word that the way is about: its top, or the verb above where the top is a party itself.
fn top_word(sentence: &Sentence, way: &Way, marked: &dyn Fn(usize) -> bool) -> usize {
    let party = way.up.is_empty() || way.down.is_empty() || marked(way.top);
    let name = token(sentence, way.top).is_none_or(|t| !is_content(t));
    if party || name { clause(sentence, way.top) } else { way.top }
}

/// What the parties' own words are.
fn ends(
    book: &RuleBook,
    sentence: &Sentence,
    source: Option<usize>,
    target: Option<usize>,
    sink: &mut Sink<'_>,
) {
    for (side, at) in [("s", source), ("t", target)] {
        let Some(word) = at.and_then(|at| token(sentence, at)) else {
            sink.add(format_args!("{side}-"));
            continue;
        };
        let at = at.unwrap_or_default();
        sink.add(format_args!("{side}r={}", relation(word)));
        if let Some(case) = opening(sentence, at) {
            sink.add(format_args!("{side}c={case}"));
        }
        if word.upos == Upos::Noun {
            let lemma = lower(&word.lemma);
            sink.add(format_args!("{side}l={lemma}"));
            for group in book.second.groups(&lemma) {
                sink.add(format_args!("{side}g={group}"));
            }
        }
    }
    if let (Some(s), Some(t)) = (source, target) {
        sink.add(format_args!("order={}", s < t));
    }
}

/// The relations on the way.
fn shape(sentence: &Sentence, way: &Way, top: usize, sink: &mut Sink<'_>) {
    let mut path = String::new();
    let step = |at: usize| -> String {
        let Some(word) = token(sentence, at) else { return String::new() };
        match opening(sentence, at).filter(|_| matches!(word.relation(), "obl" | "nmod")) {
            Some(case) => format!("{}:{case}", relation(word)),
            None => relation(word).to_owned(),
        }
    };
    for &at in way.up.iter().take(4) {
        path.push_str(&step(at));
        path.push('^');
    }
    path.push('.');
    for &at in way.down.iter().take(4) {
        path.push_str(&step(at));
        path.push('v');
    }
    sink.add(format_args!("way={path}"));
    sink.add(format_args!("length={}", way.length().min(8)));
    let Some(word) = token(sentence, top) else { return };
    let lemma = lower(&word.lemma);
    sink.add(format_args!("way={path}+{lemma}"));
    sink.add(format_args!("pass={}", is_passive(sentence, top)));
    if let Some(&first) = way.down.first() {
        sink.add(format_args!("v={lemma}|t={}", step(first)));
        sink.add(format_args!("t={}", step(first)));
    }
    if let Some(&last) = way.up.last() {
        sink.add(format_args!("v={lemma}|s={}", step(last)));
        sink.add(format_args!("s={}", step(last)));
    }
}

fn on_the_way(book: &RuleBook, sentence: &Sentence, at: usize, top: bool, sink: &mut Sink<'_>) {
    let Some(word) = token(sentence, at) else { return };
    let lemma = lower(&word.lemma);
    sink.add(format_args!("w={lemma}"));
    if top {
        sink.add(format_args!("v={lemma}"));
    }
    for group in book.second.groups(&lemma) {
        sink.add(format_args!("g={group}"));
        if top {
            sink.add(format_args!("vg={group}"));
        }
    }
    for kind in book.second.types(&lemma) {
        sink.add(format_args!("c={kind}"));
        if top {
            sink.add(format_args!("vc={kind}"));
        }
    }
    for (rest, effect) in book.operators(&lemma) {
        if rest.is_empty() {
            sink.add(format_args!("o={effect:?}"));
        }
    }
}

/// What hangs on the top: objects, particles, prepositions, clauses.
fn below(
    book: &RuleBook,
    sentence: &Sentence,
    top: usize,
    marked: &dyn Fn(usize) -> bool,
    sink: &mut Sink<'_>,
) {
    let Some(head) = token(sentence, top) else { return };
    let verb = lower(&head.lemma);
    for &at in sentence.children(top) {
        let Some(word) = token(sentence, at) else { continue };
        let link = relation(word);
        let lemma = lower(&word.lemma);
        match word.relation() {
            "compound" | "advmod" if word.upos != Upos::Noun => {
                sink.add(format_args!("v={verb}+{lemma}"));
            }
            "aux" => sink.add(format_args!("aux={lemma}")),
            "obj" | "obl" | "xcomp" | "ccomp" | "advcl" | "nmod" | "acl" | "conj" | "nsubj" => {
                let case = opening(sentence, at);
                let case = case.as_deref().unwrap_or("-");
                sink.add(format_args!("v={verb}|{link}:{case}"));
                if marked(at) || !is_content(word) {
                    continue;
                }
                sink.add(format_args!("d={link}:{case}+{lemma}"));
                sink.add(format_args!("d={lemma}"));
                sink.add(format_args!("v={verb}+{link}+{lemma}"));
                for group in book.second.groups(&lemma) {
                    sink.add(format_args!("dg={link}+{group}"));
                    sink.add(format_args!("v={verb}+{link}+@{group}"));
                }
                for kind in book.second.types(&lemma) {
                    sink.add(format_args!("dc={link}+{kind}"));
                }
                for (rest, effect) in book.operators(&lemma) {
                    if rest.is_empty() {
                        sink.add(format_args!("do={link}+{effect:?}"));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Negation, modals and operators over the top.
fn said(book: &RuleBook, sentence: &Sentence, top: usize, form: &Form, sink: &mut Sink<'_>) {
    let lemma = token(sentence, top).map_or_else(Default::default, |t| lower(&t.lemma));
    let mut modes: Vec<String> = Vec::new();
    if form.negated {
        modes.push("not".to_owned());
    }
    if form.modal != Modal::None {
        modes.push(format!("{:?}", form.modal));
    }
    for governor in form.governors.iter().take(3) {
        let sign = if governor.negated { "not " } else { "" };
        modes.push(format!("{sign}{:?}", governor.effect));
    }
    if form.conditional {
        modes.push("if".to_owned());
    }
    if form.purpose {
        modes.push("purpose".to_owned());
    }
    if form.topic {
        modes.push("topic".to_owned());
    }
    // Operators that stand as the top itself: "refused B's request".
    let own: Option<Effect> =
        book.operators(&lemma).iter().find(|(rest, _)| rest.is_empty()).map(|(_, effect)| *effect);
    if let Some(effect) = own {
        sink.add(format_args!("own={effect:?}"));
    }
    for mode in &modes {
        sink.add(format_args!("f={mode}"));
        sink.add(format_args!("f={mode}+{lemma}"));
        for kind in book.second.types(&lemma) {
            sink.add(format_args!("f={mode}+{kind}"));
        }
    }
    if modes.is_empty() {
        sink.add(format_args!("f=plain"));
    }
}

/// The words between the parties and in the rest of the sentence.
fn around(
    book: &RuleBook,
    sentence: &Sentence,
    source: Option<usize>,
    target: Option<usize>,
    marked: &dyn Fn(usize) -> bool,
    on_way: &[usize],
    sink: &mut Sink<'_>,
) {
    let (from, to) = match (source, target) {
        (Some(s), Some(t)) => (s.min(t), s.max(t)),
        _ => (0, 0),
    };
    for (at, word) in sentence.tokens.iter().enumerate() {
        if marked(at) {
            continue;
        }
        let between = from < at && at < to;
        if is_content(word) {
            let lemma = lower(&word.lemma);
            sink.add(format_args!("b={lemma}"));
            if between {
                sink.add(format_args!("m={lemma}"));
            }
            if !on_way.contains(&at) {
                for kind in book.second.types(&lemma) {
                    sink.add(format_args!("bc={kind}"));
                }
            }
            for group in book.second.groups(&lemma) {
                sink.add(format_args!("bg={group}"));
            }
        } else if between && matches!(word.upos, Upos::Adp | Upos::Part | Upos::Aux) {
            sink.add(format_args!("mf={}", lower(&word.lemma)));
        }
    }
}

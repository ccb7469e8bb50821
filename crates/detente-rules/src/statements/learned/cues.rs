//! The features of a word as a part of a cue.

use detente_parse::Upos;

use super::net::Sink;
use super::words::{FAR, Words};

/// Makes one number of a pattern and what stands in it.
fn key(pattern: u64, a: u64, b: u64) -> u32 {
    let mixed =
        (a ^ pattern.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 32) ^ b).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32) as u32 | 1
}

/// Counts patterns, so that each has its own number.
pub(super) struct Patterns<'s, S: Sink> {
    sink: &'s mut S,
    pattern: u64,
}

impl<'s, S: Sink> Patterns<'s, S> {
    pub(super) fn new(sink: &'s mut S) -> Self {
        Self { sink, pattern: 0 }
    }

    /// The next pattern with one thing in it.
    pub(super) fn one(&mut self, a: u64) {
        self.two(a, 0);
    }

    /// The next pattern with two things in it.
    pub(super) fn two(&mut self, a: u64, b: u64) {
        self.pattern += 1;
        self.sink.add(key(self.pattern, a, b));
    }

    /// The next pattern, of three things.
    pub(super) fn three(&mut self, a: u64, b: u64, c: u64) {
        self.two(a, b.rotate_left(21) ^ c.wrapping_mul(0xff51_afd7_ed55_8ccd));
    }

    /// The next pattern, once for each bit that is set.
    pub(super) fn bits(&mut self, bits: u16, with: u64) {
        self.pattern += 1;
        let mut left = bits;
        while left != 0 {
            self.sink.add(key(self.pattern, u64::from(left.trailing_zeros()), with));
            left &= left - 1;
        }
    }

    /// The same patterns again, for another of the same sort.
    pub(super) fn again(&mut self, from: u64) {
        self.pattern = from;
    }

    pub(super) fn at(&self) -> u64 {
        self.pattern
    }
}

/// Dependents that are looked at.
const MOST: usize = 8;

/// The features of word `at`. `rules` tells for each word what the rules make of it, as bits: see [`super::rule_marks`].
pub(super) fn features(words: &Words<'_, '_>, rules: &[u8], at: usize, sink: &mut impl Sink) {
    let i = at as isize;
    let [prior, own, next] = [i - 1, i, i + 1].map(|i| words.at(i));
    let rule = |index: isize| {
        usize::try_from(index).ok().and_then(|i| rules.get(i)).map_or(0, |&r| u64::from(r) + 1)
    };
    let head = words.get(own.head);
    let mut p = Patterns::new(sink);
    p.two(own.upos, own.lemma);
    p.two(own.xpos, own.relation);
    p.one(rule(i));
    p.three(rule(i - 1), rule(i), rule(i + 1));
    p.two(own.quote, own.upos);
    p.one(own.opens.min(4) * 8 + own.closed.min(4));
    p.two(head.lemma, own.relation);
    p.one(prior.lemma);
    p.one(next.lemma);
    p.one(own.kind);
    // Names and marks are seldom in a cue; what is beside them tells.
    if matches!(words.tree.upos(at), Upos::Propn | Upos::Num | Upos::Pron)
        || words.tree.upos(at) == Upos::Punct && words.tree.token(at).is_some_and(|t| t.form != ":")
    {
        return;
    }
    p.one(own.form);
    p.one(own.ending);
    p.two(own.lemma, own.xpos);
    p.two(own.lemma, own.relation);
    p.two(prior.lemma, own.lemma);
    p.two(own.lemma, next.lemma);
    p.two(prior.upos, next.upos);
    p.two(head.lemma, own.lemma);
    p.three(own.relation, head.relation, words.get(head.head).upos);
    p.three(own.opening, own.upos, head.upos);
    p.bits(own.frames, own.xpos);
    p.bits(head.frames, own.relation);
    let above_rule = own.head.map_or(0, |h| rule(h as isize));
    p.two(above_rule, own.relation);
    p.three(rule(i), rule(i + 1), next.lemma);
    p.three(rule(i), rule(i - 1), prior.lemma);
    p.two(rule(i), own.lemma);
    // What hangs on it.
    let from = p.at();
    for &child in words.tree.children(at).iter().take(MOST) {
        p.again(from);
        let below = words.get(Some(child));
        p.two(below.relation, u64::from(child > at));
        p.two(own.lemma, below.relation);
        p.three(own.upos, below.relation, below.opening);
        p.two(below.relation, below.kind);
        p.bits(own.frames, below.relation);
    }
    p.again(from + 5);
    // Whose act it is.
    let who = words.get(words.subjects.get(at).copied().flatten());
    p.two(who.kind, own.upos);
    p.two(who.kind, own.lemma);
    p.two(u64::from(words.quoted), own.upos);
    let place = |index: usize| (index as u64).min(FAR);
    p.two(place(at), own.upos);
    p.two(place(words.list.len() - at), own.upos);
}

//! The features of a word as a part of a cue.

use detente_parse::Upos;

use super::chain::Sink;
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

    pub(super) fn sink(&mut self) -> &mut S {
        self.sink
    }
}

/// Dependents that are looked at.
const MOST: usize = 8;

/// The features of word `at`. `rules` tells for each word whether the rules take it for a cue.
pub(super) fn features(words: &Words<'_, '_>, rules: &[u8], at: usize, sink: &mut impl Sink) {
    let i = at as isize;
    let [earlier, prior, own, next, later] = [i - 2, i - 1, i, i + 1, i + 2].map(|i| words.at(i));
    let rule = |index: isize| {
        usize::try_from(index).ok().and_then(|i| rules.get(i)).map_or(0, |&r| u64::from(r) + 1)
    };
    let mut p = Patterns::new(sink);
    p.two(own.upos, own.lemma);
    p.two(prior.upos, own.upos);
    p.two(own.upos, next.upos);
    p.two(own.upos, own.relation);
    // Names and marks are seldom in a cue; what is beside them tells.
    if matches!(words.tree.upos(at), Upos::Propn | Upos::Num | Upos::Pron)
        || words.tree.upos(at) == Upos::Punct && words.tree.token(at).is_some_and(|t| t.form != ":")
    {
        p.two(rule(i), own.upos);
        p.three(rule(i - 1), rule(i), rule(i + 1));
        p.two(own.upos, prior.lemma);
        p.two(own.upos, next.lemma);
        p.two(own.quote, own.upos);
        p.three(own.relation, words.get(own.head).lemma, prior.upos);
        return;
    }
    for word in [earlier, prior, own, next, later] {
        p.one(word.lemma);
        p.one(word.upos);
    }
    for word in [prior, own, next] {
        p.one(word.relation);
        p.one(word.xpos);
    }
    p.one(own.form);
    p.one(own.ending);
    p.one(own.kind);
    p.two(own.lemma, own.xpos);
    p.two(own.lemma, own.relation);
    p.two(own.xpos, own.relation);
    p.two(prior.lemma, own.lemma);
    p.two(own.lemma, next.lemma);
    p.two(prior.lemma, own.upos);
    p.two(own.upos, next.lemma);
    p.two(own.lemma, prior.upos);
    p.two(own.lemma, next.upos);
    p.three(prior.upos, own.upos, next.upos);
    p.three(earlier.upos, prior.upos, own.upos);
    p.three(own.upos, next.upos, later.upos);
    p.three(prior.lemma, own.lemma, next.lemma);
    p.three(prior.kind, own.upos, next.kind);
    // The word above, and the one above that.
    let head = words.get(own.head);
    let above = words.get(head.head);
    let away = own.head.map_or(0, |h| h as isize - i).clamp(-5, 5) as u64;
    p.one(head.lemma);
    p.two(head.upos, own.relation);
    p.two(head.lemma, own.lemma);
    p.two(head.lemma, own.relation);
    p.three(head.xpos, own.relation, own.lemma);
    p.two(away, own.relation);
    p.two(own.relation, head.relation);
    p.three(own.relation, head.relation, above.upos);
    p.two(head.lemma, above.lemma);
    p.three(own.lemma, head.relation, above.lemma);
    p.three(own.opening, own.upos, head.upos);
    p.bits(own.frames, 0);
    p.bits(own.frames, own.xpos);
    p.bits(head.frames, own.relation);
    p.bits(next.frames, own.upos);
    // Few words are in a cue, and most that are not show it by now; where the rules see one near by, all is asked.
    let above_rule = own.head.map_or(0, |h| rule(h as isize));
    if [rule(i - 1), rule(i), rule(i + 1), above_rule].iter().all(|&r| r <= 1) && p.sink().settled()
    {
        return;
    }
    // What hangs on it.
    let from = p.at();
    let mut all = 0_u64;
    for &child in words.tree.children(at).iter().take(MOST) {
        p.again(from);
        let below = words.get(Some(child));
        let after = u64::from(child > at);
        p.two(below.relation, after);
        p.two(own.lemma, below.relation);
        p.three(own.upos, below.relation, after);
        p.three(own.lemma, below.relation, below.opening);
        p.two(below.relation, below.kind);
        p.three(own.upos, below.relation, below.lemma);
        p.two(own.lemma, below.lemma);
        p.bits(own.frames, below.relation);
        all = all.wrapping_add(below.relation.wrapping_mul(below.relation | 1));
    }
    p.again(from + 8);
    p.two(own.upos, all);
    // What hangs beside it.
    let from = p.at();
    if let Some(up) = own.head {
        for &other in words.tree.children(up).iter().filter(|&&o| o != at).take(MOST) {
            p.again(from);
            let beside = words.get(Some(other));
            let side = u64::from(other > at);
            p.three(own.relation, beside.relation, side);
            p.three(own.lemma, beside.relation, side);
            p.three(own.relation, beside.relation, beside.opening);
            p.three(own.relation, beside.relation, beside.kind);
        }
    }
    p.again(from + 4);
    // Whose act it is.
    let subject = words.subjects.get(at).copied().flatten();
    let who = words.get(subject);
    let side = subject.map_or(2, |s| u64::from(s > at));
    p.two(who.kind, own.upos);
    p.three(who.kind, own.lemma, side);
    p.two(who.lemma, own.upos);
    p.three(who.relation, own.upos, side);
    p.bits(own.frames, who.kind);
    // What the rules make of it.
    p.one(rule(i));
    p.three(rule(i - 1), rule(i), rule(i + 1));
    p.two(rule(i), own.upos);
    p.two(rule(i), own.lemma);
    p.two(rule(i), own.relation);
    p.three(rule(i), rule(i + 1), next.lemma);
    p.three(rule(i), rule(i - 1), prior.lemma);
    p.two(above_rule, own.relation);
    p.three(above_rule, own.relation, own.lemma);
    // Quotation marks.
    p.one(own.quote);
    p.two(own.quote, own.upos);
    p.three(prior.quote, own.quote, next.quote);
    p.two(own.opens, own.upos);
    p.two(own.closed, own.upos);
    p.two(own.opens.min(4) * 8 + own.closed.min(4), own.xpos);
    p.two(u64::from(words.quoted), own.upos);
    let place = |index: usize| (index as u64).min(FAR);
    p.two(place(at), own.upos);
    p.two(place(words.list.len() - at), own.upos);
    for (slot, word) in [Some(at), own.head].into_iter().enumerate() {
        if let Some(numbers) = word.and_then(|w| words.meaning(w)) {
            p.sink().meaning(slot, numbers);
        }
    }
}

//! The features of a word as a part of the source or the content of a given cue.

use std::ops::RangeInclusive;

use detente_parse::Upos;

use super::cues::Patterns;
use super::net::{Places, Sink};
use super::words::Words;

/// A cue as its parts are looked for.
pub(super) struct Cue<'w, 't, 's> {
    words: &'w Words<'t, 's>,
    first: usize,
    last: usize,
    /// The word of the cue that all others hang on.
    anchor: usize,
    /// The words above the anchor, nearest first.
    above: Vec<usize>,
    /// By word, whether the rules take it for source (1) or content (2) of this cue.
    rules: Vec<u8>,
    /// By word, whether it is in any cue.
    cues: &'w [bool],
    passive: bool,
    /// By word, how it hangs on the cue.
    ways: Vec<Way>,
    /// By word, the commas, verbs and words of cues before it.
    before: Vec<[u16; 3]>,
}

/// How a word hangs on the cue.
#[derive(Clone, Copy)]
struct Way {
    /// Number of the relations up from the anchor, and of the branch that the word is on.
    branch: u64,
    /// The same without what lies above the anchor.
    relation: u64,
    /// All relations.
    whole: u64,
    /// The branch's top.
    top: usize,
    depth: u64,
    up: u64,
}

impl<'w, 't, 's> Cue<'w, 't, 's> {
    pub(super) fn new(
        words: &'w Words<'t, 's>,
        cue: RangeInclusive<usize>,
        rules: Vec<u8>,
        cues: &'w [bool],
    ) -> Self {
        let (first, last) = (*cue.start(), *cue.end());
        let tree = words.tree;
        let anchor = anchor(words, first, last);
        let mut above = Vec::new();
        let mut at = anchor;
        while let Some(head) = tree.head(at).filter(|_| above.len() < 12) {
            above.push(head);
            at = head;
        }
        let passive = (first..=last).any(|t| tree.dependent(t, "aux:pass").is_some());
        let mut before = Vec::with_capacity(tree.len() + 1);
        let mut sum = [0_u16; 3];
        before.push(sum);
        for word in 0..tree.len() {
            sum[0] += u16::from(tree.token(word).is_some_and(|t| t.form == ","));
            sum[1] += u16::from(matches!(tree.upos(word), Upos::Verb | Upos::Aux));
            sum[2] += u16::from(cues.get(word).copied().unwrap_or(false));
            before.push(sum);
        }
        let ways = Vec::with_capacity(tree.len());
        let mut cue =
            Self { words, first, last, anchor, above, rules, cues, passive, ways, before };
        for word in 0..tree.len() {
            let way = cue.way(word);
            cue.ways.push(way);
        }
        cue
    }

    fn way(&self, word: usize) -> Way {
        let tree = self.words.tree;
        let mut at = word;
        let mut way = Way { branch: 0, relation: 0, whole: 7, top: word, depth: 0, up: 9 };
        for _ in 0..16 {
            let in_cue = (self.first..=self.last).contains(&at);
            let up = if in_cue {
                Some(0)
            } else {
                self.above.iter().position(|&a| a == at).map(|p| p + 1)
            };
            if let Some(up) = up {
                way.up = up as u64;
                break;
            }
            let own = self.words.get(Some(at));
            way.top = at;
            way.relation = own.relation ^ own.opening.rotate_left(9);
            way.branch = own.relation;
            if way.depth < 4 {
                way.whole = way.whole.wrapping_mul(31).wrapping_add(own.relation);
            }
            way.depth += 1;
            match tree.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        let mut ups = way.up;
        for &step in [self.anchor].iter().chain(&self.above).take(way.up.min(4) as usize) {
            ups = ups.wrapping_mul(37).wrapping_add(self.words.get(Some(step)).relation);
        }
        way.branch = way.branch.wrapping_add(ups.rotate_left(17));
        way.whole = way.whole.wrapping_add(ups.rotate_left(23));
        way
    }

    /// The words of the cue.
    pub(super) fn range(&self) -> RangeInclusive<usize> {
        self.first..=self.last
    }

    /// The words whose states count for word `at`: itself, the top of its branch and the word that the cue hangs on.
    pub(super) fn places(&self, at: usize) -> Places {
        [Some(at), self.ways.get(at).map(|way| way.top), Some(self.anchor)]
    }

    /// The features of word `at`.
    pub(super) fn features(&self, at: usize, sink: &mut impl Sink) {
        let words = self.words;
        let i = at as isize;
        let [prior, own, next] = [i - 1, i, i + 1].map(|i| words.at(i));
        let anchor = words.get(Some(self.anchor));
        let (begin, end) = (words.get(Some(self.first)), words.get(Some(self.last)));
        let away = if at < self.first { self.first - at } else { at.saturating_sub(self.last) };
        let side = if at < self.first { 1 } else { u64::from(at > self.last) * 2 };
        let near = match away {
            0..=4 => away,
            5..=7 => 5,
            8..=12 => 6,
            _ => 7,
        } as u64;
        let rule = |index: isize| {
            usize::try_from(index)
                .ok()
                .and_then(|i| self.rules.get(i))
                .map_or(0, |&r| u64::from(r) + 1)
        };
        let way = self.ways[at];
        let top = words.get(Some(way.top));
        let tree = words.tree;
        let edge = u64::from(tree.first(way.top) == at) * 2 + u64::from(tree.last(way.top) == at);
        let between =
            if at < self.first { at + 1..self.first } else { self.last + 1..at.max(self.last + 1) };
        let [commas, verbs, other] = std::array::from_fn(|nth| {
            u64::from(self.before[between.end][nth] - self.before[between.start][nth])
        });
        let other = other.min(1);
        let parted = commas.min(2) * 3 + verbs.min(2);
        let in_cue = u64::from(self.cues.get(at).copied().unwrap_or(false));
        let passive = u64::from(self.passive);
        let quoted = own.quote * 4 + begin.quote;
        let mut p = Patterns::new(sink);
        p.two(side, near);
        p.two(way.branch, side);
        p.three(way.branch, side, edge);
        p.three(way.branch, side, passive);
        p.three(way.branch, side, anchor.lemma);
        p.three(way.branch, side, top.opening);
        p.three(way.branch, side, own.relation);
        p.three(way.branch, side, top.kind);
        p.three(way.branch, side, end.lemma);
        p.bits(anchor.frames, way.branch ^ side);
        p.three(way.relation, side, anchor.lemma);
        p.three(way.relation, side, way.up);
        p.two(way.whole, side);
        p.three(way.up, side, way.depth.min(4));
        p.two(own.lemma, side);
        p.two(own.upos, side);
        p.one(prior.lemma);
        p.one(next.lemma);
        p.three(own.kind, side, near);
        p.three(own.lemma, side, parted);
        p.two(anchor.lemma, side);
        p.two(end.lemma, side);
        p.two(anchor.xpos, side);
        p.two(parted, side);
        p.three(in_cue, side, other);
        p.three(other, way.branch, side);
        p.three(rule(i - 1), rule(i), rule(i + 1));
        p.three(rule(i), side, way.branch);
        p.three(rule(i), anchor.lemma, side);
        p.three(rule(i), rule(i - 1), prior.lemma);
        p.three(rule(i), rule(i + 1), next.lemma);
        p.two(quoted, side);
        p.three(quoted, rule(i), side);
        p.three(prior.quote * 4 + own.quote, next.quote, side);
        p.three(quoted, way.branch, side);
        p.three(begin.closed * 8 + end.opens, side, own.quote);
        p.three(u64::from(at == 0), u64::from(at + 1 == words.list.len()), own.upos);
    }
}

/// The word of a cue that all others hang on, or the first that hangs on a word outside.
pub(super) fn anchor(words: &Words<'_, '_>, first: usize, last: usize) -> usize {
    let outside = |&t: &usize| words.tree.head(t).is_none_or(|head| head < first || head > last);
    let weight = |t: usize| match words.tree.upos(t) {
        Upos::Verb => 3,
        Upos::Noun | Upos::Adj => 2,
        Upos::Aux | Upos::Adv | Upos::Adp | Upos::Sconj | Upos::Part => 0,
        _ => 1,
    };
    (first..=last)
        .filter(outside)
        .max_by_key(|&t| (weight(t), std::cmp::Reverse(t)))
        .unwrap_or(first)
}

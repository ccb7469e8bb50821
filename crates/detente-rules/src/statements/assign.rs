//! Brings reports and quotations together.
//!
//! In go the reports of every tree and the quotations of the text, out comes what was [`Said`]: each piece of
//! content with its cue and source. A quotation goes to the report that holds it; else to one beside
//! it that still wants content ("Wang said: “…”"); else it carries on the speech before it; else it is a
//! term in scare quotes.

use detente_core::Span;
use detente_parse::Upos;

use detente_resolve::Resolution;

use crate::rulebook::RuleBook;
use crate::yields::Tree;

use super::learned::{Page, heard};
use super::lexicon::{Frames, Lexicon};
use super::quotes::Quotation;
use super::reports::{Report, joined_before, report_at, reports};
use super::sources::{Source, source_beside};

/// One piece of speech or thought.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Bytes of what was said.
    pub content: Span,
    /// Bytes of the cue.
    pub cue: Option<Span>,
    /// Sentence and words of the source.
    pub source: Option<(usize, Source)>,
    /// Sentence and head token of the audience.
    pub audience: Option<(usize, usize)>,
    /// Only a term in quotation marks.
    pub scare: bool,
    /// The content is said or thought to be so.
    pub tells: bool,
    /// How likely the attribution reader takes its cue to be one.
    pub likely: Option<f32>,
}

/// Tokens between a cue and the quotation that it introduces or closes.
const NEAR: usize = 14;

/// Everything said in the document.
pub(super) fn assign(
    text: &str,
    book: &RuleBook,
    trees: &[Tree<'_>],
    quotations: &[Quotation],
    resolution: &Resolution,
) -> Vec<Said> {
    let lexicon = &book.reporting;
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
    let page = Page { lexicon, parser: &book.vectors, resolution, quotations: &outer };
    let reader = book.attribution_reader();
    let by_rule: Vec<Vec<Report>> =
        trees.iter().enumerate().map(|(index, tree)| reports(lexicon, tree, index)).collect();
    let mut all = if reader.is_empty() {
        by_rule.into_iter().flatten().collect()
    } else {
        heard(reader, &page, trees, by_rule)
    };
    for report in &mut all {
        if let Some(tree) = trees.get(report.sentence) {
            close_quotation(text, tree, report, &outer);
        }
        settle(report, &outer);
    }
    all.retain(|report| {
        report.likely.is_some()
            || trees.get(report.sentence).is_none_or(|tree| told(tree, report, &outer))
    });
    let mut said: Vec<Said> = Vec::new();
    // By quotation: whether a report outside it holds it.
    let mut held = vec![false; outer.len()];
    for report in &all {
        for &content in &report.content {
            mark_held(&outer, &mut held, report.cue, content);
            said.push(Said::new(report, content));
        }
    }
    for (nth, quotation) in outer.iter().enumerate() {
        if held.get(nth).copied().unwrap_or(true) {
            continue;
        }
        if let Some(report) = beside(text, lexicon, trees, &all, &outer, quotation) {
            // "calling it “a reward”": the object and the quotation are one content.
            let before = said.iter_mut().find(|s| {
                s.cue == Some(report.cue)
                    && Span::new(s.content.end, quotation.span.start).of(text).is_some_and(|gap| {
                        s.content.end <= quotation.span.start && matches!(gap.trim(), "" | "as")
                    })
            });
            match before {
                Some(piece) => piece.content = piece.content.cover(quotation.span),
                None => said.push(Said { tells: true, ..Said::new(&report, quotation.span) }),
            }
            continue;
        }
        if let Some(piece) = absorbing(text, trees, &mut said, &all, quotation) {
            piece.content = piece.content.cover(quotation.span);
            continue;
        }
        if let Some(earlier) = carried_on(text, trees, quotations, &said, quotation) {
            said.push(Said { content: quotation.span, audience: None, tells: true, ..earlier });
            continue;
        }
        said.push(Said {
            content: quotation.span,
            cue: None,
            source: None,
            audience: None,
            scare: !sentence_like(text, trees, quotation),
            tells: true,
            likely: None,
        });
    }
    said
}

impl Said {
    fn new(report: &Report, content: Span) -> Self {
        Self {
            content,
            cue: Some(report.cue),
            source: report.source.map(|source| (report.sentence, source)),
            audience: report.audience.map(|head| (report.sentence, head)),
            scare: false,
            tells: report.tells,
            likely: report.likely,
        }
    }
}

/// Whether a report is worth a statement: inside a quotation only what is said by somebody named is, not the
/// speaker's own "I think" and "we want".
fn told(tree: &Tree<'_>, report: &Report, outer: &[&Quotation]) -> bool {
    let inside = outer.iter().any(|q| q.inner.contains(report.cue));
    let named = report
        .source
        .is_some_and(|source| matches!(tree.upos(source.head), Upos::Propn | Upos::Noun));
    !inside || (named && report.frames.has(Frames::SPEECH) && report.frames.has(Frames::CLAUSE))
}

/// Whether a quotation ends so that its report can follow: with a comma, a question, a dash.
fn left_open(text: &str, quotation: &Quotation) -> bool {
    let last = quotation.inner.of(text).and_then(|inner| inner.trim_end().chars().next_back());
    let next = text.get(quotation.span.end..).and_then(|rest| rest.trim_start().chars().next());
    last.is_some_and(|c| matches!(c, ',' | '!' | '?' | '—' | '–' | '-' | '…' | ';'))
        || next.is_some_and(|c| matches!(c, ',' | '—' | '–' | '-'))
}

/// Sets right the report of a verb that closes a quotation: "“…,” Wang said", "“…,” said Wang".
///
/// Its source stands beside it, never in the quotation, and its content ends with the quotation.
fn close_quotation(text: &str, tree: &Tree<'_>, report: &mut Report, outer: &[&Quotation]) {
    if !report.frames.has(Frames::SPEECH) || tree.upos(report.anchor) != Upos::Verb {
        return;
    }
    let Some(at) = tree.token(report.anchor).map(|t| t.span) else { return };
    let next = outer.partition_point(|q| q.span.end <= at.start);
    if outer.get(next).is_some_and(|q| q.span.contains(at)) {
        return;
    }
    let Some(quotation) = next.checked_sub(1).and_then(|nth| outer.get(nth)) else { return };
    let Some(gap) = text.get(quotation.span.end..at.start) else { return };
    // A sentence between them has its own say.
    let apart = Span::new(quotation.span.end, tree.sentence.span.start).of(text);
    if apart.is_some_and(|between| !between.trim().is_empty()) {
        return;
    }
    if gap.len() > 300 || gap.contains(['\n', ';', ':']) || !left_open(text, quotation) {
        return;
    }
    let tokens = &tree.sentence.tokens;
    let from = tokens.partition_point(|t| t.span.start < quotation.span.end);
    // Another verb between them, outside a relative clause, has the better claim.
    let mut relative = false;
    for token in from..report.anchor {
        relative |= matches!(tree.lemma(token), "who" | "which" | "whose");
        if tree.upos(token) == Upos::Verb && !relative {
            return;
        }
        if tree.token(token).is_some_and(|t| t.form == "." && t.upos == Upos::Punct) {
            return;
        }
    }
    let limit = outer.get(next).map_or(usize::MAX, |q| q.span.start);
    let until = tokens.partition_point(|t| t.span.start < limit);
    let beside = source_beside(tree, report.anchor, from, until);
    let stands_beside =
        |source: &Source| source.span.start >= quotation.span.end && source.span.end <= limit;
    if !report.source.as_ref().is_some_and(stands_beside) {
        report.source = beside.or(report.source.filter(stands_beside));
    }
    // What stands between the quotation and the next one is the report, not the content.
    report.content.retain(|piece| piece.start < quotation.span.end || piece.end > limit);
    if !report.content.iter().any(|piece| piece.overlaps(quotation.span)) {
        report.content.push(quotation.span);
        report.content.sort();
    }
}

/// Widens the contents of a report to whole quotations, or keeps them inside the one in which
/// the report itself stands.
fn settle(report: &mut Report, outer: &[&Quotation]) {
    let around = outer.iter().find(|q| q.span.contains(report.cue));
    let mut settled: Vec<Span> = Vec::new();
    for &piece in &report.content {
        let piece = if let Some(quotation) = around {
            Span::new(piece.start.max(quotation.inner.start), piece.end.min(quotation.inner.end))
        } else {
            let mut wide = piece;
            for quotation in outer.iter().filter(|q| q.span.overlaps(piece)) {
                wide = wide.cover(quotation.span);
            }
            // The cue itself is never a part of what it reports.
            if wide.overlaps(report.cue) { piece } else { wide }
        };
        match settled.last_mut() {
            Some(last) if last.overlaps(piece) => *last = last.cover(piece),
            _ if piece.is_empty() => {}
            _ => settled.push(piece),
        }
    }
    report.content = settled;
}

fn mark_held(outer: &[&Quotation], held: &mut [bool], cue: Span, content: Span) {
    let from = outer.partition_point(|q| q.span.end <= content.start);
    for (nth, quotation) in outer.iter().enumerate().skip(from) {
        if quotation.span.start >= content.end {
            break;
        }
        if content.contains(quotation.span)
            && !quotation.span.contains(cue)
            && let Some(slot) = held.get_mut(nth)
        {
            *slot = true;
        }
    }
}

/// Index of the sentence that holds a byte, or the first one after it.
fn sentence_at(trees: &[Tree<'_>], at: usize) -> usize {
    trees.partition_point(|tree| tree.sentence.span.end <= at)
}

/// The report beside a quotation that introduces or closes it.
fn beside(
    text: &str,
    lexicon: &Lexicon,
    trees: &[Tree<'_>],
    all: &[Report],
    outer: &[&Quotation],
    quotation: &Quotation,
) -> Option<Report> {
    after(text, lexicon, trees, outer, quotation)
        .or_else(|| before(text, lexicon, trees, outer, quotation))
        .and_then(|(sentence, anchor)| {
            all.iter()
                .find(|r| r.sentence == sentence && r.anchor == anchor)
                .cloned()
                .or_else(|| Some(report_at(lexicon, trees.get(sentence)?, sentence, anchor)))
        })
}

/// The verb behind a quotation: "“…,” said Wang", "“…,” the minister told reporters".
fn after(
    text: &str,
    lexicon: &Lexicon,
    trees: &[Tree<'_>],
    outer: &[&Quotation],
    quotation: &Quotation,
) -> Option<(usize, usize)> {
    let rest = text.get(quotation.span.end..)?;
    let next = rest.trim_start().chars().next()?;
    let line_ends = rest.trim_start_matches([' ', '\u{a0}', '\t']).starts_with('\n');
    let open = left_open(text, quotation);
    if line_ends || !(open || next.is_lowercase()) {
        return None;
    }
    let sentence = sentence_at(trees, quotation.span.end);
    let tree = trees.get(sentence)?;
    let first = tree.sentence.tokens.iter().position(|t| t.span.start >= quotation.span.end)?;
    // Another quotation ends the stretch in which the cue may stand.
    let limit = outer
        .iter()
        .map(|q| q.span.start)
        .find(|&start| start >= quotation.span.end)
        .unwrap_or(usize::MAX);
    let mut candidate = None;
    for token in first..(first + NEAR).min(tree.len()) {
        let word = tree.token(token)?;
        if word.span.start >= limit
            || (token > first + 1 && matches!(word.form.as_str(), ";" | "." | ":"))
        {
            break;
        }
        if joined_before(tree, token)
            || word.upos != Upos::Verb
            || word.deprel.starts_with("acl")
            || tree.relation(token) == "amod"
        {
            continue;
        }
        let frames = lexicon.frames(&word.lemma);
        if frames.has(Frames::NEVER) {
            continue;
        }
        if frames.has(Frames::SPEECH) {
            return Some((sentence, token));
        }
        if candidate.is_none()
            && open
            && token < first + 7
            && tree.dependent(token, "nsubj").is_some()
        {
            candidate = Some((sentence, token));
        }
    }
    candidate
}

/// The verb before a quotation: "Wang said: “…”", "He added that the talks were “…”".
fn before(
    text: &str,
    lexicon: &Lexicon,
    trees: &[Tree<'_>],
    outer: &[&Quotation],
    quotation: &Quotation,
) -> Option<(usize, usize)> {
    let lead = text.get(..quotation.span.start)?.trim_end();
    let introduced = lead.ends_with([':', ',']);
    let colon = lead.ends_with(':');
    let mut sentence = sentence_at(trees, quotation.span.start);
    let mut tree = trees.get(sentence)?;
    // The quotation opens its sentence: a colon may end the one before, even a paragraph earlier.
    if tree.sentence.tokens.first().is_some_and(|t| t.span.start >= quotation.span.start) {
        if !colon {
            return None;
        }
        sentence = sentence.checked_sub(1)?;
        tree = trees.get(sentence)?;
    }
    let limit =
        outer.iter().map(|q| q.span.end).rfind(|&end| end <= quotation.span.start).unwrap_or(0);
    let end = tree
        .sentence
        .tokens
        .iter()
        .position(|t| t.span.start >= quotation.span.start)
        .unwrap_or(tree.len());
    let mut candidate = None;
    for token in (end.saturating_sub(NEAR)..end).rev() {
        let word = tree.token(token)?;
        if word.span.start < limit || (word.form == ";" || word.form == ".") && token + 1 < end {
            break;
        }
        if word.upos != Upos::Verb {
            continue;
        }
        let frames = lexicon.find(tree, token).map(|found| found.frames).unwrap_or_default();
        // "made it plain: “…”" speaks by its colon.
        if frames.has(Frames::NEVER) && !colon || joined_before(tree, token) {
            continue;
        }
        if frames.has(Frames::SPEECH) && (introduced || end - token <= 4) {
            return Some((sentence, token));
        }
        if candidate.is_none() && colon && tree.dependent(token, "nsubj").is_some() {
            candidate = Some((sentence, token));
        }
    }
    candidate
}

/// The indirect speech before a quotation in one sentence that the tree cuts short: "said that one was “weak” while
/// the other “has no chance”".
fn absorbing<'s>(
    text: &str,
    trees: &[Tree<'_>],
    said: &'s mut [Said],
    all: &[Report],
    quotation: &Quotation,
) -> Option<&'s mut Said> {
    let sentence = sentence_at(trees, quotation.span.start);
    let span = trees.get(sentence)?.sentence.span;
    let piece = said
        .iter_mut()
        .filter(|s| {
            !s.scare
                && s.cue.is_some_and(|cue| span.contains(cue) && cue.end <= s.content.start)
                && span.contains(s.content)
                && s.content.end <= quotation.span.start
        })
        .max_by_key(|s| (s.content.end, std::cmp::Reverse(s.content.start)))?;
    let gap = Span::new(piece.content.end, quotation.span.start);
    let speaks = |r: &Report| {
        r.sentence == sentence
            && gap.contains(r.cue)
            && (r.frames.has(Frames::SPEECH) || !r.content.is_empty())
    };
    let clause = all.iter().any(|r| Some(r.cue) == piece.cue && r.frames.has(Frames::CLAUSE));
    let words = gap.of(text)?;
    (clause && !words.contains([':', ';']) && words.len() < 160 && !all.iter().any(speaks))
        .then_some(piece)
}

/// The speech that a quotation of its own carries on.
fn carried_on(
    text: &str,
    trees: &[Tree<'_>],
    quotations: &[Quotation],
    said: &[Said],
    quotation: &Quotation,
) -> Option<Said> {
    if let Some(earlier) = quotation.carries_on.and_then(|index| quotations.get(index)) {
        return said.iter().rev().find(|s| !s.scare && s.content.contains(earlier.span)).cloned();
    }
    if !sentence_like(text, trees, quotation) {
        return None;
    }
    // The nearest quoted speech before it, if no more than one paragraph lies between.
    let earlier = said
        .iter()
        .filter(|s| !s.scare && s.source.is_some() && s.content.end <= quotation.span.start)
        .filter(|s| quotations.iter().any(|q| q.depth == 0 && s.content.contains(q.span)))
        .max_by_key(|s| s.content.end)?;
    let between = text.get(earlier.content.end..quotation.span.start)?;
    (between.matches('\n').count() <= 2 && between.len() < 400).then(|| earlier.clone())
}

/// Whether a quotation is a sentence of its own rather than a few words in another's.
fn sentence_like(text: &str, trees: &[Tree<'_>], quotation: &Quotation) -> bool {
    let Some(inner) = quotation.inner.of(text) else { return false };
    let inner = inner.trim();
    let sentence = sentence_at(trees, quotation.span.start);
    let opens = trees
        .get(sentence)
        .and_then(|tree| tree.sentence.tokens.first())
        .is_some_and(|t| t.span.start >= quotation.span.start);
    let ends = inner.ends_with(['.', '!', '?', '…']);
    let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let words = inner.split_whitespace().count();
    (opens && ends && words > 1) || (capital && ends && words > 3)
}

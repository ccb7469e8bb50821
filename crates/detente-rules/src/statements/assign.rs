//! Brings reports and quotations together.
//!
//! In go the reports of every tree and the quotations of the text, out comes what was [`Said`]: each piece of
//! content with its cue and source. A quotation goes to the report that holds it; else to one beside
//! it that still wants content ("Wang said: “…”"); else it carries on the speech before it; else it is a
//! term in scare quotes.

use std::ops::Range;

use detente_core::Span;
use detente_parse::Upos;

use detente_resolve::Resolution;

use crate::rulebook::RuleBook;
use crate::yields::Tree;

use super::beside::{Beside, give_back};
use super::ends::Ends;
use super::learned::{Page, heard};
use super::lexicon::{Frames, Lexicon};
use super::quotes::{Quotation, quoted};
use super::reports::{Report, joined_before, report_at, reports, verb as verb_report};
use super::sources::{Source, source_beside};
use super::weeds::Weeds;

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
    /// The text tells that it was not said.
    pub unsaid: bool,
    /// How likely the attribution reader takes its cue to be one.
    pub likely: Option<f32>,
    /// The turn of a transcript that it is spoken in: its label says who speaks.
    pub turn: Option<usize>,
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
    let words = Page { lexicon, parser: &book.vectors, resolution, quotations: &outer };
    let reader = book.attribution_reader();
    let by_rule: Vec<Vec<Report>> =
        trees.iter().enumerate().map(|(index, tree)| reports(lexicon, tree, index)).collect();
    let mut all = if reader.is_empty() {
        by_rule.into_iter().flatten().collect()
    } else {
        heard(reader, &words, trees, by_rule)
    };
    let page = Beside { text, lexicon, trees, resolution };
    // "The film “Cold Peace” was shown": a name is no speech.
    let (names, outer): (Vec<&Quotation>, Vec<&Quotation>) =
        outer.into_iter().partition(|quotation| page.is_name(quotation));
    let mut further: Vec<Report> = Vec::new();
    for report in &mut all {
        if let Some(tree) = trees.get(report.sentence) {
            close_quotation(text, tree, report, &outer);
        }
        settle(report, &outer);
        introduce(text, report, &outer);
        if let Some(tree) = trees.get(report.sentence) {
            spare_audience(tree, report);
            end_at_semicolon(tree, report, &outer);
            begin_at_that(tree, report);
            Weeds { lexicon, tree, outer: &outer }.weed(report);
            if is_no_word(lexicon, tree, report) {
                report.content.clear();
            }
            let verb = Ends { lexicon, tree, resolution, outer: &outer }.cut(report);
            further.extend(verb.and_then(|verb| go_on(lexicon, tree, report, verb)));
        }
    }
    // In order of the sentences from here on, so that those of one are found at once.
    all.sort_by_key(|report| report.sentence);
    further.retain(|report| {
        let own = &all[of_sentence(&all, report.sentence)];
        !report.content.is_empty() && !own.iter().any(|other| other.cue.overlaps(report.cue))
    });
    all.extend(further);
    all.sort_by_key(|report| report.sentence);
    join_nouns(trees, &mut all);
    all.retain(|report| {
        report.likely.is_some()
            || trees.get(report.sentence).is_none_or(|tree| told(tree, report, &outer))
    });
    // A label names who speaks and reports nothing, nor does its colon.
    let label = |cue: Span| {
        let next = resolution.turns.partition_point(|turn| turn.label.start <= cue.start);
        let turn = next.checked_sub(1).and_then(|at| resolution.turns.get(at));
        turn.is_some_and(|turn| cue.start <= turn.label.end)
    };
    all.retain(|report| !label(report.cue));
    let is_name =
        |piece: &Span| quoted(&names, *piece).iter().any(|name| name.span.contains(*piece));
    for report in &mut all {
        report.content.retain(|piece| !is_name(piece));
    }
    all.retain(|report| report.likely.is_none() || !report.content.is_empty());
    let mut said: Vec<Said> = Vec::new();
    said.extend(names.iter().map(|name| Said { scare: true, ..Said::of(name) }));
    // By quotation: whether a report outside it holds it.
    let mut held = vec![false; outer.len()];
    for report in &all {
        for &content in &report.content {
            mark_held(&outer, &mut held, report.cue, content);
            said.push(Said::new(report, content));
        }
    }
    for (nth, quotation) in outer.iter().enumerate() {
        if let Some(turn) = quotation.turn {
            said.push(Said {
                cue: colon_of(resolution, turn),
                turn: Some(turn),
                tells: true,
                ..Said::of(quotation)
            });
            continue;
        }
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
        if let Some(piece) = page.owned(quotation, quotations, &said, &all) {
            said.push(piece);
            continue;
        }
        said.push(Said { scare: !page.is_sentence(quotation), ..Said::of(quotation) });
    }
    give_back(quotations, &mut said);
    said
}

/// What a verb reports that goes on with what somebody does who has just said something.
fn go_on(lexicon: &Lexicon, tree: &Tree<'_>, report: &Report, verb: usize) -> Option<Report> {
    let further = verb_report(lexicon, tree, verb)?;
    Some(Report { sentence: report.sentence, source: report.source, ..further })
}

/// "Renewed their appeals for a truce": a verb and the noun that it governs are one report.
fn join_nouns(trees: &[Tree<'_>], all: &mut [Report]) {
    for at in 0..all.len() {
        let Some((noun, end)) = governed_noun(trees, all, at) else { continue };
        if let Some(piece) = all[at].content.last_mut() {
            piece.end = end;
        }
        all[noun].content.clear();
    }
}

/// The report of the noun with which the content of a verb's report ends, and where its own content ends.
fn governed_noun(trees: &[Tree<'_>], all: &[Report], at: usize) -> Option<(usize, usize)> {
    let verb = &all[at];
    let tree = trees.get(verb.sentence)?;
    let piece = verb.content.last().filter(|_| tree.upos(verb.anchor) == Upos::Verb)?;
    let ends = |noun: &Report| {
        tree.upos(noun.anchor) == Upos::Noun
            && tree.head(noun.anchor) == Some(verb.anchor)
            && piece.overlaps(noun.cue)
            && piece.end <= noun.cue.end
            && noun.content.len() == 1
    };
    let own = of_sentence(all, verb.sentence);
    let noun = own.start + all[own].iter().position(ends)?;
    let end = all[noun].content.first().map(|content| content.end)?;
    (end > piece.end).then_some((noun, end))
}

/// Where the reports of a sentence stand among all, which are in order of the sentences.
pub(super) fn of_sentence(all: &[Report], sentence: usize) -> Range<usize> {
    let from = all.partition_point(|report| report.sentence < sentence);
    from..all.partition_point(|report| report.sentence <= sentence)
}

/// The colon behind the label of a turn.
fn colon_of(resolution: &Resolution, turn: usize) -> Option<Span> {
    let end = resolution.turns.get(turn)?.label.end;
    Some(Span::new(end, end + 1))
}

impl Said {
    /// A quotation of which no more is known.
    pub(super) fn of(quotation: &Quotation) -> Self {
        Self {
            content: quotation.span,
            cue: None,
            source: None,
            audience: None,
            scare: false,
            tells: true,
            unsaid: false,
            likely: None,
            turn: None,
        }
    }

    pub(super) fn new(report: &Report, content: Span) -> Self {
        Self {
            content,
            cue: Some(report.cue),
            source: report.source.map(|source| (report.sentence, source)),
            audience: report.audience.map(|head| (report.sentence, head)),
            scare: false,
            tells: report.tells,
            unsaid: report.unsaid,
            likely: report.likely,
            turn: None,
        }
    }
}

/// Whether a report is worth a statement: inside a quotation only what is said by somebody named is, not the
/// speaker's own "I think" and "we want".
fn told(tree: &Tree<'_>, report: &Report, outer: &[&Quotation]) -> bool {
    let inside = quoted(outer, report.cue).iter().any(|q| q.inner.contains(report.cue));
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
        // "Was quoted as saying" is one report.
        let governs = tree.head(report.anchor) == Some(token)
            && tree.introduced_by(report.anchor, "as").is_some();
        if tree.upos(token) == Upos::Verb && !relative && !governs {
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
    for piece in report.content.iter_mut().filter(|piece| piece.overlaps(quotation.span)) {
        if piece.end > quotation.span.end && piece.end <= limit {
            piece.end = quotation.span.end;
        }
    }
    report.content.retain(|piece| piece.start < quotation.span.end || piece.end > limit);
    if !report.content.iter().any(|piece| piece.overlaps(quotation.span)) {
        report.content.push(quotation.span);
        report.content.sort();
    }
}

/// Widens the contents of a report to whole quotations, or keeps them inside the one in which
/// the report itself stands.
fn settle(report: &mut Report, outer: &[&Quotation]) {
    let around = quoted(outer, report.cue).iter().find(|q| q.span.contains(report.cue));
    let mut settled: Vec<Span> = Vec::new();
    for &piece in &report.content {
        let piece = if let Some(quotation) = around {
            Span::new(piece.start.max(quotation.inner.start), piece.end.min(quotation.inner.end))
        } else {
            let mut wide = piece;
            for quotation in quoted(outer, piece) {
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

/// "Had a warning for its neighbours: “…”": where a colon brings a quotation on, that alone is said.
fn introduce(text: &str, report: &mut Report, outer: &[&Quotation]) {
    for piece in &mut report.content {
        let last = quoted(outer, *piece).last();
        let Some(quotation) =
            last.filter(|q| q.span.end == piece.end && q.span.start > piece.start)
        else {
            continue;
        };
        let lead = Span::new(piece.start, quotation.span.start).of(text);
        if lead.is_some_and(|lead| lead.trim_end().ends_with(':')) {
            *piece = quotation.span;
        }
    }
}

/// "Told troops in Omdurman there would be no talks": whom it is told is no part of what is told.
fn spare_audience(tree: &Tree<'_>, report: &mut Report) {
    let Some(whom) = report.audience.filter(|&whom| {
        whom > report.anchor && report.frames.has(Frames::ADDRESSEE) && report.tells
    }) else {
        return;
    };
    let Some(first) = tree.token(whom).map(|t| t.span.start) else { return };
    let Some(piece) =
        report.content.iter_mut().find(|piece| piece.start <= first && first < piece.end)
    else {
        return;
    };
    // The words of the one spoken to: its own, and those of nouns below it.
    let nominal = |token: usize| {
        matches!(
            tree.relation(token),
            "nmod"
                | "compound"
                | "flat"
                | "amod"
                | "det"
                | "nummod"
                | "case"
                | "appos"
                | "conj"
                | "cc"
                | "obl"
        )
    };
    let mut last = whom;
    for token in whom + 1..tree.len() {
        let mut at = token;
        while at != whom && nominal(at) {
            let Some(up) = tree.head(at) else { break };
            at = up;
        }
        if at != whom {
            break;
        }
        last = token;
    }
    let Some(next) = tree.token(last + 1).map(|t| t.span.start).filter(|&next| next < piece.end)
    else {
        return;
    };
    let clause = (last + 1..tree.len()).any(|t| {
        matches!(tree.upos(t), Upos::Verb | Upos::Aux)
            && tree.token(t).is_some_and(|t| t.span.end <= piece.end)
    });
    if clause {
        piece.start = next;
    }
}

/// "Castro wants the embargo gone; the president would like more": behind a semicolon a clause with a subject of its own is another's word.
fn end_at_semicolon(tree: &Tree<'_>, report: &mut Report, outer: &[&Quotation]) {
    let tokens = &tree.sentence.tokens;
    let Some(anchor) = tree.token(report.anchor).map(|t| t.span) else { return };
    for piece in &mut report.content {
        let quoted = !quoted(outer, *piece).is_empty();
        let until = tokens.partition_point(|t| t.span.start < piece.end);
        let from = tokens.partition_point(|t| t.span.start < piece.start);
        let Some(mark) = (from..until).find(|&t| tokens[t].form == ";").filter(|_| !quoted) else {
            continue;
        };
        let again = tree.token(mark + 1).is_some_and(|t| t.upos == Upos::Sconj);
        let clause = (mark + 1..until).any(|t| tree.relation(t) == "nsubj");
        if anchor.end <= piece.start && clause && !again && mark > from {
            piece.end = tokens[mark - 1].span.end;
        }
    }
}

/// Words between a verb and its "that", at most: "said a day later that".
const WHEN: usize = 4;

/// "Said a day later that he would go": when it was said is no part of what was said.
fn begin_at_that(tree: &Tree<'_>, report: &mut Report) {
    let tokens = &tree.sentence.tokens;
    let Some(end) = tree.token(report.anchor).map(|t| t.span.end) else { return };
    if !report.tells {
        return;
    }
    let Some(piece) = report.content.iter_mut().find(|piece| piece.start >= end) else { return };
    let from = tokens.partition_point(|t| t.span.start < piece.start);
    let until = tokens.partition_point(|t| t.span.start < piece.end);
    let that = (from + 1..until.min(from + 1 + WHEN))
        .find(|&t| tokens[t].upos == Upos::Sconj && tokens[t].lemma == "that");
    let when = |t: usize| {
        matches!(tree.relation(t), "det" | "nummod" | "advmod" | "case")
            || tree
                .token(t)
                .is_some_and(|t| matches!(t.deprel.as_str(), "obl:unmarked" | "nmod:unmarked"))
    };
    if let Some(that) = that.filter(|&that| (from..that).all(when)) {
        piece.start = tokens[that].span.start;
    }
}

/// Whether what a report has for its content is no word of anybody: "issued a statement", "asked not to be named".
fn is_no_word(lexicon: &Lexicon, tree: &Tree<'_>, report: &Report) -> bool {
    let [piece] = report.content.as_slice() else { return false };
    let tokens = &tree.sentence.tokens;
    let from = tokens.partition_point(|t| t.span.end <= piece.start);
    let until = tokens.partition_point(|t| t.span.start < piece.end);
    if report.tells || tree.upos(report.anchor) != Upos::Verb {
        return false;
    }
    let verb = (from..until).find(|&t| tree.upos(t) == Upos::Verb);
    if let Some(verb) = verb {
        let passive =
            tree.dependent(verb, "aux:pass").is_some() || tree.introduced_by(verb, "to").is_some();
        return passive && lexicon.is_shy(tree.lemma(verb)) && until - from <= 6;
    }
    let Some(noun) =
        tree.dependent(report.anchor, "obj").filter(|noun| (from..until).contains(noun))
    else {
        return false;
    };
    let paper = |frames: Frames| frames.has(Frames::PAPER) || frames.has(Frames::NOUN);
    let person =
        tree.lemma(report.anchor) == "recall" && tree.dependent(noun, "nmod:poss").is_some();
    lexicon.issues(tree.lemma(report.anchor)) && (person || paper(lexicon.frames(tree.lemma(noun))))
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
pub(super) fn sentence_at(trees: &[Tree<'_>], at: usize) -> usize {
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
            all[of_sentence(all, sentence)]
                .iter()
                .find(|r| r.anchor == anchor)
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
    let next = outer.partition_point(|q| q.span.start < quotation.span.end);
    let limit = outer.get(next).map_or(usize::MAX, |q| q.span.start);
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
    let here = outer.partition_point(|q| q.span.end <= quotation.span.start);
    let limit = here.checked_sub(1).and_then(|nth| outer.get(nth)).map_or(0, |q| q.span.end);
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
    let own = &all[of_sentence(all, sentence)];
    let speaks =
        |r: &Report| gap.contains(r.cue) && (r.frames.has(Frames::SPEECH) || !r.content.is_empty());
    let clause = all.iter().any(|r| Some(r.cue) == piece.cue && r.frames.has(Frames::CLAUSE));
    let words = gap.of(text)?;
    (clause && !words.contains([':', ';']) && words.len() < 160 && !own.iter().any(speaks))
        .then_some(piece)
}

//! Pairs the quotation marks of a text.
//!
//! In go the text and its paragraphs, out come [`Quotation`]s in the order of their opening
//! marks. Straight, curly, doubled (`''`) and angular marks are told apart, so that one kind may stand
//! inside another. A single mark opens a quotation only where a closing one can be found, for most of
//! them are apostrophes: in "The workers' leader said: 'We won't yield.'" there is one
//! quotation, and it begins at "We". A quotation that a paragraph leaves open goes on in the next one where
//! that reopens it; otherwise it ends with the paragraph.

use detente_core::Span;
use detente_resolve::Turn;

/// A stretch in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Bytes with the marks.
    pub span: Span,
    /// Bytes between the marks.
    pub inner: Span,
    /// How many other quotations it stands in.
    pub depth: usize,
    /// Its closing mark stands in the text.
    pub closed: bool,
    /// It carries on the quotation that the paragraph before left open: index of that one.
    pub carries_on: Option<usize>,
    /// What is spoken in a turn of a transcript, without marks: number of the turn.
    pub turn: Option<usize>,
}

/// Marks that close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Curly,
    Straight,
    Doubled,
    Single,
    Angular,
}

/// Those of the outer quotations, which stand in order and apart, that share a byte with a stretch of text.
pub(super) fn quoted<'q>(outer: &'q [&'q Quotation], stretch: Span) -> &'q [&'q Quotation] {
    let from = outer.partition_point(|quotation| quotation.span.end <= stretch.start);
    let until = outer.partition_point(|quotation| quotation.span.start < stretch.end);
    outer.get(from..until).unwrap_or_default()
}

/// Which way a mark turns, as far as its glyph and its neighbours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Facing {
    Open,
    Close,
    Either,
}

/// One mark in a paragraph.
struct Mark {
    span: Span,
    family: Family,
    turn: Facing,
}

/// A quotation whose closing mark has not been met.
struct Opened {
    /// Index into the result.
    index: usize,
    family: Family,
    /// Where a single mark was seen to close; other families look as they go.
    closes_at: Option<usize>,
}

/// Every quotation of the text, in order of the opening marks.
pub(super) fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    // The outermost quotation that the last paragraph left open, with its marks.
    let mut left_open: Option<(usize, Family)> = None;
    for &paragraph in paragraphs {
        let paragraph = paragraph.trimmed(text);
        let Some(slice) = paragraph.of(text).filter(|slice| !slice.is_empty()) else { continue };
        let marks = marks(slice, paragraph.start);
        left_open = pair(text, paragraph, &marks, left_open, &mut found);
    }
    found
}

/// The same with what is spoken in the turns of a transcript, which holds the quotations inside it.
pub(super) fn with_turns(mut found: Vec<Quotation>, turns: &[Turn]) -> Vec<Quotation> {
    if turns.is_empty() {
        return found;
    }
    let spoken = |quotation: &&mut Quotation| Turn::at(turns, quotation.span.start).is_some();
    for quotation in found.iter_mut().filter(spoken) {
        quotation.depth += 1;
        quotation.carries_on = None;
    }
    // The places of those carried on move with what is put before them; outside of turns they are looked up anew.
    let before = found.clone();
    found.extend(turns.iter().enumerate().flat_map(|(nth, turn)| {
        turn.spoken.iter().map(move |&span| Quotation {
            span,
            inner: span,
            depth: 0,
            closed: true,
            carries_on: None,
            turn: Some(nth),
        })
    }));
    found.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
    let places: Vec<Option<usize>> = found
        .iter()
        .map(|quotation| {
            let earlier = before.get(quotation.carries_on?)?;
            found.iter().position(|other| other.span == earlier.span && other.turn.is_none())
        })
        .collect();
    for (quotation, place) in found.iter_mut().zip(places) {
        quotation.carries_on = place;
    }
    found
}

/// Pairs the marks of one paragraph and tells which quotation it leaves open.
fn pair(
    text: &str,
    paragraph: Span,
    marks: &[Mark],
    left_open: Option<(usize, Family)>,
    found: &mut Vec<Quotation>,
) -> Option<(usize, Family)> {
    let mut open: Vec<Opened> = Vec::new();
    for (nth, mark) in marks.iter().enumerate() {
        let top = open.iter().rposition(|o| o.family == mark.family).or_else(|| {
            // Carelessly set text closes a curly mark with a straight one, and the other way round.
            let other = match mark.family {
                Family::Curly => Family::Straight,
                Family::Straight => Family::Curly,
                _ => return None,
            };
            (mark.turn == Facing::Close).then(|| open.iter().rposition(|o| o.family == other))?
        });
        let closes = match (top, mark.turn) {
            (Some(at), _) if open[at].closes_at.is_some_and(|end| end != mark.span.start) => {
                continue;
            }
            (Some(_), Facing::Close | Facing::Either) => true,
            // A mark that can only open, while one of its kind is open: the writer forgot to close.
            (Some(at), Facing::Open) => {
                for forgotten in open.drain(at..) {
                    end_unclosed(text, found, forgotten.index, mark.span.start);
                }
                false
            }
            (None, Facing::Close) => continue,
            (None, _) => false,
        };
        if let (true, Some(at)) = (closes, top) {
            for (depth, closed) in open.drain(at..).enumerate() {
                if let Some(quotation) = found.get_mut(closed.index) {
                    let outer = depth == 0;
                    quotation.inner.end = mark.span.start.max(quotation.inner.start);
                    quotation.span.end = if outer { mark.span.end } else { mark.span.start };
                    quotation.closed = outer;
                }
            }
            continue;
        }
        let closes_at = if mark.family == Family::Single {
            match single_close(text, paragraph, marks, nth) {
                Some(end) => Some(end),
                None if mark.span.start == paragraph.start && starts_curly(text, mark) => None,
                None => continue,
            }
        } else {
            None
        };
        let carries_on = left_open
            .filter(|&(_, family)| family == mark.family && mark.span.start == paragraph.start)
            .map(|(index, _)| index);
        found.push(Quotation {
            span: Span::new(mark.span.start, paragraph.end),
            inner: Span::new(mark.span.end, paragraph.end),
            depth: open.len(),
            closed: false,
            carries_on,
            turn: None,
        });
        open.push(Opened { index: found.len() - 1, family: mark.family, closes_at });
    }
    open.first().map(|outermost| (outermost.index, outermost.family))
}

/// Ends a quotation that never closes: at the last sentence's end before `limit`, or at `limit`.
fn end_unclosed(text: &str, found: &mut [Quotation], index: usize, limit: usize) {
    let Some(quotation) = found.get_mut(index) else { return };
    let stretch = Span::new(quotation.inner.start, limit);
    let end = stretch
        .of(text)
        .and_then(|slice| slice.rfind(['.', '!', '?']).map(|at| stretch.start + at + 1))
        .unwrap_or(limit);
    let ended = Span::new(quotation.span.start, end).trimmed(text);
    quotation.span.end = ended.end;
    quotation.inner.end = ended.end.max(quotation.inner.start);
}

/// Whether a single mark is the curly opening one.
fn starts_curly(text: &str, mark: &Mark) -> bool {
    mark.span.of(text) == Some("‘")
}

/// Where the single mark at `nth` closes: the first mark that ends a stretch, unless it may be the
/// apostrophe of a plural ("the workers' rights") and a surer one follows.
fn single_close(text: &str, paragraph: Span, marks: &[Mark], nth: usize) -> Option<usize> {
    let mut doubtful = None;
    for mark in marks.get(nth + 1..)?.iter().filter(|m| m.family == Family::Single) {
        if mark.turn == Facing::Open {
            break;
        }
        let before = text.get(paragraph.start..mark.span.start)?.chars().next_back()?;
        let mut after = text.get(mark.span.end..paragraph.end)?.chars();
        let plural = matches!(before, 's' | 'S')
            && after.next() == Some(' ')
            && after.next().is_some_and(char::is_alphanumeric);
        if !plural {
            // A doubtful one just before an attribution ("'He stole the boys' said Ann") is rare.
            return Some(mark.span.start);
        }
        doubtful = doubtful.or(Some(mark.span.start));
    }
    doubtful
}

/// Every mark of one paragraph that may open or close, apostrophes left out.
fn marks(slice: &str, offset: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    // Most paragraphs of a news text hold some mark, but long lists and tables hold none.
    if !slice.contains(['"', '\'', '“', '”', '„', '‘', '’', '«', '»', '`']) {
        return marks;
    }
    let mut before: Option<char> = None;
    let mut chars = slice.char_indices().peekable();
    while let Some((at, glyph)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let doubled =
            matches!((glyph, next), ('\'', Some('\'')) | ('`', Some('`')) | ('’', Some('’')));
        let mut end = at + glyph.len_utf8();
        if doubled && let Some((second, mark)) = chars.next() {
            end = second + mark.len_utf8();
        }
        let after = chars.peek().map(|&(_, c)| c);
        let family = match glyph {
            _ if doubled => Some(Family::Doubled),
            '“' | '”' | '„' => Some(Family::Curly),
            '"' => Some(Family::Straight),
            '«' | '»' => Some(Family::Angular),
            '‘' | '’' | '\'' => Some(Family::Single),
            _ => None,
        };
        if let Some(family) = family
            && let Some(turn) = turn(glyph, family, before, after, slice.get(end..).unwrap_or(""))
        {
            marks.push(Mark { span: Span::new(offset + at, offset + end), family, turn });
        }
        before = Some(glyph);
    }
    marks
}

/// Which way a mark turns; `None` for an apostrophe or a sign of measure.
fn turn(
    glyph: char,
    family: Family,
    before: Option<char>,
    after: Option<char>,
    rest: &str,
) -> Option<Facing> {
    let gap_before =
        before.is_none_or(|c| c.is_whitespace() || "([{–—-/:".contains(c) || is_mark(c));
    let gap_after =
        after.is_none_or(|c| !c.is_alphanumeric() && !is_mark(c) && c != '$' && c != '[');
    match family {
        Family::Single => {
            let opens = gap_before
                && glyph != '’'
                && after.is_some_and(|c| !c.is_whitespace())
                && !elided(rest);
            let closes = before.is_some_and(|c| !c.is_whitespace())
                && after.is_none_or(|c| !c.is_alphanumeric())
                && glyph != '‘';
            match (opens, closes) {
                (true, false) => Some(Facing::Open),
                (true, true) => {
                    Some(if after.is_some_and(is_mark) { Facing::Close } else { Facing::Open })
                }
                (false, true) => Some(Facing::Close),
                (false, false) => None,
            }
        }
        Family::Straight if before.is_some_and(|c| c.is_ascii_digit()) && !gap_after => None,
        _ => {
            let opens = gap_before && after.is_some_and(|c| !c.is_whitespace());
            let closes = before.is_some_and(|c| !c.is_whitespace()) && gap_after;
            Some(match (glyph, opens, closes) {
                // A curly mark is believed unless its neighbours contradict it outright.
                ('“' | '„', true, _)
                | ('“' | '„', _, false)
                | ('`' | '«', ..)
                | (_, true, false) => Facing::Open,
                ('”', _, true) | ('”', false, _) | ('»', ..) | (_, false, true) => {
                    Facing::Close
                }
                _ => Facing::Either,
            })
        }
    }
}

/// Whether a character is itself a quotation mark.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`')
}

/// Whether the word after a single mark is one that an apostrophe shortens: "'90s", "'em", "'tis".
fn elided(rest: &str) -> bool {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let years = word.strip_suffix('s').unwrap_or(&word);
    if years.len() == 2 && years.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    ["em", "til", "tis", "twas", "cause", "bout", "round", "n", "s"]
        .iter()
        .any(|short| word.eq_ignore_ascii_case(short))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paragraphs(text: &str) -> Vec<Span> {
        let mut start = 0;
        let mut spans = Vec::new();
        for part in text.split('\n') {
            spans.push(Span::new(start, start + part.len()));
            start += part.len() + 1;
        }
        spans
    }

    fn found(text: &str) -> Vec<&str> {
        quotations(text, &paragraphs(text)).iter().map(|q| q.span.of(text).unwrap()).collect()
    }

    #[test]
    fn straight_and_curly_marks_pair() {
        assert_eq!(found("“Go,” she said, “now.”"), ["“Go,”", "“now.”"]);
        assert_eq!(found("\"Go,\" she said, \"now.\""), ["\"Go,\"", "\"now.\""]);
        assert_eq!(found("''Go,'' she said. ''It's late.''"), ["''Go,''", "''It's late.''"]);
        assert_eq!(found("a (\"so-called\") plan"), ["\"so-called\""]);
    }

    #[test]
    fn single_marks_are_told_from_apostrophes() {
        assert_eq!(
            found("The workers' leader said: 'We won't yield on the miners' pay.' It's over."),
            ["'We won't yield on the miners' pay.'"]
        );
        assert_eq!(found("The ministers’ plan isn’t new."), Vec::<&str>::new());
        assert_eq!(found("In the ‘90s it wasn’t so."), Vec::<&str>::new());
        assert_eq!(found("He called it a ‘farce’ and left."), ["‘farce’"]);
        assert_eq!(found("‘It’s time,’ the minister’s aide said."), ["‘It’s time,’"]);
    }

    #[test]
    fn a_quotation_inside_another_is_deeper() {
        let text = "“She said ‘no’ twice,” he said. 'He told me \"never\" again,' she said.";
        let all = quotations(text, &paragraphs(text));
        let shown: Vec<(usize, &str)> =
            all.iter().map(|q| (q.depth, q.span.of(text).unwrap())).collect();
        assert_eq!(
            shown,
            [
                (0, "“She said ‘no’ twice,”"),
                (1, "‘no’"),
                (0, "'He told me \"never\" again,'"),
                (1, "\"never\""),
            ]
        );
    }

    #[test]
    fn a_quotation_runs_over_paragraphs_that_reopen_it() {
        let text = "He said: “One.\n“Two.\n“Three.” Then he left.";
        let all = quotations(text, &paragraphs(text));
        assert_eq!(all.len(), 3);
        assert_eq!(all[1].carries_on, Some(0));
        assert_eq!(all[2].carries_on, Some(1));
        assert!(all[2].closed);
        assert_eq!(all[2].span.of(text), Some("“Three.”"));
    }

    #[test]
    fn an_unclosed_mark_stays_in_its_paragraph() {
        assert_eq!(found("She said “we will go.\nNobody else went."), ["“we will go."]);
        assert_eq!(
            found("She said “we will go. He said “never.” They left."),
            ["“we will go.", "“never.”"]
        );
    }

    #[test]
    fn a_straight_mark_closes_a_curly_one() {
        assert_eq!(found("“Look,\" she said. \"Go.”"), ["“Look,\"", "\"Go.”"]);
        assert_eq!(
            found("\"He asked: “Who?” and left,\" she said."),
            ["\"He asked: “Who?” and left,\"", "“Who?”"]
        );
    }

    #[test]
    fn inches_are_no_quotation() {
        assert_eq!(found("a 12\"x14\" board"), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn spans_lie_on_character_borders(text in "[ab .,'\"“”‘’«»\n`é]{0,60}") {
            for quotation in quotations(&text, &paragraphs(&text)) {
                prop_assert!(quotation.span.of(&text).is_some());
                prop_assert!(quotation.inner.of(&text).is_some());
                prop_assert!(quotation.span.contains(quotation.inner));
            }
        }
    }
}

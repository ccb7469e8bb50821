//! Text and paragraphs → the spans of sentences.
//!
//! In go the text and its paragraphs, out come spans of sentences, none of which crosses a paragraph or begins or ends with
//! white space. A sentence ends at `.`, `!`, `?` or `…` with the quotes and brackets that close after it, where white space
//! follows and what follows can open a sentence. `Gen. Roe met the U.S. envoy. "No," she said.` is two sentences.

use detente_core::Span;

use crate::tokens::is_closer;
use crate::words::{Abbreviation, words};

/// A sentence longer than this many bytes is cut at the next white space, so that time and memory stay bounded on text that
/// is no prose.
const LONGEST: usize = 8000;

/// Splits the paragraphs of `text` into sentences, in order. Paragraphs that do not lie on character borders are left out.
pub(crate) fn sentences(text: &str, paragraphs: &[Span]) -> Vec<Span> {
    let mut out = Vec::new();
    for &paragraph in paragraphs {
        let Some(content) = paragraph.of(text) else { continue };
        let mut start = 0;
        for end in ends(content) {
            push(content, paragraph.start, start, end, &mut out);
            start = end;
        }
        push(content, paragraph.start, start, content.len(), &mut out);
    }
    out
}

/// Adds the sentence between two places without the white space about it, cut up if it is too long.
fn push(content: &str, offset: usize, start: usize, end: usize, out: &mut Vec<Span>) {
    let mut rest = start;
    while rest < end {
        let piece = &content[rest..end];
        let mut size = piece.len();
        if size > LONGEST {
            let mut limit = LONGEST;
            while !piece.is_char_boundary(limit) {
                limit -= 1;
            }
            let space = piece[..limit].rfind(char::is_whitespace).filter(|&at| at > 0);
            size = space.unwrap_or(limit);
        }
        let part = &piece[..size];
        let trimmed = part.trim_start();
        let from = rest + part.len() - trimmed.len();
        let to = from + trimmed.trim_end().len();
        if from < to {
            out.push(Span::new(offset + from, offset + to));
        }
        rest += size;
    }
}

/// Where sentences end inside a paragraph, but for the last.
fn ends(content: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    let bytes = content.as_bytes();
    while at < bytes.len() {
        let Some(found) = content[at..].find(['.', '!', '?', '\u{2026}']) else { break };
        let mark = at + found;
        let run = content[mark..]
            .find(|c| !matches!(c, '.' | '!' | '?' | '\u{2026}'))
            .unwrap_or(content.len() - mark);
        let after_marks = mark + run;
        let closers =
            content[after_marks..].find(|c| !is_closer(c)).unwrap_or(content.len() - after_marks);
        let end = after_marks + closers;
        let end = end + note_length(&content[end..]);
        at = end.max(mark + 1);
        if is_end(content, mark, after_marks, end) {
            out.push(end);
        }
    }
    out
}

/// Length of a note's number that follows the stop, as `[17]` in an encyclopedia.
fn note_length(rest: &str) -> usize {
    let note = rest.trim_start();
    let digits = note
        .strip_prefix('[')
        .map_or(0, |inner| inner.bytes().take_while(u8::is_ascii_digit).count());
    let closed = (1..=3).contains(&digits) && note[digits + 1..].starts_with(']');
    if closed { rest.len() - note.len() + digits + 2 } else { 0 }
}

/// Whether a sentence ends at `end`, after marks from `mark` to `after_marks` and then closing quotes and brackets.
fn is_end(content: &str, mark: usize, after_marks: usize, end: usize) -> bool {
    let rest = &content[end..];
    let marks = &content[mark..after_marks];
    if !rest.starts_with(char::is_whitespace) {
        return is_missing_space(content, mark, after_marks, end);
    }
    let next = rest.trim_start();
    let opener = next.trim_start_matches(is_opener);
    let Some(first) = opener.chars().next() else { return false };
    let quoted = content[after_marks..end].contains(['"', '\u{201d}', '\'', '\u{2019}']);
    if first.is_lowercase() {
        // Informal text opens sentences with small letters: `see you there. bring your own.`
        return end == after_marks
            && opener.len() == next.len()
            && follows_plain_word(content, mark, marks);
    }
    if matches!(first, ',' | ';' | ':' | ')' | ']' | '.' | '!' | '?') {
        return false;
    }
    if marks != "." {
        // `"Really?" Blinken asked.` goes on.
        return !(quoted && speaker_follows(next));
    }
    let before = &content[..mark];
    let word_start = before
        .rfind(|c: char| c.is_whitespace() || is_opener(c) || matches!(c, '/' | '\u{2014}'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_start..];
    let first_word = opener.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(opener);
    if end > after_marks {
        return !(quoted && speaker_follows(next));
    }
    // `1. The committee`: a label stays with its item; but `by Jan. 8. The` ends.
    if (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) {
        let lead = before[..word_start].trim_end();
        let lead_word = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
        let after_end = lead.ends_with(['.', ':', ';'])
            && words().abbreviation(lead_word.trim_end_matches('.')).is_none();
        return !(lead.is_empty() || (after_end && first.is_uppercase() && word.len() == 1));
    }
    let tail = word.rsplit('-').next().unwrap_or(word);
    let mut letters = tail.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_alphabetic()
    {
        // `J. Roe`; but `Hepatitis B. The` ends.
        let name_before =
            before[..word_start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let name_before = name_before.starts_with(char::is_uppercase) || name_before.is_empty();
        return letter.is_uppercase()
            && words().is("opener", first_word)
            && (letter == 'I' || !name_before)
            || letter.is_lowercase() && !first.is_numeric();
    }
    let is_initials = tail.contains('.') && tail.split('.').all(|part| part.chars().count() == 1);
    let kind = words().abbreviation(tail).or(is_initials.then_some(Abbreviation::Anywhere));
    match kind {
        None => true,
        Some(Abbreviation::BeforeName) => {
            // `sec`, `min` and the like are words of their own in lower case.
            tail.starts_with(char::is_lowercase)
                && words().is("opener", first_word)
                && tail.len() > 2
        }
        Some(Abbreviation::BeforeNumber) => {
            let no = tail.eq_ignore_ascii_case("no");
            !first.is_numeric() && (no || words().is("opener", first_word))
        }
        Some(Abbreviation::Inside) => {
            !tail.contains('.')
                && words().is("opener", first_word)
                && tail.len() > 2
                && !first.is_numeric()
        }
        Some(Abbreviation::Anywhere) => {
            // Words spelled like an abbreviation end a sentence as words do.
            let is_word = matches!(
                tail,
                "am" | "ill"
                    | "mass"
                    | "miss"
                    | "me"
                    | "la"
                    | "pa"
                    | "ore"
                    | "id"
                    | "wash"
                    | "cos"
                    | "gal"
            );
            is_word || words().is("opener", first_word) || next.len() > opener.len()
        }
    }
}

/// Whether the marks follow a word in small letters, of three or more, that is no abbreviation. After an ellipsis a sentence
/// with a small letter goes on.
fn follows_plain_word(content: &str, mark: usize, marks: &str) -> bool {
    let before = &content[..mark];
    let start = before
        .rfind(|c: char| c.is_whitespace())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let word = word.trim_start_matches(is_opener);
    (marks == "." || marks.contains(['!', '?']))
        && word.chars().count() >= 3
        && word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '\u{2019}')
        && words().abbreviation(word).is_none()
}

/// A sentence that follows without a space: `It ended.The envoy left.`
fn is_missing_space(content: &str, mark: usize, after_marks: usize, end: usize) -> bool {
    if end != after_marks {
        return false;
    }
    let rest = &content[end..];
    let mut before = content[..mark].chars().rev().take(3);
    if !before.all(char::is_lowercase) || mark < 3 {
        return false;
    }
    let marks = &content[mark..after_marks];
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let chunk = content[..mark].rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.is_empty()
        || chunk.contains(['/', '@', '=', '&'])
        || rest[word.len()..].starts_with(['=', '/', '&'])
    {
        return false;
    }
    match marks {
        "." => {
            words().is("opener", word)
                && word.starts_with(char::is_uppercase)
                && !is_all_capitals(word)
        }
        _ if marks.contains(['!', '?']) => true,
        _ => word.starts_with(char::is_uppercase) && !is_all_capitals(word),
    }
}

/// Two letters or more, all of them capitals.
fn is_all_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether a name and a verb of speaking follow, as after a quotation.
fn speaker_follows(next: &str) -> bool {
    for (names, word) in next.split_whitespace().take(5).enumerate() {
        if names > 0 && words().is("speech", word.trim_matches(|c: char| !c.is_alphanumeric())) {
            return true;
        }
        let capital = word.starts_with(char::is_uppercase) || word == "the" || word == "of";
        if !capital
            || (word.ends_with(['.', '?', '!', ','])
                && words().abbreviation(word.trim_end_matches('.')).is_none())
        {
            return false;
        }
    }
    false
}

/// Quotation marks, brackets and bullets that open.
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '\u{2018}'
            | '\u{201c}'
            | '('
            | '['
            | '{'
            | '\u{ab}'
            | '*'
            | '\u{2022}'
            | '-'
            | '\u{2013}'
            | '\u{2014}'
            | '`'
            | '<'
            | '_'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &[&str]) {
        let text = expected.join(" ");
        let spans = sentences(&text, &[Span::new(0, text.len())]);
        let found: Vec<_> = spans.iter().map(|span| span.of(&text).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(&["Gen. Roe met Sen. A. B. Ito of the U.S. Senate on Jan. 8 at No. 10."]);
        check(&[
            "Talks between Acme Inc. and Roe Co. went on at 6 p.m. Friday, i.e. late.",
            "They ended.",
        ]);
        check(
            &["He lives in the U.S. The visa ran out."]
                .iter()
                .flat_map(|s| s.split_inclusive("U.S."))
                .map(str::trim)
                .collect::<Vec<_>>(),
        );
        check(&["It ends by Jan. 8.", "Rebels left No. 9.", "1. The committee met."]);
        check(&["She said no.", "He said it cost 3.5 million.", "In all 20 were hurt."]);
    }

    #[test]
    fn quotes_close_after_the_stop() {
        check(&[
            "\"We will go.\"",
            "He left.",
            "\u{201c}Stay.\u{201d}",
            "(No one stayed.)",
            "Why?",
        ]);
        check(&["\"Will they come?\" Minister Ito asked.", "They did."]);
        check(&["\"We wait...\" she said.", "Then ... nothing."]);
    }

    #[test]
    fn informal_text_is_split_too() {
        check(&["see you there.", "bring your own.", "why not?", "we can."]);
        check(&["He works for approx. ten firms such as Acme! and others."]);
        let text = "It ended.The envoy left.Is that true?yes";
        let spans = sentences(text, &[Span::new(0, text.len())]);
        assert_eq!(spans.len(), 4);
        assert_eq!(sentences("see state.gov?a=b", &[Span::new(0, 17)]).len(), 1);
    }

    #[test]
    fn a_sentence_never_crosses_a_paragraph() {
        let text = "A title without a stop\n\nThe text. More";
        let spans = sentences(text, &[Span::new(0, 22), Span::new(24, text.len())]);
        let found: Vec<_> = spans.iter().map(|span| span.of(text).unwrap()).collect();
        assert_eq!(found, ["A title without a stop", "The text.", "More"]);
    }

    #[test]
    fn text_without_end_is_cut() {
        let text = "word ".repeat(10_000);
        let spans = sentences(&text, &[Span::new(0, text.len())]);
        assert!(spans.len() > 5 && spans.iter().all(|span| span.len() <= LONGEST));
        let text = "\u{e9}".repeat(20_000);
        assert!(
            sentences(&text, &[Span::new(0, text.len())])
                .iter()
                .all(|span| span.of(&text).is_some())
        );
    }
}

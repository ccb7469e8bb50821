//! What of the article's own element is not the article.
//!
//! In: the blocks of the element that holds the article. Out: those of them that are its
//! paragraphs. The title again, the names of other articles, captions, adverts, bylines, and what
//! follows the last paragraph go. Of `Talks resume`, `By Ann Lee`, `Ankara and Athens met.`,
//! `Related Articles`, `More talks`, the third is left.

use crate::boilerplate::{self, After, is_zone};
use crate::bylines::is_bare_byline;
use crate::content::worth;
use crate::dates::{date_in, is_date_line};
use crate::dom::{NodeId, Tree};
use crate::paragraphs::{Block, BlockKind, ends_like_a_sentence};

/// What is known of an article before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    pub(crate) title: Option<&'a str>,
    pub(crate) byline: Option<&'a str>,
}

/// Judges the blocks of an article one by one. `roots` are the elements that hold it.
pub(crate) fn clean(
    tree: &Tree,
    blocks: &[Block],
    roots: &[NodeId],
    about: &About<'_>,
) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let total: f32 = blocks.iter().map(worth).sum();
    let teasers = runs_of_teasers(blocks);
    let mut so_far = 0.0;
    // Blocks before this node belong to a box of furniture.
    let mut in_box_until: NodeId = 0;
    let mut after_heading = false;
    for (at, block) in blocks.iter().enumerate() {
        let before = so_far;
        so_far += worth(block);
        if block.first < in_box_until
            || about.title.is_some_and(|title| same_title(title, &block.text))
        {
            continue;
        }
        if before >= 0.5 * total && before > 0.0 && boilerplate::is_copyright(&block.text) {
            break;
        }
        match boilerplate::last_heading(&block.text) {
            Some(After::Replies) if before >= 0.3 * total && before > 0.0 => break,
            Some(After::Articles) if before >= 0.85 * total && before > 0.0 => break,
            Some(_) => {
                // The heading of a box in mid-article: the box goes, if it is one.
                if let Some(end) = box_of(tree, blocks, at, roots, total) {
                    in_box_until = end;
                }
                after_heading = true;
                continue;
            }
            None => {}
        }
        if teasers.get(at).copied().unwrap_or(false)
            || boilerplate::is_furniture(&block.text)
            || boilerplate::is_caption(&block.text)
            || (before == 0.0 && is_label(block))
            || (block.kind != BlockKind::Heading && is_stamp(&block.text))
            || is_clock(&block.text)
            || (before >= 0.7 * total && is_of_author(&block.text, about.byline))
            || is_link(block, after_heading)
        {
            continue;
        }
        after_heading = false;
        let mut block = block.clone();
        if let Some(text) = boilerplate::without_credits(&block.text) {
            if text.is_empty() {
                continue;
            }
            block.text = text;
        }
        out.push(block);
    }
    trim(&mut out);
    out
}

/// Where the box ends that the heading at `at` opens: the smallest element that holds the heading
/// and more. None if that holds much of the article.
fn box_of(
    tree: &Tree,
    blocks: &[Block],
    at: usize,
    roots: &[NodeId],
    total: f32,
) -> Option<NodeId> {
    let first = blocks.get(at)?.first;
    let next = blocks.get(at + 1)?.first;
    for id in tree.ancestors(first) {
        if roots.contains(&id) {
            return None;
        }
        let end = tree.end(id);
        if end > next {
            let inside: f32 = blocks.iter().skip(at).take_while(|b| b.first < end).map(worth).sum();
            // A box begins with its heading; an element with text above it is the article's.
            let heads = at == 0 || blocks.get(at - 1).is_none_or(|b| b.first < id);
            return (heads && inside <= 0.35 * total).then_some(end);
        }
    }
    None
}

/// Whether a block is nothing but a way to another page.
fn is_link(block: &Block, after_heading: bool) -> bool {
    let heading = block.kind == BlockKind::Heading;
    let density = block.link_density();
    (density > 0.8 && block.words < 25 && (!heading || block.words > 3))
        || (density > 0.6 && block.words < 12 && !heading)
        || (density > 0.5 && after_heading)
}

/// Marks blocks in runs of short lines without a sentence, many of them links: the teasers of
/// other articles, the names of sections.
fn runs_of_teasers(blocks: &[Block]) -> Vec<bool> {
    let mut marks = vec![false; blocks.len()];
    let short =
        |b: &Block| b.words <= 16 && (b.link_density() > 0.8 || !ends_like_a_sentence(&b.text));
    let mut begin = 0;
    while begin < blocks.len() {
        let run = blocks.get(begin..).unwrap_or_default();
        let length = run.iter().take_while(|b| short(b)).count();
        let run = run.get(..length).unwrap_or_default();
        let linked = run.iter().filter(|b| b.link_density() > 0.8).count();
        let names = run.iter().filter(|b| b.words <= 4 && b.kind == BlockKind::Paragraph).count();
        if (length >= 3 && linked * 3 >= length) || (length >= 4 && names == length) {
            // The heading of the paragraphs that follow may be the last of the run.
            let heading =
                run.last().is_some_and(|b| b.kind == BlockKind::Heading && b.link_density() < 0.2);
            for mark in marks.iter_mut().skip(begin).take(length - usize::from(heading)) {
                *mark = true;
            }
        }
        begin += length.max(1);
    }
    marks
}

/// Drops what is left of furniture after the last paragraph: lines that are no sentences, notes on
/// authors.
fn trim(blocks: &mut Vec<Block>) {
    // A note on the author with what may follow it: where else to find them.
    let tail = blocks.len().saturating_sub(4).max(1);
    if let Some(at) = blocks.iter().skip(tail).position(|b| boilerplate::is_author_note(&b.text)) {
        let rest: usize = blocks.iter().skip(tail + at + 1).map(|b| b.words).sum();
        if rest <= 60 {
            blocks.truncate(tail + at);
        }
    }
    while let Some(last) = blocks.last() {
        let line = last.words < 12
            && !ends_like_a_sentence(&last.text)
            && matches!(last.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Quote);
        let quoted = last.text.starts_with(['"', '“', '‘', '\'']);
        let aside = last.slanted * 10 > last.visible * 9 && last.words < 40 && !quoted;
        if (line || aside) && blocks.len() > 1 {
            blocks.pop();
        } else {
            break;
        }
    }
}

/// Whether a paragraph begins with the author's name, as notes on authors do: `ANN LEE has seen
/// much of the north.`
fn is_of_author(text: &str, byline: Option<&str>) -> bool {
    let Some(byline) = byline else { return false };
    let text = text.to_lowercase();
    byline.split([',', '&', ';']).flat_map(|names| names.split(" and ")).any(|name| {
        let name = name.trim().to_lowercase();
        name.contains(' ')
            && text
                .strip_prefix(&name)
                .is_some_and(|rest| rest.trim_start_matches(',').starts_with(char::is_whitespace))
    })
}

/// Whether a line tells when the page was made or changed: `UPDATED: November 9, 2023 at 12:21 a.m.`
fn is_stamp(text: &str) -> bool {
    let plain = text.to_lowercase();
    let said = ["updated", "published", "posted", "modified", "first published", "written"];
    said.iter().any(|word| plain.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(word))
        && is_date_line(text)
}

/// Whether a short line above the body tells the date or the author.
fn is_label(block: &Block) -> bool {
    block.words <= 12
        && !ends_like_a_sentence(&block.text)
        && (date_in(&block.text).is_some()
            || block.text.starts_with("By ")
            || block.text.starts_with("BY ")
            || (block.kind != BlockKind::Heading && is_bare_byline(&block.text)))
}

/// Whether a line tells the hour of what stands below it and nothing else: `14:32 GMT`, `9.05 am`, `3 hours ago`.
fn is_clock(text: &str) -> bool {
    let plain = text.to_lowercase();
    let mut words = plain.split_whitespace();
    let Some(first) = words.next() else { return false };
    let rest: Vec<&str> = words.collect();
    let number =
        |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let ago = match rest.as_slice() {
        ["ago"] => first
            .strip_suffix(['m', 'h', 'd'])
            .or_else(|| first.strip_suffix("min"))
            .is_some_and(number),
        [unit, "ago"] => {
            number(first)
                && matches!(unit.trim_end_matches('s'), "min" | "minute" | "hour" | "hr" | "day")
        }
        _ => false,
    };
    let (clock, half) = match ["am", "pm", "h"].iter().find_map(|half| first.strip_suffix(half)) {
        Some(clock) => (clock, true),
        None => (first, false),
    };
    let hour = clock
        .split_once([':', '.'])
        .is_some_and(|(hour, minute)| number(hour) && number(minute) && minute.len() == 2);
    let zones = rest.iter().all(|word| is_zone(word.trim_matches(['(', ')', '.', ','])));
    // `12.5`, `3:1`: a number of something else.
    ago || (hour && zones && (half || !rest.is_empty() || clock.contains(':')))
}

/// Whether a text says the title again: letters and digits compared.
pub(crate) fn same_title(title: &str, text: &str) -> bool {
    let letters = |s: &str| -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    if text.len() > 2 * title.len() + 20 {
        return false;
    }
    let (title, text) = (letters(title), letters(text));
    !text.is_empty() && title == text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_above_entries() {
        for text in
            ["14:32 GMT", "14:32", "9.05 am", "9:05am", "5m ago", "3 hours ago", "11.20 BST"]
        {
            assert!(is_clock(text), "{text}");
        }
        for text in
            ["12.50", "The talks began at 14:32 GMT", "3:1", "14:32 they met", "ago", "20 ago"]
        {
            assert!(!is_clock(text), "{text}");
        }
    }
}

//! A tree to its paragraphs, and paragraphs to the body text.
//!
//! In: a [`Tree`] and which of its nodes are dropped. Out: [`Block`]s, the runs of text that a
//! browser would set apart from each other, with what is needed to judge them. `<div>One<br><br>
//! Two <a>three</a></div>` gives `One` and `Two three`, the second with five letters of link.

use std::borrow::Cow;

use detente_core::Span;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::dom::{Data, NodeId, Tree, is_block};

/// What a block of text is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Paragraph,
    Heading,
    Item,
    Quote,
    Code,
    Row,
}

/// One paragraph of a page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The first text node in it.
    pub(crate) first: NodeId,
    pub(crate) kind: BlockKind,
    /// Single spaces, none at the ends.
    pub(crate) text: String,
    /// Letters and other visible characters.
    pub(crate) visible: usize,
    /// Those of them that are in links.
    pub(crate) linked: usize,
    /// Those of them in italics.
    pub(crate) slanted: usize,
    pub(crate) words: usize,
}

impl Block {
    /// Share of its characters that are links, 0 to 1.
    pub(crate) fn link_density(&self) -> f32 {
        self.linked as f32 / self.visible.max(1) as f32
    }
}

/// Appends `text` to `out` with every run of white space made one space, none at the start, and
/// characters of no width left out.
pub(crate) fn push_words(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
        }
    }
}

/// The text with every run of white space made one space, none at the ends.
pub(crate) fn words_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_words(&mut out, text);
    out.truncate(out.trim_end().len());
    out
}

/// Soft hyphens, zero-width spaces and marks, and what else shows nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        || (c.is_control())
}

/// Words of a text; a script without spaces counts two characters as a word.
pub(crate) fn count_words(text: &str) -> usize {
    let mut words = 0;
    let mut unspaced = 0;
    let mut inside = false;
    for c in text.chars() {
        if is_unspaced(c) {
            unspaced += 1;
            inside = false;
        } else if c.is_alphanumeric() {
            words += usize::from(!inside);
            inside = true;
        } else if !matches!(c, '\'' | '’' | '-' | '.' | ',') {
            inside = false;
        }
    }
    words + unspaced / 2
}

/// Han, kana, Thai and the like, written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

struct Writer<'t> {
    tree: &'t Tree,
    blocks: Vec<Block>,
    text: String,
    first: Option<NodeId>,
    visible: usize,
    linked: usize,
    slanted: usize,
    breaks: u8,
}

impl Writer<'_> {
    fn flush(&mut self, node: NodeId) {
        self.breaks = 0;
        let text = std::mem::take(&mut self.text);
        let (visible, linked, slanted) = (self.visible, self.linked, self.slanted);
        (self.visible, self.linked, self.slanted) = (0, 0, 0);
        let Some(first) = self.first.take() else { return };
        let text = text.trim_end();
        if visible == 0 {
            return;
        }
        self.blocks.push(Block {
            first,
            kind: kind_of(self.tree, node),
            text: text.to_owned(),
            visible,
            linked,
            slanted,
            words: count_words(text),
        });
    }

    fn push(&mut self, id: NodeId, text: &str, in_link: bool, in_slant: bool) {
        let before = self.text.len();
        push_words(&mut self.text, text);
        let added = self.text.get(before..).unwrap_or_default();
        let visible = added.chars().filter(|c| *c != ' ').count();
        if visible > 0 {
            self.first.get_or_insert(id);
            self.breaks = 0;
        }
        self.visible += visible;
        self.linked += if in_link { visible } else { 0 };
        self.slanted += if in_slant { visible } else { 0 };
    }
}

fn kind_of(tree: &Tree, node: NodeId) -> BlockKind {
    for id in std::iter::once(node).chain(tree.ancestors(node)).take(4) {
        match tree.name(id) {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return BlockKind::Heading,
            "li" | "dd" | "dt" => return BlockKind::Item,
            "blockquote" => return BlockKind::Quote,
            "pre" => return BlockKind::Code,
            "tr" | "td" => return BlockKind::Row,
            "article" | "section" | "main" | "ul" | "ol" | "table" => break,
            _ => {}
        }
    }
    BlockKind::Paragraph
}

/// The blocks of everything that is not dropped, in document order.
///
/// `dropped` says for each node whether it goes with all that is under it.
pub(crate) fn blocks(tree: &Tree, dropped: &[bool]) -> Vec<Block> {
    let mut writer = Writer {
        tree,
        blocks: Vec::new(),
        text: String::new(),
        first: None,
        visible: 0,
        linked: 0,
        slanted: 0,
        breaks: 0,
    };
    // Open block elements, with where each ends; the root is never left.
    let mut open: Vec<(NodeId, NodeId)> = vec![(0, usize::MAX)];
    let (mut link_until, mut slant_until) = (0, 0);
    let mut id = 0;
    while id < tree.nodes.len() {
        while let Some(&(end, node)) = open.last().map(|(n, e)| (e, n)).as_ref()
            && *end <= id
        {
            writer.flush(*node);
            open.pop();
        }
        let holder = open.last().map_or(0, |(node, _)| *node);
        if dropped.get(id).copied().unwrap_or(false) {
            if is_block(tree.name(id)) {
                writer.flush(holder);
            }
            id = tree.end(id).max(id + 1);
            continue;
        }
        match tree.nodes.get(id).map(|node| &node.data) {
            Some(Data::Text(text)) => writer.push(id, text, id < link_until, id < slant_until),
            Some(Data::Element(element)) => match &*element.name {
                "br" => {
                    writer.breaks += 1;
                    if writer.breaks >= 2 || ends_a_paragraph(&writer.text) {
                        writer.flush(holder);
                    } else {
                        push_words(&mut writer.text, " ");
                    }
                }
                // An anchor without an address is a place, not a link, and is often left open.
                "a" if element.attribute("href").is_some() => {
                    link_until = link_until.max(tree.end(id));
                }
                "em" | "i" => slant_until = slant_until.max(tree.end(id)),
                "td" | "th" | "img" => push_words(&mut writer.text, " "),
                name if is_block(name) => {
                    writer.flush(holder);
                    open.push((id, tree.end(id)));
                }
                _ => {}
            },
            None => {}
        }
        id += 1;
    }
    while let Some((node, _)) = open.pop() {
        writer.flush(node);
    }
    writer.blocks
}

/// Whether a line break after `text` is meant as the end of a paragraph: it is long and a full
/// sentence. In verse and addresses it is not.
fn ends_a_paragraph(text: &str) -> bool {
    let text = text.trim_end();
    text.len() > 80 && ends_like_a_sentence(text)
}

/// Whether a text ends as sentences do, closing quotation marks and brackets aside.
pub(crate) fn ends_like_a_sentence(text: &str) -> bool {
    text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '“')
    })
    .ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔', '။', ':', ';'])
}

/// The text in Unicode's normal form C, so that `é` is one character whoever typed it.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Joins paragraphs with blank lines and notes where each stands.
pub(crate) fn join<S: AsRef<str>>(
    paragraphs: impl IntoIterator<Item = S>,
    limit: usize,
) -> (String, Vec<Span>, bool) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for paragraph in paragraphs {
        let paragraph = composed(paragraph.as_ref().trim());
        if paragraph.is_empty() {
            continue;
        }
        let gap = if text.is_empty() { 0 } else { 2 };
        if text.len() + gap + paragraph.len() > limit {
            // One paragraph longer than all that is read is cut, so that not all is lost.
            if text.is_empty() {
                let cut = paragraph.floor_char_boundary(limit);
                text.push_str(paragraph.get(..cut).unwrap_or_default().trim_end());
                if !text.is_empty() {
                    spans.push(Span::new(0, text.len()));
                }
            }
            return (text, spans, true);
        }
        if gap > 0 {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&paragraph);
        spans.push(Span::new(start, text.len()));
    }
    (text, spans, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let tree = Tree::parse(html);
        let dropped = vec![false; tree.nodes.len()];
        blocks(&tree, &dropped).into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn text_between_blocks_is_a_block() {
        assert_eq!(
            texts("<div>One<br><br>Two <a>three</a><p>Four<br>five</p>six</div>"),
            ["One", "Two three", "Four five", "six"]
        );
        assert_eq!(texts("<table><tr><td>a<td>b<tr><td>c"), ["a b", "c"]);
    }

    #[test]
    fn paragraphs_are_joined_and_cut() {
        let (text, spans, cut) = join(["One.", " ", "Two."], 100);
        assert_eq!((text.as_str(), cut), ("One.\n\nTwo.", false));
        assert_eq!(spans, [Span::new(0, 4), Span::new(6, 10)]);
        assert!(join(["One.", "Two."], 6).2);
        assert_eq!(join(["éé"], 3).0, "é");
    }

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(count_words("Xi's 1.5 visit, on-time"), 4);
        assert_eq!(count_words("確保する"), 2);
    }
}

//! HTML text to a flat tree.
//!
//! In: the text of a page. Out: a [`Tree`] of elements and texts in document order, of bounded
//! depth. The tokens are html5ever's; the tree is our own, for two reasons. Every node's
//! descendants follow it without a gap, so all walks are loops over indices and a page of 100,000
//! nested `<div>` can neither overflow the stack nor cost quadratic time. And of the standard's
//! tree rules only those are kept that decide which text stands in which paragraph.
//! `<p>One<p>Two` becomes two `p` elements, each with one text.

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// Elements nested deeper than this hang from the deepest one that is kept, as in browsers.
const MAX_DEPTH: usize = 256;

/// More nodes than this are not kept: a page of nothing but tags would fill the memory.
const MAX_NODES: usize = 2_000_000;

/// A page is given to the tokenizer in pieces of this many bytes.
const PIECE: usize = 64 * 1024;

/// A tag with more attributes than this ends the page.
const MAX_ATTRIBUTES: usize = 20_000;

/// Index of a node in [`Tree::nodes`]. A parent's index is smaller than its children's.
pub(crate) type NodeId = usize;

/// One node and where its subtree ends.
pub(crate) struct Node {
    /// The element it hangs from; the root is its own parent.
    pub(crate) parent: NodeId,
    /// One past the last descendant.
    pub(crate) end: NodeId,
    pub(crate) data: Data,
}

/// What a node is.
pub(crate) enum Data {
    Text(StrTendril),
    Element(Element),
}

/// An element's name and attributes, both in lower case as HTML reads them.
pub(crate) struct Element {
    pub(crate) name: LocalName,
    attributes: Vec<(LocalName, StrTendril)>,
}

impl Element {
    /// The value of an attribute, if it is there.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// Class and id together, the two that sites name their furniture with.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        ["class", "id"].into_iter().filter_map(|name| self.attribute(name))
    }
}

/// A page.
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// The text of each `<script type="application/ld+json">`.
    pub(crate) json_ld: Vec<String>,
    /// The page has more nodes than are kept.
    pub(crate) cut: bool,
}

impl Tree {
    /// Reads a page or a fragment of one. Never fails: every text is some HTML.
    pub(crate) fn parse(html: &str) -> Tree {
        let sink = Builder { state: RefCell::new(State::new()) };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        // Where the last token ended, at most one piece ago.
        let (mut fed, mut quiet_from, mut tokens) = (0, 0, 0);
        while fed < html.len() {
            let end = html.ceil_char_boundary((fed + PIECE).min(html.len()));
            input.push_back(StrTendril::from_slice(html.get(fed..end).unwrap_or_default()));
            // Only a finished script hands control back, and ours never announces one.
            let _ = tokenizer.feed(&input);
            let now = tokenizer.sink.state.borrow().tokens;
            if now != tokens {
                (tokens, quiet_from) = (now, fed);
            } else if is_endless_tag(html.get(quiet_from..end).unwrap_or_default()) {
                tokenizer.sink.state.borrow_mut().cut = true;
                return tokenizer.sink.state.into_inner().finish();
            }
            fed = end;
        }
        tokenizer.end();
        tokenizer.sink.state.into_inner().finish()
    }

    pub(crate) fn element(&self, id: NodeId) -> Option<&Element> {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(Data::Element(element)) => Some(element),
            _ => None,
        }
    }

    /// The name of an element, or the empty string for a text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        self.element(id).map_or("", |element| &*element.name)
    }

    /// Where the subtree of `id` ends.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        self.nodes.get(id).map_or(id + 1, |node| node.end)
    }

    /// All elements in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (NodeId, &Element)> {
        self.nodes.iter().enumerate().filter_map(|(id, node)| match &node.data {
            Data::Element(element) => Some((id, element)),
            Data::Text(_) => None,
        })
    }

    /// Direct children in document order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.end(child).max(child + 1);
                child
            })
        })
    }

    /// The elements that hold `id`, innermost first, without the root.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut at = id;
        std::iter::from_fn(move || {
            let parent = self.nodes.get(at)?.parent;
            (parent != at && parent != 0).then(|| {
                at = parent;
                parent
            })
        })
    }

    /// The text under `id` with its whitespace made single spaces.
    pub(crate) fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for node in self.nodes.get(id..self.end(id)).unwrap_or_default() {
            match &node.data {
                Data::Text(text) => crate::paragraphs::push_words(&mut out, text),
                Data::Element(element) if is_block(&element.name) || &*element.name == "br" => {
                    crate::paragraphs::push_words(&mut out, " ");
                }
                Data::Element(_) => {}
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Whether a stretch of a page without a token in it is a tag of so many attributes that the
/// tokenizer, which compares each with all before it, would not end in any useful time. Long
/// comments and addresses with pictures in them are no such stretch.
fn is_endless_tag(stretch: &str) -> bool {
    stretch.len() > MAX_ATTRIBUTES
        && !stretch.contains("<!--")
        && stretch.bytes().filter(u8::is_ascii_whitespace).take(MAX_ATTRIBUTES).count()
            == MAX_ATTRIBUTES
}

/// Whether an element begins a paragraph of its own.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "caption"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "ul"
            | "title"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "image"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that an end tag or an implied end does not reach through.
fn is_boundary(name: &str) -> bool {
    matches!(name, "table" | "td" | "th" | "caption" | "template" | "object" | "html" | "button")
}

struct Builder {
    state: RefCell<State>,
}

struct State {
    nodes: Vec<Node>,
    json_ld: Vec<String>,
    /// Open elements, outermost first; the root is always there.
    open: Vec<NodeId>,
    /// Names of open elements beyond [`MAX_DEPTH`], which are not nodes that can hold others.
    beyond: Vec<LocalName>,
    open_paragraphs: usize,
    /// Open `<svg>` and `<math>`, in which `<title>` and the like are no text that hides tags.
    foreign: usize,
    /// Inside `<script>` or `<style>`: whether its text is JSON-LD and wanted.
    raw: Option<bool>,
    cut: bool,
    /// How many tokens have been seen.
    tokens: u64,
}

impl State {
    fn new() -> Self {
        let root = Element { name: LocalName::from("#root"), attributes: Vec::new() };
        State {
            nodes: vec![Node { parent: 0, end: 1, data: Data::Element(root) }],
            json_ld: Vec::new(),
            open: vec![0],
            beyond: Vec::new(),
            open_paragraphs: 0,
            foreign: 0,
            raw: None,
            cut: false,
            tokens: 0,
        }
    }

    fn finish(mut self) -> Tree {
        let end = self.nodes.len();
        for id in self.open.drain(..) {
            if let Some(node) = self.nodes.get_mut(id) {
                node.end = end;
            }
        }
        Tree { nodes: self.nodes, json_ld: self.json_ld, cut: self.cut }
    }

    fn name_of(&self, id: NodeId) -> &str {
        match self.nodes.get(id).map(|node| &node.data) {
            Some(Data::Element(element)) => &element.name,
            _ => "",
        }
    }

    fn append(&mut self, data: Data) -> NodeId {
        let id = self.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.nodes.push(Node { parent, end: id + 1, data });
        id
    }

    /// Closes the open elements from index `from` of the stack on.
    fn close_from(&mut self, from: usize) {
        let end = self.nodes.len();
        for id in self.open.drain(from.max(1)..) {
            if let Some(node) = self.nodes.get_mut(id) {
                if let Data::Element(element) = &node.data {
                    match &*element.name {
                        "p" => self.open_paragraphs = self.open_paragraphs.saturating_sub(1),
                        "svg" | "math" => self.foreign = self.foreign.saturating_sub(1),
                        _ => {}
                    }
                }
                node.end = end;
            }
        }
    }

    /// Closes the innermost open element that `wanted` accepts, unless one that `stop` accepts
    /// stands before it.
    fn close_nearest(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        stop: impl Fn(&str) -> bool,
    ) -> bool {
        for at in (1..self.open.len()).rev() {
            let name = self.name_of(self.open[at]);
            if wanted(name) {
                self.close_from(at);
                return true;
            }
            if stop(name) {
                return false;
            }
        }
        false
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name.clone();
        match &*name {
            // A second `<html>` or `<body>`, as in pages glued from parts, opens nothing new.
            "html" | "body" | "head" if self.open.iter().any(|id| self.name_of(*id) == &*name) => {
                return TokenSinkResult::Continue;
            }
            "body" => {
                self.close_nearest(|n| n == "head", |_| false);
            }
            "li" => {
                self.close_nearest(
                    |n| n == "li",
                    |n| matches!(n, "ul" | "ol" | "menu" | "dir") || is_boundary(n),
                );
            }
            "dt" | "dd" => {
                self.close_nearest(|n| matches!(n, "dt" | "dd"), |n| n == "dl" || is_boundary(n));
            }
            "td" | "th" => {
                self.close_nearest(|n| matches!(n, "td" | "th"), |n| matches!(n, "tr" | "table"));
            }
            "tr" => {
                self.close_nearest(|n| n == "tr", |n| n == "table");
            }
            "tbody" | "thead" | "tfoot" => {
                self.close_nearest(|n| matches!(n, "tbody" | "thead" | "tfoot"), |n| n == "table");
            }
            "option" | "optgroup" => {
                self.close_nearest(|n| n == "option", |n| n == "select");
            }
            // Links do not nest: a second one ends the first, which was left open by mistake.
            "a" => {
                self.close_nearest(|n| n == "a", is_block);
            }
            _ => {}
        }
        if self.foreign > 0 && is_block(&name) && &*name != "title" {
            // A block cannot be in a drawing: the drawing was not closed.
            while self.close_nearest(|n| matches!(n, "svg" | "math"), is_block) {}
        }
        if is_block(&name) && &*name != "title" && self.open_paragraphs > 0 {
            self.close_nearest(|n| n == "p", is_boundary);
        }
        let wanted = &*name == "script"
            && tag.attrs.iter().any(|a| {
                &*a.name.local == "type" && a.value.to_ascii_lowercase().contains("ld+json")
            });
        let self_closing = tag.self_closing;
        let attributes = tag.attrs.into_iter().map(|a| (a.name.local, a.value)).collect();
        let id = self.append(Data::Element(Element { name: name.clone(), attributes }));
        if is_void(&name) || (self.foreign > 0 && self_closing) {
            return TokenSinkResult::Continue;
        }
        if self.open.len() < MAX_DEPTH {
            self.open.push(id);
            self.open_paragraphs += usize::from(&*name == "p");
            self.foreign += usize::from(matches!(&*name, "svg" | "math"));
        } else {
            self.beyond.push(name.clone());
        }
        match &*name {
            "script" => {
                if wanted {
                    self.json_ld.push(String::new());
                }
                self.raw = Some(wanted);
                TokenSinkResult::RawData(RawKind::ScriptData)
            }
            "title" | "textarea" | "style" if self.foreign > 0 => TokenSinkResult::Continue,
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                self.raw = Some(false);
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "script" | "style" | "xmp" | "iframe" | "noembed" | "noframes") {
            self.raw = None;
        }
        if matches!(name, "body" | "html") {
            return; // What follows belongs to the body all the same.
        }
        if let Some(last) = self.beyond.last() {
            if &**last == name {
                self.beyond.pop();
                return;
            }
            // An end tag for something within bounds: what was opened beyond is over.
            if !self.open.iter().any(|id| self.name_of(*id) == name) {
                return;
            }
            self.beyond.clear();
        }
        match name {
            // A heading is ended by any heading's end tag.
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close_nearest(
                    |n| matches!(n, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
                    is_boundary,
                );
            }
            "a" => {
                self.close_nearest(|n| n == "a", is_boundary);
            }
            _ if is_block(name) || is_boundary(name) => {
                self.close_nearest(|n| n == name, |n| is_boundary(n) && n != name);
            }
            // `<b><p>One</b> two` : the end of an inline element does not end the paragraph.
            _ => {
                self.close_nearest(|n| n == name, |n| is_block(n) || is_boundary(n));
            }
        }
    }

    fn text(&mut self, text: StrTendril) {
        match self.raw {
            Some(false) => {}
            Some(true) => {
                if let Some(script) = self.json_ld.last_mut() {
                    script.push_str(&text);
                }
            }
            None => {
                self.append(Data::Text(text));
            }
        }
    }
}

impl TokenSink for Builder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        state.tokens += u64::from(!matches!(token, Token::ParseError(_)));
        if state.nodes.len() >= MAX_NODES {
            state.cut = true;
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => return state.start(tag),
                TagKind::EndTag => state.end(&tag.name),
            },
            Token::CharacterTokens(text) => state.text(text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str, name: &str) -> Vec<String> {
        let tree = Tree::parse(html);
        tree.elements().filter(|(_, e)| &*e.name == name).map(|(id, _)| tree.text(id)).collect()
    }

    #[test]
    fn paragraphs_end_where_the_next_begins() {
        assert_eq!(texts("<p>One<p>Two <b>three</b></div> four", "p"), ["One", "Two three four"]);
        assert_eq!(texts("<ul><li>a<li>b<ul><li>c</ul></ul>", "li"), ["a", "b c", "c"]);
        assert_eq!(texts("<a href=x>one<a href=y>two</a>", "a"), ["one", "two"]);
    }

    #[test]
    fn scripts_are_not_text_but_json_ld_is_kept() {
        let tree = Tree::parse(
            "<script>var a='<p>no</p>'</script><script type='application/ld+json'>{\"a\":1}</script>\
             <p>yes",
        );
        assert_eq!(tree.json_ld, ["{\"a\":1}"]);
        assert_eq!(tree.text(0), "yes");
    }

    #[test]
    fn drawings_hide_nothing() {
        assert_eq!(texts("<svg><title/><path d='x'/></svg><p>yes", "p"), ["yes"]);
        assert_eq!(texts("<svg><title>a<path><div><p>yes</div>", "p"), ["yes"]);
    }

    #[test]
    fn a_tag_without_end_ends_the_page() {
        let html = format!("<p>One<p {}>Two", "a=1 ".repeat(200_000));
        let tree = Tree::parse(&html);
        assert!(tree.cut);
        assert_eq!(tree.text(0), "One");
    }

    #[test]
    fn a_hundred_thousand_nested_elements_are_flattened() {
        let html = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(Tree::parse(&html).text(0), "deepafter");
    }
}

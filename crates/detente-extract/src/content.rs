//! Where on the page the article is.
//!
//! In: a page's [`Tree`]. Out: the [`Block`]s of its article, in order, furniture gone. First the
//! elements that never hold an article go, and those whose labels name furniture, unless they
//! hold most of the running text. Of what is left, the article is the element that its author
//! labelled as such, or else the smallest that holds nearly all running text. Then its paragraphs
//! are judged one by one. A page of three `<p>` in a `<div class="post">` beside a `<div
//! class="sidebar">` gives the three.

use crate::boilerplate::{self, Furniture};
use crate::dom::{NodeId, Tree};
use crate::paragraphs::{Block, BlockKind, blocks, ends_like_a_sentence};

/// An element that holds more than this share of the running text is not dropped for its label.
const TOO_MUCH_TO_DROP: f32 = 0.4;
/// An element that holds this share of its parent's running text stands for the parent.
const NEARLY_ALL: f32 = 0.8;

/// The article's blocks; empty if there is none.
pub(crate) fn article(tree: &Tree, title: Option<&str>) -> Vec<Block> {
    let mut dropped = never_article(tree);
    let all = blocks(tree, &dropped);
    let total: f32 = all.iter().map(worth).sum();
    drop_labelled(tree, &all, total, &mut dropped);
    let mut kept = blocks(tree, &dropped);
    let left: f32 = kept.iter().map(worth).sum();
    if left < total * 0.1 || (left < 60.0 && total > 200.0) {
        // The labels mislead on this page: go by the text alone.
        kept = all;
    }
    let mass = Mass::new(tree, &kept);
    let roots = roots(tree, &mass);
    let inside: Vec<Block> = kept
        .into_iter()
        .filter(|block| roots.iter().any(|root| (*root..tree.end(*root)).contains(&block.first)))
        .collect();
    clean(&inside, title)
}

/// The blocks of an article that has no page round it: all but furniture.
pub(crate) fn fragment(tree: &Tree, title: Option<&str>) -> Vec<Block> {
    let dropped = never_article(tree);
    let blocks = blocks(tree, &dropped);
    clean(&blocks, title)
}

/// Whether a page is a list of articles, such as a front page, and none itself: many `<article>`
/// elements with running text, none of which stands out.
pub(crate) fn is_list_of_articles(tree: &Tree) -> bool {
    let all = blocks(tree, &never_article(tree));
    let mass = Mass::new(tree, &all);
    let shares: Vec<f32> = tree
        .elements()
        .filter(|(id, e)| &*e.name == "article" && mass.of(tree, *id) > 0.0)
        .map(|(id, _)| mass.of(tree, id))
        .collect();
    let total = mass.of(tree, 0);
    shares.len() >= 5 && shares.iter().all(|share| *share < 0.4 * total)
}

/// How much a block speaks for an article: its words if it reads like running text, else nothing.
fn worth(block: &Block) -> f32 {
    if block.words < 8 || block.link_density() > 0.4 || block.kind == BlockKind::Heading {
        return 0.0;
    }
    let sentence = block.text.contains(['.', ',', '!', '?', '。', '、', '।', ';', ':', '،']);
    if !sentence {
        return 0.0;
    }
    let factor = match block.kind {
        BlockKind::Item | BlockKind::Row => 0.5,
        _ => 1.0,
    };
    (block.words as f32).min(150.0) * factor * (1.0 - block.link_density())
}

/// Running text under each node, in constant time.
struct Mass {
    before: Vec<f32>,
}

impl Mass {
    fn new(tree: &Tree, blocks: &[Block]) -> Self {
        let mut before = vec![0.0; tree.nodes.len() + 1];
        for block in blocks {
            if let Some(slot) = before.get_mut(block.first + 1) {
                *slot += worth(block);
            }
        }
        let mut sum = 0.0;
        for slot in &mut before {
            sum += *slot;
            *slot = sum;
        }
        Mass { before }
    }

    fn of(&self, tree: &Tree, id: NodeId) -> f32 {
        let at = |i: usize| self.before.get(i).copied().unwrap_or_default();
        at(tree.end(id)) - at(id)
    }
}

/// Marks the elements that hold no article on any page.
fn never_article(tree: &Tree) -> Vec<bool> {
    let mut dropped = vec![false; tree.nodes.len()];
    for (id, element) in tree.elements() {
        let drop = matches!(
            &*element.name,
            "head"
                | "script"
                | "style"
                | "noscript"
                | "template"
                | "iframe"
                | "object"
                | "embed"
                | "applet"
                | "svg"
                | "canvas"
                | "video"
                | "audio"
                | "map"
                | "select"
                | "option"
                | "datalist"
                | "button"
                | "input"
                | "textarea"
                | "label"
                | "nav"
                | "dialog"
                | "menu"
                | "figcaption"
                | "title"
                | "rp"
                | "rt"
                | "progress"
                | "meter"
                | "frameset"
        );
        if let Some(slot) = dropped.get_mut(id) {
            *slot = drop;
        }
    }
    dropped
}

/// Drops what its labels call furniture, each as sure as they are.
fn drop_labelled(tree: &Tree, all: &[Block], total: f32, dropped: &mut [bool]) {
    let mass = Mass::new(tree, all);
    let mut links = vec![(0usize, 0usize); tree.nodes.len() + 1];
    for block in all {
        if let Some(slot) = links.get_mut(block.first + 1) {
            *slot = (block.visible, block.linked);
        }
    }
    let mut sum = (0, 0);
    for slot in &mut links {
        sum = (sum.0 + slot.0, sum.1 + slot.1);
        *slot = sum;
    }
    let headline = tree.elements().find(|(_, e)| &*e.name == "h1").map(|(id, _)| id);
    let mut id = 0;
    while id < tree.nodes.len() {
        let end = tree.end(id).max(id + 1);
        if dropped.get(id).copied().unwrap_or(false) {
            id = end;
            continue;
        }
        let Some(element) = tree.element(id) else {
            id += 1;
            continue;
        };
        let under = mass.of(tree, id);
        let share = under / total.max(1.0);
        let drop = match boilerplate::furniture(element) {
            None => false,
            Some(Furniture::Comments) => {
                let holds_article =
                    headline.is_some_and(|h1| (id..end).contains(&h1)) || holds_body(tree, id);
                !holds_article && (share < 0.9)
            }
            Some(Furniture::Sure) => share < TOO_MUCH_TO_DROP,
            Some(Furniture::Likely) => {
                let at = |i: usize| links.get(i).copied().unwrap_or_default();
                let visible = at(end).0 - at(id).0;
                let linked = at(end).1 - at(id).1;
                under == 0.0 || (linked * 2 > visible && share < TOO_MUCH_TO_DROP)
            }
        };
        if drop {
            if let Some(slot) = dropped.get_mut(id) {
                *slot = true;
            }
            id = end;
        } else {
            id += 1;
        }
    }
}

/// How surely an element's author calls it the article: 3 its body, 2 the article, 1 the page's
/// main part.
fn article_label(tree: &Tree, id: NodeId) -> u8 {
    let Some(element) = tree.element(id) else { return 0 };
    if !matches!(&*element.name, "div" | "section" | "article" | "main" | "td" | "span" | "p") {
        return 0;
    }
    if matches!(element.attribute("itemprop"), Some("articleBody" | "blogPost" | "text"))
        || element.attribute("property") == Some("articleBody")
    {
        return 3;
    }
    let mut found = match (&*element.name, element.attribute("role")) {
        ("article", _) | (_, Some("article")) => 2,
        ("main", _) | (_, Some("main")) => 1,
        _ => 0,
    };
    for label in element.labels().flat_map(str::split_ascii_whitespace).take(8) {
        let words = boilerplate::label_words(label);
        let has = |set: &[&str]| words.iter().any(|w| set.contains(&w.as_str()));
        let text = has(&["body", "content", "text", "copy", "main", "inner", "detail", "details"]);
        let piece = has(&["article", "post", "entry", "story", "news", "single", "blog", "page"]);
        let not = has(&[
            "wrapper",
            "container",
            "list",
            "row",
            "grid",
            "header",
            "title",
            "area",
            "col",
            "column",
            "section",
            "site",
        ]);
        let joined: String = words.concat();
        if matches!(
            joined.as_str(),
            "articlebody"
                | "storybody"
                | "entrycontent"
                | "postcontent"
                | "articlecontent"
                | "postbody"
                | "articletext"
                | "storycontent"
                | "contentbody"
                | "bodycontent"
                | "articlebodycontent"
                | "storytext"
                | "newstext"
                | "posttext"
                | "entrybody"
                | "bodytext"
                | "articlecopy"
                | "bodycopy"
        ) || (text && piece && !not)
        {
            found = found.max(3);
        } else if matches!(joined.as_str(), "article" | "story" | "post" | "entry") {
            found = found.max(2);
        } else if matches!(joined.as_str(), "content" | "main" | "maincontent" | "primary") {
            found = found.max(1);
        }
    }
    found
}

fn holds_body(tree: &Tree, id: NodeId) -> bool {
    (id..tree.end(id)).any(|child| article_label(tree, child) == 3)
}

/// The elements that together are the article.
fn roots(tree: &Tree, mass: &Mass) -> Vec<NodeId> {
    let total = mass.of(tree, 0);
    if total == 0.0 {
        return Vec::new();
    }
    for level in [3, 2, 1] {
        // The outermost elements of this level that hold running text.
        let mut found: Vec<(NodeId, f32)> = Vec::new();
        let mut id = 0;
        while id < tree.nodes.len() {
            if article_label(tree, id) == level {
                let here = mass.of(tree, id);
                if here > 0.0 {
                    found.push((id, here));
                    id = tree.end(id).max(id + 1);
                    continue;
                }
            }
            id += 1;
        }
        let Some(best) = found.iter().map(|(_, m)| *m).reduce(f32::max) else { continue };
        let sum: f32 = found.iter().map(|(_, m)| *m).sum();
        let largest = found.iter().find(|(_, m)| *m >= best).map_or(0, |(id, _)| *id);
        // One of them is the article, the rest are teasers or other posts …
        if best >= 0.5 * total || (best >= 0.7 * sum && best >= 0.25 * total) {
            return vec![narrow(tree, mass, largest)];
        }
        // … or the article is cut into pieces that hang from one element.
        let parent = tree.nodes.get(largest).map_or(0, |node| node.parent);
        let pieces: Vec<NodeId> = found
            .iter()
            .filter(|(id, _)| tree.ancestors(*id).take(3).any(|a| a == parent))
            .map(|(id, _)| *id)
            .collect();
        let together: f32 = pieces.iter().map(|id| mass.of(tree, *id)).sum();
        if level == 3 && pieces.len() > 1 && together >= 0.5 * total {
            return pieces;
        }
    }
    vec![narrow(tree, mass, 0)]
}

/// The smallest element under `id` that holds nearly all of its running text and more than one
/// paragraph of it.
fn narrow(tree: &Tree, mass: &Mass, id: NodeId) -> NodeId {
    let mut at = id;
    let enough = mass.of(tree, id) * NEARLY_ALL;
    loop {
        let next = tree.children(at).find(|child| {
            tree.element(*child).is_some()
                && mass.of(tree, *child) >= enough.max(mass.of(tree, at) * 0.9)
        });
        match next {
            Some(child) if holds_blocks(tree, child) => at = child,
            _ => return at,
        }
    }
}

/// Whether an element is one that holds paragraphs, and not a paragraph itself.
fn holds_blocks(tree: &Tree, id: NodeId) -> bool {
    !matches!(
        tree.name(id),
        "p" | "li"
            | "blockquote"
            | "span"
            | "b"
            | "i"
            | "em"
            | "strong"
            | "a"
            | "font"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "tr"
            | "td"
            | "dd"
            | "dt"
            | "ul"
            | "ol"
    ) || (tree.name(id) == "td" && tree.children(id).count() > 1)
}

/// Judges the blocks of the article one by one.
fn clean(blocks: &[Block], title: Option<&str>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let total: f32 = blocks.iter().map(worth).sum();
    let mut so_far = 0.0;
    let mut skipping_list = false;
    for (at, block) in blocks.iter().enumerate() {
        let here = worth(block);
        let before = so_far;
        so_far += here;
        if title.is_some_and(|title| same_title(title, &block.text)) {
            continue;
        }
        // What follows the article begins with a heading; most of the article must be behind.
        if boilerplate::is_last_heading(&block.text) {
            let rest: f32 = blocks.iter().skip(at + 1).map(worth).sum();
            if before >= 0.5 * total && rest <= 0.5 * total {
                break;
            }
            skipping_list = true;
            continue;
        }
        if boilerplate::is_furniture(&block.text) {
            continue;
        }
        // A list of links under a heading of furniture in mid-article.
        if skipping_list && block.link_density() > 0.5 {
            continue;
        }
        skipping_list = false;
        if block.link_density() > 0.8
            && (block.kind != BlockKind::Heading || block.words > 3)
            && block.words < 25
        {
            continue;
        }
        out.push(block.clone());
    }
    trim(&mut out);
    out
}

/// Drops what is left of furniture at both ends: lines that are no sentences, notes on authors.
fn trim(blocks: &mut Vec<Block>) {
    while let Some(last) = blocks.last() {
        let short = last.words < 12
            && !ends_like_a_sentence(&last.text)
            && last.kind != BlockKind::Item
            && last.kind != BlockKind::Code
            && last.kind != BlockKind::Row;
        let aside = last.slanted * 10 > last.visible * 9 && last.words < 40;
        if (short || aside || boilerplate::is_author_note(&last.text)) && blocks.len() > 1 {
            blocks.pop();
        } else {
            break;
        }
    }
}

/// Whether a block says the title again.
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

//! Where on the page the article is.
//!
//! In: a page's [`Tree`]. Out: the [`Block`]s of its article, in order, furniture gone. First the
//! elements that never hold an article go, and those whose labels name furniture, unless they
//! hold most of the running text. Of what is left, the article is the element that its author
//! labelled as such, or else the smallest that holds nearly all running text. Then its paragraphs
//! are judged one by one. A page of three `<p>` in a `<div class="post">` beside a `<div
//! class="sidebar">` gives the three.

use crate::boilerplate;
use crate::cleaning::{self, About, same_title};
use crate::dom::{NodeId, Tree};
use crate::labels::{Furniture, furniture, label_words};
use crate::paragraphs::{Block, BlockKind, blocks, ends_like_a_sentence};

/// An element that holds more than this share of the running text is not dropped for its label.
const TOO_MUCH_TO_DROP: f32 = 0.4;
/// An element that holds this share of its parent's running text stands for the parent.
const NEARLY_ALL: f32 = 0.8;

/// What was found on a page.
pub(crate) struct Found {
    /// The paragraphs of its article.
    pub(crate) blocks: Vec<Block>,
    /// The page looks like a list of articles, such as a front page.
    pub(crate) is_list: bool,
}

/// Finds the article; without one there are no blocks.
pub(crate) fn article(tree: &Tree, about: &About<'_>) -> Found {
    let mut dropped = never_article(tree);
    let all = blocks(tree, &dropped);
    let total: f32 = all.iter().map(worth).sum();
    drop_labelled(tree, &all, total, &mut dropped);
    let link_share = share_of_links(&all);
    let mut kept = blocks(tree, &dropped);
    let left: f32 = kept.iter().map(worth).sum();
    if left < total * 0.1 || (left < 60.0 && total > 200.0) {
        // The labels mislead on this page: go by the text alone.
        kept = all;
    }
    let mass = Mass::new(tree, &kept);
    let roots = roots(tree, &mass);
    let within =
        |block: &Block| roots.iter().any(|root| (*root..tree.end(*root)).contains(&block.first));
    let begin = roots.first().copied().unwrap_or(0);
    let headline = headline(tree, about.title, begin);
    // What stands above the headline is the site's, unless the article itself does.
    let above = titled(tree, &mass, &roots, about.title);
    let inside: Vec<Block> = kept
        .into_iter()
        .filter(|block| {
            block.first >= above && within(block)
                || headline
                    .is_some_and(|h| (h..begin).contains(&block.first) && is_standfirst(block))
        })
        .collect();
    let blocks = cleaning::clean(tree, &inside, &roots, about);
    let is_list = is_list_of_articles(tree, &mass)
        || is_full_of_headlines(&inside)
        || (link_share > 0.8 && total < 200.0);
    Found { blocks, is_list }
}

/// Share of a page's text that is links.
fn share_of_links(blocks: &[Block]) -> f32 {
    let visible: usize = blocks.iter().map(|b| b.visible).sum();
    let linked: usize = blocks.iter().map(|b| b.linked).sum();
    linked as f32 / visible.max(1) as f32
}

/// Whether what should be an article has many headlines that lead elsewhere, one for every few
/// paragraphs.
fn is_full_of_headlines(blocks: &[Block]) -> bool {
    let lines = blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Heading && b.link_density() > 0.8 && b.words >= 3)
        .count();
    let running = blocks.iter().filter(|b| worth(b) > 0.0).count();
    lines >= 5 && lines * 4 >= running
}

/// The blocks of an article that has no page round it: all but furniture.
pub(crate) fn fragment(tree: &Tree, about: &About<'_>) -> Vec<Block> {
    let dropped = never_article(tree);
    let blocks = blocks(tree, &dropped);
    cleaning::clean(tree, &blocks, &[0], about)
}

/// Whether a page has many `<article>` elements with running text, none of which stands out.
fn is_list_of_articles(tree: &Tree, mass: &Mass) -> bool {
    let shares: Vec<f32> = tree
        .elements()
        .filter(|(id, e)| &*e.name == "article" && mass.of(tree, *id) > 0.0)
        .map(|(id, _)| mass.of(tree, id))
        .collect();
    let largest = shares.iter().copied().fold(0.0, f32::max);
    let sum: f32 = shares.iter().sum();
    shares.len() >= 5 && largest < 0.4 * sum && sum > 0.5 * mass.of(tree, 0)
}

/// Where the headline ends that stands in the article's own element above most of its text; the
/// beginning of the page if there is none.
fn titled(tree: &Tree, mass: &Mass, roots: &[NodeId], title: Option<&str>) -> NodeId {
    let Some(title) = title else { return 0 };
    let total: f32 = roots.iter().map(|root| mass.of(tree, *root)).sum();
    tree.elements()
        .filter(|(_, e)| matches!(&*e.name, "h1" | "h2"))
        .filter(|(id, _)| same_title(title, &tree.text(*id)))
        .map(|(id, _)| tree.end(id))
        .find(|end| {
            let after: f32 =
                roots.iter().map(|root| mass.between((*end).max(*root), tree.end(*root))).sum();
            after >= 0.6 * total
        })
        .unwrap_or(0)
}

/// The last `<h1>` before the article that says the title, or the last at all.
fn headline(tree: &Tree, title: Option<&str>, before: NodeId) -> Option<NodeId> {
    let all: Vec<NodeId> = tree
        .elements()
        .filter(|(id, e)| *id < before && &*e.name == "h1")
        .map(|(id, _)| id)
        .collect();
    let says = |id: &&NodeId| title.is_some_and(|title| same_title(title, &tree.text(**id)));
    let found = all.iter().rev().find(says).or(all.last())?;
    Some(tree.end(*found))
}

/// Whether a block between the headline and the body is the sentence that sums the article up.
fn is_standfirst(block: &Block) -> bool {
    (8..=70).contains(&block.words)
        && block.link_density() < 0.2
        && ends_like_a_sentence(&block.text)
        && !boilerplate::is_furniture(&block.text)
        && !boilerplate::is_author_note(&block.text)
}

/// How much a block speaks for an article: its words if it reads like running text, else nothing.
pub(crate) fn worth(block: &Block) -> f32 {
    if block.words < 8 || block.link_density() > 0.4 || block.kind == BlockKind::Heading {
        return 0.0;
    }
    let sentence = block.text.contains(['.', ',', '!', '?', '。', '、', '।', ';', ':', '،', '။']);
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
        self.between(id, tree.end(id))
    }

    fn between(&self, from: NodeId, to: NodeId) -> f32 {
        let at = |i: usize| self.before.get(i).copied().unwrap_or_default();
        (at(to) - at(from)).max(0.0)
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
        let drop = match furniture(element) {
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
                (under == 0.0 && (visible < 150 || linked * 4 > visible))
                    || (linked * 2 > visible && share < TOO_MUCH_TO_DROP)
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
        let words = label_words(label);
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

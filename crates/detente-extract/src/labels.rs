//! What to drop: elements whose names, classes and ids call them furniture.
//!
//! In: an element. Out: how sure it is that it is no part of the article. There are no rules for
//! single sites: labels are read as the words that page authors name things with, which are in
//! `lists/labels.txt`. `class="post-share-buttons"` has `share` in it, so it is furniture.

use std::sync::LazyLock;

use crate::dom::Element;

/// How sure it is that an element is no part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Furniture {
    /// Goes if it is mostly links or holds no running text.
    Likely,
    /// Goes unless it holds most of the page's running text.
    Sure,
    /// What readers wrote; it may well be longer than the article.
    Comments,
}

struct Labels {
    sure_parts: Vec<&'static str>,
    sure_words: Vec<&'static str>,
    likely_words: Vec<&'static str>,
    comment_parts: Vec<&'static str>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let of = |name| section(include_str!("../lists/labels.txt"), name);
    Labels {
        sure_parts: of("sure parts"),
        sure_words: of("sure words"),
        likely_words: of("likely words"),
        comment_parts: of("comment parts"),
    }
});

/// The entries under `[name]` in a list file.
pub(crate) fn section(file: &'static str, name: &str) -> Vec<&'static str> {
    file.lines()
        .skip_while(|line| line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) != Some(name))
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// What an element's name, labels and role say of it.
pub(crate) fn furniture(element: &Element) -> Option<Furniture> {
    let name = &*element.name;
    if matches!(name, "html" | "body" | "main" | "#root" | "head") {
        return None;
    }
    if matches!(
        element.attribute("role"),
        Some(
            "navigation"
                | "banner"
                | "contentinfo"
                | "search"
                | "menu"
                | "menubar"
                | "toolbar"
                | "dialog"
                | "alertdialog"
                | "complementary"
                | "tooltip"
        )
    ) {
        return Some(Furniture::Sure);
    }
    if hidden(element) {
        return Some(Furniture::Sure);
    }
    let mut found = match name {
        "aside" | "footer" | "form" | "address" => Some(Furniture::Sure),
        "header" => Some(Furniture::Likely),
        _ => None,
    };
    if matches!(element.attribute("rel"), Some("author" | "tag" | "category tag"))
        || matches!(element.attribute("itemprop"), Some("author" | "datePublished" | "publisher"))
    {
        found = found.max(Some(Furniture::Likely));
    }
    // Blog software lists every tag and category of a post in its classes, and utility classes
    // (`mt-4 lg:block hidden`) come by the dozen. Neither names what the element is.
    let styled = element.attribute("class").is_some_and(is_styled);
    for label in element.labels().flat_map(str::split_ascii_whitespace).take(12) {
        let judged = judge_label(label);
        if !(styled && (judged == Some(Furniture::Likely) || matches!(label, "hidden" | "overlay")))
        {
            found = found.max(judged);
        }
    }
    for key in ["data-testid", "data-component", "data-module", "data-type", "data-test"] {
        if let Some(label) = element.attribute(key) {
            found = found.max(judge_label(label));
        }
    }
    // A post's own wrapper is known by its class; it is never furniture as a whole.
    if element.attribute("class").is_some_and(|class| {
        class.split_ascii_whitespace().any(|c| matches!(c, "hentry" | "type-post" | "h-entry"))
    }) {
        return None;
    }
    found
}

/// Whether classes say how an element looks rather than what it is: some are for one width of the
/// screen (`lg:block`), or most end in a measure (`mt-4`).
fn is_styled(classes: &str) -> bool {
    let (mut all, mut measures) = (0, 0);
    for class in classes.split_ascii_whitespace() {
        all += 1;
        measures +=
            usize::from(class.contains('-') && class.ends_with(|c: char| c.is_ascii_digit()));
        if class.contains(':') {
            return true;
        }
    }
    all >= 3 && measures * 2 >= all
}

/// Whether the page does not show an element at all.
fn hidden(element: &Element) -> bool {
    if element.attribute("hidden").is_some() || element.attribute("aria-hidden") == Some("true") {
        return true;
    }
    element.attribute("style").is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Reads one class name or id.
fn judge_label(label: &str) -> Option<Furniture> {
    // A commentary is an article.
    let lower = label.to_ascii_lowercase().replace("commentary", "");
    // States of the page rather than names of parts: `has-sidebar`, `no-comments`, `with-ads`.
    if ["has-", "no-", "with-", "is-", "without-", "js-has", "tag-", "category-", "author-", "wp-"]
        .iter()
        .any(|prefix| lower.starts_with(prefix))
        && !lower.starts_with("author-b")
        && !lower.starts_with("author-i")
        && !lower.starts_with("wp-caption")
        && !lower.starts_with("tag-list")
    {
        return None;
    }
    if LABELS.comment_parts.iter().any(|part| lower.contains(part)) {
        return Some(Furniture::Comments);
    }
    if LABELS.sure_parts.iter().any(|part| lower.contains(part)) {
        return Some(Furniture::Sure);
    }
    let mut found = None;
    for word in label_words(label) {
        // `hidden-xs` is hidden on one width of the screen only.
        if word == "hidden" && lower != "hidden" {
            continue;
        }
        if LABELS.sure_words.contains(&word.as_str()) {
            return Some(Furniture::Sure);
        }
        if LABELS.likely_words.contains(&word.as_str()) {
            found = Some(Furniture::Likely);
        }
    }
    found
}

/// The words of a label: `postShare_box` is `post`, `share`, `box`.
pub(crate) fn label_words(label: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in label.chars() {
        if !c.is_ascii_alphabetic() {
            last = ' ';
            continue;
        }
        if last == ' ' || (c.is_ascii_uppercase() && last.is_ascii_lowercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
        last = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_found_and_in_lower_case() {
        for list in
            [&LABELS.sure_parts, &LABELS.sure_words, &LABELS.likely_words, &LABELS.comment_parts]
        {
            assert!(!list.is_empty());
            for entry in list {
                assert_eq!(*entry, entry.trim().to_ascii_lowercase(), "as it is compared");
            }
        }
    }

    #[test]
    fn labels_are_read_as_words() {
        assert_eq!(label_words("postShare_box2"), ["post", "share", "box"]);
        assert_eq!(judge_label("post-share"), Some(Furniture::Sure));
        assert_eq!(judge_label("has-sidebar"), None);
        assert_eq!(judge_label("article-body"), None);
        assert_eq!(judge_label("commentlist"), Some(Furniture::Comments));
    }
}

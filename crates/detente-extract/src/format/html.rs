//! HTML pages.
//!
//! In: a page, or the HTML of an article without a page. Out: its article and what is said of it.
//! `<h1>Talks resume</h1><p>Ankara and Athens met.</p>` gives a title and one paragraph.

use crate::cleaning::About;
use crate::content;
use crate::dom::Tree;
use crate::format::{Input, head_text};
use crate::metadata::metadata;
use crate::page::{Body, Page, Reading};
use crate::paragraphs::{count_words, ends_like_a_sentence};
use crate::{Pages, dates, format};

/// Fewer words of running text than this are no article.
const FEWEST_WORDS: usize = 12;

/// Whether the first bytes are those of an HTML page or a piece of one.
pub(crate) fn is_html(head: &[u8]) -> bool {
    let text = head_text(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with("<!doctype")
        || text.starts_with("<html")
        || text.starts_with("<?xml")
        || text.starts_with("<!--")
    {
        return true;
    }
    if text.starts_with('<')
        && text.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return true;
    }
    // Something before the first tag, as some servers leave there.
    ["<html", "<body", "<!doctype html", "</p>", "<div ", "</div>"]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Reads one page.
pub(crate) fn open(mut input: Input<'_>) -> Pages<'_> {
    match input.read_document() {
        Ok((bytes, cut)) => Pages::one(Page { body: Body::Html(bytes), cut, ..input.page }),
        Err(error) => Pages::fault(error),
    }
}

/// Finds the article of a page. `title` is the container's own title for it; `whole` says that
/// there is no page round the article.
pub(crate) fn read(tree: &Tree, url: Option<&str>, title: Option<&str>, whole: bool) -> Reading {
    if whole {
        let blocks = content::fragment(tree, &About { title, byline: None });
        return Reading {
            paragraphs: blocks.into_iter().map(|b| b.text).collect(),
            ..Reading::default()
        };
    }
    let mut found = metadata(tree, url);
    let title = title.map(str::to_owned).or(found.title);
    let about = About { title: title.as_deref(), byline: found.byline.as_deref() };
    let content::Found { blocks, is_list } = content::article(tree, &about);
    let running: usize = blocks
        .iter()
        .filter(|b| ends_like_a_sentence(&b.text) || b.words > 25)
        .map(|b| b.words)
        .sum();
    let mut paragraphs: Vec<String> = blocks.into_iter().map(|b| b.text).collect();
    let mut no_article = running < FEWEST_WORDS || (is_list && !found.says_article);
    // A page that builds itself in the browser may carry its text in JSON-LD only.
    if let Some(body) = found.body.take()
        && count_words(&body) > 2 * running.max(FEWEST_WORDS)
    {
        let text = if body.contains('<') { Tree::parse(&body).text(0) } else { body };
        let reading = format::text::read(&text, title.as_deref());
        if !reading.paragraphs.is_empty() {
            paragraphs = reading.paragraphs;
            no_article = false;
        }
    }
    if no_article {
        paragraphs.clear();
    }
    // `BEIJING, June 19, 2023 (Xinhua)`; the day of `OSLO, June 19 -` is the story's, whenever the page was put out.
    let first = paragraphs.first();
    let date = match found.date {
        Some(date) => first.and_then(|p| dates::dateline_before(p, &date)).or(Some(date)),
        None => first.and_then(|p| dates::dateline(p)),
    };
    Reading {
        title,
        section: found.section,
        byline: found.byline,
        date,
        url: found.url,
        publisher: found.publisher,
        paragraphs,
        no_article,
    }
}

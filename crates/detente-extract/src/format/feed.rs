//! RSS and Atom feeds.
//!
//! In: a feed. Out: a page for each of its items, with the item's own title, date and address and
//! the feed's title as publisher. An item without content is a page with its summary as text.
//! `<item><title>Talks</title><description>Ankara and Athens met.</description></item>` is a page
//! of one sentence.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::format::{Input, head_text};
use crate::page::{Body, Page};
use crate::{ExtractError, Pages, encoding};

/// Whether the first bytes are those of an RSS feed (any version, RDF too).
pub(crate) fn is_rss(head: &[u8]) -> bool {
    is_xml_of(head, &["<rss", "<rdf:rdf"])
}

/// Whether the first bytes are those of an Atom feed.
pub(crate) fn is_atom(head: &[u8]) -> bool {
    is_xml_of(head, &["<feed"])
}

fn is_xml_of(head: &[u8], roots: &[&str]) -> bool {
    let text = head_text(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    // The root element, after declarations, comments and style sheets.
    text.starts_with('<')
        && roots.iter().any(|root| {
            text.match_indices(root).any(|(at, _)| {
                let before = text.get(..at).unwrap_or_default();
                let after = text.get(at + root.len()..).unwrap_or_default();
                !before.contains("<html")
                    && !before.contains("<!doctype html")
                    && after.starts_with([' ', '>', '\n', '\r', '\t'])
            })
        })
}

/// Reads a feed. What stands before a fault in its XML is delivered.
pub(crate) fn open(mut input: Input<'_>) -> Pages<'_> {
    let (bytes, cut) = match input.read_document() {
        Ok(read) => read,
        Err(error) => return Pages::fault(error),
    };
    let (xml, _) = encoding::decode(&bytes, input.page.charset.as_deref(), true);
    let mut pages: Vec<Result<Page, ExtractError>> = Vec::new();
    let end = read_items(&xml, &input.source, &mut pages);
    if let Err(error) = end {
        pages.push(Err(error));
    } else if cut {
        pages.push(Err(ExtractError::too_large(&input.source, input.options.max_document_bytes)));
    } else if pages.is_empty() {
        pages.push(Err(ExtractError::empty(&input.source)));
    }
    Pages::new(pages.into_iter())
}

#[derive(Default)]
struct Item {
    fields: Vec<(String, String)>,
}

impl Item {
    fn get(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            self.fields
                .iter()
                .find(|(key, value)| key == name && !value.trim().is_empty())
                .map(|(_, v)| v.trim().to_owned())
        })
    }
}

fn read_items(
    xml: &str,
    source: &str,
    pages: &mut Vec<Result<Page, ExtractError>>,
) -> Result<(), ExtractError> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut feed = Item::default();
    let mut item: Option<Item> = None;
    // The field that is being read, its text, and how deep in its own markup the reader stands.
    let mut field: Option<(String, String, usize)> = None;
    let mut depth = 0usize;
    loop {
        let record = pages.len() as u64 + 1;
        let event = match reader.read_event() {
            Ok(Event::Eof) | Err(quick_xml::Error::Syntax(_)) if item.is_some() => {
                return Err(ExtractError::truncated(source).at_record(record));
            }
            Ok(event) => event,
            Err(error) => {
                let what = format!("the feed is no sound XML ({error})");
                return Err(ExtractError::malformed(source, what).at_record(record));
            }
        };
        match event {
            Event::Start(tag) => {
                let name = name_of(&tag);
                if let Some((_, text, inner)) = &mut field {
                    // Markup inside a field: Atom's xhtml content.
                    *inner += 1;
                    text.push('<');
                    text.push_str(name.rsplit(':').next().unwrap_or(&name));
                    text.push('>');
                } else if matches!(name.as_str(), "item" | "entry") {
                    item = Some(Item::default());
                } else {
                    note_link(&tag, &name, item.as_mut().unwrap_or(&mut feed));
                    let inside = item.is_some();
                    if is_field(&name) && (inside || name == "title") {
                        field = Some((name, String::new(), 0));
                    }
                }
                depth += 1;
            }
            Event::Empty(tag) => {
                let name = name_of(&tag);
                if let Some((_, text, _)) = &mut field {
                    text.push_str("<br>");
                } else {
                    note_link(&tag, &name, item.as_mut().unwrap_or(&mut feed));
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                let name = tag.name().as_ref().to_ascii_lowercase();
                match field.take() {
                    Some((key, mut text, inner)) if inner > 0 => {
                        text.push_str("</");
                        text.push_str(name.rsplit(':').next().unwrap_or(&name));
                        text.push('>');
                        field = Some((key, text, inner - 1));
                    }
                    Some((key, text, _)) => {
                        item.as_mut().unwrap_or(&mut feed).fields.push((key, text));
                    }
                    None if matches!(name.as_str(), "item" | "entry") => {
                        if let Some(item) = item.take() {
                            pages.push(page_of(&item, &feed, source, pages.len() as u64 + 1));
                        }
                    }
                    None => {}
                }
            }
            Event::Text(text) => {
                if let Some((_, out, _)) = &mut field {
                    out.push_str(&text);
                }
            }
            Event::CData(text) => {
                if let Some((_, out, _)) = &mut field {
                    out.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                if let Some((_, out, _)) = &mut field {
                    push_reference(out, &name);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// A character reference; those that only HTML knows are left for the HTML reader.
fn push_reference(out: &mut String, name: &str) {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    match (name, number.and_then(char::from_u32)) {
        ("lt", _) => out.push('<'),
        ("gt", _) => out.push('>'),
        ("amp", _) => out.push('&'),
        ("quot", _) => out.push('"'),
        ("apos", _) => out.push('\''),
        (_, Some(c)) => out.push(c),
        _ => {
            out.push('&');
            out.push_str(name);
            out.push(';');
        }
    }
}

fn name_of(tag: &BytesStart<'_>) -> String {
    tag.name().as_ref().to_ascii_lowercase()
}

/// Atom's links are attributes: `<link rel="alternate" href="…"/>`.
fn note_link(tag: &BytesStart<'_>, name: &str, item: &mut Item) {
    let attribute = |wanted: &str| {
        tag.attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.as_ref().eq_ignore_ascii_case(wanted))
            .map(|a| a.value.replace("&amp;", "&"))
    };
    match name {
        "link" | "atom:link" if matches!(attribute("rel").as_deref(), None | Some("alternate")) => {
            if let Some(href) = attribute("href") {
                item.fields.push(("link".to_owned(), href));
            }
        }
        "category" => {
            if let Some(term) = attribute("label").or_else(|| attribute("term")) {
                item.fields.push(("category".to_owned(), term));
            }
        }
        _ => {}
    }
}

fn is_field(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "link"
            | "guid"
            | "id"
            | "pubdate"
            | "dc:date"
            | "published"
            | "updated"
            | "description"
            | "summary"
            | "content"
            | "content:encoded"
            | "dc:creator"
            | "author"
            | "name"
            | "category"
    )
}

fn page_of(item: &Item, feed: &Item, source: &str, record: u64) -> Result<Page, ExtractError> {
    let body = item
        .get(&["content:encoded", "content"])
        .or_else(|| item.get(&["description", "summary"]))
        .or_else(|| item.get(&["title"]).map(|_| String::new()));
    let Some(body) = body else {
        return Err(ExtractError::malformed(source, "the item has neither title nor content")
            .at_record(record));
    };
    let plain = |text: String| crate::dom::Tree::parse(&text).text(0);
    let url = item
        .get(&["link"])
        .or_else(|| item.get(&["guid", "id"]).filter(|id| id.starts_with("http")));
    // `mail@example.org (Ann Lee)`, the form that RSS asks for; Atom has a name in the author.
    let byline = item.get(&["dc:creator", "author"]).map(|text| match text.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
        _ => plain(text),
    });
    Ok(Page {
        source: source.to_owned(),
        record: Some(record),
        id: item.get(&["guid", "id"]),
        title: item.get(&["title"]).map(plain),
        date: item.get(&["pubdate", "published", "dc:date", "updated"]),
        url,
        publisher: feed.get(&["title"]).map(plain),
        byline: byline.filter(|name| !name.contains('@')),
        section: item.get(&["category"]).map(plain),
        body: Body::Fragment(body),
        ..Page::default()
    })
}

//! JSON lines, one JSON document or array, and JSON feeds.
//!
//! In: objects with `id`, `text` or `html`, `date`, `title`, `url`, `source`, of which only the
//! second is needed. Out: a page for each. `{"text": "Ankara and Athens met."}` is a page of one
//! sentence; a line that is no JSON costs only itself.

use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use crate::format::{Input, head_text};
use crate::page::{Body, Page};
use crate::{ExtractError, Pages};

/// An array or a document over several lines is held in memory; a larger one is refused.
const MAX_WHOLE: usize = 32 * 1024 * 1024;
/// After so many faulty lines in a row the input is given up: it is not what it seemed.
const MAX_FAULTS: u32 = 100;

/// Whether the first bytes begin a JSON object or an array of them.
pub(crate) fn is_lines(head: &[u8]) -> bool {
    let text = head_text(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match text.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{')),
    }
}

/// Whether the first bytes are those of a JSON feed.
pub(crate) fn is_feed(head: &[u8]) -> bool {
    is_lines(head) && head_text(head).contains("jsonfeed.org/version")
}

/// Reads JSON lines; if the first line is only the beginning of an object or an array, the whole.
pub(crate) fn open_lines(input: Input<'_>) -> Pages<'_> {
    let limit = input.options.max_document_bytes;
    let Input { source, reader, page: outer, .. } = input;
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let mut line = 0u64;
    let mut faults = 0u32;
    let mut done = false;
    let mut whole: std::vec::IntoIter<Value> = Vec::new().into_iter();
    let mut of_whole = 0u64;
    Pages::new(std::iter::from_fn(move || {
        loop {
            if let Some(value) = whole.next() {
                of_whole += 1;
                return Some(page_of(value, &outer, of_whole));
            }
            if done {
                return None;
            }
            line += 1;
            let fault = |error: ExtractError| Some(Err(error.at_record(line)));
            let (bytes, complete) = match read_line(&mut reader, limit) {
                Ok(Some(read)) => read,
                Ok(None) => return None,
                Err(error) => {
                    done = true;
                    return fault(ExtractError::from_io(&source, &error));
                }
            };
            if !complete {
                return fault(ExtractError::too_large(&source, limit));
            }
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let (text, _) = crate::encoding::decode(bytes, None, false);
            match serde_json::from_str::<Value>(&text) {
                Ok(Value::Array(values)) if line == 1 => {
                    done = true;
                    whole = values.into_iter();
                }
                Ok(value) => {
                    faults = 0;
                    return Some(page_of(value, &outer, line));
                }
                Err(error) if line == 1 && error.is_eof() => {
                    done = true;
                    match read_whole(text.into_bytes(), &mut reader, &source) {
                        Ok(Value::Array(values)) => whole = values.into_iter(),
                        Ok(value) => return Some(page_of(value, &outer, 1)),
                        Err(error) => return Some(Err(error)),
                    }
                }
                Err(error) => {
                    faults += 1;
                    done = faults >= MAX_FAULTS;
                    return fault(ExtractError::malformed(
                        &source,
                        format!("the line is no JSON ({error})"),
                    ));
                }
            }
        }
    }))
}

/// One line without its end, and whether it is whole; `None` at the end of the input. What goes
/// beyond `limit` is passed over.
fn read_line(reader: &mut impl BufRead, limit: usize) -> std::io::Result<Option<(Vec<u8>, bool)>> {
    let mut line = Vec::new();
    let mut complete = true;
    let mut any = false;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(any.then_some((line, complete)));
        }
        any = true;
        let end = buffer.iter().position(|b| *b == b'\n');
        let piece = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        if line.len() + piece.len() > limit {
            complete = false;
            line.clear();
        } else if complete {
            line.extend_from_slice(piece);
        }
        let used = end.map_or(buffer.len(), |at| at + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(Some((line, complete)));
        }
    }
}

fn read_whole(
    mut bytes: Vec<u8>,
    reader: &mut impl Read,
    source: &str,
) -> Result<Value, ExtractError> {
    bytes.push(b'\n');
    reader
        .take(MAX_WHOLE as u64)
        .read_to_end(&mut bytes)
        .map_err(|error| ExtractError::from_io(source, &error))?;
    if bytes.len() > MAX_WHOLE {
        return Err(ExtractError::too_large(source, MAX_WHOLE));
    }
    serde_json::from_slice(&bytes).map_err(|error| {
        if error.is_eof() {
            ExtractError::truncated(source)
        } else {
            ExtractError::malformed(source, format!("it is no JSON ({error})"))
        }
    })
}

/// The page that an object describes.
fn page_of(value: Value, outer: &Page, record: u64) -> Result<Page, ExtractError> {
    let source = outer.source.as_str();
    let Value::Object(object) = value else {
        return Err(
            ExtractError::malformed(source, "the line is JSON but no object").at_record(record)
        );
    };
    let text = |keys: &[&str]| -> Option<String> {
        keys.iter().find_map(|key| match object.get(*key) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        })
    };
    let body = match (text(&["text"]), text(&["html"])) {
        (Some(text), _) => Body::Text(text.into_bytes()),
        (None, Some(html)) => Body::Html(html.into_bytes()),
        (None, None) => {
            return Err(ExtractError::malformed(
                source,
                "the object has neither \"text\" nor \"html\"",
            )
            .at_record(record));
        }
    };
    Ok(Page {
        source: text(&["source"]).unwrap_or_else(|| source.to_owned()),
        record: Some(record),
        id: text(&["id"]),
        title: text(&["title"]),
        date: text(&["date"]),
        url: text(&["url"]),
        publisher: text(&["publisher"]),
        byline: text(&["byline", "author"]),
        section: text(&["section"]),
        charset: Some("utf-8".to_owned()),
        body,
        cut: false,
    })
}

/// Reads a JSON feed: its items, with the feed's title as their publisher.
pub(crate) fn open_feed(mut input: Input<'_>) -> Pages<'_> {
    let source = input.source.clone();
    let feed = match read_whole(Vec::new(), &mut input.reader, &source) {
        Ok(feed) => feed,
        Err(error) => return Pages::fault(error),
    };
    let field =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let publisher = field(&feed, "title");
    let items = match feed.get("items") {
        Some(Value::Array(items)) => items.clone(),
        _ => return Pages::fault(ExtractError::malformed(&source, "the feed has no items")),
    };
    Pages::new(items.into_iter().zip(1u64..).map(move |(item, record)| {
        let body = match (
            field(&item, "content_html"),
            field(&item, "content_text"),
            field(&item, "summary"),
        ) {
            (Some(html), _, _) => Body::Fragment(html),
            (None, Some(text), _) | (None, None, Some(text)) => Body::Text(text.into_bytes()),
            (None, None, None) => {
                return Err(
                    ExtractError::malformed(&source, "the item has no content").at_record(record)
                );
            }
        };
        let byline = item
            .get("authors")
            .and_then(Value::as_array)
            .map(|authors| {
                authors.iter().filter_map(|a| field(a, "name")).collect::<Vec<_>>().join(", ")
            })
            .or_else(|| item.get("author").and_then(|a| field(a, "name")))
            .filter(|name| !name.is_empty());
        Ok(Page {
            source: source.clone(),
            record: Some(record),
            id: field(&item, "id"),
            title: field(&item, "title"),
            date: field(&item, "date_published"),
            url: field(&item, "url").or_else(|| field(&item, "external_url")),
            publisher: publisher.clone(),
            byline,
            charset: Some("utf-8".to_owned()),
            body,
            ..Page::default()
        })
    }))
}

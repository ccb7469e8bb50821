//! JSON lines, one JSON document or array, and JSON feeds.
//!
//! In: objects with `id`, `text` or `html`, `date`, `title`, `url`, `source`, of which only the
//! second is needed. Out: a page for each. `{"text": "Ankara and Athens met."}` is a page of one
//! sentence; a line that is no JSON costs only itself.

use std::io::{BufRead, BufReader, Cursor, Read};

use serde_json::Value;

use crate::encoding::as_utf8;
use crate::format::{Input, head_text};
use crate::page::{Body, Page};
use crate::{ExtractError, Pages};

/// An array or a document over several lines is held in memory; a larger one is refused.
const MAX_WHOLE: usize = 32 * 1024 * 1024;
/// After so many faulty lines in a row the input is given up: it is not what it seemed.
const MAX_FAULTS: u32 = 100;

/// Whether the first bytes begin a JSON object or an array of them, or have lines of objects below a first one that is none.
pub(crate) fn is_lines(head: &[u8]) -> bool {
    let text = head_text(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    begins_json(text) || are_objects_below(text)
}

fn begins_json(text: &str) -> bool {
    match text.strip_prefix('{') {
        Some(rest) => rest.trim_start().starts_with(['"', '}']),
        None => text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{')),
    }
}

/// `# export of 2023`, and below it a line for each document. A page with data in it begins with a tag.
fn are_objects_below(text: &str) -> bool {
    let mut lines = text.split_inclusive('\n').filter(|line| !line.trim().is_empty());
    if lines.next().is_none_or(|line| line.starts_with('<')) {
        return false;
    }
    let (mut objects, mut others) = (0, 1);
    for line in lines {
        let inside = line.trim_start().strip_prefix('{').map(str::trim_start);
        let begins = inside.is_some_and(|inside| inside.starts_with('"'));
        // The last line may go on beyond what is seen here.
        if begins && (!line.ends_with('\n') || is_object(line)) {
            objects += 1;
        } else {
            others += 1;
        }
    }
    objects >= others
}

fn is_object(line: &str) -> bool {
    serde_json::from_str::<Value>(line).is_ok_and(|value| value.is_object())
}

/// Whether an input is called as files of JSON lines are: then a line that is none is a fault, not a text.
pub(crate) fn is_called_lines(source: &str) -> bool {
    let name = source.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
    [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending))
}

/// Whether the first bytes are those of a JSON feed.
pub(crate) fn is_feed(head: &[u8]) -> bool {
    let text = head_text(head);
    text.contains("jsonfeed.org/version")
        && begins_json(text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
}

/// Reads JSON lines; if the first line is only the beginning of an object or an array, the whole. Where that is no JSON, but the
/// next line is an object, the first is a fault as any other.
pub(crate) fn open_lines(input: Input<'_>) -> Pages<'_> {
    let limit = input.options.max_document_bytes;
    let Input { source, reader, page: outer, .. } = input;
    let mut reader = lines_of(as_utf8(reader));
    let mut line = 0u64;
    let mut may_be_whole = true;
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
            let is_first = std::mem::take(&mut may_be_whole);
            match serde_json::from_str::<Value>(&text) {
                Ok(Value::Array(values)) if is_first => {
                    done = true;
                    whole = values.into_iter();
                }
                Ok(value) => {
                    faults = 0;
                    return Some(page_of(value, &outer, line));
                }
                Err(error) if is_first && error.is_eof() => {
                    let mut bytes = text.into_bytes();
                    if let Err(error) = read_rest(&mut bytes, &mut reader, &source) {
                        done = true;
                        return Some(Err(error));
                    }
                    match value_of(&bytes, &source) {
                        Ok(Value::Array(values)) => {
                            done = true;
                            whole = values.into_iter();
                        }
                        Ok(value) => {
                            done = true;
                            return Some(page_of(value, &outer, line));
                        }
                        Err(_) if next_is_object(&bytes) => {
                            let first = bytes.iter().position(|b| *b == b'\n').unwrap_or(0);
                            let rest = Cursor::new(bytes.split_off(first + 1));
                            let unread = std::mem::replace(&mut reader, lines_of(std::io::empty()));
                            reader = lines_of(rest.chain(unread));
                            faults += 1;
                            return fault(no_json(&source, &error));
                        }
                        Err(error) => {
                            done = true;
                            return Some(Err(error));
                        }
                    }
                }
                Err(error) => {
                    faults += 1;
                    done = faults >= MAX_FAULTS;
                    return fault(no_json(&source, &error));
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

fn lines_of<'a>(reader: impl Read + Send + 'a) -> BufReader<Box<dyn Read + Send + 'a>> {
    BufReader::with_capacity(64 * 1024, Box::new(reader))
}

fn no_json(source: &str, error: &serde_json::Error) -> ExtractError {
    ExtractError::malformed(source, format!("the line is no JSON ({error})"))
}

/// Whether the line after the first is an object by itself.
fn next_is_object(bytes: &[u8]) -> bool {
    let mut lines = bytes
        .split(|b| *b == b'\n')
        .skip(1)
        .filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    lines.next().and_then(|line| std::str::from_utf8(line).ok()).is_some_and(is_object)
}

/// Reads as much as may be one value, behind the line that `bytes` are.
fn read_rest(
    bytes: &mut Vec<u8>,
    reader: &mut impl Read,
    source: &str,
) -> Result<(), ExtractError> {
    bytes.push(b'\n');
    match reader.take(MAX_WHOLE as u64).read_to_end(bytes) {
        Ok(_) => Ok(()),
        Err(error) => Err(ExtractError::from_io(source, &error)),
    }
}

/// The one value that an input is.
fn value_of(bytes: &[u8], source: &str) -> Result<Value, ExtractError> {
    if bytes.len() > MAX_WHOLE {
        return Err(ExtractError::too_large(source, MAX_WHOLE));
    }
    serde_json::from_slice(bytes).map_err(|error| {
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
            let blank = |key| matches!(object.get(key), Some(Value::String(_) | Value::Null));
            if blank("text") || blank("html") {
                return Err(ExtractError::empty(source).at_record(record));
            }
            let fault = "the object has neither a \"text\" nor an \"html\" that is a string";
            return Err(ExtractError::malformed(source, fault).at_record(record));
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
pub(crate) fn open_feed(input: Input<'_>) -> Pages<'_> {
    let source = input.source.clone();
    let mut bytes = Vec::new();
    let read = read_rest(&mut bytes, &mut as_utf8(input.reader), &source);
    let feed = match read.and_then(|()| value_of(&bytes, &source)) {
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

//! WARC archives of crawled pages.
//!
//! In: records, one after another. Out: the pages of those that hold one: answers of a server
//! (`response`), files (`resource`) and extracted text (`conversion`). Requests, pictures, scripts
//! and answers other than success are passed over in silence. A record whose body is `<p>Ankara
//! and Athens met.</p>` gives a page with the record's address.

use std::io::{BufRead, BufReader, Cursor, Read};

use flate2::read::{MultiGzDecoder, ZlibDecoder};

use crate::format::Input;
use crate::page::Page;
use crate::{ExtractError, Pages};

/// Headers longer than this are no headers.
const MAX_HEADER: usize = 64 * 1024;

/// Reads an archive record by record.
pub(crate) fn open(input: Input<'_>) -> Pages<'_> {
    let Input { source, reader, options, depth, page: outer } = input;
    let limit = options.max_document_bytes;
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let mut number = 0u64;
    let mut done = false;
    let records = std::iter::from_fn(move || -> Option<Pages<'static>> {
        loop {
            if done {
                return None;
            }
            match next_record(&mut reader, &source, limit) {
                Ok(None) => return None,
                Ok(Some(record)) => {
                    number += 1;
                    match record.content(&source, limit) {
                        Ok(Some((bytes, charset, cut))) => {
                            let page = Page {
                                source: source.clone(),
                                record: Some(number),
                                url: record
                                    .header("warc-target-uri")
                                    .map(|u| u.trim_matches(['<', '>']).to_owned()),
                                charset,
                                cut,
                                ..outer.clone()
                            };
                            let inner = Input::new(
                                source.clone(),
                                Cursor::new(bytes),
                                options.clone(),
                                depth + 1,
                            )
                            .of_page(page);
                            return Some(inner.open());
                        }
                        Ok(None) => {}
                        Err(error) => return Some(Pages::fault(error.at_record(number))),
                    }
                }
                Err(error) => {
                    done = true;
                    return Some(Pages::fault(error.at_record(number + 1)));
                }
            }
        }
    });
    Pages::new(records.flatten())
}

struct Record {
    headers: Vec<(String, String)>,
    block: Vec<u8>,
    cut: bool,
}

/// Reads one record, of its block no more than is read of a document.
fn next_record(
    reader: &mut impl BufRead,
    source: &str,
    limit: usize,
) -> Result<Option<Record>, ExtractError> {
    let fault = |error: std::io::Error| ExtractError::from_io(source, &error);
    // Two line ends follow each record; some writers leave more.
    loop {
        let buffer = reader.fill_buf().map_err(fault)?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let blank = buffer.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if blank == 0 {
            break;
        }
        reader.consume(blank);
    }
    let Some(headers) = read_headers(reader).map_err(fault)? else {
        return Err(ExtractError::truncated(source));
    };
    if !headers.0.starts_with("WARC/") {
        return Err(ExtractError::malformed(
            source,
            "a record does not begin with WARC/ where one should",
        ));
    }
    let length = headers
        .1
        .iter()
        .find(|(key, _)| key == "content-length")
        .and_then(|(_, v)| v.parse::<u64>().ok());
    let Some(length) = length else {
        return Err(ExtractError::malformed(source, "a record has no Content-Length"));
    };
    // Somewhat more than a document, for the server's headers and for compressed content.
    let wanted = length.min(limit as u64 + MAX_HEADER as u64);
    let mut block = Vec::new();
    reader.by_ref().take(wanted).read_to_end(&mut block).map_err(fault)?;
    let rest = std::io::copy(&mut reader.by_ref().take(length - wanted), &mut std::io::sink())
        .map_err(fault)?;
    if block.len() as u64 + rest < length {
        return Err(ExtractError::truncated(source));
    }
    Ok(Some(Record { headers: headers.1, block, cut: wanted < length }))
}

/// A first line and the headers after it, names in lower case; `None` if the input ends within.
#[expect(clippy::type_complexity, reason = "first line and headers, used twice in this file")]
fn read_headers(
    reader: &mut impl BufRead,
) -> std::io::Result<Option<(String, Vec<(String, String)>)>> {
    let mut first: Option<String> = None;
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut size = 0;
    loop {
        let mut line = Vec::new();
        let count = reader
            .by_ref()
            .take((MAX_HEADER - size.min(MAX_HEADER)) as u64)
            .read_until(b'\n', &mut line)?;
        size += count;
        if count == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        if line.is_empty() {
            return Ok(first.map(|first| (first, headers)));
        }
        if first.is_none() {
            first = Some(line);
        } else if let Some((key, value)) = line.split_once(':') {
            headers.push((key.trim().to_ascii_lowercase(), value.trim().to_owned()));
        } else if let Some((_, value)) = headers.last_mut() {
            value.push(' ');
            value.push_str(line.trim());
        }
    }
}

impl Record {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The page in this record, its charset and whether it was cut; nothing if there is none.
    #[expect(clippy::type_complexity, reason = "used once, above")]
    fn content(
        &self,
        source: &str,
        limit: usize,
    ) -> Result<Option<(Vec<u8>, Option<String>, bool)>, ExtractError> {
        let kind = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        match self.header("warc-type") {
            Some("resource" | "conversion") => Ok((is_page(&kind) && !self.block.is_empty())
                .then(|| (self.block.clone(), charset(&kind), self.cut))),
            Some("response") if kind.is_empty() || kind.starts_with("application/http") => {
                self.response(source, limit)
            }
            _ => Ok(None),
        }
    }

    #[expect(clippy::type_complexity, reason = "as above")]
    fn response(
        &self,
        source: &str,
        limit: usize,
    ) -> Result<Option<(Vec<u8>, Option<String>, bool)>, ExtractError> {
        let mut reader = BufReader::new(self.block.as_slice());
        let Ok(Some((status, headers))) = read_headers(&mut reader) else {
            return Ok(None);
        };
        let get = |name: &str| {
            headers.iter().find(|(key, _)| key == name).map(|(_, v)| v.to_ascii_lowercase())
        };
        let kind = get("content-type").unwrap_or_default();
        if status.split_ascii_whitespace().nth(1) != Some("200") || !is_page(&kind) {
            return Ok(None);
        }
        let mut body = Vec::new();
        // The block is in memory already: this cannot fail.
        let _ = reader.read_to_end(&mut body);
        if get("transfer-encoding").is_some_and(|value| value.contains("chunked")) {
            body = unchunk(&body);
        }
        let mut cut = self.cut;
        let coding = get("content-encoding").unwrap_or_default();
        let unpacked = match coding.trim() {
            // Some crawlers unpack the content but keep the header.
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                Some(unpack(MultiGzDecoder::new(body.as_slice()), limit))
            }
            "deflate" => Some(unpack(ZlibDecoder::new(body.as_slice()), limit)),
            "br" | "zstd" => {
                return Err(ExtractError::unsupported(
                    source,
                    format!("its content is packed with {coding}"),
                ));
            }
            _ => None,
        };
        match unpacked {
            Some(Ok(bytes)) => {
                cut |= bytes.len() > limit;
                body = bytes;
            }
            Some(Err(error)) if !self.cut => return Err(ExtractError::from_io(source, &error)),
            _ => {}
        }
        cut |= body.len() > limit;
        body.truncate(limit);
        Ok((!body.is_empty()).then(|| (body, charset(&kind), cut)))
    }
}

fn unpack(reader: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
}

/// Whether a media type is one that articles come in; a record without one may be anything.
fn is_page(kind: &str) -> bool {
    kind.is_empty()
        || [
            "text/html",
            "text/plain",
            "xhtml",
            "rss+xml",
            "atom+xml",
            "text/xml",
            "application/xml",
            "feed+json",
        ]
        .iter()
        .any(|known| kind.contains(known))
}

fn charset(kind: &str) -> Option<String> {
    let (_, rest) = kind.split_once("charset=")?;
    let name: String = rest
        .trim_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// Joins the chunks of an HTTP body; what is no chunk is returned as it is.
fn unchunk(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let (line, after) = rest.split_at(end + 1);
        let size = std::str::from_utf8(line).ok().and_then(|line| {
            usize::from_str_radix(line.split(';').next().unwrap_or_default().trim(), 16).ok()
        });
        let Some(size) = size else {
            // Crawlers often store the body with its chunks joined already.
            return if out.is_empty() { body.to_vec() } else { out };
        };
        if size == 0 {
            break;
        }
        out.extend_from_slice(after.get(..size).unwrap_or(after));
        rest = after.get(size..).unwrap_or_default();
        let skip = rest.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        rest = rest.get(skip..).unwrap_or_default();
    }
    if out.is_empty() { body.to_vec() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunk(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), b"abcde");
        assert_eq!(unchunk(b"<p>plain"), b"<p>plain");
    }
}

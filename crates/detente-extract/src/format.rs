//! The one list of input formats, and how the right one is found.
//!
//! In: a stream and its name. Out: its pages. Kinds are told by content: the first bytes are shown
//! to each format in the order of [`FORMATS`], and the first that knows them reads the stream.
//! `{"id": "a1", "text": "…"}` is JSON lines, whatever the file is called; a name counts only for a text that is called `.jsonl`, whose
//! lines are then told to be no JSON.

pub(crate) mod feed;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod text;
pub(crate) mod warc;

use std::io::Read;

use crate::page::Page;
use crate::{ExtractError, Options, Pages, unpack};

/// How much of an input its format is told by.
const HEAD: usize = 8192;

/// One kind of input.
pub struct Format {
    /// Its name; `corpus/formats/` has a sample for each.
    pub name: &'static str,
    knows: fn(&[u8]) -> bool,
    open: for<'a> fn(Input<'a>) -> Pages<'a>,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All formats, in the order in which they are tried. The last one takes what no other knows.
pub const FORMATS: &[Format] = &[
    Format { name: "gzip", knows: |head| head.starts_with(b"\x1f\x8b"), open: unpack::gzip },
    Format {
        name: "zstd",
        knows: |head| head.starts_with(b"\x28\xb5\x2f\xfd"),
        open: unpack::zstd,
    },
    Format {
        name: "zip",
        knows: |head| head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06"),
        open: unpack::zip,
    },
    // Before all that goes by the first letters: a tar begins with the name of its first file.
    Format { name: "tar", knows: unpack::tar::knows, open: unpack::tar::open },
    Format { name: "warc", knows: |head| head.starts_with(b"WARC/"), open: warc::open },
    Format { name: "rss", knows: feed::is_rss, open: feed::open },
    Format { name: "atom", knows: feed::is_atom, open: feed::open },
    Format { name: "json-feed", knows: json::is_feed, open: json::open_feed },
    JSON_LINES,
    Format { name: "html", knows: html::is_html, open: html::open },
    TEXT,
];

const JSON_LINES: Format = Format { name: "jsonl", knows: json::is_lines, open: json::open_lines };
const TEXT: Format = Format { name: "text", knows: |_| true, open: text::open };

/// The format that an input is read as, told by its first bytes (8 KiB are enough).
///
/// ```
/// # use detente_extract::format_of;
/// assert_eq!(format_of(b"<p>Ankara and Athens met.").name, "html");
/// assert_eq!(format_of(b"Ankara and Athens met.").name, "text");
/// ```
pub fn format_of(head: &[u8]) -> &'static Format {
    FORMATS.iter().find(|format| (format.knows)(head)).unwrap_or(&TEXT)
}

/// A stream to be read.
pub(crate) struct Input<'a> {
    pub(crate) source: String,
    pub(crate) reader: Box<dyn Read + Send + 'a>,
    pub(crate) options: Options,
    pub(crate) depth: u8,
    /// What the container says of what is in the stream.
    pub(crate) page: Page,
}

impl<'a> Input<'a> {
    pub(crate) fn new(
        source: String,
        reader: impl Read + Send + 'a,
        options: Options,
        depth: u8,
    ) -> Self {
        let page = Page { source: source.clone(), ..Page::default() };
        Input { source, reader: Box::new(reader), options, depth, page }
    }

    #[must_use]
    pub(crate) fn of_page(mut self, page: Page) -> Self {
        self.page = page;
        self
    }

    /// Finds the format and begins to read.
    pub(crate) fn open(mut self) -> Pages<'a> {
        let (head, fault) = read_head(&mut self.reader);
        if head.is_empty() {
            let error = match fault {
                Some(error) => ExtractError::from_io(&self.source, &error),
                None => ExtractError::empty(&self.source),
            };
            return Pages::fault(self.at(error));
        }
        let mut format = format_of(&head);
        if format.name == TEXT.name
            && json::is_called_lines(&self.source)
            && text::binary(&head).is_none()
        {
            format = &JSON_LINES;
        }
        self.reader =
            Box::new(std::io::Cursor::new(head).chain(Rest { fault, reader: self.reader }));
        (format.open)(self)
    }

    pub(crate) fn at(&self, error: ExtractError) -> ExtractError {
        match self.page.record {
            Some(record) => error.at_record(record),
            None => error,
        }
    }

    /// Reads the whole stream up to the limit of one document; what goes beyond it is left.
    pub(crate) fn read_document(&mut self) -> Result<(Vec<u8>, bool), ExtractError> {
        let limit = self.options.max_document_bytes;
        let mut bytes = Vec::new();
        match self.reader.by_ref().take(limit as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) => {
                let cut = bytes.len() > limit;
                bytes.truncate(limit);
                Ok((bytes, cut))
            }
            Err(error) => Err(self.at(ExtractError::from_io(&self.source, &error))),
        }
    }
}

/// What follows the head; a fault that was met while the head was read comes in its place.
struct Rest<'a> {
    fault: Option<std::io::Error>,
    reader: Box<dyn Read + Send + 'a>,
}

impl Read for Rest<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.fault.take() {
            Some(error) => Err(error),
            None => self.reader.read(buffer),
        }
    }
}

fn read_head(reader: &mut dyn Read) -> (Vec<u8>, Option<std::io::Error>) {
    let mut head = vec![0; HEAD];
    let mut filled = 0;
    let mut fault = None;
    while let Some(room) = head.get_mut(filled..).filter(|room| !room.is_empty()) {
        match reader.read(room) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    head.truncate(filled);
    (head, fault)
}

/// The head as lower-case text: UTF-16 decoded, other bytes as they are.
pub(crate) fn head_text(head: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, skip)) => encoding
            .decode_without_bom_handling(head.get(skip..).unwrap_or_default())
            .0
            .into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    };
    text.to_ascii_lowercase()
}

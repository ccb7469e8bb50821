//! Bytes to text: by the byte order mark, by what the transport or the page declares, by guess.
//!
//! In: bytes and, perhaps, a declared name. Out: text without a byte order mark, and whether bytes
//! had to be replaced. `caf\xe9` declared as `latin1` is `café`; undeclared, it is guessed.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8};

/// How far into a page its own declaration is looked for, as browsers do.
const DECLARATION_WITHIN: usize = 4096;

/// Decodes `bytes`. `declared` is the charset of the transport (an HTTP header), which goes before
/// the page's own; `markup` says whether to look for a `<meta charset>` or an XML declaration.
///
/// Valid UTF-8 wins over any declaration but a byte order mark: a page that a browser saved keeps
/// the declaration of the encoding it once had. Returns the text and whether bytes were replaced.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>, markup: bool) -> (String, bool) {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes[skip..]);
        return (text.into_owned(), bad);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        // Seven-bit text with escapes is valid UTF-8 too, but is ISO-2022-JP.
        && !bytes.contains(&0x1b)
    {
        return (text.to_owned(), false);
    }
    let own = if markup { declaration(bytes) } else { None };
    let named = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes())).or(own);
    if let Some(encoding) = named {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        if !bad || (encoding == UTF_8 && mostly_valid(&text)) {
            return (text.into_owned(), bad);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    let (text, bad) = guess.decode_without_bom_handling(bytes);
    (text.into_owned(), bad)
}

/// A stream that begins with the byte order mark of UTF-16, as UTF-8; any other as it is.
pub(crate) fn as_utf8<'a>(mut reader: impl Read + Send + 'a) -> Box<dyn Read + Send + 'a> {
    let mut head = Vec::new();
    let fault = reader.by_ref().take(2).read_to_end(&mut head).err();
    let encoding = Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let rest = Failing(fault).chain(reader);
    match encoding {
        Some(encoding) => Box::new(Utf8 {
            reader: rest,
            decoder: encoding.new_decoder_without_bom_handling(),
            text: Vec::new(),
            given: 0,
            done: false,
        }),
        None => Box::new(std::io::Cursor::new(head).chain(rest)),
    }
}

/// Gives a fault once, in the place where it was met.
struct Failing(Option<std::io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

struct Utf8<R> {
    reader: R,
    decoder: Decoder,
    text: Vec<u8>,
    given: usize,
    done: bool,
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.text.len() && !self.done {
            let mut bytes = [0; 8192];
            let count = self.reader.read(&mut bytes)?;
            self.done = count == 0;
            let bytes = &bytes[..count];
            let room = self.decoder.max_utf8_buffer_length(count).unwrap_or(4 * bytes.len() + 16);
            self.text.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.text, self.done);
            self.text.truncate(written);
            self.given = 0;
        }
        let left = &self.text[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

/// Whether a text decoded as UTF-8 has so few faults that it is UTF-8 with damage, not another
/// encoding: less than one in a hundred of its letters beyond ASCII, or a handful at the cut.
fn mostly_valid(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    let faults = text.chars().filter(|c| *c == '\u{fffd}').count();
    faults * 100 <= beyond || (faults <= 3 && beyond > 2 * faults)
}

/// The encoding that a page's first bytes name: `<meta charset=…>`,
/// `<meta … content="text/html; charset=…">` or `<?xml … encoding="…"?>`.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes
        .iter()
        .take(DECLARATION_WITHIN)
        .map(|b| if b.is_ascii() { b.to_ascii_lowercase() as char } else { '?' })
        .collect();
    for key in ["charset", "encoding"] {
        let mut rest = head.as_str();
        while let Some(at) = rest.find(key) {
            rest = rest[at + key.len()..].trim_start();
            let Some(value) = rest.strip_prefix('=') else { continue };
            let label: String = value
                .trim_start_matches([' ', '"', '\''])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                .collect();
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                // A declaration that could be read as ASCII is not UTF-16, whatever it says.
                return Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_guessed_and_marked() {
        assert_eq!(decode("café".as_bytes(), None, true).0, "café");
        assert_eq!(
            decode(b"<meta charset=latin1>caf\xe9", None, true).0,
            "<meta charset=latin1>café"
        );
        assert_eq!(decode(b"caf\xe9", Some("iso-8859-1"), false).0, "café");
        assert_eq!(decode(b"\xff\xfea\0b\0", None, false).0, "ab");
        assert_eq!(decode(b"\xef\xbb\xbfab", None, false).0, "ab");
        let koi8 = b"\xf0\xd2\xc5\xda\xc9\xc4\xc5\xce\xd4 \xd3\xcb\xc1\xda\xc1\xcc, \xde\xd4\xcf";
        assert!(decode(koi8, None, false).0.contains("сказал"));
    }

    #[test]
    fn a_wrong_declaration_does_not_win_over_valid_utf8() {
        let page = "<meta charset=iso-8859-1>Zoë";
        assert_eq!(decode(page.as_bytes(), None, true), (page.to_owned(), false));
    }
}

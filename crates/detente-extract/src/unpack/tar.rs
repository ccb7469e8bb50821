//! tar: files one after another, each behind a block that names it.
//!
//! In: a stream. Out: the pages of its files, read as they come, so that an archive of any size needs no more memory than its largest
//! page. `talks.tar` with `./a.html` and `b.txt` gives `talks.tar/a.html`, then `talks.tar/b.txt`. Names are those of the old form, of
//! POSIX (ustar and pax) and of GNU. Blocks of noughts end an archive; one that ends without is told to be cut, although its last
//! file may be whole.

use std::io::{ErrorKind, Read};
use std::sync::{Arc, Mutex, PoisonError};

use super::{is_litter, too_deep};
use crate::format::Input;
use crate::{ExtractError, Options, Pages};

const BLOCK: usize = 512;
/// A name, or what pax says of a file, is no longer than this.
const MAX_NAME: u64 = 1024 * 1024;
/// A file that says to be longer than this is a broken block.
const MAX_FILE: u64 = 1 << 60;
/// After so many blocks of noughts nothing more is looked for.
const MAX_NOUGHTS: u32 = 65_536;

/// Whether the first bytes are the block that names a file: its sum is right, or it is cut off behind the sign of the form.
pub(crate) fn knows(head: &[u8]) -> bool {
    match head.first_chunk::<BLOCK>() {
        Some(block) => !is_nought(block) && has_right_sum(block),
        None => head.get(257..).is_some_and(|rest| rest.starts_with(b"ustar")),
    }
}

/// Its files in their order; links and folders are passed over.
pub(crate) fn open(input: Input<'_>) -> Pages<'_> {
    if let Some(fault) = too_deep(&input) {
        return fault;
    }
    let Input { source, reader, options, depth, .. } = input;
    let stream = Stream { reader, left: 0, padding: 0, done: false };
    let mut archive =
        Archive { source, options, depth, stream: Arc::new(Mutex::new(stream)), files: 0 };
    Pages::new(std::iter::from_fn(move || archive.next_file()).flatten())
}

struct Archive<'a> {
    source: String,
    options: Options,
    depth: u8,
    /// Shared with the file that is being read: of the two, only one reads at a time.
    stream: Arc<Mutex<Stream<'a>>>,
    /// Blocks that named something, for messages.
    files: u64,
}

/// The bytes of the archive.
struct Stream<'a> {
    reader: Box<dyn Read + Send + 'a>,
    /// What is still to come of the file.
    left: u64,
    /// Bytes that fill its last block.
    padding: u64,
    /// Nothing more can be read, and why was told.
    done: bool,
}

/// What the blocks before a file say of it in place of its own block.
#[derive(Default)]
struct Said {
    name: Option<String>,
    size: Option<u64>,
}

impl<'a> Archive<'a> {
    fn next_file(&mut self) -> Option<Pages<'a>> {
        let shared = Arc::clone(&self.stream);
        let mut stream = shared.lock().unwrap_or_else(PoisonError::into_inner);
        if stream.done {
            return None;
        }
        match self.find_file(&mut stream) {
            Ok(Some(name)) => {
                drop(stream); // The file reads on from here.
                let file = Entry(shared);
                Some(Input::new(name, file, self.options.clone(), self.depth + 1).open())
            }
            Ok(None) => {
                stream.done = true;
                None
            }
            Err(error) => {
                // What cannot be unpacked costs itself; after any other fault nobody knows where the next file begins.
                stream.done = !error.is_unsupported();
                Some(Pages::fault(error))
            }
        }
    }

    /// Goes on to the next file; what it is called, or `None` at the end.
    fn find_file(&mut self, stream: &mut Stream<'a>) -> Result<Option<String>, ExtractError> {
        let mut said = Said::default();
        let mut noughts = 0;
        loop {
            let fault = |error: std::io::Error| ExtractError::from_io(&self.source, &error);
            stream.pass_over().map_err(fault)?;
            let Some(block) = stream.block().map_err(fault)? else {
                let cut = || ExtractError::truncated(&self.source);
                return if noughts > 0 { Ok(None) } else { Err(cut()) };
            };
            if is_nought(&block) {
                noughts += 1;
                if noughts == MAX_NOUGHTS {
                    return Ok(None);
                }
                continue;
            }
            if !has_right_sum(&block) {
                if noughts > 0 {
                    return Ok(None); // Behind the end may stand anything.
                }
                let broken = "the block that names the next file is broken";
                return Err(ExtractError::malformed(&self.source, broken).at_record(self.files + 1));
            }
            noughts = 0; // Archives that were put behind each other are read as one.
            self.files += 1;
            let kind = block[156];
            // Links, devices and folders have nothing behind them, whatever size they give.
            let own = match kind {
                b'1'..=b'6' => Some(0),
                _ => number(&block[124..136]),
            };
            // What was said is said of the file alone, not of what else is said of it.
            let size = match kind {
                b'x' | b'X' | b'g' | b'L' | b'K' | b'1'..=b'6' => own,
                _ => said.size.or(own),
            };
            let Some(size) = size.filter(|size| *size <= MAX_FILE) else {
                let broken = "a file in it does not say how long it is";
                return Err(ExtractError::malformed(&self.source, broken).at_record(self.files));
            };
            stream.left = size;
            stream.padding = size.next_multiple_of(BLOCK as u64) - size;
            match kind {
                b'L' => said.name = Some(text(&stream.short(&self.source)?)),
                b'x' | b'X' => said.read(&stream.short(&self.source)?),
                // What holds for all files, and the long name of a link.
                b'g' | b'K' => {}
                // Links, devices and folders; titles and lists of the whole.
                b'1'..=b'6' | b'V' | b'N' | b'D' | b'I' => said = Said::default(),
                b'S' | b'M' => {
                    stream.pass_map(kind, &block).map_err(fault)?;
                    let what = "a file in it is stored with holes or in several volumes";
                    return Err(ExtractError::unsupported(&self.source, what).at_record(self.files));
                }
                _ => {
                    let name = std::mem::take(&mut said).name.unwrap_or_else(|| name_in(&block));
                    let name = name.trim_start_matches("./");
                    if !name.ends_with('/') && !is_litter(name) {
                        return Ok(Some(format!("{}/{name}", self.source)));
                    }
                }
            }
        }
    }
}

impl Said {
    /// Reads what pax says: `23 path=talks/oslo.htm`, each on a line that gives its own length.
    fn read(&mut self, mut lines: &[u8]) {
        while let Some(space) = lines.iter().position(|b| *b == b' ') {
            let length = std::str::from_utf8(&lines[..space]).ok().and_then(|n| n.parse().ok());
            let Some(line) = length.and_then(|length: usize| lines.get(space + 1..length)) else {
                return;
            };
            lines = &lines[space + 1 + line.len()..];
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            if let Some(name) = line.strip_prefix(b"path=") {
                self.name = Some(text(name));
            } else if let Some(size) = line.strip_prefix(b"size=") {
                self.size = std::str::from_utf8(size).ok().and_then(|size| size.parse().ok());
            }
        }
    }
}

impl Stream<'_> {
    /// The next block; `None` where the stream is at its end.
    fn block(&mut self) -> std::io::Result<Option<[u8; BLOCK]>> {
        let mut block = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            match self.reader.read(&mut block[filled..]) {
                Ok(0) if filled == 0 => return Ok(None),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(block))
    }

    /// Passes over what is left of the file and fills its last block.
    fn pass_over(&mut self) -> std::io::Result<()> {
        let left = self.left + self.padding;
        (self.left, self.padding) = (0, 0);
        if left == 0 {
            return Ok(());
        }
        let passed = std::io::copy(&mut self.reader.by_ref().take(left), &mut std::io::sink())?;
        if passed < left { Err(ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Passes over the blocks that tell where the holes of a file are.
    fn pass_map(&mut self, kind: u8, block: &[u8; BLOCK]) -> std::io::Result<()> {
        let mut more = kind == b'S' && block[482] != 0;
        while more {
            let map = self.block()?.ok_or(ErrorKind::UnexpectedEof)?;
            more = map[504] != 0;
        }
        Ok(())
    }

    /// The whole of a name or of what pax says.
    fn short(&mut self, source: &str) -> Result<Vec<u8>, ExtractError> {
        if self.left > MAX_NAME {
            return Err(ExtractError::too_large(source, MAX_NAME as usize));
        }
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(self.left).read_to_end(&mut bytes);
        let missing = self.left - bytes.len() as u64;
        self.left = 0;
        match read {
            Ok(_) if missing == 0 => Ok(bytes),
            Ok(_) => Err(ExtractError::truncated(source)),
            Err(error) => Err(ExtractError::from_io(source, &error)),
        }
    }
}

/// The file that is being read.
struct Entry<'a>(Arc<Mutex<Stream<'a>>>);

impl Read for Entry<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = buffer.len().min(usize::try_from(stream.left).unwrap_or(usize::MAX));
        if room == 0 {
            return Ok(0);
        }
        let read = match stream.reader.read(&mut buffer[..room]) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Err(error) if error.kind() == ErrorKind::Interrupted => return Err(error),
            read => read,
        };
        match &read {
            Ok(count) => stream.left -= *count as u64,
            // The file tells of it; the archive need not.
            Err(_) => stream.done = true,
        }
        read
    }
}

fn is_nought(block: &[u8; BLOCK]) -> bool {
    block.iter().all(|b| *b == 0)
}

/// Whether the block adds up to what it says, its own sum counted as spaces.
fn has_right_sum(block: &[u8; BLOCK]) -> bool {
    let sum: u64 = block.iter().map(|b| u64::from(*b)).sum();
    let field: u64 = block[148..156].iter().map(|b| u64::from(*b)).sum();
    number(&block[148..156]) == Some(sum - field + 8 * u64::from(b' '))
}

/// Octal digits, or bytes of base 256 behind a set bit.
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let start = u64::from(first & 0x7f);
        return rest.iter().try_fold(start, |number, byte| {
            number.checked_mul(256)?.checked_add(u64::from(*byte))
        });
    }
    let digits = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if digits.is_empty() {
        return Some(0);
    }
    u64::from_str_radix(digits, 8).ok()
}

/// What the block itself calls the file.
fn name_in(block: &[u8; BLOCK]) -> String {
    let name = text(&block[..100]);
    // GNU has times where POSIX has the first part of a long name.
    let is_posix = block[257..].starts_with(b"ustar\0");
    let folder = if is_posix { text(&block[345..500]) } else { String::new() };
    if folder.is_empty() { name } else { format!("{folder}/{name}") }
}

/// Up to the first nought.
fn text(field: &[u8]) -> String {
    let end = field.iter().position(|b| *b == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_both_forms() {
        assert_eq!(number(b"0000644\0"), Some(0o644));
        assert_eq!(number(b"   644 \0"), Some(0o644));
        assert_eq!(number(b"\0\0\0\0"), Some(0));
        assert_eq!(number(b"\x80\0\x01\x02"), Some(258));
        assert_eq!(number(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), None);
        assert_eq!(number(b"08"), None);
    }

    #[test]
    fn what_pax_says() {
        let mut said = Said::default();
        said.read(b"23 path=talks/oslo.htm\n12 size=100\n99 path=x\n");
        assert_eq!((said.name.as_deref(), said.size), (Some("talks/oslo.htm"), Some(100)));
        for broken in [&b"18446744073709551615 path=x\n"[..], b" 3 a", b"0 b", b"2 b", b"x y"] {
            said.read(broken);
        }
        assert_eq!(said.name.as_deref(), Some("talks/oslo.htm"));
    }
}

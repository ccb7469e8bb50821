//! Containers to pages: gzip, zstd, zip and tar, whatever is in them.
//!
//! In: a stream of bytes. Out: its pages, one after another, so that a large archive needs no more
//! memory than its largest page. `news.jsonl.gz` is unpacked as it is read, and each of its lines
//! is a page.

pub(crate) mod tar;

use std::io::{BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use crate::format::Input;
use crate::{ExtractError, Pages};

/// Archives in archives are opened to this depth.
const MAX_DEPTH: u8 = 4;
/// A zip archive is held in memory; a larger one is refused.
const MAX_ZIP: usize = 256 * 1024 * 1024;
/// All files of a zip archive together may unpack to this many bytes.
const MAX_UNPACKED: u64 = 4 * 1024 * 1024 * 1024;
/// One container inside a zip archive may unpack to this many bytes.
const MAX_ENTRY: usize = 64 * 1024 * 1024;

fn too_deep<'a>(input: &Input<'a>) -> Option<Pages<'a>> {
    (input.depth >= MAX_DEPTH).then(|| {
        Pages::fault(ExtractError::malformed(&input.source, "archives are nested too deep in it"))
    })
}

/// gzip, of one or several members.
pub(crate) fn gzip(input: Input<'_>) -> Pages<'_> {
    if let Some(fault) = too_deep(&input) {
        return fault;
    }
    let Input { source, reader, options, depth, .. } = input;
    Input::new(source, MultiGzDecoder::new(reader), options, depth + 1).open()
}

/// zstd, of one or several frames.
pub(crate) fn zstd(input: Input<'_>) -> Pages<'_> {
    if let Some(fault) = too_deep(&input) {
        return fault;
    }
    let Input { source, reader, options, depth, .. } = input;
    Input::new(
        source,
        Frames { reader: BufReader::new(reader), decoder: None, done: false },
        options,
        depth + 1,
    )
    .open()
}

/// zstd frames one after another.
struct Frames<R: Read> {
    reader: BufReader<R>,
    decoder: Option<ruzstd::decoding::FrameDecoder>,
    done: bool,
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        use ruzstd::decoding::BlockDecodingStrategy;
        use std::io::{BufRead, Error, ErrorKind};
        let broken = |what: String| {
            Error::new(ErrorKind::InvalidData, format!("it is no sound zstd data ({what})"))
        };
        loop {
            if self.done || buffer.is_empty() {
                return Ok(0);
            }
            let decoder = match &mut self.decoder {
                Some(decoder) => decoder,
                none => {
                    if self.reader.fill_buf()?.is_empty() {
                        self.done = true;
                        return Ok(0);
                    }
                    let mut decoder = ruzstd::decoding::FrameDecoder::new();
                    if let Err(fault) = decoder.reset(&mut self.reader) {
                        self.done = true;
                        return Err(broken(fault.to_string()));
                    }
                    none.insert(decoder)
                }
            };
            while decoder.can_collect() == 0 && !decoder.is_finished() {
                if let Err(fault) = decoder
                    .decode_blocks(&mut self.reader, BlockDecodingStrategy::UptoBytes(buffer.len()))
                {
                    self.done = true;
                    // The decoder tells of an early end only inside its own errors.
                    return Err(if self.reader.fill_buf().is_ok_and(<[u8]>::is_empty) {
                        ErrorKind::UnexpectedEof.into()
                    } else {
                        broken(fault.to_string())
                    });
                }
            }
            let count = decoder.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.decoder = None;
        }
    }
}

/// zip: its files in the order of its directory; what is no page is named and passed over.
pub(crate) fn zip(input: Input<'_>) -> Pages<'_> {
    if let Some(fault) = too_deep(&input) {
        return fault;
    }
    let Input { source, mut reader, options, depth, .. } = input;
    let mut bytes = Vec::new();
    if let Err(error) = reader.by_ref().take(MAX_ZIP as u64 + 1).read_to_end(&mut bytes) {
        return Pages::fault(ExtractError::from_io(&source, &error));
    }
    if bytes.len() > MAX_ZIP {
        return Pages::fault(ExtractError::too_large(&source, MAX_ZIP));
    }
    let mut archive = match ::zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(fault) => {
            return Pages::fault(match fault {
                ::zip::result::ZipError::Io(error) => ExtractError::from_io(&source, &error),
                // The directory stands at the end: what has none was cut off.
                ::zip::result::ZipError::InvalidArchive(_) => ExtractError::truncated(&source),
                other => ExtractError::malformed(&source, other.to_string()),
            });
        }
    };
    let mut next = 0;
    let mut unpacked = 0u64;
    let files = std::iter::from_fn(move || -> Option<Pages<'static>> {
        loop {
            if next >= archive.len() {
                return None;
            }
            let at = next;
            next += 1;
            let (name, read) = match archive.by_index(at) {
                Ok(file) => {
                    let name =
                        file.name().map_or_else(|_| at.to_string(), std::borrow::Cow::into_owned);
                    if file.is_dir() || is_litter(&name) {
                        continue;
                    }
                    let mut bytes = Vec::new();
                    let read =
                        file.take(MAX_ENTRY as u64 + 1).read_to_end(&mut bytes).map(|_| bytes);
                    (format!("{source}/{name}"), read)
                }
                Err(::zip::result::ZipError::UnsupportedArchive(what)) => {
                    return Some(Pages::fault(
                        ExtractError::unsupported(&source, what).at_record(at as u64 + 1),
                    ));
                }
                Err(fault) => {
                    return Some(Pages::fault(
                        ExtractError::malformed(&source, fault.to_string())
                            .at_record(at as u64 + 1),
                    ));
                }
            };
            let bytes = match read {
                Ok(bytes) => bytes,
                Err(error) => return Some(Pages::fault(ExtractError::from_io(&name, &error))),
            };
            unpacked += bytes.len() as u64;
            if unpacked > MAX_UNPACKED {
                next = archive.len();
                return Some(Pages::fault(ExtractError::too_large(&source, MAX_UNPACKED as usize)));
            }
            if bytes.is_empty() {
                return Some(Pages::fault(ExtractError::empty(&name)));
            }
            return Some(Input::new(name, Cursor::new(bytes), options.clone(), depth + 1).open());
        }
    });
    Pages::new(files.flatten())
}

/// Files that systems put into archives by themselves.
fn is_litter(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name.rsplit('/').next().is_some_and(|file| file.starts_with('.') || file == "Thumbs.db")
}

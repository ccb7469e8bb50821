//! Where data goes: standard output, or a file that appears only once it is whole, and is none of those that the run reads.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::exit::Stop;

/// A sink for data.
pub(crate) struct Output {
    writer: Box<dyn Write + Send>,
    /// Written beside the file and renamed at the end: a run that is cut short leaves what was there.
    pending: Option<(PathBuf, PathBuf)>,
}

impl Output {
    /// Standard output.
    pub(crate) fn standard() -> Self {
        Self { writer: Box::new(BufWriter::new(io::stdout())), pending: None }
    }

    /// The file at `path`, or standard output for `-`. What is no plain file (a device, a named pipe) is written
    /// in place.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub(crate) fn file(path: &Path) -> Result<Self, Stop> {
        if path == Path::new("-") {
            return Ok(Self::standard());
        }
        let special = fs::metadata(path).is_ok_and(|meta| !meta.is_file());
        let target = if special { path.to_owned() } else { part_of(path) };
        let file = File::create(&target).map_err(|error| {
            let next = match error.kind() {
                io::ErrorKind::NotFound => "make its folder first, or name another file",
                io::ErrorKind::PermissionDenied => {
                    "change the permissions of its folder, or name another file"
                }
                _ => "check its folder, or name another file",
            };
            Stop::because(format_args!("{}: cannot be written: {error}; {next}", path.display()))
        })?;
        let pending = (!special).then(|| (target, path.to_owned()));
        Ok(Self { writer: Box::new(BufWriter::new(file)), pending })
    }

    /// Flushes and puts the file in its place.
    ///
    /// # Errors
    /// When the last bytes cannot be written or the file cannot be renamed.
    pub(crate) fn finish(mut self) -> Result<(), Stop> {
        self.writer.flush()?;
        if let Some((from, to)) = self.pending.take() {
            fs::rename(&from, &to).map_err(|error| {
                Stop::because(format_args!("{}: cannot be put in its place: {error}; what was written lies beside it, in the file that ends in .part", to.display()))
            })?;
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((from, _)) = &self.pending {
            // The run failed; the half-written file helps nobody.
            let _ = fs::remove_file(from);
        }
    }
}

/// Refuses an output that would take the place of what the run reads, whatever name or link it is called by. `read` are the files
/// that are read.
///
/// # Errors
/// A line that names both.
pub(crate) fn keep_apart<'r>(
    outputs: &[&Path],
    read: impl IntoIterator<Item = &'r Path>,
) -> Result<(), Stop> {
    // The half-written file stands beside the whole one, and takes no other's place either.
    let written: Vec<(&Path, Identity)> = outputs
        .iter()
        .filter(|path| **path != Path::new("-"))
        .flat_map(|path| {
            [(*path).to_owned(), part_of(path)]
                .into_iter()
                .filter_map(|file| Some((*path, identity(&file)?)))
        })
        .collect();
    if written.is_empty() {
        return Ok(()); // Nothing is there that could be overwritten, so no file need be looked at.
    }
    for file in read {
        let Some(same) = identity(file) else { continue };
        if let Some((output, _)) = written.iter().find(|(_, identity)| *identity == same) {
            return Err(Stop::because(format_args!(
                "{}: what is written there would take the place of {}, which is read; name another file",
                output.display(),
                file.display()
            )));
        }
    }
    Ok(())
}

/// The files that a store is made of: itself, and what stands beside it while it is in use and between two runs of `watch`.
pub(crate) fn files_of_store(store: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm", "-journal", ".watch.json"]
        .iter()
        .map(|ending| {
            let mut name = store.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        })
        .collect()
}

/// By what two names are known to be of one file.
#[cfg(unix)]
type Identity = (u64, u64);
#[cfg(not(unix))]
type Identity = PathBuf;

/// `None` where there is no plain file: devices and pipes may well be both read and written.
fn identity(path: &Path) -> Option<Identity> {
    let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((meta.dev(), meta.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = meta;
        fs::canonicalize(path).ok()
    }
}

/// `events.csv` → `events.csv.part`.
fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

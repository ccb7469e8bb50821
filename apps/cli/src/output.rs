//! Where data goes: standard output, or a file that appears only once it is whole.

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

/// `events.csv` → `events.csv.part`.
fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

//! What the call names as input → the files to read, in a fixed order.
//!
//! In go words such as `pages/`, `news/*.html`, `-`; out come [`Input`]s. A folder is read with every file
//! below it, in the order of the paths' bytes, hidden ones, pipes and devices left out: `pages/` with `b.html` and `a/c.txt`
//! gives `pages/a/c.txt`, then `pages/b.html`.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use crate::exit::{Stop, tell};

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// An http or https address.
    Address(String),
}

impl Input {
    /// As records and messages name it.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::Standard => "-".to_owned(),
            Input::File(path) => path.display().to_string(),
            Input::Address(address) => address.clone(),
        }
    }

    /// How many bytes it has; `None` where only reading it to its end tells.
    pub(crate) fn size(&self) -> Option<u64> {
        match self {
            Input::File(path) => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
            }
            Input::Standard | Input::Address(_) => None,
        }
    }

    /// Opens it.
    ///
    /// # Errors
    /// A line that says what could not be opened, why, and what to do.
    pub(crate) fn open(&self) -> Result<Box<dyn Read + Send>, String> {
        match self {
            Input::Standard => Ok(Box::new(io::stdin())),
            Input::File(path) => match fs::File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(cannot_read(path, &error)),
            },
            Input::Address(address) => crate::fetch::open(address),
        }
    }
}

/// What the words of a call came to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// What can be opened, in order.
    pub(crate) inputs: Vec<Input>,
    /// A line for each word or folder that names nothing readable.
    pub(crate) faults: Vec<String>,
}

impl Inputs {
    /// The files among them.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.inputs.iter().filter_map(|input| match input {
            Input::File(path) => Some(path.as_path()),
            Input::Standard | Input::Address(_) => None,
        })
    }
}

/// Reads the words of a call; without any, standard input.
///
/// # Errors
/// When there is no word and standard input is a terminal, or when no word names anything.
pub(crate) fn expand(words: &[String]) -> Result<Inputs, Stop> {
    let mut found = Inputs::default();
    if words.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Stop::because(
                "no input: name a file, a folder, a pattern such as 'pages/*.html', or - for standard input",
            ));
        }
        found.inputs.push(Input::Standard);
    }
    for word in words {
        let path = Path::new(word);
        if word == "-" {
            found.inputs.push(Input::Standard);
        } else if word.starts_with("http://") || word.starts_with("https://") {
            found.inputs.push(Input::Address(word.clone()));
        } else if path.is_dir() {
            let before = (found.inputs.len(), found.faults.len());
            folder(path, &mut found);
            if before == (found.inputs.len(), found.faults.len()) {
                found.faults.push(format!("{word}: the folder holds no files"));
            }
        } else if path.symlink_metadata().is_ok() || !word.contains(['*', '?', '[']) {
            // A file, or a name that does not exist: opening it will tell.
            match path.symlink_metadata() {
                Ok(_) => found.inputs.push(Input::File(path.to_owned())),
                Err(error) => found.faults.push(cannot_read(path, &error)),
            }
        } else {
            pattern(word, &mut found);
        }
    }
    if found.inputs.is_empty() {
        return Err(Stop::Because(found.faults.join("\ndetente: ")));
    }
    Ok(found)
}

fn cannot_read(path: &Path, error: &io::Error) -> String {
    let next = match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the name",
        io::ErrorKind::PermissionDenied => {
            "reading it is not allowed; change its permissions or leave it out"
        }
        _ => return format!("{}: cannot be read: {error}", path.display()),
    };
    format!("{}: {next}", path.display())
}

/// Every file below `path`. Links to folders are not followed, so that no loop is walked.
fn folder(path: &Path, found: &mut Inputs) {
    let entries = match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => {
            found.faults.push(cannot_read(path, &error));
            return;
        }
    };
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
    });
    paths.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    for path in paths {
        if path.is_dir() {
            if !path.is_symlink() {
                folder(&path, found);
            }
        } else if is_readable(&path) {
            found.inputs.push(Input::File(path));
        }
    }
}

/// Whether what lies in a folder is a file, or nothing, which opening it will tell. A named pipe would be waited for without end, and a
/// device never ends: whoever means one names it.
fn is_readable(path: &Path) -> bool {
    let file = fs::metadata(path).map_or(true, |meta| meta.is_file());
    if !file {
        tell(format_args!(
            "detente: {}: it is a pipe or a device and was passed over; name it by itself to read it",
            path.display()
        ));
    }
    file
}

/// Every file that matches a pattern, folders with everything below them.
fn pattern(word: &str, found: &mut Inputs) {
    // As a shell has it: `*` stays in its folder and leaves hidden files out.
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let paths = match glob::glob_with(word, options) {
        Ok(paths) => paths,
        Err(error) => {
            found.faults.push(format!("{word}: not a pattern that can be read: {error}"));
            return;
        }
    };
    let before = found.inputs.len();
    for path in paths {
        match path {
            Ok(path) if path.is_dir() => folder(&path, found),
            Ok(path) if is_readable(&path) => found.inputs.push(Input::File(path)),
            Ok(_) => {}
            Err(error) => found.faults.push(cannot_read(error.path(), error.error())),
        }
    }
    if found.inputs.len() == before {
        found.faults.push(format!(
            "{word}: no file matches; put the pattern in quotes if the shell should leave it alone"
        ));
    }
}

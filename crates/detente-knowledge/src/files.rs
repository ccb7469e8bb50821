//! The files of the knowledge: those built in, and a user's folder laid over them.
//!
//! In goes nothing or a folder, out come files sorted by their path below `knowledge/`. A file of the folder replaces the
//! built-in one of the same path; but an actor's file without a `name` only adds to it, and then both are there, the
//! built-in one first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use toml::de::DeTable;

use crate::actors::kind_of;
use crate::{FOLDERS, Fault};

/// Whether a path is that of a file in this folder itself, with this extension.
pub(crate) fn is_in(path: &str, folder: &str, extension: &str) -> bool {
    path.strip_prefix(folder)
        .and_then(|name| name.strip_suffix(extension))
        .is_some_and(|stem| stem.ends_with('.') && !stem.contains('/'))
}

/// A file that `build.rs` found.
struct BuiltinFile {
    path: &'static str,
    text: &'static str,
    digest: [u8; 32],
}

static BUILTIN: &[BuiltinFile] = &include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// One data file.
#[derive(Debug, Clone)]
pub(crate) struct SourceFile {
    /// Path below `knowledge/`, with `/`.
    pub(crate) path: Cow<'static, str>,
    /// Path as messages show it.
    pub(crate) shown: Cow<'static, str>,
    /// What stands in it.
    pub(crate) text: Cow<'static, str>,
    digest: [u8; 32],
    /// It is of a user's folder.
    pub(crate) own: bool,
}

impl SourceFile {
    /// A file that is in memory.
    pub(crate) fn new(path: String, shown: String, text: String) -> Self {
        let digest = Sha256::digest(&text).into();
        Self { path: path.into(), shown: shown.into(), text: text.into(), digest, own: false }
    }

    /// Whether it is an actor's file that only adds to the built-in one: it does not say the actor's name.
    fn adds(&self) -> bool {
        kind_of(&self.path).is_some()
            && DeTable::parse_recoverable(&self.text).0.get_ref().get("name").is_none()
    }

    /// The file's name without its extension.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Line and column (in characters) of a byte of the text, both from 1.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        (line, before[start..].chars().count() + 1)
    }

    /// The lines of a table with the byte where each begins, without blank ones and comments (`#`).
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut start = 0;
        self.text
            .split_inclusive('\n')
            .map(move |line| {
                let at = start;
                start += line.len();
                (at, line.trim_end_matches(['\n', '\r']))
            })
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    }

    /// A fault at a byte of this file.
    pub(crate) fn fault(
        &self,
        offset: usize,
        message: impl Into<String>,
        hint: Option<String>,
    ) -> Fault {
        let (line, column) = self.line_column(offset);
        Fault { file: self.shown.to_string(), line, column, message: message.into(), hint }
    }
}

impl BuiltinFile {
    fn source(&self) -> SourceFile {
        SourceFile {
            path: Cow::Borrowed(self.path),
            shown: Cow::Borrowed(self.path),
            text: Cow::Borrowed(self.text),
            digest: self.digest,
            own: false,
        }
    }
}

/// The built-in files, sorted by path.
pub(crate) fn builtin() -> Vec<SourceFile> {
    BUILTIN.iter().map(BuiltinFile::source).collect()
}

/// The built-in file of a path.
pub(crate) fn builtin_at(path: &str) -> Option<SourceFile> {
    BUILTIN.iter().find(|file| file.path == path).map(BuiltinFile::source)
}

/// The name that the file of an actor gives it, without reading the rest of the knowledge: `CHN` is `China`. A file in `overlay` that has a
/// name goes before the built-in one.
///
/// ```
/// assert_eq!(detente_knowledge::name_of("CHN", None).as_deref(), Some("China"));
/// assert_eq!(detente_knowledge::name_of("ZZZ", None), None);
/// ```
pub fn name_of(code: &str, overlay: Option<&Path>) -> Option<String> {
    let file = format!("{code}.toml");
    let paths = || {
        let of_actors = FOLDERS.iter().filter(|folder| kind_of(folder).is_some());
        of_actors.map(|folder| format!("{folder}{file}"))
    };
    let own = overlay.and_then(|folder| {
        paths().find_map(|path| name_in(&fs::read_to_string(folder.join(path)).ok()?))
    });
    own.or_else(|| paths().find_map(|path| name_in(&builtin_at(&path)?.text)))
}

/// What the first line that begins with `name` says.
fn name_in(text: &str) -> Option<String> {
    let line = text.lines().take_while(|line| !line.starts_with('[')).find(|line| {
        line.strip_prefix("name").is_some_and(|rest| rest.trim_start().starts_with('='))
    })?;
    let table = DeTable::parse(line).ok()?;
    table.get_ref().get("name")?.get_ref().as_str().map(str::to_owned)
}

/// The built-in files with those of `folder` laid over them, sorted by path.
///
/// # Errors
/// Every file or folder that cannot be read, or is not UTF-8.
pub(crate) fn with_overlay(folder: &Path) -> Result<Vec<SourceFile>, Vec<Fault>> {
    let mut own: BTreeMap<String, SourceFile> = BTreeMap::new();
    let mut faults = Vec::new();
    read_folder(folder, "", &mut own, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let stays = |file: &SourceFile| own.get(file.path.as_ref()).is_none_or(SourceFile::adds);
    let mut files: Vec<SourceFile> = builtin().into_iter().filter(stays).collect();
    files.extend(own.into_values());
    files.sort_by(|a, b| (&a.path, a.own).cmp(&(&b.path, b.own)));
    Ok(files)
}

fn read_folder(
    folder: &Path,
    below: &str,
    files: &mut BTreeMap<String, SourceFile>,
    faults: &mut Vec<Fault>,
) {
    let failed = |path: &Path, message: String| Fault {
        file: path.display().to_string(),
        line: 0,
        column: 0,
        message,
        hint: None,
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return faults.push(failed(folder, format!("cannot be read: {error}"))),
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => faults.push(failed(folder, format!("cannot be read: {error}"))),
        }
    }
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            faults.push(failed(&path, "the name is not UTF-8".to_owned()));
            continue;
        };
        let name = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
        if path.is_dir() {
            read_folder(&path, &name, files, faults);
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            match fs::read(&path).map(String::from_utf8) {
                Ok(Ok(text)) => {
                    let file = SourceFile::new(name.clone(), path.display().to_string(), text);
                    files.insert(name, SourceFile { own: true, ..file });
                }
                Ok(Err(_)) => faults.push(failed(&path, "is not UTF-8 text".to_owned())),
                Err(error) => faults.push(failed(&path, format!("cannot be read: {error}"))),
            }
        }
    }
}

/// `sha256:` and the hash over each file's path and the SHA-256 of its text, in order of the paths.
pub(crate) fn hash(files: &[SourceFile]) -> String {
    let mut sum = Sha256::new();
    for file in files {
        sum.update(file.path.as_bytes());
        sum.update([0]);
        sum.update(file.digest);
    }
    format!("sha256:{}", detente_core::hex(&sum.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_and_in_characters() {
        let file = SourceFile::new("a".into(), "a".into(), "é = 1\nb = 2".into());
        assert_eq!(file.line_column(0), (1, 1));
        assert_eq!(file.line_column(3), (1, 3));
        assert_eq!(file.line_column(7), (2, 1));
        assert_eq!(file.line_column(999), (2, 6));
    }

    #[test]
    fn the_hash_depends_on_path_and_text() {
        let file = |path: &str, text: &str| SourceFile::new(path.into(), path.into(), text.into());
        assert_ne!(hash(&[file("a", "b")]), hash(&[file("a", "c")]));
        assert_ne!(hash(&[file("a", "b")]), hash(&[file("b", "b")]));
    }
}

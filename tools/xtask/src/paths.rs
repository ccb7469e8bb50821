//! Every path that a document names exists.
//!
//! In go the Markdown files of the repository, out come the links and the words in backquotes that look like a path of
//! it and lead nowhere. A map that points at a file that has moved is worse than none.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are not ours or are made by building.
const PASSED_OVER: [&str; 4] = ["target", "artifacts", "shared", "node_modules"];

/// Endings that make a bare word in backquotes the name of a file.
const ENDINGS: [&str; 9] =
    [".rs", ".md", ".toml", ".tsv", ".bin", ".jsonl", ".html", ".txt", ".py"];

/// Prints every path that leads nowhere.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let lost = lost(root).map_err(|error| error.to_string())?;
    if lost.is_empty() { Ok(()) } else { Err(lost.join("\n")) }
}

/// `FILE:LINE: PATH does not exist`, for each.
fn lost(root: &Path) -> std::io::Result<Vec<String>> {
    let mut files = Vec::new();
    walk(root, &mut files)?;
    files.sort();
    let names: BTreeSet<String> = files
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let mut lost = Vec::new();
    for document in
        files.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let text = fs::read_to_string(document)?;
        let shown = document.strip_prefix(root).unwrap_or(document).display();
        let folder = document.parent().unwrap_or(root);
        let mut fenced = false;
        for (index, line) in text.lines().enumerate() {
            if line.starts_with("```") {
                fenced = !fenced;
            }
            if fenced {
                continue;
            }
            let links = links(line).into_iter().filter(|link| !folder.join(link).exists());
            let words = words(line).into_iter().filter(|word| !exists(root, folder, word, &names));
            for path in links.chain(words) {
                lost.push(format!("{shown}:{}: `{path}` does not exist", index + 1));
            }
        }
    }
    Ok(lost)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if name != ".git" && !PASSED_OVER.contains(&name.as_ref()) {
                walk(&path, files)?;
            }
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Targets of the line's links that stay in the repository.
fn links(line: &str) -> Vec<&str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let own = targets.filter(|target| !target.contains("://") && !target.starts_with(['#', '<']));
    own.filter_map(|target| target.split('#').next()).filter(|target| !target.is_empty()).collect()
}

/// Words in backquotes that look like a path: plain characters, a slash or a known ending, no placeholder.
fn words(line: &str) -> Vec<&str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| {
            let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
            let parts = || word.split('/');
            let placeholder = parts().any(|part| {
                let stem = part.split('.').next().unwrap_or(part);
                ["XXX", "NAME", "TYPE", "CODE", "FILE", "DIR"].contains(&stem)
            });
            let looks = parts().count() > 1
                || ENDINGS.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending));
            plain
                && looks
                && !placeholder
                && !word.starts_with(['/', '-'])
                && word.contains(|c: char| c.is_ascii_lowercase())
        })
        .collect()
}

/// Whether `word` is a path from the root or from the document, the end of one, or names a file somewhere.
fn exists(root: &Path, folder: &Path, word: &str, names: &BTreeSet<String>) -> bool {
    root.join(word).exists()
        || folder.join(word).exists()
        || ["knowledge", "crates"].iter().any(|base| root.join(base).join(word).exists())
        || (!word.contains('/') && names.contains(word))
        // What is built or written by the reader of a command is not there yet, and a MIME type or an
        // alternative ("and/or") is no path: only what starts like a folder of ours is asked for.
        || word.split('/').next().is_some_and(|first| word.contains('/') && !root.join(first).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_that_a_document_names_exists() {
        let lost = lost(&crate::root()).unwrap();
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }

    #[test]
    fn what_looks_like_a_path() {
        assert_eq!(
            words(
                "see `crates/detente/src/lib.rs`, `TUR -> GRC`, `rules/TYPE/NAME.toml`, `cargo test`"
            ),
            ["crates/detente/src/lib.rs"]
        );
        assert_eq!(links("[a](docs/a.md#b), [c](https://c.example), [d](#d)"), ["docs/a.md"]);
    }
}

//! How exactly articles are taken from pages.
//!
//! In: a folder of saved pages with an `expected.json`: for each page snippets that are in its
//! article (`with`) and that are not (`without`). Out: which share of the first is kept, and of the
//! second left out. For `{"file": "a.html", "with": ["met in Oslo"], "without": ["Leave a Reply"]}`
//! and the text `Both met in Oslo.`, both shares are 100.
//!
//! A snippet is kept if the document's text holds it, every run of white space taken as one space
//! and characters of no width left out; the title, section and byline do not count. That is how
//! trafilatura's evaluation, where the development pages come from, compares.

use std::path::Path;

use detente_extract::{Options, read};
use serde::{Deserialize, Serialize};

/// One page of `expected.json`.
#[derive(Debug, Deserialize)]
struct Expected {
    file: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// How a snippet went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissKind {
    /// The page gave no document, or one without text.
    Failed,
    /// A snippet of the article is not in the text.
    Lost,
    /// A snippet of the furniture is in the text.
    Left,
}

/// One snippet that went wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Miss {
    /// How.
    pub kind: MissKind,
    /// The page's file.
    pub file: String,
    /// The snippet; for a failed page, why it failed.
    pub snippet: String,
}

/// The score over all pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PagesScore {
    /// Snippets of articles that are in the text, in percent of them.
    pub kept: f64,
    /// Snippets of furniture that are not in the text, in percent of them.
    pub left_out: f64,
    /// Pages that gave no text. Their `with` snippets count as lost, their `without` as left out.
    pub failed: usize,
    /// Pages read.
    pub pages: usize,
    /// What went wrong, by kind, then by file; not part of the JSON.
    #[serde(skip)]
    pub misses: Vec<Miss>,
}

/// Reads the pages of `folder` and scores them against its `expected.json`.
///
/// # Errors
/// If `expected.json` or one of the files that it names cannot be read.
pub fn score_pages(folder: &Path) -> Result<PagesScore, String> {
    let at = folder.join("expected.json");
    let json = std::fs::read(&at).map_err(|error| {
        format!("{}: {error}; give a folder of pages with an expected.json", at.display())
    })?;
    let expected: Vec<Expected> = serde_json::from_slice(&json)
        .map_err(|error| format!("{}: {error}; see docs/accuracy.md for its form", at.display()))?;
    let mut misses = Vec::new();
    let (mut with, mut kept, mut without, mut left) = (0usize, 0usize, 0usize, 0usize);
    let mut failed = 0;
    for page in &expected {
        let path = folder.join(&page.file);
        let bytes = std::fs::read(&path)
            .map_err(|error| format!("{}: {error}; expected.json names it", path.display()))?;
        let text = match text_of(&page.file, &bytes) {
            Ok(text) => text,
            Err(why) => {
                failed += 1;
                misses.push(Miss { kind: MissKind::Failed, file: page.file.clone(), snippet: why });
                String::new()
            }
        };
        let text = plain(&text);
        let mut miss = |kind, snippet: &String| {
            misses.push(Miss { kind, file: page.file.clone(), snippet: snippet.clone() });
        };
        for snippet in &page.with {
            with += 1;
            if text.contains(&plain(snippet)) {
                kept += 1;
            } else {
                miss(MissKind::Lost, snippet);
            }
        }
        for snippet in &page.without {
            without += 1;
            if text.contains(&plain(snippet)) {
                left += 1;
                miss(MissKind::Left, snippet);
            }
        }
    }
    misses.sort();
    Ok(PagesScore {
        kept: percent(kept, with),
        left_out: percent(without - left, without),
        failed,
        pages: expected.len(),
        misses,
    })
}

/// The text of the one document in a file, or why there is none.
fn text_of(file: &str, bytes: &[u8]) -> Result<String, String> {
    match read(file, bytes, &Options::default()).next() {
        Some(Ok(document)) if document.text.is_empty() => {
            Err(document.warnings.first().map_or_else(|| "no text".to_owned(), ToString::to_string))
        }
        Some(Ok(document)) => Ok(document.text),
        Some(Err(error)) => Err(error.to_string()),
        None => Err("no document".to_owned()),
    }
}

/// Single spaces, nothing of no width.
fn plain(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|c| {
            !matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
        })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `part` of `whole` in percent; all of nothing is all.
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_does_not_count() {
        assert_eq!(plain(" Both\n met\u{a0}in\u{200b} Oslo "), "Both met in Oslo");
    }

    #[test]
    fn a_folder_is_scored() {
        let folder = std::env::temp_dir().join(format!("detente-pages-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("a.html"),
            "<h1>Talks resume</h1><p>Ankara and Athens met in Oslo on Monday, and both sides agreed to meet again.</p>\
             <div class=comments><p>Leave a Reply</p></div>",
        )
        .unwrap();
        std::fs::write(
            folder.join("expected.json"),
            r#"[{"file": "a.html", "with": ["met in Oslo", "met in Rome"], "without": ["Leave a Reply"]}]"#,
        )
        .unwrap();
        let score = score_pages(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!((score.kept - 50.0).abs() < 1e-9 && (score.left_out - 100.0).abs() < 1e-9);
        assert_eq!((score.failed, score.pages), (0, 1));
        assert_eq!(score.misses[0].kind, MissKind::Lost);
        assert!(score_pages(Path::new("/nowhere")).unwrap_err().contains("expected.json"));
    }
}

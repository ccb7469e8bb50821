//! What is known from one round to the next: when each feed is due and what it was, which pages were fetched and which wait.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::exit::Stop;
use crate::output::Output;

/// Pages that no feed has named for so many seconds are forgotten: 60 days.
const FORGET: u64 = 60 * 24 * 3600;

/// All of it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    feeds: BTreeMap<String, FeedState>,
    pages: BTreeMap<String, PageState>,
}

/// A feed as it was the last time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FeedState {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<String>,
    /// Tries that failed, one after another.
    pub(super) failures: u32,
    /// When it is asked again, in seconds since 1970.
    pub(super) due: u64,
}

/// A page that a feed has named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PageState {
    /// Kept, or given up.
    pub(super) done: bool,
    pub(super) failures: u32,
    /// When it is fetched, in seconds since 1970.
    pub(super) due: u64,
    /// When a feed last named it.
    pub(super) named: u64,
    /// What the feed says of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<String>,
}

impl Memory {
    /// Reads the file; a new memory where there is none.
    ///
    /// # Errors
    /// When the file is something else.
    pub(super) fn read(path: &Path) -> Result<Self, Stop> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(Stop::because(format_args!(
                    "{}: cannot be read: {error}",
                    path.display()
                )));
            }
        };
        serde_json::from_str(&text).map_err(|error| {
            let name = path.display();
            Stop::because(format_args!(
                "{name}: not what a watch has written: {error}; remove it to begin anew"
            ))
        })
    }

    /// Writes the file anew, whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<(), Stop> {
        let mut output = Output::file(path)?;
        let text = serde_json::to_string_pretty(self).map_err(Stop::because)?;
        writeln!(output, "{text}")?;
        output.finish()
    }

    pub(super) fn feed(&self, url: &str) -> FeedState {
        self.feeds.get(url).cloned().unwrap_or_default()
    }

    pub(super) fn set_feed(&mut self, url: &str, state: FeedState) {
        self.feeds.insert(url.to_owned(), state);
    }

    /// Notes a page, where it is new.
    pub(super) fn note_page(&mut self, url: &str, state: PageState) {
        let now = super::now();
        self.pages.entry(url.to_owned()).or_insert(state).named = now;
        self.pages.retain(|_, page| page.named + FORGET > now);
    }

    pub(super) fn page(&self, url: &str) -> Option<PageState> {
        self.pages.get(url).cloned()
    }

    pub(super) fn set_page(&mut self, url: &str, state: PageState) {
        self.pages.insert(url.to_owned(), state);
    }

    /// The pages to fetch.
    pub(super) fn pages_due(&self, now: u64) -> Vec<String> {
        let due = self.pages.iter().filter(|(_, page)| !page.done && page.due <= now);
        due.map(|(url, _)| url.clone()).collect()
    }

    /// When the next page is due.
    pub(super) fn next_page(&self) -> Option<u64> {
        self.pages.values().filter(|page| !page.done).map(|page| page.due).min()
    }
}

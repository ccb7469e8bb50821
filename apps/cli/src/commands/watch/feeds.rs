//! The list of feeds, in TOML.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::exit::Stop;
use crate::web::host;

/// The list, with what holds where a feed says nothing.
#[derive(Debug)]
pub(super) struct Feeds {
    pub(super) contact: Option<String>,
    pub(super) pause: Duration,
    pub(super) patience: Duration,
    pub(super) list: Vec<Feed>,
}

/// One feed.
#[derive(Debug)]
pub(super) struct Feed {
    pub(super) url: String,
    /// Who publishes it; else what the feed says.
    pub(super) name: Option<String>,
    /// The pages that it names are fetched; else its own text is taken.
    pub(super) pages: bool,
    /// Time from one look to the next.
    pub(super) every: Duration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Option<String>,
    every: Option<u64>,
    pause: Option<f64>,
    patience: Option<f64>,
    #[serde(default)]
    feed: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    url: String,
    name: Option<String>,
    pages: Option<bool>,
    every: Option<u64>,
}

impl Feeds {
    /// Reads a list.
    ///
    /// # Errors
    /// A line that says what is wrong, and where.
    pub(super) fn read(path: &Path) -> Result<Self, Stop> {
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Stop::because(format_args!("{name}: cannot be read: {error}")))?;
        Self::parse(&text).map_err(|fault| Stop::because(format_args!("{name}: {fault}")))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let seconds = |given: Option<f64>, usual: f64, least: f64, what: &str| {
            let seconds = given.unwrap_or(usual);
            if (least..=3600.0).contains(&seconds) {
                Ok(Duration::from_secs_f64(seconds))
            } else {
                Err(format!("{what} = {seconds}: a number of seconds from {least} to 3600"))
            }
        };
        // It goes into a header of every request.
        if let Some(contact) =
            file.contact.as_deref().filter(|contact| contact.contains(char::is_control))
        {
            return Err(format!(
                "contact = {contact:?}: one line without control characters, as \"news@institute.example\""
            ));
        }
        let mut feeds: Vec<Feed> = Vec::new();
        for entry in file.feed {
            if host(&entry.url).is_none() {
                return Err(format!(
                    "url = {:?}: an address begins with http:// or https://",
                    entry.url
                ));
            }
            if feeds.iter().any(|feed| feed.url == entry.url) {
                return Err(format!("url = {:?}: it stands there twice", entry.url));
            }
            let minutes = entry.every.or(file.every).unwrap_or(30);
            if !(1..=60 * 24 * 7).contains(&minutes) {
                return Err(format!("every = {minutes}: a number of minutes from 1 to 10080"));
            }
            feeds.push(Feed {
                url: entry.url,
                name: entry.name,
                pages: entry.pages.unwrap_or(true),
                every: Duration::from_mins(minutes),
            });
        }
        if feeds.is_empty() {
            return Err(
                "it names no feed; write [[feed]] and below it url = \"https://…\"".to_owned()
            );
        }
        let pause = seconds(file.pause, 5.0, 0.0, "pause")?;
        let patience = seconds(file.patience, 30.0, 1.0, "patience")?;
        Ok(Self { contact: file.contact, pause, patience, list: feeds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read() {
        let feeds = Feeds::parse(
            "contact = 'a@b.example'\nevery = 60\n[[feed]]\nurl = 'https://a.example/x'\nname = 'A'\n[[feed]]\nurl = 'http://b.example'\npages = false\nevery = 5",
        )
        .unwrap();
        assert_eq!(feeds.list.len(), 2);
        assert_eq!(feeds.list[0].every, Duration::from_hours(1));
        assert!(feeds.list[0].pages && !feeds.list[1].pages);
        assert_eq!(feeds.pause, Duration::from_secs(5));
    }

    #[test]
    fn faults_of_a_list() {
        let fault = |text: &str| Feeds::parse(text).unwrap_err();
        assert!(fault("").contains("names no feed"));
        assert!(fault("[[feed]]\nurl = 'ftp://a.example'").contains("begins with http"));
        assert!(fault("[[feed]]\nurl = 'http://a.example'\nevrey = 1").contains("evrey"));
        assert!(fault("pause = -1\n[[feed]]\nurl = 'http://a.example'").contains("pause"));
        assert!(
            fault("patience = 0\n[[feed]]\nurl = 'http://a.example'").contains("from 1 to 3600")
        );
        let broken = "contact = \"a\\r\\nX-Evil: 1\"\n[[feed]]\nurl = 'http://a.example'";
        assert!(fault(broken).contains("one line"));
        let twice = "[[feed]]\nurl = 'http://a.example'\n";
        assert!(fault(&twice.repeat(2)).contains("twice"));
    }
}

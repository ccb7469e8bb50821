//! `detente watch`: feeds asked for news, and what they name coded into a store.
//!
//! In goes a list of feeds, out come records in a store, round by round: each feed that is due is asked whether it has changed, the pages
//! that it names and that are not there yet are fetched, coded and kept. What fails is tried again later, each time after twice the wait. What
//! is known from one round to the next lies beside the store, in `FILE.watch.json`, written after each request, so that a run may be
//! stopped at any moment and the next goes on.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clap::Args;
use detente::Coder;
use detente_extract::{Options, format_of};
use detente_store::{Known as Stored, Prepared, Store, counted, key_of};

use crate::exit::{Done, Stop, tell};
use crate::web::{Answer, Client, Known, Manners, Trouble, host, is_local, joined};

mod feeds;
mod memory;

use feeds::{Feed, Feeds};
use memory::{Memory, PageState};

/// The shortest wait before the second try, and how often a page is tried at all.
const FIRST_WAIT: Duration = Duration::from_mins(10);
const LONGEST_WAIT: Duration = Duration::from_hours(24);
const TRIES: u32 = 6;
/// Feeds are shorter than this.
const FEED_BYTES: u64 = 8 * 1024 * 1024;
const PAGE_BYTES: u64 = 16 * 1024 * 1024;

/// Ask feeds for news and code it into a store, again and again
///
/// FEEDS is a list in TOML: [[feed]] with url, and, where wanted, name, pages = false (take the feed's own text) and every (minutes). Above
/// them may stand contact (an address for the user agent), every, pause (seconds between two requests to a host) and patience
/// (seconds). robots.txt is kept, unchanged feeds are not read again, a server that says when to come back is left alone until then.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente watch feeds.toml --store news.store\n  detente watch feeds.toml --store news.store --once     one round, for cron\n\n\
                  feeds.toml:\n  contact = \"news@institute.example\"\n  every = 30\n  [[feed]]\n  url = \"https://courier.example/world.xml\"\n  name = \"The Harbour Courier\""
)]
pub(super) struct WatchArgs {
    /// The list of feeds
    #[arg(value_name = "FEEDS")]
    feeds: PathBuf,
    /// The store; it is made where there is none
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// One round of what is due, then end
    #[arg(long)]
    once: bool,
    /// Mark what is added private: it never leaves in an export
    #[arg(long)]
    private: bool,
}

pub(super) fn run(args: &WatchArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let feeds = Feeds::read(&args.feeds)?;
    let mut store = Store::open(&args.store).map_err(Stop::because)?;
    let coder = super::coder(knowledge)?;
    let memory_file = beside(&args.store);
    let mut watch = Watch {
        client: Client::new(feeds.manners()),
        memory: Memory::read(&memory_file)?,
        coder: &coder,
        store: &mut store,
        private: args.private,
        added: 0,
        troubles: 0,
    };
    loop {
        watch.round(&feeds, &memory_file)?;
        let (added, troubles) = (watch.added, watch.troubles);
        tell(format_args!(
            "{} added, {} failed",
            counted(added, "document"),
            counted(troubles, "request")
        ));
        if args.once {
            return Ok(Done::with_failures(troubles));
        }
        (watch.added, watch.troubles) = (0, 0);
        let feeds_due = feeds.list.iter().map(|feed| watch.memory.feed(&feed.url).due);
        let next = feeds_due.chain(watch.memory.next_page()).min().unwrap_or_default();
        std::thread::sleep(Duration::from_secs(next.saturating_sub(now()).max(1)));
    }
}

/// `news.store` → `news.store.watch.json`.
fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(".watch.json");
    PathBuf::from(name)
}

/// Seconds since 1970: only to know when something is due; no record is dated by it.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

struct Watch<'w> {
    client: Client,
    memory: Memory,
    coder: &'w Coder,
    store: &'w mut Store,
    private: bool,
    added: usize,
    troubles: usize,
}

impl Watch<'_> {
    /// Asks every feed that is due, then fetches every page that is.
    fn round(&mut self, feeds: &Feeds, memory_file: &Path) -> Result<(), Stop> {
        let mut due: Vec<&Feed> =
            feeds.list.iter().filter(|feed| self.memory.feed(&feed.url).due <= now()).collect();
        while !due.is_empty() {
            // The host that is ready first, so that one that wants us to wait holds up no other.
            let next =
                (0..due.len()).min_by_key(|at| self.client.wait_for(&due[*at].url)).unwrap_or(0);
            let feed = due.remove(next);
            self.feed(feed)?;
            self.memory.write(memory_file)?;
        }
        let mut pages = self.memory.pages_due(now());
        while !pages.is_empty() {
            let next =
                (0..pages.len()).min_by_key(|at| self.client.wait_for(&pages[*at])).unwrap_or(0);
            let url = pages.remove(next);
            self.page(&url)?;
            self.memory.write(memory_file)?;
        }
        Ok(())
    }

    /// Asks one feed and notes the pages that it names.
    fn feed(&mut self, feed: &Feed) -> Result<(), Stop> {
        let mut state = self.memory.feed(&feed.url);
        let known = Known { etag: state.etag.clone(), modified: state.modified.clone() };
        let every = feed.every;
        match self.client.get(&feed.url, &known, FEED_BYTES) {
            Ok(Answer::Unchanged) => (state.failures, state.due) = (0, now() + every.as_secs()),
            Ok(Answer::Bytes { bytes, known }) => {
                match self.items(feed, &bytes)? {
                    0 => {
                        self.trouble(&feed.url, "it holds no items that can be read");
                        state.failures += 1;
                    }
                    _ => state.failures = 0,
                }
                (state.etag, state.modified) = (known.etag, known.modified);
                state.due = now() + back_off(every, state.failures).as_secs();
            }
            Err(trouble) => {
                self.trouble(&feed.url, &trouble.what);
                state.failures += 1;
                let wait = trouble.wait.unwrap_or_default().max(back_off(every, state.failures));
                state.due = now() + wait.as_secs();
            }
        }
        self.memory.set_feed(&feed.url, state);
        Ok(())
    }

    /// Notes or keeps the items of a feed. Returns how many it has.
    fn items(&mut self, feed: &Feed, bytes: &[u8]) -> Result<usize, Stop> {
        let options = Options::default();
        let mut items = 0;
        if !matches!(format_of(bytes).name, "rss" | "atom" | "json-feed") {
            return Ok(0);
        }
        for page in detente_extract::pages(&feed.url, bytes, &options) {
            let Ok(page) = page else { continue };
            items += 1;
            if let Some(link) = page.url().filter(|_| feed.pages) {
                // A feed of the web has no business in one's own network.
                let link = joined(&feed.url, link)
                    .filter(|link| !is_local(link) || host(link) == host(&feed.url));
                if let Some(link) = link {
                    let publisher =
                        feed.name.clone().or_else(|| page.publisher().map(str::to_owned));
                    let date = page.date().map(str::to_owned);
                    self.memory
                        .note_page(&link, PageState { date, publisher, ..PageState::default() });
                }
                continue;
            }
            let Ok(mut document) = page.document(&options) else { continue };
            if document.text.trim().is_empty() {
                continue;
            }
            if let Some(name) = &feed.name {
                document.publisher = Some(name.clone());
            }
            self.keep(document)?;
        }
        Ok(items)
    }

    /// Fetches a page, codes it and keeps it; or notes when to try again.
    fn page(&mut self, url: &str) -> Result<(), Stop> {
        let Some(mut state) = self.memory.page(url) else { return Ok(()) };
        let read = match self.client.get(url, &Known::default(), PAGE_BYTES) {
            Ok(Answer::Bytes { bytes, .. }) => documents(url, &bytes, &state),
            Ok(Answer::Unchanged) => Ok(Vec::new()),
            Err(trouble) => Err(trouble),
        };
        match read {
            Ok(documents) => {
                for document in documents {
                    self.keep(document)?;
                }
                state.done = true;
            }
            Err(trouble) => {
                self.trouble(url, &trouble.what);
                state.failures += 1;
                state.done = trouble.lasting || state.failures >= TRIES;
                let wait =
                    trouble.wait.unwrap_or_default().max(back_off(FIRST_WAIT, state.failures - 1));
                state.due = now() + wait.as_secs();
            }
        }
        self.memory.set_page(url, state);
        Ok(())
    }

    fn keep(&mut self, document: detente_core::Document) -> Result<(), Stop> {
        if self.store.has(&document).map_err(Stop::because)? {
            if self.private {
                self.store.make_private(&[key_of(&document)]).map_err(Stop::because)?;
            }
            return Ok(());
        }
        let record = self.coder.code(document);
        let mut writer = self.store.writer(Stored::Keep);
        writer.put(Prepared::of(&record, self.private)).map_err(Stop::because)?;
        self.added += writer.finish().map_err(Stop::because)?.added;
        Ok(())
    }

    fn trouble(&mut self, url: &str, what: &str) {
        self.troubles += 1;
        tell(format_args!("detente: {url}: {what}"));
    }
}

/// The documents of a page; what its feed says of it counts where the page itself says nothing.
fn documents(
    url: &str,
    bytes: &[u8],
    state: &PageState,
) -> Result<Vec<detente_core::Document>, Trouble> {
    let lasting = |what: String| Trouble { what, lasting: true, wait: None };
    if !matches!(format_of(bytes).name, "html" | "text") {
        return Err(lasting("it is no page".to_owned()));
    }
    let options = Options { date: state.date.clone(), ..Options::default() };
    let mut documents = Vec::new();
    for document in detente_extract::read(url, bytes, &options) {
        match document {
            Ok(mut document) => {
                document.url.get_or_insert_with(|| url.to_owned());
                if document.publisher.is_none() {
                    document.publisher.clone_from(&state.publisher);
                }
                documents.push(document);
            }
            Err(error) if documents.is_empty() => {
                return Err(lasting(error.to_string()));
            }
            Err(_) => {}
        }
    }
    Ok(documents)
}

/// Twice the wait after each failure, up to a day.
fn back_off(wait: Duration, failures: u32) -> Duration {
    wait.saturating_mul(1 << failures.min(16)).min(LONGEST_WAIT.max(wait))
}

impl Feeds {
    fn manners(&self) -> Manners {
        let contact =
            self.contact.as_deref().map(|contact| format!("; +{contact}")).unwrap_or_default();
        Manners {
            user_agent: format!(
                "detente/{} (reads news feeds{contact})",
                env!("CARGO_PKG_VERSION")
            ),
            patience: self.patience,
            pause: self.pause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_day() {
        let minutes = |failures| back_off(FIRST_WAIT, failures).as_secs() / 60;
        assert_eq!([0, 1, 3, 30].map(minutes), [10, 20, 80, 1440]);
        assert_eq!(back_off(Duration::from_hours(48), 2), Duration::from_hours(48));
    }
}

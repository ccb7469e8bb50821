//! Fetching politely: one request at a time, with a wait between two to one host, as `robots.txt` allows, and never more than asked for.
//!
//! In goes an address, out comes an [`Answer`] or a [`Trouble`] that says whether and when to try again. A redirect is followed by
//! hand, so that the next host's rules hold, too. What is read ends at a size and a time, whatever the server sends.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::{HeaderMap, StatusCode};

mod address;
mod robots;

pub(crate) use address::{host, is_local, joined};
use robots::Robots;

/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// No server has us wait longer than this before the next try, and none longer between two requests.
const LONGEST: Duration = Duration::from_hours(24);
const LONGEST_DELAY: Duration = Duration::from_mins(1);
/// `robots.txt` is read again after this time, and no further than this.
const ROBOTS_AGE: Duration = Duration::from_hours(24);
const ROBOTS_BYTES: u64 = 500 * 1024;

/// How to go about it.
#[derive(Debug, Clone)]
pub(crate) struct Manners {
    /// Who we say we are.
    pub(crate) user_agent: String,
    /// The whole of one request, to its last byte.
    pub(crate) patience: Duration,
    /// Between two requests to one host, unless its `robots.txt` asks for more.
    pub(crate) pause: Duration,
}

/// What is known of a page from the last time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) etag: Option<String>,
    pub(crate) modified: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The same as the last time.
    Unchanged,
    /// The bytes, and what to ask with the next time.
    Bytes { bytes: Vec<u8>, known: Known },
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What happened, for a person.
    pub(crate) what: String,
    /// Whether another try makes sense.
    pub(crate) lasting: bool,
    /// How long the server asks us to wait.
    pub(crate) wait: Option<Duration>,
}

impl Trouble {
    fn passing(what: impl Into<String>) -> Self {
        Self { what: what.into(), lasting: false, wait: None }
    }

    fn lasting(what: impl Into<String>) -> Self {
        Self { what: what.into(), lasting: true, wait: None }
    }
}

#[derive(Debug, Default)]
struct Host {
    /// When the last request to it began.
    asked: Option<Instant>,
    robots: Option<(Instant, Result<Robots, Trouble>)>,
    /// It asked for no request before this.
    closed_until: Option<Instant>,
}

/// Asks hosts for pages.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    manners: Manners,
    hosts: BTreeMap<String, Host>,
}

impl Client {
    pub(crate) fn new(manners: Manners) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(manners.patience))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(manners.user_agent.as_str())
            .build();
        Self { agent: config.new_agent(), manners, hosts: BTreeMap::new() }
    }

    /// Gets `address`, unless it is as it was or longer than `most` bytes.
    pub(crate) fn get(
        &mut self,
        address: &str,
        known: &Known,
        most: u64,
    ) -> Result<Answer, Trouble> {
        let mut address = address.to_owned();
        for _ in 0..=REDIRECTS {
            self.allowed(&address)?;
            let (status, headers, bytes) = self.request(&address, known, most)?;
            match status.as_u16() {
                200..=299 => {
                    let header = |name| Some(headers.get(name)?.to_str().ok()?.to_owned());
                    let known = Known { etag: header("etag"), modified: header("last-modified") };
                    return Ok(Answer::Bytes { bytes, known });
                }
                304 => return Ok(Answer::Unchanged),
                301 | 302 | 303 | 307 | 308 => {
                    let next = headers.get("location").and_then(|next| next.to_str().ok());
                    let next = next.and_then(|next| joined(&address, next));
                    address = next.ok_or_else(|| {
                        Trouble::lasting("it is redirected to no address of the web")
                    })?;
                }
                code => return Err(self.refused(&address, code, &headers)),
            }
        }
        Err(Trouble::lasting(format!("it is redirected more than {REDIRECTS} times")))
    }

    /// How long until the host of an address may be asked again.
    pub(crate) fn wait_for(&self, address: &str) -> Duration {
        let Some(state) = host(address).and_then(|host| self.hosts.get(host)) else {
            return Duration::ZERO;
        };
        let asked = state
            .asked
            .map(|asked| (asked + self.pause(state)).saturating_duration_since(Instant::now()));
        let closed =
            state.closed_until.map(|until| until.saturating_duration_since(Instant::now()));
        asked.unwrap_or_default().max(closed.unwrap_or_default())
    }

    fn pause(&self, state: &Host) -> Duration {
        let own = match &state.robots {
            Some((_, Ok(robots))) => robots.delay(),
            _ => None,
        };
        own.unwrap_or_default().min(LONGEST_DELAY).max(self.manners.pause)
    }

    /// Whether the host lets us have this page.
    fn allowed(&mut self, address: &str) -> Result<(), Trouble> {
        let root =
            address::root(address).ok_or_else(|| Trouble::lasting("no http or https address"))?;
        let name = host(address).unwrap_or_default().to_owned();
        let state = self.hosts.entry(name.clone()).or_default();
        if let Some(left) =
            state.closed_until.map(|until| until.saturating_duration_since(Instant::now()))
            && left > self.manners.patience
        {
            let what = format!("{name} asked us to wait {} s longer", left.as_secs());
            return Err(Trouble { what, lasting: false, wait: Some(left) });
        }
        let fresh = state.robots.as_ref().is_some_and(|(read, _)| read.elapsed() < ROBOTS_AGE);
        if !fresh {
            let rules = self.robots(&format!("{root}/robots.txt"));
            self.hosts.entry(name.clone()).or_default().robots = Some((Instant::now(), rules));
        }
        match self.hosts.get(&name).and_then(|state| state.robots.as_ref()) {
            Some((_, Ok(robots))) if robots.allows(address::path(address)) => Ok(()),
            Some((_, Ok(_))) => Err(Trouble::lasting("its robots.txt asks us to leave it alone")),
            Some((_, Err(trouble))) => {
                let trouble = trouble.clone();
                // Asked again with the next try.
                if let Some(state) = self.hosts.get_mut(&name) {
                    state.robots = None;
                }
                Err(trouble)
            }
            None => Ok(()),
        }
    }

    /// The rules of a host, as RFC 9309 has it: without the file all is allowed, with a server in trouble nothing.
    fn robots(&mut self, address: &str) -> Result<Robots, Trouble> {
        let mut address = address.to_owned();
        for _ in 0..=REDIRECTS {
            let (status, headers, bytes) =
                self.request(&address, &Known::default(), ROBOTS_BYTES)?;
            match status.as_u16() {
                200..=299 => return Ok(Robots::read(&String::from_utf8_lossy(&bytes))),
                300..=399 => {
                    let next = headers.get("location").and_then(|next| next.to_str().ok());
                    match next.and_then(|next| joined(&address, next)) {
                        Some(next) => address = next,
                        None => return Ok(Robots::default()),
                    }
                }
                429 | 500..=599 => return Err(self.refused(&address, status.as_u16(), &headers)),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// One request, after the wait that the host is due.
    fn request(
        &mut self,
        address: &str,
        known: &Known,
        most: u64,
    ) -> Result<(StatusCode, HeaderMap, Vec<u8>), Trouble> {
        std::thread::sleep(self.wait_for(address));
        let name = host(address).ok_or_else(|| Trouble::lasting("no http or https address"))?;
        self.hosts.entry(name.to_owned()).or_default().asked = Some(Instant::now());
        let mut request = self.agent.get(address);
        for (header, value) in
            [("if-none-match", &known.etag), ("if-modified-since", &known.modified)]
        {
            if let Some(value) = value {
                request = request.header(header, value);
            }
        }
        let answer = request
            .call()
            .map_err(|error| Trouble::passing(format!("cannot be fetched: {error}")))?;
        let (parts, body) = answer.into_parts();
        let mut bytes = Vec::new();
        let read = body.into_reader().take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| {
            Trouble::passing(format!("broke off after {} bytes: {error}", bytes.len()))
        })?;
        if bytes.len() as u64 > most {
            return Err(Trouble::lasting(format!("it is longer than {most} bytes")));
        }
        Ok((parts.status, parts.headers, bytes))
    }

    /// What an answer without a page means.
    fn refused(&mut self, address: &str, code: u16, headers: &HeaderMap) -> Trouble {
        let what = format!("the server answered {code}");
        let wait = headers.get("retry-after").and_then(|value| retry_after(value.to_str().ok()?));
        let wait = wait.map(|wait| wait.min(LONGEST));
        if matches!(code, 429 | 503)
            && let Some(state) = host(address).and_then(|host| self.hosts.get_mut(host))
        {
            state.closed_until = wait.map(|wait| Instant::now() + wait);
        }
        match code {
            408 | 425 | 429 | 500..=599 => Trouble { what, lasting: false, wait },
            _ => Trouble::lasting(what),
        }
    }
}

/// A number of seconds, or a day and time.
fn retry_after(value: &str) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are a very long time, too.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let until = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    let now = jiff::Timestamp::now();
    Some(Duration::from_secs(
        until.as_second().saturating_sub(now.as_second()).max(0).unsigned_abs(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_server_has_us_wait() {
        assert_eq!(retry_after("120"), Some(Duration::from_mins(2)));
        assert_eq!(retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert!(retry_after("Fri, 21 Oct 2157 07:28:00 GMT").is_some_and(|wait| wait > LONGEST));
        assert!(retry_after("99999999999999999999").is_some_and(|wait| wait > LONGEST));
        assert_eq!((retry_after("soon"), retry_after(" "), retry_after("-1")), (None, None, None));
    }
}

//! `robots.txt`, as RFC 9309 has it: the longest rule that fits decides, and of two as long the one that allows.

use std::fmt::Write;
use std::time::Duration;

/// The name by which files speak of us.
const NAME: &str = "detente";

/// What a host asks of us.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Robots {
    rules: Vec<(bool, String)>,
    delay: Option<Duration>,
}

impl Robots {
    /// Reads the file: the group that names us, else the one for all.
    pub(crate) fn read(text: &str) -> Self {
        let (mut own, mut all): (Option<Self>, Self) = (None, Self::default());
        let (mut for_us, mut for_all, mut in_rules) = (false, false, true);
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (for_us, for_all, in_rules) = (false, false, false);
                }
                for_us |=
                    value.split('/').next().is_some_and(|name| name.eq_ignore_ascii_case(NAME));
                for_all |= value == "*";
                if for_us {
                    own.get_or_insert_default();
                }
                continue;
            }
            in_rules = true;
            let groups =
                own.as_mut().filter(|_| for_us).into_iter().chain(for_all.then_some(&mut all));
            for group in groups {
                match key.as_str() {
                    "allow" | "disallow" if !value.is_empty() => {
                        group.rules.push((key == "allow", pattern(value)));
                    }
                    "crawl-delay" => {
                        let seconds = value
                            .parse::<f64>()
                            .ok()
                            .filter(|seconds| (0.0..1e6).contains(seconds));
                        group.delay = seconds.map(Duration::from_secs_f64);
                    }
                    _ => {}
                }
            }
        }
        own.unwrap_or(all)
    }

    /// Whether we may have a page, by its path and query.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = escaped(path, "*$");
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, &path));
        fitting
            .max_by_key(|(allow, pattern)| (pattern.len(), *allow))
            .is_none_or(|(allow, _)| *allow)
    }

    /// The wait between two requests that it asks for.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// A pattern with its letters as [`escaped`] has them; a `$` that is not at its end is only a letter.
fn pattern(value: &str) -> String {
    match value.strip_suffix('$') {
        Some(value) => escaped(value, "$") + "$",
        None => escaped(value, "$"),
    }
}

/// One way to write a path, so that `/%73ecret` is `/secret` (RFC 9309, 2.2.2): letters, digits and `-._~` stand for themselves, what is no
/// ASCII, and what is in `also`, is written as `%C3%A9`.
fn escaped(path: &str, also: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((byte, mut after)) = rest.split_first() {
        let hex = |at: usize| char::from(*after.get(at)?).to_digit(16);
        let code = if *byte == b'%' { hex(0).zip(hex(1)) } else { None };
        let (byte, written) = match code {
            Some((high, low)) => {
                after = &after[2..];
                ((16 * high + low) as u8, true)
            }
            None => (*byte, false),
        };
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let stays = !written && byte.is_ascii() && !also.as_bytes().contains(&byte);
        if plain || stays {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
        rest = after;
    }
    escaped
}

/// `*` is anything, `$` at the end the end; else a pattern is a beginning.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) =
        pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    for (place, part) in parts.iter().enumerate() {
        if to_end && place + 1 == parts.len() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /private\nAllow: /private/news # but this\nDisallow: /*.pdf$\nCrawl-delay: 2.5\n\nUser-agent: other\nDisallow: /",
        );
        assert!(
            robots.allows("/") && robots.allows("/private/news/a") && robots.allows("/a.pdf?x")
        );
        assert!(!robots.allows("/private/b") && !robots.allows("/b/c.pdf"));
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
    }

    #[test]
    fn a_path_is_one_however_it_is_written() {
        let robots = Robots::read(
            "User-agent: *\nDisallow: /secret\nDisallow: /caf\u{e9}/\nDisallow: /%7Ejoe/\nDisallow: /a%2Fb\nDisallow: /star%2A\nDisallow: /price$1",
        );
        for no in [
            "/%73ecret/b",
            "/se%63ret",
            "/caf%c3%a9/",
            "/~joe/",
            "/%7ejoe/",
            "/a%2fb",
            "/star*",
            "/price$1",
            "/price%241",
        ] {
            assert!(!robots.allows(no), "{no}");
        }
        for yes in ["/a/b", "/SECRET", "/%2573ecret", "/%7", "/%zz", "/caf\u{e8}/", "/star"] {
            assert!(robots.allows(yes), "{yes}");
        }
    }

    #[test]
    fn the_group_that_names_us_counts_alone() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Detente/1.0\nUser-agent: friend\nDisallow: /admin";
        let robots = Robots::read(text);
        assert!(robots.allows("/news") && !robots.allows("/admin/x"));
        assert!(!Robots::read("User-agent: *\nDisallow: /").allows("/news"));
        assert!(Robots::read("User-agent: *\nDisallow:").allows("/news"));
        assert!(Robots::read("\u{0}\u{1} no file at all <html>").allows("/news"));
    }
}

//! Addresses of the web, as far as following a link takes them apart.

use std::net::IpAddr;

/// `https://a.example:8080` of `https://a.example:8080/b?c`.
pub(crate) fn root(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let length = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (length > 0).then(|| &address[..scheme.len() + 3 + length])
}

/// Host and port, which one waits for: `a.example:8080`.
pub(crate) fn host(address: &str) -> Option<&str> {
    let host = root(address)?.split_once("://")?.1;
    Some(host.rsplit_once('@').map_or(host, |(_, host)| host))
}

/// Path and query: what `robots.txt` speaks of.
pub(crate) fn path(address: &str) -> &str {
    let rest = root(address).map_or("", |root| &address[root.len()..]);
    let path = rest.split('#').next().unwrap_or_default();
    if path.is_empty() { "/" } else { path }
}

/// Whether the host is this machine or one of its own network, by its name or number.
pub(crate) fn is_local(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(number)) => {
            number.is_loopback()
                || number.is_private()
                || number.is_link_local()
                || number.is_unspecified()
        }
        Ok(IpAddr::V6(number)) => {
            let first = number.segments()[0];
            number.is_loopback()
                || number.is_unspecified()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
        }
        Err(_) => {
            name.eq_ignore_ascii_case("localhost")
                || name.ends_with(".localhost")
                || !name.contains('.')
        }
    }
}

/// The address that a link on a page names; `None` for what is no page of the web.
pub(crate) fn joined(base: &str, link: &str) -> Option<String> {
    let link = link.trim();
    let link = link.split('#').next().unwrap_or_default();
    if link.contains("://") {
        return root(link).map(|_| link.to_owned());
    }
    let root = root(base)?;
    if let Some(rest) = link.strip_prefix("//") {
        let scheme = root.split_once("://")?.0;
        return Some(format!("{scheme}://{rest}"));
    }
    if link.starts_with('/') {
        return Some(format!("{root}{link}"));
    }
    if link.split(['/', '?']).next().is_some_and(|word| word.contains(':')) {
        return None; // mailto:, javascript:
    }
    let path = path(base).split('?').next().unwrap_or("/");
    if link.starts_with('?') {
        return Some(format!("{root}{path}{link}"));
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    let (words, query) =
        link.split_once('?').map_or((link, None), |(words, query)| (words, Some(query)));
    for word in words.split('/') {
        match word {
            "." => {}
            ".." => {
                if parts.len() > 1 {
                    parts.pop();
                }
            }
            word => parts.push(word),
        }
    }
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{root}{}{query}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_addresses() {
        assert_eq!(root("https://a.example:80/b?c"), Some("https://a.example:80"));
        assert_eq!(host("http://me@a.example"), Some("a.example"));
        assert_eq!(path("http://a.example?x=1#y"), "?x=1");
        assert_eq!(path("http://a.example"), "/");
        for no in ["ftp://a.example/", "a.example", "https://", "javascript:alert(1)"] {
            assert_eq!(root(no), None, "{no}");
        }
    }

    #[test]
    fn links_are_joined() {
        let joined = |link| joined("https://a.example/news/today.html?x", link);
        assert_eq!(joined("b.html").as_deref(), Some("https://a.example/news/b.html"));
        assert_eq!(joined("../b?c=1#d").as_deref(), Some("https://a.example/b?c=1"));
        assert_eq!(joined("/b").as_deref(), Some("https://a.example/b"));
        assert_eq!(joined("//b.example/c").as_deref(), Some("https://b.example/c"));
        assert_eq!(joined("http://b.example").as_deref(), Some("http://b.example"));
        assert_eq!(joined("file:///etc/passwd"), None);
        assert_eq!(joined("mailto:a@b.example"), None);
    }

    #[test]
    fn local_hosts() {
        for local in [
            "http://127.0.0.1:8/",
            "http://localhost/",
            "http://[::1]/",
            "http://192.168.1.1/",
            "http://router/",
        ] {
            assert!(is_local(local), "{local}");
        }
        assert!(!is_local("https://a.example/") && !is_local("https://8.8.8.8/"));
    }
}

//! What a record can be found by, as words of an index.
//!
//! In goes a kind of sign and its value, out comes a word that no text holds: `actor` and `USA` are `actor=usa=`, `place` and
//! `Hong Kong` are `place=hong=kong=`. Signs stand in the same index as the words of the text, so that any mix of both is one
//! walk over lists that are sorted by day. The sign `=` is taken out of texts, and at the end it keeps the stemmer off.

/// One sign.
pub(crate) fn term(kind: &str, value: &str) -> String {
    let mut term = String::with_capacity(kind.len() + value.len() + 2);
    term.push_str(kind);
    term.push('=');
    for c in value.chars() {
        if c.is_ascii_alphanumeric() {
            term.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            term.extend(c.to_lowercase());
        } else if !term.ends_with('=') {
            term.push('=');
        }
    }
    if !term.ends_with('=') {
        term.push('=');
    }
    term
}

/// Signs of one row, each once.
#[derive(Debug, Default)]
pub(crate) struct Terms(Vec<String>);

impl Terms {
    /// Adds a sign; a value without a letter or digit is none.
    pub(crate) fn add(&mut self, kind: &str, value: &str) {
        if value.chars().any(char::is_alphanumeric) {
            let term = term(kind, value);
            if !self.0.contains(&term) {
                self.0.push(term);
            }
        }
    }

    /// Adds a sign whose value may not be known.
    pub(crate) fn maybe(&mut self, kind: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(kind, value);
        }
    }

    /// The words of a text and the signs, as the index takes them.
    pub(crate) fn with_words(&self, words: &str) -> String {
        let signs = self.0.iter().map(|term| term.len() + 1).sum::<usize>();
        let mut out = String::with_capacity(words.len() + signs);
        for (nth, piece) in words.split('=').enumerate() {
            out.push_str(if nth > 0 { " " } else { "" });
            out.push_str(piece);
        }
        for term in &self.0 {
            out.push(' ');
            out.push_str(term);
        }
        out
    }
}

/// The host of an address without `www.`: `courier.example` of `https://www.courier.example/a`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_words_that_no_text_holds() {
        assert_eq!(term("actor", "USA"), "actor=usa=");
        assert_eq!(term("place", "Hong Kong"), "place=hong=kong=");
        assert_eq!(term("name", "Selim Arat (Jr.)"), "name=selim=arat=jr=");
        let mut terms = Terms::default();
        terms.add("type", "CONSULT");
        terms.add("type", "CONSULT");
        terms.add("place", "–");
        assert_eq!(terms.with_words("type=CONSULT= met"), "type CONSULT  met type=consult=");
    }

    #[test]
    fn hosts_of_addresses() {
        assert_eq!(host("https://www.courier.example/a?b"), Some("courier.example"));
        assert_eq!(host("http://a.example:8080"), Some("a.example"));
        assert_eq!(host("oslo.html"), None);
    }
}

//! The dateline: where a report was written, before its first sentence.
//!
//! In goes the text of a paragraph, out comes the byte where its dateline ends: after the dash of "BEIJING
//! (Reuters) — The talks …" or "LONDON, June 3 – …". The place of a dateline is that of reporting.

/// A dateline is no longer than this, in bytes.
const LONGEST: usize = 80;

/// The byte after the dash of a dateline that begins with a name of `name_len` bytes at the
/// beginning of `paragraph`; `None` where there is none.
pub(super) fn end(paragraph: &str, name_len: usize) -> Option<usize> {
    let rest = paragraph.get(name_len..)?;
    let mut depth = 0_usize;
    let mut word_start = true;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > LONGEST {
            return None;
        }
        let spaced = rest.get(..at).is_some_and(|before| before.ends_with([' ', ')', ',']));
        match c {
            '—' | '–' if depth == 0 => return Some(name_len + at + c.len_utf8()),
            '-' if depth == 0 && (spaced || chars.peek().is_some_and(|(_, next)| *next == '-')) => {
                while chars.peek().is_some_and(|(_, next)| *next == '-') {
                    chars.next();
                }
                let end = chars.peek().map_or(rest.len(), |(at, _)| *at);
                return Some(name_len + end);
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '\n' => return None,
            // Only names, dates and agencies stand before the dash.
            c if word_start && c.is_lowercase() && depth == 0 => return None,
            _ => {}
        }
        word_start = !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_end_at_their_dash() {
        for (text, name) in [
            ("BEIJING (Reuters) — The talks", "BEIJING"),
            ("LONDON, June 3 – The talks", "LONDON"),
            ("KABUL, Afghanistan (AP) -- The talks", "KABUL"),
            ("PARIS - The talks", "PARIS"),
            ("Geneva, 3 Dec. (agency) - The talks", "Geneva"),
        ] {
            let end = end(text, name.len()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(text[end..].trim_start(), "The talks", "{text}");
        }
    }

    #[test]
    fn other_dashes_end_none() {
        for (text, name) in [
            ("Beijing said — in vain — that", "Beijing"),
            ("Beijing-based firms met", "Beijing"),
            ("Beijing", "Beijing"),
            ("Paris\n\nLondon — x", "Paris"),
        ] {
            assert_eq!(end(text, name.len()), None, "{text}");
        }
    }
}

//! How names are compared: one character at a time, with spelling that does not tell names apart
//! taken away.
//!
//! In goes a text and a byte, out comes the next character as names are compared and the byte after
//! it. `Côte d’Ivoire`, `Cote d'Ivoire` and `Côte  d'Ivoire` read alike, as do `al-Shabab` and
//! `al Shabab`. Case is kept: it tells `WHO` from `who`.

/// What ends a paragraph: no name goes across it, and no name holds it.
pub(crate) const BREAK: char = '\n';

/// The character at byte `at` as names are compared, and the byte after all that it stands for;
/// `None` at the end of the text or inside a character.
///
/// White space and hyphens are one space, apostrophes are straight, Latin letters lose their marks.
pub(crate) fn next(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    if first.is_ascii_alphanumeric() {
        // The common case; a combining mark may still follow.
        return Some((first as char, after_marks(text, at + 1)));
    }
    let c = rest.chars().next()?;
    if c.is_whitespace() {
        let trimmed = rest.trim_start();
        let run = &rest[..rest.len() - trimmed.len()];
        let c = if run.bytes().filter(|&byte| byte == b'\n').count() > 1 { BREAK } else { ' ' };
        return Some((c, at + run.len()));
    }
    let end = at + c.len_utf8();
    Some(match c {
        '-' | '\u{2010}'..='\u{2013}' => (' ', end),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '`' | '\u{b4}' => ('\'', end),
        c if c.is_alphanumeric() => (base(c), after_marks(text, end)),
        c => (c, end),
    })
}

fn after_marks(text: &str, mut at: usize) -> usize {
    while let Some(c) = text.get(at..).and_then(|rest| {
        // Combining marks begin with the bytes CC or CD.
        let lead = rest.as_bytes().first()?;
        if matches!(lead, 0xcc | 0xcd) { rest.chars().next() } else { None }
    }) {
        if !('\u{300}'..='\u{36f}').contains(&c) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// A Latin letter without its marks; any other character as it is.
fn base(c: char) -> char {
    let plain = match lower(c) {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ'..='ặ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' | 'ẹ'..='ệ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' | 'ḥ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ỉ' | 'ị' | 'i' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        _ => return c,
    };
    if c.is_uppercase() { plain.to_ascii_uppercase() } else { plain }
}

/// Lower case of a folded character, one for one.
pub(crate) fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

/// Upper case of a folded character, one for one.
fn to_upper(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { c.to_uppercase().next().unwrap_or(c) }
}

/// How the spelling of a name in a text agrees with the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Agreement {
    /// Letter for letter; a word that the name writes small may begin with a capital.
    Exact,
    /// The text is wholly in capitals, and the name has four letters or more.
    Capitals,
    /// Some other way.
    No,
}

/// Compares a name with a stretch of text that is the same but for case.
pub(crate) fn agreement(name: &str, text: &str) -> Agreement {
    let (mut name_at, mut text_at) = (0, 0);
    let (mut exact, mut capitals) = (true, true);
    let mut letters = 0;
    let mut word_start = true;
    loop {
        match (next(name, name_at), next(text, text_at)) {
            (None, None) => break,
            (Some((own, name_after)), Some((c, text_after))) => {
                let begins = word_start && c == to_upper(own);
                exact &= own == c || begins;
                letters += usize::from(own.is_alphabetic());
                capitals &= c == to_upper(own);
                word_start = !own.is_alphanumeric();
                (name_at, text_at) = (name_after, text_after);
            }
            _ => return Agreement::No,
        }
        if !exact && !capitals {
            return Agreement::No;
        }
    }
    if exact {
        Agreement::Exact
    } else if capitals && letters >= 4 {
        Agreement::Capitals
    } else {
        Agreement::No
    }
}

/// Order of two names as they are compared, case kept.
pub(crate) fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let (mut at, mut other_at) = (0, 0);
    loop {
        match (next(a, at), next(b, other_at)) {
            (Some((own, after)), Some((other, other_after))) => {
                if own != other {
                    return own.cmp(&other);
                }
                (at, other_at) = (after, other_after);
            }
            (own, other) => return own.is_some().cmp(&other.is_some()),
        }
    }
}

/// The whole text as names are compared, case kept; for messages and tests of sameness.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((c, after)) = next(text, at) {
        out.push(c);
        at = after;
    }
    out
}

/// The text as names are compared, in lower case: equal for two spellings of one name.
///
/// ```
/// assert_eq!(detente_knowledge::plain("Erdoğan’s"), detente_knowledge::plain("ERDOGAN'S"));
/// ```
pub fn plain(text: &str) -> String {
    folded(text).chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_that_does_not_tell_names_apart() {
        assert_eq!(folded("Côte\n d’Ivoire"), "Cote d'Ivoire");
        assert_eq!(folded("al‑Shabab"), "al Shabab");
        assert_eq!(folded("Erdog\u{306}an"), folded("Erdoğan"));
        assert_eq!(folded("Nguyễn Phú Trọng"), "Nguyen Phu Trong");
    }

    #[test]
    fn a_blank_line_is_no_space() {
        assert_eq!(folded("North\n\nKorea"), "North\nKorea");
    }

    #[test]
    fn capitals_need_four_letters() {
        assert_eq!(agreement("China", "CHINA"), Agreement::Capitals);
        assert_eq!(agreement("Xi", "XI"), Agreement::No);
        assert_eq!(agreement("al-Shabab", "Al Shabab"), Agreement::Exact);
        assert_eq!(agreement("WHO", "who"), Agreement::No);
        assert_eq!(agreement("Turkey", "turkey"), Agreement::No);
        assert_eq!(agreement("U.S.", "U.S."), Agreement::Exact);
    }
}

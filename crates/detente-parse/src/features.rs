//! What the network is told of a word by its spelling.
//!
//! In goes a form, out come the row of its vocabulary entry and rows of a hashed table for its beginning, its
//! ending and its shape; training and parsing share this code, so that both see the same. `Beijing's` ends its
//! life in the tokeniser; `Beijing` is looked up as `beijing`, with the prefixes `b`, `be`, `bei`, the suffixes `g`,
//! `ng`, `ing`, `jing` and the shape `Xx`.

/// Rows of the hashed table.
pub const HASHED_ROWS: usize = 1 << 14;
/// Hashed features of one word.
pub const HASHED: usize = 8;

/// The form as the vocabulary spells it: lower case, each digit `0`, typographic quotes and dashes plain.
pub fn normalise(form: &str) -> String {
    let mut out = String::with_capacity(form.len() + 2);
    for c in form.chars() {
        match c {
            'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '0'..='9' => out.push('0'),
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{2014}' | '\u{2015}' => out.push_str("--"),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            _ if c.is_ascii() => out.push(c),
            _ if c.is_numeric() => out.push('0'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Rows in the hashed table for the affixes and the shape of `form`, whose normal form is `normal`.
pub fn hashed(form: &str, normal: &str) -> [u32; HASHED] {
    let mut rows = [0; HASHED];
    let mut ends = normal.char_indices().skip(1).map(|(at, _)| at).chain([normal.len()]);
    for (kind, row) in rows.iter_mut().take(3).enumerate() {
        let end = ends.next().unwrap_or(normal.len());
        *row = hash(kind as u32, &normal.as_bytes()[..end]);
    }
    let mut starts = normal.char_indices().rev().map(|(at, _)| at);
    for (kind, row) in rows.iter_mut().enumerate().skip(3).take(4) {
        let start = starts.next().unwrap_or(0);
        *row = hash(kind as u32, &normal.as_bytes()[start..]);
    }
    let (shape, length) = shape(form);
    rows[HASHED - 1] = hash(HASHED as u32, &shape[..length]);
    rows
}

/// Runs of capitals, small letters, digits and other marks, each as one or two signs: `U.S.` is `X.X.`, `Xi` is `Xx`,
/// `G7` is `Xd`, `NATO` is `XX`. At most twelve signs.
fn shape(form: &str) -> ([u8; 12], usize) {
    let mut signs = [0_u8; 12];
    let mut length = 0;
    for c in form.chars() {
        let sign = if c.is_uppercase() {
            b'X'
        } else if c.is_alphabetic() {
            b'x'
        } else if c.is_numeric() {
            b'd'
        } else if c.is_ascii() {
            c as u8
        } else {
            b'?'
        };
        let run = length >= 2 && signs[length - 1] == sign && signs[length - 2] == sign;
        let lower_run = sign == b'x' && length >= 1 && signs[length - 1] == b'x';
        if !run && !lower_run && length < signs.len() {
            signs[length] = sign;
            length += 1;
        }
    }
    (signs, length)
}

/// FNV-1a over the kind of feature and its letters.
fn hash(kind: u32, letters: &[u8]) -> u32 {
    let mut state = 0x811c_9dc5_u32 ^ kind.wrapping_mul(0x9e37_79b9);
    for &letter in letters {
        state = (state ^ u32::from(letter)).wrapping_mul(0x0100_0193);
    }
    (state ^ (state >> 15)) & (HASHED_ROWS as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_does_not_change_the_word() {
        assert_eq!(normalise("\u{2019}S"), "'s");
        assert_eq!(normalise("F-16"), "f-00");
        assert_eq!(normalise("\u{c9}lys\u{e9}e"), "\u{e9}lys\u{e9}e");
    }

    #[test]
    fn shapes_tell_names_from_words() {
        let of = |form: &str| {
            let (signs, length) = shape(form);
            String::from_utf8_lossy(&signs[..length]).into_owned()
        };
        assert_eq!(of("Beijing"), "Xx");
        assert_eq!(of("NATO"), "XX");
        assert_eq!(of("U.S."), "X.X.");
        assert_eq!(of("2,000"), "d,dd");
        assert_eq!(of(""), "");
    }

    #[test]
    fn short_and_empty_forms_have_features_too() {
        assert_eq!(hashed("", "").len(), HASHED);
        assert_ne!(hashed("a", "a")[0], hashed("b", "b")[0]);
    }
}

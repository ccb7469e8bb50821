//! Spellings of a name that differ only in the dots and spaces of its capitals.
//!
//! In goes a name as a file has it, out come the others that news writes for it: "ANC" is "A.N.C." too, and "H. D. Gowda" is "H.D. Gowda"
//! and "HD Gowda". Files give one of them.

/// Letters that an abbreviation must have to be read with dots: two may be somebody's initials.
const LEAST: usize = 3;
/// Letters of the longest abbreviation that news dots, and of the longest run of initials that it writes without dots.
const MOST: usize = 6;
const MOST_BARE: usize = 3;

/// The other spellings of this name.
pub(crate) fn others(name: &str) -> Vec<String> {
    if is_bare(name, LEAST, MOST) {
        return vec![closed(name)];
    }
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let mut styles = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
    let mut letters = String::new();
    for (at, word) in words.iter().enumerate() {
        // "MUD rebels" and "HD Gowda"; in the midst of a name capitals are a word.
        let bare = at == 0
            && is_bare(word, 2, if words.len() > 2 { MOST } else { MOST_BARE })
            && words.get(1).is_some_and(|next| next.chars().skip(1).any(char::is_lowercase));
        if bare || is_dotted(word) {
            letters.extend(word.chars().filter(|&c| c != '.'));
            continue;
        }
        take(&mut letters, &mut styles);
        for style in &mut styles {
            style.push((*word).to_owned());
        }
    }
    take(&mut letters, &mut styles);
    let mut others: Vec<String> = styles.iter().map(|style| style.join(" ")).collect();
    others.retain(|other| other != name);
    others.dedup();
    others
}

/// Writes the initials read so far in each way: "H.D.", "H. D.", "H D", "HD".
fn take(letters: &mut String, styles: &mut [Vec<String>; 4]) {
    if letters.is_empty() {
        return;
    }
    let apart =
        |dot: &str| letters.chars().map(|c| format!("{c}{dot}")).collect::<Vec<_>>().join(" ");
    let [dotted, spaced, undotted, bare] = styles;
    dotted.push(closed(letters));
    spaced.push(apart("."));
    undotted.push(apart(""));
    bare.push(std::mem::take(letters));
}

fn closed(letters: &str) -> String {
    letters.chars().flat_map(|c| [c, '.']).collect()
}

fn is_bare(word: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "H." or "H.D.".
fn is_dotted(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 2
        && bytes.chunks(2).all(|pair| matches!(pair, [c, b'.'] if c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_and_initials() {
        assert_eq!(others("ANC"), ["A.N.C."]);
        assert_eq!(others("H. D. Gowda"), ["H.D. Gowda", "H D Gowda", "HD Gowda"]);
        assert_eq!(others("H.D. Gowda"), ["H. D. Gowda", "H D Gowda", "HD Gowda"]);
        assert_eq!(others("HD Gowda"), ["H.D. Gowda", "H. D. Gowda", "H D Gowda"]);
        assert_eq!(others("Ann W. Lee"), ["Ann W Lee"]);
    }

    #[test]
    fn what_has_one_spelling() {
        for name in ["EU", "Hamas", "Ann Lee", "Lee Kuan YEW", "Côte d'Ivoire", "St. Lucia"] {
            assert!(others(name).is_empty(), "{name}: {:?}", others(name));
        }
    }
}

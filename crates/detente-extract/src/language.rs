//! The language of a text.
//!
//! In: a text. Out: its ISO 639-1 code, or nothing if there is too little to go by. Languages
//! in Latin letters are told by their commonest words first: a brief of twenty words that is mostly
//! names is English if its small words are (`Blinken met Xi Jinping and Wang Yi in Beijing`).
//! The rest goes to whatlang, which knows 69 languages by their letter trigrams.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use whatlang::{Detector, Lang};

/// How much of a text is looked at, in bytes.
const ENOUGH: usize = 8000;

/// The small words of languages.
struct SmallWords {
    /// Codes of the languages.
    codes: Vec<&'static str>,
    /// Each word with the languages that have it, as places among the codes.
    languages: HashMap<&'static str, Vec<usize>, RandomState>,
}

static SMALL_WORDS: LazyLock<SmallWords> = LazyLock::new(|| {
    let mut small = SmallWords { codes: Vec::new(), languages: HashMap::default() };
    let lines = include_str!("../lists/small-words.txt").lines();
    for (code, words) in
        lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
    {
        for word in words.split(' ') {
            let languages = small.languages.entry(word).or_default();
            // A word that is listed twice counts once.
            if languages.last() != Some(&small.codes.len()) {
                languages.push(small.codes.len());
            }
        }
        small.codes.push(code);
    }
    small
});

/// The ISO 639-1 code of a text's language.
///
/// ```
/// # use detente_extract::language;
/// assert_eq!(language("Blinken met Xi Jinping and Wang Yi in Beijing."), Some("en"));
/// assert_eq!(language("Blinken traf Xi am Montag in Peking und sprach mit ihm über den Handel."), Some("de"));
/// assert_eq!(language("1, 2, 3"), None);
/// ```
pub fn language(text: &str) -> Option<&'static str> {
    let text = text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text);
    let (mut letters, mut latin) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        latin += usize::from(is_latin(c));
    }
    if letters < 3 {
        return None;
    }
    if latin * 2 > letters {
        let found = by_small_words(text);
        if found.is_some() {
            return found;
        }
    }
    let info = whatlang::detect(text)?;
    let code = code(info.lang());
    // Latin letters without any small word: a headline or a list of names. whatlang would guess
    // among all languages; English is what such a text most likely is here, if it is plain ASCII.
    if latin * 2 > letters
        && !info.is_reliable()
        && text.chars().filter(|c| !c.is_ascii()).count() * 50 < letters
    {
        return Some("en");
    }
    code
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// The language whose small words make up the largest share of the text, if one stands out.
fn by_small_words(text: &str) -> Option<&'static str> {
    let mut words = 0usize;
    let small = &*SMALL_WORDS;
    let mut counts = vec![0usize; small.codes.len()];
    let mut lower = String::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/')) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = word.chars().next() else { continue };
        words += 1;
        // "U.S.", "F-16s" and "pro-Western" are no small words of any language.
        if !first.is_alphabetic() || word.contains(|c: char| !c.is_alphabetic() && c != '\'') {
            continue;
        }
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.push_str(&word.to_lowercase());
        }
        for &language in small.languages.get(lower.as_str()).into_iter().flatten() {
            counts[language] += 1;
        }
    }
    let (best, count) =
        counts.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
    let second =
        counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, c)| *c).max().unwrap_or(0);
    // A tenth of the words is few for running text and much for a brief full of names.
    let few = words <= FEW;
    let stands_out = *count > second && *count * 10 >= words && (*count >= 2 || few);
    let code = stands_out.then(|| small.codes.get(best).copied())??;
    // "Dozens die in raid": a word of a headline may be a small word of another language by chance.
    let at_home = small.codes.iter().position(|code| *code == "en");
    let close = at_home.is_some_and(|en| en != best && counts[en] + 1 >= *count);
    if few && close && text.is_ascii() && is_likelier_english(text, code) {
        return Some("en");
    }
    Some(code)
}

/// Words of a headline.
const FEW: usize = 12;

/// Whether the letters of a text are those of English rather than of another language.
fn is_likelier_english(text: &str, other: &str) -> bool {
    let other = Lang::all().iter().copied().find(|lang| code(*lang) == Some(other));
    let Some(other) = other else { return false };
    Detector::with_allowlist(vec![Lang::Eng, other]).detect_lang(text) == Some(Lang::Eng)
}

/// ISO 639-1 codes of whatlang's languages.
fn code(lang: Lang) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "no"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
        ("cym", "cy"),
    ];
    CODES.iter().find(|(long, _)| *long == lang.code()).map(|(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_full_of_names() {
        for text in [
            "Erdogan met Putin, Raisi and Aliyev in Astana on Friday.",
            "Ankara refused to extradite the suspect to Greece.",
            "Wang Yi, Qin Gang, Antony Blinken, Nicholas Burns and Daniel Kritenbrink attended talks at Diaoyutai, Beijing.",
            "Talks Resume",
            "Kyiv: Zelensky hosts Macron, Scholz, Draghi, Iohannis",
            "U.S., China agree to stabilize ties",
            "Turkish F-16s down Russian warplane",
            "Pro-Palestinian students occupy campus building",
            "Anti-war demonstrators march in Tokyo",
            "Dozens die in raid on market",
            "Three die in Kashmir",
            "U.N. envoy, rebels hold talks in Geneva",
        ] {
            assert_eq!(language(text), Some("en"), "{text}");
        }
    }

    #[test]
    fn other_languages() {
        for (text, code) in [
            ("Blinken se reunió con Xi en Pekín el lunes para hablar de comercio.", "es"),
            ("Merkel reist in die USA und spricht mit Obama", "de"),
            ("Le ministre a rencontré son homologue à Paris lundi.", "fr"),
            ("Министр встретился с коллегой в Москве в понедельник.", "ru"),
            ("部長は月曜日に北京で会談した。", "ja"),
            ("国务卿周一在北京会见了外交部长。", "zh"),
            ("Bakan pazartesi günü Ankara'da mevkidaşı ile bir araya geldi.", "tr"),
            ("Menteri itu bertemu dengan rekannya di Jakarta pada hari Senin.", "id"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }
}

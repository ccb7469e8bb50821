//! Lines that say who wrote a text and when.
//!
//! In: a line near the headline. Out: whether it is such a line, the name and the date. `By Ann Lee | June 19, 2023` gives `Ann Lee` and
//! `2023-06-19`.

use crate::boilerplate::is_trade;
use crate::dates::{begins_date, date_in, is_date_line};
use crate::paragraphs::{count_words, ends_like_a_sentence, words_of};

/// What stands between a name and a date.
const SEPARATORS: [char; 5] = ['|', '•', '·', '—', '–'];

/// A name without `By` before it; nothing if it is an address or a sentence.
pub(crate) fn clean_byline(name: &str) -> Option<String> {
    let name = words_of(name);
    // `View all posts by Ann Lee`, `Post author By Ann Lee`
    let name = match name.to_ascii_lowercase().rfind(" by ") {
        Some(at)
            if name.get(..at).is_some_and(|before| {
                before.to_lowercase().contains("post") || before.to_lowercase().contains("written")
            }) =>
        {
            name.get(at + 4..).unwrap_or_default().to_owned()
        }
        _ => name,
    };
    let lower = name.to_lowercase();
    let name = ["by ", "by: ", "written by ", "posted by ", "von ", "par "]
        .iter()
        .find(|prefix| lower.starts_with(**prefix))
        .and_then(|prefix| name.get(prefix.len()..))
        .unwrap_or(&name)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | ',' | ':' | '•' | '·'))
        .to_owned();
    let bad = name.is_empty()
        || name.len() > 120
        || count_words(&name) > 14
        || name.contains("http")
        || name.contains('@')
        || name.contains(".com")
        || matches!(
            name.to_lowercase().as_str(),
            "admin" | "administrator" | "no author" | "null" | "undefined" | "none" | "unknown"
        );
    (!bad).then_some(name)
}

/// Whether a line names who wrote what stands below it: `By Ann Lee in Oslo`, `June 19, 2023 by Ann Lee`.
pub(crate) fn is_byline(text: &str) -> bool {
    // `June 19, 2023 by Ann Lee`
    if count_words(text) <= 12
        && text.contains(" by ")
        && date_in(text).is_some()
        && !ends_like_a_sentence(text)
    {
        return true;
    }
    let name = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY "));
    name.is_some_and(|name| {
        count_words(name) <= 12
            && !ends_like_a_sentence(name)
            && name.starts_with(char::is_uppercase)
    })
}

/// Whether a line without `By` names who wrote what stands below it: `Ann Lee and Bo Roe in Oslo`, `Ann Lee, defence editor`,
/// `Our correspondent in Oslo`.
pub(crate) fn is_bare_byline(text: &str) -> bool {
    if count_words(text) > 12
        || ends_like_a_sentence(text)
        || text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!' | '"' | '“'))
    {
        return false;
    }
    let plain = text.to_lowercase();
    let trade = |words: &str| {
        let last = words.split_whitespace().next_back();
        last.is_some_and(|last| is_trade(last.trim_end_matches('s')))
    };
    let whose = ["our ", "from our ", "a staff "].iter().any(|own| plain.starts_with(own));
    if whose {
        return trade(plain.split(" in ").next().unwrap_or_default());
    }
    let is_name = |name: &str| {
        (2..=4).contains(&name.split_whitespace().count())
            && name.split_whitespace().all(|word| {
                word.starts_with(char::is_uppercase)
                    || matches!(word, "de" | "van" | "der" | "von" | "al")
            })
    };
    let mut parts = text.split(',').map(str::trim);
    let are_names = |part: &str| {
        part.split(" and ").flat_map(|names| names.split(" & ")).all(|name| {
            let name = name.split(" in ").next().unwrap_or(name);
            is_name(name.trim())
        })
    };
    let first = parts.next().unwrap_or_default();
    if !are_names(first) {
        return false;
    }
    let mut placed = first.contains(" in ");
    for part in parts {
        let role = trade(&part.to_lowercase());
        if !role && !are_names(part) {
            return false;
        }
        placed |= role || part.contains(" in ");
    }
    placed
}

/// `By Ann Lee | June 19, 2023` has both.
pub(crate) fn byline_and_date(text: &str) -> (Option<String>, Option<String>) {
    let name = text.split(SEPARATORS).next().unwrap_or(text);
    let name = match name.rsplit_once(" by ") {
        Some((before, name)) if date_in(before).is_some() => name,
        _ => name,
    };
    (clean_byline(without_date(name)), date_in(text))
}

/// The date of a line that tells it alone or beside who wrote: `Ann Lee in Oslo | Mon 19 Jun 2023 14.05 BST`.
pub(crate) fn date_of_line(text: &str) -> Option<String> {
    if is_date_line(text) || is_byline(text) {
        return date_in(text);
    }
    let short = count_words(text) <= 16 && !ends_like_a_sentence(text);
    let mut parts = text.split(SEPARATORS).map(str::trim).filter(|part| is_date_line(part));
    if short { parts.next().and_then(date_in) } else { None }
}

/// A name without the date that follows it: `Ann Lee and Bo Roe Monday, June 19, 2023`.
fn without_date(name: &str) -> &str {
    let mut from = 0;
    for word in name.split(' ') {
        if name.get(from..).is_some_and(begins_date) {
            return name.get(..from).unwrap_or(name).trim_end();
        }
        from += word.len() + 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_without_by() {
        for line in [
            "Ann Lee and Bo Roe in Oslo",
            "Ann Lee in Oslo and Bo Roe in Bern",
            "Ann Lee, diplomatic correspondent",
            "Ann Lee, Bo Roe and Cy Orr in Oslo",
            "Ann Lee, Defence Editor",
            "Our correspondent in Oslo",
            "Jan van der Meer in The Hague",
        ] {
            assert!(is_bare_byline(line), "{line}");
        }
        for line in [
            "Talks resume in Oslo",
            "Oslo and Bern",
            "Ann Lee",
            "Our friends in the North",
            "Peru and Ecuador in Geneva",
            "Two men held in Lima, Peru",
            "Ann Lee met Bo Roe in Oslo.",
            "War in the east, peace in the west",
        ] {
            assert!(!is_bare_byline(line), "{line}");
        }
    }

    #[test]
    fn names_and_dates_of_lines() {
        for (line, name) in [
            ("By Ann Lee | June 19, 2023", "Ann Lee"),
            ("By Ann Lee and Bo Roe Monday, June 19, 2023", "Ann Lee and Bo Roe"),
            ("By Ann Lee 19 June 2023", "Ann Lee"),
            ("Posted on June 19, 2023 by Ann Lee", "Ann Lee"),
            ("BY ANN LEE, June 19, 2023", "ANN LEE"),
        ] {
            assert!(is_byline(line), "{line}");
            let told = byline_and_date(line);
            assert_eq!(told, (Some(name.to_owned()), Some("2023-06-19".to_owned())), "{line}");
        }
        let beside = "Ann Lee in Oslo | Mon 19 Jun 2023 14.05 BST";
        assert_eq!(date_of_line(beside).as_deref(), Some("2023-06-19"));
        assert_eq!(date_of_line("Talks on June 19, 2023 | failed to end the war."), None);
        assert!(!is_byline("By Monday the army had withdrawn from the town."));
    }
}

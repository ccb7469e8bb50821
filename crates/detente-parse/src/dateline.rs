//! The dateline that opens a report: where it was written, when, and by whom.
//!
//! In go the tokens of a sentence that opens a paragraph, out comes how many of them are a dateline, its dash included: five of
//! "OSLO, June 19 (Wire) - Norway agreed", and none of "NATO - the alliance - agreed". It is no part of the sentence behind it, so
//! the two are parsed apart.

use detente_core::Span;

/// A dateline has no more tokens than this.
const LONGEST: usize = 14;

/// How many of the tokens are a dateline.
pub(crate) fn length(forms: &[&str], spans: &[Span]) -> usize {
    // "Paris-based", "PORT-AU-PRINCE" and "second-largest" are one word each.
    let apart = |one: usize, other: usize| match (spans.get(one), spans.get(other)) {
        (Some(one), Some(other)) => one.end < other.start,
        _ => false,
    };
    let free = |at: usize| {
        forms.get(at).is_some_and(|form| {
            is_dash(form) && (*form != "-" || (at > 0 && apart(at - 1, at) && apart(at, at + 1)))
        })
    };
    let Some(dash) = (1..forms.len().min(LONGEST)).find(|&at| free(at)) else { return 0 };
    let Some(head) = forms.get(..dash) else { return 0 };
    let capitals = {
        let large = |form: &&&str| form.chars().all(|c| !c.is_alphabetic() || c.is_uppercase());
        let words = head.iter().take_while(large);
        // "LA PAZ" and no "EU".
        words.flat_map(|form| form.chars()).filter(|c| c.is_alphabetic()).count() > 2
    };
    let bracket = head.contains(&"(");
    if !(capitals || bracket) || !names_alone(head) {
        return 0;
    }
    // "NATO — Turkey apart — agreed" is a sentence by itself.
    let rest = forms.get(dash + 1..).unwrap_or_default();
    let plain = dash == 1 && (dash + 1..forms.len()).any(free);
    let opens = rest.first().is_some_and(|form| {
        form.chars().next().is_some_and(|c| !c.is_lowercase())
            && form.chars().any(char::is_alphanumeric)
            || matches!(*form, "\"" | "“" | "``" | "'" | "‘")
    });
    if opens && !plain && rest.len() > 2 { dash + 1 } else { 0 }
}

/// Whether nothing but names, numbers and signs stands there; in brackets any word may.
fn names_alone(forms: &[&str]) -> bool {
    let mut depth = 0_usize;
    forms.iter().all(|form| {
        match *form {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > 0 || !form.starts_with(char::is_lowercase) || IN_NAMES.contains(form)
    })
}

/// Small words inside names of places: "Democratic Republic of Congo", "Rio de Janeiro".
const IN_NAMES: [&str; 9] = ["of", "the", "and", "de", "da", "do", "del", "la", "al"];

fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "--" | "—" | "–" | "―")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokens;

    fn dateline(text: &str) -> &str {
        let spans = tokens(text, Span::new(0, text.len()));
        let forms: Vec<&str> = spans.iter().filter_map(|span| span.of(text)).collect();
        match length(&forms, &spans).checked_sub(1) {
            Some(dash) => &text[..spans[dash].end],
            None => "",
        }
    }

    #[test]
    fn a_dateline_ends_at_its_dash() {
        for (line, rest) in [
            ("OSLO, June 19 (Wire) -", " Norway agreed to talk."),
            ("KABUL, Afghanistan (AP) --", " The rebels agreed."),
            ("Geneva (agency) –", " The envoys agreed."),
            ("PARIS —", " Mali's envoy was expelled."),
            ("PARIS ―", " Mali's envoy was expelled."),
            ("PARIS -", " The second-largest bank agreed."),
            ("PORT-AU-PRINCE -", " The envoys agreed."),
            ("LA PAZ -", " The envoys agreed."),
            ("BUNIA, Democratic Republic of Congo, Dec 1 -", " The envoys agreed."),
            ("ADDIS ABABA, 3 March 2024 —", " “We agree”, said the envoy."),
        ] {
            assert_eq!(dateline(&format!("{line}{rest}")), line);
        }
    }

    #[test]
    fn a_sentence_with_a_dash_has_none() {
        for text in [
            "NATO - the alliance - agreed to talk.",
            "NATO — Turkey apart — agreed to talk.",
            "PARIS-based envoys agreed to talk.",
            "Norway (which has oil) agreed - at last.",
            "Norway - Sweden's neighbour - agreed.",
            "The envoys - all of them - agreed.",
            "OSLO —",
        ] {
            assert_eq!(dateline(text), "", "{text}");
        }
    }
}

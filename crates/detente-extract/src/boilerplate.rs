//! What to drop: paragraphs that say what the furniture round an article says.
//!
//! In: the text of a paragraph. Out: whether it is furniture, a caption, a note on the author, the
//! heading of what follows an article. There are no rules for single sites; the phrases are in
//! `lists/phrases.txt`. `Leave a Reply` is furniture, `Athens left a reply.` is not. What the
//! elements of a page are called is read in [`crate::labels`].

use std::sync::LazyLock;

use crate::labels::section;
use crate::paragraphs::{count_words, ends_like_a_sentence};

struct Phrases {
    whole: Vec<&'static str>,
    starts: Vec<&'static str>,
    inside: Vec<&'static str>,
    reply_headings: Vec<&'static str>,
    other_headings: Vec<&'static str>,
    trades: Vec<&'static str>,
    zones: Vec<&'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let of = |name| section(include_str!("../lists/phrases.txt"), name);
    Phrases {
        whole: of("whole"),
        starts: of("starts"),
        inside: of("inside"),
        reply_headings: of("reply headings"),
        other_headings: of("other headings"),
        trades: of("trades"),
        zones: of("zones"),
    }
});

/// A paragraph made ready for comparing: lower case, straight quotes, no marks at the ends.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn bare(plain: &str) -> &str {
    plain.trim_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '(' && c != '@')
}

/// Whether a whole paragraph is furniture by what it says. It is meant for paragraphs between or
/// after those of an article; it is strict with long ones.
pub(crate) fn is_furniture(text: &str) -> bool {
    let words = count_words(text);
    if words > 60 {
        return false;
    }
    let plain = plain(text);
    let bare = bare(&plain);
    if bare.is_empty() || PHRASES.whole.contains(&bare) || is_count_of(bare) {
        return true;
    }
    let cookies =
        ["use cookies", "uses cookies", "use of cookies", "accept cookies", "cookies to "];
    if cookies.iter().any(|phrase| plain.contains(phrase)) {
        return true;
    }
    let network = [
        "twitter",
        "facebook",
        "instagram",
        "whatsapp",
        "telegram",
        "youtube",
        "linkedin",
        "google news",
    ];
    if words <= 30
        && ["follow", "like us", "join us", "find us", "on twitter", "subscribe"]
            .iter()
            .any(|w| plain.contains(w))
        && (network.iter().filter(|name| plain.contains(**name)).count() >= 2
            || (plain.starts_with("follow")
                && (plain.contains('@') || network.iter().any(|name| plain.contains(name)))))
    {
        return true;
    }
    if words <= 30
        && plain.contains("download")
        && plain.contains("app")
        && (plain.contains("ios") || plain.contains("android"))
    {
        return true;
    }
    if words <= 45 && PHRASES.inside.iter().any(|phrase| plain.contains(phrase)) {
        return true;
    }
    words <= 25
        && PHRASES.starts.iter().any(|start| bare.starts_with(start) || plain.starts_with(start))
}

/// Whether a paragraph is the caption of a picture: short, and with the credit at its end.
pub(crate) fn is_caption(text: &str) -> bool {
    const CREDITS: &[&str] = &[
        "photo:",
        "photo by",
        "photos:",
        "(photo",
        "photograph:",
        "photograph by",
        "image:",
        "image credit",
        "picture:",
        "getty images",
        "/getty",
        "/afp",
        "afp/",
        "(ap photo",
        "ap photo/",
        "/reuters",
        "reuters/",
        "/epa",
        "epa/",
        "/shutterstock",
        "/tt",
        "via ap)",
        "/ap)",
        "foto:",
        "courtesy of",
        "(afp)",
        "(reuters)",
        "(ap)",
        "(epa)",
        "[afp]",
        "[reuters]",
        "[ap]",
    ];
    if count_words(text) > 60 {
        return false;
    }
    let plain = plain(text);
    let tail = plain
        .get(plain.floor_char_boundary(plain.len().saturating_sub(70).max(plain.len() / 3))..)
        .unwrap_or_default();
    // A sentence after the credit would be the article's.
    CREDITS.iter().any(|credit| {
        tail.rfind(credit).is_some_and(|at| {
            let rest = tail.get(at + credit.len()..).unwrap_or_default();
            // `The talks failed. (AFP)` is signed so by the agency.
            let signed = credit.ends_with([')', ']']) && plain.contains(". ");
            count_words(rest) <= 6
                && !signed
                && (!credit.starts_with("courtesy") || rest.ends_with(')'))
        })
    })
}

/// A paragraph without credits in brackets: `(Credit: Ann Lee / The Daily)`.
pub(crate) fn without_credits(text: &str) -> Option<String> {
    let mut out = text.to_owned();
    let mut found = false;
    for opening in
        ["(Credit:", "(Photo:", "(Photo by", "(Image:", "(Image credit:", "(Picture:", "(Source:"]
    {
        while let Some(at) = out.find(opening) {
            let Some(length) = out.get(at..).and_then(|rest| rest.find(')')) else { break };
            out.replace_range(at..=at + length, "");
            found = true;
        }
    }
    found.then(|| crate::paragraphs::words_of(&out))
}

/// Whether a line is furniture beyond doubt, even in a plain text that nobody saved from a page:
/// it says `Advertisement`, `Leave a Reply` or the like and nothing more, not even a full stop.
pub(crate) fn is_furniture_line(text: &str) -> bool {
    let plain = plain(text);
    let bare = bare(&plain);
    !text.ends_with(['.', '!', '?'])
        && (bare.contains(' ') || bare.starts_with("advertis"))
        && PHRASES.whole.contains(&bare)
}

/// `12 comments`, `3 min read`, `5 shares`.
fn is_count_of(bare: &str) -> bool {
    let mut words = bare.split_ascii_whitespace();
    let Some(number) = words.next() else { return false };
    if !number.chars().all(|c| c.is_ascii_digit() || ",.k".contains(c)) {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    matches!(
        rest.as_slice(),
        ["comment"
            | "comments"
            | "shares"
            | "share"
            | "likes"
            | "views"
            | "replies"
            | "responses"
            | "votes"]
            | ["min" | "minute" | "minutes" | "mins", ..]
    ) && rest.len() <= 3
}

/// Whether a paragraph is the notice of rights under an article: `© 2023 The Daily`.
pub(crate) fn is_copyright(text: &str) -> bool {
    let plain = plain(text);
    ["©", "copyright ©", "copyright (c)", "copyright 20", "copyright 19", "(c) 20", "(c) copyright"]
        .iter()
        .any(|start| plain.starts_with(start))
}

/// What follows a heading that is no part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// What readers wrote, or the form for it. The article is over.
    Replies,
    /// Other articles, adverts, a note on the author. The article may go on after them.
    Articles,
}

/// What a paragraph is the heading of, if that is no part of an article: `Related Articles`,
/// `Leave a Reply`, `3 Comments`.
pub(crate) fn last_heading(text: &str) -> Option<After> {
    let words = count_words(text);
    if words > 30 || text.ends_with('.') {
        return None;
    }
    let plain = plain(text);
    let bare = bare(&plain);
    let counted = bare.starts_with(|c: char| c.is_ascii_digit())
        && [" responses to ", " thoughts on ", " comments on "]
            .iter()
            .any(|words| bare.contains(words));
    if counted || (is_count_of(bare) && !bare.contains("min")) {
        return Some(After::Replies);
    }
    if words > 9 {
        return None;
    }
    let begins = |headings: &[&str]| {
        headings.iter().any(|heading| {
            bare.strip_prefix(heading).is_some_and(|rest| {
                rest.is_empty()
                    || (!rest.starts_with(char::is_alphanumeric) && heading.contains(' '))
            })
        })
    };
    if begins(&PHRASES.reply_headings) {
        Some(After::Replies)
    } else if begins(&PHRASES.other_headings) {
        Some(After::Articles)
    } else {
        None
    }
}

/// Whether a word in lower case is what somebody who writes is: `correspondent`.
pub(crate) fn is_trade(word: &str) -> bool {
    PHRASES.trades.contains(&word)
}

/// Whether a word in lower case says by which clock an hour is told: `gmt`, `p.m`.
pub(crate) fn is_zone(word: &str) -> bool {
    PHRASES.zones.contains(&word)
}

/// Whether a paragraph tells who wrote the article: `Ann Lee is a staff writer who covers trade.`
pub(crate) fn is_author_note(text: &str) -> bool {
    if count_words(text) > 90 {
        return false;
    }
    let first: String = text.split_inclusive(['.', '!', '?']).take(2).collect();
    let mut names = 0;
    let mut verb = None;
    for word in first.split_ascii_whitespace() {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(letters, "is" | "was" | "has" | "covers" | "writes" | "reports" | "works")
            && names > 0
        {
            verb = Some(letters);
            break;
        }
        if !letters.starts_with(char::is_uppercase)
            && !word.starts_with('(')
            && letters != "and"
            && letters != "de"
            && letters != "van"
        {
            return false;
        }
        names += 1;
        if names > 5 {
            return false;
        }
    }
    let Some(verb) = verb else { return false };
    let plain = plain(&first);
    let trade = PHRASES.trades.iter().any(|trade| plain.contains(trade));
    trade && (verb != "has" || plain.contains("has written") || plain.contains("has been a"))
}

/// Whether a short text is a breadcrumb trail: its parts, without the marks between them.
///
/// `Home » News » Talks Resume` gives `["Home", "News", "Talks Resume"]`.
pub(crate) fn breadcrumb(text: &str) -> Option<Vec<&str>> {
    const MARKS: &[&str] =
        &[" » ", " › ", " > ", " / ", " → ", " ▸ ", " ▶ ", " ❯ ", " >> ", " | ", " :: "];
    if text.contains('\n') || text.len() > 400 {
        return None;
    }
    for mark in MARKS {
        if !text.contains(mark) {
            continue;
        }
        let parts: Vec<&str> =
            text.split(mark).map(str::trim).filter(|part| !part.is_empty()).collect();
        let home = parts.first().is_some_and(|p| is_home(p));
        let strong = matches!(*mark, " » " | " › " | " ❯ " | " ▸ ");
        let short = parts.iter().rev().skip(1).all(|part| count_words(part) <= 5);
        if parts.len() >= 2
            && short
            && (home || (strong && parts.len() >= 3))
            && !ends_like_a_sentence(parts[0])
        {
            return Some(parts);
        }
    }
    None
}

/// Whether a crumb is the way home, and so no section.
pub(crate) fn is_home(crumb: &str) -> bool {
    let crumb = crumb.to_lowercase();
    matches!(
        crumb.trim(),
        "home"
            | "homepage"
            | "home page"
            | "front page"
            | "start"
            | "startseite"
            | "you are here: home"
            | "you are here"
            | "inicio"
            | "accueil"
            | "main"
            | "index"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_found_and_in_lower_case() {
        let lists = [
            &PHRASES.whole,
            &PHRASES.starts,
            &PHRASES.inside,
            &PHRASES.reply_headings,
            &PHRASES.other_headings,
            &PHRASES.trades,
            &PHRASES.zones,
        ];
        for list in lists {
            assert!(!list.is_empty());
            for entry in list {
                assert_eq!(*entry, plain(entry).trim(), "as it is compared");
            }
        }
    }

    #[test]
    fn phrases_of_furniture() {
        for text in [
            "Advertisement",
            "Share this:",
            "Read more: Talks resume in Oslo",
            "12 Comments",
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "© 2023 The Daily. All rights reserved.",
        ] {
            assert!(is_furniture(text), "{text}");
        }
        for text in [
            "Ankara refused to extradite the suspect to Greece.",
            "Sign-ups rose.",
            "Relations improved.",
            "The share of exports to China fell.",
            "Reuters reported the meeting first.",
        ] {
            assert!(!is_furniture(text), "{text}");
        }
    }

    #[test]
    fn headings_that_end_an_article() {
        assert_eq!(last_heading("Leave a Reply"), Some(After::Replies));
        assert_eq!(last_heading("3 Comments"), Some(After::Replies));
        assert_eq!(last_heading("Related Articles"), Some(After::Articles));
        assert_eq!(last_heading("Related talks went on."), None);
        assert_eq!(last_heading("More sanctions to come"), None);
    }

    #[test]
    fn a_trail_is_known_by_its_marks() {
        assert_eq!(
            breadcrumb("Home » News » Talks Resume"),
            Some(vec!["Home", "News", "Talks Resume"])
        );
        assert_eq!(breadcrumb("Turkey / Greece"), None);
    }

    #[test]
    fn notes_on_authors() {
        assert!(is_author_note("Ann Lee is a staff writer who covers trade."));
        assert!(!is_author_note("Ann Lee is the prime minister of Examplia."));
    }
}

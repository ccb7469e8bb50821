//! Plain text, ordinary or saved from a page.
//!
//! In: a text. Out: its paragraphs, and what stands above them if the text shows that it was saved
//! from a page. An ordinary text is kept whole. A saved page is known by a trail (`Home » News »
//! Talks Resume`), by its title standing there twice, or by the reply form at its end; from such
//! a text the furniture goes, as from HTML.

use crate::boilerplate::{breadcrumb, is_furniture, is_furniture_line, last_heading};
use crate::bylines::{byline_and_date, clean_byline, is_byline};
use crate::cleaning::same_title;
use crate::dates::{date_in, dateline, is_date_line};
use crate::format::Input;
use crate::metadata::section_of;
use crate::page::{Body, Page, Reading};
use crate::paragraphs::{count_words, ends_like_a_sentence, words_of};
use crate::{ExtractError, Pages};

/// Reads one text, or says what the bytes are if they are none.
pub(crate) fn open(mut input: Input<'_>) -> Pages<'_> {
    match input.read_document() {
        Ok((bytes, cut)) => match binary(&bytes) {
            Some(what) => {
                let error = ExtractError::binary(&input.source, what);
                Pages::fault(input.at(error))
            }
            None => Pages::one(Page { body: Body::Text(bytes), cut, ..input.page }),
        },
        Err(error) => Pages::fault(error),
    }
}

/// What the bytes are, if they are no text.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a sound or a picture"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"\xd0\xcf\x11\xe0", "an Office document"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"SQLite format 3", "a database"),
        (b"{\\rtf", "an RTF document"),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = bytes.get(..bytes.len().min(65536)).unwrap_or_default();
    let strange = head.iter().filter(|b| matches!(b, 0..=8 | 11 | 14..=26 | 28..=31 | 127)).count();
    (head.contains(&0) || strange * 100 > head.len()).then_some("binary data")
}

/// Reads a text. `title` is the container's own title for it, if it has one.
pub(crate) fn read(text: &str, title: Option<&str>) -> Reading {
    let mut found = Reading { title: title.map(str::to_owned), ..Reading::default() };
    let paragraphs = split(text);
    let mut saved = false;
    let begin = head(&paragraphs, &mut found, &mut saved);
    let rest = paragraphs.get(begin..).unwrap_or_default();
    saved |= rest.iter().any(|p| is_reply_form(p));
    let mut kept: Vec<String> = Vec::with_capacity(rest.len());
    let total: usize = rest.iter().map(String::len).sum();
    let mut before = 0;
    for paragraph in rest {
        let here = before;
        before += paragraph.len();
        if found.title.as_deref().is_some_and(|title| same_title(title, paragraph))
            && (saved || kept.is_empty())
        {
            continue;
        }
        if saved {
            // After the article come the replies or the links to other articles.
            if last_heading(paragraph).is_some() && here * 2 >= total {
                break;
            }
            if is_furniture(paragraph) {
                continue;
            }
        } else if is_furniture_line(paragraph) {
            continue;
        }
        kept.push(paragraph.clone());
    }
    if found.date.is_none() {
        found.date = kept.first().and_then(|p| dateline(p));
    }
    found.no_article = kept.is_empty();
    found.paragraphs = kept;
    found
}

/// Reads what stands above the body: trail, title, byline, date. Returns where the body begins.
fn head(paragraphs: &[String], found: &mut Reading, saved: &mut bool) -> usize {
    let mut at = 0;
    let mut trail_title = None;
    // A trail may stand under lines of the site's own: its name, its menu.
    for (line, paragraph) in paragraphs.iter().enumerate().take(40) {
        if let Some(parts) = breadcrumb(paragraph) {
            let last = parts.last().map(|p| (*p).to_owned());
            let titled = last.as_deref().is_some_and(|last| {
                paragraphs.iter().skip(line + 1).take(8).any(|p| same_title(last, p))
            });
            if titled {
                trail_title = last;
            }
            found.section = section_of(&parts, trail_title.as_deref());
            *saved = true;
            at = line + 1;
            break;
        }
        if ends_like_a_sentence(paragraph) && count_words(paragraph) > 8 {
            break;
        }
    }
    while let Some((key, value)) = paragraphs.get(at).and_then(|p| field(p)) {
        match key {
            Field::Title => found.title = found.title.take().or(Some(value)),
            Field::Byline => found.byline = found.byline.take().or_else(|| clean_byline(&value)),
            Field::Date => found.date = found.date.take().or_else(|| date_in(&value)),
            Field::Section => found.section = found.section.take().or(Some(value)),
            Field::Publisher => found.publisher = found.publisher.take().or(Some(value)),
            Field::Url => found.url = found.url.take().or(Some(value)),
        }
        at += 1;
    }
    if found.title.is_none() {
        if let Some(title) = trail_title {
            found.title = Some(title);
        } else if let Some((line, times)) = evident_title(paragraphs, at) {
            found.title = paragraphs.get(line).cloned();
            *saved |= times > 1;
            at = line + 1;
        }
    }
    // What stands between the title and the first sentence.
    let titled = found.title.is_some();
    for paragraph in paragraphs.iter().skip(at).take(8) {
        let is_title = found.title.as_deref().is_some_and(|title| same_title(title, paragraph));
        if is_title {
            // A second title is a saved page's.
        } else if is_date_line(paragraph) {
            found.date = found.date.take().or_else(|| date_in(paragraph));
        } else if (titled || paragraphs.get(at + 1).is_some_and(|next| is_date_line(next)))
            && is_byline(paragraph)
        {
            // Without a title, a byline is known by the date below it.
            let (name, date) = byline_and_date(paragraph);
            found.byline = found.byline.take().or(name);
            found.date = found.date.take().or(date);
        } else if !(*saved && (is_furniture(paragraph) || is_scrap(paragraph))) {
            break;
        }
        at += 1;
    }
    at
}

/// The line that is evidently a title, and how often it stands there: the same short line twice
/// before the body, or a first short line without a full stop that a sentence follows.
fn evident_title(paragraphs: &[String], from: usize) -> Option<(usize, usize)> {
    let short = |text: &str| text.len() <= 200 && count_words(text) <= 30;
    for (line, paragraph) in paragraphs.iter().enumerate().skip(from).take(4) {
        if short(paragraph) && count_words(paragraph) >= 3 && !paragraph.ends_with('.') {
            let again = paragraphs.iter().skip(line + 1).take(3).any(|p| p == paragraph);
            if again {
                return Some((line, 2));
            }
        }
    }
    let first = paragraphs.get(from)?;
    let next = paragraphs.iter().skip(from + 1).find(|p| !is_date_line(p) && !is_byline(p))?;
    let last = first.chars().next_back()?;
    let title = short(first)
        && count_words(first) >= 2
        && !first.contains('\n')
        && !ends_like_a_sentence(first)
        && (last.is_alphanumeric() || matches!(last, '’' | '”' | '"' | '\'' | ')' | '%' | '$'))
        && first.starts_with(|c: char| {
            c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '‘' | '\'')
        })
        && !is_date_line(first)
        && !is_byline(first)
        && ends_like_a_sentence(next)
        && next.len() > first.len();
    title.then_some((from, 1))
}

/// A few words that are no sentence: a bare name, a time of day.
fn is_scrap(text: &str) -> bool {
    count_words(text) <= 6 && !ends_like_a_sentence(text) && !text.contains(['—', '–'])
}

/// What a line such as `Source: The Courier` above a text tells.
enum Field {
    Title,
    Byline,
    Date,
    Section,
    Publisher,
    Url,
}

fn field(line: &str) -> Option<(Field, String)> {
    let (key, value) = line.split_once(':')?;
    let field = match key.trim().to_ascii_lowercase().as_str() {
        "title" | "headline" => Field::Title,
        "author" | "authors" | "byline" => Field::Byline,
        "date" | "published" | "publication date" => Field::Date,
        "section" | "category" => Field::Section,
        "source" | "publisher" | "publication" => Field::Publisher,
        "url" | "link" => Field::Url,
        _ => return None,
    };
    let value = value.trim();
    let known = match field {
        Field::Date => date_in(value).is_some(),
        Field::Url => value.starts_with("http"),
        _ => true,
    };
    (known && !value.is_empty() && value.len() <= 200 && !value.ends_with('.'))
        .then(|| (field, value.to_owned()))
}

fn is_reply_form(text: &str) -> bool {
    let plain = text.to_lowercase();
    plain.contains("email address will not be published")
        || plain.contains("required fields are marked")
}

/// Cuts a text into paragraphs, each with single spaces.
///
/// Blank lines part paragraphs. Between them a line break is only where the writer's line was full,
/// unless the lines are items of a list. A text without blank lines has a paragraph a line, unless
/// its lines are all of one width.
fn split(text: &str) -> Vec<String> {
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace(['\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<&str> = text.lines().collect();
    let blank = lines.iter().filter(|line| line.trim().is_empty()).count();
    let full = lines.len() - blank;
    let by_line = blank * 4 < full && !is_wrapped(&lines);
    let mut out: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut flush = |current: &mut String| {
        let paragraph = words_of(current);
        if !paragraph.is_empty() {
            out.push(paragraph);
        }
        current.clear();
    };
    let width = lines.iter().map(|line| line.trim().chars().count()).max().unwrap_or(0).min(100);
    let mut before = "";
    for line in lines {
        if line.trim().is_empty()
            || by_line
            || is_item(line)
            || is_broken_early(before, line, width)
        {
            flush(&mut current);
        }
        before = line.trim();
        current.push_str(line);
        current.push('\n');
    }
    flush(&mut current);
    out
}

/// Whether the lines were broken to fit a width: most of those that another follows are about as
/// long as the longest, which is that of a terminal or a page.
fn is_wrapped(lines: &[&str]) -> bool {
    let length = |line: &str| line.trim_end().chars().count();
    let longest = lines.iter().map(|line| length(line)).max().unwrap_or(0);
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| length(pair[1]) > 0)
        .map(|pair| length(pair[0]))
        .filter(|n| *n > 0)
        .collect();
    let near = followed.iter().filter(|n| **n * 10 >= longest * 7).count();
    (40..=120).contains(&longest) && followed.len() >= 2 && near * 10 >= followed.len() * 7
}

/// Whether a line was ended long before the width of the text and the next begins anew: title and
/// byline under each other, say, not a paragraph that runs on.
fn is_broken_early(before: &str, line: &str, width: usize) -> bool {
    let length = before.chars().count();
    length > 0
        && length * 10 < width * 6
        && !before.ends_with([',', '-', '–', '—', ';'])
        && line
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"'))
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['•', '◦', '▪', '‣'])
        || ["- ", "* ", "– ", "— "].iter().any(|mark| line.starts_with(mark))
        || line.split_once(['.', ')']).is_some_and(|(number, rest)| {
            !number.is_empty()
                && number.len() <= 2
                && number.bytes().all(|b| b.is_ascii_digit())
                && rest.starts_with(' ')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_page_is_cleaned() {
        let page = "Home » News » Talks Resume in Oslo\n\nTalks Resume in Oslo\n\nTalks Resume in Oslo\n\n\
                    Ankara and Athens met on Monday.\n\nBoth sides agreed to meet again.\n\n\
                    Leave a Reply\n\nYour email address will not be published. Required fields are marked *";
        let found = read(page, None);
        assert_eq!(found.title.as_deref(), Some("Talks Resume in Oslo"));
        assert_eq!(found.section.as_deref(), Some("News"));
        assert_eq!(
            found.paragraphs,
            ["Ankara and Athens met on Monday.", "Both sides agreed to meet again."]
        );
    }

    #[test]
    fn an_ordinary_text_is_kept_whole() {
        let brief = "Ankara refused to extradite the suspect to Greece. Athens protested.\n\nRelated talks were put off.";
        let found = read(brief, None);
        assert_eq!(found.title, None);
        assert_eq!(found.paragraphs.join("\n\n"), brief);
        // A first paragraph that is a sentence is no title, whatever follows.
        assert_eq!(
            read("Talks resumed.\n\nAnkara and Athens met on Monday in Oslo.", None).title,
            None
        );
    }

    #[test]
    fn a_titled_text_has_its_title_once() {
        let found = read(
            "Title: Talks resume\nDate: 2023-06-19\nSource: The Courier\n\nAnkara and Athens met on Monday.",
            None,
        );
        assert_eq!(
            (found.title.as_deref(), found.publisher.as_deref()),
            (Some("Talks resume"), Some("The Courier"))
        );
        assert_eq!(found.paragraphs, ["Ankara and Athens met on Monday."]);
        let found = read(
            "Talks resume in Oslo\nBy Ann Lee\n\nJune 19, 2023\n\nAnkara and Athens met on Monday in Oslo.",
            None,
        );
        assert_eq!(
            found.paragraphs.last().map(String::as_str),
            Some("Ankara and Athens met on Monday in Oslo.")
        );
        let found = read(
            "Talks resume in Oslo\n\nBy Ann Lee\n\nJune 19, 2023\n\nAnkara and Athens met on Monday in Oslo.",
            None,
        );
        assert_eq!(found.title.as_deref(), Some("Talks resume in Oslo"));
        assert_eq!(found.byline.as_deref(), Some("Ann Lee"));
        assert_eq!(found.date.as_deref(), Some("2023-06-19"));
        assert_eq!(found.paragraphs, ["Ankara and Athens met on Monday in Oslo."]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Ankara and Athens met on Monday in Oslo for the first time in\nthree years and agreed to open a new channel for talks on the\nborder.";
        assert_eq!(split(text).len(), 1);
        assert_eq!(split("Ankara met Athens.\nBoth agreed to meet again in the autumn, at a place that is still to be named, they said.").len(), 2);
        assert_eq!(split("They agreed:\n- to meet;\n- to talk.").len(), 3);
    }

    #[test]
    fn bytes_that_are_no_text() {
        assert_eq!(binary(b"%PDF-1.4"), Some("a PDF"));
        assert_eq!(binary(b"abc\0def"), Some("binary data"));
        assert_eq!(binary("Zoë".as_bytes()), None);
    }
}

//! Dates as pages print them.
//!
//! In: a text. Out: the first calendar date in it that names day, month and year, as
//! `YYYY-MM-DD`. `Published: June 19, 2023, 3:04 pm` gives `2023-06-19`; `Monday` gives nothing,
//! for nothing is taken from a clock. `03/04/2023` gives nothing either: it is March or April.

use jiff::civil::Date;

/// Years that a dated article may come from.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// The first date in `text`, as `YYYY-MM-DD`.
pub(crate) fn date_in(text: &str) -> Option<String> {
    let words: Vec<&str> = words_of_dates(text).take(400).collect();
    (0..words.len()).find_map(|at| date_at(words.get(at..)?)).map(|date| date.to_string())
}

/// Whether a text begins with a date, or with the weekday before one.
pub(crate) fn begins_date(text: &str) -> bool {
    let words: Vec<&str> = words_of_dates(text).take(6).collect();
    let Some(first) = words.first() else { return false };
    let first = first.to_ascii_lowercase();
    let weekday =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| first.starts_with(day))
            && (first.len() == 3 || first.ends_with("day"));
    let from = usize::from(weekday);
    words.get(from..).is_some_and(|rest| date_at(rest).is_some())
}

fn words_of_dates(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·' | '•' | '–' | '—' | '"')
    })
    .filter(|word| !word.is_empty())
}

/// Whether a text is a date and hardly anything else: `Updated June 19, 2023 at 3:04 pm`.
pub(crate) fn is_date_line(text: &str) -> bool {
    let words = crate::paragraphs::count_words(text);
    let sentence = text.ends_with('.') && !text.ends_with("a.m.") && !text.ends_with("p.m.");
    words <= 12 && !sentence && date_in(text).is_some() && {
        let plain = text.to_lowercase();
        let known = plain
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .filter(|word| {
                month(word).is_some()
                    || matches!(
                        *word,
                        "published"
                            | "updated"
                            | "posted"
                            | "last"
                            | "modified"
                            | "first"
                            | "on"
                            | "at"
                            | "am"
                            | "pm"
                            | "a"
                            | "p"
                            | "m"
                            | "date"
                            | "est"
                            | "edt"
                            | "gmt"
                            | "utc"
                            | "et"
                            | "pt"
                            | "pst"
                            | "pdt"
                            | "bst"
                            | "cet"
                            | "th"
                            | "st"
                            | "nd"
                            | "rd"
                            | "monday"
                            | "tuesday"
                            | "wednesday"
                            | "thursday"
                            | "friday"
                            | "saturday"
                            | "sunday"
                            | "mon"
                            | "tue"
                            | "wed"
                            | "thu"
                            | "fri"
                            | "sat"
                            | "sun"
                            | "hours"
                            | "hrs"
                            | "ist"
                            | "z"
                            | "t"
                            | "written"
                            | "time"
                            | "local"
                            | "issued"
                            | "edited"
                            | "revised"
                            | "release"
                            | "created"
                            | "of"
                            | "the"
                    )
            })
            .count();
        let all = plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count();
        known == all
    }
}

fn date_at(words: &[&str]) -> Option<Date> {
    let first = *words.first()?;
    numeric(first).or_else(|| {
        // `June 19 2023`, `19 June 2023`, `19th of June 2023`, `19-Jun-2023`
        if let Some(month) = month(first) {
            let day = day(words.get(1)?)?;
            return build(year(words.get(2)?)?, month, day);
        }
        if let Some(day) = day(first) {
            let mut rest = words.get(1..)?;
            if rest.first() == Some(&"of") {
                rest = rest.get(1..)?;
            }
            return build(year(rest.get(1)?)?, month(rest.first()?)?, day);
        }
        let mut parts = first.split('-');
        let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
        build(year(y)?, month(m)?, day(d)?)
    })
}

fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches(['.', ':']).to_ascii_lowercase();
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number)
}

fn day(word: &str) -> Option<i8> {
    let digits =
        ["st", "nd", "rd", "th", "."].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    let number: i8 = (digits.len() <= 2).then(|| digits.parse().ok())??;
    (1..=31).contains(&number).then_some(number)
}

fn year(word: &str) -> Option<i16> {
    let digits = word.get(..4)?;
    let rest = word.get(4..)?;
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '/' | '.')
}

fn build(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok())?
}

/// `2023-06-19T10:00Z`, `2023/06/19`, `20230619`, `19.06.2023`, and `19/06/2023` if only one
/// reading is a date.
fn numeric(word: &str) -> Option<Date> {
    let bytes = word.as_bytes();
    if !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let numbers: Vec<(&str, char)> = {
        let mut out = Vec::new();
        let mut rest = word;
        while out.len() < 3 {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, tail) = rest.split_at(end);
            if digits.is_empty() {
                break;
            }
            let mark = tail.chars().next().unwrap_or(' ');
            out.push((digits, mark));
            rest = tail.get(mark.len_utf8()..).unwrap_or_default();
        }
        out
    };
    match numbers.as_slice() {
        [(digits, mark)] | [(digits, mark), ..]
            if digits.len() == 8 && matches!(mark, ' ' | 'T' | 't') =>
        {
            build(
                digits.get(..4)?.parse().ok()?,
                digits.get(4..6)?.parse().ok()?,
                digits.get(6..8)?.parse().ok()?,
            )
        }
        [(year, mark), (month, again), (day, _)]
            if year.len() == 4
                && mark == again
                && is_mark(*mark)
                && month.len() <= 2
                && day.len() <= 2 =>
        {
            build(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [(first, mark), (second, again), (year, _)]
            if year.len() == 4
                && mark == again
                && is_mark(*mark)
                && first.len() <= 2
                && second.len() <= 2 =>
        {
            let (first, second, year) =
                (first.parse().ok()?, second.parse().ok()?, year.parse().ok()?);
            if *mark == '.' || first > 12 || first == second {
                build(year, second, first)
            } else if second > 12 {
                build(year, first, second)
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Whether two dates (`YYYY-MM-DD`) are a day apart.
pub(crate) fn are_neighbours(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (one.parse::<Date>(), other.parse::<Date>()) else { return false };
    one.tomorrow().is_ok_and(|next| next == other) || other.tomorrow().is_ok_and(|next| next == one)
}

/// The date of a dateline, if it has a year: `BEIJING, June 19, 2023 (Xinhua) -- …`, `Geneva, 19 June 2023 (Wire) – …`.
pub(crate) fn dateline(paragraph: &str) -> Option<String> {
    date_in(dateline_of(paragraph)?)
}

/// The day of a dateline by a page's date, whose year it takes: `OSLO, Dec 30 -` of a page of 2018-01-02 is 2017-12-30.
///
/// A page that is dated later has been put out or changed since; one of another month tells nothing of it.
pub(crate) fn dateline_before(paragraph: &str, page: &str) -> Option<String> {
    const DAYS: i32 = 31;
    let page: Date = page.get(..10)?.parse().ok()?;
    let head = dateline_of(paragraph)?;
    let words: Vec<&str> =
        head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (month, day) = words.windows(2).find_map(|pair| match pair {
        [one, two] => month(one)
            .and_then(|month| Some((month, day(two)?)))
            .or_else(|| Some((month(two)?, day(one)?))),
        _ => None,
    })?;
    // `July 4, 1996` has its own.
    let told = words.iter().find_map(|word| year(word));
    let years = [page.year(), page.year() - 1];
    let date = years
        .into_iter()
        .filter(|&year| told.is_none_or(|told| told == year))
        .filter_map(|year| build(year, month, day))
        .find(|date| *date <= page)?;
    let since = page.since(date).ok()?.get_days();
    (1..=DAYS).contains(&since).then(|| date.to_string())
}

/// What stands before the dash of a dateline.
fn dateline_of(paragraph: &str) -> Option<&str> {
    let head = paragraph.get(..paragraph.floor_char_boundary(80))?;
    let end = ["—", "–", "--", " - "].iter().filter_map(|mark| head.find(mark)).min()?;
    let head = head.get(..end)?;
    let place = head.split([',', '(']).next()?.trim();
    let letters = || place.chars().filter(|c| c.is_alphabetic());
    // Nothing but names and the date stands before the dash, and in brackets the agency.
    let mut depth = 0_usize;
    let names = head.split_whitespace().all(|word| {
        let outside = depth == 0 && !word.starts_with('(');
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        !(outside && word.starts_with(char::is_lowercase))
    });
    let is_place = place.len() >= 3
        && letters().next().is_some_and(char::is_uppercase)
        && place.split_whitespace().next().and_then(month).is_none();
    (is_place && names).then_some(head)
}

/// The date in an address's path, as blogs and papers put it there: `/2023/06/19/`.
pub(crate) fn date_in_address(url: &str) -> Option<String> {
    let parts: Vec<&str> = url.split(['/', '?', '#']).collect();
    parts
        .windows(3)
        .find_map(|w| match w {
            [y, m, d]
                if y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len()) =>
            {
                build(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
            }
            _ => None,
        })
        .or_else(|| {
            parts.iter().find_map(|part| {
                let head = part.get(..10)?;
                (head.matches('-').count() == 2 && head.starts_with(|c: char| c.is_ascii_digit()))
                    .then(|| numeric(head))?
            })
        })
        .map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_printed() {
        for text in [
            "Published: June 19, 2023, 3:04 pm",
            "19 June 2023",
            "Mon, 19 Jun 2023 10:00:00 GMT",
            "Jun 19th 2023",
            "2023-06-19T23:30:00+02:00",
            "20230619",
            "2023/06/19",
            "19.06.2023",
            "19/06/2023",
            "06/19/2023",
            "19-Jun-2023",
            "BEIJING, June 19, 2023 (Xinhua) --",
            "the 19th of June 2023",
        ] {
            assert_eq!(date_in(text).as_deref(), Some("2023-06-19"), "{text}");
        }
        for text in [
            "Monday",
            "June 19",
            "03/04/2023",
            "2023",
            "31 June 2023",
            "10 May 99999",
            "12.5",
            "in May 2023",
        ] {
            assert_eq!(date_in(text), None, "{text}");
        }
    }

    #[test]
    fn lines_that_are_dates() {
        assert!(
            is_date_line("Updated June 19, 2023 at 3:04 pm")
                && is_date_line("Published: 2023-06-19")
        );
        assert!(!is_date_line("They met on June 19, 2023 in Oslo"));
    }

    #[test]
    fn dates_of_datelines() {
        for head in [
            "OSLO, June 19, 2023 (Wire) --",
            "ADDIS ABABA, 19 June 2023 —",
            "Geneva, 19 June 2023 (the agency) –",
            "WASHINGTON, D.C., June 19, 2023 - ",
        ] {
            let text = format!("{head} The envoys met.");
            assert_eq!(dateline(&text).as_deref(), Some("2023-06-19"), "{text}");
        }
        for text in [
            "OSLO, June 19 (Wire) -- The envoys met.",
            "The envoys met on June 19, 2023 - and failed.",
            "June 19, 2023 - The envoys met.",
            "Oslo met the envoys, June 19, 2023 - again.",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_datelines_take_the_pages_year() {
        for (head, page, day) in [
            ("OSLO, March 14 -", "2017-03-20", Some("2017-03-14")),
            ("OSLO, Dec 30 (Wire) --", "2018-01-02", Some("2017-12-30")),
            ("Oslo, 14 March –", "2017-03-15", Some("2017-03-14")),
            ("OSLO, June 19, 2023 (Wire) --", "2023-06-20", Some("2023-06-19")),
            ("OSLO, March 14 -", "2017-03-14", None),
            ("OSLO, March 14 -", "2017-09-20", None),
            ("OSLO, June 19, 1996 -", "2023-06-20", None),
            ("OSLO, Feb 30 -", "2017-03-02", None),
            ("OSLO -", "2017-03-14", None),
        ] {
            let text = format!("{head} The envoys met.");
            assert_eq!(dateline_before(&text, page).as_deref(), day, "{text}");
        }
        assert_eq!(dateline_before("March 14 was a quiet day - for most.", "2017-03-20"), None);
    }

    #[test]
    fn dates_in_addresses() {
        assert_eq!(
            date_in_address("https://a.org/2023/06/19/talks").as_deref(),
            Some("2023-06-19")
        );
        assert_eq!(
            date_in_address("https://a.org/story/2023-06-19/talks").as_deref(),
            Some("2023-06-19")
        );
        assert_eq!(date_in_address("https://a.org/1/2/3"), None);
    }
}

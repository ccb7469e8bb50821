//! A table of where events took place, and how many of its lines the coder gets right.
//!
//! In go lines of `specs/where.tsv`, whose form `specs/README.md` describes, and the record that the coder makes of each; out come counts by
//! kind of line. `The general [met] rebels in Goma. ⇥ Goma COD ⇥ tree` is right if the event at "met" has that place, and a line
//! that asks for `none` is right if its event has no place. Of acts that are not coded nothing is said: they are counted apart.

use std::collections::BTreeMap;
use std::fmt;

use detente_core::{Document, Event, Place, Record, Span};
use detente_knowledge::plain;
use serde::Serialize;

use crate::score::ratio;

/// The place that a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Code of its country; `None` for what lies in none.
    pub country: Option<String>,
}

impl Site {
    fn read(text: &str) -> Option<Self> {
        let (name, code) = text.rsplit_once(' ')?;
        let country = (code != "-").then(|| code.to_owned());
        let is_code = code == "-" || code.chars().all(|c| c.is_ascii_uppercase());
        (is_code && !name.is_empty()).then(|| Self { name: name.to_owned(), country })
    }

    /// Whether `place` is this one: marks on letters and what kind of place its name adds do not count.
    pub fn holds_for(&self, place: &Place) -> bool {
        let (one, other) = (plain(&place.name), plain(&self.name));
        let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
        let same = long
            .strip_prefix(short.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        place.country == self.country && same
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Where {
    /// Line of the file, from 1.
    pub line: usize,
    /// The text without the brackets.
    pub text: String,
    /// Bytes of the act's word.
    pub span: Span,
    /// Where it took place; `None` where the text does not say.
    pub answer: Option<Site>,
    /// What the line tries.
    pub kind: String,
}

/// What the coder says of the act of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// No event is coded there.
    NotCoded,
    /// An event with this place, or with none.
    At(Option<Place>),
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCoded => write!(f, "no event"),
            Self::At(None) => write!(f, "none"),
            Self::At(Some(place)) => {
                let country = place.country.as_deref().unwrap_or("-");
                write!(f, "{} {country} by {}", place.name, place.via.as_deref().unwrap_or("-"))
            }
        }
    }
}

impl Where {
    fn read(number: usize, line: &str) -> Result<Self, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[marked, answer, kind] = columns.as_slice() else {
            return Err(format!("three columns are expected, not {}", columns.len()));
        };
        let unmarked = marked.split_once('[').and_then(|(before, rest)| {
            let (act, after) = rest.split_once(']')?;
            Some((before, act, after))
        });
        let Some((before, act, after)) = unmarked else {
            return Err("the text has no act in [brackets]".to_owned());
        };
        let answer = match answer {
            "none" => None,
            place => Some(
                Site::read(place)
                    .ok_or_else(|| format!("`{place}` is neither a name with a code nor `none`"))?,
            ),
        };
        Ok(Self {
            line: number,
            text: format!("{before}{act}{after}"),
            span: Span::new(before.len(), before.len() + act.len()),
            answer,
            kind: kind.to_owned(),
        })
    }

    /// The text as a document without a date.
    pub fn document(&self) -> Document {
        Document { language: Some("en".to_owned()), ..Document::of_text(self.text.as_str()) }
    }

    /// What the record says of the act: of several events at its words, the one that shares most with them.
    pub fn answered(&self, record: &Record) -> Answer {
        let shared = |event: &Event| {
            let span = event.trigger.span;
            span.end.min(self.span.end).saturating_sub(span.start.max(self.span.start))
        };
        let mut best: Option<(usize, &Event)> = None;
        for event in &record.events {
            let length = shared(event);
            if length > 0 && best.is_none_or(|(most, _)| length > most) {
                best = Some((length, event));
            }
        }
        best.map_or(Answer::NotCoded, |(_, event)| Answer::At(event.place.clone()))
    }

    /// Whether `answer` is right.
    pub fn holds_for(&self, answer: &Answer) -> bool {
        match (answer, &self.answer) {
            (Answer::NotCoded, _) => false,
            (Answer::At(place), None) => place.is_none(),
            (Answer::At(place), Some(site)) => place.as_ref().is_some_and(|p| site.holds_for(p)),
        }
    }
}

/// Reads the table.
///
/// # Errors
/// When a line is not of the table's form; the text names its number.
///
/// ```
/// let lines = detente_train::places::read("# heads\nRebels [fled] Goma.\tGoma COD\thit\n")?;
/// assert_eq!((lines[0].line, lines[0].text.as_str()), (2, "Rebels fled Goma."));
/// assert!(detente_train::places::read("Rebels fled Goma.\tGoma COD\thit").is_err());
/// # Ok::<(), String>(())
/// ```
pub fn read(text: &str) -> Result<Vec<Where>, String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(i, line)| {
            Where::read(i + 1, line).map_err(|fault| format!("line {}: {fault}", i + 1))
        })
        .collect()
}

/// How many lines are right.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Lines.
    pub lines: usize,
    /// Lines whose act is coded.
    pub coded: usize,
    /// Of these, those with the right place, or rightly without.
    pub right: usize,
    /// Right of coded.
    pub share: f64,
    /// Coded acts that have a place, those that are given one, and the rightly placed.
    pub placed: crate::Counts,
    /// Places that bear coordinates.
    pub with_coordinates: usize,
    /// How the place was found → places, and the right ones.
    pub by_way: BTreeMap<String, (usize, usize)>,
    /// Kind of line → coded lines, and those that are right.
    pub by_kind: BTreeMap<String, (usize, usize)>,
}

/// Counts the lines by what was answered.
pub fn score<'t>(outcomes: impl IntoIterator<Item = (&'t Where, &'t Answer)>) -> Scores {
    let mut scores = Scores::default();
    for (line, answer) in outcomes {
        scores.lines += 1;
        let Answer::At(place) = answer else { continue };
        let right = line.holds_for(answer);
        let kind = scores.by_kind.entry(line.kind.clone()).or_default();
        kind.0 += 1;
        kind.1 += usize::from(right);
        scores.coded += 1;
        scores.right += usize::from(right);
        scores.placed.gold += usize::from(line.answer.is_some());
        scores.placed.found += usize::from(place.is_some());
        scores.placed.right += usize::from(place.is_some() && right);
        if let Some(place) = place {
            let way = scores.by_way.entry(place.via.clone().unwrap_or_default()).or_default();
            way.0 += 1;
            way.1 += usize::from(right);
            scores.with_coordinates += usize::from(place.lat.is_some() && place.lon.is_some());
        }
    }
    scores.share = ratio(scores.right, scores.coded);
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, country: &str) -> Answer {
        Answer::At(Some(Place {
            name: name.to_owned(),
            country: Some(country.to_owned()),
            via: Some("tree".to_owned()),
            ..Place::default()
        }))
    }

    #[test]
    fn a_line_holds_for_its_place_alone() {
        let lines =
            read("[Fled] Goma.\tGoma COD\thit\nOslo [fled].\tnone\tcapital\n[x] a\tBlack Sea -\tw")
                .unwrap();
        assert!(lines[0].holds_for(&place("Goma", "COD")));
        assert!(!lines[0].holds_for(&place("Goma", "RWA")));
        assert!(!lines[0].holds_for(&Answer::At(None)));
        assert!(lines[1].holds_for(&Answer::At(None)));
        assert!(!lines[1].holds_for(&place("Oslo", "NOR")));
        assert!(!lines[1].holds_for(&Answer::NotCoded));
        let sea = Place { name: "Black Sea".to_owned(), ..Place::default() };
        assert!(lines[2].holds_for(&Answer::At(Some(sea))));
    }

    #[test]
    fn what_is_not_coded_is_counted_apart() {
        let lines = read("[a] b\tGoma COD\tk\n[a] b\tnone\tk\n[a] b\tnone\tk").unwrap();
        let answers = [place("Goma", "COD"), Answer::NotCoded, place("Goma", "COD")];
        let scores = score(lines.iter().zip(&answers));
        assert_eq!((scores.lines, scores.coded, scores.right), (3, 2, 1));
        assert_eq!((scores.placed.gold, scores.placed.found, scores.placed.right), (1, 2, 1));
        assert_eq!(scores.by_way["tree"], (2, 1));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert!(read("#\n[a]\tGoma COD").unwrap_err().starts_with("line 2: three columns"));
        assert!(read("[a]\tGoma\tk").unwrap_err().contains("`Goma`"));
    }
}

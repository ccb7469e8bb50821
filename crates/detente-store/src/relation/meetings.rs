//! Meetings of two sides, by how high those who meet are.
//!
//! In go happenings, out come those of the type CONSULT in which both sides take part, each with a [`Level`]: of each side the highest office
//! that the text gives counts, and of two sides the lower one. "Blinken met Xi" is a meeting of ministers, "Blinken met Wang and Xi met Biden by
//! phone" tells of two. The words stand in `levels.tsv` beside this file, as a store has no knowledge at hand.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Happening, Side, source};
use crate::db::Store;
use crate::error::StoreError;
use detente_core::{Actor, Event, Sector};

/// How high those who meet are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Heads of state, of government, of organisations.
    Leaders,
    /// Members of governments and those of their rank.
    Ministers,
    /// Envoys, other officials, officers, members of parliament.
    Officials,
    /// The text gives no office.
    Unknown,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Level; 4] =
        [Level::Leaders, Level::Ministers, Level::Officials, Level::Unknown];

    /// The word for it: `leaders`.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Leaders => "leaders",
            Level::Ministers => "ministers",
            Level::Officials => "officials",
            Level::Unknown => "unknown",
        }
    }

    fn below(self) -> Self {
        match self {
            Level::Leaders => Level::Ministers,
            _ => Level::Officials,
        }
    }
}

/// One meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// When, as a record writes it: a day, a month, a stretch; the day of its document where the text gives none.
    pub date: String,
    /// Whether the text gives it.
    pub dated: bool,
    /// How high those who met are.
    pub level: Level,
    /// `visit`, `phone`, `third-party`, `multilateral`.
    pub modes: Vec<String>,
    /// Whether it has been held, or is planned.
    pub status: String,
    /// Who met: `Antony Blinken, Secretary of State (USA)`, `CHN`.
    pub who: Vec<String>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who published it, else where it lay.
    pub source: String,
    /// Identifier of the document.
    pub document: String,
    /// Event mentions that tell of it.
    pub mentions: usize,
}

/// A record as far as it is read here.
#[derive(Deserialize)]
struct Events {
    events: Vec<Event>,
}

/// Days and levels of all meetings, and those that are shown.
type Meetings = (Vec<(i64, Level)>, Vec<Meeting>);

impl Store {
    /// The days and levels of all meetings, and the latest of each level.
    pub(super) fn meetings(
        &self,
        a: &Side,
        b: &Side,
        happenings: &[Happening],
        most: usize,
    ) -> Result<Meetings, StoreError> {
        let mut days = Vec::new();
        let mut latest: Vec<Meeting> = Vec::new();
        let mut seen: BTreeSet<(i64, i64, Option<String>, Vec<String>)> = BTreeSet::new();
        let met = happenings.iter().rev().filter(|happening| happening.hit.kind == "CONSULT");
        for happening in met {
            let hit = &happening.hit;
            // Of the record the events alone are read: there may be thousands of meetings.
            let line = self.line_of(hit.document.id)?;
            let events = line.and_then(|line| serde_json::from_slice::<Events>(&line).ok());
            let event = events.as_ref().and_then(|record| record.events.get(hit.position));
            let Some(event) = event else { continue };
            if is_written(event) {
                continue;
            }
            let parties = || event.actors.iter().chain(&event.recipients);
            let mut who: Vec<String> = Vec::new();
            for name in parties().filter(|actor| of(a, actor) || of(b, actor)).map(named) {
                if !who.contains(&name) {
                    who.push(name);
                }
            }
            // "After rounds of talks with": one meeting in two words, but not "talks in Doha, talks in Cairo".
            if !seen.insert((hit.document.id, hit.day, hit.place.clone(), who.clone())) {
                continue;
            }
            let level = level([highest(a, parties()), highest(b, parties())]);
            days.push((hit.day, level));
            if latest.iter().filter(|meeting| meeting.level == level).count() >= most {
                continue;
            }
            latest.push(Meeting {
                date: super::when(hit),
                dated: hit.dated,
                level,
                modes: event.modes.clone(),
                status: hit.status.clone(),
                who,
                place: hit.place.clone(),
                source: source(hit),
                document: hit.document.name.clone(),
                mentions: happening.mentions,
            });
        }
        days.reverse();
        Ok((days, latest))
    }
}

fn of(side: &Side, actor: &Actor) -> bool {
    side.holds(actor.code.as_deref(), actor.sector.map(Sector::code))
}

/// `Antony Blinken, Secretary of State (USA)`, `envoys (GRC)`; the code alone where the words tell no office, as "both countries".
fn named(actor: &Actor) -> String {
    let code = actor.code.as_deref().unwrap_or_default();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (&actor.name, &actor.role, &actor.text) {
        (Some(name), Some(role), _) => format!("{name}, {} ({code})", words(role)),
        (Some(name), None, _) => format!("{name} ({code})"),
        (None, _, Some(text)) if office(text).is_some() => format!("{} ({code})", words(text)),
        _ => code.to_owned(),
    }
}

/// The phrases of `levels.tsv` with what stands before them: a level, `lower` or `written`.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("levels.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

/// Whether the parties wrote to each other.
fn is_written(event: &Event) -> bool {
    let words = words_of(&event.trigger.text);
    lines().any(|(kind, phrase)| kind == "written" && holds(&words, phrase))
}

/// The highest office of a side that the text gives.
fn highest<'e>(side: &Side, actors: impl Iterator<Item = &'e Actor>) -> Level {
    let offices = actors.filter(|actor| of(side, actor)).filter_map(|actor| {
        let role = actor.role.as_deref().and_then(office);
        role.or_else(|| actor.text.as_deref().and_then(office))
    });
    offices.min().unwrap_or(Level::Unknown)
}

/// The lower of two known levels; of one known and one unknown the known.
fn level([one, other]: [Level; 2]) -> Level {
    match (one, other) {
        (Level::Unknown, known) | (known, Level::Unknown) => known,
        (one, other) => one.max(other),
    }
}

/// The words of a text, in lower case.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a phrase stands among words, which may be plural: "ministers of both" are several who hold the office.
fn holds(words: &[String], phrase: &str) -> bool {
    let is = |word: &str, wanted: &str| word == wanted || word.strip_suffix('s') == Some(wanted);
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words
        .windows(phrase.len())
        .any(|window| window.iter().zip(&phrase).all(|(word, wanted)| is(word, wanted)))
}

/// How high an office is, or `None` where its words are not known.
fn office(text: &str) -> Option<Level> {
    let words = words_of(text);
    let level_of = |word: &str| Level::ALL.into_iter().find(|level| level.as_str() == word);
    let (level, _) = lines()
        .filter_map(|(word, phrase)| Some((level_of(word)?, phrase)))
        .filter(|(_, phrase)| holds(&words, phrase))
        .max_by_key(|(_, phrase)| phrase.len())?;
    let lower = lines().any(|(kind, word)| kind == "lower" && holds(&words, word));
    Some(if lower { level.below() } else { level })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let text = include_str!("levels.tsv");
        assert_eq!(lines().count(), text.lines().filter(|line| !line.starts_with('#')).count());
        for (kind, phrase) in lines() {
            match kind {
                "lower" => assert_eq!(office(&format!("{phrase} premier")), Some(Level::Ministers)),
                "written" => assert!(holds(&words_of(phrase), phrase)),
                level => assert_eq!(office(phrase).map(Level::as_str), Some(level), "{phrase}"),
            }
        }
    }

    #[test]
    fn how_high_an_office_is() {
        assert_eq!(office("Turkish Foreign Minister Selin Arat"), Some(Level::Ministers));
        assert_eq!(office("deputy foreign minister"), Some(Level::Officials));
        assert_eq!(office("Vice President"), Some(Level::Ministers));
        assert_eq!(office("Prime Minister"), Some(Level::Leaders));
        assert_eq!(office("former President"), Some(Level::Ministers));
        assert_eq!(office("Antony Blinken"), None);
        assert_eq!(office("foreign ministers"), Some(Level::Ministers));
        assert_eq!(office("both countries"), None);
        assert_eq!(level([Level::Ministers, Level::Leaders]), Level::Ministers);
        assert_eq!(level([Level::Unknown, Level::Leaders]), Level::Leaders);
    }
}

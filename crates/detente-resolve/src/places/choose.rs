//! Which of the places of one name is meant.
//!
//! In go the places of a name and the states named around it, out comes the likeliest. "Tripoli" is in
//! Libya, but where the sentence speaks of Lebanon it is the Lebanese one; "Paris, Texas" is in the
//! United States however small it is.

use std::collections::BTreeMap;

use detente_core::Place;
use detente_knowledge::{PlaceEntry, PlaceKind};

use super::spots::Spot;
use crate::position::Stature;

/// The states named around a spot.
#[derive(Debug, Default)]
pub(super) struct Around<'k> {
    /// Right beside it: "Tripoli, Lebanon", "the Lebanese city of Tripoli".
    pub(super) beside: Vec<&'k str>,
    /// In its sentence.
    pub(super) sentence: Vec<&'k str>,
    /// In the document, with how often.
    pub(super) document: BTreeMap<&'k str, usize>,
    /// States whose name the document uses for a part of another, with that other: "Georgia" beside Atlanta.
    pub(super) namesakes: Vec<(String, &'k str)>,
}

impl Around<'_> {
    /// Whether a state that has a place of this name is named anywhere in the text.
    pub(super) fn names_one_of(&self, spot: &Spot<'_>) -> bool {
        let mut codes = spot.entries.iter().filter_map(|entry| entry.country.as_deref());
        codes.any(|code| self.document.contains_key(code))
    }
}

/// Weight of a state named beside the place; decides whatever else speaks against it.
const BESIDE: f64 = 20.0;
/// Weight of a state named in the sentence: as much as 30 times the people.
const SENTENCE: f64 = 1.5;
/// Weight of a state that the document names most; others have their share of it.
const DOCUMENT: f64 = 1.0;
/// A capital is spoken of more than its size.
const CAPITAL: f64 = 1.0;
/// What regions, waters and areas weigh at least, for nobody counts their people: a region as much as a
/// city of 200,000, a sea or an area that news names as much as one of two million.
const REGION: f64 = 5.3;
const WIDE: f64 = 6.3;
/// A town whose people nobody has counted.
const TOWN: f64 = 4.0;
/// What a town smaller than [`SMALL`] loses whose state the text does not name, where it names that of another of the name.
const ELSEWHERE: f64 = 1.0;
const SMALL: u64 = 300_000;
/// A state against a place of the same name, in powers of ten of people: Georgia.
const STATE: f64 = 8.0;

/// The place that a spot means.
pub(super) fn choose(spot: &Spot<'_>, around: &Around<'_>) -> Place {
    let most = around.document.values().copied().max().unwrap_or(1).max(1) as f64;
    let context = |code: Option<&str>| {
        let Some(code) = code else { return 0.0 };
        let times = around.document.get(code).copied().unwrap_or(0) as f64;
        let mut weight = DOCUMENT * times / most;
        if around.sentence.contains(&code) {
            weight += SENTENCE;
        }
        if around.beside.contains(&code) {
            weight += BESIDE;
        }
        weight
    };
    let told_of = around.names_one_of(spot);
    let of_entry = |entry: &PlaceEntry| {
        let capital = if entry.kind == PlaceKind::Capital { CAPITAL } else { 0.0 };
        let least = match entry.kind {
            PlaceKind::Region => REGION,
            PlaceKind::Water | PlaceKind::Area => WIDE,
            PlaceKind::City if entry.population == 0 => TOWN,
            PlaceKind::Capital | PlaceKind::City => 0.0,
        };
        let people = ((entry.population + 1) as f64).log10().max(least);
        let unnamed =
            entry.country.as_deref().is_some_and(|code| !around.document.contains_key(code));
        let small = entry.kind == PlaceKind::City && entry.population < SMALL;
        let elsewhere = if small && unnamed && told_of { ELSEWHERE } else { 0.0 };
        people + capital + context(entry.country.as_deref()) - elsewhere
    };
    let is_beside = |entry: &PlaceEntry| {
        entry.country.as_deref().is_some_and(|code| around.beside.contains(&code))
    };
    // A town that the gazetteer lacks: all that is known is where it lies.
    if spot.stature == Stature::City
        && let Some(code) = around.beside.first()
        && !spot.entries.iter().any(|entry| is_beside(entry))
        && !spot.is_large()
    {
        return Place { country: Some((*code).to_owned()), ..Place::default() };
    }
    // The first of equals is the one with most people.
    let mut best: Option<(f64, &PlaceEntry)> = None;
    for entry in &spot.entries {
        let weight = of_entry(entry);
        if best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, entry));
        }
    }
    let part = spot.state.and_then(|(code, _)| {
        let (_, other) = around.namesakes.iter().find(|(own, _)| own == code)?;
        spot.entries.iter().find(|entry| entry.country.as_deref() == Some(*other))
    });
    if let Some(entry) = part {
        return of(entry);
    }
    match (spot.state, best) {
        (Some((code, name)), best) if spot.stature == Stature::State => {
            let weight = STATE + context(Some(code));
            match best {
                Some((other, entry))
                    if other > weight && entry.country.as_deref() != Some(code) =>
                {
                    of(entry)
                }
                _ => {
                    // The line of the state itself, for its coordinates.
                    let own = spot.entries.iter().find(|entry| {
                        entry.kind == PlaceKind::Area && entry.country.as_deref() == Some(code)
                    });
                    Place {
                        name: name.to_owned(),
                        country: Some(code.to_owned()),
                        lat: own.map(|entry| entry.lat),
                        lon: own.map(|entry| entry.lon),
                        via: None,
                    }
                }
            }
        }
        (_, Some((_, entry))) => of(entry),
        (Some((code, _)), None) => {
            Place { name: String::new(), country: Some(code.to_owned()), ..Place::default() }
        }
        (None, None) => Place::default(),
    }
}

fn of(entry: &PlaceEntry) -> Place {
    Place {
        name: entry.name.to_string(),
        country: entry.country.as_ref().map(ToString::to_string),
        lat: Some(entry.lat),
        lon: Some(entry.lon),
        via: None,
    }
}

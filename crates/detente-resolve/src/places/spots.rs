//! Names of places in a sentence, before it is decided whether they are used as such.
//!
//! In goes a sentence, out come [`Spot`]s and, for each token, the state that it names in any way. In
//! "Syrian troops left Tripoli, Lebanon" the spots are "Tripoli" and "Lebanon", and the token "Syrian" names `SYR`.

use std::ops::Range;

use detente_core::Span;
use detente_knowledge::{
    Actors, EntityKind, Knowledge, NameKind, PlaceEntry, PlaceKind, SectorWordKind,
};
use detente_parse::Upos;

use crate::position::Stature;
use crate::view::View;

/// A name that may be that of a place.
#[derive(Debug, Clone)]
pub(super) struct Spot<'k> {
    /// Index of the sentence.
    pub(super) sentence: usize,
    /// Tokens of the name.
    pub(super) tokens: Range<usize>,
    /// The one of them that hangs on what is outside.
    pub(super) head: usize,
    /// Bytes of the name.
    pub(super) span: Span,
    /// Places of this name, most people first.
    pub(super) entries: Vec<&'k PlaceEntry>,
    /// Code and name of the state, for its own name or its capital's.
    pub(super) state: Option<(&'k str, &'k str)>,
    /// A state, its capital, or any other place.
    pub(super) stature: Stature,
    /// Someone or something else has this name too.
    pub(super) shared: bool,
}

/// Cities with fewer people share their names with too many persons and things.
const KNOWN_CITY: u64 = 100_000;

impl Spot<'_> {
    /// Whether a place of this name is a city that many know, a region or a water.
    pub(super) fn is_large(&self) -> bool {
        self.entries.iter().any(|entry| {
            let wide = matches!(entry.kind, PlaceKind::Region | PlaceKind::Water | PlaceKind::Area);
            wide || entry.population >= KNOWN_CITY
        })
    }
}

/// The spots of one sentence.
#[derive(Debug, Default)]
pub(super) struct Spots<'k> {
    /// In order.
    pub(super) list: Vec<Spot<'k>>,
    /// For each token the state that it names, by name or adjective.
    pub(super) states: Vec<Option<&'k str>>,
    /// Bytes of names that are a part of another one: the "Dayton" of "Scott Dayton".
    pub(super) parts: Vec<Span>,
}

/// Finds the names of places in a sentence.
pub(super) fn find<'k>(knowledge: &'k Knowledge, view: &View<'_>) -> Spots<'k> {
    let mut found = Spots { states: vec![None; view.len()], ..Spots::default() };
    let mut at = 0;
    while at < view.len() {
        let Some(name) = name_at(knowledge, view, at) else {
            at += 1;
            continue;
        };
        let tokens = at..name.end.max(at + 1);
        at = tokens.end;
        if let Some(state) = name.names_state {
            for slot in found.states.iter_mut().take(tokens.end).skip(tokens.start) {
                *slot = Some(state);
            }
        }
        let Some((stature, state)) = name.place else { continue };
        let head = head_of(view, &tokens);
        if is_part_of_other_name(knowledge, view, &tokens, head) {
            found.parts.push(Span::new(view.span(&tokens).start, name.to));
            continue;
        }
        found.list.push(Spot {
            sentence: view.index,
            span: Span::new(view.span(&tokens).start, name.to),
            tokens,
            head,
            entries: name.entries,
            state,
            stature,
            shared: name.shared,
        });
    }
    found
}

/// What a name is, as far as names alone tell.
struct Named<'k> {
    /// Token after it.
    end: usize,
    /// Byte after it.
    to: usize,
    /// The state that it names in any way.
    names_state: Option<&'k str>,
    /// What it is as a place.
    place: Option<(Stature, Option<(&'k str, &'k str)>)>,
    entries: Vec<&'k PlaceEntry>,
    shared: bool,
}

fn name_at<'k>(knowledge: &'k Knowledge, view: &View<'_>, at: usize) -> Option<Named<'k>> {
    let token = view.token(at)?;
    // Names such as "al-Bab" may begin small.
    let begins = token.form.starts_with(|c: char| c.is_uppercase())
        || token.form.starts_with("al")
        || token.form.starts_with("el");
    if !begins {
        return None;
    }
    let start = token.span.start;
    let actor = knowledge.actors.name_at(view.text, start);
    let place = knowledge.places.place_at(view.text, start);
    let actor_len = actor.as_ref().map_or(0, |found| found.len);
    let place_len = place.as_ref().map_or(0, |(len, _)| *len);
    if actor_len.max(place_len) == 0 {
        return None;
    }
    let to = start + actor_len.max(place_len);
    let end = view.sentence.tokens.iter().position(|t| t.span.start >= to).unwrap_or(view.len());
    let readings = actor.map_or(&[][..], |found| found.readings);
    let mut state = None;
    let mut names_state = None;
    let mut capital = None;
    let mut shared = false;
    for reading in readings.iter().filter(|_| actor_len >= place_len) {
        let entity = knowledge.actors.entities.get(reading.entity);
        let country = entity.filter(|entity| entity.kind == EntityKind::Country);
        let named = country.map(|entity| (entity.code.as_str(), entity.name.as_str()));
        match (reading.kind, named) {
            (NameKind::Entity, Some(named)) => state = state.or(Some(named)),
            (NameKind::Capital, Some(named)) => capital = capital.or(Some(named)),
            (NameKind::Adjective | NameKind::Demonym, Some(_)) => {}
            _ => shared = true,
        }
        // A capital says nothing of which Tripoli it is.
        let names =
            matches!(reading.kind, NameKind::Entity | NameKind::Adjective | NameKind::Demonym);
        if names && names_state.is_none() {
            names_state = named.map(|(code, _)| code);
        }
    }
    let entries = match place {
        Some((len, entries)) if len >= actor_len => entries,
        _ => Vec::new(),
    };
    let place = match (state, capital) {
        (Some(state), _) => Some((Stature::State, Some(state))),
        (None, Some(capital)) => Some((Stature::Capital, Some(capital))),
        (None, None) => (!entries.is_empty()).then_some((Stature::City, None)),
    };
    Some(Named { end, to, names_state, place, entries, shared })
}

/// The token of a name that hangs on what is outside of it.
fn head_of(view: &View<'_>, tokens: &Range<usize>) -> usize {
    tokens
        .clone()
        .find(|&token| view.head(token).is_none_or(|head| !tokens.contains(&head)))
        .unwrap_or(tokens.start)
}

/// Whether the name is a part of a longer one that is no place's: "Paris Hilton", "Manchester United",
/// "Mayor London Breed". "Idlib Governorate" and "Eastern Ghouta" are places.
fn is_part_of_other_name(
    knowledge: &Knowledge,
    view: &View<'_>,
    tokens: &Range<usize>,
    head: usize,
) -> bool {
    let group = |name: &str, lemma: &str| {
        let words = knowledge.words.groups.get(name);
        words.is_some_and(|words| words.iter().any(|word| word.len() == 1 && word[0] == lemma))
    };
    let of_places = |token: usize| {
        group("place_type", view.lemma(token)) || group("place_part", view.lemma(token))
    };
    let joined = |token: usize| matches!(view.relation(token), "flat" | "compound");
    let other = |token: usize| {
        !tokens.contains(&token) && view.upos(token) == Upos::Propn && !of_places(token)
    };
    let above = view.head(head).filter(|_| joined(head));
    if above.is_some_and(other) {
        return true;
    }
    // An office before the name makes it a person's: "Governor Lincoln".
    let office = |token: usize| is_office(&knowledge.actors, view.lemma(token));
    view.children(head)
        .iter()
        .any(|&child| joined(child) && (other(child) || (child < head && office(child))))
}

pub(super) fn is_office(actors: &Actors, lemma: &str) -> bool {
    actors.sector_word(&[lemma]).is_some_and(|(_, word)| word.kind == SectorWordKind::Office)
}

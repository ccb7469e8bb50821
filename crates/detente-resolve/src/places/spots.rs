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

use crate::lexicon::Lexicon;
use crate::people::is_date_word;
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
    /// How the name is known.
    pub(super) origin: Origin,
}

/// How the name of a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It stands in the gazetteer, or is that of a state or its capital.
    Listed,
    /// Its own words say that it is a place's: "Ramadi Barrage", "Lake Van".
    Typed,
    /// Nothing is known of it; the words around may say that it is a place's.
    Open,
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
pub(super) fn find<'k>(knowledge: &'k Knowledge, lexicon: &Lexicon, view: &View<'_>) -> Spots<'k> {
    let mut found = Spots { states: vec![None; view.len()], ..Spots::default() };
    let mut at = 0;
    while at < view.len() {
        let Some(name) = name_at(knowledge, view, at) else {
            match unlisted(knowledge, lexicon, view, at) {
                Some(spot) => {
                    at = spot.tokens.end;
                    found.list.push(spot);
                }
                None => at += 1,
            }
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
            origin: Origin::Listed,
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
    // "Somali troops": the people of a state, though a region bears the name.
    let of_people = state.is_none()
        && capital.is_none()
        && names_state.is_some()
        && matches!(view.relation(end.saturating_sub(1)), "amod" | "compound" | "nmod:desc")
        && view.upos(end) != Upos::Propn;
    let entries = if of_people { Vec::new() } else { entries };
    let place = match (state, capital) {
        (Some(state), _) => Some((Stature::State, Some(state))),
        (None, Some(capital)) => Some((Stature::Capital, Some(capital))),
        (None, None) => (!entries.is_empty()).then_some((Stature::City, None)),
    };
    Some(Named { end, to, names_state, place, entries, shared })
}

/// A name that neither the gazetteer nor any actor has and that may be a place's: "Sarmin", "Tishreen Dam". What has a given name, an
/// office, a word for a body or for a thing in it is none, and neither is an abbreviation or a day.
fn unlisted<'k>(
    knowledge: &'k Knowledge,
    lexicon: &Lexicon,
    view: &View<'_>,
    at: usize,
) -> Option<Spot<'k>> {
    let begins = |token: usize| view.upos(token) == Upos::Propn && is_name_word(view.form(token));
    let joint = |token: usize| {
        view.form(token) == "-"
            && matches!(
                (view.token(token.wrapping_sub(1)), view.token(token), view.token(token + 1)),
                (Some(a), Some(b), Some(c)) if a.span.end == b.span.start && b.span.end == c.span.start
            )
    };
    let before =
        at.checked_sub(1).filter(|&before| view.upos(before) == Upos::Propn || joint(before));
    if !begins(at) || before.is_some() {
        return None;
    }
    let mut end = at + 1;
    while begins(end) || (joint(end) && view.upos(end + 1) == Upos::Propn) {
        end += 1;
    }
    let tokens = at..end;
    let words = || tokens.clone().filter(|&token| !joint(token));
    let (first, last) = (view.lemma(at), view.lemma(end - 1));
    let typed = tokens.len() > 1
        && (lexicon.place_first.has(first)
            || (lexicon.named_place.has(last) && view.is_capital(end - 1)));
    // "Al-Sinek neighbourhood": the noun after it says what it is.
    let noun_after = view.upos(end) == Upos::Noun
        && lexicon.named_place.has(view.lemma(end))
        && words().all(|token| {
            view.head(token).is_some_and(|head| head == end || tokens.contains(&head))
        });
    let other = words().any(|token| {
        let word = view.lemma(token);
        (lexicon.named_body.has(word) && !lexicon.named_place.has(word))
            || lexicon.named_thing.has(word)
            || lexicon.unit.has(word)
            || lexicon.people.has(word)
            || lexicon.honorific.has(word)
            || is_office(&knowledge.actors, word)
            || is_date_word(view, token)
            || (token > at && token_begins_name(knowledge, view, token))
    });
    let given = lexicon.male.has(first) || lexicon.female.has(first);
    if other || view.upos(end) == Upos::Num || (given && !typed && !noun_after) {
        return None;
    }
    let head = head_of(view, &tokens);
    let outer = view.head(head).is_some_and(|above| {
        matches!(view.relation(head), "flat" | "compound")
            && view.upos(above) == Upos::Propn
            && !tokens.contains(&above)
    });
    if outer {
        return None;
    }
    Some(Spot {
        sentence: view.index,
        span: view.span(&tokens),
        head,
        tokens,
        entries: Vec::new(),
        state: None,
        stature: Stature::City,
        shared: false,
        origin: if typed || noun_after { Origin::Typed } else { Origin::Open },
    })
}

/// Whether the word is written as names are: a capital, then small letters.
fn is_name_word(form: &str) -> bool {
    let mut letters = form.chars();
    letters.next().is_some_and(char::is_uppercase)
        && form.chars().count() > 1
        && letters.all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '‘'))
        && form.chars().any(char::is_lowercase)
}

/// Whether an actor's name begins at the token.
fn token_begins_name(knowledge: &Knowledge, view: &View<'_>, token: usize) -> bool {
    view.token(token)
        .is_some_and(|token| knowledge.actors.name_at(view.text, token.span.start).is_some())
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
    // An office before the name makes it a person's: "Governor Lincoln", "General Hassan".
    let office = |token: usize| is_office(&knowledge.actors, view.lemma(token));
    let titled = tokens.start.checked_sub(1).is_some_and(|before| {
        office(before) && view.is_capital(before) && view.upos(before) != Upos::Adj
    });
    if titled {
        return true;
    }
    view.children(head)
        .iter()
        .any(|&child| joined(child) && (other(child) || (child < head && office(child))))
}

pub(super) fn is_office(actors: &Actors, lemma: &str) -> bool {
    actors.sector_word(&[lemma]).is_some_and(|(_, word)| word.kind == SectorWordKind::Office)
}

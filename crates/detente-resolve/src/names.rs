//! Names of the knowledge in one sentence.
//!
//! In goes a sentence, out come the stretches of tokens that carry a known name, longest first from the left, none
//! overlapping, each with how it binds to its neighbours: in "pro-Russian rebels backed by Iran", "Russian" is found
//! and marked as not saying whose the rebels are, "Iran" is found and free.

use std::ops::Range;

use detente_core::Span;
use detente_knowledge::{Actors, EntityKind, Name, NameKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::lexicon::Lexicon;
use crate::view::View;

/// How a name binds to the noun after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bond {
    /// On its own: "Turkish troops"; and what says whose it is: "Chinese-owned firm".
    Free,
    /// The party that leads: "U.S.-led coalition".
    Leads,
    /// Says where something sits or comes from: "London-based".
    Seats,
    /// Says something else about the noun: "pro-Russian", "Iran-backed".
    Loose,
}

/// A known name in the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Hit<'k> {
    /// Tokens it covers.
    pub(crate) tokens: Range<usize>,
    /// What it may stand for.
    pub(crate) readings: &'k [Name],
    /// How it binds.
    pub(crate) bond: Bond,
    /// The first half of two names that share their end: "North" in "North and South Korea".
    pub(crate) halved: bool,
}

/// A people whose name a text has given with its state.
#[derive(Debug, Clone)]
pub(crate) struct People<'k> {
    /// What it is called alone, singular and in lower case: "serb".
    pub(crate) noun: String,
    readings: &'k [Name],
}

/// Known names and sector words of one sentence, by token.
#[derive(Clone)]
pub(crate) struct Names<'k> {
    /// Hits from left to right.
    pub(crate) hits: Vec<Hit<'k>>,
    hit_of: Vec<Option<u32>>,
    others: Vec<usize>,
    words: Vec<Option<(usize, &'k SectorWord)>>,
}

impl<'k> Names<'k> {
    /// Finds every known name and sector word of the sentence.
    pub(crate) fn find(actors: &'k Actors, lexicon: &Lexicon, view: &View<'_>) -> Self {
        let len = view.len();
        let mut names = Self {
            hits: Vec::new(),
            hit_of: vec![None; len],
            others: Vec::new(),
            words: vec![None; len],
        };
        let mut next = 0;
        for token in 0..len {
            if may_begin_title(view, token) {
                let lemmas = view.lemmas.get(token..).unwrap_or_default();
                names.words[token] = actors.sector_word(lemmas).or_else(|| {
                    // "the ruling party", "masked men": a participle stands in titles as it is written.
                    let participle = view.xpos(token) == "VBG"
                        || (view.xpos(token) == "VBN" && view.relation(token) == "amod");
                    let form = Some(view.form(token)).filter(|_| participle)?;
                    let after = lemmas.get(1..3.min(lemmas.len()))?;
                    let written: Vec<&str> =
                        [form].into_iter().chain(after.iter().copied()).collect();
                    actors.sector_word(&written).filter(|(taken, _)| *taken > 1)
                });
            }
            if token < next || !may_begin_name(view, token) {
                continue;
            }
            if let Some(readings) = halved_name(actors, view, token) {
                names.hit_of[token] = Some(names.hits.len() as u32);
                let tokens = token..token + 1;
                names.hits.push(Hit { tokens, readings, bond: Bond::Free, halved: true });
                next = token + 1;
                continue;
            }
            let start = view.token(token).map_or(0, |t| t.span.start);
            let found = actors.name_at(view.text, start).map(|found| (start, found));
            // "pro-Russian" as one token.
            let inner = || {
                let start = start + prefix_len(view.form(token))?;
                Some((start, actors.name_at(view.text, start)?))
            };
            let whole = found.is_some();
            // "South American" and "British Columbia" are no country's.
            let region = lexicon.region.at(view.lemmas.get(token..).unwrap_or_default());
            let region = token + region.unwrap_or(0);
            let Some((start, found)) = found.or_else(inner) else {
                next = next.max(region);
                continue;
            };
            let covered = Span::new(start, start + found.len);
            let mut end = token + 1;
            while view.token(end).is_some_and(|t| t.span.start < covered.end) {
                end += 1;
            }
            if region > end {
                next = region;
                continue;
            }
            // "Crown Prince Mohammed bin Salman": a longer name begins inside of this one and goes on after it.
            let goes_on = (token + 1..end).any(|inner| {
                let start = view.token(inner).map_or(covered.end, |t| t.span.start);
                let person = |name: &Name| matches!(name.kind, NameKind::Person(_));
                found.readings.iter().all(person)
                    && view.upos(end) == Upos::Propn
                    && actors.name_at(view.text, start).is_some_and(|longer| {
                        start + longer.len > covered.end && longer.readings.iter().any(person)
                    })
            });
            let person = found.readings.iter().all(|n| matches!(n.kind, NameKind::Person(_)));
            if goes_on || (person && end == token + 1 && is_acronym(actors, view, token)) {
                continue;
            }
            let tokens = token..end;
            // "Michael Jordan" is no country's.
            let given = tokens.len() == 1
                && token > 0
                && view.upos(token - 1) == Upos::Propn
                && (lexicon.male.has(view.lemmas.get(token - 1).unwrap_or(&""))
                    || lexicon.female.has(view.lemmas.get(token - 1).unwrap_or(&"")))
                && found.readings.iter().all(|name| {
                    matches!(name.kind, NameKind::Entity | NameKind::Capital | NameKind::Demonym)
                });
            // "Polish the silver": a verb.
            let verb = view.upos(end) == Upos::Det
                && found.readings.iter().all(|name| name.kind == NameKind::Adjective);
            let person_begins =
                whole && begins_person(actors, lexicon, view, &tokens, found.readings);
            if given || verb || person_begins {
                // "Mali Finn": nor is what follows a people's.
                next = if person_begins { end + 1 } else { next };
                continue;
            }
            if whole && names_other(actors, lexicon, view, &tokens, found.readings) {
                names.others.push(token);
                continue;
            }
            let bond = if whole { bond(view, lexicon, &tokens, covered) } else { Bond::Loose };
            // "Ann Lee III": what tells her from her forebears is part of the name.
            let (mut tokens, mut end) = (tokens, end);
            if person && is_generation(view.form(end)) {
                end += 1;
                tokens.end = end;
            }
            let index = names.hits.len() as u32;
            for slot in names.hit_of.get_mut(tokens.clone()).unwrap_or_default() {
                *slot = Some(index);
            }
            next = end;
            names.hits.push(Hit { tokens, readings: found.readings, bond, halved: false });
        }
        names
    }

    /// What a text means by the last word of a name that says of which state a people is: after "Bosnian Serb", "Serb" and "Serbs" are
    /// Bosnian.
    pub(crate) fn peoples_here(&self, actors: &Actors, view: &View<'_>) -> Vec<People<'k>> {
        let mut found = Vec::new();
        for hit in &self.hits {
            let people =
                |name: &&Name| matches!(name.kind, NameKind::Adjective | NameKind::Demonym);
            let Some(name) = hit.readings.first().filter(people) else { continue };
            if hit.tokens.len() < 2 {
                continue;
            }
            let (first, last) = (hit.tokens.start, hit.tokens.end - 1);
            let alone = |token: usize| {
                let span = view.token(token)?.span;
                let found = actors.name_at(view.text.get(..span.end)?, span.start)?;
                Some(found.readings)
            };
            let of_state = |reading: &Name| reading.entity == name.entity;
            let own = alone(last).is_some_and(|readings| !readings.iter().any(of_state));
            if own && alone(first).is_some_and(|readings| readings.iter().any(of_state)) {
                let noun = view.lemma(last).trim_end_matches('s').to_owned();
                found.push(People { noun, readings: hit.readings });
            }
        }
        found
    }

    /// The same names with those of peoples read as the text has told before.
    pub(crate) fn told(&self, peoples: &[People<'k>], view: &View<'_>) -> Self {
        let mut names = self.clone();
        for hit in &mut names.hits {
            if hit.tokens.len() != 1 {
                continue;
            }
            let noun = view.lemma(hit.tokens.start).trim_end_matches('s');
            if let Some(people) = peoples.iter().find(|people| people.noun == noun) {
                hit.readings = people.readings;
            }
        }
        names
    }

    /// The same without the names at these tokens, which stand for something else in this text.
    pub(crate) fn without(&self, tokens: &[usize]) -> Self {
        let mut names = self.clone();
        names.hits.retain(|hit| !tokens.contains(&hit.tokens.start));
        names.hit_of.fill(None);
        for (index, hit) in (0..).zip(&names.hits) {
            for token in hit.tokens.clone() {
                if let Some(slot) = names.hit_of.get_mut(token) {
                    *slot = Some(index);
                }
            }
        }
        names
    }

    /// Index of the hit that covers this token.
    pub(crate) fn index_at(&self, token: usize) -> Option<usize> {
        self.hit_of.get(token).copied().flatten().map(|i| i as usize)
    }

    /// The hit that covers this token.
    pub(crate) fn at(&self, token: usize) -> Option<&Hit<'k>> {
        self.index_at(token).and_then(|i| self.hits.get(i))
    }

    /// Whether the name of a state or capital at this token names something else here: a person, a lake.
    pub(crate) fn is_other(&self, token: usize) -> bool {
        self.others.contains(&token)
    }

    /// The sector word that begins at this token, and how many tokens it takes.
    pub(crate) fn word_at(&self, token: usize) -> Option<(usize, &'k SectorWord)> {
        self.words.get(token).copied().flatten()
    }
}

/// What a word names with the end of the name behind "and": "North" in "North and South Korea", "Turkish" in "Turkish and Greek Cypriots".
fn halved_name<'k>(actors: &'k Actors, view: &View<'_>, token: usize) -> Option<&'k [Name]> {
    let second = token + 2;
    if !matches!(view.lemma(token + 1), "and" | "or")
        || !view.is_capital(token)
        || !view.is_capital(second)
    {
        return None;
    }
    let own = view.token(token)?.span;
    let (start, rest) = (view.token(second)?.span.start, view.token(second + 1)?.span.start);
    let shared = actors.name_at(view.text, start)?;
    let tail = view.text.get(rest..start + shared.len).filter(|tail| !tail.is_empty())?;
    let whole = format!("{} {tail}", own.of(view.text)?);
    let named = actors.name_at(&whole, 0).filter(|named| named.len == whole.len())?;
    // "Kim and Lee Myung-bak": who is known by one name has it whole.
    let person = actors.name_at(view.text, own.start).is_some_and(|alone| {
        alone.len == own.end - own.start
            && alone.readings.iter().any(|name| matches!(name.kind, NameKind::Person(_)))
    });
    let same = named.readings.first()?.entity == shared.readings.first()?.entity
        && named.readings.first()?.kind == shared.readings.first()?.kind;
    (!person && !same).then_some(named.readings)
}

/// Whether a reading is of a state by its name or its capital's.
fn names_state(actors: &Actors, name: &Name) -> bool {
    matches!(name.kind, NameKind::Entity | NameKind::Capital)
        && actors.entities.get(name.entity).is_some_and(|e| e.kind == EntityKind::Country)
}

/// Whether the name of a state or capital is the given name of somebody: "Jordan Peters", "Chad Lee".
fn begins_person(
    actors: &Actors,
    lexicon: &Lexicon,
    view: &View<'_>,
    tokens: &Range<usize>,
    readings: &[Name],
) -> bool {
    let surname = tokens.end;
    let word = view.lemma(surname);
    let form = view.form(surname);
    let flat = view.relation(surname) == "flat" && view.head(surname) == Some(tokens.start);
    // "the actor Cuba Lee", however the tree has it.
    let titled = tokens.start.checked_sub(1).is_some_and(|before| {
        let title = || actors.sector_word(&[view.lemma(before)]);
        view.upos(before) == Upos::Noun
            && !view.is_plural(before)
            && (lexicon.person.has(view.lemma(before))
                || title().is_some_and(|(_, word)| word.kind != SectorWordKind::Body))
    });
    tokens.len() == 1
        && view.upos(surname) == Upos::Propn
        && (flat || titled)
        && form.chars().any(char::is_lowercase)
        && form.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && readings.iter().all(|name| names_state(actors, name))
        && ![&lexicon.named_body, &lexicon.named_place, &lexicon.named_thing, &lexicon.unit]
            .iter()
            .any(|group| group.has(word))
        && actors.sector_word(&[word]).is_none()
        && view.token(surname).is_some_and(|t| {
            actors.name_at(view.text, t.span.start).is_none_or(|found| {
                // "Mali Finn"
                flat && found.readings.iter().all(|name| name.kind == NameKind::Demonym)
            })
        })
}

/// Whether the name of a state or capital names something else here: a person by what stands beside it ("Chad, a spokesman for the firm,") or
/// a part of a land ("China Lake").
fn names_other(
    actors: &Actors,
    lexicon: &Lexicon,
    view: &View<'_>,
    tokens: &Range<usize>,
    readings: &[Name],
) -> bool {
    let (first, after) = (tokens.start, tokens.end);
    if tokens.len() != 1 || !readings.iter().all(|name| names_state(actors, name)) {
        return false;
    }
    // "Moved to China Lake": a lake or a valley, and a headline has every word in capitals.
    let feature = lexicon.feature.has(&view.form(after).to_lowercase())
        && view.is_capital(after)
        && view.upos(after) == Upos::Propn
        && (view.head(first) == Some(after) || view.head(after) == Some(first));
    if feature {
        return true;
    }
    // "Jordan, a footballer,": what may be said of a state as well ("Jordan, a mediator,") says nothing.
    let bears = lexicon.given_state.has(&view.form(first).to_lowercase());
    let beside =
        view.child(first, "appos").filter(|&c| bears && view.form(after) == "," && c > after);
    beside.is_some_and(|noun| {
        let lemma = view.lemma(noun);
        let word = actors.sector_word(&[lemma]);
        let person = lexicon.person.has(lemma)
            || lexicon.trade.has(lemma)
            || lexicon.servant.has(lemma)
            || word.is_some_and(|(_, word)| word.kind != SectorWordKind::Body);
        let known = view.children(noun).iter().any(|&c| {
            view.relation(c) == "det"
                || view.deprel(c) == "nmod:poss"
                || view.relation(c) == "nummod"
        });
        view.upos(noun) == Upos::Noun
            && !view.is_plural(noun)
            && person
            && known
            && !lexicon.state_called.has(lemma)
    })
}

/// "FICO raised its scores": four capitals in a sentence that has small letters are no surname, but an acronym that is spelt like one.
fn is_acronym(actors: &Actors, view: &View<'_>, token: usize) -> bool {
    let capital = |t: usize| {
        let form = view.form(t);
        form.len() == 4 && form.chars().all(char::is_uppercase)
    };
    let small = (0..view.len()).any(|t| view.form(t).len() > 3 && !view.is_capital(t));
    let (first, rest) = view.form(token).split_at(view.form(token).ceil_char_boundary(1));
    let named = || {
        let surname = format!("{first}{}", rest.to_lowercase());
        actors.name_at(&surname, 0).is_some_and(|found| found.len == surname.len())
    };
    // "President LEE Hsien Loong", "Fumio KISHIDA": part of a name that is written so.
    let beside = [token.checked_sub(1), Some(token + 1)];
    let beside = beside.into_iter().flatten().any(|t| view.upos(t) == Upos::Propn);
    capital(token) && small && !beside && named()
}

/// "Jr.", "III" behind a name: which of a family it is.
pub(crate) fn is_generation(form: &str) -> bool {
    matches!(form, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

fn may_begin_name(view: &View<'_>, token: usize) -> bool {
    matches!(view.upos(token), Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Num)
        || view.is_capital(token)
}

/// Whether the word before a hyphen says how something stands to the name after it.
fn is_prefix(word: &str) -> bool {
    matches!(
        word,
        "pro"
            | "anti"
            | "non"
            | "un"
            | "intra"
            | "inter"
            | "counter"
            | "post"
            | "pre"
            | "trans"
            | "cross"
            | "ex"
    )
}

/// Bytes of the prefix before the name in one token: 4 in "pro-Russian"; `None` where there is none.
fn prefix_len(form: &str) -> Option<usize> {
    let (before, after) = form.split_once(['-', '‐', '‑'])?;
    (is_prefix(before) && after.starts_with(char::is_uppercase)).then(|| form.len() - after.len())
}

fn may_begin_title(view: &View<'_>, token: usize) -> bool {
    matches!(view.upos(token), Upos::Propn | Upos::Noun | Upos::Adj | Upos::X | Upos::Verb)
}

pub(crate) fn is_hyphen(view: &View<'_>, token: usize) -> bool {
    matches!(view.form(token), "-" | "‐" | "‑" | "–")
}

/// Whether nothing stands between this token and the next.
fn touches_next(view: &View<'_>, token: usize) -> bool {
    matches!((view.token(token), view.token(token + 1)), (Some(a), Some(b)) if a.span.end == b.span.start)
}

/// How the name binds to the hyphenated word that it is part of.
fn bond(view: &View<'_>, lexicon: &Lexicon, tokens: &Range<usize>, covered: Span) -> Bond {
    let last = tokens.end - 1;
    // "Iran-backed" as one token: what follows the name inside of it.
    if let Some(token) = view.token(last)
        && token.span.end > covered.end
    {
        let rest = Span::new(covered.end, token.span.end).of(view.text).unwrap_or_default();
        return bond_of(lexicon, rest.trim_start_matches(['-', '‐', '‑', '–']));
    }
    if tokens.start >= 2
        && is_hyphen(view, tokens.start - 1)
        && touches_next(view, tokens.start - 2)
        && touches_next(view, tokens.start - 1)
        && is_prefix(view.lemma(tokens.start - 2))
    {
        return Bond::Loose;
    }
    if is_hyphen(view, tokens.end)
        && touches_next(view, last)
        && touches_next(view, tokens.end)
        && view.token(tokens.end + 1).is_some()
        && !view.is_capital(tokens.end + 1)
    {
        return bond_of(lexicon, view.form(tokens.end + 1));
    }
    Bond::Free
}

fn bond_of(lexicon: &Lexicon, word: &str) -> Bond {
    if lexicon.leads.has(word) {
        Bond::Leads
    } else if lexicon.seats.has(word) {
        Bond::Seats
    } else if lexicon.owns.has(word) {
        Bond::Free
    } else if word.chars().next().is_some_and(char::is_lowercase) {
        // "China-wide", "US-style", "Iran-backed": whose it is, is not said.
        Bond::Loose
    } else {
        Bond::Free
    }
}

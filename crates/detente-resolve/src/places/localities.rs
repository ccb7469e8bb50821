//! Places by a common noun.
//!
//! In go the sentences and the places that they name, out come the places that they only describe, each with the named one that it
//! stands for or lies in: after "Rebels entered Mosul", "the city" is Mosul; "a mosque in Daquq" lies where Daquq does; of "a
//! checkpoint" nothing more is known.

use std::ops::Range;

use detente_core::{Place, Span};
use detente_knowledge::{Knowledge, PlaceKind};
use detente_parse::Upos;

use crate::PlaceMention;
use crate::lexicon::Lexicon;
use crate::view::{Position, View};

/// Sentences that "the city" looks back over, and those that "there" does.
const REACH: usize = 3;
const NEAR: usize = 1;

/// A description of a place, before the named places of the text are known.
#[derive(Debug)]
pub(super) struct Locality {
    sentence: usize,
    head: usize,
    tokens: Range<usize>,
    span: Span,
    /// A city, a region: something that has a name of its own, and is taken to be known.
    settled: bool,
    /// Sentences that it may look back over.
    reach: usize,
    /// Tokens by which a named place may hang on it, and whether it is that place rather than in it.
    below: Vec<(usize, bool)>,
    /// The state whose capital it is: "the Saudi capital".
    capital_of: Option<String>,
}

/// Adds the descriptions of one sentence to `found`.
pub(super) fn find(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    view: &View<'_>,
    states: &[Option<&str>],
    found: &mut Vec<Locality>,
) {
    let capital = knowledge.words.groups.get("place_capital");
    for head in 0..view.len() {
        let adverb = view.xpos(head) == "RB" && matches!(view.lemma(head), "here" | "there");
        let noun = view.upos(head) == Upos::Noun
            && lexicon.place_noun.has(view.lemma(head))
            && !matches!(view.relation(head), "compound" | "flat" | "fixed");
        if !(adverb || noun) {
            continue;
        }
        let mut start = head;
        let mut determined = adverb || view.is_plural(head);
        let mut definite = false;
        let mut below = Vec::new();
        for &child in view.children(head) {
            match view.relation(child) {
                "det" => {
                    determined = true;
                    definite |= matches!(view.lemma(child), "the" | "this" | "that");
                }
                "amod" | "compound" | "nummod" if child < head => {
                    determined = true;
                    start = start.min(view.edges(child).0);
                    below.push((child, view.relation(child) == "compound"));
                }
                "nmod" => {
                    determined |= child < head;
                    below.push((child, view.preposition(child) == Some("of")));
                }
                "appos" => below.push((child, true)),
                _ => {}
            }
        }
        // "in place", "at home": no place in particular.
        if !determined {
            continue;
        }
        let tokens = start..head + 1;
        let settled = (definite && lexicon.place_settled.has(view.lemma(head)))
            || (adverb && view.lemma(head) == "there");
        let span = view.span(&tokens);
        let reach = if adverb { NEAR } else { REACH };
        let is_capital = noun
            && definite_or_of_state(view, head)
            && capital.is_some_and(|words| words.iter().any(|w| w.iter().eq([view.lemma(head)])));
        let capital_of = view
            .children(head)
            .iter()
            .filter(|&&child| is_capital && child < head)
            .find_map(|&child| (*states.get(child)?).map(str::to_owned));
        found.push(Locality {
            sentence: view.index,
            head,
            tokens,
            span,
            settled,
            reach,
            below,
            capital_of,
        });
    }
}

/// Whether "the" or a possessor stands before a noun: "the Saudi capital", "Qatar's capital".
fn definite_or_of_state(view: &View<'_>, noun: usize) -> bool {
    view.children(noun).iter().any(|&child| {
        view.lemma(child) == "the" || (child < noun && view.position(child) == Position::Possessor)
    })
}

/// The capital of a state, if the gazetteer has one and no other.
fn capital(knowledge: &Knowledge, state: &str) -> Option<Place> {
    let mut capitals = knowledge.places.entries.iter().filter(|entry| {
        entry.kind == PlaceKind::Capital && entry.country.as_deref() == Some(state)
    });
    let one = capitals.next().filter(|_| capitals.next().is_none())?;
    Some(Place {
        name: one.name.to_string(),
        country: Some(state.to_owned()),
        lat: Some(one.lat),
        lon: Some(one.lon),
        via: None,
    })
}

/// Gives each description the named place that it stands for, if the text tells.
pub(super) fn settle(
    knowledge: &Knowledge,
    found: Vec<Locality>,
    named: &[PlaceMention],
) -> Vec<PlaceMention> {
    let mut seen = 0;
    found
        .into_iter()
        .map(|locality| {
            let before =
                |p: &PlaceMention| (p.sentence, p.head) < (locality.sentence, locality.head);
            while named.get(seen).is_some_and(before) {
                seen += 1;
            }
            let hanging = locality.below.iter().find_map(|&(token, same)| {
                let place = named
                    .iter()
                    .skip(seen.saturating_sub(8))
                    .take_while(|p| p.sentence <= locality.sentence)
                    .find(|p| p.sentence == locality.sentence && p.head == token)?;
                Some((place, same))
            });
            let last = || {
                named
                    .get(..seen)?
                    .iter()
                    .rev()
                    .take_while(|p| p.sentence + locality.reach >= locality.sentence)
                    .find(|p| {
                        !p.dateline && p.place.name != p.place.country.as_deref().unwrap_or("")
                    })
            };
            let capital = || capital(knowledge, locality.capital_of.as_deref()?);
            let place = match hanging {
                Some((place, true)) => place.place.clone(),
                _ if locality.capital_of.is_some() => capital().unwrap_or_default(),
                Some((place, false)) => {
                    Place { country: place.place.country.clone(), ..Place::default() }
                }
                None if locality.settled => last().map(|p| p.place.clone()).unwrap_or_default(),
                None => Place::default(),
            };
            PlaceMention {
                sentence: locality.sentence,
                head: locality.head,
                tokens: locality.tokens,
                span: locality.span,
                place,
                dateline: false,
            }
        })
        .collect()
}

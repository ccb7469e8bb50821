//! Places by a common noun.
//!
//! In go the sentences and the places that they name, out come the places that they only describe, each with the named one that it
//! stands for or lies in: after "Rebels entered Mosul", "the city" is Mosul; "a mosque in Daquq" lies where Daquq does; of "a
//! checkpoint" nothing more is known.

use std::ops::Range;

use detente_core::{Place, Span};
use detente_parse::Upos;

use crate::PlaceMention;
use crate::lexicon::Lexicon;
use crate::view::View;

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
}

/// Adds the descriptions of one sentence to `found`.
pub(super) fn find(lexicon: &Lexicon, view: &View<'_>, found: &mut Vec<Locality>) {
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
        found.push(Locality { sentence: view.index, head, tokens, span, settled, reach, below });
    }
}

/// Gives each description the named place that it stands for, if the text tells.
pub(super) fn settle(found: Vec<Locality>, named: &[PlaceMention]) -> Vec<PlaceMention> {
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
            let place = match hanging {
                Some((place, true)) => place.place.clone(),
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

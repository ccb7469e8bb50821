//! Which two parties a story has set beside each other: as a list, as a pair told of before, as the only two neighbours.
//!
//! In go the sentences read so far and what the pair must be, out come the codes of the two.

use detente_core::{Actor, Sector};

use super::is_armed;
use crate::holders::is_private;
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::View;

/// Sentences that a pair which the text has spoken of as one is meant again.
const TOLD_REACH: usize = 2;
/// Sentences that "both sides" looks back over for a band and its state.
const BAND_REACH: usize = 3;
/// Sentences that "the couple" looks back over.
const SPOUSE_REACH: usize = 3;

impl Reader<'_> {
    /// The pair that the last sentences spoke of as one: "the two have been at odds".
    pub(super) fn pair_told(
        &self,
        view: &View<'_>,
        fits: &impl Fn(&str, &str) -> bool,
    ) -> Option<(String, String)> {
        let near = |sentence: usize| sentence + TOLD_REACH >= view.index;
        let mut told = self
            .mentions
            .iter()
            .rev()
            .take_while(|mention| near(mention.sentence))
            .filter(|mention| mention.sentence < view.index);
        told.find_map(|mention| {
            let [a, b] = mention.actors.as_slice() else { return None };
            let pair = a.via.as_deref() == Some("both sides");
            let (a, b) = (a.code.as_deref()?, b.code.as_deref()?);
            (pair && a != b && fits(a, b)).then(|| (a.to_owned(), b.to_owned()))
        })
    }

    /// The only two states that this sentence or the one before it names as a list of two.
    pub(super) fn states_listed(
        &self,
        view: &View<'_>,
        token: usize,
        fits: &impl Fn(&str, &str) -> bool,
    ) -> Option<(String, String)> {
        let codes = |actors: &[Actor]| {
            let [a, b] = actors else { return None };
            let (a, b) = (a.code.as_deref()?, b.code.as_deref()?);
            let states = self.is_state(a) && self.is_state(b);
            (states && a != b && fits(a, b)).then(|| (a.to_owned(), b.to_owned()))
        };
        let lists = self.discourse.candidates(view.index, token, 1, |referent, _| {
            referent.plural
                && referent.category == Some(Category::Country)
                && codes(&referent.actors).is_some()
        });
        let [only] = lists.as_slice() else { return None };
        codes(&self.discourse.referent(only.referent)?.actors)
    }

    /// The only two states of the story that may be meant.
    pub(super) fn only_two_states(
        &self,
        view: &View<'_>,
        fits: &impl Fn(&str, &str) -> bool,
    ) -> Option<(String, String)> {
        let told = self.discourse.codes(view.index, |code| self.is_state(code));
        let told: Vec<&str> = told.iter().take(8).map(|(code, _)| *code).collect();
        let mut pairs = told.iter().enumerate().flat_map(|(at, a)| {
            told.iter().skip(at + 1).filter(|b| fits(a, b)).map(move |b| (*a, *b))
        });
        let (a, b) = pairs.next()?;
        pairs.next().is_none().then(|| (a.to_owned(), b.to_owned()))
    }

    /// "Both sides", after a band and the state in which it fights, where the last sentences name no other state and no other band:
    /// these two.
    pub(super) fn state_and_band(
        &self,
        view: &View<'_>,
        token: usize,
        keep: &impl Fn(&str) -> bool,
    ) -> Option<Vec<Actor>> {
        if !matches!(view.lemma(token), "side" | "party" | "camp" | "faction") {
            return None;
        }
        let first = view.index.saturating_sub(BAND_REACH).max(self.discourse.begins());
        let near = self
            .mentions
            .iter()
            .rev()
            .take_while(|mention| mention.sentence >= first)
            .filter(|mention| mention.sentence < view.index || mention.head < token)
            .filter(|mention| mention.category != Category::Thing);
        let (mut band, mut states): (Option<&Actor>, Vec<&str>) = (None, Vec::new());
        for actor in near.flat_map(|mention| &mention.actors) {
            let Some(code) = actor.code.as_deref().filter(|code| keep(code)) else { continue };
            if actor.sector.is_some_and(is_armed) {
                if band.is_some_and(|known| known.code != actor.code) {
                    return None;
                }
                band = Some(actor);
            } else if self.is_state(code) && !states.contains(&code) {
                states.push(code);
            }
        }
        let band = band?;
        let code = band.code.as_deref()?;
        let land = match self.actors.entity(code)?.country.as_deref() {
            Some(land) => land,
            None => Some(code).filter(|code| self.is_state(code))?,
        };
        let alone = matches!(states.as_slice(), [only] if *only == land);
        let rank = Actor { name: None, role: None, ..band.clone() };
        let band = if self.is_state(code) { rank } else { self.party(code, band.sector) };
        alone.then(|| vec![self.party(land, None), band])
    }

    /// The person of whose wife or husband the last sentences tell, and her or him, if the text has said who that is.
    pub(super) fn spouses(&self, view: &View<'_>) -> Option<Vec<Actor>> {
        let recent = self.nouns.iter().rev().take_while(|(_, index)| {
            self.mentions.get(*index).is_some_and(|m| m.sentence + SPOUSE_REACH >= view.index)
        });
        let mut wed = recent.filter(|(noun, _)| matches!(noun.as_str(), "wife" | "husband"));
        let spouse = self.mentions.get(wed.next()?.1)?;
        let owner = self.mentions.iter().rev().find(|mention| {
            mention.sentence == spouse.sentence
                && mention.head < spouse.head
                && mention.head + 3 > spouse.head
                && matches!(mention.category, Category::Person)
        })?;
        let mut both: Vec<Actor> =
            owner.actors.iter().filter(|actor| actor.name.is_some()).cloned().collect();
        if both.len() != 1 {
            return None;
        }
        both.extend(spouse.actors.iter().filter(|actor| actor.name.is_some()).cloned());
        Some(both)
    }

    /// The sector of a firm or a union of which the story speaks by the code of its state, and of nobody else of it: "both sides", of miners
    /// and the company.
    pub(super) fn trade_of(&self, view: &View<'_>, token: usize, code: &str) -> Option<Sector> {
        if !matches!(view.lemma(token), "side" | "party" | "partner" | "camp") {
            return None;
        }
        let mut sectors = self
            .mentions_of_story()
            .flat_map(|mention| &mention.actors)
            .filter(|actor| actor.code.as_deref() == Some(code))
            .map(|actor| actor.sector);
        let first = sectors.next()??;
        (is_private(first) && sectors.all(|sector| sector == Some(first))).then_some(first)
    }
}

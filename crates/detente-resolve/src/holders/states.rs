//! Nouns for a state and what is of a state that no word tells: "the country", "the army", "the protesters".
//!
//! In goes such a draft, out comes the state that weighs most by what the text has said of it, where the story plays and who does what is told.

use detente_core::{Actor, Sector};

use super::{NOUN_REACH, government};
use crate::draft::Draft;
use crate::mentions::via;
use crate::reader::Reader;
use crate::resolution::{Category, Mention};
use crate::view::{Position, View};

/// What "the country" weighs of each state: its share of all that the text has said of states,
const SHARE: f32 = 2.0;
/// that the last sentences name it as a state,
const NAMED_LATELY: f32 = 1.0;
/// that the story plays there, and that it was written there,
const SCENE: f32 = 0.4;
const DATELINE: f32 = 0.3;
/// that the sentence puts it outside of what it tells of,
const OUTSIDE: f32 = 1.5;
/// and that who does what is told of it is a person of it, or the state itself.
const DOER: [f32; 2] = [0.4, -0.5];
/// What an owner of "the army" gains where the text opens with it.
const OPENING: f32 = 0.4;
/// What tells whose "the army" is, and what tells whose "the protesters" are, beside what every state is weighed by.
const BODIES: Weights = Weights { owned: 0.6, scene: SCENE, clear: 0.4 };
const LOCALS: Weights = Weights { owned: 0.4, scene: 0.8, clear: 0.5 };
/// States that are looked at.
const STATES: usize = 8;
/// How much more than the next the state must weigh.
const STATE_CLEAR: f32 = 0.1;

/// How states are weighed for a noun that does not say whose it is.
struct Weights {
    /// The text has told of such a body of the state before.
    owned: f32,
    /// The story plays there.
    scene: f32,
    /// How much more than the next the state must weigh.
    clear: f32,
}

impl Reader<'_> {
    /// "troops in the country": the state alone, as a place.
    pub(super) fn resolve_land(
        &self,
        view: &View<'_>,
        draft: Draft,
        quoted: &[bool],
    ) -> Option<Draft> {
        let mut draft = self.resolve_state(view, draft, quoted)?;
        for actor in &mut draft.actors {
            *actor = Actor { code: actor.code.take(), via: via("place"), ..Actor::default() };
        }
        Some(draft)
    }

    /// "the country": the last state that acted; no mention where none stands out.
    pub(super) fn resolve_state(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        quoted: &[bool],
    ) -> Option<Draft> {
        let noun = view.form(draft.head).to_lowercase();
        // "This country will not be told": the speaker's.
        let this = draft.head.checked_sub(1).is_some_and(|t| view.lemma(t) == "this");
        if this && let Some(speakers) = self.speakers(view, draft.head, quoted) {
            let codes = speakers.iter().filter_map(|actor| actor.code.clone());
            draft.actors = codes
                .take(1)
                .map(|code| Actor { code: Some(code), via: via("pronoun"), ..Actor::default() })
                .collect();
            return Some(draft);
        }
        let lies_there = self.lexicon.part_of_world(view, &draft.tokens);
        let fits = |actor: &Actor| {
            actor.code.as_deref().is_some_and(|code| {
                self.lexicon.epithet(&noun, code) != Some(false) && lies_there(code)
            })
        };
        if !self.lexicon.epithets(&noun).is_empty() {
            let codes = self
                .discourse
                .codes(view.index, |code| self.lexicon.epithet(&noun, code) == Some(true));
            let scene = || {
                self.scene
                    .iter()
                    .rev()
                    // "They met in Singapore. The island": of where guests are.
                    .chain(self.visited.iter().rev())
                    .map(|(code, _)| code.as_str())
                    .find(|code| self.lexicon.epithet(&noun, code) == Some(true))
            };
            let code = match codes.as_slice() {
                [(only, _)] => Some((*only).to_owned()),
                [(best, weight), (_, next), ..] if *weight > 1.5 * next => Some((*best).to_owned()),
                [] => scene().map(str::to_uppercase).or_else(|| {
                    // "The South fired back", where only the North was named.
                    let codes = self.lexicon.epithets(&noun);
                    let twin = |code: &&String| {
                        self.lexicon
                            .twin(code)
                            .is_some_and(|twin| self.discourse.knows(&twin.to_uppercase()))
                    };
                    codes.first().filter(twin).map(|code| code.to_uppercase())
                }),
                _ => None,
            }?;
            draft.actors = vec![government(code)];
            return Some(draft);
        }
        // "France, which has troops in the country": another than France.
        let within = matches!(
            view.preposition(draft.head),
            Some(
                "in" | "across"
                    | "throughout"
                    | "around"
                    | "out"
                    | "into"
                    | "inside"
                    | "from"
                    | "of"
                    | "to"
            )
        );
        let outside: Vec<usize> = self
            .discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| {
                // "Seoul and U.S. forces in the country": a part of the subject may lie in another part.
                // "Pensioners queued across the country": whose the place made them are its own.
                let local = self
                    .mention_here(trace.token)
                    .and_then(|mention| self.mentions.get(mention))
                    .is_some_and(|m| m.actors.iter().all(|a| a.via.as_deref() == Some("place")));
                let state = self
                    .discourse
                    .referent(trace.referent)
                    .is_some_and(|referent| referent.category == Some(Category::Country));
                (within || (state && self.against(view, draft.head)))
                    && trace.subject
                    && !local
                    && !view.is_below(draft.head, view.first_conjunct(trace.token))
                    && trace.governor.is_some_and(|verb| view.is_below(draft.head, verb))
            })
            .map(|trace| trace.referent)
            .collect();
        let code = self.state_told(view, &draft, &outside, fits)?;
        draft.actors = vec![government(code)];
        Some(draft)
    }

    /// Whether the noun is whom somebody acts against or with, or whose things he acts on: "lashed out at the kingdom".
    fn against(&self, view: &View<'_>, head: usize) -> bool {
        let shunned = |token: usize| {
            view.position(token) == Position::Object
                && view.governor(token).is_some_and(|verb| self.lexicon.shun.has(view.lemma(verb)))
        };
        match view.position(head) {
            Position::Oblique("at" | "against" | "on" | "with")
            | Position::Nominal("against" | "with" | "on") => true,
            Position::Possessor => view.governor(head).is_some_and(shunned),
            _ => shunned(head),
        }
    }

    /// The state that "the country" means: what the text speaks of most, has named last, or tells from; one that cannot be meant here
    /// is `outside`.
    fn state_told(
        &self,
        view: &View<'_>,
        draft: &Draft,
        outside: &[usize],
        fits: impl Fn(&Actor) -> bool,
    ) -> Option<String> {
        let near = self.discourse.candidates(view.index, draft.head, 2, |referent, trace| {
            referent.category == Some(Category::Country)
                && !outside.contains(&trace.referent)
                && !referent.plural
                && referent.actors.iter().all(&fits)
                && referent.actors.iter().all(|actor| actor.via.as_deref() != Some("place"))
        });
        let code_of = |referent: usize| {
            let actor = self.discourse.referent(referent)?.actors.first()?;
            actor.code.as_deref()
        };
        let top = near.first().map_or(1.0, |best| best.weight);
        let out: Vec<&str> = outside.iter().filter_map(|&referent| code_of(referent)).collect();
        let fitting = |code: &str| {
            self.is_state(code) && fits(&Actor { code: Some(code.to_owned()), ..Actor::default() })
        };
        let weighed = self.discourse.codes(view.index, fitting);
        let whole: f32 = weighed.iter().map(|(_, weight)| weight).sum::<f32>().max(1.0);
        let scene = self.scene(view);
        let mut codes: Vec<(&str, f32)> =
            weighed.iter().map(|(code, weight)| (*code, SHARE * weight / whole)).collect();
        for place in [&scene, &self.dateline].into_iter().flatten().map(String::as_str) {
            if fitting(place) && !codes.iter().any(|(code, _)| *code == place) {
                codes.push((place, 0.0));
            }
        }
        let (doer, person) = self.doer(view, draft.head);
        // "Elements in that country": the one named last.
        let that = draft.head.checked_sub(1).is_some_and(|t| view.lemma(t) == "that");
        let lately = if that { 2.0 * NAMED_LATELY } else { NAMED_LATELY };
        for (code, sum) in &mut codes {
            let named = near.iter().filter(|c| code_of(c.referent) == Some(*code));
            *sum += named.map(|c| lately * c.weight / top).fold(0.0, f32::max);
            if scene.as_deref() == Some(*code) {
                *sum += SCENE;
            }
            if self.dateline.as_deref() == Some(*code) {
                *sum += DATELINE;
            }
            if self.opens_with(code) {
                *sum += OPENING;
            }
            if out.contains(code) {
                *sum -= OUTSIDE;
            }
            if doer.as_deref() == Some(*code) {
                *sum += if person { DOER[0] } else { DOER[1] };
            }
        }
        codes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        match codes.as_slice() {
            [(only, _)] => Some((*only).to_owned()),
            [(best, sum), (_, next), ..] if sum - next >= STATE_CLEAR => Some((*best).to_owned()),
            _ => None,
        }
    }

    /// The state whose "the army", "the government" is; `None` where two come close.
    pub(crate) fn owner_told(
        &self,
        view: &View<'_>,
        token: usize,
        sector: Option<Sector>,
    ) -> Option<String> {
        self.weighed_state(view, token, sector, &BODIES)
    }

    /// The state of whose people the noun at the token speaks: "the protesters", "residents".
    pub(super) fn local_state(
        &self,
        view: &View<'_>,
        token: usize,
        sector: Option<Sector>,
    ) -> Option<String> {
        let told = self.weighed_state(view, token, sector, &LOCALS)?;
        // The pope's state is the land of hardly anybody.
        if told == "VAT" && self.scene(view).as_deref() != Some("VAT") {
            return None;
        }
        // "The rebels freed a Kenyan nurse": whom they did it to is of another state as often as not.
        let here = self.mentions.get(self.first..).unwrap_or_default();
        let beside = here
            .iter()
            .filter(|m| m.actors.iter().any(|actor| actor.code.as_deref() == Some(told.as_str())))
            .all(|m| {
                m.head > token || !matches!(m.category, Category::Country | Category::Organisation)
            });
        let before = self.states.contains(&told)
            || self.dateline.as_ref() == Some(&told)
            || self.scene(view).as_ref() == Some(&told);
        (before || !beside).then_some(told)
    }

    /// The state that the text speaks of most, opens with, plays in, or has told a body of this sector of; `None` where two come close.
    fn weighed_state(
        &self,
        view: &View<'_>,
        token: usize,
        sector: Option<Sector>,
        weights: &Weights,
    ) -> Option<String> {
        let mut beside = self.states_beside(view, token);
        if sector == Some(Sector::Mil) {
            beside.extend(self.soldiers_beside(view, token));
        }
        // "Rudd called the regime a dictatorship": none speaks so of his own.
        if matches!(view.lemma(token), "regime" | "junta" | "dictatorship") {
            beside.extend(self.teller(view, token));
        }
        // "Clinton praised the government": another's.
        if view.lemma(token) == "government" {
            beside.extend(self.foreign_teller(view, token));
        }
        // A crowd before an embassy is seldom of the state whose it is.
        if matches!(
            sector,
            Some(Sector::Cvl | Sector::Edu | Sector::Opp | Sector::Lab | Sector::Rel)
        ) {
            beside.extend(self.embassies_here(view, token));
        }
        // "Qatar brokered a truce. The army drew back": that of a side.
        beside.extend(self.hosts().map(str::to_owned));
        // Soldiers make a junta.
        let kind = if view.lemma(token) == "junta" { Some(Sector::Mil) } else { sector };
        let apart = |code: &str| beside.iter().any(|b| b == code) || self.courted.contains(code);
        let weighed = self.discourse.codes(view.index, |code| self.is_state(code) && !apart(code));
        let whole: f32 = weighed.iter().map(|(_, weight)| weight).sum::<f32>().max(1.0);
        let scene = self.scene(view);
        let mut codes: Vec<(&str, f32)> = weighed
            .iter()
            .take(STATES)
            .map(|&(code, weight)| {
                let mut sum = SHARE * weight / whole;
                if self.opens_with(code) {
                    sum += OPENING;
                }
                let same = |mention: &&Mention| {
                    (self.discourse.begins()..view.index).contains(&mention.sentence)
                        && mention.category != Category::Person
                        && mention
                            .actors
                            .iter()
                            .all(|a| a.code.as_deref() == Some(code) && a.sector == kind)
                };
                if self.mentions.iter().any(|m| same(&m)) && kind != Some(Sector::Gov) {
                    sum += weights.owned;
                }
                (code, sum)
            })
            .collect();
        for (place, weight) in [(&scene, weights.scene), (&self.dateline, DATELINE)] {
            let Some(place) = place.as_deref().filter(|place| !apart(place)) else { continue };
            match codes.iter_mut().find(|(code, _)| *code == place) {
                Some((_, sum)) => *sum += weight,
                None => codes.push((place, weight)),
            }
        }
        codes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        match codes.as_slice() {
            [(only, _)] => Some((*only).to_owned()),
            [(best, sum), (_, next), ..] if sum - next >= weights.clear => Some((*best).to_owned()),
            _ => None,
        }
    }

    /// Whether the first sentence speaks of this state.
    pub(crate) fn opens_with(&self, code: &str) -> bool {
        let begin = self.discourse.begins();
        let first = self.mentions_of_story().take_while(|mention| mention.sentence == begin);
        let mut actors = first.flat_map(|mention| &mention.actors);
        actors.any(|actor| actor.code.as_deref() == Some(code))
    }

    /// The code of the subject of the clause that the token stands in, and whether it is a person.
    fn doer(&self, view: &View<'_>, token: usize) -> (Option<String>, bool) {
        let subject = view.clause_of(token).and_then(|verb| view.subject_of(verb));
        let mention = subject
            .filter(|&subject| !view.is_below(token, subject))
            .and_then(|subject| self.mentions.get(self.mention_here(subject)?));
        match mention.map(|m| (m.actors.as_slice(), m.category)) {
            Some(([only], category)) => (only.code.clone(), category == Category::Person),
            _ => (None, false),
        }
    }

    /// Whether the last that the text called by this noun is nobody known.
    pub(super) fn told_of_one(&self, view: &View<'_>, noun: &str) -> bool {
        let mut told = self
            .discourse
            .everything(view.index, NOUN_REACH)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| trace.sentence < view.index)
            .filter_map(|trace| self.discourse.referent(trace.referent));
        told.find(|referent| referent.noun == noun && !referent.plural)
            .is_some_and(|referent| referent.actors.is_empty())
    }
}

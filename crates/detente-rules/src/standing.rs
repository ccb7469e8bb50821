//! How two parties stand to each other in the years of the news: foes, friends, or neither.
//!
//! In goes the knowledge (`words/sides.toml`) and two parties, out comes how they stand. A story seldom says that Pyongyang and Seoul are at odds; its
//! reader knows it, and so knows at whom a threat is aimed.

use std::collections::HashMap;

use detente_core::Actor;
use detente_knowledge::Knowledge;
use foldhash::fast::RandomState;

use crate::whose::state_of;

/// Pairs of parties, by the first code and then by the second, each pair both ways round.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing(
    HashMap<String, HashMap<String, &'static str, RandomState>, RandomState>,
);

impl Standing {
    /// The pairs that the knowledge has.
    pub(crate) fn of(knowledge: &Knowledge) -> Self {
        let mut standing = Self::default();
        for (group, side) in [("side_foes", "foe"), ("side_friends", "friend")] {
            for pair in knowledge.words.groups.get(group).into_iter().flatten() {
                if let [one, other] = pair.as_slice() {
                    standing.put(one, other, side);
                    standing.put(other, one, side);
                }
            }
        }
        standing
    }

    fn put(&mut self, one: &str, other: &str, side: &'static str) {
        self.0.entry(one.to_uppercase()).or_default().insert(other.to_uppercase(), side);
    }

    /// "foe", "friend" or "neither": how two parties stand to each other by their own codes, or else by those of their states.
    pub(crate) fn stand(&self, knowledge: &Knowledge, one: &Actor, other: &Actor) -> &'static str {
        let (Some(one), Some(other)) = (one.code.as_deref(), other.code.as_deref()) else {
            return "neither";
        };
        let known = |one: &str, other: &str| Some(*self.0.get(one)?.get(other)?);
        let states = || {
            let state = |code| knowledge.actors.entity(code).and_then(state_of);
            known(state(one)?, state(other)?)
        };
        known(one, other).or_else(states).unwrap_or("neither")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_holds_both_ways_and_for_those_of_a_state() {
        let knowledge = Knowledge::from_texts([
            ("actors/countries/AAA.toml", "name = 'Aland'"),
            ("actors/countries/BBB.toml", "name = 'Bland'"),
            (
                "actors/armed-groups/CCC.toml",
                "name = 'Dawn Front'\ncountry = 'BBB'\nsector = 'REB'",
            ),
            ("words/sides.toml", "side_foes = ['aaa bbb']"),
        ])
        .unwrap();
        let standing = Standing::of(&knowledge);
        let party = |code: &str| Actor { code: Some(code.to_owned()), ..Actor::default() };
        let stand = |one, other| standing.stand(&knowledge, &party(one), &party(other));
        assert_eq!((stand("AAA", "BBB"), stand("BBB", "AAA")), ("foe", "foe"));
        assert_eq!((stand("CCC", "AAA"), stand("CCC", "BBB")), ("foe", "neither"));
    }
}

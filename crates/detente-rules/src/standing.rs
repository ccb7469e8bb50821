//! How two parties stand to each other in the years of the news: foes, friends, or neither.
//!
//! In goes the knowledge (`words/sides.toml`) and two parties, out comes how they stand. A story seldom says that Pyongyang and Seoul are at odds; its
//! reader knows it, and so knows at whom a threat is aimed.

use detente_core::Actor;
use detente_knowledge::{Knowledge, Side, Sides};

use crate::whose::state_of;

/// Who is at odds with whom, and who stands by whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing(Sides);

impl Standing {
    /// The pairs that the knowledge has.
    pub(crate) fn of(knowledge: &Knowledge) -> Self {
        Self(Sides::of(&knowledge.words))
    }

    /// "foe", "friend" or "neither": how two parties stand to each other by their own codes, or else by those of their states.
    pub(crate) fn stand(&self, knowledge: &Knowledge, one: &Actor, other: &Actor) -> &'static str {
        let (Some(one), Some(other)) = (one.code.as_deref(), other.code.as_deref()) else {
            return "neither";
        };
        let states = || {
            let state = |code| knowledge.actors.entity(code).and_then(state_of);
            self.0.between(state(one)?, state(other)?)
        };
        match self.0.between(one, other).or_else(states) {
            Some(Side::Foe) => "foe",
            Some(Side::Friend) => "friend",
            None => "neither",
        }
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

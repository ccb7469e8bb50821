//! How two parties stand to each other in the years of the news: foes, friends, or neither.
//!
//! In goes the knowledge (`words/sides.toml`) and two codes, out comes how they stand. A story seldom says that Pyongyang and Seoul are at odds; its
//! reader knows it, and so knows at whom a threat is aimed.

use std::collections::HashMap;

use detente_core::Actor;
use detente_knowledge::Knowledge;
use foldhash::fast::RandomState;

use crate::whose::state_of;

/// Pairs of parties by their codes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sides {
    /// By code, with whom a party is at odds and who stands by it; codes in upper case.
    known: HashMap<String, Known, RandomState>,
}

#[derive(Debug, Clone, Default)]
struct Known {
    foes: Vec<String>,
    friends: Vec<String>,
}

impl Sides {
    /// The pairs that the knowledge has.
    pub(crate) fn of(knowledge: &Knowledge) -> Self {
        let mut sides = Self::default();
        for (name, entries) in &knowledge.words.groups {
            let codes = || entries.iter().flatten().map(|code| code.to_uppercase()).collect();
            if let Some(code) = name.strip_prefix("ref_foe_") {
                sides.known.entry(code.to_uppercase()).or_default().foes = codes();
            } else if let Some(code) = name.strip_prefix("ref_friend_") {
                sides.known.entry(code.to_uppercase()).or_default().friends = codes();
            }
        }
        sides
    }

    /// "foe", "friend" or "neither": how two parties stand to each other by their own codes, or else by those of their states.
    pub(crate) fn stand(&self, knowledge: &Knowledge, one: &Actor, other: &Actor) -> &'static str {
        let (Some(one), Some(other)) = (one.code.as_deref(), other.code.as_deref()) else {
            return "neither";
        };
        let state = |code| knowledge.actors.entity(code).and_then(state_of);
        match (self.between(one, other), state(one), state(other)) {
            ("neither", Some(one), Some(other)) => self.between(one, other),
            (side, ..) => side,
        }
    }

    fn between(&self, code: &str, other: &str) -> &'static str {
        let is = |list: &[String]| list.iter().any(|known| known == other);
        match self.known.get(code) {
            Some(known) if is(&known.foes) => "foe",
            Some(known) if is(&known.friends) => "friend",
            _ => "neither",
        }
    }
}

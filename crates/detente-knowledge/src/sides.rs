//! Who is at odds with whom for long, and who stands by whom.
//!
//! In go the pairs of `words/sides.toml` (`"grc tur"`), out come [`Sides`]: Greece and Turkey are at odds, whichever is asked of first. A story
//! seldom says so; its reader knows it, and so knows whom "its rival" is likely to mean and at whom a threat is likely to be aimed.

use std::collections::BTreeMap;

use crate::Words;

/// How two parties stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They are at odds.
    Foe,
    /// They stand by each other.
    Friend,
}

/// Pairs of parties by their codes in capitals.
#[derive(Debug, Clone, Default)]
pub struct Sides(BTreeMap<String, Vec<(String, Side)>>);

impl Sides {
    /// The pairs of the groups `side_foes` and `side_friends`.
    ///
    /// ```
    /// use detente_knowledge::{Knowledge, Side, Sides};
    /// let knowledge = Knowledge::from_texts([("words/sides.toml", "side_foes = ['grc tur']")])?;
    /// let sides = Sides::of(&knowledge.words);
    /// assert_eq!(sides.between("TUR", "GRC"), Some(Side::Foe));
    /// assert_eq!(sides.between("TUR", "CYP"), None);
    /// # Ok::<(), detente_knowledge::KnowledgeError>(())
    /// ```
    pub fn of(words: &Words) -> Self {
        let mut sides = Self::default();
        for (group, side) in [("side_foes", Side::Foe), ("side_friends", Side::Friend)] {
            for pair in words.groups.get(group).into_iter().flatten() {
                if let [one, other] = pair.as_slice() {
                    sides.put(one, other, side);
                    sides.put(other, one, side);
                }
            }
        }
        sides
    }

    fn put(&mut self, one: &str, other: &str, side: Side) {
        self.0.entry(one.to_uppercase()).or_default().push((other.to_uppercase(), side));
    }

    /// How two parties stand to each other, by their codes in capitals; `None` where no pair says so.
    pub fn between(&self, one: &str, other: &str) -> Option<Side> {
        // A pair that stands in both lists is one of friends.
        let mut known = self.0.get(one)?.iter().rev();
        known.find(|(code, _)| code == other).map(|(_, side)| *side)
    }

    /// The codes of those who stand so to a party.
    pub fn those(&self, code: &str, side: Side) -> impl Iterator<Item = &str> {
        let known = self.0.get(code).into_iter().flatten();
        known.filter(move |(_, own)| *own == side).map(|(other, _)| other.as_str())
    }
}

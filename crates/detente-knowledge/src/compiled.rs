//! The knowledge as one block of bytes, read back in a few milliseconds.
//!
//! In goes [`Knowledge`] that was read from its files when the program was built, out come bytes; the program that
//! holds them makes the same tables of them without reading a line of TOML. They are of this version of the program
//! only and never leave it: what people edit, and what a folder of theirs is laid over, stays the text.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Knowledge;

impl Knowledge {
    /// The tables as bytes; the same tables give the same bytes.
    ///
    /// # Errors
    /// When the tables are too large for their form, which says so.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(self)
    }

    /// The tables that [`Knowledge::to_bytes`] made bytes of; their strings stay where the bytes are.
    ///
    /// # Errors
    /// When the bytes are not of this version of the program, or cut short.
    ///
    /// ```
    /// use detente_knowledge::Knowledge;
    /// let knowledge = Knowledge::from_texts([("actors/countries/TUR.toml", "name = 'Turkey'")])?;
    /// let again = Knowledge::from_bytes(knowledge.to_bytes()?.leak())?;
    /// assert!(again.actors.name_at("Turkey said", 0).is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}

/// Writes a hash table in the order of its keys, so that the bytes do not depend on the hash.
pub(crate) fn in_order<K: Serialize + Ord, V: Serialize, H, S: Serializer>(
    table: &HashMap<K, V, H>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[allow(clippy::iter_over_hash_type, reason = "sorted before it is written")]
    let mut entries: Vec<(&K, &V)> = table.iter().collect();
    entries.sort_by(|a, b| a.0.cmp(b.0));
    serializer.collect_seq(entries)
}

/// Reads a hash table that [`in_order`] wrote.
pub(crate) fn from_order<'de, K, V, H, D>(deserializer: D) -> Result<HashMap<K, V, H>, D::Error>
where
    K: Deserialize<'de> + Hash + Eq,
    V: Deserialize<'de>,
    H: BuildHasher + Default,
    D: Deserializer<'de>,
{
    Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_comes_back_whole() {
        let knowledge = Knowledge::builtin().unwrap();
        let bytes: &'static [u8] = knowledge.to_bytes().unwrap().leak();
        let again = Knowledge::from_bytes(bytes).unwrap();
        assert_eq!(again.to_bytes().unwrap(), bytes);
        assert_eq!(again.hash, knowledge.hash);
        for text in ["Xi Jinping's visit", "Zhongnanhai", "the U.S.", "Iraqi"] {
            let found =
                |k: &Knowledge| k.actors.name_at(text, 0).map(|n| (n.len, n.readings.to_vec()));
            assert_eq!(found(&again), found(&knowledge), "{text}");
        }
        assert_eq!(again.words.cue_at(&["point", "out"]).map(|c| c.0), Some(2));
    }

    #[test]
    fn bytes_that_are_cut_short_are_refused() {
        let knowledge = Knowledge::from_texts([("words/groups.toml", "a = ['b']")]).unwrap();
        let bytes: &'static [u8] = knowledge.to_bytes().unwrap().leak();
        for end in 0..bytes.len() {
            assert!(Knowledge::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
    }
}

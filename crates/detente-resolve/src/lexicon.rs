//! Words that reference turns on, as `words/groups.toml` lists them.
//!
//! In go the word groups of the knowledge, out come sets of lemmas to ask: "communique" stands for its author, "side" for a
//! party, "she" may be the "chairwoman". A group that the knowledge lacks is empty, and what rests on it is not resolved.

use std::collections::HashSet;

use detente_knowledge::Words;

/// One word group; a group of the knowledge that is not listed here is of no use to reference.
#[derive(Debug, Default)]
pub(crate) struct Group<'k> {
    words: HashSet<&'k str>,
}

impl<'k> Group<'k> {
    fn new(words: &'k Words, names: &[&str]) -> Self {
        let entries = names.iter().filter_map(|&name| words.groups.get(name)).flatten();
        // Reference looks at the head of a phrase, one lemma; phrases are for the rules.
        let words = entries
            .filter_map(|entry| match entry.as_slice() {
                [lemma] => Some(lemma.as_str()),
                _ => None,
            })
            .collect();
        Self { words }
    }

    /// Whether the group holds this lemma.
    pub(crate) fn has(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}

/// The word groups that reference uses.
#[derive(Debug, Default)]
pub(crate) struct Lexicon<'k> {
    /// Documents, statements, visits: they stand for their author.
    pub(crate) thing: Group<'k>,
    /// Verbs by which an author gives a thing to the world.
    pub(crate) issue: Group<'k>,
    /// Nouns for a party that say nothing of its sector: "side", "delegation".
    pub(crate) party: Group<'k>,
    /// Nouns that "both" or "the two" make a pair of states of.
    pub(crate) pair: Group<'k>,
    /// Those of them that make a pair with "the" alone: "the neighbours".
    pub(crate) alone: Group<'k>,
    /// Nouns for a state.
    pub(crate) state: Group<'k>,
    /// Nouns for an organisation or group of any sector.
    pub(crate) body: Group<'k>,
    /// Nouns that head the name of an organisation: "Council".
    pub(crate) named_body: Group<'k>,
    /// Words that begin or end a name that is neither a person's nor a body's: "Operation".
    pub(crate) named_thing: Group<'k>,
    /// Words that end the name of a place: "Dam".
    pub(crate) named_place: Group<'k>,
    /// Words that begin it: "Lake".
    pub(crate) place_first: Group<'k>,
    /// Places by a common noun: "checkpoint".
    pub(crate) place_noun: Group<'k>,
    /// Those of them that a text names before it calls them so: "town".
    pub(crate) place_settled: Group<'k>,
    /// Words that end the name of a military unit: "Regiment".
    pub(crate) unit: Group<'k>,
    /// Words in the name of a part of the armed forces: "Naval".
    pub(crate) service: Group<'k>,
    /// Peoples, creeds and languages that are of no one state: "Kurdish".
    pub(crate) people: Group<'k>,
    /// Nouns for several persons taken as one: "family".
    pub(crate) collective: Group<'k>,
    /// Nouns for one person that say nothing of the sector: "man", "chief".
    pub(crate) person: Group<'k>,
    /// Forms of address: "Mr.".
    pub(crate) honorific: Group<'k>,
    /// Titles before a name that say nothing of the sector: "Director".
    pub(crate) name_title: Group<'k>,
    /// "former", "then", "ex".
    pub(crate) former: Group<'k>,
    /// Nouns for a part of a whole: "dozens of protesters".
    pub(crate) share: Group<'k>,
    /// "counterpart".
    pub(crate) counterpart: Group<'k>,
    /// Nouns and directions that make a place of the name after "of": "city", "north".
    pub(crate) locality: Group<'k>,
    /// Verbs for what weather, crowds and missiles do to a place.
    pub(crate) befall: Group<'k>,
    /// Nouns and given names of men.
    pub(crate) male: Group<'k>,
    /// Nouns and given names of women.
    pub(crate) female: Group<'k>,
}

impl<'k> Lexicon<'k> {
    /// The groups that reference uses, out of all groups.
    pub(crate) fn new(words: &'k Words) -> Self {
        let group = |name| Group::new(words, &[name]);
        Self {
            thing: group("ref_thing"),
            issue: group("ref_issue"),
            party: group("ref_party"),
            pair: group("ref_pair"),
            alone: group("ref_pair_alone"),
            state: group("ref_state"),
            body: group("ref_body"),
            named_body: Group::new(words, &["ref_named_body", "name_body"]),
            name_title: group("name_title"),
            named_thing: group("name_thing"),
            named_place: Group::new(words, &["place_type", "place_noun"]),
            place_first: group("place_first"),
            place_noun: group("place_noun"),
            place_settled: group("place_settled"),
            unit: group("name_unit"),
            service: group("name_service"),
            people: group("name_people"),
            collective: group("collective"),
            person: group("ref_person"),
            honorific: group("ref_honorific"),
            former: group("ref_former"),
            share: group("ref_share"),
            counterpart: group("ref_counterpart"),
            locality: group("ref_locality"),
            befall: group("ref_befall"),
            male: group("ref_male"),
            female: group("ref_female"),
        }
    }
}

//! Who is who: states, organisations, armed groups, their bodies and people.

use detente_core::Sector;

use crate::PartialDate;

/// What kind of file an entity comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A state or territory with a code of its own.
    Country,
    /// An international or other organisation.
    Organisation,
    /// An armed group.
    ArmedGroup,
}

/// One actor file.
#[derive(Debug, Clone)]
pub struct Entity {
    /// ISO 3166-1 alpha-3, or the registered code; the file's name.
    pub code: String,
    /// Kind of file.
    pub kind: EntityKind,
    /// Short English name.
    pub name: String,
    /// `GOV` for a country acting as such is not written here: `None`.
    pub sector: Option<Sector>,
    /// The country an armed group or national body belongs to.
    pub country: Option<String>,
    /// Codes of members with the dates of membership.
    pub members: Vec<(String, Option<PartialDate>, Option<PartialDate>)>,
    /// Path below `knowledge/`, for messages and for `detente who`.
    pub file: String,
}

/// One dated office.
#[derive(Debug, Clone)]
pub struct Role {
    /// e.g. `Secretary of State`.
    pub title: String,
    /// Sector while in office.
    pub sector: Sector,
    /// First day, if known.
    pub from: Option<PartialDate>,
    /// Last day, if known and past.
    pub until: Option<PartialDate>,
}

/// A person of an entity.
#[derive(Debug, Clone)]
pub struct Person {
    /// Full name as news writes it.
    pub name: String,
    /// Dated offices, in file order.
    pub roles: Vec<Role>,
    /// Line of the block in the entity's file, from 1.
    pub line: usize,
}

/// What a name in the text may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The entity by its own name.
    Entity,
    /// Its adjective: "Chinese", "Houthi".
    Adjective,
    /// A noun for one or more of its people: "Turks".
    Demonym,
    /// Its capital.
    Capital,
    /// A building or place that stands for its government.
    Seat,
    /// One of its bodies (index into [`Actors::bodies`]).
    Body(usize),
    /// One of its people (index into [`Actors::people`]).
    Person(usize),
}

/// A body of an entity: ministry, force, parliament, party, agency.
#[derive(Debug, Clone)]
pub struct Name {
    /// As the file writes it.
    pub text: String,
    /// Index into [`Actors::entities`].
    pub entity: usize,
    /// What the name stands for.
    pub kind: NameKind,
    /// Sector that the name gives, dates aside (people: see their roles).
    pub sector: Option<Sector>,
}

/// A name found in a text.
#[derive(Debug, Clone)]
pub struct NameMatch<'k> {
    /// Bytes of the text that it covers.
    pub len: usize,
    /// Every reading, in a fixed order.
    pub readings: &'k [Name],
}

/// What a common noun says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectorWordKind {
    /// A title that can stand before or for a name.
    Office,
    /// One or more persons.
    People,
    /// A body.
    Body,
}

/// One entry of `actors/sectors.toml`.
#[derive(Debug, Clone)]
pub struct SectorWord {
    /// Lemmas in lower case, e.g. `["prime", "minister"]`.
    pub lemmas: Vec<String>,
    /// The sector it gives.
    pub sector: Sector,
    /// Office, people or body.
    pub kind: SectorWordKind,
}

/// All actor files, indexed.
#[derive(Debug, Default)]
pub struct Actors {
    /// Entities sorted by code.
    pub entities: Vec<Entity>,
    /// People of all entities.
    pub people: Vec<Person>,
    /// Bodies of all entities: full name.
    pub bodies: Vec<String>,
}

impl Actors {
    /// The longest name that starts at byte `at` of `text` and ends at a word's end, or `None`.
    ///
    /// Straight and curly apostrophes are one, and any run of white space matches one space. Names are
    /// matched in their own case, or wholly in capitals.
    pub fn name_at<'k>(&'k self, _text: &str, _at: usize) -> Option<NameMatch<'k>> {
        None
    }

    /// The entity with this code.
    pub fn entity(&self, code: &str) -> Option<&Entity> {
        self.entities
            .binary_search_by(|e| e.code.as_str().cmp(code))
            .ok()
            .map(|i| &self.entities[i])
    }

    /// The longest entry of `sectors.toml` that the lemmas (lower case) begin with: how many of
    /// them it takes, and the entry.
    pub fn sector_word<'k>(&'k self, _lemmas: &[&str]) -> Option<(usize, &'k SectorWord)> {
        None
    }
}

//! Who is who: states, organisations, armed groups, their bodies and people.
//!
//! In go the files of `actors/`, out comes [`Actors`], which answers what a name in a text may stand
//! for and which office a person holds on a day. At "Blinken" in "Blinken met Xi" it gives the person
//! Antony Blinken of `USA`; on 2023-06-19 that person is Secretary of State, `GOV`.

mod read;
mod spellings;

pub(crate) use read::{Claims, hides, is_sector_list, kind_of, lower_case, read};

use foldhash::fast::RandomState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use detente_core::Sector;
use jiff::civil::Date;

use crate::PartialDate;
use crate::Text;
use crate::date::holds;
use crate::lemmas::LemmaIndex;
use crate::names::{NameIndex, Named, name_hash};

/// What kind of file an entity comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A state or territory with a code of its own.
    Country,
    /// An international or other organisation.
    Organisation,
    /// An armed group.
    ArmedGroup,
    /// A people or a faith.
    People,
}

/// One actor file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entity {
    /// ISO 3166-1 alpha-3, or the registered code; the file's name.
    pub code: String,
    /// Kind of file.
    pub kind: EntityKind,
    /// Short English name.
    pub name: String,
    /// `GOV` for a country acting as such is not written here: `None`.
    pub sector: Option<Sector>,
    /// The country that a group or organisation belongs to, or in which a people lives.
    pub country: Option<String>,
    /// Codes of members with the dates of membership.
    pub members: Vec<(String, Option<PartialDate>, Option<PartialDate>)>,
    /// Last day of a state that is no more.
    pub until: Option<PartialDate>,
    /// Code of the state of which its name is said since then.
    pub into: Option<String>,
    /// Path below `knowledge/`, for messages and for `detente who`; of an actor that only a user's folder has, its path there.
    pub file: String,
    /// Its people: indices into [`Actors::people`].
    pub people: Range<usize>,
    /// Its bodies: indices into [`Actors::bodies`].
    pub bodies: Range<usize>,
}

impl Entity {
    /// The code that stands in a record: its own, but of a people that lives in one country, that country's, as of its
    /// other citizens. Rohingya are `MMR`, Kurds `KURDS`.
    pub fn record_code(&self) -> &str {
        match (self.kind, &self.country) {
            (EntityKind::People, Some(country)) => country,
            _ => &self.code,
        }
    }

    /// The code that its own name stands for on `date`: after its end that of the state into which it went, where that goes by the name
    /// still ("South Yemen"); else its own, for a text that speaks of it then speaks of the past.
    pub fn code_on(&self, date: Option<Date>) -> &str {
        match (&self.into, self.until) {
            (Some(into), Some(until)) if date.is_some_and(|date| date > until.last) => into,
            _ => self.record_code(),
        }
    }

    /// Codes of those that are members on `date`, in file order; of all that ever were, where the
    /// date is not known.
    pub fn members_on(&self, date: Option<Date>) -> Vec<&str> {
        self.members
            .iter()
            .filter(|(_, from, until)| date.is_none_or(|date| holds(date, *from, *until)))
            .map(|(code, _, _)| code.as_str())
            .collect()
    }
}

/// One dated office.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Role {
    /// e.g. `Secretary of State`.
    pub title: Text,
    /// Sector while in office.
    pub sector: Sector,
    /// First day, if known.
    pub from: Option<PartialDate>,
    /// Last day, if known and past.
    pub until: Option<PartialDate>,
    /// Whether it is one of the offices that `sectors.toml` calls foremost, which count before others held beside them.
    pub foremost: bool,
}

/// A body of an entity: a ministry, a force, a party.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Body {
    /// Full name.
    pub name: Text,
    /// What it was on other days than today: sector, first and last day.
    pub was: Vec<(Sector, Option<PartialDate>, Option<PartialDate>)>,
}

/// That somebody is of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Index into [`Actors::bodies`].
    pub party: usize,
    /// First day, if known.
    pub from: Option<PartialDate>,
    /// Last day, if known and past.
    pub until: Option<PartialDate>,
}

/// That somebody stands for an office. It changes nothing of what they are: who runs stays a senator, or `ELI`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Candidacy {
    /// The office run for, e.g. `President`.
    pub office: Text,
    /// First day, if known.
    pub from: Option<PartialDate>,
    /// Last day: of the withdrawal, or of the election.
    pub until: Option<PartialDate>,
    /// From when on the polls had this one ahead of the others of the party.
    pub ahead: Option<PartialDate>,
    /// From when on this one was the party's nominee, or sure to be.
    pub nominee: Option<PartialDate>,
}

impl Candidacy {
    /// Whether the candidate is in the race on `date`.
    pub fn runs_on(&self, date: Date) -> bool {
        holds(date, self.from, self.until)
    }

    /// Whether the candidate runs ahead of the others of the party on `date`, or has beaten them.
    pub fn leads_on(&self, date: Date) -> bool {
        let since = |day: Option<PartialDate>| day.is_some_and(|day| day.first <= date);
        self.runs_on(date) && (since(self.ahead) || since(self.nominee))
    }

    /// Whether the candidate is the party's nominee on `date`.
    pub fn nominated_on(&self, date: Date) -> bool {
        self.runs_on(date) && self.nominee.is_some_and(|day| day.first <= date)
    }
}

/// A person of an entity.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Person {
    /// Full name as news writes it.
    pub name: Text,
    /// Index into [`Actors::entities`].
    pub entity: usize,
    /// Dated offices, in file order.
    pub roles: Vec<Role>,
    /// Parties, in file order.
    pub parties: Vec<Membership>,
    /// Offices run for, in file order.
    pub candidacies: Vec<Candidacy>,
    /// Index into [`Actors::files`].
    pub file: usize,
    /// Line of the block in that file, from 1.
    pub line: usize,
}

/// What a person is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleOn<'k> {
    /// The office held that day, or, of someone who holds none, the last one held before it.
    pub title: Option<&'k str>,
    /// Sector of the office held that day; `ELI` for someone who holds none.
    pub sector: Sector,
    /// Whether the office is a past one.
    pub former: bool,
}

impl Person {
    /// What this person is on `date`.
    ///
    /// Of several offices held that day a foremost one counts before the lead of a party or a seat in a house, then the one
    /// taken up last, then the one that stands first in the file; an office without dates always holds and gives way to a dated one. Outside every
    /// office the person is `ELI`, with the title of the last office held before that day.
    ///
    /// Where the date is not known the most recent office counts: an open one before an ended one, and
    /// of those a foremost one, then the one taken up last. That is what a reader today would take the person for; a record
    /// that rests on it comes from a document without a date.
    pub fn role_on(&self, date: Option<Date>) -> RoleOn<'_> {
        if let Some(role) = self.held_on(date) {
            return role.now();
        }
        let last = self.latest(|role| {
            let end = role.until?.last;
            date.is_some_and(|date| end < date).then_some(end)
        });
        RoleOn { title: last.map(|role| role.title.as_str()), ..NO_ROLE }
    }

    /// The office that counts on `date`, by the rule of [`Person::role_on`]; `None` outside every office.
    pub fn held_on(&self, date: Option<Date>) -> Option<&Role> {
        let rank = |role: &Role| {
            let dated = role.from.is_some() || role.until.is_some();
            (dated, role.foremost, role.from.map(|from| from.first))
        };
        match date {
            None => self.latest(|role| Some((role.until.is_none(), rank(role)))),
            Some(date) => self.latest(|role| role.holds_on(date).then(|| rank(role))),
        }
    }

    /// The party that the person is of on `date`, an index into [`Actors::bodies`]; of one without days, whatever the date.
    pub fn party_on(&self, date: Option<Date>) -> Option<usize> {
        let held = |one: &&Membership| match date {
            Some(date) => holds(date, one.from, one.until),
            None => one.until.is_none(),
        };
        self.parties.iter().find(held).map(|one| one.party)
    }

    /// The role with the greatest rank, the first of those; roles without a rank are left out.
    fn latest<R: Ord>(&self, rank: impl Fn(&Role) -> Option<R>) -> Option<&Role> {
        let mut best: Option<(R, &Role)> = None;
        for role in &self.roles {
            let Some(rank) = rank(role) else { continue };
            if best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, role));
            }
        }
        best.map(|(_, role)| role)
    }
}

/// Someone who holds no office and held none before.
const NO_ROLE: RoleOn<'static> = RoleOn { title: None, sector: Sector::Eli, former: true };

impl Role {
    /// Whether the office is held on `date`.
    pub fn holds_on(&self, date: Date) -> bool {
        holds(date, self.from, self.until)
    }

    fn now(&self) -> RoleOn<'_> {
        RoleOn { title: Some(&self.title), sector: self.sector, former: false }
    }
}

/// What a name in the text may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// One reading of a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Name {
    /// As the file writes it.
    pub text: Text,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectorWordKind {
    /// A title that can stand before or for a name.
    Office,
    /// One or more persons.
    People,
    /// A body.
    Body,
}

/// One entry of `actors/sectors.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SectorWord {
    /// Lemmas in lower case, e.g. `["prime", "minister"]`.
    pub lemmas: Vec<String>,
    /// The sector it gives.
    pub sector: Sector,
    /// Office, people or body.
    pub kind: SectorWordKind,
}

/// All actor files, indexed.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Actors {
    /// Entities sorted by code.
    pub entities: Vec<Entity>,
    /// People of all entities.
    pub people: Vec<Person>,
    /// Bodies of all entities.
    pub bodies: Vec<Body>,
    /// Files that people stand in, as messages show them.
    pub files: Vec<String>,
    /// Entries of `sectors.toml`, in file order.
    pub sector_words: Vec<SectorWord>,
    names: Vec<Name>,
    by_name: NameIndex,
    by_lemmas: LemmaIndex,
    /// Hash of the first or last word of a person's name in plain letters, and an index into `people`; sorted.
    by_part: Vec<(u64, u32)>,
    /// Indices into `entities`, made when first asked for.
    #[serde(skip)]
    by_code: OnceLock<HashMap<Box<str>, usize, RandomState>>,
}

impl Named for Name {
    fn name(&self) -> &str {
        &self.text
    }
}

impl Actors {
    /// The longest name that starts at byte `at` of `text` and ends at a word's end, or `None`.
    ///
    /// Straight and curly apostrophes are one, any run of white space matches one space (but no blank
    /// line), a hyphen matches a space, and Latin letters match with or without their marks. Names are
    /// matched in their own case or, from four letters on, wholly in capitals; a word that the name
    /// writes small may begin with a capital. A leading "the" is not part of a name.
    pub fn name_at<'k>(&'k self, text: &str, at: usize) -> Option<NameMatch<'k>> {
        let found = self.by_name.find(&self.names, text, at)?;
        Some(NameMatch { len: found.len, readings: self.names.get(found.entries)? })
    }

    /// Every reading of every name, in a fixed order that is not that of the files.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The entity with this code.
    pub fn entity(&self, code: &str) -> Option<&Entity> {
        let by_code = self.by_code.get_or_init(|| {
            self.entities
                .iter()
                .zip(0..)
                .map(|(entity, at)| (entity.code.as_str().into(), at))
                .collect()
        });
        self.entities.get(*by_code.get(code)?)
    }

    /// The person of the entity with this code who has this name in full.
    pub fn person(&self, code: &str, name: &str) -> Option<&Person> {
        let people = self.people.get(self.entity(code)?.people.clone())?;
        people.iter().find(|person| person.name.as_str() == name)
    }

    /// What a reading says of the sector on `date`: of a body that was something else then, that.
    pub fn sector_of(&self, name: &Name, date: Option<Date>) -> Option<Sector> {
        let body = match name.kind {
            NameKind::Body(index) => self.bodies.get(index),
            _ => None,
        };
        let was = body.zip(date).and_then(|(body, date)| {
            body.was.iter().find(|(_, from, until)| holds(date, *from, *until))
        });
        was.map(|(sector, ..)| *sector).or(name.sector)
    }

    /// People of the entity with this code who hold an office on `date` whose title passes, in file order, with it: those of whom it
    /// is the office that counts, else those who hold it beside another.
    pub fn holders<'k>(
        &'k self,
        code: &str,
        date: Date,
        title: impl Fn(&str) -> bool,
    ) -> Vec<(usize, RoleOn<'k>)> {
        let called = |role: &RoleOn<'_>| role.title.is_some_and(&title);
        let first = self.in_office(code, Some(date)).filter(|(_, role)| called(role));
        let first: Vec<_> = first.collect();
        if !first.is_empty() {
            return first;
        }
        let people = self.in_office(code, Some(date)).filter_map(|(index, _)| {
            let roles = &self.people.get(index)?.roles;
            let role = roles.iter().find(|role| role.holds_on(date) && title(&role.title))?;
            Some((index, role.now()))
        });
        people.collect()
    }

    /// People of the entity with this code who hold an office on `date`, in file order, with it; with
    /// no date those whose latest office is open.
    pub fn in_office<'k>(
        &'k self,
        code: &str,
        date: Option<Date>,
    ) -> impl Iterator<Item = (usize, RoleOn<'k>)> + 'k {
        let people = self.entity(code).map_or(0..0, |entity| entity.people.clone());
        people.filter_map(move |index| {
            let person = self.people.get(index)?;
            let role = person.role_on(date);
            let open = date.is_some() || person.roles.iter().any(|role| role.until.is_none());
            (!role.former && open).then_some((index, role))
        })
    }

    /// People whose name begins or ends in `word`, in the order of the files: family names stand first or last, and kings
    /// are called by their given name. Letters are compared without marks and case.
    pub fn called<'k>(&'k self, word: &str) -> impl Iterator<Item = usize> + 'k {
        let key = name_hash(word);
        let first = self.by_part.partition_point(|&(hash, _)| hash < key);
        let same = self.by_part.get(first..).unwrap_or_default().iter();
        same.take_while(move |&&(hash, _)| hash == key).map(|&(_, index)| index as usize)
    }

    /// Who held the office of the person with this name right before, or right after, and the office: the one that the person holds on
    /// `date`, else the last one before it. `None` where the office or its days are not known.
    pub fn beside_in_office<'k>(
        &'k self,
        code: &str,
        name: &str,
        date: Option<Date>,
        before: bool,
    ) -> Option<(&'k Person, &'k str)> {
        let person = self.person(code, name)?;
        let people = self.people.get(self.entity(code)?.people.clone())?;
        let title = person.role_on(date).title?;
        let own = person
            .roles
            .iter()
            .filter(|role| role.title.as_str() == title)
            .filter_map(|role| Some(role.from?.first))
            .filter(|from| date.is_none_or(|date| *from <= date))
            .max()?;
        let others = people.iter().filter(|other| other.name != person.name).flat_map(|other| {
            let same = other.roles.iter().filter(|role| role.title.as_str() == title);
            same.filter_map(move |role| Some((role.from?.first, other)))
        });
        let beside = if before {
            others.filter(|(from, _)| *from < own).max_by_key(|(from, _)| *from)
        } else {
            others.filter(|(from, _)| *from > own).min_by_key(|(from, _)| *from)
        };
        Some((beside?.1, title))
    }

    /// The longest entry of `sectors.toml` that the lemmas (lower case) begin with: how many of
    /// them it takes, and the entry.
    pub fn sector_word<'k>(&'k self, lemmas: &[&str]) -> Option<(usize, &'k SectorWord)> {
        let (taken, number) = self.by_lemmas.find(lemmas)?;
        Some((taken, self.sector_words.get(number)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    const FILES: [(&str, &str); 5] = [
        (
            "actors/countries/CHN.toml",
            r#"
name = "China"
also = ["People's Republic of China"]
adjectives = ["Chinese"]
capitals = ["Beijing"]
seats = ["Zhongnanhai"]
[[body]]
name = "People's Liberation Army"
also = ["PLA"]
sector = "MIL"
[[person]]
name = "Xi Jinping"
also = ["Xi"]
roles = [{ title = "President", sector = "GOV", from = 2013-03-14 },
         { title = "Vice President", sector = "GOV", from = 2008-03-15, until = 2013-03-14 }]
"#,
        ),
        (
            "actors/countries/USA.toml",
            r#"
name = "United States"
also = ["U.S.", "US"]
adjectives = ["American"]
[[person]]
name = "Joe Biden"
also = ["Biden"]
roles = [{ title = "President", sector = "GOV", from = 2021-01-20, until = 2025-01-20 },
         { title = "Vice President", sector = "GOV", from = 2009-01-20, until = 2017-01-20 }]
"#,
        ),
        (
            "actors/countries/PRK.toml",
            "name = 'North Korea'\nadjectives = ['North Korean', 'Korean']",
        ),
        (
            "actors/countries/KOR.toml",
            "name = 'South Korea'\nadjectives = ['South Korean', 'Korean']",
        ),
        (
            "actors/sectors.toml",
            "[GOV]\noffices = ['prime minister', 'minister']\nbodies = ['ministry of defence']",
        ),
    ];

    fn actors() -> Actors {
        Knowledge::from_texts(FILES).unwrap().actors
    }

    #[allow(clippy::unnecessary_wraps, reason = "it is what the functions take")]
    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn a_name_gives_its_readings() {
        let actors = actors();
        let found = actors.name_at("said Xi Jinping's aide", 5).unwrap();
        assert_eq!(found.len, "Xi Jinping".len());
        assert_eq!(found.readings.len(), 1);
        assert_eq!(actors.entities[found.readings[0].entity].code, "CHN");
        assert_eq!(found.readings[0].kind, NameKind::Person(0));
        let found = actors.name_at("Korean talks", 0).unwrap();
        assert_eq!(found.readings.len(), 2);
        assert!(actors.name_at("us", 0).is_none());
    }

    #[test]
    fn a_role_is_read_at_its_date() {
        let actors = actors();
        let biden = actors.people.iter().find(|person| person.name == "Joe Biden").unwrap();
        let role = biden.role_on(day("2022-05-01"));
        assert_eq!((role.title, role.sector, role.former), (Some("President"), Sector::Gov, false));
        let role = biden.role_on(day("2019-05-01"));
        assert_eq!(
            (role.title, role.sector, role.former),
            (Some("Vice President"), Sector::Eli, true)
        );
        assert_eq!(biden.role_on(day("2001-05-01")).title, None);
        assert_eq!(biden.role_on(None).title, Some("President"));
        let xi = actors.people.iter().find(|person| person.name == "Xi Jinping").unwrap();
        assert_eq!(xi.role_on(day("2013-03-14")).title, Some("President"));
    }

    #[test]
    fn a_sector_word_is_the_longest() {
        let actors = actors();
        let (taken, word) = actors.sector_word(&["prime", "minister", "say"]).unwrap();
        assert_eq!((taken, word.kind, word.sector), (2, SectorWordKind::Office, Sector::Gov));
        assert_eq!(actors.sector_word(&["ministry", "of", "defence"]).unwrap().0, 3);
        assert!(actors.sector_word(&["ministry", "of"]).is_none());
    }

    #[test]
    fn a_part_of_a_name_leads_to_its_bearers() {
        let actors = actors();
        let names = |word| -> Vec<&str> {
            actors.called(word).map(|person| actors.people[person].name.as_str()).collect()
        };
        assert_eq!(names("Biden"), ["Joe Biden"]);
        assert_eq!(names("XI"), ["Xi Jinping"]);
        assert_eq!(names("Jinping"), ["Xi Jinping"]);
        assert!(names("Bide").is_empty());
    }

    #[test]
    fn a_minister_counts_before_a_party_leader_and_a_body_has_days() {
        let knowledge = Knowledge::from_texts([
            (
                "actors/countries/AAA.toml",
                "name = 'Land'\n[[body]]\nname = 'Front'\nsector = 'PTY'\nwas = [{ sector = 'REB', until = 1992-10-04 }]\n\
                 [[person]]\nname = 'Ann Lee'\nroles = [\n\
                 { title = 'Party Leader', sector = 'PTY', from = 2015-09-01 },\n\
                 { title = 'Minister for Trade', sector = 'GOV', from = 2014-02-15, until = 2020-01-21 }]\n\
                 [[person]]\nname = 'Bo Roth'\nroles = [\n\
                 { title = 'Party Leader', sector = 'PTY', from = 2015-09-01 },\n\
                 { title = 'Premier of Upland', sector = 'GOV', from = 2014-02-15 }]\n",
            ),
            ("actors/sectors.toml", "[GOV]\nforemost = ['premier', 'minister for']"),
        ])
        .unwrap();
        let actors = &knowledge.actors;
        let role = |person: usize, date| actors.people[person].role_on(day(date)).sector;
        assert_eq!(role(0, "2018-01-01"), Sector::Gov);
        assert_eq!(role(0, "2021-01-01"), Sector::Pty);
        assert_eq!(role(1, "2018-01-01"), Sector::Pty);
        let holders = |title: &'static str| {
            let held =
                actors.holders("AAA", day("2018-01-01").unwrap(), |own| own.starts_with(title));
            held.into_iter().map(|(person, _)| person).collect::<Vec<_>>()
        };
        // What counts of a person comes before what another holds beside; else what is held beside is found.
        assert_eq!(holders("Party"), [1]);
        assert_eq!(holders("Premier"), [1]);
        let front = actors.name_at("Front", 0).unwrap();
        let sector = |date| actors.sector_of(&front.readings[0], day(date));
        assert_eq!(sector("1990-01-01"), Some(Sector::Reb));
        assert_eq!(sector("1999-01-01"), Some(Sector::Pty));
    }

    #[test]
    fn a_party_and_a_candidacy_have_days() {
        let person = "[[person]]\nname = 'Ann Lee'\nroles = []\n\
             party = [{ name = 'Front', from = 2012-01-01 }, { name = 'League', until = 2011-12-31 }]\n\
             candidacies = [{ office = 'President', from = 2015-04-12, until = 2016-11-08, ahead = 2015-05-01, nominee = 2016-06-06 }]\n";
        let bodies =
            ["Front", "League"].map(|name| format!("[[body]]\nname = '{name}'\nsector = 'PTY'\n"));
        let file = format!("name = 'Land'\n{}{person}", bodies.concat());
        let actors =
            Knowledge::from_texts([("actors/countries/AAA.toml", file.as_str())]).unwrap().actors;
        let lee = actors.person("AAA", "Ann Lee").unwrap();
        let party = |date| lee.party_on(date).map(|party| actors.bodies[party].name.as_str());
        assert_eq!(party(day("2010-05-01")), Some("League"));
        assert_eq!(party(day("2016-05-01")), Some("Front"));
        assert_eq!(party(None), Some("Front"));
        let stands = |date| {
            let (run, date) = (&lee.candidacies[0], day(date).unwrap());
            (run.runs_on(date), run.leads_on(date), run.nominated_on(date))
        };
        assert_eq!(stands("2015-04-13"), (true, false, false));
        assert_eq!(stands("2016-01-01"), (true, true, false));
        assert_eq!(stands("2016-08-01"), (true, true, true));
        assert_eq!(stands("2017-01-01"), (false, false, false));
    }

    #[test]
    fn a_party_is_one_of_the_files() {
        let file = "name = 'Land'\n[[body]]\nname = 'Guard'\nsector = 'MIL'\n\
             [[person]]\nname = 'Ann Lee'\nparty = 'Guard'\nroles = []\n\
             [[person]]\nname = 'Bo Roth'\nparty = 'Frnt'\nroles = []\n";
        let Err(faults) = Knowledge::from_texts([("actors/countries/AAA.toml", file)]) else {
            panic!("both parties are faults");
        };
        let faults = faults.to_string();
        assert!(faults.contains("AAA.toml:7:9: `Guard` is no party"), "{faults}");
        assert!(faults.contains("AAA.toml:11:9: no body here is called `Frnt`"), "{faults}");
    }

    #[test]
    fn a_state_goes_into_another_on_a_day() {
        let file = "name = 'Old Land'\ninto = 'BBB'\n";
        let Err(faults) = Knowledge::from_texts([
            ("actors/countries/AAA.toml", file),
            ("actors/countries/BBB.toml", "name = 'Land'\n"),
        ]) else {
            panic!("nothing says since when");
        };
        assert!(faults.to_string().contains("AAA.toml:2:8: `into` without `until`"), "{faults}");
    }

    #[test]
    fn days_of_parties_and_candidacies_agree() {
        let file = "name = 'Land'\n[[body]]\nname = 'Front'\nsector = 'PTY'\n[[person]]\nname = 'Ann Lee'\nroles = []\n\
             party = [{ name = 'Front', from = 2012-02-12 },\n\
             { name = 'Front', until = 2012-02-12 },\n\
             { name = 'Front', from = 2011-01-01, until = 2010-01-01 }]\n\
             candidacies = [\n\
             { office = 'President', from = 2015-04-12, until = 2016-11-08, ahead = '2015', nominee = 2016-12-01 },\n\
             { office = 'Mayor', from = 2015-04-12, ahead = '2014', nominee = '2013' },\n\
             { office = 'Mayor', from = 2017-04-12 },\n\
             { office = 'Senator', from = 2018-04-12, nominee = 2018-05-01, ahead = 2018-06-01 }]\n\
             [[person]]\nname = 'Bo Roth'\nroles = []\n\
             party = [{ name = 'Front', from = '2003-12' }, { name = 'Front', until = '2003-12' }]\n";
        let Err(faults) = Knowledge::from_texts([("actors/countries/AAA.toml", file)]) else {
            panic!("most of it is wrong");
        };
        let faults = faults.to_string();
        for fault in [
            "9:1: two parties at one time",
            "10:46: `until` is before `from`",
            "12:90: `nominee` is after `until`",
            "13:48: `ahead` is before `from`",
            "13:66: `nominee` is before `from`",
            "13:48: `ahead` is after `nominee`",
            "14:1: two candidacies for `Mayor` at one time",
            "15:72: `ahead` is after `nominee`",
        ] {
            assert!(faults.contains(&format!("AAA.toml:{fault}")), "{fault}: {faults}");
        }
        assert_eq!(faults.matches("AAA.toml:").count(), 8, "{faults}");
    }

    #[test]
    fn who_is_in_office() {
        let actors = actors();
        assert_eq!(actors.in_office("USA", day("2022-01-01")).count(), 1);
        assert_eq!(actors.in_office("USA", day("2018-01-01")).count(), 0);
        assert_eq!(actors.in_office("XXX", None).count(), 0);
    }
}

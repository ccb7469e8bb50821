//! Reading the files of `actors/`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use detente_core::Sector;
use toml::de::DeTable;

use super::spellings::others;
use super::{
    Actors, Body, Candidacy, Entity, EntityKind, Membership, Name, NameKind, Person, Role,
    SectorWord, SectorWordKind,
};
use crate::files::{self, SourceFile};
use crate::fold::folded;
use crate::lemmas::{LemmaIndex, phrase};
use crate::names::{NameIndex, name_hash};
use crate::nearest::hint;
use crate::table::{At, Fields, Reader, entries};
use crate::{Fault, PartialDate};

/// Where a name or a code stands, kept for the checks across files.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// Index into the files read.
    pub(crate) file: usize,
    /// Byte of that file.
    pub(crate) at: usize,
}

/// What the checks across files need beside the tables.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// Every name, with where it stands.
    pub(crate) names: Vec<(Name, Claim)>,
    /// Every code that a file refers to: members and the country that a body belongs to.
    pub(crate) codes: Vec<(String, Claim)>,
    /// Where each entity's file stands in the files read.
    pub(crate) entities: Vec<usize>,
}

/// The kind of actor file that a path names, or `None` for any other file.
pub(crate) fn kind_of(path: &str) -> Option<EntityKind> {
    let folder = path.strip_prefix("actors/")?.split_once('/')?.0;
    match folder {
        "countries" => Some(EntityKind::Country),
        "organisations" => Some(EntityKind::Organisation),
        "armed-groups" => Some(EntityKind::ArmedGroup),
        "peoples" => Some(EntityKind::People),
        _ => None,
    }
}

/// The list of what common nouns say.
const SECTORS: &str = "actors/sectors.toml";

/// Whether a path below `knowledge/` is that of a list of what common nouns say: `sectors.toml`, or a list that adds to it.
pub(crate) fn is_sector_list(path: &str) -> bool {
    files::is_in(path, "actors/", "toml")
}

/// Reads `actors/` from all files; faults are added to `faults`.
///
/// With `keep`, what the checks across files need is returned as well.
pub(crate) fn read(files: &[SourceFile], keep: bool, faults: &mut Vec<Fault>) -> (Actors, Claims) {
    let mut sources: Vec<(usize, &SourceFile, EntityKind)> = files
        .iter()
        .enumerate()
        .filter_map(|(index, file)| Some((index, file, kind_of(&file.path)?)))
        .collect();
    sources.sort_by(|a, b| a.1.stem().cmp(b.1.stem()).then(a.0.cmp(&b.0)));

    let mut builder = Builder::default();
    for layers in sources.chunk_by(|a, b| a.1.path == b.1.path) {
        let Some(&(_, _, kind)) = layers.first() else { continue };
        let readers: Vec<(usize, Reader<'_>)> =
            layers.iter().map(|(index, file, _)| (*index, Reader::new(file))).collect();
        builder.actor(&readers, kind);
        faults.extend(readers.into_iter().flat_map(|(_, reader)| reader.into_faults()));
    }
    let Builder { mut actors, names, codes, entities, .. } = builder;
    let claims =
        if keep { Claims { names: names.clone(), codes, entities } } else { Claims::default() };
    actors.names = names.into_iter().map(|(name, _)| name).collect();
    spell(&mut actors.names);
    actors.by_name = NameIndex::build(&mut actors.names, |a, b| {
        (a.entity, a.kind, &a.text).cmp(&(b.entity, b.kind, &b.text))
    });

    for (index, person) in actors.people.iter().enumerate() {
        let mut words = person.name.split_whitespace();
        let parts = words.next().into_iter().chain(words.next_back());
        actors.by_part.extend(parts.map(|part| (name_hash(part), index as u32)));
    }
    actors.by_part.sort_unstable();
    actors.by_part.dedup();

    // A user's lists first: a word that they give a sector has that one.
    let mut lists: Vec<&SourceFile> =
        files.iter().filter(|file| is_sector_list(&file.path)).collect();
    lists.sort_by_key(|file| file.path == SECTORS);
    let mut seen = BTreeMap::new();
    let mut foremost = Vec::new();
    for file in lists {
        let reader = Reader::new(file);
        actors.sector_words.extend(sector_words(&reader, &mut seen, &mut foremost));
        faults.extend(reader.into_faults());
    }
    for role in actors.people.iter_mut().flat_map(|person| &mut person.roles) {
        role.foremost = is_foremost(role, &foremost);
    }
    actors.by_lemmas = LemmaIndex::build(
        actors.sector_words.iter().enumerate().map(|(i, word)| (word.lemmas.as_slice(), i)),
    );
    (actors, claims)
}

/// Adds the other spellings of names that have some, but for those that stand there.
fn spell(names: &mut Vec<Name>) {
    let key = |name: &Name| (folded(&name.text), name.entity, name.kind);
    let mut seen: BTreeSet<_> = names.iter().map(key).collect();
    for at in 0..names.len() {
        let Some(name) = names.get(at).cloned() else { continue };
        for text in others(&name.text) {
            let other = Name { text: text.as_str().into(), ..name.clone() };
            if seen.insert(key(&other)) {
                names.push(other);
            }
        }
    }
}

#[derive(Default)]
struct Builder {
    actors: Actors,
    names: Vec<(Name, Claim)>,
    codes: Vec<(String, Claim)>,
    entities: Vec<usize>,
    /// The sector of each of [`Actors::bodies`].
    body_sectors: Vec<Option<Sector>>,
    file: usize,
}

/// One of the files of an actor: the built-in one, or a user's that is laid over it.
struct Layer<'r> {
    /// Index into the files read.
    file: usize,
    reader: &'r Reader<'r>,
    fields: Fields<'r, 'r>,
    /// Names, bodies and people that a file laid over this one takes out or says anew.
    hidden: BTreeSet<&'r str>,
}

impl Layer<'_> {
    fn shows(&self, name: &At<&str>) -> bool {
        !self.hidden.contains(name.value)
    }

    /// The names of a list that nothing laid over takes out.
    fn strings(&mut self, key: &'static str) -> Vec<At<&str>> {
        let list = self.fields.strings(key);
        list.into_iter().filter(|name| !self.hidden.contains(name.value)).collect()
    }
}

/// What a user's file takes out of the one below, and says anew: `without` and the names of its bodies and people.
pub(crate) fn hides<'r>(reader: &'r Reader<'_>, table: &'r DeTable<'_>) -> BTreeSet<&'r str> {
    let mut fields = Fields::new(reader, table, 0);
    let mut hidden: BTreeSet<&str> = fields.strings("without").iter().map(|n| n.value).collect();
    for list in ["body", "person"] {
        for mut entry in fields.tables(list) {
            hidden.extend(entry.string("name").map(|name| name.value));
        }
    }
    hidden
}

/// All that a file names: the actor, its bodies and its people.
fn names_in<'r>(reader: &'r Reader<'_>, table: &'r DeTable<'_>) -> Vec<&'r str> {
    let mut fields = Fields::new(reader, table, 0);
    let mut names: Vec<&str> = fields.string("name").map(|name| name.value).into_iter().collect();
    for key in ["also", "adjectives", "demonyms", "capitals", "seats"] {
        names.extend(fields.strings(key).iter().map(|name| name.value));
    }
    for list in ["body", "person"] {
        for mut entry in fields.tables(list) {
            names.extend(entry.string("name").map(|name| name.value));
            names.extend(entry.strings("also").iter().map(|name| name.value));
        }
    }
    names
}

impl Builder {
    fn actor(&mut self, readers: &[(usize, Reader<'_>)], kind: EntityKind) {
        let Some((_, reader)) = readers.first() else { return };
        let code = reader.file.stem();
        check_code(reader, code, kind);
        let tables: Vec<_> = readers.iter().map(|(_, reader)| reader.parse()).collect();
        let mut layers: Vec<Layer<'_>> = Vec::with_capacity(readers.len());
        for (i, ((file, reader), table)) in readers.iter().zip(&tables).enumerate() {
            let above = readers.iter().zip(&tables).skip(i + 1);
            let hidden = above.flat_map(|((_, reader), table)| hides(reader, table)).collect();
            let fields = Fields::new(reader, table, 0);
            layers.push(Layer { file: *file, reader, fields, hidden });
        }
        for (i, ((_, reader), table)) in readers.iter().zip(&tables).enumerate().skip(1) {
            let below: BTreeSet<&str> = readers
                .iter()
                .zip(&tables)
                .take(i)
                .flat_map(|((_, reader), table)| names_in(reader, table))
                .collect();
            for name in Fields::new(reader, table, 0).strings("without") {
                if !below.contains(name.value) {
                    let near = hint(name.value, below.iter().copied());
                    reader.fault(
                        name.at,
                        format!("`{code}` has no `{}` to take out", name.value),
                        near,
                    );
                }
            }
        }
        let entity = self.actors.entities.len();
        let mut read = Entity {
            code: code.to_owned(),
            kind,
            name: code.to_owned(),
            sector: None,
            country: None,
            members: Vec::new(),
            until: None,
            into: None,
            file: reader.file.shown.to_string(),
            people: 0..0,
            bodies: 0..0,
        };
        for (i, layer) in layers.iter_mut().enumerate() {
            self.file = layer.file;
            self.entity(layer, i == 0, entity, &mut read);
        }
        let start = self.actors.bodies.len();
        for layer in &mut layers {
            self.file = layer.file;
            self.bodies(layer, entity);
        }
        read.bodies = start..self.actors.bodies.len();
        let start = self.actors.people.len();
        for layer in &mut layers {
            self.file = layer.file;
            self.people(layer, entity, &read.bodies);
        }
        read.people = start..self.actors.people.len();
        self.entities.push(layers.first().map_or(0, |layer| layer.file));
        self.actors.entities.push(read);
        for layer in layers {
            layer.fields.finish();
        }
    }

    /// What a file says of the actor itself; the first must say its name and sector.
    fn entity(&mut self, layer: &mut Layer<'_>, first: bool, entity: usize, read: &mut Entity) {
        let (reader, kind) = (layer.reader, read.kind);
        if !first {
            layer.fields.value("without");
        }
        let name = if first { layer.fields.required("name") } else { None };
        if let Some(name) = name {
            name.value.clone_into(&mut read.name);
        }
        if kind == EntityKind::Country {
            read.until = layer.fields.day("until").or(read.until);
            if let Some(into) = layer.fields.string("into") {
                self.code(into);
                read.into = Some(into.value.to_owned());
                if read.until.is_none() {
                    let hint = "give the last day of the state, too: `until = 1990-05-21`";
                    reader.fault(into.at, "`into` without `until`", Some(hint.into()));
                }
            }
        } else {
            let sector =
                if first { layer.fields.required("sector") } else { layer.fields.string("sector") };
            read.sector = sector.and_then(|code| reader.sector(code)).or(read.sector);
            if let Some(country) = layer.fields.string("country") {
                self.code(country);
                read.country = Some(country.value.to_owned());
            }
            let members = self.members(reader, &mut layer.fields);
            read.members.retain(|(code, ..)| members.iter().all(|(other, ..)| other != code));
            read.members.extend(members);
        }
        let sector = read.sector;
        // "Turks" may be of any sector; of a people or faith nothing more is said.
        let demonym = sector.filter(|_| kind == EntityKind::People);
        // A capital or a palace stands for the government; an organisation's seat for the organisation.
        let seat = if kind == EntityKind::Country { Some(Sector::Gov) } else { sector };
        if let Some(name) = name.filter(|name| layer.shows(name)) {
            self.name(reader, name, entity, NameKind::Entity, sector);
        }
        for (key, kind, sector) in [
            ("also", NameKind::Entity, sector),
            ("adjectives", NameKind::Adjective, sector),
            ("demonyms", NameKind::Demonym, demonym),
            ("capitals", NameKind::Capital, seat),
            ("seats", NameKind::Seat, seat),
        ] {
            for name in layer.strings(key) {
                self.name(reader, name, entity, kind, sector);
            }
        }
        proof_keys(&mut layer.fields);
    }

    fn bodies(&mut self, layer: &mut Layer<'_>, entity: usize) {
        let reader = layer.reader;
        for mut body in layer.fields.tables("body") {
            let name = body.required("name");
            if name.is_some_and(|name| !layer.shows(&name)) {
                continue;
            }
            let sector = body.required("sector").and_then(|code| reader.sector(code));
            let also = body.strings("also");
            let index = self.actors.bodies.len();
            for name in name.iter().chain(&also) {
                self.name(reader, *name, entity, NameKind::Body(index), sector);
            }
            let mut was = Vec::new();
            for mut other in body.tables("was") {
                let sector = other.required("sector").and_then(|code| reader.sector(code));
                let (from, until) = other.period();
                if from.is_none() && until.is_none() {
                    let hint = "write was = [{ sector = \"REB\", until = 1992-10-04 }]";
                    reader.fault(other.at, "what a body was needs its days", Some(hint.into()));
                }
                other.finish();
                was.extend(sector.map(|sector| (sector, from, until)));
            }
            proof_keys(&mut body);
            body.finish();
            self.body_sectors.push(sector);
            self.actors.bodies.push(Body { name: name.map_or("", |name| name.value).into(), was });
        }
    }

    fn people(&mut self, layer: &mut Layer<'_>, entity: usize, bodies: &Range<usize>) {
        let reader = layer.reader;
        let file = self.actors.files.len();
        self.actors.files.push(reader.file.shown.to_string());
        for mut person in layer.fields.tables("person") {
            let name = person.required("name");
            if name.is_some_and(|name| !layer.shows(&name)) {
                continue;
            }
            let also = person.strings("also");
            let index = self.actors.people.len();
            for name in name.iter().chain(&also) {
                self.name(reader, *name, entity, NameKind::Person(index), None);
            }
            let mut roles = Vec::new();
            for mut role in person.tables("roles") {
                let title = role.required("title");
                let sector = role.required("sector").and_then(|code| reader.sector(code));
                let (from, until) = role.period();
                role.finish();
                if let (Some(title), Some(sector)) = (title, sector) {
                    let title = title.value.into();
                    roles.push(Role { title, sector, from, until, foremost: false });
                }
            }
            if person.value("roles").is_none() {
                let hint = "write roles = [{ title = \"…\", sector = \"GOV\", from = 2013-03-14 }]";
                reader.fault(person.at, "a person without `roles`", Some(hint.into()));
            }
            let parties = self.parties(reader, &mut person, bodies);
            let candidacies = candidacies(reader, &mut person);
            proof_keys(&mut person);
            let line = reader.line(person.at);
            person.finish();
            let name = name.map_or("", |name| name.value).into();
            let person = Person { name, entity, roles, parties, candidacies, file, line };
            self.actors.people.push(person);
        }
    }

    /// The parties of a person: the name of one, or a list of them with their days.
    fn parties(
        &self,
        reader: &Reader<'_>,
        person: &mut Fields<'_, '_>,
        bodies: &Range<usize>,
    ) -> Vec<Membership> {
        let Some(value) = person.value("party") else { return Vec::new() };
        if value.get_ref().is_str() {
            let party = reader.string(value).and_then(|name| self.party(reader, name, bodies));
            return party
                .map(|party| Membership { party, from: None, until: None })
                .into_iter()
                .collect();
        }
        let mut parties = Vec::new();
        let mut spells = Vec::new();
        for mut one in person.tables("party") {
            let party = one.required("name").and_then(|name| self.party(reader, name, bodies));
            let (from, until) = one.period();
            if spells.iter().any(|&spell| overlap(spell, (from, until))) {
                let hint = "a party holds until the day before the next one";
                reader.fault(one.at, "two parties at one time", Some(hint.into()));
            }
            spells.push((from, until));
            one.finish();
            parties.extend(party.map(|party| Membership { party, from, until }));
        }
        parties
    }

    /// The party with this name among the bodies of the actor.
    fn party(&self, reader: &Reader<'_>, name: At<&str>, bodies: &Range<usize>) -> Option<usize> {
        let own = |index: usize| self.actors.bodies.get(index).map(|body| body.name.as_str());
        let Some(party) = bodies.clone().find(|&index| own(index) == Some(name.value)) else {
            let message = format!("no body here is called `{}`", name.value);
            reader.fault(name.at, message, hint(name.value, bodies.clone().filter_map(own)));
            return None;
        };
        // A body without a sector has its own fault.
        let sector = self.body_sectors.get(party).copied().flatten();
        let partisan = sector.is_none_or(|sector| matches!(sector, Sector::Pty | Sector::Opp));
        if !partisan {
            let hint = "its `sector` would have to be PTY or OPP";
            reader.fault(name.at, format!("`{}` is no party", name.value), Some(hint.into()));
        }
        partisan.then_some(party)
    }

    fn members(
        &mut self,
        reader: &Reader<'_>,
        fields: &mut Fields<'_, '_>,
    ) -> Vec<(String, Option<PartialDate>, Option<PartialDate>)> {
        let Some(value) = fields.value("members") else {
            return Vec::new();
        };
        let mut members = Vec::new();
        for item in reader.items(value) {
            let (code, from, until) = if item.get_ref().is_str() {
                (reader.string(item), None, None)
            } else {
                let Some(mut member) = Fields::of(reader, item) else { continue };
                let code = member.required("code");
                let (from, until) = member.period();
                member.finish();
                (code, from, until)
            };
            if let Some(code) = code {
                self.code(code);
                members.push((code.value.to_owned(), from, until));
            }
        }
        members
    }

    fn code(&mut self, code: At<&str>) {
        let claim = Claim { file: self.file, at: code.at };
        self.codes.push((code.value.to_owned(), claim));
    }

    fn name(
        &mut self,
        reader: &Reader<'_>,
        name: At<&str>,
        entity: usize,
        kind: NameKind,
        sector: Option<Sector>,
    ) {
        let text = name.value;
        if !text.starts_with(char::is_alphanumeric) || text.trim_end() != text {
            let message = format!(
                "the name `{text}` must begin with a letter or digit and end without space"
            );
            reader.fault(name.at, message, None);
        } else if text.starts_with("the ") || text.starts_with("The ") {
            let hint = format!("write `{}`", &text[4..]);
            reader.fault(name.at, "a leading \"the\" is not part of a name", Some(hint));
        }
        let name_ = Name { text: text.into(), entity, kind, sector };
        self.names.push((name_, Claim { file: self.file, at: name.at }));
    }
}

/// First and last day of something, each of which may be open.
type Spell = (Option<PartialDate>, Option<PartialDate>);

/// Whether some day is in both for sure: "until 2003-12" and "from 2003-12" may have none.
fn overlap(one: Spell, other: Spell) -> bool {
    let begins = [one.0, other.0].into_iter().flatten().map(|day| day.last).max();
    let ends = [one.1, other.1].into_iter().flatten().map(|day| day.first).min();
    begins.zip(ends).is_none_or(|(begins, ends)| begins <= ends)
}

/// The offices that a person runs for.
fn candidacies(reader: &Reader<'_>, person: &mut Fields<'_, '_>) -> Vec<Candidacy> {
    let mut read: Vec<Candidacy> = Vec::new();
    for mut one in person.tables("candidacies") {
        let office = one.required("office");
        let (from, until) = one.period();
        let (ahead, nominee) = (one.dated("ahead"), one.dated("nominee"));
        for (key, day) in [("ahead", ahead), ("nominee", nominee)] {
            let Some(day) = day else { continue };
            let early = from.is_some_and(|from| day.value.last < from.first);
            let late = until.is_some_and(|until| day.value.first > until.last);
            if early || late {
                let side = if early { "before `from`" } else { "after `until`" };
                reader.fault(day.at, format!("`{key}` is {side}"), None);
            }
        }
        if let (Some(ahead), Some(nominee)) = (ahead, nominee)
            && ahead.value.first > nominee.value.last
        {
            reader.fault(ahead.at, "`ahead` is after `nominee`", None);
        }
        let (ahead, nominee) = (ahead.map(|day| day.value), nominee.map(|day| day.value));
        let at = one.at;
        one.finish();
        let Some(office) = office else { continue };
        let same = |other: &&Candidacy| *other.office == *office.value;
        if read.iter().filter(same).any(|other| overlap((other.from, other.until), (from, until))) {
            let message = format!("two candidacies for `{}` at one time", office.value);
            reader.fault(at, message, Some("make one of them".into()));
        }
        read.push(Candidacy { office: office.value.into(), from, until, ahead, nominee });
    }
    read
}

/// Proofs are read by `proof.rs`; here they are only known as keys.
fn proof_keys(fields: &mut Fields<'_, '_>) {
    fields.value("yes");
    fields.value("no");
}

fn check_code(reader: &Reader<'_>, code: &str, kind: EntityKind) {
    let shape = code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let (good, expected) = match kind {
        EntityKind::Country => (
            shape && code.len() == 3,
            "name it by its ISO 3166-1 code of three capitals, as CHN.toml",
        ),
        EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::People => (
            shape && (2..=8).contains(&code.len()),
            "name it by its code of two to eight capitals and digits, as NAT.toml or G20.toml",
        ),
    };
    if !good {
        let message = format!("the file's name `{code}` is no code");
        reader.fault(0, message, Some(expected.to_owned()));
    }
}

/// Reads a list of words; what `sectors.toml` shares with the lists that `seen` holds is left to those.
fn sector_words(
    reader: &Reader<'_>,
    seen: &mut BTreeMap<String, (Sector, bool)>,
    foremost: &mut Vec<(Sector, String)>,
) -> Vec<SectorWord> {
    let own = reader.file.path != SECTORS;
    let table = reader.parse();
    let mut words = Vec::new();
    for (code, value) in entries(&table) {
        let Some(sector) = reader.sector(code) else { continue };
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        for title in fields.strings("foremost") {
            lower_case(reader, title);
            foremost.push((sector, title.value.to_owned()));
        }
        for (key, kind) in [
            ("offices", SectorWordKind::Office),
            ("people", SectorWordKind::People),
            ("bodies", SectorWordKind::Body),
        ] {
            for word in fields.strings(key) {
                lower_case(reader, word);
                if let Some(&(other, laid_over)) = seen.get(word.value) {
                    if laid_over != own {
                        continue;
                    }
                    let message = format!("`{}` stands under {} already", word.value, other.code());
                    reader.fault(word.at, message, Some("a word has one entry".into()));
                }
                seen.insert(word.value.to_owned(), (sector, own));
                words.push(SectorWord { lemmas: phrase(word.value), sector, kind });
            }
        }
        fields.finish();
    }
    words
}

/// Whether the title ends in one of these, or goes on after one that ends in "of" or "for": "Deputy Foreign Minister", "Minister for
/// Trade", but of "president" no "President of the Chamber".
fn is_foremost(role: &Role, foremost: &[(Sector, String)]) -> bool {
    let title = format!(" {} ", role.title.to_lowercase());
    foremost.iter().filter(|(sector, _)| *sector == role.sector).any(|(_, listed)| {
        let listed = format!(" {listed} ");
        let goes_on = listed.ends_with(" of ") || listed.ends_with(" for ");
        title.ends_with(&listed) || (goes_on && title.contains(&listed))
    })
}

/// Notes a phrase that is not in lower case.
pub(crate) fn lower_case(reader: &Reader<'_>, word: At<&str>) {
    if word.value.chars().any(char::is_uppercase) {
        let hint = format!("write `{}`", word.value.to_lowercase());
        reader.fault(word.at, "lemmas are in lower case", Some(hint));
    }
}

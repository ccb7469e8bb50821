//! Reading the files of `actors/`.

use std::ops::Range;

use detente_core::Sector;

use super::{Actors, Entity, EntityKind, Name, NameKind, Person, Role, SectorWord, SectorWordKind};
use crate::files::SourceFile;
use crate::lemmas::{LemmaIndex, phrase};
use crate::names::NameIndex;
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
fn kind_of(path: &str) -> Option<EntityKind> {
    let folder = path.strip_prefix("actors/")?.split_once('/')?.0;
    match folder {
        "countries" => Some(EntityKind::Country),
        "organisations" => Some(EntityKind::Organisation),
        "armed-groups" => Some(EntityKind::ArmedGroup),
        "peoples" => Some(EntityKind::People),
        _ => None,
    }
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
    for (index, file, kind) in sources {
        let reader = Reader::new(file);
        builder.file = index;
        builder.actor(&reader, kind);
        faults.extend(reader.into_faults());
    }
    let Builder { mut actors, names, codes, entities, .. } = builder;
    let claims =
        if keep { Claims { names: names.clone(), codes, entities } } else { Claims::default() };
    actors.names = names.into_iter().map(|(name, _)| name).collect();
    actors.by_name = NameIndex::build(&mut actors.names, |a, b| {
        (a.entity, a.kind, &a.text).cmp(&(b.entity, b.kind, &b.text))
    });

    if let Some(file) = files.iter().find(|file| file.path == "actors/sectors.toml") {
        let reader = Reader::new(file);
        actors.sector_words = sector_words(&reader);
        faults.extend(reader.into_faults());
        actors.by_lemmas = LemmaIndex::build(
            actors.sector_words.iter().enumerate().map(|(i, word)| (word.lemmas.as_slice(), i)),
        );
    }
    (actors, claims)
}

#[derive(Default)]
struct Builder {
    actors: Actors,
    names: Vec<(Name, Claim)>,
    codes: Vec<(String, Claim)>,
    entities: Vec<usize>,
    file: usize,
}

impl Builder {
    fn actor(&mut self, reader: &Reader<'_>, kind: EntityKind) {
        let code = reader.file.stem();
        check_code(reader, code, kind);
        let table = reader.parse();
        let mut fields = Fields::new(reader, &table, 0);
        let entity = self.actors.entities.len();

        let name = fields.required("name");
        let sector = match kind {
            EntityKind::Country => None,
            EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::People => {
                let sector = fields.required("sector");
                sector.and_then(|code| reader.sector(code))
            }
        };
        let also = fields.strings("also");
        for name in name.iter().chain(&also) {
            self.name(reader, *name, entity, NameKind::Entity, sector);
        }
        for name in fields.strings("adjectives") {
            self.name(reader, name, entity, NameKind::Adjective, sector);
        }
        for name in fields.strings("demonyms") {
            // "Turks" may be of any sector; of a people or faith nothing more is said.
            let sector = sector.filter(|_| kind == EntityKind::People);
            self.name(reader, name, entity, NameKind::Demonym, sector);
        }
        // A capital or a palace stands for the government; an organisation's seat for the organisation.
        let seat = if kind == EntityKind::Country { Some(Sector::Gov) } else { sector };
        for name in fields.strings("capitals") {
            self.name(reader, name, entity, NameKind::Capital, seat);
        }
        for name in fields.strings("seats") {
            self.name(reader, name, entity, NameKind::Seat, seat);
        }
        let (country, members) = match kind {
            EntityKind::Country => (None, Vec::new()),
            EntityKind::Organisation | EntityKind::ArmedGroup | EntityKind::People => {
                let country = fields.string("country");
                if let Some(country) = country {
                    self.code(country);
                }
                (country, self.members(reader, &mut fields))
            }
        };
        proof_keys(&mut fields);

        let bodies = self.bodies(reader, &mut fields, entity);
        let people = self.people(reader, &mut fields, entity);
        fields.finish();
        self.entities.push(self.file);
        self.actors.entities.push(Entity {
            code: code.to_owned(),
            kind,
            name: name.map_or(code, |name| name.value).to_owned(),
            sector,
            country: country.map(|country| country.value.to_owned()),
            members,
            file: reader.file.path.to_string(),
            people,
            bodies,
        });
    }

    fn bodies(
        &mut self,
        reader: &Reader<'_>,
        fields: &mut Fields<'_, '_>,
        entity: usize,
    ) -> Range<usize> {
        let start = self.actors.bodies.len();
        for mut body in fields.tables("body") {
            let name = body.required("name");
            let sector = body.required("sector").and_then(|code| reader.sector(code));
            let also = body.strings("also");
            let index = self.actors.bodies.len();
            for name in name.iter().chain(&also) {
                self.name(reader, *name, entity, NameKind::Body(index), sector);
            }
            proof_keys(&mut body);
            body.finish();
            self.actors.bodies.push(name.map_or("", |name| name.value).to_owned());
        }
        start..self.actors.bodies.len()
    }

    fn people(
        &mut self,
        reader: &Reader<'_>,
        fields: &mut Fields<'_, '_>,
        entity: usize,
    ) -> Range<usize> {
        let start = self.actors.people.len();
        for mut person in fields.tables("person") {
            let name = person.required("name");
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
                    roles.push(Role { title: title.value.to_owned(), sector, from, until });
                }
            }
            if person.value("roles").is_none() {
                let hint = "write roles = [{ title = \"…\", sector = \"GOV\", from = 2013-03-14 }]";
                reader.fault(person.at, "a person without `roles`", Some(hint.into()));
            }
            proof_keys(&mut person);
            let line = reader.line(person.at);
            person.finish();
            let name = name.map_or("", |name| name.value).to_owned();
            self.actors.people.push(Person { name, entity, roles, line });
        }
        start..self.actors.people.len()
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
        let name_ = Name { text: text.to_owned(), entity, kind, sector };
        self.names.push((name_, Claim { file: self.file, at: name.at }));
    }
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

fn sector_words(reader: &Reader<'_>) -> Vec<SectorWord> {
    let table = reader.parse();
    let mut words = Vec::new();
    let mut seen: std::collections::BTreeMap<String, Sector> = std::collections::BTreeMap::new();
    for (code, value) in entries(&table) {
        let Some(sector) = reader.sector(code) else { continue };
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        for (key, kind) in [
            ("offices", SectorWordKind::Office),
            ("people", SectorWordKind::People),
            ("bodies", SectorWordKind::Body),
        ] {
            for word in fields.strings(key) {
                lower_case(reader, word);
                if let Some(other) = seen.insert(word.value.to_owned(), sector) {
                    let message = format!("`{}` stands under {} already", word.value, other.code());
                    reader.fault(word.at, message, Some("a word has one entry".into()));
                }
                words.push(SectorWord { lemmas: phrase(word.value), sector, kind });
            }
        }
        fields.finish();
    }
    words
}

/// Notes a phrase that is not in lower case.
pub(crate) fn lower_case(reader: &Reader<'_>, word: At<&str>) {
    if word.value.chars().any(char::is_uppercase) {
        let hint = format!("write `{}`", word.value.to_lowercase());
        reader.fault(word.at, "lemmas are in lower case", Some(hint));
    }
}

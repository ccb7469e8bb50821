//! What the coder knows of a name, at a date.
//!
//! In goes a name or an office as a text would have it, out comes whom it stands for, with every office and the file where
//! that stands. "Blinken" in 2019 is `USA`, `ELI`, a former deputy secretary of state; "the French foreign minister" in 2015
//! is Laurent Fabius. What no file names is looked for in other spellings: in other case, or as a surname.

use detente_core::{Actor, Document, Sector, Span};
use detente_knowledge::{Entity, Name, NameKind, PartialDate, Person};
use detente_resolve::{Mention, MentionKind};
use jiff::civil::Date;
use serde::Serialize;

use crate::Coder;

/// How a name leads to whom it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Known {
    /// The name of the state, organisation, group or people itself.
    Name,
    /// Its adjective.
    Adjective,
    /// A noun for its people.
    Demonym,
    /// Its capital.
    Capital,
    /// A seat of its government.
    Seat,
    /// One of its bodies.
    Body,
    /// One of its people.
    Person,
    /// Words that the coder reads, such as an office: no file names them.
    Words,
}

/// One office of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Office {
    /// e.g. `Secretary of State`.
    pub title: String,
    /// Sector while in office.
    pub sector: Sector,
    /// First day, `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` where no more is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// It is what the person is coded by at the date asked for.
    pub counts: bool,
}

/// An office that a person runs for, or ran for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The office, e.g. `President`.
    pub office: String,
    /// First day, as of [`Office`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// First day as the party's nominee, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominee: Option<String>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// The name as the file writes it, or the words asked for.
    pub name: String,
    /// How it leads to the code.
    pub known: Known,
    /// Code of the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Sector of the record at the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// Whose the code is: the short English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Office at the date, or the last one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The office is a past one.
    pub former: bool,
    /// Every office of a person, in the order of the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
    /// The party of a person at the date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Every office that a person runs or ran for, in the order of the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidacies: Vec<Run>,
    /// Codes of an organisation's members at the date, in the order of the file; of all that ever were without a date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// Last day of a state that is no more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// File that says so; none for what is read from the words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line of a person in that file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// What was found for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Whom the name stands for; several where the text around would have to decide.
    Identities(Vec<Identity>),
    /// Nobody; but these names are like it.
    Similar(Vec<String>),
}

/// Names that are offered at most where the one asked for is not known.
const MOST_SIMILAR: usize = 12;

impl Coder {
    /// Whom `name` stands for at `date`: a name of the files, or words such as an office with its country, read as in a text.
    ///
    /// Without a date a person's most recent office counts.
    pub fn who(&self, name: &str, date: Option<Date>) -> Found {
        let name = name.trim();
        let name = ["the ", "The "].iter().find_map(|the| name.strip_prefix(the)).unwrap_or(name);
        let actors = &self.knowledge().actors;
        if let Some(found) = actors.name_at(name, 0).filter(|found| found.len == name.len()) {
            let identities = found.readings.iter().filter_map(|reading| self.known(reading, date));
            return Found::Identities(identities.collect());
        }
        let read = self.read_words(name, date);
        if read.is_empty() { Found::Similar(self.similar(name)) } else { Found::Identities(read) }
    }

    /// The mention that fits these bytes of the document's text best, of those that stand for somebody; `None` where nobody is
    /// read there.
    ///
    /// A mention that is a mere modifier ("Houthi" in "Houthi missiles") gives way to any other.
    pub fn who_at(&self, document: &mut Document, span: Span) -> Option<Mention> {
        let mut best: Option<((bool, f64), Mention)> = None;
        for mention in self.read(document).resolution.mentions {
            let (start, end) = (mention.span.start.max(span.start), mention.span.end.min(span.end));
            if start >= end || mention.actors.is_empty() {
                continue;
            }
            let all = mention.span.end.max(span.end) - mention.span.start.min(span.start);
            let rank =
                (mention.kind != MentionKind::Modifier, (end - start) as f64 / all.max(1) as f64);
            if best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, mention));
            }
        }
        best.map(|(_, mention)| mention)
    }

    fn known(&self, reading: &Name, date: Option<Date>) -> Option<Identity> {
        let actors = &self.knowledge().actors;
        let entity = actors.entities.get(reading.entity)?;
        let known = match reading.kind {
            NameKind::Entity => Known::Name,
            NameKind::Adjective => Known::Adjective,
            NameKind::Demonym => Known::Demonym,
            NameKind::Capital => Known::Capital,
            NameKind::Seat => Known::Seat,
            NameKind::Body(_) => Known::Body,
            NameKind::Person(_) => Known::Person,
        };
        let identity = identity(entity, known, actors.sector_of(reading, date));
        Some(match reading.kind {
            NameKind::Body(body) => {
                Identity { name: actors.bodies.get(body)?.name.to_string(), ..identity }
            }
            NameKind::Person(person) => self.person(identity, actors.people.get(person)?, date),
            _ => {
                let whole = matches!(reading.kind, NameKind::Entity);
                let members = if whole { entity.members_on(date) } else { Vec::new() };
                let members = members.into_iter().map(str::to_owned).collect();
                let code = Some(entity.code_on(date).to_owned());
                Identity { name: reading.text.to_string(), code, members, ..identity }
            }
        })
    }

    /// What a person is at a date, with every office.
    fn person(&self, identity: Identity, person: &Person, date: Option<Date>) -> Identity {
        let now = person.role_on(date);
        let party = person.party_on(date).and_then(|at| self.knowledge().actors.bodies.get(at));
        Identity {
            name: person.name.to_string(),
            sector: Some(now.sector),
            role: now.title.map(str::to_owned),
            former: now.former,
            offices: offices(person, date),
            party: party.map(|party| party.name.to_string()),
            candidacies: candidacies(person),
            file: self.knowledge().actors.files.get(person.file).cloned(),
            line: Some(person.line),
            ..identity
        }
    }

    /// Reads the words as the subject of a sentence; with an article where only that tells who is meant: "the prime minister of Japan" is one.
    fn read_words(&self, words: &str, date: Option<Date>) -> Vec<Identity> {
        let mut open: Vec<Identity> = Vec::new();
        for (article, carrier) in
            [(0, format!("{words} spoke.")), (4, format!("The {words} spoke."))]
        {
            let mut document =
                Document { date: date.map(|date| date.to_string()), ..Document::of_text(carrier) };
            let read = self.read(&mut document);
            let whole = read.resolution.mentions.iter().find(|mention| {
                mention.span.start <= article && mention.span.end == article + words.len()
            });
            // A name alone that nobody knows may still be read as somebody's.
            let known = |actor: &Actor| actor.code.is_some() || actor.sector.is_some();
            let Some(mention) = whole.filter(|mention| mention.actors.iter().any(known)) else {
                continue;
            };
            let identities: Vec<Identity> =
                mention.actors.iter().map(|actor| self.of_words(words, actor, date)).collect();
            if mention.actors.iter().any(|actor| actor.name.is_some()) {
                return identities;
            }
            if open.is_empty() {
                open = identities;
            }
        }
        open
    }

    /// What an actor is that was read of words; of the holder of an office the files may know the name.
    fn of_words(&self, words: &str, actor: &Actor, date: Option<Date>) -> Identity {
        let actors = &self.knowledge().actors;
        let entity = actor.code.as_deref().and_then(|code| actors.entity(code));
        let named = actor.code.as_deref().zip(actor.name.as_deref());
        if let Some((code, name)) = named
            && let Some(person) = actors.person(code, name)
            && let Some(entity) = entity
        {
            return self.person(identity(entity, Known::Words, actor.sector), person, date);
        }
        let office = words.to_lowercase();
        let mut holders = entity
            .into_iter()
            .flat_map(|entity| actors.in_office(&entity.code, date))
            .filter(|(_, role)| {
                let title = role.title.map(str::to_lowercase).unwrap_or_default();
                office
                    .strip_suffix(&title)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
            })
            .filter_map(|(person, _)| actors.people.get(person));
        if let (None, Some(person), None) = (&actor.name, holders.next(), holders.next())
            && let Some(entity) = entity
        {
            return self.person(identity(entity, Known::Words, actor.sector), person, date);
        }
        Identity {
            name: actor.name.clone().unwrap_or_else(|| words.to_owned()),
            known: Known::Words,
            code: actor.code.clone(),
            sector: actor.sector,
            of: entity.map(|entity| entity.name.clone()),
            role: actor.role.clone(),
            former: actor.sector == Some(Sector::Eli),
            offices: Vec::new(),
            party: None,
            candidacies: Vec::new(),
            members: Vec::new(),
            until: None,
            file: entity.map(|entity| entity.file.clone()),
            line: None,
        }
    }

    /// Names that are the same but for case, and people who bear the name last, in alphabetical order.
    fn similar(&self, name: &str) -> Vec<String> {
        let lower = name.to_lowercase();
        let last = format!(" {lower}");
        let names = self.knowledge().actors.names().iter();
        let mut similar: Vec<String> = names
            .filter(|known| {
                let known_lower = known.text.to_lowercase();
                let person = matches!(known.kind, NameKind::Person(_));
                known_lower == lower || (person && known_lower.ends_with(&last))
            })
            .map(|known| known.text.to_string())
            .collect();
        similar.sort();
        similar.dedup();
        similar.truncate(MOST_SIMILAR);
        similar
    }
}

fn identity(entity: &Entity, known: Known, sector: Option<Sector>) -> Identity {
    Identity {
        name: entity.name.clone(),
        known,
        code: Some(entity.record_code().to_owned()),
        sector,
        of: Some(entity.name.clone()),
        role: None,
        former: false,
        offices: Vec::new(),
        party: None,
        candidacies: Vec::new(),
        members: Vec::new(),
        until: shown(entity.until),
        file: Some(entity.file.clone()),
        line: None,
    }
}

fn offices(person: &Person, date: Option<Date>) -> Vec<Office> {
    let held = person.held_on(date);
    person
        .roles
        .iter()
        .map(|role| Office {
            title: role.title.to_string(),
            sector: role.sector,
            from: shown(role.from),
            until: shown(role.until),
            counts: held.is_some_and(|held| std::ptr::eq(held, role)),
        })
        .collect()
}

fn candidacies(person: &Person) -> Vec<Run> {
    let run = |one: &detente_knowledge::Candidacy| Run {
        office: one.office.to_string(),
        from: shown(one.from),
        until: shown(one.until),
        nominee: shown(one.nominee),
    };
    person.candidacies.iter().map(run).collect()
}

fn shown(day: Option<PartialDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

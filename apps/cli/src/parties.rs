//! Parties as a call names them → codes, sectors and names as records have them.
//!
//! In goes `usa`, `USA.MIL`, `reb`, `Turkey` or `'Antony Blinken'`, out comes a [`Named`]. A code is read in any case, a name as a text
//! would have it; a word that is neither is an error, never a party without events. What the knowledge does not know the store still may: it
//! may have been made with other files, and texts name people whom no file names.

use std::cell::OnceCell;
use std::path::Path;

use detente::Coder;
use detente::who::{Found, Identity, Known};
use detente_core::Sector;
use detente_knowledge::{Knowledge, NameKind};

use crate::exit::Stop;

/// Reads the knowledge when a party is first asked for, and the models that read words only for what is no code.
pub(crate) struct Parties<'a> {
    folder: Option<&'a Path>,
    knowledge: OnceCell<Knowledge>,
    coder: OnceCell<Coder>,
}

/// What a word of a call stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// A code, with a sector or with all of them.
    Code(String, Option<Sector>),
    /// A sector of any country.
    Sector(Sector),
    /// A person or body by the full name, and where they belong.
    Name(String, Option<String>),
}

impl Named {
    /// As [`detente_store::Query::sign`] takes it.
    pub(crate) fn sign(&self) -> String {
        match self {
            Named::Code(code, None) => code.clone(),
            Named::Code(code, Some(sector)) => format!("{code} {}", sector.code()),
            Named::Sector(sector) => sector.code().to_owned(),
            Named::Name(name, _) => name.clone(),
        }
    }
}

impl<'a> Parties<'a> {
    /// With the knowledge that is built in, and that of `folder` over it.
    pub(crate) fn new(folder: Option<&'a Path>) -> Self {
        Self { folder, knowledge: OnceCell::new(), coder: OnceCell::new() }
    }

    /// The files of the knowledge.
    pub(crate) fn knowledge(&self) -> Result<&Knowledge, Stop> {
        if let Some(known) = self.knowledge.get() {
            return Ok(known);
        }
        let read = match self.folder {
            None => Knowledge::builtin(),
            Some(folder) => Knowledge::with_overlay(folder),
        };
        let read = read.map_err(Stop::because)?;
        Ok(self.knowledge.get_or_init(|| read))
    }

    fn who(&self, word: &str) -> Result<Found, Stop> {
        let coder = match self.coder.get() {
            Some(coder) => coder,
            None => {
                let coder = crate::commands::coder(self.folder)?;
                self.coder.get_or_init(|| coder)
            }
        };
        Ok(coder.who(word, None))
    }

    /// Whom a word stands for; several where only the text around would decide. `is_stored` says whether the store has the word as
    /// a party.
    ///
    /// # Errors
    /// When neither the knowledge nor the store knows it.
    pub(crate) fn named(
        &self,
        word: &str,
        is_stored: &dyn Fn(&str) -> Result<bool, Stop>,
    ) -> Result<Vec<Named>, Stop> {
        let word = word.trim();
        if let Some(found) = self.known(word)? {
            return Ok(found);
        }
        // A code or a name, and a sector of it.
        if let Some((head, sector)) = word.rsplit_once([':', '.', ' '])
            && let Some(sector) = Sector::from_code(&sector.trim().to_uppercase())
            && let Some(found) = self.known(head.trim())?
        {
            let code = |named| match named {
                Named::Code(code, None) => Some(Named::Code(code, Some(sector))),
                _ => None,
            };
            let found: Vec<Named> = found.into_iter().filter_map(code).collect();
            if !found.is_empty() {
                return Ok(found);
            }
        }
        match self.who(word)? {
            Found::Identities(identities) => Ok(distinct(identities)),
            Found::Similar(_) if is_stored(word)? => Ok(vec![stored(word)]),
            Found::Similar(similar) => Err(unknown(word, &similar)),
        }
    }

    /// A sector or a code as it stands there, a name of the files, a sector or a code in other case.
    fn known(&self, word: &str) -> Result<Option<Vec<Named>>, Stop> {
        let actors = &self.knowledge()?.actors;
        let code = |word: &str| match Sector::from_code(word) {
            Some(sector) => Some(vec![Named::Sector(sector)]),
            None => actors
                .entity(word)
                .map(|entity| vec![Named::Code(entity.record_code().to_owned(), None)]),
        };
        if let Some(found) = code(word) {
            return Ok(Some(found));
        }
        let name = actors.name_at(word, 0).filter(|found| found.len == word.len());
        if name.is_some_and(|name| {
            name.readings.iter().any(|name| !matches!(name.kind, NameKind::Person(_)))
                || word.contains(' ')
        }) && let Found::Identities(identities) = self.who(word)?
        {
            return Ok(Some(distinct(identities)));
        }
        Ok(code(&word.to_uppercase()))
    }
}

/// What the store knows and the knowledge does not.
fn stored(word: &str) -> Named {
    let is_code = (2..=8).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if is_code { Named::Code(word.to_owned(), None) } else { Named::Name(word.to_owned(), None) }
}

/// A state or organisation by its code, a person or body by the full name.
fn distinct(identities: Vec<Identity>) -> Vec<Named> {
    let mut found = Vec::new();
    for identity in identities {
        let named = match (identity.known, identity.code) {
            (Known::Person | Known::Body, code) | (_, code @ None) => {
                Named::Name(identity.name, code)
            }
            (_, Some(code)) => Named::Code(code, None),
        };
        if !found.contains(&named) {
            found.push(named);
        }
    }
    found
}

fn unknown(word: &str, similar: &[String]) -> Stop {
    let next = if similar.is_empty() {
        "`detente who NAME` tells the code of a name".to_owned()
    } else {
        format!("there is {}", similar.join(", "))
    };
    Stop::because(format_args!(
        "{word}: neither the knowledge nor the store knows such a party; {next}. A party is a code as USA, with a sector USA:MIL, a sector MIL, \
         or a name as a text has it"
    ))
}

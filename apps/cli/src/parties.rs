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

/// Reads the knowledge when it is first needed: for a code that the store has it never is, so that a question costs no more than its answer.
pub(crate) struct Parties<'a> {
    folder: Option<&'a Path>,
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
        Self { folder, coder: OnceCell::new() }
    }

    /// The files of the knowledge.
    pub(crate) fn knowledge(&self) -> Result<&Knowledge, Stop> {
        Ok(self.coder()?.knowledge())
    }

    fn coder(&self) -> Result<&Coder, Stop> {
        if let Some(coder) = self.coder.get() {
            return Ok(coder);
        }
        let coder = crate::commands::coder(self.folder)?;
        Ok(self.coder.get_or_init(|| coder))
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
        if let Some(named) = written(word)
            && is_stored(&named.sign())?
        {
            return Ok(vec![named]);
        }
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
        match self.coder()?.who(word, None) {
            Found::Identities(identities) => Ok(distinct(identities)),
            Found::Similar(_) if is_stored(word)? => Ok(vec![Named::Name(word.to_owned(), None)]),
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
        }) && let Found::Identities(identities) = self.coder()?.who(word, None)
        {
            return Ok(Some(distinct(identities)));
        }
        Ok(code(&word.to_uppercase()))
    }
}

/// A code, a sector or both, written as records have them.
fn written(word: &str) -> Option<Named> {
    let code = |word: &str| {
        let is_code = (2..=8).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        is_code.then(|| word.to_owned())
    };
    match word.split_once([':', '.', ' ']) {
        Some((head, sector)) => Some(Named::Code(code(head)?, Some(Sector::from_code(sector)?))),
        None => match Sector::from_code(word) {
            Some(sector) => Some(Named::Sector(sector)),
            None => Some(Named::Code(code(word)?, None)),
        },
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_records_have_them() {
        let usa = |sector| Some(Named::Code("USA".into(), sector));
        assert_eq!(written("USA"), usa(None));
        for word in ["USA MIL", "USA:MIL", "USA.MIL"] {
            assert_eq!(written(word), usa(Some(Sector::Mil)));
        }
        assert_eq!(written("REB"), Some(Named::Sector(Sector::Reb)));
        for word in ["usa", "USA:", "USA:FOO", "Turkey", "", "USA MIL GOV"] {
            assert_eq!(written(word), None, "{word}");
        }
    }
}

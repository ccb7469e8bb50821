//! Whose government published a document.
//!
//! In goes the address of a page, out comes the state: `https://www.gov.uk/…` is of `GBR`. A government speaks of its own servants
//! without saying whose they are: there "the Foreign Secretary" and "Captain Ann Lee" are of the state whose page it is.

use detente_core::{Document, Sector};
use detente_knowledge::Knowledge;

use crate::draft::Draft;
use crate::mentions::via;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::View;

/// Code of the state whose government published the document, by the address; `None` for all other publishers.
pub(crate) fn home_of<'k>(knowledge: &'k Knowledge, document: &Document) -> Option<&'k str> {
    let address = document.url.as_deref().unwrap_or(&document.source);
    let host = address.split_once("://")?.1.split(['/', ':', '?', '#']).next()?.to_lowercase();
    let code = knowledge.words.groups.get("home_host")?.iter().find_map(|entry| {
        let [ending, code] = entry.as_slice() else { return None };
        let before = host.strip_suffix(ending.as_str())?;
        (before.is_empty() || before.ends_with('.')).then(|| code.to_uppercase())
    })?;
    knowledge.actors.entity(&code).map(|entity| entity.code.as_str())
}

impl Reader<'_> {
    /// Gives the home state to a draft that names its servants or units and nobody's: "Captain Ann Lee", "12th Supply Wing", "our
    /// service members".
    pub(crate) fn bring_home(&self, view: &View<'_>, draft: &mut Draft) {
        let Some(home) = self.home else { return };
        let office = self.is_home_office(view, draft);
        let [actor] = draft.actors.as_mut_slice() else { return };
        let name = draft.kind == MentionKind::Name;
        let own = match actor.sector {
            // Guns and ships are nobody's servants.
            Some(Sector::Mil) => name || draft.category != Category::Organisation,
            Some(Sector::Gov | Sector::Leg | Sector::Jud | Sector::Spy) => {
                office || (name && actor.name.is_some())
            }
            _ => false,
        };
        if own && actor.code.is_none() && draft.category != Category::Thing {
            actor.code = Some(home.to_owned());
            actor.via = via("publisher");
        }
    }

    /// Whether the draft is an office in capitals that a government's own page gives to nobody: "the Foreign Secretary".
    pub(crate) fn is_home_office(&self, view: &View<'_>, draft: &Draft) -> bool {
        let capitals = draft.tokens.clone().filter(|&t| t > 0 && view.is_capital(t)).count();
        let words = draft.tokens.len();
        self.home.is_some()
            && draft.category == Category::Person
            && draft.kind == MentionKind::Nominal
            && draft.actors.iter().all(|a| a.code.is_none() && a.sector == Some(Sector::Gov))
            && (capitals == words || (capitals + 1 == words && draft.tokens.start == 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(url: &str) -> Option<String> {
        let files = [
            ("actors/countries/GBR.toml", "name = 'United Kingdom'"),
            ("words/places.toml", "home_host = ['gov.uk gbr', 'mil usa']"),
        ];
        let knowledge = Knowledge::from_texts(files).unwrap();
        let document = Document { url: Some(url.to_owned()), ..Document::default() };
        home_of(&knowledge, &document).map(str::to_owned)
    }

    #[test]
    fn a_government_is_known_by_the_end_of_its_host() {
        assert_eq!(home("https://www.gov.uk/news/1").as_deref(), Some("GBR"));
        assert_eq!(home("http://gov.uk?x").as_deref(), Some("GBR"));
        assert_eq!(home("https://notgov.uk/"), None);
        assert_eq!(home("https://example.org/gov.uk"), None);
        // A code that no file has.
        assert_eq!(home("https://www.army.mil/"), None);
    }
}

//! Our codes as those of CAMEO and GDELT.
//!
//! In goes an actor, out comes a [`Party`]: `UNO IGO` is `IGOUNO` with the group `UNO`, `ROU GOV` is `ROUGOV` in our codes and
//! `ROMGOV` in CAMEO's. The tables stand beside this file, in `codes/`.

use std::collections::BTreeMap;

use detente_core::{Actor, Sector};

/// The tables, read.
pub(super) struct Codes {
    countries: BTreeMap<&'static str, Country>,
    groups: BTreeMap<&'static str, Group>,
    goldstein: BTreeMap<&'static str, f64>,
}

/// One line of `countries.tsv`.
pub(super) struct Country {
    pub(super) cameo: &'static str,
    pub(super) fips: &'static str,
    pub(super) name: &'static str,
}

/// One line of `groups.tsv`.
struct Group {
    whole: &'static str,
    country: &'static str,
    known: &'static str,
    religion: &'static str,
    second: &'static str,
}

/// An actor in CAMEO's terms; what it has not is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Party {
    /// All of it in one word: `IGOWSTNAT`, `USAGOV`.
    pub(super) code: String,
    pub(super) country: &'static str,
    pub(super) group: String,
    pub(super) religion: &'static str,
    pub(super) types: [&'static str; 2],
}

/// What CAMEO calls the types of organisations and groups, as they stand in whole codes.
const ROLES: [&str; 5] = ["IGO", "NGO", "IMG", "REB", "INS"];

impl Codes {
    pub(super) fn new() -> Self {
        let countries = rows(include_str!("codes/countries.tsv"))
            .map(|[code, cameo, fips, name]| (code, Country { cameo, fips, name }));
        let groups = rows(include_str!("codes/groups.tsv")).map(
            |[code, whole, country, known, religion, second]| {
                (code, Group { whole, country, known, religion, second })
            },
        );
        let goldstein = rows(include_str!("codes/goldstein.tsv"))
            .filter_map(|[code, value]| Some((code, value.parse().ok()?)));
        Self {
            countries: countries.collect(),
            groups: groups.collect(),
            goldstein: goldstein.collect(),
        }
    }

    /// The country of an ISO code, or `None` where the code is of no country.
    pub(super) fn country(&self, code: &str) -> Option<&Country> {
        self.countries.get(code)
    }

    /// An event's weight on Goldstein's scale: that of its code, or of the code above it.
    pub(super) fn goldstein(&self, cameo: &str) -> Option<f64> {
        let above = [cameo.len(), 3, 2].into_iter().filter_map(|length| cameo.get(..length));
        above.filter_map(|code| self.goldstein.get(code)).copied().next()
    }

    /// An actor in CAMEO's terms.
    pub(super) fn party(&self, actor: &Actor) -> Party {
        let code = actor.code.as_deref().unwrap_or_default();
        if let Some(group) = self.groups.get(code) {
            let role = ROLES.into_iter().find(|role| group.whole.contains(role));
            return Party {
                code: group.whole.to_owned(),
                country: group.country,
                group: group.known.to_owned(),
                religion: group.religion,
                types: packed([role.unwrap_or_default(), group.second]),
            };
        }
        if let Some(country) = self.countries.get(code) {
            let kind = actor.sector.map_or("", |sector| kind(sector, true));
            let types = [kind, ""];
            return Party {
                code: format!("{}{kind}", country.cameo),
                country: country.cameo,
                types,
                ..Party::default()
            };
        }
        let kind = actor.sector.map_or("", |sector| kind(sector, false));
        Party {
            code: kind.to_owned(),
            group: code.to_owned(),
            types: [kind, ""],
            ..Party::default()
        }
    }
}

/// The type that CAMEO has for a sector, of a state's people or else of nobody's.
fn kind(sector: Sector, of_state: bool) -> &'static str {
    match sector {
        Sector::Par => "UAF",
        Sector::Ter if of_state => "INS",
        Sector::Ter => "IMG",
        Sector::Unk => "",
        other => other.code(),
    }
}

fn packed([first, second]: [&'static str; 2]) -> [&'static str; 2] {
    if first.is_empty() { [second, ""] } else { [first, second] }
}

/// The lines of a table, `-` read as nothing. A line of another width would be a fault of the file; the test below finds it.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let cells: Vec<&str> =
            line.split('\t').map(|cell| if cell == "-" { "" } else { cell }).collect();
        cells.try_into().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(code: &str, sector: Sector) -> Actor {
        Actor { code: Some(code.into()), sector: Some(sector), ..Actor::default() }
    }

    #[test]
    fn every_line_of_the_tables_is_read() {
        let lines = |table: &str| table.lines().filter(|line| !line.starts_with('#')).count();
        let codes = Codes::new();
        assert_eq!(codes.countries.len(), lines(include_str!("codes/countries.tsv")));
        assert_eq!(codes.groups.len(), lines(include_str!("codes/groups.tsv")));
        assert_eq!(codes.goldstein.len(), lines(include_str!("codes/goldstein.tsv")));
        for (code, country) in &codes.countries {
            assert!(
                code.len() == 3 && country.cameo.len() == 3 && country.fips.len() == 2,
                "{code}"
            );
        }
        for group in codes.groups.values() {
            let parts = [group.country, group.known, group.religion, group.second];
            assert!(parts.iter().all(|part| group.whole.contains(part)), "{}", group.whole);
            assert!(ROLES.iter().any(|role| group.whole.contains(role)), "{}", group.whole);
        }
    }

    /// Every code that `knowledge/` may give an event has a weight.
    #[test]
    fn every_cameo_code_has_a_weight() {
        let codes = Codes::new();
        let table = include_str!("../../../../knowledge/ontology/cameo.tsv");
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let code = line.split('\t').nth(4).unwrap();
            assert!(codes.goldstein(code).is_some(), "{code}");
        }
        assert_eq!(codes.goldstein("0874"), Some(10.0));
        assert_eq!(codes.goldstein("1712"), Some(-9.2));
        assert_eq!(codes.goldstein("x"), None);
    }

    #[test]
    fn parties_in_cameo_terms() {
        let codes = Codes::new();
        let party = |code, sector| codes.party(&actor(code, sector)).code;
        assert_eq!(party("USA", Sector::Mil), "USAMIL");
        assert_eq!(party("ROU", Sector::Gov), "ROMGOV");
        assert_eq!(party("COL", Sector::Par), "COLUAF");
        assert_eq!(party("NAT", Sector::Igo), "IGOWSTNAT");
        assert_eq!(party("USA", Sector::Unk), "USA");
        let group = codes.party(&actor("BOKO", Sector::Ter));
        assert_eq!((group.code.as_str(), group.group.as_str()), ("IMG", "BOKO"));
        let nato = codes.party(&actor("NAT", Sector::Igo));
        assert_eq!((nato.country, nato.group.as_str(), nato.types), ("WST", "NAT", ["IGO", ""]));
        assert_eq!(codes.party(&Actor::default()), Party::default());
    }
}

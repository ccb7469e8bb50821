//! Where is where: the gazetteer.
//!
//! In go the lists of `places/`, out comes [`Places`], which answers what a name in a text may be as
//! a place. At "Tripoli" it gives the capital of Libya first and then the city of Lebanon.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::files::{self, SourceFile};
use crate::fold;
use crate::names::{NameIndex, Named};
use crate::nearest::hint;
use crate::{Fault, Text};

/// What kind of place a line of the gazetteer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the kinds are listed in knowledge/README.md")]
pub enum PlaceKind {
    Capital,
    City,
    Region,
    Water,
    Area,
}

impl PlaceKind {
    /// The kind that a file writes so, or `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "capital" => Self::Capital,
            "city" => Self::City,
            "region" => Self::Region,
            "water" => Self::Water,
            "area" => Self::Area,
            _ => return None,
        })
    }
}

const KINDS: [&str; 5] = ["capital", "city", "region", "water", "area"];

/// One line of the gazetteer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct PlaceEntry {
    /// Name as the record writes it.
    pub name: Text,
    /// ISO 3166-1 alpha-3; `None` for waters and areas of several states.
    pub country: Option<Text>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Kind of place.
    pub kind: PlaceKind,
    /// People living there; 0 where that is not known.
    pub population: u64,
}

/// A name and the line it stands for.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct PlaceName {
    name: Text,
    entry: u32,
}

impl Named for PlaceName {
    fn name(&self) -> &str {
        &self.name
    }
}

/// The gazetteer, indexed by name.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Places {
    /// Lines in file order.
    pub entries: Vec<PlaceEntry>,
    names: Vec<PlaceName>,
    by_name: NameIndex,
}

impl Places {
    /// The longest place name that starts at byte `at` of `text` and ends at a word's end: its
    /// length in bytes and every place of that name, most people first.
    ///
    /// Names are compared as in [`crate::Actors::name_at`].
    pub fn place_at<'k>(&'k self, text: &str, at: usize) -> Option<(usize, Vec<&'k PlaceEntry>)> {
        let found = self.by_name.find(&self.names, text, at)?;
        let names = self.names.get(found.entries)?;
        let places = names.iter().filter_map(|name| self.entries.get(name.entry as usize));
        Some((found.len, places.collect()))
    }
}

/// Whether a path below `knowledge/` is that of a list of places.
pub(crate) fn is_gazetteer(path: &str) -> bool {
    files::is_in(path, "places/", "tsv")
}

/// The list that others are laid over.
const GAZETTEER: &str = "places/gazetteer.tsv";

/// Reads the lists of places; faults are added to `faults`. A line of another list takes the place of all lines of
/// `gazetteer.tsv` with its name and country.
pub(crate) fn read<'f>(
    files: impl Iterator<Item = &'f SourceFile> + Clone,
    faults: &mut Vec<Fault>,
) -> Places {
    let columns = |line: &'f str| {
        let mut columns = line.split('\t');
        (columns.next(), columns.nth(1))
    };
    let others = files.clone().filter(|file| file.path != GAZETTEER);
    let said_anew: BTreeSet<_> =
        others.flat_map(SourceFile::rows).map(|(_, line)| columns(line)).collect();
    let mut places = Places::default();
    for file in files {
        let below = file.path == GAZETTEER && !said_anew.is_empty();
        let hidden = |line| below && said_anew.contains(&columns(line));
        add(file, hidden, &mut places, faults);
    }
    let entries = &places.entries;
    let people = |name: &PlaceName| entries.get(name.entry as usize).map_or(0, |e| e.population);
    places.by_name = NameIndex::build(&mut places.names, |a, b| {
        people(b).cmp(&people(a)).then(a.entry.cmp(&b.entry))
    });
    places
}

/// Adds the lines of one list, but those that are `hidden`.
fn add<'f>(
    file: &'f SourceFile,
    hidden: impl Fn(&'f str) -> bool,
    places: &mut Places,
    faults: &mut Vec<Fault>,
) {
    let mut last = "";
    for (at, line) in file.rows() {
        let entry = match entry(line) {
            Ok(entry) => entry,
            Err((column, message, hint)) => {
                faults.push(file.fault(at + column, message, hint));
                continue;
            }
        };
        let name = line.split('\t').next().unwrap_or("");
        if name < last {
            let message = format!("`{name}` must stand before `{last}`");
            faults.push(file.fault(at, message, Some("lines are sorted by name".into())));
        }
        last = name;
        if hidden(line) {
            continue;
        }
        let number = places.entries.len() as u32;
        places.names.push(PlaceName { name: name.into(), entry: number });
        // A line may give the same name twice in other letters.
        let mut own = vec![name];
        for other in line.split('\t').nth(1).unwrap_or("").split('|').map(str::trim) {
            let known = |one: &&str| fold::compare(other, one) == std::cmp::Ordering::Equal;
            if !other.is_empty() && !own.iter().any(known) {
                own.push(other);
                places.names.push(PlaceName { name: other.into(), entry: number });
            }
        }
        places.entries.push(entry);
    }
}

type LineFault = (usize, String, Option<String>);

/// Reads one line; a fault comes with the byte of the line where it stands.
fn entry(line: &str) -> Result<PlaceEntry, LineFault> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[name, _, country, lat, lon, kind, population] = columns.as_slice() else {
        let message = format!("seven columns are expected, not {}", columns.len());
        let hint = "name, other names, country, latitude, longitude, kind, population";
        return Err((0, message, Some(hint.to_owned())));
    };
    // Every column is a slice of the line.
    let at = |column: &str| column.as_ptr() as usize - line.as_ptr() as usize;
    if !name.starts_with(char::is_alphanumeric) {
        return Err((0, "a name must begin with a letter or digit".to_owned(), None));
    }
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !is_code(country) {
        let hint = "write an ISO 3166-1 code of three capitals, or leave it empty";
        return Err((at(country), format!("`{country}` is no country"), Some(hint.to_owned())));
    }
    let degrees = |column: &str, most: f64| -> Result<f64, LineFault> {
        column
            .parse::<f64>()
            .ok()
            .filter(|degrees| degrees.abs() <= most)
            .ok_or_else(|| (at(column), format!("`{column}` is no number of degrees"), None))
    };
    Ok(PlaceEntry {
        name: name.into(),
        country: (!country.is_empty()).then(|| country.into()),
        lat: degrees(lat, 90.0)?,
        lon: degrees(lon, 180.0)?,
        kind: PlaceKind::from_word(kind)
            .ok_or_else(|| (at(kind), format!("unknown kind `{kind}`"), hint(kind, KINDS)))?,
        population: if population.is_empty() {
            0
        } else {
            population.parse().map_err(|_| {
                (at(population), format!("`{population}` is no number of people"), None)
            })?
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> (Places, Vec<String>) {
        let file = SourceFile::new(GAZETTEER.into(), "g.tsv".into(), text.into());
        let mut faults = Vec::new();
        let places = read(std::iter::once(&file), &mut faults);
        (places, faults.iter().map(ToString::to_string).collect())
    }

    const LINES: &str = "Beijing\tPeking\tCHN\t39.9\t116.4\tcapital\t18960744\n\
        Red Sea\t\t\t20\t38\twater\t\n\
        São Paulo\t\tBRA\t-23.5\t-46.6\tcity\t10021295\n\
        Tripoli\t\tLBN\t34.4\t35.8\tcity\t229398\n\
        Tripoli\tTarabulus\tLBY\t32.9\t13.2\tcapital\t1150989\n";

    #[test]
    fn places_of_one_name_come_by_people() {
        let (places, faults) = places(LINES);
        assert_eq!(faults, Vec::<String>::new());
        let (len, found) = places.place_at("in Tripoli, Libya", 3).unwrap();
        let countries: Vec<_> = found.iter().map(|place| place.country.as_deref()).collect();
        assert_eq!((len, countries), (7, vec![Some("LBY"), Some("LBN")]));
        assert_eq!(places.place_at("Peking", 0).unwrap().1[0].name, "Beijing");
        assert_eq!(places.place_at("Sao Paulo", 0).unwrap().1[0].country.as_deref(), Some("BRA"));
        assert_eq!(places.place_at("Red Sea", 0).unwrap().1[0].country, None);
        assert!(places.place_at("red sea", 0).is_none());
    }

    #[test]
    fn faults_have_their_place() {
        let (_, faults) = places(
            "B\t\tCHN\t99\t1\tcity\t1\nA\t\tCHN\t9\t1\tcty\t1\nB\t\tCHN\t9\t1\tcity\t\n\
             A\t\tchina\t9\t1\tcity\t\nA\t\t\t9\t1\tcity\t\nX\n",
        );
        let expected = [
            "g.tsv:1:8: `99` is no number of degrees",
            "g.tsv:2:12: unknown kind `cty`; did you mean `city`?",
            "g.tsv:4:4: `china` is no country; write an ISO 3166-1 code of three capitals, or leave it empty",
            "g.tsv:5:1: `A` must stand before `B`; lines are sorted by name",
            "g.tsv:6:1: seven columns are expected, not 1; name, other names, country, latitude, longitude, kind, population",
        ];
        assert_eq!(faults, expected);
    }
}

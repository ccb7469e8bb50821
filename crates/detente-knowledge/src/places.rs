//! Where is where: the gazetteer.

/// What kind of place a line of the gazetteer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the kinds are listed in knowledge/README.md")]
pub enum PlaceKind {
    Capital,
    City,
    Region,
    Water,
    Area,
}

/// One line of the gazetteer.
#[derive(Debug, Clone)]
pub struct PlaceEntry {
    /// Name as the record writes it.
    pub name: String,
    /// ISO 3166-1 alpha-3; `None` for waters and areas of several states.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Kind of place.
    pub kind: PlaceKind,
    /// People living there; 0 where that is not known.
    pub population: u64,
}

/// The gazetteer, indexed by name.
#[derive(Debug, Default)]
pub struct Places {
    /// Lines in file order.
    pub entries: Vec<PlaceEntry>,
}

impl Places {
    /// The longest place name that starts at byte `at` of `text` and ends at a word's end: its
    /// length in bytes and every place of that name, most people first.
    pub fn place_at<'k>(&'k self, _text: &str, _at: usize) -> Option<(usize, Vec<&'k PlaceEntry>)> {
        None
    }
}

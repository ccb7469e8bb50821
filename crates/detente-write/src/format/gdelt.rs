//! Events as the event table of GDELT 2.0: 61 columns parted by tabs, without a head, one line for each directed pair.
//!
//! Tools for GDELT's `export.CSV` read it. What GDELT has and a record has not is left empty: the tone, where the actors (not the
//! action) are, ethnic groups. Dates are those of the event, or the document's where the text gives none; of a date that is not exact
//! the first day counts. Events that did not come about (hypothetical, denied) have no place in the codes and are left out. The
//! columns are told one by one in `docs/exports.md`.

use std::io;

use detente_core::{Actor, Event, EventStatus, Place, Record};
use jiff::civil::Date;

use super::codes::{Codes, Party};
use super::dyads::dyads;
use super::{Out, RecordWriter, Tally};
use crate::days;

/// How many columns a line has.
const WIDTH: usize = 61;

pub(super) struct Gdelt<'w> {
    codes: Codes,
    out: Out<'w>,
    tally: Vec<Tally>,
}

impl<'w> Gdelt<'w> {
    pub(super) fn new(out: Out<'w>) -> Self {
        Self { codes: Codes::new(), out, tally: Vec::new() }
    }
}

impl RecordWriter for Gdelt<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        let mut lines = String::new();
        let once = Tally { mentions: 1, sources: 1, documents: 1 };
        for (place, event) in record.events.iter().enumerate() {
            let tally = self.tally.get(place).copied().unwrap_or(once);
            let told = matches!(event.status, EventStatus::Actual | EventStatus::Planned);
            let Some(cameo) = event.cameo.as_deref().filter(|_| told) else { continue };
            for (number, sides) in dyads(event).into_iter().enumerate() {
                let mut line = Line::default();
                event_columns(&mut line, record, event, number);
                self.party(&mut line, sides.0);
                self.party(&mut line, sides.1);
                self.action(&mut line, record, event, cameo, tally);
                line.empty_place();
                line.empty_place();
                self.place(&mut line, event.place.as_ref());
                let added =
                    record.document.date.as_deref().map(|date| date.replace('-', "") + "000000");
                line.put(added.as_deref().unwrap_or_default());
                let document = &record.document;
                line.put(document.url.as_deref().unwrap_or(&document.source));
                debug_assert_eq!(line.cells, WIDTH);
                lines.push_str(&line.text);
                lines.push('\n');
            }
        }
        self.tally.clear();
        self.out.write_all(lines.as_bytes())
    }

    fn tally(&mut self, tally: &[Tally]) {
        self.tally = tally.to_vec();
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Gdelt<'_> {
    /// Columns 6 to 15 or 16 to 25: who.
    fn party(&self, line: &mut Line, actor: Option<&Actor>) {
        let Some(actor) = actor else { return line.skip(10) };
        let Party { code, country, group, religion, types } = self.codes.party(actor);
        let country_name = || Some(self.codes.country(actor.code.as_deref()?)?.name);
        let name = actor.name.as_deref().or_else(country_name).or(actor.text.as_deref());
        line.put(&code);
        line.put(&name.unwrap_or_default().to_uppercase());
        line.put(country);
        line.put(&group);
        line.skip(1);
        line.put(religion);
        line.skip(1);
        line.put(types[0]);
        line.put(types[1]);
        line.skip(1);
    }

    /// Columns 26 to 35: what.
    fn action(&self, line: &mut Line, record: &Record, event: &Event, cameo: &str, tally: Tally) {
        let root = cameo.get(..2).unwrap_or(cameo);
        line.put(if in_first_paragraph(record, event) { "1" } else { "0" });
        line.put(cameo);
        line.put(cameo.get(..3).unwrap_or(cameo));
        line.put(root);
        line.put(quad(root));
        line.put(
            &self.codes.goldstein(cameo).map_or(String::new(), |weight| format!("{weight:.1}")),
        );
        for count in [tally.mentions, tally.sources, tally.documents] {
            line.put(&count.to_string());
        }
        line.skip(1);
    }

    /// Columns 52 to 59: where.
    fn place(&self, line: &mut Line, place: Option<&Place>) {
        let Some(place) = place else { return line.empty_place() };
        let code = place.country.as_deref().unwrap_or_default();
        let country = self.codes.country(code);
        let whole = country.is_some_and(|country| country.name == place.name);
        line.put(match code {
            _ if whole => "1",
            "USA" => "3",
            _ => "4",
        });
        let country_name = country.map(|country| country.name).filter(|_| !whole);
        let full = country_name.map(|country| format!("{}, {country}", place.name));
        line.put(full.as_deref().unwrap_or(&place.name));
        let fips = country.map_or("", |country| country.fips);
        line.put(fips);
        line.put(fips);
        line.skip(1);
        for degrees in [place.lat, place.lon] {
            line.put(&degrees.map_or(String::new(), |degrees| degrees.to_string()));
        }
        line.skip(1);
    }
}

/// Columns 1 to 5: which event, and when.
fn event_columns(line: &mut Line, record: &Record, event: &Event, number: usize) {
    line.put(&identifier(&event.id, number).to_string());
    let date = event.date.as_deref().or(record.document.date.as_deref());
    let Some((day, _)) = date.and_then(days::span) else {
        return line.skip(4);
    };
    line.put(&format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()));
    line.put(&format!("{:04}{:02}", day.year(), day.month()));
    line.put(&format!("{:04}", day.year()));
    line.put(&fraction(day));
}

/// A line as it grows.
#[derive(Default)]
struct Line {
    text: String,
    cells: usize,
}

impl Line {
    /// One cell. Tabs and line ends inside would be borders and become spaces.
    fn put(&mut self, cell: &str) {
        if self.cells > 0 {
            self.text.push('\t');
        }
        self.text.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.cells += 1;
    }

    fn skip(&mut self, cells: usize) {
        for _ in 0..cells {
            self.put("");
        }
    }

    /// Columns of a place that is not known: GDELT gives it the type 0.
    fn empty_place(&mut self) {
        self.put("0");
        self.skip(7);
    }
}

/// A number from an event's identifier: positive and the same in each run, as databases of GDELT take it.
fn identifier(id: &str, number: usize) -> u64 {
    let hash = detente_core::stable_id(&[id, &number.to_string()]);
    u64::from_str_radix(&hash, 16).unwrap_or_default() >> 1
}

/// The year and its part that is over, every month counted as 30 days: 2015-02-18 is `2015.1315`.
fn fraction(day: Date) -> String {
    let days = (i32::from(day.month()) - 1) * 30 + i32::from(day.day());
    format!("{:.4}", f64::from(day.year()) + f64::from(days) / 365.0)
}

fn quad(root: &str) -> &'static str {
    match root.parse().unwrap_or(0) {
        1..=5 => "1",
        6..=8 => "2",
        9..=13 => "3",
        14..=20 => "4",
        _ => "",
    }
}

fn in_first_paragraph(record: &Record, event: &Event) -> bool {
    let document = &record.document;
    let paragraph = document.paragraphs.first().copied().unwrap_or_default();
    let sentence = document.sentences.get(event.sentence).map(|sentence| sentence.span);
    sentence.is_some_and(|span| paragraph.overlaps(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_gdelt_has_them() {
        assert_eq!(fraction(jiff::civil::date(2015, 2, 18)), "2015.1315");
        assert_eq!(
            ["01", "05", "06", "09", "13", "14", "20", "x"].map(quad),
            ["1", "1", "2", "3", "3", "4", "4", ""]
        );
        assert_ne!(identifier("5d41a7c20f98be13", 0), identifier("5d41a7c20f98be13", 1));
        assert!(i64::try_from(identifier("ffffffffffffffff", 0)).is_ok());
    }
}

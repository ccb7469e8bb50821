//! Events as JSON lines under the names that POLECAT, the public data set in PLOVER's terms, gives its columns.
//!
//! One object for each directed pair: `{"Event ID": …, "Event Date": "2023-06-19", "Event Type": "CONSULT", "Event Mode": "visit",
//! "Actor Country": "USA", …}`. What is not known is an empty string, as there. `Actor Code` and `Recipient Code` are ours: they name
//! organisations and groups, too, which have no country. `Intensity` is the score of the type. What was denied is left out.

use std::io;

use detente_core::{Actor, Event, EventStatus, Record, Sector};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use super::codes::Codes;
use super::dyads::dyads;
use super::{Out, RecordWriter};

pub(super) struct Plover<'w> {
    codes: Codes,
    out: Out<'w>,
}

impl<'w> Plover<'w> {
    pub(super) fn new(out: Out<'w>) -> Self {
        Self { codes: Codes::new(), out }
    }

    fn line(
        &self,
        record: &Record,
        event: &Event,
        number: usize,
        sides: (Option<&Actor>, Option<&Actor>),
    ) -> Line {
        let document = &record.document;
        let mut line = Line(Vec::new());
        let mut put = |name: &str, value: Value| line.0.push((name.to_owned(), value));
        let word = |text: Option<&str>| Value::from(text.unwrap_or_default());
        put("Event ID", format!("{}-{number}", event.id).into());
        put("Event Date", word(event.date.as_deref().or(document.date.as_deref())));
        put("Event Type", word(Some(&event.kind)));
        put("Event Mode", event.modes.join(";").into());
        put("Intensity", json!(event.score));
        put("Quad Code", word(Some(quad(event))));
        put("Contexts", event.contexts.join(";").into());
        for (side, actor) in [("Actor", sides.0), ("Recipient", sides.1)] {
            let code = actor.and_then(|actor| actor.code.as_deref());
            let country = code.filter(|code| self.codes.country(code).is_some());
            let sector = actor.and_then(|actor| actor.sector).map(Sector::code);
            let text = actor.and_then(|actor| actor.text.as_deref());
            let name = actor.and_then(|actor| actor.name.as_deref());
            let name = name.or(code.filter(|_| country.is_none())).or(text);
            put(&format!("{side} Name"), word(name));
            put(&format!("{side} Code"), word(code));
            put(&format!("{side} Country"), word(country));
            put(&format!("Primary {side} Sector"), word(sector));
            put(&format!("{side} Title"), word(actor.and_then(|actor| actor.role.as_deref())));
            put(&format!("{side} Name Raw"), word(text));
        }
        let place = event.place.as_ref();
        put("Placename", word(place.map(|place| place.name.as_str())));
        put("Country", word(place.and_then(|place| place.country.as_deref())));
        put("Latitude", json!(place.and_then(|place| place.lat)));
        put("Longitude", json!(place.and_then(|place| place.lon)));
        put("Event Status", word(Some(event.status.as_str())));
        put("Source", word(document.publisher.as_deref()));
        put("Publication Date", word(document.date.as_deref()));
        put("Headline", word(document.title.as_deref()));
        put("URL", word(document.url.as_deref()));
        put("Event Text", word(sentence(record, event)));
        put("Language", word(document.language.as_deref()));
        put("Version", format!("{} {}", record.coder.name, record.coder.version).into());
        line
    }
}

/// Names and values in the order in which they are written.
struct Line(Vec<(String, Value)>);

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl RecordWriter for Plover<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        let mut lines = Vec::new();
        for event in &record.events {
            if event.status == EventStatus::Denied {
                continue;
            }
            for (number, sides) in dyads(event).into_iter().enumerate() {
                serde_json::to_writer(&mut lines, &self.line(record, event, number, sides))?;
                lines.push(b'\n');
            }
        }
        self.out.write_all(&lines)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn quad(event: &Event) -> &'static str {
    match event.quad {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        4 => "MATERIAL CONFLICT",
        _ => "",
    }
}

fn sentence<'r>(record: &'r Record, event: &Event) -> Option<&'r str> {
    record.document.sentences.get(event.sentence).map(|sentence| sentence.text.as_str())
}

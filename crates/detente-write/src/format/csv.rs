//! Events as a table, RFC 4180, one line for each directed dyad.
//!
//! "Washington and Paris accused Moscow" is one event and two lines, `USA → RUS` and `FRA → RUS`,
//! with the same `event`. A meeting of `USA` and `CHN` is written both ways, since tools that read
//! tables of dyads count directed ones. An event without recipient is one line with empty recipient
//! columns. To count event mentions, count distinct values of `event`.

use std::borrow::Cow;
use std::io::{self, Write};

use detente_core::{Actor, Event, Record};

use super::RecordWriter;
use super::dyads::dyads;

const HEAD: [&str; 34] = [
    "document",
    "source",
    "url",
    "publisher",
    "title",
    "document_date",
    "event",
    "sentence",
    "date",
    "date_text",
    "type",
    "modes",
    "contexts",
    "status",
    "background",
    "reciprocal",
    "quad",
    "score",
    "cameo",
    "actor",
    "actor_sector",
    "actor_name",
    "actor_text",
    "recipient",
    "recipient_sector",
    "recipient_name",
    "recipient_text",
    "place",
    "place_country",
    "lat",
    "lon",
    "trigger",
    "rule",
    "confidence",
];

pub(super) struct Csv<'w> {
    out: ::csv::Writer<&'w mut dyn Write>,
    headed: bool,
}

impl<'w> Csv<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Self { out: ::csv::Writer::from_writer(out), headed: false }
    }

    fn head(&mut self) -> io::Result<()> {
        if !self.headed {
            self.out.write_record(HEAD)?;
            self.headed = true;
        }
        Ok(())
    }
}

impl RecordWriter for Csv<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        self.head()?;
        for event in &record.events {
            for (actor, recipient) in dyads(event) {
                self.out.write_record(
                    row(record, event, actor, recipient).iter().map(|field| field.as_bytes()),
                )?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.head()?;
        self.out.flush()
    }
}

fn row<'a>(
    record: &'a Record,
    event: &'a Event,
    actor: Option<&'a Actor>,
    recipient: Option<&'a Actor>,
) -> [Cow<'a, str>; HEAD.len()] {
    let text = |field: &'a Option<String>| Cow::from(field.as_deref().unwrap_or_default());
    let list = |names: &[String]| Cow::from(names.join(";"));
    let number = |value: Option<f64>| Cow::from(value.map_or(String::new(), |v| v.to_string()));
    let [actor, actor_sector, actor_name, actor_text] = party(actor);
    let [recipient, recipient_sector, recipient_name, recipient_text] = party(recipient);
    let place = event.place.as_ref();
    [
        Cow::from(&record.document.id),
        Cow::from(&record.document.source),
        text(&record.document.url),
        text(&record.document.publisher),
        text(&record.document.title),
        text(&record.document.date),
        Cow::from(&event.id),
        Cow::from(event.sentence.to_string()),
        text(&event.date),
        text(&event.date_text),
        Cow::from(&event.kind),
        list(&event.modes),
        list(&event.contexts),
        Cow::from(event.status.as_str()),
        Cow::from(if event.background { "true" } else { "false" }),
        Cow::from(if event.reciprocal { "true" } else { "false" }),
        Cow::from(event.quad.to_string()),
        Cow::from(event.score.to_string()),
        text(&event.cameo),
        actor,
        actor_sector,
        actor_name,
        actor_text,
        recipient,
        recipient_sector,
        recipient_name,
        recipient_text,
        Cow::from(place.map_or("", |p| p.name.as_str())),
        Cow::from(place.and_then(|p| p.country.as_deref()).unwrap_or_default()),
        number(place.and_then(|p| p.lat)),
        number(place.and_then(|p| p.lon)),
        Cow::from(&event.trigger.text),
        Cow::from(&event.rule),
        Cow::from(event.confidence.to_string()),
    ]
}

/// Code, sector, name and text of one side of a dyad.
fn party(actor: Option<&Actor>) -> [Cow<'_, str>; 4] {
    let Some(actor) = actor else { return [const { Cow::Borrowed("") }; 4] };
    let text = |field: &'_ Option<String>| Cow::from(field.clone().unwrap_or_default());
    [
        text(&actor.code),
        Cow::from(actor.sector.map_or("", detente_core::Sector::code)),
        text(&actor.name),
        text(&actor.text),
    ]
}

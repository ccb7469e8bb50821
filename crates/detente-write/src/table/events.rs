//! One row for each directed pair of parties of an event.

use super::{
    Cell, Column, DOCUMENT, Kind, Rows, Table, column, count, day, document, list, maybe, number,
    text, with_document,
};
use crate::days;
use crate::format::dyads::dyads;
use detente_core::{Actor, Record, Sector};

pub(super) const TABLE: Table = Table {
    name: "events",
    about: "one row for each directed pair of actor and recipient",
    columns: &COLUMNS,
    rows,
};

const COLUMNS: [Column; 38] = with_document([
    column(
        "event",
        Kind::Text,
        "identifier of the event mention; rows with the same one are one mention",
    ),
    column("sentence", Kind::Integer, "which sentence of the document, from 0"),
    column(
        "date",
        Kind::Text,
        "when it happened, as exactly as is known: `2024-05-13`, `2024-05`, `2024-05-13/2024-05-19`",
    ),
    column("date_text", Kind::Text, "the words that say when"),
    column("type", Kind::Text, "one of the sixteen types"),
    column("modes", Kind::Text, "modes of the type"),
    column("contexts", Kind::Text, "contexts"),
    column("status", Kind::Text, "`actual`, `planned`, `hypothetical`, `denied`"),
    column("background", Kind::Truth, "recalled rather than reported"),
    column(
        "reciprocal",
        Kind::Truth,
        "all parties act; the row has its counterpart with the sides exchanged",
    ),
    column(
        "quad",
        Kind::Integer,
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
    ),
    column("score", Kind::Number, "-10 conflict to 10 cooperation"),
    column("cameo", Kind::Text, "CAMEO code; text, for it may begin with a zero"),
    column("actor", Kind::Text, "code of who acts"),
    column("actor_sector", Kind::Text, "its sector"),
    column("actor_name", Kind::Text, "its name, where it is known"),
    column("actor_text", Kind::Text, "the words that name it"),
    column("recipient", Kind::Text, "code of to, with or towards whom"),
    column("recipient_sector", Kind::Text, "its sector"),
    column("recipient_name", Kind::Text, "its name, where it is known"),
    column("recipient_text", Kind::Text, "the words that name it"),
    column("place", Kind::Text, "where it happened"),
    column("place_country", Kind::Text, "in which country"),
    column("lat", Kind::Number, "degrees north"),
    column("lon", Kind::Number, "degrees east"),
    column("trigger", Kind::Text, "the words that the event rests on"),
    column("rule", Kind::Text, "the rule that read it"),
    column("confidence", Kind::Number, "0 to 1: how likely type and parties are right"),
    column("first_day", Kind::Day, "first day that `date` covers"),
    column("last_day", Kind::Day, "last day that `date` covers"),
    column("speaker", Kind::Text, "code of whose word it is; empty where it is the text's own"),
    column("speaker_sector", Kind::Text, "sector of that speaker"),
]);

fn rows(record: &Record, take: &mut Rows<'_>) {
    for event in &record.events {
        let place = event.place.as_ref();
        let span = event.date.as_deref().and_then(days::span);
        let speaker = event.attribution.as_ref().and_then(|said| said.speaker.as_ref());
        for (actor, recipient) in dyads(event) {
            let mut cells = Vec::with_capacity(COLUMNS.len());
            cells.extend(document(record));
            cells.extend([
                text(&event.id),
                count(event.sentence),
                maybe(event.date.as_deref()),
                maybe(event.date_text.as_deref()),
                text(&event.kind),
                list(event.modes.iter().map(String::as_str)),
                list(event.contexts.iter().map(String::as_str)),
                text(event.status.as_str()),
                Cell::Truth(event.background),
                Cell::Truth(event.reciprocal),
                Cell::Integer(i64::from(event.quad)),
                Cell::Number(event.score),
                maybe(event.cameo.as_deref()),
            ]);
            cells.extend(party(actor));
            cells.extend(party(recipient));
            cells.extend([
                maybe(place.map(|place| place.name.as_str())),
                maybe(place.and_then(|place| place.country.as_deref())),
                number(place.and_then(|place| place.lat)),
                number(place.and_then(|place| place.lon)),
                text(&event.trigger.text),
                text(&event.rule),
                Cell::Number(event.confidence),
                day(span.map(|(first, _)| first)),
                day(span.map(|(_, last)| last)),
                maybe(speaker.and_then(|speaker| speaker.code.as_deref())),
                maybe(speaker.and_then(|speaker| speaker.sector).map(Sector::code)),
            ]);
            debug_assert_eq!(cells.len(), DOCUMENT.len() + 32);
            take(&cells);
        }
    }
}

/// Code, sector, name and text of one side of a dyad.
pub(super) fn party(actor: Option<&Actor>) -> [Cell<'_>; 4] {
    [
        maybe(actor.and_then(|actor| actor.code.as_deref())),
        maybe(actor.and_then(|actor| actor.sector).map(Sector::code)),
        maybe(actor.and_then(|actor| actor.name.as_deref())),
        maybe(actor.and_then(|actor| actor.text.as_deref())),
    ]
}

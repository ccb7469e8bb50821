//! One row for each statement: who said what, in which words, or what somebody did not say.

use super::events::party;
use super::{
    Cell, Column, Kind, Rows, Table, column, count, document, list, maybe, text, with_document,
};
use detente_core::{Record, Sector};

pub(super) const TABLE: Table = Table {
    name: "statements",
    about: "one row for each statement: who said what",
    columns: &COLUMNS,
    rows,
};

const COLUMNS: [Column; 22] = with_document([
    column(
        "statement",
        Kind::Text,
        "identifier of the statement; the attribution of events names it",
    ),
    column("sentence", Kind::Integer, "which sentence of the document it begins in, from 0"),
    column(
        "kind",
        Kind::Text,
        "`direct`, `indirect`, `mixed`, or `scare` for a term in quotation marks",
    ),
    column("speaker", Kind::Text, "code of who said it"),
    column("speaker_sector", Kind::Text, "sector of the speaker"),
    column("speaker_name", Kind::Text, "name of the speaker, where it is known"),
    column("speaker_text", Kind::Text, "the words that name the source"),
    column("joint", Kind::Text, "codes of all speakers, where more than one speaks"),
    column("cue", Kind::Text, "the words that mark the saying"),
    column(
        "content",
        Kind::Text,
        "what was said; pieces that the report parts are joined by ` … `",
    ),
    column(
        "unsaid",
        Kind::Truth,
        "whether the text tells that it was *not* said: \"has not said whether\"",
    ),
    column("about", Kind::Text, "what it is said of, where that stands before the cue"),
    column("quotes", Kind::Integer, "how many quotations are in it"),
    column("audience", Kind::Text, "code of to whom it was said"),
    column("audience_sector", Kind::Text, "sector of the audience"),
    column("begin", Kind::Integer, "first byte of the content in the document's text"),
]);

fn rows(record: &Record, take: &mut Rows<'_>) {
    for statement in &record.statements {
        let audience = statement.audience.as_ref();
        let mut cells = Vec::with_capacity(COLUMNS.len());
        cells.extend(document(record));
        cells.extend([
            text(&statement.id),
            count(statement.sentence),
            text(statement.kind.as_str()),
        ]);
        cells.extend(party(statement.speaker.as_ref()));
        cells.extend([
            list(statement.joint.iter().filter_map(|speaker| speaker.code.as_deref())),
            maybe(statement.cue.as_ref().map(|cue| cue.text.as_str())),
            Cell::Text(statement.said().into()),
            Cell::Truth(statement.unsaid),
            maybe(statement.about.as_ref().map(|about| about.text.as_str())),
            count(statement.quotes.len()),
            maybe(audience.and_then(|audience| audience.code.as_deref())),
            maybe(audience.and_then(|audience| audience.sector).map(Sector::code)),
            count(statement.content.span.start),
        ]);
        take(&cells);
    }
}

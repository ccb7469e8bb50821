//! One row for each issue that a text brings up between parties.

use super::{Column, Kind, Rows, Table, column, count, document, list, text, with_document};
use detente_core::Record;

pub(super) const TABLE: Table = Table {
    name: "issues",
    about: "one row for each mention of what parties are at odds over, work on together or talked about",
    columns: &COLUMNS,
    rows,
};

const COLUMNS: [Column; 12] = with_document([
    column("topic", Kind::Text, "stable name of the topic"),
    column("label", Kind::Text, "its name for people"),
    column("between", Kind::Text, "codes of the parties"),
    column("stance", Kind::Text, "`contested`, `shared`, `discussed`"),
    column("sentence", Kind::Integer, "which sentence of the document, from 0"),
    column("text", Kind::Text, "the words that name it"),
]);

fn rows(record: &Record, take: &mut Rows<'_>) {
    for issue in &record.issues {
        let mut cells = Vec::with_capacity(COLUMNS.len());
        cells.extend(document(record));
        cells.extend([
            text(&issue.topic),
            text(&issue.label),
            list(issue.between.iter().map(String::as_str)),
            text(issue.stance.as_str()),
            count(issue.sentence),
            text(&issue.text),
        ]);
        take(&cells);
    }
}

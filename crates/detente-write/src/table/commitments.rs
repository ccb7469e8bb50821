//! One row for each mention of a commitment, so that its way from status to status can be followed.

use super::{Column, Kind, Rows, Table, column, count, document, list, maybe, text, with_document};
use detente_core::Record;

pub(super) const TABLE: Table = Table {
    name: "commitments",
    about: "one row for each mention of something that parties agreed to bring about",
    columns: &COLUMNS,
    rows,
};

const COLUMNS: [Column; 14] = with_document([
    column(
        "commitment",
        Kind::Text,
        "identifier of the commitment; rows with the same one are one commitment",
    ),
    column("kind", Kind::Text, "working group, dialogue, treaty, ceasefire …"),
    column("subject", Kind::Text, "what it is about, in the text's words"),
    column("parties", Kind::Text, "codes of the parties"),
    column(
        "status",
        Kind::Text,
        "where it stands after the document's last mention: `announced`, `started`, `held`, `suspended`, `ended`, `broken`",
    ),
    column("sentence", Kind::Integer, "which sentence of the document this mention is in, from 0"),
    column("mention_status", Kind::Text, "the status that this mention gives it"),
    column("text", Kind::Text, "the words of this mention"),
]);

fn rows(record: &Record, take: &mut Rows<'_>) {
    for commitment in &record.commitments {
        for mention in &commitment.mentions {
            let mut cells = Vec::with_capacity(COLUMNS.len());
            cells.extend(document(record));
            cells.extend([
                text(&commitment.id),
                text(&commitment.kind),
                maybe(commitment.subject.as_deref()),
                list(commitment.parties.iter().map(String::as_str)),
                text(commitment.status.as_str()),
                count(mention.sentence),
                text(mention.status.as_str()),
                text(&mention.text),
            ]);
            take(&cells);
        }
    }
}

//! Events as JSON lines, one for each directed pair: what `csv` has as columns, with the parties as objects.
//!
//! "Washington and Paris accused Moscow" is one event and two lines, `USA → RUS` and `FRA → RUS`, with the same `event`; a
//! meeting is written both ways. A side that the text does not name is absent.

use std::io;

use detente_core::{Actor, EventStatus, Place, QuadClass, Record};
use serde::Serialize;

use super::dyads::dyads;
use super::{Out, RecordWriter};

#[derive(Serialize)]
struct Line<'r> {
    document: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_date: Option<&'r str>,
    event: &'r str,
    sentence: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'r str>,
    #[serde(rename = "type")]
    kind: &'r str,
    modes: &'r [String],
    contexts: &'r [String],
    status: EventStatus,
    background: bool,
    reciprocal: bool,
    quad: QuadClass,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cameo: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'r Actor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'r Actor>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'r Place>,
    rule: &'r str,
    confidence: f64,
}

pub(super) struct Flat<'w> {
    out: Out<'w>,
}

impl<'w> Flat<'w> {
    pub(super) fn new(out: Out<'w>) -> Self {
        Self { out }
    }
}

impl RecordWriter for Flat<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        let mut lines = Vec::new();
        for event in &record.events {
            for (source, target) in dyads(event) {
                let line = Line {
                    document: &record.document.id,
                    url: record.document.url.as_deref(),
                    document_date: record.document.date.as_deref(),
                    event: &event.id,
                    sentence: event.sentence,
                    date: event.date.as_deref(),
                    kind: &event.kind,
                    modes: &event.modes,
                    contexts: &event.contexts,
                    status: event.status,
                    background: event.background,
                    reciprocal: event.reciprocal,
                    quad: event.quad,
                    score: event.score,
                    cameo: event.cameo.as_deref(),
                    source,
                    target,
                    place: event.place.as_ref(),
                    rule: &event.rule,
                    confidence: event.confidence,
                };
                serde_json::to_writer(&mut lines, &line)?;
                lines.push(b'\n');
            }
        }
        self.out.write_all(&lines)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

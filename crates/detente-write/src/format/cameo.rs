//! Events as the five columns that tools for CAMEO data take: date, source, target, code, words; parted by tabs, without a head.
//!
//! `20230619 USAGOV CHNGOV 042 met with`. The date is the event's (the first day where it covers several), or the document's where the
//! text gives none, as in the files of TABARI and PETRARCH; a party is its code and sector, `---` where it is not named. What was denied, or may only come about, is left out,
//! for the codes have no place for it: a plan has the code of a promise.

use std::io::{self, Write};

use detente_core::{Actor, EventStatus, Record, Sector};

use super::dyads::dyads;
use super::{Out, RecordWriter};
use crate::days;

pub(super) struct Cameo<'w> {
    out: Out<'w>,
}

impl<'w> Cameo<'w> {
    pub(super) fn new(out: Out<'w>) -> Self {
        Self { out }
    }
}

impl RecordWriter for Cameo<'_> {
    fn record(&mut self, record: &Record) -> io::Result<()> {
        let mut lines = Vec::new();
        for event in &record.events {
            let told = matches!(event.status, EventStatus::Actual | EventStatus::Planned);
            let Some(code) = event.cameo.as_deref().filter(|_| told) else { continue };
            let date = event.date.as_deref().or(record.document.date.as_deref());
            let first = date.and_then(days::span).map(|(first, _)| first.to_string());
            let date = first.unwrap_or_default().replace('-', "");
            let words = event.trigger.text.split_whitespace().collect::<Vec<_>>().join(" ");
            for (source, target) in dyads(event) {
                let (source, target) = (party(source), party(target));
                writeln!(lines, "{date}\t{source}\t{target}\t{code}\t{words}")?;
            }
        }
        self.out.write_all(&lines)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// `USAGOV`, `UNOIGO`, `---CVL`, or `---` for a side that is not named.
fn party(actor: Option<&Actor>) -> String {
    let code = actor.and_then(|actor| actor.code.as_deref()).unwrap_or("---");
    let sector = actor.and_then(|actor| actor.sector).map_or("", Sector::code);
    format!("{code}{sector}")
}

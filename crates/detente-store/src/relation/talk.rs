//! What one side says of the other: statements whose speaker is of the one, and in which something is told of the other, or of an issue with it.

use serde::Serialize;

use super::{Asked, Side, Talk};
use crate::db::Store;
use crate::error::StoreError;
use crate::query::{Sign, Table};

/// One statement.
#[derive(Debug, Clone, Serialize)]
pub struct Saying {
    /// The day of the document.
    pub date: String,
    /// Who says it, by name or in the words of the text.
    pub speaker: String,
    /// The office, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// In the speaker's own words, reported, or both.
    pub kind: &'static str,
    /// What is said.
    pub text: String,
    /// Who published it, else where it lay.
    pub source: String,
    /// Address, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Identifier of the document.
    pub document: String,
}

impl Store {
    pub(super) fn talk(&self, by: &Side, of: &Side, asked: &Asked) -> Result<Talk, StoreError> {
        let mut talk = Talk { speaker: by.to_string(), about: of.to_string(), ..Talk::default() };
        if of.codes().is_empty() {
            return Ok(talk); // what is said of a sector is not known by it
        }
        let query = asked.query().sign(Sign::Speaker, by.words()).sign(Sign::About, of.codes());
        let rows = self.rows(Table::Statements, &query)?;
        for row in rows {
            if self.copied(row.document.id, asked.scope)?.is_some() {
                continue;
            }
            talk.statements += 1;
            if talk.latest.len() >= asked.most {
                continue;
            }
            let record = self.record_of(row.document.id)?;
            let statement = record.as_ref().and_then(|record| record.statements.get(row.position));
            let Some(statement) = statement else { continue };
            let speaker = statement.speaker.as_ref();
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let name =
                speaker.and_then(|speaker| speaker.name.as_deref().or(speaker.text.as_deref()));
            talk.latest.push(Saying {
                date: super::date(row.day),
                speaker: words(name.unwrap_or_default()),
                role: speaker.and_then(|speaker| speaker.role.clone()),
                kind: statement.kind.as_str(),
                text: words(&statement.words()),
                source: row.document.publisher.unwrap_or(row.document.source),
                url: row.document.url,
                document: row.document.name,
            });
        }
        Ok(talk)
    }
}

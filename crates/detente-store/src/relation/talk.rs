//! What one side says of the other: statements whose speaker is of the one, and in which something is told of the other, or of an issue with it.
//! What both say together, as a communique, is no talk of the one about the other, nor is what somebody has not said ("would not say whether").

use std::collections::BTreeSet;

use detente_core::{Actor, Statement};
use serde::{Deserialize, Serialize};

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
    /// The words that tell that it is said: "protested", "refused".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue: Option<String>,
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

/// A record as far as it is read here.
#[derive(Deserialize)]
struct Statements {
    statements: Vec<Statement>,
}

impl Store {
    pub(super) fn talk(&self, by: &Side, of: &Side, asked: &Asked) -> Result<Talk, StoreError> {
        let mut talk = Talk { speaker: by.to_string(), about: of.to_string(), ..Talk::default() };
        if of.codes().is_empty() {
            return Ok(talk); // what is said of a sector is not known by it
        }
        let query = asked.query().sign(Sign::Speaker, by.words()).sign(Sign::About, of.codes());
        let both = query.clone().sign(Sign::Speaker, of.words());
        let together: BTreeSet<i64> =
            self.rows(Table::Statements, &both)?.into_iter().map(|row| row.id).collect();
        let rows = self.rows(Table::Statements, &query)?;
        for row in rows.into_iter().filter(|row| !together.contains(&row.id)) {
            if self.copied(row.document.id, asked.scope)?.is_some() {
                continue;
            }
            // Of the record the statements alone are read: there may be thousands of them.
            let line = self.line_of(row.document.id)?;
            let record = line.and_then(|line| serde_json::from_slice::<Statements>(&line).ok());
            let statement = record.as_ref().and_then(|record| record.statements.get(row.position));
            let Some(statement) = statement.filter(|statement| !statement.unsaid) else { continue };
            talk.statements += 1;
            if talk.latest.len() >= asked.most {
                continue;
            }
            let speaker = statement.speaker.as_ref();
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let told = |speaker: &Actor| {
                let text = speaker.text.clone().filter(|text| !is_pronoun(text));
                speaker.name.clone().or(text).or_else(|| speaker.code.clone())
            };
            talk.latest.push(Saying {
                date: super::date(row.day),
                speaker: words(&speaker.and_then(told).unwrap_or_default()),
                role: speaker.and_then(|speaker| speaker.role.clone()),
                kind: statement.kind.as_str(),
                cue: statement.cue.as_ref().map(|cue| words(&cue.text)),
                text: words(&statement.words()),
                source: row.document.publisher.unwrap_or(row.document.source),
                url: row.document.url,
                document: row.document.name,
            });
        }
        Ok(talk)
    }
}

/// Whether a text is a pronoun, which tells a reader nothing where it stands alone.
fn is_pronoun(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    ["i", "we", "he", "she", "it", "they", "who", "which"].contains(&word.as_str())
}

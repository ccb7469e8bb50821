//! Warnings with fixed wording: they stand in records and researchers filter on them.

use serde::{Deserialize, Serialize};

/// What a reader of the record should know about how it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Warning {
    /// The document has no date, so relative expressions stay unresolved.
    #[serde(rename = "relative dates left unresolved: the document has no date")]
    NoDocumentDate,
    /// The document's language is not English; nothing was coded.
    #[serde(rename = "not coded: the document is not in English")]
    NotEnglish,
    /// No article was found on the page.
    #[serde(rename = "no article found on the page")]
    NoArticle,
    /// Bytes that the declared or guessed encoding does not know were replaced.
    #[serde(rename = "some bytes could not be decoded and were replaced")]
    Undecodable,
    /// The document is longer than is read; the rest was left out.
    #[serde(rename = "document cut: it is longer than is read")]
    Cut,
    /// A sentence was too long to parse as one and was read in pieces.
    #[serde(rename = "a very long sentence was read in pieces")]
    LongSentence,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Warning::NoDocumentDate => "relative dates left unresolved: the document has no date",
            Warning::NotEnglish => "not coded: the document is not in English",
            Warning::NoArticle => "no article found on the page",
            Warning::Undecodable => "some bytes could not be decoded and were replaced",
            Warning::Cut => "document cut: it is longer than is read",
            Warning::LongSentence => "a very long sentence was read in pieces",
        })
    }
}

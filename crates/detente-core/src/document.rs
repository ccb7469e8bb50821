//! The document record: what a page says, without what surrounds it.

use serde::{Deserialize, Serialize};

use crate::{Span, Warning};

/// One article. `text` is the body alone: the title is not a sentence of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// As given, or made from the content with [`crate::stable_id`].
    pub id: String,
    /// Headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Section of the site, as its breadcrumbs or metadata name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Who wrote it, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Date of publication, `YYYY-MM-DD`. Never today's date for want of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// ISO 639-1 code of the language that was detected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Path or address as it was given.
    pub source: String,
    /// Canonical address, where the page or the input names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Publisher or site, where the page or the input names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Body text; paragraphs are separated by one blank line (`"\n\n"`).
    pub text: String,
    /// Paragraphs of `text`, in order, not overlapping.
    pub paragraphs: Vec<Span>,
    /// Sentences of `text`, in order; empty until the text is parsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sentences: Vec<SentenceSpan>,
    /// What extraction found amiss; joined with the coder's own in the record.
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document that is a text alone, with a paragraph between blank lines (`"\n\n"`).
    ///
    /// ```
    /// use detente_core::{Document, Span};
    /// assert_eq!(Document::of_text("One.\n\nTwo.").paragraphs, [Span::new(0, 4), Span::new(6, 10)]);
    /// ```
    pub fn of_text(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut start = 0;
        let mut paragraphs = Vec::new();
        for paragraph in text.split("\n\n") {
            paragraphs.push(Span::new(start, start + paragraph.len()));
            start += paragraph.len() + 2;
        }
        Self { text, paragraphs, ..Self::default() }
    }
}

/// One sentence of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceSpan {
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub text: String,
}

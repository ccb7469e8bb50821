//! One page as it came out of its container, and the document made from it.
//!
//! In: a [`Page`]: the bytes of a page with what its container says of it. Out: a
//! [`Document`]. A page of a feed that gives the date keeps that date, whatever its HTML says.

use detente_core::{Document, Warning, stable_id};

use crate::dom::Tree;
use crate::format::{html, text};
use crate::paragraphs::{join, words_of};
use crate::{ExtractError, Options, dates, encoding, language};

/// The bytes of one page and what its container says of it.
///
/// It owns all it needs, so that pages read one after another can be turned into documents on
/// several threads.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub(crate) source: String,
    pub(crate) record: Option<u64>,
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) body: Body,
    /// The page was longer than is read, and what is here is its beginning.
    pub(crate) cut: bool,
}

/// What a page is made of.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    /// A whole page of HTML.
    Html(Vec<u8>),
    /// HTML of an article without a page round it, as feeds carry it.
    Fragment(String),
    /// Plain text.
    Text(Vec<u8>),
}

impl Default for Body {
    fn default() -> Self {
        Body::Text(Vec::new())
    }
}

/// What a reader of one kind of page found.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) title: Option<String>,
    pub(crate) section: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) date: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) no_article: bool,
}

impl Page {
    /// Path or address that the page was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its address, where the container gives one.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The date that the container gives it, in the container's words.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Who published it, as the container has it.
    pub fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }

    /// Makes the document: title, section, byline, date, language and the body's paragraphs.
    ///
    /// A page without an article gives a document with an empty text and
    /// [`Warning::NoArticle`]; one that is not in English has [`Warning::NotEnglish`].
    ///
    /// # Errors
    /// If there is nothing in it but white space ([`ExtractError::is_empty`]).
    pub fn document(self, options: &Options) -> Result<Document, ExtractError> {
        let mut warnings = Vec::new();
        let decode = |bytes: &[u8], markup: bool, warnings: &mut Vec<Warning>| {
            let (text, replaced) = encoding::decode(bytes, self.charset.as_deref(), markup);
            if replaced && !self.cut {
                warnings.push(Warning::Undecodable);
            }
            text
        };
        let reading = match &self.body {
            Body::Html(bytes) => {
                let page = decode(bytes, true, &mut warnings);
                self.not_empty(&page)?;
                let tree = Tree::parse(&page);
                if tree.cut && !self.cut {
                    warnings.push(Warning::Cut);
                }
                html::read(&tree, self.url.as_deref(), self.title.as_deref(), false)
            }
            Body::Fragment(page) => {
                html::read(&Tree::parse(page), self.url.as_deref(), self.title.as_deref(), true)
            }
            Body::Text(bytes) => {
                let page = decode(bytes, false, &mut warnings);
                self.not_empty(&page)?;
                text::read(&page, self.title.as_deref())
            }
        };
        let (text, paragraphs, cut) = join(&reading.paragraphs, options.max_text_bytes);
        if (cut || self.cut) && !warnings.contains(&Warning::Cut) {
            warnings.push(Warning::Cut);
        }
        let given = |value: Option<String>| value.map(|v| words_of(&v)).filter(|v| !v.is_empty());
        let title = given(self.title).or(reading.title);
        let language =
            if text.is_empty() { title.as_deref().and_then(language) } else { language(&text) };
        if reading.no_article || text.is_empty() {
            warnings.push(Warning::NoArticle);
        } else if language.is_some_and(|code| code != "en") {
            warnings.push(Warning::NotEnglish);
        }
        warnings.sort_unstable();
        let url = given(reading.url).or_else(|| given(self.url));
        let date = self
            .date
            .as_deref()
            .and_then(dates::date_in)
            .or(reading.date)
            .or_else(|| options.date.as_deref().and_then(dates::date_in));
        let id = self.id.filter(|id| !id.trim().is_empty()).unwrap_or_else(|| {
            stable_id(&[
                url.as_deref().unwrap_or_default(),
                title.as_deref().unwrap_or_default(),
                &text,
            ])
        });
        Ok(Document {
            id,
            title,
            section: given(self.section).or(reading.section),
            byline: given(self.byline).or(reading.byline),
            date,
            language: language.map(str::to_owned),
            source: self.source,
            url,
            publisher: given(self.publisher).or(reading.publisher),
            text,
            paragraphs,
            sentences: Vec::new(),
            warnings,
        })
    }

    fn not_empty(&self, text: &str) -> Result<(), ExtractError> {
        if text.trim().is_empty() {
            let error = ExtractError::empty(&self.source);
            return Err(match self.record {
                Some(record) => error.at_record(record),
                None => error,
            });
        }
        Ok(())
    }
}

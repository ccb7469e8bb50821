//! Page to document: how pages are made, and how to get at what they say.
//!
//! In: the bytes of a page, a feed or an archive of pages ([`FORMATS`]). Out: a
//! [`Document`](detente_core::Document) for each: title, section, byline, date, language, address
//! and the body's paragraphs, without navigation, adverts, related links and reply forms.
//!
//! A page that was saved as text, `Home » News » Talks Resume`, the title twice, two sentences and
//! a reply form, comes out as a document with section, title and two sentences:
//!
//! ```
//! use detente_extract::{Options, read};
//! let page = "Home » News » Talks Resume\n\nTalks Resume\n\nTalks Resume\n\n\
//!             Ankara and Athens met on Monday.\n\nBoth sides agreed to meet again.\n\n\
//!             Leave a Reply\n\nYour email address will not be published.";
//! let document = read("talks.txt", page.as_bytes(), &Options::default()).next().unwrap().unwrap();
//! assert_eq!(document.title.as_deref(), Some("Talks Resume"));
//! assert_eq!(document.section.as_deref(), Some("News"));
//! assert_eq!(document.text, "Ankara and Athens met on Monday.\n\nBoth sides agreed to meet again.");
//!
//! let fault = read("scan.pdf", b"%PDF-1.7".as_slice(), &Options::default()).next().unwrap().unwrap_err();
//! assert!(fault.is_binary());
//! ```

mod boilerplate;
mod bylines;
mod cleaning;
mod content;
mod dates;
mod dom;
mod encoding;
mod error;
mod format;
mod labels;
mod language;
mod linked_data;
mod metadata;
mod page;
mod paragraphs;
mod unpack;

use std::io::Read;

use detente_core::Document;

pub use error::ExtractError;
pub use format::{FORMATS, Format, format_of};
pub use language::language;
pub use page::Page;

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The date of documents that name none, in any form that names day, month and year.
    pub date: Option<String>,
    /// A page is read to this many bytes; a longer one is cut there. 16 MiB.
    pub max_document_bytes: usize,
    /// A document's text is cut after the last paragraph that ends within this many bytes. 2 MiB.
    pub max_text_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { date: None, max_document_bytes: 16 * 1024 * 1024, max_text_bytes: 2 * 1024 * 1024 }
    }
}

/// Pages of an input, one after another; made by [`pages`].
pub struct Pages<'a>(Box<dyn Iterator<Item = Result<Page, ExtractError>> + Send + 'a>);

impl<'a> Pages<'a> {
    pub(crate) fn new(pages: impl Iterator<Item = Result<Page, ExtractError>> + Send + 'a) -> Self {
        Pages(Box::new(pages))
    }

    pub(crate) fn one(page: Page) -> Self {
        Pages::new(std::iter::once(Ok(page)))
    }

    pub(crate) fn fault(error: ExtractError) -> Self {
        Pages::new(std::iter::once(Err(error)))
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Page, ExtractError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl std::fmt::Debug for Pages<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pages")
    }
}

/// The pages of an input, not yet made into documents.
///
/// `source` is the path or address as it was given; it goes into each document and each error.
/// Containers are read as a stream: of a large archive, one page at a time is in memory. Use this
/// rather than [`read`] to make the documents on several threads: [`Page::document`] is the work.
///
/// # Errors
/// Each page or record that cannot be read is an error of its own; later ones still come.
pub fn pages<'a>(source: &str, reader: impl Read + Send + 'a, options: &Options) -> Pages<'a> {
    format::Input::new(source.to_owned(), reader, options.clone(), 0).open()
}

/// The documents of an input, one after another.
///
/// `source` is the path or address as it was given. The kind of the input is told by its content.
///
/// # Errors
/// Each document that cannot be read is an error of its own, which says what is wrong, where, and
/// what to do; later documents still come.
pub fn read<'a>(
    source: &str,
    reader: impl Read + Send + 'a,
    options: &Options,
) -> impl Iterator<Item = Result<Document, ExtractError>> + Send + 'a {
    let options = options.clone();
    pages(source, reader, &options).map(move |page| page?.document(&options))
}

//! Names of tags and relations, each held once for the whole program.
//!
//! In goes `nsubj:pass`, out comes a [`Label`] that is copied like a number, and whose main part, `nsubj`, is at hand: later stages ask for the
//! relations of the same few words many times over.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{LazyLock, Mutex, PoisonError};

use foldhash::fast::RandomState;

/// A tag, or a relation with its subtype. It is a `str` in all that one asks of it.
///
/// ```
/// let label = detente_parse::Label::new("nsubj:pass");
/// assert_eq!(label, "nsubj:pass");
/// assert_eq!(label.main(), "nsubj");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    whole: &'static str,
    main: &'static str,
}

/// Every label so far. Labels come from models and rules, not from texts, so that there are few, and none is ever let go.
static LABELS: LazyLock<Mutex<HashMap<&'static str, Label, RandomState>>> =
    LazyLock::new(Mutex::default);

impl Label {
    /// The label of this name.
    pub fn new(name: &str) -> Self {
        // Nothing can panic while the table is changed: one that another thread left behind is whole.
        let mut labels = LABELS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&label) = labels.get(name) {
            return label;
        }
        let whole: &'static str = Box::leak(name.into());
        let label = Self { whole, main: whole.split_once(':').map_or(whole, |(main, _)| main) };
        labels.insert(whole, label);
        label
    }

    /// The whole name.
    #[inline]
    pub fn as_str(self) -> &'static str {
        self.whole
    }

    /// The name without its subtype: `nsubj` for `nsubj:pass`.
    #[inline]
    pub fn main(self) -> &'static str {
        self.main
    }
}

impl From<&str> for Label {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl Deref for Label {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.whole
    }
}

impl PartialEq<str> for Label {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        self.whole == other
    }
}

impl PartialEq<&str> for Label {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self.whole == *other
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.whole, f)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.whole)
    }
}

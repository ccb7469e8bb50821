//! A mention on its way to being resolved.
//!
//! Reading a noun phrase gives a draft: where it stands, what it says of itself, and what it still needs of the document. "the
//! president" is a draft with the sector `GOV` that needs a holder of that office.

use std::ops::Range;

use detente_core::Actor;

use crate::discourse::Gender;
use crate::resolution::{Category, MentionKind};

/// What a draft needs from the document before it stands for someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: it says itself whom it stands for.
    Nothing,
    /// The holder of an office, or the body of that name, spoken of before: "the president", "the ministry".
    Holder,
    /// A country from the place that the clause names, if it names one: "police … in Tbilisi".
    Place,
    /// The one state of the story, of a person of whom nothing is said but the name.
    Home,
    /// Both parties of a pair of states or bodies.
    Pair,
    /// Both persons of a pair.
    Couple,
    /// The parties of the clause: "each other".
    Mutual,
    /// The other one: "his Chinese counterpart".
    Counterpart,
    /// A state spoken of before: "the country".
    State,
    /// The same as a place: "troops in the country".
    Land,
    /// An organisation or group spoken of before: "the alliance".
    Body,
    /// The party of its possessor or complement, which needs the document itself: "their foreign ministers", "the country's army".
    Owner(usize),
    /// Another party than its possessor: "its neighbour".
    Other(usize),
    /// As many parties as the number says, named together; 0 where no number stands: "the three ministers", "the leaders".
    Several(usize),
    /// The first or the last of two: "the former", "the latter".
    Ordinal,
    /// One person spoken of before, told by no office: "the widow", "the Russian".
    Person,
    /// Who issued it: "the communique".
    Author,
    /// Whom the pronoun refers to.
    Pronoun,
}

/// A mention before the document has been asked.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// Token that heads it.
    pub(crate) head: usize,
    /// Tokens that it covers.
    pub(crate) tokens: Range<usize>,
    /// Its form.
    pub(crate) kind: MentionKind,
    /// Its sort.
    pub(crate) category: Category,
    /// Whom it stands for as far as it says so itself; with a need, what is known of them.
    pub(crate) actors: Vec<Actor>,
    /// Several of them.
    pub(crate) plural: bool,
    /// Of a person.
    pub(crate) gender: Gender,
    /// Offices that it gives, lower case.
    pub(crate) offices: Vec<String>,
    /// Short forms that may follow in the document: a surname, an abbreviation.
    pub(crate) forms: Vec<String>,
    /// Heads of phrases inside it that have no mention of their own.
    pub(crate) consumed: Vec<usize>,
    /// Code of the people that it is of, where the text tells of no state.
    pub(crate) people: Option<String>,
    /// What it still needs.
    pub(crate) need: Need,
}

impl Draft {
    /// Whether it stands for people, and not for states or bodies.
    pub(crate) fn is_people(&self) -> bool {
        matches!(self.category, Category::People | Category::Person | Category::Nationality)
    }

    /// A draft that says nothing yet but where it stands and what sort it is.
    pub(crate) fn new(
        head: usize,
        tokens: Range<usize>,
        kind: MentionKind,
        category: Category,
    ) -> Self {
        Self {
            head,
            tokens,
            kind,
            category,
            actors: Vec::new(),
            plural: false,
            gender: Gender::Unknown,
            offices: Vec::new(),
            forms: Vec::new(),
            consumed: Vec::new(),
            people: None,
            need: Need::Nothing,
        }
    }
}

//! What resolving returns.

use std::ops::Range;

use detente_core::{Actor, Span};
use detente_parse::Sentence;

use crate::discourse::Gender;
use crate::transcripts::Turn;

/// The form of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By name: "Antony Blinken", "the G7", "Secretary of State Antony Blinken".
    Name,
    /// By an adjective or a modifying name: the "Chinese" of "Chinese troops" has no mention of its own, the whole
    /// noun phrase has; this kind is for "the U.S. visit", "the Russian attack", whose head is no actor.
    Modifier,
    /// By a common noun: "the foreign minister", "gunmen", "both sides".
    Nominal,
    /// By a pronoun: "he", "they", "its".
    Pronoun,
}

/// What sort of thing a mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// One person.
    Person,
    /// Several persons: "protesters", "troops".
    People,
    /// A state by its name, capital or seat.
    Country,
    /// An organisation, body, firm, armed group.
    Organisation,
    /// A nationality, ethnic or religious group.
    Nationality,
    /// A document, visit or statement that stands for its author.
    Thing,
}

/// One mention of one or more actors.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Token that heads the noun phrase in the tree.
    pub head: usize,
    /// Tokens that the mention covers.
    pub tokens: Range<usize>,
    /// Bytes that it covers: title, name and apposition ("Secretary of State Antony Blinken"), no
    /// leading article, no trailing relative clause.
    pub span: Span,
    /// Its form.
    pub kind: MentionKind,
    /// Its sort.
    pub category: Category,
    /// For a person, as far as the text up to here or the given name tells.
    pub gender: Gender,
    /// Whom it stands for; more than one for "both sides"; empty where that is not known.
    pub actors: Vec<Actor>,
}

impl Mention {
    /// Whether it is a common noun for a state where something happens: "troops in the country".
    pub(crate) fn is_land(&self) -> bool {
        self.kind == MentionKind::Nominal
            && self.category == Category::Country
            && matches!(self.actors.as_slice(), [only] if only.via.as_deref() == Some("place"))
    }
}

/// How exact a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "they name themselves")]
pub enum Granularity {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

/// How an expression of time lies to its date, as its preposition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeRelation {
    /// On it, in it, at it: the time of what is told.
    At,
    /// From it on: "since 2014". What is told did not happen on that date alone.
    Since,
    /// Up to it: "until June", "by 2030".
    Until,
    /// Some time before it.
    Before,
    /// Some time after it.
    After,
}

/// What an expression of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A time of the calendar, whether its date is known or not: "on Monday", "recently".
    Date,
    /// A length of time: "for ten days".
    Duration,
    /// What comes again and again: "every Friday", "daily".
    Set,
}

/// An expression of time.
#[derive(Debug, Clone)]
pub struct DateMention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens that it covers.
    pub tokens: Range<usize>,
    /// Bytes that it covers, with its preposition: "on Monday".
    pub span: Span,
    /// What it is.
    pub kind: TimeKind,
    /// `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, or the first and last of a stretch with `/` between; `None` where it cannot be resolved.
    pub value: Option<String>,
    /// How exact it is.
    pub granularity: Granularity,
    /// Whether it is the time of what is told, or a bound of it.
    pub relation: TimeRelation,
    /// It stands in a dateline: the time of reporting, not of an event.
    pub dateline: bool,
}

/// A place in the text.
#[derive(Debug, Clone)]
pub struct PlaceMention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Token that heads it.
    pub head: usize,
    /// Tokens that it covers.
    pub tokens: Range<usize>,
    /// Bytes that it covers.
    pub span: Span,
    /// The place; `via` is left to whoever ties it to an event.
    pub place: detente_core::Place,
    /// It opens the text as a dateline: the place of reporting, not of an event.
    pub dateline: bool,
}

/// A name that has no mention of its own: inside another's words ("Iraqi" in "Iraqi officials", "Ann Lee" in "Captain Ann Lee"), used as
/// a place, or that of a people of no one state ("Kurdish").
#[derive(Debug, Clone)]
pub struct InnerName {
    /// Index of the sentence.
    pub sentence: usize,
    /// Tokens that it covers.
    pub tokens: Range<usize>,
    /// Bytes that it covers.
    pub span: Span,
    /// Its sort.
    pub category: Category,
    /// Code of the state, organisation or group; `None` where nothing gives one.
    pub code: Option<String>,
}

/// Everything resolved in one document, with an index from tokens to mentions.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// In order of sentence and first token.
    pub mentions: Vec<Mention>,
    /// In order of sentence and first token; left empty by [`Resolution::new`].
    pub names: Vec<InnerName>,
    /// In order of sentence and first token.
    pub dates: Vec<DateMention>,
    /// In order of sentence and first token.
    pub places: Vec<PlaceMention>,
    /// Places by a common noun or "here": "the city", with the named place that it stands for where the text tells, "a checkpoint" with
    /// an empty one; left empty by [`Resolution::new`].
    pub localities: Vec<PlaceMention>,
    /// Who speaks in a transcript, in order; left empty by [`Resolution::new`].
    pub turns: Vec<Turn>,
    at_head: Vec<Vec<Option<u32>>>,
    /// By sentence, where its mentions, places and expressions of time begin; after the last one, where they end.
    mention_starts: Vec<u32>,
    place_starts: Vec<u32>,
    date_starts: Vec<u32>,
}

/// By sentence, where what is in it begins in a list in the order of the text; after the last one, where it ends.
fn starts(sentences: usize, mut list: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut starts = Vec::with_capacity(sentences + 1);
    let (mut at, mut next) = (0, list.next());
    for sentence in 0..=sentences {
        while next.is_some_and(|own| own < sentence) {
            at += 1;
            next = list.next();
        }
        starts.push(at);
    }
    starts
}

/// What of a list is in a sentence; nothing for one past the end.
fn in_sentence<'l, T>(list: &'l [T], starts: &[u32], sentence: usize) -> &'l [T] {
    let at = |sentence: usize| starts.get(sentence).map(|&at| at as usize);
    at(sentence)
        .zip(at(sentence + 1))
        .and_then(|(from, until)| list.get(from..until))
        .unwrap_or_default()
}

impl Resolution {
    /// Builds the index over `sentences`; of two mentions with one head the later wins.
    pub fn new(
        sentences: &[Sentence],
        mentions: Vec<Mention>,
        dates: Vec<DateMention>,
        places: Vec<PlaceMention>,
    ) -> Self {
        let mut at_head: Vec<Vec<Option<u32>>> =
            sentences.iter().map(|sentence| vec![None; sentence.tokens.len()]).collect();
        for (index, mention) in mentions.iter().enumerate() {
            if let Some(slot) =
                at_head.get_mut(mention.sentence).and_then(|row| row.get_mut(mention.head))
            {
                *slot = Some(index as u32);
            }
        }
        let mention_starts = starts(sentences.len(), mentions.iter().map(|m| m.sentence));
        let place_starts = starts(sentences.len(), places.iter().map(|p| p.sentence));
        let date_starts = starts(sentences.len(), dates.iter().map(|d| d.sentence));
        Self {
            mention_starts,
            date_starts,
            place_starts,
            mentions,
            names: Vec::new(),
            dates,
            places,
            localities: Vec::new(),
            turns: Vec::new(),
            at_head,
        }
    }

    /// The mentions of a sentence.
    pub fn mentions_in(&self, sentence: usize) -> &[Mention] {
        in_sentence(&self.mentions, &self.mention_starts, sentence)
    }

    /// The places that a sentence names.
    pub fn places_in(&self, sentence: usize) -> &[PlaceMention] {
        in_sentence(&self.places, &self.place_starts, sentence)
    }

    /// The places that a sentence tells of by a common noun.
    pub fn localities_in(&self, sentence: usize) -> &[PlaceMention] {
        let from = self.localities.partition_point(|p| p.sentence < sentence);
        let until = self.localities.partition_point(|p| p.sentence <= sentence);
        &self.localities[from..until]
    }

    /// The expressions of time of a sentence.
    pub fn dates_in(&self, sentence: usize) -> &[DateMention] {
        in_sentence(&self.dates, &self.date_starts, sentence)
    }

    /// The mention whose head is this token.
    pub fn mention_at(&self, sentence: usize, head: usize) -> Option<&Mention> {
        let index = (*self.at_head.get(sentence)?.get(head)?)?;
        self.mentions.get(index as usize)
    }
}

//! Tree and actors → events, statements, commitments, issues.
//!
//! In go the sentences of one document and everything resolved in it, out come the parts of its
//! record. "Wang accused the U.S. of trying to contain China" with *Wang* resolved to `CHN GOV`
//! gives one event, ACCUSE `CHN` → `USA`, by the rule `accuse.accuse`. What counts as an event
//! stands in `docs/coding-guide.md`; the ways of saying it stand in `knowledge/rules/`.

mod commitments;
pub mod confidence;
mod dealings;
mod deaths;
mod doers;
mod echo;
mod event_record;
mod events;
mod explain;
mod facing;
mod form;
mod grammar;
mod history;
mod issues;
mod matcher;
mod meant;
pub mod reader;
pub mod recipients;
mod relate;
mod rulebook;
mod scene;
mod sectors;
mod standing;
pub mod statements;
mod struck;
mod unmeant;
mod vocabulary;
mod wanted;
mod whereabouts;
mod whose;
mod yields;

use commitments::commitments;
pub use explain::{Explanation, explain};
use issues::{Told, issues};
pub use relate::{Evidence, READER, Relation, evidence, relate, root_of};
pub use rulebook::RuleBook;
pub use statements::learned::AttributionReader;
pub use statements::statements;

use detente_core::{Commitment, Document, Event, Issue, Statement};
use detente_knowledge::Knowledge;
use detente_parse::Sentence;
use detente_resolve::Resolution;

/// Everything coded from one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coded {
    /// In order of sentence and trigger.
    pub events: Vec<Event>,
    /// For each event, how it was read.
    pub signs: Vec<confidence::Signs>,
    /// For each event, to whom it may have been done; of a learning book only.
    pub choices: Vec<Option<recipients::Choice>>,
    /// In order of their content.
    pub statements: Vec<Statement>,
    /// In order of their first mention.
    pub commitments: Vec<Commitment>,
    /// In order of the words that name them.
    pub issues: Vec<Issue>,
}

/// Codes one document. `book` is made once from the same `knowledge` with [`RuleBook::new`].
pub fn code(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Coded {
    let told = statements::told(book, document, sentences, resolution);
    let mut coded = Coded::default();
    let mut acts: Vec<history::Act> = Vec::new();
    let mut items = history::Items::default();
    for (index, sentence) in sentences.iter().enumerate() {
        let from = items.begins(sentence, index);
        let scene = scene::Scene {
            before: index.checked_sub(1).and_then(|before| sentences.get(before)),
            told: &sentences[..index],
            acts: &acts[acts.partition_point(|act| act.sentence < from)..],
            from,
            ..scene::Scene::plain(knowledge, book, sentence, index, resolution)
        };
        let found = events::sentence_events(&scene, false);
        if !found.coded.is_empty() {
            let named = event_record::contexts_named(knowledge, sentence);
            for event in &found.coded {
                let written = event_record::write_event(
                    &scene,
                    document,
                    &named,
                    event,
                    &found.coded,
                    book.is_learning(),
                );
                if let Some((written, signs)) = written {
                    coded.events.push(written);
                    coded.signs.push(signs);
                    coded.choices.push(event.choice.clone());
                }
            }
        }
        acts.extend(history::acts(&found, sentence, index));
    }
    for event in &mut coded.events {
        event.attribution = statements::attribution_of(&told, event.trigger.span);
    }
    whereabouts::from_before(book, sentences, resolution, &mut coded.events);
    let (made, agreed) =
        commitments(knowledge, book, document, sentences, resolution, &coded.events);
    let known = Told { events: &coded.events, acts: &acts, commitments: &made, agreed: &agreed };
    coded.issues = issues(knowledge, book, document, sentences, resolution, &known);
    coded.commitments = made;
    coded.statements = told.into_iter().map(|told| told.statement).collect();
    coded
}

/// The bytes of the weights that are built in: of the second reader, of confidence, of the attribution reader, and of recipients.
pub fn builtin_weights() -> [&'static [u8]; 4] {
    [
        reader::builtin_bytes(),
        confidence::builtin_bytes(),
        statements::learned::builtin_bytes(),
        recipients::builtin_bytes(),
    ]
}

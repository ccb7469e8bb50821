//! Actors and places.

use std::collections::BTreeMap;
use std::fmt::Write;

use detente::Coder;
use detente_core::{Document, Span};
use detente_resolve::{Category, MentionKind};
use detente_train::entities::{EntityKind, FoundEntity, read_folder, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let gold = read_folder(task.path).map_err(Stop::Because)?;
    let mut found = Vec::with_capacity(gold.len());
    detente::ordered(
        task.threads,
        &gold,
        |document| entities(&coder, &document.text),
        |entities| {
            found.push(entities.unwrap_or_default());
            true
        },
    );
    let scores = scores_of(gold.iter().zip(found));
    let mut text = format!(
        "{} documents; {} spans in the gold, {} found, {} right\nprecision {}  recall {}  F1 {} (overlap); F1 {} (exact)\n",
        scores.documents,
        scores.counts.gold,
        scores.counts.found,
        scores.counts.right,
        share(scores.precision),
        share(scores.recall),
        share(scores.f1),
        share(scores.exact_f1)
    );
    for (kind, recall) in &scores.recall_by_kind {
        let _ = writeln!(text, "recall of {kind:?}  {}", share(*recall));
    }
    Score::new(&scores, text)
}

/// Every span of a text that is taken for an actor or a place. What stands for its author ("the communique") is none, and the data marks
/// neither possessive nor relative pronouns.
fn entities(coder: &Coder, text: &str) -> Vec<FoundEntity> {
    let mut document = Document {
        text: text.to_owned(),
        paragraphs: super::attribution::paragraphs(text),
        language: Some("en".to_owned()),
        ..Document::default()
    };
    let read = coder.read(&mut document);
    let mut found: BTreeMap<Span, Vec<EntityKind>> = BTreeMap::new();
    for mention in &read.resolution.mentions {
        let tag = read
            .sentences
            .get(mention.sentence)
            .and_then(|sentence| sentence.tokens.get(mention.head))
            .map_or("", |token| token.xpos.as_str());
        if mention.kind == MentionKind::Pronoun && matches!(tag, "PRP$" | "WP" | "WP$" | "WDT") {
            continue;
        }
        let kinds: &[EntityKind] = match mention.category {
            Category::Person => &[EntityKind::Person],
            Category::People => {
                &[EntityKind::Person, EntityKind::Organisation, EntityKind::Nationality]
            }
            Category::Country => &[EntityKind::Location, EntityKind::Organisation],
            Category::Organisation => &[EntityKind::Organisation],
            // "Syrians" are a Nationality in one sentence and an Organisation in the next.
            Category::Nationality => {
                &[EntityKind::Nationality, EntityKind::Organisation, EntityKind::Person]
            }
            Category::Thing => continue,
        };
        found.entry(mention.span).or_default().extend(kinds);
    }
    for name in &read.resolution.names {
        let kind = match name.category {
            Category::Nationality => EntityKind::Nationality,
            Category::Organisation => EntityKind::Organisation,
            // A state inside the words of another is more often the place than the party.
            Category::Country => EntityKind::Location,
            Category::Person => EntityKind::Person,
            Category::People | Category::Thing => continue,
        };
        found.entry(name.span).or_default().push(kind);
    }
    for place in &read.resolution.places {
        found.entry(place.span).or_default().push(EntityKind::Location);
    }
    found.into_iter().map(|(span, kinds)| FoundEntity { span, kinds }).collect()
}

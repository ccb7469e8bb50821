//! Actors and places.

use std::collections::BTreeMap;
use std::fmt::Write;

use detente::Coder;
use detente_core::{Document, Span};
use detente_resolve::Category;
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

/// Every span of a text that is taken for an actor or a place. What stands for its author ("the communique") is none.
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
        let kinds: &[EntityKind] = match mention.category {
            Category::Person => &[EntityKind::Person],
            Category::People => {
                &[EntityKind::Person, EntityKind::Organisation, EntityKind::Nationality]
            }
            Category::Country => &[EntityKind::Location, EntityKind::Organisation],
            Category::Organisation => &[EntityKind::Organisation],
            Category::Nationality => &[EntityKind::Nationality],
            Category::Thing => continue,
        };
        found.entry(mention.span).or_default().extend(kinds);
    }
    for place in &read.resolution.places {
        found.entry(place.span).or_default().push(EntityKind::Location);
    }
    found.into_iter().map(|(span, kinds)| FoundEntity { span, kinds }).collect()
}

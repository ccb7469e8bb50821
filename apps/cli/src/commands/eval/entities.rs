//! Actors and places.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use detente::Coder;
use detente_core::{Document, Span};
use detente_resolve::{Category, MentionKind};
use detente_train::Counts;
use detente_train::entities::{
    Difference, EntityKind, EntityScores, Fault, FoundEntity, GoldDocument, Measure, read_codes,
    read_folder, score as scores_of,
};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task, codes: Option<&Path>) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let codes = codes.map(read_codes).transpose().map_err(Stop::Because)?.unwrap_or_default();
    let gold = read_folder(task.path, &codes).map_err(Stop::Because)?;
    let mut found = Vec::with_capacity(gold.len());
    detente::ordered(
        task.threads,
        &gold,
        |document| entities(&coder, document),
        |entities| {
            found.push(entities.unwrap_or_default());
            true
        },
    );
    let scores = scores_of(gold.iter().zip(found));
    let mut text = table(&scores);
    if task.differences {
        list_differences(&scores, &gold, &mut text);
    }
    Score::new(&scores, text)
}

fn table(scores: &EntityScores) -> String {
    let mut text = format!("{} documents\n\n", scores.documents);
    text.push_str("by overlap    precision  recall  F1      gold  found  right\n");
    let mut row = |name: &str, measure: &Measure| {
        let (precision, recall, f1) =
            (share(measure.precision), share(measure.recall), share(measure.f1));
        let Counts { right, found, gold } = measure.counts;
        let _ = writeln!(
            text,
            "{name:<12}  {precision:<9}  {recall:<6}  {f1:<6}  {gold:>4}  {found:>5}  {right:>5}"
        );
    };
    for (kind, measure) in &scores.by_kind {
        row(&format!("{kind:?}"), measure);
    }
    row("parties", &scores.parties);
    row("all", &scores.all);
    let _ = writeln!(text, "\nF1 of both ends  {}", share(scores.exact_f1));
    if let Some(coded) = &scores.coded {
        let _ = writeln!(
            text,
            "coded as the gold  {} ({} of {}); with the sector  {}",
            share(coded.share),
            coded.right,
            coded.gold,
            share(coded.sector_share)
        );
    }
    text
}

/// The cases, those of one kind together, each with the words around it.
fn list_differences(scores: &EntityScores, gold: &[GoldDocument], text: &mut String) {
    let mut differences: Vec<&Difference> = scores.differences.iter().collect();
    differences.sort_by_key(|d| (&d.fault, d.document, d.span));
    text.push('\n');
    for Difference { document, span, fault } in differences {
        let fault = match fault {
            Fault::Missed(kind) => format!("missed {kind:?}"),
            Fault::Extra(kind) => format!("extra {kind:?}"),
            Fault::Miscoded { gold, read } => {
                format!("coded {} not {}", read.join("+"), gold.codes.join("+"))
            }
        };
        let around = gold.get(*document).map(|gold| in_context(&gold.text, *span));
        let _ = writeln!(text, "{fault}: {}", around.unwrap_or_default());
    }
}

/// The span in brackets with some words of its text around it, on one line.
fn in_context(text: &str, span: Span) -> String {
    const AROUND: usize = 50;
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let whole =
        format!("{}[{}]{}", &before[from..], span.of(text).unwrap_or_default(), &after[..to]);
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every span of a text that is taken for an actor or a place. What stands for its author ("the communique") is none, and the data marks
/// neither possessive nor relative pronouns.
fn entities(coder: &Coder, gold: &GoldDocument) -> Vec<FoundEntity> {
    let text = gold.text.as_str();
    let mut document = Document {
        url: gold.url.clone(),
        text: text.to_owned(),
        paragraphs: super::attribution::paragraphs(text),
        language: Some("en".to_owned()),
        ..Document::default()
    };
    let read = coder.read(&mut document);
    let mut found: BTreeMap<Span, FoundEntity> = BTreeMap::new();
    let mut at_head: BTreeMap<(usize, usize), Span> = BTreeMap::new();
    let mut add = |span: Span, kinds: &[EntityKind], actors: Vec<(String, Option<String>)>| {
        let entity = found.entry(span).or_insert_with(|| FoundEntity {
            span,
            kinds: Vec::new(),
            actors: Vec::new(),
        });
        entity.kinds.extend(kinds);
        entity.actors.extend(actors);
    };
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
            // Several persons are an Organisation in the data.
            Category::People => {
                &[EntityKind::Organisation, EntityKind::Person, EntityKind::Nationality]
            }
            Category::Country => &[EntityKind::Location, EntityKind::Organisation],
            Category::Organisation => &[EntityKind::Organisation],
            // "Syrians" are a Nationality in one sentence and an Organisation in the next.
            Category::Nationality => {
                &[EntityKind::Nationality, EntityKind::Organisation, EntityKind::Person]
            }
            Category::Thing => continue,
        };
        let actors = mention.actors.iter().filter_map(|actor| {
            let sector = actor.sector.map(|sector| sector.code().to_owned());
            Some((actor.code.clone()?, sector))
        });
        at_head.insert((mention.sentence, mention.head), mention.span);
        add(mention.span, kinds, actors.collect());
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
        add(name.span, &[kind], name.code.iter().map(|code| (code.clone(), None)).collect());
    }
    for place in &read.resolution.places {
        let country = place.place.country.clone().map(|code| (code, None));
        add(place.span, &[EntityKind::Location], country.into_iter().collect());
    }
    // "The hospital" may be a party, too: then it is one span of either kind.
    for place in &read.resolution.localities {
        let whole = at_head.get(&(place.sentence, place.head)).copied();
        add(whole.unwrap_or(place.span), &[EntityKind::Location], Vec::new());
    }
    found.into_values().collect()
}

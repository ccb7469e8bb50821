//! Actors and places against gold spans.
//!
//! In go a folder with documents and entities as JSON lines in the form of re3d (Dstl, 2017), and for each document the spans that the
//! coder takes for actors and places; out come precision, recall and F1. For the gold `Haider al-Abadi`, Person, the mention
//! "Prime Minister Haider al-Abadi" is right by overlap and not exact.
//!
//! Of re3d's kinds four are scored: Organisation, Person, Nationality, Location. A found span is right where a gold span of a kind
//! that it may have overlaps it; each gold span answers for one found span, exact pairs first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use detente_core::Span;
use serde::{Deserialize, Serialize};

use crate::Counts;

/// The kinds that are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[allow(missing_docs, reason = "they are those of the data")]
pub enum EntityKind {
    Organisation,
    Person,
    Nationality,
    Location,
}

impl EntityKind {
    fn of(name: &str) -> Option<Self> {
        match name {
            "Organisation" => Some(EntityKind::Organisation),
            "Person" => Some(EntityKind::Person),
            "Nationality" => Some(EntityKind::Nationality),
            "Location" => Some(EntityKind::Location),
            _ => None,
        }
    }
}

/// A document and its entities; spans are bytes of `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldDocument {
    /// Identifier in the data.
    pub id: String,
    /// The text.
    pub text: String,
    /// What stands in it, in order.
    pub entities: Vec<(Span, EntityKind)>,
}

/// A span that the coder takes for an actor or a place, and the kinds it may have in the data: a state is a Location in one sentence and an
/// Organisation in the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntity {
    /// Bytes of the text.
    pub span: Span,
    /// Kinds it may have.
    pub kinds: Vec<EntityKind>,
}

#[derive(Deserialize)]
struct RawDocument {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct RawEntity {
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "documentId")]
    document: String,
}

/// Reads the documents of `folder` and their entities: the files whose names end in `documents.jsonl` and `entities.jsonl`.
///
/// # Errors
/// When a file is missing or a line cannot be read; the text names file and line.
pub fn read_folder(folder: &Path) -> Result<Vec<GoldDocument>, String> {
    let documents: Vec<RawDocument> = read_lines(&find(folder, "documents.jsonl")?)?;
    let mut entities: BTreeMap<String, Vec<RawEntity>> = BTreeMap::new();
    for entity in read_lines::<RawEntity>(&find(folder, "entities.jsonl")?)? {
        entities.entry(entity.document.clone()).or_default().push(entity);
    }
    Ok(documents
        .into_iter()
        .map(|document| {
            let raw = entities.remove(&document.id).unwrap_or_default();
            let entities = in_bytes(&document.text, &raw);
            GoldDocument { id: document.id, text: document.text, entities }
        })
        .collect())
}

fn find(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
        .into_iter()
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)))
        .ok_or_else(|| format!("{}: no file of it ends in {ending}", folder.display()))
}

fn read_lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line)
                .map_err(|error| format!("{}: line {}: {error}", path.display(), index + 1))
        })
        .collect()
}

/// The data counts characters; a span past the end is left out.
fn in_bytes(text: &str, raw: &[RawEntity]) -> Vec<(Span, EntityKind)> {
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let mut entities: Vec<_> = raw
        .iter()
        .filter_map(|entity| {
            let span = Span::new(*offsets.get(entity.begin)?, *offsets.get(entity.end)?);
            Some((span, EntityKind::of(&entity.kind)?))
        })
        .collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}

/// How well actors and places were found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EntityScores {
    /// Share of the found that overlap a gold span of their kind.
    pub precision: f64,
    /// Share of the gold spans that were found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// F1 where both ends must agree.
    pub exact_f1: f64,
    /// Counts by overlap.
    #[serde(flatten)]
    pub counts: Counts,
    /// Found and gold of each kind.
    pub recall_by_kind: BTreeMap<EntityKind, f64>,
    /// Documents scored.
    pub documents: usize,
}

/// Scores what was found in each document.
pub fn score<'a>(
    pairs: impl IntoIterator<Item = (&'a GoldDocument, Vec<FoundEntity>)>,
) -> EntityScores {
    let (mut overlap, mut exact, mut documents) = (Counts::default(), Counts::default(), 0);
    let mut by_kind: BTreeMap<EntityKind, Counts> = BTreeMap::new();
    for (gold, found) in pairs {
        documents += 1;
        let mut answered = vec![false; gold.entities.len()];
        let mut right = vec![false; found.len()];
        let mut counts = Counts { right: 0, found: found.len(), gold: gold.entities.len() };
        for whole in [true, false] {
            for (entity, right) in found.iter().zip(&mut right).filter(|(_, right)| !**right) {
                let answer = gold.entities.iter().enumerate().position(|(index, (span, kind))| {
                    let near =
                        if whole { *span == entity.span } else { span.overlaps(entity.span) };
                    near && !answered[index] && entity.kinds.contains(kind)
                });
                if let Some(index) = answer {
                    (answered[index], *right) = (true, true);
                    counts.right += 1;
                }
            }
            if whole {
                exact.add(counts);
            }
        }
        overlap.add(counts);
        for ((_, kind), answered) in gold.entities.iter().zip(&answered) {
            let counts = by_kind.entry(*kind).or_default();
            counts.gold += 1;
            counts.right += usize::from(*answered);
        }
    }
    EntityScores {
        precision: overlap.precision(),
        recall: overlap.recall(),
        f1: overlap.f1(),
        exact_f1: exact.f1(),
        counts: overlap,
        recall_by_kind: by_kind.into_iter().map(|(kind, counts)| (kind, counts.recall())).collect(),
        documents,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> GoldDocument {
        let text = "É: Prime Minister Haider al-Abadi met ISIL.";
        let raw = |begin, end, kind: &str| RawEntity {
            begin,
            end,
            kind: kind.into(),
            document: String::new(),
        };
        let raw = [
            raw(18, 33, "Person"),
            raw(38, 42, "Organisation"),
            raw(0, 1, "Weapon"),
            raw(90, 95, "Person"),
        ];
        GoldDocument { id: "a".into(), text: text.into(), entities: in_bytes(text, &raw) }
    }

    #[test]
    fn characters_become_bytes() {
        let gold = gold();
        let words: Vec<_> =
            gold.entities.iter().filter_map(|(span, _)| span.of(&gold.text)).collect();
        assert_eq!(words, ["Haider al-Abadi", "ISIL"]);
    }

    #[test]
    fn overlap_is_right_and_exact_is_more() {
        let gold = gold();
        let found =
            |start, end, kind| FoundEntity { span: Span::new(start, end), kinds: vec![kind] };
        let found = vec![
            found(4, 34, EntityKind::Person),
            found(39, 43, EntityKind::Organisation),
            found(39, 43, EntityKind::Location),
        ];
        let scores = score([(&gold, found)]);
        assert_eq!(scores.counts, Counts { right: 2, found: 3, gold: 2 });
        assert!((scores.exact_f1 - 0.4).abs() < 1e-12);
    }
}

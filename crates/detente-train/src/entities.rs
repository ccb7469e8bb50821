//! Actors and places against gold spans.
//!
//! In go a folder with documents and entities as JSON lines in the form of re3d (Dstl, 2017), and for each document the spans that the
//! coder takes for actors and places; out come precision, recall and F1. For the gold `Haider al-Abadi`, Person, the mention
//! "Prime Minister Haider al-Abadi" is right by overlap and not exact.
//!
//! Of re3d's kinds four are scored: Organisation, Person, Nationality, Location. A found span is right where a gold span of a kind
//! that it may have overlaps it; each gold span answers for one found span, exact pairs first.
//!
//! A second file may say whom a gold span stands for, by code; then the share of these spans is counted over which a mention was read
//! that has all its codes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use detente_core::Span;
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::score::ratio;

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

/// The kinds that name parties.
const PARTIES: [EntityKind; 3] =
    [EntityKind::Organisation, EntityKind::Person, EntityKind::Nationality];

/// A document and its entities; spans are bytes of `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldDocument {
    /// Identifier in the data.
    pub id: String,
    /// Address that it was published at.
    pub url: Option<String>,
    /// The text.
    pub text: String,
    /// What stands in it, in order.
    pub entities: Vec<GoldEntity>,
}

/// A span of the gold data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoldEntity {
    /// Bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: EntityKind,
    /// Whom it stands for; `None` where the data does not say.
    pub coded: Option<Coded>,
}

/// Whom a gold span stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Coded {
    /// Codes of states, organisations and groups.
    pub codes: Vec<String>,
    /// Sector, as `GOV`; `None` where the data leaves it open.
    pub sector: Option<String>,
}

/// A span that the coder takes for an actor or a place, and the kinds it may have in the data: a state is a Location in one sentence and an
/// Organisation in the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntity {
    /// Bytes of the text.
    pub span: Span,
    /// Kinds it may have; the first is what it counts as where no gold span answers for it.
    pub kinds: Vec<EntityKind>,
    /// Whom it stands for: code and sector, as `GOV`.
    pub actors: Vec<(String, Option<String>)>,
}

#[derive(Deserialize)]
struct RawDocument {
    #[serde(rename = "_id")]
    id: String,
    #[serde(rename = "sourceUrl")]
    url: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct RawEntity {
    #[serde(rename = "_id")]
    id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "documentId")]
    document: String,
}

/// Reads a file of codes: on each line the identifier of an entity, its codes joined by `+`, and its sector or `-`, with tabs
/// between. Empty lines and those that begin with `#` say nothing.
///
/// # Errors
/// When the file cannot be read or a line has not three columns; the text names file and line.
pub fn read_codes(path: &Path) -> Result<BTreeMap<String, Coded>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    codes_of(&text).map_err(|line| {
        format!("{}: line {line}: identifier, codes and sector are expected, parted by tabs; gold/README.md shows the form", path.display())
    })
}

/// Reads the lines of a file of codes; the number of a line that cannot be read is the error.
fn codes_of(text: &str) -> Result<BTreeMap<String, Coded>, usize> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| {
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            let &[id, codes, sector] = columns.as_slice() else { return Err(index + 1) };
            if id.is_empty() || codes.is_empty() || sector.is_empty() {
                return Err(index + 1);
            }
            let codes = codes.split('+').map(str::to_owned).collect();
            let sector = (sector != "-").then(|| sector.to_owned());
            Ok((id.to_owned(), Coded { codes, sector }))
        })
        .collect()
}

/// Reads the documents of `folder` and their entities, the files whose names end in `documents.jsonl` and `entities.jsonl`; `codes` says
/// of some entities, by their identifiers, whom they stand for.
///
/// # Errors
/// When a file is missing or a line cannot be read; the text names file and line.
pub fn read_folder(
    folder: &Path,
    codes: &BTreeMap<String, Coded>,
) -> Result<Vec<GoldDocument>, String> {
    let documents: Vec<RawDocument> = read_lines(&find(folder, "documents.jsonl")?)?;
    let mut entities: BTreeMap<String, Vec<RawEntity>> = BTreeMap::new();
    for entity in read_lines::<RawEntity>(&find(folder, "entities.jsonl")?)? {
        entities.entry(entity.document.clone()).or_default().push(entity);
    }
    Ok(documents
        .into_iter()
        .map(|document| {
            let raw = entities.remove(&document.id).unwrap_or_default();
            let entities = in_bytes(&document.text, &raw, codes);
            GoldDocument { id: document.id, url: document.url, text: document.text, entities }
        })
        .collect())
}

fn find(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
        .into_iter()
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)))
        .ok_or_else(|| format!("{}: no file of it ends in {ending}", folder.display()))
}

fn read_lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line)
                .map_err(|error| format!("{}: line {}: {error}", path.display(), index + 1))
        })
        .collect()
}

/// The data counts characters; a span past the end is left out, and of two of one kind over the same words the one with a code is kept.
fn in_bytes(text: &str, raw: &[RawEntity], codes: &BTreeMap<String, Coded>) -> Vec<GoldEntity> {
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let mut entities: Vec<_> = raw
        .iter()
        .filter_map(|entity| {
            let span = Span::new(*offsets.get(entity.begin)?, *offsets.get(entity.end)?);
            let coded = codes.get(&entity.id).cloned();
            Some(GoldEntity { span, kind: EntityKind::of(&entity.kind)?, coded })
        })
        .collect();
    entities.sort_by(|a, b| (a.span, a.kind, &b.coded).cmp(&(b.span, b.kind, &a.coded)));
    entities.dedup_by_key(|entity| (entity.span, entity.kind));
    entities
}

/// Precision, recall and F1, with what they are counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Measure {
    /// Share of the found that overlap a gold span of their kind.
    pub precision: f64,
    /// Share of the gold spans that were found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// What they are counted from.
    #[serde(flatten)]
    pub counts: Counts,
}

impl From<Counts> for Measure {
    fn from(counts: Counts) -> Self {
        let (precision, recall, f1) = (counts.precision(), counts.recall(), counts.f1());
        Self { precision, recall, f1, counts }
    }
}

/// How many of the gold spans with codes were read so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct CodedScore {
    /// Share of them over which a mention was read that has all their codes.
    pub share: f64,
    /// The same with the sector, of those that have one.
    pub sector_share: f64,
    /// How many were read with their codes.
    pub right: usize,
    /// How many there are.
    pub gold: usize,
}

/// How well actors and places were found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EntityScores {
    /// All kinds by overlap.
    #[serde(flatten)]
    pub all: Measure,
    /// F1 where both ends must agree.
    pub exact_f1: f64,
    /// Organisation, Person and Nationality together.
    pub parties: Measure,
    /// Each kind by itself.
    pub by_kind: BTreeMap<EntityKind, Measure>,
    /// Whom spans stand for; `None` where the data says of none.
    pub coded: Option<CodedScore>,
    /// Documents scored.
    pub documents: usize,
    /// What was missed, found where nothing is, or coded to another.
    #[serde(skip)]
    pub differences: Vec<Difference>,
}

/// A case where coder and gold differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Index of the document.
    pub document: usize,
    /// Bytes of its text.
    pub span: Span,
    /// What is wrong.
    pub fault: Fault,
}

/// How coder and gold differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A gold span of this kind that was not found.
    Missed(EntityKind),
    /// A span that was found as this kind where the gold has none.
    Extra(EntityKind),
    /// A gold span over which these were read.
    Miscoded {
        /// Whom it stands for.
        gold: Coded,
        /// Codes of all that was read over it.
        read: Vec<String>,
    },
}

/// Scores what was found in each document.
pub fn score<'a>(
    pairs: impl IntoIterator<Item = (&'a GoldDocument, Vec<FoundEntity>)>,
) -> EntityScores {
    let (mut all, mut exact, mut parties) =
        (Counts::default(), Counts::default(), Counts::default());
    let mut by_kind: BTreeMap<EntityKind, Counts> = BTreeMap::new();
    let mut codes = Codes::default();
    let mut scores = EntityScores::default();
    for (document, (gold, found)) in pairs.into_iter().enumerate() {
        scores.documents += 1;
        let answers = pair(&gold.entities, &found);
        exact.add(answers.exact);
        let mut answered = vec![false; gold.entities.len()];
        for (entity, answer) in found.iter().zip(&answers.of_found) {
            let answer = answer.and_then(|index| Some((index, gold.entities.get(index)?)));
            let kind = if let Some((index, gold)) = answer {
                answered[index] = true;
                gold.kind
            } else {
                let Some(&kind) = entity.kinds.first() else { continue };
                let fault = Fault::Extra(kind);
                scores.differences.push(Difference { document, span: entity.span, fault });
                kind
            };
            let counts = Counts { right: usize::from(answer.is_some()), found: 1, gold: 0 };
            by_kind.entry(kind).or_default().add(counts);
        }
        for (entity, answered) in gold.entities.iter().zip(answered) {
            by_kind.entry(entity.kind).or_default().gold += 1;
            if !answered {
                let fault = Fault::Missed(entity.kind);
                scores.differences.push(Difference { document, span: entity.span, fault });
            }
            let Some(coded) = &entity.coded else { continue };
            if let Some(read) = codes.add(entity.span, coded, &found) {
                let fault = Fault::Miscoded { gold: coded.clone(), read };
                scores.differences.push(Difference { document, span: entity.span, fault });
            }
        }
    }
    for (kind, counts) in &by_kind {
        all.add(*counts);
        if PARTIES.contains(kind) {
            parties.add(*counts);
        }
    }
    EntityScores {
        all: all.into(),
        exact_f1: exact.f1(),
        parties: parties.into(),
        by_kind: by_kind.into_iter().map(|(kind, counts)| (kind, counts.into())).collect(),
        coded: codes.score(),
        ..scores
    }
}

/// Which gold span answers for which found span.
struct Answers {
    /// For each found span the index of its gold span.
    of_found: Vec<Option<usize>>,
    /// Counts of the pairs that agree in both ends.
    exact: Counts,
}

/// Pairs found and gold spans, those that agree in both ends first.
fn pair(gold: &[GoldEntity], found: &[FoundEntity]) -> Answers {
    let mut taken = vec![false; gold.len()];
    let mut of_found = vec![None; found.len()];
    let mut exact = Counts { right: 0, found: found.len(), gold: gold.len() };
    for whole in [true, false] {
        for (entity, answer) in found.iter().zip(&mut of_found).filter(|(_, a)| a.is_none()) {
            *answer = gold.iter().enumerate().position(|(index, gold)| {
                let near =
                    if whole { gold.span == entity.span } else { gold.span.overlaps(entity.span) };
                near && !taken[index] && entity.kinds.contains(&gold.kind)
            });
            if let Some(index) = *answer {
                taken[index] = true;
            }
        }
        if whole {
            exact.right = of_found.iter().flatten().count();
        }
    }
    Answers { of_found, exact }
}

/// Counts of gold spans with codes.
#[derive(Default)]
struct Codes {
    right: usize,
    gold: usize,
    sector: Counts,
}

impl Codes {
    /// Counts one gold span; gives the codes that were read over it where one of its own is not among them.
    fn add(&mut self, span: Span, coded: &Coded, found: &[FoundEntity]) -> Option<Vec<String>> {
        let read = || found.iter().filter(|f| f.span.overlaps(span)).flat_map(|f| &f.actors);
        let right = coded.codes.iter().all(|code| read().any(|(read, _)| read == code));
        self.gold += 1;
        self.right += usize::from(right);
        if coded.sector.is_some() {
            let whole = coded
                .codes
                .iter()
                .all(|code| read().any(|(read, sector)| read == code && *sector == coded.sector));
            self.sector.gold += 1;
            self.sector.right += usize::from(whole);
        }
        (!right).then(|| {
            let mut codes: Vec<String> = read().map(|(code, _)| code.clone()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        })
    }

    fn score(&self) -> Option<CodedScore> {
        (self.gold > 0).then(|| CodedScore {
            share: ratio(self.right, self.gold),
            sector_share: self.sector.recall(),
            right: self.right,
            gold: self.gold,
        })
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    format!("{}: cannot be read: {error}; check the name", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> GoldDocument {
        let text = "É: Prime Minister Haider al-Abadi met ISIL.";
        let raw = |id: &str, begin, end, kind: &str| RawEntity {
            id: id.into(),
            begin,
            end,
            kind: kind.into(),
            document: String::new(),
        };
        let raw = [
            raw("p", 18, 33, "Person"),
            raw("p2", 18, 33, "Person"),
            raw("o", 38, 42, "Organisation"),
            raw("w", 0, 1, "Weapon"),
            raw("x", 90, 95, "Person"),
        ];
        let codes = codes_of("# whom\np2\tIRQ\tGOV\no\tISI\t-\n").unwrap();
        let entities = in_bytes(text, &raw, &codes);
        GoldDocument { id: "a".into(), url: None, text: text.into(), entities }
    }

    fn found(start: usize, end: usize, kind: EntityKind, code: &str) -> FoundEntity {
        let actors = vec![(code.to_owned(), Some("LEG".to_owned()))];
        FoundEntity { span: Span::new(start, end), kinds: vec![kind], actors }
    }

    #[test]
    fn characters_become_bytes() {
        let gold = gold();
        let words: Vec<_> =
            gold.entities.iter().filter_map(|entity| entity.span.of(&gold.text)).collect();
        assert_eq!(words, ["Haider al-Abadi", "ISIL"]);
    }

    #[test]
    fn overlap_is_right_and_exact_is_more() {
        let gold = gold();
        let found = vec![
            found(4, 34, EntityKind::Person, "IRQ"),
            found(39, 43, EntityKind::Organisation, "SYR"),
            found(39, 43, EntityKind::Location, "SYR"),
        ];
        let scores = score([(&gold, found)]);
        assert_eq!(scores.all.counts, Counts { right: 2, found: 3, gold: 2 });
        assert_eq!(scores.parties.counts, Counts { right: 2, found: 2, gold: 2 });
        assert!((scores.exact_f1 - 0.4).abs() < 1e-12);
        let coded = scores.coded.unwrap();
        assert_eq!((coded.right, coded.gold), (1, 2));
        assert!(coded.sector_share.abs() < 1e-12);
        let faults: Vec<_> = scores.differences.into_iter().map(|d| d.fault).collect();
        let isil = Coded { codes: vec!["ISI".into()], sector: None };
        let read = vec!["SYR".to_owned()];
        let expected = [Fault::Extra(EntityKind::Location), Fault::Miscoded { gold: isil, read }];
        assert_eq!(faults, expected);
    }

    #[test]
    fn lines_of_codes_have_three_columns() {
        assert_eq!(codes_of("a\tUSA+GBR\tMIL\n\n").unwrap()["a"].codes, ["USA", "GBR"]);
        assert_eq!(codes_of("a\tUSA\t-\nb\tUSA\n"), Err(2));
    }
}

//! Who says what, against what a person reads.
//!
//! In go JSON lines of short texts with their statements and the records that the coder makes of them, out come how many contents are found
//! and how many of these have the right speaker and kind. A line:
//! `{"id": "a", "date": "2024-05-14", "text": "Oslo said talks had failed.", "statements": [{"speaker": "NOR GOV", "cue": "said",
//! "content": "talks had failed", "kind": "indirect"}], "scare": []}`. A statement may have a `name` of who speaks, `also` further pieces of what
//! is said, and `alt` other ends of the content that are as good; speakers that speak together stand apart by ` + `, and `-` is nobody known.
//!
//! A content is found where one of the coder's shares eight in ten of its letters, quotation marks, punctuation at the ends and an opening
//! "that" left out; of one that is told in pieces all together count. It is right if speaker and kind are right too.

use std::collections::BTreeSet;

use detente_core::{Actor, Document, Record, Span, Statement, StatementKind};
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::commitments::Difference;
use crate::relations::RowError;

/// A text and what is said in it.
#[derive(Debug, Clone)]
pub struct GoldText {
    /// The document to code: text and date.
    pub document: Document,
    statements: Vec<Wanted>,
    scare: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawText {
    id: String,
    #[serde(default)]
    date: Option<String>,
    text: String,
    statements: Vec<Wanted>,
    #[serde(default)]
    scare: Vec<String>,
    /// What the text tries; for people.
    #[serde(default, rename = "form")]
    _form: Option<String>,
}

/// A statement of the gold data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    speaker: String,
    /// For people: whoever names a person differently is as right.
    #[serde(default, rename = "name")]
    _name: Option<String>,
    cue: String,
    content: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    alt: Vec<String>,
    kind: String,
}

/// Reads one line of gold data; `line` counts from 1 and is for the message alone.
///
/// # Errors
/// When the line is no such object, or a content does not stand in its text.
pub fn read_gold(text: &str, line: usize) -> Result<GoldText, RowError> {
    let error = |message: String| RowError { line, message };
    let raw: RawText = serde_json::from_str(text).map_err(|e| {
        error(format!("this is no text with statements: {e}; gold/README.md shows the form"))
    })?;
    let document = Document {
        id: raw.id,
        date: raw.date,
        language: Some("en".to_owned()),
        ..Document::of_text(raw.text)
    };
    let contents = raw
        .statements
        .iter()
        .flat_map(|wanted| [&wanted.content].into_iter().chain(&wanted.also).chain(&wanted.alt));
    for content in contents.chain(&raw.scare) {
        if !document.text.contains(content.as_str()) {
            return Err(error(format!("`{content}` does not stand in the text")));
        }
    }
    Ok(GoldText { document, statements: raw.statements, scare: raw.scare })
}

/// How much is found and how much of it is right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StatementScores {
    /// Texts.
    pub documents: usize,
    /// Statements: right in content, speaker and kind. Found are those of the coder, pieces of one counted once.
    pub statements: Counts,
    /// Of the coder's statements the share that is right.
    pub precision: f64,
    /// Of the gold's statements the share that is right.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Gold statements whose content is found.
    pub contents: usize,
    /// Of these, those with the right speaker.
    pub right_speaker: usize,
    /// Of these, those of the right kind.
    pub right_kind: usize,
    /// Of these, those whose cue shares words with the gold's.
    pub right_cue: usize,
    /// Terms and names in quotation marks that are no statement.
    pub scare: Counts,
    /// Every case where coder and gold differ.
    #[serde(skip)]
    pub differences: Vec<Difference>,
}

/// The letters of some stretches of a text, as places of their bytes.
type Letters = BTreeSet<usize>;

/// Contents that share so many of their letters are one.
const ALIKE: f64 = 0.8;

/// Scores records against the gold.
pub fn score<'t>(
    outcomes: impl IntoIterator<Item = (&'t GoldText, &'t Record)>,
) -> StatementScores {
    let mut scores = StatementScores::default();
    for (gold, record) in outcomes {
        scores.documents += 1;
        statements(gold, record, &mut scores);
    }
    let all = scores.statements;
    (scores.precision, scores.recall, scores.f1) = (all.precision(), all.recall(), all.f1());
    scores
}

fn statements(gold: &GoldText, record: &Record, scores: &mut StatementScores) {
    let text = gold.document.text.as_str();
    let is_scare = |said: &&Statement| said.kind == StatementKind::Scare;
    let coded: Vec<(&Statement, Letters)> = record
        .statements
        .iter()
        .filter(|said| !is_scare(said))
        .map(|said| (said, letters(text, &said.pieces().map(|p| p.span).collect::<Vec<_>>())))
        .collect();
    let mut used = vec![false; coded.len()];
    for wanted in &gold.statements {
        scores.statements.gold += 1;
        let chosen = choose(text, wanted, &coded, &used);
        let Some(chosen) = chosen else {
            note(scores, gold, written(wanted), "nothing".to_owned());
            continue;
        };
        scores.contents += 1;
        let said: Vec<&Statement> = chosen.iter().map(|&at| coded[at].0).collect();
        let speaker = said.iter().all(|said| is_speaker(&wanted.speaker, said));
        // Of one told in pieces the one that holds a quotation says of what kind it is.
        let kind = said.iter().any(|said| kind_of(said) == wanted.kind);
        let cue = wanted.cue.is_empty() || said.iter().any(|said| shares_cue(&wanted.cue, said));
        scores.right_speaker += usize::from(speaker);
        scores.right_kind += usize::from(kind);
        scores.right_cue += usize::from(cue);
        scores.statements.right += usize::from(speaker && kind);
        if !(speaker && kind) {
            let told: Vec<String> = said.iter().map(|said| coded_line(said)).collect();
            note(scores, gold, written(wanted), told.join(" … "));
        }
        // Pieces of one statement are one found.
        scores.statements.found += 1;
        for at in chosen {
            used[at] = true;
        }
    }
    for ((said, _), _) in coded.iter().zip(&used).filter(|(_, used)| !**used) {
        scores.statements.found += 1;
        note(scores, gold, "nothing".to_owned(), coded_line(said));
    }
    let found: BTreeSet<&str> =
        record.statements.iter().filter(is_scare).map(|said| bare(&said.content.text)).collect();
    let wanted: BTreeSet<&str> = gold.scare.iter().map(|term| bare(term)).collect();
    scores.scare.add(Counts {
        right: wanted.intersection(&found).count(),
        found: found.len(),
        gold: wanted.len(),
    });
    for term in wanted.symmetric_difference(&found) {
        let (gold_line, coded) = if wanted.contains(term) {
            (format!("scare {term}"), "nothing".to_owned())
        } else {
            ("nothing".to_owned(), format!("scare {term}"))
        };
        note(scores, gold, gold_line, coded);
    }
}

fn note(scores: &mut StatementScores, gold: &GoldText, wanted: String, coded: String) {
    scores.differences.push(Difference { id: gold.document.id.clone(), gold: wanted, coded });
}

/// The coder's statement that has the content, or the pieces that have it together.
fn choose(
    text: &str,
    wanted: &Wanted,
    coded: &[(&Statement, Letters)],
    used: &[bool],
) -> Option<Vec<usize>> {
    let contents = [&wanted.content].into_iter().chain(&wanted.alt);
    let regions: Vec<Letters> = contents
        .map(|content| {
            let mut from = 0;
            let pieces = [content].into_iter().chain(&wanted.also).filter_map(|piece| {
                let after = text.get(from..).and_then(|rest| rest.find(piece.as_str()));
                let start = after.map(|at| at + from).or_else(|| text.find(piece.as_str()))?;
                from = start + piece.len();
                Some(Span::new(start, from))
            });
            letters(text, &pieces.collect::<Vec<_>>())
        })
        .collect();
    let free = || coded.iter().enumerate().filter(|(at, _)| !used[*at]);
    let single = free()
        .filter_map(|(at, (said, own))| {
            let alike = regions.iter().map(|region| share(region, own)).fold(0.0, f64::max);
            let speaker = is_speaker(&wanted.speaker, said);
            (alike >= ALIKE).then_some((speaker, alike, at))
        })
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
    let region = regions.first()?;
    let pieces: Vec<usize> = free()
        .filter(|(_, (_, own))| {
            let inside = own.intersection(region).count();
            !own.is_empty() && inside as f64 >= ALIKE * own.len() as f64
        })
        .map(|(at, _)| at)
        .collect();
    if let Some((_, _, at)) = single {
        return Some(vec![at]);
    }
    let together: Letters = pieces.iter().flat_map(|&at| coded[at].1.iter().copied()).collect();
    (pieces.len() > 1 && share(region, &together) >= ALIKE).then_some(pieces)
}

/// How much of what either holds both hold.
fn share(one: &Letters, other: &Letters) -> f64 {
    let all = one.union(other).count();
    if all == 0 { 0.0 } else { one.intersection(other).count() as f64 / all as f64 }
}

/// The places of letters and figures, an opening "that" left out.
fn letters(text: &str, spans: &[Span]) -> Letters {
    let mut letters = Letters::new();
    for span in spans {
        let Some(words) = span.of(text) else { continue };
        let lead = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut start = span.start + words.len() - lead.len();
        if lead.get(..5).is_some_and(|that| that.eq_ignore_ascii_case("that ")) {
            start += 5;
        }
        let rest = text.get(start..span.end).unwrap_or_default();
        letters.extend(
            rest.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, _)| start + at),
        );
    }
    letters
}

/// A term without its marks.
fn bare(term: &str) -> &str {
    term.trim_matches(|c: char| !c.is_alphanumeric())
}

fn speakers(said: &Statement) -> Vec<&Actor> {
    if said.joint.is_empty() { said.speaker.iter().collect() } else { said.joint.iter().collect() }
}

/// Whether a statement has these speakers; a sector that the gold leaves out may be any.
fn is_speaker(wanted: &str, said: &Statement) -> bool {
    let mut speakers = speakers(said);
    if wanted == "-" {
        return speakers.iter().all(|actor| actor.code.is_none());
    }
    let wanted: Vec<(&str, Option<&str>)> = wanted
        .split(" + ")
        .map(|party| {
            let mut words = party.split_whitespace();
            (words.next().unwrap_or_default(), words.next())
        })
        .collect();
    wanted.len() == speakers.len()
        && wanted.iter().all(|&(code, sector)| {
            let place = speakers.iter().position(|actor| {
                actor.code.as_deref().unwrap_or("-") == code
                    && sector
                        .is_none_or(|sector| actor.sector.is_some_and(|own| own.code() == sector))
            });
            place.map(|place| speakers.remove(place)).is_some()
        })
}

fn kind_of(said: &Statement) -> &'static str {
    match said.kind {
        StatementKind::Direct => "direct",
        StatementKind::Indirect => "indirect",
        StatementKind::Mixed => "mixed",
        StatementKind::Scare => "scare",
    }
}

fn shares_cue(wanted: &str, said: &Statement) -> bool {
    let cue = said.cue.as_ref().map(|cue| cue.text.to_lowercase()).unwrap_or_default();
    let wanted = wanted.to_lowercase();
    !cue.is_empty() && (cue.contains(&wanted) || wanted.contains(&cue))
}

fn written(wanted: &Wanted) -> String {
    let pieces: Vec<&str> =
        [&wanted.content].into_iter().chain(&wanted.also).map(String::as_str).collect();
    format!("{} | {} | {} | {}", wanted.speaker, wanted.cue, wanted.kind, pieces.join(" … "))
}

fn coded_line(said: &Statement) -> String {
    let party = |actor: &&Actor| {
        let code = actor.code.as_deref().unwrap_or("-");
        actor.sector.map_or_else(|| code.to_owned(), |sector| format!("{code} {}", sector.code()))
    };
    let speakers: Vec<String> = speakers(said).iter().map(party).collect();
    let cue = said.cue.as_ref().map_or("", |cue| cue.text.as_str());
    format!("{} | {cue} | {} | {}", speakers.join(" + "), kind_of(said), said.said())
}

#[cfg(test)]
mod tests {
    use detente_core::SpanText;

    use super::*;

    fn said(text: &str, content: &str, code: &str) -> Statement {
        let start = text.find(content).unwrap();
        Statement {
            id: String::new(),
            sentence: 0,
            kind: StatementKind::Indirect,
            speaker: Some(Actor { code: Some(code.to_owned()), ..Actor::default() }),
            joint: Vec::new(),
            cue: None,
            content: SpanText {
                span: Span::new(start, start + content.len()),
                text: content.to_owned(),
            },
            also: Vec::new(),
            unsaid: false,
            about: None,
            audience: None,
            quotes: Vec::new(),
        }
    }

    #[test]
    fn pieces_of_one_statement_are_found_together() {
        let line = r#"{"id": "a", "text": "Talks, Oslo said, had failed again.", "statements": [
            {"speaker": "NOR", "cue": "said", "content": "Talks", "also": ["had failed again"], "kind": "indirect"}]}"#;
        let gold = read_gold(line, 1).unwrap();
        let text = gold.document.text.clone();
        let mut record = Record { document: gold.document.clone(), ..Record::default() };
        record.statements =
            vec![said(&text, "Talks", "NOR"), said(&text, "had failed again", "NOR")];
        let scores = score([(&gold, &record)]);
        assert_eq!((scores.contents, scores.statements.right, scores.statements.found), (1, 1, 1));
        record.statements = vec![said(&text, "Oslo", "NOR")];
        let scores = score([(&gold, &record)]);
        assert_eq!((scores.contents, scores.statements.found), (0, 1));
        assert_eq!(scores.differences.len(), 2);
    }

    #[test]
    fn a_content_that_is_not_there_is_a_fault() {
        let line = r#"{"id": "a", "text": "Oslo spoke.", "statements": [{"speaker": "-", "cue": "", "content": "no", "kind": "direct"}]}"#;
        assert!(read_gold(line, 3).unwrap_err().to_string().contains("does not stand"));
    }
}

//! Attribution: gold articles in brat's format, and how well source, cue and content were found.
//!
//! In goes a folder of `.txt` files with `.ann` beside them and a coder from text to statements, out comes an
//! [`AttributionScores`]. A line `T1 Source 0 13 …` of an `.ann` file marks characters 0 to 13 with a role, and
//! `E1 Attribution:T4 Source:T1 Cue:T2 Content:T3` ties the three. A token counts as found in a role if any
//! statement gives it that role; a token is a run of letters and digits, or one other sign.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use detente_core::{Span, Statement, StatementKind};
use serde::Serialize;

use crate::Counts;

/// Precision, recall and F1 over the tokens of one role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct RoleScore {
    /// Share of the found tokens that are right.
    pub precision: f64,
    /// Share of the gold tokens that were found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub token_f1: f64,
}

impl From<Counts> for RoleScore {
    fn from(counts: Counts) -> Self {
        Self { precision: counts.precision(), recall: counts.recall(), token_f1: counts.f1() }
    }
}

/// How well a set of articles was attributed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct AttributionScores {
    /// Who says it.
    pub source: RoleScore,
    /// The words that mark the saying.
    pub cue: RoleScore,
    /// What is said.
    pub content: RoleScore,
    /// F1 over whole contents: right where every token of an attribution's content agrees.
    pub content_exact_f1: f64,
    /// Share of the quotations inside gold contents that lie in a statement.
    pub quotations_held: f64,
    /// Number of articles.
    pub articles: usize,
}

/// One attribution of the gold data; spans are bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who says it; empty where the text does not tell.
    pub source: Vec<Span>,
    /// The words that mark the saying.
    pub cue: Vec<Span>,
    /// What is said, in one or more pieces.
    pub content: Vec<Span>,
}

/// What went wrong with a folder of gold articles.
#[derive(Debug)]
pub struct AttributionError {
    path: PathBuf,
    line: Option<usize>,
    reason: String,
}

impl AttributionError {
    fn io(path: &Path, error: &io::Error) -> Self {
        Self { path: path.to_owned(), line: None, reason: error.to_string() }
    }

    /// The file or folder at fault.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for AttributionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for AttributionError {}

/// The gold articles of a folder, in order of their names: path of the text, text, attributions.
///
/// # Errors
/// A folder or file that cannot be read, or one that holds no `.ann` file. Lines of an `.ann` file that
/// are neither spans nor ties are passed over, as brat does.
pub fn read_folder(
    folder: &Path,
) -> Result<Vec<(PathBuf, String, Vec<GoldAttribution>)>, AttributionError> {
    let entries = fs::read_dir(folder).map_err(|e| AttributionError::io(folder, &e))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| AttributionError::io(folder, &e))?.path();
        if path.extension().is_some_and(|e| e == "ann") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(AttributionError {
            path: folder.to_owned(),
            line: None,
            reason: "no .ann file here; give the folder that holds them beside their .txt".into(),
        });
    }
    let mut articles = Vec::with_capacity(files.len());
    for ann in files {
        let path = ann.with_extension("txt");
        let text = fs::read_to_string(&path).map_err(|e| AttributionError::io(&path, &e))?;
        let marks = fs::read_to_string(&ann).map_err(|e| AttributionError::io(&ann, &e))?;
        let gold = read_brat(&text, &marks).map_err(|(line, reason)| AttributionError {
            path: ann,
            line: Some(line),
            reason,
        })?;
        articles.push((path, text, gold));
    }
    Ok(articles)
}

/// The attributions of one `.ann` file over its text.
///
/// # Errors
/// Line number, from 1, and reason of the first line whose offsets are no numbers or lie outside the text.
pub fn read_brat(text: &str, marks: &str) -> Result<Vec<GoldAttribution>, (usize, String)> {
    // brat counts characters.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut ties: Vec<&str> = Vec::new();
    for (number, line) in marks.lines().enumerate() {
        let mut fields = line.split('\t');
        let (Some(name), Some(body)) = (fields.next(), fields.next()) else { continue };
        if name.starts_with('E') {
            ties.push(body);
        } else if name.starts_with('T') {
            let Some((_, offsets)) = body.split_once(' ') else { continue };
            let mut pieces = Vec::new();
            for piece in offsets.split(';') {
                let at =
                    |text: &str| text.parse::<usize>().ok().and_then(|c| bytes.get(c)).copied();
                let span = piece
                    .split_once(' ')
                    .and_then(|(start, end)| Some(Span::new(at(start)?, at(end)?)))
                    .ok_or_else(|| {
                        (number + 1, format!("\"{piece}\" is no stretch of the text"))
                    })?;
                pieces.push(span);
            }
            spans.insert(name, pieces);
        }
    }
    Ok(ties.into_iter().map(|tie| gold_attribution(tie, &spans)).collect())
}

/// Reads `Attribution:T4 Source:T1 Cue:T2 Content:T3`; a role that occurs again has a digit behind it.
fn gold_attribution(tie: &str, spans: &BTreeMap<&str, Vec<Span>>) -> GoldAttribution {
    let mut gold = GoldAttribution::default();
    for (role, name) in tie.split_whitespace().filter_map(|part| part.split_once(':')) {
        let Some(pieces) = spans.get(name) else { continue };
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Source" => gold.source.extend(pieces),
            "Cue" => gold.cue.extend(pieces),
            "Content" => gold.content.extend(pieces),
            _ => {}
        }
    }
    gold
}

/// Scores a coder on the articles of a folder.
///
/// # Errors
/// As [`read_folder`].
pub fn score_attribution(
    folder: &Path,
    coder: impl Fn(&str) -> Vec<Statement>,
) -> Result<AttributionScores, AttributionError> {
    let mut tally = Tally::default();
    for (_, text, gold) in read_folder(folder)? {
        tally.add(&text, &gold, &coder(&text));
    }
    Ok(tally.scores())
}

/// Counts over the articles so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    source: Counts,
    cue: Counts,
    content: Counts,
    exact: Counts,
    quotations: Counts,
    articles: usize,
}

impl Tally {
    /// Compares the statements of one article with its gold attributions. Scare quotes are no attribution.
    pub fn add(&mut self, text: &str, gold: &[GoldAttribution], statements: &[Statement]) {
        let tokens = tokens(text);
        let found: Vec<GoldAttribution> = found(statements);
        let by_role = |role: fn(&GoldAttribution) -> &Vec<Span>| {
            let marked = |list: &[GoldAttribution]| {
                covered(&tokens, list.iter().flat_map(|a| role(a).iter().copied()))
            };
            let (gold, found) = (marked(gold), marked(&found));
            Counts {
                right: gold.intersection(&found).count(),
                found: found.len(),
                gold: gold.len(),
            }
        };
        self.source.add(by_role(|a| &a.source));
        self.cue.add(by_role(|a| &a.cue));
        self.content.add(by_role(|a| &a.content));

        let whole = |list: &[GoldAttribution]| -> Vec<BTreeSet<usize>> {
            list.iter()
                .map(|a| covered(&tokens, a.content.iter().copied()))
                .filter(|tokens| !tokens.is_empty())
                .collect()
        };
        let (gold_contents, mut found_contents) = (whole(gold), whole(&found));
        let mut exact = Counts { right: 0, found: found_contents.len(), gold: gold_contents.len() };
        for content in &gold_contents {
            if let Some(at) = found_contents.iter().position(|found| found == content) {
                found_contents.swap_remove(at);
                exact.right += 1;
            }
        }
        self.exact.add(exact);
        self.quotations.add(quotations(text, gold, &found));
        self.articles += 1;
    }

    /// The figures.
    pub fn scores(&self) -> AttributionScores {
        AttributionScores {
            source: self.source.into(),
            cue: self.cue.into(),
            content: self.content.into(),
            content_exact_f1: self.exact.f1(),
            quotations_held: self.quotations.recall(),
            articles: self.articles,
        }
    }
}

/// Statements as attributions: the pieces that share a cue are one.
pub fn found(statements: &[Statement]) -> Vec<GoldAttribution> {
    let mut by_cue: BTreeMap<(Span, usize), GoldAttribution> = BTreeMap::new();
    for (nth, statement) in statements.iter().filter(|s| s.kind != StatementKind::Scare).enumerate()
    {
        let cue = statement.cue.as_ref().map(|cue| cue.span);
        // One without a cue stands alone.
        let key = cue.map_or((statement.content.span, nth + 1), |cue| (cue, 0));
        let attribution = by_cue.entry(key).or_default();
        attribution.cue = cue.into_iter().collect();
        attribution.source = statement.speaker.iter().filter_map(|speaker| speaker.span).collect();
        attribution.content.extend(statement.about.iter().map(|about| about.span));
        attribution.content.extend(statement.pieces().map(|piece| piece.span));
    }
    by_cue.into_values().collect()
}

/// Byte spans of a text's tokens.
fn tokens(text: &str) -> Vec<Span> {
    let mut tokens: Vec<Span> = Vec::new();
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_alphanumeric() {
            match tokens.last_mut() {
                Some(last) if in_word => last.end = end,
                _ => tokens.push(Span::new(at, end)),
            }
            in_word = true;
        } else {
            in_word = false;
            if !c.is_whitespace() {
                tokens.push(Span::new(at, end));
            }
        }
    }
    tokens
}

/// Indices of the tokens that lie in any of the spans.
fn covered(tokens: &[Span], spans: impl Iterator<Item = Span>) -> BTreeSet<usize> {
    let mut set = BTreeSet::new();
    for span in spans {
        let first = tokens.partition_point(|token| token.end <= span.start);
        set.extend(
            (first..tokens.len())
                .take_while(|&i| tokens.get(i).is_some_and(|t| t.start < span.end)),
        );
    }
    set
}

/// How many opening marks of quotations inside gold contents also stand in a found content.
fn quotations(text: &str, gold: &[GoldAttribution], found: &[GoldAttribution]) -> Counts {
    let mut counts = Counts::default();
    let held = |list: &[GoldAttribution], at: usize| {
        list.iter().flat_map(|a| &a.content).any(|span| (span.start..span.end).contains(&at))
    };
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let opens = c == '“' || (c == '"' && (before.is_whitespace() || before == '('));
        before = c;
        if opens && held(gold, at) {
            counts.gold += 1;
            counts.found += 1;
            counts.right += usize::from(held(found, at));
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use detente_core::{Actor, SpanText};

    use super::*;

    const TEXT: &str = "“Naïve,” Orbán said. It rained.";
    const MARKS: &str = "T1\tSource 9 14\tOrbán\nT2\tCue 15 19\tsaid\nT3\tContent 0 8\t“Naïve,”\n\
                         E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n";

    fn statement(content: &str, cue: &str, source: &str) -> Statement {
        let place = |words: &str| {
            let start = TEXT.find(words).unwrap();
            SpanText { span: Span::new(start, start + words.len()), text: words.to_owned() }
        };
        Statement {
            id: String::new(),
            sentence: 0,
            kind: StatementKind::Direct,
            speaker: Some(Actor { span: Some(place(source).span), ..Actor::default() }),
            joint: Vec::new(),
            cue: Some(place(cue)),
            content: place(content),
            also: Vec::new(),
            unsaid: false,
            about: None,
            audience: None,
            quotes: Vec::new(),
        }
    }

    #[test]
    fn characters_become_bytes() {
        let gold = read_brat(TEXT, MARKS).unwrap();
        assert_eq!(gold.len(), 1);
        assert_eq!(gold[0].content[0].of(TEXT), Some("“Naïve,”"));
        assert_eq!(gold[0].cue[0].of(TEXT), Some("said"));
    }

    #[test]
    fn an_offset_outside_the_text_names_its_line() {
        let (line, reason) = read_brat("abc", "#1\tnote\nT1\tCue 1 9\tbc").unwrap_err();
        assert_eq!(line, 2);
        assert!(reason.contains("1 9"), "{reason}");
    }

    #[test]
    fn a_perfect_coder_scores_one() {
        let gold = read_brat(TEXT, MARKS).unwrap();
        let mut tally = Tally::default();
        tally.add(TEXT, &gold, &[statement("“Naïve,”", "said", "Orbán")]);
        let scores = tally.scores();
        for role in [scores.source, scores.cue, scores.content] {
            assert!((role.token_f1 - 1.0).abs() < 1e-12);
        }
        assert!((scores.content_exact_f1 - 1.0).abs() < 1e-12);
        assert!((scores.quotations_held - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_wrong_source_costs_its_own_role_alone() {
        let gold = read_brat(TEXT, MARKS).unwrap();
        let mut tally = Tally::default();
        tally.add(TEXT, &gold, &[statement("“Naïve,”", "said", "It")]);
        assert!(tally.scores().source.token_f1.abs() < 1e-12);
        assert!((tally.scores().content.token_f1 - 1.0).abs() < 1e-12);
    }
}

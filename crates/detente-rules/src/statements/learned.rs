//! The attribution reader: cues, sources and contents by weights, with what the rules found as a part of the evidence.
//!
//! "Voters are warming to the plan" holds no word of any list, but *warm to* is used as words of attitude are. In go the words of a
//! sentence and its reports by rule, out come reports: first each word is told whether it is in a cue, then for each cue which words
//! name its source and which are its content. The weights are learnt by `detente train attribution`; the file has no words in
//! it, only numbers of features.

mod chain;
mod cues;
mod meanings;
mod net;
mod roles;
mod words;

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use detente_core::{Document, Span};
use detente_parse::kernel::ByteRows;
use detente_parse::model::Archive;
use detente_parse::{Parser, Sentence, Upos};
use detente_resolve::Resolution;

use crate::rulebook::RuleBook;
use crate::yields::Tree;

use super::contents::{spans, trim};
use super::lexicon::{Frames, Lexicon};
use super::quotes::Quotation;
use super::reports::{Report, reports};
use super::sources::spoken_by;

pub use chain::{Scores, Steps, likeliest, shares};
use meanings::Meanings;
pub use net::{MEANING, PLACES, STATE, WIDTH};
use net::{Net, Places, Sheet};
use roles::Cue;
use words::Words;

/// Labels of the words of a sentence: nothing, [`BEGINS`], [`INSIDE`], and whether a word is in a source or content of any cue.
pub const CUE_LABELS: usize = 5;
/// Label of the first word of a cue.
pub const BEGINS: usize = 1;
/// Label of a further word of a cue.
pub const INSIDE: usize = 2;

/// Labels of the words of a sentence seen from one cue: nothing, [`SOURCE`], [`CONTENT`].
pub const ROLE_LABELS: usize = 3;
/// Label of a word of the source.
pub const SOURCE: usize = 1;
/// Label of a word of the content.
pub const CONTENT: usize = 2;

/// The weights that are built in; `models/english/attribution-card.md` says what they were made of.
static MODEL: &[u8] = include_bytes!("../../../../models/english/attribution.bin");

/// The bytes of the reader that is built in, for the record's account of what made it.
pub(crate) fn builtin_bytes() -> &'static [u8] {
    MODEL
}

/// Finds cues, and the sources and contents of cues.
#[derive(Debug, Clone, Default)]
pub struct AttributionReader {
    /// Tells what was made by its weights from what was made by another's; copies share it.
    number: u64,
    cues: Net<CUE_LABELS>,
    roles: Net<ROLE_LABELS>,
    /// Probability from which on a word is in a cue: less finds more and errs more.
    enough: f32,
}

/// Readers that were laid out so far.
static READERS: AtomicU64 = AtomicU64::new(1);

/// Bytes that are no reader of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAttributionReader;

impl fmt::Display for NoAttributionReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "no attribution reader of this version; make one with `detente train attribution`",
        )
    }
}

impl std::error::Error for NoAttributionReader {}

impl AttributionReader {
    /// The reader that is built in.
    pub fn builtin() -> Self {
        Self::from_bytes(MODEL).unwrap_or_default()
    }

    /// Reads the bytes that `detente train attribution` writes.
    ///
    /// # Errors
    /// If the bytes are no reader of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoAttributionReader> {
        Archive::read(bytes)
            .ok()
            .and_then(|archive| {
                let enough = archive.text("enough").ok()?.parse().ok()?;
                let (cues, roles) = (Net::new(&archive, "cues")?, Net::new(&archive, "roles")?);
                let number = READERS.fetch_add(1, Ordering::Relaxed);
                Some(Self { number, cues, roles, enough })
            })
            .ok_or(NoAttributionReader)
    }

    /// The same reader, taking words for a cue from another probability on.
    #[must_use]
    pub fn with_enough(self, enough: f32) -> Self {
        Self { enough, ..self }
    }

    /// Whether there are no weights: such a reader never speaks, and the rules are alone.
    pub fn is_empty(&self) -> bool {
        self.cues.is_empty()
    }
}

/// What the reports of a document are read from.
pub(super) struct Page<'p> {
    pub(super) lexicon: &'p Lexicon,
    pub(super) parser: &'p Parser,
    pub(super) resolution: &'p Resolution,
    /// The outer quotations.
    pub(super) quotations: &'p [&'p Quotation],
}

impl Page<'_> {
    fn words<'t, 's>(&'t self, tree: &'t Tree<'s>, index: usize) -> Words<'t, 's> {
        Words::new(self.lexicon, tree, index, self.resolution, self.quotations)
    }
}

/// Words of a sentence that the reader reads at most: each cue looks at every word, and what is longer is a list or no sentence.
const LONG: usize = 400;

/// Words that are read at once, so that what lies between the layers stays in the processor's cache; a longer sentence is read alone.
const BATCH: usize = 512;

/// A sentence that the reader reads.
struct Line<'t, 's> {
    /// Number of the sentence in the document.
    index: usize,
    words: Words<'t, 's>,
    /// Its first word in the sheet.
    first: usize,
    by_rule: Vec<Report>,
    /// How likely each word is in a cue.
    likely: Vec<CueShares>,
    cues: Vec<RangeInclusive<usize>>,
    in_cue: Vec<bool>,
    found: Vec<Report>,
}

/// The reports of all sentences as the reader has them; those of the rules that report nothing yet stay, for a quotation beside
/// them may be theirs. `by_rule` has those of each sentence.
pub(super) fn heard(
    reader: &AttributionReader,
    page: &Page<'_>,
    trees: &[Tree<'_>],
    by_rule: Vec<Vec<Report>>,
) -> Vec<Report> {
    let mut all = Vec::new();
    let mut by_rule = by_rule.into_iter();
    let mut from = 0;
    while from < trees.len() {
        let mut words = 0;
        let fits = |tree: &&Tree<'_>| {
            words += tree.len();
            words <= BATCH
        };
        let taken = trees[from..].iter().take_while(fits).count().max(1);
        let batch = trees[from..from + taken].iter().enumerate();
        let own = by_rule.by_ref().take(taken);
        let batch = batch.zip(own).map(|((nth, tree), own)| (from + nth, tree, own));
        Meanings::with(|meanings| heard_at_once(reader, page, batch, meanings, &mut all));
        from += taken;
    }
    all
}

/// The reports of some sentences, which are given with their numbers and what the rules have of them.
fn heard_at_once<'t, 's: 't>(
    reader: &AttributionReader,
    page: &Page<'_>,
    sentences: impl Iterator<Item = (usize, &'t Tree<'s>, Vec<Report>)>,
    meanings: &mut Meanings,
    all: &mut Vec<Report>,
) {
    let mut sheet = Sheet::default();
    let mut lines: Vec<Line<'_, '_>> = Vec::new();
    let mut reports: Vec<(usize, Vec<Report>)> = Vec::new();
    for (index, tree, by_rule) in sentences {
        let states = &tree.sentence.states;
        if tree.len() == 0 || tree.len() > LONG || states.len() != tree.len() {
            reports.push((index, by_rule));
            continue;
        }
        let first = sheet.states.len();
        sheet.states.extend((0..tree.len()).map(|at| (states, at)));
        lines.push(Line {
            index,
            words: page.words(tree, index),
            first,
            by_rule,
            likely: Vec::new(),
            cues: Vec::new(),
            in_cue: vec![false; tree.len()],
            found: Vec::new(),
        });
    }
    let told: Vec<Option<&str>> = lines.iter().flat_map(|line| line.words.told()).collect();
    let vector = |word: &str| page.parser.vector(word).map(|(numbers, _)| numbers);
    sheet.meant = meanings.of(reader, told.into_iter(), vector);
    find_cues(reader, &sheet, meanings, &mut lines);
    find_parts(reader, &sheet, meanings, &mut lines);
    reports.extend(lines.into_iter().map(|line| (line.index, line.settled())));
    reports.sort_by_key(|&(index, _)| index);
    all.extend(reports.into_iter().flat_map(|(_, own)| own));
}

/// Tells for each word how likely it is in a cue, and finds the cues.
fn find_cues(
    reader: &AttributionReader,
    sheet: &Sheet<'_>,
    meanings: &Meanings,
    lines: &mut [Line<'_, '_>],
) {
    let marks: Vec<Vec<u8>> =
        lines.iter().map(|line| rule_marks(line.words.tree, &line.by_rule)).collect();
    let lengths: Vec<usize> = marks.iter().map(Vec::len).collect();
    let places: Vec<Places> = lines
        .iter()
        .flat_map(|line| {
            (0..line.words.list.len())
                .map(|at| cue_places(&line.words, at).map(|word| Some(line.first + word?)))
        })
        .collect();
    let scores = reader.cues.scores(sheet, &meanings.cues, &lengths, &places, |nth, at, keys| {
        cues::features(&lines[nth].words, &marks[nth], at, keys);
    });
    for line in lines {
        let own = &scores[line.first..line.first + line.words.list.len()];
        line.likely = shares(own, reader.cues.steps(), |_, _, _| {})
            .iter()
            .map(|shares| CueShares { begins: shares[BEGINS], inside: shares[INSIDE] })
            .collect();
        line.cues = runs(&line.likely, reader.enough);
        line.cues.iter().cloned().flatten().for_each(|at| line.in_cue[at] = true);
    }
}

/// Finds the sources and contents of all cues.
fn find_parts(
    reader: &AttributionReader,
    sheet: &Sheet<'_>,
    meanings: &Meanings,
    lines: &mut [Line<'_, '_>],
) {
    let mut found: Vec<(usize, Option<Report>)> = Vec::new();
    let mut parts: Vec<(usize, Option<&Report>, Cue<'_, '_, '_>)> = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        for cue in &line.cues {
            let tree = line.words.tree;
            let base = counterpart(tree, &line.by_rule, cue);
            let marks = role_marks(tree, base);
            parts.push((nth, base, Cue::new(&line.words, cue.clone(), marks, &line.in_cue)));
        }
    }
    let mut rest = parts.as_slice();
    while !rest.is_empty() {
        let mut words = 0;
        let fits = |(nth, ..): &&(usize, Option<&Report>, Cue<'_, '_, '_>)| {
            words += lines[*nth].words.list.len();
            words <= BATCH
        };
        let (batch, after) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        rest = after;
        let lengths: Vec<usize> =
            batch.iter().map(|(nth, ..)| lines[*nth].words.list.len()).collect();
        let places: Vec<Places> = batch
            .iter()
            .flat_map(|(nth, _, cue)| {
                let line = &lines[*nth];
                (0..line.words.list.len())
                    .map(|at| cue.places(at).map(|word| Some(line.first + word?)))
            })
            .collect();
        let scores =
            reader.roles.scores(sheet, &meanings.roles, &lengths, &places, |nth, at, keys| {
                batch[nth].2.features(at, keys);
            });
        let mut scores = scores.as_slice();
        for (nth, base, cue) in batch {
            let line = &lines[*nth];
            let (own, others) = scores.split_at(line.words.list.len());
            scores = others;
            let labels = likeliest(own, reader.roles.steps());
            let range = cue.range();
            let likely = range.clone().map(|at| line.likely[at].either()).fold(0.0, f32::max);
            found
                .push((*nth, report(line.index, &range, &line.words, *base, own, &labels, likely)));
        }
    }
    for (nth, report) in found {
        lines[nth].found.extend(report);
    }
}

impl Line<'_, '_> {
    /// What the reader has found, with those reports by rule that stay.
    fn settled(self) -> Vec<Report> {
        let Self { words, mut by_rule, likely, mut found, .. } = self;
        let tree = words.tree;
        // "An official who declined to be named said": a cue that is found to govern nothing is none beside a rule's that does.
        found.retain(|report| {
            !report.content.is_empty()
                || !by_rule.iter().any(|rule| {
                    rule.tells
                        && rule.frames.has(Frames::SPEECH)
                        && rule.source.is_some()
                        && !rule.content.is_empty()
                        && rule.cue.overlaps(report.cue)
                })
        });
        // "The talks, Ankara said, had failed": what commas show needs no weights.
        for report in &mut found {
            let firm = by_rule.iter().find(|rule| rule.firm && rule.cue.overlaps(report.cue));
            if let Some(rule) = firm {
                report.source = rule.source;
                report.content.clone_from(&rule.content);
                report.tells = rule.tells;
            }
        }
        let inside = |report: &Report, others: &[Report]| {
            others.iter().any(|other| {
                other.tells
                    && !other.cue.overlaps(report.cue)
                    && other.content.iter().any(|piece| piece.contains(report.cue))
            })
        };
        by_rule.retain(|report| {
            let mut shares = within(tree, report.cue).map(|at| likely[at].either());
            let open = report.content.is_empty();
            let sure = report.tells && report.frames.has(Frames::SPEECH);
            // "Wang said Washington had told him that …": what somebody is said to have said.
            let named = report
                .source
                .is_some_and(|source| matches!(tree.upos(source.head), Upos::Propn | Upos::Noun));
            !found.iter().any(|other| other.cue.overlaps(report.cue))
                && (open
                    || report.firm
                    || (sure && shares.any(|share| share >= POSSIBLE))
                    || (sure && named && inside(report, &found)))
        });
        // "An official who asked not to be named said": the asking is a part of the source.
        found.retain(|report| {
            !by_rule.iter().any(|rule| {
                rule.source.is_some_and(|source| source.span.contains(report.cue))
                    && report.content.iter().any(|piece| piece.overlaps(rule.cue))
            })
        });
        found.extend(by_rule);
        found.sort_by_key(|report| report.anchor);
        found
    }
}

/// What the rules are sure of stays where the reader holds it for this likely.
const POSSIBLE: f32 = 0.03;

/// How likely a word begins a cue, or goes on with one.
#[derive(Debug, Clone, Copy)]
struct CueShares {
    begins: f32,
    inside: f32,
}

impl CueShares {
    fn either(self) -> f32 {
        self.begins + self.inside
    }
}

/// The runs of words that are in one cue: each with a share of `enough`, and a new one where a word is likelier to begin one.
fn runs(likely: &[CueShares], enough: f32) -> Vec<RangeInclusive<usize>> {
    let mut runs: Vec<RangeInclusive<usize>> = Vec::new();
    for (at, shares) in likely.iter().enumerate().filter(|(_, shares)| shares.either() >= enough) {
        match runs.last_mut() {
            Some(run) if shares.begins <= shares.inside && run.end() + 1 == at => {
                *run = *run.start()..=at;
            }
            _ => runs.push(at..=at),
        }
    }
    runs
}

/// The words whose states count for a word as a part of a cue: itself, the one above, and whose act it is.
fn cue_places(words: &Words<'_, '_>, at: usize) -> Places {
    let head = words.get(Some(at)).head;
    [Some(at), head, words.subjects.get(at).copied().flatten().filter(|&subject| subject != at)]
}

/// For each word what the rules make of it, as bits: in the cue of a report that waits for content (1) or has it (2), in a source (4),
/// in a content (8), the anchor of a report that has content (16).
fn rule_marks(tree: &Tree<'_>, by_rule: &[Report]) -> Vec<u8> {
    let mut marks = vec![0; tree.len()];
    let mut set = |span: Span, bit: u8| within(tree, span).for_each(|at| marks[at] |= bit);
    for report in by_rule {
        set(report.cue, if report.content.is_empty() { 1 } else { 2 });
        report.source.iter().for_each(|source| set(source.span, 4));
        report.content.iter().for_each(|&piece| set(piece, 8));
    }
    for report in by_rule.iter().filter(|report| !report.content.is_empty()) {
        if let Some(mark) = marks.get_mut(report.anchor) {
            *mark |= 16;
        }
    }
    marks
}

/// For each word whether it is in the source (1) or the content (2) of a report by rule.
fn role_marks(tree: &Tree<'_>, report: Option<&Report>) -> Vec<u8> {
    let mut marks = vec![0; tree.len()];
    if let Some(report) = report {
        for &piece in &report.content {
            within(tree, piece).for_each(|at| marks[at] = 2);
        }
        if let Some(source) = report.source {
            within(tree, source.span).for_each(|at| marks[at] = 1);
        }
    }
    marks
}

/// The words of a sentence that lie in a span.
fn within(tree: &Tree<'_>, span: Span) -> std::ops::Range<usize> {
    let tokens = &tree.sentence.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    first..tokens.partition_point(|token| token.span.start < span.end).max(first)
}

/// The report by rule whose cue shares words with this one; one with content before one without.
fn counterpart<'r>(
    tree: &Tree<'_>,
    by_rule: &'r [Report],
    cue: &RangeInclusive<usize>,
) -> Option<&'r Report> {
    let span = tree.span(cue.clone())?;
    by_rule
        .iter()
        .filter(|report| report.cue.overlaps(span))
        .max_by_key(|report| (!report.content.is_empty(), cue.contains(&report.anchor)))
}

/// What the labels of the words say, as a report.
fn report(
    sentence: usize,
    cue: &RangeInclusive<usize>,
    words: &Words<'_, '_>,
    base: Option<&Report>,
    scores: &[Scores<ROLE_LABELS>],
    labels: &[usize],
    likely: f32,
) -> Option<Report> {
    let tree = words.tree;
    let stretch = |label: usize| {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, _) in labels.iter().enumerate().filter(|(at, l)| **l == label && !cue.contains(at))
        {
            match found.last_mut() {
                Some(run) if run.1 + 1 == at => run.1 = at,
                _ => found.push((at, at)),
            }
        }
        found
    };
    let sureness = |&(first, last): &(usize, usize)| -> f32 {
        scores[first..=last].iter().map(|s| s[SOURCE] - s[0]).sum()
    };
    let source = stretch(SOURCE)
        .into_iter()
        .max_by(|a, b| sureness(a).total_cmp(&sureness(b)))
        .and_then(|range| spoken_by(tree, trim(tree, range)?));
    let mut content = spans(tree, &stretch(CONTENT));
    // "Assad was quoted as saying": who speaks by the rules is no part of what is said.
    let speaks = base.filter(|report| report.tells && source.is_none()).and_then(|r| r.source);
    let mistaken = |piece: &Span| speaks.is_some_and(|source| source.span.contains(*piece));
    let source = source.or(speaks.filter(|_| content.iter().any(mistaken)));
    content.retain(|piece| !mistaken(piece));
    // "agreed in January to open a hotline": the day is no part of what was agreed.
    for piece in &mut content {
        let mut tokens = within(tree, *piece);
        if let (Some(day), Some(to)) = (tokens.next(), tokens.next())
            && tree.upos(day) == Upos::Propn
            && matches!(tree.relation(day), "nmod" | "obl")
            && tree.lemma(to) == "to"
            && let Some(token) = tree.sentence.tokens.get(to)
        {
            piece.start = token.span.start;
        }
    }
    let anchor = base
        .map(|report| report.anchor)
        .filter(|anchor| cue.contains(anchor))
        .unwrap_or_else(|| roles::anchor(words, *cue.start(), *cue.end()));
    // "Its claim that it had won was doubted": of a noun's clause the rules know the end, whatever the parser hangs on the noun.
    if tree.upos(anchor) == Upos::Noun
        && let Some(known) = base.filter(|r| r.tells).and_then(|r| r.content.last())
    {
        for piece in content.iter_mut().filter(|piece| piece.overlaps(*known)) {
            piece.end = piece.end.min(known.end);
        }
    }
    let verbal = tree.upos(anchor) == Upos::Verb;
    Some(Report {
        sentence,
        anchor,
        frames: base.map_or(Frames::default(), |report| report.frames),
        cue: tree.span(cue.clone())?,
        source,
        audience: base.filter(|_| verbal).and_then(|report| report.audience),
        tells: base.is_some_and(|report| report.tells && !report.content.is_empty()),
        content,
        firm: false,
        unsaid: false,
        likely: Some(likely),
    })
}

/// A sentence, or a sentence seen from one cue, for training.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Bytes of each word.
    pub spans: Vec<Span>,
    /// Features of each word.
    pub features: Vec<Vec<u32>>,
    /// The words whose states count for each.
    pub places: Vec<[Option<usize>; PLACES]>,
    /// The states of the words, and what they mean.
    pub ground: Arc<[ByteRows; 2]>,
}

/// What a document gives to learn from: an example for each sentence, in order, and one for each of the `cues` that lies in one
/// sentence, with the cue's place in the list.
pub fn examples(
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    cues: &[Span],
) -> (Vec<Example>, Vec<(usize, Example)>) {
    let text = document.text.as_str();
    let trees: Vec<Tree<'_>> = sentences.iter().map(Tree::new).collect();
    let quotations = super::quotes::quotations(text, &super::paragraphs(document));
    let outer: Vec<&Quotation> = quotations.iter().filter(|q| q.depth == 0).collect();
    let page =
        Page { lexicon: &book.reporting, parser: &book.vectors, resolution, quotations: &outer };
    let mut of_sentences = Vec::with_capacity(trees.len());
    let mut of_cues = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        let by_rule = reports(&book.reporting, tree, index);
        let words = page.words(tree, index);
        let spans: Vec<Span> = tree.sentence.tokens.iter().map(|token| token.span).collect();
        let marks = rule_marks(tree, &by_rule);
        let ground = Arc::new([tree.sentence.states.clone(), words.meanings(page.parser)]);
        let mut own =
            Example { spans: spans.clone(), ground: Arc::clone(&ground), ..Example::default() };
        for at in 0..tree.len() {
            let mut features = Vec::new();
            cues::features(&words, &marks, at, &mut features);
            own.features.push(features);
            own.places.push(cue_places(&words, at));
        }
        of_sentences.push(own);
        let here: Vec<(usize, std::ops::Range<usize>)> = cues
            .iter()
            .enumerate()
            .filter(|(_, cue)| tree.sentence.span.contains(**cue))
            .map(|(nth, &cue)| (nth, within(tree, cue)))
            .filter(|(_, range)| !range.is_empty())
            .collect();
        let mut in_cue = vec![false; tree.len()];
        for (_, range) in &here {
            in_cue[range.clone()].fill(true);
        }
        for (nth, range) in here {
            let cue = range.start..=range.end - 1;
            let marks = role_marks(tree, counterpart(tree, &by_rule, &cue));
            let parts = Cue::new(&words, cue, marks, &in_cue);
            let mut example =
                Example { spans: spans.clone(), ground: Arc::clone(&ground), ..Example::default() };
            for at in 0..tree.len() {
                let mut features = Vec::new();
                parts.features(at, &mut features);
                example.features.push(features);
                example.places.push(parts.places(at));
            }
            of_cues.push((nth, example));
        }
    }
    (of_sentences, of_cues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bytes_of_a_reader_make_one() {
        assert!(!AttributionReader::builtin().is_empty());
        assert!(AttributionReader::default().is_empty());
        let cut = AttributionReader::from_bytes(&MODEL[..MODEL.len() - 1]);
        assert_eq!(cut.err(), Some(NoAttributionReader));
        assert_eq!(AttributionReader::from_bytes(b"another file").err(), Some(NoAttributionReader));
    }

    #[test]
    fn a_cue_is_a_run_of_likely_words_and_ends_where_another_begins() {
        let begins = CueShares { begins: 0.7, inside: 0.1 };
        let inside = CueShares { begins: 0.0, inside: 0.4 };
        let out = CueShares { begins: 0.05, inside: 0.05 };
        assert_eq!(runs(&[out, begins, inside, out], 0.3), [1..=2]);
        assert_eq!(runs(&[begins, inside, begins], 0.3), [0..=1, 2..=2]);
        assert_eq!(runs(&[begins, inside, inside], 0.5), [0..=0]);
    }
}

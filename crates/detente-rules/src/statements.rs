//! Who said what: direct, reported and mixed speech, and thought.
//!
//! In go the sentences of one document and its resolution, out come [`Statement`]s in the order of their
//! contents. `“We will not yield,” Ruto told reporters, adding that talks “went nowhere.”` gives two: a
//! direct one with the cue "told" and the audience "reporters", and a mixed one with the cue
//! "adding", both by Ruto.
//!
//! Where the report interrupts what is said (“Yes,” he said, “at last.”), the pieces are one statement. A quotation in running text that nobody is seen to say is
//! a statement of the kind [`StatementKind::Scare`].

mod assign;
mod beside;
mod contents;
mod ends;
pub mod learned;
pub(crate) mod lexicon;
mod phrases;
mod quotes;
mod reports;
mod sources;
mod speakers;
mod weeds;

use std::collections::BTreeMap;

use detente_core::{Attribution, Document, Span, SpanText, Statement, StatementKind, stable_id};
use detente_parse::Sentence;
use detente_resolve::Resolution;

use crate::rulebook::RuleBook;
use crate::yields::Tree;

use assign::{Said, assign};
use lexicon::Lexicon;
use quotes::{Quotation, quotations, with_turns};
use speakers::{Speakers, actor_at, named_as};

/// Every statement of the document, in order of the contents' first bytes, the longer first.
///
/// Spans are bytes of `document.text`; `sentences` must be those of that text.
pub fn statements(
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Vec<Statement> {
    told(book, document, sentences, resolution).into_iter().map(|told| told.statement).collect()
}

/// A statement with what the record does not hold of it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// The statement.
    pub(crate) statement: Statement,
    /// Its content is said or thought to be so, and not only wanted, opposed or talked about.
    pub(crate) asserted: bool,
    /// How likely the attribution reader takes its cue to be one; `None` where the rules are alone.
    pub(crate) likely: Option<f32>,
}

/// As [`statements`].
pub(crate) fn told(
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Vec<Told> {
    let text = document.text.as_str();
    let trees: Vec<Tree<'_>> = sentences.iter().map(Tree::new).collect();
    let quotations = with_turns(quotations(text, &paragraphs(document)), &resolution.turns);
    let said = assign(text, book, &trees, &quotations, resolution);

    let mut all: Vec<Told> = said
        .iter()
        .filter_map(|said| {
            let statement = statement(
                &book.reporting,
                document,
                sentences,
                &trees,
                resolution,
                &quotations,
                said,
            )?;
            Some(Told {
                statement,
                asserted: said.tells && !said.scare && !said.unsaid,
                likely: said.likely,
            })
        })
        .collect();
    all.sort_by_key(|told| {
        let (content, cue) = (told.statement.content.span, told.statement.cue.as_ref());
        (content.start, std::cmp::Reverse(content.end), cue.map(|cue| cue.span))
    });
    own_quotations(text, &quotations, &mut all);
    join_halves(text, &mut all);
    join_pieces(&book.reporting, sentences, &mut all);
    speakers::spoken_of(&trees, resolution, &mut all);
    speakers::named_again(&mut all);
    all
}

/// Statements by their cue, in their order.
fn by_cue(all: &[Told]) -> BTreeMap<Span, Vec<usize>> {
    let mut found: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (at, told) in all.iter().enumerate() {
        if let Some(cue) = &told.statement.cue {
            found.entry(cue.span).or_default().push(at);
        }
    }
    found
}

/// Takes out what was joined to another.
fn take_out(all: &mut Vec<Told>, joined: &[bool]) {
    let mut joined = joined.iter();
    all.retain(|_| !joined.next().copied().unwrap_or_default());
}

/// Makes one statement of the pieces of a sentence that one cue reports: "Talks, | he said, | had failed".
fn join_pieces(reporting: &Lexicon, sentences: &[Sentence], all: &mut Vec<Told>) {
    let mut joined = vec![false; all.len()];
    let groups = by_cue(all);
    for at in 1..all.len() {
        let cue = all[at].statement.cue.as_ref().map(|cue| cue.span);
        let Some(group) = cue.and_then(|cue| groups.get(&cue)) else { continue };
        let begins = |&place: &usize| {
            !joined[place] && is_begun(reporting, sentences, all, &joined, place, at)
        };
        let before = group.iter().copied().take_while(|&place| place < at);
        let Some(place) = before.into_iter().find(begins) else { continue };
        joined[at] = true;
        let further = all[at].statement.clone();
        let whole = &mut all[place].statement;
        if whole.kind != further.kind {
            whole.kind = StatementKind::Mixed;
        }
        whole.also.push(further.content);
        whole.quotes.extend(further.quotes);
    }
    take_out(all, &joined);
}

/// Whether one statement begins what another of the same cue goes on with: the two are pieces of one clause of the cue's sentence.
fn is_begun(
    reporting: &Lexicon,
    sentences: &[Sentence],
    all: &[Told],
    joined: &[bool],
    place: usize,
    at: usize,
) -> bool {
    let (one, further) = (&all[place].statement, &all[at].statement);
    let cue = further.cue.as_ref().map(|cue| cue.span);
    let own = sentences.get(further.sentence);
    let Some(sentence) = own.filter(|own| cue.is_some_and(|cue| own.span.contains(cue))) else {
        return false;
    };
    // "The dam, Oslo said, was one matter, but water, it went on, “comes first”": what another report parts is no piece of this one.
    let parted = || {
        let start = one.content.span.start;
        let from = all.partition_point(|told| told.statement.content.span.start < start);
        let here = all.iter().zip(joined).skip(from);
        here.take_while(|(told, _)| told.statement.content.span.start == start).any(
            |(told, &joined)| {
                let within = |span: Span| one.content.span.contains(span);
                let other = &told.statement;
                !joined
                    && other.cue.as_ref().is_some_and(|cue| within(cue.span))
                    && within(other.content.span)
            },
        )
    };
    let ends =
        one.pieces().last().is_some_and(|piece| piece.span.end <= further.content.span.start);
    one.sentence == further.sentence
        && ends
        && further.about.is_none()
        && !parted()
        && goes_on(reporting, sentence, one, further)
}

/// Whether one content goes on with another: two quotations, or words that are one clause with what stands before them.
fn goes_on(reporting: &Lexicon, sentence: &Sentence, one: &Statement, further: &Statement) -> bool {
    let direct = |statement: &Statement| statement.kind == StatementKind::Direct;
    if direct(one) && direct(further) {
        return true;
    }
    let small = |statement: &Statement| {
        let first = statement.content.text.chars().find(|c| c.is_alphanumeric());
        !first.is_some_and(char::is_uppercase)
    };
    let clause = |span: Span| {
        sentence.tokens.iter().any(|token| {
            let head = token.head.and_then(|head| sentence.tokens.get(head));
            token.deprel.starts_with("nsubj")
                && span.contains(token.span)
                && head.is_some_and(|head| span.contains(head.span))
        })
    };
    let first = sentence.tokens.iter().find(|token| further.content.span.contains(token.span));
    let joined = first.is_some_and(|token| reporting.goes_on(&token.lemma));
    !direct(one)
        && (!direct(further) || small(further))
        && (joined || !(clause(one.content.span) && clause(further.content.span)))
}

/// Makes one statement of what a cue parts: "Warsaw | is expected | to sign" says "to sign" about "Warsaw".
fn join_halves(text: &str, all: &mut Vec<Told>) {
    let mut joined = vec![false; all.len()];
    for (cue, group) in by_cue(all) {
        for (nth, &at) in group.iter().enumerate() {
            let half = &all[at].statement;
            let between = text.get(half.content.span.end..cue.start);
            if !(between.is_some_and(|words| words.trim().is_empty()) && half.quotes.is_empty()) {
                continue;
            }
            let behind = |&&other: &&usize| all[other].statement.content.span.start >= cue.end;
            if let Some(&rest) = group[nth + 1..].iter().find(behind) {
                joined[at] = true;
                all[rest].statement.about = Some(half.content.clone());
            }
        }
    }
    take_out(all, &joined);
}

/// The document's paragraphs, or its lines where none are given.
fn paragraphs(document: &Document) -> Vec<Span> {
    if !document.paragraphs.is_empty() {
        return document.paragraphs.clone();
    }
    let mut start = 0;
    document
        .text
        .split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            span
        })
        .collect()
}

/// Makes the record of one piece of speech.
fn statement(
    reporting: &Lexicon,
    document: &Document,
    sentences: &[Sentence],
    trees: &[Tree<'_>],
    resolution: &Resolution,
    quotations: &[Quotation],
    said: &Said,
) -> Option<Statement> {
    let text = document.text.as_str();
    let content = span_text(text, said.content.trimmed(text))?;
    if content.span.is_empty() {
        return None;
    }
    let cue = said.cue.and_then(|span| span_text(text, span));
    let speakers = match (said.turn.and_then(|turn| resolution.turns.get(turn)), &said.source) {
        (Some(turn), _) => named_as(text, turn.label, turn.speakers.clone()),
        (None, Some((sentence, source))) => {
            Speakers { reporting, text, trees, resolution }.of(*sentence, source)
        }
        (None, None) => Vec::new(),
    };
    let audience =
        said.audience.and_then(|(sentence, head)| actor_at(text, resolution, sentence, head));
    let begin = content.span.start;
    let sentence =
        sentences.partition_point(|s| s.span.end <= begin).min(sentences.len().checked_sub(1)?);
    let kind = if said.scare { StatementKind::Scare } else { kind(quotations, content.span) };
    let place = |span: Span| format!("{}-{}", span.start, span.end);
    let id = stable_id(&[
        &document.id,
        "statement",
        &place(content.span),
        &said.cue.map(place).unwrap_or_default(),
    ]);
    Some(Statement {
        id,
        sentence,
        kind,
        speaker: speakers.first().cloned(),
        joint: if speakers.len() > 1 { speakers } else { Vec::new() },
        cue,
        content,
        also: Vec::new(),
        unsaid: said.unsaid,
        about: None,
        audience,
        quotes: Vec::new(),
    })
}

/// Direct where the content lies within one quotation, mixed where it holds one.
fn kind(quotations: &[Quotation], content: Span) -> StatementKind {
    let from = quotations.partition_point(|q| q.span.start < content.start);
    let within =
        || quotations.iter().skip(from).take_while(|quotation| quotation.span.start < content.end);
    if within().any(|q| q.depth == 0 && q.span == content) {
        StatementKind::Direct
    } else if within().any(|q| content.contains(q.span)) {
        StatementKind::Mixed
    } else {
        StatementKind::Indirect
    }
}

/// Lists each quotation in the innermost statement that holds it.
fn own_quotations(text: &str, quotations: &[Quotation], all: &mut [Told]) {
    // How far the contents up to each reach: before the first that reaches over a quotation none holds it.
    let mut reach = 0;
    let reaches: Vec<usize> = all
        .iter()
        .map(|told| {
            reach = reach.max(told.statement.content.span.end);
            reach
        })
        .collect();
    for quotation in quotations.iter().filter(|quotation| quotation.turn.is_none()) {
        let span = quotation.span;
        let from = reaches.partition_point(|&reach| reach < span.end);
        let until = all.partition_point(|told| told.statement.content.span.start <= span.start);
        let owner = all
            .get_mut(from..until)
            .unwrap_or_default()
            .iter_mut()
            .map(|told| &mut told.statement)
            .filter(|s| s.content.span.contains(span))
            .min_by_key(|s| (s.content.span.len(), s.cue.as_ref().map_or(0, |c| c.span.start)));
        if let (Some(owner), Some(quoted)) = (owner, span_text(text, span)) {
            owner.quotes.push(quoted);
        }
    }
}

/// A span with its text, or `None` off the text's character borders.
fn span_text(text: &str, span: Span) -> Option<SpanText> {
    Some(SpanText { span, text: span.of(text)?.to_owned() })
}

/// Whose word a stretch of text is: the innermost statement whose content holds it.
///
/// What somebody only wants, opposes or talks about ("promised to withdraw", "criticised the raid") is no word on whether
/// it is so, and scare quotes tell nothing.
pub(crate) fn attribution_of(told: &[Told], stretch: Span) -> Option<Attribution> {
    told.iter()
        .filter(|told| told.asserted)
        .flat_map(|told| told.statement.pieces().map(|piece| (piece.span, &told.statement)))
        .filter(|(piece, _)| piece.contains(stretch))
        .min_by_key(|(piece, _)| piece.len())
        .map(|(_, statement)| statement)
        .map(|s| Attribution { statement: s.id.clone(), speaker: s.speaker.clone() })
}

#[cfg(test)]
mod tests {
    use detente_knowledge::Knowledge;
    use detente_parse::Parser;

    use super::*;

    fn told_of(text: &str) -> Vec<Told> {
        let knowledge = Knowledge::builtin().unwrap();
        let book = RuleBook::new(&knowledge);
        let document = Document::of_text(text);
        let mut sentences = Parser::builtin().parse(text, &document.paragraphs);
        let resolution = detente_resolve::resolve(&knowledge, &document, &mut sentences);
        told(&book, &document, &sentences, &resolution)
    }

    #[test]
    fn what_the_reader_adds_asserts_nothing() {
        let wished = told_of("Kigali would support the force.");
        assert_eq!(wished.len(), 1);
        assert!(wished[0].likely.is_some() && !wished[0].asserted);
        let said = told_of("Kigali said that the force had arrived.");
        assert_eq!(said.len(), 1);
        assert!(said[0].likely.is_some() && said[0].asserted);
    }
}

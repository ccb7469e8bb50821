//! Who said what: direct, reported and mixed speech, and thought.
//!
//! In go the sentences of one document and its resolution, out come [`Statement`]s in the order of their
//! contents. `“We will not yield,” Ruto told reporters, adding that talks “went nowhere.”` gives two: a
//! direct one with the cue "told" and the audience "reporters", and a mixed one with the cue
//! "adding", both by Ruto.
//!
//! Where the report interrupts what is said (“Yes,” he said, “at last.”), each piece is a statement
//! of its own, and the pieces share speaker and cue. A quotation in running text that nobody is seen to say is
//! a statement of the kind [`StatementKind::Scare`].

mod assign;
mod beside;
mod contents;
pub mod learned;
pub(crate) mod lexicon;
mod phrases;
mod quotes;
mod reports;
mod sources;

use detente_core::{
    Actor, Attribution, Document, Span, SpanText, Statement, StatementKind, stable_id,
};
use detente_parse::Sentence;
use detente_resolve::{Category, MentionKind, Resolution};

use crate::rulebook::RuleBook;
use crate::yields::Tree;

use assign::{Said, assign};
use lexicon::Lexicon;
use quotes::{Quotation, quotations, with_turns};
use sources::Source;

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
            Some(Told { statement, asserted: said.tells && !said.scare, likely: said.likely })
        })
        .collect();
    all.sort_by_key(|told| {
        let (content, cue) = (told.statement.content.span, told.statement.cue.as_ref());
        (content.start, std::cmp::Reverse(content.end), cue.map(|cue| cue.span))
    });
    own_quotations(text, &quotations, &mut all);
    join_halves(text, &mut all);
    all
}

/// Makes one statement of what a cue parts: "Warsaw | is expected | to sign" says "to sign" about "Warsaw".
fn join_halves(text: &str, all: &mut Vec<Told>) {
    let cue_of = |told: &Told| told.statement.cue.as_ref().map(|cue| cue.span);
    let mut at = 0;
    while at < all.len() {
        let half = &all[at].statement;
        let cue = cue_of(&all[at]).filter(|cue| {
            let between = text.get(half.content.span.end..cue.start);
            between.is_some_and(|words| words.trim().is_empty()) && half.quotes.is_empty()
        });
        let rest = cue.and_then(|cue| {
            (at + 1..all.len()).find(|&other| {
                let content = all[other].statement.content.span;
                cue_of(&all[other]) == Some(cue) && content.start >= cue.end
            })
        });
        match rest {
            Some(rest) => {
                let half = all.remove(at).statement.content;
                all[rest - 1].statement.about = Some(half);
            }
            None => at += 1,
        }
    }
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
            speakers(reporting, text, trees, resolution, *sentence, source)
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
        about: None,
        audience,
        quotes: Vec::new(),
    })
}

/// Direct where the content lies within one quotation, mixed where it holds one.
fn kind(quotations: &[Quotation], content: Span) -> StatementKind {
    let outer = || quotations.iter().filter(|q| q.depth == 0);
    if outer().any(|q| q.span.contains(content) && q.span == content) {
        StatementKind::Direct
    } else if quotations.iter().any(|q| content.contains(q.span)) {
        StatementKind::Mixed
    } else {
        StatementKind::Indirect
    }
}

/// Lists each quotation in the innermost statement that holds it.
fn own_quotations(text: &str, quotations: &[Quotation], all: &mut [Told]) {
    for quotation in quotations.iter().filter(|quotation| quotation.turn.is_none()) {
        let owner = all
            .iter_mut()
            .map(|told| &mut told.statement)
            .filter(|s| s.content.span.contains(quotation.span))
            .min_by_key(|s| (s.content.span.len(), s.cue.as_ref().map_or(0, |c| c.span.start)));
        if let (Some(owner), Some(quoted)) = (owner, span_text(text, quotation.span)) {
            owner.quotes.push(quoted);
        }
    }
}

/// Whom a source stands for; more than one where several speak together. The words are always those of
/// the source, even where nobody known stands behind them.
fn speakers(
    reporting: &Lexicon,
    text: &str,
    trees: &[Tree<'_>],
    resolution: &Resolution,
    sentence: usize,
    source: &Source,
) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    let same = |a: &Actor, b: &Actor| a.code == b.code && a.sector == b.sector && a.name == b.name;
    let mut heads = vec![source.head];
    if let Some(tree) = trees.get(sentence) {
        // "Lee, the sister of the leader and a senior official, said": one is several things.
        let named = resolution
            .mention_at(sentence, source.head)
            .is_some_and(|m| m.category == Category::Person && m.kind == MentionKind::Name)
            && tree.dependent(source.head, "appos").is_some();
        let also = |conjunct: &usize| {
            tree.sentence
                .dependents(*conjunct, "det")
                .any(|det| matches!(tree.lemma(det), "a" | "an"))
        };
        heads.extend(tree.sentence.dependents(source.head, "conj").filter(|c| !(named && also(c))));
    }
    for head in heads {
        for actor in resolution.mention_at(sentence, head).into_iter().flat_map(|m| &m.actors) {
            if !actors.iter().any(|known| same(known, actor)) {
                actors.push(actor.clone());
            }
        }
    }
    // "His office said": he speaks by it.
    if let (true, Some(tree)) = (actors.is_empty(), trees.get(sentence))
        && reporting.stands_for_owner(tree.lemma(source.head))
        && let Some(owner) = tree.dependent(source.head, "nmod:poss")
    {
        let own = resolution.mention_at(sentence, owner).into_iter().flat_map(|m| &m.actors);
        actors.extend(own.map(|actor| Actor {
            code: actor.code.clone(),
            sector: actor.sector,
            ..Actor::default()
        }));
    }
    if actors.is_empty() {
        // The tree may hang the names elsewhere than the words stand.
        let within = resolution
            .mentions_in(sentence)
            .iter()
            .filter(|m| m.kind == MentionKind::Name && source.span.contains(m.span));
        for actor in within.take(2).flat_map(|m| &m.actors) {
            if !actors.iter().any(|known| same(known, actor)) {
                actors.push(actor.clone());
            }
        }
    }
    named_as(text, source.span, actors)
}

/// The actors under the words of a source; somebody unknown where there are none.
fn named_as(text: &str, words: Span, mut actors: Vec<Actor>) -> Vec<Actor> {
    if actors.is_empty() {
        actors.push(Actor::default());
    }
    for actor in &mut actors {
        actor.span = Some(words);
        actor.text = words.of(text).map(str::to_owned);
    }
    actors
}

/// The actor whose mention has this head; `None` where no actor is meant ("put an end to the blockade").
fn actor_at(text: &str, resolution: &Resolution, sentence: usize, head: usize) -> Option<Actor> {
    let mention = resolution.mention_at(sentence, head)?;
    let mut actor = mention.actors.first().cloned().unwrap_or_default();
    actor.span = Some(mention.span);
    actor.text = mention.span.of(text).map(str::to_owned);
    Some(actor)
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
        .filter(|told| told.asserted && told.statement.content.span.contains(stretch))
        .map(|told| &told.statement)
        .min_by_key(|statement| statement.content.span.len())
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

//! Who said what: articles with brat annotation.

use std::fmt::Write;

use detente_core::{Document, Span, Statement};
use detente_rules::AttributionReader;
use detente_train::attribution::score_attribution;

use crate::commands::labelled;
use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let coder = match task.reader {
        Some(path) => coder.with_attribution_reader(labelled::attribution_reader(path)?),
        None if task.rules_alone => coder.with_attribution_reader(AttributionReader::default()),
        None => coder,
    };
    let statements = |text: &str| -> Vec<Statement> { coder.code(article(text)).statements };
    let scores = score_attribution(task.path, statements).map_err(Stop::because)?;
    let mut text =
        format!("{} articles; tokens\n           precision  recall  F1\n", scores.articles);
    for (name, role) in
        [("source", scores.source), ("cue", scores.cue), ("content", scores.content)]
    {
        let (precision, recall, f1) =
            (share(role.precision), share(role.recall), share(role.token_f1));
        let _ = writeln!(text, "{name:<9}  {precision:<9}  {recall:<6}  {f1}");
    }
    let _ = writeln!(text, "exact contents, F1  {}", share(scores.content_exact_f1));
    let _ = writeln!(text, "quotations that lie in a statement  {}", share(scores.quotations_held));
    Score::new(&scores, text)
}

/// An article of the gold data.
pub(in crate::commands) fn article(text: &str) -> Document {
    Document {
        text: text.to_owned(),
        paragraphs: paragraphs(text),
        language: Some("en".to_owned()),
        ..Document::default()
    }
}

/// The text as it stands, so that offsets of the annotation hold: a paragraph ends at a blank line.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split("\n\n") {
        let inner = piece.trim();
        if !inner.is_empty() {
            let from = start + (piece.len() - piece.trim_start().len());
            found.push(Span::new(from, from + inner.len()));
        }
        start += piece.len() + 2;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_their_place() {
        let text = "One.\n\n\n Two.\n\n";
        let spans = paragraphs(text);
        let words: Vec<_> = spans.iter().filter_map(|span| span.of(text)).collect();
        assert_eq!(words, ["One.", "Two."]);
    }
}

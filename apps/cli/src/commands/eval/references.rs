//! Whom mentions stand for, against passages that a person read.

use std::fmt::Write;

use detente::Coder;
use detente_core::{Actor, Span};
use detente_resolve::{Category, MentionKind};
use detente_train::references::{Ask, GoldPassage, ReferenceScores, read_gold, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let coder = crate::commands::coder(task.knowledge)?;
    let gold = super::gold_lines(task.path, read_gold)?;
    let mut answers = Vec::with_capacity(gold.len());
    detente::ordered(
        task.threads,
        &gold,
        |passage| answers_to(&coder, passage),
        |found| {
            answers.push(found.unwrap_or_default());
            true
        },
    );
    let scores = scores_of(gold.iter().zip(answers), &coder.knowledge().actors);
    Score::new(&scores, table(&scores, task.differences))
}

/// The actors that the coder gives for each ask.
fn answers_to(coder: &Coder, passage: &GoldPassage) -> Vec<Vec<Actor>> {
    let mut document = passage.document.clone();
    document.language = Some("en".to_owned());
    document.paragraphs = vec![Span::new(0, document.text.len())];
    let read = coder.read(&mut document);
    passage.asks.iter().map(|ask| answer(&read, ask)).collect()
}

/// The actors of the mention at the word that heads the asked ones, and of the rest of a list that it begins.
fn answer(read: &detente::Read, ask: &Ask) -> Vec<Actor> {
    let holds = |span: Span| span.start >= ask.span.start && span.end <= ask.span.end;
    let Some((index, sentence)) = read
        .sentences
        .iter()
        .enumerate()
        .find(|(_, s)| s.span.start <= ask.span.start && ask.span.start < s.span.end)
    else {
        return Vec::new();
    };
    let inside = |token: usize| sentence.tokens.get(token).is_some_and(|t| holds(t.span));
    let tops = (0..sentence.tokens.len()).filter(|&token| {
        inside(token) && !sentence.tokens.get(token).and_then(|t| t.head).is_some_and(inside)
    });
    let listed = |token: usize, top: usize| {
        let mut at = token;
        while at != top {
            match sentence.tokens.get(at) {
                Some(word) if word.deprel == "conj" => match word.head {
                    Some(head) => at = head,
                    None => return false,
                },
                _ => return false,
            }
        }
        true
    };
    for top in tops {
        let members = (0..sentence.tokens.len()).filter(|&t| inside(t) && listed(t, top));
        let found: Vec<Actor> = members
            .filter_map(|token| read.resolution.mention_at(index, token))
            .flat_map(|mention| mention.actors.iter().cloned())
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    // A surname inside of a longer name, or one that the tree tore apart.
    let around = read.resolution.mentions.iter().filter(|mention| {
        mention.sentence == index
            && mention.kind == MentionKind::Name
            && mention.category == Category::Person
            && mention.span.start <= ask.span.start
            && ask.span.end <= mention.span.end
    });
    if let Some(mention) = around.min_by_key(|mention| mention.span.end - mention.span.start) {
        return mention.actors.clone();
    }
    read.resolution
        .mentions
        .iter()
        .filter(|mention| mention.sentence == index && holds(mention.span))
        .max_by_key(|mention| mention.span.end - mention.span.start)
        .map(|mention| mention.actors.clone())
        .unwrap_or_default()
}

fn table(scores: &ReferenceScores, differences: bool) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} passages, {} asks, {} of them open ({} answered nevertheless)\n\
         right {} of {}: {}; of {} answered {} right: {}\n\
         per passage: {} of the asks, {} of the answers; {} passages without a fault",
        scores.passages,
        scores.asks,
        scores.open,
        scores.open_answered,
        scores.right,
        scores.asks,
        share(scores.right_of_asks),
        scores.answered,
        scores.right_answers,
        share(scores.right_of_answered),
        share(scores.right_per_passage),
        share(scores.right_answers_per_passage),
        scores.whole_passages
    );
    let _ = writeln!(text, "kind         asked  answered  right");
    for (kind, counts) in &scores.by_kind {
        let _ = writeln!(
            text,
            "{:<11}  {:<5}  {:<8}  {}",
            kind.as_str(),
            counts.gold,
            counts.found,
            counts.right
        );
    }
    if differences {
        for difference in &scores.differences {
            let _ = writeln!(text, "\n{difference}");
        }
    }
    text
}

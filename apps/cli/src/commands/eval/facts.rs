//! Who is who: a table of facts.

use std::fmt::Write;

use detente_core::Actor;
use detente_core::notation::PartyLine;
use detente_train::facts::{Fact, read, score as scores_of};

use crate::exit::Stop;

use super::{Score, Task, share, table};

pub(super) fn score(task: &Task) -> Result<Score, Stop> {
    let facts = table(task.path, read)?;
    let coder = crate::commands::coder(task.knowledge)?;
    let mut answers = Vec::with_capacity(facts.len());
    detente::ordered(
        task.threads,
        &facts,
        |fact| coder.who_at(&mut fact.document(), fact.span),
        |mention| {
            answers.push(mention.unwrap_or_default());
            true
        },
    );
    let known = &coder.knowledge().actors;
    let held: Vec<bool> =
        facts.iter().zip(&answers).map(|(fact, m)| fact.holds_for(m.as_ref(), known)).collect();
    let scores = scores_of(facts.iter().zip(held.iter().copied()));
    let mut text =
        format!("{} facts, {} right: {}\n", scores.facts, scores.right, share(scores.share));
    for (kind, (all, right)) in &scores.by_kind {
        let _ = writeln!(text, "  {kind:<14} {right:>4} of {all:>4}");
    }
    if task.differences {
        for ((fact, mention), _) in
            facts.iter().zip(&answers).zip(&held).filter(|(_, held)| !**held)
        {
            let actors = mention.as_ref().map_or(&[][..], |mention| &mention.actors);
            let _ = writeln!(text, "{}", difference(fact, actors));
        }
    }
    Score::new(&scores, text)
}

fn difference(fact: &Fact, actors: &[Actor]) -> String {
    let parties = |list: Vec<String>| {
        if list.is_empty() { "none".to_owned() } else { list.join(" + ") }
    };
    let wanted = parties(fact.answer.iter().map(ToString::to_string).collect());
    let got = actors.iter().map(|actor| {
        let name = actor.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
        format!("{}{name}", PartyLine::of(actor))
    });
    format!(
        "{}:{} {}: [{}] in {} — wanted {wanted}{}, got {}",
        fact.kind,
        fact.line,
        fact.date.as_deref().unwrap_or("-"),
        fact.span.of(&fact.text).unwrap_or_default(),
        fact.text,
        fact.names.first().map(|name| format!(" ({name})")).unwrap_or_default(),
        parties(got.collect()),
    )
}

//! The table of who is who, `specs/who.tsv`: at least 99 of 100 lines hold. `detente eval facts specs/who.tsv --differences`
//! prints those that do not.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use detente::Coder;
use detente_train::facts::read;

#[test]
fn ninety_nine_of_a_hundred_facts_hold() {
    let coder = Coder::builtin().unwrap();
    let facts = read(include_str!("../../../specs/who.tsv")).unwrap();
    assert!(facts.len() >= 500);
    assert!(facts.iter().filter(|fact| fact.kind == "trap").count() >= 100);
    let wrong: Vec<String> = facts
        .iter()
        .filter(|fact| {
            let mention = coder.who_at(&mut fact.document(), fact.span);
            !fact.holds_for(mention.as_ref(), &coder.knowledge().actors)
        })
        .map(|fact| format!("line {}: {}", fact.line, fact.text))
        .collect();
    assert!(wrong.len() * 100 <= facts.len(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

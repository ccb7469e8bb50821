//! The built-in model on plain news sentences: what any later model must still read.

use detente_core::Span;
use detente_parse::{Parser, Sentence};

fn parse(text: &str) -> Sentence {
    let mut sentences = Parser::builtin().parse(text, &[Span::new(0, text.len())]);
    assert_eq!(sentences.len(), 1, "{text}");
    sentences.remove(0)
}

/// `head relation dependent` for the dependents of the root, punctuation left out.
fn around_root(sentence: &Sentence) -> Vec<String> {
    let Some(root) = sentence.root() else { return Vec::new() };
    sentence
        .children(root)
        .iter()
        .map(|&child| &sentence.tokens[child])
        .filter(|token| token.deprel != "punct")
        .map(|token| format!("{}:{}", token.deprel, token.lemma))
        .collect()
}

#[test]
fn active_and_passive_are_told_apart() {
    let sentence = parse("The minister accused the army of shelling the village.");
    assert_eq!(sentence.tokens[sentence.root().unwrap()].lemma, "accuse");
    assert_eq!(around_root(&sentence)[..2], ["nsubj:minister", "obj:army"]);

    let sentence = parse("The envoy was expelled by the government on Friday.");
    assert_eq!(sentence.tokens[sentence.root().unwrap()].lemma, "expel");
    let around = around_root(&sentence);
    assert!(around.contains(&"nsubj:pass:envoy".to_owned()), "{around:?}");
    assert!(around.contains(&"obl:agent:government".to_owned()), "{around:?}");
}

#[test]
fn possessives_and_compounds_hang_together() {
    let sentence = parse("Norway\u{2019}s foreign minister met his counterpart in Oslo.");
    assert_eq!(around_root(&sentence), ["nsubj:minister", "obj:counterpart", "obl:Oslo"]);
    let minister = sentence.dependents(sentence.root().unwrap(), "nsubj").next().unwrap();
    assert_eq!(sentence.dependents(minister, "nmod:poss").count(), 1);
}

#[test]
fn the_model_is_named_by_its_hash() {
    let hash = Parser::builtin().model_hash().to_owned();
    assert!(hash.starts_with("sha256:") && hash.len() == 71, "{hash}");
    let card = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../models/english/card.md"
    ))
    .unwrap();
    assert!(card.contains(&hash), "models/english/card.md does not name the model {hash}");
}

#[test]
fn each_word_has_its_state_and_a_dateline_has_its_own() {
    let plain = parse("Norway recalled its envoy.");
    assert_eq!(plain.states.len(), plain.tokens.len());
    let opened = parse("OSLO, June 19 (Wire) - Norway recalled its envoy.");
    assert_eq!(opened.states.len(), opened.tokens.len());
    // The dateline is read apart, so that the words behind it are left as they are without it.
    let count = opened.tokens.len();
    assert_eq!(opened.states.part(count - plain.tokens.len()..count), plain.states);
}

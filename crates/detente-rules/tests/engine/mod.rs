//! The whole path from a text to what is coded of it, for the tests beside this folder.

use std::sync::OnceLock;

use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Parser;
use detente_resolve::resolve;
use detente_rules::{Coded, RuleBook, code};

struct Engine {
    knowledge: Knowledge,
    book: RuleBook,
    parser: Parser,
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let knowledge = Knowledge::builtin().expect("the built-in knowledge is clean");
        let book = RuleBook::new(&knowledge);
        Engine { knowledge, book, parser: Parser::builtin() }
    })
}

/// Codes a text whose paragraphs are separated by blank lines, read at 2023-06-20.
pub(crate) fn coded(text: &str) -> Coded {
    let engine = engine();
    let document =
        Document { id: "test".into(), date: Some("2023-06-20".into()), ..Document::of_text(text) };
    let mut sentences = engine.parser.parse(&document.text, &document.paragraphs);
    let resolution = resolve(&engine.knowledge, &document, &mut sentences);
    code(&engine.knowledge, &engine.book, &document, &sentences, &resolution)
}

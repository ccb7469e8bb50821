//! The whole path from a text to what is coded of it, for the tests beside this folder.

use std::sync::OnceLock;

use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Parser;
use detente_resolve::resolve;
use detente_rules::{AttributionReader, Coded, RuleBook, code};

struct Engine {
    knowledge: Knowledge,
    book: RuleBook,
    /// Whose statements are left to the rules.
    rules_alone: RuleBook,
    parser: Parser,
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let knowledge = Knowledge::builtin().expect("the built-in knowledge is clean");
        let book = RuleBook::new(&knowledge);
        let rules_alone =
            RuleBook::new(&knowledge).with_attribution_reader(AttributionReader::default());
        Engine { knowledge, book, rules_alone, parser: Parser::builtin() }
    })
}

/// Codes a text whose paragraphs are separated by blank lines, read at 2023-06-20.
pub(crate) fn coded(text: &str) -> Coded {
    coded_with(&engine().book, text)
}

/// The same without the attribution reader.
#[allow(dead_code, reason = "only the tests of statements ask")]
pub(crate) fn coded_by_rules(text: &str) -> Coded {
    coded_with(&engine().rules_alone, text)
}

fn coded_with(book: &RuleBook, text: &str) -> Coded {
    let engine = engine();
    let document =
        Document { id: "test".into(), date: Some("2023-06-20".into()), ..Document::of_text(text) };
    let mut sentences = engine.parser.parse(&document.text, &document.paragraphs);
    let resolution = resolve(&engine.knowledge, &document, &mut sentences);
    code(&engine.knowledge, book, &document, &sentences, &resolution)
}

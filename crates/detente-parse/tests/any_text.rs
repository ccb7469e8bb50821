//! What holds for any text: no panic, spans that slice back, one tree a sentence, the same answer in any company.

use detente_core::Span;
use detente_parse::{GivenToken, Parser, Sentence, conllu};
use proptest::prelude::*;

/// Text in which the signs that the splitter and the tokeniser look for are common.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[A-Za-z]{1,8}",
        2 => Just(" ".to_owned()),
        1 => "[ \n\t.,;:!?'\"()\\[\\]$%&/*@#_=+-]{1,3}",
        1 => "[0-9]{1,4}",
        1 => prop::sample::select(vec![
            "U.S.", "Gen. ", "don't", "\u{2019}s ", "\u{201c}", "\u{201d} ", "\u{2026}", "http://a.b/c", "a@b.cd", "\u{2014}",
            "cannot", "1,000", "e\u{301}", "\u{feff}", "\u{4f60}\u{597d}", "\u{1f600}", "No. ", "\r\n", "\u{a0}", "[3]",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn is_tree(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    tokens.iter().filter(|token| token.head.is_none()).count() == 1
        && (0..tokens.len()).all(|start| {
            let mut at = start;
            for _ in 0..=tokens.len() {
                match tokens[at].head {
                    None => return true,
                    Some(head) if head < tokens.len() => at = head,
                    Some(_) => return false,
                }
            }
            false
        })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn spans_slice_back_and_every_sentence_is_a_tree(text in text()) {
        let whole = [Span::new(0, text.len())];
        let sentences = Parser::builtin().parse(&text, &whole);
        let mut spelled = String::new();
        let mut end = 0;
        for sentence in &sentences {
            prop_assert!(is_tree(sentence));
            prop_assert!(sentence.span.start >= end);
            for token in &sentence.tokens {
                prop_assert_eq!(token.span.of(&text), Some(token.form.as_str()));
                prop_assert!(token.span.start >= end && !token.form.contains(char::is_whitespace));
                prop_assert_eq!(token.head.is_none(), token.deprel == "root");
                end = token.span.end;
                spelled.push_str(&token.form);
            }
        }
        prop_assert_eq!(spelled, letters(&text));
    }

    #[test]
    fn what_is_written_as_conllu_reads_back(text in text()) {
        let whole = [Span::new(0, text.len())];
        let sentences = Parser::builtin().parse(&text, &whole);
        let blocks = conllu::read(&conllu::write(&text, &whole, &sentences)).unwrap();
        prop_assert_eq!(blocks.len(), sentences.len());
        let again: String = blocks.iter().map(|block| block.text().0).collect();
        prop_assert_eq!(letters(&again), letters(&text));
    }

    #[test]
    fn a_sentence_is_read_alike_in_any_company(first in text(), second in text()) {
        let parser = Parser::builtin();
        let joined = format!("{first}\n\n{second}");
        let paragraphs = [Span::new(0, first.len()), Span::new(first.len() + 2, joined.len())];
        let mut together = parser.parse(&joined, &paragraphs);
        let mut alone = parser.parse(&joined, &paragraphs[..1]);
        alone.extend(parser.parse(&joined, &paragraphs[1..]));
        prop_assert_eq!(&together, &alone);
        let in_thread = std::thread::spawn(move || parser.parse(&joined, &paragraphs)).join().unwrap();
        prop_assert_eq!(&together, &in_thread);
        together.clear();
    }
}

#[test]
fn a_sentence_of_two_thousand_words_is_one_tree() {
    let words: Vec<String> =
        (0..2000).map(|n| ["talks", "and", "the", "led"][n % 4].to_owned()).collect();
    let given: Vec<GivenToken> =
        words.iter().map(|form| GivenToken { span: Span::default(), form: form.clone() }).collect();
    let sentences = Parser::builtin().parse_tokens(&[given]);
    assert_eq!(sentences[0].tokens.len(), 2000);
    assert!(is_tree(&sentences[0]));
}

#[test]
fn a_sentence_past_all_bounds_is_still_one_tree() {
    let given = vec![GivenToken { span: Span::default(), form: "so".into() }; 6000];
    let sentences = Parser::builtin().parse_tokens(&[given, Vec::new()]);
    assert!(is_tree(&sentences[0]));
    assert!(sentences[1].tokens.is_empty());
}

#[test]
fn paragraphs_off_the_text_are_left_out() {
    let parser = Parser::builtin();
    assert!(parser.parse("\u{e9}t\u{e9}", &[Span::new(1, 3), Span::new(0, 99)]).is_empty());
    assert!(parser.parse("", &[]).is_empty());
}

#[test]
fn a_parser_without_a_model_gives_trees_too() {
    let text = "The envoys met. They spoke.";
    let sentences = Parser::default().parse(text, &[Span::new(0, text.len())]);
    assert_eq!(sentences.len(), 2);
    assert!(sentences.iter().all(is_tree));
    assert_eq!(Parser::default().model_hash(), "");
}

//! What holds for any text: times and places cover slices of it, in order, and a date is a date.

use std::sync::LazyLock;

use detente_core::{Document, Span};
use detente_knowledge::{Knowledge, PartialDate};
use detente_parse::Parser;
use proptest::prelude::*;

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::builtin().expect("the built-in knowledge is clean"));
static PARSER: LazyLock<Parser> = LazyLock::new(Parser::builtin);

/// Text made of the pieces that times and places are made of, in any order.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "on",
            "in",
            "the",
            "next",
            "last",
            "this",
            "Monday",
            "June",
            "May",
            "19",
            "31",
            "2023",
            "0000",
            "99999999999",
            "th",
            "ago",
            "later",
            "days",
            "two",
            "twenty-two",
            "years",
            "-",
            "–",
            ",",
            ".",
            "(",
            ")",
            "/",
            "'90s",
            "1990s",
            "the day before",
            "early",
            "mid",
            "will",
            "met",
            "Feb. 29",
            "9/11",
            "Christmas",
            "since",
            "from",
            "to",
            "Paris",
            "Georgia",
            "Tripoli",
            "BEIJING (Reuters) —",
            "al-Bab",
            "Syria's",
            "north of",
            "province",
            "\n\n",
            "next decade",
            "in 3000000000 years",
            "2147483647 weeks ago",
            "Washington",
            "visited",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn times_and_places_are_slices(
        pieces in prop::collection::vec(piece(), 0..24),
        date in prop::sample::select(vec!["", "2023-06-21", "2024-02-29", "9999-12-31", "-009999-01-01", "x"]),
    ) {
        let text = pieces.join(" ");
        let paragraphs = vec![Span::new(0, text.len())];
        let sentences = PARSER.parse(&text, &paragraphs);
        let document = Document {
            text,
            paragraphs,
            date: (!date.is_empty()).then(|| date.to_owned()),
            ..Document::default()
        };
        let mut last = (0, 0);
        for mention in detente_resolve::dates(&KNOWLEDGE, &document, &sentences) {
            prop_assert!(mention.span.of(&document.text).is_some_and(|slice| !slice.is_empty()));
            prop_assert!(!mention.tokens.is_empty());
            prop_assert!(last <= (mention.sentence, mention.span.start));
            last = (mention.sentence, mention.span.end);
            if let Some(value) = &mention.value {
                // One date, or the first and last of a stretch.
                let ends: Option<Vec<PartialDate>> = value.split('/').map(PartialDate::parse).collect();
                let known = ends.is_some_and(|ends| match ends.as_slice() {
                    [_] => true,
                    [first, last] => first.first <= last.last,
                    _ => false,
                });
                prop_assert!(known, "{}", value);
            }
        }
        let mut last = (0, 0);
        for mention in detente_resolve::places(&KNOWLEDGE, &document, &sentences) {
            prop_assert!(mention.span.of(&document.text).is_some_and(|slice| !slice.is_empty()));
            prop_assert!(mention.tokens.contains(&mention.head));
            prop_assert!(!mention.place.name.is_empty());
            prop_assert!(last <= (mention.sentence, mention.span.start));
            last = (mention.sentence, mention.span.end);
        }
    }
}

//! What holds for any input: no panic, spans that are slices, the same bytes each time.

#![allow(clippy::unwrap_used)]

use detente_extract::{Options, read};
use proptest::prelude::*;

/// Reads an input twice and checks each of its documents.
fn check(bytes: &[u8]) {
    let options = Options::default();
    let first: Vec<_> = read("input", bytes, &options).collect();
    let second: Vec<_> = read("input", bytes, &options).collect();
    assert_eq!(first, second);
    for document in first.into_iter().flatten() {
        let mut end = 0;
        for span in &document.paragraphs {
            let slice = span.of(&document.text).expect("a paragraph is a slice of the text");
            assert!(!slice.is_empty() && slice.trim() == slice);
            assert!(!slice.contains('\n') && !slice.contains("  "));
            assert!(span.start == end || document.text.get(end..span.start) == Some("\n\n"));
            end = span.end;
        }
        assert_eq!(end, document.text.len());
        assert!(!document.id.is_empty());
    }
}

/// Bits of pages, to be put together in any order.
fn markup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=related>",
        "<div class=\"entry-content\">",
        "</div>",
        "<a href=/x>",
        "</a>",
        "<h1>",
        "</h1>",
        "<article>",
        "</article>",
        "<table><tr><td>",
        "</table>",
        "<ul><li>",
        "</ul>",
        "<br><br>",
        "<svg>",
        "</svg>",
        "<title>",
        "</title>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<pre>",
        "</pre>",
        "&amp;",
        "&#x1f600;",
        "&bogus;",
        "<meta charset=utf-8>",
        "Ankara and Athens met in Oslo on Monday, and both sides agreed to meet again. ",
        "Leave a Reply",
        "Related Articles",
        "June 19, 2023",
        "By Ann Lee",
        "Home » News » Talks",
        "\u{0}",
        "\u{ad}",
        "é",
        "e\u{301}",
        " ",
        "\n\n",
        "…",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"x\"}</script>",
        "<em>",
        "</em>",
        "<blockquote>",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_of_any_format(
        magic in prop::sample::select(vec![
            "\u{1f}", "PK\u{3}\u{4}", "WARC/1.0\r\n", "<rss><channel><item>", "<feed><entry>", "{\"text\": \"", "[{", "<html>", "<?xml ?>",
            "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let mut input = magic.as_bytes().to_vec();
        input.extend(bytes);
        check(&input);
    }

    #[test]
    fn any_text(text in "(\\PC|\n|\r\n){0,400}") {
        check(text.as_bytes());
    }

    #[test]
    fn any_markup(text in markup()) {
        check(text.as_bytes());
    }

    #[test]
    fn samples_cut_and_damaged(sample in 0usize..64, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/formats");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        let mut bytes = std::fs::read(&files[sample % files.len()]).unwrap();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        check(&bytes);
    }
}

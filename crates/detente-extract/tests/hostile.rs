//! Bad input costs its own document only, and neither much time nor much memory.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};

use detente_core::{Document, Warning};
use detente_extract::{ExtractError, Options, read};
use flate2::Compression;
use flate2::write::GzEncoder;

fn all(bytes: &[u8]) -> Vec<Result<Document, ExtractError>> {
    read("input", bytes, &Options::default()).collect()
}

fn only_error(bytes: &[u8]) -> ExtractError {
    let mut found = all(bytes);
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap_err()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const PARAGRAPH: &str =
    "<p>Ankara and Athens met in Oslo on Monday, and both sides agreed to meet again.</p>";

#[test]
fn nothing_and_no_text() {
    assert!(only_error(b"").is_empty());
    assert!(only_error(b" \n \n").is_empty());
    assert!(only_error(b"%PDF-1.7 \x00\x01").is_binary());
    assert!(only_error(&[0u8; 5000]).is_binary());
    assert!(only_error(b"\x1f\x8b\x08").is_truncated());
    assert!(only_error(b"PK\x03\x04 and no more").is_truncated());
    let error = only_error(&[0xffu8, 0, 1, 2, 3, 0xd8, 9].repeat(999));
    assert!(error.is_binary());
    assert!(error.to_string().starts_with("input: it is binary data"));
}

#[test]
fn a_hundred_thousand_nested_elements() {
    for tag in ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "a href=x", "svg"] {
        let close = tag.split([' ', '>']).next().unwrap_or_default();
        let depth = if tag == "div" { 100_000 } else { 20_000 };
        let html = format!(
            "<html><body>{}{PARAGRAPH}{}{PARAGRAPH}</body>",
            format!("<{tag}>").repeat(depth),
            format!("</{close}>").repeat(depth)
        );
        assert_eq!(all(html.as_bytes()).len(), 1, "{tag}");
    }
}

#[test]
fn a_page_beyond_the_limit_is_cut() {
    let options =
        Options { max_document_bytes: 100_000, max_text_bytes: 10_000, ..Options::default() };
    let html = "<html><body>".to_owned() + &PARAGRAPH.repeat(5_000);
    let text = "Ankara and Athens met in Oslo on Monday.\n\n".repeat(5_000);
    for input in [html, text] {
        let document = read("big", input.as_bytes(), &options).next().unwrap().unwrap();
        assert_eq!(document.warnings, [Warning::Cut]);
        assert!(document.text.len() <= 10_000 && document.text.len() > 9_000);
        assert!(document.text.ends_with('.'));
    }
}

#[test]
fn a_bomb_does_not_unpack() {
    // 40 MB of one letter, of which no more than a document is read.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::copy(&mut std::io::repeat(b'a').take(40_000_000), &mut encoder).unwrap();
    let packed = encoder.finish().unwrap();
    let document = all(&packed).remove(0).unwrap();
    assert!(document.warnings.contains(&Warning::Cut));
    assert!(document.text.len() <= Options::default().max_text_bytes);
    // An archive in an archive in an archive …
    let nested = (0..20).fold(PARAGRAPH.as_bytes().to_vec(), |bytes, _| gzip(&bytes));
    assert!(only_error(&nested).is_malformed());
}

#[test]
fn a_bad_line_costs_itself() {
    let lines = "{\"text\": \"Ankara met Athens.\"}\n{\"text\": \n[]\n{\"title\": \"x\"}\n{\"text\": \"Oslo met Rome.\"}\n";
    let found = all(lines.as_bytes());
    assert_eq!(found.len(), 5);
    assert_eq!(found[0].as_ref().unwrap().text, "Ankara met Athens.");
    for (at, fault) in found.iter().enumerate().take(4).skip(1) {
        let error = fault.as_ref().unwrap_err();
        assert!(error.is_malformed());
        assert_eq!(error.record(), Some(at as u64 + 1));
    }
    assert_eq!(found[4].as_ref().unwrap().text, "Oslo met Rome.");
    for (line, empty) in
        [("{\"text\": \" \"}\n", true), ("{\"text\": [\"Oslo met Rome.\"]}\n", false)]
    {
        let found = all(line.repeat(2).as_bytes());
        assert_eq!(found.len(), 2, "{line}");
        assert!(found.iter().all(|f| f.as_ref().is_err_and(|e| e.is_empty() == empty)), "{line}");
    }
}

#[test]
fn a_truncated_archive_gives_what_is_whole() {
    let record = |uri: &str| {
        let http =
            format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Talks</h1>{PARAGRAPH}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
    };
    let warc = record("https://a.example/1") + &record("https://a.example/2");
    let cut = warc.len() - 40;
    let found = all(&warc.as_bytes()[..cut]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].as_ref().unwrap().url.as_deref(), Some("https://a.example/1"));
    let error = found[1].as_ref().unwrap_err();
    assert!(error.is_truncated() && error.record() == Some(2));

    let mut packed = gzip(record("https://a.example/1").as_bytes());
    packed.extend(gzip(record("https://a.example/2").as_bytes()));
    packed.truncate(packed.len() - 30);
    let found = all(&packed);
    assert!(found[0].is_ok() && found.last().unwrap().as_ref().unwrap_err().is_truncated());
}

#[test]
fn a_broken_feed_gives_what_came_before() {
    let feed = "<rss><channel><item><title>A</title><description>Ankara and Athens met & talked.</description></item>\
                <item><title>B</title><descr";
    let found = all(feed.as_bytes());
    assert_eq!(found[0].as_ref().unwrap().text, "Ankara and Athens met & talked.");
    assert!(found[1].as_ref().unwrap_err().is_truncated());
}

#[test]
fn other_encodings_and_languages() {
    let page = "<meta charset=windows-1251><h1>Переговоры</h1><p>Министр встретился с коллегой в столице в понедельник, \
                и стороны договорились о новой встрече в конце года.</p>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    let document = all(&bytes).remove(0).unwrap();
    assert_eq!(document.title.as_deref(), Some("Переговоры"));
    assert_eq!(document.language.as_deref(), Some("ru"));
    assert_eq!(document.warnings, [Warning::NotEnglish]);
    let utf16: Vec<u8> = "\u{feff}Ankara refused to extradite the suspect to Greece."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(
        all(&utf16).remove(0).unwrap().text,
        "Ankara refused to extradite the suspect to Greece."
    );
}

#[test]
fn a_page_without_an_article_says_so() {
    let links = "<li><a href=/x>Talks resume in the capital</a></li>".repeat(40);
    for page in [
        format!("<html><body><nav><ul>{links}</ul></nav></body></html>"),
        "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
            .to_owned(),
        "<html><body><form><p>Log in</p><input name=user></form></body></html>".to_owned(),
    ] {
        let document = all(page.as_bytes()).remove(0).unwrap();
        assert_eq!(document.warnings, [Warning::NoArticle], "{page}");
        assert!(document.text.is_empty());
    }
}

/// A date comes from the page, from the caller, or not at all.
#[test]
fn no_date_is_made_up() {
    let page = "<h1>Talks</h1>".to_owned() + PARAGRAPH;
    assert_eq!(all(page.as_bytes()).remove(0).unwrap().date, None);
    let options = Options { date: Some("19 June 2023".to_owned()), ..Options::default() };
    let document = read("page", page.as_bytes(), &options).next().unwrap().unwrap();
    assert_eq!(document.date.as_deref(), Some("2023-06-19"));
}

#[test]
fn a_bad_first_line_of_json_costs_itself_alone() {
    let good: String = (0..30)
        .map(|n| {
            let text = format!("Ankara thanked Oslo {n} times.");
            serde_json::json!({ "id": n, "text": text }).to_string() + "\n"
        })
        .collect();
    for bad in [
        "# export of 2023",
        "{broken",
        "not json",
        "{\"text\": \"broken",
        "{\"id\": \"a\",",
        "[",
        "7",
    ] {
        let found = all(format!("{bad}\n{good}").as_bytes());
        assert_eq!(found.len(), 31, "{bad}: {:?}", found.first());
        let fault = found[0].as_ref().unwrap_err();
        assert!(fault.is_malformed() && fault.record() == Some(1), "{bad}: {fault}");
        assert!(found.iter().skip(1).all(Result::is_ok), "{bad}");
    }
    // A whole over many lines is one, and no text is taken for lines.
    let array = format!("[\n{}\n]", good.lines().collect::<Vec<_>>().join(",\n"));
    assert_eq!(all(array.as_bytes()).iter().filter(|found| found.is_ok()).count(), 30);
    let one = "[\n{\"text\": \"Ankara thanked Oslo.\"}\n]\n";
    assert_eq!(all(one.as_bytes()).len(), 1);
    let text = "Ankara thanked Oslo.\n\nThe reply was:\n{\"thanks\": 1}\n\nNothing more was said.";
    assert!(all(text.as_bytes()).remove(0).unwrap().text.contains("thanks"));
}

#[test]
fn what_is_called_json_lines_and_is_none_is_told() {
    let text = "Ankara thanked Oslo.\nOslo thanked Ankara.\n";
    for (name, faults) in [("a.jsonl", 2), ("a.ndjson.gz", 2), ("a.txt", 0)] {
        let found: Vec<_> = read(name, text.as_bytes(), &Options::default()).collect();
        assert_eq!(found.iter().filter(|found| found.is_err()).count(), faults, "{name}");
    }
    let bytes = [0u8; 5000];
    let mut found: Vec<_> = read("a.jsonl", &bytes[..], &Options::default()).collect();
    assert!(found.len() == 1 && found.remove(0).unwrap_err().is_binary());
}

#[test]
fn json_lines_in_utf_16() {
    let lines = "{\"text\": \"Ankara thanked Zoë 🙂.\"}\n{\"text\": \"Oslo thanked Ankara.\"}\n"
        .repeat(400);
    let mut wide = vec![0xff, 0xfe];
    lines.encode_utf16().for_each(|unit| wide.extend(unit.to_le_bytes()));
    let found = all(&wide);
    assert_eq!(found.len(), 800);
    assert_eq!(found[0].as_ref().unwrap().text, "Ankara thanked Zoë 🙂.");
    assert!(found.iter().all(Result::is_ok));
}

/// The sample without its last block is whole; any shorter one is told.
#[test]
fn a_tar_that_is_cut_is_told() {
    let tar = include_bytes!("../../../corpus/formats/tar.tar");
    let whole = all(tar);
    assert!(whole.len() > 1 && whole.iter().all(Result::is_ok));
    let end = tar.len() - tar.iter().rev().take_while(|b| **b == 0).count();
    let end = end.next_multiple_of(512);
    let texts = |found: &[Result<Document, ExtractError>]| -> Vec<String> {
        found.iter().filter_map(|found| Some(found.as_ref().ok()?.text.clone())).collect()
    };
    for cut in [300, 511, 512, 700, 1024, 1025, 3000, 4608, end - 512, end - 1, end] {
        let found = all(&tar[..cut]);
        let faults: Vec<_> = found.iter().filter_map(|found| found.as_ref().err()).collect();
        assert_eq!(faults.len(), 1, "{cut}: {found:?}");
        assert!(faults[0].is_truncated(), "{cut}: {}", faults[0]);
        assert!(texts(&whole).starts_with(&texts(&found)), "{cut}");
    }
    assert_eq!(all(&tar[..end + 512]), whole);
    // Two behind each other are both read; a block that is broken is told.
    assert_eq!(all(&[&tar[..], &tar[..]].concat()).len(), 2 * whole.len());
    let mut broken = tar.to_vec();
    broken[1024 - 512 + 3] ^= 1;
    let found = all(&broken);
    assert!(found.iter().any(|found| found.as_ref().is_err_and(ExtractError::is_malformed)));
    // Behind gzip, too.
    let found = all(&gzip(&tar[..700]));
    assert!(found.iter().any(|found| found.as_ref().is_err_and(ExtractError::is_truncated)));
}

//! Bad input gives a clear error for its own document, and the run goes on.

mod common;

use std::fmt::Write as _;
use std::io::Write;

use common::{Folder, detente, detente_with, example};

#[test]
fn a_missing_file_is_a_wrong_call() {
    let run = detente(&["code", "no-such-page.html"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("no-such-page.html: no such file"), "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn an_empty_file_is_named() {
    let folder = Folder::new("empty");
    let path = folder.file("empty.html", "");
    let run = detente(&["code", "--json", &path]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("empty.html"), "{}", run.err);
}

#[test]
fn empty_standard_input_is_named() {
    let run = detente_with(&["code", "-"], b"");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(!run.err.is_empty());
}

#[test]
fn one_bad_file_costs_itself_alone() {
    let folder = Folder::new("mixed");
    folder.file("a.txt", "Ankara thanked Oslo for its help on Monday.");
    folder.file("b.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0");
    folder.file("c.bin", (0..=255u8).cycle().take(4096).collect::<Vec<_>>());
    folder.file("d/e.txt", "Oslo thanked Ankara for its help on Tuesday.");
    let run = detente(&["code", "--json", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.err);
    let sources: Vec<_> = run.out.lines().map(|line| line.contains("d/e.txt")).collect();
    assert_eq!(sources, [false, true], "{}", run.out);
    assert!(run.err.contains("b.png") && run.err.contains("c.bin"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_named_and_the_rest_is_coded() {
    let folder = Folder::new("unreadable");
    folder.file("good.txt", "Ankara thanked Oslo for its help on Monday.");
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
    let run = detente(&["code", "--json", folder.path().to_str().unwrap()]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("dangling.txt"), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn a_truncated_archive_gives_what_it_holds() {
    let folder = Folder::new("truncated");
    let gzip = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x4c";
    let path = folder.file("pages.warc.gz", gzip);
    let run = detente(&["code", "--json", &path, &example("ceasefire.txt")]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("pages.warc.gz"), "{}", run.err);
    assert_eq!(run.out.lines().count(), 1);
}

#[test]
fn a_bad_line_of_json_costs_itself_alone() {
    let lines = "{\"id\": \"1\", \"text\": \"Ankara thanked Oslo.\"}\n{\"id\": \n{\"id\": \"3\", \"text\": \"Oslo thanked Ankara.\"}\n";
    let run = detente_with(&["code", "--json", "-"], lines.as_bytes());
    assert_eq!(run.code, 1, "{}", run.err);
    assert_eq!(run.out.lines().count(), 2, "{}\n{}", run.out, run.err);
}

#[test]
fn a_page_nested_without_end_is_read() {
    let mut page = String::from("<html><head><title>Deep</title></head><body>");
    page.push_str(&"<div>".repeat(200_000));
    page.push_str("<p>Ankara thanked Oslo for its help after the flood on Monday.</p>");
    let run = detente_with(&["code", "--json", "-"], page.as_bytes());
    assert!(run.code == 0 || run.code == 1, "{} {}", run.code, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

#[test]
fn other_encodings_are_read() {
    let latin: Vec<u8> =
        b"<html><head><meta charset=\"windows-1252\"><title>Talks</title></head><body><p>The caf\xe9 talks between Turkey and \
          Norway went on, and Ankara thanked Oslo for its patience.</p></body></html>"
            .to_vec();
    let run = detente_with(&["extract", "-"], &latin);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("café"), "{}", run.out);
    let mut wide = vec![0xff, 0xfe];
    "Ankara thanked Oslo for its help."
        .encode_utf16()
        .for_each(|unit| wide.extend(unit.to_le_bytes()));
    let run = detente_with(&["extract", "-"], &wide);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Ankara thanked Oslo"), "{}", run.out);
}

#[test]
fn a_very_large_file_neither_fills_memory_nor_ends_the_run() {
    let folder = Folder::new("large");
    let path = folder.path().join("large.html");
    {
        let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
        file.write_all(b"<html><head><title>Long</title></head><body><pre>").unwrap();
        // Two hundred megabytes without a sentence in them: what is tested is reading, not coding.
        let line = vec![b'0'; 1 << 20];
        for _ in 0..200 {
            file.write_all(&line).unwrap();
        }
    }
    folder.file("small.txt", "Ankara thanked Oslo for its help on Monday.");
    let run = detente(&["code", "--json", folder.path().to_str().unwrap()]);
    assert!(run.code == 0 || run.code == 1, "{}", run.err);
    let small = run.out.lines().find(|line| line.contains("small.txt"));
    assert!(small.is_some_and(|line| line.contains("thanked")), "{}", run.err);
    assert!(run.code == 0 || run.err.contains("large.html"), "{}", run.err);
}

#[test]
fn long_words_and_long_sentences_are_read() {
    let mut text = String::from("Ankara thanked Oslo ");
    for i in 0..20_000 {
        let _ = write!(text, "and Oslo thanked town{i} ");
    }
    text.push_str(&"x".repeat(100_000));
    let run = detente_with(&["code", "--json", "-"], text.as_bytes());
    assert!(run.code == 0 || run.code == 1, "{} {}", run.code, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
}

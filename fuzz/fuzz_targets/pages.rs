//! Any bytes as an input: no panic, and every paragraph is a slice of its document's text.
//!
//! `cargo +nightly fuzz run pages fuzz/corpus/pages corpus/formats` starts from the samples.

#![no_main]

use detente_extract::{Options, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Small limits, so that a find is small too.
    let options =
        Options { max_document_bytes: 1 << 20, max_text_bytes: 1 << 16, ..Options::default() };
    for document in read("fuzz", bytes, &options).flatten() {
        for span in &document.paragraphs {
            assert!(span.of(&document.text).is_some());
        }
    }
});

//! Any text as a line of the rule notation and as a proof's record: no panic, and a fault points into the line.
//!
//! `cargo +nightly fuzz run notation`

#![no_main]

use detente_knowledge::Pattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Pattern::parse(text) {
        Ok(pattern) => assert_eq!(pattern.text, text),
        Err(fault) => assert!(fault.offset <= text.len()),
    }
    let _ = detente_core::notation::EventLine::parse(text);
});

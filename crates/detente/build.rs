//! Reads the knowledge once, when the program is built, and leaves its tables as bytes for the program to hold.
//!
//! A fault in a file must not keep the program from being built: `detente knowledge check` is what tells it with file,
//! line and column. The bytes are empty then, and the program reads the files itself and says what is wrong.

use std::path::Path;
use std::{env, fs, io};

use detente_knowledge::Knowledge;

fn main() -> io::Result<()> {
    // The files are part of `detente-knowledge`, so that this runs again whenever one of them has changed.
    println!("cargo::rerun-if-changed=build.rs");
    let bytes = Knowledge::builtin().ok().and_then(|knowledge| knowledge.to_bytes().ok());
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("knowledge.bin"), bytes.unwrap_or_default())
}

//! Lists the files of `knowledge/` so that the library can hold them: for each its path below that
//! folder, its text and the SHA-256 of its text, sorted by path.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?)
        .join("../../knowledge")
        .canonicalize()?;
    let mut found = Vec::new();
    walk(&root, &mut found)?;
    let mut files: Vec<(String, PathBuf)> = found
        .into_iter()
        .filter_map(|path| {
            let below = path.strip_prefix(&root).ok()?;
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            Some((parts.join("/"), path.clone()))
        })
        .collect();
    files.sort();

    let mut list = String::from("[\n");
    for (name, path) in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        let digest: [u8; 32] = Sha256::digest(fs::read(path)?).into();
        let path = path.to_string_lossy();
        writeln!(list, "    BuiltinFile {{ path: {name:?}, text: include_str!({path:?}), digest: {digest:?} }},")
            .map_err(io::Error::other)?;
    }
    list.push(']');
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("builtin.rs"), list)
}

/// Collects the data files below `folder`, and asks to be run again when a folder changes.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            found.push(path);
        }
    }
    Ok(())
}

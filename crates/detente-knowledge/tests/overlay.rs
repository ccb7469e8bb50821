//! A user's folder laid over the built-in files.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;

use detente_knowledge::Knowledge;

/// A folder below the target folder that is new for each test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("topics")).unwrap();
    fs::create_dir_all(folder.join("actors/countries")).unwrap();
    folder
}

#[test]
fn a_file_replaces_the_builtin_one_and_others_stay() {
    let folder = folder("overlay_replaces");
    fs::write(folder.join("topics/issues.toml"), "[bees]\nlabel = 'bees'\nwords = ['bee']\n")
        .unwrap();
    let builtin = Knowledge::builtin().unwrap();
    let knowledge = Knowledge::with_overlay(&folder).unwrap();
    assert_eq!(knowledge.topics.issues.len(), 1);
    assert_eq!(knowledge.topics.commitments.len(), builtin.topics.commitments.len());
    assert_ne!(knowledge.hash, builtin.hash);
    assert_eq!(Knowledge::builtin().unwrap().hash, builtin.hash);
}

#[test]
fn faults_name_the_users_file() {
    let folder = folder("overlay_faults");
    let path = folder.join("actors/countries/ZZZ.toml");
    fs::write(&path, "name = 'Zed'\nsectr = 'GOV'\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err();
    let fault = &error.faults()[0];
    assert_eq!(fault.file, path.display().to_string());
    assert_eq!((fault.line, fault.column), (2, 1));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = Knowledge::with_overlay(&folder("overlay_absent").join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere: cannot be read"), "{error}");
}

#[test]
fn a_file_that_is_not_text_is_told() {
    let folder = folder("overlay_binary");
    fs::write(folder.join("topics/issues.toml"), [0xff, 0xfe, 0]).unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err();
    assert!(error.to_string().contains("is not UTF-8"), "{error}");
}

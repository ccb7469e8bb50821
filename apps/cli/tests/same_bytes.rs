//! The same input gives the same bytes, on one thread or many, once or twice.

mod common;

use common::{Folder, detente, example};

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new("threads");
    let page = std::fs::read_to_string(example("aegean-talks.html")).unwrap();
    let story = std::fs::read_to_string(example("ceasefire.txt")).unwrap();
    for i in 0..12 {
        // Of different length, so that they are done in another order than they came.
        folder
            .file(&format!("{i:02}.html"), page.replace("Oslo", &format!("Oslo{}", "o".repeat(i))));
        folder.file(&format!("{i:02}.txt"), story.repeat(1 + i % 3));
    }
    folder.file("05-bad.html", "");
    let folder = folder.path().to_str().unwrap();
    let one = detente(&["code", "--json", "--threads", "1", folder]);
    assert_eq!(one.code, 1);
    assert_eq!(one.out.lines().count(), 24);
    for threads in ["2", "5"] {
        let many = detente(&["code", "--json", "--threads", threads, folder]);
        assert_eq!(many.out, one.out, "{threads} threads");
        assert_eq!(many.err, one.err, "{threads} threads");
    }
}

#[test]
fn the_name_of_the_file_changes_nothing_but_the_source() {
    let folder = Folder::new("names");
    let page = std::fs::read(example("aegean-talks.html")).unwrap();
    let read = |name: &str| {
        let path = folder.file(name, &page);
        let out = detente(&["code", "--json", &path]).out;
        let mut record: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
        record["document"]["source"] = serde_json::Value::Null;
        record["events"].clone()
    };
    assert_eq!(read("a.html"), read("b.html"));
}

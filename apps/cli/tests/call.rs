//! The contract of the command line: where data goes, exit codes, help.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::io::Read;
use std::net::TcpListener;
use std::process::{Command, Stdio};

use common::{Folder, detente, detente_with, example};

#[test]
fn every_command_shows_an_example() {
    let commands = [
        "code", "extract", "parse", "relate", "explain", "relation", "export", "watch", "who",
        "eval",
    ];
    for words in
        commands.map(|command| vec![command]).into_iter().chain([vec!["knowledge", "check"]])
    {
        let run = detente(&[&words[..], &["--help"]].concat());
        assert_eq!(run.code, 0, "{words:?}");
        assert!(run.out.contains("Example"), "{words:?}: {}", run.out);
        assert_eq!(run.err, "");
    }
}

#[test]
fn a_wrong_call_ends_with_two() {
    for words in [
        &["cod"][..],
        &["code", "--format", "xls", "x"],
        &["code", "--date", "19.6.2023", "x"],
        &["eval"],
    ] {
        let run = detente(words);
        assert_eq!(run.code, 2, "{words:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{words:?}");
    }
}

#[test]
fn records_are_json_lines_when_piped() {
    let run = detente(&["code", &example("aegean-talks.html"), &example("ceasefire.txt")]);
    assert_eq!(run.code, 0, "{}", run.err);
    let records: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 2);
    assert_eq!(records[0]["document"]["date"], "2024-05-14");
    assert_eq!(records[0]["coder"]["name"], "detente");
    assert_eq!(run.err, "");
}

#[test]
fn a_date_is_given_to_undated_documents_alone() {
    let words = [
        "code",
        "--json",
        "--date",
        "2023-10-06",
        &example("aegean-talks.html"),
        &example("ceasefire.txt"),
    ];
    let run = detente(&words);
    let dates: Vec<_> = run
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["document"]["date"].clone()
        })
        .collect();
    assert_eq!(dates, ["2024-05-14", "2023-10-06"]);
}

#[test]
fn a_summary_is_for_people() {
    let run = detente(&["code", "--summary", &example("aegean-talks.html")]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("Turkey and Greece Agree to Reopen Aegean Hotline"), "{}", run.out);
    assert!(!run.out.contains('\x1b'), "no colour where there is no terminal");
}

#[test]
fn the_ending_of_the_file_chooses_the_format() {
    let folder = Folder::new("format");
    let path = folder.path().join("events.csv");
    let run = detente(&["code", &example("aegean-talks.html"), "-o", path.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(std::fs::read_to_string(path).unwrap().starts_with("document,source,"));
}

#[test]
fn folders_patterns_and_standard_input() {
    let folder = Folder::new("inputs");
    folder.file("b.txt", "Ankara thanked Oslo for its help.");
    folder.file("a/c.txt", "Oslo thanked Ankara for its help.");
    folder.file(".hidden.txt", "Nobody reads this.");
    let whole = detente(&["extract", folder.path().to_str().unwrap()]);
    let sources: Vec<_> = whole.out.lines().map(|line| line.contains("a/c.txt")).collect();
    assert_eq!(sources, [true, false], "{}", whole.err);
    let pattern = folder.path().join("*.txt");
    let matched = detente(&["extract", pattern.to_str().unwrap()]);
    assert_eq!(matched.out.lines().count(), 1);
    let nothing = detente(&["extract", folder.path().join("*.pdf").to_str().unwrap()]);
    assert_eq!(nothing.code, 2);
    let piped = detente_with(&["extract"], b"Ankara thanked Oslo for its help.");
    assert!(piped.out.contains("\"source\":\"-\""), "{}", piped.err);
}

#[test]
fn a_reader_that_leaves_early_is_no_fault() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["extract", &example("")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(err, "");
}

#[test]
fn an_address_is_fetched_when_it_is_given() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/story", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        use std::io::Write;
        for answer in ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"] {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).unwrap();
            let body = "<html><head><title>Talks</title></head><body><p>Ankara thanked Oslo for its help in the talks \
                        on Monday, and both sides agreed to meet again.</p></body></html>";
            write!(stream, "{answer}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
                .unwrap();
        }
    });
    let run = detente(&["extract", &address]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Ankara thanked Oslo") && run.out.contains(&address), "{}", run.out);
    let run = detente(&["extract", &address]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("the server answered 404"), "{}", run.err);
    server.join().unwrap();
}

#[test]
fn relations_are_answered_row_by_row() {
    let rows = "{\"id\": \"1\", \"sentence\": \"Ankara thanked Oslo.\", \"source_spans\": [[0, 6]], \"target_spans\": [[15, 19]]}\n\
                {\"id\": \"2\", \"sentence\": \"é\", \"source_spans\": [[0, 1]], \"target_spans\": []}\n";
    let run = detente_with(&["relate", "-"], rows.as_bytes());
    assert_eq!(run.code, 1, "{}", run.err);
    let answer: serde_json::Value = serde_json::from_str(run.out.trim()).unwrap();
    assert_eq!(answer["id"], "1");
    for key in ["type", "root", "status", "confidence", "rule"] {
        assert!(answer.get(key).is_some(), "{key}");
    }
    assert!(run.err.contains("line 2"), "{}", run.err);
}

#[test]
fn a_fault_in_the_users_knowledge_is_told_with_its_place() {
    let folder = Folder::new("knowledge");
    folder.file("actors/countries/TUR.toml", "name = \"Turkey\"\nadjectivs = [\"Turkish\"]\n");
    let words = ["--knowledge", folder.path().to_str().unwrap()];
    let run = detente(&[&words[..], &["knowledge", "check"]].concat());
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("TUR.toml:2:1"), "{}", run.err);
    let run = detente_with(&[&words[..], &["code", "-"]].concat(), b"Ankara thanked Oslo.");
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn the_readme_shows_what_comes_out() {
    let readme = std::fs::read_to_string(common::root().join("README.md")).unwrap();
    let run = detente_with(
        &["code", "--json", "-"],
        b"Ankara refused to extradite the suspect to Greece.",
    );
    let record: serde_json::Value = serde_json::from_str(run.out.trim()).unwrap();
    let event = &record["events"][0];
    let parts = [
        &event["type"],
        &event["actors"][0]["code"],
        &event["recipients"][0]["code"],
        &event["rule"],
    ];
    let shown = serde_json::to_string(&parts).unwrap();
    assert!(readme.contains(&shown), "README.md does not show {shown}");
}

#[test]
fn a_name_is_looked_up_at_a_date() {
    let run = detente(&["who", "Antony Blinken", "--date", "2019-05-10"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let first =
        "USA ELI  Antony Blinken, former Deputy Secretary of State  actors/countries/USA.toml:";
    assert!(run.out.starts_with(first), "{}", run.out);
    assert!(run.out.contains("    GOV 2021-01-26 – 2025-01-2"), "{}", run.out);

    let run = detente(&["who", "Antony Blinken", "--date", "2022-05-10", "--json"]);
    let identity: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(identity["sector"], "GOV");
    let counts = |office: &serde_json::Value| office["counts"] == true;
    let counting = identity["offices"].as_array().unwrap().iter().filter(|o| counts(o));
    assert_eq!(counting.map(|o| &o["title"]).collect::<Vec<_>>(), ["Secretary of State"]);
}

#[test]
fn an_office_is_read_as_in_a_text() {
    let run = detente(&["who", "the French foreign minister", "--date", "2015-02-01"]);
    assert!(run.out.starts_with("FRA GOV  Laurent Fabius"), "{}{}", run.out, run.err);
}

#[test]
fn a_name_that_is_not_known_offers_others() {
    let run = detente(&["who", "blinken"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("Antony Blinken"), "{}", run.err);
    let run = detente(&["who", "Qwxz Vbnm"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("knowledge/README.md"), "{}", run.err);
}

#[test]
fn one_run_writes_several_formats() {
    let folder = Folder::new("formats");
    let out = folder.path().join("out/");
    let page = example("aegean-talks.html");
    let run =
        detente(&["code", &page, "--format", "jsonl,csv,parquet", "-o", out.to_str().unwrap()]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    for file in
        ["records.jsonl", "events.csv", "statements.parquet", "commitments.csv", "issues.parquet"]
    {
        assert!(std::fs::metadata(out.join(file)).unwrap().len() > 0, "{file}");
    }
    let stem = folder.path().join("news");
    let run = detente(&["code", &page, "--format", "csv,gdelt", "-o", stem.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let events = std::fs::read(folder.path().join("news.csv")).unwrap();
    assert_eq!(events, std::fs::read(out.join("events.csv")).unwrap());
    assert!(folder.path().join("news.gdelt.tsv").exists());
    let table = detente(&["code", &page, "--format", "csv", "--table", "commitments"]);
    assert!(table.out.starts_with("document,") && table.out.contains(",parties,"), "{}", table.out);
    for wrong in [&["--format", "csv,jsonl"][..], &["--format", "gdelt", "--table", "issues"]] {
        let run = detente(&[&["code", &page][..], wrong].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    }
}

#[test]
fn groups_are_written_as_their_members_where_the_call_asks() {
    let line = r#"{"id": "a", "date": "2024-05-14", "text": "The G7 condemned Belarus. Canada and NATO thanked Norway."}"#;
    let sources = |words: &[&str]| -> Vec<String> {
        let run = detente_with(&[&["code", "--cameo", "-"], words].concat(), line.as_bytes());
        assert_eq!(run.code, 0, "{}", run.err);
        let source = |line: &str| line.split('\t').nth(1).unwrap_or_default().to_owned();
        run.out.lines().map(source).collect()
    };
    assert_eq!(sources(&[]), ["G7IGO", "CANGOV", "NATIGO"]);
    let spread = sources(&["--members", "G7,NAT"]);
    assert_eq!(spread[..7], ["USA", "GBR", "FRA", "DEU", "ITA", "JPN", "CAN"]);
    assert!(spread[8..].iter().any(|code| code == "DEU"));
    assert!(!spread[8..].iter().any(|code| code == "CAN" || code == "NOR"), "{spread:?}");
    let nobody = detente_with(&["code", "-", "--members", "USA"], line.as_bytes());
    assert_eq!((nobody.code, nobody.out.as_str()), (2, ""));
    assert!(nobody.err.contains("--members USA"), "{}", nobody.err);
}

/// A store made of what was coded; `detente_store` is what `detente ingest` writes with.
fn store_of(folder: &Folder, pages: &[(&str, &str, bool)]) -> String {
    let path = folder.path().join("news.store");
    let mut store = detente_store::Store::open(&path).unwrap();
    let mut writer = store.writer(detente_store::Known::Keep);
    for (date, text, private) in pages {
        let line = serde_json::json!({"id": text.len().to_string(), "text": text, "date": date})
            .to_string();
        let run = detente_with(&["code", "--json", "-"], line.as_bytes());
        let record: detente_core::Record = serde_json::from_str(&run.out).unwrap();
        writer.put(detente_store::Prepared::of(&record, *private)).unwrap();
    }
    writer.finish().unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_store_is_exported_without_what_is_private() {
    let folder = Folder::new("export");
    let store = store_of(
        &folder,
        &[
            ("2024-05-14", "Turkey praised Greece for its help on Monday.", false),
            ("2024-05-15", "Ankara refused to extradite the suspect to Greece.", true),
            ("2023-01-10", "Washington accused Moscow of delay, officials said.", false),
        ],
    );
    let all = detente(&["export", "--store", &store]);
    assert_eq!((all.code, all.out.lines().count()), (0, 2), "{}", all.err);
    assert!(!all.out.contains("extradite") && all.out.find("Moscow") < all.out.find("Turkey"));
    let events =
        detente(&["export", "--store", &store, "--format", "gdelt", "--once", "--since", "2024"]);
    assert_eq!((events.code, events.out.lines().count()), (0, 1), "{} {}", events.out, events.err);
    assert!(events.out.contains("\tTURGOV\t") || events.out.contains("\tTUR\t"), "{}", events.out);
    let wrong = detente(&["export", "--store", &store, "--since", "May"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    let missing = detente(&["export", "--store", folder.path().join("no.store").to_str().unwrap()]);
    assert_eq!(missing.code, 2);
}

#[test]
fn a_relation_is_told_drawn_and_written_as_json() {
    let folder = Folder::new("relation");
    let store = store_of(
        &folder,
        &[
            ("2024-05-14", "Turkey praised Greece for its help on Monday.", false),
            ("2024-06-20", "Ankara refused to extradite the suspect to Greece.", false),
        ],
    );
    let told = detente(&["relation", "TUR", "GRC", "--store", &store]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.starts_with("Turkey (TUR) and Greece (GRC)\n  2 events told 2 times"),
        "{}",
        told.out
    );
    assert!(told.out.contains("too short a time"), "{}", told.out);
    let json =
        detente(&["relation", "GRC", "TUR+CYP", "--store", &store, "--json", "--by", "month"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((value["happenings"].as_u64(), value["period"].as_str()), (Some(2), Some("month")));
    assert_eq!(value["periods"].as_array().unwrap().len(), 2);
    let with = store_of(&folder, &[("2024-07-01", "Turkey thanked Greece for its help.", true)]);
    let count = |more: &[&str]| {
        let run = detente(&[&["relation", "TUR", "GRC", "--store", &with][..], more].concat());
        run.out.lines().nth(1).unwrap().to_owned()
    };
    assert!(count(&[]).contains("2 events") && count(&["--private"]).contains("3 events"));
    for (file, start) in [("r.svg", "<svg"), ("r.html", "<!DOCTYPE html>")] {
        let path = folder.path().join(file);
        let run = detente(&[
            "relation",
            "TUR",
            "GRC",
            "--store",
            &store,
            "--plot",
            path.to_str().unwrap(),
        ]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(std::fs::read_to_string(path).unwrap().starts_with(start));
    }
    for wrong in [
        &["TUR", "TUR.MIL"][..],
        &["Turkey the country", "GRC"],
        &["TUR", "GRC", "--plot", "x.png"],
    ] {
        let run = detente(&[&["relation"][..], wrong, &["--store", &store]].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    }
}

#[test]
fn no_output_takes_the_place_of_an_input() {
    let folder = Folder::new("input");
    let line = "{\"id\": \"1\", \"text\": \"Ankara thanked Oslo.\"}\n";
    let path = folder.file("in.jsonl", line);
    for words in [
        &["code", &path, "-o", &path][..],
        &["code", "--summary", &path, "-o", &path],
        &["code", folder.path().to_str().unwrap(), "-o", &path],
    ] {
        let run = detente(words);
        assert_eq!(run.code, 2, "{words:?}");
        assert!(run.err.contains("which is read; name another file"), "{}", run.err);
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), line);
}

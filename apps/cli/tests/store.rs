//! Ingesting into a store: nothing lost, nothing double, whatever happens to the run.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Folder, Run, detente, example};
use detente_store::{Scope, Store};

/// So many short documents of different text as JSON lines.
fn documents(count: usize) -> String {
    let line = |n: usize| {
        let cities = ["Oslo", "Athens", "Ankara", "Geneva", "Vienna"];
        let city = cities[n % cities.len()];
        let text = format!(
            "Turkey thanked Norway for gift {n} on Monday. Ministers of Greece met in {city} to discuss item {n} of the list. \
             Norway accused Greece of losing letter {n}."
        );
        serde_json::json!({"id": format!("d{n}"), "date": format!("2024-05-{:02}", 1 + n % 28), "text": text}).to_string() + "\n"
    };
    (0..count).map(line).collect()
}

fn ingest(words: &[&str]) -> Run {
    detente(&[&["ingest"], words].concat())
}

/// Identifiers of all documents, in order, and the bytes of all records.
fn content(path: &str) -> Vec<(String, Vec<u8>)> {
    let store = Store::open_read_only(std::path::Path::new(path)).unwrap();
    store.check().unwrap();
    let mut content = Vec::new();
    store
        .each_line(Scope::All, |row, line| {
            content.push((row.name.clone(), line.to_vec()));
            Ok(true)
        })
        .unwrap();
    content
}

#[test]
fn a_store_holds_what_code_says_once() {
    let folder = Folder::new("ingest");
    let lines = folder.file("a.jsonl", documents(40));
    let page = example("aegean-talks.html");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    let first = ingest(&[&lines, &page, "--store", &store]);
    assert_eq!((first.code, first.out.as_str()), (0, ""), "{}", first.err);
    assert!(first.err.contains("41 documents added, 0 were there, 0 failed"), "{}", first.err);
    let coded = detente(&["code", "--json", &lines, &page]).out;
    let coded: BTreeSet<&str> = coded.lines().collect();
    let stored = content(&store);
    let stored: BTreeSet<&str> =
        stored.iter().map(|(_, line)| std::str::from_utf8(line).unwrap()).collect();
    assert_eq!(stored, coded);
    let again = ingest(&[&lines, &page, "--store", &store]);
    assert!(again.err.contains("0 documents added, 41 were there, 0 failed"), "{}", again.err);
    let more = folder.file("b.jsonl", documents(45));
    let bad = folder.file("c.bin", [0_u8, 1, 2, 3, 0, 0, 255, 254].repeat(40));
    let more = ingest(&[&more, &bad, "--store", &store]);
    assert_eq!(more.code, 1);
    assert!(more.err.contains("5 documents added, 40 were there, 1 failed"), "{}", more.err);
    assert!(more.err.contains("c.bin"), "{}", more.err);
}

#[test]
fn threads_and_order_change_nothing_in_a_store() {
    let folder = Folder::new("order");
    let text = documents(120);
    let forth = folder.file("forth.jsonl", &text);
    let backward: Vec<&str> = text.lines().rev().collect();
    let back = folder.file("back.jsonl", backward.join("\n"));
    let made = |name: &str, input: &str, threads: &str| {
        let store = folder.path().join(name).to_str().unwrap().to_owned();
        assert_eq!(ingest(&[input, "--store", &store, "--threads", threads]).code, 0);
        let found =
            detente(&["find", "--store", &store, "--json", "--limit", "1000", "--mentions"]).out;
        (content(&store), found)
    };
    let (one, found) = made("one", &forth, "1");
    assert_eq!(one.len(), 120);
    let (many, found_many) = made("many", &forth, "4");
    assert!(many == one && found_many == found);
    let (back, found_back) = made("back", &back, "2");
    // The name of the file is a part of each record, and the only one that differs.
    let plain = |content: &[(String, Vec<u8>)]| -> Vec<String> {
        content
            .iter()
            .map(|(_, line)| String::from_utf8_lossy(line).replace("back.jsonl", "forth.jsonl"))
            .collect()
    };
    assert_eq!(plain(&back), plain(&one));
    assert_eq!(found_back.replace("back.jsonl", "forth.jsonl"), found);
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let folder = Folder::new("killed");
    let lines = folder.file("a.jsonl", documents(600));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    // How long the program takes before it stores anything, here and in this build.
    let one = folder.file("one.jsonl", documents(1));
    let started = Instant::now();
    ingest(&[&one, "--store", folder.path().join("one.store").to_str().unwrap()]);
    let start = started.elapsed();
    let mut kills = 0;
    let mut sizes = vec![0];
    for round in 0..12_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(["ingest", &lines, "--store", &store])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let before = sizes[sizes.len() - 1];
        if round % 2 == 0 {
            // At some moment, wherever the program is.
            std::thread::sleep(start / 2 + Duration::from_millis(377 * round % 2600));
        } else {
            // As soon as more is stored, however slow the machine.
            let stored = || {
                Store::open_read_only(std::path::Path::new(&store))
                    .and_then(|store| store.counts())
                    .map_or(0, |counts| counts.documents as usize)
            };
            while child.try_wait().unwrap().is_none() && stored() == before {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        // SIGKILL: nothing of the program runs after it.
        child.kill().unwrap();
        kills += usize::from(child.wait().unwrap().code().is_none());
        if std::path::Path::new(&store).exists() {
            let names = content_or_none(&store);
            let distinct: BTreeSet<&String> = names.iter().collect();
            assert_eq!(distinct.len(), names.len(), "round {round}: something is double");
            assert!(names.len() >= sizes[sizes.len() - 1], "round {round}: something is lost");
            sizes.push(names.len());
            if names.len() == 600 {
                break;
            }
        }
    }
    assert!(kills > 0 && sizes.iter().any(|size| (1..600).contains(size)), "{kills} {sizes:?}");
    let last = ingest(&[&lines, "--store", &store]);
    assert_eq!(last.code, 0, "{}", last.err);
    let whole = folder.path().join("whole.store").to_str().unwrap().to_owned();
    ingest(&[&lines, "--store", &whole]);
    assert_eq!(content(&store), content(&whole));
    let find = |store: &str| detente(&["find", "--store", store, "--json", "--limit", "9999"]).out;
    assert_eq!(find(&store), find(&whole));
}

/// Names of the documents; none where the program was killed before it had made the tables.
fn content_or_none(path: &str) -> Vec<String> {
    match Store::open_read_only(std::path::Path::new(path)) {
        Ok(_) => content(path).into_iter().map(|(name, _)| name).collect(),
        Err(error) => {
            assert!(error.is_missing(), "{error}");
            Vec::new()
        }
    }
}

#[cfg(unix)]
#[test]
fn stopped_by_ctrl_c_it_stores_what_it_has() {
    let folder = Folder::new("stopped");
    let lines = folder.file("a.jsonl", documents(3000));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    let child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["ingest", &lines, "--store", &store])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut waited = 0;
    while waited < 200 && !fs::metadata(&store).is_ok_and(|meta| meta.len() > 0) {
        std::thread::sleep(Duration::from_millis(20));
        waited += 1;
    }
    std::thread::sleep(Duration::from_millis(400));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("the same call goes on from here"), "{err}");
    let names: Vec<String> = content(&store).into_iter().map(|(name, _)| name).collect();
    assert!(err.contains(&format!("{} documents added", names.len())), "{err}");
}

#[cfg(unix)]
#[test]
fn without_room_it_says_so_and_keeps_what_was_stored() {
    let folder = Folder::new("full");
    let first = folder.file("a.jsonl", documents(20));
    let more = folder.file("b.jsonl", documents(500));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    assert_eq!(ingest(&[&first, "--store", &store]).code, 0);
    let before = content(&store);
    let room = fs::metadata(&store).unwrap().len() / 512 + 200;
    // No file may grow beyond so many blocks: a disk without room, as far as the program can tell.
    let script = format!("trap '' XFSZ; ulimit -f {room}; exec \"$0\" \"$@\"");
    let output = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_detente"), "ingest", &more, "--store", &store])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("no room is left"), "{err}");
    let after = content(&store);
    assert!(before.iter().all(|document| after.contains(document)));
    // With room again, the same call does the rest.
    let rest = ingest(&[&more, "--store", &store]);
    assert_eq!(rest.code, 0, "{}", rest.err);
    assert_eq!(content(&store).len(), 500);
}

#[test]
fn faults_of_the_store_are_told() {
    let folder = Folder::new("faults");
    let lines = folder.file("a.jsonl", documents(3));
    let text = folder.file("notes.txt", "Ankara thanked Oslo.");
    let run = ingest(&[&lines, "--store", &text]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("notes.txt: it is no store of this program"), "{}", run.err);
    assert_eq!(fs::read_to_string(&text).unwrap(), "Ankara thanked Oslo.");
    for command in ["find", "recode", "diff"] {
        let run = detente(&[command, "--store", "/nowhere/a.store"]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("/nowhere/a.store: no such store"), "{}", run.err);
    }
}

#[test]
fn what_another_coder_has_coded_is_coded_anew() {
    let folder = Folder::new("recode");
    let lines = folder.file("a.jsonl", documents(30));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    // A knowledge in which nobody thanks.
    let rule = "why = \"A party applauds another.\"\ntype = \"SUPPORT\"\nwhen = [\"A applaud B\"]\n\
                yes = [[\"Turkey applauded Norway.\", \"TUR -> NOR SUPPORT\"]]\n";
    folder.file("mine/rules/support/thank.toml", rule);
    let mine = folder.path().join("mine").to_str().unwrap().to_owned();
    let run = ingest(&["--knowledge", &mine, &lines, "--store", &store]);
    assert_eq!(run.code, 0, "{}", run.err);
    let thanks = || {
        let run =
            detente(&["find", "--store", &store, "--type", "SUPPORT", "--json", "--mentions"]);
        run.out.matches("support.thank").count()
    };
    assert_eq!(thanks(), 0);
    let again = ingest(&[&lines, "--store", &store]);
    assert!(again.err.contains("30 of them were coded by another version"), "{}", again.err);
    let diff = detente(&["diff", "--store", &store, "--lines"]);
    assert_eq!(diff.code, 0, "{}", diff.err);
    assert!(diff.out.contains("+ d7: TUR") && diff.out.contains("support.thank"), "{}", diff.out);
    assert_eq!(thanks(), 0);
    let recoded = detente(&["recode", "--store", &store]);
    assert_eq!(recoded.code, 0, "{}", recoded.err);
    assert!(recoded.err.contains("30 documents coded anew"), "{}", recoded.err);
    assert_eq!(thanks(), 30);
    let fresh = folder.path().join("fresh.store").to_str().unwrap().to_owned();
    ingest(&[&lines, "--store", &fresh]);
    assert_eq!(content(&store), content(&fresh));
    let again = detente(&["recode", "--store", &store]);
    assert!(again.err.contains("0 documents coded anew"), "{}", again.err);
}

#[test]
fn what_is_found_is_a_table_or_lines() {
    let folder = Folder::new("find");
    let page = example("aegean-talks.html");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&page, "--store", &store]);
    let run = detente(&["find", "--store", &store, "--party", "Turkey", "--party", "GRC"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("CONSULT") && run.out.contains("TUR GOV"), "{}", run.out);
    for show in ["statements", "commitments", "documents"] {
        let run = detente(&["find", "--store", &store, "--show", show]);
        assert!(run.code == 0 && !run.out.is_empty(), "{show}: {}", run.err);
        let json = detente(&["find", "--store", &store, "--show", show, "--json"]);
        assert!(
            json.out.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
        );
        assert!(!json.out.is_empty());
    }
    let none = detente(&["find", "--store", &store, "--party", "Mongolia"]);
    assert!(none.code == 0 && none.out.is_empty() && none.err.contains("nothing found"));
    let wrong = detente(&["find", "--store", &store, "--since", "June"]);
    assert!(wrong.code == 2 && wrong.err.contains("June: no date"), "{}", wrong.err);
}

/// Whatever name or link the output is called by, what is read is never written over.
#[test]
fn no_output_takes_the_place_of_the_store() {
    let folder = Folder::new("over");
    let store = folder.path().join("a.html").to_str().unwrap().to_owned();
    ingest(&[&example("aegean-talks.html"), "--store", &store]);
    let before = fs::read(&store).unwrap();
    let roundabout = folder.path().join("./a.html").to_str().unwrap().to_owned();
    let mut names = vec![store.clone(), roundabout];
    #[cfg(unix)]
    {
        let link = folder.path().join("link.html");
        std::os::unix::fs::symlink("a.html", &link).unwrap();
        names.push(link.to_str().unwrap().to_owned());
        let hard = folder.path().join("hard.html");
        fs::hard_link(&store, &hard).unwrap();
        names.push(hard.to_str().unwrap().to_owned());
    }
    for name in &names {
        for words in [
            &["export", "--store", &store, "--format", "jsonl", "-o", name][..],
            &["export", "--store", &store, "--format", "csv", "-o", name],
            &["relation", "TUR", "GRC", "--store", &store, "--plot", name],
        ] {
            let run = detente(words);
            assert_eq!(run.code, 2, "{words:?}: {}", run.err);
            assert!(run.err.contains("would take the place of"), "{words:?}: {}", run.err);
            assert!(run.err.contains("name another file"), "{words:?}: {}", run.err);
        }
    }
    // The half-written file stands beside the output under a name of its own.
    let part = folder.path().join("b.part").to_str().unwrap().to_owned();
    fs::copy(&store, &part).unwrap();
    let other = folder.path().join("b").to_str().unwrap().to_owned();
    assert_eq!(detente(&["export", "--store", &part, "-o", &other]).code, 2);
    assert_eq!(fs::read(&part).unwrap(), before);
    assert_eq!(fs::read(&store).unwrap(), before);
}

#[test]
fn a_picture_that_cannot_be_written_is_named_as_it_was_given() {
    let folder = Folder::new("nodir");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&example("aegean-talks.html"), "--store", &store]);
    let plot = folder.path().join("nodir/x.html").to_str().unwrap().to_owned();
    let run = detente(&["relation", "TUR", "GRC", "--store", &store, "--plot", &plot]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nodir/x.html: cannot be written"), "{}", run.err);
    assert!(run.err.contains("make its folder first") && !run.err.contains("-o"), "{}", run.err);
}

/// A typo must not read as "nothing of the kind took place".
#[test]
fn what_cannot_be_found_is_a_wrong_call() {
    let folder = Folder::new("cannot");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&example("aegean-talks.html"), "--store", &store]);
    let find = |words: &[&str]| detente(&[&["find", "--store", &store], words].concat());
    for (words, told) in [
        (&["--type", "CONSULTT"][..], "there are ACCUSE,"),
        (&["--mode", "foo"], "no such mode; there are"),
        (&["--context", "foo"], "diplomatic"),
        (&["--status", "foo"], "actual, denied, hypothetical, planned"),
        (&["--show", "commitments", "--status", "actual"], "announced"),
        (&["--show", "issues", "--stance", "foo"], "contested, discussed, shared"),
        (&["--quad", "5"], "there are 1, 2, 3, 4"),
        (&["--issue", "foo"], "human_rights"),
        (&["--sector", "FOO"], "there are BUS,"),
        (&["--confidence", "2"], "a number from 0 to 1"),
        (&["--confidence", "nan"], "a number from 0 to 1"),
        (&["--limit", "0"], "a number from 1 on"),
        (&["--party", "QQQ"], "detente who"),
        (&["--party", "turkey"], "there is Turkey"),
        (&["--actor", "USA:FOO"], "neither the knowledge nor the store"),
        (&["--country", "Portugall"], "neither the knowledge nor the store"),
        (&["--country", "NATO"], "no country"),
        (&["--show", "statements", "--about", "MIL"], "by their codes alone"),
        (&["--show", "issues", "--party", "TUR:GOV"], "by their codes alone; write TUR"),
        (&["--show", "statements", "--actor", "USA"], "it goes with --show events"),
        (&["--show", "documents", "--type", "CONSULT"], "it goes with --show events"),
        (&["--show", "issues", "--confidence", "0.5"], "it goes with --show events"),
        (&["--speaker", "USA"], "it goes with --show statements"),
        (&["\""], "no word in it"),
        (&["*"], "no word in it"),
        (&["Ankara", "🙂"], "no word in it"),
    ] {
        let run = find(words);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words:?}: {}", run.err);
        assert!(run.err.contains(told), "{words:?}: {}", run.err);
    }
    let all = find(&["--party", "TUR", "--json"]).out;
    assert!(!all.is_empty());
    for same in ["tur", "Turkey", "Ankara", "Tur,usa"] {
        assert_eq!(find(&["--party", same, "--json"]).out, all, "{same}");
    }
    let gov = find(&["--party", "TUR:GOV", "--json"]).out;
    for same in ["tur gov", "TUR.GOV", "Turkey:gov"] {
        assert_eq!(find(&["--party", same, "--json"]).out, gov, "{same}");
    }
    for fine in [
        &["--type", "consult"][..],
        &["--country", "Portugal"],
        &["--show", "statements", "--about", "Greece"],
        &["--issue", "Human rights"],
        &["--actor", "Antony Blinken"],
    ] {
        assert_eq!(find(fine).code, 0, "{fine:?}");
    }
}

/// Another knowledge may have made the store, and texts name people whom no file names.
#[test]
fn what_only_the_store_knows_is_found() {
    let folder = Folder::new("stored");
    let line = serde_json::json!({"id": "a", "date": "2024-05-14", "publisher": "Harbour, Coast and Sea",
        "text": "Turkish Foreign Minister Selim Quarat thanked Norway on Monday."});
    let lines = folder.file("a.jsonl", line.to_string());
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&lines, "--store", &store]);
    let find = |words: &[&str]| detente(&[&["find", "--store", &store], words].concat());
    assert!(find(&["--json"]).out.contains("Selim Quarat"));
    // A head, the event and its sentence.
    assert_eq!(find(&["--party", "Selim Quarat"]).out.lines().count(), 3);
    assert!(find(&["--party", "Selim Quarat"]).out.contains("    Turkish Foreign Minister Selim"));
    assert_eq!(find(&["--party", "Selim Quarrat"]).code, 2);
    for source in
        ["Harbour, Coast and Sea", "Harbour Coast and Sea", "Nobody,Harbour Coast and Sea"]
    {
        assert_eq!(find(&["--source", source]).out.lines().count(), 3, "{source}");
    }
}

#[test]
fn a_side_that_is_no_party_is_a_wrong_call() {
    let folder = Folder::new("side");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&example("aegean-talks.html"), "--store", &store]);
    let relation = |a: &str, b: &str| detente(&["relation", a, b, "--store", &store, "--json"]);
    let plain = relation("TUR", "GRC");
    assert_eq!(plain.code, 0, "{}", plain.err);
    for (a, b) in [("tur", "Grc"), ("Turkey", "Greece"), ("Ankara", "GRC")] {
        assert_eq!(relation(a, b).out, plain.out, "{a} {b}: {}", relation(a, b).err);
    }
    assert!(relation("Turkey.gov+Cyprus", "Greece").out.contains("TUR.GOV+CYP"));
    for (a, told) in [
        ("QQQ", "detente who"),
        ("TURKIA", "detente who"),
        ("turkey", "there is Turkey"),
        ("TUR.FOO", "neither the knowledge nor the store"),
        ("Antony Blinken", "name USA, or a sector of it"),
    ] {
        let run = relation(a, "GRC");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{a}");
        assert!(run.err.contains(told), "{a}: {}", run.err);
    }
}

#[test]
fn a_store_may_have_any_name() {
    let folder = Folder::new("names");
    let page = folder.file("a.txt", "Ankara thanked Oslo on Monday.");
    for name in ["file:foo", ":memory:", "file:x?mode=memory"] {
        for words in [&["ingest", &page, "--store", name][..], &["find", "--store", name]] {
            let output = Command::new(env!("CARGO_BIN_EXE_detente"))
                .args(words)
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .output()
                .unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{words:?}: {err}");
        }
        assert!(folder.path().join(name).is_file(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_among_files_is_passed_over() {
    let folder = Folder::new("pipe");
    folder.file("in/a.txt", "Ankara thanked Oslo on Monday.");
    let pipe = folder.path().join("in/p");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    let inside = folder.path().join("in").to_str().unwrap().to_owned();
    for input in [inside.clone(), format!("{inside}/*")] {
        let run = ingest(&[&input, "--store", &store]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains("in/p: it is a pipe or a device"), "{}", run.err);
    }
    assert_eq!(content(&store).len(), 1);
    let run = detente(&["find", "--store", pipe.to_str().unwrap()]);
    assert!(run.code == 2 && run.err.contains("no plain file"), "{}", run.err);
}

/// As a shell leaves it, without a `trap`: the system would end the program by a signal.
#[cfg(unix)]
#[test]
fn a_limit_on_files_is_told() {
    let folder = Folder::new("limit");
    let lines = folder.file("a.jsonl", documents(60));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    assert_eq!(ingest(&[&lines, "--store", &store]).code, 0);
    let limited = |words: &[&str]| {
        let output = Command::new("sh")
            .args(["-c", "ulimit -f 80; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_detente")])
            .args(words)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let other = folder.path().join("b.store").to_str().unwrap().to_owned();
    let (code, err) = limited(&["ingest", &lines, "--store", &other]);
    assert!(code == Some(2) && err.contains("no room is left"), "{code:?} {err}");
    let out = folder.path().join("out.jsonl");
    let (code, err) = limited(&["export", "--store", &store, "-o", out.to_str().unwrap()]);
    assert!(code == Some(2) && err.contains("could not be written"), "{code:?} {err}");
    let left = fs::read_dir(folder.path()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
fn an_ending_that_no_format_has_is_a_wrong_call() {
    let folder = Folder::new("ending");
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    ingest(&[&example("aegean-talks.html"), "--store", &store]);
    let out = folder.path().join("x.foo").to_str().unwrap().to_owned();
    let run = detente(&["export", "--store", &store, "-o", &out]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("x.foo: no format has this ending; there are .jsonl"), "{}", run.err);
    assert_eq!(detente(&["code", &example("ceasefire.txt"), "-o", &out]).code, 2);
    assert!(!std::path::Path::new(&out).exists());
    for words in [&["-o", "plain"][..], &["-o", "x.foo", "--format", "csv"]] {
        let file = folder.path().join(words[1]).to_str().unwrap().to_owned();
        let run = detente(
            &[&["export", "--store", &store, "-o", &file], words.get(2..).unwrap_or_default()]
                .concat(),
        );
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

#[test]
fn what_is_there_can_be_made_private() {
    let folder = Folder::new("made-private");
    let lines = folder.file("a.jsonl", documents(3));
    let store = folder.path().join("a.store").to_str().unwrap().to_owned();
    assert_eq!(ingest(&[&lines, "--store", &store]).code, 0);
    let hidden = ingest(&[&lines, "--private", "--store", &store]);
    assert!(hidden.err.contains("3 of those that were there are private now"), "{}", hidden.err);
    for words in [vec!["--private"], vec![]] {
        let again = ingest(&[&[lines.as_str(), "--store", &store], words.as_slice()].concat());
        assert!(again.code == 0 && !again.err.contains("private now"), "{}", again.err);
    }
    let exported = detente(&["export", "--store", &store]);
    assert_eq!((exported.code, exported.out.as_str()), (0, ""), "{}", exported.err);
}

#[test]
fn one_unreadable_record_ends_neither_export_nor_find() {
    let folder = Folder::new("one-unreadable");
    let lines = folder.file("a.jsonl", documents(3));
    let path = folder.path().join("a.store");
    let store = path.to_str().unwrap();
    assert_eq!(ingest(&[&lines, "--store", store]).code, 0);
    assert_eq!(detente(&["check", "--store", store]).code, 0);
    let spoil = "UPDATE record SET bytes = zeroblob(40) WHERE document = (SELECT id FROM document WHERE name = 'd1')";
    Store::open(&path).unwrap().connection().execute(spoil, []).unwrap();
    for words in
        [&["export"][..], &["find", "--json"], &["find", "--show", "statements"], &["check"]]
    {
        let run = detente(&[words, &["--store", store]].concat());
        assert_eq!(run.code, 1, "{words:?}: {}", run.err);
        assert!(run.err.contains("document d1 cannot be read back"), "{words:?}: {}", run.err);
        let others = run.out.contains("d0") && run.out.contains("d2");
        assert!(others || words.contains(&"statements") || words == ["check"], "{}", run.out);
    }
}

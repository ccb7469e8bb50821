//! `detente watch` against a server on this machine that misbehaves in every way that the servers of the world do.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Folder, detente};

/// What was asked for: path and headers, in order.
type Asked = Arc<Mutex<Vec<(String, BTreeMap<String, String>)>>>;

/// A server whose answers hang on the path and on how often it was asked for. It lives as long as the test.
fn server() -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked: Asked = Arc::default();
    let (own, seen) = (address.clone(), Arc::clone(&asked));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (own, seen) = (own.clone(), Arc::clone(&seen));
            std::thread::spawn(move || answer(stream, &own, &seen));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, own: &str, asked: &Asked) -> Option<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let headers: BTreeMap<String, String> = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let times = {
        let mut asked = asked.lock().unwrap();
        asked.push((path.clone(), headers.clone()));
        asked.iter().filter(|(own, _)| *own == path).count()
    };
    let mut send = |status: &str, more: &str, body: &[u8]| {
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{more}\r\n"
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).ok()
    };
    match path.as_str() {
        "/robots.txt" => send("200 OK", "", b"User-agent: *\nDisallow: /private\n"),
        "/feed" if headers.get("if-none-match").is_some_and(|tag| tag == "\"v1\"") => {
            send("304 Not Modified", "", b"")
        }
        "/feed" => send("200 OK", "etag: \"v1\"\r\n", rss(own).as_bytes()),
        "/feed.json" => send("200 OK", "content-type: application/json\r\n", json(own).as_bytes()),
        "/atom" => send("200 OK", "", b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Atom Post</title><entry><title>Talks</title>\
            <id>a1</id><updated>2024-05-15T08:00:00Z</updated><content>Ankara criticised Athens on Tuesday.</content></entry></feed>"),
        "/broken-feed" => send("200 OK", "", b"<html><body>We moved.</body></html>"),
        "/busy-feed" => send("429 Too Many Requests", "retry-after: 7200\r\n", b""),
        "/loop" => send("302 Found", "location: /loop\r\n", b""),
        "/moved" => send("301 Moved Permanently", "location: news/../good2\r\n", b""),
        "/good2" => send("200 OK", "", page("Paris accused Moscow of delay.").as_bytes()),
        // Latin-1, whatever the header says.
        "/latin" => {
            let body = page("Ankara thanked San Jos\u{e9} for the rescue of the sailors, caf\u{e9} owners said.");
            let bytes: Vec<u8> = body.chars().map(|c| c as u8).collect();
            send("200 OK", "content-type: text/html; charset=utf-8\r\n", &bytes)
        }
        "/fails-once" if times == 1 => send("500 Internal Server Error", "", b""),
        "/gone" => send("410 Gone", "", b""),
        "/slow" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").ok()?;
            for _ in 0..100 {
                stream.write_all(b"x: y\r\n").ok()?;
                std::thread::sleep(Duration::from_millis(100));
            }
            Some(())
        }
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n").ok()?;
            // Slowly, for ever: only time ends it.
            while stream.write_all(b"<p>more</p>").is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
            Some(())
        }
        "/huge" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n").ok()?;
            let megabyte = vec![b'a'; 1 << 20];
            while stream.write_all(&megabyte).is_ok() {}
            Some(())
        }
        "/cut" => stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n<p>Ankara").ok(),
        _ => send("200 OK", "", page("Turkey and Greece met in Oslo on Monday.").as_bytes()),
    }
}

fn page(sentence: &str) -> String {
    format!(
        "<html><head><title>News</title><meta property=\"article:published_time\" content=\"2024-05-14\"></head><body><article><h1>News</h1>\
         <p>{sentence}</p><p>The ministers will meet again in June, officials said in the evening.</p></article></body></html>"
    )
}

fn rss(own: &str) -> String {
    let paths = [
        "/good",
        "/moved",
        "/latin",
        "/fails-once",
        "/gone",
        "/slow",
        "/endless",
        "/huge",
        "/cut",
        "/loop",
        "/private/a",
    ];
    let item = |path: &&str| format!("<item><title>{path}</title><link>{own}{path}</link></item>");
    let items: String = paths.iter().map(item).collect();
    // Another machine of this network, and something that is no page.
    let more = "<item><title>x</title><link>http://192.168.255.254/admin</link></item><item><title>y</title><link>file:///etc/passwd</link></item>";
    format!("<rss version=\"2.0\"><channel><title>Courier</title>{items}{more}</channel></rss>")
}

fn json(own: &str) -> String {
    format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"J\", \"items\": [{{\"id\": \"1\", \"url\": \"{own}/good\", \
         \"title\": \"x\", \"content_text\": \"x\"}}]}}"
    )
}

#[test]
fn a_server_that_misbehaves_costs_no_more_than_its_own_pages() {
    let (address, asked) = server();
    let folder = Folder::new("watch");
    let store = folder.path().join("news.store");
    let store = store.to_str().unwrap();
    let feeds = folder.file(
        "feeds.toml",
        format!(
            "contact = \"news@institute.example\"\npause = 0.02\npatience = 1.5\n[[feed]]\nurl = \"{address}/feed\"\nname = \"The Harbour Courier\"\n\
             [[feed]]\nurl = \"{address}/feed.json\"\n[[feed]]\nurl = \"{address}/atom\"\npages = false\n[[feed]]\nurl = \"{address}/broken-feed\"\n"
        ),
    );
    let run = detente(&["watch", &feeds, "--store", store, "--once"]);
    assert_eq!(run.code, 1, "{}", run.err);
    // /good, /moved, /latin and the entry of /atom.
    assert!(run.err.contains("4 documents added, 9 requests failed"), "{}", run.err);
    for (path, what) in [
        ("/fails-once", "answered 500"),
        ("/gone", "answered 410"),
        ("/loop", "redirected more than"),
        ("/huge", "longer than"),
        ("/cut", "broke off"),
        ("/endless", "broke off"),
        ("/slow", "cannot be fetched"),
        ("/private/a", "robots.txt"),
        ("/broken-feed", "no items"),
    ] {
        let line = run.err.lines().find(|line| line.contains(&format!("{path}:")));
        assert!(line.is_some_and(|line| line.contains(what)), "{path}: {what} in\n{}", run.err);
    }
    {
        let asked = asked.lock().unwrap();
        let agents: Vec<&String> =
            asked.iter().filter_map(|(_, headers)| headers.get("user-agent")).collect();
        assert!(
            agents
                .iter()
                .all(|agent| agent.starts_with("detente/")
                    && agent.contains("news@institute.example"))
        );
        let times = |path: &str| asked.iter().filter(|(own, _)| own == path).count();
        assert_eq!((times("/good"), times("/private/a"), times("/gone")), (1, 0, 1));
    }
    let kept = detente(&["export", "--store", store]);
    assert!(kept.out.contains("San José") && kept.out.contains("café"), "{}", kept.out);
    assert!(kept.out.contains("\"publisher\":\"The Harbour Courier\""), "{}", kept.out);

    // A second round: nothing is due. A third, when all is: what has not changed is not read again, what failed for good is left
    // alone, what failed is tried again.
    let memory = format!("{store}.watch.json");
    let run = detente(&["watch", &feeds, "--store", store, "--once"]);
    assert!(run.err.contains("0 documents added, 0 requests failed"), "{}", run.err);
    let text = std::fs::read_to_string(&memory).unwrap();
    let mut all_due: serde_json::Value = serde_json::from_str(&text).unwrap();
    for kind in ["feeds", "pages"] {
        for (url, state) in all_due[kind].as_object_mut().unwrap() {
            state["due"] = 0.into();
            // The slow ones have been seen; a round without them is quick.
            if url.ends_with("/slow") || url.ends_with("/endless") {
                state["done"] = true.into();
            }
        }
    }
    std::fs::write(&memory, all_due.to_string()).unwrap();
    let run = detente(&["watch", &feeds, "--store", store, "--once"]);
    let asked = asked.lock().unwrap();
    let of = |path: &str| asked.iter().filter(|(own, _)| own == path).collect::<Vec<_>>();
    assert_eq!(of("/feed").len(), 2);
    assert_eq!(of("/feed")[1].1.get("if-none-match").map(String::as_str), Some("\"v1\""));
    assert_eq!((of("/good").len(), of("/gone").len(), of("/huge").len()), (1, 1, 1));
    assert_eq!(of("/fails-once").len(), 2);
    assert!(run.err.contains("1 document added"), "{}", run.err);
}

#[test]
fn a_server_that_asks_to_wait_is_left_alone() {
    let (address, asked) = server();
    let folder = Folder::new("watch-busy");
    let store = folder.path().join("news.store");
    let store = store.to_str().unwrap();
    let list = format!(
        "pause = 0\npatience = 2\n[[feed]]\nurl = \"{address}/busy-feed\"\n[[feed]]\nurl = \"{address}/feed.json\"\n"
    );
    let feeds = folder.file("feeds.toml", list);
    let run = detente(&["watch", &feeds, "--store", store, "--once"]);
    assert!(
        run.err.contains("answered 429") && run.err.contains("asked us to wait"),
        "{}",
        run.err
    );
    let paths: Vec<String> = asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect();
    assert_eq!(paths, ["/robots.txt", "/busy-feed"]);
    let memory = std::fs::read_to_string(format!("{store}.watch.json")).unwrap();
    assert_eq!(memory.matches("\"failures\": 1").count(), 2, "{memory}");
}

#[test]
fn a_list_with_a_fault_is_told() {
    let folder = Folder::new("watch-list");
    let feeds = folder.file("feeds.toml", "[[feed]]\nurl = \"gopher://a.example\"\n");
    let store = folder.path().join("news.store");
    let run = detente(&["watch", &feeds, "--store", store.to_str().unwrap(), "--once"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("gopher") && run.err.contains("feeds.toml"), "{}", run.err);
}

//! Scores attribution on a folder of brat articles and, on request, lists the errors by kind.
//!
//! `cargo run --release -p detente-train --example eval_attribution -- FOLDER [--errors] [--every N]`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use detente_core::{Document, Span, Statement};
use detente_knowledge::Knowledge;
use detente_parse::Parser;
use detente_resolve::resolve;
use detente_rules::{RuleBook, statements};
use detente_train::attribution::{GoldAttribution, Tally, found, read_folder};

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut folder: Option<PathBuf> = None;
    let (mut errors, mut every, mut show) = (false, 1, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--errors" => errors = true,
            "--every" => every = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            "--show" => show = arguments.next(),
            _ => folder = Some(argument.into()),
        }
    }
    let Some(folder) = folder else {
        eprintln!("usage: eval_attribution FOLDER [--errors] [--every N] [--show CUE]");
        return ExitCode::from(2);
    };
    let knowledge = match Knowledge::builtin() {
        Ok(knowledge) => knowledge,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let articles = match read_folder(&folder) {
        Ok(articles) => articles,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let book = RuleBook::new(&knowledge);
    let parser = Parser::builtin();
    let mut tally = Tally::default();
    let mut kinds = Kinds { show, ..Kinds::default() };
    for (_, text, gold) in articles.iter().step_by(every) {
        let document = plain(text);
        let mut sentences = parser.parse(&document.text, &document.paragraphs);
        let resolution = resolve(&knowledge, &document, &mut sentences);
        let statements = statements(&book, &document, &sentences, &resolution);
        tally.add(text, gold, &statements);
        kinds.add(text, gold, &statements);
    }
    match serde_json::to_string_pretty(&tally.scores()) {
        Ok(json) => println!("{json}"),
        Err(error) => eprintln!("{error}"),
    }
    if errors {
        kinds.print();
    }
    ExitCode::SUCCESS
}

/// A document whose text is that of the file and whose paragraphs are its lines.
fn plain(text: &str) -> Document {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let span = Span::new(start, start + line.len());
        if !line.trim().is_empty() {
            paragraphs.push(span);
        }
        start += line.len() + 1;
    }
    Document { id: "eval".into(), text: text.to_owned(), paragraphs, ..Document::default() }
}

/// What went wrong, by the cue.
#[derive(Default)]
struct Kinds {
    show: Option<String>,
    missed: BTreeMap<String, (usize, usize)>,
    invented: BTreeMap<String, (usize, usize)>,
    short: BTreeMap<String, (usize, usize)>,
    long: BTreeMap<String, (usize, usize)>,
    cues: BTreeMap<String, (usize, usize)>,
    sources: BTreeMap<String, (usize, usize)>,
    words: [BTreeMap<String, (usize, usize)>; 4],
    /// By cue: how often it was found, and how often a gold cue stands there.
    trusted: BTreeMap<String, (usize, usize)>,
}

impl Kinds {
    #[allow(clippy::print_stdout, reason = "an example prints")]
    fn add(&mut self, text: &str, gold: &[GoldAttribution], statements: &[Statement]) {
        let found = found(statements);
        let words = |spans: &[Span]| -> String {
            spans.iter().filter_map(|s| s.of(text)).collect::<Vec<_>>().join(" … ").to_lowercase()
        };
        let overlap = |a: &[Span], b: &[Span]| -> usize {
            a.iter()
                .flat_map(|x| {
                    b.iter().map(move |y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))
                })
                .sum()
        };
        let length = |a: &[Span]| -> usize { a.iter().map(|s| s.len()).sum() };
        let tokens = |spans: Vec<Span>| -> std::collections::BTreeSet<(usize, String)> {
            let mut set = std::collections::BTreeSet::new();
            for span in spans {
                let Some(slice) = span.of(text) else { continue };
                let mut at = span.start;
                for word in slice.split(|c: char| !c.is_alphanumeric()) {
                    if !word.is_empty() {
                        set.insert((at, word.to_lowercase()));
                    }
                    at += word.len()
                        + slice
                            .get(at + word.len() - span.start..)
                            .and_then(|r| r.chars().next())
                            .map_or(0, char::len_utf8);
                }
            }
            set
        };
        let roles: [fn(&GoldAttribution) -> &Vec<Span>; 2] = [|a| &a.cue, |a| &a.source];
        for (nth, role) in roles.into_iter().enumerate() {
            let right = tokens(gold.iter().flat_map(|a| role(a).clone()).collect());
            let got = tokens(found.iter().flat_map(|a| role(a).clone()).collect());
            for (_, word) in right.difference(&got) {
                bump(&mut self.words[nth * 2], word, 1);
            }
            for (_, word) in got.difference(&right) {
                bump(&mut self.words[nth * 2 + 1], word, 1);
            }
        }
        if self.show.as_deref() == Some("quotes") {
            let held = |list: &[GoldAttribution], at: usize| {
                list.iter().flat_map(|a| &a.content).any(|s| (s.start..s.end).contains(&at))
            };
            for (at, c) in text.char_indices() {
                if (c == '“' || c == '"') && held(gold, at) && !held(&found, at) {
                    let from = text.floor_char_boundary(at.saturating_sub(120));
                    let to = text.ceil_char_boundary((at + 120).min(text.len()));
                    println!(
                        "QUOTE {} >>> {}\n",
                        text[from..at].replace('\n', "¶"),
                        text[at..to].replace('\n', "¶")
                    );
                }
            }
        }
        for one in gold {
            let cue = words(&one.cue);
            let key = last_word(&cue);
            let best = found
                .iter()
                .max_by_key(|f| overlap(&f.content, &one.content) + overlap(&f.cue, &one.cue));
            let got = best.map_or(0, |f| overlap(&f.content, &one.content));
            let held: usize =
                found.iter().map(|f| overlap(&f.content, &one.content)).max().unwrap_or(0);
            let total = length(&one.content);
            if let Some(wanted) = &self.show
                && cue.contains(wanted.as_str())
            {
                println!("GOLD  {} < {cue} > {}", words(&one.source), words(&one.content));
                if let Some(best) = best.filter(|_| got > 0) {
                    println!(
                        "FOUND {} < {} > {}",
                        words(&best.source),
                        words(&best.cue),
                        words(&best.content)
                    );
                }
                println!();
            }
            if held * 2 < total {
                bump(&mut self.missed, &key, total - held);
            } else if held + 3 < total {
                bump(&mut self.short, &key, total - held);
            }
            let cue_got: usize = found.iter().map(|f| overlap(&f.cue, &one.cue)).max().unwrap_or(0);
            if cue_got == 0 {
                bump(&mut self.cues, &key, length(&one.cue));
            }
            let source_got: usize =
                found.iter().map(|f| overlap(&f.source, &one.source)).max().unwrap_or(0);
            if source_got * 2 < length(&one.source) {
                bump(
                    &mut self.sources,
                    &format!("{} < {key}", words(&one.source).chars().take(40).collect::<String>()),
                    length(&one.source),
                );
            }
        }
        for one in &found {
            let cue = words(&one.cue);
            let key = last_word(&cue);
            let slot = self.trusted.entry(cue.clone()).or_default();
            slot.0 += 1;
            slot.1 += usize::from(gold.iter().any(|g| overlap(&g.cue, &one.cue) > 0));
            let got: usize =
                gold.iter().map(|g| overlap(&g.content, &one.content)).max().unwrap_or(0);
            let total = length(&one.content);
            if got * 4 < total {
                bump(&mut self.invented, &key, total - got);
                if let Some(wanted) = &self.show
                    && cue.contains(wanted.as_str())
                {
                    println!("INVENTED {} < {cue} > {}\n", words(&one.source), words(&one.content));
                }
            } else if got + 3 < total {
                bump(&mut self.long, &key, total - got);
            }
        }
    }

    #[allow(clippy::print_stdout, reason = "an example prints")]
    fn print(&self) {
        let tables = [
            ("contents missed, by cue", &self.missed),
            ("contents invented", &self.invented),
            ("contents too short", &self.short),
            ("contents too long", &self.long),
            ("cues missed", &self.cues),
            ("sources missed", &self.sources),
            ("words missing from cues", &self.words[0]),
            ("words too many in cues", &self.words[1]),
            ("words missing from sources", &self.words[2]),
            ("words too many in sources", &self.words[3]),
        ];
        println!("\n== cues by trust");
        let mut rows: Vec<_> = self.trusted.iter().collect();
        rows.sort_by_key(|(key, (found, right))| {
            (std::cmp::Reverse(found - right), (*key).clone())
        });
        for (key, (found, right)) in rows.into_iter().filter(|(_, (found, right))| found > right) {
            print_row(key, *right, *found);
        }
        println!();
        for (name, table) in tables {
            let mut rows: Vec<_> = table.iter().collect();
            rows.sort_by_key(|(key, (_, bytes))| (std::cmp::Reverse(*bytes), (*key).clone()));
            let all: usize = rows.iter().map(|(_, (count, _))| count).sum();
            let bytes: usize = rows.iter().map(|(_, (_, bytes))| bytes).sum();
            println!("\n== {name}: {all}, {bytes} bytes");
            for (key, (count, bytes)) in rows.into_iter().take(70) {
                print_row(key, *count, *bytes);
            }
            println!();
        }
    }
}

#[allow(clippy::print_stdout, reason = "an example prints")]
fn print_row(key: &str, count: usize, bytes: usize) {
    print!("{key} {count}/{bytes}; ");
}

fn bump(table: &mut BTreeMap<String, (usize, usize)>, key: &str, bytes: usize) {
    let slot = table.entry(key.to_owned()).or_default();
    slot.0 += 1;
    slot.1 += bytes;
}

fn last_word(cue: &str) -> String {
    let words: Vec<&str> = cue.split_whitespace().collect();
    words.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join(" ")
}

//! How far a folder of brat articles agrees with itself: sentences that stand in several articles, each marked for its own article.
//!
//! `cargo run --release -p detente-train --example annotators -- FOLDER [FOLDER ...]`
//!
//! Wire reports and running stories carry the same sentences into several articles. Of each such sentence the first two articles that hold it
//! are compared, word by word; an F1 of 1 means that both mark the same words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use detente_core::Span;
use detente_parse::{Parser, Sentence};
use detente_train::attribution::{GoldAttribution, read_folder};

/// Shortest sentence that is compared, in bytes: shorter ones are labels and credits.
const SHORT: usize = 25;

/// The words of a sentence that one article marks, by role.
type Marks = [BTreeSet<usize>; 3];

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]
fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let parser = Parser::builtin();
    // The words of a sentence → the marks of each article that holds it, by the article's number.
    let mut sentences: BTreeMap<Vec<String>, BTreeMap<usize, Marks>> = BTreeMap::new();
    let mut articles = 0;
    for folder in &folders {
        let read = match read_folder(folder) {
            Ok(read) => read,
            Err(error) => {
                eprintln!("{error}");
                return ExitCode::from(2);
            }
        };
        for (_, text, gold) in &read {
            articles += 1;
            for sentence in &parser.parse(text, &lines(text)) {
                if sentence.span.len() < SHORT {
                    continue;
                }
                let words = sentence.tokens.iter().map(|t| t.form.to_string()).collect();
                let of = sentences.entry(words).or_default();
                of.entry(articles).or_insert_with(|| marks(sentence, gold));
            }
        }
    }
    let twice: Vec<(&Marks, &Marks)> = sentences
        .values()
        .filter_map(|of| {
            let mut marked = of.values();
            Some((marked.next()?, marked.next()?))
        })
        .collect();
    println!("{articles} articles, {} sentences in two of them", twice.len());
    for (nth, role) in ["source", "cue", "content"].iter().enumerate() {
        let both: usize = twice.iter().map(|(a, b)| a[nth].intersection(&b[nth]).count()).sum();
        let all: usize = twice.iter().map(|(a, b)| a[nth].len() + b[nth].len()).sum();
        let f1 = 2.0 * both as f64 / all.max(1) as f64;
        println!("{role:<8} {both} words marked by both, {} by one, F1 {f1:.3}", all - 2 * both);
    }
    ExitCode::SUCCESS
}

/// The lines of a text.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}

/// Which words of a sentence stand in a source, a cue and a content.
fn marks(sentence: &Sentence, gold: &[GoldAttribution]) -> Marks {
    let roles: [fn(&GoldAttribution) -> &Vec<Span>; 3] =
        [|one| &one.source, |one| &one.cue, |one| &one.content];
    roles.map(|role| {
        let marked = |word: Span| gold.iter().flat_map(role).any(|span| span.overlaps(word));
        let words = sentence.tokens.iter().enumerate();
        words.filter(|(_, token)| marked(token.span)).map(|(at, _)| at).collect()
    })
}

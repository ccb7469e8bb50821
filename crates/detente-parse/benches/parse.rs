//! Tokens a second of the whole parse, on one core: split, tokenise, tag, lemmatise, attach.
//!
//! The text is invented news prose, or the files under `../shared/data/attribution/dev` (`DETENTE_SHARED`) where they are there.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente_core::Span;
use detente_parse::Parser;

const NEWS: &str = "Foreign ministers of the two countries met in Oslo on Tuesday, officials said, in a bid to revive talks that \
    broke down last year. \u{201c}We are ready to listen, but we can't accept threats,\u{201d} Minister Ana Roe told reporters after the \
    three-hour meeting. Her counterpart, Gen. Li Ito, said that his government would not withdraw its troops from the border \
    until a cease-fire holds for at least 30 days. The U.S.-led mission, which has some 1,200 observers in the region, was asked \
    to extend its mandate. Neither side has said when the next round, planned for Jan. 8, will take place.\n\n";

fn texts() -> Vec<String> {
    let shared = std::env::var_os("DETENTE_SHARED")
        .map_or_else(|| PathBuf::from("../../../shared"), PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(shared.join("data/attribution/dev"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let texts: Vec<String> =
        files.iter().take(20).filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    if texts.is_empty() { vec![NEWS.repeat(5); 20] } else { texts }
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut at = 0;
    text.split_inclusive("\n\n")
        .map(|part| {
            at += part.len();
            Span::new(at - part.len(), at)
        })
        .collect()
}

fn parse(criterion: &mut Criterion) {
    let parser = Parser::builtin();
    let texts: Vec<(String, Vec<Span>)> =
        texts().into_iter().map(|text| (paragraphs(&text), text)).map(|(p, t)| (t, p)).collect();
    let run = || -> usize {
        let count = |(text, paragraphs): &(String, Vec<Span>)| -> usize {
            parser
                .parse(black_box(text), paragraphs)
                .iter()
                .map(|sentence| sentence.tokens.len())
                .sum()
        };
        texts.iter().map(count).sum()
    };
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10).throughput(Throughput::Elements(run() as u64));
    group.bench_function("tokens", |bench| bench.iter(run));
    group.finish();
}

criterion_group!(benches, parse);
criterion_main!(benches);

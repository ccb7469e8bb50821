//! The whole path over the pages of `examples/`, and each stage of it by itself.
//!
//! `cargo bench -p detente`. Figures are per page; what the whole program does over a set of texts is measured by
//! `cargo xtask measure`.

#![allow(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use detente::{Coder, Options};
use detente_core::Document;

fn page() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/aegean-talks.html");
    std::fs::read(path).expect("the example is there")
}

fn document(page: &[u8]) -> Document {
    let mut documents = detente::read("aegean-talks.html", page, &Options::default());
    documents.next().expect("it holds a document").expect("the document is readable")
}

fn path(criterion: &mut Criterion) {
    let page = page();
    let coder = Coder::builtin().expect("the built-in knowledge is readable");
    let document = document(&page);
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Elements(1));
    group.bench_function("extract", |bench| bench.iter(|| self::document(black_box(&page))));
    group.bench_function("parse", |bench| {
        bench.iter(|| coder.parse(black_box(&document.text), &document.paragraphs));
    });
    group.bench_function("parse and resolve", |bench| {
        bench.iter(|| coder.read(&mut black_box(document.clone())));
    });
    group.bench_function("code", |bench| bench.iter(|| coder.code(black_box(document.clone()))));
    group.bench_function("extract and code", |bench| {
        bench.iter(|| coder.code(self::document(black_box(&page))));
    });
    group.finish();
    criterion.bench_function("start", |bench| bench.iter(Coder::builtin));
}

criterion_group!(benches, path);
criterion_main!(benches);

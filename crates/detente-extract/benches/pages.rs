//! How fast pages become documents: an ordinary page, a long one, and a saved text.

use criterion::{Criterion, Throughput, criterion_main};
use detente_extract::{Options, read};

/// A page of our own with `count` paragraphs and the furniture of a news site round them.
fn page(count: usize) -> String {
    let links = "<li class=item><a href=/section>Section</a></li>".repeat(60);
    let body =
        "<p>Ankara and Athens met on Monday, and <a href=/x>both sides</a> agreed to resume \
                talks on trade, energy and the border.</p>"
            .repeat(count);
    format!(
        "<!doctype html><html><head><title>Talks resume - The Daily</title></head><body>\
         <nav><ul>{links}</ul></nav><article><h1>Talks resume</h1><div class=entry-content>{body}\
         </div></article><aside class=related><ul>{links}</ul></aside><footer>© The Daily</footer>"
    )
}

fn pages(c: &mut Criterion) {
    let mut group = c.benchmark_group("pages");
    let text = "Home » News » Talks Resume\n\nTalks Resume\n\nTalks Resume\n\n".to_owned()
        + &"Ankara and Athens met on Monday, and both sides agreed to resume talks.\n\n".repeat(30)
        + "Leave a Reply\n\nYour email address will not be published.";
    for (name, input) in [("page", page(20)), ("long page", page(2000)), ("saved text", text)] {
        group.throughput(Throughput::Bytes(input.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| read("bench", input.as_bytes(), &Options::default()).count());
        });
    }
    group.finish();
}

mod group {
    criterion::criterion_group!(benches, super::pages);
}
use group::benches;
criterion_main!(benches);

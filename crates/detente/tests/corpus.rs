//! Whole pages, and what the engine says of them.
//!
//! Every page in `corpus/` and `examples/` has beside it a text with what is coded from it today (`NAME.record.txt`). A test
//! fails where the engine now says something else: look at the difference, and where it is right run
//! `cargo xtask accept` and commit the new text with the change that made it.

use std::path::Path;
use std::sync::Arc;

use detente::{Coder, snapshot};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let coder = Arc::new(Coder::builtin().expect("the built-in knowledge and model are readable"));
    let mut trials = Vec::new();
    for folder in ["corpus", "examples"] {
        for page in snapshot::pages(&root.join(folder)).expect("the folder is there") {
            let name =
                format!("{folder}::{}", page.file_name().unwrap_or_default().to_string_lossy());
            let coder = Arc::clone(&coder);
            trials.push(Trial::test(name, move || compare(&coder, &page)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn compare(coder: &Coder, page: &Path) -> Result<(), Failed> {
    let now = snapshot::of_page(coder, page)?;
    let path = snapshot::beside(page);
    let before = std::fs::read_to_string(&path).map_err(|error| {
        format!("{}: {error}; make it with `cargo xtask accept`", path.display())
    })?;
    if now == before {
        return Ok(());
    }
    let differing = before
        .lines()
        .zip(now.lines())
        .position(|(old, new)| old != new)
        .unwrap_or_else(|| before.lines().count().min(now.lines().count()));
    let line = |text: &str| text.lines().nth(differing).unwrap_or("(nothing)").to_owned();
    Err(format!(
        "{}:{}:\n  was {}\n  now {}\nif this is right, run `cargo xtask accept`",
        path.display(),
        differing + 1,
        line(&before),
        line(&now)
    )
    .into())
}

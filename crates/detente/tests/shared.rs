//! The page that the project began from, which may not be passed on: read where it lies beside the repository, skipped elsewhere.
//!
//! `DETENTE_SHARED` names the folder that holds it; without it that is `../shared` from the repository's root.

use std::path::{Path, PathBuf};

use detente::{Coder, snapshot};
use libtest_mimic::{Arguments, Failed, Trial};

/// Beginnings of lines that the record of the first page must have, in the notation of `specs/README.md`.
const FIRST_PAGE: [&str; 22] = [
    "USA GOV + CHN GOV CONSULT /visit #diplomatic @Beijing by",
    "USA GOV + CHN GOV AGREE planned",
    "USA GOV -> CHN GOV CONSULT /visit",
    "USA GOV -> G7 IGO CONSULT",
    "G7 GOV -> CHN GOV ACCUSE /disapprove",
    "CHN GOV -> G7 GOV ACCUSE /disapprove",
    "CHN GOV -> USA GOV ACCUSE /allege",
    "USA GOV -> CHN GOV REQUEST /change",
    "USA GOV -> CHN GOV SUPPORT",
    "CHN GOV -> USA GOV AGREE planned",
    "CHN + USA commit \"working group\" announced",
    "CHN + USA commit \"dialogue\" announced",
    "CHN + USA issue trade contested",
    "CHN + USA issue human_rights contested",
    "CHN + USA issue taiwan contested",
    "CHN + USA issue hong_kong contested",
    "CHN + USA issue climate shared",
    "CHN + USA issue pandemic shared",
    "CHN + USA issue afghanistan shared",
    "CHN + G7 issue human_rights contested",
    "CHN + G7 issue trade contested",
    "CHN + G7 issue regional_security contested",
];

#[allow(clippy::print_stdout, reason = "who runs the tests should see what was not run")]
fn main() {
    let arguments = Arguments::from_args();
    let folder = std::env::var_os("DETENTE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let page = folder.join("data/seed/us-china.txt");
    let missing = !page.is_file();
    if missing {
        println!(
            "skipped: {} is not there; DETENTE_SHARED can name another folder",
            page.display()
        );
    }
    let first = Trial::test("the_first_page", move || holds(&page)).with_ignored_flag(missing);
    libtest_mimic::run(&arguments, vec![first]).exit();
}

fn holds(page: &Path) -> Result<(), Failed> {
    let coder = Coder::builtin()?;
    let record = snapshot::of_page(&coder, page)?;
    let lines: Vec<&str> = record.lines().map(str::trim).collect();
    let missing: Vec<&str> = FIRST_PAGE
        .into_iter()
        .filter(|wanted| !lines.iter().any(|line| line.starts_with(wanted)))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("the record lacks\n  {}\nit is\n{record}", missing.join("\n  ")).into())
}

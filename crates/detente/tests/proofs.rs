//! The proofs in the knowledge files, one test for each file: `actors::countries::chn`, `rules::reject::refuse`.

use std::collections::BTreeMap;
use std::sync::Arc;

use detente::{Coder, proofs};
use detente_knowledge::{Knowledge, Proof};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let coder = Arc::new(Coder::builtin().expect("the built-in knowledge and model are readable"));
    let mut files: BTreeMap<String, Vec<Proof>> = BTreeMap::new();
    for proof in Knowledge::proofs(None).expect("the proofs are of the right form") {
        files.entry(test_name(&proof.file)).or_default().push(proof);
    }
    let trials = files.into_iter().map(|(name, proofs)| {
        let coder = Arc::clone(&coder);
        Trial::test(name, move || {
            let failures: Vec<String> = proofs
                .iter()
                .filter_map(|proof| proofs::run(&coder, proof).err())
                .map(|failure| failure.to_string())
                .collect();
            if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

/// `knowledge/actors/countries/CHN.toml` → `actors::countries::chn`.
fn test_name(file: &str) -> String {
    let path = file.strip_prefix("knowledge/").unwrap_or(file);
    path.strip_suffix(".toml").unwrap_or(path).to_lowercase().replace('/', "::")
}

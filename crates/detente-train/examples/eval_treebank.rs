//! Scores a model on treebanks: `eval_treebank MODEL|builtin FILE…`.
#![allow(clippy::print_stdout, reason = "an example is a program")]

use std::path::Path;

use detente_parse::Parser;
use detente_train::gold::read_treebank;
use detente_train::treebank::{raw_text, score_given_tokens, score_raw_text};

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [model, files @ ..] = args.as_slice() else {
        return Err("usage: eval_treebank MODEL FILE…".into());
    };
    let clock = std::time::Instant::now();
    let parser = if model == "builtin" {
        Parser::builtin()
    } else {
        let bytes = std::fs::read(model).map_err(|error| format!("{model}: {error}"))?;
        Parser::from_bytes(&bytes).map_err(|error| error.to_string())?
    };
    println!("{} loaded in {:.0} ms", parser.model_hash(), clock.elapsed().as_secs_f64() * 1e3);
    for file in files {
        let gold = read_treebank(Path::new(file))?;
        println!("{file} given {:.2?}", score_given_tokens(&parser, &gold));
        println!("{file} raw   {:.2?}", score_raw_text(&parser, &gold));
        let (text, paragraphs) = raw_text(&gold);
        let clock = std::time::Instant::now();
        let tokens: usize =
            parser.parse(&text, &paragraphs).iter().map(|sentence| sentence.tokens.len()).sum();
        println!("{:.0} tokens/s", tokens as f64 / clock.elapsed().as_secs_f64());
    }
    Ok(())
}

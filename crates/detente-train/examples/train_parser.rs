//! Trains the parser: `train_parser OUT TREEBANK_DIR [key=value …]`.
#![allow(clippy::print_stderr, reason = "an example is a program")]

use std::path::{Path, PathBuf};

use detente_train::gold::read_treebank;
use detente_train::learn::{TrainOptions, relearn_lemmas, train_parser};

fn main() -> Result<(), String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [out, folder, rest @ ..] = args.as_slice() else {
        return Err("usage: train_parser OUT TREEBANK_DIR [key=value …]".into());
    };
    let mut options = TrainOptions::default();
    let mut only_lemmas = None;
    for pair in rest {
        let (key, value) = pair.split_once('=').ok_or("options are key=value")?;
        let number = || value.parse::<f32>().map_err(|error| format!("{pair}: {error}"));
        match key {
            "epochs" => options.epochs = number()? as usize,
            "seed" => options.seed = number()? as u64,
            "rate" => options.rate = number()?,
            "batch" => options.batch = number()? as usize,
            "embed" => options.sizes.embed = number()? as usize,
            "hidden" => options.sizes.hidden = number()? as usize,
            "layers" => options.sizes.layers = number()? as usize,
            "tag_layers" => options.sizes.tag_layers = number()? as usize,
            "arc" => options.sizes.arc = number()? as usize,
            "label" => options.sizes.label = number()? as usize,
            "vectors" => options.vectors = Some(PathBuf::from(value)),
            "checkpoint" => options.checkpoint = Some(PathBuf::from(value)),
            "lemmas" => only_lemmas = Some(value.to_owned()),
            _ => return Err(format!("no option {key}")),
        }
    }
    let read = |name: &str| read_treebank(&Path::new(folder).join(name));
    let mut train = read("ewt-train.conllu")?;
    train.extend(read("gum-train.conllu")?);
    let dev = [read("ewt-dev.conllu")?, read("gum-dev.conllu")?];
    if let Some(model) = only_lemmas {
        let bytes = std::fs::read(&model).map_err(|error| format!("{model}: {error}"))?;
        return std::fs::write(out, relearn_lemmas(&bytes, &train)?)
            .map_err(|error| format!("{out}: {error}"));
    }
    let clock = std::time::Instant::now();
    let model = train_parser(&train, &dev, &options, |report| {
        eprint!(
            "{:3} {:6.0}s  loss {:.3?}",
            report.epoch,
            clock.elapsed().as_secs_f64(),
            report.losses
        );
        for dev in &report.dev {
            eprint!(
                "  upos {:.2} xpos {:.2} uas {:.2} las {:.2}",
                dev.upos, dev.xpos, dev.uas, dev.las
            );
        }
        eprintln!();
    })?;
    std::fs::write(out, model).map_err(|error| format!("{out}: {error}"))
}

//! In which formats, and where to, records are written.
//!
//! In go `--format csv,gdelt`, `--table` and `-o`, out come [`Target`]s: one file each. `-o news` gives `news.csv` and
//! `news.gdelt.tsv`; `-o out/` gives every table, `out/events.csv`, `out/statements.csv` … One target without `-o` is standard output.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use detente_core::Record;
use detente_knowledge::Actors;
use detente_write::{FORMATS, Format, RecordWriter, TABLES, Tally};

use crate::exit::Stop;
use crate::output::Output;

/// What every command that writes records takes.
#[derive(Args)]
pub(crate) struct Writing {
    /// Write these formats, parted by commas
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = format_names())]
    pub(crate) format: Vec<String>,
    /// Write this table, for formats that have several [default: events; all of them into a folder]
    #[arg(long, value_name = "TABLE", value_parser = table_names())]
    pub(crate) table: Option<String>,
    /// Write to this file; its ending chooses the format where --format does not. With several formats it is the name without ending;
    /// a folder (with / at its end) takes a file for each table
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write these groups as their members at the time, parted by commas: G7,NAT
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) members: Vec<String>,
}

fn format_names() -> clap::builder::PossibleValuesParser {
    let value = |format: &Format| clap::builder::PossibleValue::new(format.name).help(format.about);
    clap::builder::PossibleValuesParser::new(FORMATS.iter().map(value))
}

fn table_names() -> clap::builder::PossibleValuesParser {
    let value = |table: &detente_write::Table| {
        clap::builder::PossibleValue::new(table.name).help(table.about)
    };
    clap::builder::PossibleValuesParser::new(TABLES.iter().map(value))
}

/// One file of one format.
pub(crate) struct Target {
    format: &'static Format,
    content: &'static str,
    path: Option<PathBuf>,
}

impl Writing {
    /// The formats that the call names or the ending of its file stands for; none where there is neither.
    ///
    /// # Errors
    /// When the file has an ending that no format has: whoever wrote it meant another format than the usual.
    pub(crate) fn formats(&self) -> Result<Vec<&'static Format>, Stop> {
        if self.format.is_empty() {
            let name =
                self.output.as_deref().and_then(Path::file_name).and_then(|name| name.to_str());
            let folder = self.output.as_deref().is_some_and(is_folder);
            let name = name.filter(|_| !folder);
            let known = name.and_then(detente_write::format_of_file);
            if let (None, Some(path)) = (known, self.output.as_deref())
                && path.extension().is_some_and(|_| !folder)
                && !std::fs::metadata(path).is_ok_and(|meta| !meta.is_file())
            {
                let endings: Vec<String> =
                    FORMATS.iter().map(|format| format!(".{}", format.ending)).collect();
                return Err(Stop::because(format_args!(
                    "{}: no format has this ending; there are {}; or name the format with --format",
                    path.display(),
                    endings.join(", ")
                )));
            }
            return Ok(known.into_iter().collect());
        }
        let mut formats: Vec<&'static Format> = Vec::new();
        for name in &self.format {
            let format = detente_write::format(name);
            let format =
                format.ok_or_else(|| Stop::because(format_args!("{name}: no such format")))?;
            if !formats.iter().any(|known| known.name == format.name) {
                formats.push(format);
            }
        }
        Ok(formats)
    }

    /// Puts their members in the place of the groups that the call names.
    pub(crate) fn expand(&self, record: &mut Record, actors: &Actors) {
        if !self.members.is_empty() {
            detente_write::expand(record, &|code, day| {
                let asked = self.members.iter().any(|asked| asked == code);
                let group = asked.then(|| actors.entity(code)).flatten();
                let members = group.map(|group| group.members_on(day)).unwrap_or_default();
                members.into_iter().map(str::to_owned).collect()
            });
        }
    }

    /// # Errors
    /// When the knowledge has no members of a group that the call names.
    pub(crate) fn check_members(&self, actors: &Actors) -> Result<(), Stop> {
        let known =
            |code: &&String| actors.entity(code).is_some_and(|group| !group.members.is_empty());
        match self.members.iter().find(|code| !known(code)) {
            None => Ok(()),
            Some(code) => Err(Stop::because(format_args!(
                "--members {code}: no file gives this code members; `detente who NAME` tells the code of a group, and \
                 knowledge/README.md how members are added"
            ))),
        }
    }

    /// Where each of `formats` goes.
    ///
    /// # Errors
    /// When several files would go to standard output, a format has no such table, or the folder cannot be made.
    pub(crate) fn targets(&self, formats: &[&'static Format]) -> Result<Vec<Target>, Stop> {
        let folder = self.output.as_deref().filter(|path| is_folder(path));
        let mut targets = Vec::new();
        for &format in formats {
            let mut contents = format.contents();
            match &self.table {
                Some(table) => contents.retain(|content| content == table),
                None if folder.is_none() => contents.truncate(1),
                None => {}
            }
            if contents.is_empty() {
                let (table, holds) = (self.table.as_deref().unwrap_or_default(), format.contents());
                let (name, holds) = (format.name, holds.join(", "));
                return Err(Stop::because(format_args!(
                    "--format {name} has no table {table}; it holds {holds}"
                )));
            }
            for content in contents {
                let path = self.output.as_deref().map(|path| match folder {
                    Some(folder) => folder.join(format!("{content}.{}", format.ending)),
                    None if formats.len() == 1 => path.to_owned(),
                    None => beside(path, format.ending),
                });
                targets.push(Target { format, content, path });
            }
        }
        if targets.len() > 1 && targets.iter().any(|target| target.path.is_none()) {
            return Err(Stop::because(
                "several formats cannot share standard output: name a file or a folder with -o",
            ));
        }
        let to_terminal =
            |target: &Target| target.path.is_none() && target.format.name == "parquet";
        if targets.iter().any(to_terminal) && std::io::stdout().is_terminal() {
            return Err(Stop::because("Parquet is not for terminals: name a file with -o"));
        }
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder).map_err(|error| {
                Stop::because(format_args!(
                    "{}: cannot be made: {error}; name another folder with -o",
                    folder.display()
                ))
            })?;
        }
        Ok(targets)
    }
}

/// The files that `targets` go to.
pub(crate) fn files(targets: &[Target]) -> Vec<&Path> {
    targets.iter().filter_map(|target| target.path.as_deref()).collect()
}

impl Target {
    /// Opens its file, or standard output.
    pub(crate) fn open(&self) -> Result<Output, Stop> {
        self.path.as_deref().map_or_else(|| Ok(Output::standard()), Output::file)
    }

    /// A writer onto what [`Target::open`] gave.
    pub(crate) fn writer<'o>(
        &self,
        output: &'o mut Output,
    ) -> Result<Box<dyn RecordWriter + 'o>, Stop> {
        let name = self.format.name;
        self.format
            .writer_of(self.content, output)
            .ok_or_else(|| Stop::because(format_args!("{name} has no table {}", self.content)))
    }
}

/// Opens every target, lets `fill` write records to all of them, and puts the files in their places.
pub(crate) fn write_all<T>(
    targets: &[Target],
    fill: impl FnOnce(&mut dyn FnMut(&Record, &[Tally]) -> Result<(), Stop>) -> Result<T, Stop>,
) -> Result<T, Stop> {
    let mut outputs = targets.iter().map(Target::open).collect::<Result<Vec<_>, _>>()?;
    let mut writers = Vec::with_capacity(outputs.len());
    for (target, output) in targets.iter().zip(&mut outputs) {
        writers.push(target.writer(output)?);
    }
    let done = fill(&mut |record, tally| {
        for writer in &mut writers {
            writer.tally(tally);
            writer.record(record)?;
        }
        Ok(())
    })?;
    for writer in &mut writers {
        writer.finish()?;
    }
    drop(writers);
    for output in outputs {
        output.finish()?;
    }
    Ok(done)
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// `news` or `news.csv` → `news.gdelt.tsv`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let known = detente_write::format_of_file(name);
    let stem = known.and_then(|format| {
        [format.ending, format.name]
            .into_iter()
            .find_map(|end| name.strip_suffix(end)?.strip_suffix('.'))
    });
    path.with_file_name(format!("{}.{ending}", stem.unwrap_or(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing() -> Writing {
        Writing { format: Vec::new(), table: None, output: None, members: Vec::new() }
    }

    fn paths(format: &[&str], table: Option<&str>, output: &str) -> Vec<String> {
        let writing = Writing {
            format: format.iter().map(ToString::to_string).collect(),
            table: table.map(str::to_owned),
            output: Some(output.into()),
            members: Vec::new(),
        };
        let formats = writing.formats().unwrap();
        let targets = writing.targets(&formats).unwrap();
        targets.iter().map(|target| target.path.as_ref().unwrap().display().to_string()).collect()
    }

    #[test]
    fn where_files_go() {
        assert_eq!(paths(&[], None, "a/news.parquet"), ["a/news.parquet"]);
        assert_eq!(paths(&["csv"], Some("issues"), "news.txt"), ["news.txt"]);
        let unknown = Writing { output: Some("news.foo".into()), ..nothing() };
        assert!(unknown.formats().is_err());
        let plain = Writing { output: Some("news".into()), ..nothing() };
        assert!(plain.formats().is_ok_and(|formats| formats.is_empty()));
        assert_eq!(paths(&["csv", "gdelt", "csv"], None, "news"), ["news.csv", "news.gdelt.tsv"]);
        assert_eq!(paths(&["csv", "jsonl"], None, "a/news.csv"), ["a/news.csv", "a/news.jsonl"]);
        let folder = std::env::temp_dir();
        let inside = paths(&["csv", "cameo"], None, folder.to_str().unwrap());
        assert_eq!(inside.len(), 5);
        assert!(inside[1].ends_with("statements.csv") && inside[4].ends_with("events.cameo.tsv"));
    }

    #[test]
    fn a_table_that_a_format_has_not() {
        let writing = Writing {
            format: vec!["gdelt".into()],
            table: Some("issues".into()),
            output: None,
            members: Vec::new(),
        };
        let formats = writing.formats().unwrap();
        assert!(writing.targets(&formats).is_err());
    }
}

//! The proofs that data files carry: sentences, and what must be read in them.
//!
//! In go the files of `actors/` and `rules/`, out come their `yes` and `no` lines. They are no part of
//! the [`Knowledge`](crate::Knowledge) that coding uses; `detente knowledge check` and the tests run them.

use std::collections::BTreeSet;

use detente_core::Sector;
use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::files::SourceFile;
use crate::nearest::hint;
use crate::table::{At, Reader, Value};
use crate::{Fault, PartialDate, rules};

/// One sentence and what must, or must not, be read in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Path of the file, as messages show it.
    pub file: String,
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// The sentence.
    pub sentence: String,
    /// `yes` asks that the expected is there, `no` that it is not.
    pub positive: bool,
    /// What is expected.
    pub kind: ProofKind,
}

/// What a proof expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofKind {
    /// An actor with this code and sector, when read at this date.
    Actor {
        /// Date of the text; `None` for a text without one, written `-`.
        date: Option<Date>,
        /// The code.
        code: ExpectedCode,
        /// The sector; `None` leaves it open.
        sector: Option<Sector>,
    },
    /// That this rule fires.
    Rule {
        /// `type.name`.
        rule: String,
        /// The record in the line notation; `None` in a `no`.
        expect: Option<String>,
    },
}

/// What an actor's proof says of its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpectedCode {
    /// This one.
    Is(String),
    /// None is given, written `-`.
    Absent,
}

/// Reads every proof, in the order of files and lines; faults are added to `faults`.
pub(crate) fn read(files: &[SourceFile], faults: &mut Vec<Fault>) -> Vec<Proof> {
    let mut proofs = Vec::new();
    for file in files {
        let rule = rules::name_of(&file.path);
        let is_actor = file.path.starts_with("actors/") && file.path.matches('/').count() == 2;
        if rule.is_none() && !is_actor {
            continue;
        }
        let reader = Reader::new(file);
        let table = reader.parse();
        let hidden = if file.own { BTreeSet::new() } else { said_anew(files, &file.path) };
        let mut found = Found { reader: &reader, rule: rule.as_deref(), proofs: Vec::new() };
        found.table(&table);
        for list in ["body", "person"] {
            let tables = table.get(list).and_then(|value| value.get_ref().as_array());
            for table in tables.into_iter().flatten().filter_map(|item| item.get_ref().as_table()) {
                let name = table.get("name").and_then(|name| name.get_ref().as_str());
                if name.is_none_or(|name| !hidden.contains(name)) {
                    found.table(table);
                }
            }
        }
        let mut own = found.proofs;
        own.sort_by_key(|proof| (proof.line, proof.column));
        proofs.extend(own);
        faults.extend(reader.into_faults());
    }
    proofs
}

/// Bodies and people that a user's file of this path says anew or takes out: their proofs are its to give.
fn said_anew(files: &[SourceFile], path: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in files.iter().filter(|file| file.own && file.path == path) {
        let reader = Reader::new(file);
        let table = reader.parse();
        names.extend(crate::actors::hides(&reader, &table).into_iter().map(str::to_owned));
    }
    names
}

struct Found<'r> {
    reader: &'r Reader<'r>,
    rule: Option<&'r str>,
    proofs: Vec<Proof>,
}

impl Found<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, positive) in [("yes", true), ("no", false)] {
            let Some(value) = table.get(key) else { continue };
            for item in self.reader.items(value) {
                let read = match self.rule {
                    Some(rule) => self.of_rule(rule, item, positive),
                    None => self.of_actor(item),
                };
                if let Some((sentence, kind)) = read {
                    let (line, column) = self.reader.file.line_column(sentence.at);
                    self.proofs.push(Proof {
                        file: self.reader.file.shown.to_string(),
                        line,
                        column,
                        sentence: sentence.value.to_owned(),
                        positive,
                        kind,
                    });
                }
            }
        }
    }

    /// `["Ankara refused …", "TUR -> GRC REJECT"]`, or in a `no` the sentence alone.
    fn of_rule<'t>(
        &self,
        rule: &str,
        item: &'t Value<'_>,
        positive: bool,
    ) -> Option<(At<&'t str>, ProofKind)> {
        let (sentence, expect) = match item.get_ref() {
            DeValue::Array(_) if positive => {
                let strings = self.reader.strings(item);
                let &[sentence, expect] = strings.as_slice() else {
                    return self.wrong(item, "[\"sentence\", \"TUR -> GRC REJECT\"]");
                };
                (sentence, Some(expect.value.to_owned()))
            }
            DeValue::String(_) if !positive => (self.reader.string(item)?, None),
            _ if positive => return self.wrong(item, "[\"sentence\", \"TUR -> GRC REJECT\"]"),
            _ => return self.wrong(item, "\"sentence\""),
        };
        Some((sentence, ProofKind::Rule { rule: rule.to_owned(), expect }))
    }

    /// `["2023-06-19", "Xi Jinping met …", "CHN GOV"]`.
    fn of_actor<'t>(&self, item: &'t Value<'_>) -> Option<(At<&'t str>, ProofKind)> {
        let form = "[\"2023-06-19\", \"sentence\", \"CHN GOV\"]";
        if !item.get_ref().is_array() {
            return self.wrong(item, form);
        }
        let strings = self.reader.strings(item);
        let &[date, sentence, expect] = strings.as_slice() else {
            return self.wrong(item, form);
        };
        let day = if date.value == "-" {
            None
        } else {
            let read = PartialDate::parse(date.value).filter(|date| date.first == date.last);
            if read.is_none() {
                let hint = "write 2023-06-19, or - for a text without a date";
                self.reader.fault(date.at, "this is not a day", Some(hint.into()));
            }
            Some(read?.first)
        };
        let mut words = expect.value.split_whitespace();
        let code = match words.next() {
            None => return self.wrong(item, form),
            Some("-") => ExpectedCode::Absent,
            Some(code) => ExpectedCode::Is(code.to_owned()),
        };
        let sector = match words.next() {
            None => None,
            Some(word) => {
                let sector = Sector::from_code(word);
                if sector.is_none() {
                    let known = Sector::ALL.into_iter().map(Sector::code);
                    let message = format!("unknown sector `{word}`");
                    self.reader.fault(expect.at, message, hint(word, known));
                }
                Some(sector?)
            }
        };
        if words.next().is_some() {
            return self.wrong(item, form);
        }
        Some((sentence, ProofKind::Actor { date: day, code, sector }))
    }

    fn wrong<T>(&self, item: &Value<'_>, form: &str) -> Option<T> {
        let hint = Some(format!("write {form}"));
        self.reader.fault(item.span().start, "a proof of the wrong form", hint);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proofs(path: &str, text: &str) -> (Vec<Proof>, Vec<String>) {
        let mut faults = Vec::new();
        let file = SourceFile::new(path.into(), path.into(), text.into());
        let proofs = read(&[file], &mut faults);
        (proofs, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn proofs_of_an_actor() {
        let (proofs, faults) = proofs(
            "actors/countries/CHN.toml",
            "no = [['-', 'The plane landed.', '- GOV']]\n[[person]]\nyes = [['2023-06-19', 'Xi met him.', 'CHN GOV']]",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(proofs.len(), 2);
        assert_eq!((proofs[0].line, proofs[0].column, proofs[0].positive), (1, 13, false));
        let ProofKind::Actor { date, code, sector } = &proofs[0].kind else { panic!() };
        assert_eq!((date, code, sector), (&None, &ExpectedCode::Absent, &Some(Sector::Gov)));
        let ProofKind::Actor { date, code, .. } = &proofs[1].kind else { panic!() };
        assert_eq!(date.unwrap().to_string(), "2023-06-19");
        assert_eq!(code, &ExpectedCode::Is("CHN".into()));
    }

    #[test]
    fn proofs_of_a_rule() {
        let (proofs, faults) = proofs(
            "rules/reject/extradite.toml",
            "yes = [['Ankara refused.', 'TUR -> - REJECT']]\nno = ['Ankara agreed.']",
        );
        assert!(faults.is_empty(), "{faults:?}");
        let expects: Vec<_> = proofs.into_iter().map(|proof| proof.kind).collect();
        let rule = |expect: Option<&str>| ProofKind::Rule {
            rule: "reject.extradite".into(),
            expect: expect.map(ToOwned::to_owned),
        };
        assert_eq!(expects, [rule(Some("TUR -> - REJECT")), rule(None)]);
    }

    #[test]
    fn wrong_forms_are_told() {
        let (_, faults) = proofs(
            "actors/countries/CHN.toml",
            "yes = [['x', 'y', 'CHN GOV'], ['2020-01-01', 'y', 'CHN GVO'], ['y'], 'y', ['2020-01-01', 'y', 'A B C']]",
        );
        assert_eq!(faults.len(), 5, "{faults:?}");
    }
}

//! A file of `rules/` → one [`Rule`] and its proofs.
//!
//! Every fault of the file is collected, with line and column, before reading stops.

use detente_core::{EventStatus, Sector};
use serde::Deserialize;
use toml::Spanned;

use crate::{Need, Pattern, Rule};

/// A fault in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// One `yes` or `no` of a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleProof {
    /// Line from 1.
    pub line: usize,
    /// Column in characters from 1.
    pub column: usize,
    /// The sentence to code.
    pub sentence: String,
    /// The record that it must hold, e.g. `TUR -> GRC REJECT`; `None` for a `no`.
    pub expect: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    why: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    reciprocal: bool,
    status: Option<Spanned<String>>,
    #[serde(default)]
    need: RawNeed,
    when: Vec<Spanned<String>>,
    #[serde(default)]
    yes: Vec<Spanned<(String, String)>>,
    #[serde(default)]
    no: Vec<Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawNeed {
    #[serde(rename = "A")]
    actor: Option<Spanned<String>>,
    #[serde(rename = "B")]
    recipient: Option<Spanned<String>>,
}

impl Rule {
    /// Reads the file at `file` (its path below `knowledge/`, e.g. `rules/reject/extradite.toml`).
    ///
    /// Names of types, modes, contexts and word groups are not looked up here: the check of the
    /// whole knowledge does that.
    ///
    /// # Errors
    /// All faults of the file.
    pub fn read(file: &str, source: &str) -> Result<(Rule, Vec<RuleProof>), Vec<RuleFault>> {
        let raw: RawRule = toml::from_str(source).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![fault(source, offset, error.message().to_owned())]
        })?;
        let mut faults = Vec::new();
        let mut rule = Rule {
            name: rule_name(file),
            file: file.to_owned(),
            why: raw.why,
            kind: raw.kind,
            modes: raw.modes,
            contexts: raw.contexts,
            reciprocal: raw.reciprocal,
            ..Rule::default()
        };
        if let Some(status) = raw.status {
            rule.status =
                match status.as_ref().as_str() {
                    "actual" => Some(EventStatus::Actual),
                    "planned" => Some(EventStatus::Planned),
                    "hypothetical" => Some(EventStatus::Hypothetical),
                    "denied" => Some(EventStatus::Denied),
                    other => {
                        faults.push(fault(source, status.span().start, format!(
                        "`{other}` is no status; write actual, planned, hypothetical or denied"
                    )));
                        None
                    }
                };
        }
        rule.need = read_need(source, &raw.need, &mut faults);
        if raw.when.is_empty() {
            faults.push(fault(source, 0, "`when` is empty; write at least one line".to_owned()));
        }
        for line in &raw.when {
            match Pattern::parse(line.as_ref()) {
                Ok(pattern) => rule.patterns.push(pattern),
                Err(error) => {
                    // One for the quotation mark that opens the string.
                    let offset = line.span().start + 1 + error.offset;
                    faults.push(fault(source, offset, error.message));
                }
            }
        }
        let mut proofs = Vec::new();
        for proof in raw.yes {
            let (line, column) = position(source, proof.span().start);
            let (sentence, expect) = proof.into_inner();
            proofs.push(RuleProof { line, column, sentence, expect: Some(expect) });
        }
        for proof in raw.no {
            let (line, column) = position(source, proof.span().start);
            proofs.push(RuleProof { line, column, sentence: proof.into_inner(), expect: None });
        }
        if faults.is_empty() { Ok((rule, proofs)) } else { Err(faults) }
    }
}

fn read_need(source: &str, raw: &RawNeed, faults: &mut Vec<RuleFault>) -> Need {
    let mut need = Need::default();
    if let Some(actor) = &raw.actor {
        need.actor = sectors(source, actor, faults);
    }
    if let Some(recipient) = &raw.recipient {
        if recipient.as_ref() == "none" {
            need.no_recipient = true;
        } else {
            need.recipient = sectors(source, recipient, faults);
        }
    }
    need
}

fn sectors(source: &str, list: &Spanned<String>, faults: &mut Vec<RuleFault>) -> Vec<Sector> {
    let mut found = Vec::new();
    for code in list.as_ref().split('|') {
        match Sector::from_code(code.trim()) {
            Some(sector) => found.push(sector),
            None => faults.push(fault(
                source,
                list.span().start,
                format!(
                    "`{code}` is no sector; the codes stand in docs/coding-guide.md, section 3"
                ),
            )),
        }
    }
    found
}

/// `rules/reject/extradite.toml` → `reject.extradite`.
fn rule_name(file: &str) -> String {
    let path = file.strip_prefix("rules/").unwrap_or(file);
    path.strip_suffix(".toml").unwrap_or(path).replace('/', ".")
}

fn fault(source: &str, offset: usize, message: String) -> RuleFault {
    let (line, column) = position(source, offset);
    RuleFault { line, column, message }
}

/// Line and column, both from 1, of a byte.
fn position(source: &str, offset: usize) -> (usize, usize) {
    let before: String = source.bytes().take(offset).map(char::from).collect();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = source.get(start..offset).map_or(offset - start, |text| text.chars().count()) + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_reads() {
        let source =
            "why = \"x\"\ntype = \"REJECT\"\nwhen = [\"A refuse B\"]\nyes = [[\"a\", \"b\"]]\n";
        let (rule, proofs) = Rule::read("rules/reject/refuse.toml", source).unwrap();
        assert_eq!(rule.name, "reject.refuse");
        assert_eq!((proofs[0].line, proofs[0].column), (4, 8));
    }

    #[test]
    fn faults_have_line_and_column() {
        let source =
            "why = \"x\"\ntype = \"REJECT\"\nwhen = [\n  \"A to B\",\n]\nneed = { A = \"XYZ\" }\n";
        let faults = Rule::read("rules/reject/refuse.toml", source).unwrap_err();
        assert_eq!(faults.len(), 2);
        assert!(faults.iter().any(|f| (f.line, f.column) == (4, 6)), "{faults:?}");
        let faults = Rule::read("rules/a/b.toml", "why = 3").unwrap_err();
        assert_eq!(faults[0].line, 1);
    }
}

//! Reading the files of `rules/`.
//!
//! In goes `rules/reject/extradite.toml`, out comes the [`Rule`] `reject.extradite` with its lines read
//! as patterns. The notation of a line is `pattern.rs`; the proofs are `proof.rs`.

use detente_core::{EventStatus, Sector};

use crate::files::SourceFile;
use crate::nearest::hint;
use crate::ontology::{is_cameo, known};
use crate::table::{At, Fields, Reader};
use crate::{Fault, Mark, Need, Ontology, Pattern, Rule, Told, Words};

/// `type.name` for a file of `rules/`, or `None` for any other path.
pub(crate) fn name_of(path: &str) -> Option<String> {
    let below = path.strip_prefix("rules/")?.strip_suffix(".toml")?;
    Some(below.replace('/', "."))
}

/// Reads every rule, in the order of their names; faults are added to `faults`.
pub(crate) fn read(
    files: &[SourceFile],
    words: &Words,
    ontology: &Ontology,
    faults: &mut Vec<Fault>,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    for file in files {
        if let Some(name) = name_of(&file.path) {
            let reader = Reader::new(file);
            rules.extend(rule(&reader, name, words, ontology));
            faults.extend(reader.into_faults());
        }
    }
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules
}

fn rule(reader: &Reader<'_>, name: String, words: &Words, ontology: &Ontology) -> Option<Rule> {
    let table = reader.parse();
    let mut fields = Fields::new(reader, &table, 0);
    let why = fields.required("why");
    let kind = fields.required("type");
    let modes = fields.strings("modes");
    let contexts = fields.strings("contexts");
    let cameo = fields.string("cameo");
    if let Some(code) = cameo
        && !is_cameo(code.value)
    {
        let message = format!("`{}` is no CAMEO code", code.value);
        reader.fault(code.at, message, Some("write 2 to 4 digits".into()));
    }
    let reciprocal = fields.flag("reciprocal");
    let negated = fields.flag("negated");
    let told = fields.string("told").and_then(|word| told(reader, word));
    let status = fields.string("status").and_then(|word| status(reader, word));
    let marks = fields.strings("marks").into_iter().filter_map(|word| mark(reader, word)).collect();
    let need = need(reader, &mut fields);
    let when = fields.strings("when");
    if when.is_empty() {
        let hint = "write when = [\"A @visit B\"]";
        reader.fault(fields.at, "a rule needs a line of `when`", Some(hint.into()));
    }
    fields.value("yes");
    fields.value("no");
    fields.finish();

    let kind = kind?;
    let types: Vec<String> = ontology.types.iter().map(|kind| kind.name.clone()).collect();
    known(reader, kind, "type", &types);
    let own = ontology.event_type(kind.value);
    for mode in &modes {
        match own {
            Some(own) if own.modes.is_empty() => {
                reader.fault(mode.at, format!("{} has no modes", own.name), None);
            }
            Some(own) => known(reader, *mode, "mode", &own.modes),
            None => {}
        }
    }
    for context in &contexts {
        known(reader, *context, "context", &ontology.contexts);
    }
    let folder = kind.value.to_lowercase();
    if !name.starts_with(&format!("{folder}.")) {
        let hint = format!("put the file into rules/{folder}/");
        reader.fault(
            kind.at,
            format!("a rule of type {} outside its folder", kind.value),
            Some(hint),
        );
    }
    let patterns: Vec<Pattern> =
        when.iter().filter_map(|line| pattern(reader, *line, words, told.is_some())).collect();
    let strings = |list: &[At<&str>]| list.iter().map(|word| word.value.to_owned()).collect();
    Some(Rule {
        name,
        file: reader.file.path.to_string(),
        why: why.map_or("", |why| why.value).to_owned(),
        kind: kind.value.to_owned(),
        modes: strings(&modes),
        contexts: strings(&contexts),
        cameo: cameo.map(|code| code.value.to_owned()),
        reciprocal,
        negated,
        told,
        status,
        marks,
        need,
        patterns,
    })
}

/// Reads a line, which names a party unless the story has `told` of them.
fn pattern(reader: &Reader<'_>, line: At<&str>, words: &Words, told: bool) -> Option<Pattern> {
    // The line begins after the quotation mark.
    let inside = |offset: usize| line.at + 1 + offset;
    match Pattern::parse(line.value) {
        Ok(pattern) if !(told || pattern.has_role()) => {
            reader.fault(inside(0), "no `A`, `B` or `AB` in the line".to_owned(), None);
            None
        }
        Ok(pattern) => {
            for group in pattern.groups() {
                if !words.groups.contains_key(group) {
                    let offset = line.value.find(&format!("@{group}")).unwrap_or(0);
                    let hint = hint(group, words.groups.keys().map(String::as_str));
                    reader.fault(inside(offset), format!("unknown group `@{group}`"), hint);
                }
            }
            Some(pattern)
        }
        Err(fault) => {
            reader.fault(inside(fault.offset), fault.message, None);
            None
        }
    }
}

fn status(reader: &Reader<'_>, word: At<&str>) -> Option<EventStatus> {
    let status = EventStatus::from_word(word.value);
    if status.is_none() {
        let known = EventStatus::ALL.map(EventStatus::as_str);
        let message = format!("unknown status `{}`", word.value);
        reader.fault(word.at, message, hint(word.value, known));
    }
    status
}

fn mark(reader: &Reader<'_>, word: At<&str>) -> Option<Mark> {
    let mark = Mark::from_name(word.value);
    if mark.is_none() {
        let message = format!("unknown mark `{}`", word.value);
        reader.fault(word.at, message, hint(word.value, Mark::names()));
    }
    mark
}

/// `told = "maker"`.
fn told(reader: &Reader<'_>, word: At<&str>) -> Option<Told> {
    let found = Told::ALL.iter().find(|(known, _)| *known == word.value).map(|(_, told)| *told);
    if found.is_none() {
        let message = format!("unknown `told` of `{}`", word.value);
        reader.fault(word.at, message, hint(word.value, Told::ALL.map(|(known, _)| known)));
    }
    found
}

/// `need = { A = "MIL|GOV", B = "none" }`.
fn need(reader: &Reader<'_>, fields: &mut Fields<'_, '_>) -> Need {
    let mut need = Need::default();
    let Some(mut table) = fields.value("need").and_then(|value| Fields::of(reader, value)) else {
        return need;
    };
    if let Some(actor) = table.string("A") {
        need.actor = sectors(reader, actor);
    }
    match table.string("B") {
        Some(recipient) if recipient.value == "none" => need.no_recipient = true,
        Some(recipient) => need.recipient = sectors(reader, recipient),
        None => {}
    }
    table.finish();
    need
}

fn sectors(reader: &Reader<'_>, codes: At<&str>) -> Vec<Sector> {
    codes
        .value
        .split('|')
        .filter_map(|code| reader.sector(At { value: code.trim(), at: codes.at }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule_of(text: &str) -> (Vec<Rule>, Vec<String>) {
        let file = |path: &str, text: &str| SourceFile::new(path.into(), path.into(), text.into());
        let words = [file("words/groups.toml", "refuse = ['refuse']")];
        let mut faults = Vec::new();
        let words = crate::words::read(&words, &["words/groups.toml"], &mut faults);
        let files = [file("rules/reject/extradite.toml", text)];
        let rules = read(&files, &words, &Ontology::default(), &mut faults);
        (rules, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_rule_file_is_read() {
        let (rules, faults) = rule_of(
            "why = 'x'\ntype = 'REJECT'\nneed = { A = 'GOV|JUD', B = 'none' }\n\
             when = ['A @refuse to extradite *']\nno = ['x']",
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(rules[0].name, "reject.extradite");
        assert_eq!(rules[0].need.actor, [Sector::Gov, Sector::Jud]);
        assert!(rules[0].need.no_recipient && !rules[0].reciprocal);
    }

    #[test]
    fn a_mark_is_one_of_a_few_words() {
        let (rules, faults) =
            rule_of("why = 'x'\ntype = 'REJECT'\nmarks = ['duty', 'dutys']\nwhen = ['A cry']");
        assert_eq!(
            faults,
            ["rules/reject/extradite.toml:3:18: unknown mark `dutys`; did you mean `duty`?"]
        );
        assert!(rules[0].is(Mark::Duty) && !rules[0].is(Mark::Coup));
    }

    #[test]
    fn a_line_without_a_party_needs_told() {
        let (rules, faults) =
            rule_of("why = 'x'\ntype = 'REJECT'\nwhen = ['A cry', 'treaty lapse']");
        assert_eq!(faults, ["rules/reject/extradite.toml:3:19: no `A`, `B` or `AB` in the line"]);
        assert_eq!(rules[0].patterns.len(), 1);
        let told = "why = 'x'\ntype = 'REJECT'\ntold = 'maker'\nwhen = ['treaty=NOUN lapse=VERB']";
        assert_eq!(rule_of(told).1, [""; 0]);
    }

    #[test]
    fn a_fault_in_a_line_has_its_column() {
        let (_, faults) = rule_of("why = 'x'\ntype = 'AID'\nwhen = ['A @refus B', 'A to B']");
        assert_eq!(faults.len(), 3, "{faults:?}");
        let path = "rules/reject/extradite.toml";
        assert!(faults[0].starts_with(&format!("{path}:2:8: a rule of type AID outside")));
        assert_eq!(
            faults[1],
            format!("{path}:3:12: unknown group `@refus`; did you mean `refuse`?")
        );
        assert!(faults[2].starts_with(&format!("{path}:3:26: ")), "{}", faults[2]);
    }
}

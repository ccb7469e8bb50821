//! Types, modes, contexts and the way to CAMEO.
//!
//! In go the files of `ontology/`, out comes [`Ontology`]. For a `CONSULT` with the mode `visit` it
//! gives quad class 1, score 2.5 and the CAMEO code 042.

use detente_core::EventStatus;
use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::files::SourceFile;
use crate::nearest::hint;
use crate::table::{At, Fields, Reader, entries};

/// One of the sixteen event types.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EventType {
    /// e.g. `CONSULT`.
    pub name: String,
    /// What it is, in a few words.
    pub label: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// -10 to 10.
    pub score: f64,
    /// Modes that the type may have.
    pub modes: Vec<String>,
}

/// One line of `cameo.tsv`; `None` stands for any.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CameoLine {
    /// Event type.
    pub kind: String,
    /// Mode that the event must have.
    pub mode: Option<String>,
    /// Context that the event must have.
    pub context: Option<String>,
    /// Status that the event must have.
    pub status: Option<String>,
    /// CAMEO code.
    pub code: String,
    /// What CAMEO calls it.
    pub label: String,
}

/// The files of `ontology/`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Ontology {
    /// The sixteen types in the guide's order.
    pub types: Vec<EventType>,
    /// Contexts that an event may have.
    pub contexts: Vec<String>,
    /// Lines of `cameo.tsv`, in file order.
    pub cameo: Vec<CameoLine>,
}

impl Ontology {
    /// The type of this name.
    pub fn event_type(&self, name: &str) -> Option<&EventType> {
        self.types.iter().find(|t| t.name == name)
    }

    /// CAMEO code for an event: the most specific line of `cameo.tsv` that agrees with type, modes,
    /// contexts and status.
    ///
    /// The line with most columns filled in wins; of two with equally many mode goes before context,
    /// context before status, and then the earlier line.
    pub fn cameo(
        &self,
        kind: &str,
        modes: &[String],
        contexts: &[String],
        status: &str,
    ) -> Option<&str> {
        self.cameo_line(kind, modes, contexts, status).map(|line| line.code.as_str())
    }

    /// The line that [`Ontology::cameo`] takes its code from.
    pub fn cameo_line(
        &self,
        kind: &str,
        modes: &[String],
        contexts: &[String],
        status: &str,
    ) -> Option<&CameoLine> {
        let agrees = |line: &CameoLine| {
            line.kind == kind
                && line.mode.as_ref().is_none_or(|mode| modes.contains(mode))
                && line.context.as_ref().is_none_or(|context| contexts.contains(context))
                && line.status.as_ref().is_none_or(|own| own == status)
        };
        let mut best: Option<((u8, bool, bool), &CameoLine)> = None;
        for line in self.cameo.iter().filter(|line| agrees(line)) {
            let (mode, context) = (line.mode.is_some(), line.context.is_some());
            let filled = u8::from(mode) + u8::from(context) + u8::from(line.status.is_some());
            let rank = (filled, mode, context);
            if best.is_none_or(|(most, _)| rank > most) {
                best = Some((rank, line));
            }
        }
        best.map(|(_, line)| line)
    }
}

/// Reads the files of `ontology/`; faults are added to `faults`.
pub(crate) fn read(files: &[SourceFile], faults: &mut Vec<Fault>) -> Ontology {
    let mut ontology = Ontology::default();
    let find = |path: &str| files.iter().find(|file| file.path == path);
    if let Some(file) = find("ontology/types.toml") {
        let reader = Reader::new(file);
        ontology.types = types(&reader);
        faults.extend(reader.into_faults());
    }
    if let Some(file) = find("ontology/contexts.toml") {
        let reader = Reader::new(file);
        let table = reader.parse();
        for (name, value) in entries(&table) {
            reader.string(value);
            ontology.contexts.push(name.value.to_owned());
        }
        faults.extend(reader.into_faults());
    }
    if let Some(file) = find("ontology/modes.toml") {
        let reader = Reader::new(file);
        modes(&reader, &ontology);
        faults.extend(reader.into_faults());
    }
    if let Some(file) = find("ontology/cameo.tsv") {
        ontology.cameo = cameo(file, &ontology, faults);
    }
    ontology
}

/// Notes a fault where `word` is not among `known`; with nothing known, nothing is said.
pub(crate) fn known(reader: &Reader<'_>, word: At<&str>, what: &str, known: &[String]) {
    if !known.is_empty() && !known.iter().any(|name| name == word.value) {
        let hint = hint(word.value, known.iter().map(String::as_str));
        reader.fault(word.at, format!("unknown {what} `{}`", word.value), hint);
    }
}

fn types(reader: &Reader<'_>) -> Vec<EventType> {
    let table = reader.parse();
    let mut types = Vec::new();
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        let label = fields.required("label");
        let quad = fields.number("quad");
        let score = fields.number("score");
        let modes = fields.strings("modes");
        let quad_is_good = quad.is_some_and(|quad| [1.0, 2.0, 3.0, 4.0].contains(&quad.value));
        if !quad_is_good {
            let at = quad.map_or(name.at, |quad| quad.at);
            reader.fault(at, "`quad` must be 1, 2, 3 or 4", None);
        }
        if !score.is_some_and(|score| score.value.abs() <= 10.0) {
            let at = score.map_or(name.at, |score| score.at);
            reader.fault(at, "`score` must be a number from -10 to 10", None);
        }
        fields.finish();
        types.push(EventType {
            name: name.value.to_owned(),
            label: label.map_or("", |label| label.value).to_owned(),
            quad: quad.map_or(0, |quad| quad.value as u8),
            score: score.map_or(0.0, |score| score.value),
            modes: modes.iter().map(|mode| mode.value.to_owned()).collect(),
        });
    }
    types
}

/// Checks `modes.toml`, which says what each mode of a type means, against the types.
fn modes(reader: &Reader<'_>, ontology: &Ontology) {
    let table = reader.parse();
    let names: Vec<String> = ontology.types.iter().map(|kind| kind.name.clone()).collect();
    for (name, value) in entries(&table) {
        known(reader, name, "type", &names);
        let Some(kind) = ontology.event_type(name.value) else { continue };
        let Some(lines) = value.get_ref().as_table() else {
            reader.fault(name.at, "a table of modes is expected", None);
            continue;
        };
        for (mode, meaning) in entries(lines) {
            reader.string(meaning);
            if !kind.modes.iter().any(|own| own == mode.value) {
                let hint = hint(mode.value, kind.modes.iter().map(String::as_str));
                let message = format!("{} has no mode `{}`", kind.name, mode.value);
                reader.fault(mode.at, message, hint);
            }
        }
        for mode in &kind.modes {
            if !lines.keys().any(|own| own.get_ref() == mode) {
                reader.fault(name.at, format!("the mode `{mode}` is not explained"), None);
            }
        }
    }
}

/// Whether a word has the form of a CAMEO code.
pub(crate) fn is_cameo(code: &str) -> bool {
    (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn cameo(file: &SourceFile, ontology: &Ontology, faults: &mut Vec<Fault>) -> Vec<CameoLine> {
    let mut lines = Vec::new();
    for (at, line) in file.rows() {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[kind, mode, context, status, code, label] = columns.as_slice() else {
            let message = format!("six columns are expected, not {}", columns.len());
            let hint = "type, mode, context, status, CAMEO code, what CAMEO calls it";
            faults.push(file.fault(at, message, Some(hint.into())));
            continue;
        };
        let mut fault = |message: String, hint| faults.push(file.fault(at, message, hint));
        let own_type = ontology.event_type(kind);
        if own_type.is_none() && !ontology.types.is_empty() {
            let names = ontology.types.iter().map(|kind| kind.name.as_str());
            fault(format!("unknown type `{kind}`"), hint(kind, names));
        }
        if let Some(own) = own_type
            && mode != "-"
            && !own.modes.iter().any(|known| known == mode)
        {
            let names = own.modes.iter().map(String::as_str);
            fault(format!("{kind} has no mode `{mode}`"), hint(mode, names));
        }
        if context != "-"
            && !ontology.contexts.is_empty()
            && !ontology.contexts.iter().any(|known| known == context)
        {
            let names = ontology.contexts.iter().map(String::as_str);
            fault(format!("unknown context `{context}`"), hint(context, names));
        }
        if status != "-" && EventStatus::from_word(status).is_none() {
            let known = EventStatus::ALL.map(EventStatus::as_str);
            fault(format!("unknown status `{status}`"), hint(status, known));
        }
        if !is_cameo(code) {
            fault(format!("`{code}` is no CAMEO code"), Some("write 2 to 4 digits".into()));
        }
        let open = |column: &str| (column != "-").then(|| column.to_owned());
        lines.push(CameoLine {
            kind: kind.to_owned(),
            mode: open(mode),
            context: open(context),
            status: open(status),
            code: code.to_owned(),
            label: label.to_owned(),
        });
    }
    for kind in &ontology.types {
        let open = |line: &CameoLine| {
            line.kind == kind.name
                && line.mode.is_none()
                && line.context.is_none()
                && line.status.is_none()
        };
        if !lines.iter().any(open) {
            let message = format!("{} has no line with `-` throughout", kind.name);
            faults.push(file.fault(0, message, None));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ontology(cameo: &str) -> (Ontology, Vec<String>) {
        let file = |path: &str, text: &str| SourceFile::new(path.into(), path.into(), text.into());
        let files = [
            file(
                "ontology/types.toml",
                "[CONSULT]\nlabel = 'meets'\nquad = 1\nscore = 2.5\nmodes = ['visit', 'phone']",
            ),
            file("ontology/contexts.toml", "diplomatic = 'x'\nmilitary = 'y'"),
            file("ontology/cameo.tsv", cameo),
        ];
        let mut faults = Vec::new();
        let ontology = read(&files, &mut faults);
        (ontology, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_most_specific_line_wins() {
        let (ontology, faults) = ontology(
            "CONSULT\t-\t-\t-\t040\tConsult\nCONSULT\t-\tdiplomatic\t-\t046\tNegotiate\n\
             CONSULT\tvisit\t-\t-\t042\tVisit\nCONSULT\t-\tmilitary\tdenied\t049\tNone\n",
        );
        assert!(faults.is_empty(), "{faults:?}");
        let cameo = |modes: &[&str], contexts: &[&str], status: &str| {
            let own = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
            ontology.cameo("CONSULT", &own(modes), &own(contexts), status)
        };
        assert_eq!(cameo(&[], &[], "actual"), Some("040"));
        assert_eq!(cameo(&["visit"], &["diplomatic"], "actual"), Some("042"));
        assert_eq!(cameo(&[], &["diplomatic"], "actual"), Some("046"));
        assert_eq!(cameo(&["visit"], &["military"], "denied"), Some("049"));
        assert_eq!(ontology.cameo("AID", &[], &[], "actual"), None);
    }

    #[test]
    fn faults_of_the_table() {
        let (_, faults) = ontology("CONSULT\tvisits\tx\tdone\t4\tConsult\nCONSUL\t-\n");
        assert_eq!(faults.len(), 6, "{faults:?}");
        assert!(faults[0].contains("did you mean `visit`"), "{faults:?}");
    }
}

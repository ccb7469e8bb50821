//! A record → what a person reads on a terminal.
//!
//! In goes one [`Record`], out come lines: title, date and source, then what happened, who said what, what was agreed, what is
//! at issue, and what to know about the coding. Nothing is here that is not in the record.

use detente_core::{Actor, Event, EventStatus, Record, Sector, Stance, Statement, StatementKind};

use crate::style::{Ink, Style};
use crate::table::{self, Cell, broken};

/// The lines of one record, the last of them empty.
pub(crate) fn lines(style: Style, record: &Record) -> Vec<String> {
    let mut out = head(style, record);
    section(&mut out, style, "Events", record.events.len(), || events(style, record));
    let said: Vec<_> =
        record.statements.iter().filter(|s| s.kind != StatementKind::Scare).collect();
    section(&mut out, style, "Statements", said.len(), || statements(style, &said));
    section(&mut out, style, "Commitments", record.commitments.len(), || {
        commitments(style, record)
    });
    section(&mut out, style, "Issues", record.issues.len(), || issues(style, record));
    for warning in &record.warnings {
        out.push(style.paint(Ink::Yellow, &format!("Warning: {warning}")));
    }
    if !record.warnings.is_empty() {
        out.push(String::new());
    }
    out
}

fn head(style: Style, record: &Record) -> Vec<String> {
    let document = &record.document;
    let title = document.title.clone().unwrap_or_else(|| first_line(record));
    let mut out: Vec<String> =
        broken(&title, style.width).iter().map(|line| style.paint(Ink::Bold, line)).collect();
    let known = [&document.publisher, &document.section, &document.date, &document.byline];
    let mut facts: Vec<&str> = known.into_iter().filter_map(|fact| fact.as_deref()).collect();
    facts.push(&document.source);
    out.extend(
        broken(&facts.join(" · "), style.width).iter().map(|line| style.paint(Ink::Faint, line)),
    );
    out.push(String::new());
    out
}

/// How the text begins, for a document without a title.
fn first_line(record: &Record) -> String {
    let mut line = String::new();
    for word in record.document.text.split_whitespace() {
        if line.chars().count() + word.chars().count() > LINE {
            return line + " …";
        }
        line = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
    }
    if line.is_empty() { "(no text)".to_owned() } else { line }
}

/// Characters of a text that stand for its title.
const LINE: usize = 80;

fn section(
    out: &mut Vec<String>,
    style: Style,
    title: &str,
    count: usize,
    lines: impl FnOnce() -> Vec<String>,
) {
    if count == 0 {
        out.push(style.paint(Ink::Bold, &format!("{title}: none")));
    } else {
        out.push(style.paint(Ink::Bold, &format!("{title} ({count})")));
        out.extend(lines());
    }
    out.push(String::new());
}

fn events(style: Style, record: &Record) -> Vec<String> {
    let rows: Vec<[Cell; 6]> = record
        .events
        .iter()
        .map(|event| {
            let ink = if event.quad <= 2 { Ink::Green } else { Ink::Red };
            let to = if event.reciprocal { String::new() } else { parties(&event.recipients) };
            let who =
                if event.actors.is_empty() { NOBODY.to_owned() } else { parties(&event.actors) };
            [
                Cell::plain(who),
                Cell::inked(ink, kind(event)),
                Cell::plain(to),
                Cell::plain(when(event)),
                Cell::plain(event.place.as_ref().map_or("", |place| place.name.as_str())),
                Cell::inked(Ink::Faint, format!("{} “{}”", event.rule, event.trigger.text)),
            ]
        })
        .collect();
    table::lines(style, ["who", "did", "to whom", "when", "where", "rule and words"], &rows)
}

/// `CONSULT visit, planned`.
fn kind(event: &Event) -> String {
    let mut text = event.kind.clone();
    for mode in &event.modes {
        text.push(' ');
        text.push_str(mode);
    }
    if event.status != EventStatus::Actual {
        text.push_str(", ");
        text.push_str(event.status.as_str());
    }
    if event.background {
        text.push_str(", recalled");
    }
    text
}

fn when(event: &Event) -> String {
    match (&event.date, &event.date_text) {
        (Some(date), _) => date.clone(),
        (None, Some(words)) => format!("“{words}”"),
        (None, None) => String::new(),
    }
}

/// Where the words name nobody.
const NOBODY: &str = "(nobody named)";

fn parties(actors: &[Actor]) -> String {
    actors.iter().map(party).collect::<Vec<_>>().join(" + ")
}

/// `CHN GOV Wang Yi`: code, sector, then the name, or the words where there is no name.
fn party(actor: &Actor) -> String {
    let mut parts: Vec<&str> = Vec::new();
    parts.extend(actor.code.as_deref());
    // What kind of party it is that nobody knows, its words tell better.
    let told = actor.sector.filter(|sector| *sector != Sector::Unk || actor.text.is_none());
    parts.extend(told.map(Sector::code));
    if let Some(name) = actor.name.as_deref() {
        parts.push(name);
    } else if actor.code.is_none() {
        parts.extend(actor.text.as_deref());
    }
    if parts.is_empty() { "(unknown)".to_owned() } else { parts.join(" ") }
}

fn statements(style: Style, said: &[&Statement]) -> Vec<String> {
    let rows: Vec<[Cell; 3]> = said
        .iter()
        .map(|statement| {
            let speaker = match (&statement.speaker, statement.joint.as_slice()) {
                (_, joint) if joint.len() > 1 => parties(joint),
                (Some(speaker), _) => party(speaker),
                (None, _) => NOBODY.to_owned(),
            };
            let cue = statement.cue.as_ref().map_or("", |cue| cue.text.as_str());
            [Cell::plain(speaker), Cell::inked(Ink::Faint, cue), Cell::plain(statement.words())]
        })
        .collect();
    table::lines(style, ["who", "how", "what"], &rows)
}

fn commitments(style: Style, record: &Record) -> Vec<String> {
    let rows: Vec<[Cell; 4]> = record
        .commitments
        .iter()
        .map(|commitment| {
            [
                Cell::plain(commitment.parties.join(" + ")),
                Cell::plain(&commitment.kind),
                Cell::plain(commitment.status.as_str()),
                Cell::plain(commitment.subject.clone().unwrap_or_default()),
            ]
        })
        .collect();
    table::lines(style, ["between", "what", "status", "on"], &rows)
}

fn issues(style: Style, record: &Record) -> Vec<String> {
    let rows: Vec<[Cell; 3]> = record
        .issues
        .iter()
        .map(|issue| {
            let ink = match issue.stance {
                Stance::Contested => Ink::Red,
                Stance::Shared => Ink::Green,
                Stance::Discussed => Ink::Faint,
            };
            [
                Cell::plain(issue.between.join(" + ")),
                Cell::plain(&issue.label),
                Cell::inked(ink, issue.stance.as_str()),
            ]
        })
        .collect();
    table::lines(style, ["between", "over", "stance"], &rows)
}

//! `detente relation`: how two parties have dealt with each other over time.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_store::{
    Asked, Evidence, Level, Period, Query, Relation, Scope, Side, Sign, Store, Talk, counted, page,
    picture, told_on,
};

use crate::exit::{Done, Stop};
use crate::output::{Output, files_of_store, keep_apart};
use crate::parties::{Named, Parties};
use crate::style::{Ink, Style};

/// Show how two parties have dealt with each other: score by week or month, turning points and the events behind them, meetings,
/// commitments, issues, and what each says of the other
///
/// A party is a code (USA, HAM), a code and a sector (USA.MIL), a sector (REB), the name of a state, organisation or group
/// (Turkey), or a set of them (USA+GBR); `detente who NAME` tells a code. An event that many papers tell counts once.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  detente relation USA CHN --store news.store\n  detente relation USA+GBR IRN.MIL --store news.store --since 2022 --by week --json\n  \
                  detente relation TUR GRC --store news.store --plot relation.html     a page; relation.svg is a picture for print"
)]
pub(super) struct RelationArgs {
    /// The one side
    #[arg(value_name = "A")]
    a: String,
    /// The other
    #[arg(value_name = "B")]
    b: String,
    /// The store
    #[arg(long, value_name = "FILE")]
    store: PathBuf,
    /// Length of the periods [default: weeks, or months where it is more than three years]
    #[arg(long, value_enum, value_name = "PERIOD")]
    by: Option<By>,
    /// From this day, month or year on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Until the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Leave out events with a lower confidence than this
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = super::code::share)]
    floor: f64,
    /// How many events, meetings and sayings are shown of each kind
    #[arg(long, value_name = "N", default_value_t = 5)]
    top: usize,
    /// Count what is marked private, too
    #[arg(long)]
    private: bool,
    /// Print one JSON object with all of it
    #[arg(long)]
    json: bool,
    /// Write a picture: a page that needs nothing else (.html) or SVG for print (.svg)
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Week,
    Month,
}

pub(super) fn run(args: &RelationArgs, knowledge: Option<&Path>) -> Result<Done, Stop> {
    let plot = args.plot.as_deref().map(plot_kind).transpose()?;
    let store = Store::open_read_only(&args.store).map_err(Stop::because)?;
    let parties = Parties::new(knowledge);
    let (a, b) = (side(&parties, &store, &args.a)?, side(&parties, &store, &args.b)?);
    if a.overlaps(&b) {
        return Err(Stop::because(format_args!(
            "{a} and {b} have a party in common: name two that differ"
        )));
    }
    let mut days = Query::new();
    if let Some(since) = &args.since {
        days = days.from(since).map_err(Stop::because)?;
    }
    if let Some(until) = &args.until {
        days = days.until(until).map_err(Stop::because)?;
    }
    if let Some((path, _)) = plot {
        let read = files_of_store(&args.store);
        keep_apart(&[path], read.iter().map(PathBuf::as_path))?;
    }
    let period = args.by.map(|by| match by {
        By::Week => Period::Week,
        By::Month => Period::Month,
    });
    let scope = if args.private { Scope::All } else { Scope::Export };
    let names = [&a, &b].map(|side| called(side, knowledge));
    let asked = Asked { period, days, scope, confidence: args.floor, most: args.top, names };
    let relation = store.relation(&a, &b, &asked).map_err(Stop::because)?;
    if let Some((path, draw)) = plot {
        let mut output = Output::file(path)?;
        output.write_all(draw(&relation).as_bytes())?;
        output.finish()?;
    }
    let mut output = Output::standard();
    if args.json {
        writeln!(output, "{}", serde_json::to_string(&relation).map_err(Stop::because)?)?;
    } else {
        let mut style = Style::of_stdout();
        if !std::io::stdout().is_terminal() {
            style.width = usize::MAX; // nobody's screen is to be kept to
        }
        for line in lines(style, &relation) {
            writeln!(output, "{line}")?;
        }
    }
    output.finish()?;
    Ok(Done::All)
}

/// What people call a side: one code's name, with the sector if one is asked for.
fn called(side: &Side, knowledge: Option<&Path>) -> Option<String> {
    let sign = side.to_string();
    let (code, sector) = match sign.split_once('.') {
        Some((code, sector)) => (code, Some(sector)),
        None => (sign.as_str(), None),
    };
    let name = detente_knowledge::name_of(code, knowledge)?;
    Some(sector.map_or_else(|| name.clone(), |sector| format!("{name}, {sector}")))
}

/// Whom the words of one side stand for.
fn side(parties: &Parties<'_>, store: &Store, words: &str) -> Result<Side, Stop> {
    let is_stored = |word: &str| {
        let query = Query::new().sign(Sign::Party, [word]).limit(1);
        store.events(&query).map(|found| !found.is_empty()).map_err(Stop::because)
    };
    let mut members = Vec::new();
    for word in words.split('+') {
        let named = parties.named(word, &is_stored)?;
        let [named] = named.as_slice() else {
            let signs: Vec<String> = named.iter().map(Named::sign).collect();
            return Err(Stop::because(format_args!(
                "{word}: that may be {}; name one, or all with + between",
                signs.join(" or ")
            )));
        };
        members.push(match named {
            Named::Code(code, Some(sector)) => format!("{code}.{}", sector.code()),
            Named::Code(code, None) => code.clone(),
            Named::Sector(sector) => sector.code().to_owned(),
            Named::Name(name, code) => {
                let next = code.as_deref().map_or_else(
                    || "name a state, an organisation or a group".to_owned(),
                    |code| format!("name {code}, or a sector of it as {code}.GOV"),
                );
                return Err(Stop::because(format_args!(
                    "{name}: a relation is between states, organisations and groups, not between people or bodies; {next}"
                )));
            }
        });
    }
    members.join("+").parse().map_err(Stop::because)
}

type Draw = fn(&Relation) -> String;

/// How a file of this ending is drawn.
fn plot_kind(path: &Path) -> Result<(&Path, Draw), Stop> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("html" | "htm") => Ok((path, page)),
        Some("svg") => Ok((path, picture)),
        _ => Err(Stop::because(format_args!(
            "{}: a picture is a page (.html) or SVG (.svg); give the file one of these endings",
            path.display()
        ))),
    }
}

/// What a person reads.
fn lines(style: Style, relation: &Relation) -> Vec<String> {
    let mut lines = Vec::new();
    let head = relation.title();
    lines.push(style.paint(Ink::Bold, &head));
    if relation.periods.is_empty() {
        lines.push(format!("  {}", relation.nothing()));
        tail(&mut lines, style, relation);
        return lines;
    }
    let days = if relation.first == relation.last {
        relation.first.clone()
    } else {
        format!("{} to {}", relation.first, relation.last)
    };
    lines.push(format!("  {}, {days}", relation.told()));
    curves(&mut lines, style, relation);
    lines.push(String::new());
    for direction in relation.directions.iter().filter(|direction| direction.events > 0) {
        let [vc, mc, vf, mf] = direction.quad;
        lines.push(format!(
            "  {:<20} {:>12}   cooperation {vc} in words, {mc} in deeds; conflict {vf} in words, {mf} in deeds; score {:+.1}",
            direction.line, counted(direction.events, "event"), direction.net
        ));
    }
    if !relation.events.is_empty() {
        let all = relation.events.len() == relation.happenings;
        heading(&mut lines, style, if all { "Events" } else { "Latest events" });
        lines.extend(relation.events.iter().map(|event| told(style, event)));
    }
    heading(&mut lines, style, "Turning points");
    if relation.turning_points.is_empty() {
        lines.push(
            if relation.method.searched { "  none" } else { "  too short a time to look for any" }
                .to_owned(),
        );
    }
    for turn in &relation.turning_points {
        let ink = if turn.after > turn.before { Ink::Green } else { Ink::Red };
        let change = format!(
            "from {:+.1} to {:+.1} a {}",
            turn.before,
            turn.after,
            relation.period.as_str()
        );
        lines.push(format!(
            "  {}  {}",
            style.paint(Ink::Bold, &turn.when(relation.period)),
            style.paint(ink, &change)
        ));
        lines.extend(turn.events.iter().map(|event| told(style, event)));
    }
    tail(&mut lines, style, relation);
    lines
}

/// Cooperation, conflict and their balance over time; a week or two make no curve.
fn curves(lines: &mut Vec<String>, style: Style, relation: &Relation) {
    let (Some(first), Some(last)) = (relation.periods.first(), relation.periods.last()) else {
        return;
    };
    if relation.periods.len() < FEWEST {
        return;
    }
    let width = style.width.saturating_sub(24).min(100);
    let of = |value: fn(&detente_store::Bin) -> f64| -> Vec<f64> {
        relation.periods.iter().map(value).collect()
    };
    let cooperation = squeezed(&of(|bin| bin.cooperation), width);
    let conflict = squeezed(&of(|bin| bin.conflict), width);
    let most = cooperation.iter().chain(&conflict).copied().fold(0.0, f64::max);
    lines.push(String::new());
    lines.push(format!(
        "  cooperation  {}",
        style.paint(Ink::Green, &sparkline(&cooperation, most))
    ));
    lines.push(format!("  conflict     {}", style.paint(Ink::Red, &sparkline(&conflict, most))));
    let balance = squeezed(&of(|bin| bin.smooth), width);
    lines.push(format!("  balance      {}", signed(style, &balance)));
    lines.push(format!(
        "               {}{:>3$}  by {}",
        first.start,
        last.start,
        relation.period.as_str(),
        balance.len().saturating_sub(10).max(11)
    ));
}

/// What has no curve: meetings, commitments, issues, talk.
fn tail(lines: &mut Vec<String>, style: Style, relation: &Relation) {
    if !relation.meetings.is_empty() {
        let count = |level: Level| relation.meetings.get(&level).copied().unwrap_or(0);
        let levels =
            Level::ALL.map(|level| format!("{} {}", level.as_str(), count(level))).join(", ");
        heading(lines, style, &format!("Meetings: {levels}"));
        for meeting in &relation.latest_meetings {
            let place =
                meeting.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
            let who = meeting.who.join(", ");
            let mut how = meeting.modes.clone();
            if meeting.status != "actual" {
                how.push(meeting.status.clone());
            }
            let how = if how.is_empty() { String::new() } else { format!(" ({})", how.join(", ")) };
            let what = format!("{who}{place}{how}");
            let day = told_on(&meeting.date, meeting.dated);
            lines.push(cut(style, &format!("  {day:<21}  {:<9}  {what}", meeting.level.as_str())));
        }
    }
    if !relation.commitments.is_empty() {
        heading(lines, style, "Commitments");
        for agreed in &relation.commitments {
            let (status, steps) = (agreed.status.as_str(), agreed.steps().join(", "));
            lines.push(cut(style, &format!("  {status:<9}  {}: {steps}", agreed.title())));
        }
    }
    if !relation.issues.is_empty() {
        heading(lines, style, "Issues");
        for issue in &relation.issues {
            let [contested, shared, discussed] = issue.stances;
            let latest = format!("{} {}", issue.latest, issue.latest_stance.as_str());
            lines.push(cut(style, &format!(
                "  {:<24} contested {contested}, shared {shared}, discussed {discussed}; latest {}", issue.label, latest.trim_start()
            )));
        }
    }
    for (talk, second) in relation.sayings.iter().zip([false, true]) {
        say(lines, style, relation, talk, second);
    }
    if let Some(left) = relation.left_out.told() {
        lines.push(String::new());
        lines.push(style.paint(Ink::Faint, &format!("  left out: {left}")));
    }
}

fn say(lines: &mut Vec<String>, style: Style, relation: &Relation, talk: &Talk, second: bool) {
    if talk.latest.is_empty() {
        return;
    }
    let statements = counted(talk.statements, "statement");
    let (speaker, about) = (relation.called(second), relation.called(!second));
    heading(lines, style, &format!("What {speaker} says of {about}: {statements}"));
    for saying in &talk.latest {
        let role = saying.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
        let date = if saying.date.is_empty() { "no date" } else { &saying.date };
        let comma = if role.is_empty() { "" } else { "," };
        let cue = saying.cue.as_deref().map(|cue| format!("{comma} {cue}")).unwrap_or_default();
        let who = format!("{}{role}{cue}", saying.speaker);
        lines.push(cut(style, &format!("  {date:<10}  {}: {}", who.trim_start(), saying.text)));
    }
}

fn heading(lines: &mut Vec<String>, style: Style, words: &str) {
    lines.push(String::new());
    lines.push(style.paint(Ink::Bold, words));
}

fn told(style: Style, event: &Evidence) -> String {
    let sources =
        if event.sources > 1 { format!(", {} sources", event.sources) } else { String::new() };
    cut(
        style,
        &format!(
            "  {:<21}  {} {}  {} ({}{sources})",
            told_on(&event.date, event.dated),
            event.line,
            event.kind,
            event.text,
            event.source
        ),
    )
}

/// As much of a line as the terminal has room for.
fn cut(style: Style, line: &str) -> String {
    let most = style.width.max(60);
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let mut cut: String = line.chars().take(most - 1).collect();
    cut.push('…');
    cut
}

/// At most `width` values: means of neighbours where there are more.
fn squeezed(values: &[f64], width: usize) -> Vec<f64> {
    let columns = values.len().min(width.max(1));
    let mean = |column: usize| {
        let (from, until) =
            (column * values.len() / columns, (column + 1) * values.len() / columns);
        values[from..until].iter().sum::<f64>() / (until - from) as f64
    };
    (0..columns).map(mean).collect()
}

/// With fewer periods nothing is drawn.
const FEWEST: usize = 3;

const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Values from 0 to `most` as bars.
fn sparkline(values: &[f64], most: f64) -> String {
    let bar = |value: &f64| {
        let part = if most > 0.0 { (value / most * 8.0).ceil() as usize } else { 0 };
        BARS[part.min(8)]
    };
    values.iter().map(bar).collect()
}

/// Values of both signs, nought in the middle: `▄`.
fn signed(style: Style, values: &[f64]) -> String {
    let most = values.iter().map(|value| value.abs()).fold(f64::MIN_POSITIVE, f64::max);
    let mut line = String::new();
    for value in values {
        let bar = BARS[1 + ((value / most + 1.0) * 3.0).round() as usize].to_string();
        line.push_str(&style.paint(if *value < 0.0 { Ink::Red } else { Ink::Green }, &bar));
    }
    line + "  ▄ is nought"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_of_signs() {
        assert_eq!(sparkline(&[0.0, 1.0, 4.0, 8.0], 8.0), " ▁▄█");
        assert_eq!(sparkline(&[0.0, 0.0], 0.0), "  ");
        assert_eq!(signed(Style::plain(60), &[-2.0, 0.0, 2.0]), "▁▄▇  ▄ is nought");
        assert_eq!(squeezed(&[1.0, 3.0, 5.0, 7.0], 2), [2.0, 6.0]);
        assert_eq!(squeezed(&[1.0], 80), [1.0]);
        assert!(squeezed(&[], 80).is_empty());
        assert_eq!(cut(Style::plain(60), &"x".repeat(70)).chars().count(), 60);
    }
}

//! A relation as a picture: SVG, for a page or for print.
//!
//! Above, cooperation and conflict of each week or month as bars to both sides of a line, the smoothed balance as a curve, the levels
//! between turning points as steps; below it how many events of each quad class, and on one line each the meetings by level and the
//! commitments by status. Numbers in circles are the turning points. Nothing is loaded from elsewhere, and the fonts are the reader's.

use std::fmt::Write;

use super::{Bin, Level, Relation};
use crate::day::days;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 940.0;
const UPPER: (f64, f64) = (96.0, 340.0);
const COUNTS: (f64, f64) = (384.0, 474.0);
const LANES: f64 = 506.0;
const LANE: f64 = 26.0;

/// Blue for cooperation, orange for conflict: told apart by all eyes, and in print by their lightness. Words before deeds.
const QUADS: [(&str, &str); 4] = [
    ("#9ecae1", "words of cooperation"),
    ("#2171b5", "deeds of cooperation"),
    ("#fdbe85", "words of conflict"),
    ("#d94801", "deeds of conflict"),
];
const GOOD: &str = "#6baed6";
const BAD: &str = "#f28e4b";
const INK: &str = "#1b2733";
const FAINT: &str = "#66727f";
const GRID: &str = "#e3e7eb";
const TURN: &str = "#a1159b";

/// The picture of a relation, one `svg` element.
pub fn picture(relation: &Relation) -> String {
    let notes = relation.turning_points.len();
    let axis = LANES + 2.0 * LANE;
    let height = axis + 40.0 + 34.0 * notes as f64 + 14.0;
    let mut svg = String::new();
    let title = relation.title();
    put(
        &mut svg,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"{INK}\"><title>{}</title>\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>",
            escaped(&title)
        ),
    );
    text(&mut svg, LEFT, 30.0, "font-size=\"20\" font-weight=\"bold\"", &title);
    text(&mut svg, LEFT, 50.0, &format!("fill=\"{FAINT}\""), &subtitle(relation));
    let Some(scale) = Across::of(&relation.periods) else {
        text(&mut svg, LEFT, 90.0, "", &format!("{}.", relation.nothing().replacen("no", "No", 1)));
        svg.push_str("</svg>");
        return svg;
    };
    years(&mut svg, &scale, axis);
    balance(&mut svg, relation, &scale);
    counts(&mut svg, relation, &scale);
    lanes(&mut svg, relation, &scale);
    turns(&mut svg, relation, &scale, axis);
    svg.push_str("</svg>\n");
    svg
}

fn subtitle(relation: &Relation) -> String {
    format!("{}, by {}; each event counts once", relation.told(), relation.period.as_str())
}

/// Days → pixels from left to right.
struct Across {
    first: i64,
    last: i64,
}

impl Across {
    fn of(periods: &[Bin]) -> Option<Self> {
        let (first, last) = (periods.first()?.day, periods.last()?.day);
        // Where the last period ends is not said: as far as the one before it is long.
        let length = periods.len().checked_sub(2).map_or(7, |at| last - periods[at].day);
        Some(Self { first, last: last + length.max(1) })
    }

    fn x(&self, day: i64) -> f64 {
        let part = (day - self.first) as f64 / (self.last - self.first) as f64;
        LEFT + part.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }

    /// Left border and width of the bar of a period.
    fn bar(&self, periods: &[Bin], at: usize) -> (f64, f64) {
        let from = self.x(periods[at].day);
        let until = periods.get(at + 1).map_or(RIGHT, |next| self.x(next.day));
        let gap = if until - from > 4.0 { 1.0 } else { 0.0 };
        (from, (until - from - gap).max(0.6))
    }
}

fn balance(svg: &mut String, relation: &Relation, scale: &Across) {
    let periods = &relation.periods;
    let up = periods.iter().map(|bin| bin.cooperation).fold(0.0, f64::max);
    let down = periods.iter().map(|bin| bin.conflict).fold(0.0, f64::max);
    let step = step((up + down) / 5.0);
    let (top, bottom) = ((up / step).ceil().max(1.0) * step, (down / step).ceil().max(1.0) * step);
    let y = |value: f64| UPPER.0 + (top - value) / (top + bottom) * (UPPER.1 - UPPER.0);
    legend(
        svg,
        UPPER.0 - 18.0,
        &[(GOOD, "cooperation"), (BAD, "conflict"), (INK, "balance, smoothed"), (TURN, "level")],
    );
    text(svg, LEFT, UPPER.0 - 18.0, "font-weight=\"bold\"", "Score");
    let mut at = -bottom;
    while at <= top + step / 2.0 {
        rule(svg, y(at), if at.abs() < step / 2.0 { FAINT } else { GRID });
        label(svg, y(at), &number(at));
        at += step;
    }
    for (place, bin) in periods.iter().enumerate() {
        let (x, width) = scale.bar(periods, place);
        for (value, colour) in [(bin.cooperation, GOOD), (-bin.conflict, BAD)] {
            if value != 0.0 {
                let (from, to) = (y(value.max(0.0)), y(value.min(0.0)));
                let tip =
                    format!("{}: {} events, balance {}", bin.start, bin.events, number(bin.net));
                bar(svg, (x, from, width, to - from), colour, &tip);
            }
        }
    }
    let mut curve = String::new();
    for (place, bin) in periods.iter().enumerate() {
        let (x, width) = scale.bar(periods, place);
        let command = if place == 0 { 'M' } else { 'L' };
        put(&mut curve, format_args!("{command}{:.1} {:.1}", x + width / 2.0, y(bin.smooth)));
    }
    put(
        svg,
        format_args!(
            "<path d=\"{curve}\" fill=\"none\" stroke=\"{INK}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>"
        ),
    );
    if relation.turning_points.is_empty() {
        return;
    }
    let mut from = 0;
    let mut levels =
        relation.turning_points.iter().map(|turn| (turn.period, turn.before)).collect::<Vec<_>>();
    levels.push((periods.len(), relation.turning_points.last().map_or(0.0, |turn| turn.after)));
    for (until, mean) in levels {
        let left = scale.x(periods[from].day);
        let right = periods.get(until).map_or(RIGHT, |bin| scale.x(bin.day));
        put(
            svg,
            format_args!(
                "<path d=\"M{left:.1} {0:.1}H{right:.1}\" stroke=\"{TURN}\" stroke-width=\"2\" stroke-dasharray=\"6 3\"><title>{1} a {2} on average</title></path>",
                y(mean),
                number(mean),
                relation.period.as_str()
            ),
        );
        from = until.min(periods.len() - 1);
    }
}

fn counts(svg: &mut String, relation: &Relation, scale: &Across) {
    let periods = &relation.periods;
    let most = periods.iter().map(|bin| bin.events).max().unwrap_or(0) as f64;
    let step = step(most / 2.0).max(1.0);
    let top = (most / step).ceil().max(1.0) * step;
    let y = |value: f64| COUNTS.1 - value / top * (COUNTS.1 - COUNTS.0);
    text(svg, LEFT, COUNTS.0 - 14.0, "font-weight=\"bold\"", "Events");
    legend(svg, COUNTS.0 - 14.0, &QUADS);
    let mut at = 0.0;
    while at <= top + step / 2.0 {
        rule(svg, y(at), if at == 0.0 { FAINT } else { GRID });
        label(svg, y(at), &number(at));
        at += step;
    }
    for (place, bin) in periods.iter().enumerate() {
        let (x, width) = scale.bar(periods, place);
        let mut below = 0.0;
        for (count, (colour, name)) in bin.quad.iter().zip(QUADS) {
            if *count > 0 {
                let above = below + *count as f64;
                let tip = format!("{}: {count} {name}", bin.start);
                bar(svg, (x, y(above), width, y(below) - y(above)), colour, &tip);
                below = above;
            }
        }
    }
}

fn lanes(svg: &mut String, relation: &Relation, scale: &Across) {
    for (lane, name) in ["Meetings", "Agreed"].into_iter().enumerate() {
        let y = LANES + LANE * lane as f64;
        put(
            svg,
            format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-size=\"10\" fill=\"{FAINT}\">{name}</text>",
                LEFT - 6.0,
                y + 3.5
            ),
        );
        rule(svg, y, GRID);
    }
    let key = "Meetings: large of leaders, middle of ministers, small of others. Agreed: blue a commitment made, begun or held, orange one \
               suspended, ended or broken.";
    text(svg, LEFT, LANES + 2.0 * LANE + 26.0, &format!("fill=\"{FAINT}\" font-size=\"10\""), key);
    // The lowest first, so that leaders lie above.
    for level in Level::ALL.into_iter().rev() {
        let (size, colour) = match level {
            Level::Leaders => (7.0, "#54278f"),
            Level::Ministers => (5.0, "#807dba"),
            Level::Officials | Level::Unknown => (3.0, "#bcbddc"),
        };
        for (day, own) in &relation.meeting_days {
            if *own == level {
                let (x, name) = (scale.x(*day), level.as_str());
                put(
                    svg,
                    format_args!(
                        "<circle cx=\"{x:.1}\" cy=\"{LANES}\" r=\"{size}\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"0.7\"><title>{}, {name}</title></circle>",
                        super::date(*day)
                    ),
                );
            }
        }
    }
    let y = LANES + LANE;
    for agreed in &relation.commitments {
        for (date, status) in &agreed.history {
            let Some((day, _)) = days(date) else { continue };
            let colour = match status.as_str() {
                "broken" | "ended" | "suspended" => QUADS[3].0,
                _ => QUADS[1].0,
            };
            let what = agreed.title();
            put(
                svg,
                format_args!(
                    "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"3\" height=\"14\" fill=\"{colour}\"><title>{date}: {} {}</title></rect>",
                    scale.x(day) - 1.5,
                    y - 7.0,
                    escaped(&what),
                    status.as_str()
                ),
            );
        }
    }
}

/// Years, or months where there are few, below all.
fn years(svg: &mut String, scale: &Across, axis: f64) {
    let length = scale.last - scale.first;
    let (first, last) = (super::date(scale.first), super::date(scale.last));
    let year = |date: &str| date.get(..4).and_then(|year| year.parse::<i32>().ok()).unwrap_or(0);
    let every = if length > 8000 {
        5
    } else if length > 3650 {
        2
    } else {
        1
    };
    let mut marks: Vec<(String, String)> = Vec::new();
    for at in year(&first)..=year(&last) {
        if length > 1100 {
            if at % every == 0 {
                marks.push((format!("{at:04}-01-01"), format!("{at}")));
            }
            continue;
        }
        let months = if length > 500 { 3 } else { 1 };
        for month in (1..=12).step_by(months) {
            marks.push((format!("{at:04}-{month:02}-01"), format!("{at:04}-{month:02}")));
        }
    }
    for (date, name) in marks {
        let Some((day, _)) = days(&date).filter(|(day, _)| (scale.first..scale.last).contains(day))
        else {
            continue;
        };
        let x = scale.x(day);
        put(
            svg,
            format_args!(
                "<path d=\"M{x:.1} {0:.1}V{3:.1}M{x:.1} {4:.1}V{1:.1}\" stroke=\"{GRID}\"/><text x=\"{x:.1}\" y=\"{2:.1}\" text-anchor=\"middle\" fill=\"{FAINT}\">{name}</text>",
                UPPER.0,
                axis - 8.0,
                axis + 8.0,
                UPPER.1,
                COUNTS.0
            ),
        );
    }
}

/// Lines and numbers of the turning points, and what lies behind them.
fn turns(svg: &mut String, relation: &Relation, scale: &Across, axis: f64) {
    for (place, turn) in relation.turning_points.iter().enumerate() {
        let Some(bin) = relation.periods.get(turn.period) else { continue };
        let (x, number_) = (scale.x(bin.day), place + 1);
        put(
            svg,
            format_args!(
                "<path d=\"M{x:.1} {0:.1}V{3:.1}M{x:.1} {4:.1}V{5:.1}M{x:.1} {6:.1}V{1:.1}\" stroke=\"{TURN}\"/>\
             <circle cx=\"{x:.1}\" cy=\"{0:.1}\" r=\"9\" fill=\"{TURN}\"/>\
             <text x=\"{x:.1}\" y=\"{2:.1}\" text-anchor=\"middle\" font-size=\"11\" font-weight=\"bold\" fill=\"#ffffff\">{number_}</text>",
                UPPER.0 - 4.0,
                LANES + LANE + 8.0,
                UPPER.0,
                UPPER.1,
                COUNTS.0,
                COUNTS.1,
                LANES - 8.0
            ),
        );
        let y = axis + 52.0 + 34.0 * place as f64;
        put(
            svg,
            format_args!(
                "<circle cx=\"{0:.1}\" cy=\"{1:.1}\" r=\"9\" fill=\"{TURN}\"/>\
             <text x=\"{0:.1}\" y=\"{2:.1}\" text-anchor=\"middle\" font-size=\"11\" font-weight=\"bold\" fill=\"#ffffff\">{number_}</text>",
                LEFT + 9.0,
                y - 4.0,
                y
            ),
        );
        let (before, after) = (number(turn.before), number(turn.after));
        let head = format!(
            "{}: from {before} to {after} a {} on average",
            turn.date,
            relation.period.as_str()
        );
        text(svg, LEFT + 28.0, y, "font-weight=\"bold\"", &head);
        let behind = turn.events.first().map(|event| {
            format!("{} {}: {} ({})", event.date, event.kind, event.text, event.source)
        });
        text(
            svg,
            LEFT + 28.0,
            y + 15.0,
            &format!("fill=\"{FAINT}\" font-size=\"11\""),
            &short(&behind.unwrap_or_default(), 150),
        );
    }
}

/// A step between marks: 1, 2 or 5 times a power of ten, at least as long as `least`.
fn step(least: f64) -> f64 {
    if least <= 0.0 || !least.is_finite() {
        return 1.0;
    }
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= least)
        .unwrap_or(power)
}

fn rule(svg: &mut String, y: f64, colour: &str) {
    put(svg, format_args!("<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"{colour}\"/>"));
}

fn label(svg: &mut String, y: f64, words: &str) {
    put(
        svg,
        format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"{FAINT}\">{words}</text>",
            LEFT - 6.0,
            y + 4.0
        ),
    );
}

fn bar(svg: &mut String, (x, y, width, height): (f64, f64, f64, f64), colour: &str, tip: &str) {
    put(
        svg,
        format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"><title>{}</title></rect>",
            escaped(tip)
        ),
    );
}

/// Squares and words, from the right.
fn legend(svg: &mut String, y: f64, entries: &[(&str, &str)]) {
    let mut x = RIGHT;
    for (colour, words) in entries.iter().rev() {
        x -= 6.1 * words.chars().count() as f64;
        text(svg, x, y, &format!("fill=\"{FAINT}\" font-size=\"11\""), words);
        x -= 15.0;
        put(
            svg,
            format_args!(
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>",
                y - 9.0
            ),
        );
        x -= 16.0;
    }
}

fn text(svg: &mut String, x: f64, y: f64, attributes: &str, words: &str) {
    put(
        svg,
        format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" {attributes}>{}</text>", escaped(words)),
    );
}

/// A number with one digit behind the point where it has one, and a true minus.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    let shown =
        if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") };
    if shown == "-0" { "0".to_owned() } else { shown.replace('-', "−") }
}

/// At most so many characters, cut at a word.
pub(super) fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", &cut[..end])
}

/// Text as XML and HTML have it.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

pub(super) fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_and_numbers() {
        let steps = [0.3, 1.0, 3.0, 7.0, 60.0].map(|least| number(step(least)));
        assert_eq!(steps, ["0.5", "1", "5", "10", "100"]);
        assert_eq!(number(-3.25), "−3.3");
        assert_eq!(number(-0.01), "0");
        assert_eq!(short("one two three", 9), "one two …");
        assert_eq!(escaped("a<b & \"c\""), "a&lt;b &amp; &quot;c&quot;");
    }
}

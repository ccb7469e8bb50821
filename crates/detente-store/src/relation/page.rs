//! A relation as a page: one HTML file that needs nothing else, with the picture and all that lies behind it in tables.

use super::picture::{escaped, number, picture, put};
use super::{Evidence, Level, Relation, counted, told_on};

const STYLE: &str = "body{font:15px/1.45 Helvetica,Arial,sans-serif;color:#1b2733;max-width:960px;margin:2em auto;padding:0 1em}\
h2{font-size:17px;margin:2em 0 .4em}h3{font-size:15px;margin:1.2em 0 .3em}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid #e3e7eb}th{font-weight:normal;color:#66727f}\
td.n{text-align:right}td.d{white-space:nowrap}p.f,small{color:#66727f}svg{max-width:100%;height:auto}a{color:#2171b5}\
@media print{body{margin:0;max-width:none;font-size:11px}a{color:inherit;text-decoration:none}}";

/// The page of a relation.
pub fn page(relation: &Relation) -> String {
    let mut html = String::new();
    let title = escaped(&relation.title());
    put(
        &mut html,
        format_args!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body>\n"
        ),
    );
    html.push_str(&picture(relation));
    directions(&mut html, relation);
    events(&mut html, relation);
    turns(&mut html, relation);
    meetings(&mut html, relation);
    commitments(&mut html, relation);
    issues(&mut html, relation);
    sayings(&mut html, relation);
    let left =
        relation.left_out.told().map(|told| format!("Left out: {told}. ")).unwrap_or_default();
    put(
        &mut html,
        format_args!(
            "<p class=\"f\">{left}Turning points: {}, penalty {}. Scores from −10 (conflict) to 10 (cooperation).</p></body></html>\n",
            escaped(relation.method.name),
            number(relation.method.penalty)
        ),
    );
    html
}

fn directions(html: &mut String, relation: &Relation) {
    html.push_str(
        "<h2>Who acts</h2><table><tr><th></th><th>events</th><th>words of cooperation</th><th>deeds of cooperation</th>\
         <th>words of conflict</th><th>deeds of conflict</th><th>score</th></tr>",
    );
    for direction in &relation.directions {
        put(
            html,
            format_args!(
                "<tr><td class=\"d\">{}</td><td>{}</td>",
                escaped(&direction.line),
                direction.events
            ),
        );
        for count in direction.quad {
            put(html, format_args!("<td>{count}</td>"));
        }
        put(html, format_args!("<td>{}</td></tr>", number(direction.net)));
    }
    html.push_str("</table>\n");
}

fn events(html: &mut String, relation: &Relation) {
    if relation.events.is_empty() {
        return;
    }
    let all = relation.events.len() == relation.happenings;
    html.push_str(if all { "<h2>Events</h2><table>" } else { "<h2>Latest events</h2><table>" });
    relation.events.iter().for_each(|event| told(html, event));
    html.push_str("</table>\n");
}

fn turns(html: &mut String, relation: &Relation) {
    html.push_str("<h2>Turning points</h2>");
    if relation.turning_points.is_empty() {
        html.push_str(if relation.method.searched {
            "<p>None: the balance keeps one level.</p>"
        } else {
            "<p>Too short a time to look for any.</p>"
        });
    }
    for (place, turn) in relation.turning_points.iter().enumerate() {
        let (before, after) = (number(turn.before), number(turn.after));
        put(
            html,
            format_args!(
                "<h3>{}. {}: from {before} to {after} a {}</h3><table>",
                place + 1,
                turn.when(relation.period),
                relation.period.as_str()
            ),
        );
        turn.events.iter().for_each(|event| told(html, event));
        html.push_str("</table>\n");
    }
}

fn told(html: &mut String, event: &Evidence) {
    let sources =
        if event.sources > 1 { format!(", {} sources", event.sources) } else { String::new() };
    put(
        html,
        format_args!(
            "<tr><td class=\"d\">{}</td><td class=\"d\">{}<br><small>{}</small></td><td>{}<br><small>{}{sources}</small></td></tr>",
            told_on(&event.date, event.dated),
            event.kind,
            escaped(&event.line),
            escaped(&event.text),
            linked(&event.source, event.url.as_deref())
        ),
    );
}

fn meetings(html: &mut String, relation: &Relation) {
    if relation.meetings.is_empty() {
        return;
    }
    let count = |level: Level| relation.meetings.get(&level).copied().unwrap_or(0);
    let levels = Level::ALL.map(|level| format!("{} {}", level.as_str(), count(level))).join(", ");
    put(html, format_args!("<h2>Meetings</h2><p>{levels}. The latest of each level:</p><table>"));
    for meeting in &relation.latest_meetings {
        let mut how = meeting.modes.clone();
        if meeting.status != "actual" {
            how.push(meeting.status.clone());
        }
        how.push(meeting.source.clone());
        let place = meeting.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
        put(
            html,
            format_args!(
                "<tr><td class=\"d\">{}</td><td class=\"d\">{}</td><td>{}{}<br><small>{}</small></td></tr>",
                told_on(&meeting.date, meeting.dated),
                meeting.level.as_str(),
                escaped(&meeting.who.join(", ")),
                escaped(&place),
                escaped(&how.join(", "))
            ),
        );
    }
    html.push_str("</table>\n");
}

fn commitments(html: &mut String, relation: &Relation) {
    if relation.commitments.is_empty() {
        return;
    }
    html.push_str(
        "<h2>Commitments</h2><table><tr><th>what</th><th>stands</th><th>how it went</th></tr>",
    );
    for agreed in &relation.commitments {
        put(
            html,
            format_args!(
                "<tr><td>{}<br><small>{}</small></td><td>{}</td><td class=\"d\">{}</td></tr>",
                escaped(&agreed.title()),
                escaped(&agreed.text),
                agreed.status.as_str(),
                agreed.steps().join("<br>")
            ),
        );
    }
    html.push_str("</table>\n");
}

fn issues(html: &mut String, relation: &Relation) {
    if relation.issues.is_empty() {
        return;
    }
    html.push_str("<h2>Issues</h2><table><tr><th></th><th>contested</th><th>shared</th><th>discussed</th><th>by quarter</th><th>latest</th></tr>");
    for issue in &relation.issues {
        let [contested, shared, discussed] = issue.stances;
        put(
            html,
            format_args!(
                "<tr><td>{}</td><td>{contested}</td><td>{shared}</td><td>{discussed}</td><td>{}</td><td class=\"d\">{} {}</td></tr>",
                escaped(&issue.label),
                strip(relation, &issue.quarters),
                issue.latest,
                issue.latest_stance.as_str()
            ),
        );
    }
    html.push_str("</table>\n");
}

/// A square for each quarter: orange where most is contested, blue where most is shared, grey where it is talked about.
fn strip(relation: &Relation, quarters: &std::collections::BTreeMap<String, [usize; 3]>) -> String {
    let year = |date: Option<&str>| date.and_then(|date| date.get(..4)?.parse::<i32>().ok());
    let first = year(relation.periods.first().map(|bin| bin.start.as_str()));
    let last = year(relation.periods.last().map(|bin| bin.start.as_str()));
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let mut strip = String::new();
    let names =
        (first..=last).flat_map(|year| (1..=4).map(move |quarter| format!("{year}-Q{quarter}")));
    let names: Vec<String> = names.collect();
    let width = (240.0 / names.len() as f64).clamp(2.0, 12.0);
    put(
        &mut strip,
        format_args!(
            "<svg width=\"{0:.0}\" height=\"12\" viewBox=\"0 0 {0:.0} 12\">",
            width * names.len() as f64
        ),
    );
    for (place, name) in names.iter().enumerate() {
        let (colour, tip) = match quarters.get(name) {
            None => ("#f1f3f5", format!("{name}: not named")),
            Some([contested, shared, discussed]) => {
                let colour = if contested > shared && contested >= discussed {
                    "#d94801"
                } else if shared >= contested && shared >= discussed {
                    "#2171b5"
                } else {
                    "#9aa5b1"
                };
                (
                    colour,
                    format!(
                        "{name}: contested {contested}, shared {shared}, discussed {discussed}"
                    ),
                )
            }
        };
        put(
            &mut strip,
            format_args!(
                "<rect x=\"{:.1}\" width=\"{:.1}\" height=\"12\" fill=\"{colour}\"><title>{tip}</title></rect>",
                place as f64 * width,
                (width - 0.5).max(1.0)
            ),
        );
    }
    strip.push_str("</svg>");
    strip
}

fn sayings(html: &mut String, relation: &Relation) {
    for (talk, second) in relation.sayings.iter().zip([false, true]) {
        if talk.latest.is_empty() {
            continue;
        }
        put(
            html,
            format_args!(
                "<h2>What {} says of {}</h2><p>{}; the latest:</p><table>",
                escaped(relation.called(second)),
                escaped(relation.called(!second)),
                counted(talk.statements, "statement")
            ),
        );
        for saying in &talk.latest {
            let role = saying.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
            let cue = saying.cue.as_deref().map(|cue| format!("<i>{}</i>: ", escaped(cue)));
            put(
                html,
                format_args!(
                    "<tr><td class=\"d\">{}</td><td>{}{}<br><small>{}{}; {}; {}</small></td></tr>",
                    saying.date,
                    cue.unwrap_or_default(),
                    escaped(&saying.text),
                    escaped(&saying.speaker),
                    escaped(&role),
                    saying.kind,
                    linked(&saying.source, saying.url.as_deref())
                ),
            );
        }
        html.push_str("</table>\n");
    }
}

/// A source with its address, where that is one of the web: nothing else is put into a link.
fn linked(source: &str, url: Option<&str>) -> String {
    match url.filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
        Some(url) => {
            format!("<a href=\"{}\" rel=\"noreferrer\">{}</a>", escaped(url), escaped(source))
        }
        None => escaped(source),
    }
}

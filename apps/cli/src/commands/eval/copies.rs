//! Pairs of texts: copies of one text or not, tellings of one happening or not.
//!
//! In goes `gold/copies.jsonl`, out comes how many pairs the store puts together that belong together. Each pair goes through a
//! store of its own, so that everything counts: how copies are found and how they are compared, what the coder makes of both
//! texts and how their events are joined.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use detente::Coder;
use detente_core::{Document, Record, Span};
use detente_store::{Known, Prepared, Query, Sign, Store};
use serde::{Deserialize, Serialize};

use crate::exit::Stop;

use super::{Score, Task, share};

/// One pair, as gold/README.md describes it.
#[derive(Deserialize)]
struct Pair {
    id: String,
    kind: Kind,
    same: bool,
    a: Side,
    b: Side,
    /// The type of the event in question.
    #[serde(rename = "type")]
    event: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Copy,
    Event,
}

#[derive(Deserialize)]
struct Side {
    date: Option<String>,
    text: Option<String>,
    /// File of gold records and the identifier of a story in it, instead of a text.
    story: Option<String>,
    #[serde(default)]
    edits: Vec<String>,
}

#[derive(Deserialize)]
struct Story {
    id: String,
    date: Option<String>,
    sentences: Vec<StorySentence>,
}

#[derive(Deserialize)]
struct StorySentence {
    sentence: String,
}

/// Right and wrong of one kind of pair.
#[derive(Default, Serialize)]
struct Counts {
    pairs: usize,
    /// Put together and belonging together.
    right: usize,
    /// Put together and not belonging together.
    wrong: usize,
    /// Belonging together and not put together.
    missed: usize,
    /// Of these, those of which the coder has read the event in one text at most.
    not_coded: usize,
    precision: f64,
    recall: f64,
}

#[derive(Default, Serialize)]
struct Scores {
    copies: Counts,
    events: Counts,
}

pub(super) fn score(task: &Task<'_>) -> Result<Score, Stop> {
    let coder = task.coder()?;
    let stories = Stories::beside(task)?;
    let mut scores = Scores::default();
    let mut differences = String::new();
    let pairs = super::gold_lines(task.path, |line, number| {
        serde_json::from_str::<Pair>(line).map_err(|error| detente_train::relations::RowError {
            line: number,
            message: error.to_string(),
        })
    })?;
    for pair in &pairs {
        let (together, coded) = match pair.kind {
            Kind::Copy => (copies(&stories, pair)?, true),
            Kind::Event => events(&coder, &stories, pair)?,
        };
        let counts = if pair.kind == Kind::Copy { &mut scores.copies } else { &mut scores.events };
        counts.pairs += 1;
        match (pair.same, together) {
            (true, true) => counts.right += 1,
            (false, true) => counts.wrong += 1,
            (true, false) => {
                counts.missed += 1;
                counts.not_coded += usize::from(!coded);
            }
            (false, false) => {}
        }
        if task.differences && pair.same != together {
            let what = match (together, coded) {
                (true, _) => "put together",
                (false, true) => "not put together",
                (false, false) => "not coded",
            };
            let _ = writeln!(differences, "{}: {what}", pair.id);
        }
    }
    for counts in [&mut scores.copies, &mut scores.events] {
        let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        counts.precision = of(counts.right, counts.right + counts.wrong);
        counts.recall = of(counts.right, counts.right + counts.missed);
    }
    let line = |name: &str, counts: &Counts| {
        format!(
            "{name:<8} {:>5} {:>6} {:>6} {:>7} {:>10} {:>10} {:>7}\n",
            counts.pairs,
            counts.right,
            counts.wrong,
            counts.missed,
            counts.not_coded,
            share(counts.precision),
            share(counts.recall)
        )
    };
    let head = "         pairs  right  wrong  missed  not coded  precision  recall\n";
    let text = format!(
        "{differences}{head}{}{}",
        line("copies", &scores.copies),
        line("events", &scores.events)
    );
    Score::new(&scores, text)
}

/// Stories of the gold files that stand beside the pairs, by file and identifier.
struct Stories(BTreeMap<String, Story>);

impl Stories {
    fn beside(task: &Task<'_>) -> Result<Self, Stop> {
        let folder = task.path.parent().unwrap_or(task.path);
        let mut stories = BTreeMap::new();
        // Those that are for work; what is held out is not read here.
        for name in ["stories.jsonl", "dev-news.jsonl"] {
            let path = folder.join(name);
            let text = fs::read_to_string(&path).map_err(|error| {
                Stop::because(format_args!("{}: cannot be read: {error}", path.display()))
            })?;
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let story: Story = serde_json::from_str(line)
                    .map_err(|error| Stop::because(format_args!("{}: {error}", path.display())))?;
                stories.insert(format!("{name} {}", story.id), story);
            }
        }
        Ok(Self(stories))
    }

    /// The text and date of one side.
    fn document(&self, side: &Side) -> Result<Document, Stop> {
        let (mut sentences, date) = match (&side.text, &side.story) {
            (Some(text), _) => (vec![text.clone()], side.date.clone()),
            (None, Some(name)) => {
                let story = self
                    .0
                    .get(name)
                    .ok_or_else(|| Stop::because(format_args!("{name}: no such story")))?;
                let sentences = story.sentences.iter().map(|sentence| sentence.sentence.clone());
                (sentences.collect(), side.date.clone().or_else(|| story.date.clone()))
            }
            (None, None) => return Err(Stop::because("a side needs a text or a story")),
        };
        for edit in &side.edits {
            edited(&mut sentences, edit)
                .ok_or_else(|| Stop::because(format_args!("{edit}: no such edit")))?;
        }
        Ok(Document { date, ..Document::of_text(sentences.join(" ")) })
    }
}

/// What papers do to a text that they take over; `None` for an edit that is not known.
fn edited(sentences: &mut Vec<String>, edit: &str) -> Option<()> {
    let (name, value) = edit.split_once(' ').unwrap_or((edit, ""));
    let count = sentences.len();
    let part = || value.strip_suffix('%').and_then(|value| value.parse::<usize>().ok());
    match name {
        "whole" => {}
        "first" => sentences.truncate((count * part()?).div_ceil(100)),
        "last" => drop(sentences.drain(..count - (count * part()?).div_ceil(100))),
        "turn" => sentences.rotate_left(count / 2),
        "every" => {
            let n: usize = value.parse().ok()?;
            let mut index = 0;
            sentences.retain(|_| {
                index += 1;
                index % n != 0
            });
        }
        "dateline" => {
            let first = sentences.first_mut()?;
            *first = format!("{value} — {first}");
        }
        "credit" => {
            sentences.push("(Reporting by our bureaus; editing by the night desk.)".to_owned());
        }
        "around" => {
            let before = "Readers have asked us what lies behind the news of this week, and so we print here what the agencies had.";
            let after = "More on this in the evening edition, where our correspondents will look at what it means for the region and its ports.";
            sentences.insert(0, before.to_owned());
            sentences.push(after.to_owned());
        }
        "house" => {
            let style = [
                (" said", " told reporters"),
                ("percent", "per cent"),
                (" on Monday", ""),
                (" on Tuesday", ""),
                (" on Wednesday", ""),
                (" on Thursday", ""),
                (" on Friday", ""),
                ("United Nations", "UN"),
                ("\"", "'"),
            ];
            for sentence in sentences {
                for (theirs, ours) in style {
                    *sentence = sentence.replace(theirs, ours);
                }
            }
        }
        "swap" => {
            for sentence in sentences {
                let mut words: Vec<&str> = sentence.split(' ').collect();
                for at in (9..words.len().saturating_sub(1)).step_by(18) {
                    words.swap(at, at + 1);
                }
                *sentence = words.join(" ");
            }
        }
        _ => return None,
    }
    Some(())
}

/// A record of a document alone.
fn uncoded(id: &str, document: Document) -> Record {
    let document = Document { id: id.to_owned(), ..document };
    Record {
        document,
        events: Vec::new(),
        statements: Vec::new(),
        commitments: Vec::new(),
        issues: Vec::new(),
        warnings: Vec::new(),
        coder: detente_core::CoderInfo::default(),
    }
}

fn stored(records: &[Record]) -> Result<Store, Stop> {
    let mut store = Store::in_memory().map_err(Stop::because)?;
    let mut writer = store.writer(Known::Keep);
    for record in records {
        writer.put(Prepared::of(record, false)).map_err(Stop::because)?;
    }
    writer.finish().map_err(Stop::because)?;
    Ok(store)
}

/// Whether the store takes the two for copies.
fn copies(stories: &Stories, pair: &Pair) -> Result<bool, Stop> {
    let sides = [("a", &pair.a), ("b", &pair.b)];
    let mut records = Vec::new();
    for (id, side) in sides {
        records.push(uncoded(id, stories.document(side)?));
    }
    // Copies come within days of each other.
    let date = records[0].document.date.clone();
    records[1].document.date = date;
    let found = stored(&records)?.documents(&Query::new()).map_err(Stop::because)?;
    Ok(found.len() == 2 && found[0].head == found[1].head)
}

/// Whether the store joins an event of that type, and whether the coder has read one in both.
fn events(coder: &Coder, stories: &Stories, pair: &Pair) -> Result<(bool, bool), Stop> {
    let mut records = Vec::new();
    for (id, side) in [("a", &pair.a), ("b", &pair.b)] {
        let mut document = stories.document(side)?;
        id.clone_into(&mut document.id);
        document.paragraphs = vec![Span::new(0, document.text.len())];
        records.push(coder.code(document));
    }
    let query = Query::new().sign(Sign::Type, pair.event.as_slice());
    let hits = stored(&records)?.events(&query).map_err(Stop::because)?;
    let of = |id: &str| hits.iter().filter(|hit| hit.document.name == id).collect::<Vec<_>>();
    let (a, b) = (of("a"), of("b"));
    let together = a.iter().any(|a| b.iter().any(|b| a.happening == b.happening));
    Ok((together, !a.is_empty() && !b.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_do_what_they_say() {
        let edit = |edit: &str| {
            let mut sentences: Vec<String> =
                ["One said so.", "Two.", "Three.", "Four."].map(str::to_owned).to_vec();
            edited(&mut sentences, edit).map(|()| sentences.join(" "))
        };
        assert_eq!(edit("first 50%").as_deref(), Some("One said so. Two."));
        assert_eq!(edit("last 50%").as_deref(), Some("Three. Four."));
        assert_eq!(edit("turn").as_deref(), Some("Three. Four. One said so. Two."));
        assert_eq!(edit("every 2").as_deref(), Some("One said so. Three."));
        assert_eq!(edit("dateline OSLO").as_deref(), Some("OSLO — One said so. Two. Three. Four."));
        assert_eq!(edit("house").as_deref(), Some("One told reporters so. Two. Three. Four."));
        assert_eq!(edit("paint"), None);
        assert_eq!(edit("first half"), None);
    }
}

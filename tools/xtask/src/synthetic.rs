//! Invented news for load, whose truth is known.
//!
//! In go a number and a seed, out come so many documents as JSON lines, by day, each of about 400 words, with what it tells (`truth`, in the
//! line notation), the happening that it tells of (`happening`) and the document that it copies (`copy_of`). A
//! story is told by one paper or by many: as it is, cut, with another headline or with its paragraphs in another order (a copy),
//! or in other words (a retelling). The words are in `tools/xtask/synthetic.toml`; the same seed gives the same bytes.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde::Deserialize;
use serde_json::json;

const WORDS: &str = include_str!("../synthetic.toml");

/// Words of a document, about.
pub(crate) const LENGTH: usize = 400;

/// Days that the documents are spread over.
const DAYS: usize = 365;

#[derive(Deserialize)]
struct Words {
    states: Vec<String>,
    places: Vec<String>,
    publishers: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    office: Vec<String>,
    topic: Vec<String>,
    weekday: Vec<String>,
    act: Vec<Act>,
    filler: Filler,
    /// What fills the braces, by name.
    #[serde(rename = "words")]
    lists: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Act {
    r#type: String,
    #[serde(default)]
    both: bool,
    says: Vec<String>,
}

#[derive(Deserialize)]
struct Filler {
    said: Vec<String>,
    plain: Vec<String>,
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    pub(crate) fn one_of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// What a story tells.
struct Story {
    number: usize,
    day: usize,
    facts: BTreeMap<&'static str, String>,
    /// Type, phrasing and whether the sides are swapped, of each act.
    acts: Vec<(usize, bool)>,
}

/// A document before it is written.
#[derive(Clone)]
struct Paper {
    title: String,
    paragraphs: Vec<String>,
}

/// Writes `count` documents to standard output.
pub(crate) fn run(count: usize, seed: u64) -> Result<(), String> {
    let mut out = BufWriter::new(io::stdout().lock());
    let fault = |error: io::Error| error.to_string();
    for line in documents(count, seed, LENGTH)? {
        writeln!(out, "{line}").map_err(fault)?;
    }
    out.flush().map_err(fault)
}

/// The documents, one JSON object each, made as they are asked for.
pub(crate) fn documents(
    count: usize,
    seed: u64,
    length: usize,
) -> Result<impl Iterator<Item = serde_json::Value>, String> {
    let words: Words = toml::from_str(WORDS).map_err(|error| error.to_string())?;
    let mut chance = Chance::of(seed);
    let mut made = 0;
    let mut stories = 0;
    let mut ready: std::vec::IntoIter<serde_json::Value> = Vec::new().into_iter();
    Ok(std::iter::from_fn(move || {
        if made == count {
            return None;
        }
        loop {
            if let Some(line) = ready.next() {
                made += 1;
                return Some(line);
            }
            let story = story(&words, &mut chance, stories, made * DAYS / count);
            stories += 1;
            ready = told(&words, &mut chance, &story, length).into_iter();
        }
    }))
}

fn story(words: &Words, chance: &mut Chance, number: usize, day: usize) -> Story {
    let mut facts = BTreeMap::new();
    let a = chance.below(words.states.len());
    let b = (a + 1 + chance.below(words.states.len() - 1)) % words.states.len();
    let names = ["Acode", "A", "Aadj", "Acap", "Bcode", "B", "Badj", "Bcap"];
    let parts = [a, b].into_iter().flat_map(|state| words.states[state].split('|'));
    for (name, part) in names.into_iter().zip(parts) {
        facts.insert(name, part.to_owned());
    }
    for man in ["Aman", "Bman"] {
        let name = format!("{} {}", chance.one_of(&words.first), chance.one_of(&words.last));
        facts.insert(man, name);
    }
    facts.insert("place", chance.one_of(&words.places).clone());
    facts.insert("topic", chance.one_of(&words.topic).clone());
    facts.insert("weekday", chance.one_of(&words.weekday).clone());
    let acts = (0..3).map(|n| (chance.below(words.act.len()), n > 0 && chance.below(2) == 1));
    Story { number, day, facts, acts: acts.collect() }
}

/// The story as it stands in each paper that has it.
fn told(
    words: &Words,
    chance: &mut Chance,
    story: &Story,
    length: usize,
) -> Vec<serde_json::Value> {
    let papers = match chance.below(20) {
        0..12 => 1,
        12..17 => 2 + chance.below(3),
        17..19 => 5 + chance.below(6),
        _ => 10 + chance.below(30),
    };
    let mut lines = Vec::new();
    // Each distinct wording, with the identifier of its first document.
    let mut wordings: Vec<(String, Paper)> = Vec::new();
    for n in 0..papers {
        let id = format!("s{}-{n}", story.number);
        let (paper, copy_of) = if n == 0 || chance.below(4) == 0 {
            let paper = written(words, chance, story, length);
            wordings.push((id.clone(), paper.clone()));
            (paper, None)
        } else {
            let (first, paper) = chance.one_of(&wordings).clone();
            (edited(words, chance, story, paper), Some(first))
        };
        let date = jiff::civil::date(2022, 1, 1)
            .saturating_add(jiff::Span::new().days((story.day + chance.below(2)) as i64));
        let publisher = &words.publishers[(story.number + 5 * n) % words.publishers.len()];
        let host: String =
            publisher.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        lines.push(json!({
            "id": id, "title": paper.title, "date": date.to_string(), "publisher": publisher,
            "url": format!("https://{host}.example/{id}"), "text": paper.paragraphs.join("\n\n"),
            "happening": story.number, "copy_of": copy_of, "truth": truth(words, story),
        }));
    }
    lines
}

/// The acts as lines of the notation.
fn truth(words: &Words, story: &Story) -> Vec<String> {
    let line = |(act, swapped): &(usize, bool)| {
        let act = &words.act[*act];
        let (a, b) = (&story.facts["Acode"], &story.facts["Bcode"]);
        let (a, b) = if *swapped { (b, a) } else { (a, b) };
        if act.both {
            format!("{a} GOV + {b} GOV {}", act.r#type)
        } else {
            format!("{a} GOV -> {b} GOV {}", act.r#type)
        }
    };
    story.acts.iter().map(line).collect()
}

/// The story in words of its own.
fn written(words: &Words, chance: &mut Chance, story: &Story, words_wanted: usize) -> Paper {
    let sentence = |chance: &mut Chance, &(act, swapped): &(usize, bool)| {
        let phrasing = chance.one_of(&words.act[act].says).clone();
        filled(words, chance, story, &phrasing, swapped)
    };
    let lead = sentence(chance, &story.acts[0]);
    let title = filled(words, chance, story, "{A} and {B}: {adj} {report} on {topic}", false);
    let mut paragraphs = vec![format!("{lead}.")];
    let mut length = 0;
    let mut acts = story.acts[1..].iter();
    while length < words_wanted {
        let mut sentences = Vec::new();
        if let Some(act) = acts.next() {
            sentences.push(format!("{}.", sentence(chance, act)));
        }
        for n in 0..3 {
            let list = if n == 0 && chance.below(2) == 0 {
                &words.filler.said
            } else {
                &words.filler.plain
            };
            let phrasing = chance.one_of(list).clone();
            sentences.push(filled(words, chance, story, &phrasing, false));
        }
        let paragraph = sentences.join(" ");
        length += paragraph.split_whitespace().count();
        paragraphs.push(paragraph);
    }
    Paper { title, paragraphs }
}

/// The same words as another paper prints them: with its own headline, cut, in another order, or as they are.
fn edited(words: &Words, chance: &mut Chance, story: &Story, mut paper: Paper) -> Paper {
    if chance.below(2) == 0 {
        paper.title = filled(words, chance, story, "{B}, {A} and the {adj} {site}", false);
    }
    match chance.below(4) {
        0 => paper.paragraphs.truncate(1 + paper.paragraphs.len() / 2),
        1 => {
            let swap = 1 + chance.below(paper.paragraphs.len() - 1);
            paper.paragraphs[1..].rotate_left(swap - 1);
        }
        _ => {}
    }
    paper
}

/// A phrasing with its braces filled.
fn filled(
    words: &Words,
    chance: &mut Chance,
    story: &Story,
    phrasing: &str,
    swapped: bool,
) -> String {
    let mut out = String::new();
    let mut rest = phrasing;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        let other = |name: &str| match name.as_bytes().first() {
            Some(b'A') if swapped => name.replacen('A', "B", 1),
            Some(b'B') if swapped => name.replacen('B', "A", 1),
            _ => name.to_owned(),
        };
        let value = match name {
            "number" | "Number" => (2 + chance.below(97)).to_string(),
            "year" => (1950 + chance.below(72)).to_string(),
            "office" => chance.one_of(&words.office).clone(),
            _ => match story.facts.get(other(name).as_str()) {
                Some(fact) => fact.clone(),
                None => {
                    words.lists.get(name).map_or(String::new(), |list| chance.one_of(list).clone())
                }
            },
        };
        if out.is_empty() {
            let mut letters = value.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(letters.as_str());
        } else {
            out.push_str(&value);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_every_brace_is_filled() {
        let read = |seed| {
            documents(200, seed, LENGTH).unwrap().map(|line| line.to_string()).collect::<Vec<_>>()
        };
        let once = read(1);
        assert_eq!(once.len(), 200);
        assert_eq!(read(1), once);
        assert_ne!(read(2), once);
        for line in &once {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = line["text"].as_str().unwrap();
            assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
            assert!(text.split_whitespace().count() > 100);
        }
        assert!(once.iter().any(|line| !line.contains("\"copy_of\":null")));
    }
}

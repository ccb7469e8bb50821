//! Runs the passages of `passages.txt`: each line's mention must stand for the actors that the line names.

use detente_core::{Actor, Document, Sector, Span};
use detente_knowledge::Knowledge;
use detente_parse::{Parser, Sentence};
use detente_resolve::{Mention, Resolution, resolve};

struct Passage {
    name: String,
    date: Option<String>,
    text: String,
    expectations: Vec<String>,
}

fn passages() -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for line in include_str!("passages.txt").lines() {
        if let Some(head) = line.strip_prefix("= ") {
            let (name, date) = match head.rsplit_once(", ") {
                Some((name, date)) if date.starts_with(|c: char| c.is_ascii_digit()) => {
                    (name, Some(date.to_owned()))
                }
                _ => (head, None),
            };
            passages.push(Passage {
                name: name.to_owned(),
                date,
                text: String::new(),
                expectations: Vec::new(),
            });
        } else if let Some(passage) = passages.last_mut() {
            if let Some(text) = line.strip_prefix("> ") {
                if !passage.text.is_empty() {
                    passage.text.push(' ');
                }
                passage.text.push_str(text);
            } else if !line.is_empty() && !line.starts_with('#') {
                passage.expectations.push(line.to_owned());
            }
        }
    }
    passages
}

fn read(knowledge: &Knowledge, passage: &Passage) -> (Resolution, Vec<Sentence>) {
    let paragraph = Span::new(0, passage.text.len());
    let document = Document {
        text: passage.text.clone(),
        date: passage.date.clone(),
        paragraphs: vec![paragraph],
        ..Document::default()
    };
    let mut sentences = Parser::builtin().parse(&passage.text, &[paragraph]);
    (resolve(knowledge, &document, &mut sentences), sentences)
}

/// The span of the words of an expectation, `#2` for the second time they stand in the text.
fn place(text: &str, words: &str) -> Option<Span> {
    let (words, nth) = match words.rsplit_once('#') {
        Some((words, nth)) => (words, nth.parse().ok()?),
        None => (words, 1),
    };
    let whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words)
        .filter(|(at, _)| whole(*at))
        .nth(nth - 1)
        .map(|(at, _)| Span::new(at, at + words.len()))
}

fn mention_in<'r>(
    resolution: &'r Resolution,
    sentences: &[Sentence],
    span: Span,
) -> Option<&'r Mention> {
    resolution
        .mentions
        .iter()
        .find(|mention| span.contains(sentences[mention.sentence].tokens[mention.head].span))
}

fn describe(actors: &[Actor]) -> String {
    if actors.is_empty() {
        return "?".to_owned();
    }
    let one = |actor: &Actor| {
        let mut words = vec![actor.code.clone().unwrap_or_else(|| "-".to_owned())];
        words.extend(actor.sector.map(|sector| sector.code().to_owned()));
        words.extend(actor.name.as_ref().map(|name| format!("{name:?}")));
        words.extend(actor.via.as_ref().map(|via| format!("({via})")));
        words.join(" ")
    };
    actors.iter().map(one).collect::<Vec<_>>().join(" + ")
}

/// Whether the actor is what `expected` ("USA GOV \"Antony Blinken\"") says; what it leaves out is free.
fn is_as_told(actor: &Actor, expected: &str) -> bool {
    let (codes, name) = match expected.split_once('"') {
        Some((codes, name)) => (codes.trim(), Some(name.trim_end_matches('"'))),
        None => (expected.trim(), None),
    };
    let mut words = codes.split(' ');
    let code = words.next().unwrap_or("-");
    let sector = words.next();
    actor.code.as_deref().unwrap_or("-") == code
        && sector.is_none_or(|sector| actor.sector.map(Sector::code) == Some(sector))
        && name.is_none_or(|name| actor.name.as_deref() == Some(name))
}

#[test]
fn passages_are_resolved() {
    let knowledge = Knowledge::builtin().unwrap();
    let mut faults = Vec::new();
    let mut told = 0;
    for passage in passages() {
        let (resolution, sentences) = read(&knowledge, &passage);
        for line in &passage.expectations {
            told += 1;
            let (words, expected) = line.split_once(" : ").expect(line);
            let span = place(&passage.text, words).unwrap_or_else(|| {
                panic!("{}: `{words}` does not stand in the text", passage.name)
            });
            let found = mention_in(&resolution, &sentences, span);
            let right = match (found, expected.trim()) {
                (None, "-") => true,
                (Some(mention), "?") => mention.actors.is_empty(),
                (Some(mention), expected) if expected != "-" => {
                    let list: Vec<&str> = expected.split(" + ").collect();
                    let mut left: Vec<&Actor> = mention.actors.iter().collect();
                    list.len() == left.len()
                        && list.iter().all(|one| {
                            let at = left.iter().position(|actor| is_as_told(actor, one));
                            at.map(|at| left.remove(at)).is_some()
                        })
                }
                _ => false,
            };
            if !right {
                let found = found.map_or("-".to_owned(), |mention| describe(&mention.actors));
                faults.push(format!("{}: `{words}` is {found}, not {expected}", passage.name));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {told} wrong:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_mention_lies_where_it_says() {
    let knowledge = Knowledge::builtin().unwrap();
    for passage in passages() {
        let (resolution, sentences) = read(&knowledge, &passage);
        for mention in &resolution.mentions {
            let tokens = &sentences[mention.sentence].tokens;
            assert!(mention.tokens.contains(&mention.head), "{}: {mention:?}", passage.name);
            assert_eq!(mention.span.start, tokens[mention.tokens.start].span.start);
            assert_eq!(mention.span.end, tokens[mention.tokens.end - 1].span.end);
            for actor in &mention.actors {
                assert_eq!(actor.span, Some(mention.span));
                assert_eq!(actor.text.as_deref(), mention.span.of(&passage.text));
            }
            assert_eq!(
                resolution.mention_at(mention.sentence, mention.head).map(|m| m.span),
                Some(mention.span),
                "{}: two mentions at one head",
                passage.name
            );
        }
    }
}

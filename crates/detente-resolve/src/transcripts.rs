//! Turns of speech: who speaks in a transcript or an interview.
//!
//! In go the paragraphs of a text, out come [`Turn`]s: a label such as "PRESIDENT STUBB:", "Q:" or "Mr. Okoro (Nigeria):" and the
//! paragraphs that its bearer speaks, up to the next label. One label alone is a headline ("Modi: This is no era of war") and makes no
//! transcript.

use std::collections::BTreeMap;

use detente_core::{Actor, Document, Span};

use crate::lexicon::Lexicon;

/// What somebody says in a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Bytes of the words that name who speaks, the colon left out.
    pub label: Span,
    /// Bytes of what is said, a stretch a paragraph.
    pub spoken: Vec<Span>,
    /// Whom the label stands for; empty where that is not known.
    pub speakers: Vec<Actor>,
}

impl Turn {
    /// Whether this byte is spoken in it.
    pub fn speaks_at(&self, byte: usize) -> bool {
        let next = self.spoken.partition_point(|span| span.start <= byte);
        next.checked_sub(1).and_then(|at| self.spoken.get(at)).is_some_and(|span| byte < span.end)
    }

    /// The one of these turns, which are in order, in which this byte is spoken.
    pub fn at(turns: &[Self], byte: usize) -> Option<usize> {
        let next = turns.partition_point(|turn| turn.label.start <= byte);
        next.checked_sub(1).filter(|&at| turns[at].speaks_at(byte))
    }
}

/// Longest label, in bytes.
const LONG: usize = 80;
/// Least turns of a talk in which one alone speaks again.
const LEAST: usize = 4;
/// Most words of a label outside of brackets.
const WORDS: usize = 7;

/// The turns of the text, in order; none where it is no transcript.
pub(crate) fn turns(document: &Document, lexicon: &Lexicon) -> Vec<Turn> {
    let text = document.text.as_str();
    let labels: Vec<Option<(Span, usize)>> =
        document.paragraphs.iter().map(|paragraph| label(text, *paragraph)).collect();
    let words = |label: Span| label.of(text).unwrap_or_default();
    let spoken: Vec<&str> = labels.iter().flatten().map(|(label, _)| words(*label)).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for own in &spoken {
        *times.entry(own).or_default() += 1;
    }
    // Who is named like an office or a question says so by himself, all others by speaking again.
    let again = |own: &str| times.get(own).is_some_and(|&times| times > 1);
    let first = spoken.iter().copied().find(|own| again(own));
    // Two who speak again and again, or one whom others ask in between.
    let taking_turns = spoken.iter().any(|own| again(own) && Some(*own) != first);
    let asked = first.is_some_and(|own| {
        let from = spoken.iter().position(|other| *other == own).unwrap_or_default();
        let until = spoken.iter().rposition(|other| *other == own).unwrap_or_default();
        spoken[from..until].iter().any(|other| *other != own) && spoken.len() >= LEAST
    });
    let capitals = |label: Span| !bare(words(label)).contains(char::is_lowercase);
    let role = |label: Span| is_role(lexicon, words(label));
    // Beside one who is named like an office, everybody in capitals speaks.
    let in_capitals = labels.iter().flatten().any(|(label, _)| role(*label) && capitals(*label));
    let speaks = |label: Span| {
        role(label)
            || (in_capitals && capitals(label))
            || (taking_turns && again(words(label)))
            || (asked && is_title(words(label)))
    };
    if labels.iter().flatten().filter(|(label, _)| speaks(*label)).count() < 2 {
        return Vec::new();
    }
    let mut turns: Vec<Turn> = Vec::new();
    let mut open = false;
    for (paragraph, label) in document.paragraphs.iter().zip(&labels) {
        let turn = label.filter(|(label, _)| speaks(*label));
        if let Some((label, from)) = turn {
            let spoken = Span::new(from, paragraph.end).trimmed(text);
            open = !spoken.is_empty();
            let spoken = if open { vec![spoken] } else { Vec::new() };
            turns.push(Turn { label, spoken, speakers: Vec::new() });
            continue;
        }
        open &= is_speech(text, *paragraph);
        if let (true, Some(turn)) = (open, turns.last_mut()) {
            turn.spoken.push(paragraph.trimmed(text));
        }
    }
    turns.retain(|turn| !turn.spoken.is_empty());
    turns
}

/// Whether every word of a label begins as a name does.
fn is_title(label: &str) -> bool {
    bare(label).split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// What stands outside of the brackets of a label.
fn bare(label: &str) -> &str {
    label.split('(').next().unwrap_or(label).trim()
}

/// The label that opens a paragraph, and where what follows its colon begins.
fn label(text: &str, paragraph: Span) -> Option<(Span, usize)> {
    let slice = paragraph.of(text)?;
    let colon = slice.find(':').filter(|&colon| colon > 0 && colon <= LONG)?;
    let words = slice.get(..colon)?;
    let name = bare(words);
    let apart = slice.get(colon + 1..)?.starts_with(|c: char| c.is_whitespace());
    let whole = words.matches('(').count() == words.matches(')').count();
    let mut parts = name.split_whitespace();
    let named = parts.clone().count() <= WORDS
        && parts.next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !name.contains(|c: char| c.is_ascii_digit() || "\"“”;?!".contains(c));
    (apart && whole && named).then(|| {
        let start = paragraph.start;
        (Span::new(start, start + colon).trimmed(text), start + colon + 1)
    })
}

/// Whether a label begins with an office, a form of address, or what one does in a talk: "Q", "MR. MILLER", "The President".
fn is_role(lexicon: &Lexicon, label: &str) -> bool {
    let mut words = bare(label)
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let first = words.next().unwrap_or_default();
    let first = if first == "the" { words.next().unwrap_or_default() } else { first };
    lexicon.turn.has(&first)
}

/// Whether a paragraph goes on with the speech before it: whole sentences, and no remark in brackets.
fn is_speech(text: &str, paragraph: Span) -> bool {
    let slice = paragraph.of(text).unwrap_or_default().trim();
    slice.ends_with(['.', '?', '!', '…', '”', '"', '’'])
        && !slice.starts_with(['(', '[', '-', '–', '—', '•', '*', '#'])
}

#[cfg(test)]
mod tests {
    use detente_knowledge::Knowledge;

    use super::*;

    fn told(text: &str) -> Vec<(String, Vec<String>)> {
        let knowledge = Knowledge::builtin().unwrap();
        let document = Document::of_text(text);
        let lexicon = Lexicon::new(&knowledge.words);
        let own = |span: &Span| span.of(text).unwrap().to_owned();
        let turns = turns(&document, &lexicon);
        turns.iter().map(|turn| (own(&turn.label), turn.spoken.iter().map(own).collect())).collect()
    }

    #[test]
    fn a_turn_lasts_until_the_next_label() {
        let text = "Helsinki, 14 March\n\nPRESIDENT STUBB: Good day. We met.\n\nWe agreed.\n\nQ: And gas?\n\n(Laughter)\n\nIt was late.";
        assert_eq!(
            told(text),
            [
                (
                    "PRESIDENT STUBB".to_owned(),
                    vec!["Good day. We met.".to_owned(), "We agreed.".to_owned()]
                ),
                ("Q".to_owned(), vec!["And gas?".to_owned()]),
            ]
        );
        let council =
            "The President (Guyana): I call on Algeria.\n\nMr. Bendjama (Algeria): I thank you.";
        assert_eq!(told(council).len(), 2);
        assert_eq!(told(council)[1].0, "Mr. Bendjama (Algeria)");
    }

    #[test]
    fn names_that_take_turns_speak() {
        let talk = "Aalto: Is it war?\n\nKorhonen: No.\n\nAalto: What then?\n\nKorhonen: A pause.";
        assert_eq!(told(talk).len(), 4);
    }

    #[test]
    fn one_whom_others_ask_speaks() {
        let text =
            "CCTV: Will you go?\n\nWang Wenbin: We will.\n\nReuters: When?\n\nWang Wenbin: Soon.";
        assert_eq!(told(text).len(), 4);
    }

    #[test]
    fn a_headline_is_no_transcript() {
        assert!(told("Modi: This is no era of war\n\nThe minister spoke in Delhi.").is_empty());
        assert!(told("Peru: A ton seized.\n\nChile: A strike ends.").is_empty());
        assert!(told("Key points: Talks go on.\n\nBackground: It began in May.").is_empty());
    }
}

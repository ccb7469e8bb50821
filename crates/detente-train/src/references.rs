//! Reference through a document: whom "the president", "they" and "both sides" stand for, against what a person says.
//!
//! In go JSON lines of passages with what is asked of them, and for each ask the actors that the coder gives; out come the share of the
//! asks that is right and the share of the answers that is. A line:
//! `{"id": "a", "date": "2024-05-14", "sentences": ["Ankara spoke.", "It paused."], "asks": [{"sentence": 1, "mention": "It", "is": ["TUR GOV"]}]}`.
//! Sentences count from 0; `nth` (from 1) tells which, if the words stand in the sentence more than once. `is` lists the parties,
//! each a code with or without its sector; an empty list says that the text leaves it open. `name` is the person's or body's name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use detente_core::notation::PartyLine;
use detente_core::{Actor, Document, Sector, Span};
use detente_knowledge::Actors;
use serde::{Deserialize, Serialize};

use crate::Counts;
use crate::names::same_name;
use crate::relations::RowError;

/// A passage and what is asked of it.
#[derive(Debug, Clone)]
pub struct GoldPassage {
    /// The document to read: text and date.
    pub document: Document,
    /// What is asked, in the order of the line.
    pub asks: Vec<Ask>,
}

/// One mention and whom it stands for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Bytes of the passage's text.
    pub span: Span,
    /// Bytes of the sentence.
    pub sentence: Span,
    /// The parties; none where the text leaves them open.
    pub parties: Vec<PartyLine>,
    /// Full name of the person or body, where it is asked for.
    pub name: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPassage {
    id: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    title: Option<String>,
    sentences: Vec<String>,
    asks: Vec<RawAsk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAsk {
    sentence: usize,
    mention: String,
    #[serde(default)]
    nth: Option<usize>,
    is: Vec<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default, rename = "why")]
    _why: Option<String>,
}

/// Reads one line of gold data; `line` counts from 1 and is for the message alone.
///
/// # Errors
/// When the line is no such object, or an ask names words that its sentence does not hold or a party that cannot be read.
pub fn read_gold(text: &str, line: usize) -> Result<GoldPassage, RowError> {
    let error = |message: String| RowError { line, message };
    let raw: RawPassage = serde_json::from_str(text)
        .map_err(|e| error(format!("this is no passage: {e}; gold/README.md shows the form")))?;
    let text = raw.sentences.join(" ");
    let mut spans = Vec::with_capacity(raw.sentences.len());
    let mut from = 0;
    for sentence in &raw.sentences {
        spans.push(Span::new(from, from + sentence.len()));
        from += sentence.len() + 1;
    }
    let mut asks = Vec::with_capacity(raw.asks.len());
    for ask in raw.asks {
        let sentence = *spans.get(ask.sentence).ok_or_else(|| {
            error(format!(
                "an ask names sentence {}, but there are {}",
                ask.sentence,
                raw.sentences.len()
            ))
        })?;
        let words = raw.sentences.get(ask.sentence).map_or("", String::as_str);
        let nth = ask.nth.unwrap_or(1).max(1);
        let at = whole_words(words, &ask.mention).nth(nth - 1).ok_or_else(|| {
            error(format!("sentence {} does not hold `{}` {nth} times", ask.sentence, ask.mention))
        })?;
        let parties = ask.is.iter().map(|party| read_party(party)).collect::<Result<_, _>>();
        asks.push(Ask {
            span: Span::new(sentence.start + at, sentence.start + at + ask.mention.len()),
            sentence,
            parties: parties.map_err(error)?,
            name: ask.name,
        });
    }
    let document =
        Document { id: raw.id, date: raw.date, title: raw.title, text, ..Document::default() };
    Ok(GoldPassage { document, asks })
}

/// Where `words` stand in `text` with no letter right before or after.
fn whole_words<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(words).map(|(at, _)| at).filter(move |&at| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|tail| tail.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

fn read_party(text: &str) -> Result<PartyLine, String> {
    let mut words = text.split_whitespace();
    let code = words.next().ok_or("an empty party: leave `is` empty")?;
    let sector = match words.next() {
        Some(word) => {
            Some(Sector::from_code(word).ok_or_else(|| format!("unknown sector `{word}`"))?)
        }
        None => None,
    };
    Ok(PartyLine { code: (code != "-").then(|| code.to_owned()), sector })
}

/// The rough kinds of mentions, told by their words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// "he", "they", "it".
    Pronoun,
    /// "its troops", "their leaders".
    Owned,
    /// "we", "our": who speaks.
    Speaker,
    /// "both sides", "the two leaders", "the latter".
    Several,
    /// "her counterpart".
    Counterpart,
    /// Any with a name inside: "Chinese-owned firms", "Kim".
    Named,
    /// "the president", "this country".
    Definite,
    /// "police", "a spokesman".
    Bare,
}

impl AskKind {
    /// The kind of a mention, by its words.
    pub fn of(mention: &str) -> Self {
        let lower = mention.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        let (first, alone) = (words.first().copied().unwrap_or_default(), words.len() == 1);
        if words.iter().any(|word| word.starts_with("counterpart")) {
            AskKind::Counterpart
        } else if matches!(first, "i" | "we" | "us" | "our" | "ours" | "my" | "me" | "ourselves") {
            AskKind::Speaker
        } else if has(&["both", "two", "three", "four", "pair", "former", "latter", "other"]) {
            AskKind::Several
        } else if mention.split_whitespace().enumerate().any(|(at, word)| is_name(at, word)) {
            AskKind::Named
        } else if matches!(first, "its" | "his" | "her" | "their" | "whose") && !alone {
            AskKind::Owned
        } else if matches!(first, "the" | "this" | "that" | "these" | "those") && !alone {
            AskKind::Definite
        } else if alone && is_pronoun(first) {
            AskKind::Pronoun
        } else {
            AskKind::Bare
        }
    }

    /// Its name in a table: "pronoun".
    pub fn as_str(self) -> &'static str {
        match self {
            AskKind::Pronoun => "pronoun",
            AskKind::Owned => "owned",
            AskKind::Speaker => "speaker",
            AskKind::Several => "several",
            AskKind::Counterpart => "counterpart",
            AskKind::Named => "named",
            AskKind::Definite => "definite",
            AskKind::Bare => "bare",
        }
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "him"
            | "his"
            | "himself"
            | "she"
            | "her"
            | "hers"
            | "herself"
            | "it"
            | "its"
            | "itself"
            | "they"
            | "them"
            | "their"
            | "theirs"
            | "themselves"
            | "who"
            | "whose"
    )
}

/// A capital that does not merely open the sentence.
fn is_name(at: usize, word: &str) -> bool {
    let lower = word.to_lowercase();
    let opens = at == 0
        && (is_pronoun(&lower)
            || matches!(
                lower.as_str(),
                "the"
                    | "this"
                    | "that"
                    | "these"
                    | "those"
                    | "a"
                    | "an"
                    | "police"
                    | "soldiers"
                    | "troops"
                    | "protesters"
                    | "rebels"
                    | "prosecutors"
                    | "officials"
                    | "parliament"
                    | "militants"
                    | "lawmakers"
                    | "opposition"
                    | "ministers"
                    | "demonstrators"
                    | "gunmen"
                    | "authorities"
                    | "members"
                    | "supporters"
            ));
    !opens && word.chars().next().is_some_and(char::is_uppercase)
}

/// How well mentions were resolved.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ReferenceScores {
    /// Passages scored.
    pub passages: usize,
    /// Share of the asks that are right; one that must stay open is right unanswered.
    pub right_of_asks: f64,
    /// Share of the answers that are right.
    pub right_of_answered: f64,
    /// Asks right (with what stays open), answered, and asked.
    pub right: usize,
    /// Asks that got an answer.
    pub answered: usize,
    /// Answers that are right.
    pub right_answers: usize,
    /// All asks.
    pub asks: usize,
    /// Asks that must stay open.
    pub open: usize,
    /// Those of them that got an answer.
    pub open_answered: usize,
    /// Share of right asks, averaged over passages.
    pub right_per_passage: f64,
    /// Share of right answers, averaged over the passages that have an answer.
    pub right_answers_per_passage: f64,
    /// Passages with every ask right.
    pub whole_passages: usize,
    /// By kind of mention: right answers, answered, asked (those with parties alone).
    pub by_kind: BTreeMap<AskKind, Counts>,
    /// Asks that are wrong.
    #[serde(skip)]
    pub differences: Vec<ReferenceDifference>,
}

/// An ask that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceDifference {
    /// Identifier of the passage.
    pub passage: String,
    /// The sentence.
    pub sentence: String,
    /// The mention.
    pub mention: String,
    /// Whom it stands for.
    pub expected: String,
    /// Whom the coder takes it for.
    pub found: String,
}

impl fmt::Display for ReferenceDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.passage, self.sentence)?;
        write!(f, "  `{}`: {}; found: {}", self.mention, self.expected, self.found)
    }
}

/// Scores the actors that were given for each ask, in the order of the asks; names are the same that `known` has for one person.
pub fn score<'a>(
    pairs: impl IntoIterator<Item = (&'a GoldPassage, Vec<Vec<Actor>>)>,
    known: &Actors,
) -> ReferenceScores {
    let mut scores = ReferenceScores::default();
    let (mut shares, mut answer_shares) = (Vec::new(), Vec::new());
    for (gold, answers) in pairs {
        scores.passages += 1;
        let (mut right, mut answered, mut right_answers) = (0, 0, 0);
        for (index, ask) in gold.asks.iter().enumerate() {
            let actors = answers.get(index).map_or(&[][..], Vec::as_slice);
            let given = is_answered(ask, actors);
            let good = is_right(ask, actors, known);
            right += usize::from(good);
            answered += usize::from(given);
            right_answers += usize::from(good && given);
            let mention = ask.span.of(&gold.document.text).unwrap_or_default();
            if is_open(ask) {
                scores.open += 1;
                scores.open_answered += usize::from(given);
            } else {
                let counts = scores.by_kind.entry(AskKind::of(mention)).or_default();
                counts.gold += 1;
                counts.found += usize::from(given);
                counts.right += usize::from(good);
            }
            if !good {
                scores.differences.push(ReferenceDifference {
                    passage: gold.document.id.clone(),
                    sentence: ask.sentence.of(&gold.document.text).unwrap_or_default().to_owned(),
                    mention: mention.to_owned(),
                    expected: in_words(ask.parties.iter(), ask.name.as_deref()),
                    found: found_in_words(actors),
                });
            }
        }
        scores.asks += gold.asks.len();
        scores.right += right;
        scores.answered += answered;
        scores.right_answers += right_answers;
        if !gold.asks.is_empty() {
            shares.push(share(right, gold.asks.len()));
            scores.whole_passages += usize::from(right == gold.asks.len());
        }
        if answered > 0 {
            answer_shares.push(share(right_answers, answered));
        }
    }
    scores.right_of_asks = share(scores.right, scores.asks);
    scores.right_of_answered = share(scores.right_answers, scores.answered);
    scores.right_per_passage = mean(&shares);
    scores.right_answers_per_passage = mean(&answer_shares);
    scores
}

fn is_open(ask: &Ask) -> bool {
    ask.parties.is_empty() && ask.name.is_none()
}

/// A sector alone says nothing of whom the words stand for, and neither does a name that was not asked for.
fn is_answered(ask: &Ask, actors: &[Actor]) -> bool {
    actors.iter().any(|actor| actor.code.is_some())
        || (ask.name.is_some() && actors.iter().any(|actor| actor.name.is_some()))
        || (!ask.parties.is_empty()
            && ask.parties.iter().all(|party| party.code.is_none())
            && actors.iter().any(|actor| actor.sector.is_some()))
}

/// Whether these actors are those that the ask is for; of one that must stay open, whether none is a known party.
pub fn is_meant(ask: &Ask, actors: &[Actor], known: &Actors) -> bool {
    is_right(ask, actors, known)
}

fn is_right(ask: &Ask, actors: &[Actor], known: &Actors) -> bool {
    if is_open(ask) {
        return !is_answered(ask, actors);
    }
    let every = ask.parties.iter().all(|party| actors.iter().any(|actor| party.holds_for(actor)));
    let only = ask.parties.is_empty()
        || actors.iter().all(|actor| ask.parties.iter().any(|party| party.holds_for(actor)));
    let named = ask.name.as_deref().is_none_or(|name| {
        actors
            .iter()
            .any(|actor| actor.name.as_deref().is_some_and(|own| same_name(own, name, known)))
    });
    every && only && named && is_answered(ask, actors)
}

fn in_words<'a>(parties: impl Iterator<Item = &'a PartyLine>, name: Option<&str>) -> String {
    let list: BTreeSet<String> = parties.map(ToString::to_string).collect();
    let mut text = list.into_iter().collect::<Vec<_>>().join(" + ");
    if text.is_empty() && name.is_none() {
        "open".clone_into(&mut text);
    }
    match name {
        Some(name) => format!("{text} ({name})"),
        None => text,
    }
}

fn found_in_words(actors: &[Actor]) -> String {
    let list: BTreeSet<String> = actors
        .iter()
        .map(|actor| {
            let party = PartyLine::of(actor).to_string();
            actor.name.as_ref().map_or(party.clone(), |name| format!("{party} ({name})"))
        })
        .collect();
    if list.is_empty() {
        return "open".to_owned();
    }
    list.into_iter().collect::<Vec<_>>().join(" + ")
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn mean(shares: &[f64]) -> f64 {
    if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id": "a", "date": "2024-05-14",
        "sentences": ["Ankara thanked its ally.", "It is its own, and the man left."],
        "asks": [{"sentence": 1, "mention": "its", "is": ["TUR GOV"]},
                 {"sentence": 1, "mention": "It", "is": ["TUR"]},
                 {"sentence": 1, "mention": "the man", "is": []}]}"#;

    fn actor(code: &str, sector: Option<Sector>) -> Actor {
        Actor { code: Some(code.to_owned()), sector, ..Actor::default() }
    }

    #[test]
    fn an_ask_stands_where_its_words_do() {
        let gold = read_gold(&LINE.replace('\n', " "), 1).unwrap();
        let words = |ask: &Ask| ask.span.of(&gold.document.text).unwrap().to_owned();
        assert_eq!(gold.asks.iter().map(words).collect::<Vec<_>>(), ["its", "It", "the man"]);
        assert!(gold.asks[0].span.start > gold.asks[1].span.start);
        let missing = LINE.replace('\n', " ").replace("\"mention\": \"It\"", "\"mention\": \"t\"");
        assert!(read_gold(&missing, 1).is_err());
    }

    #[test]
    fn right_is_all_and_only_and_open_is_unanswered() {
        let gold = read_gold(&LINE.replace('\n', " "), 1).unwrap();
        let turkey = actor("TUR", Some(Sector::Gov));
        let answers = vec![
            vec![turkey.clone(), actor("GRC", None)],
            vec![turkey.clone()],
            vec![Actor { sector: Some(Sector::Cvl), ..Actor::default() }],
        ];
        let scores = score([(&gold, answers)], &Actors::default());
        assert_eq!((scores.right, scores.answered, scores.right_answers), (2, 2, 1));
        assert_eq!((scores.open, scores.open_answered, scores.whole_passages), (1, 0, 0));
        let scores = score(
            [(&gold, vec![vec![turkey.clone()], Vec::new(), vec![turkey]])],
            &Actors::default(),
        );
        assert_eq!((scores.right, scores.open_answered), (1, 1));
        assert_eq!(scores.differences.len(), 2);
    }

    #[test]
    fn kinds_are_told_by_words() {
        let kinds = [
            ("they", AskKind::Pronoun),
            ("Its troops", AskKind::Owned),
            ("Both sides", AskKind::Several),
            ("her Greek counterpart", AskKind::Counterpart),
            ("the Saudi-led coalition", AskKind::Named),
            ("The president", AskKind::Definite),
            ("Police", AskKind::Bare),
            ("we", AskKind::Speaker),
        ];
        for (mention, kind) in kinds {
            assert_eq!(AskKind::of(mention), kind, "{mention}");
        }
    }
}

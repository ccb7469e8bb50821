//! What is reported: how far the content of a report reaches.
//!
//! In goes the tree and the reporting word, out come ranges of tokens. In "Talks, he said, had failed" the
//! content of "said" is the two pieces "Talks" and "had failed".

use detente_core::Span;
use detente_parse::Upos;

use crate::yields::Tree;

use super::lexicon::{Found, Frames};
use super::sources::Subject;

/// First and last token of a stretch.
pub(super) type Range = (usize, usize);

/// The reach of a clause, split around the verb that reports it.
pub(super) fn around(tree: &Tree<'_>, verb: usize, clause: usize) -> Vec<Range> {
    let (first, last) = (tree.first(clause), tree.last(clause));
    if first > verb {
        // All from "that" on is reported, though the parser hang some of it elsewhere.
        let first = opens_that(tree, verb + 1).map_or(first, |that| first.min(that));
        return vec![(first, carried(tree, verb, last))];
    }
    // What belongs to the reporting itself: the verb, its subject, its other dependents.
    let mut own_first = verb;
    let mut own_last = verb;
    for &child in tree.children(verb) {
        if child == clause || tree.relation(child) == "punct" || tree.relation(child) == "ccomp" {
            continue;
        }
        // A dependent at the far side of the clause is not a part of the parenthesis.
        if tree.last(child) < first || tree.first(child) > last && last > verb {
            continue;
        }
        if matches!(
            tree.relation(child),
            "nsubj" | "aux" | "advmod" | "iobj" | "obj" | "obl" | "compound" | "cop"
        ) {
            own_first = own_first.min(tree.first(child));
            own_last = own_last.max(tree.last(child));
        }
    }
    let mut ranges = Vec::new();
    // What stands before "he said that" is about the saying; before ", he said," it is said.
    let parenthesis = clause < verb || tree.token(own_last + 1).is_some_and(|t| t.form == ",");
    if own_first > first && parenthesis {
        ranges.push((first, (own_first - 1).min(last)));
    }
    if last > own_last {
        ranges.push(((own_last + 1).max(first), last));
    }
    ranges
}

/// "Asked whether he would go, he said": what is asked ends at the comma before the main clause, whatever hangs on it.
pub(super) fn fronted(tree: &Tree<'_>, verb: usize, ranges: &[Range]) -> Vec<Range> {
    let comma = (verb + 2..tree.len()).find(|&t| tree.token(t).is_some_and(|t| t.form == ","));
    ranges
        .iter()
        .filter_map(|&(first, last)| match comma {
            Some(comma) if first >= comma => None,
            Some(comma) => Some((first, last.min(comma - 1))),
            None => Some((first, last)),
        })
        .collect()
}

/// Where a content that ends at `last` truly ends: a condition or a further "that" behind it hangs on the
/// reporting verb in many a parse, but belongs to what is reported.
fn carried(tree: &Tree<'_>, verb: usize, mut last: usize) -> usize {
    for &child in tree.children(verb) {
        if child <= last {
            continue;
        }
        let marked = |words: &[&str]| words.iter().any(|w| tree.introduced_by(child, w).is_some());
        let belongs = match tree.relation(child) {
            "conj" | "ccomp" => marked(&["that"]),
            "advcl" => marked(&[
                "if", "because", "unless", "while", "although", "though", "so", "since", "until",
            ]),
            _ => false,
        };
        if belongs && tree.first(child) <= last + 3 {
            last = last.max(tree.last(child));
        }
    }
    last
}

/// The "that" at `from`, or behind one adverb: "said only that".
fn opens_that(tree: &Tree<'_>, from: usize) -> Option<usize> {
    let that = if tree.upos(from) == Upos::Adv { from + 1 } else { from };
    tree.token(that).is_some_and(|t| t.lemma == "that" && t.upos == Upos::Sconj).then_some(that)
}

/// "Talks, he said, had failed": the verb is a parenthesis in what it reports.
pub(super) fn interrupted(tree: &Tree<'_>, verb: usize) -> Option<Vec<Range>> {
    if tree.relation(verb) != "parataxis" || tree.dependent(verb, "nsubj").is_none() {
        return None;
    }
    // "asked about it, he said only that": what follows is reported, not what stands before.
    if opens_that(tree, verb + 1).is_some() {
        return None;
    }
    let head = tree.head(verb)?;
    Some(without(tree, clause_reach(tree, head), (tree.first(verb), tree.last(verb))))
}

/// "as Wang put it": the clause that the comparison hangs on is what is reported.
pub(super) fn as_clause(tree: &Tree<'_>, verb: usize) -> Option<Vec<Range>> {
    if tree.relation(verb) != "advcl" {
        return None;
    }
    tree.introduced_by(verb, "as")?;
    tree.dependent(verb, "nsubj")?;
    if tree.dependent(verb, "obj").is_some_and(|o| tree.lemma(o) != "it") {
        return None;
    }
    let head = tree.head(verb)?;
    Some(without(tree, clause_reach(tree, head), (tree.first(verb), tree.last(verb))))
}

/// The reach of the clause around `token`; of the main clause, the whole sentence.
pub(super) fn clause_reach(tree: &Tree<'_>, token: usize) -> Range {
    let mut at = token;
    for _ in 0..tree.len() {
        let nominal = matches!(
            tree.relation(at),
            "nsubj"
                | "obj"
                | "iobj"
                | "obl"
                | "nmod"
                | "appos"
                | "amod"
                | "compound"
                | "nummod"
                | "advmod"
                | "flat"
                | "det"
                | "xcomp"
                | "acl"
        );
        match tree.head(at) {
            Some(head) if nominal => at = head,
            Some(_) => return (tree.first(at), tree.last(at)),
            None => return (0, tree.len().saturating_sub(1)),
        }
    }
    (tree.first(at), tree.last(at))
}

/// A range with the middle taken out.
pub(super) fn without(tree: &Tree<'_>, whole: Range, hole: Range) -> Vec<Range> {
    let mut ranges = Vec::new();
    if hole.0 > whole.0 {
        ranges.push((whole.0, hole.0 - 1));
    }
    if hole.1 < whole.1 {
        ranges.push((hole.1 + 1, whole.1));
    }
    ranges.retain(|&range| trim(tree, range).is_some());
    ranges
}

/// What a verb governs other than a finite clause: object, infinitive, prepositional phrase.
pub(super) fn complement(
    tree: &Tree<'_>,
    verb: usize,
    known: Found,
    paper: bool,
    passive: bool,
    subject: Option<Subject>,
) -> Option<Vec<Range>> {
    let frames = known.frames;
    let infinitive = tree.children(verb).iter().copied().find(|&c| {
        c > verb
            && matches!(tree.relation(c), "xcomp" | "advcl")
            && tree.introduced_by(c, "to").is_some()
    });
    let object = tree.dependent(verb, "obj");
    if frames.has(Frames::INFINITIVE)
        && let Some(infinitive) = infinitive
    {
        let first = match object.filter(|&o| o > verb && o < infinitive) {
            Some(person) if !frames.has(Frames::ADDRESSEE) => tree.first(person),
            _ => tree.first(infinitive),
        };
        let mut ranges = vec![(first, tree.last(infinitive))];
        if passive && let Some(subject) = subject {
            ranges.insert(0, before(tree, subject.token, verb));
        }
        return Some(ranges);
    }
    if !(frames.has(Frames::OBJECT) || paper) {
        return None;
    }
    if let (Some(governed), Some(preposition)) = (known.governed, known.particle) {
        let last = tail(tree, verb, governed);
        return Some(vec![(preposition + 1, last)]);
    }
    if passive {
        let subject = subject?;
        let mut ranges = vec![before(tree, subject.token, verb)];
        for &child in tree.children(verb) {
            if child > verb && belongs(tree, child) {
                ranges.push((tree.first(child), tree.last(child)));
            }
        }
        return Some(ranges);
    }
    // "the poll shows support falling", "the poll shows that"
    let object = object.or_else(|| {
        tree.children(verb)
            .iter()
            .copied()
            .find(|&c| paper && c > verb && matches!(tree.relation(c), "xcomp" | "ccomp"))
    })?;
    if object < verb {
        // "what he called", "whom they accused of": the relative word and what follows the verb.
        let mut ranges = vec![(tree.first(object), tree.last(object))];
        for &child in tree.children(verb) {
            if child > verb && belongs(tree, child) {
                ranges.push((tree.first(child), tree.last(child)));
            }
        }
        return Some(ranges);
    }
    Some(vec![(tree.first(object), tail(tree, verb, object))])
}

/// The reach of a noun, cut before the clause that holds the verb: "the contests" of "the contests known as".
fn before(tree: &Tree<'_>, noun: usize, verb: usize) -> Range {
    let mut last = tree.last(noun);
    if tree.below(verb, noun) {
        for &child in tree.children(noun) {
            if tree.below(verb, child) {
                last = tree.first(child).max(1) - 1;
            }
        }
    }
    let mut first = tree.first(noun);
    while first < noun && matches!(tree.relation(first), "case" | "cc" | "mark") {
        first += 1;
    }
    (first, last.max(noun))
}

/// The last token of a complement and of what goes on from it: "accused X of Y", "called him a liar".
fn tail(tree: &Tree<'_>, verb: usize, start: usize) -> usize {
    let mut last = tree.last(start);
    for &child in tree.children(verb) {
        if child > start && belongs(tree, child) && tree.first(child) <= last + 2 {
            last = last.max(tree.last(child));
        }
    }
    last
}

/// Nouns of time and occasion: "in a statement" tells of the saying, not of what is said.
const OCCASIONS: [&str; 32] = [
    "day",
    "week",
    "month",
    "year",
    "morning",
    "evening",
    "night",
    "afternoon",
    "hour",
    "weekend",
    "statement",
    "interview",
    "speech",
    "letter",
    "tweet",
    "post",
    "address",
    "article",
    "report",
    "remark",
    "conference",
    "briefing",
    "call",
    "memo",
    "email",
    "editorial",
    "debate",
    "rally",
    "testimony",
    "message",
    "reporter",
    "journalist",
];

/// Names of days and months, which tell when something was said.
const DATES: [&str; 19] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a word is the name of a day or a month.
pub(super) fn is_date(form: &str) -> bool {
    DATES.contains(&form)
}

/// Whether a dependent after the object is a part of what is reported.
fn belongs(tree: &Tree<'_>, child: usize) -> bool {
    match tree.relation(child) {
        "xcomp" | "ccomp" => true,
        "obl" | "nmod" => {
            ["of", "as", "for", "about", "over"]
                .iter()
                .any(|p| tree.introduced_by(child, p).is_some())
                || (["in", "on", "to", "against", "with", "between", "from"]
                    .iter()
                    .any(|p| tree.introduced_by(child, p).is_some())
                    && !OCCASIONS.contains(&tree.lemma(child))
                    && matches!(tree.upos(child), Upos::Noun | Upos::Propn)
                    && !tree.token(child).is_some_and(|t| DATES.contains(&t.form.as_str())))
        }
        "advcl" => ["of", "as", "for", "about", "over", "to"]
            .iter()
            .any(|p| tree.introduced_by(child, p).is_some()),
        _ => false,
    }
}

/// "is expected to win", "seems": subject and complement together are the content.
pub(super) fn raised(tree: &Tree<'_>, verb: usize, subject: Option<Subject>) -> Option<Vec<Range>> {
    let complement = tree.children(verb).iter().copied().find(|&c| {
        c > verb
            && (tree.relation(c) == "xcomp"
                || (matches!(tree.relation(c), "obl" | "advcl")
                    && ["as", "like"].iter().any(|p| tree.introduced_by(c, p).is_some())))
    })?;
    let subject = subject?.token;
    let mut ranges = Vec::new();
    if subject < verb {
        ranges.push(before(tree, subject, verb));
    }
    let mut first = tree.first(complement);
    while first < complement
        && matches!(tree.relation(first), "case" | "mark")
        && tree.lemma(first) != "to"
    {
        first += 1;
    }
    ranges.push((first, tree.last(complement)));
    Some(ranges)
}

/// "The deal, Sánchez said, would fail": a name and a verb of speech between two commas. Gives the name and the two pieces
/// around it, whatever the parser takes for subject and clause.
pub(super) fn parenthesis(tree: &Tree<'_>, verb: usize) -> Option<(Range, Vec<Range>)> {
    let comma = |t: usize| tree.token(t).is_some_and(|t| t.form == ",");
    let named = |t: usize| {
        matches!(
            tree.upos(t),
            Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Adp | Upos::Part
        ) && !tree.token(t).is_some_and(|t| t.xpos.starts_with('W'))
    };
    let end = tree.len().checked_sub(1)?;
    // "Ankara said on Monday,": when and where it was said belongs to the report.
    let mut behind = verb + 1;
    for &child in tree.children(verb).iter().filter(|&&child| child > verb) {
        let when = matches!(tree.relation(child), "obl" | "advmod") && tree.first(child) == behind;
        if when && tree.last(child) - verb <= 6 {
            behind = tree.last(child) + 1;
        }
    }
    let own = tree.dependent(verb, "nsubj");
    let (name, open, close) = if comma(behind) {
        let open = (0..verb)
            .rev()
            .take_while(|&t| verb - t <= 8)
            .find(|&t| !(named(t) || tree.upos(t) == Upos::Adv && t + 1 == verb))?;
        ((open + 1, verb.checked_sub(1)?), open, behind)
    } else {
        // "Lee, the minister, ordered the arrest of his deputy, Roth": whose subject stands before it is not turned round.
        if own.is_some_and(|subject| subject < verb) {
            return None;
        }
        let open = verb.checked_sub(1)?;
        let close = (verb + 1..=end).take_while(|&t| t - verb <= 8).find(|&t| !named(t))?;
        ((verb + 1, close - 1), open, close)
    };
    let finite = (close + 1..=end).any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux));
    if open == 0 || !comma(open) || !comma(close) || name.0 > name.1 || close >= end || !finite {
        return None;
    }
    Some((name, vec![(0, open - 1), (close + 1, end)]))
}

/// "Talks go on, an official who asked not to be named said.": a verb of speech that ends its sentence without a subject in the
/// tree. Gives the name and what stands before its comma.
pub(super) fn closing(tree: &Tree<'_>, verb: usize) -> Option<(Range, Range)> {
    let ends = (verb + 1..tree.len()).all(|t| tree.upos(t) == Upos::Punct);
    if !ends || tree.dependent(verb, "nsubj").is_some() {
        return None;
    }
    let comma = (1..verb).rev().take(14).find(|&t| tree.token(t).is_some_and(|t| t.form == ","))?;
    let mut pronoun = false;
    for token in comma + 1..verb {
        pronoun |= tree.token(token).is_some_and(|t| t.xpos.starts_with('W'));
        if !pronoun
            && matches!(tree.upos(token), Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj)
        {
            return None;
        }
    }
    let names =
        (comma + 1..verb).any(|t| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron));
    let said = (0..comma).any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux));
    (names && said).then_some(((comma + 1, verb - 1), (0, comma - 1)))
}

/// What a verb of speech reports where the parser hangs no clause on it: all after "said that", or all
/// before ", he said".
pub(super) fn unparsed(tree: &Tree<'_>, verb: usize, frames: Frames) -> Option<Vec<Range>> {
    let subject = tree.dependent(verb, "nsubj")?;
    let end = tree.len().checked_sub(1)?;
    let verbal = |from: usize, to: usize| {
        (from..=to.min(end)).any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux))
    };
    let addressed = tree.dependent(verb, "obj").or_else(|| tree.dependent(verb, "iobj"));
    let after = match addressed.filter(|&o| o > verb && frames.has(Frames::ADDRESSEE)) {
        Some(person) => tree.last(person) + 1,
        None => verb + 1,
    };
    if let Some(that) = opens_that(tree, after)
        && verbal(that + 1, end)
    {
        return Some(vec![(that, end)]);
    }
    let word = tree.token(after);
    let clause_opens = word.is_some_and(|t| {
        matches!(t.upos, Upos::Pron | Upos::Det | Upos::Propn)
            && t.xpos != "PRP$"
            && addressed.is_none_or(|o| o < after)
    });
    if clause_opens && subject < verb && verbal(after + 1, end) {
        return Some(vec![(after, end)]);
    }
    // The parenthesis: a comma, the subject and the verb, and nothing more of weight.
    let start = tree.first(subject).min(verb);
    let comma = start.checked_sub(1)?;
    if tree.token(comma)?.form != "," || comma == 0 || !verbal(0, comma) {
        return None;
    }
    let close = tree.last(subject).max(verb);
    let next = (close + 1..=end).find(|&t| tree.token(t).is_some_and(|t| t.form == ","));
    let rest = next.unwrap_or(end);
    if verbal(close + 1, rest) {
        return None;
    }
    let mut ranges = vec![(0, comma - 1)];
    if let Some(next) = next.filter(|&n| n < end) {
        ranges.push((next + 1, end));
    }
    Some(ranges)
}

/// Whether a clause has a finite verb or a mark that makes it one.
pub(super) fn finite(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children(clause).iter().any(|&c| {
        matches!(tree.relation(c), "nsubj" | "csubj" | "expl")
            || (tree.relation(c) == "mark" && matches!(tree.lemma(c), "that" | "whether" | "if"))
    })
}

/// A range without punctuation and conjunctions at its ends; `None` if nothing is left.
pub(super) fn trim(tree: &Tree<'_>, (mut first, mut last): Range) -> Option<Range> {
    while first <= last
        && (tree.upos(first) == Upos::Punct || (tree.relation(first) == "cc" && first < last))
    {
        first += 1;
    }
    while last > first && tree.upos(last) == Upos::Punct {
        let form = tree.token(last).map_or("", |t| t.form.as_str());
        // A bracket that opens inside the range closes there too.
        let paired = matches!(form, ")" | "]")
            && (first..last)
                .rev()
                .any(|t| matches!(tree.token(t).map_or("", |t| t.form.as_str()), "(" | "["));
        if paired {
            break;
        }
        last -= 1;
    }
    (first <= last && tree.upos(last) != Upos::Punct || first < last).then_some((first, last))
}

/// Byte spans of ranges, trimmed; empty ones left out.
pub(super) fn spans(tree: &Tree<'_>, ranges: &[Range]) -> Vec<Span> {
    ranges
        .iter()
        .filter_map(|&range| trim(tree, range))
        .filter_map(|(first, last)| tree.span(first..=last))
        .collect()
}

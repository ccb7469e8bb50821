//! Reports that are no verb's: nouns, adjectives, prepositions, adverbs, a colon.
//!
//! In goes the tree and the word, out comes its [`Report`]. "Seoul's claim that the North fired" has the cue "claim",
//! "Fighting has, according to aid workers, stopped" the cue "according to", and "Modi: This is not the era of
//! war" the colon.

use detente_parse::Upos;

use crate::yields::Tree;

use super::contents::{clause_reach, spans, trim, without};
use super::lexicon::{Frames, Lexicon};
use super::reports::{Report, cue, left_edge};
use super::sources::{Source, source, subject};

/// A report by a noun: "his claim that", "a pledge to", "criticism of".
pub(super) fn noun(lexicon: &Lexicon, tree: &Tree<'_>, noun: usize) -> Option<Report> {
    let known = lexicon.find(tree, noun).filter(|f| f.frames.has(Frames::NOUN))?;
    let clause = tree.children(noun).iter().copied().find(|&c| {
        c > noun
            && (matches!(tree.relation(c), "acl" | "ccomp")
                && tree.token(c).is_some_and(|t| t.deprel != "acl:relcl")
                && (["that", "whether", "to"].iter().any(|m| tree.introduced_by(c, m).is_some())))
    });
    let range = match (clause, known.governed, known.particle) {
        (Some(clause), ..) => (tree.first(clause), tree.last(clause)),
        (None, Some(governed), Some(preposition)) => (preposition + 1, tree.last(governed)),
        _ => return None,
    };
    // "said in a statement that" is the verb's.
    if tree.relation(noun) == "obl"
        && let Some(verb) = tree.head(noun)
        && lexicon.frames(tree.lemma(verb)).has(Frames::SPEECH)
    {
        return None;
    }
    let mut first = noun;
    while first > 0
        && tree.head(first - 1) == Some(noun)
        && matches!(tree.relation(first - 1), "amod" | "advmod")
    {
        first -= 1;
    }
    let owner = tree.dependent(noun, "nmod:poss").or_else(|| {
        tree.children(noun).iter().copied().find(|&c| {
            c > noun
                && tree.relation(c) == "nmod"
                && ["by", "from"].iter().any(|p| tree.introduced_by(c, p).is_some())
        })
    });
    let mut report_source = owner.and_then(|o| source(tree, o, noun));
    if report_source.is_none()
        && tree.relation(noun) == "obj"
        && let Some(verb) = tree.head(noun)
        && LIGHT.contains(&tree.lemma(verb))
    {
        report_source = subject(lexicon, tree, verb, 0).and_then(|s| source(tree, s.token, verb));
        first = left_edge(tree, verb);
    }
    if report_source.is_none() && known.frames.has(Frames::OWNED) {
        return None;
    }
    let last = known
        .particle
        .filter(|&p| known.governed.is_some() && clause.is_none() && p > noun)
        .unwrap_or(noun);
    Some(Report {
        sentence: 0,
        anchor: noun,
        frames: known.frames,
        cue: tree.span(first..=last)?,
        source: report_source,
        audience: None,
        content: spans(tree, &[range]),
        tells: clause.is_some_and(|c| tree.introduced_by(c, "to").is_none()),
        firm: false,
        unsaid: false,
        likely: None,
    })
}

/// Verbs that lend their subject to the noun they govern.
const LIGHT: [&str; 16] = [
    "make",
    "issue",
    "express",
    "voice",
    "give",
    "deliver",
    "release",
    "repeat",
    "reiterate",
    "raise",
    "have",
    "offer",
    "launch",
    "reaffirm",
    "announce",
    "publish",
];

/// A report by an adjective: "is confident that", "was critical of".
pub(super) fn adjective(lexicon: &Lexicon, tree: &Tree<'_>, adjective: usize) -> Option<Report> {
    let known = lexicon.find(tree, adjective).filter(|f| f.frames.has(Frames::ADJECTIVE))?;
    let clause = tree
        .children(adjective)
        .iter()
        .copied()
        .find(|&c| c > adjective && matches!(tree.relation(c), "ccomp"));
    let range = match (clause, known.governed, known.particle) {
        (_, Some(governed), Some(preposition)) => (preposition + 1, tree.last(governed)),
        (Some(clause), ..) => (tree.first(clause), tree.last(clause)),
        _ => return None,
    };
    // "makes sure that" sees to a thing and thinks nothing of it.
    if tree.relation(adjective) == "xcomp"
        && tree.head(adjective).is_some_and(|verb| {
            lexicon.frames(tree.lemma(verb)).has(Frames::NEVER)
                && !matches!(tree.lemma(verb), "be" | "become" | "remain" | "stay" | "get")
        })
    {
        return None;
    }
    let subject = subject(lexicon, tree, adjective, 0)?;
    Some(Report {
        sentence: 0,
        anchor: adjective,
        frames: known.frames,
        cue: cue(tree, adjective, Some(known)),
        source: source(tree, subject.token, adjective),
        audience: None,
        content: spans(tree, &[range]),
        tells: clause.is_some_and(|c| tree.introduced_by(c, "to").is_none()),
        firm: false,
        unsaid: false,
        likely: None,
    })
}

/// "according to X", "in the view of X": what is left of the clause is the content.
pub(super) fn preposition(lexicon: &Lexicon, tree: &Tree<'_>, token: usize) -> Option<Report> {
    let taken = lexicon.preposition(tree, token)?;
    let preposition = token + taken - 1;
    // The noun is the head of the last preposition, or of the first word, as the treebank's habits have it.
    let noun =
        tree.head(preposition)
            .filter(|&h| h > preposition)
            .or_else(|| tree.head(token).filter(|&h| h > preposition))
            .or_else(|| {
                tree.children(token).iter().copied().find(|&c| {
                    c > preposition && matches!(tree.relation(c), "obl" | "nmod" | "obj")
                })
            })?;
    // The whole phrase hangs on the highest of its words.
    let mut outer = noun;
    for word in token..=preposition {
        if tree.below(outer, word) {
            outer = word;
        }
    }
    let mut last = tree.last(noun).max(noun);
    for &child in tree.children(noun) {
        // "According to the UN, more than two million": what a comma parts from the source is not its name, unless it
        // tells who the source is.
        let start = tree.first(child);
        let parted = start > noun && tree.token(start - 1).is_some_and(|t| t.form == ",");
        if parted && !matches!(tree.relation(child), "appos" | "acl" | "conj" | "punct" | "cc") {
            last = last.min(start - 1).max(noun);
        }
    }
    // At the head of a sentence a single comma ends the name, whatever hangs on it.
    let mut commas =
        (noun + 1..tree.len()).filter(|&t| tree.token(t).is_some_and(|t| t.form == ","));
    if token <= 1
        && let (Some(comma), None) = (commas.next(), commas.next())
    {
        last = last.min(comma - 1).max(noun);
    }
    let governor = tree.head(outer);
    let whole = governor.map_or((0, tree.len().saturating_sub(1)), |g| clause_reach(tree, g));
    let whole = (whole.0.min(token), whole.1.max(last));
    let ranges = without(tree, whole, (token, last));
    let (first, last) = trim(tree, (preposition + 1, last))?;
    Some(Report {
        sentence: 0,
        anchor: token,
        frames: Frames::CLAUSE,
        cue: tree.span(token..=preposition)?,
        source: Some(Source { head: noun, span: tree.span(first..=last)? }),
        audience: None,
        content: spans(tree, &ranges),
        tells: true,
        // "The convoy, according to the army, had been warned": between two commas.
        firm: ranges.len() > 1,
        unsaid: false,
        likely: None,
    })
}

/// "reportedly": what the adverb modifies is hearsay.
pub(super) fn adverb(lexicon: &Lexicon, tree: &Tree<'_>, adverb: usize) -> Option<Report> {
    if !lexicon.frames(tree.lemma(adverb)).has(Frames::ADVERB) || tree.relation(adverb) != "advmod"
    {
        return None;
    }
    let head = tree.head(adverb)?;
    let whole = match tree.upos(head) {
        Upos::Verb | Upos::Aux => clause_reach(tree, head),
        _ => (adverb, tree.last(head)),
    };
    Some(Report {
        sentence: 0,
        anchor: adverb,
        frames: Frames::CLAUSE,
        cue: tree.span(adverb..=adverb)?,
        source: None,
        audience: None,
        content: spans(tree, &without(tree, whole, (adverb, adverb))),
        tells: true,
        firm: false,
        unsaid: false,
        likely: None,
    })
}

/// Longest name before a colon, in tokens.
const NAME: usize = 9;

/// "Modi: This is not the era of war": a name, a colon, and what the name says.
pub(super) fn colon(lexicon: &Lexicon, tree: &Tree<'_>) -> Option<Report> {
    let colon =
        (1..tree.len().min(NAME + 1)).find(|&t| tree.token(t).is_some_and(|t| t.form == ":"))?;
    let mut name = false;
    for token in 0..colon {
        match tree.upos(token) {
            Upos::Verb | Upos::Aux | Upos::Pron | Upos::Num | Upos::Sconj => return None,
            Upos::Punct
                if !matches!(
                    tree.token(token)?.form.as_str(),
                    "," | "." | "-" | "’" | "'" | "(" | ")"
                ) =>
            {
                return None;
            }
            Upos::Propn => name = true,
            Upos::Noun => name |= lexicon.frames(tree.lemma(token)).has(Frames::NOUN),
            _ => {}
        }
    }
    let rest = colon + 1..tree.len();
    let clause = rest.clone().any(|t| matches!(tree.upos(t), Upos::Verb | Upos::Aux));
    if !name || !clause || rest.len() < 3 {
        return None;
    }
    let (first, last) = trim(tree, (0, colon - 1))?;
    let head = (first..=last).find(|&t| tree.head(t).is_none_or(|h| h < first || h > last))?;
    Some(Report {
        sentence: 0,
        anchor: colon,
        frames: Frames::CLAUSE,
        cue: tree.span(colon..=colon)?,
        source: Some(Source { head, span: tree.span(first..=last)? }),
        audience: None,
        content: spans(tree, &[(colon + 1, tree.len() - 1)]),
        tells: true,
        firm: false,
        unsaid: false,
        likely: None,
    })
}

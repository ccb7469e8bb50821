//! Finds the acts of reporting in one tree.
//!
//! In goes a sentence's tree, out come [`Report`]s: who reports, by which words, and what. In "Xi, he
//! added, had told reporters that talks failed" there are two: "added" reports "Xi had told reporters
//! that talks failed", and "told" reports "that talks failed". A report without content is one that waits
//! for a quotation elsewhere.

use detente_core::Span;
use detente_parse::Upos;

use crate::yields::Tree;

use super::lexicon::{Found, Frames, Lexicon};

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// Token that heads the noun phrase; the antecedent where a relative pronoun is the subject.
    pub head: usize,
    /// Bytes of the words that name the source.
    pub span: Span,
}

/// One act of reporting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    /// Index of the sentence.
    pub sentence: usize,
    /// The verb, noun, adjective or preposition.
    pub anchor: usize,
    /// What kind of word it is.
    pub frames: Frames,
    /// Bytes of the words that mark the report.
    pub cue: Span,
    /// Who reports, if the sentence says so.
    pub source: Option<Source>,
    /// Head token of the one spoken to.
    pub audience: Option<usize>,
    /// Bytes of the pieces of what is reported, in order.
    pub content: Vec<Span>,
}

/// First and last token of a stretch.
type Range = (usize, usize);

/// Every report in the sentence of this index, in order of the anchors.
pub(super) fn reports(lexicon: &Lexicon<'_>, tree: &Tree<'_>, sentence: usize) -> Vec<Report> {
    let mut found: Vec<Report> = Vec::new();
    for token in 0..tree.len() {
        let report = match tree.upos(token) {
            Upos::Verb | Upos::Aux => according(tree, token).or_else(|| verb(lexicon, tree, token)),
            Upos::Adp | Upos::Sconj => according(tree, token),
            Upos::Noun => noun(lexicon, tree, token),
            Upos::Adj => adjective(lexicon, tree, token),
            _ => None,
        };
        if let Some(mut report) = report {
            report.sentence = sentence;
            found.push(report);
        }
    }
    swallow_governors(tree, &mut found);
    found
}

/// The report of a verb that stands beside a quotation, whether or not it is known to report.
pub(super) fn report_at(
    lexicon: &Lexicon<'_>,
    tree: &Tree<'_>,
    sentence: usize,
    verb: usize,
) -> Report {
    let known = lexicon.find(tree, verb);
    let subject = subject(lexicon, tree, verb, 0);
    Report {
        sentence,
        anchor: verb,
        frames: known.map_or(Frames::SPEECH, |f| f.frames),
        cue: cue(tree, verb, known),
        source: subject.and_then(|s| source(tree, s.token, verb)),
        audience: None,
        content: Vec::new(),
    }
}

/// "refused to say whether": the chain of verbs is one cue, so "refused" alone reports nothing.
fn swallow_governors(tree: &Tree<'_>, found: &mut Vec<Report>) {
    let inner: Vec<(usize, Span)> = found
        .iter()
        .filter(|r| !r.content.is_empty() && r.frames.has(Frames::CLAUSE))
        .map(|r| (r.anchor, r.cue))
        .collect();
    found.retain(|report| {
        let Some(token) = tree.token(report.anchor) else { return false };
        !inner.iter().any(|&(anchor, cue)| {
            anchor != report.anchor
                && report.frames.has(Frames::INFINITIVE)
                && cue.contains(token.span)
                && tree.below(anchor, report.anchor)
        })
    });
}

/// A report by a verb.
fn verb(lexicon: &Lexicon<'_>, tree: &Tree<'_>, verb: usize) -> Option<Report> {
    let known = lexicon.find(tree, verb);
    let frames = known.map_or(Frames::default(), |f| f.frames);
    if frames.has(Frames::NEVER) || tree.relation(verb) == "case" || tree.relation(verb) == "amod" {
        return None;
    }
    let subject = subject(lexicon, tree, verb, 0);
    let clause = tree.dependent(verb, "ccomp");
    let passive = subject.is_some_and(|s| s.passive) || tree.dependent(verb, "aux:pass").is_some();
    let agent = agent(tree, verb);
    let mut report = Report {
        sentence: 0,
        anchor: verb,
        frames,
        cue: cue(tree, verb, known),
        source: None,
        audience: None,
        content: Vec::new(),
    };
    report.source = if passive && !says_itself(tree, verb) {
        agent.and_then(|a| source(tree, a, verb))
    } else {
        subject.and_then(|s| source(tree, s.token, verb))
    };
    report.audience = audience(tree, verb, frames, passive, subject);

    if frames.has(Frames::RAISING)
        && (passive || !frames.has(Frames::INFINITIVE))
        && let Some(ranges) = raised(tree, verb, subject)
    {
        report.source = agent.and_then(|a| source(tree, a, verb));
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    if let Some(clause) = clause {
        let open = subject.is_some() && finite(tree, clause) && tree.upos(verb) == Upos::Verb;
        if frames.has(Frames::CLAUSE)
            || frames.has(Frames::INFINITIVE)
            || frames.has(Frames::OBJECT)
            || open
        {
            if frames == Frames::default() {
                report.frames = Frames::CLAUSE;
            }
            report.content = spans(tree, &around(tree, verb, clause));
            return Some(report);
        }
    }
    if frames.has(Frames::CLAUSE)
        && let Some(ranges) = interrupted(tree, verb).or_else(|| as_clause(tree, verb))
    {
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    if let Some(known) = known
        && let Some(ranges) = complement(tree, verb, known, passive, subject)
        && (report.source.is_some() || !passive)
    {
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    // Nothing in the tree: it may report a quotation that stands before or after it.
    (frames.has(Frames::SPEECH) && tree.upos(verb) == Upos::Verb).then_some(report)
}

/// The subject of a verb, its own or inherited.
#[derive(Debug, Clone, Copy)]
struct Subject {
    token: usize,
    passive: bool,
}

/// Finds the subject of a verb: its own, or that of the verb it is joined to, depends on or is
/// controlled by; of a participle behind a noun, the noun.
fn subject(lexicon: &Lexicon<'_>, tree: &Tree<'_>, verb: usize, depth: usize) -> Option<Subject> {
    if depth > 8 {
        return None;
    }
    for &child in tree.children(verb) {
        if tree.relation(child) == "nsubj" {
            let passive = tree.token(child).is_some_and(|t| t.deprel.ends_with(":pass"));
            return Some(Subject { token: child, passive });
        }
    }
    let head = tree.head(verb)?;
    let own_passive = tree.dependent(verb, "aux:pass").is_some();
    let inherit = |s: Subject| Subject { token: s.token, passive: own_passive };
    match tree.relation(verb) {
        "conj" if matches!(tree.upos(head), Upos::Verb | Upos::Adj | Upos::Noun | Upos::Aux) => {
            subject(lexicon, tree, head, depth + 1).map(inherit)
        }
        "xcomp" | "ccomp" => {
            if let Some(object) = tree.dependent(head, "obj").filter(|&o| o < verb && o != verb) {
                return Some(Subject { token: object, passive: false });
            }
            subject(lexicon, tree, head, depth + 1).map(inherit)
        }
        "advcl" => subject(lexicon, tree, head, depth + 1).map(inherit),
        "acl" => {
            let participle = tree.token(verb).is_some_and(|t| t.xpos == "VBG");
            if !participle {
                return None;
            }
            // "issued a statement saying": the issuer speaks.
            if lexicon.frames(tree.lemma(head)).has(Frames::NOUN) {
                if let Some(owner) = tree.dependent(head, "nmod:poss") {
                    return Some(Subject { token: owner, passive: false });
                }
                if tree.relation(head) == "obj"
                    && let Some(issuer) = tree.head(head)
                    && let Some(found) = subject(lexicon, tree, issuer, depth + 1)
                {
                    return Some(Subject { token: found.token, passive: false });
                }
            }
            Some(Subject { token: head, passive: false })
        }
        "obl" | "nmod" | "parataxis" if tree.token(verb).is_some_and(|t| t.xpos == "VBG") => {
            subject(lexicon, tree, head, depth + 1).map(inherit)
        }
        _ => None,
    }
}

/// The words that name a source: its noun phrase, cut before the clause that holds the verb.
fn source(tree: &Tree<'_>, head: usize, verb: usize) -> Option<Source> {
    let mut named = head;
    // A relative pronoun stands for the noun before its clause.
    if matches!(tree.token(head).map_or("", |t| t.xpos.as_str()), "WP" | "WDT")
        && let Some(noun) = relative_antecedent(tree, head)
    {
        named = noun;
    }
    let mut first = tree.first(named);
    let mut last = tree.last(named);
    if tree.below(verb, named) {
        // The report stands inside a clause about the source: keep what comes before it.
        for &child in tree.children(named) {
            if tree.below(verb, child) {
                last = tree.first(child).max(1) - 1;
            }
        }
        last = last.max(named);
    } else if first < verb && last > verb {
        if named < verb { last = verb - 1 } else { first = verb + 1 }
    }
    // A preposition of its own ("by the ministry") does not name it.
    while first < named
        && matches!(tree.relation(first), "case" | "cc" | "mark")
        && tree.lemma(first) != "between"
    {
        first += 1;
    }
    let (first, last) = trim(tree, (first, last))?;
    Some(Source { head: named, span: tree.span(first..=last)? })
}

/// The noun that a relative pronoun stands for.
fn relative_antecedent(tree: &Tree<'_>, pronoun: usize) -> Option<usize> {
    let mut at = pronoun;
    for _ in 0..6 {
        let head = tree.head(at)?;
        if tree.token(at).is_some_and(|t| t.deprel == "acl:relcl") && head < pronoun {
            return Some(head);
        }
        at = head;
    }
    None
}

/// Who does a passive verb's act.
fn agent(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    tree.children(verb)
        .iter()
        .copied()
        .find(|&c| tree.relation(c) == "obl" && c > verb && tree.introduced_by(c, "by").is_some())
}

/// "was quoted as saying": a passive governs a participle whose subject speaks.
fn says_itself(tree: &Tree<'_>, verb: usize) -> bool {
    tree.token(verb).is_some_and(|t| t.xpos == "VBG")
}

/// The one spoken to.
fn audience(
    tree: &Tree<'_>,
    verb: usize,
    frames: Frames,
    passive: bool,
    subject: Option<Subject>,
) -> Option<usize> {
    if frames.has(Frames::ADDRESSEE) {
        if passive {
            return subject.map(|s| s.token);
        }
        return tree.dependent(verb, "iobj").or_else(|| tree.dependent(verb, "obj"));
    }
    if !frames.has(Frames::SPEECH) {
        return None;
    }
    tree.dependent(verb, "iobj").or_else(|| {
        tree.children(verb).iter().copied().find(|&c| {
            c > verb
                && tree.relation(c) == "obl"
                && tree.introduced_by(c, "to").is_some()
                && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Pron)
        })
    })
}

/// Bytes of the cue: auxiliaries and adverbs before the verb, the verbs it hangs on, its particle or
/// preposition after it.
fn cue(tree: &Tree<'_>, anchor: usize, known: Option<Found>) -> Span {
    let mut first = left_edge(tree, anchor);
    // "went on to say", "was quoted as saying": the governing verbs belong to it.
    let mut verb = anchor;
    for _ in 0..4 {
        let Some(head) = tree.head(verb) else { break };
        let chained = tree.relation(verb) == "xcomp"
            || (tree.relation(verb) == "advcl" && tree.introduced_by(verb, "as").is_some());
        let joined = head < first
            && matches!(tree.upos(head), Upos::Verb | Upos::Adj)
            && (head + 1..first).all(|t| {
                matches!(tree.upos(t), Upos::Part | Upos::Adv | Upos::Adp | Upos::Sconj)
                    || tree.relation(t) == "compound"
            });
        if !(chained && joined) {
            break;
        }
        first = left_edge(tree, head);
        verb = head;
    }
    let mut last = anchor;
    if let Some(particle) = known.and_then(|k| k.particle) {
        let close = (anchor + 1..particle).all(|t| {
            matches!(tree.upos(t), Upos::Adv | Upos::Adp | Upos::Part)
                || tree.relation(t) == "compound"
        });
        if close && particle > anchor {
            last = particle;
        }
    } else if let Some(particle) =
        tree.dependent(anchor, "compound:prt").filter(|&p| p == anchor + 1)
    {
        last = particle;
    }
    tree.span(first..=last).unwrap_or_default()
}

/// The first of the auxiliaries and adverbs that stand directly before a verb.
fn left_edge(tree: &Tree<'_>, verb: usize) -> usize {
    let mut first = verb;
    while first > 0 {
        let before = first - 1;
        let belongs = tree.head(before) == Some(verb)
            && (matches!(tree.relation(before), "aux" | "cop")
                || (tree.relation(before) == "advmod"
                    && matches!(tree.upos(before), Upos::Adv | Upos::Part)
                    && tree.children(before).is_empty()
                    && !tree.token(before).is_some_and(|t| t.xpos.starts_with('W'))));
        if !belongs {
            break;
        }
        first = before;
    }
    first
}

/// The reach of a clause, split around the verb that reports it.
fn around(tree: &Tree<'_>, verb: usize, clause: usize) -> Vec<Range> {
    let (first, last) = (tree.first(clause), tree.last(clause));
    if first > verb {
        return vec![(first, last)];
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
    if own_first > first {
        ranges.push((first, (own_first - 1).min(last)));
    }
    if last > own_last {
        ranges.push(((own_last + 1).max(first), last));
    }
    ranges
}

/// "Talks, he said, had failed": the verb is a parenthesis in what it reports.
fn interrupted(tree: &Tree<'_>, verb: usize) -> Option<Vec<Range>> {
    if tree.relation(verb) != "parataxis" || tree.dependent(verb, "nsubj").is_none() {
        return None;
    }
    let head = tree.head(verb)?;
    Some(without(tree, clause_reach(tree, head), (tree.first(verb), tree.last(verb))))
}

/// "as Wang put it": the clause that the comparison hangs on is what is reported.
fn as_clause(tree: &Tree<'_>, verb: usize) -> Option<Vec<Range>> {
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
fn clause_reach(tree: &Tree<'_>, token: usize) -> Range {
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
fn without(tree: &Tree<'_>, whole: Range, hole: Range) -> Vec<Range> {
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
fn complement(
    tree: &Tree<'_>,
    verb: usize,
    known: Found,
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
            ranges.insert(0, (tree.first(subject.token), tree.last(subject.token)));
        }
        return Some(ranges);
    }
    if !(frames.has(Frames::OBJECT) || frames.has(Frames::INFINITIVE)) {
        return None;
    }
    if let (Some(governed), Some(preposition)) = (known.governed, known.particle) {
        let last = tail(tree, verb, governed);
        return Some(vec![(preposition + 1, last)]);
    }
    if passive {
        let subject = subject?;
        let mut ranges = vec![(tree.first(subject.token), tree.last(subject.token))];
        for &child in tree.children(verb) {
            if child > verb && belongs(tree, child) {
                ranges.push((tree.first(child), tree.last(child)));
            }
        }
        return Some(ranges);
    }
    let object = object?;
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

/// Whether a dependent after the object is a part of what is reported.
fn belongs(tree: &Tree<'_>, child: usize) -> bool {
    match tree.relation(child) {
        "xcomp" | "ccomp" => true,
        "obl" | "nmod" => ["of", "as", "for", "about", "over"]
            .iter()
            .any(|p| tree.introduced_by(child, p).is_some()),
        "advcl" => ["of", "as", "for", "about", "over", "to"]
            .iter()
            .any(|p| tree.introduced_by(child, p).is_some()),
        _ => false,
    }
}

/// "is expected to win", "seems": subject and complement together are the content.
fn raised(tree: &Tree<'_>, verb: usize, subject: Option<Subject>) -> Option<Vec<Range>> {
    let complement = tree.children(verb).iter().copied().find(|&c| {
        c > verb
            && (tree.relation(c) == "xcomp"
                || (matches!(tree.relation(c), "obl" | "advcl")
                    && ["as", "like"].iter().any(|p| tree.introduced_by(c, p).is_some())))
    })?;
    let subject = subject?.token;
    let mut ranges = Vec::new();
    if subject < verb && !tree.below(verb, subject) {
        ranges.push((tree.first(subject), tree.last(subject)));
    }
    ranges.push((tree.first(complement), tree.last(complement)));
    Some(ranges)
}

/// Whether a clause has a finite verb or a mark that makes it one.
fn finite(tree: &Tree<'_>, clause: usize) -> bool {
    tree.children(clause).iter().any(|&c| {
        matches!(tree.relation(c), "nsubj" | "csubj" | "expl")
            || (tree.relation(c) == "mark" && matches!(tree.lemma(c), "that" | "whether" | "if"))
    })
}

/// A report by a noun: "his claim that", "a pledge to", "criticism of".
fn noun(lexicon: &Lexicon<'_>, tree: &Tree<'_>, noun: usize) -> Option<Report> {
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
fn adjective(lexicon: &Lexicon<'_>, tree: &Tree<'_>, adjective: usize) -> Option<Report> {
    let known = lexicon.find(tree, adjective).filter(|f| f.frames.has(Frames::ADJECTIVE))?;
    let clause = tree
        .children(adjective)
        .iter()
        .copied()
        .find(|&c| c > adjective && matches!(tree.relation(c), "ccomp" | "xcomp"));
    let range = match (clause, known.governed, known.particle) {
        (_, Some(governed), Some(preposition)) => (preposition + 1, tree.last(governed)),
        (Some(clause), ..) => (tree.first(clause), tree.last(clause)),
        _ => return None,
    };
    let subject = subject(lexicon, tree, adjective, 0)?;
    Some(Report {
        sentence: 0,
        anchor: adjective,
        frames: known.frames,
        cue: cue(tree, adjective, Some(known)),
        source: source(tree, subject.token, adjective),
        audience: None,
        content: spans(tree, &[range]),
    })
}

/// "according to X", "in the words of X": what is left of the clause is the content.
fn according(tree: &Tree<'_>, token: usize) -> Option<Report> {
    if tree.lemma(token) != "accord" && tree.lemma(token) != "according" {
        return None;
    }
    let preposition = token + 1;
    if tree.lemma(preposition) != "to" {
        return None;
    }
    // The noun is the head of "according" or its dependent, as the treebank's two habits have it.
    let noun = match tree.relation(token) {
        "case" | "mark" | "fixed" => tree.head(token)?,
        _ => tree
            .children(token)
            .iter()
            .copied()
            .find(|&c| c > preposition && matches!(tree.relation(c), "obl" | "nmod" | "obj"))
            .or_else(|| tree.head(preposition).filter(|&h| h > preposition))?,
    };
    if noun < preposition {
        return None;
    }
    let outer = if tree.below(noun, token) { token } else { noun };
    let last = tree.last(noun).max(noun);
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
    })
}

/// A range without punctuation and conjunctions at its ends; `None` if nothing is left.
fn trim(tree: &Tree<'_>, (mut first, mut last): Range) -> Option<Range> {
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
fn spans(tree: &Tree<'_>, ranges: &[Range]) -> Vec<Span> {
    ranges
        .iter()
        .filter_map(|&range| trim(tree, range))
        .filter_map(|(first, last)| tree.span(first..=last))
        .collect()
}

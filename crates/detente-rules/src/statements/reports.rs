//! Finds the acts of reporting in one tree.
//!
//! In goes a sentence's tree, out come [`Report`]s: who reports, by which words, and what. In "Xi, he
//! added, had told reporters that talks failed" there are two: "added" reports "Xi had told reporters
//! that talks failed", and "told" reports "that talks failed". A report without content is one that waits
//! for a quotation elsewhere.

use detente_core::Span;
use detente_parse::Upos;

use crate::yields::Tree;

use super::contents::{
    around, as_clause, closing, complement, finite, fronted, interrupted, parenthesis, raised,
    spans, unparsed,
};
use super::lexicon::{Found, Frames, Lexicon};
use super::phrases::{adjective, adverb, colon, noun, preposition};
use super::sources::{
    Source, Subject, agent, audience, named, says_itself, source, source_before, subject,
};

/// One act of reporting.
#[derive(Debug, Clone, PartialEq)]
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
    /// The content is said or thought to be so: a clause or a quotation, not what somebody wants, opposes or discusses.
    pub tells: bool,
    /// Commas or the order of words show source and content, whatever the attribution reader makes of them.
    pub firm: bool,
    /// The text tells that it is not said: "has not said whether".
    pub unsaid: bool,
    /// How likely the attribution reader takes it to be; `None` where a rule alone has found it.
    pub likely: Option<f32>,
}

/// Every report in the sentence of this index, in order of the anchors.
pub(super) fn reports(lexicon: &Lexicon, tree: &Tree<'_>, sentence: usize) -> Vec<Report> {
    let mut found: Vec<Report> = colon(lexicon, tree).into_iter().collect();
    for token in 0..tree.len() {
        let report = preposition(lexicon, tree, token).or_else(|| match tree.upos(token) {
            Upos::Verb | Upos::Aux => verb(lexicon, tree, token),
            Upos::Noun => noun(lexicon, tree, token),
            Upos::Adj => adjective(lexicon, tree, token),
            Upos::Adv => adverb(lexicon, tree, token),
            _ => None,
        });
        found.extend(report);
    }
    // "MANILA, August 3 — Ships met, Oslo said": the line of place and date is nobody's word.
    let begins = tree.token(tree.sentence.dateline()).map_or(0, |t| t.span.start);
    for report in &mut found {
        report.sentence = sentence;
        for piece in &mut report.content {
            piece.start = piece.start.max(begins).min(piece.end);
        }
        report.content.retain(|piece| !piece.is_empty());
        // "Ships met, Oslo said, and Rome protested": what "and" brings on may be the text's own word again.
        let goes_on = report
            .content
            .last()
            .and_then(|piece| tree.sentence.tokens.iter().rposition(|t| t.span.end <= piece.start));
        report.firm &= goes_on.is_none_or(|t| tree.upos(t) != Upos::Cconj);
    }
    swallow_governors(tree, &mut found);
    found
}

/// The report of a verb that stands beside a quotation, whether or not it is known to report.
pub(super) fn report_at(
    lexicon: &Lexicon,
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
        tells: true,
        firm: false,
        unsaid: false,
        likely: None,
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
pub(super) fn verb(lexicon: &Lexicon, tree: &Tree<'_>, verb: usize) -> Option<Report> {
    let known = lexicon.find(tree, verb);
    let frames = known.map_or(Frames::default(), |f| f.frames);
    if joined_before(tree, verb)
        || frames.has(Frames::NEVER)
        || tree.relation(verb) == "case"
        || tree.relation(verb) == "amod"
    {
        return None;
    }
    let subject = subject(lexicon, tree, verb, 0);
    // Of two clauses the one behind the verb is what it reports.
    // A participle behind a comma ("admitted, adding") is another act.
    let reported = |&c: &usize| {
        let participle = tree.token(c).is_some_and(|t| t.xpos == "VBG");
        let behind_comma = (verb.min(c)..c).any(|t| tree.token(t).is_some_and(|t| t.form == ","));
        !(participle && behind_comma && tree.dependent(c, "nsubj").is_none())
    };
    let clauses = || tree.sentence.dependents(verb, "ccomp").filter(reported);
    // "Asked him if the accord was dead": no condition.
    let asked = || {
        tree.children(verb).iter().copied().find(|&c| {
            c > verb
                && frames.has(Frames::ADDRESSEE)
                && tree.lemma(verb) == "ask"
                && tree.relation(c) == "advcl"
                && tree.introduced_by(c, "if").is_some()
        })
    };
    let clause = clauses().find(|&c| c > verb).or_else(|| clauses().next()).or_else(asked);
    let passive = subject.is_some_and(|s| s.passive) || tree.dependent(verb, "aux:pass").is_some();
    let agent = agent(tree, verb);
    let form = Form::of(tree, verb, subject);
    let mut report = Report {
        sentence: 0,
        anchor: verb,
        frames,
        cue: cue(tree, verb, known.filter(|k| k.governed.is_none())),
        source: None,
        audience: audience(tree, verb, frames, passive, subject),
        content: Vec::new(),
        tells: true,
        firm: false,
        unsaid: false,
        likely: None,
    };
    report.source = if passive && !says_itself(tree, verb) {
        agent.and_then(|a| source(tree, a, verb))
    } else {
        subject.and_then(|s| source(tree, s.token, verb))
    };
    // "Ankara is convinced that": who is so thinks so.
    let attitude = passive
        && agent.is_none()
        && tree
            .token(verb)
            .is_some_and(|t| lexicon.frames(&t.form.to_lowercase()).has(Frames::ADJECTIVE));
    if let (true, Some(clause), Some(subject)) =
        (attitude, clause, subject.filter(|s| s.token < verb))
        && clause > verb
    {
        report.source = source(tree, subject.token, verb);
        report.frames = Frames::CLAUSE;
        report.content = spans(tree, &around(tree, verb, clause));
        report.firm = true;
        return Some(report);
    }
    if report.source.is_none()
        && subject.is_none()
        && frames.has(Frames::SPEECH)
        && tree.token(verb).is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP"))
    {
        report.source = source_before(tree, verb);
    }

    if frames.has(Frames::SPEECH)
        && tree.upos(verb) == Upos::Verb
        && let Some((name, ranges)) = parenthesis(tree, verb)
    {
        report.source = named(tree, name);
        report.content = spans(tree, &ranges);
        report.firm = true;
        return Some(report);
    }
    if frames.has(Frames::SPEECH)
        && clause.is_none()
        && let Some((name, range)) = closing(tree, verb)
    {
        report.source = named(tree, name);
        report.content = spans(tree, &[range]);
        return Some(report);
    }
    if frames.has(Frames::RAISING)
        && (passive || frames.has(Frames::SEEMING))
        && let Some(ranges) = raised(tree, verb, subject)
    {
        report.source = agent.and_then(|a| source(tree, a, verb));
        report.cue = cue(tree, verb, known);
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    if let Some(clause) = clause {
        let known_to = frames.has(Frames::CLAUSE)
            || frames.has(Frames::INFINITIVE)
            || frames.has(Frames::OBJECT);
        let open = subject.is_some() && finite(tree, clause) && tree.upos(verb) == Upos::Verb;
        // What somebody says counts in any form, what somebody thinks only where the text asserts it.
        if (known_to || open) && (frames.has(Frames::SPEECH) || form.asserted()) {
            if frames == Frames::default() {
                report.frames = Frames::CLAUSE;
            }
            let mut ranges = around(tree, verb, clause);
            // "No base will be allowed, vowed the assembly": the clause, a comma, the verb, who speaks.
            report.firm = frames.has(Frames::SPEECH)
                && clause < verb
                && subject.is_some_and(|s| s.token > verb)
                && verb.checked_sub(1).and_then(|t| tree.token(t)).is_some_and(|t| t.form == ",");
            if verb == 0 && subject.is_none_or(|s| s.token > clause) {
                ranges = fronted(tree, verb, &ranges);
            }
            report.content = spans(tree, &ranges);
            return Some(report);
        }
    }
    // "said in a statement that", "told reporters that": the clause may hang on the noun.
    if frames.has(Frames::SPEECH)
        && let Some(clause) = clause_of_occasion(lexicon, tree, verb)
    {
        report.content = spans(tree, &[(tree.first(clause), tree.last(clause))]);
        return Some(report);
    }
    if frames.has(Frames::CLAUSE)
        && let Some(ranges) = interrupted(tree, verb).or_else(|| as_clause(tree, verb))
    {
        report.firm =
            frames.has(Frames::SPEECH) && tree.relation(verb) == "parataxis" && ranges.len() > 1;
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    let paper = subject.is_some_and(|s| lexicon.frames(tree.lemma(s.token)).has(Frames::PAPER))
        && frames.has(Frames::DOCUMENT);
    // An attitude must be somebody's, now: "opposed the war", not "would oppose" or "to oppose".
    let held = form.asserted()
        && (frames.has(Frames::SPEECH) || paper || !form.plain_present)
        && (!passive
            || (report.source.is_some()
                && (frames.has(Frames::SPEECH) || tree.relation(verb) != "acl")));
    if held
        && let Some(known) = known
        && let Some(ranges) = complement(tree, verb, known, paper, passive, subject)
    {
        report.cue = cue(tree, verb, Some(known));
        report.tells = paper;
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    let that = tree.token(verb + 1).is_some_and(|t| t.lemma == "that" && t.upos == Upos::Sconj);
    if (frames.has(Frames::SPEECH) || (that && form.asserted()))
        && frames.has(Frames::CLAUSE)
        && let Some(ranges) = unparsed(tree, verb, frames)
    {
        report.content = spans(tree, &ranges);
        return Some(report);
    }
    // Nothing in the tree: it may report a quotation that stands before or after it.
    (frames.has(Frames::SPEECH) && tree.upos(verb) == Upos::Verb).then_some(report)
}

/// The clause that hangs on the noun of "said in a statement that" or "told reporters that".
pub(super) fn clause_of_occasion(lexicon: &Lexicon, tree: &Tree<'_>, verb: usize) -> Option<usize> {
    tree.children(verb)
        .iter()
        .copied()
        .filter(|&c| {
            c > verb
                && (matches!(tree.relation(c), "obj" | "iobj")
                    || (tree.relation(c) == "obl"
                        && lexicon.frames(tree.lemma(c)).has(Frames::NOUN)))
        })
        .find_map(|noun| {
            tree.children(noun).iter().copied().find(|&c| {
                c > noun
                    && matches!(tree.relation(c), "acl" | "ccomp")
                    && tree.introduced_by(c, "that").is_some()
            })
        })
}

/// Whether a participle is the second half of a word such as "so-called" or "self-described".
pub(super) fn joined_before(tree: &Tree<'_>, token: usize) -> bool {
    token > 0
        && tree.token(token - 1).is_some_and(|t| {
            t.form.ends_with('-') && tree.token(token).is_some_and(|v| v.span.start == t.span.end)
        })
}

/// The form of a verb, as far as it tells whether the text asserts what the verb says.
#[derive(Debug, Clone, Copy)]
struct Form {
    infinitive: bool,
    modal: bool,
    /// "I", "we" or "you" is the subject: the writer's or a speaker's own voice.
    own_voice: bool,
    /// The simple present of a plural: "voters support", mostly said of everybody.
    plain_present: bool,
}

impl Form {
    fn of(tree: &Tree<'_>, verb: usize, subject: Option<Subject>) -> Self {
        let xpos = tree.token(verb).map_or("", |t| t.xpos.as_str());
        let mut modal = false;
        let mut helped = false;
        let mut infinitive = false;
        for &child in tree.children(verb) {
            let lemma = tree.lemma(child);
            match tree.relation(child) {
                "aux" => {
                    helped |= lemma == "do";
                    modal |= tree.token(child).is_some_and(|t| t.xpos == "MD");
                }
                "mark" => infinitive |= lemma == "to",
                _ => {}
            }
        }
        Self {
            infinitive: infinitive || (xpos == "VB" && !helped),
            modal,
            own_voice: subject.is_some_and(|s| {
                matches!(tree.lemma(s.token), "I" | "i" | "we" | "you")
                    && tree.upos(s.token) == Upos::Pron
            }),
            plain_present: xpos == "VBP",
        }
    }

    /// Said as a fact of somebody else.
    fn asserted(self) -> bool {
        !(self.infinitive || self.modal || self.own_voice)
    }
}

/// Bytes of the cue: auxiliaries and adverbs before the verb, the verbs it hangs on, its particle or
/// preposition after it.
pub(super) fn cue(tree: &Tree<'_>, anchor: usize, known: Option<Found>) -> Span {
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
    // "responded:" marks the report with its colon.
    if tree.token(last + 1).is_some_and(|t| t.form == ":") {
        last += 1;
    }
    tree.span(first..=last).unwrap_or_default()
}

/// The first of the auxiliaries and adverbs that stand directly before a verb.
pub(super) fn left_edge(tree: &Tree<'_>, verb: usize) -> usize {
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

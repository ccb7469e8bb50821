//! Who reports, and to whom.
//!
//! In goes the tree and the reporting verb, out come the token that heads the source's noun phrase and the bytes
//! of its words. In "Wang, who met Lavrov, said" the source of "said" is "Wang, who met Lavrov"; in "a
//! statement saying that" it is whoever issued the statement.

use detente_core::Span;
use detente_parse::Upos;

use crate::yields::Tree;

use super::contents::trim;
use super::lexicon::{Frames, Lexicon};

/// Who reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// Token that heads the noun phrase; the antecedent where a relative pronoun is the subject.
    pub head: usize,
    /// Bytes of the words that name the source.
    pub span: Span,
}

/// The subject of a verb, its own or inherited.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    pub token: usize,
    /// What is said is done to it.
    pub passive: bool,
}

/// Finds the subject of a verb: its own, or that of the verb it is joined to, depends on or is
/// controlled by; of a participle behind a noun, the noun.
pub(super) fn subject(
    lexicon: &Lexicon,
    tree: &Tree<'_>,
    verb: usize,
    depth: usize,
) -> Option<Subject> {
    if depth > 8 {
        return None;
    }
    // Of two, as behind a dateline ("NAIROBI — The army said"), the nearer one before the verb is meant.
    let subjects = || tree.sentence.dependents(verb, "nsubj");
    if let Some(child) = subjects().filter(|&c| c < verb).last().or_else(|| subjects().next()) {
        let passive = tree.token(child).is_some_and(|t| t.deprel.ends_with(":pass"));
        return Some(Subject { token: child, passive });
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
        // "Quoted the army as saying": whom one quotes says it.
        "advcl"
            if tree.introduced_by(verb, "as").is_some()
                && tree.token(verb).is_some_and(|t| t.xpos == "VBG")
                && tree
                    .dependent(head, "obj")
                    .is_some_and(|object| head < object && object < verb) =>
        {
            let token = tree.dependent(head, "obj")?;
            Some(Subject { token, passive: false })
        }
        "advcl" => subject(lexicon, tree, head, depth + 1).map(inherit),
        "acl" => {
            match tree.token(verb).map_or("", |t| t.xpos.as_str()) {
                "VBG" => {}
                // "the plan criticised by Paris"
                "VBN" if tree.dependent(verb, "obj").is_none() => {
                    return Some(Subject { token: head, passive: true });
                }
                _ => return None,
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
pub(super) fn source(tree: &Tree<'_>, head: usize, verb: usize) -> Option<Source> {
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
    for &child in tree.children(named) {
        // "the spokesman, echoing the president": what the source does meanwhile does not name it.
        let aside = child > named
            && tree.token(child).is_some_and(|t| t.deprel == "acl" && t.xpos == "VBG")
            && tree.first(child) > 0
            && tree.token(tree.first(child) - 1).is_some_and(|t| t.form == ",");
        if aside && tree.first(child) <= last {
            last = (tree.first(child) - 1).max(named);
        }
    }
    // A preposition of its own ("by the ministry") does not name it.
    while first < named
        && matches!(tree.relation(first), "case" | "cc" | "mark")
        && tree.lemma(first) != "between"
    {
        first += 1;
    }
    let (first, mut last) = trim(tree, (first, last))?;
    // A name right before the verb goes up to it, whatever the parser makes of its parts.
    while named < verb
        && last + 1 < verb
        && matches!(tree.upos(last), Upos::Propn | Upos::Noun)
        && matches!(tree.upos(last + 1), Upos::Propn | Upos::Noun)
    {
        last += 1;
    }
    Some(Source { head: named, span: tree.span(first..=last)? })
}

/// The source that stands between `from` and the verb, or behind the verb, without the help of the
/// tree's relations: beside a quotation these are the parser's weakest.
///
/// `from` and `until` are the tokens at which the stretch around the verb begins and ends.
pub(super) fn source_beside(
    tree: &Tree<'_>,
    verb: usize,
    from: usize,
    until: usize,
) -> Option<Source> {
    let names =
        |t: usize| matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Pron | Upos::Num);
    let opens = |t: usize| {
        names(t)
            || matches!(tree.upos(t), Upos::Det | Upos::Adj | Upos::Sym)
            || tree.lemma(t) == "both"
    };
    if let Some(first) = (from..verb).find(|&t| opens(t)) {
        let last = (first..verb).rev().find(|&t| names(t) || tree.upos(t) == Upos::Punct)?;
        let (first, last) = trim(tree, (first, last))?;
        let head = top(tree, first, last);
        return Some(Source { head, span: tree.span(first..=last)? });
    }
    let first = (verb + 1..until).find(|&t| tree.upos(t) != Upos::Adv)?;
    if !opens(first) {
        return None;
    }
    let start = (first..until).find(|&t| names(t))?;
    // The top of the noun phrase, as far as it does not leave the stretch.
    let mut head = start;
    while let Some(up) = tree.head(head) {
        if up <= verb || up >= until || matches!(tree.upos(up), Upos::Verb | Upos::Aux) {
            break;
        }
        head = up;
    }
    let last = tree.last(head).min(until - 1).max(start);
    let (first, last) = trim(tree, (first, last))?;
    Some(Source { head, span: tree.span(first..=last)? })
}

/// The name right before a finite verb to which the parser gives no subject.
pub(super) fn source_before(tree: &Tree<'_>, verb: usize) -> Option<Source> {
    let edge = (0..verb).rev().take_while(|&t| {
        matches!(
            tree.upos(t),
            Upos::Propn
                | Upos::Noun
                | Upos::Det
                | Upos::Adj
                | Upos::Num
                | Upos::Part
                | Upos::Cconj
                | Upos::Adv
                | Upos::Pron
        ) && !tree.token(t).is_some_and(|t| t.xpos.starts_with('W'))
    });
    let first = edge.last()?;
    let first =
        (first..verb).find(|&t| !matches!(tree.upos(t), Upos::Adv | Upos::Cconj | Upos::Part))?;
    (first..verb)
        .any(|t| matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Pron))
        .then_some(())?;
    named(tree, (first, verb - 1))
}

/// The source that a stretch of tokens names.
pub(super) fn named(tree: &Tree<'_>, (first, last): (usize, usize)) -> Option<Source> {
    let (first, last) = trim(tree, (first, last))?;
    let last = (first..=last).rev().find(|&t| tree.upos(t) != Upos::Adv)?;
    Some(Source { head: top(tree, first, last), span: tree.span(first..=last)? })
}

/// The source whose words these are: behind a relative pronoun stands the noun before its clause.
pub(super) fn spoken_by(tree: &Tree<'_>, (first, last): (usize, usize)) -> Option<Source> {
    let mut head = top(tree, first, last);
    let relative = matches!(tree.token(head)?.xpos.as_str(), "WP" | "WDT" | "WP$");
    if relative && let Some(noun) = relative_antecedent(tree, head) {
        head = noun;
    }
    Some(Source { head, span: tree.span(first..=last)? })
}

/// The token of a stretch whose head lies outside it.
fn top(tree: &Tree<'_>, first: usize, last: usize) -> usize {
    (first..=last)
        .filter(|&t| tree.head(t).is_none_or(|h| h < first || h > last))
        .find(|&t| matches!(tree.upos(t), Upos::Propn | Upos::Noun | Upos::Pron | Upos::Num))
        .unwrap_or(last)
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
pub(super) fn agent(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    tree.children(verb)
        .iter()
        .copied()
        .find(|&c| tree.relation(c) == "obl" && c > verb && tree.introduced_by(c, "by").is_some())
}

/// "was quoted as saying": a passive governs a participle whose subject speaks.
pub(super) fn says_itself(tree: &Tree<'_>, verb: usize) -> bool {
    tree.token(verb).is_some_and(|t| t.xpos == "VBG")
}

/// The one spoken to.
pub(super) fn audience(
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

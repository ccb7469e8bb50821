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
    lexicon: &Lexicon<'_>,
    tree: &Tree<'_>,
    verb: usize,
    depth: usize,
) -> Option<Subject> {
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

//! What a commitment is about and what it is bound to.
//!
//! In goes a mention, out come its subject ("fisheries") and its terms: by when and how long, how much, and on what condition. "France will
//! lend Mali 20 million euros by June if a vote is held" has an amount, a deadline and a condition.

use detente_core::{CommitmentStatus, Document, Span, Term, TermKind};
use detente_parse::Upos;
use detente_resolve::{Category, DateMention, TimeKind, TimeRelation};

use super::named::Named;
use super::span_of;
use super::stage::Stage;
use crate::grammar::{clause, has_case, is_below, token};
use crate::scene::Scene;
use crate::yields::Tree;

/// Prepositions that give a commitment's subject.
const ABOUT: [&str; 8] = ["on", "about", "over", "regarding", "concerning", "for", "against", "in"];

/// What a commitment is about, in the text's words.
pub(super) fn subject(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    text: &str,
    noun: usize,
    act: usize,
) -> Option<String> {
    let own = tree
        .children(noun)
        .iter()
        .copied()
        .find(|&c| c > noun && matches!(tree.relation(c), "nmod" | "acl") && is_about(tree, c));
    // "resume dialogue on trade": a parser may hang the subject on the verb.
    let about = own.or_else(|| {
        tree.children(act).iter().copied().find(|&c| {
            tree.relation(c) == "obl"
                && tree.first(c) == noun + 1
                && is_about(tree, c)
                && tree.introduced_by(c, "in").is_none()
                && tree.introduced_by(c, "for").is_none()
        })
    })?;
    let first = tree.first(about);
    let case = tree
        .children(about)
        .iter()
        .copied()
        .filter(|&c| matches!(tree.relation(c), "case" | "mark"))
        .max()?;
    let mut last = tree.last(about);
    while last > about && tree.upos(last) == Upos::Punct {
        last -= 1;
    }
    // A clause about the subject is not a part of its name.
    for &child in tree.children(about) {
        if child > about
            && tree.relation(child) == "acl"
            && tree.token(child).is_some_and(|t| t.deprel == "acl:relcl")
        {
            last = last.min(tree.first(child).saturating_sub(1)).max(about);
        }
    }
    // "A pact on fishing and another on visas": what the next is about is not a part of it.
    for &child in tree.children(about) {
        if tree.relation(child) == "conj" && scene.book.promises.another.contains(tree.lemma(child))
        {
            last = last.min(tree.first(child).saturating_sub(1)).max(about);
        }
    }
    let mut start = first.max(case + 1);
    while start < about && tree.relation(start) == "det" {
        start += 1;
    }
    let mut end = last;
    while end > start && matches!(tree.upos(end), Upos::Punct | Upos::Cconj) {
        end -= 1;
    }
    tree.span(start..=end)?.of(text).map(str::to_owned)
}

/// What a commitment is about by its own words: "fisheries" of "the fisheries deal", "all foreign troops" of their departure, "840 weapons"
/// that are to be handed over, the "power stations" for which money is lent.
pub(super) fn inner_subject(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    text: &str,
    noun: &Named<'_>,
) -> Option<String> {
    if noun.again || noun.kind.meets {
        return None;
    }
    let thing = |at: usize| {
        tree.upos(at) == Upos::Noun
            && !scene.book.promises.in_class("money", tree.lemma(at))
            && scene.resolution.mention_at(scene.index, at).is_none_or(|mention| {
                mention.category == Category::People || mention.actors.is_empty()
            })
    };
    let told = |first: usize, last: usize| {
        let mut first = first;
        while first < last
            && matches!(tree.relation(first), "det" | "case" | "nmod")
            && tree.upos(first) != Upos::Noun
        {
            first += 1;
        }
        let mut last = last;
        while last > first && tree.upos(last) == Upos::Punct {
            last -= 1;
        }
        tree.span(first..=last)?.of(text).map(str::to_owned)
    };
    // A clause about it is no part of its name.
    let reach = |at: usize| {
        let clause = tree
            .children(at)
            .iter()
            .copied()
            .find(|&c| c > at && matches!(tree.relation(c), "acl" | "advcl" | "parataxis"));
        let last = tree.last(at);
        clause.map_or(last, |clause| tree.first(clause).saturating_sub(1).clamp(at, last))
    };
    let governed = |holder: usize, case: &str| {
        tree.children(holder).iter().copied().find(|&c| {
            c > holder
                && matches!(tree.relation(c), "nmod" | "obl")
                && tree.introduced_by(c, case).is_some()
                && thing(c)
        })
    };
    if noun.act {
        let object = tree.dependent(noun.head, "obj").filter(|&object| object > noun.head);
        let money =
            object.is_some_and(|object| scene.book.promises.in_class("money", tree.lemma(object)));
        let about = if money || object.is_none() {
            governed(noun.head, "for").or_else(|| governed(object?, "for"))
        } else {
            object.filter(|&object| {
                thing(object)
                    && !(is_bare(tree, object) && is_of_act(scene, noun, tree.lemma(object)))
            })
        }?;
        return told(tree.first(about), reach(about));
    }
    if let Some(of) = governed(noun.head, "of").filter(|_| !noun.kind.acts.is_empty()) {
        return told(tree.first(of), reach(of));
    }
    let mut first = noun.first;
    while let Some(before) = first.checked_sub(1).filter(|&before| {
        // "A four-day ceasefire" is about no day.
        let counted = before > 0 && matches!(tree.upos(before - 1), Upos::Num | Upos::Punct);
        tree.relation(before) == "compound" && thing(before) && !counted
    }) {
        first = before;
    }
    (first < noun.first).then(|| told(first, noun.first - 1)).flatten()
}

/// Whether a noun says no more than what it is and how many: "its troops", "840 weapons".
fn is_bare(tree: &Tree<'_>, noun: usize) -> bool {
    tree.children(noun).iter().all(|&c| {
        matches!(tree.relation(c), "det" | "nmod" | "nummod" | "case" | "punct")
            && tree.last(c) < noun
    })
}

/// Whether a noun is what the act is done to by its own words, so that it tells this commitment from no other: the troops of a withdrawal.
fn is_of_act(scene: &Scene<'_>, noun: &Named<'_>, object: &str) -> bool {
    noun.kind.acts.iter().filter_map(|act| act.last()).any(|word| match word.strip_prefix('@') {
        Some(class) => scene.book.promises.in_class(class, object),
        None => word == object,
    })
}

/// Whether a phrase may be a subject: a date or a place is none.
fn is_about(tree: &Tree<'_>, phrase: usize) -> bool {
    ABOUT.iter().any(|p| tree.introduced_by(phrase, p).is_some())
        && tree.token(phrase).is_some_and(|t| {
            t.upos != Upos::Propn
                && t.upos != Upos::Num
                // "aid over two years", "in place", "in return"
                && !matches!(
                    t.lemma.as_str(),
                    "year" | "month" | "week" | "day" | "hour" | "place" | "effect" | "force" | "return" | "exchange"
                )
        })
}

/// Bytes of the words that name it, with what stands before them and their subject.
pub(super) fn mention_span(tree: &Tree<'_>, noun: &Named<'_>) -> Span {
    if noun.act {
        return tree.token(noun.head).map(|t| t.span).unwrap_or_default();
    }
    let mut first = noun.first;
    while first > tree.first(noun.head) && matches!(tree.relation(first - 1), "amod" | "compound") {
        first -= 1;
    }
    let mut last = noun.last.max(noun.head);
    for &child in tree.children(noun.head) {
        if child > noun.head
            && tree.relation(child) == "nmod"
            && is_about(tree, child)
            && tree.first(child) <= last + 1
        {
            last = tree.last(child);
        }
    }
    while last > noun.head && tree.upos(last) == Upos::Punct {
        last -= 1;
    }
    tree.span(first..=last).unwrap_or_default()
}

/// The terms that stand around a mention.
pub(super) fn terms(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    document: &Document,
    noun: &Named<'_>,
    stage: &Stage,
) -> Vec<Term> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    for time in scene.resolution.dates_in(scene.index).iter().filter(|d| !d.dateline) {
        let Some(top) = top_of(tree, time) else { continue };
        let below_noun = !noun.act && is_below(sentence, top, noun.head);
        // "agreed on Monday to meet in May": the day of the promise is not that of what is promised.
        // "Is to let a prisoner go by June"
        let within = clause(sentence, top);
        let lets = noun.act
            && token(sentence, within).is_some_and(|t| {
                t.xpos == "VB"
                    && t.head == Some(stage.act)
                    && matches!(t.relation(), "xcomp" | "ccomp" | "conj")
            })
            && !sentence.children(within).iter().any(|&c| {
                token(sentence, c)
                    .is_some_and(|t| matches!(t.relation(), "nsubj" | "mark" | "cc" | "aux"))
            });
        let of_act = (within == stage.act || lets) && is_below(sentence, top, stage.act);
        // "To a market by 2008 and to talks": what stands behind the first of a list is not the second's.
        let of_fellow = token(sentence, noun.head)
            .filter(|t| t.relation() == "conj")
            .and_then(|t| t.head)
            .is_some_and(|fellow| !noun.act && top > fellow && top < noun.first);
        if of_fellow && !below_noun {
            continue;
        }
        let to_come = stage.promised
            && !stage.by_word
            && of_act
            && (stage.act == noun.head || stage.verb != stage.act || is_future(stage));
        let kind = match kind_of(scene, time, top) {
            Some(TermKind::Date) if !to_come || is_past(document, time) => continue,
            Some(TermKind::Date) => TermKind::Date,
            Some(kind) if below_noun || (of_act && stage.promised) => kind,
            // "signed a pact for thirty years"
            Some(TermKind::Duration)
                if of_act
                    && stage.begins
                    && stage.one_sided
                    && stage.status == CommitmentStatus::Announced
                    && ["for", "over"].iter().any(|case| has_case(sentence, top, case)) =>
            {
                TermKind::Duration
            }
            _ => continue,
        };
        found.push(term(
            scene,
            document,
            kind,
            with_preposition(tree, top, time),
            time.value.clone(),
        ));
    }
    if stage.promised || stage.one_sided {
        found.extend(amounts(scene, tree, document, noun, stage));
        found.extend(conditions(scene, tree, document, stage));
    }
    found.sort_by_key(|term| term.span.start);
    found
}

/// Terms told of a commitment as of a subject: "the deal is valid for 120 days".
pub(super) fn of_subject(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    document: &Document,
    noun: usize,
) -> Vec<Term> {
    let sentence = scene.sentence;
    let Some(up) = token(sentence, noun).filter(|t| t.relation() == "nsubj").and_then(|t| t.head)
    else {
        return Vec::new();
    };
    scene
        .resolution
        .dates_in(scene.index)
        .iter()
        .filter_map(|time| {
            let top = top_of(tree, time)?;
            let kind = kind_of(scene, time, top)?;
            let own = kind != TermKind::Date && clause(sentence, top) == clause(sentence, up);
            own.then(|| {
                let span = with_preposition(tree, top, time);
                term(scene, document, kind, span, time.value.clone())
            })
        })
        .collect()
}

fn is_future(stage: &Stage) -> bool {
    stage.promised && stage.verb == stage.act
}

/// The token of an expression of time that the rest of it hangs on.
fn top_of(tree: &Tree<'_>, time: &DateMention) -> Option<usize> {
    time.tokens.clone().find(|&t| tree.head(t).is_none_or(|up| !time.tokens.contains(&up)))
}

/// What kind of term a time is; `None` for what comes again and again, or lies before it.
fn kind_of(scene: &Scene<'_>, time: &DateMention, top: usize) -> Option<TermKind> {
    let case = |word: &str| has_case(scene.sentence, top, word);
    match (time.kind, time.relation) {
        (TimeKind::Set, _) => None,
        _ if case("by") || case("until") || case("till") || case("within") || case("before") => {
            Some(TermKind::Deadline)
        }
        (TimeKind::Duration, _) => Some(TermKind::Duration),
        (TimeKind::Date, TimeRelation::Until | TimeRelation::Before) => Some(TermKind::Deadline),
        (TimeKind::Date, TimeRelation::At) => Some(TermKind::Date),
        (TimeKind::Date, TimeRelation::Since | TimeRelation::After) => None,
    }
}

/// Whether a date lies before the document's.
fn is_past(document: &Document, time: &DateMention) -> bool {
    match (&document.date, &time.value) {
        (Some(today), Some(value)) => value.as_str() < today.get(..value.len()).unwrap_or(today),
        _ => false,
    }
}

/// The words of a time with its preposition: "by the end of March".
fn with_preposition(tree: &Tree<'_>, top: usize, time: &DateMention) -> Span {
    let mut span = time.span;
    let mut first = time.tokens.start;
    while first > 0
        && matches!(tree.relation(first - 1), "case" | "mark" | "det")
        && tree.below(first - 1, top)
    {
        first -= 1;
    }
    if let Some(word) = tree.token(first) {
        span.start = span.start.min(word.span.start);
    }
    span
}

/// Sums and counted goods: "up to 30 billion yen", "1,000 rockets".
fn amounts(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    document: &Document,
    noun: &Named<'_>,
    stage: &Stage,
) -> Vec<Term> {
    let sentence = scene.sentence;
    let group = |name: &str, at: usize| {
        let lemma = tree.lemma(at);
        scene
            .knowledge
            .words
            .groups
            .get(name)
            .is_some_and(|words| words.iter().any(|word| word.len() == 1 && word[0] == lemma))
    };
    let timed = |at: usize| scene.is_time(at);
    let is_figure = |at: usize| {
        tree.upos(at) == Upos::Num || (tree.upos(at) == Upos::Sym && group("commit_currency", at))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        if !is_figure(at) || timed(at) {
            at += 1;
            continue;
        }
        let start = at;
        while is_figure(at + 1) {
            at += 1;
        }
        let mut end = at;
        if group("commit_currency", end + 1) {
            end += 1;
        }
        at = end + 1;
        let money = (start..=end).any(|t| group("commit_currency", t));
        let figures =
            tree.token(start).is_some_and(|t| t.form.contains(|c: char| c.is_ascii_digit()))
                || end > start;
        // "1,000 rockets": what is counted is what is promised.
        let counted = tree.head(start).filter(|&of| {
            of > start && tree.relation(start) == "nummod" && tree.upos(of) == Upos::Noun
        });
        let here = [noun.head, stage.act].iter().any(|&holder| {
            is_below(sentence, start, holder) && clause(sentence, start) == clause(sentence, holder)
        });
        let end = match counted {
            _ if money => end,
            Some(of) if figures && tree.relation(of) == "obj" => of,
            // "the sale of 36 jets", "a swap of 200 prisoners"
            Some(of)
                if figures
                    && !noun.act
                    && tree.head(of) == Some(noun.head)
                    && tree.introduced_by(of, "of").is_some() =>
            {
                of
            }
            _ => continue,
        };
        if !here || !figures {
            continue;
        }
        let mut first = start;
        while first > 0 && group("commit_bound", first - 1) {
            first -= 1;
        }
        if let Some(span) = tree.span(first..=end) {
            found.push(term(scene, document, TermKind::Amount, span, None));
        }
    }
    found
}

/// Clauses that say on what it hangs.
fn conditions(scene: &Scene<'_>, tree: &Tree<'_>, document: &Document, stage: &Stage) -> Vec<Term> {
    let sentence = scene.sentence;
    let mut holders = vec![stage.act, stage.verb];
    holders.dedup();
    let mut found: Vec<Term> = Vec::new();
    for holder in holders {
        // "As soon as both have approved it"
        for soon in sentence.dependents(holder, "advmod") {
            let clause = sentence.dependents(soon, "advcl").next();
            if tree.lemma(soon) == "soon"
                && clause.is_some_and(|clause| has_case(sentence, clause, "as"))
                && let Some(span) = tree.span(tree.first(soon)..=tree.last(soon))
            {
                found.push(term(scene, document, TermKind::Condition, span, None));
            }
        }
        for at in sentence.dependents(holder, "advcl") {
            let conditional =
                ["if", "once", "unless", "provided", "providing"].iter().any(|mark| {
                    has_case(sentence, at, mark)
                        || tree.lemma(tree.first(at)) == *mark
                        || tree.token(at).is_some_and(|t| t.form == *mark)
                });
            if !conditional {
                continue;
            }
            let mut last = tree.last(at);
            while last > at && tree.upos(last) == Upos::Punct {
                last -= 1;
            }
            let mut first = tree.first(at);
            while first < at && tree.upos(first) == Upos::Punct {
                first += 1;
            }
            let span = Span::new(span_of(sentence, first).start, span_of(sentence, last).end);
            found.push(term(scene, document, TermKind::Condition, span, None));
        }
    }
    found
}

fn term(
    scene: &Scene<'_>,
    document: &Document,
    kind: TermKind,
    span: Span,
    date: Option<String>,
) -> Term {
    Term {
        kind,
        sentence: scene.index,
        span,
        text: span.of(&document.text).unwrap_or_default().to_owned(),
        date,
    }
}

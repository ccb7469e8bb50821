//! What pairs of actors are at odds over, work on together or talked about.
//!
//! In go the sentences of one document and its resolution, out come [`Issue`]s in the order of the words that name
//! them. "Ankara and Athens clashed over gas drilling, but agreed to cooperate on migration" gives two between `GRC`
//! and `TUR`: gas, contested, and migration, shared.
//!
//! A topic alone is no issue: from the words that name it the tree is climbed, through lists ("trade, Taiwan and human
//! rights"), examples ("issues such as") and words that only carry a topic ("policies on"), to a word of the groups
//! `stance_contested`, `stance_shared` or `stance_discussed`. The parties are sought around that word, then
//! upwards; where the text only speaks of "relations", its main pair is meant.

mod parties;
mod stance;

use std::borrow::Cow;
use std::collections::BTreeSet;

use detente_core::{Document, Issue, Span, Stance};
use detente_knowledge::{Knowledge, SlotRole};
use detente_parse::{Sentence, Upos};
use detente_resolve::Resolution;

use crate::commitments::Agreed;
use crate::grammar::{has_case, is_below, members, token};
use crate::matcher::lower;
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use parties::{About, main_pair, parties};
pub(crate) use stance::StanceWords;
use stance::stance;

/// Every issue of the document, in order of the words that name it.
pub(crate) fn issues(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    agreed: &[Agreed],
) -> Vec<Issue> {
    let words = &book.stances;
    let pair = main_pair(resolution);
    let mut all: Vec<Issue> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        let mut seen: BTreeSet<(String, Vec<String>, Stance)> = BTreeSet::new();
        let named = topics(knowledge, sentence);
        let heads: Vec<usize> = named.iter().map(|topic| topic.head).collect();
        // "raised Taiwan and Tibet": what is a topic in a list of such is no party.
        let places: Vec<usize> = named
            .iter()
            .filter(|topic| !topic.codes.is_empty())
            .map(|topic| topic.head)
            .filter(|&head| is_listed(sentence, head, &heads))
            .collect();
        for topic in named {
            let told = stance(book, sentence, topic.head, &heads).and_then(|(stance, governor)| {
                let about = About { topic: topic.head, places: &places, governor, stance };
                Some((stance, parties(&scene, words, &about, pair.as_ref())?))
            });
            // What two agreed on is shared, as long as the agreement stands.
            let told = told.or_else(|| {
                let of = agreed.iter().find(|of| {
                    // A place of others is not what two agree on.
                    let of_others = topic.codes.len() > 1
                        && topic.codes.iter().all(|code| !of.parties.contains(code));
                    of.sentence == index
                        && !of_others
                        && is_agreed(&scene, topic.head, !topic.codes.is_empty(), of)
                })?;
                Some((Stance::Shared, of.parties.clone()))
            });
            let Some((stance, between)) = told else { continue };
            // An actor does not quarrel over itself: "Iran" is no topic where Iran is a party.
            if topic.codes.iter().any(|code| between.contains(code))
                && topic.codes.len() == 1
                && stance != Stance::Contested
            {
                continue;
            }
            if !seen.insert((topic.name.to_owned(), between.clone(), stance)) {
                continue;
            }
            let Some(text) = topic.span.of(&document.text) else { continue };
            all.push(Issue {
                topic: topic.name.to_owned(),
                label: topic.label.to_owned(),
                between,
                stance,
                sentence: index,
                span: topic.span,
                text: text.to_owned(),
            });
        }
        // "Agreed to stop fighting": a ceasefire is what they share, though no word names the topic.
        for of in agreed.iter().filter(|of| of.sentence == index) {
            let Some((name, span)) = &of.topic else { continue };
            let topic = knowledge.topics.issues.iter().find(|topic| topic.name == *name);
            let (Some(topic), Some(text)) = (topic, span.of(&document.text)) else { continue };
            let between = of.parties.clone();
            let told = seen.iter().any(|(known, pair, _)| known == name && *pair == between);
            if told || between.len() < 2 {
                continue;
            }
            all.push(Issue {
                topic: topic.name.clone(),
                label: topic.label.clone(),
                between,
                stance: Stance::Shared,
                sentence: index,
                span: *span,
                text: text.to_owned(),
            });
        }
    }
    all
}

/// Whether a topic is what was agreed on, or what that is about: "a ceasefire", "a pact on the return of refugees", "to cut tariffs".
fn is_agreed(scene: &Scene<'_>, topic: usize, is_actor: bool, of: &Agreed) -> bool {
    let sentence = scene.sentence;
    let is_party = scene
        .actors(topic, SlotRole::Parties)
        .iter()
        .any(|actor| actor.code.as_ref().is_some_and(|code| of.parties.contains(code)));
    // The topic that is also an actor is no topic where it agrees itself.
    if is_actor && is_party {
        return false;
    }
    let mut at = topic;
    let mut inside = false;
    for _ in 0..8 {
        if at == of.head || (inside && at == of.act) {
            return true;
        }
        let Some(word) = token(sentence, at) else { return false };
        let Some(up) = word.head else { return false };
        let part = match word.relation() {
            "compound" | "amod" | "conj" | "obj" => true,
            "nsubj" => word.deprel == "nsubj:pass",
            "nmod" => !["between", "with", "among", "since", "after", "to", "for", "from"]
                .iter()
                .any(|case| has_case(sentence, at, case)),
            // "signed a pact in November on fish", "to reopen ports for grain exports"
            "obl" => {
                inside |= up == of.act;
                ["on", "about", "over", "regarding", "concerning", "against"]
                    .iter()
                    .any(|case| has_case(sentence, at, case))
                    || (up != of.act && has_case(sentence, at, "for"))
            }
            // "to cut tariffs" of what they signed or agreed
            "xcomp" | "advcl" | "acl" => {
                inside = true;
                sentence
                    .children(at)
                    .iter()
                    .filter_map(|&c| token(sentence, c))
                    .any(|t| t.relation() == "mark" && t.lemma == "to")
            }
            _ => false,
        };
        if !part {
            return false;
        }
        at = up;
    }
    false
}

/// The words of a sentence as the lists of topics and commitments write them: lemmas in lower case, but the form of a
/// participle that modifies a noun ("working group").
pub(crate) fn naming_words(sentence: &Sentence) -> Vec<Cow<'_, str>> {
    sentence
        .tokens
        .iter()
        .map(|t| {
            let modifies = t.upos == Upos::Verb && matches!(t.relation(), "amod" | "compound");
            lower(if modifies { &t.form } else { &t.lemma })
        })
        .collect()
}

/// Whether a token may be the first of a name of a topic or commitment.
pub(crate) fn opens_name(sentence: &Sentence, at: usize) -> bool {
    token(sentence, at).is_some_and(|t| match t.upos {
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X => true,
        Upos::Verb => matches!(t.relation(), "amod" | "compound") || t.xpos == "VBG",
        _ => false,
    })
}

/// The token that heads the stretch from `first` to before `end`: of those whose head lies outside, the one with most of the
/// stretch below it, or the last.
pub(crate) fn head_of(sentence: &Sentence, first: usize, end: usize) -> usize {
    (first..end)
        .filter(|&t| {
            token(sentence, t).and_then(|t| t.head).is_none_or(|up| up < first || up >= end)
        })
        .max_by_key(|&top| ((first..end).filter(|&t| is_below(sentence, t, top)).count(), top))
        .unwrap_or(first)
}

/// A topic named in a sentence.
struct Named<'k> {
    name: &'k str,
    label: &'k str,
    codes: &'k [String],
    span: Span,
    /// Token that heads the words that name it.
    head: usize,
}

/// The topics that a sentence names, from the left, the longest first.
fn topics<'k>(knowledge: &'k Knowledge, sentence: &Sentence) -> Vec<Named<'k>> {
    let lemmas = naming_words(sentence);
    let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
    // "arms control" is written with the form, for "arm" is another word.
    let forms: Vec<Cow<'_, str>> = sentence.tokens.iter().map(|t| lower(&t.form)).collect();
    let forms: Vec<&str> = forms.iter().map(AsRef::as_ref).collect();
    let mut found: Vec<Named<'k>> = Vec::new();
    let mut end_before = 0;
    let mut at = 0;
    while at < lemmas.len() {
        // Most words cannot open a name, and most plurals stand in the list by their lemma.
        if !opens_name(sentence, at) {
            at += 1;
            continue;
        }
        let by_lemma = knowledge.topics.issue_at(&lemmas[at..]);
        let by_form =
            (forms[at] != lemmas[at]).then(|| knowledge.topics.issue_at(&forms[at..])).flatten();
        let longest = match (by_lemma, by_form) {
            (Some(lemma), Some(form)) if form.0 > lemma.0 => Some(form),
            (None, form) => form,
            (lemma, _) => lemma,
        };
        let Some((taken, topic)) = longest.filter(|(taken, _)| *taken > 0) else {
            at += 1;
            continue;
        };
        let end = (at + taken).min(lemmas.len());
        let head = head_of(sentence, at, end);
        // "origins of the coronavirus" has named what "pandemic" behind it would name again.
        let continues = end_before == at
            && found.last().is_some_and(|last| {
                sentence.tokens.get(end_before.saturating_sub(1)).is_some_and(|t| {
                    t.head == Some(head) && matches!(t.relation(), "compound" | "amod")
                }) && last.span.end <= sentence.tokens[at].span.start
            });
        end_before = end;
        // A verb of the same form is no topic: "they import rice".
        // "accused them of spying" has its preposition.
        let gerund = sentence.tokens[head].xpos == "VBG" && by_preposition(sentence, head);
        let noun = matches!(sentence.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Adj);
        if !continues && (noun || gerund) {
            found.push(Named {
                name: &topic.name,
                label: &topic.label,
                codes: &topic.codes,
                span: Span::new(sentence.tokens[at].span.start, sentence.tokens[end - 1].span.end),
                head,
            });
        }
        at = end;
    }
    found
}

/// Whether a preposition introduces a gerund.
fn by_preposition(sentence: &Sentence, at: usize) -> bool {
    ["of", "for", "over", "on", "about", "against"].iter().any(|case| has_case(sentence, at, case))
}

/// The noun right before the preposition of a phrase: "disputes" of "settle disputes over airspace", whatever the tree hangs the
/// phrase on.
pub(crate) fn noun_before(sentence: &Sentence, at: usize) -> Option<usize> {
    let case = sentence
        .children(at)
        .iter()
        .copied()
        .find(|&c| token(sentence, c).is_some_and(|t| t.relation() == "case"))?;
    let before = case.checked_sub(1)?;
    token(sentence, before)
        .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Num | Upos::Sym))
        .then_some(before)
}

/// Whether a topic stands in a list with another.
fn is_listed(sentence: &Sentence, head: usize, heads: &[usize]) -> bool {
    let lists = |one: usize, other: usize| members(sentence, one).contains(&other);
    heads.iter().any(|&other| other != head && (lists(other, head) || lists(head, other)))
}

fn lemma_of(sentence: &Sentence, at: usize) -> &str {
    token(sentence, at).map_or("", |t| t.lemma.as_str())
}

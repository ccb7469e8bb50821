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

use std::collections::{BTreeMap, BTreeSet};

use detente_core::{Document, Issue, Span, Stance};
use detente_knowledge::{Knowledge, SlotRole};
use detente_parse::{Sentence, Upos};
use detente_resolve::Resolution;

use crate::grammar::{governed_by, has_case, is_below, members, patient, subject, token};
use crate::rulebook::RuleBook;
use crate::scene::Scene;

/// Steps that are climbed from a topic to the word that gives its stance.
const MAX_CLIMB: usize = 12;

/// Prepositions by which a noun of stance governs its topic.
const ABOUT: [&str; 16] = [
    "over",
    "on",
    "about",
    "regarding",
    "concerning",
    "in",
    "around",
    "of",
    "against",
    "to",
    "for",
    "at",
    "upon",
    "surrounding",
    "as",
    "include",
];

/// Prepositions and verbs that give examples of what went before.
const EXAMPLES: [&str; 4] = ["include", "such", "like", "as"];

/// Every issue of the document, in order of the words that name it.
pub fn issues(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Vec<Issue> {
    let words = &book.stances;
    let pair = main_pair(resolution);
    let mut all: Vec<Issue> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        let mut seen: BTreeSet<(String, Vec<String>, Stance)> = BTreeSet::new();
        let named = topics(knowledge, sentence);
        let heads: Vec<usize> = named.iter().map(|topic| topic.head).collect();
        for topic in named {
            let Some((stance, governor)) = stance(words, sentence, topic.head, &heads) else {
                continue;
            };
            let Some(between) = parties(&scene, words, governor, &topic, pair.as_ref(), stance)
            else {
                continue;
            };
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
    }
    all
}

/// Words that give or carry a stance.
#[derive(Debug, Default)]
pub(crate) struct StanceWords {
    /// By first lemma: the rest of the phrase and what it says.
    stances: BTreeMap<String, Vec<(Vec<String>, Stance)>>,
    carriers: BTreeSet<String>,
    relations: BTreeSet<String>,
}

impl StanceWords {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let group = |name: &str| knowledge.words.groups.get(name).map_or(&[][..], Vec::as_slice);
        let mut stances: BTreeMap<String, Vec<(Vec<String>, Stance)>> = BTreeMap::new();
        for (name, stance) in [
            ("stance_contested", Stance::Contested),
            ("stance_shared", Stance::Shared),
            ("stance_discussed", Stance::Discussed),
        ] {
            for lemmas in group(name) {
                if let Some((first, rest)) = lemmas.split_first() {
                    stances.entry(first.clone()).or_default().push((rest.to_vec(), stance));
                }
            }
        }
        for list in stances.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        let single = |name: &str| -> BTreeSet<String> {
            group(name).iter().filter_map(|lemmas| lemmas.first()).cloned().collect()
        };
        Self { stances, carriers: single("stance_carrier"), relations: single("stance_relation") }
    }

    /// What the word at `at` says of the topic that hangs on it by `preposition`.
    fn at(&self, sentence: &Sentence, at: usize, preposition: Option<&str>) -> Option<Stance> {
        let word = token(sentence, at)?;
        let lemma = word.lemma.to_lowercase();
        // "sharp words over", "common interest": an adjective before the noun makes the phrase.
        for &child in sentence.children(at) {
            if child < at
                && let Some(adjective) = token(sentence, child)
                && let Some(list) = self.stances.get(adjective.lemma.as_str())
                && let Some((_, stance)) =
                    list.iter().find(|(rest, _)| rest.len() == 1 && rest[0] == lemma)
            {
                return Some(*stance);
            }
        }
        let list = self.stances.get(lemma.as_str())?;
        list.iter()
            .find(|(rest, _)| {
                rest.iter().all(|part| {
                    preposition == Some(part.as_str())
                        || sentence.children(at).iter().any(|&child| {
                            token(sentence, child).is_some_and(|t| t.lemma == *part)
                                || has_case(sentence, child, part)
                        })
                })
            })
            .map(|(_, stance)| *stance)
    }
}

/// The words of a sentence as the lists of topics and commitments write them: lemmas in lower case, but the form of a
/// participle that modifies a noun ("working group").
pub(crate) fn naming_words(sentence: &Sentence) -> Vec<String> {
    sentence
        .tokens
        .iter()
        .map(|t| {
            let modifies = t.upos == Upos::Verb && matches!(t.relation(), "amod" | "compound");
            if modifies { t.form.to_lowercase() } else { t.lemma.to_lowercase() }
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
    let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
    // "arms control" is written with the form, for "arm" is another word.
    let forms: Vec<String> = sentence.tokens.iter().map(|t| t.form.to_lowercase()).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
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
        if !continues && matches!(sentence.tokens[head].upos, Upos::Noun | Upos::Propn | Upos::Adj)
        {
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

/// The preposition that introduces a phrase.
fn preposition(sentence: &Sentence, at: usize) -> Option<&str> {
    sentence
        .children(at)
        .iter()
        .filter_map(|&child| token(sentence, child))
        .find(|t| t.relation() == "case" || (t.relation() == "mark" && t.lemma != "to"))
        .map(|t| t.lemma.as_str())
}

/// The stance of a topic and the word that gives it.
///
/// `heads` are the heads of all topics of the sentence: a list of them ("Ukraine and arms control") may be read as one
/// long noun.
fn stance(
    words: &StanceWords,
    sentence: &Sentence,
    topic: usize,
    heads: &[usize],
) -> Option<(Stance, usize)> {
    // "the trade dispute": the words that name the topic hold the stance.
    if let Some(stance @ (Stance::Contested | Stance::Shared)) = words.at(sentence, topic, None)
        && token(sentence, topic).is_some_and(|t| t.upos == Upos::Noun)
    {
        return Some((stance, topic));
    }
    let mut at = topic;
    let mut example = false;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        let introduced = preposition(sentence, at);
        // "areas of common interest, such as trade": the examples belong to the noun before them, whatever
        // the tree hangs them on.
        if introduced.is_some_and(|p| matches!(p, "such" | "include" | "including" | "like"))
            && let Some(noun) = noun_before_examples(sentence, at)
        {
            example = true;
            if let Some(stance) = words.at(sentence, noun, None).filter(|s| *s != Stance::Discussed)
            {
                return Some((stance, noun));
            }
            at = noun;
            continue;
        }
        let up = word.head?;
        let upper = token(sentence, up)?;
        let mut stand = match word.relation() {
            // The members of a list share what governs the first of them.
            "compound" | "amod" => words
                .at(sentence, up, None)
                .filter(|s| *s != Stance::Discussed || upper.upos == Upos::Noun),
            "nmod" | "obl" | "advcl" | "acl" => {
                if introduced.is_some_and(|p| EXAMPLES.contains(&p)) {
                    example = true;
                    words.at(sentence, up, None).filter(|s| *s == Stance::Shared)
                } else if matches!(word.relation(), "advcl" | "acl") && word.upos == Upos::Verb {
                    words.at(sentence, up, introduced).filter(|_| {
                        introduced.is_some_and(|p| ABOUT.contains(&p)) || upper.upos == Upos::Noun
                    })
                } else if introduced.is_some_and(|p| ABOUT.contains(&p)) {
                    words.at(sentence, up, introduced)
                } else {
                    None
                }
            }
            "obj" | "xcomp" | "nsubj" | "ccomp" => {
                let passive_subject = word.deprel == "nsubj:pass";
                if word.relation() == "nsubj" && !passive_subject && upper.lemma != "dominate" {
                    None
                } else {
                    words.at(sentence, up, None)
                }
            }
            _ => None,
        };
        // Only planned talks are no talks yet.
        if stand == Some(Stance::Discussed)
            && (upper.upos == Upos::Noun && !held(sentence, up) || planned(sentence, up))
        {
            stand = None;
            if upper.upos == Upos::Noun {
                return None;
            }
        }
        if let Some(stance) = stand {
            return Some((stance, up));
        }
        let passes = match word.relation() {
            // The members of a list share what governs the first of them.
            "conj" | "appos" | "flat" | "fixed" | "dep" | "list" => true,
            "compound" | "amod" | "nmod" => {
                example && introduced.is_some()
                    || (word.relation() == "compound" && heads.contains(&up))
                    || words.carriers.contains(upper.lemma.to_lowercase().as_str())
                    || upper.upos == Upos::Num
            }
            "obl" | "advcl" | "acl" => {
                example
                    || (introduced.is_some_and(|p| ABOUT.contains(&p)) && upper.upos != Upos::Verb)
                    // "promoting stability in Afghanistan": where it is done is part of what is done.
                    || (introduced == Some("in") && upper.xpos == "VBG")
            }
            // "fighting the pandemic", "promote stability": what is done is part of the topic, as long as
            // the act itself hangs on something that gives a stance.
            "obj" => matches!(
                upper.relation(),
                "advcl" | "acl" | "nmod" | "obl" | "xcomp" | "conj" | "obj"
            ),
            "xcomp" => {
                matches!(upper.lemma.as_str(), "agree" | "pledge" | "vow" | "seek" | "continue")
            }
            _ => false,
        };
        if !passes {
            return None;
        }
        example |= introduced.is_some_and(|p| EXAMPLES.contains(&p));
        at = up;
    }
    None
}

/// The noun before "such as" or "including" that the examples headed by `at` belong to.
fn noun_before_examples(sentence: &Sentence, at: usize) -> Option<usize> {
    let opener = sentence.children(at).iter().copied().find(|&c| {
        token(sentence, c)
            .is_some_and(|t| matches!(t.relation(), "case" | "mark") && t.lemma != "to")
    })?;
    let mut before = opener.checked_sub(1)?;
    while before > 0 && token(sentence, before).is_some_and(|t| t.upos == Upos::Punct) {
        before -= 1;
    }
    token(sentence, before)
        .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
        .then_some(before)
}

/// Whether a noun of talking is one that took or takes place, not one that is planned.
fn held(sentence: &Sentence, noun: usize) -> bool {
    let Some(word) = token(sentence, noun) else { return false };
    let Some(up) = word.head else { return true };
    let governor = token(sentence, up).map_or("", |t| t.lemma.as_str());
    match word.relation() {
        "obj" => matches!(
            governor,
            "hold" | "have" | "conduct" | "continue" | "conclude" | "begin" | "open" | "start"
        ),
        _ => true,
    }
}

/// Whether a verb is only intended: "agreed to discuss", "will discuss".
fn planned(sentence: &Sentence, at: usize) -> bool {
    let mut verb = at;
    for _ in 0..6 {
        let Some(word) = token(sentence, verb) else { return false };
        let future = sentence.children(verb).iter().any(|&child| {
            token(sentence, child).is_some_and(|t| {
                (t.relation() == "aux"
                    && matches!(
                        t.lemma.as_str(),
                        "will" | "would" | "could" | "might" | "may" | "should"
                    ))
                    || (t.relation() == "mark" && t.lemma == "to")
                    || (t.relation() == "advmod" && matches!(t.lemma.as_str(), "not" | "never"))
            })
        });
        if future && word.upos == Upos::Verb {
            // "met to discuss" did: only promises and refusals hold the act back.
            let governor =
                word.head.and_then(|up| token(sentence, up)).map_or("", |t| t.lemma.as_str());
            return !matches!(
                governor,
                "meet"
                    | "sit"
                    | "gather"
                    | "convene"
                    | "use"
                    | "come"
                    | "travel"
                    | "fly"
                    | "begin"
                    | "continue"
                    | "start"
            );
        }
        match word.head {
            Some(up) if word.relation() == "conj" || word.upos != Upos::Verb => verb = up,
            _ => return false,
        }
    }
    false
}

/// Codes of the parties around the word that gives the stance, sorted; at least two.
fn parties(
    scene: &Scene<'_>,
    words: &StanceWords,
    governor: usize,
    topic: &Named<'_>,
    pair: Option<&[String; 2]>,
    stance: Stance,
) -> Option<Vec<String>> {
    let sentence = scene.sentence;
    let mut codes: BTreeSet<String> = BTreeSet::new();
    let collect = |codes: &mut BTreeSet<String>, head: usize, role: SlotRole| {
        // The topic itself is no party.
        if head == topic.head {
            return;
        }
        codes.extend(scene.actors(head, role).into_iter().filter_map(|a| a.code));
        // "relations between Washington and Moscow"
        for partner in ["between", "with"] {
            for partner in governed_by(sentence, head, partner) {
                for member in members(sentence, partner) {
                    codes.extend(scene.actors(member, role).into_iter().filter_map(|a| a.code));
                }
            }
        }
    };
    let mut at = governor;
    let mut relation_phrase = false;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        relation_phrase |= words.relations.contains(word.lemma.to_lowercase().as_str());
        if matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Adj)
            || sentence.dependents(at, "cop").next().is_some()
            || sentence.dependents(at, "nsubj").next().is_some()
        {
            if let Some(head) = subject(sentence, at) {
                collect(&mut codes, head, SlotRole::Actor);
            }
            if (codes.len() < 2 || stance == Stance::Contested)
                && let Some(head) = patient(sentence, at).filter(|&p| p != topic.head)
            {
                collect(&mut codes, head, SlotRole::Recipient);
            }
        } else {
            for &child in sentence.children(at) {
                if token(sentence, child).is_some_and(|t| {
                    t.deprel == "nmod:poss" || t.relation() == "compound" || t.relation() == "amod"
                }) && child != topic.head
                {
                    collect(&mut codes, child, SlotRole::Actor);
                }
            }
        }
        for partner in ["with", "between", "among", "to", "by"] {
            // "raised human rights with Riyadh": a parser may hang the partner on the topic.
            let beside = governed_by(sentence, topic.head, partner)
                .filter(|_| at == governor && partner == "with");
            for head in governed_by(sentence, at, partner).chain(beside) {
                for member in members(sentence, head) {
                    if member != topic.head {
                        collect(&mut codes, member, SlotRole::Parties);
                    }
                }
            }
        }
        if codes.len() >= 2 {
            return Some(codes.into_iter().collect());
        }
        match word.head {
            Some(up) => at = up,
            None => break,
        }
    }
    // What only speaks of "relations" or "the two countries" means the text's main pair.
    let pair = pair?;
    let about_pair = relation_phrase
        || sentence
            .tokens
            .iter()
            .any(|t| t.upos == Upos::Noun && words.relations.contains(t.lemma.as_str()));
    let one_of_it = codes.len() == 1 && codes.iter().all(|code| pair.contains(code));
    if (codes.is_empty() && about_pair)
        || (one_of_it && (about_pair || stance == Stance::Discussed))
    {
        return Some(pair.to_vec());
    }
    None
}

/// The two actors that the document names most, sorted; `None` where the second is named only once.
fn main_pair(resolution: &Resolution) -> Option<[String; 2]> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (order, mention) in resolution.mentions.iter().enumerate() {
        let codes: BTreeSet<&str> =
            mention.actors.iter().filter_map(|a| a.code.as_deref()).collect();
        for code in codes {
            counts.entry(code).or_insert((0, order)).0 += 1;
        }
    }
    let mut ranked: Vec<(&str, usize, usize)> =
        counts.into_iter().map(|(code, (n, first))| (code, n, first)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)));
    let (&(first, ..), &(second, count, _)) = (ranked.first()?, ranked.get(1)?);
    if count < 2 {
        return None;
    }
    let mut pair = [first.to_owned(), second.to_owned()];
    pair.sort();
    Some(pair)
}

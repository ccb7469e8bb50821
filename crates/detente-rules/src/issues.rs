//! What pairs of actors are at odds over, work on together or talked about.
//!
//! In go the sentences of one document and its resolution, out come [`Issue`]s in the order of the words that name
//! them. "Ankara and Athens clashed over gas drilling, but agreed to cooperate on migration" gives two between `GRC`
//! and `TUR`: gas, contested, and migration, shared.
//!
//! A topic alone is no issue: from the words that name it the tree is climbed, through lists ("trade, Taiwan and human
//! rights"), examples ("issues such as") and words that only carry a topic ("policies on"), to a word of the groups
//! `stance_contested`, `stance_shared` or `stance_discussed`. The parties are sought around that word, then
//! upwards; where the text only speaks of "relations", its main pair is meant. What no such word governs may still be what an event of the
//! sentence is about ("lodged a complaint with China over the ban"), or what an agreement holds ("under it tariffs will go").

mod by_event;
mod content;
mod parties;
mod quarrel;
mod stance;

use std::borrow::Cow;
use std::collections::BTreeSet;

use detente_core::{Commitment, Document, Event, Issue, Span, Stance};
use detente_knowledge::{Knowledge, SlotRole, Topic};
use detente_parse::{Sentence, Upos};
use detente_resolve::Resolution;

use crate::commitments::{Agreed, done_to};
use crate::grammar::{has_case, is_below, members, patient, token};
use crate::history::{Act, Items};
use crate::matcher::lower;
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use parties::{About, apart, main_pair, parties};
use quarrel::{Page, Quarrel, quarrels};
pub(crate) use stance::StanceWords;
use stance::stance;

/// Words of a name that is sought past articles.
const LONGEST_NAME: usize = 8;

/// What was coded before the issues are.
pub(crate) struct Told<'t> {
    pub(crate) events: &'t [Event],
    /// The same as later words may name them.
    pub(crate) acts: &'t [Act],
    pub(crate) commitments: &'t [Commitment],
    pub(crate) agreed: &'t [Agreed],
}

/// Every issue of the document, in order of the words that name it.
pub(crate) fn issues(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    told: &Told<'_>,
) -> Vec<Issue> {
    let &Told { events, acts, commitments: made, agreed } = told;
    let words = &book.stances;
    let pair = main_pair(resolution);
    let mut all: Vec<Issue> = Vec::new();
    let by_sentence: Vec<Vec<Named<'_>>> =
        sentences.iter().map(|sentence| topics(knowledge, book, sentence)).collect();
    let mut items = Items::default();
    for ((index, sentence), named) in sentences.iter().enumerate().zip(&by_sentence) {
        let from = items.begins(sentence, index);
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        let mut seen: BTreeSet<(String, Vec<String>, Stance)> = BTreeSet::new();
        let heads: Vec<usize> = named.iter().map(|topic| topic.head).collect();
        // "raised Taiwan and Tibet": what is a topic in a list of such is no party.
        let places: Vec<usize> = named
            .iter()
            .filter(|topic| !topic.codes.is_empty())
            .map(|topic| topic.head)
            .filter(|&head| is_listed(sentence, head, &heads))
            .collect();
        for topic in named {
            if quarrel::is_official(&scene, events, topic) {
                continue;
            }
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
                    // A kind that names its topic says more than the words in it: "the departure of foreign troops".
                    let done_to_it = token(sentence, topic.head).is_some_and(|t| {
                        t.head == Some(of.head)
                            && (t.relation() == "obj" || has_case(sentence, topic.head, "of"))
                    });
                    // "To halt hostilities in the Gaza Strip"
                    let where_it_is = topic.is_place() && has_case(sentence, topic.head, "in");
                    let by_kind = (done_to_it || where_it_is)
                        && of.topic.as_ref().is_some_and(|(name, _)| {
                            topic.topic.is_some_and(|topic| topic.name != *name)
                        });
                    of.sentence == index
                        && !by_kind
                        && !of_others
                        && is_agreed(&scene, topic.head, !topic.codes.is_empty(), of)
                })?;
                Some((Stance::Shared, of.parties.clone()))
            });
            // "Gold mining on the border river", "spying on its embassy": what only says where is no topic of its own.
            let inner = topic.codes.is_empty()
                && heads.iter().any(|&other| {
                    other != topic.head
                        && is_below(sentence, topic.head, other)
                        && !members(sentence, other).contains(&topic.head)
                });
            let told = told.or_else(|| {
                if inner {
                    return None;
                }
                by_event::told(&scene, words, events, made, topic)
                    .or_else(|| by_event::claimed(&scene, words, topic))
                    .or_else(|| content::told(&scene, agreed, topic).filter(|_| !topic.loose))
            });
            let Some((stance, between)) = told else { continue };
            let Some(of) = topic.between(knowledge, &between) else { continue };
            let Some(text) = topic.span.of(&document.text) else { continue };
            // "A peace agreement" says nothing of what it is that they share.
            if stance == Stance::Shared && words.nameless.contains(&text.to_lowercase()) {
                continue;
            }
            // An actor does not quarrel over itself: "Iran" is no topic where Iran is a party, but its nuclear programme is.
            if of.codes.iter().any(|code| between.contains(code))
                && of.codes.len() == 1
                && of.context.is_none()
                && stance != Stance::Contested
            {
                continue;
            }
            for between in apart(&scene, topic.head).unwrap_or_else(|| vec![between]) {
                if !seen.insert((of.name.clone(), between.clone(), stance)) {
                    continue;
                }
                all.push(Issue {
                    topic: of.name.clone(),
                    label: of.label.clone(),
                    between,
                    stance,
                    sentence: index,
                    span: topic.span,
                    text: text.to_owned(),
                });
            }
        }
        // "Each side accused the other of having broken it": it is what they shared.
        if seen.is_empty()
            && let Some((between, span)) = by_event::of_it(&scene, words, events)
        {
            let shared = all.iter().rev().find(|issue| {
                issue.between == between && issue.stance == Stance::Shared && issue.sentence < index
            });
            let by_kind = made.iter().rev().filter(|c| c.parties == between).find_map(|c| {
                let kind = knowledge.topics.commitments.iter().find(|kind| kind.name == c.kind)?;
                kind.topic.clone()
            });
            let name = shared.map(|issue| issue.topic.clone()).or(by_kind);
            let of = name.and_then(|name| knowledge.topics.issues.iter().find(|t| t.name == name));
            if let (Some(of), Some(text)) = (of, span.of(&document.text)) {
                all.push(Issue {
                    topic: of.name.clone(),
                    label: of.label.clone(),
                    between,
                    stance: Stance::Contested,
                    sentence: index,
                    span,
                    text: text.to_owned(),
                });
            }
        }
        let page = Page { sentences, topics: &by_sentence, told, pair: pair.as_ref(), found: &all };
        let telling = Scene {
            from,
            acts: acts_between(acts, from, index),
            told: &sentences[..index],
            ..Scene::plain(knowledge, book, sentence, index, resolution)
        };
        let told_now = quarrels(&page, &telling).into_iter().filter_map(|quarrel| {
            let Quarrel { topic, between, span } = quarrel;
            Some(Issue {
                topic: topic.name.clone(),
                label: topic.label.clone(),
                between,
                stance: Stance::Contested,
                sentence: index,
                span,
                text: span.of(&document.text)?.to_owned(),
            })
        });
        let told_now: Vec<Issue> = told_now.collect();
        all.extend(told_now);
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

/// The acts of the sentences from one to before another.
fn acts_between(acts: &[Act], from: usize, before: usize) -> &[Act] {
    let first = acts.partition_point(|act| act.sentence < from);
    let end = acts.partition_point(|act| act.sentence < before);
    acts.get(first..end).unwrap_or_default()
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
            // "under which ports are reopened"
            "nsubj" => word.deprel == "nsubj:pass" || content::tells(scene, up),
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
            // "a treaty that limits warheads", "a deal under which ports reopen", "a pact covering fish"
            "acl" if up == of.head && content::tells(scene, at) => return true,
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
    /// The topic, whoever the parties are.
    topic: Option<&'k Topic>,
    /// Places of the topics that the words name between parties of their own.
    own: &'k [usize],
    /// Where the topic is a place or an actor.
    codes: &'k [String],
    span: Span,
    /// Token that heads the words that name it.
    head: usize,
    /// The words name it as an issue only: too loose to be what an agreement is about wherever they stand in it.
    loose: bool,
}

impl<'k> Named<'k> {
    /// Whether it is a place that is at issue by what is said of it, and not wherever something is done there.
    fn is_place(&self) -> bool {
        !self.codes.is_empty() && self.topic.is_some_and(|topic| topic.context.is_none())
    }

    /// The topic between these parties: "the nuclear programme" is that of Iran where Iran is one of them.
    fn between(&self, knowledge: &'k Knowledge, parties: &[String]) -> Option<&'k Topic> {
        self.own
            .iter()
            .filter_map(|&number| knowledge.topics.issues.get(number))
            .find(|topic| topic.codes.iter().any(|code| parties.contains(code)))
            .or(self.topic)
    }
}

/// The topics that a sentence names, from the left, the longest first.
fn topics<'k>(knowledge: &'k Knowledge, book: &RuleBook, sentence: &Sentence) -> Vec<Named<'k>> {
    let lemmas = naming_words(sentence);
    let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
    // "arms control" is written with the form, for "arm" is another word.
    let forms: Vec<Cow<'_, str>> = sentence.tokens.iter().map(|t| lower(&t.form)).collect();
    let forms: Vec<&str> = forms.iter().map(AsRef::as_ref).collect();
    let mut found: Vec<Named<'k>> = Vec::new();
    let mut end_before = 0;
    let mut at = 0;
    while at < lemmas.len() {
        if let Some(act) = act_at(knowledge, book, sentence, at) {
            found.push(act);
        }
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
        let longest = longest.filter(|(taken, _)| *taken > 0);
        let past = past_articles(knowledge, sentence, &lemmas, at)
            .filter(|past| longest.is_none_or(|(taken, _)| past.taken > taken));
        let longest = past.as_ref().map(|past| (past.taken, past.topic)).or(longest);
        let known = longest.map_or(0, |(taken, _)| taken);
        let own =
            knowledge.topics.own_at(&lemmas[at..]).filter(|(taken, _)| *taken >= known.max(1));
        let taken = own.map_or(known, |(taken, _)| taken);
        if taken == 0 {
            at += 1;
            continue;
        }
        let topic = longest.filter(|_| taken == known).map(|(_, topic)| topic);
        let firm =
            |words: &[&str]| knowledge.topics.context_at(words).is_some_and(|(of, _)| of == taken);
        let firm = match past.filter(|past| past.taken == taken) {
            Some(past) => past.firm,
            None => firm(&lemmas[at..]) || firm(&forms[at..]),
        };
        let loose = own.is_none() && !firm;
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
                topic,
                own: own.map_or(&[], |(_, numbers)| numbers),
                codes: topic.map_or(&[], |topic| &topic.codes),
                span: Span::new(sentence.tokens[at].span.start, sentence.tokens[end - 1].span.end),
                head,
                loose,
            });
        }
        at = end;
    }
    // "Holding political prisoners": what the act is done to says more than the act.
    let name = |topic: &Named<'k>| topic.topic.map(|topic| topic.name.as_str());
    let objects: Vec<(usize, Option<&str>)> = found
        .iter()
        .filter(|topic| !topic.loose)
        .filter_map(|topic| Some((token(sentence, topic.head)?, name(topic))))
        .filter(|(t, _)| t.upos != Upos::Verb && matches!(t.deprel.as_str(), "obj" | "nsubj:pass"))
        .filter_map(|(t, name)| Some((t.head?, name)))
        .collect();
    found.retain(|topic| {
        !objects.iter().any(|(verb, other)| *verb == topic.head && *other != name(topic))
    });
    found
}

/// A topic that is named with articles and numbers between its words.
struct Past<'k> {
    taken: usize,
    topic: &'k Topic,
    /// Its words give an event its context.
    firm: bool,
}

/// "The release of the four militants": a topic of several words past the articles and numbers behind their prepositions.
fn past_articles<'k>(
    knowledge: &'k Knowledge,
    sentence: &Sentence,
    lemmas: &[&str],
    at: usize,
) -> Option<Past<'k>> {
    let is_passed = |at: usize| {
        token(sentence, at).is_some_and(|t| {
            matches!(t.upos, Upos::Det | Upos::Num)
                || t.deprel == "nmod:poss" && t.upos == Upos::Pron
        })
    };
    let by = token(sentence, at + 1).filter(|t| t.upos == Upos::Adp)?;
    if by.span.is_empty() || !is_passed(at + 2) {
        return None;
    }
    let kept: Vec<usize> =
        (at..lemmas.len()).filter(|&here| !is_passed(here)).take(LONGEST_NAME).collect();
    let words: Vec<&str> = kept.iter().map(|&here| lemmas[here]).collect();
    let (taken, topic) = knowledge.topics.issue_at(&words)?;
    let last = *kept.get(taken.checked_sub(1).filter(|&last| last > 1)?)?;
    let firm = knowledge.topics.context_at(&words).is_some_and(|(of, _)| of == taken);
    Some(Past { taken: last + 1 - at, topic, firm })
}

/// The topic that a verb names with what follows it: "spied on", "to train together".
fn act_at<'k>(
    knowledge: &'k Knowledge,
    book: &RuleBook,
    sentence: &Sentence,
    at: usize,
) -> Option<Named<'k>> {
    let word = token(sentence, at).filter(|t| t.upos == Upos::Verb)?;
    let acts = knowledge.topics.issue_acts_of(&word.lemma)?;
    let topic = acts.iter().find_map(|&(topic, number)| {
        let topic = knowledge.topics.issues.get(topic)?;
        let act = topic.acts.get(number)?;
        let told = act.get(1..)?.iter().all(|part| {
            // "sitting on Guatemalan soil": what stands by a preposition.
            let beside = sentence.dependents(at, "obl").any(|obl| lemma_of(sentence, obl) == part);
            // "The opposition Movement for Change": what a name is said to be.
            let named = || {
                patient(sentence, at).is_some_and(|object| {
                    token(sentence, object).is_some_and(|t| t.upos == Upos::Propn)
                        && sentence.children(object).iter().any(|&c| {
                            lemma_of(sentence, c) == part
                                && token(sentence, c)
                                    .is_some_and(|t| matches!(t.relation(), "compound" | "amod"))
                        })
                })
            };
            beside || named() || done_to(&book.promises, sentence, at, std::slice::from_ref(part))
        });
        told.then_some(topic)
    })?;
    Some(Named {
        topic: Some(topic),
        own: &[],
        codes: &topic.codes,
        span: word.span,
        head: at,
        loose: false,
    })
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

//! What a text does with a topic.
//!
//! In goes the head of a topic, out come the stance and the word that gives it. From the topic the tree is climbed through lists,
//! examples and words that only carry a topic to a word of the groups `stance_*` of `words/stances.toml`; that word must hold: a dispute that
//! is settled divides no more, and cooperation that is refused joins nobody.

use std::collections::{BTreeMap, BTreeSet};

use detente_core::Stance;
use detente_knowledge::Knowledge;
use detente_parse::{Sentence, Upos};

use super::{lemma_of, noun_before};
use crate::grammar::{has_case, is_denied, is_possible, token};
use crate::rulebook::RuleBook;

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

/// Words that give or carry a stance.
#[derive(Debug, Default)]
pub(crate) struct StanceWords {
    /// By first lemma: the rest of the phrase and what it says.
    stances: BTreeMap<String, Vec<(Vec<String>, Stance)>>,
    carriers: BTreeSet<String>,
    pub(super) relations: BTreeSet<String>,
    /// Words of one side against another.
    pub(super) against: BTreeSet<String>,
    /// Verbs that end what divides ("settled the dispute"), and those that undo or only wish for what joins ("rejected
    /// cooperation", "called for talks").
    pub(super) settled: BTreeSet<String>,
    undone: BTreeSet<String>,
    /// Nouns of agreement: what they are about is shared where they are made.
    pub(super) agreements: BTreeSet<String>,
    /// Verbs of agreeing beside those of commitments: "joined the accord".
    joins: BTreeSet<String>,
    /// Verbs whose subject is the topic: "trade dominated the talks".
    by_topic: BTreeSet<String>,
    /// Verbs that charge somebody with all that their clause says.
    pub(super) charges: BTreeSet<String>,
    /// Talks that take place where these govern them: "held talks".
    holds: BTreeSet<String>,
    /// What an agreement does to what it holds: "the deal covers".
    pub(super) contents: BTreeSet<String>,
    /// Nouns for the paper that an agreement is written on: "the text".
    pub(super) texts: BTreeSet<String>,
    /// Names of agreements that say nothing of what is shared.
    pub(super) nameless: BTreeSet<String>,
    /// Verbs that two who do it with one thing quarrel by: "both claim the rock".
    pub(super) rivals: BTreeSet<String>,
    /// Verbs that leave undone what they govern: "refused to cooperate".
    failing: BTreeSet<String>,
    /// Who does so agrees on nothing: "failed to agree".
    unable: BTreeSet<String>,
    /// Topics that are as often where something is done: "clashed along the frontier".
    sites: BTreeSet<String>,
    /// What one rejects without a quarrel: "rejected a request for fishing rights".
    requests: BTreeSet<String>,
    /// Verbs whose infinitive is part of the topic: "vowed to fight the pandemic".
    aims: BTreeSet<String>,
    /// Verbs of agreeing on what is to be: "agreed to restart a dialogue".
    pledges: BTreeSet<String>,
    /// Verbs that do not hold back what they govern: "met to discuss".
    doing: BTreeSet<String>,
    /// Nouns for what one side says of the other: "rejected the charge".
    pub(super) accusations: BTreeSet<String>,
    /// Nouns that only make up an act of words: "pinned the blame on".
    pub(super) light: BTreeSet<String>,
    /// Phrases that open the other half of what was agreed: "in return".
    pub(super) returns: Vec<Vec<String>>,
    /// Verbs by which "each side" says ill of "the other".
    pub(super) recriminates: BTreeSet<String>,
    /// Phrases for what divides those of whom the text tells: "at issue".
    pub(super) at_issue: Vec<Vec<String>>,
    /// Verbs of who is sorry or worried and quarrels with nobody.
    pub(super) regrets: BTreeSet<String>,
    /// Who is meant by the words for all sides: "each side blamed the other".
    pub(super) sides: BTreeSet<String>,
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
        Self {
            stances,
            carriers: single("stance_carrier"),
            relations: single("stance_relation"),
            against: single("stance_against"),
            settled: single("stance_settled"),
            undone: single("stance_undone"),
            agreements: single("stance_agreement"),
            joins: single("stance_joins"),
            by_topic: single("stance_by_topic"),
            charges: single("stance_charges"),
            holds: single("stance_holds"),
            contents: single("stance_content"),
            texts: single("stance_text"),
            rivals: single("stance_rival"),
            nameless: group("stance_nameless").iter().map(|lemmas| lemmas.join(" ")).collect(),
            failing: single("stance_failing"),
            unable: single("stance_unable"),
            sites: single("stance_site"),
            requests: single("stance_request"),
            aims: single("stance_aim"),
            pledges: single("stance_pledge"),
            doing: single("stance_doing"),
            accusations: single("stance_accusation"),
            recriminates: single("stance_recriminate"),
            light: single("stance_light"),
            returns: group("stance_return").to_vec(),
            at_issue: group("stance_at_issue").to_vec(),
            regrets: single("stance_regret"),
            sides: single("stance_sides"),
        }
    }

    /// What the word at `at` says of the topic that hangs on it by `preposition`.
    pub(super) fn at(
        &self,
        sentence: &Sentence,
        at: usize,
        preposition: Option<&str>,
    ) -> Option<Stance> {
        let word = token(sentence, at)?;
        let lemma = word.lemma.to_lowercase();
        // "spying has soured ties", but no "cloud" and no "dog"
        if word.upos != Upos::Verb && self.by_topic.contains(lemma.as_str()) {
            return None;
        }
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
        let next = token(sentence, at + 1).map_or("", |t| t.lemma.as_str());
        list.iter()
            .find(|(rest, _)| {
                rest.iter().all(|part| {
                    preposition == Some(part.as_str())
                        // "clashed over whether": wherever the tree hangs the preposition.
                        || (next == part && word.upos == Upos::Verb)
                        || sentence.children(at).iter().any(|&child| {
                            token(sentence, child).is_some_and(|t| t.lemma == *part)
                                || has_case(sentence, child, part)
                        })
                })
            })
            .map(|(_, stance)| *stance)
    }
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

/// "Met on the border", "clashed along the frontier": where it was, not what about.
pub(super) fn is_site(words: &StanceWords, sentence: &Sentence, topic: usize) -> bool {
    let word = token(sentence, topic).map_or("", |t| t.lemma.as_str());
    let by_verb = token(sentence, topic).is_some_and(|t| t.relation() == "obl");
    let beside = ["on", "at", "along", "near", "across", "in", "to"];
    // "Algeria, which shares a border with Niger"
    let neighbours = word == "border"
        && token(sentence, topic)
            .filter(|t| t.relation() == "obj")
            .and_then(|t| t.head)
            .is_some_and(|up| lemma_of(sentence, up) == "share");
    if neighbours {
        return true;
    }
    words.sites.contains(word)
        && by_verb
        && beside.iter().any(|case| has_case(sentence, topic, case))
        && noun_before(sentence, topic)
            .is_none_or(|noun| token(sentence, noun).is_some_and(|t| t.upos != Upos::Noun))
}

/// Whether what a word of stance says holds: a dispute that is settled divides no more, cooperation that is refused or only called for
/// joins nobody, and an agreement does so only where it is made.
fn holds(book: &RuleBook, sentence: &Sentence, at: usize, stance: Stance) -> bool {
    let words = &book.stances;
    let Some(word) = token(sentence, at) else { return false };
    let negated = |verb: usize| is_denied(sentence, verb) || is_possible(sentence, verb);
    let verb_of = |noun: usize| {
        let mut up = noun;
        for _ in 0..4 {
            let here = token(sentence, up)?;
            if here.upos == Upos::Verb {
                return Some(up);
            }
            let governs =
                matches!(here.relation(), "obj" | "nsubj" | "obl" | "conj" | "nmod" | "appos");
            up = here.head.filter(|_| governs)?;
        }
        None
    };
    let Some(verb) = verb_of(at) else { return !words.agreements.contains(word.lemma.as_str()) };
    let lemma = token(sentence, verb).map_or("", |t| t.lemma.as_str());
    // "failed to settle", "refused to cooperate"
    let above = token(sentence, verb)
        .filter(|t| matches!(t.relation(), "xcomp" | "advcl" | "ccomp" | "acl"))
        .and_then(|t| t.head)
        .and_then(|up| token(sentence, up))
        .map_or("", |t| t.lemma.as_str());
    let fails = words.failing.contains(above);
    match stance {
        Stance::Contested => verb == at || !words.settled.contains(lemma) || negated(verb) || fails,
        Stance::Shared => {
            let wished = verb != at && words.undone.contains(lemma);
            let wished = wished || words.undone.contains(above);
            let made = !words.agreements.contains(word.lemma.as_str())
                || book.promises.makes(lemma)
                || words.joins.contains(lemma)
                || book.promises.agrees(lemma)
                || book.promises.agrees(above);
            made && !wished && !negated(verb) && !fails
        }
        Stance::Discussed => !negated(verb),
    }
}

/// The stance of a topic and the word that gives it.
///
/// `heads` are the heads of all topics of the sentence: a list of them ("Ukraine and arms control") may be read as one
/// long noun.
pub(super) fn stance(
    book: &RuleBook,
    sentence: &Sentence,
    topic: usize,
    heads: &[usize],
) -> Option<(Stance, usize)> {
    if is_site(&book.stances, sentence, topic) {
        return None;
    }
    let (stance, governor) = climb(&book.stances, sentence, topic, heads)?;
    if is_unreal(&book.stances, sentence, governor)
        || (stance != Stance::Contested && is_inner(book, sentence, governor))
    {
        return None;
    }
    if stance == Stance::Shared && is_refused(&book.stances, sentence, governor) {
        return Some((Stance::Contested, governor));
    }
    holds(book, sentence, governor, stance).then_some((stance, governor))
}

/// "A treaty covering fish", "a pact under which they share rivers", "ever since he spoke of it": what only tells what an agreement holds,
/// or since when something else is.
fn is_inner(book: &RuleBook, sentence: &Sentence, at: usize) -> bool {
    let Some(word) = token(sentence, at).filter(|t| t.upos == Upos::Verb) else { return false };
    let of_agreement = word.relation() == "acl"
        && word.head.is_some_and(|up| book.stances.agreements.contains(lemma_of(sentence, up)));
    let since = word.relation() == "advcl"
        && ["since", "before", "until"].iter().any(|mark| has_case(sentence, at, mark));
    of_agreement || since
}

/// "If Iran accuses Iraq", "denied that they had quarrelled": nothing of it is so.
pub(super) fn is_unreal(words: &StanceWords, sentence: &Sentence, at: usize) -> bool {
    let Some(word) = token(sentence, at).filter(|t| t.upos == Upos::Verb) else { return false };
    let denied =
        word.relation() == "ccomp" && word.head.is_some_and(|up| lemma_of(sentence, up) == "deny");
    let conditional = word.relation() == "advcl"
        && ["if", "unless"].iter().any(|mark| has_case(sentence, at, mark));
    // "Rejected a request for fishing rights" is no quarrel yet.
    let refused = word.lemma == "reject"
        && sentence
            .dependents(at, "obj")
            .any(|object| words.requests.contains(lemma_of(sentence, object)));
    denied || conditional || refused
}

/// "Could not agree on quotas", "failed to agree", "have yet to agree": who agrees on nothing is at odds.
fn is_refused(words: &StanceWords, sentence: &Sentence, at: usize) -> bool {
    let yet = |verb: usize| sentence.children(verb).iter().any(|&c| lemma_of(sentence, c) == "yet");
    if lemma_of(sentence, at) != "agree" || token(sentence, at).is_none_or(|t| t.upos != Upos::Verb)
    {
        return false;
    }
    let above = token(sentence, at)
        .filter(|t| matches!(t.relation(), "xcomp" | "advcl" | "ccomp"))
        .and_then(|t| t.head);
    is_denied(sentence, at)
        || above.is_some_and(|up| {
            words.unable.contains(lemma_of(sentence, up))
                || (lemma_of(sentence, up) == "have" && yet(up))
        })
}

/// The word above a topic that gives a stance, and which.
fn climb(
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
    let mut asked = false;
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
        // "disagree over how the debt should be cut", "clashed over whether to pay for the climate": all of the question is what is at issue.
        if !asked
            && matches!(word.relation(), "nsubj" | "obj" | "obl" | "csubj")
            && is_question(sentence, up)
        {
            asked = true;
            at = up;
            continue;
        }
        // "complained that its boats were kept from fishing": all that is charged.
        if matches!(word.relation(), "nsubj" | "obj" | "obl" | "xcomp")
            && let Some(charge) = charge_above(words, sentence, up)
        {
            return Some((Stance::Contested, charge));
        }
        // "disagree over how": the question may hang below its own word.
        if asked && let Some(stance) = words.at(sentence, up, introduced) {
            return Some((stance, up));
        }
        if asked && matches!(upper.upos, Upos::Adv | Upos::Pron | Upos::Sconj) {
            at = up;
            continue;
        }
        // "did not settle disputes over airspace": the noun before the preposition, where the tree hangs the phrase on the verb.
        let beside = noun_before(sentence, at).filter(|&noun| {
            noun != up
                && word.relation() == "obl"
                && introduced
                    .is_some_and(|p| ABOUT.contains(&p) && !matches!(p, "in" | "to" | "at" | "for"))
        });
        if let Some(noun) = beside {
            match words.at(sentence, noun, introduced) {
                Some(Stance::Discussed) if !held(words, sentence, noun) => return None,
                Some(stance) => return Some((stance, noun)),
                None if words.carriers.contains(lemma_of(sentence, noun)) => {
                    at = noun;
                    continue;
                }
                None => {}
            }
        }
        let to_do = word.upos == Upos::Verb
            && sentence
                .children(at)
                .iter()
                .filter_map(|&c| token(sentence, c))
                .any(|t| t.relation() == "mark" && t.lemma == "to");
        // "signed an agreement to build a pipeline": a parser may hang the infinitive on the verb.
        if to_do
            && word.relation() == "advcl"
            && let Some(made) = sentence
                .dependents(up, "obj")
                .find(|&object| words.agreements.contains(lemma_of(sentence, object)))
        {
            return Some((Stance::Shared, made));
        }
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
                        introduced.is_some_and(|p| ABOUT.contains(&p))
                            || upper.upos == Upos::Noun
                            || to_do
                    })
                } else if introduced.is_some_and(|p| ABOUT.contains(&p)) {
                    words.at(sentence, up, introduced)
                } else {
                    None
                }
            }
            "obj" | "xcomp" | "nsubj" | "ccomp" => {
                let passive_subject = word.deprel == "nsubj:pass";
                if word.relation() == "nsubj"
                    && !passive_subject
                    && !words.by_topic.contains(upper.lemma.as_str())
                {
                    None
                } else {
                    words.at(sentence, up, None)
                }
            }
            _ => None,
        };
        // "lodged a protest with Oslo over the island"
        if stand.is_none()
            && word.relation() == "obl"
            && introduced.is_some_and(|p| matches!(p, "over" | "about" | "on" | "at"))
            && let Some(noun) = sentence
                .dependents(up, "obj")
                .find(|&noun| words.at(sentence, noun, introduced) == Some(Stance::Contested))
        {
            return Some((Stance::Contested, noun));
        }
        // "called for sanctions to be lifted" is no call that took place.
        if upper.upos == Upos::Verb && upper.lemma == "call" && stand == Some(Stance::Discussed) {
            return None;
        }
        // Talks that they agreed to hold are something that they do together.
        if stand == Some(Stance::Discussed)
            && upper.upos == Upos::Noun
            && !held(words, sentence, up)
            && agreed(words, sentence, up)
        {
            return Some((Stance::Shared, up));
        }
        // Only planned talks are no talks yet.
        if stand == Some(Stance::Discussed)
            && (upper.upos == Upos::Noun && !held(words, sentence, up)
                || planned(words, sentence, up))
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
                    // "differences over fish stocks"
                    || (word.relation() == "compound"
                        && preposition(sentence, up)
                            .is_some_and(|p| matches!(p, "on" | "over" | "about" | "regarding" | "concerning")))
            }
            "obl" | "advcl" | "acl" => {
                example
                    // "rejected the plan to fill the reservoir"
                    || (to_do && words.carriers.contains(upper.lemma.to_lowercase().as_str()))
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
            "xcomp" => words.aims.contains(upper.lemma.as_str()),
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

/// Whether a verb opens a question that hangs on another word: "whether they pay", "how the debt is cut".
fn is_question(sentence: &Sentence, verb: usize) -> bool {
    const ASKING: [&str; 7] = ["whether", "how", "what", "who", "when", "where", "why"];
    let asks = |at: usize| {
        ASKING.contains(&lemma_of(sentence, at))
            || sentence
                .children(at)
                .iter()
                .any(|&c| ASKING.contains(&lemma_of(sentence, c)) && c < verb)
    };
    token(sentence, verb).is_some_and(|t| {
        t.upos == Upos::Verb
            && matches!(t.relation(), "ccomp" | "advcl" | "acl" | "xcomp")
            && (asks(verb)
                || t.head.is_some_and(|up| ASKING.contains(&lemma_of(sentence, up))))
            // "when it" of a day tells the time.
            && !sentence.children(verb).iter().any(|&c| {
                lemma_of(sentence, c) == "when" && t.relation() != "ccomp"
            })
    })
}

/// The verb of complaint whose clause an act is: "complained that".
fn charge_above(words: &StanceWords, sentence: &Sentence, act: usize) -> Option<usize> {
    let word = token(sentence, act).filter(|t| t.relation() == "ccomp")?;
    let up = word.head?;
    (words.charges.contains(lemma_of(sentence, up))
        && words.against.contains(lemma_of(sentence, up))
        && token(sentence, up).is_some_and(|t| t.upos == Upos::Verb))
    .then_some(up)
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
fn held(words: &StanceWords, sentence: &Sentence, noun: usize) -> bool {
    let Some(word) = token(sentence, noun) else { return false };
    let Some(up) = word.head else { return true };
    let governor = token(sentence, up).map_or("", |t| t.lemma.as_str());
    match word.relation() {
        "obj" => words.holds.contains(governor),
        // "Committed both to a market and to regular talks on energy"
        "obl" => !words.pledges.contains(governor),
        "conj" => held(words, sentence, up),
        // "a request for talks on a corridor"
        "nmod" => !has_case(sentence, noun, "for"),
        _ => true,
    }
}

/// Whether a noun hangs on what was agreed: "agreed to restart a dialogue".
fn agreed(words: &StanceWords, sentence: &Sentence, noun: usize) -> bool {
    let mut at = noun;
    for _ in 0..5 {
        let Some(up) = token(sentence, at).and_then(|t| t.head) else { return false };
        if words.pledges.contains(lemma_of(sentence, up)) {
            return true;
        }
        at = up;
    }
    false
}

/// Whether a verb is only intended: "agreed to discuss", "will discuss".
fn planned(words: &StanceWords, sentence: &Sentence, at: usize) -> bool {
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
            // "met to discuss" did: only promises and refusals hold the act back; "are to meet to discuss" will.
            match word.head {
                Some(up) if words.doing.contains(lemma_of(sentence, up)) => {
                    verb = up;
                    continue;
                }
                _ => return true,
            }
        }
        match word.head {
            Some(up) if word.relation() == "conj" || word.upos != Upos::Verb => verb = up,
            _ => return false,
        }
    }
    false
}

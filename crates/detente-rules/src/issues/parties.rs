//! Between whom an issue is.
//!
//! In goes the word that gives a topic its stance, out come the codes of those around it; where the text only speaks of "relations" or "the
//! two countries", its main pair is meant.

use std::collections::{BTreeMap, BTreeSet};

use detente_core::Stance;
use detente_knowledge::SlotRole;
use detente_parse::Upos;
use detente_resolve::Resolution;

use super::stance::StanceWords;
use crate::grammar::{governed_by, is_below, members, patient, subject, token};
use crate::scene::Scene;

/// Steps that are climbed from the word of stance.
const MAX_CLIMB: usize = 12;

/// What is said of a topic.
pub(super) struct About<'s> {
    /// Token that heads the topic.
    pub(super) topic: usize,
    /// Heads of the topics beside it that are places.
    pub(super) places: &'s [usize],
    /// The word that gives the stance.
    pub(super) governor: usize,
    pub(super) stance: Stance,
}

/// "Uzbekistan, whose frontier with both is disputed": the owner with each of them by itself; `None` for anything else.
pub(super) fn apart(scene: &Scene<'_>, topic: usize) -> Option<Vec<Vec<String>>> {
    let sentence = scene.sentence;
    let both = governed_by(sentence, topic, "with")
        .find(|&at| matches!(super::lemma_of(sentence, at), "both" | "each" | "either"))?;
    let whose = sentence.children(topic).iter().copied().find(|&c| {
        token(sentence, c).is_some_and(|t| t.deprel == "nmod:poss" || t.lemma == "whose")
    })?;
    let owner = if super::lemma_of(sentence, whose) == "whose" {
        let up = |at: &usize| token(sentence, *at).and_then(|t| t.head);
        let clause = std::iter::successors(Some(topic), up)
            .take(MAX_CLIMB)
            .find(|&at| token(sentence, at).is_some_and(|t| t.deprel == "acl:relcl"))?;
        up(&clause)?
    } else {
        whose
    };
    let codes = |at: usize| -> BTreeSet<String> {
        scene.actors(at, SlotRole::Parties).into_iter().filter_map(|a| a.code).collect()
    };
    let others = codes(both);
    let owner = codes(owner).into_iter().next().filter(|owner| !others.contains(owner))?;
    let pair = |other: String| {
        let mut pair = vec![owner.clone(), other];
        pair.sort();
        pair
    };
    (others.len() > 1).then(|| others.into_iter().map(pair).collect())
}

/// The main pair of a document.
pub(super) struct Pair {
    codes: [String; 2],
    /// Both are named more than once.
    sure: bool,
}

impl Pair {
    /// Their codes, sorted.
    pub(super) fn codes(&self) -> &[String; 2] {
        &self.codes
    }

    /// Whether both are named more than once.
    pub(super) fn is_sure(&self) -> bool {
        self.sure
    }
}

/// Codes of the parties around the word that gives the stance, sorted; at least two.
pub(super) fn parties(
    scene: &Scene<'_>,
    words: &StanceWords,
    about: &About<'_>,
    pair: Option<&Pair>,
) -> Option<Vec<String>> {
    let sentence = scene.sentence;
    let About { topic, places, governor, stance } = *about;
    let mut codes: BTreeSet<String> = BTreeSet::new();
    let collect = |codes: &mut BTreeSet<String>, head: usize, role: SlotRole| {
        // The topic itself is no party.
        if head == topic || places.contains(&head) {
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
    if stance == Stance::Contested && words.against.contains(super::lemma_of(sentence, governor)) {
        let found = against(scene, words, about, pair);
        // "Lodged a protest with Oslo": the noun's other side is told as that of any dealing is.
        if found.is_some() || token(sentence, governor).is_none_or(|t| t.upos == Upos::Verb) {
            return found;
        }
    }
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
                && let Some(head) = patient(sentence, at).filter(|&p| p != topic)
            {
                collect(&mut codes, head, SlotRole::Recipient);
            }
        } else {
            for &child in sentence.children(at) {
                if token(sentence, child).is_some_and(|t| {
                    t.deprel == "nmod:poss" || t.relation() == "compound" || t.relation() == "amod"
                }) && child != topic
                {
                    collect(&mut codes, child, SlotRole::Actor);
                }
            }
        }
        for partner in ["with", "between", "among", "to", "by"] {
            // "raised human rights with Riyadh": a parser may hang the partner on the topic.
            let beside = governed_by(sentence, topic, partner)
                .filter(|_| at == governor && partner == "with");
            for head in governed_by(sentence, at, partner).chain(beside) {
                for member in members(sentence, head) {
                    if member != topic {
                        collect(&mut codes, member, SlotRole::Parties);
                    }
                }
            }
        }
        if codes.len() >= 2 {
            return Some(codes.into_iter().collect());
        }
        // Who does something alone in a clause of its own does it with nobody of the clause above.
        let alone = at == governor
            && codes.len() == 1
            && word.upos == Upos::Verb
            && stance == Stance::Discussed
            && sentence.dependents(at, "nsubj").next().is_some();
        match word.head {
            Some(up) if !alone => at = up,
            _ => break,
        }
    }
    // What only speaks of "relations" or "the two countries" means the text's main pair.
    let both = sentence.tokens.iter().any(|t| matches!(t.lemma.as_str(), "two" | "both"));
    let pair = &pair.filter(|pair| pair.sure || both)?.codes;
    let about_pair = relation_phrase
        || sentence
            .tokens
            .iter()
            .any(|t| t.upos == Upos::Noun && words.relations.contains(t.lemma.as_str()));
    // "The quarrel over visas was not resolved": theirs, where the sentence names nobody else.
    let theirs = stance == Stance::Contested
        && token(sentence, governor).is_some_and(|t| t.upos == Upos::Noun)
        && sentence.children(governor).iter().any(|&c| super::lemma_of(sentence, c) == "the")
        && scene.resolution.mentions_in(scene.index).iter().all(|mention| {
            let codes = mention.actors.iter().filter_map(|actor| actor.code.as_ref());
            codes.into_iter().all(|code| pair.contains(code))
        });
    let about_pair = about_pair || theirs;
    let one_of_it = codes.len() == 1 && codes.iter().all(|code| pair.contains(code));
    if (codes.is_empty() && about_pair)
        || (one_of_it && (about_pair || stance == Stance::Discussed))
    {
        return Some(pair.to_vec());
    }
    None
}

/// The two actors that the document names most, sorted; `None` where the second is named only once, unless there is no third.
pub(super) fn main_pair(resolution: &Resolution) -> Option<Pair> {
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
    if count < 2 && ranked.len() > 2 {
        return None;
    }
    let mut codes = [first.to_owned(), second.to_owned()];
    codes.sort();
    Some(Pair { codes, sure: count > 1 })
}

/// "Poland and Latvia condemned Russia's war": those who go against somebody, and whom they go against, be it by what is theirs.
fn against(
    scene: &Scene<'_>,
    words: &StanceWords,
    about: &About<'_>,
    pair: Option<&Pair>,
) -> Option<Vec<String>> {
    let sentence = scene.sentence;
    let codes = |head: usize, role: SlotRole| -> BTreeSet<String> {
        members(sentence, head)
            .into_iter()
            .filter(|&member| member != about.topic && !about.places.contains(&member))
            .flat_map(|member| scene.actors(member, role))
            .filter_map(|actor| actor.code)
            .collect()
    };
    let governor = about.governor;
    // "lodged a protest with China": the verb that governs a noun of protest tells who and with whom.
    let verb = token(sentence, governor)
        .filter(|t| t.upos == Upos::Noun && t.relation() == "obj")
        .and_then(|t| t.head);
    let mut own = BTreeSet::new();
    if let Some(head) = subject(sentence, verb.unwrap_or(governor)) {
        own.extend(codes(head, SlotRole::Actor));
    }
    let mut others = BTreeSet::new();
    if let Some(head) = patient(sentence, governor).filter(|&head| head != about.topic) {
        others.extend(codes(head, SlotRole::Recipient));
    }
    for holder in [Some(governor), verb].into_iter().flatten() {
        for preposition in ["with", "against", "at", "by", "from", "to"] {
            for head in governed_by(sentence, holder, preposition) {
                others.extend(codes(head, SlotRole::Recipient));
            }
        }
    }
    // "dismissed Egyptian complaints about the dam": who complains is the other side.
    if verb.is_some() {
        for &child in sentence.children(governor) {
            if token(sentence, child).is_some_and(|t| {
                t.deprel == "nmod:poss" || matches!(t.relation(), "compound" | "amod")
            }) {
                others.extend(codes(child, SlotRole::Actor));
            }
        }
    }
    // Whose it is: "Russia's war", "the Chinese ban", "the ban by China".
    let mut at = about.topic;
    for _ in 0..MAX_CLIMB {
        if at == governor {
            break;
        }
        for &child in sentence.children(at) {
            let owner = token(sentence, child).is_some_and(|t| {
                t.deprel == "nmod:poss" || matches!(t.relation(), "compound" | "amod")
            });
            if owner {
                others.extend(codes(child, SlotRole::Actor));
            }
        }
        for head in governed_by(sentence, at, "by") {
            others.extend(codes(head, SlotRole::Actor));
        }
        at = token(sentence, at)?.head?;
    }
    // A noun of protest has its doers beside it: "Chinese anger over".
    if own.is_empty() {
        for &child in sentence.children(governor) {
            if token(sentence, child).is_some_and(|t| {
                t.deprel == "nmod:poss" || matches!(t.relation(), "compound" | "amod")
            }) {
                own.extend(codes(child, SlotRole::Actor));
            }
        }
    }
    // "complained that one of its traders sits in a Chinese jail": somebody of whom the clause tells.
    if others.is_empty() && words.charges.contains(super::lemma_of(sentence, governor)) {
        let clause = sentence.dependents(governor, "ccomp").next();
        let told = (0..sentence.tokens.len())
            .filter(|&at| clause.is_some_and(|clause| is_below(sentence, at, clause)))
            .flat_map(|at| codes(at, SlotRole::Actor));
        let told: BTreeSet<String> = told.filter(|code| !own.contains(code)).collect();
        // Of several nobody can say which is meant.
        if told.len() == 1 {
            others = told;
        }
    }
    // "each side blamed the other for the collapse of the truce"
    let sided = |head: Option<usize>| {
        head.is_some_and(|head| {
            words.sides.contains(super::lemma_of(sentence, head))
                && sentence.children(head).iter().any(|&c| {
                    matches!(super::lemma_of(sentence, c), "each" | "both" | "two" | "the")
                })
        })
    };
    let above = token(sentence, governor)
        .filter(|t| matches!(t.relation(), "advcl" | "xcomp" | "acl"))
        .and_then(|t| t.head);
    // "Accused Oslo of violating its airspace": who is accused by the verb above.
    if others.is_subset(&own)
        && let Some(head) = above.and_then(|verb| patient(sentence, verb))
    {
        others.extend(codes(head, SlotRole::Recipient));
    }
    if others.is_empty() || own.is_empty() || own == others {
        // "each side accused the other of violating the truce": the verb above.
        let each = [Some(governor), above].into_iter().flatten().any(|verb| {
            sided(subject(sentence, verb))
                && patient(sentence, verb).is_none_or(|head| {
                    head == about.topic
                        || matches!(super::lemma_of(sentence, head), "other" | "each")
                })
        });
        if each && own.len() < 3 {
            if own.len() == 2 {
                return Some(own.into_iter().collect());
            }
            return pair.map(|pair| pair.codes.to_vec());
        }
    }
    let others: BTreeSet<String> = others.difference(&own).cloned().collect();
    (!own.is_empty() && !others.is_empty()).then(|| own.union(&others).cloned().collect())
}

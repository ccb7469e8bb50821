//! Words that name a commitment.
//!
//! In goes a sentence, out come the nouns ("a joint task force") and the acts ("withdraw its troops") of `topics/commitments.toml` that
//! stand in it, from the left.

use detente_knowledge::CommitmentKind;
use detente_parse::{Sentence, Upos};
use detente_resolve::MentionKind;

use super::{is_verb, lemma};
use crate::grammar::{has_case, is_below, members, patient, token};
use crate::issues::{head_of, naming_words, opens_name};
use crate::scene::Scene;

/// A noun or an act that names a kind of commitment.
pub(super) struct Named<'k> {
    pub(super) kind: &'k CommitmentKind,
    /// Token that heads it.
    pub(super) head: usize,
    /// First token of its name.
    pub(super) first: usize,
    /// Last token of its name.
    pub(super) last: usize,
    /// It is an act: the head is a verb.
    pub(super) act: bool,
}

/// The kinds that a sentence names, from the left, the longest first.
pub(super) fn find<'k>(scene: &Scene<'k>) -> Vec<Named<'k>> {
    let mut found = nouns(scene);
    let acts = acts(scene, &found);
    found.extend(acts);
    found.sort_by_key(|named| named.first);
    found
}

fn nouns<'k>(scene: &Scene<'k>) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let lemmas = naming_words(sentence);
    let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = lemmas.get(at..).filter(|rest| !rest.is_empty()) {
        if !opens_name(sentence, at) {
            at += 1;
            continue;
        }
        let Some((taken, kind)) =
            scene.knowledge.topics.commitment_at(rest).filter(|(taken, _)| *taken > 0)
        else {
            at += 1;
            continue;
        };
        let end = (at + taken).min(lemmas.len());
        let head = head_of(sentence, at, end);
        // A noun that only modifies another ("meeting room", "treaty obligations") names no commitment.
        let stands = token(sentence, head).is_some_and(|t| {
            matches!(t.upos, Upos::Noun | Upos::Propn)
                && !matches!(t.relation(), "compound" | "amod")
        });
        if stands && !is_actor(scene, head) {
            found.push(Named { kind, head, first: at, last: end - 1, act: false });
        }
        at = end;
    }
    found
}

/// "The European Union", "the Monitoring Committee": a body that acts is no commitment of its own.
fn is_actor(scene: &Scene<'_>, head: usize) -> bool {
    let capital = token(scene.sentence, head)
        .is_some_and(|t| t.form.starts_with(char::is_uppercase) && t.upos == Upos::Propn);
    capital
        && scene.resolution.mentions_in(scene.index).iter().any(|mention| {
            mention.tokens.contains(&head)
                && mention.kind == MentionKind::Name
                && mention.actors.iter().any(|actor| actor.code.is_some())
        })
}

/// Verbs that with their object are an act of a kind: "exchange prisoners", "pull out its forces".
fn acts<'k>(scene: &Scene<'k>, nouns: &[Named<'k>]) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    for verb in (0..sentence.tokens.len()).filter(|&at| is_verb(sentence, at)) {
        let word = lemma(sentence, verb);
        let Some(acts) = scene.knowledge.topics.acts_of(word) else { continue };
        let kind = acts.iter().find_map(|&(kind, number)| {
            let kind = scene.knowledge.topics.commitments.get(kind)?;
            let act = kind.acts.get(number)?;
            done_to(sentence, verb, act.get(1..)?).then_some(kind)
        });
        // "to hold elections", "pledged 30 billion yen in loans": what a noun names by itself is one commitment with the act.
        let by_noun = |kind: &CommitmentKind| {
            nouns.iter().any(|noun| {
                let of_kind = noun.kind.name == kind.name || noun.kind.alone;
                of_kind && is_below(sentence, noun.head, verb)
            })
        };
        if let Some(kind) = kind.filter(|kind| !by_noun(kind)) {
            found.push(Named { kind, head: verb, first: verb, last: verb, act: true });
        }
    }
    found
}

/// Whether what follows the verb in an act stands by it: its particle, preposition or object.
fn done_to(sentence: &Sentence, verb: usize, rest: &[String]) -> bool {
    let objects: Vec<usize> =
        patient(sentence, verb).map_or_else(Vec::new, |object| members(sentence, object));
    rest.iter().all(|part| {
        // "troops" has no singular.
        objects.iter().any(|&object| {
            let word = lemma(sentence, object);
            word == part || word.strip_suffix('s') == Some(part)
        }) || sentence.children(verb).iter().any(|&child| {
            // "pull out its troops", but not "resume talks on trade".
            let particle = lemma(sentence, child) == part
                && token(sentence, child).is_some_and(|t| {
                    matches!(t.upos, Upos::Adp | Upos::Adv | Upos::Part)
                        && matches!(t.relation(), "compound" | "advmod" | "obl")
                });
            particle || has_case(sentence, child, part)
        })
    })
}

//! Known parties in one clause → what the second reader makes of them.
//!
//! In "Delhi beseeched Dhaka" the subject and the object of *beseech* are known and no rule has fired on it. The reader codes such
//! a pair where it is sure, and what negation, modals and operators make of it is decided by the same code as for rules.

use detente_core::{Actor, EventStatus};
use detente_knowledge::{Knowledge, SlotRole};
use detente_parse::{Sentence, Upos};
use detente_resolve::Resolution;

use super::{CLASSES, NOTHING, Pair, pair_of_tokens};
use crate::events::{CodedEvent, Found, is_content, link_below, same_person, sentence_events};
use crate::form::{Outcome, form, outcome};
use crate::grammar::{indirect, members, patient, subject, token};
use crate::matcher::{Binding, lower};
use crate::rulebook::{Reach, RuleBook};
use crate::scene::Scene;

/// Two parties of one clause, for training and scoring.
#[derive(Debug, Clone)]
pub struct PartyPair {
    /// Index of the sentence.
    pub sentence: usize,
    /// What the reader sees.
    pub pair: Pair,
    /// Who acts.
    pub actors: Vec<Actor>,
    /// To whom.
    pub recipients: Vec<Actor>,
    /// The type that a rule gave, if one did.
    pub by_rule: Option<String>,
    /// Both parties are known and no rule has fired on the verb: the reader may code it alone.
    pub open: bool,
}

/// A verb with two known parties.
struct Candidate {
    verb: usize,
    actor: usize,
    recipient: usize,
    actors: Vec<Actor>,
    recipients: Vec<Actor>,
}

impl Candidate {
    /// Whether each side is one that the text names or says by title, acts in public, and is not the other's own.
    fn is_known(&self) -> bool {
        use detente_core::Sector;
        let named = |a: &Actor| {
            a.code.is_some()
                && a.via
                    .as_deref()
                    .is_none_or(|via| matches!(via, "title" | "place" | "counterpart"))
        };
        // What newspapers, firms and citizens do to a state is hardly ever told of states.
        let public = |a: &Actor| {
            a.sector.is_none_or(|sector| {
                matches!(
                    sector,
                    Sector::Gov
                        | Sector::Mil
                        | Sector::Leg
                        | Sector::Jud
                        | Sector::Pty
                        | Sector::Opp
                        | Sector::Spy
                        | Sector::Reb
                        | Sector::Par
                        | Sector::Ter
                        | Sector::Igo
                )
            })
        };
        let apart = |a: &Actor| self.recipients.iter().all(|r| r.code != a.code);
        self.actors.iter().chain(&self.recipients).all(|a| named(a) && public(a))
            && self.actors.iter().all(apart)
    }
}

/// Whether a verb tells something by itself: in a main clause or one that is said, and with a meaning of its own; "fire up" is not "fire".
fn tells(scene: &Scene<'_>, verb: usize) -> bool {
    token(scene.sentence, verb).is_some_and(|word| {
        matches!(word.relation(), "root" | "conj" | "ccomp" | "parataxis")
            && !scene.is_light(&lower(&word.lemma))
            && scene.sentence.dependents(verb, "compound:prt").next().is_none()
    })
}

/// Every pair of known parties in a document: those of its events, and those between which the rules are silent.
pub fn party_pairs(
    knowledge: &Knowledge,
    book: &RuleBook,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Vec<PartyPair> {
    let mut pairs = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        let found = sentence_events(&scene, false);
        for event in found.coded.iter().filter(|event| event.found.rule.name != crate::READER) {
            let Some((s, t)) = tokens_of(sentence, &event.found.binding) else { continue };
            pairs.push(PartyPair {
                sentence: index,
                pair: pair_of_tokens(book, sentence, Some(s), Some(t), None),
                actors: event.found.actors.clone(),
                recipients: event.found.recipients.clone(),
                by_rule: Some(event.kind.clone()),
                open: false,
            });
        }
        for one in candidates(&scene) {
            let told = found.coded.iter().any(|event| {
                event.found.rule.name != crate::READER
                    && (event.found.head == one.verb
                        || event.found.binding.light == Some(one.verb)
                        || event.by.is_some_and(|by| by.at == one.verb))
            });
            if !told {
                pairs.push(PartyPair {
                    sentence: index,
                    pair: pair_of_tokens(
                        book,
                        sentence,
                        Some(one.actor),
                        Some(one.recipient),
                        None,
                    ),
                    open: one.is_known()
                        && tells(&scene, one.verb)
                        && !found.taken.contains(&one.verb),
                    actors: one.actors,
                    recipients: one.recipients,
                    by_rule: None,
                });
            }
        }
    }
    pairs
}

/// The tokens of the two parties that a pattern has bound.
pub(crate) fn tokens_of(sentence: &Sentence, binding: &Binding) -> Option<(usize, usize)> {
    if let Some(list) = binding.parties {
        let members = members(sentence, list);
        return match (members.as_slice(), binding.recipient) {
            ([first, second, ..], _) => Some((*first, *second)),
            ([only], Some(other)) => Some((*only, other)),
            _ => None,
        };
    }
    binding.actor.zip(binding.recipient)
}

fn candidates(scene: &Scene<'_>) -> Vec<Candidate> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    for (verb, word) in sentence.tokens.iter().enumerate() {
        if word.upos != Upos::Verb {
            continue;
        }
        let Some(actor) = subject(sentence, verb) else { continue };
        let mut others: Vec<usize> = patient(sentence, verb).into_iter().collect();
        others.extend(indirect(sentence, verb));
        others.extend(sentence.dependents(verb, "obl").filter(|&o| {
            token(sentence, o)
                .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron))
                && sentence.children(o).iter().any(|&c| {
                    token(sentence, c).is_some_and(|t| {
                        t.relation() == "case"
                            && matches!(
                                t.lemma.as_str(),
                                "with"
                                    | "against"
                                    | "to"
                                    | "on"
                                    | "at"
                                    | "for"
                                    | "from"
                                    | "toward"
                                    | "towards"
                            )
                    })
                })
        }));
        others.retain(|&o| o != actor && o != verb);
        if others.is_empty() {
            continue;
        }
        let actors = scene.actors_for(actor, SlotRole::Actor, Reach::Itself);
        if actors.is_empty() {
            continue;
        }
        for recipient in others {
            let mut recipients = scene.actors_for(recipient, SlotRole::Recipient, Reach::Itself);
            recipients.retain(|r| !actors.iter().any(|a| same_person(a, r, false)));
            if !recipients.is_empty() {
                let actors = actors.clone();
                found.push(Candidate { verb, actor, recipient, actors, recipients });
                break;
            }
        }
    }
    found
}

/// The events that the reader is sure of where no rule has fired; `taken` are the words on which one has.
pub(crate) fn second_events<'k>(
    scene: &Scene<'k>,
    coded: &[CodedEvent<'k>],
    taken: &[usize],
) -> Vec<CodedEvent<'k>> {
    let reader = scene.book.reader();
    if reader.is_empty() || scene.given.is_some() {
        return Vec::new();
    }
    let mut found: Vec<CodedEvent<'k>> = Vec::new();
    for one in candidates(scene) {
        let governed = coded.iter().any(|event| event.by.is_some_and(|by| by.at == one.verb));
        if taken.contains(&one.verb) || governed || !tells(scene, one.verb) || !one.is_known() {
            continue;
        }
        let pair =
            pair_of_tokens(scene.book, scene.sentence, Some(one.actor), Some(one.recipient), None);
        let shares = reader.probabilities(&pair);
        let Some((class, share)) = shares
            .iter()
            .copied()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        else {
            continue;
        };
        if share < reader.sure() || CLASSES[class] == NOTHING {
            continue;
        }
        let Some(rule) = scene.book.second_rule(class) else { continue };
        let form = form(scene.book, scene.sentence, one.verb, None);
        let Outcome::Coded { kind, status, by } = outcome(&rule.kind, &form, None) else {
            continue;
        };
        // What may be, or is denied, is left to the rules.
        if !matches!(status, EventStatus::Actual | EventStatus::Planned) {
            continue;
        }
        let binding = Binding {
            actor: Some(one.actor),
            recipient: Some(one.recipient),
            triggers: vec![one.verb],
            ..Binding::default()
        };
        let kind = kind.map_or_else(|| rule.kind.clone(), str::to_owned);
        let read = Found {
            rule,
            pattern: 0,
            head: one.verb,
            binding,
            actors: one.actors,
            recipients: one.recipients,
            score: 0,
        };
        let event = CodedEvent::new(kind, read, status, form, by);
        // What lies in a told act's content is none of its own, nor is what holds one.
        let nested = coded.iter().chain(&found).any(|other| {
            let inside = |inner: &CodedEvent<'_>, outer: &CodedEvent<'_>| {
                link_below(scene.sentence, inner.found.head, outer.found.head)
                    .is_some_and(|link| is_content(scene.sentence, link, inner, outer))
            };
            inside(&event, other) || inside(other, &event)
        });
        if !nested {
            found.push(event);
        }
    }
    found
}

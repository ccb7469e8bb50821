//! Sectors that a party's own words leave open and the words around them tell.
//!
//! "Russian missiles struck the port": a state's machines of war are its army's. "Deported a thousand Colombians": people of a state are
//! its citizens. "Recalled its ambassador from Warsaw", "rejected a Belarusian request": what is said and settled between states is between
//! their governments.

use detente_core::{Actor, Sector, Span};
use detente_knowledge::EntityKind;
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::Category;

use crate::grammar::token;
use crate::matcher::lower;
use crate::scene::Scene;
use crate::whose::mention_of;

/// Types of what is said and settled, which states do to each other by their governments.
const BETWEEN_GOVERNMENTS: [&str; 10] = [
    "ACCUSE",
    "AGREE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
];

/// Gives parties of an event of this type the sector that the words around them tell, where they have a state and no sector.
pub(crate) fn tell(scene: &Scene<'_>, kind: &str, actors: &mut [Actor], recipients: &mut [Actor]) {
    let all = || actors.iter().chain(recipients.iter());
    // By what they were before any of them was told.
    let peers: Vec<Option<Sector>> = all().map(|party| peer_of(scene, party, all())).collect();
    let mut peers = peers.into_iter();
    for (actor, peer) in actors.iter_mut().zip(&mut peers) {
        if peer.is_some() {
            actor.sector = peer;
        } else if is_open(scene, actor) {
            actor.sector = sector(scene, kind, actor, true);
        }
    }
    for (recipient, peer) in recipients.iter_mut().zip(peers) {
        if peer.is_some() {
            recipient.sector = peer;
        } else if is_open(scene, recipient) {
            recipient.sector = sector(scene, kind, recipient, false);
        } else if matches!(kind, "ASSAULT" | "COERCE") && is_private(scene, recipient) {
            recipient.sector = Some(Sector::Cvl);
        }
        if matches!(kind, "ASSAULT" | "COERCE") && recipient.sector.is_none() {
            recipient.sector = crowd_there(scene, recipient);
        }
    }
}

/// "Signed a deal with a Korean rival": a firm's rival is a firm. The sector of another of the parties, where this one is told by a noun
/// for one of its kind, and no name says more.
fn peer_of<'a>(
    scene: &Scene<'_>,
    party: &Actor,
    mut all: impl Iterator<Item = &'a Actor>,
) -> Option<Sector> {
    if party.name.is_some() || !matches!(party.sector, None | Some(Sector::Gov)) {
        return None;
    }
    let other = all.find(|other| other.code != party.code)?.sector?;
    let word = token(scene.sentence, last_in(scene.sentence, party.span?)?)?;
    let describes = matches!(word.relation(), "amod" | "compound");
    let noun = if describes { token(scene.sentence, word.head?)? } else { word };
    scene.book.is_peer(&lower(&noun.lemma)).then_some(other)
}

/// Whether a party is a person of whom nothing is told but the name.
fn is_private(scene: &Scene<'_>, party: &Actor) -> bool {
    party.sector.is_none()
        && party.role.is_none()
        && mention_of(scene, party).is_some_and(|m| m.category == Category::Person)
}

/// The last token that lies within these bytes.
fn last_in(sentence: &Sentence, span: Span) -> Option<usize> {
    let within = |t: &Token| span.start <= t.span.start && t.span.end <= span.end;
    sentence.tokens.iter().rposition(within)
}

/// "Police beat protesters in Tehran": what the people are who suffer it in the place, where the place stands for them.
fn crowd_there(scene: &Scene<'_>, party: &Actor) -> Option<Sector> {
    let sentence = scene.sentence;
    let place = last_in(sentence, party.span?)?;
    let word = token(sentence, place).filter(|word| matches!(word.relation(), "obl" | "nmod"))?;
    let above = word.head?;
    let people = sentence.dependents(above, "obj").next().unwrap_or(above);
    let mention = scene.resolution.mention_at(scene.index, people)?;
    match mention.actors.as_slice() {
        [one] if mention.category == Category::People && one.code == party.code => one.sector,
        _ => None,
    }
}

/// Whether a party is of a state, and nothing more is known of it.
fn is_open(scene: &Scene<'_>, party: &Actor) -> bool {
    let state = |code: &str| {
        scene.knowledge.actors.entity(code).is_some_and(|e| e.kind == EntityKind::Country)
    };
    party.sector.is_none() && party.name.is_none() && party.code.as_deref().is_some_and(state)
}

fn sector(scene: &Scene<'_>, kind: &str, party: &Actor, acts: bool) -> Option<Sector> {
    let sentence = scene.sentence;
    let own = last_in(sentence, party.span?)?;
    let word = token(sentence, own)?;
    let describes = matches!(word.relation(), "amod" | "compound");
    let head = word.head.filter(|_| describes).and_then(|at| token(sentence, at));
    if let Some(head) = head {
        let lemma = lower(&head.lemma);
        // Whom a plane carries that is hit nobody knows.
        if scene.book.is_war_machine(&lemma) || (acts && scene.book.is_war_craft(&lemma)) {
            return Some(Sector::Mil);
        }
    } else if is_people(scene, party) {
        return (!acts || is_counted(scene, own)).then_some(Sector::Cvl);
    }
    let via = party.via.as_deref();
    let state = via == Some("place")
        || mention_of(scene, party).is_some_and(|m| m.category == Category::Country);
    let governs = BETWEEN_GOVERNMENTS.contains(&kind)
        && (state || (!acts && (head.is_some() || matches!(via, Some("story" | "act")))));
    governs.then_some(Sector::Gov)
}

/// Whether a party is told by a noun for people of a state: "Colombians".
fn is_people(scene: &Scene<'_>, party: &Actor) -> bool {
    mention_of(scene, party).is_some_and(|m| {
        matches!(m.category, Category::Nationality | Category::People)
            && token(scene.sentence, m.head)
                .is_some_and(|t| t.upos == Upos::Noun || t.xpos == "NNPS" || t.xpos == "NNS")
    })
}

/// Whether people are counted: "thousands of Ecuadoreans", "two Germans", as nobody counts a side of a war.
fn is_counted(scene: &Scene<'_>, at: usize) -> bool {
    let sentence = scene.sentence;
    let number = |of: usize| sentence.dependents(of, "nummod").next().is_some();
    let of_many = token(sentence, at).and_then(|t| t.head).is_some_and(|above| {
        token(sentence, at).is_some_and(|t| t.relation() == "nmod")
            && token(sentence, above).is_some_and(|t| scene.book.is_round_number(&lower(&t.lemma)))
    });
    number(at) || of_many
}

//! Whether two parties are one.
//!
//! In go two parties, out comes whether they are the same: by code, sector and name, or by the words that stand for them. "Praised its two
//! allies" is not said to the one who praises.

use detente_core::Actor;

use crate::scene::Scene;

/// The noun by whose earlier act all of the parties are known.
pub(super) fn by_act(scene: &Scene<'_>, parties: &[Actor]) -> Option<usize> {
    let span = parties.first()?.span?;
    parties
        .iter()
        .all(|party| party.via.as_deref() == Some("act") && party.span == Some(span))
        .then(|| scene.sentence.tokens.iter().position(|t| t.span == span))?
}

/// Whether acts of a type are done against somebody.
pub(super) fn is_hostile(kind: &str) -> bool {
    matches!(kind, "ACCUSE" | "SANCTION" | "COERCE" | "ASSAULT")
}

/// Whether two actors are one party: same code, sector and name.
pub(crate) fn same_party(a: &Actor, b: &Actor) -> bool {
    a.code == b.code
        && a.sector == b.sector
        && a.name == b.name
        && (a.code.is_some() || a.name.is_some() || a.span == b.span)
}

/// Whether a recipient is the actor again: by name, by the same words, or by a pronoun. Two officials of one
/// state are two parties. `within` tells an act that one may do to one's own.
pub(crate) fn same_person(actor: &Actor, recipient: &Actor, within: bool) -> bool {
    // "praised its two allies": what is the actor's own is not the other; but one sacks one's own minister, and thanks one's troops.
    let own = actor.code.is_some()
        && actor.code == recipient.code
        && recipient.via.as_deref() == Some("pronoun")
        && !(recipient.sector.is_some()
            && recipient.span != actor.span
            && (within || recipient.sector != actor.sector));
    // "Supporters of Diop attacked protesters": the place tells whose both are, and not that they are the same.
    let refers = |party: &Actor| {
        party.via.as_deref().is_some_and(|via| !matches!(via, "place" | "story" | "counterpart"))
    };
    own || same_party(actor, recipient)
        && (actor.name.is_some()
            || actor.span == recipient.span
            || actor.sector.is_none()
            || refers(actor)
            || refers(recipient))
}

/// Whether two lists hold the same parties, in any order.
pub(super) fn same_parties(a: &[Actor], b: &[Actor]) -> bool {
    a.len() == b.len() && a.iter().all(|x| b.iter().any(|y| same_party(x, y)))
}

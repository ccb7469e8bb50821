//! Whom troops stand against where the rule for their move names nobody.
//!
//! "Dug in along the Ethiopian frontier", "sent ships to deter Tehran", "scrambled jets after a Russian plane entered its airspace": where troops
//! go is no recipient, but who is on the other side of the border, whom they are there to stop and who has come too near is. In go an
//! act's word and its doers, out come the others whom a word of the sentence names so.

use detente_core::{Actor, Sector};
use detente_knowledge::SlotRole;
use detente_parse::Upos;

use crate::form::has_mark;
use crate::grammar::{governed_by, has_case, is_below, members, patient, subject, token};
use crate::matcher::lower;
use crate::rulebook::Reach;
use crate::scene::Scene;

/// Prepositions by which troops are near to, or against, whom they stand for.
pub(crate) const NEAR: [&str; 5] = ["near", "around", "off", "against", "opposite"];

/// Whether a party is of a known code other than those of all doers, which are known too.
pub(crate) fn is_foreign(doers: &[Actor], party: &Actor) -> bool {
    party.code.is_some() && doers.iter().all(|a| a.code.is_some() && a.code != party.code)
}

/// Those whom a move of the troops of `actors`, told by the word at `head`, is made against.
pub(crate) fn faced(scene: &Scene<'_>, head: usize, actors: &[Actor]) -> Vec<Actor> {
    let sentence = scene.sentence;
    let foreign = |r: &Actor| is_foreign(actors, r);
    let others = |np: usize| -> Vec<Actor> {
        let mut parties = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
        parties.retain(foreign);
        parties
    };
    let lemma = |at: usize| token(sentence, at).map(|t| lower(&t.lemma)).unwrap_or_default();
    let below = |&at: &usize| is_below(sentence, at, head);
    let all = || (0..sentence.tokens.len()).filter(below);
    // "Fired missiles into waters off Taiwan"
    let near = all().filter(|&np| NEAR.iter().any(|case| has_case(sentence, np, case)));
    // "Along the Ethiopian frontier", "on the boundary with Kosovo"; who guards or patrols it watches over it.
    let guards = || {
        all().any(|at| scene.book.is_guarding(&lemma(at))) || scene.book.is_guarding(&lemma(head))
    };
    let is_edge = |&np: &usize| {
        scene.book.is_border(&lemma(np))
            && token(sentence, np).is_some_and(|t| matches!(t.relation(), "obl" | "nmod"))
    };
    let border = all().filter(is_edge).filter(|_| !guards()).map(|np| {
        let with = governed_by(sentence, np, "with").flat_map(|at| members(sentence, at));
        with.map(others).find(|found| !found.is_empty()).unwrap_or_else(|| others(np))
    });
    // "To deter Tehran", "to intercept two Russian bombers"
    let stopped = all()
        .filter(|&verb| {
            token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb)
                && scene.book.is_stopping(&lemma(verb))
                && has_case(sentence, verb, "to")
        })
        .filter_map(|verb| patient(sentence, verb))
        .map(|np| scene.actors_for(np, SlotRole::Recipient, Reach::Owner));
    // "After a Russian plane entered its airspace", "as Chinese bombers neared"
    let intruders = all()
        .filter(|&verb| {
            token(sentence, verb).is_some_and(|t| t.relation() == "advcl")
                && scene.book.is_intruding(&lemma(verb))
                && ["after", "as", "when"].iter().any(|mark| has_mark(sentence, verb, mark))
        })
        .filter_map(|verb| subject(sentence, verb))
        .map(|np| {
            let mut parties = scene.actors_for(np, SlotRole::Recipient, Reach::Owner);
            // The bombers that near an airspace are planes.
            for party in parties.iter_mut().filter(|a| a.sector == Some(Sector::Ter)) {
                party.sector = Some(Sector::Mil);
            }
            parties
        });
    // "Flew over American ships"
    let beset = all()
        .filter(|&np| {
            token(sentence, np).is_some_and(|t| t.upos == Upos::Noun)
                && ["over", "past", "alongside"].iter().any(|case| has_case(sentence, np, case))
        })
        .map(|np| scene.actors_for(np, SlotRole::Recipient, Reach::Owner));
    // "Fired a missile over Japan"
    let shot = all().any(|at| scene.book.is_missile(&lemma(at)));
    let under = all().filter(|&np| shot && has_case(sentence, np, "over")).map(others);
    near.map(others)
        .chain(under)
        .chain(border)
        .chain(beset.chain(stopped).chain(intruders).map(|mut parties| {
            parties.retain(foreign);
            parties
        }))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

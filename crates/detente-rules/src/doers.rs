//! Who did an act of whom its own clause names no doer as subject or agent of the verb.
//!
//! "Killed in an attack claimed by the rebels", "placed under sanctions by Britain", "were expelled from Moscow". In go a verb and what a rule has bound
//! below it, out come those whom another word of the clause names as the doers.

use detente_core::{Actor, Sector};
use detente_knowledge::{Rule, SlotRole};
use detente_parse::Upos;

use crate::grammar::{governed_by, has_case, is_passive, patient, subject, token};
use crate::matcher::lower;
use crate::rulebook::Reach;
use crate::scene::Scene;

/// "Killed in an attack claimed by the rebels", "in a police raid", "mortar fire from Gaza": who did the act in which somebody was hit.
pub(crate) fn noun_doers(scene: &Scene<'_>, verb: usize, thing: Option<usize>) -> Vec<Actor> {
    let sentence = scene.sentence;
    // A tree may take the place of a passive for its object.
    let within = sentence.dependents(verb, "obl").chain(sentence.dependents(verb, "obj"));
    let inside = within.filter(|&np| {
        ["in", "by", "during", "from"].iter().any(|case| has_case(sentence, np, case))
    });
    let acts: Vec<usize> = inside
        .chain(thing)
        .filter(|&np| token(sentence, np).is_some_and(|t| scene.book.acts.knows(&lower(&t.lemma))))
        .collect();
    let told = acts.iter().find_map(|&np| {
        let claimed = sentence
            .dependents(np, "acl")
            .filter(|&c| token(sentence, c).is_some_and(|t| t.xpos == "VBN"))
            .filter_map(|c| subject(sentence, c).filter(|&s| s != np));
        let owner = sentence.children(np).iter().copied().filter(|&c| {
            c < np
                && token(sentence, c).is_some_and(|t| {
                    t.deprel == "nmod:poss"
                        || (matches!(t.relation(), "amod" | "compound") && t.upos != Upos::Propn)
                })
        });
        governed_by(sentence, np, "by")
            .chain(claimed)
            .chain(owner)
            .map(|who| scene.actors_for(who, SlotRole::Actor, Reach::Itself))
            .find(|found| !found.is_empty())
    });
    told.or_else(|| acts.iter().find_map(|&np| force_of(scene, np)))
        .or_else(|| thing.and_then(|np| fired_from(scene, np)))
        .or_else(|| claimants(scene, verb))
        .unwrap_or_default()
}

/// "The killing of an officer that was claimed by the rebels": the armed group that owns up to the act of a noun, wherever the tree hangs the
/// clause.
fn claimants(scene: &Scene<'_>, act: usize) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    token(sentence, act).filter(|t| t.upos == Upos::Noun)?;
    let whom = ["of", "on", "against", "in"].into_iter();
    let whom = whom.flat_map(|case| governed_by(sentence, act, case));
    let clauses = std::iter::once(act).chain(whom).flat_map(|np| sentence.dependents(np, "acl"));
    let mut owned = clauses
        .filter(|&c| {
            token(sentence, c).is_some_and(|t| t.xpos == "VBN" && lower(&t.lemma) == "claim")
        })
        .flat_map(|c| governed_by(sentence, c, "by"))
        .map(|who| scene.actors_for(who, SlotRole::Actor, Reach::Itself));
    owned.find(|found| {
        found.iter().any(|a| {
            matches!(a.sector, Some(Sector::Ter | Sector::Reb | Sector::Par | Sector::Unk))
        })
    })
}

/// "A police raid", "an army attack", "a police-involved shooting": the force whose act a noun tells, of whatever state.
fn force_of(scene: &Scene<'_>, act: usize) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let own = sentence.children(act).iter().copied().filter(|&c| c < act);
    let involved = own.clone().filter(|&c| {
        token(sentence, c).is_some_and(|t| t.relation() == "amod" && t.lemma == "involve")
    });
    let involved = involved.flat_map(|c| sentence.children(c)).copied();
    own.chain(involved).find_map(|c| {
        let word = token(sentence, c).filter(|t| t.relation() == "compound")?;
        let lemma = lower(&word.lemma);
        let (_, found) = scene.knowledge.actors.sector_word(&[lemma.as_ref()])?;
        let force = matches!(
            found.sector,
            Sector::Gov | Sector::Mil | Sector::Reb | Sector::Par | Sector::Spy
        );
        (force && word.upos == Upos::Noun).then(|| {
            let (sector, span) = (Some(found.sector), Some(word.span));
            vec![Actor { sector, span, ..Actor::default() }]
        })
    })
}

/// "Mortar fire from Gaza": those from whose land it came.
fn fired_from(scene: &Scene<'_>, thing: usize) -> Option<Vec<Actor>> {
    let mut land = governed_by(scene.sentence, thing, "from").map(|np| {
        let mut parties = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
        parties.retain(|a| a.code.is_some());
        parties
    });
    land.find(|found| !found.is_empty())
}

/// "Was led away by agents of the secret service", "was placed under sanctions by Britain": the agent of a passive to whom the rule's line gave no
/// place.
pub(crate) fn agents(
    scene: &Scene<'_>,
    rule: &Rule,
    head: usize,
    triggers: &[usize],
) -> Vec<Actor> {
    let sentence = scene.sentence;
    let deed = matches!(rule.kind.as_str(), "ASSAULT" | "COERCE" | "SANCTION" | "RETREAT");
    if !deed || !is_passive(sentence, head) {
        return Vec::new();
    }
    let nouns = triggers.iter().copied().filter(|&at| {
        at > head
            && token(sentence, at).is_some_and(|t| t.upos == Upos::Noun && t.head == Some(head))
    });
    std::iter::once(head)
        .chain(nouns)
        .flat_map(|at| governed_by(sentence, at, "by"))
        .map(|who| {
            let named = scene.actors_for(who, SlotRole::Actor, Reach::Itself);
            if named.is_empty() {
                // "Agents of Venezuela's secret service"
                return scene.actors_for(who, SlotRole::Recipient, Reach::Owner);
            }
            named
        })
        .find(|found| found.iter().any(|a| a.code.is_some()))
        .unwrap_or_default()
}

/// "Were expelled from Moscow", "was thrown out of the party", "was called back from Beirut": who puts somebody out, or calls him home, where no
/// word names the doer; and to whom it is done. `found` is whom the rule has taken for that.
pub(crate) fn banishers(
    scene: &Scene<'_>,
    rule: &Rule,
    head: usize,
    found: Vec<Actor>,
) -> (Vec<Actor>, Vec<Actor>) {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, head) else { return (Vec::new(), found) };
    let lemma = lower(&word.lemma);
    let passive = is_passive(sentence, head);
    if !matches!(rule.kind.as_str(), "SANCTION" | "COERCE") {
        return (Vec::new(), found);
    }
    let whom = patient(sentence, head).filter(|_| passive);
    let whom = whom.map(|np| scene.actors_for(np, SlotRole::Recipient, Reach::Owner));
    // "Syria's ambassador was called back from Beirut"
    if passive && matches!(lemma.as_ref(), "recall" | "call" | "withdraw" | "summon") {
        let mut home = whom.unwrap_or_default();
        home.retain(|a| a.code.is_some() && found.iter().all(|r| r.code != a.code));
        let recalled = rule.modes.iter().any(|mode| mode == "expel");
        return if recalled && !found.is_empty() { (home, found) } else { (Vec::new(), found) };
    }
    if !(passive || word.upos == Upos::Noun) || !scene.book.is_banishing(&lemma) {
        return (Vec::new(), found);
    }
    // "Two American diplomats were expelled from Moscow": the line may have taken the host for the guest.
    let banished = whom.filter(|all| !all.is_empty()).unwrap_or_else(|| found.clone());
    let others = |np: usize| -> Vec<Actor> {
        let mut hosts = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
        let party = token(sentence, np).is_some_and(|t| t.lemma == "party");
        if party && scene.resolution.mention_at(scene.index, np).is_none_or(|m| m.actors.is_empty())
        {
            hosts = vec![Actor {
                code: banished.first().and_then(|b| b.code.clone()),
                sector: Some(Sector::Pty),
                span: token(sentence, np).map(|t| t.span),
                ..Actor::default()
            }];
        }
        for host in hosts.iter_mut().filter(|a| a.sector.is_none()) {
            host.sector = Some(Sector::Gov);
        }
        hosts.retain(|a| {
            let within = matches!(a.sector, Some(Sector::Pty | Sector::Leg | Sector::Lab));
            let other = banished.iter().all(|b| b.code != a.code || b.sector != a.sector);
            other && (within || (a.code.is_some() && banished.iter().all(|b| b.code != a.code)))
        });
        hosts
    };
    // "The expulsion of two Czech diplomats from Belarus"
    let of = governed_by(sentence, head, "of").flat_map(|np| sentence.children(np)).copied();
    let places = sentence
        .children(head)
        .iter()
        .copied()
        .chain(of)
        .filter(|&np| ["from", "out"].iter().any(|case| has_case(sentence, np, case)));
    let mut places = places.map(others);
    match places.find(|hosts| !hosts.is_empty()) {
        Some(hosts) => (hosts, banished),
        None => (Vec::new(), found),
    }
}

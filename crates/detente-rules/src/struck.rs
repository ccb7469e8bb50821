//! Whose the thing is that is hit, where a rule has found nobody, or no more than the land it lies in.
//!
//! "Captured the UNITA stronghold of Andulo", "bombed camps of the militia in eastern Congo": the act is done to those whose the thing is, and
//! not to the state on whose land it stands. "Shut the paper", "wrote off debts owed by Zambia": a word that the rule itself asks for may stand
//! for those to whom it is done. In go an act and the parties found so far, out come those who hold or are the thing.

use detente_core::{Actor, Sector};
use detente_knowledge::{Mark, SlotRole};
use detente_parse::Upos;

use crate::events::{CodedEvent, same_party};
use crate::facing::is_foreign;
use crate::grammar::{governed_by, has_case, is_below, members, patient, token};
use crate::matcher::lower;
use crate::rulebook::Reach;
use crate::scene::Scene;
use crate::whose::place_of;

/// Those whose the thing is that the verb at `head` is done to, or that the phrase `np` tells more of; none where no word says so.
///
/// Called where `np` tells no more than a place. `actors` do it, and are not those to whom it is done.
pub(crate) fn owners(scene: &Scene<'_>, head: usize, np: usize, actors: &[Actor]) -> Vec<Actor> {
    let sentence = scene.sentence;
    let is_thing = |&at: &usize| token(sentence, at).is_some_and(|t| t.upos == Upos::Noun);
    let thing = patient(sentence, head).filter(is_thing);
    // "Took Huambo, the movement's stronghold"
    let lairs = [Some(np), thing].into_iter().flatten().flat_map(|at| {
        sentence.dependents(at, "appos").filter(is_thing).filter(|&noun| {
            token(sentence, noun).is_some_and(|t| scene.book.is_lair(&lower(&t.lemma)))
        })
    });
    let fits = |party: &Actor| {
        party.via.as_deref() != Some("place")
            && !scene.is_place(party)
            && (party.code.is_some() || party.sector.is_some_and(is_of_arms))
            && actors.iter().all(|doer| {
                doer.code.is_none()
                    || doer.code != party.code
                    || (doer.sector != party.sector && party.sector.is_some_and(is_of_arms))
            })
    };
    thing
        .into_iter()
        .chain(lairs)
        .map(|noun| scene.actors_for(noun, SlotRole::Recipient, Reach::Owner))
        .find(|found| !found.is_empty() && found.iter().all(fits))
        .unwrap_or_default()
}

/// Whether those of a sector stand in arms against others, and have camps and posts.
fn is_of_arms(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Par | Sector::Ter | Sector::Crm)
}

/// Gives an act of which a rule has found no recipient the one that a word of the rule itself stands for: "stormed parliament", "freed nine
/// hostages", "shut the paper", "wrote off debts owed by Zambia". Out comes whether there is one.
pub(crate) fn sufferer(scene: &Scene<'_>, event: &mut CodedEvent<'_>) -> bool {
    let sentence = scene.sentence;
    let found = &event.found;
    let kind = event.kind.as_str();
    if !found.recipients.is_empty()
        || found.rule.need.no_recipient
        || found.binding.recipient.is_some()
        || !matches!(kind, "PROTEST" | "ASSAULT" | "AID" | "COERCE" | "COOPERATE")
    {
        return false;
    }
    let undergoes = |at: usize| {
        let named = kind == "COOPERATE";
        let Some(word) = token(sentence, at)
            .filter(|t| t.upos == Upos::Noun || (named && t.upos == Upos::Propn))
        else {
            return false;
        };
        let lemma = lower(&word.lemma);
        let object = word.relation() == "obj" || word.deprel == "nsubj:pass";
        match kind {
            "PROTEST" => object || has_case(sentence, at, "into"),
            // "Opened its border to refugees from South Sudan", "wrote off debts owed by Zambia"
            "AID" => {
                (object && (scene.book.is_rescued(&lemma) || scene.book.is_debt(&lemma)))
                    || (scene.book.is_rescued(&lemma)
                        && ["to", "for"].iter().any(|case| has_case(sentence, at, case)))
            }
            // "Handed him over to the court"
            "COOPERATE" => has_case(sentence, at, "to"),
            _ => object,
        }
    };
    let own_words = found
        .binding
        .triggers
        .iter()
        .filter(|&&at| at != found.head && found.binding.thing != Some(at) && undergoes(at));
    let party = own_words
        .map(|&at| match scene.resolution.mention_at(scene.index, at) {
            Some(mention) => {
                let actors = mention.actors.iter().filter(|&a| fits(event, a));
                actors.map(|a| Actor { span: Some(mention.span), ..a.clone() }).collect()
            }
            None if matches!(kind, "PROTEST" | "COOPERATE") => Vec::new(),
            None => {
                let mut owners = scene.actors(at, SlotRole::Recipient);
                owners.retain(|owner| fits(event, owner));
                owners
            }
        })
        .find(|actors: &Vec<Actor>| !actors.is_empty());
    let party = party
        .or_else(|| banned(scene, event))
        .or_else(|| freed(scene, event))
        .or_else(|| foes(scene, event))
        .unwrap_or_default();
    let some = !party.is_empty();
    event.found.recipients = party;
    some
}

/// Whether a party for which a word of the rule stands may be the one to whom the act is done.
fn fits(event: &CodedEvent<'_>, other: &Actor) -> bool {
    let kind = event.kind.as_str();
    let actors = &event.found.actors;
    let helps = kind == "AID";
    let own = actors.iter().any(|a| {
        same_party(a, other) || (a.code == other.code && (helps || other.sector.is_none()))
    });
    let body = other.code.is_some()
        && matches!(
            other.sector,
            Some(Sector::Gov | Sector::Leg | Sector::Jud | Sector::Edu | Sector::Mil)
        );
    // "Seized a Greek tanker": whose a thing is, where it is another state's.
    let foreign = matches!(kind, "ASSAULT" | "COERCE" | "AID")
        && !actors.is_empty()
        && is_foreign(actors, other);
    // "Hauled in a dozen reformers"
    let at_home = kind == "COERCE"
        && other.code.is_none()
        && matches!(
            other.sector,
            Some(Sector::Opp | Sector::Pty | Sector::Med | Sector::Ngo | Sector::Lab | Sector::Rel)
        );
    !own && (body
        || foreign
        || at_home
        || (helps && matches!(other.sector, Some(Sector::Cvl | Sector::Ref))))
}

/// "Freed nine hostages": people, of whatever state.
fn freed(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let found = &event.found;
    let is_freed = |at: usize| {
        token(scene.sentence, at).is_some_and(|t| {
            t.upos == Upos::Noun
                && matches!(t.relation(), "obj" | "nsubj")
                && scene.book.is_rescued(&lower(&t.lemma))
        }) && scene.resolution.mention_at(scene.index, at).is_none_or(|m| m.actors.is_empty())
    };
    let noun = found.binding.triggers.iter().copied().find(|&at| at != found.head && is_freed(at));
    let noun = noun.filter(|_| event.kind == "AID")?;
    Some(vec![Actor {
        sector: Some(Sector::Cvl),
        span: token(scene.sentence, noun).map(|t| t.span),
        ..Actor::default()
    }])
}

/// "Rounded up the president's rivals": those whom a ruler has against him in his own state.
fn foes(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let found = &event.found;
    let noun = found.binding.triggers.iter().copied().find(|&at| {
        token(scene.sentence, at)
            .is_some_and(|t| t.upos == Upos::Noun && scene.book.is_foe(&lower(&t.lemma)))
    });
    let noun = noun.filter(|_| event.kind == "COERCE")?;
    let owner = scene.sentence.dependents(noun, "nmod:poss").next();
    let owner = owner.or_else(|| governed_by(scene.sentence, noun, "of").next())?;
    let [ruler] = found.actors.as_slice() else { return None };
    let owners = scene.actors(owner, SlotRole::Recipient);
    let at_home = ruler.code.is_some() && owners.iter().any(|a| a.code == ruler.code);
    at_home.then(|| {
        vec![Actor {
            code: ruler.code.clone(),
            sector: Some(Sector::Opp),
            via: Some("counterpart".to_owned()),
            span: token(scene.sentence, noun).map(|t| t.span),
            ..Actor::default()
        }]
    })
}

/// "Banned parties", "searched party offices": the parties of the state whose government, army or court does so.
fn banned(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let found = &event.found;
    let is_party = |at: usize| token(sentence, at).is_some_and(|t| t.lemma == "party");
    let noun = found.binding.triggers.iter().copied().find(|&at| is_party(at))?;
    let rules = |a: &Actor| {
        a.code.is_some()
            && matches!(
                a.sector,
                Some(Sector::Gov | Sector::Mil | Sector::Jud | Sector::Leg | Sector::Spy)
            )
    };
    if event.kind != "COERCE" || scene.resolution.mention_at(scene.index, noun).is_some() {
        return None;
    }
    let [ruler] = found.actors.as_slice() else { return None };
    rules(ruler).then(|| {
        vec![Actor {
            code: ruler.code.clone(),
            sector: Some(Sector::Pty),
            via: Some("counterpart".to_owned()),
            span: token(sentence, noun).map(|t| t.span),
            ..Actor::default()
        }]
    })
}

/// Gives a protest against which no word speaks those before whose house it is held: "rallied outside the Kremlin walls", "filed past the
/// state television building". Out comes whether there are any.
pub(crate) fn besieged(scene: &Scene<'_>, event: &mut CodedEvent<'_>) -> bool {
    let sentence = scene.sentence;
    let found = &event.found;
    if event.kind != "PROTEST"
        || found.rule.kind != "PROTEST"
        || !found.recipients.is_empty()
        || found.rule.need.no_recipient
    {
        return false;
    }
    let lemma = |at: usize| token(sentence, at).map(|t| lower(&t.lemma)).unwrap_or_default();
    // "Anti-government protests broke out", "anti-government protesters marched"
    let told = found.binding.triggers.iter().copied().chain([found.head]);
    let told = told.chain(found.binding.actor).chain(found.binding.thing);
    let against = told.flat_map(|at| sentence.children(at)).copied().find(|&c| {
        scene.book.is_against_rule(&lemma(c))
            || (lemma(c) == "government"
                && sentence.children(c).iter().any(|&anti| lemma(anti) == "anti"))
    });
    if let Some(word) = against {
        event.found.recipients = vec![Actor {
            sector: Some(Sector::Gov),
            code: found.actors.first().and_then(|a| a.code.clone()),
            via: Some("counterpart".to_owned()),
            span: token(sentence, word).map(|t| t.span),
            ..Actor::default()
        }];
        return true;
    }
    let top = found.binding.light.unwrap_or(found.head);
    let all = || (0..sentence.tokens.len()).filter(|&at| is_below(sentence, at, top));
    // "Rallied outside the court in support of a judge"
    if all().any(|at| scene.book.is_backing(&lemma(at))) {
        return false;
    }
    let before = ["outside", "before", "past", "around", "into", "onto", "on", "towards", "toward"];
    let houses = all().filter(|&np| {
        token(sentence, np).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
            && scene.book.is_house(&lemma(np))
            && before.iter().any(|case| has_case(sentence, np, case))
    });
    let own = |party: &Actor| {
        found.actors.iter().any(|a| a.code == party.code && a.sector == party.sector)
    };
    let rules = |party: &Actor| {
        !own(party)
            && matches!(
                party.sector,
                Some(
                    Sector::Gov
                        | Sector::Leg
                        | Sector::Jud
                        | Sector::Med
                        | Sector::Mil
                        | Sector::Pty
                )
            )
    };
    let owners = |house: usize| -> Vec<Actor> {
        let mut owners = scene.actors_for(house, SlotRole::Recipient, Reach::Owner);
        // "The Kremlin walls": what stands for a state is its government.
        for owner in owners.iter_mut().filter(|a| a.sector.is_none() && a.code.is_some()) {
            owner.sector = Some(Sector::Gov);
        }
        owners.retain(rules);
        // "The government building"
        let mut before = sentence.children(house).iter().copied();
        let word = before.find(|&c| c < house && scene.book.is_of_rulers(&lemma(c)));
        if let Some(word) = word.filter(|_| owners.is_empty()) {
            owners.push(Actor {
                sector: Some(Sector::Gov),
                span: token(sentence, word).map(|t| t.span),
                ..Actor::default()
            });
        }
        owners
    };
    // "Sealed the crossing with Ukraine", "blocked the Polish border"
    let edges = all().filter(|&np| scene.book.is_border(&lemma(np)) || lemma(np) == "crossing");
    let beyond = |np: usize| -> Vec<Actor> {
        let with = governed_by(sentence, np, "with").flat_map(|at| members(sentence, at));
        let mut parties: Vec<Actor> = with
            .chain([np])
            .map(|at| scene.actors_for(at, SlotRole::Recipient, Reach::Owner))
            .find(|parties| !parties.is_empty())
            .unwrap_or_default();
        parties.retain(|r| {
            r.code.is_some() && found.actors.iter().all(|a| a.code.is_some() && a.code != r.code)
        });
        parties
    };
    let recipients = houses
        .map(owners)
        .chain(edges.map(beyond))
        .find(|owners| !owners.is_empty())
        .unwrap_or_default();
    let some = !recipients.is_empty();
    event.found.recipients = recipients;
    some
}

/// Those on whose land a deed is done of which a rule has found no recipient: "blew up two bridges in Arauca", "opened a crossing into Gaza", "paid
/// for a hospital for Malawi", "stopped shelling Sarajevo".
pub(crate) fn by_land(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Vec<Actor> {
    let sentence = scene.sentence;
    let found = &event.found;
    let is_access = found.rule.modes.iter().any(|mode| mode == "access");
    let is_disarmed = found.rule.modes.iter().any(|mode| mode == "disarm");
    let is_truce = found.rule.modes.iter().any(|mode| mode == "ceasefire");
    let foreign = |r: &Actor| is_foreign(&found.actors, r);
    let at = |np: usize| -> Vec<Actor> {
        let mut parties = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
        parties.retain(foreign);
        parties
    };
    let behind = |cases: &'static [&'static str]| {
        (found.head + 1..sentence.tokens.len())
            .filter(|&np| is_below(sentence, np, found.head))
            .filter(|&np| cases.iter().any(|case| has_case(sentence, np, case)))
            .map(at)
            .find(|parties| !parties.is_empty())
            .unwrap_or_default()
    };
    match event.kind.as_str() {
        // "Paid for a hospital for Malawi", "dug through the mud of Santa Tecla"
        "AID" => {
            let saves = found.rule.is(Mark::Rescue);
            let there = || {
                let code = place_of(scene, found.head).filter(|_| saves)?;
                let party = Actor {
                    code: Some(code.to_owned()),
                    via: Some("place".to_owned()),
                    span: token(sentence, found.head).map(|t| t.span),
                    ..Actor::default()
                };
                foreign(&party).then(|| vec![party])
            };
            let named = behind(&["for"]);
            if named.is_empty() { there().unwrap_or_default() } else { named }
        }
        // "Handed their rifles to the U.N."
        "RETREAT" if is_disarmed => behind(&["to"]),
        "RETREAT" if is_access => behind(&["into", "with"]),
        // "Stopped shelling Sarajevo"
        "RETREAT" if is_truce => {
            let verb = sentence.dependents(found.head, "xcomp").next();
            let np = verb.and_then(|verb| patient(sentence, verb));
            let mut parties = np.map_or_else(Vec::new, |np| {
                scene.actors_for(np, SlotRole::Recipient, Reach::Place)
            });
            parties.retain(|r| {
                r.code.is_some()
                    && found.actors.iter().all(|a| a.code != r.code || a.sector != r.sector)
            });
            parties
        }
        // "Blew up two bridges in Arauca"
        "ASSAULT" => {
            let thing = patient(sentence, found.head).filter(|&np| {
                token(sentence, np).is_some_and(|t| {
                    t.upos == Upos::Noun && scene.book.is_hit_thing(&lower(&t.lemma))
                }) && scene.resolution.mention_at(scene.index, np).is_none()
            });
            let country = thing.and_then(|_| place_of(scene, found.head));
            let (Some(thing), Some(country)) = (thing, country) else { return Vec::new() };
            let rises = |a: &Actor| {
                a.code.is_some()
                    && (a.code.as_deref() != Some(country) || a.sector.is_some_and(is_of_arms))
            };
            if found.actors.is_empty() || !found.actors.iter().all(rises) {
                return Vec::new();
            }
            vec![Actor {
                code: Some(country.to_owned()),
                via: Some("place".to_owned()),
                span: token(sentence, thing).map(|t| t.span),
                ..Actor::default()
            }]
        }
        _ => Vec::new(),
    }
}

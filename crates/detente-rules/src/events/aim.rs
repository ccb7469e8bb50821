//! Who does an act, and to whom, where its own words do not say.
//!
//! In goes an event of which a rule has found one side, out comes the other where the sentence tells it: "threatened to cut the gas if Poland
//! sends troops" is a threat to Poland, "China answered with tariffs" is done to who did the last hostile act to China.

use detente_core::{Actor, Sector};
use detente_knowledge::{Mark, SlotRole};
use detente_parse::{Sentence, Upos};

use super::chosen::link_below;
use super::matches::{harm_turned_down, is_land};
use super::same::{is_hostile, same_parties, same_party};
use super::{CodedEvent, Found};
use crate::facing::faced;
use crate::grammar::{
    clause, governed_by, has_case, is_below, is_owner, is_passive, members, patient, subject, token,
};
use crate::matcher::lower;
use crate::recipients::is_at_border;
use crate::rulebook::Reach;
use crate::scene::Scene;
use crate::struck::by_land;
use crate::whose::{mention_of, state_of};

/// "Refused to condemn Russia", "opposed the Iraq war": whom one will do no harm is refused nothing, and a war is no matter of the land where it
/// is fought.
pub(super) fn spare(scene: &Scene<'_>, event: &mut CodedEvent<'_>) {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|t| lower(&t.lemma)).unwrap_or_default();
    let found = &mut event.found;
    if event.kind == "REJECT" && found.rule.kind == "REJECT" {
        let spared: Vec<Actor> = sentence
            .dependents(found.head, "xcomp")
            .filter(|&verb| {
                has_case(sentence, verb, "to")
                    && (scene.book.is_curbing(&lemma(verb)) || scene.book.is_harming(&lemma(verb)))
            })
            .filter_map(|verb| patient(sentence, verb))
            .flat_map(|np| scene.actors_for(np, SlotRole::Recipient, Reach::Itself))
            .collect();
        found.recipients.retain(|r| !spared.iter().any(|a| same_party(a, r)));
    }
    if matches!(event.kind.as_str(), "ACCUSE" | "SUPPORT" | "REJECT") {
        let fought_over = |r: &Actor| {
            mention_of(scene, r).filter(|_| r.sector.is_none()).is_some_and(|m| {
                token(sentence, m.head).is_some_and(|t| {
                    t.relation() == "compound"
                        && t.upos == Upos::Propn
                        && t.head.is_some_and(|noun| scene.book.is_fought(&lemma(noun)))
                })
            })
        };
        found.recipients.retain(|r| !fought_over(r));
    }
}

/// Whether a phrase stands for an act and for nobody: "the coup".
fn is_told_act(scene: &Scene<'_>, np: usize) -> bool {
    token(scene.sentence, np).is_some_and(|t| scene.book.acts.knows(&lower(&t.lemma)))
        && scene.resolution.mention_at(scene.index, np).is_none()
}

/// "Warned that the leaders would be arrested", "announced that two would be freed": who says what will be done is who will do it.
pub(super) fn announcer(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Vec<Actor> {
    let done = matches!(event.kind.as_str(), "THREATEN" | "AGREE" | "REJECT");
    if !done || event.found.rule.kind == event.kind {
        return Vec::new();
    }
    speaker_of(scene, event.found.head)
}

/// "Under the accord that they signed, embassies will reopen": who made it have agreed so.
pub(super) fn makers_of_terms(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let known = |np: usize, role: SlotRole| {
        let mut actors = scene.actors_for(np, role, Reach::Owner);
        actors.retain(|a| a.code.is_some());
        (!actors.is_empty()).then_some(actors)
    };
    let own = clause(sentence, event.found.head);
    (0..sentence.tokens.len())
        .filter(|&np| {
            has_case(sentence, np, "under")
                && token(sentence, np).is_some_and(|t| {
                    let lemma = lower(&t.lemma);
                    scene.book.acts.is_mutual(&lemma) || scene.book.is_terms(&lemma)
                })
                && token(sentence, np)
                    .and_then(|t| t.head)
                    .is_some_and(|verb| verb == own || link_below(sentence, own, verb).is_some())
        })
        .find_map(|np| {
            let signed = sentence.dependents(np, "acl").find_map(|verb| subject(sentence, verb));
            known(np, SlotRole::Recipient)
                .or_else(|| known(signed.filter(|&who| who != np)?, SlotRole::Actor))
        })
}

/// Who says what a passive tells, if it is one that may do it.
pub(super) fn speaker_of(scene: &Scene<'_>, head: usize) -> Vec<Actor> {
    let sentence = scene.sentence;
    if !is_passive(sentence, head) {
        return Vec::new();
    }
    // "Sales would be halted, the minister threatened": a late speaker may hang on what is told.
    let late = || {
        sentence
            .dependents(head, "parataxis")
            .find(|&verb| verb > head && sentence.dependents(verb, "obj").next().is_none())
    };
    let told = token(sentence, head).filter(|t| t.relation() == "ccomp").and_then(|t| t.head);
    let told = told.or_else(late);
    let Some(speaker) = told.and_then(|verb| subject(sentence, verb)) else { return Vec::new() };
    let has_power = |a: &Actor| {
        matches!(
            a.sector,
            None | Some(
                Sector::Gov
                    | Sector::Mil
                    | Sector::Jud
                    | Sector::Reb
                    | Sector::Par
                    | Sector::Spy
                    | Sector::Igo
            )
        )
    };
    let mut speakers = scene.actors_for(speaker, SlotRole::Actor, Reach::Itself);
    if !speakers.iter().all(has_power) {
        speakers.clear();
    }
    speakers
}

/// Finds whom a refusal, promise or threat without a recipient is towards.
pub(super) fn aim(scene: &Scene<'_>, event: &mut CodedEvent<'_>) {
    let found = &event.found;
    // "Rejected sanctions against Chad": nobody but whose they are is meant.
    let spared = harm_turned_down(scene, found).is_some();
    if !found.recipients.is_empty()
        || found.rule.need.no_recipient
        || found.actors.is_empty()
        || spared
    {
        return;
    }
    let top = event.by.map_or(found.head, |by| by.at);
    let other = |np: usize| {
        let others = scene.actors_for(np, SlotRole::Recipient, Reach::Owner);
        let own = |other: &Actor| {
            found.actors.iter().any(|a| {
                a.code == other.code && (other.sector.is_none() || a.sector == other.sector)
            })
        };
        let known = |o: &Actor| o.code.is_some() || (o.sector == Some(Sector::Ref));
        others.into_iter().filter(|o| known(o) && !own(o)).collect::<Vec<_>>()
    };
    let mut recipients = Vec::new();
    // "Soldiers seized power": from those who had it.
    if found.rule.is(Mark::Coup)
        && let [doer] = found.actors.as_slice()
        && let Some(state) =
            doer.code.as_deref().and_then(|c| scene.knowledge.actors.entity(c)).and_then(state_of)
    {
        recipients.push(Actor {
            code: Some(state.to_owned()),
            sector: Some(Sector::Gov),
            via: Some("counterpart".to_owned()),
            span: doer.span,
            ..Actor::default()
        });
    }
    // "Assured Oslo that it would leave": who is told so.
    if recipients.is_empty()
        && matches!(event.kind.as_str(), "AGREE" | "THREATEN" | "CONCEDE" | "REJECT" | "SUPPORT")
    {
        recipients = told(scene, top).map(other).unwrap_or_default();
        // "Told reporters that he would not go": who only hears it is promised and refused nothing.
        recipients.retain(|r| {
            let house = r.sector == Some(Sector::Leg)
                && found.actors.iter().any(|a| a.code.is_some() && a.code == r.code);
            r.sector != Some(Sector::Med) && !house
        });
    }
    // Whom two agree to let mediate is no party of theirs.
    if recipients.is_empty()
        && matches!(event.kind.as_str(), "REJECT" | "AGREE" | "THREATEN")
        && (event.kind != "AGREE" || found.binding.parties.is_none())
    {
        recipients = inner_parties(scene, found)
            .into_iter()
            .map(other)
            .find(|o| !o.is_empty())
            .unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "THREATEN" {
        recipients = condition(scene.sentence, top).map(other).unwrap_or_default();
    }
    // "Drew back from the hills of Kivu", "will pull its tanks back inside Gaza": whose land they leave.
    let leaves = event.kind == "RETREAT"
        || (event.kind == "AGREE"
            && (found.rule.kind == "RETREAT"
                || found.binding.triggers.iter().any(|&at| {
                    token(scene.sentence, at).is_some_and(|t| scene.book.is_pulling_back(&t.lemma))
                })));
    if recipients.is_empty()
        && leaves
        && found.binding.parties.is_none()
        && !found.rule.modes.iter().any(|mode| mode == "release")
    {
        let foreign = |r: &Actor| {
            is_land(scene, r) && found.actors.iter().all(|a| a.code.is_some() && a.code != r.code)
        };
        let back =
            found.binding.triggers.iter().any(|&at| {
                token(scene.sentence, at).is_some_and(|t| lower(&t.form).ends_with("back"))
            }) || scene.sentence.children(found.head).iter().any(|&c| {
                token(scene.sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("back"))
            });
        let left = |np: usize| {
            np > found.head
                && (["from", "inside", "out"].iter().any(|case| has_case(scene.sentence, np, case))
                    || (back && has_case(scene.sentence, np, "to")))
                && is_below(scene.sentence, np, found.head)
        };
        recipients = (0..scene.sentence.tokens.len())
            .filter(|&np| left(np))
            .map(|np| {
                let mut land = scene.actors_for(np, SlotRole::Recipient, Reach::Place);
                land.retain(foreign);
                land
            })
            .find(|land| !land.is_empty())
            .unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "MOBILIZE" {
        recipients = faced(scene, found.head, &found.actors);
    }
    // "Sent advisers to help the police"
    if recipients.is_empty() && matches!(event.kind.as_str(), "AID" | "AGREE") {
        recipients = helped(scene, found.head).map(other).unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == found.rule.kind {
        recipients = by_land(scene, event);
    }
    // What police use on crowds is used on those of their own state.
    if recipients.is_empty()
        && event.kind == "ASSAULT"
        && found.rule.modes.iter().any(|m| m == "crowd-control")
        && let [police] = found.actors.as_slice()
    {
        recipients.push(Actor {
            code: police.code.clone(),
            sector: Some(Sector::Cvl),
            via: Some("counterpart".to_owned()),
            span: police.span,
            ..Actor::default()
        });
    }
    if recipients.is_empty() && event.kind == "PROTEST" {
        recipients = opposed(scene, top).map(other).unwrap_or_default();
    }
    if recipients.is_empty() && event.kind == "PROTEST" {
        recipients = (0..scene.sentence.tokens.len())
            .filter(|&np| {
                is_below(scene.sentence, np, top)
                    && (has_case(scene.sentence, np, "against")
                        || (is_told_act(scene, np)
                            && ["at", "over"]
                                .iter()
                                .any(|case| has_case(scene.sentence, np, case))))
            })
            .map(other)
            .find(|o| !o.is_empty())
            .unwrap_or_default();
    }
    event.found.recipients = recipients;
}

/// "Marched to denounce the deal", "to demand that the minister go", "to demand his dismissal": whom a crowd has come out against.
fn opposed(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let purpose = |verb: usize| {
        token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb && t.relation() != "conj")
            && has_case(sentence, verb, "to")
            && is_below(sentence, verb, head)
    };
    let is = |at: usize, test: &dyn Fn(&str) -> bool| {
        token(sentence, at).is_some_and(|t| test(&lower(&t.lemma)))
    };
    for verb in (head..sentence.tokens.len()).filter(|&verb| purpose(verb)) {
        if is(verb, &|lemma| scene.book.is_opposing(lemma)) {
            return patient(sentence, verb);
        }
        if !is(verb, &|lemma| scene.book.is_demanding(lemma)) {
            continue;
        }
        let goes = |&clause: &usize| {
            is(clause, &|lemma| scene.book.is_leaving(lemma)) && !is_passive(sentence, clause)
        };
        if let Some(clause) = sentence.dependents(verb, "ccomp").find(goes) {
            return subject(sentence, clause);
        }
        let what = patient(sentence, verb);
        if let Some(what) = what.filter(|&np| is(np, &|lemma| scene.book.is_leaving(lemma))) {
            let owner = sentence.dependents(what, "nmod:poss").next();
            return owner.or_else(|| governed_by(sentence, what, "of").next());
        }
    }
    None
}

/// To whom it is said that something will be done: "assured Oslo that".
fn told(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let word = token(sentence, at).filter(|t| t.relation() == "ccomp")?;
    let verb = word.head?;
    let tells = token(sentence, verb).is_some_and(|t| scene.book.is_assuring(&t.lemma));
    let mut heard = sentence.dependents(verb, "obj").chain(sentence.dependents(verb, "iobj"));
    heard.find(|&hearer| tells && hearer != at)
}

/// "Refused to join his government", "offered to mediate between them": the noun phrases of the act that is refused or promised, from
/// the nearest on.
fn inner_parties(scene: &Scene<'_>, found: &Found<'_>) -> Vec<usize> {
    let sentence = scene.sentence;
    let mut verbs: Vec<usize> = sentence
        .children(found.head)
        .iter()
        .copied()
        .filter(|&c| {
            token(sentence, c).is_some_and(|t| {
                t.upos == Upos::Verb && matches!(t.relation(), "xcomp" | "advcl" | "ccomp")
            }) && sentence.children(c).iter().any(|&m| {
                token(sentence, m).is_some_and(|t| t.lemma == "to" && t.relation() == "mark")
            })
        })
        .collect();
    // "Accepted an invitation to visit Seoul"
    verbs.extend(sentence.dependents(found.head, "obj").flat_map(|object| {
        sentence.dependents(object, "acl").filter(|&c| has_case(sentence, c, "to"))
    }));
    // "Refused to let arms cross into Ukraine"
    let deeper: Vec<usize> = verbs
        .iter()
        .filter(|&&v| {
            token(sentence, v).is_some_and(|t| scene.book.is_letting(&t.lemma) || t.lemma == "help")
        })
        .flat_map(|&v| sentence.dependents(v, "ccomp").chain(sentence.dependents(v, "xcomp")))
        .collect();
    verbs.extend(deeper);
    // "Refused to meet envoys or talk to Oslo", "would let foreign troops in"
    let more: Vec<usize> = (verbs.iter())
        .flat_map(|&v| sentence.dependents(v, "conj"))
        .filter(|&c| token(sentence, c).is_some_and(|t| t.upos == Upos::Verb))
        .collect();
    verbs.extend(more);
    if token(sentence, found.head).is_some_and(|t| scene.book.is_letting(&t.lemma)) {
        let own = sentence.dependents(found.head, "ccomp");
        verbs.extend(own.chain(sentence.dependents(found.head, "xcomp")));
    }
    // "Failed to sign a deal with Oslo"
    let things = verbs.iter().chain([&found.head]).flat_map(|&v| sentence.dependents(v, "obj"));
    // "Agreed to relations with Oslo"
    let agreed = token(sentence, found.head).is_some_and(|t| t.lemma == "agree");
    let to = governed_by(sentence, found.head, "to")
        .filter(|&np| agreed && token(sentence, np).is_some_and(|t| t.relation() == "obl"));
    let things = things.chain(to);
    let with: Vec<usize> = things
        .flat_map(|thing| members(sentence, thing))
        .flat_map(|thing| sentence.dependents(thing, "nmod"))
        .filter(|&np| {
            ["with", "to", "between", "against", "for", "except"]
                .iter()
                .any(|word| has_case(sentence, np, word))
        })
        .collect();
    // "Promised to send 500 men"
    let sends = |verb: usize| {
        token(sentence, verb).is_some_and(|t| scene.book.is_sending(&lower(&t.lemma)))
    };
    // "Promised to disarm the militia": it is promised to somebody else.
    let curbs = |verb: usize| {
        token(sentence, verb).is_some_and(|t| scene.book.is_curbing(&lower(&t.lemma)))
    };
    // "Pledged to expand its army": what is one's own is promised to nobody.
    let is_own_arm = |np: usize| {
        let mention = scene.resolution.mention_at(scene.index, np);
        sentence.children(np).iter().any(|&c| is_owner(sentence, c))
            && mention.is_some_and(|m| {
                m.actors.iter().all(|a| {
                    matches!(a.sector, Some(Sector::Gov | Sector::Mil | Sector::Spy))
                        && found.actors.iter().any(|doer| {
                            doer.code == a.code && matches!(doer.sector, None | Some(Sector::Gov))
                        })
                })
            })
    };
    let phrases = |verb: usize| {
        sentence.children(verb).iter().copied().filter(move |&np| {
            token(sentence, np).is_some_and(|t| match t.relation() {
                "obj" => {
                    !(sends(verb)
                        || (found.rule.kind == "AGREE" && (curbs(verb) || is_own_arm(np))))
                }
                "iobj" => true,
                "obl" => ["with", "to", "into", "for", "between", "against"]
                    .iter()
                    .any(|word| has_case(sentence, np, word)),
                _ => false,
            })
        })
    };
    verbs.into_iter().flat_map(phrases).chain(with).collect()
}

/// "Sent advisers to help the police": whom the act is to help.
fn helped(scene: &Scene<'_>, head: usize) -> Option<usize> {
    let sentence = scene.sentence;
    let verb = (0..sentence.tokens.len()).find(|&verb| {
        token(sentence, verb).is_some_and(|t| {
            t.upos == Upos::Verb && scene.book.is_help(&lower(&t.lemma)) && t.relation() != "conj"
        }) && has_case(sentence, verb, "to")
            && verb > head
            && is_below(sentence, verb, head)
    })?;
    patient(sentence, verb)
}

/// "Threatened to cut the gas if Poland sends troops": a threat is aimed at whom it is to stop.
fn condition(sentence: &Sentence, top: usize) -> Option<usize> {
    let clause = (0..sentence.tokens.len()).find(|&at| {
        token(sentence, at).is_some_and(|word| word.relation() == "advcl")
            && is_below(sentence, at, top)
            && sentence.children(at).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    t.relation() == "mark"
                        && matches!(lower(&t.form).as_ref(), "if" | "unless" | "should" | "until")
                })
            })
    })?;
    // "Unless its embassy is closed": who undergoes it is not whom it is to stop.
    subject(sentence, clause).filter(|_| !is_passive(sentence, clause))
}

/// "Recalled its envoy from Bogota and halted trade": what is done in one breath with a sanction goes to the same state, and so do troops that
/// are sent to the border.
pub(super) fn share(scene: &Scene<'_>, coded: &mut [CodedEvent<'_>]) {
    let sentence = scene.sentence;
    if scene.given.is_some() {
        return;
    }
    // The first of the verbs side by side.
    let first = |event: &CodedEvent<'_>| {
        let mut at = event.found.binding.light.unwrap_or(event.found.head);
        for _ in 0..sentence.tokens.len() {
            match token(sentence, at).filter(|t| t.relation() == "conj").and_then(|t| t.head) {
                Some(up) => at = up,
                None => break,
            }
        }
        at
    };
    let takes = |event: &CodedEvent<'_>| {
        let found = &event.found;
        found.recipients.is_empty()
            && !found.rule.need.no_recipient
            && found.binding.parties.is_none()
            && !found.actors.is_empty()
            && (event.kind == "SANCTION"
                || (event.kind == "MOBILIZE" && is_at_border(scene, found.head)))
    };
    for i in 0..coded.len() {
        if !takes(&coded[i]) {
            continue;
        }
        let (own, actors) = (first(&coded[i]), &coded[i].found.actors);
        let foreign = |r: &Actor| r.code.is_some() && actors.iter().all(|a| a.code != r.code);
        let beside = coded.iter().find(|other| {
            other.kind == "SANCTION"
                && !other.found.recipients.is_empty()
                && other.found.recipients.iter().all(foreign)
                && same_parties(&other.found.actors, actors)
                && first(other) == own
        });
        let Some(beside) = beside else { continue };
        let via = || Some("counterpart".to_owned());
        let recipients = beside.found.recipients.iter().map(|r| Actor { via: via(), ..r.clone() });
        coded[i].found.recipients = recipients.collect();
    }
}

/// "China answered with tariffs of its own": what is done in return is done to who did the last hostile act to the actor.
pub(super) fn answered<'k>(
    scene: &Scene<'_>,
    mut coded: Vec<CodedEvent<'k>>,
) -> Vec<CodedEvent<'k>> {
    if scene.given.is_some() {
        return coded;
    }
    for i in 0..coded.len() {
        let event = &coded[i];
        let doers = event.found.actors.as_slice();
        if doers.is_empty()
            || !event.found.recipients.is_empty()
            || event.found.rule.need.no_recipient
            || !matches!(
                event.kind.as_str(),
                "THREATEN" | "SANCTION" | "ASSAULT" | "COERCE" | "ACCUSE"
            )
            || !(is_answer(scene, event)
                || (event.kind == "SANCTION"
                    && event.found.rule.modes.iter().any(|m| m == "expel")))
        {
            continue;
        }
        let own = |party: &Actor| doers.iter().any(|doer| doer.code == party.code);
        let hit = |recipients: &[Actor]| recipients.iter().any(own);
        let hostile = |kind: &str| {
            is_hostile(kind) || matches!(kind, "THREATEN" | "MOBILIZE" | "REJECT" | "REQUEST")
        };
        let here = coded[..i]
            .iter()
            .rev()
            .find(|e| hostile(&e.kind) && hit(&e.found.recipients) && !e.found.actors.is_empty());
        let before =
            || {
                scene.acts.iter().rev().find(|act| {
                    hostile(&act.kind) && hit(&act.recipients) && !act.actors.is_empty()
                })
            };
        let rivals = match here {
            Some(event) => event.found.actors.clone(),
            None => before().map(|act| act.actors.clone()).unwrap_or_default(),
        };
        let span = token(scene.sentence, event.found.head).map(|t| t.span);
        coded[i].found.recipients = rivals
            .into_iter()
            .filter(|r| r.code.is_some() && !own(r))
            .map(|r| Actor { via: Some("act".to_owned()), span, ..r })
            .collect();
    }
    coded
}

/// Whether the words of an event say that it is done in return.
fn is_answer(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    let top = event.by.map_or(event.found.head, |by| by.at);
    (0..scene.sentence.tokens.len()).any(|at| {
        token(scene.sentence, at).is_some_and(|t| scene.book.is_answering(&lower(&t.lemma)))
            && is_below(scene.sentence, at, top)
    })
}

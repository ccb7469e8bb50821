//! Whether a match tells of an act at all, and of which.
//!
//! In go a match and its form, out comes why it is no event, or of which type it is one: a question tells none, "the Literacy Education
//! Fund" is a name, "Russia and Belarus held war games" is COOPERATE. What whole sentences of another matter tell is `unmeant.rs`.

use detente_core::{Actor, EventStatus};
use detente_knowledge::{Effect, Mark, SlotRole, Told};
use detente_parse::{Sentence, Upos};
use detente_resolve::MentionKind;

use super::Found;
use super::aim::speaker_of;
use super::same::by_act;
use crate::form::{Form, Governor, Modal, has_mark, is_wanted, negated};
use crate::grammar::{dependent, has_case, is_below, is_recalled, is_relative, token};
use crate::matcher::{Binding, lower};
use crate::scene::Scene;
use crate::unmeant::unmeant;

/// What the form of a match makes of it: a type other than the rule's, the status and the word that did so.
pub(super) type Read = (Option<&'static str>, EventStatus, Option<Governor>);

/// Why a match tells of no act, whatever its form makes of it.
pub(super) fn not_told(scene: &Scene<'_>, found: &Found<'_>, form: &Form) -> Option<&'static str> {
    let sentence = scene.sentence;
    let kind = found.rule.kind.as_str();
    if scene.given.is_none() && is_question(sentence) {
        return Some("a question");
    }
    if kind == "REQUEST" && is_asking(sentence, found.head) {
        return Some("what is asked is a question");
    }
    if kind == "REQUEST" && is_insisted_so(sentence, found.head) {
        return Some("what somebody says is so");
    }
    if kind == "SUPPORT" && is_share(sentence, found.head) {
        return Some("a share of a vote or poll");
    }
    if scene.given.is_none()
        && let Some(why) = unmeant(scene, found)
    {
        return Some(why);
    }
    let proposed = || form.governors.first().is_some_and(|by| is_proposing(scene, by.at));
    (kind == "REJECT" && proposed()).then_some("only proposed")
}

/// Why what the form makes of a match is not meant so.
pub(super) fn not_meant(
    scene: &Scene<'_>,
    found: &Found<'_>,
    form: &Form,
    (kind, status, by): Read,
) -> Option<&'static str> {
    let rule = found.rule.kind.as_str();
    // "May change his mind": a guess, where "may lift the ban" is held out to somebody.
    if status == EventStatus::Hypothetical
        && found.rule.is(Mark::Idiom)
        && form.modal == Modal::Might
        && form.governors.is_empty()
        && found.recipients.is_empty()
    {
        return Some("words that may be said");
    }
    // "Warned of what would come if the offer was spurned": nobody has refused it.
    if status == EventStatus::Hypothetical && found.rule.told == Some(Told::Maker) {
        return Some("what may befall a thing, at nobody's hands");
    }
    if scene.given.is_none()
        && let Some(why) = not_meant_in_text(scene, found, form, (kind, status, by))
    {
        return Some(why);
    }
    let accident = rule == "ASSAULT" && found.actors.is_empty() && is_accident(scene, found);
    accident.then_some("an accident, and nobody's act")
}

/// The same where nobody has said whose relation is asked for.
fn not_meant_in_text(
    scene: &Scene<'_>,
    found: &Found<'_>,
    form: &Form,
    (kind, _, by): Read,
) -> Option<&'static str> {
    let rule = found.rule.kind.as_str();
    // "Called his remarks on Sunday a wake-up call": what was said is not rung.
    let recipient = found.binding.recipient.and_then(|at| token(scene.sentence, at));
    if rule == "CONSULT" && recipient.is_some_and(|t| scene.book.is_said_noun(&lower(&t.lemma))) {
        return Some("done to what somebody has said");
    }
    // "The Literacy Education Fund": no aid, but a name.
    if is_in_name(scene, found.head) {
        return Some("a word of a name");
    }
    // What one does not do for nobody in particular is no refusal, nor is what an act did not do: "the talks settled no dispute".
    // Who alone fails to agree refuses nobody.
    let undone = by.is_none_or(|by| by.effect == Effect::Fail);
    if kind == Some("REJECT") && undone && is_refused_by_nobody(scene, found, form) {
        return Some("not done, but refused by nobody or to nobody");
    }
    if is_term(scene, found) {
        return Some("a term of what was agreed");
    }
    // "Norway, which hosted the meeting": whom it was with is told elsewhere.
    if kind.is_none()
        && rule == "CONSULT"
        && !is_third(found)
        && found.actors.len() + found.recipients.len() < 2
        && is_in_passing(scene, found)
    {
        return Some("one party alone, named in passing");
    }
    // "Released ten arrested sailors"
    if is_recalled(scene.sentence, found.head) {
        return Some("recalled by a participle");
    }
    // "Met the ousted president": what befell him is recalled in passing.
    if found.actors.is_empty()
        && token(scene.sentence, found.head).is_some_and(|t| t.relation() == "amod")
    {
        return Some("recalled by a participle");
    }
    // "Any journalist who had spoken against the country"
    is_anybody(scene, found).then_some("done by anybody who may")
}

/// Whether what is not done is refused by nobody, or to nobody.
fn is_refused_by_nobody(scene: &Scene<'_>, found: &Found<'_>, form: &Form) -> bool {
    by_act(scene, &found.actors).is_some()
        || (found.actors.is_empty() && speaker_of(scene, found.head).is_empty())
        || (found.recipients.is_empty() && found.actors.len() < 2 && !is_withheld(found, form))
}

/// The type of a match of which the form makes `kind`: the rule's own for none, or another for what troops are sent to do.
pub(super) fn type_of<'k>(
    scene: &Scene<'_>,
    found: &Found<'k>,
    kind: Option<&'static str>,
    by: Option<Governor>,
) -> &'k str {
    let to_nobody = scene.given.is_none() && found.recipients.is_empty();
    match kind {
        // "Russia and Belarus held war games": who drill together work together.
        None if found.rule.kind == "MOBILIZE"
            && to_nobody
            && found.rule.is(Mark::Drill)
            && are_states(&found.actors) =>
        {
            "COOPERATE"
        }
        // "NATO will send 700 more soldiers to Kosovo": where troops are to go, and neither near nor against anybody, nobody is threatened,
        // nor by those who agree with each other on patrols.
        Some("THREATEN")
            if found.rule.kind == "MOBILIZE"
                && to_nobody
                && (is_sent_abroad(scene, found)
                    || (found.actors.len() > 1
                        && by.is_some_and(|by| by.effect == Effect::Agree))) =>
        {
            "AGREE"
        }
        // "A convoy with food crossed into Chad": what comes in with relief helps.
        None if found.rule.is(Mark::Advance) && is_relief(scene, &found.binding, found.head) => {
            "AID"
        }
        Some("THREATEN")
            if found.rule.is(Mark::Advance) && is_relief(scene, &found.binding, found.head) =>
        {
            "AGREE"
        }
        // "Will send a ship to evacuate its citizens" threatens nobody.
        Some("THREATEN") if found.rule.kind == "MOBILIZE" && is_helpful(scene, found) => "AGREE",
        Some(other) => other,
        None => &found.rule.kind,
    }
}

/// "Soldiers closed the country's borders": what is done at one's own border is done to nobody at home.
pub(crate) fn is_at_own_border(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let Some(at) = found.binding.recipient else { return false };
    let border = token(scene.sentence, at).and_then(|owner| token(scene.sentence, owner.head?));
    if !border.is_some_and(|t| scene.book.is_border(&lower(&t.lemma))) {
        return false;
    }
    let own = |r: &Actor| r.code.is_some() && found.actors.iter().any(|a| a.code == r.code);
    scene.actors(at, SlotRole::Recipient).iter().all(own)
}

/// Whether a noun is one of several words of a party's name.
fn is_in_name(scene: &Scene<'_>, at: usize) -> bool {
    token(scene.sentence, at).is_some_and(|t| t.upos == Upos::Propn)
        && scene
            .resolution
            .mentions_in(scene.index)
            .iter()
            .any(|m| m.kind == MentionKind::Name && m.tokens.len() > 2 && m.tokens.contains(&at))
}

/// Whether troops go to a place that is no border and no street: "send soldiers to Kosovo".
fn is_sent_abroad(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    scene.sentence.dependents(found.head, "obl").any(|place| {
        ["to", "into"].iter().any(|word| has_case(scene.sentence, place, word))
            && token(scene.sentence, place).is_some_and(|t| !scene.book.is_front(&t.lemma))
    })
}

/// "Chanted outside a church": where a crowd happens to stand is not whom it stands against.
pub(super) fn is_at_venue(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let venue = |at: usize| {
        token(sentence, at).is_some_and(|t| scene.book.is_venue(&lower(&t.lemma)))
            && ["outside", "near", "beside"].iter().any(|case| has_case(sentence, at, case))
            && sentence.dependents(at, "det").any(|d| {
                token(sentence, d).is_some_and(|t| matches!(lower(&t.form).as_ref(), "a" | "an"))
            })
    };
    found.rule.kind == "PROTEST" && found.binding.recipient.is_some_and(venue)
}

/// "Chad will not attend the talks": what a known party says that it will not do is refused, to whom ever.
fn is_withheld(found: &Found<'_>, form: &Form) -> bool {
    matches!(found.rule.kind.as_str(), "AGREE" | "CONSULT" | "CONCEDE" | "RETREAT")
        && matches!(form.modal, Modal::Future | Modal::Would)
        && found.actors.iter().all(|a| a.code.is_some())
}

/// Whether an act of a type is done by saying so.
pub(super) fn is_said(kind: &str) -> bool {
    matches!(kind, "REQUEST" | "ACCUSE" | "SUPPORT" | "REJECT" | "THREATEN" | "CONCEDE")
}

/// Whether a verb tells that somebody came or went, and that it was so.
pub(super) fn is_journey_made(scene: &Scene<'_>, verb: usize) -> bool {
    token(scene.sentence, verb).is_some_and(|t| t.xpos == "VBD" && scene.book.is_journey(&t.lemma))
        && !negated(scene.sentence, verb)
}

/// Whether a relative clause tells it: "Qatar, which mediates".
pub(super) fn is_in_passing(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    token(scene.sentence, found.binding.light.unwrap_or(found.head))
        .is_some_and(|t| t.deprel == "acl:relcl")
}

/// Whether a third party is between two others in it.
pub(crate) fn is_third(found: &Found<'_>) -> bool {
    found.rule.modes.iter().any(|mode| mode == "third-party")
}

/// Whether two or more parties are of as many codes.
fn are_states(actors: &[Actor]) -> bool {
    let codes: Vec<&str> = actors.iter().filter_map(|a| a.code.as_deref()).collect();
    codes.len() > 1 && codes.len() == actors.len() && codes.windows(2).all(|two| two[0] != two[1])
}

/// Whether the doer is whoever does it: "any journalist who".
fn is_anybody(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let doer = found.binding.actor.or(found.binding.parties);
    doer.is_some_and(|np| {
        scene.sentence.dependents(np, "det").any(|d| {
            token(scene.sentence, d).is_some_and(|t| {
                matches!(lower(&t.form).as_ref(), "any" | "whichever" | "whatever")
            })
        })
    })
}

/// "Insisted that the state had enough of them", where "insisted that he be freed" wants something.
fn is_insisted_so(sentence: &Sentence, at: usize) -> bool {
    let so = |c: usize| {
        let told = |at: usize| {
            token(sentence, at).is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP"))
                && !matches!(token(sentence, at + 1), Some(t) if t.form == "to")
        };
        !is_wanted(sentence, c)
            && (told(c)
                || ["aux", "cop", "aux:pass"].iter().any(|r| sentence.dependents(c, r).any(told)))
    };
    token(sentence, at).is_some_and(|t| t.lemma == "insist")
        && dependent(sentence, at, "ccomp").is_some_and(so)
}

/// "Proposed to bar them", "a proposal to keep them out".
fn is_proposing(scene: &Scene<'_>, at: usize) -> bool {
    token(scene.sentence, at).is_some_and(|t| scene.book.is_only_proposed(&lower(&t.lemma)))
}

/// Whether a sentence only asks: its last word but quotation marks is a question mark.
fn is_question(sentence: &Sentence) -> bool {
    let last = sentence
        .tokens
        .iter()
        .rev()
        .find(|t| !matches!(t.form.as_str(), "\"" | "”" | "'" | "’" | ")"));
    last.is_some_and(|t| t.form.ends_with('?'))
}

/// "Asked him whether he had thoughts on it", "asked about the wall": who asks so wants to know, and wants nothing done.
fn is_asking(sentence: &Sentence, at: usize) -> bool {
    let asks = |at: usize| token(sentence, at).is_some_and(|t| t.lemma == "ask");
    let clause = |c: usize| {
        sentence.children(c).iter().any(|&m| {
            token(sentence, m).is_some_and(|t| {
                t.relation() == "mark" && matches!(t.lemma.as_str(), "whether" | "if")
                    || matches!(t.xpos.as_str(), "WRB" | "WP" | "WDT") && t.relation() != "nsubj"
            })
        })
    };
    let about = |c: usize| has_case(sentence, c, "about");
    asks(at)
        && sentence.children(at).iter().any(|&c| {
            c > at
                && token(sentence, c).is_some_and(|t| match t.relation() {
                    "ccomp" | "acl" => clause(c),
                    // "Asked about sending troops"
                    "advcl" => clause(c) || about(c),
                    "obl" | "nmod" => about(c),
                    _ => false,
                })
        })
        && !sentence.dependents(at, "xcomp").any(|c| c > at)
}

/// "Men backed Lee, 57 percent to 22": what share of those who are asked prefer somebody is no support that is given.
fn is_share(sentence: &Sentence, at: usize) -> bool {
    let counts = |c: usize| {
        c > at
            && token(sentence, c).is_some_and(|t| matches!(t.lemma.as_str(), "percent" | "%"))
            && sentence.dependents(c, "nummod").next().is_some()
    };
    let near = |&c: &usize| {
        token(sentence, c).is_some_and(|t| !matches!(t.relation(), "conj" | "advcl" | "ccomp"))
            && (counts(c) || sentence.children(c).iter().any(|&inner| counts(inner)))
    };
    sentence.children(at).iter().any(near)
}

/// "Lorries with flour", "an aid convoy": whether those who come in carry relief.
pub(super) fn is_relief(scene: &Scene<'_>, binding: &Binding, head: usize) -> bool {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|t| lower(&t.lemma)).unwrap_or_default();
    binding.actor.or(binding.thing).is_some_and(|doer| {
        scene.book.is_carrier(&lemma(doer))
            && (0..head).any(|at| {
                scene.book.is_relief_load(&lemma(at))
                    && (at == doer || is_below(sentence, at, doer))
            })
    })
}

/// Whether troops are sent to help, guard or fetch somebody.
fn is_helpful(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    (0..sentence.tokens.len()).any(|verb| {
        token(sentence, verb)
            .is_some_and(|t| t.upos == Upos::Verb && scene.book.is_help(&lower(&t.lemma)))
            && has_case(sentence, verb, "to")
            && is_below(sentence, verb, found.head)
    })
}

/// "A deal under which Tehran halts enrichment": what is to be done by it.
fn is_term(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let mut at = found.head;
    for _ in 0..sentence.tokens.len() {
        let Some(word) = token(sentence, at) else { return false };
        if word.deprel == "acl:relcl" {
            return sentence.children(at).iter().any(|&c| {
                is_relative(sentence, c)
                    && ["under", "by", "whereby"].iter().any(|case| has_case(sentence, c, case))
            });
        }
        let Some(up) = word.head else { return false };
        at = up;
    }
    false
}

/// "Three climbers were killed in an avalanche", "when a hotel caught fire": force that nobody used.
fn is_accident(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|word| lower(&word.lemma)).unwrap_or_default();
    // Of verbs side by side each may have the clause that says how: "were killed and others hurt when a ferry sank".
    let mut verbs = vec![found.head];
    verbs.extend(sentence.dependents(found.head, "conj"));
    verbs.extend(
        token(sentence, found.head).filter(|t| t.relation() == "conj").and_then(|t| t.head),
    );
    // "Died of a heart attack"
    let is_illness = |cause: usize| {
        sentence.children(cause).iter().any(|&c| {
            c < cause
                && token(sentence, c).is_some_and(|t| matches!(t.relation(), "compound" | "amod"))
                && scene.book.is_ailing(&lemma(c))
        })
    };
    let by_cause = |verb: usize| {
        sentence.dependents(verb, "obl").any(|cause| {
            let by = ["in", "by", "from", "during", "when"];
            by.iter().any(|case| has_case(sentence, cause, case))
                && (scene.book.is_accident(&lemma(cause)) || is_illness(cause))
        })
    };
    let by_mishap = |verb: usize| {
        sentence.dependents(verb, "advcl").any(|clause| {
            ["when", "as", "after"].iter().any(|mark| has_mark(sentence, clause, mark))
                && is_mishap(scene, clause)
        })
    };
    found.rule.kind == "ASSAULT"
        && (by_cause(found.head) || verbs.iter().any(|&verb| by_mishap(verb)))
}

/// Whether a clause tells of what nobody did: "as a storm brought down trees", "when a hotel caught fire", "when a lorry hit a bus".
fn is_mishap(scene: &Scene<'_>, clause: usize) -> bool {
    let (sentence, book) = (scene.sentence, scene.book);
    let lemma = |at: usize| token(sentence, at).map(|word| lower(&word.lemma)).unwrap_or_default();
    let Some(thing) = dependent(sentence, clause, "nsubj") else { return false };
    if scene.is_nature(thing) {
        return true;
    }
    let (thing, verb) = (lemma(thing), lemma(clause));
    // "When planes crashed into the towers" tells no accident.
    let into = verb == "crash"
        && sentence.dependents(clause, "obl").any(|at| has_case(sentence, at, "into"));
    let collides = || {
        dependent(sentence, clause, "obj").is_some_and(|other| book.is_road_vehicle(&lemma(other)))
    };
    (book.is_wrecked(&thing) && book.is_mishap(&verb) && !into)
        || (book.is_road_vehicle(&thing) && book.is_colliding(&verb) && collides())
        || (book.is_fuel_holder(&thing) && book.is_bursting(&verb))
}

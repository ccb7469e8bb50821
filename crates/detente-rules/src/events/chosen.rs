//! Which match of several tells the act, and what lies inside of what another is about.
//!
//! In go the matches of a sentence, out come those that stay: of two that share words the more specific, of "accused the U.S. of trying to
//! contain China" the accusing alone.

use detente_core::{Actor, Sector};
use detente_knowledge::Mark;
use detente_parse::{Sentence, Upos};

use super::same::{same_parties, same_party};
use super::telling::{is_said, is_third};
use super::{CodedEvent, Found, Notes, form_of};
use crate::form::{Outcome, is_material_conflict, negated, outcome};
use crate::grammar::{has_case, token};
use crate::scene::Scene;

/// Of the matches that share words the most specific stays.
pub(super) fn choose<'k>(
    scene: &Scene<'_>,
    mut found: Vec<Found<'k>>,
    notes: &mut Notes<'k>,
) -> Vec<Found<'k>> {
    // "Will not send soldiers": of two lines that fit as well, the one for what is denied goes first where it is, else last.
    let turn = |one: &Found<'_>| match one.rule.negated {
        true if negated(scene.sentence, one.head) => 0,
        true => 2,
        false => 1,
    };
    found.sort_by(|a, b| {
        b.score
            .cmp(&a.score)
            .then(a.head.cmp(&b.head))
            .then_with(|| turn(a).cmp(&turn(b)))
            .then(a.rule.name.cmp(&b.rule.name))
            .then(a.pattern.cmp(&b.pattern))
    });
    let mut chosen: Vec<Found<'k>> = Vec::new();
    // Heads of what its form drops: "imposed a curfew to end a strike by miners" ends none yet, but tells of one.
    let mut void: Vec<usize> = Vec::new();
    for one in found {
        let rival = chosen.iter().find(|c| {
            c.binding.triggers.iter().any(|t| one.binding.triggers.contains(t))
                // "Arrested him at the request of Oslo": two acts in one verb.
                && c.rule.is(Mark::Beside) == one.rule.is(Mark::Beside)
                && (c.head == one.head || !void.contains(&c.head))
                && (c.head == one.head
                    || !(is_brought_about(scene, c) || is_brought_about(scene, &one)))
        });
        let Some(rival) = rival else {
            if is_void(scene, &one) {
                void.push(one.head);
            }
            chosen.push(one);
            continue;
        };
        notes.of(&one, format_args!("{} fits the same words better", rival.rule.name));
        // "released 24 Israeli hostages": the line with more words won, the other knows whom.
        let twin = chosen.iter_mut().find(|c| {
            c.head == one.head && c.rule.kind == one.rule.kind && c.recipients.is_empty()
        });
        if let Some(twin) = twin
            && !twin.rule.need.no_recipient
            && !is_mass(scene, &one, twin)
            && same_parties(&twin.actors, &one.actors)
        {
            twin.recipients = one.recipients;
            continue;
        }
        // "refused to meet Kosovo": the refusal is towards whom the refused act is with.
        let outer = chosen.iter_mut().find(|c| {
            (matches!(c.rule.kind.as_str(), "REJECT" | "AGREE") || c.rule.kind == one.rule.kind)
                && c.recipients.is_empty()
                && !c.rule.need.no_recipient
                && c.head < one.head
                && c.binding.triggers.contains(&one.head)
                // "Rejected sanctions against Chad" rejects nothing of Chad.
                && !(c.rule.kind == "REJECT" && is_material_conflict(&one.rule.kind))
        });
        if let Some(outer) = outer {
            outer.recipients = others(&one, &outer.actors);
        }
    }
    chosen
}

/// "Threatened to use force": a bare noun that the better line reads as its own word, and of which nobody knows whose it is, is nobody.
fn is_mass(scene: &Scene<'_>, one: &Found<'_>, better: &Found<'_>) -> bool {
    let bare = |np: usize| {
        token(scene.sentence, np).is_some_and(|t| t.xpos == "NN")
            && ["det", "nmod", "amod", "compound"]
                .iter()
                .all(|r| scene.sentence.dependents(np, r).next().is_none())
    };
    one.recipients.iter().all(|r| r.code.is_none() && r.sector == Some(Sector::Mil))
        && one.binding.recipient.is_some_and(|np| better.binding.triggers.contains(&np) && bare(np))
}

/// Whether the form of a match makes no event of it.
fn is_void(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let form = form_of(scene, found);
    let said = is_said(&found.rule.kind) && form.serves.is_some();
    !said && matches!(outcome(&found.rule.kind, &form, found.rule.status), Outcome::Not(_))
}

/// "Signed a truce brokered by Egypt": who brought about what others sign has done something of his own.
fn is_brought_about(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    is_third(found)
        && !found.actors.is_empty()
        && token(scene.sentence, found.head)
            .is_some_and(|t| t.xpos == "VBN" && t.relation() == "acl")
}

/// "Chad and Mali signed a truce brokered by Qatar": it brought those who signed together.
pub(super) fn join_brought_about(scene: &Scene<'_>, coded: &mut [CodedEvent<'_>]) {
    for i in 0..coded.len() {
        let found = &coded[i].found;
        if scene.given.is_some() || !is_brought_about(scene, found) || !found.recipients.is_empty()
        {
            continue;
        }
        let deal = token(scene.sentence, found.head).and_then(|t| t.head);
        let signed = coded.iter().find(|outer| {
            deal.is_some_and(|deal| outer.found.binding.triggers.contains(&deal))
                && outer.found.binding.parties.is_some()
        });
        let Some(signed) = signed else { continue };
        let own = |party: &&Actor| !found.actors.iter().any(|a| a.code == party.code);
        coded[i].found.recipients = signed.found.actors.iter().filter(own).cloned().collect();
    }
}

/// The parties of a match beside these actors; none where the actors are not its own.
fn others(found: &Found<'_>, actors: &[Actor]) -> Vec<Actor> {
    let own = actors.iter().all(|a| found.actors.iter().any(|b| same_party(a, b)));
    if !own || actors.is_empty() {
        return Vec::new();
    }
    let rest = found.actors.iter().filter(|b| !actors.iter().any(|a| same_party(a, b)));
    found.recipients.iter().chain(rest).cloned().collect()
}

/// Drops what lies in another event's content and what tells the same act twice.
pub(super) fn without_nested<'k>(
    scene: &Scene<'_>,
    coded: Vec<CodedEvent<'k>>,
    notes: &mut Notes<'k>,
) -> Vec<CodedEvent<'k>> {
    let mut drop: Vec<Option<String>> = vec![None; coded.len()];
    let mut more: Vec<(usize, Vec<Actor>)> = Vec::new();
    for (i, inner) in coded.iter().enumerate() {
        for (j, outer) in coded.iter().enumerate() {
            if i == j || drop[j].is_some() || drop[i].is_some() {
                continue;
            }
            // "agreed to cooperate": told by the operator and by the governed verb.
            let governed = inner.by.is_some_and(|by| by.at == outer.found.head);
            // "agreed to impose sanctions" is no agreement with anybody.
            if governed && inner.kind == "THREATEN" && outer.kind == "AGREE" {
                drop[j] = Some("what was agreed on is a threat".to_owned());
                continue;
            }
            if governed && inner.kind == outer.kind {
                let outer_says_more = !outer.found.recipients.is_empty()
                    || outer.found.actors.len() > 1
                    || inner.found.recipients.is_empty();
                let loser = if outer_says_more { i } else { j };
                drop[loser] = Some("the same act, told by its governing word".to_owned());
                continue;
            }
            // "was tried and convicted": one act in two words.
            let fellows = token(scene.sentence, inner.found.head)
                .is_some_and(|t| t.relation() == "conj" && t.head == Some(outer.found.head));
            let own_object = scene
                .sentence
                .dependents(inner.found.head, "obj")
                .any(|object| token(scene.sentence, object).is_some_and(|t| t.upos != Upos::Pron));
            let two_acts = own_object
                && inner.kind != "PROTEST"
                && scene.sentence.dependents(outer.found.head, "obj").next().is_some();
            let own_subject = scene.sentence.dependents(inner.found.head, "nsubj").next().is_some();
            if fellows
                && !two_acts
                && !own_subject
                && inner.kind == outer.kind
                && inner.status == outer.status
                && same_parties(&inner.found.actors, &outer.found.actors)
                && (inner.found.recipients.is_empty()
                    || same_parties(&inner.found.recipients, &outer.found.recipients))
            {
                drop[i] = Some("the same act, told in a second word".to_owned());
                continue;
            }
            // "Were killed when a bomb went off": what hit them is told twice.
            if inner.kind == "ASSAULT"
                && outer.kind == "ASSAULT"
                && inner.found.actors.is_empty()
                && outer.found.actors.is_empty()
                && token(scene.sentence, inner.found.head)
                    .is_some_and(|t| t.relation() == "advcl" && t.head == Some(outer.found.head))
            {
                drop[i] = Some("the same act, told by its cause".to_owned());
                continue;
            }
            let by_content = outer.found.binding.light.unwrap_or(outer.found.head);
            if let Some(link) = link_below(scene.sentence, inner.found.head, by_content)
                .or_else(|| link_below(scene.sentence, inner.found.head, outer.found.head))
                && is_content(scene.sentence, link, inner, outer)
            {
                drop[i] = Some(format!("inside what {} is about", outer.found.rule.name));
                // "Bombed the town, killing a Dutch reporter": those who die are hit, too.
                if inner.kind == "ASSAULT"
                    && outer.kind == "ASSAULT"
                    && !outer.found.recipients.is_empty()
                {
                    let known = |a: &&Actor| {
                        a.code.is_some()
                            && outer
                                .found
                                .recipients
                                .iter()
                                .chain(&outer.found.actors)
                                .all(|b| b.code != a.code)
                    };
                    more.push((j, inner.found.recipients.iter().filter(known).cloned().collect()));
                }
            }
        }
    }
    let mut coded = coded;
    for (at, recipients) in more {
        let own = &mut coded[at].found.recipients;
        if !recipients.is_empty() {
            own.retain(|r| r.code.is_some());
        }
        own.extend(recipients);
    }
    let mut kept = Vec::new();
    for (event, why) in coded.into_iter().zip(drop) {
        match why {
            None => kept.push(event),
            Some(why) => notes.of(&event.found, why),
        }
    }
    kept
}

/// The token just below `outer` on the way down to `inner`, or `None` where the way leaves the clause.
pub(crate) fn link_below(sentence: &Sentence, inner: usize, outer: usize) -> Option<usize> {
    let mut at = inner;
    for _ in 0..sentence.tokens.len() {
        let word = token(sentence, at)?;
        let up = word.head?;
        if word.deprel == "acl:relcl" || word.relation() == "parataxis" {
            return None;
        }
        if up == outer {
            return Some(at);
        }
        at = up;
    }
    None
}

/// Whether what hangs on `outer` by `link` is what the outer act is about.
pub(crate) fn is_content(
    sentence: &Sentence,
    link: usize,
    inner: &CodedEvent<'_>,
    outer: &CodedEvent<'_>,
) -> bool {
    let Some(word) = token(sentence, link) else { return false };
    let opens = |words: &[&str]| {
        words.iter().any(|w| {
            has_case(sentence, link, w)
                || sentence.children(link).iter().any(|&c| {
                    token(sentence, c).is_some_and(|t| {
                        matches!(t.relation(), "mark" | "advmod") && t.form.eq_ignore_ascii_case(w)
                    })
                })
        })
    };
    match word.relation() {
        // "Signed a truce brokered by Egypt": who brought it about is told, not wanted.
        "acl" | "obj"
            if is_third(&inner.found)
                && !inner.found.actors.is_empty()
                && token(sentence, inner.found.head).is_some_and(|t| t.xpos == "VBN")
                && matches!(
                    outer.kind.as_str(),
                    "SUPPORT" | "AGREE" | "REJECT" | "CONCEDE" | "RETREAT"
                ) =>
        {
            false
        }
        // "Rang him to thank him": what one calls somebody to say is said, whatever the parser hangs it on.
        "xcomp"
            if outer.found.rule.kind == "CONSULT"
                && is_said(&inner.kind)
                && has_case(sentence, link, "to") =>
        {
            false
        }
        "xcomp" | "ccomp" | "obj" | "acl" => true,
        "obl" | "nmod" => {
            if opens(&[
                "during",
                "after",
                "before",
                "following",
                "amid",
                "since",
                "ahead",
                "despite",
            ]) {
                return inner.kind == outer.kind && inner.found.recipients.is_empty();
            }
            if opens(&["in", "at", "by", "with"]) {
                return inner.kind == outer.kind;
            }
            true
        }
        "advcl" => {
            if outer.found.rule.kind == "CONSULT" && is_said(&inner.kind) {
                return false;
            }
            // "Marched to thank the army"
            if outer.kind == "PROTEST" && inner.kind == "SUPPORT" {
                return false;
            }
            if opens(&[
                "after", "when", "while", "as", "before", "since", "although", "though", "because",
                "if", "until", "unless",
            ]) {
                return false;
            }
            let purpose = opens(&["to", "for", "over", "of", "from", "about", "against"]);
            purpose || (word.xpos == "VBG" && inner.kind == outer.kind)
        }
        _ => false,
    }
}

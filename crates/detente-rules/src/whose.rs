//! Whose the crowds, forces and officials of an act are where their own words do not say.
//!
//! "Police in Accra fired at protesters. Three were arrested." In go the events of a sentence with what the text has named so far, out come
//! parties of `GHA`: a crowd is of the place where it gathers, police and those whom they arrest are of one state, and what neither
//! place nor counterpart tells is of the state that the story is about. Foreign troops, gunmen and refugees may be anybody's, and stay open.

use detente_core::{Actor, Sector};
use detente_knowledge::{Entity, EntityKind};
use detente_parse::Upos;
use detente_resolve::{Category, Mention, MentionKind};

use crate::events::{CodedEvent, link_below};
use crate::grammar::{clause, has_case, token};
use crate::matcher::lower;
use crate::scene::Scene;

/// What a mention weighs for the state that the story is about, by its form.
const NAMED: f32 = 1.0;
const MEANT: f32 = 0.6;
/// A place tells more than who is spoken of.
const PLACE: f32 = 1.5;
/// Where others meet tells little.
const VENUE: f32 = 0.3;
/// What is left of a weight a sentence later.
const FADING: f32 = 0.9;
/// How much more than the next the state of the story must weigh.
const CLEAR: f32 = 1.4;

/// Prepositions that set an act in a place.
const SETTING: [&str; 14] = [
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "across",
    "around",
    "throughout",
    "through",
    "on",
    "of",
    "off",
    "along",
    "over",
];

/// Gives the parties of an event that have a sector and no code the state whose they are, where the text tells it.
///
/// `around` is where the other acts of the sentence are done: "shot a grocer in Leeds who had helped a driver's wife".
pub(crate) fn settle(scene: &Scene<'_>, event: &mut CodedEvent<'_>, around: Option<&str>) {
    let found = &event.found;
    let open = |actor: &Actor| actor.code.is_none() && actor.sector.is_some();
    if scene.given.is_some() || !found.actors.iter().chain(&found.recipients).any(open) {
        return;
    }
    let place = place_of(scene, found.binding.light.unwrap_or(found.head))
        .or_else(|| place_of(scene, found.head))
        .or_else(|| around.filter(|_| is_force(&found.rule.kind)));
    let actors = settled(scene, event, true, &event.found.recipients, place);
    let recipients = settled(scene, event, false, &actors, place);
    event.found.actors = actors;
    // What the recipients were found to be may tell whose the actors are.
    let actors = settled(scene, event, true, &recipients, place);
    event.found.actors = actors;
    event.found.recipients = recipients;
    let found = &mut event.found;
    for party in found.actors.iter_mut().chain(&mut found.recipients) {
        party.via.take_if(|via| via == "open");
    }
}

/// Whether acts of a type are done by force where people are.
fn is_force(kind: &str) -> bool {
    matches!(kind, "ASSAULT" | "COERCE" | "PROTEST")
}

/// The one country in which the acts of force of a sentence are done, where any of them says so.
pub(crate) fn place_of_force(scene: &Scene<'_>, coded: &[CodedEvent<'_>]) -> Option<String> {
    let force = coded.iter().filter(|event| is_force(&event.found.rule.kind));
    let mut places = force.filter_map(|event| place_of(scene, event.found.head));
    let first = places.next()?;
    places.all(|other| other == first).then(|| first.to_owned())
}

/// One side of the event, with the codes that `other` side, place and story give.
fn settled(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    acts: bool,
    other: &[Actor],
    place: Option<&str>,
) -> Vec<Actor> {
    let side = if acts { &event.found.actors } else { &event.found.recipients };
    let whose = |actor: &Actor| {
        let sector = actor.sector.filter(|_| actor.code.is_none())?;
        // Foreigners and the judges of a court of states are of no state of the story.
        let settled = || {
            event.found.rule.kind == "AID"
                && sector == Sector::Cvl
                && !acts
                && is_of(scene, actor, |lemma| scene.book.is_settled(lemma))
        };
        if !(is_ours(sector, event, acts) || settled()) || actor.via.as_deref() == Some("open") {
            return None;
        }
        // Migrants are of another state than the one they are in.
        if !acts && is_of(scene, actor, |lemma| scene.book.is_stranger(lemma)) {
            return None;
        }
        // Whom an act told before left open stays open where it is told of again.
        if actor.via.as_deref() == Some("act") {
            return None;
        }
        // The press may come from anywhere; it is whose the police are that lay hands on it.
        if !acts && sector == Sector::Med && event.found.rule.kind == "REQUEST" {
            return None;
        }
        // Rebels fight where they are; soldiers may be anywhere.
        let invaded = || {
            !acts
                && event.found.rule.kind == "ASSAULT"
                && !other.is_empty()
                && other.iter().all(|a| a.code.is_some() && a.code.as_deref() != place)
        };
        // "Soldiers in Myanmar fired into crowds"
        if acts
            && sector == Sector::Mil
            && is_done(&event.found.rule.kind)
            && let Some(code) = stationed(scene, actor)
        {
            return Some((code.to_owned(), "place"));
        }
        let set = (sector != Sector::Mil || invaded()) && (acts || is_done(&event.found.rule.kind));
        if let Some(code) = place.filter(|_| set) {
            return Some((code.to_owned(), "place"));
        }
        let pronoun = actor.via.as_deref() == Some("pronoun");
        if let Some(code) = counterpart(scene, event, sector, acts, other) {
            return Some((code, "counterpart"));
        }
        if pronoun {
            return None;
        }
        // "Soldiers captured Mali's president", where the story is of Mali alone.
        if acts
            && let [only] = other
            && matches!(only.sector, Some(Sector::Gov | Sector::Leg | Sector::Opp | Sector::Eli))
            && mention_of(scene, only).is_some_and(|m| m.category == Category::Person)
            && event.found.rule.kind != "PROTEST"
            && let Some(code) = story(scene, &[], false)
            && only.code.as_ref() == Some(&code)
        {
            return Some((code, "story"));
        }
        // One man is anybody; so are soldiers.
        let one = mention_of(scene, actor).is_some_and(|m| m.category == Category::Person);
        let army = || {
            mention_of(scene, actor).is_some_and(|m| {
                token(scene.sentence, m.head).is_some_and(|t| {
                    scene.book.is_state_army(&t.lemma)
                        && scene.sentence.dependents(m.head, "det").any(|d| {
                            token(scene.sentence, d)
                                .is_some_and(|t| t.form.eq_ignore_ascii_case("the"))
                        })
                })
            })
        };
        let fined = !acts && event.found.rule.kind == "SANCTION";
        let soldiers = sector == Sector::Mil && (acts || !other.is_empty()) && !army() && !fined;
        // "Ran over a protester": one of a crowd is where the crowd is.
        let crowd = || !acts && is_of(scene, actor, |lemma| scene.book.is_of_crowd(lemma));
        if soldiers || (one && sector == Sector::Cvl && !crowd()) {
            return None;
        }
        story(scene, other, is_rising(sector))
            .or_else(|| own_story(scene, event, sector, acts, other))
            .map(|code| (code, "story"))
    };
    side.iter()
        .map(|actor| match whose(actor) {
            Some((code, via)) => {
                let via = actor.via.clone().or_else(|| Some(via.to_owned()));
                Actor { code: Some(code), via, ..actor.clone() }
            }
            None => actor.clone(),
        })
        .collect()
}

/// The country in which soldiers are by their own phrase: "soldiers in Myanmar".
fn stationed<'a>(scene: &Scene<'a>, party: &Actor) -> Option<&'a str> {
    let noun = mention_of(scene, party)?.head;
    let sentence = scene.sentence;
    let troops = token(sentence, noun)
        .is_some_and(|t| t.relation().starts_with("nsubj") && scene.book.is_soldier(&t.lemma));
    let here = scene.resolution.places_in(scene.index).iter();
    here.filter(|p| !p.dateline && troops)
        .filter(|p| {
            has_case(sentence, p.head, "in")
                && token(sentence, p.head).is_some_and(|t| t.head == Some(noun))
        })
        .find_map(|p| p.place.country.as_deref())
}

/// Whether those of a sector come together in crowds.
fn is_crowd(sector: Sector) -> bool {
    matches!(sector, Sector::Cvl | Sector::Edu | Sector::Lab | Sector::Opp)
}

/// Whether the noun of a party's mention is such a one.
fn is_of(scene: &Scene<'_>, party: &Actor, test: impl Fn(&str) -> bool) -> bool {
    mention_of(scene, party)
        .and_then(|m| token(scene.sentence, m.head))
        .is_some_and(|t| test(&lower(&t.lemma)))
}

/// Aims a threat that names nobody at the state that the story is about, if that is not the state of who threatens: "threatened to intervene".
pub(crate) fn threaten(scene: &Scene<'_>, event: &mut CodedEvent<'_>) {
    let found = &event.found;
    let [actor] = found.actors.as_slice() else { return };
    if event.kind != "THREATEN" || !found.recipients.is_empty() || found.rule.need.no_recipient {
        return;
    }
    let Some(own) = actor.code.as_deref() else { return };
    let home = scene.knowledge.actors.entity(own).and_then(state_of);
    let Some(state) = story(scene, &[], false).filter(|state| home != Some(state)) else { return };
    let span = token(scene.sentence, found.head).map(|t| t.span);
    let via = Some("story".to_owned());
    event.found.recipients = vec![Actor { code: Some(state), via, span, ..Actor::default() }];
}

/// Whether an act of a type is done at its place to those who are there; what is said somewhere may be said to anybody.
fn is_done(kind: &str) -> bool {
    matches!(kind, "ASSAULT" | "COERCE" | "PROTEST" | "SANCTION" | "RETREAT" | "AID" | "COOPERATE")
}

/// Whether those of a sector are, in an act of this type, of the state where it happens.
fn is_ours(sector: Sector, event: &CodedEvent<'_>, acts: bool) -> bool {
    let rule = event.found.rule;
    // Who is deported or rescued came from elsewhere.
    let passing = rule.kind == "AID" || rule.modes.iter().any(|mode| mode == "deport");
    // Charities are shut and searched where they are; those that are driven out came from elsewhere.
    let shut = rule.kind == "COERCE" && !acts;
    match sector {
        Sector::Opp | Sector::Pty | Sector::Lab | Sector::Edu => true,
        Sector::Reb | Sector::Par => true,
        _ if passing => false,
        Sector::Ngo if shut => true,
        Sector::Leg | Sector::Jud | Sector::Med | Sector::Rel | Sector::Cvl => {
            !matches!(rule.kind.as_str(), "CONSULT" | "COOPERATE" | "AGREE")
        }
        Sector::Unk | Sector::Eli | Sector::Crm | Sector::Bus => {
            !acts
                && (matches!(rule.kind.as_str(), "COERCE" | "SANCTION" | "ACCUSE")
                    || (sector == Sector::Bus
                        && matches!(rule.kind.as_str(), "PROTEST" | "ASSAULT")))
        }
        Sector::Gov | Sector::Mil => {
            matches!(
                rule.kind.as_str(),
                "ASSAULT"
                    | "COERCE"
                    | "PROTEST"
                    | "SANCTION"
                    | "RETREAT"
                    | "CONCEDE"
                    | "THREATEN"
                    | "MOBILIZE"
            ) || (!acts
                && matches!(rule.kind.as_str(), "ACCUSE" | "REQUEST" | "THREATEN" | "REJECT"))
        }
        _ => false,
    }
}

/// The state of the other side, where both must be of one: police and whom they arrest, a president and the opposition.
fn counterpart(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    sector: Sector,
    acts: bool,
    other: &[Actor],
) -> Option<String> {
    let rule = event.found.rule;
    let rises = is_rising(sector);
    let mut codes: Vec<String> = Vec::new();
    for actor in other {
        let entity = scene.knowledge.actors.entity(actor.code.as_deref()?)?;
        let mention = mention_of(scene, actor);
        let state = mention.is_none_or(|m| m.category == Category::Country);
        let frees = !acts
            && rule.modes.iter().any(|m| m == "release")
            && matches!(sector, Sector::Opp | Sector::Cvl | Sector::Med);
        let house = || {
            acts && rule.kind == "PROTEST"
                && matches!(sector, Sector::Cvl | Sector::Lab | Sector::Edu | Sector::Opp)
                && matches!(actor.sector, Some(Sector::Gov | Sector::Leg | Sector::Jud))
                && mention.is_some_and(|m| {
                    token(scene.sentence, m.head)
                        .is_some_and(|t| scene.book.is_state_house(&t.lemma))
                })
        };
        let domestic = match actor.sector {
            // A crowd before a parliament is of its state.
            _ if house() => true,
            // Prisoners are those of who holds them.
            Some(Sector::Gov | Sector::Jud) if frees && entity.kind == EntityKind::Country => true,
            _ if entity.kind != EntityKind::Country => entity.kind == EntityKind::ArmedGroup,
            // A crowd goes before the parliament, and throws stones at the police, of its own state.
            crowd
                if !acts
                    && (crowd.is_some_and(is_crowd)
                        || (crowd.is_none()
                            && mention.is_some_and(|m| {
                                matches!(m.category, Category::Nationality | Category::People)
                            })))
                    && rule.kind == "PROTEST"
                    && matches!(sector, Sector::Gov | Sector::Leg | Sector::Jud) =>
            {
                true
            }
            Some(Sector::Gov)
                if acts
                    && matches!(rule.kind.as_str(), "PROTEST" | "ASSAULT")
                    && is_crowd(sector)
                    && is_of(scene, actor, |lemma| scene.book.is_police(lemma)) =>
            {
                true
            }
            // They fight, and hold people of, their own state.
            Some(Sector::Reb | Sector::Par | Sector::Opp) => true,
            Some(Sector::Mil) if rises => true,
            Some(Sector::Mil) => false,
            // A state holds whom it finds on its land, its police whom they meet.
            Some(Sector::Gov | Sector::Jud | Sector::Leg | Sector::Spy)
                if !acts && sector != Sector::Mil && !(rises && state && sector != Sector::Opp) =>
            {
                rule.kind == "COERCE" || rule.modes.iter().any(|m| m == "convict") || !state
            }
            // A crowd before an embassy is hardly of the state whose embassy it is.
            _ => mention.is_some_and(|m| {
                let embassy = token(scene.sentence, m.head)
                    .is_some_and(|t| acts && scene.book.is_embassy(&lower(&t.lemma)));
                m.kind == MentionKind::Nominal && !state && !embassy && !says_whose(scene, m)
            }),
        };
        if !domestic {
            return None;
        }
        let code = state_of(entity)?;
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    (codes.len() == 1).then(|| codes.remove(0))
}

/// A state's own code, and the state of a group, an organisation or a people.
pub(crate) fn state_of(entity: &Entity) -> Option<&str> {
    match entity.kind {
        EntityKind::Country => Some(&entity.code),
        _ => entity.country.as_deref(),
    }
}

/// The mention that a party stands in.
pub(crate) fn mention_of<'a>(scene: &Scene<'a>, actor: &Actor) -> Option<&'a Mention> {
    let span = actor.span?;
    let mentions = &scene.resolution.mentions;
    // They are in the order of the sentences.
    let first = mentions.partition_point(|m| m.sentence < scene.index);
    mentions
        .get(first..)?
        .iter()
        .take_while(|m| m.sentence == scene.index)
        .find(|m| m.span.start <= span.start && span.end <= m.span.end)
}

/// Whether the words of a mention name its state: "Turkish police", where "the police" are of whatever state.
pub(crate) fn says_whose(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.resolution.names.iter().any(|name| {
        name.sentence == mention.sentence
            && name.code.is_some()
            && mention.tokens.contains(&name.tokens.start)
    })
}

/// The country in which the clause of `at` sets its act.
pub(crate) fn place_of<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a str> {
    let sentence = scene.sentence;
    let own = clause(sentence, at);
    let codes: Vec<&str> = scene
        .resolution
        .places
        .iter()
        .filter(|p| p.sentence == scene.index && !p.dateline)
        // "Near the Sudanese border" is on this side of it.
        .filter(|p| {
            let on = |at: usize| {
                token(sentence, at).is_some_and(|t| scene.book.is_border(&lower(&t.lemma)))
            };
            !(on(p.head) || token(sentence, p.head).and_then(|t| t.head).is_some_and(on))
        })
        .filter(|p| clause(sentence, p.head) == own && link_below(sentence, p.head, own).is_some())
        .filter(|p| {
            SETTING.iter().any(|word| has_case(sentence, p.head, word))
                || token(sentence, p.head)
                    .is_some_and(|t| matches!(t.relation(), "compound" | "appos" | "obj"))
        })
        .filter_map(|p| p.place.country.as_deref())
        .collect();
    let first = *codes.first()?;
    codes.iter().all(|code| *code == first).then_some(first)
}

/// The state of an army whose victims nobody tells more of, where the story speaks of no other state.
fn own_story(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    sector: Sector,
    acts: bool,
    other: &[Actor],
) -> Option<String> {
    let [only] = other else { return None };
    let said = matches!(
        event.found.rule.kind.as_str(),
        "SUPPORT" | "REQUEST" | "REJECT" | "ACCUSE" | "AGREE" | "THREATEN"
    );
    // "The union endorsed Clinton", where the story is of one state alone.
    if said
        && is_homely(sector)
        && mention_of(scene, only).is_some_and(|m| m.category == Category::Person)
        && let Some(code) = &only.code
        && is_of_one_state(scene, code)
    {
        return Some(code.clone());
    }
    // A government helps its own where the story knows of nobody else's.
    let army = (only.sector == Some(Sector::Mil)
        || (only.sector == Some(Sector::Gov) && event.found.rule.kind == "AID"))
        && mention_of(scene, only).is_some_and(|m| m.kind == MentionKind::Nominal);
    let alone = army && !acts && story(scene, other, false).is_none();
    story(scene, &[], false).filter(|code| alone && only.code.as_ref() == Some(code))
}

/// Whether those of a sector mostly deal with people of their own state.
fn is_homely(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Lab
            | Sector::Leg
            | Sector::Jud
            | Sector::Med
            | Sector::Edu
            | Sector::Opp
            | Sector::Pty
            | Sector::Cvl
            | Sector::Rel
            | Sector::Gov
    )
}

/// Whether the story so far names no state but this one.
fn is_of_one_state(scene: &Scene<'_>, code: &str) -> bool {
    let same = |other: &str| {
        scene.knowledge.actors.entity(other).and_then(state_of).is_none_or(|state| state == code)
    };
    let told = scene.resolution.mentions.iter().filter(|m| scene.is_told(m.sentence));
    let places = scene.resolution.places.iter().filter(|p| scene.is_told(p.sentence));
    told.flat_map(|m| &m.actors).filter_map(|a| a.code.as_deref()).all(same)
        && places.filter_map(|p| p.place.country.as_deref()).all(same)
}

/// Whether those of a sector stand against the government of their own state.
fn is_rising(sector: Sector) -> bool {
    matches!(sector, Sector::Reb | Sector::Par | Sector::Opp)
}

/// The state that the story is about at this sentence, if one stands out. The state of the `other` side is it for rebels, if the
/// sentences before tell so, and for nobody else.
fn story(scene: &Scene<'_>, other: &[Actor], rises: bool) -> Option<String> {
    let state = |code: &str| {
        let entity = scene.knowledge.actors.entity(code);
        let state = entity.filter(|_| !rises).and_then(state_of);
        state.unwrap_or(code).to_owned()
    };
    let others: Vec<String> =
        other.iter().filter_map(|actor| actor.code.as_deref()).map(state).collect();
    let mut weights: Vec<(&str, f32)> = Vec::new();
    let mut sides: Vec<&str> = Vec::new();
    let mut add = |code: &str, weight: f32, sentence: usize| {
        let Some(state) = scene.knowledge.actors.entity(code).and_then(state_of) else { return };
        let told_here = sentence == scene.index;
        if others.iter().any(|other| other == state) && (!rises || told_here) {
            return;
        }
        if weight > VENUE && !sides.contains(&state) {
            sides.push(state);
        }
        let weight = weight * FADING.powi((scene.index - sentence) as i32);
        match weights.iter_mut().find(|(known, _)| *known == state) {
            Some((_, sum)) => *sum += weight,
            None => weights.push((state, weight)),
        }
    };
    for mention in scene.resolution.mentions.iter().filter(|m| scene.is_told(m.sentence)) {
        // "Near the Sudanese border" is a place on this side of it.
        if mention.kind == MentionKind::Modifier && is_edge(scene, mention) {
            continue;
        }
        let weight = match mention.kind {
            _ if is_mediator(scene, mention) => VENUE,
            MentionKind::Pronoun => MEANT,
            _ => NAMED,
        };
        for code in mention.actors.iter().filter_map(|actor| actor.code.as_deref()) {
            add(code, weight, mention.sentence);
        }
    }
    for place in scene.resolution.places.iter().filter(|p| scene.is_told(p.sentence)) {
        if let Some(code) = place.place.country.as_deref() {
            let weight = if rises { 2.0 * PLACE } else { PLACE };
            let venue = is_venue(scene, place);
            add(code, if venue { VENUE } else { weight }, place.sentence);
        }
    }
    // Where the other side has met somebody is not for that the land of the story.
    if !others.is_empty() {
        weights.retain(|(state, _)| sides.contains(state));
    }
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    match weights.as_slice() {
        [only] => Some(only.0.to_owned()),
        [best, next, ..] if best.1 >= CLEAR * next.1 => Some(best.0.to_owned()),
        _ => None,
    }
}

/// Whether a mention only tells which border is meant: "the Sudanese border".
fn is_edge(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.sentence_at(mention.sentence).is_some_and(|sentence| {
        token(sentence, mention.head)
            .and_then(|t| token(sentence, t.head?))
            .is_some_and(|t| scene.book.is_border(&lower(&t.lemma)))
    })
}

/// Whether somebody is told of as holding the talks of others: "Qatar brokered a truce".
fn is_mediator(scene: &Scene<'_>, mention: &Mention) -> bool {
    scene.sentence_at(mention.sentence).is_some_and(|sentence| {
        let word = token(sentence, mention.head);
        let verb = word.and_then(|t| token(sentence, t.head?));
        let stands = word.is_some_and(|t| {
            t.deprel == "nsubj" || (t.relation() == "obl" && has_case(sentence, mention.head, "by"))
        });
        stands
            && verb.is_some_and(|t| t.upos == Upos::Verb && scene.book.is_holding_talks(&t.lemma))
    })
}

/// Whether a place is no more than where those of other states meet, visit or speak.
fn is_venue(scene: &Scene<'_>, place: &detente_resolve::PlaceMention) -> bool {
    let Some(sentence) = scene.sentence_at(place.sentence) else { return false };
    let Some(at) =
        token(sentence, place.head).and_then(|t| t.head).and_then(|h| token(sentence, h))
    else {
        return false;
    };
    scene.book.is_meeting(&at.lemma)
}

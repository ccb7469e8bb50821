//! To whom an act is done where other acts leave no doubt of it.
//!
//! "Rome promised to pay. In return Tripoli will guard its coast": who gave first gets the return. In goes an event for which the words
//! around it name nobody, with the acts of its sentence and those before; out come the parties, or nothing where only
//! weights can tell ([`crate::recipients`]). Precision first: each way asks for a word that points back.

use detente_core::{Actor, Sector};
use detente_knowledge::{CueKind, Mark, SlotRole};
use detente_parse::{Sentence, Upos};

use crate::events::CodedEvent;
use crate::grammar::{clause, has_case, is_below, is_passive, subject, token};
use crate::history::{Act, first_told, is_deed, is_friendly, is_of_stem, same_side};
use crate::matcher::lower;
use crate::recipients::{Fellow, Object};
use crate::rulebook::Reach;
use crate::scene::{Scene, meant_by};
use crate::whose::state_of;

/// Acts that are looked back over, and sentences in which somebody may have made what is spoken of.
const ACTS: usize = 12;
const MADE: usize = 5;
/// Most parties that "all sides" stands for.
const SIDES: usize = 4;

/// An event that names nobody to whom it is done, and what may tell who that is.
#[derive(Clone, Copy)]
struct Case<'a> {
    scene: &'a Scene<'a>,
    event: &'a CodedEvent<'a>,
    /// Those who do it.
    doers: &'a [Actor],
    /// The other events of the sentence.
    fellows: &'a [Fellow],
    /// What is done, asked for or praised, and where it stands.
    object: Option<&'a (usize, Object)>,
}

impl Case<'_> {
    /// Those of these parties with a code, each side once, but for the doers.
    fn others(self, parties: &[Actor]) -> Vec<Actor> {
        others(parties, self.doers)
    }

    /// Whether one of the doers is of the same code.
    fn is_own(self, party: &Actor) -> bool {
        self.doers.iter().any(|doer| doer.code == party.code)
    }
}

/// The parties to whom an event without a recipient is done, if other acts tell them; `object` is what is done, asked for or praised.
pub(crate) fn meant<'a>(
    scene: &'a Scene<'a>,
    event: &'a CodedEvent<'a>,
    fellows: &'a [Fellow],
    object: Option<&'a (usize, Object)>,
) -> Option<Vec<Actor>> {
    let doers = event.found.actors.as_slice();
    if doers.is_empty() || doers.iter().any(|a| a.code.is_none()) {
        return None;
    }
    let case = Case { scene, event, doers, fellows, object };
    let by_act = in_exchange(case)
        .or_else(|| all_sides(case))
        .or_else(|| claimed(case))
        .or_else(|| between(case))
        .or_else(|| met(case));
    let (at, parties) = if let Some(parties) = by_act {
        (None, parties)
    } else {
        let by_noun = called_on(case)
            .or_else(|| neighbours(case))
            .or_else(|| wronged(case))
            .or_else(|| maker(case))
            .or_else(|| decided(case))
            .or_else(|| bench(case))?;
        (object.map(|(at, _)| *at), by_noun)
    };
    let span = token(scene.sentence, at.unwrap_or(event.found.head)).map(|t| t.span);
    (!parties.is_empty()).then(|| meant_by(&parties, "act", span))
}

/// Whether a party is one of these, or acts for the same side.
fn is_one_of(parties: &[Actor], party: &Actor) -> bool {
    parties.iter().any(|a| same_side(a, party))
}

/// Those of these parties with a code, each side once, but for the doers.
fn others(parties: &[Actor], doers: &[Actor]) -> Vec<Actor> {
    let mut found: Vec<Actor> = Vec::new();
    for party in parties.iter().filter(|a| a.code.is_some()) {
        if !is_one_of(doers, party) && !is_one_of(&found, party) {
            found.push(party.clone());
        }
    }
    found
}

/// All who took part in an act.
fn all_of(act: &Act) -> Vec<Actor> {
    act.actors.iter().chain(&act.recipients).cloned().collect()
}

/// The acts before of the same item, the last first.
fn acts<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Act> {
    scene.acts.iter().rev().take(ACTS)
}

/// "In return Libya will guard the coast": what is done for what others did or promised, is done to them.
fn in_exchange(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, .. } = case;
    let given =
        matches!(event.kind.as_str(), "AGREE" | "CONCEDE" | "RETREAT" | "AID" | "COOPERATE");
    if !given || !is_exchanged(scene.sentence, event.found.head) {
        return None;
    }
    let near = acts(scene).filter(|act| act.sentence + 2 >= scene.index && is_friendly(&act.kind));
    near.map(|act| {
        let shared = all_of(act).iter().any(|a| is_one_of(doers, a));
        let own = act.actors.iter().any(|a| is_one_of(doers, a)) && !act.mutual;
        match (shared, own) {
            (true, false) => case.others(&all_of(act)),
            (true, true) => case.others(&act.recipients),
            (false, _) => case.others(&act.actors),
        }
    })
    .find(|parties| !parties.is_empty())
}

/// "In return", "in exchange", of the clause or before it.
pub(crate) fn is_exchanged(sentence: &Sentence, head: usize) -> bool {
    let is = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| token(sentence, at))
            .is_some_and(|t| words.contains(&lower(&t.form).as_ref()))
    };
    (0..sentence.tokens.len()).any(|at| {
        is(Some(at), &["return", "exchange"])
            && is(at.checked_sub(1), &["in"])
            && !is(Some(at + 1), &["for", "of"])
            && (at < 4 || clause(sentence, at) == clause(sentence, head))
    })
}

/// "Offered to take him in, but he turned the offer down", "asked Chad to stay, but Ndjamena refused": who has spoken to the doer in the same
/// sentence.
fn called_on(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, fellows, object } = case;
    let fellow = fellows.iter().rev().find(|one| {
        one.head < event.found.head && !one.actors.iter().any(|a| is_one_of(doers, a))
    })?;
    let addressed = fellow.recipients.iter().any(|a| is_one_of(doers, a));
    let named = object.is_some_and(|(_, object)| {
        matches!(object.article, "the" | "that" | "its")
            && !object.fuller
            && scene.book.acts.may_be(&object.noun, &fellow.kind)
    });
    let accepted = event.kind == "AGREE"
        && addressed
        && object.is_some_and(|(_, object)| {
            object.article == "the" && !object.fuller && scene.book.acts.knows(&object.noun)
        });
    let taken_up = object.is_none_or(|(_, object)| object.article == "it");
    let fits = match fellow.kind.as_str() {
        "REQUEST" => matches!(event.kind.as_str(), "REJECT" | "AGREE" | "CONCEDE"),
        // "Invited Ruto to visit, and Ruto accepted the invitation."
        "AGREE" if accepted => return Some(case.others(&fellow.actors)),
        "AGREE" => matches!(event.kind.as_str(), "REJECT" | "SUPPORT"),
        "ACCUSE" | "THREATEN" => event.kind == "REJECT",
        _ => false,
    };
    (fits && (named || (addressed && taken_up))).then(|| case.others(&fellow.actors))
}

/// "Kyiv says that the dam was mined, a claim that Moscow disputes": who has said what the claim sums up.
fn claimed(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, .. } = case;
    let sentence = scene.sentence;
    let word = token(sentence, event.found.head).filter(|t| t.deprel == "acl:relcl")?;
    let noun = token(sentence, word.head?)?;
    if event.kind != "REJECT"
        || noun.relation() != "appos"
        || !scene.book.is_alleged(&lower(&noun.lemma))
    {
        return None;
    }
    let says = |verb: usize| {
        token(sentence, verb).is_some_and(|t| {
            let lemma = lower(&t.lemma);
            let cue = scene.knowledge.words.cue_at(&[lemma.as_ref()]);
            t.upos == Upos::Verb
                && cue.is_some_and(|(_, cue)| matches!(cue.kind, CueKind::Say | CueKind::Accuse))
        })
    };
    let mut up = noun.head;
    for _ in 0..sentence.tokens.len() {
        let at = up?;
        if says(at)
            && let Some(who) = subject(sentence, at)
        {
            let said = scene.actors_for(who, SlotRole::Actor, Reach::Itself);
            let parties = case.others(&said);
            return (!parties.is_empty()).then_some(parties);
        }
        up = token(sentence, at)?.head;
    }
    None
}

/// "Told his neighbours to stay out": of several who are the doer's own the ones that have just done something to him.
fn neighbours(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, doers, object, .. } = case;
    let (at, object) = object?;
    let word = token(scene.sentence, *at)?;
    let addressed = matches!(word.relation(), "obj" | "iobj")
        || matches!(object.link.as_str(), "to" | "on" | "upon" | "with" | "from");
    let several = object.article == "its" && word.xpos == "NNS";
    if !several || !addressed || object.reported || !scene.book.is_opposed(&object.noun) {
        return None;
    }
    acts(scene)
        .filter(|act| act.recipients.iter().any(|a| case.is_own(a)))
        .map(|act| case.others(&act.actors))
        .find(|parties| parties.len() > 1 && parties.iter().all(|a| is_abroad(doers, a)))
}

/// Whether a party is of none of these codes.
fn is_abroad(doers: &[Actor], party: &Actor) -> bool {
    doers.iter().all(|doer| doer.code != party.code)
}

/// The two sides that most acts before set against or beside each other, without the doers; of two states where `abroad`.
fn pair(scene: &Scene<'_>, doers: &[Actor], abroad: bool) -> Option<Vec<Actor>> {
    let mut pairs: Vec<(Vec<Actor>, usize)> = Vec::new();
    for act in acts(scene).filter(|act| act.mutual || !is_friendly(&act.kind)) {
        let sides = others(&all_of(act), &[]);
        let [one, other] = sides.as_slice() else { continue };
        let bodies = sides.iter().any(|a| matches!(a.sector, Some(Sector::Igo | Sector::Ngo)));
        if bodies
            || sides.iter().any(|a| !is_abroad(doers, a))
            || (abroad && one.code == other.code)
        {
            continue;
        }
        match pairs.iter_mut().find(|(known, _)| sides.iter().all(|a| is_one_of(known, a))) {
            Some((_, count)) => *count += 1,
            None => pairs.push((sides, 1)),
        }
    }
    // Of those told equally often the last.
    let most = pairs.iter().map(|(_, count)| *count).max()?;
    pairs.into_iter().find(|(_, count)| *count == most).map(|(sides, _)| sides)
}

/// The sides of the quarrel that the story tells: the pair, and who stands against one of them.
fn quarrel(scene: &Scene<'_>, doers: &[Actor]) -> Option<Vec<Actor>> {
    let mut sides = pair(scene, doers, true)?;
    for act in acts(scene).filter(|act| !is_friendly(&act.kind)) {
        let mut more = others(&all_of(act), doers);
        more.retain(|a| !matches!(a.sector, Some(Sector::Igo | Sector::Ngo)));
        if more.len() == 2 && more.iter().any(|a| is_one_of(&sides, a)) {
            let new: Vec<Actor> = more.into_iter().filter(|a| !is_one_of(&sides, a)).collect();
            sides.extend(new);
        }
    }
    (sides.len() <= SIDES).then_some(sides)
}

/// "Called on both governments", "appealed to all sides for restraint": those of the quarrel, where nothing else tells who they are.
fn all_sides(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, .. } = case;
    let sentence = scene.sentence;
    let said = matches!(
        event.kind.as_str(),
        "REQUEST" | "SUPPORT" | "ACCUSE" | "CONCEDE" | "AGREE" | "THREATEN" | "REJECT"
    );
    if !said {
        return None;
    }
    let own = clause(sentence, event.found.head);
    let addressed = |at: usize| {
        let Some(word) = token(sentence, at) else { return false };
        let of_act = matches!(word.relation(), "obj" | "iobj")
            || ["to", "on", "upon", "from", "between", "with", "of"]
                .iter()
                .any(|case| has_case(sentence, at, case));
        of_act
            && clause(sentence, at) == own
            && is_below(sentence, at, event.found.head)
            && scene
                .resolution
                .mention_at(scene.index, at)
                .is_none_or(|m| m.actors.iter().all(|a| a.code.is_none()))
    };
    let quantity = |at: usize| {
        let word = token(sentence, at)?;
        let form = lower(&word.form);
        let counts = |form: &str| match form {
            "both" => Some(2),
            "all" => Some(SIDES),
            _ => None,
        };
        if let Some(count) = counts(&form) {
            // "Restraint from all", but not "thanks to all involved"
            let ends = token(sentence, at + 1).is_none_or(|t| t.upos == Upos::Punct);
            return (ends || count == 2).then_some((count, false));
        }
        let lemma = lower(&word.lemma);
        if word.upos != Upos::Noun || !scene.book.is_side(&lemma) {
            return None;
        }
        // Two sides may be of one state, two countries are not.
        let abroad = !scene.book.is_side_at_home(&lemma);
        sentence.children(at).iter().find_map(|&c| {
            let det = token(sentence, c).filter(|t| t.relation() == "det")?;
            Some((counts(&lower(&det.form))?, abroad))
        })
    };
    let (count, abroad) =
        (0..sentence.tokens.len()).filter(|&at| addressed(at)).find_map(quantity)?;
    if count == 2 { pair(scene, doers, abroad) } else { quarrel(scene, doers) }
}

/// "Offered to mediate": between those whom the story sets against each other.
fn between(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, .. } = case;
    let sentence = scene.sentence;
    let mediates = |at: usize| {
        token(sentence, at).is_some_and(|t| scene.book.is_mediating(&lower(&t.lemma)))
            && is_below(sentence, at, event.found.head)
    };
    // "Chad offered to mediate" points at nobody; "kept out of the quarrel" does.
    let points = |at: usize| {
        let unknown = || {
            let mention = scene.resolution.mention_at(scene.index, at);
            mention.is_none_or(|m| m.actors.iter().all(|a| a.code.is_none()))
        };
        token(sentence, at).is_some_and(|t| t.upos == Upos::Noun)
            && sentence.dependents(at, "det").any(|c| {
                token(sentence, c).is_some_and(|t| match lower(&t.form).as_ref() {
                    "both" => true,
                    "the" | "this" | "that" => unknown(),
                    _ => false,
                })
            })
    };
    let words = 0..sentence.tokens.len();
    let offered = event.kind == "AGREE" && words.clone().any(mediates) && words.clone().any(points);
    offered.then(|| pair(scene, doers, true))?
}

/// "Rang Putin and demanded an explanation", "apologised to Libya and agreed to pay": who was met or spoken to hears it.
fn met(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, fellows, .. } = case;
    let sentence = scene.sentence;
    let own = clause(sentence, event.found.head);
    let word = token(sentence, own)?;
    // "Rang him to ask for help"
    let purpose = word.relation() == "advcl" && has_case(sentence, own, "to");
    if word.relation() != "conj" && !purpose {
        return None;
    }
    if sentence.dependents(own, "nsubj").next().is_some() || is_passive(sentence, own) {
        return None;
    }
    let fellow = fellows.iter().rev().find(|one| {
        one.head < event.found.head
            && word.head == Some(clause(sentence, one.head))
            && doers.iter().all(|doer| is_one_of(&one.actors, doer))
    })?;
    let fits = match fellow.kind.as_str() {
        "CONSULT" if purpose => event.kind == "REQUEST",
        "CONSULT" => matches!(event.kind.as_str(), "REQUEST" | "AGREE" | "REJECT"),
        "CONCEDE" => event.kind == "AGREE" && !purpose,
        _ => false,
    };
    let heard: Vec<Actor> = fellow.actors.iter().chain(&fellow.recipients).cloned().collect();
    let heard = case.others(&heard);
    (fits && heard.len() == 1).then_some(heard)
}

/// "Shot down a Russian helicopter, and Baku apologised", "apologised for the raid": whom one's own act hit.
fn wronged(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, fellows, object } = case;
    if event.kind != "CONCEDE" || !event.found.rule.is(Mark::Amends) {
        return None;
    }
    let hostile = |kind: &str| is_deed(kind) && !is_friendly(kind);
    let foreign = |hit: &[Actor]| -> Vec<Actor> {
        case.others(hit).into_iter().filter(|a| is_abroad(doers, a)).collect()
    };
    let here = fellows.iter().rev().find_map(|one| {
        let own = one.actors.iter().any(|a| case.is_own(a));
        let hit = foreign(&one.recipients);
        (own && one.head < event.found.head && hostile(&one.kind) && !hit.is_empty()).then_some(hit)
    });
    here.or_else(|| {
        let (_, object) = object?;
        if object.link != "for" || !matches!(object.article, "the" | "that" | "its" | "it") {
            return None;
        }
        let mine = || {
            acts(scene).filter(|act| {
                hostile(&act.kind)
                    && act.actors.iter().any(|a| case.is_own(a))
                    && !foreign(&act.recipients).is_empty()
            })
        };
        let named = mine().find(|act| act.lemmas.iter().any(|l| is_of_stem(l, &object.noun)));
        let known = || scene.book.acts.knows(&object.noun) || object.article == "it";
        named.or_else(|| mine().next().filter(|_| known())).map(|act| foreign(&act.recipients))
    })
}

/// "Welcomed the ruling", "rejected the idea": the court that the story has told of, who proposed something.
fn maker(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, object, .. } = case;
    let (_, object) = object?;
    let answers = matches!(event.kind.as_str(), "SUPPORT" | "ACCUSE" | "REJECT");
    if !answers || object.reported || object.fuller || !matches!(object.article, "the" | "that") {
        return None;
    }
    let first = scene.index.saturating_sub(MADE).max(scene.from);
    let before = (first..scene.index).rev();
    if scene.book.is_ruling(&object.noun) {
        return before.flat_map(|index| scene.resolution.mentions_in(index)).find_map(|mention| {
            let judges = mention.actors.iter().all(|a| a.sector == Some(Sector::Jud));
            let parties = case.others(&mention.actors);
            (judges && !parties.is_empty()).then_some(parties)
        });
    }
    if !scene.book.is_proposal(&object.noun) {
        return None;
    }
    before.filter_map(|index| Some((index, scene.told.get(index)?))).find_map(
        |(index, sentence)| {
            (0..sentence.tokens.len()).rev().find_map(|verb| {
                let word = token(sentence, verb)?;
                if word.upos != Upos::Verb
                    || !scene.book.is_proposing(&lower(&word.lemma))
                    || is_passive(sentence, verb)
                {
                    return None;
                }
                let mention = scene.resolution.mention_at(index, subject(sentence, verb)?)?;
                let parties = case.others(&mention.actors);
                (!parties.is_empty()).then_some(parties)
            })
        },
    )
}

/// "Came out against the move": whoever did what was told just before, or what the story is told for.
fn decided(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, doers, object, .. } = case;
    let (at, object) = object?;
    let answers = matches!(event.kind.as_str(), "SUPPORT" | "ACCUSE" | "REJECT");
    if !answers || object.reported || !scene.book.acts.may_be(&object.noun, "ANY") {
        return None;
    }
    let act = scene.book.acts.act(scene.sentence, scene.index, *at, scene.acts, doers, None)?;
    let sure = act.sentence + 1 == scene.index
        || first_told(scene.acts).iter().any(|first| std::ptr::eq(first, act));
    sure.then(|| case.others(&act.actors))
}

/// "Ignored a court order": the courts of the doer's own state.
fn bench(case: Case<'_>) -> Option<Vec<Actor>> {
    let Case { scene, event, object, .. } = case;
    let (at, object) = object?;
    let of_court = scene
        .sentence
        .dependents(*at, "compound")
        .any(|c| token(scene.sentence, c).is_some_and(|t| scene.book.is_court(&lower(&t.lemma))));
    let order = scene.book.is_of_bench(&object.noun);
    if event.kind != "REJECT" || !order || !of_court || object.reported {
        return None;
    }
    let [doer] = event.found.actors.as_slice() else { return None };
    let state =
        doer.code.as_deref().and_then(|c| scene.knowledge.actors.entity(c)).and_then(state_of)?;
    let code = Some(state.to_owned());
    Some(vec![Actor { code, sector: Some(Sector::Jud), ..Actor::default() }])
}

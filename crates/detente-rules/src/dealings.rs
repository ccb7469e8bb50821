//! Whose a thing is that the story has told of: a pact, talks, a commission, a request, sanctions.
//!
//! "Peru and Chile agreed to set up a commission. It will meet in May": in go the word that names the thing again and the acts told
//! before, out comes the act that tied it to its parties. Of what two made together both are meant; a request is of who made it,
//! and sanctions are borne by whom they hit ([`Told`]). Every rule that names a thing alone asks here, and so do bodies called joint and
//! pairs of whom no name tells which two they are. Precision first: a noun must be definite and say no more of itself, and where
//! the story has tied it to two sets of parties it stays open.

use detente_core::Actor;
use detente_knowledge::{Filler, Link, PhraseKind, SlotRole, Told};
use detente_parse::{Sentence, Upos};
use detente_resolve::{Category, Mention, MentionKind};

use crate::grammar::{governed_by, has_case, is_owner, is_passive, patient, subject, token};
use crate::history::{Act, is_friendly, is_of_stem};
use crate::matcher::{Binding, lower};
use crate::rulebook::{Compiled, Reach, last_lemma};
use crate::scene::{Scene, meant_by};

/// Sentences that a noun looks back over, and a pronoun.
const REACH: usize = 8;
const NEAR: usize = 2;
/// Acts among which the main dealing of a story is sought.
const ACTS: usize = 48;
/// Owners within owners: "its first session", "the first session of the commission".
const DEEPEST: u32 = 2;

/// The thing that a line names, and whose it is; `None` where the story does not tell.
pub(crate) fn whose(
    scene: &Scene<'_>,
    compiled: &Compiled,
    binding: &Binding,
    head: usize,
) -> Option<(usize, Vec<Actor>)> {
    let told = compiled.told?;
    let at = binding.thing.or_else(|| patient(scene.sentence, head))?;
    let parties = tied(scene, at, told, &nouns(compiled), DEEPEST)?;
    let span = token(scene.sentence, at).map(|t| t.span);
    Some((at, meant_by(parties, "act", span)))
}

/// Whether a pronoun stands for a thing that the line may name.
pub(crate) fn is_thing_told(scene: &Scene<'_>, compiled: &Compiled, at: usize) -> bool {
    let pronoun = token(scene.sentence, at).is_some_and(|t| t.upos == Upos::Pron);
    let Some(told) = compiled.told.filter(|_| pronoun && scene.given.is_none()) else {
        return false;
    };
    tied(scene, at, told, &nouns(compiled), 0).is_some()
}

/// Whether a verb is told as done by nobody: "was signed by noon", but not "signed by both" or "the pact signed in May".
pub(crate) fn is_without_doer(scene: &Scene<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    let doer = |at: usize| scene.can_fill(at, SlotRole::Actor, Reach::Owner);
    is_passive(sentence, verb)
        && !subject(sentence, verb).is_some_and(doer)
        && token(sentence, verb).is_some_and(|t| !matches!(t.relation(), "acl" | "amod"))
}

/// The nouns that a line asks for.
fn nouns(compiled: &Compiled) -> Vec<&str> {
    let slots = compiled.phrase.slots.iter();
    let phrases = slots.filter_map(|slot| match (&slot.link, &slot.filler) {
        (Link::Subject | Link::Object, Filler::Phrase(phrase)) => Some(phrase),
        _ => None,
    });
    let of_things = phrases.filter(|phrase| phrase.kind == PhraseKind::Noun);
    of_things
        .flat_map(|phrase| phrase.words.iter().filter_map(last_lemma).map(String::as_str))
        .collect()
}

/// Those to whom the story tied the thing at a word.
fn tied<'a>(
    scene: &Scene<'a>,
    at: usize,
    told: Told,
    nouns: &[&str],
    depth: u32,
) -> Option<&'a [Actor]> {
    let of_act = |act: &'a Act| match told {
        Told::Target => act.recipients.as_slice(),
        Told::Parties | Told::Maker => act.actors.as_slice(),
    };
    let sentence = scene.sentence;
    let word = token(sentence, at)?;
    if word.upos == Upos::Pron {
        is_bare_pronoun(scene, at, told).then_some(())?;
        let act = by_pronoun(scene, told, nouns).map(of_act);
        return act.or_else(|| beside_pair(scene, told, nouns, NEAR));
    }
    let noun = lower(&word.lemma);
    if is_again(scene, at) {
        let act = by_noun(scene, told, &noun).map(of_act);
        return act.or_else(|| beside_pair(scene, told, &[&*noun], REACH));
    }
    // "Its first session", "the first session of the commission": of what they are, both sides take part in it.
    if told != Told::Parties || depth == 0 || is_named(scene, at) {
        return None;
    }
    let own = sentence.children(at).iter().copied().find(|&c| is_owner(sentence, c));
    let of = || governed_by(sentence, at, "of").next();
    let whole = own.or_else(of)?;
    let bodies: Vec<&str> = scene.book.bodies().collect();
    tied(scene, whole, told, &bodies, depth - 1)
}

/// Whether a noun names what was told of: it is definite and says no more of itself.
fn is_again(scene: &Scene<'_>, at: usize) -> bool {
    let sentence = scene.sentence;
    let mut definite = false;
    for &child in sentence.children(at) {
        let Some(word) = token(sentence, child) else { continue };
        let form = lower(&word.form);
        match word.relation() {
            "det" => {
                definite |= matches!(form.as_ref(), "the" | "this" | "that" | "these" | "those");
            }
            "compound" | "amod" if word.upos != Upos::Propn && is_named(scene, child) => {
                return false;
            }
            // "The border treaty", of which the story told in these words
            "compound" if word.upos != Upos::Propn => {}
            "nmod" | "acl" | "compound" | "appos" => return false,
            _ => {}
        }
    }
    definite && !is_named(scene, at)
}

/// Whether a word is a party's name, or says whose it is.
fn is_named(scene: &Scene<'_>, at: usize) -> bool {
    // They are in the order of the sentences.
    let names = &scene.resolution.names;
    let first = names.partition_point(|name| name.sentence < scene.index);
    let mut here = names.iter().skip(first).take_while(|name| name.sentence == scene.index);
    here.any(|name| name.code.is_some() && name.tokens.contains(&at))
}

/// The acts of the last sentences, the last first.
fn near<'a>(scene: &Scene<'a>, reach: usize) -> impl Iterator<Item = &'a Act> {
    let first = scene.index.saturating_sub(reach);
    scene.acts.iter().rev().take_while(move |act| act.sentence >= first)
}

/// Whether an act ties things to parties that are known, in the way that is asked for.
fn ties(act: &Act, told: Told) -> bool {
    let known =
        |parties: &[Actor]| !parties.is_empty() && parties.iter().all(|party| party.code.is_some());
    match told {
        Told::Parties => act.mutual && known(&act.actors) && are_two(&act.actors),
        Told::Maker => !act.mutual && known(&act.actors),
        Told::Target => !act.mutual && known(&act.recipients),
    }
}

/// Whether these are of two codes at least.
fn are_two(parties: &[Actor]) -> bool {
    parties.first().is_some_and(|first| parties.iter().any(|other| other.code != first.code))
}

/// The last of the acts that tell of a thing by its own word, or of the others where none does; nothing where they are of several parties.
fn of_one_pair<'a>(
    mut own: impl Iterator<Item = &'a Act>,
    mut others: impl Iterator<Item = &'a Act>,
) -> Option<&'a Act> {
    if let Some(last) = own.next() {
        return own.all(|act| of_same(act, last)).then_some(last);
    }
    let last = others.next()?;
    others.all(|act| of_same(act, last)).then_some(last)
}

/// Whether two acts are of the same parties.
fn of_same(one: &Act, other: &Act) -> bool {
    let within = |a: &[Actor], b: &[Actor]| a.iter().all(|x| b.iter().any(|y| x.code == y.code));
    within(&one.actors, &other.actors) && within(&other.actors, &one.actors)
}

/// The act that told of what a noun names, by the same word or by what the word may be.
fn by_noun<'a>(scene: &Scene<'a>, told: Told, noun: &str) -> Option<&'a Act> {
    let acts = &scene.book.acts;
    let fits = |act: &&Act| ties(act, told);
    let by_word = |act: &&Act| act.lemmas.iter().any(|lemma| is_of_stem(lemma, noun));
    let of_kind = |act: &&Act| match told {
        Told::Parties => acts.is_mutual(noun),
        Told::Maker | Told::Target => acts.may_be(noun, &act.kind),
    };
    let fitting = || near(scene, REACH).filter(fits);
    let own = fitting().filter(|act| by_word(act) && (told == Told::Parties || of_kind(act)));
    of_one_pair(own, fitting().filter(of_kind))
}

/// Whether "it" or "they" may stand for a thing.
fn is_bare_pronoun(scene: &Scene<'_>, at: usize, told: Told) -> bool {
    let Some(word) = token(scene.sentence, at) else { return false };
    // A pronoun that a tree ties to a person is no thing, nor does a body that meets stand for one; a state was tied to it where nothing better
    // was named.
    let somebody = |m: &Mention| {
        let body = told == Told::Parties && m.category == Category::Organisation;
        (body || matches!(m.category, Category::Person | Category::People))
            && m.actors.iter().any(|a| a.code.is_some() || a.name.is_some())
    };
    matches!(lower(&word.form).as_ref(), "it" | "they" | "its" | "their")
        && !scene.resolution.mention_at(scene.index, at).is_some_and(somebody)
}

/// The act of the sentences right before that told of what "it" or "they" may stand for.
fn by_pronoun<'a>(scene: &Scene<'a>, told: Told, nouns: &[&str]) -> Option<&'a Act> {
    let acts = &scene.book.acts;
    let names = |act: &&Act| match told {
        Told::Parties => nouns.iter().any(|noun| act.lemmas.iter().any(|lemma| lemma == noun)),
        Told::Maker | Told::Target => nouns.iter().any(|noun| acts.may_be(noun, &act.kind)),
    };
    let reach = if told == Told::Maker { 1 } else { NEAR };
    let act = near(scene, reach).filter(|act| ties(act, told)).find(names)?;
    // What was brought in since then is nearer; "the pact" is the same again.
    let mut since = (act.sentence + 1..scene.index).filter_map(|index| scene.told.get(index));
    let new = |sentence: &Sentence| {
        (0..sentence.tokens.len()).any(|at| is_one_of(sentence, at, nouns) && !is_the(sentence, at))
    };
    (!since.any(new)).then_some(act)
}

/// Whether one of these nouns stands at a word.
fn is_one_of(sentence: &Sentence, at: usize, nouns: &[&str]) -> bool {
    token(sentence, at)
        .is_some_and(|t| t.upos == Upos::Noun && nouns.contains(&lower(&t.lemma).as_ref()))
}

/// Whether a noun has an article of what was told of.
fn is_the(sentence: &Sentence, at: usize) -> bool {
    sentence.dependents(at, "det").any(|c| {
        token(sentence, c)
            .is_some_and(|t| matches!(lower(&t.form).as_ref(), "the" | "this" | "these"))
    })
}

/// "The two leaders left it to a working group. It will meet in May": the two of whom a sentence before speaks beside the thing that it
/// brings in.
fn beside_pair<'a>(
    scene: &Scene<'a>,
    told: Told,
    nouns: &[&str],
    reach: usize,
) -> Option<&'a [Actor]> {
    if told != Told::Parties {
        return None;
    }
    let first = scene.index.saturating_sub(reach).max(scene.from);
    let index = (first..scene.index).rev().find(|&index| {
        scene.told.get(index).is_some_and(|sentence| {
            let words = 0..sentence.tokens.len();
            words.into_iter().any(|at| is_one_of(sentence, at, nouns) && !is_the(sentence, at))
        })
    })?;
    let known = |m: &&Mention| {
        are_two(&m.actors)
            && m.actors.iter().all(|a| a.code.is_some() && a.via.as_deref() == Some("both sides"))
    };
    let mention = scene.resolution.mentions_in(index).iter().find(known)?;
    Some(&mention.actors)
}

/// "The joint commission", "a mixed committee": never of one state alone. Whose it is, the story tells, or nothing does; `None` for any
/// other phrase.
pub(crate) fn joint_body(scene: &Scene<'_>, at: usize) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let word = token(sentence, at).filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn))?;
    let noun = lower(&word.lemma);
    if scene.given.is_some() || !scene.book.is_body(&noun) || is_named(scene, at) {
        return None;
    }
    let mut joint = false;
    for &child in sentence.children(at) {
        let Some(word) = token(sentence, child) else { continue };
        let own = is_owner(sentence, child)
            || (word.relation() == "nmod"
                && ["of", "with", "between"].iter().any(|case| has_case(sentence, child, case)));
        if own || is_named(scene, child) {
            return None;
        }
        joint |= scene.book.is_joint(&lower(&word.lemma)) && child < at;
    }
    let mention = scene.resolution.mention_at(scene.index, at);
    let unknown = mention.is_none_or(|m| m.actors.iter().all(|a| a.code.is_none()));
    let span = Some(word.span);
    let parties = |act: &Act| meant_by(&act.actors, "act", span);
    if joint {
        return Some(by_body(scene, &noun).map_or_else(Vec::new, parties));
    }
    // "The commission will meet": the one that two have set up.
    let again = unknown && scene.book.is_founded(&noun) && is_again(scene, at);
    let set_up =
        |act: &&Act| ties(act, Told::Parties) && act.lemmas.iter().any(|lemma| *lemma == *noun);
    if again {
        of_one_pair(near(scene, REACH).filter(set_up), std::iter::empty()).map(parties)
    } else {
        None
    }
}

/// Whose a joint body is: of those who set it up, or of the only two who have dealt with each other.
fn by_body<'a>(scene: &Scene<'a>, noun: &str) -> Option<&'a Act> {
    let ties = |act: &&Act| ties(act, Told::Parties);
    let by_word = |act: &&Act| act.lemmas.iter().any(|lemma| lemma == noun);
    let tying = || near(scene, REACH).filter(ties);
    of_one_pair(tying().filter(by_word), tying())
}

/// "The two sides" that were read as the last two states named, though nothing was told between them: those between whom most was told.
/// `None` where the reading stands.
pub(crate) fn pair(scene: &Scene<'_>, mention: &Mention) -> Option<Vec<Actor>> {
    let [one, other] = mention.actors.as_slice() else { return None };
    let read = [one.code.as_deref()?, other.code.as_deref()?];
    let both = |actor: &Actor| actor.via.as_deref() == Some("both sides") && actor.name.is_none();
    if scene.given.is_some() || !mention.actors.iter().all(both) || read[0] == read[1] {
        return None;
    }
    let apart = others(scene, mention.head);
    let wrong = read.iter().any(|code| apart.iter().any(|speaker| speaker == code));
    let dealt = |act: &&Act| read.iter().all(|code| holds(act, code));
    let own: Vec<&Act> = scene.acts.iter().rev().take(ACTS).filter(dealt).collect();
    let close = own.iter().any(|act| act.mutual || act.sentence + 1 >= scene.index);
    if !wrong && (close || are_listed(scene, &read)) {
        return None;
    }
    let (parties, count) = main_pair(scene, &apart)?;
    if !wrong && count < 3 * own.len() {
        return None;
    }
    let sector = one
        .sector
        .filter(|sector| other.sector == Some(*sector) && *sector != detente_core::Sector::Gov);
    let mut parties = meant_by(&parties, "both sides", Some(mention.span));
    for party in &mut parties {
        party.name = None;
        party.role = None;
        party.sector = sector.or(party.sector);
    }
    Some(parties)
}

/// Codes of those who say what the clause of a word tells, or who do something to or between those for whom it stands.
fn others(scene: &Scene<'_>, at: usize) -> Vec<String> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    let mut up = Some(at);
    let mut own = true;
    for _ in 0..sentence.tokens.len() {
        let Some(word) = up.and_then(|at| token(sentence, at)) else { break };
        let verb = word.head;
        let clause =
            own && verb.and_then(|v| token(sentence, v)).is_some_and(|t| t.upos == Upos::Verb);
        let of_clause = clause && !matches!(word.relation(), "nsubj" | "conj" | "advcl");
        own &= !clause;
        if (word.relation() == "ccomp" || of_clause)
            && let Some(who) =
                verb.and_then(|verb| subject(sentence, verb)).filter(|&who| who != at)
            && let Some(mention) = scene.resolution.mention_at(scene.index, who)
        {
            found.extend(mention.actors.iter().filter_map(|a| a.code.clone()));
        }
        up = word.head;
    }
    found
}

/// Whether a party of this code did the act or had it done to it.
fn holds(act: &Act, code: &str) -> bool {
    act.actors.iter().chain(&act.recipients).any(|a| a.code.as_deref() == Some(code))
}

/// Whether the sentences before, or this one, name two codes side by side.
fn are_listed(scene: &Scene<'_>, codes: &[&str; 2]) -> bool {
    let first = scene.index.saturating_sub(REACH).max(scene.from);
    let named = |m: &&Mention| {
        m.kind != MentionKind::Pronoun
            && m.actors.iter().all(|a| a.via.as_deref() != Some("both sides"))
    };
    let of = |m: &Mention, code: &str| m.actors.iter().any(|a| a.code.as_deref() == Some(code));
    (first..=scene.index).any(|index| {
        let mentions = || scene.resolution.mentions_in(index).iter().filter(named);
        mentions().filter(|m| of(m, codes[0])).any(|m| {
            let beside = |n: &Mention| index == scene.index || are_beside(scene, m, n);
            of(m, codes[1]) || mentions().any(|n| of(n, codes[1]) && beside(n))
        })
    })
}

/// Whether two mentions of a sentence before stand in one list.
fn are_beside(scene: &Scene<'_>, one: &Mention, other: &Mention) -> bool {
    let Some(sentence) = scene.told.get(one.sentence) else { return false };
    let first = |at: usize| {
        token(sentence, at).filter(|t| t.relation() == "conj").and_then(|t| t.head).unwrap_or(at)
    };
    first(one.head) == first(other.head)
}

/// The two between whom the story has told most, none of them of a code in `apart`; of those told equally often the last.
fn main_pair(scene: &Scene<'_>, apart: &[String]) -> Option<(Vec<Actor>, usize)> {
    let mut pairs: Vec<(Vec<Actor>, usize)> = Vec::new();
    for act in scene.acts.iter().rev().take(ACTS) {
        let mut sides: Vec<Actor> = Vec::new();
        for party in act.actors.iter().chain(&act.recipients) {
            if !sides.iter().any(|known| known.code == party.code) {
                sides.push(party.clone());
            }
        }
        let apart = |a: &Actor| a.code.as_ref().is_none_or(|code| apart.contains(code));
        if sides.len() != 2 || sides.iter().any(apart) || (!act.mutual && is_friendly(&act.kind)) {
            continue;
        }
        let same = |known: &[Actor]| sides.iter().all(|a| known.iter().any(|b| a.code == b.code));
        match pairs.iter_mut().find(|(known, _)| same(known)) {
            Some((_, count)) => *count += 1,
            None => pairs.push((sides, 1)),
        }
    }
    let most = pairs.iter().map(|(_, count)| *count).max()?;
    pairs.into_iter().find(|(_, count)| *count == most)
}

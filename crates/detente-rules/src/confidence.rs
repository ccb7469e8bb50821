//! Signs of how a match was made → the probability that its event is right.
//!
//! "Ankara thanked Oslo." names both parties and its rule leaves nothing open; in "after it had criticised them" two pronouns had to be
//! resolved. Each sign has a weight, learnt by `detente train events` on events that a person has coded; the sum, as a
//! probability, is the event's `confidence`: of events with 0.8, four in five have the right type and the right parties.

use std::collections::HashMap;

use detente_core::{Actor, Sector};
use detente_knowledge::Need;
use detente_parse::Upos;
use detente_resolve::{Category, Mention, MentionKind};
use foldhash::fast::RandomState;

use crate::events::CodedEvent;
use crate::grammar::{clause, is_below, patient, token};
use crate::matcher::lower;
use crate::reader;
use crate::recipients::tone;
use crate::relate::READER;
use crate::scene::Scene;
use crate::whose::mention_of;

/// The weights that are built in.
static MODEL: &str = include_str!("../../../models/english/confidence.tsv");

/// The bytes of the weights that are built in.
pub(crate) fn builtin_bytes() -> &'static [u8] {
    MODEL.as_bytes()
}

/// An event less likely to be right than this is left out of the record.
pub const SURE: f64 = 0.4;

/// The sign of an event that the second reader has coded alone.
pub const ALONE: &str = "read by the reader alone";

/// The sign that all events have.
pub const ALWAYS: &str = "always";

/// The number of the sign of this name.
pub fn number(name: &str) -> u64 {
    reader::hash_of(&[name])
}

/// The signs of one event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signs {
    numbers: Vec<u64>,
    /// Their names in the same order, where they are asked for.
    names: Option<Vec<String>>,
}

impl Signs {
    /// No signs yet; `named` keeps the names of those to come.
    pub fn new(named: bool) -> Self {
        Self { numbers: Vec::with_capacity(64), names: named.then(Vec::new) }
    }

    /// Numbers of the signs.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// Names of the signs; none unless they were asked for.
    pub fn names(&self) -> &[String] {
        self.names.as_deref().unwrap_or_default()
    }

    /// Adds the sign whose name these parts make together, once.
    pub fn note(&mut self, parts: &[&str]) {
        let number = reader::hash_of(parts);
        if self.numbers.contains(&number) {
            return;
        }
        self.numbers.push(number);
        if let Some(names) = &mut self.names {
            names.push(parts.concat());
        }
    }

    fn note_if(&mut self, name: &str, holds: bool) {
        if holds {
            self.note(&[name]);
        }
    }
}

/// A weight for each sign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confidence {
    weights: HashMap<u64, f32, RandomState>,
}

impl Confidence {
    /// The weights that are built in.
    pub fn builtin() -> Self {
        Self::from_text(MODEL)
    }

    /// Weights by the numbers of their signs.
    pub fn new(weights: impl IntoIterator<Item = (u64, f32)>) -> Self {
        Self { weights: weights.into_iter().collect() }
    }

    /// Reads lines of a sign's name, a tab and its weight; other lines are passed over.
    pub fn from_text(text: &str) -> Self {
        let line = |line: &str| {
            let (name, weight) = line.split_once('\t')?;
            Some((reader::hash_of(&[name]), weight.parse().ok()?))
        };
        Self::new(text.lines().filter_map(line))
    }

    /// The weight of a sign; 0 for one that is not known.
    pub fn weight(&self, number: u64) -> f32 {
        self.weights.get(&number).copied().unwrap_or(0.0)
    }

    /// The probability that an event with these signs is right.
    pub fn of(&self, signs: &Signs) -> f64 {
        let sum: f32 = signs.numbers.iter().map(|&number| self.weight(number)).sum();
        1.0 / (1.0 + f64::from(-sum).exp())
    }

    /// The named signs that speak most, for or against, heaviest first.
    pub(crate) fn heaviest<'a>(&self, signs: &'a Signs) -> Vec<(f32, &'a str)> {
        let named = signs.numbers.iter().zip(signs.names());
        let mut told: Vec<(f32, &str)> = named
            .map(|(&number, name)| (self.weight(number), name.as_str()))
            .filter(|(weight, name)| *weight != 0.0 && *name != ALWAYS)
            .collect();
        told.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then_with(|| a.1.cmp(b.1)));
        told
    }
}

/// The signs of an event with the parties that its record has; `fellows` are all events of its sentence.
pub(crate) fn signs(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    fellows: &[CodedEvent<'_>],
    actors: &[Actor],
    recipients: &[Actor],
    named: bool,
) -> Signs {
    let mut signs = Signs::new(named);
    signs.note(&[ALWAYS]);
    signs.note(&[&event.kind]);
    of_rule(scene, event, &mut signs);
    of_form(event, &mut signs);
    of_place(scene, event, fellows, &mut signs);
    of_parties(scene, event, actors, recipients, &mut signs);
    of_story(scene, event, actors, recipients, &mut signs);
    signs
}

/// How the words of the rule were met.
fn of_rule(scene: &Scene<'_>, event: &CodedEvent<'_>, signs: &mut Signs) {
    let found = &event.found;
    let binding = &found.binding;
    let kind = event.kind.as_str();
    signs.note_if(ALONE, found.rule.name == READER);
    signs.note(&["rule ", &found.rule.name]);
    let head = token(scene.sentence, found.head);
    let verb = head.map(|t| lower(&t.lemma)).unwrap_or_default();
    signs.note(&["word ", &verb]);
    signs.note(&["word ", &verb, ", ", kind]);
    let words = count(binding.triggers.len());
    signs.note(&["words of the rule: ", words]);
    signs.note_if("a phrase out of its place", binding.loose > 0);
    signs.note_if("the rule asks for sectors", found.rule.need != Need::default());
    signs.note_if("somebody else than its words say", binding.other.is_some());
    if let Some(light) = binding.light {
        signs.note(&["a noun with its verb"]);
        let light = token(scene.sentence, light).map(|t| lower(&t.lemma)).unwrap_or_default();
        signs.note(&["carried by ", &light]);
    }
    if let Some(by) = event.by {
        let above = token(scene.sentence, by.at).map(|t| lower(&t.lemma)).unwrap_or_default();
        signs.note(&["under an operator"]);
        signs.note(&["under an operator, ", kind]);
        signs.note(&["under ", &above]);
    }
    if event.kind != found.rule.kind {
        signs.note(&["another type than the rule's"]);
        signs.note(&[&found.rule.kind, " as ", kind]);
    }
}

/// What status, negation and modals make of it.
fn of_form(event: &CodedEvent<'_>, signs: &mut Signs) {
    let status = event.status.as_str();
    signs.note(&[status]);
    signs.note(&[status, ", ", &event.kind]);
    signs.note_if("background", event.form.background);
    signs.note_if("negated", event.form.negated);
    signs.note_if("conditional", event.form.conditional);
}

/// Where it stands in sentence and story.
fn of_place(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    fellows: &[CodedEvent<'_>],
    signs: &mut Signs,
) {
    let sentence = scene.sentence;
    let found = &event.found;
    signs.note(&["clauses above: ", count(clauses_above(scene, found.head))]);
    let story = ["first", "second", "third"].get(scene.index).copied().unwrap_or("further");
    signs.note(&["sentence of the story: ", story]);
    signs.note(&["events of the sentence: ", count(fellows.len())]);
    let twins = fellows.iter().filter(|one| one.kind == event.kind).count();
    signs.note(&["events of its type in the sentence: ", count(twins)]);
    let before = fellows.iter().filter(|one| one.found.head < found.head).count();
    signs.note(&["events before it in the sentence: ", count(before)]);
    let on_top = fellows
        .iter()
        .any(|one| one.found.head != found.head && is_below(sentence, found.head, one.found.head));
    signs.note_if("below another event", on_top);
    let under = fellows
        .iter()
        .any(|one| one.found.head != found.head && is_below(sentence, one.found.head, found.head));
    signs.note_if("above another event", under);
    let ends = sentence.tokens.last().is_some_and(|t| t.upos == Upos::Punct);
    signs.note_if("no full stop", !ends);
}

/// Which parties it has, and how they were found.
fn of_parties(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    actors: &[Actor],
    recipients: &[Actor],
    signs: &mut Signs,
) {
    let found = &event.found;
    let kind = event.kind.as_str();
    signs.note_if("one party alone", actors.len() + recipients.len() < 2);
    if recipients.is_empty() && actors.len() > 1 {
        signs.note(&["reciprocal, ", kind]);
    }
    signs.note_if("whoever it was", found.binding.parties.is_some());
    let doer = found.binding.actor.or(found.binding.parties).or(found.binding.thing);
    of_side(scene, event, "actor", actors, doer, signs);
    of_side(scene, event, "recipient", recipients, found.binding.recipient, signs);
    let of_one_code = |a: &Actor| a.code.is_some() && recipients.iter().any(|r| r.code == a.code);
    if actors.iter().any(of_one_code) {
        signs.note(&["parties of one code"]);
        signs.note(&["parties of one code, ", kind]);
    }
    if let ([actor], [recipient]) = (actors, recipients) {
        let sector = |a: &Actor| a.sector.map_or("none", Sector::code);
        signs.note(&[sector(actor), " to ", sector(recipient)]);
        signs.note(&[sector(actor), " to ", sector(recipient), ", ", kind]);
        let side = scene.book.standing.stand(scene.knowledge, actor, recipient);
        signs.note(&["recipient stands as ", side]);
        signs.note(&["recipient stands as ", side, ", ", kind]);
    }
    of_others(scene, event, actors, recipients, signs);
    if recipients.is_empty() && actors.len() < 2 {
        of_object(scene, event, signs);
    }
    signs.note_if("recipients by weights", event.weighed.moved);
    if let Some(share) = event.weighed.recipients {
        let told =
            if event.weighed.moved { "recipients by weights: " } else { "nobody by weights: " };
        signs.note(&[told, tenth(share)]);
    }
}

/// One side of it; `at` is the word of the phrase that the rule has bound.
fn of_side(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    side: &str,
    list: &[Actor],
    at: Option<usize>,
    signs: &mut Signs,
) {
    let (sentence, head) = (scene.sentence, event.found.head);
    let kind = event.kind.as_str();
    signs.note(&[side, "s: ", count(list.len())]);
    signs.note(&[side, "s: ", count(list.len()), ", ", kind]);
    if list.is_empty() {
        signs.note(&["no ", side, ", rule ", &event.found.rule.name]);
    }
    if let Some((at, word)) = at.and_then(|at| Some((at, token(sentence, at)?))) {
        signs.note(&[side, " phrase by ", &word.deprel]);
        signs.note(&[side, " phrase is ", word.upos.as_str()]);
        signs.note(&[side, " phrase ", distance(at.abs_diff(head)), " away"]);
    }
    for actor in list {
        let sector = actor.sector.map_or("none", Sector::code);
        let via = actor.via.as_deref().unwrap_or("name");
        signs.note(&[side, " by ", via]);
        signs.note(&[side, " by ", via, ", ", kind]);
        signs.note(&[side, " is ", sector]);
        signs.note(&[side, " is ", sector, ", ", kind]);
        if actor.code.is_none() {
            signs.note(&[side, " without code"]);
            signs.note(&[side, " without code, ", kind]);
            signs.note(&[side, " without code, ", sector]);
        }
        let Some(mention) = mention_of(scene, actor) else {
            signs.note(&[side, " in no mention"]);
            continue;
        };
        let form = match mention.kind {
            MentionKind::Name => "name",
            MentionKind::Modifier => "modifier",
            MentionKind::Nominal => "noun",
            MentionKind::Pronoun => "pronoun",
        };
        let sort = match mention.category {
            Category::Person => "person",
            Category::People => "people",
            Category::Country => "country",
            Category::Organisation => "organisation",
            Category::Nationality => "nationality",
            Category::Thing => "thing",
        };
        signs.note(&[side, " is a ", form, " for ", sort]);
        signs.note(&[side, " is a ", form, " by ", via]);
        if mention.actors.len() > 1 {
            signs.note(&[side, "'s words mean several"]);
        }
        let Some(word) = token(sentence, mention.head) else { continue };
        if matches!(mention.kind, MentionKind::Nominal | MentionKind::Pronoun) {
            signs.note(&[side, " word ", &lower(&word.lemma)]);
        }
        signs.note(&[side, " hangs by ", &word.deprel]);
        if at == Some(mention.head) {
            signs.note(&[side, "'s own phrase"]);
        }
        let near = clause(sentence, mention.head) == clause(sentence, head);
        signs.note(&[side, if near { " in its clause" } else { " in another clause" }]);
        signs.note(&[side, " ", distance(mention.head.abs_diff(head)), " away"]);
    }
}

/// Who else is named in the sentence and before.
fn of_others(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    actors: &[Actor],
    recipients: &[Actor],
    signs: &mut Signs,
) {
    let is_other = |mention: &&Mention| {
        let known = |code: &Option<String>| {
            actors.iter().chain(recipients).any(|party| party.code == *code)
        };
        mention.actors.iter().any(|m| m.code.is_some() && !known(&m.code))
    };
    let here = scene.resolution.mentions_in(scene.index);
    let lacks = recipients.is_empty() && actors.len() < 2;
    let others = here.iter().filter(is_other).count();
    signs.note(&["others in the sentence: ", count(others)]);
    signs.note_if("recipient lacks, others in the sentence", lacks && others > 0);
    let below =
        here.iter().filter(is_other).any(|m| is_below(scene.sentence, m.head, event.found.head));
    signs.note_if("another party below", below);
    signs.note_if("another party below, recipient lacks", below && lacks);
    let mut before = scene.resolution.mentions.iter().take_while(|m| m.sentence < scene.index);
    let before = before.any(|m| is_other(&m));
    signs.note_if("nobody else told of", !before && others == 0);
    let unknown = here.iter().any(|m| m.actors.is_empty());
    signs.note_if("a mention of nobody known", unknown);
}

/// What is done, asked for or praised where nobody is the recipient: it may stand for somebody.
fn of_object(scene: &Scene<'_>, event: &CodedEvent<'_>, signs: &mut Signs) {
    let (sentence, found) = (scene.sentence, &event.found);
    let kind = event.kind.as_str();
    let object = patient(sentence, found.head).filter(|&o| Some(o) != found.binding.actor);
    let Some((at, word)) = object.and_then(|at| Some((at, token(sentence, at)?))) else {
        signs.note(&["no recipient, no object, ", kind]);
        return;
    };
    signs.note(&["no recipient, object ", &lower(&word.lemma)]);
    let definite = sentence.dependents(at, "det").any(|d| {
        token(sentence, d).is_some_and(|t| {
            matches!(lower(&t.form).as_ref(), "the" | "this" | "that" | "these" | "those")
        })
    });
    let article = if definite { "definite" } else { "indefinite" };
    signs.note(&["no recipient, object ", article]);
    signs.note(&["no recipient, object ", article, ", ", kind]);
}

/// What the story has told of its parties before.
fn of_story(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    actors: &[Actor],
    recipients: &[Actor],
    signs: &mut Signs,
) {
    let of = |list: &[Actor], own: &[Actor]| {
        list.iter().any(|a| a.code.is_some() && own.iter().any(|b| a.code == b.code))
    };
    let tone_here = tone(&event.kind);
    let acts = || scene.acts.iter().rev();
    let both = acts().find(|act| of(&act.actors, actors) && of(&act.recipients, recipients));
    if let Some(act) = both {
        signs.note(&["did to it before: ", tone(&act.kind), ", ", tone_here]);
        signs.note_if("did the same to it before", act.kind == event.kind);
    }
    let back = acts().find(|act| of(&act.actors, recipients) && of(&act.recipients, actors));
    if let Some(act) = back {
        signs.note(&["was done to by it before: ", tone(&act.kind), ", ", tone_here]);
    }
    for (side, list) in [("actor", actors), ("recipient", recipients)] {
        let Some(code) = list.first().and_then(|a| a.code.as_ref()) else { continue };
        let mentions = &scene.resolution.mentions;
        let told = |m: &&Mention| {
            m.sentence < scene.index && m.actors.iter().any(|a| a.code.as_ref() == Some(code))
        };
        signs.note(&[side, " told of: ", count(mentions.iter().filter(told).take(5).count())]);
    }
}

/// A share as a word.
fn tenth(share: f32) -> &'static str {
    const NAMES: [&str; 10] = ["0", ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9"];
    NAMES[((share * 10.0) as usize).min(9)]
}

/// A distance in words.
fn distance(words: usize) -> &'static str {
    match words {
        0..2 => "none or one",
        2..4 => "up to three",
        4..8 => "up to seven",
        8..15 => "up to fourteen",
        _ => "further",
    }
}

/// A count in words.
fn count(number: usize) -> &'static str {
    ["none", "one", "two", "three"].get(number).copied().unwrap_or("more")
}

/// How many clauses an event's word lies deep in.
fn clauses_above(scene: &Scene<'_>, from: usize) -> usize {
    let mut at = from;
    let mut deep = 0;
    for _ in 0..scene.sentence.tokens.len() {
        let Some(word) = token(scene.sentence, at) else { break };
        deep += usize::from(matches!(
            word.relation(),
            "ccomp" | "xcomp" | "advcl" | "acl" | "csubj" | "parataxis"
        ));
        match word.head {
            Some(up) => at = up,
            None => break,
        }
    }
    deep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_by_the_names_of_signs() {
        let confidence =
            Confidence::from_text("always\t1.5\nrule agree.deal\t-0.25\nno weight\tx\n");
        assert_eq!(
            confidence,
            Confidence::new([(number(ALWAYS), 1.5), (number("rule agree.deal"), -0.25)])
        );
        let mut signs = Signs::new(true);
        signs.note(&[ALWAYS]);
        signs.note(&["rule ", "agree.deal"]);
        signs.note(&["of no weight"]);
        assert!((confidence.of(&signs) - 1.0 / (1.0 + (-1.25_f64).exp())).abs() < 1e-6);
        assert_eq!(signs.names(), [ALWAYS, "rule agree.deal", "of no weight"]);
        assert_eq!(confidence.heaviest(&signs), [(-0.25, "rule agree.deal")]);
        assert!((Confidence::default().of(&signs) - 0.5).abs() < 1e-9);
    }

    #[test]
    fn the_built_in_weights_can_be_read() {
        assert!(Confidence::builtin().weight(number(ALWAYS)) != 0.0);
    }
}

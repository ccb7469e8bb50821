//! To whom an act is done where its words leave it open: signs of each party of the story → how likely it is the recipient.
//!
//! "Kigali shelled the town. Brussels deplored the step.": to whom the second is addressed, the story alone tells. In goes an event for which
//! rules have found nobody; the parties told of so far, and that nobody is meant, are told by signs, and where a party is likelier than
//! nobody, it becomes the recipient. Each sign has a weight, learnt by `detente train events` on events that a person has coded. A log-linear model over
//! candidates, as for pronouns; that arguments which a sentence leaves out can be found in those before is after Gerber and Chai,
//! "Beyond NomBank: A Study of Implicit Arguments for Nominal Predicates" (ACL 2010).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, Mark};
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::antecedents::shares_of;
use detente_resolve::{Category, MentionKind, PlaceMention};

use crate::events::{CodedEvent, Weighed, harm_owners, harm_turned_down, is_at_own_border};
use crate::grammar::{clause, has_case, is_below, is_relative, members, patient, subject, token};
use crate::history::{Act, is_deed, is_friendly, is_of_stem, same_side};
use crate::matcher::lower;
use crate::meant::meant;
use crate::reader;
use crate::scene::{Scene, meant_by};
use crate::whose::state_of;

/// The weights that are built in.
static MODEL: &str = include_str!("../../../models/english/recipients.tsv");

/// The bytes of the weights that are built in.
pub(crate) fn builtin_bytes() -> &'static [u8] {
    MODEL.as_bytes()
}

/// Sentences back in which a party must have been told of, unless one of the first [`OPENING`] names it.
const REACH: usize = 12;
const OPENING: usize = 2;
/// Sentences back in which an offer may have been made.
const OFFER_REACH: usize = 2;
/// What is left of a party's weight in the story a sentence later.
const FADING: f32 = 0.8;
/// What a place weighs for its state, of which nothing else was told.
const LAND: f32 = 0.5;
/// What the probability that nobody is meant counts against that of a party. Of several parties each is less likely than nobody, though
/// somebody may well be meant.
const NOBODY: f32 = 0.85;

/// One set of parties to whom an act may have been done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Candidate {
    /// The parties; none for nobody.
    pub parties: Vec<Actor>,
    /// Its signs, by the hash of their names.
    pub signs: Vec<u64>,
}

/// An event with all to whom it may have been done.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choice {
    /// Candidates; the first is nobody.
    pub candidates: Vec<Candidate>,
    /// Names of the signs, where they are asked for.
    pub names: HashMap<u64, String>,
}

/// Weights of the signs of recipients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recipients {
    weights: HashMap<u64, f32>,
}

impl Recipients {
    /// The weights that are built in.
    pub fn builtin() -> Self {
        Self::from_text(MODEL)
    }

    /// Reads lines of a sign's name, a tab and its weight; other lines are passed over.
    pub fn from_text(text: &str) -> Self {
        let line = |line: &str| {
            let (name, weight) = line.split_once('\t')?;
            Some((hash(format_args!("{name}")), weight.parse().ok()?))
        };
        Self { weights: text.lines().filter_map(line).collect() }
    }

    /// The signs that speak most for the chosen candidate against nobody, heaviest first.
    pub(crate) fn heaviest<'a>(&self, choice: &'a Choice) -> Vec<(f32, &'a str)> {
        let (chosen, _) = best(choice, &self.probabilities(choice));
        let mut sums: BTreeMap<&str, f32> = BTreeMap::new();
        for (at, sign) in [(chosen, 1.0), (0, -1.0)] {
            for number in choice.candidates.get(at).map_or(&[][..], |c| &c.signs) {
                if let (Some(weight), Some(name)) =
                    (self.weights.get(number), choice.names.get(number))
                {
                    *sums.entry(name.as_str()).or_default() += sign * weight;
                }
            }
        }
        let mut sums: Vec<(f32, &str)> = sums.into_iter().map(|(name, sum)| (sum, name)).collect();
        sums.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        sums
    }

    /// Probability of each candidate, in their order.
    pub fn probabilities(&self, choice: &Choice) -> Vec<f32> {
        let sum = |candidate: &Candidate| {
            candidate.signs.iter().filter_map(|sign| self.weights.get(sign)).sum()
        };
        shares_of(&choice.candidates.iter().map(sum).collect::<Vec<f32>>())
    }
}

/// The number of a sign with this name.
pub fn hash(name: fmt::Arguments<'_>) -> u64 {
    reader::hash(name)
}

/// The candidate that is chosen, and how likely it is that its codes are meant: those who go by one code, a state's government and its
/// army, are likely together. Of them the likeliest is taken.
pub fn best(choice: &Choice, shares: &[f32]) -> (usize, f32) {
    let same = |a: &Candidate, b: &Candidate| {
        let holds = |a: &Candidate, b: &Candidate| {
            a.parties.iter().all(|p| b.parties.iter().any(|q| p.code == q.code))
        };
        holds(a, b) && holds(b, a)
    };
    let together = |one: &Candidate| -> f32 {
        let fellows = choice.candidates.iter().zip(shares);
        fellows.filter(|(other, _)| same(one, other)).map(|(_, share)| share).sum()
    };
    let nobody = choice.candidates.first().map_or(0.0, together);
    let mut best = (0, nobody);
    let mut most = (nobody * NOBODY, 0.0);
    for (at, (candidate, &share)) in choice.candidates.iter().zip(shares).enumerate().skip(1) {
        let sum = together(candidate);
        if (sum, share) > most {
            best = (at, sum);
            most = (sum, share);
        }
    }
    best
}

/// Gives an event for which rules have found no recipient the one that the story tells, if any.
pub(crate) fn choose(
    scene: &Scene<'_>,
    event: &mut CodedEvent<'_>,
    fellows: &[Fellow],
    explain: bool,
) {
    let model = scene.book.recipients();
    let kept = scene.book.is_learning() || explain;
    let found = &event.found;
    let mutual = found.rule.reciprocal && event.kind == found.rule.kind;
    let need = &found.rule.need;
    if scene.given.is_some()
        || (model.weights.is_empty() && !scene.book.is_learning())
        || mutual
        || need.no_recipient
        || !need.recipient.is_empty()
        || found.binding.parties.is_some()
        || found.actors.is_empty()
        || !found.recipients.is_empty()
        || is_at_own_border(scene, found)
    {
        return;
    }
    // "Rejected sanctions against Chad": whose they are, and never who would suffer them.
    if let Some(harm) = harm_turned_down(scene, found) {
        event.found.recipients = harm_owners(scene, harm, &found.actors);
        return;
    }
    let object = object(scene, event);
    // "Condemned the remarks": who made them was told.
    if matches!(event.kind.as_str(), "ACCUSE" | "SUPPORT" | "REJECT")
        && let Some((at, _)) = object
        && let Some(said) = scene.said_before(at, &found.actors)
    {
        event.found.recipients = said;
        return;
    }
    // "Accepted the offer": who made it was told.
    if matches!(event.kind.as_str(), "AGREE" | "REJECT" | "SUPPORT" | "ACCUSE")
        && let Some(made) = offered(scene, event)
    {
        event.found.recipients = made;
        return;
    }
    // "Called it barbaric": as for "the attack".
    if let Some((at, _)) = object
        && let Some(act) = act_as_it(scene, event, at)
        && !act.actors.is_empty()
    {
        let span = token(scene.sentence, at).map(|t| t.span);
        event.found.recipients = meant_by(&act.actors, "act", span);
        return;
    }
    if let Some(parties) = meant(scene, event, fellows, object.as_ref()) {
        event.found.recipients = parties;
        return;
    }
    let (choice, unnamed) = candidates(scene, event, object, fellows, kept);
    if !model.weights.is_empty() {
        let (best, share) = best(&choice, &model.probabilities(&choice));
        event.weighed.recipients = Some(share);
        event.weighed.moved = best > 0;
        event.found.recipients.clone_from(&choice.candidates[best].parties);
        if event.weighed.moved && is_any_at_home(scene, event) {
            event.weighed.recipients = None;
            event.weighed.moved = false;
            event.found.recipients.clear();
        }
        if best == 0 && !unnamed.is_empty() {
            event.weighed = Weighed::default();
            event.found.recipients = unnamed;
        }
    }
    if kept {
        event.choice = Some(choice);
    }
}

/// Whether words are said of somebody out of office, a party or people of the doer's own state, whom no word of this sentence names: a state
/// has many of these, and which of them is meant the story does not tell.
fn is_any_at_home(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    let said = matches!(
        event.kind.as_str(),
        "ACCUSE" | "SUPPORT" | "REJECT" | "REQUEST" | "AGREE" | "CONCEDE" | "THREATEN"
    );
    // What is promised or threatened to people in general is to all of them.
    let people = !matches!(event.kind.as_str(), "AGREE" | "CONCEDE" | "THREATEN");
    let many = |party: &Actor| {
        (matches!(party.sector, Some(Sector::Eli | Sector::Pty))
            || (people && party.sector == Some(Sector::Cvl)))
            && event.found.actors.iter().any(|doer| doer.code == party.code)
    };
    let here = |party: &Actor| {
        let mut mentions = scene.resolution.mentions_in(scene.index).iter();
        mentions.any(|m| m.actors.iter().any(|a| same(a, party)))
    };
    // "A crowd burned the shop. The minister condemned the attack."
    let did = |party: &Actor| {
        let last = scene.acts.iter().rev().take(2);
        party.sector == Some(Sector::Cvl)
            && last.flat_map(|act| &act.actors).any(|a| same(a, party))
    };
    said && matches!(event.found.recipients.as_slice(), [party] if many(party) && !here(party) && !did(party))
}

/// Another act of the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Fellow {
    pub(crate) head: usize,
    pub(crate) kind: String,
    pub(crate) actors: Vec<Actor>,
    pub(crate) recipients: Vec<Actor>,
}

impl Fellow {
    /// As rules have read an event.
    pub(crate) fn of(event: &CodedEvent<'_>) -> Self {
        Self {
            head: event.found.head,
            kind: event.kind.clone(),
            actors: event.found.actors.clone(),
            recipients: event.found.recipients.clone(),
        }
    }

    /// Whether a party of this code is hit by it.
    fn hits(&self, code: Option<&str>) -> bool {
        self.recipients.iter().any(|a| a.code.as_deref() == code)
    }
}

/// A party of the story as it stands at an event.
struct Party {
    actor: Actor,
    kind: Option<EntityKind>,
    weight: f32,
    /// Sentence that told of it last, and the mention's word there.
    last: (usize, usize),
    opens: bool,
    /// Subject of the sentence before.
    led: bool,
    /// Words of this sentence that stand for it.
    here: Vec<usize>,
}

/// Whether two parties are the same by code and sector.
fn same(a: &Actor, b: &Actor) -> bool {
    a.code == b.code && a.sector == b.sector
}

fn parties(scene: &Scene<'_>) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    let mentions = &scene.resolution.mentions;
    let from = scene.index.saturating_sub(REACH).max(scene.from);
    let opens = mentions.partition_point(|m| m.sentence < scene.from);
    let opening = mentions.partition_point(|m| m.sentence < (scene.from + OPENING).min(from));
    let reached = mentions.partition_point(|m| m.sentence < from);
    let end = mentions.partition_point(|m| m.sentence <= scene.index);
    for mention in mentions[opens..opening].iter().chain(&mentions[reached..end]) {
        for actor in mention.actors.iter().filter(|a| a.code.is_some()) {
            let weight = FADING.powi((scene.index - mention.sentence) as i32)
                * if mention.kind == MentionKind::Pronoun { 0.6 } else { 1.0 };
            let at = parties.iter().position(|p| same(&p.actor, actor)).unwrap_or_else(|| {
                let code = actor.code.as_deref().unwrap_or_default();
                parties.push(Party {
                    actor: Actor {
                        code: actor.code.clone(),
                        sector: actor.sector,
                        ..Actor::default()
                    },
                    kind: scene.knowledge.actors.entity(code).map(|e| e.kind),
                    weight: 0.0,
                    last: (0, 0),
                    opens: false,
                    led: false,
                    here: Vec::new(),
                });
                parties.len() - 1
            });
            let party = &mut parties[at];
            party.weight += weight;
            party.last = (mention.sentence, mention.head);
            party.opens |= mention.sentence == scene.from;
            if mention.sentence == scene.index {
                party.here.push(mention.head);
            }
            party.led |= mention.sentence + 1 == scene.index
                && scene.before.is_some_and(|sentence| {
                    token(sentence, mention.head).is_some_and(|t| t.relation() == "nsubj")
                });
        }
    }
    // Whose land the story has spoken of before may be meant though nobody there was named; where something is said to be done is no party.
    let near = |p: &&PlaceMention| {
        !p.dateline
            && (scene.from..scene.index).contains(&p.sentence)
            && (p.sentence < scene.from + OPENING || p.sentence + REACH >= scene.index)
    };
    for place in scene.resolution.places.iter().filter(near) {
        let Some(code) = place.place.country.as_deref() else { continue };
        if parties.iter().any(|p| p.actor.code.as_deref() == Some(code)) {
            continue;
        }
        parties.push(Party {
            actor: Actor { code: Some(code.to_owned()), ..Actor::default() },
            kind: scene.knowledge.actors.entity(code).map(|e| e.kind),
            weight: LAND * FADING.powi((scene.index - place.sentence) as i32),
            last: (place.sentence, place.head),
            opens: place.sentence == scene.from,
            led: false,
            here: Vec::new(),
        });
    }
    parties
}

/// What an event is to its candidates.
struct Told<'a> {
    /// Where the story has spoken of the object before: the sentence and the word there.
    before: Option<(usize, usize)>,
    kind: &'a str,
    tone: &'static str,
    rule: &'a str,
    verb: String,
    object: Option<Object>,
    /// An earlier act that a noun below the verb names.
    act: Option<&'a Act>,
    actor: Option<&'a Actor>,
    actor_state: Option<&'a str>,
    /// Another noun of its clause is with "the", "that" or its owner: "pledged a million for the victims".
    elsewhere: bool,
    /// The same, of what the story has told of or says no more of: "the law", and not "the influence of money".
    within: bool,
    /// Acts of the same sentence by the same doer, as rules have read them.
    fellows: Vec<&'a Fellow>,
    /// The object is a noun for acts: "the strike".
    is_act: bool,
    /// Troops or weapons are got ready.
    mobilizes: bool,
    /// Workers are to strike, against whoever it is.
    strikes: bool,
    /// A word that is not resolved stands where the other side would.
    filled: bool,
    /// An envoy is called home.
    recalls: bool,
    /// It is done at a border.
    border: bool,
}

impl Told<'_> {
    /// Whether a word of the sentence points at somebody whom only the story names, as the coding guide asks: a pronoun, or a noun
    /// with "the", "both", "that" or its owner. What the story has not told of points at nobody: "in the strongest terms". A threat carries its
    /// other side with it, and an envoy is recalled from whoever the quarrel is with.
    fn points(&self) -> bool {
        self.threatens() || self.points_by_itself() || self.elsewhere || self.is_known()
    }

    /// Whether it is a threat that has its other side with it.
    fn threatens(&self) -> bool {
        self.kind == "THREATEN" && !self.mobilizes && !self.strikes
    }

    /// Whether what is done says whom it is done to, whatever its words are.
    fn points_by_itself(&self) -> bool {
        self.recalls || self.border
    }

    /// As [`Self::points`], at a party within the doer's own state, of which a story has many: there "the influence of money" points at
    /// nobody, and the noun must be one that the story has told of.
    fn points_within(&self) -> bool {
        // The quarrels of politicians and firms are too many for a threat to tell whom it is aimed at, where people and unions threaten those who
        // rule. What a clause complains of or asks for is a thing: "complained that the count was rigged".
        let rises = !matches!(
            self.actor.and_then(|a| a.sector),
            Some(Sector::Eli | Sector::Pty | Sector::Leg | Sector::Bus | Sector::Med)
        );
        let told = || {
            matches!(self.kind, "ACCUSE" | "REQUEST")
                && self.object.as_ref().is_some_and(|object| object.reported)
        };
        (self.threatens() && rises)
            || self.points_by_itself()
            || self.within
            || (self.is_known() && !told())
    }

    /// Whether the object is one that the story knows.
    fn is_known(&self) -> bool {
        self.object.as_ref().is_some_and(|object| match object.article {
            "a" | "none" | "you" => false,
            "the" | "its" => self.before.is_some() || self.is_act,
            _ => true,
        })
    }

    /// Whether several parties may be meant: what the act is done to is known to the story, and no clause only tells of it.
    fn may_be_several(&self) -> bool {
        self.is_known() && self.object.as_ref().is_some_and(|object| !object.reported)
    }
}

/// Those who have made the offer that is taken or refused, as the two sentences before tell: "Libya offered to mediate. Chad accepted the offer."
fn offered(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Vec<Actor>> {
    let noun = |sentence: &Sentence, at: usize| {
        token(sentence, at)
            .is_some_and(|t| t.upos == Upos::Noun && scene.book.is_offer(&lower(&t.lemma)))
    };
    let at = patient(scene.sentence, event.found.head).filter(|&at| noun(scene.sentence, at))?;
    let fuller = ["nmod", "acl"]
        .iter()
        .any(|relation| scene.sentence.dependents(at, relation).next().is_some());
    if fuller || !matches!(article(scene.sentence, at), "the" | "that") {
        return None;
    }
    let span = token(scene.sentence, at).map(|t| t.span);
    let other = |index: usize, at: usize| {
        let mention = scene.resolution.mention_at(index, at)?;
        let known = mention
            .actors
            .iter()
            .all(|a| a.code.is_some() && event.found.actors.iter().all(|doer| doer.code != a.code));
        (known && !mention.actors.is_empty()).then(|| meant_by(&mention.actors, "author", span))
    };
    // "The plan", whose author is known by what told of it.
    if let Some(author) = other(scene.index, at) {
        return Some(author);
    }
    let first = scene.index.saturating_sub(OFFER_REACH).max(scene.from);
    (first..scene.index).rev().find_map(|index| {
        let sentence = scene.told.get(index)?;
        let makes = |verb: &usize| {
            token(sentence, *verb).filter(|t| t.upos == Upos::Verb).is_some_and(|t| {
                let lemma = lower(&t.lemma);
                scene.book.is_offering(&lemma)
                    || (scene.book.is_sending_offer(&lemma)
                        && patient(sentence, *verb).is_some_and(|at| noun(sentence, at)))
            })
        };
        (0..sentence.tokens.len()).rev().filter(makes).find_map(|verb| {
            let by = sentence.dependents(verb, "obl").find(|&np| has_case(sentence, np, "by"));
            let active = || subject(sentence, verb).filter(|&at| !noun(sentence, at));
            other(index, by.or_else(active)?)
        })
    })
}

/// What is done, asked for or praised: a noun that is no party.
pub(crate) struct Object {
    pub(crate) noun: String,
    /// How it hangs on the verb: "obj", or its preposition.
    pub(crate) link: String,
    /// What its article says of it: "the", "that", "its", "owned", "a", "none".
    pub(crate) article: &'static str,
    /// Whether it says more of itself: "the dispatch of troops".
    pub(crate) fuller: bool,
    /// It is the subject or object of a clause that the act only tells: "complained that the vote was rigged".
    pub(crate) reported: bool,
}

/// The first noun below the event's word that stands for no party known by a code, or else one below the verbs that the word governs:
/// "refused to release the loan", "told them to leave".
fn object(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<(usize, Object)> {
    let sentence = scene.sentence;
    let binding = &event.found.binding;
    let is_time = |at: usize| scene.is_time(at);
    let own = |at: usize| {
        let word = token(sentence, at)?;
        // "Both", "the five": so many as the story knows.
        let all = matches!(lower(&word.lemma).as_ref(), "both" | "each" | "all");
        let counted = word.upos == Upos::Num && matches!(article(sentence, at), "the" | "that");
        // "Ruled that out": what was said before.
        let that = word.relation() == "obj"
            && matches!(lower(&word.form).as_ref(), "this" | "that" | "these" | "those")
            && !is_relative(sentence, at);
        let pronoun = word.upos == Upos::Pron && points_back(word);
        let noun = (word.upos == Upos::Noun || pronoun || that || all || counted)
            && matches!(word.relation(), "obj" | "obl" | "nmod" | "nsubj" | "iobj");
        let acts = [binding.actor, binding.parties, binding.thing].contains(&Some(at));
        let known = || {
            if binding.other == Some(at) {
                return false;
            }
            let mention = scene.resolution.mention_at(scene.index, at);
            mention.is_some_and(|m| m.actors.iter().any(|a| a.code.is_some()))
        };
        if !noun || acts || is_time(at) || known() {
            return None;
        }
        let below = |relation: &str| {
            sentence.dependents(at, relation).next().and_then(|d| token(sentence, d))
        };
        let link = match below("case") {
            Some(case) => lower(&case.lemma).into_owned(),
            None => word.relation().to_owned(),
        };
        let article = match word.upos {
            _ if all => "both",
            _ if that => "that",
            Upos::Pron if is_of_talk(word) => "you",
            Upos::Pron => "it",
            _ => article(sentence, at),
        };
        let fuller = below("nmod").is_some() || below("acl").is_some();
        let noun = lower(&word.lemma).into_owned();
        Some((at, Object { noun, link, article, fuller, reported: false }))
    };
    let heads = [Some(event.found.head), binding.light, event.by.map(|by| by.at)];
    let heads = || heads.into_iter().flatten();
    let below = |verb: usize| {
        patient(sentence, verb).into_iter().chain(sentence.children(verb).iter().copied())
    };
    let governed = |verb: usize| {
        sentence.children(verb).iter().copied().filter(|&c| {
            token(sentence, c).is_some_and(|t| {
                t.relation() == "ccomp"
                    || (matches!(t.relation(), "xcomp" | "advcl") && t.upos == Upos::Verb)
            })
        })
    };
    let first = heads().flat_map(below).find_map(own);
    first.or_else(|| {
        heads().flat_map(governed).find_map(|clause| {
            let reported = token(sentence, clause).is_some_and(|t| t.relation() == "ccomp");
            let (at, object) = below(clause).find_map(own)?;
            Some((at, Object { reported, ..object }))
        })
    })
}

/// "You", "us": those who talk with one another.
fn is_of_talk(word: &Token) -> bool {
    matches!(lower(&word.form).as_ref(), "i" | "me" | "we" | "us" | "you")
}

/// Whether those to whom words are addressed are there in the sentence, but cannot be told: "criticised his rivals", "asks you to".
fn is_filled(scene: &Scene<'_>, event: &CodedEvent<'_>, at: usize, object: &Object) -> bool {
    let addressed = token(scene.sentence, at).is_some_and(|word| {
        matches!(word.relation(), "obj" | "iobj")
            || (word.relation() == "obl"
                && matches!(object.link.as_str(), "to" | "on" | "upon" | "with" | "against" | "at"))
    });
    if object.reported || !addressed {
        return false;
    }
    if object.article == "you" {
        return true;
    }
    // "Rebuffed him": he is somebody, and nobody else.
    if token(scene.sentence, at)
        .is_some_and(|t| matches!(lower(&t.form).as_ref(), "him" | "her") && t.xpos == "PRP")
    {
        return true;
    }
    let people = scene.resolution.mention_at(scene.index, at).is_some_and(|mention| {
        matches!(mention.category, Category::Person | Category::People)
            && mention.kind != MentionKind::Pronoun
    });
    // "His rivals Lee and Roth"
    let named = scene.sentence.children(at).iter().any(|&c| {
        token(scene.sentence, c)
            .is_some_and(|t| matches!(t.relation(), "appos" | "flat") && t.upos == Upos::Propn)
    });
    people
        && !named
        && matches!(object.article, "a" | "none" | "its" | "owned")
        && matches!(event.kind.as_str(), "REQUEST" | "ACCUSE" | "REJECT" | "SUPPORT" | "AGREE")
}

/// "Criticised Nabisco for the move": a name that nobody knows stands where the other side would.
fn is_unknown_name(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    matches!(event.kind.as_str(), "ACCUSE" | "SUPPORT" | "REJECT" | "REQUEST" | "THREATEN")
        && patient(scene.sentence, event.found.head).is_some_and(|at| {
            token(scene.sentence, at).is_some_and(|t| t.upos == Upos::Propn)
                && scene.resolution.mention_at(scene.index, at).is_none_or(|m| m.actors.is_empty())
                && !scene.is_time(at)
                && ![event.found.binding.actor, event.found.binding.parties].contains(&Some(at))
        })
}

/// Whether a pronoun stands for what was told of: "it", "these"; "everybody" and "what" do not.
fn points_back(word: &Token) -> bool {
    let reflexive = word.form.ends_with("self") || word.form.ends_with("selves");
    matches!(word.xpos.as_str(), "PRP" | "DT") && !reflexive
}

/// Whether some noun in the act's own clause, below its word, is one that the story knows. Where `surely`, it is one that the story has
/// told of, or that is definite without saying more of itself: "the law", and not "the influence of money".
fn points_elsewhere(scene: &Scene<'_>, event: &CodedEvent<'_>, surely: bool) -> bool {
    let sentence = scene.sentence;
    let known = |noun: usize, word: &Token| {
        let told = || told_before(scene, &lower(&word.lemma)).is_some();
        let fuller = || {
            sentence.children(noun).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    t.relation() == "acl" || (t.relation() == "nmod" && t.deprel != "nmod:poss")
                })
            })
        };
        match article(sentence, noun) {
            "a" | "none" | "owned" => false,
            "the" if surely => !fuller() || told(),
            "its" if surely => told(),
            _ => true,
        }
    };
    let top = event.by.map_or(event.found.head, |by| by.at);
    let own = clause(sentence, event.found.head);
    (0..sentence.tokens.len()).any(|at| {
        let Some(word) = token(sentence, at) else { return false };
        let dated = || scene.is_time(at);
        matches!(word.upos, Upos::Noun | Upos::Adj | Upos::Num)
            && matches!(word.relation(), "obj" | "obl" | "nmod" | "iobj")
            && is_below(sentence, at, top)
            && clause(sentence, at) == own
            && known(at, word)
            && scene.resolution.mention_at(scene.index, at).is_none_or(|m| m.actors.is_empty())
            && !dated()
    })
}

/// Whether an envoy is called home.
fn is_recall(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    let found = &event.found;
    found.rule.modes.iter().any(|mode| mode == "expel")
        && found.binding.triggers.iter().any(|&at| {
            token(scene.sentence, at)
                .is_some_and(|word| matches!(lower(&word.lemma).as_ref(), "recall" | "call"))
        })
}

/// "Unions called a strike for Friday": those who work threaten nobody by name, unless they say what is to be done or not.
fn is_strike(scene: &Scene<'_>, event: &CodedEvent<'_>) -> bool {
    let sentence = scene.sentence;
    let workers = |a: &Actor| match a.sector {
        Some(Sector::Lab) => true,
        None | Some(Sector::Cvl) => event.found.rule.is(Mark::Stoppage),
        _ => false,
    };
    let conditional = || {
        (0..sentence.tokens.len()).any(|at| {
            token(sentence, at).is_some_and(|t| {
                t.relation() == "mark"
                    && matches!(lower(&t.form).as_ref(), "if" | "unless" | "until")
            }) && is_below(sentence, at, event.found.head)
        })
    };
    event.kind == "THREATEN" && event.found.actors.iter().all(workers) && !conditional()
}

/// "Massed tanks along the border": the other side of it may be meant.
pub(crate) fn is_at_border(scene: &Scene<'_>, head: usize) -> bool {
    let sentence = scene.sentence;
    (0..sentence.tokens.len()).any(|at| {
        token(sentence, at).is_some_and(|word| {
            matches!(word.relation(), "obj" | "obl" | "nmod" | "nsubj")
                && scene.book.is_border(&lower(&word.lemma))
        }) && is_below(sentence, at, head)
    })
}

/// How a noun's article or owner stands for whether it has been told of.
fn article(sentence: &Sentence, noun: usize) -> &'static str {
    for &child in sentence.children(noun) {
        let Some(word) = token(sentence, child) else { continue };
        if word.deprel == "nmod:poss" {
            return if word.upos == Upos::Pron { "its" } else { "owned" };
        }
        if word.relation() == "det" {
            return match lower(&word.form).as_ref() {
                "the" => "the",
                "this" | "that" | "these" | "those" | "such" => "that",
                // They are known to the story as so many.
                "both" | "each" | "either" | "neither" | "all" => "both",
                _ => "a",
            };
        }
    }
    "none"
}

/// Where the story last spoke of what a noun names, by the same word or one of its stem.
fn told_before(scene: &Scene<'_>, noun: &str) -> Option<(usize, usize)> {
    let reached = |index: &usize| {
        *index >= scene.from && (*index < scene.from + OPENING || index + REACH >= scene.index)
    };
    let whole = |lemma: &str| lemma == noun;
    let stem = |lemma: &str| is_of_stem(lemma, noun);
    let find = |fits: &dyn Fn(&str) -> bool| {
        (0..scene.told.len()).rev().filter(reached).find_map(|index| {
            let mut words = scene.told[index].tokens.iter();
            let at = words.position(|t| {
                matches!(t.upos, Upos::Noun | Upos::Verb) && fits(&lower(&t.lemma))
            })?;
            Some((index, at))
        })
    };
    // "The accord" may have been told of as a truce or a deal.
    let acts = &scene.book.acts;
    let dealing = |lemma: &str| acts.is_mutual(lemma);
    find(&whole)
        .or_else(|| find(&stem))
        .or_else(|| acts.is_mutual(noun).then(|| find(&dealing)).flatten())
}

/// Friendly or not, in words or in deeds.
pub(crate) fn tone(kind: &str) -> &'static str {
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => "kind words",
        "COOPERATE" | "AID" | "RETREAT" => "kind deeds",
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => "hard words",
        _ => "hard deeds",
    }
}

/// The signs of one candidate while they are noted.
struct Signs<'a> {
    signs: Vec<u64>,
    names: Option<&'a mut HashMap<u64, String>>,
}

impl Signs<'_> {
    fn note(&mut self, name: fmt::Arguments<'_>) {
        let sign = hash(name);
        self.signs.push(sign);
        if let Some(names) = &mut self.names {
            names.entry(sign).or_insert_with(|| name.to_string());
        }
    }
}

/// "Condemned it", "wrote that it was shameful": the act told last that it may stand for.
fn act_as_it<'a>(scene: &Scene<'a>, event: &CodedEvent<'_>, at: usize) -> Option<&'a Act> {
    let word = token(scene.sentence, at).filter(|t| t.form.eq_ignore_ascii_case("it"))?;
    // The speaker himself is hardly what he finds shameful.
    let doers = &event.found.actors;
    let party = scene.resolution.mention_at(scene.index, at).filter(|m| {
        word.relation() == "obj"
            || !m.actors.iter().all(|a| doers.iter().any(|doer| same_side(a, doer)))
    });
    let friendly = match event.kind.as_str() {
        "ACCUSE" => false,
        "SUPPORT" => true,
        _ => return None,
    };
    if party.is_some_and(|m| !m.actors.is_empty()) || !matches!(word.relation(), "obj" | "nsubj") {
        return None;
    }
    let own = |act: &Act| {
        act.actors.iter().any(|a| event.found.actors.iter().any(|doer| same_side(a, doer)))
    };
    let told = |act: &&Act| {
        act.sentence + 1 == scene.index
            && is_friendly(&act.kind) == friendly
            && (friendly || is_deed(&act.kind))
            && !own(act)
    };
    // "Admitted the attack and called it just": it is named here.
    if (0..at).any(|noun| {
        token(scene.sentence, noun)
            .is_some_and(|t| t.upos == Upos::Noun && scene.book.acts.knows(&lower(&t.lemma)))
    }) {
        return None;
    }
    scene.acts.iter().rev().find(told)
}

/// To whom an event may have been done, and who did the act that it blames, where no more than what they are is known of them.
fn candidates(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    object: Option<(usize, Object)>,
    fellows: &[Fellow],
    named: bool,
) -> (Choice, Vec<Actor>) {
    let found = &event.found;
    let mut choice = Choice::default();
    let actor = found.actors.first();
    let code = actor.and_then(|a| a.code.as_deref());
    let elsewhere = points_elsewhere(scene, event, false);
    let filled = object.as_ref().is_some_and(|(at, object)| is_filled(scene, event, *at, object))
        || is_unknown_name(scene, event);
    let is_act = object.as_ref().is_some_and(|(_, object)| scene.book.acts.knows(&object.noun));
    let told = Told {
        before: object.as_ref().and_then(|(_, object)| told_before(scene, &object.noun)),
        kind: &event.kind,
        tone: tone(&event.kind),
        rule: &found.rule.name,
        verb: token(scene.sentence, found.head)
            .map(|t| lower(&t.lemma).into_owned())
            .unwrap_or_default(),
        act: object.as_ref().and_then(|(at, _)| {
            let friendly = tone(&event.kind).starts_with("kind");
            let acts = &scene.book.acts;
            acts.act(scene.sentence, scene.index, *at, scene.acts, &found.actors, Some(friendly))
        }),
        object: object.map(|(_, object)| object),
        actor,
        actor_state: code.and_then(|c| scene.knowledge.actors.entity(c)).and_then(state_of),
        fellows: fellows
            .iter()
            .filter(|one| {
                one.head != found.head && one.actors.iter().any(|a| a.code.as_deref() == code)
            })
            .collect(),
        elsewhere,
        within: elsewhere && points_elsewhere(scene, event, true),
        filled,
        is_act,
        mobilizes: found.rule.kind == "MOBILIZE",
        strikes: is_strike(scene, event),
        recalls: is_recall(scene, event),
        border: event.kind == "MOBILIZE" && is_at_border(scene, found.head),
    };
    let mut story = parties(scene);
    story.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.last.cmp(&b.last)));
    let mut names = HashMap::new();
    let mut push = |parties: Vec<Actor>, note: &dyn Fn(&mut Signs<'_>)| {
        let mut signs = Signs { signs: Vec::new(), names: named.then_some(&mut names) };
        note(&mut signs);
        choice.candidates.push(Candidate { parties, signs: signs.signs });
    };
    push(Vec::new(), &|signs| note_nobody(&told, &story, signs, event));
    let span = token(scene.sentence, found.head).map(|t| t.span);
    let by_story = |actor: &Actor| Actor { via: Some("story".to_owned()), span, ..actor.clone() };
    // Whom an act hit is not blamed for it: "called the shooting barbaric".
    let blamed = told
        .act
        .filter(|act| event.kind == "ACCUSE" && is_deed(&act.kind) && !is_friendly(&act.kind));
    let is_victim = |a: &Actor| {
        blamed.is_some_and(|act| {
            // Its government and army may yet have done it, or let it happen.
            let people = |a: &Actor| {
                !matches!(a.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Spy))
            };
            !act.actors.is_empty()
                && act
                    .recipients
                    .iter()
                    .any(|hit| hit.code == a.code && (same(hit, a) || people(a)))
                && act.actors.iter().all(|doer| doer.code != a.code)
        })
    };
    let is_actor = |a: &Actor| found.actors.iter().any(|actor| acts_for(actor, a));
    // A party's state without more is none of those within it.
    let is_own =
        |a: &Actor| a.sector.is_none() && found.actors.iter().any(|actor| actor.code == a.code);
    let pointed = told.points();
    let pointed_within = told.points_within();
    if told.filled {
        story.clear();
    }
    for (rank, party) in story.iter().enumerate() {
        // What hangs on the act's own word, rules have read and left alone: "condemned the invasion of Uganda". Who does something in a
        // clause below it, they have not: "complained that Uganda had opened fire".
        let own = |&at: &usize| {
            let subject = token(scene.sentence, at).is_some_and(|word| word.relation() == "nsubj");
            let near = clause(scene.sentence, at) == clause(scene.sentence, found.head);
            is_below(scene.sentence, at, found.head) && (near || !subject)
        };
        let here = party.here.iter().any(|&at| !is_apart(scene, at, found.head));
        // Within one state a word of another clause points at nobody either.
        let within = found.actors.iter().any(|actor| actor.code == party.actor.code);
        let beside = party.here.iter().any(|&at| !is_set_beside(scene, at, found.head));
        let pointed = if within { pointed_within || (here && beside) } else { pointed || here };
        let barred = is_actor(&party.actor) || is_own(&party.actor) || is_victim(&party.actor);
        if !pointed || barred || party.here.iter().any(own) {
            continue;
        }
        push(vec![by_story(&party.actor)], &|signs| {
            note_party(scene, event, &told, party, rank, &story, signs);
        });
    }
    // Nobody has told of it, but a government is there in every story of one state.
    if let (Some(state), Some(actor)) = (told.actor_state, told.actor) {
        let own =
            Actor { code: Some(state.to_owned()), sector: Some(Sector::Gov), ..Actor::default() };
        if pointed_within
            && !told.filled
            && scene.index > 0
            && !is_actor(&own)
            && !story.iter().any(|p| same(&p.actor, &own))
        {
            push(vec![by_story(&own)], &|signs| {
                let by = actor.sector.map_or("none", Sector::code);
                signs.note(format_args!("the actor's own government"));
                signs.note(format_args!("the actor's own government, {}", told.kind));
                signs.note(format_args!("the actor's own government, by {by}"));
            });
        }
    }
    let sets = if pointed && !told.filled { sets(scene, &told, &is_actor) } else { Vec::new() };
    let several = told.may_be_several();
    let within = |set: &Set<'_>| {
        set.parties.iter().any(|a| found.actors.iter().any(|actor| actor.code == a.code))
    };
    let hit = |set: &Set<'_>| blamed.is_some() && set.parties.iter().all(is_victim);
    let sets = sets.into_iter().filter(|set| !hit(set)).enumerate();
    for (at, set) in sets.filter(|(_, set)| several || !within(set)) {
        let parties = set.parties.iter().map(by_story).collect();
        push(parties, &|signs| note_set(scene, &told, &set, at, signs));
    }
    choice.names = names;
    let unnamed = blamed.map(|act| act.actors.as_slice()).unwrap_or_default();
    let unnamed = if unnamed.iter().all(|doer| doer.code.is_none()) { unnamed } else { &[] };
    (choice, meant_by(unnamed, "act", span))
}

/// Whether a word of the sentence has no part in the act: it is the subject of what says the act, or hangs on a clause that is only joined to
/// it. "Residents said that", "broke off a trip to Oslo and announced".
fn is_apart(scene: &Scene<'_>, at: usize, head: usize) -> bool {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, at) else { return false };
    let hangs = |clause: usize, relation: &str, on: usize| {
        token(sentence, clause).is_some_and(|t| t.relation() == relation && t.head == Some(on))
    };
    let (own, act) = (clause(sentence, at), clause(sentence, head));
    if own == act {
        return false;
    }
    if word.relation() == "nsubj" {
        let tells = |verb: usize| hangs(act, "ccomp", verb) || hangs(verb, "parataxis", act);
        return word.head.is_some_and(tells);
    }
    hangs(own, "conj", act) || hangs(act, "conj", own)
}

/// Whether a word stands in a clause set beside that of the act, however deep: "spoke out at the hearing; helped to train protesters".
fn is_set_beside(scene: &Scene<'_>, at: usize, head: usize) -> bool {
    let sentence = scene.sentence;
    let (own, act) = (clause(sentence, at), clause(sentence, head));
    if is_below(sentence, own, act) {
        return false;
    }
    let mut up = Some(own);
    for _ in 0..sentence.tokens.len() {
        let Some(verb) = up.filter(|&verb| !is_below(sentence, act, verb)) else { break };
        let Some(word) = token(sentence, verb) else { break };
        let joined = word.relation() == "conj" && word.upos == Upos::Verb;
        if joined || word.relation() == "parataxis" {
            return true;
        }
        up = word.head;
    }
    false
}

/// Parties that the story has named together.
struct Set<'a> {
    parties: Vec<Actor>,
    /// How it was told: "doers", "hit", "noun", "list", "phrase".
    by: &'static str,
    sentence: usize,
    act: Option<&'a Act>,
}

/// Sets that are looked at.
const SETS: usize = 10;

/// Those who did, or suffered, an act before; all who stand by the noun when it was told; lists of parties, and phrases for several.
fn sets<'a>(scene: &Scene<'a>, told: &Told<'_>, is_actor: &dyn Fn(&Actor) -> bool) -> Vec<Set<'a>> {
    let mut sets: Vec<Set<'a>> = Vec::new();
    let mut add = |list: &mut dyn Iterator<Item = &Actor>, by, sentence, act| {
        let mut parties: Vec<Actor> = Vec::new();
        for actor in list.filter(|a| a.code.is_some() && !is_actor(a)) {
            if !parties.iter().any(|known| same_side(known, actor)) {
                parties.push(Actor {
                    code: actor.code.clone(),
                    sector: actor.sector,
                    ..Actor::default()
                });
            }
        }
        let known = |set: &Set<'_>| {
            set.parties.len() == parties.len()
                && set.parties.iter().all(|a| parties.iter().any(|b| same_side(a, b)))
        };
        if (2..5).contains(&parties.len()) && sets.len() < SETS && !sets.iter().any(known) {
            sets.push(Set { parties, by, sentence, act });
        }
    };
    for act in scene.acts.iter().rev().take(12) {
        add(&mut act.actors.iter(), "doers", act.sentence, Some(act));
        add(&mut act.recipients.iter(), "hit", act.sentence, Some(act));
    }
    let of = |index: usize| scene.resolution.mentions_in(index);
    if let Some((index, _)) = told.before {
        add(&mut of(index).iter().flat_map(|m| &m.actors), "noun", index, None);
    }
    for index in (scene.from..scene.told.len()).rev() {
        if index >= scene.from + OPENING && index + REACH < scene.index {
            continue;
        }
        for mention in of(index) {
            add(&mut mention.actors.iter(), "phrase", index, None);
            let fellows = members(&scene.told[index], mention.head);
            if fellows.len() > 1 {
                let of_list = of(index).iter().filter(|m| fellows.contains(&m.head));
                add(&mut of_list.flat_map(|m| &m.actors), "list", index, None);
            }
        }
    }
    sets
}

fn note_set(scene: &Scene<'_>, told: &Told<'_>, set: &Set<'_>, at: usize, signs: &mut Signs<'_>) {
    let by = set.by;
    signs.note(format_args!("several"));
    signs.note(format_args!("several, {}", told.kind));
    signs.note(format_args!("several, rule {}", told.rule));
    signs.note(format_args!("several, by {by}"));
    signs.note(format_args!("several, by {by}, {}", told.tone));
    signs.note(format_args!("several, by {by}, {}", told.kind));
    signs.note(format_args!("several, {}", number(set.parties.len())));
    signs.note(format_args!("several, back {}", back(scene.index - set.sentence)));
    signs.note(format_args!("several, opens the story: {}", set.sentence == scene.from));
    signs.note(format_args!("several, number {}", at.min(2)));
    if let Some(act) = set.act {
        signs.note(format_args!("several, {by} of {}", tone(&act.kind)));
        signs.note(format_args!("several, {by}, mutual: {}", act.mutual));
        signs.note(format_args!("several, {} after {}", told.tone, act.kind));
        let named = told.act.map(|named| std::ptr::eq(named, act));
        signs.note(format_args!("several, of the act named: {named:?}"));
    }
    if let Some(object) = &told.object {
        signs.note(format_args!("several, {}", object.noun));
        signs.note(format_args!("several, article {}", object.article));
        let here = told.before.map(|(sentence, _)| sentence == set.sentence);
        signs.note(format_args!("several, told with the noun: {here:?}"));
        signs.note(format_args!("several, told with the noun: {here:?}, by {by}"));
    } else {
        signs.note(format_args!("several, no object"));
    }
    // How often the story names all of them together.
    let codes: Vec<&Option<String>> = set.parties.iter().map(|a| &a.code).collect();
    let together = (0..scene.told.len())
        .filter(|&index| {
            let here = scene.resolution.mentions_in(index);
            let named = |code: &&Option<String>| {
                here.iter().any(|m| m.actors.iter().any(|a| a.code == **code))
            };
            codes.iter().all(named)
        })
        .count();
    signs.note(format_args!("several, together {}", number(together)));
}

/// Whether one acts for the other, so that it can hardly be done by the one to the other.
fn acts_for(actor: &Actor, other: &Actor) -> bool {
    let serves =
        |a: &Actor| matches!(a.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Igo));
    actor.code == other.code && (actor.sector == other.sector || (serves(actor) && serves(other)))
}

/// How far back, in words.
fn back(sentences: usize) -> &'static str {
    ["none", "one", "two", "three"].get(sentences).copied().unwrap_or("further")
}

fn number(count: usize) -> &'static str {
    ["none", "one", "two", "three"].get(count).copied().unwrap_or("more")
}

fn note_nobody(told: &Told<'_>, story: &[Party], signs: &mut Signs<'_>, event: &CodedEvent<'_>) {
    let kind = told.kind;
    signs.note(format_args!("nobody"));
    signs.note(format_args!("nobody, {kind}"));
    signs.note(format_args!("nobody, rule {}", told.rule));
    signs.note(format_args!("nobody, {}", told.verb));
    signs.note(format_args!("nobody, status {}", event.status.as_str()));
    if let Some(Object { noun, link, article, fuller, .. }) = &told.object {
        signs.note(format_args!("nobody, {link} {noun}"));
        signs.note(format_args!("nobody, {noun}"));
        signs.note(format_args!("nobody, article {article}, fuller: {fuller}"));
        signs.note(format_args!("nobody, article {article}, {kind}"));
        let before = told.before.is_some();
        signs.note(format_args!("nobody, article {article}, told before: {before}"));
        signs.note(format_args!("nobody, noun told before: {before}, {}", told.tone));
        signs.note(format_args!("nobody, {link}, {kind}"));
    } else {
        signs.note(format_args!("nobody, no object"));
        signs.note(format_args!("nobody, no object, {kind}"));
    }
    let hit = told.fellows.iter().any(|one| !one.recipients.is_empty());
    signs.note(format_args!("nobody, hit in the same sentence: {hit}, {}", told.tone));
    signs.note(format_args!("nobody, an act is named: {}, {}", told.act.is_some(), told.tone));
    let by = told.actor.and_then(|a| a.sector).map_or("none", Sector::code);
    signs.note(format_args!("nobody, by {by}, {kind}"));
    let others = story
        .iter()
        .filter(|p| told.actor.is_none_or(|a| p.actor.code != a.code))
        .map(|p| p.actor.code.as_deref())
        .collect::<BTreeSet<_>>();
    signs.note(format_args!("nobody, at the border: {}", told.border));
    signs.note(format_args!("nobody, others {}", number(others.len())));
    signs.note(format_args!("nobody, others {}, {}", number(others.len()), told.tone));
}

fn note_party(
    scene: &Scene<'_>,
    event: &CodedEvent<'_>,
    told: &Told<'_>,
    party: &Party,
    rank: usize,
    story: &[Party],
    signs: &mut Signs<'_>,
) {
    let (kind, tone_here) = (told.kind, told.tone);
    let sector = party.actor.sector.map_or("none", Sector::code);
    let sort = match party.kind {
        Some(EntityKind::Country) => "state",
        Some(EntityKind::Organisation) => "organisation",
        Some(EntityKind::ArmedGroup) => "armed group",
        Some(EntityKind::People) => "people",
        None => "unknown",
    };
    signs.note(format_args!("party"));
    signs.note(format_args!("party, rule {}", told.rule));
    signs.note(format_args!("party, {sort}, {kind}"));
    signs.note(format_args!("party, {sector}"));
    signs.note(format_args!("party, {sector}, {kind}"));
    // How it stands in the story.
    let whole: f32 = story.iter().map(|p| p.weight).sum();
    let share = match party.weight / whole.max(1e-6) {
        s if s > 0.5 => "most",
        s if s > 0.3 => "much",
        s if s > 0.15 => "some",
        _ => "little",
    };
    // The first of those who do not act.
    let above =
        story[..rank].iter().filter(|p| told.actor.is_none_or(|a| p.actor.code != a.code)).count();
    signs.note(format_args!("party, share {share}"));
    signs.note(format_args!("party, share {share}, {kind}"));
    signs.note(format_args!("party, rank {}", number(above)));
    signs.note(format_args!("party, rank {}, {tone_here}", number(above)));
    signs.note(format_args!("party, rank {}, {kind}", number(above)));
    signs.note(format_args!("party, opens the story: {}", party.opens));
    signs.note(format_args!("party, opens the story: {}, {tone_here}", party.opens));
    signs.note(format_args!("party, opens the story: {}, {kind}", party.opens));
    signs.note(format_args!("party, led the sentence before: {}", party.led));
    signs.note(format_args!("party, led the sentence before: {}, {kind}", party.led));
    let far = back(scene.index - party.last.0);
    signs.note(format_args!("party, back {far}"));
    signs.note(format_args!("party, back {far}, {tone_here}"));
    // Its words in this sentence.
    for &at in &party.here {
        let Some(word) = token(scene.sentence, at) else { continue };
        let head = event.found.head;
        let side = if at < head { "before" } else { "after" };
        let near = clause(scene.sentence, at) == clause(scene.sentence, head);
        let below = is_below(scene.sentence, at, head);
        let relation = word.relation();
        let case = scene.sentence.dependents(at, "case").next();
        let case = case.and_then(|c| token(scene.sentence, c)).map(|t| lower(&t.lemma));
        let case = case.as_deref().unwrap_or("no case");
        signs.note(format_args!("here, {relation}, {side}, below: {below}"));
        signs.note(format_args!("here, {relation} {case}, below: {below}"));
        signs.note(format_args!("here, {relation} {case}, below: {below}, {tone_here}"));
        signs.note(format_args!("here, own clause: {near}, {side}, {tone_here}"));
        signs.note(format_args!("here, own clause: {near}, below: {below}, {kind}"));
        // "Spain, which buys gas from Algeria, asked for the same price."
        let doers = [event.found.binding.actor, event.found.binding.parties];
        let of_doer = doers
            .into_iter()
            .flatten()
            .any(|doer| at != doer && is_below(scene.sentence, at, doer));
        signs.note(format_args!("here, below the actor: {of_doer}"));
        signs.note(format_args!("here, below the actor: {of_doer}, {tone_here}"));
    }
    // Whose it is.
    if let Some(actor) = told.actor {
        let by = actor.sector.map_or("none", Sector::code);
        let state = party.actor.code.as_deref().and_then(|c| scene.knowledge.actors.entity(c));
        let own = state.and_then(state_of).is_some_and(|s| told.actor_state == Some(s));
        signs.note(format_args!("party, of the actor's state: {own}"));
        signs.note(format_args!("party, of the actor's state: {own}, {kind}"));
        signs.note(format_args!("party, of the actor's state: {own}, {by} to {sector}"));
        let side = scene.book.standing.stand(scene.knowledge, actor, &party.actor);
        signs.note(format_args!("party is {side}"));
        signs.note(format_args!("party is {side}, {tone_here}"));
        signs.note(format_args!("party is {side}, {kind}"));
    }
    let of = |list: &[Actor]| list.iter().any(|a| a.code == party.actor.code);
    if let Some(act) = told.act {
        let (did, hit) = (of(&act.actors), of(&act.recipients));
        signs.note(format_args!("in the act named, did: {did}, hit: {hit}"));
        signs.note(format_args!("in the act named, did: {did}, hit: {hit}, {}", told.tone));
    }
    if !told.fellows.is_empty() {
        let hit = told.fellows.iter().find(|one| one.hits(party.actor.code.as_deref()));
        let after = hit.map_or("none", |one| tone(&one.kind));
        signs.note(format_args!("hit by the doer in the same sentence: {after}, {}", told.tone));
        signs.note(format_args!("hit by the doer in the same sentence: {}, {kind}", hit.is_some()));
    }
    note_noun(scene, told, party, signs);
    note_history(scene, told, &party.actor, signs);
}

/// How the party stood by the noun when the story told of it before.
fn note_noun(scene: &Scene<'_>, told: &Told<'_>, party: &Party, signs: &mut Signs<'_>) {
    let Some(object) = &told.object else { return };
    let article = object.article;
    let Some((index, at)) = told.before else {
        signs.note(format_args!("party, article {article}, noun not told before"));
        return;
    };
    let sentence = &scene.told[index];
    let mut stood = "elsewhere";
    for mention in scene.resolution.mentions_in(index) {
        if !mention.actors.iter().any(|a| a.code == party.actor.code) {
            continue;
        }
        let below = is_below(sentence, mention.head, at);
        let subject = token(sentence, mention.head).is_some_and(|t| t.relation() == "nsubj");
        stood = match (below, subject) {
            (true, _) => "by the noun",
            (false, true) => "as subject",
            (false, false) if stood == "elsewhere" => "in the sentence",
            _ => stood,
        };
        if below {
            break;
        }
    }
    signs.note(format_args!("noun told before, party {stood}"));
    signs.note(format_args!("noun told before, party {stood}, {}", told.tone));
    signs.note(format_args!("noun told before, party {stood}, article {article}"));
    signs.note(format_args!("noun told before, party {stood}, back {}", back(scene.index - index)));
}

/// What the party did and suffered in the acts before.
fn note_history(scene: &Scene<'_>, told: &Told<'_>, party: &Actor, signs: &mut Signs<'_>) {
    let code = &party.code;
    let is = |list: &[Actor]| list.iter().any(|a| a.code == *code);
    let by_us =
        |list: &[Actor]| told.actor.is_some_and(|us| list.iter().any(|a| a.code == us.code));
    let kind = told.kind;
    let mut seen = [false; 4];
    for (ago, act) in scene.acts.iter().rev().take(12).enumerate() {
        let (did, hit) = (is(&act.actors), is(&act.recipients));
        let tone = tone(&act.kind);
        if ago == 0 {
            signs.note(format_args!("last act, did it: {did}, hit: {hit}"));
            if did || hit {
                signs.note(format_args!("last act, did: {did}, {} after {}", told.tone, tone));
                signs.note(format_args!("last act, did: {did}, {kind} after {}", act.kind));
            }
        }
        if !seen[0] && did && by_us(&act.recipients) {
            seen[0] = true;
            signs.note(format_args!("did to the actor: {tone}, {}", told.tone));
        }
        if !seen[1] && hit && by_us(&act.actors) {
            seen[1] = true;
            signs.note(format_args!("was done to by the actor: {tone}, {}", told.tone));
            signs.note(format_args!("was done to by the actor: {} then {kind}", act.kind));
        }
        if !seen[2] && did {
            seen[2] = true;
            signs.note(format_args!("did before: {tone}, {}", told.tone));
            signs.note(format_args!("did before: {} then {kind}", act.kind));
        }
        if !seen[3] && hit {
            seen[3] = true;
            signs.note(format_args!("was done to before: {tone}, {}", told.tone));
            signs.note(format_args!("was done to before: {} then {kind}", act.kind));
        }
    }
    let dyad = scene
        .acts
        .iter()
        .rev()
        .take(12)
        .filter(|act| by_us(&act.actors) && (is(&act.recipients) || is(&act.actors)))
        .count();
    signs.note(format_args!("acts of the actor with it: {}", number(dyad)));
    if told.border {
        let quarrel = scene.acts.iter().any(|act| {
            tone(&act.kind).starts_with("hard")
                && ((by_us(&act.actors) && is(&act.recipients))
                    || (is(&act.actors) && by_us(&act.recipients)))
        });
        signs.note(format_args!("at the border, in quarrel with it: {quarrel}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_code_are_likely_together() {
        let candidate = |codes: &[&str]| Candidate {
            parties: codes
                .iter()
                .map(|code| Actor { code: Some((*code).to_owned()), ..Actor::default() })
                .collect(),
            ..Candidate::default()
        };
        let choice = Choice {
            candidates: vec![
                candidate(&[]),
                candidate(&["PER"]),
                candidate(&["TUR"]),
                candidate(&["PER"]),
                candidate(&["PER", "TUR"]),
            ],
            ..Choice::default()
        };
        let chosen = |shares: [f32; 5]| best(&choice, &shares).0;
        assert_eq!(chosen([0.6, 0.1, 0.2, 0.1, 0.0]), 0);
        assert_eq!(chosen([0.35, 0.15, 0.25, 0.2, 0.05]), 3, "0.35 together is the most");
        assert_eq!(chosen([0.35, 0.1, 0.1, 0.05, 0.4]), 4);
        assert_eq!(best(&Choice::default(), &[]), (0, 0.0));
    }

    #[test]
    fn weights_are_read_by_the_names_of_signs() {
        let model = Recipients::from_text("nobody\t1.5\nno weight\tx\nparty\t-0.5\n");
        let candidate = |name: &str| Candidate {
            signs: vec![hash(format_args!("{name}"))],
            ..Candidate::default()
        };
        let choice = Choice {
            candidates: vec![candidate("party"), candidate("nobody"), candidate("other")],
            ..Choice::default()
        };
        let shares = model.probabilities(&choice);
        assert!(shares[1] > shares[2] && shares[2] > shares[0]);
    }
}

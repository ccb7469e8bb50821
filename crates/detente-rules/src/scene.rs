//! Noun phrase → whom it stands for, in one sentence.
//!
//! In "G7 leaders criticised China's policies" the object *policies* is no actor, but it has one:
//! the recipient is *China*. In "Washington and Paris accused Moscow" the subject has two members.

use std::cell::RefCell;
use std::collections::HashMap;

use detente_core::{Actor, Sector, Span};
use detente_knowledge::{CueKind, Knowledge, SlotRole};
use detente_parse::{Sentence, Upos};
use detente_resolve::{Category, Mention, MentionKind, Resolution};
use foldhash::fast::RandomState;

use crate::dealings::{joint_body, pair};
use crate::events::same_party;
use crate::grammar::{
    antecedent, content_noun, governed_by, has_case, is_below, is_count, members, name_head,
    patient, subject, token, told_members,
};
use crate::history::{Act, same_side};
use crate::matcher::lower;
use crate::rulebook::{Reach, RuleBook};
use crate::whose::says_whose;

/// One sentence with everything known of it.
pub(crate) struct Scene<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) book: &'a RuleBook,
    pub(crate) sentence: &'a Sentence,
    pub(crate) index: usize,
    pub(crate) resolution: &'a Resolution,
    /// Index of the sentence with which the item begins that this one is of: of a digest the last label or dateline.
    pub(crate) from: usize,
    /// The sentence before, where there is one.
    pub(crate) before: Option<&'a Sentence>,
    /// All sentences before.
    pub(crate) told: &'a [Sentence],
    /// What was coded from the sentences before.
    pub(crate) acts: &'a [Act],
    /// `relate` gives both parties: they are found by their tokens, whatever they are.
    pub(crate) given: Option<&'a Given>,
    /// How many each noun phrase stands for in a role and reach, once it was asked: many patterns ask the same.
    pub(crate) counted: RefCell<HashMap<(usize, SlotRole, Reach), usize, RandomState>>,
}

/// The two parties that `relate` is given, as token flags of the sentence.
pub(crate) struct Given {
    /// Any other noun phrase may fill a role as well, as [`OTHER`].
    pub(crate) lenient: bool,
    pub(crate) source: Vec<bool>,
    pub(crate) target: Vec<bool>,
}

/// How many nouns may stand between a phrase and the actor whose it is.
const DEEPEST: u32 = 3;

/// Code that stands for the given source.
pub(crate) const SOURCE: &str = "source";
/// Code that stands for anyone else.
pub(crate) const OTHER: &str = "other";
/// Code that stands for the given target.
pub(crate) const TARGET: &str = "target";

impl<'a> Scene<'a> {
    /// A sentence by itself, with nothing told before and no parties given.
    pub(crate) fn plain(
        knowledge: &'a Knowledge,
        book: &'a RuleBook,
        sentence: &'a Sentence,
        index: usize,
        resolution: &'a Resolution,
    ) -> Self {
        Self {
            knowledge,
            book,
            sentence,
            index,
            resolution,
            from: 0,
            before: None,
            told: &[],
            acts: &[],
            given: None,
            counted: RefCell::default(),
        }
    }

    /// This sentence or one before it.
    pub(crate) fn sentence_at(&self, index: usize) -> Option<&'a Sentence> {
        if index == self.index { Some(self.sentence) } else { self.told.get(index) }
    }

    /// Whether a word of this sentence is of an expression of time.
    pub(crate) fn is_time(&self, at: usize) -> bool {
        self.resolution.dates_in(self.index).iter().any(|date| date.tokens.contains(&at))
    }

    /// Whether a noun is for what no man sends: "a storm", but not "a storm of protest" or "a wave of attacks".
    pub(crate) fn is_nature(&self, noun: usize) -> bool {
        let sentence = self.sentence;
        token(sentence, noun).is_some_and(|t| self.book.is_natural_force(&lower(&t.lemma)))
            && sentence.dependents(noun, "nmod").all(|of| !has_case(sentence, of, "of"))
    }

    /// Whether a sentence is this one or one before it of the same item.
    pub(crate) fn is_told(&self, sentence: usize) -> bool {
        (self.from..=self.index).contains(&sentence)
    }

    /// Whom the noun phrase headed by `head` stands for in this role, each with the span and text of its mention.
    pub(crate) fn actors(&self, head: usize, role: SlotRole) -> Vec<Actor> {
        self.actors_for(head, role, Reach::Owner)
    }

    /// The same, with the actor as far from the phrase as `reach` allows.
    pub(crate) fn actors_for(&self, head: usize, role: SlotRole, reach: Reach) -> Vec<Actor> {
        if let Some(given) = self.given {
            return self.given_actors(given, head);
        }
        let mut found: Vec<Actor> = Vec::new();
        let mut first: Option<String> = None;
        let head = self.named(name_head(self.sentence, antecedent(self.sentence, head)));
        let mut all = told_members(self.sentence, head);
        for at in all.clone() {
            all.extend(included(self.sentence, at));
        }
        for member in all {
            for mut actor in
                self.actors_of_one(member, role, if reach == Reach::Itself { DEEPEST } else { 0 })
            {
                // "El Salvador's police and army" are both its own.
                let serves = matches!(
                    actor.sector,
                    Some(Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Spy)
                );
                if actor.code.is_none() && serves {
                    actor.code.clone_from(&first);
                }
                if member == head && self.has_owner(head) {
                    first.clone_from(&actor.code);
                }
                if !found.iter().any(|other| same_party(other, &actor)) {
                    found.push(actor);
                }
            }
        }
        if found.is_empty() && role == SlotRole::Recipient {
            found.extend(self.fellows(head));
        }
        if found.is_empty() && reach == Reach::Place && role == SlotRole::Recipient {
            found.extend(self.land(head));
        }
        found
    }

    /// "Arrested a Togolese spy and deported two others": those of the kind to which the verb before was done.
    fn fellows(&self, head: usize) -> Vec<Actor> {
        let sentence = self.sentence;
        let rest = || {
            let word = token(sentence, head).filter(|t| t.relation() == "obj")?;
            let verb = token(sentence, word.head?).filter(|t| t.relation() == "conj")?;
            let before = patient(sentence, verb.head?).filter(|&other| other < head)?;
            let bare = sentence.children(head).iter().all(|&c| {
                token(sentence, c).is_some_and(|t| {
                    matches!(t.relation(), "nummod" | "det" | "advmod" | "amod" | "punct")
                })
            });
            let counts = self.book.is_rest(&lower(&word.lemma));
            (bare && counts).then_some((before, word.span))
        };
        let Some((before, span)) = rest() else { return Vec::new() };
        let mention = self.resolution.mention_at(self.index, before);
        let known = mention.map(known).unwrap_or_default();
        meant_by(known.iter().filter(|a| a.code.is_some()), "others", Some(span))
    }

    /// "Lee, the deputy minister, who met Roth": a noun inside the words of a name stands for that name, as those who are counted do for
    /// their number.
    fn named(&self, noun: usize) -> usize {
        let word = token(self.sentence, noun);
        let inside = word.filter(|t| {
            t.relation() == "appos"
                || (t.relation() == "nmod"
                    && t.head
                        .and_then(|count| token(self.sentence, count))
                        .is_some_and(|count| is_count(&count.lemma)))
        });
        let name = inside.and_then(|t| t.head).filter(|&name| {
            self.resolution.mention_at(self.index, noun).is_none()
                && self
                    .resolution
                    .mention_at(self.index, name)
                    .is_some_and(|m| m.tokens.contains(&noun))
        });
        name.unwrap_or(noun)
    }

    fn actors_of_one(&self, head: usize, role: SlotRole, depth: u32) -> Vec<Actor> {
        if role != SlotRole::Recipient
            && let Some(makers) = self.makers(head)
        {
            return makers;
        }
        if let Some(doers) = self.responsible(head) {
            return doers;
        }
        if let Some(parties) = joint_body(self, head) {
            return parties;
        }
        for at in [head, content_noun(self.book, self.sentence, head)] {
            if let Some(mention) = self.resolution.mention_at(self.index, at) {
                let found = pair(self, mention).unwrap_or_else(|| known(mention));
                if let Some(doers) = self.doers_told(at, &found) {
                    return doers;
                }
                if let Some(from) = self.origins(at, &found) {
                    return from;
                }
                if !found.is_empty() {
                    return found;
                }
                // An unresolved pronoun stands for somebody, and nobody else.
                if mention.kind == MentionKind::Pronoun {
                    return Vec::new();
                }
            }
        }
        if depth >= DEEPEST {
            return Vec::new();
        }
        if let Some(speaker) = self.speaker_as_it(head) {
            return self.actors_of_one(speaker, role, DEEPEST);
        }
        let found = self.bearers(head, role, depth);
        if !found.is_empty() || role == SlotRole::Actor {
            return found;
        }
        // Nobody's own act is what he speaks of as "the attack".
        let speaker: Vec<Actor> = token(self.sentence, head)
            .and_then(|word| word.head)
            .and_then(|verb| subject(self.sentence, verb))
            .and_then(|subject| self.resolution.mention_at(self.index, subject))
            .map(known)
            .unwrap_or_default();
        if let Some(said) = self.said_before(head, &speaker) {
            return said;
        }
        self.book.acts.doers(self.sentence, self.index, head, self.acts, &speaker, None)
    }

    /// "It foresees the return of refugees": of an accord told of before, it is who made it that bind themselves so.
    fn makers(&self, head: usize) -> Option<Vec<Actor>> {
        let sentence = self.sentence;
        let word = token(sentence, head).filter(|t| {
            t.relation() == "nsubj" && matches!(lower(&t.form).as_ref(), "it" | "they")
        })?;
        let verb = token(sentence, word.head?)?;
        let sets_out = self.book.is_setting_out(&lower(&verb.lemma));
        if !sets_out || self.given.is_some() {
            return None;
        }
        let by = |actors: &[Actor]| -> Vec<Actor> {
            let known = actors.iter().filter(|a| a.code.is_some());
            meant_by(known, "author", Some(word.span))
        };
        let near = |sentence: usize| sentence < self.index && sentence + 2 >= self.index;
        let deal = self.acts.iter().rev().find(|act| act.mutual && near(act.sentence));
        let deal = deal.map(|act| by(&act.actors)).filter(|makers| !makers.is_empty());
        let things = self.resolution.mentions.iter().rev().filter(|m| {
            m.category == Category::Thing && near(m.sentence) && self.is_told(m.sentence)
        });
        deal.or_else(|| things.map(|m| by(&m.actors)).find(|makers| !makers.is_empty()))
    }

    /// "Those responsible": who used force in what was told last.
    fn responsible(&self, head: usize) -> Option<Vec<Actor>> {
        let word = token(self.sentence, head).filter(|t| lower(&t.form) == "those")?;
        let alone = token(self.sentence, head + 1)
            .is_some_and(|t| matches!(t.form.as_str(), "responsible" | "behind"))
            && token(self.sentence, head + 2).is_none_or(|t| t.form != "for");
        if !alone || self.given.is_some() {
            return None;
        }
        let acts = self.acts.iter().rev().filter(|act| act.kind == "ASSAULT");
        let doers = acts.map(|act| &act.actors).find(|actors| !actors.is_empty())?;
        Some(meant_by(doers, "act", Some(word.span)))
    }

    /// "The attackers", of whom nothing is known but that: who did what was told of.
    fn doers_told(&self, head: usize, found: &[Actor]) -> Option<Vec<Actor>> {
        let word = token(self.sentence, head)?;
        let known = found.iter().any(|actor| actor.code.is_some());
        if known || self.given.is_some() || !self.book.is_doer_of_force(&lower(&word.lemma)) {
            return None;
        }
        let acts = &self.book.acts;
        let doers = acts.doers(self.sentence, self.index, head, self.acts, &[], Some(false));
        doers.iter().any(|actor| actor.code.is_some()).then_some(doers)
    }

    /// "Condemned the remarks": who said the last that was said, if that was not the one who condemns them.
    pub(crate) fn said_before(&self, noun: usize, own: &[Actor]) -> Option<Vec<Actor>> {
        let sentence = self.sentence;
        let word = token(sentence, noun)?;
        // "His words": of what is said in words the form tells, and not the lemma.
        let speech = [&word.lemma, &word.form].iter().any(|w| self.book.is_said_noun(&lower(w)));
        let definite = sentence.dependents(noun, "det").any(|c| {
            token(sentence, c).is_some_and(|t| {
                matches!(lower(&t.form).as_ref(), "the" | "this" | "that" | "these" | "those")
            })
        });
        let alone = ["nmod", "acl", "compound", "appos"]
            .iter()
            .all(|relation| sentence.dependents(noun, relation).next().is_none());
        if !speech || !definite || !alone || self.given.is_some() {
            return None;
        }
        let first = self.index.saturating_sub(3).max(self.from);
        (first..self.index).rev().find_map(|index| {
            let said = self.speaker_of(index, own)?;
            // What was coded since then is told of rather.
            let since = self.acts.iter().any(|act| {
                act.sentence > index && matches!(act.kind.as_str(), "ACCUSE" | "THREATEN")
            });
            (!since).then(|| meant_by(&said, "author", Some(word.span)))
        })
    }

    /// Who says something in a sentence before, if it is somebody else.
    fn speaker_of(&self, index: usize, own: &[Actor]) -> Option<Vec<Actor>> {
        let sentence = self.told.get(index)?;
        let speaks = |&verb: &usize| {
            token(sentence, verb).is_some_and(|t| {
                let lemma = lower(&t.lemma);
                t.upos == Upos::Verb
                    && self.knowledge.words.cue_at(&[lemma.as_ref()]).is_some_and(|(_, cue)| {
                        matches!(
                            cue.kind,
                            CueKind::Say | CueKind::Accuse | CueKind::Deny | CueKind::Ask
                        )
                    })
            })
        };
        let root = sentence.root().filter(speaks);
        let others = (0..sentence.tokens.len()).rev().filter(speaks);
        root.into_iter().chain(others).find_map(|verb| {
            let speaker = subject(sentence, verb)?;
            let mention = self.resolution.mention_at(index, speaker)?;
            let actors: Vec<Actor> =
                known(mention).into_iter().filter(|a| a.code.is_some()).collect();
            let other = actors.iter().all(|a| own.iter().all(|o| !same_side(o, a)));
            (other && !actors.is_empty()).then_some(actors)
        })
    }

    /// "Mediators from Russia and France": whose they are, where their own words tell only what they are. Refugees are no longer of
    /// the state that they come from.
    fn origins(&self, head: usize, found: &[Actor]) -> Option<Vec<Actor>> {
        let [what] = found else { return None };
        if what.code.is_some()
            || matches!(what.sector, Some(Sector::Ref | Sector::Cvl))
            || self.given.is_some()
        {
            return None;
        }
        let states: Vec<Actor> = governed_by(self.sentence, head, "from")
            .flat_map(|np| members(self.sentence, np))
            .filter_map(|np| self.resolution.mention_at(self.index, np))
            .filter(|m| m.category == Category::Country)
            .flat_map(|m| &m.actors)
            .filter(|a| a.code.is_some())
            .map(|a| Actor { code: a.code.clone(), ..what.clone() })
            .collect();
        (!states.is_empty()).then_some(states)
    }

    /// Whether the words of the phrase at a noun name whose it is: "El Salvador's police".
    fn has_owner(&self, noun: usize) -> bool {
        self.resolution.mention_at(self.index, noun).is_some_and(|m| says_whose(self, m))
    }

    /// "Armenia said it was ready": the "it" that a parser takes for an empty one is who speaks.
    fn speaker_as_it(&self, head: usize) -> Option<usize> {
        let sentence = self.sentence;
        let word = token(sentence, head).filter(|t| lower(&t.lemma) == "it")?;
        let verb = word.head.filter(|_| word.relation() == "nsubj")?;
        let clause = token(sentence, verb).filter(|t| t.relation() == "ccomp")?;
        subject(sentence, clause.head?).filter(|&speaker| speaker != head)
    }

    /// Whether a phrase is a place in the country of who does it: what is done "in the capital" is done to nobody there.
    pub(crate) fn is_own_land(&self, phrase: usize, doer: usize) -> bool {
        if self.given.is_some() {
            return false;
        }
        let place = self
            .resolution
            .places
            .iter()
            .find(|p| p.sentence == self.index && !p.dateline && p.head == phrase);
        let Some(country) = place.and_then(|p| p.place.country.as_deref()) else { return false };
        self.actors(doer, SlotRole::Actor).iter().any(|a| a.code.as_deref() == Some(country))
    }

    /// The people that a bare number counts, "thousands", "40", and a person of whom no more is said than the name.
    pub(crate) fn people(&self, head: usize) -> Option<Actor> {
        let sentence = self.sentence;
        let word = token(sentence, head).filter(|_| self.given.is_none())?;
        if let Some(mention) = self.resolution.mention_at(self.index, head)
            && mention.kind == MentionKind::Name
            && mention.category == Category::Person
            && let [actor] = mention.actors.as_slice()
            && actor.code.is_none()
            && actor.sector.is_none()
        {
            return Some(Actor {
                sector: Some(Sector::Cvl),
                span: Some(mention.span),
                ..actor.clone()
            });
        }
        let counts = word.upos == Upos::Num
            || matches!(
                word.lemma.as_str(),
                "ten" | "hundred" | "thousand" | "dozen" | "score" | "crowd"
            );
        let bare = sentence.children(head).iter().all(|&c| {
            token(sentence, c).is_some_and(|t| {
                // "Tens of thousands"
                let number = || matches!(t.lemma.as_str(), "thousand" | "hundred" | "dozen");
                !matches!(t.relation(), "nmod" | "compound" | "flat" | "appos")
                    || (t.relation() == "nmod" && number()) && t.upos != Upos::Sym
            })
        });
        (counts && bare && !self.is_time(head)).then(|| Actor {
            sector: Some(Sector::Cvl),
            span: Some(word.span),
            ..Actor::default()
        })
    }

    /// The country of the place that the phrase is, or that it lies in.
    fn land(&self, head: usize) -> Option<Actor> {
        let sentence = self.sentence;
        token(sentence, head).filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn))?;
        let here = |p: &&detente_resolve::PlaceMention| {
            !p.dateline
                && (p.head == head
                    || token(sentence, p.head).is_some_and(|t| {
                        t.head == Some(head)
                            && matches!(t.relation(), "nmod" | "compound" | "appos")
                    }))
        };
        let place = self.resolution.places_in(self.index).iter().find(here)?;
        Some(Actor {
            code: Some(place.place.country.clone()?),
            via: Some("place".to_owned()),
            span: Some(place.span),
            ..Actor::default()
        })
    }

    /// Whose policy, statement or attack a noun is.
    fn bearers(&self, head: usize, role: SlotRole, depth: u32) -> Vec<Actor> {
        let sentence = self.sentence;
        let Some(word) = token(sentence, head) else { return Vec::new() };
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj | Upos::Verb) {
            return Vec::new();
        }
        // "His release", "the killing of nurses": whose it is, did not do it.
        let of = governed_by(sentence, head, "of").next().is_some();
        let undergone = role != SlotRole::Actor && self.book.is_undergone(&lower(&word.lemma));
        for &child in sentence.children(head) {
            let Some(owner) = token(sentence, child) else { continue };
            if undergone && owner.deprel == "nmod:poss" && !of {
                continue;
            }
            let before =
                child < head && matches!(owner.relation(), "nmod" | "amod" | "compound" | "obl");
            if owner.deprel == "nmod:poss" || before {
                if let Some(mention) = self.resolution.mention_at(self.index, child) {
                    let mut found = known(mention);
                    if !found.is_empty() {
                        // "French and German jets"
                        for fellow in members(sentence, child).into_iter().filter(|&c| c > child) {
                            let other = self.resolution.mention_at(self.index, fellow);
                            for actor in other.map(known).unwrap_or_default() {
                                if !found.iter().any(|known| known.code == actor.code) {
                                    found.push(actor);
                                }
                            }
                        }
                        return found;
                    }
                } else if owner.deprel == "nmod:poss" {
                    let found = self.actors_of_one(child, role, depth + 1);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
        }
        // "a Philippine supply boat": the adjective may hang on another modifier.
        for &child in sentence.children(head).iter().filter(|&&c| c < head) {
            if token(sentence, child).is_some_and(|t| t.relation() == "compound") {
                let inner = sentence.children(child).iter().find_map(|&c| {
                    let mention = self.resolution.mention_at(self.index, c)?;
                    Some(known(mention)).filter(|found| !found.is_empty())
                });
                if let Some(found) = inner {
                    return found;
                }
            }
        }
        let keepers = self.keepers(head, role, depth);
        if !keepers.is_empty() {
            return keepers;
        }
        let prepositions: &[&str] = match role {
            SlotRole::Actor => &["by", "from"],
            SlotRole::Recipient | SlotRole::Parties => &["by", "of", "from"],
        };
        for preposition in prepositions {
            let harmed =
                || role == SlotRole::Recipient && self.book.is_suffered(&lower(&word.lemma));
            if *preposition == "of" && (undergone || (harmed())) {
                continue;
            }
            for owner in governed_by(sentence, head, preposition) {
                let found: Vec<Actor> = members(sentence, owner)
                    .into_iter()
                    .flat_map(|member| self.actors_of_one(member, role, depth + 1))
                    .collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// "A Brazilian-owned mine", "fields run by Petrobras", "a yacht belonging to a Russian": whose a thing is.
    fn keepers(&self, head: usize, role: SlotRole, depth: u32) -> Vec<Actor> {
        let sentence = self.sentence;
        for &child in sentence.children(head) {
            let Some(word) = token(sentence, child) else { continue };
            if !self.book.is_keeping(&lower(&word.lemma)) {
                continue;
            }
            let found: Vec<Actor> = match word.relation() {
                "amod" if child < head => {
                    let words = sentence.children(child).iter().copied();
                    let known: Vec<Actor> = words
                        .clone()
                        .filter_map(|c| self.resolution.mention_at(self.index, c))
                        .flat_map(known)
                        .collect();
                    // "The rebel-held town"
                    if known.is_empty() && role == SlotRole::Recipient {
                        words.filter_map(|c| self.fighters(c)).collect()
                    } else {
                        known
                    }
                }
                "acl" if child > head => ["by", "to"]
                    .iter()
                    .flat_map(|preposition| governed_by(sentence, child, preposition))
                    .flat_map(|owner| members(sentence, owner))
                    .flat_map(|owner| self.actors_of_one(owner, role, depth + 1))
                    .collect(),
                _ => Vec::new(),
            };
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Those in arms whom a noun that is no mention of its own tells: "rebel" in "rebel-held".
    fn fighters(&self, noun: usize) -> Option<Actor> {
        let word = token(self.sentence, noun).filter(|t| t.upos == Upos::Noun)?;
        let lemma = lower(&word.lemma);
        let (_, found) = self.knowledge.actors.sector_word(&[lemma.as_ref()])?;
        let armed = matches!(found.sector, Sector::Reb | Sector::Par | Sector::Ter);
        let (sector, span) = (Some(found.sector), Some(word.span));
        armed.then(|| Actor { sector, span, ..Actor::default() })
    }

    fn given_actors(&self, given: &Given, head: usize) -> Vec<Actor> {
        let sentence = self.sentence;
        let stand_in = |code: &str| Actor { code: Some(code.to_owned()), ..Actor::default() };
        let mut found = Vec::new();
        let head = antecedent(sentence, head);
        for (flags, code) in [(&given.source, SOURCE), (&given.target, TARGET)] {
            let at = |index: usize| flags.get(index).copied().unwrap_or(false);
            // The phrase's own head, a member of its list, or anything that it owns or that owns it.
            let direct = members(sentence, head).into_iter().any(at)
                || at(content_noun(self.book, sentence, head));
            let below = || {
                (0..flags.len()).any(|index| {
                    at(index)
                        && is_below(sentence, index, head)
                        && !crosses_clause(sentence, index, head)
                })
            };
            if direct || below() {
                found.push(stand_in(code));
            }
        }
        // "The rebels said they will free him": nothing resolves a pronoun here, and the source is
        // the likelier antecedent.
        let is_pronoun = token(sentence, head).is_some_and(|t| {
            t.upos == Upos::Pron && matches!(t.lemma.as_str(), "it" | "he" | "she" | "they" | "who")
        });
        if found.is_empty() && is_pronoun && given.source.iter().take(head).any(|&f| f) {
            found.push(stand_in(SOURCE));
        }
        // A phrase that holds both parties is neither, unless it is a list of them.
        if found.len() == 2
            && !members(sentence, head).into_iter().any(|m| given.target.get(m) == Some(&true))
        {
            found.truncate(usize::from(given.source.get(head) == Some(&true)));
        }
        if found.is_empty() && given.lenient {
            found.push(Actor { span: token(sentence, head).map(|t| t.span), ..stand_in(OTHER) });
        }
        found
    }

    /// Whether the words of a party are a mention of this sentence that `fits`.
    pub(crate) fn is_mentioned(&self, party: &Actor, fits: impl Fn(&Mention) -> bool) -> bool {
        party.span.is_some_and(|span| {
            self.resolution.mentions_in(self.index).iter().any(|m| m.span == span && fits(m))
        })
    }

    /// Whether the words of a party name a place.
    pub(crate) fn is_place(&self, party: &Actor) -> bool {
        party.span.is_some_and(|span| {
            self.resolution.places_in(self.index).iter().any(|p| p.span == span)
        })
    }

    /// Whether the sectors of the actors found allow this rule.
    pub(crate) fn allows(&self, wanted: &[Sector], found: &[Actor]) -> bool {
        // Nothing is known of the sectors of given parties.
        if wanted.is_empty() || self.given.is_some() {
            return true;
        }
        // "The United States and its allies will demonstrate that …": where a government is among them, it is no crowd.
        let governs = |a: &Actor| a.code.is_some() && a.sector == Some(Sector::Gov);
        // "The two Koreas" act by their governments.
        let state = |a: &Actor| {
            wanted.contains(&Sector::Gov)
                && a.sector.is_none()
                && a.code.is_some()
                && a.via.as_deref() != Some("place")
                && self.is_mentioned(a, |m| m.category == Category::Country)
        };
        // "Sent home 100,000 Ethiopians": people of a state are citizens.
        let citizens = |a: &Actor| {
            wanted.contains(&Sector::Cvl)
                && a.sector.is_none()
                && a.code.is_some()
                && self.is_mentioned(a, |m| {
                    m.category == Category::Nationality && m.kind != MentionKind::Modifier
                })
        };
        let fits = |a: &Actor| {
            wanted.contains(&a.sector.unwrap_or(Sector::Unk)) || state(a) || citizens(a)
        };
        found.iter().any(fits) && (wanted.contains(&Sector::Gov) || !found.iter().any(governs))
    }
}

/// These parties as a word stands for them that was read this way.
pub(crate) fn meant_by<'a>(
    parties: impl IntoIterator<Item = &'a Actor>,
    via: &str,
    span: Option<Span>,
) -> Vec<Actor> {
    let parties = parties.into_iter();
    parties.map(|a| Actor { via: Some(via.to_owned()), span, ..a.clone() }).collect()
}

/// "Several states, including Norway and Chad": those whom a phrase names of the many that it stands for.
fn included(sentence: &Sentence, noun: usize) -> Vec<usize> {
    let named = |&at: &usize| {
        at > noun
            && sentence.children(at).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    t.relation() == "case" && t.form.eq_ignore_ascii_case("including")
                })
            })
    };
    let phrases = sentence.dependents(noun, "nmod").filter(named);
    phrases.flat_map(|at| members(sentence, at)).collect()
}

/// Whether a verb stands between `inner` and `outer`.
fn crosses_clause(sentence: &Sentence, inner: usize, outer: usize) -> bool {
    let mut at = inner;
    for _ in 0..16 {
        if at == outer {
            return false;
        }
        let Some(word) = token(sentence, at) else { return true };
        if matches!(word.relation(), "acl" | "advcl" | "ccomp" | "parataxis" | "csubj") {
            return true;
        }
        match word.head {
            Some(up) => at = up,
            None => return true,
        }
    }
    true
}

/// The actors of a mention that are known by code or at least by sector, with the mention's span.
fn known(mention: &Mention) -> Vec<Actor> {
    mention
        .actors
        .iter()
        .filter(|actor| actor.code.is_some() || actor.sector.is_some())
        .cloned()
        .map(|mut actor| {
            actor.span.get_or_insert(mention.span);
            actor
        })
        .collect()
}

/// What the matcher asks of the noun phrases around a pattern.
impl Scene<'_> {
    /// Whether the noun phrase headed by this token names someone who can fill the role.
    pub(crate) fn can_fill(&self, head: usize, role: SlotRole, reach: Reach) -> bool {
        let known = self.counted.borrow().get(&(head, role, reach)).copied();
        let found = known.unwrap_or_else(|| {
            let count = self.actors_for(head, role, reach).len();
            self.counted.borrow_mut().insert((head, role, reach), count);
            count
        });
        // One party alone meets nobody; `relate` may have been given only one of them.
        found > usize::from(role == SlotRole::Parties && self.given.is_none())
    }

    /// Whether this token, before a noun, names an actor: the "U.S." of "the U.S. visit".
    pub(crate) fn is_modifier(&self, at: usize) -> bool {
        if let Some(given) = self.given {
            return given.source.get(at) == Some(&true) || given.target.get(at) == Some(&true);
        }
        self.resolution.mention_at(self.index, at).is_some_and(|m| !known(m).is_empty())
    }

    /// Whether the lemma is a verb that only carries a noun: "pay" in "paid a visit".
    pub(crate) fn is_light(&self, lemma: &str) -> bool {
        // Operators carry nouns as well: "rejected talks with" has its actor as subject.
        self.book.is_light(lemma) || !self.book.operators(lemma).is_empty()
    }
}

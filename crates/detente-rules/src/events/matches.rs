//! Where patterns hold, and whom the phrases in them stand for.
//!
//! In goes a sentence, out comes every match with its parties: "Wang accused the U.S." is one of `accuse.accuse` with `CHN` and `USA`. A match
//! whose parties the rule does not allow, or in which nobody acts on anybody else, is none.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, Mark, Need, Rule, SlotRole, Told};
use detente_parse::Upos;
use detente_resolve::{Category, MentionKind};

use super::chosen::link_below;
use super::same::{by_act, is_hostile, same_person};
use super::telling::is_relief;
use super::{Found, Notes};
use crate::dealings;
use crate::doers::{agents, banishers, noun_doers};
use crate::facing::NEAR;
use crate::form::is_wanted;
use crate::grammar::{dependent, fellow_subject, has_case, is_below, patient, token};
use crate::matcher::{Binding, Kinds, Matcher, Miss, lower};
use crate::rulebook::{Compiled, Reach};
use crate::scene::Scene;
use crate::struck::owners;
use crate::whose::mention_of;

/// Every pattern that holds somewhere in the sentence.
pub(super) fn all_matches<'k>(scene: &Scene<'k>, notes: &mut Notes<'k>) -> Vec<Found<'k>> {
    let mut found = Vec::new();
    let met = scene.book.wanted.met(scene.sentence);
    for (head, word) in scene.sentence.tokens.iter().enumerate() {
        if word.upos == Upos::Punct {
            continue;
        }
        let mut kinds = None;
        for own in scene.book.candidates(&lower(&word.lemma)) {
            let kinds = *kinds.get_or_insert_with(|| Kinds::of(scene.sentence, head));
            let Some(&first) = own.first().filter(|first| kinds.may_head(first.kind)) else {
                continue;
            };
            // What a pattern lacks is told where it is asked for.
            if !notes.asked && !own.iter().any(|one| met.all(one.wants)) {
                continue;
            }
            let Some(compiled) = scene.book.pattern(first) else { continue };
            let Some(rule) = scene.knowledge.rules.get(compiled.rule) else { continue };
            match (Matcher { scene, compiled }).matches(head, kinds, own) {
                Ok(binding) => match parties(scene, rule, compiled, binding, head) {
                    Ok(one) => found.push(one),
                    Err(why) => notes.note(rule, compiled.pattern, head, why),
                },
                Err(Miss::Head) => {}
                Err(miss) => notes.miss(rule, compiled.pattern, head, miss),
            }
        }
    }
    found
}

/// Looks up whom the bound noun phrases stand for, and whether the rule allows them.
fn parties<'k>(
    scene: &Scene<'_>,
    rule: &'k Rule,
    compiled: &Compiled,
    binding: Binding,
    head: usize,
) -> Result<Found<'k>, &'static str> {
    let mut sides = Sides {
        scene,
        rule,
        compiled,
        head,
        binding,
        actors: Vec::new(),
        recipients: Vec::new(),
        owned: false,
        at_home: false,
    };
    sides.bind();
    sides.ask_dealings()?;
    sides.ask_earlier_acts();
    sides.ask_other_words();
    sides.count_people();
    sides.leave_out_hearers()?;
    sides.allowed()?;
    let mutual = sides.is_mutual();
    sides.leave_out_land(mutual);
    if !mutual {
        sides.leave_out_doers();
    }
    sides.acts_on_others()?;
    sides.exchange();
    let score = sides.score();
    let Sides { binding, actors, recipients, .. } = sides;
    Ok(Found { rule, pattern: compiled.pattern, head, binding, actors, recipients, score })
}

/// The two sides of a match while they are found.
struct Sides<'s, 'k> {
    scene: &'s Scene<'s>,
    rule: &'k Rule,
    compiled: &'s Compiled,
    head: usize,
    binding: Binding,
    actors: Vec<Actor>,
    recipients: Vec<Actor>,
    /// Whose the thing is did it: "U.N. sanctions were suspended".
    owned: bool,
    /// It is done in one's own land, to nobody: "travelled to Lyon".
    at_home: bool,
}

impl Sides<'_, '_> {
    /// The text is read, and nobody has asked for one relation of given parties.
    fn is_text(&self) -> bool {
        self.scene.given.is_none()
    }

    fn kind(&self) -> &str {
        &self.rule.kind
    }

    /// Those for whom the bound phrases stand.
    fn bind(&mut self) {
        let (scene, head, reach) = (self.scene, self.head, self.compiled.reach);
        if let Some(np) = self.binding.parties {
            self.actors = scene.actors_for(np, SlotRole::Parties, reach);
        }
        if let Some(np) = self.binding.actor {
            self.actors.extend(scene.actors_for(np, SlotRole::Actor, reach));
        }
        if let Some(np) = self.binding.actor.or(self.binding.parties) {
            let fellow = fellow_subject(scene.sentence, np).filter(|_| {
                let verb = token(scene.sentence, np).and_then(|word| word.head);
                verb.is_some_and(|v| v == head || link_below(scene.sentence, head, v).is_some())
            });
            let fellows = fellow.into_iter();
            self.actors.extend(fellows.flat_map(|np| scene.actors_for(np, SlotRole::Actor, reach)));
        }
        // "Israeli jets", "a Taliban bomb": whose the thing is, did it.
        if let Some(np) = self.binding.thing {
            self.actors.extend(scene.actors_for(np, SlotRole::Actor, reach));
        }
        if let Some(np) = self.binding.recipient {
            let reach = if self.binding.by_place { Reach::Place } else { reach };
            self.recipients = scene.actors_for(np, SlotRole::Recipient, reach);
            self.hit_owners(np);
        }
    }

    /// "Overran a camp near the Ecuadorean border" is no more in that land than on this side of it: whose is what is hit?
    fn hit_owners(&mut self, np: usize) {
        let scene = self.scene;
        let edge = token(scene.sentence, np)
            .is_some_and(|t| scene.book.is_border(&lower(&t.lemma)))
            && patient(scene.sentence, self.head) != Some(np);
        if self.kind() == "ASSAULT"
            && self.is_text()
            && (edge || self.recipients.iter().all(|r| is_land(scene, r)))
        {
            let owners = owners(scene, self.head, np, &self.actors);
            if edge || !owners.is_empty() {
                self.recipients = owners;
            }
        }
    }

    /// "The talks resumed", "the request was turned down": whose they are, the story tells.
    fn ask_dealings(&mut self) -> Result<(), &'static str> {
        let Some(told) = self.compiled.told else { return Ok(()) };
        let whose = dealings::whose(self.scene, self.compiled, &self.binding, self.head);
        let (at, whose) =
            whose.filter(|_| self.is_text()).ok_or("the story does not tell whose it is")?;
        if told == Told::Parties {
            self.binding.parties = Some(at);
            self.actors = whose;
        } else {
            self.recipients = whose;
        }
        Ok(())
    }

    /// Those whom a noun for an earlier act stands for.
    fn ask_earlier_acts(&mut self) {
        let (scene, head) = (self.scene, self.head);
        let acts = &scene.book.acts;
        // "Praised the decision" is said of another decision than "condemned the decision".
        if matches!(self.kind(), "SUPPORT" | "ACCUSE")
            && let Some(noun) = by_act(scene, &self.recipients)
        {
            let friendly = Some(self.kind() == "SUPPORT");
            let told = scene.acts;
            self.recipients =
                acts.doers(scene.sentence, scene.index, noun, told, &self.actors, friendly);
        }
        // "Claimed responsibility for the attack": it was done to whom the attack hit.
        if self.kind() == "ASSAULT"
            && self.recipients.is_empty()
            && self.binding.recipient.is_none()
            && self.is_text()
        {
            let nouns = self.binding.triggers.iter().filter(|&&noun| noun != head);
            let mut hit = nouns
                .copied()
                .find_map(|noun| {
                    acts.act(scene.sentence, scene.index, noun, scene.acts, &[], Some(false))
                })
                .map(|act| act.recipients.clone())
                .unwrap_or_default();
            let span = token(scene.sentence, head).map(|t| t.span);
            for recipient in &mut hit {
                recipient.via = Some("act".to_owned());
                recipient.span = span;
            }
            self.recipients = hit;
        }
    }

    /// Those who do it by other words than the actor's.
    fn ask_other_words(&mut self) {
        let (scene, rule, head) = (self.scene, self.rule, self.head);
        if self.actors.is_empty()
            && self.binding.actor.is_none()
            && self.is_text()
            && self.compiled.told.is_none()
        {
            if rule.kind == "ASSAULT" {
                self.actors = noun_doers(scene, head, self.binding.thing);
            }
            if self.actors.is_empty() {
                self.actors = agents(scene, rule, head, &self.binding.triggers);
            }
            if self.actors.is_empty() {
                let undergo = std::mem::take(&mut self.recipients);
                (self.actors, self.recipients) = banishers(scene, rule, head, undergo);
            }
        }
        // "U.N. sanctions were suspended": whose they were, did it.
        if matches!(rule.kind.as_str(), "CONCEDE" | "SANCTION")
            && self.actors.is_empty()
            && self.binding.actor.is_none()
            && self.is_text()
            && let Some(np) = self.binding.recipient
            && let Some(thing) = patient(scene.sentence, head)
            && scene.resolution.mention_at(scene.index, thing).is_none()
            && (np == thing
                || (np < thing && token(scene.sentence, np).is_some_and(|t| t.head == Some(thing))))
        {
            self.actors = std::mem::take(&mut self.recipients);
            self.owned = true;
        }
    }

    /// "40 were arrested", "riots broke out": people of whom no more is said.
    fn count_people(&mut self) {
        let scene = self.scene;
        if self.compiled.counts_people {
            if self.actors.is_empty() {
                self.actors.extend(self.binding.actor.and_then(|np| scene.people(np)));
            }
            if self.recipients.is_empty() {
                self.recipients.extend(self.binding.recipient.and_then(|np| scene.people(np)));
            }
        }
        // "Riots broke out": whose they are not said to be, they are the people's.
        if self.kind() == "PROTEST" && self.actors.is_empty() && self.is_text() {
            let told = self.binding.thing.unwrap_or(self.head);
            self.actors.push(Actor {
                sector: Some(Sector::Cvl),
                span: token(scene.sentence, told).map(|t| t.span),
                ..Actor::default()
            });
        }
    }

    /// Leaves out who only hears a complaint, and who is to undergo what is asked for.
    fn leave_out_hearers(&mut self) -> Result<(), &'static str> {
        // "Complained to the United Nations about the raids": a body of states only hears it, and the story tells who is meant.
        if self.kind() == "ACCUSE"
            && self.is_text()
            && let Some(np) = self.binding.recipient
            && is_forum(self.scene, np, &self.recipients)
        {
            self.recipients.clear();
            self.binding.other = Some(np);
        }
        // "Rejected sanctions against Chad": who would suffer them is not rejected, but whose they are.
        if self.is_text()
            && let Some(np) = self.binding.recipient
            && let Some(harm) =
                harm_to(self.scene, np, &self.binding.triggers).or_else(|| harm_at(self.scene, np))
            && is_turned_down(self.scene, self.kind(), harm)
        {
            self.recipients = harm_owners(self.scene, harm, &self.actors);
            self.binding.other = self.recipients.is_empty().then_some(np);
        }
        // "Called for the president to be put back": who undergoes it is not asked for it.
        if self.kind() == "REQUEST"
            && self.is_text()
            && self.binding.recipient.is_some_and(|np| undergoes(self.scene, np, self.head))
        {
            self.recipients.clear();
            if self.compiled.needs_recipient {
                return Err("who is to undergo it is not asked");
            }
        }
        Ok(())
    }

    /// Whether the rule allows these parties.
    fn allowed(&self) -> Result<(), &'static str> {
        let (scene, need, compiled) = (self.scene, &self.rule.need, self.compiled);
        let unnamed = self.actors.is_empty() && !compiled.has_actor;
        if !unnamed && !scene.allows(&need.actor, &self.actors) {
            return Err("the actor's sector is not one that the rule needs");
        }
        let unnamed = self.recipients.is_empty() && !compiled.has_recipient;
        if !unnamed
            && (!scene.allows(&need.recipient, &self.recipients)
                || (!need.recipient.is_empty() && self.recipients.is_empty()))
        {
            return Err("the recipient's sector is not one that the rule needs");
        }
        if need.no_recipient && !self.recipients.is_empty() {
            return Err("the rule needs that nobody is the recipient");
        }
        if self.is_text() && self.rule.is(Mark::Advance) && is_for_drill(scene, self.head) {
            return Err("an exercise, and no attack");
        }
        if self.is_text() && self.rule.is(Mark::Advance) && self.is_no_advance() {
            return Err("no forces, or their own land");
        }
        if self.is_text() && is_deep_inside(scene, self.rule, &self.binding, &self.actors) {
            return Err("whose the call is, it is done to");
        }
        Ok(())
    }

    /// "Tanks rolled into the centre", "lorries crossed into Chad": those of the state whose land it is, and vehicles of nobody in arms.
    fn is_no_advance(&self) -> bool {
        let scene = self.scene;
        let own = |r: &Actor| self.actors.iter().any(|a| a.code.is_some() && a.code == r.code);
        let home = self.binding.thing.is_some()
            && !self.recipients.is_empty()
            && self.recipients.iter().all(own);
        let vehicle = self.binding.actor.is_some_and(|at| {
            token(scene.sentence, at).is_some_and(|t| scene.book.is_carrier(&lower(&t.lemma)))
        });
        let unarmed = vehicle && self.actors.iter().all(|a| a.sector.is_none());
        home || (unarmed && !is_relief(scene, &self.binding, self.head))
    }

    /// "Accused each other"
    fn is_mutual(&self) -> bool {
        self.actors.len() > 1
            && !self.recipients.is_empty()
            && self.recipients.iter().all(|r| r.via.as_deref() == Some("each other"))
    }

    /// Whether the recipient stands behind one of these prepositions.
    fn is_behind(&self, words: &[&str]) -> bool {
        let sentence = self.scene.sentence;
        self.binding
            .recipient
            .is_some_and(|np| words.iter().any(|word| has_case(sentence, np, word)))
    }

    /// Leaves out the land where it is done, as far as it is done to nobody there.
    fn leave_out_land(&mut self, mutual: bool) {
        let scene = self.scene;
        if !self.is_text() {
            return;
        }
        let on_land = self.is_behind(&LAND);
        // Troops are sent to a place, or near or against somebody; whose land it is, is no recipient, nor are they themselves.
        if self.kind() == "MOBILIZE" && !mutual {
            let near = self.is_behind(&NEAR);
            let country = self.binding.recipient.is_some_and(|np| {
                scene
                    .resolution
                    .mention_at(scene.index, np)
                    .is_none_or(|m| m.category == Category::Country)
            });
            let actors = &self.actors;
            self.recipients.retain(|r| {
                (near || !((on_land && country) || is_land(scene, r)))
                    && !actors.iter().any(|a| a.code == r.code)
            });
        }
        let actors = &self.actors;
        let abroad = |r: &Actor| !is_land(scene, r) || !actors.iter().any(|a| a.code == r.code);
        // "Declared a curfew in the capital": one's own land is where it holds.
        if on_land && !self.compiled.harms {
            self.recipients.retain(abroad);
        }
        // "Travelled to Lyon": one's own land is no host, and nobody is there whom one leaves.
        if matches!(self.rule.kind.as_str(), "CONSULT" | "RETREAT" | "COERCE") {
            let some = !self.recipients.is_empty();
            self.recipients.retain(abroad);
            self.at_home = some && self.recipients.is_empty() && self.rule.kind != "CONSULT";
        }
    }

    /// Nobody acts on himself: the second mention of the same party is a slip of reference.
    fn leave_out_doers(&mut self) {
        let (scene, rule, actors) = (self.scene, self.rule, &self.actors);
        let within = |r: &Actor| match rule.kind.as_str() {
            "SANCTION" | "COERCE" | "ASSAULT" | "REQUEST" => true,
            // "Accused her deputy"
            "ACCUSE" => mention_of(scene, r).is_some_and(|m| {
                m.category == Category::Person
                    && token(scene.sentence, m.head).is_some_and(|t| t.xpos == "NN")
            }),
            _ => false,
        };
        let some = !self.recipients.is_empty();
        self.recipients.retain(|r| !actors.iter().any(|a| same_person(a, r, within(r))));
        // "We must protect America," he said: of his own side he asks nothing.
        if rule.kind == "REQUEST" {
            self.recipients.retain(|r| {
                !(is_own_voice(r) && actors.iter().any(|a| a.code.is_some() && a.code == r.code))
            });
        }
        // "Xi said that China and the U.S. should": of the states that are named beside each other the own is no other.
        if self.recipients.len() > 1 {
            let own = |r: &Actor| actors.iter().any(|a| a.code == r.code);
            let state = |r: &Actor| is_state_name(scene, r);
            if self.recipients.iter().any(|r| !own(r) && state(r)) {
                self.recipients.retain(|r| !(own(r) && state(r)));
            }
        }
        if some
            && self.recipients.is_empty()
            && self.is_text()
            && let Some(np) = self.binding.recipient
            && let Some(others) = somebody_else(scene, rule, np, actors)
        {
            self.binding.other = others.is_empty().then_some(np);
            self.recipients = others;
        }
    }

    /// Whether there is somebody left on whom it is done, if there must be.
    fn acts_on_others(&mut self) -> Result<(), &'static str> {
        // "Brought its soldiers home": who withdraws withdraws from somebody else.
        if self.kind() == "RETREAT" {
            let actors = &self.actors;
            self.recipients.retain(|r| {
                !(r.sector == Some(Sector::Mil)
                    && actors.iter().any(|a| a.code.is_some() && a.code == r.code))
            });
        }
        if is_hostile(self.kind()) && is_reflexive(self.scene, self.head) {
            return Err("done to oneself");
        }
        if self.kind() == "REQUEST" && insists_on_fact(self.scene, self.head) {
            return Err("a fact that is insisted on");
        }
        if self.compiled.needs_recipient
            && self.recipients.is_empty()
            && !self.owned
            && !self.at_home
            && self.binding.other.is_none()
        {
            return Err("actor and recipient are the same");
        }
        if self.rule.reciprocal && self.is_text() && self.actors.len() + self.recipients.len() < 2 {
            return Err("a reciprocal act needs two parties");
        }
        Ok(())
    }

    /// "Exchanged fire with Indian forces": both sides shot.
    fn exchange(&mut self) {
        let exchange = self.kind() == "ASSAULT"
            && self.is_text()
            && self.binding.parties.is_none()
            && !self.actors.is_empty()
            && !self.recipients.is_empty()
            && token(self.scene.sentence, self.head)
                .is_some_and(|t| self.scene.book.is_exchanging(&t.lemma));
        if exchange {
            self.binding.parties = self.binding.actor;
            self.actors.append(&mut self.recipients);
        }
    }

    /// How well the pattern fits: by its words, and by the parties that it has.
    fn score(&self) -> i64 {
        let binding = &self.binding;
        binding.triggers.len() as i64 * 4
            + i64::from(!self.recipients.is_empty() || self.owned) * 3
            + i64::from(binding.parties.is_some()) * 3
            + i64::from(binding.actor.is_some()) * 2
            - i64::from(binding.loose) * 2
            - i64::from(binding.light.is_some())
            // Sectors of given parties are not known, so a rule that asks for some speaks last.
            - i64::from(!self.is_text() && self.rule.need != Need::default())
    }
}

/// "Crossed into Peru for an exercise"
fn is_for_drill(scene: &Scene<'_>, head: usize) -> bool {
    let sentence = scene.sentence;
    (head + 1..sentence.tokens.len()).any(|at| {
        token(sentence, at).is_some_and(|t| scene.book.is_drill(&lower(&t.lemma)))
            && ["for", "in", "during"].iter().any(|case| has_case(sentence, at, case))
            && is_below(sentence, at, head)
    })
}

/// "Rejected U.S. calls for the withdrawal of Syrian troops": the call is refused to whose it is, or to nobody told of here, and not to
/// who is deep inside what is called for.
fn is_deep_inside(scene: &Scene<'_>, rule: &Rule, binding: &Binding, actors: &[Actor]) -> bool {
    let sentence = scene.sentence;
    let Some(np) = binding.recipient.filter(|_| rule.kind == "REJECT") else { return false };
    // The phrase below the call in which the party stands.
    let mut phrase = np;
    let mut call = token(sentence, np).and_then(|t| t.head);
    while let Some(up) = call
        && !binding.triggers.contains(&up)
        && token(sentence, up).is_some_and(|t| t.upos == Upos::Noun && t.relation() == "nmod")
    {
        (phrase, call) = (up, token(sentence, up).and_then(|t| t.head));
    }
    // The phrase may hang on the verb beside the call.
    let beside = || {
        let mut nouns = binding.triggers.iter().copied().filter(|&t| t < phrase);
        nouns.next_back().filter(|&t| token(sentence, t).is_some_and(|t| t.upos == Upos::Noun))
    };
    let noun = call.filter(|&t| token(sentence, t).is_some_and(|t| t.upos == Upos::Noun));
    let Some(call) = noun.or_else(beside) else { return false };
    let called = binding.triggers.contains(&call)
        && token(sentence, call)
            .is_some_and(|t| t.upos == Upos::Noun && scene.book.is_appeal(&t.lemma));
    if !called || !has_case(sentence, phrase, "for") {
        return false;
    }
    let owner = sentence.children(call).iter().copied().any(|c| {
        c < call
            && token(sentence, c).is_some_and(|t| {
                t.deprel == "nmod:poss" || matches!(t.relation(), "amod" | "compound" | "nmod")
            })
            && scene
                .actors_for(c, SlotRole::Recipient, Reach::Itself)
                .iter()
                .any(|a| a.code.is_some() && actors.iter().all(|doer| doer.code != a.code))
    });
    owner || phrase != np || scene.resolution.mention_at(scene.index, np).is_none()
}

/// Whether a complaint is only brought before those for whom a phrase stands: a body of states, but not one that acts as a state does.
fn is_forum(scene: &Scene<'_>, np: usize, heard: &[Actor]) -> bool {
    let body = |a: &Actor| {
        a.code.as_deref().is_some_and(|code| code != "EUU")
            && matches!(a.sector, Some(Sector::Igo))
            && a.code
                .as_deref()
                .and_then(|code| scene.knowledge.actors.entity(code))
                .is_some_and(|e| e.kind == EntityKind::Organisation)
    };
    ["to", "with", "before"].iter().any(|case| has_case(scene.sentence, np, case))
        && !heard.is_empty()
        && heard.iter().all(body)
}

/// The noun of harm that a phrase suffers: "sanctions" of "rejected sanctions against Chad", "opposed a plan for a boycott of Chad".
fn harm_to(scene: &Scene<'_>, np: usize, triggers: &[usize]) -> Option<usize> {
    let sentence = scene.sentence;
    let harms = |at: usize| {
        token(sentence, at).is_some_and(|t| {
            let lemma = lower(&t.lemma);
            let against = || ["on", "against", "upon"].iter().any(|c| has_case(sentence, np, c));
            t.upos == Upos::Noun
                && ((scene.book.is_harm(&lemma) && against())
                    || (scene.book.is_harm_of(&lemma) && has_case(sentence, np, "of")))
        })
    };
    let above = token(sentence, np)?.head?;
    if token(sentence, above).is_some_and(|t| t.upos == Upos::Noun) {
        return harms(above).then_some(above);
    }
    // The phrase may hang on the verb beside the noun.
    let before = triggers.iter().copied().filter(|&t| t < np).max()?;
    harms(before).then_some(before)
}

/// "Rejected a boycott of Chad": the noun itself, where somebody hangs on it who would suffer it.
fn harm_at(scene: &Scene<'_>, noun: usize) -> Option<usize> {
    let mut phrases = scene.sentence.children(noun).iter().copied();
    phrases.any(|np| np > noun && harm_to(scene, np, &[]) == Some(noun)).then_some(noun)
}

/// Whether an act of a type is against the harm itself: "rejected sanctions", "spoke out against sanctions", but not "demanded sanctions".
fn is_turned_down(scene: &Scene<'_>, kind: &str, harm: usize) -> bool {
    kind == "REJECT" || (kind == "ACCUSE" && has_case(scene.sentence, harm, "against"))
}

/// The harm to somebody that an act is against, where its rule has looked for nobody else: "rejected sanctions against Chad".
pub(crate) fn harm_turned_down(scene: &Scene<'_>, found: &Found<'_>) -> Option<usize> {
    let sentence = scene.sentence;
    let kind = found.rule.kind.as_str();
    let triggers = &found.binding.triggers;
    let near = triggers.iter().chain(std::iter::once(&found.head)).flat_map(|&at| {
        sentence.children(at).iter().copied().filter(|&c| {
            token(sentence, c).is_some_and(|t| matches!(t.relation(), "obj" | "obl" | "nmod"))
        })
    });
    let nouns: Vec<usize> = near.chain(triggers.iter().copied()).collect();
    let suffered = |&noun: &usize| {
        harm_at(scene, noun).is_some()
            || sentence.children(found.head).iter().any(|&np| {
                np > noun && np != found.head && harm_to(scene, np, &[noun]) == Some(noun)
            })
    };
    nouns.into_iter().find(|noun| suffered(noun) && is_turned_down(scene, kind, *noun))
}

/// Whose a harm is: "E.U. sanctions", "sanctions by Oslo".
pub(crate) fn harm_owners(scene: &Scene<'_>, harm: usize, actors: &[Actor]) -> Vec<Actor> {
    let sentence = scene.sentence;
    let owns = |c: usize| {
        token(sentence, c).is_some_and(|t| {
            let before = c < harm && matches!(t.relation(), "nmod" | "amod" | "compound");
            before
                || matches!(t.relation(), "nmod" | "obl")
                    && ["by", "from"].iter().any(|case| has_case(sentence, c, case))
        })
    };
    let known = |c: usize| -> Vec<Actor> {
        let all = scene.actors_for(c, SlotRole::Recipient, Reach::Itself).into_iter();
        all.filter(|a| a.code.is_some() && actors.iter().all(|doer| doer.code != a.code)).collect()
    };
    let owners = sentence.children(harm).iter().copied().filter(|&c| owns(c)).map(known);
    owners.into_iter().find(|owner| !owner.is_empty()).unwrap_or_default()
}

/// Whether something is to be done to whom a phrase of a request stands for: "called for the army to be brought in", "demanded the release of
/// the nurses".
fn undergoes(scene: &Scene<'_>, np: usize, head: usize) -> bool {
    let sentence = scene.sentence;
    let Some(word) = token(sentence, np) else { return false };
    let Some(mention) = scene.resolution.mention_at(scene.index, np) else { return false };
    // A politician is held by his own state.
    let held = mention.category == Category::Person && word.xpos != "NNS";
    let Some(above) = word.head else { return false };
    let passive = |verb: usize| {
        token(sentence, verb)
            .is_some_and(|t| t.xpos == "VBN" && !(held && scene.book.is_letting_go(&t.lemma)))
            && sentence
                .dependents(verb, "aux:pass")
                .any(|c| token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("be")))
    };
    let freed = || {
        !held
            && mention.category != Category::Thing
            && has_case(sentence, np, "of")
            && token(sentence, above)
                .is_some_and(|t| t.upos == Upos::Noun && scene.book.is_undergone(&lower(&t.lemma)))
    };
    // "Wants the bill's authors tried"
    let wanted = || {
        !held
            && token(sentence, head).is_some_and(|t| scene.book.is_wanting(&t.lemma))
            && above == head
            && word.relation() == "obj"
            && sentence.dependents(head, "xcomp").any(|verb| {
                verb > np
                    && token(sentence, verb).is_some_and(|t| t.xpos == "VBN")
                    && !has_case(sentence, verb, "to")
            })
    };
    let mut near = sentence.children(np).iter().chain(sentence.children(head)).copied();
    freed()
        || wanted()
        || (above != head && word.relation() == "nsubj" && passive(above))
        || (has_case(sentence, np, "for")
            && near.any(|verb| verb > np && passive(verb) && has_case(sentence, verb, "to")))
}

/// "Rang her to thank her", "thanked its allies", "broke with Oslo and expelled its envoy": who else is meant where a phrase seems to stand
/// for the doer. Nobody where the story must tell; none where it may well be the doer.
fn somebody_else(
    scene: &Scene<'_>,
    rule: &Rule,
    np: usize,
    actors: &[Actor],
) -> Option<Vec<Actor>> {
    let sentence = scene.sentence;
    let word = token(sentence, np)?;
    let lemma = lower(&word.lemma);
    let pronoun =
        word.xpos == "PRP" && matches!(lower(&word.form).as_ref(), "him" | "her" | "them" | "it");
    let owned = sentence
        .dependents(np, "nmod:poss")
        .any(|c| token(sentence, c).is_some_and(|t| t.upos == Upos::Pron));
    let opposed = owned && scene.book.is_opposed(&lemma);
    let envoy = owned && rule.modes.iter().any(|m| m == "expel");
    if !(pronoun || opposed || envoy) {
        return None;
    }
    // The nearest party named before that has nothing of the doer.
    let mentions = scene.resolution.mentions_in(scene.index);
    let other = |a: &Actor| a.code.is_some() && actors.iter().all(|doer| doer.code != a.code);
    let here = mentions.iter().rev().find(|m| {
        m.head < np
            && m.category != Category::Thing
            && !m.actors.is_empty()
            && m.actors.iter().all(other)
    });
    let meant = |a: &Actor| {
        let via = Some("counterpart".to_owned());
        Actor { via, span: Some(word.span), ..a.clone() }
    };
    Some(here.map(|m| m.actors.iter().map(meant).collect()).unwrap_or_default())
}

/// "Killed themselves": whether the verb's object is the doer again.
fn is_reflexive(scene: &Scene<'_>, verb: usize) -> bool {
    scene.sentence.dependents(verb, "obj").any(|object| {
        token(scene.sentence, object).is_some_and(|t| {
            t.upos == Upos::Pron && (t.form.ends_with("self") || t.form.ends_with("selves"))
        })
    })
}

/// Prepositions after which a place is where something happens.
const LAND: [&str; 10] =
    ["in", "at", "into", "across", "throughout", "through", "over", "near", "to", "from"];

/// Whether a party is known by a place alone.
pub(super) fn is_land(scene: &Scene<'_>, party: &Actor) -> bool {
    if party.sector.is_some_and(|sector| sector != Sector::Gov) {
        return false;
    }
    // "Soldiers in Mali arrested the president": a person whose state the place tells is no land.
    let person = || {
        mention_of(scene, party)
            .is_some_and(|m| matches!(m.category, Category::Person | Category::People))
    };
    (party.via.as_deref() == Some("place") && !person()) || scene.is_place(party)
}

/// Whether a party is told by the name of a state.
fn is_state_name(scene: &Scene<'_>, party: &Actor) -> bool {
    party.code.is_some()
        && scene.is_mentioned(party, |mention| {
            mention.kind == MentionKind::Name && mention.category == Category::Country
        })
}

/// "Insisted that its aircraft had stayed at sea": what was, and not what is to be.
fn insists_on_fact(scene: &Scene<'_>, head: usize) -> bool {
    let sentence = scene.sentence;
    let lemma = |at: usize| token(sentence, at).map(|word| lower(&word.lemma)).unwrap_or_default();
    lemma(head) == "insist"
        && dependent(sentence, head, "ccomp").is_some_and(|clause| {
            !is_wanted(sentence, clause) && !matches!(lemma(clause).as_ref(), "have" | "need")
        })
}

/// Whether the party's words are "we" or "I".
fn is_own_voice(party: &Actor) -> bool {
    let words = ["i", "me", "we", "us", "ourselves"];
    party.text.as_deref().is_some_and(|text| words.contains(&text.to_lowercase().as_str()))
}

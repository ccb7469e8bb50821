//! Tree and pattern → where the pattern holds and which noun phrases fill its roles.
//!
//! `A hold @talks with B` on "Envoys from Oslo, who held a new round of talks in Cairo with rebel
//! leaders, left": the head is *held*, its subject is read through the relative clause (*Envoys*), its object through
//! the measure (*round of talks*), and *with* is looked for on the verb and on its object alike,
//! since parsers attach such phrases to either.

use std::fmt;

use detente_knowledge::{Effect, Filler, Link, Phrase, PhraseKind, Slot, SlotRole, Word};
use detente_parse::{Sentence, Upos};
use detente_resolve::Category;

use crate::dealings::{is_thing_told, is_without_doer};
use crate::form::{has_mark, has_no, is_future, negated};
use crate::grammar::{
    content_noun, dependent, governed_by, has_case, indirect, is_below, is_count, is_limiting,
    is_passive, members, patient, subject, token,
};
use crate::rulebook::{Candidate, Compiled, Reach, first_lemma, is_torn};
use crate::scene::Scene;

/// Nouns that measure time.
const TIMES: [&str; 8] = ["second", "minute", "hour", "day", "night", "week", "month", "year"];

/// Where a pattern holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Binding {
    /// Head of the noun phrase in `A`.
    pub(crate) actor: Option<usize>,
    /// Head of the noun phrase in `B`.
    pub(crate) recipient: Option<usize>,
    /// Head of the noun phrase in `AB`.
    pub(crate) parties: Option<usize>,
    /// The thing that does it: "bomb" in "a bomb killed".
    pub(crate) thing: Option<usize>,
    /// Tokens that the pattern's own words matched.
    pub(crate) triggers: Vec<usize>,
    /// The verb that carries a noun trigger: "paid" in "paid a visit".
    pub(crate) light: Option<usize>,
    /// The recipient stands after a preposition of place, so that a place may fill it.
    pub(crate) by_place: bool,
    /// A recipient that is somebody else than who its words seemed to be: the story tells who.
    pub(crate) other: Option<usize>,
    /// Slots filled from somewhere else than straight below their head.
    pub(crate) loose: u32,
}

impl Binding {
    fn holds(&self, token: usize) -> bool {
        self.actor == Some(token) || self.recipient == Some(token) || self.parties == Some(token)
    }

    fn bind(&mut self, role: SlotRole, head: usize) {
        match role {
            SlotRole::Actor => self.actor = Some(head),
            SlotRole::Recipient => self.recipient = Some(head),
            SlotRole::Parties => self.parties = Some(head),
        }
    }
}

/// Why a pattern did not hold.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Miss<'b> {
    /// The line is for a passive, and the verb has a subject that acts.
    Voice,
    /// Its head is another word.
    Head,
    /// Nothing fills this slot.
    Slot(&'b Slot),
    /// The verb has an object that the pattern has no place for.
    Object,
    /// The verb has a particle that the pattern does not name.
    Particle,
}

/// What sorts of phrase a word can head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kinds {
    verb: bool,
    noun: bool,
    predicate: bool,
}

impl Kinds {
    /// Of the token.
    pub(crate) fn of(sentence: &Sentence, at: usize) -> Self {
        let Some(word) = token(sentence, at) else {
            return Self { verb: false, noun: false, predicate: false };
        };
        // "A promising start": a participle before its noun tells no act.
        let verb = (matches!(word.upos, Upos::Verb | Upos::Aux)
            || (word.xpos.starts_with('V') && word.upos != Upos::Noun))
            && !(word.xpos == "VBG" && is_before_noun(sentence, at));
        let noun = matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym)
            || word.xpos.starts_with("NN")
            || (word.xpos == "VBG"
                && matches!(
                    word.relation(),
                    "obj" | "nsubj" | "obl" | "nmod" | "conj" | "compound"
                ))
            || word.upos == Upos::Adj
                && matches!(word.relation(), "obj" | "nsubj" | "obl" | "nmod" | "xcomp");
        let predicate = dependent(sentence, at, "cop").is_some()
            || matches!(word.relation(), "xcomp" | "acl" | "conj" | "appos" | "advcl" | "amod")
                && matches!(word.upos, Upos::Adj | Upos::Verb)
            || dependent(sentence, at, "aux:pass").is_some()
            || (word.upos == Upos::Adj && word.head.is_none());
        Self { verb, noun, predicate }
    }

    /// Whether it may head phrases of a sort; of predicates some can be headed by any word.
    pub(crate) fn may_head(self, kind: PhraseKind) -> bool {
        match kind {
            PhraseKind::Verb => self.verb,
            PhraseKind::Noun => self.noun,
            PhraseKind::Predicate => true,
        }
    }

    /// Whether it can head this one.
    fn head(self, phrase: &Phrase) -> bool {
        match phrase.kind {
            PhraseKind::Verb => self.verb,
            PhraseKind::Noun => self.noun,
            PhraseKind::Predicate => {
                self.predicate || phrase.slots.iter().any(|slot| slot.link == Link::Case)
            }
        }
    }
}

/// Whether a word, or the first of its list, modifies a noun after it.
fn is_before_noun(sentence: &Sentence, at: usize) -> bool {
    let before = |at: usize| {
        token(sentence, at)
            .is_some_and(|t| t.relation() == "amod" && t.head.is_some_and(|noun| noun > at))
    };
    before(at)
        || token(sentence, at).is_some_and(|t| t.relation() == "conj" && t.head.is_some_and(before))
}

/// Holds one pattern against one sentence.
pub(crate) struct Matcher<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) compiled: &'a Compiled,
}

impl<'a> Matcher<'a> {
    /// Whether the pattern holds with its head at `at`. `kinds` is what the word there can head, and `own` are the words of the phrase
    /// that it may be.
    ///
    /// # Errors
    /// What was missing first.
    pub(crate) fn matches(
        &self,
        at: usize,
        kinds: Kinds,
        own: &[Candidate],
    ) -> Result<Binding, Miss<'a>> {
        let phrase = &self.compiled.phrase;
        let mut binding = Binding::default();
        if !kinds.head(phrase) {
            return Err(Miss::Head);
        }
        if own.first().is_some_and(|first| first.plain) {
            binding.triggers.push(at);
        } else if !self.one_of(self.compiled.words(own), phrase.kind, at, &mut binding) {
            return Err(Miss::Head);
        }
        if needs_passive(phrase, self.compiled.harms) && self.has_doer(at) {
            return Err(Miss::Voice);
        }
        // "The talks were held": a line for a thing alone is for no doer.
        let thing = self.compiled.told.is_some() && names_a_thing(phrase);
        if thing && !is_without_doer(self.scene, at) {
            return Err(Miss::Voice);
        }
        self.slots(phrase, at, &mut Vec::new(), &mut binding).map_err(Miss::Slot)?;
        // "Rebels burned the mosque" under a line for "the mosque was burned": who did it is said.
        if names_a_thing(phrase)
            && self.scene.given.is_none()
            && !is_passive(self.scene.sentence, at)
            && let Some(doer) = subject(self.scene.sentence, at)
            && !binding.holds(doer)
            && self.scene.can_fill(doer, SlotRole::Actor, self.compiled.reach)
        {
            binding.bind(SlotRole::Actor, doer);
            // A line that asks for the doer goes before.
            binding.loose += 1;
        }
        if self.leaves_an_object(phrase, at, &binding) {
            return Err(Miss::Object);
        }
        if binding.triggers.len() == 1 && self.leaves_a_particle(phrase, at, &binding) {
            return Err(Miss::Particle);
        }
        binding.triggers.sort_unstable();
        binding.triggers.dedup();
        Ok(binding)
    }

    fn has_doer(&self, verb: usize) -> bool {
        let sentence = self.scene.sentence;
        if is_passive(sentence, verb) {
            // "was led away by agents": the lines with a doer are for that.
            return subject(sentence, verb)
                .is_some_and(|doer| self.scene.can_fill(doer, SlotRole::Actor, Reach::Owner));
        }
        // "Marked the day by calling on his allies": whoever marks it calls.
        let gerund =
            token(sentence, verb).is_some_and(|t| t.xpos == "VBG" && t.relation() == "advcl");
        if gerund && subject(sentence, verb).is_some() {
            return true;
        }
        // "Met Deby and asked the rebels to stop": who asks somebody is told, be it before another verb.
        ["nsubj", "obj", "iobj"]
            .iter()
            .any(|relation| dependent(sentence, verb, relation).is_some())
    }

    /// Whether the verb has an object that the pattern has no place for: "fight the pandemic" is not
    /// what `AB fight` means.
    fn leaves_an_object(&self, phrase: &Phrase, at: usize, binding: &Binding) -> bool {
        phrase.kind == PhraseKind::Verb
            && !phrase
                .slots
                .iter()
                .any(|slot| matches!(slot.link, Link::Object | Link::IndirectObject | Link::Clause))
            && (self.leaves_a_clause(phrase, at)
                || self.scene.sentence.dependents(at, "obj").any(|object| {
                    !binding.triggers.contains(&object)
                        && !binding.holds(object)
                        && !self
                            .scene
                            .sentence
                            .children(object)
                            .iter()
                            .any(|c| binding.triggers.contains(c))
                        && !self.is_no_object(object)
                }))
    }

    /// "Fired up the crowd": with a particle that the pattern does not name, the verb is another one.
    fn leaves_a_particle(&self, phrase: &Phrase, at: usize, binding: &Binding) -> bool {
        let sentence = self.scene.sentence;
        phrase.kind == PhraseKind::Verb
            && sentence.children(at).iter().any(|c| {
                token(sentence, *c).is_some_and(|t| t.deprel == "compound:prt")
                    && !binding.triggers.contains(c)
            })
    }

    /// "Fought each other" and "resigned hours later": what stands like an object and is none.
    fn is_no_object(&self, at: usize) -> bool {
        self.scene.is_time(at)
            || token(self.scene.sentence, at).is_some_and(|t| match t.upos {
                Upos::Pron => {
                    !matches!(lower(&t.form).as_ref(), "him" | "her" | "them" | "us" | "me" | "you")
                }
                _ => TIMES.contains(&t.lemma.as_str()),
            })
    }

    /// "demonstrate that there are consequences" is no protest.
    fn leaves_a_clause(&self, phrase: &Phrase, at: usize) -> bool {
        let has_room = phrase
            .slots
            .iter()
            .any(|slot| matches!(slot.link, Link::Infinitive | Link::Preposition(_)));
        !has_room && self.scene.sentence.dependents(at, "ccomp").any(|clause| clause > at)
    }

    fn lemma(&self, at: usize) -> &str {
        token(self.scene.sentence, at).map_or("", |t| t.lemma.as_str())
    }

    fn head_matches(&self, phrase: &Phrase, at: usize, binding: &mut Binding) -> bool {
        let lemma = lower(self.lemma(at));
        let mut words = phrase.alternatives(&lemma).peekable();
        words.peek().is_some()
            && Kinds::of(self.scene.sentence, at).head(phrase)
            && self.one_of(words, phrase.kind, at, binding)
    }

    /// Whether one of these words stands at the token.
    fn one_of<'w>(
        &self,
        mut words: impl Iterator<Item = &'w Word>,
        kind: PhraseKind,
        at: usize,
        binding: &mut Binding,
    ) -> bool {
        let lemma = lower(self.lemma(at));
        words.any(|alternative| {
            let sequence = match alternative {
                Word::Any => return true,
                Word::Lemmas(sequence) => sequence,
                Word::Group(_) => return false,
            };
            let Some((first, rest)) = sequence.split_first() else { return false };
            // "car bomb" is found by its last word, "weapons of mass destruction" by its first.
            if (kind == PhraseKind::Noun || is_torn(alternative))
                && let Some((last, before)) = sequence.split_last()
                && *last == lemma
                && !before.is_empty()
                && self.stands_before(before, at)
            {
                binding.triggers.push(at);
                binding.triggers.extend(at - before.len()..at);
                return true;
            }
            if *first != lemma {
                return false;
            }
            if rest.is_empty() {
                binding.triggers.push(at);
                return true;
            }
            match self.rest_of_phrase(rest, at) {
                Some(found) => {
                    binding.triggers.push(at);
                    binding.triggers.extend(found);
                    true
                }
                None => false,
            }
        })
    }

    /// Whether these lemmas stand right before the token.
    fn stands_before(&self, lemmas: &[String], at: usize) -> bool {
        let Some(start) = at.checked_sub(lemmas.len()) else { return false };
        lemmas.iter().zip(start..at).all(|(lemma, t)| {
            token(self.scene.sentence, t).is_some_and(|word| lower(&word.lemma) == *lemma)
        })
    }

    /// The further words of a multi-word verb or noun, below the head or straight after it.
    fn rest_of_phrase(&self, rest: &[String], at: usize) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        let mut last = at;
        for lemma in rest {
            let below = |parent: usize| {
                self.scene.sentence.children(parent).iter().copied().find(|&c| {
                    c > last
                        && token(self.scene.sentence, c).is_some_and(|t| {
                            lower(&t.lemma) == *lemma || t.form.eq_ignore_ascii_case(lemma)
                        })
                })
            };
            let next = below(at)
                .or_else(|| {
                    self.scene
                        .sentence
                        .children(at)
                        .iter()
                        .copied()
                        .find_map(below)
                        .filter(|&c| c <= last + 4)
                })
                .or_else(|| found.last().copied().and_then(below))
                .or_else(|| {
                    token(self.scene.sentence, last + 1)
                        .is_some_and(|t| {
                            lower(&t.lemma) == *lemma || t.form.eq_ignore_ascii_case(lemma)
                        })
                        .then_some(last + 1)
                })?;
            found.push(next);
            last = next;
        }
        Some(found)
    }

    /// Fills the slots in order.
    ///
    /// # Errors
    /// The first slot that must be filled and is not.
    fn slots<'p>(
        &self,
        phrase: &'p Phrase,
        at: usize,
        anchors: &mut Vec<usize>,
        binding: &mut Binding,
    ) -> Result<(), &'p Slot> {
        for slot in &phrase.slots {
            if !self.slot(phrase, slot, at, anchors, binding) && !slot.optional {
                return Err(slot);
            }
        }
        Ok(())
    }

    /// "Told voters so, just as rivals repeated it": a clause that only stands beside what is told.
    fn is_beside(&self, clause: usize) -> bool {
        let sentence = self.scene.sentence;
        sentence.children(clause).iter().any(|&c| {
            token(sentence, c).is_some_and(|t| {
                matches!(t.relation(), "mark" | "advmod")
                    && matches!(
                        lower(&t.form).as_ref(),
                        "as" | "when"
                            | "while"
                            | "if"
                            | "because"
                            | "after"
                            | "before"
                            | "since"
                            | "until"
                            | "unless"
                            | "though"
                            | "although"
                            | "where"
                    )
            })
        })
    }

    /// "He is not only a liar": he is one.
    fn says_more(&self, clause: usize) -> bool {
        let sentence = self.scene.sentence;
        (0..sentence.tokens.len()).any(|at| {
            self.lemma(at) == "not"
                && is_below(sentence, at, clause)
                && is_limiting(sentence, at + 1)
        })
    }

    /// Fills one slot; where that fails, `binding` is as before.
    fn slot(
        &self,
        phrase: &Phrase,
        slot: &Slot,
        at: usize,
        anchors: &mut Vec<usize>,
        binding: &mut Binding,
    ) -> bool {
        let sentence = self.scene.sentence;
        match &slot.link {
            Link::Subject => {
                // "That Chile be punished": what the predicate is said of suffers it.
                let told_of = match phrase.kind {
                    PhraseKind::Predicate if is_passive(sentence, at) => patient(sentence, at),
                    _ => subject(sentence, at),
                };
                let Some(found) = told_of else {
                    // "Two airmen were killed": the text does not say by whom.
                    let unsaid = self.compiled.may_be_agentless
                        && self.scene.given.is_none()
                        && is_passive(sentence, at)
                        && (dependent(sentence, at, "nsubj:pass").is_some()
                            || is_headline(sentence, at)
                            || is_counted(sentence, at));
                    return unsaid && matches!(slot.filler, Filler::Role(SlotRole::Actor));
                };
                let filled = self.fill(&slot.filler, found, at, anchors, binding);
                if filled && matches!(slot.filler, Filler::Phrase(_)) {
                    binding.thing = Some(found);
                }
                filled
            }
            Link::Object => self
                .objects(at, binding)
                .into_iter()
                .any(|o| self.fill(&slot.filler, o, at, anchors, binding)),
            Link::IndirectObject => {
                let mut candidates: Vec<usize> = indirect(sentence, at).into_iter().collect();
                // "Georgia was granted a loan": of two objects the first is the passive's subject.
                if is_passive(sentence, at) && dependent(sentence, at, "obj").is_some() {
                    candidates.extend(dependent(sentence, at, "nsubj:pass"));
                }
                // "offered Sudan a loan" with both read as objects: the first is the indirect one.
                let objects: Vec<usize> = sentence.dependents(at, "obj").collect();
                if let [first, _, ..] = objects.as_slice() {
                    candidates.push(*first);
                }
                // "Called Oslo's move a provocation"
                if let [only] = objects.as_slice()
                    && let Some(before) = sentence.dependents(at, "xcomp").find(|&c| {
                        at < c
                            && c < *only
                            && token(sentence, c)
                                .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
                    })
                {
                    candidates.push(before);
                }
                // "Called the move illegal": what is called so stands before what it is called.
                if let [only] = objects.as_slice()
                    && sentence.dependents(at, "xcomp").any(|c| {
                        c > *only
                            && token(sentence, c)
                                .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Adj))
                    })
                {
                    candidates.push(*only);
                }
                // "Offered Haiti 20 million dollars", with the name taken for a part of what is given.
                if let Some(name) = self.name_after(at) {
                    candidates.push(name);
                }
                for preposition in ["to", "for"] {
                    candidates.extend(governed_by(sentence, at, preposition));
                }
                if let Some(object) = patient(sentence, at) {
                    for preposition in ["to", "for"] {
                        candidates.extend(governed_by(sentence, object, preposition));
                    }
                }
                candidates.into_iter().any(|c| self.fill(&slot.filler, c, at, anchors, binding))
            }
            Link::Preposition(words) => self.prepositional(words, slot, at, anchors, binding),
            Link::Infinitive => {
                let mut candidates = self.infinitives(at);
                if let Some(object) = patient(sentence, at) {
                    candidates.extend(self.infinitives(object));
                }
                if let Some(object) = indirect(sentence, at) {
                    candidates.extend(self.infinitives(object));
                }
                // "A study undertaken by Oslo": the participle hangs on what it is done to.
                candidates.retain(|&c| c != at);
                candidates.into_iter().any(|c| self.fill(&slot.filler, c, at, anchors, binding))
            }
            Link::Clause => {
                // "Said he is no liar" under a line for "said he is a liar".
                let said = match &slot.filler {
                    Filler::Phrase(phrase) => phrase.kind == PhraseKind::Predicate,
                    _ => false,
                };
                let refuses = |clause: usize| {
                    said && self.compiled.accuses
                        && (negated(sentence, clause) || has_no(sentence, clause))
                        && !self.says_more(clause)
                };
                let clauses: Vec<usize> = sentence
                    .dependents(at, "ccomp")
                    .flat_map(|c| std::iter::once(c).chain(self.held_likely(c)))
                    .flat_map(|c| std::iter::once(c).chain(sentence.dependents(c, "conj")))
                    .filter(|&clause| !refuses(clause))
                    .collect();
                clauses.into_iter().any(|c| self.fill(&slot.filler, c, at, anchors, binding))
            }
            Link::Particle => {
                let Filler::Phrase(word) = &slot.filler else { return false };
                let Some(wanted) = word.words.first().and_then(first_lemma) else { return false };
                let particle = |parent: usize| {
                    sentence.children(parent).iter().copied().find(|&c| {
                        token(sentence, c).is_some_and(|t| {
                            t.form.eq_ignore_ascii_case(wanted)
                                && matches!(
                                    t.relation(),
                                    "compound" | "advmod" | "case" | "obl" | "advcl" | "mark"
                                )
                        })
                    })
                };
                // "Let the man out" may hang its particle on the man; that of "let me help you out" is another verb's.
                let found = particle(at).or_else(|| {
                    sentence
                        .children(at)
                        .iter()
                        .copied()
                        .filter(|&c| token(sentence, c).is_some_and(|t| t.upos != Upos::Verb))
                        .find_map(particle)
                });
                binding.triggers.extend(found);
                found.is_some()
            }
            Link::Possessor => {
                let Filler::Role(role) = &slot.filler else { return false };
                let other_needs_of = phrase.slots.iter().any(|s| match &s.link {
                    Link::Preposition(words) => words.iter().any(|w| w == "of"),
                    _ => false,
                });
                self.possessor(*role, at, other_needs_of, binding)
            }
            Link::Modifier => {
                let Filler::Phrase(word) = &slot.filler else { return false };
                let found = sentence.children(at).iter().copied().find(|&c| {
                    token(sentence, c).is_some_and(|t| {
                        matches!(
                            t.relation(),
                            "amod" | "compound" | "nmod" | "acl" | "nummod" | "advmod" | "obl"
                        ) && c < at
                            && {
                                let lemma = lower(&t.lemma);
                                let is_it = |word: &Word| matches!(word, Word::Lemmas(own) if *own == [&*lemma]);
                                word.alternatives(&lemma).any(is_it)
                            }
                    })
                });
                binding.triggers.extend(found);
                found.is_some()
            }
            // "Is to join" and "is due to join" are as much of the future as "will join".
            Link::Auxiliary(words) => {
                sentence.children(at).iter().any(|&c| {
                    token(sentence, c).is_some_and(|t| {
                        t.relation() == "aux" && words.iter().any(|w| *w == lower(&t.lemma))
                    })
                }) || (words.iter().any(|w| w == "will")
                    && is_future(self.scene.book, sentence, at))
            }
            Link::Case => {
                let Filler::Phrase(word) = &slot.filler else { return false };
                word.words.first().and_then(first_lemma).is_some_and(|w| has_case(sentence, at, w))
            }
        }
    }

    /// What the verb is done to, and what the last word of a phrasal head governs ("call on B").
    fn objects(&self, at: usize, binding: &Binding) -> Vec<usize> {
        let sentence = self.scene.sentence;
        let mut found: Vec<usize> = Vec::new();
        for &trigger in &binding.triggers {
            if trigger == at {
                continue;
            }
            let Some(word) = token(sentence, trigger) else { continue };
            // "Drove the rebels out of Peru" drove out the rebels, and no Peru.
            let from = token(sentence, trigger + 1)
                .is_some_and(|of| of.lemma == "of" && of.head == word.head);
            if word.relation() == "case" && !from {
                found.extend(word.head);
            }
        }
        found.extend(patient(sentence, at));
        found.extend(sentence.dependents(at, "obj"));
        // "Called the move a provocation": whichever of the two the parser takes for the object.
        if self.scene.book.is_naming(self.lemma(at)) {
            found.extend(sentence.dependents(at, "xcomp").filter(|&c| {
                token(sentence, c)
                    .is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj))
            }));
        }
        found.extend(indirect(sentence, at));
        // "Condemned what it called dangerous behaviour", "condemned what Oslo did"
        if found.is_empty() {
            let what = |c: &usize| {
                sentence.children(*c).iter().any(|&w| {
                    token(sentence, w)
                        .is_some_and(|t| t.form.eq_ignore_ascii_case("what") && w > at)
                })
            };
            for clause in sentence.dependents(at, "ccomp").filter(what) {
                found.push(clause);
                found.extend(dependent(sentence, clause, "nsubj"));
            }
        }
        if found.is_empty() {
            // A name after a verb that the parser took for its complement.
            found.extend(sentence.dependents(at, "xcomp").filter(|&c| {
                token(sentence, c).is_some_and(|t| t.upos == Upos::Propn)
                    && dependent(sentence, c, "case").is_none()
            }));
        }
        if found.is_empty() {
            // "killed at least six people": the measure's preposition hides the object.
            found.extend(sentence.dependents(at, "obl").filter(|&c| {
                c > at
                    && token(sentence, c).is_some_and(|t| t.upos == Upos::Noun && t.deprel == "obl")
                    && dependent(sentence, c, "nummod").is_some()
                    && (dependent(sentence, c, "case").is_none()
                        || ["at", "up", "than"].iter().any(|w| has_case(sentence, c, w)))
            }));
            // "arrested 40": so may a bare number of people.
            found.extend(sentence.dependents(at, "obl").filter(|&c| {
                c > at
                    && self.compiled.counts_people
                    && dependent(sentence, c, "case").is_none()
                    && self.scene.people(c).is_some()
            }));
        }
        if found.is_empty() && binding.triggers.len() > 1 {
            // "called off their strike": after a particle the object may look like an oblique.
            found.extend(sentence.dependents(at, "obl").filter(|&c| {
                c > at
                    && token(sentence, c).is_some_and(|t| t.deprel == "obl")
                    && dependent(sentence, c, "case").is_none()
            }));
        }
        let mut seen = Vec::new();
        found.retain(|&o| {
            !seen.contains(&o) && {
                seen.push(o);
                true
            }
        });
        found
    }

    /// The name of a party right behind a verb, that the parser has made a part of the verb's object.
    fn name_after(&self, verb: usize) -> Option<usize> {
        let sentence = self.scene.sentence;
        let object = dependent(sentence, verb, "obj")?;
        let mention = self.scene.resolution.mention_at(self.scene.index, verb + 1)?;
        let name = token(sentence, verb + 1)?;
        let counted = sentence.children(object).iter().any(|&c| {
            token(sentence, c).is_some_and(|t| {
                c > verb + 1 && matches!(t.relation(), "nummod" | "det" | "compound" | "amod")
            })
        });
        (name.upos == Upos::Propn
            && mention.category == Category::Country
            && mention.tokens.start == verb + 1
            && object >= mention.tokens.end
            && is_below(sentence, verb + 1, object)
            && (counted || token(sentence, object).is_some_and(|t| t.xpos == "NNS")))
        .then_some(verb + 1)
    }

    /// "Said it was highly likely that Bern was behind it": under a line that accuses, the clause of what is held so likely.
    fn held_likely(&self, clause: usize) -> Option<usize> {
        let sentence = self.scene.sentence;
        let held = self.compiled.accuses
            && self.scene.given.is_none()
            && self.scene.book.is_likely(&lower(self.lemma(clause)))
            && dependent(sentence, clause, "cop").is_some()
            && !negated(sentence, clause);
        let inner = || ["ccomp", "csubj"].iter().find_map(|r| dependent(sentence, clause, r));
        if held { inner() } else { None }
    }

    fn infinitives(&self, at: usize) -> Vec<usize> {
        let sentence = self.scene.sentence;
        let mut found = Vec::new();
        for &child in sentence.children(at) {
            let Some(word) = token(sentence, child) else { continue };
            let relation_fits = matches!(word.relation(), "xcomp" | "ccomp" | "advcl" | "acl");
            let marked = match word.relation() {
                "advcl" | "acl" if self.scene.given.is_none() => {
                    child > at && !self.is_beside(child)
                }
                "ccomp" => has_case(sentence, child, "to"),
                _ => true,
            };
            if relation_fits
                && marked
                && word.deprel != "acl:relcl"
                && matches!(word.upos, Upos::Verb | Upos::Adj | Upos::Noun)
            {
                found.push(child);
                found.extend(sentence.dependents(child, "conj"));
            }
        }
        found
    }

    fn prepositional(
        &self,
        words: &[String],
        slot: &Slot,
        at: usize,
        anchors: &mut Vec<usize>,
        binding: &mut Binding,
    ) -> bool {
        let sentence = self.scene.sentence;
        let mut places: Vec<usize> = vec![at];
        // "part of its aid to Ethiopia": the phrase hangs on what is measured.
        places.extend(patient(sentence, at).map(|o| content_noun(self.scene.book, sentence, o)));
        places.extend(patient(sentence, at).into_iter().flat_map(|o| members(sentence, o)));
        places.extend(sentence.dependents(at, "obj"));
        // "Assured Tokyo of its loyalty"
        places.extend(indirect(sentence, at));
        // "in favour of B": the phrase hangs on a noun of the pattern.
        places.extend(binding.triggers.iter().copied().filter(|&t| t > at));
        // "Flights between A and B resumed"
        places.extend(binding.thing);
        for &anchor in anchors.iter().rev() {
            places.push(anchor);
            places.extend(sentence.dependents(anchor, "obj"));
        }
        // Phrases that hang on the noun's light verb: "paid a visit on Monday to Ankara".
        if let Some(word) = token(sentence, at) {
            if matches!(word.relation(), "obj" | "nsubj" | "obl" | "xcomp")
                && word.upos != Upos::Verb
            {
                places.extend(
                    word.head.filter(|&h| token(sentence, h).is_some_and(|t| t.upos == Upos::Verb)),
                );
            } else if word.relation() == "conj" {
                // "harm, attacks and threats against B"
                places.extend(sentence.dependents(at, "conj"));
            }
        }
        // "A pledge of two millions to Haiti", "the visit by Iran's president to Baghdad"
        if token(sentence, at).is_some_and(|t| t.upos == Upos::Noun) {
            for case in ["of", "by"] {
                places.extend(governed_by(sentence, at, case));
            }
        }
        let mut tried = Vec::new();
        for (rank, place) in places.into_iter().enumerate() {
            if tried.contains(&place) {
                continue;
            }
            tried.push(place);
            for word in words {
                let found: Vec<usize> = governed_by(sentence, place, word).collect();
                for candidate in found {
                    let here = matches!(slot.filler, Filler::Role(SlotRole::Recipient))
                        && !self.compiled.harms
                        && matches!(
                            word.as_str(),
                            "in" | "at" | "near" | "into" | "through" | "across"
                        )
                        && binding
                            .actor
                            .is_some_and(|doer| self.scene.is_own_land(candidate, doer));
                    // "Called him for the first time" asks for nothing.
                    let time = self.compiled.asks
                        && matches!(slot.filler, Filler::Any)
                        && (self.lemma(candidate) == "time" || self.is_no_object(candidate));
                    // "A demand to bar Kyiv from the alliance": what is to be done is no party.
                    let deed = matches!(slot.filler, Filler::Role(_))
                        && token(sentence, candidate)
                            .is_some_and(|t| t.upos == Upos::Verb && t.xpos == "VB")
                        && has_mark(sentence, candidate, "to");
                    if here || time || deed {
                        continue;
                    }
                    if self.fill(&slot.filler, candidate, at, anchors, binding) {
                        binding.loose += u32::from(rank > 2);
                        return true;
                    }
                    let by_place = self.compiled.takes_places
                        && (matches!(
                            word.as_str(),
                            "in" | "at" | "into" | "near" | "off" | "across"
                        ) || (word == "from" && self.compiled.leaves_places)
                            || (word == "of"
                                && self.compiled.leaves_places
                                && has_case(sentence, candidate, "out")))
                        && matches!(slot.filler, Filler::Role(SlotRole::Recipient))
                        && !binding.holds(candidate)
                        && self.scene.can_fill(candidate, SlotRole::Recipient, Reach::Place);
                    if by_place {
                        binding.bind(SlotRole::Recipient, candidate);
                        binding.by_place = true;
                        return true;
                    }
                }
                let thing = matches!(slot.filler, Filler::Any);
                if !thing && (word == "to" || word == "for") {
                    let other = indirect(sentence, place);
                    if let Some(other) = other
                        && self.fill(&slot.filler, other, at, anchors, binding)
                    {
                        return true;
                    }
                }
            }
        }
        // "The Saudi embassy" is the embassy of Saudi Arabia.
        if words.iter().any(|word| word == "of")
            && matches!(slot.filler, Filler::Role(SlotRole::Recipient))
        {
            let owned = binding.triggers.iter().copied().filter(|&t| t > at).collect::<Vec<_>>();
            for noun in owned {
                if self.compiled.asks
                    && self.scene.given.is_none()
                    && self.scene.book.is_undergone(&lower(self.lemma(noun)))
                {
                    continue;
                }
                let owner = sentence.children(noun).iter().copied().find(|&c| {
                    c < noun
                        && !binding.holds(c)
                        && token(sentence, c).is_some_and(|t| {
                            t.deprel == "nmod:poss"
                                || (matches!(t.relation(), "amod" | "compound" | "nmod")
                                    && self.scene.is_modifier(c))
                        })
                        && self.scene.can_fill(c, SlotRole::Recipient, self.compiled.reach)
                });
                // The whole phrase may be one party's already.
                let whole = || {
                    let seat = matches!(self.lemma(noun), "embassy" | "consulate")
                        && self.scene.is_modifier(noun);
                    // "Dismissed the charge": whose it was is told before.
                    let act = || {
                        self.compiled.reacts
                            && self.scene.book.acts.knows(&lower(self.lemma(noun)))
                            && self.scene.resolution.mention_at(self.scene.index, noun).is_none()
                            && self.scene.can_fill(noun, SlotRole::Recipient, self.compiled.reach)
                    };
                    (!binding.holds(noun) && (seat || act())).then_some(noun)
                };
                if let Some(owner) = owner.or_else(whole) {
                    binding.bind(SlotRole::Recipient, owner);
                    binding.loose += 1;
                    return true;
                }
            }
        }
        // A list whose last member carries the phrase for all: "talks and consultations with B".
        let list: Vec<usize> = sentence
            .dependents(at, "conj")
            .filter(|&c| dependent(sentence, c, "nsubj").is_none())
            .collect();
        for place in list {
            for word in words {
                let found: Vec<usize> = governed_by(sentence, place, word).collect();
                if found.into_iter().any(|c| self.fill(&slot.filler, c, at, anchors, binding)) {
                    binding.loose += 1;
                    return true;
                }
            }
        }
        false
    }

    fn possessor(
        &self,
        role: SlotRole,
        at: usize,
        of_is_taken: bool,
        binding: &mut Binding,
    ) -> bool {
        let sentence = self.scene.sentence;
        let mut candidates: Vec<usize> = Vec::new();
        candidates.extend(
            sentence
                .children(at)
                .iter()
                .copied()
                .filter(|&c| token(sentence, c).is_some_and(|t| t.deprel == "nmod:poss")),
        );
        candidates.extend(sentence.children(at).iter().copied().filter(|&c| {
            token(sentence, c)
                .is_some_and(|t| matches!(t.relation(), "amod" | "compound" | "nmod" | "obl"))
                && c < at
                && self.scene.is_modifier(c)
        }));
        let prepositions: &[&str] = match role {
            SlotRole::Actor => &["by", "from", "of"],
            SlotRole::Recipient => &["of", "on", "against"],
            SlotRole::Parties => &["between", "among", "of", "by"],
        };
        for preposition in prepositions {
            if *preposition == "of" && of_is_taken {
                continue;
            }
            candidates.extend(governed_by(sentence, at, preposition));
            // "The seizure of a tanker by Iran"
            if *preposition == "by" {
                for of in governed_by(sentence, at, "of") {
                    candidates.extend(governed_by(sentence, of, "by"));
                }
            }
        }
        for candidate in candidates {
            if !binding.holds(candidate)
                && self.scene.can_fill(candidate, role, self.compiled.reach)
            {
                binding.bind(role, candidate);
                return true;
            }
        }
        if role == SlotRole::Recipient {
            return false;
        }
        // "paid a visit", "is on a visit", "went on strike": the carrying verb's subject.
        let mut noun = at;
        for _ in 0..3 {
            let Some(word) = token(sentence, noun) else { return false };
            let Some(up) = word.head else {
                // "is on a visit": the noun is the predicate.
                return self.carried(role, noun, noun, binding);
            };
            match word.relation() {
                // "After the murder of two students, the president made a speech" tells nothing of who murdered them.
                "obl" if !self.compiled.is_attended && is_circumstance(sentence, noun) => {
                    return false;
                }
                // "Told the hall, to applause, that it was over": what one asks for stands behind other prepositions.
                "obl"
                    if !self.scene.book.is_light(&lower(self.lemma(up)))
                        && self
                            .scene
                            .book
                            .operators(&lower(self.lemma(up)))
                            .iter()
                            .any(|(_, e)| *e == Effect::Ask)
                        && ["to", "amid", "with", "over", "despite"]
                            .iter()
                            .any(|w| has_case(sentence, noun, w)) =>
                {
                    return false;
                }
                "obj" | "obl" | "xcomp"
                    if self.scene.is_light(&lower(self.lemma(up)))
                        && !(word.relation() == "obl"
                            && self.compiled.is_attended
                            && !self.scene.book.is_light(&lower(self.lemma(up)))
                            && !self
                                .scene
                                .book
                                .operators(&lower(self.lemma(up)))
                                .iter()
                                .any(|(_, e)| *e == Effect::Ask)
                            && ["during", "after", "following", "in", "at", "on", "before"]
                                .iter()
                                .any(|w| has_case(sentence, noun, w))) =>
                {
                    return self.carried(role, up, up, binding);
                }
                // "in talks with", "during a visit to": the clause's own subject is the doer; but not of the strike after
                // which an ambassador is summoned.
                "obl"
                    if self.compiled.is_attended
                        && ["during", "after", "following", "in", "at", "on", "before"]
                            .iter()
                            .any(|w| has_case(sentence, noun, w)) =>
                {
                    return self.carried(role, up, noun, binding);
                }
                "obl" if self.compiled.is_done_in && has_case(sentence, noun, "in") => {
                    return self.carried(role, up, noun, binding);
                }
                "conj" => noun = up,
                "nmod" if content_noun(self.scene.book, sentence, up) == noun => noun = up,
                "acl" | "advcl" | "ccomp" | "parataxis"
                    if dependent(sentence, noun, "cop").is_some() =>
                {
                    return self.carried(role, noun, noun, binding);
                }
                _ => return false,
            }
        }
        false
    }

    fn carried(&self, role: SlotRole, verb: usize, light: usize, binding: &mut Binding) -> bool {
        let Some(doer) = subject(self.scene.sentence, verb) else { return false };
        if binding.holds(doer) || !self.scene.can_fill(doer, role, self.compiled.reach) {
            return false;
        }
        binding.bind(role, doer);
        binding.light = Some(light);
        true
    }

    fn fill(
        &self,
        filler: &Filler,
        found: usize,
        at: usize,
        anchors: &mut Vec<usize>,
        binding: &mut Binding,
    ) -> bool {
        match filler {
            Filler::Any => true,
            Filler::Role(role) => {
                let counted = || self.compiled.counts_people && self.scene.people(found).is_some();
                if binding.holds(found)
                    || !(self.scene.can_fill(found, *role, self.compiled.reach) || counted())
                {
                    return false;
                }
                binding.bind(*role, found);
                true
            }
            Filler::Phrase(phrase) => {
                let noun = content_noun(self.scene.book, self.scene.sentence, found);
                let mut candidates = members(self.scene.sentence, noun);
                if phrase.kind == PhraseKind::Verb {
                    candidates.extend(self.scene.sentence.dependents(found, "conj"));
                }
                // "It will resume": the talks that the story told of.
                if phrase.kind == PhraseKind::Noun
                    && is_thing_told(self.scene, self.compiled, found)
                {
                    binding.triggers.push(found);
                    return true;
                }
                for candidate in candidates {
                    // "Promised not to attack"
                    if self.compiled.threatens
                        && phrase.kind == PhraseKind::Verb
                        && negated(self.scene.sentence, candidate)
                    {
                        continue;
                    }
                    let before = binding.clone();
                    if self.head_matches(phrase, candidate, binding) {
                        anchors.push(at);
                        let held = self.slots(phrase, candidate, anchors, binding).is_ok();
                        anchors.pop();
                        if held {
                            return true;
                        }
                    }
                    *binding = before;
                }
                false
            }
        }
    }
}

/// Lower case without an allocation for the usual case that it is already so.
pub(crate) fn lower(text: &str) -> std::borrow::Cow<'_, str> {
    // Most lemmas are plain letters, and of those each byte is one.
    let plain = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if !plain && text.chars().any(char::is_uppercase) {
        std::borrow::Cow::Owned(text.to_lowercase())
    } else {
        std::borrow::Cow::Borrowed(text)
    }
}

/// Whether the noun is only what the clause is set beside in time or by contrast, or is about: no verb carries it.
fn is_circumstance(sentence: &Sentence, noun: usize) -> bool {
    ["after", "before", "since", "following", "until", "during", "despite", "amid", "about", "over"]
        .iter()
        .any(|word| has_case(sentence, noun, word))
}

/// "The number of Danes killed has passed 40", "among the 60 people arrested is a priest": how many they are, or who, tells that they were.
fn is_counted(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    let Some(people) = word.head.filter(|&people| people < verb) else { return false };
    let among =
        has_case(sentence, people, "among") && dependent(sentence, people, "nummod").is_some();
    let count = token(sentence, people).filter(|t| t.relation() == "nmod").and_then(|t| t.head);
    let counted = count
        .and_then(|count| token(sentence, count))
        .is_some_and(|t| is_count(&t.lemma) && t.relation() == "nsubj");
    word.deprel == "acl" && word.xpos == "VBN" && (among || counted)
}

/// "Envoy expelled from Chile": a participle after the noun that heads a sentence without a verb.
fn is_headline(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    let Some(noun) = word.head.filter(|&noun| noun < verb) else { return false };
    word.relation() == "acl"
        && word.xpos == "VBN"
        && token(sentence, noun).is_some_and(|t| t.head.is_none())
        && !sentence
            .tokens
            .iter()
            .any(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD") || t.upos == Upos::Aux)
}

/// Whether a line names no doer, as `sack=VERB B` does: it is for "was sacked" and "the sacked minister". Of what `harms`, any object
/// tells so: "a depot was overrun" is not for who has overrun one.
fn needs_passive(phrase: &Phrase, harms: bool) -> bool {
    phrase.kind == PhraseKind::Verb
        && !phrase.slots.iter().any(|slot| slot.link == Link::Subject)
        && !phrase.names(SlotRole::Actor)
        && phrase.slots.iter().any(|slot| {
            slot.link == Link::Object && (harms || slot.filler == Filler::Role(SlotRole::Recipient))
        })
}

/// Whether a line names no doer and a thing for its object, as `burn=VERB mosque`.
fn names_a_thing(phrase: &Phrase) -> bool {
    phrase.kind == PhraseKind::Verb
        && !phrase.slots.iter().any(|slot| slot.link == Link::Subject)
        && !phrase.names(SlotRole::Actor)
        && !phrase.names(SlotRole::Parties)
        && phrase
            .slots
            .iter()
            .any(|slot| slot.link == Link::Object && matches!(slot.filler, Filler::Phrase(_)))
}

impl fmt::Display for Miss<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slot = match self {
            Miss::Head => return f.write_str("its head is another word"),
            Miss::Voice => {
                return f
                    .write_str("somebody does it, and the line is for a doer who is not named");
            }
            Miss::Object => "place for its object",
            Miss::Particle => return f.write_str("with its particle it is another verb"),
            Miss::Slot(slot) => match &slot.link {
                Link::Subject => "subject",
                Link::Object => "object",
                Link::IndirectObject => "indirect object",
                Link::Preposition(words) | Link::Auxiliary(words) => &words.join("|"),
                Link::Infinitive => "to + verb",
                Link::Clause => "that + clause",
                Link::Particle => "particle",
                Link::Possessor => "owner",
                Link::Modifier => "modifier",
                Link::Case => "preposition before it",
            },
        };
        write!(f, "nothing fills its {slot}")
    }
}

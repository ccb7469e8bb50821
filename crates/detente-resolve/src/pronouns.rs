//! Pronouns → whom they refer to.
//!
//! In goes a pronoun, out come the actors of the most present mention that agrees with it in number, gender and kind: in "Wang met
//! Blinken. He said …", "he" is Wang, the subject. Weights and the filters on arguments of one verb follow Lappin and Leass (1994), as
//! `discourse.rs` says; where nothing stands out, or what stands out is no actor, the pronoun stays open.

use detente_core::{Actor, Sector};
use detente_knowledge::CueKind;
use detente_parse::Upos;

use crate::antecedents::{Meant, clauses, is_spoken_by};
use crate::bound::Asked;
use crate::discourse::{Candidate, Gender, Referent, Trace};
use crate::draft::{Draft, Need};
use crate::mentions::{is_mutual, via};
use crate::reader::Reader;
use crate::resolution::{Category, Mention, MentionKind};
use crate::transcripts::Turn;
use crate::view::{Position, View};

/// What a personal pronoun agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    He,
    She,
    It,
    They,
    Relative,
    Speaker,
    Hearer,
}

/// Sentences that a pronoun looks back over.
const REACH: usize = 3;
/// What a subject gains from being in the same place as the mention before it.
const PARALLEL: f32 = 35.0;
/// What a thing gains as the antecedent of an "it" that does nothing that only a party does.
const THING: f32 = 1.5;
/// What is left of the weight of what stands in a relative clause.
const ASIDE: f32 = 0.6;
/// What the subject of the clause around a pronoun gains; half of it one clause further out.
const CLAUSE: f32 = 140.0;

fn form_of(view: &View<'_>, token: usize) -> Option<Form> {
    form_as(view.form(token))
}

/// Whether the word is a personal pronoun, however it is written.
pub(crate) fn is_personal(word: &str) -> bool {
    form_as(word).is_some()
}

fn form_as(word: &str) -> Option<Form> {
    let form = word.to_lowercase();
    Some(match form.as_str() {
        "he" | "him" | "his" | "himself" => Form::He,
        "she" | "her" | "hers" | "herself" => Form::She,
        "it" | "its" | "itself" => Form::It,
        "they" | "them" | "their" | "theirs" | "themselves" => Form::They,
        "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => {
            Form::Speaker
        }
        "you" | "your" | "yours" | "yourself" | "yourselves" => Form::Hearer,
        "who" | "whom" | "whose" | "which" | "that" => Form::Relative,
        _ => return None,
    })
}

/// Whether the token is "I", "we" or another form of them.
pub(crate) fn is_speaker(view: &View<'_>, token: usize) -> bool {
    form_of(view, token) == Some(Form::Speaker)
}

/// Whether the token is "you" or another form of it.
pub(crate) fn is_hearer(view: &View<'_>, token: usize) -> bool {
    form_of(view, token) == Some(Form::Hearer)
}

/// A draft for a pronoun that may stand for an actor.
pub(crate) fn read_pronoun(view: &View<'_>, head: usize) -> Option<Draft> {
    let tokens = head..head + 1;
    if is_mutual(view, head) {
        let start = if matches!(view.lemma(head), "each" | "one") { head } else { head - 1 };
        let mut draft = Draft::new(head, start..start + 2, MentionKind::Pronoun, Category::People);
        draft.need = Need::Mutual;
        draft.plural = true;
        return Some(draft);
    }
    if matches!(view.lemma(head), "both" | "neither" | "each") {
        let mut draft = Draft::new(head, tokens, MentionKind::Pronoun, Category::People);
        draft.need = Need::Couple;
        draft.plural = true;
        return Some(draft);
    }
    let form = form_of(view, head)?;
    if form == Form::Relative && relative_clause(view, head).is_none() {
        return None;
    }
    // "the first of its kind"
    let kind = view.deprel(head) == "nmod:poss"
        && view.head(head).is_some_and(|noun| matches!(view.lemma(noun), "kind" | "sort" | "type"));
    if view.relation(head) == "expl" || kind {
        return None;
    }
    let several = matches!(view.lemma(head), "we" | "us" | "our" | "ours" | "ourselves");
    let category = match form {
        Form::Speaker if several => Category::People,
        Form::They | Form::Relative | Form::Hearer => Category::People,
        Form::It => Category::Organisation,
        Form::He | Form::She | Form::Speaker => Category::Person,
    };
    let mut draft = Draft::new(head, tokens, MentionKind::Pronoun, category);
    draft.plural = form == Form::They;
    draft.gender = match form {
        Form::He => Gender::Male,
        Form::She => Gender::Female,
        _ => Gender::Unknown,
    };
    draft.need = Need::Pronoun;
    Some(draft)
}

impl Reader<'_> {
    /// Resolves a pronoun; `None` where it is no mention of an actor at all.
    pub(crate) fn resolve_pronoun(
        &self,
        view: &View<'_>,
        mut draft: Draft,
        quoted: &[bool],
    ) -> Option<Draft> {
        let form = form_of(view, draft.head)?;
        if form == Form::They
            && let Some(owner) = self.craft_downed(view, &draft)
        {
            draft.category = Category::Country;
            draft.actors = owner;
            return Some(draft);
        }
        match form {
            Form::Relative => {
                let antecedent = relative_clause(view, draft.head)?;
                let list = view.conjuncts(antecedent);
                // "Blinken and Xi, who met" hangs on the first of them; the plural verb is not looked at.
                let mention = self
                    .mention_here(antecedent)
                    .or_else(|| list.iter().rev().find_map(|&m| self.mention_here(m)))
                    .or_else(|| self.mention_beside(view, antecedent))?;
                let mention = self.mentions.get(mention)?;
                if mention.kind == MentionKind::Modifier {
                    return None;
                }
                draft.category = mention.category;
                draft.actors = with_via(&mention.actors, "pronoun");
                Some(draft)
            }
            Form::Hearer => {
                let hearer = self.hearer(view, draft.head, quoted)?;
                draft.category = hearer.category;
                draft.actors = with_via(&hearer.actors, "pronoun");
                Some(draft)
            }
            Form::Speaker => {
                if let Some(speakers) = self.speakers(view, draft.head, quoted) {
                    let several = draft.category == Category::People;
                    draft.actors = self.speaking(&speakers, several);
                    // "We have dug since yesterday," said Ann Lee, of whom no more is known: people of the place.
                    let unknown = speakers.iter().any(|speaker| speaker.name.is_some());
                    if several
                        && draft.actors.is_empty()
                        && unknown
                        && let Some(code) = self.whereabouts(view)
                    {
                        let sector = speakers.iter().find_map(|speaker| speaker.sector);
                        let sector = sector.filter(|sector| *sector != Sector::Unk);
                        draft.actors = vec![Actor {
                            code: Some(code),
                            sector: sector.or(Some(Sector::Cvl)),
                            via: via("place"),
                            ..Actor::default()
                        }];
                    }
                }
                Some(draft)
            }
            // "split its hull": a ship's, whoever sails it.
            Form::It
                if view.deprel(draft.head) == "nmod:poss"
                    && view
                        .head(draft.head)
                        .is_some_and(|noun| self.lexicon.fitting.has(view.lemma(noun))) =>
            {
                None
            }
            Form::He | Form::She | Form::It | Form::They => {
                let person = |actors| (Category::Person, actors);
                let paper = |actors| (Category::Thing, actors);
                let told = self
                    .own_self(view, &draft)
                    .or_else(|| self.introduced(view, &draft, form, quoted).map(person))
                    .or_else(|| self.told_above(view, &draft, form))
                    .or_else(|| self.says_on(view, &draft, form, quoted).map(paper))
                    .or_else(|| self.bound(&Asked { view, draft: &draft, form, quoted }));
                if let Some((category, actors)) = told {
                    draft.category = category;
                    draft.actors = with_via(&actors, "pronoun");
                    return Some(draft);
                }
                let weighed = match form {
                    Form::It => self.best_thing(view, &draft, quoted),
                    Form::They => self.best_group(view, &draft, quoted),
                    _ => self.best_person(view, &draft, quoted),
                };
                match self.antecedent(view, &draft, form, weighed, quoted) {
                    Meant::Known(category, actors) => {
                        draft.category = category;
                        draft.actors = with_via(&actors, "pronoun");
                        Some(draft)
                    }
                    Meant::Nobody if matches!(form, Form::It | Form::They) => None,
                    Meant::Open if form == Form::It => None,
                    _ => Some(draft),
                }
            }
        }
    }

    /// "Lee, the deputy minister, who": a noun inside the words of a name that it says more of stands for that name.
    fn mention_beside(&self, view: &View<'_>, noun: usize) -> Option<usize> {
        let name = view.head(noun).filter(|_| view.relation(noun) == "appos")?;
        self.mention_here(name)
            .filter(|&mention| self.mentions.get(mention).is_some_and(|m| m.tokens.contains(&noun)))
    }

    /// Whom the words in quotation marks are said to: "your loss", he told the crowd.
    fn hearer(&self, view: &View<'_>, token: usize, quoted: &[bool]) -> Option<&Mention> {
        let outside = |t: usize| !quoted.get(t).copied().unwrap_or(false);
        if outside(token) {
            return None;
        }
        let told = |verb: usize| {
            let children = view.children(verb).iter().copied().filter(|&c| outside(c));
            children.filter(|&c| !view.is_below(token, c)).find(|&c| {
                matches!(view.relation(c), "obj" | "iobj")
                    || (view.relation(c) == "obl" && view.preposition(c) == Some("to"))
            })
        };
        let mut heard = (0..view.len())
            .filter(|&verb| outside(verb) && self.is_speech(view, verb))
            .filter_map(|verb| self.mentions.get(self.mention_here(told(verb)?)?))
            .filter(|mention| mention.category != Category::Thing && !mention.actors.is_empty());
        heard.next().filter(|_| heard.next().is_none())
    }

    /// "Lee answered the reports. 'Roth is a fraud,' he said": whoever the sentence before a quotation is about speaks it, and none of
    /// those whom it names.
    fn introduced(
        &self,
        view: &View<'_>,
        draft: &Draft,
        form: Form,
        quoted: &[bool],
    ) -> Option<Vec<Actor>> {
        let outside = |token: usize| !quoted.get(token).copied().unwrap_or(false);
        let verb = acts_in(view, draft.head)?;
        let opens = quoted.first().copied().unwrap_or(false) && !self.open_before;
        let speaks = self.is_speech(view, verb)
            && outside(draft.head)
            && outside(verb)
            && matches!(view.relation(verb), "root" | "parataxis");
        if !matches!(form, Form::He | Form::She) || !opens || !speaks {
            return None;
        }
        let lead = self.discourse.referent(self.lead?)?;
        let agrees = lead.category == Some(Category::Person)
            && !lead.plural
            && !lead.actors.is_empty()
            && (lead.gender == Gender::Unknown || lead.gender == draft.gender);
        // Of those whom the marks leave out none comes in between.
        let between = (0..draft.head.min(verb)).any(|token| {
            outside(token)
                && self
                    .mention_here(token)
                    .and_then(|mention| self.mentions.get(mention))
                    .is_some_and(|mention| mention.category == Category::Person)
        });
        (agrees && !between).then(|| lead.actors.clone())
    }

    /// "Lee spoke to Roth, who invited him": what is done in a relative clause by the other of two is done to the subject, if it agrees.
    fn told_above(
        &self,
        view: &View<'_>,
        draft: &Draft,
        form: Form,
    ) -> Option<(Category, Vec<Actor>)> {
        let verb = view.governor(draft.head)?;
        let argument = matches!(view.relation(draft.head), "obj" | "iobj" | "obl");
        if !argument || view.deprel(verb) != "acl:relcl" {
            return None;
        }
        let relative = view.child(verb, "nsubj")?;
        let noun = view.head(verb)?;
        let done_with = matches!(
            view.position(noun),
            Position::Object | Position::Indirect | Position::Oblique("to" | "with" | "for" | "by")
        );
        if !matches!(view.lemma(relative), "who" | "which") || !done_with {
            return None;
        }
        let subject = view.subject_of(view.clause_of(noun)?).filter(|&subject| subject < noun)?;
        let index = self.mention_here(subject)?;
        let mention = self.mentions.get(index)?;
        let referent = self.referents.get(index).copied().flatten();
        let referent = referent.and_then(|referent| self.discourse.referent(referent));
        let one = view.conjuncts(subject).len() == 1 && mention.actors.len() == 1;
        let agrees = match form {
            Form::He | Form::She => {
                one && mention.category == Category::Person
                    && referent.is_none_or(|referent| {
                        referent.gender == Gender::Unknown || referent.gender == draft.gender
                    })
            }
            Form::It => {
                one && matches!(mention.category, Category::Country | Category::Organisation)
            }
            _ => false,
        };
        agrees.then(|| (mention.category, mention.actors.clone()))
    }

    /// "The statement said that the talks would go on. It also said": a paper that spoke in the sentence before speaks on.
    fn says_on(
        &self,
        view: &View<'_>,
        draft: &Draft,
        form: Form,
        quoted: &[bool],
    ) -> Option<Vec<Actor>> {
        let verb = view.governor(draft.head).filter(|&verb| view.relation(verb) == "root")?;
        let outside = !quoted.get(draft.head).copied().unwrap_or(false);
        let speaks = view.position(draft.head) == Position::Subject && self.is_speech(view, verb);
        if form != Form::It || !outside || !speaks || is_pleonastic(view, verb) {
            return None;
        }
        let speaker = self.speaker.as_ref()?;
        let paper = self.discourse.referent(self.lead?)?;
        let spoke = paper.actors.first().is_some_and(|author| {
            speaker.iter().any(|one| one.code == author.code && one.sector == author.sector)
        });
        (paper.category == Some(Category::Thing) && !paper.plural && spoke)
            .then(|| paper.actors.clone())
    }

    /// Whom a reflexive pronoun names again: the subject of its clause, if it agrees.
    fn own_self(&self, view: &View<'_>, draft: &Draft) -> Option<(Category, Vec<Actor>)> {
        let form = view.form(draft.head).to_lowercase();
        if !form.ends_with("self") && !form.ends_with("selves") {
            return None;
        }
        let clause = view.clause_of(draft.head)?;
        // "asked Moscow to explain itself", but "rang Lee to explain himself"
        let asked = controller(view, clause).filter(|_| view.relation(clause) == "xcomp");
        let subject = asked.or_else(|| view.subject_of(clause))?;
        let actors: Vec<Actor> = view
            .conjuncts(subject)
            .into_iter()
            .filter_map(|head| self.mentions.get(self.mention_here(head)?))
            .flat_map(|mention| mention.actors.iter().cloned())
            .collect();
        let category = self.mentions.get(self.mention_here(subject)?)?.category;
        let person = category == Category::Person;
        let agrees = match draft.category {
            Category::Person => person,
            Category::Organisation => !person,
            _ => actors.len() > 1 || category == Category::People,
        };
        (agrees && !actors.is_empty()).then_some((category, actors))
    }

    /// Who speaks the words in quotation marks at `token`: the subject of a verb of speech of this sentence outside of the marks, else
    /// who spoke last.
    pub(crate) fn speakers(
        &self,
        view: &View<'_>,
        token: usize,
        quoted: &[bool],
    ) -> Option<Vec<Actor>> {
        if !quoted.get(token).copied().unwrap_or(false) {
            return None;
        }
        let speakers = self.speakers_here(view, token, quoted);
        match speakers {
            Some(speakers) => Some(speakers),
            None if self.open_before || quoted.iter().filter(|quoted| !**quoted).count() <= 1 => {
                self.speaker.clone()
            }
            None => None,
        }
    }

    /// The speaker that this sentence names, nearest to `token`.
    pub(crate) fn speakers_here(
        &self,
        view: &View<'_>,
        token: usize,
        quoted: &[bool],
    ) -> Option<Vec<Actor>> {
        let outside = |t: usize| !quoted.get(t).copied().unwrap_or(false);
        if let Some(turn) = self.turn_of(view) {
            return self
                .turns
                .get(turn)
                .map(|turn| self.labelled(view.text, turn))
                .filter(|who| !who.is_empty());
        }
        let mut best: Option<(usize, Vec<Actor>)> = None;
        for verb in (0..view.len()).filter(|&verb| outside(verb)) {
            let source = if self.is_speech(view, verb) {
                view.subject_of(verb).filter(|&s| outside(s))
            } else if view.lemma(verb) == "accord" {
                view.head(verb)
            } else {
                None
            };
            let Some(source) = source else { continue };
            let actors: Vec<Actor> = view
                .conjuncts(source)
                .into_iter()
                .filter_map(|head| self.mentions.get(self.mention_here(head)?))
                .flat_map(|mention| mention.actors.iter().cloned())
                .collect();
            let far = verb.abs_diff(token);
            if !actors.is_empty() && best.as_ref().is_none_or(|(nearest, _)| far < *nearest) {
                best = Some((far, actors));
            }
        }
        best.map(|(_, actors)| actors)
    }

    /// Whom the label of a turn stands for, as the mentions of its sentence have it: of "Mrs. Okoro (Nigeria)" the state in brackets.
    fn labelled(&self, text: &str, turn: &Turn) -> Vec<Actor> {
        let here = || {
            let here = self.mentions.get(self.first..).unwrap_or_default().iter();
            here.filter(|mention| turn.label.contains(mention.span) && !mention.actors.is_empty())
        };
        // "A: Because there must be an end": whom the text has named last before the talk.
        let answers =
            turn.label.of(text).is_some_and(|label| self.lexicon.answer.has(&label.to_lowercase()));
        if answers {
            let first = self.turns.first().map_or(0, |turn| turn.label.start);
            let told = self.mentions.iter().rev().find(|mention| {
                mention.span.end <= first
                    && mention.category == Category::Person
                    && mention.kind == MentionKind::Name
                    && !mention.actors.is_empty()
            });
            return told.map(|mention| mention.actors.clone()).unwrap_or_default();
        }
        let Some(named) = here().max_by_key(|mention| {
            (
                mention.category == Category::Person,
                mention.actors.iter().any(|actor| actor.code.is_some()),
                mention.span.len(),
            )
        }) else {
            return Vec::new();
        };
        let mut actors = named.actors.clone();
        let state = here().rfind(|mention| mention.category == Category::Country);
        if let (Some(state), [actor]) =
            (state.and_then(|mention| mention.actors.first()), actors.as_mut_slice())
            && state.code != actor.code
        {
            (actor.code, actor.name, actor.role) = (state.code.clone(), None, None);
        }
        // "Interviewer": of whom no more is said than what one does in a talk.
        let anybody = named.kind == MentionKind::Nominal && state.is_none();
        if let ([actor], true) = (actors.as_mut_slice(), anybody)
            && !matches!(actor.sector, Some(Sector::Gov | Sector::Leg))
        {
            actors.clear();
        }
        if let ([actor], true) = (actors.as_mut_slice(), state.is_some()) {
            actor.sector = actor.sector.or(Some(Sector::Gov));
        }
        actors
    }

    /// The speakers as "I" or "we" carries them: who says "we" speaks for a side.
    pub(crate) fn speaking(&self, speakers: &[Actor], several: bool) -> Vec<Actor> {
        let mut actors = with_via(speakers, "pronoun");
        if several {
            for actor in &mut actors {
                if actor.code.as_deref().is_some_and(|code| self.is_state(code)) {
                    (actor.name, actor.role) = (None, None);
                }
            }
            actors.retain(|actor| actor.code.is_some());
            actors.dedup_by(|a, b| a.code == b.code && a.sector == b.sector);
        }
        actors
    }

    fn best_person(
        &self,
        view: &View<'_>,
        draft: &Draft,
        quoted: &[bool],
    ) -> Option<(Category, Vec<Actor>)> {
        let agrees = |referent: &Referent| {
            referent.category == Some(Category::Person)
                && !referent.plural
                && (referent.gender == Gender::Unknown || referent.gender == draft.gender)
        };
        let apart = self.set_apart(view, draft.head);
        let speakers = self.speakers(view, draft.head, quoted).unwrap_or_default();
        let mut candidates = self.discourse.candidates(view.index, draft.head, REACH, |r, t| {
            agrees(r)
                && !is_spoken_by(r, &speakers)
                && !self.is_among(t.referent, &apart)
                && self.may_corefer(view, draft.head, t, quoted)
        });
        // "In his speech, Xi said": the subject may come after.
        if let Some(later) = later_subject(view, draft.head)
            && let Some(referent) =
                self.mention_here(later).and_then(|m| self.referents.get(m).copied().flatten())
            && self.discourse.referent(referent).is_some_and(agrees)
            && !candidates.iter().any(|c| self.in_sentence(c, view.index))
        {
            let known = self.discourse.referent(referent)?;
            return Some((Category::Person, known.actors.clone()));
        }
        self.favour(view, draft.head, &mut candidates);
        // A referent whose gender the text has told outweighs one whose gender is open.
        for candidate in &mut candidates {
            if self.discourse.referent(candidate.referent).is_some_and(|r| r.gender == draft.gender)
            {
                candidate.weight *= 1.3;
            }
        }
        let best = self.clear_best(&candidates)?;
        Some((Category::Person, self.discourse.referent(best)?.actors.clone()))
    }

    fn best_thing(
        &self,
        view: &View<'_>,
        draft: &Draft,
        quoted: &[bool],
    ) -> Option<(Category, Vec<Actor>)> {
        let acts_in = acts_in(view, draft.head);
        let speaks = acts_in.is_some_and(|verb| self.is_speech(view, verb));
        if acts_in.is_some_and(|verb| {
            is_pleonastic(view, verb) || self.is_of_thing(view, verb) || self.occurs(view, verb)
        }) {
            return None;
        }
        // "China called it irresponsible": what is done to no party is done to what was told before.
        let handled = matches!(
            view.position(draft.head),
            Position::Object | Position::PassiveSubject | Position::Oblique(_)
        );
        if handled && !self.is_somebody(view, draft.head) && !self.is_told_by_body(view, draft.head)
        {
            return None;
        }
        let possessive = view.deprel(draft.head) == "nmod:poss";
        let apart = self.set_apart(view, draft.head);
        let mut candidates = self.discourse.candidates(view.index, draft.head, REACH, |r, t| {
            let kind = match r.category {
                Some(Category::Organisation) => !r.plural && !are_members(view, r, t),
                Some(Category::Country) => !r.plural,
                Some(Category::Thing) => !possessive,
                // A nationality is no "it"; what is no actor is, but does not speak.
                Some(_) => false,
                None => !r.plural && !speaks && !possessive,
            };
            kind && !self.is_among(t.referent, &apart)
                && self.may_corefer(view, draft.head, t, quoted)
        });
        self.favour(view, draft.head, &mut candidates);
        if !possessive && !self.is_somebody(view, draft.head) {
            // "It will take years": a thing of the sentence before is as likely as a state.
            let is_thing = |c: &Candidate| {
                self.discourse.referent(c.referent).is_some_and(|r| r.category.is_none())
            };
            for candidate in candidates.iter_mut().filter(|c| is_thing(c)) {
                candidate.weight *= THING;
            }
            candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        if possessive {
            // "contain China's growth and interfere in its affairs": what is owned is told by what is near.
            for candidate in &mut candidates {
                candidate.weight *= self.nearness(candidate, view.index, draft.head);
            }
            candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        let best = self.clear_best(&candidates)?;
        let referent = self.discourse.referent(best)?;
        Some((referent.category?, referent.actors.clone()))
    }

    /// "Paris said it had been stabbed in the back": what a body says was done to "it" was done to the body.
    pub(crate) fn is_told_by_body(&self, view: &View<'_>, token: usize) -> bool {
        let verb =
            view.governor(token).filter(|_| view.position(token) == Position::PassiveSubject);
        let teller = verb
            .filter(|&verb| view.relation(verb) == "ccomp")
            .and_then(|verb| view.head(verb))
            .filter(|&above| self.is_speech(view, above))
            .and_then(|above| view.subject_of(above));
        teller.and_then(|subject| self.mentions.get(self.mention_here(subject)?)).is_some_and(
            |mention| matches!(mention.category, Category::Country | Category::Organisation),
        )
    }

    /// Whether the token owns the one who speaks in this clause: "Lee's lawyers say that he".
    pub(crate) fn is_spoken_for(&self, view: &View<'_>, token: usize, verb: usize) -> bool {
        let speaker = view.owned(token);
        speaker.is_some_and(|speaker| {
            view.subject_of(verb) == Some(speaker)
                && self.is_speech(view, verb)
                && (view.is_plural(speaker)
                    || matches!(
                        view.lemma(speaker),
                        "spokesman" | "spokeswoman" | "lawyer" | "doctor"
                    ))
        })
    }

    /// Whether the words around "it" say that it is a party and no thing.
    pub(crate) fn is_somebody(&self, view: &View<'_>, token: usize) -> bool {
        let Some(verb) = view.governor(token) else { return false };
        match view.position(token) {
            Position::Subject => {
                self.lexicon.agent.has(view.lemma(verb)) || self.is_speech(view, verb)
            }
            Position::Object | Position::Indirect | Position::PassiveSubject => {
                self.lexicon.patient.has(view.lemma(verb))
            }
            Position::Agent => true,
            Position::Oblique("to") => {
                self.lexicon.patient.has(view.lemma(verb)) || self.is_speech(view, verb)
            }
            Position::Oblique(case) | Position::Nominal(case) => {
                matches!(case, "with" | "against" | "from" | "by")
            }
            _ => false,
        }
    }

    /// "It sank within minutes", "it came from the north": said of a thing.
    pub(crate) fn occurs(&self, view: &View<'_>, verb: usize) -> bool {
        let alone = !view
            .children(verb)
            .iter()
            .any(|&c| matches!(view.relation(c), "obj" | "xcomp" | "ccomp" | "iobj"));
        let from = || {
            view.children(verb)
                .iter()
                .any(|&c| view.relation(c) == "obl" && view.preposition(c) == Some("from"))
        };
        alone
            && (self.lexicon.occur.has(view.lemma(verb)) || (view.lemma(verb) == "come" && from()))
    }

    /// "It was the strongest protest in years": what it is said to be is no party.
    pub(crate) fn is_of_thing(&self, view: &View<'_>, predicate: usize) -> bool {
        let lemma = view.lemma(predicate);
        view.upos(predicate) == Upos::Noun
            && view.child(predicate, "cop").is_some()
            && !self.lexicon.state.has(lemma)
            && !self.lexicon.body.has(lemma)
            && !self.lexicon.party.has(lemma)
            && !self.lexicon.other.has(lemma)
            && !self.lexicon.person.has(lemma)
    }

    /// Empty actors where what stands out is a plural that is no actor.
    fn best_group(
        &self,
        view: &View<'_>,
        draft: &Draft,
        quoted: &[bool],
    ) -> Option<(Category, Vec<Actor>)> {
        let speaks = acts_in(view, draft.head).is_some_and(|verb| self.is_speech(view, verb));
        // "Many of them" are several.
        let several = view.position(draft.head) == Position::Nominal("of")
            && view.governor(draft.head).is_some_and(|g| self.lexicon.share.has(view.lemma(g)));
        let apart = self.set_apart(view, draft.head);
        let mut candidates = self.discourse.candidates(view.index, draft.head, REACH, |r, t| {
            let kind = match r.category {
                Some(Category::Thing) => false,
                Some(Category::Person | Category::Country) => r.plural,
                Some(_) => r.plural || !several,
                None => r.plural && !speaks,
            };
            kind && !self.is_among(t.referent, &apart)
                && self.may_corefer(view, draft.head, t, quoted)
        });
        // "disputes … to address them": what is handled is rather a thing than a party.
        let things = self.discourse.recent(view.index, 0).any(|trace| {
            self.discourse.trace(trace).is_some_and(|t| {
                t.token < draft.head
                    && self
                        .discourse
                        .referent(t.referent)
                        .is_some_and(|r| r.category.is_none() && r.plural)
            })
        });
        let handled = matches!(view.position(draft.head), Position::Object | Position::Oblique(_));
        if handled && things {
            return Some((Category::People, Vec::new()));
        }
        for candidate in &mut candidates {
            // An organisation may be "they", but a plural is it first.
            if self.discourse.referent(candidate.referent).is_some_and(|r| !r.plural) {
                candidate.weight *= 0.7;
            }
        }
        self.favour(view, draft.head, &mut candidates);
        let single = self.clear_best(&candidates);
        let couple = self.couple(view, draft.head, 1);
        match (single, couple) {
            (Some(best), couple) => {
                let referent = self.discourse.referent(best)?;
                let weight = candidates.first().map_or(0.0, |c| c.weight);
                // Two who meet in this sentence are nearer than a plural of an earlier one.
                if let Some((actors, category, nearer)) = couple
                    && nearer >= weight
                {
                    return Some((category, actors));
                }
                match referent.category {
                    Some(category) => Some((category, referent.actors.clone())),
                    None => Some((Category::People, Vec::new())),
                }
            }
            (None, Some((actors, category, _))) => Some((category, actors)),
            (None, None) => self.two_persons(view, draft.head),
        }
    }

    /// "Lavrov made the offer, and Kerry took it. They": the only two persons of the sentence before.
    fn two_persons(&self, view: &View<'_>, token: usize) -> Option<(Category, Vec<Actor>)> {
        let people = self.discourse.candidates(view.index, token, 1, |referent, trace| {
            referent.category == Some(Category::Person)
                && !referent.plural
                && trace.subject
                && trace.sentence < view.index
        });
        let actors: Vec<Actor> = people
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .flat_map(|referent| referent.actors.iter().cloned())
            .collect();
        (people.len() == 2 && actors.len() == 2).then_some((Category::Person, actors))
    }

    /// The subject and the partner of one verb, latest first, as a pair: "Blinken met Wang …, where they". With the weight of the
    /// lighter one.
    pub(crate) fn couple(
        &self,
        view: &View<'_>,
        token: usize,
        reach: usize,
    ) -> Option<(Vec<Actor>, Category, f32)> {
        let recent: Vec<usize> = self.discourse.recent(view.index, reach).collect();
        for &partner in &recent {
            let Some(b) = self.discourse.trace(partner) else { continue };
            if !b.partner || (b.sentence == view.index && b.token >= token) {
                continue;
            }
            for &subject in &recent {
                let Some(a) = self.discourse.trace(subject) else { continue };
                if !a.subject
                    || a.sentence != b.sentence
                    || a.governor != b.governor
                    || a.referent == b.referent
                    || !b.mutual
                    || (a.sentence == view.index && a.token >= token)
                {
                    continue;
                }
                let (Some(x), Some(y)) =
                    (self.discourse.referent(a.referent), self.discourse.referent(b.referent))
                else {
                    continue;
                };
                let people =
                    |r: &Referent| matches!(r.category, Some(Category::Person | Category::People));
                let alike = (people(x) && people(y))
                    || (x.category == y.category
                        && matches!(x.category, Some(Category::Country | Category::Organisation)));
                // "The rebels entered Kabul": a place is nobody's partner.
                let place =
                    |r: &Referent| r.actors.iter().all(|a| a.code.is_some() && a.sector.is_none());
                if alike && !x.actors.is_empty() && !y.actors.is_empty() && !place(y) {
                    let actors = x.actors.iter().chain(&y.actors).cloned().collect();
                    let weight = if a.sentence == view.index { 180.0 } else { 90.0 };
                    return Some((actors, x.category?, weight));
                }
            }
        }
        None
    }

    /// Weighs up what stands in the pronoun's own grammatical place, and the subjects of the clauses that it lies in: in "the army said
    /// it would", the army.
    fn favour(&self, view: &View<'_>, head: usize, candidates: &mut [Candidate]) {
        let subject = matches!(view.position(head), Position::Subject | Position::PassiveSubject);
        let single = matches!(form_of(view, head), Some(Form::He | Form::She));
        let above = clauses(view, head);
        for candidate in candidates.iter_mut() {
            let Some(trace) = self.discourse.trace(candidate.trace) else { continue };
            if subject && trace.subject && trace.sentence + 1 >= view.index {
                candidate.weight += PARALLEL;
            }
            if trace.sentence == view.index {
                // "Merkel, who had backed Sarkozy, met him": what is only told of another is further off.
                if in_aside(view, trace.token) && !in_aside(view, head) {
                    candidate.weight *= ASIDE;
                }
                let depth = above.iter().position(|&verb| {
                    (trace.subject && Some(verb) == trace.governor)
                        || controller(view, verb) == Some(trace.token)
                });
                if single && above.iter().any(|&verb| self.is_spoken_for(view, trace.token, verb)) {
                    candidate.weight += CLAUSE;
                }
                candidate.weight += depth.map_or(0.0, |depth| CLAUSE / (1.0 + depth as f32));
            }
        }
        candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }

    /// The heaviest candidate, unless another of other actors is nearly as heavy.
    fn clear_best(&self, candidates: &[Candidate]) -> Option<usize> {
        let best = candidates.first()?;
        let actors = |c: &Candidate| self.discourse.referent(c.referent).map(|r| &r.actors);
        let rival = candidates.iter().skip(1).find(|c| actors(c) != actors(best));
        match rival {
            Some(rival) if rival.weight > 0.97 * best.weight => None,
            _ => Some(best.referent),
        }
    }

    fn in_sentence(&self, candidate: &Candidate, sentence: usize) -> bool {
        self.discourse.trace(candidate.trace).is_some_and(|trace| trace.sentence == sentence)
    }

    fn nearness(&self, candidate: &Candidate, sentence: usize, token: usize) -> f32 {
        match self.discourse.trace(candidate.trace) {
            Some(trace) if trace.sentence == sentence => {
                1.0 + 3.0 / (1.0 + token.saturating_sub(trace.token) as f32 / 4.0)
            }
            _ => 1.0,
        }
    }

    /// Referents that the pronoun at `token` is another than: in "he hopes to see him", he, by whatever name.
    pub(crate) fn set_apart(&self, view: &View<'_>, token: usize) -> Vec<usize> {
        let form = view.form(token).to_lowercase();
        if view.deprel(token) == "nmod:poss" {
            let mut apart = self.no_owner(view, token);
            apart.extend(self.set_apart_owner(view, token));
            return apart;
        }
        if form.contains("sel") {
            return Vec::new();
        }
        let mut verbs: Vec<usize> = Vec::new();
        // "said his country had offered him asylum": what is one's own state does it to another.
        let owner =
            view.governor(token).and_then(|verb| view.subject_of(verb)).filter(|&subject| {
                let noun = view.lemma(subject);
                subject < token && (self.lexicon.state.has(noun) || noun == "government")
            });
        let owner = owner.and_then(|subject| view.child(subject, "nmod:poss"));
        let owner = owner
            .and_then(|owner| self.mention_here(owner))
            .and_then(|mention| self.referents.get(mention).copied().flatten());
        // "accused Oslo of arming it": what Oslo arms is another.
        let controlled = view
            .governor(token)
            .filter(|&verb| self.reached(view, verb).is_none())
            .and_then(|verb| controller(view, verb))
            .and_then(|object| self.mention_here(object))
            .and_then(|mention| self.referents.get(mention).copied().flatten());
        let mut at = view.governor(token);
        while let Some(verb) = at.filter(|_| verbs.len() < 4) {
            verbs.push(verb);
            // "urged him to see it": whoever is urged is the one who sees.
            let controlled = view.relation(verb) == "xcomp"
                && view.head(verb).is_some_and(|above| {
                    view.child(above, "obj").is_none() && view.child(above, "iobj").is_none()
                });
            let asked = matches!(view.relation(verb), "ccomp")
                && view.head(verb).is_some_and(|above| self.is_asking(view, above));
            // "said he had admired and loved him": the verbs of a list share their subject.
            let listed = view.relation(verb) == "conj" && view.child(verb, "nsubj").is_none();
            at = if controlled || asked || listed { view.head(verb) } else { None };
        }
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| {
                // "It taunted Oslo": nor is it whom it does that to.
                let behind = trace.partner && view.position(token) == Position::Subject;
                (trace.token < token || behind)
                    && (trace.subject || trace.partner)
                    && trace.governor.is_some_and(|governor| verbs.contains(&governor))
                    && (trace.subject || trace.governor == verbs.first().copied())
            })
            .map(|trace| trace.referent)
            .chain(owner)
            .chain(controlled)
            .chain(self.named_below(view, token))
            .chain(self.set_apart_above(view, token))
            .collect()
    }

    /// People whom the clause of "he" or "him" goes on to name: "he called on Europe to rein in Mr Lee" speaks of two (principle C of
    /// Chomsky's "Lectures on Government and Binding", 1981).
    fn named_below<'a>(
        &'a self,
        view: &'a View<'_>,
        token: usize,
    ) -> impl Iterator<Item = usize> + 'a {
        let verb = view.governor(token).filter(|_| {
            matches!(form_of(view, token), Some(Form::He | Form::She))
                && matches!(
                    view.position(token),
                    Position::Subject
                        | Position::PassiveSubject
                        | Position::Object
                        | Position::Indirect
                )
        });
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(move |trace| {
                trace.named
                    && trace.token > token
                    && verb.is_some_and(|verb| hangs_below(view, trace.token, verb))
                    && self
                        .discourse
                        .referent(trace.referent)
                        .is_some_and(|referent| referent.category == Some(Category::Person))
            })
            .map(|trace| trace.referent)
    }

    /// Referents that own nothing here: "who was her rival" is another than she, "who took his place" than he.
    fn no_owner(&self, view: &View<'_>, token: usize) -> Vec<usize> {
        let Some(noun) = view.head(token) else { return Vec::new() };
        let own = view.children(noun).iter().any(|&c| view.lemma(c) == "own");
        let predicate = view.child(noun, "cop").is_some() && view.child(noun, "case").is_none();
        let place = view.lemma(noun) == "place" && view.relation(noun) == "obj";
        let taken = view.head(noun).filter(|&verb| place && view.lemma(verb) == "take");
        // "Oslo expelled its envoy": another's.
        let guest = self.lexicon.abroad.has(view.lemma(noun))
            || self.lexicon.inspector.has(view.lemma(noun));
        let expelled = view.head(noun).filter(|&verb| {
            guest
                && !own
                && view.relation(noun) == "obj"
                && self.lexicon.expels.has(view.lemma(verb))
        });
        let Some(governor) = taken.or(expelled).or((predicate && !own).then_some(noun)) else {
            return Vec::new();
        };
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| trace.subject && trace.governor == Some(governor))
            .map(|trace| trace.referent)
            .collect()
    }

    /// "demanded that they go": what is asked is asked of another.
    pub(crate) fn is_asking(&self, view: &View<'_>, verb: usize) -> bool {
        self.words
            .cue_at(view.lemmas.get(verb..verb + 1).unwrap_or_default())
            .is_some_and(|(_, cue)| cue.kind == CueKind::Ask)
    }

    /// "accused", "charged": what is said is laid to another's charge.
    pub(crate) fn is_accusing(&self, view: &View<'_>, verb: usize) -> bool {
        self.words
            .cue_at(view.lemmas.get(verb..verb + 1).unwrap_or_default())
            .is_some_and(|(_, cue)| cue.kind == CueKind::Accuse)
    }

    /// Whether the referent at `index` is one of these, or a part of one: of those who accuse "it", it is none.
    pub(crate) fn is_among(&self, index: usize, apart: &[usize]) -> bool {
        let Some(referent) = self.discourse.referent(index) else { return false };
        let part_of = |whole: usize| {
            self.discourse.referent(whole).is_some_and(|whole| {
                whole.actors.len() > referent.actors.len()
                    && !referent.actors.is_empty()
                    && referent.actors.iter().all(|a| whole.actors.iter().any(|b| a.code == b.code))
            })
        };
        apart.iter().any(|&whole| whole == index || part_of(whole))
    }

    /// Whether the pronoun at `token` may refer to what `trace` mentions.
    pub(crate) fn may_corefer(
        &self,
        view: &View<'_>,
        token: usize,
        trace: &Trace,
        quoted: &[bool],
    ) -> bool {
        if trace.sentence != view.index {
            return true;
        }
        let reflexive = view.form(token).to_lowercase().ends_with("sel")
            || view.form(token).to_lowercase().contains("sel");
        let possessive = view.deprel(token) == "nmod:poss";
        let governor = view.governor(token);
        // "Xi met him": two arguments of one verb are two parties.
        if !reflexive && !possessive && trace.governor == governor {
            return false;
        }
        // "his counterpart" is not his own.
        if possessive && view.head(token) == Some(trace.token) {
            return false;
        }
        // "Ann Lee, his spokeswoman," is another than he.
        if possessive
            && view.head(token).is_some_and(|noun| {
                view.relation(noun) == "appos" && view.head(noun) == Some(trace.token)
            })
        {
            return false;
        }
        // "Police beat dozens of them": neither are these two.
        if !reflexive
            && !possessive
            && trace.subject
            && matches!(view.position(token), Position::Nominal("of"))
            && governor.is_some_and(|noun| view.governor(noun) == trace.governor)
        {
            return false;
        }
        // "Xi and his ministers" is fine; "he and Xi" are two.
        if view.first_conjunct(token) == view.first_conjunct(trace.token) {
            return false;
        }
        // "He is wrong," Biden said: who speaks of "him" in quotation marks speaks of another.
        let inside = quoted.get(token).copied().unwrap_or(false);
        let outside = !quoted.get(trace.token).copied().unwrap_or(false);
        // "Nobody but smugglers gains," both said, and that they would talk: the reporter's words go on from the reporter's.
        if !inside && !outside {
            return false;
        }
        if inside && outside && trace.subject {
            let speaks = trace
                .governor
                .is_some_and(|verb| self.is_speech(view, verb) && view.is_below(token, verb));
            if speaks {
                return false;
            }
        }
        true
    }
}

/// Whether the token is below the verb in its own clause or one that this governs, not in one set beside it: "he left, and Lee stayed".
fn hangs_below(view: &View<'_>, token: usize, verb: usize) -> bool {
    let mut at = token;
    for _ in 0..view.len() {
        if at == verb {
            return true;
        }
        let beside = match view.relation(at) {
            "parataxis" => true,
            "conj" => view.subject_of(at).is_some(),
            _ => false,
        };
        match view.head(at).filter(|_| !beside) {
            Some(up) => at = up,
            None => return false,
        }
    }
    false
}

/// The noun that the relative clause of this pronoun hangs on.
fn relative_clause(view: &View<'_>, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..6 {
        let above = view.head(at)?;
        if view.deprel(above) == "acl:relcl" {
            let antecedent = view.head(above)?;
            return (antecedent < token).then_some(antecedent);
        }
        // Only through what may stand between: "whose ministers", "with whom", a coordinated or controlled verb.
        if view.relation(above) == "root" {
            return None;
        }
        at = above;
    }
    None
}

/// The verb that the word is the subject of.
pub(crate) fn acts_in(view: &View<'_>, head: usize) -> Option<usize> {
    view.governor(head).filter(|_| view.position(head) == Position::Subject)
}

/// Whether the token lies in a relative clause and is not the pronoun that it begins with.
pub(crate) fn in_aside(view: &View<'_>, token: usize) -> bool {
    if form_of(view, token) == Some(Form::Relative) {
        return false;
    }
    let mut at = Some(token);
    for _ in 0..8 {
        let Some(here) = at else { return false };
        if view.deprel(here) == "acl:relcl" {
            return true;
        }
        at = view.head(here);
    }
    false
}

/// Who does what the verb says, where another verb's object does: in "asked the kingdom to halt" and "blamed the kingdom for halting",
/// the kingdom.
pub(crate) fn controller(view: &View<'_>, verb: usize) -> Option<usize> {
    let mark = |words: &[&str]| {
        view.child(verb, "mark").is_some_and(|mark| words.contains(&view.lemma(mark)))
    };
    let noun = view.xpos(verb) == "VBG" && mark(&["of", "for", "from", "into"]);
    let bare = view.relation(verb) == "xcomp"
        || (view.relation(verb) == "advcl" && (noun || mark(&["to"])));
    if !bare || view.child(verb, "nsubj").is_some() {
        return None;
    }
    let above = view.head(verb)?;
    let object = view.whom(above);
    object
        .or_else(|| view.child(above, "obl").filter(|&o| view.preposition(o) == Some("on")))
        .filter(|&o| o < verb)
}

/// "It is clear that", "it seems": nobody.
pub(crate) fn is_pleonastic(view: &View<'_>, verb: usize) -> bool {
    let clause = view
        .children(verb)
        .iter()
        .any(|&c| matches!(view.relation(c), "csubj" | "ccomp" | "xcomp" | "advcl") && c > verb);
    let predicate = view.child(verb, "cop").is_some() && view.upos(verb) != Upos::Verb;
    // "It was minus two", "it will take time".
    let measure = view.upos(verb) == Upos::Num && view.child(verb, "cop").is_some();
    let time = view.lemma(verb) == "take"
        && view.child(verb, "obj").is_some_and(|noun| {
            matches!(
                view.lemma(noun),
                "time" | "hour" | "day" | "week" | "month" | "year" | "decade" | "generation"
            )
        });
    (predicate && clause)
        || measure
        || time
        || matches!(view.lemma(verb), "seem" | "appear" | "rain" | "snow" | "happen" | "turn")
}

/// The actors as a mention resolved by `how` carries them.
pub(crate) fn with_via(actors: &[Actor], how: &str) -> Vec<Actor> {
    actors
        .iter()
        .map(|actor| Actor { via: via(how), span: None, text: None, ..actor.clone() })
        .collect()
}

/// The subject that follows a pronoun in a phrase before it: "In his speech, Xi said", "After he arrived, Blinken met".
pub(crate) fn later_subject(view: &View<'_>, token: usize) -> Option<usize> {
    let mut at = token;
    for _ in 0..view.len() {
        let above = view.head(at)?;
        if above > at && matches!(view.relation(at), "obl" | "advcl") {
            return view.child(above, "nsubj").filter(|&subject| subject > token);
        }
        at = above;
    }
    None
}

/// "Republicans", "the Tories": a party by the noun for its people, who are no "it".
fn are_members(view: &View<'_>, referent: &Referent, trace: &Trace) -> bool {
    let [actor] = referent.actors.as_slice() else { return false };
    let said = trace.span.of(view.text).unwrap_or_default();
    actor.sector == Some(Sector::Pty)
        && said.ends_with('s')
        && actor.name.as_ref().is_some_and(|name| !name.contains(said))
}

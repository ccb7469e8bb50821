//! What tells of a pronoun's candidates which of them it refers to.
//!
//! In go a pronoun and all that the text has spoken of, out comes a [`Choice`] with the signs of each candidate, and the one that they
//! make likeliest.

use detente_core::{Actor, Span};
use detente_parse::Upos;

use super::{BLOCKS, Block, Candidate, Choice, OFFSETS};
use crate::discourse::{Gender, Opening, Referent, Trace};
use crate::draft::Draft;
use crate::pronouns::{Form, acts_in, controller, in_aside, is_pleonastic, later_subject};
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::{Position, View};

/// Sentences that a pronoun looks back over.
const REACH: usize = 5;
/// Candidates that are weighed; those nearest to the pronoun.
const MOST: usize = 24;
/// The first form of "they".
const THEY: usize = 6;
/// Probability from which on an answer is given.
const SURE: f32 = 0.4;

/// Signs being gathered.
#[derive(Default)]
struct Gathered(Vec<u16>);

impl Gathered {
    fn add(&mut self, block: Block, value: usize) {
        let at = block as usize;
        let value = value.min(BLOCKS[at].1.len() - 1);
        self.0.push(OFFSETS[at] + value as u16);
    }
}

pub(crate) fn place(position: Position<'_>) -> usize {
    match position {
        Position::Subject => 0,
        Position::PassiveSubject => 1,
        Position::Object | Position::Indirect => 2,
        Position::Agent => 3,
        Position::Possessor => 4,
        Position::Oblique("with" | "against" | "to") => 5,
        Position::Oblique(_) => 6,
        Position::Nominal(_) => 7,
        Position::Apposition => 8,
        Position::Modifier => 9,
        Position::Other => 10,
    }
}

/// What a pronoun stands for.
pub(crate) enum Meant {
    /// Nobody: an "it" that is a thing or nothing.
    Nobody,
    /// It cannot be told.
    Open,
    /// These.
    Known(Category, Vec<Actor>),
}

impl Reader<'_> {
    /// Whom a pronoun of the third person refers to.
    pub(crate) fn antecedent(
        &self,
        view: &View<'_>,
        draft: &Draft,
        form: Form,
        weighed: Option<(Category, Vec<Actor>)>,
        quoted: &[bool],
    ) -> Meant {
        if self.antecedents.is_empty() && self.choices.is_none() {
            return match weighed {
                Some((_, actors)) if actors.is_empty() => Meant::Nobody,
                Some((category, actors)) => Meant::Known(category, actors),
                None => Meant::Open,
            };
        }
        let choice = self.choice(view, draft, form, weighed.as_ref(), quoted);
        let shares = self.antecedents.probabilities(&choice);
        let meant = decide(&choice, &shares, self.is_surely_somebody(view, draft.head));
        if let Some(choices) = &self.choices {
            choices.borrow_mut().push(choice);
        }
        meant
    }

    fn choice(
        &self,
        view: &View<'_>,
        draft: &Draft,
        form: Form,
        weighed: Option<&(Category, Vec<Actor>)>,
        quoted: &[bool],
    ) -> Choice {
        let head = draft.head;
        let possessive = view.deprel(head) == "nmod:poss";
        let acts = matches!(view.position(head), Position::Subject | Position::PassiveSubject);
        let group = match form {
            Form::It => 4 + usize::from(possessive),
            Form::They if possessive => 8,
            Form::They => 6 + usize::from(!acts),
            _ if possessive => 3,
            _ => 1 + usize::from(!acts),
        };
        let mut found = self.found(view, draft, form, quoted);
        if let Some((category, actors)) = weighed
            && !actors.is_empty()
            && !found.iter().any(|found| found.referent.actors == *actors)
        {
            found.push(Found::pair(view, actors.clone(), *category, 90.0));
        }
        let place = place(view.position(head));
        let here = Here {
            head,
            form,
            gender: draft.gender,
            family: family(&view.form(head).to_lowercase()),
            place,
            verb: self.verb_sort(view, head),
            clauses: clauses(view, head),
            weighed: match weighed {
                None => 3,
                Some((_, actors)) if actors.is_empty() => 2,
                Some(_) => 1,
            },
        };
        let weights: Vec<f32> = found.iter().map(|found| found.weight).collect();
        let mut candidates = vec![self.nobody(view, &here, found.is_empty())];
        candidates.extend(found.into_iter().enumerate().map(|(nearest, one)| {
            let mut signs = Gathered::default();
            let chosen = weighed
                .is_some_and(|(_, actors)| !actors.is_empty() && *actors == one.referent.actors);
            signs.add(Block::ByWeight, if chosen { 0 } else { here.weighed });
            if chosen {
                signs.add(Block::ByWeightSort, sort(&one.referent));
                signs.add(Block::ByWeightSentence, view.index - one.last.sentence);
            }
            rank(&mut signs, &weights, nearest);
            self.add_where(view, &here, &one, &mut signs);
            self.add_who(&here, &one, &mut signs);
            Candidate {
                signs: signs.0,
                heads: one.heads,
                actors: one.referent.actors,
                category: one.referent.category,
            }
        }));
        Choice { span: view.span(&draft.tokens), group, candidates }
    }

    /// Signs of where the candidate stands to the pronoun.
    fn add_where(&self, view: &View<'_>, here: &Here, one: &Found, signs: &mut Gathered) {
        let trace = &one.last;
        let far = view.index - trace.sentence;
        signs.add(Block::Sentence, far);
        signs.add(Block::PlaceHere, here.place);
        signs.add(Block::PlaceBefore, trace.place);
        let places = match (here.place, trace.place) {
            (0 | 1, 0 | 1) => 0,
            (2, 2) => 1,
            (4, 4) if far == 0 && beside(view, here.head, trace.token) => 3,
            (4, 4) => 2,
            (a, b) if a == b => 4,
            _ => 5,
        };
        signs.add(Block::Places, places);
        let role = |place: usize| match place {
            0 | 1 => 0,
            2 | 5 => 1,
            _ => 2,
        };
        let turn = 9 * usize::from(here.place > 1) + 3 * role(trace.place) + far.min(2);
        signs.add(Block::Turn, turn);
        signs.add(Block::OpensItsSentence, usize::from(trace.token > 1));
        if far > 0 {
            signs.add(Block::WordsBetween, 4);
            return;
        }
        let between = here.head.saturating_sub(trace.token);
        signs.add(Block::WordsBetween, [4, 9, 16].iter().filter(|&&few| between >= few).count());
        if view.first_conjunct(trace.token) != trace.token {
            signs.add(Block::InAList, 0);
        }
        let own = |&verb: &usize| trace.subject && Some(verb) == trace.governor;
        signs.add(Block::Clause, here.clauses.iter().position(own).map_or(8, |d| d.min(3)));
        if here.clauses.iter().any(|&verb| controller(view, verb) == Some(trace.token)) {
            signs.add(Block::Clause, 4);
        }
        if matches!(here.form, Form::He | Form::She)
            && here.clauses.iter().any(|&verb| self.is_spoken_for(view, trace.token, verb))
        {
            signs.add(Block::Clause, 5);
        }
        if in_aside(view, trace.token) && !in_aside(view, here.head) {
            signs.add(Block::Clause, 6);
        }
        if trace.token > here.head {
            signs.add(Block::Clause, 7);
        }
    }

    /// Signs of who the candidate is.
    fn add_who(&self, here: &Here, one: &Found, signs: &mut Gathered) {
        let (referent, trace) = (&one.referent, &one.last);
        signs.add(Block::Sort, sort(referent));
        signs.add(Block::Named, one.heads.len().saturating_sub(1));
        if referent.category == Some(Category::Person) {
            let of_state = referent.actors.iter().any(|actor| actor.code.is_some());
            let open = usize::from(referent.gender != here.gender);
            signs.add(Block::Gender, open + usize::from(open == 1 && of_state));
        }
        let said = match trace.pronoun {
            Some(family) if family == here.family => 2,
            Some(_) => 3,
            None => usize::from(!trace.named),
        };
        signs.add(Block::MentionedBy, said);
        let code = referent.actors.iter().find_map(|actor| actor.code.as_deref());
        let code = match code {
            Some(code) => usize::from(!self.is_state(code)),
            None => 2 + usize::from(referent.actors.is_empty()),
        };
        signs.add(Block::Code, code);
        signs.add(Block::OpensTheText, referent.opens as usize);
        signs.add(Block::SpokenOf, referent.times.saturating_sub(1) as usize);
        let party = referent.category.is_some_and(|c| c != Category::Thing);
        signs.add(if party { Block::PartyVerb } else { Block::ThingVerb }, here.verb);
        let spoke = self.speaker.as_ref().is_some_and(|speakers| {
            !referent.actors.is_empty()
                && referent
                    .actors
                    .iter()
                    .all(|a| speakers.iter().any(|s| s.code == a.code && s.name == a.name))
        });
        if spoke {
            signs.add(Block::SpeakerOfTheSentenceBefore, 0);
        }
        if trace.implied {
            signs.add(Block::OnlyImplied, 0);
        }
    }

    fn nobody(&self, view: &View<'_>, here: &Here, alone: bool) -> Candidate {
        let mut signs = Gathered::default();
        signs.add(Block::ByWeight, if here.weighed == 2 { 0 } else { here.weighed });
        signs.add(Block::Nobody, 0);
        if let Some(above) = acts_in(view, here.head) {
            if is_pleonastic(view, above) {
                signs.add(Block::Nobody, 1);
            }
            if self.is_of_thing(view, above) {
                signs.add(Block::Nobody, 2);
            }
            if self.occurs(view, above) {
                signs.add(Block::Nobody, 3);
            }
        }
        let handled = matches!(
            view.position(here.head),
            Position::Object | Position::PassiveSubject | Position::Oblique(_)
        );
        if handled && !self.is_somebody(view, here.head) && !self.is_told_by_body(view, here.head) {
            signs.add(Block::Nobody, 4);
        }
        if view.index == 0 {
            signs.add(Block::Nobody, 5);
        }
        if alone {
            signs.add(Block::Nobody, 6);
        }
        signs.add(Block::NobodyVerb, here.verb);
        signs.add(Block::NobodyPlace, here.place);
        Candidate { signs: signs.0, ..Candidate::default() }
    }

    /// Whether the verb can be done to somebody alone, or by somebody: "accused it", "it said".
    fn is_surely_somebody(&self, view: &View<'_>, head: usize) -> bool {
        let Some(verb) = view.governor(head) else { return false };
        match view.position(head) {
            Position::Subject => self.is_speech(view, verb) && !is_pleonastic(view, verb),
            Position::Object | Position::Indirect => self.lexicon.addressee.has(view.lemma(verb)),
            _ => false,
        }
    }

    /// What the word above a pronoun says of it: that it speaks, acts, has something done to it, owns people.
    fn verb_sort(&self, view: &View<'_>, head: usize) -> usize {
        let Some(above) = view.governor(head) else { return 6 };
        if view.deprel(head) == "nmod:poss" {
            let noun = view.lemma(above);
            let people = self.lexicon.person.has(noun);
            return if people {
                8
            } else if self.lexicon.locality.has(noun) {
                9
            } else {
                7
            };
        }
        let subject = view.position(head) == Position::Subject;
        if subject && self.is_speech(view, above) {
            0
        } else if self.is_somebody(view, head) {
            if subject { 1 } else { 2 }
        } else if subject && self.occurs(view, above) {
            3
        } else if subject && view.child(above, "cop").is_some() {
            if self.is_of_thing(view, above) { 5 } else { 4 }
        } else {
            6
        }
    }

    /// Everything that agrees with the pronoun, nearest first.
    fn found(&self, view: &View<'_>, draft: &Draft, form: Form, quoted: &[bool]) -> Vec<Found> {
        let head = draft.head;
        let apart = self.set_apart(view, head);
        let speakers = self.speakers(view, head, quoted).unwrap_or_default();
        let later = later_subject(view, head);
        let mut all: Vec<Found> = Vec::new();
        let mut referents: Vec<usize> = Vec::new();
        for index in self.discourse.everything(view.index, REACH) {
            let Some(trace) = self.discourse.trace(index) else { continue };
            let after = trace.sentence == view.index && trace.token >= head;
            if after && Some(trace.token) != later {
                continue;
            }
            let Some(referent) = self.discourse.referent(trace.referent) else { continue };
            // "They told us," Ann Lee said: who speaks is no third person.
            // "Came home from school, and they": where one comes from is no party.
            let whereabouts = form == Form::They
                && trace.sentence == view.index
                && is_whereabouts(view, trace.token);
            if whereabouts
                || is_spoken_by(referent, &speakers)
                || !agrees(referent, draft, form)
                || self.is_among(trace.referent, &apart)
                || !self.may_corefer(view, head, trace, quoted)
            {
                continue;
            }
            let weight = trace.weighs(view.index);
            if let Some(at) = referents.iter().position(|&known| known == trace.referent) {
                all[at].heads.push(trace.span);
                all[at].weight += weight;
                continue;
            }
            if all.len() >= MOST {
                continue;
            }
            referents.push(trace.referent);
            all.push(Found {
                referent: referent.clone(),
                heads: vec![trace.span],
                weight,
                last: trace.clone(),
            });
        }
        if form == Form::They
            && let Some((actors, category, weight)) = self.couple(view, head, 1)
        {
            all.push(Found::pair(view, actors, category, weight));
        }
        all
    }
}

fn decide(choice: &Choice, shares: &[f32], somebody: bool) -> Meant {
    // Candidates that stand for the same parties are one answer.
    let mut answers: Vec<(&Candidate, f32)> = Vec::new();
    let mut nobody = 0.0;
    // "Accused it of fraud": no thing, and not nothing.
    let open = |candidate: &Candidate| {
        candidate.actors.is_empty() && !(somebody && candidate.category.is_none())
    };
    let left = choice.candidates.iter().zip(shares);
    let left: f32 =
        left.filter(|(c, _)| open(c) || !c.actors.is_empty()).map(|(_, share)| share).sum();
    for (candidate, share) in choice.candidates.iter().zip(shares) {
        let share = share / left.max(f32::EPSILON);
        if candidate.actors.is_empty() && !open(candidate) {
            continue;
        }
        if candidate.actors.is_empty() {
            nobody += share;
            continue;
        }
        match answers.iter_mut().find(|(known, _)| known.actors == candidate.actors) {
            Some((_, sum)) => *sum += share,
            None => answers.push((candidate, share)),
        }
    }
    let best = answers.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
    match best {
        Some((best, share)) if share > nobody && share >= SURE => {
            Meant::Known(best.category.unwrap_or(Category::People), best.actors.clone())
        }
        // Several may be people of whom nothing is known; "it" is then a thing.
        _ if nobody > if choice.group >= THEY { 0.7 } else { 0.5 } => Meant::Nobody,
        _ => Meant::Open,
    }
}

/// What is known of the pronoun.
struct Here {
    head: usize,
    form: Form,
    gender: Gender,
    /// Its family of forms.
    family: u8,
    place: usize,
    /// What the word above it says of it.
    verb: usize,
    /// The verbs of the clauses that it lies in, its own first.
    clauses: Vec<usize>,
    /// What the weights alone say: of another 1, of nobody 2, of none for sure 3.
    weighed: usize,
}

/// The verbs of the clauses that a pronoun lies in, its own first.
pub(crate) fn clauses(view: &View<'_>, head: usize) -> Vec<usize> {
    let mut above: Vec<usize> = Vec::new();
    let mut at = view.clause_of(head);
    while let Some(verb) = at.filter(|_| above.len() < 4) {
        above.push(verb);
        // "Lee left; Roth said that he": a clause with a subject of its own lies in none beside it.
        let beside = matches!(view.relation(verb), "conj" | "parataxis")
            && view.child(verb, "nsubj").is_some();
        at = if beside { None } else { view.clause_of(verb) };
    }
    above
}

/// "contain China's growth and interfere in its affairs": whether the verbs above two words are in one list.
fn beside(view: &View<'_>, a: usize, b: usize) -> bool {
    match (view.clause_of(a), view.clause_of(b)) {
        (Some(a), Some(b)) => a != b && view.first_conjunct(a) == view.first_conjunct(b),
        _ => false,
    }
}

/// Signs of how a candidate's weight compares with that of the others.
fn rank(signs: &mut Gathered, weights: &[f32], at: usize) {
    let own = weights.get(at).copied().unwrap_or(0.0);
    let heaviest = weights.iter().copied().fold(1.0, f32::max);
    signs.add(Block::Weight, weights.iter().filter(|weight| **weight > own).count());
    let share = own / heaviest;
    signs.add(Block::Share, [0.999, 0.8, 0.6, 0.4].iter().filter(|&&bound| share < bound).count());
    signs.add(Block::Nearest, at);
}

/// A candidate with its last mention.
struct Found {
    referent: Referent,
    heads: Vec<Span>,
    weight: f32,
    last: Trace,
}

impl Found {
    /// Several who were not named together.
    fn pair(view: &View<'_>, actors: Vec<Actor>, category: Category, weight: f32) -> Self {
        let referent = Referent {
            actors,
            category: Some(category),
            plural: true,
            gender: Gender::Unknown,
            offices: Vec::new(),
            noun: "couple".to_owned(),
            silent: false,
            opens: Opening::Later,
            times: 0,
        };
        let near = weight > 100.0;
        Self {
            referent,
            heads: Vec::new(),
            weight,
            last: Trace {
                sentence: view.index - usize::from(!near && view.index > 0),
                token: 0,
                // It is none of the text's own mentions.
                referent: usize::MAX,
                governor: None,
                subject: true,
                partner: false,
                mutual: false,
                span: Span::default(),
                place: 0,
                named: true,
                implied: false,
                pronoun: None,
                weight,
            },
        }
    }
}

/// "he" of "him" and "his".
pub(crate) fn family(form: &str) -> u8 {
    match form {
        "he" | "him" | "his" | "himself" => 1,
        "she" | "her" | "hers" | "herself" => 2,
        "it" | "its" | "itself" => 3,
        "they" | "them" | "their" | "theirs" | "themselves" => 4,
        _ => 0,
    }
}

/// "From school", "in court": a noun without an article that says where somebody is.
fn is_whereabouts(view: &View<'_>, token: usize) -> bool {
    view.upos(token) == Upos::Noun
        && !view.is_plural(token)
        && view.relation(token) == "obl"
        && matches!(view.preposition(token), Some("from" | "to" | "at" | "in"))
        && view.children(token).iter().all(|&c| view.relation(c) == "case")
}

/// Whether a referent is one of those who speak, or the side that they speak for. Two persons of one state are two.
pub(crate) fn is_spoken_by(referent: &Referent, speakers: &[Actor]) -> bool {
    let person = referent.category == Some(Category::Person);
    let same = |actor: &Actor, speaker: &Actor| {
        actor.code == speaker.code
            && match (&actor.name, &speaker.name) {
                (Some(one), Some(other)) if person => one == other,
                _ => true,
            }
    };
    !referent.actors.is_empty()
        && referent.actors.iter().all(|actor| speakers.iter().any(|speaker| same(actor, speaker)))
}

/// Whether a pronoun of this form may stand for the referent, by number, gender and sort.
pub(crate) fn agrees(referent: &Referent, draft: &Draft, form: Form) -> bool {
    let category = referent.category;
    match form {
        Form::He | Form::She => {
            category == Some(Category::Person)
                && !referent.plural
                && (referent.gender == Gender::Unknown || referent.gender == draft.gender)
        }
        Form::It => match category {
            Some(Category::Country | Category::Organisation) | None => !referent.plural,
            Some(Category::Thing) => true,
            Some(_) => false,
        },
        Form::They => match category {
            Some(Category::Thing) => false,
            Some(Category::Person | Category::Country) => referent.plural,
            Some(_) => true,
            None => referent.plural,
        },
        _ => false,
    }
}

fn sort(referent: &Referent) -> usize {
    let unknown = referent.actors.is_empty();
    match referent.category {
        Some(_) if referent.noun == "couple" => 10,
        Some(Category::Person) if referent.plural => 7,
        Some(Category::Person) if unknown => 11,
        Some(Category::Person) => 0,
        Some(Category::People) if unknown => 12,
        Some(Category::People) => 1,
        Some(Category::Country) if referent.plural => 8,
        Some(Category::Country) => 2,
        Some(Category::Organisation) if unknown => 13,
        Some(Category::Organisation) => 3,
        Some(Category::Nationality) => 4,
        Some(Category::Thing) => 5,
        None if referent.plural => 9,
        None => 6,
    }
}

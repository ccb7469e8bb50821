//! What parties bound themselves to, and where it stands.
//!
//! In go the sentences of one document with its resolution and events, out come [`Commitment`]s in the order of
//! their first mention. "Oslo and Ottawa agreed to set up a working group on fisheries by June" gives a working group,
//! subject "fisheries", parties `CAN` and `NOR`, announced, with a deadline; "In May the working group met" moves it to held.
//!
//! A noun of `topics/commitments.toml` ("a ceasefire") or one of its acts ("to withdraw its troops") is one only where the tree says so: a
//! verb of one of its stages governs it, and two parties stand behind that verb, or for what one may promise alone ("elections") one. A
//! wish ("called for a ceasefire"), an offer, a refusal or a bare mention makes none, and a meeting that was simply held is an event,
//! no commitment.
//!
//! `named.rs` finds the words, `stage.rs` reads what the verb does to them with the words of `promises.rs`, `reality.rs` how real that is, `parties.rs` whose it is, `terms.rs` by
//! when, how long, how much and if what. Where a sentence names no parties, the story may give them: the two between whom it tells most, who
//! imposed what is lifted, those to whom others promised before. When two mentions are one commitment is told by [`Commitment::may_be`], here with what a
//! text leaves out the second time.

mod acts;
mod named;
mod parties;
mod promises;
mod reality;
mod stage;
mod terms;
mod undone;

use std::collections::{BTreeMap, BTreeSet};

use detente_core::{
    Commitment, CommitmentMention, CommitmentStatus, Document, Event, Span, Term, TermKind,
    stable_id, subjects_agree,
};
use detente_knowledge::{CommitmentForm, CommitmentKind, Knowledge};
use detente_parse::{Sentence, Upos};
use detente_resolve::{Mention, Resolution};

use crate::grammar::{
    antecedent, dependent, governed_by, has_case, is_below, is_passive, subject, token,
};
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use crate::yields::Tree;
use named::Named;
pub(crate) use named::done_to;
pub(crate) use promises::Promises;
use stage::{Stage, moves_on};

/// Sentences over which those to whom something was promised are whom others give to as well.
const GIVEN: usize = 6;

/// Where two or more parties agreed on something that still stands at the end of the text: what they agreed on is shared.
#[derive(Debug)]
pub(crate) struct Agreed {
    pub(crate) sentence: usize,
    /// The noun or the act.
    pub(crate) head: usize,
    /// The verb that governs it.
    pub(crate) act: usize,
    pub(crate) parties: Vec<String>,
    /// The topic that its kind is about in any words, and the bytes that name it.
    pub(crate) topic: Option<(String, Span)>,
}

/// Every commitment of the document, in order of the first mention, and where parties agreed on them.
pub(crate) fn commitments(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    events: &[Event],
) -> (Vec<Commitment>, Vec<Agreed>) {
    let verbs = &book.promises;
    let mut ledger = Ledger {
        knowledge,
        document,
        all: Vec::new(),
        heads: Vec::new(),
        last: None,
        ahead: BTreeSet::new(),
        agreement: None,
        agreed: Vec::new(),
        encounter: None,
        given: None,
        dealings: Dealings::default(),
        imposed: None,
        looked: 0,
    };
    for (index, sentence) in sentences.iter().enumerate() {
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        ledger.war_resumed(verbs, sentence, index);
        ledger.dealings.follow(events, index);
        let mut named = named::find(&scene);
        let imposed = ledger.imposed.as_ref().filter(|(told, _)| told + 2 >= index);
        if let Some((_, event)) = imposed {
            named.extend(named::undoing(&scene, &event.kind));
        }
        ledger.follow_imposed(events, index);
        let before = ledger.encounter.filter(|(told, _)| told + 1 == index);
        named.extend(before.and_then(|(_, kind)| named::next_of(verbs, sentence, kind)));
        let encounter = named.iter().find(|noun| !noun.act && stage::is_encounter(noun.kind));
        ledger.encounter = encounter.map(|noun| (index, noun.kind)).or(ledger.encounter);
        let again = named::again(sentence, &named);
        if named.is_empty() && (again.is_empty() || ledger.all.is_empty()) {
            continue;
        }
        let tree = Tree::new(sentence);
        let mut order: Vec<(usize, Option<Named<'_>>)> =
            again.into_iter().map(|at| (at, None)).collect();
        order.extend(named.drain(..).map(|noun| (noun.first, Some(noun))));
        order.sort_by_key(|(at, noun)| (*at, noun.as_ref().is_some_and(|noun| !noun.again)));
        for (at, noun) in order {
            let Some(noun) = noun.or_else(|| ledger.taken_up(&scene, at)) else { continue };
            if is_elsewhere(sentence, &noun) {
                continue;
            }
            if ledger.is_of_body(&scene, &noun) {
                continue;
            }
            if stage::is_former(verbs, sentence, &noun)
                && ledger.same_kind(&noun, true).next().is_some()
            {
                continue;
            }
            let found = stage::stage(verbs, sentence, &noun);
            if let Some(stage) = found.as_ref().filter(|stage| stage.promised)
                && ledger.meets_again(&scene, &noun)
            {
                let terms = terms::terms(&scene, &tree, document, &noun, stage);
                ledger.of_last(terms);
                continue;
            }
            let Some(mut stage) = found else {
                if ledger.joint_body(&scene, &tree, &noun) {
                    continue;
                }
                ledger.names(sentence, &noun, index);
                let terms = terms::of_subject(&scene, &tree, document, noun.head);
                ledger.add_terms(sentence, &noun, terms);
                continue;
            };
            // "It ended": what a known party does is not done by the thing.
            if noun.again
                && is_somebody(&scene, noun.head)
                && !verbs.is_of_thing(sentence, stage.act, noun.head)
            {
                continue;
            }
            // "resumed the talks that broke off", "reopened the line after Seoul had cut it": what was before it was begun anew.
            if noun.again && is_before(verbs, sentence, &noun, &stage) {
                continue;
            }
            stage.begins &= !noun.again;
            stage.ahead = reality::future(sentence, stage.act);
            let mut of = parties::parties(&scene, verbs, &stage, &noun);
            if let Some(codes) = parties::of_clause(&scene, events, &stage) {
                of.codes = codes;
            }
            if noun.kind.due && stage.begins && of.codes.len() == 1 {
                of.codes.extend(parties::of_return(&scene, verbs, &stage));
            }
            let brokered = verbs.broker.contains(lemma(sentence, stage.verb));
            if of.codes.len() < 2
                && stage.begins
                && !stage.own_subject
                && !stage.contained
                && !brokered
            {
                of.codes.extend(parties::of_events(events, index, stage.verb, sentence));
                if lemma(sentence, noun.head) == "invitation" {
                    of.codes.extend(parties::of_invitation(events, index));
                }
            }
            // "South Sudan's government and rebels signed a truce": nobody else is sought.
            let within = of.codes.len() == 1
                && noun.kind.form == Some(CommitmentForm::Pact)
                && !noun.kind.general
                && parties::is_within(events, index, stage.verb, sentence);
            if !within {
                ledger.of_agreement(&scene, &stage, &noun, &mut of);
                if of.codes.is_empty() && stage.begins && is_to_be(sentence, &stage) {
                    of.codes.extend(parties::of_pair(events, index, noun.kind));
                    of.mutual = of.codes.len() > 1;
                }
                if noun.kind.due && stage.begins && of.codes.len() == 1 {
                    of.codes.extend(parties::of_dealings(events, index, &of.codes));
                }
                ledger.of_imposed(&stage, &noun, &mut of);
                ledger.of_givers(&scene, &stage, &noun, &mut of);
                ledger.of_story(&scene, &stage, &noun, &mut of);
            }
            if ((stage.contained || stage.bound) && of.codes.is_empty())
                || (of.codes.len() < 2 && ledger.joint_body(&scene, &tree, &noun))
            {
                continue;
            }
            let parties::Parties { codes: mut parties, mutual, .. } = of;
            if stage.carried_out {
                parties = parties::of_sentence(events, index);
                if parties.len() != 2 {
                    continue;
                }
            }
            // "put the pact on hold": what ends a thing is not what it is about.
            let subject_holder = if moves_on(stage.status) { stage.act } else { noun.head };
            let found = Found {
                definite: noun.again || is_definite(sentence, noun.head),
                under: has_case(sentence, noun.head, "under"),
                within,
                head: noun.head,
                word: token(sentence, noun.head).map(|t| t.lemma.as_str().to_owned()),
                parties,
                subject: terms::subject(&scene, &tree, &document.text, noun.head, subject_holder)
                    .or_else(|| terms::inner_subject(&scene, &tree, &document.text, &noun)),
                terms: terms::terms(&scene, &tree, document, &noun, &stage),
                mention: CommitmentMention {
                    sentence: index,
                    span: terms::mention_span(&tree, &noun),
                    text: String::new(),
                    status: stage.status,
                },
            };
            ledger.record(&noun, &stage, found, mutual);
        }
    }
    ledger.finished()
}

/// Whether a mention that takes up another tells of what was before it, or only on what it hangs: "once both have ratified it".
fn is_before(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>, stage: &Stage) -> bool {
    let of = antecedent(sentence, noun.head);
    let anew = of != noun.head
        && token(sentence, of)
            .and_then(|t| t.head)
            .is_some_and(|up| verbs.anew.contains(lemma(sentence, up)));
    let mut at = stage.act;
    let mut beside = false;
    for _ in 0..4 {
        beside |= ["after", "since", "before", "until", "if", "unless", "once", "when", "provided"]
            .iter()
            .any(|mark| has_case(sentence, at, mark))
            && token(sentence, at).is_some_and(|t| t.relation() == "advcl");
        match token(sentence, at).and_then(|t| t.head) {
            Some(up) => at = up,
            None => break,
        }
    }
    beside || (anew && !moves_on(stage.status))
}

/// "Left it to the envoy" behind "could not agree on Abyei": "it" is what stands nearer than the commitment that was told of before.
fn is_elsewhere(sentence: &Sentence, noun: &Named<'_>) -> bool {
    let nearer = |verb: usize| {
        sentence.children(verb).iter().any(|&at| {
            at > verb
                && at < noun.head
                && token(sentence, at)
                    .is_some_and(|t| matches!(t.relation(), "obj" | "obl") && t.upos == Upos::Propn)
        })
    };
    noun.again
        && lemma(sentence, noun.head) == "it"
        && token(sentence, noun.head)
            .filter(|t| t.relation() == "obj")
            .and_then(|t| t.head)
            .and_then(|act| token(sentence, act))
            .filter(|act| act.relation() == "conj")
            .and_then(|act| act.head)
            .is_some_and(nearer)
}

/// "A commission is to be set up", "talks will resume": what is to come about, by nobody that the clause names.
fn is_to_be(sentence: &Sentence, stage: &Stage) -> bool {
    stage.promised && (stage.own_subject || is_passive(sentence, stage.act))
}

/// Whether a word stands for a party.
fn is_somebody(scene: &Scene<'_>, at: usize) -> bool {
    let mention = scene.resolution.mention_at(scene.index, at);
    mention.is_some_and(|mention| mention.actors.iter().any(|actor| actor.code.is_some()))
}

/// What one mention says.
struct Found {
    definite: bool,
    /// Something is done under it.
    under: bool,
    /// Two bodies of one state have made it.
    within: bool,
    head: usize,
    word: Option<String>,
    parties: BTreeSet<String>,
    subject: Option<String>,
    terms: Vec<Term>,
    mention: CommitmentMention,
}

/// The commitments of a document so far.
struct Ledger<'a> {
    knowledge: &'a Knowledge,
    document: &'a Document,
    all: Vec<Commitment>,
    /// The nouns and verbs that named them, by lemma.
    heads: Vec<(String, usize)>,
    /// The sentence of the last mention, and which it was.
    last: Option<(usize, usize)>,
    /// Meetings and visits that the text says will be.
    ahead: BTreeSet<usize>,
    /// The sentence that last spoke of what an agreement holds, and which agreement.
    agreement: Option<(usize, usize)>,
    /// Where they were agreed on by two, and which.
    agreed: Vec<(usize, Agreed)>,
    /// The sentence of the last meeting or round of talks that was named, and its kind.
    encounter: Option<(usize, &'a CommitmentKind)>,
    /// To whom something was promised last, and in which sentence.
    given: Option<(usize, BTreeSet<String>)>,
    dealings: Dealings,
    /// The last event that commitments of some kind take back, and its sentence.
    imposed: Option<(usize, &'a Event)>,
    /// Events that were looked through for such.
    looked: usize,
}

/// Who has dealt with whom in the story so far.
#[derive(Default)]
struct Dealings {
    /// Events that have been counted.
    counted: usize,
    /// The two of whom it told first.
    first: Option<BTreeSet<String>>,
    pairs: BTreeMap<BTreeSet<String>, usize>,
}

impl Dealings {
    /// Counts the events up to a sentence.
    fn follow(&mut self, events: &[Event], sentence: usize) {
        while let Some(event) = events.get(self.counted).filter(|e| e.sentence <= sentence) {
            self.counted += 1;
            let codes = parties::codes_of(event);
            if codes.len() == 2 {
                self.first.get_or_insert_with(|| codes.clone());
                *self.pairs.entry(codes).or_default() += 1;
            }
        }
    }

    /// The two between whom far more is told than between any others, those with whom the story opens first.
    fn main_pair(&self) -> Option<&BTreeSet<String>> {
        let (pair, most) =
            self.pairs.iter().filter(|(_, count)| **count > 1).max_by_key(|(_, count)| **count)?;
        let times = if self.first.as_ref() == Some(pair) { 2 } else { 3 };
        let others = self.pairs.iter().filter(|(other, _)| *other != pair);
        others.map(|(_, count)| *count).all(|count| *most >= times * count).then_some(pair)
    }
}

impl<'a> Ledger<'a> {
    /// Adds a mention to the commitment it belongs to, or begins a new one.
    fn record(&mut self, noun: &Named<'_>, stage: &Stage, mut found: Found, mutual: bool) {
        let Some(text) = found.mention.span.of(&self.document.text) else { return };
        let index = found.mention.sentence;
        text.clone_into(&mut found.mention.text);
        let status = found.mention.status;
        let of_same = |known: &Commitment| {
            let own = &found.parties;
            own.iter().all(|code| known.parties.contains(code))
                // What one was told to do, two are now told to have agreed on.
                || (noun.kind.alone && known.parties.iter().all(|code| own.contains(code)))
        };
        let known = self
            .same_kind(noun, found.definite)
            .filter(|(_, known)| {
                of_same(known)
                    // "Another on visas" is one more.
                    && (noun.of.is_none() || known.subject.is_some())
                    && subjects_agree(known.subject.as_deref(), found.subject.as_deref())
                    && !(stage.promised && are_other_sums(known, &found))
            })
            .map(|(at, known)| {
                // What is looked back on moves nothing; what has been ratified may not be in force yet.
                let not_yet = stage.to_begin
                    && known.status == CommitmentStatus::Started
                    && noun.kind.form == Some(CommitmentForm::Pact);
                let next = if not_yet { Some(status) } else { known.status.then(status) };
                (at, if stage.recalled { Some(known.status) } else { next })
            })
            .next();
        if let Some((at, Some(next))) = known {
            self.note(at, noun, index);
            // "Will meet in June. They met in Lima in May": what is to come has not been.
            let called_off =
                matches!(status, CommitmentStatus::Suspended | CommitmentStatus::Broken);
            if self.ahead.contains(&at) && !stage.promised && !called_off {
                return;
            }
            let Some(known) = self.all.get_mut(at) else { return };
            // What only recalls an earlier stage moves nothing.
            if next == status && !stage.recalled {
                known.status = next;
                known.mentions.push(found.mention);
            }
            known.subject = known.subject.take().or(found.subject);
            known.parties.extend(found.parties);
            known.parties.sort_unstable();
            known.parties.dedup();
            add_terms(known, found.terms);
            return;
        }
        // "Washington had agreed with the rebels in May to withdraw": whose what is over was.
        if stage.recalled && noun.kind.due && found.parties.len() > 1 {
            let over = self.same_kind(noun, true).find(|(_, known)| {
                !moves_on(known.status)
                    && known.mentions.len() == 1
                    && known.parties.iter().any(|code| found.parties.contains(code))
            });
            if let Some(at) = over.map(|(at, _)| at) {
                let Some(known) = self.all.get_mut(at) else { return };
                known.parties = found.parties.into_iter().collect();
                known.subject = known.subject.take().or(found.subject);
                add_terms(known, found.terms);
                self.note(at, noun, index);
                return;
            }
        }
        let one = found.within || (stage.one_sided && noun.kind.alone);
        let enough = if one { 1 } else { 2 };
        // "will buy gas under a contract that they signed": the contract is what was just told.
        let same = noun.kind.general
            && found.under
            && self.last.is_some_and(|(told, at)| {
                told == index
                    && self.all.get(at).is_some_and(|known| {
                        found.parties.iter().all(|code| known.parties.contains(code))
                            && self
                                .kind(&known.kind)
                                .is_some_and(|kind| kind.root == noun.kind.root)
                    })
            });
        if same {
            return;
        }
        if found.parties.len() < enough || !stage.begins {
            return;
        }
        let mut begun = Commitment {
            kind: noun.kind.name.clone(),
            subject: found.subject,
            parties: found.parties.into_iter().collect(),
            status,
            mentions: vec![found.mention],
            ..Commitment::default()
        };
        add_terms(&mut begun, found.terms);
        let at = self.all.len();
        if stage.promised && stage.ahead && stage::is_encounter(noun.kind) {
            self.ahead.insert(at);
        }
        if mutual
            && (!noun.kind.passing || noun.kind.alone)
            && moves_on(status)
            && (stage.joint || status != CommitmentStatus::Held)
        {
            let parties = begun.parties.clone();
            let (head, act) = (found.head, stage.act);
            let span = begun.mentions.first().map(|mention| mention.span);
            let topic = noun.kind.topic.clone().zip(span);
            self.agreed.push((at, Agreed { sentence: index, head, act, parties, topic }));
        }
        self.all.push(begun);
        self.note(at, noun, index);
        if let Some(word) = &found.word {
            self.heads.push((word.clone(), at));
        }
    }

    /// Keeps in mind which commitment was told of last.
    fn note(&mut self, at: usize, noun: &Named<'_>, index: usize) {
        self.last = Some((index, at));
        let binds = self.all.get(at).is_some_and(|known| known.parties.len() > 1)
            && !noun.kind.passing
            && stage::is_body(noun.kind);
        if noun.kind.form == Some(CommitmentForm::Pact)
            || binds
            || self.agreement.is_some_and(|(_, of)| of == at)
        {
            self.agreement = Some((index, at));
        }
    }

    /// Keeps the last event up to a sentence that some kind of commitment takes back.
    fn follow_imposed(&mut self, events: &'a [Event], sentence: usize) {
        while let Some(event) = events.get(self.looked).filter(|e| e.sentence <= sentence) {
            self.looked += 1;
            let kinds = &self.knowledge.topics.commitments;
            if parties::codes_of(event).len() > 1
                && kinds.iter().any(|kind| kind.undoes.as_deref() == Some(event.kind.as_str()))
            {
                self.imposed = Some((event.sentence, event));
            }
        }
    }

    /// "The sanctions will be lifted": they are due to those whom they hit, by those who imposed them.
    fn of_imposed(&self, stage: &Stage, noun: &Named<'_>, of: &mut parties::Parties) {
        let Some((_, event)) = self.imposed else { return };
        let codes = parties::codes_of(event);
        if noun.kind.undoes.as_deref() == Some(event.kind.as_str())
            && stage.begins
            && stage.promised
            && of.codes.len() < 2
            && of.codes.is_subset(&codes)
        {
            of.codes = codes;
        }
    }

    /// "It will convene in May": what the body that was told of last does is no meeting of its own.
    fn is_of_body(&self, scene: &Scene<'_>, noun: &Named<'_>) -> bool {
        noun.act
            && noun.kind.meets
            && subject(scene.sentence, noun.head)
                .is_some_and(|at| lemma(scene.sentence, at) == "it")
            && self
                .last
                .filter(|(told, _)| told + 1 >= scene.index)
                .and_then(|(_, at)| self.all.get(at))
                .and_then(|known| self.kind(&known.kind))
                .is_some_and(stage::is_body)
    }

    /// "Its first session will be held in May": a meeting of the body that was told of last.
    fn meets_again(&self, scene: &Scene<'_>, noun: &Named<'_>) -> bool {
        let sentence = scene.sentence;
        let own = !noun.act
            && !noun.again
            && scene.book.promises.is_part(lemma(sentence, noun.head))
            && sentence.children(noun.head).iter().any(|&at| {
                token(sentence, at)
                    .is_some_and(|t| t.deprel == "nmod:poss" && t.form.eq_ignore_ascii_case("its"))
            });
        own && self
            .last
            .filter(|(told, _)| told + 1 >= scene.index)
            .and_then(|(_, at)| self.all.get(at))
            .and_then(|known| self.kind(&known.kind))
            .is_some_and(stage::is_body)
    }

    /// Adds terms to what was told of last.
    fn of_last(&mut self, terms: Vec<Term>) {
        let last = self.last.map(|(_, at)| at);
        if let Some(known) = last.and_then(|at| self.all.get_mut(at)) {
            add_terms(known, terms);
        }
    }

    /// "Donors pledged Uganda 300 million dollars. Norway promised 40 million": what one more gives is for the same.
    fn of_givers(
        &mut self,
        scene: &Scene<'_>,
        stage: &Stage,
        noun: &Named<'_>,
        of: &mut parties::Parties,
    ) {
        let aid = noun.kind.due && noun.kind.name == noun.kind.root;
        if !aid || !stage.promised || !stage.begins || stage.recalled || of.codes.is_empty() {
            return;
        }
        if of.codes.len() == 1 && !of.addressed {
            let near = self.given.as_ref().filter(|(told, _)| told + GIVEN >= scene.index);
            if let Some((_, receivers)) = near.filter(|(_, to)| to.is_disjoint(&of.codes)) {
                of.codes.extend(receivers.iter().cloned());
                return;
            }
        }
        // "Donors pledged 300 million to help Uganda": nobody that is known gives it.
        let giver = subject(scene.sentence, stage.verb);
        let unknown = giver.is_some_and(|at| !is_somebody(scene, at));
        let receivers = if unknown { &of.codes } else { &of.receivers };
        if !receivers.is_empty() {
            self.given = Some((scene.index, receivers.clone()));
        }
    }

    /// "Signed in 1995": years before the text.
    fn is_of_old(&self, scene: &Scene<'_>, verb: usize) -> bool {
        let year = |date: &str| date.get(..4).and_then(|year| year.parse::<i32>().ok());
        let Some(today) = self.document.date.as_deref().and_then(year) else { return false };
        scene.resolution.dates_in(scene.index).iter().any(|time| {
            time.tokens.clone().any(|at| is_below(scene.sentence, at, verb))
                && time.value.as_deref().and_then(year).is_some_and(|then| then + 2 < today)
        })
    }

    /// Parties that the story gives, where a sentence names nobody else: "the ceasefire has held", "will return the visit in March",
    /// "among the accords that ministers signed".
    fn of_story(
        &self,
        scene: &Scene<'_>,
        stage: &Stage,
        noun: &Named<'_>,
        of: &mut parties::Parties,
    ) {
        let sentence = scene.sentence;
        let verbs = &scene.book.promises;
        if of.codes.len() > 1
            || !stage.begins
            || noun.again
            || noun.kind.alone
            || stage.contained
            || stage.bound
        {
            return;
        }
        let Some(pair) = self.dealings.main_pair() else { return };
        let is_other = |mention: &Mention| {
            let brokers = token(sentence, mention.head)
                .filter(|t| t.deprel == "obl:agent")
                .and_then(|t| t.head)
                .is_some_and(|verb| verbs.broker.contains(lemma(sentence, verb)));
            !brokers
                && mention.actors.iter().filter_map(|a| a.code.as_ref()).any(|c| !pair.contains(c))
        };
        let own = of.codes.iter().all(|code| pair.contains(code));
        // "The ceasefire in Syria"
        let of_others = sentence.dependents(noun.head, "nmod").any(|at| {
            token(sentence, at).is_some_and(|t| t.upos == Upos::Propn)
                && !scene
                    .resolution
                    .dates
                    .iter()
                    .any(|date| date.sentence == scene.index && date.tokens.contains(&at))
                && !scene.resolution.mention_at(scene.index, at).is_some_and(|m| {
                    m.actors.iter().filter_map(|a| a.code.as_ref()).any(|c| pair.contains(c))
                })
        });
        if !own || of_others || scene.resolution.mentions_in(scene.index).iter().any(is_other) {
            return;
        }
        // "The accord was reached in Beijing" behind what they agreed on
        let known = noun.kind.general
            && is_definite(sentence, noun.head)
            && self.all.iter().any(|known| pair.iter().all(|code| known.parties.contains(code)));
        let named = token(sentence, noun.head).is_some_and(|t| t.upos == Upos::Propn);
        if known || named {
            return;
        }
        let doer = subject(sentence, stage.verb).filter(|&at| at != noun.head);
        let by_story = if of.codes.is_empty() {
            let made = stage::maker(verbs, sentence, noun.of.unwrap_or(noun.head))
                .is_some_and(|verb| stage::is_body(noun.kind) || !self.is_of_old(scene, verb));
            // "They undertook to set up a commission"
            let they = doer
                .is_some_and(|at| lemma(sentence, at) == "they" && !is_somebody(scene, at))
                && verbs.agrees(lemma(sentence, stage.verb));
            // "A second round produced a truce"
            let by_talks = doer.is_some_and(|at| {
                let kind = scene.knowledge.topics.commitment_at(&[lemma(sentence, at)]);
                kind.is_some_and(|(_, kind)| stage::is_encounter(kind))
            });
            they || (!noun.act && (is_definite(sentence, noun.head) || made || by_talks))
        } else {
            let visit = noun.kind.form == Some(CommitmentForm::Visit) && stage.promised;
            let stays = sentence
                .dependents(noun.head, "obl")
                .all(|at| scene.resolution.mention_at(scene.index, at).is_none());
            let bare = noun.kind.acts.iter().any(|act| act[..] == [lemma(sentence, noun.head)]);
            let to_them = visit
                && noun.kind.meets
                && ((noun.act && bare && stays) || (!noun.act && is_definite(sentence, noun.head)));
            let unowned = !noun.act && doer.is_some_and(|at| parties::is_unowned(sentence, at));
            // "Is to arrive on Friday to sign a treaty"
            let comes = stage.promised
                && stage.verb != stage.act
                && token(sentence, stage.act).is_some_and(|t| t.relation() == "advcl")
                && verbs.ceremony.contains(lemma(sentence, stage.act));
            // "A hotline between the fleet commanders"
            let between = !noun.act
                && ["between", "among"].iter().any(|case| {
                    governed_by(sentence, noun.head, case)
                        .any(|at| parties::is_unowned(sentence, at))
                });
            to_them || unowned || comes || between
        };
        // "Prime ministers will meet next month"
        let gather = noun.act
            && noun.kind.meets
            && stage.promised
            && doer.is_some_and(|at| {
                parties::is_unowned(sentence, at)
                    && scene.resolution.mention_at(scene.index, at).is_some()
            });
        let by_story = by_story || gather;
        if by_story {
            of.codes.extend(pair.iter().cloned());
            of.mutual = true;
        }
    }

    /// "A joint committee will measure the river": what is to do something behind an agreement is a part of it.
    fn joint_body(&mut self, scene: &Scene<'_>, tree: &Tree<'_>, noun: &Named<'_>) -> bool {
        let sentence = scene.sentence;
        let begins = !noun.act && !noun.again && !is_definite(sentence, noun.head);
        let Some((told, at)) = self.agreement.filter(|_| begins && stage::is_body(noun.kind))
        else {
            return false;
        };
        let verb =
            token(sentence, noun.head).filter(|t| t.relation() == "nsubj").and_then(|t| t.head);
        let to_come = verb.is_some_and(|verb| {
            sentence
                .dependents(verb, "aux")
                .any(|aux| matches!(lemma(sentence, aux), "will" | "would"))
                || reality::marked_to(sentence, verb)
        });
        let Some(known) = self.all.get(at).filter(|known| {
            to_come && told + 2 >= scene.index && moves_on(known.status) && known.parties.len() > 1
        }) else {
            return false;
        };
        let parties = known.parties.clone();
        let span = terms::mention_span(tree, noun);
        let Some(text) = span.of(&self.document.text) else { return false };
        let mention = CommitmentMention {
            sentence: scene.index,
            span,
            text: text.to_owned(),
            status: CommitmentStatus::Announced,
        };
        if self.same_kind(noun, false).next().is_some() {
            return false;
        }
        self.all.push(Commitment {
            kind: noun.kind.name.clone(),
            parties,
            status: CommitmentStatus::Announced,
            mentions: vec![mention],
            ..Commitment::default()
        });
        self.note(self.all.len() - 1, noun, scene.index);
        true
    }

    /// "On Friday fighting resumed": a truce that was told of last is over.
    fn war_resumed(&mut self, verbs: &Promises, sentence: &Sentence, index: usize) {
        let near = self.last.filter(|(told, _)| told + 2 >= index).map(|(_, at)| at);
        let Some(known) = near.and_then(|at| self.all.get_mut(at)) else { return };
        let truce = self
            .knowledge
            .topics
            .commitments
            .iter()
            .any(|kind| kind.name == known.kind && kind.topic.as_deref() == Some("ceasefire"));
        if !truce || !moves_on(known.status) {
            return;
        }
        let resumed = |&at: &usize| stage::is_war_resumed(verbs, sentence, at);
        if let Some(verb) = (0..sentence.tokens.len()).find(resumed) {
            let span = span_of(sentence, verb);
            let status = CommitmentStatus::Broken;
            let text = span.of(&self.document.text).unwrap_or_default().to_owned();
            known.status = status;
            known.mentions.push(CommitmentMention { sentence: index, span, text, status });
        }
    }

    /// "The pact is to run for ten years": a mention that moves nothing.
    fn names(&mut self, sentence: &Sentence, noun: &Named<'_>, index: usize) {
        if noun.act || !(noun.again || is_definite(sentence, noun.head)) {
            return;
        }
        let known = self.same_kind(noun, true).map(|(at, _)| at).next();
        if let Some(at) = known {
            self.note(at, noun, index);
        }
    }

    /// What "it" or "the group" takes up.
    fn taken_up(&self, scene: &Scene<'_>, at: usize) -> Option<Named<'a>> {
        let word = lemma(scene.sentence, at);
        let of = if word == "it" {
            self.last.filter(|(sentence, _)| sentence + 1 >= scene.index).map(|(_, of)| of)
        } else {
            self.heads.iter().rev().find(|(head, _)| head == word).map(|(_, of)| *of)
        }?;
        let name = &self.all.get(of)?.kind;
        let kind = self.knowledge.topics.commitments.iter().find(|kind| kind.name == *name)?;
        Some(Named { kind, head: at, first: at, last: at, act: false, again: true, of: None })
    }

    /// Parties that a sentence leaves to the agreement that it speaks of: "under the treaty a commission was set up", "the pact provides for
    /// a truce"; what one of two is to do of it is due to the other.
    fn of_agreement(
        &mut self,
        scene: &Scene<'_>,
        stage: &Stage,
        noun: &Named<'_>,
        of: &mut parties::Parties,
    ) {
        let sentence = scene.sentence;
        // "A mechanism was agreed as well": by those who agreed on what was told before.
        let as_well = of.codes.is_empty()
            && stage.begins
            && is_passive(sentence, stage.act)
            && scene.book.promises.agrees(lemma(sentence, stage.act));
        if as_well {
            let before = self.last.filter(|(told, _)| told + 2 >= scene.index);
            if let Some(known) = before.and_then(|(_, at)| self.all.get(at)) {
                of.codes.extend(known.parties.iter().filter(|_| known.parties.len() > 1).cloned());
                of.mutual = of.codes.len() > 1;
            }
            return;
        }
        // "The rebels must hand in their guns" is agreed where a pact was told of.
        let due_before = self.last.filter(|(_, at)| {
            let two = self.all.get(*at).is_some_and(|known| known.parties.len() == 2);
            two && noun.kind.due && of.codes.len() == 1
        });
        let Some((told, at)) = self.agreement.or(due_before).filter(|_| stage.begins) else {
            if stage.contained || stage.bound {
                of.codes.clear();
            }
            return;
        };
        let Some(known) = self.all.get(at).filter(|c| moves_on(c.status)) else { return };
        let near = told + 2 >= scene.index;
        let is_agreement = |head: usize| {
            let word = lemma(sentence, head);
            let named = || {
                let found = scene.knowledge.topics.commitment_at(&[word]);
                found.is_some_and(|(_, kind)| kind.form == Some(CommitmentForm::Pact))
                    && (told == scene.index || is_definite(sentence, head))
            };
            !is_somebody(scene, head) && (matches!(word, "it" | "which" | "that") || named())
        };
        let by_its_word = (stage.contained
            || scene.book.promises.holds_by(sentence, stage.act, noun.head))
            && subject(sentence, stage.act)
                .or_else(|| dependent(sentence, stage.act, "nsubj"))
                .is_some_and(is_agreement);
        let under = [stage.verb, stage.act].into_iter().any(|holder| {
            governed_by(sentence, holder, "under").any(|head| {
                is_agreement(head) || matches!(lemma(sentence, head), "term" | "condition")
            })
        });
        // "Repatriation was to begin": nobody is told of whose it is.
        let open = of.codes.is_empty()
            && near
            && stage.promised
            && is_to_be(sentence, stage)
            && told < scene.index;
        let within = of.codes.iter().all(|code| known.parties.contains(code));
        if stage.contained && !by_its_word {
            of.codes.clear();
            return;
        }
        if stage.bound && (of.codes.is_empty() || !within || !near) {
            of.codes.clear();
            return;
        }
        let due = near
            && told < scene.index
            && noun.kind.due
            && (stage.promised || noun.act)
            && of.codes.len() == 1
            && known.parties.len() == 2;
        if within && (by_its_word || under || open || due) {
            of.mutual |= of.codes.len() != 1;
            of.codes.extend(known.parties.iter().cloned());
            self.agreement = Some((scene.index, at));
        }
    }

    /// The commitments that a noun may name, the last first: those of its kind, and for "the deal" or "the talks" those of
    /// any kind that is like it.
    fn same_kind<'s>(
        &'s self,
        noun: &'s Named<'_>,
        definite: bool,
    ) -> impl Iterator<Item = (usize, &'s Commitment)> {
        let of_kind = |c: &Commitment| c.kind == noun.kind.name;
        let exact = self.all.iter().any(of_kind);
        let general = definite && noun.kind.general && !exact;
        // "The first billion was paid out": of whatever sum was promised.
        let paid = noun.act && noun.kind.due && noun.kind.name == noun.kind.root && !exact;
        // "called off the meeting": of a round of talks.
        let met =
            definite && noun.kind.meets && noun.kind.name != noun.kind.root && !noun.act && !exact;
        self.all.iter().enumerate().rev().filter(move |(_, c)| {
            let of_sum = paid && c.terms.iter().any(|term| term.kind == TermKind::Amount);
            of_kind(c)
                || (met
                    && self
                        .kind(&c.kind)
                        .is_some_and(|kind| kind.form == Some(CommitmentForm::Talks)))
                || ((general || of_sum)
                    && self.kind(&c.kind).is_some_and(|kind| kind.root == noun.kind.root))
        })
    }

    /// The kind of this name.
    fn kind(&self, name: &str) -> Option<&CommitmentKind> {
        self.knowledge.topics.commitments.iter().find(|kind| kind.name == name)
    }

    /// "The deal is valid for 120 days": what is told of a known commitment without moving it.
    fn add_terms(&mut self, sentence: &Sentence, noun: &Named<'_>, terms: Vec<Term>) {
        if terms.is_empty() || !is_definite(sentence, noun.head) {
            return;
        }
        let known = self.same_kind(noun, true).map(|(at, _)| at).next();
        if let Some(known) = known.and_then(|at| self.all.get_mut(at)) {
            add_terms(known, terms);
        }
    }

    /// All of them with their identifiers, which differ where two have the same kind, subject and parties, and where those that still stand
    /// were agreed on.
    fn finished(mut self) -> (Vec<Commitment>, Vec<Agreed>) {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for commitment in &mut self.all {
            let subject = commitment.subject.clone().unwrap_or_default();
            let mut parts =
                vec![self.document.id.as_str(), "commitment", &commitment.kind, &subject];
            parts.extend(commitment.parties.iter().map(String::as_str));
            let mut id = stable_id(&parts);
            let place = commitment.mentions.first().map(|m| m.span.start.to_string());
            if let Some(place) = place.filter(|_| seen.contains(&id)) {
                parts.push(&place);
                id = stable_id(&parts);
            }
            seen.insert(id.clone());
            commitment.id = id;
        }
        let agreed = self
            .agreed
            .into_iter()
            .filter(|(at, _)| self.all.get(*at).is_some_and(|c| moves_on(c.status)))
            .map(|(_, agreed)| agreed)
            .collect();
        (self.all, agreed)
    }
}

/// "Donors pledged 358 million. The union promised 95 million": other parties and another sum are another promise.
fn are_other_sums(known: &Commitment, found: &Found) -> bool {
    let amount = |terms: &[Term]| terms.iter().any(|term| term.kind == TermKind::Amount);
    let same = |term: &Term| known.terms.iter().any(|of| of.text == term.text);
    let others = known.parties.len() != found.parties.len();
    others
        && amount(&known.terms)
        && amount(&found.terms)
        && !found.terms.iter().filter(|term| term.kind == TermKind::Amount).any(same)
}

fn add_terms(commitment: &mut Commitment, terms: Vec<Term>) {
    for term in terms {
        if !commitment.terms.iter().any(|known| known.text == term.text) {
            commitment.terms.push(term);
        }
    }
}

/// "The deal", "their talks", "this pact": one that is known, where the text has told of one.
fn is_definite(sentence: &Sentence, noun: usize) -> bool {
    sentence.children(noun).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        t.deprel == "nmod:poss"
            || (t.relation() == "det" && matches!(t.lemma.as_str(), "the" | "this" | "that"))
    })
}

/// The lemma of a token; empty past the end.
fn lemma(sentence: &Sentence, at: usize) -> &str {
    token(sentence, at).map_or("", |t| t.lemma.as_str())
}

/// Whether a token is a verb.
fn is_verb(sentence: &Sentence, at: usize) -> bool {
    token(sentence, at).is_some_and(|t| t.upos == Upos::Verb)
}

/// Bytes of one token.
fn span_of(sentence: &Sentence, at: usize) -> Span {
    token(sentence, at).map(|t| t.span).unwrap_or_default()
}

/// The statuses in the order in which their words are tried: what ends a thing speaks against all else.
const TRIED: [CommitmentStatus; 6] = [
    CommitmentStatus::Broken,
    CommitmentStatus::Suspended,
    CommitmentStatus::Ended,
    CommitmentStatus::Started,
    CommitmentStatus::Announced,
    CommitmentStatus::Held,
];

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
//! `named.rs` finds the words, `stage.rs` reads what the verb does to them and how real that is, `parties.rs` whose it is, `terms.rs` by
//! when, how long, how much and if what. When two mentions are one commitment is told by [`Commitment::may_be`], here with what a
//! text leaves out the second time.

mod named;
mod parties;
mod stage;
mod terms;

use std::collections::BTreeSet;

use detente_core::{
    Commitment, CommitmentMention, CommitmentStatus, Document, Event, Span, Term, stable_id,
    subjects_agree,
};
use detente_knowledge::Knowledge;
use detente_parse::{Sentence, Upos};
use detente_resolve::Resolution;

use crate::grammar::token;
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use crate::yields::Tree;
use named::Named;
pub(crate) use stage::Promises;
use stage::Stage;

/// Every commitment of the document, in order of the first mention.
pub fn commitments(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    events: &[Event],
) -> Vec<Commitment> {
    let verbs = &book.promises;
    let mut ledger = Ledger { knowledge, document, all: Vec::new() };
    for (index, sentence) in sentences.iter().enumerate() {
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        let named = named::find(&scene);
        if named.is_empty() {
            continue;
        }
        let tree = Tree::new(sentence);
        for noun in named {
            let Some(stage) = stage::stage(verbs, sentence, &noun) else {
                let terms = terms::of_subject(&scene, &tree, document, noun.head);
                ledger.add_terms(sentence, &noun, terms);
                continue;
            };
            let mut parties = parties::parties(&scene, verbs, &stage, &noun);
            if parties.len() < 2 && stage.begins && !stage.own_subject {
                parties.extend(parties::of_events(events, index, stage.verb, sentence));
                if lemma(sentence, noun.head) == "invitation" {
                    parties.extend(parties::of_invitation(events, index));
                }
            }
            if stage.carried_out {
                parties = parties::of_sentence(events, index);
                if parties.len() != 2 {
                    continue;
                }
            }
            let found = Found {
                definite: is_definite(sentence, noun.head),
                parties,
                subject: terms::subject(&tree, &document.text, noun.head, stage.act),
                terms: terms::terms(&scene, &tree, document, &noun, &stage),
                mention: CommitmentMention {
                    sentence: index,
                    span: terms::mention_span(&tree, &noun),
                    text: String::new(),
                    status: stage.status,
                },
            };
            ledger.record(&noun, &stage, found);
        }
    }
    ledger.identified()
}

/// What one mention says.
struct Found {
    definite: bool,
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
}

impl Ledger<'_> {
    /// Adds a mention to the commitment it belongs to, or begins a new one.
    fn record(&mut self, noun: &Named<'_>, stage: &Stage, mut found: Found) {
        let Some(text) = found.mention.span.of(&self.document.text) else { return };
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
                of_same(known) && subjects_agree(known.subject.as_deref(), found.subject.as_deref())
            })
            .map(|(at, known)| {
                // What is looked back on moves nothing.
                let next = known.status.then(status);
                (at, if stage.recalled { Some(known.status) } else { next })
            })
            .next();
        if let Some((at, Some(next))) = known {
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
        let enough = if stage.one_sided && noun.kind.alone { 1 } else { 2 };
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
        self.all.push(begun);
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
        let root = |name: &str| {
            let kind = self.knowledge.topics.commitments.iter().find(|kind| kind.name == name);
            kind.map(|kind| kind.root.clone())
        };
        self.all.iter().enumerate().rev().filter(move |(_, c)| {
            of_kind(c) || (general && root(&c.kind).is_some_and(|r| r == noun.kind.root))
        })
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

    /// All of them with their identifiers, which differ where two have the same kind, subject and parties.
    fn identified(mut self) -> Vec<Commitment> {
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
        self.all
    }
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

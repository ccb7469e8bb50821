//! Nouns that name an earlier act → those who did it.
//!
//! "Rebels shelled the town. Cairo condemned the attack." In goes *attack* with the acts of the sentences before, out come
//! the rebels. Precision first: the phrase must be definite, name nobody itself, and an act of a type that `words/acts.toml` gives the
//! noun must lie at most a few sentences back.

use std::collections::HashMap;

use detente_core::{Actor, EventStatus, Sector};
use detente_knowledge::Knowledge;
use detente_parse::{Sentence, Upos};

use crate::events::{CodedEvent, SentenceEvents, is_third};
use crate::grammar::token;
use crate::matcher::lower;
use crate::meant::is_exchanged;

/// Sentences that a noun looks back over.
const REACH: usize = 8;

/// One act that was coded before.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) sentence: usize,
    pub(crate) kind: String,
    pub(crate) status: EventStatus,
    /// Name and pattern of the rule that told it.
    pub(crate) rule: String,
    pub(crate) pattern: usize,
    /// Lemmas of the words that tell it.
    pub(crate) words: Vec<String>,
    /// Lemmas of the verbs and nouns of the sentence that told it.
    pub(crate) lemmas: Vec<String>,
    /// Who did it; all parties of a reciprocal act.
    pub(crate) actors: Vec<Actor>,
    /// To whom it was done.
    pub(crate) recipients: Vec<Actor>,
    /// Two or more did it with each other.
    pub(crate) mutual: bool,
}

/// The acts that a sentence told, as later ones may name them.
pub(crate) fn acts(found: &SentenceEvents<'_>, sentence: &Sentence, index: usize) -> Vec<Act> {
    let told = |event: &&CodedEvent<'_>| event.status != EventStatus::Denied;
    let lemmas: Vec<String> = sentence
        .tokens
        .iter()
        .filter(|t| matches!(t.upos, Upos::Verb | Upos::Noun) && !found.coded.is_empty())
        .map(|t| lower(&t.lemma).into_owned())
        .collect();
    found
        .coded
        .iter()
        .filter(told)
        .map(|event| {
            let mut actors = event.found.actors.clone();
            // Who went between them has no part in the deal.
            if is_third(&event.found) && !event.found.recipients.is_empty() {
                actors.clone_from(&event.found.recipients);
            } else if event.found.rule.reciprocal
                || is_dealing(&event.kind)
                || (event.kind == "AGREE"
                    && is_exchanged(sentence, event.found.head)
                    && event.found.recipients.iter().all(|r| r.code.is_some()))
            {
                actors.extend(event.found.recipients.iter().cloned());
            }
            let mutual = actors.len() > 1
                && (event.found.rule.reciprocal
                    || event.found.binding.parties.is_some()
                    || matches!(event.kind.as_str(), "AGREE" | "CONSULT" | "COOPERATE"));
            let (kind, lemmas) = (event.kind.clone(), lemmas.clone());
            let recipients = event.found.recipients.clone();
            let (status, pattern) = (event.status, event.found.pattern);
            let rule = event.found.rule.name.clone();
            let words = std::iter::once(event.found.head)
                .chain(event.found.binding.triggers.iter().copied())
                .filter_map(|at| token(sentence, at))
                .map(|t| lower(&t.lemma).into_owned())
                .collect();
            Act {
                sentence: index,
                kind,
                status,
                rule,
                pattern,
                words,
                lemmas,
                actors,
                recipients,
                mutual,
            }
        })
        .collect()
}

/// Where the items of a digest begin: each with a dateline or label of its own, or behind one that its writer has signed.
#[derive(Debug, Default)]
pub(crate) struct Items {
    begin: usize,
    dated: bool,
    signed: bool,
}

impl Items {
    /// The sentence with which the item begins that this one, the next, is of.
    pub(crate) fn begins(&mut self, sentence: &Sentence, index: usize) -> usize {
        if sentence.dateline() > 0 {
            if self.dated {
                self.begin = index;
            }
            self.dated = true;
        }
        if self.signed {
            self.begin = index;
        }
        self.signed = sentence.is_signed();
        self.begin
    }
}

/// Whether two parties act as one: of one state, and both its government's. A senate may well praise what the president did.
pub(crate) fn same_side(a: &Actor, b: &Actor) -> bool {
    let serves = |actor: &Actor| {
        matches!(actor.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Spy | Sector::Igo))
    };
    a.code == b.code && (a.sector == b.sector || (serves(a) && serves(b)))
}

/// Whether two words are of one stem: "kill" and "killing", "execute" and "execution".
pub(crate) fn is_of_stem(lemma: &str, noun: &str) -> bool {
    let common = lemma.bytes().zip(noun.bytes()).take_while(|(a, b)| a == b).count();
    lemma == noun || (common >= 4 && common + 2 >= lemma.len().min(noun.len()))
}

/// The acts of the sentence with which a story begins to tell of any, and of the one behind it.
pub(crate) fn first_told(acts: &[Act]) -> &[Act] {
    let end = acts
        .first()
        .map_or(0, |first| acts.partition_point(|act| act.sentence <= first.sentence + 1));
    acts.get(..end).unwrap_or_default()
}

/// Whether a noun names what was told before: it is definite and says no more of itself. "The attack on Kyiv" need not be the one told.
fn is_named_again(sentence: &Sentence, head: usize, acts: &[Act]) -> bool {
    let definite = sentence.children(head).iter().any(|&c| {
        token(sentence, c).is_some_and(|t| {
            t.relation() == "det"
                && matches!(
                    lower(&t.form).as_ref(),
                    "the" | "this" | "that" | "these" | "those" | "such" | "both"
                )
        })
    });
    let names_more = sentence.children(head).iter().any(|&c| {
        token(sentence, c).is_some_and(|t| {
            // "the attack on the embassy", where the embassy was told of before
            let told = || {
                t.relation() == "nmod" && t.upos == Upos::Noun && {
                    let lemma = lower(&t.lemma);
                    acts.iter().any(|act| act.lemmas.iter().any(|l| *l == lemma))
                }
            };
            matches!(t.relation(), "nmod" | "acl" | "compound" | "appos") && !told()
        })
    });
    definite && !names_more
}

/// "Praised the decision": of the acts that `fits` allows what was decided the sentence before, or what the story is told for.
fn news<'a>(acts: &'a [Act], index: usize, fits: &dyn Fn(&&Act) -> bool) -> Option<&'a Act> {
    let known = |act: &&Act| {
        fits(act) && !act.actors.is_empty() && act.actors.iter().all(|a| a.code.is_some())
    };
    let decided = |act: &&Act| {
        is_deed(&act.kind) && !matches!(act.kind.as_str(), "ASSAULT" | "PROTEST" | "AID")
    };
    let opens =
        |act: &&Act| !matches!(act.kind.as_str(), "ACCUSE" | "CONSULT" | "PROTEST" | "ASSAULT");
    let mut near = acts.iter().rev().take_while(|act| act.sentence + 1 >= index);
    near.find(|act| known(act) && decided(act))
        .or_else(|| first_told(acts).iter().find(|act| opens(act) && known(act)))
}

/// Whether acts of a type bind both sides: what Oslo agreed with Paris is the deal of both.
fn is_dealing(kind: &str) -> bool {
    matches!(kind, "CONSULT" | "COOPERATE")
}

/// Whether acts of a type are deeds and not words.
pub(crate) fn is_deed(kind: &str) -> bool {
    matches!(
        kind,
        "CONCEDE"
            | "COOPERATE"
            | "AID"
            | "RETREAT"
            | "PROTEST"
            | "SANCTION"
            | "MOBILIZE"
            | "COERCE"
            | "ASSAULT"
    )
}

/// Whether acts of a type are friendly.
pub(crate) fn is_friendly(kind: &str) -> bool {
    matches!(kind, "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT")
}

/// Noun → types of acts that it may name, from the groups `act_…`.
#[derive(Debug, Default)]
pub(crate) struct ActNouns {
    by_noun: HashMap<String, Vec<String>>,
    /// Ways of saying that somebody was killed, of one word or more.
    killing: Vec<Vec<String>>,
}

impl ActNouns {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let killing = knowledge.words.groups.get("kill").cloned().unwrap_or_default();
        let mut nouns = Self { killing, ..Self::default() };
        for (group, words) in &knowledge.words.groups {
            let Some(kind) = group.strip_prefix("act_") else { continue };
            for word in words.iter().filter_map(|w| w.first()) {
                nouns.by_noun.entry(word.clone()).or_default().push(kind.to_uppercase());
            }
        }
        nouns
    }

    /// Whether the noun may name an act told before.
    pub(crate) fn knows(&self, noun: &str) -> bool {
        self.by_noun.contains_key(noun)
    }

    /// Whether the noun may name an act of this type.
    pub(crate) fn may_be(&self, noun: &str, kind: &str) -> bool {
        self.by_noun.get(noun).is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    }

    /// Whether the noun names acts of two or more parties together: "deal", "talks".
    pub(crate) fn is_mutual(&self, noun: &str) -> bool {
        self.by_noun.get(noun).is_some_and(|kinds| kinds.iter().any(|kind| kind == "MUTUAL"))
    }

    /// Whether the words that tell the act are of the noun's stem, or tell of the same: "shot dead", "the killing".
    fn is_told_by(&self, act: &Act, noun: &str) -> bool {
        let killing = || {
            matches!(noun, "killing" | "murder" | "slaying" | "assassination" | "massacre")
                && self.killing.iter().any(|way| way.iter().all(|word| act.words.contains(word)))
        };
        act.words.iter().any(|word| is_of_stem(word, noun)) || killing()
    }

    /// Who did the act that the noun at `head` names, or nobody; acts of `speaker` are passed over. One praises a friendly act and
    /// condemns another, if there is one.
    pub(crate) fn doers(
        &self,
        sentence: &Sentence,
        index: usize,
        head: usize,
        acts: &[Act],
        speaker: &[Actor],
        friendly: Option<bool>,
    ) -> Vec<Actor> {
        let Some(word) = token(sentence, head) else { return Vec::new() };
        let act = self.act(sentence, index, head, acts, speaker, friendly);
        act.map_or_else(Vec::new, |act| {
            act.actors
                .iter()
                .cloned()
                .map(|actor| Actor { via: Some("act".to_owned()), span: Some(word.span), ..actor })
                .collect()
        })
    }

    /// The act that the noun at `head` names.
    pub(crate) fn act<'a>(
        &self,
        sentence: &Sentence,
        index: usize,
        head: usize,
        acts: &'a [Act],
        speaker: &[Actor],
        friendly: Option<bool>,
    ) -> Option<&'a Act> {
        let word = token(sentence, head)?;
        let kinds = self.by_noun.get(lower(&word.lemma).as_ref())?;
        if !is_named_again(sentence, head, acts) {
            return None;
        }
        let mutual = kinds.iter().any(|k| k == "MUTUAL");
        let noun = lower(&word.lemma);
        // Those who make a coup are of the state where they make it.
        let from_within = matches!(noun.as_ref(), "coup" | "putsch" | "mutiny");
        let is_within = |act: &Act| {
            !act.recipients.is_empty()
                && act
                    .recipients
                    .iter()
                    .all(|hit| act.actors.iter().any(|doer| doer.code == hit.code))
        };
        let of_kind = |act: &&Act| {
            let own = act.actors.iter().any(|a| speaker.iter().any(|s| same_side(s, a)));
            !own && (!mutual || act.mutual)
                && (!from_within || is_within(act))
                && (kinds.contains(&act.kind) || kinds.iter().any(|k| k == "ANY"))
        };
        let fits = |act: &&Act| act.sentence + REACH >= index && of_kind(act);
        // "attacked … the attack", "killed … the killing": a word of one stem names the same act.
        let own_word = acts.iter().rev().filter(fits).find(|act| self.is_told_by(act, &noun));
        let same_word = || {
            let mut acts = acts.iter().rev().filter(fits);
            acts.find(|act| act.lemmas.iter().any(|lemma| is_of_stem(lemma, &noun)))
        };
        // "The move" is rather what was done than what was said.
        let material = || {
            let any = kinds.iter().any(|k| k == "ANY");
            let only = kinds.len() < 3;
            acts.iter().rev().filter(fits).find(|act| any && only && is_deed(&act.kind))
        };
        let of_tone = || {
            let friendly = friendly?;
            acts.iter().rev().filter(fits).find(|act| is_friendly(&act.kind) == friendly)
        };
        // "Backed the call": what was asked for, and not who met since.
        let asked = || {
            let calls = kinds.iter().any(|k| k == "REQUEST") && !kinds.iter().any(|k| k == "AGREE");
            let mut acts = acts.iter().rev().filter(fits);
            acts.find(|act| calls && friendly == Some(true) && act.kind == "REQUEST")
        };
        let last = || acts.iter().rev().find(fits);
        let any = !mutual && kinds.iter().any(|k| k == "ANY");
        let news = || news(acts, index, &of_kind).filter(|_| any);
        // "Rejected the charge": what was said to who answers it.
        let answered = || {
            let said = ["ACCUSE", "REQUEST", "THREATEN"];
            let to = |act: &&Act| {
                said.contains(&act.kind.as_str())
                    && act.recipients.iter().any(|r| speaker.iter().any(|s| same_side(s, r)))
            };
            let spoken = kinds.iter().any(|kind| said.contains(&kind.as_str()));
            acts.iter().rev().filter(fits).filter(to).find(|_| spoken && friendly != Some(true))
        };
        own_word
            .or_else(same_word)
            .or_else(answered)
            .or_else(asked)
            .or_else(news)
            .or_else(material)
            .or_else(of_tone)
            .or_else(last)
    }
}

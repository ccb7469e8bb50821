//! The words by which commitments are made, kept and broken.
//!
//! In go the groups `commit_*` of `words/stances.toml`, out comes [`Promises`], which tells of "provide" that an agreement holds by it
//! what it governs, and of a verb in its sentence whether the rest of a phrase ("put on ice") hangs on it.

use std::collections::{BTreeMap, BTreeSet};

use detente_core::CommitmentStatus;
use detente_knowledge::Knowledge;
use detente_parse::Sentence;

use super::{TRIED, lemma};
use crate::grammar::{has_case, is_passive, token};

/// Words for the stages of any kind, from the groups `commit_*` of `words/stances.toml`.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    /// They make a promise of what they govern.
    pub(super) agree: BTreeSet<String>,
    /// They make a promise of what will be done on its day: "is due to".
    pub(super) due: BTreeSet<String>,
    /// They bring it about at once; by first lemma, what follows it.
    pub(super) make: BTreeMap<String, Vec<Vec<String>>>,
    /// They bring it about in what is promised: "to resume", "to sit down for"; by first lemma, what follows it.
    pub(super) bring: BTreeMap<String, Vec<Vec<String>>>,
    /// They help others to it.
    pub(super) broker: BTreeSet<String>,
    /// Verbs and predicates of each status.
    pub(super) status: Vec<(CommitmentStatus, Vec<Vec<String>>)>,
    /// Nouns of each status: "the collapse of".
    pub(super) nouns: BTreeMap<String, CommitmentStatus>,
    /// Nouns for a part of it, or for a share in it.
    pub(super) parts: BTreeSet<String>,
    /// Nouns of agreement, whose infinitive is what was agreed.
    pub(super) agreements: BTreeSet<String>,
    /// What an agreement does to what it holds: "provides for"; by first lemma, what follows it.
    pub(super) contents: BTreeMap<String, Vec<Vec<String>>>,
    /// Of these the object is who is bound: "commits them to".
    pub(super) binds: BTreeSet<String>,
    /// What only a thing does: "take effect"; by first lemma, what follows it.
    pub(super) things: BTreeMap<String, Vec<Vec<String>>>,
    /// The verb below is as real as these: "began to deliver".
    pub(super) going: BTreeSet<String>,
    /// They leave a wish what their clause says: "hopes that they will sign".
    pub(super) wishing: BTreeSet<String>,
    /// They make an agreement whole: "the truce that they signed".
    pub(super) closing: BTreeSet<String>,
    /// They begin again what was before: "resume".
    pub(super) anew: BTreeSet<String>,
    /// They leave a promise what it is: "agreed to go on to".
    pub(super) passing: BTreeSet<String>,
    pub(super) saying: BTreeSet<String>,
    /// They make what is said a side's charge.
    pub(super) charging: BTreeSet<String>,
    /// They make true what they say of a thing: "declared it suspended".
    pub(super) declaring: BTreeSet<String>,
    /// What goes on by them ends where it is not done: "will not renew".
    pub(super) renewing: BTreeSet<String>,
    /// By them what was promised is paid, which is put off where they are not done: "will not pay out".
    pub(super) paying: BTreeSet<String>,
    /// By them a war goes on: "fighting resumed".
    pub(super) flaring: BTreeMap<String, Vec<Vec<String>>>,
    /// With help, support or the like nobody is a party.
    pub(super) helping: BTreeSet<String>,
    /// They leave undone what they govern: "refused to renew", "failed to hold".
    pub(super) leaving: BTreeSet<String>,
    /// What a thing does as long as it stands: "lasted only", "did not hold".
    pub(super) lasting: BTreeSet<String>,
    /// Adverbs by which it did not last: "lasted barely a day".
    pub(super) barely: BTreeSet<String>,
    /// Nouns of an act and its verb: "the sale of".
    pub(super) nominal: BTreeMap<String, String>,
    /// What is left of it: "the rest".
    pub(super) last_parts: BTreeSet<String>,
    /// Adjectives of its last part: "final".
    pub(super) last: BTreeSet<String>,
    /// Adjectives of its first part: "initial".
    pub(super) first: BTreeSet<String>,
    /// Nouns for a part of a sum, after which more is to come: "a third of it".
    pub(super) shares: BTreeSet<String>,
    /// Adjectives and adverbs of one that was before: "their last meeting".
    pub(super) former: BTreeSet<String>,
    /// What two do to each other at once: "exchanged prisoners".
    pub(super) swapping: BTreeSet<String>,
    /// What those whose assent a deal needs do to it; by first lemma, what follows it.
    pub(super) rejecting: BTreeMap<String, Vec<Vec<String>>>,
    /// Whose assent a deal needs: "parliament".
    pub(super) ratifiers: BTreeSet<String>,
    /// Verbs of doing what was agreed: "keeping a promise".
    pub(super) keeping: BTreeSet<String>,
    /// Nouns by which something is done for an agreement's sake: "in line with the pact".
    pub(super) grounds: BTreeSet<String>,
    /// What one puts to an agreement: "signature".
    pub(super) signatures: BTreeSet<String>,
    /// Nouns for how others take it, who are no party to it: "to the fury of Cairo".
    pub(super) feelings: BTreeSet<String>,
    /// With "in", they make what one does a return for what the other does: "in exchange".
    pub(super) returns: BTreeSet<String>,
    /// Words for one more of what a list tells: "and another on visas".
    pub(super) another: BTreeSet<String>,
    /// Words for the next of a row: "the next will take place in May".
    pub(super) next: BTreeSet<String>,
    /// Acts that close a deal on a day: "is to arrive on Friday to sign a treaty".
    pub(super) ceremony: BTreeSet<String>,
    /// Acts of those to whom it is due: "is to receive".
    pub(super) gets: BTreeSet<String>,
    /// Words of a class, by its name: `@money` of an act.
    pub(super) classes: BTreeMap<String, BTreeSet<String>>,
}

impl Promises {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let group = |name: &str| knowledge.words.groups.get(name).map_or(&[][..], Vec::as_slice);
        let single = |name: &str| -> BTreeSet<String> {
            group(name).iter().filter_map(|lemmas| lemmas.first()).cloned().collect()
        };
        let phrases = |name: &str| {
            let mut all: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
            for lemmas in group(name) {
                if let Some((first, rest)) = lemmas.split_first() {
                    all.entry(first.clone()).or_default().push(rest.to_vec());
                }
            }
            all
        };
        let classes = knowledge
            .words
            .groups
            .keys()
            .filter_map(|name| Some((name.strip_prefix("commit_class_")?.to_owned(), single(name))))
            .collect();
        let mut status = Vec::new();
        let mut nouns = BTreeMap::new();
        for of in TRIED {
            let name = format!("commit_{}", of.as_str());
            status.push((of, group(&name).to_vec()));
            for noun in single(&format!("{name}_noun")) {
                nouns.insert(noun, of);
            }
        }
        Self {
            agree: single("commit_agree"),
            due: single("commit_due"),
            make: phrases("commit_make"),
            bring: phrases("commit_bring"),
            broker: single("commit_broker"),
            status,
            nouns,
            parts: single("commit_part"),
            agreements: single("commit_agreement"),
            contents: phrases("commit_content"),
            binds: single("commit_binds"),
            things: phrases("commit_thing"),
            going: single("commit_going"),
            wishing: single("commit_wishing"),
            closing: single("commit_close"),
            anew: single("commit_anew"),
            passing: single("commit_passing"),
            saying: single("commit_saying"),
            charging: single("commit_charging"),
            declaring: single("commit_declaring"),
            renewing: single("commit_renewing"),
            paying: single("commit_paying"),
            flaring: phrases("commit_flaring"),
            helping: single("commit_helping"),
            leaving: single("commit_leaving"),
            lasting: single("commit_lasting"),
            barely: single("commit_barely"),
            nominal: group("commit_nominal")
                .iter()
                .filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())))
                .collect(),
            last_parts: single("commit_last_part"),
            last: single("commit_last"),
            first: single("commit_first"),
            shares: single("commit_share"),
            former: single("commit_former"),
            swapping: single("commit_swapping"),
            rejecting: phrases("commit_rejecting"),
            ratifiers: single("commit_ratifier"),
            keeping: single("commit_keeping"),
            grounds: single("commit_ground"),
            signatures: single("commit_signature"),
            feelings: single("commit_feeling"),
            returns: single("commit_return"),
            another: single("commit_another"),
            next: single("commit_next"),
            ceremony: single("commit_ceremony"),
            gets: single("commit_gets"),
            classes,
        }
    }

    /// The verb whose act a noun names: "sell" for "sale".
    pub(super) fn verb_of(&self, noun: &str) -> Option<&str> {
        self.nominal.get(noun).map(String::as_str)
    }

    /// Whether a verb makes a promise of what it governs.
    pub(crate) fn agrees(&self, lemma: &str) -> bool {
        self.agree.contains(lemma)
    }

    /// Whether a verb by itself tells that a thing began: "began to pull out".
    pub(super) fn begins(&self, lemma: &str) -> bool {
        self.status.iter().any(|(status, phrases)| {
            *status == CommitmentStatus::Started
                && phrases.iter().any(|phrase| matches!(phrase.as_slice(), [only] if only == lemma))
        })
    }

    /// Whether a noun is a part of what it counts: "80 percent of".
    pub(super) fn is_part(&self, word: &str) -> bool {
        self.parts.contains(word)
    }

    /// Whether a word stands in a class: "million" in `money`.
    pub(super) fn in_class(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|words| {
            // "troops" has no singular.
            words.contains(word) || word.strip_suffix('s').is_some_and(|one| words.contains(one))
        })
    }

    /// Whether an agreement that is the verb's subject holds what the verb governs: "the pact provides for".
    pub(super) fn holds_by(&self, sentence: &Sentence, verb: usize, noun: usize) -> bool {
        phrase(rests(&self.contents, sentence, verb), sentence, verb, noun)
    }

    /// Whether only a thing can be what does this: "it took effect".
    pub(super) fn is_of_thing(&self, sentence: &Sentence, verb: usize, noun: usize) -> bool {
        is_passive(sentence, verb)
            || phrase(rests(&self.things, sentence, verb), sentence, verb, noun)
    }

    /// Whether a verb brings one about by itself, with no other word.
    pub(super) fn makes_alone(&self, lemma: &str) -> bool {
        self.make.get(lemma).is_some_and(|rests| rests.iter().any(Vec::is_empty))
    }

    /// Whether a verb may bring a commitment about at once.
    pub(crate) fn makes(&self, lemma: &str) -> bool {
        self.make.contains_key(lemma)
    }
}

/// What may follow a verb in phrases that begin with it.
pub(super) fn rests<'k>(
    phrases: &'k BTreeMap<String, Vec<Vec<String>>>,
    sentence: &Sentence,
    verb: usize,
) -> impl Iterator<Item = &'k [String]> {
    phrases.get(lemma(sentence, verb)).into_iter().flatten().map(Vec::as_slice)
}

/// Whether one of the phrases (what follows the verb) holds: each word hangs on the verb or introduces the noun.
pub(super) fn phrase<'k>(
    mut rests: impl Iterator<Item = &'k [String]>,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
) -> bool {
    let bare = token(sentence, noun).is_some_and(|t| t.relation() != "obl");
    rests.any(|rest| {
        if rest.is_empty() {
            return bare;
        }
        rest.iter().all(|part| {
            has_case(sentence, noun, part)
                || sentence.children(verb).iter().any(|&child| {
                    let part_of_verb = child > verb
                        && lemma(sentence, child) == part
                        && token(sentence, child).is_some_and(|t| {
                            matches!(
                                t.relation(),
                                "compound" | "advmod" | "obl" | "xcomp" | "obj" | "case"
                            )
                        });
                    // "come into force", "put on hold"
                    let introduces = child != noun
                        && child > verb
                        && rest.contains(&lemma(sentence, child).to_owned())
                        && has_case(sentence, child, part);
                    part_of_verb || introduces
                })
        })
    })
}

//! Rules ready for matching: word groups expanded, patterns found by the lemma of their head.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::commitments::Promises;
use crate::confidence::Confidence;
use crate::history::ActNouns;
use crate::issues::StanceWords;
use crate::reader::{self, Reader};
use crate::recipients::Recipients;
use crate::relate::READER;
use crate::standing::Standing;
use crate::statements::learned::AttributionReader;
use crate::statements::lexicon::Lexicon;
use crate::unmeant::UnmeantWords;
use crate::vocabulary::Vocabulary;
use crate::wanted::{Numbers, Wanted, Wants};
use crate::whereabouts::PlaceWords;

use detente_parse::Parser;

use detente_knowledge::{
    Effect, Filler, Knowledge, Need, Phrase, PhraseKind, Rule, Slot, SlotRole, Told, Word,
};

/// How far from a noun phrase the actor may be that it counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Reach {
    /// The phrase itself is the actor: one meets a party, not its threshold.
    Itself,
    /// What is the actor's counts for the actor: one criticises its policy.
    Owner,
    /// So does what lies in a country: one shells a port of Ukraine.
    Place,
}

/// One pattern, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// Index into [`Knowledge::rules`].
    pub(crate) rule: usize,
    /// Index into the rule's patterns.
    pub(crate) pattern: usize,
    /// The pattern's phrase with its word groups written out.
    pub(crate) phrase: Phrase,
    /// The line names a recipient that must be there.
    pub(crate) needs_recipient: bool,
    /// The line has a place for an actor, and one for a recipient; what the rule needs of either says nothing of a line without.
    pub(crate) has_actor: bool,
    pub(crate) has_recipient: bool,
    /// How far from the phrase in a role its actor may be.
    pub(crate) reach: Reach,
    /// Whether a place after "in" or "at" can be the recipient: one arrives in a country, but marches in one's own.
    pub(crate) takes_places: bool,
    /// Whether who does something during or after the act takes part in it: talks, a visit, a strike.
    pub(crate) is_attended: bool,
    /// Whether one does it by doing something else: "in a rebuke to Oslo, Paris left the talks".
    pub(crate) is_done_in: bool,
    /// Whether a place after "from" can be: one withdraws from a country.
    pub(crate) leaves_places: bool,
    /// Whether the act counts where a passive does not say who did it.
    pub(crate) may_be_agentless: bool,
    /// Whether it threatens: who vows not to attack does not.
    pub(crate) threatens: bool,
    /// Whether it accuses: who says that somebody is no liar does not.
    pub(crate) accuses: bool,
    /// Whether it asks for something: who demands somebody's release asks nothing of him.
    pub(crate) asks: bool,
    /// Whether it is said of what another did before: one rejects a charge, and so who made it.
    pub(crate) reacts: bool,
    /// Whether it is done to whoever is at a place: to bomb in one's own land is to bomb somebody.
    pub(crate) harms: bool,
    /// Whether a bare number in a role counts people: "40 were arrested", "thousands marched".
    pub(crate) counts_people: bool,
    /// Who has a part in what befalls the thing that the line names, if the story tells whose it is.
    pub(crate) told: Option<Told>,
}

impl Compiled {
    /// The words of the phrase that these are.
    pub(crate) fn words<'c>(&'c self, own: &'c [Candidate]) -> impl Iterator<Item = &'c Word> {
        own.iter().filter_map(|one| self.phrase.words.get(one.place as usize))
    }

    fn new(
        knowledge: &Knowledge,
        others: &Spellings<'_>,
        rule: usize,
        pattern: usize,
        own: &Rule,
        phrase: &Phrase,
    ) -> Self {
        let kind = own.kind.as_str();
        // One visits a country by being in it; a summit in a country is not with it.
        let visits = kind == "CONSULT" && own.modes.iter().any(|mode| mode == "visit");
        Self {
            rule,
            pattern,
            phrase: expand(knowledge, others, phrase),
            needs_recipient: requires(phrase, SlotRole::Recipient),
            has_actor: names(phrase, SlotRole::Actor) || names(phrase, SlotRole::Parties),
            has_recipient: names(phrase, SlotRole::Recipient),
            reach: match kind {
                "CONSULT" | "COOPERATE" => Reach::Itself,
                "ASSAULT" | "COERCE" | "MOBILIZE" | "AID" | "RETREAT" | "SANCTION" => Reach::Place,
                _ => Reach::Owner,
            },
            takes_places: visits
                || !matches!(
                    kind,
                    "CONSULT" | "REJECT" | "SANCTION" | "CONCEDE" | "THREATEN" | "PROTEST"
                ),
            is_attended: matches!(kind, "CONSULT" | "PROTEST"),
            is_done_in: matches!(kind, "ACCUSE" | "REJECT" | "THREATEN"),
            leaves_places: kind == "RETREAT",
            may_be_agentless: matches!(
                kind,
                "ASSAULT" | "COERCE" | "RETREAT" | "SANCTION" | "CONCEDE"
            ),
            threatens: kind == "THREATEN",
            accuses: kind == "ACCUSE",
            asks: kind == "REQUEST",
            harms: kind == "ASSAULT",
            reacts: matches!(kind, "REJECT" | "ACCUSE" | "SUPPORT"),
            counts_people: matches!(kind, "ASSAULT" | "COERCE" | "PROTEST"),
            told: own.told,
        }
    }
}

/// A pattern whose head may be a lemma. What most of them fail by stands here, for each pattern and its words lie somewhere else in
/// memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    pattern: u32,
    /// Place of the word among those of the pattern's phrase.
    place: u32,
    /// What heads the phrase.
    pub(crate) kind: PhraseKind,
    /// The word is the lemma and no more.
    pub(crate) plain: bool,
    /// What else the sentence must have.
    pub(crate) wants: Wants,
}

/// All patterns of the knowledge.
#[derive(Debug, Default)]
pub struct RuleBook {
    pub(crate) patterns: Vec<Compiled>,
    /// The patterns whose head may be this lemma, each as often as its phrase has words that it may be, in order.
    by_lemma: HashMap<String, Vec<Candidate>, RandomState>,
    /// Words that patterns cannot do without.
    pub(crate) wanted: Wanted,
    /// By first lemma: the further ones, and what the word does.
    operators: HashMap<String, Vec<(Vec<String>, Effect)>, RandomState>,
    /// The word groups that are asked for by name.
    pub(crate) vocabulary: Vocabulary,
    /// Who is at odds with whom, and who stands by whom.
    pub(crate) standing: Standing,
    pub(crate) acts: ActNouns,
    /// Words that report.
    pub(crate) reporting: Lexicon,
    /// Words that say how parties stand to a topic.
    pub(crate) stances: StanceWords,
    /// Words that promise and bring about.
    pub(crate) promises: Promises,
    /// Words by which an act is known to be none.
    pub(crate) unmeant: UnmeantWords,
    /// Words that tell where an act was.
    pub(crate) places: PlaceWords,
    /// What the second reader knows of lemmas.
    pub(crate) second: reader::Lexicon,
    /// Whose vocabulary tells which words are of like use.
    pub(crate) vectors: Parser,
    reader: Reader,
    attribution: AttributionReader,
    confidence: Confidence,
    recipients: Recipients,
    learning: bool,
    /// A rule of no pattern for each class of the reader, under which its events are coded.
    second_rules: Vec<Rule>,
}

impl RuleBook {
    /// Expands and indexes the rules of `knowledge`. A group that is not known expands to nothing:
    /// the knowledge's own check has reported it.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut book = Self {
            vocabulary: Vocabulary::new(knowledge),
            acts: ActNouns::new(knowledge),
            reporting: Lexicon::new(&knowledge.words),
            stances: StanceWords::new(knowledge),
            promises: Promises::new(knowledge),
            unmeant: UnmeantWords::new(knowledge),
            places: PlaceWords::new(knowledge),
            second: reader::Lexicon::new(knowledge),
            vectors: Parser::builtin(),
            reader: Reader::builtin(),
            attribution: AttributionReader::builtin(),
            confidence: Confidence::builtin(),
            recipients: Recipients::builtin(),
            second_rules: reader::CLASSES.iter().map(|kind| second_rule(kind)).collect(),
            ..Self::default()
        };
        let others = spellings(knowledge);
        let mut patterns = Vec::new();
        for (rule_index, rule) in knowledge.rules.iter().enumerate() {
            for (pattern_index, pattern) in rule.patterns.iter().enumerate() {
                let phrase = &pattern.phrase;
                patterns.push(Compiled::new(
                    knowledge,
                    &others,
                    rule_index,
                    pattern_index,
                    rule,
                    phrase,
                ));
            }
        }
        let mut numbers = Numbers::default();
        for (compiled, pattern) in patterns.iter().zip(0..) {
            let phrase = &compiled.phrase;
            let kind = phrase.kind;
            // "It will resume": the thing that the line names may be told of before, and no word of it stand here.
            let own = if compiled.told.is_some() { Vec::new() } else { numbers.of_slots(phrase) };
            let words: Vec<(&Word, Candidate)> = (phrase.words.iter().zip(0..))
                .map(|(word, place)| {
                    let plain = matches!(word, Word::Lemmas(all) if all.len() == 1);
                    let wants = numbers.of_head(word, &own);
                    (word, Candidate { pattern, place, kind, plain, wants })
                })
                .collect();
            let any = words.iter().filter(|(word, _)| **word == Word::Any);
            let any: Vec<Candidate> = any.map(|&(_, candidate)| candidate).collect();
            let mut places: Vec<(&String, Candidate)> = Vec::new();
            for &(word, candidate) in &words {
                places.extend(first_lemma(word).map(|lemma| (lemma, candidate)));
                if kind == PhraseKind::Noun || is_torn(word) {
                    places.extend(last_lemma(word).map(|lemma| (lemma, candidate)));
                }
            }
            places.sort_unstable();
            places.dedup();
            for places in places.chunk_by(|a, b| a.0 == b.0) {
                let Some((lemma, _)) = places.first() else { continue };
                if let Some(rule) = knowledge.rules.get(compiled.rule) {
                    book.second.heads(lemma, &rule.kind);
                }
                let list = book.by_lemma.entry((*lemma).clone()).or_default();
                let from = list.len();
                list.extend(places.iter().map(|&(_, candidate)| candidate));
                list.extend(&any);
                list[from..].sort_unstable();
            }
        }
        book.wanted = numbers.made();
        book.patterns = patterns;
        for operator in &knowledge.words.operators {
            for words in &operator.words {
                if let Some((first, rest)) = words.split_first() {
                    let list = book.operators.entry(first.clone()).or_default();
                    list.push((rest.to_vec(), operator.effect));
                }
            }
        }
        book.standing = Standing::of(knowledge);
        book
    }

    /// The same book with another second reader; an empty one never speaks.
    #[must_use]
    pub fn with_reader(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    /// The same book with another attribution reader; an empty one leaves statements to the rules.
    #[must_use]
    pub fn with_attribution_reader(self, attribution: AttributionReader) -> Self {
        Self { attribution, ..self }
    }

    /// The attribution reader.
    pub fn attribution_reader(&self) -> &AttributionReader {
        &self.attribution
    }

    /// What makes probabilities of the signs of an event.
    pub fn confidence(&self) -> &Confidence {
        &self.confidence
    }

    /// The same book with other weights of recipients; without any, rules alone tell to whom an act is done.
    #[must_use]
    pub fn with_recipients(self, recipients: Recipients) -> Self {
        Self { recipients, ..self }
    }

    /// The same book, with which coding keeps what training learns from: to whom acts may have been done.
    #[must_use]
    pub fn learning(self) -> Self {
        Self { learning: true, ..self }
    }

    pub(crate) fn is_learning(&self) -> bool {
        self.learning
    }

    /// The weights of recipients.
    pub fn recipients(&self) -> &Recipients {
        &self.recipients
    }

    /// The second reader.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The rule under which the reader's events of a class are coded.
    pub(crate) fn second_rule(&self, class: usize) -> Option<&Rule> {
        self.second_rules.get(class)
    }

    /// Patterns whose head may be this lemma, each with those words of its phrase that it may be.
    pub(crate) fn candidates(&self, lemma: &str) -> impl Iterator<Item = &[Candidate]> {
        let list = self.by_lemma.get(lemma).map_or(&[][..], Vec::as_slice);
        list.chunk_by(|a, b| a.pattern == b.pattern)
    }

    /// The pattern of a candidate.
    pub(crate) fn pattern(&self, candidate: Candidate) -> Option<&Compiled> {
        self.patterns.get(candidate.pattern as usize)
    }

    /// Operators that begin with this lemma: their further lemmas, and what they do.
    pub(crate) fn operators(&self, lemma: &str) -> &[(Vec<String>, Effect)] {
        self.operators.get(lemma).map_or(&[], Vec::as_slice)
    }
}

/// Stands for the reader where an event names its rule. Those who meet do so with one another.
fn second_rule(kind: &str) -> Rule {
    Rule {
        name: READER.to_owned(),
        file: String::new(),
        why: "Read by weights where no rule has fired.".to_owned(),
        kind: kind.to_owned(),
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: None,
        reciprocal: kind == "CONSULT",
        negated: false,
        told: None,
        status: None,
        marks: Vec::new(),
        need: Need::default(),
        patterns: Vec::new(),
    }
}

/// Whether a slot that is not optional names `role`.
fn requires(phrase: &Phrase, role: SlotRole) -> bool {
    phrase.slots.iter().filter(|slot| !slot.optional).any(|slot| match &slot.filler {
        Filler::Role(own) => *own == role,
        Filler::Any => false,
        Filler::Phrase(inner) => requires(inner, role),
    })
}

/// Whether the phrase has a place for the role, be it one that may stay empty.
fn names(phrase: &Phrase, role: SlotRole) -> bool {
    phrase.slots.iter().any(|slot| match &slot.filler {
        Filler::Role(own) => *own == role,
        Filler::Any => false,
        Filler::Phrase(inner) => names(inner, role),
    })
}

/// The lemma that a word of an expanded phrase begins with; any word has none.
pub(crate) fn first_lemma(word: &Word) -> Option<&String> {
    match word {
        Word::Lemmas(lemmas) => lemmas.first(),
        Word::Group(_) | Word::Any => None,
    }
}

/// The lemma that ends a word of an expanded phrase: "bomb" of a car bomb.
pub(crate) fn last_lemma(word: &Word) -> Option<&String> {
    match word {
        Word::Lemmas(lemmas) => lemmas.last(),
        Word::Group(_) | Word::Any => None,
    }
}

/// For each of two spellings the other: "cease-fire" for "ceasefire".
type Spellings<'k> = HashMap<&'k str, &'k String, RandomState>;

/// The pairs of the group "spelling", looked up once for all rules.
fn spellings(knowledge: &Knowledge) -> Spellings<'_> {
    let mut others = Spellings::default();
    for pair in knowledge.words.groups.get("spelling").into_iter().flatten() {
        if let [one, other] = pair.as_slice() {
            others.entry(one).or_insert(other);
            others.entry(other).or_insert(one);
        }
    }
    others
}

/// The same word as others write it.
fn spelled(others: &Spellings<'_>, word: &Word) -> Option<Word> {
    let Word::Lemmas(lemmas) = word else { return None };
    let (place, other) = lemmas
        .iter()
        .enumerate()
        .find_map(|(place, lemma)| Some((place, *others.get(lemma.as_str())?)))?;
    let mut lemmas = lemmas.clone();
    lemmas[place].clone_from(other);
    Some(Word::Lemmas(lemmas))
}

/// The same word with each hyphen as a lemma of its own; none for a word that has no hyphen.
fn torn(word: &Word) -> Option<Word> {
    let Word::Lemmas(lemmas) = word else { return None };
    if lemmas.iter().all(|lemma| lemma == HYPHEN || !lemma.contains(HYPHEN)) {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for lemma in lemmas {
        for (number, part) in lemma.split(HYPHEN).enumerate() {
            if number > 0 {
                parts.push(HYPHEN.to_owned());
            }
            parts.push(part.to_owned());
        }
    }
    parts.iter().all(|part| !part.is_empty()).then_some(Word::Lemmas(parts))
}

/// Whether a word is one with hyphens in three or more lemmas, of which the last is its head: "tear-gas".
pub(crate) fn is_torn(word: &Word) -> bool {
    matches!(word, Word::Lemmas(lemmas) if lemmas.iter().any(|lemma| lemma == HYPHEN))
}

/// The lemma of a hyphen between two halves of a word.
pub(crate) const HYPHEN: &str = "-";

/// The phrase with the words of its groups in their place.
fn expand(knowledge: &Knowledge, others: &Spellings<'_>, phrase: &Phrase) -> Phrase {
    let mut words = Vec::new();
    for word in &phrase.words {
        match word {
            Word::Group(name) => {
                let group = knowledge.words.groups.get(name).into_iter().flatten();
                words.extend(group.cloned().map(Word::Lemmas));
            }
            Word::Lemmas(_) | Word::Any => words.push(word.clone()),
        }
    }
    let spelled: Vec<Word> = words.iter().filter_map(|word| spelled(others, word)).collect();
    words.extend(spelled);
    // The tokeniser cuts "sit-in" in three and leaves "counter-offensive" whole.
    let torn: Vec<Word> = words.iter().filter_map(torn).collect();
    words.extend(torn);
    // Of "seal" and "seal off" the longer is tried first, whatever their order in the file.
    words.sort_by_key(|word| {
        std::cmp::Reverse(match word {
            Word::Lemmas(lemmas) => lemmas.len(),
            Word::Group(_) | Word::Any => 0,
        })
    });
    let slots = phrase.slots.iter().map(|slot| {
        let filler = match &slot.filler {
            Filler::Phrase(inner) => Filler::Phrase(Box::new(expand(knowledge, others, inner))),
            plain => plain.clone(),
        };
        Slot { link: slot.link.clone(), filler, optional: slot.optional }
    });
    Phrase::written_out(words, phrase.kind, slots.collect())
}

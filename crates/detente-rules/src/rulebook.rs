//! Rules ready for matching: word groups expanded, patterns found by the lemma of their head.

use std::collections::{HashMap, HashSet};

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

/// Lemmas.
type Lemmas = HashSet<String, RandomState>;

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
    light: Lemmas,
    /// What kills without anybody doing it: "avalanche".
    accidents: Lemmas,
    mishaps: Lemmas,
    ailing: Lemmas,
    wrecked: Lemmas,
    /// What soldiers are sent to do for others: "evacuate".
    help: Lemmas,
    /// What befalls the one whose it is: "release".
    undergone: Lemmas,
    /// What is done to the one of whom it is: "invasion of".
    suffered: Lemmas,
    /// What is there for an act and is not the act: "task force".
    means: Lemmas,
    /// What crowds come out for: "denounce".
    opposing: Lemmas,
    /// Words of leaving office: "resignation".
    leaving: Lemmas,
    /// What one does with one's own men: "deploy".
    sending: Lemmas,
    /// Those whom one frees or saves: "hostage".
    rescued: Lemmas,
    /// Where a state ends: "frontier".
    borders: Lemmas,
    /// Who is at odds with whom, and who stands by whom.
    pub(crate) standing: Standing,
    /// Where fighters have their seat: "stronghold".
    lairs: Lemmas,
    /// What is shot over a land: "rocket".
    missiles: Lemmas,
    /// Those who are in a state that is not theirs: "migrant".
    strangers: Lemmas,
    /// What is bombed and burned: "bridge".
    hit_things: Lemmas,
    /// Adjectives of what is against a government: "anti-government".
    anti_rule: Lemmas,
    /// Those whom a ruler has against him: "rival".
    foes: Lemmas,
    /// Those of a state's order, who are at home: "policeman".
    police: Lemmas,
    /// Words of watching over what is one's own: "patrol".
    guarding: Lemmas,
    /// Words of putting somebody out: "expel".
    banishing: Lemmas,
    /// Arms and craft that a state's army alone has: "warship".
    war_machines: Lemmas,
    /// Craft that an army has, too: "plane".
    war_craft: Lemmas,
    /// Numbers that are nouns: "thousand".
    round_numbers: Lemmas,
    /// Where a state has its envoys in another: "consulate".
    embassies: Lemmas,
    /// Before what crowds gather: "gate".
    houses: Lemmas,
    /// What one owes: "loan".
    debts: Lemmas,
    /// Those who live where they are: "villager".
    settled: Lemmas,
    /// Members of a crowd: "protester".
    crowds: Lemmas,
    /// What troops are there to do to others: "deter".
    stopping: Lemmas,
    /// What those do who come too near: "enter".
    intruding: Lemmas,
    /// What somebody is there for: "job".
    callings: Lemmas,
    /// Words of what is done in return: "retaliate".
    answering: Lemmas,
    /// Those of whom one has one: "ally", "neighbour".
    opposed: Lemmas,
    /// Verbs that say what they call somebody or something: "brand".
    namings: Lemmas,
    /// Verbs of coming and going: "fly".
    journeys: Lemmas,
    /// Verbs whose object is the one who hears: "assure".
    assurances: Lemmas,
    /// What an accord does with what is to be done: "foresee".
    settings: Lemmas,
    /// Verbs that tell whose a thing is.
    keepings: Lemmas,
    /// Nouns for what somebody has said: "remark".
    said: Lemmas,
    /// Nouns for what is said against somebody and may be rejected: "accusation".
    alleged: Lemmas,
    /// Those who stand against each other: "side".
    sides: Lemmas,
    /// Words of going between others: "mediate".
    mediating: Lemmas,
    /// What one does to weaken somebody: "disarm".
    curbing: Lemmas,
    harming: Lemmas,
    venues: Lemmas,
    /// What courts give: "verdict".
    rulings: Lemmas,
    /// What somebody has proposed: "idea", and how: "suggest".
    proposals: Lemmas,
    proposing: Lemmas,
    /// What works in some way: "system".
    workings: Lemmas,
    /// Verbs that only say that their subject takes place: "resume".
    happenings: Lemmas,
    /// What several set up together: "group", those of them that are not there for themselves: "commission", and how they are called: "joint".
    bodies: Lemmas,
    founded: Lemmas,
    joint: Lemmas,
    /// Those who used the force that was told of: "attacker".
    forceful: Lemmas,
    /// Nouns that only measure another: "series".
    measures: Lemmas,
    /// Adjectives of acts that may never be: "proposed".
    possible: Lemmas,
    /// What is given in words: "praise".
    offered: Lemmas,
    /// Adjectives of acts that are still to be: "planned".
    to_come: Lemmas,
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
        let single = |group: &str| {
            let words = knowledge.words.groups.get(group).into_iter().flatten();
            words.filter(|words| words.len() == 1).flatten().cloned().collect()
        };
        book.light = single("light");
        book.accidents = single("accident");
        book.mishaps = single("mishap");
        book.ailing = single("ailing");
        book.wrecked = single("wrecked");
        book.help = single("helpful");
        book.undergone = single("undergone");
        book.suffered = single("suffered");
        book.opposing = single("opposing");
        book.leaving = single("leaving");
        book.sending = single("sending");
        book.rescued = single("rescued");
        book.borders = single("borders");
        book.standing = Standing::of(knowledge);
        book.lairs = single("lairs");
        book.missiles = single("missile");
        book.strangers = single("stranger");
        book.hit_things = single("hit_thing");
        book.anti_rule = single("antigov");
        book.foes = single("foes");
        book.police = single("order_force");
        book.guarding = single("guarding");
        book.banishing = single("banishing");
        book.war_machines = single("war_machine");
        book.war_craft = single("war_craft");
        book.round_numbers = single("round_number");
        book.embassies = single("embassy");
        book.houses = single("houses");
        book.debts = single("debts");
        book.settled = single("settled");
        book.crowds = single("crowd_member");
        book.stopping = single("stopping");
        book.intruding = single("intruding");
        book.means = single("means");
        book.callings = single("calling");
        book.answering = single("answering");
        book.opposed = single("ref_opposed");
        book.namings = single("naming");
        book.journeys = single("journeying");
        book.assurances = single("assuring");
        book.settings = single("setting_out");
        book.keepings = single("keeping");
        book.said = single("said_noun");
        book.alleged = single("alleged");
        book.sides = single("ref_pair");
        book.mediating = single("mediating");
        book.curbing = single("curbing");
        book.harming = single("harming");
        book.venues = single("crowd_venue");
        book.rulings = single("made_by_court");
        book.proposals = single("made_by_proposing");
        book.proposing = single("proposing");
        book.workings = single("workings");
        book.happenings = single("happening");
        book.bodies = single("joint_body");
        book.founded = single("founded_body");
        book.joint = single("jointly_held");
        book.forceful = single("doer_of_force");
        book.measures = single("measure");
        book.possible = single("possible");
        book.offered = single("offered_word");
        book.to_come = single("to_come");
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

    /// Whether the verb only carries its noun: "pay" in "paid a visit".
    pub(crate) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether one has such a one, and is none: "its ally".
    pub(crate) fn is_opposed(&self, lemma: &str) -> bool {
        self.opposed.contains(lemma)
    }

    /// Whether the word is a verb for what befalls a thing by accident: "a ferry sank".
    pub(crate) fn is_mishap(&self, lemma: &str) -> bool {
        self.mishaps.contains(lemma)
    }

    /// Whether an attack that the word tells more of is no deed: "heart", "shark".
    pub(crate) fn is_ailing(&self, lemma: &str) -> bool {
        self.ailing.contains(lemma)
    }

    /// Whether the word is for a thing that may burn, crash or sink with people in it.
    pub(crate) fn is_wrecked(&self, lemma: &str) -> bool {
        self.wrecked.contains(lemma)
    }

    /// Whether the noun is for something that nobody did: an avalanche, a crash.
    pub(crate) fn is_accident(&self, lemma: &str) -> bool {
        self.accidents.contains(lemma)
    }

    /// Whether the verb is for what soldiers are sent to do for others: "evacuate".
    pub(crate) fn is_help(&self, lemma: &str) -> bool {
        self.help.contains(lemma)
    }

    /// Whether the noun is for what befalls the one whose it is: "release".
    pub(crate) fn is_undergone(&self, lemma: &str) -> bool {
        self.undergone.contains(lemma)
    }

    /// Whether the noun is for what is there for an act and is not the act: "a law to ban rallies".
    pub(crate) fn is_means(&self, lemma: &str) -> bool {
        self.means.contains(lemma)
    }

    /// Whether the noun is for what somebody is there for: "his job was to assist".
    pub(crate) fn is_calling(&self, lemma: &str) -> bool {
        self.callings.contains(lemma)
    }

    /// Whether crowds come out for it against somebody: "denounce".
    pub(crate) fn is_opposing(&self, lemma: &str) -> bool {
        self.opposing.contains(lemma)
    }

    /// Whether it is for somebody's leaving office: "go", "resignation".
    pub(crate) fn is_leaving(&self, lemma: &str) -> bool {
        self.leaving.contains(lemma)
    }

    /// Whether what it is done to is the doer's own: "send".
    pub(crate) fn is_sending(&self, lemma: &str) -> bool {
        self.sending.contains(lemma)
    }

    /// Whether the noun is for people who are freed or saved: "hostage".
    pub(crate) fn is_rescued(&self, lemma: &str) -> bool {
        self.rescued.contains(lemma)
    }

    /// Whether troops are there to do so to others: "deter", "intercept".
    pub(crate) fn is_stopping(&self, lemma: &str) -> bool {
        self.stopping.contains(lemma)
    }

    /// Whether those do so who come too near: "enter", "approach".
    pub(crate) fn is_intruding(&self, lemma: &str) -> bool {
        self.intruding.contains(lemma)
    }

    /// Whether the word is for one of a crowd: "protester".
    pub(crate) fn is_of_crowd(&self, lemma: &str) -> bool {
        self.crowds.contains(lemma)
    }

    /// Whether the word is for those who live where they are: "villager".
    pub(crate) fn is_settled(&self, lemma: &str) -> bool {
        self.settled.contains(lemma)
    }

    /// Whether the word is for what one owes: "loan".
    pub(crate) fn is_debt(&self, lemma: &str) -> bool {
        self.debts.contains(lemma)
    }

    /// Whether crowds gather before such a thing of those whom they are against: "gate".
    pub(crate) fn is_house(&self, lemma: &str) -> bool {
        self.houses.contains(lemma)
    }

    /// Whether a state's army alone has such arms or craft: "warship".
    pub(crate) fn is_war_machine(&self, lemma: &str) -> bool {
        self.war_machines.contains(lemma)
    }

    /// Whether an army has such craft, too: "plane".
    pub(crate) fn is_war_craft(&self, lemma: &str) -> bool {
        self.war_craft.contains(lemma)
    }

    /// Whether the noun is a number: "thousand".
    pub(crate) fn is_round_number(&self, lemma: &str) -> bool {
        self.round_numbers.contains(lemma)
    }

    /// Whether envoys of a state have their seat in such a thing in another: "consulate".
    pub(crate) fn is_embassy(&self, lemma: &str) -> bool {
        self.embassies.contains(lemma)
    }

    /// Whether the word puts somebody out of a land or a body: "expel".
    pub(crate) fn is_banishing(&self, lemma: &str) -> bool {
        self.banishing.contains(lemma)
    }

    /// Whether the word is for watching over what is one's own: "patrol".
    pub(crate) fn is_guarding(&self, lemma: &str) -> bool {
        self.guarding.contains(lemma)
    }

    /// Whether the word is for those who keep order at home: "policeman".
    pub(crate) fn is_police(&self, lemma: &str) -> bool {
        self.police.contains(lemma)
    }

    /// Whether the word is for one whom a ruler has against him: "rival".
    pub(crate) fn is_foe(&self, lemma: &str) -> bool {
        self.foes.contains(lemma)
    }

    /// Whether the word says that something is against those who rule: "anti-government".
    pub(crate) fn is_against_rule(&self, lemma: &str) -> bool {
        self.anti_rule.contains(lemma)
    }

    /// Whether the word is for what is bombed and burned: "bridge".
    pub(crate) fn is_hit_thing(&self, lemma: &str) -> bool {
        self.hit_things.contains(lemma)
    }

    /// Whether the word is for those who are in a state that is not theirs: "migrant".
    pub(crate) fn is_stranger(&self, lemma: &str) -> bool {
        self.strangers.contains(lemma)
    }

    /// Whether the word is for what may be shot over a land: "rocket".
    pub(crate) fn is_missile(&self, lemma: &str) -> bool {
        self.missiles.contains(lemma)
    }

    /// Whether fighters have their seat in such a thing: "stronghold", "headquarters".
    pub(crate) fn is_lair(&self, lemma: &str) -> bool {
        self.lairs.contains(lemma)
    }

    /// Whether the noun is for where a state ends: "frontier".
    pub(crate) fn is_border(&self, lemma: &str) -> bool {
        self.borders.contains(lemma)
    }

    /// Whether the word says that something is done in return.
    pub(crate) fn is_answering(&self, lemma: &str) -> bool {
        self.answering.contains(lemma)
    }

    /// Whether the noun is for what is done to the one of whom it is: the invasion of Ukraine is not Ukraine's.
    pub(crate) fn is_suffered(&self, lemma: &str) -> bool {
        self.suffered.contains(lemma)
    }

    /// Whether the verb says what it calls somebody: "branded him a traitor".
    pub(crate) fn is_naming(&self, lemma: &str) -> bool {
        self.namings.contains(lemma)
    }

    /// Whether the verb is for coming or going.
    pub(crate) fn is_journey(&self, lemma: &str) -> bool {
        self.journeys.contains(lemma)
    }

    /// Whether the object of the verb is the one who hears what it tells: "assured Oslo that".
    pub(crate) fn is_assuring(&self, lemma: &str) -> bool {
        self.assurances.contains(lemma)
    }

    /// Whether the verb tells whose a thing is: "a Brazilian-owned mine".
    pub(crate) fn is_keeping(&self, lemma: &str) -> bool {
        self.keepings.contains(lemma)
    }

    /// Whether an accord does so with what is to be done: "provides for".
    pub(crate) fn is_setting_out(&self, lemma: &str) -> bool {
        self.settings.contains(lemma)
    }

    /// Whether the noun is for what somebody has said: "the remarks".
    pub(crate) fn is_said_noun(&self, lemma: &str) -> bool {
        self.said.contains(lemma)
    }

    /// Whether the noun is for what is said of somebody and may be untrue: "accusations that".
    pub(crate) fn is_alleged(&self, lemma: &str) -> bool {
        self.alleged.contains(lemma)
    }

    /// Whether the noun is for one of those who stand against each other: "both governments".
    pub(crate) fn is_side(&self, lemma: &str) -> bool {
        self.sides.contains(lemma)
    }

    /// Whether the word is for going between others: "mediate".
    pub(crate) fn is_mediating(&self, lemma: &str) -> bool {
        self.mediating.contains(lemma)
    }

    /// Whether the verb is for what weakens or punishes its object: "disarm".
    pub(crate) fn is_curbing(&self, lemma: &str) -> bool {
        self.curbing.contains(lemma)
    }

    /// Whether the verb is for what is done or said against its object: "condemn".
    pub(crate) fn is_harming(&self, lemma: &str) -> bool {
        self.harming.contains(lemma)
    }

    /// Whether the noun is for a building outside which a crowd may meet: "church".
    pub(crate) fn is_venue(&self, lemma: &str) -> bool {
        self.venues.contains(lemma)
    }

    /// Whether the noun is for what courts give: "the verdict".
    pub(crate) fn is_ruling(&self, lemma: &str) -> bool {
        self.rulings.contains(lemma)
    }

    /// Whether the noun is for what somebody has proposed: "the idea".
    pub(crate) fn is_proposal(&self, lemma: &str) -> bool {
        self.proposals.contains(lemma)
    }

    /// Whether the verb is for making a proposal: "suggest".
    pub(crate) fn is_proposing(&self, lemma: &str) -> bool {
        self.proposing.contains(lemma)
    }

    /// Whether the noun is for something that works in some way: "a system where".
    pub(crate) fn is_working(&self, lemma: &str) -> bool {
        self.workings.contains(lemma)
    }

    /// Whether the noun is for who used the force that was told of: "attacker".
    pub(crate) fn is_doer_of_force(&self, lemma: &str) -> bool {
        self.forceful.contains(lemma)
    }

    /// Whether several may set up what the noun is for: "commission".
    pub(crate) fn is_body(&self, lemma: &str) -> bool {
        self.bodies.contains(lemma)
    }

    /// Whether what the noun is for is there because somebody has set it up: "commission", and not "group".
    pub(crate) fn is_founded(&self, lemma: &str) -> bool {
        self.founded.contains(lemma)
    }

    /// Every noun for what several may set up.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &str> {
        self.bodies.iter().map(String::as_str)
    }

    /// Whether the word says that a body is of several: "joint", "bilateral".
    pub(crate) fn is_joint(&self, lemma: &str) -> bool {
        self.joint.contains(lemma)
    }

    /// Whether the verb only says that its subject takes place.
    pub(crate) fn is_happening(&self, lemma: &str) -> bool {
        self.happenings.contains(lemma)
    }

    /// Whether the noun only measures what is of it: "a series of talks".
    pub(crate) fn is_measure(&self, lemma: &str) -> bool {
        self.measures.contains(lemma)
    }

    /// Whether an act that is called so may never be: "feared".
    pub(crate) fn is_possible(&self, lemma: &str) -> bool {
        self.possible.contains(lemma)
    }

    /// Whether whoever offers it has given it: "praise".
    pub(crate) fn is_offered_word(&self, lemma: &str) -> bool {
        self.offered.contains(lemma)
    }

    /// Whether an act that is called so is still to be: "upcoming".
    pub(crate) fn is_to_come(&self, lemma: &str) -> bool {
        self.to_come.contains(lemma)
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

//! The word groups that code asks for by name.
//!
//! In go the groups of `knowledge/words/`, out comes for each one question to ask of a lemma: [`RuleBook::is_border`] of "frontier" is true
//! because `borders` in `words/groups.toml` holds it. What the words of a group do is said there; a group is named in one place of the code.

use std::collections::HashSet;

use detente_knowledge::Knowledge;
use foldhash::fast::RandomState;

use crate::rulebook::RuleBook;

/// Lemmas.
pub(crate) type Lemmas = HashSet<String, RandomState>;

/// The words of a group that are one lemma; a group that the knowledge lacks has none.
pub(crate) fn lemmas_of(knowledge: &Knowledge, group: &str) -> Lemmas {
    let words = knowledge.words.groups.get(group).into_iter().flatten();
    words.filter(|words| words.len() == 1).flatten().cloned().collect()
}

/// Makes the table of all groups and the question of each.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $question:ident = $group:literal,)*) => {
        /// The words of each group.
        #[derive(Debug, Default)]
        pub(crate) struct Vocabulary {
            $($question: Lemmas,)*
        }

        impl Vocabulary {
            /// The groups of the knowledge.
            pub(crate) fn new(knowledge: &Knowledge) -> Self {
                Self { $($question: lemmas_of(knowledge, $group),)* }
            }
        }

        impl RuleBook {
            $($(#[$doc])*
            pub(crate) fn $question(&self, lemma: &str) -> bool {
                self.vocabulary.$question.contains(lemma)
            })*
        }

        /// The names of the groups.
        #[cfg(test)]
        const GROUPS: &[&str] = &[$($group),*];
    };
}

vocabulary! {
    /// Whether the verb only carries its noun: "pay" in "paid a visit".
    is_light = "light",
    /// Whether one has such a one, and is none: "its ally".
    is_opposed = "ref_opposed",
    /// Whether the word is a verb for what befalls a thing by accident: "a ferry sank".
    is_mishap = "mishap",
    /// Whether the noun is for one of the same kind as another: "competitor".
    is_peer = "peer_noun",
    /// Whether the noun is for many who come at once: "invasion".
    is_throng = "throng",
    /// Whether many of those that the noun is for hurt nobody: "an invasion of tourists".
    is_harmless = "harmless",
    /// Whether the noun is for what players play against each other in: "final".
    is_contest = "contest",
    /// Whether a crowd does so because it is glad: "celebrate".
    is_celebrating = "celebrating",
    /// Whether the noun is for what artists give: "concert".
    is_show = "show_of_art",
    /// Whether the word shows that something is done against somebody: "protest".
    is_dissent = "dissent",
    /// Whether the noun is for what no man sends: "storm", "lightning".
    is_natural_force = "natural_force",
    /// Whether the word is for what drives on a road or rails, and hits others by accident: "lorry".
    is_road_vehicle = "road_vehicle",
    /// Whether the verb is for what such a thing does to another: "hit".
    is_colliding = "colliding",
    /// Whether the word is for what holds gas or fuel: "boiler".
    is_fuel_holder = "fuel_holder",
    /// Whether it may happen to such a thing by itself: "explode".
    is_bursting = "bursting",
    /// Whether an attack that the word tells more of is no deed: "heart", "shark".
    is_ailing = "ailing",
    /// Whether the word is for a thing that may burn, crash or sink with people in it.
    is_wrecked = "wrecked",
    /// Whether the noun is for something that nobody did: an avalanche, a crash.
    is_accident = "accident",
    /// Whether the verb is for what soldiers are sent to do for others: "evacuate".
    is_help = "helpful",
    /// Whether others are hired by it to do something: "pay".
    is_hiring = "hiring",
    /// Whether what is said to be so is held to be true: "likely".
    is_likely = "held_likely",
    /// Whether somebody suffers what the noun names, "on" or "against" him: "sanctions".
    is_harm = "harm_noun",
    /// Whether somebody suffers what the noun names, with "of": "boycott".
    is_harm_of = "harm_of",
    /// Whether goods come in it or on it: "convoy".
    is_carrier = "relief_carrier",
    /// Whether it is what relief is made of, or says that something is relief: "flour", "humanitarian".
    is_relief_load = "relief_load",
    /// Whether the noun is for an exercise of forces: "drill".
    is_drill = "drill_noun",
    /// Whether it stands for those of a kind told of before: "two others".
    is_rest = "the_rest",
    /// Whether the noun is for what befalls the one whose it is: "release".
    is_undergone = "undergone",
    /// Whether the noun is for what is there for an act and is not the act: "a law to ban rallies".
    is_means = "means",
    /// Whether the noun is for what somebody is there for: "his job was to assist".
    is_calling = "calling",
    /// Whether crowds come out for it against somebody: "denounce".
    is_opposing = "opposing",
    /// Whether it is for somebody's leaving office: "go", "resignation".
    is_leaving = "leaving",
    /// Whether what it is done to is the doer's own: "send".
    is_sending = "sending",
    /// Whether the noun is for people who are freed or saved: "hostage".
    is_rescued = "rescued",
    /// Whether troops are there to do so to others: "deter", "intercept".
    is_stopping = "stopping",
    /// Whether those do so who come too near: "enter", "approach".
    is_intruding = "intruding",
    /// Whether the word is for one of a crowd: "protester".
    is_of_crowd = "crowd_member",
    /// Whether the word is for those who live where they are: "villager".
    is_settled = "settled",
    /// Whether the word is for what one owes: "loan".
    is_debt = "debts",
    /// Whether crowds gather before such a thing of those whom they are against: "gate".
    is_house = "houses",
    /// Whether a state's army alone has such arms or craft: "warship".
    is_war_machine = "war_machine",
    /// Whether an army has such craft, too: "plane".
    is_war_craft = "war_craft",
    /// Whether who does so to words hears them, and does not say them: "received complaints".
    is_receiving = "receiving",
    /// Whether the noun is a number: "thousand".
    is_round_number = "round_number",
    /// Whether envoys of a state have their seat in such a thing in another: "consulate".
    is_embassy = "embassy",
    /// Whether the word puts somebody out of a land or a body: "expel".
    is_banishing = "banishing",
    /// Whether the word is for watching over what is one's own: "patrol".
    is_guarding = "guarding",
    /// Whether the word is for those who keep order at home: "policeman".
    is_police = "order_force",
    /// Whether the word is for one whom a ruler has against him: "rival".
    is_foe = "foes",
    /// Whether the word says that something is against those who rule: "anti-government".
    is_against_rule = "antigov",
    /// Whether the word is for what is bombed and burned: "bridge".
    is_hit_thing = "hit_thing",
    /// Whether the word is for those who are in a state that is not theirs: "migrant".
    is_stranger = "stranger",
    /// Whether the word is for what may be shot over a land: "rocket".
    is_missile = "missile",
    /// Whether fighters have their seat in such a thing: "stronghold", "headquarters".
    is_lair = "lairs",
    /// Whether the noun is for where a state ends: "frontier".
    is_border = "borders",
    /// Whether the word says that something is done in return.
    is_answering = "answering",
    /// Whether the noun is for what is done to the one of whom it is: the invasion of Ukraine is not Ukraine's.
    is_suffered = "suffered",
    /// Whether the verb says what it calls somebody: "branded him a traitor".
    is_naming = "naming",
    /// Whether the verb is for coming or going.
    is_journey = "journeying",
    /// Whether the object of the verb is the one who hears what it tells: "assured Oslo that".
    is_assuring = "assuring",
    /// Whether the verb tells whose a thing is: "a Brazilian-owned mine".
    is_keeping = "keeping",
    /// Whether an accord does so with what is to be done: "provides for".
    is_setting_out = "setting_out",
    /// Whether the noun is for what somebody has said: "the remarks".
    is_said_noun = "said_noun",
    /// Whether the noun is for what is said of somebody and may be untrue: "accusations that".
    is_alleged = "alleged",
    /// Whether the noun is for one of those who stand against each other: "both governments".
    is_side = "ref_pair",
    /// Whether the word is for going between others: "mediate".
    is_mediating = "mediating",
    /// Whether the verb is for what weakens or punishes its object: "disarm".
    is_curbing = "curbing",
    /// Whether the verb is for what is done or said against its object: "condemn".
    is_harming = "harming",
    /// Whether the noun is for a building outside which a crowd may meet: "church".
    is_venue = "crowd_venue",
    /// Whether the noun is for what courts give: "the verdict".
    is_ruling = "made_by_court",
    /// Whether the noun is for what somebody has proposed: "the idea".
    is_proposal = "made_by_proposing",
    /// Whether the verb is for making a proposal: "suggest".
    is_proposing = "propose",
    /// Whether the noun is for something that works in some way: "a system where".
    is_working = "workings",
    /// Whether the verb only says that its subject takes place.
    is_happening = "happening",
    /// Whether the noun only measures what is of it: "a series of talks".
    is_measure = "measure",
    /// Whether an act that is called so may never be: "feared".
    is_possible = "possible",
    /// Whether whoever offers it has given it: "praise".
    is_offered_word = "offered_word",
    /// Whether an act that is called so is still to be: "upcoming".
    is_to_come = "to_come",
    /// Whether two such may be of one state, as two countries are not: "both sides".
    is_side_at_home = "side_at_home",
    /// Whether the noun is for what a court says is to be done: "order".
    is_of_bench = "court_order",
    /// Whether the noun is for who judges: "tribunal".
    is_court = "court_noun",
    /// Whether a crowd comes out for somebody with it: "in solidarity".
    is_backing = "backing",
    /// Whether a building that the word stands before is the government's: "cabinet".
    is_of_rulers = "of_rulers",
    /// Whether "if" asks after the verb what is so, and sets no condition: "wonder".
    is_wondering = "wondering",
    /// Whether the verb asks somebody to do something, or tells him what is so: "warn".
    is_telling = "telling",
    /// Whether the noun is for what shows that something is so: "evidence".
    is_evidence = "evidence_noun",
    /// Whether whoever does so has decided, and done it: "chose to praise him".
    is_choosing = "choosing",
    /// Whether troops that are sent there are still at home or before somebody: "frontier", "barracks".
    is_front = "front",
    /// Whether a land's name before the noun tells where others fight: "the Iraq war".
    is_fought = "fought",
    /// Whether the noun is for a paper by whose terms something is to be done: "protocol".
    is_terms = "terms_noun",
    /// Whether the verb takes one's own from where they are: "withdraw".
    is_pulling_back = "pulling_back",
    /// Whether crowds do so for what they want: "demand".
    is_demanding = "demanding",
    /// Whether the verb lets somebody do something: "allow".
    is_letting = "letting",
    /// Whether the noun is for what somebody asks for: "plea".
    is_appeal = "appeal_noun",
    /// Whether who is asked for so is to be let go by others: "release".
    is_letting_go = "letting_go",
    /// Whether one wants so that something be done to somebody: "wants them tried".
    is_wanting = "wanting",
    /// Whether the word is for what is only put forward: "proposal".
    is_only_proposed = "only_proposed",
    /// Whether both sides shoot who do so with fire: "exchange".
    is_exchanging = "exchanging",
    /// Whether "the" with the noun means that of the state told of: "the junta".
    is_state_army = "state_army",
    /// Whether the noun is for men of an army: "soldier".
    is_soldier = "soldier",
    /// Whether people turn there to their own state: "parliament".
    is_state_house = "ref_house",
    /// Whether the word is for a meeting, whose place is the land of none of those who meet: "summit".
    is_meeting = "ref_meeting",
    /// Whether who is of neither side does so for both: "broker".
    is_holding_talks = "ref_mediates",
    /// Whether one side makes it to another, which takes or refuses it: "offer".
    is_offer = "ref_offer",
    /// Whether one makes an offer so: "propose".
    is_offering = "ref_offers",
    /// Whether one does so with the word for it: "extend an offer".
    is_sending_offer = "ref_sends_offer",
    /// Whether the noun is for who used the force that was told of: "attacker".
    is_doer_of_force = "doer_of_force",
    /// Whether several may set up what the noun is for: "commission".
    is_body = "joint_body",
    /// Whether what the noun is for is there because somebody has set it up: "commission", and not "group".
    is_founded = "founded_body",
    /// Whether the word says that a body is of several: "joint", "bilateral".
    is_joint = "jointly_held",
}

impl RuleBook {
    /// Every noun for what several may set up.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &str> {
        self.vocabulary.is_body.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_in_the_knowledge() {
        let knowledge = Knowledge::builtin().unwrap();
        for group in GROUPS {
            assert!(!lemmas_of(&knowledge, group).is_empty(), "{group}");
        }
    }
}

//! Words that reference turns on, as `words/groups.toml` lists them.
//!
//! In go the word groups of the knowledge, out come sets of lemmas to ask: "communique" stands for its author, "side" for a
//! party, "she" may be the "chairwoman". A group that the knowledge lacks is empty, and what rests on it is not resolved.

use std::collections::{HashMap, HashSet};
use std::ops::{Range, RangeInclusive};

use detente_knowledge::{Side, Sides, Words};
use foldhash::fast::RandomState;

use crate::discourse::Gender;
use crate::names::is_hyphen;
use crate::roles::is_office;
use crate::tree_words::TreeWords;
use crate::view::View;

/// Phrases of several words.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    phrases: Vec<Vec<String>>,
}

impl Phrases {
    fn new(words: &Words, name: &str) -> Self {
        Self { phrases: words.groups.get(name).cloned().unwrap_or_default() }
    }

    /// How many of these lemmas the longest phrase takes that they begin with.
    pub(crate) fn at(&self, lemmas: &[&str]) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| {
            phrase.len() <= lemmas.len() && phrase.iter().zip(lemmas).all(|(a, b)| a == b)
        };
        self.phrases.iter().filter(begins).map(Vec::len).max()
    }
}

/// Groups of verbs of force against persons.
const STRIKES: &[&str] = &[
    "kill",
    "wound",
    "assassinate",
    "shoot",
    "attack",
    "bomb",
    "abduct",
    "beat",
    "arrest",
    "ref_fells",
];

/// One word group; a group of the knowledge that is not listed here is of no use to reference.
#[derive(Debug, Default)]
pub(crate) struct Group {
    words: HashSet<Box<str>, RandomState>,
}

impl Group {
    pub(crate) fn new(words: &Words, names: &[&str]) -> Self {
        let entries = names.iter().filter_map(|&name| words.groups.get(name)).flatten();
        // Reference looks at the head of a phrase, one lemma; phrases are for the rules.
        let words = entries
            .filter_map(|entry| match entry.as_slice() {
                [lemma] => Some(lemma.as_str().into()),
                _ => None,
            })
            .collect();
        Self { words }
    }

    /// Whether the group holds this lemma.
    pub(crate) fn has(&self, lemma: &str) -> bool {
        self.words.contains(lemma)
    }
}

/// The word groups that reference uses.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// The words by which trees are put right.
    pub(crate) trees: TreeWords,
    /// Verbs of speaking to somebody: "appeal".
    pub(crate) speaks_to: Group,
    /// Verbs that ask something of their object or lay it to his charge: "blame".
    pub(crate) asks: Group,
    /// So with what is to be done behind it: "order".
    pub(crate) orders: Group,
    /// Verbs of saying what will be if something is not done: "threaten".
    pub(crate) threatens: Group,
    /// What one does to whom something is to happen: "face".
    pub(crate) bears: Group,
    /// So of whoever is warned: "pay", "regret".
    pub(crate) rues: Group,
    /// Participles behind which a name stands: "dubbed".
    pub(crate) called_so: Group,
    /// Verbs of a state that answers for its soldiers: "promise".
    pub(crate) answers_for: Group,
    /// Leagues that may be of parties at home: "alliance".
    pub(crate) home_league: Group,
    /// What workers hold: "walkout".
    pub(crate) stoppage: Group,
    /// Verbs with it: "stage".
    pub(crate) stops: Group,
    /// Those whom a text may leave without a name: "witness".
    pub(crate) anonymous: Group,
    /// Documents, statements, visits: they stand for their author.
    pub(crate) thing: Group,
    /// Verbs by which an author gives a thing to the world.
    pub(crate) issue: Group,
    /// Nouns for a party that say nothing of its sector: "side", "delegation".
    pub(crate) party: Group,
    /// Nouns that "both" or "the two" make a pair of states of.
    pub(crate) pair: Group,
    /// Those of them that make a pair with "the" alone: "the neighbours".
    pub(crate) alone: Group,
    /// Those aboard: "captain".
    pub(crate) aboard: Group,
    /// What stands before a craft of an army: "navy ship".
    pub(crate) armed: Group,
    /// Those of armies.
    pub(crate) warship: Group,
    /// Ships and planes that may be anybody's.
    pub(crate) vessel: Group,
    /// What "between the two" tells of whoever speaks of it as well: "friendship".
    pub(crate) bond: Group,
    /// Nouns for a state.
    pub(crate) state: Group,
    /// Nouns for an organisation or group of any sector.
    pub(crate) body: Group,
    /// Nouns that head the name of an organisation: "Council".
    pub(crate) named_body: Group,
    /// Words that begin or end a name that is neither a person's nor a body's: "Operation".
    pub(crate) named_thing: Group,
    /// Words that end the name of a place: "Dam".
    pub(crate) named_place: Group,
    /// Those of them that no body's name ends in: "Gulf".
    pub(crate) place_type: Group,
    /// Words that begin it: "Lake".
    pub(crate) place_first: Group,
    /// Places by a common noun: "checkpoint".
    pub(crate) place_noun: Group,
    /// Those of them that a text names before it calls them so: "town".
    pub(crate) place_settled: Group,
    /// Words that end the name of a military unit: "Regiment".
    pub(crate) unit: Group,
    /// Words in the name of a part of the armed forces: "Naval".
    pub(crate) service: Group,
    /// Words for a body that name what is done as often: "campaign".
    pub(crate) activity: Group,
    /// What falls from the sky: "rain".
    pub(crate) weather: Group,
    /// Verbs of demonstrating.
    pub(crate) protest: Group,
    /// Peoples, creeds and languages that are of no one state: "Kurdish".
    pub(crate) people: Group,
    /// Nouns for several persons taken as one: "family".
    pub(crate) collective: Group,
    /// Nouns for one person that say nothing of the sector: "man", "chief".
    pub(crate) person: Group,
    /// Forms of address: "Mr.".
    pub(crate) honorific: Group,
    /// Titles before a name that say nothing of the sector: "Director".
    pub(crate) name_title: Group,
    /// Verbs of which the subject is of the body that is their object: "leads the delegation".
    pub(crate) lead: Group,
    /// Verbs of which the subject is of the body that follows "for": "speaks for".
    pub(crate) speak_for: Group,
    /// Nouns that say nothing of people but that they are people: "men".
    pub(crate) anybody: Group,
    /// Those who speak for whom they work: "spokesman".
    pub(crate) servant: Group,
    /// Verbs whose object is somebody and nothing else: "accuse".
    pub(crate) addressee: Group,
    /// Verbs of speech that stand behind what is said, or inside it: "vow".
    pub(crate) reporting: Group,
    /// Words that open the label of who speaks in a transcript: "mr", "q".
    pub(crate) turn: Group,
    /// Labels of who answers in an interview: "a".
    pub(crate) answer: Group,
    /// Who serves the body that they are said to be of: "its spokesman".
    pub(crate) official: Group,
    /// Those who are of whom they work for: "crew".
    pub(crate) staff: Group,
    /// Nouns for those who bear arms for their owner: "its men".
    pub(crate) men: Group,
    /// Craft of war, which are an actor where they are said to be somebody's: "its planes".
    pub(crate) craft: Group,
    /// Trades in which one works for a company, an aid body or a church: "its doctors".
    pub(crate) hired: Group,
    /// Who rises against a government with arms, and is of its army: "mutineer".
    pub(crate) mutineer: Group,
    /// Who did the deed that a band is told to have done: "killer".
    pub(crate) culprit: Group,
    /// What one does with one's own soldiers: "deploy".
    pub(crate) send: Group,
    /// People whom others hold: "hostage".
    pub(crate) taken: Group,
    /// People who came from elsewhere: "migrant".
    pub(crate) newcomer: Group,
    /// Who deals with somebody and is not his: "customer".
    pub(crate) dealer: Group,
    /// Media that a noun may mean which says no more: "station".
    pub(crate) press: Group,
    /// Who deals in a market of all the world: "trader".
    pub(crate) market: Group,
    /// Trades of those who may strike: "nurse".
    pub(crate) employee: Group,
    /// Those who serve a person for pay and are nobody's by that: "his lawyer".
    pub(crate) counsel: Group,
    /// Verbs by which the police and courts of a state act on whoever is there: "arrest".
    pub(crate) enforce: Group,
    /// Those who hold with somebody and do not serve him: "supporter".
    pub(crate) follower: Group,
    /// Verbs by which a state orders its own about: "order".
    pub(crate) command: Group,
    /// Verbs by which a state deals with those who rise against it: "blame".
    pub(crate) quarrel: Group,
    /// Verbs for what a state does to another and never to itself: "bar".
    pub(crate) shun: Group,
    /// Nouns for people who live together, whose leaders serve no state: "village".
    pub(crate) folk: Group,
    /// Forces that a state has at home: "garrison".
    pub(crate) home_force: Group,
    /// Verbs for what is done to people who are hurt: "wound".
    pub(crate) harm: Group,
    /// Verbs for fire at a place: "shell".
    pub(crate) bombard: Group,
    /// Verbs by which a state speaks to another's government: "praise".
    pub(crate) praise: Group,
    /// Offices that few states have: "emir".
    pub(crate) crown: Group,
    /// Nouns for those who lend to somebody and are not of him: "creditor".
    pub(crate) creditor: Group,
    /// Verbs by which one reaches somebody to speak to him: "rang".
    pub(crate) reaches: Group,
    /// Verbs by which a state is rid of those whom another sent: "expelled".
    pub(crate) expels: Group,
    /// Who comes to look on behalf of another: "inspector".
    pub(crate) inspector: Group,
    /// Nouns and verbs for a meeting, whose place is the land of none of those who meet: "summit".
    pub(crate) meeting: Group,
    /// Verbs by which two sides deal with each other: "sign", "hold" talks.
    pub(crate) deal: Group,
    /// What they make or hold by that: "truce", "talks".
    pub(crate) accord: Group,
    /// What who is of neither side does for it: "broker".
    pub(crate) mediates: Group,
    /// Behind which "in" says of whom, and not where: "trust", "saw in Lee".
    pub(crate) not_in: Group,
    pub(crate) seen_in: Group,
    /// What one does to the craft of others: "sink".
    pub(crate) downs: Group,
    /// What flies with nobody in it: "drone".
    pub(crate) unmanned: Group,
    /// Verbs without an object that tell of a ship, a storm or a plan: "sink".
    pub(crate) occur: Group,
    /// What travels, and the ways it takes: "train".
    pub(crate) vehicle: Group,
    /// Verbs for what teams do to each other.
    pub(crate) sport_verb: Group,
    /// Words that show that a sentence is about sport.
    pub(crate) sport_sign: Group,
    /// Which of a family is meant: "elder", "younger".
    pub(crate) elder: Group,
    pub(crate) younger: Group,
    /// Names of states and capitals that persons bear: "jordan".
    pub(crate) given_state: Group,
    /// Nouns for a person that are said of states as well: "mediator".
    pub(crate) state_called: Group,
    /// Ends the name of a part of a land: "lake".
    pub(crate) feature: Group,
    /// Verbs of governments that speak with whom they are at odds with: "meet".
    pub(crate) confers: Group,
    /// "former", "then", "ex".
    pub(crate) former: Group,
    /// Before a body that rules a part of a state: "provincial".
    pub(crate) local: Group,
    /// Who stands for an office and holds none by that: "nominee".
    pub(crate) contender: Group,
    /// Words that tell that a text is about how a party chooses its candidate: "caucus".
    pub(crate) primary: Group,
    /// Nouns for a part of a whole: "dozens of protesters".
    pub(crate) share: Group,
    /// "counterpart".
    pub(crate) counterpart: Group,
    /// Nouns and directions that make a place of the name after "of": "city", "north".
    pub(crate) locality: Group,
    /// Nouns for buildings and grounds: "airport", "mosque".
    pub(crate) site: Group,
    /// What makes a body one that some have set up for a task: "working group".
    pub(crate) set_up: Group,
    /// Where people turn to their own state: "parliament", "palace".
    pub(crate) house: Group,
    /// Verbs for what weather, crowds and missiles do to a place.
    pub(crate) befall: Group,
    /// Verbs for what those who fight do to a town: "seize".
    pub(crate) take_town: Group,
    /// Verbs for going from where one is: "flee".
    pub(crate) flee: Group,
    /// What a place is and no government: "wet".
    pub(crate) place_state: Group,
    /// How a match ended: "win".
    pub(crate) sport_result: Group,
    /// What a player scores: "goal".
    pub(crate) sport_point: Group,
    /// What has a count of voices and is no match: "ballot".
    pub(crate) sport_vote: Group,
    /// Trades of people who hold no office: "plumber".
    pub(crate) trade: Group,
    /// Who and what a state has and no part of one: "president".
    pub(crate) state_organ: Group,
    /// What soldiers who rise do: "overthrow".
    pub(crate) mutiny: Group,
    /// Words by which a text shows that a state's name is that of a part of another state, by the codes of both: "geo_usa".
    namesakes: HashMap<String, Vec<String>>,
    /// Words by which it shows that the state is meant, by its code in lower case.
    owns_name: HashMap<String, Vec<String>>,
    /// Verbs that take their object from somewhere: "withdraw troops from".
    pub(crate) fetch: Group,
    /// Bodies of a state that stand in another: "embassy".
    embassy: Phrases,
    /// Adjectives of several words for a part of the world: "South American".
    pub(crate) region: Phrases,
    /// Bodies that every state has one of, by the same name: "congress".
    pub(crate) common_body: Phrases,
    /// Codes in lower case of states with a congress of that name.
    pub(crate) congress: Group,
    /// Verbs by which one binds oneself: "vow".
    pub(crate) vow: Group,
    /// Verbs by which one does, or does not do, what one is asked: "refuse".
    pub(crate) comply: Group,
    /// Verbs of answering a charge or a wish: "deny".
    pub(crate) replies: Group,
    /// Verbs of keeping somebody against his will: "seize".
    pub(crate) holds: Group,
    /// Verbs of letting him go: "free".
    pub(crate) frees: Group,
    /// What one does who is struck while he does it: "flee".
    pub(crate) exposed: Group,
    /// Verbs of force against persons: "shoot".
    pub(crate) strikes: Group,
    /// Verbs of thanks and blame for what somebody did: "praise".
    pub(crate) judge: Group,
    /// What two have with each other: "relations".
    pub(crate) mutual: Group,
    /// Parts of a thing or a place that no party has: "hull".
    pub(crate) fitting: Group,
    /// What one does to punish another for his doing: "fine".
    pub(crate) punish: Group,
    /// What one does before one punishes: "find".
    pub(crate) finds: Group,
    /// What one does for who asks: "send".
    pub(crate) gives: Group,
    /// What others harm or hold: "airspace".
    pub(crate) harmed: Group,
    /// Verbs of harming it: "violate".
    pub(crate) wrongs: Group,
    /// Verbs of giving it back: "release".
    pub(crate) returns: Group,
    /// What one does with what is theirs who are fought: "burn".
    pub(crate) despoil: Group,
    /// What befalls somebody: "extradition".
    pub(crate) fate: Group,
    /// Verbs of those who want, mourn or judge it: "demand".
    pub(crate) over_fate: Group,
    /// What one is glad of for oneself: "victory".
    pub(crate) luck: Group,
    /// Words that make a noun speak of any: "such".
    pub(crate) generic: Group,
    /// Verbs that two do together: "meet".
    pub(crate) meet: Group,
    /// Members of a party: "democrat".
    pub(crate) member: Group,
    /// Words in the names of parties of many states: "labour".
    creed: Group,
    /// Relatives: "husband".
    pub(crate) kin: Group,
    /// Groups of people, none of states: "movement".
    pub(crate) movement: Group,
    /// Groups that are an armed one where the text names one: "group".
    pub(crate) band: Group,
    /// Groups of states: "bloc".
    pub(crate) league: Group,
    /// Who serves a state in another: "ambassador".
    pub(crate) abroad: Group,
    /// Verbs whose subject is somebody and no thing.
    pub(crate) agent: Group,
    /// Verbs whose object is somebody and no thing.
    pub(crate) patient: Group,
    /// Nouns for a party that is another than whose it is: "its ally".
    pub(crate) other: Group,
    pub(crate) fellow: Group,
    /// Those of them of which a party has one at a time: "its neighbour".
    pub(crate) opposed: Group,
    /// Members of an armed group of any sector: "the militants".
    pub(crate) fighter: Group,
    /// Participles that say who leads: "led" in "U.S.-led".
    pub(crate) leads: Group,
    /// Participles that say where something sits: "based".
    pub(crate) seats: Group,
    /// Participles that say whose it is: "owned", "run".
    pub(crate) owns: Group,
    /// Bodies that are an actor of their own under whoever leads them: "coalition".
    pub(crate) joint: Group,
    /// Who may be with whom they work for: "an analyst with the bank".
    pub(crate) employed: Group,
    /// Seats that a state gives and no party does: "governor".
    pub(crate) seat: Group,
    /// Offices that many hold in a state, without its name in news of that state: "mayor".
    pub(crate) home_seat: Group,
    /// People of a party by whom they stand for or against: "Republican critics".
    pub(crate) partisan: Group,
    /// Adjectives by which parties of several states are called: "Democratic".
    pub(crate) party_word: Group,
    /// Whom a party has chosen to run: "nominee".
    pub(crate) nominee: Group,
    /// Who is ahead of the others of a party: "front-runner".
    pub(crate) front_runner: Group,
    /// Words by which a candidate runs for another office than that of the head of state: "Senate".
    pub(crate) lower_race: Group,
    /// Before an office in a title, the one below it: "vice president".
    pub(crate) second: Group,
    /// Words that tell one of several: "another".
    pub(crate) of_several: Group,
    /// Members of any house: "lawmaker".
    pub(crate) legislator: Group,
    /// Who goes to court or is taken there: "the Plaintiff".
    pub(crate) litigant: Group,
    /// What two politicians have each of their own: "the Lee and Roth campaigns".
    pub(crate) retinue: Group,
    /// Verbs with an empty "it": "it emerged that".
    pub(crate) impersonal: Group,
    /// What only somebody can be: "it was ready to help".
    pub(crate) willing: Group,
    /// Nouns that tell when: "by evening".
    pub(crate) when: Group,
    /// Those pairs that are of states and nothing else: "the two nations".
    pub(crate) pair_state: Group,
    /// What soldiers do in any land and police in their own: "shot".
    pub(crate) fell: Group,
    /// Verbs that give a person a seat: "appoint".
    pub(crate) elect: Group,
    /// Before a ruler who is out or on the way out: "outgoing".
    pub(crate) falling: Group,
    /// Those of them who are a person of the same state, whoever it is: "his predecessor".
    pub(crate) compatriot: Group,
    /// Small words inside of names: "al", "bin", "van".
    pub(crate) particle: Group,
    /// Before one who is out since long: "former".
    pub(crate) past: Group,
    /// What is won, taken or given up with an office: "the election", "power".
    pub(crate) contest: Group,
    /// Verbs of which the object loses an office to the subject: "topple".
    pub(crate) beats: Phrases,
    /// Verbs of which the object loses an office or worse: "dismiss".
    pub(crate) fells: Phrases,
    /// Verbs of which the subject loses one: "step down".
    pub(crate) falls: Phrases,
    /// The same with what is given up: "leave office".
    pub(crate) gives_up: Phrases,
    /// Verbs of which the subject gains an office: "win".
    pub(crate) wins: Phrases,
    /// The same with what is gained: "take power".
    pub(crate) takes: Phrases,
    /// Verbs that put their object in office: "swear in".
    pub(crate) installs: Phrases,
    /// The same with the office: "name somebody president".
    pub(crate) names: Phrases,
    /// Verbs with the office that their subject gains: "become".
    pub(crate) becomes: Phrases,
    /// Verbs of giving an office to somebody: "hand over".
    pub(crate) hands: Phrases,
    /// Nouns for one person by what they are to another, who is of the same state as a rule: "his rival, Ann Lee,".
    pub(crate) peer: Group,
    /// Nouns and given names of men.
    pub(crate) male: Group,
    /// Nouns and given names of women.
    pub(crate) female: Group,
    /// Titles that name one and the same office, one list an office: "president", "head of state".
    offices: Vec<Vec<String>>,
    /// Offices that a looser title may mean: "leader" a president.
    titles: HashMap<String, Vec<String>>,
    /// Codes in lower case that an epithet may stand for, by its lemma: "island".
    epithets: HashMap<String, Vec<String>>,
    /// Codes in lower case of the states beside a state, by its code in lower case.
    beside: HashMap<String, Vec<String>>,
    /// Who is at odds with a party, and who stands by it.
    sides: Sides,
    /// Given names and what their bearers are called for short, each by the other: "patrick" and "pat".
    nicknames: HashMap<String, Vec<String>>,
    /// Nouns for who is at odds with somebody, and for who stands by somebody: "rival", "ally".
    pub(crate) hostile: Group,
    pub(crate) allied: Group,
    /// Codes in lower case of the bodies that a noun alone mostly stands for: "council" the United Nations'.
    called: HashMap<String, Vec<String>>,
    /// The state in capitals whose ministers alone have a title, by the title in lower case.
    titles_of_one: HashMap<String, String>,
    /// Codes in lower case of the courts of states that sit in a city, by its last word: "hague".
    benches: HashMap<String, Vec<String>>,
    /// Tribunals that try the crimes of a war.
    pub(crate) tribunals: Vec<Tribunal>,
    /// Codes in lower case of the states in a part of the world, by its adjective: "west_african".
    parts: HashMap<String, Vec<String>>,
}

impl Lexicon {
    /// The groups that reference uses, out of all groups.
    pub(crate) fn new(words: &Words) -> Self {
        let group = |name| Group::new(words, &[name]);
        Self {
            trees: TreeWords::new(words),
            speaks_to: group("ref_speaks_to"),
            asks: group("ref_asks"),
            orders: group("ref_orders"),
            threatens: group("ref_threatens"),
            bears: group("ref_bears"),
            rues: group("ref_rues"),
            called_so: group("ref_called_so"),
            answers_for: group("ref_answers_for"),
            home_league: group("ref_home_league"),
            stoppage: group("ref_stoppage"),
            stops: group("ref_stops"),
            anonymous: group("ref_anonymous"),
            thing: group("ref_thing"),
            issue: group("ref_issue"),
            party: group("ref_party"),
            pair: group("ref_pair"),
            alone: group("ref_pair_alone"),
            state: group("ref_state"),
            body: group("ref_body"),
            named_body: Group::new(words, &["ref_named_body", "name_body"]),
            name_title: group("name_title"),
            sport_verb: group("sport_verb"),
            sport_sign: group("sport_sign"),
            named_thing: group("name_thing"),
            named_place: Group::new(words, &["place_type", "place_noun"]),
            place_type: group("place_type"),
            place_first: group("place_first"),
            place_noun: group("place_noun"),
            place_settled: group("place_settled"),
            unit: group("name_unit"),
            service: group("name_service"),
            activity: group("activity"),
            protest: group("protest"),
            lead: group("ref_lead"),
            speak_for: group("ref_speak_for"),
            anybody: group("ref_anybody"),
            servant: group("ref_servant"),
            addressee: group("ref_addressee"),
            reporting: group("ref_reporting"),
            turn: group("ref_turn"),
            answer: group("ref_answer"),
            official: group("ref_official"),
            staff: group("ref_staff"),
            men: group("ref_men"),
            craft: group("ref_craft"),
            hired: group("ref_hired"),
            counsel: group("ref_counsel"),
            mutineer: group("ref_mutineer"),
            culprit: group("ref_culprit"),
            employee: group("ref_employee"),
            market: group("ref_market"),
            send: group("ref_send"),
            taken: group("ref_taken"),
            newcomer: group("ref_newcomer"),
            dealer: group("ref_dealer"),
            press: group("ref_press"),
            enforce: group("ref_enforce"),
            command: group("ref_command"),
            quarrel: group("ref_quarrel"),
            shun: group("ref_shun"),
            folk: group("ref_folk"),
            home_force: group("ref_home_force"),
            harm: group("ref_harm"),
            bombard: group("ref_bombard"),
            praise: group("ref_praise"),
            crown: group("ref_crown"),
            creditor: group("ref_creditor"),
            meeting: group("ref_meeting"),
            deal: group("ref_deal"),
            follower: group("ref_follower"),
            congress: group("ref_congress"),
            occur: group("ref_occur"),
            vehicle: group("place_vehicle"),
            weather: group("weather"),
            people: group("name_people"),
            collective: group("collective"),
            person: group("ref_person"),
            honorific: group("ref_honorific"),
            elder: group("ref_elder"),
            younger: group("ref_younger"),
            given_state: group("ref_given_state"),
            state_called: group("ref_state_called"),
            feature: group("ref_feature"),
            confers: group("ref_confers"),
            former: group("ref_former"),
            local: group("ref_local"),
            contender: group("ref_contender"),
            primary: group("ref_primary"),
            share: group("ref_share"),
            counterpart: group("ref_counterpart"),
            locality: group("ref_locality"),
            site: group("ref_site"),
            set_up: group("ref_set_up"),
            house: group("ref_house"),
            befall: group("ref_befall"),
            take_town: group("ref_take_town"),
            flee: group("ref_flee"),
            place_state: group("ref_place_state"),
            sport_result: group("sport_result"),
            sport_point: group("sport_point"),
            sport_vote: group("sport_vote"),
            trade: group("ref_trade"),
            state_organ: group("ref_state_organ"),
            mutiny: group("ref_mutiny"),
            namesakes: codes(words, "ref_namesake_"),
            owns_name: codes(words, "ref_own_"),
            fetch: group("ref_fetch"),
            embassy: Phrases::new(words, "embassy"),
            region: Phrases::new(words, "ref_region"),
            common_body: Phrases::new(words, "ref_common_body"),
            vow: group("ref_vow"),
            comply: group("ref_comply"),
            replies: group("ref_replies"),
            holds: group("ref_holds"),
            frees: group("ref_frees"),
            exposed: group("ref_exposed"),
            strikes: Group::new(words, STRIKES),
            judge: group("ref_judge"),
            luck: group("ref_luck"),
            mutual: group("ref_mutual"),
            punish: Group::new(words, &["ref_punish", "ref_judge"]),
            finds: group("ref_finds"),
            gives: group("ref_gives"),
            harmed: group("ref_harmed"),
            wrongs: group("ref_wrongs"),
            returns: group("ref_returns"),
            despoil: group("ref_despoil"),
            fate: group("ref_fate"),
            over_fate: group("ref_over_fate"),
            fitting: group("ref_fitting"),
            generic: group("ref_generic"),
            meet: group("ref_meet"),
            reaches: group("ref_reaches"),
            expels: group("ref_expels"),
            inspector: group("ref_inspector"),
            member: group("ref_member"),
            creed: group("ref_creed"),
            kin: group("ref_kin"),
            movement: group("ref_movement"),
            band: group("ref_band"),
            league: group("ref_league"),
            abroad: group("ref_abroad"),
            agent: group("ref_agent"),
            patient: group("ref_patient"),
            other: group("ref_other"),
            fellow: group("ref_fellow"),
            opposed: group("ref_opposed"),
            fighter: group("ref_fighter"),
            leads: group("ref_leads"),
            seats: group("ref_seats"),
            owns: group("ref_owns"),
            joint: group("ref_joint"),
            accord: group("ref_accord"),
            mediates: group("ref_mediates"),
            not_in: group("place_not_in"),
            seen_in: group("ref_seen_in"),
            downs: group("ref_downs"),
            unmanned: group("ref_unmanned"),
            employed: group("ref_employed"),
            seat: group("ref_seat"),
            home_seat: group("ref_home_seat"),
            partisan: group("ref_partisan"),
            party_word: group("ref_party_word"),
            nominee: group("ref_nominee"),
            front_runner: group("ref_front_runner"),
            lower_race: group("ref_lower_race"),
            second: group("ref_second"),
            of_several: group("ref_of_several"),
            legislator: group("ref_legislator"),
            litigant: group("ref_litigant"),
            retinue: group("ref_retinue"),
            impersonal: group("ref_impersonal"),
            willing: group("ref_willing"),
            when: group("ref_when"),
            bond: group("ref_bond"),
            aboard: group("ref_aboard"),
            armed: group("ref_armed"),
            warship: group("ref_warship"),
            vessel: group("ref_vessel"),
            pair_state: group("ref_pair_state"),
            fell: group("ref_fell"),
            elect: group("ref_elect"),
            falling: group("ref_falling"),
            compatriot: group("ref_compatriot"),
            particle: group("ref_particle"),
            past: group("ref_past"),
            contest: group("ref_contest"),
            beats: Phrases::new(words, "ref_beats"),
            fells: Phrases::new(words, "ref_fells"),
            falls: Phrases::new(words, "ref_falls"),
            gives_up: Phrases::new(words, "ref_gives_up"),
            wins: Phrases::new(words, "ref_wins"),
            takes: Phrases::new(words, "ref_takes"),
            installs: Phrases::new(words, "ref_installs"),
            names: Phrases::new(words, "ref_names"),
            becomes: Phrases::new(words, "ref_becomes"),
            hands: Phrases::new(words, "ref_hands"),
            peer: group("ref_peer"),
            male: group("ref_male"),
            female: group("ref_female"),
            offices: prefixed(words, "ref_office_")
                .map(|(_, entries)| entries.iter().map(|entry| entry.join(" ")).collect())
                .collect(),
            titles: prefixed(words, "ref_title_")
                .map(|(noun, entries)| {
                    (noun.to_owned(), entries.iter().map(|entry| entry.join(" ")).collect())
                })
                .collect(),
            epithets: codes(words, "ref_epithet_"),
            beside: codes(words, "ref_beside_"),
            sides: Sides::of(words),
            nicknames: pairs(words, "ref_nicknames"),
            hostile: group("ref_hostile"),
            allied: group("ref_allied"),
            called: codes(words, "ref_called_"),
            titles_of_one: prefixed(words, "ref_only_")
                .flat_map(|(code, titles)| {
                    titles.iter().map(move |title| (title.join(" "), code.to_uppercase()))
                })
                .collect(),
            benches: codes(words, "ref_bench_"),
            tribunals: tribunals(words),
            parts: codes(words, "ref_part_"),
        }
    }

    /// What a person's full name tells of their gender: its first word, else the last where that is a given name ("Tsai Ing-wen").
    pub(crate) fn gender_of_name(&self, name: &str) -> Gender {
        let name = name.to_lowercase();
        let mut words = name.split(' ');
        let first = words.next().unwrap_or_default();
        let last = words.next_back().filter(|word| word.contains('-')).unwrap_or_default();
        [first, last]
            .iter()
            .find_map(|word| {
                if self.male.has(word) {
                    Some(Gender::Male)
                } else {
                    self.female.has(word).then_some(Gender::Female)
                }
            })
            .unwrap_or_default()
    }

    /// Whether one of the given names, in any case, is short for the other.
    pub(crate) fn is_short_for(&self, one: &str, other: &str) -> bool {
        let other = other.to_lowercase();
        let known = self.nicknames.get(one.to_lowercase().as_str());
        known.is_some_and(|names| names.contains(&other))
    }

    /// Every title of the office that `title` names; none where it names no office that one person at a time holds.
    pub(crate) fn same_office(&self, title: &str) -> &[String] {
        let office = self.offices.iter().find(|titles| titles.iter().any(|known| known == title));
        office.map_or(&[], Vec::as_slice)
    }

    /// Whether the holder of `office` ("prime minister") may be called `title` ("the minister", "the leader").
    pub(crate) fn is_called(&self, office: &str, title: &str) -> bool {
        let looser = self.titles.get(title).map_or(&[][..], Vec::as_slice);
        let alike = self.same_office(office);
        is_office(office, title)
            || looser.iter().any(|meant| is_office(office, meant))
            || alike.iter().any(|known| known == title)
    }

    /// Whether the word names what parties of many states are called by: "Socialist", "Democratic".
    pub(crate) fn is_creed(&self, word: &str) -> bool {
        ["", "s", "ic"]
            .iter()
            .any(|end| word.strip_suffix(end).is_some_and(|stem| self.member.has(stem)))
            || self.creed.has(word)
    }

    /// Whether a body of this name stands in another state than its own.
    pub(crate) fn is_embassy(&self, office: &str) -> bool {
        let lemmas: Vec<&str> = office.split(' ').collect();
        self.embassy.at(&lemmas) == Some(lemmas.len())
    }

    /// Whether the title says so little that any servant of a state may be called so: "leader", "official".
    pub(crate) fn is_loose(&self, title: &str) -> bool {
        self.titles.contains_key(title)
    }

    /// The codes that an epithet may stand for, in lower case.
    pub(crate) fn epithets(&self, noun: &str) -> &[String] {
        self.epithets.get(noun).map_or(&[], Vec::as_slice)
    }

    /// Whether two states lie beside each other; of one whose neighbours are not known any may.
    pub(crate) fn are_beside(&self, code: &str, other: &str) -> bool {
        self.beside
            .get(code.to_lowercase().as_str())
            .is_none_or(|codes| codes.iter().any(|known| known.eq_ignore_ascii_case(other)))
    }

    /// Those who are known to stand to the party of this code as the noun says: to Seoul "its rival" is Pyongyang, "its ally" Washington.
    pub(crate) fn known_as(&self, noun: &str, code: &str) -> Vec<&str> {
        let side = match (self.hostile.has(noun), self.allied.has(noun)) {
            (true, _) => Side::Foe,
            (_, true) => Side::Friend,
            _ => return Vec::new(),
        };
        self.sides.those(code, side).collect()
    }

    /// The code of the only state whose ministers have this title.
    pub(crate) fn title_of_one(&self, title: &str) -> Option<&str> {
        self.titles_of_one.get(title).map(String::as_str)
    }

    /// The codes of the bodies that a noun alone mostly stands for, in lower case.
    pub(crate) fn called(&self, noun: &str) -> &[String] {
        self.called.get(noun).map_or(&[], Vec::as_slice)
    }

    /// States whose name a text uses for a part of another state, with that other, by the words that it holds: codes in capitals.
    pub(crate) fn namesakes(&self, holds: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let any = |words: &[String]| words.iter().any(|word| holds(word));
        let mut found: Vec<(String, String)> = self
            .namesakes
            .iter()
            .filter_map(|(pair, signs)| {
                let (own, other) = pair.split_once('_')?;
                let meant = self.owns_name.get(own).is_some_and(|words| any(words));
                (any(signs) && !meant).then(|| (own.to_uppercase(), other.to_uppercase()))
            })
            .collect();
        found.sort();
        found
    }

    /// The codes of the courts of states that sit in a city, in lower case; `None` where none does.
    pub(crate) fn benches(&self, city: &str) -> Option<&[String]> {
        self.benches.get(city).map(Vec::as_slice)
    }

    /// Tells of a state's code whether a phrase may mean that state, by the part of the world that an adjective in it names: "the two West
    /// African neighbours". Any may be meant where none does.
    pub(crate) fn part_of_world<'s>(
        &'s self,
        view: &View<'_>,
        phrase: &Range<usize>,
    ) -> impl Fn(&str) -> bool + use<'s> {
        let part = self.part_named(view, phrase);
        move |code| {
            part.is_none_or(|codes| codes.iter().any(|known| known.eq_ignore_ascii_case(code)))
        }
    }

    /// The codes of the states in the part of the world that a phrase names.
    pub(crate) fn part_named(&self, view: &View<'_>, phrase: &Range<usize>) -> Option<&[String]> {
        let words: Vec<String> = phrase
            .clone()
            .filter(|&t| !is_hyphen(view, t))
            .map(|t| view.form(t).to_lowercase())
            .collect();
        (1..=3).rev().flat_map(|length| words.windows(length)).find_map(|window| {
            let name = window.join("_").replace('-', "_");
            self.parts.get(name.as_str()).map(Vec::as_slice)
        })
    }

    /// The code of the other of two states that one epithet names: of "the Koreas".
    pub(crate) fn twin(&self, code: &str) -> Option<&str> {
        let mut twins: Vec<&str> = self
            .epithets
            .values()
            .filter_map(|codes| match codes.as_slice() {
                [a, b] if a.eq_ignore_ascii_case(code) => Some(b.as_str()),
                [a, b] if b.eq_ignore_ascii_case(code) => Some(a.as_str()),
                _ => None,
            })
            .collect();
        twins.sort_unstable();
        twins.first().copied()
    }

    /// Whether `noun` ("island", "north") is an epithet of some states, and if so whether this code is among them.
    pub(crate) fn epithet(&self, noun: &str, code: &str) -> Option<bool> {
        let codes = self.epithets.get(noun)?;
        Some(codes.iter().any(|known| known.eq_ignore_ascii_case(code)))
    }
}

/// A tribunal of several states that tries the crimes of a war.
#[derive(Debug)]
pub(crate) struct Tribunal {
    pub(crate) code: String,
    /// Years in which it sits.
    pub(crate) years: RangeInclusive<i16>,
    /// Codes in lower case of the states whose people it tries.
    pub(crate) states: Vec<String>,
}

/// The groups `ref_tribunal_…`: the first and the last year, then the states.
fn tribunals(words: &Words) -> Vec<Tribunal> {
    let year = |word: Option<&String>| word?.parse().ok();
    let mut known: Vec<Tribunal> = codes(words, "ref_tribunal_")
        .into_iter()
        .filter_map(|(code, words)| {
            let years = year(words.first())?..=year(words.get(1))?;
            Some(Tribunal { code: code.to_uppercase(), years, states: words.get(2..)?.to_vec() })
        })
        .collect();
    known.sort_by(|a, b| a.code.cmp(&b.code));
    known
}

/// The codes that groups of this prefix hold, by the rest of the group's name.
fn codes(words: &Words, prefix: &'static str) -> HashMap<String, Vec<String>> {
    prefixed(words, prefix)
        .map(|(name, entries)| (name.to_owned(), entries.iter().flatten().cloned().collect()))
        .collect()
}

/// By code, those who stand in a pair with it in the group of this name.
fn pairs(words: &Words, group: &str) -> HashMap<String, Vec<String>> {
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    for pair in words.groups.get(group).into_iter().flatten() {
        if let [one, other] = pair.as_slice() {
            known.entry(one.clone()).or_default().push(other.clone());
            known.entry(other.clone()).or_default().push(one.clone());
        }
    }
    known
}

/// The groups whose name begins so, by the rest of the name.
fn prefixed<'k>(
    words: &'k Words,
    prefix: &'static str,
) -> impl Iterator<Item = (&'k str, &'k Vec<Vec<String>>)> {
    words
        .groups
        .iter()
        .filter_map(move |(name, entries)| Some((name.strip_prefix(prefix)?, entries)))
}

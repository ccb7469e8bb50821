//! Words of an act where nobody did it to anybody: play, trade and shows, polls and films, habits, standing rules, what almost was.
//!
//! "The Turkish striker asked for a transfer" holds *asked for* and a party of a known state, and is no REQUEST: who plays, sings or cooks for a living
//! does so for no state. A match goes in with its sentence; out comes why it is no event, or nothing. The lists are in `words/groups.toml`.

use detente_core::{Actor, Sector};
use detente_knowledge::{Knowledge, Mark, SlotRole};
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::Category;

use crate::events::{Found, same_party};
use crate::form::{has_mark, is_material_conflict, negated};
use crate::grammar::{clause, dependent, has_case, is_owner, is_passive, patient, subject, token};
use crate::matcher::lower;
use crate::rulebook::Reach;
use crate::scene::Scene;
use crate::vocabulary::{Lemmas, lemmas_of};

/// How many clauses a poll or a film may be above what it tells.
const DEEPEST: usize = 6;

/// The words by which an act is known to be none.
#[derive(Debug, Default)]
pub(crate) struct UnmeantWords {
    /// Who plays, performs or sells for a living: "striker".
    players: Lemmas,
    /// Those who may be a state's or a game's: "team".
    sides: Lemmas,
    /// Words that show that a sentence is about sport.
    sport: Lemmas,
    /// What does nothing to anybody: "share".
    inert: Lemmas,
    /// What tells opinions of people who were asked: "survey".
    polls: Lemmas,
    /// What tells a story: "film".
    fiction: Lemmas,
    /// How polls and films tell: "suggest".
    showing: Lemmas,
    /// How often: "frequently".
    often: Lemmas,
    /// What stands as long as nobody changes it: "recognise".
    standing: Lemmas,
    weather: Lemmas,
    /// What is always in force: "law".
    lasting: Lemmas,
    /// What gladdens people, and is nobody: "report".
    tidings: Lemmas,
    /// Those whom one addresses: "convention".
    audience: Lemmas,
    /// Parts of a state: "county".
    land: Lemmas,
    /// Relatives: "husband".
    kin: Lemmas,
    /// What somebody only takes to be so: "guess".
    guesses: Lemmas,
    /// What a party to a trial holds: "lawsuit".
    charges: Lemmas,
    /// By how much a side leads: "margin".
    margins: Lemmas,
    /// What makes a call one by telephone: "conference".
    calls: Lemmas,
    /// How one feels about another: "satisfied".
    content: Lemmas,
    /// Verbs with an object that makes them a manner of speaking: "lend", "ear".
    idle: Vec<Vec<String>>,
}

impl UnmeantWords {
    /// The words of the groups of `knowledge`.
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let single = |group: &str| lemmas_of(knowledge, group);
        Self {
            players: single("play_trade"),
            sides: single("play_side"),
            sport: single("sport_sign"),
            inert: single("inert_thing"),
            polls: single("poll_noun"),
            fiction: single("made_up"),
            showing: single("telling_of"),
            often: single("how_often"),
            standing: single("standing_verb"),
            weather: single("bad_weather"),
            lasting: single("standing_rule"),
            tidings: single("tidings"),
            audience: single("audience"),
            land: single("part_of_state"),
            kin: single("own_kin"),
            guesses: single("mere_guess"),
            charges: single("charge_paper"),
            margins: single("poll_margin"),
            calls: single("call_by_wire"),
            content: single("mere_content"),
            idle: knowledge.words.groups.get("idle_phrase").cloned().unwrap_or_default(),
        }
    }
}

/// Why a match is no event though its words and its form tell one; nothing where it may be one.
pub(crate) fn unmeant(scene: &Scene<'_>, found: &Found<'_>) -> Option<&'static str> {
    let sentence = scene.sentence;
    let words = &scene.book.unmeant;
    let verb = found.binding.light.unwrap_or(found.head);
    let kind = found.rule.kind.as_str();
    if is_on_nobody(sentence, found) {
        return Some("done to nobody");
    }
    if is_almost(sentence, verb) {
        return Some("almost done");
    }
    if is_unreal(sentence, verb) {
        return Some("what would have been");
    }
    if is_able(sentence, verb, kind) || is_expected(sentence, verb) {
        return Some("what may come");
    }
    if is_told_in(words, sentence, verb, &words.fiction) {
        return Some("a story that is made up");
    }
    if is_opinion(kind)
        && (is_told_in(words, sentence, verb, &words.polls)
            || is_asked(words, sentence, found)
            || is_one_in(sentence, found)
            || is_by_margin(words, sentence, found))
    {
        return Some("what a poll shows");
    }
    if is_of_oneself(scene, found, verb) {
        return Some("said of oneself");
    }
    if is_charged(words, sentence, verb, kind) {
        return Some("what a charge is about");
    }
    if is_guessed(words, sentence, verb) {
        return Some("a guess");
    }
    if is_conceded(sentence, verb) {
        return Some("only conceded");
    }
    if is_for_all(sentence, found) || is_ones_own_duty(scene, found) {
        return Some("what ought to be");
    }
    if kind == "REQUEST" && is_phone_call(words, sentence, found) {
        return Some("a call by telephone");
    }
    // "Was not satisfied with him": what is felt refuses nothing.
    if kind == "SUPPORT"
        && negated(sentence, found.head)
        && words.content.contains(lemma(sentence, found.head).as_ref())
    {
        return Some("a feeling");
    }
    if is_habit(words, sentence, verb) {
        return Some("a habit");
    }
    if is_standing(words, sentence, verb) || is_aimed_at(sentence, found) {
        return Some("what stands so");
    }
    if is_outweighed(sentence, verb) {
        return Some("only compared");
    }
    if kind == "CONSULT" {
        if is_address(words, sentence, found) {
            return Some("a speech, and no meeting");
        }
        if is_at_home(words, sentence, found) {
            return Some("a journey in one's own country");
        }
        if is_quoted_letter(sentence, found) {
            return Some("words of a letter");
        }
        if is_among_neighbours(found) {
            return Some("a private affair");
        }
    }
    if kind == "CONSULT" && is_named_so(sentence, found.head) {
        return Some("what somebody is called");
    }
    if is_left_open(sentence, verb, kind) {
        return Some("neither done nor left undone");
    }
    if is_ones_own_drill(scene, found) {
        return Some("a private affair");
    }
    if is_received(scene, found) {
        return Some("words that are heard, and not said");
    }
    if is_of_harmless(scene, found) || is_against_nature(scene, found) {
        return Some("done to nobody");
    }
    if is_contest(scene, found, verb) {
        return Some("a game");
    }
    if kind == "PROTEST" && is_celebration(scene, verb) {
        return Some("a celebration");
    }
    if is_weather(words, sentence, verb, kind) {
        return Some("done by the weather");
    }
    if is_idle(words, sentence, found) || (kind == "AGREE" && is_assured(sentence, verb)) {
        return Some("a manner of speaking");
    }
    if kind == "AGREE" && is_same_view(sentence, verb) {
        return Some("what they hold to be so");
    }
    private_affair(scene, found)
}

/// "Lent an ear to farmers", "broke into song": a verb with what makes it no act.
fn is_idle(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    let verb = found.binding.light.unwrap_or(found.head);
    let own = lemma(sentence, verb);
    let is = |at: usize, word: &str| {
        token(sentence, at)
            .is_some_and(|t| lower(&t.lemma) == word || t.form.eq_ignore_ascii_case(word))
    };
    // All its words in one phrase: "worked with her in the ministry", and not "works with the ministry in Oslo".
    let inside = |c: usize, word: &String| {
        is(c, word) || sentence.children(c).iter().any(|&inner| is(inner, word))
    };
    let holds = |rest: &[String]| {
        sentence.children(verb).iter().any(|&c| {
            token(sentence, c).is_some_and(|t| match t.relation() {
                "obj" | "obl" | "xcomp" | "advmod" => c > verb,
                // "His nerves were shot"
                "nsubj" => t.deprel == "nsubj:pass",
                _ => false,
            }) && rest.iter().all(|word| inside(c, word))
        })
    };
    // "An advertising blitz", "commitment to justice": what a noun says of itself.
    let nouns = found
        .binding
        .triggers
        .iter()
        .chain(std::iter::once(&found.head))
        .filter(|&&at| token(sentence, at).is_some_and(|t| t.upos == Upos::Noun));
    let holds_noun = |first: &str, rest: &[String]| {
        nouns.clone().filter(|&&at| lemma(sentence, at) == first).any(|&at| {
            sentence.children(at).iter().any(|&c| {
                token(sentence, c)
                    .is_some_and(|t| matches!(t.relation(), "nmod" | "compound" | "amod"))
                    && rest.iter().all(|word| inside(c, word))
            })
        })
    };
    words.idle.iter().any(|phrase| {
        phrase.split_first().is_some_and(|(first, rest)| {
            !rest.is_empty() && ((*first == own && holds(rest)) || holds_noun(first, rest))
        })
    })
}

/// "Called the premier a liar": a name that is given, and no call by telephone.
fn is_named_so(sentence: &Sentence, verb: usize) -> bool {
    lemma(sentence, verb) == "call"
        && (sentence.dependents(verb, "xcomp").any(|c| c > verb && !has_mark(sentence, c, "to"))
            || sentence.dependents(verb, "obj").count() > 1
            || dependent(sentence, verb, "iobj").is_some()
            // "A summit that Kenya had called"
            || token(sentence, verb).is_some_and(|t| t.deprel == "acl:relcl"))
}

/// "Neither supported nor condemned it", "would neither confirm nor deny that it had bombed it": who does so says nothing.
fn is_left_open(sentence: &Sentence, verb: usize, kind: &str) -> bool {
    let open = |at: usize| {
        let neither =
            sentence.children(at).iter().any(|&c| c < at && lemma(sentence, c) == "neither");
        neither
            && sentence
                .dependents(at, "conj")
                .any(|c| sentence.dependents(c, "cc").any(|nor| lemma(sentence, nor) == "nor"))
    };
    let said = matches!(kind, "SUPPORT" | "ACCUSE" | "REQUEST" | "REJECT" | "THREATEN" | "CONCEDE");
    let mut at = verb;
    let mut below = false;
    for _ in 0..DEEPEST {
        if (below || said) && open(at) {
            return true;
        }
        let Some(word) = token(sentence, at) else { return false };
        match (word.head, word.relation()) {
            (Some(up), "conj") => at = up,
            (Some(up), "xcomp" | "ccomp") => (at, below) = (up, true),
            _ => return false,
        }
    }
    false
}

/// "Less likely than getting him to resign": what something else is measured by.
fn is_outweighed(sentence: &Sentence, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..DEEPEST {
        let Some(word) = token(sentence, at) else { return false };
        if word.xpos == "VBG" && has_case(sentence, at, "than") && !has_case(sentence, at, "rather")
        {
            return true;
        }
        match word.head {
            Some(up) if matches!(word.relation(), "xcomp" | "ccomp" | "conj") => at = up,
            _ => return false,
        }
    }
    false
}

/// "Hamas, which aims to oust the king": what somebody is for.
fn is_aimed_at(sentence: &Sentence, found: &Found<'_>) -> bool {
    found.rule.kind == "THREATEN"
        && token(sentence, found.head).is_some_and(|t| t.deprel == "acl:relcl")
        && matches!(lemma(sentence, found.head).as_ref(), "aim" | "seek" | "mean" | "intend")
        && is_present(sentence, found.head)
}

/// "Spoke to the party's convention", "speaks alongside his rival": whom one addresses, or who speaks beside one, one does not meet.
fn is_address(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    let speaks = matches!(lemma(sentence, found.head).as_ref(), "speak" | "talk");
    let other = found.binding.recipient.filter(|_| speaks && found.binding.light.is_none());
    other.is_some_and(|at| {
        let beside = ["along", "alongside", "together"].iter().any(|w| has_case(sentence, at, w));
        beside
            || (has_case(sentence, at, "to")
                && words.audience.contains(lemma(sentence, at).as_ref()))
    })
}

/// "'Be careful,' he writes to his aide": that it was written goes with what was.
fn is_quoted_letter(sentence: &Sentence, found: &Found<'_>) -> bool {
    let words = |relation| dependent(sentence, found.head, relation).is_some();
    lemma(sentence, found.head) == "write"
        && (words("ccomp")
            || words("parataxis")
            || token(sentence, found.head).is_some_and(|t| t.relation() == "parataxis"))
}

/// "Visited the state", as its own president does: part of a country whose people they are.
fn is_at_home(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    let own = |to: &Actor| found.actors.iter().any(|by| by.code.is_some() && by.code == to.code);
    found.rule.modes.iter().any(|mode| mode == "visit")
        && found.binding.recipient.is_some_and(|at| {
            token(sentence, at).is_some_and(|t| t.upos == Upos::Noun)
                && words.land.contains(lemma(sentence, at).as_ref())
        })
        && !found.recipients.is_empty()
        && found.recipients.iter().all(own)
}

/// "I can promise you that he won't win": how one speaks of others, and no promise.
fn is_assured(sentence: &Sentence, verb: usize) -> bool {
    let can = sentence.dependents(verb, "aux").any(|c| lemma(sentence, c) == "can");
    let you = ["obj", "iobj"]
        .iter()
        .any(|relation| sentence.dependents(verb, relation).any(|c| lemma(sentence, c) == "you"));
    let of_others = dependent(sentence, verb, "ccomp")
        .and_then(|c| dependent(sentence, c, "nsubj"))
        .is_some_and(|s| !matches!(lemma(sentence, s).as_ref(), "i" | "we"));
    can && you && of_others
}

/// "Agreed that the truce was holding": a view that they share, where "agreed that he should go" binds them.
fn is_same_view(sentence: &Sentence, verb: usize) -> bool {
    let finite = |at: usize| {
        token(sentence, at).is_some_and(|t| matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP"))
    };
    let aux = |at: usize| {
        let mut all = sentence.dependents(at, "aux").chain(sentence.dependents(at, "cop"));
        all.any(|c| finite(c) && !matches!(lemma(sentence, c).as_ref(), "have" | "need"))
    };
    let modal = |at: usize| {
        sentence.dependents(at, "aux").any(|c| token(sentence, c).is_some_and(|t| t.xpos == "MD"))
    };
    lemma(sentence, verb) == "agree"
        && dependent(sentence, verb, "ccomp").is_some_and(|c| {
            c > verb
                && (finite(c) || aux(c))
                && !modal(c)
                && !matches!(lemma(sentence, c).as_ref(), "need" | "have")
        })
}

/// Whether a type is of words and leanings, of which polls tell.
fn is_opinion(kind: &str) -> bool {
    matches!(kind, "SUPPORT" | "REQUEST" | "ACCUSE" | "REJECT" | "AGREE" | "CONCEDE" | "THREATEN")
}

fn lemma(sentence: &Sentence, at: usize) -> std::borrow::Cow<'_, str> {
    token(sentence, at).map_or(std::borrow::Cow::Borrowed(""), |t| lower(&t.lemma))
}

/// "Ruled nothing out", "accused no one", "had nothing to complain about".
fn is_on_nobody(sentence: &Sentence, found: &Found<'_>) -> bool {
    // "Nothing short of", "nobody but": there is somebody, after all.
    let alone = |at: usize| {
        let limits = |t: &str| matches!(t, "but" | "short" | "less" | "except" | "other");
        !(sentence.children(at).iter().any(|&c| limits(&lemma(sentence, c)))
            || limits(&lemma(sentence, at + 1)))
    };
    let nobody = |at: usize| {
        let one = || {
            lemma(sentence, at) == "one"
                && sentence.dependents(at, "det").any(|d| lemma(sentence, d) == "no")
        };
        (matches!(lemma(sentence, at).as_ref(), "nothing" | "nobody" | "noone") || one())
            && alone(at)
    };
    let on = |at: usize| {
        sentence.children(at).iter().any(|&c| {
            c > at
                && token(sentence, c).is_some_and(|t| {
                    matches!(t.relation(), "obj" | "iobj")
                        // "Cut it to nothing" does something.
                        || t.relation() == "obl"
                            && (found.rule.kind == "AGREE" || !has_case(sentence, c, "to"))
                })
                && (nobody(c)
                    || sentence.dependents(c, "nmod").any(|owner| owner < c && nobody(owner)))
        })
    };
    let triggers = &found.binding.triggers;
    let own = |at: usize| !triggers.iter().any(|&t| nobody(t) && t != at);
    let verb = found.binding.light.unwrap_or(found.head);
    // "Nothing to complain about"
    let below = token(sentence, found.head)
        .filter(|t| t.relation() == "acl")
        .and_then(|t| t.head)
        .is_some_and(nobody);
    own(found.head) && (on(verb) || on(found.head) || below)
}

/// "Nearly went to war", "almost resigned".
fn is_almost(sentence: &Sentence, verb: usize) -> bool {
    token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb)
        && sentence.dependents(verb, "advmod").any(|c| {
            c < verb
                && matches!(lemma(sentence, c).as_ref(), "almost" | "nearly")
                // "Nearly all agreed": of how many, and not of the act.
                && token(sentence, c + 1).is_some_and(|next| next.upos == Upos::Verb)
        })
}

/// "Would have gone to the talks", "as if it had won".
fn is_unreal(sentence: &Sentence, verb: usize) -> bool {
    let aux = |word: &str| {
        sentence
            .dependents(verb, "aux")
            .any(|c| token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case(word)))
    };
    // "If I were king, I would free them"
    let would = aux("would") || aux("’d") || aux("'d");
    let contrary = |at: usize| sentence.dependents(at, "advcl").any(|c| is_contrary(sentence, c));
    // "He said that he would free them if he were king"
    let told = || sentence.dependents(verb, "ccomp").any(contrary);
    if (would && contrary(verb)) || told() {
        return true;
    }
    let perfect = token(sentence, verb).is_some_and(|t| matches!(t.xpos.as_str(), "VBN" | "VBD"));
    perfect && aux("have") && (aux("would") || aux("’d") || aux("'d") || aux("should"))
}

/// "If I were", "if he could": a condition that does not hold.
fn is_contrary(sentence: &Sentence, clause: usize) -> bool {
    let one = dependent(sentence, clause, "nsubj").is_some_and(|s| {
        matches!(lemma(sentence, s).as_ref(), "i" | "he" | "she" | "it")
            || token(sentence, s).is_some_and(|t| matches!(t.xpos.as_str(), "NN" | "NNP"))
    });
    let verb = |c: usize| {
        token(sentence, c).is_some_and(|t| {
            t.form.eq_ignore_ascii_case("could") || (one && t.form.eq_ignore_ascii_case("were"))
        })
    };
    has_mark(sentence, clause, "if")
        && ["aux", "cop"].iter().any(|r| sentence.dependents(clause, r).any(verb))
}

/// "Banks can now freeze accounts", "the king cannot be toppled": what may or may not be done, where "cannot accept it" refuses.
fn is_able(sentence: &Sentence, verb: usize, kind: &str) -> bool {
    let can = |t: &Token| {
        t.form.eq_ignore_ascii_case("can")
            || (t.form.eq_ignore_ascii_case("ca") && lower(&t.lemma) == "can")
    };
    sentence.dependents(verb, "aux").any(|c| token(sentence, c).is_some_and(can))
        && (!negated(sentence, verb) || is_material_conflict(kind))
}

/// "Analysts expect Iran to refuse": what others foresee, where "Paris expects to sign" and "is expected to sign" tell a plan.
fn is_expected(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    let Some(up) = word.head.filter(|_| matches!(word.relation(), "xcomp" | "ccomp")) else {
        return false;
    };
    lemma(sentence, up) == "expect"
        && !is_passive(sentence, up)
        && (dependent(sentence, up, "obj").is_some()
            || dependent(sentence, verb, "nsubj").is_some())
}

/// Whether a clause above the verb, of which one of `sources` is the subject, tells it: "polls show that", "the film tells how".
fn is_told_in(words: &UnmeantWords, sentence: &Sentence, verb: usize, sources: &Lemmas) -> bool {
    let source = |at: usize| sources.contains(lemma(sentence, at).as_ref());
    let tells = |clause: usize| {
        words.showing.contains(lemma(sentence, clause).as_ref())
            && dependent(sentence, clause, "nsubj").is_some_and(source)
    };
    // "According to a poll", "in a novel"
    let cited = |clause: usize| {
        sentence.dependents(clause, "obl").any(|c| {
            source(c) && (has_case(sentence, c, "accord") || has_case(sentence, c, "according"))
        })
    };
    let mut at = clause(sentence, verb);
    for _ in 0..DEEPEST {
        let aside = || sentence.dependents(at, "parataxis").chain(sentence.dependents(at, "ccomp"));
        if cited(at)
            || aside().any(|c| c > at && tells(c) && dependent(sentence, c, "ccomp").is_none())
        {
            return true;
        }
        let Some(word) = token(sentence, at) else { return false };
        let Some(up) = word.head else { return false };
        // "Shows how Oslo fought Bern", with "how" taken for what is shown.
        let how = token(sentence, up).filter(|t| t.xpos == "WRB").and_then(|t| t.head);
        if matches!(word.relation(), "ccomp" | "advcl" | "xcomp")
            && (tells(up) || how.is_some_and(tells))
        {
            return true;
        }
        if !matches!(word.relation(), "ccomp" | "advcl" | "xcomp" | "conj" | "acl") {
            return false;
        }
        at = up;
    }
    false
}

/// "Half of the voters surveyed in May": those whom a poll has asked.
fn is_asked(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    let asked = |at: usize| {
        sentence.dependents(at, "acl").any(|c| {
            token(sentence, c).is_some_and(|t| t.xpos == "VBN")
                && words.polls.contains(lemma(sentence, c).as_ref())
        })
    };
    found
        .binding
        .actor
        .is_some_and(|at| asked(at) || sentence.dependents(at, "nmod").any(|c| c > at && asked(c)))
}

/// "Four in 10 voters see him as a bully": a share of people that only polls know.
fn is_one_in(sentence: &Sentence, found: &Found<'_>) -> bool {
    let number = |at: usize| token(sentence, at).is_some_and(|t| t.upos == Upos::Num);
    matches!(found.rule.kind.as_str(), "ACCUSE" | "REQUEST")
        && found.actors.iter().all(|a| matches!(a.sector, Some(Sector::Cvl | Sector::Pty)))
        && found.binding.actor.is_some_and(|doer| {
            let first = doer.saturating_sub(6);
            (first + 1..doer).any(|at| {
                matches!(lemma(sentence, at).as_ref(), "in" | "of")
                    && number(at - 1)
                    && (number(at + 1) || lemma(sentence, at + 1) == "every")
            })
        })
}

/// "The ministry said that it had fallen short": who says that something of their own was wrong accuses nobody.
fn is_of_oneself(scene: &Scene<'_>, found: &Found<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    if found.rule.kind != "ACCUSE" || !found.recipients.is_empty() || found.actors.is_empty() {
        return false;
    }
    let own = |at: usize| {
        let meant = scene.actors_for(at, SlotRole::Recipient, Reach::Itself);
        !meant.is_empty() && meant.iter().all(|m| found.actors.iter().any(|a| same_party(a, m)))
    };
    // "Regretted his decision"
    let rued = matches!(lemma(sentence, verb).as_ref(), "regret" | "rue" | "lament" | "bemoan");
    let owner = dependent(sentence, verb, "obj")
        .filter(|_| rued)
        .and_then(|deed| sentence.children(deed).iter().copied().find(|&c| is_owner(sentence, c)));
    if owner.is_some_and(own) {
        return true;
    }
    // "Complained that it was left out", "said that it looked like a coup"
    let told = matches!(
        lemma(sentence, verb).as_ref(),
        "say" | "admit" | "acknowledge" | "state" | "add" | "tell" | "declare" | "note"
    );
    let of = dependent(sentence, verb, "ccomp")
        .filter(|&c| {
            told && !is_passive(sentence, c)
                && !matches!(lemma(sentence, c).as_ref(), "look" | "seem" | "appear" | "sound")
        })
        .and_then(|c| dependent(sentence, c, "nsubj"));
    of.filter(|&at| token(sentence, at).is_some_and(|t| t.upos == Upos::Pron)).is_some_and(own)
}

/// A verb in the simple present: "criticises", "do not recognise".
fn is_present(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    let mut aux = sentence.dependents(verb, "aux").filter_map(|c| token(sentence, c));
    match word.xpos.as_str() {
        "VBZ" | "VBP" => aux.next().is_none(),
        "VB" => {
            let mut any = false;
            let all = aux.all(|t| {
                any = true;
                matches!(lower(&t.form).as_ref(), "do" | "does")
            });
            any && all
        }
        "VBN" => {
            is_passive(sentence, verb)
                && aux.all(|t| matches!(lower(&t.form).as_ref(), "is" | "are"))
                && dependent(sentence, verb, "aux:pass").is_some()
        }
        _ => false,
    }
}

/// "Who frequently criticises the government", "rarely asks others": what somebody does now and then.
fn is_habit(words: &UnmeantWords, sentence: &Sentence, verb: usize) -> bool {
    let often = || {
        sentence
            .dependents(verb, "advmod")
            .any(|c| words.often.contains(lemma(sentence, c).as_ref()))
    };
    is_former_habit(sentence, verb)
        || (is_present(sentence, verb)
            && (often() || is_each_time(sentence, verb) || is_rate(sentence, verb)))
        || is_over_years(sentence, verb)
        || is_whenever_one(sentence, verb)
        || is_of_whoever(sentence, verb)
        || is_kept_up(sentence, verb)
}

/// "When a protest breaks out": whenever any does.
fn is_whenever_one(sentence: &Sentence, verb: usize) -> bool {
    let any = |at: usize| {
        token(sentence, at).is_some_and(|t| t.xpos == "NN")
            && sentence.dependents(at, "det").any(|d| matches!(lemma(sentence, d).as_ref(), "a"))
    };
    is_present(sentence, verb)
        && sentence.dependents(verb, "advmod").any(|c| c < verb && lemma(sentence, c) == "when")
        && dependent(sentence, verb, "nsubj").is_some_and(any)
}

/// "People who ask for one", "anyone who attacks them": whoever does.
fn is_of_whoever(sentence: &Sentence, verb: usize) -> bool {
    token(sentence, verb).filter(|t| t.deprel == "acl:relcl").and_then(|t| t.head).is_some_and(
        |up| {
            matches!(
                lemma(sentence, up).as_ref(),
                "people" | "those" | "anyone" | "anybody" | "everyone" | "everybody"
            ) && sentence.dependents(up, "det").next().is_none()
        },
    ) && is_present(sentence, verb)
        && dependent(sentence, verb, "nsubj")
            .is_some_and(|s| matches!(lemma(sentence, s).as_ref(), "who" | "that"))
}

/// "Have met over the years": no one act, where "over the past two years" bounds what was done.
fn is_over_years(sentence: &Sentence, verb: usize) -> bool {
    sentence.dependents(verb, "obl").any(|c| {
        token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("years"))
            && has_case(sentence, c, "over")
            && sentence.children(c).iter().all(|&inner| {
                token(sentence, inner).is_some_and(|t| matches!(t.relation(), "case" | "det"))
            })
    })
}

/// "People with whom he was in regular contact": what tells who they are.
fn is_kept_up(sentence: &Sentence, noun: usize) -> bool {
    token(sentence, noun).is_some_and(|t| t.deprel == "acl:relcl" && t.upos == Upos::Noun)
        && sentence.dependents(noun, "amod").any(|c| {
            matches!(
                lemma(sentence, c).as_ref(),
                "regular" | "constant" | "frequent" | "daily" | "close" | "occasional" | "weekly"
            )
        })
}

/// "Ninety people a day die of it": how much of it there is.
fn is_rate(sentence: &Sentence, verb: usize) -> bool {
    let span = |at: usize| {
        matches!(lemma(sentence, at).as_ref(), "day" | "week" | "month" | "year" | "hour")
            && at.checked_sub(1).is_some_and(|before| {
                matches!(lemma(sentence, before).as_ref(), "a" | "an" | "per" | "every" | "each")
            })
            && !sentence.dependents(at, "case").any(|c| lemma(sentence, c) != "per")
            && sentence.children(at).iter().all(|&c| c < at)
    };
    sentence
        .children(verb)
        .iter()
        .filter(|&&c| {
            token(sentence, c).is_some_and(|t| matches!(t.relation(), "nsubj" | "obl" | "obj"))
        })
        .any(|&c| span(c) || sentence.children(c).iter().any(|&inner| span(inner)))
}

/// "Used to lecture them", where "was used to shell the town" tells a use.
fn is_former_habit(sentence: &Sentence, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..DEEPEST {
        let Some(word) = token(sentence, at).filter(|t| t.xpos == "VB") else { return false };
        let Some(up) = word.head else { return false };
        match word.relation() {
            "xcomp" if token(sentence, up).is_some_and(|t| t.form.eq_ignore_ascii_case("used")) => {
                return !is_passive(sentence, up) && dependent(sentence, up, "obj").is_none();
            }
            // "Used to hold talks to help them"
            "xcomp" | "conj" | "advcl" => at = up,
            _ => return false,
        }
    }
    false
}

/// "Whenever they march, he bans it", "as soon as he closes one account, it opens another".
fn is_each_time(sentence: &Sentence, verb: usize) -> bool {
    let each = |at: usize| {
        token(sentence, at).is_some_and(|t| t.relation() == "advcl") && {
            has_mark(sentence, at, "whenever")
                || (has_mark(sentence, at, "as")
                    && token(sentence, at)
                        .and_then(|t| t.head)
                        .is_some_and(|up| lemma(sentence, up) == "soon"))
        }
    };
    let above = || {
        let mut up = token(sentence, verb).and_then(|t| t.head);
        if up.is_some_and(|up| lemma(sentence, up) == "soon") {
            up = up.and_then(|up| token(sentence, up)).and_then(|t| t.head);
        }
        up
    };
    (each(verb) && above().is_some_and(|up| is_present(sentence, up)))
        || sentence.dependents(verb, "advcl").any(|c| each(c) && is_present(sentence, c))
}

/// "Serbia does not recognise Kosovo", "Taiwan is recognised by twelve states": how it stands, where a headline's present tells what was done.
fn is_standing(words: &UnmeantWords, sentence: &Sentence, verb: usize) -> bool {
    let whole = || {
        let mut last = sentence.tokens.iter().rev();
        last.find(|t| !matches!(t.form.as_str(), "\"" | "”" | "'" | "’" | ")" | "''"))
            .is_some_and(|t| t.form == ".")
    };
    // "As a matter of policy, they do not meet"
    let on_principle = || {
        sentence.dependents(verb, "obl").any(|c| {
            lemma(sentence, c) == "matter"
                && has_case(sentence, c, "as")
                && sentence.dependents(c, "nmod").any(|of| {
                    matches!(
                        lemma(sentence, of).as_ref(),
                        "policy" | "principle" | "routine" | "practice" | "course" | "habit"
                    )
                })
        })
    };
    is_present(sentence, verb)
        && (on_principle() || (words.standing.contains(lemma(sentence, verb).as_ref()) && whole()))
}

/// "The lawsuit says that the mayor fired her": what a charge is about.
fn is_charged(words: &UnmeantWords, sentence: &Sentence, verb: usize, kind: &str) -> bool {
    let charge = |clause: usize| {
        words.showing.contains(lemma(sentence, clause).as_ref())
            || matches!(lemma(sentence, clause).as_ref(), "read" | "state" | "argue" | "contend")
    };
    let holds = |clause: usize| {
        charge(clause)
            && dependent(sentence, clause, "nsubj")
                .is_some_and(|s| words.charges.contains(lemma(sentence, s).as_ref()))
    };
    if !is_material_conflict(kind) {
        return false;
    }
    let mut at = verb;
    for _ in 0..DEEPEST {
        if ["parataxis", "ccomp"].iter().any(|r| sentence.dependents(at, r).any(holds)) {
            return true;
        }
        let Some(word) = token(sentence, at) else { return false };
        match word.head {
            Some(up)
                if matches!(
                    word.relation(),
                    "ccomp" | "parataxis" | "advcl" | "xcomp" | "conj"
                ) =>
            {
                if holds(up) {
                    return true;
                }
                at = up;
            }
            _ => return false,
        }
    }
    false
}

/// "Received 911 calls", "held a conference call".
fn is_phone_call(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    let phoned = |&at: &usize| {
        token(sentence, at).is_some_and(|t| t.upos == Upos::Noun)
            && lemma(sentence, at) == "call"
            && sentence.children(at).iter().any(|&c| {
                c < at
                    && token(sentence, c)
                        .is_some_and(|t| matches!(t.relation(), "compound" | "nummod" | "amod"))
                    && words.calls.contains(lemma(sentence, c).as_ref())
            })
    };
    found.binding.triggers.iter().chain(std::iter::once(&found.head)).any(phoned)
}

/// "It's a fair guess that he supports it".
fn is_guessed(words: &UnmeantWords, sentence: &Sentence, verb: usize) -> bool {
    token(sentence, verb)
        .filter(|t| matches!(t.relation(), "csubj" | "ccomp" | "acl"))
        .and_then(|t| t.head)
        .is_some_and(|up| {
            words.guesses.contains(lemma(sentence, up).as_ref())
                && dependent(sentence, up, "cop").is_some()
                && has_mark(sentence, verb, "that")
        })
}

/// "However many walls they build": what is granted for the sake of the argument.
fn is_conceded(sentence: &Sentence, verb: usize) -> bool {
    const NEAR: usize = 6;
    let first = verb.saturating_sub(NEAR);
    (first..verb).rev().take_while(|&at| token(sentence, at).is_some_and(|t| t.form != ",")).any(
        |at| {
            lemma(sentence, at) == "however"
                && matches!(
                    lemma(sentence, at + 1).as_ref(),
                    "many" | "much" | "often" | "hard" | "long" | "loud" | "loudly"
                )
        },
    )
}

/// "A president must be ready": said of all of them.
fn is_for_all(sentence: &Sentence, found: &Found<'_>) -> bool {
    found.rule.is(Mark::Duty)
        && found.binding.recipient.is_some_and(|at| {
            token(sentence, at).is_some_and(|t| t.xpos == "NN")
                && sentence.dependents(at, "det").any(|d| {
                    matches!(lemma(sentence, d).as_ref(), "a" | "an" | "every" | "any" | "each")
                })
        })
}

/// "The Danish premier said that Denmark must act": who speaks for a state asks nothing of it.
fn is_ones_own_duty(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let land = |at: usize| token(sentence, at).is_some_and(|t| t.upos == Upos::Propn);
    found.rule.is(Mark::Duty)
        && found.binding.recipient.is_some_and(land)
        && !found.actors.is_empty()
        && found.actors.iter().all(|by| {
            matches!(by.sector, None | Some(Sector::Gov))
                && by.code.is_some()
                && found.recipients.iter().all(|to| to.code == by.code && to.name.is_none())
        })
}

/// "Supported him by a 12-point margin": what the voters said whom a poll had asked.
fn is_by_margin(words: &UnmeantWords, sentence: &Sentence, found: &Found<'_>) -> bool {
    found.actors.iter().all(|a| matches!(a.sector, None | Some(Sector::Cvl | Sector::Pty)))
        && sentence.dependents(found.head, "obl").any(|c| {
            words.margins.contains(lemma(sentence, c).as_ref()) && has_case(sentence, c, "by")
        })
}

/// "I met your best friend": people of one state, none of whom acts for anybody.
fn is_among_neighbours(found: &Found<'_>) -> bool {
    let mut all = found.actors.iter().chain(&found.recipients);
    let private =
        |a: &Actor| matches!(a.sector, None | Some(Sector::Cvl | Sector::Bus | Sector::Edu));
    let code = found.actors.first().and_then(|a| a.code.as_ref());
    all.clone().any(|a| matches!(a.sector, None | Some(Sector::Cvl)))
        && all.all(|a| private(a) && a.code.as_ref() == code)
}

/// "Sent his family home", "worried about her daughter", "his mother refused to teach him".
fn is_within_family(scene: &Scene<'_>, found: &Found<'_>, doer: Option<usize>) -> bool {
    let sentence = scene.sentence;
    let words = &scene.book.unmeant;
    let owner = |at: usize| {
        words
            .kin
            .contains(lemma(sentence, at).as_ref())
            .then(|| sentence.children(at).iter().copied().find(|&c| is_owner(sentence, c)))
            .flatten()
    };
    let own = |at: usize| {
        let meant = scene.actors_for(at, SlotRole::Recipient, Reach::Itself);
        meant.iter().any(|m| {
            found.actors.iter().any(|a| same_party(a, m) || (a.name.is_some() && a.name == m.name))
        })
    };
    let public = found.recipients.iter().any(has_power);
    if !public && found.binding.recipient.and_then(owner).is_some_and(own) {
        return true;
    }
    matches!(found.rule.kind.as_str(), "REJECT" | "PROTEST" | "CONSULT")
        && !public
        && doer.is_some_and(|at| token(sentence, at).is_some_and(|t| t.xpos == "NN"))
        && doer.and_then(owner).is_some()
}

/// "The princess began military training": one person exercises nobody.
fn is_ones_own_drill(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let one = |at: usize| {
        let mention = scene.resolution.mention_at(scene.index, at);
        let noun =
            token(scene.sentence, at).is_some_and(|t| matches!(t.xpos.as_str(), "NN" | "NNP"));
        noun && mention.is_some_and(|m| m.category == Category::Person && m.actors.len() == 1)
    };
    found.rule.is(Mark::Drill) && found.binding.actor.is_some_and(one)
}

/// "Has had calls for help", where "had a warning for Oslo" has somebody who is to hear it.
fn is_received(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let light = found.binding.light.and_then(|at| token(scene.sentence, at));
    matches!(found.rule.kind.as_str(), "REQUEST" | "ACCUSE" | "THREATEN" | "REJECT")
        && found.binding.recipient.is_none()
        && light.is_some_and(|light| scene.book.is_receiving(&lower(&light.lemma)))
}

/// "An invasion of tourists", "an army of ants".
fn is_of_harmless(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    let harmless = |noun: usize| {
        scene.book.is_throng(&lemma(sentence, noun))
            && sentence.dependents(noun, "nmod").any(|of| {
                has_case(sentence, of, "of") && scene.book.is_harmless(&lemma(sentence, of))
            })
    };
    let kind = found.rule.kind.as_str();
    matches!(kind, "ASSAULT" | "MOBILIZE" | "COERCE" | "THREATEN")
        && (found.binding.triggers.iter().any(|&at| harmless(at))
            || ["obj", "obl"].iter().any(|r| sentence.dependents(found.head, r).any(harmless)))
}

/// "Battled a blaze near Perth", but not "battled a wave of attacks".
fn is_against_nature(scene: &Scene<'_>, found: &Found<'_>) -> bool {
    let sentence = scene.sentence;
    found.rule.kind == "ASSAULT"
        && !is_passive(sentence, found.head)
        && sentence.dependents(found.head, "obj").any(|at| scene.is_nature(at))
}

/// "Were crushed by India in the third test": nobody is killed in a game.
fn is_contest(scene: &Scene<'_>, found: &Found<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    found.rule.kind == "ASSAULT"
        && !found.rule.is(Mark::Loss)
        && sentence.dependents(verb, "obl").any(|at| {
            ["in", "at", "during"].iter().any(|case| has_case(sentence, at, case))
                && scene.book.is_contest(&lemma(sentence, at))
        })
}

/// "Took to the streets to celebrate the victory".
fn is_celebration(scene: &Scene<'_>, verb: usize) -> bool {
    let sentence = scene.sentence;
    ["advcl", "xcomp"].iter().any(|relation| {
        sentence.dependents(verb, relation).any(|clause| {
            has_mark(sentence, clause, "to") && scene.book.is_celebrating(&lemma(sentence, clause))
        })
    })
}

/// "Cancelled flights because of snow".
fn is_weather(words: &UnmeantWords, sentence: &Sentence, verb: usize, kind: &str) -> bool {
    matches!(kind, "REJECT" | "SANCTION" | "COERCE" | "PROTEST")
        && sentence.dependents(verb, "obl").any(|c| {
            words.weather.contains(lemma(sentence, c).as_ref())
                && ["because", "due", "owing", "by"].iter().any(|w| has_case(sentence, c, w))
        })
}

/// What who plays, performs or sells for a living does to nobody of any power, and what things do.
fn private_affair(scene: &Scene<'_>, found: &Found<'_>) -> Option<&'static str> {
    let sentence = scene.sentence;
    let words = &scene.book.unmeant;
    let doer = found
        .binding
        .actor
        .or(found.binding.parties)
        .or_else(|| subject(sentence, found.binding.light.unwrap_or(found.head)));
    let kind = found.rule.kind.as_str();
    // "Tamil Tigers" is a name.
    let is_thing = |at: usize| {
        token(sentence, at).is_some_and(|t| t.upos != Upos::Propn)
            && words.inert.contains(lemma(sentence, at).as_ref())
    };
    if doer.is_some_and(is_thing) {
        return Some("what a thing does");
    }
    if kind == "REQUEST"
        && doer.is_some_and(|at| words.lasting.contains(lemma(sentence, at).as_ref()))
    {
        return Some("what a rule is");
    }
    if is_within_family(scene, found, doer) {
        return Some("a private affair");
    }
    let gladdens = matches!(
        lemma(sentence, found.head).as_ref(),
        "cheer" | "hearten" | "please" | "assure" | "guarantee" | "promise"
    );
    if gladdens && doer.is_some_and(|at| words.tidings.contains(lemma(sentence, at).as_ref())) {
        return Some("what a thing does");
    }
    let named = |at: usize, words: &Lemmas| words.contains(lemma(sentence, at).as_ref());
    // "Strikers", "actors who strike": several of them may be workers.
    let lone = |at: usize| token(sentence, at).is_some_and(|t| t.xpos != "NNS");
    let plays = doer.is_some_and(|at| {
        named(at, &words.players)
            && (lone(at) || !matches!(kind, "PROTEST" | "REJECT" | "THREATEN"))
    });
    // "The referee penalised the French captain"
    let game = found
        .binding
        .recipient
        .is_some_and(|at| named(at, &words.players) || (plays && named(at, &words.sides)));
    // "The singer cancelled her tour of Japan", but not "in protest".
    let shows = || {
        patient(sentence, found.head).is_some_and(|at| scene.book.is_show(&lemma(sentence, at)))
            && !sentence.tokens.iter().any(|t| scene.book.is_dissent(&lower(&t.lemma)))
    };
    if plays && kind == "REJECT" && shows() {
        return Some("a private affair");
    }
    // "The Irish jockey was banned for ten days": by those who rule the game, who are no state.
    let penalised = matches!(kind, "COERCE" | "SANCTION")
        && found.binding.recipient.is_some_and(|at| named(at, &words.players))
        && !found.actors.iter().any(has_power);
    if penalised {
        return Some("a private affair");
    }
    let sport = || sentence.tokens.iter().any(|t| words.sport.contains(lower(&t.lemma).as_ref()));
    let side = doer.is_some_and(|at| named(at, &words.sides)) && (game || sport());
    if (plays || side) && (game || !found.recipients.iter().any(has_power)) {
        return Some("a private affair");
    }
    None
}

/// Whether what is done to a party concerns more than those who do it: "the singer criticised the government".
fn has_power(actor: &Actor) -> bool {
    !matches!(
        actor.sector,
        None | Some(
            Sector::Cvl
                | Sector::Bus
                | Sector::Lab
                | Sector::Med
                | Sector::Edu
                | Sector::Unk
                | Sector::Crm
        )
    )
}

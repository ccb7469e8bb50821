//! Where an event took place, if the text says so.
//!
//! In goes an event in its sentence, out comes a place with the way it was found. "Speaking in Brussels, the premier accused Minsk" gives
//! Brussels by the tree; "condemned the killing of two engineers in Karachi" gives none, for what words are about is elsewhere; in "Rebels
//! entered Goma. They killed a priest in the city" the second has Goma by discourse. A dateline is no event's place.
//!
//! [`place`] reads one sentence, [`from_before`] what the sentences before have told.

use std::collections::BTreeSet;

use detente_core::{Event, Place};
use detente_knowledge::Knowledge;
use detente_parse::{Sentence, Upos};
use detente_resolve::{PlaceMention, Resolution};

use crate::events::{CodedEvent, link_below};
use crate::grammar::{clause, dependent, has_case, is_below, token};
use crate::issues::noun_before;
use crate::rulebook::RuleBook;
use crate::scene::Scene;

/// Sentences that are looked back over for where a meeting is.
const REACH: usize = 3;

/// Words that tell where an act was, from the groups `place_*` of `words/places.toml`.
#[derive(Debug, Default)]
pub(crate) struct PlaceWords {
    occasion: BTreeSet<String>,
    settles: BTreeSet<String>,
    elsewhere: BTreeSet<String>,
    motion: BTreeSet<String>,
    kinds: BTreeSet<String>,
    papers: BTreeSet<String>,
    side: BTreeSet<String>,
    returns: BTreeSet<String>,
    arrives: BTreeSet<String>,
    ways: BTreeSet<String>,
}

impl PlaceWords {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let group = |name: &str| -> BTreeSet<String> {
            let words = knowledge.words.groups.get(name).map_or(&[][..], Vec::as_slice);
            words.iter().filter_map(|lemmas| lemmas.first()).cloned().collect()
        };
        Self {
            occasion: group("place_occasion"),
            settles: group("place_settles"),
            elsewhere: group("place_else"),
            motion: group("place_motion"),
            kinds: group("place_type"),
            papers: group("place_paper"),
            side: group("place_side"),
            returns: group("place_return"),
            arrives: group("place_arrive"),
            ways: group("place_way"),
        }
    }
}

/// Types that are done by words alone: what they are about has its own place.
fn is_words(kind: &str) -> bool {
    matches!(
        kind,
        "ACCUSE"
            | "REJECT"
            | "REQUEST"
            | "THREATEN"
            | "SANCTION"
            | "AGREE"
            | "SUPPORT"
            | "CONCEDE"
            | "AID"
    )
}

/// Types that happen where somebody is, so that the next sentence may go on with the same place.
fn is_on_the_ground(kind: &str) -> bool {
    matches!(kind, "ASSAULT" | "PROTEST" | "COERCE" | "MOBILIZE" | "RETREAT")
}

/// Whether it is a rule that holds for a land or a province, and not for the square where something was done: a ban, a curfew.
fn is_measure(event: &Event) -> bool {
    let measures =
        ["restrict", "censor", "curfew", "martial-law", "withhold", "misinformation", "cyber"];
    event.kind == "COERCE" && event.modes.iter().any(|mode| measures.contains(&mode.as_str()))
}

/// Whether two events are of other times: one is recalled from a day of its own, or both have such days. "After guards clashed near the town" is
/// still of the day.
fn is_of_other_time(event: &Event, other: &Event) -> bool {
    let dates = event.date.as_ref().zip(other.date.as_ref());
    let recalled = other.background && other.date.is_some();
    recalled || dates.is_some_and(|(one, other)| one != other)
}

/// Where the event took place, by its own sentence.
pub(crate) fn place(scene: &Scene<'_>, event: &CodedEvent<'_>) -> Option<Place> {
    let sentence = scene.sentence;
    let words = &scene.book.places;
    let own = event.found.binding.light.unwrap_or(event.found.head);
    let act = Act {
        sentence,
        words,
        kind: &event.kind,
        head: event.found.head,
        clause: clause(sentence, own),
        times: scene
            .resolution
            .dates_in(scene.index)
            .iter()
            .map(|date| date.tokens.start)
            .collect(),
    };
    let resolution = scene.resolution;
    let named = || {
        resolution.places_in(scene.index).iter().filter(|p| {
            !p.dateline && !is_way_to(words, sentence, p.head) && !is_of_person(sentence, p.head)
        })
    };
    // "There", "in the city": what it stands for was named before.
    let described = || {
        resolution.localities_in(scene.index).iter().filter(|p| {
            (p.place.lat.is_some() || p.place.country.is_some())
                && !p.place.name.is_empty()
                && !named().any(|own| own.head == p.head || is_below(sentence, own.head, p.head))
        })
    };
    let narrow = || named().filter(|p| !named().any(|other| is_wider(sentence, p, other)));
    let at_event = narrow().find(|p| act.is_at(p.head));
    if let Some(found) = at_event.or_else(|| narrow().find(|p| act.holds(p.head))) {
        let mut place = with(found, "tree");
        // "in the Nairobi slum of Kangemi": no list has it, but where it lies is told.
        if place.country.is_none() && place.lat.is_none() {
            let wider = named().find(|p| is_wider(sentence, p, found));
            place.country = wider.and_then(|wider| wider.place.country.clone());
        }
        return Some(place);
    }
    if let Some(found) = described().find(|p| act.holds(p.head)) {
        return Some(with(found, "discourse"));
    }
    // "flew to Cairo to meet", "speaking in Brussels, he accused".
    named().find(|p| act.shares(p.head)).map(|found| with(found, "sentence"))
}

/// Whether a place is only where a way leads: "two towns on the road to Kisangani", "the road from Gao to Niamey".
fn is_way_to(words: &PlaceWords, sentence: &Sentence, place: usize) -> bool {
    if !has_case(sentence, place, "to") {
        return false;
    }
    for at in (0..place).rev().take(6) {
        let Some(word) = token(sentence, at) else { return false };
        if word.upos == Upos::Noun {
            return words.ways.contains(&*word.lemma);
        }
        if !matches!(word.upos, Upos::Adp | Upos::Propn | Upos::Det) {
            return false;
        }
    }
    false
}

/// Whether a place tells where a person named before it is from: "Governor Greg Abbott of Texas".
fn is_of_person(sentence: &Sentence, place: usize) -> bool {
    let titled = |at: usize| {
        dependent(sentence, at, "nmod:desc").is_some()
            || sentence.children(at).iter().any(|&child| {
                token(sentence, child).is_some_and(|word| word.relation() == "flat" && child > at)
            })
    };
    has_case(sentence, place, "of")
        && token(sentence, place).and_then(|word| word.head).is_some_and(|up| {
            token(sentence, up).is_some_and(|word| word.upos == Upos::Propn) && titled(up)
        })
}

/// Whether one place only tells where the other lies: the sea in "the Black Sea port of Novorossiysk", the state in "Nigeria's Plateau state".
fn is_wider(sentence: &Sentence, place: &PlaceMention, other: &PlaceMention) -> bool {
    let Some(noun) = token(sentence, place.head)
        .filter(|t| matches!(t.relation(), "compound" | "amod") || t.deprel == "nmod:poss")
        .and_then(|t| t.head)
    else {
        return false;
    };
    let hangs = |t: &detente_parse::Token| {
        t.head == Some(noun) && (t.relation() == "appos" || has_case(sentence, other.head, "of"))
    };
    other.head == noun
        || (other.head != place.head && token(sentence, other.head).is_some_and(hangs))
}

fn with(found: &PlaceMention, via: &str) -> Place {
    Place { via: Some(via.to_owned()), ..found.place.clone() }
}

/// An act in its sentence.
struct Act<'a> {
    sentence: &'a Sentence,
    words: &'a PlaceWords,
    kind: &'a str,
    head: usize,
    clause: usize,
    /// First tokens of the times that the sentence names.
    times: Vec<usize>,
}

impl Act<'_> {
    /// Whether a place hangs on the act itself.
    fn is_at(&self, place: usize) -> bool {
        self.holds(place) && link_below(self.sentence, place, self.head).is_some()
    }

    /// Whether a place in the clause of the act says where that was.
    fn holds(&self, place: usize) -> bool {
        let sentence = self.sentence;
        if clause(sentence, place) != self.clause {
            return false;
        }
        let mut at = place;
        for _ in 0..8 {
            let Some(word) = token(sentence, at) else { return false };
            let Some(up) = word.head.filter(|_| at != self.clause) else { return true };
            // "recalled its envoy from Paris"; "withdrew from Kherson" was there.
            if has_case(sentence, at, "from") && self.kind != "RETREAT" {
                return false;
            }
            let named = self.is_name_of(at, up);
            if is_words(self.kind)
                && !named
                && (self.is_of_object(at, up) || self.is_origin(at, up))
            {
                return false;
            }
            at = up;
        }
        true
    }

    /// Whether a place is the name of what it hangs on: "in the town of Isfara".
    fn is_name_of(&self, at: usize, up: usize) -> bool {
        has_case(self.sentence, at, "of")
            && up < at
            && token(self.sentence, up).is_some_and(|word| {
                word.upos == Upos::Noun && self.words.kinds.contains(&*word.lemma)
            })
    }

    /// Whether a place tells where the people live who say it: "growers in the valley are suing".
    fn is_origin(&self, at: usize, up: usize) -> bool {
        let sentence = self.sentence;
        !matches!(self.kind, "SANCTION" | "AID")
            && has_case(sentence, at, "in")
            && token(sentence, at).is_some_and(|word| word.relation() == "nmod")
            && token(sentence, up).is_some_and(|word| {
                word.xpos == "NNS" && word.relation() == "nsubj" && word.head == Some(self.clause)
            })
    }

    /// Whether a place says where what the words are about is: "condemned the killing in Karachi", "sanctioned a bank in Dubai".
    fn is_of_object(&self, at: usize, up: usize) -> bool {
        let sentence = self.sentence;
        let noun = |token_at: usize| {
            token(sentence, token_at).is_some_and(|t| t.upos == Upos::Noun) && token_at != self.head
        };
        let takes_place = |token_at: usize| {
            token(sentence, token_at).is_some_and(|t| self.words.occasion.contains(&*t.lemma))
        };
        // "after a blast in Karachi, Islamabad accused".
        let aside = up < self.clause
            && !matches!(self.kind, "AGREE" | "SUPPORT" | "CONCEDE")
            && ["after", "following", "since", "despite", "over"]
                .iter()
                .any(|case| has_case(sentence, up, case));
        // "on his return to Belgrade", but not "condemned his return to Belgrade".
        let returns = || {
            token(sentence, up).is_some_and(|t| self.words.returns.contains(&*t.lemma))
                && (has_case(sentence, up, "on") || has_case(sentence, up, "upon"))
        };
        let of_phrase = up != self.clause && noun(up) && !takes_place(up) && !returns();
        let after = noun_before(sentence, at).filter(|&before| {
            noun(before)
                && !takes_place(before)
                && before > self.clause
                && !(before == up && returns())
        });
        let signs =
            token(sentence, self.clause).is_some_and(|t| self.words.settles.contains(&*t.lemma));
        // "signed a declaration in Oslo", "opened an embassy in Rabat".
        let paper = || {
            token(sentence, up).is_some_and(|t| {
                t.relation() == "obj"
                    && t.head == Some(self.clause)
                    && self.words.papers.contains(&*t.lemma)
            }) && ["in", "at"].iter().any(|case| has_case(sentence, at, case))
        };
        if signs && paper() {
            return false;
        }
        // "criticism of roads in Lhasa grew".
        let under_act = self.head != self.clause && is_below(sentence, up, self.head);
        (of_phrase && (up > self.clause || aside || under_act)) || (after.is_some() && !signs)
    }

    /// Whether a place stands in a clause with the same doer that tells how the act came about.
    fn shares(&self, place: usize) -> bool {
        let sentence = self.sentence;
        let other = clause(sentence, place);
        if other == self.clause || has_case(sentence, place, "from") {
            return false;
        }
        let by_itself = |verb: usize| {
            dependent(sentence, verb, "nsubj").is_some()
                || dependent(sentence, verb, "nsubj:pass").is_some()
        };
        // Below: "speaking in Brussels".
        let below = token(sentence, other).is_some_and(|t| {
            t.head == Some(self.clause) && t.relation() == "advcl" && t.xpos == "VBG"
        }) && dependent(sentence, other, "mark").is_none()
            && dependent(sentence, other, "case").is_none();
        if below {
            return !by_itself(other) && self.directly(place, other);
        }
        // Beside: "Zelenskyy, who was speaking in Oslo, thanked".
        if self.is_beside(place, other) {
            return true;
        }
        // "In Huancayo, workers set fire to a bridge, and police fired": what begins the sentence is said of both clauses.
        if self.opens_sentence(place) && self.in_list_with(other) {
            return true;
        }
        // Above: "flew to Cairo to meet".
        let mut at = self.clause;
        for _ in 0..4 {
            let Some(word) = token(sentence, at) else { return false };
            let passes = match word.relation() {
                "xcomp" => true,
                "advcl" => {
                    word.xpos == "VBG"
                        || sentence.children(at).iter().any(|&c| {
                            token(sentence, c)
                                .is_some_and(|t| t.relation() == "mark" && t.lemma == "to")
                        })
                }
                "conj" => word.upos == Upos::Verb,
                _ => false,
            };
            let Some(up) = word.head.filter(|_| passes && !by_itself(at)) else { return false };
            if up == other {
                let goes =
                    token(sentence, other).is_some_and(|t| self.words.motion.contains(&*t.lemma));
                // Of two deeds in a row the second has the place of the first: "hit a market in Omdurman and killed eleven".
                if word.relation() == "conj" {
                    return is_on_the_ground(self.kind) || (goes && self.directly(place, other));
                }
                return self.directly(place, other) && (goes || !is_words(self.kind));
            }
            at = up;
        }
        false
    }

    /// Whether a clause on the doer tells where he was: "Macron, who was in Oslo, accused".
    fn is_beside(&self, place: usize, other: usize) -> bool {
        let sentence = self.sentence;
        let of_doer = token(sentence, other).is_some_and(|t| {
            t.relation() == "acl"
                && t.head
                    .is_some_and(|doer| dependent(sentence, self.clause, "nsubj") == Some(doer))
        });
        let had = sentence
            .children(other)
            .iter()
            .filter_map(|&c| token(sentence, c))
            .any(|t| t.relation() == "aux" && t.lemma == "have");
        let was_there = place == other && has_case(sentence, place, "in");
        let did_there = token(sentence, other)
            .is_some_and(|t| t.xpos == "VBG" && self.words.side.contains(&*t.lemma))
            && self.directly(place, other);
        of_doer && !had && !self.dated(other) && (was_there || did_there)
    }

    /// Whether a time hangs on a clause: "Clinton, who was in Belfast in November, spoke".
    fn dated(&self, clause: usize) -> bool {
        self.times.iter().any(|&time| is_below(self.sentence, time, clause))
    }

    /// Whether the phrase of a place begins the sentence.
    fn opens_sentence(&self, place: usize) -> bool {
        let sentence = self.sentence;
        has_case(sentence, place, "in")
            && place <= 3
            && sentence
                .tokens
                .iter()
                .take(place)
                .all(|t| t.upos != Upos::Verb && t.upos != Upos::Noun)
    }

    /// Whether the act's clause is joined to another by "and".
    fn in_list_with(&self, other: usize) -> bool {
        let mut at = self.clause;
        for _ in 0..4 {
            let Some(up) =
                token(self.sentence, at).filter(|t| t.relation() == "conj").and_then(|t| t.head)
            else {
                return false;
            };
            if up == other {
                return true;
            }
            at = up;
        }
        false
    }

    /// Whether a place hangs on a verb with nothing but other places or an occasion between them.
    fn directly(&self, place: usize, verb: usize) -> bool {
        let mut at = place;
        for _ in 0..6 {
            let Some(up) = token(self.sentence, at).and_then(|t| t.head) else { return false };
            if up == verb {
                return true;
            }
            let passes = token(self.sentence, up).is_some_and(|t| {
                t.upos == Upos::Propn
                    || self.words.occasion.contains(&*t.lemma)
                    || t.upos == Upos::Noun && up < verb
                    || self.words.kinds.contains(&*t.lemma)
            });
            if !passes {
                return false;
            }
            at = up;
        }
        false
    }
}

/// Gives events that have no place of their own that of what was told right before: "at the meeting" is where the two met, and who
/// is arrested in the sentence after a clash was there.
pub(crate) fn from_before(
    book: &RuleBook,
    sentences: &[Sentence],
    resolution: &Resolution,
    events: &mut [Event],
) {
    for at in 0..events.len() {
        let Some(event) = events.get(at).filter(|e| e.place.is_none() && !e.background) else {
            continue;
        };
        let Some(sentence) = sentences.get(event.sentence) else { continue };
        let own_places = resolution.places_in(event.sentence).iter().any(|p| !p.dateline);
        let occasion = occasion(book, sentence, event);
        let ground = !own_places
            && is_on_the_ground(&event.kind)
            && !is_measure(event)
            && event.attribution.is_none()
            && !is_elsewhere(book, sentence);
        let arrival = (!own_places && !is_elsewhere(book, sentence))
            .then(|| arrival(book, sentences, resolution, event))
            .flatten();
        let found = if occasion {
            told(resolution, events, at, REACH, |e| {
                matches!(e.kind.as_str(), "CONSULT" | "AGREE" | "SUPPORT" | "PROTEST")
            })
        } else if ground {
            told(resolution, events, at, 1, |e| {
                is_on_the_ground(&e.kind) && !is_of_other_time(event, e)
            })
            .filter(|place| is_of_party(event, place))
        } else {
            None
        };
        let found = found.or(arrival);
        if let (Some(mut place), Some(event)) = (found, events.get_mut(at)) {
            place.via = Some("discourse".to_owned());
            event.place = Some(place);
        }
    }
}

/// Where somebody arrived in the sentence before, if the event's sentence tells what he did there: "Macron landed in Cairo. He met Egypt's
/// president."
fn arrival(
    book: &RuleBook,
    sentences: &[Sentence],
    resolution: &Resolution,
    event: &Event,
) -> Option<Place> {
    if is_on_the_ground(&event.kind) || event.status != detente_core::EventStatus::Actual {
        return None;
    }
    let sentence = sentences.get(event.sentence)?;
    let last = event.sentence.checked_sub(1)?;
    let before = sentences.get(last)?;
    let verb = before.tokens.iter().position(|t| t.relation() == "root")?;
    let arrives = token(before, verb)
        .is_some_and(|t| t.xpos == "VBD" && book.places.arrives.contains(&*t.lemma));
    if !arrives {
        return None;
    }
    let named = resolution.places_in(last).iter().filter(|p| !p.dateline);
    let mut there = named.filter(|p| {
        token(before, p.head).is_some_and(|t| t.head == Some(verb))
            && ["in", "at", "to"].iter().any(|case| has_case(before, p.head, case))
    });
    let place = there.next()?.place.clone();
    let head = sentence.tokens.iter().position(|t| event.trigger.span.overlaps(t.span))?;
    let own = clause(sentence, head);
    // "He had met Kim in 2019".
    let had = sentence
        .children(own)
        .iter()
        .filter_map(|&c| token(sentence, c))
        .any(|t| t.relation() == "aux" && t.lemma == "have");
    let person = dependent(sentence, own, "nsubj")
        .and_then(|subject| token(sentence, subject))
        .is_some_and(|t| matches!(&*t.lemma.to_lowercase(), "he" | "she" | "they"));
    let meets = matches!(event.kind.as_str(), "CONSULT" | "AGREE" | "SUPPORT")
        && is_of_party(event, &place);
    (there.next().is_none() && !had && (person || meets)).then_some(place)
}

/// Whether the event's clause says "at the meeting", "during their talks".
fn occasion(book: &RuleBook, sentence: &Sentence, event: &Event) -> bool {
    let Some(head) = sentence.tokens.iter().position(|t| event.trigger.span.overlaps(t.span))
    else {
        return false;
    };
    let own = clause(sentence, head);
    sentence.dependents(own, "obl").any(|noun| {
        let named = token(sentence, noun).is_some_and(|t| book.places.occasion.contains(&*t.lemma));
        let known = sentence.children(noun).iter().filter_map(|&c| token(sentence, c)).any(|t| {
            (t.relation() == "det" && matches!(t.lemma.as_str(), "the" | "this" | "that"))
                || t.deprel == "nmod:poss"
        });
        named && known && ["at", "during", "in"].iter().any(|case| has_case(sentence, noun, case))
    })
}

/// Whether the sentence says that it tells of another place or occasion.
fn is_elsewhere(book: &RuleBook, sentence: &Sentence) -> bool {
    sentence.tokens.iter().any(|t| book.places.elsewhere.contains(&t.lemma.to_lowercase()))
}

/// The place of the last event of the sentences before that `fits`, or else the only place that the sentence before names.
fn told(
    resolution: &Resolution,
    events: &[Event],
    at: usize,
    reach: usize,
    fits: impl Fn(&Event) -> bool,
) -> Option<Place> {
    let event = events.get(at)?;
    let before = events
        .iter()
        .take(at)
        .rev()
        .take_while(|e| e.sentence + reach >= event.sentence)
        .filter(|e| e.sentence < event.sentence && fits(e))
        .find_map(|e| e.place.clone());
    let last = event.sentence.checked_sub(1)?;
    let mut named = resolution.places_in(last).iter().filter(|p| !p.dateline);
    let only = named.next().filter(|first| named.all(|other| other.place.name == first.place.name));
    let coded_before = events
        .iter()
        .any(|e| e.sentence == last && (e.place.is_none() || is_of_other_time(event, e)));
    before.or_else(|| only.filter(|_| !coded_before).map(|p| p.place.clone()))
}

/// Whether the place lies in the country of a party, or nobody knows whose the parties are.
fn is_of_party(event: &Event, place: &Place) -> bool {
    let mut codes = event.actors.iter().chain(&event.recipients).filter_map(|a| a.code.as_deref());
    match place.country.as_deref() {
        Some(country) => {
            let mut any = false;
            codes.any(|code| {
                any = true;
                code == country
            }) || !any
        }
        None => true,
    }
}

//! Noun phrases → drafts of mentions.
//!
//! In goes the head of a noun phrase, out comes a draft of the mention, or `None` where the phrase is no actor: "China" in "China said" is
//! `CHN GOV`, in "in China" nobody, in "the China visit" a modifier. What ends in a person's name is left to `people.rs`, in a common
//! noun to `nominals.rs`.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, NameKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::actors::{Around, Reading, actor_of};
use crate::draft::{Draft, Need};
use crate::names::{Bond, Names, is_hyphen};
use crate::nominals::{is_abbreviation, office, take_abbreviation};
use crate::people::{is_date_word, name_run};
use crate::phrases::{Determiner, Part, Phrase, phrase};
use crate::position::{Stature, Use, place_use};
use crate::pronouns::{read_pronoun, with_via};
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::{Position, View};

/// How many sentences back a body's name may stand of which a noun is the last word.
const BODY_REACH: usize = 5;

/// "Beat those who had stayed": people to whom something is done, and not whoever comes, as in "count those who come".
fn is_those_who(view: &View<'_>, token: usize) -> bool {
    view.form(token).eq_ignore_ascii_case("those")
        && (view.position(token) == Position::Object || view.deprel(token) == "nsubj:pass")
        && view.form(token + 1) == "who"
        && view
            .child(token, "acl")
            .is_some_and(|clause| !matches!(view.xpos(clause), "VBP" | "VBZ"))
}

/// "Some threw stones", "Others fled": a part of those told of before, and not what some think or say.
pub(crate) fn is_some(view: &View<'_>, token: usize) -> bool {
    let word = matches!(
        view.form(token),
        "Some" | "some" | "Others" | "others" | "Many" | "many" | "Several" | "several"
    );
    word && view.deprel(token) == "nsubj"
        && view.children(token).is_empty()
        && view.head(token).is_some_and(|verb| {
            view.upos(verb) == Upos::Verb
                && ["ccomp", "xcomp", "parataxis", "cop"]
                    .iter()
                    .all(|relation| view.child(verb, relation).is_none())
        })
}

impl<'k> Reader<'k> {
    /// The mention that the phrase headed by `head` makes, before the document is asked. `depth` counts the phrases
    /// that this one lies inside of.
    pub(crate) fn read(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        depth: usize,
    ) -> Option<Draft> {
        let both = matches!(view.lemma(head), "both" | "neither")
            && matches!(view.relation(head), "nsubj" | "obj" | "iobj" | "obl" | "nmod");
        if is_those_who(view, head) {
            let mut draft =
                Draft::new(head, head..head + 1, MentionKind::Nominal, Category::People);
            draft.plural = true;
            draft.actors = vec![Actor { sector: Some(Sector::Cvl), ..Actor::default() }];
            draft.need = Need::Place;
            return Some(draft);
        }
        if is_some(view, head) {
            return self.read_some(view, head);
        }
        // "The WHO" may be tagged as who.
        let pronoun = view.upos(head) == Upos::Pron && names.at(head).is_none();
        if pronoun || is_mutual(view, head) || both {
            return read_pronoun(view, head);
        }
        if is_aged(view, head) {
            let mut draft =
                Draft::new(head, head..head + 1, MentionKind::Nominal, Category::Person);
            draft.need = Need::Person;
            return Some(draft);
        }
        if is_ordinal(view, head) {
            let mut draft =
                Draft::new(head, head..head + 1, MentionKind::Nominal, Category::Country);
            draft.need = Need::Ordinal;
            return Some(draft);
        }
        // "The SRTF said", whatever the tagger makes of it.
        if names.at(head).is_none()
            && let Some(draft) = self.read_abbreviation(view, head, MentionKind::Name)
        {
            return Some(draft);
        }
        let phrase = phrase(view, names, self.lexicon, head);
        // "The Democrat said": whom the text speaks of.
        if self.lexicon.member.has(view.lemma(head))
            && phrase.is_definite()
            && phrase.possessor.is_none()
            && matches!(view.xpos(head), "NN" | "NNP")
            && view.child(head, "appos").is_none()
        {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Person);
            draft.need = Need::Person;
            draft.consumed.extend(phrase.core.clone().filter(|&token| token != head));
            return Some(draft);
        }
        if let Some(draft) = self.read_epithet(view, &phrase) {
            return Some(draft);
        }
        if let Some(draft) = self.read_corps(view, names, &phrase) {
            return Some(draft);
        }
        if let Some(draft) = self.read_last_word(view, names, &phrase) {
            return Some(draft);
        }
        // "The Himalayan country", "the Gulf state".
        if self.lexicon.state.has(view.lemma(head))
            && phrase.core.len() > 1
            && !view.is_capital(head)
            && names.at(head).is_none()
            && self.lexicon.part_named(view, &phrase.core).is_some()
            && let Some(draft) = self.read_land(view, &phrase)
        {
            return Some(draft);
        }
        if self.lexicon.counterpart.has(view.lemma(head)) {
            return Some(self.read_counterpart(view, names, &phrase, depth));
        }
        let last = phrase.parts.last()?;
        let mut draft = match last.part {
            Part::Hit(index) => {
                let hit = names.hits.get(index)?;
                if hit.bond == Bond::Loose {
                    return None;
                }
                let reading = self.read_name(view, hit.readings, self.around(view, names, &phrase));
                match reading {
                    Some(reading) if self.is_known_person(view, &hit.tokens, &reading) => {
                        self.read_person(view, names, &phrase, None, depth)
                    }
                    Some(reading) if matches!(reading.kind, NameKind::Person(_)) => {
                        self.read_person(view, names, &phrase, Some(&reading), depth)
                    }
                    Some(reading) if reading.entity.kind == EntityKind::People => {
                        self.read_people(view, names, &phrase, &reading, depth)
                    }
                    Some(reading) => self
                        .read_national(view, names, &phrase, &reading, depth)
                        .or_else(|| self.read_entity(view, names, &phrase, &reading, depth)),
                    None => self.read_person(view, names, &phrase, None, depth),
                }
            }
            Part::Proper => self.read_unknown(view, names, &phrase, depth),
            _ if is_condition(view, head) => None,
            Part::Word(word) if self.is_activity(view, &phrase, word) => None,
            Part::Word(_) if self.has_given_name(view, &phrase) => {
                self.read_person(view, names, &phrase, None, depth)
            }
            Part::Word(_) | Part::Common if is_region_or_team(view, names, &phrase) => None,
            Part::Word(word)
                if word.kind == SectorWordKind::Body && self.ends_place_name(view, head) =>
            {
                self.city_phrase(view, names, head)?;
                self.read_unknown(view, names, &phrase, depth)
            }
            Part::Word(word) => Some(self.read_word(view, names, &phrase, word, depth)),
            Part::Common | Part::Former | Part::Honorific => {
                self.read_common(view, names, &phrase, depth)
            }
        }?;
        if draft.category != Category::Thing {
            draft.consumed.extend(phrase.core.clone().filter(|&token| token != draft.head));
        }
        Some(draft)
    }

    /// "Some threw stones": of the crowd or the force that did something in the sentence before.
    fn read_some(&self, view: &View<'_>, head: usize) -> Option<Draft> {
        let crowds = self.discourse.candidates(view.index, head, 1, |referent, trace| {
            referent.plural
                && referent.category == Some(Category::People)
                && trace.subject
                && matches!(referent.actors.as_slice(), [only] if only.code.is_some())
        });
        let crowd = self.discourse.referent(crowds.first()?.referent)?;
        let mut draft = Draft::new(head, head..head + 1, MentionKind::Nominal, Category::People);
        draft.plural = true;
        draft.actors = with_via(&crowd.actors, "title");
        Some(draft)
    }

    /// "The front", "the league", once the Free Valley Front or the League of Cantons has been named: no war's and no sport's.
    fn read_last_word(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
    ) -> Option<Draft> {
        let head = phrase.head;
        let (noun, plain) = (view.lemma(head), !view.is_capital(head) && !view.is_plural(head));
        let alone = phrase.core.len() == 1
            && phrase.is_definite()
            && phrase.possessor.is_none()
            && names.at(head).is_none()
            && matches!(
                phrase.parts.last().map(|last| &last.part),
                Some(Part::Common | Part::Proper)
            );
        let acts = matches!(view.position(head), Position::Subject | Position::Object)
            || view.relation(head) == "nmod:poss"
            || matches!(view.preposition(head), Some("with" | "against" | "by"));
        if !plain || !alone || !acts || view.child(head, "acl:relcl").is_some() {
            return None;
        }
        // "The station", after the broadcaster.
        let press = self.lexicon.press.has(noun);
        let is_called = |actor: &Actor| {
            (press && actor.code.is_some() && actor.sector == Some(Sector::Med))
                || actor.code.is_some()
                    && actor.name.as_ref().is_some_and(|name| {
                        let lower = name.to_lowercase();
                        let mut words = lower.split(' ');
                        words.next_back() == Some(noun) && words.next().is_some()
                    })
        };
        let called = self.discourse.candidates(view.index, head, BODY_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && matches!(referent.actors.as_slice(), [only] if is_called(only))
        });
        let body = self.discourse.referent(called.first()?.referent)?;
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Organisation);
        draft.actors = with_via(&body.actors, "title");
        Some(draft)
    }

    /// "The Guards", "the Brotherhood", after the Revolutionary Guards and the Muslim Brotherhood: the body whose name ends so.
    fn read_corps(&self, view: &View<'_>, names: &Names<'k>, phrase: &Phrase<'k>) -> Option<Draft> {
        let head = phrase.head;
        let alone = phrase.core.len() == 1
            && phrase.is_definite()
            && phrase.possessor.is_none()
            && view.is_capital(head)
            && names.at(head).is_none()
            && view.child(head, "nmod").is_none();
        if !alone {
            return None;
        }
        let ending = format!(" {}", view.form(head));
        let body = self.mentions.iter().rev().find(|mention| {
            mention.category == Category::Organisation
                && mention.kind == MentionKind::Name
                && mention.sentence + BODY_REACH >= view.index
                && mention.span.of(view.text).is_some_and(|text| text.ends_with(&ending))
                && matches!(mention.actors.as_slice(), [only] if only.code.is_some())
        })?;
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Organisation);
        draft.plural = view.is_plural(head);
        draft.actors = with_via(&body.actors, "title");
        Some(draft)
    }

    /// Whether the name of a state or capital is a surname here: the document has named "Michael Jordan", and nothing of Jordan.
    fn is_known_person(
        &self,
        view: &View<'_>,
        tokens: &std::ops::Range<usize>,
        reading: &Reading<'k>,
    ) -> bool {
        let place = matches!(reading.kind, NameKind::Entity | NameKind::Capital)
            && reading.entity.kind == EntityKind::Country;
        let form = view.span(tokens).of(view.text).unwrap_or_default();
        // A given name alone would still be the state.
        let person = |&index: &usize| {
            self.discourse.referent(index).is_some_and(|referent| {
                let name = referent.actors.first().and_then(|actor| actor.name.as_deref());
                referent.category == Some(Category::Person)
                    && name.is_some_and(|name| name.ends_with(form))
            })
        };
        place
            && self.known.get(form).last().is_some_and(person)
            && self.discourse.codes(view.index, |code| code == reading.entity.code).is_empty()
    }

    /// Whether the title that ends the phrase is a surname: "Billie King".
    fn has_given_name(&self, view: &View<'_>, phrase: &Phrase<'k>) -> bool {
        let [.., before, last] = phrase.parts.as_slice() else { return false };
        let given = |token: usize| {
            let word = view.lemma(token);
            self.lexicon.male.has(word) || self.lexicon.female.has(word)
        };
        last.tokens.len() == 1
            && view.upos(phrase.head) == Upos::Propn
            && view.is_capital(phrase.head)
            && matches!(before.part, Part::Proper)
            && (given(before.tokens.start)
                || phrase.parts.first().is_some_and(|first| {
                    matches!(first.part, Part::Proper) && given(first.tokens.start)
                }))
    }

    /// Whether a word for a body names what is done rather than who does it: "the campaign" is a body where it acts.
    fn is_activity(&self, view: &View<'_>, phrase: &Phrase<'k>, word: &SectorWord) -> bool {
        let acts = matches!(
            view.position(phrase.head),
            Position::Subject | Position::Agent | Position::Possessor
        );
        word.kind == SectorWordKind::Body
            && self.lexicon.activity.has(view.lemma(phrase.head))
            && !acts
            && phrase.parts.iter().all(|e| matches!(e.part, Part::Word(_) | Part::Common))
    }

    /// What stands around the name that ends the phrase.
    fn around(&self, view: &View<'_>, names: &Names<'k>, phrase: &Phrase<'k>) -> Around<'k> {
        let mut around = Around { sentence: view.index, ..Around::default() };
        let before = phrase.parts.len().saturating_sub(1);
        for element in phrase.parts.get(..before).unwrap_or_default() {
            match element.part {
                Part::Word(word) if word.kind != SectorWordKind::Body => around.titled = true,
                Part::Honorific => around.titled = true,
                Part::Proper => {
                    let given = view.lemma(element.tokens.start);
                    around.titled |= self.lexicon.male.has(given) || self.lexicon.female.has(given);
                }
                Part::Hit(index) => {
                    let hit = names.hits.get(index);
                    let entity = hit.and_then(|hit| match hit.readings {
                        [only] if hit.bond != Bond::Loose => self.actors.entities.get(only.entity),
                        _ => None,
                    });
                    if let Some(entity) = entity {
                        around.code = Some(entity.code.as_str());
                    }
                }
                Part::Word(_) | Part::Common | Part::Former => {}
            }
        }
        around
    }

    /// "China", "Beijing", "the Chinese", "Turks", "the People's Liberation Army".
    fn read_entity(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        reading: &Reading<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let head = phrase.head;
        let actor = actor_of(self.actors, reading, self.date);
        let hit = names.at(head)?;
        let mut tokens = hit.tokens.clone();
        let country = reading.entity.kind == EntityKind::Country;
        // "our ally Turkey" is one mention.
        let party = tokens.start.checked_sub(1).filter(|&before| {
            country && phrase.core.contains(&before) && self.lexicon.party.has(view.lemma(before))
        });
        tokens.start = party.unwrap_or(tokens.start);
        let make = |kind, category, actor: Actor| {
            let mut draft = Draft::new(head, tokens.clone(), kind, category);
            draft.actors = vec![actor];
            Some(draft)
        };
        match reading.kind {
            NameKind::Adjective | NameKind::Demonym => {
                // "in Chinese", "is Chinese", "learned Chinese": a language, a quality.
                let marked = phrase.determiner != Determiner::None || view.is_plural(head);
                let object = matches!(view.position(head), Position::Object | Position::Oblique(_));
                let bare = reading.kind == NameKind::Adjective && object;
                let noun = marked || (view.upos(head) != Upos::Adj && !bare);
                let acts = !matches!(
                    view.position(head),
                    Position::Oblique("in" | "into") | Position::Nominal("in") | Position::Modifier
                ) && view.child(head, "cop").is_none();
                if !noun || !acts {
                    return None;
                }
                let category = if country || reading.entity.kind == EntityKind::People {
                    Category::Nationality
                } else {
                    Category::Organisation
                };
                let mut draft = make(MentionKind::Name, category, actor)?;
                // "The Georgian" is one, "the French" are many.
                let form = view.form(head);
                let one = view.xpos(head) == "JJ"
                    && ["an", "qi", "li"].iter().any(|ending| form.ends_with(ending));
                draft.plural = !(one || matches!(view.xpos(head), "NN" | "NNP"));
                // "ethnic Albanians" are of the state they live in.
                if (phrase.core.start..head).any(|t| view.lemma(t) == "ethnic") {
                    draft.actors = vec![Actor { sector: Some(Sector::Cvl), ..Actor::default() }];
                    draft.need = Need::Place;
                }
                // "The Turks of Bulgaria" are its people.
                if country
                    && draft.plural
                    && let Some(land) = self.land_of(view, names, head)
                    && land != reading.entity.code
                {
                    draft.actors = vec![Actor {
                        code: Some(land.to_owned()),
                        sector: Some(Sector::Cvl),
                        via: via("place"),
                        ..Actor::default()
                    }];
                }
                // Whoever demonstrates is no government.
                let protests = draft.plural
                    && view.position(head) == Position::Subject
                    && view.governor(head).is_some_and(|v| self.lexicon.protest.has(view.lemma(v)));
                if protests {
                    for actor in &mut draft.actors {
                        actor.sector = actor.sector.or(Some(Sector::Cvl));
                    }
                }
                // "The Russian said": one person of that state, if the text has named one.
                let whole = phrase.core.len() == hit.tokens.len();
                if country && !draft.plural && phrase.is_definite() && whole {
                    draft.need = Need::Person;
                }
                draft.tokens = phrase.core.start..tokens.end;
                Some(draft)
            }
            NameKind::Entity | NameKind::Capital | NameKind::Seat if country => {
                let stature = match reading.kind {
                    NameKind::Capital => Stature::Capital,
                    _ => Stature::State,
                };
                let seat = reading.kind == NameKind::Seat;
                // "at the White House", "outside the Kremlin": the building.
                let inside = matches!(
                    view.preposition(head),
                    Some("at" | "in" | "inside" | "outside" | "near" | "around")
                );
                if (seat && inside) || self.lies_elsewhere(view, &tokens, &reading.entity.code) {
                    return None;
                }
                match self.use_of(view, names, head, stature) {
                    Use::Actor => make(MentionKind::Name, Category::Country, actor),
                    Use::Target if seat => None,
                    Use::Target => {
                        let actor = Actor { sector: None, via: via("place"), ..actor };
                        make(MentionKind::Name, Category::Country, actor)
                    }
                    Use::Place => None,
                }
            }
            // "an ETA of six o'clock": what there may be several of is not the one of that name.
            // "A Saudi-led coalition" is the one that news calls so.
            NameKind::Entity | NameKind::Body(_)
                if is_one_of_many(view, head)
                    && !tokens.clone().any(|t| {
                        let form = view.form(t);
                        self.lexicon.leads.has(form.rsplit(['-', '‐', '‑']).next().unwrap_or(form))
                    }) =>
            {
                None
            }
            NameKind::Entity | NameKind::Capital | NameKind::Seat | NameKind::Body(_) => {
                let people = reading.entity.kind == EntityKind::People;
                let category = if people { Category::Nationality } else { Category::Organisation };
                let common = self.is_common_body(view, &tokens);
                let origins = common.then(|| {
                    let upto = phrase.parts.len().saturating_sub(1);
                    self.origins(view, names, phrase, upto, depth)
                });
                // "Guatemala's Congress", "its Congress": of whose it is said to be.
                if let Some(origins) = origins {
                    let own = Actor { sector: actor.sector, ..Actor::default() };
                    if let Some(code) = origins.list.first().and_then(|o| o.actor.code.clone())
                        && self.is_state(&code)
                        && Some(&code) != actor.code.as_ref()
                    {
                        let actor = Actor { code: Some(code), ..own };
                        let mut draft = make(MentionKind::Name, category, actor)?;
                        draft.tokens.start = draft.tokens.start.min(origins.start);
                        draft.consumed = origins.consumed;
                        return Some(draft);
                    }
                    if let Some(owner) = origins.owner {
                        let mut draft = make(MentionKind::Nominal, category, own)?;
                        draft.need = Need::Owner(owner);
                        return Some(draft);
                    }
                }
                // "House Republicans": those of the party who sit there.
                let seated = (phrase.core.start..tokens.start).find_map(|t| {
                    let (len, word) = names.word_at(t)?;
                    (t + len == tokens.end && word.kind == SectorWordKind::People)
                        .then_some((t, word.sector))
                });
                if let Some((start, sector)) = seated
                    && actor.sector == Some(Sector::Pty)
                    && view.is_plural(head)
                {
                    let actor = Actor { sector: Some(sector), name: None, ..actor };
                    let mut draft = make(MentionKind::Name, Category::People, actor)?;
                    draft.tokens.start = start;
                    draft.plural = true;
                    return Some(draft);
                }
                let actor = if common { self.at_home(view, actor) } else { actor };
                let mut draft = make(MentionKind::Name, category, actor)?;
                draft.plural = people;
                take_abbreviation(view, names, phrase, &mut draft);
                Some(draft)
            }
            NameKind::Person(_) => None,
        }
    }

    /// The state of which a noun for people of another says that they live there: "of Bulgaria".
    fn land_of(&self, view: &View<'_>, names: &Names<'k>, head: usize) -> Option<&'k str> {
        let land = view.children(head).iter().copied().find(|&c| {
            c > head && view.relation(c) == "nmod" && view.preposition(c) == Some("of")
        })?;
        let state = names.at(land).is_some_and(|hit| {
            hit.readings.iter().any(|name| {
                name.kind == NameKind::Entity
                    && self
                        .actors
                        .entities
                        .get(name.entity)
                        .is_some_and(|entity| entity.kind == EntityKind::Country)
            })
        });
        self.place_code(view, names, land).filter(|_| state)
    }

    /// "Kurds", "the Rohingya"; "Iraqi Kurds" and "Syria's Kurds" are people of that state.
    fn read_people(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        reading: &Reading<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let mut draft = self.read_entity(view, names, phrase, reading, depth)?;
        let sector = reading.entity.sector;
        let origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
        let mut states: Vec<Actor> = origins
            .list
            .iter()
            .filter(|origin| matches!(origin.kind, Some(EntityKind::Country) | None))
            .map(|origin| Actor { sector, name: None, role: None, ..origin.actor.clone() })
            .collect();
        // "Muslims in India"
        if states.is_empty() {
            let place = view.children(phrase.head).iter().copied().find(|&c| {
                view.relation(c) == "nmod"
                    && matches!(view.preposition(c), Some("in" | "from" | "of"))
            });
            let code = place.and_then(|place| self.place_code(view, names, place));
            states.extend(code.map(|code| Actor {
                code: Some(code.to_owned()),
                sector,
                via: via("place"),
                ..Actor::default()
            }));
        }
        if states.is_empty() {
            for actor in &mut draft.actors {
                actor.sector = actor.sector.or(sector);
            }
        } else {
            draft.actors = states;
            draft.tokens = origins.start.min(draft.tokens.start)..draft.tokens.end;
            draft.consumed = origins.consumed;
        }
        Some(draft)
    }

    /// Whether the name is one that bodies of many states bear: "Congress".
    fn is_common_body(&self, view: &View<'_>, tokens: &std::ops::Range<usize>) -> bool {
        let lemmas = view.lemmas.get(tokens.start..).unwrap_or_default();
        self.lexicon.common_body.at(lemmas) == Some(tokens.len())
    }

    /// "Congress", "Parliament": what every state has one of is that of the state which the text is about.
    fn at_home(&self, view: &View<'_>, actor: Actor) -> Actor {
        let told = actor.code.as_ref().is_some_and(|code| self.states.contains(code));
        // "Fujimori said that Congress", though Washington was named as well: of the state that the text speaks of most.
        let most = self.states.first().filter(|code| {
            actor.sector == Some(Sector::Leg) && self.lexicon.congress.has(&code.to_lowercase())
        });
        if let Some(code) = most.filter(|_| told) {
            return Actor { code: Some(code.clone()), sector: actor.sector, ..Actor::default() };
        }
        if told {
            return actor;
        }
        match self.only_state().or_else(|| self.scene(view)) {
            Some(code) if actor.code.as_ref() != Some(&code) => {
                Actor { code: Some(code), sector: actor.sector, ..Actor::default() }
            }
            _ => actor,
        }
    }

    /// Whether the state or city is its team: subject or object of play in a sentence about sport.
    fn plays(&self, view: &View<'_>, head: usize) -> bool {
        let position = view.position(head);
        let takes_part = matches!(
            position,
            Position::Subject
                | Position::Object
                | Position::Oblique("to" | "with" | "against" | "by")
        );
        let governor = view.governor(head);
        let scored = has_score(view)
            && !(0..view.len()).any(|token| self.lexicon.sport_vote.has(view.lemma(token)));
        // "A 3-1 win over Kenya"
        let result = matches!(position, Position::Possessor | Position::Modifier)
            || matches!(position, Position::Nominal("over" | "to" | "with" | "against" | "by"));
        if let Some(noun) = governor.filter(|_| scored && result)
            && self.lexicon.sport_result.has(view.lemma(noun))
        {
            return true;
        }
        let verb = governor.filter(|&verb| takes_part && view.upos(verb) == Upos::Verb);
        verb.is_some_and(|verb| {
            // "Jordan scored 45 points"
            let points = view.lemma(verb) == "score"
                && view.child(verb, "obj").is_some_and(|object| {
                    self.lexicon.sport_point.has(view.lemma(object))
                        && view.child(object, "nummod").is_some()
                });
            self.lexicon.sport_verb.has(view.lemma(verb))
                && (points
                    || scored
                    || (0..view.len()).any(|t| self.lexicon.sport_sign.has(view.lemma(t))))
        })
    }

    /// "Paris was wet and grey": what is said of it is said of the place.
    fn is_described(&self, view: &View<'_>, head: usize) -> bool {
        let Some(quality) = view.governor(head) else { return false };
        let about = |token: &usize| {
            let relation = view.relation(*token);
            matches!(relation, "advcl" | "ccomp" | "xcomp")
                || (relation == "obl"
                    && !matches!(
                        view.preposition(*token),
                        None | Some("in" | "at" | "after" | "during" | "before" | "by" | "when")
                    )
                    // "On Friday"
                    && !(view.preposition(*token) == Some("on") && is_date_word(view, *token)))
        };
        view.position(head) == Position::Subject
            && view.child(quality, "cop").is_some()
            && self.lexicon.place_state.has(view.lemma(quality))
            && !view.children(quality).iter().any(about)
    }

    /// How a place name is used, the words that govern it considered.
    pub(crate) fn use_of(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        stature: Stature,
    ) -> Use {
        if self.plays(view, head) || (stature != Stature::State && self.is_described(view, head)) {
            return Use::Place;
        }
        let governor = view.governor(head);
        let locality = governor.is_some_and(|governor| {
            self.lexicon.locality.has(view.lemma(governor))
                || self.lexicon.place_type.has(view.lemma(governor))
                || (view.relation(head) == "appos"
                    && self.place_code(view, names, governor).is_some())
        });
        // "Rain fell over London": nobody did it.
        let weather = governor.is_some_and(|verb| {
            view.upos(verb) == Upos::Verb
                && view
                    .child(verb, "nsubj")
                    .is_some_and(|s| self.lexicon.weather.has(view.lemma(s)))
        });
        if weather && stature != Stature::State {
            return Use::Place;
        }
        // "Ramtha, Jordan" may hang as an unmarked modifier.
        if view.deprel(head) == "nmod:unmarked"
            && governor.is_some_and(|governor| self.place_code(view, names, governor).is_some())
        {
            return Use::Place;
        }
        // "A train from Moscow": what travels carries nobody's word.
        let carried = view.position(head) == Position::Nominal("from")
            && governor.is_some_and(|governor| self.lexicon.vehicle.has(view.lemma(governor)));
        if carried {
            return Use::Place;
        }
        // "A storm hit London": what befalls a capital befalls the place.
        let befallen = stature != Stature::State
            && governor.is_some_and(|governor| self.lexicon.befall.has(view.lemma(governor)))
            && matches!(
                view.position(head),
                Position::Object | Position::PassiveSubject | Position::Oblique("on" | "over")
            );
        if befallen {
            return Use::Target;
        }
        place_use(self.lexicon, view, head, stature, locality)
    }

    /// A name that the knowledge does not have: a person, an organisation, a city.
    fn read_unknown(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let head = phrase.head;
        if let Some((code, after)) = self.city_phrase(view, names, head)
            && !is_titled(phrase)
            && self.known.get(view.form(head)).is_empty()
        {
            if self.ruler_called(view, names, phrase).is_some() {
                return self.read_person(view, names, phrase, None, depth);
            }
            let code = code.to_owned();
            return match self.use_of(view, names, head, Stature::City) {
                Use::Place => None,
                // "The ship passed the canal": nobody's land.
                _ if self.is_water(view, phrase.core.start) => None,
                Use::Actor | Use::Target => {
                    let start = phrase.core.start;
                    let mut draft =
                        Draft::new(head, start..head + after, MentionKind::Name, Category::Country);
                    draft.actors =
                        vec![Actor { code: Some(code), via: via("place"), ..Actor::default() }];
                    Some(draft)
                }
            };
        }
        let run = name_run(view, phrase);
        let tail = view.lemma(run.end.saturating_sub(1));
        if self.lexicon.named_body.has(tail) || self.lexicon.named_body.has(view.lemma(head)) {
            return Some(self.read_named_body(view, names, phrase, None, depth));
        }
        self.read_person(view, names, phrase, None, depth)
    }

    /// Adjectives and names before a head that is no actor: "the U.S. visit", "the Russian attack".
    pub(crate) fn read_modifiers(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Vec<Draft> {
        let phrase = phrase(view, names, self.lexicon, head);
        let mut drafts = Vec::new();
        for element in &phrase.parts {
            if element.tokens.contains(&head) {
                continue;
            }
            let draft = match element.part {
                Part::Hit(index) => self.read_modifier(view, names, index),
                Part::Proper | Part::Common => {
                    self.read_abbreviation(view, element.tokens.start, MentionKind::Modifier)
                }
                Part::Word(word) if !self.ends_place_name(view, element.tokens.start) => {
                    body_modifier(view, &element.tokens, word)
                }
                _ => None,
            };
            drafts.extend(draft);
        }
        drafts
    }

    /// "the SRTF", "our SRTF grant": an abbreviation that the document has explained.
    fn read_abbreviation(&self, view: &View<'_>, token: usize, kind: MentionKind) -> Option<Draft> {
        let form = view.form(token);
        if !is_abbreviation(form) {
            return None;
        }
        let known = self.discourse.referent(*self.known.get(form).last()?)?;
        let mut draft = Draft::new(token, token..token + 1, kind, known.category?);
        draft.actors.clone_from(&known.actors);
        Some(draft)
    }

    /// The mention that one name makes as a modifier.
    pub(crate) fn read_modifier(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        index: usize,
    ) -> Option<Draft> {
        let hit = names.hits.get(index)?;
        if matches!(hit.bond, Bond::Loose | Bond::Seats) {
            return None;
        }
        let around = Around { sentence: view.index, ..Around::default() };
        let reading = self.read_name(view, hit.readings, around)?;
        let country = reading.entity.kind == EntityKind::Country;
        let category = match reading.kind {
            NameKind::Capital => return None,
            NameKind::Person(_) => Category::Person,
            NameKind::Body(_) => Category::Organisation,
            NameKind::Adjective | NameKind::Demonym => Category::Nationality,
            _ if reading.entity.kind == EntityKind::People => Category::Nationality,
            NameKind::Entity | NameKind::Seat if country => Category::Country,
            NameKind::Entity | NameKind::Seat => Category::Organisation,
        };
        let mut actor = actor_of(self.actors, &reading, self.date);
        if country && !matches!(reading.kind, NameKind::Person(_) | NameKind::Body(_)) {
            actor.sector = None;
        }
        let head = top_of(view, &hit.tokens);
        let mut draft = Draft::new(head, hit.tokens.clone(), MentionKind::Modifier, category);
        draft.actors = vec![actor];
        Some(draft)
    }
}

/// "Coalition aircraft", "Parliament sources": a body in capitals that the document has spoken of.
fn body_modifier(
    view: &View<'_>,
    tokens: &std::ops::Range<usize>,
    word: &SectorWord,
) -> Option<Draft> {
    let capitals = tokens.clone().all(|token| token > 0 && view.is_capital(token));
    // "A TV spot": what it is seen on, and nobody's name.
    let medium =
        word.sector == Sector::Med && tokens.clone().all(|token| view.form(token).len() < 3);
    if word.kind != SectorWordKind::Body || !capitals || medium {
        return None;
    }
    let head = top_of(view, tokens);
    let mut draft = Draft::new(head, tokens.clone(), MentionKind::Modifier, Category::Organisation);
    draft.actors = vec![Actor { sector: Some(word.sector), ..Actor::default() }];
    draft.offices.push(office(word));
    draft.need = Need::Holder;
    Some(draft)
}

/// "Beat Mexico 2-0": two small numbers with a stroke between.
fn has_score(view: &View<'_>) -> bool {
    let number = |form: &str| {
        (1..=2).contains(&form.len()) && form.bytes().all(|byte| byte.is_ascii_digit())
    };
    (0..view.len()).any(|token| {
        let form = view.form(token);
        let one = form.split_once(['-', '–']).is_some_and(|(a, b)| number(a) && number(b));
        one || (number(form) && is_hyphen(view, token + 1) && number(view.form(token + 2)))
    })
}

/// "a", "an" before a name that is its phrase's head.
fn is_one_of_many(view: &View<'_>, head: usize) -> bool {
    view.child(head, "det").is_some_and(|det| matches!(view.lemma(det), "a" | "an"))
}

/// "A state of emergency", "the state of the economy", "came into force": a condition and no party.
fn is_condition(view: &View<'_>, head: usize) -> bool {
    match view.lemma(head) {
        "state" => {
            view.xpos(head) == "NN"
                && view.children(head).iter().any(|&c| {
                    view.relation(c) == "nmod"
                        && view.preposition(c) == Some("of")
                        && view.upos(c) == Upos::Noun
                        && !matches!(view.lemma(c), "bloc" | "union" | "alliance" | "federation")
                })
        }
        "force" => {
            matches!(view.preposition(head), Some("into" | "in" | "by"))
                && view.xpos(head) == "NN"
                && view.children(head).len() == 1
        }
        _ => false,
    }
}

/// Whether a capital or city before a common noun makes the name of a region or of a team: "Washington state", "the Washington
/// Nationals".
fn is_region_or_team(view: &View<'_>, names: &Names<'_>, phrase: &Phrase<'_>) -> bool {
    let [.., before, last] = phrase.parts.as_slice() else { return false };
    let capital = match before.part {
        Part::Hit(index) => names.hits.get(index).is_some_and(|hit| {
            hit.bond == Bond::Free && hit.readings.iter().all(|name| name.kind == NameKind::Capital)
        }),
        _ => false,
    };
    let region = phrase.determiner == Determiner::None
        && view.xpos(phrase.head) == "NN"
        && matches!(view.lemma(phrase.head), "state" | "province" | "region" | "county");
    let team = view.xpos(phrase.head) == "NNPS" && view.is_capital(phrase.head);
    capital && last.tokens.len() == 1 && (region || team)
}

/// Whether a title or form of address stands in the phrase.
pub(crate) fn is_titled(phrase: &Phrase<'_>) -> bool {
    phrase.parts.iter().any(|element| match element.part {
        Part::Honorific => true,
        Part::Word(word) => word.kind != SectorWordKind::Body,
        _ => false,
    })
}

/// "the 49-year-old", with no noun after it.
pub(crate) fn is_aged(view: &View<'_>, token: usize) -> bool {
    let aged = match view.form(token) {
        "old" => token.checked_sub(2).is_some_and(|t| matches!(view.form(t), "year" | "years")),
        form => form.ends_with("-year-old"),
    };
    aged && matches!(view.relation(token), "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "conj")
}

/// "the former", "the latter", with no noun after them.
pub(crate) fn is_ordinal(view: &View<'_>, token: usize) -> bool {
    matches!(view.lemma(token), "former" | "latter")
        && matches!(
            view.relation(token),
            "nsubj" | "obj" | "iobj" | "obl" | "nmod" | "root" | "conj"
        )
        && token.checked_sub(1).is_some_and(|before| view.lemma(before) == "the")
}

/// "each other", "one another".
pub(crate) fn is_mutual(view: &View<'_>, token: usize) -> bool {
    let (a, b) = match view.lemma(token) {
        "each" | "one" if view.head(token) == Some(token + 1) => return false,
        "each" | "one" => (view.lemma(token), view.lemma(token + 1)),
        "other" | "another" => {
            let Some(before) = token.checked_sub(1) else { return false };
            // "Each side blamed the other"
            if view.lemma(before) == "the" && view.relation(token) != "amod" {
                let each = |subject: usize| {
                    view.lemma(subject) == "each"
                        || view
                            .children(subject)
                            .iter()
                            .any(|&c| view.relation(c) == "det" && view.lemma(c) == "each")
                };
                let clause = view.clause_of(token);
                let mut subject = clause.and_then(|verb| view.subject_of(verb));
                // "Each side said the other had fired first"
                if subject == Some(token) {
                    let over = clause.and_then(|verb| view.clause_of(verb));
                    subject = over.and_then(|verb| view.subject_of(verb));
                }
                return subject.is_some_and(each);
            }
            // The tree may take either word for the head; the one that hangs outside is it.
            if view.head(before) != Some(token) {
                return false;
            }
            (view.lemma(before), view.lemma(token))
        }
        _ => return false,
    };
    matches!((a, b), ("each", "other") | ("one", "another"))
}

/// The token of the range whose head lies outside of it.
pub(crate) fn top_of(view: &View<'_>, tokens: &std::ops::Range<usize>) -> usize {
    let outside = |t: &usize| view.head(*t).is_none_or(|head| !tokens.contains(&head));
    let mut tops = tokens.clone().filter(outside);
    let first = tops.next().unwrap_or(tokens.start);
    // Two heads where the tree tore a name apart: the one that is no mere modifier.
    let is_modifier = |t: usize| {
        matches!(view.relation(t), "compound" | "amod" | "flat" | "det" | "punct" | "case")
    };
    if is_modifier(first) { tops.find(|&t| !is_modifier(t)).unwrap_or(first) } else { first }
}

/// The name of how an actor was resolved.
#[allow(clippy::unnecessary_wraps, reason = "it fills a field that may be empty")]
pub(crate) fn via(how: &str) -> Option<String> {
    Some(how.to_owned())
}

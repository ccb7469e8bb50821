//! One document, sentence by sentence.
//!
//! In go parsed sentences in order, out come their mentions. Each sentence is read twice: first what says itself whom it stands for
//! ("Blinken", "Chinese troops"), then, from left to right, what needs the rest of the document ("he", "both sides", "the ministry").

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use detente_core::{Actor, Document, Sector};
use detente_knowledge::{Actors, Entity, EntityKind, Knowledge, Name, NameKind, Places, Words};
use detente_parse::{Sentence, Upos};
use jiff::civil::Date;

use crate::aboard::Craft;
use crate::actors::{Around, Known, Reading, choose};
use crate::antecedents::{Antecedents, Choice};
use crate::discourse::{Discourse, Gender, Opening, Referent, role_weight};
use crate::draft::{Draft, Need};
use crate::fortunes::Fortune;
use crate::holders::{codes_as_state, is_private};
use crate::home::home_of;
use crate::lexicon::Lexicon;
use crate::mend::{label_of, mend_sentence};
use crate::mentions::{is_aged, is_mutual, is_ordinal, is_some, top_of};
use crate::named_later::{FullName, full_names_in};
use crate::names::{Hit, Names, People};
use crate::nominals::{initials, is_abbreviation};
use crate::partisans::is_of_party;
use crate::pronouns::{is_hearer, is_speaker};
use crate::resolution::{Category, InnerName, Mention, MentionKind};
use crate::sides::Target;
use crate::titles::in_titles;
use crate::towns::towns_in;
use crate::transcripts::Turn;
use crate::view::{Position, View};

/// A text is about the state that weighs so many times as much as the next.
pub(crate) const FOCUS: f32 = 1.5;
/// What a pair weighs of which one only speaks of the other.
const SPEAKER: f32 = 0.6;
/// A state that weighs no more was named in passing, or long ago.
pub(crate) const NOTED: f32 = 5.0;

/// What is known while a document is read.
pub(crate) struct Reader<'k> {
    pub(crate) actors: &'k Actors,
    pub(crate) places: &'k Places,
    pub(crate) words: &'k Words,
    pub(crate) lexicon: &'k Lexicon,
    pub(crate) date: Option<Date>,
    /// Code of the state whose government published the document.
    pub(crate) home: Option<&'k str>,
    pub(crate) discourse: Discourse,
    pub(crate) known: Known,
    pub(crate) mentions: Vec<Mention>,
    /// Referent of each mention, at the same index.
    pub(crate) referents: Vec<Option<usize>>,
    /// Known names without a mention of their own.
    pub(crate) inner: Vec<InnerName>,
    /// Index of the first mention of the sentence being read.
    pub(crate) first: usize,
    /// A quotation is open at the end of the last sentence.
    pub(crate) quoting: bool,
    /// A quotation was open before the sentence being read.
    pub(crate) open_before: bool,
    /// Who spoke in the last sentence.
    pub(crate) speaker: Option<Vec<Actor>>,
    /// Who speaks in a transcript.
    pub(crate) turns: Vec<Turn>,
    /// Whom the main clause of the last sentence is about, where it is no quotation: its referent.
    pub(crate) lead: Option<usize>,
    /// Other referents that the last sentence tells of in its own words, with whether its subject says it of them.
    pub(crate) rivals: Vec<(usize, bool)>,
    /// To whom the last sentence tells that something was done.
    pub(crate) target: Option<Target>,
    /// Mentions of the last sentence that stand for a speaker whom the next may name: "We will go. We will win," Xi said.
    pub(crate) unspoken: Vec<usize>,
    /// Countries of the places that the text has named, with the sentence.
    pub(crate) scene: Vec<(String, usize)>,
    /// Countries of the places where somebody of another state is told to be, with the sentence: where "his hosts" are.
    pub(crate) visited: Vec<(String, usize)>,
    /// Common nouns that have stood for somebody, with the mention.
    pub(crate) nouns: Vec<(String, usize)>,
    /// Ships and planes that the text has told of.
    pub(crate) craft: Vec<Craft>,
    /// Codes of which the sentences before told as of a state, a body or a people.
    pub(crate) told_states: BTreeSet<String>,
    /// Countries where parties of others met.
    pub(crate) venues: Vec<String>,
    /// States that held the talks of others, with the sentence that first tells of it.
    pub(crate) hosts: Vec<(String, usize)>,
    /// Last names that the text gives to towns.
    pub(crate) towns: BTreeSet<String>,
    /// Mentions of persons by a last name of whom nothing else is told yet.
    pub(crate) surnames: Vec<usize>,
    /// Those whom the text names in full, by their last names.
    pub(crate) full_names: HashMap<String, FullName>,
    /// States of which the text knows only that an official of no known state deals with them, so that he is not theirs.
    pub(crate) courted: BTreeSet<String>,
    /// The dateline is a city where courts of states sit.
    pub(crate) bench: bool,
    /// The last persons that were counted as two, with sentence and head.
    pub(crate) counted: Option<(usize, usize, Vec<Actor>)>,
    /// Peoples that the text has named with their state: "Bosnian Serbs".
    pub(crate) peoples: Vec<People<'k>>,
    /// States whose name stands here for a part of another state, with that other: of "Georgia" beside Atlanta `GEO` and `USA`.
    pub(crate) namesakes: Vec<(String, &'k Entity)>,
    /// Whom the text has raised and felled, the latest turn of each person.
    pub(crate) fortunes: Vec<Fortune>,
    /// Country of the dateline.
    pub(crate) dateline: Option<String>,
    /// Whether the sentence before ends with the name of its writer.
    signed: bool,
    /// Whether the text is about how a party chooses its candidate; found where it is first asked.
    pub(crate) primary: OnceCell<bool>,
    /// The states that the sentences before this one speak of, heaviest first.
    pub(crate) states: Vec<String>,
    /// The one of them that the text is about, if one stands out.
    pub(crate) focus: Option<String>,
    /// The states that the sentence being read names, each once.
    pub(crate) here: Vec<&'k str>,
    /// The states of the persons whom the sentence names.
    pub(crate) beside: Vec<&'k str>,
    /// How pronouns find their antecedents.
    pub(crate) antecedents: &'k Antecedents,
    /// Every pronoun with its candidates, for training.
    pub(crate) choices: Option<RefCell<Vec<Choice>>>,
}

/// The states whose name this text uses for a part of another, each with that other.
pub(crate) fn namesakes_in<'k>(
    actors: &'k Actors,
    lexicon: &Lexicon,
    sentences: &[Sentence],
) -> Vec<(String, &'k Entity)> {
    let forms: HashSet<String> = sentences
        .iter()
        .flat_map(|sentence| &sentence.tokens)
        .map(|token| token.form.to_lowercase())
        .collect();
    let pairs = lexicon.namesakes(|word| forms.contains(word)).into_iter();
    // "Georgia's president": no part of a state has one.
    let organ = |name: &str| {
        sentences.iter().flat_map(|sentence| sentence.tokens.windows(3)).any(|three| {
            matches!(three, [state, case, organ] if state.form == name
                && matches!(case.form.as_str(), "'s" | "’s")
                && lexicon.state_organ.has(&organ.form))
        })
    };
    pairs
        .filter(|(own, _)| actors.entity(own).is_none_or(|own| !organ(&own.name)))
        .filter_map(|(own, other)| Some((own, actors.entity(&other)?)))
        .collect()
}

impl<'k> Reader<'k> {
    /// A reader for one document.
    pub(crate) fn new(
        knowledge: &'k Knowledge,
        lexicon: &'k Lexicon,
        document: &Document,
        antecedents: &'k Antecedents,
    ) -> Self {
        Self {
            actors: &knowledge.actors,
            places: &knowledge.places,
            words: &knowledge.words,
            lexicon,
            home: home_of(knowledge, document),
            date: document.date.as_deref().and_then(|date| date.parse().ok()),
            discourse: Discourse::default(),
            known: Known::default(),
            mentions: Vec::new(),
            referents: Vec::new(),
            inner: Vec::new(),
            first: 0,
            quoting: false,
            open_before: false,
            speaker: None,
            turns: Vec::new(),
            lead: None,
            rivals: Vec::new(),
            target: None,
            unspoken: Vec::new(),
            scene: Vec::new(),
            visited: Vec::new(),
            nouns: Vec::new(),
            craft: Vec::new(),
            told_states: BTreeSet::new(),
            venues: Vec::new(),
            hosts: Vec::new(),
            towns: BTreeSet::new(),
            surnames: Vec::new(),
            full_names: HashMap::new(),
            courted: BTreeSet::new(),
            bench: false,
            counted: None,
            peoples: Vec::new(),
            namesakes: Vec::new(),
            fortunes: Vec::new(),
            dateline: None,
            signed: false,
            primary: OnceCell::new(),
            states: Vec::new(),
            focus: None,
            here: Vec::new(),
            beside: Vec::new(),
            antecedents,
            choices: None,
        }
    }

    /// Reads every sentence and returns the mentions in order of sentence and first token, the names inside them, the turns with who speaks
    /// them, and the choices. Trees are mended on the way.
    pub(crate) fn read_all(
        mut self,
        text: &str,
        sentences: &mut [Sentence],
    ) -> (Vec<Mention>, Vec<InnerName>, Vec<Turn>, Vec<Choice>) {
        self.towns = towns_in(self.lexicon, sentences);
        self.full_names = full_names_in(sentences);
        let mut end = 0;
        for (index, sentence) in sentences.iter_mut().enumerate() {
            let gap = text.get(end..sentence.span.start);
            let after_break = index == 0 || gap.is_none_or(|gap| gap.contains('\n'));
            end = sentence.span.end;
            self.read_sentence(text, index, sentence, after_break);
        }
        let mut mentions = self.mentions;
        mentions.sort_by_key(|m| (m.sentence, m.tokens.start, m.tokens.end, m.head));
        let choices = self.choices.map(RefCell::into_inner).unwrap_or_default();
        (mentions, self.inner, self.turns, choices)
    }

    /// The reading of a name that holds here.
    pub(crate) fn read_name(
        &self,
        view: &View<'_>,
        readings: &[Name],
        around: Around<'_>,
    ) -> Option<Reading<'k>> {
        let around = Around { here: &self.here, ..around };
        let reading = choose(self.actors, readings, around, self.date, &self.discourse)?;
        let reading = match reading.kind {
            NameKind::Person(_) if reading.vague => {
                self.named_in_full(view, readings, &reading).unwrap_or(reading)
            }
            _ => reading,
        };
        Some(self.elsewhere(self.homely_party(reading)))
    }

    /// "Georgia", in a text of Atlanta: a part of another state, which stands for it as a capital does.
    fn elsewhere(&self, reading: Reading<'k>) -> Reading<'k> {
        let state = reading.kind == NameKind::Entity && reading.entity.kind == EntityKind::Country;
        let other = self.namesakes.iter().find(|(own, _)| state && *own == reading.entity.code);
        match other {
            Some((_, entity)) => Reading { entity, kind: NameKind::Capital, ..reading },
            None => reading,
        }
    }

    /// A surname that several bear, in a headline: the only one of them whom the text names in full, be it after.
    fn named_in_full(
        &self,
        view: &View<'_>,
        readings: &[Name],
        open: &Reading<'k>,
    ) -> Option<Reading<'k>> {
        let mut named = readings.iter().filter_map(|name| {
            let NameKind::Person(index) = name.kind else { return None };
            let person = self.actors.people.get(index)?;
            let here = self.actors.entities.get(name.entity)?.code == open.entity.code
                && view.text.contains(person.name.as_str());
            here.then_some(name.kind)
        });
        let kind = named.next()?;
        let only = named.all(|other| other == kind);
        only.then(|| Reading { kind, sector: None, vague: false, ..open.clone() })
    }

    /// "The Social Democrats", in a story of Iceland: its own, where the text speaks of no state that has a party of that name on file.
    fn homely_party(&self, reading: Reading<'k>) -> Reading<'k> {
        let NameKind::Body(body) = reading.kind else { return reading };
        let common = self.actors.bodies.get(body).is_some_and(|body| {
            let name = body.name.to_lowercase();
            name.split(' ').any(|word| self.lexicon.is_creed(word))
        });
        let party = reading.sector == Some(Sector::Pty) && common;
        let own = reading.entity.code.as_str();
        if !party
            || reading.entity.kind != EntityKind::Country
            || self.discourse.knows(own)
            || self.here.contains(&own)
            || self.beside.contains(&own)
            || self.dateline.as_deref() == Some(own)
        {
            return reading;
        }
        let home = self.focus.as_deref().or(match self.here.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let Some(home) = home.and_then(|code| self.actors.entity(code)) else { return reading };
        Reading { entity: home, vague: true, ..reading }
    }

    fn read_sentence(
        &mut self,
        text: &str,
        index: usize,
        sentence: &mut Sentence,
        after_break: bool,
    ) {
        let (actors, lexicon) = (self.actors, self.lexicon);
        mend_sentence(actors, lexicon, text, index, sentence, |view, names| {
            let peoples = names.peoples_here(actors, view);
            let mut others = self.abbreviations(view, names);
            others.extend(self.towns(view, names));
            let own = (!others.is_empty()).then(|| names.without(&others));
            let names = own.as_ref().unwrap_or(names);
            if self.peoples.is_empty() {
                self.read_view(view, names, after_break);
            } else {
                self.read_view(view, &names.told(&self.peoples, view), after_break);
            }
            for people in peoples {
                if self.peoples.iter().all(|known| known.noun != people.noun) {
                    self.peoples.push(people);
                }
            }
        });
    }

    /// Tokens that abbreviate a body which the text has named in full, though the files have another of these letters: "the BPC" after
    /// "the Bogota Peace Council".
    fn abbreviations(&self, view: &View<'_>, names: &Names<'k>) -> Vec<usize> {
        let other = |hit: &&Hit<'k>| {
            let form = view.form(hit.tokens.start);
            if hit.tokens.len() != 1 || form.len() < 3 || !is_abbreviation(form) {
                return false;
            }
            let known = self.known.get(form).last().and_then(|&r| self.discourse.referent(r));
            let Some(body) = known.filter(|r| r.category == Some(Category::Organisation)) else {
                return false;
            };
            let [actor] = body.actors.as_slice() else { return false };
            let named = actor.name.as_deref();
            named.and_then(initials).is_some_and(|letters| letters == form)
                && hit.readings.iter().all(|name| {
                    let entity = self.actors.entities.get(name.entity);
                    entity.is_some_and(|entity| {
                        Some(entity.record_code()) != actor.code.as_deref()
                            && !self.discourse.knows(entity.record_code())
                    })
                })
        };
        names.hits.iter().filter(other).map(|hit| hit.tokens.start).collect()
    }

    fn read_view(&mut self, view: &View<'_>, names: &Names<'k>, after_break: bool) {
        let skip = view.sentence.dateline().max(label_of(view, names));
        // A brief that its writer has signed is over.
        if self.signed {
            self.begin_item(view.index);
        }
        self.signed = view.sentence.is_signed();
        let quoted = self.quotation(view, after_break);
        self.first = self.mentions.len();
        self.here = self.states_named(names);
        self.beside = self.states_of_people(names);
        self.set_scene(view, names, skip);
        self.note_craft(view, names);
        self.note_hosts(view, names);

        let mut drafts: Vec<Draft> = Vec::new();
        let mut others: Vec<usize> = Vec::new();
        let titles = in_titles(view, names);
        let titled = |token: usize| titles.get(token).is_some_and(|&inside| inside);
        for head in skip..view.len() {
            if !is_head(view, names, head) {
                continue;
            }
            if titled(head) {
                others.push(head);
                continue;
            }
            let Some(draft) = self.read(view, names, head, 0) else {
                drafts.extend(self.read_modifiers(view, names, head));
                others.push(head);
                continue;
            };
            if !matches!(draft.need, Need::Place | Need::Home) {
                self.learn(view, &draft);
            }
            if draft.category == Category::Thing {
                drafts.extend(self.read_modifiers(view, names, head));
            }
            // "Troops in the country. It": a place is no party that "it" could be.
            if draft.need == Need::Land {
                others.push(head);
            }
            drafts.push(draft);
        }
        self.take_leftovers(view, names, skip, &mut drafts);
        drafts.retain(|draft| !titled(draft.head));
        let consumed: Vec<usize> = drafts.iter().flat_map(|d| d.consumed.iter().copied()).collect();
        drafts.retain(|draft| !consumed.contains(&draft.head));
        drafts.sort_by_key(|draft| (draft.head, draft.tokens.start));
        drafts.dedup_by_key(|draft| draft.head);

        // What is no actor competes for "it" and "they".
        for head in others {
            // A proper noun that is nobody's is a ship or a law: "The Cheonan sank. It".
            let thing = view.upos(head) == Upos::Noun
                || (view.upos(head) == Upos::Propn
                    && names.at(head).is_none()
                    && view.child(head, "det").is_some());
            if thing && !consumed.contains(&head) {
                let referent = self.discourse.add(Referent {
                    actors: Vec::new(),
                    category: None,
                    plural: view.is_plural(head),
                    gender: Gender::Unknown,
                    offices: Vec::new(),
                    noun: view.lemma(head).to_owned(),
                    silent: false,
                    opens: Opening::Later,
                    times: 0,
                });
                self.discourse.note(view, head, referent, 0.8, false);
            }
        }
        let (clear, needy): (Vec<Draft>, Vec<Draft>) = drafts
            .into_iter()
            .partition(|draft| draft.need == Need::Nothing && !is_of_party(draft));
        for mut draft in clear {
            bring_people(&mut draft);
            self.bring_home(view, &mut draft);
            self.enlist(view, &mut draft);
            self.settle_mention(view, draft);
        }
        self.note_lists(view, self.first);
        let mut needy = needy;
        needy.sort_by_cached_key(|draft| order(view, draft));
        for draft in needy {
            let before = self.mentions.len();
            let draft = self.resolve_need(view, names, draft, &quoted);
            if let Some(mut draft) = draft {
                bring_people(&mut draft);
                self.bring_home(view, &mut draft);
                self.enlist(view, &mut draft);
                if draft.kind == MentionKind::Name {
                    self.learn(view, &draft);
                }
                self.settle_mention(view, draft);
                self.note_lists(view, before);
            }
        }
        self.author_things(view);
        self.note_roles(view);
        self.note_chairs(view);
        self.note_fortunes(view, names);
        for index in self.first..self.mentions.len() {
            self.told_states.extend(codes_as_state(&self.mentions[index]).map(str::to_owned));
            let (kind, head) = (self.mentions[index].kind, self.mentions[index].head);
            // "Rebels of the National Front" are named, and "the rebels" all the same.
            let noun = kind == MentionKind::Name && view.upos(head) == Upos::Noun;
            if kind == MentionKind::Nominal || noun {
                self.nouns.push((view.lemma(self.mentions[index].head).to_owned(), index));
            }
        }
        self.name_told_person(view);
        self.name_surnames();
        self.note_counted(view);
        self.note_speaker(view, &quoted);
        self.lead = self.lead_of(view, &quoted);
        self.rivals = self.rivals_of(view, &quoted);
        self.target = self.target_of(view, &quoted);
        self.note_pairs(view);
        self.note_courted(view);
        self.keep_inner(view, names);
    }

    /// "The president thanked Brazil. The defence minister": not Brazil's, of which no more is told.
    fn note_courted(&mut self, view: &View<'_>) {
        let here = self.mentions.get(self.first..).unwrap_or_default();
        let official = |verb: usize| {
            let subject = view.subject_of(verb).and_then(|subject| self.mention_here(subject));
            subject.and_then(|index| self.mentions.get(index)).is_some_and(|mention| {
                mention.kind == MentionKind::Nominal
                    && mention.category == Category::Person
                    && matches!(
                        mention.actors.as_slice(),
                        [Actor { code: None, sector: Some(Sector::Gov), .. }]
                    )
            })
        };
        let mut told: Vec<(String, bool)> = Vec::new();
        for mention in here {
            let object = mention.category == Category::Country
                && matches!(view.position(mention.head), Position::Object | Position::Indirect);
            let courted = object && view.governor(mention.head).is_some_and(official);
            let codes = mention.actors.iter().filter_map(|actor| actor.code.clone());
            told.extend(codes.map(|code| (code, courted)));
        }
        for (code, courted) in told {
            let only = courted
                && !self.states.contains(&code)
                && !self.scene.iter().any(|(c, _)| *c == code);
            if only && self.dateline.as_ref() != Some(&code) {
                self.courted.insert(code);
            } else if !courted {
                self.courted.remove(&code);
            }
        }
    }

    /// The states whose names or adjectives stand in the sentence and can be no other's.
    fn states_named(&self, names: &Names<'k>) -> Vec<&'k str> {
        let mut codes: Vec<&str> = Vec::new();
        for hit in &names.hits {
            let [only] = hit.readings else { continue };
            let whole = matches!(only.kind, NameKind::Entity | NameKind::Adjective);
            let entity = self.actors.entities.get(only.entity);
            let state = entity.filter(|e| whole && e.kind == EntityKind::Country);
            let state = state.map(|state| {
                let named = only.kind == NameKind::Entity;
                let other = self.namesakes.iter().find(|(own, _)| named && *own == state.code);
                other.map_or(state, |(_, other)| other)
            });
            if let Some(entity) = state
                && !codes.contains(&entity.code.as_str())
            {
                codes.push(&entity.code);
            }
        }
        codes
    }

    /// The states of the persons whom the sentence names, where their names are nobody else's.
    fn states_of_people(&self, names: &Names<'k>) -> Vec<&'k str> {
        let known = names.hits.iter().filter_map(|hit| match hit.readings {
            [only] if matches!(only.kind, NameKind::Person(_)) => {
                self.actors.entities.get(only.entity)
            }
            _ => None,
        });
        known.map(|entity| entity.code.as_str()).collect()
    }

    /// Notes the places that the sentence names, and which states the text has spoken of.
    fn set_scene(&mut self, view: &View<'_>, names: &Names<'k>, skip: usize) {
        if skip > 0 {
            let code = match names.at(0) {
                Some(_) => self.place_code(view, names, 0),
                None => self.city_at(view, 0).map(|(code, _)| code),
            };
            // "FOSHAN, China": the state that stands behind the town.
            let state = (1..skip).find_map(|token| {
                let hit = names.at(token).filter(|hit| hit.tokens.end <= skip)?;
                let whole = hit.readings.iter().all(|name| name.kind == NameKind::Entity);
                self.place_code(view, names, token).filter(|_| whole)
            });
            let code = state.or(code).map(str::to_owned);
            // A digest goes on with another item.
            if code.is_some() && self.dateline.is_some() {
                self.begin_item(view.index);
            }
            self.dateline = code.or_else(|| self.dateline.take());
            self.bench = (0..skip)
                .any(|token| self.lexicon.benches(&view.form(token).to_lowercase()).is_some());
        }
        for token in skip..view.len() {
            let local = view.upos(token) == Upos::Propn
                && matches!(
                    view.preposition(token),
                    Some(
                        "in" | "into"
                            | "near"
                            | "outside"
                            | "inside"
                            | "across"
                            | "throughout"
                            | "around"
                    )
                );
            if local && self.is_visited(view, names, token) {
                let code = self.place_code(view, names, token).map(str::to_owned);
                self.visited.extend(code.map(|code| (code, view.index)));
            }
            // "the centre of Minsk"
            let part = view.upos(token) == Upos::Propn
                && view.preposition(token) == Some("of")
                && view
                    .governor(token)
                    .is_some_and(|noun| self.lexicon.locality.has(view.lemma(noun)));
            // "in Ferguson, Missouri": a town that no list has is where its state is.
            let wider = || {
                let children = view.children(token).iter().copied();
                let mut beside = children.filter(|&c| {
                    c > token && (view.relation(c) == "appos" || view.deprel(c) == "nmod:unmarked")
                });
                beside.find_map(|c| self.place_code(view, names, c))
            };
            // "At the Brussels airport", "in a hotel in Kabul".
            let site = self.lexicon.site.has(view.lemma(token))
                && matches!(
                    view.preposition(token),
                    Some("in" | "at" | "into" | "near" | "outside" | "inside")
                );
            let venue = (local || site) && self.is_venue(view, names, token);
            let met = self.place_code(view, names, token).filter(|_| venue).map(str::to_owned);
            if (local || part || site) && !self.is_aside(view, token) && !venue {
                let code = if site {
                    self.land_at(view, names, token)
                } else {
                    self.place_code(view, names, token).or_else(wider)
                };
                self.scene.extend(code.map(|code| (code.to_owned(), view.index)));
            }
            self.venues.extend(met);
        }
        let states = self.discourse.codes(view.index, |code| self.is_state(code));
        self.focus = in_focus(&states).filter(|code| !self.courted.contains(code));
        self.states = states
            .into_iter()
            .filter(|(_, weight)| *weight > NOTED)
            .map(|(code, _)| code.to_owned())
            .collect();
    }

    /// Forgets what the items before have told of: whose "the police" are, this one says.
    fn begin_item(&mut self, sentence: usize) {
        self.discourse.begin(sentence);
        self.scene.clear();
        self.visited.clear();
        self.venues.clear();
        self.hosts.clear();
        self.surnames.clear();
        self.courted.clear();
        self.nouns.clear();
        self.craft.clear();
        self.told_states.clear();
        self.unspoken.clear();
        (self.counted, self.speaker) = (None, None);
    }

    /// Whether a place is told of beside the story: "colleagues in Geneva", "the minister, who was in Washington".
    fn is_aside(&self, view: &View<'_>, token: usize) -> bool {
        let noun = view.governor(token).filter(|_| view.relation(token) == "nmod");
        if noun.is_some_and(|noun| self.lexicon.counterpart.has(view.lemma(noun))) {
            return true;
        }
        let beside = view.relation(token) == "nmod" || view.child(token, "cop").is_some();
        let mut at = Some(token).filter(|_| beside);
        for _ in 0..view.len() {
            match at {
                Some(t) if view.deprel(t) == "acl:relcl" => return true,
                Some(t) => at = view.head(t),
                None => break,
            }
        }
        false
    }

    /// Whether those of other states meet or speak at the place: where they do so is the land of none of them.
    fn is_venue(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> bool {
        if self.is_visited(view, names, token) {
            return true;
        }
        let Some(at) = view.governor(token) else { return false };
        let Some(code) = self.place_code(view, names, token) else { return false };
        if self.is_dealt_at(view, at, code) {
            return true;
        }
        view.upos(at) == Upos::Noun
            && self.lexicon.meeting.has(view.lemma(at))
            && (self.is_beside_story(code) || self.here.iter().any(|state| *state != code))
    }

    /// Whether somebody of another state does there what the clause tells, and uses no force: "Ghana's president was cheered in Paris".
    fn is_visited(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> bool {
        let Some(code) = self.place_code(view, names, token) else { return false };
        let subject = view.clause_of(token).and_then(|verb| view.subject_of(verb));
        let Some(subject) = subject.filter(|&s| !view.is_below(token, s)) else { return false };
        let state = |hit: &Hit<'k>| {
            let entity = self.actors.entities.get(hit.readings.first()?.entity)?;
            (entity.kind == EntityKind::Country).then_some(entity.code.as_str())
        };
        let own: Vec<&str> = names
            .hits
            .iter()
            .filter(|hit| view.is_below(hit.tokens.start, subject))
            .filter_map(state)
            .collect();
        let civil = names.word_at(subject).is_none_or(|(_, word)| {
            matches!(word.sector, Sector::Gov | Sector::Rel | Sector::Leg | Sector::Opp)
        });
        let police = view.lemma(subject) == "police";
        civil && !police && !own.is_empty() && own.iter().all(|own| *own != code)
    }

    /// Notes what the sentence says that a person is of whom nothing was known but the name: "Lee, who is a union leader", "voters elected Lee
    /// to the Supreme Court".
    fn note_roles(&mut self, view: &View<'_>) {
        for index in self.first..self.mentions.len() {
            let mention = &self.mentions[index];
            let open = mention.category == Category::Person
                && matches!(mention.actors.as_slice(), [one] if one.name.is_some() && one.sector.is_none());
            let Some(referent) = self.referents[index].filter(|_| open) else { continue };
            let Some(sector) = self
                .role_told(view, mention.head)
                .or_else(|| self.seat_given(view, mention.head))
                .or_else(|| self.body_led(view, mention.head, referent))
            else {
                continue;
            };
            if let Some(known) = self.discourse.referent_mut(referent)
                && let [actor] = known.actors.as_mut_slice()
            {
                actor.sector = actor.sector.or(Some(sector));
            }
            for other in self.first..self.mentions.len() {
                if self.referents[other] == Some(referent)
                    && let [actor] = self.mentions[other].actors.as_mut_slice()
                {
                    actor.sector = actor.sector.or(Some(sector));
                }
            }
        }
    }

    /// Gives who leads a party, a union or a company by the text, and holds no office by the files, the sector of that body: "Lee, who heads the
    /// Green Party,".
    fn note_chairs(&mut self, view: &View<'_>) {
        for index in self.first..self.mentions.len() {
            let mention = &self.mentions[index];
            let free = mention.category == Category::Person
                && matches!(mention.actors.as_slice(), [one] if one.name.is_some()
                    && matches!(one.sector, None | Some(Sector::Eli | Sector::Opp)));
            let Some(referent) = self.referents[index].filter(|_| free) else { continue };
            let code = mention.actors.first().and_then(|actor| actor.code.clone());
            let Some(body) = self.body_chaired(view, mention.head) else { continue };
            if body.code.is_some() && code.is_some() && body.code != code {
                continue;
            }
            let sector = body.sector;
            if let Some(known) = self.discourse.referent_mut(referent) {
                for actor in &mut known.actors {
                    actor.sector = sector;
                }
            }
            for other in self.first..self.mentions.len() {
                if self.referents[other] == Some(referent)
                    && let [actor] = self.mentions[other].actors.as_mut_slice()
                {
                    actor.sector = sector;
                }
            }
        }
    }

    /// The party, union or company that the relative clause behind the name at the token says that its bearer leads.
    fn body_chaired(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let verb = view.children(token).iter().copied().find(|&c| {
            view.deprel(c) == "acl:relcl"
                && self.lexicon.lead.has(view.lemma(c))
                && view.child(c, "nsubj").is_some_and(|who| view.lemma(who) == "who")
                && view.children(c).iter().all(|&inner| {
                    // "Who once led the party", "who had led it": no more.
                    !matches!(view.lemma(inner), "once" | "have" | "formerly" | "not" | "never")
                })
        })?;
        let body = self.mentions.get(self.mention_here(view.child(verb, "obj")?)?)?;
        let [actor] = body.actors.as_slice() else { return None };
        let private =
            actor.sector.is_some_and(|sector| is_private(sector) || sector == Sector::Pty);
        (private && body.category == Category::Organisation).then(|| actor.clone())
    }

    /// The sector of the body of which who speaks says that it is hers: "Lee said her union would strike".
    fn body_led(&self, view: &View<'_>, token: usize, referent: usize) -> Option<Sector> {
        if !self.speaks(view, token) {
            return None;
        }
        let verb = view.governor(token)?;
        let private = |sector: Option<Sector>| sector.filter(|&sector| is_private(sector));
        (self.first..self.mentions.len()).find_map(|index| {
            let own = &self.mentions[index];
            let hers = own.kind == MentionKind::Pronoun
                && self.referents[index] == Some(referent)
                && view.deprel(own.head) == "nmod:poss";
            let noun = view.head(own.head).filter(|&noun| hers && view.is_below(noun, verb))?;
            let body = self.mentions.get(self.mention_here(noun)?)?;
            let whole =
                body.category == Category::Organisation && view.position(noun) == Position::Subject;
            let [actor] = body.actors.as_slice() else { return None };
            private(actor.sector).filter(|_| whole).or_else(|| {
                // "Her organization": the one of which the sentence before tells.
                let bodies = self.discourse.candidates(view.index, token, 1, |known, trace| {
                    known.category == Some(Category::Organisation)
                        && trace.sentence < view.index
                        && matches!(known.actors.as_slice(), [one] if private(one.sector).is_some())
                });
                let [only] = bodies.as_slice() else { return None };
                let known = self.discourse.referent(only.referent).filter(|_| whole)?;
                private(known.actors.first()?.sector)
            })
        })
    }

    /// The sector of the noun that the subject at the token is said to be.
    fn role_told(&self, view: &View<'_>, token: usize) -> Option<Sector> {
        let verb = view.head(token).filter(|_| view.deprel(token) == "nsubj")?;
        // "Lee, who founded the club and is its lawyer": the subject of the first is the second's.
        let noun = view.conjuncts(verb).into_iter().find(|&noun| {
            view.child(noun, "cop").is_some()
                && (noun == verb
                    || (noun > verb && view.subject_of(noun).is_none_or(|s| s == token)))
        })?;
        let be = view.child(noun, "cop")?;
        let sure = matches!(view.form(be), "is" | "'s" | "’s")
            && view.children(noun).iter().all(|&c| {
                !matches!(view.lemma(c), "not" | "never" | "no" | "n't" | "n’t")
                    && view.relation(c) != "aux"
            });
        let mention = self.mentions.get(self.mention_here(noun).filter(|_| sure)?)?;
        let [actor] = mention.actors.as_slice() else { return None };
        let told = mention.category == Category::Person && mention.kind == MentionKind::Nominal;
        actor
            .sector
            .filter(|sector| told && !matches!(sector, Sector::Cvl | Sector::Unk | Sector::Mil))
    }

    /// The sector of the bench or house to which the sentence says that the person at the token was elected or named.
    fn seat_given(&self, view: &View<'_>, token: usize) -> Option<Sector> {
        let verb = view.head(token)?;
        let given = self.lexicon.elect.has(view.lemma(verb))
            && (view.deprel(token) == "obj" || view.deprel(token) == "nsubj:pass")
            && view.children(verb).iter().all(|&c| {
                view.relation(c) != "aux"
                    || !matches!(
                        view.lemma(c),
                        "would" | "will" | "could" | "may" | "might" | "should"
                    )
            });
        if !given {
            return None;
        }
        let seat = |t: usize| {
            let mention = self.mentions.get(self.mention_here(t)?)?;
            let [actor] = mention.actors.as_slice() else { return None };
            let organ = matches!(actor.sector, Some(Sector::Jud | Sector::Leg | Sector::Igo));
            actor.sector.filter(|_| organ && mention.category == Category::Organisation)
        };
        let to = |t: &usize| {
            *t > verb && matches!(view.preposition(*t), Some("to" | "on" | "onto" | "of" | "in"))
        };
        let below =
            view.children(verb).iter().copied().filter(|t| view.relation(*t) == "obl" && to(t));
        below.clone().find_map(seat).or_else(|| {
            below.flat_map(|term| view.children(term).iter().copied()).filter(to).find_map(seat)
        })
    }

    /// Notes the persons that the sentence counts as two and does not name: "two soldiers".
    fn note_counted(&mut self, view: &View<'_>) {
        let two = self.mentions[self.first..].iter().rev().find(|mention| {
            mention.kind == MentionKind::Nominal
                && mention.category == Category::People
                && view.is_plural(mention.head)
                && !definite(view, mention.head)
                && (view.child(mention.head, "nummod").is_some_and(|n| view.lemma(n) == "two")
                    // "two of its soldiers"
                    || (view.lemma(mention.head) == "two" && view.child(mention.head, "nmod").is_some()))
        });
        if let Some(mention) = two {
            let actors =
                mention.actors.iter().map(|a| Actor { span: None, text: None, ..a.clone() });
            self.counted = Some((view.index, mention.head, actors.collect()));
        }
    }

    /// Notes who speaks in the sentence, and gives the words of an open quotation to whom it names at last.
    fn note_speaker(&mut self, view: &View<'_>, quoted: &[bool]) {
        let first = quoted.iter().position(|quoted| *quoted).unwrap_or(0);
        if let Some(turn) = self.turn_of(view) {
            // Its label names who speaks up to the next one.
            if !self.open_before {
                self.speaker = self.speakers_here(view, first, quoted);
                self.turns[turn].speakers = self.speaker.clone().unwrap_or_default();
            }
            return;
        }
        let here = self.speakers_here(view, first, quoted);
        if let (true, Some(speakers)) = (self.open_before, &here) {
            for index in std::mem::take(&mut self.unspoken) {
                let several = self.mentions[index].category == Category::People;
                let span = self.mentions[index].span;
                let text = span.of(view.text).unwrap_or_default();
                let actors = self.speaking(speakers, several);
                self.mentions[index].actors = actors
                    .into_iter()
                    .map(|actor| Actor { span: Some(span), text: Some(text.to_owned()), ..actor })
                    .collect();
            }
        }
        if !self.quoting {
            self.unspoken.clear();
        }
        let whole = !quoted.is_empty() && quoted.iter().filter(|quoted| !**quoted).count() <= 1;
        if here.is_some() || !(whole || self.open_before) {
            self.speaker = here;
        }
        if self.quoting && self.speaker.is_none() {
            let open = (self.first..self.mentions.len()).filter(|&index| {
                let mention = &self.mentions[index];
                mention.actors.is_empty()
                    && mention.kind == MentionKind::Pronoun
                    && quoted.get(mention.head).copied().unwrap_or(false)
                    && is_speaker(view, mention.head)
            });
            self.unspoken.extend(open.collect::<Vec<_>>());
        }
    }

    /// The subject of the sentence, unless it speaks inside of a quotation.
    fn lead_of(&self, view: &View<'_>, quoted: &[bool]) -> Option<usize> {
        let root = (0..view.len()).find(|&token| view.relation(token) == "root")?;
        let subject = view.subject_of(root)?;
        let told = !quoted.get(subject).copied().unwrap_or(false);
        let mention = self.mention_here(subject).filter(|_| told)?;
        self.referents.get(mention).copied().flatten()
    }

    /// Keeps the names that are no mention by themselves.
    fn keep_inner(&mut self, view: &View<'_>, names: &Names<'k>) {
        let mut inner: Vec<(Range<usize>, Category, Option<String>)> = Vec::new();
        for hit in &names.hits {
            inner.extend(self.nested(view, hit));
            let around = Around { sentence: view.index, ..Around::default() };
            let Some(reading) = self.read_name(view, hit.readings, around) else { continue };
            let category = category_of(&reading);
            // "650,000 Syrians" is the mention of the Syrians.
            let whole = self.mentions[self.first..].iter().any(|m| {
                m.tokens == hit.tokens
                    || (m.category == category
                        && category != Category::Person
                        && m.tokens.end == hit.tokens.end
                        && m.tokens.contains(&hit.tokens.start))
            });
            if !whole {
                inner.push((hit.tokens.clone(), category, Some(reading.entity.code.clone())));
            }
        }
        for token in 0..view.len() {
            let people = view.is_capital(token)
                && names.at(token).is_none()
                && self.lexicon.people.has(view.lemma(token));
            if people {
                inner.push((token..token + 1, Category::Nationality, None));
            }
            // "Syria Relief Fund (SRF)"
            let form = view.form(token);
            if token > 0
                && view.form(token - 1) == "("
                && view.form(token + 1) == ")"
                && is_abbreviation(form)
                && names.at(token).is_none()
                && let Some(known) =
                    self.known.get(form).last().and_then(|&r| self.discourse.referent(r))
                && let Some(category) = known.category
            {
                let code = known.actors.first().and_then(|actor| actor.code.clone());
                inner.push((token..token + 1, category, code));
            }
        }
        for mention in &self.mentions[self.first..] {
            // "Captain Ann Lee": the name inside of the title.
            let name = mention.actors.first().and_then(|actor| actor.name.as_deref());
            let span = mention.span;
            if mention.kind != MentionKind::Name || mention.category != Category::Person {
                continue;
            }
            let Some(name) = name else { continue };
            let starts = mention.tokens.clone().skip(1).find(|&token| {
                let start = view.token(token).map_or(0, |token| token.span.start);
                view.text.get(start..span.end).is_some_and(|rest| rest.starts_with(name))
            });
            if let Some(start) = starts.filter(|&start| names.at(start).is_none()) {
                let end = start + name.split_whitespace().count();
                inner.push((start..end.min(mention.tokens.end), Category::Person, None));
            }
        }
        inner.sort_by_key(|(tokens, category, _)| (tokens.start, tokens.end, *category));
        self.inner.extend(inner.into_iter().map(|(tokens, category, code)| InnerName {
            sentence: view.index,
            span: view.span(&tokens),
            tokens,
            category,
            code,
        }));
    }

    /// States that are named inside of a longer name: "Iraqi" in "Iraqi Security Forces".
    fn nested(
        &self,
        view: &View<'_>,
        hit: &Hit<'k>,
    ) -> Vec<(Range<usize>, Category, Option<String>)> {
        let body = |name: &Name| match name.kind {
            NameKind::Body(_) => true,
            NameKind::Entity | NameKind::Adjective => {
                self.actors.entities.get(name.entity).is_some_and(|e| e.kind != EntityKind::Country)
            }
            _ => false,
        };
        let tokens = &hit.tokens;
        if tokens.len() < 2 || !hit.readings.iter().all(body) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut next = tokens.start;
        for token in tokens.clone().filter(|&token| view.is_capital(token)) {
            let Some(start) = view.token(token).map(|token| token.span.start) else { continue };
            // The name must end before the whole one does, or begin after it.
            let last = if token == tokens.start { tokens.end - 2 } else { tokens.end - 1 };
            let Some(end) = view.token(last).map(|token| token.span.end) else { continue };
            let name = view.text.get(..end).and_then(|text| self.actors.name_at(text, start));
            let Some(name) = name.filter(|_| token >= next) else { continue };
            let around = Around { sentence: view.index, ..Around::default() };
            let Some(reading) = self.read_name(view, name.readings, around) else { continue };
            if reading.entity.kind != EntityKind::Country
                || !matches!(
                    reading.kind,
                    NameKind::Entity | NameKind::Adjective | NameKind::Demonym
                )
            {
                continue;
            }
            next = token + 1;
            while view.token(next).is_some_and(|t| t.span.start < start + name.len) {
                next += 1;
            }
            found.push((token..next, category_of(&reading), Some(reading.entity.code.clone())));
        }
        found
    }

    /// Names that no phrase took, where the tree is not what it should be: modifiers of whatever they hang on.
    fn take_leftovers(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        skip: usize,
        drafts: &mut Vec<Draft>,
    ) {
        for (index, hit) in names.hits.iter().enumerate() {
            let top = top_of(view, &hit.tokens);
            let taken = drafts
                .iter()
                .any(|d| d.tokens.start < hit.tokens.end && hit.tokens.start < d.tokens.end);
            let modifies = matches!(view.relation(top), "amod" | "compound")
                || view.deprel(top) == "nmod:desc";
            if taken || hit.tokens.start < skip || !modifies {
                continue;
            }
            drafts.extend(self.read_modifier(view, names, index));
        }
    }

    /// Lets later mentions find this one by its short forms.
    fn learn(&mut self, view: &View<'_>, draft: &Draft) {
        let body = draft.kind == MentionKind::Name && draft.category == Category::Organisation;
        let known = draft.actors.first().and_then(|actor| actor.name.as_deref());
        let said = view.span(&draft.tokens).of(view.text);
        let short = said.filter(|_| body).and_then(initials);
        let short = short.or_else(|| known.filter(|_| body).and_then(initials));
        if (draft.forms.is_empty() && short.is_none()) || draft.actors.is_empty() {
            return;
        }
        let referent = self.discourse.refer(&draft.actors, draft.category, draft.plural);
        for form in draft.forms.iter().chain(&short) {
            self.known.learn(form, referent);
        }
    }

    /// The referent of a draft. Two statements of one author are two things.
    fn refer(&mut self, view: &View<'_>, draft: &Draft) -> usize {
        if draft.category == Category::Thing {
            self.discourse.add_thing(&draft.actors, view.lemma(draft.head), draft.plural)
        } else {
            self.discourse.refer(&draft.actors, draft.category, draft.plural)
        }
    }

    /// Turns a draft into a mention and notes it.
    pub(crate) fn settle_mention(&mut self, view: &View<'_>, draft: Draft) {
        let span = view.span(&draft.tokens);
        let text = span.of(view.text).unwrap_or_default();
        let mut referent = None;
        if draft.need == Need::Land {
            // It was noted as a thing.
        } else if !draft.actors.is_empty() {
            let index = self.refer(view, &draft);
            if let Some(known) = self.discourse.referent_mut(index) {
                // What a text says of a person's gender stays; a pronoun may tell it first.
                let told = draft.kind != MentionKind::Pronoun || known.gender == Gender::Unknown;
                if draft.gender != Gender::Unknown && told {
                    known.gender = draft.gender;
                }
                // Of whom only the office was said, the given name tells it.
                if known.gender == Gender::Unknown && draft.category == Category::Person {
                    let name = known.actors.first().and_then(|actor| actor.name.as_deref());
                    known.gender = self.lexicon.gender_of_name(name.unwrap_or_default());
                }
                for office in draft.offices {
                    if !known.offices.contains(&office) {
                        known.offices.push(office);
                    }
                }
            }
            let mutual = self.is_mutual_act(view, draft.head);
            self.discourse.note(view, draft.head, index, 1.0, mutual);
            referent = Some(index);
            self.note_bodies(view, draft.head, draft.category, &draft.actors);
            // An armed group fights in a state, which the story is about as much.
            let share = role_weight(view.position(draft.head)) / 2.0;
            for actor in &draft.actors {
                let entity = actor.code.as_deref().and_then(|code| self.actors.entity(code));
                let group = entity.filter(|entity| entity.kind == EntityKind::ArmedGroup);
                if let Some(state) = group.and_then(|group| group.country.clone()) {
                    self.discourse.weigh_code(state, share, view.index);
                }
            }
        } else if draft.kind != MentionKind::Pronoun {
            let unknown = self.discourse.add(Referent {
                actors: Vec::new(),
                category: Some(draft.category),
                plural: draft.plural,
                gender: draft.gender,
                offices: Vec::new(),
                noun: view.lemma(draft.head).to_owned(),
                silent: true,
                opens: Opening::Later,
                times: 0,
            });
            self.discourse.note(view, draft.head, unknown, 0.8, false);
        }
        let known = referent.and_then(|index| self.discourse.referent(index));
        let gender = known.map_or(draft.gender, |known| known.gender);
        let actors = draft
            .actors
            .into_iter()
            .map(|actor| Actor { span: Some(span), text: Some(text.to_owned()), ..actor })
            .collect();
        self.mentions.push(Mention {
            sentence: view.index,
            head: draft.head,
            tokens: draft.tokens,
            span,
            kind: draft.kind,
            category: draft.category,
            gender,
            actors,
        });
        self.referents.push(referent);
    }

    /// Whether the token is whom someone meets, or does anything "with".
    fn is_mutual_act(&self, view: &View<'_>, token: usize) -> bool {
        let meets =
            view.governor(token).is_some_and(|verb| self.lexicon.meet.has(view.lemma(verb)));
        match view.position(token) {
            Position::Oblique("with") => true,
            Position::Object | Position::Oblique("to") => meets,
            _ => false,
        }
    }

    /// A person of an organisation or group brings it to mind: after "Hamas leader Ann Lee", "the group" is Hamas.
    fn note_bodies(&mut self, view: &View<'_>, head: usize, category: Category, actors: &[Actor]) {
        if !matches!(category, Category::Person | Category::People) {
            return;
        }
        for actor in actors {
            let entity = actor.code.as_deref().and_then(|code| self.actors.entity(code));
            let Some(entity) = entity.filter(|entity| entity.kind != EntityKind::Country) else {
                continue;
            };
            let body = Actor {
                code: actor.code.clone(),
                sector: entity.sector,
                name: Some(entity.name.clone()),
                ..Actor::default()
            };
            let referent = self.discourse.refer(&[body], Category::Organisation, false);
            self.discourse.imply(view, head, referent);
        }
    }

    /// The mentions read so far of the item that is being read.
    pub(crate) fn mentions_of_story(&self) -> impl Iterator<Item = &Mention> {
        let begin = self.discourse.begins();
        self.mentions[self.mentions.partition_point(|m| m.sentence < begin)..].iter()
    }

    /// Index of this sentence's mention headed by `head`.
    pub(crate) fn mention_here(&self, head: usize) -> Option<usize> {
        (self.first..self.mentions.len()).find(|&i| self.mentions[i].head == head)
    }

    /// Notes lists of actors ("Blinken and Xi") as referents of their own, for "they"; only lists with a mention from index
    /// `from` on.
    fn note_lists(&mut self, view: &View<'_>, from: usize) {
        let heads: Vec<usize> = self.mentions.iter().skip(from).map(|m| m.head).collect();
        let mut done: Vec<usize> = Vec::new();
        for head in heads {
            let first = view.first_conjunct(head);
            let list = view.conjuncts(first);
            if list.len() < 2 || done.contains(&first) {
                continue;
            }
            done.push(first);
            // "President Lee and 95 others": they are his.
            let others = |&token: &usize| {
                view.lemma(token) == "other" && token != first && view.is_plural(token)
            };
            let rest = list.iter().filter(|&token| others(token)).count();
            let members: Vec<usize> = list
                .iter()
                .filter(|token| !others(token))
                .filter_map(|&h| self.mention_here(h))
                .collect();
            let whole = members.len() + rest == list.len()
                && !members.is_empty()
                && members.iter().all(|&m| !self.mentions[m].actors.is_empty());
            if !whole {
                continue;
            }
            let actors: Vec<Actor> =
                members.iter().flat_map(|&m| self.mentions[m].actors.iter().cloned()).collect();
            let category = self.mentions[members[0]].category;
            let referent = if members.len() > 1 {
                self.discourse.refer(&actors, category, true)
            } else {
                // Of one who is named alone later this is another.
                let sides =
                    actors.iter().map(|actor| Actor { name: None, role: None, ..actor.clone() });
                self.discourse.refer(&sides.collect::<Vec<_>>(), Category::People, true)
            };
            self.discourse.note(view, first, referent, 1.0, false);
        }
    }

    /// Notes which parties the sentence sets beside each other, for "both sides" and "the two countries".
    fn note_pairs(&mut self, view: &View<'_>) {
        let mut parties: Vec<(&str, f32, Option<usize>, usize)> = Vec::new();
        for mention in &self.mentions[self.first..] {
            if mention.category == Category::Thing || mention.is_land() {
                continue;
            }
            let weight = role_weight(view.position(mention.head));
            for actor in &mention.actors {
                let Some(code) = actor.code.as_deref() else { continue };
                if let Some(known) = parties.iter_mut().find(|known| known.0 == code) {
                    known.1 = known.1.max(weight);
                } else if parties.len() < 8 {
                    let says = self.speaks(view, mention.head);
                    let verb = view.governor(mention.head).filter(|_| says);
                    parties.push((code, weight, verb, mention.head));
                }
            }
        }
        let mut pairs: Vec<(String, String, f32)> = Vec::new();
        for (at, a) in parties.iter().enumerate() {
            for b in parties.iter().skip(at + 1) {
                // "Rice said Russian troops must leave Georgia": who speaks of two deals with neither.
                let told = |verb: Option<usize>, other: usize| {
                    verb.is_some_and(|verb| {
                        view.is_below(other, verb) && view.governor(other) != Some(verb)
                    })
                };
                let apart = told(a.2, b.3) || told(b.2, a.3);
                let share = if apart { SPEAKER } else { 1.0 };
                pairs.push((a.0.to_owned(), b.0.to_owned(), share * a.1.min(b.1)));
            }
        }
        for (a, b, weight) in pairs {
            self.discourse.note_pair(&a, &b, weight, view.index);
        }
    }

    /// The turn of a transcript in which the sentence is spoken.
    pub(crate) fn turn_of(&self, view: &View<'_>) -> Option<usize> {
        let last = view.sentence.span.end.saturating_sub(1);
        Turn::at(&self.turns, last)
    }

    /// For each token whether it stands in quotation marks or is spoken in a transcript; a quotation may run on over sentences of a paragraph.
    fn quotation(&mut self, view: &View<'_>, after_break: bool) -> Vec<bool> {
        if after_break {
            self.quoting = false;
            self.unspoken.clear();
        }
        self.open_before = self.quoting;
        if let Some(turn) = self.turn_of(view).and_then(|turn| self.turns.get(turn)) {
            let from = turn.label.end;
            self.open_before = view.sentence.span.start > from;
            return view.sentence.tokens.iter().map(|t| t.span.start > from).collect();
        }
        (0..view.len())
            .map(|token| {
                match view.form(token) {
                    "“" | "„" | "«" | "``" => self.quoting = true,
                    "”" | "»" | "''" => self.quoting = false,
                    "\"" => self.quoting = !self.quoting,
                    _ => {}
                }
                self.quoting
            })
            .collect()
    }
}

/// Gives a draft the people that its words name where no state was found for it.
fn bring_people(draft: &mut Draft) {
    if let (Some(people), [actor]) = (&draft.people, draft.actors.as_mut_slice())
        && actor.code.is_none()
    {
        actor.code = Some(people.clone());
    }
}

/// Whether "the" or an owner stands before the noun.
fn definite(view: &View<'_>, head: usize) -> bool {
    view.children(head)
        .iter()
        .any(|&c| c < head && (view.deprel(c) == "nmod:poss" || view.lemma(c) == "the"))
}

/// The one of these states, heaviest first, that a text is about; `None` where none stands out.
pub(crate) fn in_focus(states: &[(&str, f32)]) -> Option<String> {
    match states {
        [best, next, ..] if best.1 <= FOCUS * next.1 => None,
        [best, ..] if best.1 > NOTED => Some(best.0.to_owned()),
        _ => None,
    }
}

/// The sort of what a reading of a name names.
fn category_of(reading: &Reading<'_>) -> Category {
    let country = reading.entity.kind == EntityKind::Country;
    let nation = country || reading.entity.kind == EntityKind::People;
    match reading.kind {
        NameKind::Person(_) => Category::Person,
        NameKind::Adjective | NameKind::Demonym if nation => Category::Nationality,
        NameKind::Entity | NameKind::Capital | NameKind::Seat if country => Category::Country,
        _ => Category::Organisation,
    }
}

/// In which order what needs the document is resolved: left to right, but who speaks after what may name him, and what belongs
/// to someone after that one.
fn order(view: &View<'_>, draft: &Draft) -> (usize, usize, usize) {
    // Who speaks, and who hears it, may be told by a pronoun outside of the quotation: "I urge you", she told them.
    let stage = |token: usize| usize::from(is_speaker(view, token) || is_hearer(view, token));
    match draft.need {
        Need::Owner(owner) | Need::Other(owner) => (stage(owner), draft.head.max(owner), 1),
        Need::Pronoun => (stage(draft.head), draft.head, 0),
        Need::State => {
            let this = draft.head.checked_sub(1).is_some_and(|t| view.lemma(t) == "this");
            (usize::from(this), draft.head, 0)
        }
        _ => (0, draft.head, 0),
    }
}

/// Whether the token heads a phrase of its own, rather than being a part of another's.
fn is_head(view: &View<'_>, names: &Names<'_>, token: usize) -> bool {
    let hit = names.at(token);
    if let Some(hit) = hit
        && top_of(view, &hit.tokens) != token
    {
        return false;
    }
    let part = is_some(view, token);
    if part || is_mutual(view, token) || is_ordinal(view, token) || is_aged(view, token) {
        return true;
    }
    let both = matches!(view.lemma(token), "both" | "neither")
        && matches!(view.relation(token), "nsubj" | "obj" | "obl" | "nmod" | "iobj");
    if !(view.is_nominal(token) || hit.is_some() || both) {
        return false;
    }
    let free = |token: usize| {
        !matches!(
            view.relation(token),
            "compound"
                | "flat"
                | "goeswith"
                | "fixed"
                | "amod"
                | "nummod"
                | "det"
                | "case"
                | "cc"
                | "mark"
                | "punct"
                | "aux"
                | "cop"
                | "discourse"
                | "expl"
                | "advmod"
        ) && view.deprel(token) != "nmod:desc"
    };
    free(token) && free(view.first_conjunct(token))
}

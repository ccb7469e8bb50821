//! Noun phrases → drafts of mentions.
//!
//! In goes the head of a noun phrase, out comes a draft of the mention, or `None` where the phrase is no actor. "Turkish troops" is `TUR
//! MIL`, "the president" is `GOV` and needs a holder, "the talks" is nobody.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, NameKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::actors::{Around, Reading, actor_of};
use crate::draft::{Draft, Need};
use crate::names::{Bond, Names};
use crate::origins::{Origins, is_local_word, sector_under};
use crate::people::name_run;
use crate::phrases::{Determiner, Part, Phrase, phrase};
use crate::position::{Stature, Use, place_use};
use crate::pronouns::read_pronoun;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::{Position, View};

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
        if view.upos(head) == Upos::Pron || is_mutual(view, head) {
            return read_pronoun(view, head);
        }
        let phrase = phrase(view, names, &self.lexicon, head);
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
                    Some(reading) if matches!(reading.kind, NameKind::Person(_)) => {
                        self.read_person(view, names, &phrase, Some(&reading), depth)
                    }
                    Some(reading) => self.read_entity(view, names, &phrase, &reading),
                    None => self.read_person(view, names, &phrase, None, depth),
                }
            }
            Part::Proper => self.read_unknown(view, names, &phrase, depth),
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
    ) -> Option<Draft> {
        let head = phrase.head;
        let actor = actor_of(self.actors, reading, self.date);
        let hit = names.at(head)?;
        let tokens = hit.tokens.clone();
        let country = reading.entity.kind == EntityKind::Country;
        let make = |kind, category, actor: Actor| {
            let mut draft = Draft::new(head, tokens.clone(), kind, category);
            draft.actors = vec![actor];
            Some(draft)
        };
        match reading.kind {
            NameKind::Adjective | NameKind::Demonym => {
                // "in Chinese", "is Chinese": a language, a quality.
                let noun = view.upos(head) != Upos::Adj
                    || phrase.determiner != Determiner::None
                    || view.is_plural(head);
                let acts = !matches!(
                    view.position(head),
                    Position::Oblique("in" | "into") | Position::Nominal("in") | Position::Modifier
                ) && view.child(head, "cop").is_none();
                if !noun || !acts {
                    return None;
                }
                let category = if country { Category::Nationality } else { Category::Organisation };
                let mut draft = make(MentionKind::Name, category, actor)?;
                draft.plural = view.xpos(head) != "NN" && view.xpos(head) != "NNP";
                draft.tokens = phrase.core.start..tokens.end;
                Some(draft)
            }
            NameKind::Entity | NameKind::Capital | NameKind::Seat if country => {
                let stature = match reading.kind {
                    NameKind::Capital => Stature::Capital,
                    _ => Stature::State,
                };
                let seat = reading.kind == NameKind::Seat;
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
            NameKind::Entity | NameKind::Capital | NameKind::Seat | NameKind::Body(_) => {
                let mut draft = make(MentionKind::Name, Category::Organisation, actor)?;
                take_abbreviation(view, names, phrase, &mut draft);
                Some(draft)
            }
            NameKind::Person(_) => None,
        }
    }

    /// How a place name is used, the words that govern it considered.
    pub(crate) fn use_of(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        stature: Stature,
    ) -> Use {
        let governor = view.governor(head);
        let locality = governor.is_some_and(|governor| {
            self.lexicon.locality.has(view.lemma(governor))
                || (view.relation(head) == "appos"
                    && self.place_code(view, names, governor).is_some())
        });
        // "Ramtha, Jordan" may hang as an unmarked modifier.
        if view.deprel(head) == "nmod:unmarked"
            && governor.is_some_and(|governor| self.place_code(view, names, governor).is_some())
        {
            return Use::Place;
        }
        place_use(view, head, stature, locality)
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
            let code = code.to_owned();
            return match self.use_of(view, names, head, Stature::City) {
                Use::Place => None,
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

    /// The phrase ends in an entry of `sectors.toml`.
    fn read_word(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        word: &'k SectorWord,
        depth: usize,
    ) -> Draft {
        if let Some(named) = self.read_apposed(view, names, phrase, depth) {
            return named;
        }
        if let Some(pair) = self.read_pair(view, phrase, Some(word)) {
            return pair;
        }
        let body = word.kind == SectorWordKind::Body;
        let capital =
            (phrase.core.start..phrase.core.end).filter(|&t| view.is_capital(t) && t > 0).count();
        if body && capital > 0 && phrase.parts.iter().any(|e| matches!(e.part, Part::Proper)) {
            return self.read_named_body(view, names, phrase, Some(word), depth);
        }
        let origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
        let plural =
            view.is_plural(phrase.head) || matches!(view.lemma(phrase.head), "police" | "people");
        let category = match word.kind {
            SectorWordKind::Body => Category::Organisation,
            _ if plural => Category::People,
            _ => Category::Person,
        };
        let tokens = origins.start..origins.end.max(phrase.core.end);
        let mut draft = Draft::new(phrase.head, tokens, MentionKind::Nominal, category);
        draft.plural = plural;
        draft.gender = self.gender_of(view, phrase);
        let office = office(word);
        let sector = word_sector(phrase, word);
        give(&mut draft, &origins, word, sector);
        let named = phrase.parts.iter().any(|e| matches!(e.part, Part::Proper));
        if origins.list.is_empty() {
            draft.need = match origins.owner {
                Some(pronoun) => Need::Owner(pronoun),
                None if phrase.is_definite() => Need::Holder,
                None if is_local_word(word) && !named => Need::Place,
                None => Need::Nothing,
            };
        } else if !plural && phrase.is_definite() {
            // "the Chinese president": the document may have said which person.
            draft.need = if category == Category::Person { Need::Holder } else { Need::Nothing };
        }
        if word.kind == SectorWordKind::Office || body {
            draft.offices.push(office);
        }
        draft.consumed = origins.consumed;
        take_abbreviation(view, names, phrase, &mut draft);
        draft
    }

    /// A name that ends or begins in a word for a body: "Ministry of Defence", "Free Valley Front".
    fn read_named_body(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        word: Option<&'k SectorWord>,
        depth: usize,
    ) -> Draft {
        let head = phrase.head;
        let origins = self.origins(view, names, phrase, phrase.parts.len(), depth);
        let mut end = phrase.core.end.max(origins.end);
        // "Ministry of Foreign Affairs": the name goes on in capitals.
        for &child in view.children(head).iter().filter(|&&c| c >= phrase.core.end) {
            if view.relation(child) == "nmod"
                && view.upos(child) == Upos::Propn
                && matches!(view.preposition(child), Some("of" | "for" | "on"))
                && view.edges(child).0 == end
            {
                end = child + 1;
            }
        }
        let tokens = origins.start..end;
        let mut draft = Draft::new(head, tokens.clone(), MentionKind::Name, Category::Organisation);
        let named = phrase.core.start..end;
        let name = view.span(&named).of(view.text).unwrap_or_default().to_owned();
        let sector = word.map(|word| word.sector).or_else(|| {
            let last = phrase.parts.last()?;
            names.word_at(last.tokens.start).map(|(_, word)| word.sector)
        });
        // The same name said before stands for the same body.
        if let Some(referent) =
            self.known.get(&name).last().and_then(|&r| self.discourse.referent(r))
        {
            draft.actors.clone_from(&referent.actors);
        } else {
            let code = origins.list.first().and_then(|origin| origin.actor.code.clone());
            draft.actors =
                vec![Actor { code, sector, name: Some(name.clone()), ..Actor::default() }];
        }
        draft.forms.push(name);
        draft.consumed = origins.consumed;
        draft.offices.extend(word.map(|word| word.lemmas.join(" ")));
        take_abbreviation(view, names, phrase, &mut draft);
        draft
    }

    /// Head nouns that the sector list leaves out.
    fn read_common(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let head = phrase.head;
        let lemma = view.lemma(head);
        if let Some(named) = self.read_apposed(view, names, phrase, depth) {
            return Some(named);
        }
        if let Some(pair) = self.read_pair(view, phrase, None) {
            return Some(pair);
        }
        if self.lexicon.thing.has(lemma) {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Thing);
            draft.plural = view.is_plural(head);
            draft.need = Need::Author;
            return Some(draft);
        }
        if self.lexicon.share.has(lemma)
            && let Some(draft) = self.read_share(view, names, phrase, depth)
        {
            return Some(draft);
        }
        let states = self.lexicon.state.has(lemma) && view.is_plural(head);
        let party = self.lexicon.party.has(lemma) || states;
        let person = self.lexicon.person.has(lemma);
        let body = self.lexicon.body.has(lemma);
        let plural = view.is_plural(head);
        let named = phrase.parts.iter().any(|e| matches!(e.part, Part::Proper));
        if body && named && !plural {
            return Some(self.read_named_body(view, names, phrase, None, depth));
        }
        if party || person || body {
            let origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
            let tokens = origins.start..origins.end.max(phrase.core.end);
            let category = match (person, plural) {
                (true, false) => Category::Person,
                (true, true) => Category::People,
                _ => Category::Organisation,
            };
            let mut draft = Draft::new(head, tokens, MentionKind::Nominal, category);
            draft.plural = plural;
            draft.consumed.clone_from(&origins.consumed);
            draft.actors = origins
                .list
                .iter()
                .map(|origin| {
                    let country = !matches!(
                        origin.kind,
                        Some(EntityKind::Organisation | EntityKind::ArmedGroup)
                    );
                    // "the Chinese side" is the government; "a Chinese group" may be anybody.
                    let sector = if party && country && !origin.part {
                        Some(Sector::Gov)
                    } else {
                        origin.actor.sector.filter(|_| origin.part || !country)
                    };
                    Actor {
                        code: origin.actor.code.clone(),
                        sector,
                        via: origin.actor.via.clone(),
                        ..Actor::default()
                    }
                })
                .collect();
            if draft.actors.is_empty() {
                draft.need = match origins.owner {
                    Some(pronoun) => Need::Owner(pronoun),
                    None if body && phrase.is_definite() && !plural => Need::Body,
                    None => return None,
                };
            }
            return Some(draft);
        }
        if self.lexicon.state.has(lemma) && phrase.is_definite() && !plural {
            let acts = place_use(view, head, Stature::State, false) == Use::Actor;
            let free = phrase.possessor.is_none() && phrase.core.len() == 1;
            if acts && free {
                let mut draft =
                    Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Country);
                draft.need = Need::State;
                return Some(draft);
            }
        }
        None
    }

    /// "dozens of protesters", "members of the Taliban": the share stands for what it is of.
    fn read_share(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        if depth >= 3 {
            return None;
        }
        let whole = view.children(phrase.head).iter().copied().find(|&c| {
            c >= phrase.core.end && view.relation(c) == "nmod" && view.preposition(c) == Some("of")
        })?;
        let inner = self.read(view, names, whole, depth + 1)?;
        if matches!(inner.category, Category::Thing) || inner.kind == MentionKind::Pronoun {
            return None;
        }
        let mut draft = Draft::new(
            phrase.head,
            phrase.core.start..inner.tokens.end,
            MentionKind::Nominal,
            Category::People,
        );
        draft.plural = true;
        draft.actors =
            inner.actors.iter().map(|a| Actor { name: None, role: None, ..a.clone() }).collect();
        draft.consumed = inner.consumed;
        draft.consumed.push(whole);
        draft.need =
            if matches!(inner.need, Need::Place | Need::Holder) { Need::Place } else { inner.need };
        Some(draft)
    }

    /// Adjectives and names before a head that is no actor: "the U.S. visit", "the Russian attack".
    pub(crate) fn read_modifiers(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Vec<Draft> {
        let phrase = phrase(view, names, &self.lexicon, head);
        let mut drafts = Vec::new();
        for element in &phrase.parts {
            let Part::Hit(index) = element.part else { continue };
            if element.tokens.contains(&head) {
                continue;
            }
            if let Some(draft) = self.read_modifier(view, names, index) {
                drafts.push(draft);
            }
        }
        drafts
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

/// Whether a title or form of address stands in the phrase.
pub(crate) fn is_titled(phrase: &Phrase<'_>) -> bool {
    phrase.parts.iter().any(|element| match element.part {
        Part::Honorific => true,
        Part::Word(word) => word.kind != SectorWordKind::Body,
        _ => false,
    })
}

/// Gives the draft one actor for each origin, or one without a code.
pub(crate) fn give(
    draft: &mut Draft,
    origins: &Origins,
    word: &SectorWord,
    sector: Option<Sector>,
) {
    let word = SectorWord { sector: sector.unwrap_or(word.sector), ..word.clone() };
    for origin in &origins.list {
        // A coalition that a state leads is no party of that state.
        let sector = if origin.leads && word.sector == Sector::Pty {
            None
        } else {
            sector_under(Some(&word), draft.plural, Some(origin))
        };
        draft.actors.push(Actor {
            code: origin.actor.code.clone(),
            sector,
            via: origin.actor.via.clone(),
            ..Actor::default()
        });
    }
    if draft.actors.is_empty() {
        draft.actors.push(Actor { sector: Some(word.sector), ..Actor::default() });
    }
}

/// The sector that a title gives, with the body before it heeded: "army spokesman" is `MIL`, "company official" `BUS`.
pub(crate) fn word_sector(phrase: &Phrase<'_>, word: &SectorWord) -> Option<Sector> {
    let at = phrase
        .parts
        .iter()
        .position(|element| matches!(element.part, Part::Word(w) if std::ptr::eq(w, word)))?;
    let former = phrase.parts.iter().any(|element| matches!(element.part, Part::Former));
    if former && word.kind != SectorWordKind::Body {
        return Some(Sector::Eli);
    }
    let before = at.checked_sub(1).and_then(|i| phrase.parts.get(i));
    match before.map(|element| element.part) {
        Some(Part::Word(body))
            if word.sector == Sector::Gov && word.kind != SectorWordKind::Body =>
        {
            Some(body.sector)
        }
        _ => Some(word.sector),
    }
}

/// The office in lower case, "former" left out.
pub(crate) fn office(word: &SectorWord) -> String {
    let title = word.lemmas.join(" ");
    title.strip_prefix("former ").map_or(title.clone(), str::to_owned)
}

/// "Tamil National Alliance (TNA)": the abbreviation is the same actor.
fn take_abbreviation(view: &View<'_>, names: &Names<'_>, phrase: &Phrase<'_>, draft: &mut Draft) {
    let Some(short) = view.child(phrase.head, "appos") else { return };
    let bracket = short.checked_sub(1).is_some_and(|before| view.form(before) == "(");
    let form = view.form(short);
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    if bracket && capitals >= 2 && view.form(short + 1) == ")" {
        draft.consumed.push(short);
        if names.at(short).is_none() {
            draft.forms.push(form.to_owned());
        }
    }
}

/// "each other", "one another".
pub(crate) fn is_mutual(view: &View<'_>, token: usize) -> bool {
    let (a, b) = match view.lemma(token) {
        "each" | "one" => (view.lemma(token), view.lemma(token + 1)),
        "other" | "another" => {
            let Some(before) = token.checked_sub(1) else { return false };
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

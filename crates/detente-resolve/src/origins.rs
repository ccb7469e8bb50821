//! Whose the bearer of a common noun is.
//!
//! In goes a noun phrase whose head names nobody, out come the states and bodies that its words give: "the foreign ministers of France and
//! Germany" gives two, "U.S. and Chinese officials" two, "the Iran-backed group" none.

use std::ops::Range;

use detente_core::{Actor, Sector};
use detente_knowledge::{
    Actors, EntityKind, NameKind, PlaceEntry, PlaceKind, SectorWord, SectorWordKind,
};
use detente_parse::Upos;

use crate::actors::{Around, Reading, actor_of};
use crate::draft::Need;
use crate::lexicon::Lexicon;
use crate::names::{Bond, Names};
use crate::phrases::{Element, Part, Phrase, is_inner_punctuation};
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::{Position, View};

/// One state or body that the words around a noun give.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Code, sector and, of a body, its name.
    pub(crate) actor: Actor,
    /// What kind of file the code comes from; `None` for a place.
    pub(crate) kind: Option<EntityKind>,
    /// The words name a body of the state, or one of its people.
    pub(crate) part: bool,
    /// It leads what the noun names: "U.S.-led".
    pub(crate) leads: bool,
}

/// People of a city that many know.
const KNOWN_CITY: u64 = 100_000;
/// People of a city that is meant wherever the story plays.
const SMALL_CITY: u64 = 300_000;

/// All that the words around a noun give.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// In the order of the text, no code twice.
    pub(crate) list: Vec<Origin>,
    /// Heads of phrases that were read for it.
    pub(crate) consumed: Vec<usize>,
    /// One past the last token that was read after the core.
    pub(crate) end: usize,
    /// First token that was read before the core.
    pub(crate) start: usize,
    /// The possessor or complement is this pronoun, or this noun that needs the document.
    pub(crate) owner: Option<usize>,
}

impl Origins {
    fn push(&mut self, origin: Origin) {
        let known = self.list.iter_mut().find(|known| known.actor.code == origin.actor.code);
        match known {
            // "Chinese foreign ministry": the body says more than the adjective.
            Some(known) if origin.part && !known.part => *known = origin,
            Some(_) => {}
            None => self.list.push(origin),
        }
    }
}

impl<'k> Reader<'k> {
    /// Reads whose the phrase's head is, from modifiers, possessor and complement; `upto` is the
    /// number of parts to read, `depth` how many phrases this one lies inside of.
    pub(crate) fn origins(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        upto: usize,
        depth: usize,
    ) -> Origins {
        let mut origins =
            Origins { end: phrase.core.end, start: phrase.core.start, ..Origins::default() };
        self.add_modifiers(view, names, phrase.parts.get(..upto).unwrap_or_default(), &mut origins);
        if let Some(possessor) = phrase.possessor {
            if view.upos(possessor) == Upos::Pron {
                origins.owner = Some(possessor);
            } else if origins.list.is_empty() && depth < 3 {
                self.add_phrase(view, names, possessor, depth, &mut origins, true);
            }
        }
        if origins.list.is_empty() && origins.owner.is_none() && depth < 3 {
            self.add_complement(view, names, phrase, depth, &mut origins);
        } else if phrase.possessor.is_none() && depth < 3 {
            // "Russian fighters of the Wagner group" are the group's, wherever they are from.
            let mut of = Origins { end: origins.end, start: origins.start, ..Origins::default() };
            self.add_complement(view, names, phrase, depth, &mut of);
            if matches!(of.list.as_slice(), [only] if only.kind == Some(EntityKind::ArmedGroup)) {
                origins = of;
            }
        }
        if origins.list.is_empty() && origins.owner.is_none() && depth < 3 {
            self.add_shared_complement(view, names, phrase, depth, &mut origins);
        }
        origins
    }

    fn add_modifiers(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        parts: &[Element<'k>],
        origins: &mut Origins,
    ) {
        let mut last: Option<(Range<usize>, bool)> = None;
        for element in parts {
            let origin = match element.part {
                Part::Hit(index) => names.hits.get(index).and_then(|hit| {
                    if hit.bond == Bond::Loose {
                        return None;
                    }
                    let reading = self.read_name(
                        view,
                        hit.readings,
                        Around { sentence: view.index, ..Around::default() },
                    )?;
                    Some(self.origin_of(&reading, hit.bond == Bond::Leads))
                }),
                Part::Proper => self
                    .city_at(view, element.tokens.start)
                    .filter(|_| self.is_known_city(view, element.tokens.start))
                    .filter(|_| !names.is_other(element.tokens.start))
                    .map(|(code, _)| origin_of_place(code)),
                _ => None,
            };
            let Some(origin) = origin else { continue };
            // "U.S. and Chinese officials" are of two states; of two names that nothing joins, one is the state: the second of
            // adjectives ("Turkish Cypriot leader"), else the first ("U.S. Syria envoy").
            if let Some((tokens, adjective)) = &last
                && !joined(view, tokens.end..element.tokens.start)
            {
                let both = *adjective && is_adjective(view, &element.tokens);
                let same = origins.list.last().is_some_and(|o| o.actor.code == origin.actor.code);
                if both && !same {
                    origins.list.pop();
                } else if !same {
                    continue;
                }
            }
            origins.push(origin);
            last = Some((element.tokens.clone(), is_adjective(view, &element.tokens)));
        }
    }

    /// What the phrase headed by `head` gives, and the rest of its list.
    fn add_phrase(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        depth: usize,
        origins: &mut Origins,
        before: bool,
    ) {
        for member in view.conjuncts(head) {
            if member != head && !view.is_below(member, head) {
                continue;
            }
            if let Some((code, len)) = self.city_phrase(view, names, member) {
                origins.push(origin_of_place(code));
                origins.consumed.push(member);
                origins.end = origins.end.max(if before { 0 } else { member + len });
                continue;
            }
            let Some(draft) = self.read(view, names, member, depth + 1) else { continue };
            if draft.need != Need::Nothing || draft.category == Category::Thing {
                // "the country's army", "a spokesman for the ministry": the document tells whose.
                if draft.category != Category::Thing
                    && draft.need != Need::Place
                    && draft.actors.iter().all(|a| a.code.is_none())
                {
                    origins.owner = origins.owner.or(Some(member));
                }
                if draft.actors.iter().all(|a| a.code.is_none()) || draft.need == Need::Nothing {
                    continue;
                }
            }
            for actor in &draft.actors {
                let Some(code) = &actor.code else { continue };
                let kind = self.actors.entity(code).map(|entity| entity.kind);
                let state = actor.name.is_none() && draft.category == Category::Country;
                origins.push(Origin {
                    actor: actor.clone(),
                    kind,
                    part: !state && draft.category != Category::Nationality,
                    leads: false,
                });
            }
            if draft.actors.is_empty() {
                continue;
            }
            // A named person keeps a mention of their own: "Putin's spokesman".
            if draft.category != Category::Person || draft.actors.iter().all(|a| a.name.is_none()) {
                origins.consumed.push(member);
                origins.consumed.extend(draft.consumed);
            }
            if before {
                origins.start = origins.start.min(draft.tokens.start);
            } else {
                origins.end = origins.end.max(draft.tokens.end);
            }
        }
    }

    fn add_complement(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
        origins: &mut Origins,
    ) {
        for &child in view.children(phrase.head).iter().filter(|&&c| c >= phrase.core.end) {
            // "forces loyal to the general"
            if view.lemma(child) == "loyal"
                && let Some(lord) = view.child(child, "obl")
            {
                self.add_phrase(view, names, lord, depth, origins, false);
                origins.consumed.clear();
                origins.end = phrase.core.end;
            }
            if view.relation(child) != "nmod" {
                continue;
            }
            // "withdraw troops from Iraq" does not say whose troops.
            let moved = matches!(view.position(phrase.head), Position::Object)
                && view.preposition(child) == Some("from")
                && view
                    .governor(phrase.head)
                    .is_some_and(|verb| self.lexicon.fetch.has(view.lemma(verb)));
            if moved {
                continue;
            }
            match view.preposition(child) {
                // "A spokesman with the ministry", and no "deal with the ministry".
                Some("with") if !self.is_employed(phrase) => {}
                // "An aide to Ann Lee"
                Some("to") if !self.serves(view.lemma(phrase.head)) => {}
                Some("of" | "for" | "from" | "with" | "to") => {
                    self.add_phrase(view, names, child, depth, origins, false);
                    if origins.list.is_empty() && origins.owner.is_none() && is_hired(phrase) {
                        self.add_employer(view, names, child, origins);
                    }
                }
                Some("in" | "at" | "near" | "outside" | "across" | "throughout")
                    if is_local(phrase) && !self.is_guest(view, phrase.head) =>
                {
                    for member in view.conjuncts(child) {
                        // "Workers at a plant in Foshan"
                        if let Some(code) = self.land_at(view, names, member) {
                            let mut origin = origin_of_place(code);
                            origin.actor.via = Some("place".to_owned());
                            origins.push(origin);
                        }
                    }
                    // "In both countries": which they are, the document tells.
                    if origins.list.is_empty()
                        && view.is_plural(child)
                        && self
                            .read(view, names, child, depth + 1)
                            .is_some_and(|draft| draft.need == Need::Pair)
                    {
                        origins.owner = origins.owner.or(Some(child));
                    }
                }
                _ => {}
            }
            if !origins.list.is_empty() {
                break;
            }
        }
    }

    /// "Talks with separatists in Malaysia": with whom one deals is not of the place where that is.
    fn is_guest(&self, view: &View<'_>, head: usize) -> bool {
        matches!(view.position(head), Position::Oblique("with") | Position::Nominal("with"))
            && view.clause_of(head).is_some_and(|verb| self.lexicon.deal.has(view.lemma(verb)))
    }

    /// Whether who is called so speaks or works for one person, and is what that person is: "aide".
    pub(crate) fn serves(&self, noun: &str) -> bool {
        noun != "secretary" && self.lexicon.servant.has(noun)
    }

    /// Whether who is called so works for somebody with whom they may be: "official", "pastor".
    fn is_employed(&self, phrase: &Phrase<'_>) -> bool {
        phrase.parts.last().is_some_and(|element| {
            matches!(element.part, Part::Word(word)
                if word.lemmas.last().is_some_and(|last| self.lexicon.employed.has(last)))
        })
    }

    /// "Employees of a Japanese builder": of the state that the adjective of their firm names, whatever the firm is.
    fn add_employer(&self, view: &View<'_>, names: &Names<'k>, firm: usize, origins: &mut Origins) {
        for draft in self.read_modifiers(view, names, firm) {
            let [actor] = draft.actors.as_slice() else { continue };
            let kind = actor.code.as_deref().and_then(|code| self.actors.entity(code));
            if draft.category == Category::Nationality {
                let kind = kind.map(|entity| entity.kind);
                let actor = Actor { code: actor.code.clone(), ..Actor::default() };
                origins.push(Origin { actor, kind, part: false, leads: false });
            }
        }
    }

    /// "the government and people of Iraq": what the last of a list of nouns is of, the first is of, too.
    fn add_shared_complement(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
        origins: &mut Origins,
    ) {
        let Some(&last) = view.conjuncts(phrase.head).last() else { return };
        let bare = last > phrase.head
            && view.upos(last) == Upos::Noun
            && view
                .children(last)
                .iter()
                .all(|&c| !matches!(view.relation(c), "det" | "amod" | "compound"))
            && view.child(last, "nmod:poss").is_none();
        if !bare {
            return;
        }
        let complement =
            view.children(last).iter().copied().find(|&c| {
                c > last && view.relation(c) == "nmod" && view.preposition(c) == Some("of")
            });
        if let Some(complement) = complement {
            self.add_phrase(view, names, complement, depth, origins, false);
            origins.consumed.clear();
            origins.end = phrase.core.end;
        }
    }

    fn origin_of(&self, reading: &Reading<'k>, leads: bool) -> Origin {
        let part = matches!(reading.kind, NameKind::Body(_) | NameKind::Person(_));
        // Of whichever of a family it is: what all of them are is none's part in whom they lead.
        let open = reading.vague && matches!(reading.kind, NameKind::Person(_));
        let actor = actor_of(self.actors, reading, self.date);
        Origin {
            actor: Actor { sector: actor.sector.filter(|_| !open), ..actor },
            kind: Some(reading.entity.kind),
            part,
            leads,
        }
    }

    /// Code of the country that the phrase names or lies in.
    pub(crate) fn place_code(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Option<&'k str> {
        if let Some(hit) = names.at(head) {
            let reading = self.read_name(
                view,
                hit.readings,
                Around { sentence: view.index, ..Around::default() },
            )?;
            let place =
                matches!(reading.kind, NameKind::Entity | NameKind::Capital | NameKind::Seat)
                    && reading.entity.kind == EntityKind::Country;
            let elsewhere = self.lies_elsewhere(view, &hit.tokens, &reading.entity.code);
            return (place && !elsewhere).then_some(reading.entity.code.as_str());
        }
        self.city_phrase(view, names, head).map(|(code, _)| code)
    }

    /// The state in which the place under "in" or "at" lies, by its own name or by what names it: "in Kyiv", "at the Brussels airport",
    /// "in a hotel in Kabul", "in an Iraqi prison". Talks and custody are no places.
    pub(crate) fn land_at(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Option<&'k str> {
        if let Some(code) = self.place_code(view, names, head) {
            return Some(code);
        }
        let noun = view.lemma(head);
        let lexicon = self.lexicon;
        if !lexicon.locality.has(noun) && !lexicon.site.has(noun) && !lexicon.house.has(noun) {
            return None;
        }
        // "At the Greek-Turkish border", which is both's.
        if matches!(noun, "border" | "frontier" | "boundary") {
            let (first, last) = view.edges(head);
            let lands = (first..=last).filter_map(|t| {
                self.place_code(view, names, t).or_else(|| self.land_meant(view, names, t))
            });
            let mut lands: Vec<&str> = lands.collect();
            lands.sort_unstable();
            lands.dedup();
            if lands.len() > 1 {
                return None;
            }
        }
        let before = |&child: &usize| {
            matches!(view.relation(child), "compound" | "amod" | "nmod:poss") && child < head
        };
        let after = |&child: &usize| {
            view.relation(child) == "nmod"
                && matches!(
                    view.preposition(child),
                    None | Some("in" | "of" | "at" | "near" | "outside" | "on")
                )
        };
        // "Outside the Greek parliament", which has a name of its own.
        if lexicon.house.has(noun)
            && let Some([body]) = names.at(head).map(|hit| hit.readings)
            && let Some(owner) = self.actors.entities.get(body.entity)
            && owner.kind == EntityKind::Country
        {
            return Some(&owner.code);
        }
        // "A French base in Niamey": where it lies says more than whose it is.
        let children = || view.children(head).iter().copied();
        children().filter(after).chain(children().filter(before)).find_map(|child| {
            self.place_code(view, names, child).or_else(|| self.land_meant(view, names, child))
        })
    }

    /// The state that an adjective beside a place is of, or in which the seat of an organisation lies: "an Iraqi prison", "the Brussels
    /// airport".
    fn land_meant(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> Option<&'k str> {
        let hit = names.at(token)?;
        let [only] = hit.readings else { return None };
        let entity = self.actors.entities.get(only.entity)?;
        match (only.kind, entity.kind) {
            (NameKind::Adjective, EntityKind::Country) => Some(&entity.code),
            (NameKind::Seat, kind) if kind != EntityKind::Country => {
                self.city_at(view, hit.tokens.start).map(|(code, _)| code)
            }
            _ => None,
        }
    }

    /// The place of the gazetteer whose name the phrase headed by `head` is: country code and tokens after the head.
    pub(crate) fn city_phrase(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Option<(&'k str, usize)> {
        if names.at(head).is_some() || names.is_other(head) || view.upos(head) != Upos::Propn {
            return None;
        }
        let mut start = head;
        while start > 0 && view.upos(start - 1) == Upos::Propn && view.head(start - 1) == Some(head)
        {
            start -= 1;
        }
        let mut end = head + 1;
        while view.relation(end) == "flat" && view.head(end) == Some(head) {
            end += 1;
        }
        // "New South Wales", whose first word the tree takes for an adjective.
        let wider = start.checked_sub(1).filter(|&first| {
            view.upos(first) == Upos::Adj
                && view.is_capital(first)
                && view.head(first) == Some(head)
        });
        let whole = |start: usize| {
            let (code, len) = self.city_at(view, start)?;
            (start + len == end).then_some((code, end - head))
        };
        wider.and_then(whole).or_else(|| whole(start))
    }

    /// Whether a place is named in several words of which this is the last: the "Bank" of "West Bank" is no firm.
    pub(crate) fn ends_place_name(&self, view: &View<'_>, token: usize) -> bool {
        view.is_capital(token)
            && (token.saturating_sub(3)..token).any(|start| {
                view.is_capital(start)
                    && self.city_at(view, start).is_some_and(|(_, len)| start + len == token + 1)
            })
    }

    /// Whether the place that begins at this token is water.
    pub(crate) fn is_water(&self, view: &View<'_>, token: usize) -> bool {
        let start = view.token(token).map_or(0, |token| token.span.start);
        let first = self
            .places
            .place_at(view.text, start)
            .and_then(|(_, entries)| entries.first().map(|entry| entry.kind == PlaceKind::Water));
        first == Some(true)
    }

    /// Whether the name of a state or its capital is that of a place in another state, by the place after or before it: "Paris, Texas",
    /// "Atlanta, Georgia".
    pub(crate) fn lies_elsewhere(
        &self,
        view: &View<'_>,
        tokens: &Range<usize>,
        code: &str,
    ) -> bool {
        let places = |token: usize| {
            let start = view.token(token)?.span.start;
            let (len, entries) = self.places.place_at(view.text, start)?;
            Some((start + len, entries))
        };
        let Some((end, own)) = places(tokens.start) else { return false };
        if view.token(tokens.end - 1).is_none_or(|last| last.span.end != end) {
            return false;
        }
        let has = |entries: &[&PlaceEntry], region: bool, country: &str| {
            entries.iter().any(|entry| {
                (!region || entry.kind == PlaceKind::Region)
                    && entry.country.as_deref() == Some(country)
            })
        };
        let countries = |entries: &[&'k PlaceEntry]| {
            entries.iter().filter_map(|entry| entry.country.as_deref()).collect::<Vec<&str>>()
        };
        let after = (view.form(tokens.end) == ",").then(|| places(tokens.end + 1)).flatten();
        if let Some((outer_end, outer)) = after {
            // "Lebanon, New Hampshire, voters": a town that no list has, set between commas with the part of a state where it is.
            let word = (tokens.end + 2..view.len())
                .find(|&token| view.token(token).is_some_and(|t| t.span.start >= outer_end));
            let apart = tokens.start.checked_sub(1).is_none_or(|before| {
                view.form(before) != "," && !matches!(view.lemma(before), "and" | "or")
            });
            let part = outer.iter().all(|entry| entry.kind == PlaceKind::Region)
                && !countries(&outer).contains(&code)
                && names_no_state(self.actors, view, tokens.end + 1);
            if part && apart && word.is_some_and(|word| matches!(view.form(word), "," | "." | "-"))
            {
                return true;
            }
            let capital = own.iter().any(|entry| entry.kind == PlaceKind::Capital);
            return countries(&outer).into_iter().any(|other| {
                other != code && has(&outer, true, other) && (capital || has(&own, false, other))
            });
        }
        if tokens.start < 2 || view.form(tokens.start - 1) != "," {
            return false;
        }
        let comma = view.token(tokens.start - 1).map(|token| token.span.start);
        let before = (tokens.start.saturating_sub(4)..tokens.start - 1)
            .find_map(|token| places(token).filter(|(end, _)| Some(*end) == comma));
        before.is_some_and(|(_, inner)| {
            countries(&inner)
                .into_iter()
                .any(|other| other != code && has(&own, true, other) && !has(&inner, false, code))
        })
    }

    /// Whether the place that begins at this token is one that many know; small towns share their names with parties and persons.
    fn is_known_city(&self, view: &View<'_>, token: usize) -> bool {
        let start = view.token(token).map_or(0, |token| token.span.start);
        self.places.place_at(view.text, start).is_some_and(|(_, entries)| {
            // "Maritime Union": a word that many parts of states are called by.
            let part =
                self.words.groups.get("place_part").is_some_and(|parts| {
                    parts.iter().any(|part| part.iter().eq([view.lemma(token)]))
                });
            let regions = || entries.iter().all(|entry| entry.kind == PlaceKind::Region);
            entries.first().is_some_and(|entry| {
                entry.kind != PlaceKind::City || entry.population >= KNOWN_CITY
            }) && !(part && regions())
        })
    }

    /// The place of the gazetteer that begins at this token: country code and number of tokens.
    pub(crate) fn city_at(&self, view: &View<'_>, token: usize) -> Option<(&'k str, usize)> {
        let start = view.token(token)?.span.start;
        let (len, entries) = self.places.place_at(view.text, start)?;
        let first = entries.first()?;
        // Of small towns of one name the one in a state that the text speaks of: "Pando" in a story of Bolivia.
        let small = first.kind == PlaceKind::City && first.population < SMALL_CITY;
        let told = entries.iter().filter(|_| small).find(|entry| {
            entry.country.as_deref().is_some_and(|code| {
                self.states.iter().any(|state| state == code) || self.here.contains(&code)
            })
        });
        let code = told.unwrap_or(first).country.as_deref()?;
        let mut end = token + 1;
        while view.token(end).is_some_and(|t| t.span.start < start + len) {
            end += 1;
        }
        // A name that goes on is another's: "Paris Hilton".
        let goes_on = view.upos(end) == Upos::Propn
            && view.relation(end) == "flat"
            && view.head(end).is_some_and(|head| (token..end).contains(&head));
        // And so is one that a hyphen joins to another: "Garcia-Margallo".
        let joined = is_inner_punctuation(view, end) && view.is_capital(end + 1);
        (!goes_on && !joined).then_some((code, end - token))
    }
}

/// Whether the name that begins at the token is no state's: "Georgia" may be a part of one, and is none in a list.
fn names_no_state(actors: &Actors, view: &View<'_>, token: usize) -> bool {
    let found = view.token(token).and_then(|t| actors.name_at(view.text, t.span.start));
    found.is_none_or(|found| {
        found.readings.iter().all(|name| {
            name.kind != NameKind::Entity
                || actors.entities.get(name.entity).is_none_or(|e| e.kind != EntityKind::Country)
        })
    })
}

/// Whether who is called so in a country is of that country, as police and protesters are and diplomats and troops are not.
fn is_local(phrase: &Phrase<'_>) -> bool {
    let foreign = phrase.parts.iter().any(|element| matches!(element.part, Part::Proper));
    match phrase.parts.last().map(|element| element.part) {
        Some(Part::Word(word)) => !foreign && is_local_word(word),
        _ => false,
    }
}

/// Whether who is called so works for somebody: "employees", "the captain".
fn is_hired(phrase: &Phrase<'_>) -> bool {
    match phrase.parts.last().map(|element| element.part) {
        Some(Part::Word(word)) => {
            word.kind != SectorWordKind::Body && matches!(word.sector, Sector::Lab | Sector::Bus)
        }
        _ => false,
    }
}

/// As [`is_local`], by the word alone.
pub(crate) fn is_local_word(word: &SectorWord) -> bool {
    match word.sector {
        Sector::Gov => {
            let police = word.lemmas.first().is_some_and(|lemma| lemma.starts_with("police"));
            police || word.kind == SectorWordKind::Body
        }
        // "Civil rights groups" watch over those of their own state, "rights groups" over any.
        Sector::Ngo => {
            word.lemmas.first().is_some_and(|w| matches!(w.as_str(), "civil" | "consumer"))
        }
        Sector::Mil | Sector::Igo | Sector::Ter | Sector::Unk | Sector::Spy => false,
        _ => true,
    }
}

/// Whether a conjunction, comma, hyphen or slash stands among these tokens.
fn joined(view: &View<'_>, mut between: Range<usize>) -> bool {
    between.any(|token| matches!(view.upos(token), Upos::Cconj | Upos::Punct | Upos::Sym))
}

fn is_adjective(view: &View<'_>, tokens: &Range<usize>) -> bool {
    view.upos(tokens.end.saturating_sub(1)) == Upos::Adj
}

/// What the country of a place gives.
fn origin_of_place(code: &str) -> Origin {
    Origin {
        actor: Actor { code: Some(code.to_owned()), ..Actor::default() },
        kind: None,
        part: false,
        leads: false,
    }
}

/// Sector of the bearer of `word` under `origin`.
///
/// A ministry's spokesman is of the ministry's sector, an organisation's official of the organisation's; but "G7 leaders" and "EU
/// ministers" are governments, and "NATO troops" are troops.
pub(crate) fn sector_under(
    lexicon: &Lexicon,
    word: Option<&SectorWord>,
    plural: bool,
    origin: Option<&Origin>,
) -> Option<Sector> {
    let own = word.map(|word| word.sector);
    let Some(origin) = origin else { return own };
    match origin.kind {
        Some(EntityKind::ArmedGroup) => origin.actor.sector.or(own),
        Some(EntityKind::Organisation) => {
            let governments = plural
                && own == Some(Sector::Gov)
                && word.is_some_and(|word| word.kind == SectorWordKind::Office);
            if governments || matches!(own, Some(Sector::Mil | Sector::Ref | Sector::Cvl)) {
                own
            } else {
                origin.actor.sector.or(own)
            }
        }
        // "Belgian peacekeepers" are soldiers of their state.
        Some(EntityKind::Country)
            if word.is_some_and(|w| w.lemmas.last().is_some_and(|last| last == "peacekeeper")) =>
        {
            Some(Sector::Mil)
        }
        Some(EntityKind::Country) if origin.part => match (own, origin.actor.sector) {
            // "Putin's supporters": people of someone are not what he is.
            (Some(own), _)
                if word.is_some_and(|w| w.kind != SectorWordKind::Office) && !is_servant(own) =>
            {
                Some(own)
            }
            // "A Republican governor", "Labour lawmakers": who holds a seat of a state is more than one of his party.
            (Some(own), Some(Sector::Pty | Sector::Opp))
                if word.is_some_and(|word| is_seat(lexicon, word)) =>
            {
                Some(own)
            }
            // "A former Treasury official" is of it no more.
            (Some(Sector::Eli), Some(_)) => Some(Sector::Eli),
            (own, Some(body)) => Some(if own == Some(Sector::Mil) { Sector::Mil } else { body }),
            (own, None) => own,
        },
        // "A minister with the church".
        None if own == Some(Sector::Gov) && origin.actor.sector == Some(Sector::Rel) => {
            Some(Sector::Rel)
        }
        _ => own,
    }
}

/// Whether the word names a seat that a state gives and no party does: a party has a leader, a president and a spokesman of its own, but no
/// governor.
fn is_seat(lexicon: &Lexicon, word: &SectorWord) -> bool {
    let last = word.lemmas.last().map_or("", String::as_str);
    let kind = matches!(word.sector, Sector::Gov | Sector::Leg | Sector::Jud | Sector::Eli);
    let seat = lexicon.seat.has(last.trim_end_matches('.'));
    kind && (seat || word.lemmas.iter().eq(["attorney", "general"]))
}

/// Sectors that an official of a body shares with the body.
fn is_servant(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Leg | Sector::Jud | Sector::Mil | Sector::Spy)
}

//! Common nouns for persons and bodies → drafts.
//!
//! In goes a noun phrase whose head is a word of `sectors.toml` or of `words/reference.toml`, out comes a draft: "Turkish troops" is `TUR
//! MIL`, "the president" is `GOV` and needs a holder, "the Chinese side" is `CHN GOV`, "Free Valley Front" an organisation.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, NameKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::actors::{Around, actor_of};
use crate::draft::{Draft, Need};
use crate::groups::is_neighbour;
use crate::holders::somebody;
use crate::lexicon::Lexicon;
use crate::mentions::via;
use crate::names::{Bond, Names};
use crate::origins::{Origin, Origins, is_local_word, sector_under};
use crate::phrases::{Determiner, Element, Part, Phrase};
use crate::position::{Stature, Use, place_use};
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::{Position, View};

/// Whose judges sit in a city of courts of states.
enum Bench {
    /// Of this court.
    Of(Box<Origin>),
    /// Of one of several; which, the text has not told.
    Open,
}

impl<'k> Reader<'k> {
    /// The phrase ends in an entry of `sectors.toml`.
    pub(crate) fn read_word(
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
        if word.kind == SectorWordKind::Body
            && let Some(named) = self.read_known_as(view, names, phrase, depth)
        {
            return named;
        }
        if let Some(paper) = self.read_paper(view, phrase, word) {
            return paper;
        }
        if let Some(thing) = read_title_word(view, names, phrase, word) {
            return thing;
        }
        if let Some(pair) = self.read_pair(view, phrase, Some(word)) {
            return pair;
        }
        let body = word.kind == SectorWordKind::Body;
        let capital =
            (phrase.core.start..phrase.core.end).filter(|&t| view.is_capital(t) && t > 0).count();
        // "This Democratic county" is called so by nobody.
        let pointed = !view.is_capital(phrase.head)
            && view.children(phrase.head).iter().any(|&c| {
                view.relation(c) == "det"
                    && matches!(
                        view.lemma(c),
                        "this" | "that" | "these" | "those" | "every" | "each"
                    )
            });
        let called = |element: &Element<'_>| {
            let adjective = view.upos(element.tokens.start) == Upos::Adj;
            matches!(element.part, Part::Proper) && !(pointed && adjective)
        };
        if body && capital > 0 && phrase.parts.iter().any(called) {
            return self.read_named_body(view, names, phrase, Some(word), depth);
        }
        if let Some(other) = self.read_other(view, names, phrase, depth) {
            return other;
        }
        let mut origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
        self.share_nation(view, names, phrase, depth, &mut origins);
        self.part_followers(view, phrase, &mut origins);
        // "Ethnic Albanian guerrillas", "Greek community leaders": of the land, whatever their people.
        let ethnic = phrase
            .parts
            .iter()
            .rev()
            .skip(1)
            .any(|e| matches!(view.lemma(e.tokens.start), "ethnic" | "community" | "minority"));
        let ethnic = ethnic || word.lemmas.first().is_some_and(|w| w == "community");
        if ethnic {
            origins.list.clear();
        }
        // "The embassy in Accra" is any state's but Ghana's.
        let by_place = |origin: &Origin| origin.actor.via.as_deref() == Some("place");
        let embassy = body && self.lexicon.is_embassy(&word.lemmas.join(" "));
        if embassy && origins.list.iter().all(by_place) {
            origins.list.clear();
        }
        let people = self.part_people(word, &mut origins);
        let bench = Some(word).filter(|word| word.sector == Sector::Jud);
        let bench = bench.and_then(|_| self.bench(view, phrase, &origins));
        match &bench {
            Some(Bench::Of(court)) => origins.list = vec![(**court).clone()],
            Some(Bench::Open) => origins.list.clear(),
            None => {}
        }
        // "Ghana's creditors" are not Ghana's.
        let owned = self.lexicon.creditor.has(view.lemma(phrase.head))
            && (phrase.possessor.is_some() || origins.end > phrase.core.end);
        if owned {
            origins.list.clear();
        }
        let plural =
            view.is_plural(phrase.head) || matches!(view.lemma(phrase.head), "police" | "people");
        let category = match word.kind {
            SectorWordKind::Body => Category::Organisation,
            _ if self.lexicon.collective.has(view.lemma(phrase.head)) => Category::Organisation,
            _ if plural => Category::People,
            _ => Category::Person,
        };
        let tokens = origins.start..origins.end.max(phrase.core.end);
        let mut draft = Draft::new(phrase.head, tokens, MentionKind::Nominal, category);
        draft.plural = plural;
        draft.people = people;
        draft.gender = self.gender_of(view, phrase);
        let office = office(word);
        // "Leaders of the fishing villages" are of those whom they lead.
        let folk = word.sector == Sector::Gov
            && self.lexicon.is_loose(view.lemma(phrase.head))
            && view.children(phrase.head).iter().any(|&c| {
                c > phrase.head
                    && view.relation(c) == "nmod"
                    && view.preposition(c) == Some("of")
                    && self.lexicon.folk.has(view.lemma(c))
            });
        let led = self.led_body(view, names, phrase, word);
        let sector = if folk { Some(Sector::Cvl) } else { led.or(word_sector(phrase, word)) };
        let sector = if self.rises(view, phrase) { Some(Sector::Mil) } else { sector };
        let sector = if self.strikes(view, phrase, word) { Some(Sector::Lab) } else { sector };
        // "The delegates", of a text about caucuses: a party's.
        let sent = sector == Some(Sector::Gov)
            && view.lemma(phrase.head) == "delegate"
            && self.tells_of_primary(view);
        let sector = if sent { Some(Sector::Pty) } else { sector };
        give(self.lexicon, &mut draft, &origins, word, sector);
        if self.is_joint(view, phrase, &origins) || is_of_states(view, phrase) {
            return Self::name_joint(view, phrase, draft, origins);
        }
        if let Some(league) = self.read_league(view, names, phrase) {
            return league;
        }
        // "Anti-China" says nothing of whose the protesters are.
        let named = phrase.parts.iter().any(|e| {
            let said = view.lemma(e.tokens.start);
            // "A Shiite cleric": a faith says nothing of whose he is either.
            matches!(e.part, Part::Proper) && !is_attitude(said) && !self.lexicon.people.has(said)
        }) && !ethnic;
        // "Lawmakers of the ruling party": of a body that nothing is known of.
        let nowhere = origins
            .list
            .iter()
            .all(|origin| origin.actor.code.is_none() && origin.actor.name.is_none());
        // "Foreigners", "three foreign reporters": of whatever state, and not of the one where they are. Which court's judges those in The
        // Hague are may be open, but they are no state's.
        let foreign = view.lemma(phrase.head) == "foreigner"
            || phrase.parts.iter().rev().skip(1).any(|e| view.lemma(e.tokens.start) == "foreign")
            || comes_from_states(self.lexicon, view, phrase.head);
        // "Traders sold", "creditors want more": from anywhere.
        let market = self.lexicon.market.has(view.lemma(phrase.head))
            && plural
            && phrase.determiner == Determiner::None;
        let backed = self.is_backed(view, names, &draft);
        let open =
            bench.is_some() || ((foreign || market || backed) && !phrase.is_definite()) || owned;
        if nowhere && open {
            for actor in &mut draft.actors {
                actor.via = via("open");
            }
        }
        if nowhere && !open {
            draft.need = match origins.owner {
                Some(pronoun) => Need::Owner(pronoun),
                // "The former bus driver" is whom the text speaks of; of whom "the former president" was, his office tells.
                None if phrase.is_definite() && is_former(phrase) && !is_held(word) => Need::Person,
                // "The widow said": who is nobody's servant is whom the text speaks of.
                None if phrase.is_definite()
                    && category == Category::Person
                    && word.sector == Sector::Cvl
                    && is_bare(view, phrase) =>
                {
                    Need::Person
                }
                None if phrase.is_definite() => Need::Holder,
                // "Diplomats said" is of the text's own state at most, "European diplomats" not even of that.
                None if !named
                    && !embassy
                    && (is_local_word(word)
                        || (word.sector == Sector::Mil
                            && category == Category::Person
                            && is_one(view, phrase))
                        || (phrase.determiner == Determiner::None && is_counted(view, phrase))
                        || (phrase.determiner == Determiner::None
                            && word.sector == Sector::Mil
                            && category == Category::People
                            && is_qualified(view, phrase))) =>
                {
                    Need::Place
                }
                None => Need::Nothing,
            };
            if draft.need == Need::Nothing && self.speaks_for_state(view, phrase) {
                let code = self.owner_told(view, phrase.head, sector);
                for actor in &mut draft.actors {
                    actor.code.clone_from(&code);
                    actor.via = via("title");
                }
            }
        } else if !plural && phrase.is_definite() {
            // "the Chinese president": the document may have said which person.
            draft.need = if category == Category::Person { Need::Holder } else { Need::Nothing };
        }
        // "The Harvard-trained economist": whom the text speaks of; where one was born says nothing of whose one is.
        if category == Category::Person && !plural && phrase.is_definite() && is_bred(view, phrase)
        {
            draft.need = Need::Person;
            for actor in &mut draft.actors {
                actor.code = None;
            }
        }
        if word.kind == SectorWordKind::Office || body {
            draft.offices.push(office);
        }
        draft.consumed = origins.consumed;
        take_abbreviation(view, names, phrase, &mut draft);
        draft
    }

    /// "A foreign ministry spokesman said": for a body that every state has one of.
    fn speaks_for_state(&self, view: &View<'_>, phrase: &Phrase<'k>) -> bool {
        matches!(view.lemma(phrase.head), "spokesman" | "spokeswoman" | "spokesperson")
            && phrase.core.clone().any(|t| {
                t != phrase.head && matches!(view.lemma(t), "ministry" | "government" | "military")
            })
            && self.speaks(view, phrase.head)
    }

    /// "Australian police and soldiers": what stands right behind "and" without an article shares the adjective of nationality.
    fn share_nation(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
        origins: &mut Origins,
    ) {
        let head = phrase.head;
        let first = view.first_conjunct(head);
        let bare = phrase.determiner == Determiner::None
            && phrase.possessor.is_none()
            && phrase.core.len() == 1
            && origins.list.is_empty()
            && origins.owner.is_none();
        let behind = first + 2 == head && view.lemma(first + 1) == "and" && view.is_plural(head);
        if !bare || !behind || depth > 0 {
            return;
        }
        let nation = |c: usize| {
            c < first
                && view.relation(c) == "amod"
                && view.upos(c) == Upos::Adj
                && names.at(c).is_some()
        };
        if !view.children(first).iter().any(|&c| nation(c)) {
            return;
        }
        let Some(draft) = self.read(view, names, first, depth + 1) else { return };
        let [Actor { code: Some(code), .. }] = draft.actors.as_slice() else { return };
        let Some(entity) = self.actors.entity(code) else { return };
        if entity.kind == EntityKind::Country {
            let actor = Actor { code: Some(code.clone()), ..Actor::default() };
            origins.list.push(Origin { actor, kind: Some(entity.kind), part: false, leads: false });
        }
    }

    /// "The leader of the opposition", "the heads of the parties": whoever leads such a body is of its sector.
    fn led_body(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        word: &SectorWord,
    ) -> Option<Sector> {
        if word.sector != Sector::Gov || !self.lexicon.is_loose(view.lemma(phrase.head)) {
            return None;
        }
        let body = view.children(phrase.head).iter().copied().find(|&c| {
            c > phrase.head && view.relation(c) == "nmod" && view.preposition(c) == Some("of")
        })?;
        // "The leader of the Soviet Union" leads no union, and a chief of staff no staff.
        let own = word.lemmas.iter().any(|lemma| lemma == view.lemma(body));
        if names.at(body).is_some() || own {
            return None;
        }
        // "The leaders of all parties"
        let parties = view.lemma(body) == "party" && view.is_plural(body);
        let sector = if parties { Sector::Pty } else { names.word_at(body)?.1.sector };
        matches!(sector, Sector::Opp | Sector::Pty | Sector::Lab | Sector::Reb).then_some(sector)
    }

    /// "The Advocate": a noun for people in capitals between small letters is the name of something, of a newspaper where it speaks or the text
    /// tells of one.
    fn read_paper(&self, view: &View<'_>, phrase: &Phrase<'k>, word: &SectorWord) -> Option<Draft> {
        let head = phrase.head;
        let party = self.lexicon.litigant.has(view.lemma(head));
        let plain = is_plain_case(view, head);
        let fits = word.kind == SectorWordKind::People
            && matches!(word.sector, Sector::Cvl | Sector::Unk | Sector::Bus | Sector::Ngo)
            && view.upos(head) == Upos::Propn
            && view.is_capital(head)
            && !view.is_plural(head)
            && phrase.core.len() == 1
            && head.checked_sub(1).is_some_and(|before| view.lemma(before) == "the")
            && phrase.possessor.is_none()
            && !party
            && plain;
        if !fits {
            return None;
        }
        let press = ["newspaper", "editorial", "columnist"].iter().any(|w| view.text.contains(w));
        let sector = (press || self.speaks(view, head)).then_some(Sector::Med);
        let name = format!("The {}", view.form(head));
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Name, Category::Organisation);
        draft.need = if sector.is_some() { Need::Place } else { Need::Nothing };
        draft.actors = vec![Actor { sector, name: Some(name), ..Actor::default() }];
        Some(draft)
    }

    /// "Hezbollah supporters": people of the group's state, who are none of its fighters.
    fn part_followers(&self, view: &View<'_>, phrase: &Phrase<'k>, origins: &mut Origins) {
        if !self.lexicon.follower.has(view.lemma(phrase.head)) {
            return;
        }
        for origin in &mut origins.list {
            let group = origin.actor.code.as_deref().and_then(|code| self.actors.entity(code));
            let group = group.filter(|group| group.kind == EntityKind::ArmedGroup);
            if let Some(state) = group.and_then(|group| group.country.clone()) {
                origin.kind = Some(EntityKind::Country);
                origin.part = false;
                origin.actor = Actor { code: Some(state), ..Actor::default() };
            }
        }
    }

    /// "Hutu peasants", "the Hutu president": of a people that lives in several states it is not said of which they are. The code of
    /// the people, which is left where the text tells no more; bands and armies are the people's own.
    fn part_people(&self, word: &SectorWord, origins: &mut Origins) -> Option<String> {
        let [only] = origins.list.as_slice() else { return None };
        let armed = matches!(
            word.sector,
            Sector::Mil | Sector::Reb | Sector::Par | Sector::Ter | Sector::Crm | Sector::Ref
        );
        let party = matches!(word.sector, Sector::Pty | Sector::Opp | Sector::Unk);
        let code = only.actor.code.clone()?;
        let entity = self.actors.entity(&code)?;
        if armed || party || entity.kind != EntityKind::People || entity.country.is_some() {
            return None;
        }
        origins.list.clear();
        Some(code)
    }

    /// "Judges in The Hague": the court of states that sits there, `None`
    /// where the words say whose they are or no such court sits there.
    fn bench(&self, view: &View<'_>, phrase: &Phrase<'k>, origins: &Origins) -> Option<Bench> {
        let by_place = |origin: &Origin| origin.actor.via.as_deref() == Some("place");
        if !origins.list.iter().all(by_place) || origins.owner.is_some() {
            return None;
        }
        // The city may hang on the verb: it is what follows right after the noun.
        let after = phrase.core.end;
        let seat = (after + 1..view.len().min(after + 4)).find(|&c| {
            view.upos(c) == Upos::Propn
                && matches!(view.preposition(c), Some("in" | "at"))
                && view.edges(c).0 == after
                && view.head(c).is_some_and(|head| !(after..c).contains(&head))
        })?;
        let codes = self.lexicon.benches(&view.form(seat).to_lowercase())?;
        let told = self
            .discourse
            .codes(view.index, |code| codes.iter().any(|known| known.eq_ignore_ascii_case(code)));
        let code = match (told.first(), codes) {
            (Some((code, _)), _) => (*code).to_owned(),
            (None, [only]) => only.to_uppercase(),
            (None, _) => return Some(Bench::Open),
        };
        let entity = self.actors.entity(&code)?;
        let actor = Actor { code: Some(code), sector: Some(Sector::Jud), ..Actor::default() };
        let kind = Some(entity.kind);
        Some(Bench::Of(Box::new(Origin { actor, kind, part: false, leads: false })))
    }

    /// A name that ends or begins in a word for a body: "Ministry of Defence", "Free Valley Front".
    pub(crate) fn read_named_body(
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
                // "Board of Arms and Trade"
                if view.lemma(end) == "and"
                    && view.upos(end + 1) == Upos::Propn
                    && view.is_below(end + 1, child)
                {
                    end += 2;
                }
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
        // "12th Supply Wing", "3rd Battalion"
        let numbered =
            named.clone().any(|t| view.form(t).starts_with(|c: char| c.is_ascii_digit()))
                && named.clone().any(|t| self.lexicon.unit.has(view.lemma(t)));
        let service = || named.clone().any(|t| self.lexicon.service.has(view.lemma(t)));
        let unit = numbered || (self.home.is_some() && sector.is_none() && service());
        let sector = if unit { Some(Sector::Mil) } else { sector };
        // The same name said before stands for the same body.
        if let Some(referent) =
            self.known.get(&name).last().and_then(|&r| self.discourse.referent(r))
        {
            draft.actors.clone_from(&referent.actors);
        } else {
            let code = origins.list.first().and_then(|origin| origin.actor.code.clone());
            let code = code.or_else(|| self.home.filter(|_| unit).map(str::to_owned));
            draft.actors =
                vec![Actor { code, sector, name: Some(name.clone()), ..Actor::default() }];
        }
        // "His League": a body of the one whose it is.
        if let Some(owner) = phrase.possessor.filter(|&owner| view.upos(owner) == Upos::Pron)
            && draft.actors.iter().all(|actor| actor.code.is_none())
        {
            draft.need = Need::Owner(owner);
        }
        draft.forms.push(name);
        draft.consumed = origins.consumed;
        draft.offices.extend(word.map(|word| word.lemmas.join(" ")));
        take_abbreviation(view, names, phrase, &mut draft);
        draft
    }

    /// Whether the text is about how a party chooses whom it puts up.
    fn tells_of_primary(&self, view: &View<'_>) -> bool {
        *self.primary.get_or_init(|| {
            view.text
                .split(|c: char| !c.is_alphabetic())
                .any(|word| self.lexicon.primary.has(word.to_lowercase().as_str()))
        })
    }

    /// Head nouns that the sector list leaves out.
    pub(crate) fn read_common(
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
        if self.lexicon.body.has(lemma)
            && let Some(named) = self.read_known_as(view, names, phrase, depth)
        {
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
        if let Some(league) = self.read_league(view, names, phrase) {
            return Some(league);
        }
        if self.lexicon.share.has(lemma)
            && let Some(draft) = self.read_share(view, names, phrase, depth)
        {
            return Some(draft);
        }
        if let Some(other) = self.read_other(view, names, phrase, depth) {
            return Some(other);
        }
        let states = self.lexicon.state.has(lemma) && view.is_plural(head);
        // "His country would defend itself."
        let own = self.lexicon.state.has(lemma)
            && phrase.possessor.is_some_and(|owner| view.upos(owner) == Upos::Pron)
            && place_use(self.lexicon, view, head, Stature::State, false) == Use::Actor;
        // "The other side had begun it": another than who says so.
        let aside = (self.lexicon.party.has(lemma) || self.lexicon.pair.has(lemma))
            && !view.is_plural(head)
            && phrase.is_definite()
            && phrase.possessor.is_none()
            && phrase.core.clone().any(|t| t != head && view.lemma(t) == "other")
            && is_nobodys(view, head);
        if aside {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Country);
            draft.need = Need::Other(head);
            return Some(draft);
        }
        let party = self.lexicon.party.has(lemma) || states || own;
        let person = self.lexicon.person.has(lemma);
        let body = self.lexicon.body.has(lemma);
        let plural = view.is_plural(head);
        let named = phrase.parts.iter().any(|e| matches!(e.part, Part::Proper));
        // "the Air Reserve Component", whatever its last word is tagged as.
        let titled = head > 0 && view.is_capital(head) && self.lexicon.named_body.has(lemma);
        if (body || titled) && named && !plural {
            return Some(self.read_named_body(view, names, phrase, None, depth));
        }
        if party || person || body {
            let origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
            let tokens = origins.start..origins.end.max(phrase.core.end);
            let category = match (person, plural) {
                (true, false) => Category::Person,
                (true, true) => Category::People,
                _ if own => Category::Country,
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
                    // "The former head of the Treasury" is of it no more.
                    let left = person && country && origin.part && is_former(phrase);
                    let sector = if left { Some(Sector::Eli) } else { sector };
                    Actor {
                        code: origin.actor.code.clone(),
                        sector,
                        via: origin.actor.via.clone(),
                        ..Actor::default()
                    }
                })
                .collect();
            // "The U.N. chief": the document may have said who that is.
            let chief = person
                && !plural
                && phrase.is_definite()
                && matches!(lemma, "chief" | "head" | "boss")
                && matches!(origins.list.as_slice(), [only] if only.kind == Some(EntityKind::Organisation));
            if chief {
                draft.offices.push(lemma.to_owned());
                draft.need = Need::Holder;
                return Some(draft);
            }
            if draft.actors.is_empty() {
                draft.need = match origins.owner {
                    Some(pronoun) => Need::Owner(pronoun),
                    None if body && phrase.is_definite() && !plural => Need::Body,
                    None if person && phrase.is_definite() && !plural => {
                        draft.gender = self.gender_of(view, phrase);
                        Need::Person
                    }
                    // "The members": of the body that was spoken of; "the parties" of a state.
                    None if matches!(lemma, "member" | "party")
                        && plural
                        && phrase.is_definite()
                        && is_bare(view, phrase) =>
                    {
                        Need::Body
                    }
                    None if states && phrase.is_definite() && is_bare(view, phrase) => {
                        Need::Several(0)
                    }
                    None => return None,
                };
            } else if self.is_joint(view, phrase, &origins) {
                return Some(Self::name_joint(view, phrase, draft, origins));
            } else if body
                && !plural
                && phrase.is_definite()
                && phrase.possessor.is_none()
                && draft.actors.iter().all(|actor| actor.sector.is_none())
            {
                // "The Australian group": the text may have told which.
                draft.need = Need::Body;
            }
            return Some(draft);
        }
        self.read_craft(view, phrase).or_else(|| self.read_land(view, phrase))
    }

    /// "Its planes", "whose own aircraft": an arm of the one whose they are. A person flies in one, and sends none.
    fn read_craft(&self, view: &View<'_>, phrase: &Phrase<'k>) -> Option<Draft> {
        let head = phrase.head;
        let owner = phrase.possessor.filter(|&owner| view.upos(owner) == Upos::Pron)?;
        let several = view.is_plural(head) || view.lemma(head) == "aircraft";
        let persons = matches!(view.lemma(owner), "he" | "she" | "his" | "her");
        if !several || persons || !self.lexicon.craft.has(view.lemma(head)) {
            return None;
        }
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Organisation);
        draft.plural = true;
        draft.actors = vec![Actor { sector: Some(Sector::Mil), ..Actor::default() }];
        draft.need = Need::Owner(owner);
        Some(draft)
    }

    /// "the country", "the Gulf state": a state spoken of before.
    pub(crate) fn read_land(&self, view: &View<'_>, phrase: &Phrase<'k>) -> Option<Draft> {
        let head = phrase.head;
        let lemma = view.lemma(head);
        if !self.lexicon.state.has(lemma) || !phrase.is_definite() || view.is_plural(head) {
            return None;
        }
        let acts = place_use(self.lexicon, view, head, Stature::State, false) == Use::Actor;
        // "the South American country": which, its words do not say.
        let bare = phrase.parts.iter().rev().skip(1).all(|e| !matches!(e.part, Part::Hit(_)));
        let free = phrase.possessor.is_none() && bare && view.child(head, "acl").is_none();
        // "A state of emergency" is no state, and "in a state" none that was told.
        let land = lies_in(view, head) && lemma != "state" && view.child(head, "nmod").is_none();
        if !free || !(acts || land) {
            return None;
        }
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Country);
        draft.need = if acts { Need::State } else { Need::Land };
        Some(draft)
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
        if matches!(inner.category, Category::Thing) {
            return None;
        }
        let mut draft = Draft::new(
            phrase.head,
            phrase.core.start..inner.tokens.end,
            MentionKind::Nominal,
            Category::People,
        );
        draft.plural = true;
        // "Part of the army tried": it is one body still.
        let piece = matches!(view.lemma(phrase.head), "part" | "half" | "rest" | "bulk");
        if piece && inner.category == Category::Organisation {
            draft.category = Category::Organisation;
            draft.plural = false;
        }
        // "One of the soldiers wept as he": a person, where those are people.
        if view.lemma(phrase.head) == "one" && inner.need != Need::Pronoun && inner.is_people() {
            draft.category = Category::Person;
            draft.plural = false;
        }
        // "members of the group", "dozens of them": who that is, the document says.
        if !matches!(inner.need, Need::Nothing | Need::Place) {
            draft.tokens.end = draft.tokens.end.min(phrase.core.end);
            draft.need = Need::Owner(whole);
            return Some(draft);
        }
        draft.actors =
            inner.actors.iter().map(|a| Actor { name: None, role: None, ..a.clone() }).collect();
        draft.consumed = inner.consumed;
        draft.consumed.push(whole);
        draft.need = inner.need;
        Some(draft)
    }

    /// "its ally", "Russia's allies": another party than the one that the words name.
    fn read_other(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let head = phrase.head;
        let lemma = view.lemma(head);
        let neighbouring = self.lexicon.state.has(lemma)
            && phrase.core.clone().any(|t| matches!(view.form(t), "neighbouring" | "neighboring"));
        if !self.lexicon.other.has(lemma) && !neighbouring {
            return None;
        }
        if let Some(draft) = self.read_partisans(view, names, phrase) {
            return Some(draft);
        }
        let origins = self.origins(view, names, phrase, phrase.parts.len() - 1, depth);
        // "a U.S. ally" is a party of its own, and so is "the Chinese partner".
        let owner = match (origins.owner, phrase.possessor) {
            (Some(owner), _) | (None, Some(owner)) => Some(owner),
            (None, None) => None,
        };
        // "its only ally, China,": the name says which.
        let beside = view.child(head, "appos").filter(|&c| c >= phrase.core.end && depth < 3);
        if let Some(beside) = beside
            && let Some(inner) = self.read(view, names, beside, depth + 1)
            && (inner.kind == MentionKind::Name || inner.actors.iter().any(|a| a.code.is_some()))
            && inner.category != Category::Thing
            && matches!(inner.need, Need::Nothing | Need::Home)
        {
            let mut draft = Draft { head, ..inner };
            draft.tokens.start = draft.tokens.start.min(phrase.core.start);
            draft.consumed.push(beside);
            // "Its allies, France and Spain,"
            let others = view.conjuncts(beside).into_iter().filter(|&c| c > beside);
            for other in others.filter(|_| view.is_plural(head)) {
                let Some(inner) = self.read(view, names, other, depth + 1) else { continue };
                draft.actors.extend(inner.actors);
                draft.tokens.end = draft.tokens.end.max(inner.tokens.end);
                draft.consumed.push(other);
                draft.plural = true;
            }
            return Some(draft);
        }
        // "Its allies in Washington and London"
        if view.is_plural(head)
            && let Some(seats) = self.seats_of(view, names, head)
        {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Country);
            draft.plural = true;
            draft.actors = seats;
            return Some(draft);
        }
        if let Some(draft) = self.read_foreign(view, phrase, &origins) {
            return Some(draft);
        }
        // "Sanders allies", "rivals of Ann Lee": people of parties where the politician stands.
        let fellows = view.is_plural(head) && self.lexicon.fellow.has(lemma);
        if let ([only], true) = (origins.list.as_slice(), fellows && origins.owner.is_none())
            && let Some(party) = self.fellows_of(&only.actor, lemma).filter(|_| only.part)
        {
            let mut draft =
                Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::People);
            draft.plural = true;
            draft.actors = vec![party];
            return Some(draft);
        }
        let own = origins.list.is_empty() && owner.is_none();
        // "The captors said": the armed group of the story.
        if own && self.lexicon.fighter.has(lemma) {
            return None;
        }
        if own && !(neighbouring || phrase.is_definite()) {
            return None;
        }
        if owner.is_none() && !own {
            // The complement of "an ally of X", or "a Russian ally".
            let modifies =
                phrase.parts.iter().rev().skip(1).any(|e| matches!(e.part, Part::Hit(_)));
            if modifies && lemma != "ally" {
                return None;
            }
        }
        let plural = view.is_plural(head);
        let category = if plural { Category::People } else { Category::Country };
        let mut draft = Draft::new(head, phrase.core.clone(), MentionKind::Nominal, category);
        draft.plural = plural;
        // "His hosts" are those of the land where he is, however many.
        let single = (!plural || lemma == "host" || (owner.is_some() && is_neighbour(lemma)))
            && (self.lexicon.opposed.has(lemma) || neighbouring);
        draft.actors = somebody(view, head);
        draft.need = match owner {
            Some(owner) if single || fellows => Need::Other(owner),
            // "The lender": the fund of states that the text has named.
            None if own && (single || (!plural && !self.lexicon.called(lemma).is_empty())) => {
                Need::Other(head)
            }
            _ => Need::Nothing,
        };
        Some(draft)
    }

    /// The states of the capitals in which a noun for others puts them: "its allies in Washington and London".
    fn seats_of(&self, view: &View<'_>, names: &Names<'k>, head: usize) -> Option<Vec<Actor>> {
        let place = view.children(head).iter().copied().find(|&c| {
            c > head && view.relation(c) == "nmod" && view.preposition(c) == Some("in")
        })?;
        let seats = view.conjuncts(place).into_iter().map(|seat| {
            let capital = names.at(seat)?.readings.iter().any(|r| r.kind == NameKind::Capital);
            self.place_code(view, names, seat).filter(|_| capital)
        });
        let codes: Vec<&str> = seats.collect::<Option<_>>()?;
        (codes.len() > 1).then(|| codes.iter().map(|code| self.party(code, None)).collect())
    }

    /// "Its American ally", "his German hosts": of the state that the adjective names, whosever they are.
    fn read_foreign(
        &self,
        view: &View<'_>,
        phrase: &Phrase<'k>,
        origins: &Origins,
    ) -> Option<Draft> {
        let head = phrase.head;
        let own = phrase.possessor.is_some_and(|owner| view.upos(owner) == Upos::Pron);
        let friend = self.lexicon.opposed.has(view.lemma(head));
        let named = phrase.parts.iter().rev().skip(1).any(|e| matches!(e.part, Part::Hit(_)));
        let [
            Origin {
                actor,
                kind: Some(EntityKind::Country | EntityKind::Organisation),
                part: false,
                ..
            },
        ] = origins.list.as_slice()
        else {
            return None;
        };
        if !own || !friend || !named || view.child(head, "appos").is_some() {
            return None;
        }
        let plural = view.is_plural(head);
        let category = if plural { Category::People } else { Category::Country };
        let mut draft = Draft::new(head, phrase.core.clone(), MentionKind::Nominal, category);
        draft.plural = plural;
        let sector = actor.sector.or(Some(Sector::Gov));
        draft.actors = vec![Actor { code: actor.code.clone(), sector, ..Actor::default() }];
        Some(draft)
    }

    /// "His GOP opponents", "Republican critics": people of a party, whoever they stand against.
    fn read_partisans(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
    ) -> Option<Draft> {
        let head = phrase.head;
        let fits = self.lexicon.partisan.has(view.lemma(head));
        if !fits || view.child(head, "appos").is_some() {
            return None;
        }
        let (_, before) = phrase.parts.split_last()?;
        let code = before.iter().find_map(|element| {
            let Part::Hit(index) = element.part else {
                // No file has the adjective, which parties of several states are called by.
                let democratic = view.lemma(element.tokens.start) == "democratic"
                    && view.is_capital(element.tokens.start)
                    && element.tokens.start > 0;
                return democratic.then_some(None);
            };
            let hit = names.hits.get(index)?;
            let around = Around { sentence: view.index, ..Around::default() };
            let reading = self.read_name(view, hit.readings, around)?;
            let party = matches!(reading.kind, NameKind::Body(_))
                && hit.bond == Bond::Free
                && reading.sector == Some(Sector::Pty);
            party.then(|| Some(reading.entity.code.clone()))
        })?;
        let plural = view.is_plural(head);
        let category = if plural { Category::People } else { Category::Person };
        let mut draft = Draft::new(head, phrase.core.clone(), MentionKind::Nominal, category);
        draft.plural = plural;
        draft.need = if code.is_some() { Need::Nothing } else { Need::Place };
        draft.actors = vec![Actor { code, sector: Some(Sector::Pty), ..Actor::default() }];
        Some(draft)
    }

    /// "the island", "the two Koreas", "the North": a noun that stands for one of a few states.
    pub(crate) fn read_epithet(&self, view: &View<'_>, phrase: &Phrase<'k>) -> Option<Draft> {
        let head = phrase.head;
        let form = view.form(head).to_lowercase();
        let codes = self.lexicon.epithets(&form);
        if codes.is_empty() {
            return None;
        }
        let draft = Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Country);
        if view.is_plural(head) {
            let mut draft = draft;
            draft.plural = true;
            draft.actors = codes
                .iter()
                .map(|code| Actor { code: Some(code.to_uppercase()), ..Actor::default() })
                .collect();
            return Some(draft);
        }
        // "the North" of a country is a part of it, "the north" a direction.
        let direction = !self.lexicon.state.has(&form);
        let alone = phrase.core.len() == 1 && phrase.possessor.is_none();
        let capital = view.is_capital(head);
        let of = view.child(head, "nmod").is_some();
        if !phrase.is_definite() || !alone || (direction && (!capital || of)) {
            return None;
        }
        let acts = place_use(self.lexicon, view, head, Stature::State, false) == Use::Actor;
        let mut draft = draft;
        draft.need = if acts { Need::State } else { Need::Land };
        (acts || lies_in(view, head)).then_some(draft)
    }

    /// "Officers seized power": soldiers, though officers are mostly police.
    fn rises(&self, view: &View<'_>, phrase: &Phrase<'k>) -> bool {
        let plain = matches!(phrase.parts.last(), Some(last) if last.tokens.len() == 1);
        if view.lemma(phrase.head) != "officer" || !view.is_plural(phrase.head) || !plain {
            return false;
        }
        let verb = match view.position(phrase.head) {
            Position::Subject => view.governor(phrase.head),
            _ => None,
        };
        verb.is_some_and(|verb| {
            let power = view.child(verb, "obj").is_some_and(|object| view.lemma(object) == "power");
            let grabs = matches!(view.lemma(verb), "seize" | "take" | "grab" | "assume");
            // "Took over his country": the land, and no plant or case.
            let land = view.child(verb, "obj").is_some_and(|object| {
                self.lexicon.state.has(view.lemma(object)) || view.lemma(object) == "government"
            });
            let over = view.lemma(verb) == "take" && view.lemma(verb + 1) == "over" && land;
            self.lexicon.mutiny.has(view.lemma(verb)) || (grabs && power) || over
        })
    }

    /// "The coalition led by Saudi Arabia", "a group of Arab states": what states have formed is of none of them, and no party at home. Of
    /// what is known by who leads it, that name.
    fn read_league(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
    ) -> Option<Draft> {
        let head = phrase.head;
        let noun = view.lemma(head);
        let league = self.lexicon.joint.has(noun)
            || self.lexicon.home_league.has(noun)
            || self.lexicon.band.has(noun);
        if !league || view.is_plural(head) || phrase.possessor.is_some() {
            return None;
        }
        let after = || view.children(head).iter().copied().filter(|&c| c >= phrase.core.end);
        let states = after().find(|&c| {
            view.preposition(c) == Some("of")
                && view.is_plural(c)
                && self.lexicon.state.has(view.lemma(c))
                && !matches!(view.lemma(c), "island" | "territory")
        });
        let leads = |noun: usize| {
            let led = view.children(noun).iter().copied().find(|&c| {
                c > noun && view.relation(c) == "acl" && self.lexicon.leads.has(view.form(c))
            })?;
            let by =
                view.children(led).iter().copied().find(|&c| view.preposition(c) == Some("by"))?;
            let hit = names.at(by)?;
            let [only] = hit.readings else { return None };
            let entity = self.actors.entities.get(only.entity)?;
            let state = entity.kind == EntityKind::Country
                && matches!(only.kind, NameKind::Entity | NameKind::Capital);
            state.then_some(only.entity)
        };
        let leader = leads(head).or_else(|| leads(states?));
        // A group that one state leads may be its own.
        if states.is_none() && (leader.is_none() || self.lexicon.band.has(noun)) {
            return None;
        }
        let lead = leader.and_then(|entity| self.actors.entities.get(entity));
        let mut draft =
            Draft::new(head, phrase.core.clone(), MentionKind::Nominal, Category::Organisation);
        let known = leader.filter(|_| phrase.is_definite()).and_then(|entity| {
            self.actors.names().iter().filter(|name| name.entity == entity).find_map(|name| {
                let whole = format!("{}-led {noun}", name.text);
                let found = self.actors.name_at(&whole, 0).filter(|f| f.len == whole.len())?;
                let around = Around { sentence: view.index, ..Around::default() };
                self.read_name(view, found.readings, around)
            })
        });
        draft.actors = match (known, lead) {
            (Some(reading), _) => vec![actor_of(self.actors, &reading, self.date)],
            // Of one that no file has, who leads it is all that the words tell.
            (None, Some(lead)) => vec![Actor { code: Some(lead.code.clone()), ..Actor::default() }],
            (None, None) => {
                vec![Actor { sector: Some(Sector::Igo), via: via("open"), ..Actor::default() }]
            }
        };
        draft.consumed.extend(states);
        Some(draft)
    }

    /// "the French-led coalition": an actor of its own, whoever leads it.
    fn is_joint(&self, view: &View<'_>, phrase: &Phrase<'k>, origins: &Origins) -> bool {
        !origins.list.is_empty()
            && origins.list.iter().all(|origin| origin.leads)
            && self.lexicon.joint.has(view.lemma(phrase.head))
    }

    fn name_joint(
        view: &View<'_>,
        phrase: &Phrase<'k>,
        mut draft: Draft,
        origins: Origins,
    ) -> Draft {
        let name = view.span(&phrase.core).of(view.text).unwrap_or_default().to_owned();
        draft.category = Category::Organisation;
        draft.actors =
            vec![Actor { name: Some(name), sector: Some(Sector::Mil), ..Actor::default() }];
        draft.consumed = origins.consumed;
        draft.need = Need::Nothing;
        draft
    }
}

/// Whether something happens in it, or comes from it.
fn lies_in(view: &View<'_>, head: usize) -> bool {
    matches!(
        view.preposition(head),
        Some(
            "in" | "into"
                | "across"
                | "throughout"
                | "around"
                | "inside"
                | "out"
                | "outside"
                | "to"
                | "from"
                | "over"
                | "through"
                | "within"
                | "of"
        )
    )
}

fn is_former(phrase: &Phrase<'_>) -> bool {
    phrase.parts.iter().any(|element| matches!(element.part, Part::Former))
}

/// "Harvard-trained", "Chicago-born".
fn is_bred(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    phrase.core.clone().skip(1).any(|token| {
        matches!(view.form(token), "born" | "bred" | "educated" | "raised" | "trained")
            && view.form(token - 1) == "-"
    })
}

/// Whether the word names an office of a state, which one may have held.
fn is_held(word: &SectorWord) -> bool {
    word.kind == SectorWordKind::Office
        && matches!(
            word.sector,
            Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Igo
        )
}

/// "An international coalition": one of states, and of no parties.
fn is_of_states(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    view.lemma(phrase.head) == "coalition"
        && phrase.core.clone().any(|token| {
            token != phrase.head
                && matches!(view.lemma(token), "international" | "multinational" | "global")
        })
}

/// "anti-China", "pro-Russian" as one token.
fn is_attitude(lemma: &str) -> bool {
    matches!(lemma.split_once('-'), Some(("anti" | "pro" | "non", _)))
}

/// "A general said": one of those whom the text may have told of.
fn is_one(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    phrase.core.start.checked_sub(1).is_some_and(|t| matches!(view.lemma(t), "a" | "an"))
        && phrase.possessor.is_none()
        && is_nobodys(view, phrase.head)
}

/// "Loyal troops", "700 more soldiers": nothing but small words that say how many or what sort.
fn is_qualified(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    let last = phrase.parts.last().map_or(phrase.core.end, |part| part.tokens.start);
    (phrase.core.start..last).all(|token| {
        let opens = token == 0 || token == view.sentence.dateline();
        matches!(view.upos(token), Upos::Num | Upos::Adj | Upos::Adv)
            && (opens || !view.is_capital(token))
    })
}

/// Whether nothing but a number stands before the noun.
fn is_counted(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    let last = phrase.parts.last().map_or(phrase.core.end, |part| part.tokens.start);
    (phrase.core.start..last).all(|token| view.upos(token) == Upos::Num)
}

/// Whether nothing is said of the noun but that it is known.
fn is_bare(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    phrase.core.len() == 1
        && phrase.possessor.is_none()
        && !view
            .children(phrase.head)
            .iter()
            .any(|&c| c > phrase.head && matches!(view.relation(c), "nmod" | "acl" | "amod"))
}

/// Whether nothing after the noun says whose it is.
fn is_nobodys(view: &View<'_>, head: usize) -> bool {
    !view.children(head).iter().any(|&c| c > head && view.relation(c) == "nmod")
}

/// Gives the draft one actor for each origin, or one without a code.
pub(crate) fn give(
    lexicon: &Lexicon,
    draft: &mut Draft,
    origins: &Origins,
    word: &SectorWord,
    sector: Option<Sector>,
) {
    let word = SectorWord { sector: sector.unwrap_or(word.sector), ..word.clone() };
    let beside_group = word.sector == Sector::Reb
        && origins.list.iter().any(|origin| origin.kind == Some(EntityKind::ArmedGroup));
    for origin in &origins.list {
        // A coalition that a state leads is no party of that state.
        let sector = if origin.leads && word.sector == Sector::Pty {
            None
        // "Israeli and Hezbollah fighters": the state's are its soldiers.
        } else if beside_group && origin.kind == Some(EntityKind::Country) && !origin.part {
            Some(Sector::Mil)
        } else {
            sector_under(lexicon, Some(&word), draft.plural, Some(origin))
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

/// Whether a capital at `head` tells something: it does not in a headline, or where every noun has its capital.
fn is_plain_case(view: &View<'_>, head: usize) -> bool {
    let small = (0..view.len())
        .filter(|&t| view.upos(t) == Upos::Noun && !view.is_capital(t) && view.form(t).len() > 2);
    let others = (1..view.len()).filter(|&t| {
        t != head && matches!(view.upos(t), Upos::Noun | Upos::Verb) && view.is_capital(t)
    });
    small.count() > others.count()
        || (0..view.len()).any(|t| view.xpos(t) == "VBD" && !view.is_capital(t))
}

/// "The No Child Left Behind law", "the Every Student Succeeds Act": a noun for people in capitals amid others is a word of a law's name, and
/// nobody.
fn read_title_word<'k>(
    view: &View<'_>,
    names: &Names<'k>,
    phrase: &Phrase<'k>,
    word: &SectorWord,
) -> Option<Draft> {
    let head = phrase.head;
    let quantity = |t: usize| matches!(view.form(t), "No" | "Every" | "Each" | "All");
    let before = head.checked_sub(1).filter(|&t| t > 0 && quantity(t) && names.at(t).is_none())?;
    let fits = word.kind == SectorWordKind::People
        && view.is_capital(head)
        && view.is_capital(head + 1)
        && is_plain_case(view, head);
    fits.then(|| {
        let mut draft =
            Draft::new(head, before..head + 1, MentionKind::Name, Category::Organisation);
        let name = format!("{} {}", view.form(before), view.form(head));
        draft.actors = vec![Actor { name: Some(name), ..Actor::default() }];
        draft
    })
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
    let held = ["former ", "ex-"].iter().find_map(|before| title.strip_prefix(before));
    held.map_or(title.clone(), str::to_owned)
}

/// "Tamil National Alliance (TNA)": the abbreviation is the same actor.
pub(crate) fn take_abbreviation(
    view: &View<'_>,
    names: &Names<'_>,
    phrase: &Phrase<'_>,
    draft: &mut Draft,
) {
    let bracket = |at: usize| view.form(at) == "(" && view.form(at + 2) == ")";
    let short = [phrase.core.end, draft.tokens.end]
        .into_iter()
        .find(|&end| bracket(end))
        .map(|end| end + 1)
        .or_else(|| view.child(phrase.head, "appos").filter(|&c| c > 0 && bracket(c - 1)));
    let Some(short) = short else { return };
    let form = view.form(short);
    if is_abbreviation(form) {
        draft.consumed.push(short);
        if names.at(short).is_none() {
            draft.forms.push(form.to_owned());
        }
    }
}

/// Whether the word is written as abbreviations are: capitals, at least two.
pub(crate) fn is_abbreviation(form: &str) -> bool {
    form.chars().filter(|c| c.is_uppercase()).count() >= 2
        && form.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '&'))
}

/// The first letters of a name of three words or more that begins with a capital: `ISF` of "Iraqi security forces".
pub(crate) fn initials(name: &str) -> Option<String> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let letters: String = name
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "and" | "the" | "for" | "in" | "on"))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    (letters.chars().count() >= 3).then_some(letters)
}

/// "Diplomats from a dozen states": of none of them alone.
fn comes_from_states(lexicon: &Lexicon, view: &View<'_>, head: usize) -> bool {
    view.children(head).iter().any(|&c| {
        c > head
            && view.preposition(c) == Some("from")
            && view.is_plural(c)
            && lexicon.state.has(view.lemma(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_three_words() {
        assert_eq!(initials("Iraqi security forces").as_deref(), Some("ISF"));
        assert_eq!(initials("Board of Arms and Trade").as_deref(), Some("BAT"));
        assert_eq!(initials("the security forces"), None);
        assert_eq!(initials("Free Army"), None);
    }

    #[test]
    fn abbreviations_are_written_in_capitals() {
        assert!(is_abbreviation("CJTF-OIR") && is_abbreviation("SoS"));
        assert!(!is_abbreviation("Sos") && !is_abbreviation("A b"));
    }
}

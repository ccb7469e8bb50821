//! Persons by name.
//!
//! In goes a noun phrase that ends in a name, out comes a draft with the person's state, sector and office. "Turkish businessman Osman
//! Kavala" is `TUR BUS` by the words around the name; "former President Ann Lee" is `ELI` by "former"; a bare surname is whoever
//! bore it before in the document.

use std::ops::Range;

use detente_core::{Actor, Sector};
use detente_knowledge::{CueKind, EntityKind, NameKind, Person, Role, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::actors::{Around, Reading, actor_of};
use crate::discourse::Gender;
use crate::draft::{Draft, Need};
use crate::holders::owners::is_partisan;
use crate::mentions::is_titled;
use crate::names::{Names, is_generation};
use crate::nominals::{office, word_sector};
use crate::origins::sector_under;
use crate::phrases::{Determiner, Element, Part, Phrase, phrase};
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::roles::{ever_held, held_as, is_office, standing};
use crate::view::{Position, View};

/// A title before or beside a name.
#[derive(Debug, Clone)]
struct Title {
    /// Lower case.
    office: String,
    /// As the text has it.
    text: String,
    sector: Option<Sector>,
}

impl<'k> Reader<'k> {
    /// A draft for the person whose name ends the phrase; `reading` is what the knowledge has for the last name in it.
    pub(crate) fn read_person(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        reading: Option<&Reading<'k>>,
        depth: usize,
    ) -> Option<Draft> {
        let run = name_run(view, phrase);
        let full = view.span(&run).of(view.text)?;
        let known = reading.filter(|reading| self.is_name_of(view, names, &run, reading));
        let initialled = match known {
            Some(_) => None,
            None => self.without_initial(view, &run),
        };
        let known = known.or(initialled.as_ref());
        let double = match known {
            Some(_) => None,
            None => self
                .double_surname(view, &run, full)
                .or_else(|| self.ruler_called(view, names, phrase)),
        };
        let known = known.or(double.as_ref());
        // "John Roth, a baker from Leeds,": a namesake.
        let known = known.filter(|_| !self.has_trade(view, phrase, &run));
        let upto = phrase.parts.iter().take_while(|e| e.tokens.end <= run.start).count();
        let shared = self.shared_title(view, names, phrase, depth);
        let run_name = if full.contains(char::is_whitespace) { None } else { Some(full) };
        let generation = run_name.and_then(|name| self.of_generation(view, phrase, name));
        // "The elder Bush" heads no tribe.
        let own = title_in(view, phrase, upto).filter(|_| generation.is_none());
        let title = own.or_else(|| shared.as_ref().map(|(title, _)| title.clone()));
        let former = is_past(view, phrase) || shared.is_some_and(|(_, former)| former);
        let titled = title.is_some() || is_titled(phrase);
        // "May" and "August" are months unless something says otherwise.
        // "Garcia-Margallo" is one word of three tokens.
        let single = !full.contains(char::is_whitespace);
        if run.len() == 1 && !titled && is_date_word(view, run.start) {
            return None;
        }
        let mut draft = Draft::new(
            phrase.head,
            phrase.core.start..run.end.max(phrase.core.end.min(run.end)),
            MentionKind::Name,
            Category::Person,
        );
        // A family name tells no gender: "Elizabeth Warren" is no man.
        let family = if single && known.is_none() && self.known.get(full).is_empty() {
            run.end..run.end
        } else {
            last_of_name(view, &run)..run.end
        };
        draft.gender = self.gender_among(view, phrase.core.clone().filter(|t| !family.contains(t)));
        let apposed = self.take_apposition(view, names, phrase, run.end, &mut draft, depth);
        let title = title.or(apposed.as_ref().and_then(|a| a.title.clone()));
        draft.offices.extend(title.as_ref().map(|title| title.office.clone()));
        let by_title = match (known, &title) {
            (None, Some(title)) if single => {
                let origins = self.origins(view, names, phrase, upto, depth);
                let code = origins.list.first().and_then(|origin| origin.actor.code.as_deref());
                // Of governors and senators a text names its own without saying whose they are: no namesake in another state is meant.
                let seat = title.office.rsplit(' ').next().unwrap_or_default();
                let home = self.lexicon.home_seat.has(seat.trim_end_matches('.')) && code.is_none();
                self.holder_named(full, &title.office, code).filter(|holder| {
                    !home || self.states.is_empty() || self.is_told(&holder.entity.code)
                })
            }
            // "Foreign Minister Ann Leigh", whom the files have as Anne Leigh: one office, one family name, one first letter.
            (None, Some(title)) if self.known.get(full).is_empty() => {
                let origins = self.origins(view, names, phrase, upto, depth);
                let code = origins.list.first().and_then(|origin| origin.actor.code.as_deref());
                code.and_then(|code| self.holder_spelt(view, &run, &title.office, code))
            }
            // "Mr Howard", of whom a story of his state says no more.
            (None, None)
                if single
                    && phrase.parts.iter().any(|e| matches!(e.part, Part::Honorific))
                    && self.known.get(full).is_empty() =>
            {
                self.ruler_named(full)
            }
            _ => None,
        };
        let known = known.or(by_title.as_ref());
        let of_family = match &title {
            _ if !single || self.is_told_as_former(full, title.as_ref(), former) => None,
            Some(title) if is_of_then(view, phrase) => {
                let year = only_year(view);
                let bearers = self.bearers(full, None, |person| {
                    year.is_some_and(|year| held_in(person, &title.office, year).is_some())
                });
                self.only_told(bearers).or_else(|| match known {
                    None => self.former_holder_named(full, &title.office, None),
                    Some(_) => None,
                })
            }
            Some(title) if former => {
                let origins = self.origins(view, names, phrase, upto, depth);
                let code = origins.list.first().and_then(|origin| origin.actor.code.as_deref());
                self.former_holder_named(full, &title.office, code)
            }
            // "President Kirchner", whose wife sits in the senate.
            Some(title) if known.is_some_and(|known| known.vague) => {
                let origins = self.origins(view, names, phrase, upto, depth);
                let code = origins.list.first().and_then(|origin| origin.actor.code.as_deref());
                self.holder_named(full, &title.office, code)
            }
            _ => generation,
        };
        let kin = of_family.is_some();
        let known = of_family.as_ref().or(known);
        // "King Abdullah", where two kings are called so and the text tells of no state: neither.
        let contested = known.is_none()
            && single
            && !former
            && self.known.get(full).is_empty()
            && title.as_ref().is_some_and(|title| {
                let origins = self.origins(view, names, phrase, upto, depth);
                origins.list.is_empty() && self.holders_named(full, &title.office, None).len() > 1
            });

        if single
            && !kin
            && let Some(referent) = self.known_by(view, full, &draft, title.as_ref())
        {
            let known = self.discourse.referent(referent)?;
            draft.actors.clone_from(&known.actors);
            draft.category = known.category.unwrap_or(Category::Person);
        } else if let Some(reading) = known {
            let mut actor = actor_of(self.actors, reading, self.date);
            if let (NameKind::Person(index), false) = (reading.kind, reading.vague)
                && let Some(person) = self.actors.people.get(index)
            {
                self.settle(&mut actor, person, title.as_ref(), former);
                // "Then-President Lee signed it in 2015": what she was when she did.
                if let Some(role) = title
                    .as_ref()
                    .filter(|_| actor.sector == Some(Sector::Eli))
                    .filter(|_| is_of_then(view, phrase))
                    .and_then(|title| held_in(person, &title.office, only_year(view)?))
                {
                    actor.sector = Some(role.sector);
                    actor.role = Some(role.title.to_string());
                }
                // "Ann Lee, the U.N. envoy": who holds no office of a state acts for whom the text says.
                let free = standing(self.actors, person, self.date).role.is_none();
                let sent = apposed.as_ref().and_then(|a| a.actor.as_ref()).cloned().or_else(|| {
                    title.as_ref()?;
                    let origins = self.origins(view, names, phrase, upto, depth);
                    origins.list.first().map(|origin| origin.actor.clone())
                });
                let called = apposed.as_ref().is_some_and(|a| a.actor.is_some());
                if free
                    && (!former || called)
                    && let Some(code) = sent.and_then(|sent| sent.code)
                    && let Some(body) = self.actors.entity(&code)
                    && body.kind == EntityKind::Organisation
                {
                    (actor.code, actor.sector) = (Some(code), body.sector.or(actor.sector));
                }
                // "Jan Roth, who leads the Greens,": what the text says that one leads today, where the files know of no other office.
                let open = free || actor.sector == Some(Sector::Opp);
                if open
                    && !former
                    && let Some(led) = self.led_by(view, names, phrase.head, depth)
                    && led.sector.is_some_and(|sector| {
                        matches!(sector, Sector::Pty | Sector::Lab | Sector::Bus | Sector::Ngo)
                    })
                    && (led.code.is_none() || led.code == actor.code)
                {
                    actor.sector = led.sector;
                }
                // "Greens leader Jan Roth" leads them, whatever seat he has beside.
                if !former
                    && matches!(actor.sector, None | Some(Sector::Eli | Sector::Opp | Sector::Leg))
                    && title.as_ref().is_some_and(|title| self.lexicon.is_loose(&title.office))
                    && self.origins(view, names, phrase, upto, depth).list.first().is_some_and(
                        |party| {
                            party.actor.sector == Some(Sector::Pty)
                                && party.actor.code == actor.code
                        },
                    )
                {
                    actor.sector = Some(Sector::Pty);
                }
                draft.offices.extend(actor.role.as_ref().map(|role| role.to_lowercase()));
                draft.offices.extend(self.offices_of(person, actor.sector == Some(Sector::Eli)));
                draft.forms.push(person.name.to_string());
                draft.forms.extend(family_names(&person.name));
                draft.forms.extend(person.name.split(' ').next().map(str::to_owned));
            }
            // "Prince Norodom Ranariddh" has his title in his name.
            let first = view.lemma(phrase.core.start);
            if phrase.core.len() > 1
                && let Some((1, word)) = self.actors.sector_word(&[first])
                && word.kind == SectorWordKind::Office
            {
                draft.offices.push(first.to_owned());
            }
            // Of a name that several bear nothing is learnt: who is named in full later is not that one.
            if !reading.vague {
                draft.forms.push(full.to_owned());
                // As this text spells it, which may leave out the accents.
                draft.forms.extend(family_names(full));
            }
            draft.actors = vec![actor];
        } else if let Some(&referent) = self.known.get(full).last() {
            let known = self.discourse.referent(referent)?;
            draft.actors.clone_from(&known.actors);
            draft.category = known.category.unwrap_or(Category::Person);
        } else {
            let one_of = self.kind_listed(view, names, phrase.head, depth);
            let titled = titled || apposed.is_some() || one_of.is_some();
            if !self.may_be_person(view, phrase, &run, titled) {
                return self.speaking_name(view, phrase, &run);
            }
            let origins = self.origins(view, names, phrase, upto, depth);
            let word = title_word(phrase, upto);
            let first = origins.list.first();
            let sector = match word {
                Some(word) => {
                    let sector = word_sector(phrase, word);
                    let last = word.lemmas.last().map_or("", String::as_str);
                    let word = SectorWord { sector: sector.unwrap_or(word.sector), ..word.clone() };
                    // "Clinton aide Ann Lee", of who is not in government: nor is she.
                    let served = first.filter(|of| of.part && self.serves(last));
                    let served = served
                        .and_then(|of| of.actor.sector)
                        .filter(|&of| is_partisan(of) && word.sector == Sector::Gov);
                    served.or_else(|| sector_under(self.lexicon, Some(&word), false, first))
                }
                None => first.and_then(|o| o.actor.sector.filter(|_| o.part)).or_else(|| {
                    // "Bolivia's economy minister, Ann Lee, and Peru's Jan Roth": his colleague.
                    first.filter(|_| is_listed_with_minister(view, names, phrase.head))?;
                    Some(Sector::Gov)
                }),
            };
            let led = match &apposed {
                None if origins.list.is_empty() => self.led_by(view, names, phrase.head, depth),
                _ => None,
            };
            let of_body = match (&apposed, &led) {
                (None, None) if origins.list.is_empty() && word.is_none() => {
                    self.body_of(view, names, phrase.head, run.end, depth)
                }
                _ => None,
            };
            let one_of = one_of.filter(|_| origins.list.is_empty() && word.is_none());
            let beside = apposed.as_ref().and_then(|a| a.actor.as_ref());
            let beside = beside.or(led.as_ref()).or(of_body.as_ref()).or(one_of.as_ref());
            let plain = word.is_none() && title.is_none() && beside.is_none();
            let private = plain && is_resident(view, run.end);
            draft.actors = vec![Actor {
                code: first
                    .and_then(|o| o.actor.code.clone())
                    .or_else(|| beside.and_then(|a| a.code.clone())),
                sector: sector
                    .or_else(|| beside.and_then(|a| a.sector))
                    .or(private.then_some(Sector::Cvl)),
                name: Some(full.split_whitespace().collect::<Vec<_>>().join(" ")),
                role: title.as_ref().map(|title| title.text.clone()),
                ..Actor::default()
            }];
            // "Student leader Ann Lee" is of the country that the text is about.
            let beside = apposed.as_ref().and_then(|apposed| apposed.title.as_ref());
            let local = match (word, beside) {
                (Some(word), _) => {
                    !self.lexicon.abroad.has(word.lemmas.last().map_or("", String::as_str))
                }
                // "Ann Lee, the shift leader,".
                (None, Some(title)) => {
                    let noun = title.office.rsplit(' ').next().unwrap_or_default();
                    !self.lexicon.abroad.has(noun)
                }
                (None, None) => of_body.is_some() || led.is_some() || one_of.is_some(),
            };
            // "Ambassador Ann Lee", after "the Japanese ambassador".
            if origins.list.is_empty()
                && let Some(word) = word
                && let [only] = draft.actors.as_mut_slice()
                && only.code.is_none()
                && self.lexicon.abroad.has(word.lemmas.last().map_or("", String::as_str))
            {
                only.code = self.told_as(word.lemmas.last().map_or("", String::as_str));
            }
            let open = !contested
                && origins.list.is_empty()
                && draft.actors.iter().all(|actor| actor.code.is_none());
            if open && local {
                let owner = origins.owner.or_else(|| {
                    led.as_ref()?;
                    self.owner_of_led(view, phrase.head)
                });
                draft.need = owner.map_or(Need::Place, Need::Owner);
            } else if open && word.is_none() && beside.is_none() && full.contains(' ') {
                draft.need = Need::Home;
            }
            draft.consumed.extend(origins.consumed);
            draft.tokens.start = draft.tokens.start.min(origins.start);
            draft.forms.push(full.to_owned());
            if run.len() > 1 {
                // The family name may be the last or, as in "Zhao Lijian", the first.
                draft.forms.push(view.form(last_of_name(view, &run)).to_owned());
                draft.forms.push(view.form(run.start).to_owned());
                draft.forms.extend(family_names(full));
            }
        }
        // "China's Xi Jinping": a state before the name belongs to it.
        if let Some(possessor) = phrase.possessor
            && depth < 3
            && view.upos(possessor) == Upos::Propn
            && let Some(owner) = self.read(view, names, possessor, depth + 1)
            && owner.category == Category::Country
        {
            draft.consumed.push(possessor);
            draft.tokens.start = draft.tokens.start.min(owner.tokens.start);
        }
        Some(draft)
    }

    /// "John D. Lee": the person whom the files have as John Lee.
    fn without_initial(&self, view: &View<'_>, run: &Range<usize>) -> Option<Reading<'k>> {
        let [first, initial, last] = [0, 1, 2].map(|n| view.form(run.start + n));
        let letter = initial.strip_suffix('.').unwrap_or(initial);
        let mut letters = letter.chars();
        let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
        if run.len() != 3 || !single {
            return None;
        }
        let name = format!("{first} {last}");
        let found = self.actors.name_at(&name, 0).filter(|found| found.len == name.len());
        let Some(found) = found else { return self.called_short(first, last) };
        let around = Around { sentence: view.index, ..Around::default() };
        self.read_name(view, found.readings, around)
            .filter(|reading| matches!(reading.kind, NameKind::Person(_)))
    }

    /// "Patrick J. Lee", whom the files have as Pat Lee: the one in office whose given name is short for it, of a state that the text speaks
    /// of.
    fn called_short(&self, given: &str, family: &str) -> Option<Reading<'k>> {
        let mut bearers = self.actors.called(family).filter_map(|index| {
            let person = self.actors.people.get(index)?;
            let entity = self.actors.entities.get(person.entity)?;
            let (first, rest) = person.name.split_once(' ')?;
            let same = rest == family && self.lexicon.is_short_for(given, first);
            let holds = standing(self.actors, person, self.date).role.is_some();
            (same && holds && self.is_told(&entity.code)).then_some((index, entity))
        });
        let (index, entity) = bearers.next()?;
        let kind = NameKind::Person(index);
        bearers.next().is_none().then_some(Reading { entity, kind, sector: None, vague: false })
    }

    /// Whether the words behind a full name say that its bearer has a trade and no office: "Ann Lee, a nurse from Leeds,".
    fn has_trade(&self, view: &View<'_>, phrase: &Phrase<'k>, run: &Range<usize>) -> bool {
        let plain = run.len() > 1 && !is_titled(phrase);
        let trade = |&c: &usize| {
            c >= run.end
                && view.relation(c) == "appos"
                && self.lexicon.trade.has(view.lemma(c))
                && view.child(c, "det").is_some_and(|det| matches!(view.lemma(det), "a" | "an"))
                && !view.children(c).iter().any(|&inner| {
                    let word = view.lemma(inner);
                    // What one was once, or is by trade, and what one who became something else was.
                    self.lexicon.former.has(word)
                        || view.relation(inner) == "acl"
                        || view.preposition(inner) == Some("by")
                })
                && view.conjuncts(c).len() <= 1
        };
        plain && view.children(phrase.head).iter().any(trade)
    }

    /// "Toledo reshuffled his cabinet in Lima": who leads the state that the text speaks of and is called as a city of another.
    pub(crate) fn ruler_called(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
    ) -> Option<Reading<'k>> {
        let (city, _) = self.city_phrase(view, names, phrase.head)?;
        let verb = view.governor(phrase.head).filter(|&verb| view.upos(verb) == Upos::Verb)?;
        if phrase.core.len() != 1
            || view.position(phrase.head) != Position::Subject
            || phrase.determiner != Determiner::None
            || self.is_told(city)
        {
            return None;
        }
        let surname = view.form(phrase.head);
        let place = self.place_of_clause(view, names, phrase.head);
        let own = view.child(verb, "obj").and_then(|object| view.child(object, "nmod:poss"));
        let own = own.is_some_and(|own| matches!(view.lemma(own), "he" | "she" | "his" | "her"));
        let mut rulers = self.actors.called(surname).filter_map(|index| {
            let person = self.actors.people.get(index)?;
            let entity = self.actors.entities.get(person.entity)?;
            let leads = person.held_on(Some(self.date?)).is_some_and(|role| role.foremost);
            let here = place == Some(entity.code.as_str()) || self.is_told(&entity.code);
            let last = person.name.rsplit(' ').next() == Some(surname);
            (leads && last && (here || own)).then_some((index, entity))
        });
        let (index, entity) = rulers.next()?;
        let kind = NameKind::Person(index);
        rulers.next().is_none().then_some(Reading { entity, kind, sector: None, vague: false })
    }

    /// Whether the text has spoken of the state, or this sentence does.
    fn is_told(&self, code: &str) -> bool {
        self.discourse.knows(code) || self.here.contains(&code) || self.beside.contains(&code)
    }

    /// "Van Hollen": the one in office whose name ends so, of a state that the text speaks of, and whom it has not named before.
    fn double_surname(
        &self,
        view: &View<'_>,
        run: &Range<usize>,
        full: &str,
    ) -> Option<Reading<'k>> {
        let given = view.lemma(run.start);
        let first = self.lexicon.male.has(given) || self.lexicon.female.has(given);
        if run.len() != 2 || first || !self.known.get(full).is_empty() {
            return None;
        }
        let mut bearers = self.actors.called(view.form(run.end - 1)).filter_map(|index| {
            let person = self.actors.people.get(index)?;
            let entity = self.actors.entities.get(person.entity)?;
            let before = person.name.strip_suffix(full)?;
            let holds = standing(self.actors, person, self.date).role.is_some();
            (before.ends_with(' ') && holds && self.is_told(&entity.code))
                .then_some((index, entity))
        });
        let (index, entity) = bearers.next()?;
        let kind = NameKind::Person(index);
        bearers.next().is_none().then_some(Reading { entity, kind, sector: None, vague: false })
    }

    /// The other offices that someone holds at the date; of someone out of office those that they held before.
    fn offices_of(&self, person: &Person, former: bool) -> Vec<String> {
        let Some(date) = self.date else { return Vec::new() };
        let begun = |role: &&Role| role.from.is_none_or(|from| from.first <= date);
        let held = |role: &&Role| former || role.until.is_none_or(|until| until.last >= date);
        let roles = person.roles.iter().filter(begun).filter(held);
        roles.map(|role| role.title.to_lowercase()).collect()
    }

    /// Whether the run of tokens is the name that was read and not a longer one that ends in it ("Ann Lee" is no "Lee").
    fn is_name_of(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        run: &Range<usize>,
        reading: &Reading<'k>,
    ) -> bool {
        let NameKind::Person(index) = reading.kind else { return false };
        let Some(hit) = names.at(run.end.saturating_sub(1)) else { return false };
        if hit.tokens.start <= run.start {
            return true;
        }
        let Some(person) = self.actors.people.get(index) else { return false };
        // A shirt that read "Crooked Lee": what stands on signs calls somebody names and names nobody.
        let given = view.lemma(run.start);
        let marks = |form: &str| matches!(form, "“" | "”" | "\"" | "''" | "``" | "‘" | "’" | "'");
        let quoted = run.start.checked_sub(1).is_some_and(|before| marks(view.form(before)))
            && (marks(view.form(run.end)) || marks(view.form(run.end + 1)));
        if quoted && !self.lexicon.male.has(given) && !self.lexicon.female.has(given) {
            return true;
        }
        (run.start..hit.tokens.start).all(|t| {
            let form = view.form(t);
            // "Joseph R. Biden": an initial or a part of the full name.
            form.len() <= 2 || person.name.split(' ').any(|part| part == form)
        })
    }

    /// "Secretary of State Rice", "King Abdullah": the one person of that name who holds that office at the document's date, or
    /// ever held it where there is no date; of the state with this code, if the words around give one, and of several the only one of a state
    /// that the text speaks of. A name of several words is nobody's family name.
    fn holder_named(&self, name: &str, office: &str, code: Option<&str>) -> Option<Reading<'k>> {
        self.only_told(self.holders_named(name, office, code))
    }

    /// Everybody of the name who holds the office at the document's date, or ever held it where there is no date.
    fn holders_named(&self, name: &str, office: &str, code: Option<&str>) -> Vec<Reading<'k>> {
        let bears =
            |role: Option<&str>| role.is_some_and(|role| is_office(&role.to_lowercase(), office));
        self.bearers(name, code, |person| match self.date {
            Some(_) => bears(standing(self.actors, person, self.date).role),
            None => ever_held(person, office).is_some(),
        })
    }

    /// "Former President Bush", in the days of his son: the one of that family name who has left that office for good.
    fn former_holder_named(
        &self,
        name: &str,
        office: &str,
        code: Option<&str>,
    ) -> Option<Reading<'k>> {
        let date = self.date?;
        let common = self.lexicon.same_office(office).is_empty();
        let left = self.bearers(name, code, |person| {
            let mut roles = person
                .roles
                .iter()
                .filter(|role| is_office(&role.title.to_lowercase(), office))
                .peekable();
            let last = person.name.split(' ').rfind(|part| !is_generation(part));
            last == Some(name)
                && roles.peek().is_some()
                && roles.all(|role| role.until.is_some_and(|until| until.last < date))
        });
        // "Former minister Khan" may be of any state.
        let told = |reading: &Reading<'k>| self.is_told(&reading.entity.code);
        self.only_told(left).filter(|only| !common || code.is_some() || told(only))
    }

    /// Whom the knowledge calls by the name and `keep` accepts; of the state with this code, if there is one.
    fn bearers(
        &self,
        name: &str,
        code: Option<&str>,
        keep: impl Fn(&Person) -> bool,
    ) -> Vec<Reading<'k>> {
        let bearers = self.actors.called(name).filter_map(|index| {
            let person = self.actors.people.get(index)?;
            let entity = self.actors.entities.get(person.entity)?;
            let fits = code.is_none_or(|code| entity.code == code) && keep(person);
            let kind = NameKind::Person(index);
            fits.then_some(Reading { entity, kind, sector: None, vague: false })
        });
        bearers.collect()
    }

    /// The only one, or the only one of a state that the text speaks of.
    fn only_told(&self, mut readings: Vec<Reading<'k>>) -> Option<Reading<'k>> {
        if readings.len() > 1 {
            readings.retain(|reading| {
                let code = &reading.entity.code;
                self.is_told(code) || self.names_place_in(code)
            });
        }
        let only = readings.pop()?;
        readings.is_empty().then_some(only)
    }

    /// Whether the text has named a place in the state: "King Abdullah said in Riyadh".
    fn names_place_in(&self, code: &str) -> bool {
        let places = self.scene.iter().chain(&self.visited).map(|(place, _)| place);
        places.chain(&self.venues).chain(&self.dateline).any(|place| place == code)
    }

    /// "The elder Bush", "the younger Kim": of a family of one state whose members go by one name, who came to office first or last.
    fn of_generation(
        &self,
        view: &View<'_>,
        phrase: &Phrase<'k>,
        name: &str,
    ) -> Option<Reading<'k>> {
        let before = phrase.core.clone().take_while(|&token| view.upos(token) != Upos::Propn);
        let elder = before.filter(|_| phrase.is_definite()).find_map(|token| {
            let form = view.form(token);
            let elder = self.lexicon.elder.has(form);
            (elder || self.lexicon.younger.has(form)).then_some(elder)
        })?;
        let found = self.actors.name_at(name, 0).filter(|found| found.len == name.len())?;
        let first = found.readings.first()?;
        let mut family: Vec<_> = Vec::new();
        for reading in found.readings.iter().filter(|reading| reading.entity == first.entity) {
            let NameKind::Person(index) = reading.kind else { return None };
            let roles = self.actors.people.get(index)?.roles.iter();
            family.push((roles.filter_map(|role| Some(role.from?.first)).min()?, reading.kind));
        }
        family.sort_unstable();
        let (_, kind) = *if elder { family.first() } else { family.last() }?;
        let entity = self.actors.entities.get(first.entity)?;
        (family.len() > 1).then_some(Reading { entity, kind, sector: None, vague: false })
    }

    /// Whether the text has named somebody so who once held the office and has left it, so that nobody else of the family is meant.
    fn is_told_as_former(&self, name: &str, title: Option<&Title>, former: bool) -> bool {
        let fits = |&index: &usize| {
            self.discourse.referent(index).is_some_and(|referent| {
                let office = title.is_none_or(|title| {
                    referent.offices.iter().any(|o| is_office(o, &title.office))
                });
                let left = referent.actors.iter().all(|actor| actor.sector == Some(Sector::Eli));
                office && left
            })
        };
        former && self.known.get(name).iter().any(fits)
    }

    /// "Presidents Bush and Putin": the title that stands in the plural before the first of a list of family names, and whether it is a past
    /// one.
    fn shared_title(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        own: &Phrase<'k>,
        depth: usize,
    ) -> Option<(Title, bool)> {
        let first = view.first_conjunct(own.head);
        if first >= own.head || depth > 1 || view.relation(own.head) != "conj" || is_titled(own) {
            return None;
        }
        let titled = phrase(view, names, self.lexicon, first);
        let run = name_run(view, &titled);
        let upto = titled.parts.iter().take_while(|e| e.tokens.end <= run.start).count();
        let several = (titled.core.start..run.start).any(|token| view.is_plural(token));
        let title = title_in(view, &titled, upto).filter(|_| several && !run.is_empty())?;
        Some((title, is_past(view, &titled)))
    }

    /// The only one of this family name who governs a state that the text has told of, at the document's date.
    fn ruler_named(&self, name: &str) -> Option<Reading<'k>> {
        self.date?;
        let mut rulers = self.actors.called(name).filter_map(|index| {
            let person = self.actors.people.get(index)?;
            let entity = self.actors.entities.get(person.entity)?;
            let standing = standing(self.actors, person, self.date);
            let governs = standing.sector == Some(Sector::Gov) && standing.role.is_some();
            let told =
                self.states.contains(&entity.code) || self.here.contains(&entity.code.as_str());
            (governs && told).then_some((entity, NameKind::Person(index)))
        });
        let (entity, kind) = rulers.next()?;
        rulers.next().is_none().then_some(Reading { entity, kind, sector: None, vague: false })
    }

    /// The holder of the office in the state whose name is this one in another spelling: the same family name and the same first letter.
    fn holder_spelt(
        &self,
        view: &View<'_>,
        run: &Range<usize>,
        office: &str,
        code: &str,
    ) -> Option<Reading<'k>> {
        let reading = self.holder_named(view.form(last_of_name(view, run)), office, Some(code))?;
        let NameKind::Person(index) = reading.kind else { return None };
        let name = &self.actors.people.get(index)?.name;
        let first = |word: &str| word.chars().next().map(|letter| letter.to_ascii_lowercase());
        let alike = first(name.as_str()) == first(view.form(run.start));
        let last = name.rsplit(' ').next() == Some(view.form(last_of_name(view, run)));
        (alike && last).then_some(reading)
    }

    /// "Ann Lee, who commands its force": the pronoun that says whose is what she leads.
    fn owner_of_led(&self, view: &View<'_>, head: usize) -> Option<usize> {
        let led = view
            .children(head)
            .iter()
            .copied()
            .find(|&c| view.deprel(c) == "acl:relcl" && self.lexicon.lead.has(view.lemma(c)))?;
        let owner = view.child(view.child(led, "obj")?, "nmod:poss")?;
        matches!(view.lemma(owner), "its" | "their").then_some(owner)
    }

    /// "Ann Lee leads the Norwegian delegation": who leads it is of it.
    fn led_by(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        depth: usize,
    ) -> Option<Actor> {
        if depth >= 2 {
            return None;
        }
        // "Ann Lee, who leads the union,": what is told of her beside comes first.
        let told = view.children(head).iter().copied().find(|&c| view.deprel(c) == "acl:relcl");
        let told = told.filter(|&verb| {
            view.child(verb, "nsubj").is_some_and(|subject| view.lemma(subject) == "who")
                && (self.lexicon.lead.has(view.lemma(verb))
                    || self.lexicon.speak_for.has(view.lemma(verb)))
        });
        let acts = view.governor(head).filter(|_| view.position(head) == Position::Subject);
        let verb = told.or(acts)?;
        let beside = if self.lexicon.lead.has(view.lemma(verb)) {
            view.child(verb, "obj")?
        } else if self.lexicon.speak_for.has(view.lemma(verb)) {
            let children = view.children(verb).iter().copied();
            children
                .clone()
                .find(|&c| view.relation(c) == "obl" && view.preposition(c) == Some("for"))?
        } else {
            return None;
        };
        let whole = self.read(view, names, beside, depth + 1)?;
        // "Leads the Norwegian delegation": its word is for one who is sent as well.
        let sent = self.lexicon.abroad.has(view.lemma(beside));
        let fits = whole.category != Category::Person || sent;
        match whole.actors.as_slice() {
            [only]
                if fits
                    && (only.code.is_some() || only.sector.is_some())
                    && view.conjuncts(beside).len() <= 1 =>
            {
                Some(Actor { name: None, role: None, ..only.clone() })
            }
            _ => None,
        }
    }

    /// "Petar Dinev of the grid company": a person of a body that has a sector, and perhaps a state.
    fn body_of(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        end: usize,
        depth: usize,
    ) -> Option<Actor> {
        if depth >= 2 {
            return None;
        }
        let of = view.children(head).iter().copied().find(|&c| {
            c >= end
                && view.relation(c) == "nmod"
                && matches!(view.preposition(c), Some("of" | "from" | "at"))
        })?;
        let body = self.read(view, names, of, depth + 1)?;
        match body.actors.as_slice() {
            [only] if body.category == Category::Organisation && only.sector.is_some() => {
                Some(Actor { name: None, role: None, ..only.clone() })
            }
            _ => None,
        }
    }

    /// "Two Danish engineers, Ann Lee and Jan Roth,": what they are of whom the name is one.
    fn kind_listed(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        depth: usize,
    ) -> Option<Actor> {
        let noun = is_listed(view, head).filter(|_| depth < 2)?;
        let people = self.read(view, names, noun, depth + 1)?;
        match people.actors.as_slice() {
            [only] if people.category == Category::People => {
                Some(Actor { name: None, role: None, ..only.clone() })
            }
            _ => None,
        }
    }

    /// The state of the one person, yet without a name, whom the text has called by the noun.
    fn told_as(&self, noun: &str) -> Option<String> {
        let begin = self.discourse.begins();
        let mut told =
            self.nouns.iter().filter(|(word, _)| word == noun).filter_map(|(_, index)| {
                let mention = self.mentions.get(*index).filter(|m| m.sentence >= begin)?;
                match mention.actors.as_slice() {
                    [only] if mention.category == Category::Person && only.name.is_none() => {
                        only.code.clone()
                    }
                    _ => None,
                }
            });
        let code = told.next()?;
        told.all(|other| other == code).then_some(code)
    }

    /// Whom a surname alone stands for, by what the document has named before.
    fn known_by(
        &self,
        view: &View<'_>,
        form: &str,
        draft: &Draft,
        title: Option<&Title>,
    ) -> Option<usize> {
        let list = self.known.get(form);
        match list {
            [] => None,
            [only] => Some(*only),
            _ => {
                let fits = |&&index: &&usize| {
                    self.discourse.referent(index).is_some_and(|referent| {
                        let gender = draft.gender == Gender::Unknown
                            || referent.gender == Gender::Unknown
                            || referent.gender == draft.gender;
                        let office = title.is_none_or(|title| {
                            referent.offices.iter().any(|o| is_office(o, &title.office))
                        });
                        gender && office
                    })
                };
                let fitting: Vec<usize> = list.iter().filter(fits).copied().collect();
                if let [only] = fitting.as_slice() {
                    return Some(*only);
                }
                let pool = if fitting.is_empty() { list } else { fitting.as_slice() };
                self.discourse
                    .candidates(view.index, draft.head, 6, |_, trace| {
                        pool.contains(&trace.referent)
                    })
                    .first()
                    .map(|candidate| candidate.referent)
                    .or(pool.last().copied())
            }
        }
    }

    /// Office and sector of a known person, from the knowledge at the date and the title in the text.
    fn settle(&self, actor: &mut Actor, person: &Person, title: Option<&Title>, former: bool) {
        let now = standing(self.actors, person, self.date);
        let dated = self.date.is_some() && !person.roles.is_empty();
        if former && !(dated && now.role.is_some() && !now.lately) {
            actor.sector = Some(Sector::Eli);
            actor.role = None;
            return;
        }
        let Some(title) = title else { return };
        if let Some(role) = held_as(person, &title.office, self.date) {
            actor.sector = Some(role.sector);
            actor.role = Some(role.title.to_string());
            return;
        }
        if dated {
            // "Ann Lee, a banker,": who only stands against a government has a trade by the text.
            let trade =
                matches!(title.sector, Some(Sector::Bus | Sector::Med | Sector::Rel | Sector::Edu));
            if trade && now.sector == Some(Sector::Opp) && !former {
                actor.sector = title.sector;
                return;
            }
            // "Ann Lee, the party's nominee,": who only stands for an office stays what she was.
            let noun = title.office.rsplit(' ').next().unwrap_or_default();
            if title.sector == Some(Sector::Pty)
                && now.sector == Some(Sector::Eli)
                && self.lexicon.contender.has(noun)
            {
                actor.role = Some(title.text.clone());
                return;
            }
            // A title that the person never held by the knowledge is the text's own news of them.
            if now.role.is_none() && !former && ever_held(person, &title.office).is_none() {
                actor.sector = title.sector;
                actor.role = Some(title.text.clone());
            }
            return;
        }
        match ever_held(person, &title.office) {
            Some(role) => {
                actor.sector = Some(role.sector);
                actor.role = Some(role.title.to_string());
            }
            None if person.roles.is_empty() || self.date.is_none() => {
                actor.sector = title.sector.or(actor.sector);
                actor.role = Some(title.text.clone());
            }
            None => {}
        }
    }

    /// Whether an unknown name may be a person's.
    fn may_be_person(
        &self,
        view: &View<'_>,
        phrase: &Phrase<'k>,
        run: &Range<usize>,
        titled: bool,
    ) -> bool {
        let alphabetic = run.clone().all(|t| {
            let form = view.form(t);
            form.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‐' | '‑'))
        });
        if !alphabetic || view.upos(last_of_name(view, run)) != Upos::Propn {
            return false;
        }
        if titled {
            return true;
        }
        // "Operation Steel", "Ramadi Barrage", "Fighting Falcons".
        let (first, last) = (view.lemma(run.start), view.lemma(run.end - 1));
        let other = |word| self.lexicon.named_thing.has(word);
        if other(first)
            || other(last)
            || self.lexicon.named_place.has(last)
            || view.xpos(run.end - 1) == "NNPS"
        {
            return false;
        }
        let given = view.lemma(run.start);
        // "Brandel met officials", of whom the text gives the full name later.
        let family = run.len() == 1
            && phrase.parts.len() == 1
            && self.is_named_later(view.form(run.start), view.index);
        if (run.len() < 2 && !family) || phrase.determiner != Determiner::None {
            return false;
        }
        if self.lexicon.male.has(given) || self.lexicon.female.has(given) {
            return true;
        }
        // Without a given name that is known, only one who acts is taken for a person.
        let capitals = run.clone().all(|t| {
            let inner = t > run.start && t + 1 < run.end;
            let particle = view.upos(t) == Upos::Punct || self.lexicon.particle.has(view.form(t));
            (view.is_capital(t) && view.form(t).len() > 1) || (inner && particle)
        });
        let acts = match view.position(phrase.head) {
            Position::Subject
            | Position::PassiveSubject
            | Position::Agent
            | Position::Possessor
            | Position::Object
            | Position::Indirect => true,
            Position::Oblique(case) | Position::Nominal(case) => {
                matches!(case, "with" | "against" | "by" | "to" | "for" | "from")
            }
            _ => false,
        };
        capitals && acts && !phrase.parts.iter().any(|e| matches!(e.part, Part::Common))
    }

    /// A name that speaks, of which nothing else is known: "Globex said". A single word that is no abbreviation is more often a person's.
    fn speaking_name(
        &self,
        view: &View<'_>,
        phrase: &Phrase<'k>,
        run: &Range<usize>,
    ) -> Option<Draft> {
        if view.upos(phrase.head) != Upos::Propn
            || is_date_word(view, phrase.head)
            || !self.speaks(view, phrase.head)
        {
            return None;
        }
        let name = view.span(run).of(view.text)?;
        let surname = run.len() == 1
            && name.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'))
            && !self.lexicon.named_thing.has(view.lemma(run.start));
        let category = if surname { Category::Person } else { Category::Organisation };
        let mut draft = Draft::new(phrase.head, run.clone(), MentionKind::Name, category);
        draft.actors = vec![Actor { name: Some(name.to_owned()), ..Actor::default() }];
        draft.forms.push(name.to_owned());
        Some(draft)
    }

    /// Whether the phrase is the subject of a verb of saying or asking, or the source that "according to" names.
    pub(crate) fn speaks(&self, view: &View<'_>, head: usize) -> bool {
        match view.position(head) {
            Position::Subject => view.governor(head).is_some_and(|verb| self.is_speech(view, verb)),
            Position::Oblique("according") => true,
            _ => false,
        }
    }

    /// Whether the verb reports speech.
    pub(crate) fn is_speech(&self, view: &View<'_>, verb: usize) -> bool {
        view.upos(verb) == Upos::Verb
            && self.words.cue_at(view.lemmas.get(verb..verb + 1).unwrap_or_default()).is_some_and(
                |(_, cue)| {
                    matches!(
                        cue.kind,
                        CueKind::Say
                            | CueKind::Ask
                            | CueKind::Accuse
                            | CueKind::Deny
                            | CueKind::Question
                    )
                },
            )
    }

    /// Gender by the form of address, the noun or the given name.
    pub(crate) fn gender_of(&self, view: &View<'_>, phrase: &Phrase<'k>) -> Gender {
        self.gender_among(view, phrase.core.clone())
    }

    /// The same by these tokens.
    fn gender_among(&self, view: &View<'_>, tokens: impl Iterator<Item = usize>) -> Gender {
        for token in tokens {
            let lemma = view.lemma(token);
            let bare = lemma.trim_end_matches('.');
            if self.lexicon.male.has(lemma) || self.lexicon.male.has(bare) {
                return Gender::Male;
            }
            if self.lexicon.female.has(lemma) || self.lexicon.female.has(bare) {
                return Gender::Female;
            }
        }
        Gender::Unknown
    }

    /// "Wang Yi, China's foreign minister,": what the apposition says of the name.
    fn take_apposition(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        end: usize,
        draft: &mut Draft,
        depth: usize,
    ) -> Option<Apposed> {
        if depth >= 3 {
            return None;
        }
        let beside = view
            .children(phrase.head)
            .iter()
            .copied()
            .find(|&c| c >= end && view.relation(c) == "appos" && view.upos(c) != Upos::Num);
        // "Ann Lee and Jan Roth, Canadian negotiators,": of all of the list.
        let (beside, shared) = if let Some(beside) = beside {
            (beside, view.is_plural(beside))
        } else {
            let list = view.conjuncts(phrase.head);
            let last = list.last().copied()?;
            let mut all = list.iter().flat_map(|&member| view.children(member)).copied();
            let beside =
                all.find(|&c| c > last && view.relation(c) == "appos" && view.is_plural(c))?;
            (beside, true)
        };
        let inner = self.read(view, names, beside, depth + 1)?;
        let fits = if shared { Category::People } else { Category::Person };
        // "Ann Lee, a Canadian"
        let citizen = inner.category == Category::Nationality && !inner.plural && !shared;
        if !citizen && (inner.kind != MentionKind::Nominal || inner.category != fits) {
            return None;
        }
        if shared && inner.actors.len() != 1 {
            return None;
        }
        draft.consumed.push(beside);
        draft.consumed.extend(inner.consumed.iter().copied());
        draft.offices.extend(inner.offices.iter().cloned());
        if inner.tokens.start > draft.tokens.start && !shared {
            draft.tokens.end = draft.tokens.end.max(inner.tokens.end);
        }
        if draft.gender == Gender::Unknown {
            draft.gender = inner.gender;
        }
        // "Ann Lee, a Navy reserve captain and former staffer": what one does beside or did once tells least of whom one acts for.
        let aside = inner
            .tokens
            .clone()
            .any(|t| matches!(view.lemma(t), "reserve" | "reservist" | "veteran"));
        let aside = aside && !shared && inner.actors.iter().all(|a| a.sector == Some(Sector::Mil));
        let mut inner = inner;
        if aside {
            let other = view.conjuncts(beside).into_iter().filter(|&c| c > beside).find_map(|c| {
                let other = self.read(view, names, c, depth + 1)?;
                let [actor] = other.actors.as_slice() else { return None };
                let fits = other.kind == MentionKind::Nominal && other.category == Category::Person;
                actor.sector.filter(|_| fits)
            });
            for actor in &mut inner.actors {
                actor.sector = other;
            }
        }
        let actor = inner.actors.first().cloned();
        let title = inner.offices.first().map(|office| Title {
            office: office.clone(),
            text: office.clone(),
            sector: actor.as_ref().and_then(|a| a.sector),
        });
        Some(Apposed { actor, title })
    }

    /// Whether the files have the person and never in this office.
    fn never_was(&self, actor: &Actor, office: &str) -> bool {
        let entity = actor.code.as_deref().and_then(|code| self.actors.entity(code));
        let mut people = entity.map_or(0..0, |entity| entity.people.clone());
        let person = people.find_map(|index| {
            let person = self.actors.people.get(index)?;
            (actor.name.as_deref() == Some(person.name.as_str())).then_some(person)
        });
        person.is_some_and(|person| ever_held(person, office).is_none())
    }

    /// "The Australian, Ann Lee,": a person of that state.
    pub(crate) fn read_national(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        reading: &Reading<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let national = matches!(reading.kind, NameKind::Adjective | NameKind::Demonym);
        if depth >= 3 || !national || !phrase.is_definite() || view.is_plural(phrase.head) {
            return None;
        }
        let beside = view.children(phrase.head).iter().copied().find(|&c| {
            c >= phrase.core.end && view.relation(c) == "appos" && view.upos(c) == Upos::Propn
        })?;
        let inner = self.read(view, names, beside, depth + 1).or_else(|| {
            // What stands before it makes a person of a name that alone says nothing.
            self.bare_person(view, &self::phrase(view, names, self.lexicon, beside))
        })?;
        if inner.category != Category::Person || inner.kind != MentionKind::Name {
            return None;
        }
        let mut draft = Draft { head: phrase.head, ..inner };
        draft.tokens = phrase.core.start..draft.tokens.end;
        draft.consumed.push(beside);
        for actor in &mut draft.actors {
            actor.code.get_or_insert_with(|| reading.entity.code.clone());
        }
        Some(draft)
    }

    /// "Chinese leader Xi Jinping", "his counterpart, Wang Yi,", "the militant group Hamas": a common noun with a name beside it.
    pub(crate) fn read_apposed(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        if depth >= 3 || view.is_plural(phrase.head) {
            return None;
        }
        let beside_of = |token: usize| {
            view.children(token).iter().copied().find(|&c| {
                c >= phrase.core.end && view.relation(c) == "appos" && view.upos(c) == Upos::Propn
            })
        };
        // "The owner of the mill, Ann Lee,": the name may hang on what comes between.
        let beside = beside_of(phrase.head)
            .or_else(|| beside_of(self.complement(view, names, phrase)?))
            .or_else(|| named_behind(view, phrase.head, phrase.core.end))?;
        let inner_phrase = self::phrase(view, names, self.lexicon, beside);
        let adjacent = inner_phrase.core.start == phrase.core.end;
        let word = match phrase.parts.last()?.part {
            Part::Word(word) => Some(word),
            _ => None,
        };
        let lemma = view.lemma(phrase.head);
        let peer = self.lexicon.peer.has(lemma);
        let person = word.is_some_and(|word| word.kind != SectorWordKind::Body)
            || self.lexicon.person.has(lemma)
            || self.lexicon.counterpart.has(lemma)
            || peer
            || self.lexicon.other.has(lemma);
        let body = word.is_some_and(|word| word.kind == SectorWordKind::Body)
            || self.lexicon.body.has(lemma);
        // "our ally Turkey"
        let party = adjacent && self.lexicon.party.has(lemma);
        if !(person || body || party) {
            return None;
        }
        let mut inner = self.read(view, names, beside, depth + 1);
        // "His sister, Ann al-Lee": a known name may end it.
        let last = inner_phrase.parts.last()?;
        let named = matches!(last.part, Part::Proper)
            || name_run(view, &inner_phrase).len() > last.tokens.len();
        if inner.is_none() && person && named {
            // The title makes a person of a name that alone says nothing.
            inner = self.bare_person(view, &inner_phrase);
        }
        let inner = inner?;
        let fits = match inner.category {
            Category::Person => person,
            Category::Organisation => body,
            Category::Country => party,
            _ => false,
        };
        if !fits || inner.kind != MentionKind::Name {
            return None;
        }
        let upto = phrase.parts.len().saturating_sub(1);
        let origins = self.origins(view, names, phrase, upto, depth);
        let start = if adjacent || phrase.possessor.is_none() || origins.owner.is_none() {
            origins.start
        } else {
            phrase.core.start
        };
        let inner_is_person = inner.category == Category::Person;
        let mut draft = Draft { head: phrase.head, ..inner };
        draft.tokens = start..draft.tokens.end;
        draft.consumed.push(beside);
        draft.consumed.extend(origins.consumed.iter().copied());
        if draft.gender == Gender::Unknown {
            draft.gender = self.gender_of(view, phrase);
        }
        let title = word.map(office);
        if let (Some(title), [only]) = (&title, draft.actors.as_mut_slice())
            && only.code.is_none()
            && let Some(name) = &only.name
            && let Some(reading) = self.holder_named(
                name,
                title,
                origins.list.first().and_then(|origin| origin.actor.code.as_deref()),
            )
        {
            *only = actor_of(self.actors, &reading, self.date);
            draft.forms.extend(only.name.clone());
        }
        if let [only] = draft.actors.as_slice()
            && only.code.is_none()
            && origins.list.is_empty()
            && let end = draft.tokens.end
            && let Some(Apposed { actor: Some(beside), .. }) =
                self.take_apposition(view, names, phrase, end, &mut draft, depth)
            && let [only] = draft.actors.as_mut_slice()
        {
            only.code = beside.code;
            only.sector = only.sector.or(beside.sector);
        }
        let serves = self.lexicon.servant.has(lemma)
            || title.as_ref().is_some_and(|title| title.ends_with("of staff"));
        draft.offices.extend(title);
        let former = phrase.parts.iter().any(|e| matches!(e.part, Part::Former));
        let sector = word.and_then(|word| {
            let own = word_sector(phrase, word);
            let word = SectorWord { sector: own.unwrap_or(word.sector), ..word.clone() };
            sector_under(self.lexicon, Some(&word), false, origins.list.first())
        });
        // "The head of the fishing chamber, Ann Lee,": of the sector of what she heads.
        let heads = word.is_none() && inner_is_person && self.lexicon.official.has(lemma);
        let headed = if heads { self.body_headed(view, names, phrase, depth) } else { None };
        let sector = sector.or_else(|| headed.as_ref().and_then(|body| body.sector));
        for actor in &mut draft.actors {
            let unknown = actor.code.is_none();
            if unknown {
                actor.code = origins.list.first().and_then(|o| o.actor.code.clone());
                actor.code = actor.code.take().or_else(|| headed.as_ref()?.code.clone());
            }
            // "The chief of staff, General Ann Lee,": the rank says whose servant she is.
            let ranked = actor.sector == Some(Sector::Mil) && serves;
            if actor.sector.is_none() || (unknown && sector.is_some() && !ranked) {
                actor.sector = sector.or(actor.sector);
            }
            if former && self.date.is_none() {
                actor.sector = Some(Sector::Eli);
            }
            // "The president's envoy, Ann Lee,": who has left her offices and has one again, which no file has.
            // "The secretary-general's envoy, Ann Lee,": of whom she is sent by, where she holds no office of a state.
            let sender = origins.list.first().filter(|origin| {
                self.lexicon.abroad.has(lemma)
                    && !former
                    && origin.kind == Some(EntityKind::Organisation)
                    && actor.sector == Some(Sector::Eli)
            });
            if let Some(sender) = sender {
                actor.code.clone_from(&sender.actor.code);
                actor.sector = sender.actor.sector.or(sector);
            }
            let serving = word.filter(|word| {
                let minister = word.kind == SectorWordKind::Office
                    && word.sector == Sector::Gov
                    && !self.lexicon.is_loose(&office(word));
                (self.lexicon.abroad.has(lemma) || minister) && !former
            });
            if let Some(word) = serving
                && actor.sector == Some(Sector::Eli)
                && sector == Some(Sector::Gov)
                && origins.list.first().is_none_or(|o| o.actor.code == actor.code)
                && self.never_was(actor, &office(word))
            {
                actor.sector = sector;
                actor.role = Some(office(word));
            }
        }
        draft.need = match (origins.owner, draft.actors.first()) {
            (Some(pronoun), Some(actor))
                if actor.code.is_none()
                    && !self.lexicon.counterpart.has(lemma)
                    && (peer || !self.lexicon.other.has(lemma)) =>
            {
                Need::Owner(pronoun)
            }
            // "A student, Ann Lee,": of the state that the text is about.
            (None, Some(actor))
                if actor.code.is_none()
                    && inner_is_person
                    && (headed.is_some()
                        || word.is_some_and(|word| word.kind != SectorWordKind::Body))
                    && !self.lexicon.abroad.has(lemma) =>
            {
                Need::Place
            }
            _ => Need::Nothing,
        };
        Some(draft)
    }

    /// The noun after "of" or "for" that is no person itself: "mill" in "the owner of the mill".
    fn complement(&self, view: &View<'_>, names: &Names<'k>, phrase: &Phrase<'k>) -> Option<usize> {
        let of = view.children(phrase.head).iter().copied().find(|&c| {
            c >= phrase.core.end
                && view.relation(c) == "nmod"
                && matches!(view.preposition(c), Some("of" | "for"))
        })?;
        let person = self.lexicon.person.has(view.lemma(of))
            || names.word_at(of).is_some_and(|(_, word)| word.kind != SectorWordKind::Body);
        (view.upos(of) == Upos::Noun && !person && !view.is_plural(of)).then_some(of)
    }

    /// The body that the noun is the head of: "the chairman of the election commission".
    fn body_headed(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Actor> {
        let of = view.children(phrase.head).iter().copied().find(|&c| {
            c >= phrase.core.end
                && view.relation(c) == "nmod"
                && matches!(view.preposition(c), Some("of" | "at"))
        })?;
        let body = self.read(view, names, of, depth + 1)?;
        let bodies = matches!(body.category, Category::Organisation | Category::People);
        match body.actors.as_slice() {
            [only] if bodies && only.sector.is_some() => Some(only.clone()),
            _ => None,
        }
    }

    fn bare_person(&self, view: &View<'_>, phrase: &Phrase<'k>) -> Option<Draft> {
        let run = name_run(view, phrase);
        if !self.may_be_person(view, phrase, &run, true) {
            return None;
        }
        let full = view.span(&run).of(view.text)?.to_owned();
        let mut draft = Draft::new(phrase.head, run.clone(), MentionKind::Name, Category::Person);
        draft.actors = vec![Actor { name: Some(full.clone()), ..Actor::default() }];
        draft.gender = self.gender_of(view, phrase);
        draft.forms.push(full.clone());
        if run.len() > 1 {
            draft.forms.push(view.form(last_of_name(view, &run)).to_owned());
            draft.forms.push(view.form(run.start).to_owned());
            draft.forms.extend(family_names(&full));
        }
        Some(draft)
    }
}

/// The name that a participle behind the noun gives: "a student named Ann Lee", "their leader, a trader called Jan Roth".
fn named_behind(view: &View<'_>, noun: usize, end: usize) -> Option<usize> {
    let called = |noun: usize| {
        let participle = view.children(noun).iter().copied().find(|&c| {
            c > noun && view.relation(c) == "acl" && matches!(view.form(c), "named" | "called")
        })?;
        view.children(participle).iter().copied().find(|&c| {
            c > participle
                && view.upos(c) == Upos::Propn
                && matches!(view.relation(c), "xcomp" | "obj" | "dep")
        })
    };
    called(noun).or_else(|| {
        let beside = view
            .children(noun)
            .iter()
            .copied()
            .find(|&c| c >= end && view.relation(c) == "appos" && view.upos(c) == Upos::Noun)?;
        called(beside)
    })
}

/// Whether the list that the name stands in begins with an office of a government.
fn is_listed_with_minister(view: &View<'_>, names: &Names<'_>, head: usize) -> bool {
    let first = view.first_conjunct(head);
    first < head
        && (view.edges(first).0..head).any(|token| {
            names.word_at(token).is_some_and(|(_, word)| {
                word.kind == SectorWordKind::Office && word.sector == Sector::Gov
            })
        })
}

/// The noun for several people whom the list of names behind it tells: "engineers" in "two engineers, Ann Lee and Jan Roth,".
fn is_listed(view: &View<'_>, head: usize) -> Option<usize> {
    let first = view.first_conjunct(head);
    let noun = view.head(first).filter(|_| view.relation(first) == "appos")?;
    let several = view.upos(noun) == Upos::Noun && view.is_plural(noun);
    (several && view.conjuncts(first).len() > 1).then_some(noun)
}

/// What an apposition says of the name before it.
struct Apposed {
    actor: Option<Actor>,
    title: Option<Title>,
}

/// "Ann Lee, 47, of Leeds": news tells of people without an office so, and of nobody else.
fn is_resident(view: &View<'_>, end: usize) -> bool {
    let age = view.form(end + 1);
    let aged = age.len() == 2 && age.bytes().all(|byte| byte.is_ascii_digit());
    let town = (end + 3..end + 5).any(|at| view.is_capital(at) && view.upos(at) == Upos::Propn);
    view.form(end) == ","
        && aged
        && (view.form(end + 2) == ",")
        && matches!(view.form(end + 3), "of" | "from")
        && town
}

/// Tokens of the name that ends the phrase, titles and nationalities before it left out.
pub(crate) fn name_run(view: &View<'_>, phrase: &Phrase<'_>) -> Range<usize> {
    let Some((last, before)) = phrase.parts.split_last() else { return phrase.core.clone() };
    let mut run = last.tokens.clone();
    for element in before.iter().rev() {
        if element.tokens.end != run.start {
            break;
        }
        match element.part {
            Part::Proper => run.start = element.tokens.start,
            // "Jordan Peters": what follows is a part of the same name.
            Part::Hit(_)
                if view.relation(run.start) == "flat"
                    && view.head(run.start).is_some_and(|h| element.tokens.contains(&h)) =>
            {
                run.start = element.tokens.start;
            }
            // "Kelly Bayer Rosmarin": what is a firm's name elsewhere stands between the two ends of a person's.
            Part::Hit(_) if is_inner_name(view, before, &element.tokens) => {
                run.start = element.tokens.start;
            }
            _ => break,
        }
    }
    while view.upos(run.start) == Upos::Punct && run.start + 1 < run.end {
        run.start += 1;
    }
    while run.len() > 1 && view.upos(run.end - 1) == Upos::Punct && view.form(run.end - 1) != "." {
        run.end -= 1;
    }
    run
}

/// Whether the one word lies inside a name that the tree holds together: another word of it stands before.
fn is_inner_name(view: &View<'_>, before: &[Element<'_>], tokens: &Range<usize>) -> bool {
    let given = before.iter().any(|element| {
        matches!(element.part, Part::Proper)
            && element.tokens.end == tokens.start
            && view.head(tokens.start).is_some_and(|head| element.tokens.contains(&head))
    });
    tokens.len() == 1 && view.relation(tokens.start) == "flat" && given
}

/// The token of the name's last word, without what tells father from son.
fn last_of_name(view: &View<'_>, run: &Range<usize>) -> usize {
    let last = run.end.saturating_sub(1);
    if last > run.start && is_generation(view.form(last)) { last - 1 } else { last }
}

/// By what a later sentence may call who is named in full: the last word, and the last two of a longer name ("Wasserman Schultz").
fn family_names(full: &str) -> impl Iterator<Item = String> + use<> {
    let mut words: Vec<&str> = full.split_whitespace().collect();
    if words.len() > 1 && words.last().is_some_and(|word| is_generation(word)) {
        words.pop();
    }
    let two = words.len().checked_sub(2).filter(|&rest| rest > 0);
    let two = two.and_then(|rest| words.get(rest..)).map(|two| two.join(" "));
    words.last().map(|&last| last.to_owned()).into_iter().chain(two)
}

/// The last title before the name.
fn title_word<'k>(phrase: &Phrase<'k>, upto: usize) -> Option<&'k SectorWord> {
    phrase.parts.iter().take(upto).rev().find_map(|element| match element.part {
        Part::Word(word) if word.kind != SectorWordKind::Body => Some(word),
        _ => None,
    })
}

/// Whether the words say that the office was held once: "former", "ex-President".
fn is_past(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    let said = |word: &str| word == "former" || word.starts_with("ex-");
    phrase.parts.iter().any(|element| match element.part {
        Part::Former => true,
        Part::Word(word) => word.lemmas.first().is_some_and(|first| said(first)),
        _ => false,
    }) || phrase.core.clone().any(|token| view.lemma(token).starts_with("ex-"))
}

/// Whether "then" stands before the title: "then-President Lee".
fn is_of_then(view: &View<'_>, phrase: &Phrase<'_>) -> bool {
    let before = |back: usize| phrase.core.start.checked_sub(back).map_or("", |t| view.lemma(t));
    before(1) == "then"
        || (before(1) == "-" && before(2) == "then")
        || phrase.core.clone().any(|token| view.lemma(token) == "then")
}

/// The only year that the sentence tells.
fn only_year(view: &View<'_>) -> Option<i16> {
    let mut years = (0..view.len()).filter_map(|token| {
        let form = Some(view.form(token)).filter(|form| form.len() == 4)?;
        form.parse::<i16>().ok().filter(|year| (1900..2100).contains(year))
    });
    years.next().filter(|year| years.all(|other| other == *year))
}

/// The office by this title that the person held in the year.
fn held_in<'k>(person: &'k Person, title: &str, year: i16) -> Option<&'k Role> {
    person.roles.iter().find(|role| {
        is_office(&role.title.to_lowercase(), title)
            && role.from.is_none_or(|from| from.first.year() <= year)
            && role.until.is_none_or(|until| until.last.year() >= year)
    })
}

/// Whether a single capitalised word names a day or a month here.
pub(crate) fn is_date_word(view: &View<'_>, token: usize) -> bool {
    let word = view.lemma(token);
    matches!(
        word,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    ) || (matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
    ) && !matches!(view.position(token), Position::Subject | Position::Possessor))
}

fn title_in(view: &View<'_>, phrase: &Phrase<'_>, upto: usize) -> Option<Title> {
    let word = title_word(phrase, upto)?;
    let element = phrase
        .parts
        .iter()
        .take(upto)
        .find(|element| matches!(element.part, Part::Word(w) if std::ptr::eq(w, word)))?;
    Some(Title {
        office: office(word),
        text: view.span(&element.tokens).of(view.text).unwrap_or_default().to_owned(),
        sector: word_sector(phrase, word),
    })
}

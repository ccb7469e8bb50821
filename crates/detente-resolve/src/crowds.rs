//! Whose soldiers, mutineers and killers those are of whom it is not said.
//!
//! In goes a noun for people that names no state, out comes the party that the story has told of: the soldiers in a story of one army
//! are that army's, the mutineers those who rose in it, the killers the band that it is about, and nurses who walk out are labour.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, SectorWord, SectorWordKind};
use detente_parse::Upos;

use crate::draft::{Draft, Need};
use crate::holders::{NOUN_REACH, is_private};
use crate::lexicon::Lexicon;
use crate::mentions::via;
use crate::names::{Bond, Hit, Names};
use crate::phrases::Phrase;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::{Category, Mention, MentionKind};
use crate::view::{Position, View};

/// What a second state weighs of the first that is told of as much.
const EQUAL: f32 = 0.8;

impl<'k> Reader<'k> {
    /// "Soldiers guarded the bank", "a general said": of the state that the story is about, where it has told of no other army;
    /// `ground` is the state where the clause puts what they do.
    pub(crate) fn soldiers_told(
        &self,
        view: &View<'_>,
        draft: &Draft,
        ground: Option<&str>,
    ) -> Option<String> {
        let [Actor { sector: Some(Sector::Mil), code: None, .. }] = draft.actors.as_slice() else {
            return None;
        };
        if draft.category == Category::Organisation
            || !matches!(view.position(draft.head), Position::Subject | Position::PassiveSubject)
        {
            return None;
        }
        let armies = || {
            self.mentions_of_story()
                .flat_map(|mention| &mention.actors)
                .filter(|actor| actor.sector == Some(Sector::Mil))
                .filter_map(|actor| actor.code.clone())
        };
        let code = self
            .owner_told(view, draft.head, Some(Sector::Mil))
            .or_else(|| armies().next())
            .or_else(|| self.state_overthrown(view, draft.head))?;
        let others = armies().any(|army| army != code) || self.is_one_of_two(view, &code);
        // "Soldiers fired on a crowd in Yangon" are of no other state than that.
        (!others && ground.is_none_or(|ground| ground == code)).then_some(code)
    }

    /// "The mutineers", "the killers": the soldiers with whom the story begins, the one band that the last sentences speak of.
    pub(crate) fn culprits(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let noun = view.lemma(draft.head);
        if !draft.plural {
            return None;
        }
        if self.lexicon.mutineer.has(noun) {
            let begin = self.discourse.begins();
            let is_army = |mention: &&Mention| {
                (begin..view.index).contains(&mention.sentence)
                    && matches!(mention.category, Category::People | Category::Organisation)
                    && matches!(mention.actors.as_slice(), [one] if one.sector == Some(Sector::Mil)
                        && one.code.as_deref().is_some_and(|code| self.is_state(code)))
            };
            // Of several armies that of the state which the story is about: others only came to help.
            let at_home = |mention: &&Mention| {
                self.focus.is_some() && mention.actors.iter().all(|one| one.code == self.focus)
            };
            let mut armies = self.mentions.iter().filter(is_army);
            let risen = armies.clone().find(at_home).or_else(|| armies.next())?;
            let plain = risen.actors.iter().map(|actor| Actor { name: None, ..actor.clone() });
            return Some(with_via(&plain.collect::<Vec<_>>(), "title"));
        }
        if self.lexicon.culprit.has(noun) {
            let group = self.armed_group(view, draft.head, NOUN_REACH)?;
            return Some(with_via(&[group], "title"));
        }
        None
    }

    /// "The rebels belong to the National Front", "they call themselves the Dawn Brigade": the band that the clause says they are.
    pub(crate) fn band_joined(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let verb = view.governor(token)?;
        let band = match view.lemma(verb) {
            "belong" => view.children(verb).iter().copied().find(|&c| {
                c > verb && view.relation(c) == "obl" && view.preposition(c) == Some("to")
            }),
            "call" => view.child(verb, "xcomp").filter(|_| {
                view.child(verb, "obj").is_some_and(|o| view.form(o).ends_with("selves"))
            }),
            _ => None,
        }?;
        let mention = self.mentions.get(self.mention_here(band)?)?;
        let [one] = mention.actors.as_slice() else { return None };
        let entity = self.actors.entity(one.code.as_deref()?)?;
        (entity.kind == EntityKind::ArmedGroup).then(|| one.clone())
    }

    /// "Nurses walked out": who strikes is labour, whatever the trade.
    pub(crate) fn strikes(&self, view: &View<'_>, phrase: &Phrase<'_>, word: &SectorWord) -> bool {
        let head = phrase.head;
        if word.kind != SectorWordKind::People
            || !view.is_plural(head)
            || !self.lexicon.employee.has(view.lemma(head))
        {
            return false;
        }
        let verb = match view.position(head) {
            Position::Subject => view.governor(head),
            _ => None,
        };
        let clause = view.children(head).iter().copied().find(|&c| view.deprel(c) == "acl:relcl");
        [verb, clause].into_iter().flatten().any(|verb| tells_of_strike(self.lexicon, view, verb))
    }

    /// "The judges were asked", in a text that tells of the World Court and of no state's court by name: that one's.
    pub(crate) fn world_court(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let is_court = |code: &str| {
            self.actors.entity(code).is_some_and(|entity| {
                entity.kind == EntityKind::Organisation && entity.sector == Some(Sector::Jud)
            })
        };
        let told = self.discourse.codes(view.index, is_court);
        let tried = self.tribunal_for(view, draft).filter(|_| told.is_empty());
        let code = match told.as_slice() {
            [] => tried.as_deref()?,
            [(only, _)] => *only,
            // Of several the one with which the text opens.
            many => many.iter().map(|(code, _)| *code).find(|code| self.opens_with(code))?,
        };
        let state = self.mentions_of_story().any(|m| {
            m.category == Category::Organisation
                && m.actors.iter().any(|actor| {
                    actor.sector == Some(Sector::Jud)
                        && actor.code.as_deref().is_some_and(|code| self.is_state(code))
                })
        });
        let entity = self.actors.entity(code).filter(|_| !state)?;
        // The court itself has a name, its judges have not.
        let whole = draft.category == Category::Organisation;
        Some(Actor {
            code: Some(code.to_owned()),
            sector: Some(Sector::Jud),
            name: whole.then(|| entity.name.clone()),
            ..Actor::default()
        })
    }

    /// "China denounced the tribunal's ruling": of a court that a state turns on or thanks, and of which nothing was told, nobody knows that it is
    /// its own.
    pub(crate) fn is_foreign_bench(&self, view: &View<'_>, draft: &Draft) -> bool {
        let court = draft.category == Category::Organisation
            && draft.actors.iter().any(|actor| actor.sector == Some(Sector::Jud));
        // "The Supreme Court" is one that each state has for itself.
        let plain = view.lemma(draft.head) == "tribunal"
            || view
                .children(draft.head)
                .iter()
                .all(|&c| !matches!(view.relation(c), "amod" | "compound"));
        if !court || !plain {
            return false;
        }
        // "The court's ruling", "the decision of the court"
        let mut thing = draft.head;
        while matches!(view.position(thing), Position::Possessor | Position::Nominal("of" | "by")) {
            let Some(noun) = view.governor(thing) else { return false };
            thing = noun;
        }
        let Some(verb) = view.governor(thing) else { return false };
        let turned_on = matches!(
            view.position(thing),
            Position::Object
                | Position::Indirect
                | Position::Oblique("at" | "with" | "to" | "against")
        );
        let Some(subject) = view.subject_of(verb).filter(|_| turned_on) else { return false };
        self.mention_here(subject).and_then(|mention| self.mentions.get(mention)).is_some_and(|m| {
            m.category == Category::Country
                && m.actors.iter().any(|a| a.code.as_deref().is_some_and(|c| self.is_state(c)))
        })
    }

    /// "US-backed forces", "Iranian-trained troops": of whatever state, and not of that where they fight.
    pub(crate) fn is_backed(&self, view: &View<'_>, names: &Names<'k>, draft: &Draft) -> bool {
        let soldiers = draft.actors.iter().all(|a| a.sector == Some(Sector::Mil));
        let backer = |hit: &Hit<'k>| {
            hit.bond == Bond::Loose
                && hit.readings.iter().any(|name| {
                    let entity = self.actors.entities.get(name.entity);
                    entity.is_some_and(|entity| entity.kind == EntityKind::Country)
                })
        };
        let (first, _) = view.edges(draft.head);
        soldiers
            && names
                .hits
                .iter()
                .any(|hit| (first..draft.head).contains(&hit.tokens.start) && backer(hit))
    }

    /// "The war crimes tribunal indicted Milosevic": that which sat for the wars of his state at the date of the text.
    fn tribunal_for(&self, view: &View<'_>, draft: &Draft) -> Option<String> {
        let year = self.date?.year();
        let crimes =
            || (0..draft.head).any(|t| view.lemma(t) == "crime" && view.is_below(t, draft.head));
        if view.lemma(draft.head) != "tribunal" && !crimes() {
            return None;
        }
        let named = self.here.iter().chain(&self.beside).copied();
        let told = self.states.iter().map(String::as_str);
        let mut courts = self.lexicon.tribunals.iter().filter(|tribunal| {
            let of_states =
                |code: &str| tribunal.states.iter().any(|s| s.eq_ignore_ascii_case(code));
            tribunal.years.contains(&year)
                && (named.clone().any(of_states) || told.clone().next().is_some_and(of_states))
        });
        let court = courts.next().filter(|_| courts.next().is_none())?;
        Some(court.code.clone())
    }

    /// "The firm", of which only a man of it has told: the state of the one company whose people the last sentences name.
    pub(crate) fn firm_told(&self, view: &View<'_>) -> Option<String> {
        let first = view.index.saturating_sub(NOUN_REACH).max(self.discourse.begins());
        let mut found: Option<&String> = None;
        for mention in self.mentions.iter().rev().take_while(|m| m.sentence >= first) {
            for actor in mention.actors.iter().filter(|actor| actor.sector == Some(Sector::Bus)) {
                let Some(code) = &actor.code else { continue };
                if found.is_some_and(|known| known != code) {
                    return None;
                }
                found = Some(code);
            }
        }
        found.cloned()
    }

    /// "The Australian group", "the Lebanese group": the one body of that state, or armed group in it, that the last sentences name.
    pub(crate) fn body_of_state(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let [Actor { code: Some(state), sector: None, .. }] = draft.actors.as_slice() else {
            return None;
        };
        let noun = view.lemma(draft.head);
        let is_of = |actor: &Actor| {
            let entity = actor.code.as_deref().and_then(|code| self.actors.entity(code));
            let band = entity.is_some_and(|entity| {
                entity.kind == EntityKind::ArmedGroup && entity.country.as_ref() == Some(state)
            });
            let own = actor.code.as_ref() == Some(state) && actor.sector.is_some_and(is_private);
            own || (band && (self.lexicon.band.has(noun) || self.lexicon.movement.has(noun)))
        };
        let told = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && !referent.plural
                && matches!(referent.actors.as_slice(), [one] if is_of(one))
        });
        self.discourse.only_actor(&told)
    }

    /// "The agency", "the organisation": the one body of states or charity that the last sentences name, where no state's was told of.
    pub(crate) fn agency_told(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let noun = view.lemma(draft.head);
        if draft.plural || draft.tokens.len() > 2 || noun != "agency" {
            return None;
        }
        let told = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && matches!(referent.actors.as_slice(), [one] if one.name.is_some()
                    && matches!(one.sector, Some(Sector::Igo | Sector::Ngo | Sector::Spy)))
        });
        self.discourse.only_actor(&told)
    }

    /// Whether these are taken or held, so that where they are says nothing of whose they are: "the hostages".
    pub(crate) fn is_taken(&self, view: &View<'_>, draft: &Draft) -> bool {
        draft.plural && self.lexicon.taken.has(view.lemma(draft.head))
    }

    /// Whether these came from elsewhere: "migrants threw stones".
    pub(crate) fn is_newcomer(&self, view: &View<'_>, draft: &Draft) -> bool {
        draft.plural && self.lexicon.newcomer.has(view.lemma(draft.head))
    }

    /// "The visitors", where two states deal with each other and the story plays in one of them: those of the other.
    pub(crate) fn visitors(&self, view: &View<'_>, draft: &Draft) -> Option<Draft> {
        if view.lemma(draft.head) != "visitor" || !draft.plural {
            return None;
        }
        let mut draft = draft.clone();
        let scene = self.scene(view);
        let other = scene.as_deref().and_then(|scene| self.discourse.partner_of(view.index, scene));
        draft.actors = other
            .map(|code| Actor { via: via("title"), ..self.party(code, Some(Sector::Gov)) })
            .into_iter()
            .collect();
        Some(draft)
    }

    /// "The strikers", "the reporter", "the broadcaster": of the one state whose labour, or whose press, the story has told of.
    pub(crate) fn trade_told(&self, view: &View<'_>, sector: Sector) -> Option<String> {
        let mut codes = self
            .mentions_of_story()
            .filter(|mention| mention.sentence < view.index)
            .flat_map(|mention| &mention.actors)
            .filter(|actor| actor.sector == Some(sector))
            .filter_map(|actor| actor.code.as_ref());
        let first = codes.next()?;
        codes.all(|code| code == first).then(|| first.clone())
    }

    /// "The group, known as ARSA,", "a militia called Dawn": the body whose name the clause gives.
    pub(crate) fn read_known_as(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        phrase: &Phrase<'k>,
        depth: usize,
    ) -> Option<Draft> {
        let head = phrase.head;
        if depth >= 3 || view.is_plural(head) {
            return None;
        }
        let verb = view.children(head).iter().copied().find(|&c| {
            c > head
                && view.relation(c) == "acl"
                && view.xpos(c) == "VBN"
                && self.lexicon.called_so.has(view.lemma(c))
        })?;
        let named = view.children(verb).iter().copied().find(|&c| {
            c > verb
                && view.upos(c) == Upos::Propn
                && matches!(view.relation(c), "obl" | "obj" | "xcomp")
                && matches!(view.preposition(c), None | Some("as"))
        })?;
        let inner = self.read(view, names, named, depth + 1)?;
        let body = inner.kind == MentionKind::Name
            && inner.category == Category::Organisation
            && inner.need == Need::Nothing
            && inner.actors.iter().all(|actor| actor.code.is_some());
        body.then(|| {
            let mut draft = Draft { head, tokens: phrase.core.clone(), ..inner };
            draft.consumed.push(named);
            draft
        })
    }

    /// "Kenya deployed soldiers", "Israel promised that soldiers would keep away": of the state that sends them or answers for them.
    pub(crate) fn soldiers_sent(&self, view: &View<'_>, draft: &Draft) -> Option<String> {
        let [Actor { sector: Some(Sector::Mil), code: None, .. }] = draft.actors.as_slice() else {
            return None;
        };
        if draft.category == Category::Organisation {
            return None;
        }
        let own = |sector| matches!(sector, None | Some(Sector::Gov | Sector::Mil));
        let verb = view.governor(draft.head)?;
        // "France and Spain sent soldiers": of both, and of which of them each is, is not told.
        if view.subject_of(verb).is_some_and(|subject| view.conjuncts(subject).len() > 1) {
            return None;
        }
        match view.position(draft.head) {
            Position::Object if self.lexicon.send.has(view.lemma(verb)) => {
                // "Accused Kigali of sending troops": whom one accuses sends them.
                let above = view.head(verb).filter(|_| view.relation(verb) == "advcl");
                let charged = above.filter(|_| {
                    view.child(verb, "mark").is_some_and(|mark| {
                        matches!(view.lemma(mark), "of" | "for" | "from" | "with")
                    })
                });
                match charged.and_then(|above| view.child(above, "obj")) {
                    Some(object) => {
                        let mention = self.mentions.get(self.mention_here(object)?)?;
                        let [one] = mention.actors.as_slice() else { return None };
                        one.code.clone().filter(|code| own(one.sector) && self.is_state(code))
                    }
                    None => self.subject_state(view, verb, draft.head, own),
                }
            }
            Position::Subject => {
                let above = view.head(verb).filter(|_| view.relation(verb) == "ccomp")?;
                let answers = self.lexicon.answers_for.has(view.lemma(above));
                if !answers {
                    return None;
                }
                self.subject_state(view, above, draft.head, own)
            }
            _ => None,
        }
    }

    /// "The American crew", in a story of a plane of the American navy: of the navy.
    pub(crate) fn enlist(&self, view: &View<'_>, draft: &mut Draft) {
        if view.lemma(draft.head) != "crew" {
            return;
        }
        for actor in draft.actors.iter_mut().filter(|actor| actor.code.is_some()) {
            let armed = self.mentions_of_story().any(|m| {
                m.category == Category::Organisation
                    && m.actors
                        .iter()
                        .any(|arm| arm.sector == Some(Sector::Mil) && arm.code == actor.code)
            });
            if armed {
                actor.sector = Some(Sector::Mil);
            }
        }
    }

    /// The one state that the sentence names, where the soldiers at the token rise against those who rule it: "Soldiers toppled the
    /// president of Mali".
    fn state_overthrown(&self, view: &View<'_>, token: usize) -> Option<String> {
        let verb = view.governor(token)?;
        let ruler = view.child(verb, "obj").filter(|&object| {
            self.lexicon.is_loose(view.lemma(object))
                || !self.lexicon.same_office(view.lemma(object)).is_empty()
                || view.lemma(object) == "government"
        });
        let rises =
            self.lexicon.mutiny.has(view.lemma(verb)) || self.lexicon.enforce.has(view.lemma(verb));
        match self.here.as_slice() {
            [only] if rises && ruler.is_some() => Some((*only).to_owned()),
            _ => None,
        }
    }

    /// "The alliance", in a story of the opposition or the parties of one state and of no body of states: theirs.
    pub(crate) fn league_at_home(&self, view: &View<'_>, draft: &Draft) -> Option<Actor> {
        let noun = view.lemma(draft.head);
        if draft.tokens.len() > 2 || !self.lexicon.home_league.has(noun) {
            return None;
        }
        let states = |code: &str| {
            self.actors.entity(code).is_some_and(|entity| entity.sector == Some(Sector::Igo))
        };
        if !self.discourse.codes(view.index, states).is_empty() {
            return None;
        }
        let of = |sector| self.trade_told(view, sector).map(|code| (code, sector));
        let (code, sector) = of(Sector::Opp).or_else(|| of(Sector::Pty))?;
        Some(Actor { code: Some(code), sector: Some(sector), ..Actor::default() })
    }

    /// Whether the story speaks of another state about as much as of this one, and plays in neither.
    fn is_one_of_two(&self, view: &View<'_>, code: &str) -> bool {
        let told = self.discourse.codes(view.index, |code| self.is_state(code));
        let weight = |wanted: bool| {
            told.iter()
                .filter(|(other, _)| (*other == code) == wanted)
                .map(|(_, weight)| *weight)
                .fold(0.0, f32::max)
        };
        weight(false) >= EQUAL * weight(true) && self.scene(view).as_deref() != Some(code)
    }

    /// "The embassy protested", after a diplomat: the one state whose envoys the last sentences speak of.
    pub(crate) fn envoys_of(&self, view: &View<'_>, token: usize) -> Option<String> {
        let first = view.index.saturating_sub(NOUN_REACH).max(self.discourse.begins());
        let mut state: Option<&String> = None;
        for mention in self.mentions.iter().rev().take_while(|m| m.sentence >= first) {
            let before = mention.sentence < view.index || mention.head < token;
            let words = mention.span.of(view.text).unwrap_or_default();
            let sent = before && words.split(' ').any(|word| self.is_envoy(word));
            let [Actor { code: Some(code), .. }] = mention.actors.as_slice() else { continue };
            if !sent || !self.is_state(code) {
                continue;
            }
            if state.is_some_and(|known| known != code) {
                return None;
            }
            state = Some(code);
        }
        state.cloned()
    }

    /// "diplomat", "ambassadors".
    fn is_envoy(&self, word: &str) -> bool {
        self.lexicon.abroad.has(word) || self.lexicon.abroad.has(word.trim_end_matches('s'))
    }
}

/// Whether the verb says that its subject strikes: "walked out", "went on strike", "have strikes of their own".
fn tells_of_strike(lexicon: &Lexicon, view: &View<'_>, verb: usize) -> bool {
    let outward = matches!(view.lemma(verb + 1), "out" | "off");
    let bare = view.child(verb, "obj").is_none() && view.child(verb, "nsubj:pass").is_none();
    let has = |noun: &dyn Fn(&str) -> bool| {
        view.children(verb).iter().any(|&c| {
            matches!(view.relation(c), "obj" | "obl")
                && noun(view.lemma(c))
                // An air strike is another thing.
                && view.child(c, "compound").is_none()
        })
    };
    match view.lemma(verb) {
        "walk" => outward,
        "strike" => bare,
        "down" => has(&|noun| noun == "tool"),
        lemma => lexicon.stops.has(lemma) && has(&|noun| lexicon.stoppage.has(noun)),
    }
}

//! Common nouns that speak of someone named before: "the president", "the ministry", "the rebels", "the country".
//!
//! In goes a draft that needs the document, out comes the draft with whom it stands for: the last person or body called so, else, for an
//! organ of a state, the state that the document is about. Where neither stands out, the sector stays alone.

pub(crate) mod owners;
mod peers;
mod states;

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, NameKind, Role};
use detente_parse::Upos;

use crate::discourse::{Candidate, Gender, Opening, Referent};
use crate::draft::{Draft, Need};
use crate::epithets::{is_hunted, is_person};
use crate::mentions::{is_aged, via};
use crate::names::Names;
use crate::owned::name_before_whose;
use crate::pronouns::with_via;
use crate::reader::{NOTED, Reader, in_focus};
use crate::resolution::{Category, Mention, MentionKind};
use crate::roles::is_office;
use crate::view::{Position, View};

/// Sentences that a title looks back over: news names an office holder once and keeps to the title.
const TITLE_REACH: usize = 15;
/// Sentences that a common noun looks back over.
pub(crate) const NOUN_REACH: usize = 4;
/// Sentences that "the widow" looks back over.
const PERSON_REACH: usize = 2;
/// Sentences that "her husband" looks back over.
const LIST_REACH: usize = 3;
/// Days for which who took an office is the new one.
const NEW_DAYS: i64 = 200;
/// Sentences over which a place stays the scene of what is told.
const SCENE_REACH: usize = 3;

impl<'k> Reader<'k> {
    /// Gives a draft what it needs; `None` where it turns out to be no mention.
    pub(crate) fn resolve_need(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        draft: Draft,
        quoted: &[bool],
    ) -> Option<Draft> {
        if let Some(aboard) = self.aboard(view, &draft) {
            return Some(aboard);
        }
        if let Some(partisan) = self.of_party(view, names, &draft) {
            return Some(partisan);
        }
        let benched = |draft| self.unseat(view, draft);
        Some(match draft.need {
            Need::Nothing => draft,
            Need::Holder => benched(self.resolve_holder(view, names, draft)),
            Need::Place => benched(self.resolve_place(view, names, draft)),
            Need::Home => self.resolve_home(view, draft),
            Need::Pair => self.resolve_pair(view, draft, quoted, &[]),
            Need::Couple => self.resolve_couple(view, draft, quoted),
            Need::Mutual => self.resolve_mutual(view, draft),
            Need::Counterpart => self.resolve_counterpart(view, draft),
            Need::State => return self.resolve_state(view, draft, quoted),
            Need::Land => return self.resolve_land(view, draft, quoted),
            Need::Body => self.resolve_body(view, draft),
            Need::Owner(owner) => {
                if let Some(member) = self.member_state(view, &draft, owner) {
                    return Some(member);
                }
                // "Belgium, its former ruler,"
                if draft.category == Category::Person
                    && let Some(actors) = self.named_before(view, draft.head)
                    && matches!(actors.as_slice(), [one] if one.name.is_none()
                        && one.code.as_deref().is_some_and(|code| self.is_state(code)))
                {
                    let actors = with_via(&actors, "counterpart");
                    return Some(Draft { actors, category: Category::Country, ..draft });
                }
                let draft = self.resolve_owner(view, draft, owner);
                if let Some(noun) = name_before_whose(view, &draft, owner) {
                    return Some(self.resolve_owner_at(view, names, draft, noun));
                }
                if let Some(free) = self.freed(view, &draft, owner) {
                    return Some(self.resolve_holder(view, names, free));
                }
                // "Its pastor, Ann Lee,", of a church of no known state: of where the story plays.
                let lost = draft.kind == MentionKind::Name
                    && draft.category == Category::Person
                    && draft.actors.iter().all(|actor| actor.code.is_none());
                if lost { self.resolve_place(view, names, draft) } else { draft }
            }
            Need::Other(owner) => self.resolve_other(view, draft, owner),
            Need::Several(number) => self.resolve_several(view, draft, number),
            Need::Ordinal => self.resolve_ordinal(view, draft),
            Need::Person => self.resolve_someone(view, draft),
            Need::Author => self.resolve_author(view, draft),
            Need::Pronoun => return self.resolve_pronoun(view, draft, quoted),
        })
    }

    /// "the foreign minister", "the army", "the Chinese president".
    fn resolve_holder(&self, view: &View<'_>, names: &Names<'k>, mut draft: Draft) -> Draft {
        let code = draft.actors.first().and_then(|actor| actor.code.clone());
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        let office = draft.offices.first().cloned();
        // "The Hutu peasants" are of the land where the clause puts them, and else only of their people.
        if draft.people.is_some() && sector == Some(Sector::Cvl) {
            return match self.place_of_clause(view, names, draft.head) {
                Some(code) => at_place(draft, code),
                None => draft,
            };
        }
        if code.is_none()
            && let Some(actors) = self.culprits(view, &draft)
        {
            draft.actors = actors;
            return draft;
        }
        let several = draft.actors.len() > 1;
        // "The provincial government" is not the national one that was named before.
        let local = |office: &str| {
            office.split(' ').next().is_some_and(|part| self.lexicon.local.has(part))
        };
        let general = draft.category == Category::Organisation
            && code.is_none()
            && (self.lexicon.body.has(view.lemma(draft.head))
                || office.as_deref().is_some_and(local));
        if let (Some(office), false) = (&office, draft.plural || several || general) {
            // "The White House spokesman said the president": of whom he speaks for.
            if code.is_none()
                && draft.category == Category::Person
                && let Some(served) = self.served_state(view, draft.head)
            {
                let told = self.holder(view, &draft, office, Some(&served));
                let holder = told.and_then(|referent| referent.actors.first().cloned());
                if let Some(holder) = holder.or_else(|| self.in_office(&served, office)) {
                    draft.actors = with_via(&[holder], "title");
                    return draft;
                }
            }
            // "The new president" is another than the one who was, unless the change is some time ago.
            if is_new(view, draft.head)
                && let Some(person) = self.newcomer(view, &draft, office, code.as_deref())
            {
                draft.actors = with_via(&[person], "title");
                return draft;
            }
            if office.ends_with("elect")
                && let Some(person) = self.risen(view, draft.head, "president", code.as_deref())
            {
                draft.actors = with_via(&[person], "title");
                return draft;
            }
            // "The ousted leader", "the outgoing president": whom the text has told to be out, whoever holds the office by the files.
            if self.is_out_told(view, draft.head)
                && let Some(person) = self
                    .fallen(view, draft.head, code.as_deref())
                    .or_else(|| self.last_holder(view, &draft, office, code.as_deref()))
            {
                draft.actors = with_via(&[person], "title");
                return draft;
            }
            if let Some(person) = self.ruler_of_part(names, &draft, office) {
                draft.actors = with_via(&[person], "title");
                return draft;
            }
            // "The former foreign minister": whom the text has named and who held the office once by the files.
            let former = draft.category == Category::Person && sector == Some(Sector::Eli);
            if former && let Some(person) = self.held_before(view, &draft, office, code.as_deref())
            {
                draft.actors = with_via(&[person], "title");
                return draft;
            }
            // "The late queen" is not who reigns now.
            if former && is_late(view, draft.head) && self.lexicon.crown.has(office) {
                let dead = code.clone().or_else(|| self.state_with(view, office));
                let dead = dead.and_then(|code| self.last_reign(&code, office));
                if let Some(person) = dead {
                    draft.actors = with_via(&[person], "title");
                }
                return draft;
            }
            // "The Foreign Secretary met the Iraqi minister": Britain alone calls its minister so.
            if code.is_none()
                && draft.category == Category::Person
                && let Some(state) = self.lexicon.title_of_one(office)
                && !self.is_told_elsewhere(office, state)
            {
                let told = self.holder(view, &draft, office, Some(state));
                let holder = told
                    .and_then(|referent| referent.actors.first().cloned())
                    .or_else(|| self.in_office(state, office).filter(|_| !former));
                let holder = holder.unwrap_or_else(|| self.party(state, sector));
                draft.actors = with_via(&[holder], "title");
                return draft;
            }
            let holder = self
                .holder(view, &draft, office, code.as_deref())
                .or_else(|| self.toppled(view, &draft, office, code.as_deref()))
                .filter(|holder| {
                    !(is_new(view, draft.head) && holder.actors.iter().any(|a| self.has_fallen(a)))
                });
            if let Some(holder) = holder {
                draft.actors = with_via(&holder.actors, "title");
                // "The general" of one who is president as well.
                if let ([actor], Some(Sector::Mil)) = (draft.actors.as_mut_slice(), sector) {
                    actor.sector = sector;
                }
                return draft;
            }

            let holder = code.as_deref().and_then(|code| self.in_office(code, office));
            let holder = holder.filter(|_| !former);
            let holder =
                holder.filter(|holder| !(is_new(view, draft.head) && self.has_fallen(holder)));
            if let Some(holder) = holder {
                draft.actors = with_via(&[holder], "title");
                return draft;
            }
        }
        if view.lemma(draft.head) == "incumbent"
            && !draft.plural
            && let Some(person) = self.incumbent(view, &draft, code.as_deref())
        {
            draft.actors = with_via(&[person], "title");
            return draft;
        }
        let these =
            draft.head.checked_sub(1).is_some_and(|t| matches!(view.lemma(t), "these" | "those"));
        if draft.plural
            && these
            && code.is_none()
            && let Some(actors) = self.those(view, &draft)
        {
            draft.actors = actors;
            return draft;
        }
        if draft.plural
            && code.is_none()
            && let Some(actors) = self.listed(view, &draft, sector)
        {
            draft.actors = actors;
            return draft;
        }
        if draft.plural
            && code.is_none()
            && self.lexicon.anybody.has(view.lemma(draft.head))
            && let Some(actors) = self.those_people(view, &draft)
        {
            draft.actors = actors;
            return draft;
        }
        // "The finance ministers": a state has one.
        if draft.plural
            && code.is_none()
            && view.child(draft.head, "appos").is_none()
            && office.as_deref().is_some_and(|office| !self.lexicon.same_office(office).is_empty())
        {
            return draft;
        }
        let title = office.clone().unwrap_or_else(|| view.lemma(draft.head).to_owned());
        if !several
            && let Some(only) = self.only_person(view, &draft, &title, code.as_deref(), sector)
        {
            draft.actors = with_via(&[only], "title");
            return draft;
        }
        // "The president-elect": the only person of the state that the last sentences name holds no office yet.
        if let (false, Some(only)) = (several, self.elect(view, &draft, &title)) {
            draft.actors = with_via(&[Actor { sector, ..only }], "title");
            return draft;
        }
        // "Police held a man. The man denied it": the one who was brought in, and nobody with a name.
        if let (false, Some(actors)) = (several, self.brought_in(view, &draft)) {
            if !actors.is_empty() {
                draft.actors = with_via(&actors, "title");
            }
            return draft;
        }
        // "The defendant", of a story that tells of one who was arrested or jailed.
        let held = matches!(
            view.lemma(draft.head),
            "defendant" | "accused" | "convict" | "detainee" | "prisoner" | "captive"
        );
        if held
            && !draft.plural
            && let Some(person) = self.fallen(view, draft.head, code.as_deref())
        {
            draft.actors = with_via(&[person], "title");
            return draft;
        }
        // "The cleric denied it": the one person of the story whom it fits.
        if let (false, Some(person)) = (several, self.private_person(view, &draft, sector)) {
            draft.actors = with_via(&[person], "title");
            return draft;
        }
        if code.is_some() {
            return draft;
        }
        // "The emir", where the text speaks of one state that has one.
        if let (Some(office), false) = (&office, draft.plural || several)
            && draft.category == Category::Person
            && let Some(holder) = self.sole_holder(view, office)
            // "The king thanked Morocco": another's.
            && !holder.code.as_ref().is_some_and(|code| {
                let verb = view.governor(draft.head).map_or("", |verb| view.lemma(verb));
                let beside = self.lexicon.praise.has(verb);
                self.courted.contains(code)
                    || (beside && self.states_beside(view, draft.head).contains(code))
            })
        {
            draft.actors = with_via(&[holder], "title");
            return draft;
        }
        if self.is_home_office(view, &draft) {
            for actor in &mut draft.actors {
                actor.code = self.home.map(str::to_owned);
                actor.via = via("publisher");
            }
            return draft;
        }
        let noun = view.lemma(draft.head);
        if let Some(body) = self.body_called(view, &draft) {
            draft.actors = with_via(&[body], "title");
            return draft;
        }
        if let Some(body) = self.agency_told(view, &draft) {
            draft.actors = with_via(&[body], "title");
            return draft;
        }
        if draft.category == Category::Organisation && !draft.plural && self.lexicon.body.has(noun)
        {
            if sector == Some(Sector::Jud)
                && let Some(court) = self.world_court(view, &draft)
            {
                draft.actors = with_via(&[court], "title");
                return draft;
            }
            // "In Beijing the Foreign Ministry summoned …"
            if sector.is_some_and(is_organ)
                && let Some(code) = self.place_of_clause(view, names, draft.head)
            {
                return at_place(draft, code);
            }
            let body = self.last_body(view, &draft, sector);
            if let Some(body) = body {
                draft.actors = with_via(&body.actors, "title");
                return draft;
            }
        }
        if office.as_deref().is_some_and(|office| self.lexicon.is_embassy(office)) {
            return match self.embassy_of(view, names, draft.head) {
                Some(code) => of_state(draft, &code, "title"),
                None => draft,
            };
        }
        if let Some(actor) = self.sent_by(view, &draft) {
            draft.actors = with_via(&[actor], "title");
            return draft;
        }
        // "The activists said", of the one society that the last sentences speak of.
        if draft.plural
            && matches!(noun, "activist" | "campaigner" | "environmentalist")
            && let Some(society) = self.society(view, draft.head)
        {
            draft.actors = with_via(&[society], "title");
            return draft;
        }
        // "the militants": the armed group of the story, whatever the guide calls it.
        let band = self.lexicon.fighter.has(noun) || self.lexicon.movement.has(noun);
        if band && let Some(group) = self.band_joined(view, draft.head) {
            draft.actors = with_via(&[group], "title");
            return draft;
        }
        if band && let Some(group) = self.armed_group(view, draft.head, NOUN_REACH) {
            draft.actors = with_via(&[group], "title");
            return draft;
        }
        if let Some(actors) = self.same_noun(view, &draft) {
            // Of a state whose one armed group the text has named: that group.
            let group = self.armed_group(view, draft.head, TITLE_REACH).filter(|_| band);
            let group = group.filter(|group| self.fights_in(group, &actors));
            draft.actors = group.map_or(actors, |group| with_via(&[group], "title"));
            return draft;
        }
        // "The force said", after the police.
        if noun == "force"
            && !draft.plural
            && let Some(actors) = self.police(view)
        {
            draft.actors = actors;
            return draft;
        }
        if band && let Some(group) = self.armed_group(view, draft.head, TITLE_REACH) {
            draft.actors = with_via(&[group], "title");
            return draft;
        }
        // "The ambassador": of the state whose embassy was spoken of.
        if self.lexicon.abroad.has(noun)
            && let Some(code) = self.embassy(view, draft.head)
        {
            for actor in &mut draft.actors {
                actor.code = Some(code.clone());
                actor.via = via("title");
            }
            return draft;
        }
        if let Some(code) = self.critic(view, draft.head, sector) {
            return self.seat_of(draft, &code, "title");
        }
        // "Kyiv ordered the garrison": its own.
        if let Some(code) = self.commander(view, draft.head, sector) {
            return self.seat_of(draft, &code, "title");
        }
        if sector == Some(Sector::Jud)
            && draft.category == Category::Person
            && !draft.plural
            && let Some(judge) = self.judge(view, draft.head)
        {
            draft.actors = with_via(&[judge], "title");
            return draft;
        }
        if sector == Some(Sector::Jud)
            && let Some(court) = self.world_court(view, &draft)
        {
            draft.actors = with_via(&[court], "title");
            return draft;
        }
        if self.is_foreign_bench(view, &draft) || self.is_backed(view, names, &draft) {
            return left_open(draft);
        }
        if self.is_taken(view, &draft) || self.is_newcomer(view, &draft) {
            return draft;
        }
        if let Some(visitors) = self.visitors(view, &draft) {
            return visitors;
        }
        if let Some(sector @ (Sector::Lab | Sector::Med)) = sector
            && let Some(code) = self.trade_told(view, sector)
        {
            return of_state(draft, &code, "title");
        }
        if sector == Some(Sector::Igo)
            && let Some(league) = self.league_at_home(view, &draft)
        {
            draft.actors = with_via(&[league], "title");
            return draft;
        }
        // "the rebels", "the troops": the last of that sector.
        // A state's guard or navy is none of the soldiers whom another sent.
        let body = sector == Some(Sector::Mil)
            && self.lexicon.home_force.has(noun)
            && draft.category == Category::Organisation;
        let same = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            if body && referent.category != Some(Category::Organisation) {
                return false;
            }
            let kind = matches!(
                referent.category,
                Some(Category::People | Category::Organisation | Category::Nationality)
            );
            // "The government" is no alliance's.
            let organ = draft.category == Category::Organisation && sector.is_some_and(is_organ);
            kind && referent.actors.len() == 1
                && referent.actors.iter().all(|actor| {
                    actor.code.is_some()
                        && actor.sector == sector
                        && (!organ || actor.code.as_deref().is_some_and(|code| self.is_state(code)))
                })
        });
        let rivals = same
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .filter_map(|r| r.actors.first())
            .map(|actor| &actor.code);
        let mut codes: Vec<_> = rivals.collect();
        codes.dedup();
        if let ([_], Some(known)) =
            (codes.as_slice(), same.first().and_then(|c| self.discourse.referent(c.referent)))
        {
            let name = |actor: &Actor| {
                actor.name.clone().filter(|_| draft.category == Category::Organisation)
            };
            draft.actors = known
                .actors
                .iter()
                .map(|actor| Actor {
                    code: actor.code.clone(),
                    sector: actor.sector,
                    name: name(actor),
                    via: via("title"),
                    ..Actor::default()
                })
                .collect();
            return draft;
        }
        // "The company" is one that the text has told of, and of no state by where it works.
        if sector == Some(Sector::Bus)
            && self.only_state().is_none()
            && draft.tokens.len() == 1
            && matches!(noun, "company" | "firm" | "corporation")
        {
            return match self.firm_told(view) {
                Some(code) => of_state(draft, &code, "title"),
                None => draft,
            };
        }
        // Kidnappers, pirates and refugees may be from anywhere, a gang is of the town.
        let gang = draft.category == Category::Organisation || noun == "gang";
        let local = sector.is_none_or(|sector| match sector {
            Sector::Mil | Sector::Igo | Sector::Ter | Sector::Ref | Sector::Unk => false,
            Sector::Crm => gang,
            _ => true,
        });
        if (local || sector.is_some_and(is_organ))
            && let Some(code) = self.fellow(view, draft.head)
        {
            return self.seat_of(draft, &code, "title");
        }
        if self.meets_holder(view, &draft) {
            return draft;
        }
        if local && let Some(code) = self.place_of_clause(view, names, draft.head) {
            return at_place(draft, code);
        }
        if local && let Some(code) = self.enforcer(view, draft.head) {
            return self.seat_of(draft, &code, "title");
        }
        if let Some(code) = self.home_of(view, draft.head, sector) {
            return self.seat_of(draft, &code, "title");
        }
        // "The army captured Goma": that of the land.
        if sector == Some(Sector::Mil)
            && draft.category == Category::Organisation
            && let Some(code) = self.ground(view, names, draft.head)
        {
            return at_place(draft, code);
        }
        // An envoy is of another state than the one that the text is about as often as not.
        let abroad = self.lexicon.abroad.has(noun);
        if sector.is_some_and(is_organ)
            && !abroad
            && let Some(code) = self.served_state(view, draft.head)
        {
            return self.seat_of(draft, &code, "title");
        }
        if sector.is_some_and(is_organ)
            && !abroad
            && let Some(code) = self
                .owner_told(view, draft.head, sector)
                .or_else(|| self.state_in_focus(view, draft.head))
        {
            let title = draft.offices.first().cloned().filter(|_| !draft.plural);
            let holder = title.and_then(|title| self.in_office(&code, &title));
            let state = Actor { code: Some(code), sector, ..Actor::default() };
            let holder = holder.filter(|_| draft.category == Category::Person);
            draft.actors = with_via(&[holder.unwrap_or(state)], "title");
            return draft;
        }
        // "The rebels": of the only state that the text has spoken of.
        if sector == Some(Sector::Reb)
            && let Some(code) = self.only_state()
        {
            return at_place(draft, &code);
        }
        if (sector.is_some_and(is_organ) || local)
            && !abroad
            && let Some(code) =
                self.local_state(view, draft.head, sector).or_else(|| self.whereabouts(view))
            && !self.hosts().any(|host| host == code)
            && !(sector.is_some_and(is_organ)
                && draft.category == Category::Person
                && self.states_beside(view, draft.head).contains(&code))
        {
            return at_place(draft, &code);
        }
        draft
    }

    /// "The foreign minister met Lavrov in Moscow": whoever holds the office in the one state of which the text tells is the other side.
    fn meets_holder(&self, view: &View<'_>, draft: &Draft) -> bool {
        let Some(office) = draft.offices.first().filter(|_| !draft.plural) else { return false };
        let here = self.mentions.get(self.first..).unwrap_or_default();
        here.iter()
            .filter(|m| m.head != draft.head && m.category == Category::Person)
            .filter(|m| view.governor(m.head) == view.governor(draft.head))
            .filter(|m| view.first_conjunct(m.head) != view.first_conjunct(draft.head))
            .any(|m| match m.actors.as_slice() {
                [Actor { code: Some(code), name: Some(name), .. }] => {
                    let own = self.in_office(code, office);
                    own.is_some_and(|own| own.name.as_ref() == Some(name))
                        && self.states.iter().all(|state| state == code)
                }
                _ => false,
            })
    }

    /// Gives the draft a state, and for an office that one person of it holds, who that is by the files.
    fn seat_of(&self, draft: Draft, code: &str, how: &str) -> Draft {
        let office = draft.offices.first().filter(|_| !draft.plural);
        let office = office.filter(|_| draft.category == Category::Person);
        match office.and_then(|office| self.in_office(code, office)) {
            Some(holder) => Draft { actors: with_via(&[holder], how), ..draft },
            None => of_state(draft, code, how),
        }
    }

    /// The state whose police or court do to the one at the token what the clause tells: "Belgian police arrested three people".
    fn enforcer(&self, view: &View<'_>, token: usize) -> Option<String> {
        let verb = view.governor(token)?;
        let lemma = view.lemma(verb);
        // What soldiers do in any land, police do in their own.
        let force = self.lexicon.fell.has(lemma);
        if !force && !self.lexicon.enforce.has(lemma) {
            return None;
        }
        let doer = match view.position(token) {
            Position::Object => view.subject_of(verb),
            Position::PassiveSubject => {
                let mut children = view.children(verb).iter().copied();
                children.find(|&c| {
                    matches!(view.position(c), Position::Agent | Position::Oblique("by"))
                })
            }
            _ => None,
        }?;
        let mention = self.mentions.get(self.mention_here(doer)?)?;
        let [one] = mention.actors.as_slice() else { return None };
        let police = || mention.tokens.clone().any(|t| view.lemma(t).starts_with("police"));
        if force && !police() {
            return None;
        }
        let code = one.code.clone().filter(|code| self.is_state(code))?;
        // Soldiers and warships take men abroad as well, and so they may where the sentence names another land.
        let abroad = one.sector == Some(Sector::Mil);
        let elsewhere = || self.here.iter().any(|land| *land != code);
        let home = || self.scene(view).map_or_else(|| !elsewhere(), |scene| scene == code);
        (!abroad || home()).then_some(code)
    }

    /// The state whose government or army gives orders to the body of it at the token: "Kyiv ordered the garrison".
    fn commander(&self, view: &View<'_>, token: usize, sector: Option<Sector>) -> Option<String> {
        if !self.lexicon.home_force.has(view.lemma(token))
            || !matches!(sector, Some(Sector::Mil | Sector::Gov))
        {
            return None;
        }
        let verb = view.governor(token)?;
        let given = matches!(view.position(token), Position::Object | Position::Indirect);
        if !given || !self.lexicon.command.has(view.lemma(verb)) {
            return None;
        }
        self.subject_state(view, verb, token, |sector| {
            matches!(sector, None | Some(Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud))
        })
    }

    /// The state of the subject of the verb, if its sector is one of these.
    pub(crate) fn subject_state(
        &self,
        view: &View<'_>,
        verb: usize,
        token: usize,
        fits: impl Fn(Option<Sector>) -> bool,
    ) -> Option<String> {
        let subject = view.subject_of(verb).filter(|&s| s != token && !view.is_below(token, s))?;
        let mention = self.mentions.get(self.mention_here(subject)?)?;
        let [one] = mention.actors.as_slice() else { return None };
        let code = one.code.clone().filter(|code| self.is_state(code))?;
        fits(one.sector).then_some(code)
    }

    /// The state of the one who, by what the clause says, deals with his own: whom a government blames or talks to of
    /// the rebels, whom it gives orders to of the people.
    fn home_of(&self, view: &View<'_>, token: usize, sector: Option<Sector>) -> Option<String> {
        let verb = view.governor(token)?;
        let lemma = view.lemma(verb);
        let position = view.position(token);
        let rises = matches!(sector, Some(Sector::Reb | Sector::Opp | Sector::Par));
        if rises {
            let met = matches!(
                position,
                Position::Object
                    | Position::Indirect
                    | Position::Oblique("with" | "against" | "to")
            );
            if !met || !self.lexicon.quarrel.has(lemma) {
                return None;
            }
            let code = self.subject_state(view, verb, token, |sector| {
                matches!(sector, None | Some(Sector::Gov | Sector::Mil))
            })?;
            let here = self.scene.iter().any(|(place, _)| *place == code)
                || self.dateline.as_ref() == Some(&code)
                || self.opens_with(&code);
            return here.then_some(code);
        }
        if sector == Some(Sector::Cvl) {
            let told = matches!(position, Position::Object | Position::Indirect)
                && self.lexicon.command.has(lemma)
                && view.subject_of(verb).is_some_and(|subject| {
                    self.mention_here(subject)
                        .and_then(|mention| self.mentions.get(mention))
                        .is_some_and(|mention| mention.category != Category::Person)
                });
            return self
                .subject_state(view, verb, token, |sector| {
                    matches!(sector, None | Some(Sector::Gov | Sector::Leg | Sector::Jud))
                })
                .filter(|_| told);
        }
        None
    }

    /// The state that says how many were killed, where the story plays there: "Accra said that ten civilians had been killed".
    fn mourner(&self, view: &View<'_>, token: usize) -> Option<String> {
        let verb = view.governor(token)?;
        let harmed = view.position(token) == Position::PassiveSubject
            && self.lexicon.harm.has(view.lemma(verb));
        let above = view.head(verb).filter(|_| harmed && view.relation(verb) == "ccomp")?;
        if !self.is_speech(view, above) {
            return None;
        }
        let code = self.subject_state(view, above, token, |s| matches!(s, Some(Sector::Gov)))?;
        let subject = view.subject_of(above)?;
        let state = self.mentions.get(self.mention_here(subject)?)?.category == Category::Country;
        let here = self.scene.iter().any(|(place, _)| *place == code)
            || self.dateline.as_ref() == Some(&code)
            || self.opens_with(&code);
        (state && here).then_some(code)
    }

    /// The state of the press, the party or the crowd that turns to those of its own: "Kenyan newspapers attacked the health minister".
    fn critic(&self, view: &View<'_>, token: usize, sector: Option<Sector>) -> Option<String> {
        let noun = view.lemma(token);
        let foreign = matches!(noun, "government" | "mission" | "commission");
        let abroad = foreign || self.lexicon.is_embassy(noun) || self.lexicon.abroad.has(noun);
        if abroad || !matches!(sector, Some(Sector::Gov | Sector::Pty | Sector::Leg)) {
            return None;
        }
        let turned = matches!(
            view.position(token),
            Position::Object
                | Position::Indirect
                | Position::Oblique(
                    "outside" | "at" | "against" | "before" | "on" | "with" | "to" | "for"
                )
                | Position::Nominal("outside" | "at" | "against" | "before")
        );
        let verb = view.clause_of(token).filter(|_| turned)?;
        self.subject_state(view, verb, token, |sector| {
            matches!(
                sector,
                Some(
                    Sector::Med
                        | Sector::Opp
                        | Sector::Cvl
                        | Sector::Pty
                        | Sector::Lab
                        | Sector::Edu
                        | Sector::Leg
                        | Sector::Rel
                )
            )
        })
    }

    /// The state of those whom the token stands in one list with, or whom it deals with: "Chad's generals and forty rebel groups signed in
    /// Qatar", "the government held talks with the rebels in Kenya". Where they do so is the land of neither.
    fn fellow(&self, view: &View<'_>, token: usize) -> Option<String> {
        // "The president and the leader of the opposition": who leads it stands in the list.
        let mut token = token;
        while view.relation(token) == "nmod"
            && view.preposition(token) == Some("of")
            && let Some(noun) = view.governor(token)
        {
            token = noun;
        }
        let list = view.conjuncts(token);
        let mut fellows: Vec<usize> = list.iter().copied().filter(|&t| t != token).collect();
        if matches!(view.position(token), Position::Oblique("with") | Position::Nominal("with"))
            && let Some(verb) = view.clause_of(token)
            && self.lexicon.deal.has(view.lemma(verb))
        {
            fellows.extend(view.subject_of(verb).filter(|&subject| !list.contains(&subject)));
        }
        fellows.extend(self.government_met(view, token));
        let mut state: Option<&String> = None;
        for fellow in fellows {
            let Some(mention) = self.mention_here(fellow).and_then(|m| self.mentions.get(m)) else {
                continue;
            };
            let [Actor { code: Some(code), via, .. }] = mention.actors.as_slice() else { continue };
            if via.as_deref() == Some("place") || !self.is_state(code) {
                continue;
            }
            if state.is_some_and(|known| known != code) {
                return None;
            }
            state = Some(code);
        }
        state.cloned()
    }

    /// "The Syrian government met rebels in Geneva": the government whose rebels they are, where the text tells of no other state.
    fn government_met(&self, view: &View<'_>, token: usize) -> Option<usize> {
        let verb = view.governor(token)?;
        let met = view.position(token) == Position::Object
            && self.lexicon.fighter.has(view.lemma(token))
            && self.lexicon.confers.has(view.lemma(verb));
        let subject = view.subject_of(verb).filter(|_| met)?;
        let mention = self.mentions.get(self.mention_here(subject)?)?;
        let [Actor { code: Some(code), sector: Some(Sector::Gov), .. }] = mention.actors.as_slice()
        else {
            return None;
        };
        let body = mention.category != Category::Person;
        let alone = self.states.iter().all(|state| state == code)
            && self.here.iter().all(|state| state == code);
        (body && alone).then_some(subject)
    }

    /// "Democratic lawmakers and aides": a bare noun behind another of one list is of the same state, however that one's is known.
    fn list_mate(&self, view: &View<'_>, draft: &Draft) -> Option<String> {
        let bare = draft.tokens.len() == 1 && view.relation(draft.head) == "conj";
        let list = view.conjuncts(draft.head);
        let before = list.into_iter().filter(|&t| t < draft.head).max().filter(|_| bare)?;
        let mention = self.mentions.get(self.mention_here(before)?)?;
        let [Actor { code: Some(code), .. }] = mention.actors.as_slice() else { return None };
        (mention.category == Category::People && self.is_state(code)).then(|| code.clone())
    }

    /// "The magistrate", after a judge: the one of the bench of whom the text has told.
    fn judge(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let told = self.discourse.candidates(view.index, token, TITLE_REACH, |referent, _| {
            referent.category == Some(Category::Person)
                && !referent.plural
                && matches!(referent.actors.as_slice(), [one] if one.sector == Some(Sector::Jud) && one.code.is_some())
        });
        self.discourse.only_actor(&told)
    }

    /// The one court of several states of which the last sentences tell, if they tell of no other bench.
    fn court_told(&self, view: &View<'_>, token: usize) -> Option<String> {
        let told = self.discourse.candidates(view.index, token, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && matches!(referent.actors.as_slice(), [one]
                    if one.sector == Some(Sector::Jud) && one.code.is_some())
        });
        let [only] = told.as_slice() else { return None };
        let code = self.discourse.referent(only.referent)?.actors.first()?.code.clone()?;
        (!self.is_state(&code)).then_some(code)
    }

    /// The police that the last sentences speak of, if they speak of no troops.
    fn police(&self, view: &View<'_>) -> Option<Vec<Actor>> {
        let near = |mention: &&Mention| mention.sentence + NOUN_REACH >= view.index;
        let mut police = None;
        for mention in self.mentions.iter().rev().take_while(near) {
            let words = mention.span.of(view.text).unwrap_or_default().to_lowercase();
            if words.contains("police") || words.contains("officers") {
                police = police.or(Some(&mention.actors));
            } else if mention.actors.iter().any(|actor| actor.sector == Some(Sector::Mil)) {
                return None;
            }
        }
        let plain = police?.iter().map(|actor| Actor { name: None, role: None, ..actor.clone() });
        Some(with_via(&plain.collect::<Vec<_>>(), "title"))
    }

    /// Whose the embassy at the token is: the one spoken of before, else that of the other side of the quarrel with whom it stands in.
    fn embassy_of(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> Option<String> {
        let place = |&c: &usize| {
            matches!(view.relation(c), "nmod" | "compound")
                .then(|| self.place_code(view, names, c))
                .flatten()
        };
        let host = view.children(token).iter().find_map(place);
        let apart = |code: &String| host != Some(code.as_str());
        if let Some(told) = self.embassy(view, token).filter(apart) {
            return Some(told);
        }
        if let Some(sent) = self.envoys_of(view, token).filter(apart) {
            return Some(sent);
        }
        let other = self.discourse.partner_of(view.index, host?)?;
        Some(other.to_owned()).filter(|code| self.is_state(code))
    }

    /// The one state whose embassy the last sentences speak of.
    fn embassy(&self, view: &View<'_>, token: usize) -> Option<String> {
        let mut state: Option<&String> = None;
        for mention in self.mentions.iter().rev() {
            if mention.sentence + PERSON_REACH < view.index {
                break;
            }
            let after = mention.sentence == view.index && mention.head >= token;
            let words = mention.span.of(view.text).unwrap_or_default().to_lowercase();
            if after || !(words.contains("embassy") || words.contains("consulate")) {
                continue;
            }
            let [Actor { code: Some(code), .. }] = mention.actors.as_slice() else { continue };
            if state.is_some_and(|known| known != code) {
                return None;
            }
            state = Some(code);
        }
        state.cloned()
    }

    /// Whether the code is a state's.
    pub(crate) fn is_state(&self, code: &str) -> bool {
        self.actors.entity(code).is_some_and(|entity| entity.kind == EntityKind::Country)
    }

    /// The state where the story plays: that of its places, else the one that the sentences before are about.
    pub(crate) fn whereabouts(&self, view: &View<'_>) -> Option<String> {
        self.scene(view).or_else(|| self.focus.clone()).or_else(|| self.dateline.clone())
    }

    /// The state of a spokesman or aide who says what the token is a part of.
    fn served_state(&self, view: &View<'_>, token: usize) -> Option<String> {
        let mut at = view.clause_of(token);
        for _ in 0..view.len() {
            let verb = at?;
            let speaker = view
                .subject_of(verb)
                .filter(|&subject| self.is_speech(view, verb) && !view.is_below(token, subject));
            if let Some(speaker) = speaker {
                let mention = self.mentions.get(self.mention_here(speaker)?)?;
                let [actor] = mention.actors.as_slice() else { return None };
                let serves =
                    mention.tokens.clone().any(|t| self.lexicon.servant.has(view.lemma(t)));
                let code = actor.code.clone().filter(|code| serves && self.is_state(code));
                return code;
            }
            at = view.clause_of(verb);
        }
        None
    }

    /// Who holds the office in the state at the document's date, by the knowledge: only of offices that one person holds at a time.
    pub(crate) fn in_office(&self, code: &str, title: &str) -> Option<Actor> {
        let titles = self.lexicon.same_office(title);
        if titles.is_empty() {
            return None;
        }
        let called = |held: &str| titles.iter().any(|title| title.eq_ignore_ascii_case(held));
        let holders = self.actors.holders(code, self.date?, called);
        let &[(index, role)] = holders.as_slice() else { return None };
        let person = self.actors.people.get(index)?;
        Some(Actor {
            code: Some(code.to_owned()),
            sector: Some(role.sector),
            role: role.title.map(str::to_owned),
            name: Some(person.name.to_string()),
            ..Actor::default()
        })
    }

    /// Who bore the title last in the state and bears it no more on the document's date.
    fn last_reign(&self, code: &str, title: &str) -> Option<Actor> {
        let date = self.date?;
        let people = self.actors.people.get(self.actors.entity(code)?.people.clone())?;
        let ends = people.iter().filter_map(|person| {
            let reigned = |role: &&Role| role.title.eq_ignore_ascii_case(title);
            let until = person.roles.iter().find(reigned)?.until?.last;
            (until < date).then_some((until, person))
        });
        let (_, person) = ends.max_by_key(|(until, _)| *until)?;
        Some(Actor {
            code: Some(code.to_owned()),
            sector: Some(Sector::Eli),
            name: Some(person.name.to_string()),
            ..Actor::default()
        })
    }

    /// The only state of which the text tells and which once had somebody of that title.
    fn state_with(&self, view: &View<'_>, title: &str) -> Option<String> {
        let told = self.discourse.codes(view.index + 1, |code| self.is_state(code));
        let mut had = told.iter().filter(|(code, _)| self.last_reign(code, title).is_some());
        let (code, _) = had.next()?;
        had.next().is_none().then(|| (*code).to_owned())
    }

    /// "The Chechen president": who holds the office by that very name, in the state whose part it is or in a group that rules it, and not the
    /// president of Russia.
    fn ruler_of_part(&self, names: &Names<'k>, draft: &Draft, office: &str) -> Option<Actor> {
        let date = self.date?;
        let former = draft.actors.iter().any(|actor| actor.sector == Some(Sector::Eli));
        let office_of_one = !self.lexicon.same_office(office).is_empty();
        if draft.category != Category::Person || former || !office_of_one {
            return None;
        }
        let hit = draft.tokens.clone().find_map(|token| names.at(token))?;
        let (only, state) = hit.readings.iter().find_map(|name| {
            let entity = self.actors.entities.get(name.entity)?;
            let adjective = name.kind == NameKind::Adjective;
            (adjective && entity.kind == EntityKind::Country).then_some((name, entity))
        })?;
        let title = format!("{} {office}", only.text);
        let of_state = |code: Option<&str>| code == Some(state.code.as_str());
        let groups = self.actors.entities.iter().filter(|entity| {
            entity.kind == EntityKind::ArmedGroup && of_state(entity.country.as_deref())
        });
        std::iter::once(state).chain(groups).find_map(|entity| {
            let people = self.actors.people.get(entity.people.clone())?;
            people.iter().find_map(|person| {
                let role = person
                    .roles
                    .iter()
                    .find(|role| role.title.eq_ignore_ascii_case(&title) && role.holds_on(date))?;
                Some(Actor {
                    code: Some(entity.record_code().to_owned()),
                    sector: Some(role.sector),
                    role: Some(role.title.to_string()),
                    name: Some(person.name.to_string()),
                    ..Actor::default()
                })
            })
        })
    }

    /// Who of the states that the text has named holds an office that few states have: "the emir".
    fn sole_holder(&self, view: &View<'_>, title: &str) -> Option<Actor> {
        if !self.lexicon.crown.has(title) {
            return None;
        }
        let date = self.date?;
        let mut found: Option<Actor> = None;
        for (code, _) in self.discourse.codes(view.index, |code| self.is_state(code)) {
            let called = |held: &str| held.eq_ignore_ascii_case(title);
            let holders = self.actors.holders(code, date, called);
            let Some(&(index, role)) = holders.first() else { continue };
            if found.is_some() {
                return None;
            }
            found = self.actors.people.get(index).map(|person| Actor {
                code: Some(code.to_owned()),
                sector: Some(role.sector),
                role: role.title.map(str::to_owned),
                name: Some(person.name.to_string()),
                ..Actor::default()
            });
        }
        found
    }

    /// "Those people": the only people that the sentence before speaks of.
    fn those(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let people = self.discourse.candidates(view.index, draft.head, 1, |referent, _| {
            referent.plural
                && matches!(referent.category, Some(Category::People | Category::Nationality))
                && referent.actors.iter().all(|actor| actor.code.is_some())
        });
        match people.as_slice() {
            [only] => Some(with_via(&self.discourse.referent(only.referent)?.actors, "title")),
            _ => None,
        }
    }

    /// "The men were taken to a hospital": the only group of people that the sentence before speaks of, else the one before it.
    fn those_people(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let own = view.clause_of(draft.head);
        let mut nearest: Vec<(usize, &Vec<Actor>)> = Vec::new();
        for index in self.discourse.recent(view.index, NOUN_REACH) {
            let trace = self.discourse.trace(index)?;
            let referent = self.discourse.referent(trace.referent)?;
            let here = trace.sentence == view.index;
            // Whoever stands beside them in their clause is another.
            if here && (trace.token >= draft.head || trace.governor == own) {
                continue;
            }
            let people = referent.plural
                && matches!(referent.category, Some(Category::People | Category::Person))
                && referent.actors.iter().all(|actor| actor.code.is_some());
            // "The verdict of the people" is not the soldiers'.
            let civil = view.lemma(draft.head) != "people" || is_civil(&referent.actors);
            if !people || trace.named || !civil {
                continue;
            }
            if nearest.first().is_some_and(|(sentence, _)| *sentence != trace.sentence) {
                break;
            }
            if nearest.iter().all(|(_, known)| !same_parties(known, &referent.actors)) {
                nearest.push((trace.sentence, &referent.actors));
            }
        }
        // "Her officers fired when the strikers charged. He pleaded with the men": of several the one crowd.
        if nearest.len() > 1 && !self.is_taken(view, draft) {
            nearest.retain(|(_, actors)| is_civil(actors));
        }
        match nearest.as_slice() {
            [(_, only)] => Some(with_via(only, "title")),
            _ => None,
        }
    }

    /// Whom the same noun stood for shortly before: "The mission" after "its mission". None where it stood for two.
    fn same_noun(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let (noun, first) = (view.lemma(draft.head), view.index.saturating_sub(TITLE_REACH));
        let mut known: Option<&Vec<Actor>> = None;
        for (lemma, index) in self.nouns.iter().rev() {
            let Some(mention) = self.mentions.get(*index) else { continue };
            if mention.sentence < first {
                break;
            }
            let same =
                lemma == noun && (mention.sentence, mention.head) != (view.index, draft.head);
            if !same || mention.actors.is_empty() {
                continue;
            }
            if known.is_some_and(|known| !same_parties(known, &mention.actors)) {
                return None;
            }
            known = Some(&mention.actors);
        }
        let known = known.filter(|actors| actors.iter().all(|actor| actor.code.is_some()))?;
        Some(with_via(known, "title"))
    }

    /// The only other person of this state that the last sentences name: "her husband".
    fn relative(&self, view: &View<'_>, draft: &Draft, owner: usize) -> Option<Actor> {
        let own = self.mention_here(owner).and_then(|m| self.mentions.get(m))?.actors.first()?;
        let people = self.discourse.candidates(view.index, draft.head, LIST_REACH, |referent, _| {
            referent.category == Some(Category::Person)
                && !referent.plural
                && (draft.gender == Gender::Unknown
                    || referent.gender == Gender::Unknown
                    || referent.gender == draft.gender)
                && matches!(referent.actors.as_slice(), [one] if one.name.is_some() && one.code == own.code && one.name != own.name)
        });
        self.discourse.only_actor(&people)
    }

    /// Whether the group is of the one state that these actors are of.
    fn fights_in(&self, group: &Actor, actors: &[Actor]) -> bool {
        let entity = group.code.as_deref().and_then(|code| self.actors.entity(code));
        let state = entity.and_then(|entity| entity.country.as_deref());
        state.is_some() && actors.iter().all(|actor| actor.code.as_deref() == state)
    }

    /// The one society of citizens that the last sentences speak of.
    fn society(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let societies = self.discourse.candidates(view.index, token, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && matches!(referent.actors.as_slice(), [one]
                    if one.sector == Some(Sector::Ngo)
                        && one.code.as_deref().is_some_and(|code| !self.is_state(code)))
        });
        let [only] = societies.as_slice() else { return None };
        let society = self.discourse.referent(only.referent)?.actors.first()?;
        Some(Actor { name: None, role: None, ..society.clone() })
    }

    /// The one armed group that the last sentences speak of.
    pub(crate) fn armed_group(&self, view: &View<'_>, token: usize, reach: usize) -> Option<Actor> {
        let is_group = |code: &str| {
            self.actors.entity(code).is_some_and(|entity| entity.kind == EntityKind::ArmedGroup)
        };
        let groups = self.discourse.candidates(view.index, token, reach, |referent, _| {
            matches!(referent.actors.as_slice(), [actor] if actor.code.as_deref().is_some_and(is_group))
        });
        let mut codes: Vec<&str> = Vec::new();
        for candidate in &groups {
            let actor = self.discourse.referent(candidate.referent)?.actors.first()?;
            let code = actor.code.as_deref()?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        let [code] = codes.as_slice() else { return None };
        let entity = self.actors.entity(code)?;
        Some(Actor {
            code: Some((*code).to_owned()),
            sector: entity.sector,
            name: Some(entity.name.clone()),
            ..Actor::default()
        })
    }

    /// The state of the places that the last sentences name, or of the dateline, if it is one.
    pub(crate) fn scene(&self, view: &View<'_>) -> Option<String> {
        let first = view.index.saturating_sub(SCENE_REACH);
        let mut here: Option<&str> = None;
        for (code, sentence) in self.scene.iter().rev() {
            if *sentence < first {
                break;
            }
            match here {
                // Of two lands the one where the report was written.
                Some(known) if known != code => {
                    return self.dateline.clone().filter(|at| at == known || at == code);
                }
                _ => here = Some(code),
            }
        }
        here.or(self.dateline.as_deref()).map(str::to_owned)
    }

    /// Whether the text has told of somebody of another state by this very title: "Pakistan's foreign secretary".
    fn is_told_elsewhere(&self, title: &str, state: &str) -> bool {
        self.discourse
            .everything(usize::MAX, usize::MAX)
            .filter_map(|index| self.discourse.referent(self.discourse.trace(index)?.referent))
            .any(|referent| {
                referent.offices.iter().any(|office| office == title)
                    && referent
                        .actors
                        .iter()
                        .any(|actor| actor.code.as_deref().is_some_and(|code| code != state))
            })
    }

    /// The last person or body that the document called by this office.
    fn holder(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<&Referent> {
        let noun = office.rsplit(' ').next().unwrap_or(office);
        // "Hugo Chavez rang the president": another.
        let apart = match draft.category {
            Category::Person => self.persons_apart(view, draft.head),
            _ => Vec::new(),
        };
        let found =
            self.discourse.candidates(view.index, draft.head, TITLE_REACH, |referent, _| {
                if apart.iter().any(|other| is_person(other, referent)) {
                    return false;
                }
                let same_code = code.is_none()
                    || referent.actors.iter().all(|actor| actor.code.as_deref() == code);
                let named = referent.actors.iter().all(|actor| actor.name.is_some());
                let fits = match (draft.category, referent.category) {
                    (Category::Person, Some(Category::Person)) => {
                        let former = |actors: &[Actor]| {
                            actors.iter().any(|actor| actor.sector == Some(Sector::Eli))
                        };
                        former(&draft.actors) == former(&referent.actors)
                            && referent.offices.iter().any(|o| self.lexicon.is_called(o, office))
                    }
                    (Category::Organisation, Some(Category::Organisation)) => {
                        referent.offices.iter().any(|known| is_office(known, office))
                            || referent.actors.iter().all(|actor| {
                                let sector = draft.actors.first().and_then(|actor| actor.sector);
                                actor.sector == sector
                                    && actor.name.as_ref().is_some_and(|name| {
                                        name.to_lowercase().split(' ').any(|word| word == noun)
                                    })
                            })
                    }
                    _ => false,
                };
                same_code && named && fits && !referent.plural && referent.actors.len() == 1
            });
        // Of two whom a loose title fits neither is meant for sure: "the Spanish leader".
        if self.lexicon.is_loose(office) && found.len() > 1 {
            // But of a state's own people its one ruler is its leader.
            let mut rulers = found.iter().filter_map(|c| {
                let referent = self.discourse.referent(c.referent)?;
                let [one] = referent.actors.as_slice() else { return None };
                let rules = |title: &str| {
                    let holder = one.code.as_deref().and_then(|code| self.in_office(code, title));
                    holder.is_some_and(|holder| holder.name == one.name)
                };
                (code.is_some() && (rules("president") || rules("prime minister")))
                    .then_some(referent)
            });
            let ruler = rulers.next().filter(|_| matches!(office, "leader" | "ruler"))?;
            return rulers.next().is_none().then_some(ruler);
        }
        // "President Lee" comes before whom only the files call president, if the text speaks of both.
        let titled = |c: &&Candidate| {
            self.discourse
                .referent(c.referent)
                .is_some_and(|r| r.offices.first().is_some_and(|first| first == office))
        };
        let best = found.first()?;
        let other = found.iter().find(titled).filter(|c| {
            let code = |c: &Candidate| {
                self.discourse.referent(c.referent)?.actors.first()?.code.as_deref()
            };
            4.0 * c.weight >= best.weight || code(c) == code(best)
        });
        self.discourse.referent(other.unwrap_or(best).referent)
    }

    /// "The former president" of a text that tells how he fell: the only one whom it has called so.
    fn toppled(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<&Referent> {
        let former = draft.actors.iter().any(|actor| actor.sector == Some(Sector::Eli));
        if !former || draft.category != Category::Person {
            return None;
        }
        let found = self.named_persons(view, draft, TITLE_REACH, code, |_, offices| {
            offices.iter().any(|o| self.lexicon.is_called(o, office))
        });
        if let [only] = found.as_slice() {
            return self.discourse.referent(only.referent);
        }
        // Of several the one who holds no office any more, or with whom the text opens.
        let mut fallen = found
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .filter(|r| r.opens != Opening::Later || r.actors.iter().all(is_out));
        fallen.next().filter(|_| fallen.next().is_none())
    }

    /// The one person of the text who holds the first office of a state by the files.
    fn incumbent(&self, view: &View<'_>, draft: &Draft, code: Option<&str>) -> Option<Actor> {
        let rules = |office: &str| {
            office != "incumbent"
                && (["president", "prime minister"]
                    .iter()
                    .any(|title| self.lexicon.same_office(title).iter().any(|o| o == office))
                    || matches!(office, "governor" | "mayor" | "senator"))
        };
        let found = self.named_persons(view, draft, TITLE_REACH, code, |one, offices| {
            !is_out(one) && !self.has_risen(one) && offices.iter().any(|office| rules(office))
        });
        self.discourse.only_actor(&found)
    }

    /// The one person of the text who held the office before and holds none now: "the murdered leader".
    fn last_holder(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<Actor> {
        let found = self.named_persons(view, draft, TITLE_REACH, code, |one, offices| {
            is_out(one) && offices.iter().any(|o| self.lexicon.is_called(o, office))
        });
        self.discourse.only_actor(&found)
    }

    /// The last person of the text who held the office before by the files, whatever the text has called them: one without an office if there
    /// is one, and never who holds it.
    fn held_before(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<Actor> {
        let date = self.date?;
        let held = |one: &Actor| {
            let entity = one.code.as_deref().and_then(|code| self.actors.entity(code));
            let mut people = entity.map_or(0..0, |entity| entity.people.clone());
            people.any(|index| {
                let Some(person) = self.actors.people.get(index) else { return false };
                let mut roles = person
                    .roles
                    .iter()
                    .filter(|role| is_office(&role.title.to_lowercase(), office))
                    .peekable();
                one.name.as_deref() == Some(person.name.as_str())
                    && roles.peek().is_some()
                    && roles.all(|role| role.until.is_some_and(|until| until.last < date))
            })
        };
        let found = self.named_persons(view, draft, TITLE_REACH, code, |one, _| held(one));
        let mut people = found.iter().filter_map(|c| {
            self.discourse.referent(c.referent).and_then(|referent| referent.actors.first())
        });
        people.clone().find(|one| is_out(one)).or_else(|| people.next()).cloned()
    }

    /// The persons of that state, or of any, whom the last `reach` sentences name and `keep` accepts by what they are and by their offices.
    fn named_persons(
        &self,
        view: &View<'_>,
        draft: &Draft,
        reach: usize,
        code: Option<&str>,
        keep: impl Fn(&Actor, &[String]) -> bool,
    ) -> Vec<Candidate> {
        self.discourse.candidates(view.index, draft.head, reach, |referent, _| {
            referent.category == Some(Category::Person)
                && matches!(referent.actors.as_slice(), [one] if one.name.is_some()
                    && (code.is_none() || one.code.as_deref() == code)
                    && keep(one, &referent.offices))
        })
    }

    /// Whom "the new president" means: who took office lately, else the only other person of that state whom the last sentences name
    /// beside the holder.
    fn newcomer(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
    ) -> Option<Actor> {
        let rules = self.lexicon.is_loose(office) || !self.lexicon.same_office(office).is_empty();
        if let Some(person) = self.risen(view, draft.head, office, code).filter(|_| rules) {
            return Some(person);
        }
        let focus = code.map(str::to_owned).or_else(|| self.state_in_focus(view, draft.head))?;
        let holder = self.in_office(&focus, office)?;
        let name = holder.name.as_deref()?;
        if self.took_office_lately(&focus, name) {
            return Some(holder);
        }
        // One who has another office is no candidate for this one.
        let bound = |one: &Actor| {
            one.role.as_ref().is_some_and(|role| {
                let role = role.to_lowercase();
                one.sector == Some(Sector::Gov)
                    && !self.lexicon.is_loose(&role)
                    && !self.lexicon.is_called(&role, office)
            })
        };
        let others = self.named_persons(view, draft, NOUN_REACH, Some(&focus), |one, _| {
            !self.has_fallen(one)
                && !bound(one)
                && !matches!(one.sector, Some(Sector::Mil | Sector::Jud))
                && one.name.as_deref() != Some(name)
        });
        self.discourse.only_actor(&others)
    }

    /// Whether the role that someone of this state has at the date began shortly before it.
    fn took_office_lately(&self, code: &str, name: &str) -> bool {
        let Some(date) = self.date else { return false };
        let first = date.checked_sub(jiff::Span::new().days(NEW_DAYS)).unwrap_or(date);
        self.actors.in_office(code, self.date).any(|(index, _)| {
            self.actors.people.get(index).is_some_and(|person| {
                person.name == name
                    && person.roles.iter().any(|role| {
                        role.holds_on(date) && role.from.is_some_and(|from| from.first >= first)
                    })
            })
        })
    }

    /// Whom "the president-elect" means: the only person that the last sentences name.
    fn elect(&self, view: &View<'_>, draft: &Draft, office: &str) -> Option<Actor> {
        if draft.category != Category::Person || draft.plural || !office.ends_with("elect") {
            return None;
        }
        let code = draft.actors.first().and_then(|actor| actor.code.as_deref());
        let people = self.named_persons(view, draft, PERSON_REACH, code, |_, _| true);
        self.discourse.only_actor(&people)
    }

    /// The only person of this state whom the last sentences name, for a title that says no more than that: "the official".
    fn only_person(
        &self,
        view: &View<'_>,
        draft: &Draft,
        office: &str,
        code: Option<&str>,
        sector: Option<Sector>,
    ) -> Option<Actor> {
        let civil = sector.is_some_and(|sector| !is_organ(sector));
        let loose = civil || sector == Some(Sector::Mil) || self.lexicon.is_loose(office);
        if draft.category != Category::Person || draft.plural || !loose {
            return None;
        }
        let people = self.named_persons(view, draft, PERSON_REACH, code, |_, _| true);
        let [only] = people.as_slice() else { return None };
        let actor = self.discourse.referent(only.referent)?.actors.first()?;
        // "The premier dismissed the general": another.
        if self.persons_apart(view, draft.head).iter().any(|other| other.name == actor.name) {
            return None;
        }
        // "The general" is no president who never bore a rank.
        let rank = sector == Some(Sector::Mil) && self.bears_rank(only.referent);
        let fits = actor.sector == sector
            || (rank && actor.sector == Some(Sector::Gov))
            || (civil && !actor.sector.is_some_and(is_organ));
        // "Police sought the killer" of a reporter, who is not the reporter.
        let culprit = matches!(sector, Some(Sector::Ter | Sector::Reb | Sector::Crm | Sector::Par));
        let fits = fits && !(culprit && actor.sector.is_some_and(is_private));
        fits.then(|| actor.clone())
    }

    /// Whom a story has brought in by the same noun with "a" and without a name; nobody where it is not known whose they are.
    fn brought_in(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let definite =
            view.children(draft.head).iter().any(|&c| view.form(c).eq_ignore_ascii_case("the"));
        if !definite || draft.plural {
            return None;
        }
        let noun = view.form(draft.head);
        let same_noun = |mention: &Mention| {
            let words = mention.span.of(view.text).unwrap_or_default();
            words.split_whitespace().any(|word| word.eq_ignore_ascii_case(noun))
        };
        // "A bomber blew himself up. The attacker": of those who use force the last.
        let hunts = |actor: &Actor| actor.sector.is_some_and(is_hunted);
        let hunted = draft.actors.iter().any(hunts);
        let hunted_alike = |mention: &Mention| {
            hunted && mention.sentence + 2 >= view.index && mention.actors.iter().any(hunts)
        };
        let with_article = |mention: &Mention| {
            let before = view.text.get(..mention.span.start).unwrap_or_default();
            let article = before.split_whitespace().next_back().unwrap_or_default();
            ["a", "an", "another", "one"].iter().any(|word| article.eq_ignore_ascii_case(word))
        };
        let mention = self.mentions.iter().rev().find(|mention| {
            mention.sentence < view.index
                && mention.sentence >= self.discourse.begins()
                && mention.kind == MentionKind::Nominal
                && matches!(mention.category, Category::Person | Category::People)
                && mention.actors.iter().all(|actor| actor.name.is_none())
                && (same_noun(mention) || hunted_alike(mention))
                && with_article(mention)
        })?;
        Some(mention.actors.clone())
    }

    /// The named person whom a noun for a private person or a rank means, if nothing after it says whom.
    fn private_person(
        &self,
        view: &View<'_>,
        draft: &Draft,
        sector: Option<Sector>,
    ) -> Option<Actor> {
        let kind = sector.is_some_and(|sector| {
            !matches!(sector, Sector::Gov | Sector::Leg | Sector::Jud | Sector::Igo | Sector::Unk)
        });
        if draft.category != Category::Person || draft.plural || !kind {
            return None;
        }
        // "The fallen leader" holds no office any more; "the laureate" may never have held one.
        let former = (0..draft.head)
            .any(|token| view.head(token) == Some(draft.head) && self.is_falling(view, token));
        let told = sector.filter(|sector| *sector != Sector::Eli);
        let person = self.person_meant(view, draft, told, former)?;
        let plain = (0..view.len()).all(|token| {
            view.head(token) != Some(draft.head)
                || match view.relation(token) {
                    // ", who was once jailed," only adds to what is known.
                    "acl" => {
                        view.deprel(token) == "acl:relcl"
                            && (draft.head..token).any(|t| view.form(t) == ",")
                    }
                    "appos" => false,
                    // "Sued the dead woman for libel": it says no more of her.
                    "nmod" => !matches!(
                        view.preposition(token),
                        None | Some("of" | "in" | "from" | "at" | "on" | "with")
                    ),
                    // "The New York billionaire": where somebody is from tells nobody apart.
                    "compound" => {
                        self.lexicon.person.has(view.lemma(token)) || self.is_home_of(view, token)
                    }
                    "amod" => token < draft.head,
                    _ => true,
                }
        });
        let ranked = sector != Some(Sector::Mil)
            || matches!(person.sector, Some(Sector::Mil | Sector::Gov | Sector::Reb | Sector::Eli));
        if !ranked {
            return None;
        }
        // "The union leader" says more than that it is known: only who is of that sector.
        (plain || person.sector == sector).then_some(person)
    }

    /// Whether the words that end at the token are the name of a place, and of nothing else.
    fn is_home_of(&self, view: &View<'_>, token: usize) -> bool {
        let start = (0..token).find(|&at| view.is_below(at, token)).unwrap_or(token);
        self.city_at(view, start).is_some_and(|(_, len)| start + len == token + 1)
    }

    /// The last named body that "the bloc", "the ministry" may mean: of the word's sector, or with the word in its name.
    fn last_body(
        &self,
        view: &View<'_>,
        draft: &Draft,
        sector: Option<Sector>,
    ) -> Option<&Referent> {
        let noun = view.lemma(draft.head);
        let has_noun = |referent: &Referent| {
            referent.offices.iter().any(|office| office.rsplit(' ').next() == Some(noun))
                || referent.actors.iter().any(|actor| {
                    actor
                        .name
                        .as_ref()
                        .is_some_and(|name| name.to_lowercase().split(' ').any(|word| word == noun))
                })
        };
        // "The presidential office" is no ministry.
        let plain = draft
            .tokens
            .clone()
            .all(|t| t == draft.head || !matches!(view.relation(t), "amod" | "compound"));
        // "The constitutional court" is no other court.
        let office = draft.offices.first().cloned().unwrap_or_default();
        let words: Vec<&str> = office.split(' ').collect();
        let whole = words.len() > 1 && self.lexicon.common_body.at(&words) == Some(words.len());
        let bodies = self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
            referent.category == Some(Category::Organisation)
                && !referent.plural
                && (!whole || referent.offices.iter().any(|known| is_office(known, &office)))
                && matches!(referent.actors.as_slice(), [actor] if (actor.sector == sector && plain) || has_noun(referent))
        });
        let named =
            bodies.iter().filter_map(|c| self.discourse.referent(c.referent)).find(|r| has_noun(r));
        let only = match bodies.as_slice() {
            [only] => Some(only),
            [best, next, ..] if next.weight < 0.75 * best.weight => Some(best),
            _ => None,
        };
        named.or_else(|| self.discourse.referent(only?.referent))
    }

    /// The state that the document is about at this sentence, if one stands out.
    fn state_in_focus(&self, view: &View<'_>, token: usize) -> Option<String> {
        let mut beside = self.states_beside(view, token);
        beside.extend(self.hosts().map(str::to_owned));
        in_focus(&self.discourse.codes(view.index, |code| {
            !beside.iter().any(|b| b == code) && self.is_state(code) && !self.courted.contains(code)
        }))
    }

    /// The states that stand beside the token in its clause: "the army attacked Libya" is not Libya's.
    fn states_beside(&self, view: &View<'_>, token: usize) -> Vec<String> {
        self.mentions
            .get(self.first..)
            .unwrap_or_default()
            .iter()
            .filter(|m| m.category == Category::Country && m.head != token)
            .filter(|m| view.governor(m.head) == view.governor(token))
            .filter(|m| view.first_conjunct(m.head) != view.first_conjunct(token))
            .flat_map(|m| m.actors.iter().filter_map(|actor| actor.code.clone()))
            .collect()
    }

    /// The state of who praises or blames the government at the token, if he serves one.
    fn foreign_teller(&self, view: &View<'_>, token: usize) -> Option<String> {
        let mut at = Some(token);
        let mut verb = None;
        for _ in 0..4 {
            let up = view.governor(at?);
            if let Some(v) = up.filter(|&v| view.upos(v) == Upos::Verb) {
                verb = Some(v);
                break;
            }
            at = up;
        }
        let verb = verb.filter(|&v| self.lexicon.praise.has(view.lemma(v)))?;
        let mut at = Some(verb);
        for _ in 0..4 {
            if let Some(code) =
                self.subject_state(view, at?, token, |s| matches!(s, Some(Sector::Gov)))
            {
                return Some(code);
            }
            at = view.clause_of(at?);
        }
        None
    }

    /// The states whose embassies the sentence names outside of the phrase of the token.
    fn embassies_here(&self, view: &View<'_>, token: usize) -> Vec<String> {
        let here = self.mentions.get(self.first..).unwrap_or_default().iter();
        here.filter(|m| !view.is_below(m.head, token))
            .filter(|m| m.tokens.clone().any(|t| self.lexicon.is_embassy(view.lemma(t))))
            .flat_map(|m| m.actors.iter().filter_map(|actor| actor.code.clone()))
            .collect()
    }

    /// The states of soldiers who stand beside the token in its clause: "soldiers of the guard killed ten Belgian paratroopers".
    fn soldiers_beside(&self, view: &View<'_>, token: usize) -> Vec<String> {
        let verb = view.clause_of(token);
        self.mentions
            .get(self.first..)
            .unwrap_or_default()
            .iter()
            .filter(|m| m.category == Category::People && !view.is_below(token, m.head))
            .filter(|m| verb.is_some() && view.governor(m.head) == verb)
            .flat_map(|m| &m.actors)
            .filter(|actor| actor.sector == Some(Sector::Mil))
            .filter_map(|actor| actor.code.clone())
            .collect()
    }

    /// Code of the one who does what the clause says: "he told parliament" of his own.
    fn subject_code(&self, view: &View<'_>, token: usize) -> Option<String> {
        let subject = view.clause_of(token).and_then(|verb| view.subject_of(verb))?;
        let mention =
            self.mentions.get(self.mention_here(subject).filter(|_| subject != token)?)?;
        match mention.actors.as_slice() {
            [one] if mention.category == Category::Person => one.code.clone(),
            _ => None,
        }
    }

    /// The one state that the sentences before this one speak of.
    pub(crate) fn only_state(&self) -> Option<String> {
        match self.states.as_slice() {
            [only] => Some(only.clone()).filter(|only| !self.courted.contains(only)),
            _ => None,
        }
    }

    /// "Police fired tear gas … in Tbilisi": the country of the place that the clause names.
    fn resolve_place(&self, view: &View<'_>, names: &Names<'k>, mut draft: Draft) -> Draft {
        if draft.actors.iter().any(|actor| actor.code.is_some()) {
            return draft;
        }
        // "The captain, Zhan Qixiong,": of whose the captain was before.
        if draft.kind == MentionKind::Name
            && let Some(known) = self.same_noun(view, &draft)
            && let ([actor], [known]) = (draft.actors.as_mut_slice(), known.as_slice())
        {
            (actor.code, actor.via) = (known.code.clone(), via("title"));
            return draft;
        }
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        // "The presiding judge, Ann Lee,": of the court of states of which the text tells.
        if sector == Some(Sector::Jud)
            && draft.category == Category::Person
            && let Some(code) = self.court_told(view, draft.head)
        {
            return of_state(draft, &code, "title");
        }
        // "Troops arrived", "officials said": of whatever state, unless the text speaks of one alone.
        let foreign = matches!(
            sector,
            Some(Sector::Mil | Sector::Igo | Sector::Ter | Sector::Unk | Sector::Spy | Sector::Ngo)
        );
        // "Ann Lee, who runs a charity,": of the place.
        let runs = draft.kind == MentionKind::Name && sector == Some(Sector::Ngo);
        let foreign = foreign && !runs;
        // "Such governments", "foreign troops": of whatever state.
        if clause_parliament(sector)
            && let Some(code) = self.subject_code(view, draft.head)
        {
            return at_place(draft, &code);
        }
        if let Some(code) = self.soldiers_sent(view, &draft) {
            return of_state(draft, &code, "title");
        }
        if let Some(actor) = self.sent_by(view, &draft) {
            draft.actors = with_via(&[actor], "title");
            return draft;
        }
        let generic = view
            .children(draft.head)
            .iter()
            .any(|&c| c < draft.head && self.lexicon.generic.has(view.lemma(c)));
        if !foreign
            && !generic
            && let Some(code) =
                self.fellow(view, draft.head).or_else(|| self.list_mate(view, &draft))
        {
            return of_state(draft, &code, "title");
        }
        if sector == Some(Sector::Jud)
            && let Some(court) = self.world_court(view, &draft)
        {
            // "The presiding judge, Ann Lee,": she keeps her name.
            for actor in &mut draft.actors {
                actor.code.clone_from(&court.code);
                actor.via = via("title");
            }
            return draft;
        }
        if self.is_backed(view, names, &draft) {
            return left_open(draft);
        }
        if self.is_newcomer(view, &draft) {
            return draft;
        }
        if sector == Some(Sector::Reb) && self.is_elsewhere(view, names, draft.head) {
            for actor in &mut draft.actors {
                actor.via = via("open");
            }
            return draft;
        }
        let clause = self.place_of_clause(view, names, draft.head).map(str::to_owned);
        if draft.people.is_some() && sector == Some(Sector::Cvl) && clause.is_none() {
            return draft;
        }
        // "Fighters fired into the sky": of the one armed group of the story.
        let noun = view.lemma(draft.head);
        if draft.plural
            && !generic
            && clause.is_none()
            && (matches!(noun, "fighter" | "militant" | "insurgent" | "guerrilla" | "rebel")
                || (sector == Some(Sector::Reb)
                    && (draft.tokens.start..draft.head)
                        .any(|t| self.lexicon.fighter.has(view.lemma(t)))))
            && let Some(group) = self.armed_group(view, draft.head, NOUN_REACH)
        {
            draft.actors = with_via(&[Actor { name: None, ..group }], "title");
            return draft;
        }
        if generic && clause.is_none() {
            return draft;
        }
        if sector == Some(Sector::Cvl) && is_let_in(view, draft.head) {
            return draft;
        }
        // "Asked governments to keep their borders open": of whatever state.
        if draft.plural && view.lemma(draft.head) == "government" {
            return draft;
        }
        // "Envoys signed it in Minsk": of any state but that.
        if clause.is_some() && self.lexicon.abroad.has(view.lemma(draft.head)) {
            return draft;
        }
        let alone = |scene: &str| {
            let others =
                self.discourse.codes(view.index, |code| code != scene && self.is_state(code));
            others.iter().all(|(_, weight)| *weight <= NOTED)
        };
        if !foreign
            && let Some(code) = clause.is_none().then(|| self.enforcer(view, draft.head)).flatten()
        {
            return of_state(draft, &code, "title");
        }
        if clause.is_none()
            && sector == Some(Sector::Lab)
            && let Some(code) = self.trade_told(view, Sector::Lab)
        {
            return of_state(draft, &code, "title");
        }
        if clause.is_none()
            && sector == Some(Sector::Cvl)
            && let Some(code) = self.mourner(view, draft.head)
        {
            return of_state(draft, &code, "title");
        }
        if clause.is_none()
            && let Some(code) = self
                .home_of(view, draft.head, sector)
                .or_else(|| self.commander(view, draft.head, sector))
        {
            return of_state(draft, &code, "title");
        }
        let code = clause.clone().filter(|_| !foreign).or_else(|| {
            if foreign && sector != Some(Sector::Mil) {
                return None;
            }
            let side =
                matches!(sector, Some(Sector::Reb | Sector::Par | Sector::Crm | Sector::Ref));
            // A report opens where its dateline says; what its first sentence names comes before it.
            let opens = || match self.here.as_slice() {
                [only] if view.index == 0 && self.dateline.as_deref() == Some(*only) => {
                    Some((*only).to_owned())
                }
                _ => None,
            };
            match (self.scene(view), self.only_state().or_else(opens).filter(|_| !side)) {
                (Some(scene), Some(state)) if foreign => {
                    (scene == state && alone(&scene)).then_some(scene)
                }
                (Some(scene), _) if !foreign => {
                    // An imam of the place is not of the state of the pope who visits him.
                    let person = draft.kind == MentionKind::Name;
                    let told = self.local_state(view, draft.head, sector);
                    told.filter(|code| !person || self.is_told_as_state(code)).or(Some(scene))
                }
                (Some(scene), None) => {
                    (alone(&scene) || self.focus.as_ref() == Some(&scene)).then_some(scene)
                }
                (_, state) => state.or_else(|| self.focus.clone().filter(|_| !side)),
            }
        });
        if let Some(code) = code {
            let band = draft.plural
                && !generic
                && (draft.tokens.start..draft.head)
                    .any(|t| self.lexicon.fighter.has(view.lemma(t)));
            let draft = at_place(draft, &code);
            // "Rebel commanders", of a state whose one armed group the text has named: that group's.
            let group = band.then(|| self.armed_group(view, draft.head, TITLE_REACH)).flatten();
            return match group.filter(|group| self.fights_in(group, &draft.actors)) {
                Some(group) => {
                    Draft { actors: with_via(&[Actor { name: None, ..group }], "title"), ..draft }
                }
                None => draft,
            };
        }
        if !generic && let Some(code) = self.soldiers_told(view, &draft, clause.as_deref()) {
            return of_state(draft, &code, "title");
        }
        draft
    }

    /// "OUAGADOUGOU - French troops bombed rebels near Konna": by a town that nobody knows, and in a land of which only the dateline tells.
    fn is_elsewhere(&self, view: &View<'_>, names: &Names<'k>, head: usize) -> bool {
        let Some(dateline) = self.dateline.as_deref() else { return false };
        let told = self.scene.iter().any(|(code, _)| code == dateline)
            || self.told_states.contains(dateline)
            || self.here.contains(&dateline);
        let town = |&c: &usize| {
            view.upos(c) == Upos::Propn
                && matches!(view.preposition(c), Some("in" | "near" | "at" | "outside" | "around"))
                && self.place_code(view, names, c).is_none()
        };
        let verb = view.clause_of(head);
        let unknown = verb.is_some_and(|verb| {
            view.children(verb).iter().any(town) || view.children(head).iter().any(town)
        });
        unknown && !told
    }

    /// Whether the text speaks of the state itself, or of bodies and people of it, and not only of somebody who comes from there.
    pub(crate) fn is_told_as_state(&self, code: &str) -> bool {
        let here = self.mentions.get(self.first..).unwrap_or_default();
        self.dateline.as_deref() == Some(code)
            || self.told_states.contains(code)
            || here.iter().flat_map(codes_as_state).any(|told| told == code)
    }

    /// "Ann Lee said", of whom nothing else is told: of the one state that the story speaks of.
    fn resolve_home(&self, view: &View<'_>, draft: Draft) -> Draft {
        // A report opens where its dateline says.
        let opens = || {
            let begins = view.index == self.discourse.begins() && self.states.is_empty();
            let dateline = self.dateline.as_deref().filter(|_| begins)?;
            self.here.iter().all(|code| *code == dateline).then(|| dateline.to_owned())
        };
        if let Some(code) = self.only_state().or_else(opens) {
            return at_place(draft, &code);
        }
        draft
    }

    pub(crate) fn place_of_clause(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
    ) -> Option<&'k str> {
        let verb = view.clause_of(head)?;
        // "Fled from Osh": they were there.
        let fled = self.lexicon.flee.has(view.lemma(verb)) && view.subject_of(verb) == Some(head);
        let here = |token: usize| {
            let from = fled && view.preposition(token) == Some("from");
            if !from
                && !matches!(
                    view.preposition(token),
                    Some(
                        "in" | "at"
                            | "near"
                            | "outside"
                            | "inside"
                            | "around"
                            | "across"
                            | "through"
                            | "throughout"
                    )
                )
            {
                return None;
            }
            // "A truce was signed in Luanda by the government": of neither side.
            self.land_at(view, names, token).filter(|code| !self.is_dealt_at(view, verb, code))
        };
        // "Gangs hold most of the city": what befalls a town happens there.
        let befallen = || {
            let befalls = self.lexicon.befall.has(view.lemma(verb));
            // "Rebels seized Goma", but not "critics attacked Beijing".
            let taken = |town: usize| {
                self.lexicon.take_town.has(view.lemma(verb))
                    && names.at(town).is_none()
                    && view.subject_of(verb) == Some(head)
            };
            let object = view.child(verb, "obj").filter(|&town| befalls || taken(town))?;
            let inner = view
                .children(object)
                .iter()
                .copied()
                .find(|&c| view.relation(c) == "nmod" && view.preposition(c) == Some("of"));
            let town = inner.unwrap_or(object);
            if town == head { None } else { self.place_code(view, names, town) }
        };
        // "Prosecutors on Okinawa released him"
        let of_own = view.children(head).iter().copied();
        let of_own = of_own
            .filter(|&c| view.relation(c) == "nmod" && view.preposition(c) == Some("on"))
            .find_map(|c| self.place_code(view, names, c));
        if of_own.is_some() {
            return of_own;
        }
        let own = view.children(verb).iter().copied();
        // "Threw stones into the grounds of the embassy in Accra"
        let grounds = || {
            view.children(verb).iter().copied().filter(|&c| view.relation(c) == "obl").find_map(
                |c| {
                    let embassy = |t: usize| {
                        view.governor(t)
                            .is_some_and(|noun| self.lexicon.is_embassy(view.lemma(noun)))
                    };
                    let below = (0..view.len()).filter(|&t| t != c && view.is_below(t, c));
                    below.filter(|&t| view.relation(t) == "nmod" && embassy(t)).find_map(here)
                },
            )
        };
        // "Fired missiles at Kampala, and three people were killed": where the missiles fell.
        let struck = || {
            let harm = self.lexicon.harm.has(view.lemma(verb));
            let above = view
                .head(verb)
                .filter(|_| harm && matches!(view.relation(verb), "conj" | "advcl"))?;
            let force = self.lexicon.bombard.has(view.lemma(above));
            let object = view.child(above, "obj").filter(|&o| force && o != head);
            let on = view.children(above).iter().copied().filter(|&c| {
                force
                    && view.relation(c) == "obl"
                    && matches!(view.preposition(c), Some("at" | "on" | "in" | "into" | "near"))
            });
            on.chain(object).find_map(|c| self.land_at(view, names, c))
        };
        let own = own.clone().filter(|&c| view.relation(c) == "obl").find_map(here);
        own.or_else(grounds)
            .or_else(struck)
            .or_else(|| {
                view.children(verb)
                    .iter()
                    .copied()
                    .filter(|&c| matches!(view.relation(c), "obj" | "obl" | "nsubj"))
                    .flat_map(|c| view.children(c).iter().copied())
                    .filter(|&c| view.relation(c) == "nmod")
                    .find_map(here)
            })
            .or_else(befallen)
    }

    /// The state of which the text has told and on whose land the clause puts what "the army" does.
    fn ground(&self, view: &View<'_>, names: &Names<'k>, head: usize) -> Option<&'k str> {
        let verb = view.clause_of(head)?;
        let on = || {
            let on = view.children(verb).iter().copied().filter(|&c| {
                view.relation(c) == "obl" && matches!(view.preposition(c), Some("on" | "off"))
            });
            on.filter(|&c| view.upos(c) == Upos::Propn)
                .find_map(|c| self.place_code(view, names, c))
        };
        let code = self.place_of_clause(view, names, head).or_else(on)?;
        (self.discourse.knows(code) || self.here.contains(&code)).then_some(code)
    }

    /// "The widow said", "the 49-year-old", "the Russian": the one person that the last sentences speak of.
    fn resolve_someone(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        let code = draft.actors.first().and_then(|actor| actor.code.clone());
        let turned = match view.lemma(draft.head) {
            "winner" | "victor" => self.risen(view, draft.head, "leader", code.as_deref()),
            "loser" => self.fallen(view, draft.head, code.as_deref()),
            _ => None,
        };
        if let Some(person) = turned.filter(|_| !draft.plural) {
            draft.actors = with_via(&[person], "title");
            draft.category = Category::Person;
            return draft;
        }
        let apart = self.persons_apart(view, draft.head);
        let people =
            self.discourse.candidates(view.index, draft.head, PERSON_REACH, |referent, trace| {
                referent.category == Some(Category::Person)
                && !apart.iter().any(|other| is_person(other, referent))
                && !referent.plural
                && (referent.gender == Gender::Unknown
                    || draft.gender == Gender::Unknown
                    || referent.gender == draft.gender)
                && referent.actors.iter().all(|actor| {
                    code.is_none() || actor.code == code
                })
                // In one clause "the widow" is another than its subject.
                && (trace.sentence != view.index || trace.governor != view.governor(draft.head))
            });
        let aged = is_aged(view, draft.head);
        let only = match people.as_slice() {
            [only] => Some(only),
            _ if aged => self.acted_last(view, &people),
            _ => None,
        };
        if let Some(known) = only.and_then(|c| self.discourse.referent(c.referent)) {
            draft.actors = with_via(&known.actors, "title");
            draft.category = Category::Person;
            return draft;
        }
        if let Some(actors) = self.brought_in(view, &draft).filter(|_| !draft.plural) {
            if !actors.is_empty() {
                draft.actors = with_via(&actors, "title");
            }
            return draft;
        }
        let sector = draft.actors.first().and_then(|actor| actor.sector);
        if !draft.plural
            && let Some(person) = self.person_meant(view, &draft, sector, false)
        {
            draft.actors = with_via(&[person], "title");
            draft.category = Category::Person;
        }
        draft
    }

    /// "Lee beat Roth. The 65-year-old": of several persons the last who was a subject of the sentence before, else the only one whom it names.
    fn acted_last<'c>(&self, view: &View<'_>, people: &'c [Candidate]) -> Option<&'c Candidate> {
        let before = || {
            let recent = self.discourse.recent(view.index, 1);
            let traces = recent.filter_map(|index| self.discourse.trace(index));
            traces.filter(|trace| trace.sentence + 1 == view.index)
        };
        let of = |referent: usize| people.iter().find(|c| c.referent == referent);
        // "Lee, who beat Roth": it is told of Lee, but not as what the sentence is about.
        let acted = before().filter(|t| t.subject && (t.named || t.pronoun.is_some()));
        let last = acted.filter(|t| of(t.referent).is_some()).max_by_key(|trace| trace.token);
        if let Some(last) = last {
            return of(last.referent);
        }
        let mut named = before().filter(|t| t.named).filter_map(|t| of(t.referent));
        let first = named.next()?;
        named.all(|other| other.referent == first.referent).then_some(first)
    }

    /// "the alliance", "the group": the last organisation, if one stands out.
    fn resolve_body(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        if draft.actors.iter().any(|actor| actor.code.is_some()) {
            if let Some(body) = self.body_of_state(view, &draft) {
                draft.actors = with_via(&[body], "title");
            }
            return draft;
        }
        if let Some(actors) = self.same_noun(view, &draft) {
            draft.actors = actors;
            return draft;
        }
        // "The working group" is what some of the story have set up, and no organisation.
        if view
            .children(draft.head)
            .iter()
            .any(|&c| c < draft.head && self.lexicon.set_up.has(view.lemma(c)))
        {
            return draft;
        }
        // "Talks with the parties": those of the one state whose parties the story tells of.
        if draft.plural && view.lemma(draft.head) == "party" {
            if let Some(code) = self.trade_told(view, Sector::Pty) {
                let parties =
                    Actor { code: Some(code), sector: Some(Sector::Pty), ..Actor::default() };
                draft.actors = with_via(&[parties], "title");
            }
            return draft;
        }
        if let Some(body) = self.body_called(view, &draft) {
            draft.actors = with_via(&[body], "title");
            return draft;
        }
        let noun = view.lemma(draft.head);
        if self.lexicon.band.has(noun)
            && let Some(group) = self.armed_group(view, draft.head, NOUN_REACH)
        {
            draft.actors = with_via(&[group], "title");
            return draft;
        }
        // "A group that calls itself Dawn" is what "the group" is, and no firm that the text names too.
        if matches!(noun, "group" | "organisation" | "organization") && self.told_of_one(view, noun)
        {
            return draft;
        }
        let bodies =
            self.discourse.candidates(view.index, draft.head, NOUN_REACH, |referent, _| {
                referent.category == Some(Category::Organisation)
                    && matches!(referent.actors.as_slice(), [actor]
                        if actor.code.is_some()
                            && (self.may_be(noun, actor) || (noun == "body" && is_council(referent))))
            });
        // Of several the one who did what the sentence before tells.
        let acted = || {
            let mut acted = bodies.iter().filter(|c| {
                self.discourse
                    .trace(c.trace)
                    .is_some_and(|trace| trace.subject && trace.sentence + 1 == view.index)
            });
            acted.next().filter(|_| acted.next().is_none())
        };
        let known = match bodies.as_slice() {
            [only] => Some(only),
            [best, next, ..] if next.weight < 0.75 * best.weight => Some(best),
            _ => acted(),
        };
        if let Some(known) = known.and_then(|c| self.discourse.referent(c.referent)) {
            draft.actors = with_via(&known.actors, "title");
        } else if noun == "party"
            && let Some(code) = self.owner_told(view, draft.head, Some(Sector::Pty))
        {
            // "The party told him to go": one of the state that the text is about.
            let party = Actor { code: Some(code), sector: Some(Sector::Pty), ..Actor::default() };
            draft.actors = with_via(&[party], "title");
        }
        draft
    }
}

/// The codes of which a mention tells as of a state, a body or a people, and not of somebody of theirs.
pub(crate) fn codes_as_state(mention: &Mention) -> impl Iterator<Item = &str> {
    let told = matches!(
        mention.category,
        Category::Country | Category::Nationality | Category::Organisation
    );
    mention.actors.iter().filter(move |_| told).filter_map(|actor| actor.code.as_deref())
}

/// "the new president".
fn is_new(view: &View<'_>, head: usize) -> bool {
    view.children(head).iter().any(|&c| c < head && view.lemma(c) == "new")
}

/// "Let in another thousand people": who comes in came from elsewhere.
fn is_let_in(view: &View<'_>, token: usize) -> bool {
    let Some(verb) = view.governor(token).filter(|_| view.position(token) == Position::Object)
    else {
        return false;
    };
    let inward = view
        .children(verb)
        .iter()
        .any(|&c| view.deprel(c) == "compound:prt" && view.lemma(c) == "in");
    match view.lemma(verb) {
        "let" | "take" | "allow" => inward,
        "admit" | "resettle" => true,
        _ => false,
    }
}

/// Parliaments are spoken to by those of their own state.
fn clause_parliament(sector: Option<Sector>) -> bool {
    sector == Some(Sector::Leg)
}

/// Somebody of whom nothing is known but that they act: of "Russia's allies said", neither is it Russia that does.
pub(crate) fn somebody(view: &View<'_>, token: usize) -> Vec<Actor> {
    let acts = view.position(token) == Position::Subject;
    let unknown = Actor { sector: Some(Sector::Unk), ..Actor::default() };
    if acts { vec![unknown] } else { Vec::new() }
}

/// Whether none of these serves a state.
fn is_civil(actors: &[Actor]) -> bool {
    actors.iter().all(|actor| !actor.sector.is_some_and(is_organ))
}

/// Whether two lists of actors are of the same codes and sectors.
fn same_parties(a: &[Actor], b: &[Actor]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.code == b.code && a.sector == b.sector)
}

/// Whether a code is among these, which are in lower case.
fn is_among(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// Whether the text calls it by a noun for a few who sit together, so that "the body" may be it though it is a state's.
fn is_council(referent: &Referent) -> bool {
    let sits =
        |noun: &str| matches!(noun, "commission" | "council" | "board" | "committee" | "court");
    let last =
        |name: &String| name.rsplit(' ').next().is_some_and(|word| sits(&word.to_lowercase()));
    sits(&referent.noun)
        || referent.offices.iter().any(last)
        || referent.actors.iter().filter_map(|actor| actor.name.as_ref()).any(last)
}

/// Whether the actor holds no office any more.
fn is_out(actor: &Actor) -> bool {
    actor.sector == Some(Sector::Eli)
}

/// Leaves open whose they are, for whoever reads the act too.
fn left_open(mut draft: Draft) -> Draft {
    for actor in &mut draft.actors {
        actor.via = via("open");
    }
    draft
}

/// "The late queen", "the dead king".
fn is_late(view: &View<'_>, head: usize) -> bool {
    view.children(head).iter().any(|&c| c < head && matches!(view.form(c), "late" | "dead"))
}

/// Gives the draft the state of a place.
fn at_place(draft: Draft, code: &str) -> Draft {
    of_state(draft, code, "place")
}

/// Gives the draft a state, found in this way.
fn of_state(mut draft: Draft, code: &str, how: &str) -> Draft {
    for actor in &mut draft.actors {
        actor.code = Some(code.to_owned());
        actor.via = via(how);
    }
    draft
}

/// Sectors that a state has one of, so that "the army" is the state's that the text is about.
fn is_organ(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Opp)
}

/// Sectors whose bodies have presidents and spokesmen of their own.
fn is_association(sector: Sector) -> bool {
    is_private(sector) || matches!(sector, Sector::Pty | Sector::Reb)
}

/// Sectors of bodies that no state and no party has: unions, companies, the press, churches.
pub(crate) fn is_private(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Lab | Sector::Bus | Sector::Ngo | Sector::Med | Sector::Edu | Sector::Rel
    )
}

/// The state that "the country" stands for, as its government.
fn government(code: String) -> Actor {
    Actor { code: Some(code), sector: Some(Sector::Gov), via: via("title"), ..Actor::default() }
}

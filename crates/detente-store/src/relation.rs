//! The record of two parties → how they have dealt with each other over time.
//!
//! In go two [`Side`]s, `USA` and `CHN`, or a set against a set, `USA+GBR` and `IRN`, out comes a [`Relation`]: cooperation, conflict and their
//! balance by week or month, the turning points with the events behind them, meetings by level, commitments with their status, issues
//! with the stance over time, and what each side says of the other. A happening told in forty papers counts once: the store has joined its mentions.
//!
//! What counts is what came about or is planned between the two: one acts upon the other, or both take part. What is only feared or was
//! denied, what two sides do together to a third, and what the text recalls without a date is left out, and [`LeftOut`] says how much.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use detente_core::{Actor, Event, Record};
use serde::Serialize;

use crate::day::date_of;
use crate::db::Store;
use crate::error::StoreError;
use crate::once::{Copied, Tellers, told_before};
use crate::query::{EventHit, Query, Sign};
use crate::read::Scope;

mod agreed;
mod meetings;
mod page;
mod periods;
mod picture;
mod side;
mod talk;
mod turns;

pub use agreed::{Agreed, Disputed};
pub use meetings::{Level, Meeting};
pub use page::page;
pub use periods::{Bin, Period};
pub use picture::picture;
pub use side::{NoSide, Side};
pub use talk::Saying;
pub use turns::{Cuts, ENOUGH, PENALTY, SHORTEST, turning_points};

/// A date that covers more days than this tells no week or month.
const WIDEST: i64 = 31;

/// With more weeks than this, months are counted.
const WEEKS: i64 = 156;

/// So few events are shown one by one.
const FEW: usize = 12;

/// What is asked of a relation.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Weeks or months; by the length of time where it is not said.
    pub period: Option<Period>,
    /// The stretch of days.
    pub days: Query,
    /// Whether what is marked private counts; what may leave is the usual.
    pub scope: Scope,
    /// The least confidence of events.
    pub confidence: f64,
    /// How many events stand behind a turning point, and how many meetings of a level and sayings are shown.
    pub most: usize,
    /// What people call the two sides.
    pub names: [Option<String>; 2],
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            period: None,
            days: Query::new(),
            scope: Scope::Export,
            confidence: 0.0,
            most: 5,
            names: [None, None],
        }
    }
}

/// How two sides have dealt with each other.
#[derive(Debug, Clone, Serialize)]
pub struct Relation {
    /// The one side, as asked.
    pub a: String,
    /// The other.
    pub b: String,
    /// What people call the two, where that is known.
    pub names: [Option<String>; 2],
    /// What a bin of [`Relation::periods`] is.
    pub period: Period,
    /// Happenings that count.
    pub happenings: usize,
    /// Event mentions that tell of them.
    pub mentions: usize,
    /// Documents that they stand in.
    pub documents: usize,
    /// Texts that they stand in: copies of one text counted once.
    pub texts: usize,
    /// When the first of them was, as a record writes it: a day, a month, a stretch; empty where there is none.
    pub first: String,
    /// The same of the last.
    pub last: String,
    /// Events that do not count.
    pub left_out: LeftOut,
    /// What the first side did to the second, the second to the first, and both to each other.
    pub directions: [Direction; 3],
    /// The happenings one by one: all where they are few, else the latest where no turning point shows any.
    pub events: Vec<Evidence>,
    /// From the first that has an event to the last, without gaps.
    pub periods: Vec<Bin>,
    /// How the turning points were found.
    pub method: Method,
    /// Where the balance changes for good.
    pub turning_points: Vec<Turn>,
    /// How many meetings there were, by level, and the latest of them.
    pub meetings: BTreeMap<Level, usize>,
    /// The latest of each level.
    pub latest_meetings: Vec<Meeting>,
    /// The days of all of them, for pictures.
    #[serde(skip)]
    pub meeting_days: Vec<(i64, Level)>,
    /// What they agreed to bring about, the latest first.
    pub commitments: Vec<Agreed>,
    /// What they are at odds over, work on or talk about, the most often named first.
    pub issues: Vec<Disputed>,
    /// What each side says of the other.
    pub sayings: [Talk; 2],
}

/// Events that do not count, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// They may come about, or it is said that they did not.
    pub not_actual: usize,
    /// Nothing says when they were, or only within more than a month.
    pub not_dated: usize,
}

/// What one side did to the other.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Direction {
    /// `USA -> CHN`, or `USA + CHN`.
    pub line: String,
    /// Happenings.
    pub events: usize,
    /// Of each quad class.
    pub quad: [usize; 4],
    /// Sum of the scores.
    pub net: f64,
}

/// How the turning points were found.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// The name of the method.
    pub name: &'static str,
    /// What a cut cost.
    pub penalty: f64,
    /// Whether there were enough periods to look.
    pub searched: bool,
}

/// A change of level.
#[derive(Debug, Clone, Serialize)]
pub struct Turn {
    /// First day of the first period of the new level.
    pub date: String,
    /// Place of that period.
    pub period: usize,
    /// Mean balance of a period before, back to the last turning point.
    pub before: f64,
    /// Mean balance after, on to the next.
    pub after: f64,
    /// The events behind it, the weightiest first.
    pub events: Vec<Evidence>,
}

/// An event to show.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// When, as a record writes it: a day, a month, a stretch; the day of its document where the text gives none.
    pub date: String,
    /// Whether the text gives it.
    pub dated: bool,
    /// One of the sixteen types.
    #[serde(rename = "type")]
    pub kind: String,
    /// `USA GOV -> CHN GOV`.
    pub line: String,
    /// -10 to 10.
    pub score: f64,
    /// The sentence that tells of it.
    pub text: String,
    /// Who published it, else where it lay.
    pub source: String,
    /// Address, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Identifier of the document.
    pub document: String,
    /// Event mentions that tell of it.
    pub mentions: usize,
    /// Sources that do not copy each other.
    pub sources: usize,
}

/// What one side says of the other.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Talk {
    /// Who speaks.
    pub speaker: String,
    /// Of whom.
    pub about: String,
    /// Statements, copies counted once.
    pub statements: usize,
    /// The latest.
    pub latest: Vec<Saying>,
}

/// A happening as it is gathered.
#[derive(Debug)]
pub(crate) struct Happening {
    /// The mention that stands for it: with a day of its own, the earliest stored.
    pub(crate) hit: EventHit,
    pub(crate) mentions: usize,
    /// The documents that tell of it, each with the head of its copies.
    pub(crate) documents: BTreeMap<i64, i64>,
    pub(crate) way: Way,
}

impl Relation {
    /// The two sides: `China (CHN) and United States (USA)`.
    pub fn title(&self) -> String {
        let of = |name: &Option<String>, sign: &str| match name {
            Some(name) => format!("{name} ({sign})"),
            None => sign.to_owned(),
        };
        format!("{} and {}", of(&self.names[0], &self.a), of(&self.names[1], &self.b))
    }

    /// What people call the first side, or the second: its name, else its code.
    pub fn called(&self, second: bool) -> &str {
        let sign = if second { &self.b } else { &self.a };
        self.names[usize::from(second)].as_deref().unwrap_or(sign)
    }

    /// `26 documents (5 without copies)`.
    pub fn told_in(&self) -> String {
        let documents = counted(self.documents, "document");
        if self.texts == self.documents {
            documents
        } else {
            format!("{documents} ({} without copies)", self.texts)
        }
    }

    /// `9 events told 31 times in 26 documents (5 without copies)`.
    pub fn told(&self) -> String {
        let times =
            if self.mentions == 1 { "once".to_owned() } else { format!("{} times", self.mentions) };
        format!("{} told {times} in {}", counted(self.happenings, "event"), self.told_in())
    }

    /// What to say where no event counts.
    pub fn nothing(&self) -> &'static str {
        match self.left_out {
            LeftOut { not_actual: 0, not_dated: 0 } => "no event between them is coded",
            LeftOut { not_dated: 0, .. } => "no event between them is told to have come about",
            LeftOut { .. } => "no event between them has a date that is exact enough",
        }
    }
}

impl Turn {
    /// `week of 2023-06-19`, `2023-06`: the first period of the new level.
    pub fn when(&self, period: Period) -> String {
        match period {
            Period::Week => format!("week of {}", self.date),
            Period::Month => self.date.get(..7).unwrap_or(&self.date).to_owned(),
        }
    }
}

impl LeftOut {
    /// `1 event that may come about or is said not to have, 2 events without a date that is exact enough`; `None` where nothing is left out.
    pub fn told(self) -> Option<String> {
        let not_actual = match self.not_actual {
            0 => None,
            1 => Some("1 event that may come about or is said not to have".to_owned()),
            many => Some(format!("{many} events that may come about or are said not to have")),
        };
        let not_dated = (self.not_dated > 0).then(|| {
            format!("{} without a date that is exact enough", counted(self.not_dated, "event"))
        });
        let told: Vec<String> = not_actual.into_iter().chain(not_dated).collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}

/// The day that the text gives, `2024-05-14`, or that of the document that tells of it, `told 2024-05-14`.
pub fn told_on(date: &str, dated: bool) -> String {
    if dated { date.to_owned() } else { format!("told {date}") }
}

/// `1 event`, `2 events`.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(many: N, what: &str) -> String {
    if many == N::from(1) { format!("1 {what}") } else { format!("{many} {what}s") }
}

/// What counts between two sides, and what does not.
struct Counted {
    happenings: Vec<Happening>,
    left_out: LeftOut,
    documents: usize,
    texts: usize,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Forth,
    Back,
    Both,
}

impl Asked {
    /// What every question begins with.
    fn query(&self) -> Query {
        self.days.clone().scope(self.scope)
    }
}

impl Store {
    /// How two sides have dealt with each other.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn relation(&self, a: &Side, b: &Side, asked: &Asked) -> Result<Relation, StoreError> {
        let Counted { happenings, left_out, documents, texts } = self.happenings(a, b, asked)?;
        let mentions = happenings.iter().map(|happening| happening.mentions).sum();
        let period = asked.period.unwrap_or_else(|| {
            let days = || happenings.iter().map(|happening| happening.hit.day);
            let length = days().max().unwrap_or(0) - days().min().unwrap_or(0);
            if length > 7 * WEEKS { Period::Month } else { Period::Week }
        });
        let periods = periods::bins(&happenings, period);
        let balance: Vec<f64> = periods.iter().map(|bin| bin.net).collect();
        let cuts = turning_points(&balance);
        let mut turns = Vec::new();
        let levels = turns::stretches(&cuts.at, balance.len());
        for pair in levels.windows(2) {
            let (before, after) =
                (turns::mean(&balance[pair[0].clone()]), turns::mean(&balance[pair[1].clone()]));
            // A level lasts some time, and so may begin in weeks without news: it is told of where something happens.
            let told = |bin: &Bin| bin.cooperation != 0.0 || bin.conflict != 0.0;
            let first = pair[1].clone().find(|&at| told(&periods[at])).unwrap_or(pair[1].start);
            let date = periods[first].start.clone();
            let behind = self.behind(&happenings, &periods, first, after > before, asked)?;
            turns.push(Turn { date, period: first, before, after, events: behind });
        }
        let events = self.one_by_one(&happenings, turns.is_empty(), asked)?;
        let day = |happening: Option<&Happening>| {
            happening.map_or_else(String::new, |happening| when(&happening.hit))
        };
        let (meeting_days, latest_meetings) = self.meetings(a, b, &happenings, asked.most)?;
        let mut meetings = BTreeMap::new();
        for (_, level) in &meeting_days {
            *meetings.entry(*level).or_insert(0) += 1;
        }
        let method = Method {
            name: "PELT (Killick, Fearnhead and Eckley 2012)",
            penalty: cuts.penalty,
            searched: balance.len() >= ENOUGH,
        };
        Ok(Relation {
            a: a.to_string(),
            b: b.to_string(),
            names: asked.names.clone(),
            period,
            happenings: happenings.len(),
            mentions,
            documents,
            texts,
            first: day(happenings.first()),
            last: day(happenings.last()),
            left_out,
            directions: directions(a, b, &happenings),
            events,
            periods,
            method,
            turning_points: turns,
            meetings,
            latest_meetings,
            meeting_days,
            commitments: self.agreed(a, b, asked)?,
            issues: self.disputed(a, b, asked)?,
            sayings: [self.talk(a, b, asked)?, self.talk(b, a, asked)?],
        })
    }

    /// What counts between two sides, by day; what does not; and in how many documents it stands.
    fn happenings(&self, a: &Side, b: &Side, asked: &Asked) -> Result<Counted, StoreError> {
        let query = asked.query().confidence(asked.confidence);
        let query = query.sign(Sign::Party, a.words()).sign(Sign::Party, b.words());
        let mut found: BTreeMap<i64, Happening> = BTreeMap::new();
        let mut in_copies: Vec<(EventHit, Way)> = Vec::new();
        let (mut not_actual, mut not_dated) = (BTreeSet::new(), BTreeSet::new());
        self.each_event(&query, |hit| {
            let Some(way) = way(a, b, &hit) else { return true };
            if !matches!(hit.status.as_str(), "actual" | "planned") {
                not_actual.insert(hit.happening);
                return true;
            }
            let undated = hit.day == 0 || hit.last - hit.day > WIDEST;
            if undated || (hit.background && !hit.dated) {
                not_dated.insert(hit.happening);
                return true;
            }
            if hit.document.head == hit.document.id {
                count(&mut found, hit, way);
            } else {
                in_copies.push((hit, way));
            }
            true
        })?;
        // What a copy tells after another is one more mention, on the day that the other gives: it may have reckoned "on Tuesday" from the
        // day of the reprint.
        let mut again = Vec::new();
        let mut known: BTreeMap<i64, Tellers> = BTreeMap::new();
        let mut copied: BTreeMap<i64, Option<Copied>> = BTreeMap::new();
        for (hit, way) in in_copies {
            let document = &hit.document;
            let copied = match copied.entry(document.id) {
                Entry::Occupied(copied) => *copied.get(),
                Entry::Vacant(place) => *place.insert(self.copied(document.id, asked.scope)?),
            };
            let tellers = match known.entry(hit.happening) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(self.tellers(hit.happening, asked.scope)?),
            };
            if copied == Some(Copied::Exact) || told_before(tellers, document.head, document.id) {
                again.push(hit);
            } else {
                count(&mut found, hit, way);
            }
        }
        for hit in again {
            if let Some(known) = found.get_mut(&hit.happening) {
                known.documents.insert(hit.document.id, hit.document.head);
                known.mentions += 1;
            }
        }
        let left_out = LeftOut {
            not_actual: not_actual.iter().filter(|id| !found.contains_key(id)).count(),
            not_dated: not_dated.iter().filter(|id| !found.contains_key(id)).count(),
        };
        let mut happenings: Vec<Happening> = found.into_values().collect();
        happenings.sort_by_key(|happening| (happening.hit.day, happening.hit.id));
        let stand_in: BTreeMap<i64, i64> = happenings
            .iter()
            .flat_map(|happening| &happening.documents)
            .map(|(id, head)| (*id, *head))
            .collect();
        let texts: BTreeSet<i64> = stand_in.values().copied().collect();
        Ok(Counted { happenings, left_out, documents: stand_in.len(), texts: texts.len() })
    }

    /// The events behind a change of level: those of the period before it and of the first three after that went its way.
    fn behind(
        &self,
        happenings: &[Happening],
        periods: &[Bin],
        turn: usize,
        up: bool,
        asked: &Asked,
    ) -> Result<Vec<Evidence>, StoreError> {
        let first = periods[turn.saturating_sub(1)].day;
        let end = periods.get(turn + 3).map_or(i64::MAX, |bin| bin.day);
        let mut behind: Vec<&Happening> = happenings
            .iter()
            .filter(|happening| (first..end).contains(&happening.hit.day))
            .filter(|happening| happening.hit.score != 0.0 && (happening.hit.score > 0.0) == up)
            .collect();
        let weight = |happening: &Happening| {
            happening.hit.score.abs() * (1.0 + (happening.mentions as f64).ln())
        };
        behind.sort_by(|x, y| weight(y).total_cmp(&weight(x)).then(x.hit.id.cmp(&y.hit.id)));
        behind
            .into_iter()
            .take(asked.most)
            .map(|happening| self.shown(happening, asked.scope))
            .collect()
    }

    /// All happenings where they are few, else the latest where no turning point shows any.
    fn one_by_one(
        &self,
        happenings: &[Happening],
        no_turns: bool,
        asked: &Asked,
    ) -> Result<Vec<Evidence>, StoreError> {
        let most = if happenings.len() <= FEW {
            FEW
        } else if no_turns {
            asked.most
        } else {
            0
        };
        let shown = happenings.get(happenings.len().saturating_sub(most)..).unwrap_or_default();
        shown.iter().map(|happening| self.shown(happening, asked.scope)).collect()
    }

    fn shown(&self, happening: &Happening, scope: Scope) -> Result<Evidence, StoreError> {
        let hit = &happening.hit;
        let record = self.record_of(hit.document.id)?;
        let event = record.as_ref().and_then(|record| record.events.get(hit.position));
        let text =
            record.as_ref().zip(event).and_then(|(record, event)| sentence(record, event.sentence));
        let told = self.told_in(hit.happening, scope)?;
        Ok(Evidence {
            date: when(hit),
            dated: hit.dated,
            kind: hit.kind.clone(),
            line: event.map(line).unwrap_or_default(),
            score: hit.score,
            text: text.unwrap_or_default(),
            source: source(hit),
            url: hit.document.url.clone(),
            document: hit.document.name.clone(),
            mentions: told.mentions,
            sources: told.sources,
        })
    }
}

/// Counts a mention, which stands for its happening where it is the earliest with a day of its own.
fn count(found: &mut BTreeMap<i64, Happening>, hit: EventHit, way: Way) {
    let (document, head) = (hit.document.id, hit.document.head);
    let known = match found.entry(hit.happening) {
        Entry::Vacant(place) => {
            place.insert(Happening { hit, mentions: 1, documents: BTreeMap::new(), way })
        }
        Entry::Occupied(known) => {
            let known = known.into_mut();
            known.mentions += 1;
            let rank = |hit: &EventHit| (!hit.dated, hit.day, hit.id);
            if rank(&hit) < rank(&known.hit) {
                (known.hit, known.way) = (hit, way);
            }
            known
        }
    };
    known.documents.insert(document, head);
}

/// Who acts between two sides, or `None` where nobody does: both may do one thing to a third.
fn way(a: &Side, b: &Side, hit: &EventHit) -> Option<Way> {
    let any = |side: &Side, parties: &[crate::query::Party]| {
        parties.iter().any(|party| side.holds(party.code.as_deref(), party.sector.as_deref()))
    };
    if hit.reciprocal {
        return (any(a, &hit.actors) && any(b, &hit.actors)).then_some(Way::Both);
    }
    let forth = any(a, &hit.actors) && any(b, &hit.recipients);
    let back = any(b, &hit.actors) && any(a, &hit.recipients);
    match (forth, back) {
        (true, true) => Some(Way::Both),
        (true, false) => Some(Way::Forth),
        (false, true) => Some(Way::Back),
        (false, false) => None,
    }
}

fn directions(a: &Side, b: &Side, happenings: &[Happening]) -> [Direction; 3] {
    let lines = [format!("{a} -> {b}"), format!("{b} -> {a}"), format!("{a} + {b}")];
    let mut directions = lines.map(|line| Direction { line, ..Direction::default() });
    for happening in happenings {
        let direction = &mut directions[match happening.way {
            Way::Forth => 0,
            Way::Back => 1,
            Way::Both => 2,
        }];
        direction.events += 1;
        direction.net += happening.hit.score;
        if let Some(quad) = usize::from(happening.hit.quad).checked_sub(1).filter(|quad| *quad < 4)
        {
            direction.quad[quad] += 1;
        }
    }
    directions
}

/// `USA GOV -> CHN GOV`, `USA GOV + CHN GOV`.
pub(crate) fn line(event: &Event) -> String {
    let party = |actor: &Actor| {
        let code = actor.code.as_deref().or(actor.name.as_deref()).unwrap_or("-");
        match actor.sector {
            Some(sector) => format!("{code} {}", sector.code()),
            None => code.to_owned(),
        }
    };
    let side = |actors: &[Actor]| {
        let mut words: Vec<String> = Vec::new();
        for word in actors.iter().map(party) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.is_empty() { "-".to_owned() } else { words.join(" + ") }
    };
    if event.reciprocal {
        return side(&event.actors);
    }
    format!("{} -> {}", side(&event.actors), side(&event.recipients))
}

/// The text of a sentence on one line.
pub(crate) fn sentence(record: &Record, sentence: usize) -> Option<String> {
    let text = &record.document.sentences.get(sentence)?.text;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(crate) fn source(hit: &EventHit) -> String {
    let document = &hit.document;
    document.publisher.clone().unwrap_or_else(|| document.source.clone())
}

/// When an event was, as a record writes it: `2024-05-14`, `2024-05`, `2024-05-13/2024-05-19`.
pub(crate) fn when(hit: &EventHit) -> String {
    let (first, last) = (date(hit.day), date(hit.last));
    let month = first.get(..7).filter(|month| {
        first.ends_with("-01") && last.starts_with(month) && date(hit.last + 1).ends_with("-01")
    });
    match month {
        _ if hit.last <= hit.day => first,
        Some(month) => month.to_owned(),
        None => format!("{first}/{last}"),
    }
}

/// A day as a date; empty for what has none.
pub(crate) fn date(day: i64) -> String {
    if day == 0 { String::new() } else { date_of(day).unwrap_or_default() }
}

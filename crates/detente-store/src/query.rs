//! What is asked of a store → what is found, the latest first.
//!
//! In goes a [`Query`]: words, signs such as a party or a type, a stretch of days; out come rows by day, the latest first, and on
//! one day in an order that does not depend on when they were stored. "What has Turkey refused Greece since May?" is
//! `Query::new().sign(Sign::Actor, ["TUR"]).sign(Sign::Recipient, ["GRC"]).sign(Sign::Type, ["REJECT"]).from("2024-05-01")`.
//!
//! Words and signs stand in one index whose lists are sorted by day, so that any mix of them is one walk over those lists side by
//! side, which ends as soon as enough was found.

use std::collections::BTreeSet;

use detente_core::Sector;
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use crate::day::days;
use crate::db::Store;
use crate::error::StoreError;
use crate::prepare::tenths;
use crate::read::{DOCUMENT, DocumentRow, Scope, document_row};
use crate::terms::term;

/// What a row can be found by beside its words; docs/store.md says which rows have which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the sign of its name in docs/store.md")]
pub enum Sign {
    Type,
    Mode,
    Context,
    Status,
    Quad,
    Cameo,
    Rule,
    Background,
    Actor,
    Recipient,
    Party,
    Place,
    Country,
    Issue,
    Source,
    Speaker,
    Audience,
    About,
    Kind,
    Stance,
    Language,
    Section,
}

impl Sign {
    fn word(self) -> &'static str {
        match self {
            Sign::Type => "type",
            Sign::Mode => "mode",
            Sign::Context => "context",
            Sign::Status => "status",
            Sign::Quad => "quad",
            Sign::Cameo => "cameo",
            Sign::Rule => "rule",
            Sign::Background => "background",
            Sign::Actor => "actor",
            Sign::Recipient => "recipient",
            Sign::Party => "party",
            Sign::Place => "place",
            Sign::Country => "country",
            Sign::Issue => "issue",
            Sign::Source => "source",
            Sign::Speaker => "speaker",
            Sign::Audience => "audience",
            Sign::About => "about",
            Sign::Kind => "kind",
            Sign::Stance => "stance",
            Sign::Language => "language",
            Sign::Section => "section",
        }
    }

    fn is_party(self) -> bool {
        matches!(self, Sign::Actor | Sign::Recipient | Sign::Party | Sign::Speaker | Sign::Audience)
    }

    /// The word of the index for a value. A party is a code, `USA`, a code and a sector, `USA GOV`, a sector, `GOV`, or a name.
    fn term(self, value: &str) -> String {
        if !self.is_party() {
            return term(self.word(), value);
        }
        let is_code = |word: &str| {
            (2..=8).contains(&word.len())
                && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        let mut words = value.split([' ', ':']);
        let value = match (words.next(), words.next(), words.next()) {
            (Some(sector), None, _) if Sector::from_code(sector).is_some() => {
                format!("any {sector}")
            }
            (Some(code), None, _) if is_code(code) => code.to_owned(),
            (Some(code), Some(sector), None)
                if is_code(code) && Sector::from_code(sector).is_some() =>
            {
                format!("{code} {sector}")
            }
            _ => format!("name {value}"),
        };
        term(self.word(), &value)
    }
}

/// What is asked: all of it must hold.
///
/// ```
/// use detente_store::{Query, Sign};
/// let query = Query::new().words("working group").sign(Sign::Party, ["USA"]).from("2023-06-01");
/// assert!(query.is_ok());
/// assert!(Query::new().from("June").is_err());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    words: Vec<String>,
    signs: Vec<(Sign, Vec<String>)>,
    first: i64,
    last: i64,
    confidence: f64,
    scope: Scope,
    limit: usize,
    mentions: bool,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            signs: Vec::new(),
            first: i64::MIN,
            last: i64::MAX,
            confidence: 0.0,
            scope: Scope::All,
            limit: usize::MAX,
            mentions: true,
        }
    }
}

/// What is no date where one was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoDate(String);

impl std::fmt::Display for NoDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: no date; write a day, a month or a year as 2023-06-19, 2023-06 or 2023",
            self.0
        )
    }
}

impl std::error::Error for NoDate {}

impl Query {
    /// Everything.
    pub fn new() -> Self {
        Self::default()
    }

    /// With this phrase in the text; `negotiat*` is any word that begins so.
    #[must_use]
    pub fn words(mut self, phrase: &str) -> Self {
        self.words.push(phrase.to_owned());
        self
    }

    /// With one of these values of a sign.
    #[must_use]
    pub fn sign<S: AsRef<str>>(mut self, sign: Sign, values: impl IntoIterator<Item = S>) -> Self {
        let values: Vec<String> =
            values.into_iter().map(|value| value.as_ref().to_owned()).collect();
        if !values.is_empty() {
            self.signs.push((sign, values));
        }
        self
    }

    /// From the first day of this date on.
    ///
    /// # Errors
    /// When it is no date.
    pub fn from(mut self, date: &str) -> Result<Self, NoDate> {
        self.first = days(date).ok_or_else(|| NoDate(date.to_owned()))?.0;
        Ok(self)
    }

    /// Until the last day of this date.
    ///
    /// # Errors
    /// When it is no date.
    pub fn until(mut self, date: &str) -> Result<Self, NoDate> {
        self.last = days(date).ok_or_else(|| NoDate(date.to_owned()))?.1;
        Ok(self)
    }

    /// Events with at least this confidence.
    #[must_use]
    pub fn confidence(self, confidence: f64) -> Self {
        Self { confidence, ..self }
    }

    /// Only what may leave, or everything.
    #[must_use]
    pub fn scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// At most so many.
    #[must_use]
    pub fn limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// Of the events that tell of one happening, only the first found.
    #[must_use]
    pub fn happenings(self) -> Self {
        Self { mentions: false, ..self }
    }

    /// The question as the index takes it, empty when there is neither a word nor a sign in it, and what is asked of the rows themselves.
    fn expression(&self, table: &str) -> (String, Vec<&'static str>) {
        let mut parts = Vec::new();
        for phrase in &self.words {
            let stem = phrase.strip_suffix('*');
            let text = stem.unwrap_or(phrase);
            let plain: String = text
                .chars()
                .map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' })
                .collect();
            if plain.trim().is_empty() {
                continue;
            }
            parts.push(format!("\"{}\"{}", plain.trim(), if stem.is_some() { "*" } else { "" }));
        }
        let of_row = |(sign, values): &(Sign, Vec<String>)| {
            common_row(*sign, values).filter(|_| table == "event")
        };
        let alone = parts.is_empty() && self.signs.iter().all(|sign| of_row(sign).is_some());
        let (mut of_rows, mut asked) = (Vec::new(), Vec::new());
        for sign in &self.signs {
            match of_row(sign).filter(|_| !alone) {
                Some(condition) => of_rows.push(condition),
                None => asked.push(sign),
            }
        }
        // Few events are as sure as that, so its list is short.
        let indexed = alone || table != "event" || self.confidence >= 0.8;
        let sure = tenths(self.confidence).last().filter(|_| indexed);
        let sure = sure.map(|tenth| vec![term("sure", &tenth.to_string())]);
        let signs = asked
            .iter()
            .map(|(sign, values)| values.iter().map(|value| sign.term(value)).collect::<Vec<_>>());
        for alternatives in signs.chain(sure) {
            let quoted: Vec<String> =
                alternatives.iter().map(|word| format!("\"{word}\"")).collect();
            parts.push(match quoted.as_slice() {
                [one] => one.clone(),
                _ => format!("({})", quoted.join(" OR ")),
            });
        }
        (parts.join(" AND "), of_rows)
    }

    /// The stretch of numbers of the stretch of days.
    fn numbers(&self) -> (i64, i64) {
        let first = if self.first == i64::MIN { i64::MIN } else { self.first << 32 };
        let last = if self.last == i64::MAX { i64::MAX } else { (self.last << 32) | 0xffff_ffff };
        (first, last)
    }

    /// The statement for a table with columns of it, and its parameters.
    fn sql(&self, table: &str, columns: &str) -> (String, Vec<Value>) {
        let (first, last) = self.numbers();
        let mut values = vec![Value::Integer(first), Value::Integer(last)];
        let private = match self.scope {
            Scope::All => "",
            Scope::Export => " AND d.private = 0",
        };
        let document = if table == "document" {
            String::new()
        } else {
            " CROSS JOIN document d ON d.id = t.document".to_owned()
        };
        let name = if table == "document" { "d" } else { "t" };
        let (expression, of_rows) = self.expression(table);
        let sql = if expression.is_empty() {
            format!(
                "SELECT {columns} FROM {table} {name}{document} WHERE {name}.id BETWEEN ?1 AND ?2{private} ORDER BY {name}.id DESC"
            )
        } else {
            values.push(Value::Text(expression));
            format!(
                "SELECT {columns} FROM {table}_index i CROSS JOIN {table} {name} ON {name}.id = i.rowid{document} \
                 WHERE i.words MATCH ?3 AND i.rowid BETWEEN ?1 AND ?2{private}{} ORDER BY i.rowid DESC",
                of_rows.concat()
            )
        };
        (sql, values)
    }
}

/// What nearly every event has is asked of the rows that the rest of the question finds: to walk over its list in the index takes
/// longer than to look at them.
fn common_row(sign: Sign, values: &[String]) -> Option<&'static str> {
    match (sign, values) {
        (Sign::Status, [value]) if value == "actual" => Some(" AND t.status = 'actual'"),
        (Sign::Background, [value]) if value == "no" => Some(" AND t.background = 0"),
        _ => None,
    }
}

/// One party of a stored event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// ISO 3166-1 alpha-3, or the registered code of an organisation or armed group.
    pub code: Option<String>,
    /// Code of the sector.
    pub sector: Option<String>,
    /// Full name of the person or body.
    pub name: Option<String>,
}

/// A stored event mention, without its text; [`Store::record_of`] has that.
#[derive(Debug, Clone, PartialEq)]
pub struct EventHit {
    /// Number of its row.
    pub id: i64,
    /// The document it stands in.
    pub document: DocumentRow,
    /// Its place in the record's list of events.
    pub position: usize,
    /// The day it is filed under, a Julian day; 0 for none.
    pub day: i64,
    /// The last day of its date.
    pub last: i64,
    /// Whether the day is its own, and not that of the document.
    pub dated: bool,
    /// One of the sixteen types.
    pub kind: String,
    /// Whether it took place.
    pub status: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// -10 to 10.
    pub score: f64,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Recalled by the text rather than reported.
    pub background: bool,
    /// All parties are actors.
    pub reciprocal: bool,
    /// Name of the place.
    pub place: Option<String>,
    /// Country of the place.
    pub country: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// What all events that tell of the same happening share: the smallest of their numbers.
    pub happening: i64,
    /// Who acts.
    pub actors: Vec<Party>,
    /// To, with or towards whom.
    pub recipients: Vec<Party>,
}

/// A stored statement, commitment or issue: the document and its place in the list of its kind there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Number of its row.
    pub id: i64,
    /// The document it stands in.
    pub document: DocumentRow,
    /// Its place in the record's list.
    pub position: usize,
    /// The day of its document, a Julian day; 0 for none.
    pub day: i64,
}

/// What is searched beside events and documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the table of its name")]
pub enum Table {
    Statements,
    Commitments,
    Issues,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Table::Statements => "statement",
            Table::Commitments => "commitment",
            Table::Issues => "issue",
        }
    }
}

/// In how many documents a happening is told, and by how many sources that do not copy each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Event mentions.
    pub mentions: usize,
    /// Documents.
    pub documents: usize,
    /// Sources: copies of one text are one, and so are texts of one publisher.
    pub sources: usize,
}

const EVENT: &str = "t.id, t.position, t.day, t.last, t.dated, t.type, t.status, t.quad, t.score, t.cameo, t.background, \
                     t.reciprocal, t.place, t.country, t.confidence, t.happening";

impl Store {
    /// Events that a question finds, the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events(&self, query: &Query) -> Result<Vec<EventHit>, StoreError> {
        let mut hits = Vec::new();
        let mut seen = BTreeSet::new();
        if query.limit == 0 {
            return Ok(hits);
        }
        self.each_event(query, |hit| {
            if query.mentions || seen.insert(hit.happening) {
                hits.push(hit);
            }
            hits.len() < query.limit
        })?;
        Ok(hits)
    }

    /// Gives every event mention that a question finds to `take`, the latest first, until it says no.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn each_event(
        &self,
        query: &Query,
        mut take: impl FnMut(EventHit) -> bool,
    ) -> Result<(), StoreError> {
        let (sql, values) = query.sql("event", &format!("{DOCUMENT}, {EVENT}"));
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut parties = self.connection.prepare_cached(
                "SELECT side, code, sector, name FROM party WHERE event = ?1 ORDER BY side, n",
            )?;
            let mut rows = statement.query(params_from_iter(values.iter()))?;
            while let Some(row) = rows.next()? {
                let mut hit = event_hit(row)?;
                if hit.confidence < query.confidence {
                    continue;
                }
                let mut of_event = parties.query([hit.id])?;
                while let Some(row) = of_event.next()? {
                    let party = Party { code: row.get(1)?, sector: row.get(2)?, name: row.get(3)? };
                    if row.get(0)? { &mut hit.recipients } else { &mut hit.actors }.push(party);
                }
                if !take(hit) {
                    break;
                }
            }
            Ok(())
        };
        read().map_err(|error| self.fault(&error))
    }

    /// Documents that a question finds, the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents(&self, query: &Query) -> Result<Vec<DocumentRow>, StoreError> {
        let (sql, values) = query.sql("document", DOCUMENT);
        let read = || -> rusqlite::Result<Vec<DocumentRow>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values.iter()), document_row)?;
            rows.take(query.limit).collect()
        };
        read().map_err(|error| self.fault(&error))
    }

    /// Statements, commitments or issues that a question finds, the latest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rows(&self, table: Table, query: &Query) -> Result<Vec<Hit>, StoreError> {
        let (sql, values) =
            query.sql(table.name(), &format!("{DOCUMENT}, t.id, t.position, t.day"));
        let read = || -> rusqlite::Result<Vec<Hit>> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(values.iter()), |row| {
                Ok(Hit {
                    document: document_row(row)?,
                    id: row.get(9)?,
                    position: row.get::<_, i64>(10)? as usize,
                    day: row.get(11)?,
                })
            })?;
            rows.take(query.limit).collect()
        };
        read().map_err(|error| self.fault(&error))
    }

    /// In how many documents and by how many sources a happening is told.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn told(&self, happening: i64) -> Result<Told, StoreError> {
        self.told_in(happening, Scope::All)
    }

    /// The same, of the documents that may be read.
    pub(crate) fn told_in(&self, happening: i64, scope: Scope) -> Result<Told, StoreError> {
        let read = || -> rusqlite::Result<Told> {
            let mut statement = self.connection.prepare_cached(
                "SELECT e.document, d.head, d.publisher FROM event e CROSS JOIN document d ON d.id = e.document \
                 WHERE e.happening = ?1 AND d.private <= ?2",
            )?;
            let mut mentions = 0;
            let mut documents = BTreeSet::new();
            let mut tellers: Vec<(BTreeSet<i64>, BTreeSet<String>)> = Vec::new();
            let mut rows = statement.query(params![happening, scope == Scope::All])?;
            while let Some(row) = rows.next()? {
                mentions += 1;
                documents.insert(row.get::<_, i64>(0)?);
                let head: i64 = row.get(1)?;
                let publisher: Option<String> = row.get(2)?;
                // Who shares a text or a publisher with another is the same source as that one.
                let same = |(heads, publishers): &(BTreeSet<i64>, BTreeSet<String>)| {
                    heads.contains(&head)
                        || publisher.as_ref().is_some_and(|name| publishers.contains(name))
                };
                let mut teller = (BTreeSet::from([head]), publisher.iter().cloned().collect());
                let (one, others): (Vec<_>, Vec<_>) = tellers.into_iter().partition(same);
                for (heads, publishers) in one {
                    teller.0.extend(heads);
                    BTreeSet::extend(&mut teller.1, publishers);
                }
                tellers = others;
                tellers.push(teller);
            }
            Ok(Told { mentions, documents: documents.len(), sources: tellers.len() })
        };
        read().map_err(|error| self.fault(&error))
    }

    /// How SQLite goes about a question for events; for measuring.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn plan(&self, query: &Query) -> Result<Vec<String>, StoreError> {
        let (sql, values) = query.sql("event", EVENT);
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let rows = statement.query_map(params_from_iter(values.iter()), |row| row.get(3))?;
            rows.collect()
        };
        read().map_err(|error| self.fault(&error))
    }
}

fn event_hit(row: &Row<'_>) -> rusqlite::Result<EventHit> {
    let at = 9;
    Ok(EventHit {
        document: document_row(row)?,
        id: row.get(at)?,
        position: row.get::<_, i64>(at + 1)? as usize,
        day: row.get(at + 2)?,
        last: row.get(at + 3)?,
        dated: row.get(at + 4)?,
        kind: row.get(at + 5)?,
        status: row.get(at + 6)?,
        quad: row.get(at + 7)?,
        score: row.get(at + 8)?,
        cameo: row.get(at + 9)?,
        background: row.get(at + 10)?,
        reciprocal: row.get(at + 11)?,
        place: row.get(at + 12)?,
        country: row.get(at + 13)?,
        confidence: row.get(at + 14)?,
        happening: row.get(at + 15)?,
        actors: Vec::new(),
        recipients: Vec::new(),
    })
}

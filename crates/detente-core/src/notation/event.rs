//! Events as lines.

use std::fmt::{self, Write};

use crate::{Actor, Event, EventStatus, Sector};

use super::NotationError;
use super::read::Reader;

/// One side's party: a code, a sector, or both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyLine {
    /// The code that the actor must have; `None` demands that it has none.
    pub code: Option<String>,
    /// The sector that it must have; `None` leaves it open.
    pub sector: Option<Sector>,
}

impl PartyLine {
    /// Whether `actor` is this party.
    pub fn holds_for(&self, actor: &Actor) -> bool {
        self.code == actor.code && self.sector.is_none_or(|sector| actor.sector == Some(sector))
    }

    /// The line of an actor: `USA GOV`, `- CVL`, or `- UNK` where neither is known.
    pub fn of(actor: &Actor) -> Self {
        let sector = actor.sector.or(actor.code.is_none().then_some(Sector::Unk));
        Self { code: actor.code.clone(), sector }
    }
}

impl fmt::Display for PartyLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_deref().unwrap_or("-"))?;
        self.sector.map_or(Ok(()), |sector| write!(f, " {}", sector.code()))
    }
}

/// What a line says of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventLine {
    /// Who acts; all parties where the act is reciprocal.
    pub actors: Vec<PartyLine>,
    /// To, with or towards whom.
    pub recipients: Vec<PartyLine>,
    /// All parties are actors.
    pub reciprocal: bool,
    /// The type, e.g. `REJECT`.
    pub kind: String,
    /// Whether it took place.
    pub status: EventStatus,
    /// Modes that must be among the event's.
    pub modes: Vec<String>,
    /// Contexts that must be among the event's.
    pub contexts: Vec<String>,
    /// Name of the place.
    pub place: Option<String>,
    /// The date; `Some(None)` for `undated`.
    pub date: Option<Option<String>>,
    /// It must be marked as background.
    pub background: bool,
    /// Name of the rule.
    pub rule: Option<String>,
}

impl EventLine {
    /// Reads a line.
    ///
    /// # Errors
    /// When a party or the type is missing or a word cannot be read, with the byte where.
    ///
    /// ```
    /// use detente_core::notation::EventLine;
    /// let line = EventLine::parse("USA GOV + FRA -> RUS ACCUSE /allege")?;
    /// assert_eq!((line.actors.len(), line.kind.as_str()), (2, "ACCUSE"));
    /// assert_eq!(EventLine::parse("USA -> accused RUS").unwrap_err().offset, 7);
    /// # Ok::<(), detente_core::notation::NotationError>(())
    /// ```
    pub fn parse(line: &str) -> Result<Self, NotationError> {
        let mut reader = Reader::new(line)?;
        let event = Self::read(&mut reader)?;
        Ok(event)
    }

    pub(super) fn read(reader: &mut Reader) -> Result<Self, NotationError> {
        let mut event = Self { actors: reader.parties()?, ..Self::default() };
        if reader.take("->") {
            event.recipients = reader.parties()?;
        } else {
            event.reciprocal = event.actors.len() > 1;
        }
        let is_type = |text: &str| {
            text.len() > 2
                && text.chars().all(|c| c.is_ascii_uppercase())
                && Sector::from_code(text).is_none()
        };
        match reader.peek().filter(|piece| !piece.quoted && is_type(piece.text)) {
            Some(piece) => event.kind = piece.text.to_owned(),
            None => {
                return Err(
                    reader.fault("an event type is expected here, as `CONSULT`, after the parties")
                );
            }
        }
        reader.next();
        while let Some(piece) = reader.peek() {
            event.detail(reader, piece.text)?;
        }
        Ok(event)
    }

    /// One word after the type.
    fn detail(&mut self, reader: &mut Reader, word: &str) -> Result<(), NotationError> {
        let is_date = word.starts_with(|c: char| c.is_ascii_digit())
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/'));
        if let Some(mode) = word.strip_prefix('/') {
            self.modes.push(mode.to_owned());
        } else if let Some(context) = word.strip_prefix('#') {
            self.contexts.push(context.to_owned());
        } else if word == "@" {
            reader.next();
            let Some(name) = reader.peek() else {
                return Err(reader.fault("a place is missing after `@`"));
            };
            self.place = Some(name.text.to_owned());
        } else if let Some(place) = word.strip_prefix('@') {
            self.place = Some(place.to_owned());
        } else if is_date {
            self.date = Some(Some(word.to_owned()));
        } else if let Some(status) = EventStatus::from_word(word) {
            self.status = status;
        } else {
            match word {
                "background" => self.background = true,
                "undated" => self.date = Some(None),
                "by" => {
                    reader.next();
                    let Some(rule) = reader.peek() else {
                        return Err(reader.fault("a rule's name is missing after `by`"));
                    };
                    self.rule = Some(rule.text.to_owned());
                }
                _ => {
                    return Err(reader.fault(format!(
                        "`{word}` cannot be read after the type; write a status, `/mode`, `#context`, `@place`, a date, \
                         `undated`, `background` or `by` and a rule"
                    )));
                }
            }
        }
        reader.next();
        Ok(())
    }

    /// Whether `event` is what the line says.
    pub fn holds_for(&self, event: &Event) -> bool {
        self.kind == event.kind
            && self.status == event.status
            && self.reciprocal == event.reciprocal
            && same(&self.actors, &event.actors)
            && same(&self.recipients, &event.recipients)
            && self.modes.iter().all(|mode| event.modes.contains(mode))
            && self.contexts.iter().all(|context| event.contexts.contains(context))
            && self
                .place
                .as_ref()
                .is_none_or(|name| event.place.as_ref().is_some_and(|p| p.name == *name))
            && self.date.as_ref().is_none_or(|date| *date == event.date)
            && (!self.background || event.background)
            && self.rule.as_ref().is_none_or(|rule| *rule == event.rule)
    }

    /// The line of an event, with everything that a line can say but for its rule.
    pub fn of(event: &Event) -> Self {
        Self {
            actors: event.actors.iter().map(PartyLine::of).collect(),
            recipients: event.recipients.iter().map(PartyLine::of).collect(),
            reciprocal: event.reciprocal,
            kind: event.kind.clone(),
            status: event.status,
            modes: event.modes.clone(),
            contexts: event.contexts.clone(),
            place: event.place.as_ref().map(|place| place.name.clone()),
            date: event.date.clone().map(Some),
            background: event.background,
            rule: None,
        }
    }
}

impl fmt::Display for EventLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_parties(f, &self.actors)?;
        if !self.reciprocal {
            f.write_str(" -> ")?;
            write_parties(f, &self.recipients)?;
        }
        write!(f, " {}", self.kind)?;
        if self.status != EventStatus::Actual {
            write!(f, " {}", self.status.as_str())?;
        }
        for mode in &self.modes {
            write!(f, " /{mode}")?;
        }
        for context in &self.contexts {
            write!(f, " #{context}")?;
        }
        if let Some(place) = &self.place {
            if place.contains(char::is_whitespace) {
                write!(f, " @\"{place}\"")?;
            } else {
                write!(f, " @{place}")?;
            }
        }
        match &self.date {
            Some(Some(date)) => write!(f, " {date}")?,
            Some(None) => f.write_str(" undated")?,
            None => {}
        }
        if self.background {
            f.write_str(" background")?;
        }
        self.rule.as_ref().map_or(Ok(()), |rule| write!(f, " by {rule}"))
    }
}

/// Every party of the line is among the actors, and every actor is one of the parties; where the line names nobody, nobody of
/// whom anything is known may be there.
pub(super) fn same(parties: &[PartyLine], actors: &[Actor]) -> bool {
    if parties.is_empty() {
        let unknown = |actor: &Actor| {
            actor.code.is_none() && matches!(actor.sector, None | Some(Sector::Unk))
        };
        return actors.iter().all(unknown);
    }
    parties.iter().all(|party| actors.iter().any(|actor| party.holds_for(actor)))
        && actors.iter().all(|actor| parties.iter().any(|party| party.holds_for(actor)))
}

/// Parties once each, joined with `+`; `-` where there are none.
pub(super) fn write_parties(f: &mut fmt::Formatter<'_>, parties: &[PartyLine]) -> fmt::Result {
    if parties.is_empty() {
        return f.write_char('-');
    }
    for (i, party) in parties.iter().enumerate() {
        if parties[..i].contains(party) {
            continue;
        }
        if i > 0 {
            f.write_str(" + ")?;
        }
        write!(f, "{party}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_back() {
        for line in [
            "TUR -> GRC REJECT",
            "USA GOV + FRA GOV -> RUS ACCUSE /allege #military",
            "USA + CHN CONSULT planned /visit @Beijing 2023-06-19",
            "TUR -> - MOBILIZE denied background",
            "- -> TUR ASSAULT undated",
            "- CVL -> GEO GOV PROTEST @\"New York\" by protest.march",
            "USA -> IRQ AID",
            "G7 -> CHN ACCUSE",
        ] {
            let event = EventLine::parse(line).unwrap();
            assert_eq!(event.to_string(), line);
        }
    }

    #[test]
    fn one_party_without_an_arrow_has_no_recipient() {
        let line = EventLine::parse("RUS MOBILIZE").unwrap();
        assert!(!line.reciprocal && line.recipients.is_empty());
        assert_eq!(line.to_string(), "RUS -> - MOBILIZE");
    }

    #[test]
    fn faults_point_at_their_word() {
        for (line, offset) in [
            ("", 0),
            ("USA ->", 6),
            ("USA -> CHN", 10),
            ("USA -> CHN ACCUSE maybe", 18),
            ("USA GOV GOV", 8),
            ("USA -> CHN ACCUSE @\"Hong", 19),
        ] {
            assert_eq!(EventLine::parse(line).unwrap_err().offset, offset, "{line}");
        }
    }

    #[test]
    fn parties_are_sets() {
        let blinken =
            Actor { code: Some("USA".into()), sector: Some(Sector::Gov), ..Actor::default() };
        let parties = [PartyLine { code: Some("USA".into()), sector: None }];
        assert!(same(&parties, &[blinken.clone(), blinken.clone()]));
        assert!(!same(&parties, &[]));
        assert!(!same(&[], &[blinken]));
        assert!(same(&[], &[Actor { sector: Some(Sector::Unk), ..Actor::default() }]));
        assert!(!same(&parties, &[Actor { sector: Some(Sector::Gov), ..Actor::default() }]));
    }
}

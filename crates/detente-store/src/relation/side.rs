//! One side of a relation: a party or a set of parties.
//!
//! `USA` is the United States with all its sectors, `USA.MIL` its armed forces, `HAM` an armed group, `REB` rebels of any country,
//! `USA+GBR+FRA` three countries that count as one.

use std::fmt;

use detente_core::Sector;

/// Parties that count as one.
///
/// ```
/// use detente_store::Side;
/// let side: Side = "usa.mil+GBR".parse()?;
/// assert!(side.holds(Some("USA"), Some("MIL")) && side.holds(Some("GBR"), None));
/// assert!(!side.holds(Some("USA"), Some("GOV")));
/// assert!("USA.ARMY".parse::<Side>().is_err());
/// # Ok::<(), detente_store::NoSide>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side(Vec<Member>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    code: Option<String>,
    sector: Option<Sector>,
}

/// What is no side where one was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSide(String);

impl fmt::Display for NoSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: not a party; write a code as USA or HAM, with a sector USA.MIL, a sector alone REB, or several USA+GBR (`detente who NAME` \
             tells a code)",
            self.0
        )
    }
}

impl std::error::Error for NoSide {}

impl std::str::FromStr for Side {
    type Err = NoSide;

    fn from_str(text: &str) -> Result<Self, NoSide> {
        let member = |word: &str| {
            let word = word.trim().to_uppercase();
            let (code, sector) = match word.split_once(['.', ' ', ':']) {
                Some((code, sector)) => (Some(code.to_owned()), Some(sector.to_owned())),
                None if Sector::from_code(&word).is_some() => (None, Some(word)),
                None => (Some(word), None),
            };
            let is_code = |code: &String| {
                (2..=8).contains(&code.len())
                    && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
            };
            let sector = match sector {
                Some(sector) => Some(Sector::from_code(&sector)?),
                None => None,
            };
            (code.as_ref().is_none_or(is_code)).then_some(Member { code, sector })
        };
        let mut members = Vec::new();
        for word in text.split('+') {
            let member = member(word).ok_or_else(|| NoSide(word.trim().to_owned()))?;
            if !members.contains(&member) {
                members.push(member);
            }
        }
        Ok(Self(members))
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, member) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("+")?;
            }
            match (&member.code, member.sector) {
                (Some(code), Some(sector)) => write!(f, "{code}.{}", sector.code())?,
                (Some(code), None) => f.write_str(code)?,
                (None, sector) => f.write_str(sector.map_or("", Sector::code))?,
            }
        }
        Ok(())
    }
}

impl Side {
    /// Whether a party is of this side.
    pub fn holds(&self, code: Option<&str>, sector: Option<&str>) -> bool {
        self.0.iter().any(|member| {
            member.code.as_deref().is_none_or(|own| Some(own) == code)
                && member.sector.is_none_or(|own| Some(own.code()) == sector)
        })
    }

    /// Whether a party may be of both sides.
    pub fn overlaps(&self, other: &Side) -> bool {
        self.0.iter().any(|own| {
            other.0.iter().any(|their| {
                let code = own.code.is_none() || their.code.is_none() || own.code == their.code;
                code && (own.sector.is_none()
                    || their.sector.is_none()
                    || own.sector == their.sector)
            })
        })
    }

    /// As the index of events has its members.
    pub(super) fn words(&self) -> Vec<String> {
        let word = |member: &Member| match (&member.code, member.sector) {
            (Some(code), Some(sector)) => format!("{code} {}", sector.code()),
            (Some(code), None) => code.clone(),
            (None, sector) => sector.map_or("", Sector::code).to_owned(),
        };
        self.0.iter().map(word).collect()
    }

    /// The codes alone: commitments and issues have no sectors.
    pub(super) fn codes(&self) -> Vec<String> {
        self.0.iter().filter_map(|member| member.code.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_read_and_written() {
        let shown = |text: &str| text.parse::<Side>().map(|side| side.to_string());
        assert_eq!(shown("usa"), Ok("USA".into()));
        assert_eq!(shown("usa.mil + GBR+gbr"), Ok("USA.MIL+GBR".into()));
        assert_eq!(shown("REB"), Ok("REB".into()));
        assert_eq!(shown("ECOWAS"), Ok("ECOWAS".into()));
        for no in ["", "U", "USA+", "USA.XYZ", "the United States"] {
            assert!(shown(no).is_err(), "{no}");
        }
    }

    #[test]
    fn sides_that_overlap() {
        let overlaps =
            |a: &str, b: &str| a.parse::<Side>().unwrap().overlaps(&b.parse::<Side>().unwrap());
        assert!(overlaps("USA", "USA.MIL") && overlaps("REB", "SYR") && overlaps("USA+GBR", "GBR"));
        assert!(
            !overlaps("USA", "CHN") && !overlaps("SYR.GOV", "SYR.REB") && !overlaps("GOV", "REB")
        );
    }
}

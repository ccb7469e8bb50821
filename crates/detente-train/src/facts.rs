//! A table of who is who, and how many of its lines the coder gets right.
//!
//! In go lines of `specs/who.tsv`, whose form `specs/README.md` describes, and whom the coder takes the mention of each for; out
//! come counts by kind of line. `2019-05-10 ⇥ [Joe Biden] criticised Russia. ⇥ USA ELI ⇥ Joe Biden ⇥ former` is right if the
//! mention stands for `USA`, `ELI`, and Joe Biden.

use std::collections::BTreeMap;
use std::fmt;

use detente_core::{Actor, Document, Sector, Span};
use detente_knowledge::Actors;
use detente_resolve::{Mention, MentionKind};
use serde::Serialize;

use crate::names::same_name;
use crate::score::ratio;

/// One party of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The code; `None` demands that there is none.
    pub code: Option<String>,
    /// The sector; `None` leaves it open.
    pub sector: Option<Sector>,
}

impl Party {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let code = words.next()?;
        let sector = match words.next() {
            None => None,
            Some(word) => Some(Sector::from_code(word)?),
        };
        let code = (code != "-").then(|| code.to_owned());
        (words.next().is_none() && (code.is_some() || sector.is_some()))
            .then_some(Self { code, sector })
    }

    fn holds_for(&self, actor: &Actor) -> bool {
        self.code == actor.code && self.sector.is_none_or(|sector| actor.sector == Some(sector))
    }
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.as_deref().unwrap_or("-"))?;
        self.sector.map_or(Ok(()), |sector| write!(f, " {}", sector.code()))
    }
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Line of the file, from 1.
    pub line: usize,
    /// Date of the text, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The sentence without the brackets.
    pub text: String,
    /// Bytes of the mention.
    pub span: Span,
    /// Whom it stands for; nobody for a place or a namesake.
    pub answer: Vec<Party>,
    /// Full names of the person or body, one as good as the other; none where the line is not about that.
    pub names: Vec<String>,
    /// What the line tries.
    pub kind: String,
}

impl Fact {
    fn read(number: usize, line: &str) -> Result<Self, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[date, marked, answer, name, kind] = columns.as_slice() else {
            return Err(format!("five columns are expected, not {}", columns.len()));
        };
        let unmarked = marked.split_once('[').and_then(|(before, rest)| {
            let (mention, after) = rest.split_once(']')?;
            Some((before, mention, after))
        });
        let Some((before, mention, after)) = unmarked else {
            return Err("the sentence has no mention in [brackets]".to_owned());
        };
        let answer = match answer {
            "none" => Some(Vec::new()),
            parties => parties.split('+').map(Party::read).collect(),
        };
        let known = |text: &str| (text != "-").then(|| text.to_owned());
        Ok(Self {
            line: number,
            date: known(date),
            text: format!("{before}{mention}{after}"),
            span: Span::new(before.len(), before.len() + mention.len()),
            answer: answer.ok_or("the answer is not of the form `USA GOV`, `- CVL` or `none`")?,
            names: known(name)
                .iter()
                .flat_map(|n| n.split('|'))
                .map(|n| n.trim().to_owned())
                .collect(),
            kind: kind.to_owned(),
        })
    }

    /// The sentence as a document of its date.
    pub fn document(&self) -> Document {
        Document {
            date: self.date.clone(),
            language: Some("en".to_owned()),
            ..Document::of_text(self.text.as_str())
        }
    }

    /// Whether `mention` is what the line says; `None` where nobody is read.
    ///
    /// Names are the same that `known` has for one person or body, as "Walid Muallem" and "Walid al-Moallem". An actor with
    /// neither code nor sector is nobody, and so is a mere modifier where nobody is asked for: "Chinese silk".
    pub fn holds_for(&self, mention: Option<&Mention>, known: &Actors) -> bool {
        let mention =
            mention.filter(|m| m.kind != MentionKind::Modifier || !self.answer.is_empty());
        self.holds(mention.map_or(&[], |mention| &mention.actors), known)
    }

    fn holds(&self, actors: &[Actor], known: &Actors) -> bool {
        let somebody = |actor: &&Actor| actor.code.is_some() || actor.sector.is_some();
        let actors: Vec<&Actor> = actors.iter().filter(somebody).collect();
        let named = self.names.is_empty()
            || actors
                .iter()
                .filter_map(|actor| actor.name.as_ref())
                .any(|own| self.names.iter().any(|name| same_name(own, name, known)));
        let parties = actors.len() == self.answer.len()
            && self.answer.iter().all(|party| actors.iter().any(|actor| party.holds_for(actor)));
        parties && (named || self.answer.is_empty())
    }
}

/// Reads the table.
///
/// # Errors
/// When a line is not of the table's form; the text names its number.
///
/// ```
/// let facts = detente_train::facts::read("# heads\n-\t[Ankara] spoke.\tTUR GOV\t-\tcapital\n")?;
/// assert_eq!((facts[0].line, facts[0].text.as_str()), (2, "Ankara spoke."));
/// assert!(detente_train::facts::read("-\tAnkara spoke.\tTUR GOV\t-\tcapital").is_err());
/// # Ok::<(), String>(())
/// ```
pub fn read(text: &str) -> Result<Vec<Fact>, String> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(i, line)| {
            Fact::read(i + 1, line).map_err(|fault| format!("line {}: {fault}", i + 1))
        })
        .collect()
}

/// How many lines are right.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Lines.
    pub facts: usize,
    /// Lines that are right.
    pub right: usize,
    /// Their share.
    pub share: f64,
    /// Kind of line → lines, and those that are right.
    pub by_kind: BTreeMap<String, (usize, usize)>,
}

/// Counts the lines and whether each is right.
pub fn score<'f>(outcomes: impl IntoIterator<Item = (&'f Fact, bool)>) -> Scores {
    let mut scores = Scores::default();
    for (fact, right) in outcomes {
        let kind = scores.by_kind.entry(fact.kind.clone()).or_default();
        kind.0 += 1;
        kind.1 += usize::from(right);
        scores.facts += 1;
        scores.right += usize::from(right);
    }
    scores.share = ratio(scores.right, scores.facts);
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(code: Option<&str>, sector: Option<Sector>, name: Option<&str>) -> Actor {
        Actor {
            code: code.map(str::to_owned),
            sector,
            name: name.map(str::to_owned),
            ..Actor::default()
        }
    }

    #[test]
    fn a_line_holds_for_its_parties_alone() {
        let line = "2019-05-10\t[Joe Biden] criticised Russia.\tUSA ELI\tJoe Biden\tformer";
        let fact = &read(line).unwrap()[0];
        let holds = |actors: &[Actor]| fact.holds(actors, &Actors::default());
        assert!(holds(&[actor(Some("USA"), Some(Sector::Eli), Some("Joe Biden"))]));
        assert!(!holds(&[actor(Some("USA"), Some(Sector::Eli), Some("Jill Biden"))]));
        assert!(!holds(&[actor(Some("USA"), Some(Sector::Gov), Some("Joe Biden"))]));
        assert!(!holds(&[]));
    }

    #[test]
    fn an_open_sector_a_missing_code_and_nobody() {
        let text = "-\t[x] y\tUSA\t-\ta\n-\t[x] y\t- CVL\t-\ta\n-\t[x] y\tnone\t-\tb\n-\t[x] y\tPRK + KOR\t-\tb";
        let facts = read(text).unwrap();
        let one = [actor(Some("USA"), Some(Sector::Gov), None)];
        let crowd = [actor(None, Some(Sector::Cvl), None)];
        let two = [actor(Some("KOR"), None, None), actor(Some("PRK"), Some(Sector::Gov), None)];
        let held: Vec<Vec<bool>> = facts
            .iter()
            .map(|fact| {
                [&one[..], &crowd[..], &[], &two[..]]
                    .map(|actors| fact.holds(actors, &Actors::default()))
                    .to_vec()
            })
            .collect();
        for (row, line) in held.iter().enumerate() {
            for (column, held) in line.iter().enumerate() {
                assert_eq!(*held, row == column, "{row} {column}");
            }
        }
        let scores = score(facts.iter().zip([true, false, true, true]));
        assert_eq!((scores.right, scores.by_kind["b"]), (3, (2, 2)));
    }

    #[test]
    fn a_fault_names_its_line() {
        assert!(read("#\n-\ta\tb").unwrap_err().starts_with("line 2: five columns"));
        assert!(read("-\t[a]\tUSA XYZ\t-\tk").unwrap_err().contains("answer"));
    }
}

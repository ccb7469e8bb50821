//! Which event mentions tell of the same happening.
//!
//! In goes an event with its day, parties and the words of its sentence, out come the stored events of other documents that tell of the
//! same: those of the same type, status and parties, near in time, that nothing sets apart and enough holds together. "Arat met Vallas in Oslo on
//! Monday" and, next day, "Turkey's foreign minister, Selin Arat, held talks in Oslo with Nikos Vallas" are one happening told
//! twice; a third, "Arat met Vallas in Geneva", is another.
//!
//! Precision comes before recall: two parties do the same to each other day by day, so days and parties alone join nothing. What
//! is joined is what one gets by going from mention to mention, so that it does not depend on the order in which they came. The
//! figures are in `docs/accuracy.md`.

use std::cell::OnceCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use detente_core::{Actor, Event, Record, Span};
use rusqlite::{Connection, Row, params};

use crate::prepare::NO_DAY;

/// Days between mentions that both name the day.
const DAYS: i64 = 1;
/// Days between mentions of which one is dated by its document alone.
const DAYS_OF_PAPERS: i64 = 2;
/// Days between mentions in nearly the same words.
const DAYS_SAME_WORDS: i64 = 7;

/// Types in which the sides are one: who met whom says no more than that both met.
const MUTUAL: [&str; 3] = ["AGREE", "CONSULT", "COOPERATE"];

/// Words that say nothing of what happened.
const EMPTY: [&str; 93] = [
    "a",
    "about",
    "after",
    "again",
    "against",
    "all",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "may",
    "more",
    "most",
    "no",
    "not",
    "of",
    "off",
    "on",
    "one",
    "or",
    "other",
    "our",
    "out",
    "over",
    "said",
    "say",
    "says",
    "she",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "told",
    "two",
    "under",
    "until",
    "up",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "will",
    "with",
    "would",
    "according",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "yesterday",
];

/// What events of one happening must share to the letter: type, status and the codes of the parties. `None` for an event of whose
/// parties none has a code: it could be anybody's.
pub(crate) fn link_of(event: &Event) -> Option<i64> {
    let side = |actors: &[Actor]| -> BTreeSet<String> {
        let name = |actor: &Actor| match (&actor.code, actor.sector) {
            (Some(code), _) => code.clone(),
            (None, sector) => format!("any {}", sector.map_or("UNK", detente_core::Sector::code)),
        };
        actors.iter().map(name).collect()
    };
    let coded = |actors: &[Actor]| actors.iter().any(|actor| actor.code.is_some());
    if !coded(&event.actors) && !coded(&event.recipients) {
        return None;
    }
    let (mut actors, mut recipients) = (side(&event.actors), side(&event.recipients));
    if MUTUAL.contains(&event.kind.as_str()) {
        actors.append(&mut recipients);
    }
    let mut sum = hash(&event.kind, 0);
    sum = hash(event.status.as_str(), sum);
    for actor in &actors {
        sum = hash(actor, sum);
    }
    sum = hash("to", sum);
    for recipient in &recipients {
        sum = hash(recipient, sum);
    }
    Some(sum as i64)
}

/// FNV-1a over the letters, from `start` on.
fn hash(word: &str, start: u64) -> u64 {
    let start = (start ^ 0xcbf2_9ce4_8422_2325).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(start, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What a sentence says of its event beside the parties: words, the people named, modes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Gist {
    words: BTreeSet<u32>,
    /// Person after code: `TUR` and `arat`.
    people: BTreeSet<(u32, u32)>,
    modes: BTreeSet<u32>,
}

impl Gist {
    pub(crate) fn of(record: &Record, event: &Event) -> Self {
        let parties = || event.actors.iter().chain(&event.recipients);
        let mut gist = Self::default();
        if let Some(sentence) = record.document.sentences.get(event.sentence) {
            let taken: Vec<Span> = parties().filter_map(|actor| actor.span).collect();
            for (start, word) in words(&sentence.text) {
                let at = Span::new(
                    sentence.span.start + start,
                    sentence.span.start + start + word.len(),
                );
                let word = word.to_lowercase();
                if taken.iter().any(|span| span.overlaps(at)) || EMPTY.contains(&word.as_str()) {
                    continue;
                }
                gist.words.insert(hash(stem(&word), 1) as u32);
            }
        }
        for actor in parties() {
            let Some(name) = &actor.name else { continue };
            // The last word of a name is what all papers write.
            let last = name.split_whitespace().next_back().unwrap_or(name).to_lowercase();
            gist.words.insert(hash(stem(&last), 1) as u32);
            // Who has an office is a person, and another person of the same state is another.
            if actor.role.is_some() {
                let code = actor.code.as_deref().unwrap_or_default();
                gist.people.insert((hash(code, 2) as u32, hash(&last, 3) as u32));
            }
        }
        gist.modes = event.modes.iter().map(|mode| hash(mode, 4) as u32).collect();
        gist
    }

    /// As the store keeps it: the numbers of words and people, then all of them, four bytes each.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        // A sentence that names more than that is a list, and its first ones will do.
        let most = usize::from(u8::MAX);
        let people = self.people.iter().take(most).flat_map(|(code, name)| [*code, *name]);
        let words = self.words.iter().take(most).copied();
        let numbers = words.chain(people).chain(self.modes.iter().copied());
        let mut bytes = vec![self.words.len().min(most) as u8, self.people.len().min(most) as u8];
        bytes.extend(numbers.flat_map(u32::to_le_bytes));
        bytes
    }

    fn read(bytes: &[u8]) -> Self {
        let (&[words, people], rest) = bytes.split_first_chunk().unwrap_or((&[0, 0], &[]));
        let mut numbers = rest
            .chunks_exact(4)
            .map(|number| u32::from_le_bytes([number[0], number[1], number[2], number[3]]));
        let words = numbers.by_ref().take(usize::from(words)).collect();
        let people: Vec<u32> = numbers.by_ref().take(2 * usize::from(people)).collect();
        Self {
            words,
            people: people.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect(),
            modes: numbers.collect(),
        }
    }
}

/// Words of a text with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| word.len() > 1)
}

/// The first five letters: `accus` of "accused", "accuses" and "accusation".
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

/// What of an event is compared.
struct Side {
    day: i64,
    last: i64,
    dated: bool,
    link: Option<i64>,
    kind: String,
    status: String,
    place: Option<String>,
    /// As it is stored: what is the same to the byte is compared once.
    bytes: Vec<u8>,
    /// Read only where it is compared.
    gist: OnceCell<Gist>,
    happening: i64,
}

const SIDE: &str = "e.day, e.last, e.dated, e.link, e.type, e.status, e.place, e.gist, e.happening";

fn side(row: &Row<'_>) -> rusqlite::Result<Side> {
    Ok(Side {
        day: row.get(0)?,
        last: row.get(1)?,
        dated: row.get(2)?,
        link: row.get(3)?,
        kind: row.get(4)?,
        status: row.get(5)?,
        place: row.get(6)?,
        bytes: row.get::<_, Option<Vec<u8>>>(7)?.unwrap_or_default(),
        gist: OnceCell::new(),
        happening: row.get(8)?,
    })
}

impl Side {
    fn gist(&self) -> &Gist {
        self.gist.get_or_init(|| Gist::read(&self.bytes))
    }
}

/// Whether two events of the same type, status and parties tell of the same happening.
fn same(a: &Side, b: &Side) -> bool {
    let parted =
        |a: &BTreeSet<u32>, b: &BTreeSet<u32>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
    // Other people of the same state, another place, another way of doing it.
    let codes: BTreeSet<u32> = a.gist().people.iter().map(|(code, _)| *code).collect();
    let others = codes.iter().any(|code| {
        let of = |gist: &Gist| -> BTreeSet<u32> {
            gist.people.iter().filter(|(whose, _)| whose == code).map(|(_, name)| *name).collect()
        };
        parted(&of(a.gist()), &of(b.gist()))
    });
    let elsewhere = a.place.is_some() && b.place.is_some() && a.place != b.place;
    if others || elsewhere || parted(&a.gist().modes, &b.gist().modes) {
        return false;
    }
    let shared = a.gist().words.intersection(&b.gist().words).count();
    let less = a.gist().words.len().min(b.gist().words.len()).max(1);
    let likeness = shared as f64 / less as f64;
    let gap = (a.day - b.day).abs();
    if shared >= 5 && likeness >= 0.8 && gap <= DAYS_SAME_WORDS && a.last - a.day == b.last - b.day
    {
        return true;
    }
    let exact = |side: &Side| side.last - side.day <= 1 && side.day != NO_DAY;
    let days = if a.dated && b.dated { DAYS } else { DAYS_OF_PAPERS };
    if !exact(a) || !exact(b) || gap > days {
        return false;
    }
    let people = a.gist().people.intersection(&b.gist().people).count();
    let here = a.place.is_some() && a.place == b.place;
    // Names are among the words.
    match (people, here) {
        (2.., true) => true,
        (2.., false) => shared >= 3,
        (1, true) => shared >= 2,
        (1, false) => shared >= 3 && likeness >= 0.25,
        (0, true) => shared >= 2 && likeness >= 0.25 || likeness >= 0.4,
        (0, false) => shared >= 3 && likeness >= 0.4 || shared >= 2 && likeness >= 0.6,
    }
}

/// Whether the gists of two events that are alike in type, status and parties are those of one sentence, cut or printed a little otherwise.
fn same_words(a: &Gist, b: &Gist) -> bool {
    let shared = a.words.intersection(&b.words).count();
    shared >= 3 && shared as f64 >= 0.8 * a.words.len().min(b.words.len()) as f64
}

/// Happenings that turn out to be one: each leads to a smaller one, in the end to the smallest.
#[derive(Default)]
struct Joined {
    to: BTreeMap<i64, i64>,
}

impl Joined {
    fn first(&self, mut happening: i64) -> i64 {
        while let Some(to) = self.to.get(&happening) {
            happening = *to;
        }
        happening
    }

    fn join(&mut self, a: i64, b: i64) {
        let (a, b) = (self.first(a), self.first(b));
        if a != b {
            self.to.insert(a.max(b), a.min(b));
        }
    }
}

/// Joins the events of a document that was stored with those of others that tell of the same.
pub(crate) fn link(connection: &Connection, document: i64) -> rusqlite::Result<()> {
    let mut of_document = connection.prepare_cached(&format!(
        "SELECT {SIDE} FROM event e WHERE e.document = ?1 ORDER BY e.position"
    ))?;
    let own: Vec<Side> = of_document.query_map([document], side)?.collect::<Result<_, _>>()?;
    let mut joined = Joined::default();
    let mut on_day = connection.prepare_cached(&format!(
        "SELECT {SIDE} FROM event e WHERE e.day = ?1 AND e.link = ?2 AND e.document <> ?3"
    ))?;
    let mut others: BTreeMap<(i64, i64), Vec<Side>> = BTreeMap::new();
    // A text may say one thing a thousand times: what is alike is looked for once.
    let mut alike: BTreeMap<_, Option<i64>> = BTreeMap::new();
    for new in &own {
        let Some(link) = new.link else { continue };
        let signs = (link, new.day, new.last, new.dated, &new.place, &new.bytes);
        if let Some(found) = alike.get(&signs) {
            if let Some(happening) = found {
                joined.join(new.happening, *happening);
            }
            continue;
        }
        let mut found = None;
        let near = if new.day == NO_DAY { 0 } else { DAYS_SAME_WORDS };
        for day in new.day - near..=new.day + near {
            // Two events of one document are two.
            let others = match others.entry((day, link)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => place.insert(
                    on_day
                        .query_map(params![day, link, document], side)?
                        .collect::<Result<_, _>>()?,
                ),
            };
            for other in others.iter() {
                // Who is joined already adds nothing.
                let known = joined.first(other.happening) == joined.first(new.happening);
                if !(known && found.is_some()) && same(new, other) {
                    found = Some(new.happening);
                    joined.join(new.happening, other.happening);
                }
            }
        }
        alike.insert(signs, found);
    }
    link_copies(connection, document, &own, &mut joined)?;
    let mut put =
        connection.prepare_cached("UPDATE event SET happening = ?1 WHERE happening = ?2")?;
    for old in joined.to.keys() {
        put.execute([joined.first(*old), *old])?;
    }
    Ok(())
}

/// What events of copies share to the letter: link, type and status.
type Act = (Option<i64>, String, String);
/// By act and by gist as it is stored, the gist and the happenings of the events, in order.
type Own<'s> = BTreeMap<Act, BTreeMap<&'s [u8], (&'s Gist, Vec<i64>)>>;
/// The same of a copy.
type Copied = BTreeMap<Act, BTreeMap<Vec<u8>, Vec<i64>>>;

/// Joins the events of a document with those of the copies of its text, whatever the days: "on Tuesday" is another day in a paper that
/// prints the text a year later, and what it tells is no other happening.
fn link_copies(
    connection: &Connection,
    document: i64,
    own: &[Side],
    joined: &mut Joined,
) -> rusqlite::Result<()> {
    let mut mine: Own<'_> = BTreeMap::new();
    for side in own {
        let act = mine.entry((side.link, side.kind.clone(), side.status.clone())).or_default();
        act.entry(&side.bytes).or_insert_with(|| (side.gist(), Vec::new())).1.push(side.happening);
    }
    let mut in_copies = connection.prepare_cached(
        "SELECT e.document, e.link, e.type, e.status, e.gist, e.happening FROM document d CROSS JOIN event e ON e.document = d.id \
         WHERE d.head = (SELECT head FROM document WHERE id = ?1) AND d.id <> ?1 ORDER BY e.document, e.position",
    )?;
    let mut theirs: Copied = BTreeMap::new();
    let mut of = document;
    let mut rows = in_copies.query([document])?;
    while let Some(row) = rows.next()? {
        let copy = row.get(0)?;
        if copy != of {
            join_copy(&mine, &std::mem::take(&mut theirs), joined);
            of = copy;
        }
        let act = (row.get(1)?, row.get(2)?, row.get(3)?);
        if mine.contains_key(&act) {
            let bytes = row.get::<_, Option<Vec<u8>>>(4)?.unwrap_or_default();
            theirs.entry(act).or_default().entry(bytes).or_default().push(row.get(5)?);
        }
    }
    join_copy(&mine, &theirs, joined);
    Ok(())
}

/// Of what is said several times in the same words the first is the first of the copy, the second the second.
fn join_copy(mine: &Own<'_>, theirs: &Copied, joined: &mut Joined) {
    let mut join = |mine: &[i64], theirs: &[i64]| {
        for (one, other) in mine.iter().zip(theirs) {
            joined.join(*one, *other);
        }
    };
    for (act, theirs) in theirs {
        let Some(mine) = mine.get(act) else { continue };
        for (bytes, happenings) in theirs {
            if let Some((_, same)) = mine.get(bytes.as_slice()) {
                join(same, happenings);
                continue;
            }
            let gist = Gist::read(bytes);
            for (_, (_, near)) in mine.iter().filter(|(other, (words, _))| {
                !theirs.contains_key(**other) && same_words(words, &gist)
            }) {
                join(near, happenings);
            }
        }
    }
}

/// Takes apart what a document's events were joined with, since they go: returns the documents that are to be linked anew.
pub(crate) fn part(connection: &Connection, document: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut others = connection.prepare_cached(
        "SELECT id, document FROM event WHERE document <> ?1 AND happening IN (SELECT happening FROM event WHERE document = ?1)",
    )?;
    let others: Vec<(i64, i64)> = others
        .query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut alone = connection.prepare_cached("UPDATE event SET happening = id WHERE id = ?1")?;
    for (id, _) in &others {
        alone.execute([id])?;
    }
    Ok(others.into_iter().map(|(_, document)| document).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_reads_back() {
        let gist = Gist {
            words: BTreeSet::from([1, 2, 3]),
            people: BTreeSet::from([(7, 8)]),
            modes: BTreeSet::from([9]),
        };
        assert_eq!(Gist::read(&gist.bytes()), gist);
        assert_eq!(Gist::read(&Gist::default().bytes()), Gist::default());
        assert_eq!(Gist::read(&[]), Gist::default());
    }

    #[test]
    fn stems_are_five_letters() {
        assert_eq!((stem("accusation"), stem("met"), stem("größere")), ("accus", "met", "größe"));
        assert_eq!(words("in Oslo, 12 men").map(|(at, _)| at).collect::<Vec<_>>(), [0, 3, 9, 12]);
    }
}

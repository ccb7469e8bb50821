//! Which documents are copies of one text.
//!
//! In goes a text, out comes its [`Shape`]: signs that a near copy shares with high probability. In the store, documents that share
//! a sign are compared for good, and copies are grouped under the earliest. A wire report that one paper cuts by half, another
//! prints under its own headline and a third in another order is one group; the same news in other words is not in it.
//!
//! A text is the set of its runs of five words. Two texts are copies where at least half of the smaller set is in the other
//! ([`SHARED`]), and they came within a month of each other, or are the same word for word. To find them the sets are reduced to
//! [`HASHES`] smallest hashes each (MinHash), and these to [`BANDS`] bands of [`ROWS`] (LSH): of two texts that share half of all
//! their runs, 98 in 100 share a band; of unrelated ones hardly any. A copy is never told by a band alone.
//!
//! Groups are what one gets by going from copy to copy, so they do not depend on the order in which documents came.
//!
//! The crates for this (gaoya 0.2.2 was looked at) hold their index in memory, where it grows with the store and would have to be made anew at each
//! start, and gaoya draws in three versions of rand; what is needed of them is the hundred lines below, with the
//! bands in a table of the store.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;

use crate::prepare::{NO_DAY, unpack};

/// Words in a run.
const RUN: usize = 5;

/// Bands of hashes …
pub(crate) const BANDS: usize = 24;
/// … of so many each.
const ROWS: usize = 3;
/// Hashes of a text.
pub(crate) const HASHES: usize = BANDS * ROWS;

/// Share of the smaller text's runs that a copy has.
const SHARED: f64 = 0.5;

/// Texts with fewer runs are compared with nothing: what is that short is a caption or a notice.
const LEAST: usize = 20;

/// Days that are looked through as one; the stretches before and after are looked through, too.
const STRETCH: i64 = 16;

/// What a text is found and compared by.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// Distinct runs of words.
    pub(crate) runs: usize,
    /// Sign of each band; none for a text that is too short.
    pub(crate) bands: Vec<i64>,
    /// One byte of each hash, by which most pairs that are no copies are told apart without reading them.
    pub(crate) sketch: Vec<u8>,
}

impl Shape {
    pub(crate) fn of(text: &str) -> Self {
        let runs = runs(text);
        if runs.len() < LEAST {
            return Self { runs: runs.len(), bands: Vec::new(), sketch: Vec::new() };
        }
        let mut least = [u32::MAX; HASHES];
        for run in &runs {
            for (seed, least) in SEEDS.iter().zip(&mut least) {
                // Another mixing for each hash: its high half is as good as random.
                let hash = (run ^ seed).wrapping_mul(MIX) >> 32;
                *least = (*least).min(hash as u32);
            }
        }
        let band = |(n, rows): (usize, &[u32])| {
            let first = mixed(n as u64);
            rows.iter().fold(first, |sum, row| mixed(sum ^ u64::from(*row))) as i64
        };
        Self {
            runs: runs.len(),
            bands: least.chunks(ROWS).enumerate().map(band).collect(),
            sketch: least.iter().map(|hash| (hash ^ (hash >> 8) ^ (hash >> 16)) as u8).collect(),
        }
    }
}

const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// What makes one hash of a run another than the next.
const SEEDS: [u64; HASHES] = {
    let mut seeds = [0; HASHES];
    let mut n = 0;
    while n < HASHES {
        seeds[n] = mixed(n as u64 + 1);
        n += 1;
    }
    seeds
};

/// Every bit of the result depends on every bit of the number (SplitMix64).
const fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(MIX);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Hashes of the runs of words of a text, sorted, each once.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let step = |sum: u64, c: u32| (sum ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
            let start = 0xcbf2_9ce4_8422_2325;
            if word.is_ascii() {
                let letters = word.bytes().map(|byte| u32::from(byte.to_ascii_lowercase()));
                return letters.fold(start, step);
            }
            word.chars().flat_map(char::to_lowercase).map(u32::from).fold(start, step)
        })
        .collect();
    let mut runs: Vec<u64> = words
        .windows(RUN)
        .map(|run| run.iter().fold(0, |sum: u64, word| mixed(sum.rotate_left(9) ^ word)))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How many values two sorted lists share.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

/// Whether so many runs shared make two texts copies.
fn is_copy(shared: usize, a: usize, b: usize) -> bool {
    a.min(b) >= LEAST && shared as f64 >= SHARED * a.min(b) as f64
}

/// Whether two texts are copies, whatever their days: what the store says of two of its documents that share a band.
///
/// ```
/// use detente_store::are_copies;
/// let text = "The ministers of both states met in the old harbour on Monday and spoke for three hours about the ferry, \
///             the price of salt, the mended bridge and those who had left the islands in winter without their papers.";
/// let longer = format!("OSLO — {text} Nothing was signed, and no further day was named for another meeting of the two.");
/// assert!(are_copies(text, &longer));
/// assert!(!are_copies(text, "On Monday both ministers talked for hours; the bridge, the ferry and the price of salt came up, \
///                            as did the islanders who had gone without papers, but neither state signed anything there."));
/// ```
pub fn are_copies(a: &str, b: &str) -> bool {
    let (a, b) = (runs(a), runs(b));
    is_copy(shared(&a, &b), a.len(), b.len())
}

/// Whether the sketches leave it possible that two texts are copies: what they share is at most three deviations more than seen.
fn may_be_copies(a: &[u8], b: &[u8], runs: (usize, usize)) -> bool {
    let same = a.iter().zip(b).filter(|(x, y)| x == y).count() as f64;
    let n = HASHES as f64;
    let seen = same / n;
    let likeness = (seen + 3.0 * (seen * (1.0 - seen) / n).sqrt() + 2.0 / n).min(1.0);
    let (a, b) = (runs.0 as f64, runs.1 as f64);
    likeness / (1.0 + likeness) * (a + b) >= SHARED * a.min(b)
}

/// The stretch of days that a day is in; what has no day is a stretch of its own, far from the others.
fn stretch_of(day: i64) -> i64 {
    if day == NO_DAY { -1_000 } else { day / STRETCH }
}

/// A document that was stored, for its copies to be found.
pub(crate) struct Newcomer<'a> {
    pub(crate) id: i64,
    pub(crate) day: i64,
    pub(crate) body: i64,
    pub(crate) text: &'a str,
    pub(crate) shape: &'a Shape,
}

/// Finds the copies of a document among those that are stored and puts them into one group with it. Where it makes one group of several,
/// returns the documents of all but the largest, which are copies of more texts now.
pub(crate) fn group(connection: &Connection, new: &Newcomer<'_>) -> rusqlite::Result<Vec<i64>> {
    if new.shape.bands.is_empty() {
        return Ok(Vec::new());
    }
    let stretch = stretch_of(new.day);
    let mut joined = BTreeSet::from([new.id]);
    let same: Option<i64> = connection
        .prepare_cached("SELECT head FROM document WHERE body = ?1 AND id <> ?2 LIMIT 1")?
        .query_row([new.body, new.id], |row| row.get(0))
        .optional()?;
    joined.extend(same);
    let mut candidates: BTreeSet<i64> = BTreeSet::new();
    let mut in_stretch =
        connection.prepare_cached("SELECT document FROM band WHERE stretch = ?1 AND band = ?2")?;
    for band in &new.shape.bands {
        for near in stretch - 1..=stretch + 1 {
            let mut rows = in_stretch.query([near, *band])?;
            while let Some(row) = rows.next()? {
                candidates.insert(row.get(0)?);
            }
        }
    }
    let mut runs_of_new: Option<Vec<u64>> = None;
    let mut compared_with =
        connection.prepare_cached("SELECT head, runs, sketch FROM document WHERE id = ?1")?;
    for candidate in candidates {
        let (head, runs, sketch): (i64, i64, Vec<u8>) = compared_with
            .query_row([candidate], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        // Who is in a group that it belongs to already adds nothing, whatever the comparison would say.
        if joined.contains(&head)
            || !may_be_copies(&new.shape.sketch, &sketch, (new.shape.runs, runs as usize))
        {
            continue;
        }
        let Some(text) = text_of(connection, candidate)? else { continue };
        let mine = runs_of_new.get_or_insert_with(|| self::runs(new.text));
        let theirs = self::runs(&text);
        if is_copy(shared(mine, &theirs), mine.len(), theirs.len()) {
            joined.insert(head);
        }
    }
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO band (stretch, band, document) VALUES (?1, ?2, ?3)",
    )?;
    for band in &new.shape.bands {
        insert.execute(params![stretch, band, new.id])?;
    }
    let mut regrouped: Vec<Vec<i64>> = Vec::new();
    if joined.len() > 2 {
        let mut of_head = connection.prepare_cached("SELECT id FROM document WHERE head = ?1")?;
        for old in joined.iter().filter(|old| **old != new.id) {
            regrouped.push(of_head.query_map([old], |row| row.get(0))?.collect::<Result<_, _>>()?);
        }
        regrouped.sort_by_key(Vec::len);
        regrouped.pop();
    }
    if joined.len() > 1 {
        // The earliest; what has no day comes after all that have.
        let head = joined.iter().copied().min_by_key(|id| (id >> 32 == NO_DAY, *id));
        let mut put = connection.prepare_cached("UPDATE document SET head = ?1 WHERE head = ?2")?;
        for old in joined.iter().filter(|old| Some(**old) != head) {
            put.execute(params![head, old])?;
        }
    }
    Ok(regrouped.concat())
}

/// The text alone of a stored record; the rest is passed over.
#[derive(Deserialize)]
struct TextOnly<'a> {
    #[serde(borrow)]
    document: TextOf<'a>,
}

#[derive(Deserialize)]
struct TextOf<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

fn text_of(connection: &Connection, document: i64) -> rusqlite::Result<Option<String>> {
    let packed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM record WHERE document = ?1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    let line = packed.and_then(|packed| unpack(&packed));
    Ok(line.and_then(|line| {
        serde_json::from_slice::<TextOnly<'_>>(&line)
            .ok()
            .map(|only| only.document.text.into_owned())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words, none of which comes twice; from another start it is another text.
    fn text(start: usize, words: usize) -> String {
        (start..start + words).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_share_bands_and_others_do_not() {
        let bands = |text: &str| Shape::of(text).bands.into_iter().collect::<BTreeSet<_>>();
        let whole = bands(&text(0, 400));
        let (mut found, mut wrong) = (0, 0);
        for n in 0..50 {
            // Half of it, from another place each time.
            found += usize::from(!whole.is_disjoint(&bands(&text(4 * n, 200))));
            wrong += usize::from(!whole.is_disjoint(&bands(&text(1000 * (n + 1), 400))));
        }
        assert!(found >= 46 && wrong == 0, "{found} halves found, {wrong} others taken for copies");
    }

    #[test]
    fn sketches_never_part_copies() {
        let whole = Shape::of(&text(0, 400));
        for n in 0..50 {
            let half = Shape::of(&text(4 * n, 200));
            assert!(may_be_copies(&whole.sketch, &half.sketch, (whole.runs, half.runs)));
            let other = Shape::of(&text(1000 * (n + 1), 400));
            assert!(!may_be_copies(&whole.sketch, &other.sketch, (whole.runs, other.runs)));
        }
    }

    #[test]
    fn what_is_short_is_compared_with_nothing() {
        assert!(Shape::of("Leave a reply.").bands.is_empty());
        assert!(!are_copies("Leave a reply.", "Leave a reply."));
        assert!(are_copies(&text(0, 40), &text(0, 40)));
    }
}

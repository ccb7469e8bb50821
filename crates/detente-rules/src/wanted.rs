//! Words that a pattern cannot do without: a sentence that has none of them need not be looked at more closely.
//!
//! `A hold talks with B` wants "talks" and "with". In go the phrases of patterns, out come for each the numbers of lists of words of which a
//! sentence must have one each; in goes a sentence, out comes which of the lists it meets. Of the hundreds of patterns that
//! begin with "make" and "take" nearly all want a word that is not there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;

use detente_knowledge::{Filler, Link, Phrase, Slot, SlotRole, Word};
use detente_parse::Sentence;
use foldhash::fast::RandomState;

use crate::matcher::lower;

/// Lists of words that one pattern wants at most; more of them would tell little.
const MOST: usize = 4;

/// Numbers of lists of words, 0 for one that every sentence meets.
pub(crate) type Wants = [u16; MOST];

/// All lists of words that patterns want.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Makes hashes of words. Where two words have one hash, patterns are tried that need not be.
    state: RandomState,
    /// By the hash of a word, where the numbers of the lists that it meets stand in `met`.
    by_word: HashMap<u64, (u32, u32), RandomState>,
    met: Vec<u16>,
    count: u16,
}

/// Gives lists their numbers; many patterns want the same words.
#[derive(Default)]
pub(crate) struct Numbers<'p> {
    lists: HashMap<Vec<&'p str>, u16, RandomState>,
    state: RandomState,
    /// Hashes of words with the numbers of lists that they meet.
    met: Vec<(u64, u16)>,
    count: u16,
}

/// Which of the lists a sentence meets, a bit for each.
pub(crate) struct Met(Vec<u64>);

impl Met {
    /// Whether all of these are met.
    pub(crate) fn all(&self, wants: Wants) -> bool {
        wants.iter().all(|&number| {
            let bits = self.0.get(usize::from(number / 64)).copied().unwrap_or(u64::MAX);
            bits >> (number % 64) & 1 != 0
        })
    }
}

impl<'p> Numbers<'p> {
    /// What a pattern wants by the slots of its phrase: for each list its length and number.
    pub(crate) fn of_slots(&mut self, phrase: &'p Phrase) -> Vec<(usize, u16)> {
        let mut lists = Vec::new();
        slots(phrase, &mut lists);
        lists.into_iter().map(|list| (list.len(), self.number(list))).collect()
    }

    /// What it wants where `head` is the word at its head, and `own` what it wants by its slots.
    pub(crate) fn of_head(&mut self, head: &'p Word, own: &[(usize, u16)]) -> Wants {
        let mut lists = own.to_vec();
        if let Word::Lemmas(lemmas) = head
            && lemmas.len() > 1
        {
            lists.extend(lemmas.iter().map(|lemma| (1, self.number(vec![lemma.as_str()]))));
        }
        // Short lists are met least.
        lists.sort_unstable();
        lists.dedup();
        let mut wants = [0; MOST];
        for (want, (_, number)) in wants.iter_mut().zip(lists) {
            *want = number;
        }
        wants
    }

    fn number(&mut self, list: Vec<&'p str>) -> u16 {
        if let Some(&number) = self.lists.get(&list) {
            return number;
        }
        // Where there are too many, the rest is not asked for.
        let Some(number) = self.count.checked_add(1) else { return 0 };
        self.count = number;
        for word in &list {
            self.met.push((self.state.hash_one(word), number));
            // Forms are looked for in lower case.
            if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
                self.met.push((self.state.hash_one(word.to_ascii_lowercase()), number));
            }
        }
        self.lists.insert(list, number);
        number
    }

    /// The lists that have got numbers.
    pub(crate) fn made(self) -> Wanted {
        let Self { state, mut met, count, .. } = self;
        met.sort_unstable();
        met.dedup();
        let mut by_word = HashMap::default();
        let mut from = 0;
        for word in met.chunk_by(|a, b| a.0 == b.0) {
            let until = from + word.len() as u32;
            by_word.extend(word.first().map(|&(hash, _)| (hash, (from, until))));
            from = until;
        }
        Wanted { state, by_word, met: met.into_iter().map(|(_, number)| number).collect(), count }
    }
}

impl Wanted {
    /// Which lists a sentence meets, by its forms and lemmas.
    pub(crate) fn met(&self, sentence: &Sentence) -> Met {
        let mut met = vec![0; usize::from(self.count) / 64 + 1];
        met[0] = 1;
        let mut note = |word: &str| {
            let place = self.by_word.get(&self.state.hash_one(word)).copied().unwrap_or_default();
            for &number in &self.met[place.0 as usize..place.1 as usize] {
                met[usize::from(number / 64)] |= 1 << (number % 64);
            }
        };
        for token in &sentence.tokens {
            // Commas and stops are no words.
            if matches!(token.form.as_bytes(), [byte] if byte.is_ascii_punctuation()) {
                continue;
            }
            let lemma = lower(&token.lemma);
            note(&lemma);
            if *lemma != *token.lemma {
                note(&token.lemma);
            }
            // Most words stand as their lemma.
            if !token.form.eq_ignore_ascii_case(&lemma) {
                let plain = !token.form.bytes().any(|byte| byte.is_ascii_uppercase());
                note(&if plain {
                    Cow::from(&*token.form)
                } else {
                    token.form.to_ascii_lowercase().into()
                });
            }
        }
        Met(met)
    }
}

/// The words without one of which a slot that must be filled stays empty.
fn slots<'p>(phrase: &'p Phrase, lists: &mut Vec<Vec<&'p str>>) {
    for slot in phrase.slots.iter().filter(|slot| !slot.optional) {
        match &slot.link {
            Link::Preposition(words) if !goes_without(slot, words) => {
                lists.push(words.iter().map(String::as_str).collect());
            }
            // "Is due to join" does without "will".
            Link::Auxiliary(words) if !words.iter().any(|word| word == "will") => {
                lists.push(words.iter().map(String::as_str).collect());
            }
            _ => {}
        }
        if let Filler::Phrase(inner) = &slot.filler {
            heads(inner, lists);
            slots(inner, lists);
        }
    }
}

/// Whether what stands after a preposition may be found without it: "the Saudi embassy" for one of Saudi Arabia, "gave him" for "to".
fn goes_without(slot: &Slot, words: &[String]) -> bool {
    words.iter().any(|word| match word.as_str() {
        "of" => slot.filler == Filler::Role(SlotRole::Recipient),
        "to" | "for" => slot.filler != Filler::Any,
        _ => false,
    })
}

/// The lemmas by which one of a phrase's words is found.
fn heads<'p>(phrase: &'p Phrase, lists: &mut Vec<Vec<&'p str>>) {
    let mut list: Vec<&str> = Vec::new();
    for word in &phrase.words {
        match word {
            Word::Lemmas(lemmas) => match lemmas.as_slice() {
                [] => {}
                [only] => list.push(only),
                [first, .., last] => list.extend([first.as_str(), last]),
            },
            Word::Group(_) => {}
            Word::Any => return,
        }
    }
    lists.push(list);
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_core::Span;
    use detente_knowledge::Pattern;
    use detente_parse::Parser;

    /// Whether a sentence meets what a pattern wants.
    fn meets(pattern: &str, text: &str) -> bool {
        let phrase = Pattern::parse(pattern).unwrap().phrase;
        let mut numbers = Numbers::default();
        let own = numbers.of_slots(&phrase);
        let wants = numbers.of_head(&phrase.words[0], &own);
        let wanted = numbers.made();
        let sentences = Parser::builtin().parse(text, &[Span::new(0, text.len())]);
        wanted.met(&sentences[0]).all(wants)
    }

    #[test]
    fn a_sentence_without_the_words_is_told_at_once() {
        assert!(meets("A hold talks with B", "Envoys held talks WITH Oslo."));
        assert!(!meets("A hold talks with B", "Envoys held a vote with Oslo."));
        assert!(!meets("A hold talks with B", "Envoys held talks in Oslo."));
        assert!(!meets("A call_for restraint", "Envoys called a vote of restraint."));
    }

    #[test]
    fn what_may_be_found_otherwise_is_not_asked_for() {
        assert!(meets("A attack embassy of B", "Crowds attacked the Saudi embassy."));
        assert!(meets("A give weapons to B", "Oslo gave Kyiv weapons."));
    }
}

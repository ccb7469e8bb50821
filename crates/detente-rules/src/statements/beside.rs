//! Whose a quotation is that no report holds.
//!
//! "Lee was furious. “They have insulted us.”" has no verb that reports it; nor has "The minister said that two men were held. “They had
//! maps.”" one for its second half. In go the quotation and what was found said, out comes the piece with whoever the text lets speak
//! it: who was quoted before, who spoke in the sentence before or was its subject, or whom the sentence behind it names.

use detente_core::Span;
use detente_resolve::{Category, Mention, MentionKind, Resolution};

use crate::yields::Tree;

use super::assign::{Said, of_sentence, sentence_at};
use super::lexicon::{Frames, Lexicon};
use super::quotes::Quotation;
use super::reports::Report;
use super::sources::Source;

/// What a quotation without a report is seen beside.
pub(super) struct Beside<'p> {
    pub(super) text: &'p str,
    pub(super) lexicon: &'p Lexicon,
    pub(super) trees: &'p [Tree<'p>],
    pub(super) resolution: &'p Resolution,
}

/// What ends a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '…'];

/// Most words of a name in quotation marks.
const NAME: usize = 8;

impl Beside<'_> {
    /// The quotation as a piece of speech, with its cue and source as far as the text beside it tells them.
    pub(super) fn owned(
        &self,
        quotation: &Quotation,
        quotations: &[Quotation],
        said: &[Said],
        all: &[Report],
    ) -> Option<Said> {
        let goes_on = |earlier: &Said| Said {
            content: quotation.span,
            audience: None,
            tells: true,
            ..earlier.clone()
        };
        if let Some(earlier) = quotation.carries_on.and_then(|index| quotations.get(index)) {
            let before = said.iter().rev().find(|s| !s.scare && s.content.contains(earlier.span));
            return before.map(goes_on);
        }
        if !self.is_sentence(quotation) {
            return None;
        }
        if let Some(report) = self.said_before(quotation, all) {
            return Some(goes_on(&Said::new(report, quotation.span)));
        }
        if let Some(earlier) = self.quoted_before(quotation, quotations, said) {
            return Some(goes_on(earlier));
        }
        let (sentence, mention) = self
            .named_behind(quotation)
            .or_else(|| self.told_of_before(quotation, all))
            .or_else(|| self.told_of_behind(quotation, all))?;
        let source = Source { head: mention.head, span: mention.span };
        let cue = self.trees.get(sentence).and_then(|tree| {
            let words = self.lexicon.points_back(tree)?;
            tree.span(0..=words.checked_sub(1)?)
        });
        let cue = cue.filter(|cue| cue.start >= quotation.span.end);
        Some(Said { cue, source: Some((sentence, source)), ..Said::of(quotation) })
    }

    /// The sentence that ends right before a quotation, a paragraph before at most.
    fn sentence_before(&self, quotation: &Quotation) -> Option<usize> {
        let here = sentence_at(self.trees, quotation.span.start);
        let before = here.checked_sub(1)?;
        let end = self.trees.get(before)?.sentence.span.end;
        let gap = Span::new(end, quotation.span.start).of(self.text)?;
        let near = gap.trim().is_empty() && gap.matches('\n').count() <= 2;
        near.then_some(before)
    }

    /// The one report of the sentence before in which somebody speaks: "The minister said that two men were held. “They had maps.”"
    fn said_before<'r>(&self, quotation: &Quotation, all: &'r [Report]) -> Option<&'r Report> {
        let before = self.sentence_before(quotation)?;
        let own = &all[of_sentence(all, before)];
        let here = || own.iter();
        let inside = |report: &Report| {
            here().any(|other| other.content.iter().any(|piece| piece.contains(report.cue)))
        };
        let mut speak = here().filter(|report| {
            report.tells
                && report.frames.has(Frames::SPEECH)
                && report.frames.has(Frames::CLAUSE)
                && !report.content.is_empty()
                && report.source.is_some()
                && !inside(report)
        });
        let one = speak.next()?;
        let same = |other: &Report| other.source.map(|s| s.head) == one.source.map(|s| s.head);
        speak.all(same).then_some(one)
    }

    /// The nearest quoted speech before, if no more than one paragraph lies between.
    fn quoted_before<'s>(
        &self,
        quotation: &Quotation,
        quotations: &[Quotation],
        said: &'s [Said],
    ) -> Option<&'s Said> {
        let earlier = said
            .iter()
            .filter(|s| !s.scare && s.source.is_some() && s.content.end <= quotation.span.start)
            .filter(|s| quotations.iter().any(|q| q.depth == 0 && s.content.contains(q.span)))
            .max_by_key(|s| s.content.end)?;
        let between = self.text.get(earlier.content.end..quotation.span.start)?;
        (between.matches('\n').count() <= 2 && between.len() < 400).then_some(earlier)
    }

    /// The sentence that begins right behind a quotation, in its paragraph.
    fn sentence_behind(&self, quotation: &Quotation) -> Option<usize> {
        let behind =
            self.trees.partition_point(|tree| tree.sentence.span.start < quotation.span.end);
        let start = self.trees.get(behind)?.sentence.span.start;
        let gap = Span::new(quotation.span.end, start).of(self.text)?;
        (gap.trim().is_empty() && !gap.contains('\n')).then_some(behind)
    }

    /// The first whom the sentence behind the quotation names, where it points back: "“Enough.” So spoke the minister".
    fn named_behind(&self, quotation: &Quotation) -> Option<(usize, &Mention)> {
        let behind = self.sentence_behind(quotation)?;
        self.lexicon.points_back(self.trees.get(behind)?)?;
        let mut named = self.resolution.mentions_in(behind).iter();
        let first = named.find(|mention| {
            matches!(mention.kind, MentionKind::Name | MentionKind::Nominal)
                && !matches!(mention.category, Category::Thing | Category::Nationality)
        })?;
        Some((behind, first))
    }

    /// Whom the sentence before has for its subject, where nobody else is named or speaks in it: "Lee was furious. “They lied.”"
    fn told_of_before(&self, quotation: &Quotation, all: &[Report]) -> Option<(usize, &Mention)> {
        self.told_of(self.sentence_before(quotation)?, all)
    }

    /// The same of the sentence behind a quotation that opens its paragraph: "“I have four sons.” Ada Eze, 61, lives in a tent."
    fn told_of_behind(&self, quotation: &Quotation, all: &[Report]) -> Option<(usize, &Mention)> {
        let before = self.text.get(..quotation.span.start)?;
        let opens = before.trim_end_matches([' ', '\t', '\u{a0}']).ends_with('\n')
            || before.trim().is_empty();
        self.told_of(self.sentence_behind(quotation).filter(|_| opens)?, all)
    }

    /// The one person whom a sentence tells of: its subject, or who its subject is said to be.
    fn told_of(&self, sentence: usize, all: &[Report]) -> Option<(usize, &Mention)> {
        let tree = self.trees.get(sentence)?;
        let root = (0..tree.len()).find(|&token| tree.head(token).is_none())?;
        let subject = tree.dependent(root, "nsubj")?;
        let person = |token: usize| {
            let mention = self.resolution.mention_at(sentence, token)?;
            let known = !mention.actors.is_empty() && mention.kind != MentionKind::Pronoun;
            (mention.category == Category::Person && known).then_some(mention)
        };
        let mention = person(subject).or_else(|| person(root))?;
        let speaks = |report: &Report| {
            report.frames.has(Frames::SPEECH)
                && report.source.is_some_and(|source| source.head != mention.head)
        };
        let mut persons = self
            .resolution
            .mentions_in(sentence)
            .iter()
            .filter(|m| m.category == Category::Person && m.kind != MentionKind::Pronoun);
        let own =
            |m: &Mention| m.head == subject || m.head == root || mention.span.contains(m.span);
        let alone = persons.all(|m| m.actors.is_empty() || own(m));
        (alone && !all[of_sentence(all, sentence)].iter().any(speaks))
            .then_some((sentence, mention))
    }

    /// Whether a quotation is a sentence of its own rather than a few words in another's.
    pub(super) fn is_sentence(&self, quotation: &Quotation) -> bool {
        let Some(inner) = quotation.inner.of(self.text) else { return false };
        let inner = inner.trim();
        let sentence = sentence_at(self.trees, quotation.span.start);
        let opens = self
            .trees
            .get(sentence)
            .and_then(|tree| tree.sentence.tokens.first())
            .is_some_and(|t| t.span.start >= quotation.span.start);
        // British papers put the full stop behind the mark.
        let behind = self.text.get(quotation.span.end..).is_some_and(|rest| rest.starts_with(ENDS));
        let ends = inner.ends_with(ENDS) || (opens && behind);
        let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
        let words = inner.split_whitespace().count();
        (opens && ends && words > 1) || (capital && ends && words > 3)
    }

    /// Whether a quotation is the name of a work or an undertaking: "the film “Cold Peace”".
    pub(super) fn is_name(&self, quotation: &Quotation) -> bool {
        let Some(inner) = quotation.inner.of(self.text).filter(|_| quotation.turn.is_none()) else {
            return false;
        };
        let words: Vec<&str> = inner.split_whitespace().collect();
        let capital =
            |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let long = |word: &&str| word.chars().count() > 3;
        let titled = words.len() <= NAME
            && words.first().is_some_and(capital)
            && words.iter().filter(|word| long(word)).all(capital)
            && !inner.trim_end().ends_with(['.', ',', '!', '…']);
        let before = || {
            let tree = self.trees.get(sentence_at(self.trees, quotation.span.start))?;
            let tokens = &tree.sentence.tokens;
            let at = tokens.partition_point(|t| t.span.end <= quotation.span.start);
            tokens.get(at.checked_sub(1)?)
        };
        titled && before().is_some_and(|word| self.lexicon.names_work(&word.lemma.to_lowercase()))
    }
}

/// Gives the first paragraphs of a quotation to whom a later one names.
pub(super) fn give_back(quotations: &[Quotation], said: &mut [Said]) {
    // By quotation: the first that carries it on.
    let mut carried: Vec<Option<&Quotation>> = vec![None; quotations.len()];
    for later in quotations.iter().rev() {
        if let Some(slot) = later.carries_on.and_then(|index| carried.get_mut(index)) {
            *slot = Some(later);
        }
    }
    for (quotation, later) in quotations.iter().zip(&carried).rev() {
        let Some(later) = later else { continue };
        let named =
            said.iter().find(|s| s.source.is_some() && s.content.contains(later.span)).cloned();
        let open = said.iter_mut().find(|s| s.content == quotation.span && s.source.is_none());
        if let (Some(named), Some(open)) = (named, open) {
            *open = Said { content: open.content, audience: None, ..named };
        }
    }
}

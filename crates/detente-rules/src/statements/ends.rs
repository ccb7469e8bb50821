//! Where what is said ends, since the speaker goes on to do something else.
//!
//! "Oslo deplored the raids and called on both sides to stop" is one clause for many a parse, but the calling is the speaker's and no part
//! of what he deplores. In goes a [`Report`] with its tree, out it comes cut before such a verb, and the verb, which may report itself.

use std::ops::Range;

use detente_parse::Upos;
use detente_resolve::Resolution;

use crate::yields::Tree;

use super::lexicon::{Frames, Lexicon};
use super::quotes::{Quotation, quoted};
use super::reports::Report;

/// What the end of a content is found by.
pub(super) struct Ends<'p> {
    pub(super) lexicon: &'p Lexicon,
    pub(super) tree: &'p Tree<'p>,
    pub(super) resolution: &'p Resolution,
    /// The outer quotations.
    pub(super) outer: &'p [&'p Quotation],
}

impl Ends<'_> {
    /// Cuts the last piece of a report before a finite verb that has the speaker for its subject; gives that verb.
    pub(super) fn cut(&self, report: &mut Report) -> Option<usize> {
        let tokens = &self.tree.sentence.tokens;
        let spoken = tokens.get(report.anchor)?.span;
        let piece = *report.content.last().filter(|piece| piece.start >= spoken.end)?;
        let words = self.tree.words(piece);
        let verb = (words.start + 2..words.end).find(|&verb| {
            self.is_further(verb, words.start) && self.is_speakers(report, &words, verb)
        })?;
        let end = (words.start..verb).rev().find(|&t| {
            !matches!(self.tree.upos(t), Upos::Cconj | Upos::Adv)
                && self.tree.token(t).is_none_or(|t| t.form != ",")
        })?;
        if let Some(last) = report.content.last_mut() {
            last.end = tokens.get(end)?.span.end;
        }
        Some(verb)
    }

    /// Whether a verb is finite, has no subject of its own, and "and" or "but" brings it on outside of quotation marks.
    fn is_further(&self, verb: usize, from: usize) -> bool {
        let tree = self.tree;
        let Some(span) = tree.token(verb).map(|token| token.span) else { return false };
        let joined = (from + 1..verb)
            .rev()
            .find(|&t| tree.upos(t) != Upos::Adv)
            .is_some_and(|t| matches!(tree.lemma(t), "and" | "but") && tree.upos(t) == Upos::Cconj);
        tree.upos(verb) == Upos::Verb
            && matches!(self.tree.xpos(verb), "VBD" | "VBZ" | "VBP")
            && tree.relation(verb) == "conj"
            && tree.dependent(verb, "nsubj").is_none()
            && joined
            && !quoted(self.outer, span).iter().any(|quotation| quotation.span.contains(span))
    }

    /// Whether the speaker is the subject of a further verb of the content.
    fn is_speakers(&self, report: &Report, words: &Range<usize>, verb: usize) -> bool {
        let tree = self.tree;
        let Some(head) = tree.head(verb) else { return false };
        let alike = self.tree.xpos(report.anchor) == self.tree.xpos(verb);
        if head == report.anchor || !words.contains(&head) {
            return head == report.anchor && alike;
        }
        // A finite verb goes on with no noun.
        if matches!(tree.upos(head), Upos::Noun | Upos::Propn)
            && tree.dependent(head, "cop").is_none()
        {
            return alike && tree.dependent(head, "nsubj").is_none();
        }
        if !alike || !report.tells {
            return false;
        }
        let modal = tree.sentence.dependents(head, "aux").any(|aux| self.tree.xpos(aux) == "MD");
        let but = (words.start..verb).rev().take(3).any(|t| tree.lemma(t) == "but");
        if modal && but {
            return true;
        }
        // "Said it was “deeply troubled” and pressed the king": speaker and subject are one, and pressing reports.
        let speaks = self.lexicon.frames(tree.lemma(verb));
        let again = speaks.has(Frames::SPEECH) || speaks.has(Frames::INFINITIVE);
        again && self.is_speaker(report, head)
    }

    /// Whether the subject of a clause is a pronoun for who reports it.
    fn is_speaker(&self, report: &Report, clause: usize) -> bool {
        let Some(subject) = self.tree.dependent(clause, "nsubj") else { return false };
        let actors = |head: usize| {
            let mention = self.resolution.mention_at(report.sentence, head)?;
            mention.actors.first().map(|actor| (actor.code.clone(), actor.name.clone()))
        };
        let source = report.source.and_then(|source| actors(source.head));
        self.tree.upos(subject) == Upos::Pron && source.is_some() && source == actors(subject)
    }
}

//! What is found to be said and is no word of anybody.
//!
//! In goes a [`Report`] with its tree, out it comes cut to what is said, or without content where nothing is: "were not invited",
//! "claimed ten lives" and the bare "which" of "which it denied" tell nobody's words, "deplores the raids and calls on Oslo" are two
//! statements, and the place and date before a story's first sentence are no part of what its officials say.

use detente_core::Span;
use detente_parse::Upos;

use crate::grammar::is_denied;
use crate::yields::Tree;

use super::contents::is_date;
use super::lexicon::{Frames, Lexicon};
use super::quotes::{Quotation, quoted};
use super::reports::Report;
use super::sources::{source, subject};

/// What the attribution reader must hold a passive without a doer for.
const SURE: f32 = 0.65;

/// What a report is weeded by.
pub(super) struct Weeds<'p> {
    pub(super) lexicon: &'p Lexicon,
    pub(super) tree: &'p Tree<'p>,
    /// The outer quotations.
    pub(super) outer: &'p [&'p Quotation],
}

impl Weeds<'_> {
    /// Cuts a report to what is said in it; its content is empty where nothing is.
    pub(super) fn weed(&self, report: &mut Report) {
        self.begin_behind_dateline(report);
        self.inherit_source(report);
        self.spare_relatives(report);
        self.begin_at_clause(report);
        self.spare_occasions(report);
        report.unsaid = self.is_unsaid(report);
        if self.is_nothing(report) {
            report.content.clear();
        }
        self.trim_cue(report);
    }

    /// "Donors promised help but warned them": who promises warns, too.
    fn inherit_source(&self, report: &mut Report) {
        let tree = self.tree;
        let verb = report.anchor;
        let passive = tree.dependent(verb, "aux:pass").is_some();
        let goes_on = match tree.relation(verb) {
            "conj" => matches!(self.tree.xpos(verb), "VBD" | "VBZ" | "VBP"),
            "advcl" => self.tree.xpos(verb) == "VBG",
            _ => false,
        };
        if report.source.is_none() && report.likely.is_some() && goes_on && !passive {
            report.source = subject(self.lexicon, tree, verb, 0)
                .filter(|subject| !subject.passive && subject.token < verb)
                .and_then(|subject| source(tree, subject.token, verb));
        }
    }

    fn quoted(&self, piece: Span) -> bool {
        !quoted(self.outer, piece).is_empty()
    }

    /// "MANILA, August 3 — Ships met, officials said": the line of place and date is nobody's word.
    fn begin_behind_dateline(&self, report: &mut Report) {
        let begins = self.tree.token(self.tree.sentence.dateline()).map_or(0, |t| t.span.start);
        for piece in report.content.iter_mut().filter(|piece| piece.start < begins) {
            *piece = Span::new(begins.min(piece.end), piece.end);
        }
        report.content.retain(|piece| !piece.is_empty());
    }

    /// "A charge that Oslo denies", "“No,” said Lee, who leads the team": a relative pronoun is no content, nor is a clause about the speaker.
    fn spare_relatives(&self, report: &mut Report) {
        let tokens = &self.tree.sentence.tokens;
        let source = report.source.map(|source| source.head);
        for piece in &mut report.content {
            let words = self.tree.words(*piece);
            let Some(last) = words.clone().next_back() else { continue };
            let named = report.source.is_some_and(|source| {
                source.span.end <= piece.start && piece.start <= source.span.end + ", ".len()
            });
            let about_speaker = matches!(self.tree.xpos(words.start), "WP" | "WDT" | "WP$")
                && source.is_some_and(|head| {
                    named || (self.antecedent(words.start) == Some(head) && head < words.start)
                });
            if about_speaker {
                piece.end = piece.start;
            } else if words.len() > 1 && matches!(self.tree.xpos(last), "WDT" | "WP") {
                piece.end = tokens[last - 1].span.end;
            } else if words.len() == 1
                && (matches!(self.tree.xpos(last), "WDT" | "WP")
                    || (self.tree.xpos(last) == "PRP" && piece.end <= report.cue.start))
            {
                piece.end = piece.start;
            }
        }
        report.content.retain(|piece| !piece.is_empty());
    }

    /// "Assured the kin of those in prison that he would come": whom it is said to ends where the clause begins.
    fn begin_at_clause(&self, report: &mut Report) {
        let tree = self.tree;
        if !report.frames.has(Frames::ADDRESSEE) {
            return;
        }
        let that = tree.sentence.dependents(report.anchor, "ccomp").find_map(|clause| {
            tree.introduced_by(clause, "that").filter(|&that| that > report.anchor)
        });
        let Some(that) = that else { return };
        let Some(start) = tree.token(that).map(|token| token.span.start) else { return };
        for piece in report.content.iter_mut().filter(|p| p.start < start && start < p.end) {
            let lead = self.tree.words(Span::new(piece.start, start));
            let clause =
                lead.into_iter().any(|t| matches!(self.tree.xpos(t), "VBD" | "VBZ" | "MD"));
            if !clause {
                piece.start = start;
            }
        }
    }

    /// The noun that the clause of a relative pronoun hangs on.
    fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        for _ in 0..4 {
            let head = self.tree.head(at)?;
            if self.tree.token(at).is_some_and(|t| t.deprel == "acl:relcl") {
                return Some(head);
            }
            at = head;
        }
        None
    }

    /// "Has not said whether", "neither side would say", "declined to say": the text tells that it was not said.
    fn is_unsaid(&self, report: &Report) -> bool {
        if !report.frames.has(Frames::SPEECH) || self.tree.upos(report.anchor) != Upos::Verb {
            return false;
        }
        let cue = self.tree.words(report.cue);
        let withheld = cue.start < report.anchor
            && cue.clone().any(|t| t < report.anchor && self.lexicon.withholds(self.tree.lemma(t)));
        withheld || self.is_negated(report.anchor)
    }

    /// Whether a verb or its subject is negated.
    fn is_negated(&self, verb: usize) -> bool {
        let none = |token: usize| {
            matches!(
                self.tree.lemma(token).to_lowercase().as_str(),
                "neither" | "no" | "nobody" | "none"
            )
        };
        let subject = self.tree.dependent(verb, "nsubj");
        is_denied(self.tree.sentence, verb)
            || subject.is_some_and(|subject| {
                none(subject) || self.tree.sentence.dependents(subject, "det").any(none)
            })
    }

    /// Whether a report has nothing that anybody says.
    fn is_nothing(&self, report: &Report) -> bool {
        let tree = self.tree;
        let verbal = tree.upos(report.anchor) == Upos::Verb;
        if !verbal || report.content.is_empty() {
            return false;
        }
        let before = report.content.iter().all(|piece| piece.end <= report.cue.start);
        if before
            && self.lexicon.replies(tree.lemma(report.anchor))
            && self.is_negated(report.anchor)
        {
            return true;
        }
        if self.is_charged(report.anchor) {
            return true;
        }
        if report.content.iter().any(|&piece| self.quoted(piece)) {
            return false;
        }
        let begins = |token: usize| {
            let start = tree.token(token).map(|token| token.span.start);
            before || report.content.iter().any(|piece| Some(piece.start) == start)
        };
        self.lexicon.is_nothing(tree, report.anchor, begins)
            || self.is_only_whom(report)
            || self.is_only_name(report)
            || (!report.tells && (self.is_suffered(report) || self.is_purpose(report)))
    }

    /// "Was criticised for insisting that": what somebody is blamed for is what another says of him.
    fn is_charged(&self, verb: usize) -> bool {
        let tree = self.tree;
        let head = tree.head(verb).filter(|&head| head < verb);
        tree.introduced_by(verb, "for").is_some()
            && head.is_some_and(|head| tree.dependent(head, "aux:pass").is_some())
    }

    /// "Congratulated Lee": a bare name behind such a verb is whom it is said to.
    fn is_only_whom(&self, report: &Report) -> bool {
        let [piece] = report.content.as_slice() else { return false };
        let name =
            self.tree.words(*piece).all(|t| matches!(self.tree.upos(t), Upos::Propn | Upos::Pron));
        name && self.lexicon.meets(self.tree.lemma(report.anchor))
    }

    /// "Was called the Cheonan", "a group calling itself Ansar", "known as Boko Haram": what something is named is nobody's word.
    fn is_only_name(&self, report: &Report) -> bool {
        let tree = self.tree;
        let verb = report.anchor;
        let names = self.lexicon.gives_name(tree.lemma(verb));
        let Some(last) = report.content.last().filter(|_| names) else { return false };
        // "The pact, dubbed Aukus, was signed": the name may be taken for who dubbed it.
        let after = report.source.is_some_and(|source| source.head > verb);
        let by = tree.children(verb).iter().any(|&c| tree.introduced_by(c, "by").is_some());
        if after && !by && tree.relation(verb) == "acl" && tree.xpos(verb) == "VBN" {
            return true;
        }
        let mut words = tree.words(*last).skip_while(|&at| {
            matches!(tree.upos(at), Upos::Adp | Upos::Det)
                || (tree.upos(at) == Upos::Pron && tree.lemma(at).ends_with("self"))
                || tree.token(at).is_some_and(|t| t.form.ends_with("selves"))
        });
        let mut some = false;
        let all = words.all(|at| {
            some = true;
            matches!(tree.upos(at), Upos::Propn | Upos::Num | Upos::Det)
        });
        // "Is widely known as a dove": whoever calls it so is nobody.
        let as_known = !by
            && report.source.is_none()
            && tree.token(tree.words(*last).start).is_some_and(|t| t.lemma == "as");
        (some && all) || as_known
    }

    /// "Were not invited", "was criticised for": what is done to somebody is no word of his, nor of anybody else who is not named.
    fn is_suffered(&self, report: &Report) -> bool {
        let tree = self.tree;
        let verb = report.anchor;
        let participle = self.tree.xpos(verb) == "VBN"
            && matches!(tree.relation(verb), "acl" | "amod" | "advcl")
            && tree.children(verb).iter().all(|&c| !matches!(tree.relation(c), "aux" | "obj"));
        let passive = tree.dependent(verb, "aux:pass").is_some() || participle;
        let attitude = tree
            .token(verb)
            .is_some_and(|t| self.lexicon.frames(&t.form.to_lowercase()).has(Frames::ADJECTIVE));
        let known = self.lexicon.find(tree, verb).map(|found| found.frames).unwrap_or_default();
        let agent = tree.children(verb).iter().any(|&c| tree.introduced_by(c, "by").is_some());
        let speech = known.has(Frames::SPEECH) || known.has(Frames::OBJECT);
        // A verb that may report does so without a doer where the reader is sure, or where a complement tells what: "is expected to sign".
        let whole = [Frames::ADDRESSEE, Frames::RAISING].iter().any(|&frame| known.has(frame));
        let faint = report.likely.is_some_and(|likely| likely < SURE);
        let doubtful = faint && !participle && !whole && report.content.len() == 1;
        let silent = !(speech || known.has(Frames::CLAUSE)) || self.is_negated(verb) || doubtful;
        passive
            && !agent
            && !attitude
            && report.likely.is_some()
            && if report.source.is_none() { silent } else { speech }
    }

    /// "Met to talk about the border": who does so for a purpose has not yet said it.
    fn is_purpose(&self, report: &Report) -> bool {
        self.tree.introduced_by(report.anchor, "to").is_some() && report.source.is_none()
    }

    /// "Concluded in its final report", "was told by Oslo that": what a preposition of the cue's own brings on, or to whom it was said, is no piece
    /// beside another.
    fn spare_occasions(&self, report: &mut Report) {
        let tree = self.tree;
        if report.content.len() < 2 {
            return;
        }
        let cue = self.tree.words(report.cue);
        let Some(last) = cue.clone().next_back() else { return };
        let governs = |found: super::lexicon::Found| found.particle == Some(last);
        let listed = self.lexicon.find(tree, report.anchor).is_some_and(governs);
        let strange = tree.upos(last) == Upos::Adp && last > report.anchor && !listed;
        let told = tree.dependent(report.anchor, "aux:pass").is_some()
            && self.lexicon.meets(tree.lemma(report.anchor));
        let occasion = |piece: &Span| {
            let words = self.tree.words(*piece);
            (strange && words.start == last + 1 && !self.quoted(*piece))
                || (told && words.end <= cue.start)
        };
        report.content.retain(|piece| !occasion(piece));
    }

    /// "Said on the tarmac", "expressed the hope", "promised late on Tuesday": an article, a day and a preposition of something else are no part of
    /// the cue.
    fn trim_cue(&self, report: &mut Report) {
        let tree = self.tree;
        let cue = self.tree.words(report.cue);
        let anchor = report.anchor;
        if !cue.contains(&anchor) {
            return;
        }
        let mut end = cue.end;
        let day = tree.children(anchor).iter().copied().find(|&child| {
            child > anchor
                && child + 1 == end
                && tree.token(child).is_some_and(|t| is_date(&t.form))
        });
        if let Some(day) = day.filter(|&day| tree.first(day) > anchor) {
            end = tree.first(day);
            while end > anchor + 1 && tree.upos(end - 1) == Upos::Adv {
                end -= 1;
            }
        }
        let governs = |end: usize| {
            let next = tree.token(end).map(|t| t.span.start);
            report.content.iter().any(|piece| Some(piece.start) == next)
        };
        while end > anchor + 1
            && (tree.upos(end - 1) == Upos::Det
                || (tree.upos(end - 1) == Upos::Adp
                    && tree.relation(end - 1) == "case"
                    && !governs(end)))
        {
            end -= 1;
        }
        if let (true, Some(span)) = (end < cue.end, tree.span(cue.start..=end.max(anchor + 1) - 1))
        {
            report.cue = span;
        }
    }
}

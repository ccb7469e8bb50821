//! Pronouns in what one side does to another.
//!
//! In goes a pronoun, out comes whom it stands for where the verbs tell two sides apart: in "Paris condemned Mali after it expelled
//! the envoy", Mali, for what is condemned was done by whoever is condemned; in "Cairo said that rebels had shelled its post", Cairo.

use detente_core::Actor;

use crate::antecedents::agrees;
use crate::bound::Asked;
use crate::lexicon::Lexicon;
use crate::pronouns::{Form, controller, is_pleonastic};
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::{Position, View};

/// Whom a pronoun stands for.
type Known = (Category, Vec<Actor>);

/// To whom a sentence tells that something was done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    /// Its referent.
    referent: usize,
    /// Something was asked of it, or laid to its charge.
    asked: bool,
    /// It was struck or punished.
    struck: bool,
}

impl Reader<'_> {
    /// To whom the main clause of this sentence tells that something was done that calls for an answer or a reason.
    pub(crate) fn target_of(&self, view: &View<'_>, quoted: &[bool]) -> Option<Target> {
        let root = (0..view.len()).find(|&token| view.relation(token) == "root")?;
        let verbs = view.conjuncts(root).into_iter().rev();
        verbs.filter(|&verb| !quoted.get(verb).copied().unwrap_or(false)).find_map(|verb| {
            let lemma = view.lemma(verb);
            let asked = self.calls_for_answer(view, verb);
            let struck = self.lexicon.strikes.has(lemma) || self.lexicon.punish.has(lemma);
            if !asked && !struck {
                return None;
            }
            let referent = done_to(view, verb).find_map(|token| {
                self.discourse
                    .everything(view.index, 0)
                    .filter_map(|index| self.discourse.trace(index))
                    .find(|trace| trace.token == token && !trace.implied)
                    .map(|trace| trace.referent)
            })?;
            Some(Target { referent, asked, struck })
        })
    }

    /// Whether the verb asks something of somebody or lays it to his charge.
    pub(crate) fn calls_for_answer(&self, view: &View<'_>, verb: usize) -> bool {
        let lemma = view.lemma(verb);
        let told = self.lexicon.orders.has(lemma) && view.child(verb, "xcomp").is_some();
        told || self.is_asking(view, verb)
            || self.is_accusing(view, verb)
            || self.lexicon.asks.has(lemma)
    }

    /// "Ankara accused Athens of spying. It denied the charge", "Police beat students. They had blocked a road": the answer is for whoever
    /// was asked or accused, and what was done before a blow is its reason.
    pub(crate) fn takes_up(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, .. } = *asked;
        let target = self.target.filter(|_| self.opens_sentence(asked, draft.head))?;
        let verb = view.governor(draft.head)?;
        let lemma = view.lemma(verb);
        let answers =
            target.asked && (self.lexicon.comply.has(lemma) || self.lexicon.replies.has(lemma));
        let auxiliaries = || view.children(verb).iter().filter(|&&c| view.relation(c) == "aux");
        let before = auxiliaries().any(|&aux| view.form(aux) == "had");
        let reason = target.struck && before && !self.lexicon.finds.has(lemma);
        if !(answers || reason) || view.position(draft.head) != Position::Subject {
            return None;
        }
        let referent = self.discourse.referent(target.referent)?;
        let fits = agrees(referent, draft, form) && !referent.actors.is_empty();
        if fits { Some((referent.category?, referent.actors.clone())) } else { None }
    }

    /// Whom of two sides the pronoun stands for; `None` where the verbs do not tell.
    pub(crate) fn between(&self, asked: &Asked<'_>) -> Option<Known> {
        self.set_beside(asked)
            .or_else(|| self.punished_for(asked))
            .or_else(|| self.wronged(asked))
            .or_else(|| self.despoiled(asked))
    }

    /// "praised Lee and his soldiers": whose is the second of a list that begins with him.
    fn set_beside(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let noun = view.owned(draft.head)?;
        let first = view.head(noun).filter(|_| view.relation(noun) == "conj")?;
        if view.is_nominal(first) { self.standing(asked, first) } else { None }
    }

    /// "fined Poland after it ignored the ruling", "threatened to cut gas to Chad if it did not pay": what one is punished or
    /// threatened for is one's own doing.
    fn punished_for(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let owned = view.owned(draft.head);
        let subject = owned.unwrap_or(draft.head);
        let own = view.governor(subject).filter(|&own| {
            view.relation(own) == "advcl" && view.position(subject) == Position::Subject
        })?;
        let empty = draft.head == subject
            && (is_pleonastic(view, own) || self.is_of_thing(view, own) || self.occurs(view, own));
        if empty || self.lexicon.finds.has(view.lemma(own)) {
            return None;
        }
        let mark = view
            .children(own)
            .iter()
            .copied()
            .find(|&c| c < subject && matches!(view.relation(c), "mark" | "advmod" | "case"))?;
        let condition = matches!(view.lemma(mark), "if" | "unless");
        if !condition && !matches!(view.lemma(mark), "after" | "because" | "until" | "for") {
            return None;
        }
        // "threatened to cut gas to Chad": the clause may hang on either verb.
        let above = view.head(own)?;
        let mut verbs = vec![above];
        verbs.extend(view.child(above, "xcomp"));
        verbs.extend(view.head(above).filter(|_| view.relation(above) == "xcomp"));
        let judges = verbs.iter().any(|&verb| {
            let lemma = view.lemma(verb);
            self.lexicon.punish.has(lemma) || (condition && self.lexicon.threatens.has(lemma))
        });
        if !judges {
            return None;
        }
        verbs.into_iter().find_map(|verb| self.done_to(asked, verb))
    }

    /// To whom the verb is done, if the pronoun may stand for him: its object, or who stands behind "on", "to" or "against".
    fn done_to(&self, asked: &Asked<'_>, verb: usize) -> Option<Known> {
        done_to(asked.view, verb).find_map(|token| self.standing(asked, token))
    }

    /// "Cairo said that rebels had shelled its post", "urged Chad to free its pilots": of whoever complains is what others harm or hold.
    fn wronged(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, .. } = *asked;
        let noun = view.owned(draft.head)?;
        let held = self.lexicon.harmed.has(view.lemma(noun))
            && !view.children(noun).iter().any(|&c| view.lemma(c) == "own");
        if !matches!(form, Form::It | Form::They) || !held {
            return None;
        }
        let verb = view.clause_of(noun)?;
        let handled = matches!(view.relation(noun), "obj")
            || matches!(view.position(noun), Position::Oblique("in" | "on" | "at"));
        let harm = self.lexicon.wrongs.has(view.lemma(verb));
        if !handled || !(harm || self.lexicon.returns.has(view.lemma(verb))) {
            return None;
        }
        let doer = view.child(verb, "nsubj");
        // "said that it had sunk its ship": another's.
        if doer.is_some_and(|doer| matches!(view.lemma(doer), "it" | "they" | "he" | "she")) {
            return None;
        }
        let mut at = verb;
        for _ in 0..4 {
            let above = view.head(at)?;
            match view.relation(at) {
                "ccomp" | "xcomp" | "advcl" => {}
                "conj" if view.child(at, "nsubj").is_none() => {}
                _ => return None,
            }
            let complains =
                self.is_speech(view, above) || self.lexicon.judge.has(view.lemma(above));
            let other = doer.is_some() || controller(view, at).is_some();
            if complains && other {
                return self.standing(asked, view.subject_of(above)?);
            }
            at = above;
        }
        None
    }

    /// "killed the rebels and burned their camps": what is burned is theirs who are killed.
    fn despoiled(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let noun = view.owned(draft.head)?;
        let verb = view.head(noun).filter(|_| view.relation(noun) == "obj")?;
        let first = view.first_conjunct(verb);
        let fits = first < verb
            && self.lexicon.despoil.has(view.lemma(verb))
            && self.lexicon.strikes.has(view.lemma(first))
            && view.child(verb, "nsubj").is_none();
        if fits { self.standing(asked, view.child(first, "obj")?) } else { None }
    }
}

/// The words for those to whom the verb may be done, nearest first.
fn done_to(view: &View<'_>, verb: usize) -> impl Iterator<Item = usize> + use<> {
    let towards = |token: usize| {
        let behind = |&&c: &&usize| {
            matches!(view.relation(c), "obl" | "nmod")
                && matches!(view.preposition(c), Some("on" | "to" | "against" | "from" | "with"))
        };
        view.children(token).iter().find(behind).copied()
    };
    let object = view.child(verb, "obj");
    [view.child(verb, "iobj"), object, towards(verb), object.and_then(towards)]
        .into_iter()
        .flatten()
}

/// "warned Chad that it would face a boycott": what whoever is warned is to bear.
pub(crate) fn is_borne(lexicon: &Lexicon, view: &View<'_>, verb: usize, warned: bool) -> bool {
    let future = view.children(verb).iter().any(|&c| {
        view.relation(c) == "aux"
            && matches!(view.lemma(c), "will" | "would" | "could" | "may" | "might")
    });
    let mut children = view.children(verb).iter();
    let passive = warned && children.any(|&c| view.relation(c) == "aux" && view.lemma(c) == "be");
    future
        && (passive
            || lexicon.bears.has(view.lemma(verb))
            || (warned && lexicon.rues.has(view.lemma(verb))))
}

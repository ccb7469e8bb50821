//! Pronouns in what one side does to another.
//!
//! In goes a pronoun, out comes whom it stands for where the verbs tell two sides apart: in "Paris condemned Mali after it expelled
//! the envoy", Mali, for what is condemned was done by whoever is condemned; in "Cairo said that rebels had shelled its post", Cairo.

use detente_core::Actor;
use detente_parse::Upos;

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
    /// It was held or let go.
    held: bool,
}

impl Reader<'_> {
    /// To whom the main clause of this sentence tells that something was done that calls for an answer or a reason, or who was held or let
    /// go.
    pub(crate) fn target_of(&self, view: &View<'_>, quoted: &[bool]) -> Option<Target> {
        let root = (0..view.len()).find(|&token| view.relation(token) == "root")?;
        let verbs = view.conjuncts(root).into_iter().rev();
        let verbs: Vec<usize> =
            verbs.filter(|&verb| !quoted.get(verb).copied().unwrap_or(false)).collect();
        let answers = verbs.iter().find_map(|&verb| {
            let lemma = view.lemma(verb);
            let asked = self.calls_for_answer(view, verb);
            let struck = self.lexicon.strikes.has(lemma) || self.lexicon.punish.has(lemma);
            let referent = self.referent_of(view, done_to(view, verb)).filter(|_| asked || struck);
            Some(Target { referent: referent?, asked, struck, held: false })
        });
        let held = || {
            verbs.iter().find_map(|&verb| {
                let lemma = view.lemma(verb);
                let own = view.child(verb, "nsubj");
                let own = own.filter(|&token| view.position(token) == Position::PassiveSubject);
                let object = own.or_else(|| view.child(verb, "obj"));
                let held = self.lexicon.holds.has(lemma) || self.lexicon.frees.has(lemma);
                let referent = self.referent_of(view, object.into_iter()).filter(|_| held)?;
                Some(Target { referent, asked: false, struck: false, held })
            })
        };
        answers.or_else(held)
    }

    /// The first of these words of the sentence that stands for somebody.
    fn referent_of(
        &self,
        view: &View<'_>,
        mut tokens: impl Iterator<Item = usize>,
    ) -> Option<usize> {
        tokens.find_map(|token| {
            self.discourse
                .everything(view.index, 0)
                .filter_map(|index| self.discourse.trace(index))
                .find(|trace| trace.token == token && !trace.implied)
                .map(|trace| trace.referent)
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
        if let Some(known) = self.undergoes_too(asked) {
            return Some(known);
        }
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

    /// "Police held 77 people. Eleven of them were jailed", "Three nurses were freed. They had been seized in April": those to whom it was
    /// done, and not those who did it.
    fn undergoes_too(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, .. } = *asked;
        let target =
            self.target.filter(|target| form == Form::They && (target.struck || target.held))?;
        let count = Some(draft.head)
            .filter(|&token| view.position(token) == Position::Nominal("of"))
            .and_then(|token| view.governor(token))
            .filter(|&count| {
                view.upos(count) == Upos::Num
                    || matches!(view.lemma(count), "some" | "most" | "many" | "several" | "dozen")
            });
        let whole = || self.opens_sentence(asked, draft.head).then_some(draft.head);
        let subject = count.or_else(whole)?;
        let verb = view.governor(subject)?;
        let lemma = view.lemma(verb);
        let same = self.lexicon.holds.has(lemma)
            || self.lexicon.frees.has(lemma)
            || self.lexicon.strikes.has(lemma)
            || self.lexicon.punish.has(lemma);
        let placed = count.is_some() && lemma == "place";
        if view.position(subject) != Position::PassiveSubject || !(same || placed) {
            return None;
        }
        let referent = self.discourse.referent(target.referent)?;
        let several = referent.plural || referent.category == Some(Category::People);
        let fits = several && agrees(referent, draft, form) && !referent.actors.is_empty();
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

//! Who is no part of a pair: "Oman urged both sides", "Berlin and Paris told both men", "a truce that both turned down".
//!
//! In goes a token that speaks of two parties, out come those whom its sentence sets over against them.

use detente_core::{Actor, Sector};

use super::codes_of;
use crate::holders::is_private;
use crate::reader::Reader;
use crate::view::{Position, View};

impl Reader<'_> {
    /// Codes of the one whom the clause has as its subject, where the pair is no part of it, or who speaks of it in quotation marks.
    pub(super) fn third_party(
        &self,
        view: &View<'_>,
        token: usize,
        quoted: &[bool],
    ) -> Vec<String> {
        let turned_to = is_turned_to(view, token);
        let mut verb = view.governor(token).filter(|_| turned_to);
        // "Proposed talks between the two sides", "urged restraint on both sides", but not "friendship between the two countries".
        if let Position::Nominal("between" | "on" | "by") = view.position(token) {
            let bond = view.governor(token).is_some_and(|n| self.lexicon.bond.has(view.lemma(n)));
            verb = view.clause_of(token).filter(|_| !bond);
        }
        let mut third = verb.map(|verb| self.subject_codes(view, verb)).unwrap_or_default();
        // "France and Spain, both sides agree": a list may speak of itself, unless it turns to the pair.
        let done_to = matches!(
            view.position(token),
            Position::Object | Position::Indirect | Position::Oblique("to" | "on")
        );
        if third.len() > 1 && !done_to {
            third.clear();
        }
        // "Clinton said the vote was fair and urged both sides to talk", where the tree has the vote urge them.
        let urges = verb.is_some_and(|verb| self.lexicon.addressee.has(view.lemma(verb)));
        if third.is_empty() && done_to && urges {
            third.extend(self.teller(view, token));
        }
        if let Some(speakers) = self.speakers(view, token, quoted) {
            let asks =
                turned_to.then(|| codes_of(speakers.iter())).filter(|codes| codes.len() == 1);
            third.extend(asks.unwrap_or_default());
        }
        third
    }

    /// The codes of the subject of a verb and of its list.
    pub(crate) fn subject_codes(&self, view: &View<'_>, verb: usize) -> Vec<String> {
        let Some(subject) = view.subject_of(verb) else { return Vec::new() };
        let mut acts = self.listed_at(view, subject);
        // "A bishop of Chiapas asked both sides": his state may be one of them.
        acts.retain(|actor| !actor.sector.is_some_and(|s| is_private(s) || s == Sector::Cvl));
        codes_of(acts.iter())
    }

    /// The actors of the mention at the token and of those in a list with it.
    fn listed_at(&self, view: &View<'_>, token: usize) -> Vec<Actor> {
        let members = view.conjuncts(token).into_iter();
        let mentions = members.filter_map(|head| self.mentions.get(self.mention_here(head)?));
        mentions.flat_map(|mention| mention.actors.iter().cloned()).collect()
    }

    /// Who acts or speaks in the clauses around the one that the token stands in, the nearest first.
    pub(crate) fn told_by(&self, view: &View<'_>, token: usize) -> Vec<Vec<Actor>> {
        let mut told = Vec::new();
        let mut verb = view.clause_of(token);
        for _ in 0..view.len() {
            let Some(at) = verb else { break };
            let subject = view.subject_of(at).filter(|&s| s != token && !view.is_below(token, s));
            told.extend(subject.map(|s| self.listed_at(view, s)).filter(|who| !who.is_empty()));
            verb = view.clause_of(at);
        }
        told
    }

    /// Whom the clause has as its subject, where a pair is what is done to: "the envoy thanked both"; and of whom a clause about the pair is
    /// told: "Fox, whom both men have called".
    pub(super) fn turned_from(&self, view: &View<'_>, token: usize) -> Vec<Actor> {
        let subject = view
            .governor(token)
            .filter(|_| is_turned_to(view, token))
            .and_then(|verb| view.subject_of(verb));
        let mut apart = subject.map(|s| self.listed_at(view, s)).unwrap_or_default();
        if apart.len() > 1 && !matches!(view.position(token), Position::Object | Position::Indirect)
        {
            apart.clear();
        }
        // "asked the minister whether the two men had met"
        let asked = view.clause_of(token).filter(|&own| {
            view.child(own, "mark").is_some_and(|m| matches!(view.lemma(m), "if" | "whether"))
        });
        let asked = asked.and_then(|own| view.head(own)).filter(|&verb| view.lemma(verb) == "ask");
        let asked = asked.and_then(|verb| view.whom(verb));
        apart.extend(asked.map(|whom| self.listed_at(view, whom)).unwrap_or_default());
        let clause = view.clause_of(token).filter(|&verb| view.deprel(verb) == "acl:relcl");
        if let Some(told) = clause.and_then(|verb| view.head(verb)) {
            apart.extend(self.listed_at(view, told));
        }
        apart
    }
}

/// Whether the token is whom a verb turns to, or what it does something with.
fn is_turned_to(view: &View<'_>, token: usize) -> bool {
    matches!(
        view.position(token),
        Position::Object | Position::Indirect | Position::Oblique("to" | "on" | "with" | "between")
    )
}

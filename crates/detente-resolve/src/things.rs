//! Things that stand for their author: a communique, a statement, a visit.
//!
//! In goes a noun for such a thing, out comes its author, where the text tells: "China denounced the communique" is about the `G7`, if the
//! `G7` issued it a sentence before. An author is named by a modifier ("the G7 communique"), a possessor, "by" or "from", or as the
//! subject of the verb that gives the thing to the world.

use detente_core::Actor;
use detente_parse::Upos;

use crate::draft::Draft;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::View;

/// Sentences that "the statement" looks back over.
const REACH: usize = 8;

impl Reader<'_> {
    /// Gives a thing the author that its own words or an earlier mention name.
    pub(crate) fn resolve_author(&self, view: &View<'_>, mut draft: Draft) -> Draft {
        let mut authors = self.author_here(view, draft.head);
        if authors.is_empty() && refers_back(view, draft.head) {
            authors = self.author_before(view, &draft);
        }
        draft.actors = with_via(&authors, "author");
        draft
    }

    /// Things of this sentence whose author came to be known only after them: "a statement released by both sides".
    pub(crate) fn author_things(&mut self, view: &View<'_>) {
        for index in self.first..self.mentions.len() {
            let Some(mention) = self.mentions.get(index) else { continue };
            if mention.category != Category::Thing || !mention.actors.is_empty() {
                continue;
            }
            let (head, span) = (mention.head, mention.span);
            let authors = self.author_here(view, head);
            if authors.is_empty() {
                continue;
            }
            let text = span.of(view.text).unwrap_or_default();
            let actors = with_via(&authors, "author").into_iter().map(|actor| Actor {
                span: Some(span),
                text: Some(text.to_owned()),
                ..actor
            });
            if let Some(mention) = self.mentions.get_mut(index) {
                mention.actors = actors.collect();
            }
            let referent =
                self.discourse.add_thing(&authors, view.lemma(head), view.is_plural(head));
            self.discourse.note(view, head, referent, 1.0, false);
            if let Some(slot) = self.referents.get_mut(index) {
                *slot = Some(referent);
            }
        }
        // A thing that nobody is known to have written is no actor.
        for index in (self.first..self.mentions.len()).rev() {
            let thing = self.mentions.get(index).is_some_and(|mention| {
                mention.category == Category::Thing && mention.actors.is_empty()
            });
            if thing {
                self.mentions.remove(index);
                self.referents.remove(index);
            }
        }
    }

    /// The author that this sentence names.
    fn author_here(&self, view: &View<'_>, head: usize) -> Vec<Actor> {
        let actors_at = |token: usize| -> Vec<Actor> {
            self.mention_here(token)
                .and_then(|mention| self.mentions.get(mention))
                .filter(|mention| mention.category != Category::Thing)
                .map(|mention| mention.actors.clone())
                .unwrap_or_default()
        };
        // "China's statement", "a statement by the ministry", "a statement released by both sides".
        for &child in view.children(head) {
            let names_author = match view.relation(child) {
                "nmod" => {
                    view.deprel(child) == "nmod:poss"
                        || matches!(view.preposition(child), Some("by" | "from"))
                        || (view.preposition(child) == Some("of") && is_visit(view, head))
                }
                _ => false,
            };
            if names_author {
                let actors = self.list_at(view, child);
                if !actors.is_empty() {
                    return actors;
                }
            }
            if view.relation(child) == "acl"
                && self.lexicon.issue.has(view.lemma(child))
                && let Some(agent) = agent_of(view, child)
            {
                return self.list_at(view, agent);
            }
            // "a statement that the ministry issued".
            if view.deprel(child) == "acl:relcl"
                && self.lexicon.issue.has(view.lemma(child))
                && let Some(subject) = view.child(child, "nsubj")
                && view.upos(subject) != Upos::Pron
                && view.deprel(subject) == "nsubj"
            {
                return self.list_at(view, subject);
            }
        }
        // "issued a communique", "the communique was issued by".
        if let Some(verb) = view.governor(head)
            && self.lexicon.issue.has(view.lemma(verb))
        {
            if view.relation(head) == "obj"
                && let Some(subject) = view.subject_of(verb)
                && view.deprel(subject) == "nsubj"
            {
                return self.list_at(view, subject);
            }
            if view.deprel(head) == "nsubj:pass"
                && let Some(agent) = agent_of(view, verb)
            {
                return self.list_at(view, agent);
            }
        }
        // "In a statement, the ministry said": who speaks in it wrote it.
        // So did who ends a summit "with a communique".
        let indefinite =
            view.child(head, "det").is_some_and(|det| matches!(view.lemma(det), "a" | "an"));
        if view.relation(head) == "obl"
            && matches!(view.preposition(head), Some("in" | "with"))
            && !is_visit(view, head)
            && let Some(verb) = view.governor(head)
            && (self.is_speech(view, verb)
                || (indefinite && view.child(verb, "aux:pass").is_none()))
            && let Some(subject) = view.subject_of(verb)
            && view.deprel(subject) == "nsubj"
        {
            return self.list_at(view, subject);
        }
        // "the G7 communique", "a foreign ministry statement".
        for &child in view.children(head).iter().filter(|&&c| c < head) {
            if matches!(view.relation(child), "compound" | "amod" | "nmod") {
                let below = view.edges(child);
                for token in below.0..=below.1 {
                    let actors = actors_at(token);
                    if !actors.is_empty() {
                        return actors;
                    }
                }
            }
        }
        Vec::new()
    }

    /// The actors of a list. Of "he and other leaders of the group" it is the group, which holds him, that acts.
    fn list_at(&self, view: &View<'_>, head: usize) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for member in view.conjuncts(head) {
            let Some(mention) = self.mention_here(member).and_then(|m| self.mentions.get(m)) else {
                continue;
            };
            if mention.category == Category::Thing {
                continue;
            }
            let includes = member != head
                && !mention.actors.is_empty()
                && view.children(member).iter().any(|&c| view.lemma(c) == "other");
            if includes {
                actors.clone_from(&mention.actors);
            } else {
                actors.extend(mention.actors.iter().cloned());
            }
        }
        actors
    }

    /// The author of the last thing that was called so, or, for a general word, of the last thing at all.
    fn author_before(&self, view: &View<'_>, draft: &Draft) -> Vec<Actor> {
        let lemma = view.lemma(draft.head);
        let things = self.discourse.candidates(view.index, draft.head, REACH, |referent, _| {
            referent.category == Some(Category::Thing)
        });
        let by_noun = things
            .iter()
            .filter_map(|c| self.discourse.referent(c.referent))
            .find(|r| r.noun == lemma);
        let general =
            matches!(lemma, "document" | "text" | "statement" | "declaration" | "announcement");
        let last = things
            .iter()
            .filter(|_| general)
            .filter_map(|c| self.discourse.referent(c.referent))
            .find(|r| !matches!(r.noun.as_str(), "visit" | "trip" | "tour"));
        // "Ministers met in Cairo. The final statement": those who met.
        let closing = view
            .children(draft.head)
            .iter()
            .any(|&c| matches!(view.lemma(c), "final" | "closing" | "concluding" | "joint"));
        let met = self.lead.filter(|_| closing).and_then(|lead| self.discourse.referent(lead));
        by_noun.or(last).or(met).map(|referent| referent.actors.clone()).unwrap_or_default()
    }
}

/// "by" of a passive or participle.
fn agent_of(view: &View<'_>, verb: usize) -> Option<usize> {
    view.children(verb).iter().copied().find(|&c| {
        view.relation(c) == "obl"
            && (view.deprel(c) == "obl:agent" || view.preposition(c) == Some("by"))
    })
}

fn is_visit(view: &View<'_>, head: usize) -> bool {
    matches!(view.lemma(head), "visit" | "trip" | "tour")
}

/// "the statement", "this report": it was spoken of before.
fn refers_back(view: &View<'_>, head: usize) -> bool {
    view.children(head).iter().any(|&c| {
        view.relation(c) == "det"
            && matches!(view.lemma(c), "the" | "this" | "that" | "these" | "those")
    })
}

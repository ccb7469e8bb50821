//! Whose soldiers, mutineers and killers those are of whom it is not said.
//!
//! In goes a noun for people that names no state, out comes the party that the story has told of: the soldiers in a story of one army
//! are that army's, the mutineers those who rose in it, the killers the band that it is about, and nurses who walk out are labour.

use detente_core::{Actor, Sector};
use detente_knowledge::{EntityKind, SectorWord, SectorWordKind};

use crate::draft::Draft;
use crate::holders::NOUN_REACH;
use crate::phrases::Phrase;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::Category;
use crate::view::{Position, View};

impl Reader<'_> {
    /// "Soldiers guarded the bank", "a general said": of the state that the story is about, where it has told of no other army;
    /// `ground` is the state where the clause puts what they do.
    pub(crate) fn soldiers_told(
        &self,
        view: &View<'_>,
        draft: &Draft,
        ground: Option<&str>,
    ) -> Option<String> {
        let [Actor { sector: Some(Sector::Mil), code: None, .. }] = draft.actors.as_slice() else {
            return None;
        };
        if draft.category == Category::Organisation
            || !matches!(view.position(draft.head), Position::Subject | Position::PassiveSubject)
        {
            return None;
        }
        let code = self.owner_told(view, draft.head, Some(Sector::Mil))?;
        let begin = self.discourse.begins();
        let told = self.mentions.iter().skip_while(|mention| mention.sentence < begin);
        let others = told
            .flat_map(|mention| &mention.actors)
            .any(|actor| actor.sector == Some(Sector::Mil) && actor.code.as_ref() != Some(&code));
        // "Soldiers fired on a crowd in Yangon" are of no other state than that.
        (!others && ground.is_none_or(|ground| ground == code)).then_some(code)
    }

    /// "The mutineers", "the killers": the soldiers with whom the story begins, the one band that the last sentences speak of.
    pub(crate) fn culprits(&self, view: &View<'_>, draft: &Draft) -> Option<Vec<Actor>> {
        let noun = view.lemma(draft.head);
        if !draft.plural {
            return None;
        }
        if self.lexicon.mutineer.has(noun) {
            let begin = self.discourse.begins();
            let risen = self.mentions.iter().find(|mention| {
                (begin..view.index).contains(&mention.sentence)
                    && matches!(mention.category, Category::People | Category::Organisation)
                    && matches!(mention.actors.as_slice(), [one] if one.sector == Some(Sector::Mil)
                        && one.code.as_deref().is_some_and(|code| self.is_state(code)))
            })?;
            let plain = risen.actors.iter().map(|actor| Actor { name: None, ..actor.clone() });
            return Some(with_via(&plain.collect::<Vec<_>>(), "title"));
        }
        if self.lexicon.culprit.has(noun) {
            let group = self.armed_group(view, draft.head, NOUN_REACH)?;
            return Some(with_via(&[group], "title"));
        }
        None
    }

    /// "The rebels belong to the National Front": the band that the clause says they are of.
    pub(crate) fn band_joined(&self, view: &View<'_>, token: usize) -> Option<Actor> {
        let verb = view.governor(token).filter(|&verb| view.lemma(verb) == "belong")?;
        let band = view.children(verb).iter().copied().find(|&c| {
            c > verb && view.relation(c) == "obl" && view.preposition(c) == Some("to")
        })?;
        let mention = self.mentions.get(self.mention_here(band)?)?;
        let [one] = mention.actors.as_slice() else { return None };
        let entity = self.actors.entity(one.code.as_deref()?)?;
        (entity.kind == EntityKind::ArmedGroup).then(|| one.clone())
    }

    /// "Nurses walked out": who strikes is labour, whatever the trade.
    pub(crate) fn strikes(&self, view: &View<'_>, phrase: &Phrase<'_>, word: &SectorWord) -> bool {
        let head = phrase.head;
        if word.kind != SectorWordKind::People
            || !view.is_plural(head)
            || !self.lexicon.employee.has(view.lemma(head))
        {
            return false;
        }
        let verb = match view.position(head) {
            Position::Subject => view.governor(head),
            _ => None,
        };
        let clause = view.children(head).iter().copied().find(|&c| view.deprel(c) == "acl:relcl");
        [verb, clause].into_iter().flatten().any(|verb| self.tells_of_strike(view, verb))
    }

    /// Whether the verb says that its subject strikes: "walked out", "went on strike", "have strikes of their own".
    fn tells_of_strike(&self, view: &View<'_>, verb: usize) -> bool {
        let outward =
            view.children(verb).iter().any(|&c| c > verb && matches!(view.lemma(c), "out" | "off"));
        let bare = view.child(verb, "obj").is_none();
        match view.lemma(verb) {
            "walk" if outward => true,
            "strike" if bare => true,
            _ => view.children(verb).iter().any(|&c| {
                matches!(view.relation(c), "obj" | "obl")
                    && matches!(view.lemma(c), "strike" | "walkout" | "tool")
            }),
        }
    }
}

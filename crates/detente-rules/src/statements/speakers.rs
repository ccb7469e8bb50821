//! Whom the words of a source stand for.
//!
//! In go the words ("a spokesman for the group", "its foreign ministry", "he") and what the resolution knows, out come the actors who
//! speak. Who is known only by an office speaks for the party whose it is.

use std::collections::BTreeMap;

use detente_core::{Actor, Sector, Span, Statement};
use detente_resolve::{Category, Gender, Mention, MentionKind, Resolution};

use crate::yields::Tree;

use super::Told;
use super::assign::sentence_at;
use super::lexicon::Lexicon;
use super::sources::Source;

/// What speakers are found by.
pub(super) struct Speakers<'p> {
    pub(super) reporting: &'p Lexicon,
    pub(super) text: &'p str,
    pub(super) trees: &'p [Tree<'p>],
    pub(super) resolution: &'p Resolution,
}

impl Speakers<'_> {
    /// Whom a source stands for; more than one where several speak together. The words are always those of
    /// the source, even where nobody known stands behind them.
    pub(super) fn of(&self, sentence: usize, source: &Source) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for head in self.heads(sentence, source) {
            add(&mut actors, self.actors(sentence, head));
        }
        if actors.is_empty() {
            add(&mut actors, self.before_relative(sentence, source.span));
        }
        if let Some(tree) = self.trees.get(sentence) {
            self.give_owner(tree, sentence, source.head, &mut actors);
        }
        if actors.is_empty() {
            // The tree may hang the names elsewhere than the words stand.
            let mentions = self.resolution.mentions_in(sentence).iter();
            let within = mentions
                .filter(|m| m.kind == MentionKind::Name && source.span.contains(m.span))
                .take(2);
            within.for_each(|mention| add(&mut actors, &mention.actors));
        }
        named_as(self.text, source.span, actors)
    }

    fn actors(&self, sentence: usize, head: usize) -> &[Actor] {
        self.resolution.mention_at(sentence, head).map_or(&[], |mention| &mention.actors)
    }

    /// The heads of a source: its own and those that "and" joins to it.
    fn heads(&self, sentence: usize, source: &Source) -> Vec<usize> {
        let mut heads = vec![source.head];
        let Some(tree) = self.trees.get(sentence) else { return heads };
        // "Lee, the sister of the leader and a senior official, said": one is several things.
        let named = self
            .resolution
            .mention_at(sentence, source.head)
            .is_some_and(|m| m.category == Category::Person && m.kind == MentionKind::Name)
            && tree.dependent(source.head, "appos").is_some();
        let also = |conjunct: &usize| {
            tree.sentence
                .dependents(*conjunct, "det")
                .any(|det| matches!(tree.lemma(det), "a" | "an"))
        };
        let joined = tree.sentence.dependents(source.head, "conj");
        heads.extend(joined.filter(|c| !(named && also(c))));
        heads
    }

    /// "Pressure from the army, which has argued": where the tree hangs the clause elsewhere, it is about whom it stands right behind.
    fn before_relative(&self, sentence: usize, words: Span) -> &[Actor] {
        let relative = self.trees.get(sentence).and_then(|tree| {
            let at = tree.sentence.tokens.iter().position(|token| token.span == words)?;
            let comma = tree.token(at.checked_sub(1)?)?.form == ",";
            (matches!(tree.token(at)?.xpos.as_str(), "WP" | "WDT") && comma).then_some(at)
        });
        let Some(end) = relative.and_then(|relative| relative.checked_sub(2)) else { return &[] };
        let mentions = self.resolution.mentions_in(sentence).iter();
        let nearest = mentions.filter(|m| m.tokens.contains(&end) && !m.actors.is_empty());
        nearest.min_by_key(|m| m.tokens.len()).map_or(&[], |mention| &mention.actors)
    }

    /// "His office", "its foreign ministry", "Padilla, the government's negotiator": he speaks by it, and it speaks for whose it is.
    fn give_owner(&self, tree: &Tree<'_>, sentence: usize, head: usize, actors: &mut Vec<Actor>) {
        let speaks = |head: usize| self.reporting.stands_for_owner(tree.lemma(head));
        let stateless = !actors.is_empty() && actors.iter().all(|actor| actor.code.is_none());
        let title = tree.dependent(head, "appos").filter(|_| stateless);
        let Some(office) = [Some(head), title].into_iter().flatten().find(|&h| speaks(h)) else {
            return;
        };
        let Some(owner) = self.owner(tree, sentence, office) else { return };
        let Some(own) = owner.actors.first().filter(|own| own.code.is_some()) else { return };
        if actors.is_empty() {
            actors.extend(owner.actors.iter().map(|actor| Actor {
                code: actor.code.clone(),
                sector: actor.sector,
                ..Actor::default()
            }));
            return;
        }
        for actor in actors.iter_mut() {
            // A spokesman is taken for the government's own, but who speaks for a mission is of the mission.
            let plain = actor.sector == Some(Sector::Gov) && actor.name.is_none();
            if actor.code.is_none() || (actor.code == own.code && plain) {
                actor.code.clone_from(&own.code);
                actor.sector = own.sector.or(actor.sector);
            }
        }
    }

    /// The party that a noun belongs to: "the group" of "a spokesman for the group".
    fn owner(&self, tree: &Tree<'_>, sentence: usize, noun: usize) -> Option<&Mention> {
        let of = |child: &usize| {
            tree.relation(*child) == "nmod"
                && ["for", "of"].iter().any(|word| tree.introduced_by(*child, word).is_some())
        };
        let owner = tree
            .dependent(noun, "nmod:poss")
            .or_else(|| tree.children(noun).iter().copied().find(of))?;
        let mention = self.resolution.mention_at(sentence, owner);
        mention
            .filter(|mention| !mention.actors.is_empty())
            .or_else(|| self.owner_before(tree, sentence, owner))
    }

    /// The party that "its" or "the group" stands for, where the resolution leaves it open: the nearest subject of the story that fits.
    fn owner_before(&self, tree: &Tree<'_>, sentence: usize, owner: usize) -> Option<&Mention> {
        let its = tree.lemma(owner) == "its" || tree.token(owner)?.form.eq_ignore_ascii_case("its");
        let definite = tree.sentence.dependents(owner, "det").any(|det| tree.lemma(det) == "the");
        if !(its || definite && self.reporting.is_band(tree.lemma(owner))) {
            return None;
        }
        let fits = |mention: &&Mention| {
            let [actor] = mention.actors.as_slice() else { return false };
            let state = actor.sector.is_none_or(|sector| sector == Sector::Gov);
            actor.code.is_some() && actor.name.is_none() && state == its
        };
        (sentence.saturating_sub(BACK)..sentence).rev().find_map(|before| {
            let tree = self.trees.get(before)?;
            let subjects = (0..tree.len()).filter(|&token| tree.relation(token) == "nsubj");
            let mentions = subjects.filter_map(|token| self.resolution.mention_at(before, token));
            mentions.into_iter().find(fits)
        })
    }
}

/// Sentences that an open "its" looks back.
const BACK: usize = 3;

/// Adds who is not among them.
fn add(actors: &mut Vec<Actor>, more: &[Actor]) {
    let same = |a: &Actor, b: &Actor| a.code == b.code && a.sector == b.sector && a.name == b.name;
    for actor in more {
        if !actors.iter().any(|known| same(known, actor)) {
            actors.push(actor.clone());
        }
    }
}

/// Sentences that "he added" looks back for who spoke.
const SPOKE: usize = 2;

/// "The president had signed the pardon, he added": who is told of in what is said is not who adds it, but the nearest who spoke before and
/// whom the pronoun fits.
pub(super) fn spoken_of(trees: &[Tree<'_>], resolution: &Resolution, all: &mut [Told]) {
    for at in 1..all.len() {
        let (before, from) = all.split_at_mut(at);
        let statement = &mut from[0].statement;
        if !speaks_of_itself(resolution, statement) {
            continue;
        }
        let here = statement.sentence;
        let Some(speaker) = statement.speaker.as_mut() else { continue };
        let she = speaker.text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("she"));
        let pronoun = if she { Gender::Female } else { Gender::Male };
        let near = before
            .iter()
            .rev()
            .map(|told| &told.statement)
            .take_while(|earlier| here.saturating_sub(earlier.sentence) <= SPOKE)
            .filter(|earlier| earlier.sentence < here && earlier.joint.is_empty());
        let fits = |other: &&Actor| {
            let gender = gender_of(trees, resolution, other);
            other.name.is_some() && (gender == Gender::Unknown || gender == pronoun)
        };
        let nearest = near.filter_map(|earlier| earlier.speaker.as_ref()).find(fits);
        let Some(other) = nearest.filter(|other| other.name != speaker.name).cloned() else {
            continue;
        };
        *speaker = Actor { span: speaker.span, text: speaker.text.take(), ..other };
    }
}

/// The gender of a speaker, as far as his words are a mention of his.
fn gender_of(trees: &[Tree<'_>], resolution: &Resolution, speaker: &Actor) -> Gender {
    let Some(span) = speaker.span else { return Gender::Unknown };
    let mentions = resolution.mentions_in(sentence_at(trees, span.start)).iter();
    let own = |mention: &&Mention| {
        mention.span.overlaps(span)
            && mention.category == Category::Person
            && mention.actors.iter().any(|actor| actor.name == speaker.name)
    };
    mentions.into_iter().find(own).map_or(Gender::Unknown, |mention| mention.gender)
}

/// Whether "he added" behind a content is taken for somebody whom that content names.
fn speaks_of_itself(resolution: &Resolution, statement: &Statement) -> bool {
    let content = statement.content.span;
    let Some(speaker) = statement.speaker.as_ref() else { return false };
    let pronoun = speaker
        .text
        .as_deref()
        .is_some_and(|text| ["he", "she"].iter().any(|word| text.eq_ignore_ascii_case(word)));
    let behind = statement.cue.as_ref().is_some_and(|cue| cue.span.start >= content.end);
    let named = |mention: &Mention| {
        mention.kind == MentionKind::Name
            && mention.category == Category::Person
            && content.contains(mention.span)
            && mention.actors.iter().any(|actor| actor.name == speaker.name)
    };
    pronoun
        && behind
        && speaker.name.is_some()
        && statement.quotes.is_empty()
        && resolution.mentions_in(statement.sentence).iter().any(named)
}

/// Who was known by name and party once is so again: "he" for "Padilla, the government's negotiator".
pub(super) fn named_again(all: &mut [Told]) {
    // By name: the party that the last statement of theirs gives.
    let mut known: BTreeMap<String, (String, Option<Sector>)> = BTreeMap::new();
    for told in all {
        let Some(speaker) = told.statement.speaker.as_mut() else { continue };
        let Some(name) = speaker.name.clone() else { continue };
        match &speaker.code {
            Some(code) => {
                known.insert(name, (code.clone(), speaker.sector));
            }
            None => {
                if let Some((code, sector)) = known.get(&name) {
                    speaker.code = Some(code.clone());
                    speaker.sector = *sector;
                }
            }
        }
    }
}

/// The actors under the words of a source; somebody unknown where there are none.
pub(super) fn named_as(text: &str, words: Span, mut actors: Vec<Actor>) -> Vec<Actor> {
    if actors.is_empty() {
        actors.push(Actor::default());
    }
    for actor in &mut actors {
        actor.span = Some(words);
        actor.text = words.of(text).map(str::to_owned);
    }
    actors
}

/// The actor whose mention has this head; `None` where no actor is meant ("put an end to the blockade").
pub(super) fn actor_at(
    text: &str,
    resolution: &Resolution,
    sentence: usize,
    head: usize,
) -> Option<Actor> {
    let mention = resolution.mention_at(sentence, head)?;
    let mut actor = mention.actors.first().cloned().unwrap_or_default();
    actor.span = Some(mention.span);
    actor.text = mention.span.of(text).map(str::to_owned);
    Some(actor)
}

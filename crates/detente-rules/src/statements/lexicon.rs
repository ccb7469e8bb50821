//! The words that report, indexed by their first lemma.
//!
//! In go the word groups and cues of the knowledge, out comes a [`Lexicon`] that tells for a verb, noun or
//! adjective in a tree what it may report and how: "urge" takes a person and an infinitive, "call
//! for" what "for" governs.

use std::collections::{BTreeMap, HashMap, HashSet};

use detente_knowledge::{CueKind, Words};
use detente_parse::Upos;
use foldhash::fast::RandomState;

use crate::yields::Tree;

/// What a word may govern as the content of a report; several can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Frames(u16);

impl Frames {
    /// A finite clause, or a quotation: say, believe.
    pub(super) const CLAUSE: Frames = Frames(1);
    /// A noun phrase: support, reject, call for.
    pub(super) const OBJECT: Frames = Frames(2);
    /// An infinitive: promise, want, decline.
    pub(super) const INFINITIVE: Frames = Frames(4);
    /// Its object is the one spoken to: tell, inform.
    pub(super) const ADDRESSEE: Frames = Frames(8);
    /// The speaker is left unsaid and the subject belongs to the content: be expected to, seem to.
    pub(super) const RAISING: Frames = Frames(16);
    /// A finite clause after it reports nothing: ensure, make.
    pub(super) const NEVER: Frames = Frames(32);
    /// A noun: statement, claim.
    pub(super) const NOUN: Frames = Frames(64);
    /// An adjective: confident, worried.
    pub(super) const ADJECTIVE: Frames = Frames(128);
    /// A document or measure that speaks for its authors: show, find.
    pub(super) const DOCUMENT: Frames = Frames(256);
    /// Speech rather than thought: only this introduces quotations.
    pub(super) const SPEECH: Frames = Frames(512);

    /// Whether all of `other` hold.
    pub(super) fn has(self, other: Frames) -> bool {
        self.0 & other.0 == other.0
    }

    /// The frames as bits.
    pub(super) fn bits(self) -> u16 {
        self.0
    }

    /// An adverb of hearsay: reportedly.
    pub(super) const ADVERB: Frames = Frames(1024);

    /// Leaves the speaker unsaid without being passive: seem, appear.
    pub(super) const SEEMING: Frames = Frames(4096);
    /// A noun that reports only where it is somebody's: desire, attack on.
    pub(super) const OWNED: Frames = Frames(8192);
    /// A noun that shows and finds: poll, footage.
    pub(super) const PAPER: Frames = Frames(2048);

    /// Everything that a verb may be.
    const VERBAL: Frames = Frames(1 | 2 | 4 | 8 | 16 | 32);

    /// Whether a preposition at the end of its phrase governs the content.
    fn governs(self) -> bool {
        self.0 & (Self::OBJECT.0 | Self::RAISING.0 | Self::NOUN.0 | Self::ADJECTIVE.0) != 0
    }

    fn or(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }
}

/// One reporting word.
#[derive(Debug, Clone)]
struct Entry {
    /// Lemmas after the first: particle or preposition.
    rest: Vec<String>,
    frames: Frames,
}

/// A reporting word found in a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub frames: Frames,
    /// The particle or preposition that belongs to it, as a token.
    pub particle: Option<usize>,
    /// What that preposition governs.
    pub governed: Option<usize>,
}

/// All reporting words.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    entries: HashMap<String, Vec<Entry>, RandomState>,
    /// Phrases that stand before the source, by their first lemma.
    prepositions: HashMap<String, Vec<Vec<String>>, RandomState>,
    /// Phrases that open the sentence behind a quotation and give it to whom that names.
    back: Vec<Vec<String>>,
    /// Words right before the name of a work or an undertaking in quotation marks.
    works: HashSet<String, RandomState>,
    /// Verbs that give a paper to the world.
    issues: HashSet<String, RandomState>,
    /// What who speaks asks not to have done to him.
    shy: HashSet<String, RandomState>,
    /// What somebody speaks by.
    by: HashSet<String, RandomState>,
    /// Phrases that report nothing, though their verb may: "claim life".
    nothing: Vec<Vec<String>>,
    /// Verbs that answer, and of which "did not" leaves nothing said.
    replies: HashSet<String, RandomState>,
    /// Verbs whose bare object is only whom they are said to: "congratulated Lee".
    meets: HashSet<String, RandomState>,
    /// Verbs that give a name: "dubbed".
    naming: HashSet<String, RandomState>,
    /// Nouns for a band of people that speaks by somebody: "the group".
    bands: HashSet<String, RandomState>,
    /// Words that bring on a clause of what is said: "if".
    joints: HashSet<String, RandomState>,
    /// Verbs that say that something is not said: "declined to say".
    withholds: HashSet<String, RandomState>,
}

/// Word groups of `words/groups.toml` and what their members may govern.
const GROUPS: [(&str, Frames); 15] = [
    ("report_say", Frames(1 | 512)),
    ("report_think", Frames(1)),
    ("report_show", Frames(1 | 256)),
    ("report_object", Frames(2)),
    ("report_speech_object", Frames(2 | 512)),
    ("report_infinitive", Frames(4)),
    ("report_addressee", Frames(1 | 8 | 512)),
    ("report_raising", Frames(16)),
    ("report_noun", Frames(64)),
    ("report_adjective", Frames(128)),
    ("report_never", Frames(32)),
    ("report_adverb", Frames(1024)),
    ("report_document", Frames(2048)),
    ("report_owned_noun", Frames(64 | 8192)),
    ("report_seem", Frames(16 | 4096)),
];

impl Lexicon {
    /// Indexes what the knowledge says of reporting words.
    pub(crate) fn new(words: &Words) -> Self {
        let mut entries: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut add = |lemmas: &[String], frames: Frames| {
            let Some((first, rest)) = lemmas.split_first() else { return };
            // What only says which clause follows is left to the tree.
            if rest.iter().any(|word| matches!(word.as_str(), "that" | "whether" | "if")) {
                return;
            }
            let list = entries.entry(first.clone()).or_default();
            match list.iter_mut().find(|entry| entry.rest == rest) {
                Some(entry) => entry.frames = entry.frames.or(frames),
                None => list.push(Entry { rest: rest.to_vec(), frames }),
            }
        };
        let mut prepositions: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for cue in &words.cues {
            // A single word ("per", "citing") is too often something else.
            if cue.kind == CueKind::Preposition
                && let Some((first, rest)) = cue.lemmas.split_first()
                && !rest.is_empty()
            {
                prepositions.entry(first.clone()).or_default().push(rest.to_vec());
            }
            let frames = match cue.kind {
                CueKind::Say
                | CueKind::Question
                | CueKind::Deny
                | CueKind::Ask
                | CueKind::Accuse => Frames::CLAUSE.or(Frames::SPEECH),
                CueKind::Think => Frames::CLAUSE,
                CueKind::Document => Frames::CLAUSE.or(Frames::DOCUMENT),
                CueKind::Noun => Frames::NOUN,
                CueKind::Preposition => continue,
            };
            add(&cue.lemmas, frames);
        }
        for (group, frames) in GROUPS {
            for lemmas in words.groups.get(group).into_iter().flatten() {
                add(lemmas, frames);
            }
        }
        for list in entries.values_mut() {
            // The longest phrase is tried first.
            list.sort_by(|a, b| b.rest.len().cmp(&a.rest.len()).then_with(|| a.rest.cmp(&b.rest)));
        }
        for list in prepositions.values_mut() {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        let single = |group: &str| {
            let listed = words.groups.get(group).into_iter().flatten();
            listed.filter_map(|lemmas| Some(lemmas.first()?.clone())).collect()
        };
        Self {
            entries: entries.into_iter().collect(),
            prepositions: prepositions.into_iter().collect(),
            back: words.groups.get("report_back").cloned().unwrap_or_default(),
            works: single("report_work"),
            issues: single("report_issue"),
            shy: single("report_unnamed"),
            by: single("report_by"),
            nothing: words.groups.get("report_nothing").cloned().unwrap_or_default(),
            replies: single("report_reply"),
            meets: single("report_whom"),
            naming: single("report_naming"),
            bands: single("report_band"),
            joints: single("report_joint"),
            withholds: single("report_withhold"),
        }
    }

    /// What the word at `token` reports, with its particle or preposition, or `None`.
    pub(super) fn find(&self, tree: &Tree<'_>, token: usize) -> Option<Found> {
        let entries = self.entries.get(tree.lemma(token))?;
        let mut all: Option<Found> = None;
        // The longest phrase comes first: its preposition counts, and each shorter one adds what it may govern.
        let class = match tree.upos(token) {
            Upos::Noun | Upos::Propn => Frames::NOUN,
            Upos::Adj => Frames::ADJECTIVE,
            Upos::Adv => Frames::ADVERB,
            _ => Frames::VERBAL,
        };
        'entries: for entry in entries {
            // "attack on" is a noun's phrase, not the verb's.
            if entry.frames.0 & class.0 == 0 {
                continue;
            }
            let mut found = Found { frames: entry.frames, particle: None, governed: None };
            for word in &entry.rest {
                let Some((particle, governed)) = attached(tree, token, word) else {
                    continue 'entries;
                };
                found.particle = Some(particle);
                found.governed = governed.or(found.governed);
            }
            // A phrase of cues.toml tells of no object; its preposition may be that of another dependent.
            if !entry.rest.is_empty() && found.governed.is_some() && !entry.frames.governs() {
                found.particle = None;
                found.governed = None;
            }
            match &mut all {
                None => all = Some(found),
                Some(known) if !entry.frames.has(Frames::NEVER) => {
                    known.frames = known.frames.or(found.frames);
                    if known.particle.is_none() {
                        known.particle = found.particle;
                        known.governed = found.governed;
                    }
                }
                Some(_) => {}
            }
        }
        all
    }

    /// How many tokens from `token` on are a phrase that stands before a source: "according to" takes two.
    pub(super) fn preposition(&self, tree: &Tree<'_>, token: usize) -> Option<usize> {
        // The forms are compared as well, for a tagger may take "according" for a verb.
        let same = |at: usize, word: &str| {
            tree.token(at).is_some_and(|t| t.lemma == word || t.form.eq_ignore_ascii_case(word))
        };
        let first = tree.token(token)?;
        let lists = [first.lemma.as_str(), "according"];
        let known = lists
            .iter()
            .filter(|word| same(token, word))
            .find_map(|word| self.prepositions.get(*word))?;
        known
            .iter()
            .find(|rest| rest.iter().enumerate().all(|(nth, word)| same(token + 1 + nth, word)))
            .map(|rest| rest.len() + 1)
    }

    /// How many words at the beginning of a sentence point back at the quotation before it: "So spoke the minister" has two.
    pub(super) fn points_back(&self, tree: &Tree<'_>) -> Option<usize> {
        let begins = |phrase: &&Vec<String>| {
            phrase.iter().enumerate().all(|(at, word)| {
                tree.token(at).is_some_and(|t| t.lemma.eq_ignore_ascii_case(word))
            })
        };
        self.back.iter().filter(begins).map(Vec::len).max()
    }

    /// Whether what is issued so is a paper and no word of it: "published a report".
    pub(super) fn issues(&self, lemma: &str) -> bool {
        self.issues.contains(lemma)
    }

    /// Whether somebody speaks by what is called so: "his office".
    pub(super) fn stands_for_owner(&self, lemma: &str) -> bool {
        self.by.contains(lemma)
    }

    /// Whether the verb and its dependents are a phrase that reports nothing: "claimed ten lives", "called in the envoy".
    ///
    /// A preposition is a part of it right behind the verb, where the content `begins` with what it governs.
    pub(super) fn is_nothing(
        &self,
        tree: &Tree<'_>,
        verb: usize,
        begins: impl Fn(usize) -> bool,
    ) -> bool {
        let next = tree.token(verb + 1).map_or("", |token| token.lemma.as_str());
        let beside = |word: &String| {
            let governs = tree.upos(verb + 1) != Upos::Noun && next == word && begins(verb + 2);
            let noun = |token: usize| {
                tree.lemma(token) == word && matches!(tree.upos(token), Upos::Noun | Upos::Propn)
            };
            governs
                || tree.children(verb).iter().any(|&child| {
                    noun(child)
                        || tree
                            .children(child)
                            .iter()
                            .any(|&below| noun(below) && tree.relation(below) == "nmod")
                })
        };
        self.nothing.iter().any(|phrase| {
            phrase
                .split_first()
                .is_some_and(|(first, rest)| tree.lemma(verb) == first && rest.iter().all(beside))
        })
    }

    /// Whether the verb answers: "replied", "responded".
    pub(super) fn replies(&self, lemma: &str) -> bool {
        self.replies.contains(lemma)
    }

    /// Whether the verb's bare object is only the one it is said to.
    pub(super) fn meets(&self, lemma: &str) -> bool {
        self.meets.contains(lemma)
    }

    /// Whether a verb gives a name: "called", "dubbed".
    pub(super) fn gives_name(&self, lemma: &str) -> bool {
        self.naming.contains(lemma)
    }

    /// Whether the noun is for a band of people that speaks by somebody.
    pub(super) fn is_band(&self, lemma: &str) -> bool {
        self.bands.contains(lemma)
    }

    /// Whether what is said may go on with this word behind the words that report it.
    pub(super) fn goes_on(&self, lemma: &str) -> bool {
        self.joints.contains(lemma)
    }

    /// Whether the verb says that something is kept unsaid.
    pub(super) fn withholds(&self, lemma: &str) -> bool {
        self.withholds.contains(lemma)
    }

    /// Whether who asks so wants only not to be named: "asked not to be identified".
    pub(super) fn is_shy(&self, lemma: &str) -> bool {
        self.shy.contains(lemma)
    }

    /// Whether the name of a work or an undertaking may follow this lemma: "film".
    pub(super) fn names_work(&self, lemma: &str) -> bool {
        self.works.contains(lemma)
    }

    /// Frames of a bare lemma.
    pub(super) fn frames(&self, lemma: &str) -> Frames {
        self.entries
            .get(lemma)
            .and_then(|list| list.iter().find(|entry| entry.rest.is_empty()))
            .map_or(Frames::default(), |entry| entry.frames)
    }
}

/// The dependent of `verb` that is `word`, or that `word` introduces.
fn attached(tree: &Tree<'_>, verb: usize, word: &str) -> Option<(usize, Option<usize>)> {
    for &child in tree.children(verb) {
        if child > verb
            && tree.lemma(child) == word
            && matches!(
                tree.relation(child),
                "compound" | "advmod" | "xcomp" | "obj" | "case" | "mark" | "obl"
            )
        {
            return Some((child, None));
        }
        if child > verb
            && matches!(tree.relation(child), "obl" | "advcl" | "nmod" | "xcomp" | "ccomp" | "acl")
            && let Some(preposition) = tree.introduced_by(child, word)
        {
            return Some((preposition, Some(child)));
        }
    }
    None
}

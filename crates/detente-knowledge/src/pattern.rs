//! The rule notation: one line of a rule's `when` → a phrase to look for in a tree.
//!
//! In goes a plain sentence of lemmas with roles, as `knowledge/README.md` describes it; out comes
//! a [`Pattern`]. `A @refuse to extradite * to B` is the verb group *refuse* whose subject is the
//! actor and whose infinitive is *extradite* with some object and the recipient after *to*.
//!
//! A line that cannot be read gives a [`PatternFault`] with the byte where reading stopped, so that
//! the file's reader can point at line and column.

use serde::{Deserialize, Serialize};

/// Prepositions that open a slot; any other word between two phrases is a noun, verb or particle.
const PREPOSITIONS: [&str; 54] = [
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "among",
    "amid",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "between",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "on",
    "onto",
    "over",
    "per",
    "regarding",
    "than",
    "through",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "outside",
    "past",
    "beyond",
    "beside",
    "amongst",
    "throughout",
    "aboard",
    "opposite",
    "since",
];

/// Words that join clauses: no line can use them, and as nouns they would match nothing.
const JOINING: [&str; 8] = ["when", "while", "because", "if", "unless", "although", "who", "which"];

/// Particles: adverbs that make one meaning with their verb.
const PARTICLES: [&str; 10] =
    ["up", "out", "off", "down", "back", "away", "apart", "aside", "forward", "together"];

/// Which party of the event a slot names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SlotRole {
    /// `A`: who acts.
    Actor,
    /// `B`: to, with or towards whom.
    Recipient,
    /// `AB`: all parties of a reciprocal act.
    Parties,
}

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// A lemma in lower case, or several that make one word: `tear_gas`.
    Lemmas(Vec<String>),
    /// A group of `words/groups.toml`, by name without `@`.
    Group(String),
    /// `_`: any word of the kind that stands here.
    Any,
}

/// What stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filler {
    /// A party.
    Role(SlotRole),
    /// `*`: any noun phrase.
    Any,
    /// A phrase with a head of its own.
    Phrase(Box<Phrase>),
}

/// How a slot hangs on its phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// Subject of a verb or predicate.
    Subject,
    /// Object of a verb.
    Object,
    /// The first of two objects: `give B weapons`, and so "give weapons to B".
    IndirectObject,
    /// Governed by one of these prepositions.
    Preposition(Vec<String>),
    /// `to` and a verb.
    Infinitive,
    /// `that` and a clause.
    Clause,
    /// A particle; the filler is the particle itself.
    Particle,
    /// The owner or doer of a noun: `A's visit`.
    Possessor,
    /// An adjective or noun before a noun.
    Modifier,
    /// A preposition before the predicate itself: `be at odds`.
    Case,
    /// An auxiliary before the verb: `must leave`.
    Auxiliary(Vec<String>),
}

/// One slot of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// How it hangs on the phrase.
    pub link: Link,
    /// What stands in it.
    pub filler: Filler,
    /// Whether the phrase holds without it.
    pub optional: bool,
}

/// What sort of word heads a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PhraseKind {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective or noun after `be`.
    Predicate,
}

/// A head word and what must hang on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// Alternatives for the head.
    pub words: Vec<Word>,
    /// Verb, noun or predicate.
    pub kind: PhraseKind,
    /// In the order of the line.
    pub slots: Vec<Slot>,
    /// Of a phrase with many words: the hash of the lemma that each begins or ends with and its place, in order.
    #[serde(skip)]
    heads: Vec<(u32, u32)>,
}

/// So few words are looked through as fast as looked up.
const FEW: usize = 4;

/// FNV-1a: the same in every run, and short for short words.
fn hash(lemma: &str) -> u32 {
    lemma
        .bytes()
        .fold(0x811c_9dc5, |state: u32, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// One way of saying an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The line as written.
    pub text: String,
    /// What it asks of the tree.
    pub phrase: Phrase,
}

/// Why a line could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternFault {
    /// Byte of the line where reading stopped.
    pub offset: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// Limits on the sectors of a role: `need = { A = "MIL|GOV", B = "none" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Sectors that the actor may have; empty for any.
    pub actor: Vec<detente_core::Sector>,
    /// Sectors that the recipient may have; empty for any.
    pub recipient: Vec<detente_core::Sector>,
    /// No recipient may be there.
    pub no_recipient: bool,
}

/// What the code must know about the act of a rule, beyond its type and modes: `marks = ["duty"]`.
///
/// A rule says so itself, so that one that a user renames, replaces or adds is read alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// It says what somebody must do, which is no request where it is said of anybody or of one's own state.
    Duty,
    /// It is an idiom for a change of mind: "may change his mind" is a guess and is held out to nobody.
    Idiom,
    /// Forces exercise: those of two states that do so together work together.
    Drill,
    /// Somebody leaves an office: who accepts it shows that it was done.
    Departure,
    /// Power is taken from whoever governs the doer's own state.
    Coup,
    /// Somebody is killed or hurt: who did it may stand in the clause that tells when.
    Loss,
    /// Somebody is sorry for what he did: it is said to whom his own act hit.
    Amends,
    /// Workers stop work: that threatens nobody whom it does not name.
    Stoppage,
    /// People are brought out of danger: those of the land where it is done.
    Rescue,
    /// Forces enter a land: a convoy with relief that does so helps it, and those who come for an exercise attack nobody.
    Advance,
    /// It is done by the same words as another act, beside it: "arrested him at the request of Oslo" serves Oslo and hits the man.
    Beside,
}

impl Mark {
    /// Every mark by the word that rules have for it.
    const NAMES: [(&str, Mark); 11] = [
        ("duty", Mark::Duty),
        ("idiom", Mark::Idiom),
        ("drill", Mark::Drill),
        ("departure", Mark::Departure),
        ("coup", Mark::Coup),
        ("loss", Mark::Loss),
        ("amends", Mark::Amends),
        ("stoppage", Mark::Stoppage),
        ("rescue", Mark::Rescue),
        ("advance", Mark::Advance),
        ("beside", Mark::Beside),
    ];

    /// The mark of this name, or `None` for any other string.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, mark)| mark)
    }

    /// The words for all marks.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::NAMES.into_iter().map(|(name, _)| name)
    }
}

/// Who of those to whom the story has tied a thing has a part in what befalls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// All whose it is act: "the talks resumed".
    Parties,
    /// It is done to who made it: "the request was turned down".
    Maker,
    /// It is done to who was under it: "the sanctions were lifted".
    Target,
}

impl Told {
    /// Every word for it in a file, with what it means.
    pub const ALL: [(&'static str, Self); 3] =
        [("parties", Self::Parties), ("maker", Self::Maker), ("target", Self::Target)];
}

/// A rule file: one act and the ways of saying it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `type.name` from its path, e.g. `reject.extradite`.
    pub name: String,
    /// Path below `knowledge/`.
    pub file: String,
    /// What the rule is for, in one sentence.
    pub why: String,
    /// One of the sixteen types.
    pub kind: String,
    /// Modes that the event gets.
    pub modes: Vec<String>,
    /// Contexts that the event gets.
    pub contexts: Vec<String>,
    /// CAMEO code of the act, where it says more than type, modes and contexts do.
    pub cameo: Option<String>,
    /// All parties are actors, nobody is a recipient.
    pub reciprocal: bool,
    /// The lines hold where they are denied, and there alone: "will not hesitate to strike" threatens.
    pub negated: bool,
    /// Its lines name a thing alone, and the story tells whose it is: "the talks resumed".
    pub told: Option<Told>,
    /// The act has not happened yet by its very wording (`planned`), or `None` to read it from the form.
    pub status: Option<detente_core::EventStatus>,
    /// What the code must know about the act.
    pub marks: Vec<Mark>,
    /// Limits on the roles' sectors.
    pub need: Need,
    /// Ways of saying it, in file order.
    pub patterns: Vec<Pattern>,
}

impl Rule {
    /// Whether the rule's file has this mark.
    pub fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

impl Pattern {
    /// Reads one line of `when`.
    ///
    /// # Errors
    /// When a word stands where none can, a role is missing or a parenthesis stays open.
    ///
    /// ```
    /// use detente_knowledge::Pattern;
    /// let pattern = Pattern::parse("A @refuse to extradite * to B")?;
    /// assert_eq!(pattern.groups(), ["refuse"]);
    /// assert!(Pattern::parse("A to B").is_err());
    /// # Ok::<(), detente_knowledge::PatternFault>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, PatternFault> {
        let pieces = pieces(text)?;
        let mut reader = Reader { pieces, at: 0, end: text.len(), depth: 0 };
        let phrase = reader.line()?;
        if let Some(piece) = reader.peek() {
            return Err(PatternFault {
                offset: piece.offset,
                message: format!(
                    "`{}` stands where no phrase can; see knowledge/README.md, \"A rule\"",
                    piece.text
                ),
            });
        }
        Ok(Self { text: text.to_owned(), phrase })
    }

    /// Whether the line has a place for a party.
    pub(crate) fn has_role(&self) -> bool {
        self.phrase.has_role()
    }

    /// Names of the word groups that the line uses, in order.
    pub fn groups(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.phrase.collect_groups(&mut names);
        names
    }
}

impl Phrase {
    fn new(words: Vec<Word>, kind: PhraseKind) -> Self {
        Self { words, kind, slots: Vec::new(), heads: Vec::new() }
    }

    /// A phrase whose word groups are written out, so that [`Phrase::alternatives`] looks its words up.
    pub fn written_out(words: Vec<Word>, kind: PhraseKind, slots: Vec<Slot>) -> Self {
        let mut heads = Vec::new();
        // "Any word" is no word to look up.
        if words.len() > FEW && !words.contains(&Word::Any) {
            for (word, place) in words.iter().zip(0..) {
                let Word::Lemmas(lemmas) = word else { continue };
                let ends = [lemmas.first(), lemmas.last()];
                heads.extend(ends.into_iter().flatten().map(|lemma| (hash(lemma), place)));
            }
            heads.sort_unstable();
            heads.dedup();
        }
        Self { words, kind, slots, heads }
    }

    /// The alternatives for the head that may begin or end with `lemma`, in their order; others may be among them.
    pub fn alternatives(&self, lemma: &str) -> impl Iterator<Item = &Word> {
        let wanted = hash(lemma);
        let from = self.heads.partition_point(|&(own, _)| own < wanted);
        let found = self.heads[from..].iter().take_while(move |&&(own, _)| own == wanted);
        let all = if self.heads.is_empty() { self.words.as_slice() } else { &[] };
        all.iter().chain(found.filter_map(|&(_, place)| self.words.get(place as usize)))
    }

    fn push(&mut self, link: Link, filler: Filler, optional: bool) {
        self.slots.push(Slot { link, filler, optional });
    }

    /// Of two objects the first is the indirect one.
    fn tell_objects_apart(&mut self) {
        let mut objects = self.slots.iter_mut().filter(|slot| slot.link == Link::Object);
        if let (Some(first), Some(_)) = (objects.next(), objects.next()) {
            first.link = Link::IndirectObject;
        }
    }

    fn has_role(&self) -> bool {
        self.slots.iter().any(|slot| match &slot.filler {
            Filler::Role(_) => true,
            Filler::Any => false,
            Filler::Phrase(phrase) => phrase.has_role(),
        })
    }

    /// Whether a slot of this phrase or below it names `role`.
    pub fn names(&self, role: SlotRole) -> bool {
        self.slots.iter().any(|slot| match &slot.filler {
            Filler::Role(own) => *own == role,
            Filler::Any => false,
            Filler::Phrase(phrase) => phrase.names(role),
        })
    }

    fn collect_groups<'a>(&'a self, names: &mut Vec<&'a str>) {
        for word in &self.words {
            if let Word::Group(name) = word {
                names.push(name);
            }
        }
        for slot in &self.slots {
            if let Filler::Phrase(phrase) = &slot.filler {
                phrase.collect_groups(names);
            }
        }
    }
}

struct Piece<'a> {
    text: &'a str,
    offset: usize,
}

/// Splits at white space, with parentheses and `?` as pieces of their own.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, PatternFault> {
    let mut found = Vec::new();
    let mut start = None;
    for (offset, c) in text.char_indices() {
        let single = matches!(c, '(' | ')' | '?');
        if c.is_whitespace() || single {
            if let Some(from) = start.take() {
                found.push(Piece { text: &text[from..offset], offset: from });
            }
            if single {
                found.push(Piece { text: &text[offset..=offset], offset });
            }
        } else if start.is_none() {
            start = Some(offset);
        }
    }
    if let Some(from) = start {
        found.push(Piece { text: &text[from..], offset: from });
    }
    if found.is_empty() {
        return Err(PatternFault { offset: 0, message: "the line is empty".to_owned() });
    }
    Ok(found)
}

/// How deep phrases may nest; a line that a person wrote stays far below.
const MAX_DEPTH: usize = 32;

struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    at: usize,
    end: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&Piece<'a>> {
        self.pieces.get(self.at)
    }

    fn text(&self) -> Option<&'a str> {
        self.peek().map(|piece| piece.text)
    }

    fn next_text(&self) -> Option<&'a str> {
        self.pieces.get(self.at + 1).map(|piece| piece.text)
    }

    fn fault(&self, message: impl Into<String>) -> PatternFault {
        PatternFault { offset: self.peek().map_or(self.end, |p| p.offset), message: message.into() }
    }

    fn skip_articles(&mut self) {
        while matches!(self.text(), Some("the" | "a" | "an")) {
            self.at += 1;
        }
    }

    fn line(&mut self) -> Result<Phrase, PatternFault> {
        self.skip_articles();
        let Some(first) = self.text() else {
            return Err(self.fault("the line is empty"));
        };
        if let Some(subject) = plain_filler(first) {
            self.at += 1;
            let mut phrase = self.verb_phrase()?;
            phrase.slots.insert(0, Slot { link: Link::Subject, filler: subject, optional: false });
            Ok(phrase)
        } else if first.ends_with("=NOUN")
            && self.next_text().is_some_and(|next| next.ends_with("=VERB"))
        {
            // `bomb|blast=NOUN kill=VERB B`: a thing does it.
            let thing = Phrase::new(self.words(first)?, PhraseKind::Noun);
            self.at += 1;
            let mut phrase = self.verb_phrase()?;
            let filler = Filler::Phrase(Box::new(thing));
            phrase.slots.insert(0, Slot { link: Link::Subject, filler, optional: false });
            Ok(phrase)
        } else if first.ends_with("=VERB") {
            self.verb_phrase()
        } else {
            self.noun_phrase()
        }
    }

    /// A verb or `be` and a predicate, with what follows.
    fn verb_phrase(&mut self) -> Result<Phrase, PatternFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("the line nests too deeply"));
        }
        let Some(text) = self.text() else {
            return Err(self.fault("a verb is missing at the end of the line"));
        };
        let auxiliary = is_auxiliary(text) && self.next_text().is_some_and(is_word);
        if auxiliary {
            self.at += 1;
        }
        let Some(verb) = self.text() else {
            return Err(self.fault("a verb is missing at the end of the line"));
        };
        let (auxiliary, text) = (auxiliary.then_some(text), verb);
        let mut phrase = if text == "be" && self.next_text().is_some_and(opens_predicate) {
            self.at += 1;
            let case = self.text().filter(|t| is_preposition(t));
            if case.is_some() {
                self.at += 1;
            }
            let mut phrase = self.nominal(PhraseKind::Predicate)?;
            if let Some(case) = case {
                let word = Phrase::new(vec![Word::Lemmas(vec![case.to_owned()])], PhraseKind::Noun);
                phrase.push(Link::Case, Filler::Phrase(Box::new(word)), false);
            }
            phrase
        } else if is_word(text) && !is_preposition(text) {
            // "Be on strike" is told by a predicate, "go on strike" by a verb: one line cannot be both.
            if text.contains('|') && text.split('|').any(|word| word == "be") {
                return Err(self.fault("`be` makes a predicate; write it in a line of its own"));
            }
            self.at += 1;
            Phrase::new(self.words(text)?, PhraseKind::Verb)
        } else {
            return Err(self.fault(format!("a verb is expected here, not `{text}`")));
        };
        if let Some(auxiliary) = auxiliary {
            let words = auxiliary.split('|').map(str::to_owned).collect();
            phrase.push(Link::Auxiliary(words), Filler::Any, false);
        }
        self.complements(&mut phrase)?;
        phrase.tell_objects_apart();
        self.depth -= 1;
        Ok(phrase)
    }

    /// `A's visit`, `military aid`: modifiers and a head noun, with what follows.
    fn noun_phrase(&mut self) -> Result<Phrase, PatternFault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("the line nests too deeply"));
        }
        let mut phrase = self.nominal(PhraseKind::Noun)?;
        self.complements(&mut phrase)?;
        phrase.tell_objects_apart();
        self.depth -= 1;
        Ok(phrase)
    }

    fn nominal(&mut self, kind: PhraseKind) -> Result<Phrase, PatternFault> {
        self.skip_articles();
        let mut owners = Vec::new();
        while let Some(owner) = self.text().and_then(|text| text.strip_suffix("'s")) {
            let Some(filler) = plain_filler(owner) else {
                return Err(self.fault("only `A's`, `B's` and `AB's` can own a noun"));
            };
            owners.push(filler);
            self.at += 1;
        }
        let mut heads = Vec::new();
        while let Some(text) = self.text() {
            if !is_word(text) || is_preposition(text) || matches!(text, "to" | "that") {
                break;
            }
            if PARTICLES.contains(&text) && !heads.is_empty() {
                break;
            }
            if let Some(stray) = text.split('|').find(|word| {
                JOINING.contains(word) || (text.contains('|') && PREPOSITIONS.contains(word))
            }) {
                return Err(self.fault(format!(
                    "`{stray}` is no noun; write a preposition in a list of prepositions alone"
                )));
            }
            heads.push(self.words(text)?);
            self.at += 1;
        }
        let Some(head) = heads.pop() else {
            return Err(self.fault("a noun is missing here"));
        };
        let mut phrase = Phrase::new(head, kind);
        for owner in owners {
            phrase.push(Link::Possessor, owner, false);
        }
        for modifier in heads {
            let word = Phrase::new(modifier, PhraseKind::Noun);
            phrase.push(Link::Modifier, Filler::Phrase(Box::new(word)), false);
        }
        Ok(phrase)
    }

    fn complements(&mut self, phrase: &mut Phrase) -> Result<(), PatternFault> {
        while let Some(text) = self.text() {
            if text == ")" {
                break;
            }
            if text == "?" {
                self.at += 1;
                let before = phrase.slots.len();
                if self.text() == Some("(") {
                    self.at += 1;
                    self.complements(phrase)?;
                    if self.text() != Some(")") {
                        return Err(self.fault("`)` is missing"));
                    }
                    self.at += 1;
                } else {
                    self.complement(phrase)?;
                }
                for slot in phrase.slots.iter_mut().skip(before) {
                    slot.optional = true;
                }
            } else {
                self.complement(phrase)?;
            }
        }
        Ok(())
    }

    fn complement(&mut self, phrase: &mut Phrase) -> Result<(), PatternFault> {
        self.skip_articles();
        let Some(text) = self.text() else {
            return Err(self.fault("a phrase is missing at the end of the line"));
        };
        if let Some(filler) = plain_filler(text) {
            self.at += 1;
            phrase.push(Link::Object, filler, false);
            return Ok(());
        }
        let next = self.next_text();
        if text == "to" && next.is_some_and(opens_verb) {
            self.at += 1;
            let inner = self.verb_phrase()?;
            phrase.push(Link::Infinitive, Filler::Phrase(Box::new(inner)), false);
            return Ok(());
        }
        if text == "that" {
            self.at += 1;
            let open = matches!(
                (self.text(), self.next_text()),
                (None | Some(")"), _) | (Some("*"), None | Some(")"))
            );
            let filler = if open {
                self.at += usize::from(self.text() == Some("*"));
                Filler::Any
            } else {
                Filler::Phrase(Box::new(self.line()?))
            };
            phrase.push(Link::Clause, filler, false);
            return Ok(());
        }
        if PARTICLES.contains(&text) {
            self.at += 1;
            let word = Phrase::new(vec![Word::Lemmas(vec![text.to_owned()])], PhraseKind::Noun);
            phrase.push(Link::Particle, Filler::Phrase(Box::new(word)), false);
            return Ok(());
        }
        if text == "to" || is_preposition(text) {
            let words: Vec<String> = text.split('|').map(str::to_owned).collect();
            self.at += 1;
            self.skip_articles();
            let filler = match self.text() {
                None | Some(")" | "?") => {
                    return Err(self.fault(format!(
                        "`{text}` governs nothing; write a role, `*` or a noun after it"
                    )));
                }
                Some(next) => match plain_filler(next) {
                    Some(filler) => {
                        self.at += 1;
                        filler
                    }
                    None => Filler::Phrase(Box::new(self.nominal(PhraseKind::Noun)?)),
                },
            };
            phrase.push(Link::Preposition(words), filler, false);
            return Ok(());
        }
        if is_word(text) || text.ends_with("'s") {
            let object = self.nominal(PhraseKind::Noun)?;
            phrase.push(Link::Object, Filler::Phrase(Box::new(object)), false);
            return Ok(());
        }
        Err(self.fault(format!("`{text}` cannot be read")))
    }

    fn words(&self, text: &str) -> Result<Vec<Word>, PatternFault> {
        text.split('|')
            .map(|word| word.split_once('=').map_or(word, |(word, _)| word))
            .map(|word| match word.strip_prefix('@') {
                Some("") => Err(self.fault("`@` needs the name of a word group")),
                Some(name) => Ok(Word::Group(name.to_owned())),
                None if word == "_" => Ok(Word::Any),
                None if plain_filler(word).is_some() => Err(self.fault(format!(
                    "`{word}` cannot be one of several words; write a line of its own for it"
                ))),
                None if word.is_empty() => Err(self.fault("a word is missing beside `|`")),
                None => Ok(Word::Lemmas(word.split('_').map(str::to_owned).collect())),
            })
            .collect()
    }
}

fn plain_filler(text: &str) -> Option<Filler> {
    match text {
        "A" => Some(Filler::Role(SlotRole::Actor)),
        "B" => Some(Filler::Role(SlotRole::Recipient)),
        "AB" => Some(Filler::Role(SlotRole::Parties)),
        "*" => Some(Filler::Any),
        _ => None,
    }
}

fn is_word(text: &str) -> bool {
    plain_filler(text).is_none()
        && !text.ends_with("'s")
        && text.chars().next().is_some_and(|c| c == '@' || c == '_' || c.is_lowercase())
}

fn is_auxiliary(text: &str) -> bool {
    text.split('|').all(|word| {
        matches!(
            word,
            "must"
                | "should"
                | "ought"
                | "can"
                | "could"
                | "may"
                | "might"
                | "will"
                | "would"
                | "need"
        )
    })
}

fn is_preposition(text: &str) -> bool {
    // In a list a particle is a preposition: `in|off|near`.
    let listed = text.contains('|');
    !text.is_empty()
        && text.split('|').all(|word| {
            word == "to" || PREPOSITIONS.contains(&word) || (listed && PARTICLES.contains(&word))
        })
}

fn opens_predicate(text: &str) -> bool {
    is_word(text) && text != "to"
}

fn opens_verb(text: &str) -> bool {
    is_word(text) && !is_preposition(text) && !text.contains("=NOUN")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_may_do_it() {
        let pattern = Pattern::parse("bomb|blast=NOUN kill|wound=VERB B").unwrap();
        assert_eq!(pattern.phrase.kind, PhraseKind::Verb);
        let subject = &pattern.phrase.slots[0];
        assert_eq!(subject.link, Link::Subject);
        assert!(matches!(&subject.filler, Filler::Phrase(noun) if noun.kind == PhraseKind::Noun));
        // Whether a line may do without a party its rule says: it needs `told`.
        assert!(!Pattern::parse("bomb=NOUN kill=VERB").unwrap().has_role());
    }

    #[test]
    fn a_preposition_among_nouns_is_refused() {
        assert!(Pattern::parse("A wait tank|near B").is_err());
        assert!(Pattern::parse("A call B when *").is_err());
        let pattern = Pattern::parse("A sail in|off|past B").unwrap();
        assert!(
            matches!(&pattern.phrase.slots[1].link, Link::Preposition(words) if words.len() == 3)
        );
        let pattern = Pattern::parse("A set fire to tyre|car=NOUN|bus of B").unwrap();
        assert!(pattern.phrase.slots.iter().all(|slot| slot.link != Link::Infinitive));
        let Filler::Phrase(things) = &pattern.phrase.slots[2].filler else { panic!("{pattern:?}") };
        assert_eq!(things.words.len(), 3, "a mark in the middle ends no list");
    }

    #[test]
    fn a_verb_with_object_and_preposition() {
        let pattern = Pattern::parse("A hold @talks with B").unwrap();
        assert_eq!(pattern.phrase.kind, PhraseKind::Verb);
        let links: Vec<_> = pattern.phrase.slots.iter().map(|slot| slot.link.clone()).collect();
        assert_eq!(links, [Link::Subject, Link::Object, Link::Preposition(vec!["with".into()])]);
    }

    #[test]
    fn the_first_of_two_objects_is_indirect() {
        let pattern = Pattern::parse("A give B tear_gas").unwrap();
        let links: Vec<_> = pattern.phrase.slots.iter().map(|slot| slot.link.clone()).collect();
        assert_eq!(links, [Link::Subject, Link::IndirectObject, Link::Object]);
    }

    #[test]
    fn a_noun_with_its_owner() {
        let pattern = Pattern::parse("A's visit to B").unwrap();
        assert_eq!(pattern.phrase.kind, PhraseKind::Noun);
        assert!(pattern.phrase.names(SlotRole::Actor) && pattern.phrase.names(SlotRole::Recipient));
    }

    #[test]
    fn a_predicate() {
        let pattern = Pattern::parse("A be at odds with B").unwrap();
        assert_eq!(pattern.phrase.kind, PhraseKind::Predicate);
        assert!(pattern.phrase.slots.iter().any(|slot| slot.link == Link::Case));
    }

    #[test]
    fn a_clause_may_stay_open() {
        assert_eq!(Pattern::parse("A demand that *").unwrap().phrase.slots.len(), 2);
        assert!(Pattern::parse("A demand that B leave").is_ok());
    }

    #[test]
    fn any_verb_under_an_auxiliary() {
        let pattern = Pattern::parse("A say that B must|should _").unwrap();
        let Some(Filler::Phrase(clause)) = pattern.phrase.slots.last().map(|s| s.filler.clone())
        else {
            panic!("no clause")
        };
        assert_eq!(clause.words, [Word::Any]);
        assert!(clause.slots.iter().any(|slot| matches!(slot.link, Link::Auxiliary(_))));
    }

    #[test]
    fn optional_parts() {
        let pattern = Pattern::parse("A deploy * ?(to B)").unwrap();
        assert_eq!(pattern.phrase.slots.iter().filter(|slot| slot.optional).count(), 1);
    }

    #[test]
    fn faults_point_at_their_place() {
        assert_eq!(Pattern::parse("A to B").unwrap_err().offset, 2);
        assert_eq!(Pattern::parse("A attack B with").unwrap_err().offset, 15);
        assert!(Pattern::parse("").is_err());
        assert!(!Pattern::parse("visit").unwrap().has_role());
        assert!(Pattern::parse("A attack ?(B").is_err());
    }
}

//! What parties quarrel over or work on, and the kinds of promise.
//!
//! In go the files of `topics/`, out come [`Topics`]. At the lemmas "human rights in Tibet" they give
//! the issue `human_rights`; at "joint task force" the commitment `working group`.

mod laid_over;

use crate::Fault;
use crate::actors::lower_case;
use crate::files::SourceFile;
use crate::lemmas::{LemmaIndex, phrase};
use crate::ontology::Ontology;
use crate::table::{At, Fields, Reader, entries};
use detente_core::{Actor, CommitmentStatus, Event, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One topic of `topics/issues.toml`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Topic {
    /// Stable name, e.g. `human_rights`.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// The PLOVER context, where there is one.
    pub context: Option<String>,
    /// Lemma sequences in lower case.
    pub words: Vec<Vec<String>>,
    /// Words that name it as an issue, but give an event no context.
    pub as_issue: Vec<Vec<String>>,
    /// Words that name it only where one of its codes is a party: "nuclear programme" of Iran.
    pub own: Vec<Vec<String>>,
    /// Verbs with what follows them that name it as a noun would: `spy on`.
    pub acts: Vec<Vec<String>>,
    /// Acts that a quarrel over them is a quarrel over: `COERCE/arrest OPP`.
    pub told_by: Vec<TopicAct>,
    /// Actor codes, for a topic that is also a place or an actor.
    pub codes: Vec<String>,
}

/// Acts of a type that bring up a topic, whatever words tell them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicAct {
    /// Type of event.
    pub kind: String,
    /// Its mode, where it must have one.
    pub mode: Option<String>,
    /// What who does it must be, and they to whom it is done, where that is asked for.
    pub by: Option<Sector>,
    /// See `by`.
    pub whom: Option<Sector>,
}

impl TopicAct {
    /// Whether an event is such an act.
    pub fn fits(&self, event: &Event) -> bool {
        let among = |actors: &[Actor], wanted: Option<Sector>| {
            wanted.is_none() || actors.iter().any(|actor| actor.sector == wanted)
        };
        self.kind == event.kind
            && self.mode.as_ref().is_none_or(|mode| event.modes.contains(mode))
            && among(&event.actors, self.by)
            && among(&event.recipients, self.whom)
    }
}

/// What a commitment is, as far as sentences tell of it in their own way: `form = "body"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CommitmentForm {
    /// A group or a force, which acts itself: "a joint commission will draw the line".
    Body,
    /// What is signed, holds, and may be broken: "a treaty".
    Pact,
    /// Where the sides meet: "talks".
    Talks,
    /// What is over on the day or days on which it takes place: "a summit".
    Visit,
}

impl CommitmentForm {
    /// Every form by the word that `topics/commitments.toml` has for it.
    const NAMES: [(&str, CommitmentForm); 4] = [
        ("body", Self::Body),
        ("pact", Self::Pact),
        ("talks", Self::Talks),
        ("visit", Self::Visit),
    ];

    /// The form of this name, or `None` for any other string.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }
}

/// One kind of `topics/commitments.toml`; each list holds lemma sequences in lower case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the stages are those of CommitmentStatus")]
pub struct CommitmentKind {
    pub name: String,
    pub words: Vec<Vec<String>>,
    pub announced: Vec<Vec<String>>,
    pub started: Vec<Vec<String>>,
    pub held: Vec<Vec<String>>,
    pub suspended: Vec<Vec<String>>,
    pub ended: Vec<Vec<String>>,
    pub broken: Vec<Vec<String>>,
    /// Verbs with what follows them that are this commitment where they are promised: `withdraw troop`.
    pub acts: Vec<Vec<String>>,
    /// One side may bind itself to it.
    pub alone: bool,
    /// That it was held does not show that it was agreed.
    pub passing: bool,
    /// It is there without an agreement, so that its end shows none: diplomatic relations.
    pub standing: bool,
    /// "The deal", "the talks": it may name one of another kind with the same root.
    pub general: bool,
    /// Its object is the other side, or where that is: "visit".
    pub meets: bool,
    /// Where one party to an agreement does it, it is due to the other.
    pub due: bool,
    /// What it is, as far as sentences tell of it in their own way: of the kind that gave it its stages.
    pub form: Option<CommitmentForm>,
    /// The topic that two who agree on it share, whatever words name it; one that no list has says nothing.
    pub topic: Option<String>,
    /// The type of events that it takes back: relief from sanctions that were imposed.
    pub undoes: Option<String>,
    /// The kind that gave it its stages, or itself.
    pub root: String,
}

impl CommitmentKind {
    /// The words that give it a status.
    pub fn stage(&self, status: CommitmentStatus) -> &[Vec<String>] {
        match status {
            CommitmentStatus::Announced => &self.announced,
            CommitmentStatus::Started => &self.started,
            CommitmentStatus::Held => &self.held,
            CommitmentStatus::Suspended => &self.suspended,
            CommitmentStatus::Ended => &self.ended,
            CommitmentStatus::Broken => &self.broken,
        }
    }
}

/// The files of `topics/`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Topics {
    /// In file order.
    pub issues: Vec<Topic>,
    /// In file order.
    pub commitments: Vec<CommitmentKind>,
    context_index: LemmaIndex,
    issue_index: LemmaIndex,
    own_index: LemmaIndex,
    commitment_index: LemmaIndex,
    /// Verb → kind and number of the act, the longest act first.
    acts: Acts,
    issue_acts: Acts,
}

type Acts = BTreeMap<String, Vec<(usize, usize)>>;

impl Topics {
    /// The longest topic whose words give an event its context: how many of the lemmas they take, and the topic.
    pub fn context_at<'k>(&'k self, lemmas: &[&str]) -> Option<(usize, &'k Topic)> {
        let (taken, number) = self.context_index.find(lemmas)?;
        Some((taken, self.issues.get(number)?))
    }

    /// The longest topic whose words the lemmas (lower case) begin with: how many of them it
    /// takes, and the topic.
    pub fn issue_at<'k>(&'k self, lemmas: &[&str]) -> Option<(usize, &'k Topic)> {
        let (taken, number) = self.issue_index.find(lemmas)?;
        Some((taken, self.issues.get(number)?))
    }

    /// The longest words that name topics only between their own parties: how many of the lemmas they take, and the places of those
    /// topics in `issues`.
    pub fn own_at(&self, lemmas: &[&str]) -> Option<(usize, &[usize])> {
        self.own_index.find_all(lemmas)
    }

    /// The same for kinds of commitment.
    pub fn commitment_at<'k>(&'k self, lemmas: &[&str]) -> Option<(usize, &'k CommitmentKind)> {
        let (taken, number) = self.commitment_index.find(lemmas)?;
        Some((taken, self.commitments.get(number)?))
    }

    /// The acts that begin with a verb, as the place of their kind in `commitments` and their own in its `acts`, the longest first.
    pub fn acts_of(&self, verb: &str) -> Option<&[(usize, usize)]> {
        self.acts.get(verb).map(Vec::as_slice)
    }

    /// The same for acts that name a topic, as the place of the topic in `issues` and their own in its `acts`.
    pub fn issue_acts_of(&self, verb: &str) -> Option<&[(usize, usize)]> {
        self.issue_acts.get(verb).map(Vec::as_slice)
    }
}

/// A code, the place of its file among all and the byte where it stands there, for the checks across files.
pub(crate) type Codes = Vec<(String, usize, usize)>;

/// Reads the files of `topics/`; faults are added to `faults`. The contexts, types and modes that they name must be of `ontology`; an
/// empty one could not be read. The codes that topics name are returned as well.
pub(crate) fn read(
    files: &[SourceFile],
    ontology: &Ontology,
    faults: &mut Vec<Fault>,
) -> (Topics, Codes) {
    let mut topics = Topics::default();
    let mut codes = Codes::new();
    let mut seen = Seen::default();
    for (number, file) in laid_over::in_order(files, ISSUES) {
        let reader = Reader::new(file);
        issues(&reader, ontology, &mut topics.issues, &mut seen, &mut |code| {
            codes.push((code.value.to_owned(), number, code.at));
        });
        faults.extend(reader.into_faults());
    }
    let mut seen = Seen::default();
    for (_, file) in laid_over::in_order(files, COMMITMENTS) {
        let reader = Reader::new(file);
        commitments(&reader, &mut topics.commitments, &mut seen);
        faults.extend(reader.into_faults());
    }
    let phrases = |words: &'_ [Vec<String>], i: usize| -> Vec<(Vec<String>, usize)> {
        words.iter().map(|lemmas| (lemmas.clone(), i)).collect()
    };
    let issues: Vec<_> =
        topics.issues.iter().enumerate().flat_map(|(i, t)| phrases(&t.words, i)).collect();
    topics.context_index = LemmaIndex::build(issues.iter().map(|(w, i)| (w.as_slice(), *i)));
    let more: Vec<_> =
        topics.issues.iter().enumerate().flat_map(|(i, t)| phrases(&t.as_issue, i)).collect();
    let every = issues.iter().chain(&more);
    topics.issue_index = LemmaIndex::build(every.map(|(w, i)| (w.as_slice(), *i)));
    let own: Vec<_> =
        topics.issues.iter().enumerate().flat_map(|(i, t)| phrases(&t.own, i)).collect();
    topics.own_index = LemmaIndex::build(own.iter().map(|(w, i)| (w.as_slice(), *i)));
    let kinds: Vec<_> =
        topics.commitments.iter().enumerate().flat_map(|(i, k)| phrases(&k.words, i)).collect();
    topics.commitment_index = LemmaIndex::build(kinds.iter().map(|(w, i)| (w.as_slice(), *i)));
    topics.acts = acts(topics.commitments.iter().map(|kind| kind.acts.as_slice()));
    topics.issue_acts = acts(topics.issues.iter().map(|topic| topic.acts.as_slice()));
    (topics, codes)
}

fn acts<'a>(of: impl Iterator<Item = &'a [Vec<String>]>) -> Acts {
    let mut acts: BTreeMap<String, Vec<(usize, usize, usize)>> = BTreeMap::new();
    for (kind, own) in of.enumerate() {
        for (number, act) in own.iter().enumerate() {
            if let Some(verb) = act.first() {
                acts.entry(verb.clone()).or_default().push((act.len(), kind, number));
            }
        }
    }
    acts.into_iter()
        .map(|(verb, mut list)| {
            list.sort_by_key(|(length, ..)| std::cmp::Reverse(*length));
            (verb, list.into_iter().map(|(_, kind, number)| (kind, number)).collect())
        })
        .collect()
}

/// The file of the topics.
pub(crate) const ISSUES: &str = "topics/issues.toml";
/// The file of the kinds of commitment.
pub(crate) const COMMITMENTS: &str = "topics/commitments.toml";
pub(crate) use laid_over::is_laid_over;

fn lemmas(reader: &Reader<'_>, list: &[At<&str>]) -> Vec<Vec<String>> {
    for word in list {
        lower_case(reader, *word);
    }
    list.iter().map(|word| phrase(word.value)).collect()
}

/// Reads a file of topics into those that are known by now: a table of a known name adds to its topic.
fn issues(
    reader: &Reader<'_>,
    ontology: &Ontology,
    issues: &mut Vec<Topic>,
    seen: &mut Seen,
    code: &mut dyn FnMut(At<&str>),
) {
    let table = reader.parse();
    laid_over::take_out(reader, &table, issues, seen);
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        let known = issues.iter_mut().find(|topic| topic.name == name.value);
        let label = match known {
            Some(_) => fields.string("label"),
            None => fields.required("label"),
        };
        let context = fields.string("context");
        if let Some(context) = context {
            crate::ontology::known(reader, context, "context", &ontology.contexts);
        }
        let mut words = |key, once: bool| {
            let words = fields.strings(key);
            if once {
                seen.check(reader, name.value, &words);
            }
            lemmas(reader, &words)
        };
        let (own_words, as_issue) = (words("words", true), words("as_issue", true));
        let (own, acts) = (words("own", false), words("acts", false));
        let told_by = fields.strings("told_by");
        let told_by = told_by.iter().filter_map(|act| topic_act(reader, *act, ontology)).collect();
        let codes = fields.strings("codes");
        for &at in &codes {
            code(at);
        }
        laid_over::asked(&mut fields, known.is_some());
        fields.finish();
        let read = Topic {
            name: name.value.to_owned(),
            label: label.map_or_else(String::new, |label| label.value.to_owned()),
            context: context.map(|context| context.value.to_owned()),
            words: own_words,
            as_issue,
            own,
            acts,
            told_by,
            codes: codes.iter().map(|code| code.value.to_owned()).collect(),
        };
        match known {
            Some(topic) => topic.add(read),
            None => issues.push(read),
        }
    }
}

/// `ASSAULT/crowd-control`, `ASSAULT by TER`, `COERCE/arrest OPP`: a type, its mode, who does it, and to whom.
fn topic_act(reader: &Reader<'_>, text: At<&str>, ontology: &Ontology) -> Option<TopicAct> {
    let mut parts = text.value.split_whitespace();
    let act = parts.next()?;
    let (kind, mode) = act.split_once('/').map_or((act, None), |(kind, mode)| (kind, Some(mode)));
    let names: Vec<String> = ontology.types.iter().map(|kind| kind.name.clone()).collect();
    crate::ontology::known(reader, At { value: kind, at: text.at }, "type", &names);
    if let (Some(mode), Some(known)) = (mode, ontology.event_type(kind)) {
        crate::ontology::known(reader, At { value: mode, at: text.at }, "mode", &known.modes);
    }
    let sector = |code: &str| {
        let sector = Sector::from_code(code);
        if sector.is_none() {
            reader.fault(text.at, format!("unknown sector `{code}`"), None);
        }
        sector
    };
    let mut next = parts.next();
    let mut by = None;
    if next == Some("by") {
        by = parts.next().and_then(sector);
        next = parts.next();
    }
    let whom = next.and_then(sector);
    Some(TopicAct { kind: kind.to_owned(), mode: mode.map(str::to_owned), by, whom })
}

/// Reads a file of kinds of commitment into those that are known by now: a table of a known name adds to its kind.
fn commitments(reader: &Reader<'_>, kinds: &mut Vec<CommitmentKind>, seen: &mut Seen) {
    let table = reader.parse();
    laid_over::take_out(reader, &table, kinds, seen);
    let mut new = Vec::new();
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        let known = kinds.iter_mut().find(|kind| kind.name == name.value);
        let words = fields.strings("words");
        seen.check(reader, name.value, &words);
        let mut stage = |key| lemmas(reader, &fields.strings(key));
        let (announced, started, held) = (stage("announced"), stage("started"), stage("held"));
        let (suspended, ended, broken) = (stage("suspended"), stage("ended"), stage("broken"));
        let acts = stage("acts");
        let (alone, passing) = (fields.flag("alone"), fields.flag("passing"));
        let (general, meets) = (fields.flag("general"), fields.flag("meets"));
        let (due, standing) = (fields.flag("due"), fields.flag("standing"));
        let form = fields.string("form").and_then(|word| form(reader, word));
        let topic = fields.string("topic");
        let undoes = fields.string("undoes");
        let like = if known.is_none() { fields.string("like") } else { None };
        laid_over::asked(&mut fields, known.is_some());
        fields.finish();
        let read = CommitmentKind {
            name: name.value.to_owned(),
            words: lemmas(reader, &words),
            announced,
            started,
            held,
            suspended,
            ended,
            broken,
            acts,
            alone,
            passing,
            standing,
            general,
            meets,
            due,
            form,
            topic: topic.map(|topic| topic.value.to_owned()),
            undoes: undoes.map(|kind| kind.value.to_owned()),
            root: name.value.to_owned(),
        };
        match known {
            Some(kind) => kind.add(read),
            None => new.push((read, like)),
        }
    }
    take_verbs(reader, kinds, new);
}

fn form(reader: &Reader<'_>, word: At<&str>) -> Option<CommitmentForm> {
    let form = CommitmentForm::from_name(word.value);
    if form.is_none() {
        let known = CommitmentForm::NAMES.map(|(name, _)| name);
        let message = format!("unknown form `{}`", word.value);
        reader.fault(word.at, message, crate::nearest::hint(word.value, known));
    }
    form
}

/// Adds new kinds to those that are known, and gives one that is `like` another the stages of that kind, where it has none of its own.
fn take_verbs(
    reader: &Reader<'_>,
    kinds: &mut Vec<CommitmentKind>,
    mut new: Vec<(CommitmentKind, Option<At<&str>>)>,
) {
    let own_stages = |kind: &&CommitmentKind| kind.root == kind.name;
    let givers: Vec<CommitmentKind> = kinds
        .iter()
        .filter(own_stages)
        .chain(new.iter().filter(|(_, like)| like.is_none()).map(|(kind, _)| kind))
        .cloned()
        .collect();
    for (kind, model) in &mut new {
        let Some(model) = model else { continue };
        let Some(giver) = givers.iter().find(|giver| giver.name == model.value) else {
            let message = format!("no kind `{}` with stages of its own", model.value);
            let names = givers.iter().map(|giver| giver.name.as_str());
            reader.fault(model.at, message, crate::nearest::hint(model.value, names));
            continue;
        };
        kind.root.clone_from(&giver.name);
        kind.form = kind.form.or(giver.form);
        for (own, given) in [
            (&mut kind.announced, &giver.announced),
            (&mut kind.started, &giver.started),
            (&mut kind.held, &giver.held),
            (&mut kind.suspended, &giver.suspended),
            (&mut kind.ended, &giver.ended),
            (&mut kind.broken, &giver.broken),
        ] {
            if own.is_empty() {
                own.clone_from(given);
            }
        }
    }
    kinds.extend(new.into_iter().map(|(kind, _)| kind));
}

/// Words that stand under a topic or a kind already, with its name.
#[derive(Default)]
struct Seen(BTreeMap<String, String>);

impl Seen {
    fn check(&mut self, reader: &Reader<'_>, name: &str, words: &[At<&str>]) {
        for word in words {
            if let Some(other) = self.0.insert(word.value.to_owned(), name.to_owned()) {
                let message = format!("`{}` stands under `{other}` already", word.value);
                let hint = "a word leads to one entry; `without` takes one out of a built-in entry";
                reader.fault(word.at, message, Some(hint.to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_may_take_the_stages_of_another() {
        let text = "[treaty]\nwords = ['treaty']\nstarted = ['sign']\nbroken = ['tear up']\n\
                    [truce]\nlike = 'treaty'\nwords = ['truce']\nbroken = ['violate']\n\
                    [pact]\nlike = 'treat'\nwords = ['pact']";
        let file = SourceFile::new("topics/commitments.toml".into(), "c".into(), text.into());
        let mut faults = Vec::new();
        let (topics, _) = read(&[file], &Ontology::default(), &mut faults);
        let truce = &topics.commitments[1];
        assert_eq!(truce.started, [["sign"]]);
        assert_eq!(truce.broken, [["violate"]]);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].to_string().contains("did you mean `treaty`"), "{faults:?}");
    }

    #[test]
    fn the_topics_of_the_built_in_kinds_are_known() {
        // Who lays another list of topics over the built-in one need not have them.
        let topics = crate::Knowledge::builtin().unwrap().topics;
        for topic in topics.commitments.iter().filter_map(|kind| kind.topic.as_ref()) {
            assert!(topics.issues.iter().any(|known| known.name == *topic), "{topic}");
        }
    }

    #[test]
    fn topics_and_kinds_are_found() {
        let file = |path: &str, text: &str| SourceFile::new(path.into(), path.into(), text.into());
        let files = [
            file(
                ISSUES,
                "[trade]\nlabel = 'trade'\nwords = ['trade', 'trade war']\ncodes = ['TWN']\n\
                 own = ['ban']\nas_issue = ['quota']\nacts = ['dump']",
            ),
            file(
                "topics/commitments.toml",
                "['working group']\nwords = ['working group']\nheld = ['meet']\n\
                 [pullout]\nlike = 'working group'\nalone = true\nacts = ['pull', 'pull out troop']",
            ),
        ];
        let mut faults = Vec::new();
        let (topics, codes) = read(&files, &Ontology::default(), &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(codes, [("TWN".to_owned(), 0, 64)]);
        assert_eq!(topics.issue_at(&["trade", "war", "with"]).unwrap().0, 2);
        assert_eq!(topics.commitment_at(&["working", "group"]).unwrap().1.name, "working group");
        assert!(topics.issue_at(&["war"]).is_none());
        assert_eq!(topics.issue_at(&["quota"]).unwrap().0, 1);
        assert!(topics.context_at(&["quota"]).is_none());
        assert_eq!(topics.own_at(&["ban", "on"]), Some((1, &[0][..])));
        assert_eq!(topics.issue_acts_of("dump"), Some(&[(0, 0)][..]));
        let pullout = &topics.commitments[1];
        assert!(pullout.alone && !pullout.general);
        assert_eq!(pullout.stage(CommitmentStatus::Held), [["meet"]]);
        assert_eq!(topics.acts_of("pull"), Some(&[(1, 1), (1, 0)][..]));
    }

    #[test]
    fn an_act_may_tell_of_a_topic() {
        let text = "[terrorism]\nlabel = 'terrorism'\ntold_by = ['ASSAULT/drone by TER CVL', 'COERCE by X']";
        let file = SourceFile::new(ISSUES.into(), "i".into(), text.into());
        let mut faults = Vec::new();
        let (topics, _) = read(&[file], &Ontology::default(), &mut faults);
        assert_eq!(faults.len(), 1, "{faults:?}");
        let told = TopicAct {
            kind: "ASSAULT".to_owned(),
            mode: Some("drone".to_owned()),
            by: Some(Sector::Ter),
            whom: Some(Sector::Cvl),
        };
        assert_eq!(topics.issues[0].told_by[0], told);
    }
}

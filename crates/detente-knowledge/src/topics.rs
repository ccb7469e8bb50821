//! What parties quarrel over or work on, and the kinds of promise.
//!
//! In go the files of `topics/`, out come [`Topics`]. At the lemmas "human rights in Tibet" they give
//! the issue `human_rights`; at "joint task force" the commitment `working group`.

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
}

impl CommitmentForm {
    /// Every form by the word that `topics/commitments.toml` has for it.
    const NAMES: [(&str, CommitmentForm); 3] =
        [("body", Self::Body), ("pact", Self::Pact), ("talks", Self::Talks)];

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

/// A code and the byte where it stands, for the checks across files.
pub(crate) type Codes = Vec<(String, usize)>;

/// Reads the files of `topics/`; faults are added to `faults`. The contexts, types and modes that they name must be of `ontology`; an
/// empty one could not be read. The codes that topics name are returned as well.
pub(crate) fn read(
    files: &[SourceFile],
    ontology: &Ontology,
    faults: &mut Vec<Fault>,
) -> (Topics, Codes) {
    let mut topics = Topics::default();
    let mut codes = Codes::new();
    if let Some(file) = files.iter().find(|file| file.path == ISSUES) {
        let reader = Reader::new(file);
        topics.issues = issues(&reader, ontology, &mut codes);
        faults.extend(reader.into_faults());
    }
    if let Some(file) = files.iter().find(|file| file.path == "topics/commitments.toml") {
        let reader = Reader::new(file);
        topics.commitments = commitments(&reader);
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

fn lemmas(reader: &Reader<'_>, list: &[At<&str>]) -> Vec<Vec<String>> {
    for word in list {
        lower_case(reader, *word);
    }
    list.iter().map(|word| phrase(word.value)).collect()
}

fn issues(reader: &Reader<'_>, ontology: &Ontology, codes: &mut Codes) -> Vec<Topic> {
    let table = reader.parse();
    let mut issues = Vec::new();
    let mut seen = Seen::default();
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        let label = fields.required("label");
        let context = fields.string("context");
        if let Some(context) = context {
            crate::ontology::known(reader, context, "context", &ontology.contexts);
        }
        let words = fields.strings("words");
        seen.check(reader, &words);
        let more = fields.strings("as_issue");
        seen.check(reader, &more);
        let bare = fields.strings("own");
        let acts = fields.strings("acts");
        let told_by = fields.strings("told_by");
        let told_by = told_by.iter().filter_map(|act| topic_act(reader, *act, ontology)).collect();
        let own = fields.strings("codes");
        codes.extend(own.iter().map(|code| (code.value.to_owned(), code.at)));
        fields.finish();
        issues.push(Topic {
            name: name.value.to_owned(),
            label: label.map_or(name.value, |label| label.value).to_owned(),
            context: context.map(|context| context.value.to_owned()),
            words: lemmas(reader, &words),
            as_issue: lemmas(reader, &more),
            own: lemmas(reader, &bare),
            acts: lemmas(reader, &acts),
            told_by,
            codes: own.iter().map(|code| code.value.to_owned()).collect(),
        });
    }
    issues
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

fn commitments(reader: &Reader<'_>) -> Vec<CommitmentKind> {
    let table = reader.parse();
    let mut kinds = Vec::new();
    let mut models = Vec::new();
    let mut seen = Seen::default();
    for (name, value) in entries(&table) {
        let Some(mut fields) = Fields::of(reader, value) else { continue };
        let words = fields.strings("words");
        seen.check(reader, &words);
        let mut stage = |key| lemmas(reader, &fields.strings(key));
        let (announced, started, held) = (stage("announced"), stage("started"), stage("held"));
        let (suspended, ended, broken) = (stage("suspended"), stage("ended"), stage("broken"));
        let acts = stage("acts");
        let (alone, passing) = (fields.flag("alone"), fields.flag("passing"));
        let (general, meets) = (fields.flag("general"), fields.flag("meets"));
        let due = fields.flag("due");
        let form = fields.string("form").and_then(|word| form(reader, word));
        let topic = fields.string("topic");
        models.push(fields.string("like"));
        fields.finish();
        kinds.push(CommitmentKind {
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
            general,
            meets,
            due,
            form,
            topic: topic.map(|topic| topic.value.to_owned()),
            root: name.value.to_owned(),
        });
    }
    take_verbs(reader, &mut kinds, &models);
    kinds
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

/// Gives a kind that is `like` another the stages of that kind, where it has none of its own.
fn take_verbs(reader: &Reader<'_>, kinds: &mut [CommitmentKind], models: &[Option<At<&str>>]) {
    let givers: Vec<CommitmentKind> = kinds
        .iter()
        .zip(models)
        .filter(|(_, model)| model.is_none())
        .map(|(kind, _)| kind.clone())
        .collect();
    for (kind, model) in kinds.iter_mut().zip(models) {
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
}

/// Words that stand under a topic already.
#[derive(Default)]
struct Seen(std::collections::BTreeSet<String>);

impl Seen {
    fn check(&mut self, reader: &Reader<'_>, words: &[At<&str>]) {
        for word in words {
            if !self.0.insert(word.value.to_owned()) {
                let message = format!("`{}` stands in this file already", word.value);
                reader.fault(word.at, message, Some("a word leads to one entry".into()));
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
        assert_eq!(codes, [("TWN".to_owned(), 64)]);
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

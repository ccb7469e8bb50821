//! What two or more parties agreed to bring about, and where it stands.
//!
//! In go the sentences of one document with its resolution and events, out come [`Commitment`]s in the order of
//! their first mention. "Oslo and Ottawa agreed to set up a working group on fisheries" gives a working group,
//! subject "fisheries", parties `CAN` and `NOR`, announced; "In May the working group met" moves it to held.
//!
//! A noun of `topics/commitments.toml` is one only where the tree says so: a verb of one of its stages governs it, and
//! two parties stand behind that verb. A wish ("called for a ceasefire"), a refusal or a bare mention makes
//! none, and a meeting that was simply held is an event, no commitment.

use std::collections::{BTreeMap, BTreeSet};

use detente_core::{
    Commitment, CommitmentMention, CommitmentStatus, Document, Event, Span, stable_id,
};
use detente_knowledge::{CommitmentKind, Knowledge, SlotRole};
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::Resolution;

use crate::grammar::{governed_by, has_case, members, subject, token};
use crate::issues::{head_of, naming_words, opens_name};
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use crate::yields::Tree;

/// Steps that are climbed from the noun to the verb that promises it.
const MAX_CLIMB: usize = 10;

/// Prepositions that give a commitment's subject.
const ABOUT: [&str; 8] = ["on", "about", "over", "regarding", "concerning", "for", "against", "in"];

/// Nouns of agreement, whose infinitive is what was agreed.
const AGREEMENTS: [&str; 6] = ["agreement", "deal", "accord", "pact", "decision", "memorandum"];

/// Every commitment of the document, in order of the first mention.
pub fn commitments(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
    events: &[Event],
) -> Vec<Commitment> {
    let verbs = &book.promises;
    let mut all: Vec<Commitment> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let named = named(knowledge, sentence);
        if named.is_empty() {
            continue;
        }
        let tree = Tree::new(sentence);
        let scene = Scene::plain(knowledge, book, sentence, index, resolution);
        for noun in named {
            let Some(stage) = stage(verbs, sentence, &noun) else { continue };
            let mut parties = parties(&scene, &stage, noun.head);
            if parties.len() < 2 && stage.agreed {
                parties.extend(event_parties(events, index, stage.verb, sentence));
            }
            let subject = topic(&tree, &document.text, noun.head, stage.act);
            let mention = CommitmentMention {
                sentence: index,
                span: mention_span(&tree, &noun),
                text: String::new(),
                status: stage.status,
            };
            record(document, &mut all, &noun, &stage, parties, subject, mention);
        }
    }
    for commitment in &mut all {
        let subject = commitment.subject.clone().unwrap_or_default();
        let mut parts = vec![document.id.as_str(), "commitment", &commitment.kind, &subject];
        parts.extend(commitment.parties.iter().map(String::as_str));
        commitment.id = stable_id(&parts);
    }
    all
}

/// A noun that names a kind of commitment.
struct Named<'k> {
    kind: &'k CommitmentKind,
    head: usize,
    first: usize,
}

/// The kinds that a sentence names, from the left, the longest first.
fn named<'k>(knowledge: &'k Knowledge, sentence: &Sentence) -> Vec<Named<'k>> {
    let lemmas = naming_words(sentence);
    let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = lemmas.get(at..).filter(|rest| !rest.is_empty()) {
        if !opens_name(sentence, at) {
            at += 1;
            continue;
        }
        let Some((taken, kind)) =
            knowledge.topics.commitment_at(rest).filter(|(taken, _)| *taken > 0)
        else {
            at += 1;
            continue;
        };
        let end = (at + taken).min(lemmas.len());
        let head = head_of(sentence, at, end);
        // A noun that only modifies another ("meeting room", "treaty obligations") names no commitment.
        let stands = token(sentence, head).is_some_and(|t| {
            matches!(t.upos, Upos::Noun | Upos::Propn)
                && !matches!(t.relation(), "compound" | "amod")
        });
        if stands {
            found.push(Named { kind, head, first: at });
        }
        at = end;
    }
    found
}

/// Verbs that make a promise of what they govern, or bring it about.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    agree: BTreeSet<String>,
    make: BTreeMap<String, Vec<Vec<String>>>,
}

impl Promises {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let group = |name: &str| knowledge.words.groups.get(name).map_or(&[][..], Vec::as_slice);
        let mut make: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        for lemmas in group("commit_make") {
            if let Some((first, rest)) = lemmas.split_first() {
                make.entry(first.clone()).or_default().push(rest.to_vec());
            }
        }
        let agree = group("commit_agree").iter().filter_map(|l| l.first()).cloned().collect();
        Self { agree, make }
    }
}

/// What a verb does to a commitment.
struct Stage {
    status: CommitmentStatus,
    /// The verb whose subject are the parties.
    verb: usize,
    /// The verb that governs the noun.
    act: usize,
    /// Two sides promised it, so that it may begin here.
    agreed: bool,
    /// The noun itself is the subject: "the talks collapsed".
    own_subject: bool,
}

/// The stage that the verb around a noun gives it; `None` for a wish, a refusal or a bare mention.
fn stage(verbs: &Promises, sentence: &Sentence, noun: &Named<'_>) -> Option<Stage> {
    let mut at = noun.head;
    // "a series of talks", "the establishment of a working group and a hotline"
    let mut steps = 0;
    let (act, relation) = loop {
        let word = token(sentence, at)?;
        let up = word.head?;
        let upper = token(sentence, up)?;
        match word.relation() {
            "conj" | "appos" => at = up,
            "nmod" if has_case(sentence, at, "of") => at = up,
            _ if upper.upos == Upos::Verb => break (up, word),
            _ => return None,
        }
        steps += 1;
        if steps > 4 {
            return None;
        }
    };
    let own_subject = relation.deprel == "nsubj";
    let governs = match relation.relation() {
        "obj" => true,
        "nsubj" => own_subject || relation.deprel == "nsubj:pass",
        "obl" => !["after", "before", "during", "since", "at", "under", "by", "despite"]
            .iter()
            .any(|p| has_case(sentence, at, p)),
        _ => false,
    };
    if !governs || refused(sentence, act) {
        return None;
    }
    let found = kind_stage(noun.kind, sentence, act, at);
    // "agreed to establish", "agreed that they would resume"
    if let Some(promise) = promise(verbs, sentence, act) {
        let status = match found {
            Some(status @ (CommitmentStatus::Suspended | CommitmentStatus::Ended)) => status,
            Some(CommitmentStatus::Broken) => return None,
            _ => CommitmentStatus::Announced,
        };
        return Some(Stage { status, verb: promise, act, agreed: true, own_subject: false });
    }
    if !actual(sentence, act) {
        return None;
    }
    let makes = phrase(
        verbs.make.get(lemma(sentence, act)).into_iter().flatten().map(Vec::as_slice),
        sentence,
        act,
        at,
    );
    let status = found.or_else(|| makes.then_some(CommitmentStatus::Announced))?;
    if status == CommitmentStatus::Announced && !makes {
        return None;
    }
    // To make a thing is to begin it; to hold it only goes on with what is known.
    let agreed = makes || !matches!(status, CommitmentStatus::Announced | CommitmentStatus::Held);
    Some(Stage { status, verb: act, act, agreed, own_subject })
}

fn lemma(sentence: &Sentence, at: usize) -> &str {
    token(sentence, at).map_or("", |t| t.lemma.as_str())
}

/// The stage whose words the verb and its particle or preposition are.
fn kind_stage(
    kind: &CommitmentKind,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
) -> Option<CommitmentStatus> {
    let stages = [
        (&kind.broken, CommitmentStatus::Broken),
        (&kind.suspended, CommitmentStatus::Suspended),
        (&kind.ended, CommitmentStatus::Ended),
        (&kind.started, CommitmentStatus::Started),
        (&kind.announced, CommitmentStatus::Announced),
        (&kind.held, CommitmentStatus::Held),
    ];
    let word = lemma(sentence, verb);
    let mut best: Option<(usize, CommitmentStatus)> = None;
    for (list, status) in stages {
        for lemmas in list {
            let Some((first, rest)) = lemmas.split_first() else { continue };
            if first == word
                && best.is_none_or(|(length, _)| rest.len() > length)
                && phrase(std::iter::once(rest), sentence, verb, noun)
            {
                best = Some((rest.len(), status));
            }
        }
    }
    best.map(|(_, status)| status)
}

/// Whether one of the phrases (what follows the verb) holds: each word hangs on the verb or introduces the noun.
fn phrase<'k>(
    mut rests: impl Iterator<Item = &'k [String]>,
    sentence: &Sentence,
    verb: usize,
    noun: usize,
) -> bool {
    let bare = token(sentence, noun).is_some_and(|t| t.relation() != "obl");
    rests.any(|rest| {
        if rest.is_empty() {
            return bare;
        }
        rest.iter().all(|part| {
            has_case(sentence, noun, part)
                || sentence.children(verb).iter().any(|&child| {
                    child > verb
                        && lemma(sentence, child) == part
                        && token(sentence, child).is_some_and(|t| {
                            matches!(t.relation(), "compound" | "advmod" | "obl" | "xcomp")
                        })
                })
                || (part == "of" && has_case(sentence, noun, "of"))
        })
    })
}

/// The verb of agreement that governs an act by an infinitive, a clause or a list of such.
fn promise(verbs: &Promises, sentence: &Sentence, act: usize) -> Option<usize> {
    let mut at = act;
    for _ in 0..MAX_CLIMB {
        let word = token(sentence, at)?;
        let up = word.head?;
        let upper = token(sentence, up)?;
        let climbs = matches!(word.relation(), "xcomp" | "ccomp" | "conj" | "advcl" | "acl");
        if !climbs {
            return None;
        }
        // A second infinitive may stand beside the verb of agreement instead of below it.
        let below = word.relation() != "conj" || marked_to(sentence, at);
        if below && verbs.agree.contains(upper.lemma.as_str()) && upper.upos == Upos::Verb {
            return (!refused(sentence, up)).then_some(up);
        }
        // "signed an agreement to open": a parser may hang the infinitive on the verb.
        let by_agreement = word.relation() == "advcl"
            && marked_to(sentence, at)
            && verbs.make.contains_key(upper.lemma.as_str())
            && sentence.dependents(up, "obj").any(|o| AGREEMENTS.contains(&lemma(sentence, o)));
        if by_agreement {
            return (!refused(sentence, up) && actual(sentence, up)).then_some(up);
        }
        // "reached an agreement to open", "signed a deal to build": the noun of agreement passes on.
        let passes = word.relation() == "conj"
            || (word.relation() == "acl" && AGREEMENTS.contains(&upper.lemma.as_str()))
            || (upper.upos == Upos::Verb && word.relation() != "advcl" && !blocks(sentence, up));
        if !passes {
            return None;
        }
        if word.relation() == "acl" {
            let verb = upper.head?;
            let makes = token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb)
                && verbs.make.contains_key(lemma(sentence, verb));
            return (makes && !refused(sentence, verb) && actual(sentence, verb)).then_some(verb);
        }
        at = up;
    }
    None
}

/// Whether a verb keeps what it governs a wish: "urged them to resume", "hopes to sign".
fn blocks(sentence: &Sentence, verb: usize) -> bool {
    !matches!(
        lemma(sentence, verb),
        "continue" | "start" | "begin" | "go" | "work" | "help" | "say" | "announce"
    )
}

/// Whether the verb is negated or only possible.
fn refused(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).iter().filter_map(|&c| token(sentence, c)).any(|t| {
        matches!(t.lemma.as_str(), "not" | "never" | "n't")
            || (t.relation() == "aux"
                && matches!(
                    t.lemma.as_str(),
                    "could" | "might" | "may" | "should" | "would" | "must" | "can"
                ))
            || (t.relation() == "mark" && matches!(t.lemma.as_str(), "if" | "unless" | "whether"))
    })
}

/// Whether the verb tells of something done: finite and not future, or a participle.
fn actual(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    let children = || sentence.children(verb).iter().filter_map(|&c| token(sentence, c));
    if children().any(|t| t.relation() == "mark" && t.lemma == "to")
        || children().any(|t| t.relation() == "aux" && matches!(t.lemma.as_str(), "will" | "shall"))
    {
        return false;
    }
    // A bare infinitive or gerund takes its reality from what governs it; only the verb of a list may lend its own.
    match word.relation() {
        "xcomp" | "csubj" => false,
        "conj" => word.head.is_none_or(|up| {
            up == verb
                || token(sentence, up).is_none_or(|t| t.upos != Upos::Verb)
                || !infinitive(sentence, up, 0)
        }),
        _ => !matches!(word.xpos.as_str(), "VB" | "VBG") || word.relation() == "root",
    }
}

fn marked_to(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .children(verb)
        .iter()
        .filter_map(|&c| token(sentence, c))
        .any(|t: &Token| t.relation() == "mark" && t.lemma == "to")
}

fn infinitive(sentence: &Sentence, verb: usize, depth: usize) -> bool {
    marked_to(sentence, verb)
        || (depth < 6
            && token(sentence, verb).is_some_and(|t| t.relation() == "conj")
            && token(sentence, verb)
                .and_then(|t| t.head)
                .is_some_and(|up| up != verb && infinitive(sentence, up, depth + 1)))
}

/// Codes of the parties behind a stage.
fn parties(scene: &Scene<'_>, stage: &Stage, noun: usize) -> BTreeSet<String> {
    let sentence = scene.sentence;
    let mut codes = BTreeSet::new();
    let mut collect = |head: usize, role: SlotRole| {
        for member in members(sentence, head) {
            codes.extend(scene.actors(member, role).into_iter().filter_map(|a| a.code));
        }
    };
    if !stage.own_subject
        && let Some(head) = subject(sentence, stage.verb)
    {
        collect(head, SlotRole::Actor);
    }
    let mut holders = vec![noun, stage.act, stage.verb];
    holders.dedup();
    for holder in holders {
        for preposition in ["with", "between", "among"] {
            for head in governed_by(sentence, holder, preposition) {
                collect(head, SlotRole::Parties);
            }
        }
    }
    for &child in sentence.children(noun) {
        if token(sentence, child).is_some_and(|t| t.deprel == "nmod:poss") {
            collect(child, SlotRole::Parties);
        }
    }
    codes
}

/// Parties of an AGREE, SUPPORT or CONSULT event that rests on the same verb.
fn event_parties(
    events: &[Event],
    sentence: usize,
    verb: usize,
    tokens: &Sentence,
) -> BTreeSet<String> {
    let Some(at) = token(tokens, verb).map(|t| t.span) else { return BTreeSet::new() };
    events
        .iter()
        .filter(|e| e.sentence == sentence && e.trigger.span.overlaps(at))
        .filter(|e| {
            matches!(e.kind.as_str(), "AGREE" | "SUPPORT" | "CONSULT" | "CONCEDE" | "COOPERATE")
        })
        .flat_map(|e| e.actors.iter().chain(&e.recipients))
        .filter_map(|a| a.code.clone())
        .collect()
}

/// What a commitment is about, in the text's words.
fn topic(tree: &Tree<'_>, text: &str, noun: usize, act: usize) -> Option<String> {
    let about_words = |child: usize| {
        ABOUT.iter().any(|p| tree.introduced_by(child, p).is_some())
            // A date or a place is no subject.
            && tree.token(child).is_some_and(|t| t.upos != Upos::Propn && t.upos != Upos::Num)
    };
    let own = tree
        .children(noun)
        .iter()
        .copied()
        .find(|&c| c > noun && matches!(tree.relation(c), "nmod" | "acl") && about_words(c));
    // "resume dialogue on trade": a parser may hang the subject on the verb.
    let about = own.or_else(|| {
        tree.children(act).iter().copied().find(|&c| {
            tree.relation(c) == "obl"
                && tree.first(c) == noun + 1
                && about_words(c)
                && tree.introduced_by(c, "in").is_none()
                && tree.introduced_by(c, "for").is_none()
        })
    })?;
    let first = tree.first(about);
    let case =
        tree.children(about).iter().copied().filter(|&c| tree.relation(c) == "case").max()?;
    let mut last = tree.last(about);
    while last > about && tree.upos(last) == Upos::Punct {
        last -= 1;
    }
    // A clause about the subject is not a part of its name.
    for &child in tree.children(about) {
        if child > about
            && tree.relation(child) == "acl"
            && tree.token(child).is_some_and(|t| t.deprel == "acl:relcl")
        {
            last = last.min(tree.first(child).saturating_sub(1)).max(about);
        }
    }
    let mut start = first.max(case + 1);
    while start < about && tree.relation(start) == "det" {
        start += 1;
    }
    let mut end = last;
    while end > start && tree.upos(end) == Upos::Punct {
        end -= 1;
    }
    tree.span(start..=end)?.of(text).map(str::to_owned)
}

/// Bytes of the noun with what stands before it and its subject.
fn mention_span(tree: &Tree<'_>, noun: &Named<'_>) -> Span {
    let mut first = noun.first;
    while first > tree.first(noun.head) && matches!(tree.relation(first - 1), "amod" | "compound") {
        first -= 1;
    }
    let mut last = noun.head;
    for &child in tree.children(noun.head) {
        if child > noun.head
            && tree.relation(child) == "nmod"
            && ABOUT.iter().any(|p| tree.introduced_by(child, p).is_some())
            && tree.first(child) <= last + 1
        {
            last = tree.last(child);
        }
    }
    while last > noun.head && tree.upos(last) == Upos::Punct {
        last -= 1;
    }
    tree.span(first..=last).unwrap_or_default()
}

/// Adds a mention to the commitment it belongs to, or begins a new one.
fn record(
    document: &Document,
    all: &mut Vec<Commitment>,
    noun: &Named<'_>,
    stage: &Stage,
    parties: BTreeSet<String>,
    subject: Option<String>,
    mut mention: CommitmentMention,
) {
    let Some(text) = mention.span.of(&document.text) else { return };
    text.clone_into(&mut mention.text);
    let known = all.iter_mut().rev().find(|known| {
        known.kind == noun.kind.name
            && parties.iter().all(|code| known.parties.contains(code))
            && compatible(known.subject.as_deref(), subject.as_deref())
    });
    if let Some(known) = known {
        known.status = mention.status;
        known.subject = known.subject.take().or(subject);
        known.mentions.push(mention);
    } else if parties.len() >= 2 && stage.agreed {
        all.push(Commitment {
            id: String::new(),
            kind: noun.kind.name.clone(),
            subject,
            parties: parties.into_iter().collect(),
            status: mention.status,
            mentions: vec![mention],
        });
    }
}

/// Whether two subjects may be one: either is missing, or one holds the other.
fn compatible(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.to_lowercase(), other.to_lowercase());
            one.contains(&other) || other.contains(&one)
        }
        _ => true,
    }
}

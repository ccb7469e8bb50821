//! Words that name a commitment.
//!
//! In goes a sentence, out come the nouns ("a joint task force") and the acts ("withdraw its troops") of `topics/commitments.toml` that
//! stand in it, from the left.

use detente_knowledge::{CommitmentForm, CommitmentKind};
use detente_parse::{Sentence, Upos};
use detente_resolve::MentionKind;

use super::promises::Promises;
use super::reality::future;
use super::{is_definite, is_verb, lemma};
use crate::grammar::{
    antecedent, governed_by, has_case, is_below, is_passive, is_relative, members, patient,
    subject, token,
};
use crate::issues::{head_of, naming_words, opens_name};
use crate::scene::Scene;

/// A noun or an act that names a kind of commitment.
pub(super) struct Named<'k> {
    pub(super) kind: &'k CommitmentKind,
    /// Token that heads it.
    pub(super) head: usize,
    /// First token of its name.
    pub(super) first: usize,
    /// Last token of its name.
    pub(super) last: usize,
    /// It is an act: the head is a verb.
    pub(super) act: bool,
    /// It only takes up what was told: "it", "the group", "which"; it begins nothing.
    pub(super) again: bool,
    /// The noun of which it is one: "among the accords that both signed was one on visas".
    pub(super) of: Option<usize>,
}

/// The kinds that a sentence names, from the left, the longest first.
pub(super) fn find<'k>(scene: &Scene<'k>) -> Vec<Named<'k>> {
    let mut found = nouns(scene);
    let others = others(scene, &found);
    // "Among the accords was one on visas" tells of that one.
    found.retain(|noun| {
        !has_case(scene.sentence, noun.head, "among")
            || others.iter().all(|other| other.of != Some(noun.head))
    });
    found.extend(others);
    let acts = acts(scene, &found);
    found.extend(acts);
    let relatives = relatives(scene.sentence, &found);
    found.extend(relatives);
    found.sort_by_key(|named| named.first);
    found
}

/// "Signed a pact on fish and another on visas", "among the accords was one on visas": one more of a noun for any agreement.
fn others<'k>(scene: &Scene<'k>, nouns: &[Named<'k>]) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let verbs = &scene.book.promises;
    let mut found = Vec::new();
    for noun in nouns.iter().filter(|noun| {
        !noun.act && noun.kind.general && noun.kind.form == Some(CommitmentForm::Pact)
    }) {
        // The tree may take either for the predicate.
        let inverted = has_case(sentence, noun.head, "among");
        let among = token(sentence, noun.head)
            .and_then(|t| t.head)
            .into_iter()
            .chain(sentence.dependents(noun.head, "nsubj"))
            .filter(|_| inverted);
        // A parser may hang it on what the first is about.
        let verb = token(sentence, noun.head)
            .filter(|t| t.relation() == "obj")
            .and_then(|t| t.head)
            .map_or_else(Vec::new, |verb| sentence.dependents(verb, "obl").collect());
        let more = std::iter::once(noun.head)
            .chain(sentence.dependents(noun.head, "nmod"))
            .chain(verb.into_iter().filter(|&at| at > noun.head))
            .flat_map(|at| sentence.dependents(at, "conj").collect::<Vec<_>>());
        for at in more.chain(among).collect::<Vec<_>>() {
            let of = Some(noun.head);
            let about = |at: usize| {
                ["on", "over", "about", "for", "with"]
                    .iter()
                    .any(|case| has_case(sentence, at, case))
            };
            let told = sentence.children(at).iter().any(|&c| {
                token(sentence, c)
                    .is_some_and(|t| t.relation() == "acl" || (t.relation() == "nmod" && about(c)))
            });
            if !told || !verbs.another.contains(lemma(sentence, at)) {
                continue;
            }
            let kind = by_subject(scene, noun.kind, at).unwrap_or(noun.kind);
            found.push(Named { kind, head: at, first: at, last: at, act: false, again: false, of });
        }
    }
    found
}

/// "They will be lifted": what takes back what was imposed before.
pub(super) fn undoing<'k>(scene: &Scene<'k>, imposed: &str) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let topics = &scene.knowledge.topics;
    let pronoun = |verb: usize| {
        patient(sentence, verb).is_some_and(|at| {
            token(sentence, at).is_some_and(|t| {
                t.upos == Upos::Pron && matches!(t.lemma.as_str(), "they" | "it" | "them")
            })
        })
    };
    let kind = |verb: usize| {
        topics.acts_of(lemma(sentence, verb))?.iter().find_map(|&(kind, number)| {
            let kind = topics.commitments.get(kind)?;
            let short = kind.acts.get(number).is_some_and(|act| act.len() == 2);
            (short && kind.undoes.as_deref() == Some(imposed)).then_some(kind)
        })
    };
    (0..sentence.tokens.len())
        .filter(|&verb| is_verb(sentence, verb) && pronoun(verb))
        .filter_map(|verb| Some((verb, kind(verb)?)))
        .map(|(head, kind)| Named {
            kind,
            head,
            first: head,
            last: head,
            act: true,
            again: false,
            of: None,
        })
        .collect()
}

/// "The next will take place in May": one more of the meetings that the sentence before named.
pub(super) fn next_of<'k>(
    verbs: &Promises,
    sentence: &Sentence,
    kind: &'k CommitmentKind,
) -> Option<Named<'k>> {
    let at = (0..sentence.tokens.len()).find(|&at| {
        token(sentence, at).is_some_and(|t| {
            t.relation() == "nsubj"
                && matches!(t.upos, Upos::Adj | Upos::Noun)
                && verbs.next.contains(t.lemma.as_str())
                && sentence.dependents(at, "nmod").next().is_none()
                && t.head.is_some_and(|verb| is_verb(sentence, verb) && future(sentence, verb))
        })
    })?;
    Some(Named { kind, head: at, first: at, last: at, act: false, again: false, of: None })
}

/// "A truce that took effect on Monday": what the clause says of its noun.
fn relatives<'k>(sentence: &Sentence, nouns: &[Named<'k>]) -> Vec<Named<'k>> {
    (0..sentence.tokens.len())
        .filter(|&at| is_relative(sentence, at))
        .filter_map(|at| {
            let of = antecedent(sentence, at);
            // "A group of officials, which met in May": "which" is no word for people.
            let whole = token(sentence, of)
                .filter(|t| t.relation() == "nmod" && lemma(sentence, at) == "which")
                .filter(|_| has_case(sentence, of, "of"))
                .and_then(|t| t.head);
            let noun = nouns.iter().find(|noun| !noun.act && noun.head == of).or_else(|| {
                nouns.iter().find(|noun| {
                    noun.kind.form == Some(CommitmentForm::Body) && Some(noun.head) == whole
                })
            })?;
            // "The pact of 1995, which Jakarta tore up": one of old.
            let of_old = sentence.dependents(of, "nmod").any(|year| {
                has_case(sentence, year, "of")
                    && token(sentence, year).is_some_and(|t| t.upos == Upos::Num)
            });
            if of_old {
                return None;
            }
            // "The truce, which took effect on Monday, has collapsed": the clause tells what was before.
            let before = token(sentence, of).is_some_and(|t| t.relation() == "nsubj");
            let first = if before { noun.first } else { at };
            Some(Named {
                kind: noun.kind,
                head: at,
                first,
                last: at,
                act: false,
                again: true,
                of: None,
            })
        })
        .collect()
}

/// Words that may take up a commitment that was told of: "it", and a noun that the lists lack: "the group", "the cuts".
pub(super) fn again(sentence: &Sentence, named: &[Named<'_>]) -> Vec<usize> {
    let is_named =
        |at: usize| named.iter().any(|n| n.head == at || (n.first..=n.last).contains(&at));
    (0..sentence.tokens.len())
        .filter(|&at| {
            !is_named(at)
                && token(sentence, at).is_some_and(|t| {
                    (t.upos == Upos::Pron && t.lemma == "it" && t.deprel != "nmod:poss")
                        || (t.upos == Upos::Noun && is_definite(sentence, at))
                })
        })
        .collect()
}

fn nouns<'k>(scene: &Scene<'k>) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let lemmas = naming_words(sentence);
    let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = lemmas.get(at..).filter(|rest| !rest.is_empty()) {
        if !opens_name(sentence, at) {
            at += 1;
            continue;
        }
        let Some((taken, kind)) =
            scene.knowledge.topics.commitment_at(rest).filter(|(taken, _)| *taken > 0)
        else {
            if !is_actor(scene, at)
                && let Some(kind) = act_named(scene, at)
            {
                found.push(Named {
                    kind,
                    head: at,
                    first: at,
                    last: at,
                    act: false,
                    again: false,
                    of: None,
                });
            }
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
        if stands && !is_actor(scene, head) {
            let kind = by_subject(scene, kind, head).unwrap_or(kind);
            found.push(Named {
                kind,
                head,
                first: at,
                last: end - 1,
                act: false,
                again: false,
                of: None,
            });
        }
        at = end;
    }
    found
}

/// "A memorandum on migration" is a migration deal: what a noun for any agreement is about may name a kind of its own.
fn by_subject<'k>(
    scene: &Scene<'k>,
    kind: &CommitmentKind,
    head: usize,
) -> Option<&'k CommitmentKind> {
    let sentence = scene.sentence;
    let verbs = &scene.book.promises;
    // "a treaty meant to end thirty years of war"
    let ends_war = |verb: usize| {
        let of_war = |object: usize| {
            counted(verbs, sentence, vec![object])
                .iter()
                .any(|&at| verbs.in_class("war", lemma(sentence, at)))
        };
        matches!(lemma(sentence, verb), "end" | "stop" | "halt")
            && sentence.dependents(verb, "obj").any(of_war)
    };
    let clauses: Vec<usize> = sentence.dependents(head, "acl").collect();
    let aims = clauses.iter().flat_map(|&clause| sentence.dependents(clause, "xcomp"));
    if kind.general
        && kind.form == Some(CommitmentForm::Pact)
        && clauses.iter().copied().chain(aims).any(ends_war)
    {
        return scene.knowledge.topics.commitment_at(&["peace", "agreement"]).map(|(_, kind)| kind);
    }
    let topics = &scene.knowledge.topics;
    // "A treaty that fixes the border": what it does may be the act of a kind.
    let by_act = clauses.iter().filter(|&&verb| is_verb(sentence, verb)).find_map(|&verb| {
        topics.acts_of(lemma(sentence, verb))?.iter().find_map(|&(of, number)| {
            let of = topics.commitments.get(of)?;
            let act = of.acts.get(number)?;
            (kind.general
                && of.root == kind.root
                && !of.alone
                && act.len() > 1
                && done_to(verbs, sentence, verb, act.get(1..)?))
            .then_some(of)
        })
    });
    if by_act.is_some() {
        return by_act;
    }
    let about = sentence.dependents(head, "nmod").find(|&about| {
        ["on", "over", "about", "for", "of"].iter().any(|case| has_case(sentence, about, case))
    })?;
    // "on oil exploration", "for the supply of gas"
    let mut words = vec![about];
    words.extend(sentence.dependents(about, "compound"));
    words.extend(sentence.dependents(about, "nmod").filter(|&of| has_case(sentence, of, "of")));
    words
        .iter()
        .flat_map(|&at| {
            let word = lemma(sentence, at);
            // "a contract for 36 fighters"
            let word = if scene.book.promises.in_class("arms", word) { "arms" } else { word };
            ["deal", "agreement", "pact"].into_iter().map(move |noun| [word, noun])
        })
        .filter_map(|pair| topics.commitment_at(&pair))
        .find(|(taken, found)| *taken == 2 && kind.general && found.root == kind.root)
        .map(|(_, found)| found)
}

/// "The sale of 36 fighters", "the release of both pilots": a noun that names an act of a kind by the verb that it is made of.
fn act_named<'k>(scene: &Scene<'k>, at: usize) -> Option<&'k CommitmentKind> {
    let sentence = scene.sentence;
    let verbs = &scene.book.promises;
    token(sentence, at)
        .filter(|t| t.upos == Upos::Noun && !matches!(t.relation(), "compound" | "amod"))?;
    let acts = scene.knowledge.topics.acts_of(verbs.verb_of(lemma(sentence, at))?)?;
    let objects: Vec<usize> = sentence
        .dependents(at, "nmod")
        .filter(|&of| ["of", "for", "in"].iter().any(|case| has_case(sentence, of, case)))
        .flat_map(|of| counted(verbs, sentence, members(sentence, of)))
        .chain(sentence.dependents(at, "compound"))
        .collect();
    acts.iter().find_map(|&(kind, number)| {
        let kind = scene.knowledge.topics.commitments.get(kind)?;
        let rest = kind.acts.get(number)?.get(1..)?;
        let holds = !rest.is_empty()
            && rest.iter().all(|part| objects.iter().any(|&of| is_part(verbs, sentence, of, part)));
        holds.then_some(kind)
    })
}

/// Nouns with what they only count: "80 percent of the debt", "500 million pounds' worth of arms".
fn counted(verbs: &Promises, sentence: &Sentence, mut nouns: Vec<usize>) -> Vec<usize> {
    let counted: Vec<usize> = nouns
        .iter()
        .filter(|&&noun| verbs.is_part(lemma(sentence, noun)))
        .flat_map(|&noun| sentence.dependents(noun, "nmod"))
        .filter(|&of| {
            has_case(sentence, of, "of")
                || token(sentence, of).is_some_and(|t| t.deprel == "nmod:poss")
        })
        .collect();
    nouns.extend(counted);
    nouns
}

/// Whether a noun is what a part of an act asks for: a word of its class, or the word itself.
fn is_part(verbs: &Promises, sentence: &Sentence, noun: usize, part: &str) -> bool {
    let word = lemma(sentence, noun);
    match part.strip_prefix('@') {
        Some(class) => verbs.in_class(class, word),
        // "troops" has no singular.
        None => word == part || word.strip_suffix('s') == Some(part),
    }
}

/// "The European Union", "the Monitoring Committee": a body that acts is no commitment of its own.
fn is_actor(scene: &Scene<'_>, head: usize) -> bool {
    let capital = token(scene.sentence, head)
        .is_some_and(|t| t.form.starts_with(char::is_uppercase) && t.upos == Upos::Propn);
    capital
        && scene.resolution.mentions_in(scene.index).iter().any(|mention| {
            mention.tokens.contains(&head)
                && mention.kind == MentionKind::Name
                && mention.actors.iter().any(|actor| actor.code.is_some())
        })
}

/// Verbs that with their object are an act of a kind: "exchange prisoners", "pull out its forces".
fn acts<'k>(scene: &Scene<'k>, nouns: &[Named<'k>]) -> Vec<Named<'k>> {
    let sentence = scene.sentence;
    let mut found = Vec::new();
    // "Is due in Ankara"
    let is_state = |at: usize| {
        let is_be = |at: usize| token(sentence, at).is_some_and(|t| t.lemma == "be");
        token(sentence, at).is_some_and(|t| t.upos == Upos::Adj)
            && sentence.dependents(at, "nsubj").next().is_some()
            && at.checked_sub(1).is_some_and(is_be)
    };
    for verb in (0..sentence.tokens.len()).filter(|&at| is_verb(sentence, at) || is_state(at)) {
        let word = lemma(sentence, verb);
        let Some(acts) = scene.knowledge.topics.acts_of(word) else { continue };
        let kind = acts.iter().find_map(|&(kind, number)| {
            let kind = scene.knowledge.topics.commitments.get(kind)?;
            let act = kind.acts.get(number)?;
            done_to(&scene.book.promises, sentence, verb, act.get(1..)?).then_some(kind)
        });
        // "The committee is to meet every month": what is said of a body is no meeting of its own.
        let of_body = |kind: &CommitmentKind| {
            let doer = subject(sentence, verb);
            kind.meets && nouns.iter().any(|noun| !noun.kind.meets && Some(noun.head) == doer)
        };
        // "to hold elections", "pledged 30 billion yen in loans": what a noun names by itself is one commitment with the act.
        let by_noun = |kind: &CommitmentKind| {
            nouns.iter().any(|noun| {
                let of_kind = noun.kind.name == kind.name || noun.kind.alone;
                // "The bank, which approved a loan in May, paid out 20 million": what is told of who acts stands by itself.
                let of_doer = !is_passive(sentence, verb)
                    && sentence.dependents(verb, "nsubj").any(|doer| {
                        sentence
                            .dependents(doer, "acl")
                            .any(|clause| is_below(sentence, noun.head, clause))
                    });
                of_kind && !of_doer && is_below(sentence, noun.head, verb)
            })
        };
        if let Some(kind) = kind.filter(|kind| !by_noun(kind) && !of_body(kind)) {
            found.push(Named {
                kind,
                head: verb,
                first: verb,
                last: verb,
                act: true,
                again: false,
                of: None,
            });
        }
    }
    found
}

/// Whether what follows the verb in an act stands by it: its particle, preposition or object.
pub(crate) fn done_to(verbs: &Promises, sentence: &Sentence, verb: usize, rest: &[String]) -> bool {
    let mut objects: Vec<usize> =
        patient(sentence, verb).map_or_else(Vec::new, |object| members(sentence, object));
    // "give the mission 600 soldiers": a parser may take both for objects.
    // "agreed to stop fighting": a gerund may hang as a verb.
    objects.extend(
        sentence
            .dependents(verb, "xcomp")
            .filter(|&at| token(sentence, at).is_some_and(|t| t.xpos == "VBG")),
    );
    objects.extend(
        sentence.dependents(verb, "obj").filter(|at| !objects.contains(at)).collect::<Vec<_>>(),
    );
    // "Hold off on tariffs"
    let prepositions = rest.iter().filter(|part| !part.starts_with(['@', '^']));
    let by_preposition: Vec<usize> = prepositions
        .flat_map(|case| governed_by(sentence, verb, case).collect::<Vec<_>>())
        .filter(|&at| rest.len() > 1 && token(sentence, at).is_some_and(|t| t.upos == Upos::Noun))
        .collect();
    objects.extend(by_preposition);
    // "The largest sum, 95 million dollars, was promised": what it is said to be.
    let told: Vec<usize> =
        objects.iter().flat_map(|&object| sentence.dependents(object, "appos")).collect();
    objects.extend(told);
    // "write off 80 percent of the debt": what is counted.
    let objects = counted(verbs, sentence, objects);
    let by = if rest.iter().any(|part| part.starts_with('^')) && !is_passive(sentence, verb) {
        let doers = subject(sentence, verb).map_or_else(Vec::new, |doer| members(sentence, doer));
        counted(verbs, sentence, doers)
    } else {
        Vec::new()
    };
    rest.iter().all(|part| {
        // "the troops are to leave": what does it tells what it is.
        if let Some(part) = part.strip_prefix('^') {
            return by.iter().any(|&doer| is_part(verbs, sentence, doer, part));
        }
        if let Some(class) = part.strip_prefix('@') {
            return objects.iter().any(|&object| verbs.in_class(class, lemma(sentence, object)));
        }
        let form = |at: usize| token(sentence, at).is_some_and(|t| t.form.to_lowercase() == *part);
        if objects.iter().any(|&object| form(object)) {
            return true;
        }
        objects.iter().any(|&object| is_part(verbs, sentence, object, part))
            || sentence.children(verb).iter().any(|&child| {
                // "pull out its troops", "pull its troops out of the valley", but not "resume talks on trade".
                let particle = lemma(sentence, child) == part
                    && token(sentence, child).is_some_and(|t| {
                        matches!(t.upos, Upos::Adp | Upos::Adv | Upos::Part)
                            && matches!(t.relation(), "compound" | "advmod" | "obl")
                    });
                // "let prisoners go", "are to be set free"
                let infinitive = child > verb
                    && lemma(sentence, child) == part
                    && token(sentence, child).is_some_and(|t| {
                        (t.relation() == "xcomp" && t.upos == Upos::Adj)
                            || (t.xpos == "VB" && matches!(t.relation(), "xcomp" | "ccomp" | "conj"))
                            // "to go on talking"
                            || (t.xpos == "VBG" && matches!(t.relation(), "xcomp" | "advcl" | "ccomp"))
                    });
                particle || infinitive || has_case(sentence, child, part)
            })
    })
}

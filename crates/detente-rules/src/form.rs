//! What the form around a trigger makes of it: negation, promise, refusal, condition, recall.
//!
//! "Ankara agreed to lift the ban" holds *lift*, but nothing was lifted yet: under *agree* the
//! event is AGREE, planned. The words that do this stand in `words/operators.toml` with their
//! effects; this module climbs from the trigger to the root and adds up what it meets.

use detente_core::EventStatus;
use detente_knowledge::Effect;
use detente_parse::{Sentence, Upos};

use crate::grammar::{content_noun, dependent, has_case, is_limiting, is_passive, token};
use crate::matcher::lower;
use crate::rulebook::{HYPHEN, RuleBook};

/// One word above the trigger that bears on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Governor {
    pub(crate) at: usize,
    pub(crate) effect: Effect,
    /// The governing word is itself negated.
    pub(crate) negated: bool,
    /// It governs the trigger as a noun: "rejected talks".
    pub(crate) noun: bool,
    /// Somebody should do what it says, or may: "ought to refuse", "might agree".
    pub(crate) unsure: bool,
}

/// How the trigger stands in its sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    pub(crate) negated: bool,
    pub(crate) modal: Modal,
    /// Innermost first.
    pub(crate) governors: Vec<Governor>,
    pub(crate) conditional: bool,
    /// "to curb protests": what something else was done for.
    pub(crate) purpose: bool,
    /// The verb of what was done for it.
    pub(crate) serves: Option<usize>,
    pub(crate) background: bool,
    /// Only named: "a dispute over trade", "the arrest warrant".
    pub(crate) topic: bool,
    /// "Had to apologise": done against one's will.
    pub(crate) compelled: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Modal {
    #[default]
    None,
    Future,
    Would,
    Might,
    Should,
}

/// Reads the form around the trigger at `head`; `light` is the verb that carries a noun trigger.
pub(crate) fn form(
    book: &RuleBook,
    sentence: &Sentence,
    head: usize,
    light: Option<usize>,
) -> Form {
    let mut form = Form::default();
    let mut at = head;
    let own = token(sentence, head);
    let noun_trigger = own.is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn));
    if noun_trigger {
        form.negated |= sentence.children(head).iter().any(|&c| {
            token(sentence, c).is_some_and(|t| {
                matches!(t.lemma.as_str(), "no" | "neither" | "without")
                    && matches!(t.relation(), "det" | "case")
            })
        });
        form.background |= recalls(sentence, head);
        form.modal = likelihood(book, sentence, head);
        form.conditional |=
            ["without", "absent", "unless"].iter().any(|w| has_case(sentence, head, w));
    }
    if let Some(light) = light {
        at = light;
        // "called for tariffs", "rejected talks": the carrying verb says more than that.
        // "Offered praise": what is offered in words is given.
        let given =
            lemma_of(sentence, light) == "offer" && book.is_offered_word(&lemma_of(sentence, head));
        if light != head && !given {
            form.governors.extend(governor(book, sentence, light, true));
        }
    }
    verb_form(book, sentence, at, &mut form);
    // Everything past a clause boundary still tells whether the text recalls the event, but no
    // longer whether it happened.
    let mut in_scope = true;
    for _ in 0..sentence.tokens.len().min(40) {
        let Some(word) = token(sentence, at) else { break };
        let Some(up) = word.head else { break };
        let relation = word.relation();
        let infinitive = has_mark(sentence, at, "to");
        match relation {
            "conj" => {
                // The first of a list carries what governs them all; its own negation and tense
                // are shared only by bare followers ("will meet and discuss").
                // "It should be grateful and agree to help": a base form behind a modal, whatever its tag.
                let base = || {
                    word.xpos == "VBP"
                        && sentence
                            .dependents(up, "aux")
                            .any(|c| token(sentence, c).is_some_and(|t| t.xpos == "MD"))
                };
                let bare = word.upos == Upos::Verb
                    && (matches!(word.xpos.as_str(), "VB" | "VBN" | "VBG") || base())
                    && dependent(sentence, at, "nsubj").is_none()
                    && dependent(sentence, at, "aux").is_none();
                if in_scope && bare {
                    verb_form(book, sentence, up, &mut form);
                }
                // "agreed to set up a group, and to resume dialogue": the second infinitive hangs
                // on the finite verb as its fellow, but belongs to it.
                let stray = in_scope
                    && infinitive
                    && !has_mark(sentence, up, "to")
                    && token(sentence, up).is_some_and(|t| t.upos == Upos::Verb);
                if stray {
                    form.governors.extend(governor(book, sentence, up, false));
                }
                at = up;
                continue;
            }
            "xcomp" | "ccomp" | "csubj" if in_scope => {
                // "Did not say whether he would go": what is only asked about.
                if ["if", "whether"].iter().any(|w| has_mark(sentence, at, w)) {
                    form.conditional = true;
                    form.topic |= relation == "ccomp"
                        && (has_mark(sentence, at, "whether")
                            || is_asked_about(book, sentence, up));
                }
                // "has to approve" is a duty, no deed; who "had to apologise" did so, unless somebody says that he had to.
                let duty = infinitive
                    && token(sentence, up).is_some_and(|t| {
                        t.lemma == "have"
                            || t.lemma == "get" && dependent(sentence, up, "obj").is_none()
                    });
                let told = token(sentence, up).is_some_and(|t| {
                    t.xpos == "VBD"
                        && (t.head.is_none() || matches!(t.relation(), "conj" | "advcl" | "acl"))
                });
                if duty && told && dependent(sentence, up, "aux").is_none() {
                    form.compelled = true;
                } else if duty {
                    form.modal = Modal::Should;
                }
                form.purpose |= infinitive && is_hired(book, sentence, up);
                if let Some(mut governor) = governor(book, sentence, up, false) {
                    if governor.effect == Effect::Wish && infinitive && is_held(sentence, at, up) {
                        governor.effect = Effect::Try;
                    }
                    let reported = relation == "ccomp" && !infinitive;
                    // A clause with its own tense is only touched by words that bear on facts.
                    let applies = !reported
                        || matches!(
                            governor.effect,
                            Effect::Deny
                                | Effect::Wish
                                | Effect::Threaten
                                | Effect::Consider
                                | Effect::Accuse
                                | Effect::Agree
                        )
                        || (governor.effect == Effect::Ask
                            && (!book.is_telling(&lemma_of(sentence, up))
                                || is_wanted(sentence, at)));
                    if applies {
                        form.governors.push(governor);
                    }
                }
                // What comes of an attack is in no tense of the attack.
                if relation == "csubj" || (relation == "ccomp" && !infinitive) {
                    in_scope = false;
                } else {
                    verb_form_of_governor(book, sentence, up, &mut form);
                }
            }
            "advcl" => {
                if in_scope {
                    // "When asked if he would endorse her"
                    form.topic |= has_mark(sentence, at, "if")
                        && (is_asked_about(book, sentence, up)
                            || is_asked_before(book, sentence, up, at));
                    if ["if", "unless", "whether", "provided", "until", "once", "lest"].iter().any(
                        |w| has_mark(sentence, at, w) && !(*w == "once" && is_past(sentence, at)),
                    ) {
                        form.conditional = true;
                    }
                    // "capable of delivering", "refrained from attacking"
                    let gerund = ["of", "from", "in", "to", "against", "about", "on", "into"]
                        .iter()
                        .any(|w| has_case_or_mark(sentence, at, w));
                    if gerund && !infinitive {
                        let over = governor(book, sentence, up, false);
                        // "Not sold on joining", "not quite there on backing him": who is not so far withholds it.
                        let state = is_passive(sentence, up)
                            || token(sentence, up)
                                .is_some_and(|t| matches!(t.upos, Upos::Adj | Upos::Adv));
                        form.negated |=
                            over.is_none() && word.xpos == "VBG" && state && negated(sentence, up);
                        form.governors.extend(over);
                    }
                    // "A ruling on whether he went too far by freezing it": none of it is told as so.
                    form.topic |= has_mark(sentence, at, "whether")
                        || (has_case_or_mark(sentence, at, "by")
                            && has_mark(sentence, up, "whether"));
                    // "Charged with waging war", "condemned for shelling the town"
                    let charged =
                        ["with", "for", "over"].iter().any(|w| has_case_or_mark(sentence, at, w));
                    if charged && word.xpos == "VBG" {
                        let charge = governor(book, sentence, up, false);
                        form.governors.extend(charge.filter(|g| g.effect == Effect::Accuse));
                    }
                    // "Ruled out sending troops"
                    if !gerund && !infinitive && word.xpos == "VBG" && at <= up + 3 {
                        form.governors.extend(governor(book, sentence, up, false).filter(|g| {
                            matches!(
                                g.effect,
                                Effect::Refuse
                                    | Effect::Cancel
                                    | Effect::Delay
                                    | Effect::Stop
                                    | Effect::Consider
                                    | Effect::Wish
                            )
                        }));
                    }
                    form.purpose |= infinitive && is_hired(book, sentence, up);
                    if infinitive && light.is_none_or(|l| l != at) {
                        let governor = governor(book, sentence, up, false);
                        form.purpose |= governor.is_none();
                        form.serves = governor.is_none().then_some(up);
                        form.governors.extend(governor);
                    }
                    if ["without", "instead", "rather"]
                        .iter()
                        .any(|w| has_case_or_mark(sentence, at, w))
                    {
                        form.negated = true;
                    }
                }
                if ["after", "since", "following"].iter().any(|w| has_case_or_mark(sentence, at, w))
                {
                    form.background = true;
                }
                in_scope = false;
            }
            "acl" => {
                if word.deprel == "acl:relcl" || !infinitive {
                    // "no chance that he will withdraw", "the claim that it attacked"
                    if in_scope && word.deprel != "acl:relcl" && word.xpos != "VBN" {
                        form.governors.extend(governor(book, sentence, up, false).filter(|g| {
                            matches!(
                                g.effect,
                                Effect::Wish
                                    | Effect::Deny
                                    | Effect::Accuse
                                    | Effect::Consider
                                    | Effect::Threaten
                            )
                        }));
                    }
                    // "Found no evidence that it had armed them"
                    form.topic |= in_scope
                        && word.deprel != "acl:relcl"
                        && book.is_evidence(&lemma_of(sentence, up))
                        && has_no(sentence, up);
                    // "Rejected accusations that it arms the rebels"
                    if in_scope
                        && word.deprel != "acl:relcl"
                        && token(sentence, up).is_some_and(|t| book.is_alleged(&t.lemma))
                        && let Some(over) = token(sentence, up).and_then(|t| t.head)
                        && let Some(denial) = governor(book, sentence, over, false)
                        && matches!(denial.effect, Effect::Refuse | Effect::Deny)
                    {
                        form.governors.insert(0, Governor { effect: Effect::Deny, ..denial });
                    }
                    form.topic |= in_scope
                        && (is_description(book, sentence, at, up)
                            || has_mark(sentence, at, "whether"));
                    in_scope = false;
                    form.background |= recalls(sentence, up);
                } else if in_scope {
                    form.purpose |= token(sentence, up)
                        .filter(|t| matches!(t.relation(), "obj" | "iobj"))
                        .and_then(|t| t.head)
                        .is_some_and(|verb| is_hired(book, sentence, verb));
                    // "a plan to withdraw", "the decision to withdraw"
                    let plan = governor(book, sentence, up, false);
                    form.purpose |= plan.is_none() && book.is_means(&lemma_of(sentence, up));
                    // "Told its refiners to stop buying oil"
                    let asked = || {
                        let object = token(sentence, up)
                            .filter(|t| matches!(t.relation(), "obj" | "iobj"))?;
                        governor(book, sentence, object.head?, false)
                            .filter(|g| g.effect == Effect::Ask)
                    };
                    form.governors.extend(plan.or_else(asked));
                }
            }
            "obj" | "nsubj" | "obl" | "nmod" | "compound" | "amod" | "appos"
                if at == head && noun_trigger || is_noun(sentence, at) =>
            {
                let measured = content_noun(book, sentence, up) == at;
                if in_scope && !measured {
                    noun_link(book, sentence, at, up, relation, &mut form);
                    if relation == "nsubj" {
                        // "Talks will resume": what happens is as sure as its verb.
                        if form.modal == Modal::None && book.is_happening(&lemma_of(sentence, up)) {
                            let mut above = Form::default();
                            verb_form(book, sentence, up, &mut above);
                            form.modal = above.modal;
                        }
                        // What the verb of a subject says is no longer about it.
                        in_scope = false;
                    } else if !is_noun(sentence, up) {
                        verb_form_of_governor(book, sentence, up, &mut form);
                    }
                }
                form.background |= matches!(relation, "obl" | "nmod") && recalls(sentence, at);
            }
            "parataxis" => in_scope = false,
            _ => {}
        }
        at = up;
    }
    form
}

/// "Is believed to have sent arms": what others hold somebody to have done, or to be doing; nobody wishes it.
fn is_held(sentence: &Sentence, deed: usize, holding: usize) -> bool {
    let aux = |word: &str| {
        sentence
            .dependents(deed, "aux")
            .any(|c| token(sentence, c).is_some_and(|t| lower(&t.lemma) == word))
    };
    let under_way = token(sentence, deed).is_some_and(|t| t.xpos == "VBG") && aux("be");
    is_passive(sentence, holding) && (aux("have") || under_way)
}

/// "Paid gunmen to kill him": what others are hired for is theirs to do, and may not be done yet.
fn is_hired(book: &RuleBook, sentence: &Sentence, verb: usize) -> bool {
    book.is_hiring(&lemma_of(sentence, verb))
        && (is_passive(sentence, verb)
            || ["obj", "iobj"].iter().any(|r| dependent(sentence, verb, r).is_some()))
}

/// Verbs of asking, of which "if" asks what is so and sets no condition.
fn is_asked_about(book: &RuleBook, sentence: &Sentence, verb: usize) -> bool {
    book.is_wondering(&lemma_of(sentence, verb))
}

/// "Used these words when asked in May if he would": a question that the parser hangs beside "asked".
fn is_asked_before(book: &RuleBook, sentence: &Sentence, up: usize, clause: usize) -> bool {
    sentence.dependents(up, "advcl").any(|c| {
        c < clause
            && is_asked_about(book, sentence, c)
            && sentence.tokens[c..clause].iter().all(|t| t.form != ",")
    })
}

/// "A system where the minister grants waivers": how something works, and nothing that was done.
fn is_description(book: &RuleBook, sentence: &Sentence, clause: usize, noun: usize) -> bool {
    let habit = token(sentence, clause).is_some_and(|t| matches!(t.xpos.as_str(), "VBZ" | "VBP"))
        && dependent(sentence, clause, "aux").is_none();
    habit && has_mark(sentence, clause, "where") && book.is_working(&lemma_of(sentence, noun))
}

/// "Warned that he be freed": a clause of what is wanted, where "told them that he had left" tells a fact.
pub(crate) fn is_wanted(sentence: &Sentence, clause: usize) -> bool {
    let auxiliary = |words: &[&str]| {
        sentence.children(clause).iter().any(|&c| {
            token(sentence, c).is_some_and(|t| {
                matches!(t.relation(), "aux" | "cop") && words.contains(&lower(&t.form).as_ref())
            })
        })
    };
    auxiliary(&["be", "should", "must", "to"])
        || (token(sentence, clause).is_some_and(|t| t.xpos == "VB")
            && !auxiliary(&[
                "will", "would", "could", "can", "may", "might", "shall", "did", "does", "do",
            ]))
}

/// "Once they had left": what had come about, where "once they have left" is still to come.
fn is_past(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .dependents(verb, "aux")
        .any(|c| token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case("had")))
}

/// Whether a preposition makes the phrase something that the text looks back on: "after the raid".
fn recalls(sentence: &Sentence, at: usize) -> bool {
    ["after", "following", "since"].iter().any(|w| has_case(sentence, at, w))
}

/// "A possible strike", "the planned visit": how far an act that a noun tells is from having happened.
fn likelihood(book: &RuleBook, sentence: &Sentence, noun: usize) -> Modal {
    let mut modals = sentence.children(noun).iter().filter_map(|&c| {
        let word = token(sentence, c).filter(|t| t.relation() == "amod" && c < noun)?;
        match lower(&word.form).as_ref() {
            form if book.is_possible(form) => Some(Modal::Might),
            form if book.is_to_come(form) => Some(Modal::Future),
            _ => None,
        }
    });
    modals.next_back().unwrap_or_default()
}

fn lemma_of(sentence: &Sentence, at: usize) -> std::borrow::Cow<'_, str> {
    token(sentence, at).map_or(std::borrow::Cow::Borrowed(""), |t| lower(&t.lemma))
}

fn is_noun(sentence: &Sentence, at: usize) -> bool {
    token(sentence, at).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
}

fn noun_link(
    book: &RuleBook,
    sentence: &Sentence,
    at: usize,
    up: usize,
    relation: &str,
    form: &mut Form,
) {
    let by_word = governor(book, sentence, up, true);
    match relation {
        "obj" => form.governors.extend(by_word),
        "nsubj" if is_passive(sentence, up) => form.governors.extend(by_word),
        "obl" | "nmod" => match by_word {
            Some(governor) if governs_by(sentence, at, governor.effect) => {
                form.governors.push(governor);
            }
            _ => {
                form.topic |= relation == "nmod"
                    && ["on", "about", "over", "for", "of", "to", "against"]
                        .iter()
                        .any(|w| has_case(sentence, at, w))
                    && is_noun(sentence, up);
                form.topic |= relation == "obl"
                    && ["about", "over", "on", "for"].iter().any(|w| has_case(sentence, at, w));
            }
        },
        "compound" | "amod" => form.topic = true,
        _ => {}
    }
}

/// Whether a word of this effect governs a noun by the preposition that the noun has: one calls for talks and
/// agrees to talks, but what is asked in a letter is no letter asked for.
fn governs_by(sentence: &Sentence, at: usize, effect: Effect) -> bool {
    let prepositions: &[&str] = match effect {
        Effect::Ask => &["for", "of"],
        Effect::Agree => &["to", "on", "for", "of", "with"],
        Effect::Refuse | Effect::Cancel | Effect::Delay => &["from", "of", "to"],
        Effect::Threaten => &["of", "with"],
        Effect::Wish => &["for", "of", "about"],
        Effect::Consider => &["about", "of", "on"],
        _ => &["of", "to", "from", "with", "for", "in"],
    };
    prepositions.iter().any(|w| has_case(sentence, at, w))
}

/// Whether the noun has "no" before it.
pub(crate) fn has_no(sentence: &Sentence, at: usize) -> bool {
    no_of(sentence, at).is_some()
}

/// The "no" of a noun; a "no-fly zone" is one.
pub(crate) fn no_of(sentence: &Sentence, at: usize) -> Option<usize> {
    let is_no = |d: &usize| {
        token(sentence, *d).is_some_and(|t| lower(&t.form) == "no")
            && token(sentence, d + 1).is_none_or(|t| t.form != HYPHEN)
    };
    sentence.dependents(at, "det").find(is_no).filter(|_| is_noun(sentence, at))
}

/// Negation, modals and tense of a verb or predicate.
fn verb_form(book: &RuleBook, sentence: &Sentence, at: usize, form: &mut Form) {
    form.negated |= negated(sentence, at);
    let mut had = false;
    for &child in sentence.children(at) {
        let Some(word) = token(sentence, child) else { continue };
        if word.relation() != "aux" && word.relation() != "cop" {
            continue;
        }
        let form_lower = lower(&word.form);
        match form_lower.as_ref() {
            "will" | "'ll" | "’ll" | "wo" | "shall" => form.modal = Modal::Future,
            "would" | "'d" | "’d" if word.lemma != "have" => form.modal = Modal::Would,
            "could" | "might" | "may" | "can" => form.modal = Modal::Might,
            "should" | "must" | "ought" => form.modal = Modal::Should,
            "had" => had = true,
            "is" | "are" | "was" | "were"
                if has_mark(sentence, at, "to")
                    && token(sentence, at).is_some_and(|t| {
                        t.xpos == "VB"
                            || (t.xpos == "VBN" && dependent(sentence, at, "aux:pass").is_some())
                    }) =>
            {
                form.modal = Modal::Future;
                // "His job was to assist": what somebody is there for.
                form.purpose |= word.relation() == "cop"
                    && dependent(sentence, at, "nsubj")
                        .is_some_and(|s| book.is_calling(&lemma_of(sentence, s)));
            }
            _ => {}
        }
    }
    if form.modal == Modal::None
        && has_mark(sentence, at, "due")
        && token(sentence, at).is_some_and(|t| t.xpos == "VB")
    {
        form.modal = Modal::Future;
    }
    if had && token(sentence, at).is_some_and(|t| t.xpos == "VBN") {
        form.background = true;
    }
    // A headline's infinitive is its future: "Putin to visit Beijing".
    let Some(word) = token(sentence, at) else { return };
    if word.xpos == "VB"
        && has_mark(sentence, at, "to")
        && matches!(word.relation(), "root" | "acl" | "parataxis")
        && dependent(sentence, at, "nsubj").is_some()
    {
        form.modal = Modal::Future;
    }
}

/// Whether a verb is told as to come: "will join", "is to join", "is due to join".
pub(crate) fn is_future(book: &RuleBook, sentence: &Sentence, at: usize) -> bool {
    let mut form = Form::default();
    verb_form(book, sentence, at, &mut form);
    form.modal == Modal::Future && !form.purpose
}

/// Modals of a word that governs the trigger: "will start to withdraw" is future too.
fn verb_form_of_governor(book: &RuleBook, sentence: &Sentence, at: usize, form: &mut Form) {
    let mut above = Form::default();
    verb_form(book, sentence, at, &mut above);
    if form.modal == Modal::None {
        form.modal = above.modal;
    }
    form.background |= above.background;
}

/// Whether a word is negated: not, never, no longer, no.
pub(crate) fn negated(sentence: &Sentence, at: usize) -> bool {
    sentence.children(at).iter().any(|&c| {
        token(sentence, c).is_some_and(|t| {
            let lemma = lower(&t.lemma);
            let negative = matches!(lemma.as_ref(), "not" | "n't" | "never" | "nor" | "neither")
                || lower(&t.form).as_ref() == "n’t";
            // "Not only here to listen, but to help"
            let limits = lemma == "not" && is_limiting(sentence, c + 1);
            (negative
                && !limits
                && matches!(t.relation(), "advmod" | "cc" | "aux" | "det" | "case"))
                || (t.form.eq_ignore_ascii_case("longer")
                    && sentence
                        .children(c)
                        .iter()
                        .any(|&g| token(sentence, g).is_some_and(|t| t.lemma == "no")))
        })
    }) || subject_is_nobody(sentence, at)
}

/// "No talks were held", "neither side agreed".
fn subject_is_nobody(sentence: &Sentence, at: usize) -> bool {
    sentence.dependents(at, "nsubj").any(|s| {
        token(sentence, s)
            .is_some_and(|t| matches!(t.lemma.as_str(), "nobody" | "none" | "neither"))
            || sentence.children(s).iter().any(|&c| {
                token(sentence, c).is_some_and(|t| {
                    matches!(lower(&t.form).as_ref(), "no" | "neither")
                        && (t.relation() == "det" || (t.relation() == "cc"))
                })
            })
    })
}

/// Whether the word joins the clause of `at` to what is above it: "when", "to".
pub(crate) fn has_mark(sentence: &Sentence, at: usize, word: &str) -> bool {
    sentence.children(at).iter().any(|&c| {
        token(sentence, c).is_some_and(|t| {
            matches!(t.relation(), "mark" | "advmod") && t.form.eq_ignore_ascii_case(word)
        })
    })
}

fn has_case_or_mark(sentence: &Sentence, at: usize, word: &str) -> bool {
    has_mark(sentence, at, word) || has_case(sentence, at, word)
}

/// The operator that stands at `at`, if any; of several the one of most words.
fn governor(book: &RuleBook, sentence: &Sentence, at: usize, noun: bool) -> Option<Governor> {
    let word = token(sentence, at)?;
    let fits = |index: usize, wanted: &str| {
        token(sentence, index)
            .is_some_and(|t| lower(&t.lemma) == wanted || t.form.eq_ignore_ascii_case(wanted))
    };
    let mut best: Option<(usize, Effect)> = None;
    for (rest, effect) in book.operators(&lower(&word.lemma)) {
        let all_there = rest.iter().all(|wanted| {
            sentence
                .children(at)
                .iter()
                .any(|&c| fits(c, wanted) || sentence.children(c).iter().any(|&g| fits(g, wanted)))
        });
        if all_there && best.is_none_or(|(len, _)| rest.len() > len) {
            best = Some((rest.len(), *effect));
        }
    }
    let (_, effect) = best?;
    // "Near the end of a day of talks": a time, and nothing that ended.
    if effect == Effect::Stop && is_time_of_end(sentence, at) {
        return None;
    }
    // "has no plans to": the determiner negates the noun that governs.
    let negated = negated(sentence, at) || has_no(sentence, at);
    // "Chose to praise him": it was done, where whoever decides to do it has yet to.
    let made = effect == Effect::Agree && is_choice_made(book, sentence, at);
    let effect = if made { Effect::Start } else { effect };
    let mut above = Form::default();
    verb_form(book, sentence, at, &mut above);
    let unsure = matches!(above.modal, Modal::Should | Modal::Might);
    Some(Governor { at, effect, negated, noun, unsure })
}

/// "At the end of", "by the close of".
fn is_time_of_end(sentence: &Sentence, at: usize) -> bool {
    is_noun(sentence, at)
        && ["at", "near", "by", "before", "until", "till", "toward", "towards", "since", "through"]
            .iter()
            .any(|w| has_case(sentence, at, w))
}

/// "Chose to", "has opted to".
fn is_choice_made(book: &RuleBook, sentence: &Sentence, at: usize) -> bool {
    let Some(word) = token(sentence, at) else { return false };
    let has = |word: &str| {
        sentence.dependents(at, "aux").any(|c| {
            token(sentence, c).is_some_and(|t| t.deprel == "aux" && lower(&t.lemma) == word)
        })
    };
    book.is_choosing(&lower(&word.lemma))
        && (word.xpos == "VBD" || (word.xpos == "VBN" && has("have")))
        && dependent(sentence, at, "xcomp").is_some()
}

/// What becomes of an event of a type under a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is coded, as this type with this status.
    Coded {
        /// `None` for the rule's own type.
        kind: Option<&'static str>,
        status: EventStatus,
        /// The operator that gave the type or status, for the trigger and for control of the subject.
        by: Option<Governor>,
    },
    /// It is not coded, for this reason.
    Not(&'static str),
}

/// Whether a type is cooperative (quad class 1 or 2).
fn is_cooperative(kind: &str) -> bool {
    matches!(kind, "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" | "COOPERATE" | "AID" | "RETREAT")
}

/// Whether a type is material conflict (quad class 4).
pub(crate) fn is_material_conflict(kind: &str) -> bool {
    matches!(kind, "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT")
}

/// Types, statuses and silences that follow from the coding guide, sections 2 and 4.
pub(crate) fn outcome(kind: &str, form: &Form, fixed: Option<EventStatus>) -> Outcome {
    let coded = |kind, status, by| Outcome::Coded { kind, status, by };
    let cooperative = is_cooperative(kind);
    let promised = |by| {
        if kind == "AGREE" || cooperative {
            coded(Some("AGREE"), EventStatus::Planned, by)
        } else if is_material_conflict(kind) || kind == "THREATEN" {
            coded(Some("THREATEN"), EventStatus::Planned, by)
        } else {
            coded(None, EventStatus::Planned, by)
        }
    };
    if form.topic {
        return Outcome::Not("only named, not told");
    }
    if form.purpose {
        return Outcome::Not("what something else was done for");
    }
    // One has to give way; whoever had to fight or to meet may not have done so yet.
    if form.compelled && !matches!(kind, "CONCEDE" | "RETREAT" | "REJECT" | "AID") {
        return Outcome::Not("a duty");
    }
    for (index, &governor) in form.governors.iter().enumerate() {
        let by = Some(governor);
        // "Discussed a plan to ban them": a plan that is talked about is not made.
        let considered = governor.effect == Effect::Agree
            && form.governors[index + 1..].iter().any(|over| {
                over.noun && matches!(over.effect, Effect::Consider | Effect::Wish | Effect::Accuse)
            });
        if considered {
            return Outcome::Not("a plan that is only talked about");
        }
        // "Said Oslo should refuse to pay": what is wanted of it is not done.
        let answers = matches!(
            governor.effect,
            Effect::Agree | Effect::Refuse | Effect::Cancel | Effect::Delay | Effect::Stop
        );
        if governor.unsure && answers {
            return Outcome::Not("a wish");
        }
        match (governor.effect, governor.negated) {
            (Effect::Start, false) => {}
            // "Were unable to agree"
            (Effect::Fail, false) if kind == "AGREE" && !form.negated => {
                return coded(Some("REJECT"), EventStatus::Actual, by);
            }
            (Effect::Start, true) | (Effect::Fail, false) => {
                return if cooperative && kind != "AGREE"
                    || (!cooperative && !is_material_conflict(kind))
                {
                    Outcome::Not("it did not come about")
                } else {
                    coded(None, EventStatus::Denied, by)
                };
            }
            (Effect::Fail, true) => {}
            // "Promised not to attack", "vowed not to negotiate"
            (Effect::Agree, false) if form.negated => {
                return if cooperative {
                    coded(Some("REJECT"), EventStatus::Actual, by)
                } else {
                    coded(Some("AGREE"), EventStatus::Planned, by)
                };
            }
            // "Failed to agree to hold talks", "failed to agree on sanctions"
            (Effect::Agree, false)
                if form.governors[index + 1..]
                    .iter()
                    .any(|over| over.effect == Effect::Fail && !over.negated) =>
            {
                return if cooperative {
                    coded(Some("REJECT"), EventStatus::Actual, by)
                } else {
                    Outcome::Not("not agreed on")
                };
            }
            (Effect::Agree, false) => {
                return if form.conditional && !cooperative {
                    coded(
                        Some(if is_material_conflict(kind) { "THREATEN" } else { "AGREE" }),
                        EventStatus::Planned,
                        by,
                    )
                } else {
                    promised(by)
                };
            }
            (Effect::Agree, true) | (Effect::Refuse | Effect::Cancel, false) => {
                return if cooperative {
                    coded(Some("REJECT"), EventStatus::Actual, by)
                } else {
                    Outcome::Not("a conflict that is refused")
                };
            }
            (Effect::Delay, false) => {
                return if cooperative {
                    coded(Some("REJECT"), EventStatus::Actual, by)
                } else {
                    Outcome::Not("put off")
                };
            }
            (Effect::Refuse | Effect::Cancel | Effect::Delay, true) => {
                return Outcome::Not("a refusal that is denied");
            }
            (Effect::Threaten, false) => return coded(Some("THREATEN"), EventStatus::Actual, by),
            (Effect::Threaten, true) => return Outcome::Not("a threat that is denied"),
            (Effect::Deny, false) => return coded(None, EventStatus::Denied, by),
            (Effect::Deny, true) => {}
            // Who tries to blame somebody does so.
            (Effect::Try, false) if kind == "ACCUSE" => {}
            (Effect::Try, negated) => {
                return if negated {
                    Outcome::Not("not tried")
                } else {
                    coded(None, EventStatus::Hypothetical, by)
                };
            }
            (Effect::Stop, false) => {
                let kind = match kind {
                    "ASSAULT" | "MOBILIZE" | "PROTEST" => "RETREAT",
                    "COERCE" | "SANCTION" => "CONCEDE",
                    "AID" | "COOPERATE" | "CONSULT" | "AGREE" => "SANCTION",
                    "RETREAT" | "CONCEDE" | "SUPPORT" => "REJECT",
                    _ => return Outcome::Not("words that ended"),
                };
                return match form.modal {
                    Modal::Future => {
                        outcome(kind, &Form { modal: form.modal, ..Form::default() }, fixed)
                    }
                    _ => coded(Some(kind), EventStatus::Actual, by),
                };
            }
            (Effect::Stop, true) => {}
            // "Has not called for his resignation"
            (Effect::Ask, true) => return Outcome::Not("a request that is denied"),
            (Effect::Ask, false) => {
                // Whose withdrawal or resignation is called for does not call for it.
                let theirs = kind == "RETREAT";
                return if governor.noun && cooperative && !theirs {
                    coded(Some("REQUEST"), EventStatus::Actual, by)
                } else {
                    Outcome::Not("what a request is about")
                };
            }
            (Effect::Accuse, _) => return Outcome::Not("what an accusation is about"),
            (Effect::Wish, _) => return Outcome::Not("a wish"),
            (Effect::Consider, _) => return Outcome::Not("only considered"),
        }
    }
    if let Some(status) = fixed {
        let withheld = cooperative && matches!(form.modal, Modal::Future | Modal::Would);
        return if form.negated && withheld && !form.conditional {
            // "Will not lift the blockade"
            coded(Some("REJECT"), EventStatus::Actual, None)
        } else if form.negated {
            Outcome::Not("denied by its form")
        } else {
            coded(None, status, None)
        };
    }
    if form.negated {
        return match (cooperative, form.modal) {
            (_, Modal::Should) => Outcome::Not("a wish"),
            _ if form.conditional => Outcome::Not("a condition"),
            (true, _) => coded(Some("REJECT"), EventStatus::Actual, None),
            (false, Modal::None) if is_material_conflict(kind) => {
                coded(None, EventStatus::Denied, None)
            }
            (false, _) => Outcome::Not("words that were not said"),
        };
    }
    match form.modal {
        Modal::Should => Outcome::Not("a wish"),
        Modal::Future => promised(None),
        Modal::Would => {
            if form.conditional && is_material_conflict(kind) {
                coded(Some("THREATEN"), EventStatus::Hypothetical, None)
            } else {
                promised(None)
            }
        }
        Modal::Might => {
            if matches!(kind, "SANCTION" | "COERCE" | "MOBILIZE") {
                coded(Some("THREATEN"), EventStatus::Hypothetical, None)
            } else if is_material_conflict(kind) {
                coded(None, EventStatus::Hypothetical, None)
            } else if kind == "CONCEDE" {
                // "May lift the ban"
                coded(None, EventStatus::Hypothetical, None)
            } else {
                Outcome::Not("words that may be said")
            }
        }
        Modal::None => {
            if form.conditional && cooperative && kind != "AGREE" {
                return Outcome::Not("a condition");
            }
            // What is agreed is still to come.
            let status = match (form.conditional, kind) {
                (_, "AGREE") => EventStatus::Planned,
                (true, _) => EventStatus::Hypothetical,
                (false, _) => EventStatus::Actual,
            };
            coded(None, status, None)
        }
    }
}

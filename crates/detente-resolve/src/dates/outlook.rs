//! Which way the clause around an expression of time looks.
//!
//! In goes a token range, out comes [`Outlook::Ahead`] where the words that govern it speak of what is
//! to come: "will meet on Monday", "agreed to meet on Monday", "the summit planned for Monday", "the
//! council meets on Monday". "met on Monday" looks back, and of "the summit on Monday" nothing is said.

use std::ops::Range;

use detente_knowledge::{CueKind, Knowledge};
use detente_parse::{Sentence, Upos};

use super::calendar::{Expression, Outlook};
use super::scan::Found;
use super::vocabulary::{Vocabulary, lower};
use crate::TimeRelation;

/// How far up the tree the governing words are looked for.
const STEPS: usize = 6;

/// Which way the clause around `tokens` looks.
pub(super) fn outlook(
    knowledge: &Knowledge,
    words: &Vocabulary,
    sentence: &Sentence,
    tokens: &Range<usize>,
    found: &Found,
) -> Outlook {
    let relation = found.relation;
    if found.ahead {
        return Outlook::Ahead;
    }
    let value = |index: usize| {
        let token = sentence.tokens.get(index)?;
        let by = |word: &str| words.future.word(&lower(word));
        by(&token.lemma).or_else(|| by(&token.form))
    };
    // The token of the expression that hangs on something outside.
    let outside = |index: usize| {
        let head = sentence.tokens.get(index)?.head?;
        (!tokens.contains(&head)).then_some(head)
    };
    // "Ahead of Sunday's vote": by the time itself, and only then by the words before it.
    let begins =
        |index: &usize| sentence.tokens.get(*index).is_some_and(|t| t.span.end > found.inner);
    let inner = tokens.clone().filter(begins);
    let outer = tokens.clone().filter(|index| !begins(index));
    let Some((top, mut at)) = inner.chain(outer).find_map(|index| Some((index, outside(index)?)))
    else {
        return Outlook::Open;
    };
    // "On the 30th shells fell": read as the subject's.
    if found.bare
        && matches!(found.expression, Expression::DayOfMonth { .. } | Expression::SeasonNear { .. })
        && let Some(token) = sentence.tokens.get(at)
        && let Some(verb) = token.head.filter(|_| token.relation() == "nsubj")
    {
        at = verb;
    }
    if is_before_appointed(words, sentence, at) {
        return Outlook::Asked;
    }
    // "raises questions about Monday's debate": the tense of the verb does not date what its object is about.
    let of_noun = sentence.tokens.get(top).is_some_and(|token| {
        matches!(token.relation(), "compound" | "amod" | "nummod") || token.deprel == "nmod:poss"
    });
    // "postponed to Friday", "adjourned until Monday".
    let to = tokens.start.checked_sub(1).into_iter().chain(tokens.clone()).any(|index| {
        sentence.tokens.get(index).is_some_and(|t| t.lemma == "to" && t.relation() == "case")
    });
    let moves = |at: usize| {
        let verb = sentence.tokens.get(at).map(|token| token.lemma.to_lowercase());
        verb.is_some_and(|verb| words.moved.word(&verb).is_some())
    };
    if (to || relation == TimeRelation::Until) && moves(at) {
        return Outlook::Ahead;
    }
    // "called elections for 5 June", but "apologised for Monday's attack".
    let purpose = |index: usize| {
        sentence.tokens.get(index).is_some_and(|t| t.lemma == "for" && t.relation() == "case")
    };
    let before = tokens.start.checked_sub(1);
    if !of_noun && (before.is_some_and(purpose) || tokens.clone().any(purpose)) {
        return Outlook::Ahead;
    }
    // A verb above a noun, as in "announced the summit on Monday", does not tell when the summit is.
    let direct = sentence.tokens.get(at).is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
    // "ordered a vote on 4 August": the date may be that of what was ordered.
    let arranges =
        sentence.tokens.get(at).and_then(|token| words.arranging.word(&lower(&token.lemma)));
    let otherwise = if let Some(outlook) = by_bound(words, sentence, tokens.start, at, found) {
        outlook
    } else if asks_for_appointed(words, sentence, at, tokens.start) {
        Outlook::Asked
    } else if direct && has_object_before(sentence, at, tokens.start) && arranges == Some("ahead") {
        return Outlook::Ahead;
    } else if direct && has_object_before(sentence, at, tokens.start) && arranges == Some("asked") {
        Outlook::Asked
    } else if direct && arranges.is_none() {
        Outlook::Back
    } else {
        Outlook::Open
    };
    // "asked voters to boycott Sunday's poll", but not "asked the council to condemn Sunday's raid".
    let to_come = direct || is_appointed(words, sentence, at);
    // "agreed on a truce starting Friday".
    let starts = relation == TimeRelation::Since
        && sentence
            .tokens
            .get(tokens.start)
            .is_some_and(|t| !matches!(t.lemma.as_str(), "since" | "between"));
    for _ in 0..STEPS {
        let Some(token) = sentence.tokens.get(at) else { break };
        let children = || sentence.children(at).iter().copied();
        // Never the expression itself: "May" is no "may".
        let auxiliary =
            children().any(|c| is_auxiliary(sentence, c) && value(c) == Some("auxiliary"));
        // "the coming talks", but not "reports coming out of the talks".
        let announces = |index: usize| {
            value(index) == Some("modifier")
                && sentence
                    .tokens
                    .get(index)
                    .is_some_and(|t| t.xpos != "VBG" || t.relation() == "amod")
        };
        let modifier = announces(at) || children().any(announces);
        if auxiliary || modifier {
            return Outlook::Ahead;
        }
        let marks =
            |child: usize| sentence.tokens.get(child).is_some_and(|t| t.relation() == "mark");
        let infinitive = children().any(|child| {
            marks(child) && sentence.tokens.get(child).is_some_and(|t| t.lemma == "to")
        });
        // "are due to start", "due in Geneva on Monday": read as a mark or a preposition.
        let adjective = |index: usize| {
            value(index) == Some("governor")
                && sentence.tokens.get(index).is_some_and(|t| t.upos == Upos::Adj)
        };
        let leads = |child: usize| {
            let token = sentence.tokens.get(child);
            token.is_some_and(|t| matches!(t.relation(), "mark" | "case")) && adjective(child)
        };
        // "with a vote due on Friday".
        let led = || tokens.clone().any(|index| sentence.children(index).iter().any(|&c| leads(c)));
        if adjective(at) || children().any(leads) || led() {
            return Outlook::Ahead;
        }
        // "is to visit": the infinitive is the predicate of "be" itself.
        let be = |index: usize| {
            let token = sentence.tokens.get(index);
            token.is_some_and(|t| {
                t.lemma == "be" && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP")
            })
        };
        if infinitive {
            // "has to leave", but not "had to leave".
            let must = |head: usize| {
                let token = sentence.tokens.get(head);
                value(head) == Some("present")
                    && token.is_some_and(|t| matches!(t.xpos.as_str(), "VBZ" | "VBP"))
            };
            let governed = token
                .head
                .is_some_and(|head| value(head) == Some("governor") || be(head) || must(head));
            // "the withdrawal, to be completed by June".
            let of_thing = token.relation() == "acl" && is_passive(sentence, at);
            if governed || of_thing || children().any(be) {
                return Outlook::Ahead;
            }
            // "urged voters to turn out on Sunday", but not "called talks to end the war".
            let asked = token.head.is_some_and(|head| {
                value(head) == Some("asks")
                    && (token.relation() != "advcl"
                        || sentence.children(head).iter().all(|&c| {
                            sentence.tokens.get(c).is_none_or(|t| t.relation() != "obj")
                                || has_case(sentence, c)
                        }))
            });
            if asked && to_come {
                let bound = relation == TimeRelation::Until;
                return if bound { Outlook::Ahead } else { Outlook::Asked };
            }
        }
        // "elections approaching on Sunday".
        let looms = value(at) == Some("looms")
            && token.relation() == "acl"
            && token.head.is_some_and(|head| is_appointed(words, sentence, head));
        if looms {
            return Outlook::Ahead;
        }
        if value(at) == Some("governor") && token.upos == Upos::Verb && is_passive(sentence, at) {
            // "is scheduled for Monday".
            return Outlook::Ahead;
        }
        let finite = matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
        if finite {
            let orders = || {
                matches!(value(at), Some("governor" | "asks"))
                    || words.arranging.word(&token.lemma).is_some()
            };
            if starts && orders() {
                return Outlook::Ahead;
            }
            // "if the court rules on Monday".
            let condition = || {
                children().any(|c| {
                    value(c) == Some("condition")
                        && sentence
                            .tokens
                            .get(c)
                            .is_some_and(|t| matches!(t.relation(), "mark" | "advmod"))
                })
            };
            if matches!(token.xpos.as_str(), "VBZ" | "VBP") && condition() {
                return Outlook::Ahead;
            }
            let cue = knowledge.words.cue_at(&[token.lemma.as_str()]).is_some_and(|(_, cue)| {
                !matches!(cue.kind, CueKind::Noun | CueKind::Preposition | CueKind::Think)
            });
            let present = matches!(token.xpos.as_str(), "VBZ" | "VBP");
            // "has until Monday to answer", but "has no envoy since Monday".
            let stative =
                matches!(token.lemma.as_str(), "be" | "have") && relation != TimeRelation::Until;
            let ahead = present && !cue && !stative && !of_noun;
            return if ahead { Outlook::Ahead } else { otherwise };
        }
        // "is meeting on Monday" is announced as "meets" is.
        if token.xpos == "VBG" && has_present_be(sentence, at) && !of_noun {
            return Outlook::Ahead;
        }
        // A clause with its own auxiliary has been read to its end, and so has one of what was done to a thing: "the deal signed on
        // Thursday will end the war".
        let own = || children().any(|c| is_auxiliary(sentence, c)) || is_done(sentence, at);
        if token.upos == Upos::Verb && own() {
            return otherwise;
        }
        match token.head {
            Some(head) => at = head,
            None => break,
        }
    }
    otherwise
}

/// Whether a word names what is set for a day: a vote, talks, a deadline.
fn is_appointed(words: &Vocabulary, sentence: &Sentence, index: usize) -> bool {
    let token = sentence.tokens.get(index);
    token.is_some_and(|token| {
        token.upos == Upos::Noun && words.appointed.word(&lower(&token.lemma)).is_some()
    })
}

/// Whether what stands before such a thing is told: "ahead of Sunday's vote".
fn is_before_appointed(words: &Vocabulary, sentence: &Sentence, noun: usize) -> bool {
    let before = |case: usize| {
        let lemma = |at: usize| sentence.tokens.get(at).map(|token| token.lemma.to_lowercase());
        let ahead = || case.checked_sub(1).and_then(lemma).is_some_and(|word| word == "ahead");
        let token = sentence.tokens.get(case).filter(|token| token.relation() == "case");
        token.is_some_and(|token| match &*token.lemma.to_lowercase() {
            "before" | "ahead" => true,
            "of" => ahead(),
            _ => false,
        })
    };
    // "on the eve of Sunday's vote".
    let eve = || {
        let above = sentence.tokens.get(noun).and_then(|t| sentence.tokens.get(t.head?));
        above.is_some_and(|above| {
            above.upos == Upos::Noun && words.eves.word(&lower(&above.lemma)).is_some()
        })
    };
    is_appointed(words, sentence, noun)
        && (eve() || sentence.children(noun).iter().any(|&c| before(c)))
}

/// Whether a verb asks for such a thing before token `start`, which may be read below it: "called for a strike on Friday", "called for a day
/// of strikes on Friday", "invited the emir to talks".
fn asks_for_appointed(words: &Vocabulary, sentence: &Sentence, at: usize, start: usize) -> bool {
    let is_noun = |at: usize| sentence.tokens.get(at).is_some_and(|t| t.upos == Upos::Noun);
    let above = |at: usize| sentence.tokens.get(at).and_then(|token| token.head);
    let verb = if is_noun(at) { above(at) } else { Some(at) };
    let Some(verb) = verb.and_then(|at| if is_noun(at) { above(at) } else { Some(at) }) else {
        return false;
    };
    let asks = sentence.tokens.get(verb).is_some_and(|token| {
        let lemma = lower(&token.lemma);
        words.future.word(&lemma) == Some("asks") || words.binding.word(&lemma).is_some()
    });
    let appointed = |noun: usize| {
        is_appointed(words, sentence, noun)
            || sentence.dependents(noun, "nmod").any(|of| is_appointed(words, sentence, of))
    };
    let asked_for = |noun: usize| {
        noun < start
            && appointed(noun)
            && sentence.children(noun).iter().filter_map(|&c| sentence.tokens.get(c)).any(|token| {
                token.relation() == "case" && matches!(token.lemma.as_str(), "for" | "to")
            })
    };
    asks && sentence.children(verb).iter().any(|&child| asked_for(child))
}

/// Which way a date after "by" or "until" looks where the tense does not tell: "if the debt was not paid by October" and "demanded an
/// answer by Friday" ahead, "had left by Friday" back, and else to the nearer of both.
fn by_bound(
    words: &Vocabulary,
    sentence: &Sentence,
    start: usize,
    at: usize,
    found: &Found,
) -> Option<Outlook> {
    let case = sentence.tokens.get(start)?.lemma.to_lowercase();
    if found.relation != TimeRelation::Until || !found.expression.is_near_any() {
        return None;
    }
    let verb = verb_above(sentence, at)?;
    let token = sentence.tokens.get(verb)?;
    let value = |at: usize| {
        let token = sentence.tokens.get(at);
        token.and_then(|token| words.future.word(&lower(&token.lemma)))
    };
    let mut children = sentence.children(verb).iter().copied();
    let had = children.clone().any(|child| {
        is_auxiliary(sentence, child)
            && sentence.tokens.get(child).is_some_and(|t| t.lemma == "have")
    });
    if start < verb || had {
        return None;
    }
    let must =
        token.relation() == "xcomp" && token.head.is_some_and(|up| value(up) == Some("present"));
    let due = must
        || matches!(value(verb), Some("governor" | "asks"))
        || children.any(|child| value(child) == Some("condition"))
        || case == "until" && token.lemma == "have";
    if due {
        return Some(Outlook::Ahead);
    }
    (case == "by" && words.lasting.word(&lower(&token.lemma)).is_none()).then_some(Outlook::Asked)
}

/// The verb that a token is, or hangs on.
fn verb_above(sentence: &Sentence, mut at: usize) -> Option<usize> {
    for _ in 0..STEPS {
        let token = sentence.tokens.get(at)?;
        if matches!(token.upos, Upos::Verb | Upos::Aux) {
            return Some(at);
        }
        at = token.head?;
    }
    None
}

/// Whether the object of a verb stands before token `start`.
fn has_object_before(sentence: &Sentence, verb: usize, start: usize) -> bool {
    sentence.dependents(verb, "obj").any(|object| object < start)
}

/// Whether a participle or a relative clause tells what was done: "the deal signed on Thursday", "a loan that the board approved".
fn is_done(sentence: &Sentence, verb: usize) -> bool {
    let condition =
        |&child: &usize| sentence.tokens.get(child).is_some_and(|token| token.relation() == "mark");
    sentence.tokens.get(verb).is_some_and(|token| {
        token.xpos == "VBN"
            && (token.relation() == "acl"
                || token.relation() == "advcl" && !sentence.children(verb).iter().any(condition))
    })
}

fn has_case(sentence: &Sentence, index: usize) -> bool {
    let mut children = sentence.children(index).iter().filter_map(|&c| sentence.tokens.get(c));
    children.any(|token| token.relation() == "case")
}

fn is_auxiliary(sentence: &Sentence, index: usize) -> bool {
    sentence.tokens.get(index).is_some_and(|token| token.relation() == "aux")
}

/// "is scheduled", "planned for Monday", but not "had agreed".
fn is_passive(sentence: &Sentence, index: usize) -> bool {
    let children =
        || sentence.children(index).iter().filter_map(|&child| sentence.tokens.get(child));
    sentence.tokens.get(index).is_some_and(|token| token.xpos == "VBN")
        && (children().all(|child| child.relation() != "aux")
            || children().any(|child| child.deprel == "aux:pass"))
}

fn has_present_be(sentence: &Sentence, index: usize) -> bool {
    sentence.children(index).iter().filter_map(|&child| sentence.tokens.get(child)).any(|token| {
        token.lemma == "be"
            && matches!(token.xpos.as_str(), "VBZ" | "VBP")
            && token.relation() == "aux"
    })
}

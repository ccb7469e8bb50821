//! Which way the clause around an expression of time looks.
//!
//! In goes a token range, out comes [`Outlook::Ahead`] where the words that govern it speak of what is
//! to come: "will meet on Monday", "agreed to meet on Monday", "the summit planned for Monday", "the
//! council meets on Monday". "met on Monday" looks back, and of "the summit on Monday" nothing is said.

use std::ops::Range;

use detente_knowledge::{CueKind, Knowledge};
use detente_parse::{Sentence, Upos};

use super::calendar::Outlook;
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
    relation: TimeRelation,
) -> Outlook {
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
    let Some((top, mut at)) = tokens.clone().find_map(|index| Some((index, outside(index)?)))
    else {
        return Outlook::Open;
    };
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
        sentence.tokens.get(at).is_some_and(|token| words.arranging.word(&token.lemma).is_some());
    let otherwise = if direct && !arranges { Outlook::Back } else { Outlook::Open };
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
        if adjective(at) || children().any(leads) {
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
        }
        if value(at) == Some("governor") && token.upos == Upos::Verb && is_passive(sentence, at) {
            // "is scheduled for Monday".
            return Outlook::Ahead;
        }
        let finite = matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD");
        if finite {
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
        // A clause with its own auxiliary has been read to its end.
        if token.upos == Upos::Verb && children().any(|c| is_auxiliary(sentence, c)) {
            return otherwise;
        }
        match token.head {
            Some(head) => at = head,
            None => break,
        }
    }
    otherwise
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

//! What verbs and predicates govern, put right where words and their order leave no doubt.
//!
//! "The envoy is due in Rome" may come as somebody who is a Rome, by a preposition *due*; "Among the dead were two Danes" is said of the Danes, not
//! of the dead; "gave the army four billion dollars" has two objects, not dollars that are the army's.

use std::borrow::Cow;

use detente_parse::{Sentence, Token, Upos};

use crate::tree_words::TreeWords;

/// Makes one number of "tens of thousands", before a verb is sought behind it.
pub(crate) fn mend_counts(sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for at in 0..sentence.tokens.len() {
            count_on(sentence, tokens, at);
        }
    });
}

/// Mends the tree; one in which nothing of this is wrong stays as it is.
pub(crate) fn mend_frames(words: &TreeWords, sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for at in 0..sentence.tokens.len() {
            let _mended = tag_verb(sentence, tokens, at)
                || free_due(sentence, tokens, at)
                || find_given(words, sentence, tokens, at)
                || turn_round(sentence, tokens, at)
                || part_objects(words, sentence, tokens, at)
                || part_predicate(words, sentence, tokens, at)
                || free_both(sentence, tokens, at)
                || free_called(words, sentence, tokens, at)
                || lift_fellow(words, sentence, tokens, at);
        }
    });
}

/// Lets `change` hang words anew; what it has made holds where it is still a tree. A sentence that it leaves alone is not copied.
pub(crate) fn mend_words(
    sentence: &mut Sentence,
    change: impl FnOnce(&Sentence, &mut Cow<'_, [Token]>),
) {
    let mut tokens = Cow::Borrowed(sentence.tokens.as_slice());
    change(sentence, &mut tokens);
    let Cow::Owned(tokens) = tokens else { return };
    if is_tree(&tokens) {
        let states = std::mem::take(&mut sentence.states);
        *sentence = Sentence::new(sentence.span, tokens).with_states(states);
    }
}

/// Hangs a word on another, or makes it the root.
pub(crate) fn hang(tokens: &mut Cow<'_, [Token]>, at: usize, head: Option<usize>, relation: &str) {
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.head = head;
        token.deprel = relation.into();
    }
}

/// Hangs those words below `old` that `which` names on `new`, by the relations that they have.
pub(crate) fn hand_on(
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    old: usize,
    new: usize,
    which: impl Fn(usize) -> bool,
) {
    for &child in sentence.children(old) {
        if child != new
            && which(child)
            && let Some(token) = sentence.tokens.get(child)
        {
            hang(tokens, child, Some(new), token.deprel.as_str());
        }
    }
}

/// Gives `new` the place of `old` in the tree.
pub(crate) fn replace(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, old: usize, new: usize) {
    if let Some(token) = sentence.tokens.get(old) {
        hang(tokens, new, token.head, token.deprel.as_str());
    }
}

/// "Called for the governor to resign": whom the call is for hangs on it, as in "called on the governor to resign".
fn free_called(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let mark = |token: &Token, form| token.relation() == "mark" && token.lemma == form;
    let Some(called) = sentence.tokens.get(at).filter(|t| mark(t, "for")) else { return false };
    let Some((asked, verb)) = called.head.and_then(|v| Some((v, sentence.tokens.get(v)?.head?)))
    else {
        return false;
    };
    let calls = sentence.tokens.get(verb).is_some_and(|t| words.calling.has(&t.lemma));
    let to = sentence
        .dependents(asked, "mark")
        .find(|&t| sentence.tokens.get(t).is_some_and(|t| mark(t, "to")));
    let (true, Some(to)) = (calls && verb < at, to) else { return false };
    let whom = sentence
        .dependents(asked, "nsubj")
        .chain(sentence.dependents(verb, "obl"))
        .find(|whom| (at + 1..to).contains(whom));
    // "Called for a prosecutor to look into it": for there to be one.
    let anyone = |whom: usize| {
        sentence.dependents(whom, "det").any(|det| {
            sentence.tokens.get(det).is_some_and(|t| matches!(t.lemma.as_ref(), "a" | "an"))
        })
    };
    let Some(whom) = whom.filter(|&whom| !anyone(whom)) else { return false };
    hang(tokens, whom, Some(verb), "obl");
    hang(tokens, at, Some(whom), "case");
    true
}

/// "Is due in Rome on Monday": the place and the day hang on *due*.
fn free_due(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(due) = sentence.tokens.get(at).filter(|t| t.lemma == "due") else { return false };
    let next = sentence.tokens.get(at + 1);
    let Some(place) = due.head.filter(|&place| place > at + 1) else { return false };
    let fits = due.relation() == "case"
        && next.is_some_and(|t| t.head == Some(place) && t.upos == Upos::Adp && t.lemma != "to")
        && sentence.dependents(place, "cop").next().is_some();
    if !fits {
        return false;
    }
    replace(sentence, tokens, place, at);
    hang(tokens, place, Some(at), "obl");
    for &child in sentence.children(place) {
        let own = child > at
            && sentence.tokens.get(child).is_some_and(|t| {
                child < place
                    || !matches!(t.relation(), "obl" | "advmod" | "punct" | "advcl" | "conj")
            });
        if !own && child != at {
            let relation = sentence.tokens.get(child).map(|t| t.deprel);
            hang(tokens, child, Some(at), relation.as_deref().unwrap_or("dep"));
        }
    }
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.upos = Upos::Adj;
    }
    true
}

/// "Among the dead were two Danes": who they were among is told of them.
fn turn_round(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(who) = sentence.tokens.get(at) else { return false };
    let Some(cop) = sentence.dependents(at, "cop").find(|&cop| cop < at) else { return false };
    if !matches!(who.upos, Upos::Noun | Upos::Propn | Upos::Num)
        || sentence.dependents(at, "nsubj").next().is_some()
    {
        return false;
    }
    let among = sentence.children(at).iter().copied().find(|&c| {
        c < cop
            && sentence.tokens.get(c).is_some_and(|t| matches!(t.relation(), "nmod" | "obl"))
            && sentence.dependents(c, "case").any(|case| {
                sentence.tokens.get(case).is_some_and(|t| t.form.eq_ignore_ascii_case("among"))
            })
    });
    let Some(among) = among else { return false };
    replace(sentence, tokens, at, among);
    hang(tokens, at, Some(among), "nsubj");
    for &child in sentence.children(at) {
        let relation = sentence.tokens.get(child).map_or("", Token::relation);
        if child != among && (child <= cop || matches!(relation, "punct" | "parataxis")) {
            let relation = sentence.tokens.get(child).map(|t| t.deprel);
            hang(tokens, child, Some(among), relation.as_deref().unwrap_or("dep"));
        }
    }
    true
}

/// "Most Danes back the premier": what has a verb's form and an object is a verb, whatever part of speech it was given.
fn tag_verb(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let verb = sentence.tokens.get(at).is_some_and(|t| {
        t.upos == Upos::Adv && matches!(t.xpos.as_str(), "VB" | "VBD" | "VBP" | "VBZ")
    }) && sentence.dependents(at, "obj").next().is_some();
    if verb && let Some(token) = tokens.to_mut().get_mut(at) {
        token.upos = Upos::Verb;
    }
    verb
}

/// "Gave the envoy a week to leave": what is given to somebody is an object, though it be a stretch of time.
fn find_given(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    if !words.giving.has(&verb.lemma) || sentence.dependents(at, "obj").next().is_some() {
        return false;
    }
    let Some(whom) = sentence.dependents(at, "iobj").next() else { return false };
    let Some(given) = sentence.dependents(at, "obl").find(|&given| {
        given > whom
            && sentence.tokens.get(given).is_some_and(|t| t.deprel.as_str() == "obl:unmarked")
    }) else {
        return false;
    };
    hang(tokens, given, Some(at), "obj");
    true
}

/// "Gave the army four billion dollars": a number parts whom one gives from what.
fn part_objects(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    if verb.upos != Upos::Verb
        || !words.giving.has(&verb.lemma)
        || sentence.dependents(at, "iobj").next().is_some()
    {
        return false;
    }
    let Some(object) = sentence.dependents(at, "obj").find(|&o| o > at + 2) else { return false };
    let whom = sentence.children(object).iter().copied().find(|&c| {
        let (Some(token), Some(number)) = (sentence.tokens.get(c), sentence.tokens.get(c + 1))
        else {
            return false;
        };
        c > at
            && c + 1 < object
            && number.upos == Upos::Num
            && matches!(token.relation(), "compound" | "nmod" | "obl")
            && (token.xpos == "NNS" || token.xpos == "NNPS" || token.upos == Upos::Noun)
            && (at + 1..=c).all(|t| {
                sentence.tokens.get(t).is_some_and(|t| {
                    matches!(t.upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn)
                })
            })
            && sentence
                .children(c)
                .iter()
                .all(|&own| sentence.tokens.get(own).is_some_and(|t| t.relation() != "case"))
    });
    let Some(whom) = whom else { return false };
    hang(tokens, whom, Some(at), "iobj");
    hand_on(sentence, tokens, object, whom, |child| child < whom);
    hand_on(sentence, tokens, whom, object, |child| child > whom);
    true
}

/// "Called the handover illegal", "took the minister hostage": what something is called, or somebody is taken as, is no head of it.
fn part_predicate(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.upos == Upos::Verb) else { return false };
    let named = words.naming.has(&verb.lemma);
    let taken = words.taking.has(&verb.lemma);
    if !(named || taken) || sentence.dependents(at, "iobj").next().is_some() {
        return false;
    }
    let Some(last) = sentence.dependents(at, "obj").find(|&o| o > at + 1) else { return false };
    let Some(predicate) = sentence.tokens.get(last) else { return false };
    let fits = (named && predicate.xpos.starts_with("JJ"))
        || (taken
            && matches!(predicate.form.as_str(), "hostage" | "captive" | "prisoner" | "hostages"));
    // "Called the shooting an act": what has its own article behind it is a noun.
    if named
        && !fits
        && let Some(act) = called_act(sentence, at, last)
    {
        hang(tokens, act, Some(at), "obj");
        hang(tokens, act - 1, Some(act), "det");
        hang(tokens, last, Some(at), "xcomp");
        if let Some(token) = tokens.to_mut().get_mut(act) {
            token.upos = Upos::Noun;
            token.xpos = "NN".into();
            token.lemma = token.form.to_lowercase().into();
        }
        return true;
    }
    let object = last.checked_sub(1).filter(|&noun| {
        noun > at
            && sentence.tokens.get(noun).is_some_and(|t| {
                t.head == Some(last)
                    && matches!(t.relation(), "compound" | "nmod" | "amod" | "obl")
                    && (matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                        || (t.upos == Upos::Verb && t.xpos == "VBG" && named))
            })
    });
    let Some(object) = object.filter(|_| fits) else { return false };
    // "Called an illegal vote", "took a French hostage"
    let bare = (at + 1..object).any(|t| {
        sentence
            .tokens
            .get(t)
            .is_some_and(|t| matches!(t.relation(), "det" | "nummod") || t.deprel == "nmod:poss")
    });
    let plain = sentence
        .tokens
        .get(object)
        .is_some_and(|t| t.upos == Upos::Propn || matches!(t.xpos.as_str(), "NNS" | "PRP"));
    if !bare && !plain {
        return false;
    }
    hang(tokens, object, Some(at), "obj");
    hang(tokens, last, Some(at), "xcomp");
    hand_on(sentence, tokens, last, object, |child| child < object);
    if let Some(token) = tokens.to_mut().get_mut(object)
        && token.upos == Upos::Verb
    {
        token.upos = Upos::Noun;
        token.xpos = "NN".into();
        token.lemma = token.form.to_lowercase().into();
    }
    true
}

/// The word in "-ing" between two articles, the first of which the tree has given to the noun at `last`.
fn called_act(sentence: &Sentence, verb: usize, last: usize) -> Option<usize> {
    let det = |t: usize| {
        sentence.tokens.get(t).is_some_and(|t| t.relation() == "det" && t.head == Some(last))
    };
    sentence.dependents(verb, "xcomp").find(|&act| {
        verb < act
            && act < last
            && sentence.tokens.get(act).is_some_and(|t| t.xpos == "VBG")
            && det(act - 1)
            && det(act + 1)
    })
}

/// "Urged both to keep calm", "told both that it would wait": before "to" and "that", *both* is who is spoken to, unless two things follow.
fn free_both(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(both) = sentence.tokens.get(at) else { return false };
    if !both.form.eq_ignore_ascii_case("both") || both.upos == Upos::Pron {
        return false;
    }
    let Some(over) = at.checked_sub(1) else { return false };
    let verb = sentence.tokens.get(over).is_some_and(|t| t.upos == Upos::Verb);
    let next = sentence.tokens.get(at + 1).is_some_and(|t| {
        (t.xpos == "TO" && t.relation() == "mark") || t.form.eq_ignore_ascii_case("that")
    });
    let listed = sentence.children(over).iter().chain(both.head.iter()).any(|&c| {
        c > at
            && sentence
                .dependents(c, "conj")
                .any(|fellow| sentence.dependents(fellow, "mark").next().is_some())
    });
    let object = sentence.dependents(over, "obj").next().is_some();
    if !verb || !next || listed || object {
        return false;
    }
    hang(tokens, at, Some(over), "obj");
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.upos = Upos::Pron;
        token.xpos = "DT".into();
    }
    true
}

/// "Tens of thousands marched", "hundreds of thousands of people": how often a number is taken is a part of the number.
fn count_on(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let number = |t: &Token| {
        matches!(t.lemma.as_str(), "ten" | "dozen" | "score" | "hundred" | "thousand" | "million")
            && t.xpos == "NNS"
    };
    let Some(times) = sentence.tokens.get(at).filter(|t| number(t)) else { return false };
    let Some(of) = sentence.tokens.get(at + 1).filter(|t| t.lemma == "of") else { return false };
    let many = at + 2;
    let fits = sentence.tokens.get(many).is_some_and(|t| number(t) && t.head == Some(at))
        && of.head == Some(many);
    if !fits || times.head == Some(many) {
        return false;
    }
    replace(sentence, tokens, at, many);
    hang(tokens, at, Some(many), "nummod");
    hang(tokens, at + 1, Some(at), "fixed");
    hand_on(sentence, tokens, at, many, |_| true);
    true
}

/// "Said that it would not yield and accused Rome": a past form is no fellow of an infinitive, but of what governs it. Neither is a verb of
/// speaking to others that of what somebody says of himself or of a thing of his: "insisted that its ship had stayed away and accused Rome".
fn lift_fellow(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    if verb.upos != Upos::Verb || verb.relation() != "conj" || !is_bare_fellow(sentence, at) {
        return false;
    }
    let Some(fellow) = verb.head.filter(|&fellow| fellow < at) else { return false };
    let Some(inner) = sentence.tokens.get(fellow) else { return false };
    let Some(mut over) = inner.head.filter(|&over| over < fellow) else { return false };
    // "Blamed Oslo for failing to act and called for calm"
    while let Some(above) = sentence.tokens.get(over).filter(|t| {
        matches!(t.xpos.as_str(), "VB" | "VBG") && matches!(t.relation(), "xcomp" | "advcl" | "acl")
    }) {
        let Some(up) = above.head.filter(|&up| up < over) else { return false };
        over = up;
    }
    let Some(outer) = sentence.tokens.get(over).filter(|t| t.upos == Upos::Verb) else {
        return false;
    };
    let finite = matches!(verb.xpos.as_str(), "VBD" | "VBZ" | "VBP")
        || (verb.xpos == "VBN" && !verb.form.eq_ignore_ascii_case(&verb.lemma));
    let past = |t: &Token| matches!(t.xpos.as_str(), "VBD" | "VBN");
    let alike = outer.xpos == verb.xpos || (past(outer) && past(verb));
    if !finite || !alike || !matches!(inner.relation(), "ccomp" | "xcomp") {
        return false;
    }
    let below = |fits: &dyn Fn(&Token) -> bool| {
        sentence.children(fellow).iter().any(|&c| sentence.tokens.get(c).is_some_and(fits))
    };
    let infinitive = inner.xpos == "VB"
        && below(&|t| t.xpos == "MD" || (t.relation() == "mark" && t.lemma == "to"));
    let subject = sentence
        .dependents(fellow, "nsubj")
        .chain(sentence.dependents(fellow, "expl"))
        .find(|&s| s < fellow);
    let own = subject.is_some_and(|s| {
        sentence.tokens.get(s).is_some_and(|t| t.upos == Upos::Pron)
            || sentence.dependents(s, "nmod:poss").next().is_some()
    });
    // "Said five of its soldiers had been killed and accused Rome": the killed accuse nobody.
    let silent =
        subject.is_some_and(|s| {
            sentence.tokens.get(s).is_some_and(|t| t.upos == Upos::Num || t.relation() == "expl")
        }) || sentence.children(fellow).iter().any(|&c| {
            sentence
                .tokens
                .get(c)
                .is_some_and(|t| matches!(t.deprel.as_str(), "aux:pass" | "nsubj:pass"))
        }) || matches!(inner.lemma.as_str(), "die" | "fall" | "end" | "fail" | "over" | "collapse");
    // "Demanded that he leave, and threatened": a past form and a wish are no fellows.
    let wished = matches!(outer.lemma.as_str(), "demand" | "insist" | "urge" | "propose" | "order")
        && matches!(inner.xpos.as_str(), "VB" | "VBP")
        && sentence.dependents(fellow, "mark").next().is_some();
    let next = sentence.tokens.get(at + 1).map_or("", |t| t.lemma.as_str());
    let speaks = words.speaking.has(&verb.lemma)
        || (verb.lemma == "call" && matches!(next, "for" | "on" | "upon"));
    let content = inner.relation() == "ccomp" && ((own || silent) && speaks || wished);
    if !(infinitive || content) {
        return false;
    }
    hang(tokens, at, Some(over), "conj");
    true
}

/// Whether a verb is joined to another by "and" and has no subject, auxiliary or "that" of its own.
fn is_bare_fellow(sentence: &Sentence, verb: usize) -> bool {
    let bare = sentence.children(verb).iter().all(|&c| {
        sentence.tokens.get(c).is_some_and(|t| {
            !matches!(t.relation(), "nsubj" | "csubj" | "aux" | "mark" | "cop" | "expl")
        })
    });
    bare && sentence.dependents(verb, "cc").next().is_some()
}

/// Whether every word reaches the one root.
pub(crate) fn is_tree(tokens: &[Token]) -> bool {
    let rises = |token: usize| {
        let mut at = Some(token);
        for _ in 0..=tokens.len() {
            match at.and_then(|at| tokens.get(at)) {
                Some(token) if token.head.is_none() => return true,
                Some(token) => at = token.head,
                None => return false,
            }
        }
        false
    };
    tokens.iter().filter(|t| t.head.is_none()).count() == 1 && (0..tokens.len()).all(rises)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::tree;

    /// What becomes of a tree: heads and relations.
    fn mended(lines: &str) -> Vec<(Option<usize>, String)> {
        let mut sentence = tree(lines);
        mend_frames(&TreeWords::builtin(), &mut sentence);
        sentence.tokens.iter().map(|t| (t.head, t.deprel.to_string())).collect()
    }

    fn word(head: Option<usize>, relation: &str) -> (Option<usize>, String) {
        (head, relation.to_owned())
    }

    #[test]
    fn who_is_due_somewhere_is_no_place() {
        let tree = mended(
            "Lee Lee PROPN NNP 5 nsubj
             is be AUX VBZ 5 cop
             due due ADJ JJ 5 case
             in in ADP IN 5 case
             Rome Rome PROPN NNP 0 root
             on on ADP IN 7 case
             Monday Monday PROPN NNP 5 obl",
        );
        assert_eq!(
            tree,
            [
                word(Some(2), "nsubj"),
                word(Some(2), "cop"),
                word(None, "root"),
                word(Some(4), "case"),
                word(Some(2), "obl"),
                word(Some(6), "case"),
                word(Some(2), "obl")
            ]
        );
    }

    #[test]
    fn those_among_the_dead_are_told_of() {
        let tree = mended(
            "Among among ADP IN 3 case
             the the DET DT 3 det
             dead dead ADJ JJ 6 nmod
             were be AUX VBD 6 cop
             two two NUM CD 6 nummod
             Danes Dane PROPN NNPS 0 root",
        );
        assert_eq!(tree[2..4], [word(None, "root"), word(Some(2), "cop")]);
        assert_eq!(tree[4..], [word(Some(5), "nummod"), word(Some(2), "nsubj")]);
    }

    #[test]
    fn a_number_parts_two_objects() {
        let tree = mended(
            "Oslo Oslo PROPN NNP 2 nsubj
             gave give VERB VBD 0 root
             the the DET DT 7 det
             army army NOUN NN 7 compound
             four four NUM CD 6 compound
             million million NUM CD 7 nummod
             euros euro NOUN NNS 2 obj",
        );
        assert_eq!(tree[2..4], [word(Some(3), "det"), word(Some(1), "iobj")]);
        assert_eq!(tree[6], word(Some(1), "obj"));
    }

    #[test]
    fn what_something_is_called_is_not_its_head() {
        let tree = mended(
            "Oslo Oslo PROPN NNP 2 nsubj
             called call VERB VBD 0 root
             the the DET DT 5 det
             handover handover NOUN NN 5 compound
             illegal illegal NOUN JJ 2 obj",
        );
        assert_eq!(tree[2..], [word(Some(3), "det"), word(Some(1), "obj"), word(Some(1), "xcomp")]);
    }

    #[test]
    fn both_before_an_infinitive_is_who_is_asked() {
        let tree = mended(
            "Oslo Oslo PROPN NNP 2 nsubj
             urged urge VERB VBD 0 root
             both both CCONJ CC 5 obj
             to to PART TO 5 mark
             wait wait VERB VB 2 xcomp",
        );
        assert_eq!(tree[2], word(Some(1), "obj"));
    }

    #[test]
    fn how_often_a_number_is_taken_is_part_of_it() {
        let mut sentence = tree(
            "Tens ten NOUN NNS 4 nsubj
             of of ADP IN 3 case
             thousands thousand NOUN NNS 1 nmod
             marched march VERB VBD 0 root",
        );
        mend_counts(&mut sentence);
        let heads: Vec<_> = sentence.tokens.iter().map(|t| t.head).collect();
        assert_eq!(heads, [Some(2), Some(0), Some(3), None]);
    }

    #[test]
    fn a_past_form_is_no_fellow_of_an_infinitive() {
        let tree = mended(
            "Oslo Oslo PROPN NNP 2 nsubj
             said say VERB VBD 0 root
             it it PRON PRP 5 nsubj
             would would AUX MD 5 aux
             stay stay VERB VB 2 ccomp
             and and CCONJ CC 7 cc
             accused accuse VERB VBD 5 conj
             Rome Rome PROPN NNP 7 obj",
        );
        assert_eq!(tree[6], word(Some(1), "conj"));
    }

    #[test]
    fn who_speaks_of_a_thing_of_his_speaks_beside_it() {
        let lines = |subject: &str| {
            format!(
                "Oslo Oslo PROPN NNP 2 nsubj
                 said say VERB VBD 0 root
                 {subject} 5 nsubj
                 had have AUX VBD 5 aux
                 stayed stay VERB VBN 2 ccomp
                 and and CCONJ CC 7 cc
                 accused accuse VERB VBD 5 conj
                 Rome Rome PROPN NNP 7 obj"
            )
        };
        assert_eq!(mended(&lines("it it PRON PRP"))[6], word(Some(1), "conj"));
        assert_eq!(mended(&lines("Bern Bern PROPN NNP"))[6], word(Some(4), "conj"));
    }
}

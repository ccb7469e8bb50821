//! Subjects and clauses that an unusual order of words has hung wrong.
//!
//! "Then came the navy" may come with the navy as an object, "mobs, some of them bussed in, set fire" without a doer, "the number of
//! Israelis killed has passed 700" with a second main verb, "became on Thursday the fourth state to recognise Kosovo" with a purpose.

use std::borrow::Cow;

use detente_parse::{Sentence, Token, Upos};

use crate::clauses::{has_any, is};
use crate::frames::{hang, mend_words, replace};
use crate::hyphens::is_above;
use crate::tree_words::TreeWords;

/// Mends the tree; one in which nothing of this is wrong stays as it is.
pub(crate) fn mend_turns(words: &TreeWords, sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for at in 0..sentence.tokens.len() {
            let _mended = rank_doer(sentence, tokens, at)
                || turn_arrival(words, sentence, tokens, at)
                || count_victims(words, sentence, tokens, at)
                || part_some(sentence, tokens, at)
                || name_another(sentence, tokens, at)
                || deny_first(sentence, tokens, at)
                || undergo(sentence, tokens, at)
                || join_office(sentence, tokens, at)
                || lift_insertion(sentence, tokens, at)
                || free_doer(sentence, tokens, at)
                || join_titled(sentence, tokens, at)
                || due_to_do(sentence, tokens, at)
                || call_on_whom(sentence, tokens, at)
                || end_with_speaker(words, sentence, tokens, at);
        }
    });
}

/// "Became on Thursday the fourth state to recognise Kosovo": what it was the fourth to do, it did, and that was not what it became so for.
fn rank_doer(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    let Some(above) = verb.head.filter(|&above| above < at) else { return false };
    let infinitive = verb.upos == Upos::Verb
        && verb.xpos == "VB"
        && verb.relation() == "advcl"
        && sentence.dependents(at, "mark").any(|mark| is(sentence, mark, |t| t.lemma == "to"));
    if !infinitive || !is(sentence, above, |t| t.lemma == "become") {
        return false;
    }
    let ranked = sentence.children(above).iter().any(|&noun| {
        above < noun
            && noun < at
            && is(sentence, noun, |t| matches!(t.relation(), "xcomp" | "obj"))
            && sentence.dependents(noun, "amod").any(|rank| {
                is(sentence, rank, |t| {
                    t.lemma.ends_with("th")
                        || matches!(t.lemma.as_str(), "first" | "second" | "third" | "last")
                        || matches!(t.lemma.as_str(), "late" | "latest" | "next" | "only")
                })
            })
    });
    if ranked {
        hang(tokens, at, Some(above), "xcomp");
    }
    ranked
}

/// "Then came the navy": who comes is no object.
fn turn_arrival(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let arrives = is(sentence, at, |t| {
        t.upos == Upos::Verb
            && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP")
            && matches!(t.relation(), "root" | "conj" | "ccomp" | "parataxis")
            && words.arriving.has(&t.lemma)
    });
    let opened = sentence.children(at).iter().any(|&c| {
        c < at
            && is(sentence, c, |t| {
                t.relation() == "obl"
                    || (t.relation() == "advmod"
                        && matches!(t.lemma.as_str(), "then" | "next" | "now" | "here" | "last"))
            })
    });
    if !arrives || !opened || has_any(sentence, at, &["nsubj", "csubj", "expl", "xcomp", "ccomp"]) {
        return false;
    }
    let mut objects = sentence.dependents(at, "obj").filter(|&object| object > at);
    let (Some(doer), None) = (objects.next(), objects.next()) else { return false };
    let beside = (at + 1..doer).all(|t| is(sentence, t, |t| t.head == Some(doer)));
    if beside {
        hang(tokens, doer, Some(at), "nsubj");
    }
    beside
}

/// "The number of Israelis killed has passed 700": a participle behind those who are counted tells which of them are.
fn count_victims(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    let Some(people) = at.checked_sub(1) else { return false };
    let participle = verb.upos == Upos::Verb
        && matches!(verb.xpos.as_str(), "VBD" | "VBN")
        && words.passive.has(&verb.lemma);
    let Some(count) = sentence
        .tokens
        .get(people)
        .filter(|t| t.relation() == "nmod" && matches!(t.upos, Upos::Noun | Upos::Propn))
        .and_then(|t| t.head)
        .filter(|&count| count < people)
    else {
        return false;
    };
    let counts = is(sentence, count, |t| {
        matches!(t.lemma.as_str(), "number" | "total" | "tally" | "toll" | "count")
            && t.relation() == "nsubj"
    });
    let over = sentence.tokens.get(count).and_then(|t| t.head);
    let main = over.filter(|&over| over > at && verb.head == Some(over));
    let aside = matches!(verb.relation(), "advcl" | "parataxis" | "acl" | "ccomp");
    let bare = !has_any(sentence, at, &["obj", "aux", "nsubj", "mark", "cop"]);
    if !participle || !counts || main.is_none() || !aside || !bare {
        return false;
    }
    hang(tokens, at, Some(people), "acl");
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.xpos = "VBN".into();
    }
    true
}

/// "Campaigners, some of whom had chained themselves to the gate, gave up": the some are those of the relative clause.
fn part_some(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(clause) = sentence.tokens.get(at).filter(|t| t.deprel == "acl:relcl") else {
        return false;
    };
    let Some(noun) = clause.head.filter(|&noun| noun < at) else { return false };
    if has_any(sentence, at, &["nsubj", "csubj"]) {
        return false;
    }
    let some = (noun + 1..at).find(|&t| {
        is(sentence, t, |t| t.relation() == "nsubj" && t.head.is_some_and(|verb| verb > at))
            && is(sentence, t.wrapping_sub(1), |t| t.form == ",")
            && is(sentence, t + 1, |t| t.form == "of")
            && is(sentence, t + 2, |of| {
                matches!(of.form.as_str(), "whom" | "which") && of.head == Some(t)
            })
    });
    let Some(some) = some else { return false };
    let passive =
        sentence.children(at).iter().any(|&c| is(sentence, c, |t| t.deprel == "aux:pass"));
    hang(tokens, some, Some(at), if passive { "nsubj:pass" } else { "nsubj" });
    true
}

/// The next subject of the same verb before it, of the same voice.
fn next_subject(sentence: &Sentence, at: usize) -> Option<usize> {
    let first = sentence.tokens.get(at).filter(|t| t.relation() == "nsubj")?;
    let verb = first.head.filter(|&verb| verb > at)?;
    let mut others = sentence
        .children(verb)
        .iter()
        .copied()
        .filter(|&c| c > at && c < verb && is(sentence, c, |t| t.deprel == first.deprel));
    let next = others.next()?;
    others.next().is_none().then_some(next)
}

/// "Not by Oslo but by Bern": two agents are one list.
fn deny_first(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(second) = sentence.tokens.get(at) else { return false };
    let but = sentence.dependents(at, "cc").any(|cc| is(sentence, cc, |t| t.lemma == "but"));
    let first = sentence.children(second.head.unwrap_or(at)).iter().copied().find(|&c| {
        c < at
            && is(sentence, c, |t| t.deprel == second.deprel && t.relation() == "obl")
            && sentence.children(c).iter().any(|&not| is(sentence, not, |t| t.lemma == "not"))
    });
    let Some(first) = first.filter(|_| but && second.relation() == "obl") else { return false };
    hang(tokens, at, Some(first), "conj");
    true
}

/// "Toured the town, cheered by crowds": what somebody did to the subject, it underwent.
fn undergo(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let past = is(sentence, at, |t| {
        t.xpos == "VBD" && t.upos == Upos::Verb && matches!(t.relation(), "advcl" | "acl")
    });
    let agent = sentence.children(at).iter().any(|&c| is(sentence, c, |t| t.deprel == "obl:agent"));
    let bare = !has_any(sentence, at, &["nsubj", "obj", "aux", "mark", "cop", "ccomp"]);
    if !past || !agent || !bare {
        return false;
    }
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.xpos = "VBN".into();
    }
    true
}

/// "Another, Ann Lee, was killed": the name says who the other is.
fn name_another(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let another =
        is(sentence, at, |t| matches!(t.lemma.as_str(), "another" | "one") && t.upos != Upos::Noun)
            && is(sentence, at + 1, |t| t.form == ",");
    let Some(name) = next_subject(sentence, at).filter(|_| another) else { return false };
    if name != at + 2 || !is(sentence, name, |t| t.upos == Upos::Propn) {
        return false;
    }
    hang(tokens, at, Some(name), "det");
    true
}

/// "Ann Lee, once the envoy for the dispute, wrote": what somebody once was, is said of the one who writes.
fn join_office(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(office) = next_subject(sentence, at) else { return false };
    let named = is(sentence, at, |t| t.upos == Upos::Propn)
        && is(sentence, office, |t| t.upos == Upos::Noun && t.xpos == "NN");
    let Some(comma) = (at + 1..office).find(|&t| is(sentence, t, |t| t.form == ",")) else {
        return false;
    };
    let once = is(sentence, comma + 1, |t| {
        matches!(t.form.as_str(), "once" | "then" | "now" | "formerly" | "until" | "long")
    });
    let verb = sentence.tokens.get(office).and_then(|t| t.head);
    let closed = verb.is_some_and(|verb| {
        [1, 2]
            .iter()
            .any(|back| verb.checked_sub(*back).is_some_and(|t| is(sentence, t, |t| t.form == ",")))
    });
    if !named || !once || !closed {
        return false;
    }
    hang(tokens, office, Some(at), "appos");
    true
}

/// "A curfew after mobs, some of them bussed in from elsewhere, set fire to shops": behind the insertion the clause of the mobs goes on.
fn lift_insertion(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    let finite = verb.upos == Upos::Verb
        && matches!(verb.xpos.as_str(), "VBD" | "VBP" | "VBN")
        && verb.relation() == "conj"
        && !has_any(sentence, at, &["nsubj", "cc", "aux", "mark"]);
    let Some(main) = verb.head.filter(|&main| finite && main < at) else { return false };
    let comma = at.checked_sub(1).filter(|&t| is(sentence, t, |t| t.form == ","));
    let Some(comma) = comma else { return false };
    // "Some of them bussed in": what is said of a part of those before the comma.
    let some = (main + 1..comma).rev().find(|&t| {
        is(sentence, t, |t| {
            matches!(t.lemma.as_str(), "some" | "many" | "most" | "several" | "all" | "few")
        }) && is(sentence, t + 1, |t| t.form == "of")
            && is(sentence, t + 2, |t| matches!(t.form.as_str(), "them" | "whom"))
            && is(sentence, t.wrapping_sub(1), |t| t.form == ",")
    });
    let Some(some) = some else { return false };
    let Some(inserted) = sentence.tokens.get(some).and_then(|t| t.head) else { return false };
    let who = (main + 1..some).find(|&t| {
        is(sentence, t, |t| {
            t.relation() == "obl"
                && t.head == Some(main)
                && matches!(t.upos, Upos::Noun | Upos::Propn)
        }) && sentence.dependents(t, "case").any(|case| {
            is(sentence, case, |t| {
                matches!(t.form.as_str(), "after" | "before" | "since" | "as" | "until")
            })
        })
    });
    let Some(who) = who else { return false };
    hang(tokens, at, Some(main), "advcl");
    hang(tokens, who, Some(at), "nsubj");
    for case in sentence.dependents(who, "case") {
        hang(tokens, case, Some(at), "mark");
    }
    if inserted != main && is(sentence, inserted, |t| t.head == Some(main)) {
        hang(tokens, inserted, Some(who), "parataxis");
    }
    true
}

/// "In Dublin his counterpart broke off the talks": who stands without a preposition right before a verb that has no subject is its subject.
fn free_doer(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let who =
        is(sentence, at, |t| t.relation() == "obl" && matches!(t.upos, Upos::Noun | Upos::Propn));
    let Some(verb) = sentence.tokens.get(at).and_then(|t| t.head).filter(|&v| who && at < v) else {
        return false;
    };
    let finite = is(sentence, verb, |t| {
        t.upos == Upos::Verb && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP")
    });
    if !finite
        || has_any(
            sentence,
            verb,
            &["nsubj", "nsubj:pass", "csubj", "expl", "aux", "aux:pass", "mark"],
        )
        || has_any(sentence, at, &["case", "mark"])
    {
        return false;
    }
    // The nearest before the verb, behind where or when it was.
    let before = |c: usize| c < verb && is(sentence, c, |t| t.relation() == "obl");
    let last = sentence.children(verb).iter().copied().filter(|&c| before(c)).max() == Some(at);
    let opened = sentence
        .children(verb)
        .iter()
        .any(|&c| c < at && before(c) && has_any(sentence, c, &["case"]));
    if last && opened {
        hang(tokens, at, Some(verb), "nsubj");
    }
    last && opened
}

/// "Thanked President Trump and German Chancellor Angela Merkel": a title behind "and" is that of the second name.
fn join_titled(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let name = |t: usize| is(sentence, t, |t| t.upos == Upos::Propn);
    let Some(title) = sentence.tokens.get(at).filter(|t| name(at) && t.relation() == "appos")
    else {
        return false;
    };
    let Some(title) = title.head.filter(|&title| title < at) else { return false };
    let first = sentence.tokens.get(title).filter(|t| t.deprel == "nmod:desc").and_then(|t| t.head);
    let Some(first) = first.filter(|&first| first < title && name(first)) else { return false };
    let joined = sentence.dependents(at, "cc").any(|cc| first < cc && cc < title);
    if joined {
        hang(tokens, at, Some(first), "conj");
        hang(tokens, title, Some(at), "nmod:desc");
    }
    joined
}

/// "The port will reopen, an official who declined to be named said": whoever stands before the verb that ends the sentence says so.
fn end_with_speaker(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let ends = is(sentence, at, |t| {
        t.upos == Upos::Verb
            && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "VBN")
            && words.ending.has(&t.lemma)
    }) && sentence.tokens.iter().skip(at + 1).all(|t| t.upos == Upos::Punct);
    if !ends || has_any(sentence, at, &["nsubj", "nsubj:pass", "aux", "aux:pass", "mark", "obj"]) {
        return false;
    }
    // The noun behind the last comma that is outside of its own words.
    let inside = |token: usize, noun: usize| token == noun || is_above(sentence, noun, token);
    // "An official who left said": the second of two relative clauses is none.
    let own = |noun: usize| {
        is(sentence, at, |t| t.head == Some(noun) && t.deprel == "acl:relcl")
            && sentence.dependents(noun, "acl:relcl").any(|clause| clause < at)
    };
    let speaker = (1..at).rev().find(|&noun| {
        is(sentence, noun, |t| {
            matches!(t.upos, Upos::Noun | Upos::Propn)
                && matches!(t.relation(), "parataxis" | "appos" | "conj" | "dep" | "obl" | "nmod")
        }) && has_any(
            sentence,
            noun,
            &["acl:relcl", "acl", "det", "flat", "amod", "compound", "nummod"],
        ) && !has_any(sentence, noun, &["case", "cc"])
            && (!inside(at, noun) || own(noun))
            && inside(at - 1, noun)
            && (0..noun)
                .find(|&first| inside(first, noun) && !is(sentence, first, |t| t.form == ","))
                .is_some_and(|first| {
                    is(sentence, first.wrapping_sub(1), |t| t.form == ",")
                        && (first..at).all(|t| inside(t, noun))
                })
    });
    let Some(speaker) = speaker else { return false };
    // What is said is the clause that the speaker stood in.
    let mut main = sentence.tokens.get(speaker).and_then(|t| t.head).filter(|&main| main != at);
    while let Some(up) = main.filter(|&main| !is(sentence, main, |t| t.upos == Upos::Verb)) {
        main = sentence.tokens.get(up).and_then(|t| t.head);
    }
    let Some(main) = main.filter(|&main| main < speaker) else { return false };
    if !is(sentence, main, |t| t.head == Some(at)) {
        replace(sentence, tokens, main, at);
        hang(tokens, main, Some(at), "ccomp");
    }
    hang(tokens, speaker, Some(at), "nsubj");
    true
}

/// "Calls for Chile to open the port": the "for" is that of whom one calls on.
fn call_on_whom(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let infinitive =
        is(sentence, at, |t| t.upos == Upos::Verb && t.xpos == "VB" && t.relation() == "acl");
    if !infinitive || has_any(sentence, at, &["nsubj", "nsubj:pass"]) {
        return false;
    }
    let mark =
        |form: &str| sentence.dependents(at, "mark").find(|&m| is(sentence, m, |t| t.form == form));
    let (Some(whom), Some(to)) = (mark("for"), mark("to")) else { return false };
    // The noun whose phrase fills all that stands between them.
    let who = (whom + 1..to).rev().find(|&t| {
        is(sentence, t, |t| {
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && matches!(t.relation(), "nmod" | "obl" | "obj")
                && t.head.is_some_and(|head| head <= whom)
        })
    });
    let Some(who) = who else { return false };
    hang(tokens, whom, Some(who), "case");
    true
}

/// "Were due to meet": what one is due to do hangs on it as what one is ready to do does.
fn due_to_do(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let due = is(sentence, at, |t| t.lemma == "due" && t.upos == Upos::Adj);
    let fixed = sentence.dependents(at, "fixed").find(|&to| to == at + 1);
    let Some(to) = fixed.filter(|_| due) else { return false };
    let Some(verb) = sentence.children(at).iter().copied().find(|&c| {
        c > to
            && is(sentence, c, |t| {
                t.upos == Upos::Verb && t.xpos == "VB" && t.relation() == "advcl"
            })
    }) else {
        return false;
    };
    hang(tokens, to, Some(verb), "mark");
    if let Some(token) = tokens.to_mut().get_mut(to) {
        token.upos = Upos::Part;
        token.xpos = "TO".into();
    }
    hang(tokens, verb, Some(at), "xcomp");
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{hangs, tree};

    fn mended(lines: &str) -> Sentence {
        let mut sentence = tree(lines);
        mend_turns(&TreeWords::builtin(), &mut sentence);
        sentence
    }

    #[test]
    fn who_comes_is_no_object() {
        let sentence = mended(
            "Then then ADV RB 2 advmod
             came come VERB VBD 0 root
             the the DET DT 4 det
             navy navy NOUN NN 2 obj",
        );
        assert_eq!(hangs(&sentence, 3), (Some(1), "nsubj"));
    }

    #[test]
    fn what_one_is_the_first_to_do_one_does() {
        let sentence = mended(
            "Mali Mali PROPN NNP 2 nsubj
             became become VERB VBD 0 root
             the the DET DT 5 det
             fourth fourth ADJ JJ 5 amod
             state state NOUN NN 2 xcomp
             to to PART TO 7 mark
             recognise recognise VERB VB 2 advcl
             Kosovo Kosovo PROPN NNP 7 obj",
        );
        assert_eq!(hangs(&sentence, 6), (Some(1), "xcomp"));
    }

    #[test]
    fn those_who_are_counted_were_killed() {
        let sentence = mended(
            "The the DET DT 2 det
             number number NOUN NN 7 nsubj
             of of ADP IN 4 case
             Danes Dane PROPN NNPS 2 nmod
             killed kill VERB VBD 7 advcl
             has have AUX VBZ 7 aux
             passed pass VERB VBN 0 root
             40 40 NUM CD 7 obj",
        );
        assert_eq!(hangs(&sentence, 4), (Some(3), "acl"));
        assert_eq!(sentence.tokens[4].xpos, "VBN");
    }

    #[test]
    fn some_of_whom_are_of_their_clause() {
        let sentence = mended(
            "Monks monk NOUN NNS 8 nsubj
             , , PUNCT , 3 punct
             some some DET DT 8 nsubj
             of of ADP IN 5 case
             whom whom PRON WP 3 nmod
             prayed pray VERB VBD 1 acl:relcl
             , , PUNCT , 1 punct
             left leave VERB VBD 0 root",
        );
        assert_eq!(hangs(&sentence, 2), (Some(5), "nsubj"));
        assert_eq!(hangs(&sentence, 0), (Some(7), "nsubj"));
    }

    #[test]
    fn who_stands_before_a_verb_without_a_subject_is_its_subject() {
        let sentence = mended(
            "In in ADP IN 2 case
             Dublin Dublin PROPN NNP 5 obl
             his his PRON PRP$ 4 nmod:poss
             counterpart counterpart NOUN NN 5 obl
             broke break VERB VBD 0 root
             off off ADP RP 5 compound:prt
             contact contact NOUN NN 5 obj",
        );
        assert_eq!(hangs(&sentence, 3), (Some(4), "nsubj"));
        assert_eq!(hangs(&sentence, 1), (Some(4), "obl"));
    }

    #[test]
    fn a_title_behind_and_is_that_of_the_second_name() {
        let sentence = mended(
            "May May PROPN NNP 2 nsubj
             thanked thank VERB VBD 0 root
             Donald Donald PROPN NNP 2 obj
             Trump Trump PROPN NNP 3 flat
             and and CCONJ CC 7 cc
             Chancellor Chancellor PROPN NNP 3 nmod:desc
             Angela Angela PROPN NNP 6 appos
             Merkel Merkel PROPN NNP 7 flat",
        );
        assert_eq!(hangs(&sentence, 6), (Some(2), "conj"));
        assert_eq!(hangs(&sentence, 5), (Some(6), "nmod:desc"));
    }

    #[test]
    fn whoever_stands_before_the_last_verb_says_it() {
        let sentence = mended(
            "Ports port NOUN NNS 2 nsubj
             reopen reopen VERB VBP 0 root
             , , PUNCT , 5 punct
             an a DET DT 5 det
             official official NOUN NN 2 parataxis
             who who PRON WP 7 nsubj
             left leave VERB VBD 5 acl:relcl
             said say VERB VBD 2 parataxis
             . . PUNCT . 2 punct",
        );
        assert_eq!(hangs(&sentence, 4), (Some(7), "nsubj"));
        assert_eq!(hangs(&sentence, 7), (None, "root"));
        assert_eq!(hangs(&sentence, 1), (Some(7), "ccomp"));
    }

    #[test]
    fn one_calls_for_somebody_to_do_it() {
        let sentence = mended(
            "Calls call NOUN NNS 7 nsubj
             for for SCONJ IN 5 mark
             Chile Chile PROPN NNP 1 nmod
             to to PART TO 5 mark
             leave leave VERB VB 1 acl
             have have AUX VBP 7 aux
             grown grow VERB VBN 0 root",
        );
        assert_eq!(hangs(&sentence, 1), (Some(2), "case"));
    }

    #[test]
    fn what_one_is_due_to_do_is_to_come() {
        let sentence = mended(
            "Envoys envoy NOUN NNS 3 nsubj
             were be AUX VBD 3 cop
             due due ADJ JJ 0 root
             to to ADP IN 3 fixed
             meet meet VERB VB 3 advcl
             Xi Xi PROPN NNP 5 obj",
        );
        assert_eq!(hangs(&sentence, 4), (Some(2), "xcomp"));
        assert_eq!(hangs(&sentence, 3), (Some(4), "mark"));
    }
}

//! Clauses, voices and numbers put right where words and their order leave no doubt.
//!
//! "Two men were killed and three wounded" may come with the three as what was killed, "Jets bombed camps" as a passive with an object, "up to
//! 40 men" as a verb with *up*, "ruled on Friday that he be freed" as a Friday that is freed.

use std::borrow::Cow;

use detente_parse::{Sentence, Token, Upos};

use crate::frames::{hand_on, hang, mend_words, replace};
use crate::hyphens::is_above;
use crate::tree_words::TreeWords;
use crate::verbs::base_of;

/// Mends the tree; one in which nothing of this is wrong stays as it is.
pub(crate) fn mend_clauses(words: &TreeWords, sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for at in 0..sentence.tokens.len() {
            let _mended = share_passive(words, sentence, tokens, at)
                || make_active(words, sentence, tokens, at)
                || free_up_to(words, sentence, tokens, at)
                || name_embargo(sentence, tokens, at)
                || name_group(words, sentence, tokens, at)
                || lift_clause(words, sentence, tokens, at)
                || lift_beyond_dash(sentence, tokens, at)
                || free_outside(words, sentence, tokens, at)
                || part_day(sentence, tokens, at)
                || part_speaker(words, sentence, tokens, at)
                || return_object(sentence, tokens, at)
                || part_fellow(words, sentence, tokens, at)
                || part_clause(sentence, tokens, at)
                || lift_circumstance(words, sentence, tokens, at)
                || give_denied(words, sentence, tokens, at)
                || describe_people(words, sentence, tokens, at)
                || fill_object(sentence, tokens, at)
                || free_demanded(words, sentence, tokens, at)
                || name_mine(sentence, tokens, at)
                || part_time(sentence, tokens, at)
                || lift_predicate(words, sentence, tokens, at)
                || name_events(sentence, tokens, at)
                || free_each(sentence, tokens, at)
                || have_done(sentence, tokens, at)
                || join_gerunds(sentence, tokens, at);
        }
    });
}

fn child(sentence: &Sentence, at: usize, relation: &str) -> Option<usize> {
    sentence.dependents(at, relation).next()
}

pub(crate) fn has_any(sentence: &Sentence, at: usize, relations: &[&str]) -> bool {
    relations.iter().any(|relation| child(sentence, at, relation).is_some())
}

fn passive_subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    let below = sentence.children(verb).iter().copied();
    below.filter(|&c| is(sentence, c, |t| t.deprel == "nsubj:pass")).min()
}

pub(crate) fn is(sentence: &Sentence, at: usize, fits: impl FnOnce(&Token) -> bool) -> bool {
    sentence.tokens.get(at).is_some_and(fits)
}

fn retag(tokens: &mut Cow<'_, [Token]>, at: usize, upos: Upos, xpos: &str) {
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.upos = upos;
        token.xpos = xpos.into();
    }
}

/// "Two were arrested and five officials dismissed": the second participle has a subject of its own, and the first one's voice.
fn share_passive(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    let Some(first) = verb.head.filter(|&first| first < at && verb.relation() == "conj") else {
        return false;
    };
    let lemma = verb.lemma.as_str();
    let undergone = words.passive.has(lemma) || words.undergone.has(lemma);
    let participle = verb.xpos == "VBN" || (verb.xpos == "VBD" && undergone);
    let passive =
        sentence.children(first).iter().any(|&c| is(sentence, c, |t| t.deprel == "aux:pass"));
    let own = ["obj", "aux", "cop", "mark", "compound:prt", "ccomp", "xcomp", "expl"];
    if verb.upos != Upos::Verb || !participle || !passive || has_any(sentence, at, &own) {
        return false;
    }
    let Some(and) = (first + 1..at).rev().find(|&t| is(sentence, t, |t| t.relation() == "cc"))
    else {
        return false;
    };
    let subject = (and + 1..at).rev().find(|&t| {
        is(sentence, t, |t| {
            matches!(t.deprel.as_str(), "nsubj" | "nsubj:pass")
                && (t.head == Some(at) || t.head == Some(first))
        })
    });
    let Some(subject) = subject else { return false };
    // Nothing but adverbs between the two: "five, he said, dismissed".
    let beside = (subject + 1..at)
        .all(|t| is(sentence, t, |t| t.relation() == "advmod" || t.head == Some(subject)));
    let told_before = passive_subject(sentence, first).is_some_and(|before| before < and);
    if !beside || !told_before {
        return false;
    }
    hang(tokens, subject, Some(at), "nsubj:pass");
    retag(tokens, at, Upos::Verb, "VBN");
    true
}

/// "Turkish jets bombed the camps": what has an object and no auxiliary is no passive.
fn make_active(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.xpos == "VBN") else { return false };
    let Some(subject) = passive_subject(sentence, at).filter(|&subject| subject < at) else {
        return false;
    };
    let object = sentence.dependents(at, "obj").any(|object| object > at);
    let auxiliary = has_any(sentence, at, &["aux", "cop", "obl:agent"])
        || sentence.children(at).iter().any(|&c| is(sentence, c, |t| t.upos == Upos::Aux));
    let main = matches!(verb.relation(), "root" | "ccomp" | "advcl" | "parataxis");
    let whole =
        is(sentence, sentence.tokens.len() - 1, |t| matches!(t.form.as_str(), "." | "”" | "\""));
    let giving = words.giving.has(&verb.lemma);
    if !object || auxiliary || !main || !whole || giving {
        return false;
    }
    hang(tokens, subject, Some(at), "nsubj");
    retag(tokens, at, Upos::Verb, "VBD");
    true
}

/// "Killed up to 40 soldiers": *up to* belongs to the number.
fn free_up_to(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(up) = sentence.tokens.get(at).filter(|t| t.lemma == "up") else { return false };
    let Some(verb) = up.head.filter(|&verb| verb < at) else { return false };
    let Some(noun) = sentence
        .tokens
        .get(at + 1)
        .filter(|t| t.lemma == "to" && t.relation() == "case")
        .and_then(|t| t.head)
        .filter(|&noun| noun > at + 1)
    else {
        return false;
    };
    let number = is(sentence, at + 2, |t| t.upos == Upos::Num);
    let beside =
        verb + 1 == at || sentence.dependents(verb, "iobj").any(|whom| verb < whom && whom < at);
    let fits = is(sentence, verb, |t| t.upos == Upos::Verb && !words.rising.has(&t.lemma))
        && is(sentence, noun, |t| t.head == Some(verb) && t.relation() == "obl");
    if !number || !beside || !fits || child(sentence, verb, "obj").is_some() {
        return false;
    }
    hang(tokens, noun, Some(verb), "obj");
    hang(tokens, at, Some(at + 2), "advmod");
    hang(tokens, at + 1, Some(at), "fixed");
    true
}

/// "Imposed an arms embargo on Oslo": the noun before "embargo" says of what it is.
fn name_embargo(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(embargo) = sentence.tokens.get(at) else { return false };
    let Some(of) = at.checked_sub(1) else { return false };
    let named = matches!(embargo.form.as_str(), "embargo" | "embargoes");
    let tied = embargo.head == Some(of)
        || (embargo.head.is_some() && is(sentence, of, |t| t.head == embargo.head));
    let noun = is(sentence, of, |t| {
        t.upos == Upos::Noun && matches!(t.relation(), "obj" | "obl" | "nsubj" | "nmod")
    });
    let article = has_any(sentence, of, &["det", "nmod:poss"]);
    let taken = embargo.upos != Upos::Noun || embargo.relation() == "xcomp";
    if !named || !tied || !noun || !article || !taken {
        return false;
    }
    replace(sentence, tokens, of, at);
    hang(tokens, of, Some(at), "compound");
    hand_on(sentence, tokens, of, at, |own| own < of);
    retag(tokens, at, Upos::Noun, if embargo.form == "embargo" { "NN" } else { "NNS" });
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.lemma = "embargo".into();
    }
    true
}

/// "A working group": the first word is a part of the name and tells no work.
fn name_group(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let named = is(sentence, at, |t| t.form.eq_ignore_ascii_case("working") && t.lemma == "work")
        && is(sentence, at + 1, |t| words.worked.has(&t.lemma))
        && is(sentence, at, |t| t.head == Some(at + 1));
    if !named {
        return false;
    }
    hang(tokens, at, Some(at + 1), "compound");
    retag(tokens, at, Upos::Noun, "NN");
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.lemma = "working".into();
    }
    true
}

/// "Such as fighting the pandemic, combating hunger and promoting trade": the second of three in a row is a fellow of the first.
fn join_gerunds(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let gerund = |at: usize| is(sentence, at, |t| t.xpos == "VBG" && t.upos == Upos::Verb);
    let Some(comma) = at.checked_sub(1).filter(|&t| is(sentence, t, |t| t.form == ",")) else {
        return false;
    };
    let clause = gerund(at) && is(sentence, at, |t| t.relation() == "advcl");
    let goes_on = sentence
        .dependents(at, "conj")
        .any(|c| c > at && gerund(c) && sentence.dependents(c, "cc").next().is_some());
    if !clause || !goes_on {
        return false;
    }
    let first = (0..comma).rev().find(|&t| gerund(t)).filter(|&first| {
        is(sentence, first, |t| matches!(t.relation(), "advcl" | "acl"))
            && (first + 1..comma).all(|t| is_above(sentence, first, t))
    });
    let Some(first) = first else { return false };
    hang(tokens, at, Some(first), "conj");
    true
}

/// "Ruled on Friday that he be freed", "assured Bern in writing that it would pay": no Friday and no writing is told of by the clause.
fn lift_clause(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.relation() == "acl") else {
        return false;
    };
    let Some(noun) = verb.head.filter(|&noun| noun < at) else { return false };
    let that = sentence.dependents(at, "mark").any(|mark| {
        mark == noun + 1 && is(sentence, mark, |t| t.lemma == "that" && t.xpos == "IN")
    });
    let Some(over) = sentence.tokens.get(noun).and_then(|t| t.head) else { return false };
    let says = is(sentence, over, |t| t.upos == Upos::Verb && words.saying.has(&t.lemma));
    let when = is(sentence, noun, |t| {
        t.relation() == "obl" && (t.upos == Upos::Propn || words.said_by.has(&t.lemma))
    });
    let free = !has_any(sentence, over, &["ccomp"]) && over < noun;
    if !that || !says || !when || !free || !has_any(sentence, at, &["nsubj", "nsubj:pass"]) {
        return false;
    }
    hang(tokens, at, Some(over), "ccomp");
    true
}

/// "Complained at the session — held in Oslo — that Lee had lied": a clause behind the second dash is none of what stands between the two.
fn lift_beyond_dash(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.relation() == "acl") else {
        return false;
    };
    let dash = |t: &Token| matches!(t.form.as_str(), "—" | "–" | "--");
    let that = sentence.dependents(at, "mark").find(|&mark| {
        mark < at && is(sentence, mark, |t| t.lemma == "that" && t.upos == Upos::Sconj)
    });
    let closing = that.and_then(|that| that.checked_sub(1));
    let Some(closing) = closing.filter(|&t| is(sentence, t, dash)) else { return false };
    let Some(opening) = (0..closing).rev().find(|&t| is(sentence, t, dash)) else { return false };
    let mut over = verb.head.filter(|&noun| opening < noun && noun < closing);
    for _ in 0..sentence.tokens.len() {
        let verb = |up: usize| is(sentence, up, |t| t.upos == Upos::Verb);
        match over.filter(|&up| up > opening || !verb(up)) {
            Some(up) => over = sentence.tokens.get(up).and_then(|t| t.head),
            None => break,
        }
    }
    let Some(over) = over.filter(|&up| is(sentence, up, |t| t.upos == Upos::Verb)) else {
        return false;
    };
    if !has_any(sentence, at, &["nsubj", "nsubj:pass"]) {
        return false;
    }
    hang(tokens, at, Some(over), "ccomp");
    true
}

/// "Rallied outside parliament": nobody rallies an outside parliament.
fn free_outside(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(word) = sentence.tokens.get(at) else { return false };
    let where_to = matches!(word.form.as_str(), "outside" | "inside" | "near" | "opposite");
    let Some(noun) = word.head.filter(|&noun| noun > at && word.relation() == "amod") else {
        return false;
    };
    let verb = at.checked_sub(1).filter(|&verb| {
        is(sentence, verb, |t| t.upos == Upos::Verb && words.gathering.has(&t.lemma))
    });
    let object = is(sentence, noun, |t| verb.is_some() && t.head == verb && t.relation() == "obj");
    if !where_to || !object {
        return false;
    }
    hang(tokens, noun, verb, "obl");
    hang(tokens, at, Some(noun), "case");
    retag(tokens, at, Upos::Adp, "IN");
    true
}

/// "Earlier in the day police arrested six": the day ends what tells when.
fn part_day(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(earlier) = sentence.tokens.get(at) else { return false };
    let Some(verb) = earlier.head.filter(|&verb| verb > at) else { return false };
    let named = matches!(earlier.lemma.as_str(), "early" | "late" | "earlier" | "later");
    let Some(noun) = sentence.dependents(at, "obl").find(|&noun| noun > at + 2) else {
        return false;
    };
    let day = (at + 2..noun).find(|&t| {
        is(sentence, t, |t| {
            matches!(t.lemma.as_str(), "day" | "week" | "month" | "year" | "morning" | "evening")
                && t.relation() == "compound"
                && t.head == Some(noun)
        })
    });
    let Some(day) = day.filter(|_| named && noun < verb) else { return false };
    let own = |t: usize| {
        is(sentence, t, |t| t.head == Some(verb) && matches!(t.relation(), "aux" | "advmod"))
    };
    let beside = (noun + 1..verb).all(own);
    if !beside || has_any(sentence, verb, &["nsubj", "expl", "csubj"]) {
        return false;
    }
    let passive =
        sentence.children(verb).iter().any(|&c| is(sentence, c, |t| t.deprel == "aux:pass"));
    hang(tokens, noun, Some(verb), if passive { "nsubj:pass" } else { "nsubj" });
    hang(tokens, day, Some(at), "obl");
    hand_on(sentence, tokens, noun, day, |own| own < day);
    true
}

/// "Refused to attend and accused Chile": an object behind a later verb is that verb's, and a past form no fellow of an infinitive.
fn return_object(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.relation() == "conj") else {
        return false;
    };
    let Some(above) = verb.head.filter(|&above| above < at) else { return false };
    let infinitive =
        |t: usize| is(sentence, t, |t| t.xpos == "VB" && t.relation() == "xcomp") && t < at;
    // The fellow may have been lifted before its object.
    let inner = if infinitive(above) {
        Some(above)
    } else {
        sentence.dependents(above, "xcomp").find(|&t| infinitive(t))
    };
    let over = inner.and_then(|inner| sentence.tokens.get(inner)?.head.filter(|&o| o < inner));
    let (Some(inner), Some(over)) = (inner, over) else { return false };
    let past = verb.upos == Upos::Verb
        && matches!(verb.xpos.as_str(), "VBD" | "VBN")
        && verb.form != verb.lemma
        && is(sentence, over, |t| t.xpos == "VBD");
    let bare = !has_any(sentence, at, &["obj", "aux", "mark", "nsubj", "obl:agent"])
        && child(sentence, at, "cc").is_some();
    let object = sentence.dependents(inner, "obj").find(|&object| {
        object == at + 1 || {
            object > at && (at + 1..object).all(|t| is(sentence, t, |t| t.head == Some(object)))
        }
    });
    let Some(object) = object.filter(|_| past && bare) else { return false };
    hang(tokens, object, Some(at), "obj");
    hang(tokens, at, Some(over), "conj");
    retag(tokens, at, Upos::Verb, "VBD");
    true
}

/// "Rome and Oslo met, Paris said": of two subjects of the last verb the one before the comma is that of the verb in between.
fn part_speaker(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(says) = sentence.tokens.get(at).filter(|t| t.relation() == "root") else {
        return false;
    };
    let last = sentence.tokens.iter().skip(at + 1).all(|t| t.upos == Upos::Punct);
    let speaks = says.upos == Upos::Verb && (words.saying.has(&says.lemma) || says.lemma == "add");
    let mut subjects = sentence
        .children(at)
        .iter()
        .copied()
        .filter(|&c| c < at && is(sentence, c, |t| t.relation() == "nsubj"));
    let (Some(told), Some(speaker), None) = (subjects.next(), subjects.next(), subjects.next())
    else {
        return false;
    };
    let Some(comma) = (told + 1..speaker).rev().find(|&t| is(sentence, t, |t| t.form == ","))
    else {
        return false;
    };
    let own = (comma + 1..at).all(|t| {
        t == speaker
            || is(sentence, t, |t| {
                t.head == Some(speaker) || (t.head == Some(at) && t.upos != Upos::Verb)
            })
    });
    if !last || !speaks || !own {
        return false;
    }
    let verb = (told + 1..comma).find(|&v| {
        let tied = is(sentence, v, |t| match t.relation() {
            "ccomp" | "advcl" | "parataxis" => t.head == Some(at),
            "acl" => t.head == Some(told) && (t.xpos == "VBN" || t.xpos == "VBD"),
            _ => false,
        });
        // "Niger, which borders Mali, has expelled him": the auxiliary follows a comma.
        let aside = is(sentence, v, |t| t.relation() == "acl")
            && !sentence
                .dependents(v, "aux")
                .any(|aux| aux > 0 && is(sentence, aux - 1, |t| t.form == ","));
        let told_verb =
            is(sentence, v, |t| t.upos == Upos::Verb) || child(sentence, v, "cop").is_some();
        tied && !aside && told_verb && !has_any(sentence, v, &["nsubj", "csubj", "expl", "mark"])
    });
    let Some(verb) = verb else { return false };
    let passive =
        sentence.children(verb).iter().any(|&c| is(sentence, c, |t| t.deprel == "aux:pass"));
    hang(tokens, told, Some(verb), if passive { "nsubj:pass" } else { "nsubj" });
    hang(tokens, verb, Some(at), "ccomp");
    true
}

/// "Left the bloc and restored ties", "attacked Homs and besieged Hama": a past form right behind "and" with a noun of its own is the second
/// thing that is done.
fn part_fellow(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    if !matches!(verb.xpos.as_str(), "VBD" | "VBN") || verb.upos != Upos::Verb {
        return false;
    }
    let Some(and) = at
        .checked_sub(1)
        .filter(|&and| is(sentence, and, |t| t.relation() == "cc" && t.lemma == "and"))
    else {
        return false;
    };
    let finite = |t: &Token| t.upos == Upos::Verb && t.xpos == "VBD";
    let bare = !has_any(sentence, at, &["obj", "aux", "nsubj", "obl:agent", "mark"]);
    if verb.relation() == "amod" {
        // "And besieged Hama", with the name as another object of the first verb.
        let Some(noun) = verb.head.filter(|&noun| noun > at) else { return false };
        let first =
            sentence.tokens.get(noun).filter(|t| t.relation() == "conj").and_then(|t| t.head);
        let Some(first) = first.filter(|&first| first < and) else { return false };
        let Some(over) = sentence.tokens.get(first).and_then(|t| t.head) else { return false };
        let object = is(sentence, first, |t| matches!(t.relation(), "obj" | "obl"))
            && is(sentence, over, finite)
            && over < first;
        let own = is(sentence, noun, |t| t.xpos == "NNP" || words.bare.has(&t.lemma))
            && !has_any(sentence, noun, &["det", "nmod:poss"]);
        let between = (at + 1..noun).all(|t| is(sentence, t, |t| t.head == Some(noun)));
        if !object || !own || !between || !bare {
            return false;
        }
        hang(tokens, at, Some(over), "conj");
        hang(tokens, and, Some(at), "cc");
        hang(tokens, noun, Some(at), "obj");
        retag(tokens, at, Upos::Verb, "VBD");
        return true;
    }
    let Some(above) = verb.head.filter(|&above| above < and && verb.relation() == "conj") else {
        return false;
    };
    let over = if is(sentence, above, finite) {
        Some(above)
    } else {
        sentence.tokens.get(above).filter(|t| t.relation() == "obj").and_then(|t| t.head)
    };
    let Some(over) = over.filter(|&over| over < and && is(sentence, over, finite)) else {
        return false;
    };
    let objects = || sentence.dependents(over, "obj");
    let Some(own) = objects().find(|&object| object > at) else { return false };
    let first = objects().any(|object| object < and);
    let between =
        (at + 1..own).all(|t| is(sentence, t, |t| t.head == Some(own) && t.upos != Upos::Punct));
    if !bare || !first || !between {
        return false;
    }
    hang(tokens, at, Some(over), "conj");
    hang(tokens, own, Some(at), "obj");
    retag(tokens, at, Upos::Verb, "VBD");
    true
}

/// "Turkey gave tents, and Danish doctors treated the wounded": whoever stands behind ", and" right before a verb with an object is its
/// subject, and nothing that was given.
fn part_clause(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.upos == Upos::Verb) else { return false };
    let Some(subject) = at.checked_sub(1) else { return false };
    let Some(noun) = sentence
        .tokens
        .get(subject)
        .filter(|t| t.relation() == "conj" && matches!(t.upos, Upos::Noun | Upos::Propn))
    else {
        return false;
    };
    let Some(first) = noun.head.filter(|&first| first < subject) else { return false };
    let Some(over) = sentence.tokens.get(first).and_then(|t| t.head).filter(|&o| o < first) else {
        return false;
    };
    let Some(and) = (first + 1..subject).rev().find(|&t| is(sentence, t, |t| t.relation() == "cc"))
    else {
        return false;
    };
    let object = is(sentence, first, |t| matches!(t.relation(), "obj" | "obl"))
        && is(sentence, over, |t| t.upos == Upos::Verb && t.xpos == "VBD");
    let comma = is(sentence, and - 1, |t| t.form == ",");
    let phrase = (and + 1..subject).all(|t| is(sentence, t, |t| t.head == Some(subject)));
    let past = matches!(verb.xpos.as_str(), "VBD" | "VBN")
        && matches!(verb.relation(), "conj" | "acl" | "amod" | "parataxis")
        && verb.deprel != "acl:relcl";
    let own = sentence.dependents(at, "obj").any(|object| object > at)
        && !has_any(sentence, at, &["nsubj", "aux", "obl:agent"]);
    if !object || !comma || !phrase || !past || !own || child(sentence, subject, "case").is_some() {
        return false;
    }
    hang(tokens, at, Some(over), "conj");
    hang(tokens, subject, Some(at), "nsubj");
    hang(tokens, and, Some(at), "cc");
    retag(tokens, at, Upos::Verb, "VBD");
    true
}

/// "Told citizens to stay away after two men were seized": what has been is why one tells them, and no part of what they are told.
fn lift_circumstance(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at).filter(|t| t.relation() == "advcl") else {
        return false;
    };
    let Some(inner) = verb.head.filter(|&inner| inner < at) else { return false };
    let Some(over) = sentence.tokens.get(inner).and_then(|t| t.head).filter(|&o| o < inner) else {
        return false;
    };
    let infinitive = is(sentence, inner, |t| t.xpos == "VB" && t.relation() == "xcomp");
    let tells = is(sentence, over, |t| t.xpos == "VBD" && words.urging.has(&t.lemma));
    let opened = sentence
        .dependents(at, "mark")
        .any(|mark| is(sentence, mark, |t| matches!(t.lemma.as_str(), "after" | "since")));
    let subject = sentence
        .children(at)
        .iter()
        .any(|&c| is(sentence, c, |t| t.relation() == "nsubj" && t.upos != Upos::Pron));
    let past = verb.xpos == "VBD"
        || sentence
            .children(at)
            .iter()
            .any(|&c| is(sentence, c, |t| t.relation() == "aux" && t.xpos == "VBD"));
    if !infinitive || !tells || !opened || !subject || !past {
        return false;
    }
    hang(tokens, at, Some(over), "advcl");
    true
}

/// "Two were denied entry": what somebody is given or not is an object.
fn give_denied(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(noun) = sentence.tokens.get(at).filter(|t| t.relation() == "xcomp") else {
        return false;
    };
    let Some(verb) = noun.head.filter(|&verb| verb + 1 == at) else { return false };
    let giving = is(sentence, verb, |t| words.giving.has(&t.lemma) || t.lemma == "refuse");
    let passive = passive_subject(sentence, verb).is_some();
    let plain = noun.upos == Upos::Noun && !has_any(sentence, at, &["case", "mark", "cop"]);
    if !giving || !passive || !plain || child(sentence, verb, "obj").is_some() {
        return false;
    }
    hang(tokens, at, Some(verb), "obj");
    true
}

/// "Spain hosted Morales": a name right behind a verb is nothing beside the verb.
fn fill_object(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(noun) = sentence.tokens.get(at).filter(|t| t.relation() == "appos") else {
        return false;
    };
    let Some(verb) = noun.head.filter(|&verb| verb < at) else { return false };
    let finite = is(sentence, verb, |t| {
        t.upos == Upos::Verb && matches!(t.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "VB")
    });
    let beside = (verb + 1..at).all(|t| is(sentence, t, |t| t.head == Some(at)));
    let plain = matches!(noun.upos, Upos::Noun | Upos::Propn)
        && (verb + 1..at).all(|t| is(sentence, t, |t| t.upos != Upos::Punct));
    if !finite || !beside || !plain || has_any(sentence, verb, &["obj", "ccomp"]) {
        return false;
    }
    hang(tokens, at, Some(verb), "obj");
    true
}

/// "Senators demand the minister resign": who is to do it is the subject of a clause without "that", and no object of the demand.
fn free_demanded(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(verb) = sentence.tokens.get(at) else { return false };
    let Some(demand) = verb.head.filter(|&demand| demand < at) else { return false };
    let bare = matches!(verb.relation(), "xcomp" | "ccomp")
        && (verb.xpos == "VB" || (verb.upos == Upos::Verb && verb.form == verb.lemma))
        && !has_any(sentence, at, &["mark", "aux", "cop", "nsubj"]);
    let demands = is(sentence, demand, |t| words.demanding.has(&t.lemma));
    let mut whom = sentence.children(demand).iter().copied().filter(|&c| {
        demand < c && c < at && is(sentence, c, |t| matches!(t.relation(), "obj" | "iobj"))
    });
    let (Some(who), None) = (whom.next(), whom.next()) else { return false };
    // "Demanded a plan to end the war" and "demanded money, insist traders" have other words between.
    let adjacent = (who + 1..at)
        .all(|t| is(sentence, t, |token| token.head == Some(who) && token.relation() == "flat"));
    if !bare || !demands || !adjacent {
        return false;
    }
    hang(tokens, who, Some(at), "nsubj");
    hang(tokens, at, Some(demand), "ccomp");
    true
}

/// "A gold mine": with an article or a modifier before it *mine* is no pronoun.
fn name_mine(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(mine) = sentence.tokens.get(at) else { return false };
    if mine.form != "mine" || mine.upos != Upos::Pron {
        return false;
    }
    let noun = sentence.children(at).iter().any(|&c| {
        c < at && is(sentence, c, |t| matches!(t.relation(), "det" | "amod" | "compound"))
    });
    if noun {
        retag(tokens, at, Upos::Noun, "NN");
    }
    noun
}

/// "Police arrested protesting students": they are what is arrested.
fn describe_people(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(word) = sentence.tokens.get(at).filter(|t| t.xpos == "VBG") else { return false };
    let Some(verb) = word.head.filter(|&verb| {
        verb < at
            && is(sentence, verb, |t| t.upos == Upos::Verb)
            && child(sentence, verb, "obj").is_none()
    }) else {
        return false;
    };
    let doing = matches!(word.relation(), "xcomp" | "advcl")
        && words.doing.has(&word.lemma)
        && child(sentence, at, "mark").is_none();
    let people = child(sentence, at, "obj")
        .filter(|&noun| noun == at + 1 && is(sentence, noun, |t| t.xpos == "NNS"));
    let beside = (verb + 1..at).all(|t| is(sentence, t, |t| t.upos == Upos::Num));
    let Some(people) = people.filter(|_| doing && beside) else { return false };
    hang(tokens, people, Some(verb), "obj");
    hang(tokens, at, Some(people), "amod");
    true
}

/// "Met the president hours earlier": how long it was is no part of whom one meets.
fn part_time(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(time) = sentence.tokens.get(at) else { return false };
    let unit = matches!(time.lemma.as_str(), "minute" | "hour" | "day" | "week" | "month" | "year")
        && time.xpos == "NNS";
    let ago = is(sentence, at + 1, |t| {
        matches!(t.form.as_str(), "earlier" | "later" | "ago" | "before" | "after")
    }) && time.head == Some(at + 1);
    let Some(verb) = sentence.tokens.get(at + 1).and_then(|t| t.head).filter(|&v| v < at) else {
        return false;
    };
    // "An amnesty two weeks ago"
    let counted = at > 0 && is(sentence, at - 1, |t| t.upos == Upos::Num && t.head == Some(at));
    let whom = at.checked_sub(1 + usize::from(counted)).filter(|&whom| {
        is(sentence, whom, |t| {
            t.head == Some(at)
                && matches!(t.upos, Upos::Noun | Upos::Propn)
                && t.relation() == "compound"
        })
    });
    let governs = is(sentence, verb, |t| t.upos == Upos::Verb);
    let Some(whom) = whom.filter(|_| unit && ago && governs) else { return false };
    let case = child(sentence, at, "case").is_some();
    if !case && child(sentence, verb, "obj").is_some() {
        return false;
    }
    hang(tokens, whom, Some(verb), if case { "obl" } else { "obj" });
    hand_on(sentence, tokens, at, whom, |own| own < whom);
    true
}

/// "Called the raid in Logar province unlawful": what ends the clause is said of the raid, not of the province.
fn lift_predicate(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let Some(word) = sentence.tokens.get(at).filter(|t| t.xpos == "JJ") else { return false };
    let Some(noun) = word.head.filter(|&noun| noun + 1 == at && word.relation() == "amod") else {
        return false;
    };
    let ends = is(sentence, at + 1, |t| t.upos == Upos::Punct || t.relation() == "cc");
    let mut over = sentence.tokens.get(noun).and_then(|t| t.head);
    for _ in 0..3 {
        let Some(above) = over.filter(|&above| above < noun) else { return false };
        if is(sentence, above, |t| t.upos == Upos::Verb) {
            break;
        }
        over = sentence.tokens.get(above).and_then(|t| t.head);
    }
    let Some(verb) =
        over.filter(|&verb| verb < noun && is(sentence, verb, |t| words.naming.has(&t.lemma)))
    else {
        return false;
    };
    let Some(object) = sentence.dependents(verb, "obj").find(|&object| object < noun) else {
        return false;
    };
    if !ends || has_any(sentence, verb, &["xcomp"]) || !sentence.children(at).is_empty() {
        return false;
    }
    hang(tokens, at, Some(verb), "xcomp");
    if is(sentence, noun, |t| t.head == Some(verb)) {
        hang(tokens, noun, Some(object), "nmod");
    }
    true
}

/// "Clashes in Goma have cost lives": who is the subject of another verb is none himself.
fn name_events(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(word) = sentence.tokens.get(at) else { return false };
    let verb = word.upos == Upos::Verb
        && word.xpos == "VBZ"
        && word.deprel == "nsubj"
        && !has_any(sentence, at, &["nsubj", "obj", "aux", "mark"]);
    if !verb {
        return false;
    }
    retag(tokens, at, Upos::Noun, "NNS");
    true
}

/// "Each accused the other": *each* alone is a party, and so is "the other" of what each says.
fn free_each(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let Some(word) = sentence.tokens.get(at) else { return false };
    let subject = word.deprel == "nsubj";
    let each = subject && word.form.eq_ignore_ascii_case("each") && word.upos != Upos::Pron;
    let other = subject
        && word.lemma == "other"
        && word.upos == Upos::Adj
        && at > 0
        && is(sentence, at - 1, |t| t.lemma == "the")
        && sentence.tokens.iter().take(at).any(|t| t.form.eq_ignore_ascii_case("each"));
    if !each && !other {
        return false;
    }
    retag(tokens, at, Upos::Pron, "DT");
    true
}

/// "Have manned posts since Monday": with a time that goes on it is told what they did, and not what they own.
fn have_done(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, at: usize) -> bool {
    let holds = is(sentence, at, |t| {
        t.lemma == "have"
            && t.upos == Upos::Verb
            && matches!(t.xpos.as_str(), "VBP" | "VBZ" | "VBD")
    });
    let verb = at + 1;
    let past = is(sentence, verb, |t| {
        t.relation() == "amod" && (t.xpos == "VBN" || (t.xpos == "JJ" && t.form.ends_with("ed")))
    });
    let object = sentence.tokens.get(verb).and_then(|t| t.head);
    let Some(object) = object.filter(|&object| {
        holds
            && past
            && object > verb
            && is(sentence, object, |t| t.relation() == "obj" && t.head == Some(at))
    }) else {
        return false;
    };
    let since = (object + 1..sentence.tokens.len()).any(|t| {
        is(sentence, t, |t| t.relation() == "case" && t.lemma == "since")
            && sentence.tokens.get(t).and_then(|t| t.head).is_some_and(|time| {
                is(sentence, time, |t| matches!(t.head, Some(h) if h == at || h == object))
            })
    });
    if !since {
        return false;
    }
    replace(sentence, tokens, at, verb);
    for &child in sentence.children(at) {
        let relation = sentence.tokens.get(child).map_or("dep", |t| t.deprel.as_str());
        hang(tokens, child, Some(verb), relation);
    }
    hang(tokens, at, Some(verb), "aux");
    retag(tokens, at, Upos::Aux, "VBP");
    retag(tokens, verb, Upos::Verb, "VBN");
    if is(sentence, verb, |t| t.xpos == "JJ")
        && let Some(token) = tokens.to_mut().get_mut(verb)
    {
        token.lemma = base_of(&token.form).into();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{hangs, tree};

    fn mended(lines: &str) -> Sentence {
        let mut sentence = tree(lines);
        mend_clauses(&TreeWords::builtin(), &mut sentence);
        sentence
    }

    #[test]
    fn a_clause_behind_the_second_dash_is_told_before_the_first() {
        let lines = |dash: &str| {
            format!(
                "Lee Lee PROPN NNP 2 nsubj
                 complained complain VERB VBD 0 root
                 in in ADP IN 4 case
                 sessions session NOUN NNS 2 obl
                 — — PUNCT : 6 punct
                 excerpts excerpt NOUN NNS 4 appos
                 followed follow VERB VBD 6 acl:relcl
                 {dash} {dash} PUNCT : 11 punct
                 that that SCONJ IN 11 mark
                 Roth Roth PROPN NNP 11 nsubj
                 lied lie VERB VBD 6 acl:relcl"
            )
        };
        assert_eq!(hangs(&mended(&lines("—")), 10), (Some(1), "ccomp"));
        assert_eq!(hangs(&mended(&lines(",")), 10), (Some(5), "acl:relcl"));
    }

    #[test]
    fn a_second_participle_has_the_voice_of_the_first() {
        let lines = |verb: &str| {
            format!(
                "Two two NUM CD 3 nsubj:pass
                 were be AUX VBD 3 aux:pass
                 killed kill VERB VBN 0 root
                 and and CCONJ CC 6 cc
                 Danes Dane PROPN NNPS 6 nsubj
                 {verb} VERB VBD 3 conj"
            )
        };
        let sentence = mended(&lines("wounded wound"));
        assert_eq!(hangs(&sentence, 4), (Some(5), "nsubj:pass"));
        assert_eq!(sentence.tokens[5].xpos, "VBN");
        assert_eq!(hangs(&mended(&lines("fled flee")), 4), (Some(5), "nsubj"));
    }

    #[test]
    fn what_has_an_object_and_no_auxiliary_is_active() {
        let sentence = mended(
            "Jets jet NOUN NNS 2 nsubj:pass
             bombed bomb VERB VBN 0 root
             camps camp NOUN NNS 2 obj
             . . PUNCT . 2 punct",
        );
        assert_eq!(hangs(&sentence, 0), (Some(1), "nsubj"));
    }

    #[test]
    fn up_to_belongs_to_the_number() {
        let lines = |verb: &str| {
            format!(
                "Oslo Oslo PROPN NNP 2 nsubj
                 {verb} VERB VBD 0 root
                 up up ADP RP 2 compound:prt
                 to to ADP IN 6 case
                 40 40 NUM CD 6 nummod
                 men man NOUN NNS 2 obl"
            )
        };
        assert_eq!(hangs(&mended(&lines("held hold")), 5), (Some(1), "obj"));
        assert_eq!(hangs(&mended(&lines("rose rise")), 5), (Some(1), "obl"));
    }

    #[test]
    fn a_clause_is_not_said_of_a_day() {
        let sentence = mended(
            "Courts court NOUN NNS 2 nsubj
             ruled rule VERB VBD 0 root
             on on ADP IN 4 case
             Friday Friday PROPN NNP 2 obl
             that that SCONJ IN 8 mark
             Lee Lee PROPN NNP 8 nsubj:pass
             be be AUX VB 8 aux:pass
             freed free VERB VBN 4 acl",
        );
        assert_eq!(hangs(&sentence, 7), (Some(1), "ccomp"));
    }

    #[test]
    fn an_object_behind_a_later_verb_is_its_own() {
        let sentence = mended(
            "Peru Peru PROPN NNP 2 nsubj
             refused refuse VERB VBD 0 root
             to to PART TO 4 mark
             attend attend VERB VB 2 xcomp
             and and CCONJ CC 6 cc
             accused accuse VERB VBN 4 conj
             Chile Chile PROPN NNP 4 obj",
        );
        assert_eq!(hangs(&sentence, 5), (Some(1), "conj"));
        assert_eq!(hangs(&sentence, 6), (Some(5), "obj"));
    }

    #[test]
    fn who_speaks_last_does_not_do_what_is_told() {
        let sentence = mended(
            "Rome Rome PROPN NNP 8 nsubj
             accused accuse VERB VBD 8 ccomp
             Oslo Oslo PROPN NNP 2 obj
             of of ADP IN 5 case
             spying spying NOUN NN 2 obl
             , , PUNCT , 2 punct
             Paris Paris PROPN NNP 8 nsubj
             said say VERB VBD 0 root
             . . PUNCT . 8 punct",
        );
        assert_eq!(hangs(&sentence, 0), (Some(1), "nsubj"));
        assert_eq!(hangs(&sentence, 6), (Some(7), "nsubj"));
    }

    #[test]
    fn a_past_form_behind_and_has_the_noun_behind_it() {
        let sentence = mended(
            "Rome Rome PROPN NNP 2 nsubj
             left leave VERB VBD 0 root
             the the DET DT 4 det
             bloc bloc NOUN NN 2 obj
             and and CCONJ CC 6 cc
             restored restore VERB VBN 2 conj
             ties tie NOUN NNS 2 obj",
        );
        assert_eq!(hangs(&sentence, 6), (Some(5), "obj"));
        let sentence = mended(
            "Troops troop NOUN NNS 2 nsubj
             attacked attack VERB VBD 0 root
             Homs Homs PROPN NNP 2 obj
             and and CCONJ CC 6 cc
             besieged besiege VERB VBN 6 amod
             Hama Hama PROPN NNP 3 conj",
        );
        assert_eq!(hangs(&sentence, 4), (Some(1), "conj"));
        assert_eq!(hangs(&sentence, 5), (Some(4), "obj"));
    }

    #[test]
    fn what_has_gone_on_since_a_day_is_done_and_not_owned() {
        let s = mended(
            "Rebels rebel NOUN NNS 2 nsubj
             have have VERB VBP 0 root
             manned manned ADJ JJ 4 amod
             posts post NOUN NNS 2 obj
             since since ADP IN 6 case
             Monday Monday PROPN NNP 2 obl
             . . PUNCT . 2 punct",
        );
        assert_eq!((s.tokens[2].lemma.as_str(), s.tokens[2].head), ("man", None));
        assert_eq!((hangs(&s, 1), hangs(&s, 3)), ((Some(2), "aux"), (Some(2), "obj")));
    }

    #[test]
    fn a_day_ends_what_tells_when() {
        let sentence = mended(
            "Earlier early ADV RBR 6 advmod
             in in ADP IN 5 case
             the the DET DT 5 det
             day day NOUN NN 5 compound
             police police NOUN NNS 1 obl
             held hold VERB VBD 0 root
             Lee Lee PROPN NNP 6 obj",
        );
        assert_eq!(hangs(&sentence, 4), (Some(5), "nsubj"));
        assert_eq!(hangs(&sentence, 1), (Some(3), "case"));
    }
}

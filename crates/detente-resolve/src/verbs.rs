//! Sentences whose verb the parser has taken for a part of a noun phrase.
//!
//! "Philippine troops on Sunday overran the camp" may come as *troops* with an adjective *overran*, "A battery shot down a jet" as a noun
//! *shot* with an object, "The envoy, who was away, called for calm" as a name that was called. In goes the tree of a whole sentence whose root is
//! no verb, out comes one with that verb on top, what stands before it as its subject and what follows as its own. Where the main clause
//! has a verb, or no word can be one, nothing is changed.

use detente_parse::{Sentence, Token, Upos};

use crate::frames::is_tree;
use crate::tree_words::TreeWords;

/// Past forms that taggers take for other words, with their lemmas; in order.
const PAST: [(&str, &str); 31] = [
    ("beat", "beat"),
    ("broke", "break"),
    ("cost", "cost"),
    ("drove", "drive"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("forbade", "forbid"),
    ("fought", "fight"),
    ("froze", "freeze"),
    ("hid", "hide"),
    ("hit", "hit"),
    ("hung", "hang"),
    ("overran", "overrun"),
    ("overthrew", "overthrow"),
    ("quit", "quit"),
    ("rode", "ride"),
    ("sank", "sink"),
    ("set", "set"),
    ("shot", "shoot"),
    ("shut", "shut"),
    ("slew", "slay"),
    ("spoke", "speak"),
    ("stole", "steal"),
    ("strode", "stride"),
    ("struck", "strike"),
    ("swept", "sweep"),
    ("swore", "swear"),
    ("threw", "throw"),
    ("tore", "tear"),
    ("withdrew", "withdraw"),
    ("woke", "wake"),
];

/// Mends the tree of a sentence that lacks its verb; any other stays as it is.
pub(crate) fn mend_verb(words: &TreeWords, sentence: &mut Sentence) {
    let closed =
        sentence.tokens.last().is_some_and(|t| matches!(t.form.as_str(), "." | "”" | "\""));
    let Some(root) = sentence.root().filter(|_| closed) else { return };
    let found = if lacks_verb(sentence, root) {
        with_verb(words, sentence, root)
    } else {
        with_told_verb(words, sentence, root)
    };
    let Some(tokens) = found.filter(|tokens| is_tree(tokens)) else { return };
    let states = std::mem::take(&mut sentence.states);
    *sentence = Sentence::new(sentence.span, tokens).with_states(states);
}

/// The words below the verb that is found among them.
fn with_verb(words: &TreeWords, sentence: &Sentence, root: usize) -> Option<Vec<Token>> {
    let (verb, subject) = own_verb(sentence, root)
        .or_else(|| inner_verb(sentence, root))
        .or_else(|| later_verb(words, sentence, root))
        .or_else(|| parted_verb(words, sentence, root))?;
    Some(rehung(sentence, root, verb, subject))
}

/// "Rebels overran Goma, two officials said": what stands before the comma is a sentence of its own that has lost its verb, so that the
/// verb of saying has two subjects.
fn with_told_verb(words: &TreeWords, sentence: &Sentence, says: usize) -> Option<Vec<Token>> {
    let tokens = &sentence.tokens;
    let last = tokens.iter().skip(says + 1).all(|t| t.upos == Upos::Punct);
    let mut subjects = sentence.dependents(says, "nsubj").filter(|&s| s < says);
    let (told, speaker) = (subjects.next()?, subjects.next()?);
    let comma =
        (told + 1..speaker).rev().find(|&t| tokens.get(t).is_some_and(|t| t.form == ","))?;
    let finite =
        |t: &Token| matches!(t.xpos.as_str(), "VBD" | "VBP" | "VBZ" | "MD") || t.upos == Upos::Aux;
    let verbless = !tokens.iter().take(comma).any(finite);
    if !last || !verbless || subjects.next().is_some() || has(sentence, says, "ccomp") {
        return None;
    }
    let mut part: Vec<Token> = tokens.iter().take(comma).cloned().collect();
    for (at, token) in part.iter_mut().enumerate() {
        if at == told {
            token.head = None;
            token.deprel = "root".into();
        } else if token.head.is_none_or(|head| head >= comma) {
            token.head = Some(told);
        }
    }
    let part = Sentence::new(sentence.span, part);
    let mended = with_verb(words, &part, told)?;
    let mut all = tokens.clone();
    for (token, mended) in all.iter_mut().zip(mended) {
        *token = mended;
        if token.head.is_none() {
            token.head = Some(says);
            token.deprel = "ccomp".into();
        }
    }
    Some(all)
}

fn lacks_verb(sentence: &Sentence, root: usize) -> bool {
    sentence.tokens.get(root).is_some_and(|t| !matches!(t.upos, Upos::Verb | Upos::Aux))
        && !["cop", "aux"].iter().any(|r| sentence.dependents(root, r).next().is_some())
}

fn is_nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron)
        || (token.upos == Upos::Det
            && ["some", "both", "many", "others"]
                .iter()
                .any(|w| token.form.eq_ignore_ascii_case(w)))
}

fn past_lemma(token: &Token) -> Option<&'static str> {
    let letters = || token.form.bytes().map(|byte| byte.to_ascii_lowercase());
    let at = PAST.binary_search_by(|(past, _)| past.bytes().cmp(letters())).ok()?;
    PAST.get(at).map(|(_, lemma)| *lemma)
}

/// Whether a word may be the past of a verb.
fn is_past(token: &Token) -> bool {
    matches!(token.xpos.as_str(), "VBD" | "VBN")
        || (token.upos != Upos::Verb && past_lemma(token).is_some())
}

/// The verb of a past form that was tagged as an adjective: *hand* of "handed", *man* of "manned", *seize* of "seized".
pub(crate) fn base_of(past: &str) -> String {
    let lower = past.to_lowercase();
    let stem = lower.strip_suffix("ed").unwrap_or(&lower);
    if let Some(stem) = stem.strip_suffix('i') {
        return format!("{stem}y");
    }
    let mut ends = stem.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'f' | 'e') => {
            stem.strip_suffix(last).unwrap_or(stem).to_owned()
        }
        (Some('v' | 'c' | 'z' | 'u' | 'e'), _)
        | (Some('g'), Some('d' | 'n'))
        | (Some('t'), Some('a'))
        | (Some('s'), Some('i' | 'o' | 'u')) => format!("{stem}e"),
        _ => stem.to_owned(),
    }
}

/// "Handed 233 rifles": what ends as a past form before a number or an article describes nothing.
fn is_past_before_count(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens.get(at).is_some_and(|t| t.xpos == "JJ" && t.form.ends_with("ed"))
        && sentence
            .tokens
            .get(at + 1)
            .is_some_and(|t| t.upos == Upos::Num || (t.upos == Upos::Det && t.relation() == "det"))
}

fn has(sentence: &Sentence, at: usize, relation: &str) -> bool {
    sentence.dependents(at, relation).next().is_some()
}

/// The last nominal without a preposition that stands before the verb, and hangs on it or beyond it.
fn subject_before(sentence: &Sentence, verb: usize) -> Option<usize> {
    (0..verb).rev().find(|&t| {
        let Some(token) = sentence.tokens.get(t) else { return false };
        is_nominal(token)
            && token.deprel != "nmod:poss"
            && token.head.is_some_and(|head| head >= verb)
            && !has(sentence, t, "case")
            && (token.upos != Upos::Det || t + 1 == verb)
    })
}

/// "A battery shot down a jet", "Oslo and Rome back the bid": the root is a verb, for it has an object or a particle.
fn own_verb(sentence: &Sentence, root: usize) -> Option<(usize, usize)> {
    let token = sentence.tokens.get(root)?;
    let subject = subject_before(sentence, root)?;
    let next = sentence.tokens.get(root + 1)?;
    let object = sentence.dependents(root, "obj").any(|o| o > root);
    let child = sentence.children(root).contains(&(root + 1));
    let particle = next.xpos == "RP" || (child && matches!(next.upos, Upos::Adv | Upos::Adj));
    let fellow = next.lemma == "and"
        && sentence
            .dependents(root, "conj")
            .any(|c| sentence.tokens.get(c).is_some_and(|t| t.upos == Upos::Verb));
    let told = past_lemma(token).is_some() && (object || particle || fellow);
    (told || (object && has(sentence, root, "nsubj"))).then_some((root, subject))
}

/// Whether a word lies in a clause below the root.
fn is_subordinate(sentence: &Sentence, at: usize, root: usize) -> bool {
    let mut up = sentence.tokens.get(at).and_then(|t| t.head);
    for _ in 0..sentence.tokens.len() {
        let Some(here) = up.filter(|&here| here != root) else { return false };
        let Some(token) = sentence.tokens.get(here) else { return true };
        if matches!(token.relation(), "acl" | "advcl" | "ccomp" | "xcomp" | "parataxis")
            || token.upos == Upos::Verb
        {
            return true;
        }
        up = token.head;
    }
    true
}

/// "Oslo froze decisions", "Workers at a plant in Lyon downed tools": a past form that hangs on the noun after it, with nothing but a
/// noun, an adverb or a comma before it.
fn inner_verb(sentence: &Sentence, root: usize) -> Option<(usize, usize)> {
    let tokens = &sentence.tokens;
    (1..tokens.len()).find_map(|verb| {
        let token = tokens.get(verb)?;
        let noun = token.head?;
        let fits = verb != root
            && (is_past(token) || is_past_before_count(sentence, verb))
            && !has(sentence, verb, "aux")
            && !has(sentence, verb, "nsubj:pass")
            && match token.relation() {
                "amod" | "compound" | "case" => noun > verb,
                "advmod" => noun > verb && past_lemma(token).is_some(),
                "nmod" | "obl" => !has(sentence, verb, "case") && has(sentence, verb, "obj"),
                _ => false,
            }
            && !is_subordinate(sentence, verb, root);
        if !fits {
            return None;
        }
        // "At first declined", "first declined"
        let order = |t: usize| {
            tokens.get(t).is_some_and(|t| {
                t.upos == Upos::Adv
                    || (t.head == Some(noun)
                        && matches!(t.lemma.as_str(), "at" | "first" | "last" | "least"))
            })
        };
        let before = (0..verb).rev().find(|&t| !order(t))?;
        let word = tokens.get(before)?;
        let after_noun = is_nominal(word)
            || (word.form == "," && before > 1)
            || (has(sentence, before, "case") && word.upos != Upos::Punct);
        if !after_noun {
            return None;
        }
        let subject = if root < verb {
            let top = tokens.get(root)?;
            (is_nominal(top) && !has(sentence, root, "case")).then_some(root)
        } else {
            subject_before(sentence, verb)
        };
        subject.map(|subject| (verb, subject))
    })
}

/// "The envoy, who was away, called for calm", "Mobs armed with clubs killed 22": the verb of what is told hangs on the subject as if it were told
/// beside it.
fn later_verb(words: &TreeWords, sentence: &Sentence, root: usize) -> Option<(usize, usize)> {
    let tokens = &sentence.tokens;
    let top = tokens.get(root)?;
    let subject = if is_nominal(top) {
        (!has(sentence, root, "case")).then_some(root)?
    } else if top.upos == Upos::Adj {
        sentence.dependents(root, "nsubj").find(|&s| s < root)?
    } else {
        return None;
    };
    let beside = sentence.children(root).iter().copied().any(|c| {
        c > root
            && tokens.get(c).is_some_and(|t| matches!(t.deprel.as_str(), "acl:relcl" | "appos"))
    });
    sentence.children(root).iter().copied().find_map(|verb| {
        let token = tokens.get(verb).filter(|_| verb > root)?;
        if !is_past(token)
            || ["nsubj", "mark", "cc", "aux:pass"].iter().any(|r| has(sentence, verb, r))
        {
            return None;
        }
        let object = ["obj", "xcomp", "ccomp"].iter().any(|r| has(sentence, verb, r));
        // "Killed at least 22 people"
        let counted =
            sentence.dependents(verb, "obl").any(|o| o > verb && has(sentence, o, "nummod"));
        let agent = sentence.dependents(verb, "obl:agent").any(|by| {
            sentence
                .dependents(by, "case")
                .any(|c| tokens.get(c).is_some_and(|t| t.form.eq_ignore_ascii_case("by")))
        });
        // "Two men arrested in a raid." has no verb.
        let active = token.xpos == "VBD"
            || object
            || (!agent
                && !words.passive.has(&token.lemma)
                && ["obl", "advmod", "advcl"].iter().any(|r| has(sentence, verb, r)));
        let pronoun = sentence.children(verb).iter().any(|&c| {
            tokens.get(c).is_some_and(|t| matches!(t.xpos.as_str(), "WDT" | "WP" | "WRB" | "WP$"))
        });
        let fits = match token.relation() {
            "acl" if token.deprel != "acl:relcl" => top.upos != Upos::Adj && active && !agent,
            "acl" => top.upos != Upos::Adj && active && !agent && !pronoun && beside,
            "amod" => top.upos != Upos::Adj && object,
            "conj" | "parataxis" if top.upos != Upos::Adj => {
                beside && (active || has(sentence, verb, "aux"))
            }
            "conj" | "advcl" => {
                top.upos == Upos::Adj && (object || counted || has(sentence, verb, "aux")) && !agent
            }
            _ => false,
        };
        fits.then_some((verb, subject))
    })
}

/// "Congo, where hundreds have died, appealed for vaccines": a past form right behind the comma that ends a relative clause tells what its
/// noun did, wherever in that clause the tree has hung it.
fn parted_verb(words: &TreeWords, sentence: &Sentence, root: usize) -> Option<(usize, usize)> {
    let tokens = &sentence.tokens;
    let top = tokens.get(root)?;
    if !is_nominal(top) || has(sentence, root, "case") {
        return None;
    }
    let relative = sentence.dependents(root, "acl:relcl").find(|&c| c > root)?;
    let opens = (root + 1..relative).find(|&t| {
        tokens.get(t).is_some_and(|t| matches!(t.xpos.as_str(), "WDT" | "WP" | "WRB" | "WP$"))
    })?;
    let comma = |at: usize| tokens.get(at).is_some_and(|t| t.form == ",");
    // ", which", ", some of whom"
    let set_off = comma(opens.checked_sub(1)?) || opens.checked_sub(3).is_some_and(comma);
    if !set_off {
        return None;
    }
    (relative + 1..tokens.len()).find_map(|verb| {
        let token = tokens.get(verb)?;
        // The verb's own auxiliaries and adverbs may stand between.
        let own = |t: usize| {
            tokens
                .get(t)
                .is_some_and(|t| t.head == Some(verb) && matches!(t.relation(), "aux" | "advmod"))
        };
        let before = (relative + 1..verb).rev().find(|&t| !own(t))?;
        let tied =
            matches!(token.relation(), "conj" | "acl" | "amod" | "ccomp" | "parataxis" | "advcl");
        (comma(before) && tied && tells(words, sentence, verb)).then_some((verb, root))
    })
}

/// Whether a verb without a subject may be that of a main clause: "appealed for vaccines", and not "accompanied by two aides".
fn tells(words: &TreeWords, sentence: &Sentence, verb: usize) -> bool {
    let Some(token) = sentence.tokens.get(verb) else { return false };
    let by = sentence.dependents(verb, "obl").any(|by| {
        sentence
            .dependents(by, "case")
            .any(|c| sentence.tokens.get(c).is_some_and(|t| t.lemma == "by"))
    });
    let active = token.xpos != "VBN"
        || has(sentence, verb, "aux")
        || has(sentence, verb, "obj")
        || !(by || words.passive.has(&token.lemma));
    let free = ["nsubj", "mark", "cc", "cop"].iter().all(|r| !has(sentence, verb, r));
    active && free && matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBN" | "VBP")
}

/// Whether a word between subject and verb hangs on the verb or beyond it though its phrase has its preposition right there.
fn strays(sentence: &Sentence, at: usize, subject: usize, verb: usize) -> bool {
    let beyond =
        |t: usize| sentence.tokens.get(t).and_then(|t| t.head).is_some_and(|head| head >= verb);
    let case = (subject + 1..verb)
        .find(|&c| beyond(c) && sentence.tokens.get(c).is_some_and(|t| t.relation() == "case"));
    beyond(at) && case.is_some_and(|case| case <= at)
}

/// The last noun from a word on to the verb.
fn last_nominal(sentence: &Sentence, from: usize, verb: usize) -> Option<usize> {
    (from..verb).rev().find(|&t| sentence.tokens.get(t).is_some_and(is_nominal))
}

/// The words hung anew below the verb.
fn rehung(sentence: &Sentence, root: usize, verb: usize, subject: usize) -> Vec<Token> {
    let mut tokens = sentence.tokens.clone();
    let hang = |tokens: &mut Vec<Token>, at: usize, head: usize, relation: &str| {
        if let Some(token) = tokens.get_mut(at) {
            token.head = Some(head);
            token.deprel = relation.into();
        }
    };
    let mut object = sentence.dependents(verb, "obj").find(|&o| o > verb);
    for at in 0..sentence.tokens.len() {
        let Some(token) = sentence.tokens.get(at) else { continue };
        // "In Lyon downed tools": what stands before the verb is no preposition of what follows it.
        let cased = sentence.dependents(at, "case").any(|c| at < verb || c > verb);
        let nominal = is_nominal(token) || token.upos == Upos::Num;
        if at == verb {
            continue;
        }
        let before = at < verb && token.head == Some(verb);
        if before && matches!(token.relation(), "aux" | "advmod" | "punct" | "mark" | "cc") {
            continue;
        }
        if at == subject {
            hang(&mut tokens, at, verb, "nsubj");
        } else if subject < at && at < verb && strays(sentence, at, subject, verb) {
            // "Workers in Lyon downed tools": the preposition belongs to the noun before the verb.
            match last_nominal(sentence, at, verb) {
                Some(noun) if noun == at => hang(&mut tokens, at, subject, "nmod"),
                Some(noun) => {
                    let relation = token.deprel;
                    hang(&mut tokens, at, noun, &relation);
                }
                None => hang(&mut tokens, at, verb, "dep"),
            }
        } else if at < verb && token.head.is_none_or(|head| head >= verb) {
            let time = token.form.ends_with("day") && cased;
            match token.relation() {
                "root" => hang(&mut tokens, at, subject, "acl"),
                _ if nominal && cased && subject < at && !time => {
                    hang(&mut tokens, at, subject, "nmod");
                }
                _ if cased => hang(&mut tokens, at, verb, "obl"),
                "advmod" | "punct" | "cc" | "mark" | "advcl" => {
                    let relation = token.deprel;
                    hang(&mut tokens, at, verb, &relation);
                }
                _ if at < subject => {
                    let relation = match token.relation() {
                        "nsubj" | "obl" | "obj" => "compound",
                        _ => token.deprel.as_str(),
                    };
                    hang(&mut tokens, at, subject, relation);
                }
                _ => hang(&mut tokens, at, verb, "dep"),
            }
        } else if at > verb {
            let from_before = token.head.is_none_or(|head| head < verb);
            let own = token.head == Some(verb);
            let bare = nominal && !cased && !has(sentence, at, "mark");
            // "shot down a jet": the particle is the verb's.
            let particle = at == verb + 1
                && token.xpos == "RP"
                && token.relation() == "case"
                && token.head.is_some_and(|noun| noun > at);
            if particle {
                let noun = token.head.unwrap_or(at);
                hang(&mut tokens, at, verb, "compound:prt");
                hang(&mut tokens, noun, verb, "obj");
                object = Some(noun);
            } else if object.is_none()
                && bare
                && (verb + 1..at).all(|t| {
                    sentence.tokens.get(t).is_some_and(|t| {
                        t.upos != Upos::Punct || matches!(t.form.as_str(), "-" | "\"" | "“")
                    })
                })
                && (from_before || (own && matches!(token.relation(), "nmod" | "compound")))
                && !token.deprel.ends_with(":unmarked")
                && !matches!(token.relation(), "conj" | "appos")
            {
                hang(&mut tokens, at, verb, "obj");
                object = Some(at);
            } else if from_before && at != root {
                match token.relation() {
                    "conj" | "appos" if token.upos != Upos::Verb => {
                        let head = object.filter(|&o| o < at);
                        match head {
                            Some(object) => {
                                let relation = token.deprel;
                                hang(&mut tokens, at, object, &relation);
                            }
                            // "Outlawed Batasuna, the party": the first name is what it is done to.
                            None if at == verb + 1 => {
                                hang(&mut tokens, at, verb, "obj");
                                object = Some(at);
                            }
                            None => hang(&mut tokens, at, verb, "dep"),
                        }
                    }
                    "nmod" | "obl" => hang(&mut tokens, at, verb, "obl"),
                    "acl" => hang(&mut tokens, at, verb, "advcl"),
                    "amod" => hang(&mut tokens, at, verb, "advmod"),
                    _ => {
                        let relation = token.deprel;
                        hang(&mut tokens, at, verb, &relation);
                    }
                }
            } else if at == root {
                hang(&mut tokens, at, verb, if cased { "obl" } else { "obj" });
            }
        }
    }
    if let Some(token) = tokens.get_mut(verb) {
        if !matches!(token.xpos.as_str(), "VBD" | "VBN" | "VBZ" | "VBP") {
            match past_lemma(token) {
                Some(lemma) => {
                    token.lemma = lemma.into();
                    token.xpos = "VBD".into();
                }
                None if token.xpos == "JJ" => {
                    token.lemma = base_of(&token.form).into();
                    token.xpos = "VBD".into();
                }
                None => {
                    token.xpos = if token.form.ends_with('s') { "VBZ" } else { "VBP" }.into();
                }
            }
        } else if token.xpos == "VBN" && !has(sentence, verb, "aux") {
            token.xpos = "VBD".into();
        }
        token.upos = Upos::Verb;
        token.head = None;
        token.deprel = "root".into();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::tree;

    fn shape(sentence: &Sentence) -> Vec<(Option<usize>, &str)> {
        sentence.tokens.iter().map(|t| (t.head, t.deprel.as_str())).collect()
    }

    #[test]
    fn lists_that_are_searched_are_in_order() {
        assert!(PAST.is_sorted());
    }

    #[test]
    fn a_past_form_taken_for_an_adjective_has_a_verb() {
        for (past, base) in
            [("handed", "hand"), ("manned", "man"), ("seized", "seize"), ("denied", "deny")]
        {
            assert_eq!(base_of(past), base);
        }
    }

    #[test]
    fn what_others_say_lies_under_its_own_verb() {
        let mut s = tree(
            "Rebels rebel NOUN NNS 8 nsubj
             overran overran ADP IN 3 case
             Goma Goma PROPN NNP 1 nmod
             , , PUNCT , 8 punct
             two two NUM CD 7 nummod
             local local ADJ JJ 7 amod
             men man NOUN NNS 8 nsubj
             said say VERB VBD 0 root
             . . PUNCT . 8 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[1].lemma, "overrun");
        assert_eq!(shape(&s)[..3], [(Some(1), "nsubj"), (Some(7), "ccomp"), (Some(1), "obj")]);
    }

    #[test]
    fn a_past_form_before_its_noun_is_the_verb() {
        let mut s = tree(
            "Oslo Oslo PROPN NNP 3 compound
             froze froze ADJ JJ 3 amod
             decisions decision NOUN NNS 0 root
             on on ADP IN 5 case
             visas visa NOUN NNS 3 nmod
             . . PUNCT . 3 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[1].lemma, "freeze");
        assert_eq!(shape(&s)[..3], [(Some(1), "nsubj"), (None, "root"), (Some(1), "obj")]);
    }

    #[test]
    fn a_phrase_between_subject_and_verb_stays_with_the_subject() {
        let mut s = tree(
            "Workers worker NOUN NNS 0 root
             in in ADP IN 3 case
             Lyon Lyon PROPN NNP 5 compound
             downed down VERB VBN 5 amod
             tools tool NOUN NNS 1 nmod
             . . PUNCT . 1 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!(
            shape(&s)[..5],
            [
                (Some(3), "nsubj"),
                (Some(2), "case"),
                (Some(0), "nmod"),
                (None, "root"),
                (Some(3), "obj")
            ]
        );
    }

    #[test]
    fn a_past_form_taken_for_an_adverb_is_the_verb() {
        let mut s = tree(
            "Followers follower NOUN NNS 6 nsubj
             on on ADP IN 4 case
             the the DET DT 4 det
             net net NOUN NN 1 nmod
             swore swore ADV RB 6 amod
             revenge revenge NOUN NN 0 root
             . . PUNCT . 6 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[4].lemma, "swear");
        assert_eq!((s.tokens[0].head, s.tokens[5].deprel.as_str()), (Some(4), "obj"));
    }

    #[test]
    fn a_noun_with_an_object_is_a_verb() {
        let mut s = tree(
            "Batteries battery NOUN NNS 2 compound
             shot shot NOUN NN 0 root
             down down ADP RP 5 case
             two two NUM CD 5 nummod
             jets jet NOUN NNS 2 obl
             . . PUNCT . 2 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!(
            shape(&s)[..5],
            [
                (Some(1), "nsubj"),
                (None, "root"),
                (Some(1), "compound:prt"),
                (Some(4), "nummod"),
                (Some(1), "obj")
            ]
        );
    }

    #[test]
    fn a_verb_behind_a_relative_clause_is_the_sentence_s() {
        let mut s = tree(
            "Lee Lee PROPN NNP 0 root
             , , PUNCT , 3 punct
             who who PRON WP 5 nsubj
             was be AUX VBD 5 cop
             abroad abroad ADV RB 1 acl:relcl
             , , PUNCT , 1 punct
             called call VERB VBN 1 acl
             for for ADP IN 9 case
             calm calm NOUN NN 7 obl
             . . PUNCT . 1 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[0].head, s.tokens[6].head), (Some(6), None));
        assert_eq!(s.tokens[4].head, Some(0));
    }

    #[test]
    fn what_has_no_verb_gets_none() {
        let before = tree(
            "Two two NUM CD 2 nummod
             men man NOUN NNS 0 root
             arrested arrest VERB VBN 2 acl
             in in ADP IN 5 case
             Lyon Lyon PROPN NNP 3 obl
             . . PUNCT . 2 punct",
        );
        let mut after = before.clone();
        mend_verb(&TreeWords::builtin(), &mut after);
        assert_eq!(shape(&before), shape(&after));
    }

    #[test]
    fn the_verb_behind_a_relative_clause_is_the_main_one() {
        let mut s = tree(
            "Congo Congo PROPN NNP 0 root
             , , PUNCT , 6 punct
             where where ADV WRB 6 advmod
             hundreds hundred NOUN NNS 6 nsubj
             have have AUX VBP 6 aux
             died die VERB VBN 1 acl:relcl
             , , PUNCT , 8 punct
             appealed appeal VERB VBN 6 conj
             for for ADP IN 10 case
             vaccines vaccine NOUN NNS 8 obl
             . . PUNCT . 8 punct",
        );
        mend_verb(&TreeWords::builtin(), &mut s);
        let tree = shape(&s);
        assert_eq!(tree[0], (Some(7), "nsubj"));
        assert_eq!(tree[5], (Some(0), "acl:relcl"));
        assert_eq!(tree[7], (None, "root"));
    }
}

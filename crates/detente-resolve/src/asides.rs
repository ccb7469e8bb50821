//! Words put between a verb and what it is about: "condemned what it called Eritrean aggression" condemns the aggression.
//!
//! The tree makes "what" the object and hangs the noun on "called", where no rule looks for it.

use std::borrow::Cow;

use detente_parse::{Sentence, Token, Upos};

use crate::clauses::{has_any, is};
use crate::frames::{hand_on, hang, mend_words, replace};
use crate::tree_words::TreeWords;

/// Mends the tree; one in which nothing of this is wrong stays as it is.
pub(crate) fn mend_asides(words: &TreeWords, sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for at in 0..sentence.tokens.len() {
            let _mended = lift_named(words, sentence, tokens, at);
        }
    });
}

/// "What it called Eritrean aggression", "what they described as an ambush": the noun takes the place of "what".
fn lift_named(
    words: &TreeWords,
    sentence: &Sentence,
    tokens: &mut Cow<'_, [Token]>,
    at: usize,
) -> bool {
    let what = is(sentence, at, |t| {
        t.lemma == "what"
            && matches!(t.relation(), "obj" | "obl" | "nmod" | "conj" | "nsubj" | "iobj")
    });
    if !what {
        return false;
    }
    let Some(naming) = sentence
        .dependents(at, "acl:relcl")
        .find(|&verb| verb > at && is(sentence, verb, |t| words.describing.has(&t.lemma)))
    else {
        return false;
    };
    if !sentence.dependents(naming, "nsubj").any(|who| at < who && who < naming) {
        return false;
    }
    let noun = |t: usize| is(sentence, t, |t| matches!(t.upos, Upos::Noun | Upos::Propn));
    let named = sentence.children(naming).iter().copied().find(|&child| {
        child > naming
            && noun(child)
            && match sentence.tokens.get(child).map_or("", Token::relation) {
                "obj" | "xcomp" => true,
                // "Described as an ambush"
                "obl" => sentence
                    .dependents(child, "case")
                    .any(|case| is(sentence, case, |t| t.form == "as")),
                _ => false,
            }
    });
    let Some(named) = named else { return false };
    replace(sentence, tokens, at, named);
    for case in sentence.dependents(named, "case") {
        hang(tokens, case, Some(named), "dep");
    }
    // "Into what they called": the preposition is the noun's.
    hand_on(sentence, tokens, at, named, |child| child != naming);
    hang(tokens, at, Some(naming), "obj");
    hang(tokens, naming, Some(named), "acl:relcl");
    let verb = |t: &Token| t.upos == Upos::Verb;
    let over = sentence.tokens.get(at).and_then(|t| t.head);
    let Some(over) = over.filter(|&over| is(sentence, over, verb)) else { return true };
    for child in sentence.dependents(naming, "conj").filter(|&child| child > named) {
        // "… and called on Asmara to give way": what is done besides, and no naming.
        if is(sentence, child, verb) && !has_any(sentence, child, &["nsubj"]) {
            hang(tokens, child, Some(over), "conj");
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::{hangs, tree};

    #[test]
    fn what_is_called_aggression_is_the_aggression() {
        let mut sentence = tree(
            "Washington Washington PROPN NNP 2 nsubj
             condemned condemn VERB VBD 0 root
             what what PRON WP 2 obj
             it it PRON PRP 5 nsubj
             called call VERB VBD 3 acl:relcl
             Eritrean Eritrean ADJ JJ 7 amod
             aggression aggression NOUN NN 5 obj
             and and CCONJ CC 9 cc
             urged urge VERB VBD 5 conj
             Asmara Asmara PROPN NNP 9 obj",
        );
        mend_asides(&TreeWords::builtin(), &mut sentence);
        assert_eq!(hangs(&sentence, 6), (Some(1), "obj"));
        assert_eq!(hangs(&sentence, 4), (Some(6), "acl:relcl"));
        assert_eq!(hangs(&sentence, 8), (Some(1), "conj"));
    }

    #[test]
    fn what_is_described_as_one_is_one_after_a_preposition() {
        let mut sentence = tree(
            "Rome Rome PROPN NNP 2 nsubj
             inquired inquire VERB VBD 0 root
             into into ADP IN 4 case
             what what PRON WP 2 obl
             it it PRON PRP 6 nsubj
             described describe VERB VBD 4 acl:relcl
             as as ADP IN 9 case
             an a DET DT 9 det
             ambush ambush NOUN NN 6 obl",
        );
        mend_asides(&TreeWords::builtin(), &mut sentence);
        assert_eq!(hangs(&sentence, 8), (Some(1), "obl"));
        assert_eq!(hangs(&sentence, 2), (Some(8), "case"));
        assert_eq!(hangs(&sentence, 6), (Some(8), "dep"));
    }
}

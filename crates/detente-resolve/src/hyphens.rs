//! Words with a hyphen, which the tokeniser cuts in three, kept together in the tree.
//!
//! In "police tear-gassed the crowd" a parser may take *tear* for what gassed it, and in "a stand-off ended" the two halves for words of two
//! phrases. Out comes the tree with the first half below the second, which has the place of both. In "President-elect Trump" the second half
//! is no verb, and the name has its place.

use std::borrow::Cow;

use detente_parse::{Sentence, Token, Upos};

use crate::frames::mend_words;
use crate::tree_words::TreeWords;

/// Second halves by which a verb is made a noun: "sit-in", "call-up", "go-ahead".
const PARTICLES: [&str; 10] =
    ["ahead", "away", "back", "down", "in", "off", "out", "over", "through", "up"];

/// Mends the tree; one without a torn word stays as it is.
pub(crate) fn mend_hyphens(words: &TreeWords, sentence: &mut Sentence) {
    mend_words(sentence, |sentence, tokens| {
        for hyphen in 1..sentence.tokens.len().saturating_sub(1) {
            let chosen = |at: usize| {
                sentence.tokens.get(at).is_some_and(|t| words.chosen.has(&t.form.to_lowercase()))
            };
            if is_glue(&sentence.tokens, hyphen) && chosen(hyphen + 1) {
                name_chosen(sentence, tokens, hyphen - 1, hyphen + 1);
                continue;
            }
            // "Commander-in-chief" is no torn noun of a verb.
            let longer = |at: usize| is_glue(&sentence.tokens, at);
            if longer(hyphen) && !longer(hyphen + 2) && (hyphen < 3 || !longer(hyphen - 2)) {
                join_halves(sentence, tokens, hyphen - 1, hyphen + 1);
            }
        }
    });
}

/// Whether the token is a hyphen that no space parts from the words beside it.
fn is_glue(tokens: &[Token], at: usize) -> bool {
    let [Some(before), Some(hyphen), Some(after)] = [at - 1, at, at + 1].map(|t| tokens.get(t))
    else {
        return false;
    };
    let word = |token: &Token| token.form.chars().any(char::is_alphabetic);
    hyphen.form == "-"
        && before.span.end == hyphen.span.start
        && hyphen.span.end == after.span.start
        && word(before)
        && word(after)
}

/// "President-elect Trump": what stands behind the office says that it is not held yet, and the name behind both is in the place that they have.
fn name_chosen(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, office: usize, chosen: usize) {
    let name = chosen + 1;
    let (Some(title), Some(word), Some(named)) =
        (sentence.tokens.get(office), sentence.tokens.get(chosen), sentence.tokens.get(name))
    else {
        return;
    };
    let capital = |token: &Token| token.form.starts_with(char::is_uppercase);
    if !capital(title) || !capital(named) || named.upos != Upos::Propn {
        return;
    }
    if let Some(token) = tokens.to_mut().get_mut(chosen) {
        (token.upos, token.xpos) = (Upos::Noun, "NN".into());
    }
    if named.head != Some(chosen) {
        if !is_above(sentence, chosen, name) && word.head.is_some() {
            set(tokens, chosen, Some(name), Some("nmod:desc"));
        }
        return;
    }
    // "President-elect Lee criticised China": the verb lacks whoever stands before it, or behind it.
    let lacks = |verb: usize, relation: &str| sentence.dependents(verb, relation).next().is_none();
    let verb = |at: usize| sentence.tokens.get(at).is_some_and(|t| t.upos == Upos::Verb);
    let clause = sentence.children(chosen).iter().copied().find(|&c| {
        let relation = sentence.tokens.get(c).map(detente_parse::Token::relation);
        c > name && verb(c) && matches!(relation, Some("ccomp" | "parataxis" | "xcomp"))
    });
    let place = match (word.head, clause) {
        (None, Some(clause)) => {
            set(tokens, clause, None, Some("root"));
            (Some(clause), "nsubj".into())
        }
        (Some(head), _) if verb(head) && head > name && lacks(head, "nsubj") => {
            (Some(head), "nsubj".into())
        }
        (Some(head), _) if verb(head) && head < office && lacks(head, "obj") => {
            (Some(head), "obj".into())
        }
        (head, _) => (head, word.deprel),
    };
    let root = place.0.filter(|_| word.head.is_none()).unwrap_or(name);
    for &child in sentence.children(chosen).iter().filter(|&&c| c > name && c != root) {
        set(tokens, child, Some(root), None);
    }
    set(tokens, name, place.0, Some(place.1.as_str()));
    set(tokens, chosen, Some(name), Some("nmod:desc"));
}

/// Hangs the first half of a word on the second, where the tree has torn them apart or made the first what the second's verb is done by.
fn join_halves(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, first: usize, second: usize) {
    let (Some(one), Some(two)) = (sentence.tokens.get(first), sentence.tokens.get(second)) else {
        return;
    };
    let verb = two.upos == Upos::Verb
        && matches!(two.xpos.as_str(), "VBD" | "VBN" | "VBZ" | "VBP" | "VB" | "VBG")
        && !matches!(two.relation(), "amod" | "acl" | "compound");
    if verb && one.head == Some(second) {
        free_subject(sentence, tokens, first, second);
        return;
    }
    let particle = PARTICLES.binary_search(&two.lemma.as_str()).is_ok()
        && matches!(one.upos, Upos::Noun | Upos::Verb | Upos::Propn);
    let lost = matches!(two.relation(), "advmod" | "compound" | "case" | "mark" | "dep")
        && two.head != Some(first);
    let together = one.head == Some(second) || two.head == Some(first);
    if !particle || (together && !lost) {
        return;
    }
    // "A stand-off ended", "announced a pull-out of its troops": the second half has been taken for the verb's.
    let top = if is_above(sentence, first, second) { one } else { two };
    let (head, relation) = (top.head, top.deprel);
    let lacks = |verb: usize, relation: &str| sentence.dependents(verb, relation).next().is_none();
    let place = match head {
        Some(verb) if lost && verb > second && lacks(verb, "nsubj") => (head, "nsubj".into()),
        Some(verb) if lost && verb < first && lacks(verb, "obj") => (head, "obj".into()),
        _ if lost && one.head != Some(second) => (one.head, one.deprel),
        _ if lost => return,
        _ => (head, relation),
    };
    for &child in sentence.children(first) {
        set(tokens, child, Some(second), None);
    }
    set(tokens, second, place.0, Some(place.1.as_str()));
    set(tokens, first, Some(second), Some("compound"));
    // "Of its troops" says of what it is.
    let of = sentence.tokens.get(second + 1).filter(|t| t.lemma == "of").and_then(|t| t.head);
    if let Some(of) = of
        && sentence.tokens.get(of).is_some_and(|t| t.head == head && t.relation() == "obl")
    {
        set(tokens, of, Some(second), Some("nmod"));
    }
    if let Some(token) = tokens.to_mut().get_mut(second) {
        token.upos = Upos::Noun;
    }
}

/// "Police tear-gassed the crowd", "Egypt test-fired a missile": the verb's first half is not who does it; the noun before it is.
fn free_subject(sentence: &Sentence, tokens: &mut Cow<'_, [Token]>, first: usize, second: usize) {
    let Some(one) = sentence.tokens.get(first) else { return };
    let subject = matches!(one.relation(), "nsubj" | "compound" | "obl" | "nmod" | "advmod");
    let other = sentence.dependents(second, "nsubj").any(|t| t != first);
    let doer = sentence.children(first).iter().copied().rev().find(|&c| {
        c < first
            && sentence.tokens.get(c).is_some_and(|t| {
                matches!(t.upos, Upos::Noun | Upos::Propn)
                    && matches!(t.relation(), "compound" | "nmod" | "nsubj" | "amod")
            })
    });
    if !subject || other {
        return;
    }
    let Some(doer) = doer else { return };
    let passive = sentence.dependents(second, "aux:pass").next().is_some();
    for &child in sentence.children(first).iter().filter(|&&c| c < first && c != doer) {
        set(tokens, child, Some(doer), None);
    }
    set(tokens, doer, Some(second), Some(if passive { "nsubj:pass" } else { "nsubj" }));
    set(tokens, first, Some(second), Some("compound"));
}

/// Whether `lower` hangs below `upper`.
pub(crate) fn is_above(sentence: &Sentence, upper: usize, lower: usize) -> bool {
    let mut at = sentence.tokens.get(lower).and_then(|t| t.head);
    for _ in 0..sentence.tokens.len() {
        match at {
            Some(head) if head == upper => return true,
            Some(head) => at = sentence.tokens.get(head).and_then(|t| t.head),
            None => return false,
        }
    }
    false
}

/// Gives a token another head, and another relation if one is told.
fn set(tokens: &mut Cow<'_, [Token]>, at: usize, head: Option<usize>, relation: Option<&str>) {
    if let Some(token) = tokens.to_mut().get_mut(at) {
        token.head = head;
        if let Some(relation) = relation {
            token.deprel = relation.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_core::Span;
    use detente_parse::Parser;

    fn subject(text: &str, verb: &str) -> Option<String> {
        let mut sentence = Parser::builtin().parse(text, &[Span::new(0, text.len())]).remove(0);
        mend_hyphens(&TreeWords::builtin(), &mut sentence);
        let at = sentence.tokens.iter().position(|t| t.form == verb)?;
        let subject = sentence.dependents(at, "nsubj").next()?;
        Some(sentence.tokens.get(subject)?.form.to_string())
    }

    #[test]
    fn who_does_it_is_the_noun_before_the_verb() {
        assert_eq!(subject("Police tear-gassed the crowd.", "gassed").as_deref(), Some("Police"));
        assert_eq!(subject("Egypt test-fired a missile.", "fired").as_deref(), Some("Egypt"));
    }

    #[test]
    fn who_is_to_hold_an_office_is_no_verb() {
        let said = "President-elect Trump criticised China.";
        assert_eq!(subject(said, "criticised").as_deref(), Some("Trump"));
        let met = "Prime Minister-designate Allawi met Bush.";
        assert_eq!(subject(met, "met").as_deref(), Some("Allawi"));
    }

    #[test]
    fn two_halves_are_one_word() {
        assert_eq!(subject("A stand-off ended on Monday.", "ended").as_deref(), Some("off"));
    }

    #[test]
    fn a_dash_between_spaces_joins_nothing() {
        let text = "They sit - in Paris - and wait.";
        let mut sentence = Parser::builtin().parse(text, &[Span::new(0, text.len())]).remove(0);
        let before = sentence.tokens.clone();
        mend_hyphens(&TreeWords::builtin(), &mut sentence);
        let heads = |tokens: &[Token]| tokens.iter().map(|t| t.head).collect::<Vec<_>>();
        assert_eq!(heads(&before), heads(&sentence.tokens));
    }
}

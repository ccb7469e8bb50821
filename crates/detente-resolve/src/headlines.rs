//! Headlines, put into the form of sentences.
//!
//! A headline leaves words out, and a parser that knows sentences takes its verb for a noun: "Turkey jails three soldiers" has a noun
//! *jails* with an object, "Poland, Lithuania shut border" two subjects, "Japan to send ships" a name that is to be sent. In goes
//! the tree of a sentence that ends in no full stop or has no finite verb, out comes one with a verb, its subject and its voice. Nothing is changed
//! where a finite verb has its subject.

use detente_parse::{Sentence, Token, Upos};

use crate::tree_words::TreeWords;

/// Mends the tree of a headline; anything else stays as it is.
pub(crate) fn mend_headline(lists: &TreeWords, sentence: &mut Sentence) {
    let tokens = &sentence.tokens;
    let closed =
        tokens.last().is_some_and(|t| matches!(t.form.as_str(), "." | "?" | "!" | "”" | "\""));
    let Some(root) = sentence.root() else { return };
    // "Kosovo delays rule after Serbs block roads": the verb of a clause behind is not the headline's.
    let opener = (!closed)
        .then(|| {
            tokens.iter().position(|t| {
                matches!(t.lemma.as_str(), "after" | "as" | "before" | "when" | "while" | "amid")
            })
        })
        .flatten()
        .filter(|&opener| opener > root);
    let verbless = !tokens.iter().take(opener.unwrap_or(tokens.len())).any(is_finite);
    if (closed && !verbless) || tokens.len() < 2 {
        return;
    }
    let mut words = Words { tokens: sentence.tokens.clone(), lists };
    if verbless {
        words.find_verb(root);
    }
    if !closed {
        words.join_subjects();
        words.find_passives();
    }
    // Words hung anew one by one may end in a circle; then the parser's tree stays.
    if words.is_tree() {
        let states = std::mem::take(&mut sentence.states);
        *sentence = Sentence::new(sentence.span, words.tokens).with_states(states);
    }
}

fn is_finite(token: &Token) -> bool {
    matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD") || token.upos == Upos::Aux
}

fn is_nominal(token: &Token) -> bool {
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// The words of a headline while they are hung anew.
struct Words<'l> {
    tokens: Vec<Token>,
    lists: &'l TreeWords,
}

impl Words<'_> {
    fn below(&self, head: usize) -> Vec<usize> {
        (0..self.tokens.len()).filter(|&t| self.tokens[t].head == Some(head)).collect()
    }

    fn has(&self, head: usize, relation: &str) -> bool {
        self.below(head).iter().any(|&t| self.tokens[t].relation() == relation)
    }

    /// Whether every word reaches the one root.
    fn is_tree(&self) -> bool {
        let len = self.tokens.len();
        let rises = |token: usize| {
            let mut at = token;
            (0..=len).any(|_| match self.tokens[at].head {
                None => true,
                Some(head) => {
                    at = head.min(len - 1);
                    false
                }
            })
        };
        (0..len).all(rises) && (0..len).filter(|&t| self.tokens[t].head.is_none()).count() == 1
    }

    fn hang(&mut self, token: usize, head: Option<usize>, relation: &str) {
        self.tokens[token].head = head;
        self.tokens[token].deprel = relation.into();
    }

    fn make_verb(&mut self, at: usize) {
        let token = &mut self.tokens[at];
        token.upos = Upos::Verb;
        token.xpos = if token.form.ends_with('s') { "VBZ" } else { "VBP" }.into();
    }

    /// A verbless headline has its verb in its root, before it or below it.
    fn find_verb(&mut self, root: usize) {
        if !is_nominal(&self.tokens[root]) || self.has(root, "cop") {
            return;
        }
        let infinitive = self.below(root).into_iter().find(|&t| {
            t > root
                && self.tokens[t].relation() == "acl"
                && self.tokens[t].xpos == "VB"
                && self.below(t).iter().any(|&m| self.tokens[m].lemma == "to")
        });
        let plan = self.lists.plan.has(&self.tokens[root].lemma);
        let names_before = |words: &Self, at: usize| {
            at > 0
                && is_nominal(&words.tokens[at - 1])
                && words.below(at).iter().any(|&t| t < at && is_nominal(&words.tokens[t]))
        };
        // "Turkey jails three soldiers", "Japan and South Korea plan to sign a pact".
        if names_before(self, root)
            && self.tokens[root].upos == Upos::Noun
            && (self.has(root, "obj") || (plan && infinitive.is_some()))
        {
            let before: Vec<usize> = self
                .below(root)
                .into_iter()
                .filter(|&t| t < root && is_nominal(&self.tokens[t]))
                .collect();
            self.make_verb(root);
            self.set_subject(&before, root);
            if let Some(infinitive) = infinitive {
                self.hang(infinitive, Some(root), "xcomp");
            }
            return;
        }
        // "Japan to send ships": it will.
        if let Some(verb) =
            infinitive.filter(|_| self.tokens[root].upos != Upos::Noun || self.is_first(root))
        {
            self.hang(verb, None, "root");
            self.hang(root, Some(verb), "nsubj");
            return;
        }
        if self.seal_deal(root) {
            return;
        }
        // "Kosovo delays plate rule": a plural hardly stands before a noun.
        let verb = self.below(root).into_iter().find(|&t| {
            let token = &self.tokens[t];
            t > 0
                && t < root
                && token.relation() == "compound"
                && token.xpos == "NNS"
                && token.form.chars().all(char::is_lowercase)
                && !self.lists.modifier.has(&token.lemma)
                && is_nominal(&self.tokens[t - 1])
        });
        let Some(verb) = verb else { return };
        let before: Vec<usize> = self
            .below(root)
            .into_iter()
            .chain(self.below(verb))
            .filter(|&t| t < verb && is_nominal(&self.tokens[t]))
            .collect();
        // "Iran test-fires": what a hyphen joins to the verb is no subject.
        let joined = |t: usize| self.tokens.get(t + 1).is_some_and(|next| next.form == "-");
        let mut subjects: Vec<usize> = before.into_iter().filter(|&t| !joined(t)).collect();
        subjects.sort_unstable();
        if subjects.is_empty() {
            return;
        }
        self.make_verb(verb);
        self.hang(verb, None, "root");
        self.hang(root, Some(verb), "obj");
        self.set_subject(&subjects, verb);
    }

    /// "Oslo, Rome seal pact": what stands between two names in a row and a noun is what both do.
    fn seal_deal(&mut self, root: usize) -> bool {
        let name =
            |words: &Self, at: usize| words.tokens.get(at).is_some_and(|t| t.upos == Upos::Propn);
        let object = self.below(root).into_iter().find(|&t| {
            t > root && self.tokens[t].relation() == "appos" && self.tokens[t].upos == Upos::Noun
        });
        let Some(object) = object.filter(|_| name(self, root)) else { return false };
        let comma = root + 1;
        let verb = (comma + 2..object).find(|&t| {
            let token = &self.tokens[t];
            token.head == Some(object)
                && token.relation() == "compound"
                && token.xpos == "NN"
                && token.form.chars().all(char::is_lowercase)
        });
        let Some(verb) = verb.filter(|_| self.tokens[comma].form == ",") else { return false };
        let second = verb - 1;
        if !(comma + 1..verb).all(|t| name(self, t)) {
            return false;
        }
        self.make_verb(verb);
        self.hang(verb, None, "root");
        self.hang(root, Some(verb), "nsubj");
        self.hang(second, Some(root), "conj");
        for first in comma + 1..second {
            self.hang(first, Some(second), "compound");
        }
        self.hang(comma, Some(second), "punct");
        self.hang(object, Some(verb), "obj");
        true
    }

    fn is_first(&self, root: usize) -> bool {
        self.below(root)
            .iter()
            .all(|&t| t > root || is_nominal(&self.tokens[t]) || self.tokens[t].upos == Upos::Adj)
    }

    /// Makes the last of the nominals before a verb its subject, or all that "and" or commas join.
    fn set_subject(&mut self, before: &[usize], verb: usize) {
        let Some((&last, rest)) = before.split_last() else { return };
        let listed = self.below(last).iter().any(|&t| self.tokens[t].relation() == "cc");
        match rest.first() {
            Some(&first) if listed => {
                self.hang(first, Some(verb), "nsubj");
                self.hang(last, Some(first), "conj");
            }
            _ => {
                self.hang(last, Some(verb), "nsubj");
                for &other in rest {
                    self.hang(other, Some(last), "compound");
                }
            }
        }
    }

    /// "Poland, Lithuania shut border": a comma stands for "and".
    fn join_subjects(&mut self) {
        for second in 2..self.tokens.len() {
            let verb = self.tokens[second].head;
            let subject = self.tokens[second].relation() == "nsubj"
                && self.tokens[second].upos == Upos::Propn;
            let Some(verb) = verb.filter(|&verb| subject && verb > second) else { continue };
            let (first, before) = self.edge(second);
            if before.is_none_or(|comma| self.tokens[comma].form != ",") {
                continue;
            }
            let Some(head) = first.checked_sub(2) else { continue };
            let top = self.top_under(head, verb);
            let fits = top.is_some_and(|top| {
                self.tokens[top].upos == Upos::Propn
                    && matches!(
                        self.tokens[top].relation(),
                        "nsubj" | "vocative" | "dislocated" | "nmod" | "obl" | "dep" | "appos"
                    )
            });
            if let Some(top) = top.filter(|_| fits) {
                self.hang(top, Some(verb), "nsubj");
                self.hang(second, Some(top), "conj");
            }
        }
    }

    /// The first token of the phrase that ends in `at`, and the token before it.
    fn edge(&self, at: usize) -> (usize, Option<usize>) {
        let mut first = at;
        while first > 0
            && self.tokens[first - 1].form != ","
            && self.tokens[first - 1].head.is_some_and(|head| head >= first && head <= at)
        {
            first -= 1;
        }
        (first, first.checked_sub(1))
    }

    /// The token on the way up from `at` that hangs on `verb`.
    fn top_under(&self, at: usize, verb: usize) -> Option<usize> {
        let mut at = at;
        for _ in 0..self.tokens.len() {
            let head = self.tokens[at].head?;
            if head == verb {
                return Some(at);
            }
            at = head;
        }
        None
    }

    /// "Two killed in raid", "Envoy expelled from Chile": nobody kills without an object.
    fn find_passives(&mut self) {
        for verb in 0..self.tokens.len() {
            let token = &self.tokens[verb];
            let past = matches!(token.xpos.as_str(), "VBD" | "VBN")
                && matches!(token.relation(), "root" | "parataxis" | "conj")
                && self.lists.passive.has(&token.lemma);
            if !past || self.has(verb, "obj") || self.has(verb, "aux") {
                continue;
            }
            let subject = self.below(verb).into_iter().find(|&t| self.tokens[t].deprel == "nsubj");
            if let Some(subject) = subject {
                self.tokens[verb].xpos = "VBN".into();
                self.hang(subject, Some(verb), "nsubj:pass");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::tree;

    fn shape(sentence: &Sentence) -> Vec<(Upos, Option<usize>, &str)> {
        sentence.tokens.iter().map(|t| (t.upos, t.head, t.deprel.as_str())).collect()
    }

    #[test]
    fn a_noun_with_an_object_is_a_verb() {
        let mut s = tree(
            "Turkey Turkey PROPN NNP 2 compound
             jails jail NOUN NNS 0 root
             soldiers soldier NOUN NNS 2 obj",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!(
            shape(&s),
            [
                (Upos::Propn, Some(1), "nsubj"),
                (Upos::Verb, None, "root"),
                (Upos::Noun, Some(1), "obj")
            ]
        );
    }

    #[test]
    fn an_infinitive_is_the_future() {
        let mut s = tree(
            "Japan Japan PROPN NNP 0 root
             to to PART TO 3 mark
             send send VERB VB 1 acl
             ships ship NOUN NNS 3 obj",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[0].deprel, "nsubj");
        assert_eq!(s.tokens[2].head, None);
    }

    #[test]
    fn a_comma_joins_and_a_past_form_alone_is_a_passive() {
        let mut s = tree(
            "Poland Poland PROPN NNP 4 vocative
             , , PUNCT , 1 punct
             Latvia Latvia PROPN NNP 4 nsubj
             shut shut VERB VBP 0 root
             border border NOUN NN 4 obj",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[0].deprel.as_str(), s.tokens[2].head), ("nsubj", Some(0)));
        let mut s = tree(
            "Two two NUM CD 2 nsubj
             killed kill VERB VBD 0 root
             in in ADP IN 4 case
             raid raid NOUN NN 2 obl",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[0].deprel, "nsubj:pass");
    }

    #[test]
    fn two_names_in_a_row_share_the_verb_behind_them() {
        let mut s = tree(
            "Oslo Oslo PROPN NNP 0 root
             , , PUNCT , 5 punct
             Rome Rome PROPN NNP 4 compound
             seal seal NOUN NN 5 compound
             pact pact NOUN NN 1 appos",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[3].upos, s.tokens[3].head), (Upos::Verb, None));
        assert_eq!((s.tokens[2].head, s.tokens[4].head), (Some(0), Some(3)));
    }

    #[test]
    fn a_sentence_stays_as_it_is() {
        let before = tree(
            "Rebels rebel NOUN NNS 2 nsubj
             killed kill VERB VBD 0 root
             . . PUNCT . 2 punct",
        );
        let mut after = before.clone();
        mend_headline(&TreeWords::builtin(), &mut after);
        assert_eq!(shape(&before), shape(&after));
    }
}

//! Headlines, put into the form of sentences.
//!
//! A headline leaves words out, and a parser that knows sentences takes its verb for a noun: "Turkey jails three soldiers" has a noun
//! *jails* with an object, "Poland, Lithuania shut border" two subjects, "Japan to send ships" a name that is to be sent. In goes
//! the tree of a sentence that ends in no full stop or has no finite verb, out comes one with a verb, its subject and its voice. Nothing is changed
//! where a finite verb has its subject, but for two verbs in a row, which sentences know as well: "Police freed kidnapped sailors."

use detente_parse::{Sentence, Token, Upos};

use crate::tree_words::TreeWords;

/// Mends the tree of a headline; anything else stays as it is.
pub(crate) fn mend_headline(lists: &TreeWords, sentence: &mut Sentence) {
    if sentence.tokens.iter().skip(1).any(|t| is_taken(lists, t)) {
        let mut words = Words { tokens: sentence.tokens.clone(), lists };
        if words.find_taken() {
            words.put_into(sentence);
        }
    }
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
        words.join_addressed();
        words.find_passives();
    }
    words.put_into(sentence);
}

/// Whether a past form may tell in what state somebody is whom something is done to.
fn is_taken(lists: &TreeWords, token: &Token) -> bool {
    matches!(token.xpos.as_str(), "VBD" | "VBN") && lists.taken.has(&token.lemma)
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

    /// Words hung anew one by one may end in a circle; then the parser's tree stays.
    fn put_into(self, sentence: &mut Sentence) {
        if self.is_tree() {
            let states = std::mem::take(&mut sentence.states);
            *sentence = Sentence::new(sentence.span, self.tokens).with_states(states);
        }
    }

    /// The token whose form this is, if it is there.
    fn is_form(&self, at: usize, form: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.form == form)
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
        if self.has(root, "cop") || self.find_listed(root) || !is_nominal(&self.tokens[root]) {
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
            self.join_fellow(root, verb);
            self.hang(verb, None, "root");
            self.hang(root, Some(verb), "nsubj");
            return;
        }
        if self.seal_deal(root) || self.find_call(root) || self.find_state(root) {
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
                && (is_nominal(&self.tokens[t - 1])
                    || (t > 2 && self.is_form(t - 1, "-") && is_nominal(&self.tokens[t - 3])))
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

    /// "Rebels free hostages", "Jets pound rebels", "Oslo phones Rome": a verb that more often is something else, by whom and what stands beside it.
    fn find_listed(&mut self, root: usize) -> bool {
        let verb = (1..=root).find(|&t| {
            let token = &self.tokens[t];
            self.lists.headline.has(&token.lemma)
                && token.form.chars().all(char::is_lowercase)
                && match token.xpos.as_str() {
                    "NNS" => t == root && is_nominal(&self.tokens[t - 1]),
                    "NN" | "JJ" => self.are_several(t - 1),
                    _ => false,
                }
        });
        let Some(verb) = verb else { return false };
        let object = if verb == root {
            self.below(root).into_iter().find(|&t| {
                let relation = self.tokens[t].deprel.as_str();
                let named = self.tokens[t].upos == Upos::Propn
                    && matches!(relation, "appos" | "vocative" | "nmod:unmarked" | "dep" | "flat");
                t > root && (relation == "obj" || named) && self.is_phrase(root + 1, t)
            })
        } else {
            let hangs = self.tokens[verb].head == Some(root);
            (hangs && is_nominal(&self.tokens[root]) && self.is_phrase(verb + 1, root))
                .then_some(root)
        };
        let Some(object) = object else { return false };
        let before: Vec<usize> = (0..verb)
            .filter(|&t| self.tokens[t].head.is_some_and(|head| head == root || head == verb))
            .collect();
        let (subjects, rest): (Vec<usize>, Vec<usize>) =
            before.into_iter().partition(|&t| is_nominal(&self.tokens[t]));
        let Some(&last) = subjects.last() else { return false };
        self.make_verb(verb);
        self.hang(verb, None, "root");
        self.hang(object, Some(verb), "obj");
        for other in rest {
            self.tokens[other].head = Some(last);
        }
        self.set_subject(&subjects, verb);
        true
    }

    /// Whether the phrase that ends before a verb is one of several: "rebels", "Oslo, Rome".
    fn are_several(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let plural = token.xpos == "NNS" && !self.lists.modifier.has(&token.lemma);
        let first = (0..at).rev().find(|&t| self.tokens[t].upos != Upos::Propn);
        let listed = first.is_some_and(|t| {
            t > 0
                && (self.tokens[t].form == "," || self.tokens[t].lemma == "and")
                && self.tokens[t - 1].upos == Upos::Propn
        });
        plural || (token.upos == Upos::Propn && listed)
    }

    /// Whether what goes from one word to another, its head, is one phrase without a preposition.
    fn is_phrase(&self, first: usize, head: usize) -> bool {
        (first..head).all(|t| {
            self.tokens[t].upos != Upos::Adp
                && self.tokens[t].head.is_some_and(|up| (first..=head).contains(&up))
        })
    }

    /// "UN chief calls for truce": before "for", what is called is a verb.
    fn find_call(&mut self, root: usize) -> bool {
        let Some(caller) = root.checked_sub(1) else { return false };
        let token = &self.tokens[root];
        let fits = token.xpos == "NNS"
            && token.form.chars().all(char::is_lowercase)
            && self.lists.calling.has(&token.lemma)
            && self.tokens[caller].head == Some(root)
            && matches!(self.tokens[caller].relation(), "compound" | "amod")
            && caller > 0
            && self.is_form(root + 1, "for");
        if !fits {
            return false;
        }
        let before: Vec<usize> = self.below(root).into_iter().filter(|&t| t < caller).collect();
        self.make_verb(root);
        self.tokens[caller].upos = Upos::Noun;
        self.hang(caller, Some(root), "nsubj");
        for other in before {
            self.tokens[other].head = Some(caller);
        }
        true
    }

    /// "Oslo, Rome in talks", "Envoy in Oslo for talks": where or at what somebody is, is told of him.
    fn find_state(&mut self, root: usize) -> bool {
        let place = |words: &Self, at: usize| words.tokens.get(at).is_some_and(|t| t.form == "in");
        let Some(case) = (root + 1..self.tokens.len()).find(|&t| place(self, t)) else {
            return false;
        };
        let Some(state) = self.tokens[case].head.filter(|&state| state > case) else {
            return false;
        };
        let fellow = self.fellow(root, case);
        let last = fellow.unwrap_or(root);
        let hangs = |head: Option<usize>| head == Some(root) || head == Some(last);
        if last + 1 != case || !hangs(self.tokens[state].head) {
            return false;
        }
        let dealing = |at: usize| self.lists.dealing.has(&self.tokens[at].lemma);
        let purpose = (state + 1..self.tokens.len()).find(|&t| {
            dealing(t)
                && (hangs(self.tokens[t].head) || self.tokens[t].head == Some(state))
                && self.below(t).iter().any(|&c| self.tokens[c].form == "for")
        });
        if !dealing(state) && (purpose.is_none() || self.tokens[state].upos != Upos::Propn) {
            return false;
        }
        self.join_fellow(root, case);
        let later: Vec<usize> = (state + 1..self.tokens.len())
            .filter(|&t| t != state && hangs(self.tokens[t].head))
            .collect();
        self.hang(state, None, "root");
        self.hang(root, Some(state), "nsubj");
        for other in later {
            self.tokens[other].head = Some(state);
        }
        true
    }

    /// The name that a comma joins to the one before, right before a word.
    fn fellow(&self, first: usize, end: usize) -> Option<usize> {
        let fellow = end.checked_sub(1).filter(|&fellow| fellow > first)?;
        let token = &self.tokens[fellow];
        let (begin, before) = self.edge(fellow);
        (token.head == Some(first)
            && token.upos == Upos::Propn
            && self.tokens[first].upos == Upos::Propn
            && matches!(
                token.deprel.as_str(),
                "conj" | "appos" | "nmod:unmarked" | "list" | "dep" | "flat"
            )
            && begin > first + 1
            && before.is_some_and(|comma| self.tokens[comma].form == ","))
        .then_some(fellow)
    }

    /// "Oslo, Rome to meet": what stands beside the first name is a second one.
    fn join_fellow(&mut self, first: usize, end: usize) {
        let to = (first + 1..end).find(|&t| self.tokens[t].lemma == "to").unwrap_or(end);
        let Some(fellow) = self.fellow(first, to) else { return };
        self.hang(fellow, Some(first), "conj");
        let (_, comma) = self.edge(fellow);
        if let Some(comma) = comma {
            self.hang(comma, Some(fellow), "punct");
        }
    }

    /// "Jordan, Israel end war": nobody is spoken to, and both do it.
    fn join_addressed(&mut self) {
        for first in 0..self.tokens.len() {
            let token = &self.tokens[first];
            let verb = token.head.filter(|&verb| {
                verb > first
                    && token.deprel == "vocative"
                    && token.upos == Upos::Propn
                    && matches!(self.tokens[verb].xpos.as_str(), "VBP" | "VBD" | "VB")
                    && !self.has(verb, "nsubj")
            });
            let Some(verb) = verb else { continue };
            let end = (first + 1..verb)
                .find(|&t| self.tokens[t].head == Some(verb) && self.tokens[t].upos != Upos::Punct)
                .unwrap_or(verb);
            if self.fellow(first, end).is_some() {
                self.join_fellow(first, end);
                self.hang(first, Some(verb), "nsubj");
                if self.tokens[verb].xpos == "VB" {
                    self.tokens[verb].xpos = "VBP".into();
                }
            }
        }
    }

    /// "Militiamen released captured pilots", "Army frees kidnapped girls": of two verbs in a row the second tells what has befallen those to whom
    /// the first is done.
    fn find_taken(&mut self) -> bool {
        let mut found = false;
        for taken in 1..self.tokens.len() {
            let Some(object) = self.taken_object(taken) else { continue };
            let verb = taken - 1;
            let (above, act) = (self.tokens[taken].head, &self.tokens[verb]);
            let finite = act.upos == Upos::Verb
                && matches!(act.xpos.as_str(), "VBD" | "VBN" | "VBZ" | "VBP");
            let subject = match (act.head, act.relation()) {
                // What governs the other keeps its place.
                _ if above == Some(verb) && finite => Some(None),
                (Some(subject), "acl") if finite && self.is_subject(subject, taken) => {
                    Some(Some(subject))
                }
                (Some(head), "aux")
                    if head == taken
                        && act.upos != Upos::Aux
                        && matches!(act.xpos.as_str(), "VBZ" | "VBD") =>
                {
                    let told = (0..verb).find(|&t| self.is_subject(t, taken));
                    told.or_else(|| self.nominal_before(verb)).map(Some)
                }
                (Some(head), "nsubj" | "compound")
                    if head == taken
                        && act.xpos == "NNS"
                        && self.lists.headline.has(&act.lemma) =>
                {
                    self.nominal_before(verb).map(Some)
                }
                _ => None,
            };
            let Some(subject) = subject else { continue };
            found = true;
            for other in self.below(taken).into_iter().filter(|&t| t != object && t != verb) {
                self.tokens[other].head = Some(verb);
            }
            if let Some(subject) = subject {
                if self.tokens[verb].upos != Upos::Verb {
                    self.make_verb(verb);
                }
                let relation = self.tokens[taken].deprel.as_str().to_owned();
                self.hang(verb, above, &relation);
                for other in self.below(verb).into_iter().filter(|&t| t < verb) {
                    if is_nominal(&self.tokens[other]) {
                        self.hang(other, Some(subject), "compound");
                    }
                }
                self.hang(subject, Some(verb), "nsubj");
            }
            self.hang(object, Some(verb), "obj");
            self.hang(taken, Some(object), "amod");
            self.tokens[taken].xpos = "VBN".into();
        }
        found
    }

    /// The noun that a past form stands before as a word that describes it might.
    fn taken_object(&self, taken: usize) -> Option<usize> {
        if !is_taken(self.lists, &self.tokens[taken]) {
            return None;
        }
        let object = self
            .below(taken)
            .into_iter()
            .find(|&t| t > taken && self.tokens[t].deprel == "obj")
            .filter(|&t| self.tokens[t].upos == Upos::Noun && self.is_phrase(taken + 1, t))?;
        let apart = |t: &usize| matches!(self.tokens[*t].relation(), "det" | "nummod" | "cc");
        (!self.below(object).iter().filter(|&&t| t < object).any(apart)
            && !self.has(object, "nmod:poss"))
        .then_some(object)
    }

    fn is_subject(&self, subject: usize, verb: usize) -> bool {
        self.tokens[subject].head == Some(verb) && self.tokens[subject].deprel == "nsubj"
    }

    /// The noun right before a word, as its subject.
    fn nominal_before(&self, verb: usize) -> Option<usize> {
        verb.checked_sub(1).filter(|&t| is_nominal(&self.tokens[t]))
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
        let listed = self.below(last).iter().any(|&t| self.tokens[t].relation() == "cc")
            || self.edge(last).1.is_some_and(|comma| self.tokens[comma].form == ",");
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
    fn who_is_not_spoken_to_is_the_first_of_two() {
        let mut s = tree(
            "Jordan Jordan PROPN NNP 4 vocative
             , , PUNCT , 1 punct
             Israel Israel PROPN NNP 1 appos
             end end VERB VBP 0 root
             war war NOUN NN 4 obj",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!(s.tokens[0].deprel, "nsubj");
        assert_eq!((s.tokens[2].head, s.tokens[2].deprel.as_str()), (Some(0), "conj"));
    }

    #[test]
    fn an_adjective_or_a_noun_is_the_verb_of_several() {
        let mut s = tree(
            "Sudan Sudan PROPN NNP 2 compound
             rebels rebel NOUN NNS 3 nsubj
             free free ADJ JJ 5 amod
             oil oil NOUN NN 5 compound
             workers worker NOUN NNS 0 root",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[2].upos, s.tokens[2].head), (Upos::Verb, None));
        assert_eq!((s.tokens[1].head, s.tokens[4].head), (Some(2), Some(2)));
        let mut s = tree(
            "Obama Obama PROPN NNP 2 compound
             phones phone NOUN NNS 0 root
             Castro Castro PROPN NNP 2 vocative",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[0].deprel.as_str(), s.tokens[2].deprel.as_str()), ("nsubj", "obj"));
    }

    #[test]
    fn names_in_talks_are_subjects() {
        let mut s = tree(
            "Kyiv Kyiv PROPN NNP 0 root
             , , PUNCT , 3 punct
             Moscow Moscow PROPN NNP 1 appos
             in in ADP IN 5 case
             talks talk NOUN NNS 1 nmod",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[4].head, s.tokens[0].deprel.as_str()), (None, "nsubj"));
        assert_eq!(s.tokens[2].deprel, "conj");
    }

    #[test]
    fn of_two_verbs_in_a_row_the_second_describes() {
        let mut s = tree(
            "Militiamen militiaman NOUN NNS 3 nsubj
             released release VERB VBD 1 acl
             captured capture VERB VBD 0 root
             American American ADJ JJ 5 amod
             pilots pilot NOUN NNS 3 obj
             . . PUNCT . 3 punct",
        );
        mend_headline(&TreeWords::builtin(), &mut s);
        assert_eq!((s.tokens[1].head, s.tokens[0].head), (None, Some(1)));
        assert_eq!((s.tokens[2].head, s.tokens[4].head), (Some(4), Some(1)));
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

//! What a tree says of a verb or noun: its subject, its object, what hangs on it by which preposition.
//!
//! The tree has only the words that stand there; this module reads through voice, coordination,
//! control, relative and participial clauses. In "Blinken, who met Xi, agreed to visit China and
//! urged restraint" the subject of *met*, *visit* and *urged* is *Blinken*.
//!
//! All functions take token indices of one sentence and return such; an index past the end gives
//! nothing. Climbing is bounded, so that a tree of any depth takes bounded time.

use detente_parse::{Sentence, Token, Upos};

use crate::rulebook::RuleBook;

/// How far a chain of clauses is climbed.
const MAX_CLIMB: usize = 12;

/// Verbs whose infinitive belongs to their object: "urged China to respect"; in order, for they are asked for often.
const OBJECT_CONTROL: [&str; 41] = [
    "advise",
    "allow",
    "appoint",
    "ask",
    "authorize",
    "beg",
    "cause",
    "challenge",
    "command",
    "compel",
    "convince",
    "direct",
    "enable",
    "encourage",
    "expect",
    "forbid",
    "force",
    "get",
    "have",
    "help",
    "instruct",
    "invite",
    "lead",
    "let",
    "make",
    "oblige",
    "order",
    "permit",
    "persuade",
    "press",
    "pressure",
    "prompt",
    "push",
    "remind",
    "request",
    "require",
    "task",
    "tell",
    "urge",
    "want",
    "warn",
];

/// The token at an index.
pub(crate) fn token(sentence: &Sentence, index: usize) -> Option<&Token> {
    sentence.tokens.get(index)
}

fn relation(sentence: &Sentence, index: usize) -> &str {
    token(sentence, index).map_or("", Token::relation)
}

fn deprel(sentence: &Sentence, index: usize) -> &str {
    token(sentence, index).map_or("", |t| t.deprel.as_str())
}

fn head(sentence: &Sentence, index: usize) -> Option<usize> {
    token(sentence, index)?.head
}

/// First dependent with this relation (with or without subtype).
pub(crate) fn dependent(sentence: &Sentence, index: usize, wanted: &str) -> Option<usize> {
    sentence.dependents(index, wanted).next()
}

/// Whether a token is a relative pronoun: who, whom, which, that.
pub(crate) fn is_relative(sentence: &Sentence, index: usize) -> bool {
    token(sentence, index).is_some_and(|t| {
        matches!(t.lemma.as_str(), "who" | "whom" | "which" | "that")
            && matches!(t.xpos.as_str(), "WP" | "WDT" | "IN" | "DT" | "")
            && t.upos == Upos::Pron
    })
}

/// The noun that a relative pronoun stands for; any other token stands for itself.
pub(crate) fn antecedent(sentence: &Sentence, index: usize) -> usize {
    if !is_relative(sentence, index) {
        return index;
    }
    let mut at = index;
    for _ in 0..MAX_CLIMB {
        match head(sentence, at) {
            Some(up) if deprel(sentence, at) == "acl:relcl" => return up,
            Some(up) => at = up,
            None => break,
        }
    }
    index
}

/// Whether the verb is in the passive, or a bare past participle that modifies a noun.
pub(crate) fn is_passive(sentence: &Sentence, verb: usize) -> bool {
    let Some(word) = token(sentence, verb) else { return false };
    if word.upos != Upos::Verb && word.xpos != "VBN" {
        return false;
    }
    let mut has_aux = false;
    let mut own_subject = false;
    let mut agent = false;
    let mut perfect = false;
    for &child in sentence.children(verb) {
        match deprel(sentence, child) {
            "aux:pass" => return true,
            // "Moscow blamed Kyiv" with its subject taken for a passive one.
            "nsubj:pass" | "csubj:pass" if !matches!(word.xpos.as_str(), "VBD" | "VBZ" | "VBP") => {
                return true;
            }
            // "Had stood by the government": a perfect has no doer behind "by".
            "obl:agent" if word.xpos == "VBN" && has_case(sentence, child, "by") => {
                agent = true;
            }
            "nsubj" => own_subject = true,
            "aux" => {
                has_aux = true;
                perfect |= token(sentence, child).is_some_and(|t| t.lemma == "have");
            }
            _ => {}
        }
    }
    if agent && !perfect {
        return true;
    }
    if word.xpos != "VBN" || has_aux || own_subject {
        return false;
    }
    match word.relation() {
        // "was seized and burnt": the second participle shares voice with the first.
        "conj" => head(sentence, verb).is_some_and(|up| {
            up != verb
                && token(sentence, up).is_some_and(|t| t.xpos == "VBN")
                && is_passive(sentence, up)
        }),
        "acl" | "amod" | "advcl" => dependent(sentence, verb, "obj").is_none(),
        _ => false,
    }
}

/// Who does what the verb, predicate or infinitive says; the agent of a passive.
pub(crate) fn subject(sentence: &Sentence, verb: usize) -> Option<usize> {
    subject_within(sentence, verb, MAX_CLIMB)
}

fn subject_within(sentence: &Sentence, verb: usize, budget: usize) -> Option<usize> {
    if budget == 0 {
        return None;
    }
    let word = token(sentence, verb)?;
    let passive = is_passive(sentence, verb);
    if passive {
        if let Some(agent) = agent(sentence, verb) {
            return Some(agent);
        }
        // "was arrested and deported by police": the agent stands with the last of the list.
        return sentence
            .dependents(verb, "conj")
            .filter(|&conj| is_passive(sentence, conj))
            .find_map(|conj| agent(sentence, conj));
    }
    if let Some(found) =
        sentence.children(verb).iter().copied().find(|&child| {
            matches!(deprel(sentence, child), "nsubj" | "nsubj:outer" | "nsubj:pass")
        })
    {
        return Some(antecedent(sentence, found));
    }
    let up = word.head?;
    let above = |at: usize| {
        if is_passive(sentence, at) {
            patient(sentence, at)
        } else {
            subject_within(sentence, at, budget - 1)
        }
    };
    match word.relation() {
        "conj" => {
            let parent = token(sentence, up)?;
            // "said it would go on and accused Rome": a past form is no fellow of an infinitive, but of what governs it.
            if parent.xpos == "VB"
                && matches!(word.xpos.as_str(), "VBD" | "VBN")
                && dependent(sentence, verb, "aux").is_none()
                && let Some(over) = parent.head
            {
                return above(over);
            }
            if matches!(parent.upos, Upos::Verb | Upos::Aux)
                || dependent(sentence, up, "cop").is_some()
            {
                above(up)
            } else if matches!(word.upos, Upos::Verb) {
                // A list that mixes verbs and nouns: the parser's slip or an ellipsis.
                above(up)
            } else {
                None
            }
        }
        "xcomp" | "ccomp" => {
            if word.relation() == "ccomp" && !is_bare_infinitive(sentence, verb) {
                return None;
            }
            let parent = token(sentence, up)?;
            if OBJECT_CONTROL.binary_search(&parent.lemma.as_str()).is_ok() {
                let object = patient(sentence, up);
                if object.is_some() && object != Some(verb) {
                    return object.map(|o| antecedent(sentence, o));
                }
            }
            if matches!(parent.upos, Upos::Noun) && dependent(sentence, up, "cop").is_none() {
                return owner_of_plan(sentence, up, budget - 1);
            }
            above(up)
        }
        // "The minister, Albin Kurti, accused Belgrade" with the verb taken for a modifier.
        "amod" if verb > up && dependent(sentence, verb, "obj").is_some() => Some(up),
        "acl" if word.deprel != "acl:relcl" => {
            if word.xpos == "VBG" || (word.xpos == "VBN") {
                Some(up)
            } else {
                // "Moscow's decision to withdraw", "made a promise to withdraw"
                owner_of_plan(sentence, up, budget - 1)
            }
        }
        "acl" => {
            // A relative clause without its pronoun has the noun as object, or as subject where
            // nothing else can be it.
            None
        }
        "advcl" | "parataxis" | "dep" => {
            let parent = token(sentence, up)?;
            if word.relation() == "parataxis" && word.xpos != "VBG" {
                return None;
            }
            if matches!(parent.upos, Upos::Verb | Upos::Adj | Upos::Aux)
                || dependent(sentence, up, "cop").is_some()
            {
                above(up)
            } else {
                owner_of_plan(sentence, up, budget - 1)
            }
        }
        _ => None,
    }
}

fn is_bare_infinitive(sentence: &Sentence, verb: usize) -> bool {
    sentence
        .children(verb)
        .iter()
        .any(|&c| token(sentence, c).is_some_and(|t| t.lemma == "to" && t.relation() == "mark"))
}

/// Whose plan, decision or offer a noun is: its owner, or the subject of the verb that it is object of.
fn owner_of_plan(sentence: &Sentence, noun: usize, budget: usize) -> Option<usize> {
    if let Some(owner) =
        sentence.children(noun).iter().copied().find(|&c| deprel(sentence, c) == "nmod:poss")
    {
        return Some(owner);
    }
    for preposition in ["by", "of", "from"] {
        if let Some(owner) = governed_by(sentence, noun, preposition).next() {
            return Some(owner);
        }
    }
    let up = head(sentence, noun)?;
    match relation(sentence, noun) {
        "obj" | "obl" if token(sentence, up).is_some_and(|t| t.upos == Upos::Verb) => {
            subject_within(sentence, up, budget)
        }
        _ => None,
    }
}

/// The agent of a passive: "by police".
fn agent(sentence: &Sentence, verb: usize) -> Option<usize> {
    let somebody = |&c: &usize| {
        token(sentence, c).is_some_and(|t| matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Pron))
    };
    sentence
        .children(verb)
        .iter()
        .copied()
        .find(|&c| deprel(sentence, c) == "obl:agent")
        .or_else(|| governed_by(sentence, verb, "by").find(somebody))
        // "Was threatened with sanctions by the union"
        .or_else(|| {
            let with = governed_by(sentence, verb, "with");
            with.flat_map(|noun| governed_by(sentence, noun, "by").filter(somebody)).next()
        })
}

/// Whom or what the verb is done to, through voice, coordination and relative clauses.
pub(crate) fn patient(sentence: &Sentence, verb: usize) -> Option<usize> {
    patient_within(sentence, verb, MAX_CLIMB)
}

fn patient_within(sentence: &Sentence, verb: usize, budget: usize) -> Option<usize> {
    if budget == 0 {
        return None;
    }
    let word = token(sentence, verb)?;
    if is_passive(sentence, verb) {
        if let Some(found) = sentence
            .children(verb)
            .iter()
            .copied()
            .find(|&c| matches!(deprel(sentence, c), "nsubj:pass" | "nsubj"))
        {
            return Some(antecedent(sentence, found));
        }
        let up = word.head?;
        return match word.relation() {
            "acl" | "amod" => Some(up),
            // "Toured the town, cheered by crowds", "resigned and was arrested"
            "conj"
                if !is_passive(sentence, up)
                    && token(sentence, up).is_some_and(|t| t.upos == Upos::Verb)
                    && (dependent(sentence, verb, "cc").is_none()
                        || sentence
                            .children(verb)
                            .iter()
                            .any(|&c| deprel(sentence, c) == "aux:pass")) =>
            {
                subject_within(sentence, up, budget - 1)
            }
            "conj" => patient_within(sentence, up, budget - 1),
            // "refused to be drawn", "having been released"
            "xcomp" | "advcl" => {
                if is_passive(sentence, up) {
                    patient_within(sentence, up, budget - 1)
                } else {
                    subject_within(sentence, up, budget - 1)
                }
            }
            _ => None,
        };
    }
    if let Some(object) = dependent(sentence, verb, "obj") {
        return Some(antecedent(sentence, object));
    }
    if let Some(object) = ["xcomp", "advcl"]
        .iter()
        .flat_map(|relation| sentence.dependents(verb, relation))
        .find(|&c| is_recalled(sentence, c))
        .and_then(|c| dependent(sentence, c, "obj"))
    {
        return Some(object);
    }
    // "bombed and shelled the town": the object stands with the last verb of the list.
    if word.relation() != "conj"
        && let Some(shared) = sentence
            .dependents(verb, "conj")
            .filter(|&c| {
                token(sentence, c).is_some_and(|t| t.upos == Upos::Verb && t.xpos == word.xpos)
            })
            .filter(|&c| dependent(sentence, c, "nsubj").is_none() && c <= verb + 3)
            .find_map(|c| dependent(sentence, c, "obj"))
    {
        return Some(shared);
    }
    // "the drone that Iran shot down", "the drone Iran shot down"
    if word.deprel == "acl:relcl"
        && sentence
            .children(verb)
            .iter()
            .any(|&c| deprel(sentence, c) == "nsubj" && !is_relative(sentence, c))
    {
        return word.head;
    }
    None
}

/// "Released ten arrested sailors": a participle before a noun that the parser takes for what the verb before it leads to, with the noun for
/// its object. It recalls what befell the sailors before.
pub(crate) fn is_recalled(sentence: &Sentence, at: usize) -> bool {
    /// How many words may stand between the verb and the participle: "the last ten".
    const NEAR: usize = 4;
    let Some(word) = token(sentence, at) else { return false };
    let Some(verb) = word.head.filter(|&verb| verb < at && at <= verb + NEAR) else { return false };
    (word.relation() == "xcomp" || (word.relation() == "advcl" && at == verb + 1))
        && matches!(word.xpos.as_str(), "VBD" | "VBN")
        && token(sentence, verb).is_some_and(|t| t.upos == Upos::Verb)
        && dependent(sentence, verb, "obj").is_none()
        && dependent(sentence, at, "obj").is_some_and(|object| object > at)
        && sentence
            .children(at)
            .iter()
            .filter(|&&c| c < at)
            .all(|&c| matches!(relation(sentence, c), "nummod" | "det" | "amod" | "advmod"))
}

/// Indirect object.
pub(crate) fn indirect(sentence: &Sentence, verb: usize) -> Option<usize> {
    dependent(sentence, verb, "iobj")
}

/// Dependents that hang on `index` by one of the prepositions or subordinators in `word`.
pub(crate) fn governed_by<'a>(
    sentence: &'a Sentence,
    index: usize,
    word: &'a str,
) -> impl Iterator<Item = usize> + 'a {
    sentence.children(index).iter().copied().filter(move |&child| {
        matches!(
            relation(sentence, child),
            "obl"
                | "nmod"
                | "obj"
                | "iobj"
                | "advcl"
                | "acl"
                | "xcomp"
                | "advmod"
                | "ccomp"
                | "conj"
        ) && has_case(sentence, child, word)
    })
}

/// "His", "its" before what somebody has or does.
pub(crate) fn is_owner(sentence: &Sentence, at: usize) -> bool {
    token(sentence, at).is_some_and(|t| t.deprel == "nmod:poss" && t.upos == Upos::Pron)
}

/// Whether the phrase headed by `index` opens with this preposition.
pub(crate) fn has_case(sentence: &Sentence, index: usize, word: &str) -> bool {
    let here = |at: usize| {
        sentence.children(at).iter().any(|&c| {
            matches!(relation(sentence, c), "case" | "mark")
                && token(sentence, c)
                    .is_some_and(|t| t.lemma == word || t.form.eq_ignore_ascii_case(word))
        })
    };
    // "with Prime Minister Johnson": the preposition may hang on the title.
    here(index) || sentence.dependents(index, "nmod:desc").any(here)
}

/// The head of the name that a title or a part of a name belongs to: "Minister" of "Foreign
/// Minister Colonna" leads to "Colonna". Any other token leads to itself.
pub(crate) fn name_head(sentence: &Sentence, index: usize) -> usize {
    let mut at = index;
    for _ in 0..4 {
        match token(sentence, at) {
            Some(word) if matches!(word.deprel.as_str(), "nmod:desc" | "flat" | "flat:name") => {
                match word.head {
                    Some(up) => at = up,
                    None => break,
                }
            }
            _ => break,
        }
    }
    at
}

/// `index` and the other members of its list: "Washington and Paris".
pub(crate) fn members(sentence: &Sentence, index: usize) -> Vec<usize> {
    let mut found = vec![index];
    let mut next = 0;
    while next < found.len() && found.len() < 64 {
        // "Envoy Lee and minister Roth": the rest of the list hangs on the name beside its first member.
        found.extend(
            sentence
                .dependents(found[next], "appos")
                .filter(|&name| token(sentence, name).is_some_and(|t| t.upos == Upos::Propn))
                .flat_map(|name| sentence.dependents(name, "conj"))
                .filter(|&c| token(sentence, c).is_some_and(|t| t.upos != Upos::Verb)),
        );
        found.extend(sentence.dependents(found[next], "conj").filter(|&c| {
            // A coordinated clause is no member of a list of nouns.
            token(sentence, c).is_some_and(|t| t.upos != Upos::Verb)
        }));
        next += 1;
    }
    found
}

/// The same without those of whom it is denied: "not by Oslo but by Bern".
pub(crate) fn told_members(sentence: &Sentence, index: usize) -> Vec<usize> {
    let list = members(sentence, index);
    let child_is = |at: usize, form: &str, upto: usize| {
        sentence.children(at).iter().copied().find(|&c| {
            c < upto && token(sentence, c).is_some_and(|t| t.form.eq_ignore_ascii_case(form))
        })
    };
    let denied = |&at: &usize| {
        // "Not only Oslo but Bern" is both.
        child_is(at, "not", at).is_some_and(|not| !is_limiting(sentence, not + 1))
            && list
                .iter()
                .any(|&other| other > at && child_is(other, "but", sentence.tokens.len()).is_some())
    };
    list.iter().copied().filter(|at| !denied(at)).collect()
}

/// Whether a word takes back a "not" before it: "not only", where who "will not simply fall in line" does not.
pub(crate) fn is_limiting(sentence: &Sentence, at: usize) -> bool {
    let refused = at.checked_sub(2).and_then(|modal| token(sentence, modal)).is_some_and(|t| {
        t.xpos == "MD" && !sentence.tokens[at..].iter().any(|t| t.form.eq_ignore_ascii_case("but"))
    });
    if refused && token(sentence, at).is_some_and(|t| t.form.eq_ignore_ascii_case("simply")) {
        return false;
    }
    token(sentence, at).is_some_and(|t| {
        let limits = |word: &&str| t.form.eq_ignore_ascii_case(word);
        ["only", "just", "merely", "simply"].iter().any(limits)
    })
}

/// Whether a noun with this lemma says how many there are.
pub(crate) fn is_count(lemma: &str) -> bool {
    matches!(lemma, "number" | "total" | "tally" | "toll")
}

/// "Lee, who chaired the session, and Roth agreed": the second of two subjects that "and" joins.
pub(crate) fn fellow_subject(sentence: &Sentence, index: usize) -> Option<usize> {
    let word = token(sentence, index)?;
    let verb = word.head.filter(|_| word.relation() == "nsubj")?;
    // "Cuba's Raul Castro, Putin hold talks": in a headline a comma stands for "and", and the verb is one of several.
    let several = token(sentence, verb).is_some_and(|t| t.xpos == "VBP");
    let name = |at: usize| token(sentence, at).is_some_and(|t| t.xpos == "NNP");
    if several && name(index) {
        let beside = sentence.dependents(index, "appos").find(|&other| {
            name(other)
                && other < verb
                && sentence.tokens[other + 1..verb].iter().all(|t| t.form != ",")
        });
        if beside.is_some() {
            return beside;
        }
    }
    sentence.dependents(verb, "nsubj").find(|&other| {
        index < other
            && other < verb
            && sentence.children(verb).iter().chain(sentence.children(other)).any(|&c| {
                index < c
                    && c < other
                    && token(sentence, c).is_some_and(|t| t.lemma == "and" && t.relation() == "cc")
            })
    })
}

/// The noun that counts where the head only measures it: "a series of talks" → "talks".
pub(crate) fn content_noun(book: &RuleBook, sentence: &Sentence, index: usize) -> usize {
    let mut at = index;
    for _ in 0..4 {
        let measures = token(sentence, at).is_some_and(|t| {
            t.upos == Upos::Num || book.is_measure(&t.lemma) || t.form.ends_with("scores")
        });
        if !measures {
            break;
        }
        match governed_by(sentence, at, "of").next() {
            Some(inner) => at = inner,
            None => break,
        }
    }
    at
}

/// The verb or predicate whose clause holds `index`.
pub(crate) fn clause(sentence: &Sentence, index: usize) -> usize {
    let mut at = index;
    for _ in 0..MAX_CLIMB * 2 {
        let verbal = token(sentence, at).is_some_and(|t| t.upos == Upos::Verb)
            || dependent(sentence, at, "cop").is_some();
        if verbal {
            break;
        }
        match head(sentence, at) {
            Some(up) => at = up,
            None => break,
        }
    }
    at
}

/// Whether `inner` lies in the subtree of `outer` (a token lies in its own).
pub(crate) fn is_below(sentence: &Sentence, inner: usize, outer: usize) -> bool {
    let mut at = inner;
    for _ in 0..=sentence.tokens.len() {
        if at == outer {
            return true;
        }
        match head(sentence, at) {
            Some(up) => at = up,
            None => return false,
        }
    }
    false
}

/// Whether "not" or "never" hangs on a word, for whatever reason; [`crate::form::negated`] asks how.
pub(crate) fn is_denied(sentence: &Sentence, at: usize) -> bool {
    sentence
        .children(at)
        .iter()
        .filter_map(|&c| token(sentence, c))
        .any(|t| matches!(t.lemma.as_str(), "not" | "never" | "n't"))
}

/// Whether an auxiliary leaves open whether it is so: "may sign", "should sign".
pub(crate) fn is_possible(sentence: &Sentence, at: usize) -> bool {
    sentence
        .dependents(at, "aux")
        .filter_map(|c| token(sentence, c))
        .any(|t| matches!(t.lemma.as_str(), "could" | "might" | "may" | "should" | "must" | "can"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_core::Span;
    use detente_knowledge::Knowledge;

    #[test]
    fn a_list_that_is_searched_is_in_order() {
        assert!(OBJECT_CONTROL.is_sorted());
    }

    /// One token a line: form, lemma, tag, Penn tag, head from 1 (0 for the root), relation.
    fn tree(lines: &str) -> Sentence {
        let tokens = lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| {
                let f: Vec<&str> = line.split_whitespace().collect();
                let head: usize = f[4].parse().unwrap();
                Token {
                    span: Span::new(0, 0),
                    form: f[0].into(),
                    lemma: f[1].into(),
                    upos: Upos::from_conllu(f[2]).unwrap(),
                    xpos: f[3].into(),
                    head: head.checked_sub(1),
                    deprel: f[5].into(),
                }
            })
            .collect();
        Sentence::new(Span::new(0, 0), tokens)
    }

    #[test]
    fn a_passive_has_its_agent_as_subject() {
        let s = tree(
            "Mali Mali PROPN NNP 3 nsubj:pass
             was be AUX VBD 3 aux:pass
             accused accuse VERB VBN 0 root
             by by ADP IN 5 case
             Niger Niger PROPN NNP 3 obl:agent",
        );
        assert!(is_passive(&s, 2));
        assert_eq!((subject(&s, 2), patient(&s, 2)), (Some(4), Some(0)));
    }

    #[test]
    fn control_and_lists_share_the_subject() {
        let s = tree(
            "Oslo Oslo PROPN NNP 2 nsubj
             agreed agree VERB VBD 0 root
             to to PART TO 4 mark
             visit visit VERB VB 2 xcomp
             Cuba Cuba PROPN NNP 4 obj
             and and CCONJ CC 7 cc
             urged urge VERB VBD 2 conj
             Peru Peru PROPN NNP 7 obj
             to to PART TO 10 mark
             leave leave VERB VB 7 xcomp",
        );
        assert_eq!(subject(&s, 3), Some(0));
        assert_eq!(subject(&s, 6), Some(0));
        assert_eq!(subject(&s, 9), Some(7), "the one who is urged is to leave");
    }

    #[test]
    fn a_relative_clause_reads_through_its_pronoun() {
        let s = tree(
            "Rebels rebel NOUN NNS 0 root
             who who PRON WP 3 nsubj
             attacked attack VERB VBD 1 acl:relcl
             the the DET DT 5 det
             town town NOUN NN 3 obj",
        );
        assert_eq!((subject(&s, 2), patient(&s, 2)), (Some(0), Some(4)));
        let s = tree(
            "the the DET DT 2 det
             drone drone NOUN NN 0 root
             Iran Iran PROPN NNP 4 nsubj
             destroyed destroy VERB VBD 2 acl:relcl",
        );
        assert_eq!((subject(&s, 3), patient(&s, 3)), (Some(2), Some(1)));
    }

    #[test]
    fn a_measure_gives_way_to_what_it_measures() {
        let s = tree(
            "series series NOUN NN 0 root
             of of ADP IN 3 case
             talks talk NOUN NNS 1 nmod",
        );
        let book = RuleBook::new(&Knowledge::builtin().unwrap());
        assert_eq!(content_noun(&book, &s, 0), 2);
    }
}

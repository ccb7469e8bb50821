//! Reports put right that stand behind what is said or inside it.
//!
//! "The base will stay, vowed the new assembly" may come with the assembly as what is vowed, "The talks, Ankara said, had failed" with
//! talks that Ankara said, "The rebels, says Kampala, were trained abroad" with rebels who say that Kampala was trained. The commas and
//! the order of words tell.

use detente_parse::Upos;

use crate::lexicon::Lexicon;
use crate::names::Names;
use crate::view::View;

/// Hangs verbs of speech, those who speak and what they say as the commas demand it.
pub(crate) fn mend_reports(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for verb in 2..view.len() {
        let speaks = view.upos(verb) == Upos::Verb
            && matches!(view.xpos(verb), "VBD" | "VBZ" | "VBP")
            && lexicon.reporting.has(view.lemma(verb))
            && !view
                .children(verb)
                .iter()
                .any(|&c| c < verb && matches!(view.relation(c), "aux" | "mark" | "cc" | "expl"));
        if speaks && (close_with(view, names, lexicon, verb) || insert(view, verb)) {
            view.renew();
        }
        if (speaks && find_speaker(view, names, lexicon, verb))
            || return_act(view, verb)
            || pair_subjects(view, verb)
        {
            view.renew();
        }
    }
}

/// "The bombs were the group's, the foreign secretary, Jack Straw, said": whoever stands between commas before the verb is none of what is
/// said, but who says it.
fn find_speaker(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon, verb: usize) -> bool {
    let told = view.child(verb, "ccomp").filter(|&told| told < verb);
    let Some(told) = told.filter(|_| view.child(verb, "nsubj").is_none()) else { return false };
    let end = if is_comma(view, verb - 1) { verb - 1 } else { verb };
    let speaker = (told + 1..end).find(|&token| {
        let (first, last) = view.edges(token);
        let last = if is_comma(view, last) { last - 1 } else { last };
        let person = lexicon.person.has(view.lemma(token))
            || (first..=token).any(|t| names.word_at(t).is_some())
            || names.at(token).is_some();
        names_somebody(view, token)
            && matches!(view.relation(token), "appos" | "conj" | "dep" | "parataxis")
            && view.child(token, "cc").is_none()
            && view.is_below(token, told)
            && view.preposition(token).is_none()
            && first > 1
            && (is_comma(view, first) || is_comma(view, first - 1))
            && last + 1 == end
            && person
    });
    let Some(speaker) = speaker.filter(|_| is_clause(view, told)) else { return false };
    view.hang(speaker, verb, "nsubj");
    true
}

/// "Odinga claimed that votes had been invented and called a rally": a simple past behind "and" is no fellow of a clause told as past before
/// the telling, but of the telling.
fn return_act(view: &mut View<'_>, act: usize) -> bool {
    let past =
        view.upos(act) == Upos::Verb && view.xpos(act) == "VBD" && view.relation(act) == "conj";
    let Some(told) = view.head(act).filter(|&told| past && told < act) else { return false };
    let says = view.head(told).filter(|&says| says < told && view.relation(told) == "ccomp");
    let Some(says) = says else { return false };
    let own = ["nsubj", "aux", "cop", "mark", "expl"];
    let joined = view.child(act, "cc").is_some_and(|cc| cc + 1 == act && view.lemma(cc) == "and");
    let before = view
        .children(told)
        .iter()
        .any(|&c| view.relation(c) == "aux" && view.form(c).eq_ignore_ascii_case("had"));
    let fits = joined
        && before
        && view.xpos(told) == "VBN"
        && view.xpos(says) == "VBD"
        && view.child(says, "nsubj").is_some_and(|subject| subject < says)
        && !view.children(act).iter().any(|&c| own.contains(&view.relation(c)));
    if fits {
        view.hang(act, says, "conj");
    }
    fits
}

/// "President Lee and Chancellor Roth agreed": of two subjects with "and" between them the second is a fellow of the first.
fn pair_subjects(view: &mut View<'_>, verb: usize) -> bool {
    let mut subjects =
        view.children(verb).iter().copied().filter(|&c| c < verb && view.relation(c) == "nsubj");
    let (Some(first), Some(second), None) = (subjects.next(), subjects.next(), subjects.next())
    else {
        return false;
    };
    let named = |t: usize| view.upos(t) == Upos::Propn;
    let and = (first + 1..second).find(|&t| view.lemma(t) == "and" && view.relation(t) == "cc");
    let Some(and) = and else { return false };
    let beside = view.edges(first).1 + 1 == and
        && view.head(and).is_some_and(|head| head > and && head <= second);
    let fits = named(first) && named(second) && beside;
    if fits {
        view.hang(second, first, "conj");
        view.hang(and, second, "cc");
    }
    fits
}

fn is_comma(view: &View<'_>, token: usize) -> bool {
    view.form(token) == ","
}

fn names_somebody(view: &View<'_>, token: usize) -> bool {
    matches!(view.upos(token), Upos::Noun | Upos::Propn)
        || (view.upos(token) == Upos::Pron
            && matches!(view.lemma(token), "he" | "she" | "it" | "they" | "we" | "I" | "i"))
            && matches!(
                view.form(token),
                "he" | "she" | "it" | "they" | "we" | "I" | "He" | "She" | "It" | "They" | "We"
            )
}

/// Whether the word heads a clause with a finite verb and a subject of its own.
fn is_clause(view: &View<'_>, head: usize) -> bool {
    let subject = ["nsubj", "csubj", "expl"].iter().any(|&r| view.child(head, r).is_some());
    let finite = matches!(view.xpos(head), "VBD" | "VBZ" | "VBP")
        || view.children(head).iter().any(|&c| {
            matches!(view.relation(c), "aux" | "cop")
                && matches!(view.xpos(c), "MD" | "VBD" | "VBZ" | "VBP")
        });
    subject && finite
}

/// Whether a clause tells of what may come, or of now.
fn is_told_ahead(view: &View<'_>, head: usize) -> bool {
    let modal = |&c: &usize| view.relation(c) == "aux" && view.xpos(c) == "MD";
    let present = |token: usize| matches!(view.xpos(token), "VBZ" | "VBP");
    present(head)
        || view
            .children(head)
            .iter()
            .any(|c| modal(c) || (matches!(view.relation(*c), "aux" | "cop") && present(*c)))
}

/// "The islands will never be given up, insisted the foreign minister.": who stands behind the last verb of speech speaks.
fn close_with(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon, verb: usize) -> bool {
    if !is_comma(view, verb - 1) || view.xpos(verb) == "VBP" || view.child(verb, "conj").is_some() {
        return false;
    }
    let subject_before = view.child(verb, "nsubj").is_some_and(|subject| subject < verb);
    let end = (verb + 1..view.len()).find(|&t| matches!(view.form(t), "." | "”" | "\""));
    let headline = end.is_none();
    let end = end.unwrap_or(view.len());
    let who = view.children(verb).iter().copied().find(|&c| {
        c > verb
            && matches!(view.relation(c), "obj" | "iobj" | "nsubj" | "obl" | "ccomp" | "xcomp")
            && view.edges(c).0 == verb + 1
    });
    let Some(who) = who.filter(|&who| {
        names_somebody(view, who) && view.preposition(who).is_none() && !subject_before
    }) else {
        return false;
    };
    // Behind who speaks only when and where may follow, or more of who it is.
    let rest = view.children(verb).iter().copied().filter(|&c| c > who && c < end);
    let loose = |c: usize| {
        view.upos(c) == Upos::Punct
            || matches!(view.relation(c), "advmod" | "appos")
            || (matches!(view.relation(c), "obl" | "nmod")
                && (view.preposition(c).is_some() || view.deprel(c).ends_with(":tmod")))
    };
    let told = view
        .child(verb, "ccomp")
        .filter(|&c| c < verb)
        .or_else(|| {
            let tied = matches!(view.relation(verb), "conj" | "parataxis" | "advcl" | "acl");
            view.head(verb).filter(|&head| tied && head < verb)
        })
        .filter(|&told| is_clause(view, told));
    let Some(told) = told else { return false };
    let known = names.at(who).is_some() || names.word_at(view.edges(who).0).is_some();
    let body = names.word_at(who).is_some() || lexicon.person.has(view.lemma(who));
    // "Iran seized the ship, warned the crew": with a verb in the same tense whoever is spoken to may stand there, too.
    let sure = is_told_ahead(view, told) != (view.xpos(verb) == "VBZ")
        || view.relation(who) == "nsubj"
        || view.child(verb, "ccomp") == Some(told)
        || (!lexicon.addressee.has(view.lemma(verb)) && (known || body));
    let rest: Vec<usize> = rest.filter(|&c| c != told).collect();
    // "EU must reform, warns Roth": of two verbs of a headline the second speaks only where the first tells of what is to be.
    let to_be =
        view.children(told).iter().any(|&c| view.relation(c) == "aux" && view.xpos(c) == "MD");
    if !sure || (headline && !to_be) || !rest.into_iter().all(loose) {
        return false;
    }
    if view.child(verb, "ccomp") != Some(told) {
        match view.head(told) {
            Some(above) => view.hang(verb, above, view.deprel(told)),
            None => view.uproot(verb),
        }
        view.hang(told, verb, "ccomp");
    }
    view.hang(who, verb, "nsubj");
    true
}

/// Longest report between two commas, in tokens.
const INSERTED: usize = 9;

/// "The talks, Ankara said, had failed", "The rebels, says Kampala, were trained abroad": a report between two commas.
fn insert(view: &mut View<'_>, verb: usize) -> bool {
    // "Ankara said on Monday,": when and where it was said belongs to the report.
    let mut behind = verb + 1;
    for &child in view.children(verb).iter().filter(|&&child| child > verb) {
        let (first, last) = view.edges(child);
        let when = matches!(view.relation(child), "obl" | "advmod") && first == behind;
        if when && last - verb < INSERTED {
            behind = last + 1;
        }
    }
    let plain = is_comma(view, behind);
    let (open, close) = if plain {
        let open = (verb.saturating_sub(INSERTED)..verb).rev().find(|&t| is_comma(view, t));
        (open, Some(behind))
    } else if is_comma(view, verb - 1) {
        let close = (verb + 2..view.len().min(verb + INSERTED)).find(|&t| is_comma(view, t));
        (Some(verb - 1), close)
    } else {
        return false;
    };
    let (Some(open), Some(close)) = (open, close) else { return false };
    let name = if plain { open + 1..verb } else { verb + 1..close };
    let fits = |t: usize| {
        matches!(
            view.upos(t),
            Upos::Propn | Upos::Noun | Upos::Pron | Upos::Det | Upos::Adj | Upos::Adp | Upos::Part
        ) && !view.xpos(t).starts_with('W')
    };
    if name.is_empty() || open == 0 || !name.clone().all(fits) {
        return false;
    }
    let inside = |t: usize| open < t && t < close;
    // Who speaks: the word of the name that hangs outside of it.
    let outside = |&t: &usize| view.head(t).is_none_or(|head| !name.contains(&head));
    let Some(who) = name.clone().find(outside).filter(|&who| names_somebody(view, who)) else {
        return false;
    };
    // What goes on behind the second comma: a finite verb, before which nobody is named.
    let finite = |t: usize| matches!(view.xpos(t), "VBD" | "VBZ" | "VBP" | "MD");
    let Some(goes_on) = (close + 1..view.len()).find(|&t| view.upos(t) != Upos::Adv) else {
        return false;
    };
    if !finite(goes_on) || !matches!(view.upos(goes_on), Upos::Verb | Upos::Aux) {
        return false;
    }
    let main = if matches!(view.relation(goes_on), "aux" | "cop") {
        view.head(goes_on).filter(|&main| main > goes_on)
    } else {
        Some(goes_on)
    };
    let Some(main) = main else { return false };
    // Who or what it is said of: a subject before the first comma that has no verb there.
    let told = (0..open).rev().find(|&t| {
        names_somebody(view, t)
            && view.relation(t) == "nsubj"
            && view.head(t).is_some_and(|head| head == verb || head == main)
    });
    let Some(told) = told else { return false };
    if (told + 1..open).any(|t| {
        finite(t)
            && matches!(view.upos(t), Upos::Verb | Upos::Aux)
            && view.head(t) == view.head(told)
    }) {
        return false;
    }
    let done = view.head(told) == Some(main)
        && view.head(who) == Some(verb)
        && view.relation(who) == "nsubj"
        && view.relation(verb) == "parataxis";
    if done || inside(main) {
        return false;
    }
    let passive = view.children(main).iter().any(|&c| view.deprel(c) == "aux:pass");
    // The clause takes the place of the report above it.
    if view.is_below(main, verb) {
        match view.head(verb) {
            Some(above) => view.hang(main, above, view.deprel(verb)),
            None => view.uproot(main),
        }
    }
    view.hang(verb, main, "parataxis");
    view.hang(told, main, if passive { "nsubj:pass" } else { "nsubj" });
    view.hang(who, verb, "nsubj");
    // "The rebels, says the army, were trained there": what hung on the name or the report is the clause's.
    let strays: Vec<usize> = (close + 1..view.len())
        .filter(|&t| t != main && view.head(t).is_some_and(inside) && view.upos(t) != Upos::Punct)
        .collect();
    for stray in strays {
        view.hang(stray, main, view.deprel(stray));
    }
    true
}

#[cfg(test)]
mod tests {
    use detente_knowledge::Knowledge;
    use detente_parse::Sentence;

    use super::*;
    use crate::drawn::tree;
    use crate::view::lower_lemmas;

    /// Head and relation of each token that the mend hangs anew.
    fn mended(lines: &str) -> Vec<(usize, Option<usize>, String)> {
        let knowledge = Knowledge::builtin().unwrap();
        let lexicon = Lexicon::new(&knowledge.words);
        let sentence: Sentence = tree(lines);
        let lower = lower_lemmas(&sentence);
        let lemmas: Vec<&str> = lower.iter().map(AsRef::as_ref).collect();
        let mut view = View::new(0, "", &sentence, &lemmas);
        let names = Names::find(&knowledge.actors, &lexicon, &view);
        mend_reports(&mut view, &names, &lexicon);
        let changes = view.into_changes().unwrap_or_default();
        changes.iter().map(|c| (c.token, c.head, c.relation.as_str().to_owned())).collect()
    }

    #[test]
    fn who_stands_behind_the_last_verb_speaks() {
        let changes = mended(
            "Bases base NOUN NNS 3 nsubj
             will will AUX MD 3 aux
             stay stay VERB VB 0 root
             , , PUNCT , 5 punct
             vowed vow VERB VBD 3 conj
             the the DET DT 7 det
             assembly assembly NOUN NN 5 obj
             . . PUNCT . 3 punct",
        );
        assert!(changes.contains(&(4, None, "root".to_owned())));
        assert!(changes.contains(&(2, Some(4), "ccomp".to_owned())));
        assert!(changes.contains(&(6, Some(4), "nsubj".to_owned())));
    }

    #[test]
    fn who_is_warned_in_the_same_breath_does_not_speak() {
        let changes = mended(
            "Ships ship NOUN NNS 2 nsubj
             left leave VERB VBD 0 root
             port port NOUN NN 2 obj
             , , PUNCT , 5 punct
             warned warn VERB VBD 2 conj
             crews crew NOUN NNS 5 obj
             and and CCONJ CC 8 cc
             fired fire VERB VBD 5 conj
             . . PUNCT . 2 punct",
        );
        assert!(changes.is_empty());
    }

    #[test]
    fn a_report_between_commas_is_no_clause_of_its_subject() {
        let changes = mended(
            "The the DET DT 2 det
             rebels rebel NOUN NNS 4 nsubj
             , , PUNCT , 2 punct
             says say VERB VBZ 0 root
             Kampala Kampala PROPN NNP 8 nsubj:pass
             , , PUNCT , 2 punct
             were be AUX VBD 8 aux:pass
             trained train VERB VBN 4 ccomp
             . . PUNCT . 4 punct",
        );
        assert!(changes.contains(&(7, None, "root".to_owned())));
        assert!(changes.contains(&(1, Some(7), "nsubj:pass".to_owned())));
        assert!(changes.contains(&(4, Some(3), "nsubj".to_owned())));
        assert!(changes.contains(&(3, Some(7), "parataxis".to_owned())));
    }

    #[test]
    fn who_stands_between_commas_before_the_verb_speaks() {
        let changes = mended(
            "Talks talk NOUN NNS 3 nsubj
             would would AUX MD 3 aux
             resume resume VERB VB 13 ccomp
             in in ADP IN 5 case
             June June PROPN NNP 3 obl
             , , PUNCT , 8 punct
             the the DET DT 8 det
             minister minister NOUN NN 5 appos
             , , PUNCT , 10 punct
             Ann Ann PROPN NNP 8 appos
             Lee Lee PROPN NNP 10 flat
             , , PUNCT , 8 punct
             said say VERB VBD 0 root
             . . PUNCT . 13 punct",
        );
        assert_eq!(changes, [(7, Some(12), "nsubj".to_owned())]);
    }
}

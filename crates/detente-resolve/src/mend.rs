//! Trees put right where names and titles show that they are wrong.
//!
//! In goes a sentence with its known names and sector words, out comes the view of it with some words hung anew: in "spokesman Zhao
//! Lijian said", a parser may make two subjects of what is one person. A known name is one phrase, a title belongs to the name
//! right after it, and an adjective to the noun right after it.

use std::ops::Range;

use detente_core::Sector;
use detente_knowledge::{Actors, Name, NameKind, SectorWordKind};
use detente_parse::{Sentence, Token, Upos};

use crate::asides::mend_asides;
use crate::clauses::mend_clauses;
use crate::frames::{mend_counts, mend_frames};
use crate::headlines::mend_headline;
use crate::hyphens::mend_hyphens;
use crate::lexicon::Lexicon;
use crate::mentions::top_of;
use crate::names::{Names, is_hyphen};
use crate::phrases::is_inner_punctuation;
use crate::pronouns::is_personal;
use crate::reports::mend_reports;
use crate::turns::mend_turns;
use crate::verbs::mend_verb;
use crate::view::{View, lower_lemmas};

/// Mends a sentence and shows it to `read`, with its names, before the mended tree is put in the place of the old.
pub(crate) fn mend_sentence<'k>(
    actors: &'k Actors,
    lexicon: &Lexicon,
    text: &str,
    index: usize,
    sentence: &mut Sentence,
    read: impl FnOnce(&View<'_>, &Names<'k>),
) {
    name_strangers(sentence);
    let words = &lexicon.trees;
    mend_hyphens(words, sentence);
    mend_headline(words, sentence);
    mend_counts(sentence);
    mend_verb(words, sentence);
    mend_frames(words, sentence);
    mend_clauses(words, sentence);
    mend_turns(words, sentence);
    mend_asides(words, sentence);
    let changes = {
        let lower = lower_lemmas(sentence);
        let lemmas: Vec<&str> = lower.iter().map(AsRef::as_ref).collect();
        let mut view = View::new(index, text, sentence, &lemmas);
        let names = Names::find(actors, lexicon, &view);
        mend(&mut view, &names, lexicon);
        read(&view, &names);
        view.into_changes()
    };
    let Some(changes) = changes else { return };
    let mut tokens = std::mem::take(&mut sentence.tokens);
    for change in changes {
        if let Some(token) = tokens.get_mut(change.token) {
            token.head = change.head;
            token.deprel = change.relation;
        }
    }
    let states = std::mem::take(&mut sentence.states);
    *sentence = Sentence::new(sentence.span, tokens).with_states(states);
}

/// "Nduhungirehe urged Congo": a capitalised word that is no pronoun of English, which the tagger takes for one, is a name.
fn name_strangers(sentence: &mut Sentence) {
    let strange = |token: &Token| {
        token.upos == Upos::Pron
            && token.xpos == "PRP"
            && token.form.chars().count() > 4
            && token.form.starts_with(char::is_uppercase)
            && token.form.chars().skip(1).all(char::is_lowercase)
            && !is_personal(&token.form)
    };
    if !sentence.tokens.iter().any(strange) {
        return;
    }
    let mut tokens = std::mem::take(&mut sentence.tokens);
    for token in tokens.iter_mut().filter(|token| strange(token)) {
        token.upos = Upos::Propn;
        token.xpos = "NNP".into();
        token.lemma = token.form.as_str().into();
    }
    let states = std::mem::take(&mut sentence.states);
    *sentence = Sentence::new(sentence.span, tokens).with_states(states);
}

/// Hangs words anew where names and titles demand it.
fn mend(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for hit in &names.hits {
        if hit.tokens.len() > 1 {
            join(view, &hit.tokens);
        }
    }
    part_halves(view, names);
    for token in 1..view.len().saturating_sub(1) {
        let between = is_inner_punctuation(view, token) && view.is_capital(token - 1);
        if between && view.upos(token - 1) == Upos::Propn && view.upos(token + 1) == Upos::Propn {
            join(view, &(token - 1..token + 2));
        }
    }
    part_label(view, names);
    view.renew();
    mend_reports(view, names, lexicon);
    find_verb(view);
    find_named_subjects(view, names);
    find_subjects(view);
    free_subject(view, names, lexicon);
    return_subjects(view);
    open_clauses(view);
    part_receivers(view, names, lexicon);
    part_named_receivers(view, names, lexicon);
    find_speaker(view, lexicon);
    join_subjects(view);
    join_possessors(view);
    for hit in &names.hits {
        let adjective = hit.readings.iter().any(|name| name.kind == NameKind::Adjective);
        if adjective && hit.tokens.end < view.len() {
            join_adjective(view, names, &hit.tokens);
        }
    }
    join_flat(view);
    let mut next = 0;
    for token in 0..view.len() {
        let title = match names.word_at(token) {
            Some((len, word)) if word.kind != SectorWordKind::Body => token..token + len,
            // "Republican rival Donald Trump's plan" as well.
            None if view.upos(token) == Upos::Noun
                && (lexicon.person.has(view.lemma(token))
                    || (lexicon.partisan.has(view.lemma(token)) && !view.is_plural(token))) =>
            {
                token..token + 1
            }
            _ => continue,
        };
        // "secretary general" is one title and "general" no other.
        if token >= next {
            next = title.end;
            join_title(view, names, &title);
        }
    }
    join_heading(view);
    join_seats(view, names);
    for hit in &names.hits {
        let person = hit.readings.iter().all(|name| matches!(name.kind, NameKind::Person(_)));
        if person && hit.tokens.len() > 1 {
            free_person(view, names, lexicon, &hit.tokens);
        }
    }
    name_members(view, names, lexicon);
    join_origins(view, names, lexicon);
    part_lists(view, names);
    part_person(view, names);
    part_fighters(view, names);
    join_fellows(view, names, lexicon);
    join_states(view, names);
    join_lists(view, names);
    view.renew();
    move_appositions(view);
    name_officials(view, names, lexicon);
    view.renew();
}

/// How many tokens at the beginning of a sentence are a label that tells of which state it is, the colon included: two of "PERU: Police
/// seized a ton". Who speaks behind a label of his own does so in quotation marks or as "we".
pub(crate) fn label_of(view: &View<'_>, names: &Names<'_>) -> usize {
    let Some(hit) = names.at(0).filter(|hit| hit.tokens.start == 0) else { return 0 };
    let colon = hit.tokens.end;
    let place =
        hit.readings.iter().any(|name| matches!(name.kind, NameKind::Entity | NameKind::Capital));
    let capitals = hit
        .tokens
        .clone()
        .all(|token| view.form(token).chars().all(|c| !c.is_alphabetic() || c.is_uppercase()))
        && hit.tokens.clone().map(|token| view.form(token).chars().count()).sum::<usize>() > 3;
    let opens = view.form(colon + 1);
    let goes_on = opens.starts_with(char::is_uppercase)
        && (colon + 1..view.len()).any(|token| view.form(token).starts_with(char::is_lowercase));
    let speaks = (colon..view.len()).any(|token| {
        matches!(view.lemma(token), "we" | "i" | "our" | "us" | "my")
            || matches!(view.form(token), "“" | "\"" | "``")
    });
    let label = place && capitals && goes_on && !speaks && view.form(colon) == ":";
    if label { colon + 1 } else { 0 }
}

/// "PERU: Police seized a ton": the label is no part of what is told.
fn part_label(view: &mut View<'_>, names: &Names<'_>) {
    let end = label_of(view, names);
    if end == 0 {
        return;
    }
    let inside = |token: usize| token < end;
    let above = |view: &View<'_>, token: usize| view.head(token).filter(|&head| !inside(head));
    let Some(top) = (0..end).find(|&t| above(view, t).is_some() || view.head(t).is_none()) else {
        return;
    };
    let below: Vec<usize> =
        (end..view.len()).filter(|&t| view.head(t).is_some_and(inside)).collect();
    let root = if (0..end).any(|t| view.head(t).is_none()) {
        let verb = below.iter().copied().find(|&t| view.upos(t) == Upos::Verb);
        let Some(root) = verb.or_else(|| below.first().copied()) else { return };
        view.uproot(root);
        root
    } else {
        let Some(root) = (end..view.len()).find(|&t| view.head(t).is_none()) else { return };
        root
    };
    for token in below.into_iter().filter(|&token| token != root) {
        let relation = view.deprel(token);
        view.hang(token, root, relation);
    }
    view.hang(top, root, "parataxis:dateline");
    for token in (0..end).filter(|&token| token != top) {
        if above(view, token).is_some() {
            let relation = if view.upos(token) == Upos::Punct { "punct" } else { "flat" };
            view.hang(token, top, relation);
        }
    }
}

/// "North and South Korea": two states, the second beside the first, though the tree may take both words for what says more of one.
fn part_halves(view: &mut View<'_>, names: &Names<'_>) {
    for hit in names.hits.iter().filter(|hit| hit.halved) {
        let first = hit.tokens.start;
        let Some(second) = names.at(first + 2) else { continue };
        let top = top_of(view, &second.tokens);
        let (above, relation) = (view.head(top), view.deprel(top));
        if view.head(first) == Some(top) || view.head(first) == above {
            match above {
                Some(above) => view.hang(first, above, relation),
                None => view.uproot(first),
            }
        } else if above != Some(first) {
            continue;
        }
        // "Between", "both" belong to the two of them.
        let before: Vec<usize> =
            view.children(top).iter().copied().filter(|&child| child < first).collect();
        for child in before {
            let relation = view.deprel(child);
            view.hang(child, first, relation);
        }
        view.hang(top, first, "conj");
        view.hang(first + 1, top, "cc");
    }
}

/// "NATO member Estonia", "EU neighbour Turkey": the second is meant, and the first says what it is.
fn name_members(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for hit in &names.hits {
        let Some(between) = hit.tokens.end.checked_add(1).filter(|&t| t < view.len()) else {
            continue;
        };
        let (noun, lemma) = (hit.tokens.end, view.lemma(hit.tokens.end));
        let member = lemma == "member" || (lexicon.other.has(lemma) && !view.is_plural(noun));
        let Some(state) = names.at(between).filter(|_| member) else { continue };
        let is_state = state.readings.iter().any(|name| name.kind == NameKind::Entity);
        if !is_state || state.tokens.start != between || view.is_plural(noun) {
            continue;
        }
        let (first, last) = (hit.tokens.start, state.tokens.end);
        let inside = |token: usize| (first..last).contains(&token);
        // The word of the three phrases that hangs on what is outside of them; a subject first.
        let outer = (first..last)
            .filter(|&token| view.head(token).is_none_or(|head| !inside(head)))
            .max_by_key(|&token| (view.relation(token) == "nsubj", std::cmp::Reverse(token)));
        let Some(outer) = outer else { continue };
        let (head, relation) = (view.head(outer), view.deprel(outer));
        let (name, organisation) = (top_of(view, &state.tokens), top_of(view, &hit.tokens));
        match head {
            Some(head) => view.hang(name, head, relation),
            None => view.uproot(name),
        }
        view.hang(noun, name, "compound");
        view.hang(organisation, noun, "compound");
    }
}

/// "UMNO criticised Singapore": a known name before a verb without a subject is no interjection and no adverb.
fn find_named_subjects(view: &mut View<'_>, names: &Names<'_>) {
    for hit in &names.hits {
        let head = top_of(view, &hit.tokens);
        let Some(verb) = view.head(head).filter(|&verb| verb >= hit.tokens.end) else { continue };
        let subject = (view.upos(verb) == Upos::Verb)
            && (matches!(view.relation(head), "discourse" | "advmod" | "vocative" | "dislocated")
                || (matches!(view.relation(head), "obl" | "aux")
                    && view.upos(head) != Upos::Aux
                    && view.child(head, "case").is_none()))
            && matches!(view.xpos(verb), "VBD" | "VBN" | "VBZ" | "VBP")
            && !matches!(view.relation(verb), "amod" | "acl" | "xcomp")
            && view.child(verb, "nsubj").is_none()
            && (hit.tokens.end..verb).all(|t| view.upos(t) != Upos::Punct);
        if subject {
            let passive = view.child(verb, "aux:pass").is_some();
            view.hang(head, verb, if passive { "nsubj:pass" } else { "nsubj" });
        }
    }
}

/// "Accused the authorities in Minsk": the capital right behind those who govern says which they are, and not where it was done.
fn join_seats(view: &mut View<'_>, names: &Names<'_>) {
    for hit in &names.hits {
        let capital = hit.readings.iter().any(|name| name.kind == NameKind::Capital);
        let Some(noun) = hit.tokens.start.checked_sub(2).filter(|_| capital) else { continue };
        let town = hit.tokens.start;
        let governs = names.word_at(noun).is_some_and(|(len, word)| {
            len == 1
                && word.sector == Sector::Gov
                && (word.kind == SectorWordKind::Body || view.is_plural(noun))
        });
        let verb = view.head(town).filter(|&verb| verb < noun && view.head(noun) == Some(verb));
        let object = matches!(view.relation(noun), "obj" | "iobj" | "obl")
            && view.children(noun).iter().any(|&c| view.lemma(c) == "the");
        if governs
            && object
            && verb.is_some()
            && view.lemma(noun + 1) == "in"
            && view.relation(town) == "obl"
        {
            view.hang(town, noun, "nmod");
        }
    }
}

/// "Offered the rebels dialogue", "promised the opposition armoured vehicles": people right behind a verb of giving get what is named behind them.
fn part_receivers(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for verb in 0..view.len().saturating_sub(3) {
        if view.upos(verb) != Upos::Verb
            || !lexicon.trees.giving.has(view.lemma(verb))
            || view.child(verb, "iobj").is_some()
            || !matches!(view.upos(verb + 1), Upos::Det)
        {
            continue;
        }
        // "The Malian rebels"
        let start = verb + 2 + usize::from(view.upos(verb + 2) == Upos::Adj);
        let Some((len, word)) = names.word_at(start) else { continue };
        let whom = start + len - 1;
        let Some(object) = view.child(verb, "obj").filter(|&object| object > whom) else {
            continue;
        };
        // "The army chief" is one; "the army new guns" and "the rebels talks" are two.
        let parted = match word.kind {
            SectorWordKind::People => view.is_plural(whom),
            _ => matches!(view.upos(whom + 1), Upos::Adj | Upos::Num | Upos::Det),
        };
        let own = view.head(whom) == Some(object)
            && matches!(view.relation(whom), "compound" | "nmod" | "amod" | "obl");
        if !parted || !own || names.word_at(whom + 1).is_some() || view.xpos(whom + 1) == "POS" {
            continue;
        }
        view.hang(whom, verb, "iobj");
        if view.head(verb + 1) == Some(object) {
            view.hang(verb + 1, whom, "det");
        }
    }
}

/// "Paid Kigali 120 million euros", "sent Ukraine tanks": a state right behind a verb of giving gets what is behind it, which a number parts from
/// it or which is a thing. What is sold may be the state's own: "sold Iran oil".
fn part_named_receivers(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for hit in &names.hits {
        let Some(verb) = hit.tokens.start.checked_sub(1) else { continue };
        let state = hit
            .readings
            .iter()
            .all(|name| matches!(name.kind, NameKind::Entity | NameKind::Capital));
        let giving = view.upos(verb) == Upos::Verb
            && lexicon.trees.giving.has(view.lemma(verb))
            && view.child(verb, "iobj").is_none();
        let Some(object) = view.child(verb, "obj").filter(|&object| object >= hit.tokens.end)
        else {
            continue;
        };
        let top = top_of(view, &hit.tokens);
        let own = view.head(top) == Some(object)
            && matches!(view.relation(top), "compound" | "nmod" | "nummod");
        let counted = view.upos(hit.tokens.end) == Upos::Num;
        let thing = view.lemma(verb) != "sell"
            && view.upos(object) == Upos::Noun
            && !view.is_capital(object)
            && !is_hyphen(view, hit.tokens.end)
            && view.xpos(hit.tokens.end) != "POS"
            // "Sent Syria envoys" sends nobody to Syria.
            && names.word_at(object).is_none_or(|(_, word)| word.kind == SectorWordKind::Body);
        if state && giving && own && (counted || thing) {
            view.hang(top, verb, "iobj");
        }
    }
}

/// "On Friday men in masks tore down the tents", "By evening troops had left": where the main verb has no subject, the noun right before it that
/// the tree has made one phrase with when or where it was is that.
fn free_subject(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    let Some(verb) = (0..view.len()).find(|&t| view.head(t).is_none()) else { return };
    let finite = view.upos(verb) == Upos::Verb
        && (matches!(view.xpos(verb), "VBD" | "VBZ" | "VBP" | "VBN")
            || view.child(verb, "aux").is_some());
    let subject = ["nsubj", "csubj", "expl"].iter().any(|r| view.child(verb, r).is_some());
    if !finite || subject {
        return;
    }
    // What stands between the phrase and the verb are the verb's own auxiliaries and adverbs.
    let own = |t: usize| view.head(t) == Some(verb) && matches!(view.relation(t), "aux" | "advmod");
    let last = (0..verb).rev().find(|&t| !own(t));
    let Some(last) = last.filter(|&last| view.upos(last) != Upos::Punct) else { return };
    let top = view.children(verb).iter().copied().find(|&t| {
        t <= last
            && view.relation(t) == "obl"
            && view.is_below(last, t)
            && matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Num)
    });
    let Some(top) = top else { return };
    let passive = view.child(verb, "aux:pass").is_some();
    let relation = if passive { "nsubj:pass" } else { "nsubj" };
    let case = view.children(top).iter().copied().find(|&c| view.relation(c) == "case" && c < top);
    // "At least 500 soldiers have died"
    let Some(case) = case.filter(|&case| !matches!(view.lemma(case + 1), "least" | "most")) else {
        view.hang(top, verb, relation);
        return;
    };
    if let Some(when) = (case + 1..top).rev().find(|&t| ends_setting(view, names, lexicon, t)) {
        if !view.is_below(when, top) {
            return;
        }
        let before: Vec<usize> = view
            .children(top)
            .iter()
            .copied()
            .filter(|&c| c < when && view.relation(c) != "punct")
            .collect();
        view.hang(top, verb, relation);
        view.hang(when, verb, "obl");
        for child in before {
            let relation = view.deprel(child);
            view.hang(child, when, relation);
        }
        return;
    }
    // "At the stroke of midnight Portugal handed it over"
    if last > top
        && matches!(view.upos(last), Upos::Noun | Upos::Propn)
        && view.children(last).iter().all(|&c| c < last)
        && let Some(when) = (top..last).rev().find(|&t| ends_setting(view, names, lexicon, t))
        && (when + 1..last).all(|t| view.is_below(t, last))
    {
        view.hang(last, verb, relation);
    }
}

/// Whether a word ends a phrase that tells when or where: a day, a place's name, "evening", "south".
fn ends_setting(view: &View<'_>, names: &Names<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let adjective = || {
        names
            .at(token)
            .is_some_and(|hit| hit.readings.iter().all(|name| name.kind == NameKind::Adjective))
    };
    let name = view.upos(token) == Upos::Propn
        && !matches!(view.upos(token + 1), Upos::Propn | Upos::Part)
        && !adjective();
    let lemma = view.lemma(token);
    name || lexicon.when.has(lemma)
        || matches!(lemma, "north" | "south" | "east" | "west" | "centre" | "capital")
}

/// "To seek help after ships blocked a port": a subject that stands behind its verb, in the clause of a later one that has none.
fn return_subjects(view: &mut View<'_>) {
    for token in 0..view.len() {
        if view.deprel(token) != "nsubj" {
            continue;
        }
        let Some(verb) = view.head(token).filter(|&verb| verb < token) else { continue };
        if !matches!(view.xpos(verb), "VB" | "VBG" | "VBN") {
            continue;
        }
        let later = (token + 1..view.len()).find(|&v| {
            view.upos(v) == Upos::Verb
                && view.child(v, "nsubj").is_none()
                && matches!(view.xpos(v), "VBD" | "VBZ" | "VBP" | "VBN")
                && view
                    .children(v)
                    .iter()
                    .any(|&m| view.relation(m) == "mark" && verb < m && m < token)
        });
        if let Some(later) = later {
            view.hang(token, later, "nsubj");
        }
    }
}

/// "Resigned after a bomb killed nine": a noun behind "after", right before a finite verb that has no subject, is that.
fn open_clauses(view: &mut View<'_>) {
    for verb in 2..view.len() {
        let own = |t: usize| {
            view.head(t) == Some(verb) && matches!(view.relation(t), "aux" | "advmod" | "cop")
        };
        let finite = matches!(view.xpos(verb), "VBD" | "VBZ" | "VBP")
            || view.child(verb, "aux").is_some_and(|aux| view.xpos(aux) != "VBG")
            || (view.xpos(verb) == "VBN" && view.child(verb, "obj").is_some_and(|o| o > verb));
        let free = ["nsubj", "csubj", "mark", "expl", "cc"]
            .iter()
            .all(|relation| view.child(verb, relation).is_none());
        if view.upos(verb) != Upos::Verb
            || !finite
            || !free
            || !matches!(view.relation(verb), "advcl" | "acl" | "conj" | "parataxis" | "ccomp")
            || view.deprel(verb) == "acl:relcl"
        {
            continue;
        }
        let Some(last) = (0..verb).rev().find(|&t| !own(t)) else { continue };
        let opener = (0..last).rev().find(|&t| {
            matches!(view.lemma(t), "after" | "before" | "since" | "until" | "once" | "as")
                && view.relation(t) == "case"
        });
        let Some(opener) = opener else { continue };
        let Some(noun) = view.head(opener).filter(|&noun| opener < noun && noun <= last) else {
            continue;
        };
        let beside = (opener + 1..=last).all(|t| {
            view.is_below(t, noun)
                && !view.is_below(t, verb)
                && (view.upos(t) != Upos::Punct || is_inner_punctuation(view, t))
        });
        let Some(over) = view.head(noun) else { continue };
        let fits = beside
            && matches!(view.relation(noun), "obl" | "nmod")
            && matches!(view.upos(noun), Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
            && over != verb
            && !view.is_below(over, noun)
            && (view.is_below(verb, over) || view.is_below(verb, noun));
        if !fits {
            continue;
        }
        // The clause hangs where the phrase hung.
        let above = if view.upos(over) == Upos::Verb { Some(over) } else { view.clause_of(noun) };
        let Some(above) = above.filter(|&above| above != verb) else { continue };
        view.hang(verb, above, "advcl");
        let passive = view.child(verb, "aux:pass").is_some();
        view.hang(noun, verb, if passive { "nsubj:pass" } else { "nsubj" });
        view.hang(opener, verb, "mark");
    }
}

/// "Lee and Roth discussed trade": what hangs on a noun beyond the noun's own verb is that verb's subject.
fn find_subjects(view: &mut View<'_>) {
    for token in 0..view.len() {
        if !matches!(view.upos(token), Upos::Propn | Upos::Noun | Upos::Pron)
            || !matches!(view.relation(token), "compound" | "amod" | "nmod" | "flat" | "nummod")
        {
            continue;
        }
        let Some(noun) = view.head(token).filter(|&head| head > token) else { continue };
        let mut verb = noun;
        let mut at = view.head(noun);
        for _ in 0..view.len() {
            match at {
                Some(above) if above < noun => {
                    verb = above;
                    break;
                }
                Some(above) => at = view.head(above),
                None => break,
            }
        }
        let fits = token < verb
            && verb < noun
            && view.upos(verb) == Upos::Verb
            && !matches!(view.relation(verb), "amod" | "acl")
            && view.child(verb, "nsubj").is_none()
            && view.preposition(token).is_none();
        if fits {
            let passive = view.child(verb, "aux:pass").is_some();
            view.hang(token, verb, if passive { "nsubj:pass" } else { "nsubj" });
        }
    }
}

/// "Thailand eased restrictions" read as one noun phrase: where a sentence has no verb of its own, the past form before its
/// noun is that verb, what stands before it the subject and the noun the object.
fn find_verb(view: &mut View<'_>) {
    let Some(noun) = (0..view.len()).find(|&t| view.head(t).is_none()) else { return };
    if !matches!(view.upos(noun), Upos::Noun | Upos::Propn) || view.child(noun, "cop").is_some() {
        return;
    }
    let finite = (0..view.len()).any(|t| {
        matches!(view.xpos(t), "VBZ" | "VBP" | "MD")
            || (matches!(view.xpos(t), "VBD" | "VBN")
                && !matches!(view.relation(t), "amod" | "acl"))
            || view.upos(t) == Upos::Aux
    });
    if finite {
        return;
    }
    // "The United Nations called on both sides to stop."
    let follows = view.children(noun).iter().copied().find(|&t| {
        t > noun
            && view.deprel(t) == "acl"
            && matches!(view.xpos(t), "VBD" | "VBN")
            && (["obj", "xcomp", "ccomp", "advcl"].iter().any(|r| view.child(t, r).is_some())
                || (matches!(
                    view.lemma(t),
                    "call" | "appeal" | "agree" | "vote" | "protest" | "decide"
                ) && view.child(t, "obl").is_some()))
    });
    if let Some(verb) = follows {
        view.uproot(verb);
        view.hang(noun, verb, "nsubj");
        return;
    }
    let verb =
        view.children(noun).iter().copied().find(|&t| {
            t < noun && view.relation(t) == "amod" && matches!(view.xpos(t), "VBD" | "VBN")
        });
    let Some(verb) = verb else { return };
    let before: Vec<usize> = view.children(noun).iter().copied().filter(|&t| t < verb).collect();
    let own: Vec<usize> = view.children(verb).iter().copied().filter(|&t| t < verb).collect();
    let subject = before.iter().chain(&own).copied().filter(|&t| {
        matches!(view.upos(t), Upos::Propn | Upos::Noun | Upos::Pron)
            && !matches!(view.relation(t), "case" | "punct")
            && view.preposition(t).is_none()
    });
    let Some(subject) = subject.max() else { return };
    view.uproot(verb);
    view.hang(noun, verb, "obj");
    view.hang(subject, verb, "nsubj");
    for token in before {
        if token != subject && view.upos(token) != Upos::Punct {
            let relation = view.deprel(token);
            view.hang(token, subject, relation);
        }
    }
}

/// "Attorney-General Ann Lee accused them" read as a heading and what stands under it: with nothing between them the verb has the phrase before it
/// for its subject.
fn join_heading(view: &mut View<'_>) {
    let Some(noun) = (0..view.len()).find(|&t| view.head(t).is_none()) else { return };
    if !matches!(view.upos(noun), Upos::Noun | Upos::Propn) {
        return;
    }
    let verb = view.children(noun).iter().copied().find(|&t| {
        t > noun
            && view.relation(t) == "parataxis"
            && matches!(view.xpos(t), "VBD" | "VBZ" | "VBP")
            && view.child(t, "nsubj").is_none()
            && view.child(t, "nsubj:pass").is_none()
    });
    let Some(verb) = verb else { return };
    let beside = (noun + 1..verb).all(|t| {
        view.is_below(t, noun)
            && (view.upos(t) != Upos::Punct || is_inner_punctuation(view, t))
            && (view.upos(t) == Upos::Punct || !view.is_below(t, verb))
    });
    if beside {
        view.uproot(verb);
        view.hang(noun, verb, "nsubj");
    }
}

/// "Mali held 49 soldiers from Ghana": where the verb takes nobody away, people from a state are its own.
fn join_origins(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for hit in &names.hits {
        let Some(&top) = tops(view, &hit.tokens).first() else { continue };
        let Some(people) = hit.tokens.start.checked_sub(2) else { continue };
        let state = hit.readings.iter().any(|name| name.kind == NameKind::Entity);
        let bound = state
            && view.relation(top) == "obl"
            && view.preposition(top) == Some("from")
            && view.lemma(people + 1) == "from"
            && view.relation(people) == "obj"
            && view.head(people) == view.head(top)
            && names.word_at(people).is_some_and(|(_, word)| word.kind == SectorWordKind::People)
            && view.head(people).is_some_and(|verb| !lexicon.fetch.has(view.lemma(verb)));
        if bound {
            view.hang(top, people, "nmod");
        }
    }
}

/// "It also said that …": only verbs of being and seeming have an empty "it".
fn find_speaker(view: &mut View<'_>, lexicon: &Lexicon) {
    for token in 0..view.len() {
        if view.relation(token) != "expl" || view.lemma(token) != "it" {
            continue;
        }
        let Some(verb) = view.head(token).filter(|&verb| verb > token) else { continue };
        let empty = lexicon.impersonal.has(view.lemma(verb));
        let fits = !empty
            && view.upos(verb) == Upos::Verb
            && view.child(verb, "aux:pass").is_none()
            && view.child(verb, "cop").is_none()
            && view.child(verb, "nsubj").is_none()
            && (view.child(verb, "ccomp").is_some() || view.child(verb, "obj").is_some());
        // "It was ready to help": so has what only somebody can be.
        let willing = view.child(verb, "cop").is_some()
            && view.child(verb, "nsubj").is_none()
            && lexicon.willing.has(view.lemma(verb));
        if fits || willing {
            view.hang(token, verb, "nsubj");
        }
    }
}

/// "U.S. deputy UN ambassador said": nominals in a row before one verb are one subject.
fn join_subjects(view: &mut View<'_>) {
    for token in 1..view.len() {
        if view.relation(token) != "nsubj" {
            continue;
        }
        let Some(verb) = view.head(token) else { continue };
        let before = view
            .children(verb)
            .iter()
            .copied()
            .rev()
            .find(|&c| c < token && view.relation(c) == "nsubj");
        let Some(before) = before else { continue };
        let between = before + 1..token;
        // "An official, Ann Lee, said": the name is beside the noun.
        let comma = between.clone().filter(|&t| view.upos(t) == Upos::Punct).count() == 1
            && between.clone().all(|t| view.form(t) == "," || view.is_below(t, before));
        if comma
            && view.upos(before) == Upos::Noun
            && view.upos(token) == Upos::Propn
            && view.form(token - 1) == ","
        {
            view.hang(token, before, "appos");
            continue;
        }
        // "He and the French envoy met"
        let joined = between.clone().find(|&t| !view.is_below(t, before)).filter(|&cc| {
            view.relation(cc) == "cc" && view.lemma(cc) == "and" && view.is_below(cc, token)
        });
        if let Some(cc) = joined
            && between.clone().all(|t| view.upos(t) != Upos::Punct)
            && token < verb
        {
            view.hang(token, before, "conj");
            view.hang(cc, token, "cc");
            continue;
        }
        let bare = between.clone().all(|t| {
            view.is_below(t, before) && matches!(view.relation(t), "flat" | "goeswith")
                || view.is_below(t, token)
                    && matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
        });
        // "Twelve Yemenis died"
        if view.upos(before) == Upos::Num && before + 1 == token && view.is_plural(token) {
            view.hang(before, token, "nummod");
            continue;
        }
        let nominal = |t: usize| matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Adj);
        if bare && nominal(before) && nominal(token) && token < verb {
            view.hang(before, token, "compound");
        }
    }
}

/// "and Eritrea's President Ann Lee": who has "'s" belongs to the noun that follows, and that noun has the place in the list.
fn join_possessors(view: &mut View<'_>) {
    for token in 0..view.len().saturating_sub(2) {
        if return_owner(view, token) {
            continue;
        }
        let marked = view.xpos(token + 1) == "POS" && view.head(token + 1) == Some(token);
        if !marked || view.deprel(token) == "nmod:poss" || view.upos(token) != Upos::Propn {
            continue;
        }
        let start = token + 2;
        let mut end = start;
        while matches!(view.upos(end), Upos::Noun | Upos::Propn | Upos::Adj) && end < view.len() {
            end += 1;
        }
        let Some(&noun) = tops(view, &(start..end)).first() else { continue };
        let beside = view.head(noun) == view.head(token)
            || view.head(noun) == Some(token)
            || view.head(noun) == view.governor(token);
        if !beside || !matches!(view.upos(noun), Upos::Noun | Upos::Propn) {
            continue;
        }
        let relation = view.deprel(token);
        match view.head(token) {
            Some(head) => view.hang(noun, head, relation),
            None => view.uproot(noun),
        }
        view.hang(token, noun, "nmod:poss");
        let outer: Vec<usize> = view
            .children(token)
            .iter()
            .copied()
            .filter(|&c| {
                matches!(view.relation(c), "cc" | "case" | "punct" | "conj" | "mark")
                    && view.xpos(c) != "POS"
            })
            .collect();
        for child in outer {
            let relation = view.deprel(child);
            view.hang(child, noun, relation);
        }
    }
}

/// "Peru's foreign minister backed Quito": an owner that the tree has given something beyond a noun which is not a part of it owns that noun.
fn return_owner(view: &mut View<'_>, owner: usize) -> bool {
    let marked = view.xpos(owner + 1) == "POS" && view.head(owner + 1) == Some(owner);
    if view.deprel(owner) != "nmod:poss" || !(marked || view.xpos(owner) == "PRP$") {
        return false;
    }
    let start = owner + 1 + usize::from(marked);
    let Some(head) = view.head(owner).filter(|&head| head > start) else { return false };
    let stray = (start..head).any(|t| !view.is_below(t, head) && view.upos(t) != Upos::Punct);
    if !stray {
        return false;
    }
    let mut end = start;
    while matches!(view.upos(end), Upos::Noun | Upos::Propn | Upos::Adj) && end < head {
        end += 1;
    }
    let nouns = tops(view, &(start..end));
    let noun = nouns.into_iter().find(|&t| matches!(view.upos(t), Upos::Noun | Upos::Propn));
    if let Some(noun) = noun {
        view.hang(owner, noun, "nmod:poss");
    }
    noun.is_some()
}

/// "Ukraine and pro-Russian separatists", "Peru and Shining Path rebels": a state's name does not say whose the people after "and" are.
fn part_fighters(view: &mut View<'_>, names: &Names<'_>) {
    for hit in &names.hits {
        let and = hit.tokens.end;
        // "U.S. and allied ships": a short name stands before nouns as an adjective does.
        let short = view.form(hit.tokens.start).chars().all(|c| !c.is_lowercase());
        let state = hit.readings.iter().all(|name| name.kind == NameKind::Entity);
        if !state || short || view.lemma(and) != "and" {
            continue;
        }
        let Some(&name) = tops(view, &hit.tokens).first() else { continue };
        let Some(people) = view.head(name).filter(|&people| people > and + 1) else { continue };
        let word = names
            .word_at(people)
            .is_some_and(|(len, word)| len == 1 && word.kind == SectorWordKind::People);
        let said = |t: usize| {
            matches!(view.upos(t), Upos::Adj | Upos::Propn | Upos::Noun)
                || is_inner_punctuation(view, t)
        };
        let fellow = names.at(and + 1);
        // "Israel and Lebanon border guards"
        let alike =
            fellow.is_some_and(|hit| hit.readings.iter().any(|n| n.kind == NameKind::Adjective));
        let fits = word
            && !alike
            && view.is_plural(people)
            && view.relation(name) == "compound"
            && view.preposition(name).is_none()
            && (and + 1..people).all(said)
            && (and + 1..people).all(|t| view.is_below(t, people));
        let other = match fellow {
            Some(fellow) => fellow.tokens.end == people,
            None => view.upos(and + 1) == Upos::Adj || view.lemma(and + 1) == "separatist",
        };
        if !fits || !other {
            continue;
        }
        let (head, relation) = (view.head(people), view.deprel(people));
        let outer: Vec<usize> =
            view.children(people).iter().copied().filter(|&c| c < hit.tokens.start).collect();
        match head {
            Some(head) => view.hang(name, head, relation),
            None => view.uproot(name),
        }
        for child in outer {
            let relation = view.deprel(child);
            view.hang(child, name, relation);
        }
        view.hang(people, name, "conj");
        for token in and..people {
            if view.head(token).is_none_or(|head| head < and || head >= people) || token == and {
                let relation = if token == and { "cc" } else { "amod" };
                view.hang(token, people, relation);
            }
        }
        // The adjective was a fellow of the name.
        let strays: Vec<usize> =
            view.children(name).iter().copied().filter(|&c| and < c && c < people).collect();
        for token in strays {
            view.hang(
                token,
                people,
                if view.upos(token) == Upos::Adj { "amod" } else { "compound" },
            );
        }
    }
}

/// "Lee and Roth supporters", "a television and radio ad": two of a kind before a noun both say whose or what it is, where the tree takes
/// the first for one of a list with it.
fn join_fellows(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    let medium = |view: &View<'_>, token: usize| {
        view.upos(token) == Upos::Noun
            && !view.is_plural(token)
            && names.word_at(token).is_some_and(|(len, word)| {
                len == 1 && word.kind == SectorWordKind::Body && word.sector == Sector::Med
            })
    };
    for and in 1..view.len().saturating_sub(2) {
        if view.upos(and) != Upos::Cconj {
            continue;
        }
        let named = |token: usize| {
            let hit = names.at(token)?;
            let of_people = |name: &Name| matches!(name.kind, NameKind::Person(_));
            let of_bodies = |name: &Name| matches!(name.kind, NameKind::Body(_));
            let kind = (hit.readings.iter().any(of_people), hit.readings.iter().all(of_bodies));
            (kind.0 || kind.1).then(|| (hit.tokens.clone(), kind))
        };
        // A surname that no file has alone may follow one that is known: "Trump and Cruz".
        let unknown = |token: usize| {
            view.upos(token) == Upos::Propn && view.is_capital(token) && names.at(token).is_none()
        };
        let (first, second) = match (named(and - 1), named(and + 1)) {
            (Some((first, a)), Some((second, b))) if a == b => (first, second),
            (Some((first, (true, _))), None) if unknown(and + 1) => (first, and + 1..and + 2),
            (None, Some((second, (true, _)))) if unknown(and - 1) => (and - 1..and, second),
            (None, None) if unknown(and - 1) && unknown(and + 1) => {
                (and - 1..and, and + 1..and + 2)
            }
            _ if medium(view, and - 1) && medium(view, and + 1) => (and - 1..and, and + 1..and + 2),
            _ => continue,
        };
        let noun = second.end;
        let lemma = view.lemma(noun);
        let aired = medium(view, and - 1);
        // What both have of their own and neither is.
        let owned = view.is_plural(noun) && lexicon.retinue.has(lemma);
        if view.upos(noun) != Upos::Noun || view.is_capital(noun) || !(owned || aired) {
            continue;
        }
        let (Some(&x), Some(&y)) = (tops(view, &first).first(), tops(view, &second).first()) else {
            continue;
        };
        // Only where the three are one list, or the second hangs on a noun that is listed with the first.
        let listed = view.relation(noun) == "conj" && view.head(noun) == Some(x);
        if !listed {
            continue;
        }
        let (head, relation) = (view.head(x), view.deprel(x));
        match head {
            Some(head) => view.hang(noun, head, relation),
            None => view.uproot(noun),
        }
        let outer: Vec<usize> = view
            .children(x)
            .iter()
            .copied()
            .filter(|&c| c != noun && c != y && (c < first.start || c > noun))
            .collect();
        for child in outer {
            let relation = view.deprel(child);
            view.hang(child, noun, relation);
        }
        view.hang(x, noun, "compound");
        view.hang(y, x, "conj");
        view.hang(and, y, "cc");
        view.renew();
    }
}

/// "The United States, France and Nigeria": a state beside another with a third after it is one of a list.
fn join_states(view: &mut View<'_>, names: &Names<'_>) {
    let state = |view: &View<'_>, token: usize| {
        names.at(token).and_then(|hit| match hit.readings {
            [only] if only.kind == NameKind::Entity && top_of(view, &hit.tokens) == token => {
                Some(only.entity)
            }
            _ => None,
        })
    };
    for token in 1..view.len() {
        if view.relation(token) != "appos" || view.form(token - 1) != "," {
            continue;
        }
        let Some(head) = view.head(token).filter(|&head| head < token) else { continue };
        let (Some(own), Some(first)) = (state(view, token), state(view, head)) else { continue };
        let goes_on = [head, token].iter().any(|&at| {
            view.children(at).iter().any(|&c| {
                c > token
                    && view.relation(c) == "conj"
                    && view.child(c, "cc").is_some()
                    && names.at(c).is_some()
            })
        });
        if own != first && goes_on {
            view.hang(token, head, "conj");
        }
    }
}

/// "The leaders of India, Japan and Peru": states in a list with one that a title has as its complement are its complements too.
fn join_lists(view: &mut View<'_>, names: &Names<'_>) {
    for hit in &names.hits {
        let token = hit.tokens.end - 1;
        let top = tops(view, &hit.tokens).first().copied().unwrap_or(token);
        let is_state = |token: usize| {
            names.at(token).is_some_and(|hit| {
                hit.readings
                    .iter()
                    .any(|name| matches!(name.kind, NameKind::Entity | NameKind::Capital))
            })
        };
        // "Poland, Lithuania shut border": of two states right before the verb the second is no other name of the first.
        if view.relation(top) == "appos"
            && let Some(first) = view.head(top)
            && is_state(top)
            && is_state(first)
            && view.relation(first) == "nsubj"
            && hit.tokens.start == first + 2
            && view.form(first + 1) == ","
            && view.head(first) == Some(hit.tokens.end)
        {
            view.hang(top, first, "conj");
            continue;
        }
        // "The presidents of Kenya, Uganda and Rwanda": the second is no name of theirs.
        let listed = view.relation(top) == "conj"
            || (view.relation(top) == "appos"
                && view
                    .children(top)
                    .iter()
                    .any(|&c| view.relation(c) == "conj" && view.child(c, "cc").is_some()));
        if !listed {
            continue;
        }
        let Some(head) = view.head(top) else { continue };
        if !is_state(top) || is_state(head) || view.upos(head) != Upos::Noun {
            continue;
        }
        let first = view.children(head).iter().copied().find(|&c| {
            c > head
                && c < top
                && view.relation(c) == "nmod"
                && is_state(c)
                && view.preposition(c).is_some()
        });
        if let Some(first) = first {
            view.hang(top, first, "conj");
        }
    }
}

/// "The chairman of the Union Commission Ann Lee": a full name belongs to a person's title, not to a body's name.
fn free_person(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon, tokens: &Range<usize>) {
    let Some(&top) = tops(view, tokens).first() else { return };
    if !matches!(view.relation(top), "flat" | "compound" | "nmod")
        || view.preposition(top).is_some()
    {
        return;
    }
    let mut above = view.head(top);
    for _ in 0..6 {
        let Some(at) = above.filter(|&at| at < tokens.start) else { return };
        let person = lexicon.person.has(view.lemma(at))
            || names.word_at(at).is_some_and(|(_, word)| word.kind != SectorWordKind::Body);
        if person {
            view.hang(top, at, "appos");
            return;
        }
        above = view.head(at);
    }
}

/// "Sami Trabelsi" read as one name beside another: with nothing between them they are one.
fn join_flat(view: &mut View<'_>) {
    for token in 1..view.len() {
        let before = token - 1;
        if view.relation(token) == "appos"
            && view.head(token) == Some(before)
            && view.upos(token) == Upos::Propn
            && view.upos(before) == Upos::Propn
            && view.children(token).is_empty()
        {
            view.hang(token, before, "flat");
        }
    }
}

/// Tokens of the range whose head lies outside of it.
fn tops(view: &View<'_>, tokens: &Range<usize>) -> Vec<usize> {
    tokens.clone().filter(|&t| view.head(t).is_none_or(|head| !tokens.contains(&head))).collect()
}

/// Makes one phrase of a name that the tree tore apart.
fn join(view: &mut View<'_>, tokens: &Range<usize>) {
    let tops = tops(view, tokens);
    let modifies = |t: &usize| {
        matches!(view.relation(*t), "compound" | "amod" | "flat" | "punct" | "case" | "det")
    };
    // "Ministry of Defence" hangs by its first word, "Shah Mahmood Qureshi" by the one with a place in the clause.
    let Some(&top) = tops.iter().find(|t| !modifies(t)).or(tops.first()) else { return };
    // What would hang on its own dependent stays as it is.
    for &other in tops.iter().filter(|&&t| t != top) {
        if !view.is_below(top, other) {
            view.hang(other, top, "flat");
        }
    }
    // What stands around the name belongs to all of it.
    for token in tokens.clone().filter(|&t| t != top) {
        let around: Vec<usize> =
            view.children(token).iter().copied().filter(|c| !tokens.contains(c)).collect();
        for child in around {
            let relation = view.deprel(child);
            view.hang(child, top, relation);
        }
    }
}

/// "Ann Lee, a Czech lawmaker, and Jan Roth, a Czech journalist": each apposition belongs to the name right before it.
fn move_appositions(view: &mut View<'_>) {
    for token in 0..view.len() {
        if view.relation(token) != "appos" {
            continue;
        }
        let Some(head) = view.head(token) else { continue };
        let first = view.edges(token).0;
        // The tree gives the comma to either side.
        let comma = [Some(first), first.checked_sub(1)];
        let Some(comma) = comma.into_iter().flatten().find(|&t| view.form(t) == ",") else {
            continue;
        };
        let nearer = view.children(head).iter().copied().find(|&member| {
            view.relation(member) == "conj"
                && member < comma
                && (view.upos(member) == Upos::Propn
                    // "Riyadh and its ally, the United States,"
                    || (view.upos(token) == Upos::Propn
                        && view.child(member, "nmod:poss").is_some()))
                && view.edges(member).1 + 1 >= comma
        });
        if let Some(nearer) = nearer {
            view.hang(token, nearer, "appos");
        }
    }
}

/// "Ann Lee, Canada's trade minister, and Jan Roth", "Ann Lee and her deputy, Jan Roth,": a title between commas is beside the name before
/// it, and what follows the last of a list beside that.
fn part_lists(view: &mut View<'_>, names: &Names<'_>) {
    for token in 0..view.len() {
        if view.relation(token) != "conj" || view.child(token, "cc").is_some() {
            continue;
        }
        let Some(head) = view.head(token).filter(|&head| head < token) else { continue };
        let (first, last) = view.edges(token);
        let comma = if view.form(first) == "," { Some(first) } else { first.checked_sub(1) };
        let closed = view.form(last) == "," || view.form(last + 1) == ",";
        if !closed || comma.is_none_or(|comma| view.form(comma) != ",") {
            continue;
        }
        let title = |t: usize| {
            view.upos(t) == Upos::Noun
                && !view.is_plural(t)
                && (0..=t).rev().take(4).any(|at| {
                    names.word_at(at).is_some_and(|(len, word)| {
                        at + len == t + 1 && word.kind != SectorWordKind::Body
                    })
                })
        };
        let person = |t: usize| {
            view.upos(t) == Upos::Propn
                && names.at(t).is_none_or(|hit| {
                    hit.readings.iter().all(|name| matches!(name.kind, NameKind::Person(_)))
                })
        };
        let owned = |t: usize| view.child(t, "nmod:poss").is_some();
        let nearest =
            view.conjuncts(head).into_iter().filter(|&member| member < token).max().unwrap_or(head);
        let beside = (title(token) && owned(token) && person(nearest) && nearest == head)
            || (person(token)
                && title(nearest)
                && owned(nearest)
                && view.child(nearest, "cc").is_some());
        if beside {
            view.hang(token, nearest, "appos");
        }
    }
}

/// "Obama and House leaders", "Merkel and Bundestag members": a person and officials, where the tree hangs both names on the noun.
fn part_person(view: &mut View<'_>, names: &Names<'_>) {
    for token in 0..view.len() {
        if view.relation(token) != "compound" || view.upos(token) != Upos::Propn {
            continue;
        }
        let Some(head) = view.head(token).filter(|&head| head > token) else { continue };
        let person = names.at(token).is_some_and(|hit| {
            hit.readings.iter().all(|name| matches!(name.kind, NameKind::Person(_)))
        });
        let other = view.conjuncts(token).into_iter().find(|&c| c > token);
        let Some(other) = other.filter(|_| view.conjuncts(token).len() == 2) else { continue };
        // "Trump and Clinton supporters" are of both.
        let titled = names.word_at(other).is_some_and(|(len, _)| other + len > head);
        let named = names.at(other).is_some_and(|hit| {
            hit.readings.iter().any(|name| !matches!(name.kind, NameKind::Person(_)))
        });
        let body = view.edges(other).1 + 1 == head && (titled || named);
        let and = view.child(other, "cc").filter(|&cc| view.lemma(cc) == "and");
        let before = view.children(head).iter().copied().filter(|&c| c < token);
        let (cases, others): (Vec<usize>, Vec<usize>) =
            before.partition(|&c| matches!(view.relation(c), "case" | "mark"));
        let first =
            others.is_empty() && !view.children(head).iter().any(|&c| c > other && c < head);
        let official = view.upos(head) == Upos::Noun && view.is_plural(head);
        let (Some(and), true) = (and, person && body && first && official) else { continue };
        let Some(above) = view.head(head) else { continue };
        view.hang(token, above, view.deprel(head));
        view.hang(head, token, "conj");
        view.hang(other, head, "compound");
        view.hang(and, head, "cc");
        for case in cases {
            view.hang(case, token, view.deprel(case));
        }
    }
}

/// "The governor of Borno state, Bukar Mallam,": the name beside a place is its governor's.
fn name_officials(view: &mut View<'_>, names: &Names<'_>, lexicon: &Lexicon) {
    for token in 0..view.len() {
        if view.relation(token) != "appos" || view.upos(token) != Upos::Propn {
            continue;
        }
        let Some(place) = view.head(token).filter(|&place| place < token) else { continue };
        let Some(official) = view.head(place).filter(|&official| official < place) else {
            continue;
        };
        let title = names
            .word_at(official)
            .is_some_and(|(len, word)| len == 1 && word.kind == SectorWordKind::Office);
        let of_place = view.relation(place) == "nmod"
            && (lexicon.locality.has(view.lemma(place)) || view.upos(place) == Upos::Propn);
        // "the governor of Anbar, Iraq" goes on with a place.
        let named = names.at(token).is_none_or(|hit| {
            hit.readings.iter().all(|name| matches!(name.kind, NameKind::Person(_)))
        });
        let two = view
            .children(place)
            .iter()
            .copied()
            .any(|next| next == token + 1 && matches!(view.relation(next), "appos" | "flat"))
            || view.relation(token + 1) == "flat";
        if title && of_place && named && two {
            view.hang(token, official, "appos");
            if view.head(token + 1) == Some(place) {
                view.hang(token + 1, token, "flat");
            }
        }
    }
}

/// "U.S. and Chinese officials": an adjective right before a noun belongs to it, and so does the list it ends.
fn join_adjective(view: &mut View<'_>, names: &Names<'_>, tokens: &Range<usize>) {
    let noun = tokens.end;
    let last = noun - 1;
    let fits = view.upos(noun) == Upos::Noun
        && names.at(noun).is_none()
        && view.upos(last) != Upos::Noun
        && !view.is_below(last, noun);
    if !fits {
        return;
    }
    let first = view.first_conjunct(last);
    let list = first != last && names.at(first).is_some() && first < last;
    // Only where the two hang beside each other or one on the other; else the tree has another reason.
    let beside = view.head(first) == view.head(noun) || view.is_below(noun, first);
    if !beside {
        return;
    }
    if view.is_below(noun, first) {
        let (head, relation) = (view.head(first), view.deprel(first));
        match head {
            Some(head) => view.hang(noun, head, relation),
            None => view.uproot(noun),
        }
    }
    view.hang(first, noun, if list { "compound" } else { "amod" });
}

/// "Presidents Ann Lee and Jan Roth": a title of several is none of them, and the first name stands for itself as the others do.
fn head_names(view: &mut View<'_>, title: usize, name: usize) -> bool {
    let is_fellow = |view: &View<'_>, t: usize| {
        view.relation(t) == "conj" && t > name && view.upos(t) == Upos::Propn
    };
    let fellows: Vec<usize> =
        view.children(title).iter().copied().filter(|&t| is_fellow(view, t)).collect();
    let listed = !fellows.is_empty() || view.children(name).iter().any(|&t| is_fellow(view, t));
    if !view.is_plural(title) || name != title + 1 || !listed || view.is_below(title, name) {
        return false;
    }
    let relation = view.deprel(title);
    match view.head(title) {
        Some(head) => view.hang(name, head, relation),
        None => view.uproot(name),
    }
    for fellow in fellows {
        view.hang(fellow, name, "conj");
    }
    view.hang(title, name, "compound");
    true
}

/// "Secretary of State Ann Lee": a title belongs to the name that follows without a comma.
fn join_title(view: &mut View<'_>, names: &Names<'_>, title: &Range<usize>) {
    let of = title.clone().find(|&t| view.upos(t) == Upos::Adp);
    // "The Secretary of State, Ann Lee,": the apposition is the secretary's.
    if let Some(of) = of
        && view.form(title.end) == ","
        && let Some(name) = view.child(title.end - 1, "appos")
    {
        view.hang(name, of.saturating_sub(1).max(title.start), "appos");
        return;
    }
    let start = title.end;
    if start >= view.len() || view.upos(start) != Upos::Propn && names.at(start).is_none() {
        return;
    }
    let end = match names.at(start) {
        Some(hit) if hit.readings.iter().any(|n| matches!(n.kind, NameKind::Person(_))) => {
            hit.tokens.end
        }
        Some(_) => return,
        None => {
            let mut end = start;
            while view.upos(end) == Upos::Propn && end < view.len() && names.word_at(end).is_none()
            {
                end += 1;
            }
            end
        }
    };
    let name = start..end;
    if name.is_empty() {
        return;
    }
    join(view, &name);
    let Some(&name_top) = tops(view, &name).first() else { return };
    // In a title like "Secretary of State" the first word is the head; in "foreign minister" the last.
    let mut head = of.map_or(title.end - 1, |of| of.saturating_sub(1).max(title.start));
    let title_tops = tops(view, title);
    if let (None, [top]) = (of, title_tops.as_slice()) {
        // "Secretary-General" may hang by its first word.
        head = *top;
    } else if of.is_none() {
        let modifies = |t: &&usize| matches!(view.relation(**t), "compound" | "amod" | "flat");
        head = *title_tops.iter().find(|t| !modifies(t)).unwrap_or(&head);
        for &other in title_tops.iter().filter(|&&t| t != head) {
            view.hang(other, head, "compound");
        }
    }
    if of.is_none() && head_names(view, head, name_top) {
        return;
    }
    if view.relation(name_top) == "appos" && view.head(name_top) == Some(head) {
        return;
    }
    let desc = view.deprel(head) == "nmod:desc"
        || matches!(view.relation(head), "compound" | "flat" | "amod");
    if desc && view.head(head).is_some_and(|h| name.contains(&h)) {
        return;
    }
    // The complement of the title, if the tree gave it to the name.
    if let Some(of) = of {
        let complement = title.end - 1;
        if complement > of {
            view.hang(complement, head, "nmod");
            view.hang(of, complement, "case");
        }
    }
    if view.is_below(head, name_top) {
        // The name is above: the title describes it.
        view.hang(head, name_top, "nmod:desc");
    } else {
        view.hang(name_top, head, "appos");
    }
}

//! Whom the story raises to an office, and whom it fells.
//!
//! In go the clauses of a sentence whose parties are known, out come the persons who won, were sworn in or were handed power, and those who
//! lost, resigned, fled, were arrested or died. "The new president" is one of the former and "the fallen leader" one of the latter, whoever
//! holds the office by the files on the day of the change.

use detente_core::{Actor, Sector};
use detente_knowledge::SectorWordKind;

use crate::discourse::Referent;
use crate::names::Names;
use crate::reader::Reader;
use crate::resolution::{Category, Mention};
use crate::view::{Position, View};

/// A turn of somebody's fortune that the text tells.
#[derive(Debug, Clone)]
pub(crate) struct Fortune {
    /// Whose, by name and code.
    actor: Actor,
    sentence: usize,
    /// Whether they rose.
    rose: bool,
    /// The office that the clause names, lower case.
    office: Option<String>,
}

impl Reader<'_> {
    /// Notes whom the sentence raises and whom it fells.
    pub(crate) fn note_fortunes(&mut self, view: &View<'_>, names: &Names<'_>) {
        let mut turns: Vec<(usize, bool, Option<String>)> = Vec::new();
        for verb in 0..view.len() {
            if !is_told(view, verb) {
                continue;
            }
            self.turns_at(view, names, verb, &mut turns);
        }
        for mention in self.mentions.get(self.first..).unwrap_or_default() {
            if let Some(rose) = self.turned(view, mention) {
                turns.push((mention.head, rose, None));
            }
        }
        for (token, rose, office) in turns {
            let Some(actor) = self.named_person(token) else { continue };
            self.fortunes.retain(|known| !is_same(&known.actor, &actor));
            self.fortunes.push(Fortune { actor, sentence: view.index, rose, office });
        }
    }

    /// The one person whom the text has raised to this office, of the state with the code if one is given.
    pub(crate) fn risen(
        &self,
        view: &View<'_>,
        token: usize,
        office: &str,
        code: Option<&str>,
    ) -> Option<Actor> {
        let fits = |told: &str| {
            self.lexicon.is_called(told, office)
                || self.lexicon.is_called(office, told)
                || self.lexicon.is_loose(told)
        };
        self.turned_person(view, token, code, |turn| {
            turn.rose && turn.office.as_deref().is_none_or(fits)
        })
    }

    /// The one person whom the text has felled, of the state with the code if one is given.
    pub(crate) fn fallen(
        &self,
        view: &View<'_>,
        token: usize,
        code: Option<&str>,
    ) -> Option<Actor> {
        self.turned_person(view, token, code, |turn| !turn.rose)
    }

    /// Whether the last that the text has told of the person is a fall.
    pub(crate) fn has_fallen(&self, actor: &Actor) -> bool {
        self.has_turned(actor, false)
    }

    /// The same of a rise.
    pub(crate) fn has_risen(&self, actor: &Actor) -> bool {
        self.has_turned(actor, true)
    }

    fn has_turned(&self, actor: &Actor, rose: bool) -> bool {
        let begin = self.discourse.begins();
        self.fortunes
            .iter()
            .any(|turn| turn.rose == rose && turn.sentence >= begin && is_same(&turn.actor, actor))
    }

    fn turned_person(
        &self,
        view: &View<'_>,
        token: usize,
        code: Option<&str>,
        keep: impl Fn(&Fortune) -> bool,
    ) -> Option<Actor> {
        let begin = self.discourse.begins();
        let apart = self.persons_apart(view, token);
        let mut found = self.fortunes.iter().filter(|turn| {
            turn.sentence >= begin
                && keep(turn)
                && (code.is_none() || turn.actor.code.as_deref() == code)
                && !apart.iter().any(|other| is_same(other, &turn.actor))
        });
        let only = found.next()?;
        found.next().is_none().then(|| only.actor.clone())
    }

    /// The person with a name whom the mention at the token stands for.
    fn named_person(&self, token: usize) -> Option<Actor> {
        let index = self.mention_here(token)?;
        let mention = self.mentions.get(index)?;
        if mention.category != Category::Person {
            return None;
        }
        let referent: &Referent = self.discourse.referent((*self.referents.get(index)?)?)?;
        match referent.actors.as_slice() {
            [one] if one.name.is_some() => Some(one.clone()),
            _ => None,
        }
    }

    /// What the words of a name's own phrase tell: "the outgoing president, Ann Lee", "his successor, Jan Roth".
    fn turned(&self, view: &View<'_>, mention: &Mention) -> Option<bool> {
        mention.actors.iter().find(|actor| actor.name.is_some())?;
        let mut fell = false;
        for token in mention.tokens.clone() {
            let lemma = view.lemma(token);
            match lemma {
                "successor" | "president-elect" | "incoming" => return Some(true),
                "predecessor" => return Some(false),
                _ => {}
            }
            fell |= view.relation(token) == "amod"
                && self.is_falling(view, token)
                && !self.lexicon.past.has(lemma);
        }
        fell.then_some(false)
    }

    /// Whether the word before a ruler says that this one is out or on the way out: "ousted", "outgoing", "fallen", which may come as a verb.
    pub(crate) fn is_falling(&self, view: &View<'_>, token: usize) -> bool {
        let form = view.form(token).to_lowercase();
        let told = |word: &str| self.lexicon.former.has(word) || self.lexicon.falling.has(word);
        told(view.lemma(token)) || told(&form)
    }

    /// Whom the clause of the verb raises and fells, as tokens.
    fn turns_at(
        &self,
        view: &View<'_>,
        names: &Names<'_>,
        verb: usize,
        turns: &mut Vec<(usize, bool, Option<String>)>,
    ) {
        let children = view.children(verb);
        // "Was sworn in": a particle that may come as an adverb.
        let particle = children.iter().copied().find(|&c| {
            view.deprel(c) == "compound:prt"
                || (view.relation(c) == "advmod"
                    && matches!(view.lemma(c), "in" | "down" | "over" | "out" | "aside"))
        });
        let mut words = vec![view.lemma(verb)];
        words.extend(particle.map(|particle| view.lemma(particle)));
        let is = |group: &crate::lexicon::Phrases| group.at(&words) == Some(words.len());
        let passive = children.iter().any(|&c| view.deprel(c) == "aux:pass");
        let subject = view.subject_of(verb);
        let object = view.child(verb, "obj");
        let agent = children.iter().copied().find(|&c| {
            passive && matches!(view.position(c), Position::Agent | Position::Oblique("by"))
        });
        let (doer, done) = if passive { (agent, subject) } else { (subject, object) };
        let office = || office_told(view, names, verb);
        let to = || {
            let children = children.iter().copied();
            children
                .clone()
                .find(|&c| view.relation(c) == "obl" && view.preposition(c) == Some("to"))
        };
        let contest = |token: usize| self.lexicon.contest.has(view.lemma(token));
        if is(&self.lexicon.beats) {
            turns.extend(done.map(|token| (token, false, None)));
            // "The army toppled Ann Lee": no person rises by it.
            let person = done.and_then(|token| self.named_person(token)).is_some();
            turns.extend(doer.filter(|_| person).map(|token| (token, true, office())));
        } else if is(&self.lexicon.fells) {
            turns.extend(done.map(|token| (token, false, None)));
        } else if is(&self.lexicon.falls) && !passive {
            turns.extend(subject.map(|token| (token, false, None)));
        } else if !passive
            && ((is(&self.lexicon.gives_up) && object.is_some_and(contest))
                || (view.lemma(verb) == "lose" && object.is_none()))
        {
            turns.extend(subject.map(|token| (token, false, None)));
            // "Lost the election to Ann Lee".
            turns.extend(to().map(|token| (token, true, None)));
        } else if view.lemma(verb) == "congratulate" && !passive {
            // Who has lost congratulates who has won.
            let lost = subject.and_then(|token| self.named_person(token));
            let won = object.filter(|_| lost.is_some_and(|lost| self.has_fallen(&lost)));
            turns.extend(won.map(|token| (token, true, None)));
        } else if !passive
            && ((is(&self.lexicon.wins) && object.is_none_or(contest))
                || (is(&self.lexicon.takes) && object.is_some_and(contest)))
        {
            turns.extend(subject.map(|token| (token, true, office())));
        } else if is(&self.lexicon.installs) {
            turns.extend(done.map(|token| (token, true, office())));
        } else if is(&self.lexicon.names)
            && let Some(office) = office()
        {
            turns.extend(done.map(|token| (token, true, Some(office))));
        } else if is(&self.lexicon.becomes)
            && !passive
            && let Some(office) = office()
        {
            turns.extend(subject.map(|token| (token, true, Some(office))));
        } else if is(&self.lexicon.hands) && !passive {
            let over = particle.is_some() && object.is_none();
            if let Some(to) = to().filter(|_| over || object.is_some_and(contest)) {
                turns.push((to, true, None));
                turns.extend(subject.map(|token| (token, false, None)));
            }
        }
    }
}

/// The office that the clause gives: "was sworn in as president", "named himself prime minister", "won the presidency".
fn office_told(view: &View<'_>, names: &Names<'_>, verb: usize) -> Option<String> {
    let office = |token: usize| {
        let (_, word) = names.word_at(token)?;
        let leads = word.kind == SectorWordKind::Office && word.sector == Sector::Gov;
        leads.then(|| word.lemmas.join(" "))
    };
    let children = view.children(verb).iter().copied();
    let given = children
        .clone()
        .filter(|&c| matches!(view.relation(c), "xcomp" | "obj" | "obl" | "iobj" | "dep" | "nmod"));
    let own = given.clone().find_map(office);
    own.or_else(|| {
        given.flat_map(|c| view.children(c).iter().copied()).find_map(|c| {
            (view.relation(c) == "nmod" && view.preposition(c) == Some("as"))
                .then(|| office(c))
                .flatten()
        })
    })
}

/// Whether the verb tells what has come about, and not what somebody wants, denies or makes depend on something.
fn is_told(view: &View<'_>, verb: usize) -> bool {
    let open = |&c: &usize| match view.relation(c) {
        "advmod" | "neg" | "det" => matches!(view.lemma(c), "not" | "never" | "n't" | "n’t"),
        "aux" => {
            matches!(view.lemma(c), "would" | "could" | "may" | "might" | "should" | "must" | "ca")
        }
        "mark" => matches!(view.lemma(c), "if" | "unless" | "whether" | "to" | "until" | "before"),
        _ => false,
    };
    view.upos(verb) == detente_parse::Upos::Verb && !view.children(verb).iter().any(open)
}

/// Whether both are one person.
fn is_same(one: &Actor, other: &Actor) -> bool {
    one.name.is_some() && one.name == other.name && one.code == other.code
}

//! Whom a noun for one person of a party means: "the GOP nominee", "the Democratic senator", "her Republican rival", "the Labour leader".
//!
//! In goes a draft whose words name a party, or call somebody who runs for an office, out comes the person whom the text has named before, who by
//! the files is of that party at the date and fits the noun. In "Clinton attacked Trump. The Republican nominee laughed", at a date between
//! his nomination and the vote, that is Donald Trump. Where several fit it stays open.

use detente_core::{Actor, Sector};
use detente_knowledge::{Candidacy, NameKind, Person, SectorWord};

use crate::draft::{Draft, Need};
use crate::epithets::is_person;
use crate::names::Names;
use crate::pronouns::with_via;
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::view::View;

/// Sentences that such a noun looks back over, the near ones first: a text names whom it is about once and says "the nominee" from there on.
const REACHES: [usize; 3] = [2, 15, 80];

/// What the noun asks of its bearer beside the party.
enum Asked<'k> {
    /// That they run for an office: "nominee", "rival".
    Run(Stage),
    /// That they hold an office of this word: "senator".
    Office(&'k SectorWord),
    /// Nothing: "the Democrat".
    Nothing,
}

/// How far a candidate has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// In the race.
    Runs,
    /// Ahead of the others of the party: "front-runner".
    Leads,
    /// Chosen by the party: "nominee".
    Nominated,
}

impl<'k> Reader<'k> {
    /// The draft with the one person of the party that its words name; `None` where they name none, or several fit.
    pub(crate) fn of_party(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        draft: &Draft,
    ) -> Option<Draft> {
        let head = draft.head;
        if !is_nameless(draft) || !self.is_the_one(view, head) {
            return None;
        }
        let member = self.lexicon.member.has(view.lemma(head));
        let word =
            (draft.tokens.start..head).rev().find(|&token| self.is_party(view, names, token));
        let word = word.or_else(|| member.then_some(head));
        let asked = self.asked(view, names, head, member)?;
        if says_more(view, head, matches!(asked, Asked::Run(_))) {
            return None;
        }
        if word.is_none() && !matches!(asked, Asked::Run(Stage::Leads | Stage::Nominated)) {
            return None;
        }
        let office = self.office_run_for(view, draft);
        let person = self.one_of_party(view, draft, |person| {
            word.is_none_or(|word| self.belongs(view, names, word, person))
                && self.fills(person, &asked, office, view.lemma(head))
        })?;
        let category = Category::Person;
        let actors = with_via(&[person], "title");
        Some(Draft { actors, category, need: Need::Nothing, ..draft.clone() })
    }

    /// Whether the noun means one person who is taken to be known: "another Democrat" does not.
    fn is_the_one(&self, view: &View<'_>, head: usize) -> bool {
        let definite = view.children(head).iter().any(|&c| {
            c < head
                && (view.deprel(c) == "nmod:poss"
                    || matches!(view.lemma(c), "the" | "this" | "that"))
        });
        let several =
            view.children(head).iter().any(|&c| self.lexicon.of_several.has(view.lemma(c)));
        definite && !several && view.relation(head) != "appos"
    }

    fn asked(
        &self,
        view: &View<'_>,
        names: &Names<'k>,
        head: usize,
        member: bool,
    ) -> Option<Asked<'k>> {
        let noun = view.lemma(head);
        if member {
            return Some(Asked::Nothing);
        }
        if self.lexicon.nominee.has(noun) {
            return Some(Asked::Run(Stage::Nominated));
        }
        if self.lexicon.front_runner.has(noun) {
            return Some(Asked::Run(Stage::Leads));
        }
        if self.lexicon.contender.has(noun) || self.lexicon.partisan.has(noun) {
            return Some(Asked::Run(Stage::Runs));
        }
        names.word_at(head).map(|(_, word)| Asked::Office(word))
    }

    /// The office that the words say is run for: `Some(false)` for the second place on a ticket, `Some(true)` for the first; `None` where it is
    /// neither, as in "the Senate candidate".
    fn office_run_for(&self, view: &View<'_>, draft: &Draft) -> Option<bool> {
        let mut words = (draft.tokens.start..draft.head).map(|token| view.lemma(token));
        if words.clone().any(|word| self.lexicon.lower_race.has(word)) {
            return None;
        }
        Some(!words.any(|word| word.starts_with("vice")))
    }

    /// Whether the word is the name of a party or says of which party somebody is: "GOP", "Democratic".
    fn is_party(&self, view: &View<'_>, names: &Names<'k>, token: usize) -> bool {
        let hit = names.at(token).is_some_and(|hit| {
            hit.readings.iter().any(|name| {
                matches!(name.kind, NameKind::Body(_))
                    && matches!(name.sector, Some(Sector::Pty | Sector::Opp))
            })
        });
        hit || (view.is_capital(token) && self.lexicon.party_word.has(view.lemma(token)))
    }

    /// Whether the person is of the party that the word names on the date of the text.
    fn belongs(&self, view: &View<'_>, names: &Names<'k>, word: usize, person: &Person) -> bool {
        let Some(party) = person.party_on(self.date) else { return false };
        let named = names
            .at(word)
            .is_some_and(|hit| hit.readings.iter().any(|name| name.kind == NameKind::Body(party)));
        // "Democratic": the party's own first word.
        let first = self.actors.bodies.get(party).and_then(|body| body.name.split(' ').next());
        named || first == Some(view.form(word))
    }

    /// Whether the person is on the date of the text what the noun asks for.
    fn fills(&self, person: &Person, asked: &Asked<'_>, first: Option<bool>, noun: &str) -> bool {
        let Some(date) = self.date else { return false };
        let fits = |run: &Candidacy, stage: Stage| {
            let second = run.office.starts_with("Vice");
            first == Some(!second)
                && match stage {
                    Stage::Runs => run.runs_on(date),
                    Stage::Leads => run.leads_on(date),
                    Stage::Nominated => run.nominated_on(date),
                }
        };
        match asked {
            Asked::Nothing => true,
            Asked::Run(stage) => person.candidacies.iter().any(|run| fits(run, *stage)),
            Asked::Office(word) => person.roles.iter().any(|role| {
                let title = role.title.to_lowercase();
                let named = self.is_titled(&title, noun);
                let leads = noun == "leader" && (role.foremost || named);
                let sits = self.lexicon.legislator.has(noun) || named;
                role.holds_on(date) && (leads || (role.sector == word.sector && sits))
            }),
        }
    }

    /// Whether a title has the noun: "minister" of "prime minister", and not "president" of "vice president".
    fn is_titled(&self, title: &str, noun: &str) -> bool {
        let words: Vec<&str> = title.split(' ').collect();
        let at = words.iter().position(|word| *word == noun);
        at.is_some_and(|at| !words[..at].iter().any(|word| self.lexicon.second.has(word)))
    }

    /// The one person named in the last sentences who passes; none where two do.
    fn one_of_party(
        &self,
        view: &View<'_>,
        draft: &Draft,
        fits: impl Fn(&Person) -> bool,
    ) -> Option<Actor> {
        let apart = self.persons_apart(view, draft.head);
        for reach in REACHES {
            let people = self.discourse.candidates(view.index, draft.head, reach, |referent, _| {
                let [one] = referent.actors.as_slice() else { return false };
                let known = one.code.as_deref().zip(one.name.as_deref());
                referent.category == Some(Category::Person)
                    && !apart.iter().any(|other| is_person(other, referent))
                    && known
                        .and_then(|(code, name)| self.actors.person(code, name))
                        .is_some_and(&fits)
            });
            let mut people = people
                .iter()
                .filter_map(|found| self.discourse.referent(found.referent)?.actors.first());
            let Some(first) = people.next() else { continue };
            let same = |other: &Actor| other.name == first.name && other.code == first.code;
            return people.all(same).then(|| first.clone());
        }
        None
    }
}

/// Whether the draft is of one person of a party whom its words do not name: the text may have.
pub(crate) fn is_of_party(draft: &Draft) -> bool {
    let partisan = |actor: &Actor| matches!(actor.sector, Some(Sector::Pty | Sector::Opp));
    is_nameless(draft) && draft.actors.iter().any(partisan)
}

fn is_nameless(draft: &Draft) -> bool {
    draft.kind == MentionKind::Nominal
        && draft.category == Category::Person
        && !draft.plural
        && draft.actors.iter().all(|actor| actor.name.is_none())
}

/// Whether what hangs on the noun says of which person it is: "the Republican who", "the senator from Ohio". What stands behind one who runs is as often
/// the verb's: "accused the Republican candidate of doom".
fn says_more(view: &View<'_>, head: usize, runs: bool) -> bool {
    view.children(head).iter().any(|&c| {
        let behind = c > head
            && match view.relation(c) {
                "appos" | "acl" => true,
                "nmod" => match view.preposition(c) {
                    Some("in" | "from") => true,
                    Some("for") => false,
                    _ => !runs,
                },
                _ => false,
            };
        behind || view.relation(c) == "cop"
    })
}

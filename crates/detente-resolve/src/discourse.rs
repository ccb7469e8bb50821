//! What the document has spoken of so far, and how present it is.
//!
//! In go mentions in the order of the text, out come candidates for what refers back to them, each with a weight: after "Blinken
//! met Xi. He", Blinken as the subject weighs more than Xi. The weights follow Lappin and Leass, "An Algorithm for Pronominal
//! Anaphora Resolution" (Computational Linguistics 20, 1994): every mention adds its recency and its grammatical role,
//! and each sentence in between halves the sum. Noun phrases that are no actors take part, so that "it" may turn out to be nobody.

use std::collections::HashMap;

use detente_core::{Actor, Span};
use detente_parse::Upos;

use crate::antecedents::{family, place};
use crate::resolution::Category;
use crate::view::{Position, View};

/// What is known of a referent's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Gender {
    /// Nothing.
    #[default]
    Unknown,
    /// "he".
    Male,
    /// "she".
    Female,
}

/// Someone or something that the document has named.
#[derive(Debug, Clone)]
pub(crate) struct Referent {
    /// Whom it stands for, without the words of any one mention; empty for what is no actor.
    pub(crate) actors: Vec<Actor>,
    /// Its sort; `None` for what is no actor.
    pub(crate) category: Option<Category>,
    /// Several of them.
    pub(crate) plural: bool,
    /// For a person.
    pub(crate) gender: Gender,
    /// Offices it was called by, lower case: "foreign minister".
    pub(crate) offices: Vec<String>,
    /// Head noun of a thing or of no actor, lower case: "statement".
    pub(crate) noun: String,
    /// A party of which nothing is known: nothing but a pronoun's antecedent looks at it.
    pub(crate) silent: bool,
    /// Whether the text opens with it.
    pub(crate) opens: Opening,
    /// How often it was spoken of.
    pub(crate) times: u32,
}

/// Whether a text opens with a referent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Opening {
    /// It comes later.
    #[default]
    Later,
    /// In its first sentence.
    First,
    /// As the subject of its first sentence.
    Subject,
}

/// One mention of a referent.
#[derive(Debug, Clone)]
pub(crate) struct Trace {
    pub(crate) sentence: usize,
    pub(crate) token: usize,
    pub(crate) referent: usize,
    /// Verb or noun that it is an argument of.
    pub(crate) governor: Option<usize>,
    /// Subject, active or passive.
    pub(crate) subject: bool,
    /// Object, or what the act is done "with".
    pub(crate) partner: bool,
    /// What is done to or with it two do together: "met", "talked with".
    pub(crate) mutual: bool,
    /// Bytes of the word that heads it.
    pub(crate) span: Span,
    /// How it hangs in its sentence, as a number of [`crate::antecedents::place`].
    pub(crate) place: usize,
    /// It is a name.
    pub(crate) named: bool,
    /// It names another, which is of this body: "Hezbollah guerrillas".
    pub(crate) implied: bool,
    /// It is a pronoun, of this family of forms.
    pub(crate) pronoun: Option<u8>,
    pub(crate) weight: f32,
}

impl Trace {
    /// What the mention weighs at a later sentence.
    pub(crate) fn weighs(&self, sentence: usize) -> f32 {
        self.weight * DECAY.powi(sentence.saturating_sub(self.sentence) as i32)
    }
}

/// A referent with the weight that it has for one place of the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// Index of the referent.
    pub(crate) referent: usize,
    /// Sum over its mentions in reach.
    pub(crate) weight: f32,
    /// Index of its last mention in reach.
    pub(crate) trace: usize,
}

#[derive(Debug, Clone, Copy)]
struct Standing {
    weight: f32,
    sentence: usize,
    /// What the first sentence gave to it.
    opening: f32,
}

/// Each sentence in between halves what a mention weighs.
const DECAY: f32 = 0.5;
/// What a mention adds for being recent.
const RECENT: f32 = 100.0;
/// Countries matter longer than single mentions do: "the two countries" may look back over paragraphs.
const COUNTRY_DECAY: f32 = 0.8;
/// What a pair keeps for good of what the first sentence gave to it: a story is about whom it opens with.
const OPENING: f32 = 0.6;
/// What is left of the weight of a pair for each of them that the text does not name as such.
const UNNAMED: f32 = 0.6;
/// Of pairs that come close, that of the opening is meant if it weighs this share of the heaviest.
const OPENING_SHARE: f32 = 0.5;

/// The referents of a document up to the sentence being read.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    referents: Vec<Referent>,
    by_actors: HashMap<(Vec<Actor>, Category), usize>,
    traces: Vec<Trace>,
    codes: Vec<(String, Standing)>,
    pairs: Vec<((usize, usize), Standing)>,
    /// First sentence of the item that is being read: of a digest the last label or dateline.
    begin: usize,
}

impl Discourse {
    /// Begins another item at this sentence: nothing refers back behind it.
    pub(crate) fn begin(&mut self, sentence: usize) {
        self.begin = sentence;
        self.codes.clear();
        self.pairs.clear();
    }

    /// The sentence with which the item that is being read begins.
    pub(crate) fn begins(&self) -> usize {
        self.begin
    }

    /// The referent at this index.
    pub(crate) fn referent(&self, index: usize) -> Option<&Referent> {
        self.referents.get(index)
    }

    /// Who the only candidate is; of none and of several nobody.
    pub(crate) fn only_actor(&self, found: &[Candidate]) -> Option<Actor> {
        let [only] = found else { return None };
        self.referent(only.referent)?.actors.first().cloned()
    }

    /// The referent at this index, to add what was learnt of it.
    pub(crate) fn referent_mut(&mut self, index: usize) -> Option<&mut Referent> {
        self.referents.get_mut(index)
    }

    /// The mention at this index.
    pub(crate) fn trace(&self, index: usize) -> Option<&Trace> {
        self.traces.get(index)
    }

    /// The referent for these actors, new or known. `actors` may carry spans and texts; they are left out.
    pub(crate) fn refer(&mut self, actors: &[Actor], category: Category, plural: bool) -> usize {
        let plain: Vec<Actor> = actors.iter().map(plain).collect();
        let key: Vec<Actor> = plain.iter().map(identity).collect();
        let next = self.referents.len();
        let index = *self.by_actors.entry((key, category)).or_insert(next);
        if index == next {
            self.add(Referent {
                actors: plain,
                category: Some(category),
                plural,
                gender: Gender::Unknown,
                offices: Vec::new(),
                noun: String::new(),
                silent: false,
                opens: Opening::Later,
                times: 0,
            });
        }
        index
    }

    /// Adds a thing that stands for its authors, called by `noun`.
    pub(crate) fn add_thing(&mut self, authors: &[Actor], noun: &str, plural: bool) -> usize {
        self.add(Referent {
            actors: authors.iter().map(plain).collect(),
            category: Some(Category::Thing),
            plural,
            gender: Gender::Unknown,
            offices: Vec::new(),
            noun: noun.to_owned(),
            silent: false,
            opens: Opening::Later,
            times: 0,
        })
    }

    /// Adds a referent that nothing else is the same as.
    pub(crate) fn add(&mut self, referent: Referent) -> usize {
        self.referents.push(referent);
        self.referents.len() - 1
    }

    /// Notes a mention of `referent` at `token`; `share` below 1 makes it weigh less.
    pub(crate) fn note(
        &mut self,
        view: &View<'_>,
        token: usize,
        referent: usize,
        share: f32,
        mutual: bool,
    ) {
        let position = view.position(token);
        let weight = (RECENT + role_weight(position)) * share;
        let subject = matches!(position, Position::Subject | Position::PassiveSubject);
        let partner = matches!(position, Position::Object | Position::Oblique("with" | "to"));
        if let Some(known) = self.referents.get_mut(referent) {
            known.times += 1;
            if view.index == self.begin {
                known.opens =
                    known.opens.max(if subject { Opening::Subject } else { Opening::First });
            }
        }
        self.traces.push(Trace {
            sentence: view.index,
            token,
            referent,
            governor: view.governor(token),
            subject,
            partner,
            mutual,
            span: view.token(token).map_or(Span::default(), |token| token.span),
            place: place(position),
            named: view.upos(token) == Upos::Propn,
            implied: false,
            pronoun: Some(family(&view.form(token).to_lowercase())).filter(|&said| said > 0),
            weight,
        });
        let codes: Vec<String> = self
            .referents
            .get(referent)
            .filter(|r| matches!(r.category, Some(c) if c != Category::Thing))
            .map(|r| r.actors.iter().filter_map(|a| a.code.clone()).collect())
            .unwrap_or_default();
        for code in codes {
            self.weigh_code(code, role_weight(position) * share, view.index);
        }
    }

    /// As [`Self::note`], of a body that the mention at `token` only brings to mind.
    pub(crate) fn imply(&mut self, view: &View<'_>, token: usize, referent: usize) {
        self.note(view, token, referent, 0.8, false);
        if let Some(trace) = self.traces.last_mut() {
            trace.implied = true;
        }
    }

    /// Adds to what a state or body weighs in the text.
    pub(crate) fn weigh_code(&mut self, code: String, weight: f32, sentence: usize) {
        let found = self.codes.iter().position(|(known, _)| *known == code);
        let slot = found.unwrap_or_else(|| {
            self.codes.push((code, Standing { weight: 0.0, sentence, opening: 0.0 }));
            self.codes.len() - 1
        });
        let standing = &mut self.codes[slot].1;
        standing.weight = decayed(*standing, sentence) + weight;
        standing.sentence = sentence;
    }

    /// Notes that two countries or bodies dealt with each other in a sentence.
    pub(crate) fn note_pair(&mut self, a: &str, b: &str, weight: f32, sentence: usize) {
        let slot = |code: &str| self.codes.iter().position(|(known, _)| known == code);
        let (Some(a), Some(b)) = (slot(a), slot(b)) else { return };
        if a == b {
            return;
        }
        let key = (a.min(b), a.max(b));
        let found = self.pairs.iter().position(|(known, _)| *known == key);
        let slot = found.unwrap_or_else(|| {
            self.pairs.push((key, Standing { weight: 0.0, sentence, opening: 0.0 }));
            self.pairs.len() - 1
        });
        let standing = &mut self.pairs[slot].1;
        standing.weight = decayed(*standing, sentence) + weight;
        standing.sentence = sentence;
        if sentence == self.begin {
            standing.opening += weight;
        }
        // A page that names hundreds of parties must not make every later sentence slow.
        if self.pairs.len() > 256 {
            let floor = standing_floor(&self.pairs, sentence);
            self.pairs.retain(|(_, standing)| decayed(*standing, sentence) >= floor);
        }
    }

    /// Whether the text has spoken of this code.
    pub(crate) fn knows(&self, code: &str) -> bool {
        self.codes.iter().any(|(known, _)| known == code)
    }

    /// The codes that `keep` accepts, heaviest first, with their weights at `sentence`.
    pub(crate) fn codes(&self, sentence: usize, keep: impl Fn(&str) -> bool) -> Vec<(&str, f32)> {
        let mut list: Vec<(&str, f32)> = self
            .codes
            .iter()
            .filter(|(code, _)| keep(code))
            .map(|(code, standing)| (code.as_str(), decayed(*standing, sentence)))
            .collect();
        list.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        list
    }

    /// The pair that dealt with each other most, accepted by `keep`; `None` where two pairs come close. One that is not `named` makes a pair
    /// weigh less.
    pub(crate) fn pair(
        &self,
        sentence: usize,
        keep: impl Fn(&str, &str) -> bool,
        named: impl Fn(&str) -> bool,
    ) -> Option<(&str, &str)> {
        let code = |slot: usize| self.codes.get(slot).map(|(code, _)| code.as_str());
        let mut list: Vec<(f32, &str, &str, f32)> = self
            .pairs
            .iter()
            .filter_map(|((a, b), standing)| {
                let weight = decayed(*standing, sentence) + OPENING * standing.opening;
                Some((weight, code(*a)?, code(*b)?, standing.opening))
            })
            .filter(|(_, a, b, _)| keep(a, b))
            .map(|(weight, a, b, opening)| {
                let unnamed = [a, b].into_iter().filter(|code| !named(code)).count();
                (weight * UNNAMED.powi(unnamed as i32), a, b, opening)
            })
            .collect();
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let (best, next) = match list.as_slice() {
            [best] => return Some((best.1, best.2)),
            [best, next, ..] => (best, next),
            [] => return None,
        };
        if next.0 <= 0.8 * best.0 {
            return Some((best.1, best.2));
        }
        // Of many who met since, those two with whom the text opens, if it does with two alone.
        let mut opening = list.iter().filter(|(.., opening)| *opening > 0.0);
        let (Some(first), None) = (opening.next(), opening.next()) else { return None };
        (first.0 >= OPENING_SHARE * best.0).then_some((first.1, first.2))
    }

    /// Whether the first sentence sets two parties beside each other.
    pub(crate) fn opens_with_pair(&self) -> bool {
        self.pairs.iter().any(|(_, standing)| standing.opening > 0.0)
    }

    /// Who dealt with the party `own` most; `None` where two come close.
    pub(crate) fn partner_of(&self, sentence: usize, own: &str) -> Option<&str> {
        let slot = self.codes.iter().position(|(code, _)| code == own)?;
        let mut list: Vec<(f32, usize)> = self
            .pairs
            .iter()
            .filter_map(|((a, b), standing)| {
                let other = [(*a, *b), (*b, *a)].into_iter().find(|(one, _)| *one == slot)?.1;
                Some((decayed(*standing, sentence), other))
            })
            .collect();
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let best = match list.as_slice() {
            [best] => best,
            [best, next, ..] if next.0 <= 0.8 * best.0 => best,
            _ => return None,
        };
        self.codes.get(best.1).map(|(code, _)| code.as_str())
    }

    /// Indices of the mentions from `sentence - reach` up to `sentence`, latest first.
    pub(crate) fn recent(&self, sentence: usize, reach: usize) -> impl Iterator<Item = usize> + '_ {
        let heard = |&index: &usize| {
            let trace = self.traces.get(index);
            trace.and_then(|trace| self.referents.get(trace.referent)).is_some_and(|r| !r.silent)
        };
        self.everything(sentence, reach).filter(heard)
    }

    /// The same with parties of which nothing is known.
    pub(crate) fn everything(
        &self,
        sentence: usize,
        reach: usize,
    ) -> impl Iterator<Item = usize> + '_ {
        let first = sentence.saturating_sub(reach).max(self.begin);
        self.traces
            .iter()
            .enumerate()
            .rev()
            .take_while(move |(_, trace)| trace.sentence >= first)
            .take(200)
            .map(|(index, _)| index)
    }

    /// Referents mentioned within `reach` sentences before `token` of `sentence` that `keep` accepts, heaviest
    /// first; of equal ones the later comes first.
    pub(crate) fn candidates(
        &self,
        sentence: usize,
        token: usize,
        reach: usize,
        keep: impl Fn(&Referent, &Trace) -> bool,
    ) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        // For each candidate the sentence last seen and its weight there: a sentence counts once, by its heaviest mention.
        let mut seen: Vec<(usize, f32)> = Vec::new();
        for index in self.recent(sentence, reach) {
            let trace = &self.traces[index];
            if trace.sentence == sentence && trace.token >= token {
                continue;
            }
            let Some(referent) = self.referents.get(trace.referent) else { continue };
            if !keep(referent, trace) {
                continue;
            }
            let weight = trace.weighs(sentence);
            let known = found.iter().position(|c| c.referent == trace.referent);
            if let Some((candidate, (last, heaviest))) =
                known.and_then(|at| Some((found.get_mut(at)?, seen.get_mut(at)?)))
            {
                if *last == trace.sentence {
                    candidate.weight += (weight - *heaviest).max(0.0);
                    *heaviest = heaviest.max(weight);
                } else {
                    candidate.weight += weight;
                    (*last, *heaviest) = (trace.sentence, weight);
                }
            } else {
                found.push(Candidate { referent: trace.referent, weight, trace: index });
                seen.push((trace.sentence, weight));
            }
        }
        found.sort_by(|a, b| {
            let place = |c: &Candidate| self.traces.get(c.trace).map(|t| (t.sentence, t.token));
            b.weight.total_cmp(&a.weight).then_with(|| place(b).cmp(&place(a)))
        });
        found
    }
}

fn standing_floor(pairs: &[((usize, usize), Standing)], sentence: usize) -> f32 {
    let mut weights: Vec<f32> = pairs.iter().map(|(_, s)| decayed(*s, sentence)).collect();
    weights.sort_by(f32::total_cmp);
    weights.get(weights.len() / 2).copied().unwrap_or(0.0)
}

fn decayed(standing: Standing, sentence: usize) -> f32 {
    standing.weight * COUNTRY_DECAY.powi(sentence.saturating_sub(standing.sentence) as i32)
}

fn plain(actor: &Actor) -> Actor {
    Actor { span: None, text: None, via: None, ..actor.clone() }
}

/// What makes two actors the same: a named person or body keeps its identity through a change of office.
fn identity(actor: &Actor) -> Actor {
    if actor.name.is_some() {
        Actor { code: actor.code.clone(), name: actor.name.clone(), ..Actor::default() }
    } else {
        Actor { code: actor.code.clone(), sector: actor.sector, ..Actor::default() }
    }
}

/// What a grammatical role adds to the weight of a mention.
pub(crate) fn role_weight(position: Position<'_>) -> f32 {
    match position {
        Position::Subject => 80.0,
        Position::PassiveSubject => 70.0,
        Position::Object | Position::Agent => 50.0,
        Position::Oblique("with" | "against" | "to") | Position::Indirect => 40.0,
        Position::Possessor => 35.0,
        Position::Other => 30.0,
        Position::Nominal("with" | "between" | "by" | "against") => 30.0,
        Position::Oblique(_) | Position::Nominal(_) | Position::Apposition | Position::Modifier => {
            15.0
        }
    }
}

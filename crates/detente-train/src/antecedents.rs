//! Texts whose references a person has marked → weights of the signs of antecedents.
//!
//! In go a treebank with entities in its last column (`Entity=(3-person-…`, as GUM and CorefUD have them) and passages of our own, out
//! come [`Case`]s: a pronoun's candidates and which of them are right; and of cases [`Antecedents`]. Where no candidate is right,
//! nobody is.

use std::collections::BTreeMap;

use detente_core::{Document, Span};
use detente_knowledge::Actors;
use detente_parse::conllu::Block;
use detente_resolve::antecedents::{Antecedents, COUNT, Candidate, Choice, SIGNS, form, shares_of};

use crate::references::{GoldPassage, is_meant};

/// A pronoun with its candidates and what is right of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Number of its document; those of one are in one fold.
    pub document: usize,
    /// The candidates.
    pub choice: Choice,
    /// Which of them are right.
    pub right: Vec<bool>,
    /// How much it counts.
    pub weight: f32,
    /// It is from a treebank, and not from news.
    pub foreign: bool,
}

/// A document of a treebank with the entities that its words name.
#[derive(Debug, Clone)]
pub struct EntityText {
    /// Text, paragraphs.
    pub document: Document,
    /// First byte of a word that heads a mention → the entities of these mentions, shortest mention first, with its length in words.
    heads: BTreeMap<usize, Vec<(usize, String)>>,
}

/// Cuts a treebank into documents, with their entities. Documents without any are left out.
pub fn entity_texts(blocks: &[Block]) -> Vec<EntityText> {
    let mut texts: Vec<EntityText> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for block in blocks {
        if block.comment("newdoc").is_some() || texts.is_empty() {
            open.clear();
            let document = Document { language: Some("en".to_owned()), ..Document::default() };
            texts.push(EntityText { document, heads: BTreeMap::new() });
        }
        let Some(text) = texts.last_mut() else { continue };
        let document = &mut text.document;
        let (words, spans) = block.text();
        if !document.text.is_empty() {
            document.text.push(if block.opens_paragraph() { '\n' } else { ' ' });
        }
        let start = document.text.len();
        document.text.push_str(&words);
        match document.paragraphs.last_mut().filter(|_| !block.opens_paragraph()) {
            Some(paragraph) => paragraph.end = document.text.len(),
            None => document.paragraphs.push(Span::new(start, document.text.len())),
        }
        for (row, span) in block.rows.iter().zip(spans) {
            let marks = row.misc.split('|').find_map(|item| item.strip_prefix("Entity="));
            for mention in &mut open {
                mention.words.push(start + span.start);
            }
            for mark in marks.map(marks_of).unwrap_or_default() {
                match mark {
                    Mark::Opens { entity, least } => {
                        open.push(Open { entity, least, words: vec![start + span.start] });
                    }
                    Mark::Closes(entity) => {
                        let Some(at) = open.iter().rposition(|o| o.entity == entity) else {
                            continue;
                        };
                        let mention = open.remove(at);
                        for &word in &mention.least {
                            if let Some(&byte) = mention.words.get(word.saturating_sub(1)) {
                                let entry = (mention.words.len(), mention.entity.clone());
                                text.heads.entry(byte).or_default().push(entry);
                            }
                        }
                    }
                }
            }
        }
    }
    texts.retain(|text| !text.heads.is_empty());
    for text in &mut texts {
        text.heads.values_mut().for_each(|list| list.sort());
    }
    texts
}

/// A mention that has not ended yet.
struct Open {
    entity: String,
    /// Words that head it, from 1.
    least: Vec<usize>,
    /// First bytes of its words.
    words: Vec<usize>,
}

#[derive(Debug, PartialEq)]
enum Mark {
    Opens { entity: String, least: Vec<usize> },
    Closes(String),
}

/// `(3-person-new-…-1,2-coref(4-place-…)` → what opens and closes, in order.
fn marks_of(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('(') {
            let end = inside.find(['(', ')']).unwrap_or(inside.len());
            let fields: Vec<&str> = inside[..end].split('-').collect();
            let entity = fields.first().copied().unwrap_or_default().to_owned();
            let least = fields.get(5).copied().unwrap_or("1");
            let least: Vec<usize> = least.split(',').filter_map(|n| n.parse().ok()).collect();
            marks.push(Mark::Opens { entity: entity.clone(), least });
            rest = &inside[end..];
            if let Some(after) = rest.strip_prefix(')') {
                marks.push(Mark::Closes(entity));
                rest = after;
            }
        } else {
            let end = rest.find(['(', ')']).unwrap_or(rest.len());
            if rest[end..].starts_with(')') && end > 0 {
                marks.push(Mark::Closes(rest[..end].to_owned()));
                rest = &rest[end + 1..];
            } else {
                rest = &rest[end.max(1)..];
            }
        }
    }
    marks
}

impl EntityText {
    /// The text's pronouns as cases: right is what has named the pronoun's entity.
    pub fn cases(&self, document: usize, choices: Vec<Choice>) -> Vec<Case> {
        let named = |byte: usize| self.heads.get(&byte).map_or(&[][..], Vec::as_slice);
        choices
            .into_iter()
            .filter_map(|choice| {
                let entity = named(choice.span.start).first().map(|(_, entity)| entity);
                let hit =
                    |head: &Span| named(head.start).iter().any(|(_, other)| Some(other) == entity);
                let right =
                    choice.candidates.iter().map(|c| c.heads.iter().any(hit)).collect::<Vec<_>>();
                let told = case(document, choice, right, entity.is_none(), 1.0)?;
                Some(Case { foreign: true, ..told })
            })
            .collect()
    }
}

/// The pronouns that a passage asks for, as cases; each counts `weight` times.
pub fn passage_cases(
    document: usize,
    gold: &GoldPassage,
    choices: Vec<Choice>,
    known: &Actors,
    weight: f32,
) -> Vec<Case> {
    choices
        .into_iter()
        .filter_map(|choice| {
            let ask = gold.asks.iter().find(|ask| ask.span == choice.span)?;
            let right = choice.candidates.iter().map(|c| is_meant(ask, &c.actors, known));
            let right = right.collect();
            case(document, choice, right, false, weight)
        })
        .collect()
}

/// A case whose first candidate is right where `nobody` is meant; none where what is meant is no candidate.
fn case(
    document: usize,
    choice: Choice,
    mut right: Vec<bool>,
    nobody: bool,
    weight: f32,
) -> Option<Case> {
    if let Some(first) = right.first_mut() {
        *first |= nobody;
    }
    let told = right.contains(&true);
    told.then_some(Case { document, choice, right, weight, foreign: false })
}

/// Pull of each weight towards nothing: those for all forms, those of one form, and what holds for treebanks alone.
const PULL: [f32; 3] = [6.0, 16.0, 4.0];
/// Passes along the slope; the function is convex but for cases with several right candidates.
const PASSES: usize = 300;

/// Fits the weights: of each case the right candidates together are to be as likely as can be.
///
/// What pronouns of other texts than news refer to is another matter (more things, fewer states): cases of treebanks have weights of
/// their own beside the common ones, which are dropped in the end (Daumé, "Frustratingly Easy Domain Adaptation", ACL 2007).
pub fn fit<'a>(cases: impl IntoIterator<Item = &'a Case>) -> Antecedents {
    let cases: Vec<&Case> = cases.into_iter().collect();
    let mut weights = vec![0.0_f32; 2 * COUNT];
    let mut squares = vec![1e-6_f32; 2 * COUNT];
    for _ in 0..PASSES {
        let mut slopes = vec![0.0_f32; 2 * COUNT];
        for case in &cases {
            let own = case.choice.group * SIGNS;
            let places = |sign: u16| {
                let sign = usize::from(sign);
                let foreign = case.foreign.then_some([COUNT + sign, COUNT + own + sign]);
                [sign, own + sign].into_iter().chain(foreign.into_iter().flatten())
            };
            let sums = case.choice.candidates.iter().map(|candidate| {
                candidate.signs.iter().flat_map(|&sign| places(sign)).map(|at| weights[at]).sum()
            });
            let shares = shares_of(&sums.collect::<Vec<f32>>());
            let good: f32 =
                shares.iter().zip(&case.right).filter(|(_, right)| **right).map(|(s, _)| s).sum();
            for ((candidate, share), right) in
                case.choice.candidates.iter().zip(&shares).zip(&case.right)
            {
                let due = if *right { share / good.max(1e-9) } else { 0.0 };
                let off = case.weight * (share - due);
                for at in candidate.signs.iter().flat_map(|&sign| places(sign)) {
                    slopes[at] += off;
                }
            }
        }
        for (at, slope) in slopes.into_iter().enumerate() {
            let pull = match at {
                at if at < SIGNS => PULL[0],
                at if at < COUNT => PULL[1],
                _ => PULL[2],
            };
            let slope = slope + pull * weights[at];
            squares[at] += slope * slope;
            weights[at] -= 0.3 * slope / squares[at].sqrt();
        }
    }
    weights.truncate(COUNT);
    Antecedents::new(weights)
}

/// The probabilities that the other parts' documents give each case's candidates.
pub fn cross_validated(cases: &[Case], folds: usize) -> Vec<Vec<f32>> {
    let mut told = vec![Vec::new(); cases.len()];
    for part in 0..folds {
        let model = fit(cases.iter().filter(|case| case.document % folds != part));
        for (case, told) in cases.iter().zip(&mut told) {
            if case.document % folds == part {
                *told = model.probabilities(&case.choice);
            }
        }
    }
    told
}

/// How often the likeliest candidate is right, in words: for each form right, what the weights of Lappin and Leass alone would give, all.
pub fn right_of(cases: &[Case], told: &[Vec<f32>]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (case, shares) in cases.iter().zip(told) {
        let best = (0..shares.len()).reduce(|a, b| if shares[b] > shares[a] { b } else { a });
        let weighed = case.choice.candidates.iter().position(Candidate::is_heaviest).unwrap_or(0);
        for form in [form(case.choice.group), "all"] {
            let slot = counts.entry(form).or_default();
            slot.2 += 1;
            slot.1 += usize::from(case.right.get(weighed) == Some(&true));
            slot.0 += usize::from(best.is_some_and(|best| case.right.get(best) == Some(&true)));
        }
    }
    let part = |(form, (right, by_weight, all)): (&str, (usize, usize, usize))| {
        format!("{form} {right} ({by_weight} by weight alone) of {all}")
    };
    counts.into_iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_and_close_in_order() {
        let opens = |entity: &str, least: &[usize]| Mark::Opens {
            entity: entity.to_owned(),
            least: least.to_vec(),
        };
        assert_eq!(
            marks_of("(8-organization-new-nnnnn-cf3-3,5,6-sgl(9-place-new-nnnnn-cf4-1-sgl)"),
            [opens("8", &[3, 5, 6]), opens("9", &[1]), Mark::Closes("9".to_owned())]
        );
        assert_eq!(marks_of("4)3)"), [Mark::Closes("4".to_owned()), Mark::Closes("3".to_owned())]);
        assert_eq!(marks_of(")("), [opens("", &[1])]);
    }

    #[test]
    fn a_pronoun_is_right_where_its_entity_was_named() {
        let line = |id: usize, form: &str, head: usize, relation: &str, misc: &str| {
            format!("{id}\t{form}\t{form}\tNOUN\tNN\t_\t{head}\t{relation}\t_\t{misc}\n")
        };
        let text = format!(
            "# newdoc id = a\n{}{}\n{}{}\n",
            line(1, "Oslo", 2, "nsubj", "Entity=(1-place-new-n-cf1-1-coref)"),
            line(2, "paused", 0, "root", "_"),
            line(1, "It", 2, "nsubj", "Entity=(1-place-giv-n-cf1-1-ana)"),
            line(2, "spoke", 0, "root", "_"),
        );
        let texts = entity_texts(&detente_parse::conllu::read(&text).unwrap());
        assert_eq!(texts[0].document.text, "Oslo paused It spoke");
        let candidate = |heads: &[Span]| detente_resolve::antecedents::Candidate {
            heads: heads.to_vec(),
            ..Default::default()
        };
        let choice = Choice {
            span: Span::new(12, 14),
            group: 1,
            candidates: vec![candidate(&[]), candidate(&[Span::new(0, 4)])],
        };
        let mut other = choice.clone();
        other.candidates[1].heads = vec![Span::new(5, 11)];
        let cases = texts[0].cases(0, vec![choice, other]);
        // What was named is no candidate of the second: nothing can be learnt from it.
        assert_eq!(cases.len(), 1);
        assert_eq!(cases[0].right, [false, true]);
    }
}

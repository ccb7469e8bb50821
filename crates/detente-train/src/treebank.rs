//! Scores of a parse against a treebank.
//!
//! In go gold and predicted sentences over the same text, out come [`TreebankScores`]. Words are aligned by the characters
//! they stand on, as in the evaluation of the CoNLL 2018 shared task (Zeman et al.): words that are cut alike are aligned, and
//! inside a stretch that either side takes for several words of one token, words are aligned by their forms. Gold
//! `do` `n't` under the range `don't` aligns with predicted `do` and `n't`, range or none.

use detente_core::Span;
use detente_parse::Parser;
use detente_parse::conllu::{self, Block};

/// Figures in percent: F1 over words, which on given tokens is the share of words that are right.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct TreebankScores {
    /// Sentences cut alike.
    pub sentences: f64,
    /// Tokens cut alike, a range counting as one.
    pub tokens: f64,
    /// Words cut alike.
    pub words: f64,
    /// Words with the right universal part of speech.
    pub upos: f64,
    /// Words with the right Penn tag.
    pub xpos: f64,
    /// Words with the right lemma.
    pub lemmas: f64,
    /// Words with the right head.
    pub uas: f64,
    /// Words with the right head and universal relation.
    pub las: f64,
    /// Words with the right head and relation with its subtype.
    pub las_subtypes: f64,
    /// Gold words.
    pub gold_words: usize,
}

/// Parses the words of a treebank and scores the result.
pub fn score_given_tokens(parser: &Parser, gold: &[Block]) -> TreebankScores {
    let system: String = gold
        .iter()
        .zip(parser.parse_blocks(gold))
        .map(|(block, sentence)| conllu::write_block(block, &sentence))
        .collect();
    score(gold, &conllu::read(&system).unwrap_or_default())
}

/// Parses the text of a treebank, split and tokenised by the parser, and scores the result.
pub fn score_raw_text(parser: &Parser, gold: &[Block]) -> TreebankScores {
    let (text, paragraphs) = raw_text(gold);
    let sentences = parser.parse(&text, &paragraphs);
    let system = conllu::write(&text, &paragraphs, &sentences);
    score(gold, &conllu::read(&system).unwrap_or_default())
}

/// The text of a treebank as a reader meets it, and its paragraphs: sentences are joined as their last word's `SpaceAfter` says,
/// and a blank line stands where `# newpar` or `# newdoc` opens a paragraph.
pub fn raw_text(blocks: &[Block]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut spaced = false;
    for block in blocks {
        if block.opens_paragraph() || paragraphs.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            paragraphs.push(Span::new(text.len(), text.len()));
        } else if spaced {
            text.push(' ');
        }
        text.push_str(&block.text().0);
        spaced = match (block.rows.last(), block.ranges.last()) {
            (_, Some(range)) if range.last + 1 == block.rows.len() => range.space_after,
            (Some(row), _) => row.space_after,
            _ => false,
        };
        if let Some(last) = paragraphs.last_mut() {
            last.end = text.len();
        }
    }
    (text, paragraphs)
}

/// One word and the characters it stands on, white space not counted.
struct Word<'a> {
    start: usize,
    end: usize,
    ranged: bool,
    form: String,
    row: &'a conllu::Row,
    /// Index among all words of the head.
    head: Option<usize>,
}

/// A side of the comparison.
struct Side<'a> {
    words: Vec<Word<'a>>,
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    letters: String,
}

impl<'a> Side<'a> {
    fn new(blocks: &'a [Block]) -> Self {
        let mut side = Side {
            words: Vec::new(),
            tokens: Vec::new(),
            sentences: Vec::new(),
            letters: String::new(),
        };
        let mut at = 0;
        let mut take = |side: &mut Side<'a>, form: &str| {
            let start = at;
            for c in form.chars().filter(|c| !c.is_whitespace()) {
                side.letters.push(c);
                at += 1;
            }
            (start, at)
        };
        for block in blocks {
            let first_word = side.words.len();
            let first_token = side.tokens.len();
            let mut ranges = block.ranges.iter().peekable();
            let mut within: Option<(usize, (usize, usize))> = None;
            for (index, row) in block.rows.iter().enumerate() {
                if let Some(range) = ranges.next_if(|range| range.first <= index) {
                    let place = take(&mut side, &range.form);
                    side.tokens.push(place);
                    within = Some((range.last, place));
                }
                let (place, ranged) = match within {
                    Some((last, place)) if index <= last => (place, true),
                    _ => {
                        let place = take(&mut side, &row.form);
                        side.tokens.push(place);
                        (place, false)
                    }
                };
                let head =
                    row.head.and_then(|head| head.checked_sub(1)).map(|head| first_word + head);
                side.words.push(Word {
                    start: place.0,
                    end: place.1,
                    ranged,
                    form: row.form.to_lowercase(),
                    row,
                    head,
                });
            }
            if let (Some(first), Some(last)) = (side.tokens.get(first_token), side.tokens.last()) {
                side.sentences.push((first.0, last.1));
            }
        }
        side
    }
}

/// Scores predicted sentences against gold ones. Both must spell the same text; where they do not, the words after the
/// difference count as wrong.
pub fn score(gold: &[Block], system: &[Block]) -> TreebankScores {
    let (gold, system) = (Side::new(gold), Side::new(system));
    let pairs = align(&gold, &system);
    let mut partner = vec![None; gold.words.len()];
    for &(g, s) in &pairs {
        partner[g] = Some(s);
    }
    let f1 = |right: usize, gold: usize, system: usize| {
        if gold + system == 0 { 0.0 } else { 200.0 * right as f64 / (gold + system) as f64 }
    };
    let (gold_count, system_count) = (gold.words.len(), system.words.len());
    let of_words = |is_right: &dyn Fn(&Word<'_>, &Word<'_>) -> bool| {
        let right =
            pairs.iter().filter(|&&(g, s)| is_right(&gold.words[g], &system.words[s])).count();
        f1(right, gold_count, system_count)
    };
    let head_is_right = |g: &Word<'_>, s: &Word<'_>| match (g.head, s.head) {
        (None, None) => true,
        (Some(head), Some(found)) => partner.get(head).copied().flatten() == Some(found),
        _ => false,
    };
    let universal =
        |word: &Word<'_>| word.row.deprel.split(':').next().unwrap_or_default().to_owned();
    let same = |gold: &[(usize, usize)], system: &[(usize, usize)]| {
        let system_set: std::collections::HashSet<_> = system.iter().collect();
        f1(gold.iter().filter(|span| system_set.contains(span)).count(), gold.len(), system.len())
    };
    TreebankScores {
        sentences: same(&gold.sentences, &system.sentences),
        tokens: same(&gold.tokens, &system.tokens),
        words: f1(pairs.len(), gold_count, system_count),
        upos: of_words(&|g, s| g.row.upos == s.row.upos),
        xpos: of_words(&|g, s| g.row.xpos == s.row.xpos),
        lemmas: of_words(&|g, s| g.row.lemma == s.row.lemma || g.row.lemma == "_"),
        uas: of_words(&head_is_right),
        las: of_words(&|g, s| head_is_right(g, s) && universal(g) == universal(s)),
        las_subtypes: of_words(&|g, s| head_is_right(g, s) && g.row.deprel == s.row.deprel),
        gold_words: gold_count,
    }
}

/// Pairs of words, in order.
fn align(gold: &Side<'_>, system: &Side<'_>) -> Vec<(usize, usize)> {
    // Past the first difference of the texts places mean nothing.
    let common =
        gold.letters.chars().zip(system.letters.chars()).take_while(|(a, b)| a == b).count();
    let (g_words, s_words) = (&gold.words, &system.words);
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while let (Some(gold), Some(system)) = (g_words.get(g), s_words.get(s)) {
        if gold.end > common || system.end > common {
            break;
        }
        if gold.ranged || system.ranged {
            let (from, to) = stretch(g_words, s_words, g, s);
            by_form(&g_words[from.0..to.0], &s_words[from.1..to.1], from, &mut pairs);
            (g, s) = to;
        } else if (gold.start, gold.end) == (system.start, system.end) {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if gold.start <= system.start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The words on both sides from a range on, as far as ranges overlap: where they begin and end.
fn stretch(
    gold: &[Word<'_>],
    system: &[Word<'_>],
    mut g: usize,
    mut s: usize,
) -> ((usize, usize), (usize, usize)) {
    let mut end;
    if gold[g].ranged {
        end = gold[g].end;
        if !system[s].ranged && system[s].start < gold[g].start {
            s += 1;
        }
    } else {
        end = system[s].end;
        if !gold[g].ranged && gold[g].start < system[s].start {
            g += 1;
        }
    }
    let from = (g, s);
    let beyond = |words: &[Word<'_>], at: usize, end: usize| {
        words
            .get(at)
            .is_none_or(|word| if word.ranged { word.start >= end } else { word.end > end })
    };
    while !beyond(gold, g, end) || !beyond(system, s, end) {
        let gold_first = match (gold.get(g), system.get(s)) {
            (Some(gold), Some(system)) => gold.start <= system.start,
            (gold, _) => gold.is_some(),
        };
        let (words, at) = if gold_first { (gold, &mut g) } else { (system, &mut s) };
        let Some(word) = words.get(*at) else { break };
        if word.ranged && word.end > end {
            end = word.end;
        }
        *at += 1;
    }
    (from, (g, s))
}

/// Aligns two short runs of words by the longest common subsequence of their forms.
fn by_form(
    gold: &[Word<'_>],
    system: &[Word<'_>],
    from: (usize, usize),
    pairs: &mut Vec<(usize, usize)>,
) {
    let width = system.len() + 1;
    let mut longest = vec![0_usize; (gold.len() + 1) * width];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            longest[g * width + s] = if gold[g].form == system[s].form {
                1 + longest[(g + 1) * width + s + 1]
            } else {
                longest[(g + 1) * width + s].max(longest[g * width + s + 1])
            };
        }
    }
    let (mut g, mut s) = (0, 0);
    while g < gold.len() && s < system.len() {
        if gold[g].form == system[s].form {
            pairs.push((from.0 + g, from.1 + s));
            g += 1;
            s += 1;
        } else if longest[g * width + s] == longest[(g + 1) * width + s] {
            g += 1;
        } else {
            s += 1;
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "shares that are all or nothing are exact")]
mod tests {
    use super::*;

    const GOLD: &str = "1\tThey\tthey\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";

    fn against(system: &str) -> TreebankScores {
        score(&conllu::read(GOLD).unwrap(), &conllu::read(system).unwrap())
    }

    #[test]
    fn gold_against_itself_is_all_right() {
        let scores = against(GOLD);
        assert_eq!(
            (scores.words, scores.las, scores.sentences, scores.tokens),
            (100.0, 100.0, 100.0, 100.0)
        );
    }

    #[test]
    fn words_of_a_range_align_with_words_without_one() {
        let scores = against(&GOLD.replace("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n", ""));
        assert_eq!((scores.words, scores.las), (100.0, 100.0));
        assert!(scores.tokens < 100.0);
    }

    #[test]
    fn a_word_cut_otherwise_is_lost_and_so_is_what_hangs_from_it() {
        let cut = "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tdon't\tdo\tAUX\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n\
            3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
        let scores = against(cut);
        assert!((scores.words - 200.0 * 2.0 / 7.0).abs() < 1e-9);
        assert_eq!(scores.uas, 0.0);
    }

    #[test]
    fn texts_that_differ_do_not_align_past_the_difference() {
        let scores = against(&GOLD.replace("They\tthey", "Thex\tthey"));
        assert_eq!(scores.words, 0.0);
    }
}

//! Treebanks → rules for lemmas.
//!
//! In go words with their tags and lemmas, out come the fewest rules by ending that give them back: an ending has a rule where
//! most of its words differ from what the shorter ending says, and a word has one where it is still wrong. `walked`, `talked`,
//! `tried` as `VBD` give a rule for `ed` and one for `ied`.

use std::collections::BTreeMap;

use detente_parse::conllu::{Block, Row};
use detente_parse::lemmas::{LONGEST_ENDING, Lemmas, Rule, lower};

use super::examples::sure;

/// Words that must share an ending before it gets a rule.
const SUPPORT: u32 = 3;

/// Learns the rules.
pub(crate) fn learn(blocks: &[Block]) -> Lemmas {
    // For each tag and word the rules by which it got its lemma; the most frequent is taken.
    let mut counts: BTreeMap<(&str, String), BTreeMap<Rule, u32>> = BTreeMap::new();
    let mut lemma_of: BTreeMap<(&str, String), &str> = BTreeMap::new();
    // The lemmas of silver trees are guesses of a lemmatiser, and would only confirm its mistakes.
    let drawn = |row: &&Row| sure(&row.misc).is_none();
    for row in blocks.iter().flat_map(|block| &block.rows).filter(drawn) {
        if row.lemma == "_" && row.form != "_"
            || row.form.contains(['\t', '\n'])
            || row.lemma.contains(['\t', '\n'])
        {
            continue;
        }
        let rule = Rule::between(&row.form, &row.lemma);
        if rule.keeps_case {
            lemma_of.insert((&row.xpos, lower(&row.form)), &row.lemma);
        }
        *counts.entry((&row.xpos, lower(&row.form))).or_default().entry(rule).or_default() += 1;
    }
    let mut by_tag: BTreeMap<&str, Vec<(String, Rule, u32)>> = BTreeMap::new();
    for ((tag, word), rules) in counts {
        let Some((rule, count)) = most(&rules) else { continue };
        let mut rule = rule.clone();
        // A word that is written both ways and has a capital in its lemma all the same, as `i`: spell the lemma out.
        if rule.keeps_case
            && rules.keys().any(|rule| !rule.keeps_case)
            && let Some(lemma) = lemma_of.get(&(tag, word.clone()))
        {
            rule = Rule::between(&word, lemma);
        }
        by_tag.entry(tag).or_default().push((word, rule, count));
    }
    let mut lemmas = Lemmas::default();
    for (tag, words) in by_tag {
        for length in 0..=LONGEST_ENDING {
            let mut endings: BTreeMap<&str, BTreeMap<Rule, u32>> = BTreeMap::new();
            for (word, rule, _) in &words {
                let at = match length {
                    0 => Some(word.len()),
                    _ => word.char_indices().rev().nth(length - 1).map(|(at, _)| at),
                };
                if let Some(at) = at {
                    *endings.entry(&word[at..]).or_default().entry(rule.clone()).or_default() += 1;
                }
            }
            let mut found = Vec::new();
            for (ending, rules) in endings {
                if let Some((rule, count)) = most(&rules)
                    && (length == 0 || count >= SUPPORT)
                    && lemmas.known(tag, ending) != Some(rule)
                {
                    found.push((ending, rule.clone()));
                }
            }
            for (ending, rule) in found {
                lemmas.insert(tag, ending, rule);
            }
        }
        let mut exceptions = Vec::new();
        for (word, rule, _) in &words {
            if lemmas.known(tag, word) != Some(rule) {
                exceptions.push((format!("^{word}"), rule.clone()));
            }
        }
        for (word, rule) in exceptions {
            lemmas.insert(tag, &word, rule);
        }
    }
    lemmas
}

fn most(rules: &BTreeMap<Rule, u32>) -> Option<(&Rule, u32)> {
    let mut top: Option<(&Rule, u32)> = None;
    for (rule, &count) in rules {
        if top.is_none_or(|(_, most)| count > most) {
            top = Some((rule, count));
        }
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_exceptions_are_told_apart() {
        let words = [
            ("walked", "walk"),
            ("talked", "talk"),
            ("looked", "look"),
            ("tried", "try"),
            ("denied", "deny"),
            ("cried", "cry"),
            ("met", "meet"),
        ];
        let text = words
            .map(|(form, lemma)| format!("1\t{form}\t{lemma}\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"))
            .concat();
        let lemmas = learn(&detente_parse::conllu::read(&text).unwrap());
        for (form, lemma) in words {
            assert_eq!(lemmas.lemma(form, "VBD"), lemma);
        }
        assert_eq!(lemmas.lemma("relied", "VBD"), "rely");
        let line = |form: &str| format!("1\t{form}\tI\tPRON\tPRP\t_\t0\troot\t_\t_\n\n");
        let both =
            learn(&detente_parse::conllu::read(&(line("I").repeat(3) + &line("i"))).unwrap());
        assert_eq!(
            (both.lemma("I", "PRP"), both.lemma("i", "PRP")),
            ("I".to_owned(), "I".to_owned())
        );
        assert_eq!(lemmas.lemma("balked", "VBD"), "balk");
        let put = "1\tputting\tput\tVERB\tVBG\t_\t0\troot\t_\t_\n\n";
        let silver = "1\tputting\tputt\tVERB\tVBG\t_\t0\troot\t_\tSure=0.99\n\n";
        let lemmas =
            learn(&detente_parse::conllu::read(&(put.to_owned() + &silver.repeat(3))).unwrap());
        assert_eq!(lemmas.lemma("putting", "VBG"), "put");
    }
}

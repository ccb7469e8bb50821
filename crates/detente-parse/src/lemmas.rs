//! Form and Penn tag → dictionary form.
//!
//! In goes a word with its tag, out comes its lemma by the rule of the longest ending that the model knows for the tag: `met`
//! as `VBD` is a whole word with a rule of its own (take one letter off, put `et` there), `agreed` as `VBD` ends in `ed`.
//! The rules are learnt from treebanks in `detente-train`.
//!
//! A model's line `VBD`, `ed`, `2` and nothing, parted by tabs, says: of words tagged `VBD` that end in `ed` take off two characters and add none;
//! an ending that begins with `^` is a whole word, and a `=` before the number keeps the case of the form.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::model::ModelError;

/// Base forms of verbs, one a line: endings alone cannot tell "shelled" (shell) from "excelled" (excel).
const VERBS: &str = include_str!("../data/verbs.txt");

/// Past forms that no ending tells, each with its verb: the treebanks lack some and have others wrong.
const IRREGULAR: &str = include_str!("../data/irregular.txt");

/// Nouns that have no singular, one a line: "at odds" is about no odd.
const PLURALS: &str = include_str!("../data/plurals.txt");

/// How a lemma is made of a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Whether capitals stay.
    pub keeps_case: bool,
    /// Characters to take off the end.
    pub off: usize,
    /// What to put there.
    pub add: Box<str>,
}

impl Rule {
    /// The rule that makes `lemma` of `form`.
    pub fn between(form: &str, lemma: &str) -> Self {
        let lower = lower(form);
        let common =
            |base: &str| base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        let keeps_case = common(form) > common(&lower);
        let base = if keeps_case { form } else { &lower };
        let kept = common(base);
        Self {
            keeps_case,
            off: base.chars().count() - kept,
            add: lemma.chars().skip(kept).collect(),
        }
    }

    /// Makes the lemma; `lower` is the form as [`lower`] gives it.
    pub fn apply(&self, form: &str, lower: &str) -> String {
        let base = if self.keeps_case { form } else { lower };
        let end = match self.off {
            0 => base.len(),
            off => base.char_indices().rev().nth(off - 1).map_or(0, |(at, _)| at),
        };
        let mut lemma = String::with_capacity(end + self.add.len());
        lemma.push_str(&base[..end]);
        lemma.push_str(&self.add);
        if lemma.is_empty() { form.to_owned() } else { lemma }
    }
}

/// Whether a stem is one syllable that ends in one vowel and one consonant, which an ending doubles: "wag", "pin".
fn is_short(stem: &str) -> bool {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let mut letters = stem.chars().rev();
    letters.next().is_some_and(|c| !vowel(c) && !matches!(c, 'w' | 'x' | 'y'))
        && letters.next().is_some_and(vowel)
        && letters.all(|c| !vowel(c))
}

/// The form in lower case with plain apostrophes, in which rules see it.
pub fn lower(form: &str) -> String {
    if form.is_ascii() {
        return form.to_ascii_lowercase();
    }
    form.chars().flat_map(|c| if c == '\u{2019}' { '\'' } else { c }.to_lowercase()).collect()
}

/// Longest ending that has a rule, in characters.
pub const LONGEST_ENDING: usize = 6;

type Rules = HashMap<Box<str>, Rule, RandomState>;

/// The rules of a model.
#[derive(Debug, Clone, Default)]
pub struct Lemmas {
    by_tag: HashMap<Box<str>, OfTag, RandomState>,
    verbs: HashSet<&'static str, RandomState>,
    irregular: HashMap<&'static str, &'static str, RandomState>,
    plurals: HashSet<&'static str, RandomState>,
}

/// The rules of one tag.
#[derive(Debug, Clone, Default)]
struct OfTag {
    words: Rules,
    endings: Rules,
}

impl Lemmas {
    /// Adds the rule for an ending (`^` and the form for a whole word) under a tag.
    pub fn insert(&mut self, tag: &str, ending: &str, rule: Rule) {
        let rules = self.by_tag.entry(tag.into()).or_default();
        match ending.strip_prefix('^') {
            Some(word) => rules.words.insert(word.into(), rule),
            None => rules.endings.insert(ending.into(), rule),
        };
    }

    /// The lemma of `form`, tagged `tag`.
    pub fn lemma(&self, form: &str, tag: &str) -> String {
        let lower = lower(form);
        if tag == "NNS" && self.plurals.contains(lower.as_str()) {
            return lower;
        }
        // "They froze aid" may be tagged as a present, in which no verb has that form.
        let past =
            matches!(tag, "VBD" | "VBN") || tag == "VBP" && !self.verbs.contains(lower.as_str());
        if past && let Some(verb) = self.irregular.get(lower.as_str()) {
            return (*verb).to_owned();
        }
        // "businessmen": the treebanks have few of them, and not all of those right.
        if tag == "NNS"
            && let Some(stem) = lower.strip_suffix("men")
        {
            return format!("{stem}man");
        }
        let whole = self.whole_word(tag, &lower);
        if whole.is_none()
            && let Some(base) = self.listed_base(tag, &lower)
        {
            return base;
        }
        match whole.or_else(|| self.by_ending(tag, &lower)) {
            Some(rule) => rule.apply(form, &lower),
            None if tag.starts_with("NNP") => form.to_owned(),
            None => lower,
        }
    }

    /// The one listed verb that an inflected form can come from.
    fn listed_base(&self, tag: &str, lower: &str) -> Option<String> {
        let endings: &[(&str, &[&str])] = match tag {
            "VBD" | "VBN" => &[("ied", &["y"]), ("ed", &["", "e"])],
            "VBG" => &[("ying", &["y", "ie"]), ("ing", &["", "e"])],
            "VBZ" => &[("ies", &["y", "ie"]), ("es", &["", "e"]), ("s", &[""])],
            _ => return None,
        };
        let listed = |base: String| self.verbs.contains(base.as_str()).then_some(base);
        endings.iter().find_map(|(ending, bases)| {
            let stem = lower.strip_suffix(ending)?;
            let mut last = stem.chars().rev();
            let doubled = match (last.next(), last.next()) {
                (Some(a), Some(b)) if a == b => stem.strip_suffix(a),
                _ => None,
            };
            // "waged" is of "wage", for "wag" would double its last letter.
            let short = bases == &["", "e"] && is_short(stem);
            let with_e = short.then(|| listed(format!("{stem}e"))).flatten();
            with_e
                .or_else(|| bases.iter().find_map(|base| listed(format!("{stem}{base}"))))
                .or_else(|| doubled.and_then(|stem| listed(stem.to_owned())))
        })
    }

    /// The rule that a word tagged `tag`, in lower case, falls under.
    pub fn known(&self, tag: &str, lower: &str) -> Option<&Rule> {
        self.whole_word(tag, lower).or_else(|| self.by_ending(tag, lower))
    }

    fn whole_word(&self, tag: &str, lower: &str) -> Option<&Rule> {
        self.by_tag.get(tag)?.words.get(lower)
    }

    /// The rule of the longest ending that has one.
    fn by_ending(&self, tag: &str, lower: &str) -> Option<&Rule> {
        let rules = &self.by_tag.get(tag)?.endings;
        let mut starts = [lower.len(); LONGEST_ENDING + 1];
        let mut count = 0;
        for (at, _) in lower.char_indices().rev().take(LONGEST_ENDING) {
            count += 1;
            starts[count] = at;
        }
        starts[..=count].iter().rev().find_map(|&at| rules.get(&lower[at..]))
    }

    /// Reads the text of a model.
    ///
    /// # Errors
    /// If a line is something else than a rule.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        let mut lemmas = Self {
            verbs: VERBS.lines().collect(),
            irregular: IRREGULAR.lines().filter_map(|line| line.split_once(' ')).collect(),
            plurals: PLURALS.lines().collect(),
            ..Self::default()
        };
        for line in text.lines() {
            let fault = || ModelError::new(format!("a rule for lemmas is \"{line}\""));
            let fields: Vec<&str> = line.split('\t').collect();
            let &[tag, ending, number, add] = fields.as_slice() else { return Err(fault()) };
            let (keeps_case, number) = match number.strip_prefix('=') {
                Some(number) => (true, number),
                None => (false, number),
            };
            let off = number.parse().map_err(|_| fault())?;
            lemmas.insert(tag, ending, Rule { keeps_case, off, add: add.into() });
        }
        Ok(lemmas)
    }

    /// The text that [`Lemmas::read`] reads back, in order of tag and ending.
    pub fn write(&self) -> String {
        let mut lines: Vec<String> = self
            .by_tag
            .iter()
            .flat_map(|(tag, rules)| {
                let words = rules.words.iter().map(|(word, rule)| ("^", word, rule));
                let endings = rules.endings.iter().map(|(ending, rule)| ("", ending, rule));
                words.chain(endings).map(move |(mark, letters, rule)| {
                    let case = if rule.keeps_case { "=" } else { "" };
                    format!("{tag}\t{mark}{letters}\t{case}{}\t{}", rule.off, rule.add)
                })
            })
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_verb_decides_where_the_form_is_new() {
        let lemmas = Lemmas::read("").unwrap();
        for (form, tag, lemma) in [
            ("shelled", "VBD", "shell"),
            ("extradited", "VBN", "extradite"),
            ("freed", "VBD", "free"),
            ("banned", "VBD", "ban"),
            ("denies", "VBZ", "deny"),
            ("shelling", "VBG", "shell"),
            ("businessmen", "NNS", "businessman"),
            ("froze", "VBD", "freeze"),
            ("lent", "VBN", "lend"),
            ("froze", "VBP", "freeze"),
            ("waged", "VBD", "wage"),
            ("wagged", "VBD", "wag"),
            ("thumbed", "VBD", "thumb"),
            ("leaned", "VBD", "lean"),
            ("plugging", "VBG", "plug"),
            ("swamped", "VBN", "swamp"),
            ("shaming", "VBG", "shame"),
        ] {
            assert_eq!(lemmas.lemma(form, tag), lemma);
        }
        assert_eq!(lemmas.lemma("qwertied", "VBD"), "qwertied");
    }

    #[test]
    fn the_longest_ending_decides() {
        let mut lemmas = Lemmas::default();
        lemmas.insert("VBD", "ed", Rule::between("walked", "walk"));
        lemmas.insert("VBD", "ied", Rule::between("tried", "try"));
        lemmas.insert("VBD", "^met", Rule::between("met", "meet"));
        let lemmas = Lemmas::read(&lemmas.write()).unwrap();
        assert_eq!(lemmas.lemma("Talked", "VBD"), "talk");
        assert_eq!(lemmas.lemma("denied", "VBD"), "deny");
        assert_eq!(lemmas.lemma("MET", "VBD"), "meet");
        assert_eq!(lemmas.lemma("Xi", "NNP"), "Xi");
        assert_eq!(lemmas.lemma("ed", "VBD"), "ed");
        assert!(Lemmas::read("VBD\ted").is_err());
    }

    #[test]
    fn a_rule_keeps_capitals_where_the_lemma_has_them() {
        let rule = Rule::between("Senators", "Senator");
        assert!(rule.keeps_case);
        assert_eq!(rule.apply("Ministers", "ministers"), "Minister");
        assert_eq!(Rule::between("I", "I").apply("I", "i"), "I");
    }
}

//! What holds for any sentence and any tree over it, sensible or not.

use detente_core::{Document, Span};
use detente_knowledge::Knowledge;
use detente_parse::{Sentence, Token, Upos};
use detente_resolve::Resolver;
use proptest::prelude::*;

const WORDS: [(&str, Upos, &str); 40] = [
    ("the", Upos::Det, "DT"),
    ("Xi", Upos::Propn, "NNP"),
    ("Jinping", Upos::Propn, "NNP"),
    ("Chinese", Upos::Adj, "JJ"),
    ("U.S.", Upos::Propn, "NNP"),
    ("China", Upos::Propn, "NNP"),
    ("Beijing", Upos::Propn, "NNP"),
    ("'s", Upos::Part, "POS"),
    ("president", Upos::Noun, "NN"),
    ("minister", Upos::Noun, "NN"),
    ("secretary", Upos::Noun, "NN"),
    ("of", Upos::Adp, "IN"),
    ("state", Upos::Noun, "NN"),
    ("in", Upos::Adp, "IN"),
    ("from", Upos::Adp, "IN"),
    ("he", Upos::Pron, "PRP"),
    ("her", Upos::Pron, "PRP$"),
    ("its", Upos::Pron, "PRP$"),
    ("they", Upos::Pron, "PRP"),
    ("who", Upos::Pron, "WP"),
    ("each", Upos::Det, "DT"),
    ("other", Upos::Adj, "JJ"),
    ("both", Upos::Det, "DT"),
    ("two", Upos::Num, "CD"),
    ("sides", Upos::Noun, "NNS"),
    ("countries", Upos::Noun, "NNS"),
    ("counterpart", Upos::Noun, "NN"),
    ("statement", Upos::Noun, "NN"),
    ("issued", Upos::Verb, "VBD"),
    ("said", Upos::Verb, "VBD"),
    ("met", Upos::Verb, "VBD"),
    (",", Upos::Punct, ","),
    ("-", Upos::Punct, "HYPH"),
    ("“", Upos::Punct, "``"),
    ("(", Upos::Punct, "-LRB-"),
    ("and", Upos::Cconj, "CC"),
    ("former", Upos::Adj, "JJ"),
    ("Mr.", Upos::Propn, "NNP"),
    ("G7", Upos::Propn, "NNP"),
    ("É", Upos::X, "FW"),
];

const RELATIONS: [&str; 20] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "nmod:desc",
    "appos",
    "conj",
    "cc",
    "case",
    "det",
    "amod",
    "compound",
    "flat",
    "acl:relcl",
    "acl",
    "advcl",
    "punct",
];

/// Word, head as a share of what comes before or after in `order`, and relation, for each token.
fn sentences() -> impl Strategy<Value = Vec<Vec<(usize, usize, usize)>>> {
    let token = (0..WORDS.len(), 0..1000usize, 0..RELATIONS.len());
    prop::collection::vec(prop::collection::vec(token, 1..14), 1..4)
}

/// Text and sentences: a token hangs on one that was placed before it, in an order that jumps about, so that any tree may come.
fn build(plan: &[Vec<(usize, usize, usize)>]) -> (String, Vec<Sentence>) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for words in plan {
        let start = text.len();
        let len = words.len();
        let mut order: Vec<usize> = (0..len).collect();
        order.sort_by_key(|&token| (words[token].1 * 7919) % 1009);
        let mut tokens: Vec<Token> = words
            .iter()
            .map(|&(word, _, relation)| {
                let (form, upos, xpos) = WORDS[word];
                let at = text.len();
                text.push_str(form);
                let span = Span::new(at, text.len());
                text.push(' ');
                Token {
                    span,
                    form: form.into(),
                    lemma: form.to_lowercase().into(),
                    upos,
                    xpos: xpos.into(),
                    head: None,
                    deprel: RELATIONS[relation].into(),
                }
            })
            .collect();
        for (place, &token) in order.iter().enumerate() {
            if place == 0 {
                tokens[token].deprel = "root".into();
            } else {
                tokens[token].head = Some(order[words[token].1 % place]);
            }
        }
        sentences.push(Sentence::new(Span::new(start, text.len() - 1), tokens));
    }
    (text, sentences)
}

fn is_tree(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let roots = tokens.iter().filter(|token| token.head.is_none()).count();
    let reaches = |start: usize| {
        let mut at = start;
        for _ in 0..=tokens.len() {
            match tokens[at].head {
                Some(head) => at = head,
                None => return true,
            }
        }
        false
    };
    roots == 1 && (0..tokens.len()).all(reaches)
}

proptest! {
    #[test]
    fn any_tree_is_read_and_stays_a_tree(plan in sentences()) {
        let knowledge = KNOWLEDGE.with(Clone::clone);
        let (text, sentences) = build(&plan);
        let document = Document { text: text.clone(), ..Document::default() };
        let mut read = sentences.clone();
        let resolver = Resolver::new(&knowledge);
        let resolution = resolver.resolve(&knowledge, &document, &mut read);
        prop_assert!(read.iter().all(is_tree));
        let mut mended = sentences.clone();
        resolver.mend(&knowledge, &text, &mut mended);
        prop_assert_eq!(&mended, &read);
        for mention in &resolution.mentions {
            prop_assert!(mention.span.of(&text).is_some());
            prop_assert!(mention.head < read[mention.sentence].tokens.len());
            prop_assert!(mention.tokens.start < mention.tokens.end);
        }
        let mut again = sentences;
        let second = resolver.resolve(&knowledge, &document, &mut again);
        prop_assert_eq!(format!("{:?}", second.mentions), format!("{:?}", resolution.mentions));
    }
}

thread_local! {
    static KNOWLEDGE: std::rc::Rc<Knowledge> =
        std::rc::Rc::new(Knowledge::builtin().unwrap_or_default());
}

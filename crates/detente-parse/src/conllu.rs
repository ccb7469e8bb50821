//! CoNLL-U in and out.
//!
//! In goes the text of a CoNLL-U file, out come [`Block`]s, one a sentence, and the other way round: parsed sentences are
//! written as CoNLL-U. The line of `Xi` in `Xi spoke` is a [`Row`] whose head is word 2; a line
//! that begins `1-2`, for `don't`, is a [`Range`] over the rows it names. Empty nodes and the columns FEATS and DEPS are not kept.

use std::fmt;
use std::fmt::Write as _;

use detente_core::Span;

use crate::Sentence;

/// One word line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The word.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech, as written.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// 0 for the root, otherwise the number of the head, counted from 1; `None` where the file leaves it open.
    pub head: Option<usize>,
    /// Relation to the head.
    pub deprel: String,
    /// Whether a space follows in the text.
    pub space_after: bool,
    /// The last column, as written.
    pub misc: String,
}

/// A stretch of text that is several words, as `don't` is `do` and `n't`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Index of its first row, from 0.
    pub first: usize,
    /// Index of its last row.
    pub last: usize,
    /// As it stands in the text.
    pub form: String,
    /// Whether a space follows in the text.
    pub space_after: bool,
}

/// One sentence of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// Comment lines with their `#`.
    pub comments: Vec<String>,
    /// Words in order.
    pub rows: Vec<Row>,
    /// Stretches of several words, in order.
    pub ranges: Vec<Range>,
}

impl Block {
    /// The value of the comment `# key = value`, or `""` where the comment has no value.
    pub fn comment(&self, key: &str) -> Option<&str> {
        self.comments.iter().find_map(|line| {
            let rest = line.trim_start_matches('#').trim_start().strip_prefix(key)?;
            match rest.trim_start().strip_prefix('=') {
                Some(value) => Some(value.trim()),
                None if rest.trim().is_empty() => Some(""),
                None if rest.starts_with(" id") => {
                    rest.split_once('=').map(|(_, value)| value.trim())
                }
                None => None,
            }
        })
    }

    /// Whether the sentence opens a paragraph (`# newpar`) or a document (`# newdoc`).
    pub fn opens_paragraph(&self) -> bool {
        self.comment("newpar").is_some() || self.comment("newdoc").is_some()
    }

    /// The sentence's text, made from its words, and each word's span in it. The words of a range whose letters they spell
    /// out between them (`do` `n't`) get their own parts of it; otherwise each gets the whole.
    pub fn text(&self) -> (String, Vec<Span>) {
        let mut text = String::new();
        let mut spans = Vec::with_capacity(self.rows.len());
        let mut ranges = self.ranges.iter().peekable();
        let mut index = 0;
        let mut spaced = false;
        while let Some(row) = self.rows.get(index) {
            if spaced {
                text.push(' ');
            }
            let start = text.len();
            if let Some(range) = ranges.next_if(|range| range.first <= index) {
                text.push_str(&range.form);
                let last = range.last.min(self.rows.len() - 1);
                let rows = &self.rows[index..=last];
                let whole = rows.iter().map(|row| row.form.len()).sum::<usize>()
                    == range.form.len()
                    && rows.iter().map(|row| row.form.as_str()).collect::<String>() == range.form;
                let mut from = start;
                for row in rows {
                    let end = if whole { from + row.form.len() } else { text.len() };
                    spans.push(Span::new(from, end));
                    from = if whole { end } else { start };
                }
                spaced = range.space_after;
                index = last + 1;
            } else {
                text.push_str(&row.form);
                spans.push(Span::new(start, text.len()));
                spaced = row.space_after;
                index += 1;
            }
        }
        (text, spans)
    }
}

/// What is wrong with a CoNLL-U file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    line: usize,
    what: String,
}

impl ConlluError {
    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not CoNLL-U: {}", self.line, self.what)
    }
}

impl std::error::Error for ConlluError {}

/// Reads a file's text.
///
/// ```
/// let blocks = detente_parse::conllu::read("# text = Xi spoke\n1\tXi\t_\t_\t_\t_\t_\t_\t_\t_\n2\tspoke\t_\t_\t_\t_\t_\t_\t_\t_\n")?;
/// assert_eq!(blocks[0].rows[1].form, "spoke");
/// assert!(detente_parse::conllu::read("1 Xi\n").is_err());
/// # Ok::<(), detente_parse::conllu::ConlluError>(())
/// ```
///
/// # Errors
/// If a line that is no comment has other than ten columns, or a number out of place.
pub fn read(text: &str) -> Result<Vec<Block>, ConlluError> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        let fault = |what: String| ConlluError { line: number, what };
        if line.trim().is_empty() {
            if !block.rows.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
            continue;
        }
        if line.starts_with('#') {
            block.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns.as_slice() else {
            return Err(fault(format!(
                "it has {} columns separated by tabs, not 10",
                columns.len()
            )));
        };
        let space_after = !misc.split('|').any(|item| item == "SpaceAfter=No");
        if id.contains('.') {
            continue;
        }
        if let Some((first, last)) = id.split_once('-') {
            let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) else {
                return Err(fault(format!("its number is \"{id}\"")));
            };
            if first != block.rows.len() + 1 || last < first || last - first > 1000 {
                return Err(fault(format!("the range {id} does not begin at the next word")));
            }
            block.ranges.push(Range {
                first: first - 1,
                last: last - 1,
                form: form.to_owned(),
                space_after,
            });
            continue;
        }
        if id.parse() != Ok(block.rows.len() + 1) {
            return Err(fault(format!(
                "its number is \"{id}\" where {} is due",
                block.rows.len() + 1
            )));
        }
        block.rows.push(Row {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            xpos: xpos.to_owned(),
            head: head.parse().ok(),
            deprel: deprel.to_owned(),
            space_after,
            misc: misc.to_owned(),
        });
    }
    if !block.rows.is_empty() {
        blocks.push(block);
    }
    Ok(blocks)
}

/// Writes what was predicted for a block that was read: its comments and ranges stay, the other columns are the sentence's.
pub fn write_block(block: &Block, sentence: &Sentence) -> String {
    let mut out = String::new();
    for comment in &block.comments {
        let _ = writeln!(out, "{comment}");
    }
    let mut ranges = block.ranges.iter().peekable();
    for (index, (row, token)) in block.rows.iter().zip(&sentence.tokens).enumerate() {
        while let Some(range) = ranges.next_if(|range| range.first <= index) {
            write_range(&mut out, index, range.last, &range.form, range.space_after);
        }
        write_row(&mut out, index, &row.form, token, row.space_after);
    }
    out.push('\n');
    out
}

/// Writes the sentences of a document. `# newpar` opens each paragraph; words that stand together as one word of the text
/// (`do` `n't`) are under a range.
pub fn write(text: &str, paragraphs: &[Span], sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut paragraphs = paragraphs.iter().peekable();
    for sentence in sentences {
        let mut opens = false;
        while paragraphs.next_if(|paragraph| paragraph.start <= sentence.span.start).is_some() {
            opens = true;
        }
        if opens {
            out.push_str("# newpar\n");
        }
        let words: Vec<&str> =
            sentence.span.of(text).unwrap_or_default().split_whitespace().collect();
        let _ = writeln!(out, "# text = {}", words.join(" "));
        let tokens = &sentence.tokens;
        let joined = |index: usize| {
            tokens.get(index + 1).is_some_and(|next| {
                tokens[index].span.end == next.span.start
                    && is_clitic(&next.form, &tokens[index].form)
            })
        };
        let space_after = |index: usize| {
            let end = tokens[index].span.end;
            tokens.get(index + 1).is_none_or(|next| next.span.start > end)
                && !text
                    .get(end..)
                    .is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
        };
        let mut ranged = 0;
        for (index, token) in tokens.iter().enumerate() {
            if index >= ranged && joined(index) {
                let mut last = index;
                while joined(last) {
                    last += 1;
                }
                let form =
                    Span::new(token.span.start, tokens[last].span.end).of(text).unwrap_or_default();
                write_range(&mut out, index, last, form, space_after(last));
                ranged = last + 1;
            }
            write_row(&mut out, index, &token.form, token, index < ranged || space_after(index));
        }
        out.push('\n');
    }
    out
}

/// Whether `word` leans on `before` as English treebanks have it: `n't`, `'s`, `'ll`, and the second half of `cannot`.
fn is_clitic(word: &str, before: &str) -> bool {
    let mut letters =
        word.chars().map(|c| if c == '\u{2019}' { '\'' } else { c.to_ascii_lowercase() });
    let lower: String = letters.by_ref().take(4).collect();
    let before_is_word = before.chars().next_back().is_some_and(char::is_alphanumeric);
    match lower.as_str() {
        "n't" | "nt" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" => before_is_word,
        "'" => before.ends_with(['s', 'S', 'z', 'x']),
        "not" => before.eq_ignore_ascii_case("can"),
        "na" => ["gon", "wan"].iter().any(|stem| before.eq_ignore_ascii_case(stem)),
        "ta" => ["got", "ought"].iter().any(|stem| before.eq_ignore_ascii_case(stem)),
        _ => false,
    }
}

fn write_range(out: &mut String, first: usize, last: usize, form: &str, space_after: bool) {
    let misc = if space_after { "_" } else { "SpaceAfter=No" };
    let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", first + 1, last + 1);
}

fn write_row(out: &mut String, index: usize, form: &str, token: &crate::Token, space_after: bool) {
    let misc = if space_after { "_" } else { "SpaceAfter=No" };
    let head = token.head.map_or(0, |head| head + 1);
    let lemma = if token.lemma.is_empty() { "_" } else { &token.lemma };
    let upos = token.upos.as_str();
    let _ = writeln!(
        out,
        "{}\t{form}\t{lemma}\t{upos}\t{}\t_\t{head}\t{}\t_\t{misc}",
        index + 1,
        token.xpos,
        token.deprel
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = a\n# text = I don't.\n1\tI\tI\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\tdo\tVERB\tVBP\t_\t0\troot\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    #[test]
    fn a_block_knows_its_text_and_where_its_words_stand() {
        let blocks = read(SAMPLE).unwrap();
        let (text, spans) = blocks[0].text();
        assert_eq!(text, "I don't.");
        let words: Vec<_> = spans.iter().map(|span| span.of(&text).unwrap()).collect();
        assert_eq!(words, ["I", "do", "n't", "."]);
        assert_eq!(blocks[0].comment("text"), Some("I don't."));
        assert_eq!(blocks[0].comment("newdoc"), Some("a"));
        assert_eq!(blocks[0].comment("newpar"), None);
        assert!(blocks[0].opens_paragraph());
    }

    #[test]
    fn faults_name_their_line() {
        assert_eq!(read("\n# x\n1\tI\n").unwrap_err().line(), 3);
        assert!(read(&SAMPLE.replace("2\tdo", "7\tdo")).is_err());
        assert!(read(&SAMPLE.replace("2-3", "3-2")).is_err());
    }
}

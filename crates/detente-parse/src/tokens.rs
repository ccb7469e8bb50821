//! Sentence → the spans of its tokens.
//!
//! In go text and the span of one sentence, out come the spans of its words and signs, as the English treebanks of
//! Universal Dependencies cut them: `The U.S.-led force couldn't reach Xi's 32-year-old aide.` gives `The` `U.S.` `-` `led`
//! `force` `could` `n't` `reach` `Xi` `'s` `32` `-` `year` `-` `old` `aide` `.`. Every character that is no white space is in
//! exactly one span, and no span holds white space.

use detente_core::Span;

use crate::words::{Abbreviation, words};

/// Cuts one sentence into tokens; a span off the text gives none.
pub(crate) fn tokens(text: &str, sentence: Span) -> Vec<Span> {
    let Some(content) = sentence.of(text) else { return Vec::new() };
    let mut cutter = Cutter { text: content, offset: sentence.start, out: Vec::new() };
    let mut at = 0;
    while let Some(c) = cutter.char_at(at) {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else {
            at = cutter.take(at, c);
        }
    }
    cutter.out
}

const FACES: [&str; 24] = [
    ":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":')", ":'(", ":)", ":(", ";)", ";(", ":D", ":P",
    ":p", ";D", "=)", "=(", ":/", ":|", ":-|", "<3", "^_^", ":]",
];

struct Cutter<'a> {
    text: &'a str,
    offset: usize,
    out: Vec<Span>,
}

/// A letter, digit or sign that joins letters without being one.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Combining marks, the soft hyphen and joiners belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{fe0e}' | '\u{fe0f}'
    )
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`')
}

impl Cutter<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push(Span::new(self.offset + start, self.offset + end));
        }
    }

    /// Takes the token, or the tokens of one word, that begin at `at`; returns where they end.
    fn take(&mut self, at: usize, c: char) -> usize {
        if let Some(end) = self.address(at) {
            self.push(at, end);
            return end;
        }
        if let Some(end) = self.face(at) {
            self.push(at, end);
            return end;
        }
        if c.is_ascii_digit() || (matches!(c, '.' | '+') && self.starts_number(at)) {
            return self.number(at);
        }
        if c.is_alphanumeric() {
            return self.word(at);
        }
        if is_apostrophe(c)
            && let Some(end) = self.clitic(at).or_else(|| self.short_decade(at, c))
        {
            self.push(at, end);
            return end;
        }
        let end = self.sign(at, c);
        self.push(at, end);
        end
    }

    /// The end of the run of characters from `at` that are no white space.
    fn chunk_end(&self, at: usize) -> usize {
        self.text[at..].find(char::is_whitespace).map_or(self.text.len(), |length| at + length)
    }

    /// A web address, an e-mail address or a handle.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let bytes = rest.as_bytes();
        let first = *bytes.first()?;
        if !(first.is_ascii_alphanumeric() || matches!(first, b'@' | b'#' | b'_')) {
            return None;
        }
        if self.char_before(at).is_some_and(is_word) {
            return None;
        }
        let chunk = &rest[..self.chunk_end(at) - at];
        let chunk =
            &chunk[..chunk.find(['<', '>', '"', '\u{201c}', '\u{201d}']).unwrap_or(chunk.len())];
        let lower_start = |prefix: &str| {
            chunk.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let is_web =
            ["http://", "https://", "ftp://", "www."].iter().any(|prefix| lower_start(prefix));
        let is_handle = matches!(first, b'@' | b'#')
            && bytes.get(1).is_some_and(u8::is_ascii_alphabetic)
            && chunk[1..].bytes().all(|b| {
                b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b',' | b':' | b'!' | b'?')
            });
        let is_mail = || {
            chunk.split_once('@').is_some_and(|(user, host)| {
                !user.is_empty()
                    && user.bytes().all(|b| {
                        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%')
                    })
                    && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
            })
        };
        if is_handle {
            let end = chunk[1..]
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .map_or(chunk.len(), |n| n + 1);
            return Some(at + end);
        }
        if !is_web && !is_mail() {
            return None;
        }
        let mut end = chunk
            .trim_end_matches(|c: char| {
                matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '\u{2019}' | ']')
            })
            .len();
        while chunk[..end].ends_with(')') && !chunk[..end].contains('(') {
            end = chunk[..end - 1].trim_end_matches(['.', ',', ';', '!', '?']).len();
        }
        (end > 4).then_some(at + end)
    }

    /// A face made of signs.
    fn face(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if !rest.starts_with([':', ';', '=', '8', '<', '>', '^', 'X', 'x']) {
            return None;
        }
        let face = FACES.iter().find(|face| rest.starts_with(**face))?;
        let after = rest[face.len()..].chars().next();
        let before = self.char_before(at);
        let is_apart = before.is_none_or(|c| !c.is_alphanumeric())
            && after.is_none_or(|c| !is_word(c) && c != '/');
        let mut end = at + face.len();
        while face.ends_with([')', '(']) && self.text[end..].starts_with(&face[face.len() - 1..]) {
            end += 1;
        }
        is_apart.then_some(end)
    }

    fn starts_number(&self, at: usize) -> bool {
        self.text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit)
            && self.char_before(at).is_none_or(|c| !is_word(c) && c != '.')
    }

    /// A number with what stands in it (`2,000` `3.5` `9/11` `10:30` `555-0134`) and what sticks to it (`20th` `1970s`).
    fn number(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at + usize::from(!bytes[at].is_ascii_digit());
        let digits = |from: usize| {
            bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count()
        };
        let mut last = digits(end);
        end += last;
        // Lengths of the runs of digits between hyphens tell a telephone number or a date from a range.
        let mut hyphened = vec![last];
        let mut first_hyphen = None;
        while let Some(&joiner) = bytes.get(end) {
            let run = digits(end + 1);
            let joins = match joiner {
                b',' => run == 3 && last <= 3,
                b'.' | b':' | b'/' | b'-' => run > 0,
                _ => false,
            };
            if !joins {
                break;
            }
            if joiner == b'-' {
                first_hyphen.get_or_insert(end);
                hyphened.push(run);
            }
            last = run;
            end += 1 + run;
        }
        if let Some(hyphen) = first_hyphen {
            let one = matches!(
                hyphened.as_slice(),
                [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [4, 2, 2] | [1 | 2, 1 | 2, 2 | 4]
            );
            let lettered = self.char_at(end).is_some_and(char::is_alphabetic);
            if !one || lettered {
                end = hyphen;
            }
        }
        let run = self.text[end..]
            .find(|c: char| !is_word(c))
            .map_or(self.text.len(), |length| end + length);
        let suffix = &self.text[end..run];
        if suffix.is_empty() || !words().is("unit", suffix) {
            // `20th`, `1970s`, `F16A`: one token. An apostrophe may stand before the `s` of a decade.
            if run == end
                && let Some(after) = self.decade(end)
            {
                self.push(at, after);
                return after;
            }
            if self.list_number(at, run) {
                self.push(at, run + 1);
                return run + 1;
            }
            self.push(at, run);
            return run;
        }
        self.push(at, end);
        if matches!(suffix, "a" | "p" | "am" | "pm") && self.text[run..].starts_with('.') {
            return self.word(end);
        }
        self.push(end, run);
        run
    }

    /// A decade without its century (`'90s`).
    fn short_decade(&self, at: usize, apostrophe: char) -> Option<usize> {
        let digits = at + apostrophe.len_utf8();
        let rest = &self.text.as_bytes()[digits..];
        let is_decade = matches!(rest, [b'0'..=b'9', b'0', b's', ..])
            && !rest.get(3).is_some_and(u8::is_ascii_alphanumeric);
        is_decade.then_some(digits + 3)
    }

    /// `'s` after a decade (`1990's`).
    fn decade(&self, at: usize) -> Option<usize> {
        let mut rest = self.text[at..].chars();
        let apostrophe = rest.next().filter(|&c| is_apostrophe(c))?;
        let is_decade = rest.next() == Some('s')
            && self.text[..at].ends_with('0')
            && rest.next().is_none_or(|c| !is_word(c));
        is_decade.then(|| at + apostrophe.len_utf8() + 1)
    }

    /// Whether the number from `at` to `end` is the label of a list's item: it opens the sentence and a stop follows it.
    fn list_number(&self, at: usize, end: usize) -> bool {
        at == 0
            && end - at <= 2
            && self.text[end..].starts_with('.')
            && self.text[end + 1..].starts_with(char::is_whitespace)
    }

    /// A word with what belongs to it, and its clitics.
    fn word(&mut self, at: usize) -> usize {
        let mut start = at;
        let mut end = at;
        loop {
            end += self.text[end..].find(|c: char| !is_word(c)).unwrap_or(self.text.len() - end);
            let Some(joiner) = self.char_at(end) else { break };
            let next_at = end + joiner.len_utf8();
            let next = self.char_at(next_at);
            let next_is_word = next.is_some_and(char::is_alphanumeric);
            let part = &self.text[start..end];
            match joiner {
                '.' if next_is_word => {
                    if !self.joins_by_stop(start, end, next_at) {
                        break;
                    }
                    end = next_at;
                }
                '.' => {
                    if self.keeps_stop(start, end) {
                        end = next_at;
                    }
                    break;
                }
                '-' | '\u{2010}' | '\u{2011}' if next_is_word && words().is("prefix", part) => {
                    end = next_at;
                }
                '&' if next_is_word
                    && part.len() <= 4
                    && part.chars().all(char::is_uppercase)
                    && next.is_some_and(char::is_uppercase) =>
                {
                    end = next_at;
                }
                '_' if next_is_word => end = next_at,
                '/' if next_is_word && part.len() == 1 => {
                    let short = self.text[next_at..]
                        .find(|c: char| !is_word(c))
                        .unwrap_or(self.text.len() - next_at);
                    if short > 3 {
                        break;
                    }
                    end = next_at;
                }
                c if is_apostrophe(c) && next_is_word => {
                    if let Some(clitic) = self.clitic(end) {
                        let negated = self.text[next_at..clitic].eq_ignore_ascii_case("t");
                        if negated && part.len() > 1 && part.ends_with(['n', 'N']) {
                            self.push(start, end - 1);
                            self.push(end - 1, clitic);
                            return clitic;
                        }
                        if !negated {
                            self.divide(start, end);
                            self.push(end, clitic);
                            start = clitic;
                            end = clitic;
                            // `who'd've`: another may follow.
                            if self.char_at(end).is_some_and(is_apostrophe)
                                && self.clitic(end).is_some()
                            {
                                continue;
                            }
                            break;
                        }
                    }
                    end = next_at;
                }
                '*' if next_is_word || next == Some('*') => end = next_at,
                _ => break,
            }
        }
        self.divide(start, end);
        end
    }

    /// Pushes a word, in its two parts if it is `cannot`, `gonna` or the like.
    fn divide(&mut self, start: usize, end: usize) {
        match words().division(&self.text[start..end]) {
            Some(first) => {
                self.push(start, start + first);
                self.push(start + first, end);
            }
            None => self.push(start, end),
        }
    }

    /// The end of the clitic that begins with the apostrophe at `at`.
    fn clitic(&self, at: usize) -> Option<usize> {
        let apostrophe = self.char_at(at)?;
        let from = at + apostrophe.len_utf8();
        let rest = &self.text[from..];
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let lower = rest[..length].to_ascii_lowercase();
        let is_clitic = matches!(lower.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m" | "t" | "em");
        is_clitic.then_some(from + length)
    }

    /// Whether the stop at `stop`, with a letter or digit on either side, is inside a word.
    fn joins_by_stop(&self, start: usize, stop: usize, next: usize) -> bool {
        let part = &self.text[start..stop];
        let last = part.rsplit(['.', '-']).next().unwrap_or(part);
        let length =
            self.text[next..].find(|c: char| !is_word(c)).unwrap_or(self.text.len() - next);
        let after = &self.text[next..next + length];
        let is_initial = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
        let after_initial = after.chars().count() == 1;
        if is_initial {
            return after_initial
                || length <= 3
                || !after.starts_with(char::is_uppercase)
                || part.len() > 1;
        }
        let lower = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
        let goes_on = part.contains('.') || self.text[next + length..].starts_with('.');
        words().is("ending", after)
            || (goes_on && lower(last) && lower(after) && length > 1)
            || (last.ends_with(|c: char| c.is_ascii_digit())
                && after.starts_with(|c: char| c.is_ascii_digit()))
            || words().abbreviation(&self.text[start..next + length]).is_some()
    }

    /// Whether the stop at `stop`, with no letter after it, belongs to the word before it.
    fn keeps_stop(&self, start: usize, stop: usize) -> bool {
        // Three stops and more are an ellipsis; two are the abbreviation's and the sentence's.
        if self.text[stop..].starts_with("...") {
            return false;
        }
        let part = &self.text[start..stop];
        let rest =
            self.text[stop + 1..].trim_start_matches(|c: char| is_closer(c) || c.is_whitespace());
        let is_last = rest.is_empty();
        if part.contains('.') {
            // `U.S.`, `a.m.`: single letters between stops.
            return part.split('.').all(|letter| letter.chars().count() == 1)
                || words().abbreviation(part).is_some();
        }
        let mut letters = part.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            return !is_last
                && letter.is_uppercase()
                && !(letter == 'I' && rest.starts_with(char::is_lowercase));
        }
        match words().abbreviation(part) {
            None => false,
            Some(Abbreviation::BeforeNumber) if part.eq_ignore_ascii_case("no") => {
                rest.starts_with(|c: char| c.is_numeric())
            }
            Some(Abbreviation::BeforeNumber) => {
                !is_last || part.len() > 3 || part.starts_with(char::is_uppercase)
            }
            // Words that are spelled like an abbreviation: `sat`, `sun`, `col`, `am`.
            Some(_)
                if matches!(
                    part,
                    "am" | "sat"
                        | "sun"
                        | "wed"
                        | "mon"
                        | "art"
                        | "ill"
                        | "mass"
                        | "miss"
                        | "wash"
                        | "gal"
                        | "min"
                        | "la"
                        | "pa"
                        | "me"
                        | "fig"
                        | "sen"
                        | "gen"
                        | "rep"
                        | "all"
                        | "pres"
                        | "ore"
                        | "id"
                        | "cf"
                ) =>
            {
                !is_last && !rest.starts_with(char::is_uppercase) && part.len() <= 3 && part != "am"
            }
            Some(_) => true,
        }
    }

    /// Marks of punctuation: a run of one kind is one token.
    fn sign(&self, at: usize, c: char) -> usize {
        let rest = &self.text[at..];
        let run = |same: &dyn Fn(char) -> bool| rest.find(|d: char| !same(d)).unwrap_or(rest.len());
        let end = match c {
            '.' | '\u{2026}' => run(&|d| d == '.' || d == '\u{2026}'),
            '?' | '!' => run(&|d| d == '?' || d == '!'),
            '-' | '*' | '=' | '_' | '~' | '+' | '#' => run(&|d| d == c),
            '\'' | '`' | '<' | '>' => run(&|d| d == c).min(2),
            '\u{2019}' | '\u{2018}' if rest[c.len_utf8()..].starts_with(c) => 2 * c.len_utf8(),
            '\u{2013}' | '\u{2014}' => run(&|d| d == c),
            _ => c.len_utf8(),
        };
        let end = at + end;
        end + self.text[end..].find(|d: char| !is_mark(d)).unwrap_or(self.text.len() - end)
    }
}

/// Quotation marks and brackets that close.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{2019}' | '\u{201d}' | ')' | ']' | '}' | '\u{bb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokens(text, Span::new(0, text.len()))
            .into_iter()
            .map(|span| span.of(text).unwrap())
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(cut(text).join(" "), expected);
    }

    #[test]
    fn clitics_are_tokens() {
        check("They don't, can't and won't.", "They do n't , ca n't and wo n't .");
        check(
            "Wang\u{2019}s aides didn\u{2019}t say who\u{2019}d go.",
            "Wang \u{2019}s aides did n\u{2019}t say who \u{2019}d go .",
        );
        check(
            "The ministers' plans cannot stand; we're gonna see.",
            "The ministers ' plans can not stand ; we 're gon na see .",
        );
        check("O'Brien came at five o'clock.", "O'Brien came at five o'clock .");
    }

    #[test]
    fn hyphens_part_words_but_for_prefixes() {
        check("the U.S.-led force", "the U.S. - led force");
        check("a 32-year-old ex-minister", "a 32 - year - old ex-minister");
        check(
            "non-state anti-ship missiles in mid-July",
            "non-state anti-ship missiles in mid-July",
        );
        check("from 2019-20 to 555-0134", "from 2019 - 20 to 555-0134");
        check(
            "the talks\u{2014}held in Oslo\u{2014}failed",
            "the talks \u{2014} held in Oslo \u{2014} failed",
        );
        check("the talks -- held in Oslo", "the talks -- held in Oslo");
    }

    #[test]
    fn numbers_keep_what_stands_in_them() {
        check("$1,500.50 or 7.5% at 10:30 on 9/11", "$ 1,500.50 or 7.5 % at 10:30 on 9/11");
        check(
            "the 1970s, the 20th, 100km, 5pm, 40,000",
            "the 1970s , the 20th , 100 km , 5 pm , 40,000",
        );
        check("\u{a3}3m and \u{20ac}20bn", "\u{a3} 3 m and \u{20ac} 20 bn");
    }

    #[test]
    fn abbreviations_keep_their_stop() {
        check(
            "Sen. Ito of the U.S. met Gen. A. B. Roe on Jan. 8.",
            "Sen. Ito of the U.S. met Gen. A. B. Roe on Jan. 8 .",
        );
        check("It is No. 10.", "It is No. 10 .");
        check("He said no.", "He said no .");
        check("He moved to the U.S.", "He moved to the U.S.");
        check("They sat.", "They sat .");
        check("at 6 a.m. or 7 p.m.", "at 6 a.m. or 7 p.m.");
    }

    #[test]
    fn quotes_brackets_and_dots() {
        check("\"We will go,\" he said.", "\" We will go , \" he said .");
        check("\u{201c}Go.\u{201d}", "\u{201c} Go . \u{201d}");
        check("Well... (perhaps) yes\u{2026}", "Well ... ( perhaps ) yes \u{2026}");
        check("What?! No!!", "What ?! No !!");
    }

    #[test]
    fn addresses_are_one_token() {
        check(
            "See https://example.org/a?b=1, or www.example.com.",
            "See https://example.org/a?b=1 , or www.example.com .",
        );
        check("Write to press.office@mfa.example.org.", "Write to press.office@mfa.example.org .");
        check("On state.gov and @envoy", "On state.gov and @envoy");
        check("and/or his/her AT&T", "and / or his / her AT&T");
    }
}

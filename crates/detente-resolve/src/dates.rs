//! Expressions of time and the dates they mean.
//!
//! In go the sentences of a document, out come [`DateMention`]s. In a text of 21 June 2023 the "on
//! Monday" of "Blinken met Xi on Monday" is 2023-06-19; in "Blinken will meet Xi on Monday" it is
//! 2023-06-26; in a text without a date it is found, and has no value. Nothing falls back to today.
//!
//! Which words there are stands in `knowledge/words/dates.toml`. `scan.rs` finds them, by the
//! forms in `forms.rs` and `distances.rs`; which day they mean is `calendar.rs`, which way a clause looks is `outlook.rs`.

mod calendar;
mod distances;
mod elements;
mod feasts;
mod forms;
mod lengths;
mod names;
mod outlook;
mod scan;
mod value;
mod vocabulary;

use std::ops::Range;

use detente_core::{Document, Span};
use detente_knowledge::{CueKind, Knowledge};
use detente_parse::{Sentence, Upos};
use jiff::civil::Date;

use crate::{DateMention, TimeKind, TimeRelation};
use calendar::{Base, Expression, Outlook, Setting, Unit, Year};
use scan::Found;
use value::Value;
pub(crate) use vocabulary::Vocabulary;

/// How many sentences back the date lies that "the next day" may count from.
const REACH: usize = 5;
/// Farther back than this from the document's date, what a sentence tells of goes on in the next.
const LONG_AGO_DAYS: i32 = 60;

/// Every expression of time in a document, in order of sentence and first token.
///
/// A day without its year, a weekday and a distance ("three days ago") are resolved against
/// `document.date`, "the next day" against the last day that the text gave; where that is absent they
/// have no value. A week, "from Monday to Wednesday" and other stretches have their first and last day, month or year.
pub fn dates(
    knowledge: &Knowledge,
    document: &Document,
    sentences: &[Sentence],
) -> Vec<DateMention> {
    dates_by(knowledge, &Vocabulary::new(&knowledge.words.dates), document, sentences)
}

/// The same, by a vocabulary that is ready.
pub(crate) fn dates_by(
    knowledge: &Knowledge,
    words: &Vocabulary,
    document: &Document,
    sentences: &[Sentence],
) -> Vec<DateMention> {
    let mut reader = Reader {
        knowledge,
        words,
        today: document.date.as_deref().and_then(document_date),
        last: None,
        told: None,
        only: OneDay::None,
    };
    let mut mentions = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let Some(text) = sentence.span.of(&document.text) else { continue };
        let mut atoms = vocabulary::atoms(text, sentence.span.start);
        words.mark(&mut atoms);
        let found = scan::scan(words, &atoms);
        mentions.extend(found.iter().filter_map(|found| reader.mention(index, sentence, found)));
    }
    mentions
}

/// The reading of one document.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    words: &'a Vocabulary,
    /// The document's date.
    today: Option<Date>,
    /// The last date that the text gave, and its sentence.
    last: Option<(usize, Value)>,
    /// The last date that stands by itself.
    told: Option<Told>,
    /// The one day that the text has told of so far.
    only: OneDay,
}

/// Whether a text has told of one day alone, so that "the same evening" is that day's however far back it stands.
#[derive(Debug, Clone, Copy)]
enum OneDay {
    None,
    One(Value),
    Many,
}

impl OneDay {
    fn with(self, value: Value) -> Self {
        match self {
            Self::None => Self::One(value),
            Self::One(day) if day == value => self,
            _ => Self::Many,
        }
    }
}

/// A date that names its year, and where it stands.
#[derive(Debug, Clone, Copy)]
struct Told {
    sentence: usize,
    /// The token that it hangs on.
    governor: usize,
    value: Value,
    /// It names its day of the week, as a story of long ago does that goes on with such days: "on Wednesday, 23 October 2002".
    weekday: bool,
}

impl Reader<'_> {
    /// The expression as a mention; `None` where the tree shows that it is no time.
    fn mention(&mut self, index: usize, sentence: &Sentence, found: &Found) -> Option<DateMention> {
        let tokens = tokens(sentence, found)?;
        // "in Bangui Friday night" is no name, "the Saturday Evening Post" is.
        let part_of_day = sentence
            .tokens
            .get(tokens.end - 1)
            .is_some_and(|last| self.words.times.word(&last.form).is_some());
        if !is_time(sentence, &tokens, found) || (!part_of_day && is_name(sentence, &tokens)) {
            return None;
        }
        let outlook = outlook::outlook(self.knowledge, self.words, sentence, &tokens, found);
        let governor = governor(sentence, &tokens);
        let dateline = tokens.start < sentence.dateline();
        let kind = match found.expression {
            Expression::Duration(_) => TimeKind::Duration,
            Expression::Set(_) => TimeKind::Set,
            Expression::Each(_) if after_amount(sentence, tokens.start) => TimeKind::Set,
            Expression::Each(_) => TimeKind::Duration,
            // "finished in three days" is a length of time.
            Expression::Within { .. } if !outlook.is_to_come() || !on_verb(sentence, &tokens) => {
                TimeKind::Duration
            }
            _ => TimeKind::Date,
        };
        let text = self.last.filter(|(at, _)| index - at <= REACH).map(|(_, value)| value);
        let same_day = matches!(
            found.expression,
            Expression::Shift { unit: Unit::Day, by: 0, base: Base::Text }
        );
        let text = match self.only {
            OneDay::One(day) if same_day => text.or(Some(day)),
            _ => text,
        };
        let mut setting = Setting { document: self.today, text, outlook };
        let told = self.told_before(index, sentence, governor, found).or_else(|| {
            let news = governor.is_some_and(|verb| self.speaks(sentence, verb));
            self.goes_on_from(index, found).filter(|_| !outlook.is_to_come() && !dateline && !news)
        });
        if let Some(told) = told {
            setting =
                Setting { document: told.value.last_day(), outlook: Outlook::Ahead, ..setting };
        }
        let (first, granularity) = calendar::resolve(found.expression, &setting);
        let value = match found.to {
            _ if kind != TimeKind::Date => None,
            Some(_) if self.is_moved(sentence, governor) => None,
            Some(to) => calendar::resolve_stretch(found.expression, to.expression, &setting)
                .filter(|value| !to.and || value.is_pair()),
            None => first,
        };
        if let Some(value) = value
            && found.relation == TimeRelation::At
            && !outlook.is_to_come()
            && !dateline
        {
            self.last = Some((index, value));
            self.only = self.only.with(value);
            if (has_its_year(found.expression) || told.is_some())
                && let Some(governor) = governor
            {
                let weekday = matches!(found.expression, Expression::Day { weekday: Some(_), .. })
                    || told.is_some_and(|told| told.weekday);
                self.told = Some(Told { sentence: index, governor, value, weekday });
            }
        }
        Some(DateMention {
            sentence: index,
            tokens,
            span: Span::new(found.start, found.end),
            kind,
            value: value.map(|value| value.to_string()),
            granularity,
            relation: found.relation,
            dateline,
        })
    }

    /// The date of which the same clause, or the one that it is joined to, has told before: "struck on 3 June 2014 and again on 5
    /// June", "was elected in November 2020 and took office in January".
    fn told_before(
        &self,
        index: usize,
        sentence: &Sentence,
        governor: Option<usize>,
        found: &Found,
    ) -> Option<Told> {
        let told = self.told.filter(|told| told.sentence == index)?;
        let near = match found.expression {
            Expression::Weekday { .. } => told.weekday,
            expression => expression.is_near_any(),
        };
        let governor = governor.filter(|_| near)?;
        let joined = |token: &detente_parse::Token| {
            token.relation() == "conj" && token.head == Some(told.governor)
        };
        let same = governor == told.governor || sentence.tokens.get(governor).is_some_and(joined);
        (same && found.relation == TimeRelation::At).then_some(told)
    }

    /// The date of the sentence before that a story goes on from: "The truce took hold on 27 April 2014. Shells fell on the 30th." A weekday
    /// is of the news itself, unless the story has named one with its date; and a text that has no date knows of no other.
    fn goes_on_from(&self, index: usize, found: &Found) -> Option<Told> {
        let told = self.told.filter(|told| told.sentence + 1 == index)?;
        let day = told.value.single_day()?;
        let long_ago = self.today.is_none_or(|today| {
            day.until(today).is_ok_and(|length| length.get_days() > LONG_AGO_DAYS)
        });
        let goes_on = match found.expression {
            Expression::DayOfMonth { shift: None, .. } => true,
            Expression::Weekday { turn: None, .. } => told.weekday,
            Expression::Day { year: None, .. }
            | Expression::Days { year: None, .. }
            | Expression::Month { year: None, .. } => self.today.is_none(),
            _ => false,
        };
        (goes_on && long_ago && found.relation == TimeRelation::At).then_some(told)
    }

    /// Whether a token is a verb of saying, which tells when the news is from.
    fn speaks(&self, sentence: &Sentence, verb: usize) -> bool {
        sentence.tokens.get(verb).is_some_and(|token| {
            token.upos == Upos::Verb
                && self.knowledge.words.cue_at(&[token.lemma.as_str()]).is_some_and(|(_, cue)| {
                    !matches!(cue.kind, CueKind::Noun | CueKind::Preposition | CueKind::Think)
                })
        })
    }

    /// Whether what the expression hangs on moves a date: "postponed from Monday to Wednesday" is no stretch.
    fn is_moved(&self, sentence: &Sentence, governor: Option<usize>) -> bool {
        let token = governor.and_then(|governor| sentence.tokens.get(governor));
        token.is_some_and(|token| self.words.moved.word(&token.lemma.to_lowercase()).is_some())
    }
}

/// Whether an expression names its year, and so a date that no other is needed for.
fn has_its_year(expression: Expression) -> bool {
    matches!(
        expression,
        Expression::Day { year: Some(Year::Is(_) | Year::Text(_)), .. }
            | Expression::Days { year: Some(Year::Is(_) | Year::Text(_)), .. }
            | Expression::Month { year: Some(Year::Is(_) | Year::Text(_)), .. }
    )
}

/// The token outside the expression that it hangs on.
fn governor(sentence: &Sentence, tokens: &Range<usize>) -> Option<usize> {
    let mut heads = tokens.clone().filter_map(|index| sentence.tokens.get(index)?.head);
    heads.find(|head| !tokens.contains(head))
}

/// Whether an amount stands before token `at`: "$3 billion a year", "40 people a day".
fn after_amount(sentence: &Sentence, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| sentence.tokens.get(before));
    before.is_some_and(|token| {
        matches!(token.upos, Upos::Noun | Upos::Num | Upos::Sym) || token.xpos == "NNS"
    })
}

/// The day that a document's date names; one with a time after it is taken too.
fn document_date(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// The tokens that an expression covers.
fn tokens(sentence: &Sentence, found: &Found) -> Option<Range<usize>> {
    let first = sentence.tokens.iter().position(|token| token.span.end > found.start)?;
    let last = sentence.tokens.iter().rposition(|token| token.span.start < found.end)?;
    (first <= last).then_some(first..last + 1)
}

/// Whether the expression hangs on a verb.
fn on_verb(sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let heads = tokens.clone().filter_map(|index| sentence.tokens.get(index)?.head);
    heads
        .filter(|head| !tokens.contains(head))
        .any(|head| sentence.tokens.get(head).is_some_and(|token| token.upos == Upos::Verb))
}

/// Whether the expression is a part of a name: "USA Today", "Fox News Sunday", "Friday Ogbe".
fn is_name(sentence: &Sentence, tokens: &Range<usize>) -> bool {
    if is_first_name(sentence, tokens) {
        return true;
    }
    let other_name = |index: usize| {
        !tokens.contains(&index)
            && sentence.tokens.get(index).is_some_and(|token| token.upos == Upos::Propn)
    };
    tokens.clone().any(|index| {
        let Some(token) = sentence.tokens.get(index) else { return false };
        let joined = |index: usize| {
            let token = sentence.tokens.get(index);
            token.is_some_and(|token| matches!(token.relation(), "flat" | "compound"))
        };
        let flat =
            |index: usize| sentence.tokens.get(index).is_some_and(|t| t.relation() == "flat");
        token.upos == Upos::Propn
            && ((joined(index) && token.head.is_some_and(other_name))
                || sentence.children(index).iter().any(|&c| {
                    other_name(c) && ((joined(c) && c < index) || (flat(c) && c == index + 1))
                }))
    })
}

/// "Elected Friday Ogbe": a word for time does not come between a verb and an object of one word.
fn is_first_name(sentence: &Sentence, tokens: &Range<usize>) -> bool {
    let (Some(before), Some(after)) =
        (tokens.start.checked_sub(1), sentence.tokens.get(tokens.end))
    else {
        return false;
    };
    tokens.len() == 1
        && after.upos == Upos::Propn
        && after.relation() == "obj"
        && after.head == Some(before)
        && sentence.tokens.get(tokens.start).is_some_and(|t| t.head == Some(before))
        && sentence.children(tokens.end).is_empty()
}

/// Whether "a" or "an" stands before a noun.
fn has_article(sentence: &Sentence, noun: usize) -> bool {
    let mut children = sentence.children(noun).iter().filter_map(|&c| sentence.tokens.get(c));
    children.any(|token| token.lemma == "a" || token.lemma == "an")
}

/// Whether a bare name of a month or number of a year is one, by the tree: "in 2000 villages" and "to
/// May" (the politician) are none.
fn is_time(sentence: &Sentence, tokens: &Range<usize>, found: &Found) -> bool {
    let to = found
        .to
        .is_none_or(|to| !to.bare || is_bare_time(sentence, tokens, to.inner, to.expression));
    to && (!found.bare || is_bare_time(sentence, tokens, found.inner, found.expression))
}

fn is_bare_time(
    sentence: &Sentence,
    tokens: &Range<usize>,
    inner: usize,
    expression: Expression,
) -> bool {
    let Some((index, token)) = sentence
        .tokens
        .iter()
        .enumerate()
        .find(|(index, token)| tokens.contains(index) && token.span.end > inner)
    else {
        return false;
    };
    match expression {
        Expression::Year(year) | Expression::Years(year, _) => {
            let counted = token.head.and_then(|head| {
                let noun = sentence.tokens.get(head)?;
                let counts =
                    token.relation() == "nummod" && head > index && !tokens.contains(&head);
                counts.then_some((head, noun))
            });
            let Some((head, noun)) = counted else {
                // "between 1900 and 2000 people": the tree may miss it.
                let next = sentence.tokens.get(tokens.end);
                return !next.is_some_and(|next| next.xpos == "NNS" && next.head != Some(index));
            };
            let determined = sentence.children(head).iter().any(|&child| {
                child < index
                    && sentence
                        .tokens
                        .get(child)
                        .is_some_and(|t| t.relation() == "det" || t.deprel == "nmod:poss")
            });
            // "the 2018 elections" are of that year, "the 2000 houses" are so many, and so is "a 2000 metre wall".
            determined && year % 100 != 0
                || determined && !noun.xpos.ends_with('S') && !has_article(sentence, head)
        }
        Expression::Month { .. } => !matches!(token.upos, Upos::Aux | Upos::Verb),
        Expression::DayOfMonth { .. } => is_apart(sentence, index, tokens.end),
        // "the spring offensive".
        Expression::SeasonNear { .. } | Expression::SeasonText { .. } => {
            let season = tokens.end - 1;
            sentence.tokens.get(season).is_some_and(|token| {
                token.upos == Upos::Noun
                    && (!matches!(token.relation(), "compound" | "amod" | "nummod")
                        || is_apart(sentence, season, tokens.end))
            })
        }
        _ => true,
    }
}

/// Whether a time that stands right before a noun does not belong to it: in "On the 30th shells fell" a preposition stands before what
/// is the subject, or a verb right after it.
fn is_apart(sentence: &Sentence, time: usize, end: usize) -> bool {
    let Some(next) = sentence.tokens.get(end) else { return true };
    if matches!(
        next.upos,
        Upos::Det | Upos::Pron | Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj
    ) {
        return true;
    }
    let noun = sentence.tokens.get(time).and_then(|token| token.head).filter(|&head| head >= end);
    let Some((at, noun)) = noun.and_then(|at| Some((at, sentence.tokens.get(at)?))) else {
        return false;
    };
    let finite =
        |token: &detente_parse::Token| matches!(&*token.xpos, "VBD" | "VBZ" | "VBP" | "MD");
    matches!(noun.relation(), "nsubj") || sentence.tokens.get(at + 1).is_some_and(finite)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use detente_parse::{Parser, Token};

    /// A sentence with a flat tree: the first verb, or else the first token, governs all others.
    fn flat(text: &str, verbs: &[&str]) -> Sentence {
        let mut tokens = Vec::new();
        for atom in vocabulary::atoms(text, 0) {
            let is_verb = verbs.contains(&atom.text);
            tokens.push(Token {
                span: Span::new(atom.start, atom.end),
                form: atom.text.into(),
                lemma: atom.lower.as_ref().into(),
                upos: if is_verb { Upos::Verb } else { Upos::Noun },
                xpos: if is_verb { "VBD" } else { "NN" }.into(),
                head: Some(0),
                deprel: "dep".into(),
            });
        }
        let root = tokens.iter().position(|token| token.upos == Upos::Verb).unwrap_or(0);
        for (index, token) in tokens.iter_mut().enumerate() {
            token.head = (index != root).then_some(root);
        }
        Sentence::new(Span::new(0, text.len()), tokens)
    }

    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::builtin().unwrap());
    static PARSER: LazyLock<Parser> = LazyLock::new(Parser::builtin);

    fn read(text: &str, date: Option<&str>) -> Vec<(String, String)> {
        let document = Document {
            text: text.to_owned(),
            date: date.map(str::to_owned),
            ..Document::default()
        };
        let sentence = flat(text, &["met", "left", "said"]);
        dates(&KNOWLEDGE, &document, &[sentence])
            .into_iter()
            .map(|mention| {
                let span = mention.span.of(text).unwrap().to_owned();
                (span, mention.value.unwrap_or_else(|| "-".to_owned()))
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let got = read(text, Some("2023-06-21"));
        let got: Vec<_> = got.iter().map(|(span, value)| (span.as_str(), value.as_str())).collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn full_dates() {
        check("They met on June 19, 2023.", &[("on June 19, 2023", "2023-06-19")]);
        check("They met on 19 June 2023 again", &[("on 19 June 2023", "2023-06-19")]);
        check("They met on the 19th of June, 2023", &[("on the 19th of June, 2023", "2023-06-19")]);
        check("They met on Monday, June 19", &[("on Monday, June 19", "2023-06-19")]);
        check("They met on Jan. 8", &[("on Jan. 8", "2023-01-08")]);
        check("They met on Sept. 3rd, 2019", &[("on Sept. 3rd, 2019", "2019-09-03")]);
        check("They met 2023-06-19", &[("2023-06-19", "2023-06-19")]);
        check("They met on 19.06.2023", &[("on 19.06.2023", "2023-06-19")]);
        check("They met on 6/19/2023", &[("on 6/19/2023", "2023-06-19")]);
        check("They met on 6/7/2023", &[("on 6/7/2023", "-")]);
        check("They met on June 18-20, 2023", &[("on June 18-20, 2023", "2023-06-18/2023-06-20")]);
        check("They met on 18 to 20 June", &[("on 18 to 20 June", "2023-06-18/2023-06-20")]);
        check("since 9/11 they met", &[("since 9/11", "2001-09-11")]);
    }

    #[test]
    fn months_and_years() {
        check("They met in June 2023", &[("in June 2023", "2023-06")]);
        check("They met in March", &[("in March", "2023-03")]);
        check("They met in late August", &[("in late August", "2022-08")]);
        check("They met in 2021", &[("in 2021", "2021")]);
        check("They met in mid-2021", &[("in mid-2021", "2021")]);
        check("They met in the 1990s", &[("in the 1990s", "1990/1999")]);
        check("They met at the end of June", &[("at the end of June", "2023-06")]);
        check("They met at the end of last year", &[("at the end of last year", "2022")]);
        check("They met in June last year", &[("in June last year", "2022-06")]);
        check("They met in the summer of 2022", &[("in the summer of 2022", "2022")]);
        check("from 2014 to 2016 they met", &[("from 2014 to 2016", "2014/2016")]);
    }

    #[test]
    fn relative_dates() {
        check("They met on Monday", &[("on Monday", "2023-06-19")]);
        check("They met late on Monday night", &[("late on Monday night", "2023-06-19")]);
        check("They met last Tuesday", &[("last Tuesday", "2023-06-20")]);
        check("They met yesterday", &[("yesterday", "2023-06-20")]);
        check("They met three days ago", &[("three days ago", "2023-06-18")]);
        check("They met earlier this month", &[("earlier this month", "2023-06")]);
        check("They met last week", &[("last week", "2023-06-12/2023-06-18")]);
        check("They met this year", &[("this year", "2023")]);
        check("They met nearly two years ago", &[("two years ago", "-")]);
        check("They met five years ago", &[("five years ago", "2018")]);
        check("They met over the past two years", &[("over the past two years", "2021/2023")]);
        check("They met in recent weeks", &[("in recent weeks", "-")]);
    }

    #[test]
    fn distances_from_the_text() {
        check(
            "They met on June 3, 2014, and left the next day.",
            &[("on June 3, 2014", "2014-06-03"), ("the next day", "2014-06-04")],
        );
        check(
            "They met on June 3, 2014. Two days later they left.",
            &[("on June 3, 2014", "2014-06-03"), ("Two days later", "2014-06-05")],
        );
        check("They left the day before.", &[("the day before", "-")]);
        check("They left the day before the summit.", &[]);
    }

    #[test]
    fn what_is_no_time() {
        check("They may march to Paris, said April Jones", &[]);
        check("They left 2000 villages", &[]);
        check("They met at 19:30 with 19 others", &[]);
        check("The second largest sun and the fall of Kabul", &[]);
        check("Prices rose 2.5 percent to 2010", &[]);
    }

    /// Values of a sentence read by the parser, in a text of Wednesday, 21 June 2023.
    #[track_caller]
    fn parsed(text: &str, expected: &[&str]) {
        let document = Document {
            text: text.to_owned(),
            date: Some("2023-06-21".to_owned()),
            ..Document::default()
        };
        let sentences = PARSER.parse(text, &[Span::new(0, text.len())]);
        let got: Vec<_> = dates(&KNOWLEDGE, &document, &sentences)
            .into_iter()
            .map(|mention| mention.value.unwrap_or_else(|| "-".to_owned()))
            .collect();
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn the_clause_tells_which_way_a_date_looks() {
        parsed("Blinken met Xi on Monday.", &["2023-06-19"]);
        parsed("Blinken will meet Xi on Monday.", &["2023-06-26"]);
        parsed("Blinken is to meet Xi on Monday.", &["2023-06-26"]);
        parsed("Blinken agreed to meet Xi on Monday.", &["2023-06-26"]);
        parsed("The talks are scheduled for Monday.", &["2023-06-26"]);
        parsed("The council meets on Monday.", &["2023-06-26"]);
        parsed("He said on Monday that he would leave.", &["2023-06-19"]);
        parsed("The ministry said he would leave on Monday.", &["2023-06-26"]);
        parsed("The president will leave in three days.", &["2023-06-24"]);
        parsed("The work was done in three days.", &["-"]);
        parsed("The two states had agreed in January to meet.", &["2023-01"]);
        parsed("The vote was postponed to Friday.", &["2023-06-23"]);
        parsed("The president, due in Geneva on Friday, accused Iran.", &["2023-06-23"]);
        parsed("The army gave residents until 8 p.m. on Friday to leave.", &["2023-06-23"]);
    }

    #[test]
    fn a_past_clause_may_tell_of_what_is_to_come() {
        parsed("Iran told the inspectors to leave by Friday.", &["2023-06-23"]);
        parsed("He urged voters to turn out on Sunday.", &["2023-06-25"]);
        parsed("The king invited the emir to talks on Friday.", &["2023-06-23"]);
        parsed("Troops filled the streets ahead of Sunday's vote.", &["2023-06-25"]);
        parsed("Troops fled before Sunday's massacre.", &["2023-06-18"]);
        parsed("The firm cut its ties, effective Monday.", &["2023-06-26"]);
        parsed("If the court rules on Monday, the ships will sail.", &["2023-06-26"]);
    }

    #[test]
    fn a_story_goes_on_from_the_date_it_told() {
        let texts = [
            ("The truce took hold on 27 April 2014. On the 30th shells fell.", "2014-04-30"),
            ("They met on Saturday, 3 May 2014. On Monday war broke out.", "2014-05-05"),
            ("They met on 3 May 2014. On Monday war broke out.", "2023-06-19"),
            ("They met on 3 May 2014. Envoys said on the 5th that war broke out.", "2023-06-05"),
            ("They took the city in 2014. In March of the following year they fled.", "2015-03"),
        ];
        for (text, last) in texts {
            let document = Document {
                text: text.to_owned(),
                date: Some("2023-06-21".to_owned()),
                ..Document::default()
            };
            let sentences = PARSER.parse(text, &[Span::new(0, text.len())]);
            let got = dates(&KNOWLEDGE, &document, &sentences).pop().and_then(|date| date.value);
            assert_eq!(got.as_deref(), Some(last), "{text}");
        }
    }

    #[test]
    fn a_name_is_no_time() {
        parsed("He told USA Today that the plan had failed in May.", &["2023-05"]);
        parsed("Premier May left the hall.", &[]);
    }

    #[test]
    fn the_ends_of_a_stretch_tell_each_other() {
        parsed("They met from Monday to Friday.", &["2023-06-12/2023-06-16"]);
        parsed("They will meet from Monday to Friday.", &["2023-06-26/2023-06-30"]);
        parsed("They met on Monday and Tuesday.", &["2023-06-19/2023-06-20"]);
        parsed("They met on Monday and Thursday.", &["-"]);
        parsed("The vote was postponed from Monday to Friday.", &["-"]);
        parsed("They met from 28 December 2019 to 3 January.", &["2019-12-28/2020-01-03"]);
    }

    #[test]
    fn a_dateline_is_no_base() {
        parsed(
            "OSLO, June 20 (Wire) - Norway's envoy had left the day before.",
            &["2023-06-20", "-"],
        );
    }

    #[test]
    fn without_a_document_date_nothing_is_invented() {
        let got = read("They met on Monday, left in June and met again on May 3, 2014.", None);
        let values: Vec<_> = got.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["-", "-", "2014-05-03"], "{got:?}");
    }
}

//! Why each event was coded, and why others were not.

use std::fmt;

use detente_core::Document;
use detente_knowledge::Knowledge;
use detente_parse::Sentence;
use detente_resolve::{Resolution, TimeKind};

use crate::event_record::write_event;
use crate::events::{CodedEvent, sentence_events};
use crate::grammar::token;
use crate::history::{self, Act};
use crate::reader::{class_of, pair_of_tokens, tokens_of};
use crate::relate::READER;
use crate::rulebook::RuleBook;
use crate::scene::Scene;
use crate::statements::{self, Told};

/// What the rules did with one sentence; its `Display` is what `detente explain` prints.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// One line per token: index, form, lemma, tag, relation and head.
    pub tree: Vec<String>,
    /// One line per mention of an actor.
    pub actors: Vec<String>,
    /// One line per expression of time, and what it means.
    pub times: Vec<String>,
    /// One line per event that was coded.
    pub fired: Vec<String>,
    /// One line per statement: who says what, and by whose reading.
    pub said: Vec<String>,
    /// One line per pattern that was met, and why it gave nothing.
    pub silent: Vec<String>,
    /// One line per pattern whose word stood there without all that it asks for.
    pub unmet: Vec<String>,
}

/// Bytes of a line that is printed in short.
const SHORT: usize = 240;

/// As text; patterns that are not met are counted, long ones cut, but for `{:#}`, which prints all.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (title, lines) in [
            ("tree", &self.tree),
            ("actors", &self.actors),
            ("times", &self.times),
            ("coded", &self.fired),
            ("said", &self.said),
            ("not coded", &self.silent),
        ] {
            writeln!(f, "  {title}")?;
            if lines.is_empty() {
                writeln!(f, "    (none)")?;
            }
            for line in lines {
                let short = line.get(..line.floor_char_boundary(SHORT)).unwrap_or(line);
                let whole = short.len() == line.len() || !line.ends_with(')');
                if f.alternate() || whole {
                    writeln!(f, "    {line}")?;
                } else {
                    writeln!(f, "    {short} …")?;
                }
            }
        }
        if f.alternate() {
            writeln!(f, "  not met")?;
            for line in &self.unmet {
                writeln!(f, "    {line}")?;
            }
        } else if !self.unmet.is_empty() {
            writeln!(
                f,
                "    and {} whose word stands here without the rest",
                patterns(self.unmet.len())
            )?;
        }
        Ok(())
    }
}

fn patterns(many: usize) -> String {
    if many == 1 { "1 pattern".to_owned() } else { format!("{many} patterns") }
}

/// Explains the sentences of one document, in order.
pub fn explain(
    knowledge: &Knowledge,
    book: &RuleBook,
    document: &Document,
    sentences: &[Sentence],
    resolution: &Resolution,
) -> Vec<Explanation> {
    let mut acts = Vec::new();
    let mut all: Vec<Explanation> = (0..sentences.len())
        .map(|index| {
            explain_sentence(knowledge, book, sentences, document, index, resolution, &mut acts)
        })
        .collect();
    for told in statements::told(book, document, sentences, resolution) {
        if let Some(explanation) = all.get_mut(told.statement.sentence) {
            explanation.said.push(said(&told));
        }
    }
    all
}

/// Who says what by which words, and who has read it so.
fn said(told: &Told) -> String {
    let statement = &told.statement;
    let speaker = statement.speaker.as_ref();
    let words = speaker.and_then(|speaker| speaker.text.as_deref()).unwrap_or("-");
    let whom = speaker.map(describe).unwrap_or_default();
    let cue = statement.cue.as_ref().map_or("-", |cue| cue.text.as_str());
    let by = match told.likely {
        Some(likely) => format!("by the attribution reader, p={likely:.2}"),
        None => "by reporting words and quotation marks".to_owned(),
    };
    let own = if told.asserted { "" } else { ", not asserted" };
    format!("{words} [{whom}] | {cue} | {}: {by}{own}", statement.words())
}

fn explain_sentence(
    knowledge: &Knowledge,
    book: &RuleBook,
    sentences: &[Sentence],
    document: &Document,
    index: usize,
    resolution: &Resolution,
    acts: &mut Vec<Act>,
) -> Explanation {
    let mut explanation = Explanation::default();
    let Some(sentence) = sentences.get(index) else { return explanation };
    for (i, word) in sentence.tokens.iter().enumerate() {
        let head = word.head.map_or_else(
            || "root".to_owned(),
            |h| format!("{} {}", h + 1, token(sentence, h).map_or("", |t| t.form.as_str())),
        );
        explanation.tree.push(format!(
            "{:>3} {:<18} {:<16} {:<6} {:<5} {:<12} {}",
            i + 1,
            word.form,
            word.lemma,
            word.upos.as_str(),
            word.xpos,
            word.deprel,
            head
        ));
    }
    for mention in resolution.mentions_in(index) {
        let words: Vec<&str> = mention
            .tokens
            .clone()
            .filter_map(|t| token(sentence, t).map(|t| t.form.as_str()))
            .collect();
        let mut whom: Vec<String> = mention.actors.iter().map(describe).collect();
        if whom.is_empty() {
            whom.push("unresolved".to_owned());
        }
        explanation.actors.push(format!(
            "{} ({:?}): {}",
            words.join(" "),
            mention.kind,
            whom.join(" + ")
        ));
    }
    for time in resolution.dates_in(index) {
        let words: Vec<&str> = time
            .tokens
            .clone()
            .filter_map(|t| token(sentence, t).map(|t| t.form.as_str()))
            .collect();
        let meaning = match (time.kind, &time.value) {
            (TimeKind::Duration, _) => "a length of time",
            (TimeKind::Set, _) => "again and again",
            (TimeKind::Date, Some(value)) => value,
            (TimeKind::Date, None) => "not known",
        };
        explanation.times.push(format!("{} ({:?}): {meaning}", words.join(" "), time.relation));
    }
    let before = index.checked_sub(1).and_then(|before| sentences.get(before));
    let mut items = history::Items::default();
    let from = sentences.iter().take(index + 1).enumerate();
    let from = from.map(|(at, sentence)| items.begins(sentence, at)).last().unwrap_or_default();
    let scene = Scene {
        from,
        before,
        told: &sentences[..index],
        acts: &acts[acts.partition_point(|act| act.sentence < from)..],
        ..Scene::plain(knowledge, book, sentence, index, resolution)
    };
    let result = sentence_events(&scene, true);
    let told = history::acts(&result, sentence, index);
    for event in &result.coded {
        let list = |actors: &[detente_core::Actor]| {
            if actors.is_empty() {
                "-".to_owned()
            } else {
                actors.iter().map(describe).collect::<Vec<_>>().join(" + ")
            }
        };
        let way =
            event.found.rule.patterns.get(event.found.pattern).map_or("", |p| p.text.as_str());
        let operator = event.by.map_or_else(String::new, |by| {
            format!(", under \"{}\"", token(sentence, by.at).map_or("", |t| t.form.as_str()))
        });
        let who = format!(
            "{} -> {} {} {}",
            list(&event.found.actors),
            list(&event.found.recipients),
            event.kind,
            event.status.as_str()
        );
        if event.found.rule.name == READER {
            let why = heaviest(book, sentence, event);
            explanation.fired.push(format!("{who} by the second reader: {why}{operator}"));
            continue;
        }
        explanation.fired.push(format!(
            "{who} by {} in {}{operator}{} ({way})",
            event.found.rule.name,
            event.found.rule.file,
            moved(book, event),
        ));
        explanation.fired.extend(sureness(&scene, document, event, &result.coded));
    }
    for silent in &result.silent {
        let way = silent.rule.patterns.get(silent.pattern).map_or("", |p| p.text.as_str());
        let line = format!(
            "{} at \"{}\": {} ({way})",
            silent.rule.name,
            token(sentence, silent.head).map_or("", |t| t.form.as_str()),
            silent.why
        );
        if silent.unmet { explanation.unmet.push(line) } else { explanation.silent.push(line) }
    }
    acts.extend(told);
    explanation
}

/// How likely an event is held to be right, and the signs that speak most for or against it.
fn sureness(
    scene: &Scene<'_>,
    document: &Document,
    event: &CodedEvent<'_>,
    fellows: &[CodedEvent<'_>],
) -> Option<String> {
    const SHOWN: usize = 6;
    let (written, signs) = write_event(scene, document, &[], event, fellows, true)?;
    let heaviest = scene.book.confidence().heaviest(&signs);
    let shown: Vec<String> =
        heaviest.iter().take(SHOWN).map(|(weight, name)| format!("{name} {weight:+.2}")).collect();
    Some(format!("  confidence {:.2}: {}", written.confidence, shown.join("; ")))
}

/// Why an event has recipients that rules have not found.
fn moved(book: &RuleBook, event: &CodedEvent<'_>) -> String {
    const SHOWN: usize = 4;
    let (true, Some(choice), Some(share)) =
        (event.weighed.moved, &event.choice, event.weighed.recipients)
    else {
        return String::new();
    };
    let signs = book.recipients().heaviest(choice);
    let shown: Vec<String> =
        signs.iter().take(SHOWN).map(|(weight, name)| format!("{name} {weight:+.2}")).collect();
    format!(", to whom by the weights of recipients, p={share:.2}: {}", shown.join("; "))
}

/// The features that spoke most for a type that the second reader gave.
fn heaviest(book: &RuleBook, sentence: &Sentence, event: &CodedEvent<'_>) -> String {
    const SHOWN: usize = 6;
    let Some((s, t)) = tokens_of(sentence, &event.found.binding) else { return String::new() };
    let mut names = Vec::new();
    let pair = pair_of_tokens(book, sentence, Some(s), Some(t), Some(&mut names));
    let Some(class) = class_of(&event.found.rule.kind) else { return String::new() };
    let reader = book.reader();
    names.sort();
    names.dedup();
    let mut weights: Vec<(f32, String)> =
        names.into_iter().map(|(key, name)| (reader.weight(key, class), name)).collect();
    let meant =
        ["meaning of the verb", "meaning of the words beside it", "meaning of the sentence"];
    let parts = reader.meant(&pair, class);
    weights.extend(parts.into_iter().zip(meant).map(|(weight, name)| (weight, name.to_owned())));
    weights.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let shown = weights.iter().take(SHOWN).map(|(weight, name)| format!("{name} {weight:+.2}"));
    shown.collect::<Vec<_>>().join(", ")
}

fn describe(actor: &detente_core::Actor) -> String {
    let mut text = actor.code.clone().unwrap_or_else(|| "?".to_owned());
    if let Some(sector) = actor.sector {
        text.push(' ');
        text.push_str(sector.code());
    }
    if let Some(name) = &actor.name {
        text.push_str(" (");
        text.push_str(name);
        text.push(')');
    }
    text
}

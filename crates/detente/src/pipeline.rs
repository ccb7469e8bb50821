//! The path from a page to its record, as four calls in a row.
//!
//! In goes a [`Document`], which [`detente_extract`] makes of a page, out comes a [`Record`]:
//!
//! 1. extract: page → document (done by the caller, who knows where pages come from);
//! 2. parse: document → sentences, tokens, tags, trees;
//! 3. resolve: trees → who, when, where;
//! 4. rules: → events, statements, commitments, issues.
//!
//! "Wang accused the U.S. of delay." comes out as one event, ACCUSE `CHN` → `USA`, with the sentence it stands in,
//! the rule that read it, and the version, knowledge and model that made the record. The same document, version and
//! knowledge give the same record, whatever the time, the machine and the number of threads.

use std::fmt;
use std::path::Path;
use std::thread;

use detente_core::{CoderInfo, Document, Record, SentenceSpan, Span, Warning, hex, stable_id};
use detente_knowledge::Knowledge;
use detente_parse::{Parser, Sentence};
use detente_resolve::antecedents::Choice;
use detente_resolve::{DateMention, Resolution, Resolver, TimeKind};
use detente_rules::confidence::{SURE, Signs};
use detente_rules::reader::{PartyPair, Reader};
use detente_rules::recipients::{self, Recipients};
use detente_rules::statements::learned::{AttributionReader, Example};
use detente_rules::{Evidence, Explanation, Relation, RuleBook};
use sha2::{Digest, Sha256};

/// `sha256:` and the hash over the parser's own and the weights of the rules' crate.
fn models_hash(parser: &Parser) -> String {
    let mut sum = Sha256::new();
    sum.update(parser.model_hash());
    for weights in detente_rules::builtin_weights() {
        sum.update(weights);
    }
    sum.update(detente_resolve::antecedents::builtin_bytes());
    format!("sha256:{}", hex(&sum.finalize()))
}

/// The tables that `build.rs` made of the knowledge files.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));

/// Codes documents. Made once, it is read by any number of threads.
#[derive(Debug)]
pub struct Coder {
    knowledge: Knowledge,
    resolver: Resolver,
    book: RuleBook,
    parser: Parser,
    info: CoderInfo,
    floor: f64,
}

/// Why no coder could be made: the knowledge cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoderError(String);

impl CoderError {
    fn of(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for CoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CoderError {}

/// A document with what the stages before the rules have made of it.
#[derive(Debug)]
pub struct Read {
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Who, when, where.
    pub resolution: Resolution,
}

/// How the events of a record were read.
#[derive(Debug, Default)]
pub struct Reading {
    /// For each event the signs that its confidence is made of.
    pub signs: Vec<Signs>,
    /// For each event to whom it may have been done; of a [`Coder::learning`] only.
    pub choices: Vec<Option<recipients::Choice>>,
}

impl Coder {
    /// The coder with the knowledge and the model that are built in.
    ///
    /// # Errors
    /// When the knowledge cannot be read: a fault of the build, which the tests find.
    pub fn builtin() -> Result<Self, CoderError> {
        let knowledge = thread::scope(|scope| {
            // The weights of the parser are laid out beside it; where the system gives no thread, they are when they are asked for.
            let _ = thread::Builder::new().spawn_scoped(scope, || drop(Parser::builtin()));
            match COMPILED {
                // The files had a fault when the program was built: they are read, so that it is told.
                [] => Knowledge::builtin().map_err(CoderError::of),
                bytes => Knowledge::from_bytes(bytes).map_err(CoderError::of),
            }
        })?;
        Ok(Self::over(knowledge))
    }

    /// The coder with the files of `folder` laid over the built-in knowledge.
    ///
    /// # Errors
    /// When a file has a fault; the message names file, line and column of each.
    pub fn with_knowledge(folder: &Path) -> Result<Self, CoderError> {
        Ok(Self::over(Knowledge::with_overlay(folder).map_err(CoderError::of)?))
    }

    fn over(knowledge: Knowledge) -> Self {
        let parser = Parser::builtin();
        let book = RuleBook::new(&knowledge);
        let resolver = Resolver::new(&knowledge);
        let info = CoderInfo {
            name: "detente".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            knowledge: knowledge.hash.clone(),
            model: models_hash(&parser),
        };
        Self { knowledge, resolver, book, parser, info, floor: SURE }
    }

    /// Everything the coder knows.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Program, knowledge and model, as every record names them.
    pub fn info(&self) -> &CoderInfo {
        &self.info
    }

    /// Codes one document. A document in another language than English comes back with
    /// [`Warning::NotEnglish`] and nothing coded.
    pub fn code(&self, document: Document) -> Record {
        let mut record = self.code_with_reading(document).0;
        record.events.retain(|event| event.confidence >= self.floor);
        record
    }

    /// The same with the events that are too unsure for a record, and how each was read.
    pub fn code_with_reading(&self, mut document: Document) -> (Record, Reading) {
        let mut warnings = std::mem::take(&mut document.warnings);
        if document.id.is_empty() {
            document.id = stable_id(&[&document.source, &document.text]);
        }
        if document.language.as_deref().is_some_and(|language| language != "en") {
            warnings.push(Warning::NotEnglish);
            let nothing = detente_rules::Coded::default();
            return (self.record(document, nothing, warnings), Reading::default());
        }
        let read = self.read(&mut document);
        let open = |time: &DateMention| time.kind == TimeKind::Date && time.value.is_none();
        if document.date.is_none() && read.resolution.dates.iter().any(open) {
            warnings.push(Warning::NoDocumentDate);
        }
        let mut coded = detente_rules::code(
            &self.knowledge,
            &self.book,
            &document,
            &read.sentences,
            &read.resolution,
        );
        let reading = Reading {
            signs: std::mem::take(&mut coded.signs),
            choices: std::mem::take(&mut coded.choices),
        };
        (self.record(document, coded, warnings), reading)
    }

    /// Parses and resolves a document, whose `sentences` are filled in: the path up to the rules.
    pub fn read(&self, document: &mut Document) -> Read {
        let mut sentences = self.parse(&document.text, &document.paragraphs);
        document.sentences = sentences
            .iter()
            .map(|sentence| SentenceSpan {
                span: sentence.span,
                text: sentence.span.of(&document.text).unwrap_or_default().to_owned(),
            })
            .collect();
        let resolution = self.resolver.resolve(&self.knowledge, document, &mut sentences);
        Read { sentences, resolution }
    }

    /// Every pronoun of the third person in a document with what it may refer to.
    pub fn choices(&self, document: &Document) -> Vec<Choice> {
        let mut sentences = self.parse(&document.text, &document.paragraphs);
        self.resolver.resolve_with_choices(&self.knowledge, document, &mut sentences).1
    }

    /// Splits, tags and parses a text. Without `paragraphs` the whole text is one.
    pub fn parse(&self, text: &str, paragraphs: &[Span]) -> Vec<Sentence> {
        let whole = [Span::new(0, text.len())];
        self.parser.parse(text, if paragraphs.is_empty() { &whole } else { paragraphs })
    }

    /// Says what the source does to the target, both given as bytes of `sentence`.
    ///
    /// An empty list of spans leaves that party open.
    pub fn relate(&self, sentence: &str, source: &[Span], target: &[Span]) -> Relation {
        self.evidence(sentence, source, target).decide(self.book.reader())
    }

    /// What rules and words say of the two parties, before it is decided on.
    pub fn evidence(&self, sentence: &str, source: &[Span], target: &[Span]) -> Evidence {
        let mut sentences = self.parse(sentence, &[]);
        self.resolver.mend(&self.knowledge, sentence, &mut sentences);
        detente_rules::evidence(&self.knowledge, &self.book, &sentences, source, target)
    }

    /// The pairs of known parties in a document, as the second reader sees them.
    pub fn party_pairs(&self, document: &mut Document) -> Vec<PartyPair> {
        let read = self.read(document);
        detente_rules::reader::party_pairs(
            &self.knowledge,
            &self.book,
            &read.sentences,
            &read.resolution,
        )
    }

    /// The same coder that leaves out events with a lower confidence than `floor`, from 0 (none) to 1; [`SURE`] holds otherwise.
    #[must_use]
    pub fn with_floor(self, floor: f64) -> Self {
        Self { floor, ..self }
    }

    /// The same coder with another second reader; an empty one leaves the rules alone.
    #[must_use]
    pub fn with_reader(self, reader: Reader) -> Self {
        Self { book: self.book.with_reader(reader), ..self }
    }

    /// The same coder, which keeps what training learns from.
    #[must_use]
    pub fn learning(self) -> Self {
        Self { book: self.book.learning(), ..self }
    }

    /// The same coder with other weights of recipients; without any, rules alone tell to whom an act is done.
    #[must_use]
    pub fn with_recipients(self, recipients: Recipients) -> Self {
        Self { book: self.book.with_recipients(recipients), ..self }
    }

    /// The same coder with another attribution reader; an empty one leaves statements to the rules.
    #[must_use]
    pub fn with_attribution_reader(self, reader: AttributionReader) -> Self {
        Self { book: self.book.with_attribution_reader(reader), ..self }
    }

    /// What a document with these cues gives the attribution reader to learn from.
    pub fn attribution_examples(
        &self,
        document: &mut Document,
        cues: &[Span],
    ) -> (Vec<Example>, Vec<(usize, Example)>) {
        let read = self.read(document);
        detente_rules::statements::learned::examples(
            &self.book,
            document,
            &read.sentences,
            &read.resolution,
            cues,
        )
    }

    /// The second reader.
    pub fn reader(&self) -> &Reader {
        self.book.reader()
    }

    /// Explains each sentence of a document: its tree and actors, the rules that fired and those that nearly did.
    pub fn explain(&self, document: &mut Document) -> Vec<Explanation> {
        let read = self.read(document);
        detente_rules::explain(
            &self.knowledge,
            &self.book,
            document,
            &read.sentences,
            &read.resolution,
        )
    }

    fn record(
        &self,
        document: Document,
        coded: detente_rules::Coded,
        mut warnings: Vec<Warning>,
    ) -> Record {
        warnings.sort_unstable();
        warnings.dedup();
        let detente_rules::Coded { events, statements, commitments, issues, .. } = coded;
        Record {
            document,
            events,
            statements,
            commitments,
            issues,
            warnings,
            coder: self.info.clone(),
        }
    }
}

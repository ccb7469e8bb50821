//! Gold attributions → the attribution reader's weights.
//!
//! In go articles in which people have marked who says what, out come the bytes of an `AttributionReader`: two small networks, one over
//! the words of each sentence for the cues, one over them for each cue for its source and content. The same articles give the
//! same bytes, whatever the number of threads: each network is trained by one.

mod fit;

use detente_core::Span;
use detente_parse::model::{Archive, Section};
use detente_rules::statements::learned::{
    BEGINS, CONTENT, CUE_LABELS, Example, INSIDE, ROLE_LABELS, SOURCE,
};

use crate::attribution::GoldAttribution;

pub use fit::Options;
use fit::fit;

/// Probability from which on a word is in a cue.
pub const ENOUGH: f32 = 0.4;

/// The words of a sentence with their right labels.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// The words.
    pub example: Example,
    /// Label of each word.
    pub labels: Vec<usize>,
}

/// What articles teach: a lesson for each sentence, and one for each cue.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// Of cues.
    pub cues: Vec<Lesson>,
    /// Of sources and contents.
    pub roles: Vec<Lesson>,
}

/// The bytes of each cue, and the attribution that it is of.
pub fn cues(gold: &[GoldAttribution]) -> (Vec<Span>, Vec<&GoldAttribution>) {
    gold.iter().filter_map(|one| Some((one.cue.iter().copied().reduce(Span::cover)?, one))).unzip()
}

impl Lessons {
    /// Adds what an article teaches, whose examples were made with the cues that [`cues`] gives.
    pub fn add(
        &mut self,
        gold: &[GoldAttribution],
        (of_sentences, of_cues): (Vec<Example>, Vec<(usize, Example)>),
    ) {
        let (cues, owners) = cues(gold);
        for example in of_sentences {
            let labels = cue_labels(&example, &cues, gold);
            self.cues.push(Lesson { example, labels });
        }
        for (nth, example) in of_cues {
            let Some(owner) = owners.get(nth) else { continue };
            let labels = role_labels(&example, owner);
            self.roles.push(Lesson { example, labels });
        }
    }

    /// The bytes of the reader that has learnt all of it.
    pub fn teach(&self) -> Vec<u8> {
        self.teach_by(&Options::CUES, &Options::ROLES, ENOUGH)
    }

    /// The same, by other options, for a reader that takes words for a cue from a probability of `enough` on.
    pub fn teach_by(&self, of_cues: &Options, of_roles: &Options, enough: f32) -> Vec<u8> {
        let mut archive = Archive::default();
        archive.put("enough", Section::Text(enough.to_string()));
        let parts = std::thread::scope(|scope| {
            let roles = scope.spawn(|| fit::<ROLE_LABELS>(&self.roles, of_roles));
            let cues = fit::<CUE_LABELS>(&self.cues, of_cues);
            [("cues", cues), ("roles", roles.join().unwrap_or_default())]
        });
        for (name, sections) in parts {
            for (part, section) in sections {
                archive.put(&format!("{name}.{part}"), section);
            }
        }
        archive.write()
    }
}

/// A word of a source or content of any cue has the label of that role, after those of a cue.
fn cue_labels(example: &Example, cues: &[Span], gold: &[GoldAttribution]) -> Vec<usize> {
    let mut labels = vec![0; example.spans.len()];
    let roles: [fn(&GoldAttribution) -> &Vec<Span>; 2] = [|one| &one.content, |one| &one.source];
    for (role, label) in roles.into_iter().zip([INSIDE + CONTENT, INSIDE + SOURCE]) {
        for &piece in gold.iter().flat_map(role) {
            let from = example.spans.partition_point(|span| span.end <= piece.start);
            let until = example.spans.partition_point(|span| span.start < piece.end);
            labels[from..until.max(from)].fill(label);
        }
    }
    for cue in cues {
        let mut label = BEGINS;
        for (own, _) in
            labels.iter_mut().zip(&example.spans).filter(|(_, span)| span.overlaps(*cue))
        {
            *own = label;
            label = INSIDE;
        }
    }
    labels
}

fn role_labels(example: &Example, gold: &GoldAttribution) -> Vec<usize> {
    let in_any = |span: Span, list: &[Span]| list.iter().any(|other| other.overlaps(span));
    let label = |&span: &Span| {
        if in_any(span, &gold.source) {
            SOURCE
        } else if in_any(span, &gold.content) {
            CONTENT
        } else {
            0
        }
    };
    example.spans.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_labelled_by_the_attribution_that_they_are_of() {
        // "Ann said yes", and nothing else.
        let spans = vec![Span::new(0, 3), Span::new(4, 8), Span::new(9, 12), Span::new(12, 13)];
        let example = || Example { spans: spans.clone(), ..Example::default() };
        let gold = vec![GoldAttribution {
            source: vec![spans[0]],
            cue: vec![spans[1]],
            content: vec![spans[2]],
        }];
        let mut lessons = Lessons::default();
        lessons.add(&gold, (vec![example()], vec![(0, example())]));
        assert_eq!(lessons.cues[0].labels, [INSIDE + SOURCE, BEGINS, INSIDE + CONTENT, 0]);
        assert_eq!(lessons.roles[0].labels, [SOURCE, 0, CONTENT, 0]);
    }
}

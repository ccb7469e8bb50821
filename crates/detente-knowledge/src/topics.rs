//! What parties quarrel over or work on, and the kinds of promise.

/// One topic of `topics/issues.toml`.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Stable name, e.g. `human_rights`.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// The PLOVER context, where there is one.
    pub context: Option<String>,
    /// Lemma sequences in lower case.
    pub words: Vec<Vec<String>>,
    /// Actor codes, for a topic that is also a place or an actor.
    pub codes: Vec<String>,
}

/// One kind of `topics/commitments.toml`; each list holds lemma sequences in lower case.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the stages are those of CommitmentStatus")]
pub struct CommitmentKind {
    pub name: String,
    pub words: Vec<Vec<String>>,
    pub announced: Vec<Vec<String>>,
    pub started: Vec<Vec<String>>,
    pub held: Vec<Vec<String>>,
    pub suspended: Vec<Vec<String>>,
    pub ended: Vec<Vec<String>>,
    pub broken: Vec<Vec<String>>,
}

/// The files of `topics/`.
#[derive(Debug, Default)]
pub struct Topics {
    /// In file order.
    pub issues: Vec<Topic>,
    /// In file order.
    pub commitments: Vec<CommitmentKind>,
}

impl Topics {
    /// The longest topic whose words the lemmas (lower case) begin with: how many of them it
    /// takes, and the topic.
    pub fn issue_at<'k>(&'k self, _lemmas: &[&str]) -> Option<(usize, &'k Topic)> {
        None
    }

    /// The same for kinds of commitment.
    pub fn commitment_at<'k>(&'k self, _lemmas: &[&str]) -> Option<(usize, &'k CommitmentKind)> {
        None
    }
}

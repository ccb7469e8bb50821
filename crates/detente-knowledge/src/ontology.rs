//! Types, modes, contexts and the way to CAMEO.

/// One of the sixteen event types.
#[derive(Debug, Clone)]
pub struct EventType {
    /// e.g. `CONSULT`.
    pub name: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// -10 to 10.
    pub score: f64,
    /// Modes that the type may have.
    pub modes: Vec<String>,
}

/// The files of `ontology/`.
#[derive(Debug, Default)]
pub struct Ontology {
    /// The sixteen types in the guide's order.
    pub types: Vec<EventType>,
    /// Contexts that an event may have.
    pub contexts: Vec<String>,
}

impl Ontology {
    /// The type of this name.
    pub fn event_type(&self, name: &str) -> Option<&EventType> {
        self.types.iter().find(|t| t.name == name)
    }

    /// CAMEO code for an event: the most specific line of `cameo.tsv` that agrees with type, modes,
    /// contexts and status.
    pub fn cameo(
        &self,
        _kind: &str,
        _modes: &[String],
        _contexts: &[String],
        _status: &str,
    ) -> Option<&str> {
        None
    }
}

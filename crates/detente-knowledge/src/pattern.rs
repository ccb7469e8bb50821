//! The rule notation.

/// A rule file.
#[derive(Debug, Clone, Default)]
pub struct Rule {
    /// `type.name` from its path.
    pub name: String,
}

/// One way of saying an act.
#[derive(Debug, Clone, Default)]
pub struct Pattern {}

//! Faults in data files, each with the file, line and column that someone can edit.

use std::fmt;

/// One fault in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Path of the file: below `knowledge/` for a built-in one, as given for a user's own.
    pub file: String,
    /// Line from 1; 0 where the fault is that of the whole file or folder.
    pub line: usize,
    /// Column in characters from 1; 0 where the fault is that of the whole file or folder.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do next, where that is known: the nearest name, the form that is expected.
    pub hint: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

/// Why the knowledge could not be loaded: every fault that was found, one a line when printed.
///
/// ```
/// use detente_knowledge::Knowledge;
/// let faulty = [("actors/countries/TUR.toml", "nmae = 'Turkey'")];
/// let error = Knowledge::from_texts(faulty).unwrap_err();
/// let first = &error.faults()[0];
/// assert_eq!((first.line, first.column), (1, 1));
/// assert!(error.to_string().contains("unknown key `nmae`"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeError {
    faults: Vec<Fault>,
}

impl KnowledgeError {
    /// An error of these faults, in order of file, line and column.
    pub(crate) fn new(mut faults: Vec<Fault>) -> Self {
        faults.sort();
        faults.dedup();
        Self { faults }
    }

    /// Every fault, sorted by file, line and column; never empty.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl fmt::Display for KnowledgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for KnowledgeError {}

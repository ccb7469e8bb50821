//! Colour and width of what a person reads on a terminal.
//!
//! Colour is left out where the output is no terminal, where `NO_COLOR` is set (<https://no-color.org>) and on dumb
//! terminals; the text is the same with and without.

use std::io::IsTerminal;

/// How to write for a person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Columns of the terminal; 100 where there is none.
    pub(crate) width: usize,
    colour: bool,
}

/// What a piece of text is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A heading.
    Bold,
    /// Something beside the matter.
    Faint,
    /// Cooperation.
    Green,
    /// Conflict.
    Red,
    /// A warning.
    Yellow,
}

impl Style {
    /// The style of standard output as it is.
    pub(crate) fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        Self { width: width.clamp(40, 160), colour: terminal && !set("NO_COLOR") && !dumb }
    }

    /// So many columns, without colour.
    #[cfg(test)]
    pub(crate) fn plain(width: usize) -> Self {
        Self { width, colour: false }
    }

    /// `text` in its colour.
    pub(crate) fn paint(self, ink: Ink, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Faint => "2",
            Ink::Green => "32",
            Ink::Red => "31",
            Ink::Yellow => "33",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

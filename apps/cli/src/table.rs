//! Rows of cells → lines that fit a width.
//!
//! Every column is as wide as its widest cell while the table fits; where it does not, the widest columns give way and their
//! cells are broken at spaces, so that nothing is cut off. `[["CHN", "accused the U.S. of delay"]]` in fifteen columns
//! is `CHN  accused` and below it `     the U.S.` and so on.

use unicode_width::UnicodeWidthStr;

use crate::style::{Ink, Style};

const GAP: usize = 2;
const NARROWEST: usize = 7;
/// A line of running text is no longer, however wide the screen is.
const LONGEST: usize = 110;

/// One cell: its text and its colour.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    text: String,
    ink: Option<Ink>,
}

impl Cell {
    /// A cell in the terminal's own colour.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ink: None }
    }

    /// A cell in colour.
    pub(crate) fn inked(ink: Ink, text: impl Into<String>) -> Self {
        Self { text: text.into(), ink: Some(ink) }
    }
}

/// Lines of a table under `head`, each indented by two columns. A column whose cells are all empty is left out.
pub(crate) fn lines<const N: usize>(
    style: Style,
    head: [&str; N],
    rows: &[[Cell; N]],
) -> Vec<String> {
    noted(style, head, rows, &[])
}

/// The same with a note below each row, as wide as the table may be.
pub(crate) fn noted<const N: usize>(
    style: Style,
    head: [&str; N],
    rows: &[[Cell; N]],
    notes: &[String],
) -> Vec<String> {
    let filled: [bool; N] = std::array::from_fn(|c| rows.iter().any(|row| !row[c].text.is_empty()));
    let mut widths: [usize; N] = std::array::from_fn(|c| {
        let cells = rows.iter().map(|row| row[c].text.width());
        if filled[c] { cells.fold(head[c].width(), usize::max) } else { 0 }
    });
    let columns = filled.iter().filter(|&&on| on).count();
    let room = style.width.saturating_sub(GAP * columns);
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    let head: [Cell; N] = head.map(|title| Cell::inked(Ink::Faint, title));
    let mut lines = row_lines(style, &head, &widths);
    for (place, row) in rows.iter().enumerate() {
        lines.extend(row_lines(style, row, &widths));
        let Some(note) = notes.get(place).filter(|note| !note.is_empty()) else { continue };
        let indent = " ".repeat(2 * GAP);
        let width = style.width.saturating_sub(2 * GAP).clamp(NARROWEST, LONGEST);
        let note = broken(note, width);
        lines.extend(note.iter().map(|line| format!("{indent}{}", style.paint(Ink::Faint, line))));
    }
    lines
}

fn row_lines<const N: usize>(style: Style, row: &[Cell; N], widths: &[usize; N]) -> Vec<String> {
    let broken: [Vec<String>; N] = std::array::from_fn(|c| match widths[c] {
        0 => Vec::new(),
        width => broken(&row[c].text, width),
    });
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let mut out = String::new();
            let mut owed = 0;
            for c in (0..N).filter(|&c| widths[c] > 0) {
                owed += GAP;
                let text = broken[c].get(line).map_or("", String::as_str);
                if !text.is_empty() {
                    out.push_str(&" ".repeat(owed));
                    owed = 0;
                    match row[c].ink {
                        Some(ink) => out.push_str(&style.paint(ink, text)),
                        None => out.push_str(text),
                    }
                }
                owed += widths[c].saturating_sub(text.width());
            }
            out
        })
        .collect()
}

/// `text` in lines of at most `width` columns, broken at spaces, or inside a word that is longer than a line.
pub(crate) fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word;
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        }
        while word.width() > width.max(1) {
            let end = fitting(word, width.max(1));
            lines.push(word[..end].to_owned());
            word = &word[end..];
        }
        if !line.is_empty() && !word.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// How many bytes of `word` fit into `width` columns: at least one character.
fn fitting(word: &str, width: usize) -> usize {
    let mut end = 0;
    for (at, c) in word.char_indices() {
        let next = at + c.len_utf8();
        if end > 0 && word[..next].width() > width {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_lose_nothing() {
        assert_eq!(broken("accused the U.S. of delay", 10), ["accused", "the U.S.", "of delay"]);
        assert_eq!(broken("Außenministerium", 6), ["Außenm", "iniste", "rium"]);
        assert_eq!(broken("", 6), Vec::<String>::new());
    }

    #[test]
    fn empty_columns_are_left_out() {
        let style = Style::plain(40);
        let rows = [[Cell::plain("USA"), Cell::plain(""), Cell::plain("met")]];
        let lines = lines(style, ["who", "when", "what"], &rows);
        assert_eq!(lines, ["  who  what", "  USA  met"]);
    }

    #[test]
    fn wide_tables_give_way_where_they_are_widest() {
        let style = Style::plain(40);
        let rows =
            [[Cell::plain("USA"), Cell::plain("a very long cell that has to be broken somewhere")]];
        let lines = lines(style, ["who", "what"], &rows);
        assert!(lines.iter().all(|line| line.width() <= 40) && lines.len() == 3, "{lines:?}");
    }
}

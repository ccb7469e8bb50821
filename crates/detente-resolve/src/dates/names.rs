//! What a day beside other words means: a name ("the April 6 Movement"), or a day of history ("the Sept. 11 attacks").

use super::calendar::{Expression, Year};
use super::scan::{Piece, Scanner};
use super::vocabulary::Kind;

/// How many words after a day may stand before the noun that it belongs to: "the April 6 Youth Movement".
const WORDS_BETWEEN: usize = 2;

impl Scanner<'_, '_> {
    /// A name of the file that holds a word for a time: "the Mail on Sunday".
    pub(super) fn name(&self, at: usize) -> Option<Piece> {
        let (end, _) = self.words.names.find(self.atoms, at)?;
        let named = (at..end)
            .filter_map(|at| self.atom(at))
            .any(|atom| atom.kind == Kind::Number || atom.capital());
        named.then(|| Piece::new(end, Expression::NoTime))
    }

    /// The piece that begins at atom `at`, as the noun after or before it has it.
    pub(super) fn before_noun(&self, piece: Piece, at: usize) -> Piece {
        let Expression::Day { year: None, month, day, weekday: None } = piece.expression else {
            return piece;
        };
        // "the leaders of 17 November".
        let owner = at.checked_sub(2).filter(|_| self.is_word(at - 1, "of"));
        if owner
            .and_then(|owner| self.atom(owner))
            .is_some_and(|owner| self.words.belongs.word(&owner.lower).is_some())
        {
            return Piece { expression: Expression::NoTime, ..piece };
        }
        for at in piece.end..=piece.end + WORDS_BETWEEN {
            let Some(atom) = self.atom(at).filter(|atom| atom.kind == Kind::Word) else { break };
            if self.words.bearers.word(&atom.lower).is_some() {
                return Piece { expression: Expression::NoTime, ..piece };
            }
            if let Some(year) = self.words.year_of_history(month, day, &atom.lower) {
                let year = Some(Year::Known(year));
                return Piece {
                    expression: Expression::Day { year, month, day, weekday: None },
                    ..piece
                };
            }
            if self.words.relations.word(&atom.lower).is_some() {
                break;
            }
        }
        piece
    }
}

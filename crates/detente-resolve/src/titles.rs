//! Names of laws and programmes, whose words name nobody.
//!
//! "Voted for the Violence Against Women Act", "the No Child Left Behind law": no women and no child. In goes a sentence, out comes which of
//! its tokens stand in such a name. A headline, in which every word may be a capital, has none.

use detente_parse::Upos;

use crate::names::Names;
use crate::view::View;

/// Last words of the names of laws.
const LAWS: [&str; 2] = ["Act", "Amendment"];
/// Prepositions that stand in such a name as capitals, and hardly in that of a person or state.
const INSIDE: [&str; 7] = ["Against", "Behind", "Without", "Before", "After", "Under", "Through"];

/// For each token, whether it stands in the name of a law or programme.
pub(crate) fn in_titles(view: &View<'_>, names: &Names<'_>) -> Vec<bool> {
    let mut found = vec![false; view.len()];
    let is_word = |token: usize| view.form(token).starts_with(char::is_alphabetic);
    // "Praised the Help America Vote Act": the words around it are small.
    let plain = (1..view.len()).any(|token| {
        is_word(token)
            && !view.is_capital(token)
            && matches!(view.upos(token), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Adv)
    });
    if !plain {
        return found;
    }
    let mut from = 1;
    while from < view.len() {
        let end = (from..view.len())
            .find(|&token| !is_word(token) || !view.is_capital(token))
            .unwrap_or(view.len());
        let run = from..end;
        // A body that is known by such a name stays one.
        let known = names.hits.iter().any(|hit| {
            hit.tokens.len() > 1 && run.contains(&hit.tokens.start) && hit.tokens.end <= run.end
        });
        if run.len() > 2 && !known {
            let law = LAWS.contains(&view.form(run.end - 1));
            let inside = run.clone().skip(1).any(|token| {
                INSIDE.contains(&view.form(token))
                    && matches!(view.upos(token), Upos::Adp | Upos::Adv | Upos::Propn | Upos::Sconj)
            });
            if law || inside {
                found[run].fill(true);
            }
        }
        from = end + 1;
    }
    found
}

//! The nearest of some known names, for hints: `nmae` → `name`.

/// The name among `known` that takes the fewest edits to become `word`, or `None` where all are too
/// far off to have been meant. Case does not count as an edit.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let most = (word.len() / 3).max(1);
    known
        .into_iter()
        .map(|name| {
            let chars: Vec<char> = name.to_lowercase().chars().collect();
            (distance(&word, &chars), name)
        })
        .filter(|(edits, _)| *edits <= most)
        .min()
        .map(|(_, name)| name)
}

/// "did you mean `…`?" for the nearest of `known`, or else what is known if that is short.
pub(crate) fn hint<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<String> {
    if let Some(name) = nearest(word, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let all: Vec<&str> = known.into_iter().take(25).collect();
    (!all.is_empty() && all.len() < 25).then(|| format!("known are: {}", all.join(", ")))
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j + 1] + 1).min(row[j] + 1).min(last[j] + usize::from(x != y));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row[j + 1] = best;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(nearest("nmae", ["name", "also", "sector"]), Some("name"));
    }

    #[test]
    fn what_is_far_off_was_not_meant() {
        assert_eq!(nearest("population", ["name", "also"]), None);
        assert_eq!(hint("x", ["name", "also"]).as_deref(), Some("known are: name, also"));
    }
}

//! Scores of arcs → the best tree.
//!
//! In goes, for each word, a score for each possible head (column 0 is the root, column `j` is word `j - 1`); out comes
//! a head for each word such that exactly one word hangs from the root and every word leads to it. For `Xi spoke`
//! with scores that let each word choose the other, the cycle is broken where it costs least: `spoke` takes the root.
//!
//! Each word first takes its best head; where that is no tree, the maximum spanning tree is found by the algorithm of
//! Chu and Liu and of Edmonds in the dense form of Tarjan, which takes time in the square of the length.

use crate::kernel;

/// Lowers an arc from the root, so that the best tree uses one of them and no more. Far above any sum of scores' differences
/// and yet small enough for a double to keep the scores beside it.
const ROOT_COST: f64 = 1e9;

/// The best single-rooted tree over `words` words: for each its head, 0 the root and `j` word `j - 1`.
/// `scores` holds `words` rows of `words + 1` numbers; what is no number counts as the worst of scores.
pub fn best(scores: &[f32], words: usize) -> Vec<usize> {
    let width = words + 1;
    let mut heads = Vec::with_capacity(words);
    let mut own = Vec::with_capacity(width);
    for (word, row) in scores.chunks_exact(width).take(words).enumerate() {
        own.clear();
        own.extend(row.iter().map(|&score| if score.is_nan() { f32::NEG_INFINITY } else { score }));
        // No word hangs on itself.
        own[word + 1] = f32::NEG_INFINITY;
        let mut head = 0;
        kernel::largest(&own, &mut head);
        let scored = own[head] > f32::NEG_INFINITY;
        heads.push(if scored { head } else { usize::from(word > 0) });
    }
    if is_tree(&heads) { heads } else { spanning(scores, words) }
}

/// Whether one word hangs from the root and every word leads to it.
pub fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    // 0 unseen, otherwise the walk on which it was seen; a walk that meets itself is a cycle.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at] {
                0 => break,
                head if head > heads.len() => return false,
                head => at = head - 1,
            }
        }
        if seen[at] == start + 1 && heads[at] != 0 {
            return false;
        }
    }
    true
}

/// The maximum spanning tree with one arc from the root. Contracts a path of best incoming arcs whenever it bites its tail,
/// then undoes the contractions from the last to the first.
fn spanning(scores: &[f32], words: usize) -> Vec<usize> {
    let nodes = words + 1;
    // incoming[to][from]; a node that is contracted lends its row to the new one.
    let mut incoming = vec![f64::NEG_INFINITY; nodes * nodes];
    for word in 0..words {
        for from in 0..nodes {
            let score = scores.get(word * nodes + from).copied().unwrap_or(f32::MIN);
            let score = if score.is_nan() { -1e7 } else { f64::from(score.clamp(-1e7, 1e7)) };
            if from != word + 1 {
                incoming[(word + 1) * nodes + from] =
                    if from == 0 { score - ROOT_COST } else { score };
            }
        }
    }
    // Which arc of the sentence each entry of `incoming` stands for: (to, from) as first numbered.
    let mut origin: Vec<(u32, u32)> = Vec::with_capacity(nodes * nodes);
    for to in 0..nodes {
        origin.extend((0..nodes).map(|from| (to as u32, from as u32)));
    }
    // `set[v]`: the row that stands for v now. `parent`: the forest of contractions, grown past `nodes`.
    let mut set: Vec<usize> = (0..nodes).collect();
    let mut name: Vec<usize> = (0..nodes).collect();
    let mut parent: Vec<Option<usize>> = vec![None; nodes];
    let mut entered: Vec<(u32, u32)> = vec![(0, 0); nodes];
    let mut cycles: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut path: Vec<usize> = Vec::new();
    let mut on_path = vec![false; nodes];
    let mut finished = vec![false; nodes];
    finished[0] = true;
    let mut best_score = vec![0.0_f64; nodes];

    let mut unvisited = 1;
    loop {
        let row = if let Some(&row) = path.last() {
            row
        } else {
            while unvisited < nodes && finished[find(&mut set, unvisited)] {
                unvisited += 1;
            }
            if unvisited >= nodes {
                break;
            }
            let row = find(&mut set, unvisited);
            path.push(row);
            on_path[row] = true;
            row
        };
        let mut top = f64::NEG_INFINITY;
        let mut choice = 0;
        for from in 0..nodes {
            let score = incoming[row * nodes + from];
            if score > top && set[from] == from {
                top = score;
                choice = from;
            }
        }
        entered[name[row]] = origin[row * nodes + choice];
        best_score[row] = top;
        if finished[choice] {
            for done in path.drain(..) {
                on_path[done] = false;
                finished[done] = true;
            }
            continue;
        }
        if !on_path[choice] {
            on_path[choice] = true;
            path.push(choice);
            continue;
        }
        // The path from `choice` to its end is a cycle: it becomes one node, which keeps the row `choice`.
        let from = path.iter().position(|&at| at == choice).unwrap_or(0);
        let members: Vec<usize> = path.drain(from..).collect();
        let node = parent.len();
        parent.push(None);
        entered.push((0, 0));
        cycles.push(members.iter().map(|&member| name[member]).collect());
        for &member in &members {
            parent[name[member]] = Some(node);
        }
        for &member in &members {
            let loss = best_score[member];
            for other in 0..nodes {
                incoming[member * nodes + other] -= loss;
            }
        }
        for &member in members.iter().filter(|&&member| member != choice) {
            set[member] = choice;
            on_path[member] = false;
            for other in 0..nodes {
                if incoming[member * nodes + other] > incoming[choice * nodes + other] {
                    incoming[choice * nodes + other] = incoming[member * nodes + other];
                    origin[choice * nodes + other] = origin[member * nodes + other];
                }
                if incoming[other * nodes + member] > incoming[other * nodes + choice] {
                    incoming[other * nodes + choice] = incoming[other * nodes + member];
                    origin[other * nodes + choice] = origin[other * nodes + member];
                }
            }
        }
        for &member in &members {
            incoming[choice * nodes + member] = f64::NEG_INFINITY;
        }
        name[choice] = node;
        path.push(choice);
    }

    // The arc that enters a contracted node enters one member of it, which then gives up its own.
    for node in (nodes..parent.len()).rev() {
        let arc = entered[node];
        let mut at = arc.0 as usize;
        while parent[at] != Some(node) {
            match parent[at] {
                Some(up) => at = up,
                None => break,
            }
        }
        if parent[at] == Some(node) {
            entered[at] = arc;
        }
    }
    entered.iter().skip(1).take(words).map(|arc| arc.1 as usize).collect()
}

/// The row that stands for `node`, shortening the way there.
fn find(set: &mut [usize], node: usize) -> usize {
    let mut root = node;
    while set[root] != root {
        root = set[root];
    }
    let mut at = node;
    while set[at] != root {
        at = std::mem::replace(&mut set[at], root);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads is tried.
    fn exhaustive(scores: &[f32], words: usize) -> f32 {
        let width = words + 1;
        let mut top = f32::NEG_INFINITY;
        for code in 0..width.pow(words as u32) {
            let mut rest = code;
            let heads: Vec<usize> = (0..words)
                .map(|_| {
                    let head = rest % width;
                    rest /= width;
                    head
                })
                .collect();
            if heads.iter().enumerate().all(|(word, &head)| head != word + 1) && is_tree(&heads) {
                top = top.max(total(scores, &heads));
            }
        }
        top
    }

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| scores[word * (heads.len() + 1) + head]).sum()
    }

    #[test]
    fn the_tree_is_the_best_one_there_is() {
        let mut seed = 7_u32;
        for words in 1..=5 {
            for _ in 0..200 {
                let scores: Vec<f32> = (0..words * (words + 1))
                    .map(|_| {
                        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (seed >> 20) as f32 / 64.0
                    })
                    .collect();
                let heads = spanning(&scores, words);
                assert!(is_tree(&heads), "{heads:?}");
                let expected = exhaustive(&scores, words);
                assert!((total(&scores, &heads) - expected).abs() < 0.01, "{words} words");
                assert!((total(&scores, &best(&scores, words)) - expected).abs() < 0.01);
            }
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 0.0] {
            for words in 0..40 {
                let heads = best(&vec![bad; words * (words + 1)], words);
                assert!(words == 0 || is_tree(&heads), "{bad} {heads:?}");
            }
        }
    }

    #[test]
    fn cycles_and_second_roots_are_no_trees() {
        assert!(is_tree(&[2, 0]));
        assert!(!is_tree(&[2, 1]));
        assert!(!is_tree(&[0, 0]));
        assert!(!is_tree(&[0, 3, 2]));
        assert!(!is_tree(&[0, 9]));
    }
}

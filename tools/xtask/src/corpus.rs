//! The pages of `corpus/` and `examples/` beside what the engine says of them.
//!
//! `diff` shows what a change to rules, knowledge or model does to real text before it is accepted: the lines that go and the
//! lines that come, grouped by the rule that read them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use detente::{Coder, snapshot};

const FOLDERS: [&str; 2] = ["corpus", "examples"];

/// Prints the lines that would change, by rule.
pub(crate) fn diff(root: &Path) -> Result<(), String> {
    let mut by_rule: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (page, now) in texts(root)? {
        let before = fs::read_to_string(snapshot::beside(&page)).unwrap_or_default();
        let name = page.strip_prefix(root).unwrap_or(&page).display().to_string();
        for (mark, line) in changed(&before, &now) {
            by_rule
                .entry(rule_of(line))
                .or_default()
                .push(format!("{mark} {name}: {}", line.trim()));
        }
    }
    if by_rule.is_empty() {
        println!("records: same");
    }
    for (rule, lines) in by_rule {
        println!("{rule}");
        for line in lines {
            println!("  {line}");
        }
    }
    Ok(())
}

/// Rewrites every text that differs.
pub(crate) fn accept(root: &Path) -> Result<(), String> {
    for (page, now) in texts(root)? {
        let path = snapshot::beside(&page);
        if fs::read_to_string(&path).is_ok_and(|before| before == now) {
            continue;
        }
        fs::write(&path, now).map_err(|error| format!("{}: {error}", path.display()))?;
        println!("rewrote {}", path.display());
    }
    Ok(())
}

/// Each page with what the engine says of it now.
fn texts(root: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let coder = Coder::builtin().map_err(|error| error.to_string())?;
    let mut texts = Vec::new();
    for folder in FOLDERS {
        let folder = root.join(folder);
        let pages =
            snapshot::pages(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for page in pages {
            let text = snapshot::of_page(&coder, &page)
                .map_err(|error| format!("{}: {error}", page.display()))?;
            texts.push((page, text));
        }
    }
    Ok(texts)
}

/// Lines of one text that the other has not, each as often as it is there.
fn changed<'t>(before: &'t str, now: &'t str) -> Vec<(char, &'t str)> {
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    before.lines().for_each(|line| *count.entry(line).or_default() -= 1);
    now.lines().for_each(|line| *count.entry(line).or_default() += 1);
    let mut changed = Vec::new();
    for (line, balance) in count {
        let mark = if balance < 0 { '-' } else { '+' };
        changed.extend((0..balance.abs()).map(|_| (mark, line)));
    }
    changed
}

/// The rule that a line of an event names; the kind of line for others.
fn rule_of(line: &str) -> String {
    // What stands in quotation marks is the text's own.
    let notation = line.split('"').next().unwrap_or(line);
    let rule = notation.split_once(" by ").and_then(|(_, rest)| rest.split_whitespace().next());
    let kinds = [(" says ", "statements"), (" commit ", "commitments"), (" issue ", "issues")];
    let kind = kinds.iter().find(|(word, _)| notation.contains(word)).map(|(_, kind)| *kind);
    match (kind, rule) {
        _ if !line.starts_with(' ') => "documents".to_owned(),
        (Some(kind), _) => kind.to_owned(),
        (None, Some(rule)) => rule.to_owned(),
        (None, None) => "documents".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_by_rule() {
        let (before, now) = (
            "a\n    X -> Y AID by aid.give \"gave\"\n",
            "a\n    X -> Z AID by aid.give \"gave\"\n",
        );
        let changed = changed(before, now);
        assert_eq!(changed.len(), 2);
        assert_eq!(rule_of(changed[0].1), "aid.give");
        assert_eq!(rule_of("    USA GOV says direct \"it was done by us\""), "statements");
    }
}

//! Whether two names are of one person or body.
//!
//! In go a name of the gold data and one that the coder gave, out comes whether they name the same: "Walid Muallem" is "Walid
//! al-Moallem", since one file has both, and "Schröder" is "Schroeder".

use detente_knowledge::{Actors, NameKind, plain};

/// Whether two names are one but for case, marks on letters, punctuation and the `e` of an umlaut, or are two names that `known` has for
/// one person or body.
pub(crate) fn same_name(a: &str, b: &str, known: &Actors) -> bool {
    let letters = |name: &str| -> Vec<String> {
        let words = plain(name);
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| word.replace("oe", "o").replace("ue", "u").replace("ae", "a")).collect()
    };
    let bearers = |name: &str| -> Vec<(usize, NameKind)> {
        let found = known.name_at(name, 0).filter(|found| found.len == name.len());
        found.map_or_else(Vec::new, |found| {
            found.readings.iter().map(|name| (name.entity, name.kind)).collect()
        })
    };
    // "Juan Carlos" is "Juan Carlos I", but "Abdullah I" is not "Abdullah II".
    let numeral =
        |word: &String| word.len() < 6 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let (mut of_a, mut of_b) = (letters(a), letters(b));
    if of_a.len().abs_diff(of_b.len()) == 1 && of_a.len().min(of_b.len()) > 0 {
        let longer = if of_a.len() > of_b.len() { &mut of_a } else { &mut of_b };
        if longer.last().is_some_and(numeral) {
            longer.pop();
        }
    }
    if of_a == of_b {
        return true;
    }
    let of_a = bearers(a);
    !of_a.is_empty() && bearers(b).iter().any(|bearer| of_a.contains(bearer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_tell_names_apart() {
        let known = Actors::default();
        assert!(same_name("Recep Tayyip Erdoğan", "Recep Tayyip ERDOGAN", &known));
        assert!(same_name("Gerhard Schroeder", "Gerhard Schröder", &known));
        assert!(same_name("George W. Bush", "George W Bush", &known));
        assert!(same_name("Juan Carlos", "Juan Carlos I", &known));
        assert!(!same_name("Abdullah I", "Abdullah II", &known));
        assert!(!same_name("Kim Jong Un", "Kim Jong Il", &known));
    }

    #[test]
    fn two_names_of_one_person_are_the_same() {
        let file = "name = 'Land'\n[[person]]\nname = 'Ann Lee'\nalso = ['Anna Li']\nroles = [{ title = 'King', sector = 'GOV' }]";
        let knowledge =
            detente_knowledge::Knowledge::from_texts([("actors/countries/AAA.toml", file)])
                .unwrap();
        assert!(same_name("Anna Li", "Ann Lee", &knowledge.actors));
        assert!(!same_name("Anna Lu", "Ann Lee", &knowledge.actors));
    }
}

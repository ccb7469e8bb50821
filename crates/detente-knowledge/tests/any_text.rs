//! What holds for any text: reading faulty files ends in faults with places, never in a panic, and
//! a name that is found is a slice of the text.

use detente_knowledge::Knowledge;
use proptest::prelude::*;

const PATHS: [&str; 12] = [
    "actors/countries/CHN.toml",
    "actors/organisations/NAT.toml",
    "actors/armed-groups/HEZ.toml",
    "actors/sectors.toml",
    "places/gazetteer.tsv",
    "words/groups.toml",
    "words/cues.toml",
    "words/operators.toml",
    "words/dates.toml",
    "ontology/types.toml",
    "topics/issues.toml",
    "rules/reject/extradite.toml",
];

/// Text made of the pieces that data files are made of, in any order.
fn toml_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "name",
            "also",
            "roles",
            "from",
            "until",
            "members",
            "yes",
            "no",
            "when",
            "type",
            "why",
            "words",
            "label",
            "sector",
            "codes",
            "need",
            "effect",
            " = ",
            "[",
            "]",
            "[[person]]",
            "[[body]]",
            "[say]",
            "{",
            "}",
            ",",
            "\n",
            "\t",
            "|",
            "\"GOV\"",
            "\"A @meet B\"",
            "\"@a\"",
            "2013-03-14",
            "\"2013-03\"",
            "-1",
            "1.5e9",
            "true",
            "'é'",
            "\"\"",
            "#",
            "A",
            "'China'",
            "\"\\u0000\"",
            "'''",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn faulty_files_give_faults(path in prop::sample::select(PATHS.to_vec()), text in toml_like()) {
        if let Err(error) = Knowledge::from_texts([(path, text.as_str())]) {
            prop_assert!(!error.faults().is_empty());
            for fault in error.faults() {
                prop_assert_eq!(fault.file.as_str(), path);
                prop_assert!(fault.line >= 1 && fault.line <= text.matches('\n').count() + 1);
                prop_assert!(fault.column >= 1);
            }
        }
    }

    #[test]
    fn a_found_name_is_a_slice(text in "(Côte|cote|COTE|D|d|['’´ \n-]|Ivoire|IVOIRE|é|\u{301}|\\PC){0,12}") {
        let files = [
            ("actors/countries/CIV.toml", "name = \"Côte d'Ivoire\"\nalso = ['D', 'é']"),
            ("places/gazetteer.tsv", "Ivoire\t\tCIV\t1\t1\tcity\t\n"),
        ];
        let knowledge = Knowledge::from_texts(files);
        // `é` has no capital, and that is allowed.
        let knowledge = knowledge.unwrap();
        for at in 0..=text.len() + 1 {
            if let Some(found) = knowledge.actors.name_at(&text, at) {
                prop_assert!(found.len > 0 && text.get(at..at + found.len).is_some());
                prop_assert!(!found.readings.is_empty());
            }
            if let Some((len, places)) = knowledge.places.place_at(&text, at) {
                prop_assert!(text.get(at..at + len).is_some() && !places.is_empty());
            }
        }
    }
}

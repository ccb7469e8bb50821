//! Places in the text, and which they are.
//!
//! In go the sentences of a document, out come [`PlaceMention`]s: names that say where. In "Beijing
//! said its envoy would fly to Tripoli, Lebanon", "Beijing" acts and is no place, "Tripoli" is the
//! Lebanese one of two, and "Lebanon" is a place too.
//!
//! Names are found by `spots.rs`, `usage.rs` tells places from actors by the tree, `choose.rs` picks the
//! place of several with one name, `dateline.rs` knows where the report was written, `localities.rs` reads "the city".

mod choose;
mod dateline;
mod localities;
mod spots;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use detente_core::{Document, Place};
use detente_knowledge::{Entity, Knowledge, PlaceKind};
use detente_parse::{Sentence, Upos};

use crate::PlaceMention;
use crate::lexicon::Lexicon;
use crate::position::Stature;
use crate::reader::namesakes_in;
use crate::view::{Position, View, lower_lemmas};
use choose::Around;
use localities::Locality;
use spots::{Origin, Spot, Spots};
use usage::Certainty;

/// Every place that the text says something of as a place, in order of sentence and first token.
///
/// The name of a state or of its capital is a place only where the words around it say so; elsewhere it
/// stands for the state, and is a mention of an actor. A name that the gazetteer lacks is a place where its words ("Tishreen Dam") or
/// those around it ("in Sarmin") say so; its country is then left open, unless they give it ("Sarmin, Syria").
pub fn places(
    knowledge: &Knowledge,
    document: &Document,
    sentences: &[Sentence],
) -> Vec<PlaceMention> {
    let lexicon = Lexicon::new(&knowledge.words);
    let namesakes = namesakes_in(&knowledge.actors, &lexicon, sentences);
    read_places(knowledge, &lexicon, &namesakes, document, sentences).0
}

/// The places by name, and those by a common noun ("the city", "a checkpoint"); `namesakes` are those of [`namesakes_in`].
pub(crate) fn read_places(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    namesakes: &[(String, &Entity)],
    document: &Document,
    sentences: &[Sentence],
) -> (Vec<PlaceMention>, Vec<PlaceMention>) {
    let mut common: Vec<Locality> = Vec::new();
    let mut found: Vec<(Spot<'_>, Certainty, bool)> = Vec::new();
    let mut around: Vec<Around<'_>> = Vec::new();
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut states: Vec<Vec<&str>> = Vec::new();
    let mut parts: BTreeSet<&str> = BTreeSet::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let lemmas = lower_lemmas(sentence);
        let lemmas: Vec<&str> = lemmas.iter().map(AsRef::as_ref).collect();
        let view = View::new(index, &document.text, sentence, &lemmas);
        let own = spots::find(knowledge, lexicon, &view);
        localities::find(knowledge, lexicon, &view, &own.states, &mut common);
        for (token, state) in own.states.iter().enumerate() {
            // A name of several words counts once.
            let before = token.checked_sub(1).and_then(|before| own.states.get(before)?.as_ref());
            if let Some(state) = state
                && before != Some(state)
            {
                *named.entry(state).or_default() += 1;
            }
        }
        parts.extend(own.parts.iter().filter_map(|span| span.of(&document.text)));
        states.push(own.states.iter().flatten().copied().collect());
        let dateline = dateline_end(document, sentence, &own);
        let mut last: Option<(usize, Certainty)> = None;
        for (number, spot) in own.list.iter().enumerate() {
            let in_dateline = dateline.is_some_and(|end| spot.span.end <= end);
            let certainty = if in_dateline {
                // "PARIS (Newswire) -"
                if spot.origin == Origin::Listed { Certainty::Sure } else { Certainty::No }
            } else if view.upos(spot.head) != Upos::Propn && !names_its_kind(knowledge, &view, spot)
            {
                // "Nice work": a name that the tagger does not take for one.
                Certainty::No
            } else if says_where_last_is(&view, &own, number, last) {
                // "Gaziantep, Turkey".
                Certainty::Sure
            } else {
                usage::certainty(knowledge, lexicon, &view, spot)
            };
            last = Some((number, certainty));
            around.push(beside(&view, &own, number));
            found.push((spot.clone(), certainty, in_dateline));
        }
    }
    let sure: BTreeSet<&str> = found
        .iter()
        .filter(|(spot, certainty, _)| {
            *certainty == Certainty::Sure && spot.stature == Stature::City
        })
        .filter_map(|(spot, _, _)| spot.span.of(&document.text))
        .collect();
    let mut mentions = Vec::new();
    let mut settled: BTreeMap<String, Place> = BTreeMap::new();
    let namesakes: Vec<(String, &str)> =
        namesakes.iter().map(|(own, other)| (own.clone(), other.code.as_str())).collect();
    for ((spot, certainty, dateline), mut around) in found.into_iter().zip(around) {
        let text = spot.span.of(&document.text).unwrap_or("");
        let taken = match certainty {
            Certainty::Sure => true,
            // "Scott Dayton" was named: then "Dayton" is he.
            Certainty::Likely => !parts.contains(text) || sure.contains(text),
            Certainty::Perhaps => sure.contains(text),
            Certainty::No => false,
        };
        if !taken {
            continue;
        }
        around.sentence = states.get(spot.sentence).cloned().unwrap_or_default();
        around.document.clone_from(&named);
        around.namesakes.clone_from(&namesakes);
        if needs_its_state(knowledge, &spot, text) && !around.names_one_of(&spot) {
            continue;
        }
        let key = text.to_lowercase();
        let place = match settled.get(&key) {
            // A text that has said which one it means goes on meaning it.
            Some(place) if around.beside.is_empty() => place.clone(),
            _ => {
                let mut place = choose::choose(&spot, &around);
                if place.name.is_empty() {
                    text.clone_into(&mut place.name);
                }
                if !around.beside.is_empty() {
                    settled.insert(key, place.clone());
                }
                place
            }
        };
        mentions.push(PlaceMention {
            sentence: spot.sentence,
            head: spot.head,
            tokens: spot.tokens,
            span: spot.span,
            place,
            dateline,
        });
    }
    let common = localities::settle(knowledge, common, &mentions);
    (mentions, common)
}

/// Whether many states have a division of this name: "Eastern Region", but not "North Kivu".
fn needs_its_state(knowledge: &Knowledge, spot: &Spot<'_>, text: &str) -> bool {
    let is_in = |group: &str, word: &str| {
        let words = knowledge.words.groups.get(group);
        words.is_some_and(|words| words.iter().any(|part| part.iter().eq([word])))
    };
    let text = text.to_lowercase();
    let mut words = text.split(' ');
    let part = words.next().is_some_and(|first| is_in("place_part", first));
    spot.stature == Stature::City
        && spot.entries.iter().all(|entry| entry.kind == PlaceKind::Region)
        && part
        && (spot.entries.len() > 1
            || words.all(|word| is_in("place_part", word) || is_in("place_type", word)))
}

/// Whether the name ends in the noun that says what it is, as the gazetteer writes it: "Ituri province".
fn names_its_kind(knowledge: &Knowledge, view: &View<'_>, spot: &Spot<'_>) -> bool {
    let kind = ["place_type", "place_division"].iter().any(|group| {
        let kinds = knowledge.words.groups.get(*group);
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind.iter().eq([view.lemma(spot.head)])))
    });
    let mut before = spot.tokens.clone().take_while(|&token| token < spot.head);
    // "thanked both Gulf states".
    let actors =
        view.is_plural(spot.head)
            && knowledge.words.groups.get("place_actors").is_some_and(|words| {
                words.iter().any(|word| word.iter().eq([view.lemma(spot.head)]))
            });
    kind && !actors
        && spot.head + 1 == spot.tokens.end
        && before.any(|token| view.upos(token) == Upos::Propn)
}

/// The byte where the dateline ends that this sentence begins with.
fn dateline_end(document: &Document, sentence: &Sentence, spots: &Spots<'_>) -> Option<usize> {
    let start = sentence.span.start;
    let begins = start == 0 || document.paragraphs.iter().any(|p| p.start == start);
    let first = spots.list.first().filter(|spot| begins && spot.span.start == start)?;
    let end = dateline::end(document.text.get(start..)?, first.span.len())?;
    Some(start + end)
}

/// Whether this spot follows the last one after a comma and holds it: "Gaziantep, Turkey".
fn says_where_last_is(
    view: &View<'_>,
    spots: &Spots<'_>,
    number: usize,
    last: Option<(usize, Certainty)>,
) -> bool {
    let Some((last, certainty)) = last else { return false };
    certainty >= Certainty::Perhaps && holds(view, spots, last, number).is_some()
}

/// Whether a name begins a clause of its own: "Hours after a blast in Quetta, Pakistan accused …".
fn acts(view: &View<'_>, spot: &Spot<'_>) -> bool {
    let subject = matches!(view.position(spot.head), Position::Subject | Position::PassiveSubject);
    let verb = view
        .governor(spot.head)
        .is_some_and(|verb| verb > spot.head && matches!(view.upos(verb), Upos::Verb | Upos::Aux));
    let comma = matches!(view.form(spot.tokens.end), "," | ")");
    subject && verb && !comma
}

/// The state that the spot `outer` shows the spot `inner` to be in, where it follows it after a comma.
fn holds<'k>(view: &View<'_>, spots: &Spots<'k>, inner: usize, outer: usize) -> Option<&'k str> {
    let (inner, outer) = (spots.list.get(inner)?, spots.list.get(outer)?);
    if acts(view, outer) {
        return None;
    }
    let between = view.text.get(inner.span.end..outer.span.start)?;
    let between = between.trim_start().strip_prefix(',')?.trim();
    // "Sarmin, northern Syria"
    let part = between.is_empty()
        || matches!(between, "northern" | "southern" | "eastern" | "western" | "central" | "the");
    if !part || inner.stature == Stature::State {
        return None;
    }
    let lies_in = |code: &str| {
        inner.entries.iter().any(|entry| entry.country.as_deref() == Some(code))
            || inner.state.is_some_and(|(own, _)| own == code)
    };
    // A region holds a city of its state: "Paris, Texas"; a state may be meant as one too: "Atlanta, Georgia".
    let regions: Vec<&str> = outer
        .entries
        .iter()
        .filter(|entry| entry.kind == PlaceKind::Region)
        .filter_map(|entry| entry.country.as_deref())
        .collect();
    let state = outer.state.map(|(code, _)| code);
    // "Novi, Michigan": a town that the gazetteer lacks, whatever else is called so; a state holds only one that it lacks wholly.
    let unknown = (inner.stature == Stature::City && !inner.is_large())
        .then(|| match state {
            Some(state) if inner.origin != Origin::Listed => Some(state),
            Some(_) => None,
            None => regions.first().copied(),
        })
        .flatten();
    state.into_iter().chain(regions).find(|code| lies_in(code)).or(unknown)
}

/// The states named right beside a spot: after it, or by an adjective or possessor of it.
fn beside<'k>(view: &View<'_>, spots: &Spots<'k>, number: usize) -> Around<'k> {
    let mut around = Around::default();
    let Some(spot) = spots.list.get(number) else { return around };
    around.beside.extend(holds(view, spots, number, number + 1));
    if let Some(before) = number.checked_sub(1)
        && let Some(code) = holds(view, spots, before, number)
    {
        around.beside.push(code);
    }
    let mut heads = vec![spot.head];
    // "the Lebanese city of Tripoli", "Idlib province in Syria" by its noun.
    if let Some(governor) = view.governor(spot.head)
        && (matches!(view.position(spot.head), Position::Nominal("of") | Position::Modifier)
            || view.relation(spot.head) == "appos")
        && view.upos(governor) == Upos::Noun
    {
        heads.push(governor);
    }
    for head in heads {
        for &child in view.children(head) {
            let names = matches!(view.relation(child), "amod" | "nmod" | "compound")
                && !spot.tokens.contains(&child);
            let in_it = matches!(view.position(child), Position::Nominal("in"))
                || view.preposition(child).is_none();
            if names
                && in_it
                && let Some(Some(code)) = spots.states.get(child)
            {
                around.beside.push(code);
            }
        }
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_parse::Parser;
    use std::sync::LazyLock;

    const GAZETTEER: &str = "\
Aleppo\tHalab\tSYR\t36.2\t37.2\tcity\t2132100
Atlanta\t\tUSA\t33.7\t-84.4\tcity\t498715
Austin\t\tUSA\t30.3\t-97.7\tcity\t961855
Beijing\t\tCHN\t39.9\t116.4\tcapital\t18960744
Georgia\t\tUSA\t33\t-83.5\tregion\t10711908
Homer\t\tSYR\t34.7\t36.7\tcity\t7754
Homs\t\tSYR\t34.7\t36.7\tcity\t775404
Idlib\t\tSYR\t35.9\t36.6\tcity\t165000
Kharkiv\t\tUKR\t50\t36.2\tcity\t1421125
Mosul\t\tIRQ\t36.3\t43.1\tcity\t1739800
Nice\t\tFRA\t43.7\t7.3\tcity\t342669
Paris\t\tFRA\t48.9\t2.4\tcapital\t2138551
Paris\t\tUSA\t33.7\t-95.6\tcity\t24171
Red Sea\t\t\t20\t38\twater\t
Texas\t\tUSA\t31.3\t-99.3\tregion\t29145505
Tripoli\t\tLBN\t34.4\t35.8\tcity\t229398
Tripoli\t\tLBY\t32.9\t13.2\tcapital\t1150989
Washington\tWashington, D.C.\tUSA\t38.9\t-77\tcapital\t689545
";

    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
        let state = |code: &str, name: &str, adjective: &str, capital: &str| {
            let text = format!(
                "name = '{name}'\nadjectives = ['{adjective}']\ncapitals = ['{capital}']\n"
            );
            (format!("actors/countries/{code}.toml"), text)
        };
        let mut files = vec![
            state("CHN", "China", "Chinese", "Beijing"),
            state("FRA", "France", "French", "Paris"),
            state("GEO", "Georgia", "Georgian", "Tbilisi"),
            state("JOR", "Jordan", "Jordanian", "Amman"),
            state("LBN", "Lebanon", "Lebanese", "Beirut"),
            state("LBY", "Libya", "Libyan", "Tripoli"),
            state("SYR", "Syria", "Syrian", "Damascus"),
            state("UKR", "Ukraine", "Ukrainian", "Kyiv"),
            state("USA", "United States", "American", "Washington"),
        ];
        for (path, text) in [
            ("places/gazetteer.tsv", GAZETTEER),
            ("words/places.toml", include_str!("../../../knowledge/words/places.toml")),
            ("words/reference.toml", include_str!("../../../knowledge/words/reference.toml")),
            ("actors/sectors.toml", include_str!("../../../knowledge/actors/sectors.toml")),
        ] {
            files.push((path.to_owned(), text.to_owned()));
        }
        Knowledge::from_texts(files.iter().map(|(p, t)| (p.as_str(), t.as_str()))).unwrap()
    });
    static PARSER: LazyLock<Parser> = LazyLock::new(Parser::builtin);

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let paragraphs = vec![detente_core::Span::new(0, text.len())];
        let document = Document {
            text: text.to_owned(),
            paragraphs: paragraphs.clone(),
            ..Document::default()
        };
        let sentences = PARSER.parse(text, &paragraphs);
        let got: Vec<String> = places(&KNOWLEDGE, &document, &sentences)
            .into_iter()
            .map(|mention| {
                let country = mention.place.country.unwrap_or_default();
                let dateline = if mention.dateline { " dateline" } else { "" };
                format!("{} {country}{dateline}", mention.place.name)
            })
            .collect();
        assert_eq!(got, expected, "{text}\n{sentences:#?}");
    }

    #[test]
    fn capitals_act_or_are_where_things_happen() {
        check("Blinken met Xi on Monday in Beijing.", &["Beijing CHN"]);
        check("Beijing accused Washington of meddling.", &[]);
        check("Talks between Washington and Beijing collapsed.", &[]);
        check("The minister flew to Beijing on Monday.", &["Beijing CHN"]);
        check("The ministry imposed sanctions on Beijing.", &[]);
        check("The minister visited Paris.", &["Paris FRA"]);
    }

    #[test]
    fn states_act_or_are_where_things_happen() {
        check("Troops were killed in northern Syria.", &["Syria SYR"]);
        check("Syria rejected the plan.", &[]);
        check("France sent aid to Ukraine.", &[]);
    }

    #[test]
    fn cities_are_places() {
        check("Rebels shelled Aleppo and Homs.", &["Aleppo SYR", "Homs SYR"]);
        check("Clashes broke out near Mosul.", &["Mosul IRQ"]);
        check("Two people died in Idlib province.", &["Idlib SYR"]);
        check("A ship was attacked in the Red Sea.", &["Red Sea "]);
    }

    #[test]
    fn the_text_around_tells_places_of_one_name_apart() {
        check("The army fired at a crowd in Tripoli.", &["Tripoli LBY"]);
        check("The Lebanese army fired at a crowd in Tripoli.", &["Tripoli LBN"]);
        check("He died in Paris, Texas.", &["Paris USA", "Texas USA"]);
        check("The plane landed in Atlanta, Georgia.", &["Atlanta USA", "Georgia USA"]);
        check("The plane landed in Georgia.", &["Georgia GEO"]);
        check("He spoke in Homer, Texas.", &["Homer USA", "Texas USA"]);
    }

    #[test]
    fn the_dateline_is_the_place_of_reporting() {
        check(
            "PARIS (Reuters) - Blinken met Xi in Beijing on Monday.",
            &["Paris FRA dateline", "Beijing CHN"],
        );
    }

    #[test]
    fn names_that_no_list_has_are_places_where_the_words_say_so() {
        check("Two people died in Sarmin.", &["Sarmin "]);
        check("Troops guard the Tishreen Dam.", &["Tishreen Dam "]);
        check("Clashes went on in Sarmin, northern Syria.", &["Sarmin SYR", "Syria SYR"]);
        check("He holds a stake in Globex.", &[]);
        check("Sarmin rejected the plan.", &[]);
        check("The commission met in March.", &[]);
    }

    #[test]
    fn the_city_is_the_one_spoken_of_last() {
        let text = "Rebels entered Aleppo. They left the city. A checkpoint was set up.";
        let document = Document::of_text(text);
        let sentences = PARSER.parse(text, &document.paragraphs);
        let lexicon = Lexicon::new(&KNOWLEDGE.words);
        let (_, localities) = read_places(&KNOWLEDGE, &lexicon, &[], &document, &sentences);
        let got: Vec<(&str, &str)> = localities
            .iter()
            .map(|p| (p.span.of(text).unwrap_or_default(), p.place.name.as_str()))
            .collect();
        assert_eq!(got, [("city", "Aleppo"), ("checkpoint", "")]);
    }

    #[test]
    fn persons_and_words_are_no_places() {
        check("Michael Jordan met Paris Hilton.", &[]);
        check("Nice work, said the minister.", &[]);
        check("Austin said the plan had failed.", &[]);
        check("Scott Mosul was killed. Mosul was 42.", &[]);
    }

    #[test]
    fn small_towns_are_places_where_they_are_shelled_or_taken() {
        check("The army shelled Homer.", &["Homer SYR"]);
        check("Rebels captured Homer.", &["Homer SYR"]);
        check("Police captured Homer.", &[]);
    }

    #[test]
    fn a_subject_after_a_comma_is_not_where_the_place_before_lies() {
        check("Hours after a blast in Mosul, Syria accused Jordan.", &["Mosul IRQ"]);
    }
}

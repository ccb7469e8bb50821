//! Whether the name of a place is used as one.
//!
//! In goes a spot, out comes how surely it says where: in "in Beijing" surely, in "Beijing accused" not at
//! all, in "Mosul fell" as long as nobody of that name is about.

use detente_knowledge::Knowledge;
use detente_parse::Upos;

use super::spots::{Origin, Spot, is_office};
use crate::lexicon::Lexicon;
use crate::position::{Stature, Use, place_use};
use crate::view::{Position, View};

/// How surely a name says where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// It stands for an actor, or for nothing known.
    No,
    /// It is a place if the document says so elsewhere.
    Perhaps,
    /// It is a place if that is all that has the name.
    Likely,
    /// The words around it say so.
    Sure,
}

/// How surely the spot says where.
pub(super) fn certainty(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    view: &View<'_>,
    spot: &Spot<'_>,
) -> Certainty {
    let is_in = |name: &str, lemma: &str| {
        let words = knowledge.words.groups.get(name);
        words.is_some_and(|words| words.iter().any(|word| word.iter().eq([lemma])))
    };
    let group = |name: &str, token: usize| is_in(name, view.lemma(token));
    let says_where = |case: &str| is_in("place_where", case);
    // "Idlib Governorate": the whole name hangs where its last word does.
    let above = view.head(spot.head).filter(|&above| {
        matches!(view.relation(spot.head), "compound" | "flat" | "nmod")
            && view.preposition(spot.head).is_none()
            && (group("place_type", above)
                || is_in("place_division", view.form(above)) && view.upos(above) == Upos::Noun)
    });
    let token = above.unwrap_or(spot.head);
    let locality = above.is_some();
    let position = view.position(token);
    let governor = view.governor(token);
    let governed_by = |name: &str| governor.is_some_and(|governor| group(name, governor));
    let of_locality = matches!(position, Position::Nominal("of"))
        && (governed_by("ref_locality") || governed_by("place_type"));
    let city = spot.stature == Stature::City;

    // "The Minsk agreements", "the Istanbul Convention" are named after the place.
    if group("place_namesake", spot.tokens.end)
        && view.head(spot.head).is_some_and(|above| above >= spot.tokens.start)
    {
        return Certainty::No;
    }
    if spot.origin == Origin::Open {
        // "holds a stake in Globex": the noun before the preposition, whatever the tree hangs it on.
        let noun_before = view
            .child(view.first_conjunct(token), "case")
            .and_then(|case| case.checked_sub(1))
            .is_some_and(|before| group("place_not_in", before));
        return match position {
            Position::Oblique(case) | Position::Nominal(case)
                if says_of_unknown(case) && !noun_before && !governed_by("place_not_in") =>
            {
                Certainty::Sure
            }
            _ if of_locality => Certainty::Sure,
            Position::Oblique("to" | "into" | "toward" | "towards" | "from")
            | Position::Nominal("to" | "from")
                if governed_by("place_motion") =>
            {
                Certainty::Sure
            }
            _ => Certainty::Perhaps,
        };
    }
    // "the governor of Virginia", "the Virginia governor": the office is of the place, the act is not there.
    let of_office = matches!(position, Position::Nominal("of") | Position::Modifier)
        && governor.is_some_and(|governor| is_office(&knowledge.actors, view.lemma(governor)));
    if of_office {
        return Certainty::No;
    }
    if spot.origin == Origin::Typed {
        return Certainty::Sure;
    }
    match position {
        // "in", "at", "near" … say where whatever the name is.
        Position::Oblique(case) | Position::Nominal(case) if says_where(case) => Certainty::Sure,
        _ if of_locality => Certainty::Sure,
        Position::Oblique("to" | "into" | "toward" | "towards" | "for")
        | Position::Nominal("to" | "into" | "toward" | "towards")
            if governed_by("place_motion") =>
        {
            Certainty::Sure
        }
        Position::Oblique("into" | "from") => Certainty::Sure,
        Position::Nominal("from") if governed_by("place_motion") => Certainty::Sure,
        Position::Oblique("on" | "of" | "over" | "upon")
        | Position::Nominal("on" | "of" | "over" | "upon")
            if governed_by("place_hit") && spot.stature != Stature::State =>
        {
            Certainty::Sure
        }
        Position::Object if governed_by("place_visit") => Certainty::Sure,
        // "Guns shelled Pokrovsk", "Troops captured Vuhledar": no more than a town is known by the name.
        Position::Object | Position::PassiveSubject
            if city
                && !spot.shared
                && (governed_by("place_bombed")
                    || governed_by("place_taken")
                        && governor.is_some_and(|verb| is_done_by_force(&group, view, verb))) =>
        {
            Certainty::Likely
        }
        // "Doha hosted envoys of both sides".
        Position::Subject if governed_by("place_host") && spot.stature != Stature::State => {
            Certainty::Sure
        }
        // "in Syria's north".
        Position::Possessor
            if governor.is_some_and(|governor| {
                (group("ref_locality", governor)
                    || group("place_type", governor)
                    // "in Kharkiv's main hospital"; a state's embassy is elsewhere.
                    || (group("place_noun", governor) && spot.stature != Stature::State))
                    && view.preposition(governor).is_some_and(says_where)
            }) =>
        {
            Certainty::Sure
        }
        // "in the Belgian capital, Brussels".
        Position::Apposition
            if (governed_by("ref_locality") || governed_by("place_type"))
                && governor
                    .is_some_and(|governor| view.preposition(governor).is_some_and(says_where)) =>
        {
            Certainty::Sure
        }
        _ if !city => {
            // Only a capital under a noun is left: "the Beijing summit".
            let modifies = position == Position::Modifier && spot.stature == Stature::Capital;
            let thing = governor.is_some_and(|governor| view.upos(governor) == Upos::Noun);
            let place = place_use(lexicon, view, token, spot.stature, locality) == Use::Place;
            if modifies && thing && place { Certainty::Likely } else { Certainty::No }
        }
        Position::Oblique("to" | "toward" | "towards" | "on")
        | Position::Nominal("to" | "from" | "of" | "on") => known(spot),
        Position::Subject | Position::Possessor | Position::Agent | Position::Indirect => {
            if locality {
                Certainty::Sure
            } else {
                known(spot).min(Certainty::Perhaps)
            }
        }
        _ if locality => Certainty::Sure,
        _ => known(spot),
    }
}

/// Whether those who take towns do it: "rebels captured", "attacked by gunmen". Police capture persons.
fn is_done_by_force(group: &impl Fn(&str, usize) -> bool, view: &View<'_>, verb: usize) -> bool {
    view.children(verb).iter().any(|&child| {
        matches!(view.position(child), Position::Subject | Position::Agent)
            && group("place_taker", child)
    })
}

/// Prepositions that make a place of a name that nobody knows; "at Globex" may be a firm.
fn says_of_unknown(case: &str) -> bool {
    matches!(
        case,
        "in" | "near"
            | "outside"
            | "around"
            | "across"
            | "throughout"
            | "inside"
            | "off"
            | "north"
            | "south"
            | "east"
            | "west"
    )
}

/// A city that many know is likely meant; a small one only where the document says more.
fn known(spot: &Spot<'_>) -> Certainty {
    if spot.shared {
        Certainty::No
    } else if spot.is_large() || spot.tokens.len() > 1 {
        Certainty::Likely
    } else {
        Certainty::Perhaps
    }
}

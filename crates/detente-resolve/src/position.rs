//! Whether the name of a place acts or is only where something happens.
//!
//! In go a place name and how it hangs in the sentence, out comes its use: in "Beijing accused Washington" both act, in "The plane
//! landed in Beijing" the name is a place and no actor, in "missiles hit Kharkiv" the place is what is acted upon.

use crate::lexicon::Lexicon;
use crate::view::{Position, View};

/// How a place name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It stands for the state.
    Actor,
    /// It may be what an act is aimed at, as a place; rules choose.
    Target,
    /// It says where, and is no actor.
    Place,
}

/// How far a name can stand for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stature {
    /// The state's own name, or a seat of its government.
    State,
    /// Its capital: acts as often as it is a place.
    Capital,
    /// Any other place.
    City,
}

/// The use of the place name headed by `token`.
pub(crate) fn place_use(
    lexicon: &Lexicon,
    view: &View<'_>,
    token: usize,
    stature: Stature,
    locality: bool,
) -> Use {
    use Stature::{Capital, City, State};
    match view.position(token) {
        Position::Subject | Position::Possessor | Position::Agent | Position::Indirect => {
            if stature == City { Use::Target } else { Use::Actor }
        }
        Position::PassiveSubject | Position::Object => {
            if stature == City {
                Use::Target
            } else {
                Use::Actor
            }
        }
        // "Talks to Kabul", "appealed to Moscow": nobody goes there.
        Position::Oblique("to") if stature != City && speaks_to(lexicon, view, token) => Use::Actor,
        Position::Oblique(case) => preposition_use(case, stature, false),
        // "the city of Kharkiv", "north of Beijing".
        Position::Nominal("of") if locality => Use::Place,
        // "withdraw troops from Iraq" hangs on either word.
        Position::Nominal("from")
            if view.governor(token).is_some_and(|g| view.position(g) == Position::Object) =>
        {
            preposition_use("from", stature, false)
        }
        Position::Nominal(case) => preposition_use(case, stature, true),
        // "Gaziantep, Turkey": a place that says where another is.
        Position::Apposition if locality || stature != State => Use::Place,
        // "Kyiv: no talks before a truce": who speaks in a headline.
        Position::Other if opens_with_label(view, token) => {
            if stature == City {
                Use::Place
            } else {
                Use::Actor
            }
        }
        Position::Apposition | Position::Other => {
            if stature == State {
                Use::Actor
            } else {
                Use::Place
            }
        }
        Position::Modifier => match stature {
            State => Use::Actor,
            Capital | City => Use::Place,
        },
    }
}

/// Whether the verb that the name hangs on is one of speech to somebody.
fn speaks_to(lexicon: &Lexicon, view: &View<'_>, token: usize) -> bool {
    view.governor(token).is_some_and(|verb| lexicon.speaks_to.has(view.lemma(verb)))
}

/// Whether the name opens its sentence and a colon follows.
fn opens_with_label(view: &View<'_>, token: usize) -> bool {
    view.form(token + 1) == ":" && view.edges(token).0 == 0
}

fn preposition_use(case: &str, stature: Stature, under_noun: bool) -> Use {
    use Stature::{City, State};
    match case {
        "with" | "against" | "by" | "between" | "among" | "for" | "than" | "like" | "unlike"
        | "as" | "including" | "according" | "versus" | "behind" | "despite" | "without"
        | "besides" | "such" | "because" | "about" | "over" | "except" | "regarding"
        | "concerning" | "under" => match stature {
            City if case == "against" => Use::Target,
            City => Use::Place,
            _ => Use::Actor,
        },
        // "fired at Kyiv"; nobody is "at" a state.
        "at" if stature == State => Use::Actor,
        "at" => Use::Target,
        "on" | "upon" | "of" | "to" | "toward" | "towards" => match stature {
            State => Use::Actor,
            // "flew to Moscow" and "sanctions on Moscow" look the same.
            _ if case == "to" || stature == City => Use::Target,
            _ => Use::Actor,
        },
        // "support from China" is China's; "troops left from China" is where they were.
        "from" if under_noun => match stature {
            City => Use::Place,
            _ => Use::Actor,
        },
        "from" | "into" => match stature {
            City if case == "from" => Use::Place,
            _ => Use::Target,
        },
        _ => Use::Place,
    }
}

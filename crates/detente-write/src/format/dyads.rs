//! An event as directed pairs.
//!
//! In goes an event, out come its pairs of actor and recipient: a meeting of `USA` and `CHN` gives both directions, two accusers of one
//! state two pairs. Tables and tools that count dyads take events so.

use detente_core::{Actor, Event};

/// Who to whom, once for each pair; a missing side is `None`. Parties of a reciprocal event that no
/// reader of the table could tell apart (same code, same sector) are not paired with each other.
pub(crate) fn dyads(event: &Event) -> Vec<(Option<&Actor>, Option<&Actor>)> {
    if event.reciprocal {
        let mut pairs = Vec::new();
        for (i, actor) in event.actors.iter().enumerate() {
            for (j, other) in event.actors.iter().enumerate() {
                let same = actor.code == other.code && actor.sector == other.sector;
                if i != j && !same {
                    pairs.push((Some(actor), Some(other)));
                }
            }
        }
        if pairs.is_empty() {
            pairs.push((event.actors.first(), None));
        }
        return pairs;
    }
    let side = |actors: &'_ [Actor]| actors.len().max(1);
    let mut pairs = Vec::with_capacity(side(&event.actors) * side(&event.recipients));
    for i in 0..side(&event.actors) {
        for j in 0..side(&event.recipients) {
            pairs.push((event.actors.get(i), event.recipients.get(j)));
        }
    }
    pairs
}

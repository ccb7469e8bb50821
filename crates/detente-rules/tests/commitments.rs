//! What parties agreed to bring about, in passages of our own invention.

mod engine;

use detente_core::CommitmentStatus;
use engine::coded;

/// Each commitment as `kind | subject | parties | status × mentions`.
fn lines(text: &str) -> Vec<String> {
    let status = |status| match status {
        CommitmentStatus::Announced => "announced",
        CommitmentStatus::Started => "started",
        CommitmentStatus::Held => "held",
        CommitmentStatus::Suspended => "suspended",
        CommitmentStatus::Ended => "ended",
        CommitmentStatus::Broken => "broken",
    };
    coded(text)
        .commitments
        .iter()
        .map(|c| {
            let subject = c.subject.as_deref().unwrap_or("-");
            let stages: Vec<_> = c.mentions.iter().map(|m| status(m.status)).collect();
            assert_eq!(c.mentions.last().map(|m| m.status), Some(c.status));
            format!("{} | {subject} | {} | {}", c.kind, c.parties.join("+"), stages.join(" "))
        })
        .collect()
}

#[test]
fn agreed_to_establish_and_to_resume() {
    assert_eq!(
        lines(
            "Oslo and Ottawa agreed to set up a working group on fisheries, and to resume dialogue on Arctic shipping."
        ),
        [
            "working group | fisheries | CAN+NOR | announced",
            "dialogue | Arctic shipping | CAN+NOR | announced",
        ]
    );
    assert_eq!(
        lines("Seoul and Tokyo pledged to resume talks on trade."),
        ["talks | trade | JPN+KOR | announced"]
    );
}

#[test]
fn agreed_on_and_signed() {
    assert_eq!(
        lines("India and Pakistan agreed on Thursday to a ceasefire along the border."),
        ["ceasefire | - | IND+PAK | announced"]
    );
    assert_eq!(
        lines("Thailand and Cambodia launched a joint commission on border demarcation."),
        ["committee | border demarcation | KHM+THA | started"]
    );
}

#[test]
fn suspended_and_broken() {
    assert_eq!(
        lines("Russia suspended the New START treaty with the United States in February."),
        ["treaty | - | RUS+USA | suspended"]
    );
}

#[test]
fn a_later_mention_moves_the_same_commitment() {
    assert_eq!(
        lines(
            "Oslo and Ottawa agreed to set up a working group on fisheries. In July Norway and Canada suspended the \
             working group."
        ),
        ["working group | fisheries | CAN+NOR | announced suspended"]
    );
}

#[test]
fn wishes_meetings_and_possibilities_are_none() {
    for text in [
        "The ministers of Norway and Canada held a meeting in Bergen.",
        "Turkey urged Armenia to sign a peace treaty.",
        "Japan and the Philippines could sign a defence pact next year.",
        "Qatar called for a ceasefire between Israel and Hamas.",
        "Serbia and Kosovo refused to sign the agreement.",
        "Spain proposed a dialogue with Morocco.",
    ] {
        assert_eq!(lines(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn one_side_may_promise_and_put_off_what_it_gives() {
    assert_eq!(
        lines("Norway will lend Kenya 20 million dollars. In May Oslo suspended the loan."),
        ["loan | - | KEN+NOR | announced suspended"]
    );
    assert_eq!(
        lines("Kenya promised to withdraw its soldiers from Somalia by June."),
        ["troop withdrawal | - | KEN+SOM | announced"]
    );
    assert_eq!(lines("Peru delivered 20 tents to Haiti."), Vec::<String>::new());
}

#[test]
fn what_is_looked_back_on_or_charged_moves_nothing() {
    assert_eq!(
        lines("Israel and Hamas signed a truce. Hamas said that Israel had broken the truce."),
        ["ceasefire | - | HAM+ISR | announced"]
    );
    assert_eq!(
        lines(
            "Chad and Niger signed a treaty. The treaty took effect. Both had signed the treaty in May."
        ),
        ["treaty | - | NER+TCD | announced started"]
    );
}

#[test]
fn a_broker_is_no_party() {
    assert_eq!(
        lines("A truce between Israel and Hamas, brokered by Qatar, took effect on Friday."),
        ["ceasefire | - | HAM+ISR | started"]
    );
}

#[test]
fn terms_are_kept() {
    let record = coded("Japan pledged 30 million dollars in aid to Mali if elections are held.");
    let terms: Vec<(&str, &str)> = record.commitments[0]
        .terms
        .iter()
        .map(|term| (term.kind.as_str(), term.text.as_str()))
        .collect();
    assert_eq!(terms, [("amount", "30 million dollars"), ("condition", "if elections are held")]);
}

#[test]
fn what_is_to_come_has_not_been() {
    assert_eq!(
        lines(
            "The foreign ministers of Greece and Turkey will meet in Athens in June. They last met in Ankara in March."
        ),
        ["meeting | - | GRC+TUR | announced"]
    );
    assert_eq!(
        lines("Blinken was to visit Beijing on Friday. The visit was postponed."),
        ["visit | - | CHN+USA | announced suspended"]
    );
}

#[test]
fn relations_that_are_cut_show_no_promise() {
    assert_eq!(
        lines("Venezuela broke off diplomatic relations with Colombia on Thursday."),
        Vec::<String>::new()
    );
}

#[test]
fn what_two_swapped_is_done() {
    assert_eq!(
        lines("Russia and the United States exchanged four spies in Vienna on Friday."),
        ["prisoner exchange | - | RUS+USA | held"]
    );
}

#[test]
fn a_truce_that_both_extend_is_kept() {
    assert_eq!(
        lines("Israel and Hamas agreed to extend their truce by two days."),
        ["ceasefire | - | HAM+ISR | held"]
    );
}

#[test]
fn a_parliament_brings_down_a_deal_that_was_signed() {
    assert_eq!(
        lines(
            "Kenya and Britain signed a defence pact in May. Kenya's parliament rejected the pact on Tuesday."
        ),
        ["defence pact | - | GBR+KEN | announced broken"]
    );
    assert_eq!(
        lines("Kenya's parliament rejected a defence deal with Britain."),
        Vec::<String>::new()
    );
}

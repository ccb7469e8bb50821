//! What parties quarrel over, share and discuss, in passages of our own invention.

mod engine;

use detente_core::Stance;
use engine::coded;

/// Each issue as `topic codes stance`.
fn lines(text: &str) -> Vec<String> {
    let stance = |stance| match stance {
        Stance::Contested => "contested",
        Stance::Shared => "shared",
        Stance::Discussed => "discussed",
    };
    coded(text)
        .issues
        .iter()
        .map(|i| format!("{} {} {}", i.topic, i.between.join("+"), stance(i.stance)))
        .collect()
}

#[test]
fn quarrel_and_cooperation_in_one_sentence() {
    assert_eq!(
        lines(
            "Ankara and Athens clashed over gas drilling and Cyprus, but agreed to cooperate on migration."
        ),
        ["gas GRC+TUR contested", "cyprus GRC+TUR contested", "migration GRC+TUR shared"]
    );
}

#[test]
fn what_was_discussed() {
    assert_eq!(
        lines("The foreign ministers of Egypt and Ethiopia discussed the Nile dam in Khartoum."),
        ["dams EGY+ETH discussed"]
    );
    assert_eq!(
        lines(
            "Macron and Lula talked about a range of issues, including climate change, trade and Ukraine."
        ),
        ["climate BRA+FRA discussed", "trade BRA+FRA discussed", "ukraine BRA+FRA discussed"]
    );
}

#[test]
fn critics_contest_the_policies_of_their_target() {
    assert_eq!(
        lines("Beijing criticised Australia's policy on Taiwan."),
        ["taiwan AUS+CHN contested"]
    );
}

#[test]
fn differences_of_nouns() {
    assert_eq!(
        lines(
            "Relations between Washington and Moscow have been strained by quarrels over Ukraine and arms control."
        ),
        ["ukraine RUS+USA contested", "arms_control RUS+USA contested"]
    );
    assert_eq!(
        lines("Serbia and Kosovo have differences over energy."),
        ["energy SRB+XKX contested"]
    );
}

#[test]
fn examples_of_common_interest() {
    assert_eq!(
        lines(
            "The president of Kenya met the president of Tanzania on Friday. Both sides expressed a willingness to \
             cooperate on areas of common interest, such as fighting terrorism and promoting trade."
        ),
        ["terrorism KEN+TZA shared", "trade KEN+TZA shared"]
    );
}

#[test]
fn a_topic_alone_is_no_issue() {
    for text in [
        "Trade grew by four per cent in May.",
        "The minister of trade visited Oslo.",
        "Ottawa published a report on climate change.",
        "Human rights lawyers met in Lagos.",
    ] {
        assert_eq!(lines(text), Vec::<String>::new(), "{text}");
    }
}

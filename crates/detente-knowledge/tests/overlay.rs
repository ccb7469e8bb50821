//! A user's folder laid over the built-in files.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::fs;
use std::path::PathBuf;

use detente_core::Sector;
use detente_knowledge::{Knowledge, Name, NameKind};

/// A folder below the target folder that is new for each test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("topics")).unwrap();
    fs::create_dir_all(folder.join("actors/countries")).unwrap();
    fs::create_dir_all(folder.join("places")).unwrap();
    fs::create_dir_all(folder.join("words")).unwrap();
    folder
}

#[test]
fn a_file_replaces_the_builtin_one_and_others_stay() {
    let folder = folder("overlay_replaces");
    fs::write(folder.join("topics/issues.toml"), "[bees]\nlabel = 'bees'\nwords = ['bee']\n")
        .unwrap();
    let builtin = Knowledge::builtin().unwrap();
    let knowledge = Knowledge::with_overlay(&folder).unwrap();
    assert_eq!(knowledge.topics.issues.len(), 1);
    assert_eq!(knowledge.topics.commitments.len(), builtin.topics.commitments.len());
    assert_ne!(knowledge.hash, builtin.hash);
    assert_eq!(Knowledge::builtin().unwrap().hash, builtin.hash);
}

#[test]
fn an_actor_is_laid_over_entry_by_entry() {
    let folder = folder("overlay_actor");
    let path = folder.join("actors/countries/KEN.toml");
    fs::write(
        &path,
        "without = ['Daily Nation']\nalso = ['Land of Lions']\n\
         [[person]]\nname = 'William Ruto'\nroles = [{ title = 'Teacher', sector = 'EDU' }]\n\
         [[person]]\nname = 'Wanja Otieno'\nroles = [{ title = 'Mayor', sector = 'GOV' }]\n",
    )
    .unwrap();
    let actors = Knowledge::with_overlay(&folder).unwrap().actors;
    let reading = |name: &str| actors.name_at(name, 0).filter(|found| found.len == name.len());
    let title = |name: &str| match reading(name).unwrap().readings[0].kind {
        NameKind::Person(person) => {
            let person = &actors.people[person];
            (person.roles[0].title.clone(), actors.files[person.file].clone(), person.line)
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(title("William Ruto"), ("Teacher".into(), path.display().to_string(), 3));
    assert_eq!(title("Wanja Otieno").0, "Mayor");
    assert_eq!(title("Mwai Kibaki").1, "actors/countries/KEN.toml");
    assert!(reading("Daily Nation").is_none());
    assert_eq!(reading("Land of Lions").unwrap().readings, {
        let kenya = actors.entities.iter().position(|entity| entity.code == "KEN").unwrap();
        let kind = NameKind::Entity;
        [Name { text: "Land of Lions".into(), entity: kenya, kind, sector: None }]
    });
}

#[test]
fn what_a_user_takes_out_of_an_actor_must_be_there() {
    let folder = folder("overlay_without");
    let path = folder.join("actors/countries/KEN.toml");
    fs::write(&path, "without = ['Daily Nation', 'Nobody Here']\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err().to_string();
    assert!(error.contains("`KEN` has no `Nobody Here`"), "{error}");
    assert!(!error.contains("Daily Nation` to take out"), "{error}");
}

#[test]
fn what_a_users_actor_claims_must_be_free() {
    let folder = folder("overlay_claim");
    fs::write(folder.join("actors/countries/KEN.toml"), "also = ['Uganda']\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err().to_string();
    assert!(error.contains("KEN by name") && error.contains("UGA by name"), "{error}");
}

#[test]
fn a_word_for_people_gets_the_users_sector() {
    let folder = folder("overlay_sectors");
    let path = folder.join("actors/mine.toml");
    fs::write(&path, "[CRM]\npeople = ['gunman', 'dacoit']\n").unwrap();
    let actors = Knowledge::with_overlay(&folder).unwrap().actors;
    for (word, sector) in
        [("gunman", Sector::Crm), ("dacoit", Sector::Crm), ("soldier", Sector::Mil)]
    {
        assert_eq!(actors.sector_word(&[word]).unwrap().1.sector, sector, "{word}");
    }
    fs::write(&path, "[CRM]\npeople = ['dacoit', 'dacoit']\n").unwrap();
    assert!(Knowledge::with_overlay(&folder).is_err());
}

#[test]
fn places_are_added_and_moved() {
    let folder = folder("overlay_places");
    let line = "Nairobi\t\tKEN\t1\t2\tcapital\t5\nNowheresk\tNullgrad\tRUS\t60\t60\tcity\t900\n";
    fs::write(folder.join("places/mine.tsv"), line).unwrap();
    let places = Knowledge::with_overlay(&folder).unwrap().places;
    let found = |name: &str| places.place_at(name, 0).unwrap().1.len();
    assert_eq!((found("Nullgrad"), found("Nairobi"), found("Mombasa")), (1, 1, 1));
    assert_eq!(places.place_at("Nairobi", 0).unwrap().1[0].population, 5);
}

#[test]
fn words_are_laid_over_group_by_group() {
    let folder = folder("overlay_words");
    let path = folder.join("words/mine.toml");
    let groups = |text: &str| {
        fs::write(&path, text).unwrap();
        Knowledge::with_overlay(&folder).map(|knowledge| knowledge.words.groups)
    };
    let has = |words: &[Vec<String>], word: &str| words.iter().any(|w| w.join(" ") == word);
    let builtin = Knowledge::builtin().unwrap().words.groups;
    let laid =
        groups("debts = ['tab']\nmy_own = ['weigh anchor']\n[without]\ndebts = ['loan']").unwrap();
    assert!(has(&laid["debts"], "tab") && !has(&laid["debts"], "loan"));
    assert!(has(&builtin["debts"], "loan") && !has(&builtin["debts"], "tab"));
    assert_eq!(laid["my_own"], [["weigh", "anchor"]]);
    assert_eq!(laid.len(), builtin.len() + 1);
    let holders = |groups: &std::collections::BTreeMap<String, Vec<Vec<String>>>, word: &str| {
        groups.values().filter(|words| has(words, word)).count()
    };
    let nested = groups("money = ['zap']").unwrap();
    assert!(holders(&nested, "zap") > 1, "groups that hold the group get its words");
    let faults = groups("[without]\ndebts = ['bribe']\ndebtz = ['loan']").unwrap_err().to_string();
    assert!(faults.contains("mine.toml:2:10: `debts` has no `bribe` to take out"), "{faults}");
    assert!(faults.contains("there is no group `debtz`; did you mean `debts`?"), "{faults}");
}

#[test]
fn topics_and_kinds_are_laid_over_entry_by_entry() {
    let folder = folder("overlay_topics");
    let issues = folder.join("topics/issues-mine.toml");
    fs::write(
        &issues,
        "[tariffs]\nwithout = ['levy']\nwords = ['bridge toll']\n\
         [honey]\nlabel = 'honey'\nwords = ['honey', 'levy']\ncodes = ['KEN']\n",
    )
    .unwrap();
    let kinds = folder.join("topics/commitments-mine.toml");
    fs::write(
        &kinds,
        "[hotline]\nwords = ['red phone']\n[hive]\nlike = 'working group'\nwords = ['hive']\n",
    )
    .unwrap();
    let builtin = Knowledge::builtin().unwrap().topics;
    let topics = Knowledge::with_overlay(&folder).unwrap().topics;
    let at = |words: &[&str]| topics.issue_at(words).map(|(_, topic)| topic.name.as_str());
    assert_eq!(at(&["bridge", "toll"]), Some("tariffs"));
    assert_eq!((at(&["levy"]), at(&["honey"])), (Some("honey"), Some("honey")));
    assert_eq!(topics.issues.len(), builtin.issues.len() + 1);
    assert_eq!(topics.commitments.len(), builtin.commitments.len() + 1);
    let kind = |words: &[&str]| topics.commitment_at(words).unwrap().1;
    assert_eq!(kind(&["red", "phone"]).name, "hotline");
    assert_eq!(kind(&["hive"]).held, kind(&["working", "group"]).held);

    fs::write(&issues, "[honey]\nlabel = 'honey'\nwords = ['levy']\ncodes = ['KEX']\n").unwrap();
    fs::write(&kinds, "[hotline]\nwithout = ['ret phone']\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err().to_string();
    assert!(
        error.contains("issues-mine.toml:3:10: `levy` stands under `tariffs` already"),
        "{error}"
    );
    assert!(error.contains("issues-mine.toml:4:10: no actor file has the code `KEX`"), "{error}");
    assert!(error.contains("commitments-mine.toml:2:12: `hotline` has no `ret phone`"), "{error}");
}

#[test]
fn a_file_of_words_may_leave_out_no_group() {
    let folder = folder("overlay_lost_words");
    fs::write(folder.join("words/groups.toml"), "debts = ['loan']\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err();
    let lost =
        error.faults().iter().find(|fault| fault.message.contains("groups that this one lacks"));
    assert!(lost.unwrap().message.contains("`light`"), "{error}");
}

#[test]
fn faults_name_the_users_file() {
    let folder = folder("overlay_faults");
    let path = folder.join("actors/countries/ZZZ.toml");
    fs::write(&path, "name = 'Zed'\nsectr = 'GOV'\n").unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err();
    let fault = &error.faults()[0];
    assert_eq!(fault.file, path.display().to_string());
    assert_eq!((fault.line, fault.column), (2, 1));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = Knowledge::with_overlay(&folder("overlay_absent").join("nowhere")).unwrap_err();
    assert!(error.to_string().contains("nowhere: cannot be read"), "{error}");
}

#[test]
fn a_file_that_is_not_text_is_told() {
    let folder = folder("overlay_binary");
    fs::write(folder.join("topics/issues.toml"), [0xff, 0xfe, 0]).unwrap();
    let error = Knowledge::with_overlay(&folder).unwrap_err();
    assert!(error.to_string().contains("is not UTF-8"), "{error}");
}

#[test]
fn the_builtin_files_laid_over_themselves_change_nothing() {
    let builtin = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");
    let over = Knowledge::with_overlay(builtin.as_ref()).unwrap();
    assert_eq!(over.hash, Knowledge::builtin().unwrap().hash);
}

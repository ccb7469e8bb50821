//! Pronouns of which their own sentence says whom they stand for.
//!
//! In goes a pronoun, out comes whom the verbs around it leave for it: in "Paris said that it was ready", Paris; in "Lee asked Roth to
//! go, but he refused", Roth. Each of these holds nearly always, so none is weighed against what the text told before.

use detente_core::Actor;
use detente_parse::Upos;

use crate::antecedents::agrees;
use crate::discourse::Trace;
use crate::draft::Draft;
use crate::pronouns::{Form, controller, is_pleonastic};
use crate::reader::Reader;
use crate::resolution::{Category, MentionKind};
use crate::sides::is_borne;
use crate::view::{Position, View};

/// A pronoun that is being resolved.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) draft: &'a Draft,
    pub(crate) form: Form,
    /// Tokens in quotation marks.
    pub(crate) quoted: &'a [bool],
}

/// Whom a pronoun stands for.
type Known = (Category, Vec<Actor>);

impl Reader<'_> {
    /// Whom the verbs around the pronoun say that it stands for; `None` where they leave it open.
    pub(crate) fn bound(&self, asked: &Asked<'_>) -> Option<Known> {
        self.joins(asked)
            .or_else(|| self.takes_up(asked))
            .or_else(|| self.acts_on(asked))
            .or_else(|| self.goes_on(asked))
            .or_else(|| self.says_of_self(asked))
            .or_else(|| self.answers(asked))
            .or_else(|| self.befallen(asked))
            .or_else(|| self.thanked_for(asked))
            .or_else(|| self.told_there(asked))
            .or_else(|| self.between(asked))
    }

    /// What the word at `token` names, if the pronoun may stand for it.
    pub(crate) fn standing(&self, asked: &Asked<'_>, token: usize) -> Option<Known> {
        let Asked { view, draft, form, quoted } = *asked;
        let apart = self.set_apart(view, draft.head);
        let fits = |trace: &&Trace| {
            let referent = self.discourse.referent(trace.referent);
            trace.token == token
                && !trace.implied
                && token < draft.head
                && referent.is_some_and(|r| {
                    !r.actors.is_empty()
                        && agrees(r, draft, form)
                        && (form != Form::They || r.plural || r.category == Some(Category::People))
                })
                && !self.is_among(trace.referent, &apart)
                && self.may_corefer(view, draft.head, trace, quoted)
        };
        let found: Vec<&Trace> = self
            .discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(fits)
            .collect();
        // "Lee and Roth said they": the list, and not the first of it.
        let plural = |trace: &&&Trace| {
            self.discourse.referent(trace.referent).is_some_and(|referent| referent.plural)
        };
        let trace = found.iter().find(plural).or_else(|| found.first())?;
        let referent = self.discourse.referent(trace.referent)?;
        Some((referent.category?, referent.actors.clone()))
    }

    /// "Lee, whose brother led the party, lost. He": a sentence that begins with "he" goes on with the subject of the sentence before,
    /// if that tells of nobody else whom "he" may stand for but aside.
    fn goes_on(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, .. } = *asked;
        let owned = view.owned(draft.head);
        let subject = owned.unwrap_or(draft.head);
        if !matches!(form, Form::He | Form::She | Form::It)
            || (owned.is_some() && draft.head > 0)
            || !self.opens_sentence(asked, subject)
        {
            return None;
        }
        let verb = view.governor(subject)?;
        let speaks = owned.is_none()
            && self.is_speech(view, verb)
            && !self.lexicon.comply.has(view.lemma(verb))
            && !self.lexicon.replies.has(view.lemma(verb));
        if form == Form::It && (!speaks || is_pleonastic(view, verb)) {
            return None;
        }
        let agreeing = |referent: usize| {
            self.discourse
                .referent(referent)
                .filter(|r| agrees(r, draft, form))
                .filter(|r| form != Form::It || !matches!(r.category, None | Some(Category::Thing)))
        };
        let lead = agreeing(self.lead?).filter(|lead| !lead.actors.is_empty())?;
        // "The Kremlin said that Kyiv had fired. It vowed": who spoke speaks on.
        let alone =
            self.rivals.iter().all(|&(rival, told)| (told && speaks) || agreeing(rival).is_none());
        let apart =
            self.lead.is_some_and(|lead| self.is_among(lead, &self.set_apart(view, draft.head)));
        if alone && !apart { Some((lead.category?, lead.actors.clone())) } else { None }
    }

    /// Whether the pronoun, or the noun that it owns, is the subject of its sentence and nobody before it agrees with it.
    pub(crate) fn opens_sentence(&self, asked: &Asked<'_>, subject: usize) -> bool {
        let Asked { view, draft, form, quoted } = *asked;
        let first = |trace: &Trace| {
            trace.token < draft.head
                && self
                    .discourse
                    .referent(trace.referent)
                    .is_some_and(|r| agrees(r, draft, form) && r.category.is_some())
        };
        view.governor(subject).is_some_and(|verb| view.relation(verb) == "root")
            && matches!(view.position(subject), Position::Subject | Position::PassiveSubject)
            && view.index > self.discourse.begins()
            && !quoted.get(draft.head).copied().unwrap_or(false)
            && !self
                .discourse
                .everything(view.index, 0)
                .filter_map(|index| self.discourse.trace(index))
                .any(first)
    }

    /// Referents beside the subject that a sentence tells of in its own words: not in quotation marks, in a relative clause, or in a
    /// clause that tells when and why. With each whether it stands in what the subject says.
    pub(crate) fn rivals_of(&self, view: &View<'_>, quoted: &[bool]) -> Vec<(usize, bool)> {
        let root = (0..view.len()).find(|&token| view.relation(token) == "root");
        let root = root.filter(|&root| self.is_speech(view, root));
        let said = root.and_then(|root| view.child(root, "ccomp"));
        let mut rivals: Vec<(usize, bool)> = self
            .discourse
            .everything(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| {
                Some(trace.referent) != self.lead
                    && !quoted.get(trace.token).copied().unwrap_or(false)
                    && !is_told_aside(view, trace.token)
            })
            .map(|trace| {
                (trace.referent, said.is_some_and(|said| view.is_below(trace.token, said)))
            })
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        rivals
    }

    /// "Paris said that it was ready": who says what somebody does says it of himself, unless a lawyer or an aide speaks.
    fn says_of_self(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, quoted } = *asked;
        // "who said his budget would wait"
        let owned = view.owned(draft.head);
        let subject = owned.unwrap_or(draft.head);
        let own = view.governor(subject)?;
        let acts = match view.position(subject) {
            Position::Subject => true,
            Position::PassiveSubject => owned.is_some() || form != Form::It,
            _ => false,
        };
        let verb = view.head(own).filter(|_| acts)?;
        // "asked Lee if he would"
        let whether = view.lemma(verb) == "ask"
            && view.child(own, "mark").is_some_and(|m| matches!(view.lemma(m), "if" | "whether"));
        if view.relation(own) != "ccomp" && !(whether && view.relation(own) == "advcl") {
            return None;
        }
        let inside = quoted.get(draft.head).copied().unwrap_or(false);
        if inside || !self.is_speech(view, verb) {
            return None;
        }
        let heard = view.children(verb).iter().copied().find_map(|child| {
            let addressed = matches!(view.relation(child), "obj" | "iobj")
                || (view.relation(child) == "obl" && view.preposition(child) == Some("to"));
            if addressed { self.standing(asked, child) } else { None }
        });
        // "told the minister that he must go"
        let warned = view.lemma(verb) == "warn";
        let bidden = view.lemma(own) == "ought"
            || whether
            || ((warned || view.lemma(verb) == "tell")
                && is_borne(self.lexicon, view, own, warned))
            || view
                .children(own)
                .iter()
                .any(|&c| view.relation(c) == "aux" && matches!(view.lemma(c), "must" | "ought"));
        if let Some(heard) = heard {
            if bidden && owned.is_none() {
                return Some(heard);
            }
            if !self.lexicon.vow.has(view.lemma(verb)) {
                return None;
            }
        }
        if form == Form::It && owned.is_none() && !self.is_able(view, draft.head, own) {
            return None;
        }
        let teller = speaker_of(view, verb)?;
        if !self.speaks_for_self(view, teller) {
            return None;
        }
        // Of a speaker of whom nothing is known nothing is owned for sure.
        self.standing(asked, teller).filter(|(_, actors)| {
            owned.is_none() || actors.iter().any(|actor| actor.code.is_some())
        })
    }

    /// Whether the words around "it" are those of somebody: "it was ready", "it accused".
    fn is_able(&self, view: &View<'_>, token: usize, verb: usize) -> bool {
        let willing =
            view.child(verb, "cop").is_some() && self.lexicon.willing.has(view.lemma(verb));
        willing || (self.is_somebody(view, token) && !is_pleonastic(view, verb))
    }

    /// Whether who speaks here may speak of himself: one who is named, or of a known party.
    fn speaks_for_self(&self, view: &View<'_>, token: usize) -> bool {
        let Some(mention) = self.mention_here(token).and_then(|at| self.mentions.get(at)) else {
            return false;
        };
        let noun = view.lemma(token);
        let other = self.lexicon.servant.has(noun) || self.lexicon.counsel.has(noun);
        mention.kind != MentionKind::Nominal
            || (!other && mention.actors.iter().any(|actor| actor.code.is_some()))
    }

    /// "Lee asked Roth to go, but he refused": it is for whoever is asked to refuse.
    fn answers(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let own = view.governor(draft.head)?;
        let acts = view.position(draft.head) == Position::Subject && view.relation(own) == "conj";
        let mut verb = view.head(own).filter(|_| acts)?;
        // "asked Roth to come to Bali, but he declined" may hang on "come".
        if matches!(view.relation(verb), "xcomp" | "ccomp" | "advcl")
            && view.child(verb, "nsubj").is_none()
        {
            verb = view.head(verb)?;
        }
        let gives = self.is_speech(view, own) || self.lexicon.gives.has(view.lemma(own));
        let answer = self.lexicon.comply.has(view.lemma(own))
            || self.lexicon.replies.has(view.lemma(own))
            || (view.lemma(verb) == "ask" && gives);
        let joined = view.child(own, "cc").map_or("", |cc| view.lemma(cc));
        // "accused Athens of firing first, but it said", not "but it did not say when".
        let silent = view.children(own).iter().any(|&c| view.lemma(c) == "not");
        let answer = answer
            || (joined == "but"
                && !silent
                && self.is_accusing(view, verb)
                && self.is_speech(view, own));
        if !answer || !matches!(joined, "but" | "and") || !self.calls_for_answer(view, verb) {
            return None;
        }
        let whom = view.child(verb, "iobj").or_else(|| view.child(verb, "obj"))?;
        self.standing(asked, whom)
    }

    /// "Gunmen shot the judge as he left his house", "freed the hostages after they were seized": what one was about when something was
    /// done to him is told of him.
    fn befallen(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let own = view.governor(draft.head)?;
        let verb = view.head(own).filter(|_| view.relation(own) == "advcl")?;
        view.subject_of(verb)?;
        let when = |words: &[&str]| {
            view.children(own).iter().any(|&c| {
                matches!(view.relation(c), "mark" | "advmod" | "case")
                    && words.contains(&view.lemma(c))
            })
        };
        let held = view.position(draft.head) == Position::PassiveSubject
            && self.lexicon.holds.has(view.lemma(own))
            && self.lexicon.frees.has(view.lemma(verb))
            && when(&["after", "since", "when"]);
        let tried =
            view.child(own, "xcomp").filter(|_| matches!(view.lemma(own), "try" | "attempt"));
        let about = self.lexicon.exposed.has(view.lemma(tried.unwrap_or(own)));
        let struck = view.position(draft.head) == Position::Subject
            && about
            && self.lexicon.strikes.has(view.lemma(verb))
            && when(&["as", "while", "when"]);
        if !held && !struck {
            return None;
        }
        let victim = view.child(verb, "obj").or_else(|| {
            view.children(verb).iter().copied().find(|&c| {
                view.relation(c) == "obl" && matches!(view.preposition(c), Some("on" | "at"))
            })
        })?;
        // "the last of 19 hostages"
        let of = || {
            let whole = view
                .children(victim)
                .iter()
                .copied()
                .find(|&c| view.relation(c) == "nmod" && view.preposition(c) == Some("of"))?;
            self.standing(asked, whole)
        };
        self.standing(asked, victim).or_else(of)
    }

    /// "thanked the king for his help": what one is thanked or blamed for is one's own.
    fn thanked_for(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let owned = view.owned(draft.head);
        // "for the oil that it had sent"
        let told = || {
            let own = view.governor(draft.head)?;
            let subject = view.position(draft.head) == Position::Subject;
            view.head(own).filter(|_| subject && view.deprel(own) == "acl:relcl")
        };
        let noun = owned.or_else(told)?;
        let verb = view.clause_of(noun)?;
        let whom = view.whom(verb)?;
        let above = view.head(noun);
        let behind = view.preposition(noun);
        let fits = matches!(behind, Some("for" | "on" | "over"))
            && (above == Some(verb) || above == Some(whom))
            && self.lexicon.judge.has(view.lemma(verb))
            // "thanked the voters for his victory"
            && !(behind == Some("for") && self.lexicon.luck.has(view.lemma(noun)));
        if fits { self.standing(asked, whom) } else { None }
    }

    /// "They belong to the National Front", "they call themselves the Dawn Brigade": that band.
    fn joins(&self, asked: &Asked<'_>) -> Option<Known> {
        let subject = asked.view.position(asked.draft.head) == Position::Subject;
        let band = self
            .band_joined(asked.view, asked.draft.head)
            .filter(|_| subject && asked.form == Form::They)?;
        Some((Category::Organisation, vec![band]))
    }

    /// "The mayor's rival, Ann Lee, spoke first, and she left": who acts first acts on, where her sentence tells of nobody else whom
    /// "she" may stand for but inside her own phrase.
    fn acts_on(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, form, quoted } = *asked;
        let own = view.governor(draft.head)?;
        let acts = matches!(form, Form::He | Form::She)
            && view.position(draft.head) == Position::Subject
            && view.relation(own) == "conj"
            && view.child(own, "cc").is_some_and(|cc| view.lemma(cc) == "and")
            && !quoted.get(draft.head).copied().unwrap_or(false);
        let first = view.head(own).filter(|&first| acts && view.relation(first) == "root")?;
        let subject = view.child(first, "nsubj").filter(|&s| view.deprel(s) == "nsubj")?;
        let mention = self.mentions.get(self.mention_here(subject)?)?;
        let named = mention.kind == MentionKind::Name && mention.category == Category::Person;
        let rival = |trace: &Trace| {
            trace.token > subject
                && trace.token < draft.head
                && !view.is_below(trace.token, subject)
                && self.discourse.referent(trace.referent).is_some_and(|r| agrees(r, draft, form))
        };
        let alone = named
            && !self
                .discourse
                .everything(view.index, 0)
                .filter_map(|index| self.discourse.trace(index))
                .any(rival);
        if alone { self.standing(asked, subject) } else { None }
    }

    /// "Lee rang Roth to tell him": whom one goes to see or calls is whom one tells.
    fn told_there(&self, asked: &Asked<'_>) -> Option<Known> {
        let Asked { view, draft, .. } = *asked;
        let own = view.governor(draft.head)?;
        let heard = matches!(view.position(draft.head), Position::Object | Position::Indirect);
        self.standing(asked, self.reached(view, own).filter(|_| heard)?)
    }

    /// Whom the verb above has somebody reach, where it is for this that he does: "rang Roth to tell", not "sent Roth to tell".
    pub(crate) fn reached(&self, view: &View<'_>, own: usize) -> Option<usize> {
        let speaks = self.lexicon.addressee.has(view.lemma(own))
            || self.lexicon.speaks_to.has(view.lemma(own));
        let serves = matches!(view.relation(own), "advcl" | "xcomp")
            && is_unfinished(view, own)
            && view.xpos(own) != "VBG"
            && view.child(own, "nsubj").is_none();
        let verb = view.head(own).filter(|_| speaks && serves)?;
        if !self.lexicon.reaches.has(view.lemma(verb)) {
            return None;
        }
        let whom = view.whom(verb);
        whom.filter(|&whom| whom < own)
    }

    /// Referents that the word at `token` is another than by what it hangs on: of what is done in "flew there to meet him", "the first
    /// leader to call her" and "the man he replaced" the doer, the leader and the man.
    pub(crate) fn set_apart_above(&self, view: &View<'_>, token: usize) -> Vec<usize> {
        let Some(verb) = view.governor(token) else { return Vec::new() };
        // "broke off relations with it"
        let partner = view.position(token) == Position::Nominal("with")
            && self.lexicon.mutual.has(view.lemma(verb))
            && view.child(verb, "nmod:poss").is_none();
        let argument = partner
            || matches!(
                view.position(token),
                Position::Subject | Position::Object | Position::Indirect | Position::Oblique(_)
            );
        if !argument {
            return Vec::new();
        }
        let mut tokens: Vec<usize> = Vec::new();
        if partner {
            let doer = view.clause_of(token).and_then(|clause| view.subject_of(clause));
            // "Ties with it suffered"
            tokens.extend(doer.filter(|&doer| doer != verb));
        }
        let bare = view.child(verb, "nsubj").is_none();
        match view.deprel(verb) {
            _ if partner => {}
            // "that", "which", "who": what it stands for is set apart already.
            "acl:relcl" if !has_relative(view, verb) => {
                // Right behind the noun: "the IMF, which withheld a loan it had promised" is hung too high.
                let noun = view.head(verb).filter(|&noun| view.edges(verb).0 == noun + 1);
                tokens.extend(noun);
            }
            "acl" if bare && is_unfinished(view, verb) => {
                if let Some(noun) = view.head(verb) {
                    tokens.push(noun);
                    tokens.extend(view.child(noun, "cop").and_then(|_| view.child(noun, "nsubj")));
                }
            }
            "advcl"
                if bare
                    && is_unfinished(view, verb)
                    && (controller(view, verb).is_none() || self.reached(view, verb).is_some()) =>
            {
                // "Lee was moved to save him": who moves Lee is not told.
                let doer = view.head(verb).and_then(|above| view.subject_of(above));
                let told = |&doer: &usize| view.deprel(doer) == "nsubj" || view.xpos(verb) == "VBG";
                tokens.extend(doer.filter(told));
            }
            _ => {}
        }
        tokens.retain(|&other| other != token);
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| tokens.contains(&trace.token) && !trace.implied)
            .map(|trace| trace.referent)
            // "a loan it had promised": what stands for its author is not meant.
            .filter(|&referent| {
                self.discourse
                    .referent(referent)
                    .is_some_and(|referent| referent.category != Some(Category::Thing))
            })
            .collect()
    }

    /// Referents that do not own what the possessive at `token` stands before: of "put Lee in his place" and "accept Lee as his
    /// successor" Lee, of "demanded his release" who demands it.
    pub(crate) fn set_apart_owner(&self, view: &View<'_>, token: usize) -> Vec<usize> {
        let Some(noun) = view.head(token) else { return Vec::new() };
        if !self.lexicon.fate.has(view.lemma(noun)) {
            return self.set_apart_from_successor(view, noun);
        }
        let wants = |verb: &usize| {
            self.lexicon.over_fate.has(view.lemma(*verb)) || self.is_asking(view, *verb)
        };
        let doer = view
            .clause_of(noun)
            .filter(wants)
            .and_then(|verb| view.subject_of(verb))
            .filter(|&subject| view.deprel(subject) == "nsubj");
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| Some(trace.token) == doer && !trace.implied)
            .map(|trace| trace.referent)
            .collect()
    }

    fn set_apart_from_successor(&self, view: &View<'_>, noun: usize) -> Vec<usize> {
        let follows = match view.preposition(noun) {
            _ if view.relation(noun) != "obl" => false,
            Some("in") => matches!(view.lemma(noun), "place" | "stead"),
            Some("as") => matches!(view.lemma(noun), "successor" | "replacement" | "heir"),
            _ => false,
        };
        let Some(verb) = view.head(noun).filter(|_| follows) else { return Vec::new() };
        self.discourse
            .recent(view.index, 0)
            .filter_map(|index| self.discourse.trace(index))
            .filter(|trace| {
                let object =
                    view.relation(trace.token) == "obj" || view.deprel(trace.token) == "nsubj:pass";
                object && trace.governor == Some(verb)
            })
            .map(|trace| trace.referent)
            .collect()
    }
}

/// The subject of a verb of speech, of its list or of the verb that it serves: "rang to say that he".
fn speaker_of(view: &View<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = view.child(at, "nsubj") {
            return Some(subject).filter(|&subject| view.deprel(subject) == "nsubj");
        }
        let above = view.head(at)?;
        match view.relation(at) {
            "conj" => at = above,
            "xcomp" if controller(view, at).is_none() => at = above,
            "advcl" if is_unfinished(view, at) => at = above,
            _ => return None,
        }
    }
    None
}

/// Whether the word stands in a relative clause, or in a clause with a subject of its own that tells when or why.
fn is_told_aside(view: &View<'_>, token: usize) -> bool {
    let mut at = token;
    for _ in 0..view.len() {
        let aside = match view.deprel(at) {
            "acl:relcl" => true,
            "advcl" => view.child(at, "nsubj").is_some(),
            _ => false,
        };
        if aside {
            return true;
        }
        match view.head(at) {
            Some(above) => at = above,
            None => return false,
        }
    }
    false
}

/// "to meet", "meeting": a verb that has no subject and no time of its own.
fn is_unfinished(view: &View<'_>, verb: usize) -> bool {
    let to = view
        .children(verb)
        .iter()
        .any(|&c| c < verb && view.relation(c) == "mark" && view.lemma(c) == "to");
    view.upos(verb) == Upos::Verb && (to || view.xpos(verb) == "VBG")
}

/// Whether a relative clause has a word that takes up its noun.
fn has_relative(view: &View<'_>, verb: usize) -> bool {
    let (start, end) = view.edges(verb);
    (start..=end).any(|token| {
        matches!(view.xpos(token), "WDT" | "WP" | "WP$" | "WRB")
            || (view.lemma(token) == "that" && view.upos(token) == Upos::Pron)
    })
}

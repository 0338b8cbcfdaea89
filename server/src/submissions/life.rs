//! What can be done with a submission, by whom: decided here and nowhere else. The store repeats the states in its
//! statements, so that of two who decide at once one does.

use data::api::{SubmissionState, Verb};

/// What somebody is to a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of those who send the reports of its unit.
    Reporter,
    /// Of those who take the first of two steps: they endorse it or send it back.
    Endorser,
    /// Of those who decide on it: alone where there is one step, else above who endorsed it.
    Reviewer,
}

/// How many people above a unit stand behind its report before it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Steps {
    /// A reviewer accepts it.
    #[default]
    One,
    /// A reviewer endorses it, and another above that one accepts it.
    Two,
}

/// Every verb, in the order in which a page offers them.
const VERBS: [Verb; 6] = [
    Verb::Edit,
    Verb::Submit,
    Verb::Withdraw,
    Verb::Endorse,
    Verb::Accept,
    Verb::Return,
];

/// Whether something can be done in a state by who has this part. The table is the same for one step and for two: what
/// was endorsed before there was one step is accepted like what was not, and who is a reviewer of what is [`Steps`]'
/// matter. So no report is stranded where the number changes.
pub fn can(verb: Verb, state: SubmissionState, part: Part) -> bool {
    use SubmissionState::{Draft, Endorsed, Returned, Submitted};
    match (part, verb) {
        (Part::Reporter, Verb::Edit | Verb::Submit) => matches!(state, Draft | Returned),
        (Part::Reporter, Verb::Withdraw) => matches!(state, Draft | Submitted | Endorsed | Returned),
        (Part::Endorser, Verb::Endorse) => state == Submitted,
        (Part::Reviewer, Verb::Accept) | (Part::Endorser | Part::Reviewer, Verb::Return) => {
            matches!(state, Submitted | Endorsed)
        }
        (Part::Reporter, Verb::Endorse | Verb::Accept | Verb::Return) => false,
        (Part::Endorser, Verb::Accept) | (Part::Reviewer, Verb::Endorse) => false,
        (Part::Endorser | Part::Reviewer, Verb::Edit | Verb::Submit | Verb::Withdraw) => false,
    }
}

/// Whether it can be seen: a draft is its reporters' own.
pub fn is_seen_by(part: Part, state: SubmissionState) -> bool {
    part == Part::Reporter || state != SubmissionState::Draft
}

/// What those who have these parts can do.
pub fn verbs(state: SubmissionState, parts: &[Part]) -> Vec<Verb> {
    let is_possible = |verb: &Verb| parts.iter().any(|part| can(*verb, state, *part));
    VERBS.into_iter().filter(is_possible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_can_do_what_in_which_state() {
        use SubmissionState::*;
        use Verb::*;
        type Row<'a> = (SubmissionState, &'a [Verb], &'a [Verb], &'a [Verb]);
        let table: [Row; 7] = [
            (Draft, &[Edit, Submit, Withdraw], &[], &[]),
            (Submitted, &[Withdraw], &[Endorse, Return], &[Accept, Return]),
            (Endorsed, &[Withdraw], &[Return], &[Accept, Return]),
            (Returned, &[Edit, Submit, Withdraw], &[], &[]),
            (Accepted, &[], &[], &[]),
            (Undone, &[], &[], &[]),
            (Withdrawn, &[], &[], &[]),
        ];
        assert_eq!(table.map(|(state, ..)| state), SubmissionState::ALL);
        for (state, reporter, endorser, reviewer) in table {
            assert_eq!(verbs(state, &[Part::Reporter]), reporter, "{state:?}");
            assert_eq!(verbs(state, &[Part::Endorser]), endorser, "{state:?}");
            assert_eq!(verbs(state, &[Part::Reviewer]), reviewer, "{state:?}");
        }
    }

    #[test]
    fn a_draft_is_seen_by_its_reporters_alone() {
        assert!(!is_seen_by(Part::Reviewer, SubmissionState::Draft));
        assert!(is_seen_by(Part::Reviewer, SubmissionState::Submitted));
        assert!(is_seen_by(Part::Reporter, SubmissionState::Draft));
    }
}

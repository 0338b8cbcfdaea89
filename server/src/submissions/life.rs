//! What can be done with a submission, by whom: decided here and nowhere else. The store repeats the states in its
//! statements, so that of two who decide at once one does.

use data::api::{SubmissionState, Verb};

/// What somebody is to a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of those who send the reports of its unit.
    Reporter,
    /// Of those who decide on it.
    Reviewer,
}

/// Every verb, in the order in which a page offers them.
const VERBS: [Verb; 5] = [
    Verb::Edit,
    Verb::Submit,
    Verb::Withdraw,
    Verb::Accept,
    Verb::Return,
];

/// Whether something can be done in a state by who has this part.
pub fn can(verb: Verb, state: SubmissionState, part: Part) -> bool {
    use SubmissionState::{Draft, Returned, Submitted};
    match (part, verb) {
        (Part::Reporter, Verb::Edit | Verb::Submit) => matches!(state, Draft | Returned),
        (Part::Reporter, Verb::Withdraw) => matches!(state, Draft | Submitted | Returned),
        (Part::Reviewer, Verb::Accept | Verb::Return) => state == Submitted,
        (Part::Reporter, Verb::Accept | Verb::Return) => false,
        (Part::Reviewer, Verb::Edit | Verb::Submit | Verb::Withdraw) => false,
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
        let table: [(SubmissionState, &[Verb], &[Verb]); 5] = [
            (Draft, &[Edit, Submit, Withdraw], &[]),
            (Submitted, &[Withdraw], &[Accept, Return]),
            (Returned, &[Edit, Submit, Withdraw], &[]),
            (Accepted, &[], &[]),
            (Withdrawn, &[], &[]),
        ];
        assert_eq!(
            table.map(|(state, ..)| state),
            [Draft, Submitted, Returned, Accepted, Withdrawn]
        );
        for (state, reporter, reviewer) in table {
            assert_eq!(verbs(state, &[Part::Reporter]), reporter, "{state:?}");
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

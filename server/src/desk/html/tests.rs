//! The pages over a report made up of every shape.

use chrono::NaiveDate;
use data::api::{
    Confirmation, Difference, DifferenceCounts, Remark, Submission, SubmissionEntry, SubmissionState, Verb,
};
use data::definitions::{BUILT_IN, Catalogue};
use data::report::{About, Issue, NotANumber, Place, Problem, Unmapped};
use data::{
    Lang, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, Period,
    PeriodBasis, Source,
};

use super::{pieces, review, submission};

const HOSTILE: &str = "<script>alert(\"1\")</script>";

fn catalogue() -> Catalogue {
    Catalogue::read(BUILT_IN).0
}

fn issue(row: u32, problem: Problem) -> Issue {
    let about = About {
        indicator: "taxpaying_firms".into(),
        org_unit: "371482".into(),
    };
    Issue {
        place: Place {
            sheet: 0,
            row,
            column: Some(1),
        },
        about: Some(about),
        problem,
    }
}

fn entry(catalogue: &Catalogue) -> SubmissionEntry {
    SubmissionEntry {
        id: "1a".into(),
        org_unit: catalogue.org_units.get("371482").unwrap().clone(),
        year: 2025,
        state: SubmissionState::Draft,
        revision: 2,
        sender: HOSTILE.into(),
        updated_at: "2026-01-31T16:05:59Z".into(),
        figures: 40,
        errors: 1,
        warnings: 1,
    }
}

fn observation(number: i64) -> Observation {
    Observation {
        key: ObservationKey {
            indicator: "taxpaying_firms".into(),
            org_unit: "371482".into(),
            period: Period::Year { year: 2025 },
        },
        value: Some(ObservationValue::exact(number)),
        denominator: None,
        status: ObservationStatus::A,
        origin: Origin::Printed,
        period_basis: PeriodBasis::Stated,
        source: Source {
            document: HOSTILE.into(),
            publisher: HOSTILE.into(),
            published: NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(),
            place: String::new(),
        },
        other_sources: OtherSources::default(),
        comment: None,
        vintage: 0,
    }
}

/// A draft with an error at B7, a warning at B8 that was confirmed, a column nobody knows, and a conflict.
fn draft(catalogue: &Catalogue) -> Submission {
    let wrong = Problem::NotANumber {
        found: HOSTILE.into(),
        why: NotANumber::Text,
    };
    let unusual = Problem::FellToNothing {
        before: "6989".into(),
    };
    let confirmed = issue(8, unusual.clone());
    Submission {
        entry: entry(catalogue),
        file: Some(HOSTILE.into()),
        sheets: vec!["县".into()],
        unmapped: vec![Unmapped {
            place: Place {
                sheet: 0,
                row: 1,
                column: Some(4),
            },
            header: HOSTILE.into(),
        }],
        differences: vec![Difference {
            new: Some(observation(7000)),
            old: Some(observation(6989)),
            percent: Some("+0.16 %".into()),
            conflict: true,
        }],
        counts: DifferenceCounts {
            changed: 1,
            conflicts: 1,
            ..DifferenceCounts::default()
        },
        unchanged: 3,
        confirmations: vec![Confirmation {
            issue: confirmed.key(),
            reason: "口径变化".into(),
            by: HOSTILE.into(),
        }],
        remarks: vec![Remark {
            revision: 1,
            about: None,
            text: HOSTILE.into(),
            by: "王".into(),
            at: "2026-02-01T00:00:00Z".into(),
        }],
        issues: vec![issue(7, wrong), confirmed],
        vintage: None,
        can: vec![Verb::Edit, Verb::Withdraw],
    }
}

fn page(change: impl FnOnce(&mut Submission), lang: Lang) -> String {
    let catalogue = catalogue();
    let mut draft = draft(&catalogue);
    change(&mut draft);
    submission::main(&draft, 20 << 20, &pieces::context(&catalogue, lang))
}

#[test]
fn what_is_wrong_stands_at_its_cell_before_what_is_to_be_confirmed() {
    let html = page(|_| {}, Lang::Zh);
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("no {text} in {html}"));
    assert!(at(">B7<") < at(">B8<"));
    assert!(at("必须改正（1）") < at("请核实（1）"));
    assert!(at("口径变化") > at(">B8<"));
}

#[test]
fn a_cell_names_its_sheet_where_there_are_several() {
    let html = page(|draft| draft.sheets.push("乡镇".into()), Lang::Zh);
    assert!(html.contains(">县!B7<"), "{html}");
}

#[test]
fn only_what_one_may_do_has_a_form() {
    let check = |can: Vec<Verb>, expected: &[&str]| {
        let html = page(|draft| draft.can = can, Lang::En);
        for act in ["submit", "withdraw", "confirm", "mapping", "file"] {
            let has = html.contains(&format!("action=\"/report/1a/{act}?"));
            assert_eq!(has, expected.contains(&act), "{act}");
        }
    };
    check(vec![Verb::Edit], &["confirm", "mapping", "file"]);
    check(vec![Verb::Withdraw], &["withdraw"]);
    check(vec![], &[]);
}

#[test]
fn a_report_can_be_sent_when_nothing_is_left_to_do() {
    let check = |errors, warnings, expected| {
        let html = page(
            |draft| {
                draft.can = vec![Verb::Submit];
                (draft.entry.errors, draft.entry.warnings) = (errors, warnings);
            },
            Lang::Zh,
        );
        assert_eq!(
            html.contains("/report/1a/submit"),
            expected,
            "{errors} {warnings}"
        );
    };
    check(0, 0, true);
    check(1, 0, false);
    check(0, 1, false);
}

#[test]
fn no_text_of_a_file_or_a_person_becomes_markup() {
    let catalogue = catalogue();
    for lang in [Lang::Zh, Lang::En] {
        let context = pieces::context(&catalogue, lang);
        let draft = draft(&catalogue);
        for html in [
            submission::main(&draft, 20 << 20, &context),
            review::main(&draft, &context),
        ] {
            assert!(!html.contains("<script"), "{html}");
        }
    }
}

#[test]
fn a_reviewer_decides_only_where_the_api_allows_it() {
    let catalogue = catalogue();
    let context = pieces::context(&catalogue, Lang::Zh);
    let mut waiting = draft(&catalogue);
    assert!(review::main(&waiting, &context).contains("您不能决定"));
    waiting.can = vec![Verb::Accept, Verb::Return];
    let html = review::main(&waiting, &context);
    assert!(html.contains("/review/1a/accept") && html.contains("/review/1a/return"));
    assert!(html.contains("口径变化"), "the reason is shown to the reviewer");
}

#[test]
fn the_old_value_stands_beside_the_new_with_the_change_and_a_conflict_is_marked() {
    let html = page(|_| {}, Lang::Zh);
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("no {text} in {html}"));
    let (old, new) = (at(">6,989"), at(">7,000"));
    assert!(old < new && new < at("+0.16 %"));
    assert!(html.contains("来源冲突") && html.contains("更改1项"), "{html}");
}

#[test]
fn a_returned_report_opens_with_why() {
    let html = page(|draft| draft.entry.state = SubmissionState::Returned, Lang::Zh);
    assert!(html.find("审核人退回").unwrap() < html.find(">B7<").unwrap());
}

//! The pages over a report made up of every shape.

use chrono::NaiveDate;
use data::api::{
    Confirmation, Difference, DifferenceCounts, Remark, Submission, SubmissionEntry, SubmissionState, Verb,
    VintageDetail, VintageEntry,
};
use data::definitions::{BUILT_IN, Catalogue};
use data::report::{About, Issue, NotANumber, Place, Problem, Unmapped};
use data::{
    Lang, Names, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources,
    Period, PeriodBasis, Source,
};

use super::{pieces, review, submission, vintages};

const HOSTILE: &str = "<script>alert(\"1\")</script>";

fn catalogue() -> Catalogue {
    Catalogue::read(BUILT_IN).0
}

fn issue(row: u32, problem: Problem) -> Issue {
    let about = About {
        indicator: "taxpaying_firms".into(),
        org_unit: "371482".into(),
        period: Some(Period::Year { year: 2025 }),
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
        period: None,
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
            previous: None,
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
        endorsed_by: None,
        undone: None,
        conflicting: vec![VintageEntry {
            vintage: 0,
            reason: HOSTILE.into(),
            sent_by: Some(HOSTILE.into()),
            accepted_by: Some("赵".into()),
            ..VintageEntry::default()
        }],
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
    assert!(
        html.contains("冲突：请决定") && html.contains("更改1项"),
        "{html}"
    );
    assert!(old < at("赵") && at("赵") < new, "who accepted the published one");
}

#[test]
fn what_was_said_of_a_figure_stands_at_its_cell_and_at_its_difference() {
    let html = page(
        |draft| {
            draft.remarks.push(Remark {
                revision: 1,
                about: draft.issues[0].about.clone(),
                text: "请核对税务口径".into(),
                by: "王".into(),
                at: "2026-02-01T00:00:00Z".into(),
            });
        },
        Lang::Zh,
    );
    // At both issues, at the conflict, and among all remarks.
    assert_eq!(html.matches("请核对税务口径").count(), 4, "{html}");
}

#[test]
fn who_endorses_and_who_accepts_have_one_button_each() {
    let catalogue = catalogue();
    let context = pieces::context(&catalogue, Lang::Zh);
    let mut waiting = draft(&catalogue);
    waiting.can = vec![Verb::Endorse, Verb::Return];
    let html = review::main(&waiting, &context);
    assert!(html.contains("/review/1a/endorse") && !html.contains("/review/1a/accept"));
    waiting.entry.state = SubmissionState::Endorsed;
    waiting.endorsed_by = Some("王强".into());
    waiting.can = vec![Verb::Accept, Verb::Return];
    let html = review::main(&waiting, &context);
    assert!(html.contains("王强已初审") && html.contains("/review/1a/accept"));
}

#[test]
fn a_report_whose_publication_was_undone_says_why_and_what_to_do() {
    let html = page(
        |draft| {
            draft.entry.state = SubmissionState::Undone;
            draft.undone = Some(VintageEntry {
                vintage: 4,
                reason: "口径有误".into(),
                accepted_by: Some("赵".into()),
                ..VintageEntry::default()
            });
        },
        Lang::Zh,
    );
    assert!(html.contains("版本4撤销（赵）：口径有误"), "{html}");
    assert!(!html.contains("请决定"), "it was decided already");
    assert!(html.contains("/report?org-unit=371482&amp;year=2025"), "{html}");
}

#[test]
fn a_returned_report_opens_with_why() {
    let html = page(|draft| draft.entry.state = SubmissionState::Returned, Lang::Zh);
    assert!(html.find("审核人退回").unwrap() < html.find(">B7<").unwrap());
}

/// A warning about a figure that the report does not hold.
fn withdrawn(indicator: &str) -> Issue {
    let mut gone = issue(
        1,
        Problem::Withdrawn {
            name: Box::new(Names {
                zh: HOSTILE.into(),
                en: HOSTILE.into(),
            }),
            published: "6,989".into(),
            period: Period::Year { year: 2025 },
        },
    );
    gone.place.column = None;
    gone.about.as_mut().unwrap().indicator = indicator.into();
    gone
}

#[test]
fn what_the_file_does_not_hold_stands_at_no_cell() {
    let html = page(|draft| draft.issues.push(withdrawn("taxpaying_firms")), Lang::Zh);
    assert!(
        html.contains(">表中没有<") && html.contains("撤销的原因"),
        "{html}"
    );
}

/// What is done on the page is done to the revision that it shows.
#[test]
fn every_form_that_answers_or_explains_names_the_revision() {
    let html = page(|draft| draft.can = vec![Verb::Edit], Lang::Zh);
    for act in ["confirm", "mapping"] {
        let forms: Vec<&str> = html
            .split("<form")
            .filter(|form| form.contains(&format!("/{act}\"")))
            .collect();
        assert!(!forms.is_empty(), "{act}: {html}");
        assert!(
            forms.iter().all(|form| form.contains("name=\"revision\"")),
            "{act}: {html}"
        );
    }
}

#[test]
fn several_warnings_of_a_kind_can_have_one_reason() {
    let key = "value=\"withdrawn.*\"";
    let check = |indicators: &[&str], can: Vec<Verb>, expected: bool| {
        let html = page(
            |draft| {
                draft.issues.extend(indicators.iter().map(|code| withdrawn(code)));
                draft.can = can;
            },
            Lang::En,
        );
        assert_eq!(html.contains(key), expected, "{indicators:?}");
        assert!(!html.contains("<script"), "{html}");
    };
    let two = ["taxpaying_firms", "donations_total"];
    check(&two, vec![Verb::Edit], true);
    check(&two[..1], vec![Verb::Edit], false);
    check(&two, vec![], false);
    let answered = page(
        |draft| {
            let issues = two.map(withdrawn);
            draft
                .confirmations
                .extend(issues.iter().map(|issue| Confirmation {
                    issue: issue.key(),
                    reason: "改由区里报".into(),
                    by: "王".into(),
                }));
            draft.issues.extend(issues);
        },
        Lang::Zh,
    );
    assert!(
        !answered.contains(key) && answered.contains("改由区里报"),
        "{answered}"
    );
}

#[test]
fn more_conflicts_than_are_listed_are_counted_and_only_returned() {
    let catalogue = catalogue();
    let context = pieces::context(&catalogue, Lang::Zh);
    let mut submission = draft(&catalogue);
    submission.entry.state = SubmissionState::Submitted;
    submission.can = vec![Verb::Accept, Verb::Return];
    assert!(review::main(&submission, &context).contains("/review/1a/accept"));
    submission.counts.conflicts = 3000;
    let html = review::main(&submission, &context);
    assert!(html.contains("冲突：请决定采用哪一个（3000）"), "{html}");
    assert!(html.contains("请退回") && html.contains("/review/1a/return"));
    assert!(!html.contains("/review/1a/accept"));
}

#[test]
fn a_form_with_more_issues_than_are_listed_sends_nobody_to_a_copy() {
    let many = |submission: &mut Submission| {
        submission.issues = (1..=600)
            .map(|row| issue(row, submission.issues[0].problem.clone()))
            .collect();
    };
    let of_file = page(many, Lang::Zh);
    assert!(
        of_file.contains("另有100处未在此列出：见标注了问题的副本"),
        "{of_file}"
    );
    let form = |submission: &mut Submission| {
        many(submission);
        submission.file = None;
    };
    let of_form = page(form, Lang::Zh);
    assert!(of_form.contains("另有100处未在此列出：改正"), "{of_form}");
    assert!(!of_form.contains("副本"));
}

#[test]
fn a_vintage_says_how_much_of_it_is_listed_and_why_it_cannot_be_undone() {
    let catalogue = catalogue();
    let context = pieces::context(&catalogue, Lang::Zh);
    let published: VintageEntry = serde_json::from_str(
        r#"{"vintage":3,"published_at":"2026-02-01T01:00:00Z","reason":"甲","added":3000,"withdrawn":0}"#,
    )
    .unwrap();
    let detail = VintageDetail {
        entry: published,
        differences: draft(&catalogue).differences,
        changes: 3000,
        conflicts: 0,
        may_undo: true,
        can_undo: true,
    };
    let html = vintages::one(&detail, &context);
    assert!(html.contains("恢复这次公布之前的3000项数据"), "{html}");
    assert!(html.contains("只列出其中1项，另有2999项。"));
    let why = |may_undo, changes, conflicts| {
        let detail = VintageDetail {
            may_undo,
            changes,
            conflicts,
            can_undo: false,
            ..detail.clone()
        };
        vintages::one(&detail, &context)
    };
    assert!(why(false, 0, 0).contains("您不能撤销"));
    assert!(why(true, 0, 0).contains("没有可以恢复的数据"));
    assert!(why(true, 3000, 700).contains("更改了其中700项数据"));
}

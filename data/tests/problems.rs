//! Every problem of a report, in both languages and in JSON.
#![allow(clippy::unwrap_used)]

use data::report::{About, Issue, NotANumber as Why, Place, Problem, Severity};
use data::{Lang, Names, Period};

const PLACE: Place = Place {
    sheet: 0,
    row: 7,
    column: Some(1),
};

fn name(zh: &str, en: &str) -> Box<Names> {
    Box::new(Names {
        zh: zh.into(),
        en: en.into(),
    })
}

/// One of each, what was found being digits, so that every other letter is ours.
fn every() -> Vec<Problem> {
    use Problem::*;
    let found = || "12".to_owned();
    let firms = || name("企业", "firms");
    let period = Some(Period::Year { year: 2021 });
    let why = [
        Why::Date,
        Why::TooLong,
        Why::Scientific,
        Why::Range,
        Why::Parentheses,
        Why::Grouping,
        Why::TwoQualifiers,
    ];
    let no_numbers = why.map(|why| NotANumber { found: found(), why });
    let range = |least: Option<&str>, most: Option<&str>| OutOfRange {
        found: found(),
        least: least.map(str::to_owned),
        most: most.map(str::to_owned),
    };
    let change = |ten_thousand| UnusualChange {
        found: found(),
        before: found(),
        period,
        ten_thousand,
    };
    let mut all = vec![
        NoHeader,
        NoFigures,
        TooMany,
        UnknownColumn { found: found() },
        UnknownIndicator { found: found() },
        UnknownOrgUnit { found: found() },
        AmbiguousOrgUnit {
            found: found(),
            codes: vec!["370103".into(), "370402".into()],
        },
        ForeignOrgUnit {
            found: firms(),
            expected: firms(),
        },
        Computed { found: firms() },
        FormulaError { found: found() },
        WrongUnit {
            found: found(),
            expected: firms(),
        },
        TooManyDecimals {
            found: found(),
            most: 0,
        },
        TooManyDecimals {
            found: found(),
            most: 2,
        },
        NotOneOf {
            found: found(),
            column: found(),
        },
        StatusAndValue { found: found() },
        Disagrees {
            found: found(),
            other: found(),
            at: PLACE.among(&[]),
        },
        Repeated { at: PLACE.among(&[]) },
        OtherYear {
            found: 2021,
            expected: 2022,
        },
        range(Some("1"), Some("2")),
        range(Some("1"), None),
        range(None, Some("2")),
        MoreThanAll {
            found: found(),
            all: found(),
        },
        FutureYear { found: 2030 },
        LessThanPart {
            name: firms(),
            found: found(),
            part_code: "large".into(),
            part_name: firms(),
            part: found(),
            published: false,
        },
        PartsDiffer {
            name: firms(),
            found: found(),
            expected: found(),
            published: true,
        },
        TotalDiffers {
            found: found(),
            expected: found(),
        },
        FellToNothing {
            before: found(),
            period,
        },
        change(false),
        QualifierContradicts { found: found() },
        MissingNow {
            name: Some(firms()),
            before: found(),
            period,
        },
        MissingNow {
            name: None,
            before: found(),
            period: None,
        },
        Withdrawn {
            name: firms(),
            published: found(),
            period: Period::Year { year: 2021 },
        },
    ];
    all.extend(no_numbers);
    all
}

#[test]
fn each_reader_is_told_in_their_own_language() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for problem in every() {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| problem.message(lang));
        let latin = zh.replace("B7", "").contains(|c: char| c.is_ascii_alphabetic());
        assert!(!latin && zh.contains(is_chinese), "{zh}");
        assert!(!en.contains(is_chinese), "{en}");
    }
}

#[test]
fn a_warning_has_a_kind_and_every_problem_its_own_code() {
    for problem in every() {
        let is_warning = problem.severity() == Severity::Warning;
        for lang in [Lang::Zh, Lang::En] {
            assert!(!is_warning || problem.kind(lang).is_some(), "{problem:?}");
        }
        let json = serde_json::to_value(&problem).unwrap();
        assert_eq!(
            json.get("problem").unwrap_or(&json),
            problem.code(),
            "{problem:?}"
        );
    }
}

#[test]
fn every_issue_comes_back_from_json_as_it_was() {
    let about = About {
        indicator: "taxpaying_firms".into(),
        org_unit: "371482".into(),
        period: Some("ytd/2022-10-31".parse().unwrap()),
    };
    for (problem, about) in every()
        .into_iter()
        .flat_map(|one| [(one.clone(), None), (one, Some(about.clone()))])
    {
        let issue = Issue {
            place: PLACE,
            about,
            problem,
        };
        // A key is one segment of an address.
        assert!(!issue.key().contains('/'), "{}", issue.key());
        let json = serde_json::to_string(&issue).unwrap();
        assert_eq!(serde_json::from_str::<Issue>(&json).unwrap(), issue, "{json}");
    }
}

#[test]
fn what_was_kept_before_the_words_named_a_period_can_be_read() {
    let json = r#"{"place":{"sheet":0,"row":3,"column":1},"about":{"indicator":"a","org_unit":"1"},"problem":"missing_now","before":"12"}"#;
    let issue: Issue = serde_json::from_str(json).unwrap();
    assert_eq!(
        issue.problem.message(Lang::Zh),
        "此前为12，本次没有填报：请填写，或说明原因"
    );
}

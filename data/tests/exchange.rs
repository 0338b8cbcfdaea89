//! What was downloaded can be read again, in every format, and is the same figure.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod made_up;

use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::exchange::json_stat;
use data::exchange::sdmx_csv::{self, Labels};
use data::exchange::{self, About};
use data::read::{Problem, ReadObservations};
use data::{Dataset, Lang, Observation, Origin, OtherSources, write};

const ABOUT: About<'static> = About {
    lang: Lang::Zh,
    version: "1-made",
    published_at: Some("2022-11-01T00:00:00Z"),
};

type Writer = fn(&[Observation], &Catalogue) -> Vec<u8>;

/// Every format that is written and read.
const FORMATS: [(&str, Writer); 5] = [
    ("csv", write::csv),
    ("sdmx-csv", |all, catalogue| {
        sdmx_csv::write(all, catalogue, Labels::Id)
    }),
    ("sdmx-csv with labels", |all, catalogue| {
        sdmx_csv::write(all, catalogue, Labels::Both(Lang::Zh))
    }),
    ("json-stat", |all, catalogue| {
        json_stat::write(all, catalogue, ABOUT)
    }),
    ("json-stat in English", |all, catalogue| {
        json_stat::write(
            all,
            catalogue,
            About {
                lang: Lang::En,
                ..ABOUT
            },
        )
    }),
];

fn catalogue() -> Catalogue {
    Catalogue::read(BUILT_IN).0
}

/// The figures that were read, in the order of their keys, as nobody has published them yet.
fn sorted(observations: impl IntoIterator<Item = Observation>) -> Vec<Observation> {
    let mut all: Vec<Observation> = observations
        .into_iter()
        .map(|one| Observation { vintage: 0, ..one })
        .collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all
}

fn read(name: &str, bytes: &[u8], catalogue: &Catalogue) -> Vec<Observation> {
    let ReadObservations { observations, issues } = exchange::read(name, bytes, catalogue);
    let issues: Vec<String> = issues.iter().take(5).map(ToString::to_string).collect();
    assert!(issues.is_empty(), "{name}: {issues:#?}");
    sorted(observations.into_iter().map(|(_, one)| one))
}

/// Fails with the first figure that is another.
fn same(name: &str, found: &[Observation], expected: &[Observation]) {
    assert_eq!(found.len(), expected.len(), "{name}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected, "{name}");
    }
}

fn yucheng(catalogue: &Catalogue) -> Vec<Observation> {
    sorted(
        data::read::observations("sample", SAMPLE, catalogue)
            .observations
            .into_iter()
            .map(|(_, one)| one),
    )
}

/// The figures are the same after a way through every format.
fn come_back(expected: &[Observation], catalogue: &Catalogue) {
    for (name, write) in FORMATS {
        same(
            name,
            &read(name, &write(expected, catalogue), catalogue),
            expected,
        );
    }
}

#[test]
fn all_52_values_of_yucheng_come_back_from_every_format() {
    let catalogue = catalogue();
    let expected = yucheng(&catalogue);
    assert_eq!(expected.len(), 52);
    come_back(&expected, &catalogue);
}

#[test]
fn two_thousand_made_up_figures_of_every_kind_come_back_from_every_format() {
    let catalogue = made_up::catalogue();
    let expected = sorted(made_up::observations(&catalogue, 2000));
    made_up::assert_varied(&expected);
    come_back(&expected, &catalogue);
}

#[test]
fn further_sources_of_a_derived_figure_come_back_from_the_open_formats() {
    let catalogue = catalogue();
    let source = yucheng(&catalogue)[0].source.clone();
    let other = data::Source {
        document: "另一份".into(),
        ..source
    };
    for others in [OtherSources::Named(vec![other]), OtherSources::Counted(12)] {
        let mut figures = yucheng(&catalogue);
        (figures[3].other_sources, figures[3].origin) = (others, Origin::Derived);
        for (name, write) in &FORMATS[1..] {
            same(
                name,
                &read(name, &write(&figures, &catalogue), &catalogue),
                &figures,
            );
        }
    }
}

#[test]
fn the_publishers_of_a_cube_are_listed_in_the_marks_of_its_language() {
    let catalogue = catalogue();
    let mut figures = yucheng(&catalogue);
    figures[3].source.publisher = "甲".into();
    let check = |write: Writer, expected: &str| {
        let text = String::from_utf8(write(&figures, &catalogue)).unwrap();
        assert!(text.contains(expected), "{expected}");
    };
    check(FORMATS[3].1, "\"source\":\"中华工商时报；甲\"");
    check(FORMATS[4].1, "\"source\":\"中华工商时报; 甲\"");
}

#[test]
fn several_sources_of_a_reported_figure_are_told_and_not_lost() {
    let catalogue = catalogue();
    let mut figures = yucheng(&catalogue);
    figures[3].other_sources = OtherSources::Counted(12);
    for (name, write) in &FORMATS[1..] {
        let text = String::from_utf8(write(&figures, &catalogue)).unwrap();
        let read = exchange::read(name, text.as_bytes(), &catalogue);
        let told: Vec<&Problem> = read.issues.iter().map(|issue| &issue.problem).collect();
        assert_eq!(told, [&Problem::SeveralSources], "{name}");
        let refused = exchange::rows(&text, exchange::recognise(&text).unwrap(), |_, _| {}).unwrap_err();
        assert_eq!(refused.problem, Problem::SeveralSources, "{name}");
    }
}

#[test]
fn a_dataset_with_its_derived_figures_comes_back_whole() {
    let catalogue = std::sync::Arc::new(catalogue());
    let dataset = Dataset::new("1".into(), catalogue.clone(), yucheng(&catalogue));
    let all = sorted((0..dataset.len()).map(|row| dataset.observation(row)));
    assert!(all.len() > 52);
    for (name, write) in &FORMATS[1..] {
        same(name, &read(name, &write(&all, &catalogue), &catalogue), &all);
    }
}

#[test]
fn a_file_is_known_by_its_content() {
    let catalogue = catalogue();
    for (name, write) in FORMATS {
        let bytes = write(&yucheng(&catalogue), &catalogue);
        let text = String::from_utf8(bytes).unwrap();
        let is_own = exchange::recognise(&text).is_none();
        assert_eq!(is_own, name == "csv", "{name}");
    }
    assert_eq!(exchange::recognise("指标,数值\n"), None);
    assert_eq!(exchange::recognise(""), None);
}

/// What is wrong with a file that has `found` in the place of `right`; `LINE` is the line of that.
fn check(write: Writer, (right, found): (&str, &str), expected: &[&str]) {
    let catalogue = catalogue();
    let whole = String::from_utf8(write(&yucheng(&catalogue), &catalogue)).unwrap();
    assert!(whole.contains(right), "{right}");
    let line = whole[..whole.find(right).unwrap()].lines().count().to_string();
    let expected: Vec<String> = expected.iter().map(|one| one.replace("LINE", &line)).collect();
    let spoilt = whole.replacen(right, found, 1);
    let read = exchange::read("file", spoilt.as_bytes(), &catalogue);
    let issues: Vec<String> = read.issues.iter().map(ToString::to_string).collect();
    assert_eq!(issues, expected, "{found}");
}

#[test]
fn what_is_wrong_in_sdmx_csv_is_told_at_its_cell() {
    let sdmx = |right, found, expected: &[&str]| check(FORMATS[1].1, (right, found), expected);
    sdmx(
        ",6989,A,",
        ",many,A,",
        &["file:LINE:10: OBS_VALUE: found `many`; expected a number such as 2330 or 2.69"],
    );
    sdmx(
        "(1.0.0),I,",
        "(1.0.0),D,",
        &["file:2:3: ACTION: found `D`; expected one of: I, A, R, M"],
    );
    sdmx(
        "FEDERATION_DASHBOARD:OBSERVATIONS",
        "ECB:EXR",
        &[
            "file:2:2: STRUCTURE_ID: found `ECB:EXR(1.0.0)`; expected one of: FEDERATION_DASHBOARD:OBSERVATIONS(1.0.0)",
        ],
    );
    sdmx(
        "OBS_VALUE",
        "VALUE",
        &["file:1: the column `OBS_VALUE` is missing"],
    );
}

#[test]
fn what_is_wrong_in_json_stat_is_told_at_its_line() {
    let json = |right, found, expected: &[&str]| check(FORMATS[3].1, (right, found), expected);
    json(
        ":6989",
        ":\"many\"",
        &["file:LINE:7: value: found `many`; expected a number such as 2330 or 2.69"],
    );
    json(
        "\"class\":\"dataset\"",
        "\"class\":\"collection\"",
        &[
            "file:1:1: here this is no JSON-stat dataset; expected {\"version\": \"2.0\", \"class\": \"dataset\", …}",
        ],
    );
    json(
        "\"period\"],\n\"size\"",
        "\"time\"],\n\"size\"",
        &["file:1:1: unknown column `time`"],
    );
    json(
        ":6989",
        ":6989 6990",
        &[
            "file:LINE:12: here this is no JSON-stat dataset; expected {\"version\": \"2.0\", \"class\": \"dataset\", …}",
        ],
    );
}

#[test]
fn whatever_begins_as_an_open_format_is_read_or_refused_and_never_panics() {
    let catalogue = catalogue();
    let figures = yucheng(&catalogue);
    for (name, write) in FORMATS {
        let whole = String::from_utf8(write(&figures[..5], &catalogue)).unwrap();
        for (cut, _) in whole.char_indices().step_by(7) {
            drop(exchange::read(name, &whole.as_bytes()[..cut], &catalogue));
        }
    }
    let huge = r#"{"version":"2.0","class":"dataset","id":["indicator","org_unit","period"],
        "size":[4294967296,4294967296,4294967296],"dimension":{},"value":[1]}"#;
    for text in [
        "{",
        "{}",
        "{\"class\":\"dataset\"}",
        huge,
        "STRUCTURE,STRUCTURE_ID",
        "[1]",
    ] {
        let read = exchange::read("file", text.as_bytes(), &catalogue);
        assert!(read.observations.is_empty() && !read.issues.is_empty(), "{text}");
    }
}

/// A JSON-stat file that has many figures of one category, with an extension.
fn cube(figures: usize, publisher: &str, observation: &str) -> String {
    let category = |code: &str| format!(r#"{{"category": {{"index": ["{code}"]}}}}"#);
    let periods: Vec<String> = (0..figures).map(|at| format!("\"{at}\"")).collect();
    let dimension = format!(
        r#"{{"indicator": {}, "org_unit": {}, "period": {{"category": {{"index": [{}]}}}}}}"#,
        category("taxpaying_firms"),
        category("371482"),
        periods.join(",")
    );
    let source = format!(r#"{{"document": "", "publisher": "{publisher}", "published": "2022-10-31"}}"#);
    let values = vec!["1"; figures].join(",");
    format!(
        r#"{{"version": "2.0", "class": "dataset", "id": ["indicator", "org_unit", "period"], "size": [1, 1, {figures}],
        "dimension": {dimension}, "value": [{values}],
        "extension": {{"sources": [{source}], "observation": {observation}}}}}"#
    )
}

/// One attribute of so many cells.
fn attribute(name: &str, cells: usize) -> String {
    let cells: Vec<String> = (0..cells).map(|at| format!("\"{at}\":0")).collect();
    format!("{{\"{name}\": {{{}}}}}", cells.join(","))
}

#[test]
fn a_small_file_that_would_become_a_large_table_is_refused() {
    let check = |text: &str, is_refused: bool| {
        let mut rows = 0;
        let read = exchange::rows(text, exchange::Format::JsonStat, |_, _| rows += 1);
        let problem = read.err().map(|issue| issue.problem);
        let expected = is_refused.then_some(Problem::TooManyFigures { most: 200_000 });
        assert_eq!(problem, expected);
        assert_eq!(rows == 0, is_refused);
    };
    check(&cube(3, "", &attribute("source", 200_000)), false);
    check(&cube(3, "", &attribute("source", 200_001)), true);
    check(&cube(3, "", &attribute("of_another_program", 200_001)), false);
    // One long name, to which each figure refers.
    let name = "x".repeat(1_000_000);
    check(&cube(100, &name, &attribute("source", 100)), false);
    check(&cube(200, &name, &attribute("source", 200)), true);
    check(&cube(200_001, "", "{}"), true);
}

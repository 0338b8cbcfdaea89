//! What is written out is read back identical, by the reader of our own files and by that of anybody's reports.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod invented;

use data::definitions::{BUILT_IN, Catalogue};
use data::report::{Context, Reader, usual_source};
use data::sheet::{Cell, double, text};
use data::write::{Field, NOT_READ};
use data::{
    Decimal, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources, Period,
    PeriodBasis, Qualifier, Source, read, write,
};
use invented::{FIRMS, ORG_UNITS, catalogue};
use proptest::prelude::*;

const INDEX: &str = "index,yuan,6,chambers,reported,none,stock,more,,,1,,,";
const RATIO: &str = "ratio,firms_per_person,2,chambers,firms / firms,ratio,stock,more,,,1,,,";

fn invented_catalogue() -> Catalogue {
    catalogue(&[FIRMS, INDEX], ORG_UNITS)
}

/// What a report of the nation reads in these rows.
fn reported(catalogue: &Catalogue, fill: impl FnOnce(&mut Reader<'_>)) -> Vec<Observation> {
    let source = usual_source(catalogue, "1", 2022, chrono::NaiveDate::default());
    let mut reader = Reader::new(Context {
        catalogue,
        org_unit: "1",
        year: 2022,
        source: &source,
        mapping: &[],
    });
    reader.sheet("");
    fill(&mut reader);
    let reading = reader.finish();
    assert!(reading.issues.is_empty(), "{:?}", reading.issues);
    reading.observations(catalogue)
}

fn of_csv(reader: &mut Reader<'_>, csv: &[u8]) {
    let csv = std::str::from_utf8(csv).unwrap();
    text::rows(csv, |line, cells| reader.row(line, cells));
}

/// The rows of a workbook: numbers where a double holds them, and texts as they are.
fn of_workbook(reader: &mut Reader<'_>, observations: &[Observation], catalogue: &Catalogue) {
    let header = read::COLUMNS.map(|column| Cell::Text(column.names[1].into()));
    reader.row(1, &header);
    for (row, observation) in (2..).zip(observations) {
        let cells = write::fields(observation, catalogue).map(|field| match field {
            Field::Number(number) => {
                double(number).map_or_else(|| Cell::Text(number.to_string().into()), Cell::Number)
            }
            Field::Text(text) => Cell::of_text(&write::kept(&text)).into_owned(),
        });
        reader.row(row, &cells);
    }
}

fn period() -> impl Strategy<Value = Period> {
    prop::sample::select(vec![
        "2022",
        "@2022-10-31",
        "@2021-04",
        "@2020",
        "@2022-10-31-P5Y",
        "ytd/2022-10-31",
        "P5Y/2022-10-31",
        "P5Y/2017-11/2022-10-31",
        "../2022",
        "streak-P5Y/2022-10-31",
    ])
    .prop_map(|text| text.parse().unwrap())
}

/// Words that somebody wrote to break a spreadsheet, a separator, a quotation or a note below a table.
fn words() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-5%",
        "@SUM(A1)",
        "'=1",
        "''+1",
        "'引号",
        "＝1",
        "a,b;c\td",
        "\"quoted\" and “引用”",
        "一行\n两行",
        "合计",
        "注：见附件",
        "O",
        "#REF!",
        "1e5",
        "2022-10-31",
        "_x0041_",
        "<script>alert(1)</script>",
        "\u{202e}右至左",
    ]);
    prop_oneof![
        hostile.prop_map(str::to_owned),
        "[a-z一-龥=+@'\" ,-]{0,12}[a-z一-龥]"
    ]
    .prop_map(trimmed)
}

/// What is published was read from a cell, and so has no white space around it.
fn trimmed(text: String) -> String {
    text.trim().to_owned()
}

fn value() -> impl Strategy<Value = Option<ObservationValue>> {
    let qualifier = prop::sample::select(vec![
        Qualifier::Exact,
        Qualifier::SomewhatMore,
        Qualifier::MoreThan,
        Qualifier::AtLeast,
        Qualifier::Nearly,
        Qualifier::About,
        Qualifier::AtMost,
    ]);
    let number = (
        prop_oneof![-999_999i64..0, 1i64..10_000_000, 1i64..90_000_000_000_000_000],
        0u8..=6,
    );
    let slack = prop::option::of((0i64..1000, 0u8..=2));
    (number, qualifier, slack).prop_map(|((mantissa, scale), qualifier, slack)| {
        let number = Decimal::new(mantissa, scale)?;
        match slack.and_then(|(mantissa, scale)| Decimal::new(mantissa, scale)) {
            Some(slack) => ObservationValue::with_slack(number, qualifier, slack).ok(),
            None => ObservationValue::new(number, qualifier).ok(),
        }
    })
}

prop_compose! {
    fn observation()(
        (org_unit, period, value) in (prop::sample::select(vec!["1", "31", "41", "45"]), period(), value()),
        denominator in prop::option::of((1i64..10_000_000_000_000_000, 0u8..=3)),
        missing in prop::sample::select(vec!["L", "M", "O", "Q"]),
        present in prop::sample::select(vec!["A", "B", "D", "E", "F", "I", "P", "U", "V"]),
        origin in prop::sample::select(vec![Origin::Printed, Origin::Counted, Origin::Synthetic]),
        basis in prop::sample::select(vec![PeriodBasis::Stated, PeriodBasis::Unstated, PeriodBasis::Ambiguous]),
        (document, publisher, place, comment) in (words(), words(), words(), prop::option::of(words())),
    ) -> Observation {
        let status = ObservationStatus::from_code(if value.is_some() { present } else { missing });
        let code = |text: String| if text.is_empty() { "文件".to_owned() } else { text };
        Observation {
            key: ObservationKey { indicator: "index".into(), org_unit: org_unit.into(), period },
            value,
            denominator: denominator.and_then(|(mantissa, scale)| Decimal::new(mantissa, scale)),
            status: status.unwrap(),
            origin,
            period_basis: basis,
            source: Source {
                document: code(document),
                publisher: code(publisher),
                published: chrono::NaiveDate::from_ymd_opt(2022, 10, 31).unwrap(),
                place,
            },
            other_sources: OtherSources::None,
            comment: comment.filter(|text| !text.is_empty()),
            vintage: 0,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_reads_back_identical(observation in observation()) {
        let catalogue = invented_catalogue();
        let whole = [observation];
        let csv = write::csv(&whole, &catalogue);
        let imported = read::observations("a.csv", &csv, &catalogue);
        prop_assert_eq!(&imported.issues, &[]);
        let imported: Vec<Observation> = imported.observations.into_iter().map(|(_, o)| o).collect();
        prop_assert_eq!(&imported, &whole);
        prop_assert_eq!(&reported(&catalogue, |reader| of_csv(reader, &csv)), &whole);
        prop_assert_eq!(&reported(&catalogue, |reader| of_workbook(reader, &whole, &catalogue)), &whole);
    }
}

#[test]
fn what_was_computed_is_passed_over_on_its_way_back() {
    let catalogue = catalogue(&[FIRMS, RATIO], ORG_UNITS);
    let firms = invented::observation("firms", "41", "2022", "3");
    let computed = Observation {
        origin: Origin::Derived,
        ..invented::observation("ratio", "41", "2022", "1")
    };
    let csv = write::csv(&[firms.clone(), computed], &catalogue);
    let back = reported(&catalogue, |reader| of_csv(reader, &csv));
    assert_eq!(back, [Observation { vintage: 0, ..firms }]);
}

#[test]
fn a_sheet_that_repeats_the_figures_in_words_is_not_read() {
    let catalogue = invented_catalogue();
    let firms = invented::observation("firms", "41", "2022", "3");
    let csv = write::csv(&[firms], &catalogue);
    let back = reported(&catalogue, |reader| {
        of_csv(reader, &csv);
        reader.sheet("图表");
        reader.row(1, &[Cell::of_text(NOT_READ.zh)]);
        reader.row(2, &["指标", "甲县", "乙县"].map(Cell::of_text));
        reader.row(
            3,
            &[Cell::of_text("指标firms"), Cell::Number(4.0), Cell::Number(5.0)],
        );
    });
    assert_eq!(back.len(), 1);
}

#[test]
fn what_a_spreadsheet_made_of_numbers_and_dates_reads_the_same() {
    let catalogue = invented_catalogue();
    let slack = Decimal::from(1000);
    let value = ObservationValue::with_slack(Decimal::from(26_900), Qualifier::Exact, slack);
    let firms = Observation {
        value: value.ok(),
        denominator: Some(Decimal::from(30_000)),
        vintage: 0,
        ..invented::observation("firms", "41", "P5Y/2017-11/2022-10-31", "1")
    };
    let csv = String::from_utf8(write::csv(std::slice::from_ref(&firms), &catalogue)).unwrap();
    let saved = csv
        .replace(",26900,", ",\"26,900\",")
        .replace(",30000,", ",\"30,000\",")
        .replace(",1000\r", ",\"1,000\"\r")
        .replace(",2017-11,2022-10-31,", ",Nov-17,2022/10/31,")
        .replace(",2023-01-31,", ",2023/1/31,");
    assert_eq!(saved.matches('/').count(), 4, "{saved}");
    assert_eq!(
        reported(&catalogue, |reader| of_csv(reader, saved.as_bytes())),
        [firms]
    );
}

#[test]
fn a_value_taken_out_of_our_own_file_is_asked_about() {
    let (catalogue, _) = Catalogue::read(BUILT_IN);
    let source = usual_source(&catalogue, "371482", 2022, chrono::NaiveDate::default());
    let mut reader = Reader::new(Context {
        catalogue: &catalogue,
        org_unit: "371482",
        year: 2022,
        source: &source,
        mapping: &[],
    });
    reader.sheet("");
    let file = "indicator,org_unit,value,unit,qualifier,period_kind,period_end,status,document,publisher,published\n\
                taxpaying_firms,371482,,firm,,year,2022,A,d,p,2022-10-31\n";
    text::rows(file, |line, cells| reader.row(line, cells));
    let issues: Vec<String> = reader
        .finish()
        .issues
        .iter()
        .map(|issue| format!("{} {}", issue.place, issue.problem.code()))
        .collect();
    assert_eq!(issues, ["C2 status_and_value"]);
}

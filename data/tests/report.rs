//! Reports in many layouts: one table, one reading.
#![allow(clippy::unwrap_used, clippy::panic)]

use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::report::{Context, Problem, Reader, Reading, usual_source};
use data::{Observation, Source, sheet};

fn catalogue() -> Catalogue {
    Catalogue::read(BUILT_IN).0
}

fn source(catalogue: &Catalogue, org_unit: &str) -> Source {
    usual_source(catalogue, org_unit, 2022, today())
}

fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2023, 1, 15).unwrap_or_default()
}

fn read_for(org_unit: &str, mapping: &[(String, String)], text: &str) -> Reading {
    let catalogue = catalogue();
    let source = source(&catalogue, org_unit);
    let mut reader = Reader::new(Context {
        catalogue: &catalogue,
        org_unit,
        year: 2022,
        source: &source,
        mapping,
    });
    reader.sheet("");
    sheet::text::rows(text, |line, cells| reader.row(line, cells));
    reader.finish()
}

fn read(text: &str) -> Reading {
    read_for("371400", &[], text)
}

/// The figures without their places, in an order of their own.
fn figures(reading: &Reading) -> Vec<Observation> {
    let mut observations = reading.observations(&catalogue());
    observations.sort_by(|a, b| a.key.cmp(&b.key));
    observations
}

/// The issues as `B7 code`.
fn issues(reading: &Reading) -> Vec<String> {
    let issue = |issue: &data::report::Issue| format!("{} {}", issue.place, issue.problem.code());
    reading.issues.iter().map(issue).collect()
}

#[test]
fn one_table_in_every_layout_is_one_reading() {
    let long = "地区,指标,数值,单位\n禹城市,纳税企业数,6989,家\n禹城市,捐款捐物总额,1.7,亿元\n齐河县,纳税企业数,2000余,家\n齐河县,捐款捐物总额,0.9,亿元\n";
    let expected = read(long);
    assert!(expected.issues.is_empty(), "{:?}", expected.issues);
    assert_eq!(expected.figures.len(), 4);
    for text in [
        "德州市工商联2022年度报表\n\n县区,纳税企业数（家）,捐款捐物总额（亿元）\n禹城市,\"6,989\",1.7\n齐河县,2000余,0.9\n注：企业数为年末数\n",
        "县区\t纳税企业数\t捐款捐物总额\n禹城\t６９８９\t1.7亿元\n齐河\t2000余家\t0.9亿\n",
        "指标;单位;禹城市;齐河县\n1、纳税企业;家;6989;2000余\n2、捐款捐物总额;亿元;1.7;0.9\n",
        "序号,县区,工作,,备注\n,,纳税企业数,捐款捐物总额,\n,,家,亿元,\n1,371482,6989,1.7,\n2,371425,2000余,0.9,\n",
        "县（市、区）,指标,数值,单位\n禹城市,纳税企业数,6989,家\n,捐款捐物总额,1.7,亿元\n齐河县,纳税企业数,2000余,家\n,捐款捐物总额,0.9,亿元\n",
        "指标,地区,上年数,2022年,单位,限定词\n捐款捐物总额,禹城市,,1.7,亿元,\n捐款捐物总额,齐河县,,0.9,亿元,\n纳税企业数,禹城市,6500,6989,家,\n纳税企业数,齐河县,1900,2000,家,余\n",
    ] {
        let reading = read(text);
        assert!(reading.issues.is_empty(), "{text}\n{:?}", reading.issues);
        assert_eq!(figures(&reading), figures(&expected), "{text}");
    }
}

#[test]
fn what_was_exported_reads_back_as_it_went_out() {
    let catalogue = catalogue();
    let exported = data::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
    let mut expected: Vec<Observation> = exported.observations.into_iter().map(|(_, o)| o).collect();
    expected.sort_by(|a, b| a.key.cmp(&b.key));
    let csv = data::write::csv(&expected, &catalogue);
    let reading = read_for("371482", &[], std::str::from_utf8(&csv).unwrap());
    assert_eq!(issues(&reading), [""; 0]);
    assert_eq!(figures(&reading), expected);
}

#[test]
fn the_sample_as_a_clerk_wrote_it_reads_like_an_import() {
    let catalogue = catalogue();
    let imported = data::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
    let mut expected: Vec<Observation> = imported.observations.into_iter().map(|(_, o)| o).collect();
    expected.sort_by(|a, b| a.key.cmp(&b.key));
    let reading = read_for("371482", &[], std::str::from_utf8(SAMPLE).unwrap());
    assert_eq!(issues(&reading), [""; 0]);
    assert_eq!(figures(&reading), expected);
}

#[test]
fn every_wrong_cell_is_named_and_the_others_are_read() {
    let reading = read(
        "县区,纳税企业数,捐款捐物总额（万元）\n禹城市,#N/A,17000\n朝阳区,12,1\n110105,12,1\n齐河县,12.5,五百\n",
    );
    assert_eq!(
        issues(&reading),
        [
            "B2 formula_error",
            "A3 unknown_org_unit",
            "A4 foreign_org_unit",
            "B5 too_many_decimals",
            "C5 not_a_number"
        ]
    );
    assert_eq!(reading.figures.len(), 1);
}

#[test]
fn an_unknown_name_of_merged_cells_is_told_in_each_row_and_no_other_unit_gets_the_figures() {
    let reading = read("县区,指标,数值\n禹城市,纳税企业数,6989\n朝阳区,纳税企业数,5\n,培训场次,7\n");
    assert_eq!(issues(&reading), ["A3 unknown_org_unit", "A4 unknown_org_unit"]);
    assert_eq!(reading.figures.len(), 1);
}

#[test]
fn a_total_row_is_left_out_and_checked() {
    let table = |total: &str| format!("县区,纳税企业数\n禹城市,6989\n齐河县,11\n合计,{total}\n");
    let right = read(&table("7000"));
    assert_eq!((right.figures.len(), issues(&right).len()), (2, 0));
    assert_eq!(issues(&read(&table("7100"))), ["B4 total_differs"]);
}

#[test]
fn a_figure_that_stands_twice_is_told_and_counted_once() {
    let reading = read(
        "县区,指标,数值\n禹城市,纳税企业数,1\n禹城市,纳税企业数,2\n禹城市,培训场次,3\n371482,培训场次,3\n",
    );
    assert_eq!(issues(&reading), ["C3 disagrees", "C5 repeated"]);
    assert_eq!(reading.figures.len(), 2);
}

#[test]
fn a_column_that_nobody_knows_is_asked_about_once_and_then_remembered() {
    let text = "县区,交税的企业,纳税大户,捐款捐物总额\n禹城市,6989,10,1\n齐河县,2000,3,1\n";
    assert_eq!(issues(&read(text)), ["B2 unknown_column", "C2 unknown_column"]);
    let mapping = [
        ("交税的企业".to_owned(), "taxpaying_firms".to_owned()),
        ("纳税大户".to_owned(), "firms_tax_over_50m".to_owned()),
    ];
    let reading = read_for("371400", &mapping, text);
    assert_eq!((issues(&reading).len(), reading.figures.len()), (0, 6));
}

#[test]
fn missing_is_neither_zero_nor_nothing_said() {
    let reading = read("县区,纳税企业数,培训场次,助企活动场次,暖企活动场次\n禹城市,—,0,,无\n");
    assert_eq!(issues(&reading), ["E2 none_or_zero"]);
    let values: Vec<(String, Option<i64>)> = figures(&reading)
        .into_iter()
        .map(|o| {
            (
                o.status.code().to_owned(),
                o.value.map(|value| value.number().mantissa()),
            )
        })
        .collect();
    assert_eq!(values, [("O".to_owned(), None), ("A".to_owned(), Some(0))]);
}

#[test]
fn a_file_without_a_header_or_without_figures_says_so() {
    assert_eq!(
        read("第一章,总则\n第二章,附则\n").issues[0].problem,
        Problem::NoHeader
    );
    assert_eq!(read("县区,纳税企业数\n").issues[0].problem, Problem::NoFigures);
}

#[test]
fn a_name_of_several_areas_is_asked_about_with_their_codes() {
    let reading = read_for("370000", &[], "县区,纳税企业数\n市中区,1\n370103,2\n");
    assert_eq!(issues(&reading), ["A2 ambiguous_org_unit"]);
    let message = reading.issues[0].problem.message(data::Lang::Zh);
    assert!(
        message.contains("370103") && message.contains("370402"),
        "{message}"
    );
}

#[test]
fn what_only_looks_like_a_total_or_a_note_is_read() {
    let mapping = [("捐款合计".to_owned(), "donations_total".to_owned())];
    let reading = read_for("371482", &mapping, "指标,数值\n捐款合计,900\n注册企业,3\n");
    assert_eq!(reading.figures.len(), 1);
    assert_eq!(issues(&reading), ["A3 unknown_indicator"]);
}

#[test]
fn subtotals_are_left_out_and_not_compared_with_the_whole_column() {
    let reading = read("县区,纳税企业数\n禹城市,1\n小计,1\n齐河县,2\n合计,3\n");
    assert_eq!((issues(&reading).len(), reading.figures.len()), (0, 2));
}

#[test]
fn a_file_of_which_everything_is_wrong_is_not_read_to_its_end() {
    let row = "禹城市,很多,很多\n";
    let text = format!("县区,纳税企业数,培训场次\n{}", row.repeat(20_000));
    let reading = read(&text);
    let last = reading
        .issues
        .last()
        .map(|issue| (issue.place.row, issue.problem.code()));
    assert_eq!((reading.issues.len(), last), (10_001, Some((5_002, "too_many"))));
}

/// What was read and written out is read back whole: a row of a wide file may pass the bound, and none of it is left out later.
#[test]
fn what_was_written_of_a_report_is_read_back_without_a_bound() {
    let text = format!(
        "指标,数值\n{}统战大讲堂期数,8\n",
        "培训场次,很多\n".repeat(10_100)
    );
    assert_eq!(read(&text).figures.len(), 0);
    let catalogue = catalogue();
    let source = usual_source(&catalogue, "371482", 2022, today());
    let mut reader = Reader::of_written(Context {
        catalogue: &catalogue,
        org_unit: "371482",
        year: 2022,
        source: &source,
        mapping: &[],
    });
    reader.sheet("");
    sheet::text::rows(&text, |line, cells| reader.row(line, cells));
    assert_eq!(reader.finish().figures.len(), 1);
}

/// The rows that are looked at for a header are many figures where the table is wide.
#[test]
fn the_first_rows_of_a_wide_file_are_not_read_beyond_the_bound() {
    let columns = ",培训场次".repeat(2_000);
    let row = format!("禹城市{}\n", ",很多".repeat(2_000));
    let reading = read(&format!("县区{columns}\n{}", row.repeat(30)));
    let last = reading
        .issues
        .iter()
        .rev()
        .find(|issue| issue.problem.code() == "too_many");
    assert_eq!(last.map(|issue| issue.place.row), Some(7));
    assert!(reading.issues.len() < 15_000, "{}", reading.issues.len());
}

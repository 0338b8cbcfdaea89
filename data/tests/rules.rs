//! What the system says about a report: a file in, the issues at its cells out.
#![allow(clippy::unwrap_used, clippy::panic)]

mod invented;

use std::sync::Arc;

use data::definitions::{BUILT_IN, Catalogue};
use data::report::check::{Checked, check, found};
use data::report::{Context, Issue, Reader, Reading, usual_source};
use data::{Dataset, Lang, Observation, sheet};

/// The unit that reports, whose report of 2022 is checked.
struct Desk {
    catalogue: Arc<Catalogue>,
    org_unit: &'static str,
}

fn built_in(org_unit: &'static str) -> Desk {
    let catalogue = Arc::new(Catalogue::read(BUILT_IN).0);
    Desk { catalogue, org_unit }
}

impl Desk {
    /// Reads a report of a year. A line such as `【表2】` begins a sheet of this name.
    fn read(&self, year: i32, text: &str) -> Reading {
        let source = usual_source(&self.catalogue, self.org_unit, year, today());
        let mut reader = Reader::new(self.context(year, &source));
        for part in text.split('【').filter(|part| !part.is_empty()) {
            let (name, text) = part.split_once("】\n").unwrap_or(("", part));
            reader.sheet(name);
            sheet::text::rows(text, |line, cells| reader.row(line, cells));
        }
        reader.finish()
    }

    fn context<'a>(&'a self, year: i32, source: &'a data::Source) -> Context<'a> {
        Context {
            catalogue: &self.catalogue,
            org_unit: self.org_unit,
            year,
            source,
            mapping: &[],
        }
    }

    /// The issues of a report of 2022 where these of this year and the one before are published, in the order of the file.
    fn issues(&self, published: [&str; 2], text: &str) -> Vec<Issue> {
        let years = [2021, 2022].into_iter().zip(published);
        let published: Vec<Observation> = years
            .filter(|(_, text)| !text.is_empty())
            .flat_map(|(year, text)| self.read(year, text).observations(&self.catalogue))
            .collect();
        let published = Dataset::new("1".into(), self.catalogue.clone(), published);
        let source = usual_source(&self.catalogue, self.org_unit, 2022, today());
        let reading = self.read(2022, text);
        let mut issues = check(&Checked {
            context: &self.context(2022, &source),
            reading: &reading,
            published: &published,
            today: today(),
        });
        issues.extend(reading.issues);
        issues.sort_by_key(|issue| issue.place);
        issues
    }

    fn check(&self, published: [&str; 2], text: &str, expected: &[&str]) {
        let issues = self.issues(published, text);
        let told: Vec<String> = issues
            .iter()
            .map(|issue| format!("{} {}", issue.place, issue.problem.code()))
            .collect();
        assert_eq!(told, expected, "{published:?}\n{text}\n{issues:?}");
    }

    /// What a reader of each language is told of the only issue.
    fn check_words(&self, published: [&str; 2], text: &str, zh: &str, en: &str) {
        let issues = self.issues(published, text);
        let [issue] = issues.as_slice() else {
            panic!("{text}\n{issues:?}");
        };
        let told = [Lang::Zh, Lang::En].map(|lang| issue.problem.message(lang));
        assert_eq!(told, [zh, en], "{text}");
    }
}

fn today() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2023, 1, 15).unwrap()
}

const NOTHING: [&str; 2] = ["", ""];

/// The issues of a county's table of indicators and values.
fn of_rows(rows: &str, expected: &[&str]) {
    built_in("371482").check(NOTHING, &format!("指标,数值\n{rows}"), expected);
}

/// The same with a column for the unit, the word, all there are, the status and the remark.
fn of_full_rows(rows: &str, expected: &[&str]) {
    let text = format!("指标,数值,单位,限定词,总数,状态,备注\n{rows}");
    built_in("371482").check(NOTHING, &text, expected);
}

/// The issues of a prefecture's table whose header is `县区` and these.
fn of_table(header: &str, rows: &str, expected: &[&str]) {
    built_in("371400").check(NOTHING, &format!("县区,{header}\n{rows}"), expected);
}

#[test]
fn a_file_in_which_nothing_can_be_found() {
    of_rows("", &["1 no_figures"]);
    built_in("371482").check(NOTHING, "第一章,总则\n第二章,附则\n", &["1 no_header"]);
    of_table("交税的企业\n", "禹城市,5\n", &["1 no_header"]);
    of_table("纳税企业数,交税的企业", "禹城市,5,5\n", &["C2 unknown_column"]);
}

#[test]
fn names_that_nobody_knows_or_may_speak_of() {
    of_rows("纳税大户,5\n", &["A2 unknown_indicator"]);
    of_rows("每名服务专员对接企业数,5\n", &["B2 computed"]);
    of_table("纳税企业数", "朝阳区,5\n", &["A2 unknown_org_unit"]);
    of_table("纳税企业数", "110105,5\n", &["A2 foreign_org_unit"]);
    built_in("370000").check(NOTHING, "县区,纳税企业数\n市中区,1\n", &["A2 ambiguous_org_unit"]);
}

#[test]
fn what_is_no_number() {
    for text in [
        "很多",
        "1.2E+05",
        "5-6万",
        "(123)",
        "\"1,23\"",
        "近2000余",
        "12345678901234567890",
    ] {
        of_rows(&format!("纳税企业数,{text}\n"), &["B2 not_a_number"]);
    }
    for text in ["#REF!", "#N/A", "#DIV/0!"] {
        of_rows(&format!("纳税企业数,{text}\n"), &["B2 formula_error"]);
    }
    of_rows("纳税企业数,12.5\n", &["B2 too_many_decimals"]);
}

#[test]
fn what_a_clerk_may_write() {
    for text in [
        "2330",
        "\"6,989\"",
        "６９８９",
        "1 355 家",
        "2000余",
        "近100万",
        "约2.69万家",
        "900多",
        "—",
        "/",
        "0",
        "未统计",
    ] {
        of_rows(&format!("纳税企业数,{text}\n"), &[]);
    }
    of_table(
        "捐款捐物总额（万元）",
        "禹城市,\"1,700\"\n齐河县,1.7亿\n合计,18700\n注：年末数,\n",
        &[],
    );
}

#[test]
fn the_unit_of_measure_is_the_indicators_wherever_it_is_written() {
    of_rows("捐款捐物总额,5家\n", &["B2 wrong_unit"]);
    of_rows("纳税企业数,12%\n", &["B2 wrong_unit"]);
    of_full_rows("捐款捐物总额,5,家,,,,\n", &["C2 wrong_unit"]);
    of_full_rows("捐款捐物总额,5,万元,,,,\n", &[]);
    of_table("捐款捐物总额（家）", "禹城市,5\n", &["B2 wrong_unit"]);
}

#[test]
fn what_cannot_be_true_of_an_indicator() {
    of_rows("纳税企业数,-5\n", &["B2 out_of_range"]);
    of_rows("获评“五好”标杆县级工商联年份,1999\n", &["B2 out_of_range"]);
    of_table("2024年培训场次", "禹城市,5\n", &["B2 future_year"]);
    of_table("2023年培训场次", "禹城市,5\n", &[]);
}

#[test]
fn a_share_over_the_whole_is_told_where_it_is_certain() {
    of_full_rows("镇街商会数,12,,,11,,\n", &["B2 more_than_all"]);
    of_full_rows("镇街商会数,11,,,11,,\n", &[]);
    of_full_rows("镇街商会数,12,,近,11,,\n", &[]);
    of_full_rows("镇街商会数,11,,超,11,,\n", &["B2 more_than_all"]);
}

#[test]
fn a_word_that_contradicts_its_number_or_another_word() {
    of_rows("纳税企业数,近0\n", &["B2 qualifier_contradicts"]);
    of_rows("纳税企业数,0余\n", &["B2 qualifier_contradicts"]);
    of_full_rows("纳税企业数,0,,约,,,\n", &["B2 qualifier_contradicts"]);
    of_full_rows("纳税企业数,2000余,,近,,,\n", &["B2 not_a_number"]);
    of_full_rows("纳税企业数,2000余,,余,,,\n", &[]);
    of_full_rows("纳税企业数,2000,,不少,,,\n", &["D2 not_one_of"]);
}

#[test]
fn missing_is_neither_zero_nor_a_value() {
    of_rows("纳税企业数,0\n", &[]);
    of_rows("纳税企业数,—\n", &[]);
    of_rows("纳税企业数,无\n", &["B2 none_or_zero"]);
    of_full_rows("纳税企业数,5,,,,M,\n", &["B2 status_and_value"]);
    of_full_rows("纳税企业数,—,,,,A,\n", &["B2 status_and_value"]);
}

#[test]
fn a_figure_that_stands_twice_is_told_with_its_sheet() {
    of_rows("培训场次,1\n培训场次,2\n", &["B3 disagrees"]);
    of_rows("培训场次,1\n培训场次,1\n", &["B3 repeated"]);
    let two = |value| {
        format!("【汇总】\n指标,数值\n培训场次,1\n【表2】\n指标,数值\n纳税企业数,9\n培训场次,{value}\n")
    };
    let county = built_in("371482");
    county.check_words(
        NOTHING,
        &two(2),
        "此处为2，汇总!B2为1，同一数据只能有一个值",
        "here 2, but 汇总!B2 says 1; a figure has one value",
    );
    county.check_words(
        NOTHING,
        &two(1),
        "与汇总!B2重复，数值相同",
        "stands at 汇总!B2 already, with the same value",
    );
}

#[test]
fn a_total_is_the_sum_of_its_rows() {
    of_table("纳税企业数", "禹城市,6989\n齐河县,11\n合计,7000\n", &[]);
    of_table(
        "纳税企业数",
        "禹城市,6989\n齐河县,11\n合计,7100\n",
        &["B4 total_differs"],
    );
    of_table("纳税企业数", "禹城市,6989\n齐河县,10余\n合计,7005\n", &[]);
}

#[test]
fn a_whole_is_not_less_than_its_part_where_both_are_certain() {
    of_rows("纳税企业数,5\n税收过5000万元企业数,10\n", &["B2 less_than_part"]);
    of_rows("纳税企业数,10\n税收过5000万元企业数,10\n", &[]);
    of_rows("纳税企业数,2000余\n税收过5000万元企业数,2001\n", &[]);
    of_rows(
        "纳税企业数,2000余\n税收过5000万元企业数,3000\n",
        &["B2 less_than_part"],
    );
    of_rows("纳税企业数,5以上\n税收过5000万元企业数,10\n", &[]);
    of_rows("捐款捐物总额,1.7亿\n抗疫与志愿捐款捐物额,900多万\n", &[]);
    of_rows(
        "捐款捐物总额,900万\n抗疫与志愿捐款捐物额,1.7亿\n",
        &["B2 less_than_part"],
    );
    of_table(
        "纳税企业数,税收过5000万元企业数",
        "禹城市,5,4\n齐河县,3,4\n",
        &["B3 less_than_part"],
    );
}

#[test]
fn a_whole_that_cannot_be_true_is_told_once() {
    let county = built_in("371482");
    let text = "指标,数值\n纳税企业数,-5\n税收过5000万元企业数,10\n";
    county.check(NOTHING, text, &["B2 out_of_range"]);
}

#[test]
fn what_is_published_stands_for_what_the_report_lacks_and_is_no_error_of_the_reporter() {
    let county = built_in("371482");
    let published = ["", "指标,数值,文件\n纳税企业数,5,晚报\n"];
    let text = "指标,数值\n培训场次,3\n税收过5000万元企业数,10\n";
    county.check(published, text, &["B3 less_than_part"]);
    county.check_words(
        published,
        text,
        "“纳税企业数”（5）小于其中的“税收过5000万元企业数”（10）；本表没有的数，取自已公布的数据",
        "“Tax-paying firms” (5) is less than its part “Firms paying over CNY 50 million in tax” (10); what this report lacks is \
         taken from what is published",
    );
    let severity = |published, text: &str| county.issues(published, text)[0].severity();
    assert_eq!(severity(published, text), data::report::Severity::Warning);
    let both = "指标,数值\n纳税企业数,5\n税收过5000万元企业数,10\n";
    assert_eq!(severity(NOTHING, both), data::report::Severity::Error);
    // What the report says is missing is not taken from what is published.
    county.check(published, &format!("{text}纳税企业数,—\n"), &[]);
    // Another year says nothing of this one.
    let earlier = ["指标,数值,文件,备注\n纳税企业数,5,晚报,\n", ""];
    county.check(earlier, &format!("{text}纳税企业数,—,\n"), &["B4 missing_now"]);
}

/// Firms, which are large, small or others, and nothing else.
fn partitioned() -> Desk {
    let part = |code: &str, whole: &str, parts: &str| {
        format!("{code},firm,0,chambers,reported,sum,stock,more,0,,1,,,,{whole},{parts}")
    };
    let indicators = [
        part("firms", "", "all"),
        part("large", "firms", ""),
        part("small", "firms", ""),
        part("other", "firms", ""),
    ];
    let indicators: Vec<&str> = indicators.iter().map(String::as_str).collect();
    Desk {
        catalogue: Arc::new(invented::catalogue(&indicators, invented::ORG_UNITS)),
        org_unit: "41",
    }
}

#[test]
fn parts_that_are_all_of_a_whole_add_up_to_it() {
    let desk = partitioned();
    let check = |[firms, large, small, other]: [&str; 4], expected: &[&str]| {
        let text = format!("指标,数值\nfirms,{firms}\nlarge,{large}\nsmall,{small}\nother,{other}\n");
        desk.check(NOTHING, &text, expected);
    };
    check(["10", "2", "3", "5"], &[]);
    check(["11", "2", "3", "5"], &["B2 parts_differ"]);
    check(["9", "2", "3", "5"], &["B2 parts_differ"]);
    check(["10余", "2", "3", "5余"], &[]);
    check(["10余", "2", "3", "5"], &["B2 parts_differ"]);
    // With a part unknown the others are at most the whole.
    check(["10", "2", "3", "—"], &[]);
    check(["10", "2", "9", "—"], &["B2 parts_differ"]);
    check(["4", "2", "9", "1"], &["B2 less_than_part", "B2 parts_differ"]);
    check(["—", "2", "9", "1"], &[]);
    desk.check_words(
        NOTHING,
        "指标,数值\nfirms,11\nlarge,2\nsmall,3\nother,5\n",
        "“指标firms”为11，各部分相加为10",
        "“Indicator firms” is 11; its parts add up to 10",
    );
    let whole = ["", "指标,数值,文件\nfirms,11,晚报\n"];
    desk.check(
        whole,
        "指标,数值\nlarge,2\nsmall,3\nother,5\n",
        &["B2 parts_differ"],
    );
}

#[test]
fn a_change_from_what_was_published_last_says_when_that_was() {
    let county = built_in("371482");
    let before = ["指标,数值\n捐款捐物总额,17000000\n纳税企业数,6500\n", ""];
    let now =
        |donations: &str, firms: &str| format!("指标,数值\n捐款捐物总额,{donations}\n纳税企业数,{firms}\n");
    county.check(before, &now("18000000", "6989"), &[]);
    county.check(before, &now("170000000", "6989"), &["B2 unusual_change"]);
    county.check_words(
        before,
        &now("1700", "6989"),
        "2021年为17,000,000，本次为1,700：是否漏写或多写了“万”",
        "17,000,000 (2021), 1,700 now: was a 万 (ten thousand) left out or written twice?",
    );
    county.check_words(
        before,
        &now("170000000", "6989"),
        "2021年为17,000,000，本次为170,000,000，变化超出通常幅度",
        "17,000,000 (2021), 170,000,000 now: more than the usual change",
    );
    county.check_words(
        before,
        &now("17000000", "0"),
        "截至2021年12月31日为6,500，本次为零",
        "6,500 (as of 31 Dec 2021), nothing now",
    );
    let older = ["指标,数值,年份\n捐款捐物总额,17000000,2019\n", ""];
    county.check_words(
        older,
        "指标,数值\n捐款捐物总额,1700\n",
        "2019年为17,000,000，本次为1,700：是否漏写或多写了“万”",
        "17,000,000 (2019), 1,700 now: was a 万 (ten thousand) left out or written twice?",
    );
}

#[test]
fn a_title_of_another_year_is_asked_about_where_nothing_names_the_one_reported() {
    let county = built_in("371482");
    let check = |title: &str, header: &str, expected: &[&str]| {
        let text = format!("{title}\n{header}\n培训场次,3\n");
        county.check(NOTHING, &text, expected);
    };
    check("禹城市工商联2021年工作年报", "指标,数值", &["A1 other_year"]);
    check("禹城市工商联2022年工作年报", "指标,数值", &[]);
    check("2021年与 2022 年对照", "指标,数值", &[]);
    check("禹城市工商联2021年工作年报", "指标,2022年", &[]);
    check("成立60年以来", "指标,数值", &[]);
    county.check_words(
        NOTHING,
        "2021年年报\n指标,数值\n培训场次,3\n",
        "标题写的是2021年，本表按2022年报送：请核对是否选错了年份",
        "the title says 2021, and the report is of 2022: was the wrong year chosen?",
    );
}

#[test]
fn a_cell_that_cannot_be_read_is_asked_about_once() {
    let county = built_in("371482");
    let published = "指标,数值\n纳税企业数,6500\n";
    let report = "指标,数值\n纳税企业数,五百\n";
    county.check([published, ""], report, &["B2 not_a_number"]);
    county.check(["", published], report, &["B2 not_a_number"]);
}

#[test]
fn a_figure_of_the_year_before_that_is_missing_needs_a_reason() {
    let county = built_in("371482");
    let before = ["指标,数值\n纳税企业数,6500\n", ""];
    county.check(before, "指标,数值\n培训场次,3\n", &["1 missing_now"]);
    county.check(
        before,
        "指标,数值\n培训场次,3\n纳税企业数,—\n",
        &["B3 missing_now"],
    );
    county.check(
        before,
        "指标,数值,备注\n培训场次,3,\n纳税企业数,—,不再统计\n",
        &[],
    );
    county.check_words(
        before,
        "指标,数值\n培训场次,3\n",
        "“纳税企业数”截至2021年12月31日为6,500，本次没有填报：请填写，或说明原因",
        "“Tax-paying firms”: 6,500 (as of 31 Dec 2021), no figure now: write it, or give the reason",
    );
    county.check_words(
        ["指标,数值\n获评“五好”标杆县级工商联年份,2021\n", ""],
        "指标,数值\n培训场次,3\n",
        "“获评“五好”标杆县级工商联年份”2021年为2021，本次没有填报：请填写，或说明原因",
        "“Year named a five-good benchmark federation”: 2021 (2021), no figure now: write it, or give the reason",
    );
    let prefecture = built_in("371400");
    prefecture.check_words(
        ["县区,纳税企业数\n禹城市,6500\n", ""],
        "县区,培训场次\n禹城市,3\n",
        "“禹城市纳税企业数”截至2021年12月31日为6,500，本次没有填报：请填写，或说明原因",
        "“Tax-paying firms, Yucheng”: 6,500 (as of 31 Dec 2021), no figure now: write it, or give the reason",
    );
    // What the file says of the year before is no figure of this one.
    county.check(
        before,
        "指标,2021年,2022年\n纳税企业数,6500,\n培训场次,3,3\n",
        &["1 missing_now"],
    );
    // Last year's five years are not expected every year, but what was counted in its October is.
    let stated = |kind: &str, years: &str| {
        format!("指标,数值,期间类型,期间止,年数\n纳税企业数,6500,{kind},2021-10-31,{years}\n")
    };
    county.check(
        [&stated("时点", ""), ""],
        "指标,数值\n培训场次,3\n",
        &["1 missing_now"],
    );
    county.check([&stated("近年", "5"), ""], "指标,数值\n培训场次,3\n", &[]);
}

#[test]
fn a_remark_in_a_row_that_is_left_empty_is_a_reason() {
    let county = built_in("371482");
    let before = ["指标,数值\n纳税企业数,6500\n", ""];
    let text = "指标,本年数,备注\n培训场次,3,\n纳税企业数,,不再统计\n";
    county.check(before, text, &[]);
    let figures = county.read(2022, text).figures;
    let [_, missing] = figures.as_slice() else {
        panic!("{figures:?}");
    };
    assert_eq!(
        (missing.value, missing.status.code(), missing.comment.as_deref()),
        (None, "O", Some("不再统计"))
    );
    county.check(["", before[0]], text, &[]);
    // Nobody knows which year it is about, and what is no indicator of theirs needs no figure.
    county.check(
        before,
        "指标,2021年,2022年,备注\n培训场次,3,3,\n纳税企业数,,,不再统计\n",
        &["1 missing_now"],
    );
    of_full_rows(
        "纳税企业数,5,,,,,\n其中：民营,,,,,,见附件\n每名服务专员对接企业数,,,,,,自动计算\n",
        &[],
    );
}

#[test]
fn a_published_figure_of_this_report_is_not_taken_back_in_silence() {
    let county = built_in("371482");
    let published = [
        "",
        "指标,数值\n纳税企业数,6989\n培训场次,230\n全国“五好”县级工商联连续年数,5\n",
    ];
    let all = "指标,数值\n培训场次,231\n全国“五好”县级工商联连续年数,6\n纳税企业数,";
    county.check(published, &format!("{all}6989\n"), &[]);
    county.check(
        published,
        "指标,数值\n培训场次,231\n",
        &["1 withdrawn", "1 withdrawn"],
    );
    county.check(published, &format!("{all}—\n"), &["B4 withdrawn"]);
    let remark = "指标,数值,备注\n培训场次,231,\n全国“五好”县级工商联连续年数,6,\n纳税企业数,—,口径未定\n";
    county.check(published, remark, &[]);
    county.check_words(
        ["", "指标,数值\n纳税企业数,6989\n"],
        "指标,数值\n培训场次,231\n",
        "“纳税企业数”截至2022年12月31日已公布为6,989，本表没有这一数据：请填写，或说明撤销的原因",
        "“Tax-paying firms” is published as 6,989 (as of 31 Dec 2022) and this report does not hold it: write it, or \
         give the reason why it is taken back",
    );
    // Of one figure one thing is said, and of another document's nothing.
    let both = ["指标,数值\n纳税企业数,6500\n", published[1]];
    county.check(
        both,
        "指标,数值\n培训场次,231\n全国“五好”县级工商联连续年数,6\n",
        &["1 withdrawn"],
    );
    let foreign = ["", "指标,数值,文件\n纳税企业数,6989,晚报\n"];
    county.check(foreign, "指标,数值\n培训场次,231\n", &[]);
}

#[test]
fn a_reason_for_one_year_is_not_one_for_another() {
    let county = built_in("371482");
    let before = ["指标,2020年,2021年\n捐款捐物总额,17000000,17000000\n", ""];
    let text = "指标,2022年,2023年\n捐款捐物总额,1700,1700\n培训场次,无,无\n";
    let keys: Vec<String> = county.issues(before, text).iter().map(Issue::key).collect();
    assert_eq!(
        keys,
        [
            "unusual_change.donations_total.371482.2022.1700",
            "unusual_change.donations_total.371482.2023.1700",
            "none_or_zero.training_sessions.371482.2022",
            "none_or_zero.training_sessions.371482.2023",
        ]
    );
}

#[test]
fn a_reason_for_one_number_is_not_one_for_another() {
    let county = built_in("371482");
    let before = ["指标,2020年,2021年\n捐款捐物总额,17000000,17000000\n", ""];
    let keys = |text: &str| -> Vec<String> { county.issues(before, text).iter().map(Issue::key).collect() };
    let change = |number: &str| keys(&format!("指标,2022年\n捐款捐物总额,{number}\n"));
    assert_eq!(
        change("1700"),
        ["unusual_change.donations_total.371482.2022.1700"]
    );
    assert_eq!(change("1700元"), change("1700"), "another way to write it");
    assert_eq!(
        change("1700余"),
        ["unusual_change.donations_total.371482.2022.gt1700"]
    );
    // Higher up in the file it is still the same number.
    assert_eq!(keys("指标,2022年\n\n\n捐款捐物总额,1700\n"), change("1700"));
}

#[test]
fn an_issue_comes_back_from_json_as_it_was_and_says_its_key() {
    let published = [
        "指标,数值\n捐款捐物总额,17000000\n",
        "指标,数值\n纳税企业数,6989\n",
    ];
    let text = "【一】\n指标,数值\n捐款捐物总额,1700\n【二】\n指标,数值\n捐款捐物总额,1700\n培训场次,很多\n税收过5000万元企业数,7000\n";
    let issues = built_in("371482").issues(published, text);
    assert_eq!(issues.len(), 5, "{issues:?}");
    for issue in issues {
        let json = serde_json::to_value(&issue).unwrap();
        assert_eq!(json["key"], issue.key());
        let is_warning = issue.severity() == data::report::Severity::Warning;
        assert!(!is_warning || issue.problem.kind(Lang::En).is_some(), "{issue:?}");
        assert_eq!(serde_json::from_value::<Issue>(json).unwrap(), issue);
    }
}

#[test]
fn of_a_large_file_of_which_every_figure_is_wrong_the_first_issues_are_told() {
    let desk = built_in("371400");
    let units = desk.catalogue.org_units.children("371400");
    let codes: Vec<&str> = units.map(|unit| unit.code.as_str()).collect();
    let mut text = "地区,指标,年份,数值\n".to_owned();
    for indicator in desk
        .catalogue
        .indicators
        .iter()
        .filter(|one| one.minimum.is_some())
    {
        for year in 1985..2022 {
            let rows = codes
                .iter()
                .map(|unit| format!("{unit},{},{year},-5\n", indicator.code));
            text.extend(rows);
        }
    }
    let reading = desk.read(2022, &text);
    let source = usual_source(&desk.catalogue, desk.org_unit, 2022, today());
    let issues = found(&Checked {
        context: &desk.context(2022, &source),
        reading: &reading,
        published: &Dataset::new("1".into(), desk.catalogue.clone(), Vec::new()),
        today: today(),
    });
    assert!(
        reading.issues.len() < 5_000 && reading.figures.len() > 10_002,
        "{reading:?}"
    );
    let last = issues.last().map(|issue| issue.problem.code());
    assert_eq!((issues.len(), last), (10_001, Some("too_many_issues")));
}

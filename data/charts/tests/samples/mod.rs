//! Charts as the reader meets them: the figures of a real report, made-up counties, and every oddity once.

use charts::chart::*;
use charts::context::Context;
use chrono::NaiveDate;
use data::definitions::{BUILT_IN, Catalogue, SAMPLE};
use data::{Lang, Level, Names, Observation, ObservationValue, OrgUnit, Period, PeriodBasis, Qualifier};

pub fn chart(lang: Lang, description: &str, body: Body) -> Chart {
    Chart {
        lang,
        description: description.to_owned(),
        body,
    }
}

pub fn qualified(number: &str, qualifier: Qualifier) -> ObservationValue {
    ObservationValue::new(number.parse().unwrap(), qualifier).unwrap()
}

pub fn axis(lang: Lang, decimals: u8) -> AxisFormat {
    AxisFormat { lang, decimals }
}

fn year_end(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap()
}

/// A line of whole numbers, one per year from `start`; `None` is a gap, whose word names the year.
pub fn series(lang: Lang, label: &str, start: i32, values: &[Option<i64>]) -> LineSeries {
    let point = |(index, value): (usize, &Option<i64>)| {
        let year = start + index as i32;
        let gap = lang.pick("未报送", "not reported");
        LinePoint {
            day: year_end(year),
            value: value
                .map(ObservationValue::exact)
                .ok_or_else(|| format!("{year} {gap}")),
            value_label: value
                .map(|value| data::format::number(value.into(), 0))
                .unwrap_or_default(),
            row: index,
            preliminary: false,
            break_before: None,
        }
    };
    LineSeries {
        label: label.to_owned(),
        accent: false,
        points: values.iter().enumerate().map(point).collect(),
    }
}

fn rows(mut series: Vec<LineSeries>) -> Vec<LineSeries> {
    for (row, point) in series
        .iter_mut()
        .flat_map(|series| &mut series.points)
        .enumerate()
    {
        point.row = row;
    }
    series
}

pub fn line(lang: Lang, series: Vec<LineSeries>) -> Body {
    Body::Line(LineChart {
        series: rows(series),
        zero_based: true,
        axis: axis(lang, 0),
    })
}

pub fn five_counties(lang: Lang) -> Vec<LineSeries> {
    let names = match lang {
        Lang::Zh => ["甲县", "乙县", "丙市", "丁区", "戊县"],
        Lang::En => ["County A", "County B", "City C", "District D", "County E"],
    };
    let some = |values: [i64; 10]| values.map(Some);
    let mut second = some([280, 300, 330, 0, 410, 455, 470, 520, 560, 598]);
    second[3] = None;
    let values = [
        some([310, 352, 400, 455, 520, 611, 650, 742, 800, 890]),
        second,
        some([420, 430, 445, 470, 480, 500, 512, 530, 541, 555]),
        some([150, 162, 171, 190, 205, 230, 262, 300, 340, 372]),
        some([90, 95, 110, 128, 140, 150, 165, 170, 181, 205]),
    ];
    let mut all: Vec<LineSeries> = names
        .iter()
        .zip(&values)
        .map(|(name, values)| series(lang, name, 2013, values))
        .collect();
    all[0].accent = true;
    all
}

/// Eight lines that end close to one another.
pub fn eight_crowded(lang: Lang) -> Vec<LineSeries> {
    let names = [
        "禹城市",
        "齐河县",
        "平原县",
        "夏津县",
        "武城县",
        "临邑县",
        "宁津县",
        "庆云县",
    ];
    let english = [
        "Yucheng", "Qihe", "Pingyuan", "Xiajin", "Wucheng", "Linyi", "Ningjin", "Qingyun",
    ];
    let mut all: Vec<LineSeries> = (0..8)
        .map(|n: i64| {
            let values: Vec<Option<i64>> = (0..6)
                .map(|year| Some(400 + year * (30 + n) + n * 7 - year * n))
                .collect();
            let index = n as usize;
            series(lang, lang.pick(names[index], english[index]), 2017, &values)
        })
        .collect();
    all[0].accent = true;
    all
}

pub fn one_line(lang: Lang, values: &[Option<i64>]) -> LineSeries {
    LineSeries {
        accent: true,
        ..series(lang, lang.pick("禹城市", "Yucheng"), 2016, values)
    }
}

pub fn oddities(lang: Lang) -> Vec<LineSeries> {
    let mut odd = one_line(
        lang,
        &[
            Some(900),
            Some(1100),
            None,
            Some(1500),
            Some(1650),
            Some(2000),
            Some(2300),
        ],
    );
    odd.points[5].value = Ok(qualified("2000", Qualifier::SomewhatMore));
    odd.points[5].value_label = lang.pick("2,000余", "2,000+").to_owned();
    odd.points[4].value = Ok(qualified("1650", Qualifier::Nearly));
    odd.points[6].preliminary = true;
    let mut broken = series(
        lang,
        lang.pick("齐河县", "Qihe"),
        2016,
        &[
            Some(700),
            Some(720),
            Some(760),
            Some(1020),
            Some(1080),
            None,
            None,
        ],
    );
    let mark = lang.pick("2019年定义变更", "definition changed 2019");
    broken.points[3].break_before = Some(mark.to_owned());
    vec![odd, broken]
}

/// Two made-up counties over years in which the definition of what they report changed.
pub fn changed_definition(lang: Lang) -> Body {
    let (mut catalogue, _) = Catalogue::read(BUILT_IN);
    let mut indicator = catalogue.indicators.swap_remove(0);
    indicator.definition_version = 2;
    indicator.definition_since = vec!["2019".parse().unwrap()];
    let name = |zh: &str, en: &str| Names {
        zh: zh.into(),
        en: en.into(),
    };
    let org_units =
        [("1", name("甲县", "County A")), ("2", name("乙县", "County B"))].map(|(code, name)| OrgUnit {
            code: code.into(),
            name,
            level: Level::County,
            parent: None,
            opened: None,
            closed: None,
        });
    let context = Context {
        lang,
        indicators: std::slice::from_ref(&indicator),
        units: &catalogue.units,
        org_units: &org_units,
    };
    let read = data::read::observations("sample.csv", SAMPLE, &Catalogue::read(BUILT_IN).0).observations;
    let figure = |unit: &str, year: i32, number: i64| {
        let mut figure = read[0].1.clone();
        figure.key.indicator = indicator.code.clone();
        figure.key.org_unit = unit.into();
        figure.key.period = Period::Year { year };
        figure.value = Some(ObservationValue::exact(number));
        figure.period_basis = PeriodBasis::Stated;
        figure
    };
    let of = |unit: &str, numbers: [i64; 6]| -> Vec<Observation> {
        let years = 2016..;
        years
            .zip(numbers)
            .map(|(year, number)| figure(unit, year, number))
            .collect()
    };
    let (a, b) = (of("1", [7, 8, 9, 14, 16, 17]), of("2", [3, 3, 4, 7, 7, 9]));
    let units = [("1", a.iter().collect()), ("2", b.iter().collect())];
    charts::build::over_time(&context, "line", &units)
        .unwrap()
        .chart
        .unwrap()
        .body
}

pub fn bar(label: &str, value: ObservationValue, value_label: &str, row: usize) -> Bar {
    Bar {
        rank: None,
        label: label.to_owned(),
        value,
        value_label: value_label.to_owned(),
        row,
        accent: false,
        preliminary: false,
    }
}

pub fn exact_bar(label: &str, value: i64, row: usize) -> Bar {
    bar(
        label,
        ObservationValue::exact(value),
        &data::format::number(value.into(), 0),
        row,
    )
}

pub fn events(lang: Lang) -> Body {
    let zh = lang == Lang::Zh;
    let names = if zh {
        ["暖企活动", "助企活动", "党建主题活动"]
    } else {
        ["Visits to warm up firms", "Help for firms", "Party-building days"]
    };
    let thirty = qualified("30", Qualifier::SomewhatMore);
    Body::Bar(BarChart {
        bars: vec![
            bar(names[0], thirty, lang.pick("30余", "30+"), 0),
            exact_bar(names[1], 17, 1),
            exact_bar(names[2], 7, 2),
        ],
        aside: vec![Aside {
            label: lang.pick("企业家座谈会", "Round tables").to_owned(),
            text: lang
                .pick(
                    "9 场，期间原文未注明，不与上列同轴",
                    "9, over a time the source leaves unstated; not on this axis",
                )
                .to_owned(),
            row: 3,
        }],
    })
}

pub fn ranking(lang: Lang, long: bool) -> Body {
    let short = match lang {
        Lang::Zh => ["甲县", "乙县", "丙市", "丁区", "戊县"],
        Lang::En => ["County A", "County B", "City C", "District D", "County E"],
    };
    let lengthy = match lang {
        Lang::Zh => [
            "积石山保安族东乡族撒拉族自治县",
            "禹城市",
            "大通回族土族自治县",
            "化隆回族自治县",
            "门源回族自治县",
        ],
        Lang::En => [
            "Jishishan Bonan, Dongxiang and Salar Autonomous County",
            "Yucheng City",
            "Datong Hui and Tu Autonomous County",
            "Hualong Hui Autonomous County",
            "Menyuan Hui Autonomous County",
        ],
    };
    let names = if long { lengthy } else { short };
    let bars = names
        .iter()
        .zip([890, 598, 555, 372, 205])
        .enumerate()
        .map(|(row, (name, value))| Bar {
            rank: Some(row as u32 + 1),
            accent: row == 0,
            ..exact_bar(name, value, row)
        });
    Body::Bar(BarChart {
        bars: bars.collect(),
        aside: Vec::new(),
    })
}

pub fn every_qualifier(lang: Lang) -> Body {
    let zh = ["准确", "余", "超", "以上", "近", "约", "以内"];
    let words = [
        "exact",
        "somewhat more",
        "more than",
        "at least",
        "nearly",
        "about",
        "at most",
    ];
    let labels = ["200", "200余", "超200", "200以上", "近200", "约200", "200以内"];
    let english = ["200", "200+", ">200", "≥200", "just under 200", "~200", "≤200"];
    let mut bars: Vec<Bar> = Qualifier::ALL
        .iter()
        .enumerate()
        .map(|(row, qualifier)| {
            let label = lang.pick(labels[row], english[row]);
            bar(
                lang.pick(zh[row], words[row]),
                qualified("200", *qualifier),
                label,
                row,
            )
        })
        .collect();
    let hatched = Bar {
        preliminary: true,
        ..exact_bar(lang.pick("初步", "preliminary"), 180, 7)
    };
    bars.push(hatched);
    Body::Bar(BarChart {
        bars,
        aside: Vec::new(),
    })
}

pub fn changes(lang: Lang) -> Body {
    let names = match lang {
        Lang::Zh => ["甲县", "乙县", "丙市", "丁区"],
        Lang::En => ["County A", "County B", "City C", "District D"],
    };
    let bars = names
        .iter()
        .zip([120i64, 35, -48, -90])
        .enumerate()
        .map(|(row, (name, value))| {
            let sign = if value < 0 { "−" } else { "+" };
            bar(
                name,
                ObservationValue::exact(value),
                &format!("{sign}{}", value.abs()),
                row,
            )
        });
    Body::Bar(BarChart {
        bars: bars.collect(),
        aside: Vec::new(),
    })
}

pub fn end(number: &str, value_label: &str, when: &str, row: usize) -> EndPoint {
    EndPoint {
        value: qualified(number, Qualifier::Exact),
        value_label: value_label.to_owned(),
        when_label: when.to_owned(),
        row,
        date_unstated: false,
    }
}

pub fn pair(label: &str, from: EndPoint, to: EndPoint, change: &str) -> FromTo {
    FromTo {
        label: label.to_owned(),
        from,
        to,
        change_label: change.to_owned(),
    }
}

pub fn taxpayers(lang: Lang) -> Body {
    let (before, now) = match lang {
        Lang::Zh => ("五年前", "2022年10月"),
        Lang::En => ("five years before", "Oct 2022"),
    };
    let unstated = |end: EndPoint| EndPoint {
        date_unstated: true,
        ..end
    };
    let zh = lang == Lang::Zh;
    Body::FromTo(FromToChart {
        pairs: vec![
            pair(
                if zh { "纳税企业" } else { "Tax-paying firms" },
                unstated(end("2330", "2,330", before, 0)),
                end("6989", if zh { "6,989 家" } else { "6,989 firms" }, now, 1),
                if zh {
                    "+4,659　3.00 倍"
                } else {
                    "+4,659, 3.00 times"
                },
            ),
            pair(
                if zh {
                    "税收过5000万元企业"
                } else {
                    "Firms paying over 50 million yuan in tax"
                },
                unstated(end("5", "5", before, 2)),
                end("10", if zh { "10 家" } else { "10 firms" }, now, 3),
                if zh { "2.00 倍" } else { "2.00 times" },
            ),
        ],
        axis: axis(lang, 0),
    })
}

/// Ends that are equal, nearly equal, falling, from zero, and below zero.
pub fn awkward_pairs(lang: Lang) -> Body {
    let zh = lang == Lang::Zh;
    let (y1, y2) = if zh {
        ("2021年", "2022年")
    } else {
        ("2021", "2022")
    };
    let make = |name: &str, from: &str, to: &str, change: &str, row: usize| {
        pair(name, end(from, from, y1, row), end(to, to, y2, row + 1), change)
    };
    Body::FromTo(FromToChart {
        pairs: vec![
            make(
                lang.pick("相等", "Equal"),
                "500",
                "500",
                lang.pick("无变化", "no change"),
                0,
            ),
            make(lang.pick("相近", "Close"), "500", "512", "+12，+2.4%", 2),
            make(lang.pick("下降", "Falling"), "900", "300", "−600，−66.7%", 4),
            make(lang.pick("从零起", "From zero"), "0", "42", "+42", 6),
            make(lang.pick("由负转正", "From below zero"), "-20", "30", "+50", 8),
        ],
        axis: axis(lang, 0),
    })
}

pub fn spark(values: &[Option<i64>]) -> Body {
    Body::Sparkline(Sparkline {
        points: (2015..)
            .zip(values)
            .map(|(year, value)| SparkPoint {
                day: year_end(year),
                value: value.map(ObservationValue::exact),
                breaks_series: false,
            })
            .collect(),
    })
}

use std::collections::HashMap;

use chrono::Datelike;

use super::{Cells, Expected, Issue, Problem, Table};
use crate::definitions::Catalogue;
use crate::write::unescaped;
use crate::{
    Decimal, Observation, ObservationKey, ObservationStatus, ObservationValue, Origin, OtherSources,
    PartialDate, Period, PeriodBasis, Qualifier, Source, UnitMultiplier, check_status,
};

/// A column of a file of observations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its names in a header, the one that export writes first.
    pub names: &'static [&'static str],
    /// Whether a file must have it.
    pub required: bool,
}

/// The columns of a file of observations in the order of export; `data/samples/README.md` explains each.
pub const COLUMNS: [Column; 20] = {
    const fn column(names: &'static [&'static str], required: bool) -> Column {
        Column { names, required }
    }
    [
        column(&["indicator", "指标"], true),
        column(&["org_unit", "地区"], true),
        column(&["value", "数值"], true),
        column(&["multiplier", "数量级"], false),
        column(&["unit", "单位"], true),
        column(&["denominator", "总数"], false),
        column(&["qualifier", "限定"], true),
        column(&["period_kind", "期间类型"], true),
        column(&["period_start", "期间起"], false),
        column(&["period_end", "期间止"], true),
        column(&["period_years", "年数"], false),
        column(&["period_basis", "期间依据"], false),
        column(&["status", "状态"], false),
        column(&["origin", "取得方式"], false),
        column(&["document", "文件"], true),
        column(&["publisher", "发布者"], true),
        column(&["published", "发布日期"], true),
        column(&["place", "位置"], false),
        column(&["comment", "备注"], false),
        column(&["slack", "误差"], false),
    ]
};

/// Columns that a workbook of ours has beside [`COLUMNS`], in English and Chinese: they say in words what those say, for
/// people, and no reader takes anything from them.
pub const BESIDE: [[&str; 2]; 8] = [
    ["indicator_name", "指标名称"],
    ["org_unit_name", "地区名称"],
    ["period_in_words", "期间说明"],
    ["value_in_words", "数值说明"],
    ["qualifier_in_words", "限定说明"],
    ["status_in_words", "状态说明"],
    ["source_in_words", "来源说明"],
    ["definition", "指标定义"],
];

pub(crate) const INDICATOR: usize = 0;
pub(crate) const ORG_UNIT: usize = 1;
pub(crate) const VALUE: usize = 2;
pub(crate) const MULTIPLIER: usize = 3;
pub(crate) const UNIT: usize = 4;
pub(crate) const DENOMINATOR: usize = 5;
pub(crate) const QUALIFIER: usize = 6;
pub(crate) const PERIOD_KIND: usize = 7;
pub(crate) const PERIOD_START: usize = 8;
pub(crate) const PERIOD_END: usize = 9;
pub(crate) const PERIOD_YEARS: usize = 10;
pub(crate) const PERIOD_BASIS: usize = 11;
pub(crate) const STATUS: usize = 12;
pub(crate) const ORIGIN: usize = 13;
pub(crate) const DOCUMENT: usize = 14;
pub(crate) const PUBLISHER: usize = 15;
pub(crate) const PUBLISHED: usize = 16;
pub(crate) const PLACE: usize = 17;
pub(crate) const COMMENT: usize = 18;
pub(crate) const SLACK: usize = 19;

/// What a file of observations held.
#[derive(Debug, Default)]
pub struct ReadObservations {
    /// The observations that are whole, each with the line it stands on.
    pub observations: Vec<(u64, Observation)>,
    /// What is wrong, in the order of the file.
    pub issues: Vec<Issue>,
}

/// Reads a file of observations in the columns of [`COLUMNS`], checking every code against the catalogue.
pub fn observations(file: &str, bytes: &[u8], catalogue: &Catalogue) -> ReadObservations {
    let (table, mut issues) = Table::from_csv(file, bytes);
    let wanted: Vec<(&[&str], bool)> = COLUMNS
        .iter()
        .map(|column| (column.names, column.required))
        .chain(BESIDE.iter().map(|names| (names.as_slice(), false)))
        .collect();
    let places = table.columns(&wanted, &mut issues);
    of_table(&table, &places, catalogue, issues)
}

/// Reads the rows of a table whose columns were found, whatever they are called; `issues` is what was wrong with it so far.
pub(crate) fn of_table(
    table: &Table,
    places: &[Option<usize>],
    catalogue: &Catalogue,
    mut issues: Vec<Issue>,
) -> ReadObservations {
    let mut observations = Vec::with_capacity(table.rows.len());
    if issues
        .iter()
        .any(|issue| matches!(issue.problem, Problem::MissingColumn { .. }))
    {
        return ReadObservations { observations, issues };
    }
    let mut seen = HashMap::new();
    for row in &table.rows {
        let mut cells = Cells {
            table,
            row,
            places,
            issues: &mut issues,
        };
        let Some(observation) = observation(&mut cells, catalogue) else {
            continue;
        };
        let key = &observation.key;
        let key = format!("{} {} {}", key.indicator, key.org_unit, key.period);
        if cells.is_new(INDICATOR, &key, &mut seen) {
            observations.push((row.line, observation));
        }
    }
    issues.sort_by_key(|issue| (issue.line, issue.column));
    ReadObservations { observations, issues }
}

fn observation(cells: &mut Cells<'_>, catalogue: &Catalogue) -> Option<Observation> {
    // Every part is read before any is required, so that one pass names all that is wrong in the row.
    let key = key(cells, catalogue);
    let indicator = catalogue.indicator(cells.text(INDICATOR));
    let value = value(cells, indicator.map(|indicator| indicator.decimals));
    let denominator = cells.decimal(DENOMINATOR);
    let status = cells.word(
        STATUS,
        || Expected::one_of("A, B, D, E, F, I, L, M, O, P, Q, U, V"),
        |word| match word {
            "" => Some(ObservationStatus::A),
            code => ObservationStatus::from_code(code),
        },
    );
    let origin = cells.word(
        ORIGIN,
        || Expected::one_of("printed 原文, counted 计数, derived 推算, rolled_up 合计, synthetic 合成"),
        Origin::from_word,
    );
    let basis = cells.word(
        PERIOD_BASIS,
        || Expected::one_of("stated 注明, unstated 未注明, ambiguous 两可"),
        PeriodBasis::from_word,
    );
    let source = source(cells);
    if let Some(indicator) = indicator {
        check_unit(cells, catalogue, &indicator.unit);
        if let Some(Some(value)) = &value {
            check_range(cells, indicator, value);
        }
    }
    let comment = Some(unescaped(cells.text(COMMENT).to_owned())).filter(|comment| !comment.is_empty());
    let (value, status) = (value?, status?);
    if check_status(value.as_ref(), status).is_err() {
        let expected = if value.is_some() {
            Expected::StatusOfValue
        } else {
            Expected::StatusOfNoValue
        };
        cells.wrong(
            STATUS,
            Problem::Contradiction {
                found: status.code().to_owned(),
                expected,
            },
        );
        return None;
    }
    Some(Observation {
        key: key?,
        value,
        denominator: denominator?,
        status,
        origin: origin?,
        period_basis: basis?,
        source: source?,
        other_sources: OtherSources::None,
        comment,
        vintage: 0,
    })
}

fn key(cells: &mut Cells<'_>, catalogue: &Catalogue) -> Option<ObservationKey> {
    let indicator = cells.required(INDICATOR).and_then(|code| {
        let known = catalogue.indicator(&code).is_some();
        known
            .then(|| code.clone())
            .or_else(|| unknown(cells, INDICATOR, code, "indicators.csv"))
    });
    let org_unit = cells.required(ORG_UNIT).and_then(|code| {
        let known = catalogue.org_units.get(&code).is_some();
        known
            .then(|| code.clone())
            .or_else(|| unknown(cells, ORG_UNIT, code, "org_units.csv"))
    });
    let period = period(cells);
    Some(ObservationKey {
        indicator: indicator?,
        org_unit: org_unit?,
        period: period?,
    })
}

fn unknown(cells: &mut Cells<'_>, column: usize, found: String, defined_in: &str) -> Option<String> {
    cells.wrong(
        column,
        Problem::Unknown {
            found,
            defined_in: defined_in.to_owned(),
        },
    );
    None
}

fn value(cells: &mut Cells<'_>, decimals: Option<u8>) -> Option<Option<ObservationValue>> {
    let printed = cells.decimal(VALUE);
    let multiplier = cells.word(
        MULTIPLIER,
        || Expected::one_of("3 千, 4 万, 6 百万, 8 亿, 9 十亿"),
        UnitMultiplier::from_word,
    );
    let qualifier = cells.word(
        QUALIFIER,
        || {
            Expected::one_of(
                "exact, somewhat_more 余 多, more_than 超 突破, at_least 以上 达, nearly 近, about 约, at_most 以内",
            )
        },
        Qualifier::from_word,
    );
    let stated_slack = cells.decimal(SLACK)?;
    if let Some(slack) = stated_slack.filter(|slack| slack.is_negative()) {
        cells.wrong(
            SLACK,
            Problem::OutOfRange {
                found: slack.to_string(),
                expected: Expected::Range {
                    minimum: Some(Decimal::ZERO),
                    maximum: None,
                },
            },
        );
        return None;
    }
    let (Some(printed), multiplier, qualifier) = (printed?, multiplier?, qualifier?) else {
        return Some(None);
    };
    let printed_decimals = cells
        .text(VALUE)
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len() as u8);
    let read = printed.checked_mul(multiplier.factor()).and_then(|number| {
        let rounding = multiplier.rounding(printed_decimals);
        let usual = if qualifier == Qualifier::Exact {
            rounding
        } else {
            qualifier.usual_slack(number)?
        };
        ObservationValue::with_slack(number, qualifier, stated_slack.unwrap_or(usual)).ok()
    });
    let Some(read) = read else {
        let found = cells.text(VALUE).to_owned();
        cells.wrong(VALUE, Problem::NotANumber { found });
        return None;
    };
    if decimals.is_some_and(|decimals| read.number().scale() > decimals) {
        let (found, most) = (cells.text(VALUE).to_owned(), decimals.unwrap_or(0));
        let expected = Expected::Decimals { most };
        cells.wrong(VALUE, Problem::OutOfRange { found, expected });
        return None;
    }
    Some(Some(read))
}

fn period(cells: &mut Cells<'_>) -> Option<Period> {
    let kinds = "year 年度, instant 时点, opening 期初, year_to_date 今年以来, window 近年, cumulative 累计, streak 连续";
    let kind = cells.word(PERIOD_KIND, || Expected::one_of(kinds), PeriodWord::from_word);
    let start = cells.date::<PartialDate>(PERIOD_START);
    let end = cells
        .required(PERIOD_END)
        .and_then(|_| cells.date::<PartialDate>(PERIOD_END))
        .flatten();
    let (kind, start, end) = (kind?, start?, end?);
    let years = match kind {
        PeriodWord::Opening | PeriodWord::Window | PeriodWord::Streak => years(cells)?,
        _ => 0,
    };
    let first_of_year = end.first_day().with_ordinal(1);
    let contradiction = match (kind, start) {
        (PeriodWord::YearToDate, Some(start)) if Some(start.first_day()) != first_of_year => {
            Some(Expected::FirstOfJanuary { year: end.year() })
        }
        (_, Some(start)) if start.first_day() > end.last_day() => Some(Expected::DateUpTo { end }),
        _ => None,
    };
    if let Some(expected) = contradiction {
        let found = cells.text(PERIOD_START).to_owned();
        cells.wrong(PERIOD_START, Problem::Contradiction { found, expected });
        return None;
    }
    kind.period(start, end, Some(years))
}

fn years(cells: &mut Cells<'_>) -> Option<u8> {
    let text = cells.required(PERIOD_YEARS)?;
    match text.parse::<u8>() {
        Ok(years @ 1..) => Some(years),
        _ => {
            cells.wrong(
                PERIOD_YEARS,
                Problem::OutOfRange {
                    found: text,
                    expected: Expected::WholeNumber {
                        from: 1,
                        to: Some(255),
                    },
                },
            );
            None
        }
    }
}

/// The words for the kind of a period in a file: the opening of a window is a kind of its own there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodWord {
    Year,
    Instant,
    Opening,
    YearToDate,
    Window,
    Cumulative,
    Streak,
}

impl PeriodWord {
    /// The period of this kind; `None` where its years are needed and not there.
    pub(crate) fn period(
        self,
        start: Option<PartialDate>,
        end: PartialDate,
        years: Option<u8>,
    ) -> Option<Period> {
        Some(match self {
            PeriodWord::Year => Period::Year { year: end.year() },
            PeriodWord::Instant => Period::Instant { end, years_before: 0 },
            PeriodWord::Opening => Period::Instant {
                end,
                years_before: years?,
            },
            PeriodWord::YearToDate => Period::YearToDate { end },
            PeriodWord::Window => Period::Window {
                years: years?,
                start,
                end,
            },
            PeriodWord::Cumulative => Period::Cumulative { end },
            PeriodWord::Streak => Period::Streak { years: years?, end },
        })
    }

    pub(crate) fn from_word(word: &str) -> Option<PeriodWord> {
        Some(match word {
            "year" | "年度" => PeriodWord::Year,
            "instant" | "时点" => PeriodWord::Instant,
            "opening" | "期初" => PeriodWord::Opening,
            "year_to_date" | "今年以来" => PeriodWord::YearToDate,
            "window" | "近年" => PeriodWord::Window,
            "cumulative" | "累计" => PeriodWord::Cumulative,
            "streak" | "连续" => PeriodWord::Streak,
            _ => return None,
        })
    }
}

fn source(cells: &mut Cells<'_>) -> Option<Source> {
    let document = cells.required(DOCUMENT).map(unescaped);
    let publisher = cells.required(PUBLISHER).map(unescaped);
    let published = cells
        .required(PUBLISHED)
        .and_then(|_| cells.date(PUBLISHED))
        .flatten();
    let place = unescaped(cells.text(PLACE).to_owned());
    Some(Source {
        document: document?,
        publisher: publisher?,
        published: published?,
        place,
    })
}

fn check_unit(cells: &mut Cells<'_>, catalogue: &Catalogue, unit: &str) {
    let Some(unit) = catalogue.unit(unit) else { return };
    let found = cells.text(UNIT).to_owned();
    if found != unit.zh && found != unit.code {
        cells.wrong(
            UNIT,
            Problem::NotOneOf {
                found,
                expected: Expected::OneOf {
                    words: vec![unit.zh.clone(), unit.code.clone()],
                },
            },
        );
    }
}

fn check_range(cells: &mut Cells<'_>, indicator: &crate::Indicator, value: &ObservationValue) {
    let number: Decimal = value.number();
    let below = indicator.minimum.is_some_and(|minimum| number < minimum);
    let above = indicator.maximum.is_some_and(|maximum| number > maximum);
    if below || above {
        let expected = Expected::Range {
            minimum: indicator.minimum,
            maximum: indicator.maximum,
        };
        cells.wrong(
            VALUE,
            Problem::OutOfRange {
                found: number.to_string(),
                expected,
            },
        );
    }
}

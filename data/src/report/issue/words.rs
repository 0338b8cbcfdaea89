//! What is told of a problem, in both languages.

use super::Problem;
use crate::{Lang, Period, PeriodBasis, label};

impl Problem {
    /// The problem in words: what was found and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    /// What all warnings of its kind are called; nothing for errors, each of which is mended by itself.
    pub fn kind(&self, lang: Lang) -> Option<&'static str> {
        use Problem::*;
        let (zh, en) = match self {
            NoneOrZero => ("写作“无”", "Written as “无”"),
            Repeated { .. } => ("重复填写", "Written twice"),
            OtherYear { .. } => ("标题写的是另一年", "The title names another year"),
            TotalDiffers { .. } => ("合计与各行之和不符", "Total rows that differ from their sum"),
            FellToNothing { .. } => ("降为零", "Fallen to nothing"),
            UnusualChange { .. } => ("变化超出通常幅度", "More than the usual change"),
            MissingNow { .. } => (
                "上年已公布、本表没有",
                "Published for the year before, and not in this report",
            ),
            Withdrawn { .. } => (
                "本年已公布、本表没有",
                "Published for this year, and not in this report",
            ),
            LessThanPart { .. } => ("总数小于其中一部分", "Less than a part"),
            PartsDiffer { .. } => ("各部分之和与总数不符", "Parts that differ from their whole"),
            _ => return None,
        };
        Some(lang.pick(zh, en))
    }

    fn in_chinese(&self) -> String {
        use Problem::*;
        match self {
            NoHeader => "没有找到表头：没有一行写有指标、地区或年份的名称".into(),
            NoFigures => "文件中没有数据".into(),
            TooMany => "问题或数据过多，从这一行起没有读取：请先改正前面的问题，或分成几个文件报送".into(),
            TooManyIssues => "问题过多，从这里起不再列出：请先改正前面的问题".into(),
            UnknownColumn { found } => format!("不认识列“{found}”，请指定它对应的指标"),
            UnknownIndicator { found } => format!("“{found}”不是指标目录中的名称或代码"),
            UnknownOrgUnit { found } => format!("“{found}”不是本地区或其下辖地区的名称或代码"),
            AmbiguousOrgUnit { found, codes } => {
                format!("有多个地区叫“{found}”，请写代码：{}", codes.join("、"))
            }
            ForeignOrgUnit { found, expected } => {
                format!("“{}”不属于{}，不能由本单位报送", found.zh, expected.zh)
            }
            Computed { found } => format!("“{}”由其他指标推算，不需填报", found.zh),
            NotANumber { found, why } => format!("“{found}”不是数：{}", why.words(Lang::Zh)),
            FormulaError { found } => format!("公式出错（{found}），请填写数值"),
            WrongUnit { found, expected } => format!("单位是“{found}”，应为{}", expected.zh),
            TooManyDecimals { found, most: 0 } => format!("{found}不是整数，此指标应为整数"),
            TooManyDecimals { found, most } => format!("{found}的小数多于{most}位"),
            NotOneOf { found, column } => format!("“{found}”不能用于列“{column}”"),
            StatusAndValue { found } => format!("状态“{found}”与数值不符"),
            NoneOrZero => "“无”可以是零，也可以是没有统计：是零请填0，没有统计请留空".into(),
            Disagrees { found, other, at } => format!("此处为{found}，{at}为{other}，同一数据只能有一个值"),
            Repeated { at } => format!("与{at}重复，数值相同"),
            OutOfRange { found, least, most } => match (least, most) {
                (Some(least), Some(most)) => format!("{found}超出范围，应在{least}与{most}之间"),
                (Some(least), None) => format!("{found}超出范围，应不小于{least}"),
                (None, Some(most)) => format!("{found}超出范围，应不大于{most}"),
                (None, None) => format!("{found}超出范围"),
            },
            MoreThanAll { found, all } => format!("{found}多于总数{all}，占比超过100%"),
            FutureYear { found } => format!("{found}年尚未开始"),
            OtherYear { found, expected } => {
                format!("标题写的是{found}年，本表按{expected}年报送：请核对是否选错了年份")
            }
            LessThanPart {
                name,
                found,
                part_name,
                part,
                published,
                ..
            } => format!(
                "“{}”（{found}）小于其中的“{}”（{part}）{}",
                name.zh,
                part_name.zh,
                beyond(*published, Lang::Zh)
            ),
            PartsDiffer {
                name,
                found,
                expected,
                published,
            } => format!(
                "“{}”为{found}，各部分相加为{expected}{}",
                name.zh,
                beyond(*published, Lang::Zh)
            ),
            TotalDiffers { found, expected } => format!("合计行为{found}，各行相加为{expected}"),
            FellToNothing { before, period } => format!("{}为{before}，本次为零", when_zh(*period)),
            UnusualChange {
                found,
                before,
                period,
                ten_thousand: true,
            } => format!(
                "{}为{before}，本次为{found}：是否漏写或多写了“万”",
                when_zh(*period)
            ),
            UnusualChange {
                found,
                before,
                period,
                ..
            } => format!("{}为{before}，本次为{found}，变化超出通常幅度", when_zh(*period)),
            QualifierContradicts { found } => format!("“{found}”的限定词与数值矛盾"),
            MissingNow { name, before, period } => {
                let name = name
                    .as_ref()
                    .map(|name| format!("“{}”", name.zh))
                    .unwrap_or_default();
                format!(
                    "{name}{}为{before}，本次没有填报：请填写，或说明原因",
                    when_zh(*period)
                )
            }
            Withdrawn {
                name,
                published,
                period,
            } => format!(
                "“{}”{}已公布为{published}，本表没有这一数据：请填写，或说明撤销的原因",
                name.zh,
                when_zh(Some(*period))
            ),
        }
    }

    fn in_english(&self) -> String {
        use Problem::*;
        match self {
            NoHeader => "no header found: no row names indicators, areas or years".into(),
            NoFigures => "the file holds no figures".into(),
            TooMany => "too many issues or figures: nothing is read from this row on; correct those before it, or send the file \
                 in parts"
                .into(),
            TooManyIssues => "too many issues: none is listed from here on; correct those before it".into(),
            UnknownColumn { found } => {
                format!("the column `{found}` is not known; say which indicator it is")
            }
            UnknownIndicator { found } => format!("`{found}` is no name or code of an indicator"),
            UnknownOrgUnit { found } => format!("`{found}` is no name or code of this area or one below it"),
            AmbiguousOrgUnit { found, codes } => {
                format!(
                    "several areas are called `{found}`; write the code: {}",
                    codes.join(", ")
                )
            }
            ForeignOrgUnit { found, expected } => {
                format!(
                    "`{}` is not within {}, so this unit cannot report it",
                    found.en, expected.en
                )
            }
            Computed { found } => format!("`{}` is computed from other figures and not reported", found.en),
            NotANumber { found, why } => format!("`{found}` is no number: {}", why.words(Lang::En)),
            FormulaError { found } => format!("the formula fails ({found}); write the value"),
            WrongUnit { found, expected } => format!("the unit is `{found}`; expected {}", expected.en),
            TooManyDecimals { found, most: 0 } => format!("{found} is not whole, as this indicator must be"),
            TooManyDecimals { found, most } => format!("{found} has more than {most} digits after the point"),
            NotOneOf { found, column } => format!("`{found}` cannot stand in the column `{column}`"),
            StatusAndValue { found } => format!("the status `{found}` and the value do not go together"),
            NoneOrZero => {
                "“无” may be zero or not known: write 0 for zero, leave the cell empty otherwise".into()
            }
            Disagrees { found, other, at } => {
                format!("here {found}, but {at} says {other}; a figure has one value")
            }
            Repeated { at } => format!("stands at {at} already, with the same value"),
            OutOfRange { found, least, most } => match (least, most) {
                (Some(least), Some(most)) => format!("{found} cannot be true; expected {least} to {most}"),
                (Some(least), None) => format!("{found} cannot be true; expected {least} or more"),
                (None, Some(most)) => format!("{found} cannot be true; expected {most} or less"),
                (None, None) => format!("{found} cannot be true"),
            },
            MoreThanAll { found, all } => {
                format!("{found} is more than all there are ({all}): a share over 100 %")
            }
            FutureYear { found } => format!("the year {found} has not begun"),
            OtherYear { found, expected } => {
                format!("the title says {found}, and the report is of {expected}: was the wrong year chosen?")
            }
            LessThanPart {
                name,
                found,
                part_name,
                part,
                published,
                ..
            } => format!(
                "“{}” ({found}) is less than its part “{}” ({part}){}",
                name.en,
                part_name.en,
                beyond(*published, Lang::En)
            ),
            PartsDiffer {
                name,
                found,
                expected,
                published,
            } => format!(
                "“{}” is {found}; its parts add up to {expected}{}",
                name.en,
                beyond(*published, Lang::En)
            ),
            TotalDiffers { found, expected } => {
                format!("the total row says {found}; its rows add up to {expected}")
            }
            FellToNothing { before, period } => format!("{before} {}, nothing now", when_en(*period)),
            UnusualChange {
                found,
                before,
                period,
                ten_thousand: true,
            } => format!(
                "{before} {}, {found} now: was a 万 (ten thousand) left out or written twice?",
                when_en(*period)
            ),
            UnusualChange {
                found,
                before,
                period,
                ..
            } => format!(
                "{before} {}, {found} now: more than the usual change",
                when_en(*period)
            ),
            QualifierContradicts { found } => {
                format!("`{found}`: the word and the number contradict each other")
            }
            MissingNow { name, before, period } => {
                let name = name
                    .as_ref()
                    .map(|name| format!("“{}”: ", name.en))
                    .unwrap_or_default();
                format!(
                    "{name}{before} {}, no figure now: write it, or give the reason",
                    when_en(*period)
                )
            }
            Withdrawn {
                name,
                published,
                period,
            } => format!(
                "“{}” is published as {published} {} and this report does not hold it: write it, or give the reason why \
                 it is taken back",
                name.en,
                when_en(Some(*period))
            ),
        }
    }
}

/// Where a number comes from that nobody finds in the report.
fn beyond(published: bool, lang: Lang) -> &'static str {
    match published {
        true => lang.pick(
            "；本表没有的数，取自已公布的数据",
            "; what this report lacks is taken from what is published",
        ),
        false => "",
    }
}

/// The time of an earlier figure before its value: 2021年, 截至2021年12月31日.
fn when_zh(period: Option<Period>) -> String {
    period.map_or("此前".to_owned(), |period| {
        label::period(&period, PeriodBasis::Stated, Lang::Zh)
    })
}

/// The time of an earlier figure behind its value: (2021), (as of 31 Dec 2021).
fn when_en(period: Option<Period>) -> String {
    period.map_or("before".to_owned(), |period| {
        format!("({})", label::period(&period, PeriodBasis::Stated, Lang::En))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Names;

    #[test]
    fn a_number_that_is_not_in_the_report_is_told_to_be_published() {
        let names = |zh: &str, en: &str| {
            let (zh, en) = (zh.into(), en.into());
            Box::new(Names { zh, en })
        };
        let less = |published| Problem::LessThanPart {
            name: names("商会数", "Chambers"),
            found: "200".into(),
            part_code: "township_chambers".into(),
            part_name: names("乡镇商会数", "Township chambers"),
            part: "300".into(),
            published,
        };
        let zh = "“商会数”（200）小于其中的“乡镇商会数”（300）";
        assert_eq!(less(false).message(Lang::Zh), zh);
        assert_eq!(
            less(true).message(Lang::Zh),
            format!("{zh}；本表没有的数，取自已公布的数据")
        );
        let differ = Problem::PartsDiffer {
            name: names("商会数", "Chambers"),
            found: "200".into(),
            expected: "300".into(),
            published: true,
        };
        assert_eq!(
            differ.message(Lang::En),
            "“Chambers” is 200; its parts add up to 300; what this report lacks is taken from what is published"
        );
    }
}

//! The words that stand above columns.

use super::Role;

/// What a cell says of all figures of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The indicator, by name or code.
    Indicator,
    /// The org unit, by name or code.
    OrgUnit,
    /// The year.
    Year,
    /// The unit of measure.
    Unit,
    /// 万, 亿.
    Multiplier,
    /// 余, 超.
    Qualifier,
    /// A remark for the reader.
    Remark,
    /// Of how many.
    Denominator,
    /// SDMX CL_OBS_STATUS.
    Status,
    /// Printed, counted.
    Origin,
    /// The kind of the period.
    PeriodKind,
    /// Its first day.
    PeriodStart,
    /// Its last day.
    PeriodEnd,
    /// How many years it has.
    PeriodYears,
    /// Whether the source states it.
    PeriodBasis,
    /// The source's title.
    Document,
    /// Its publisher.
    Publisher,
    /// Its date.
    Published,
    /// Where in it.
    SourcePlace,
    /// How far the true number may lie from a rounded one.
    Slack,
}

/// Names of a column whose figures are this year's.
pub(super) const VALUE: [&str; 16] = [
    "value",
    "数值",
    "本年数",
    "本年",
    "本年度",
    "今年",
    "今年数",
    "本期",
    "本期数",
    "当年数",
    "完成数",
    "实际完成",
    "数量",
    "数据",
    "thisyear",
    "数",
];

/// Names of columns that are known and of no use.
const IGNORED: [&str; 20] = [
    "序号",
    "编号",
    "no",
    "上年数",
    "上年",
    "上年度",
    "去年",
    "上期",
    "上期数",
    "同比",
    "同比增长",
    "增减",
    "增幅",
    "增长率",
    "增长",
    "指标定义",
    "定义",
    "lastyear",
    "change",
    "definition",
];

const FIELDS: [(&[&str], Field); 20] = [
    (
        &[
            "indicator",
            "指标",
            "指标名称",
            "指标代码",
            "统计指标",
            "项目",
            "内容",
        ],
        Field::Indicator,
    ),
    (
        &[
            "org_unit",
            "area",
            "地区",
            "地区代码",
            "地区名称",
            "单位名称",
            "填报单位",
            "报送单位",
            "县区",
            "区县",
            "县市区",
            "县(市、区)",
            "商会",
            "商会名称",
        ],
        Field::OrgUnit,
    ),
    (&["year", "年份", "年度"], Field::Year),
    (&["unit", "单位", "计量单位"], Field::Unit),
    (&["multiplier", "数量级"], Field::Multiplier),
    (&["qualifier", "限定", "限定词"], Field::Qualifier),
    (&["comment", "remark", "remarks", "备注", "说明"], Field::Remark),
    (&["denominator", "总数"], Field::Denominator),
    (&["status", "状态"], Field::Status),
    (&["origin", "取得方式"], Field::Origin),
    (&["period_kind", "期间类型"], Field::PeriodKind),
    (&["period_start", "期间起"], Field::PeriodStart),
    (&["period_end", "期间止"], Field::PeriodEnd),
    (&["period_years", "年数"], Field::PeriodYears),
    (&["period_basis", "期间依据"], Field::PeriodBasis),
    (&["document", "文件"], Field::Document),
    (&["publisher", "发布者"], Field::Publisher),
    (&["published", "发布日期"], Field::Published),
    (&["place", "位置"], Field::SourcePlace),
    (&["slack", "误差"], Field::Slack),
];

/// What a column of this name holds, where it holds no figures.
pub(super) fn field(name: &str) -> Option<Role> {
    if IGNORED.contains(&name) || is_said_otherwise(name) {
        return Some(Role::Ignored);
    }
    FIELDS
        .iter()
        .find(|(words, _)| words.contains(&name))
        .map(|(_, field)| Role::Field(*field))
}

/// Whether a file of ours has this column beside one that says the same. A name of something, such as 指标名称, is what other
/// tables have alone.
fn is_said_otherwise(name: &str) -> bool {
    super::own::is_beside(name) && !FIELDS.iter().any(|(words, _)| words.contains(&name))
}

use data::Phrase;
use data::api::{
    Definitions, HistoryEntry, IndicatorDetail, Indicators, Observations, OrgUnitDetail, OrgUnitList,
    Ranking, RollUps, VintageList,
};
use hyper::Method;

use super::files::XLSX;
use crate::describe::answer::{self, Shape, json};
use crate::describe::parameter::{self, end_period, indicator, lang, level, org_unit, query, start_period};
use crate::describe::{Operation, Parameter, Who, personal, read};

/// What everybody reads.
pub fn operations() -> Vec<Operation> {
    vec![
        read(
            "/api/v1/indicators",
            Phrase::new("全部指标", "All indicators"),
            json::<Indicators>(),
        ),
        read(
            "/api/v1/indicators/{indicator}",
            Phrase::new("一个指标及其有数据的年份", "One indicator, and the years it has figures for"),
            json::<IndicatorDetail>(),
        )
        .takes([indicator().in_path()]),
        read(
            "/api/v1/org-units",
            Phrase::new("查找地区和单位", "Finding org units"),
            json::<OrgUnitList>(),
        )
        .takes([
            org_unit().named("parent", "上级单位代码", "The code of the unit above"),
            level(),
            query("q", "名称或代码中的文字", "Words of a name, or a code", "禹城"),
        ])
        .takes(parameter::page())
        .such_as("q=Yucheng&limit=2"),
        read(
            "/api/v1/org-units/{org-unit}",
            Phrase::new("一个地区或单位，及其上下级", "One org unit, with what is above and below it"),
            json::<OrgUnitDetail>(),
        )
        .takes([org_unit().in_path()]),
        read(
            "/api/v1/definitions",
            Phrase::new("全部定义", "All definitions"),
            json::<Definitions>(),
        )
        .with(
            "分组、指标、计量单位和全部地区单位：与服务器同样核对报表的程序所需。",
            "Groups, indicators, units of measure and all org units: what a program needs that checks reports as the server does.",
        ),
        observations("/api/v1/observations", json::<Observations>())
            .with(
                "一次最多 50000 条，更多则答 400。所指的指标、单位和地区一并给出。",
                "At most 50,000 in one answer, else 400. What the figures refer to comes with them.",
            )
            .such_as("indicator=taxpaying_firms&org-unit=371482"),
        observations("/api/v1/observations.json", json::<Observations>())
            .with("与 /api/v1/observations 相同。", "The same as `/api/v1/observations`.")
            .such_as("indicator=taxpaying_firms&org-unit=371482"),
        observations("/api/v1/observations.csv", answer::file("text/csv", Shape::Text))
            .with(
                "带 BOM 的 UTF-8，可用 WPS 或 Excel 打开，也可原样导入。",
                "UTF-8 with a BOM, for WPS and Excel, in the columns that are imported.",
            )
            .such_as("indicator=taxpaying_firms&org-unit=371482"),
        observations("/api/v1/observations.xlsx", answer::file(XLSX, Shape::Bytes))
            .takes([lang()])
            .with(
                "工作簿：数字是数字，限定词、期间、来源和定义各成一列；可以如实画成图时带有图。可以原样上传。",
                "A workbook: numbers are numbers, with qualifier, period, source and definition in columns, and a native chart where \
                 one is honest. It is uploaded as it is.",
            )
            .such_as("indicator=taxpaying_firms&org-unit=371482"),
        read(
            "/api/v1/rankings",
            Phrase::new("一个指标的排名", "The units below a parent in order"),
            json::<Ranking>(),
        )
        .takes([
            indicator().required(),
            org_unit().named("parent", "上级单位代码", "The code of the unit above those ranked").required(),
            parameter::year("年份；不写则为最新一年", "The year; the latest where it is left out"),
        ])
        .with(
            "只排最多数下级所在的层级。含“余”“超”等字样而不能分先后的，名次相同。",
            "Ranked are the units of the level that most of them stand on. Qualified figures that may be equal share a place.",
        )
        .such_as("indicator=taxpaying_firms&parent=371400"),
        read(
            "/api/v1/roll-ups",
            Phrase::new("下级数据的汇总", "The units below taken together"),
            json::<RollUps>(),
        )
        .takes([org_unit().required()])
        .with(
            "按每个指标的汇总规则，并说明由几个单位中的几个汇总而成。",
            "By the roll-up rule of each indicator, and of how many units.",
        )
        .such_as("org-unit=371400"),
        history(),
        vintages(),
        events(),
    ]
}

/// What a query of observations takes, in whichever form it is answered.
pub fn observations(path: &'static str, answer: crate::describe::Answer) -> Operation {
    let parameters: [Parameter; 4] = [
        indicator().repeatable(),
        org_unit().repeatable(),
        start_period(),
        end_period(),
    ];
    read(path, Phrase::new("公布的数据", "Published figures"), answer).takes(parameters)
}

fn history() -> Operation {
    personal(
        Method::GET,
        "/api/v1/history",
        Who::AnybodyOrMore,
        Phrase::new("一个数据的历次公布", "Every published state of a figure"),
        json::<Vec<HistoryEntry>>(),
    )
    .takes([indicator().required(), org_unit().required()])
    .refuses([404])
    .with(
        "最新的在前，并有原因。登录后可见报送人和审核人。",
        "The newest first, with its reason. Who is signed in sees who sent and accepted it.",
    )
    .such_as("indicator=taxpaying_firms&org-unit=371482")
}

fn vintages() -> Operation {
    personal(
        Method::GET,
        "/api/v1/vintages",
        Who::AnybodyOrMore,
        Phrase::new("公布记录", "Every publication"),
        json::<VintageList>(),
    )
    .takes(parameter::page())
    .with(
        "最新的在前：何时、为何、多少个数据、是否已撤销。",
        "The newest first: when, why, how many figures, and what undid it.",
    )
    .such_as("limit=2")
}

fn events() -> Operation {
    Operation {
        parameters: Vec::new(),
        answers: vec![answer::file("text/event-stream", Shape::Bytes)],
        refusals: vec![503],
        ..read(
            "/api/v1/events",
            Phrase::new("数据更新的通知", "Hearing of new figures"),
            answer::nothing(),
        )
    }
    .with(
        "服务器发送的事件（SSE）：连接后立即、其后每次公布时，发送 event: dataset 和数据版本；每 15 秒一行注释以保持连接。",
        "Server-sent events: `event: dataset` with the version of what is published, at once and whenever it changes; a comment \
         every 15 s keeps the connection open.",
    )
}

use data::Phrase;

use super::figures::observations;
use crate::describe::answer::{self, Shape};
use crate::describe::parameter::{Parameter, lang, one_of, query};
use crate::describe::{Answer, Operation, read};
use crate::http::answer::CSVW;

/// The figures in the forms that statisticians exchange.
pub fn operations() -> Vec<Operation> {
    let of_query = |path, zh, en, answer| Operation {
        summary: Phrase::new(zh, en),
        ..observations(path, answer)
            .takes([lang()])
            .such_as("indicator=taxpaying_firms&org-unit=371482")
    };
    vec![
        of_query(
            "/api/v1/observations.json-stat",
            "JSON-stat 2.0",
            "As JSON-stat 2.0",
            answer::file("application/json", Shape::Document),
        ),
        of_query(
            "/api/v1/observations.sdmx.csv",
            "SDMX-CSV 2.0",
            "As SDMX-CSV 2.0",
            answer::file("application/vnd.sdmx.data+csv", Shape::Text),
        )
        .takes([one_of(
            "labels",
            "只写代码，或连同名称",
            "Codes alone, or with their names",
            &["id", "both"],
        )]),
        of_query(
            "/api/v1/observations.csv-metadata.json",
            "CSV 各列的说明（CSVW）",
            "What the columns of the CSV are, as CSVW",
            answer::file(CSVW, Shape::Document),
        ),
        data("/sdmx/3.0/data").with(
            "没有路径时为全部数据；同下。",
            "Everything, where there is no path; else as below.",
        ),
        data("/sdmx/3.0/data/{query}").takes([path(
            "数据流和键，键最多 100 个，每个维度最多 200 个值",
            "The dataflow and the keys: at most 100, each with at most 200 values of a dimension",
            "dataflow/FEDERATION_DASHBOARD/OBSERVATIONS/1.0.0/taxpaying_firms.371482",
        )]),
        structure("/sdmx/3.0/structure"),
        structure("/sdmx/3.0/structure/{query}").takes([path(
            "种类、机构、标识和版本",
            "The kind, the agency, the id and the version",
            "dataflow/FEDERATION_DASHBOARD/OBSERVATIONS/1.0.0",
        )]),
    ]
}

/// The rest of an SDMX address, in which slashes are written as they are.
fn path(zh: &'static str, en: &'static str, example: &'static str) -> Parameter {
    query("query", zh, en, example).in_path()
}

fn sdmx(
    path: &'static str,
    route: &'static str,
    zh: &'static str,
    en: &'static str,
    answer: Answer,
) -> Operation {
    Operation {
        route: if path.ends_with('}') { route } else { path },
        ..read(path, Phrase::new(zh, en), answer)
    }
    .takes([lang()])
    .refuses([406, 501])
}

fn data(path: &'static str) -> Operation {
    let answer = Answer {
        contents: vec![
            ("application/vnd.sdmx.data+csv", Shape::Text),
            ("application/vnd.sdmx.data+json", Shape::Document),
        ],
        ..answer::file("", Shape::Text)
    };
    sdmx(
        path,
        "/sdmx/3.0/data/{*query}",
        "SDMX 3.0 的数据",
        "Data by the addresses of SDMX 3.0",
        answer,
    )
    .takes([
        query(
            "c[TIME_PERIOD]",
            "对一个成分的条件，其他成分相同；逗号为“或”，加号为“且”；合计最多 200 个条件",
            "What a component must be, and so for every other; a comma is OR, a plus is AND; at most 200 conditions in all",
            "ge:2018+le:2022",
        ),
        one_of("attributes", "哪些属性", "Which attributes", &["dsd", "all"]),
        one_of("measures", "哪些度量", "Which measures", &["all", "OBS_VALUE"]),
    ])
    .with(
        "按 Accept 答 SDMX-CSV 或 SDMX-JSON 2.0；标准中没有实现的部分答 501。",
        "As SDMX-CSV or SDMX-JSON 2.0, by `Accept`; what of the standard is not done is answered by 501.",
    )
}

fn structure(path: &'static str) -> Operation {
    let answer = answer::file("application/vnd.sdmx.structure+json", Shape::Document);
    let details = [
        "full",
        "raw",
        "referencepartial",
        "allstubs",
        "allcompletestubs",
        "referencestubs",
        "referencecompletestubs",
    ];
    sdmx(
        path,
        "/sdmx/3.0/structure/{*query}",
        "SDMX 3.0 的结构",
        "What that data refers to, by the addresses of SDMX 3.0",
        answer,
    )
    .takes([
        query(
            "references",
            "连同与之有关的哪些结构",
            "Which others come with it",
            "descendants",
        ),
        one_of("detail", "详略", "How much is told of each", &details),
    ])
}

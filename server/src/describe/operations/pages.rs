use data::Phrase;
use data::page::PageData;

use crate::api::health::Health;
use crate::describe::answer::{self, JSON, Shape, file, json};
use crate::describe::parameter::{Parameter, indicator, lang, org_unit, query, year};
use crate::describe::{Answer, Operation, read};

/// What people open, and what those watch who run the program.
pub fn operations() -> Vec<Operation> {
    let mut all = vec![
        page("/", "概览", "A unit's year at a glance").takes([org_unit()]),
        page("/indicators", "指标目录", "All indicators"),
        page(
            "/indicators/{indicator}",
            "一个指标",
            "One indicator over time and ranked",
        )
        .takes([
            indicator().in_path(),
            org_unit().repeatable(),
            year("排名的年份", "The year of the ranking"),
        ]),
        page("/org-units", "查找地区和单位", "Search, and the tree").takes([words()]),
        page("/org-units/{org-unit}", "一个地区或单位", "One org unit").takes([org_unit().in_path()]),
        page("/api", "本页", "This page"),
        read(
            "/api/v1/openapi.json",
            Phrase::new("本说明，按 OpenAPI 3.1", "This description, in OpenAPI 3.1"),
            file(JSON, Shape::Document),
        )
        .takes([Parameter {
            says: Phrase::new("语言；不写则为英文", "The language; English where it is left out"),
            example: "en",
            ..lang()
        }]),
    ];
    all.extend(page_data());
    all.extend(running());
    all
}

fn page(path: &'static str, zh: &'static str, en: &'static str) -> Operation {
    Operation {
        refusals: vec![400, 503],
        ..read(path, Phrase::new(zh, en), answer::file("text/html", Shape::Text))
    }
    .takes([lang()])
    .and_answers(answer::file("text/html", Shape::Text).under(
        404,
        "没有这个页面",
        "There is no such page",
    ))
}

fn words() -> Parameter {
    query("q", "名称或代码中的文字", "Words of a name, or a code", "禹城")
}

fn page_data() -> Vec<Operation> {
    let data = |path, zh, en| {
        read(path, Phrase::new(zh, en), json::<PageData>())
            .takes([lang(), org_unit().repeatable()])
            .and_answers(json::<PageData>().under(
                404,
                "没有这个页面：\"not_found\"",
                "There is no such page: `\"not_found\"`",
            ))
    };
    let page = query(
        "page",
        "网页的地址，不带开头的斜线",
        "The address of the page, without its first slash",
        "org-units/371482",
    );
    vec![
        data("/api/v1/pages/", "概览页的数据", "The data of the overview"),
        Operation {
            path: "/api/v1/pages/{page}",
            route: "/api/v1/pages/{*page}",
            ..data("", "一个网页的数据", "The data of a page")
        }
        .takes([
            page.in_path(),
            year("排名的年份", "The year of a ranking"),
            words(),
        ]),
    ]
}

fn running() -> [Operation; 2] {
    let nothing = || Vec::<Parameter>::new();
    [
        Operation {
            parameters: nothing(),
            answers: vec![
                json::<Health>(),
                json::<Health>().under(503, "数据库没有应答", "The database does not answer"),
            ],
            refusals: Vec::new(),
            ..read(
                "/healthz",
                Phrase::new("运行状态", "Whether all is well"),
                answer::nothing(),
            )
        },
        Operation {
            parameters: vec![query("file", "文件名", "The name of the file", "NAME").in_path()],
            answers: vec![
                Answer {
                    contents: vec![
                        ("text/javascript", Shape::Text),
                        ("text/css", Shape::Text),
                        ("application/wasm", Shape::Bytes),
                        ("image/svg+xml", Shape::Text),
                    ],
                    ..answer::file("text/css", Shape::Text)
                },
                answer::not_modified(),
            ],
            refusals: vec![404],
            ..read(
                "/assets/{file}",
                Phrase::new("网页程序的文件", "The files of the app"),
                answer::nothing(),
            )
        }
        .with(
            "文件名随内容而变，可长期缓存。",
            "Their names change with their content, so that caches keep them.",
        ),
    ]
}

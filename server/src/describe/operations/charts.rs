use data::Phrase;
use data::api::{Chart, NewSavedChart, SavedChartEntry};
use data::chart::{ChartFormat, ChartKind, HEIGHTS, SCALES, WIDTHS};
use hyper::Method;
use serde_json::json as value;

use super::files::XLSX;
use crate::chart::oembed::OEmbed;
use crate::describe::answer::{self, JSON, Shape, body, json, of};
use crate::describe::parameter::{
    Parameter, end_period, indicator, lang, one_of, org_unit, query, start_period, year,
};
use crate::describe::{Answer, Operation, Who, personal, read};

/// What every example is a chart of.
const OF_TAXPAYERS: &str = "indicator=taxpaying_firms&org-unit=371482";

/// What shows figures: for portals, reports and programs.
pub fn operations() -> Vec<Operation> {
    vec![
        chart("/charts/{kind}", "一张图的网页", "The page of a chart", page()).takes([kind()]).such_as(OF_TAXPAYERS),
        chart("/charts/{kind}.{format}", "一张图的图片或数据", "A chart as a picture, or its figures", files())
            .takes([kind(), format()])
            .with(
                "CSV 和 XLSX 的各列与导入的相同；JSON 还有图中的文字。",
                "CSV and XLSX have the columns that are imported; JSON has the words of the chart as well.",
            )
            .such_as(OF_TAXPAYERS),
        Operation {
            path: "/embed/{chart}",
            route: "/embed/{chart}",
            ..chart("/embed/{chart}", "供嵌入的图", "The bare page of a chart, to be framed", page())
        }
        .takes([query(
            "chart",
            "图的种类或已保存的标识",
            "The kind of the chart, or the id of a saved one",
            "from-to",
        )
        .in_path()])
        .and_answers(refused(400))
        .and_answers(refused(404))
        .with(
            "`width` 是它在所嵌页面中的宽度；没有脚本也完整。只有管理员列出的网站可以嵌入。",
            "`width` is that of its place in the host; it is complete without script. Only the hosts that an administrator lists may \
             frame it.",
        )
        .such_as(OF_TAXPAYERS),
        save(),
        saved("/c/{id}", "已保存的图的网页", "The page of a saved chart", page()),
        saved("/c/{id}.{format}", "已保存的图的图片或数据", "A saved chart as a picture, or its figures", files())
            .takes([format()]),
        oembed(),
        Operation {
            parameters: Vec::new(),
            refusals: vec![400],
            ..read(
                "/embed.js",
                Phrase::new("<federation-chart> 的脚本", "The script of `<federation-chart>`"),
                answer::file("text/javascript", Shape::Text),
            )
        },
    ]
}

/// A chart by its kind, with what may be asked of one.
fn chart(path: &'static str, zh: &'static str, en: &'static str, answer: Answer) -> Operation {
    let what: [Parameter; 6] = [
        indicator().repeatable(),
        org_unit().repeatable(),
        year("排名或条形图的年份", "The year of a ranking or of bars"),
        start_period(),
        end_period(),
        lang(),
    ];
    Operation {
        route: if path.starts_with("/charts/") {
            "/charts/{chart}"
        } else {
            path
        },
        ..read(path, Phrase::new(zh, en), answer)
    }
    .takes(what)
    .takes(look())
}

/// How a picture looks.
fn look() -> [Parameter; 4] {
    let number = |name, zh, en, (from, to): (u32, u32), example| Parameter {
        schema: value!({ "type": "integer", "minimum": from, "maximum": to }),
        ..query(name, zh, en, example)
    };
    let bounds = |range: std::ops::RangeInclusive<u32>| (*range.start(), *range.end());
    [
        number(
            "width",
            "图片的宽度（像素）",
            "The width of a picture in pixels",
            bounds(WIDTHS),
            "800",
        ),
        number(
            "height",
            "图片的高度（像素）",
            "The height of a picture in pixels",
            bounds(HEIGHTS),
            "450",
        ),
        number(
            "scale",
            "PNG 的倍数",
            "Pixels of a PNG to one of the picture",
            bounds(SCALES),
            "2",
        ),
        one_of("theme", "明暗", "The theme", &["light", "dark"]),
    ]
}

fn kind() -> Parameter {
    let kinds = ChartKind::ALL.map(ChartKind::name);
    Parameter {
        example: "from-to",
        ..one_of("kind", "图的种类", "The kind of chart", &kinds).in_path()
    }
}

fn format() -> Parameter {
    let formats = ChartFormat::FILES.map(|format| format.ending().trim_start_matches('.'));
    Parameter {
        example: "json",
        ..one_of("format", "文件的格式", "The format of the file", &formats).in_path()
    }
}

fn page() -> Answer {
    answer::file("text/html", Shape::Text)
}

fn files() -> Answer {
    Answer {
        contents: vec![
            ("image/svg+xml", Shape::Text),
            ("image/png", Shape::Bytes),
            ("text/csv", Shape::Text),
            (XLSX, Shape::Bytes),
            (JSON, of::<Chart>()),
        ],
        ..page()
    }
}

/// A page in the place of the chart, for the readers of the host.
fn refused(status: u16) -> Answer {
    page().under(status, "说明原因的网页", "A page that says why there is no chart")
}

fn saved(path: &'static str, zh: &'static str, en: &'static str, answer: Answer) -> Operation {
    Operation {
        route: "/c/{chart}",
        parameters: Vec::new(),
        ..read(path, Phrase::new(zh, en), answer)
    }
    .takes([super::super::parameter::id(
        "保存后的标识",
        "The id of the saved chart",
    )])
    .takes(look())
    .takes([lang()])
    .and_answers(refused(404))
}

fn save() -> Operation {
    personal(
        Method::POST,
        "/api/v1/charts",
        Who::Anybody,
        Phrase::new("保存一张图，得到短地址", "Save a chart under a short address"),
        json::<SavedChartEntry>().under(201, "新的短地址", "The new short address"),
    )
    .sends(body::<NewSavedChart>(
        r#"{ "address": "/charts/from-to?indicator=taxpaying_firms&org-unit=371482", "pinned": false }"#,
    ))
    .and_answers(json::<SavedChartEntry>().under(200, "已有的短地址", "The short address that it has already"))
    .refuses([404, 409, 429, 507])
    .with(
        "此后 `/c/{id}` 随最新数据更新；`pinned` 则固定在当时的版本。每小时至多 120 个新的；满 10 万个后须登录，至多 20 万个。",
        "`/c/{id}` follows the newest figures from then on or, `pinned`, keeps to those of now. At most 120 new ones an hour; \
         from 100,000 in all only of who is signed in, up to 200,000.",
    )
}

fn oembed() -> Operation {
    let pixels = |name, zh, en, example| Parameter {
        schema: value!({ "type": "integer", "minimum": 1, "maximum": u32::MAX }),
        ..query(name, zh, en, example)
    };
    read(
        "/oembed",
        Phrase::new(
            "oEmbed：一张图的嵌入代码",
            "oEmbed: the frame of a chart's address",
        ),
        json::<OEmbed>(),
    )
    .takes([
        query(
            "url",
            "图的地址",
            "The address of the chart",
            "/charts/from-to?indicator=taxpaying_firms&org-unit=371482",
        )
        .required(),
        pixels(
            "maxwidth",
            "最大宽度（像素）",
            "The greatest width in pixels",
            "640",
        ),
        pixels(
            "maxheight",
            "最大高度（像素）",
            "The greatest height in pixels",
            "480",
        ),
        one_of("format", "只有 json", "`json` alone", &["json"]),
        lang(),
    ])
    .refuses([501])
    .such_as("url=/charts/from-to%3Findicator%3Dtaxpaying_firms%26org-unit%3D371482")
}

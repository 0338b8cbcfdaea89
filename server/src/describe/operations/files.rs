use data::Phrase;

use crate::describe::answer::{self, Shape};
use crate::describe::parameter::{lang, org_unit, query};
use crate::describe::{Answer, Operation, Parameter, read};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What everybody may download.
pub fn operations() -> Vec<Operation> {
    let file = Parameter {
        schema: serde_json::json!({ "type": "string", "pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)\\.(xlsx|csv)$" }),
        ..query(
            "file",
            "年份和格式：2023.xlsx 或 2023.csv",
            "The year and the format: `2023.xlsx` or `2023.csv`",
            "2023.csv",
        )
        .in_path()
    };
    let year = Parameter {
        schema: serde_json::json!({ "type": "string", "pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)\\.(xlsx|zip)$" }),
        ..query(
            "file",
            "年份和格式：2022.xlsx 或 2022.zip",
            "The year and the format: `2022.xlsx` or `2022.zip`",
            "2022.zip",
        )
        .in_path()
    };
    vec![
        read(
            "/api/v1/org-units/{org-unit}/{file}",
            Phrase::new("一个单位的一整年", "A whole year of a unit and all below it"),
            Answer {
                contents: vec![(XLSX, Shape::Bytes), ("application/zip", Shape::Bytes)],
                ..answer::file(XLSX, Shape::Bytes)
            },
        )
        .takes([org_unit().in_path(), year, lang()])
        .with(
            "ZIP 中有说明、元数据和数据。",
            "The archive has a readme, metadata and the data.",
        ),
        read(
            "/api/v1/templates/{org-unit}/{file}",
            Phrase::new("一个单位的填报表", "The form of a unit's report"),
            Answer {
                contents: vec![(XLSX, Shape::Bytes), ("text/csv", Shape::Text)],
                ..answer::file(XLSX, Shape::Bytes)
            },
        )
        .takes([org_unit().in_path(), file])
        .with(
            "空格旁边是上一年的数据；填好后可原样上传。",
            "Last year's figures stand beside the empty cells; filled in, it is uploaded as it is.",
        ),
    ]
}

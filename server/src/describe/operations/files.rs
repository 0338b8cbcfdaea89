use data::Phrase;

use crate::describe::answer::{self, Shape};
use crate::describe::parameter::{org_unit, query};
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
    vec![
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

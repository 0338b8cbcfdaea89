use data::Phrase;
use data::api::{
    Deadline, Form, FormBasis, FormContent, NewMapping, NewRemark, Reporting, Said, Submission,
    SubmissionEntry, SubmissionState, UploadProgress,
};
use hyper::Method;

use super::files::XLSX;
use crate::describe::answer::{self, Shape, body, json, of};
use crate::describe::parameter::{Parameter, header, id, if_match, lang, one_of, org_unit, query, year};
use crate::describe::{Body, Operation, Who, personal};

/// What those do who report, and what they and their reviewers see.
pub fn operations() -> Vec<Operation> {
    let mut all = seen();
    all.extend(content());
    all.extend(steps());
    all.extend(around());
    all
}

/// The id of a submission.
pub fn submission() -> Parameter {
    id("报送的标识", "What names the submission")
}

/// A step of a submission: the whole of it is answered.
pub fn step(path: &'static str, who: Who, zh: &'static str, en: &'static str) -> Operation {
    personal(Method::POST, path, who, Phrase::new(zh, en), json::<Submission>())
        .takes([submission(), if_match()])
        .refuses([404, 409, 412])
}

fn seen() -> Vec<Operation> {
    let get = |path, zh, en, answer| personal(Method::GET, path, Who::SignedIn, Phrase::new(zh, en), answer);
    let states = SubmissionState::ALL.map(SubmissionState::code);
    vec![
        get("/api/v1/submissions", "看得到的报送", "The submissions that one may see", json::<Vec<SubmissionEntry>>())
            .takes([
                one_of("state", "状态", "The state", &states),
                org_unit(),
                year("报送的年份", "The year reported"),
            ])
            .with("最近变动的在前。", "What changed last comes first.")
            .such_as("org-unit=371482&year=2023"),
        get(
            "/api/v1/submissions/{id}",
            "一份报送：问题、差异、批注和可做的事",
            "A submission: issues, differences, remarks, and what one can do",
            json::<Submission>(),
        )
        .takes([submission()])
        .refuses([404])
        .with(
            "问题标明所在单元格；差异列出前 500 处，counts 是总数。",
            "Issues stand at their cells; the first 500 differences are listed, and `counts` says how many there are.",
        ),
        get(
            "/api/v1/submissions/{id}/file",
            "报送的文件原样",
            "The file as it came",
            answer::file("application/octet-stream", Shape::Bytes),
        )
        .takes([submission()])
        .refuses([404]),
        get(
            "/api/v1/submissions/{id}/repaired",
            "标注了问题的文件副本",
            "A copy of the file with its issues beside the cells",
            answer::file(XLSX, Shape::Bytes),
        )
        .takes([submission(), lang()])
        .refuses([404, 422]),
        get(
            "/api/v1/submissions/{id}/form",
            "一份报送作为网页表格",
            "A submission as the rows of a form",
            json::<FormContent>(),
        )
        .takes([submission()])
        .refuses([404, 409])
        .with(
            "文件中有表格没有的内容时答 409。",
            "409 where a file says more than a form can.",
        ),
    ]
}

fn content() -> Vec<Operation> {
    let name = || {
        header(
            "X-File-Name",
            "文件名，百分号编码",
            "The name of the file, percent-encoded",
            "report.csv",
        )
    };
    let upload = || {
        let schema = serde_json::json!({ "type": "string", "pattern": "^[A-Za-z0-9]{1,64}$" });
        Parameter {
            schema,
            ..header(
                "X-Upload",
                "自取的名称，用来询问进度",
                "A name of one's own, by which to ask how far it is",
                "a1",
            )
        }
    };
    let file = || Body {
        contents: vec![
            ("application/json", of::<Form>()),
            ("application/octet-stream", Shape::Bytes),
        ],
        example: r#"{ "figures": [{ "indicator": "united_front_lectures", "value": "8" }] }"#,
    };
    vec![
        personal(
            Method::POST,
            "/api/v1/submissions",
            Who::Reporter,
            Phrase::new("新建草稿：文件或表格", "Make a draft of a file or a form"),
            json::<Submission>().under(201, "新的草稿", "A new draft"),
        )
        .takes([
            org_unit().required(),
            year("报送的年份", "The year reported").required(),
            name(),
            upload(),
        ])
        .sends(file())
        .and_answers(json::<Submission>().under(200, "同一文件已有的报送", "The submission that the same file is already"))
        .refuses([404, 422, 507])
        .with(
            "文件不论版式：XLSX、XLS、ODS 或文本。JSON 是表格各行；vintage 是填写时所见的最新版本。",
            "Files are of any layout: XLSX, XLS, ODS or text. JSON is the rows of a form; `vintage` is the newest that was seen \
             beside it.",
        )
        .such_as("org-unit=371482&year=2023"),
        personal(
            Method::PUT,
            "/api/v1/submissions/{id}/content",
            Who::Reporter,
            Phrase::new("换成另一个文件或表格", "Put another file or form in its place"),
            json::<Submission>(),
        )
        .takes([submission(), if_match(), name(), upload()])
        .sends(file())
        .refuses([404, 409, 412, 422, 507]),
        personal(
            Method::PUT,
            "/api/v1/submissions/{id}/mapping",
            Who::Reporter,
            Phrase::new("说明一个表头的含义", "Say what a header means"),
            json::<Submission>(),
        )
        .takes([submission(), if_match()])
        .sends(body::<NewMapping>(r#"{ "header": "讲堂", "indicator": "united_front_lectures" }"#))
        .refuses([404, 409, 412, 422]),
        personal(
            Method::PUT,
            "/api/v1/submissions/{id}/confirmations/{key}",
            Who::Reporter,
            Phrase::new("说明一处疑问为何无误", "Say why a warning is right all the same"),
            json::<Submission>(),
        )
        .takes([
            submission(),
            query(
                "key",
                "疑问的 key；missing_now.* 则为此类中尚无说明的全部",
                "The `key` of the warning; `missing_now.*` for all of that kind without a reason",
                "missing_now.*",
            )
            .in_path(),
            if_match(),
        ])
        .sends(body::<Said>(r#"{ "reason": "今年不再统计" }"#))
        .refuses([404, 409, 412]),
    ]
}

fn steps() -> Vec<Operation> {
    vec![
        step(
            "/api/v1/submissions/{id}/submit",
            Who::Reporter,
            "报送",
            "Send it",
        )
        .refuses([422])
        .with(
            "还有错误或没有说明的疑问时答 422。",
            "422 while errors are left, or warnings without a reason.",
        ),
        step(
            "/api/v1/submissions/{id}/withdraw",
            Who::Reporter,
            "撤回",
            "Take it back",
        ),
        personal(
            Method::POST,
            "/api/v1/submissions/{id}/remarks",
            Who::SignedIn,
            Phrase::new("批注", "Say something of it, or of one of its figures"),
            json::<Submission>().under(201, "已批注", "Said"),
        )
        .takes([submission()])
        .sends(body::<NewRemark>(r#"{ "text": "请核实期数" }"#))
        .refuses([404, 409]),
    ]
}

fn around() -> Vec<Operation> {
    let get = |path, who, zh, en, answer| personal(Method::GET, path, who, Phrase::new(zh, en), answer);
    let of_year = || {
        [
            org_unit().required(),
            year("报送的年份", "The year reported").required(),
        ]
    };
    vec![
        get(
            "/api/v1/forms/{org-unit}/{year}",
            Who::Reporter,
            "核对一份报表所需",
            "What a report is checked with",
            json::<FormBasis>(),
        )
        .takes([
            org_unit().in_path(),
            year("报送的年份", "The year reported").in_path(),
        ])
        .refuses([404])
        .with(
            "公布的数据、最新版本、表头的含义和服务器的日期。",
            "The published figures, the newest vintage, what headers mean, and the day on the server.",
        ),
        get(
            "/api/v1/uploads/{id}",
            Who::SignedIn,
            "文件上传的进度",
            "How far a file is on its way in",
            json::<UploadProgress>(),
        )
        .takes([query(
            "id",
            "上传时 X-Upload 中的名称",
            "The name that `X-Upload` gave it",
            "a1",
        )
        .in_path()])
        .and_answers(answer::nothing().under(
            204,
            "没有正在上传的",
            "Nothing of that name is under way",
        )),
        get(
            "/api/v1/deadlines",
            Who::SignedIn,
            "报送截止日期",
            "By when a unit reports",
            json::<Deadline>(),
        )
        .takes(of_year())
        .refuses([404])
        .such_as("org-unit=371482&year=2022"),
        get(
            "/api/v1/reporting",
            Who::SignedIn,
            "谁已报送",
            "Who has reported",
            json::<Reporting>(),
        )
        .takes(of_year())
        .refuses([404])
        .with(
            "只说本人角色所及的单位；草稿只对其报送人显示。",
            "Of what one's roles reach, and drafts for their reporters alone.",
        )
        .such_as("org-unit=371482&year=2022"),
        get(
            "/api/v1/reporting.csv",
            Who::SignedIn,
            "谁已报送（CSV）",
            "Who has reported, as CSV",
            answer::file("text/csv", Shape::Text),
        )
        .takes(of_year())
        .refuses([404])
        .such_as("org-unit=371482&year=2022"),
    ]
}

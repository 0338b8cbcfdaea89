use data::Phrase;
use data::api::{Acceptance, ConflictEnvelope, Said, Undo, VintageDetail, VintageEntry};
use hyper::Method;

use super::reporting::step;
use crate::describe::answer::{body, json};
use crate::describe::parameter::vintage;
use crate::describe::{Operation, Who, personal};

/// What those do who decide.
pub fn operations() -> Vec<Operation> {
    vec![
        step(
            "/api/v1/submissions/{id}/return",
            Who::Reviewer,
            "退回",
            "Send it back",
        )
        .sends(body::<Said>(r#"{ "note": "请核实期数" }"#)),
        step(
            "/api/v1/submissions/{id}/endorse",
            Who::Reviewer,
            "初审通过",
            "Endorse it, the first of two steps of review",
        )
        .sends(body::<Said>(r#"{ "note": "" }"#))
        .with(
            "只在实行两级审核时。",
            "Only where there are two steps.",
        ),
        step(
            "/api/v1/submissions/{id}/accept",
            Who::Reviewer,
            "通过并公布",
            "Accept it: publish it as a new vintage",
        )
        .sends(body::<Acceptance>(r#"{ "note": "", "over": 0 }"#))
        .refuses([503])
        .and_answers(conflicts())
        .with(
            "与已公布的不一致时答 409，列出双方数据；over 为所见的最新版本，表示已看过并以新的为准。",
            "Where it disagrees with what is published: 409 with both figures; `over` names the newest vintage that was seen and \
             is replaced.",
        ),
        personal(
            Method::GET,
            "/api/v1/vintages/{id}",
            Who::SignedIn,
            Phrase::new("一次公布，以及撤销会改变什么", "A publication, and what undoing it would change now"),
            json::<VintageDetail>(),
        )
        .takes([vintage()])
        .refuses([404]),
        personal(
            Method::POST,
            "/api/v1/vintages/{id}/undo",
            Who::Reviewer,
            Phrase::new("撤销一次公布", "Undo a publication by a new one"),
            json::<VintageEntry>().under(201, "新的版本", "The new vintage"),
        )
        .takes([vintage()])
        .sends(body::<Undo>(r#"{ "reason": "口径有误" }"#))
        .refuses([404, 409, 503])
        .and_answers(conflicts())
        .with(
            "其中有数据已被后来的版本更改时答 409。",
            "409 where later vintages changed any of its figures.",
        ),
    ]
}

fn conflicts() -> crate::describe::Answer {
    json::<ConflictEnvelope>().under(
        409,
        "与已公布的不一致，或现在不能这样做",
        "It disagrees with what is published, and both figures are shown; or this cannot be done now",
    )
}

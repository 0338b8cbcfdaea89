use data::Phrase;
use data::api::{
    AccountDetail, Assignment, Deadline, EmbeddingHostList, NewAccount, NewDeadline, NewEmbeddingHosts,
    NewLink,
};
use hyper::Method;

use crate::describe::answer::{self, body, json};
use crate::describe::parameter::{id, one_of, org_unit};
use crate::describe::{Answer, Operation, Parameter, Who, personal};
use crate::rights::Role;

/// What administrators do, each in their part of the tree.
pub fn operations() -> Vec<Operation> {
    let account = || -> Parameter { id("账号的标识", "What names the account") };
    let session = |method, path, zh, en, answer: Answer| {
        personal(method, path, Who::Session, Phrase::new(zh, en), answer)
    };
    let link = || {
        json::<NewLink>().under(
            201,
            "一次性链接，只显示这一次",
            "The one-time link, which is shown this once",
        )
    };
    let roles = Role::ALL.map(Role::code);
    vec![
        session(
            Method::GET,
            "/api/v1/accounts",
            "所辖的账号",
            "The people one administers",
            json::<Vec<AccountDetail>>(),
        ),
        session(
            Method::POST,
            "/api/v1/accounts",
            "新建账号，给予第一个角色",
            "Make an account with a first role",
            link(),
        )
        .sends(body::<NewAccount>(
            r#"{ "name": "wang", "display_name": "王强", "org_unit": "371482", "role": "reporter" }"#,
        ))
        .refuses([409]),
        session(
            Method::POST,
            "/api/v1/accounts/{id}/assignments",
            "给予角色",
            "Give a role",
            answer::nothing(),
        )
        .takes([account()])
        .sends(body::<Assignment>(
            r#"{ "org_unit": "371482", "role": "reviewer" }"#,
        )),
        session(
            Method::DELETE,
            "/api/v1/accounts/{id}/assignments",
            "收回角色",
            "Take a role",
            answer::nothing(),
        )
        .takes([
            account(),
            org_unit().required(),
            one_of("role", "角色", "The role", &roles).required(),
        ])
        .refuses([404])
        .such_as("org-unit=371482&role=reviewer"),
        session(
            Method::POST,
            "/api/v1/accounts/{id}/links",
            "新的一次性链接",
            "Another one-time link",
            link(),
        )
        .takes([account()])
        .refuses([409]),
        session(
            Method::POST,
            "/api/v1/accounts/{id}/disable",
            "停用账号",
            "Disable an account",
            answer::nothing(),
        )
        .takes([account()])
        .refuses([409]),
        session(
            Method::DELETE,
            "/api/v1/accounts/{id}/sessions",
            "使其在所有地方退出",
            "Sign them out everywhere",
            answer::nothing(),
        )
        .takes([account()]),
        session(
            Method::PUT,
            "/api/v1/deadlines",
            "设置报送截止日期",
            "Set a deadline",
            json::<Deadline>(),
        )
        .sends(body::<NewDeadline>(
            r#"{ "org_unit": "371482", "year": 2023, "due": "2024-03-31" }"#,
        ))
        .with(
            "不写 due 则取消本单位的日期，以上级的为准。",
            "Without `due` the unit's own is taken away, and that of the nearest unit above holds.",
        ),
        session(
            Method::GET,
            "/api/v1/embedding-hosts",
            "哪些网站可以嵌入图",
            "Whose pages may frame charts",
            json::<EmbeddingHostList>(),
        )
        .with("限全国的管理员。", "For administrators of the nation."),
        session(
            Method::PUT,
            "/api/v1/embedding-hosts",
            "设置可以嵌入图的网站",
            "Say whose pages may frame charts",
            json::<EmbeddingHostList>(),
        )
        .sends(body::<NewEmbeddingHosts>(
            r#"{ "hosts": ["https://www.example.gov.cn"] }"#,
        ))
        .with("一个也没有则不限。", "None listed allows any."),
    ]
}

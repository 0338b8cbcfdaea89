use data::Phrase;
use data::api::{AccountEntry, ChoosePassword, Me, NewToken, SignIn, TokenEntry};
use hyper::Method;

use crate::describe::answer::{self, body, json};
use crate::describe::parameter::{Parameter, id, query};
use crate::describe::{Answer, Operation, Who, personal};

/// What anybody does to come in, and what they do with their own account.
pub fn operations() -> Vec<Operation> {
    let link = || -> Parameter {
        query(
            "token",
            "一次性链接中的令牌",
            "The token in the one-time link",
            "TOKEN",
        )
        .in_path()
    };
    vec![
        personal(
            Method::POST,
            "/api/v1/sessions",
            Who::Anybody,
            Phrase::new("登录", "Sign in"),
            with_cookie(answer::nothing()),
        )
        .sends(body::<SignIn>(
            r#"{ "name": "li", "password": "a good password" }"#,
        ))
        .refuses([401, 429])
        .with(
            "屡次失败后须等待，答 429 和 Retry-After。",
            "After many failures one has to wait: 429 with `Retry-After`.",
        ),
        personal(
            Method::DELETE,
            "/api/v1/sessions/current",
            Who::Anybody,
            Phrase::new("在此退出", "Sign out here"),
            with_cookie(answer::nothing()),
        ),
        personal(
            Method::DELETE,
            "/api/v1/sessions",
            Who::Session,
            Phrase::new("在所有地方退出", "Sign out everywhere"),
            with_cookie(answer::nothing()),
        ),
        personal(
            Method::GET,
            "/api/v1/links/{token}",
            Who::Anybody,
            Phrase::new("一次性链接属于谁", "Whose a one-time link is"),
            json::<AccountEntry>(),
        )
        .takes([link()])
        .refuses([404]),
        personal(
            Method::POST,
            "/api/v1/links/{token}",
            Who::Anybody,
            Phrase::new("用一次性链接设置密码", "Set a password by a one-time link"),
            answer::nothing(),
        )
        .takes([link()])
        .sends(body::<ChoosePassword>(r#"{ "password": "a good password" }"#))
        .refuses([404]),
        personal(
            Method::GET,
            "/api/v1/me",
            Who::SignedIn,
            Phrase::new("我是谁，可做什么", "Who asks, and what they may do"),
            json::<Me>(),
        ),
        personal(
            Method::GET,
            "/api/v1/tokens",
            Who::Session,
            Phrase::new("本人的令牌", "One's tokens"),
            json::<Vec<TokenEntry>>(),
        ),
        personal(
            Method::POST,
            "/api/v1/tokens",
            Who::Session,
            Phrase::new("新建令牌", "Make a token"),
            json::<TokenEntry>().under(201, "令牌只显示这一次", "The token, which is shown this once"),
        )
        .sends(body::<NewToken>(r#"{ "name": "statistics", "scope": "read" }"#)),
        personal(
            Method::DELETE,
            "/api/v1/tokens/{id}",
            Who::Session,
            Phrase::new("作废令牌", "Revoke a token"),
            answer::nothing(),
        )
        .takes([id("令牌的标识", "What names the token")])
        .refuses([404]),
    ]
}

fn with_cookie(answer: Answer) -> Answer {
    Answer {
        headers: vec![(
            "Set-Cookie",
            Phrase::new(
                "会话的 Cookie，或将其取消",
                "The cookie of the session, or one that takes it away",
            ),
        )],
        ..answer
    }
}

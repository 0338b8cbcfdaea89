//! One's own account: what one may do, the tokens of one's programs, and where one is signed in.

use charts::context::Context;
use charts::html::{element, escaped, items, text};
use data::Lang;
use data::api::{Me, TokenEntry};

use super::admin::role;
use super::pieces;

/// What came of what was asked last.
#[derive(Debug, Clone, Copy)]
pub enum Said<'a> {
    /// Nothing was asked.
    Nothing,
    /// A token was made: this.
    Made(&'a str),
    /// A token of this name was refused, and why.
    Wrong(&'a str, &'a str),
}

/// The page.
pub fn main(me: &Me, tokens: &[TokenEntry], said: Said<'_>, context: &Context<'_>) -> String {
    let lang = context.lang;
    let roles = me.roles.iter().map(|held| {
        let unit = context.org_unit_name(&held.org_unit);
        text("span", &format!("{unit} · {}", role(&held.role, lang)))
    });
    let roles = match me.roles.is_empty() {
        true => text(
            "p",
            lang.pick(
                "还没有角色，请联系管理员。",
                "No role yet; ask the administrator.",
            ),
        ),
        false => element("ul", "held", &items(roles)),
    };
    let password = lang.pick(
        "要更改密码，请向本单位管理员索取一次性链接；设置新密码后，所有设备都会退出登录。",
        "To change the password, ask the administrator of your unit for a one-time link. Setting a new one signs you out everywhere.",
    );
    let out = pieces::form(
        "/me/sign-out",
        lang,
        "step",
        &pieces::button("", lang.pick("退出所有登录", "Sign out everywhere")),
    );
    let out = text("p", password)
        + &element(
            "div",
            "deed",
            &(out
                + &text(
                    "p",
                    lang.pick(
                        "在所有设备上退出，包括这一台。",
                        "On every device, this one included.",
                    ),
                )),
        );
    let name = text("p", &me.account.name);
    [
        made(said, lang),
        pieces::section("roles", lang.pick("角色", "Roles"), &(name + &roles)),
        pieces::section("sessions", lang.pick("密码和登录", "Password and sessions"), &out),
        pieces::section(
            "tokens",
            lang.pick("程序用的令牌", "Tokens for programs"),
            &own_tokens(tokens, said, lang),
        ),
    ]
    .concat()
}

fn made(said: Said<'_>, lang: Lang) -> String {
    let Said::Made(token) = said else {
        return String::new();
    };
    let words = lang.pick(
        "令牌已生成。请现在复制到程序里（Authorization: Bearer …）；离开本页后不再显示：",
        "The token is made. Copy it into the program now (Authorization: Bearer …); it is not shown again:",
    );
    format!(
        "<div class=\"notice\" role=\"status\"><p>{words}</p><p><code class=\"link\">{}</code></p></div>",
        escaped(token)
    )
}

fn scope(code: &str, lang: Lang) -> &str {
    match code {
        "read" => lang.pick("只读", "read only"),
        "report" => lang.pick("报送", "send reports"),
        "review" => lang.pick("审核", "accept and return reports"),
        other => other,
    }
}

fn own_tokens(tokens: &[TokenEntry], said: Said<'_>, lang: Lang) -> String {
    let heads = [
        lang.pick("用途", "For"),
        lang.pick("范围", "May"),
        lang.pick("生成", "Made"),
        lang.pick("最近使用", "Last used"),
        lang.pick("操作", "What to do"),
    ];
    let rows: String = tokens.iter().map(|token| row(token, lang)).collect();
    let table = match tokens.is_empty() {
        true => element("p", "quiet", lang.pick("没有令牌。", "There is none.")),
        false => pieces::table("tokens", lang.pick("我的令牌", "My tokens"), &heads, &rows),
    };
    let (typed, notice, invalid) = match said {
        Said::Wrong(typed, why) => (
            typed,
            format!(
                "<p id=\"token-wrong\" class=\"notice\" role=\"alert\">{}</p>",
                escaped(why)
            ),
            " aria-invalid=\"true\" aria-describedby=\"token-wrong\" autofocus",
        ),
        _ => ("", String::new(), ""),
    };
    let options: String = ["read", "report", "review"]
        .iter()
        .map(|code| format!("<option value=\"{code}\">{}</option>", scope(code, lang)))
        .collect();
    let attributes = format!(
        "required maxlength=\"100\" autocomplete=\"off\" value=\"{}\"{invalid}",
        escaped(typed)
    );
    let inner = pieces::field(
        "name",
        lang.pick("用途，如“年报脚本”", "What it is for, e.g. yearly script"),
        &attributes,
    ) + &format!(
        "<label class=\"short\">{}<select name=\"scope\">{options}</select></label>",
        text("span", lang.pick("范围", "What it may do"))
    ) + &pieces::button("primary", lang.pick("生成令牌", "Make a token"));
    table + &notice + &pieces::form("/me/tokens", lang, "inline", &inner)
}

fn row(token: &TokenEntry, lang: Lang) -> String {
    let button = format!(
        "<button>{}<span class=\"visually-hidden\">: {}</span></button>",
        lang.pick("作废", "Revoke"),
        escaped(&token.name)
    );
    let revoke = pieces::form(&format!("/me/tokens/{}", token.id), lang, "step", &button);
    let used = token
        .used_at
        .as_deref()
        .map_or_else(|| lang.pick("从未", "never").to_owned(), pieces::moment);
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{used}</td><td>{revoke}</td></tr>",
        escaped(&token.name),
        escaped(scope(&token.scope, lang)),
        pieces::moment(&token.created_at)
    )
}

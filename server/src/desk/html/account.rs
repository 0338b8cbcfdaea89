//! One person as their administrator sees them.

use charts::context::Context;
use charts::html::{element, escaped, items, link, text};
use data::Lang;
use data::api::AccountDetail;

use super::admin::{once, role, role_options, state};
use super::pieces;
use crate::desk::visit::in_lang;

/// What came of what was asked last.
#[derive(Debug, Default)]
pub struct Said {
    /// Which form it was.
    pub act: String,
    /// Why it was refused; empty where it was not.
    pub message: String,
    /// The code that was typed.
    pub typed: String,
    /// A one-time link just made; empty where none was.
    pub link: String,
}

/// The page.
pub fn main(person: &AccountDetail, is_own: bool, said: &Said, context: &Context<'_>) -> String {
    let lang = context.lang;
    let back = element(
        "p",
        "head",
        &link(&in_lang("/admin", lang), lang.pick("‹ 全部人员", "‹ All people")),
    );
    let about = format!("{} · {}", person.account.name, state(person, lang));
    let once = match said.link.as_str() {
        "" => String::new(),
        link => once(link, lang),
    };
    let is_at_field = said.message.is_empty() || said.act == "give";
    let alert = if is_at_field {
        String::new()
    } else {
        wrong("refused", &said.message)
    };
    let access = match person.disabled_at.is_some() {
        true => text(
            "p",
            lang.pick(
                "此账号已停用，不能登录。",
                "This account is disabled; nobody can sign in with it.",
            ),
        ),
        false => access(person, is_own, lang),
    };
    [
        back,
        text("p", &about),
        once,
        alert,
        pieces::section("roles", lang.pick("角色", "Roles"), &roles(person, said, context)),
        pieces::section("access", lang.pick("登录", "Signing in"), &access),
    ]
    .concat()
}

fn wrong(id: &str, message: &str) -> String {
    format!(
        "<p id=\"{id}\" class=\"notice\" role=\"alert\">{}</p>",
        escaped(message)
    )
}

fn roles(person: &AccountDetail, said: &Said, context: &Context<'_>) -> String {
    let lang = context.lang;
    let action = |act: &str| format!("/admin/accounts/{}/{act}", person.account.id);
    let held = person.roles.iter().map(|held| {
        let words = format!(
            "{} · {}",
            context.org_unit_name(&held.org_unit),
            role(&held.role, lang)
        );
        let take = pieces::hidden("org_unit", &held.org_unit)
            + &pieces::hidden("role", &held.role)
            + &format!(
                "<button>{}<span class=\"visually-hidden\">: {}</span></button>",
                lang.pick("取消", "Take away"),
                escaped(&words)
            );
        text("span", &words) + &pieces::form(&action("take"), lang, "step", &take)
    });
    let held = match person.roles.is_empty() {
        true => text("p", lang.pick("还没有角色。", "No role yet.")),
        false => element("ul", "held", &items(held)),
    };
    let is_wrong = said.act == "give" && !said.message.is_empty();
    let (notice, invalid) = match is_wrong {
        true => (
            wrong("unit-wrong", &said.message),
            " aria-invalid=\"true\" aria-describedby=\"unit-wrong\" autofocus",
        ),
        false => (String::new(), ""),
    };
    let typed = if is_wrong { said.typed.as_str() } else { "" };
    let code = format!(
        "required pattern=\"[0-9A-Za-z]+\" value=\"{}\"{invalid}",
        escaped(typed)
    );
    let give = pieces::field(
        "org_unit",
        lang.pick("单位代码，如 371482", "Code of the unit, e.g. 371482"),
        &code,
    ) + &role_options(lang)
        + &pieces::button("primary", lang.pick("授予角色", "Give the role"));
    held + &notice + &pieces::form(&action("give"), lang, "inline", &give)
}

/// Each thing that can be done, with what comes of it.
fn access(person: &AccountDetail, is_own: bool, lang: Lang) -> String {
    let act = |act: &str, words: &str, means: &str| {
        let action = format!("/admin/accounts/{}/{act}", person.account.id);
        element(
            "div",
            "deed",
            &(pieces::form(&action, lang, "step", &pieces::button("", words)) + &text("p", means)),
        )
    };
    let link = act(
        "link",
        lang.pick("一次性链接", "One-time link"),
        lang.pick(
            "本人用它设置新密码；之前的链接作废。",
            "The person sets a new password with it; earlier links end.",
        ),
    );
    let sign_out = act(
        "sign-out",
        lang.pick("退出所有登录", "Sign out everywhere"),
        lang.pick(
            "在所有设备上退出；账号和密码不变。",
            "Ends every session on every device; the account and its password stay.",
        ),
    );
    let disable = act(
        "disable",
        lang.pick("停用账号", "Disable the account"),
        lang.pick(
            "立即退出，此后不能登录，令牌失效。不能撤销。",
            "Signs them out, and nobody can sign in or use its tokens from then on. It cannot be undone.",
        ),
    );
    // The last administrator would lock everybody out.
    link + &sign_out + if is_own { "" } else { &disable }
}

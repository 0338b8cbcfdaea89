//! The administrator's page: people, what they may do, and the one-time links that let them in.

use charts::context::Context;
use charts::html::{escaped, items, link, text};
use data::Lang;
use data::api::AccountDetail;

use super::pieces;
use crate::desk::visit::in_lang;

/// The page; `link` is a one-time link just made, which is shown this once, and `hosts` the finished section about the
/// hosts that may frame charts, where it is theirs to decide.
pub fn main(people: &[AccountDetail], link: Option<&str>, hosts: &str, context: &Context<'_>) -> String {
    let lang = context.lang;
    let rows: String = people.iter().map(|person| row(person, context)).collect();
    let heads = [
        lang.pick("姓名", "Person"),
        lang.pick("角色", "Roles"),
        lang.pick("状态", "State"),
    ];
    let heading = lang.pick("人员", "People");
    let table = pieces::table("people", heading, &heads, &rows);
    let invite = lang.pick("添加人员", "Add a person");
    link.map_or(String::new(), |link| once(link, lang))
        + &pieces::section("people", heading, &table)
        + &pieces::section("invite", invite, &new_person(lang))
        + hosts
}

/// A one-time link, to be handed over by whatever way people have.
pub fn once(link: &str, lang: Lang) -> String {
    let words = lang.pick(
        "请把这个链接交给本人，用来设置密码。它只能使用一次，离开本页后不再显示：",
        "Give this link to the person, who sets the password with it. It works once and is not shown again:",
    );
    format!(
        "<div class=\"notice\" role=\"status\"><p>{}</p><p><code class=\"link\">{}</code></p></div>",
        escaped(words),
        escaped(link)
    )
}

fn row(person: &AccountDetail, context: &Context<'_>) -> String {
    let lang = context.lang;
    let roles = person.roles.iter().map(|held| {
        let unit = context.org_unit_name(&held.org_unit);
        text("span", &format!("{unit} · {}", role(&held.role, lang)))
    });
    let page = in_lang(&format!("/admin/accounts/{}", person.account.id), lang);
    format!(
        "<tr><th scope=\"row\">{}<small>{}</small></th><td><ul>{}</ul></td><td>{}</td></tr>",
        link(&page, &person.account.display_name),
        escaped(&person.account.name),
        items(roles),
        state(person, lang)
    )
}

/// Whether somebody can sign in, in words.
pub fn state(person: &AccountDetail, lang: Lang) -> &'static str {
    match (&person.disabled_at, person.has_password) {
        (Some(_), _) => lang.pick("已停用", "disabled"),
        (None, false) => lang.pick("尚未设置密码", "no password yet"),
        (None, true) => lang.pick("正常", "active"),
    }
}

/// The choice of a role.
pub fn role_options(lang: Lang) -> String {
    let options: String = ["reporter", "reviewer", "administrator"]
        .iter()
        .map(|code| format!("<option value=\"{code}\">{}</option>", role(code, lang)))
        .collect();
    let label = text("span", lang.pick("角色", "Role"));
    format!("<label class=\"short\">{label}<select name=\"role\">{options}</select></label>")
}

fn new_person(lang: Lang) -> String {
    let inner = pieces::field(
        "display_name",
        lang.pick("姓名", "Name shown"),
        "required maxlength=\"60\"",
    ) + &pieces::field(
        "name",
        lang.pick("登录账号", "Name to sign in"),
        "required maxlength=\"60\" autocapitalize=\"none\" spellcheck=\"false\" autocomplete=\"off\"",
    ) + &pieces::field(
        "org_unit",
        lang.pick("单位代码，如 371482", "Code of the unit, e.g. 371482"),
        "required pattern=\"[0-9A-Za-z]+\"",
    ) + &role_options(lang)
        + &pieces::button("primary", lang.pick("添加", "Add"));
    pieces::form("/admin", lang, "inline", &inner)
}

/// A role in words.
pub fn role(code: &str, lang: Lang) -> &str {
    match code {
        "reporter" => lang.pick("报送", "reporter"),
        "reviewer" => lang.pick("审核", "reviewer"),
        "administrator" => lang.pick("管理", "administrator"),
        other => other,
    }
}

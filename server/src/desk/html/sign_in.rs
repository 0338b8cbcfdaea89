//! Signing in, and setting a password by a one-time link.

use charts::html::{element, escaped, text};
use data::Lang;

use super::pieces;

/// The form to sign in; `next` is where it leads, `message` why the attempt before failed.
pub fn main(next: &str, message: Option<&str>, lang: Lang) -> String {
    let inner = format!(
        "<input type=\"hidden\" name=\"next\" value=\"{}\">{}{}{}",
        escaped(next),
        pieces::field(
            "name",
            lang.pick("账号", "Name"),
            "required autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""
        ),
        pieces::field(
            "password",
            lang.pick("密码", "Password"),
            "type=\"password\" required autocomplete=\"current-password\""
        ),
        pieces::button("primary", lang.pick("登录", "Sign in")),
    );
    let hint = lang.pick(
        "忘记密码或没有账号，请向本单位管理员索取一次性链接。",
        "No account, or the password is forgotten: the administrator of your unit gives you a one-time link.",
    );
    alert(message) + &pieces::form("/sign-in", lang, "stack", &inner) + &element("p", "quiet", hint)
}

/// The form to set a password.
pub fn link(token: &str, message: Option<&str>, lang: Lang) -> String {
    let attributes = "type=\"password\" required minlength=\"8\" autocomplete=\"new-password\"";
    let inner = pieces::field("password", lang.pick("新密码", "New password"), attributes)
        + &pieces::field("again", lang.pick("再输入一次", "Once more"), attributes)
        + &pieces::button("primary", lang.pick("设置密码", "Set the password"));
    let hint = lang.pick("这个链接只能使用一次。", "This link works once.");
    let action = format!("/links/{token}");
    alert(message) + &text("p", hint) + &pieces::form(&action, lang, "stack", &inner)
}

fn alert(message: Option<&str>) -> String {
    message.map_or(String::new(), |message| {
        format!("<p class=\"notice\" role=\"alert\">{}</p>", escaped(message))
    })
}

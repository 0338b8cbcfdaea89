//! The administrator's list of hosts that may frame charts.

use charts::html::{escaped, items, link, text};
use data::Lang;
use data::api::{EmbeddingHostList, Framing};

use super::pieces;
use crate::desk::visit::in_lang;

/// Where the list is sent.
pub const ACTION: &str = "/admin/embedding-hosts";

/// A list that was not taken: what was typed, and what is wrong with it, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What was typed.
    pub typed: String,
    /// What is wrong, a sentence each.
    pub wrong: Vec<String>,
}

/// What is in force, and the form to change it.
pub fn section(in_force: &EmbeddingHostList, refused: Option<&Refused>, lang: Lang) -> String {
    let heading = lang.pick("可嵌入图表的网站", "Sites that may embed charts");
    let tester = link(
        &in_lang("/embedding", lang),
        lang.pick("检查某个网站能否嵌入", "Check whether a site can embed charts"),
    );
    let inner =
        text("p", &said(in_force, lang)) + &form(in_force, refused, lang) + &format!("<p>{tester}</p>");
    pieces::section("embedding-hosts", heading, &inner)
}

fn said(in_force: &EmbeddingHostList, lang: Lang) -> String {
    let count = in_force.hosts.len();
    match (in_force.allowed, lang) {
        (Framing::Any, Lang::Zh) => "现在：名单为空，任何网站都可嵌入图表。".into(),
        (Framing::Any, Lang::En) => "Now: none is listed, and any site may embed charts.".into(),
        (Framing::Listed, Lang::Zh) => {
            format!("现在：只有名单中的 {count} 个主机可嵌入图表，其他网站会被浏览器拒绝。")
        }
        (Framing::Listed, Lang::En) => {
            format!("Now: only the {count} listed may embed charts; browsers refuse them to any other site.")
        }
    }
}

fn form(in_force: &EmbeddingHostList, refused: Option<&Refused>, lang: Lang) -> String {
    let lines = in_force.hosts.join("\n");
    let typed = refused.map_or(lines.as_str(), |refused| &refused.typed);
    let invalid = match refused {
        Some(_) => " aria-invalid=\"true\" aria-describedby=\"hosts-wrong hosts-hint\" autofocus",
        None => " aria-describedby=\"hosts-hint\"",
    };
    let label = text("span", lang.pick("每行一个主机", "One host a line"));
    let hint = lang.pick(
        "如 https://www.example.gov.cn；不写协议则 http 与 https 均可；*.example.gov.cn 指其所有下级主机，不含 \
         example.gov.cn 本身；内网可写 10.0.0.8:8080。粘贴网页地址也可以，只取主机。清空即允许任何网站。",
        "Such as https://www.example.gov.cn; without a scheme both http and https. *.example.gov.cn stands for every \
         host below, not for example.gov.cn itself; 10.0.0.8:8080 for an intranet. Of the address of a page the host is \
         taken. An empty list allows any site.",
    );
    let inner = format!(
        "<label>{label}<textarea name=\"hosts\" rows=\"6\" spellcheck=\"false\" autocapitalize=\"none\"{invalid}>\n{}</textarea></label>\
         <p id=\"hosts-hint\" class=\"hint\">{}</p>{}",
        escaped(typed),
        escaped(hint),
        pieces::button("primary", lang.pick("保存名单", "Save the list"))
    );
    refused.map_or(String::new(), wrong) + &pieces::form(ACTION, lang, "lines", &inner)
}

fn wrong(refused: &Refused) -> String {
    let lines = refused.wrong.iter().map(|line| text("span", line));
    format!(
        "<div id=\"hosts-wrong\" class=\"notice\" role=\"alert\"><ul>{}</ul></div>",
        items(lines)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_force_is_said_plainly_and_what_was_typed_stays() {
        let any = EmbeddingHostList {
            allowed: Framing::Any,
            hosts: Vec::new(),
            header: String::new(),
        };
        assert!(section(&any, None, Lang::Zh).contains("任何网站都可嵌入图表"));
        assert!(section(&any, None, Lang::En).contains("any site may embed charts"));
        let refused = Refused {
            typed: "a b</textarea>".into(),
            wrong: vec!["第1行".into()],
        };
        let html = section(&any, Some(&refused), Lang::Zh);
        assert!(
            html.contains("a b&lt;/textarea&gt;") && html.contains("第1行"),
            "{html}"
        );
        assert!(html.contains("aria-invalid=\"true\""), "{html}");
    }
}

//! The webmaster's tester: a portal's address and headers in, a verdict on each way to embed out.

use charts::html::{element, escaped, items, text};
use data::Lang;
use data::embedding::HostError;
use data::embedding::check::{Check, Fix, LONGEST_PASTED, MOST_POLICIES, PastedError, Verdict, WayReport};
use data::embedding::csp::{Delivery, WebAddress};

use super::pieces;

mod words;

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// The portal's address.
    pub portal: String,
    /// Its headers or its HTML, as they were pasted.
    pub headers: String,
    /// Where the portal reaches us.
    pub ours: String,
}

/// What of it cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The portal's address.
    Portal(HostError),
    /// Ours.
    Ours(HostError),
    /// What was pasted.
    Headers(PastedError),
    /// All of it together.
    TooLong,
}

/// What the page is called.
pub fn title(lang: Lang) -> &'static str {
    lang.pick("嵌入检查", "Embedding check")
}

/// What the page is for, and the form.
pub fn form(filled: &Filled, wrong: &[Wrong], lang: Lang) -> String {
    let intro = lang.pick(
        "填写要放置图表的网页地址，即可知道哪些嵌入方式可用、被什么挡住、应改成什么。本站不会访问您填写的任何地址，也不保存填写内容。",
        "Fill in the address of the page that is to carry a chart, and see which ways to embed it work, what blocks the \
         others, and what to write instead. No address that you fill in is ever fetched, and nothing of it is kept.",
    );
    let inner = line(
        "portal",
        lang.pick("网页地址", "Address of the page"),
        &filled.portal,
        "https://www.example.gov.cn/gsl/",
        wrong.iter().any(|wrong| matches!(wrong, Wrong::Portal(_))),
    ) + &pasted(filled, wrong, lang)
        + &line(
            "ours",
            lang.pick(
                "该网页访问本站所用的地址",
                "Address at which that page reaches this site",
            ),
            &filled.ours,
            "https://figures.example.gov.cn",
            wrong.iter().any(|wrong| matches!(wrong, Wrong::Ours(_))),
        )
        + &pieces::button("primary", lang.pick("检查", "Check"));
    text("p", intro) + &notice(wrong, lang) + &pieces::form("/embedding#result", lang, "lines", &inner)
}

fn line(name: &str, label: &str, value: &str, example: &str, is_wrong: bool) -> String {
    let invalid = match is_wrong {
        true => " aria-invalid=\"true\" aria-describedby=\"wrong\"",
        false => "",
    };
    let attributes = format!(
        "value=\"{}\" placeholder=\"{example}\" required maxlength=\"2000\" autocapitalize=\"none\" spellcheck=\"false\" \
         autocomplete=\"off\" inputmode=\"url\"{invalid}",
        escaped(value)
    );
    pieces::field(name, label, &attributes)
}

fn pasted(filled: &Filled, wrong: &[Wrong], lang: Lang) -> String {
    let invalid = match wrong.iter().any(|wrong| matches!(wrong, Wrong::Headers(_))) {
        true => " aria-invalid=\"true\"",
        false => "",
    };
    let label = lang.pick(
        "该网页的响应头（可不填）",
        "Response headers of that page (may be left out)",
    );
    let hint = lang.pick(
        "用 curl -I 加网页地址得到，或在浏览器按 F12，打开“网络”，点第一行，复制“响应标头”。网页 HTML 中的 \
         <meta http-equiv> 也可以粘贴。",
        "From curl -I and the address; or in a browser press F12, open Network, choose the first line, and copy its response \
         headers. HTML with <meta http-equiv> can be pasted as well.",
    );
    format!(
        "<label>{}<textarea name=\"headers\" rows=\"6\" spellcheck=\"false\" autocapitalize=\"none\" \
         aria-describedby=\"headers-hint\"{invalid}>\n{}</textarea></label><p id=\"headers-hint\" class=\"hint\">{}</p>",
        text("span", label),
        escaped(&filled.headers),
        escaped(hint)
    )
}

fn notice(wrong: &[Wrong], lang: Lang) -> String {
    if wrong.is_empty() {
        return String::new();
    }
    let lines = wrong.iter().map(|wrong| text("span", &wrong.words(lang)));
    format!(
        "<div id=\"wrong\" class=\"notice\" role=\"alert\"><ul>{}</ul></div>",
        items(lines)
    )
}

impl Wrong {
    fn words(&self, lang: Lang) -> String {
        let kilobytes = LONGEST_PASTED >> 10;
        match (self, lang) {
            (Wrong::Portal(why), Lang::Zh) => format!("网页地址：{}。", why.words(lang)),
            (Wrong::Portal(why), Lang::En) => format!("The address of the page: {}.", why.words(lang)),
            (Wrong::Ours(why), Lang::Zh) => format!("本站地址：{}。", why.words(lang)),
            (Wrong::Ours(why), Lang::En) => format!("The address of this site: {}.", why.words(lang)),
            (Wrong::Headers(PastedError::TooLong(_)) | Wrong::TooLong, Lang::Zh) => {
                format!("粘贴的内容太长，最多 {kilobytes} KB；只需响应头，不需要整页内容。")
            }
            (Wrong::Headers(PastedError::TooLong(_)) | Wrong::TooLong, Lang::En) => {
                format!(
                    "What was pasted is too long, at most {kilobytes} KB are taken; the headers are enough."
                )
            }
            (Wrong::Headers(PastedError::Control(found)), Lang::Zh) => {
                format!(
                    "粘贴的内容含有控制字符（U+{:04X}），不是响应头。",
                    u32::from(*found)
                )
            }
            (Wrong::Headers(PastedError::Control(found)), Lang::En) => {
                format!(
                    "What was pasted holds a control character (U+{:04X}) and is no header.",
                    u32::from(*found)
                )
            }
            (Wrong::Headers(PastedError::TooMany(found)), Lang::Zh) => {
                format!("粘贴的内容有 {found} 条策略，最多 {MOST_POLICIES} 条。")
            }
            (Wrong::Headers(PastedError::TooMany(found)), Lang::En) => {
                format!("What was pasted holds {found} policies; at most {MOST_POLICIES} are taken.")
            }
        }
    }
}

/// What was found: a verdict on each way, and what is good to know.
pub fn report(portal: &WebAddress, ours: &WebAddress, found: &Check, lang: Lang) -> String {
    let heading = match lang {
        Lang::Zh => format!("{} 嵌入 {} 的图表", portal.origin(), ours.origin()),
        Lang::En => format!("Charts of {} in pages of {}", ours.origin(), portal.origin()),
    };
    let ways: String = found
        .ways
        .iter()
        .map(|report| way(report, portal, lang))
        .collect();
    let hints = found
        .hints
        .iter()
        .map(|hint| text("span", &words::hint(hint, lang)));
    let hints = match found.hints.is_empty() {
        true => String::new(),
        false => {
            text("h3", lang.pick("说明", "Good to know"))
                + &format!("<ul class=\"hints\">{}</ul>", items(hints))
        }
    };
    pieces::section("result", &heading, &(ways + &hints))
}

fn way(report: &WayReport, portal: &WebAddress, lang: Lang) -> String {
    let badge = match report.verdict {
        Verdict::Works => element("b", "verdict works", lang.pick("可用", "works")),
        Verdict::Partly => element("b", "verdict partly", lang.pick("部分可用", "works in part")),
        Verdict::Blocked => element("b", "verdict blocked", lang.pick("不可用", "blocked")),
    };
    let reasons = report
        .reasons
        .iter()
        .map(|reason| text("span", &words::reason(reason, report, portal, lang)));
    let reasons = match report.reasons.is_empty() {
        true => text("p", words::fine(report.way, lang)),
        false => format!("<ul>{}</ul>", items(reasons)),
    };
    let fixes: String = report.fixes.iter().map(|one| fix(one, lang)).collect();
    let heading = format!("<h3>{badge} {}</h3>", escaped(words::way(report.way, lang)));
    element("article", "way", &(heading + &reasons + &fixes))
}

/// The policy to send instead, as it stands in a header or in HTML.
fn fix(fix: &Fix, lang: Lang) -> String {
    let words = match (fix.delivery, lang) {
        (Delivery::Meta, Lang::Zh) => format!("把第 {} 条策略的 <meta> 改为：", fix.number),
        (Delivery::Meta, Lang::En) => format!("Write instead of the <meta> of policy {}:", fix.number),
        (_, Lang::Zh) => format!("把第 {} 条策略的响应头改为：", fix.number),
        (_, Lang::En) => format!("Send instead of the header of policy {}:", fix.number),
    };
    let code = match fix.delivery {
        Delivery::Meta => format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            escaped(&fix.text)
        ),
        _ => format!("Content-Security-Policy: {}", fix.text),
    };
    text("p", &words) + &format!("<pre class=\"code\"><code>{}</code></pre>", escaped(&code))
}

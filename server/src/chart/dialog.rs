//! The dialog from which a chart is embedded: what may be chosen, how it looks in the host, and the four pieces to paste.

use charts::html::{element, escaped, link, text};
use data::chart::{ChartFormat, ChartRequest, HEIGHTS, Look, PictureTheme, WIDTHS};
use data::{AsOf, Lang};

use super::Chart;
use super::codes::{self, Codes, codes};
use crate::http::published::Published;

/// The dialog with the button that opens it; without script it stands open in the page.
pub fn html(published: &Published, chart: &Chart) -> String {
    let lang = chart.request.lang;
    let codes = codes(published, chart);
    format!(
        "<button class=\"open-embed\" type=\"button\" hidden>{heading}…</button>\
         <dialog id=\"embed\" open aria-labelledby=\"embed-t\" data-copied=\"{}\" data-select=\"{}\" data-failed=\"{}\">\
         <div class=\"head\"><h2 id=\"embed-t\">{heading}</h2><button class=\"close\" type=\"button\" hidden>{}</button></div>\
         {}<div class=\"made\">{}{}{}</div></dialog>",
        lang.pick("已复制", "Copied"),
        lang.pick("请按 Ctrl+C 复制", "Press Ctrl+C to copy"),
        lang.pick("没有保存，请稍后再试。", "It was not saved; please try again."),
        lang.pick("关闭", "Close"),
        form(published, chart),
        private(published, lang) + &preview(chart, &codes),
        short(published, chart),
        ways(lang, &codes),
        heading = lang.pick("嵌入这张图", "Embed this chart"),
    )
}

/// Everything that may be chosen, as a form that leads to the same page.
fn form(published: &Published, chart: &Chart) -> String {
    let request = &chart.request;
    let lang = request.lang;
    let saved = chart.saved.as_deref();
    let action = match saved {
        Some(saved) => saved.href(),
        None => format!("/charts/{}", request.kind.name()),
    };
    let hidden: String = match saved {
        Some(_) => String::new(),
        None => fixed(request),
    };
    let usual = saved.map_or(Lang::default(), |saved| saved.request.lang);
    let language = match lang == usual {
        true => String::new(),
        false => hidden_field("lang", lang.code()),
    };
    let width = format!(
        "<label>{}<input type=\"number\" name=\"width\" value=\"{}\" min=\"{}\" max=\"{}\" required></label>",
        lang.pick(
            "页面留给图的宽度（像素）",
            "Width of its place on your page (pixels)"
        ),
        request.look.width,
        WIDTHS.start(),
        WIDTHS.end(),
    );
    let state = match saved {
        Some(_) => String::new(),
        None => state(published, request),
    };
    format!(
        "<form method=\"get\" action=\"{action}#embed\">{hidden}{language}{width}{}{state}<button>{}</button></form>",
        theme(lang, request.look.theme),
        lang.pick("更新", "Update"),
    )
}

fn hidden_field(name: &str, value: &str) -> String {
    format!(
        "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
        escaped(value)
    )
}

/// What the chart is of, which the dialog does not change.
fn fixed(request: &ChartRequest) -> String {
    let plain = ChartRequest {
        as_of: None,
        lang: Lang::default(),
        look: Look::default(),
        ..request.clone()
    };
    let query = plain.to_query_string();
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs.map(|(key, value)| hidden_field(&key, &value)).collect()
}

fn choice(name: &str, label: &str, options: &[(&str, &str, bool)]) -> String {
    let option = |(value, words, is_chosen): &(&str, &str, bool)| {
        let selected = if *is_chosen { " selected" } else { "" };
        format!(
            "<option value=\"{}\"{selected}>{}</option>",
            escaped(value),
            escaped(words)
        )
    };
    let options: String = options.iter().map(option).collect();
    format!(
        "<label>{}<select name=\"{name}\">{options}</select></label>",
        escaped(label)
    )
}

fn theme(lang: Lang, chosen: Option<PictureTheme>) -> String {
    choice(
        "theme",
        lang.pick("底色", "Background"),
        &[
            (
                "",
                lang.pick("随读者的系统", "as the reader's system"),
                chosen.is_none(),
            ),
            (
                "light",
                lang.pick("浅色", "light"),
                chosen == Some(PictureTheme::Light),
            ),
            (
                "dark",
                lang.pick("深色", "dark"),
                chosen == Some(PictureTheme::Dark),
            ),
        ],
    )
}

fn state(published: &Published, request: &ChartRequest) -> String {
    let lang = request.lang;
    let newest = AsOf::Vintage(crate::state::vintage(&published.dataset));
    let pinned = request.as_of.unwrap_or(newest).to_string();
    let words = match lang {
        Lang::Zh => format!("固定在版本 {pinned}"),
        Lang::En => format!("stay at vintage {pinned}"),
    };
    choice(
        AsOf::PARAMETER,
        lang.pick("数据", "Figures"),
        &[
            (
                "",
                lang.pick("随最新数据更新", "follow the newest"),
                request.as_of.is_none(),
            ),
            (&pinned, &words, request.as_of.is_some()),
        ],
    )
}

fn preview(chart: &Chart, codes: &Codes) -> String {
    let lang = chart.request.lang;
    // Without its origin: the page may be open under another one than portals use.
    let local = chart.embed_href();
    let height = codes.height.clamp(*HEIGHTS.start(), 4 * HEIGHTS.end());
    format!(
        "<div class=\"preview\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\"><iframe src=\"{}\" title=\"{title}\" width=\"{}\" height=\"{height}\"></iframe></div>",
        escaped(&local),
        chart.request.look.width,
        title = lang.pick("在您页面上的样子", "As it looks on your page"),
    )
}

/// Says that the pieces lead nowhere from elsewhere, where the program knows itself by an address of its own machine alone.
fn private(published: &Published, lang: Lang) -> String {
    let host = published.origin.split("://").nth(1).unwrap_or_default();
    let is_private = ["127.", "0.0.0.0", "[::", "localhost"]
        .iter()
        .any(|local| host.starts_with(local));
    if !is_private {
        return String::new();
    }
    let words = match lang {
        Lang::Zh => format!(
            "本站的公开地址尚未设定（--public-url），下面的地址 {} 在别的机器上打不开。",
            published.origin
        ),
        Lang::En => format!(
            "This server has not been told its public address (--public-url): {} is not reached from other machines.",
            published.origin
        ),
    };
    element("p", "notice", &escaped(&words))
}

/// The short address: which it is, or the way to one.
fn short(published: &Published, chart: &Chart) -> String {
    let lang = chart.request.lang;
    let words = super::state_words(published, &chart.request);
    let inner = match &chart.saved {
        Some(saved) => {
            let href = codes::whole(published, &saved.href());
            format!("{} {}", link(&href, &href), escaped(&words))
        }
        None => format!(
            "<button type=\"button\" data-save=\"{}\" data-pinned=\"{}\">{}</button> {}",
            escaped(&chart.request.href(ChartFormat::Page)),
            chart.request.as_of.is_some(),
            lang.pick("保存为永久短地址", "Save under a short permanent address"),
            escaped(&words),
        ),
    };
    format!("<p class=\"short\">{inner}</p><p class=\"said\" role=\"status\"></p>")
}

fn ways(lang: Lang, codes: &Codes) -> String {
    let tester = link(
        lang.pick("/embedding", "/embedding?lang=en"),
        lang.pick("嵌入后不显示？检查您的网站", "It does not show? Check your site"),
    );
    let ways = [
        (
            "frame",
            lang.pick("框架（iframe）", "Frame (iframe)"),
            lang.pick(
                "高度已按上面的宽度算好，不需要脚本。",
                "Its height is right at the width above; no script is needed.",
            ),
            &codes.frame,
        ),
        (
            "component",
            lang.pick("组件（federation-chart）", "Component (federation-chart)"),
            lang.pick(
                "高度随内容自动调整；脚本被禁用时仍显示框架。",
                "Its height follows what it shows; where scripts may not run, the frame is shown.",
            ),
            &codes.component,
        ),
        (
            "image",
            lang.pick("图片（img）", "Picture (img)"),
            lang.pick("附有替代文字，点击可到本页。", "With its alternative text, and a link to this page."),
            &codes.image,
        ),
        (
            "fragment",
            lang.pick("静态文字与表格", "Plain text and table"),
            lang.pick(
                "适合会删除脚本、框架和样式的发布系统；数字是现在的，不会更新。",
                "For systems that strip scripts, frames and styles; its figures are today's and do not change.",
            ),
            &codes.fragment,
        ),
    ];
    let way = |(id, name, about, code): &(&str, &str, &str, &String)| {
        format!(
            "<div class=\"way\"><h3><label id=\"name-{id}\" for=\"code-{id}\">{}</label><button type=\"button\" data-copy=\"code-{id}\" aria-describedby=\"name-{id}\">{copy}</button></h3>\
             {}<textarea id=\"code-{id}\" rows=\"3\" readonly spellcheck=\"false\">{}</textarea></div>",
            escaped(name),
            text("p", about),
            escaped(code),
            copy = lang.pick("复制", "Copy"),
        )
    };
    ways.iter().map(way).collect::<String>() + &format!("<p class=\"quiet\">{tester}</p>")
}

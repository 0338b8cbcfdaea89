//! What was found, in words.

use data::Lang;
use data::embedding::check::{Hint, Reason, Verdict, Way, WayReport};
use data::embedding::csp::{Load, WebAddress};

/// What a way is called.
pub fn way(way: Way, lang: Lang) -> &'static str {
    match way {
        Way::Frame => lang.pick("框架 <iframe>", "Frame, <iframe>"),
        Way::Component => lang.pick("组件 <federation-chart>", "Component, <federation-chart>"),
        Way::Picture => lang.pick("图片 <img>", "Picture, <img>"),
        Way::Fragment => lang.pick("静态 HTML 片段", "Static HTML"),
    }
}

/// What a way that works does.
pub fn fine(way: Way, lang: Lang) -> &'static str {
    match way {
        Way::Frame => lang.pick(
            "图表随新数据更新，可查看每个数字。",
            "The chart follows new figures, and each can be looked at.",
        ),
        Way::Component => lang.pick("同框架，高度自动适应。", "As the frame, and its height follows."),
        Way::Picture => lang.pick(
            "图片随新数据更新，不可交互。",
            "The picture follows new figures; nothing in it moves.",
        ),
        Way::Fragment => lang.pick(
            "粘贴的文字和表格，任何策略都不影响，但不会随新数据更新。",
            "Text and a table that no policy touches, and that do not follow new figures.",
        ),
    }
}

/// What stands in the way.
pub fn reason(reason: &Reason, report: &WayReport, portal: &WebAddress, lang: Lang) -> String {
    match (reason, lang) {
        (Reason::Mixed, Lang::Zh) => {
            "网页是 https，本站地址是 http：浏览器会拦截混合内容。请用 https 访问本站。".into()
        }
        (Reason::Mixed, Lang::En) => {
            "The page is https and this site http: browsers block mixed content. Reach this site by https."
                .into()
        }
        (Reason::Upgraded, Lang::Zh) => {
            "策略 upgrade-insecure-requests 把 http 改成 https：请用 https 访问本站。".into()
        }
        (Reason::Upgraded, Lang::En) => {
            "upgrade-insecure-requests makes https of http: reach this site by https.".into()
        }
        (Reason::NotListed, Lang::Zh) => format!(
            "{} 不在本站允许嵌入的名单中。请联系本站管理员，在“管理 → 可嵌入图表的网站”中加入这一行：{}",
            portal.origin(),
            portal.origin()
        ),
        (Reason::NotListed, Lang::En) => format!(
            "{} is not among the sites that may embed charts. Ask the administrator of this site to add this line under \
             Administration, Sites that may embed charts: {}",
            portal.origin(),
            portal.origin()
        ),
        (
            Reason::Policy {
                load,
                number,
                directive,
                is_strict,
            },
            _,
        ) => policy(*load, *number, directive, *is_strict, lang) + after(*load, report, lang),
        (Reason::Sandbox { number }, Lang::Zh) => {
            format!("第 {number} 条策略的 sandbox 不允许脚本：图表完整显示，但不可交互，也打不开链接。")
        }
        (Reason::Sandbox { number }, Lang::En) => format!(
            "The sandbox of policy {number} allows no script: the chart is shown whole, but nothing in it moves, and its \
             links do not open."
        ),
    }
}

fn policy(load: Load, number: usize, directive: &str, is_strict: bool, lang: Lang) -> String {
    let what = match load {
        Load::Frame => lang.pick("框架", "the frame"),
        Load::Picture => lang.pick("图片", "the picture"),
        Load::Script => lang.pick("脚本 /embed.js", "the script /embed.js"),
    };
    match (is_strict, lang) {
        (false, Lang::Zh) => format!("第 {number} 条策略的 {directive} 不允许本站的{what}。"),
        (false, Lang::En) => format!("{directive} of policy {number} does not allow {what} of this site."),
        (true, Lang::Zh) => format!(
            "第 {number} 条策略的 {directive} 含有 'strict-dynamic'，只信任带 nonce 的脚本：请在 <script> 标签上加 nonce=\"…\"，\
             与网页自己的脚本相同。"
        ),
        (true, Lang::En) => format!(
            "{directive} of policy {number} has 'strict-dynamic' and trusts only scripts with a nonce: give the <script> tag \
             the nonce=\"…\" of the page's own scripts."
        ),
    }
}

/// Without its script the component is the frame inside it, where that is let in.
fn after(load: Load, report: &WayReport, lang: Lang) -> &'static str {
    match (load, report.way, report.verdict) {
        (Load::Script, Way::Component, Verdict::Partly) => lang.pick(
            "没有脚本时显示其中的框架，高度为写好的高度。",
            " Without it the frame inside is shown, in the height that is written down.",
        ),
        _ => "",
    }
}

/// What is good to know.
pub fn hint(hint: &Hint, lang: Lang) -> String {
    match (hint, lang) {
        (Hint::NothingPasted, Lang::Zh) => "没有填写响应头：按网页没有任何策略判断。".into(),
        (Hint::NothingPasted, Lang::En) => "No headers were pasted: this is as if the page had no policy.".into(),
        (Hint::NothingFound, Lang::Zh) => "粘贴的内容中没有找到与嵌入有关的响应头。".into(),
        (Hint::NothingFound, Lang::En) => "Nothing in what was pasted is a header that matters here.".into(),
        (Hint::ReportOnly(count), Lang::Zh) => {
            format!("{count} 条策略是 Report-Only：只报告，不拦截。若改为正式生效，请再检查一次。")
        }
        (Hint::ReportOnly(1), Lang::En) => {
            "One policy is report-only and blocks nothing. Check again before it is enforced.".into()
        }
        (Hint::ReportOnly(count), Lang::En) => {
            format!("{count} of the policies are report-only and block nothing. Check again before they are enforced.")
        }
        (Hint::FrameOptions, Lang::Zh) => {
            "网页的 X-Frame-Options 与此无关：它规定谁可以把这个网页放进框架，不影响网页里放什么。".into()
        }
        (Hint::FrameOptions, Lang::En) => {
            "X-Frame-Options of the page does not matter: it says who may frame the page, not what the page may frame.".into()
        }
        (Hint::Permissions, Lang::Zh) => "Permissions-Policy 与此无关：图表不使用摄像头、定位等功能。".into(),
        (Hint::Permissions, Lang::En) => {
            "Permissions-Policy does not matter: a chart asks for no camera, place or other device.".into()
        }
        (Hint::Isolated(value), Lang::Zh) => {
            format!("Cross-Origin-Embedder-Policy: {value} 不影响嵌入：本站的图表、图片和脚本都带有所需的响应头。")
        }
        (Hint::Isolated(value), Lang::En) => format!(
            "Cross-Origin-Embedder-Policy: {value} is no obstacle: charts, pictures and scripts of this site send what it asks for."
        ),
        (Hint::TrustedTypes, Lang::Zh) => "require-trusted-types-for 不影响嵌入：组件的脚本不生成 HTML。".into(),
        (Hint::TrustedTypes, Lang::En) => {
            "require-trusted-types-for is no obstacle: the script of the component makes no HTML of texts.".into()
        }
        (Hint::Unquoted(word), Lang::Zh) => format!("策略中的 {word} 没有引号，浏览器把它当作主机名；应写作 '{word}'。"),
        (Hint::Unquoted(word), Lang::En) => {
            format!("{word} in a policy lacks its quotes, so browsers take it for a host; write '{word}'.")
        }
        (Hint::Unreadable(word), Lang::Zh) => format!("策略中的 {word} 无法识别，浏览器会忽略它。"),
        (Hint::Unreadable(word), Lang::En) => format!("{word} in a policy cannot be read, and browsers pass over it."),
        (Hint::Intranet, Lang::Zh) => "本站地址在内网：内网以外的读者打不开图表。".into(),
        (Hint::Intranet, Lang::En) => {
            "This site is in an intranet: readers outside of it see no chart.".into()
        }
        (Hint::AnyMayFrame, Lang::Zh) => "本站没有列出允许嵌入的网站：任何网站都可嵌入。".into(),
        (Hint::AnyMayFrame, Lang::En) => "This site lists nobody: any site may embed its charts.".into(),
    }
}

//! Who may frame charts, and the webmaster's tester.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use tests::{Answer, Person, Program, Serving};

const EMBED: &str = "/embed/line?indicator=taxpaying_firms&org-unit=371482";
const HOSTS: &str = "/api/v1/embedding-hosts";
const PASSWORD: &str = "a good password";

fn top(program: &Program, serving: &Serving) -> Person {
    program.add_user(serving, "top", PASSWORD, ("100000", "administrator"));
    serving.sign_in("top", PASSWORD)
}

fn list(serving: &Serving, top: &Person, hosts: &str) -> Answer {
    serving.send_as(top, "PUT", HOSTS, &format!(r#"{{"hosts":{hosts}}}"#))
}

fn ancestors(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    let (_, rest) = policy.split_once("frame-ancestors ").unwrap();
    rest.to_owned()
}

#[test]
fn a_list_is_in_force_at_once_in_the_header_and_in_the_tag() {
    let program = Program::new();
    let serving = program.serve();
    let top = top(&program, &serving);
    let before = serving.get(EMBED);
    assert_eq!((before.status, ancestors(&before).as_str()), (200, "*"));
    let any = serving.send_as(&top, "GET", HOSTS, "").json();
    assert_eq!(
        (any["allowed"].as_str(), any["hosts"].as_array().map(Vec::len)),
        (Some("any"), Some(0))
    );
    let set = list(&serving, &top, r#"["https://a.cn/page", "*.b.cn"]"#).json();
    assert_eq!(set["hosts"], serde_json::json!(["https://a.cn", "*.b.cn"]));
    assert_eq!(set["allowed"], "listed");
    let tag = before.header("etag").to_owned();
    let after = serving.get_with(EMBED, &[("if-none-match", &tag)]);
    assert_eq!(
        (after.status, ancestors(&after).as_str()),
        (200, "'self' https://a.cn http://*.b.cn")
    );
    assert_eq!(after.text(), before.text());
    let again = serving.get_with(EMBED, &[("if-none-match", after.header("etag"))]);
    assert_eq!((again.status, ancestors(&again)), (304, ancestors(&after)));
    assert_eq!(list(&serving, &top, "[]").status, 200);
    assert_eq!(serving.get(EMBED).header("etag"), tag);
    serving.end_cleanly();
    assert!(program.run(["check"]).success().contains("audit log: "));
}

#[test]
fn every_server_on_the_database_follows_the_list() {
    let program = Program::new();
    let (serving, other) = (program.serve(), program.serve());
    let top = top(&program, &serving);
    assert_eq!(list(&serving, &top, r#"["a.cn"]"#).status, 200);
    let deadline = Instant::now() + Duration::from_secs(20);
    while ancestors(&other.get(EMBED)) != "'self' http://a.cn" {
        assert!(Instant::now() < deadline, "{}", ancestors(&other.get(EMBED)));
        std::thread::sleep(Duration::from_millis(50));
    }
    serving.end_cleanly();
    other.end_cleanly();
    let again = program.serve();
    assert_eq!(
        ancestors(&again.get(EMBED)),
        "'self' http://a.cn",
        "it outlives a restart"
    );
    again.end_cleanly();
}

#[test]
fn nothing_that_is_listed_breaks_out_of_the_header() {
    let program = Program::new();
    let serving = program.serve();
    let top = top(&program, &serving);
    for hostile in [
        r#"["a.cn; script-src *"]"#,
        r#"["a.cn\r\nset-cookie: a=b"]"#,
        r#"["'unsafe-inline'"]"#,
        r#"["*"]"#,
        r#"["a.cn", "javascript:alert(1)"]"#,
    ] {
        let answer = list(&serving, &top, hostile);
        assert_eq!(
            (answer.status, answer.json()["error"]["field"].as_str()),
            (400, Some("hosts")),
            "{hostile}"
        );
        assert_eq!(ancestors(&serving.get(EMBED)), "*");
    }
    let headers = [
        (
            "cookie",
            match &top {
                Person::Session(cookie) => cookie.as_str(),
                _ => "",
            },
        ),
        ("content-type", "application/json"),
        ("sec-fetch-site", "same-origin"),
        ("accept-language", "en"),
    ];
    let told = serving
        .send_with("PUT", HOSTS, &headers, r#"{"hosts":["a.cn","b c"]}"#)
        .json();
    assert!(
        told["error"]["message"]
            .as_str()
            .unwrap()
            .contains("line 2, `b c`: it holds a space"),
        "{told}"
    );
    serving.end_cleanly();
}

#[test]
fn everything_but_an_embed_refuses_to_be_framed() {
    let serving = Program::new().serve();
    for address in [
        "/",
        "/indicators/taxpaying_firms",
        "/nowhere",
        "/charts/line?indicator=taxpaying_firms&org-unit=371482",
        "/charts/line.svg?indicator=taxpaying_firms&org-unit=371482",
        "/api/v1/indicators",
        "/api/nowhere",
        "/sign-in",
        "/admin",
        "/embedding",
        "/embed.js",
        "/healthz",
        "/c/0123456789",
    ] {
        let answer = serving.get(address);
        assert_eq!(answer.header("x-frame-options"), "DENY", "{address}");
    }
    for address in [EMBED, "/embed/pie"] {
        let answer = serving.get(address);
        assert_eq!(
            (answer.header("x-frame-options"), ancestors(&answer).as_str()),
            ("", "*"),
            "{address}"
        );
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
        assert!(
            !answer.header("content-security-policy").contains("unsafe"),
            "{address}"
        );
    }
    serving.end_cleanly();
}

#[test]
fn an_embed_that_cannot_be_shown_says_why_in_its_frame() {
    let serving = Program::new().serve();
    let check = |address: &str, status: u16, words: &str| {
        let answer = serving.get(address);
        assert_eq!(
            (answer.status, answer.header("x-frame-options")),
            (status, ""),
            "{address}"
        );
        assert_eq!(ancestors(&answer), "*", "{address}");
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            ("text/html; charset=utf-8", "no-cache"),
            "{address}"
        );
        assert!(answer.text().contains(words), "{address}: {}", answer.text());
    };
    check(&format!("{EMBED}&as-of=9999"), 404, "没有版本 9999");
    check(
        &format!("{EMBED}&as-of=9999&lang=en"),
        404,
        "there is no vintage 9999",
    );
    check(
        &format!("{EMBED}&as-of=1900-01-01"),
        404,
        "截至 1900-01-01 尚未发布任何数据",
    );
    check(&format!("{EMBED}&as-of=x"), 400, "as-of");
    check(&format!("{EMBED}&year=%ff"), 400, "UTF-8");
    check("/embed/%ff", 400, "UTF-8");
    check("/embed/0123456789", 404, "没有“/embed/0123456789”这个地址");
    check("/embed/line/x", 404, "没有“/embed/line/x”这个地址");
    check("/embed/", 404, "没有“/embed/”这个地址");
    serving.end_cleanly();
}

#[test]
fn caches_keep_an_embed_and_not_that_there_is_none() {
    let serving = Program::new().serve();
    let kept = serving.get(EMBED);
    assert_eq!(
        kept.header("cache-control"),
        "public, max-age=60, stale-while-revalidate=86400, stale-if-error=86400"
    );
    assert_eq!(kept.header("vary"), "accept-encoding");
    let none = serving.get("/embed/pie");
    assert_eq!(
        (none.status, none.header("cache-control"), none.header("etag")),
        (404, "no-cache", "")
    );
    let dark = serving.get_with(EMBED, &[("cookie", "theme=dark")]);
    assert_eq!(
        (dark.text(), dark.header("etag")),
        (kept.text(), kept.header("etag"))
    );
    serving.end_cleanly();
}

#[test]
fn the_list_is_kept_by_a_plain_form_that_says_what_is_wrong_at_its_line() {
    let program = Program::new();
    let serving = program.serve();
    let Person::Session(cookie) = top(&program, &serving) else {
        panic!("a session")
    };
    let send = |body: &str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        serving.send_with("POST", "/admin/embedding-hosts", &headers, body)
    };
    let page = || serving.get_with("/admin", &[("cookie", &cookie)]).text();
    assert!(page().contains("名单为空，任何网站都可嵌入图表"));
    let wrong = send("hosts=a.cn%0D%0Ab+c%0D%0A*");
    let text = wrong.text();
    assert_eq!(wrong.status, 400);
    for told in ["第2行“b c”", "第3行“*”", "a.cn\r\nb c"] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    assert_eq!(
        send("hosts=a.cn%0D%0A%0D%0Ahttps%3A%2F%2F%E7%A6%B9%E5%9F%8E.%E4%B8%AD%E5%9B%BD%2Fx").status,
        200,
        "it leads back to the page"
    );
    assert!(page().contains("只有名单中的 2 个主机") && page().contains("https://xn--uis320f.xn--fiqs8s"));
    program.add_user(&serving, "li", PASSWORD, ("371482", "administrator"));
    let Person::Session(below) = serving.sign_in("li", PASSWORD) else {
        panic!("a session")
    };
    assert!(
        !serving
            .get_with("/admin", &[("cookie", &below)])
            .text()
            .contains("embedding-hosts")
    );
    serving.end_cleanly();
}

fn tested(serving: &Serving, portal: &str, headers: &str, address: &str) -> Answer {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs([
        ("portal", portal),
        ("headers", headers),
        ("ours", "https://figures.cn"),
    ]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    serving.send_with("POST", address, &form, body.finish())
}

#[test]
fn the_tester_says_what_blocks_a_chart_and_what_to_send_instead() {
    let serving = Program::new().serve();
    let policy = "Content-Security-Policy: default-src 'self'\nX-Frame-Options: DENY";
    let page = tested(
        &serving,
        "https://www.yucheng.gov.cn/gsl/",
        policy,
        "/embedding?lang=en",
    );
    let text = page.text();
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    for told in [
        "default-src of policy 1 does not allow the frame of this site.",
        "Content-Security-Policy: default-src &#39;self&#39;; frame-src &#39;self&#39; https://figures.cn",
        "X-Frame-Options of the page does not matter",
    ] {
        assert!(text.contains(told), "{told} is not in {text}");
    }
    let page = tested(&serving, "https://www.yucheng.gov.cn", "", "/embedding").text();
    assert_eq!(page.matches("verdict works").count(), 4, "{page}");
    serving.end_cleanly();
}

#[test]
fn hostile_input_gets_words_and_nothing_of_it_is_logged() {
    let serving = Program::new().serve();
    let check = |portal: &str, headers: &str, status: u16, told: &str| {
        let answer = tested(&serving, portal, headers, "/embedding");
        let text = answer.text();
        assert_eq!(answer.status, status, "{told}");
        assert!(
            text.contains(told) && !text.contains("<secret"),
            "{told} is not in {text}"
        );
    };
    let secret = "<secret onload=alert(1)>";
    check("https://a.cn", secret, 200, "没有找到与嵌入有关的响应头");
    check(
        "https://a.cn",
        &format!("content-security-policy: frame-src {secret}"),
        200,
        "&lt;secret",
    );
    check("<secret>", "", 400, "网页地址");
    check("https://a.cn", "a\u{0}<secret", 400, "控制字符（U+0000）");
    check("https://a.cn", &"<secret".repeat(100_000), 400, "最多 128 KB");
    check("https://a.cn", &"x".repeat(1 << 20), 413, "最多 128 KB");
    check("file:///etc/passwd", "", 400, "网页地址");
    let log = serving.end_cleanly();
    assert!(!log.contains("secret") && !log.contains("/embedding"), "{log}");
}

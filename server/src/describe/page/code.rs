//! Code among words: names, addresses, and blocks of it.

use charts::html::escaped;
use serde_json::Value;

/// Words in which backquotes mark code.
pub fn words(words: &str) -> String {
    let marked = words.split('`').enumerate().map(|(at, part)| {
        let part = escaped(part);
        match at % 2 {
            0 => part.into_owned(),
            _ => format!("<code>{part}</code>"),
        }
    });
    marked.collect()
}

/// An address that may break after a slash, and whose variable parts are set apart.
pub fn address(path: &str) -> String {
    let path = escaped(path).replace('/', "/<wbr>");
    format!("<code>{}</code>", path.replace('{', "<i>{").replace('}', "}</i>"))
}

/// A block of code, which scrolls sideways by itself.
pub fn block(code: &str) -> String {
    format!("<pre tabindex=\"0\"><code>{}</code></pre>", escaped(code))
}

/// What one types in a shell: it has no lines of its own, and wraps wherever it must.
pub fn command(command: &str) -> String {
    format!("<pre class=\"command\"><code>{}</code></pre>", escaped(command))
}

/// JSON as one would write it by hand: what fits on a line stands on one.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

/// As wide as a block is beside the words on a desktop.
const LINE: usize = 64;

fn write(value: &Value, depth: usize, out: &mut String) {
    let flat = flat(value);
    if flat.chars().count() + 2 * depth <= LINE {
        out.push_str(&flat);
        return;
    }
    let (open, close, parts): (char, char, Vec<(String, &Value)>) = match value {
        Value::Object(fields) => {
            let named = fields.iter().map(|(key, value)| (format!("\"{key}\": "), value));
            ('{', '}', named.collect())
        }
        Value::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), item)).collect()),
        _ => return out.push_str(&flat),
    };
    out.push(open);
    let last = parts.len();
    for (at, (key, value)) in parts.into_iter().enumerate() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth + 1));
        out.push_str(&key);
        write(value, depth + 1, out);
        if at + 1 < last {
            out.push(',');
        }
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
    out.push(close);
}

fn flat(value: &Value) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let fields = fields
                .iter()
                .map(|(key, value)| format!("\"{key}\": {}", flat(value)));
            format!("{{ {} }}", fields.collect::<Vec<String>>().join(", "))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(flat).collect::<Vec<String>>().join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_fits_on_a_line_stands_on_one() {
        let check = |value: Value, expected: &str| assert_eq!(pretty(&value), expected);
        check(json!({ "a": [1, 2] }), r#"{ "a": [1, 2] }"#);
        check(json!({}), "{}");
        let long = "x".repeat(60);
        check(
            json!({ "a": [long], "b": null }),
            &format!("{{\n  \"a\": [\n    \"{long}\"\n  ],\n  \"b\": null\n}}"),
        );
    }

    #[test]
    fn code_among_words_is_set_apart_and_never_markup() {
        assert_eq!(words("see `a<b`"), "see <code>a&lt;b</code>");
        assert_eq!(address("/a/{b}"), "<code>/<wbr>a/<wbr><i>{b}</i></code>");
    }
}

//! Names of hosts in Chinese as the network writes them (RFC 3492, parameters of section 5).

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE: u32 = 128;

/// A label with Han characters as ASCII, `xn--` before it; one that is ASCII as it is. None where a letter is neither:
/// other scripts have forms that are the same name, and this table-free encoder does not know them.
pub fn to_ascii(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    let is_plain = label.chars().all(|letter| letter.is_ascii() || is_han(letter));
    is_plain
        .then(|| encode(label))
        .flatten()
        .map(|encoded| format!("xn--{encoded}"))
}

/// The ideographs that are their own normal form: not the compatibility ones, which stand for others.
fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ebef}' | '\u{30000}'..='\u{323af}')
}

fn encode(label: &str) -> Option<String> {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut handled) = (FIRST_CODE, 0_u32, FIRST_BIAS, basic);
    while let Some(next) = letters.iter().copied().filter(|letter| *letter >= code).min() {
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for letter in &letters {
            if *letter < code {
                delta = delta.checked_add(1)?;
            }
            if *letter == code {
                push_number(&mut out, delta, bias);
                bias = adapted(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(out)
}

/// A number in digits whose weights depend on the bias (section 3.3).
fn push_number(out: &mut String, number: u32, bias: u32) {
    let (mut rest, mut position) = (number, BASE);
    loop {
        let threshold = position.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < threshold {
            out.push(digit(rest));
            return;
        }
        out.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        position += BASE;
    }
}

fn digit(value: u32) -> char {
    char::from_digit((value + 10) % BASE, BASE).unwrap_or('0')
}

/// The bias after a number (section 3.4). `digit` counts from `a`, which its rotation by ten gives.
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / count;
    let mut position = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        position += BASE;
    }
    position + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_label_is_written_as_the_registries_write_it() {
        let check =
            |label, expected: Option<&str>| assert_eq!(to_ascii(label).as_deref(), expected, "{label}");
        // IANA's list of top-level domains.
        check("中国", Some("xn--fiqs8s"));
        check("政务", Some("xn--zfr164b"));
        check("公益", Some("xn--55qw42g"));
        check("网络", Some("xn--io0a7i"));
        check("商标", Some("xn--czr694b"));
        // RFC 3492, 7.1 (L), in lower case as names are.
        check("3年b組金八先生", Some("xn--3b-ww4c5e180e575a65lsy2b"));
        check("gov", Some("gov"));
        check("bücher", None);
        check("пример", None);
    }
}

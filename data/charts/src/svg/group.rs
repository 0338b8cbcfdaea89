//! What elements wear alike, said once: a picture that stands alone is fetched for itself, and a third of it was such words.

/// How many elements in a row have to be alike before a group around them is shorter than what it saves.
const LEAST: usize = 3;

/// What an element is and where, which no other shares.
const PLACES: [&str; 9] = ["x", "y", "points", "cx", "cy", "r", "width", "height", "d"];

/// An element as it was written.
struct Element<'a> {
    name: &'a str,
    /// Its attributes, each from the space before it to its closing quotation mark.
    attributes: Vec<&'a str>,
    /// Everything behind the attributes.
    rest: &'a str,
}

impl<'a> Element<'a> {
    /// Reads `rect x="10"/>` or `text x="10">words`.
    fn read(written: &'a str) -> Element<'a> {
        let end = written.find([' ', '/', '>']).unwrap_or(written.len());
        let (name, mut rest) = written.split_at(end);
        let mut attributes = Vec::new();
        while rest.starts_with(' ') {
            let Some((end, _)) = rest.match_indices('"').nth(1) else {
                break;
            };
            let (attribute, further) = rest.split_at(end + 1);
            attributes.push(attribute);
            rest = further;
        }
        Element {
            name,
            attributes,
            rest,
        }
    }

    fn worn(&self) -> impl Iterator<Item = &'a str> {
        self.attributes.iter().copied().filter(|one| !is_place(one))
    }

    /// Whether a group may say what both wear. Opacity is not handed down: a group fades as a whole.
    fn is_like(&self, other: &Element<'_>) -> bool {
        self.name == other.name
            && self.worn().eq(other.worn())
            && self.worn().all(|one| !one.contains("opacity"))
    }

    fn write(&self, out: &mut String, attributes: impl Iterator<Item = &'a str>) {
        out.push('<');
        out.push_str(self.name);
        out.extend(attributes);
        out.push_str(self.rest);
        if self.name == "text" {
            out.push_str("</text>");
        }
    }
}

fn is_place(attribute: &str) -> bool {
    let name = attribute.trim_start().split('=').next().unwrap_or_default();
    PLACES.contains(&name)
}

/// Writes elements that stand in a row, those in groups that wear the same.
pub(super) fn grouped(out: &mut String, written: &str) {
    let elements = written
        .split('<')
        .filter(|tag| !tag.is_empty() && !tag.starts_with('/'));
    let elements: Vec<Element> = elements.map(Element::read).collect();
    for alike in elements.chunk_by(Element::is_like) {
        let first = &alike[0];
        if alike.len() < LEAST || first.worn().next().is_none() {
            for element in alike {
                element.write(out, element.attributes.iter().copied());
            }
            continue;
        }
        out.push_str("<g");
        out.extend(first.worn());
        out.push('>');
        for element in alike {
            let places = element.attributes.iter().copied().filter(|one| is_place(one));
            element.write(out, places);
        }
        out.push_str("</g>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        let mut out = String::new();
        grouped(&mut out, written);
        assert_eq!(out, expected);
    }

    #[test]
    fn what_three_elements_in_a_row_wear_is_said_once() {
        check(
            r##"<text x="1" y="9" fill="#5F6774">甲</text><text x="2" y="9" fill="#5F6774">乙 &lt;</text><text x="3" y="9" fill="#5F6774">丙</text>"##,
            r##"<g fill="#5F6774"><text x="1" y="9">甲</text><text x="2" y="9">乙 &lt;</text><text x="3" y="9">丙</text></g>"##,
        );
    }

    #[test]
    fn what_is_not_alike_or_not_handed_down_stays_as_it_is() {
        for written in [
            r##"<text x="1" fill="#5F6774">甲</text><text x="2" fill="#5F6774">乙</text><text x="3" fill="#1F2937">丙</text>"##,
            r##"<circle cx="1" opacity="0.5"/><circle cx="2" opacity="0.5"/><circle cx="3" opacity="0.5"/>"##,
            r##"<rect x="1"/><rect x="2"/><rect x="3"/>"##,
            "",
        ] {
            check(written, written);
        }
    }
}

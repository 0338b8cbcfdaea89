use std::path::Path;

use super::*;

fn drawn(words: &str) -> Result<Vec<u8>, PictureError> {
    png(
        &format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 40\" font-size=\"20\">\
             <text x=\"4\" y=\"28\" fill=\"#1F2937\">{words}</text></svg>"
        ),
        1.0,
    )
}

/// Width, height and the pixels as bytes, whatever the file counts its colours by.
fn pixels(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, pixels)
}

/// The pictures that the charts are tested by: every mark and every oddity.
fn samples() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/charts/tests/pictures");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_picture = |file: &std::path::PathBuf| {
        let name = file.to_string_lossy();
        name.ends_with(".svg") && !name.ends_with(".actual.svg")
    };
    files
        .filter(is_picture)
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

#[test]
fn every_picture_of_the_charts_can_be_drawn_and_is_as_large_as_it_says() {
    let samples = samples();
    assert!(samples.len() > 40);
    for svg in samples {
        let (_, view) = svg.split_once("viewBox=\"").unwrap();
        let numbers: Vec<u32> = view
            .split([' ', '"'])
            .take(4)
            .map(|number| number.parse::<i32>().unwrap().unsigned_abs())
            .collect();
        let (width, height, pixels) = pixels(&png(&svg, 1.0).unwrap());
        assert!(width >= numbers[2].min(96) && height > 0);
        assert!(
            pixels.iter().any(|channel| *channel < 200),
            "an empty picture: {svg}"
        );
    }
}

/// Words are drawn over all shapes, so a shape that is to cover words would not.
#[test]
fn no_shape_of_the_charts_follows_a_word() {
    for svg in samples() {
        let (before, _) = svg.split_once("<g class=\"hits\"").unwrap_or((&svg, ""));
        let words = before.split_once("<text").map_or("", |(_, words)| words);
        for shape in ["<rect", "<polyline", "<polygon", "<circle", "<path", "<line"] {
            assert!(!words.contains(shape), "{shape} follows a word in {svg}");
        }
    }
}

#[test]
fn a_letter_has_the_place_and_the_size_that_its_svg_says() {
    let check = |attributes: &str, expected: (usize, usize)| {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-10 -10 100 40\" font-size=\"20\">\
             <text y=\"10\" fill=\"#000000\" {attributes}>一</text></svg>"
        );
        let (width, _, pixels) = pixels(&png(&svg, 1.0).unwrap());
        let columns = (0..width as usize).filter(|column| {
            pixels
                .chunks_exact(width as usize * 3)
                .any(|row| row[column * 3] < 128)
        });
        let columns: Vec<usize> = columns.collect();
        assert_eq!((columns[0], columns[columns.len() - 1]), expected, "{attributes}");
    };
    // The stroke of 一 is a little narrower than its em of 20 pixels.
    check("x=\"0\"", (11, 28));
    check("x=\"40\" text-anchor=\"middle\"", (41, 58));
    check("x=\"80\" text-anchor=\"end\"", (71, 88));
    check("x=\"0\" transform=\"translate(30)\"", (41, 58));
    check("x=\"0\" font-size=\"40\"", (12, 48));
}

#[test]
fn what_the_font_lacks_is_never_a_box() {
    let check = |words: &str, like: &str| {
        assert!(
            drawn(words).unwrap() == drawn(like).unwrap(),
            "{words:?} is not drawn as {like:?}"
        );
    };
    check("禹城\u{1F525}", "禹城？");
    check("张\u{20BB7}", "张？");
    check("\u{E000}县", "？县");
    check("e\u{301}\u{302}\u{303}\u{304}", "é");
    check("Việt Nam", "Viet Nam");
    check("a\u{202E}b\u{200F}c\u{2066}", "abc");
    check("𝟗𝟗", "99");
    check("\u{FE0F}\u{301}", "");
}

#[test]
fn hostile_words_are_words() {
    drawn("&lt;script&gt;alert(1)&lt;/script&gt;\" onload=\"x").unwrap();
    drawn(&"县".repeat(2_000)).unwrap();
    drawn(&format!("a{}", "\u{301}".repeat(5_000))).unwrap();
    assert!(drawn("<script>").is_err());
    assert!(drawn("<tspan>甲</tspan>").is_err());
}

#[test]
fn nothing_outside_of_the_svg_is_read() {
    let svg = |href: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\
             <image href=\"{href}\" xlink:href=\"{href}\" width=\"9\" height=\"9\"/></svg>"
        )
    };
    let inside =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.svg");
    std::fs::write(&file, inside).unwrap();
    let blank = png(&svg(""), 1.0).unwrap();
    assert_eq!(png(&svg(file.to_str().unwrap()), 1.0).unwrap(), blank);
    let inline = svg(&format!("data:image/svg+xml,{}", inside.replace('<', "%3C")));
    assert_eq!(png(&inline, 1.0).unwrap(), blank);
    let entity =
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    assert!(matches!(png(entity, 1.0), Err(PictureError::Svg(_))));
}

#[test]
fn a_picture_of_too_many_pixels_is_refused_before_it_is_drawn() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3000 2000\"/>";
    assert!(matches!(png(svg, 4.0), Err(PictureError::Size { .. })));
    let check = |width: f32, height: f32, scale: f32, expected: bool| {
        assert_eq!(fits(width, height, scale), expected, "{width} {height} {scale}");
    };
    check(4000.0, 4000.0, 1.0, true);
    check(4000.0, 4001.0, 1.0, false);
    check(1000.0, 1000.0, 4.0, true);
    check(1001.0, 1000.0, 4.0, false);
    check(800.0, 450.0, 4.5, false);
    check(800.0, 450.0, 0.5, false);
    check(800.0, 450.0, f32::NAN, false);
    check(f32::INFINITY, 450.0, 1.0, false);
    check(0.0, 450.0, 1.0, false);
}

#[test]
fn a_picture_is_the_same_bytes_however_often_and_beside_whatever_it_is_drawn() {
    let samples = samples();
    let samples: Vec<&String> = samples.iter().step_by(9).collect();
    let first: Vec<Vec<u8>> = samples.iter().map(|svg| png(svg, 2.0).unwrap()).collect();
    std::thread::scope(|scope| {
        for turn in 0..2 {
            let (samples, first) = (&samples, &first);
            scope.spawn(move || {
                for at in 0..samples.len() {
                    let at = (at * (turn + 1)) % samples.len();
                    assert!(png(samples[at], 2.0).unwrap() == first[at]);
                }
            });
        }
    });
}

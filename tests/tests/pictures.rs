//! Pictures of pixels: by their address and by a command.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use tests::Program;

const CHART: &str = "/charts/from-to.png?indicator=taxpaying_firms&org-unit=371482";

/// The width and the height that a PNG says it has.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap_or_default());
    (number(16), number(20))
}

#[test]
fn a_chart_is_a_picture_of_the_size_asked_for_and_is_not_compressed_again() {
    let serving = Program::new().serve();
    let check = |more: &str, width: u32| {
        let answer = serving.get_with(&format!("{CHART}{more}"), &[("accept-encoding", "br, gzip")]);
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"));
        assert_eq!(answer.header("content-encoding"), "");
        assert!(!answer.header("etag").is_empty());
        assert_eq!(size(&answer.bytes()).0, width, "{more}");
    };
    check("", 800);
    check("&width=640&scale=2", 1280);
    check("&width=640&height=360&theme=dark&lang=en", 640);
    serving.end_cleanly();
}

#[test]
fn a_picture_of_too_many_pixels_is_an_error_at_its_scale() {
    let serving = Program::new().serve();
    let answer = serving.get(&format!("{CHART}&width=3840&height=3840&scale=4"));
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"]["field"], "scale");
    serving.end_cleanly();
}

#[test]
fn a_flood_of_pictures_is_answered_by_pictures_or_by_busy_and_pages_come_meanwhile() {
    let serving = Program::new().serve();
    std::thread::scope(|scope| {
        // Many more than may wait: no machine draws so many while the rest arrive.
        let asked: Vec<_> = (0..240)
            .map(|at| {
                let serving = &serving;
                scope.spawn(move || {
                    serving
                        .get(&format!("{CHART}&width={}&height=800&scale=4", 1000 + at))
                        .status
                })
            })
            .collect();
        for at in 0..10 {
            assert_eq!(serving.get(&format!("/org-units?q={at}")).status, 200);
        }
        let found: Vec<u16> = asked.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(
            found.iter().all(|status| [200, 503].contains(status)),
            "{found:?}"
        );
        assert!(found.contains(&200) && found.contains(&503), "{found:?}");
    });
    serving.end_cleanly();
}

#[test]
fn a_command_draws_what_the_address_answers() {
    let program = Program::new();
    let serving = program.serve();
    for address in [
        CHART.to_owned(),
        CHART.replace(".png", ".svg"),
        format!("{CHART}&as-of=1"),
    ] {
        let output = ["draw", &address, "--output", "chart", "--repeat", "2"];
        let printed = program.run(output).success();
        assert!(printed.starts_with("2 times in "), "{printed}");
        let drawn = std::fs::read(program.path("chart")).unwrap();
        assert!(drawn == serving.get(&address).bytes(), "{address}");
    }
    let check = |address: &str, words: &str| {
        let error = program.run(["draw", address, "--output", "none"]).failure();
        assert!(error.contains(words), "{error}");
        assert!(!program.path("none").exists());
    };
    check("/", "begins with /charts/");
    check("/charts/pie.png", "/charts/pie.png");
    check(&CHART.replace("371482", "1"), "no org unit");
    check(&format!("{CHART}&as-of=9"), "9");
    check(&format!("{CHART}&scale=9"), "scale");
    serving.end_cleanly();
}

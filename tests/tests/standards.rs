//! What statisticians load: open formats, read by libraries that others wrote, and handed in again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../data/tests/made_up/mod.rs"]
mod made_up;

use data::{OrgUnit, write};
use serde_json::Value;
use tests::{Person, Program, Serving, read_standard, well};

/// What everybody can download, with the ending under which they keep it.
const DOWNLOADS: [(&str, &str); 4] = [
    ("/api/v1/observations.csv", "csv"),
    ("/api/v1/observations.sdmx.csv", "sdmx.csv"),
    ("/api/v1/observations.sdmx.csv?labels=both", "labelled.sdmx.csv"),
    ("/api/v1/observations.json-stat", "json"),
];

/// The same that `import` does not read.
const WORKBOOK: (&str, &str) = ("/api/v1/observations.xlsx", "xlsx");

const FLOW: &str = "/sdmx/3.0/data/dataflow/FEDERATION_DASHBOARD/OBSERVATIONS/1.0.0";

#[test]
fn pysdmx_reads_the_structures_and_the_data() {
    let program = Program::new();
    let serving = program.serve();
    let said = read_standard("sdmx.py", &[serving.url.as_ref()]);
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("codes ")).collect();
    assert_eq!(
        lines,
        [
            "flows OBSERVATIONS",
            "dimensions INDICATOR REF_AREA PERIOD_KIND PERIOD_YEARS PERIOD_START TIME_PERIOD",
            "attributes 17",
            "observations 52",
            "firms opening 5 2022-10-31 2330.0",
            "firms instant _Z 2022-10-31 6989.0",
            "qualifier 100.0 somewhat_more Somewhat more than",
            "area Yucheng",
            "part 1 6989.0",
            "json 53",
        ]
    );
    assert_eq!(
        said.lines().filter(|line| line.starts_with("codes ")).count(),
        9,
        "{said}"
    );
    serving.end_cleanly();
}

#[test]
fn pyjstat_reads_the_json_stat() {
    let program = Program::new();
    let serving = program.serve();
    let said = read_standard("json_stat.py", &[serving.url.as_ref()]);
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "role ['indicator'] ['org_unit'] ['period']",
            "unit firms",
            "values 53",
            "firms Yucheng | 5 years before 31 Oct 2022 (opening date not stated in the source) | 2330.0",
            "firms Yucheng | as of 31 Oct 2022 | 6989.0",
            "known 6989.0",
        ]
    );
    serving.end_cleanly();
}

#[test]
fn a_table_is_what_its_metadata_says() {
    let program = Program::new();
    let serving = program.serve();
    let table = serving.get("/api/v1/observations.csv");
    let link =
        "</api/v1/observations.csv-metadata.json>; rel=\"describedby\"; type=\"application/csvm+json\"";
    assert_eq!(table.header("link"), link);
    let metadata = serving.get("/api/v1/observations.csv-metadata.json");
    assert_eq!(metadata.header("content-type"), "application/csvm+json");
    program.write("csvw/observations.csv-metadata.json", metadata.bytes());
    // The library does not pass over a byte order mark, as the standard has it.
    program.write("csvw/observations.csv", &table.bytes()[3..]);
    let said = read_standard("csv_metadata.py", &[program.path("csvw").as_os_str()]);
    assert_eq!(said, "valid True\nrows 53\nfirms 6989 firm 2022-10-31 00:00:00\n");
    let part = serving.get("/api/v1/observations.csv?indicator=taxpaying_firms&as-of=1");
    assert!(
        part.header("link")
            .contains("csv-metadata.json?indicator=taxpaying_firms&as-of=1>")
    );
    let metadata = serving
        .get("/api/v1/observations.csv-metadata.json?as-of=1&indicator=taxpaying_firms")
        .json();
    assert_eq!(
        metadata["url"],
        "observations.csv?indicator=taxpaying_firms&as-of=1"
    );
    serving.end_cleanly();
}

/// A program whose database holds nothing but what was imported from a file.
fn importing(name: &str, bytes: &[u8]) -> (Program, String) {
    let program = Program::new();
    program.write(name, bytes);
    let said = program.run(["import", name]).success();
    (program, said)
}

#[test]
fn what_was_downloaded_is_imported_as_the_same_figures() {
    let program = Program::new();
    let serving = program.serve();
    let exported = program.run(["export"]).success();
    for (address, ending) in DOWNLOADS {
        let (other, said) = importing(&format!("figures.{ending}"), &serving.get(address).bytes());
        let expected = "52 observations added, 1 of computed indicators left out: published as vintage 1\n";
        assert_eq!(said, expected, "{address}");
        assert_eq!(other.run(["export"]).success(), exported, "{address}");
    }
    serving.end_cleanly();
}

/// A program with figures of every kind, made up and marked so, of areas that are not there.
fn with_made_up_figures(count: usize) -> (Program, Vec<u8>) {
    let catalogue = made_up::catalogue();
    let figures = made_up::observations(&catalogue, count);
    made_up::assert_varied(&figures);
    let is_invented = |unit: &&OrgUnit| unit.code.starts_with('X');
    let units = write::org_units_csv(catalogue.org_units.all().iter().filter(is_invented));
    let program = Program::new();
    program.write("units.csv", &units);
    program.write("figures.csv", write::csv(&figures, &catalogue));
    program
        .run(["import", "figures.csv", "--org-units", "units.csv"])
        .success();
    (program, units)
}

#[test]
fn two_thousand_made_up_figures_are_imported_from_every_download_as_they_were() {
    let (program, units) = with_made_up_figures(2000);
    let exported = program.run(["export"]).success();
    let serving = program.serve();
    for (address, ending) in DOWNLOADS {
        let other = Program::new();
        other.write("units.csv", &units);
        let name = format!("figures.{ending}");
        other.write(&name, serving.get(address).bytes());
        other.run(["import", &name, "--org-units", "units.csv"]).success();
        assert!(
            other.run(["export"]).success() == exported,
            "{address} is not what was exported"
        );
    }
    serving.end_cleanly();
}

#[test]
fn two_thousand_made_up_figures_are_uploaded_from_every_download_as_they_were() {
    let (program, _) = with_made_up_figures(2000);
    let serving = program.serve();
    program.add_user(&serving, "clerk", "a good password", ("100000", "reporter"));
    let clerk = serving.sign_in("clerk", "a good password");
    for (address, ending) in DOWNLOADS.into_iter().chain([WORKBOOK]) {
        let file = serving.get(address).bytes();
        let draft = serving.send_file(
            &clerk,
            ("POST", "/api/v1/submissions?org-unit=100000&year=2020"),
            (&format!("figures.{ending}"), &file),
            "en",
        );
        let draft = well(draft);
        let counts = ["added", "changed", "withdrawn"].map(|name| draft["counts"][name].as_u64().unwrap());
        assert_eq!(
            (counts, draft["unchanged"].as_u64()),
            ([0, 0, 0], Some(2000)),
            "{address}: {}",
            errors(&draft)
        );
    }
    serving.end_cleanly();
}

/// What is wrong with a draft, for who looks why a test fails.
fn errors(draft: &Value) -> String {
    let issues = draft["issues"].as_array().unwrap().iter();
    let errors = issues.filter(|issue| issue["severity"] == "error");
    errors.map(|issue| format!("{issue}\n")).collect()
}

#[test]
fn two_sources_that_disagree_are_shown_where_the_value_stands() {
    let program = Program::new();
    let serving = program.serve();
    for (ending, address) in [("sdmx.csv", FLOW), ("json", "/api/v1/observations.json-stat")] {
        let name = format!("other.{ending}");
        let text = serving.get(address).text();
        program.write(
            &name,
            text.replace("6989", "7000").replace("中华工商时报", "另一家报纸"),
        );
        let told = program.run(["import", &name]).failure();
        let line = 1 + text.lines().position(|line| line.contains("6989")).unwrap();
        let place = format!(
            "{name}:{line}:{}: value: taxpaying_firms",
            if ending == "json" { 1 } else { 10 }
        );
        assert!(told.contains(&place), "{place}: {told}");
    }
    serving.end_cleanly();
}

/// The report of a file as `read` prints it.
fn read(program: &Program, name: &str) -> String {
    let arguments = ["read", name, "--org-unit", "371482", "--year", "2022"];
    program.run(arguments).success()
}

#[test]
fn what_was_downloaded_is_read_and_uploaded_as_the_same_report() {
    let program = Program::new();
    let serving = program.serve();
    program.add_user(&serving, "clerk", "a good password", ("371482", "reporter"));
    let clerk = serving.sign_in("clerk", "a good password");
    let mut readings = Vec::new();
    for (address, ending) in DOWNLOADS.into_iter().chain([WORKBOOK]) {
        let name = format!("figures.{ending}");
        let separator = if address.contains('?') { '&' } else { '?' };
        let file = serving
            .get(&format!("{address}{separator}org-unit=371482"))
            .bytes();
        program.write(&name, &file);
        readings.push(read(&program, &name));
        let draft = upload(&serving, &clerk, (&name, &file));
        assert_eq!(draft["counts"]["added"], 0, "{address}: {draft}");
        assert_eq!(draft["counts"]["changed"], 0, "{address}: {draft}");
        assert_eq!(draft["unchanged"], 52, "{address}: {draft}");
    }
    assert_eq!(readings[0].lines().count(), 1 + 52, "{}", readings[0]);
    for reading in &readings {
        assert_eq!(*reading, readings[0]);
    }
    serving.end_cleanly();
}

fn upload(serving: &Serving, clerk: &Person, file: (&str, &[u8])) -> Value {
    let address = "/api/v1/submissions?org-unit=371482&year=2022";
    well(serving.send_file(clerk, ("POST", address), file, "en"))
}

#[test]
fn what_is_wrong_with_a_file_in_an_open_format_is_told_with_its_line() {
    let program = Program::new();
    let serving = program.serve();
    let text = serving.get("/api/v1/observations.json-stat").text();
    program.write("wrong.json", text.replace("\"dataset\"", "\"collection\""));
    let told = program
        .run(["read", "wrong.json", "--org-unit", "371482", "--year", "2022"])
        .failure();
    assert!(
        told.contains("line 1: here this is no JSON-stat dataset"),
        "{told}"
    );
    program.write(
        "wrong.sdmx.csv",
        serving.get(FLOW).text().replacen(",I,", ",D,", 1),
    );
    let told = program.run(["import", "wrong.sdmx.csv"]).failure();
    assert!(told.contains("wrong.sdmx.csv:2:3: ACTION: found `D`"), "{told}");
    serving.end_cleanly();
}

/// Status and code of an answer.
fn refused(serving: &Serving, address: &str, accept: &str) -> (u16, String) {
    let answer = serving.get_with(address, &[("accept", accept)]);
    let code = answer.json()["error"]["code"].as_str().unwrap().to_owned();
    (answer.status, code)
}

#[test]
fn what_sdmx_has_and_this_program_has_not_is_said() {
    let program = Program::new();
    let serving = program.serve();
    let check = |rest: &str, status, code: &str| {
        let address = if rest.starts_with("/sdmx/") {
            rest.to_owned()
        } else {
            format!("{FLOW}{rest}")
        };
        assert_eq!(
            refused(&serving, &address, "*/*"),
            (status, code.to_owned()),
            "{rest}"
        );
    };
    check("/*?updatedAfter=2020-01-01T00%3A00%3A00", 501, "not_implemented");
    check("/*?lastNObservations=1", 501, "not_implemented");
    check("/*?attributes=none", 501, "not_implemented");
    check("/*?startPeriod=2020", 400, "unknown_parameter");
    check("/*?c[TIME_PERIOD]=ge:22", 400, "bad_parameter");
    check("/a.b.c.d.e.f", 400, "bad_parameter");
    check(&format!("/{}", ["*"; 101].join(",")), 400, "bad_parameter");
    check(
        &format!("/*?c[VINTAGE]={}", ["1"; 201].join(",")),
        400,
        "bad_parameter",
    );
    check("/taxes", 404, "unknown_indicator");
    check("/*.999999", 404, "unknown_org_unit");
    check("/*?c[TIME_PERIOD]=ge:2030", 404, "no_results");
    check("/*?as-of=9", 404, "nothing_as_of");
    check("/sdmx/3.0/data/dataflow/ECB/EXR/+", 404, "no_results");
    check("/sdmx/3.0/structure/hierarchy", 404, "no_results");
    check(
        "/sdmx/3.0/structure/codelist?references=everything",
        400,
        "bad_parameter",
    );
    check("/sdmx/3.0/availability", 404, "no_such_address");
    let xml = "application/vnd.sdmx.data+xml;version=3.0.0";
    assert_eq!(refused(&serving, FLOW, xml), (406, "not_acceptable".to_owned()));
    serving.end_cleanly();
}

#[test]
fn a_form_that_was_asked_for_is_never_answered_with_another() {
    let program = Program::new();
    let serving = program.serve();
    let asked = |accept| serving.get_with(FLOW, &[("accept", accept)]);
    let tags: Vec<String> = [
        "application/vnd.sdmx.data+csv;version=2.0.0",
        "application/vnd.sdmx.data+csv;version=2.0.0;labels=both",
        "application/vnd.sdmx.data+json;version=2.0.0",
    ]
    .into_iter()
    .chain(["*/*"])
    .map(|accept| {
        let answer = asked(accept);
        let expected = if accept == "*/*" {
            "application/vnd.sdmx.data+csv;version=2.0.0"
        } else {
            accept
        };
        assert_eq!(answer.header("content-type"), expected);
        assert!(
            answer.header("vary").contains("accept,"),
            "{}",
            answer.header("vary")
        );
        answer.header("etag").to_owned()
    })
    .collect();
    assert_eq!(tags[0], tags[3]);
    assert!(
        tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2],
        "{tags:?}"
    );
    serving.end_cleanly();
}

#[test]
fn scripts_of_any_site_read_what_is_public_and_nothing_that_is_personal() {
    let program = Program::new();
    let serving = program.serve();
    program.add_user(&serving, "clerk", "a good password", ("371482", "reporter"));
    let clerk = serving.sign_in("clerk", "a good password");
    let allowed = "access-control-allow-origin";
    let origin = [("origin", "https://elsewhere.example")];
    for address in [
        "/api/v1/indicators",
        "/api/v1/observations.csv",
        "/api/v1/observations.json-stat",
        "/api/v1/observations?indicator=taxes",
        FLOW,
        "/sdmx/3.0/structure/codelist",
    ] {
        let answer = serving.get_with(address, &origin);
        assert_eq!(answer.header(allowed), "*", "{address}");
        assert!(
            answer.header("access-control-expose-headers").contains("etag"),
            "{address}"
        );
        let path = address.split('?').next().unwrap();
        let asked = serving.send_with("OPTIONS", path, &origin, "");
        assert_eq!((asked.status, asked.header(allowed)), (204, "*"), "{address}");
    }
    for address in [
        "/api/v1/me",
        "/api/v1/submissions",
        "/api/v1/tokens",
        "/api/v1/history",
        "/api/v1/vintages",
    ] {
        for who in [&Person::Nobody, &clerk] {
            assert_eq!(
                serving.send_as(who, "GET", address, "").header(allowed),
                "",
                "{address}"
            );
        }
        let asked = serving.send_with("OPTIONS", address, &origin, "");
        assert_eq!((asked.status, asked.header(allowed)), (405, ""), "{address}");
    }
    for address in [
        "/",
        "/indicators/taxpaying_firms",
        "/nowhere",
        "/report",
        "/sign-in",
        "/healthz",
    ] {
        assert_eq!(
            serving.get_with(address, &origin).header(allowed),
            "",
            "{address}"
        );
    }
    serving.end_cleanly();
}

#[test]
fn a_page_describes_its_figures_once_and_as_data() {
    let program = Program::new();
    let serving = program.serve();
    let described = |address: &str| -> Vec<Value> {
        let text = serving.get(address).text();
        let parts = text.split("<script type=\"application/ld+json\">").skip(1);
        parts
            .map(|part| serde_json::from_str(part.split("</script>").next().unwrap()).unwrap())
            .collect()
    };
    for address in ["/", "/indicators/taxpaying_firms", "/org-units/371482"] {
        let [dataset] = &described(address)[..] else {
            panic!("{address}")
        };
        assert_eq!(dataset["@type"], "Dataset");
        for download in dataset["distribution"].as_array().unwrap() {
            let address = download["contentUrl"].as_str().unwrap();
            let answer = serving.get(address.strip_prefix(&serving.url).unwrap());
            assert_eq!(answer.status, 200, "{download}");
            let media_type = download["encodingFormat"].as_str().unwrap();
            assert!(
                answer.header("content-type").starts_with(media_type),
                "{download}"
            );
        }
    }
    assert!(described("/org-units").is_empty());
    serving.end_cleanly();
}

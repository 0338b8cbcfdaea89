//! What an operator does beside serving.

use tests::Program;

const SAMPLE: &str = include_str!("../../data/samples/yucheng-2022.csv");

/// A program whose database holds the sample.
fn with_sample() -> Program {
    let program = Program::new();
    let sample = program.write("yucheng-2022.csv", SAMPLE);
    let out = program.run(["import".as_ref(), sample.as_os_str()]).success();
    assert_eq!(out, "52 observations added: published as vintage 1\n");
    program
}

#[test]
fn the_52_values_come_back_as_they_went_in() {
    let program = with_sample();
    let exported = program.run(["export"]).success();
    let other = Program::new();
    other.write("exported.csv", &exported);
    other.run(["import", "exported.csv"]).success();
    assert_eq!(other.run(["export"]).success(), exported);
    let (catalogue, _) = data::definitions::Catalogue::read(data::definitions::BUILT_IN);
    let read = |text: &str| {
        let read = data::read::observations("f.csv", text.as_bytes(), &catalogue);
        assert_eq!(read.issues, []);
        let mut observations: Vec<data::Observation> =
            read.observations.into_iter().map(|(_, o)| o).collect();
        observations.sort_by(|a, b| a.key.cmp(&b.key));
        observations
    };
    let (before, after) = (read(SAMPLE), read(&exported));
    assert_eq!(before.len(), 52);
    assert_eq!(before, after);
}

#[test]
fn an_import_repeated_changes_nothing() {
    let program = with_sample();
    let out = program.run(["import", "yucheng-2022.csv"]).success();
    assert_eq!(
        out,
        "0 observations added, 52 published already: nothing new to publish\n"
    );
    assert!(program.run(["check"]).success().contains("1 vintage, "));
}

#[test]
fn everything_wrong_in_a_file_is_named_at_its_place_and_nothing_is_published() {
    let program = Program::new();
    let wrong = SAMPLE
        .replacen(
            "five_good_streak_years,371482,5,",
            "five_good_streak_years,371482,five,",
            1,
        )
        .replacen(
            "chambers_with_party_org,371482,",
            "chambers_with_party_org,371483x,",
            1,
        );
    program.write("wrong.csv", wrong);
    let err = program.run(["import", "wrong.csv"]).failure();
    assert!(
        err.contains("wrong.csv:2:3: 数值: found `five`; expected a number"),
        "{err}"
    );
    assert!(
        err.contains("wrong.csv:5:2: 地区: found `371483x`; expected a code defined in"),
        "{err}"
    );
    assert!(err.ends_with("2 faults found; nothing was changed\n"), "{err}");
    assert_eq!(program.run(["export"]).success().lines().count(), 1);
}

#[test]
fn two_sources_that_disagree_are_shown_side_by_side_and_nothing_is_published() {
    let program = with_sample();
    let other = SAMPLE
        .replace("中华工商时报", "另一家报纸")
        .replace(",6989,", ",7000,");
    program.write("other.csv", other);
    let err = program.run(["import", "other.csv"]).failure();
    assert!(
        err.contains(": value: taxpaying_firms 371482 @2022-10-31: found 7000 from"),
        "{err}"
    );
    assert!(
        err.contains("另一家报纸") && err.contains("vintage 1 publishes 6989 from"),
        "{err}"
    );
    assert!(err.ends_with("1 fault found; nothing was changed\n"), "{err}");
}

#[test]
fn the_same_document_may_correct_itself() {
    let program = with_sample();
    program.write("corrected.csv", SAMPLE.replace(",6989,", ",6990,"));
    let out = program
        .run(["import", "corrected.csv", "--reason", "misread"])
        .success();
    assert_eq!(
        out,
        "0 observations added, 1 corrected, 51 published already: published as vintage 2\n"
    );
    assert!(program.run(["export"]).success().contains(",6990,"));
    program.run(["check"]).success();
}

#[test]
fn of_many_imports_at_once_that_disagree_one_is_published() {
    let program = Program::new();
    let files = ["6990", "6991", "6992", "6993"].map(|value| {
        let text = SAMPLE
            .replace("中华工商时报", &format!("报纸{value}"))
            .replace(",6989,", &format!(",{value},"));
        program.write(&format!("{value}.csv"), text)
    });
    let outputs = std::thread::scope(|scope| {
        let running = files.map(|file| scope.spawn(|| program.run(["import".into(), file])));
        running.map(|import| import.join().unwrap())
    });
    let (published, refused): (Vec<_>, Vec<_>) = outputs.into_iter().partition(|output| output.code == 0);
    assert_eq!(
        (published.len(), refused.len()),
        (1, 3),
        "{published:?}{refused:?}"
    );
    for output in refused {
        assert!(
            output.err.contains("but vintage 1 publishes 699"),
            "{}",
            output.err
        );
    }
    assert!(program.run(["check"]).success().contains("1 vintage, "));
}

#[test]
fn a_file_from_a_chinese_spreadsheet_is_read_and_another_encoding_is_one_fault() {
    let program = Program::new();
    let (encoded, _, _) = encoding_rs::GB18030.encode(SAMPLE);
    program.write("gbk.csv", encoded);
    program.run(["import", "gbk.csv"]).success();
    assert!(program.run(["export"]).success().contains("中华工商时报"));
    let utf16: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    program.write("utf16.csv", [&b"\xff\xfe"[..], &utf16].concat());
    let err = program.run(["import", "utf16.csv"]).failure();
    assert!(
        err.contains("utf16.csv:1: byte 1 of the file is not text in UTF-8"),
        "{err}"
    );
    assert!(err.ends_with("1 fault found; nothing was changed\n"), "{err}");
}

#[test]
fn units_may_be_added_below_units_that_were_added_before() {
    let program = with_sample();
    let header = "code,name_zh,name_en,level,parent,opened,closed\n";
    let import = |name: &str, line: &str| {
        program.write(name, format!("{header}{line}\n"));
        program.run(["import", "yucheng-2022.csv", "--org-units", name])
    };
    let out = import("towns.csv", "T1,甲镇,Town A,township,371482,,").success();
    assert!(
        out.contains("1 org unit added or changed: published as vintage 2"),
        "{out}"
    );
    let out = import("chambers.csv", "C1,甲商会,Chamber A,chamber,T1,,").success();
    assert!(out.contains("published as vintage 3"), "{out}");
    let out = import("chambers.csv", "C1,甲商会,Chamber A,chamber,T1,,").success();
    assert!(out.ends_with("nothing new to publish\n"), "{out}");
    program.run(["check"]).success();
}

#[test]
fn check_prints_what_it_verified() {
    let out = with_sample().run(["check"]).success();
    for part in [
        "definitions: 13 groups",
        "sample: 52 observations",
        "1 vintage, 53 observations",
        "no fault found",
    ] {
        assert!(out.contains(part), "{part} is not in {out}");
    }
}

#[test]
fn check_finds_that_a_noted_vintage_is_gone() {
    let program = with_sample();
    let out = program.run(["check"]).success();
    let (_, version) = out.split_once("the newest vintage is ").unwrap();
    let version = version.lines().next().unwrap();
    program.run(["check", "--vintage", version]).success();
    let other = Program::new();
    other.write("corrected.csv", SAMPLE.replace(",6989,", ",6990,"));
    other.run(["import", "corrected.csv"]).success();
    let err = other.run(["check", "--vintage", version]).failure();
    assert!(
        err.contains(&format!("vintage {version}: it is not there")),
        "{err}"
    );
}

#[test]
fn check_names_what_it_cannot_find_or_read() {
    let program = Program::new();
    let err = program.run(["check"]).failure();
    assert!(
        err.contains("var/dashboard.db: there is no such database"),
        "{err}"
    );
    program.write("var/dashboard.db", "not a database");
    let err = program.run(["check"]).failure();
    assert!(
        err.contains("var/dashboard.db is not a database of federation-dashboard"),
        "{err}"
    );
}

#[test]
fn malformed_definitions_stop_every_command_with_all_faults_at_once() {
    let program = with_sample();
    for (name, bytes) in [
        ("groups.csv", data::definitions::BUILT_IN.groups),
        ("unit_measures.csv", data::definitions::BUILT_IN.unit_measures),
        ("indicators.csv", data::definitions::BUILT_IN.indicators),
        ("org_units.csv", data::definitions::BUILT_IN.org_units),
    ] {
        program.write(&format!("mine/{name}"), bytes);
    }
    program.run(["check", "--definitions", "mine"]).success();
    program.write(
        "mine/groups.csv",
        "code,name_zh,name_en\nchambers,,Chambers\nchambers,商会,Chambers\n",
    );
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["import", "yucheng-2022.csv"],
        &["check"],
    ] {
        let err = program
            .run(command.iter().copied().chain(["--definitions", "mine"]))
            .failure();
        assert!(
            err.contains("mine/groups.csv:2:2: name_zh: the cell is empty"),
            "{command:?}: {err}"
        );
        assert!(err.contains("mine/indicators.csv:"), "{command:?}: {err}");
    }
}

#[test]
fn made_up_data_is_the_same_for_a_seed_and_marked_in_every_figure() {
    let size = [
        "synth",
        "--org-units",
        "15",
        "--indicators",
        "50",
        "--years",
        "4",
        "--seed",
        "9",
    ];
    let exported = |program: &Program| program.run(["export"]).success();
    let (one, two) = (Program::new(), Program::new());
    one.run(size).success();
    two.run([&size[..], &["--output", "made.csv"]].concat()).success();
    two.run(["import", "made.csv", "--org-units", "made.org_units.csv"])
        .success();
    assert_eq!(exported(&one), exported(&two));
    let text = exported(&one);
    assert!(
        text.lines()
            .skip(1)
            .all(|line| line.contains(",synthetic,") && line.contains(",S0")),
        "{text}"
    );
    assert!(text.lines().count() > 2500);
    one.run(["check"]).success();
    let again = one.run(size).failure();
    assert!(again.contains("holds synthetic units already"), "{again}");
}

#[test]
fn made_up_figures_never_stand_beside_real_ones() {
    let size = [
        "--org-units",
        "2",
        "--indicators",
        "2",
        "--years",
        "2",
        "--seed",
        "1",
    ];
    let synth = [&["synth"], &size[..]].concat();
    let program = with_sample();
    let err = program.run(&synth).failure();
    assert!(err.contains("var/dashboard.db holds real figures"), "{err}");
    program
        .run([&synth[..], &["--output", "made.csv"]].concat())
        .success();
    let import = ["import", "made.csv", "--org-units", "made.org_units.csv"];
    let err = program.run(import).failure();
    assert!(
        err.contains("var/dashboard.db and made.csv would mix real figures with made-up ones"),
        "{err}"
    );
    assert!(
        program
            .run(["check"])
            .success()
            .contains("1 vintage, 53 observations")
    );
    program
        .run([&synth[..], &["--database-url", "sqlite://made.db"]].concat())
        .success();
    let err = program
        .run(["import", "yucheng-2022.csv", "--database-url", "sqlite://made.db"])
        .failure();
    assert!(err.contains("made.db and yucheng-2022.csv would mix"), "{err}");
}

#[test]
fn the_help_of_every_command_shows_an_example() {
    let program = Program::new();
    for command in ["serve", "import", "export", "check", "synth"] {
        let help = program.run([command, "--help"]).success();
        let words = help.split_whitespace().collect::<Vec<&str>>().join(" ");
        assert!(
            words.contains("Examples:") && words.contains("[env: DATABASE_URL]"),
            "{help}"
        );
    }
}

use std::fs::File;
use std::io::Write;

use anyhow::{Context, bail, ensure};
use chrono::Utc;
use data::Observation;
use data::definitions::Catalogue;
use data::report::{self, Figure, Reader, Reading, Severity, usual_source};

use crate::calendar::china_day;
use crate::cli::Read;
use crate::counted;
use crate::definitions;
use crate::http::failure::Problem;
use crate::sheets::bounds::MOST_BYTES;
use crate::sheets::{self, repaired};

/// Prints what a report says.
pub fn run(args: Read) -> anyhow::Result<()> {
    let catalogue = definitions::load(args.definitions.definitions.as_deref())?.catalogue;
    ensure!(
        catalogue.org_units.get(&args.org_unit).is_some(),
        "no org unit has the code {}",
        args.org_unit
    );
    let name = args.file.display().to_string();
    let file = File::open(&args.file).with_context(|| format!("cannot read {name}"))?;
    let size = file
        .metadata()
        .with_context(|| format!("cannot read {name}"))?
        .len();
    if size > MOST_BYTES {
        let problem = Problem::TooLarge {
            found: Some(size),
            most: MOST_BYTES,
        };
        bail!("{name}: {}", problem.message(args.lang));
    }
    let source = usual_source(&catalogue, &args.org_unit, args.year, china_day(Utc::now()));
    let mut reader = Reader::new(report::Context {
        catalogue: &catalogue,
        org_unit: &args.org_unit,
        year: args.year,
        source: &source,
        mapping: &args.map,
    });
    if let Err(why) = sheets::read(&file, &mut reader) {
        bail!("{name}: {}", why.message(args.lang));
    }
    let reading = reader.finish();
    write(&reading, &catalogue).context("cannot write to standard output")?;
    if let Some(path) = &args.repaired {
        let copy = repaired::copy(&file, &reading.issues, args.lang)?;
        std::fs::write(path, copy).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let errors = tell(&name, &reading, args.lang);
    ensure!(errors == 0, "{} found in {name}", counted(errors, "error"));
    Ok(())
}

/// Writes the figures in the order of the catalogue, so that one table in any form is one output, some at a time.
fn write(reading: &Reading, catalogue: &Catalogue) -> std::io::Result<()> {
    const CHUNK: usize = 4096;
    let mut figures: Vec<&Figure> = reading.figures.iter().collect();
    figures.sort_by_key(|figure| (figure.indicator, figure.org_unit, figure.period.order_day()));
    let mut out = std::io::stdout().lock();
    out.write_all(&data::write::csv_header())?;
    for chunk in figures.chunks(CHUNK) {
        let chunk: Vec<Observation> = chunk
            .iter()
            .map(|figure| reading.observation(figure, catalogue))
            .collect();
        out.write_all(&data::write::csv_rows(&chunk, catalogue))?;
    }
    out.flush()
}

/// Prints the issues, each at its cell, and answers how many are errors.
fn tell(name: &str, reading: &Reading, lang: data::Lang) -> usize {
    let mut errors = 0;
    for issue in &reading.issues {
        let sheet = reading.sheets.get(usize::from(issue.place.sheet));
        let sheet = sheet.filter(|sheet| !sheet.is_empty());
        let sheet = sheet.map(|sheet| format!("{sheet}!")).unwrap_or_default();
        let severity = match issue.severity() {
            Severity::Error => lang.pick("错误", "error"),
            Severity::Warning => lang.pick("请核实", "warning"),
        };
        errors += usize::from(issue.severity() == Severity::Error);
        eprintln!(
            "{name}: {sheet}{}: {severity}: {}",
            issue.place,
            issue.problem.message(lang)
        );
    }
    errors
}

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use chrono::Utc;
use data::definitions::Catalogue;
use data::{Observation, OrgUnit};

use crate::cli;
use crate::counted;
use crate::definitions;
use crate::store::{Address, Store};
use crate::synth::{self, Size};

/// Observations handed to the store at a time: some 10 MB.
const BATCH: usize = 20_000;

/// Makes up the data and publishes it as one vintage, or writes it to a file.
pub async fn run(args: cli::Synth) -> anyhow::Result<()> {
    let catalogue = definitions::load(args.definitions.definitions.as_deref())?.catalogue;
    let units = synth::org_units(args.org_units as usize);
    let size = Size {
        indicators: args.indicators as usize,
        years: args.years,
        seed: args.seed,
    };
    let started = Instant::now();
    let (count, place) = match &args.output {
        Some(path) => (write(path, &catalogue, &units, size)?, path.display().to_string()),
        None => {
            publish(
                &Address::parse(&args.database.database_url)?,
                &catalogue,
                &units,
                size,
            )
            .await?
        }
    };
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} made up in {seconds:.1} s: {place}",
        counted(count, "observation")
    );
    Ok(())
}

async fn publish(
    address: &Address,
    catalogue: &Catalogue,
    units: &[OrgUnit],
    size: Size,
) -> anyhow::Result<(usize, String)> {
    let store = Store::open(address).await?;
    let newest = store.newest_vintage().await?;
    ensure!(
        !store.holds_real_figures().await?,
        "{} holds real figures, and made-up ones must not stand among them; name a database of their own with \
         --database-url, or a file with --output",
        store.name
    );
    let known = store.org_units().await?;
    let is_there = known
        .iter()
        .any(|unit| units.iter().any(|other| other.code == unit.code));
    ensure!(
        !is_there,
        "{} holds synthetic units already; make up data once for each database",
        store.name
    );
    let reason = format!("Synthetic data, seed {}", size.seed);
    let built_on = newest.map_or(0, |newest| newest.id);
    let mut publishing = store.begin_publishing(built_on, &reason, Utc::now()).await?;
    publishing.add_org_units(units).await?;
    let mut batch: Vec<Observation> = Vec::with_capacity(BATCH);
    let mut count = 0;
    for series in synth::observations(catalogue, units, size) {
        batch.extend(series);
        if batch.len() >= BATCH {
            count += batch.len();
            publishing.add(&batch).await?;
            batch.clear();
        }
    }
    count += batch.len();
    publishing.add(&batch).await?;
    let vintage = publishing.finish().await?;
    store.close().await;
    Ok((count, format!("vintage {vintage} of {}", store.name)))
}

fn write(path: &Path, catalogue: &Catalogue, units: &[OrgUnit], size: Size) -> anyhow::Result<usize> {
    let beside = path.with_extension("org_units.csv");
    std::fs::write(&beside, data::write::org_units_csv(units))
        .with_context(|| format!("cannot write {}", beside.display()))?;
    let mut count = 0;
    let written = File::create(path).and_then(|file| {
        let mut out = BufWriter::new(file);
        out.write_all(&data::write::csv_header())?;
        for series in synth::observations(catalogue, units, size) {
            count += series.len();
            out.write_all(&data::write::csv_rows(&series, catalogue))?;
        }
        out.flush()
    });
    written.with_context(|| format!("cannot write {}", path.display()))?;
    Ok(count)
}

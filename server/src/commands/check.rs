use data::definitions::{Catalogue, SAMPLE};

use crate::cli::Check;
use crate::counted;
use crate::definitions::{self, Faults};
use crate::state;
use crate::store::{Address, Store};

/// Verifies everything there is, even after a first fault, so that one run names all of them.
pub async fn run(args: Check) -> anyhow::Result<()> {
    let mut faults = Vec::new();
    let catalogue = match definitions::load(args.definitions.definitions.as_deref()) {
        Ok(definitions) => definitions.catalogue,
        Err(error) => {
            faults.extend(error.to_string().lines().map(ToOwned::to_owned));
            definitions::load(None)?.catalogue
        }
    };
    println!(
        "definitions: {}, {}, {}, {}",
        counted(catalogue.groups.len(), "group"),
        counted(catalogue.units.len(), "measure"),
        counted(catalogue.indicators.len(), "indicator"),
        counted(catalogue.org_units.all().len(), "org unit"),
    );
    let sample = data::read::observations("yucheng-2022.csv", SAMPLE, &catalogue);
    println!("sample: {}", counted(sample.observations.len(), "observation"));
    faults.extend(Faults::of(&sample.issues).0);
    match database(&args.database.database_url, catalogue).await {
        Ok(found) => faults.extend(found),
        Err(error) => faults.push(format!("{error:#}")),
    }
    if faults.is_empty() {
        println!("no fault found");
        return Ok(());
    }
    Err(Faults(faults).into())
}

async fn database(address: &str, catalogue: Catalogue) -> anyhow::Result<Vec<String>> {
    let store = Store::open_existing(&Address::parse(address)?).await?;
    let mut faults: Vec<String> = store
        .integrity()
        .await?
        .into_iter()
        .map(|line| format!("database: {line}"))
        .collect();
    let stored = store.org_units().await?;
    for unit in &stored {
        let parent = unit.parent.as_deref();
        let is_known = |code: &str| {
            catalogue.org_units.get(code).is_some() || stored.iter().any(|unit| unit.code == code)
        };
        if !parent.is_some_and(is_known) {
            faults.push(format!(
                "org unit {}: its parent `{}` is not defined",
                unit.code,
                parent.unwrap_or_default()
            ));
        }
    }
    let vintages = store.vintages().await?;
    let catalogue = state::with_stored_units(catalogue, &store).await?;
    let loaded = store.load(catalogue, i64::MAX).await?;
    faults.extend(
        loaded
            .unknown
            .into_iter()
            .chain(loaded.faults)
            .map(|line| format!("observation {line}")),
    );
    for vintage in store.broken_seals().await? {
        faults.push(format!(
            "vintage {vintage}: its hash does not fit its observations; they were changed"
        ));
    }
    let dataset = loaded.builder.build(String::new());
    println!(
        "{}: {}, {} with those that are computed, {} beyond the definitions",
        store.name,
        counted(vintages.len(), "vintage"),
        counted(dataset.len(), "observation"),
        counted(stored.len(), "org unit"),
    );
    store.close().await;
    Ok(faults)
}

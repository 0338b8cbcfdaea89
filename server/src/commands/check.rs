use data::definitions::{Catalogue, SAMPLE};

use crate::cli::Check;
use crate::counted;
use crate::definitions::{self, Faults};
use crate::state;
use crate::store::{Address, AuditFaults, Seals, Store, Vintage};

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
    match database(&args, catalogue).await {
        Ok(found) => faults.extend(found),
        Err(error) => faults.push(format!("{error:#}")),
    }
    if faults.is_empty() {
        println!("no fault found");
        return Ok(());
    }
    Err(Faults(faults).into())
}

async fn database(args: &Check, catalogue: Catalogue) -> anyhow::Result<Vec<String>> {
    let address = Address::parse(&args.database.database_url)?;
    let store = Store::open_existing(&address).await?;
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
    faults.extend(chain(&store.seals().await?, &vintages, args.vintage.as_deref()));
    let audit = store.audit_faults().await?;
    faults.extend(log(&audit));
    let dataset = loaded.builder.build(String::new());
    println!(
        "{}: {}, {} with those that are computed, {} beyond the definitions; the newest vintage is {}",
        store.name,
        counted(vintages.len(), "vintage"),
        counted(dataset.len(), "observation"),
        counted(stored.len(), "org unit"),
        state::version(vintages.last()),
    );
    println!("audit log: {}", counted_entries(audit.entries));
    store.close().await;
    Ok(faults)
}

fn counted_entries(number: usize) -> String {
    match number {
        1 => "1 entry".to_owned(),
        number => format!("{number} entries"),
    }
}

/// What is wrong with the audit log.
fn log(audit: &AuditFaults) -> impl Iterator<Item = String> {
    let missing = audit.missing.iter();
    let missing = missing.map(|entry| format!("audit log: entry {entry} is missing; it was removed"));
    let broken = audit.broken.iter().map(|entry| {
        format!("audit log: entry {entry}: its hash does not fit it and the entry before; they were changed")
    });
    missing.chain(broken)
}

/// What is wrong with the chain of vintages, and whether it leads over the one that was noted.
fn chain(seals: &Seals, vintages: &[Vintage], noted: Option<&str>) -> Vec<String> {
    let missing = seals
        .missing
        .iter()
        .map(|vintage| format!("vintage {vintage}: it is missing; it was removed"));
    let broken = seals.broken.iter().map(|vintage| {
        format!(
            "vintage {vintage}: its hash does not fit its observations and the vintage before; they were changed"
        )
    });
    let lost = noted.filter(|noted| vintages.iter().all(|vintage| vintage.version() != *noted));
    let lost = lost.map(|noted| {
        format!("vintage {noted}: it is not there; what was published then was changed or removed")
    });
    missing.chain(broken).chain(lost).collect()
}

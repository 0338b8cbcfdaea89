use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, anyhow, ensure};
use data::Lang;
use data::chart::ChartFormat;
use hyper::Uri;

use crate::chart;
use crate::cli::Draw;
use crate::definitions;
use crate::http::asked::Asked;
use crate::http::assets::Assets;
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::state;
use crate::store::{Address, Store};

/// Writes what an address of a chart answers into a file, by the function that answers it.
pub async fn run(args: Draw) -> anyhow::Result<()> {
    let uri: Uri = args.address.parse().context("the address is not one")?;
    let asked = Asked::parse(&uri).map_err(told)?;
    ensure!(
        asked.path.starts_with("/charts/"),
        "an address of a chart begins with /charts/, as in '/charts/line.png?indicator=…'"
    );
    ensure!(
        ChartFormat::split(asked.code()).1 != ChartFormat::Page,
        "an address of a picture or a file ends in .svg, .png, .csv, .xlsx or .json"
    );
    let (asked, as_of) = asked.of_state().map_err(told)?;
    let definitions = definitions::load(args.definitions.definitions.as_deref())?;
    let store = Store::open_existing(&Address::parse(&args.database.database_url)?).await?;
    let vintage = match as_of {
        None => store.newest_vintage().await?,
        Some(as_of) => {
            let found = store.vintage_as_of(as_of).await?;
            Some(found.ok_or_else(|| told(Problem::NothingAsOf(as_of)))?)
        }
    };
    let catalogue = state::with_stored_units(definitions.catalogue, &store).await?;
    let state = state::load(&store, vintage.as_ref(), catalogue).await?;
    store.close().await;
    let assets = Arc::new(Assets::none());
    let published = Published::new(Arc::new(state.dataset), &definitions.fingerprint, assets);
    let begun = Instant::now();
    let mut drawn = chart::show(&published, &asked).map_err(told)?;
    for _ in 1..args.repeat.unwrap_or(1) {
        drawn = chart::show(&published, &asked).map_err(told)?;
    }
    if let Some(times) = args.repeat {
        let (seconds, bytes) = (begun.elapsed().as_secs_f64(), drawn.body.len());
        println!(
            "{times} times in {seconds:.3} s, {:.1} a second, {bytes} bytes",
            f64::from(times) / seconds
        );
    }
    super::export::write_whole(&args.output, |out| out.write_all(&drawn.body))
}

fn told(problem: Problem) -> anyhow::Error {
    anyhow!(problem.message(Lang::En))
}

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use data::{Dataset, IndicatorKind, Observation};

use crate::cli::Export;
use crate::definitions;
use crate::state::{self, State};
use crate::store::{Address, Store};

/// Rows that are turned into text at a time; bounds the memory, not the file.
const CHUNK: usize = 4096;

/// Writes the newest published state.
pub async fn run(args: Export) -> anyhow::Result<()> {
    let catalogue = definitions::load(args.definitions.definitions.as_deref())?.catalogue;
    let store = Store::open_existing(&Address::parse(&args.database.database_url)?).await?;
    if let Some(path) = &args.org_units {
        let units = store.org_units().await?;
        write_whole(path, |out| out.write_all(&data::write::org_units_csv(&units)))?;
    }
    let State { dataset, unknown, .. } = state::load_newest(&store, catalogue).await?;
    store.close().await;
    // An export that silently lacks something would be taken for the whole.
    anyhow::ensure!(
        unknown.is_empty(),
        "the definitions do not know:\n{}",
        unknown.join("\n")
    );
    match &args.output {
        Some(path) => write_whole(path, |out| write(&dataset, out)),
        None => match write(&dataset, &mut BufWriter::new(std::io::stdout().lock())) {
            // `export | head` has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            result => result.context("cannot write to standard output"),
        },
    }
}

/// Writes beside the place and moves there when it is whole.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".part");
    let written = File::create(&unfinished).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        std::fs::rename(&unfinished, path)
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn write(dataset: &Dataset, out: &mut impl Write) -> std::io::Result<()> {
    out.write_all(&data::write::csv_header())?;
    let is_reported = |row: &usize| {
        let indicator = &dataset.catalogue.indicators[dataset.indicator_index(*row)];
        indicator.kind == IndicatorKind::Reported
    };
    let mut rows = (0..dataset.len()).filter(is_reported).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<Observation> = rows
            .by_ref()
            .take(CHUNK)
            .map(|row| dataset.observation(row))
            .collect();
        out.write_all(&data::write::csv_rows(&chunk, &dataset.catalogue))?;
    }
    out.flush()
}

//! The program `federation-dashboard`: serves the pages and the API, and does what an operator does beside it.

mod accounts;
mod api;
mod calendar;
mod chart;
mod cli;
mod commands;
mod definitions;
mod describe;
mod desk;
mod document;
mod following;
mod http;
mod json_ld;
mod log;
mod pages;
mod pictures;
mod publication;
mod rights;
mod router;
mod saved;
mod sdmx;
mod sheets;
mod state;
mod store;
mod submissions;
mod synth;
mod text;
mod uploads;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use definitions::Faults;

fn main() -> ExitCode {
    // Before anything that takes memory, threads or a database: this process has little of the first and none of the others.
    let mut arguments = std::env::args().skip(1);
    if arguments
        .next()
        .is_some_and(|first| first == sheets::CHILD_ARGUMENT)
    {
        return sheets::run_child(arguments.next());
    }
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

/// One worker thread a core; what takes long runs beside them.
fn run(command: Command) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve(args) => commands::serve::run(args).await,
            Command::Import(args) => commands::import::run(args).await,
            Command::Read(args) => commands::read::run(args),
            Command::Draw(args) => commands::draw::run(args).await,
            Command::Export(args) => commands::export::run(args).await,
            Command::Check(args) => commands::check::run(args).await,
            Command::User(args) => commands::user::run(args).await,
            Command::Synth(args) => commands::synth::run(args).await,
        }
    })
}

/// Faults stand alone, one a line, as an editor jumps to them; anything else says what was being done.
fn report(error: &anyhow::Error) {
    match error.downcast_ref::<Faults>() {
        Some(faults) => eprintln!(
            "{faults}\n{} found; nothing was changed",
            counted(faults.0.len(), "fault")
        ),
        None => eprintln!("federation-dashboard: {error:#}"),
    }
}

/// `1 fault`, `2 faults`.
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

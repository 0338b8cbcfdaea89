//! The log: lines on standard error, for people or for programs.

use std::io::IsTerminal;

use crate::cli::{LogArgs, LogFormat};

/// Starts logging. Colours only where a person looks, and never with NO_COLOR (no-color.org).
pub fn start(args: &LogArgs) {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(args.log_level);
    match args.log_format {
        LogFormat::Text => log.with_ansi(colours).with_target(false).init(),
        LogFormat::Json => log.json().flatten_event(true).with_target(false).init(),
    }
}

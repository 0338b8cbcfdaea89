use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::accounts::public::Public;
use crate::rights::Role;
use crate::submissions::life::Steps;

/// What county federations of industry and commerce report, as pages, charts and an open API.
///
/// One program, one file: `federation-dashboard serve` creates var/dashboard.db, fills it with a real sample and shows it on
/// http://127.0.0.1:8080.
#[derive(Debug, Parser)]
#[command(version, name = "federation-dashboard", max_term_width = 110)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API
    #[command(after_help = "Examples:
  federation-dashboard serve
  federation-dashboard serve --listen 0.0.0.0:80 --database-url sqlite:///srv/dashboard.db
  DATABASE_URL=postgres://dashboard@db.internal/dashboard federation-dashboard serve --log-format json

A database without any published figure is filled with the sample that comes with the program; \
--empty leaves it empty. It ends on SIGTERM or Ctrl-C, after the answers under way have been sent.")]
    Serve(Serve),
    /// Publish the observations of a CSV file as a new vintage
    #[command(after_help = "Examples:
  federation-dashboard import data/samples/yucheng-2022.csv
  federation-dashboard import figures.csv --org-units chambers.csv --reason '2025 annual reports'

The columns are explained in data/samples/README.md; `export` writes the same. Whatever is wrong is \
printed, all of it, as file:line:column: field: message, and then nothing is published.

Figures that are published already are skipped, so the same file can be imported twice. A figure that \
differs from the published one is a correction where it is from the same document, or where the \
published one was provisional and is from the same publisher; from any other source it is a conflict, \
shown with both figures, and nothing is published.")]
    Import(Import),
    /// Read a report in whatever layout and file it comes, and print what it says
    #[command(after_help = "Examples:
  federation-dashboard read report.xlsx --org-unit 371400 --year 2022
  federation-dashboard read report.csv --org-unit 371482 --year 2022 --repaired repaired.xlsx > figures.csv
  federation-dashboard read report.xls --org-unit 371482 --year 2022 --map 交税的企业=taxpaying_firms

Takes XLSX, XLS, ODS and text (UTF-8, UTF-16 or GB18030; commas, tabs or semicolons), tables long or wide, with titles \
above and notes below: what an upload takes. The figures go to standard output, in the columns that `import` takes; what \
is wrong with the report goes to standard error, each with its cell. Nothing is published.

Ends with 1 where something is an error, and with 0 where there are only questions.")]
    Read(Read),
    /// Draw a chart into a file, as its address answers it
    #[command(after_help = "Examples:
  federation-dashboard draw '/charts/line.png?indicator=taxpaying_firms&org-unit=371482' --output firms.png
  federation-dashboard draw '/charts/ranking.svg?indicator=taxpaying_firms&org-unit=371482&year=2022&lang=en' --output ranking.svg
  federation-dashboard draw '/charts/line.png?indicator=taxpaying_firms&org-unit=371482' --output firms.png --repeat 1000

The ending of the address is the kind of file: .svg, .png, .csv, .xlsx or .json. The figures are those of the database; no server \
is needed, and nothing is kept between repetitions but the shapes of letters.")]
    Draw(Draw),
    /// Write all published observations as CSV
    #[command(after_help = "Examples:
  federation-dashboard export --output figures.csv
  federation-dashboard export | head

What is exported can be imported again and is identical. Indicators that are computed from others are \
left out. Org units beyond those of the definitions go to a file of their own: --org-units.")]
    Export(Export),
    /// Verify the definitions, the sample and the database
    #[command(after_help = "Examples:
  federation-dashboard check
  federation-dashboard check --definitions my-definitions
  federation-dashboard check --vintage 3-c2ca351abec6

Each vintage seals its figures and the vintage before, so whatever is changed, added or removed later is found. Not so \
newest vintages that were removed: note the version that this prints, or that /healthz names, and ask for it. Org \
units are not sealed.

Prints what it verified and every fault it found, and ends with 1 where there is one.")]
    Check(Check),
    /// Add people, make one-time links for them, and list them
    #[command(after_help = "Examples:
  federation-dashboard user add li --display-name 李梅 --org-unit 371482 --role reporter
  federation-dashboard user link li --public-url https://figures.example.cn
  federation-dashboard user list

It writes into the database, beside a running server, which takes it in at once. Nobody's password is set or shown: `add` and `link` print a one-time link, with which its person chooses one. Administrators do the same in the browser for their part of the tree; this is for the first of them, and for when none is left.")]
    User(User),
    /// Make up data for tests and benchmarks, marked as synthetic wherever it shows
    #[command(after_help = "Examples:
  federation-dashboard synth --org-units 200 --indicators 20 --years 10 --seed 1 --database-url sqlite://synthetic.db
  federation-dashboard synth --org-units 3000 --indicators 50 --years 18 --seed 1 --database-url sqlite://country.db
  federation-dashboard synth --org-units 20 --indicators 5 --years 3 --seed 7 --output synthetic.csv

The units have invented names (甲省, 甲甲市, 甲甲子县) and codes that begin with S, so that no made-up \
figure carries the name of a real place. A database that holds real figures is refused. The same numbers and seed give the same data. With --output, \
the units are written beside the file, as synthetic.org_units.csv, for `import --org-units`.")]
    Synth(Synth),
}

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// The database: sqlite://FILE or postgres://USER@HOST/NAME
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://var/dashboard.db",
        value_name = "ADDRESS",
        hide_env_values = true
    )]
    pub database_url: String,
}

/// Where the definitions are.
#[derive(Debug, Clone, Args)]
pub struct DefinitionArgs {
    /// A folder with groups.csv, unit_measures.csv, indicators.csv and org_units.csv, instead of the built-in ones
    #[arg(long, env = "FEDERATION_DASHBOARD_DEFINITIONS", value_name = "DIR")]
    pub definitions: Option<PathBuf>,
}

/// How people reach the program.
#[derive(Debug, Clone, Args)]
pub struct PublicArgs {
    /// The address that people open, such as `https://figures.example.cn`: with https, cookies are for https alone; one-time
    /// links begin with it
    #[arg(long, env = "FEDERATION_DASHBOARD_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// A proxy in front of the program, whose X-Forwarded-For is believed; several are separated by commas
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_TRUSTED_PROXY",
        value_name = "IP",
        value_delimiter = ','
    )]
    pub trusted_proxy: Vec<IpAddr>,
}

impl PublicArgs {
    /// The same, as the program uses it.
    pub fn public(self) -> Public {
        Public {
            url: self.public_url,
            proxies: self.trusted_proxy,
        }
    }
}

fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(url.to_owned()),
        _ => Err("expected https://HOST or http://HOST, with a port where it needs one".to_owned()),
    }
}

/// How the log is written.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// How log lines are written, to standard error
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_LOG_FORMAT",
        default_value = "text",
        value_name = "FORMAT"
    )]
    pub log_format: LogFormat,
    /// The least level that is logged; `debug` names every request that was not answered from memory
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_LOG_LEVEL",
        default_value = "info",
        value_name = "LEVEL"
    )]
    pub log_level: tracing::Level,
}

/// The forms of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs: one JSON object a line.
    Json,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen on; port 0 takes a free one, which the log then names
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "IP:PORT"
    )]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Leave an empty database empty instead of filling it with the sample
    #[arg(long)]
    pub empty: bool,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
    /// Serve the built app from this folder instead of from the program: for work on the app
    #[arg(long, env = "FEDERATION_DASHBOARD_DIST", value_name = "DIR")]
    pub dist: Option<PathBuf>,
    #[command(flatten)]
    pub public: PublicArgs,
    /// How many people above a unit stand behind its report before it is published: with 2 a reviewer endorses it, and
    /// another of a unit above that one's accepts it
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_REVIEW_STEPS",
        default_value = "1",
        value_name = "NUMBER"
    )]
    pub review_steps: ReviewSteps,
    /// The largest file that is taken, such as 20MB or 500KB; files on their way in lie in the system's folder for
    /// temporary files (TMPDIR)
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_UPLOAD_LIMIT",
        default_value = "20MB",
        value_name = "SIZE",
        value_parser = bytes
    )]
    pub upload_limit: u64,
    #[command(flatten)]
    pub log: LogArgs,
}

/// The numbers of steps that a review may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReviewSteps {
    /// A reviewer accepts.
    #[value(name = "1")]
    One,
    /// A reviewer endorses, another accepts.
    #[value(name = "2")]
    Two,
}

impl ReviewSteps {
    /// The same, as the program uses it.
    pub fn steps(self) -> Steps {
        match self {
            ReviewSteps::One => Steps::One,
            ReviewSteps::Two => Steps::Two,
        }
    }
}

/// A size as people write it, in bytes; a kilobyte is 1,024, as everywhere where files are listed.
fn bytes(text: &str) -> Result<u64, String> {
    const MOST: u64 = 1 << 30;
    let text = text.trim().to_ascii_uppercase();
    let (number, factor) = match text.strip_suffix("MB").or_else(|| text.strip_suffix('M')) {
        Some(number) => (number, 1 << 20),
        None => match text.strip_suffix("KB").or_else(|| text.strip_suffix('K')) {
            Some(number) => (number, 1 << 10),
            None => (text.as_str(), 1),
        },
    };
    let number = number.trim().parse::<u64>().ok();
    let bytes = number.and_then(|number| number.checked_mul(factor));
    bytes
        .filter(|bytes| (1..=MOST).contains(bytes))
        .ok_or_else(|| "expected a size such as 20MB, at most 1024MB".to_owned())
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The file: CSV in UTF-8 or GB18030
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Org units beyond those of the definitions, in the columns of org_units.csv
    #[arg(long, value_name = "FILE")]
    pub org_units: Option<PathBuf>,
    /// Why these figures are published, for the history [default: the name of the file]
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

/// `read`.
#[derive(Debug, Args)]
pub struct Read {
    /// The report: a workbook or a text
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The code of the unit that reports; the report speaks of it and of units below it
    #[arg(long, value_name = "CODE")]
    pub org_unit: String,
    /// The year reported, where a column names no other
    #[arg(long, value_name = "YEAR")]
    pub year: i32,
    /// What a header means that is no name of an indicator; may stand several times
    #[arg(long, value_name = "HEADER=INDICATOR", value_parser = header_and_indicator)]
    pub map: Vec<(String, String)>,
    /// Write a copy of the report here, as XLSX, with what is wrong beside the cells
    #[arg(long, value_name = "FILE")]
    pub repaired: Option<PathBuf>,
    /// The language of the messages: zh or en
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = lang)]
    pub lang: data::Lang,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

fn header_and_indicator(text: &str) -> Result<(String, String), String> {
    let (header, indicator) = text.rsplit_once('=').ok_or("expected HEADER=INDICATOR")?;
    Ok((header.to_owned(), indicator.to_owned()))
}

fn lang(text: &str) -> Result<data::Lang, String> {
    data::Lang::from_code(text).ok_or_else(|| "expected zh or en".to_owned())
}

/// `draw`.
#[derive(Debug, Args)]
pub struct Draw {
    /// The address of a chart, without the server's name; in quotation marks, as a shell reads & as its own
    #[arg(value_name = "ADDRESS")]
    pub address: String,
    /// Where to write the file
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// Draw it as many times, one after the other, and print how many a second that were
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub repeat: Option<u32>,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// Where to write the observations [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where to write the org units beyond those of the definitions
    #[arg(long, value_name = "FILE")]
    pub org_units: Option<PathBuf>,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Fail unless this vintage, noted when it was published, is still there with the same hash: what alone tells that
    /// the newest vintages were removed, or all of them written anew
    #[arg(long, value_name = "VERSION")]
    pub vintage: Option<String>,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

/// `user`.
#[derive(Debug, Args)]
pub struct User {
    /// What to do with whom.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add a person with a role at an org unit, or give a further role to one who is there
    #[command(after_help = "Example:
  federation-dashboard user add wang --display-name 王强 --org-unit 371400 --role reviewer

Prints the one-time link with which the person chooses a password; it is good for 14 days. A person who is there \
already keeps everything and gets the role besides, and no link is printed.")]
    Add(UserAdd),
    /// Make a new one-time link for a person, with which they choose another password
    #[command(after_help = "Example:
  federation-dashboard user link li

The links that the person had before are void. The password they have stays in force until the link is used.")]
    Link(UserLink),
    /// List everybody with their roles, a line each
    #[command(after_help = "Example:
  federation-dashboard user list

Columns, separated by tabs: name, name shown to others, roles as unit:role, and `invited`, `active` or `disabled`.")]
    List(UserList),
}

/// `user add`.
#[derive(Debug, Args)]
pub struct UserAdd {
    /// What the person types to sign in; without spaces
    pub name: String,
    /// What others are shown [default: the name]
    #[arg(long, value_name = "TEXT")]
    pub display_name: Option<String>,
    /// The code of the org unit at which the role is held; it reaches everything below
    #[arg(long, value_name = "CODE")]
    pub org_unit: String,
    /// reporter, reviewer or administrator
    #[arg(long, value_parser = role)]
    pub role: Role,
    /// The address that people open, with which the link begins
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_PUBLIC_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080",
        value_parser = public_url
    )]
    pub public_url: String,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

/// `user link`.
#[derive(Debug, Args)]
pub struct UserLink {
    /// Whose password the link sets
    pub name: String,
    /// The address that people open, with which the link begins
    #[arg(
        long,
        env = "FEDERATION_DASHBOARD_PUBLIC_URL",
        value_name = "URL",
        default_value = "http://127.0.0.1:8080",
        value_parser = public_url
    )]
    pub public_url: String,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

/// `user list`.
#[derive(Debug, Args)]
pub struct UserList {
    #[command(flatten)]
    pub database: DatabaseArgs,
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| "expected reporter, reviewer or administrator".to_owned())
}

/// `synth`.
#[derive(Debug, Args)]
pub struct Synth {
    /// How many counties report; the prefectures and provinces above them come with them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=crate::synth::MOST_UNITS as i64))]
    pub org_units: u32,
    /// How many of the reported indicators, in the order of the definitions
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    pub indicators: u32,
    /// How many years, the last of them 2025 and provisional
    #[arg(long, value_name = "Y", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub years: u32,
    /// The same seed gives the same data
    #[arg(long, value_name = "S")]
    pub seed: u64,
    /// Write a CSV file instead of publishing into the database
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub database: DatabaseArgs,
    #[command(flatten)]
    pub definitions: DefinitionArgs,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_commands_are_well_formed_and_every_option_says_what_it_is_for() {
        let mut cli = Cli::command();
        cli.build();
        for command in cli
            .get_subcommands()
            .filter(|command| command.get_name() != "help")
        {
            assert!(command.get_after_help().is_some(), "{}", command.get_name());
            for option in command.get_arguments() {
                assert!(
                    option.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    option.get_id()
                );
            }
        }
    }
}

use data::period::YEARS;
use hyper::StatusCode;

use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::sheets::template::Template;

/// The form of a unit's report of a year, as a workbook or as text.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    Parameters::take(asked, &[])?;
    let no_such = || Problem::NoSuchAddress(asked.path.clone());
    let mut segments = asked.path.rsplit('/');
    let (file, org_unit) = segments.next().zip(segments.next()).ok_or_else(no_such)?;
    let (year, extension) = file.split_once('.').ok_or_else(no_such)?;
    let year: i32 = year
        .parse()
        .ok()
        .filter(|year| YEARS.contains(year))
        .ok_or_else(no_such)?;
    let template = Template::new(&published.dataset, org_unit, year)
        .ok_or_else(|| Problem::UnknownOrgUnit(org_unit.to_owned()))?;
    let (kind, body) = match extension {
        "csv" => (Kind::Csv, template.csv()),
        "xlsx" => (
            Kind::Xlsx,
            template.xlsx().map_err(|error| {
                tracing::error!(%error, "a template cannot be written as a workbook");
                Problem::Internal
            })?,
        ),
        _ => return Err(no_such()),
    };
    Ok(Content {
        status: StatusCode::OK,
        kind,
        body,
        file_name: Some(format!("{}.{extension}", template.title)),
        policies: None,
        keep: Keep::Briefly,
    })
}

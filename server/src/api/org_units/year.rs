use data::period::YEARS;
use data::query::ObservationQuery;
use data::report::compare::is_of_year;
use data::{Dataset, Names, Observation, OrgUnit};
use hyper::StatusCode;

use crate::api::observations::list::{MOST_OBSERVATIONS, workbook};
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::sheets::download::{self, Download};

/// A whole year of a unit and of all below it, as a workbook or as an archive: `2022.xlsx`, `2022.zip`.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, others) = apart_from_lang(asked)?;
    if let Some((unknown, _)) = others.first() {
        return Err(Problem::UnknownParameter((*unknown).to_owned()));
    }
    let (unit, year, extension) = address(published, asked)?;
    let observations = of_year(&published.dataset, unit, year)?;
    let download = Download {
        title: title(unit, year),
        lang,
        catalogue: &published.dataset.catalogue,
        version: &published.dataset.version,
        observations: &observations,
        notes: vec![what_a_year_is(unit, year)],
    };
    let (kind, body) = match extension {
        "zip" => (Kind::Zip, archive(&download)?),
        _ => (Kind::Xlsx, workbook(&download)?),
    };
    let name = lang.pick("全部指标", "all-indicators");
    Ok(Content {
        status: StatusCode::OK,
        kind,
        body,
        file_name: Some(format!("{name}_{}_{year}.{extension}", unit.name.get(lang))),
        policies: None,
        keep: Keep::Briefly,
    })
}

/// The unit, the year and the kind of file that an address names.
fn address<'a>(published: &'a Published, asked: &'a Asked) -> Result<(&'a OrgUnit, i32, &'a str), Problem> {
    let no_such = || Problem::NoSuchAddress(asked.path.clone());
    let mut segments = asked.path.rsplit('/');
    let (file, code) = segments.next().zip(segments.next()).ok_or_else(no_such)?;
    let (year, extension) = file.split_once('.').ok_or_else(no_such)?;
    let is_plain = year.len() == 4 && ["xlsx", "zip"].contains(&extension);
    let year = year.parse().ok().filter(|year| is_plain && YEARS.contains(year));
    let year = year.ok_or_else(no_such)?;
    let unit = published.dataset.catalogue.org_units.get(code);
    let unit = unit.ok_or_else(|| Problem::UnknownOrgUnit(code.to_owned()))?;
    Ok((unit, year, extension))
}

/// Every figure of the unit and of those below it whose period is the year or ends in it. The opening of a window goes with
/// the figure that closes it.
fn of_year(dataset: &Dataset, unit: &OrgUnit, year: i32) -> Result<Vec<Observation>, Problem> {
    let below = dataset.catalogue.org_units.below(&unit.code);
    let mut rows = dataset.rows(&ObservationQuery {
        org_units: below.iter().map(|unit| unit.code.clone()).collect(),
        ..ObservationQuery::default()
    });
    rows.retain(|row| is_of_year(dataset.period(*row), year));
    if rows.len() > MOST_OBSERVATIONS {
        return Err(Problem::TooMany {
            found: rows.len(),
            most: MOST_OBSERVATIONS,
        });
    }
    Ok(rows.into_iter().map(|row| dataset.observation(row)).collect())
}

fn title(unit: &OrgUnit, year: i32) -> Names {
    Names {
        zh: format!("{}{year}年全部指标", unit.name.zh),
        en: format!("{}: all indicators of {year}", unit.name.en),
    }
}

fn what_a_year_is(unit: &OrgUnit, year: i32) -> Names {
    Names {
        zh: format!(
            "范围：{}及其全部下级地区；期间为{year}年，或截止于{year}年的时点、今年以来、近年、累计和连续年数。期初数随其期末数的年份。",
            unit.name.zh
        ),
        en: format!(
            "Of {} and all areas below it: figures of {year}, and those as of a day, of the year to date, of past years, cumulative or of years running that end in {year}. An opening figure goes with the year of the one that closes its window.",
            unit.name.en
        ),
    }
}

fn archive(download: &Download<'_>) -> Result<Vec<u8>, Problem> {
    download::archive(download).map_err(|error| {
        tracing::error!(%error, "figures cannot be written as an archive");
        Problem::Internal
    })
}

//! `/api/v1/reporting`: who has reported.
//!
//! Who is late is not public, and not for their neighbours: a role reaches its unit and what is below it, and of that
//! whoever holds it is told. Drafts are told to the reporters of the unit alone.

pub mod get;

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use data::api::{Reporting, Standing, SubmissionState};
use data::reporting::{Filing, Known, reports, shares};
use data::{Dataset, Level, Origin};

use crate::calendar::china_day;
use crate::http::failure::Problem;
use crate::rights::{Person, Refused, Role};
use crate::store::{Sending, Store};

/// Who has reported a year at and below a unit, as far as a person may know.
pub async fn reporting(
    store: &Store,
    published: &Arc<Dataset>,
    person: &Person,
    (org_unit, year): (&str, i32),
    now: DateTime<Utc>,
) -> Result<Reporting, Problem> {
    let tree = &published.catalogue.org_units;
    let unit = tree
        .get(org_unit)
        .ok_or_else(|| Problem::UnknownOrgUnit(org_unit.to_owned()))?;
    let mut reached = tree.below(org_unit);
    reached.retain(|unit| person.reaches(&unit.code, tree));
    if reached.is_empty() {
        return Err(Refused::OutOfReach {
            who: person.account.clone(),
            // Any role would do; the least of them is missing.
            role: Role::Reporter,
            org_unit: org_unit.to_owned(),
        }
        .into());
    }
    let mut known = known(store, published, year).await?;
    // A draft is its reporters' own affair; for everybody else it is not there.
    known.filings.retain(|filing| {
        filing.state != SubmissionState::Draft || person.reporter(&filing.org_unit, tree).is_ok()
    });
    let today = china_day(now);
    let mut units = reports(reached, year, today, &known, tree);
    for report in &mut units {
        let is_shown =
            report.standing != Standing::NotBegun && person.opens_reports(&report.org_unit.code, tree);
        report.submission = report.submission.take().filter(|_| is_shown);
    }
    let parents = tree
        .children(org_unit)
        .filter(|child| child.level < Level::County);
    let nodes = std::iter::once(unit)
        .chain(parents)
        .filter(|node| person.reaches(&node.code, tree));
    let mut shares = shares(nodes, &units, tree);
    shares.retain(|share| share.of > 0);
    Ok(Reporting {
        org_unit: unit.clone(),
        year,
        today,
        shares,
        units,
    })
}

async fn known(store: &Store, published: &Arc<Dataset>, year: i32) -> Result<Known, Problem> {
    let (published, ever) = figures(published, year);
    let mut known = Known {
        deadlines: store.deadlines(year).await?.into_iter().collect(),
        filings: store
            .sendings(year)
            .await?
            .into_iter()
            .filter_map(filing)
            .collect(),
        published,
        ever,
    };
    known.ever.extend(store.senders().await?);
    Ok(known)
}

fn filing(sending: Sending) -> Option<Filing> {
    let moment = sending
        .first_sent
        .as_deref()
        .and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    Some(Filing {
        id: sending.id,
        org_unit: sending.org_unit,
        state: SubmissionState::from_code(&sending.state)?,
        sent_on: moment.map(|moment| china_day(moment.with_timezone(&Utc))),
    })
}

/// The units that published figures of a year are of, and those that any are of. What we computed nobody reported.
fn figures(published: &Dataset, year: i32) -> (HashSet<String>, HashSet<String>) {
    let units = published.catalogue.org_units.all();
    let mut found = vec![(false, false); units.len()];
    for row in 0..published.len() {
        if matches!(published.origin(row), Origin::Derived | Origin::RolledUp) {
            continue;
        }
        let (of_year, ever) = &mut found[published.org_unit_index(row)];
        *ever = true;
        *of_year = *of_year || published.period(row).order_day().year() == year;
    }
    let codes = |is: fn(&(bool, bool)) -> bool| {
        let found = units.iter().zip(&found).filter(move |(_, found)| is(found));
        found.map(|(unit, _)| unit.code.clone()).collect()
    };
    (codes(|found| found.0), codes(|found| found.1))
}

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::api::{NewSavedChart, SavedChartEntry};
use data::chart::{ChartFormat, ChartRequest};
use data::{AsOf, Names};
use hyper::StatusCode;
use hyper::header::{HOST, HeaderValue, LOCATION};

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::saved::{MOST_CHARTS, MOST_OF_ANYBODY, SavedChart, address, id};
use crate::state;
use crate::store::{Saving, StoredChart};

/// How many charts could share an id before we give up; a second one would be news.
const MOST_ATTEMPTS: u32 = 4;

/// Saves a chart under a short address, or finds it there. Anybody may: a webmaster has no account.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let asked: NewSavedChart = sent.json().await?;
    let (request, as_of) = address::read(&asked.address, &ours(&app, &sent))?;
    let published = app.published.load_full();
    address::check(&request, &published.dataset.catalogue)?;
    let vintage = match (asked.pinned, as_of) {
        (false, None) => None,
        (false, Some(_)) => return Err(contradiction()),
        (true, None) => Some(vintage(state::vintage(&published.dataset))?),
        (true, Some(as_of)) => Some(vintage_of(&app, as_of).await?),
    };
    let (chart, is_new) = save(&app, &sent, &request, vintage).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = writes::json(
        status,
        &SavedChartEntry {
            id: chart.id.clone(),
            address: chart.request.href(ChartFormat::Page),
            href: chart.href(),
            vintage: vintage.map(NonZeroU32::get),
        },
    )?;
    if let Ok(location) = HeaderValue::try_from(chart.href()) {
        response.headers_mut().insert(LOCATION, location);
    }
    app.saved.known.insert(Arc::new(chart));
    Ok(response)
}

/// The chart, and whether it is new. Only what is new is counted.
async fn save(
    app: &App,
    sent: &Sent,
    request: &ChartRequest,
    vintage: Option<NonZeroU32>,
) -> Result<(SavedChart, bool), Problem> {
    let address = request.href(ChartFormat::Page);
    let mut room = None;
    for attempt in 0..MOST_ATTEMPTS {
        let stored = StoredChart {
            id: id::id(&address, vintage, attempt),
            address: address.clone(),
            vintage: vintage.map(|vintage| i64::from(vintage.get())),
        };
        let chart = SavedChart {
            id: stored.id.clone(),
            request: request.clone(),
            vintage,
        };
        match app.saved.known.chart(&app.store, &chart.id).await? {
            Some(there) if *there == chart => return Ok((chart, false)),
            Some(_) => continue,
            None => {}
        }
        let most = match room {
            Some(most) => most,
            None => *room.insert(count(app, sent).await?),
        };
        match app.store.save_chart(&stored, most, Utc::now()).await? {
            Saving::New => return Ok((chart, true)),
            Saving::Known => return Ok((chart, false)),
            Saving::Taken => {}
            Saving::Full => return Err(full(most)),
        }
    }
    tracing::error!(address, "no id is free for a chart");
    Err(Problem::Internal)
}

/// Counts a new chart of whoever sent this; answers up to how many in all there is room for it.
async fn count(app: &App, sent: &Sent) -> Result<i64, Problem> {
    let taken = app.saved.limit.take(sent.client, Utc::now());
    taken.map_err(|seconds| Problem::TooManyRequests { seconds })?;
    Ok(match accounts::person(app, &sent.headers).await? {
        Some(_) => MOST_CHARTS,
        None => MOST_OF_ANYBODY,
    })
}

/// Where we are reached, for who pastes a whole address.
fn ours(app: &App, sent: &Sent) -> Vec<String> {
    let host = sent.headers.get(HOST).and_then(|host| host.to_str().ok());
    let here = host
        .into_iter()
        .flat_map(|host| [format!("http://{host}"), format!("https://{host}")]);
    here.chain(app.accounts.public.url.clone()).collect()
}

async fn vintage_of(app: &App, as_of: AsOf) -> Result<NonZeroU32, Problem> {
    let found = app.store.vintage_as_of(as_of).await?;
    let found = found.ok_or(Problem::NothingAsOf(as_of))?;
    vintage(u32::try_from(found.id).unwrap_or_default())
}

fn vintage(number: u32) -> Result<NonZeroU32, Problem> {
    NonZeroU32::new(number).ok_or_else(|| {
        Problem::Conflict(Names {
            zh: "尚未发布任何数据，没有版本可以固定".into(),
            en: "nothing is published yet, so there is no vintage to keep to".into(),
        })
    })
}

fn contradiction() -> Problem {
    Problem::BadField {
        field: "pinned",
        expected: Names {
            zh: "true：地址中的 as-of 已指定某一时点的数据；要随最新数据更新，请去掉 as-of".into(),
            en: "true, because the address names a past state by `as-of`; leave that out for a chart that follows the newest \
                 figures"
                .into(),
        },
    }
}

fn full(most: i64) -> Problem {
    let words = match most {
        MOST_OF_ANYBODY => Names {
            zh: format!("未登录时最多可有 {most} 个短地址，现已用完；请登录后保存，或直接使用图表的完整地址"),
            en: format!(
                "there are {most} short addresses, and without signing in nobody adds to them; sign in, or use the whole \
                 address of the chart"
            ),
        },
        _ => Names {
            zh: format!("短地址已达上限（{most} 个），请直接使用图表的完整地址，并告知管理员"),
            en: format!(
                "there are as many short addresses as there may be ({most}); use the whole address of the chart, and tell \
                 the administrator"
            ),
        },
    };
    Problem::Told {
        status: StatusCode::INSUFFICIENT_STORAGE,
        code: "too_many_charts",
        words,
    }
}

#[cfg(test)]
mod tests {
    use data::Lang;

    use super::*;

    #[test]
    fn only_who_is_not_signed_in_is_told_to_sign_in() {
        let told = [MOST_OF_ANYBODY, MOST_CHARTS].map(|most| full(most).message(Lang::En));
        assert!(
            told[0].contains("100000") && told[0].contains("sign in"),
            "{}",
            told[0]
        );
        assert!(
            told[1].contains("200000") && !told[1].contains("sign in"),
            "{}",
            told[1]
        );
    }
}

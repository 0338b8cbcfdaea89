use std::num::NonZeroU32;

use data::chart::{ChartFormat, ChartKind, ChartRequest, Look};
use data::definitions::Catalogue;
use data::{AsOf, Names};
use hyper::Uri;

use super::SavedChart;
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::store::StoredChart;

/// The chart at an address of ours and the state that it names: that of its page, of one of its files, or of its embed.
/// `ours` are the origins at which we are reached, for who pastes a whole address.
pub fn read(address: &str, ours: &[String]) -> Result<(ChartRequest, Option<AsOf>), Problem> {
    let address = address.trim();
    let local = ours
        .iter()
        .find_map(|origin| address.strip_prefix(origin.as_str()));
    let local = local.unwrap_or(address);
    let uri: Uri = local.parse().map_err(|_| no_chart())?;
    let asked = Asked::parse(&uri)?;
    let kind = kind(&asked.path).filter(|_| local.starts_with('/'));
    let request = ChartRequest::parse(kind.ok_or_else(no_chart)?, asked.pairs())?;
    let as_of = request.as_of;
    let plain = ChartRequest {
        as_of: None,
        look: Look::default(),
        ..request
    };
    Ok((plain, as_of))
}

/// Refuses a chart of what nobody knows, and of nothing: there are endlessly many of them.
pub fn check(request: &ChartRequest, catalogue: &Catalogue) -> Result<(), Problem> {
    if request.indicators.is_empty() && request.org_units.is_empty() {
        return Err(Problem::MissingParameter("indicator"));
    }
    let mut indicators = request.indicators.iter();
    if let Some(unknown) = indicators.find(|code| catalogue.indicator(code).is_none()) {
        return Err(Problem::UnknownIndicator(unknown.clone()));
    }
    let mut units = request.org_units.iter();
    match units.find(|code| catalogue.org_units.get(code).is_none()) {
        Some(unknown) => Err(Problem::UnknownOrgUnit(unknown.clone())),
        None => Ok(()),
    }
}

/// A chart as the database has it; none where its address cannot be read.
pub fn stored(stored: StoredChart) -> Option<SavedChart> {
    let (request, _) = read(&stored.address, &[]).ok()?;
    let vintage = match stored.vintage {
        Some(vintage) => Some(NonZeroU32::new(u32::try_from(vintage).ok()?)?),
        None => None,
    };
    Some(SavedChart {
        id: stored.id,
        request,
        vintage,
    })
}

fn kind(path: &str) -> Option<ChartKind> {
    match path.strip_prefix("/charts/") {
        Some(segment) => ChartKind::from_name(ChartFormat::split(segment).0),
        None => ChartKind::from_name(path.strip_prefix("/embed/")?),
    }
}

fn no_chart() -> Problem {
    Problem::BadField {
        field: "address",
        expected: Names {
            zh: "本站图表的地址，如 /charts/line?indicator=taxpaying_firms&org-unit=371482".into(),
            en: "the address of a chart of ours, such as /charts/line?indicator=taxpaying_firms&org-unit=371482".into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(address: &str) -> Option<String> {
        let ours = ["https://figures.cn".to_owned()];
        let (request, _) = read(address, &ours).ok()?;
        Some(request.href(ChartFormat::Page))
    }

    #[test]
    fn every_address_of_one_chart_is_the_same_chart() {
        let expected = "/charts/line?indicator=a&org-unit=371482&lang=en";
        for address in [
            "/charts/line?indicator=a&org-unit=371482&lang=en",
            "/charts/line.png?lang=en&org-unit=371482&indicator=a&width=600&scale=2&theme=dark",
            " https://figures.cn/embed/line?indicator=a&org-unit=371482&lang=en&as-of=3 ",
        ] {
            assert_eq!(canonical(address).as_deref(), Some(expected), "{address}");
        }
        let (_, as_of) = read("/charts/line?as-of=3", &[]).unwrap();
        assert_eq!(as_of, Some(AsOf::Vintage(3)));
    }

    #[test]
    fn only_a_chart_of_ours_has_an_address_here() {
        for address in [
            "",
            "charts/line",
            "/",
            "/indicators/a",
            "/charts/pie?indicator=a",
            "/charts/line/x",
            "https://elsewhere.cn/charts/line?indicator=a",
            "https://figures.cn.elsewhere.cn/charts/line?indicator=a",
            "//elsewhere.cn/charts/line",
            "javascript:alert(1)",
            "/charts/line?colour=red",
            "/charts/line?indicator=%ff",
            "/charts/line?indicator=a\r\nx",
        ] {
            assert_eq!(canonical(address), None, "{address}");
        }
    }
}

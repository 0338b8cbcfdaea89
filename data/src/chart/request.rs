use std::fmt::Write as _;
use std::ops::RangeInclusive;

use crate::page::MOST_COMPARED;
use crate::query::{DATE_EXPECTED, ObservationQuery, QueryError};
use crate::{AS_OF_EXPECTED, AsOf, Lang, PartialDate, Period, Phrase};

/// The kinds of chart that have an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// `line`: one indicator over time, one line for each org unit.
    Line,
    /// `from-to`: from the opening of a window to its close, of several indicators of a unit or of one of several units.
    FromTo,
    /// `bar`: several indicators of one unit in one period.
    Bar,
    /// `ranking`: the units beside the first one by one indicator in one year.
    Ranking,
    /// `below`: one indicator by the units below one.
    Below,
}

impl ChartKind {
    /// All of them.
    pub const ALL: [ChartKind; 5] = [
        ChartKind::Line,
        ChartKind::FromTo,
        ChartKind::Bar,
        ChartKind::Ranking,
        ChartKind::Below,
    ];

    /// The word in the address.
    pub fn name(self) -> &'static str {
        match self {
            ChartKind::Line => "line",
            ChartKind::FromTo => "from-to",
            ChartKind::Bar => "bar",
            ChartKind::Ranking => "ranking",
            ChartKind::Below => "below",
        }
    }

    /// The kind that a word in an address names.
    pub fn from_name(name: &str) -> Option<ChartKind> {
        ChartKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What a chart's address answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChartFormat {
    /// The page about it.
    Page,
    /// A picture of lines and letters.
    Svg,
    /// A picture of pixels.
    Png,
    /// Its figures as a table of text.
    Csv,
    /// Its figures as a workbook.
    Xlsx,
    /// Its figures and its words for programs.
    Json,
}

impl ChartFormat {
    /// All but the page, in the order in which they are offered.
    pub const FILES: [ChartFormat; 5] = [
        ChartFormat::Png,
        ChartFormat::Svg,
        ChartFormat::Csv,
        ChartFormat::Xlsx,
        ChartFormat::Json,
    ];

    /// How the address ends: nothing for the page, else a dot and the name.
    pub fn ending(self) -> &'static str {
        match self {
            ChartFormat::Page => "",
            ChartFormat::Svg => ".svg",
            ChartFormat::Png => ".png",
            ChartFormat::Csv => ".csv",
            ChartFormat::Xlsx => ".xlsx",
            ChartFormat::Json => ".json",
        }
    }

    /// The name and the format of the last segment of an address: `line.svg` is `line` and [`ChartFormat::Svg`].
    pub fn split(segment: &str) -> (&str, ChartFormat) {
        let file = ChartFormat::FILES
            .into_iter()
            .find_map(|format| Some((segment.strip_suffix(format.ending())?, format)));
        file.unwrap_or((segment, ChartFormat::Page))
    }
}

/// The two themes of a picture that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureTheme {
    /// Dark ink on light paper.
    #[default]
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// How a picture is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// `width`, in pixels before `scale`.
    pub width: u32,
    /// `height`, in pixels before `scale`; none for as high as what it shows.
    pub height: Option<u32>,
    /// `scale`: pixels of the file to one of the picture, for pictures of pixels.
    pub scale: u32,
    /// `theme`: `light` or `dark`; none for light, and for an embed that of its reader.
    pub theme: Option<PictureTheme>,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            width: 800,
            height: None,
            scale: 1,
            theme: None,
        }
    }
}

/// The widths a picture may have, in pixels: below, its words do not fit; above, no screen shows it.
pub const WIDTHS: RangeInclusive<u32> = 240..=3840;
/// The heights a picture may have, in pixels.
pub const HEIGHTS: RangeInclusive<u32> = 160..=3840;
/// How many pixels of a file one of the picture may be: print asks for some three.
pub const SCALES: RangeInclusive<u32> = 1..=4;

/// The most indicators one chart shows: as many bars still fit a page of print.
pub const MOST_INDICATORS: usize = 24;

/// An address of a chart. Everything that it shows is in it, so that equal addresses are equal charts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartRequest {
    /// Which kind.
    pub kind: ChartKind,
    /// `indicator`, repeatable.
    pub indicators: Vec<String>,
    /// `org-unit`, repeatable, the chosen one first.
    pub org_units: Vec<String>,
    /// `year`: of a ranking, of bars, of the units below one.
    pub year: Option<i32>,
    /// `start-period`: what ends before it is left out.
    pub start_period: Option<PartialDate>,
    /// `end-period`: what ends after it is left out.
    pub end_period: Option<PartialDate>,
    /// `lang`.
    pub lang: Lang,
    /// `as-of`: the published state shown; none for the newest.
    pub as_of: Option<AsOf>,
    /// How its picture looks.
    pub look: Look,
}

const YEAR_EXPECTED: Phrase = Phrase::new("四位年份，如 2022", "a year such as 2022");
const LANG_EXPECTED: Phrase = Phrase::new("zh 或 en", "zh or en");
const THEME_EXPECTED: Phrase = Phrase::new("light 或 dark", "light or dark");
const WIDTH_EXPECTED: Phrase = Phrase::new("240 至 3840 的整数", "a whole number from 240 to 3840");
const HEIGHT_EXPECTED: Phrase = Phrase::new("160 至 3840 的整数", "a whole number from 160 to 3840");
const SCALE_EXPECTED: Phrase = Phrase::new("1 至 4 的整数", "a whole number from 1 to 4");
const UNITS_EXPECTED: Phrase = Phrase::new("至多 8 个地区", "at most 8 areas");
const INDICATORS_EXPECTED: Phrase = Phrase::new("至多 24 项指标", "at most 24 indicators");

impl ChartRequest {
    /// A chart of a kind in a language, of nothing yet.
    pub fn new(kind: ChartKind, lang: Lang) -> ChartRequest {
        ChartRequest {
            kind,
            indicators: Vec::new(),
            org_units: Vec::new(),
            year: None,
            start_period: None,
            end_period: None,
            lang,
            as_of: None,
            look: Look::default(),
        }
    }

    /// Reads the pairs of a query string, already percent-decoded. What is misspelt is an error, not another chart.
    pub fn parse<'a>(
        kind: ChartKind,
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<ChartRequest, QueryError> {
        let mut request = ChartRequest::new(kind, Lang::default());
        let mut seen: Vec<&str> = Vec::new();
        // An empty parameter counts as not given: forms send what was left as it is.
        for (key, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            let is_list = matches!(key, "indicator" | "org-unit");
            if !is_list && seen.contains(&key) {
                return Err(QueryError::Repeated(key.to_owned()));
            }
            seen.push(key);
            request.take(key, value)?;
        }
        request.bounds().check_order()?;
        Ok(request)
    }

    /// Whether an address of a chart has a parameter of this name.
    pub fn knows(parameter: &str) -> bool {
        let error = ChartRequest::new(ChartKind::Line, Lang::default()).take(parameter, "");
        !matches!(error, Err(QueryError::UnknownParameter(_)))
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        match key {
            "indicator" => add(
                &mut self.indicators,
                key,
                value,
                MOST_INDICATORS,
                INDICATORS_EXPECTED,
            )?,
            "org-unit" => add(&mut self.org_units, key, value, MOST_COMPARED, UNITS_EXPECTED)?,
            "year" => self.year = Some(read(key, value, YEAR_EXPECTED, year)?),
            "start-period" => self.start_period = Some(read(key, value, DATE_EXPECTED, date)?),
            "end-period" => self.end_period = Some(read(key, value, DATE_EXPECTED, date)?),
            "lang" => self.lang = read(key, value, LANG_EXPECTED, Lang::from_code)?,
            AsOf::PARAMETER => self.as_of = Some(read(key, value, AS_OF_EXPECTED, |text| text.parse().ok())?),
            "width" => self.look.width = read(key, value, WIDTH_EXPECTED, |text| within(text, WIDTHS))?,
            "height" => {
                self.look.height = Some(read(key, value, HEIGHT_EXPECTED, |text| within(text, HEIGHTS))?);
            }
            "scale" => self.look.scale = read(key, value, SCALE_EXPECTED, |text| within(text, SCALES))?,
            "theme" => self.look.theme = Some(read(key, value, THEME_EXPECTED, theme)?),
            unknown => return Err(QueryError::UnknownParameter(unknown.to_owned())),
        }
        Ok(())
    }

    fn bounds(&self) -> ObservationQuery {
        ObservationQuery {
            start_period: self.start_period,
            end_period: self.end_period,
            ..ObservationQuery::default()
        }
    }

    /// Whether a figure of this period lies within the bounds: by its last day.
    pub fn includes(&self, period: &Period) -> bool {
        self.bounds().includes(period)
    }

    /// The address that answers it in a format: `/charts/line.svg?…`. Canonical: what is as usual is not written.
    pub fn href(&self, format: ChartFormat) -> String {
        self.address_at("/charts/", format)
    }

    /// The address of the bare page that may be framed.
    pub fn embed_href(&self) -> String {
        self.address_at("/embed/", ChartFormat::Page)
    }

    fn address_at(&self, folder: &str, format: ChartFormat) -> String {
        let mut address = format!("{folder}{}{}", self.kind.name(), format.ending());
        let query = self.to_query_string();
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query);
        }
        address
    }

    /// The query string, in a fixed order so that equal charts are equal addresses.
    pub fn to_query_string(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(self.indicators.iter().map(|code| ("indicator", code.clone())));
        pairs.extend(self.org_units.iter().map(|code| ("org-unit", code.clone())));
        pairs.extend(self.year.map(|year| ("year", year.to_string())));
        pairs.extend(self.start_period.map(|date| ("start-period", date.to_string())));
        pairs.extend(self.end_period.map(|date| ("end-period", date.to_string())));
        pairs.extend(self.as_of.map(|as_of| (AsOf::PARAMETER, as_of.to_string())));
        if self.lang != Lang::default() {
            pairs.push(("lang", self.lang.code().to_owned()));
        }
        let (look, usual) = (self.look, Look::default());
        pairs.extend((look.width != usual.width).then(|| ("width", look.width.to_string())));
        pairs.extend(look.height.map(|height| ("height", height.to_string())));
        pairs.extend((look.scale != usual.scale).then(|| ("scale", look.scale.to_string())));
        pairs.extend(look.theme.map(|theme| ("theme", theme.name().to_owned())));
        let mut query = String::new();
        for (key, value) in pairs {
            let and = if query.is_empty() { "" } else { "&" };
            let _ = write!(query, "{and}{key}={}", crate::page::encoded(&value));
        }
        query
    }

    /// The same chart with another look.
    pub fn with_look(&self, look: Look) -> ChartRequest {
        ChartRequest { look, ..self.clone() }
    }
}

impl PictureTheme {
    /// The word in the address.
    pub fn name(self) -> &'static str {
        match self {
            PictureTheme::Light => "light",
            PictureTheme::Dark => "dark",
        }
    }
}

fn theme(text: &str) -> Option<PictureTheme> {
    [PictureTheme::Light, PictureTheme::Dark]
        .into_iter()
        .find(|theme| theme.name() == text)
}

fn date(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

fn year(text: &str) -> Option<i32> {
    let year = text.parse().ok()?;
    crate::period::YEARS.contains(&year).then_some(year)
}

fn within(text: &str, bounds: RangeInclusive<u32>) -> Option<u32> {
    // `+5` is a number for Rust and a space for an address.
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|number| is_plain && bounds.contains(number))
}

fn add(
    list: &mut Vec<String>,
    key: &str,
    value: &str,
    most: usize,
    expected: Phrase,
) -> Result<(), QueryError> {
    if list.iter().any(|known| known == value) {
        return Ok(());
    }
    if list.len() == most {
        return Err(bad(key, value, expected));
    }
    list.push(value.to_owned());
    Ok(())
}

fn read<T>(
    key: &str,
    value: &str,
    expected: Phrase,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, QueryError> {
    parse(value).ok_or_else(|| bad(key, value, expected))
}

fn bad(key: &str, value: &str, expected: Phrase) -> QueryError {
    QueryError::BadValue {
        parameter: key.to_owned(),
        found: value.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<ChartRequest, QueryError> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        ChartRequest::parse(ChartKind::Line, pairs)
    }

    #[test]
    fn every_choice_of_a_chart_is_in_its_address_once() {
        for query in [
            "indicator=taxpaying_firms&org-unit=371482",
            "indicator=a&indicator=b&org-unit=371482&org-unit=371481&year=2022&as-of=3&lang=en",
            "indicator=a&start-period=2018&end-period=2022-10&width=640&height=360&scale=2&theme=dark",
        ] {
            assert_eq!(parse(query).unwrap().to_query_string(), query);
        }
        assert_eq!(parse("lang=zh&width=800&scale=1").unwrap().to_query_string(), "");
        let address = parse("indicator=a").unwrap().href(ChartFormat::Png);
        assert_eq!(address, "/charts/line.png?indicator=a");
    }

    #[test]
    fn what_no_picture_can_be_is_an_error_at_its_parameter() {
        let check = |query: &str| {
            let found = parse(query)
                .map(|_| ())
                .map_err(|error| error.parameter().to_owned());
            let parameter = query.rsplit_once('&').map_or(query, |(_, last)| last);
            let parameter = parameter.split('=').next().unwrap_or_default();
            assert_eq!(found, Err(parameter.to_owned()), "{query}");
        };
        for query in [
            "width=0",
            "width=4000",
            "width=-1",
            "width=1e3",
            "width=%2B5",
            "height=159",
            "scale=0",
            "scale=9",
            "theme=blue",
            "lang=fr",
            "year=22",
            "year=NaN",
            "start-period=NaN",
            "as-of=yesterday",
            "colour=red",
            "year=2022&year=2023",
            "start-period=2023&end-period=2022",
        ] {
            check(query);
        }
        let many: Vec<String> = (0..10_000).map(|at| format!("org-unit={at}")).collect();
        assert_eq!(parse(&many.join("&")).unwrap_err().parameter(), "org-unit");
    }

    #[test]
    fn the_ending_of_an_address_is_its_format() {
        assert_eq!(ChartFormat::split("from-to.svg"), ("from-to", ChartFormat::Svg));
        assert_eq!(ChartFormat::split("line"), ("line", ChartFormat::Page));
        assert_eq!(ChartFormat::split("line.gif"), ("line.gif", ChartFormat::Page));
    }
}

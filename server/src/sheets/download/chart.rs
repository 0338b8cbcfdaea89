//! The sheet of charts: each native, beside the small table that it shows.

use charts::palette;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, Color,
    Worksheet, XlsxError,
};

use super::plan::{Kind, Plan, Point, RowName};
use super::{CHARTS, Download, for_people, write_text};
use crate::sheets::style;

/// The least rows that a chart takes, at the usual height of a row.
const ROWS: u32 = 22;

/// The width of a chart in pixels; its height follows from [`ROWS`] or its bars.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 400;

pub(super) fn write(sheet: &mut Worksheet, download: &Download<'_>, plans: &[Plan]) -> Result<(), XlsxError> {
    let name = download.pick(CHARTS);
    for_people(sheet, name, download.lang)?;
    sheet.set_column_width(0, 28)?;
    let (mut top, mut tops) = (2, Vec::new());
    for plan in plans {
        let table = Table { sheet: name, top };
        let height = table.write(sheet, plan, download)?;
        top += height.max(ROWS + plan.rows.len() as u32 / 2) + 2;
        tops.push(top);
    }
    tops.pop();
    // On paper each stands on a page of its own, wherever its rows would end; programs differ by a third in how wide a column
    // is, and the widest has to fit.
    let columns = plans.iter().map(|plan| plan.series.len()).max();
    let scale = if columns > Some(4) { 40 } else { 50 };
    sheet.set_page_breaks(&tops)?;
    sheet.set_paper_size(9).set_landscape().set_print_scale(scale);
    Ok(())
}

/// Where the small table of a chart stands.
struct Table<'a> {
    sheet: &'a str,
    top: u32,
}

impl Table<'_> {
    /// Writes the table and its chart; answers how many rows the table has.
    fn write(&self, sheet: &mut Worksheet, plan: &Plan, download: &Download<'_>) -> Result<u32, XlsxError> {
        let (title, header) = (self.top, self.top + 1);
        let heading = format!(
            "{}{}{}",
            plan.title,
            download.lang.pick("，单位：", ", in "),
            plan.unit
        );
        write_text(sheet, (title, 0), &heading, &style::title())?;
        // The name of a period or an area may take two lines.
        sheet.set_row_height(header, 32)?;
        for (column, series) in (1..).zip(&plan.series) {
            sheet.set_column_width(column, 14)?;
            write_text(sheet, (header, column), &series.name, &style::heading())?;
            for (row, point) in (header + 1..).zip(&series.points) {
                if let Some(point) = point {
                    sheet.write_number_with_format(row, column, point.height, &style::plain())?;
                }
            }
        }
        let day = style::date(&style::plain());
        for (row, name) in (header + 1..).zip(&plan.rows) {
            match name {
                RowName::Text(text) => write_text(sheet, (row, 0), text, &style::plain())?,
                RowName::Day(day_of) => match style::excel_date(*day_of) {
                    Some(excel) => {
                        sheet.write_with_format(row, 0, &excel, &day)?;
                    }
                    None => write_text(sheet, (row, 0), &day_of.to_string(), &style::plain())?,
                },
            }
        }
        let mut below = header + 1 + plan.rows.len() as u32;
        for note in &plan.notes {
            write_text(sheet, (below, 0), note, &style::aside())?;
            below += 1;
        }
        sheet.insert_chart(header, plan.series.len() as u16 + 2, &self.chart(plan, &heading))?;
        Ok(below - self.top)
    }

    fn chart(&self, plan: &Plan, heading: &str) -> Chart {
        let mut chart = match plan.kind {
            Kind::Bars => Chart::new_bar(),
            Kind::Years | Kind::Days => Chart::new_line(),
        };
        let (first, last) = (self.top + 2, self.top + 1 + plan.rows.len() as u32);
        for (at, series) in plan.series.iter().enumerate() {
            let column = at as u16 + 1;
            let drawn = chart.add_series();
            drawn
                .set_name((self.sheet, self.top + 1, column))
                .set_categories((self.sheet, first, 0, last, 0))
                .set_values((self.sheet, first, column, last, column));
            look(drawn, plan.kind, at);
            label(drawn, plan.kind, &series.points);
        }
        chart
            .title()
            .set_name(heading)
            .set_font(ChartFont::new().set_size(12));
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        axes(&mut chart, plan);
        chart.set_alt_text(heading);
        chart
    }
}

fn look(series: &mut ChartSeries, kind: Kind, at: usize) {
    let colours = palette::SERIES.len();
    let palette::RGBColor(red, green, blue) = match (kind, at) {
        (Kind::Bars, _) => palette::NAVY,
        (_, 0) => palette::ACCENT,
        (_, at) => palette::SERIES[(at - 1) % colours],
    };
    let colour = Color::RGB(u32::from_be_bytes([0, red, green, blue]));
    if kind == Kind::Bars {
        series.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
        series.set_gap(60);
        return;
    }
    series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2.25)));
    // A figure between two gaps has no line, so each has a mark.
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(colour))
        .set_no_border();
    series.set_marker(
        ChartMarker::new()
            .set_type(ChartMarkerType::Circle)
            .set_size(6)
            .set_format(&mut fill),
    );
}

/// Each bar says what it is; on a line only those that are not the exact number they are drawn at.
fn label(series: &mut ChartSeries, kind: Kind, points: &[Option<Point>]) {
    let is_told = |point: &Point| kind == Kind::Bars || point.is_open;
    if !points.iter().flatten().any(is_told) {
        return;
    }
    let labels: Vec<ChartDataLabel> = points
        .iter()
        .map(|point| match point.as_ref().filter(|point| is_told(point)) {
            Some(point) => ChartDataLabel::new().set_value(point.label.as_str()).to_custom(),
            None => ChartDataLabel::new().set_hidden().to_custom(),
        })
        .collect();
    if kind != Kind::Bars {
        let above = ChartDataLabelPosition::Above;
        series.set_data_label(ChartDataLabel::new().show_value().set_position(above));
    }
    series.set_custom_data_labels(&labels);
}

fn axes(chart: &mut Chart, plan: &Plan) {
    let is_below_zero = |point: &Point| point.height < 0.0;
    let has_negative = plan
        .series
        .iter()
        .any(|series| series.points.iter().flatten().any(is_below_zero));
    // The axes of bars lie the other way round.
    let value = match plan.kind {
        Kind::Bars => chart.x_axis(),
        Kind::Years | Kind::Days => chart.y_axis(),
    };
    let is_whole = |point: &Point| point.height.fract() == 0.0;
    let all_whole = plan
        .series
        .iter()
        .flat_map(|series| series.points.iter().flatten())
        .all(is_whole);
    // Excel would leave a point behind whole numbers under a format that allows for digits after it.
    value.set_num_format(if all_whole { "#,##0" } else { "General" });
    if !has_negative {
        value.set_min(0);
    }
    let grid = palette::HAIRLINE;
    let grid = Color::RGB(u32::from_be_bytes([0, grid.0, grid.1, grid.2]));
    value.set_major_gridlines_line(ChartLine::new().set_color(grid));
    let mut height = HEIGHT;
    match plan.kind {
        Kind::Bars => {
            // The first row stands above the others, as in the table.
            chart.y_axis().set_reverse();
            height = height.max(plan.rows.len() as u32 * 22 + 100);
        }
        Kind::Days => {
            chart.x_axis().set_date_axis(true).set_num_format("yyyy-mm-dd");
        }
        Kind::Years => {
            chart.x_axis().set_text_axis(true);
        }
    }
    match plan.series.len() {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom),
    };
    chart.set_width(WIDTH).set_height(height);
}

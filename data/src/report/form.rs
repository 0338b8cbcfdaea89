use crate::api::{Form, FormFigure};
use crate::sheet::{Cell, text};

/// The columns of a form, by the names that an export has.
const COLUMNS: [&str; 5] = ["indicator", "org_unit", "value", "qualifier", "comment"];

/// What stands for a number where there is a remark and none.
const WITHOUT: &str = "—";

impl Form {
    /// The form as a file, in the columns of an export: it is read, kept and checked like any other. Row 0 of the form is
    /// line 2 of the file.
    ///
    /// A remark without a number is the reason why there is none, so it comes with a dash, which says so.
    pub fn csv(&self) -> String {
        let cell = |text: &str| format!("\"{}\"", text.replace(char::is_control, " ").replace('"', "\"\""));
        let mut csv = format!("{}\n", COLUMNS.join(","));
        for figure in &self.figures {
            let is_reason = figure.value.trim().is_empty() && !figure.comment.trim().is_empty();
            let row: [&str; COLUMNS.len()] = [
                &figure.indicator,
                &figure.org_unit,
                if is_reason { WITHOUT } else { &figure.value },
                &figure.qualifier,
                &figure.comment,
            ];
            csv += &row.map(cell).join(",");
            csv.push('\n');
        }
        csv
    }

    /// The form that a file of [`Form::csv`] was made of; `None` of any other file.
    pub fn of_csv(csv: &str) -> Option<Form> {
        let mut figures = Vec::new();
        let mut is_form = false;
        text::rows(csv, |line, cells| {
            let texts: Vec<String> = cells.iter().map(|cell| cell.text().into_owned()).collect();
            if line == 1 {
                is_form = texts == COLUMNS;
            } else {
                figures.push(figure(cells));
            }
        });
        is_form.then_some(Form {
            vintage: None,
            figures,
        })
    }
}

fn figure(cells: &[Cell<'_>]) -> FormFigure {
    let text = |at: usize| {
        cells
            .get(at)
            .map_or(String::new(), |cell| cell.text().into_owned())
    };
    let comment = text(4);
    FormFigure {
        indicator: text(0),
        org_unit: text(1),
        value: Some(text(2))
            .filter(|value| value != WITHOUT || comment.is_empty())
            .unwrap_or_default(),
        qualifier: text(3),
        comment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(indicator: &str, value: &str, comment: &str) -> FormFigure {
        FormFigure {
            indicator: indicator.into(),
            value: value.into(),
            comment: comment.into(),
            ..FormFigure::default()
        }
    }

    #[test]
    fn what_was_typed_comes_back_as_it_was_typed() {
        let form = Form {
            vintage: None,
            figures: vec![
                row("taxpaying_firms", "五百", ""),
                row("training_sessions", "2000余", "含\"线上\"，不含;|其他"),
                row("donations_total", "", "未开展"),
            ],
        };
        assert_eq!(Form::of_csv(&form.csv()), Some(form));
    }

    #[test]
    fn another_file_is_no_form() {
        assert_eq!(Form::of_csv("指标,数值\n培训场次,8\n"), None);
        assert_eq!(Form::of_csv(""), None);
    }
}

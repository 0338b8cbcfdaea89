//! An issue beside its own line of a form, where the name of the figure stands already: the server draws it there, and the
//! program of the form draws it again as somebody types.

use super::{Issue, Problem, Severity};
use crate::Lang;

/// How an issue stands out beside its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// It keeps the report from being sent.
    Error,
    /// It needs a reason.
    Warning,
    /// A figure that was there last year: it is left to do, and nothing is wrong with it yet.
    Missing,
}

impl Mark {
    /// The class in HTML.
    pub fn class(self) -> &'static str {
        match self {
            Mark::Error => "error",
            Mark::Warning => "warning",
            Mark::Missing => "missing",
        }
    }
}

impl Issue {
    /// How it stands out.
    pub fn mark(&self) -> Mark {
        match (&self.problem, self.severity()) {
            (Problem::MissingNow { .. }, _) => Mark::Missing,
            (_, Severity::Error) => Mark::Error,
            (_, Severity::Warning) => Mark::Warning,
        }
    }

    /// What is told of it in a form of `org_unit`: a figure of that unit is not named again in its own line.
    pub fn in_line(&self, org_unit: &str, lang: Lang) -> String {
        let is_own = self
            .about
            .as_ref()
            .is_some_and(|about| about.org_unit == org_unit);
        match &self.problem {
            Problem::MissingNow { before, period, .. } if is_own => {
                let (before, period) = (before.clone(), *period);
                let name = None;
                Problem::MissingNow { name, before, period }.message(lang)
            }
            problem => problem.message(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Names;
    use crate::report::{About, Place};

    #[test]
    fn a_figure_is_named_in_its_message_where_it_is_not_its_line() {
        let issue = Issue {
            place: Place {
                sheet: 0,
                row: 1,
                column: Some(1),
            },
            about: Some(About {
                indicator: "industry_chambers".into(),
                org_unit: "371482".into(),
                period: None,
            }),
            problem: Problem::MissingNow {
                name: Some(Box::new(Names {
                    zh: "行业商协会数".into(),
                    en: "Industry chambers".into(),
                })),
                before: "14个".into(),
                period: None,
            },
        };
        assert_eq!(issue.mark(), Mark::Missing);
        let check = |org_unit, lang, expected: &str| assert_eq!(issue.in_line(org_unit, lang), expected);
        check("371482", Lang::Zh, "此前为14个，本次没有填报：请填写，或说明原因");
        check(
            "371482",
            Lang::En,
            "14个 before, no figure now: write it, or give the reason",
        );
        check(
            "371400",
            Lang::Zh,
            "“行业商协会数”此前为14个，本次没有填报：请填写，或说明原因",
        );
    }
}

//! Figures on which a report and what is published disagree, side by side: each with its source, who sent it and when.

use charts::context::Context;
use charts::html::{escaped, text};
use data::Lang;
use data::api::{Difference, Submission, VintageEntry};

use super::{differences, pieces, remarks, vintages};

/// A section above all other differences; nothing where there is no conflict.
pub fn conflicts(submission: &Submission, conflicts: &[&Difference], context: &Context<'_>) -> String {
    if conflicts.is_empty() {
        return String::new();
    }
    let lang = context.lang;
    let heading = match lang {
        Lang::Zh => format!("冲突：请决定采用哪一个（{}）", conflicts.len()),
        Lang::En => format!("Conflicts: which is right? ({})", conflicts.len()),
    };
    let hint = lang.pick(
        "下列数据在本次报送期间另有公布，或另有来源。通过即以本次报送的数值替换；否则请退回。",
        "These figures were published meanwhile, or by another source. Accepting replaces them by this report's; else return it.",
    );
    let heads = [
        lang.words().indicator,
        lang.pick("已公布", "Published"),
        lang.pick("本次报送", "This report"),
        lang.words().change,
    ];
    let rows = conflicts.iter().map(|one| row(submission, one, context));
    let table = pieces::table("conflicts", &heading, &heads, &rows.collect::<String>());
    pieces::section("conflicts", &heading, &(text("p", hint) + &table))
}

fn row(submission: &Submission, conflict: &Difference, context: &Context<'_>) -> String {
    let Some(any) = conflict.new.as_ref().or(conflict.old.as_ref()) else {
        return String::new();
    };
    let old = conflict.old.as_ref().map_or(String::new(), |old| {
        let mut vintages = submission.conflicting.iter();
        let vintage = vintages.find(|vintage| vintage.vintage == old.vintage);
        pieces::source(&old.source) + &vintage.map_or(String::new(), |vintage| published(vintage, context))
    });
    let entry = &submission.entry;
    let new = conflict
        .new
        .as_ref()
        .map_or(String::new(), |new| pieces::source(&new.source));
    let sender = match context.lang {
        Lang::Zh => format!("{}报送", entry.sender),
        Lang::En => format!("sent by {}", entry.sender),
    };
    let sent = format!(
        "<small>{} · {}</small>",
        escaped(&sender),
        pieces::moment(&entry.updated_at)
    );
    format!(
        "<tr><th scope=\"row\">{}<small>{}</small>{}</th><td><b>{}</b>{old}</td><td><b>{}</b>{new}{sent}</td><td>{}</td></tr>",
        differences::name(any, context),
        escaped(context.org_unit_name(&any.key.org_unit)),
        remarks::at(submission, differences::about(conflict).as_ref(), context),
        differences::value(conflict.old.as_ref(), context),
        differences::value(conflict.new.as_ref(), context),
        escaped(differences::change(conflict, context)),
    )
}

/// In which vintage, for what, by whom and when.
fn published(vintage: &VintageEntry, context: &Context<'_>) -> String {
    let lang = context.lang;
    let number = match lang {
        Lang::Zh => format!("版本{}", vintage.vintage),
        Lang::En => format!("vintage {}", vintage.vintage),
    };
    format!(
        "<small>{number} · {}{} · {}</small>",
        vintages::why(vintage, context),
        vintages::people(vintage, lang),
        pieces::moment(&vintage.published_at)
    )
}

//! `/api/v1/accounts`: for administrators, each in their part of the tree.

pub mod assignments;
pub mod create;
pub mod disable;
pub mod links;
pub mod list;
pub mod sessions;

use data::{Names, OrgUnits};

use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;
use crate::rights::{Administrator, Person, Refused, Role};
use crate::store::Listed;

/// The right over an account as a whole, and the account. One that is not there is refused like one that is out of reach,
/// so that ids cannot be tried.
async fn in_charge(app: &App, person: &Person, sent: &Sent) -> Result<(Administrator, Listed), Problem> {
    let listed = app.store.account(sent.after("accounts")).await?;
    let listed = listed.ok_or_else(|| Refused::OutOfReach {
        who: person.account.clone(),
        role: Role::Administrator,
        org_unit: String::new(),
    })?;
    let published = app.published.load();
    let right = person.in_charge_of(&listed.assignments, &published.dataset.catalogue.org_units)?;
    Ok((right, listed))
}

/// The right to give a role at a unit, which must be known.
fn administrator(app: &App, person: &Person, org_unit: &str) -> Result<Administrator, Problem> {
    let published = app.published.load();
    let tree: &OrgUnits = &published.dataset.catalogue.org_units;
    Ok(person.administrator(org_unit, tree)?)
}

fn role(code: &str) -> Result<Role, Problem> {
    let expected = [
        "reporter、reviewer 或 administrator",
        "reporter, reviewer or administrator",
    ];
    Role::from_code(code).ok_or_else(|| bad_field("role", expected[0], expected[1]))
}

/// A field that holds what it may not.
pub fn bad_field(field: &'static str, zh: &str, en: &str) -> Problem {
    let expected = Names {
        zh: zh.to_owned(),
        en: en.to_owned(),
    };
    Problem::BadField { field, expected }
}

/// Refuses what is no short line of text.
pub fn check_text(field: &'static str, text: &str) -> Result<(), Problem> {
    let is_fit = !text.trim().is_empty() && text.chars().count() <= 100 && !text.contains(char::is_control);
    is_fit.then_some(()).ok_or_else(|| {
        bad_field(
            field,
            "1 至 100 个字符的一行文字",
            "a line of 1 to 100 characters",
        )
    })
}

/// Refuses a name that two people could take for another: with spaces at its ends or inside it.
pub fn check_name(name: &str) -> Result<(), Problem> {
    check_text("name", name)?;
    match name.contains(char::is_whitespace) {
        true => Err(bad_field("name", "不含空格的用户名", "a name without spaces")),
        false => Ok(()),
    }
}

/// The accounts that a person administers: all with a role in their part of the tree, and those in their charge without
/// one. Refused to who administers nothing.
pub async fn in_reach(app: &App, person: &Person) -> Result<Vec<Listed>, Problem> {
    let is_administrator = |(_, role): &(String, Role)| *role == Role::Administrator;
    if !person.assignments.iter().any(is_administrator) {
        return Err(Refused::OutOfReach {
            who: person.account.clone(),
            role: Role::Administrator,
            org_unit: String::new(),
        }
        .into());
    }
    let mut all = app.store.accounts().await?;
    let published = app.published.load();
    let tree = &published.dataset.catalogue.org_units;
    all.retain(|listed| {
        let mut units = listed.assignments.iter().map(|(org_unit, _)| org_unit);
        units.any(|org_unit| person.administrator(org_unit, tree).is_ok())
            || person.in_charge_of(&listed.assignments, tree).is_ok()
    });
    Ok(all)
}

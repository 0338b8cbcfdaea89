//! What somebody may do, as `GET /me` says it.

use data::api::Me;

/// The codes of the units at which somebody holds a role.
pub fn units<'a>(me: &'a Me, role: &'a str) -> impl Iterator<Item = &'a str> {
    let held = me.roles.iter().filter(move |held| held.role == role);
    held.map(|held| held.org_unit.as_str())
}

/// Whether somebody holds a role anywhere.
pub fn is(me: &Me, role: &str) -> bool {
    units(me, role).next().is_some()
}

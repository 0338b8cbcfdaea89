//! The JSON shapes of people: who they are, what they may do, and how they sign in.

use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountEntry {
    /// Names it.
    pub id: String,
    /// What the person types to sign in.
    pub name: String,
    /// What others are shown.
    pub display_name: String,
}

/// A role at an org unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The code of the unit.
    pub org_unit: String,
    /// `reporter`, `reviewer` or `administrator`.
    pub role: String,
}

/// `GET /me`: who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// Who.
    pub account: AccountEntry,
    /// What they may do with what they showed, and where.
    pub roles: Vec<Assignment>,
}

/// `POST /sessions`.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The name of the account.
    pub name: String,
    /// Its password.
    pub password: String,
}

/// `POST /links/{token}`.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoosePassword {
    /// The password from now on.
    pub password: String,
}

/// `GET /accounts`: an account as its administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountDetail {
    /// Who.
    pub account: AccountEntry,
    /// What they may do, and where.
    pub roles: Vec<Assignment>,
    /// Whether they have chosen a password.
    pub has_password: bool,
    /// When it was disabled, where it was.
    pub disabled_at: Option<String>,
}

/// `POST /accounts`: a person with a first role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// What the person types to sign in.
    pub name: String,
    /// What others are shown.
    pub display_name: String,
    /// The code of the unit of the first role.
    pub org_unit: String,
    /// The first role.
    pub role: String,
}

/// A one-time link, which is shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewLink {
    /// The id of the account whose password it sets.
    pub account: String,
    /// The path to open, `/links/…`, on the address that people use.
    pub path: String,
}

/// `POST /tokens`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// What it is for, in the person's words.
    pub name: String,
    /// `read`, `report` or `review`.
    pub scope: String,
}

/// `GET /tokens`: a token without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenEntry {
    /// Names it.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scope: String,
    /// When it was made.
    pub created_at: String,
    /// When it was last used, to the nearest minutes.
    pub used_at: Option<String>,
    /// The token itself, once: in the answer to its making.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub token: Option<String>,
}

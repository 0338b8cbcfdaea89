//! Rights as types: who may do what, and where in the tree.
//!
//! A handler asks for the narrowest of them. Each can only be made by asking [`Person`], which looks at the tree, so that
//! what was not asked cannot be called: the functions of the store that write take a right as an argument.

use data::OrgUnits;

/// Who signs in, or whose token it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// 128 random bits in hexadecimal.
    pub id: String,
    /// What the person types to sign in.
    pub name: String,
    /// What others are shown.
    pub display_name: String,
}

/// What a person may do at an org unit and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Sends reports of the unit and of those below it.
    Reporter,
    /// Accepts reports of units below it, never what they sent themselves.
    Reviewer,
    /// Gives roles at the unit and below it, and sets deadlines.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Reporter, Role::Reviewer, Role::Administrator];

    /// The code used in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Role::Reporter => "reporter",
            Role::Reviewer => "reviewer",
            Role::Administrator => "administrator",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// An account with its roles: what a request by somebody who is signed in carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// The roles and the codes of the units they are held at.
    pub assignments: Vec<(String, Role)>,
}

/// Why somebody may not do something; said to them and noted in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// They hold no role that reaches the unit.
    #[error("{name} has no right to this at {org_unit}")]
    OutOfReach {
        /// Who.
        name: String,
        /// Where.
        org_unit: String,
    },
    /// They sent what they would accept.
    #[error("{name} sent this and cannot decide on it")]
    OwnSubmission {
        /// Who.
        name: String,
    },
}

macro_rules! right {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            account: Account,
            org_unit: String,
        }

        impl $name {
            /// Who has it.
            pub fn account(&self) -> &Account {
                &self.account
            }

            /// The unit it is for.
            pub fn org_unit(&self) -> &str {
                &self.org_unit
            }
        }
    };
}

right! {
    /// May send the reports of a unit.
    Reporter
}
right! {
    /// May accept or return a report of a unit that somebody else sent.
    Reviewer
}
right! {
    /// May give roles at a unit, and set its deadlines.
    Administrator
}

impl Person {
    /// The right to send the reports of a unit.
    pub fn reporter(&self, org_unit: &str, tree: &OrgUnits) -> Result<Reporter, Refused> {
        self.reaching(Role::Reporter, org_unit, tree)?;
        Ok(Reporter {
            account: self.account.clone(),
            org_unit: org_unit.to_owned(),
        })
    }

    /// The right to decide on a report of a unit that `sender` sent: from above the unit, and not on one's own.
    pub fn reviewer(&self, org_unit: &str, sender: &str, tree: &OrgUnits) -> Result<Reviewer, Refused> {
        // Above the nation there is nobody, so its reviewers are its own.
        let above = tree
            .get(org_unit)
            .and_then(|unit| unit.parent.as_deref())
            .unwrap_or(org_unit);
        self.reaching(Role::Reviewer, above, tree)
            .map_err(|_| self.out_of_reach(org_unit))?;
        if sender == self.account.id {
            let name = self.account.name.clone();
            return Err(Refused::OwnSubmission { name });
        }
        Ok(Reviewer {
            account: self.account.clone(),
            org_unit: org_unit.to_owned(),
        })
    }

    /// The right to give roles at a unit.
    pub fn administrator(&self, org_unit: &str, tree: &OrgUnits) -> Result<Administrator, Refused> {
        self.reaching(Role::Administrator, org_unit, tree)?;
        Ok(Administrator {
            account: self.account.clone(),
            org_unit: org_unit.to_owned(),
        })
    }

    /// A role reaches the unit it is held at and everything below.
    fn reaching(&self, role: Role, org_unit: &str, tree: &OrgUnits) -> Result<(), Refused> {
        let holds = |code: &str| {
            self.assignments
                .iter()
                .any(|(at, held)| *held == role && at == code)
        };
        let mut step = tree.get(org_unit);
        while let Some(unit) = step {
            if holds(&unit.code) {
                return Ok(());
            }
            step = unit.parent.as_deref().and_then(|parent| tree.get(parent));
        }
        Err(self.out_of_reach(org_unit))
    }

    fn out_of_reach(&self, org_unit: &str) -> Refused {
        Refused::OutOfReach {
            name: self.account.name.clone(),
            org_unit: org_unit.to_owned(),
        }
    }
}

/// Who gives and takes accounts and roles.
#[derive(Debug, Clone, Copy)]
pub enum Authority<'a> {
    /// An administrator of the unit.
    Administrator(&'a Administrator),
    /// Whoever can run this program on the database, and so could write anything into it.
    Operator,
}

impl<'a> Authority<'a> {
    /// The account, where it is one.
    pub fn account(self) -> Option<&'a str> {
        match self {
            Authority::Administrator(administrator) => Some(&administrator.account().id),
            Authority::Operator => None,
        }
    }
}

impl Person {
    /// The right over an account as a whole (its links, whether it is enabled): an administrator's who reaches every unit
    /// at which it holds a role, so that nobody takes over who stands above them.
    pub fn in_charge_of(
        &self,
        assignments: &[(String, Role)],
        tree: &OrgUnits,
    ) -> Result<Administrator, Refused> {
        let mut right = None;
        for (org_unit, _) in assignments {
            right = Some(self.administrator(org_unit, tree)?);
        }
        // Without any role it is in nobody's part of the tree, and so a matter of its top.
        match (right, tree.top()) {
            (Some(right), _) => Ok(right),
            (None, Some(top)) => self.administrator(&top.code, tree),
            (None, None) => Err(self.out_of_reach("")),
        }
    }
}

#[cfg(test)]
mod tests {
    use data::definitions::{BUILT_IN, Catalogue};

    use super::*;

    fn person(assignments: &[(&str, Role)]) -> Person {
        Person {
            account: Account {
                id: "1".into(),
                name: "li".into(),
                display_name: "李".into(),
            },
            assignments: assignments
                .iter()
                .map(|(at, role)| ((*at).to_owned(), *role))
                .collect(),
        }
    }

    fn tree() -> OrgUnits {
        Catalogue::read(BUILT_IN).0.org_units
    }

    #[test]
    fn a_role_reaches_its_unit_and_what_is_below_and_nothing_else() {
        let (tree, clerk) = (tree(), person(&[("371400", Role::Reporter)]));
        assert!(clerk.reporter("371400", &tree).is_ok());
        assert!(clerk.reporter("371482", &tree).is_ok());
        for elsewhere in ["370000", "370100", "100000", "nowhere"] {
            assert!(clerk.reporter(elsewhere, &tree).is_err(), "{elsewhere}");
        }
        assert!(clerk.administrator("371400", &tree).is_err());
        assert!(clerk.reviewer("371482", "2", &tree).is_err());
    }

    #[test]
    fn a_reviewer_decides_from_above_and_never_on_their_own() {
        let (tree, reviewer) = (tree(), person(&[("371400", Role::Reviewer)]));
        assert!(reviewer.reviewer("371482", "2", &tree).is_ok());
        let own = Refused::OwnSubmission { name: "li".into() };
        assert_eq!(reviewer.reviewer("371482", "1", &tree), Err(own));
        assert!(matches!(
            reviewer.reviewer("371400", "2", &tree),
            Err(Refused::OutOfReach { .. })
        ));
    }

    #[test]
    fn nobody_takes_over_who_stands_above_or_beside_them() {
        let tree = tree();
        let check = |at: &str, roles: &[(&str, Role)], expected: bool| {
            let administrator = person(&[(at, Role::Administrator)]);
            let other = person(roles).assignments;
            let right = administrator.in_charge_of(&other, &tree);
            assert_eq!(right.is_ok(), expected, "{at} {roles:?}");
        };
        check("371400", &[("371482", Role::Reporter)], true);
        check("371400", &[("371400", Role::Administrator)], true);
        check("371482", &[("371400", Role::Administrator)], false);
        check(
            "371482",
            &[("371482", Role::Reporter), ("370102", Role::Reporter)],
            false,
        );
        check("371482", &[], false);
        check("100000", &[], true);
    }
}
